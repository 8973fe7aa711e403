"""Hold what people filled in: rows, how to read them, which are refused as protected, what came of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.tables import table_columns, table_out, table_rows
from generator.edit.tables.table_rows import Sheet, SheetRow
from generator.edit.translation import translations
from generator.files.disk import Disk
from generator.model.groups import Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import FIRST_NAMES
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.read.hidden_places import digest_of, folded_words, kinds_named, refuge_in, refuge_named
from generator.read.nodes import ListNode, MapNode, Node, Scalar, plain
from generator.read.records import RecordSource, build
from generator.read.workbooks import BY_OPTION, SUFFIXES, SheetCell, read_grid, sheet_names
from generator.read.written_texts import scalars

FieldNames = tuple[str, ...]


class TableManner(Struct, frozen=True):
    """How to read a table: by heading what column it means, and the text of empty cells (`given`).

    `folder` is the kind of rows that say none, `sheet` the only one to read; `dry` tells and writes nothing.
    """

    meanings: Mapping[str, str] = struct_field(default_factory=dict)
    given: Mapping[str, str] = struct_field(default_factory=dict)
    folder: str = "offers"
    sheet: str = ""
    today: dt.date = dt.date.min
    dry: bool = False
    newer: bool = False
    """Whether the tables are newer than the records, where nothing says what was handed out."""


@dataclass(slots=True)
class TableOutcome:
    """A table's effects in words, findings, headings without field, and a table of open questions (`asked`)."""

    found: tuple[Diagnostic, ...] = ()
    new: list[str] = field(default_factory=list)
    there: int = 0
    """Rows without an id that equal a record."""
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    asked: str = ""


@dataclass(slots=True)
class FilledRow:
    """A row's cells by column, and the record it means; `alias`: it says which one under „dasselbe wie“."""

    folder: str
    start: Position
    cells: dict[table_columns.RecordColumn, SheetCell]
    headings: Mapping[table_columns.RecordColumn, str]
    line: table_rows.SheetRow
    handed: table_out.HandedOut
    id: str = ""
    source: RecordSource | None = None
    """The record that is there; None for a new one."""
    alias: bool = False
    node: MapNode | None = None
    """The record with the row's changes."""
    changes: dict[FieldNames, Node | None] = field(default_factory=dict)
    """What differs, by field; None for what was emptied."""

    def text(self, column: table_columns.RecordColumn) -> str:
        return self.cells[column].text if column in self.cells else ""

    def value(self, *path: str) -> str:
        """Return the row's value of a field."""
        return next((cell.text for one, cell in self.cells.items() if one.paths == (path,)), "")

    @property
    def name(self) -> str:
        return self.value("name") or self.id

    def handed_out(self) -> table_out.Cells | None:
        """Return what its record's row handed out; None if nothing says so."""
        return self.handed.get((KIND_BY_FOLDER[self.folder].plural, self.text(table_columns.ID) or self.id))


def row_line(place: Position) -> tuple[str, str, int]:
    return place.file, place.sheet, place.line


def value_in_words(node: Node | None) -> str:
    """Return a value as what is told of changes quotes it."""
    if node is None:
        return "nichts"
    if isinstance(node, ListNode):
        items = (plain(item) for item in node.items)
        return f"„{', '.join(one if isinstance(one, str) else ' '.join(one.values()) for one in items)}“"
    return f"„{plain(node)}“"


def with_value(node: MapNode, path: FieldNames, value: Node | None) -> MapNode:
    """Return a record with a value at a path, making groups; None takes it away, with a group that held nothing else."""
    key, *rest = path
    current = node.get(key)
    if rest:
        group = current if isinstance(current, MapNode) else MapNode((), node.position)
        inner = with_value(group, tuple(rest), value)
        value = inner if inner.entries else None
    if value is None:
        entries = tuple((name, old) for name, old in node.entries if name.text != key)
    elif current is None:
        entries = (*node.entries, (Scalar(key, value.position), value))
    else:
        entries = tuple((name, value if name.text == key else old) for name, old in node.entries)
    return MapNode(entries, node.position)


