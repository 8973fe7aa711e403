"""Charts as inline SVG, each with a title, a description and a table beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.render.base.view import MacroCall
from generator.render.figures.charts.bars import (
    Bars,
    Benchmark,
    ChartCaption,
    ChartPoint,
    Gauge,
    Scale,
    Spine,
    bars,
    intervals,
    scale_for,
    spine,
)
from generator.render.figures.charts.series_line import (
    ChartLine,
    Ends,
    SeriesLine,
    Sparkline,
    TimeAxis,
    reach_of,
    series_line,
    sparkline,
)
from generator.render.figures.charts.timeline import (
    Agenda,
    Timeline,
    TimelineItem,
    TimelineSign,
    agenda,
    timeline,
)


class ChartContent(Struct, frozen=True):
    """A line of points for each area, in order of periods.

    `write` writes the axis numbers; a `benchmark` is there where all is of one period.
    """

    caption: ChartCaption
    lines: Sequence[ChartLine]
    time: TimeAxis
    write: Callable[[float], str]
    benchmark: Benchmark | None = None


class ChartKind(Struct, frozen=True):
    """A chart's layout, and whether it shows all periods or the latest."""

    lay_out: Callable[[ChartContent], MacroCall]  # makes the drawing
    over_time: bool = False


def _draw_bars(content: ChartContent) -> Bars:
    points = [replace(line.points[-1], label=line.name, kind=line.kind) for line in content.lines]
    return bars(content.caption, points, content.write, benchmark=content.benchmark)


def _draw_series_line(content: ChartContent) -> SeriesLine:
    return series_line(content.caption, content.time, content.lines, content.write)


CHARTS: Mapping[str, ChartKind] = {
    "bars": ChartKind(_draw_bars),
    "line": ChartKind(_draw_series_line, over_time=True),
}

__all__ = [
    "CHARTS",
    "Agenda",
    "Bars",
    "Benchmark",
    "ChartCaption",
    "ChartContent",
    "ChartKind",
    "ChartLine",
    "ChartPoint",
    "Ends",
    "Gauge",
    "Scale",
    "SeriesLine",
    "Sparkline",
    "Spine",
    "TimeAxis",
    "Timeline",
    "TimelineItem",
    "TimelineSign",
    "agenda",
    "bars",
    "intervals",
    "reach_of",
    "scale_for",
    "series_line",
    "sparkline",
    "spine",
    "timeline",
]
