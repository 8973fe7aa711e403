"""Place values along an axis, with zero, ticks and frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

PARTS = 4
"""Into so many steps an axis is divided, about."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # round steps between powers of ten


def nice_step(span: float, parts: int) -> float:
    """Return the smallest step of 1, 2, 2.5 or 5 × 10ⁿ that covers a span in `parts`.

    >>> nice_step(31.2, 4), nice_step(0.9, 3)
    (10.0, 0.5)
    """
    if span < 1e-9:
        return 1.0
    raw = span / parts
    power = 10.0 ** math.floor(math.log10(raw))
    return next((step * power for step in _STEPS if step * power >= raw * (1 - 1e-9)), 10 * power)


def percent(value: float) -> str:
    """Write a percentage for CSS, with two decimals at most.

    >>> percent(12.5), percent(0), percent(33.3333)
    ('12.5%', '0%', '33.33%')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


Span = tuple[str, str]
"""Where something along an axis begins, and how wide it is or where it ends, as written into the drawing."""


class Scale(Struct, frozen=True):
    """An axis from `low` to `high`, drawn from `first` to `last` percent."""

    low: float
    high: float
    step: float  # from tick to tick
    mirrored: bool = False  # for right-to-left writing
    first: float = 0.0
    last: float = 100.0

    def place(self, value: float) -> float:
        """Return a value's place in percent, kept within the axis."""
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
    """A figure to draw, written as `text`; without value the sign for why.

    `label` is the area or period; `kind` is "" (the series), "other" (grey) or "here" (the page's area).
    `low` and `high` bound the interval, `before` is the earlier value.
    """

    label: str
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: str = ""
    forecast: bool = False  # drawn apart
    before: float | None = None

    @property
    def values(self) -> Sequence[float | None]:
        """Everything that must fit on the axis."""
        return (self.value, self.low, self.high, self.before)


def values_of(points: Iterable[ChartPoint]) -> list[float]:
    """Return all numbers of points that must fit on their axis."""
    found: list[float] = []
    for point in points:
        found += [value for value in point.values if value is not None]
    return found


class ChartCaption(Struct, frozen=True):
    """A chart's id (unique on its page), title and description."""

    id: str
    title: str
    description: str
    unit: str = ""


class Benchmark(Struct, frozen=True):
    """What the figures are compared with, also in words."""

    value: float
    label: str  # „Stadt 31,2“


class Tick(Struct, frozen=True):
    """A mark along an axis."""

    at: str  # in percent
    text: str
    anchor: str = "middle"  # where its text stands: start, middle or end
    zero: bool = False  # drawn stronger
