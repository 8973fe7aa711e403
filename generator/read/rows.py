"""A small table (CSV) that people or programs keep beside the records in, its rows with their lines out, or what is wrong with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door, in_german
from generator.read.nodes import unfit_characters

Cells = dict[str, str]


def read_rows(
    door: Door, path: Path, needed: Sequence[str]
) -> tuple[list[str], list[tuple[int, Cells]], list[Diagnostic]]:
    """Return the columns of a table, its rows by line with stripped cells, and what is wrong; commas or semicolons part cells.

    A row of another length is reported and left out; a table without a needed column gives none.
    """
    file = door.name(path)
    text, found = door.text(path)
    if text is None:
        return [], [], found
    text = re.sub(r"\r\n?", "\n", text)
    if wrong := unfit_characters(text, file):
        return [], [], wrong
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        header = [name.strip() for name in reader.fieldnames or []]
    except csv.Error as error:
        return [], [], [*found, diagnostic("zelle-unlesbar", Position(file), reason=in_german(error))]
    reader.fieldnames = header
    for column in needed:
        if column not in header:
            found.append(diagnostic("spalte-fehlt", Position(file), name=column, known=", ".join(header)))
    if found:
        return header, [], found
    rows, found = _rows(reader, header, file)
    return header, rows, found


def _rows(
    reader: csv.DictReader[str], header: list[str], file: str
) -> tuple[list[tuple[int, Cells]], list[Diagnostic]]:
    """Return what stands below the header, up to where the parser gives up."""
    rows: list[tuple[int, Cells]] = []
    found: list[Diagnostic] = []
    # In long tables the same few texts stand again and again.
    same: dict[str, str] = {}
    line = reader.line_num
    try:
        for row in reader:
            line = reader.line_num
            problems = _length(row, header, Position(file, line))
            found += problems
            if not problems:
                texts = ((name, (cell or "").strip()) for name, cell in row.items())
                rows.append((line, {name: same.setdefault(text, text) for name, text in texts}))
    except csv.Error as error:
        found.append(diagnostic("zelle-unlesbar", Position(file, line + 1), reason=in_german(error)))
    return rows, found


def _length(row: dict[str, str | None], header: list[str], position: Position) -> list[Diagnostic]:
    values = list(row.items())
    more = next((len(rest or ()) for name, rest in values if name is None), 0)
    if more:
        return [diagnostic("zeile-zu-lang", position, count=len(header) + more, expected=len(header))]
    missing = sum(value is None for _, value in values)
    if missing:
        return [diagnostic("zeile-zu-kurz", position, count=len(header) - missing, expected=len(header))]
    return []
