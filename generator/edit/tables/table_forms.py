"""Find out how a table is written that nobody has described: separator, encoding, decimal sign, line of headings, rows to skip.

Only drafts of a mapping use this. What is found out stands in the draft, so people see it before anything is imported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from generator.diagnostics import Diagnostic
from generator.edit.tables.cell_text import PLACEHOLDERS, TOTALS
from generator.edit.tables.point_files import GEOJSON
from generator.edit.tables.table_rows import (
    Sheet,
    SheetRow,
    TableForm,
    heading_below,
    is_utf8,
    read_table,
    says_anything,
    split_lines,
)
from generator.edit.tables.workbooks import SUFFIXES, read_grid
from generator.files.door import TABLE, Door

_SEPARATORS: tuple[Literal[";", ",", "tab"], ...] = (";", ",", "tab")
_LINES = 200
"""So many lines are looked at to find the separator."""
_COMMA = re.compile(r"-?\d+,\d+")
_POINT = re.compile(r"-?\d+\.\d+")
_IGNORE = re.compile(r"_*ignore_*|ignorieren|auslassen", re.IGNORECASE)
"""Headings of a first column whose texts mark rows that are no records."""


class KnownTable(NamedTuple):
    """A table with how it is written (`form`); `remarks` say in German what about that is uncertain or left out."""

    form: TableForm
    table: Sheet
    remarks: tuple[str, ...]


def recognised(door: Door, path: Path, sheet: str = "") -> tuple[KnownTable | None, list[Diagnostic]]:
    """Find out how a table is written and read it; None, with what is wrong, where it can't be read.

    `sheet` names a sheet of a workbook; without a name the first one is taken.
    """
    remarks: list[str] = []
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        form, found = _of_workbook(door, path, sheet, remarks)
    elif suffix in GEOJSON:
        form, found = TableForm(), []
    else:
        form, found = _of_text(door, path, remarks)
    if form is None:
        return None, found
    table, found = read_table(door, path, form, filled=True)
    if table is None:
        return None, found
    further = _further(table, remarks)
    if not further:
        return KnownTable(form, table, tuple(remarks)), found
    form = form.model_copy(update=further)
    table, found = read_table(door, path, form, filled=True)
    return (None if table is None else KnownTable(form, table, tuple(remarks))), found


def _of_workbook(
    door: Door, path: Path, sheet: str, remarks: list[str]
) -> tuple[TableForm | None, list[Diagnostic]]:
    """Return the form of a sheet of a workbook; add to `remarks` which other sheets there are."""
    grid, found = read_grid(door, path, sheet, first=True)
    if grid is None:
        return None, found
    lines = [row for row in grid.rows if says_anything(row)]
    if grid.others:
        remarks.append(
            f"weitere Blätter: {', '.join(grid.others)}; mit --sheet wird eines von ihnen entworfen"
        )
    return TableForm(sheet=grid.sheet if grid.others or sheet else "", header=heading_below(lines)), []


def _of_text(door: Door, path: Path, remarks: list[str]) -> tuple[TableForm | None, list[Diagnostic]]:
    """Return the form of a text file; add to `remarks` where its encoding is uncertain."""
    data, found = door.read(path, TABLE)
    if data is None:
        return None, found
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    if data.isascii() or is_utf8(data):
        text = data.decode("utf-8-sig")
    else:
        encoding = "windows-1252"
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            # Neither encoding fits: reading the table with this form reports it.
            return TableForm(), []
        remarks.append(
            "die Umlaute sind vermutlich in windows-1252 geschrieben; bitte an einem Namen nachsehen"
        )
    return _separated(text, door.name(path), TableForm(encoding=encoding)), []


def _separated(text: str, file: str, form: TableForm) -> TableForm:
    """Return a form with separator and line of headings: the separator that cuts most lines into the same number of cells."""
    best, encoding = (0, 0), form.encoding
    for separator in _SEPARATORS:
        sign = "\t" if separator == "tab" else separator
        lines, broken = split_lines(text[:500_000], file, sign)
        # The last line may have been cut through.
        widths = Counter(len(row) for row in lines[:_LINES])
        if broken is not None or not widths:
            continue
        width, often = widths.most_common(1)[0]
        if width > 1 and (often * width, width) > best:
            best = (often * width, width)
            form = TableForm(separator=separator, encoding=encoding, header=heading_below(lines))
    return form


def _column(table: Sheet, name: str) -> list[str]:
    """Return the texts of a column."""
    return [row.cells[name].text for row in table.rows]


def _has_commas(texts: Mapping[str, int]) -> bool:
    """Tell whether more numbers are written with a comma than with a point; `texts` counts how often each text is there."""
    commas = sum(count for text, count in texts.items() if _COMMA.fullmatch(text))
    points = sum(count for text, count in texts.items() if _POINT.fullmatch(text))
    return commas > points


def _further(table: Sheet, remarks: list[str]) -> dict[str, object]:
    """Return what the cells add to a form: decimal commas, texts for empty cells, rows to skip; say of the last in `remarks`."""
    further: dict[str, object] = {}
    texts: Counter[str] = Counter()
    empty: set[str] = set()
    for name in table.header:
        column = _column(table, name)
        texts.update(column)
        empty |= _placeholders(set(column))
    if _has_commas(texts):
        further["decimal"] = ","
    if empty:
        further["empty"] = tuple(sorted(empty))
    first_texts = {_first_text(row) for row in table.rows}
    skip = sorted(text for text in first_texts if TOTALS.fullmatch(text))
    if _IGNORE.fullmatch(table.header[0]):
        skip += sorted(set(_column(table, table.header[0])) - {""})
    if skip:
        further["skip"] = tuple(skip)
        remarks.append(f"Zeilen, die mit {', '.join(skip)} beginnen, werden ausgelassen")
    return further


def _first_text(row: SheetRow) -> str:
    """Return the first text of a row."""
    return next((cell.text for cell in row.cells.values() if cell.text), "")


def _placeholders(texts: set[str]) -> set[str]:
    """Return the texts of a column that stand for an empty cell („k. A.“); letters don't where the column is merely ticked with x."""
    ticked = len(texts - {""}) <= 2
    return {text for text in texts if text.casefold() in PLACEHOLDERS and not (ticked and text.isalpha())}