def call_back(text: str, today: dt.date) -> tuple[Mapping[str, str], str]:
    """Return what a cell („27.11.2026, Sekretariat“) says of a call, else why it proves none."""
    match = re.fullmatch(r"(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d\d)-(\d\d))[ ,;:]*([^ ,;:].*)?", text)
    if match is None:
        return {}, "hier steht kein Tag"
    day, month, year, *iso, who = match.groups()
    try:
        called = dt.date(*(int(part) for part in (iso if iso[0] else (year, month, day))))
    except ValueError:
        return {}, "hier steht kein Tag"
    if called > today:
        return {}, "der Tag liegt noch vor uns"
    if not who:
        return {}, "es fehlt, bei welcher Stelle"
    if any(word in FIRST_NAMES for word in re.findall(r"\w+", who.lower())):
        return {}, "hier steht ein Name statt einer Stelle"
    return {"date": called.isoformat(), "by": who}, ""


def tables_of(
    disk: Disk, path: Path, manner: TableManner
) -> Iterator[tuple[str, table_rows.Sheet | None, Iterable[Diagnostic]]]:
    """Yield a file's tables with kind of rows: sheets named so, else the only one."""
    if path.suffix.lower() not in SUFFIXES:
        form, found = table_rows.form_of(disk, path)
        if form is not None:
            table, found = table_rows.read_table(disk, path, form, filled=True)
            yield manner.folder, table, found
        else:
            yield manner.folder, None, found
        return
    by_name = {KIND_BY_FOLDER[folder].plural: folder for folder in table_columns.FOLDERS}
    by_name[translations.SHEET] = translations.SHEET
    names = [name for name in sheet_names(disk, path) if name in by_name]
    for name in [manner.sheet] if manner.sheet or not names else names:
        grid, found = read_grid(disk, path, name, better=BY_OPTION)
        if grid is None:
            # Of a workbook's several sheets some may be empty.
            empty = name in by_name and all(item.code == "arbeitsmappe-unlesbar" for item in found)
            yield manner.folder, None, [] if empty else found
            continue
        form, problems = table_rows.form_of(disk, path, name)
        table, found = table_rows.table_of_grid(grid, form, apart=True) if form else (None, problems)
        yield by_name.get(name, manner.folder), table, found


_NUMBERS = ("number", "ages", "hours")
"""Fields in which people write two numbers with a sign between them: „1-3“."""
# What a spreadsheet makes of „1-3“: „2025-03-01“, „01.03.2025“, „1. Mrz“, „Mrz 25“.
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}\.\d{1,2}\.\d{2,4}"
    r"|\d{1,2}[. -]{1,2}(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
    r"|(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[. -]{1,2}\d{2,4}"
)


def spoiled(node: MapNode) -> Iterator[Diagnostic]:
    """Report dates where numbers belong."""
    for path, scalar in scalars(node):
        if path[-1] in _NUMBERS and _DATE.fullmatch(scalar.text):
            yield diagnostic("datum-statt-zahl", scalar.position, value=scalar.text)


Ids = frozenset[tuple[str, str]]  # (folder, id)
_NO = re.compile(r"n|nein|no|0|false|falsch|[-–—]", re.IGNORECASE)
"""What a cell says that denies its heading: „Anschrift geheim: nein“."""


def rows_of_refuges(table: Sheet, words: Vocabularies, unused: Collection[str]) -> Mapping[Position, str]:
    """Return where rows begin that name something protected, each with the cell that does.

    Where it only may be meant somebody is asked about the record; in `unused` columns no record would tell, so a doubt
    counts.
    """
    kinds = kinds_named(words, "SK"), kinds_named(words, "W")
    return {row.start: cell_text for row in table.rows if (cell_text := _protecting(row, kinds, unused))}


def _is_kind(said: str, hiding: re.Pattern[str], lived_in: re.Pattern[str]) -> bool:
    """Tell whether a cell names a house's kind; many open offers mention a residential group."""
    return hiding.search(said) is not None or lived_in.fullmatch(said.rstrip(" 0123456789")) is not None


