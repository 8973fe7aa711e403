"""A table of offers and its mapping in, records of offers, places and providers in a project out; which addresses get a point or an area from the town's register of streets, what stops the import, what is left out where a cell can't be read, rows that sum up others.

A place with an address and no point gets the point of its house, where the town's own register of streets has it; nothing is asked of the
net. A row of the register that is one house has that house's point; the point of a longer stretch lies somewhere along the street, so that
only its area is taken from there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyproj

from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.edit.imports.filling import Filled, ImportTally, fill, unused_columns
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    ImportTarget,
    Incoming,
    bring_in,
    check_links,
)
from generator.edit.imports.keys import counting_keys, renumbered
from generator.edit.imports.mapping_files import MappingFile, open_mapped
from generator.edit.imports.refused_rows import (
    leave_out,
    protected_rows,
    rows_of_refuges,
    spoiled,
    told_rows,
    unaddressed,
)
from generator.edit.imports.same_records import recognised
from generator.edit.records.last_import import LastImport, memory_path, read_last_import
from generator.edit.tables.cell_text import TOTALS
from generator.edit.tables.point_files import GEOJSON, in_degrees
from generator.edit.tables.table_rows import Sheet, SheetRow
from generator.model.fields import fields, models_at
from generator.model.geometry import metres
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import is_slug
from generator.model.scalars import Point
from generator.model.site import House, StreetRange, house
from generator.read.boundaries import into_degrees
from generator.read.nodes import ListNode, MapNode, Scalar, at, plain, text_at
from generator.read.records import validate
from generator.read.written_texts import scalars
from generator.search.street_register import street_key

FOLDERS = ("places", "offers")
APART = 50
"""Metres between two points of one address beyond which it isn't certain which one is meant."""


@dataclass(slots=True)
class LocatedRecords:
    """The records, and the addresses of those that got a point, an area only, or nothing, by `folder/id`."""

    records: list[Incoming] = field(default_factory=list)
    points: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    nowhere: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _HouseAddress:
    """The street as it is written, the house number, the postcode or ""."""

    street: Scalar
    number: House
    postcode: str


def located(project: ImportTarget, records: Sequence[Incoming], before: LastImport) -> LocatedRecords:
    """Give records without a point, of kinds that may be shown, the point or at least the area of their address.

    `before` is what the last import wrote: a point that people added since then stays.
    """
    if not project.site.streets:
        return LocatedRecords(list(records))
    done = LocatedRecords()
    addresses = [_address_to_locate(project, record, before) for record in records]
    streets = _rows_of({street_key(one.street.text) for one in addresses if one}, project.site.streets)
    for record, address in zip(records, addresses, strict=True):
        if address is None:
            done.records.append(record)
        else:
            rows = [row for row in streets[street_key(address.street.text)] if _covers(row, address)]
            done.records.append(_located(project, record, address, rows, done))
    return done


def _located(
    project: ImportTarget,
    record: Incoming,
    address: _HouseAddress,
    rows: Sequence[StreetRange],
    done: LocatedRecords,
) -> Incoming:
    """Return a record with the point or else the areas that the rows of its address have; note which of both it got."""
    words = {record.source_key: f"{address.street.text} {address.number}"}
    at = address.street.position
    point = _one_point(rows)
    if point is not None:
        done.points |= words
        return _with(record, "point", Scalar(f"{point.longitude:.6f} {point.latitude:.6f}", at))
    spaces = list(dict.fromkeys(row.space for row in rows))
    levels = {project.site.spaces[space].level for space in spaces}
    if record.folder == "places" and "spaces" not in _names(record) and 0 < len(levels) == len(spaces):
        done.areas |= words
        return _with(record, "spaces", ListNode(tuple(Scalar(space, at) for space in spaces), at))
    done.nowhere |= words
    return record


def _names(record: Incoming) -> list[str]:
    """Return the names of the fields that a record has."""
    return [key.text for key, _ in record.node.entries]


