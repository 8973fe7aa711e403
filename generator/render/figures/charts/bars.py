"""Place values along an axis, and lay out bars and dots with intervals."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from generator.render.base.view import MacroCall

PARTS = 4
"""Into so many steps an axis is divided, about."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # round steps between powers of ten


def nice_step(span: float, parts: int) -> float:
    """Return the smallest step of 1, 2, 2.5 or 5 × 10ⁿ that covers a span in `parts`.

    >>> nice_step(31.2, 4), nice_step(0.9, 3)
    (10.0, 0.5)
    """
    if span < 1e-9:
        return 1.0
    raw = span / parts
    power = 10.0 ** math.floor(math.log10(raw))
    return next((step * power for step in _STEPS if step * power >= raw * (1 - 1e-9)), 10 * power)


def percent(value: float) -> str:
    """Write a percentage for CSS, with two decimals at most.

    >>> percent(12.5), percent(0), percent(33.3333)
    ('12.5%', '0%', '33.33%')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


Span = tuple[str, str]
"""Where something along an axis begins, and how wide it is or where it ends, as written into the drawing."""


class Scale(Struct, frozen=True):
    """An axis from `low` to `high`, drawn from `first` to `last` percent."""

    low: float
    high: float
    step: float  # from tick to tick
    mirrored: bool = False  # for right-to-left writing
    first: float = 0.0
    last: float = 100.0

    def place(self, value: float) -> float:
        """Return a value's place in percent, kept within the axis."""
        span = self.high - self.low
        share = min(1.0, max(0.0, (value - self.low) / span)) if span else 0.0
        at = self.first + share * (self.last - self.first)
        return 100.0 - at if self.mirrored else at

    def at(self, value: float) -> str:
        """Return where a value stands, as written into the drawing."""
        return percent(self.place(value))

    def span(self, one: float, other: float) -> Span:
        """Return start and width of what lies between two values."""
        left, right = sorted((self.place(one), self.place(other)))
        return percent(left), percent(right - left)

    @property
    def ticks(self) -> Sequence[float]:
        """The round values along the axis, its ends included."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + number * self.step, 10) for number in range(count + 1)]


def scale_for(values: Iterable[float | None], *, mirrored: bool = False) -> Scale:
    """Return a scale with round ends that holds all values and zero."""
    known = [0.0, *(float(value) for value in values if value is not None)]
    low, high = min(known), max(known)
    if low == high:
        # Nothing to show, or only zeros: a step beyond the end, so that no other number stands beside withheld ones.
        return Scale(0.0, 1.0, 2.0, mirrored)
    step = nice_step(high - low, PARTS)
    low = math.floor(round(low / step, 9)) * step
    high = max(math.ceil(round(high / step, 9)) * step, low + step)
    return Scale(low, high, step, mirrored)


class ChartPoint(Struct, frozen=True):
    """A figure to draw, written as `text`; without value the sign for why.

    `label` is the area or period; `kind` is "" (the series), "other" (grey) or "here" (the page's area).
    `low` and `high` bound the interval, `before` is the earlier value.
    """

    label: str
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: str = ""
    forecast: bool = False  # drawn apart
    before: float | None = None

    @property
    def values(self) -> Sequence[float | None]:
        """Everything that must fit on the axis."""
        return (self.value, self.low, self.high, self.before)


def values_of(points: Iterable[ChartPoint]) -> list[float]:
    """Return all numbers of points that must fit on their axis."""
    found: list[float] = []
    for point in points:
        found += [value for value in point.values if value is not None]
    return found


class ChartCaption(Struct, frozen=True):
    """A chart's id (unique on its page), title and description."""

    id: str
    title: str
    description: str
    unit: str = ""


class Benchmark(Struct, frozen=True):
    """What the figures are compared with, also in words."""

    value: float
    label: str  # „Stadt 31,2“


class Tick(Struct, frozen=True):
    """A mark along an axis."""

    at: str  # in percent
    text: str
    anchor: str = "middle"  # where its text stands: start, middle or end
    zero: bool = False  # drawn stronger


ROW = 46  # pixels of a row with one line of words
LINE = 19
"""Pixels that each further line of words takes."""
LETTERS = 31
"""So many letters of a name and its figure have room beside each other on a phone of 360 px."""
TOP = 26  # pixels above the rows, for words over the drawing
FOOT = 24  # and below them, for the axis
MOST = 40
"""More rows than this nobody compares by eye; then the map and the table have to do."""

Write = Callable[[float], str]  # how a number on the axis is written
Lines = Sequence[tuple[int, str]]
"""Lines of words, each with its height in pixels."""


class BarRow(Struct, frozen=True):
    """A bar: heights in pixels, lengths in percent, its name in lines."""

    point: ChartPoint
    words: Lines
    figure: int  # the height of its number
    middle: int  # the height of the bar's middle
    bar: Span | None
    dot: str  # where the value stands; empty for none
    interval: Span | None  # where it begins and ends
    before: str  # where the earlier value stands; empty for none


class Bars(MacroCall, frozen=True):
    """A finished bar chart; `mark` is "bar" or "dot"."""

    template = "charts/bars.html"
    macro = "bars"

    frame: ChartCaption
    mark: str
    height: int  # of the drawing, in pixels
    rows: Sequence[BarRow]
    ticks: Sequence[Tick]
    top: int  # where lines across begin
    bottom: int  # and end
    benchmark: Tick | None
    start: str  # where names begin: at the right in right-to-left


def bars(
    frame: ChartCaption,
    points: Sequence[ChartPoint],
    write: Write,
    *,
    benchmark: Benchmark | None = None,
    mirrored: bool = False,
    mark: str = "bar",
) -> Bars:
    """Lay out bars from zero."""
    values = values_of(points)
    if benchmark is not None:
        values.append(benchmark.value)
    axis = scale_for(values, mirrored=mirrored)
    top = TOP if benchmark is not None else 4
    rows = tuple(_lay_out_bar_rows(axis, points, top))
    bottom = rows[-1].middle + ROW - MIDDLE if rows else top
    return Bars(
        frame=frame,
        mark=mark,
        height=bottom + FOOT,
        rows=rows,
        ticks=[tick_at(axis, value, write(value)) for value in axis.ticks],
        top=top,
        bottom=bottom,
        benchmark=tick_at(axis, benchmark.value, benchmark.label) if benchmark is not None else None,
        start="100%" if axis.mirrored else "0%",
    )


def intervals(
    frame: ChartCaption,
    points: Sequence[ChartPoint],
    write: Write,
    *,
    benchmark: Benchmark | None = None,
    mirrored: bool = False,
) -> Bars:
    """Lay out dots with intervals, for parts and comparisons, where bars say too much."""
    return bars(frame, points, write, benchmark=benchmark, mirrored=mirrored, mark="dot")


WORDS, MIDDLE = 17, 31
"""Of a row's 46 px: where its last words stand, and the middle of its bar."""


def _lay_out_bar_rows(axis: Scale, points: Sequence[ChartPoint], top: int) -> Iterator[BarRow]:
    """Yield rows one below the other; a figure without room beside its name gets a line of its own."""
    for point in points:
        words = name_lines(point.label, top)
        beside = len(words[-1][1]) + len(point.text) + 1 <= LETTERS
        figure = words[-1][0] + (0 if beside else LINE)
        top = figure - WORDS
        yield _lay_out_bar_row(axis, point, top, words)
        top += ROW


def name_lines(name: str, top: int) -> Lines:
    """Break a name for phones; each line with its height from `top`."""
    lines = textwrap.wrap(name, LETTERS, break_long_words=False) or [""]
    return [(top + WORDS + LINE * number, line) for number, line in enumerate(lines)]


def _lay_out_bar_row(axis: Scale, point: ChartPoint, top: int, words: Lines) -> BarRow:
    """Lay out a row whose bar begins at `top`, beside the last line of words."""
    interval = axis.span(point.low, point.high) if point.low is not None and point.high is not None else None
    return BarRow(
        point=point,
        words=words,
        figure=top + WORDS,
        middle=top + MIDDLE,
        bar=axis.span(max(0.0, axis.low), point.value) if point.value is not None else None,
        dot=axis.at(point.value) if point.value is not None else "",
        interval=(interval[0], _find_end_of_span(interval)) if interval is not None else None,
        before=axis.at(point.before) if point.before is not None else "",
    )


def _find_end_of_span(span: Span) -> str:
    return f"{float(span[0][:-1]) + float(span[1][:-1]):.2f}%"


def tick_at(axis: Scale, value: float, text: str) -> Tick:
    """Return a value's tick, its text kept inside the drawing."""
    place = axis.place(value)
    # Near an edge a text in the middle would be cut off; start and end turn round with the direction of writing.
    if place < 15:
        anchor = "end" if axis.mirrored else "start"
    elif place > 85:
        anchor = "start" if axis.mirrored else "end"
    else:
        anchor = "middle"
    return Tick(axis.at(value), text, anchor, value == 0)


class Spine(MacroCall, frozen=True):
    """A row in percent: range, middle half, interval, marks."""

    template = "charts/cells.html"
    macro = "spine"

    range: Span
    middle: Span | None  # where half of the areas are; None for few
    interval: Span | None
    here: str  # where the area's figure stands; empty for none
    region: str  # where that of the area around stands
    differs: bool  # beyond chance from the town, which stands in the middle


def spine(
    point: ChartPoint,
    town: float,
    others: Sequence[float],
    *,
    region: float | None = None,
    differs: bool = False,
    mirrored: bool = False,
) -> Spine:
    """Lay out a row; `others` are the level's known values, `point` included."""
    ends = [*others, *values_of([point])]
    if region is not None:
        ends.append(region)
    reach = max((abs(end - town) for end in ends), default=0.0) or 1.0
    axis = Scale(town - reach, town + reach, reach, mirrored, 3.0, 97.0)  # marks at an end need the rest
    ordered = sorted(others) or [town]
    return Spine(
        range=_place_range_on_axis(axis, ordered[0], ordered[-1]),
        middle=_place_range_on_axis(axis, _quantile(ordered, 0.25), _quantile(ordered, 0.75))
        if len(ordered) > 3
        else None,
        interval=_place_range_on_axis(axis, point.low, point.high)
        if point.low is not None and point.high is not None
        else None,
        here=_mark(axis, point.value),
        region=_mark(axis, region),
        differs=differs,
    )


def _mark(axis: Scale, value: float | None) -> str:
    """Return where a value stands; nothing where there is none."""
    return "" if value is None else axis.at(value)


def _place_range_on_axis(axis: Scale, low: float, high: float) -> Span:
    return axis.at(low), axis.at(high)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile (type 7 of Hyndman and Fan, as in R and numpy)."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


class Gauge(MacroCall, frozen=True):
    """A bar, its interval and the benchmark, in percent."""

    template = "charts/cells.html"
    macro = "gauge"

    bar: Span
    interval: Span | None
    benchmark: str
