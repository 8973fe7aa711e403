"""A few figures over time in, a small line with its band of uncertainty out; what it says stands in words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartPoint, values_of

SPARK_WIDTH, SPARK_HEIGHT = 96, 28
_EDGE = 4

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sparkline(MacroCall):
    """Path data of the band and of what was observed, lonely points, and the last point: the number beside the line is its."""

    template = "charts/cells.html"
    macro = "sparkline"

    band: str
    observed: str
    dots: Sequence[tuple[float, float]]
    last: tuple[float, float] | None


def reach_of(points: Iterable[ChartPoint]) -> Ends:
    """Return the lowest and the highest that is said of points, their uncertainty included."""
    known = values_of(points)
    return min(known, default=0.0), max(known, default=0.0)


@dataclass(frozen=True, slots=True)
class _Canvas:
    """The drawing before anything is on it: from which value to which it reaches, and how far its periods are apart."""

    low: float
    high: float
    across: float

    def place(self, number: int, value: float) -> tuple[float, float]:
        """Return where the value of a period stands, from the upper left corner."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(_EDGE + number * self.across, 1), round(
            SPARK_HEIGHT - _EDGE - share * (SPARK_HEIGHT - 2 * _EDGE), 1
        )

    def path(self, *corners: tuple[int, float | None]) -> str:
        """Return the path through values of periods."""
        ends = [self.place(number, value) for number, value in corners if value is not None]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in ends)

    def band(self, first: int, one: ChartPoint, two: ChartPoint) -> str:
        """Return the path around the uncertainty of a point and the next; nothing where one of them has none."""
        if None in (one.low, two.low, two.high, one.high):
            return ""
        last = first + 1
        return self.path((first, one.low), (last, two.low), (last, two.high), (first, one.high)) + "z"


def sparkline(
    points: Sequence[ChartPoint], breaks: Sequence[int] = (), ends: Ends | None = None
) -> Sparkline:
    """Lay out a line over evenly spaced periods; `breaks` are the numbers of points before which nothing is joined.

    The height runs between `ends`, which lines that stand together share. Without them it holds this line with its
    uncertainty, so that what may be chance looks no larger than the band around it.
    """
    low, high = ends or reach_of(points)
    canvas = _Canvas(low, high, (SPARK_WIDTH - 2 * _EDGE) / max(1, len(points) - 1))
    pieces: list[str] = []
    bands: list[str] = []
    joined: set[int] = set()
    known = {number: point.value for number, point in enumerate(points) if point.value is not None}
    for number, (one, two) in enumerate(pairwise(points)):
        if not {number, number + 1} <= known.keys() or number + 1 in breaks:
            continue
        joined |= {number, number + 1}
        pieces.append(canvas.path((number, one.value), (number + 1, two.value)))
        bands.append(canvas.band(number, one, two))
    places = {number: canvas.place(number, value) for number, value in known.items()}
    dots = tuple(at for number, at in places.items() if number not in joined)
    last = next(reversed(places.values()), None)
    return Sparkline("".join(bands), "".join(pieces), dots, last)
