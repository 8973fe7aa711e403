"""Write the public records of a project as a workbook that people can edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.tables.table_columns import (
    CALLED_BACK_ON,
    ID,
    SAME,
    RecordColumn,
    TableNames,
    columns_out,
    info_of,
    is_list,
    shown_cell,
    target_of,
    words_of_field,
)
from generator.files.disk import Disk
from generator.model.fields import VALUE_WORDS
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.workbooks import SUFFIXES, read_grid

SHEET = "Ausgegeben"
"""The hidden sheet: a row for each cell that could be changed and wasn't empty."""
HEAD = ("Blatt", "Eintrag", "Spalte", "Text")
Cells = Mapping[str, str]
"""By heading what a row handed out; what was empty is missing."""


HandedOut = Mapping[tuple[str, str], Cells]
"""What was handed out, by sheet and entry."""


def read_handed_out(disk: Disk, path: Path) -> HandedOut:
    """Return what a workbook says that it handed out; of other tables nothing is known."""
    grid, _ = read_grid(disk, path, SHEET) if path.suffix.lower() in SUFFIXES else (None, ())
    if grid is None:
        # Then it is asked before anything is overwritten.
        return {}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for line in grid.rows[1:]:
        sheet, entry, *cell = (one.text for one in line)
        cells = rows.setdefault((sheet, entry), {})
        if len(cell) > 1:
            cells[cell[0]] = cell[1]
    return rows


def question(
    place: Position, what: tuple[str, str], texts: tuple[str | None, str, str], *, newer: bool
) -> Iterable[Diagnostic]:
    """Ask whether a cell may overwrite: `what` are entry and field, `texts` what was handed out, stands there now, stands in the cell.

    Where nothing says what was handed out, `newer` is the answer.
    """
    handed, today, cell = texts
    name, field = what
    said = {"name": name, "field": field, "today": today or "nichts", "cell": cell or "nichts"}
    if handed is None and today and not newer:
        return [diagnostic("nichts-sagt-was-neuer-ist", place, **said)]
    if handed is not None and today != handed:
        return [diagnostic("auf-beiden-seiten", place, **said, handed=handed or "nichts")]
    return []


NAMES = "Namen"
"""The hidden sheet with a column of choices for each column that has some."""
_ORDER = ("offers", "places", "providers")  # of sheets
_ALLOWED = ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells", "formatColumns", "formatRows")
_NOTES = {
    ID: "Steht fest. Bei einem neuen Eintrag bleibt die Zelle leer.",
    CALLED_BACK_ON: "Nur wenn sich Telefon, E-Mail, Internetseite oder Terminbuchung ändern oder etwas für immer zu ist: an welchem Tag unter der alten Nummer nachgefragt wurde und bei welcher Stelle, etwa „27.11.2026, Sekretariat“. Kein Name.",
    SAME: "Nur wenn danach gefragt wird: das Kürzel des Eintrags, der gemeint ist, oder „neu“.",
}


class OutColumn(Struct, frozen=True):
    """A heading with width, note, lock, and where its choices stand: `Namen!$A$2:$A$9`."""

    heading: str
    width: int
    note: str
    locked: bool = False
    choice: str = ""


class OutSheet(Struct, frozen=True):
    """What stands on a sheet; the first cells of a row, `keys` of them, say which it is."""

    title: str
    columns: Sequence[OutColumn]
    rows: Sequence[Sequence[str]]
    keys: int = 1


