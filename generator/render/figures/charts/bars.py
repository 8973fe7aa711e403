"""Figures of areas or groups in, the geometry of a bar chart or of dots with intervals out.

Each row has its words above its bar, so that long names never push the bars off a phone; what a phone has no room for on
one line stands on several.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.render.base.view import MacroCall
from generator.render.figures.charts.chart_parts import Benchmark, ChartCaption, ChartPoint, Tick, values_of
from generator.render.figures.charts.scale import Scale, scale_for

ROW = 46
LINE = 19
"""Pixels that each further line of words takes."""
LETTERS = 31
"""So many letters of a name and its figure have room beside each other on a phone of 360 px."""
TOP = 26
FOOT = 24
MOST = 40
"""More rows than this nobody compares by eye; then the map and the table have to do."""

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: heights in pixels from the top, everything along the axis in percent; `words` are its name's lines."""

    point: ChartPoint
    words: Sequence[tuple[int, str]]
    figure: int
    middle: int
    bar: tuple[str, str] | None
    dot: str
    interval: tuple[str, str] | None
    before: str


@dataclass(frozen=True, slots=True)
class Bars(MacroCall):
    """A finished bar chart; `mark` is "bar" or "dot"."""

    template = "charts/bars.html"
    macro = "bars"

    frame: ChartCaption
    mark: str
    height: int
    rows: Sequence[BarRow]
    ticks: Sequence[Tick]
    top: int
    bottom: int
    benchmark: Tick | None
    start: str


def bars(
    frame: ChartCaption,
    points: Sequence[ChartPoint],
    write: Write,
    *,
    benchmark: Benchmark | None = None,
    mirrored: bool = False,
    mark: str = "bar",
) -> Bars:
    """Lay out bars from zero; `write` writes the numbers of the axis."""
    values = values_of(points)
    if benchmark is not None:
        values.append(benchmark.value)
    axis = scale_for(values, mirrored=mirrored)
    top = TOP if benchmark is not None else 4
    rows = tuple(_rows(axis, points, top))
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
    """Lay out dots with their intervals: for parts of a whole and for comparisons, where a bar would say too much."""
    return bars(frame, points, write, benchmark=benchmark, mirrored=mirrored, mark="dot")


WORDS, MIDDLE = 17, 31
"""Of a row's 46 px: where its last words stand, and the middle of its bar."""


def _rows(axis: Scale, points: Sequence[ChartPoint], top: int) -> Iterator[BarRow]:
    for point in points:
        words = name_lines(point.label, top)
        beside = len(words[-1][1]) + len(point.text) + 1 <= LETTERS
        figure = words[-1][0] + (0 if beside else LINE)
        top = figure - WORDS
        yield _row(axis, point, top, words)
        top += ROW


def name_lines(name: str, top: int) -> Sequence[tuple[int, str]]:
    """Break a name into lines that a phone has room for, each with its height in pixels, in a row that begins at `top`."""
    lines = textwrap.wrap(name, LETTERS, break_long_words=False) or [""]
    return [(top + WORDS + LINE * number, line) for number, line in enumerate(lines)]


def _row(axis: Scale, point: ChartPoint, top: int, words: Sequence[tuple[int, str]]) -> BarRow:
    """Lay out a row whose figure and bar begin at `top`, below all but the last of its words."""
    interval = axis.span(point.low, point.high) if point.low is not None and point.high is not None else None
    return BarRow(
        point=point,
        words=words,
        figure=top + WORDS,
        middle=top + MIDDLE,
        bar=axis.span(max(0.0, axis.low), point.value) if point.value is not None else None,
        dot=axis.at(point.value) if point.value is not None else "",
        interval=(interval[0], _end(interval)) if interval is not None else None,
        before=axis.at(point.before) if point.before is not None else "",
    )


def _end(span: tuple[str, str]) -> str:
    return f"{float(span[0][:-1]) + float(span[1][:-1]):.2f}%"


def tick_at(axis: Scale, value: float, text: str) -> Tick:
    """Return the mark of a value along an axis, with its text kept inside of the drawing."""
    place = axis.place(value)
    # Near an edge a text in the middle would be cut off; start and end turn round with the direction of writing.
    if place < 15:
        anchor = "end" if axis.mirrored else "start"
    elif place > 85:
        anchor = "start" if axis.mirrored else "end"
    else:
        anchor = "middle"
    return Tick(axis.at(value), text, anchor, value == 0)
