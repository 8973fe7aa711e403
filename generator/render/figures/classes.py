"""The values of all areas in, at most five classes and the method by which they were made out; their colours are `--nr-step-…` in `assets/css/reports.css`."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from generator.render.figures.charts.scale import nice_step

MOST_CLASSES = 5
CROWDED = 0.6
MANY = 20

Method = Literal["equal", "quantiles", "single"]


@dataclass(frozen=True, slots=True)
class Classes:
    """`bounds` are the lower ends of the classes after the first; a value belongs to the last class it reaches.

    `low` and `high` are the ends of the whole; `method` says how the bounds were found.
    """

    method: Method
    bounds: Sequence[float]
    low: float
    high: float

    def of(self, value: float) -> int:
        """Return the class of a value as a step of the palette, 1 (least) to 5 (most); few classes are spread over it."""
        number = sum(value >= bound for bound in self.bounds)
        return self.step(number)

    def step(self, number: int) -> int:
        """Return the palette's step of the class with this number, counted from 0."""
        if not self.bounds:
            return 3
        return 1 + round(number * (MOST_CLASSES - 1) / len(self.bounds))

    @property
    def spans(self) -> Sequence[tuple[float, float]]:
        """Lower and upper end of each class."""
        ends = (self.low, *self.bounds, self.high)
        return tuple(pairwise(ends))


def classes(values: Sequence[float | Decimal], decimals: int = 1) -> Classes:
    """Divide values into classes with round, equally wide bounds; where those put nearly all areas into one class, into
    classes with about as many areas each.

    Equal steps keep a step in colour a step in the figure, which quantiles do not: with few areas they would tell apart
    what is nearly the same. With many areas (`MANY`) of which more than `CROWDED` share a class, a map in equal steps shows
    nothing, so quantiles take over. Bounds have the figure's own decimals.
    """
    known = sorted(float(value) for value in values)
    if not known:
        return Classes("single", (), 0.0, 0.0)
    if known[0] == known[-1]:
        return Classes("single", (), known[0], known[-1])
    equal = _equal(known, decimals)
    counts = [bisect_left(known, high) - bisect_left(known, low) for low, high in equal.spans[:-1]]
    counts.append(len(known) - sum(counts))
    if len(known) >= MANY and max(counts) > CROWDED * len(known):
        return _quantiles(known, decimals)
    return equal


def _equal(known: Sequence[float], decimals: int) -> Classes:
    smallest = 10.0**-decimals
    step = max(nice_step(known[-1] - known[0], MOST_CLASSES), smallest)
    while True:
        first = math.floor(round(known[0] / step, 9)) * step
        # The highest value may stand on the upper end of the last class.
        if first + MOST_CLASSES * step >= known[-1] - 1e-9:
            break
        step = nice_step(step * 1.01, 1)
    count = min(MOST_CLASSES, max(1, math.ceil(round((known[-1] - first) / step, 9))))
    bounds = tuple(round(first + step * number, 10) for number in range(1, count))
    return Classes("equal", bounds, round(first, 10), round(first + step * count, 10))


def _quantiles(known: Sequence[float], decimals: int) -> Classes:
    bounds: list[float] = []
    for part in range(1, MOST_CLASSES):
        bound = round(known[len(known) * part // MOST_CLASSES], decimals)
        if bound > known[0] and (not bounds or bound > bounds[-1]):
            bounds.append(bound)
    return Classes("quantiles" if bounds else "single", bounds, known[0], known[-1])
