"""Figures over time in, the geometry of lines out: gaps stay gaps, forecasts stand apart, nothing is drawn across a break.

Time runs from left to right in every language, as dates on an axis do in print; only bars are mirrored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import ChartCaption, ChartPoint, Tick, values_of
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
    points: Sequence[ChartPoint]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The periods of a drawing in their order, what they are called otherwise, and before which the counting changed, with the reason.

    A period that is called nothing has no label on the axis.
    """

    periods: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)
    breaks: Mapping[str, str] = field(default_factory=dict)

    def name(self, period: str) -> str:
        """Return what a period is called."""
        return self.names.get(period, period)

    @property
    def places(self) -> list[float]:
        """Where the periods stand, in percent of the drawing's width."""
        count = len(self.periods)
        if count < 2:
            return [(FIRST + LAST) / 2] * count
        return [FIRST + (LAST - FIRST) * number / (count - 1) for number in range(count)]

    def before(self, number: int) -> float:
        """Return the place half-way between a period, by its number, and the one before."""
        places = self.places
        return (places[number - 1] + places[number]) / 2


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
    marks: Sequence[Mark]
    strokes: Sequence[Stroke]
    gaps: Sequence[Mark]
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
    lines: Sequence[Drawn]
    across: Sequence[Tick]
    up: Sequence[tuple[float, str, bool]]
    breaks: Sequence[tuple[str, int]]
    forecast: tuple[str, str] | None
    """Where the band behind estimated values begins, and how wide it is: to the edge of the drawing."""


def series_line(
    frame: ChartCaption,
    time: TimeAxis,
    lines: Sequence[ChartLine],
    write: Callable[[float], str],
    *,
    reach: Sequence[float] = (),
) -> SeriesLine:
    """Lay out lines over periods; charts with the same `reach` can be compared. `write` writes the numbers of the axis."""
    values = [*reach]
    for line in lines:
        values += values_of(line.points)
    axis = scale_for(values)
    drawn = [_drawn(line, time, axis) for line in lines]
    return SeriesLine(
        frame=frame,
        height=HEIGHT,
        top=TOP,
        bottom=BOTTOM,
        lines=tuple(_apart(drawn)),
        across=tuple(_across(time)),
        up=[(_height(axis, value), write(value), value == 0) for value in axis.ticks],
        breaks=_breaks(time),
        forecast=_estimated(time, lines),
    )


def _breaks(time: TimeAxis) -> Sequence[tuple[str, int]]:
    """Return where the counting changed, each place with its number; nothing is before the first period."""
    broken = [number for number, period in enumerate(time.periods) if period in time.breaks and number > 0]
    return [(percent(time.before(at)), number) for number, at in enumerate(broken, 1)]


def _estimated(time: TimeAxis, lines: Sequence[ChartLine]) -> tuple[str, str] | None:
    """Return where estimated values begin and how wide they reach; None where there are none, or no others before them."""
    for number in range(len(time.periods)):
        if any(line.points[number].forecast for line in lines):
            begins = time.before(number)
            return (percent(begins), percent(100 - begins)) if number else None
    return None


def _height(axis: Scale, value: float) -> float:
    span = axis.high - axis.low
    return round(BOTTOM - (value - axis.low) / span * (BOTTOM - TOP), 1)


def _drawn(line: ChartLine, time: TimeAxis, axis: Scale) -> Drawn:
    marks: list[Mark] = []
    gaps: list[Mark] = []
    strokes: list[Stroke] = []
    before: Mark | None = None
    for period, place, point in zip(time.periods, time.places, line.points, strict=True):
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
        if before is not None and period not in time.breaks:
            strokes.append(Stroke(before.x, before.y, x, mark.y, point.forecast))
        marks.append(mark)
        before = mark
    label = None
    if marks:
        last = marks[-1].point
        # A line that ends early must not look as if its last figure were the newest.
        when = "" if last is line.points[-1] else f" ({last.label})"
        label = (marks[-1].x, marks[-1].y - 12, f"{line.name} {last.text}{when}")
    return Drawn(line, marks, strokes, gaps, label)


def _apart(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Put labels where no line runs: the highest above everything in its half of the drawing, the others below it.

    How wide a label is depends on the font, so half of the width counts as covered. What finds no room below moves up too.
    """
    order = sorted(
        (number for number, one in enumerate(drawn) if one.label), key=lambda n: drawn[n].marks[-1].y
    )
    found = list(drawn)
    above, below = _free(drawn)
    for place, number in enumerate(order):
        one = drawn[number]
        if place and below <= BOTTOM - 6:
            y, below = below, below + LABEL_GAP
        else:
            y, above = above, above - LABEL_GAP
        if one.label:
            found[number] = replace(one, label=(one.marks[-1].x, round(max(y, 12.0), 1), one.label[2]))
    return found


def _free(drawn: Sequence[Drawn]) -> tuple[float, float]:
    """Return the heights of the lowest label above everything in its half of the drawing, and of the highest below it."""
    reaches: list[tuple[float, float]] = []
    for one in drawn:
        covered = (mark for mark in one.marks if float(mark.x[:-1]) >= COVERED)
        reaches += [mark.interval or (mark.y, mark.y) for mark in covered]
    above = min((high for high, _ in reaches), default=BOTTOM) - 10
    below = max((low for _, low in reaches), default=TOP) + 18
    return above, below


def _across(time: TimeAxis) -> list[Tick]:
    """Return the labels of periods, as many as have room; the last that is called something always has one."""
    names = [time.name(period) for period in time.periods]
    named = [number for number, name in enumerate(names) if name]
    every = max(1, -(-len(named) // MOST_LABELS))
    shown = {number for place, number in enumerate(named) if (len(named) - 1 - place) % every == 0}
    places = time.places
    return [Tick(percent(places[number]), names[number], "middle") for number in sorted(shown)]