def table_out(reading: Reading, site: Site, *more: OutSheet) -> bytes:
    """Return a workbook: a sheet by kind, `more`, and choices; raises OSError."""
    from generator.export.workbook import column_letter, new_book, packed

    book = new_book(site.config.name, "Nahraum")
    hidden = withheld_records(site)
    names = TableNames(site, hidden)
    lists: list[list[str]] = []
    sheets: list[OutSheet] = []
    for folder in _ORDER:
        shown = [source for source in reading.of(folder) if (folder, source.id) not in hidden]
        fields = columns_out(folder)[1:]
        rows = [[one.id, *(shown_cell(folder, cell, one.node, names) for cell in fields)] for one in shown]
        columns = []
        for column in columns_out(folder):
            choice, formula = _choice(folder, column, names), ""
            if choice:
                at = column_letter(len(lists))
                formula = f"{NAMES}!${at}$2:${at}${len(choice) + 1}"
                lists.append([f"{KIND_BY_FOLDER[folder].plural}: {column.heading}", *choice])
            columns.append(
                OutColumn(
                    column.heading, column.width, _write_heading_note(folder, column), column is ID, formula
                )
            )
        sheets.append(OutSheet(KIND_BY_FOLDER[folder].plural, columns, rows))
    sheets += more
    for one in sheets:
        _write_sheet(book, one)
    _write_hidden(book, NAMES, zip_longest(*lists, fillvalue=""))
    _write_hidden(book, SHEET, chain([HEAD], *map(_handed_out, sheets)))
    return packed(book)


def _write_hidden(book: Any, title: str, rows: Iterable[Sequence[str]]) -> None:
    sheet = book.create_sheet(title)
    sheet.sheet_state = "hidden"
    for cells in rows:
        sheet.append([_make_sheet_cell(sheet, text) for text in cells])


def _handed_out(sheet: OutSheet) -> Iterator[Sequence[str]]:
    """Yield what may be changed on a sheet, cell by cell; a row with nothing in it, too."""
    for row in sheet.rows:
        entry = ", ".join(row[: sheet.keys])
        yield sheet.title, entry, "", ""
        for column, text in zip(sheet.columns, row, strict=True):
            if text and not column.locked:
                yield sheet.title, entry, column.heading, text


def _choice(folder: str, column: RecordColumn, names: TableNames) -> list[str]:
    """Return a column's choices; none for free text."""
    if len(column.paths) != 1:
        return []
    (path,) = column.paths
    if target := target_of(folder, path):
        keys = (key for key in names.names.get(target, ()))
        return sorted(names.shown(target, key) for key in keys)
    # A cost is one of some words or an amount, which nobody chooses.
    return [VALUE_WORDS.get(word, (word,))[0] for word in words_of_field(folder, path) if path[-1] != "cost"]


def _write_sheet(book: Any, content: OutSheet) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    from generator.export.workbook import column_letter

    sheet = book.create_sheet(content.title)
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    for name in _ALLOWED:
        # False: it is not forbidden.
        setattr(sheet.protection, name, False)
    head = []
    for number, column in enumerate(content.columns):
        letter = column_letter(number)
        below = sheet.column_dimensions[letter]
        below.width, below.number_format = column.width, "@"
        below.protection = Protection(locked=column.locked)
        cell = _make_sheet_cell(sheet, column.heading, locked=True)
        cell.font = Font(bold=True)
        cell.comment = Comment(column.note, "Nahraum", width=320, height=120)
        head.append(cell)
        if column.choice:
            rule = DataValidation("list", formula1=column.choice, allow_blank=True)
            # Lists take several names, and a new one may stand in any cell.
            rule.showErrorMessage = False
            rule.add(f"{letter}2:{letter}5000")  # far below the last row, for new ones
            sheet.data_validations.append(rule)
    sheet.append(head)
    for row in content.rows:
        cells = zip(row, content.columns, strict=True)
        sheet.append([_make_sheet_cell(sheet, text, locked=column.locked) for text, column in cells])


def _write_heading_note(folder: str, column: RecordColumn) -> str:
    """Return what is noted at a heading."""
    if column in _NOTES:
        return _NOTES[column]
    info = info_of(folder, column.paths[0])
    several = " Mehrere mit Semikolon getrennt." if is_list(folder, column.paths[0]) else ""
    needed = " Wird gebraucht." if info.is_required() and len(column.paths[0]) == 1 else ""
    return f"{info.title}. {info.description or ''}{several}{needed}"


def _make_sheet_cell(sheet: object, text: str, *, locked: bool = False) -> Any:
    from openpyxl.styles import Alignment, Protection

    from generator.export.workbook import text_cell

    cell = text_cell(sheet, text)
    cell.number_format, cell.protection = "@", Protection(locked=locked)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
