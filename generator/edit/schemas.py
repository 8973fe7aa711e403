"""Write JSON Schemas of records and settings for editors' programs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.files.disk import RECORD, Disk
from generator.files.packaged import packaged_text
from generator.files.writing import write_files
from generator.hours.written_hours import Hours
from generator.model.areas_and_offices import Space
from generator.model.config import SiteConfig
from generator.model.fields import FIELD_WORDS, VALUE_WORDS, annotation, field_for, fields, variants
from generator.model.groups import Record
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import Value, arranged_fields, sample, wanted
from generator.model.scalars import Ages
from generator.model.vocabulary import VOCABULARIES
from generator.read.mkdocs_settings import read_settings
from generator.read.nodes import ListNode, Node, at, parse, text_at
from generator.read.references import texts_in
from generator.read.vocabularies import word_texts
from generator.read.yaml_mistakes import entries, groups_within, marks_of

Names = Mapping[str, Mapping[str, str]]
"""By vocabulary or kind of record the ids with their names; `levels` are those of `site_config.yml`."""


def words_of(project: Path | None) -> dict[str, tuple[str, ...]]:
    """Return ids by vocabulary, with `levels`; unreadable ones are left out. Without a project these are the package's words."""
    return {name: tuple(known) for name, known in named_words(project).items()}


def named_words(project: Path | None) -> dict[str, dict[str, str]]:
    """Return names of words and levels by id."""
    known = {name: _read_vocabulary_names(project, name) for name in VOCABULARIES}
    config = read_settings(Disk(project))[0] if project else None
    levels = chain.from_iterable(geography.levels for geography in config.geographies) if config else ()
    return {**known, "levels": {level.id: level.name for level in levels}}


def named_records(project: Path, *, internal: bool = False) -> dict[str, dict[str, str]]:
    """Return records' names by kind and id, faulty ones included.

    `internal` adds the overlay's, which must not lie beside public records.
    """
    disk = Disk(project)
    folders = [project / "resources"]
    if internal and (overlay := overlay_of(project)) is not None:
        folders.append(overlay)
        disk = disk.also(overlay)
    known: dict[str, dict[str, str]] = {kind.folder: {} for kind in KINDS}
    for folder in folders:
        for kind, names in known.items():
            for path in disk.files(folder / kind, ".yml")[0]:
                if not path.name.startswith("."):
                    node = _parse_file_text(disk.text(path, RECORD)[0], path.name)
                    names[path.stem] = text_at(node, "name") or names.get(path.stem, "")
    known["indicators"] = _named_indicators(disk, folders[0] / "indicators")
    return {kind: dict(sorted(names.items())) for kind, names in known.items()}


def _named_indicators(disk: Disk, folder: Path) -> dict[str, str]:
    """Return the ids of indicators with their titles."""
    named = {}
    for path in disk.entries(folder)[0]:
        if disk.holds(path / "indicator.yml"):
            node = _parse_file_text(disk.text(path / "indicator.yml", RECORD)[0], path.name)
            named[path.name] = text_at(node, "title")
    return named


def overlay_of(project: Path) -> Path | None:
    """Return the overlay's folder from `site_config.yml`, or None."""
    config, *_ = read_settings(Disk(project))
    return project / config.overlay if config and config.overlay else None


def list_words(project: Path, vocabulary: str | None) -> str:
    """Write ids and names of a vocabulary, else all vocabularies' sizes."""
    if vocabulary is None:
        sizes = {name: len(_read_vocabulary_names(project, name)) for name in VOCABULARIES}
        width = max(map(len, sizes))
        return "".join(f"{name:<{width}}  {size:>4}\n" for name, size in sizes.items())
    names = _read_vocabulary_names(project, vocabulary)
    width = max((len(key) for key in names), default=0)
    return "".join(f"{key:<{width}}  {name}\n" for key, name in names.items())


def _read_vocabulary_names(project: Path | None, vocabulary: str) -> dict[str, str]:
    names: dict[str, str] = {}
    root = project or Path()
    for file, text, _problems in word_texts(Disk(root), [root / "resources"] if project else [], vocabulary):
        names.update(_names_in(text, file))
    return names


