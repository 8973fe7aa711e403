"""Write a new record to fill in, or a copy of another (`nahraum new`)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import WIDTH, Value, write_record
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.config import OSM
from generator.model.fields import annotation, choices, fields
from generator.model.groups import Kind
from generator.model.indicator import Indicator
from generator.model.names_and_ids import is_slug, slug_from
from generator.model.samples import OPEN, OPEN_ID, form, sample
from generator.read.yaml_mistakes import entries, flow, marks_of

Words = Mapping[str, tuple[str, ...]]
NOTHING: Mapping[str, Any] = MappingProxyType({})
# So many words are named in a template; longer lists are printed by a command.
_MANY = 12
_OF_ONE_ALONE = (
    "checked", "status", "from", "until", "successor", "earlier_ids", "funded_until", "dates", "capacity", "alert",
    "history", "results", "origin", "notes", "cleared", "shown", "translations",
)  # fmt: skip
"""Fields that say when somebody asked or agreed, how long it runs, what became of it; translations would go on telling of the other."""
INDICATOR = Kind("indicators", Indicator, "Kennzahl", "Kennzahlen", "keine Kennzahl")
"""A figure's definition: no record among others, but a file in a folder of its own."""
_LAST = ("translations", "notes", "origin", "illustrative")
"""Fields of all kinds, which a template names last."""


_USUAL = ("parent", "place", "ages", "hours", "cost", "contact", "checked")
"""Fields that a good entry has beside those that it needs."""


def short_template(kind: Kind) -> str:
    """Write a new record with what a good one says."""
    lines = [
        f"# {kind.singular}: „{OPEN_ID}“ und „{OPEN}“ ersetzen, löschen, was nicht passt. Weitere Felder erklärt „nahraum new“ mit --all."
    ]
    for name, info in fields(kind.model).items():
        value = sample(info)
        if not info.is_required():
            value = OPEN_ID if marks_of(annotation(info)) else OPEN
            value = {"phone": OPEN} if name == "contact" else value
        if info.is_required() or name in _USUAL:
            lines.append(f"{name}: {flow(value)}")
    return "\n".join(lines) + "\n"


def template(kind: Kind, words: Words, given: Mapping[str, Value] = NOTHING) -> str:
    """Write a new record: needed fields, then the others as comments.

    `words` are ids by vocabulary (and `levels`) to choose from; `given` values are filled in.
    """
    arranged = arranged_fields(kind.model)
    needed = {name: info for name, info in arranged if info.is_required() or name in given}
    lines = [
        f"# {kind.singular}. „{OPEN_ID}“ und „{OPEN}“ ersetzen; danach sagt „nahraum check“, ob alles stimmt."
    ]
    for name, info in needed.items():
        lines += says(info, words, name)
        lines += write_record({name: given.get(name, sample(info))}).splitlines()
    lines += [
        "",
        "# --- nach Bedarf: das # und das Leerzeichen am Anfang der Zeile löschen und ausfüllen; der Rest kann weg ---",
    ]
    for name, info in arranged:
        if name not in needed:
            lines += ["", *says(info, words, name)]
            lines += [f"# {line}" for line in write_record({name: sample(info)}).splitlines()]
    return "\n".join(lines) + "\n"


def arranged_fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """Return fields in reading order: needed, others, those of all kinds."""
    known = list(fields(model).items())
    return sorted(
        known,
        key=lambda item: (not item[1].is_required(), _LAST.index(item[0]) + 1 if item[0] in _LAST else 0),
    )


def new_record(root: Path, kind: Kind, key: str, text: str) -> tuple[Path | None, list[Diagnostic]]:
    """Write a new record's file below `root`, unless its id is taken or invalid."""
    found = refused_id(root, kind, key)
    if found:
        return None, found
    name = file_of(kind, key)
    write_files(root, {name: text})
    return root / name, []


def copied_record(root: Path, kind: Kind, key: str, source: str) -> tuple[Path | None, list[Diagnostic]]:
    """Copy a record's file without what was true of it alone, if `source` is there and the id is free."""
    name, original = f"resources/{kind.folder}/{key}.yml", f"resources/{kind.folder}/{source}.yml"
    found = refused_id(root, kind, key)
    if found:
        return None, found
    if not os.path.lexists(root / original):
        known = [path.stem for path in sorted((root / "resources" / kind.folder).glob("*.yml"))]
        better = meant_or(source, known, "--from nennt das Kürzel eines vorhandenen Eintrags")
        return None, [
            diagnostic("eintrag-fehlt", Position(original), name=source, what=kind.none, better=better)
        ]
    record, found = open_record(Disk(root), root / original)
    if record is None:
        return None, found
    for field in _OF_ONE_ALONE:
        record.remove((field,))
    if record.found:
        return None, record.found
    write_files(root, {name: record.text})
    return root / name, []


def file_of(kind: Kind, key: str) -> str:
    """Return the path of a record's file."""
    inner = f"{key}/indicator.yml" if kind is INDICATOR else f"{key}.yml"
    return f"resources/{kind.folder}/{inner}"


def refused_id(root: Path, kind: Kind, key: str) -> list[Diagnostic]:
    """Report why an id can't be used; nothing if it can."""
    name = file_of(kind, key)
    if not is_slug(key) or "_" in key:
        return [diagnostic("dateiname", Position(name), name=key, better=slug_from(key))]
    if os.path.lexists(root / name) or os.path.lexists(root / "resources" / OSM / kind.folder / f"{key}.yml"):
        help_ = "ein anderes Kürzel wählen oder die vorhandene Datei ändern"
        return [diagnostic("eintrag-vorhanden", Position(name), name=f"{kind.folder}/{key}", help=help_)]
    return []


def says(info: FieldInfo, words: Words, name: str) -> Iterator[str]:
    """Explain a field in comments, with ids to choose from `words`."""
    text = f"{info.title}."
    if info.description:
        text += f" {info.description}"
    target, known = _list_choices(info, words)
    if name == "level":
        known = words.get("levels", ())
    if len(known) > _MANY:
        text += f" Zum Beispiel: {', '.join(known[:_MANY])} … Alle zeigt „nahraum help {target}“."
    elif known and not all(word in text for word in known):
        text += " Möglich: " + ", ".join(known) + "."
    elif not info.description and not known:
        text += f" {form(annotation(info))}."
    yield from _wrapped(text)


def _list_choices(info: FieldInfo, words: Words) -> tuple[str, tuple[str, ...]]:
    """Return (vocabulary, its ids), or the model's own values."""
    kind = annotation(info)
    if found := choices(kind):
        return "", found
    for part in (kind, *entries(kind)):
        for mark in marks_of(part):
            if mark.target in words:
                return mark.target, words[mark.target]
    return "", ()


def _wrapped(text: str) -> Iterator[str]:
    line = "##"
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            yield line
            line = "##"
        line += f" {word}"
    yield line
