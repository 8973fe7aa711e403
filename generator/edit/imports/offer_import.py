"""A table of offers and its mapping in, records of offers, places and providers in a project out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyproj

from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.edit.imports.confidential import leave_out
from generator.edit.imports.filling import Filled, check_columns, fill, scalars, unused_columns
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    Incoming,
    bring_in,
    check_links,
    open_project,
)
from generator.edit.imports.locating import located
from generator.edit.imports.mapping import MappingFile, read_mapping, unanswered
from generator.edit.imports.own_export import refuse_own
from generator.edit.imports.protected_rows import protected_rows, told_rows
from generator.edit.imports.recognising import recognised
from generator.edit.imports.spoiled import spoiled
from generator.edit.imports.tallying import ImportTally
from generator.edit.records.last_import import memory_path, read_last_import
from generator.edit.tables.cell_text import TOTALS
from generator.edit.tables.point_files import GEOJSON, in_degrees
from generator.edit.tables.table_rows import Sheet, SheetRow, read_table
from generator.files.door import Door
from generator.model.fields import fields, models_at
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import is_slug
from generator.read.boundaries import into_degrees
from generator.read.nodes import MapNode, Node, Scalar, plain
from generator.read.records import validate

_COMMA = re.compile(r"-?\d+,\d+")


@dataclass(slots=True)
class _Sheaf:
    """Records gathered from the rows, with the line that each came from first; `system` turns their points into degrees."""

    system: pyproj.Transformer | str = ""
    records: dict[tuple[str, str], Incoming] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)


def import_offers(table_path: Path, mapping_path: Path, root: Path, manner: ImportManner) -> ImportOutcome:
    """Read the table, build every record of every row, and write all of them or, where anything is wrong, none.

    What was written is remembered beside the mapping, where that lies in the project, else in its folder `imports/`.
    """
    mapping, found = read_mapping(Door(root, mapping_path), mapping_path, tuple(KIND_BY_FOLDER))
    project, problems = open_project(root, table_path)
    found += problems
    if mapping is not None:
        found += unanswered(mapping)
    if mapping is None or project is None or found:
        return ImportOutcome(found=ordered(found))
    table, found = read_table(project.door, table_path, mapping.form, filled=True)
    if table is None or has_errors(found):
        return ImportOutcome(found=ordered(found))
    found += refuse_own(project, table)
    for section in mapping.sections.values():
        found += check_columns(section, table, mapping.lookup)
    if has_errors(found):
        return ImportOutcome(found=ordered(found))
    gathered, problems = gather_records(table, mapping, table_path, manner.progress)
    found += problems
    memory = memory_path(mapping_path, root)
    before, problems = read_last_import(project.door, memory)
    if before is None:
        return ImportOutcome(found=ordered(problems))
    places = located(project, gathered, before)
    known = recognised(project, places.records, mapping.same, before)
    found += known.found
    project = replace(project, protected=protected_rows(project, known.records))
    found += told_rows(known.records, project.protected)
    if not has_errors(found):
        found += check_links(project, project.open_to_all(known.records))
    outcome = bring_in(project, known.records, {}, found, manner, memory)
    outcome.unused = unused_columns(mapping.sections.values(), table.header)
    outcome.undecided, outcome.waiting = known.undecided, known.waiting
    outcome.points, outcome.areas, outcome.nowhere = places.points, places.areas, places.nowhere
    return outcome


def gather_records(
    table: Sheet, mapping: MappingFile, path: Path, progress: Progress = silent
) -> tuple[list[Incoming], list[Diagnostic]]:
    """Return the records that the rows of a table become, and what is wrong with rows; `path` is the table's file."""
    system, found = _other_system(mapping, path)
    if found:
        return [], found
    sheaf = _Sheaf(system)
    tally = ImportTally()
    for number, row in enumerate(table.rows):
        progress("zuordnen", number, len(table.rows))
        if (total := _total(row)) is not None:
            found.append(total)
            continue
        of_row: list[Diagnostic] = []
        for folder, section in mapping.sections.items():
            of_row += _gather(sheaf, folder, section, row, mapping, tally)
        # A row that is there twice would also say twice that its place differs.
        repeated = [item for item in of_row if item.code == "kennung-doppelt"]
        found += repeated or of_row
    progress("zuordnen", len(table.rows), len(table.rows))
    found += tally.losses()
    return list(sheaf.records.values()), found


def _other_system(mapping: MappingFile, table: Path) -> tuple[pyproj.Transformer | str, list[Diagnostic]]:
    """Return what turns the points of a table into degrees; those of a GeoJSON file are degrees once it is read."""
    if table.suffix.lower() in GEOJSON:
        return "", []
    project, found = into_degrees(mapping.form.crs, mapping.file)
    return project or "", found


