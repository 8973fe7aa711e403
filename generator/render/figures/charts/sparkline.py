"""A few figures over time in, a small line for a table's cell out; what it says stands in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartPoint

WIDTH, HEIGHT = 96, 28
_EDGE = 4


@dataclass(frozen=True, slots=True)
class Sparkline(MacroCall):
    """Path data of what was observed and of what is forecast, lonely points, and the last point."""

    template = "charts/cells.html"
    macro = "sparkline"

    observed: str
    forecast: str
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


def sparkline(points: Sequence[ChartPoint], breaks: Sequence[int] = ()) -> Sparkline:
    """Lay out a line over evenly spaced periods; `breaks` are the numbers of points before which nothing is joined.

    The line fills the height from its lowest to its highest value, which are not far apart: it shows direction only.
    """
    known = [point.value for point in points if point.value is not None]
    if not known:
        return Sparkline("", "", (), None)
    low, high = min(known), max(known)
    across = (WIDTH - 2 * _EDGE) / max(1, len(points) - 1)

    def place(number: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(_EDGE + number * across, 1), round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)

    pieces: dict[bool, list[str]] = {False: [], True: []}
    joined: set[int] = set()
    places = [place(n, p.value) if p.value is not None else None for n, p in enumerate(points)]
    for number in range(1, len(points)):
        one, two = places[number - 1], places[number]
        if one is None or two is None or number in breaks:
            continue
        joined |= {number - 1, number}
        pieces[points[number].forecast].append(f"M{one[0]:g} {one[1]:g}L{two[0]:g} {two[1]:g}")
    dots = tuple(at for n, at in enumerate(places) if at is not None and n not in joined)
    last = next((at for at in reversed(places) if at is not None), None)
    return Sparkline("".join(pieces[False]), "".join(pieces[True]), dots, last)
