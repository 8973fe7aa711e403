"""A mapping file in, how a table becomes records out: its writing, what values mean, and a pattern for each kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, close_to, has_errors
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
    return (None, found) if text is None else mapping_of(text, door.name(path), allowed)


def mapping_of(text: str, name: str, allowed: tuple[str, ...]) -> tuple[MappingFile | None, list[Diagnostic]]:
    """Understand the text of a mapping file; `name` is what messages call it."""
    node, found = parse(text, name)
    if node is None or has_errors(found):
        return None, found
    if not isinstance(node, MapNode):
        return None, [no_group(node)]
    form, lookup, sections, leave_out = TableForm(), Lookup({}), {}, False
    same: dict[str, Scalar] = {}
    for key, value in node.entries:
        if key.text == "table":
            read, problems = validate(TableForm, value)
            found += problems
            form = read or form
        elif key.text == "values" and isinstance(value, MapNode):
            lookup = Lookup({column.text: _meanings(meanings) for column, meanings in value.entries})
        elif key.text == "same" and isinstance(value, MapNode):
            same = _meanings(value)
            found += [
                diagnostic("falscher-wert", row.position, value=row.text, better=_SAME)
                for row, _ in value.entries
                if row.text.partition("/")[0] not in KIND_BY_FOLDER
            ]
        elif key.text == "unreadable" and isinstance(value, Scalar):
            if value.text not in _UNREADABLE:
                found.append(
                    diagnostic(
                        "falscher-wert",
                        value.position,
                        value=value.text,
                        better="möglich sind: " + ", ".join(_UNREADABLE),
                    )
                )
            leave_out = value.text == "leave-out"
        elif key.text in allowed and isinstance(value, MapNode):
            sections[key.text] = value
            if key.text in KIND_BY_FOLDER and value.get("id") is None:
                found.append(
                    diagnostic("feld-fehlt", key.position, name="id", title="das Kürzel, aus einer Spalte")
                )
        elif key.text in (*allowed, *_COMMON):
            found.append(no_group(value))
        else:
            near = close_to(key.text, (*allowed, *_COMMON))
            better = (
                f"gemeint ist vielleicht „{near}“"
                if near
                else "möglich sind: " + ", ".join(_COMMON) + ", " + ", ".join(allowed)
            )
            found.append(diagnostic("unbekanntes-feld", key.position, name=key.text, better=better))
    if not sections and not found:
        found.append(
            diagnostic(
                "feld-fehlt",
                node.entries[0][0].position,
                name=allowed[0],
                title="wie ein Eintrag aus einer Zeile wird",
            )
        )
    return (None if found else MappingFile(form, lookup, sections, name, leave_out, same)), found


def unanswered(mapping: MappingFile) -> list[Diagnostic]:
    """Report what a mapping leaves open, once for each place: a draft asks where a table doesn't say something."""
    asked = [scalar for section in mapping.sections.values() for scalar in scalars(section)]
    for meanings in mapping.lookup.values.values():
        asked += meanings.values()
    return [diagnostic("zuordnung-offen", scalar.position) for scalar in asked if scalar.text == OPEN]


def _meanings(node: Node) -> dict[str, Scalar]:
    return (
        {key.text: value for key, value in node.entries if isinstance(value, Scalar)}
        if isinstance(node, MapNode)
        else {}
    )
