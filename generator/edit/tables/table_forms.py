"""Find out how a table is written that nobody has described: what separates its columns, its encoding, the line of its headings.

Two plain rules: the sign that cuts most lines into the same number of cells, and UTF-8 where the bytes are UTF-8.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from generator.diagnostics import Diagnostic
from generator.edit.tables.point_files import GEOJSON
from generator.edit.tables.table_rows import (
    SIGNS,
    TableForm,
    fitting_separators,
    heading_below,
    says_anything,
    split_lines,
)
from generator.edit.tables.workbooks import BY_OPTION, SUFFIXES, read_grid
from generator.files.door import TABLE, Door

_BEGINNING = 500_000
"""Letters of a table that are looked at to find its separator."""


def form_of(door: Door, path: Path, sheet: str = "") -> tuple[TableForm | None, list[Diagnostic]]:
    """Find out how a table is written; None, with what is wrong, where it can't be read.

    `sheet` names a sheet of a workbook; where several hold something and none is named, that is asked.
    """
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        return TableForm(), []
    if suffix in SUFFIXES:
        grid, found = read_grid(door, path, sheet, better=BY_OPTION)
        if grid is None:
            return None, found
        lines = [row for row in grid.rows if says_anything(row)]
        return TableForm(sheet=sheet, header=heading_below(lines)), []
    data, found = door.read(path, TABLE)
    if data is None:
        return None, found
    return _form_of_text(data, door.name(path)), []


def _form_of_text(data: bytes, file: str) -> TableForm:
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "windows-1252"
        text = data.decode("cp1252", "replace")
    fitting = fitting_separators(text[:_BEGINNING], file)
    if not fitting:
        return TableForm(encoding=encoding)
    separator = fitting[0]
    lines, _ = split_lines(text, file, SIGNS[separator])
    return TableForm(separator=separator, encoding=encoding, header=heading_below(lines))
