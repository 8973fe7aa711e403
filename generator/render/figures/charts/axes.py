"""Place values along an axis, with zero, ticks and frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

PARTS = 4
"""Into so many steps an axis is divided, about."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def nice_step(span: float, parts: int) -> float:
    """Return the smallest round step (1, 2, 2.5 or 5 times a power of ten) with which `parts` steps cover a span.

    >>> nice_step(31.2, 4), nice_step(0.9, 3)
    (10.0, 0.5)
    """
    if span < 1e-9:
        return 1.0
    raw = span / parts
    power = 10.0 ** math.floor(math.log10(raw))
    return next((step * power for step in _STEPS if step * power >= raw * (1 - 1e-9)), 10 * power)


def percent(value: float) -> str:
    """Write a place along an axis: two digits at most, no trailing zeros.

    >>> percent(12.5), percent(0), percent(33.3333)
    ('12.5%', '0%', '33.33%')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


Span = tuple[str, str]
"""Where something along an axis begins, and how wide it is or where it ends, as written into the drawing."""


class Scale(Struct, frozen=True):
    """An axis from `low` to `high`; `first` and `last` are the percent of the drawing between which it runs."""

    low: float
    high: float
    step: float
    mirrored: bool = False
    first: float = 0.0
    last: float = 100.0

    def place(self, value: float) -> float:
        """Return where a value stands, in percent of the drawing's width; values beyond the axis stand at its end."""
        span = self.high - self.low
        share = min(1.0, max(0.0, (value - self.low) / span)) if span else 0.0
        at = self.first + share * (self.last - self.first)
        return 100.0 - at if self.mirrored else at

    def at(self, value: float) -> str:
        """Return where a value stands, as written into the drawing."""
        return percent(self.place(value))

    def span(self, one: float, other: float) -> Span:
        """Return start and width of what lies between two values."""
        left, right = sorted((self.place(one), self.place(other)))
        return percent(left), percent(right - left)

    @property
    def ticks(self) -> Sequence[float]:
        """The round values along the axis, its ends included."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + number * self.step, 10) for number in range(count + 1)]


def scale_for(values: Iterable[float | None], *, mirrored: bool = False) -> Scale:
    """Return a scale with round ends that holds all values and zero."""
    known = [0.0, *(float(value) for value in values if value is not None)]
    low, high = min(known), max(known)
    if low == high:
        # Nothing to show, or only zeros: a step beyond the end, so that no other number stands beside withheld ones.
        return Scale(0.0, 1.0, 2.0, mirrored)
    step = nice_step(high - low, PARTS)
    low = math.floor(round(low / step, 9)) * step
    high = max(math.ceil(round(high / step, 9)) * step, low + step)
    return Scale(low, high, step, mirrored)


class ChartPoint(Struct, frozen=True):
    """A figure to draw: `text` is how it is written; without value it is the sign of official statistics.

    `label` names the area or group (bars) or the period (lines), `kind` the look: "" the series, "other" grey for
    comparison, "here" the area the page is about. `low` and `high` bound the interval; `before` is what it was earlier.
    """

    label: str
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: str = ""
    forecast: bool = False
    note: str = ""
    before: float | None = None

    @property
    def values(self) -> Sequence[float | None]:
        """Everything that must fit on the axis."""
        return (self.value, self.low, self.high, self.before)


def values_of(points: Iterable[ChartPoint]) -> list[float]:
    """Return everything that is known of points and must fit on their axis."""
    found: list[float] = []
    for point in points:
        found += [value for value in point.values if value is not None]
    return found


class ChartCaption(Struct, frozen=True):
    """What every chart carries: an id unique on its page, what it shows, and what it says in a sentence."""

    id: str
    title: str
    description: str
    unit: str = ""


class Benchmark(Struct, frozen=True):
    """What the figures are compared with, and how it is written."""

    value: float
    label: str


class Tick(Struct, frozen=True):
    """A mark along an axis."""

    at: str
    text: str
    anchor: str = "middle"
    zero: bool = False
