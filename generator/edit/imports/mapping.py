"""A mapping file in, how a table becomes records out: its writing, what values mean, and a pattern for each kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, has_errors, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.filling import Lookup, scalars
from generator.edit.tables.table_rows import TableForm
from generator.files.door import RECORD, Door
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.samples import OPEN
from generator.read.nodes import MapNode, Node, Scalar, parse
from generator.read.records import no_group, validate

_COMMON = ("table", "values", "unreadable", "same")
NEW = "new"
"""Says under `same` that a record isn't the one that it resembles."""
_SAME = "so schreiben: „places/kita-12: kita-sonnenschein“, oder „places/kita-12: new“"
_UNREADABLE = ("stop", "leave-out")


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping as read: how the table is written, what values mean, a pattern for each kind of record.

    `same`: by `folder/id` as the table makes it, the id of the record here that it is, or `new`. `leave_out`: a value that can't be read stays out of a field that isn't needed, with a warning, instead of stopping the import.
    """

    form: TableForm
    lookup: Lookup
    sections: dict[str, MapNode]
    file: str
    leave_out: bool = False
    same: dict[str, Scalar] = field(default_factory=dict)


def read_mapping(
    door: Door, path: Path, allowed: tuple[str, ...]
) -> tuple[MappingFile | None, list[Diagnostic]]:
    """Read a mapping file; `allowed` names the sections that may stand beside `table` and `values`."""
    text, found = door.text(path, RECORD)
    if text is None:
        return (None, found)
    return mapping_of(text, door.name(path), allowed)


def mapping_of(text: str, name: str, allowed: tuple[str, ...]) -> tuple[MappingFile | None, list[Diagnostic]]:
    """Understand the text of a mapping file; `name` is what messages call it."""
    node, found = parse(text, name)
    if node is None or has_errors(found):
        return None, found
    if not isinstance(node, MapNode):
        return None, [no_group(node)]
    mapping = MappingFile(TableForm(), {}, {}, name, False, {})
    for key, value in node.entries:
        mapping, problems = _with_section(mapping, key, value, allowed)
        found += problems
    if not mapping.sections and not found:
        place = node.entries[0][0].position
        found.append(
            diagnostic("feld-fehlt", place, name=allowed[0], title="wie ein Eintrag aus einer Zeile wird")
        )
    return (None if found else mapping), found


def _with_unreadable(mapping: MappingFile, value: Node) -> tuple[MappingFile, list[Diagnostic]]:
    """Return the mapping with what becomes of cells that can't be read."""
    if not isinstance(value, Scalar):
        return mapping, [no_group(value)]
    if value.text not in _UNREADABLE:
        return mapping, [_wrong_value(value, "möglich sind: " + ", ".join(_UNREADABLE))]
    return replace(mapping, leave_out=value.text == "leave-out"), []


def _with_section(
    mapping: MappingFile, key: Scalar, value: Node, allowed: tuple[str, ...]
) -> tuple[MappingFile, list[Diagnostic]]:
    """Return the mapping with what one of its sections says, and what is wrong with that."""
    if key.text == "table":
        read, problems = validate(TableForm, value)
        return replace(mapping, form=read or mapping.form), problems
    if key.text not in (*allowed, *_COMMON):
        return mapping, [_unknown_section(key, allowed)]
    if key.text == "unreadable":
        return _with_unreadable(mapping, value)
    if not isinstance(value, MapNode):
        return mapping, [no_group(value)]
    if key.text == "values":
        meanings = {column.text: _meanings(meant) for column, meant in value.entries}
        return replace(mapping, lookup=meanings), []
    if key.text == "same":
        return replace(mapping, same=_meanings(value)), _wrong_names(value)
    sections = {**mapping.sections, key.text: value}
    problems = []
    if key.text in KIND_BY_FOLDER and value.get("id") is None:
        title = "das Kürzel, aus einer Spalte"
        problems.append(diagnostic("feld-fehlt", key.position, name="id", title=title))
    return replace(mapping, sections=sections), problems


def _unknown_section(key: Scalar, allowed: tuple[str, ...]) -> Diagnostic:
    """Say that a mapping has no such section, and which is meant or which there are."""
    known = (*_COMMON, *allowed)
    better = meant_or(key.text, known, "möglich sind: " + ", ".join(known))
    return diagnostic("unbekanntes-feld", key.position, name=key.text, better=better)


def _wrong_names(same: MapNode) -> list[Diagnostic]:
    """Say which keys of the section `same` don't begin with a folder of records."""
    found = []
    for row, _ in same.entries:
        folder = row.text.partition("/")[0]
        if folder not in KIND_BY_FOLDER:
            found.append(_wrong_value(row, _SAME))
    return found


def _wrong_value(scalar: Scalar, better: str) -> Diagnostic:
    return diagnostic("falscher-wert", scalar.position, value=scalar.text, better=better)


def unanswered(mapping: MappingFile) -> list[Diagnostic]:
    """Report what a mapping leaves open, once for each place: a draft asks where a table doesn't say something."""
    asked: list[Scalar] = []
    for section in mapping.sections.values():
        asked += scalars(section)
    for meanings in mapping.lookup.values():
        asked += meanings.values()
    return [diagnostic("zuordnung-offen", scalar.position) for scalar in asked if scalar.text == OPEN]


def _meanings(node: Node) -> dict[str, Scalar]:
    """Return the texts of a group by their keys; nothing of what is no group."""
    entries = node.entries if isinstance(node, MapNode) else ()
    return {key.text: value for key, value in entries if isinstance(value, Scalar)}
