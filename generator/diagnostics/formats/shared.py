"""What several formats say alike: where something is, how grave it is, how much was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.diagnostics import Diagnostic, Position, Severity, column_letters

SourceLines = Callable[[str], list[str]]
"""The name of a file in, its lines out; none where it can not be read."""

DiagnosticFormat = Callable[[Sequence[Diagnostic], SourceLines], str]
"""Diagnostics and the door through which their files were read in, one writing of them out."""

WORDS: dict[Severity, str] = {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}


def place(position: Position) -> str:
    """Return a position as people and editors read it: `file:line:column`; in a workbook as people find it there.

    >>> place(Position("kitas.xlsx", 7, 4, 1, "Nord"))
    'kitas.xlsx, Blatt Nord, Zeile 7, Spalte D'
    """
    if position.sheet:
        return f"{position.file}, {_cell(position)}"
    return f"{position.file}:{position.line}:{position.column}"


def cell_prefix(position: Position) -> str:
    """Return what formats for forges put before a message, because they know lines only: which cell of a workbook it is about."""
    return f"{_cell(position)}: " if position.sheet else ""


def _cell(position: Position) -> str:
    return f"Blatt {position.sheet}, Zeile {position.line}, Spalte {column_letters(position.column)}"


def further(item: Diagnostic) -> str:
    """Return the further places of a problem in brackets, nothing where there are none."""
    return f" (auch {', '.join(place(also) for also in item.also)})" if item.also else ""


def summary(found: Sequence[Diagnostic]) -> str:
    """Say in one line how much was found."""
    errors = sum(item.severity == "error" for item in found)
    warnings = sum(item.severity == "warning" for item in found)
    notes = len(found) - errors - warnings
    if not found:
        return "Alles in Ordnung."
    words = [(errors, "Fehler", "Fehler"), (warnings, "Warnung", "Warnungen"), (notes, "Hinweis", "Hinweise")]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in words if count) + "."