def _protecting(
    row: SheetRow, kinds: tuple[re.Pattern[str], re.Pattern[str]], unused: Collection[str]
) -> str:
    """Return the first cell naming something protected; empty for none."""
    for name, cell in zip(row.names, row.read, strict=False):
        names_refuge = refuge_in if name in unused else refuge_named
        readings = [cell.text]
        if cell.text and not _NO.fullmatch(cell.text):
            readings.append(f"{name}: {cell.text}")
        if any(names_refuge(text) or _is_kind(" ".join(folded_words(text)), *kinds) for text in readings):
            return readings[-1]
    return ""


def protected_rows(project: ImportTarget, records: Sequence[Incoming], rows: Collection[Position]) -> Ids:
    """Return what is protected (folder, id): in the project, in these records, by name or row.

    An offer goes with its place or provider, these with what is protected in their row, a place with what is
    protected in it unless something open leads there.
    """
    known = project.protected
    after = _with(project.site, [record for record in records if record.key not in known])
    found = known | withheld_records(after)
    # In `rows` of something protected all is, but for providers, who may stand in others, too.
    for record in records:
        if refuge_named(record.title) or (record.node.position in rows and record.folder != "providers"):
            found |= {record.key}
    # What the project hasn't got is refused, and so are offers that need it.
    refused = {key for key in found if key[1] not in project.known[key[0]]}
    found |= {("offers", key) for key, offer in after.offers.items() if refused & _place_and_provider(offer)}
    return found | _find_records_beside(records, after, found, rows).difference(_used_openly(after, found))


def _find_records_beside(
    records: Sequence[Incoming], after: Site, protected: Ids, rows: Collection[Position]
) -> Ids:
    """Return records of protected rows, and protected offers' places."""
    starts = {record.node.position for record in records if record.key in protected}.union(rows)
    houses = {
        ("places", offer.place or "") for key, offer in after.offers.items() if ("offers", key) in protected
    }
    return frozenset(houses.union(record.key for record in records if record.node.position in starts))


def _used_openly(after: Site, protected: Ids) -> Iterator[tuple[str, str]]:
    """Yield the places and providers of what isn't protected."""
    for key, offer in after.offers.items():
        if ("offers", key) not in protected:
            yield from _place_and_provider(offer)
    for key, place in after.places.items():
        if ("places", key) not in protected:
            yield from (("providers", provider) for provider in place.providers)


def refusals(
    project: ImportTarget, records: Sequence[Incoming], protected: Ids, rows: Mapping[Position, str]
) -> Iterator[Diagnostic]:
    """Report refused rows by house with the cell; ask about addresses imported earlier."""
    refused = [record for record in records if record.key in protected]
    # A row is called by its last record, so houses come last.
    houses_last = sorted(refused, key=lambda one: one.folder == "places")
    for position, record in {one.node.position: one for one in houses_last}.items():
        because = f" („{rows[position][:60]}“)" if position in rows else ""
        yield replace(diagnostic("zeile-geschuetzt", position, name=record.title, said=because), quiet=True)
    for record in refused:
        existing = project.site.records(record.folder).get(record.id)
        if getattr(existing, "address", None) or getattr(existing, "point", None):
            asked = diagnostic(
                "zuflucht-vielleicht",
                Position(record.name),
                value=record.title,
                digest=digest_of(record.title),
            )
            yield replace(asked, quiet=True)


def _with(site: Site, records: Iterable[Incoming]) -> Site:
    """Return the site as it would be; invalid records are reported elsewhere."""
    after: dict[str, dict[str, Record]] = {folder: dict(site.records(folder)) for folder in KIND_BY_FOLDER}
    for incoming in records:
        record, _ = build(KIND_BY_FOLDER[incoming.folder].model, incoming.node, id=incoming.id)
        if record is not None:
            after[incoming.folder][incoming.id] = record
    return site.with_records(after)


def _place_and_provider(offer: Offer) -> set[tuple[str, str]]:
    """Return the place and the provider of an offer."""
    return {("places", offer.place or ""), ("providers", offer.provider)}
