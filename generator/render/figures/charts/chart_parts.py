"""What a chart is made of: a figure with its interval and its words, a frame with title and description."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartPoint:
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


@dataclass(frozen=True, slots=True)
class ChartCaption:
    """What every chart carries: an id unique on its page, what it shows, and what it says in a sentence."""

    id: str
    title: str
    description: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What the figures are compared with, and how it is written."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark along an axis."""

    at: str
    text: str
    anchor: str = "middle"
    zero: bool = False
