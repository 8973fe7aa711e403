"""Numbered charts and maps of a report: figures from the desk in, SVG with caption, source and the same numbers as a table out."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.model.cells import Cell, Series
from generator.model.indicator import Indicator
from generator.render import maps
from generator.render.base.place_names import named
from generator.render.components.calls import Place, UnknownId, known
from generator.render.figures.charts import Benchmark, Frame, Line, Point, bars, draw, series_line
from generator.render.figures.points import figure_point
from generator.render.figures.sentences import cell_sentence
from generator.render.figures.text import period_text, unit_text, value_text
from generator.render.written_reports.figure_tables import Columns, Rows, rows_of_areas, signs_in
from generator.render.written_reports.sources_read import Desk


def chart(
    place: Place,
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
    desk = _desk(place)
    known("kind", kind, {"bars": True, "line": True})
    definition, series = desk.indicator(indicator), desk.series(indicator)
    areas = desk.spaces(spaces, level, within, series)
    if not areas:
        raise UnknownId("level", level or "", list(series.spaces))
    periods = desk.periods(series, period if period is not None or kind == "bars" else "all")
    number = desk.number("abbildung")
    title = caption or _caption(desk, definition, periods)
    first = desk.cell(indicator, areas[0], periods[-1])
    frame = Frame(
        f"abbildung-{number}-bild",
        title,
        cell_sentence(desk.context, definition, first, areas[0]),
        unit_text(desk.context, definition),
    )
    if kind == "bars":
        drawing = _bars(desk, definition, series, areas, periods[-1], frame)
        columns, rows = rows_of_areas(desk, [indicator], areas, periods[-1])
    else:
        drawing = _lines(desk, definition, series, areas, periods, frame)
        columns, rows = rows_of_areas(desk, [indicator], areas, ",".join(periods))
    return _numbered(desk, indicator, number, title, drawing, columns, rows, label)


def _bars(
    desk: Desk, indicator: Indicator, series: Series, areas: Sequence[str], period: str, frame: Frame
) -> Markup:
    own = desk.edition.head.space if desk.edition is not None else None
    points = []
    for area in areas:
        kind = "here" if area == own else "other" if area == series.benchmark else ""
        points.append(
            _point(desk, indicator, desk.cell(indicator.id, area, period), named(desk.context, area), kind)
        )
    town = desk.cell(indicator.id, series.benchmark, period) if series.benchmark else None
    line = None
    if town is not None and town.value is not None and series.benchmark not in areas:
        words = f"{named(desk.context, series.benchmark)} {value_text(desk.context, indicator, town)}"
        line = Benchmark(float(town.value), words)

    def write(value: float) -> str:
        return _short(desk, value)

    return draw(desk.context, bars(frame, points, write, benchmark=line))


def _lines(
    desk: Desk,
    indicator: Indicator,
    series: Series,
    areas: Sequence[str],
    periods: Sequence[str],
    frame: Frame,
) -> Markup:
    texts = desk.context.texts
    own = desk.edition.head.space if desk.edition is not None else None
    lines = [
        Line(
            named(desk.context, area),
            tuple(
                _point(desk, indicator, desk.cell(indicator.id, area, when), period_text(texts, when))
                for when in periods
            ),
            "here" if area == own else "other" if area == series.benchmark else "",
        )
        for area in areas
    ]

    def write(value: float) -> str:
        return _short(desk, value)

    chart = series_line(
        frame,
        periods,
        lines,
        write,
        breaks={item.period: item.note for item in indicator.breaks},
        names={when: period_text(texts, when) for when in periods},
    )
    drawing = draw(desk.context, chart)
    broken = [item for item in indicator.breaks if item.period in periods[1:]]
    for item in broken:
        words = texts.gettext("Ab {period} wird anders gezählt: {note}")
        drawing += Markup('<p class="nr-small">{}</p>').format(
            words.format(period=period_text(texts, item.period), note=item.note)
        )
    return drawing


def choropleth(
    place: Place,
    indicator: str,
    level: str,
    period: object = None,
    caption: str | None = None,
    label: str | None = None,
) -> Markup:
    """Draw a map of all areas of a level in classes of colour, with the classes in words and the numbers as a table."""
    desk = _desk(place)
    definition, series = desk.indicator(indicator), desk.series(indicator)
    areas = desk.spaces(None, level, None, series)
    when = desk.period(series, period)
    number = desk.number("abbildung")
    for area in areas:
        desk.cell(indicator, area, when)
        if area in desk.context.site.shapes:
            desk.used.shapes[area] = None
    drawing = maps.choropleth(desk.context, desk.path, indicator, when, level)
    if not drawing:
        raise UnknownId("level", level, [desk.context.site.spaces[space].level for space in series.spaces])
    columns, rows = rows_of_areas(desk, [indicator], areas, when)
    title = caption or _caption(desk, definition, (when,))
    return _numbered(desk, indicator, number, title, drawing, columns, rows, label)


def _numbered(
    desk: Desk,
    indicator: str,
    number: int,
    title: str,
    drawing: Markup,
    columns: Columns,
    rows: Rows,
    label: str | None,
) -> Markup:
    desk.label(label, "abbildung", number)
    return desk.context.render(
        "editions/picture.html",
        desk.path,
        number=number,
        title=title,
        drawing=drawing,
        columns=columns,
        rows=rows,
        sources=[desk.source_number(indicator)],
        signs=signs_in(desk, rows),
    )


def _caption(desk: Desk, indicator: Indicator, periods: Sequence[str]) -> str:
    texts = desk.context.texts
    names = [period_text(texts, when) for when in periods]
    span = (
        names[0]
        if len(names) == 1
        else texts.gettext("{first} bis {last}").format(first=names[0], last=names[-1])
    )
    unit = unit_text(desk.context, indicator)
    title = desk.title(indicator.id)
    return f"{title}, {span}" + (f" ({unit})" if unit else "")


def _point(desk: Desk, indicator: Indicator, cell: Cell | None, label: str, kind: str = "") -> Point:
    if cell is None:
        return Point(label, value_text(desk.context, indicator, cell), kind=kind)
    return figure_point(desk.context, indicator, cell, label, kind, titled=False)


def _short(desk: Desk, value: float) -> str:
    return desk.context.texts.number(round(value, 6))


def _desk(place: Place) -> Desk:
    if not isinstance(place, Desk):
        raise TypeError("components of reports need a desk")
    return place
