"""Dimensions with effects for better and for worse in, a pair of scales for each out, once for each time that was looked.

Each effect is a square on its side of the middle: how many there are, never how much they weigh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.base.view import MacroCall
from generator.render.figures.charts.bars import LINE, TOP, WORDS, name_lines
from generator.render.figures.charts.chart_parts import ChartCaption

STEP = 17
"""Pixels from one square to the next."""
MOST_SQUARES = 4
"""So many squares have room on a phone; of more the number alone tells."""
_GAP = 14


@dataclass(frozen=True, slots=True)
class EffectsRound:
    """What was found in a dimension at one time: how many effects for worse and for better; None where nobody has looked, with `waits` in words."""

    name: str
    worse: int | None
    better: int | None
    waits: str = ""


@dataclass(frozen=True, slots=True)
class EffectsLine:
    """A pair of scales: its height, its words, the offsets of its squares from the middle in pixels, to the left and to the right, and where its numbers stand."""

    y: int
    round: EffectsRound
    left: Sequence[int]
    right: Sequence[int]
    numbers: tuple[int, int]


@dataclass(frozen=True, slots=True)
class EffectsRow:
    """A dimension: its words with their heights, and its scales."""

    words: Sequence[tuple[int, str]]
    lines: Sequence[EffectsLine]


@dataclass(frozen=True, slots=True)
class Effects(MacroCall):
    """Finished scales; `worse` and `better` name the two sides."""

    template = "charts/effects.html"
    macro = "effects"

    frame: ChartCaption
    height: int
    rows: Sequence[EffectsRow]
    worse: str
    better: str


def effects(
    frame: ChartCaption, dimensions: Sequence[tuple[str, Sequence[EffectsRound]]], worse: str, better: str
) -> Effects:
    """Lay out the scales of each dimension below each other, so that the times of one can be compared."""
    rows, top = [], TOP
    for name, rounds in dimensions:
        words = name_lines(name, top)
        first = words[-1][0] + LINE
        lines = tuple(_line(first + (LINE + 5) * number, one) for number, one in enumerate(rounds))
        rows.append(EffectsRow(words, lines))
        top = first + (LINE + 5) * len(lines) + WORDS - LINE
    return Effects(frame, top + 2, tuple(rows), worse, better)


def _line(y: int, one: EffectsRound) -> EffectsLine:
    left = tuple(-_GAP - STEP * number for number in range(min(one.worse or 0, MOST_SQUARES)))
    right = tuple(_GAP + STEP * number for number in range(min(one.better or 0, MOST_SQUARES)))
    numbers = (min((0, *left)) - STEP + 4, max((0, *right)) + STEP - 4)
    return EffectsLine(y, one, left, right, numbers)
