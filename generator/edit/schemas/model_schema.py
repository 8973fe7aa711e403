"""A model and the ids that there are in, its JSON Schema as editors' programs use it out: what fits, German messages, hovers, choices with names, snippets.

Beside the standard it uses what the YAML language server knows: `errorMessage`, `patternErrorMessage`, `enumDescriptions`, `defaultSnippets`.
It takes a missing field and an unknown one for mistakes of the same object, so what is missing stands in `allOf`, each with its own message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.edit.records.new import arranged_fields
from generator.edit.schemas.words import Names
from generator.hours.written_hours import Hours
from generator.model.areas_and_offices import Space
from generator.model.fields import FIELDS, VALUES, annotation, field_for, fields, variants
from generator.model.groups import Record
from generator.model.samples import Value, sample, wanted
from generator.model.scalars import Ages, Ref

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

# A field without a value, said so that nobody is offered `null` as something to write.
_EMPTY: Schema = {"$ref": "#/$defs/empty"}
_EMPTY_IS: Schema = {"title": " ", "not": {"type": ["string", "number", "boolean", "object", "array"]}}
_ABOUT = ("title", "description")
_NOT_KEPT = (*_ABOUT, "default", "x-ref", "discriminator", "examples")
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


def schema_of(model: type[BaseModel], title: str, description: str, names: Names) -> Schema:
    """Describe what may stand in a file of a model; `names` holds the ids of every vocabulary and kind that is known."""
    return _Describer(names).file(model, title, description)


@cache
def _raw(model: type[BaseModel]) -> Schema:
    """What pydantic says of a model, which is no more than the model is; nobody may change it."""
    return model.model_json_schema(by_alias=True)


class _Describer:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.definitions: dict[str, Schema] = {"empty": _EMPTY_IS}

    def file(self, model: type[BaseModel], title: str, description: str) -> Schema:
        raw = _raw(model)
        self.raw: Mapping[str, Schema] = raw.get("$defs", {})
        self.models = {group.__name__: group for group in _groups(model)}
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
        known = dict(arranged_fields(model))
        properties = {name: self.field(raw["properties"][name], info) for name, info in known.items()}
        if model is Space and (levels := self.reference("levels")):
            del properties["level"]["anyOf"]
            properties["level"] |= levels
        what = "" if issubclass(model, Record) else " in geschweiften Klammern oder eingerückt darunter"
        done: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "errorMessage": f"Hier passen diese Felder{what}: {', '.join(known)}.",
        }
        done["patternProperties"] = _called(known)
        if missing := [
            {"required": [name], "errorMessage": f"Es fehlt noch „{name}“ ({info.title})."}
            for name, info in known.items()
            if info.is_required()
        ]:
            done["allOf"] = missing
        return done

    def field(self, raw: Schema, info: FieldInfo) -> Schema:
        kind = annotation(info)
        done = self.value(raw, kind)
        about: Schema = {"title": info.title}
        if info.description:
            about["description"] = info.description
        about["markdownDescription"] = "\n\n".join(
            [*filter(None, [info.description]), _sentence(wanted(kind))]
        )
        if info.is_required():
            return {**about, **done}
        default = ("no", "yes")[info.default] if isinstance(info.default, bool) else info.default
        if isinstance(default, str) and default:
            about["default"] = default
        parts = done.get("anyOf", [done])
        if len(parts) == 1:
            # Of a value that may be missing the language server shows what stands at its forms.
            parts = [{**done, "markdownDescription": about["markdownDescription"]}]
        return {**about, "anyOf": [*parts, _EMPTY]}

    def value(self, raw: Schema, kind: Any) -> Schema:
        """Describe a value; where several forms are possible they stand side by side, however deep the model has them."""
        said = {"errorMessage": _sentence(wanted(kind))}
        if "x-ref" in raw and (reference := self.reference(raw["x-ref"])) is not None:
            return reference
        for key in ("anyOf", "oneOf"):
            if key in raw:
                return self.choice(raw[key], kind)
        rest = {key: value for key, value in raw.items() if key not in _NOT_KEPT}
        if "items" in raw:
            inner = next(
                (get_args(plain)[0] for plain, _ in variants(kind) if get_origin(plain) is tuple), kind
            )
            return {**rest, **said, "items": self.value(raw["items"], inner)}
        for key in ("additionalProperties", "patternProperties"):
            if isinstance(raw.get(key), dict):
                return {**rest, **said, **self.map(raw, key, kind)}
        if "$ref" in raw:
            return rest
        return {**rest, **said, **self.suggestions(raw, kind)}

    def choice(self, forms: Iterable[Schema], kind: Any) -> Schema:
        """Describe a value that has one of several forms, of which none is null; a form that is a choice itself gives its own."""
        flat: list[Schema] = []
        for form in forms:
            if form != {"type": "null"}:
                part = self.value(form, kind)
                flat += part.get("anyOf", [part])
        if len(flat) == 1:
            return flat[0]
        return {"anyOf": flat}

    def suggestions(self, raw: Schema, kind: Any) -> Schema:
        """Return what an editor shows beside a plain value: descriptions of its words, else examples of its text."""
        words = [VALUES.get(str(word), ("",))[0] for word in raw.get("enum", ())]
        if words:
            if any(words):
                return {"enumDescriptions": words}
            return {}
        if raw.get("type") != "string":
            return {}
        examples = next((list(_EXAMPLES[plain]) for plain, _ in variants(kind) if plain in _EXAMPLES), [])
        if examples:
            return {"examples": examples}
        return {}

    def map(self, raw: Schema, key: str, kind: Any) -> Schema:
        named, inner = next(
            (get_args(plain) for plain, _ in variants(kind) if get_origin(plain) is dict), (None, kind)
        )
        if key == "patternProperties":
            done = {pattern: self.value(value, inner) for pattern, value in raw[key].items()}
            return {key: done, "additionalProperties": False}
        described: Schema = {key: self.value(raw[key], inner)}
        reference = self.reference(_target(named))
        if reference:
            described["propertyNames"] = reference
        return described

    def reference(self, target: str) -> Schema | None:
        """Return a reference to the ids that a target has; None where these are not known."""
        parts = target.split("|")
        if not target or any(part not in self.names for part in parts):
            return None
        key = "-".join(parts)
        if key not in self.definitions:
            ids: dict[str, str] = {}
            for part in parts:
                ids |= self.names[part]
            new = " Ist der Eintrag neu, schreibt „nahraum schema“ die Liste neu." if ids else ""
            self.definitions[key] = {
                "enum": [_as_seen(name) for name in ids],
                "enumDescriptions": list(ids.values()),
                "errorMessage": f"Das ist kein Kürzel, das es gibt. Möglich sind die Vorschläge (Strg und Leertaste).{new}"
                if ids
                else "Dazu gibt es noch keine Einträge. Sobald es einen gibt, schreibt „nahraum schema“ die Liste neu.",
            }
        return {"$ref": f"#/$defs/{key}"}


def _groups(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and every group inside it, once each."""
    seen: list[type[BaseModel]] = [model]
    for group in seen:
        for info in fields(group).values():
            seen += [inner for inner in _inside(annotation(info)) if inner not in seen]
    yield from dict.fromkeys(seen)


