"""Hold what people filled in: rows of their tables, how to read these, and what came of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct
from msgspec import field as struct_field

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.tables import table_columns, table_out, table_rows
from generator.edit.translation import translations
from generator.files.disk import Disk
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import FIRST_NAMES
from generator.read.nodes import ListNode, MapNode, Node, Scalar, plain
from generator.read.records import RecordSource
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