@lru_cache(maxsize=2 * len(VOCABULARIES))
def _names_in(text: str | None, file: str) -> tuple[tuple[str, str], ...]:
    """Return a vocabulary's (id, name), cached for the package's own."""
    node = _parse_file_text(text, file)
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(
        (key, text_at(item, "name") or ", ".join(texts_in(at(item, ("words",)))))
        for item in items
        if (key := text_at(item, "id"))
    )


def _parse_file_text(text: str | None, file: str) -> Node | None:
    return parse(text, file)[0] if text is not None else None


DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

# A field without a value, said so that nobody is offered `null` as something to write.
_EMPTY: Schema = {"$ref": "#/$defs/empty"}
_EMPTY_IS: Schema = {"title": " ", "not": {"type": ["string", "number", "boolean", "object", "array"]}}
_NOT_KEPT = ("title", "description", "default", "x-ref", "discriminator", "examples")
"""Of pydantic's schema: what stands at the field, or is said better here."""
# What a group begins with, where it is not what the group needs.
_BEGUN: Mapping[str, tuple[str, ...]] = {
    "Address": ("street", "number", "postcode", "town"),
    "Contact": ("name", "phone", "email"),
    "Occasion": ("date", "from", "to", "name"),
    "Capacity": ("places", "free", "date"),
}
_EXAMPLES: Mapping[type, tuple[str, ...]] = {
    Hours: (
        "Mo-Fr 09:00-12:00; PH off",
        "Di 15:00-17:00; SH off; PH off",
        "jeden ersten Samstag im Monat 10 bis 12 Uhr",
    ),
    Ages: ("0-3", "6-12 months", "16+", "pregnancy-3", "all"),
}
_OF_EDITORS = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)
"""Texts that editors' programs read as numbers, `2026`, `1.5e3`, and as which."""


def schema_of(model: type[BaseModel], title: str, description: str, names: Names) -> Schema:
    """Return a model's schema; `names` are known ids by target."""
    return _Describer(names).file(model, title, description)


@cache
def _raw(model: type[BaseModel]) -> Schema:
    """Return pydantic's schema, shared and not to be changed."""
    return model.model_json_schema(by_alias=True)


