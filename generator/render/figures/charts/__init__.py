"""Charts as inline SVG: laid out here in percent and pixels, drawn by macros (`Context.call`), coloured by classes.

Every chart has a title and a description, direct labels, zero, its intervals, and the same numbers as a table beside it.
"""

from generator.render.figures.charts.agenda import Agenda, agenda
from generator.render.figures.charts.bars import Bars, bars, intervals
from generator.render.figures.charts.chart_parts import Benchmark, ChartCaption, ChartPoint
from generator.render.figures.charts.effects import Effects, EffectsRound, effects
from generator.render.figures.charts.gauge import Gauge
from generator.render.figures.charts.matrix import Matrix, matrix
from generator.render.figures.charts.scale import Scale, scale_for
from generator.render.figures.charts.series_line import ChartLine, SeriesLine, TimeAxis, series_line
from generator.render.figures.charts.sparkline import Ends, Sparkline, reach_of, sparkline
from generator.render.figures.charts.spine import Spine, spine
from generator.render.figures.charts.timeline import Timeline, TimelineItem, TimelineSign, timeline

__all__ = [
    "Agenda",
    "Bars",
    "Benchmark",
    "ChartCaption",
    "ChartLine",
    "ChartPoint",
    "Effects",
    "EffectsRound",
    "Ends",
    "Gauge",
    "Matrix",
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
    "effects",
    "intervals",
    "matrix",
    "reach_of",
    "scale_for",
    "series_line",
    "sparkline",
    "spine",
    "timeline",
]
