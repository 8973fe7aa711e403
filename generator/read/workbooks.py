"""Read one sheet of a workbook (XLSX) as texts with positions.

Dates are ISO dates, formulas their results. An unusable cell holds its problem.
"""

from __future__ import annotations

import datetime as dt
import io
import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.diagnostics import Diagnostic, Position, column_letters, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.disk import TABLE, Disk, shown
from generator.model.names_and_ids import character_name, unfit

SUFFIXES = (".xlsx", ".xlsm")
UNPACKED = 200_000_000
"""Bytes of a workbook once it is unpacked, at most."""
CELLS = 2_000_000
"""Cells of a sheet, at most: a single one far out would make as many as the sheet can have."""
_ROWS, _COLUMNS = 1_048_576, 16_384  # as many as Excel has
_TOLD = 20
"""Rows or columns that one message names, at most."""
BY_OPTION = "mit --sheet sagen, welches gemeint ist, etwa --sheet „{name}“"
"""How a sheet is named on the command line."""

# What broken workbooks raise differs from part to part; an XML error is a SyntaxError.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, KeyError, ValueError, TypeError,
    IndexError, AttributeError, OSError, SyntaxError, EOFError, RuntimeError, OverflowError, AssertionError,
)  # fmt: skip


class SheetCell(Struct, frozen=True):
    """A cell's stripped text and position.

    `problem`: why there is no text (a formula never computed, an error), told only if needed. `formula`: the
    text is a result. `typed`: stored as a number.
    """

    text: str
    position: Position
    problem: Diagnostic | None = None
    formula: bool = False
    typed: bool = False


class MergedCells(Struct, frozen=True):
    """A merged range, inclusive and counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def words(self) -> str:
        """Return them as spreadsheets write them: `B1:D1`."""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


class Grid(Struct, frozen=True):
    """A sheet's cells by row; `unseen` reports hidden and struck ones."""

    file: str
    sheet: str
    rows: tuple[tuple[SheetCell, ...], ...]
    merged: tuple[MergedCells, ...] = ()
    unseen: tuple[Diagnostic, ...] = ()


def read_grid(
    disk: Disk, path: Path, sheet: str = "", *, better: str = BY_OPTION
) -> tuple[Grid | None, list[Diagnostic]]:
    """Read a workbook's sheet; None if unreadable or ambiguous.

    Hidden sheets are read if named. `better` says how to name one (`{name}`).
    """
    file = disk.name(path)
    if find_spec("openpyxl") is None:
        return None, [diagnostic("xlsx-extra-fehlt", Position(file))]
    data, found = disk.read(path, TABLE)
    if data is None:
        return None, found
    if wrong := _no_workbook(data):
        return None, _report_unreadable_workbook(file, *wrong)
    try:
        return _read_workbook(data, file, sheet, better)
    except _TooManyError as error:
        return None, _report_unreadable_workbook(
            file,
            f"das Blatt „{error}“ hat mehr als {CELLS} Zellen, auch wenn viele leer sind",
            "leere Zeilen und Spalten rechts und unten löschen oder das Blatt als CSV in UTF-8 speichern",
        )
    except _BROKEN:
        return None, _report_unreadable_workbook(file, *_NO_WORKBOOK)


def sheet_names(disk: Disk, path: Path) -> list[str]:
    """Return visible sheets; none if unreadable, which `read_grid` reports."""
    data, _ = disk.read(path, TABLE)
    if data is None or find_spec("openpyxl") is None or _no_workbook(data):
        return []
    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except _BROKEN:
        return []
    return [sheet.title for sheet in book.worksheets if _is_visible_sheet(sheet)]


# What is wrong, and what helps.
_NO_WORKBOOK = (
    "sie ist keine Arbeitsmappe, wie Excel und LibreOffice sie als .xlsx speichern, oder es fehlt ein Stück",
    "sie öffnen und noch einmal als .xlsx oder als CSV in UTF-8 speichern",
)


def _report_unreadable_workbook(file: str, reason: str, better: str) -> list[Diagnostic]:
    return [diagnostic("arbeitsmappe-unlesbar", Position(file), reason=reason, better=better)]


