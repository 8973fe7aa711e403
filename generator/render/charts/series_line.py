"""Figures over time in, the geometry of lines out: gaps stay gaps, forecasts stand apart, nothing is drawn across a break.

Time runs from left to right in every language, as dates on an axis do in print; only bars are mirrored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.render.charts.figures import Frame, Point, Tick
from generator.render.charts.scale import Scale, percent, scale_for

HEIGHT = 250
TOP = 34
BOTTOM = 216
FIRST, LAST = 9.0, 94.0
MOST_LABELS = 7
LABEL_GAP = 17


@dataclass(frozen=True, slots=True)
class Line:
    """A series with a name for direct labelling; its points stand in the order of the chart's periods."""

    name: str
    points: tuple[Point, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the drawing: `x` in percent, heights in pixels."""

    point: Point
    x: str
    y: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece between two neighbouring periods."""

    x1: str
    y1: float
    x2: str
    y2: float
    forecast: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line in the drawing; `label` stands at its last known point."""

    line: Line
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    gaps: tuple[Mark, ...]
    label: tuple[str, float, str] | None


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A finished chart of lines; `breaks` are places of breaks with their number in the words below."""

    frame: Frame
    height: int
    top: int
    bottom: int
    lines: tuple[Drawn, ...]
    across: tuple[Tick, ...]
    up: tuple[tuple[float, str, bool], ...]
    breaks: tuple[tuple[str, int], ...]
    forecast: str


def series_line(
    frame: Frame,
    periods: Sequence[str],
    lines: Sequence[Line],
    write: Callable[[float], str],
    *,
    breaks: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> SeriesLine:
    """Lay out lines over periods. `breaks` are the periods before which the counting changed, `names` what to call periods."""
    breaks, names = breaks or {}, names or {}
    axis = scale_for(value for line in lines for point in line.points for value in point.values)
    places = _places(len(periods))
    drawn = [_drawn(line, periods, places, axis, breaks) for line in lines]
    labelled = _apart(drawn)
    broken = [number for number, period in enumerate(periods) if period in breaks and number > 0]
    forecast = next(
        (n for n in range(len(periods)) if any(p.forecast for line in lines for p in line.points[n : n + 1])),
        0,
    )
    return SeriesLine(
        frame=frame,
        height=HEIGHT,
        top=TOP,
        bottom=BOTTOM,
        lines=tuple(labelled),
        across=tuple(_across(periods, places, names)),
        up=tuple((_height(axis, value), write(value), value == 0) for value in axis.ticks),
        breaks=tuple(
            (percent((places[at - 1] + places[at]) / 2), number) for number, at in enumerate(broken, 1)
        ),
        forecast=percent((places[forecast - 1] + places[forecast]) / 2) if forecast else "",
    )


def _places(count: int) -> list[float]:
    if count < 2:
        return [(FIRST + LAST) / 2] * count
    return [FIRST + (LAST - FIRST) * number / (count - 1) for number in range(count)]


def _height(axis: Scale, value: float) -> float:
    span = axis.high - axis.low
    return round(BOTTOM - (value - axis.low) / span * (BOTTOM - TOP), 1)


def _drawn(
    line: Line, periods: Sequence[str], places: Sequence[float], axis: Scale, breaks: Mapping[str, str]
) -> Drawn:
    marks: list[Mark] = []
    gaps: list[Mark] = []
    strokes: list[Stroke] = []
    before: Mark | None = None
    for period, place, point in zip(periods, places, line.points, strict=True):
        x = percent(place)
        if point.value is None:
            if point.text:
                gaps.append(Mark(point, x, BOTTOM - 8, None))
            before = None
            continue
        interval = (
            (_height(axis, point.high), _height(axis, point.low))
            if point.low is not None and point.high is not None
            else None
        )
        mark = Mark(point, x, _height(axis, point.value), interval)
        if before is not None and period not in breaks:
            strokes.append(Stroke(before.x, before.y, x, mark.y, point.forecast))
        marks.append(mark)
        before = mark
    label = None
    if marks:
        last = marks[-1].point
        # A line that ends early must not look as if its last figure were the newest.
        when = "" if last is line.points[-1] else f" ({last.label})"
        label = (marks[-1].x, marks[-1].y - 12, f"{line.name} {last.text}{when}")
    return Drawn(line, tuple(marks), tuple(strokes), tuple(gaps), label)


def _apart(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Move labels at the same end apart: the higher line's goes above it, the lower one's below."""
    order = sorted(
        (number for number, one in enumerate(drawn) if one.label), key=lambda n: drawn[n].marks[-1].y
    )
    found = list(drawn)
    for place, number in enumerate(order):
        one = drawn[number]
        last = one.marks[-1]
        above = place == 0 or len(order) == 1
        reach = last.interval if last.interval is not None else (last.y, last.y)
        y = reach[0] - 8 if above else reach[1] + 18
        if not above:
            earlier = found[order[place - 1]].label
            if earlier is not None:
                y = max(y, earlier[1] + LABEL_GAP)
        y = min(max(y, 14.0), BOTTOM - 6)
        label = (last.x, round(y, 1), one.label[2]) if one.label else None
        found[number] = Drawn(one.line, one.marks, one.strokes, one.gaps, label)
    return found


def _across(periods: Sequence[str], places: Sequence[float], names: Mapping[str, str]) -> list[Tick]:
    count = len(periods)
    every = max(1, -(-count // MOST_LABELS))
    shown = {number for number in range(count) if (count - 1 - number) % every == 0}
    return [
        Tick(percent(places[number]), names.get(periods[number], periods[number]), "middle")
        for number in sorted(shown)
    ]
