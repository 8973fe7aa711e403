"""A laid-out chart in, its inline SVG out: macros of `templates/charts/`, looks from `assets/css/reports.css`."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.figures.charts.bars import Bars
from generator.render.figures.charts.series_line import SeriesLine
from generator.render.figures.charts.sparkline import Sparkline
from generator.render.figures.charts.spine import Spine

_MACROS: dict[type, tuple[str, str]] = {
    Bars: ("bars.html", "bars"),
    SeriesLine: ("series_line.html", "series_line"),
    Spine: ("cells.html", "spine"),
    Sparkline: ("cells.html", "sparkline"),
}


def draw(context: Context, chart: Bars | SeriesLine | Spine | Sparkline) -> Markup:
    """Draw a chart in the context's language."""
    template, name = _MACROS[type(chart)]
    return _macro(context, template, name)(chart)


def gauge(context: Context, bar: tuple[str, str], interval: tuple[str, str] | None, benchmark: str) -> Markup:
    """Draw the small bar of a table's cell: start and width, interval, benchmark; the words beside it say the same."""
    return _macro(context, "cells.html", "gauge")(bar, interval, benchmark)


def _macro(context: Context, template: str, name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(
        context.environment.get_template(f"charts/{template}").module, name
    )
    return macro