def _gather(
    sheaf: _Sheaf, folder: str, section: MapNode, row: SheetRow, mapping: MappingFile, tally: ImportTally
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    filled = fill(section, row, mapping.lookup, mapping.form.decimal, found)
    if found:
        return found
    written = _id_of(filled, row)
    if isinstance(written, Diagnostic):
        return [written]
    node = MapNode(tuple(pair for pair in filled.node.entries if pair[0].text != "id"), written.position)
    if isinstance(sheaf.system, pyproj.Transformer):
        node, problems = in_degrees(node, sheaf.system)
        if problems:
            return problems
    empty = list(_empty_cells(folder, filled))
    record, problems = _checked(folder, written.text, node, mapping, has_empty=bool(empty))
    tally.add(folder, filled, {item.position for item in problems if item.code == "wert-ausgelassen"})
    found = [*empty, *spoiled(record.node)]
    for item in problems:
        found += _with_help(item, filled, row)
    key = (folder, written.text)
    if key in sheaf.records:
        return [*found, *_repeated(sheaf, key, record, written.position)]
    sheaf.records[key], sheaf.lines[key] = record, row.line
    return found


def _id_of(filled: Filled, row: SheetRow) -> Scalar | Diagnostic:
    """Return the id that was filled in, or what is wrong with it."""
    written = filled.node.get("id")
    if not isinstance(written, Scalar):
        column, position = filled.empty.get(("id",), ("id", Position(row_file(row), row.line)))
        return diagnostic("zelle-leer", position, name=column, field="id")
    if not is_slug(written.text) or "_" in written.text:
        better = "<Spalte|id> macht aus jedem Text ein Kürzel"
        return diagnostic("dateiname", written.position, name=written.text, better=better)
    return written


def _checked(
    folder: str, record_id: str, node: MapNode, mapping: MappingFile, *, has_empty: bool
) -> tuple[Incoming, list[Diagnostic]]:
    """Check a record by its kind's model; return it, without what can't be read where the mapping says so, and what is wrong.

    Where cells are empty, which is told by itself, fields that lack don't count.
    """
    model = KIND_BY_FOLDER[folder].model
    _, problems = validate(model, node, id=record_id)
    if has_empty:
        problems = [item for item in problems if item.code not in ("feld-fehlt", "feld-leer")]
    elif problems and mapping.leave_out:
        node, problems = leave_out(model, record_id, node, problems)
    return Incoming(folder, record_id, node), problems


def _total(row: SheetRow) -> Diagnostic | None:
    """Report a row that sums up others: it says so, and half of its cells are empty."""
    texts = [cell for cell in row.cells.values() if cell.text]
    if texts and TOTALS.fullmatch(texts[0].text) and 2 * len(texts) <= len(row.cells):
        return diagnostic("summenzeile", texts[0].position, value=texts[0].text)
    return None


def row_file(row: SheetRow) -> str:
    """Return the file that a row stands in."""
    return next(iter(row.cells.values())).position.file


def _repeated(sheaf: _Sheaf, key: tuple[str, str], record: Incoming, position: Position) -> list[Diagnostic]:
    if key[0] == "offers":
        return [
            diagnostic(
                "kennung-doppelt",
                position,
                value=key[1],
                first=f"Zeile {sheaf.lines[key]}",
                better="jede Kennung nur einmal verwenden",
            )
        ]
    before, now = plain(sheaf.records[key].node), plain(record.node)
    different = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    if not different:
        return []
    return [
        diagnostic(
            "angaben-verschieden",
            record.node.get(different[0]).position if record.node.get(different[0]) else position,  # type: ignore[union-attr]
            value=f"{key[0]}/{key[1]}",
            field=", ".join(different),
            first=sheaf.lines[key],
        )
    ]


def _empty_cells(folder: str, filled: Filled) -> Iterator[Diagnostic]:
    for path, (column, position) in filled.empty.items():
        owner: Node | None = filled.node
        for step in path[:-1]:
            owner = owner.get(step) if isinstance(owner, MapNode) else None
        models = models_at(KIND_BY_FOLDER[folder].model, path[:-1])
        if owner is not None and any(
            path[-1] in fields(model) and fields(model)[path[-1]].is_required() for model in models
        ):
            yield diagnostic("zelle-leer", position, name=column, field=".".join(path))


_HELP = {
    "punkt-projiziert": "in der Zuordnung unter table das Koordinatensystem nennen, etwa „crs: EPSG:25832“, oder die Tabelle in Grad (WGS 84) ausgeben",
    "deutsches-datum": "in der Zuordnung „|date“ anhängen: <Spalte|date>",
    "keine-postleitzahl": "fehlt vorne die Null, in der Zuordnung „|postcode“ anhängen: <Spalte|postcode>; sonst sie in der Tabelle berichtigen",
}


def _with_help(item: Diagnostic, filled: Filled, row: SheetRow) -> list[Diagnostic]:
    """Say what of the mapping helps where a table writes points, numbers, dates or postcodes in its own way."""
    if item.code not in ("kein-punkt", "keine-zahl"):
        return [replace(item, help=_HELP.get(item.code, item.help))]
    texts = [scalar.text for scalar in scalars(filled.node) if scalar.position == item.position]
    written = " ".join(texts)
    commas = [cell for cell in row.cells.values() if _COMMA.fullmatch(cell.text) and cell.text in written]
    return [diagnostic("dezimalkomma", cell.position, value=cell.text) for cell in commas] or [item]
