"""Turn cells into points of charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from msgspec.structs import replace

from generator.model.cells import VERDICT_MARKS, Cell, Series, shown
from generator.model.indicator import Indicator
from generator.render.base.area_names import named
from generator.render.base.context import Context, Ids
from generator.render.figures.charts import (
    Bars,
    Benchmark,
    ChartCaption,
    ChartLine,
    ChartPoint,
    Ends,
    SeriesLine,
    TimeAxis,
    bars,
    intervals,
    reach_of,
    series_line,
    sparkline,
)
from generator.render.figures.figure_texts import (
    cell_number,
    gap_label,
    interval_text,
    number_text,
    period_text,
    said_of,
    unit_text,
    value_text,
)
from generator.render.figures.levels_and_topics import by_area
from generator.render.figures.sentences import comparison_sentence, verdict_of

AREAS_IN_LINES = 12
"""More small pictures of lines than this no page shows; their numbers stand in the table."""


def point_of(context: Context, indicator: Indicator, cell: Cell | None, label: str) -> ChartPoint:
    """Turn a cell into a point with value and interval, or why none."""
    if cell is None or cell.value is None:
        words = f"{value_text(context, indicator, cell)} {gap_label(context.texts, cell)}"
        return ChartPoint(label, words)
    point = figure_point(context, indicator, cell, label)
    interval = interval_text(context, indicator, cell)
    return replace(point, text=f"{point.text} ({interval})") if interval else point


def figure_point(
    context: Context, indicator: Indicator, cell: Cell, label: str, *, titled: bool = True
) -> ChartPoint:
    """Turn a cell with a figure into a point, numbers written as everywhere.

    `titled` drawings say in their title what was made up, else each figure does.
    """
    figure = shown(cell, indicator.decimals)
    if figure.value is None:
        return ChartPoint(label, value_text(context, indicator, cell))
    low, high = (float(limit) for limit in figure.interval) if figure.interval else (None, None)
    number = number_text(context.texts, indicator, figure.value)
    text = cell_number(context, indicator, cell) if titled else said_of(context.texts, cell, number)
    return ChartPoint(label, text, float(figure.value), low, high, forecast=cell.forecast)


def points_over_time(context: Context, indicator: Indicator, series: Series, space: str) -> list[ChartPoint]:
    """Return an area's figures by period; missing ones have their sign."""
    found = []
    for period in series.periods:
        cell = series.cell(space, period)
        name = period_text(context.texts, period)
        if cell is None:
            found.append(ChartPoint(name, ""))
        else:
            found.append(figure_point(context, indicator, cell, name))
    return found


def _counted_points(context: Context, indicator: Indicator, series: Series, space: str) -> list[ChartPoint]:
    """Return an area's counted figures, without forecasts."""
    return points_over_time(context, indicator, series, space)[: len(_find_observed_periods(series))]


def _find_observed_periods(series: Series) -> list[str]:
    """Return the periods up to the latest observed one."""
    return [period for period in series.periods if period <= series.latest]


def small_line(
    context: Context, indicator: Indicator, series: Series, space: str, ends: Ends | None = None
) -> Markup:
    """Draw an area's counted figures as a small line, on a scale `ends`."""
    points = _counted_points(context, indicator, series, space)
    time = TimeAxis(_find_observed_periods(series), breaks=_breaks(indicator))
    return context.call(sparkline(time, points, ends))


def _breaks(indicator: Indicator) -> dict[str, str]:
    """Return the reasons of breaks by the period after."""
    return {item.period: item.note for item in indicator.breaks}


def ends_of(context: Context, indicator: Indicator, series: Series, spaces: Ids) -> Ends | None:
    """Return the common scale of areas' small lines; None for counts, which grow with area."""
    if indicator.counted:
        return None
    points: list[ChartPoint] = []
    for space in spaces:
        points += _counted_points(context, indicator, series, space)
    known = [point for point in points if point.value is not None]
    return reach_of(known) if known else None


def writer(context: Context, indicator: Indicator) -> Callable[[float], str]:
    """Return how axis numbers are written: without needless digits."""

    def write(value: float) -> str:
        return context.texts.number(round(value, indicator.decimals))

    return write