def _address_to_locate(project: ImportTarget, record: Incoming, before: LastImport) -> _HouseAddress | None:
    """Return the address of a record that may get a point; None where it has one, is protected, or people gave it one."""
    address, kind = record.node.get("address"), text_at(record.node, "kind")
    if record.folder not in FOLDERS or "point" in _names(record) or not isinstance(address, MapNode):
        return None
    # Where people are protected nothing makes their address more exact.
    if record.folder == "places" and not _is_open(project, kind):
        return None
    street, number = address.get("street"), house(text_at(address, "number"))
    if not isinstance(street, Scalar) or number is None or _pointed_by_hand(project, record, before):
        return None
    return _HouseAddress(street, number, text_at(address, "postcode"))


def _is_open(project: ImportTarget, kind: str) -> bool:
    """Tell whether places of a kind are shown with their full address; the kind may be missing, but not unknown."""
    words = project.site.words.place_kinds.get(kind)
    return not kind or (words is not None and words.visibility in (None, "full"))


def _pointed_by_hand(project: ImportTarget, record: Incoming, before: LastImport) -> bool:
    """Tell whether people gave the point of a record that came without one."""
    last = before.records.get(record.source_key, {"id": record.id, "values": {}})
    own = project.site.records(record.folder).get(last["id"])
    return own is not None and own.point is not None and "point" not in last["values"]


def _rows_of(keys: set[str], ranges: Iterable[StreetRange]) -> Mapping[str, list[StreetRange]]:
    """Gather the rows of some streets; a register may have hundreds of thousands."""
    key_of: dict[str, str] = {}
    found: dict[str, list[StreetRange]] = defaultdict(list)
    for row in ranges:
        if row.street not in key_of:
            key_of[row.street] = street_key(row.street)
        if key_of[row.street] in keys:
            found[key_of[row.street]].append(row)
    return found


def _covers(row: StreetRange, address: _HouseAddress) -> bool:
    """Tell whether a row of the register is about an address; a postcode counts where both have one."""
    if row.postcode and address.postcode not in ("", row.postcode):
        return False
    low, high, number = house(row.first), house(row.last), address.number
    if (low and number.key < low.key) or (high and number.key > high.key):
        return False
    return row.parity == "all" or (row.parity == "odd") == bool(number.number % 2)


def _one_point(rows: Iterable[StreetRange]) -> Point | None:
    """Return the point of the rows that are one house; None where there is none, or several lie apart."""
    points = [row.point for row in rows if row.point is not None and row.first and row.first == row.last]
    if points and all(metres(points[0], point) < APART for point in points):
        return points[0]
    return None


def _with(record: Incoming, name: str, value: Scalar | ListNode) -> Incoming:
    """Return a record with a field behind its address."""
    entries = list(record.node.entries)
    entries.insert(_names(record).index("address") + 1, (Scalar(name, value.position), value))
    return replace(record, node=replace(record.node, entries=tuple(entries)))


_COMMA = re.compile(r"-?\d+,\d+")


@dataclass(slots=True)
class _Sheaf:
    """Records gathered from the rows, each from the first that has it; `system` turns their points into degrees."""

    system: pyproj.Transformer | str = ""
    records: dict[tuple[str, str], Incoming] = field(default_factory=dict)


def import_offers(table_path: Path, mapping_path: Path, root: Path, manner: ImportManner) -> ImportOutcome:
    """Read the table, build every record of every row, and write all of them or, where anything is wrong, none.

    What was written is remembered beside the mapping, where that lies in the project, else in its folder `imports/`.
    """
    opened, found = open_mapped(table_path, mapping_path, root, tuple(KIND_BY_FOLDER))
    if opened is None:
        return ImportOutcome(found=ordered(found))
    project, mapping, table = opened.project, opened.mapping, opened.table
    gathered, problems = gather_records(table, mapping, table_path, manner.progress)
    found += problems
    memory = memory_path(mapping_path, root)
    before, problems = read_last_import(project.door, memory)
    if before is None:
        return ImportOutcome(found=ordered(problems))
    places = located(project, gathered, before)
    known = recognised(project, places.records, mapping.same, before)
    found += known.found
    unused = unused_columns(mapping.sections.values(), table.header)
    refuges = rows_of_refuges(table, project.site.words, unused)
    protected = protected_rows(project, known.records, refuges)
    found += told_rows(project, known.records, protected, refuges)
    project = replace(project, protected=protected)
    records = project.open_to_all(unaddressed(known.records, protected))
    found += counting_keys(mapping, table, before)
    found += renumbered(project, records, before.without(protected))
    if not has_errors(found):
        found += check_links(project, records)
    outcome = bring_in(project, records, {}, found, manner, memory)
    outcome.unused = unused
    outcome.undecided, outcome.waiting = known.undecided, known.waiting
    brought = {record.source_key for record in records}
    outcome.points = _of_brought(places.points, brought)
    outcome.areas = _of_brought(places.areas, brought)
    outcome.nowhere = _of_brought(places.nowhere, brought)
    return outcome


