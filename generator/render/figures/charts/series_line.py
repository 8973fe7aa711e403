"""Figures over time in, the geometry of lines out: gaps stay gaps, forecasts stand apart, nothing is drawn across a break.

Time runs from left to right in every language, as dates on an axis do in print; only bars are mirrored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartCaption, ChartPoint, Tick
from generator.render.figures.charts.scale import Scale, percent, scale_for

HEIGHT = 250
TOP = 34
BOTTOM = 216
FIRST, LAST = 9.0, 94.0
MOST_LABELS = 7
LABEL_GAP = 17
COVERED = 45.0
"""From here on, in per cent of the width, a label at the right edge may stand over the lines."""


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A series with a name for direct labelling; its points stand in the order of the chart's periods."""

    name: str
    points: tuple[ChartPoint, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the drawing: `x` in percent, heights in pixels."""

    point: ChartPoint
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

    line: ChartLine
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    gaps: tuple[Mark, ...]
    label: tuple[str, float, str] | None


@dataclass(frozen=True, slots=True)
class SeriesLine(MacroCall):
    """A finished chart of lines; `breaks` are places of breaks with their number in the words below."""

    template = "charts/series_line.html"
    macro = "series_line"

    frame: ChartCaption
    height: int
    top: int
    bottom: int
    lines: tuple[Drawn, ...]
    across: tuple[Tick, ...]
    up: tuple[tuple[float, str, bool], ...]
    breaks: tuple[tuple[str, int], ...]
    forecast: tuple[str, str] | None
    """Where the band behind estimated values begins, and how wide it is: to the edge of the drawing."""


def series_line(
    frame: ChartCaption,
    periods: Sequence[str],
    lines: Sequence[ChartLine],
    write: Callable[[float], str],
    *,
    breaks: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    reach: Sequence[float] = (),
) -> SeriesLine:
    """Lay out lines over periods; charts with the same `reach` can be compared. `breaks` are the periods before which the counting changed, `names` what to call periods;
    one that is called nothing has no label on the axis.
    """
    breaks, names = breaks or {}, names or {}
    axis = scale_for([*reach, *(value for line in lines for point in line.points for value in point.values)])
    places = _places(len(periods))
    drawn = [_drawn(line, periods, places, axis, breaks) for line in lines]
    labelled = _apart(drawn)
    broken = [number for number, period in enumerate(periods) if period in breaks and number > 0]
    forecast = next(
        (n for n in range(len(periods)) if any(p.forecast for line in lines for p in line.points[n : n + 1])),
        0,
    )
    begins = (places[forecast - 1] + places[forecast]) / 2
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
        forecast=(percent(begins), percent(100 - begins)) if forecast else None,
    )


def _places(count: int) -> list[float]:
    if count < 2:
        return [(FIRST + LAST) / 2] * count
    return [FIRST + (LAST - FIRST) * number / (count - 1) for number in range(count)]


def _height(axis: Scale, value: float) -> float:
    span = axis.high - axis.low
    return round(BOTTOM - (value - axis.low) / span * (BOTTOM - TOP), 1)


def _drawn(
    line: ChartLine, periods: Sequence[str], places: Sequence[float], axis: Scale, breaks: Mapping[str, str]
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
    """Put labels where no line runs: the highest above everything in its half of the drawing, the others below it.

    How wide a label is depends on the font, so half of the width counts as covered. What finds no room below moves up too.
    """
    order = sorted(
        (number for number, one in enumerate(drawn) if one.label), key=lambda n: drawn[n].marks[-1].y
    )
    found = list(drawn)
    reaches = [
        mark.interval or (mark.y, mark.y)
        for one in drawn
        for mark in one.marks
        if float(mark.x[:-1]) >= COVERED
    ]
    above = min((high for high, _ in reaches), default=BOTTOM) - 10
    below = max((low for _, low in reaches), default=TOP) + 18
    for place, number in enumerate(order):
        one = drawn[number]
        if place and below <= BOTTOM - 6:
            y, below = below, below + LABEL_GAP
        else:
            y, above = above, above - LABEL_GAP
        label = (one.marks[-1].x, round(max(y, 12.0), 1), one.label[2]) if one.label else None
        found[number] = Drawn(one.line, one.marks, one.strokes, one.gaps, label)
    return found


def _across(periods: Sequence[str], places: Sequence[float], names: Mapping[str, str]) -> list[Tick]:
    named = [number for number, period in enumerate(periods) if names.get(period, period)]
    every = max(1, -(-len(named) // MOST_LABELS))
    shown = {number for place, number in enumerate(named) if (len(named) - 1 - place) % every == 0}
    return [
        Tick(percent(places[number]), names.get(periods[number], periods[number]), "middle")
        for number in sorted(shown)
    ]
