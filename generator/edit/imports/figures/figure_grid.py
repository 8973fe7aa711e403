"""A file with a table of figures in (CSV or one sheet of a workbook); its rows of cells out, as wide as each other, without empty ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.figures.figure_mapping import FigureForm
from generator.edit.tables.table_rows import says_anything, split_lines, text_of_table
from generator.edit.tables.workbooks import SUFFIXES, Grid, SheetCell, read_grid
from generator.files.door import Door

_SEPARATORS = {",": "Komma", ";": "Semikolon", "\t": "Tabulator"}
_SHEET_WORDS = "mit --sheet sagen, welches gemeint ist, etwa --sheet „{name}“"


def read_cells(
    door: Door, path: Path, form: FigureForm
) -> tuple[list[list[SheetCell]] | None, str, list[Diagnostic]]:
    """Read all cells; None and what stands in the way otherwise. The second is the file's name, with its sheet."""
    file = door.name(path)
    if path.suffix.lower() in SUFFIXES:
        grid, found = read_grid(door, path, form.sheet, better=_SHEET_WORDS)
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


def _tried(
    text: str, file: str, form: FigureForm
) -> tuple[dict[str, list[Sequence[SheetCell]]], list[Diagnostic]]:
    """Cut a text by the sign that was said, else by each that is usual; return the rows by signs, and why others don't work."""
    signs = list(_SEPARATORS)
    if form.separator:
        signs = ["\t" if form.separator == "tab" else form.separator]
    tried: dict[str, list[Sequence[SheetCell]]] = {}
    problems: list[Diagnostic] = []
    for sign in signs:
        rows, broken = split_lines(text, file, sign)
        if broken is None:
            tried[sign] = rows
        else:
            problems.append(broken)
    return tried, problems


def _rows_of_text(door: Door, path: Path, form: FigureForm) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Read the cells of a text file; none where anything is wrong with it."""
    text, found = text_of_table(door, path, form.encoding)
    if text is None:
        return [], found
    return _split(text, door.name(path), form)


def _split(text: str, file: str, form: FigureForm) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Cut a text by what separates its columns: what was said, else the one sign with which most lines have the same number of cells."""
    tried, problems = _tried(text, file, form)
    fits = {sign: _usual(rows)[1] for sign, rows in tried.items()}
    best = max(fits.values(), default=0)
    if best == 0 and problems:
        return [], problems[:1]
    chosen = [sign for sign, fit in fits.items() if fit == best]
    if best == 0 or len(chosen) > 1:
        known = "keines"
        if best:
            known = " und ".join(_SEPARATORS[sign] for sign in chosen)
        return [], [diagnostic("zahlen-trennzeichen", Position(file), known=known)]
    return _evened(tried[chosen[0]])


def _evened(rows: Sequence[Sequence[SheetCell]]) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Cut rows to the usual number of cells; report those that have slipped and say something beyond it.

    Lines of one cell are titles and remarks.
    """
    usual, _ = _usual(rows)
    slipped = [row for row in rows if says_anything(row[usual:])]
    found = [
        diagnostic("zeile-zu-lang", row[usual].position, count=len(row), expected=usual) for row in slipped
    ]
    return [list(row[:usual]) for row in rows], found


def _usual(rows: Sequence[Sequence[SheetCell]]) -> tuple[int, int]:
    """Return the number of cells that most lines with several have, and how many lines that are; zeros where none has several."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if counts:
        return counts.most_common(1)[0]
    return (0, 0)