class _Describer:
    """Makes one file's schema of pydantic's, with keys that yaml-language-server adds to the standard.

    These are `errorMessage`, `markdownDescription`, `enumDescriptions`, `defaultSnippets`.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.definitions: dict[str, Schema] = {"empty": _EMPTY_IS}

    def file(self, model: type[BaseModel], title: str, description: str) -> Schema:
        """Return a file's schema, with those of all groups in it."""
        raw = _raw(model)
        self.raw: Mapping[str, Schema] = raw.get("$defs", {})
        self.models = {group.__name__: group for group in _find_models_within(model)}
        content = {"$schema": DIALECT, **self.group(raw, model), "title": title, "description": description}
        needed = [name for name, info in fields(model).items() if info.is_required()]
        content["defaultSnippets"] = [_snippet(f"{title}: was nötig ist", model, needed)]
        for name, inner in self.raw.items():
            self.definitions[name] = self.group(inner, self.models[name])
            begun = _BEGUN.get(name) or [
                key for key, info in fields(self.models[name]).items() if info.is_required()
            ]
            if begun:
                self.definitions[name]["defaultSnippets"] = [
                    _snippet(", ".join(begun), self.models[name], begun)
                ]
        return {**content, "$defs": dict(sorted(self.definitions.items()))}

    def group(self, raw: Schema, model: type[BaseModel]) -> Schema:
        """Return a group's schema, with hints for German names of its fields."""
        known = dict(arranged_fields(model))
        properties = {name: self.field(raw["properties"][name], info) for name, info in known.items()}
        if model is Space and (levels := self.reference("levels")):
            del properties["level"]["anyOf"]
            properties["level"] |= levels
        what = "" if issubclass(model, Record) else " in geschweiften Klammern oder eingerückt darunter"
        schema: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "errorMessage": f"Hier passen diese Felder{what}: {', '.join(known)}.",
        }
        schema["patternProperties"] = _called(known)
        if missing := [
            {"required": [name], "errorMessage": f"Es fehlt noch „{name}“ ({info.title})."}
            for name, info in known.items()
            if info.is_required()
        ]:
            schema["allOf"] = missing
        return schema

    def field(self, raw: Schema, info: FieldInfo) -> Schema:
        """Return a field's schema: its value's, with what is said of it; an optional one may be empty."""
        kind = annotation(info)
        schema = self.value(raw, kind)
        about: Schema = {"title": info.title}
        if info.description:
            about["description"] = info.description
        about["markdownDescription"] = "\n\n".join(
            [*filter(None, [info.description]), _write_expected_sentence(wanted(kind))]
        )
        if info.is_required():
            return {**about, **schema}
        default = ("no", "yes")[info.default] if isinstance(info.default, bool) else info.default
        if isinstance(default, str) and default:
            about["default"] = default
        parts = schema.get("anyOf", [schema])
        if len(parts) == 1:
            # Of a value that may be missing the language server shows what stands at its forms.
            parts = [{**schema, "markdownDescription": about["markdownDescription"]}]
        return {**about, "anyOf": [*parts, _EMPTY]}

    def value(self, raw: Schema, kind: Any) -> Schema:
        """Return a value's schema with all forms side by side."""
        error = {"errorMessage": _write_expected_sentence(wanted(kind))}
        if "x-ref" in raw and (reference := self.reference(raw["x-ref"])) is not None:
            return reference
        for key in ("anyOf", "oneOf"):
            if key in raw:
                return self.choice(raw[key], kind)
        rest = {key: value for key, value in raw.items() if key not in _NOT_KEPT}
        if "items" in raw:
            inner = next(iter(entries(kind)), kind)
            return {**rest, **error, "items": self.value(raw["items"], inner)}
        for key in ("additionalProperties", "patternProperties"):
            if isinstance(raw.get(key), dict):
                return {**rest, **error, **self.map(raw, key, kind)}
        if "$ref" in raw:
            return rest
        return {**rest, **error, **self.suggestions(raw, kind)}

    def choice(self, forms: Iterable[Schema], kind: Any) -> Schema:
        """Return a schema of several forms, nested ones flattened."""
        flat: list[Schema] = []
        for form in forms:
            if form != {"type": "null"}:
                part = self.value(form, kind)
                flat += part.get("anyOf", [part])
        return flat[0] if len(flat) == 1 else {"anyOf": flat}

    def suggestions(self, raw: Schema, kind: Any) -> Schema:
        """Return an editor's hints: words' descriptions, else examples."""
        words = [VALUE_WORDS.get(str(word), ("",))[0] for word in raw.get("enum", ())]
        if words:
            return {"enumDescriptions": words} if any(words) else {}
        if raw.get("type") != "string":
            return {}
        examples = next((list(_EXAMPLES[plain]) for plain, _ in variants(kind) if plain in _EXAMPLES), [])
        return {"examples": examples} if examples else {}

    def map(self, raw: Schema, key: str, kind: Any) -> Schema:
        """Return the schema of `{key: value}`, keys being ids where the type refers to some."""
        named, inner = next(
            (get_args(plain) for plain, _ in variants(kind) if get_origin(plain) is dict), (None, kind)
        )
        if key == "patternProperties":
            schema = {pattern: self.value(value, inner) for pattern, value in raw[key].items()}
            return {key: schema, "additionalProperties": False}
        described: Schema = {key: self.value(raw[key], inner)}
        reference = self.reference(next((mark.target for mark in marks_of(named)), ""))
        if reference:
            described["propertyNames"] = reference
        return described

    def reference(self, target: str) -> Schema | None:
        """Return a reference to a target's ids; None if unknown."""
        parts = target.split("|")
        if not target or any(part not in self.names for part in parts):
            return None
        name = "-".join(parts)
        if name not in self.definitions:
            ids: dict[str, str] = {}
            for part in parts:
                ids |= self.names[part]
            new = " Ist der Eintrag neu, schreibt „nahraum schema“ die Liste neu." if ids else ""
            known: Schema = {
                # A program that reads YAML 1.2 sees a number in `2026`.
                "enum": [
                    next((kind(key) for form, kind in _OF_EDITORS if form.fullmatch(key)), key) for key in ids
                ],
                "enumDescriptions": list(ids.values()),
            }
            called = [*ids.values()]
            # A name that one alone has is understood, but not proposed.
            names = {
                "pattern": f"^(?:{'|'.join(re.escape(one) for one in called if called.count(one) == 1)})$"
            }
            self.definitions[name] = {
                "anyOf": [known, names],
                "errorMessage": f"Das ist kein Kürzel, das es gibt. Möglich sind die Vorschläge (Strg und Leertaste).{new}"
                if ids
                else "Dazu gibt es noch keine Einträge. Sobald es einen gibt, schreibt „nahraum schema“ die Liste neu.",
            }
        return {"$ref": f"#/$defs/{name}"}