def _of_brought(addresses: Mapping[str, str], brought: Collection[str]) -> list[str]:
    """Say the addresses of records that come in: of what is protected nobody repeats it."""
    return [f"{key}: {address}" for key, address in addresses.items() if key in brought]


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
    # All records of a row lie where it begins, also of one over several lines: by that it is known what stands beside each other.
    node = MapNode(tuple(pair for pair in filled.node.entries if pair[0].text != "id"), row.start)
    if isinstance(sheaf.system, pyproj.Transformer):
        node, problems = in_degrees(node, sheaf.system)
        if problems:
            return problems
    empty = list(_empty_cells(folder, filled))
    record, problems = _checked(folder, written.text, node, mapping, has_empty=bool(empty))
    tally.add(folder, filled)
    found = [*empty, *spoiled(record.node)]
    for item in problems:
        found += _with_help(item, filled, row)
    key = (folder, written.text)
    if key in sheaf.records:
        return [*found, *_repeated(sheaf, key, record, written.position)]
    sheaf.records[key] = record
    return found


def _id_of(filled: Filled, row: SheetRow) -> Scalar | Diagnostic:
    """Return the id that was filled in, or what is wrong with it."""
    written = filled.node.get("id")
    if not isinstance(written, Scalar):
        column, position = filled.empty.get(("id",), ("id", row.start))
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


def _repeated(
    sheaf: _Sheaf, key: tuple[str, str], record: Incoming, position: Position
) -> Iterator[Diagnostic]:
    first = sheaf.records[key]
    line = first.node.position.line
    if key[0] == "offers":
        yield diagnostic(
            "kennung-doppelt",
            position,
            value=key[1],
            first=f"Zeile {line}",
            better="jede Kennung nur einmal verwenden",
        )
        return
    before, now = plain(first.node), plain(record.node)
    different = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    if different:
        yield diagnostic(
            "angaben-verschieden",
            getattr(record.node.get(different[0]), "position", position),
            value=record.source_key,
            field=", ".join(different),
            first=line,
        )


def _empty_cells(folder: str, filled: Filled) -> Iterator[Diagnostic]:
    for path, (column, position) in filled.empty.items():
        owner = at(filled.node, path[:-1])
        models = models_at(KIND_BY_FOLDER[folder].model, path[:-1])
        if owner is not None and any(
            path[-1] in fields(model) and fields(model)[path[-1]].is_required() for model in models
        ):
            yield diagnostic("zelle-leer", position, name=column, field=".".join(path))


_HELP = {
    "punkt-projiziert": "in der Zuordnung unter table das Koordinatensystem nennen, etwa „crs: EPSG:25832“, oder die Tabelle in Grad (WGS 84) ausgeben",
    "deutsches-datum": "in der Zuordnung „|date“ anhängen: <Spalte|date>; das Jahr mit vier Stellen: 1.12.2026",
    "keine-postleitzahl": "fehlt vorne die Null, in der Zuordnung „|postcode“ anhängen: <Spalte|postcode>; sonst sie in der Tabelle berichtigen",
}


def _with_help(item: Diagnostic, filled: Filled, row: SheetRow) -> list[Diagnostic]:
    """Say what of the mapping helps where a table writes points, numbers, dates or postcodes in its own way."""
    if item.code not in ("kein-punkt", "keine-zahl"):
        return [replace(item, help=_HELP.get(item.code, item.help))]
    texts = [scalar.text for _, scalar in scalars(filled.node) if scalar.position == item.position]
    written = " ".join(texts)
    commas = [cell for cell in row.read if _COMMA.fullmatch(cell.text) and cell.text in written]
    return [diagnostic("dezimalkomma", cell.position, value=cell.text) for cell in commas] or [item]
