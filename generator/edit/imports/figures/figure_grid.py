"""A file with a table of figures in (CSV or one sheet of a workbook); its rows of cells out, as wide as each other, without empty ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.figures.figure_mapping import FigureForm
from generator.edit.tables.table_rows import (
    NAMES,
    SIGNS,
    fitting_separators,
    says_anything,
    split_lines,
    text_of_table,
    usual_width,
)
from generator.edit.tables.workbooks import BY_OPTION, SUFFIXES, Grid, SheetCell, read_grid
from generator.files.door import Door


def read_cells(
    door: Door, path: Path, form: FigureForm
) -> tuple[list[list[SheetCell]] | None, str, list[Diagnostic]]:
    """Read all cells; None and what stands in the way otherwise. The second is the file's name, with its sheet."""
    file = door.name(path)
    if path.suffix.lower() in SUFFIXES:
        grid, found = read_grid(door, path, form.sheet, better=BY_OPTION)
        if grid is None:
            return None, file, found
        rows = _unmerged(grid)
    else:
        rows, found = _rows_of_text(door, path, form)
        if found:
            return None, file, found
    rows = [row for row in rows if says_anything(row)]
    if not rows:
        return None, file, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    wide = max(len(row) for row in rows)
    for row in rows:
        place = row[-1].position
        lacking = range(1, wide - len(row) + 1)
        row += [SheetCell("", place._replace(column=place.column + number)) for number in lacking]
    return rows, file, []


def _unmerged(grid: Grid) -> list[list[SheetCell]]:
    """Give every cell of those that were merged their common text: that is what merging says."""
    rows = [list(row) for row in grid.rows]
    for cells in grid.merged:
        if cells.top > len(rows) or cells.left > len(rows[cells.top - 1]):
            continue
        first = rows[cells.top - 1][cells.left - 1]
        if not first.text:
            continue
        for line in range(cells.top, min(cells.bottom, len(rows)) + 1):
            row = rows[line - 1]
            row += [
                SheetCell("", Position(grid.file, line, number, 1, grid.sheet))
                for number in range(len(row) + 1, cells.left)
            ]
            last = min(cells.right, _WIDEST)
            row[cells.left - 1 : last] = [
                replace(first, position=first.position._replace(line=line, column=number))
                for number in range(cells.left, last + 1)
            ]
    return rows


_WIDEST = 2_000
"""Columns over which merged cells are filled; titles are merged over whole sheets."""


def _rows_of_text(door: Door, path: Path, form: FigureForm) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Read the cells of a text file, cut by what separates its columns: what was said, else the one sign that fits."""
    text, found = text_of_table(door, path, form.encoding)
    if text is None:
        return [], found
    file = door.name(path)
    fitting = [form.separator] if form.separator else fitting_separators(text, file)
    rows, broken = split_lines(text, file, SIGNS[fitting[0]] if fitting else ",")
    if broken is not None:
        return [], [broken]
    if len(fitting) != 1:
        known = " und ".join(NAMES[name] for name in fitting) or "keines"
        return [], [diagnostic("zahlen-trennzeichen", Position(file), known=known)]
    return _evened(rows)


def _evened(rows: Sequence[Sequence[SheetCell]]) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Cut rows to the usual number of cells; report those that have slipped and say something beyond it.

    Lines of one cell are titles and remarks.
    """
    usual, _ = usual_width(rows)
    slipped = [row for row in rows if says_anything(row[usual:])]
    found = [
        diagnostic("zeile-zu-lang", row[usual].position, count=len(row), expected=usual) for row in slipped
    ]
    return [list(row[:usual]) for row in rows], found