def _find_models_within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and every group inside it, once each."""
    seen: list[type[BaseModel]] = [model]
    for group in seen:
        for info in fields(group).values():
            seen += [inner for inner in groups_within(annotation(info)) if inner not in seen]
    yield from dict.fromkeys(seen)


def _called(known: Mapping[str, FieldInfo]) -> dict[str, Schema]:
    """Return fields' German names as patterns that fail with an explanation."""
    called: dict[str, Schema] = {}
    taken = set(known)
    for name, info in known.items():
        words = [
            word
            for word in dict.fromkeys((*FIELD_WORDS.get(name, ()), (info.title or "").lower()))
            if re.fullmatch(r"[\w-]+", word)
            and word not in taken
            and field_for(word, list(known)) in (name, None)
        ]
        taken |= {*words}
        forms = "|".join((name[0].upper() + name[1:], *map(_any_case, words)))
        called[f"^(?:{forms})$"] = {"enum": [], "errorMessage": f"Dieses Feld heißt hier „{name}“."}
    return called


def _any_case(word: str) -> str:
    """Return a pattern for a word's umlauts and first letter."""
    text = re.sub(r"[äöü]|ae|oe|ue|ß|ss", lambda match: _LETTERS[match[0]], word[1:])
    first = _LETTERS.get(word[0], word[0])
    return (f"[{word[0]}{word[0].upper()}]" if first == word[0] else first) + text


_LETTERS = {
    "ä": "(?:ä|ae)", "ae": "(?:ä|ae)", "ö": "(?:ö|oe)", "oe": "(?:ö|oe)", "ü": "(?:ü|ue)", "ue": "(?:ü|ue)",
    "ß": "(?:ß|ss)", "ss": "(?:ß|ss)",
}  # fmt: skip


def _write_expected_sentence(text: str) -> str:
    return f"Hier passt: {text}."


def _snippet(label: str, model: type[BaseModel], names: list[str] | tuple[str, ...]) -> Schema:
    """Return a snippet of fields to write over."""
    stops = iter(range(1, 100))
    return {"label": label, "body": {name: _stops(sample(fields(model)[name]), stops) for name in names}}


def _stops(value: Value, stops: Iterator[int]) -> Any:
    """Make each text of a value a numbered placeholder: `${1:text}`."""
    if isinstance(value, str):
        shown = re.sub(r"([\\$}])", r"\\\1", value)
        return f"${{{next(stops)}:{shown}}}"
    if isinstance(value, list):
        return [_stops(item, stops) for item in value]
    return {key: _stops(item, stops) for key, item in value.items()}


def schemas(project: Path | None = None, *, internal: bool = False) -> dict[str, str]:
    """Return all schemas by file name, deterministically.

    Without a project they know the package's words and no records. `internal` adds the overlay's names, which
    must not lie beside public records.
    """
    names = named_words(project)
    if project is not None:
        names |= named_records(project, internal=internal)
    else:
        del names["levels"]
    files = {
        f"{kind.folder}.json": schema_of(
            kind.model, kind.singular, f"Ein Eintrag in resources/{kind.folder}/.", names
        )
        for kind in KINDS
    }
    files["indicators.json"] = schema_of(
        Indicator, "Kennzahl", "Die Datei indicator.yml in resources/indicators/<Kürzel>/.", names
    )
    files["site_config.json"] = schema_of(SiteConfig, "Einstellungen", "Die Datei site_config.yml.", names)
    for name, model in VOCABULARIES.items():
        item = schema_of(model, name, "Ein Eintrag der Liste.", names)
        inner = {key: value for key, value in item.items() if key not in ("$schema", "$defs")}
        outer = {
            "$schema": DIALECT,
            "title": name,
            "description": f"Die Liste resources/{name}.yml.",
            "type": "array",
            "items": inner,
        }
        files[f"{name}.json"] = {**outer, "$defs": item["$defs"]}
    return {
        name: json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for name, content in sorted(files.items())
    }