def _no_workbook(data: bytes) -> tuple[str, str] | None:
    """Say what a file is instead, or that it is too large, with help."""
    if not data:
        return "sie ist leer", "die richtige Datei angeben"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            "sie ist mit einem Kennwort verschlossen oder hat das alte Format .xls",
            "sie öffnen, das Kennwort entfernen und sie als .xlsx speichern",
        )
    if not data.startswith(b"PK"):
        return "sie heißt so, ist aber keine Arbeitsmappe", _NO_WORKBOOK[1]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
            names = set(archive.namelist())
    except (*_BROKEN,):
        return _NO_WORKBOOK
    if size > UNPACKED:
        return (
            f"ausgepackt ist sie größer als {UNPACKED // 1_000_000} MB",
            "das gebrauchte Blatt in eine neue Mappe kopieren, ohne leere Zeilen, oder es als CSV in UTF-8 speichern",
        )
    if "content.xml" in names:
        return "sie ist eine Tabelle von LibreOffice (.ods)", "sie als .xlsx oder als CSV in UTF-8 speichern"
    return None


def _read_workbook(data: bytes, file: str, wanted: str, better: str) -> tuple[Grid | None, list[Diagnostic]]:
    import openpyxl

    # openpyxl warns of what it leaves out (colours, lists of choices), which is of no interest here.
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(io.BytesIO(data)) as archive:
        # Sheets are read row by row: otherwise merged cells and links over whole columns would be made one by one.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if wanted and wanted not in sheets:
            return None, [_no_sheet(file, wanted, sheets)]
        full = [wanted] if wanted else _full(sheets)
        if not full:
            return None, _empty(file, sheets, better)
        if len(full) > 1:
            names = ", ".join(map(shown, full))
            better = better.format(name=shown(full[0]))
            return None, [diagnostic("blatt-unklar", Position(file), names=names, better=better)]
        sheet = sheets[full[0]]
        return _grid(sheet, archive.read(sheet._worksheet_path), file)


def _no_sheet(file: str, wanted: str, sheets: Iterable[str]) -> Diagnostic:
    """Report a missing sheet, and the likely one or all."""
    better = meant_or(wanted, sheets, "vorhanden sind: " + ", ".join(map(shown, sheets)))
    return diagnostic("blatt-fehlt", Position(file), name=wanted, better=better)


def _empty(file: str, sheets: Mapping[str, Any], better: str) -> list[Diagnostic]:
    """Report a workbook without visible content."""
    hidden = [name for name, sheet in sheets.items() if not _is_visible_sheet(sheet)]
    helps = better.format(name=shown(hidden[0])) if hidden else "die richtige Datei angeben"
    return _report_unreadable_workbook(file, "alle ihre Blätter sind leer oder ausgeblendet", helps)


def _full(sheets: Mapping[str, Any]) -> list[str]:
    """Return visible sheets with content."""
    return [name for name, sheet in sheets.items() if _is_visible_sheet(sheet) and _has_filled_cell(sheet)]


def _is_visible_sheet(sheet: Any) -> bool:
    return bool(sheet.sheet_state == "visible")


def _has_filled_cell(sheet: Any) -> bool:
    return any(cell.value is not None for cell in chain.from_iterable(_rows_of_sheet(sheet)))


