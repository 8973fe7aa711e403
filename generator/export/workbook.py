"""Write a dataset as a workbook (XLSX), always with the same bytes."""

from __future__ import annotations

import datetime as dt
import gc
import io
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from generator.export.figure_columns import FRACTIONS, SIGNS, Dataset, Value

NO_ROOM = "der Ordner für Vorübergehendes (TMPDIR) nimmt nichts mehr auf; dort Platz schaffen oder einen anderen nennen"
# What stands for the time in archive and workbook, so that the bytes stay; archives know none earlier.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zones
# Columns wider than the usual 14 letters.
_WIDE = {"name": 28, "source": 32, "licence": 32, "meaning": 26, "note": 26, "space": 22, "indicator": 22}
_BOLD = Font(bold=True)


def workbook(data: Dataset) -> bytes:
    """Return a workbook with „Werte“ and „Erläuterung“; raises OSError without temporary space."""
    book = new_book(data.title, data.publisher)
    try:
        _add_values_sheet(book, data)
        _add_about_sheet(book, data)
        return packed(book)
    except OSError as error:
        # It would hold the unfinished sheets, which go now.
        error.__traceback__ = None
    _let_go()
    raise OSError(None, NO_ROOM)


def new_book(title: str, publisher: str) -> Workbook:
    """Return an empty workbook that bears no date."""
    book = Workbook(write_only=True)
    book.properties.creator = publisher
    book.properties.title = title
    book.properties.created = book.properties.modified = _STAMP
    return book


def packed(book: Workbook, computed: Mapping[int, Mapping[str, str]] | None = None) -> bytes:
    """Return a workbook's bytes; `computed` are formulas' results by sheet (from 1) and cell. Programs that don't compute read these; raises OSError."""
    parts = _Parts()
    # Not `book.save`: that one reads the clock, and fails where it stands before 1980.
    ExcelWriter(book, parts).save()
    for number, values in (computed or {}).items():
        name = f"xl/worksheets/sheet{number}.xml"
        parts.content[name] = _with_values(parts.content[name], values)
    return _pack_archive(parts.content)


_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^<>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?')
"""A cell with a formula and no result: `<c r="B2"><f>SUM(A1:A9)</f><v/>`."""


def _with_values(sheet: bytes, values: Mapping[str, str]) -> bytes:
    """Write formulas' results into a sheet's XML."""
    return _FORMULA.sub(lambda found: b"%s<v>%s</v>" % (found[1], values[found[2].decode()].encode()), sheet)


def _let_go() -> None:
    """Discard unfinished sheets, which would complain of the full disk again."""
    usual, sys.unraisablehook = sys.unraisablehook, lambda _what: None
    try:
        gc.collect()
    finally:
        sys.unraisablehook = usual


class _Parts:
    """Stands in for openpyxl's archive, keeping parts without dates."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}

    def writestr(self, name: str, part: str | bytes) -> None:
        self.content[name] = part.encode() if isinstance(part, str) else part

    def write(self, file: str, name: str) -> None:
        self.content[name] = Path(file).read_bytes()

    def namelist(self) -> list[str]:
        return list(self.content)

    def close(self) -> None:
        """Do nothing: nothing is open."""


def text_cell(sheet: object, text: str) -> WriteOnlyCell:
    """Return a text cell: no formula, and 03 keeps its zero."""
    cell = WriteOnlyCell(sheet)
    # Setting `value` would read numbers and formulas into it.
    cell._value, cell.data_type = text, "s"
    return cell


def _add_values_sheet(book: Workbook, data: Dataset) -> None:
    sheet = book.create_sheet("Werte")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(data.columns):
        sheet.column_dimensions[column_letter(number)].width = _WIDE.get(column.name, 14)
    if data.rows:
        sheet.auto_filter.ref = f"A1:{column_letter(len(data.columns) - 1)}{len(data.rows) + 1}"
    head = []
    for column in data.columns:
        cell = WriteOnlyCell(sheet, column.label)
        cell.font = _BOLD
        head.append(cell)
    sheet.append(head)
    for row in data.rows:
        sheet.append(
            [
                _make_workbook_cell(sheet, value, column.name)
                for value, column in zip(row, data.columns, strict=True)
            ]
        )


def _make_workbook_cell(sheet: object, value: Value, name: str) -> WriteOnlyCell | int | None:
    if isinstance(value, bool):
        value = "ja" if value else "nein"
    if value is None or value == "":
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        cell = text_cell(sheet, value)
        cell.number_format = "@"
        if name in FRACTIONS:
            cell.alignment = Alignment(horizontal="right")
        return cell
    cell = WriteOnlyCell(sheet, value)
    decimals = -int(value.as_tuple().exponent)
    cell.number_format = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return cell


def _add_about_sheet(book: Workbook, data: Dataset) -> None:
    sheet = book.create_sheet("Erläuterung")
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 100

    def line(heading: str, text: str) -> None:
        first, second = WriteOnlyCell(sheet, heading), text_cell(sheet, text)
        first.font = _BOLD
        first.alignment, second.alignment = (
            Alignment(vertical="top"),
            Alignment(vertical="top", wrap_text=True),
        )
        sheet.append([first, second])

    for heading, text in data.about:
        line(heading, text)
    sheet.append([])
    line("Zeichen", "Bedeutung")
    for sign, words in SIGNS.items():
        line(str(sign), words)
    sheet.append([])
    line("Spalte", "Inhalt")
    for column in data.columns:
        line(column.label, column.holds)


def column_letter(number: int) -> str:
    """Return a spreadsheet's column name, counted from zero.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    return str(get_column_letter(number + 1))


def _pack_archive(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda item: (item != "[Content_Types].xml", item)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name])
    return out.getvalue()
