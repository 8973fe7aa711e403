"""A figure, its region, its town and all areas of its level in, one row of a spine chart out.

The town stands in the middle of every row, so the eye runs down one line: what lies before it is lower, what lies after it
higher. How far, is measured by the area that differs most; a row therefore shows rank among areas, never size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartPoint, values_of
from generator.render.figures.charts.scale import Scale


@dataclass(frozen=True, slots=True)
class Spine(MacroCall):
    """A finished row, all in percent: the range of all areas, their middle half, the interval, the marks."""

    template = "charts/cells.html"
    macro = "spine"

    range: tuple[str, str]
    middle: tuple[str, str] | None
    interval: tuple[str, str] | None
    here: str
    region: str
    differs: bool


def spine(
    point: ChartPoint,
    town: float,
    others: Sequence[float],
    *,
    region: float | None = None,
    differs: bool = False,
    mirrored: bool = False,
) -> Spine:
    """Lay out one row; `others` are the known values of all areas of the level, that of the area itself (`point`) among them."""
    ends = [*others, *values_of([point])]
    if region is not None:
        ends.append(region)
    reach = max((abs(end - town) for end in ends), default=0.0) or 1.0
    axis = Scale(town - reach, town + reach, reach, mirrored, 3.0, 97.0)
    ordered = sorted(others) or [town]
    return Spine(
        range=_pair(axis, ordered[0], ordered[-1]),
        middle=_pair(axis, _quantile(ordered, 0.25), _quantile(ordered, 0.75)) if len(ordered) > 3 else None,
        interval=_pair(axis, point.low, point.high)
        if point.low is not None and point.high is not None
        else None,
        here=_mark(axis, point.value),
        region=_mark(axis, region),
        differs=differs,
    )


def _mark(axis: Scale, value: float | None) -> str:
    """Return where a value stands; nothing where there is none."""
    return "" if value is None else axis.at(value)


def _pair(axis: Scale, low: float, high: float) -> tuple[str, str]:
    return axis.at(low), axis.at(high)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile by linear interpolation (type 7 of Hyndman and Fan, the default of R and numpy)."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