def area_bars(context: Context, indicator: Indicator, series: Series, spaces: Ids) -> Bars:
    """Lay out areas' latest figures as bars, highest first, town as line."""
    _ = context.gettext
    period = series.latest
    town = series.cell(series.benchmark, period)
    areas = [key for key in spaces if key != series.benchmark]
    points = [_marked(context, indicator, series, key) for key in areas]
    points.sort(key=lambda point: (point.value is None, -(point.value or 0.0), point.label))
    benchmark = None
    if town is not None and town.value is not None and indicator.denominator is not None:
        label = f"{named(context, series.benchmark)} {cell_number(context, indicator, town)}"
        benchmark = Benchmark(float(town.value), label)
    title = f"{context.texts.of(indicator, 'title')}, {period_text(context.texts, period)}"
    known = [point for point in points if point.value is not None]
    description = _("Es gibt keine Zahlen.")
    if known:
        words = _("Oben: {high}. Unten: {low}. Alle Werte stehen in der Tabelle.")
        description = words.format(
            high=f"{known[0].label} {known[0].text}", low=f"{known[-1].label} {known[-1].text}"
        )
    return bars(
        ChartCaption("balken", title, description, unit_text(context, indicator)),
        points,
        writer(context, indicator),
        benchmark=benchmark,
        mirrored=context.texts.dir == "rtl",
    )


def _marked(context: Context, indicator: Indicator, series: Series, space: str) -> ChartPoint:
    """Return an area's point, with ▲ or ▼ where it surely differs."""
    point = point_of(context, indicator, series.now(space), named(context, space))
    mark = VERDICT_MARKS.get(verdict_of(series, space)) if by_area(context, indicator) else None
    return replace(point, text=f"{mark} {point.text}") if mark else point


def part_intervals(
    context: Context,
    indicator: Indicator,
    series: Series,
    space: str,
    parts: Sequence[tuple[str, Cell | None]],
    id: str,
) -> Bars:
    """Lay out a breakdown's parts as dots, the whole as line."""
    whole = series.now(space)
    points = [point_of(context, indicator, cell, name) for name, cell in parts]
    benchmark = None
    if whole is not None and whole.value is not None and indicator.denominator is not None:
        label = context.gettext("alle: {value}").format(value=cell_number(context, indicator, whole))
        benchmark = Benchmark(float(whole.value), label)
    title = f"{context.texts.of(indicator, 'title')}, {named(context, space)}, {period_text(context.texts, series.latest)}"
    description = "; ".join(f"{point.label}: {point.text}" for point in points)
    return intervals(
        ChartCaption(id, title, description, unit_text(context, indicator)),
        points,
        writer(context, indicator),
        benchmark=benchmark,
        mirrored=context.texts.dir == "rtl",
    )


def area_lines(
    context: Context,
    indicator: Indicator,
    series: Series,
    space: str,
    *,
    reach: Sequence[float] = (),
) -> SeriesLine:
    """Lay out an area's figures over time, beside the town's if rates."""
    points = points_over_time(context, indicator, series, space)
    lines = []
    if space != series.benchmark and series.benchmark and indicator.denominator is not None:
        town = points_over_time(context, indicator, series, series.benchmark)
        lines.append(ChartLine(named(context, series.benchmark), tuple(town), "other"))
    lines.append(ChartLine(named(context, space), tuple(points)))
    known = [point for point in points if point.value is not None]
    sentences = ["; ".join(f"{point.label}: {point.text}" for point in known) + "."] if known else []
    sentences.append(
        comparison_sentence(context, indicator, series.comparison(space), series.now(series.benchmark))
    )
    title = f"{context.texts.of(indicator, 'title')}: {named(context, space)}"
    description = " ".join(filter(None, sentences))
    caption = ChartCaption(f"verlauf-{space}", title, description, unit_text(context, indicator))
    names = {period: period_text(context.texts, period) for period in series.periods}
    time = TimeAxis(series.periods, names, _breaks(indicator))
    return series_line(caption, time, lines, writer(context, indicator), reach=reach)
