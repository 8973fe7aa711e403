"""Numbered charts and maps of a report: figures from the here in, SVG with caption, source and the same numbers as a table out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.cells import Cell, Series
from generator.model.indicator import Indicator
from generator.render import maps
from generator.render.base.macros import TableContent
from generator.render.base.place_names import named
from generator.render.base.view import View
from generator.render.components.calls import CallSite, UnknownId, known
from generator.render.figures.charts import (
    Benchmark,
    ChartCaption,
    ChartLine,
    ChartPoint,
    bars,
    series_line,
)
from generator.render.figures.points import figure_point
from generator.render.figures.sentences import cell_sentence
from generator.render.figures.text import period_text, unit_text, value_text
from generator.render.written_reports.edition_call_site import EditionCallSite, in_edition
from generator.render.written_reports.figure_tables import rows_of_areas, signs_in


@dataclass(frozen=True, slots=True)
class NumberedPictureView(View):
    """A numbered chart or map of a report, with the same numbers as a table, its sources and the signs in it."""

    template = "editions/picture.html"

    number: int
    title: str
    drawing: Markup
    content: TableContent
    sources: tuple[int, ...]
    signs: tuple[str, ...]


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
    """Draw areas as `bars` of one period with the town as a line across, or as a `line` over periods."""
    here = in_edition(place)
    known("kind", kind, {"bars": True, "line": True})
    definition, series = here.indicator(indicator), here.series(indicator)
    areas = here.spaces(spaces, level, within, series)
    if not areas:
        raise UnknownId("level", level or "", list(series.spaces))
    periods = here.periods(series, period if period is not None or kind == "bars" else "all")
    number = here.number("abbildung")
    title = caption or _caption(here, definition, periods)
    first = here.cell(indicator, areas[0], periods[-1])
    frame = ChartCaption(
        f"abbildung-{number}-bild",
        title,
        cell_sentence(here.context, definition, first, areas[0]),
        unit_text(here.context, definition),
    )
    if kind == "bars":
        drawing = _bars(here, definition, series, areas, periods[-1], frame)
        content = rows_of_areas(here, [indicator], areas, periods[-1])
    else:
        drawing = _lines(here, definition, series, areas, periods, frame)
        content = rows_of_areas(here, [indicator], areas, ",".join(periods))
    return _numbered(here, indicator, number, title, drawing, content, label)


def _bars(
    here: EditionCallSite,
    indicator: Indicator,
    series: Series,
    areas: Sequence[str],
    period: str,
    frame: ChartCaption,
) -> Markup:
    own = here.edition.head.space if here.edition is not None else None
    points = []
    for area in areas:
        kind = "here" if area == own else "other" if area == series.benchmark else ""
        points.append(
            _point(here, indicator, here.cell(indicator.id, area, period), named(here.context, area), kind)
        )
    town = here.cell(indicator.id, series.benchmark, period) if series.benchmark else None
    line = None
    if town is not None and town.value is not None and series.benchmark not in areas:
        words = f"{named(here.context, series.benchmark)} {value_text(here.context, indicator, town)}"
        line = Benchmark(float(town.value), words)

    def write(value: float) -> str:
        return _short(here, value)

    return here.context.call(bars(frame, points, write, benchmark=line))


def _lines(
    here: EditionCallSite,
    indicator: Indicator,
    series: Series,
    areas: Sequence[str],
    periods: Sequence[str],
    frame: ChartCaption,
) -> Markup:
    texts = here.context.texts
    own = here.edition.head.space if here.edition is not None else None
    lines = [
        ChartLine(
            named(here.context, area),
            tuple(
                _point(here, indicator, here.cell(indicator.id, area, when), period_text(texts, when))
                for when in periods
            ),
            "here" if area == own else "other" if area == series.benchmark else "",
        )
        for area in areas
    ]

    def write(value: float) -> str:
        return _short(here, value)

    chart = series_line(
        frame,
        periods,
        lines,
        write,
        breaks={item.period: item.note for item in indicator.breaks},
        names={when: period_text(texts, when) for when in periods},
    )
    drawing = here.context.call(chart)
    broken = [item for item in indicator.breaks if item.period in periods[1:]]
    for item in broken:
        words = texts.gettext("Ab {period} wird anders gezählt: {note}")
        drawing += Markup('<p class="nr-small">{}</p>').format(
            words.format(period=period_text(texts, item.period), note=item.note)
        )
    return drawing


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
    return _numbered(here, indicator, number, title, drawing, content, label)


def _numbered(
    here: EditionCallSite,
    indicator: str,
    number: int,
    title: str,
    drawing: Markup,
    content: TableContent,
    label: str | None,
) -> Markup:
    here.label(label, "abbildung", number)
    view = NumberedPictureView(
        number=number,
        title=title,
        drawing=drawing,
        content=content,
        sources=(here.source_number(indicator),),
        signs=signs_in(here, content),
    )
    return here.context.render(view, here.path)


def _caption(here: EditionCallSite, indicator: Indicator, periods: Sequence[str]) -> str:
    texts = here.context.texts
    names = [period_text(texts, when) for when in periods]
    span = (
        names[0]
        if len(names) == 1
        else texts.gettext("{first} bis {last}").format(first=names[0], last=names[-1])
    )
    unit = unit_text(here.context, indicator)
    title = here.title(indicator.id)
    return f"{title}, {span}" + (f" ({unit})" if unit else "")


def _point(
    here: EditionCallSite, indicator: Indicator, cell: Cell | None, label: str, kind: str = ""
) -> ChartPoint:
    if cell is None:
        return ChartPoint(label, value_text(here.context, indicator, cell), kind=kind)
    return figure_point(here.context, indicator, cell, label, kind, titled=False)


def _short(here: EditionCallSite, value: float) -> str:
    return here.context.texts.number(round(value, 6))