def _inside(kind: Any) -> Iterator[type[BaseModel]]:
    for plain, _ in variants(kind):
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield plain
        elif get_origin(plain) in (tuple, dict):
            for part in get_args(plain):
                yield from _inside(part)


def _called(known: Mapping[str, FieldInfo]) -> dict[str, Schema]:
    """Return for each field what people call it, as patterns that fit nothing: the message says what it is called here."""
    called: dict[str, Schema] = {}
    taken = set(known)
    for name, info in known.items():
        words = [
            word
            for word in dict.fromkeys((*FIELDS.get(name, ()), (info.title or "").lower()))
            if re.fullmatch(r"[\w-]+", word)
            and word not in taken
            and field_for(word, list(known)) in (name, None)
        ]
        taken |= {*words}
        forms = "|".join((name[0].upper() + name[1:], *map(_any_case, words)))
        called[f"^(?:{forms})$"] = {"enum": [], "errorMessage": f"Dieses Feld heißt hier „{name}“."}
    return called


def _any_case(word: str) -> str:
    """Return a pattern for a word with umlauts or without, its first letter large or small."""
    text = re.sub(r"[äöü]|ae|oe|ue|ß|ss", lambda match: _LETTERS[match[0]], word[1:])
    first = _LETTERS.get(word[0], word[0])
    return (f"[{word[0]}{word[0].upper()}]" if first == word[0] else first) + text


_LETTERS = {
    "ä": "(?:ä|ae)", "ae": "(?:ä|ae)", "ö": "(?:ö|oe)", "oe": "(?:ö|oe)", "ü": "(?:ü|ue)", "ue": "(?:ü|ue)",
    "ß": "(?:ß|ss)", "ss": "(?:ß|ss)",
}  # fmt: skip


def _as_seen(key: str) -> str | int | float:
    """Return an id as a program sees it that reads YAML 1.2: `2026` is a number there."""
    return next((kind(key) for pattern, kind in _OF_EDITORS if pattern.fullmatch(key)), key)


def _sentence(text: str) -> str:
    return f"Hier passt: {text}."


def _snippet(label: str, model: type[BaseModel], names: list[str] | tuple[str, ...]) -> Schema:
    """Return a snippet that writes some fields of a model, each with a value to write over."""
    stops = iter(range(1, 100))
    return {"label": label, "body": {name: _stops(sample(fields(model)[name]), stops) for name in names}}


def _stops(value: Value, stops: Iterator[int]) -> Any:
    if isinstance(value, str):
        shown = re.sub(r"([\\$}])", r"\\\1", value)
        return f"${{{next(stops)}:{shown}}}"
    if isinstance(value, list):
        return [_stops(item, stops) for item in value]
    return {key: _stops(item, stops) for key, item in value.items()}


def _target(kind: Any) -> str:
    """Return what a kind of text refers to, empty where it refers to nothing."""
    for _, marks in variants(kind):
        for mark in marks:
            if isinstance(mark, Ref):
                return mark.target
    return ""
