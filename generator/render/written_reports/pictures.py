"""Numbered charts and maps of a report: figures from the here in, SVG with caption, source and the same numbers as a table out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.model.cells import Cell, Series
from generator.model.indicator import Indicator
from generator.render import maps
from generator.render.base.macros import TableContent
from generator.render.base.pattern import pattern
from generator.render.base.place_names import named
from generator.render.base.view import MacroCall
from generator.render.components.calls import CallSite, UnknownId, known
from generator.render.figures.charts import (
    CHARTS,
    Benchmark,
    ChartCaption,
    ChartContent,
    ChartKind,
    ChartLine,
    ChartPoint,
    TimeAxis,
)
from generator.render.figures.figure_texts import period_text, unit_text, value_text
from generator.render.figures.points import figure_point
from generator.render.figures.sentences import cell_sentence
from generator.render.written_reports.edition_call_site import EditionCallSite, in_edition
from generator.render.written_reports.figure_tables import rows_of_areas, signs_in


@dataclass(frozen=True, slots=True)
class NumberedPictureView(MacroCall):
    """A numbered chart or map of a report, with the same numbers as a table, its sources and the signs in it."""

    template = "editions/parts.html"
    macro = "numbered_picture"

    number: int
    title: str
    drawing: Markup
    content: TableContent
    sources: Sequence[int]
    signs: Sequence[str]


def chart(
    place: CallSite,
    indicator: str,
    kind: str = "bars",
    spaces: str | None = None,
    level: str | None = None,
    within: str | None = None,
    period: object = None,
    caption: str | None = None,
    label: str | None = None,
) -> Markup:
    """Draw areas by a kind of `CHARTS`: as `bars` of one period with the town as a line across, or as a `line` over periods."""
    here = in_edition(place)
    drawn_as: ChartKind = known("kind", kind, CHARTS)
    definition, series = here.indicator(indicator), here.series(indicator)
    areas = here.spaces(spaces, level, within, series)
    if not areas:
        raise UnknownId("level", level or "", list(series.spaces))
    over_time = drawn_as.over_time
    periods = here.periods(series, "all" if period is None and over_time else period)
    shown = periods if over_time else periods[-1:]
    number = here.number("abbildung")
    title = caption or _caption(here, definition, periods)
    first = here.cell(indicator, areas[0], periods[-1])
    frame = ChartCaption(
        f"abbildung-{number}-bild",
        title,
        cell_sentence(here.context, definition, first, areas[0]),
        unit_text(here.context, definition),
    )
    content = _content(here, definition, series, areas, shown, frame)
    if over_time:
        drawing = here.context.call(drawn_as.lay_out(content)) + _broken(here, definition, shown)
    else:
        beside = _benchmark(here, definition, series, areas, shown[0])
        drawing = here.context.call(drawn_as.lay_out(replace(content, benchmark=beside)))
    rows = rows_of_areas(here, [indicator], areas, ",".join(shown))
    here.label(label, "abbildung", number)
    return _numbered(here, indicator, number, title, drawing, rows)


def _content(
    here: EditionCallSite,
    indicator: Indicator,
    series: Series,
    areas: Sequence[str],
    periods: Sequence[str],
    frame: ChartCaption,
) -> ChartContent:
    texts = here.context.texts
    names = {when: period_text(texts, when) for when in periods}
    roles = {series.benchmark: "other"}
    if here.edition is not None:
        roles[here.edition.head.space or ""] = "here"
    lines = []
    for area in areas:
        name = named(here.context, area)
        points = [
            _point(here, indicator, here.cell(indicator.id, area, when), names[when]) for when in periods
        ]
        lines.append(ChartLine(name, points, roles.get(area, "")))

    def write(value: float) -> str:
        return texts.number(round(value, 6))

    breaks = {item.period: item.note for item in indicator.breaks}
    return ChartContent(frame, lines, TimeAxis(periods, names, breaks), write)


def _benchmark(
    here: EditionCallSite, indicator: Indicator, series: Series, areas: Sequence[str], period: str
) -> Benchmark | None:
    """Return the town's figure to compare with, where it isn't drawn among the areas."""
    town = here.cell(indicator.id, series.benchmark, period) if series.benchmark else None
    if town is None or town.value is None or series.benchmark in areas:
        return None
    words = f"{named(here.context, series.benchmark)} {value_text(here.context, indicator, town)}"
    return Benchmark(float(town.value), words)


def _broken(here: EditionCallSite, indicator: Indicator, periods: Sequence[str]) -> Markup:
    """Say in words where the counting changed."""
    texts = here.context.texts
    words = texts.gettext("Ab {period} wird anders gezählt: {note}")
    return Markup().join(
        pattern('<p class="nr-small">{}</p>').format(
            words.format(period=period_text(texts, item.period), note=item.note)
        )
        for item in indicator.breaks
        if item.period in periods[1:]
    )


def choropleth(
    place: CallSite,
    indicator: str,
    level: str,
    period: object = None,
    caption: str | None = None,
    label: str | None = None,
) -> Markup:
    """Draw a map of all areas of a level in classes of colour, with the classes in words and the numbers as a table."""
    here = in_edition(place)
    definition, series = here.indicator(indicator), here.series(indicator)
    areas = here.spaces(None, level, None, series)
    when = here.period(series, period)
    number = here.number("abbildung")
    for area in areas:
        here.cell(indicator, area, when)
        if area in here.context.site.shapes:
            here.used.shapes[area] = None
    drawing = maps.choropleth(here.context, here.path, indicator, when, level)
    if not drawing:
        raise UnknownId("level", level, [here.context.site.spaces[space].level for space in series.spaces])
    content = rows_of_areas(here, [indicator], areas, when)
    title = caption or _caption(here, definition, (when,))
    here.label(label, "abbildung", number)
    return _numbered(here, indicator, number, title, drawing, content)


def _numbered(
    here: EditionCallSite,
    indicator: str,
    number: int,
    title: str,
    drawing: Markup,
    content: TableContent,
) -> Markup:
    view = NumberedPictureView(
        number=number,
        title=title,
        drawing=drawing,
        content=content,
        sources=(here.source_number(indicator),),
        signs=signs_in(here, content),
    )
    return here.context.call(view)


def _caption(here: EditionCallSite, indicator: Indicator, periods: Sequence[str]) -> str:
    texts = here.context.texts
    names = [period_text(texts, when) for when in periods]
    span = names[0]
    if len(names) > 1:
        span = texts.gettext("{first} bis {last}").format(first=names[0], last=names[-1])
    unit = unit_text(here.context, indicator)
    title = here.title(indicator.id)
    return f"{title}, {span}" + (f" ({unit})" if unit else "")


def _point(here: EditionCallSite, indicator: Indicator, cell: Cell | None, label: str) -> ChartPoint:
    if cell is None:
        return ChartPoint(label, value_text(here.context, indicator, cell))
    return figure_point(here.context, indicator, cell, label, titled=False)
