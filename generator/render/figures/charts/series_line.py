"""Lay out lines over time.

Gaps stay gaps, forecasts stand apart, nothing is drawn across a break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.model.dates import middle_of
from generator.render.base.view import MacroCall
from generator.render.figures.charts.bars import (
    ChartCaption,
    ChartPoint,
    Scale,
    Span,
    Tick,
    percent,
    scale_for,
    values_of,
)

HEIGHT = 250
TOP = 34
BOTTOM = 216
"""In pixels from the upper edge: the end of the drawing, of the highest value and of the lowest."""
FIRST, LAST = 9.0, 94.0
"""Where the first and the last period stand, in per cent of the width."""
LETTER, GAP = 2.25, 4.0
"""So much of the width, in percent, a letter of a period's label takes, and what stays free between two labels."""
LABEL_GAP = 17  # pixels from one label to the next
COVERED = 45.0
"""From here on, in per cent of the width, a label at the right edge may stand over the lines."""


class ChartLine(Struct, frozen=True):
    """A named series; points in the order of the chart's periods."""

    name: str
    points: Sequence[ChartPoint]
    kind: str = ""  # as of `ChartPoint`


class TimeAxis(Struct, frozen=True):
    """A chart's periods, their labels (empty: none), and breaks with reasons."""

    periods: Sequence[str]
    names: Mapping[str, str] = struct_field(default_factory=dict)  # by period: labels
    breaks: Mapping[str, str] = struct_field(default_factory=dict)  # why, by the first period after

    def name(self, period: str) -> str:
        """Return what a period is called."""
        return self.names.get(period, period)

    @property
    def places(self) -> list[float]:
        """Return the periods' places in percent, by time or else evenly."""
        count = len(self.periods)
        if count < 2:
            return [(FIRST + LAST) / 2] * count
        times = sorted({middle for period in self.periods if (middle := middle_of(period)) is not None})
        if len(times) < count or times != [middle_of(period) for period in self.periods]:
            times = [*map(float, range(count))]
        axis = Scale(times[0], times[-1], 1.0, first=FIRST, last=LAST)
        return [axis.place(time) for time in times]

    def before(self, number: int) -> float:
        """Return the place half-way between a period and the one before."""
        places = self.places
        return (places[number - 1] + places[number]) / 2


class Mark(Struct, frozen=True):
    """A point: `x` in percent, heights in pixels."""

    point: ChartPoint
    x: str
    y: float
    interval: tuple[float, float] | None  # its upper and lower end


class Stroke(Struct, frozen=True):
    """A piece between two neighbouring periods."""

    x1: str
    y1: float
    x2: str
    y2: float
    forecast: bool


class Drawn(Struct, frozen=True):
    """A line; `label` (place, height, words) names it at its last value."""

    line: ChartLine
    marks: Sequence[Mark]
    strokes: Sequence[Stroke]
    gaps: Sequence[Mark]  # periods without value, each with its sign
    label: tuple[str, float, str] | None


class SeriesLine(MacroCall, frozen=True):
    """A finished chart; `up` is (height, words, is zero), `breaks` (place, number)."""

    template = "charts/series_line.html"
    macro = "series_line"

    frame: ChartCaption
    height: int
    top: int  # of the highest value, in pixels
    bottom: int  # of the lowest
    lines: Sequence[Drawn]
    across: Sequence[Tick]  # the periods' labels
    up: Sequence[tuple[float, str, bool]]
    breaks: Sequence[tuple[str, int]]
    forecast: Span | None
    """Where the band behind estimated values begins, and how wide it is: to the edge of the drawing."""


def series_line(
    frame: ChartCaption,
    time: TimeAxis,
    lines: Sequence[ChartLine],
    write: Callable[[float], str],
    *,
    reach: Sequence[float] = (),
) -> SeriesLine:
    """Lay out lines over periods; charts with equal `reach` are comparable."""
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
        lines=tuple(_move_labels_apart(drawn)),
        across=tuple(_across(time)),
        up=[(_height_of_value(axis, value), write(value), value == 0) for value in axis.ticks],
        breaks=_breaks(time),
        forecast=_estimated(time, lines),
    )


def _breaks(time: TimeAxis) -> Sequence[tuple[str, int]]:
    """Return (place, number) of each break after the first period."""
    broken = [number for number, period in enumerate(time.periods) if period in time.breaks and number > 0]
    return [(percent(time.before(at)), number) for number, at in enumerate(broken, 1)]


def _estimated(time: TimeAxis, lines: Sequence[ChartLine]) -> Span | None:
    """Return where estimates begin and how wide they are; None without them or without others before."""
    for number in range(len(time.periods)):
        if any(line.points[number].forecast for line in lines):
            begins = time.before(number)
            return (percent(begins), percent(100 - begins)) if number else None
    return None


def _height_of_value(axis: Scale, value: float) -> float:
    span = axis.high - axis.low
    return round(BOTTOM - (value - axis.low) / span * (BOTTOM - TOP), 1)