class Foreign(Exception):
    """A path where a schema should go holds something else."""


def stale_schemas(folder: Path, fresh: Mapping[str, str]) -> list[str]:
    """Return schemas that are missing, differ or are left over."""
    written = _read_json_texts(folder)
    ours = {name for name, text in written.items() if name in fresh or _is_ours(name, text)}
    return sorted(name for name in {*fresh, *ours} if fresh.get(name) != written.get(name, ""))


def write_schemas(folder: Path, fresh: Mapping[str, str]) -> list[str]:
    """Update a folder's schemas; return changed names. Others' files stay. Raises `Foreign` before writing if one is in the way."""
    changed = stale_schemas(folder, fresh)
    written = _read_json_texts(folder)
    for name in changed:
        if name in written and not _is_ours(name, written[name]):
            raise Foreign(str(folder / name))
    write_files(folder, {name: fresh.get(name) for name in changed})
    return changed


def refresh_schemas(project: Path) -> None:
    """Update a project's schemas if it has some and nothing is in the way."""
    folder = project / "schemas"
    if not any(_is_ours(name, text) for name, text in _read_json_texts(folder).items()):
        return
    with suppress(Foreign):
        write_schemas(folder, schemas(project))


def _read_json_texts(folder: Path) -> dict[str, str | None]:
    """Return a folder's JSON texts; None for unreadable ones."""
    disk = Disk(folder)
    return {path.name: disk.text(path)[0] for path in disk.files(folder, ".json")[0]}


def _is_ours(name: str, text: str | None) -> bool:
    """Tell a schema of any of our versions by its first lines and name; an empty file is nobody else's."""
    if text is None:
        return False
    return not text.strip() or bool(DIALECT in text[:200] and about(name.removesuffix(".json")).search(text))


def about(stem: str) -> re.Pattern[str]:
    """Return a pattern for a schema's sentence on its files."""
    name = re.escape(stem)
    files = rf"resources/{name}(?:/\.|\.yml\.)|resources/{name}/<Kürzel>/\.|Die Datei {name}\.yml\."
    return re.compile(rf'"description": "[^"\n]*(?:{files})"')


def editor_files() -> dict[str, str]:
    """Return editor settings by file, for schemas in `schemas/`."""
    patterns = {f"./schemas/{kind.folder}.json": f"resources/{kind.folder}/*.yml" for kind in KINDS}
    patterns |= {f"./schemas/{name}.json": f"resources/{name}.yml" for name in VOCABULARIES}
    patterns["./schemas/indicators.json"] = "resources/indicators/*/indicator.yml"
    patterns["./schemas/site_config.json"] = "site_config.yml"
    settings = {
        "yaml.schemas": dict(sorted(patterns.items())),
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[yaml]": {
            "editor.tabSize": 2,
            "editor.insertSpaces": True,
            "editor.quickSuggestions": {"strings": True},
        },
    }
    return {
        ".vscode/settings.json": _write_json(settings),
        ".vscode/extensions.json": _write_json({"recommendations": ["redhat.vscode-yaml"]}),
        ".editorconfig": packaged_text("generator", "starter", "editorconfig"),
        ".pre-commit-config.yaml": packaged_text("generator", "starter", "pre-commit.yaml"),
    }


def write_editor_files(folder: Path) -> list[str]:
    """Write missing editor files, never changing others; return their names."""
    missing = {name: text for name, text in editor_files().items() if not os.path.lexists(folder / name)}
    write_files(folder, dict(missing))
    return list(missing)


def _write_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