def _rows_of_sheet(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield a sheet's rows; raise `_TooManyError` for too many cells."""
    # What a file says of its own size may be wrong.
    sheet.reset_dimensions()
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells += len(row)
        if cells > CELLS or number > _ROWS:
            raise _TooManyError(shown(sheet.title))
        yield row


class _TooManyError(Exception):
    """Bears the name of the sheet."""


# In a sheet's XML: `<c r="B2"><f>` a formula, `<mergeCell ref="B1:D1"/>`, `<col min="2" max="3" hidden="1"/>`.
_PREFIX = rb"<(?:\w+:)?"
_FORMULA = re.compile(
    _PREFIX + rb'c\b[^<>]{0,100}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,100}>\s{0,100}' + _PREFIX + rb"f\b"
)
_MERGED = re.compile(_PREFIX + rb'mergeCell\b[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW_OR_COLUMN = re.compile(_PREFIX + rb"(row|col)\b([^<>]*)")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBERED = re.compile(rb'\b(r|min|max)="(\d{1,7})"')


def _column(letters: bytes) -> int:
    """Return a column's number: 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grid(sheet: Any, xml: bytes, file: str) -> tuple[Grid | None, list[Diagnostic]]:
    """Read a sheet by openpyxl, and of its `xml` what openpyxl leaves out when it reads row by row."""
    formulas = {(int(match[2]), _column(match[1])) for match in _FORMULA.finditer(xml)}
    title = shown(sheet.title)
    found: list[Diagnostic] = []
    rows: list[tuple[SheetCell, ...]] = []
    struck: set[int] = set()
    styles = _struck_styles(sheet.parent)
    for number, row in enumerate(_rows_of_sheet(sheet), 1):
        # Rows are often formatted far beyond what stands in them.
        filled = _filled(row, number, formulas)
        cells = []
        for column, cell in enumerate(row[:filled], 1):
            place = Position(file, number, column, 1, title)
            one = _read_sheet_cell(cell, place, bool(formulas) and (number, column) in formulas)
            if wrong := unfit(one.text):
                found.append(diagnostic("steuerzeichen", place, character=character_name(wrong[0])))
            cells.append(one)
            if one.text and styles and cell._style_id in styles:
                struck.add(number)
        rows.append(_without_empty_end(cells))
    while rows and not rows[-1]:
        rows.pop()
    if found:
        return None, found
    unseen = tuple(_tell_unseen(xml, rows, struck, Position(file, sheet=title)))
    return Grid(file, title, tuple(rows), tuple(_merged(xml)), unseen), []


def _struck_styles(book: Any) -> frozenset[int]:
    """Return numbers of struck-through styles."""
    fonts = {number for number, font in enumerate(book._fonts) if font.strike}
    return frozenset(number for number, style in enumerate(book._cell_styles) if style.fontId in fonts)


def _tell_unseen(
    xml: bytes, rows: Sequence[Sequence[SheetCell]], struck: Iterable[int], place: Position
) -> Iterator[Diagnostic]:
    """Report hidden rows and columns with content, and struck rows."""
    hidden: dict[bytes, set[int]] = {b"row": set(), b"col": set()}
    for match in _ROW_OR_COLUMN.finditer(xml):
        if _HIDDEN.search(match[2]):
            ends = {name: int(number) for name, number in _NUMBERED.findall(match[2])}
            first = ends.get(b"r") or ends.get(b"min") or 1
            hidden[match[1]].update(range(first, min(ends.get(b"max", first), _COLUMNS) + 1))
    full = {number for number, row in enumerate(rows, 1) if row}
    filled = {cell.position.column for row in rows for cell in row if cell.text}
    for what, numbers, how in (
        ("Zeilen", hidden[b"row"] & full, "ausgeblendet"),
        ("Spalten", hidden[b"col"] & filled, "ausgeblendet"),
        ("Zeilen", set(struck), "durchgestrichen"),
    ):
        if numbers:
            names = [column_letters(one) if what == "Spalten" else str(one) for one in sorted(numbers)]
            shown = ", ".join(names[:_TOLD]) + ("" if len(names) <= _TOLD else ", …")
            yield diagnostic("kaum-zu-sehen", place, what=what, how=how, shown=shown)


def _without_empty_end(cells: list[SheetCell]) -> tuple[SheetCell, ...]:
    """Return a row without empty cells at its end."""
    while cells and not cells[-1].text and cells[-1].problem is None:
        cells.pop()
    return tuple(cells)


def _filled(row: Sequence[Any], number: int, formulas: Collection[tuple[int, int]]) -> int:
    """Return how many cells a row has to its last content."""
    filled = len(row)
    while filled and row[filled - 1].value is None and (number, filled) not in formulas:
        filled -= 1
    return filled


def _merged(xml: bytes) -> Iterator[MergedCells]:
    """Yield the cells that a sheet shows as one."""
    for match in _MERGED.finditer(xml):
        yield MergedCells(int(match[2]), _column(match[1]), int(match[4]), _column(match[3]))


def _read_sheet_cell(cell: Any, position: Position, formula: bool) -> SheetCell:
    if cell.value is None:
        return SheetCell("", position, diagnostic("formel-ohne-wert", position) if formula else None, formula)
    if cell.data_type == "e":
        problem = diagnostic("zelle-mit-fehler", position, value=str(cell.value)[:20])
        return SheetCell("", position, problem, formula)
    return SheetCell(_text_of_cell(cell), position, None, formula, cell.data_type == "n")


# What other programs put between lines inside a cell; XML itself has _x000D_ for a carriage return.
_LINE_ENDS = re.compile("_x000D_\n?|\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def plain_text(text: str) -> str:
    """Return a cell's stripped text with usual line ends."""
    return _LINE_ENDS.sub("\n", text).strip()


def number_text(value: float) -> str:
    """Write a number as spreadsheets do, with fifteen digits.

    >>> number_text(67.0), number_text(0.1 + 0.2)
    ('67', '0.3')
    """
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _text_of_cell(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, int | float):
        text, form = number_text(value), str(cell.number_format)
        # „007“ is a number that the format 000 shows so.
        if text.isdigit() and re.fullmatch("0{2,}", form):
            return text.zfill(len(form))
        return text
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return plain_text(str(value))
