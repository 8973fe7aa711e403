"""What a chart shows in, a finished chart out: the kinds that a report may ask for, one function and one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.render.base.view import MacroCall
from generator.render.figures.charts.bars import Bars, bars
from generator.render.figures.charts.chart_parts import Benchmark, ChartCaption
from generator.render.figures.charts.series_line import ChartLine, SeriesLine, TimeAxis, series_line


@dataclass(frozen=True, slots=True)
class ChartContent:
    """Figures to draw: a line for each area, its points in the order of the periods.

    `write` writes the numbers of an axis. A `benchmark` is there where all is of one period.
    """

    caption: ChartCaption
    lines: Sequence[ChartLine]
    time: TimeAxis
    write: Callable[[float], str]
    benchmark: Benchmark | None = None


@dataclass(frozen=True, slots=True)
class ChartKind:
    """How a kind of chart is laid out, and whether it shows all periods when none is named, or the latest."""

    lay_out: Callable[[ChartContent], MacroCall]
    over_time: bool = False


def _bars(content: ChartContent) -> Bars:
    points = [replace(line.points[-1], label=line.name, kind=line.kind) for line in content.lines]
    return bars(content.caption, points, content.write, benchmark=content.benchmark)


def _line(content: ChartContent) -> SeriesLine:
    return series_line(content.caption, content.time, content.lines, content.write)


CHARTS: Mapping[str, ChartKind] = {"bars": ChartKind(_bars), "line": ChartKind(_line, over_time=True)}