def _drawn(line: ChartLine, time: TimeAxis, axis: Scale) -> Drawn:
    """Lay out a line; without a value, and at a break, it is interrupted."""
    marks: list[Mark] = []
    gaps: list[Mark] = []
    strokes: list[Stroke] = []
    before: Mark | None = None
    for period, place, point in zip(time.periods, time.places, line.points, strict=True):
        x = percent(place)
        if point.value is None:
            if point.text:
                gaps.append(Mark(point, x, BOTTOM - 8, None))  # its sign stands on the axis
            before = None
            continue
        interval = (
            (_height_of_value(axis, point.high), _height_of_value(axis, point.low))
            if point.low is not None and point.high is not None
            else None
        )
        mark = Mark(point, x, _height_of_value(axis, point.value), interval)
        if before is not None and period not in time.breaks:
            strokes.append(Stroke(before.x, before.y, x, mark.y, point.forecast))
        marks.append(mark)
        before = mark
    label = None
    if marks:
        label = (
            marks[-1].x,
            marks[-1].y - 12,
            _label(line, marks[-1].point),
        )  # `_move_labels_apart` sets the height
    return Drawn(line, marks, strokes, gaps, label)


def _label(line: ChartLine, last: ChartPoint) -> str:
    """Name a line with its last figure and period unless newest."""
    counted = last is line.points[-1] and not last.forecast
    return f"{line.name} {last.text}" if counted else f"{line.name} {last.text} ({last.label})"


def _move_labels_apart(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Put labels where no line runs: above in the higher half, else below.

    Label width depends on the font, so half of the drawing counts as covered. Labels without room below move
    up.
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
            y = max(y, 12.0)  # within the drawing
            found[number] = replace(one, label=(one.marks[-1].x, round(y, 1), one.label[2]))
    return found


def _free(drawn: Sequence[Drawn]) -> tuple[float, float]:
    """Return heights for the lowest upper and highest lower label."""
    reaches: list[tuple[float, float]] = []
    for one in drawn:
        covered = (mark for mark in one.marks if float(mark.x[:-1]) >= COVERED)
        reaches += [mark.interval or (mark.y, mark.y) for mark in covered]
    # Letters stand on their height: below the lines they need more.
    above = min((high for high, _ in reaches), default=BOTTOM) - 10
    below = max((low for _, low in reaches), default=TOP) + 18
    return above, below


def _across(time: TimeAxis) -> list[Tick]:
    """Return as many period labels as fit, always the last."""
    shown: list[Tick] = []
    free = 100.0 + LAST  # more than the width: the last period's label always has room
    for period, place in zip(reversed(time.periods), reversed(time.places), strict=True):
        name = time.name(period)
        wide = len(name) * LETTER
        anchor, left = "middle", place - wide / 2
        if left < 0:
            anchor, left = "start", place
        elif left + wide > 100:
            anchor, left = "end", place - wide
        if name and left + wide <= free:
            shown.append(Tick(percent(place), name, anchor))
            free = left - GAP
    return shown[::-1]


SPARK_WIDTH, SPARK_HEIGHT = 96, 28  # pixels of a small line
_EDGE = 4  # pixels that stay free around a small line

Ends = tuple[float, float]  # lowest and highest value


class Sparkline(MacroCall, frozen=True):
    """Paths of band and line, lonely points, and the last point."""

    template = "charts/cells.html"
    macro = "sparkline"

    band: str  # of uncertainty
    observed: str  # the line
    dots: Sequence[tuple[float, float]]  # points without a neighbour
    last: tuple[float, float] | None


def reach_of(points: Iterable[ChartPoint]) -> Ends:
    """Return the lowest and highest of points, with uncertainty."""
    known = values_of(points)
    return min(known, default=0.0), max(known, default=0.0)


class _Canvas(Struct, frozen=True):
    """An empty drawing: its range of values and places of periods."""

    low: float
    high: float
    across: Sequence[float]  # from the left, in pixels

    def place(self, number: int, value: float) -> tuple[float, float]:
        """Return the place of a period's value from the upper left."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.across[number], 1), round(
            SPARK_HEIGHT - _EDGE - share * (SPARK_HEIGHT - 2 * _EDGE), 1
        )

    def path(self, *corners: tuple[int, float | None]) -> str:
        """Return the path through values of periods."""
        ends = [self.place(number, value) for number, value in corners if value is not None]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in ends)

    def band(self, first: int, one: ChartPoint, two: ChartPoint) -> str:
        """Return the uncertainty's path between two points; empty without."""
        if None in (one.low, two.low, two.high, one.high):
            return ""
        last = first + 1
        return self.path((first, one.low), (last, two.low), (last, two.high), (first, one.high)) + "z"


def sparkline(time: TimeAxis, points: Sequence[ChartPoint], ends: Ends | None = None) -> Sparkline:
    """Lay out a small line over periods, with gaps at breaks.

    Lines that stand together share `ends`. Without them the height holds the line and its band, so that
    chance looks no larger than it is.
    """
    low, high = ends or reach_of(points)
    inside = Scale(FIRST, LAST, 1.0, first=_EDGE, last=SPARK_WIDTH - _EDGE)
    canvas = _Canvas(low, high, [*map(inside.place, time.places)])
    pieces: list[str] = []
    bands: list[str] = []
    joined: set[int] = set()
    known = {number: point.value for number, point in enumerate(points) if point.value is not None}
    for number, (one, two) in enumerate(pairwise(points)):
        if not {number, number + 1} <= known.keys() or time.periods[number + 1] in time.breaks:
            continue
        joined |= {number, number + 1}
        pieces.append(canvas.path((number, one.value), (number + 1, two.value)))
        bands.append(canvas.band(number, one, two))
    places = {number: canvas.place(number, value) for number, value in known.items()}
    dots = tuple(at for number, at in places.items() if number not in joined)
    last = next(reversed(places.values()), None)
    return Sparkline("".join(bands), "".join(pieces), dots, last)
