"""Remember in a workbook what it handed out, and ask where both sides have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
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
