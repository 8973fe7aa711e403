"""A few figures over time in, a small line with its band of uncertainty out; what it says stands in words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

    pieces: dict[bool, list[str]] = {False: [], True: []}
    bands: list[str] = []
    joined: set[int] = set()
    places = [place(n, p.value) if p.value is not None else None for n, p in enumerate(points)]
    for number in range(1, len(points)):
        before, here = points[number - 1], points[number]
        one, two = places[number - 1], places[number]
        if one is None or two is None or number in breaks:
            continue
        joined |= {number - 1, number}
        pieces[here.forecast].append(f"M{one[0]:g} {one[1]:g}L{two[0]:g} {two[1]:g}")
        if None not in (limits := (before.low, here.low, here.high, before.high)):
            corners = zip((number - 1, number, number, number - 1), limits, strict=True)
            ring = [place(at, limit) for at, limit in corners if limit is not None]
            bands.append("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "z")
    dots = tuple(at for n, at in enumerate(places) if at is not None and n not in joined)
    counted = [at for at, point in zip(places, points, strict=True) if at is not None and not point.forecast]
    last = counted[-1] if counted else next((at for at in reversed(places) if at is not None), None)
    return Sparkline("".join(bands), "".join(pieces[False]), "".join(pieces[True]), dots, last)
