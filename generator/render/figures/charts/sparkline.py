"""A few figures over time in, a small line with its band of uncertainty out; what it says stands in words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartPoint, values_of

WIDTH, HEIGHT = 96, 28
_EDGE = 4

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sparkline(MacroCall):
    """Path data of the band, of what was observed and of what is forecast, lonely points, and the last point that was counted: the number beside the line is its."""

    template = "charts/cells.html"
    macro = "sparkline"

    band: str
    observed: str
    forecast: str
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


def reach_of(points: Iterable[ChartPoint]) -> Ends:
    """Return the lowest and the highest that is said of points, their uncertainty included."""
    known = values_of(points)
    return min(known, default=0.0), max(known, default=0.0)


def sparkline(
    points: Sequence[ChartPoint], breaks: Sequence[int] = (), ends: Ends | None = None
) -> Sparkline:
    """Lay out a line over evenly spaced periods; `breaks` are the numbers of points before which nothing is joined.

    The height runs between `ends`, which lines that stand together share. Without them it holds this line with its
    uncertainty, so that what may be chance looks no larger than the band around it.
    """
    low, high = ends or reach_of(points)
    across = (WIDTH - 2 * _EDGE) / max(1, len(points) - 1)

    def place(number: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(_EDGE + number * across, 1), round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)

    def path(*corners: tuple[int, float | None]) -> str:
        ends = [place(number, value) for number, value in corners if value is not None]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in ends)

    pieces: dict[bool, list[str]] = {False: [], True: []}
    bands: list[str] = []
    joined: set[int] = set()
    known = {number: point.value for number, point in enumerate(points) if point.value is not None}
    for number, (before, here) in enumerate(pairwise(points), 1):
        if not {number - 1, number} <= known.keys() or number in breaks:
            continue
        joined |= {number - 1, number}
        pieces[here.forecast].append(path((number - 1, before.value), (number, here.value)))
        if None not in (before.low, here.low, here.high, before.high):
            first, last = number - 1, number
            ring = path((first, before.low), (last, here.low), (last, here.high), (first, before.high))
            bands.append(ring + "z")
    places = {number: place(number, value) for number, value in known.items()}
    dots = tuple(at for number, at in places.items() if number not in joined)
    counted = [at for number, at in places.items() if not points[number].forecast]
    end = next(reversed(counted or list(places.values())), None)
    return Sparkline("".join(bands), "".join(pieces[False]), "".join(pieces[True]), dots, end)
