"""Areas and columns with a sign in each cell in, a drawing of the whole matrix out, of a size that a picture has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartCaption

Sign = Literal["here", "elsewhere", "unknown"]
WIDTH = 712
NAMES = 190
"""Units for the names of areas."""
HEAD = 150
CELL_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A sign at `x`, with a number beside it where there is one."""

    x: float
    sign: Sign
    number: str


@dataclass(frozen=True, slots=True)
class Matrix(MacroCall):
    """A finished matrix; `columns` are names with their middles, `rows` the names of areas with their heights and cells."""

    template = "charts/matrix.html"
    macro = "matrix"

    frame: ChartCaption
    width: int
    height: int
    head: int
    columns: Sequence[tuple[float, str]]
    rows: Sequence[tuple[int, str, Sequence[MatrixCell]]]


def matrix(
    frame: ChartCaption, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[Sign, str]]]]
) -> Matrix:
    """Lay out a matrix: names of columns, and rows of a name with its signs and their numbers."""
    wide = (WIDTH - NAMES) / max(1, len(columns))
    middles = [round(NAMES + wide * (number + 0.5), 1) for number in range(len(columns))]
    laid = []
    for number, (name, cells) in enumerate(rows):
        marks = (MatrixCell(x, sign, text) for x, (sign, text) in zip(middles, cells, strict=True))
        laid.append((HEAD + CELL_HEIGHT * number + CELL_HEIGHT // 2, name, tuple(marks)))
    return Matrix(
        frame=frame,
        width=WIDTH,
        height=HEAD + CELL_HEIGHT * len(rows),
        head=HEAD,
        columns=tuple(zip(middles, columns, strict=True)),
        rows=laid,
    )
