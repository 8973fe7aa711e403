"""The models in, a JSON Schema for each kind, each vocabulary and `site_config.yml` out: what editors complete from.

A schema describes what a YAML 1.2 editor sees: `22999` is a number there, `yes` a text, and a field without a value is null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.edit.words import words_of
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.config import SiteConfig
from generator.model.groups import Record
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import target_form
from generator.model.vocabulary import VOCABULARIES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of every schema by its file name; the same models give the same bytes."""
    words = words_of(None)
    files = {
        f"{kind.folder}.json": _of_record(
            kind.model, kind.singular, f"Ein Eintrag in resources/{kind.folder}/.", words
        )
        for kind in KINDS
    }
    files["indicators.json"] = _of_record(
        Indicator, "Kennzahl", "Die Datei indicator.yml in resources/indicators/<Kürzel>/.", words
    )
    files["site_config.json"] = _of_record(SiteConfig, "Einstellungen", "Die Datei site_config.yml.", words)
    for name, model in VOCABULARIES.items():
        item = _of_record(model, name, "Ein Eintrag der Liste.", words)
        inner = {key: value for key, value in item.items() if key not in ("$schema", "$defs")}
        outer = {
            "$schema": DIALECT,
            "title": name,
            "description": f"Die Liste resources/{name}.yml.",
            "type": "array",
            "items": inner,
        }
        files[f"{name}.json"] = {**outer, **({"$defs": item["$defs"]} if "$defs" in item else {})}
    return {
        name: json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for name, content in sorted(files.items())
    }


class Foreign(Exception):
    """Where a schema would be put lies something that is none; the text is its path."""


def stale_schemas(folder: Path) -> list[str]:
    """Return the names of schemas in a folder that are missing, differ or are left over; of other files nothing is said."""
    fresh, written = schemas(), _written(folder)
    ours = {name for name, text in written.items() if name in fresh or _is_ours(name, text)}
    return sorted(name for name in {*fresh, *ours} if fresh.get(name) != written.get(name, ""))


def write_schemas(folder: Path) -> list[str]:
    """Bring a folder of schemas up to date; return the names of those that changed.

    What isn't a schema of ours stays as it is; raises `Foreign`, before anything is written, where one of them stands in the way.
    """
    changed = stale_schemas(folder)
    fresh, written = schemas(), _written(folder)
    for name in changed:
        if name in written and not _is_ours(name, written[name]):
            raise Foreign(str(folder / name))
    write_files(folder, {name: fresh.get(name) for name in changed})
    return changed


def _written(folder: Path) -> dict[str, str | None]:
    """Return the texts of the JSON files in a folder; None for what can't be read."""
    door = Door(folder)
    return {path.name: door.text(path)[0] for path in door.files(folder, ".json")[0]}


def _is_ours(name: str, text: str | None) -> bool:
    """Tell a schema of ours, of an older version too, by the two lines that each begins with and its own name; an empty file is nobody's."""
    if text is None:
        return False
    return not text.strip() or bool(DIALECT in text[:200] and about(name.removesuffix(".json")).search(text))


def about(stem: str) -> re.Pattern[str]:
    """Return what finds the sentence by which a schema says which files it is about."""
    name = re.escape(stem)
    files = rf"resources/{name}(?:/\.|\.yml\.)|resources/{name}/<Kürzel>/\.|Die Datei {name}\.yml\."
    return re.compile(rf'"description": "[^"\n]*(?:{files})"')


def _of_record(
    model: type[BaseModel], title: str, description: str, words: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    raw = model.model_json_schema(by_alias=True)
    if issubclass(model, Record):
        # The id of a record is the name of its file.
        del raw["properties"]["id"]
        raw["required"] = [name for name in raw["required"] if name != "id"]
    content: dict[str, Any] = _tidied(raw, words)
    content = {"$schema": DIALECT, **content, "title": title, "description": description}
    definitions = content.pop("$defs", None)
    return {**content, **({"$defs": definitions} if definitions else {})}


def _tidied(node: Any, words: Mapping[str, tuple[str, ...]]) -> Any:
    """Drop what is meant for programmers, allow fields without a value, offer the known ids."""
    if isinstance(node, list):
        return [_tidied(item, words) for item in node]
    if not isinstance(node, dict):
        return node
    done = {
        key: _tidied(value, words)
        for key, value in node.items()
        if key not in ("default", "x-ref", "$defs", "properties")
    }
    if "x-ref" in node:
        target = node["x-ref"]
        done.setdefault("description", target_form(target) + ".")
        if target in words:
            done["examples"] = list(words[target])
    if "patternProperties" in node:
        done["additionalProperties"] = False
    if "properties" in node:
        # The docstrings of groups are English and for programmers; titles of fields are German and stay.
        done.pop("description", None)
        done.pop("title", None)
        needed = node.get("required", [])
        done["properties"] = {
            name: _tidied(value, words) if name in needed else _optional(_tidied(value, words), value)
            for name, value in node["properties"].items()
        }
    if "$defs" in node:
        done["$defs"] = {name: _tidied(value, words) for name, value in node["$defs"].items()}
    return done


def _optional(done: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """Allow that nothing stands behind the colon; say what holds then, where that is one of the choices."""
    about: dict[str, Any] = {key: done[key] for key in ("title", "description", "examples") if key in done}
    rest = {key: value for key, value in done.items() if key not in about}
    choices = rest.pop("anyOf", None) or [rest]
    if {"type": "null"} not in choices:
        choices = [*choices, {"type": "null"}]
    default = raw.get("default")
    if isinstance(default, bool):
        default = "yes" if default else "no"
    known: dict[str, Any] = {"default": default} if isinstance(default, str) else {}
    return {**about, **known, "anyOf": choices}
