"""Write figures' pictures and report editions' tables for download."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.export.figure_columns import together
from generator.export.figure_files import excel_csv
from generator.model.cells import Series, Status
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.data_files.open_data import source_of
from generator.render.figures.charts.bars import MOST as MOST_BARS
from generator.render.figures.explanation import source_line
from generator.render.figures.figure_texts import period_text, sign_reason
from generator.render.figures.levels_and_topics import main_level, may_be_taken
from generator.render.figures.picture_files import PictureKey, PictureText, picture
from generator.render.figures.points import area_bars, area_lines
from generator.render.figures.sentences import overview as said
from generator.render.maps import MapView, overview
from generator.render.maps.choropleth import (
    REPORT,
    MapClassesView,
    classes_view,
    verdict_view,
    verdicts_view,
)
from generator.render.maps.drawing import draw, svg
from generator.render.written_reports.edition_call_site import figures_path, shown, thawed


def edition_files(context: Context) -> dict[str, bytes]:
    """Return each published edition's figures as one table."""
    if context.site.internal or context.lang != context.site.config.language:
        return {}
    files: dict[str, bytes] = {}
    for editions in shown(context.site).values():
        for edition in editions:
            if edition.frozen is not None and edition.frozen.series:
                source = source_of(thawed(context, edition.frozen))
                files[figures_path(edition)] = excel_csv(together(source))
    return files


class _Shown(Struct, frozen=True):
    """A drawing with its file name and the legend it needs."""

    name: str  # karte, schattierung, gebiete or verlauf
    drawing: Markup
    keys: Sequence[PictureKey] = ()
    method: str = ""  # how its colours were made


def picture_files(context: Context) -> dict[str, bytes]:
    """Return pictures by path, beside their indicator's page."""
    files: dict[str, bytes] = {}
    if context.first_door:
        return files
    for key, series in context.facts.series.items():
        indicator = context.site.indicators[key]
        for one in _draw_shown_pictures(context, indicator, series):
            text = _write_picture_text(context, indicator, series, one)
            files[f"{context.path('report', key)}{one.name}.svg"] = picture(one.drawing, text)
    return files


def _draw_shown_pictures(context: Context, indicator: Indicator, series: Series) -> Iterator[_Shown]:
    if may_be_taken(context, indicator, by_areas=True):
        yield from _of_areas(context, indicator, series)
    if may_be_taken(context, indicator, by_areas=False) and series.benchmark and len(series.periods) > 1:
        lines = area_lines(context, indicator, series, series.benchmark)
        yield _Shown("verlauf", context.call(lines))


def _of_areas(context: Context, indicator: Indicator, series: Series) -> Iterator[_Shown]:
    shades, verdicts = overview(context, REPORT + indicator.id), verdict_view(context, indicator.id)
    if verdicts is not None:
        yield _map(context, "karte", verdicts, verdicts_view(context, indicator.id, verdicts))
    if shades is not None:
        name = "schattierung" if verdicts is not None else "karte"
        yield _map(context, name, shades, classes_view(context, indicator.id))
    level = main_level(context, series)
    bars = area_bars(context, indicator, series, level.spaces if level is not None else series.spaces)
    if 1 < len(bars.rows) <= MOST_BARS:
        yield _Shown("gebiete", context.call(bars))


def _map(context: Context, name: str, view: MapView, classes: MapClassesView) -> _Shown:
    """Draw a map with its legend."""
    drawing = svg(view.id, view.title, view.description, draw(context, view, "", linked=False))
    steps = tuple(PictureKey(str(step.step), step.text) for step in classes.steps)
    signs = tuple(PictureKey(sign.look, sign.text) for sign in classes.signs)
    return _Shown(name, drawing, (*steps, *signs), classes.method)


def _write_picture_text(context: Context, indicator: Indicator, series: Series, shown: _Shown) -> PictureText:
    title = f"{context.texts.of(indicator, 'title')}, {period_text(context.texts, series.latest)}"
    if shown.name == "verlauf":
        title = context.gettext("{title}: {name}").format(
            title=context.texts.of(indicator, "title"),
            name=context.texts.name(context.site.spaces[series.benchmark]),
        )
    return PictureText(
        lang=context.lang,
        rtl=context.texts.dir == "rtl",
        accent=context.site.config.accent,
        title=title,
        lead=" ".join(
            (str(context.texts.of(indicator, "says")), *_sentences(context, indicator, series, shown.name))
        ),
        keys=shown.keys,
        notes=tuple(filter(None, (shown.method, *_notes(context, indicator, series, shown.name)))),
        logo=context.site.logo,
    )


def _sentences(context: Context, indicator: Indicator, series: Series, name: str) -> Sequence[str]:
    """Return the figure, its interval and what is sure, as the page says them; over time the town's alone."""
    level = main_level(context, series, drawn=name != "gebiete")
    spaces = () if name == "verlauf" or level is None else level.spaces
    return said(context, indicator, series, spaces)


def _notes(context: Context, indicator: Indicator, series: Series, name: str) -> Iterator[str]:
    """Write a picture's notes: signs, source, address of its page."""
    _ = context.gettext
    if indicator.fictional:
        yield _("Diese Zahlen sind erfunden, zur Veranschaulichung.")
    yield _("Was hier nicht steht: warum es so ist, wie es einzelnen Menschen geht und ob die Hilfe reicht.")
    if name == "gebiete":
        yield _("Die Reihenfolge ist keine Bewertung.")
    if (
        name in ("gebiete", "verlauf") and indicator.denominator and indicator.interval != "none"
    ):  # maps show none
        yield _("Striche an den Werten: Unsicherheitsbereich.")
    latest = [series.cell(space, series.latest) for space in series.spaces]
    if name == "gebiete" and any(cell is not None and cell.status is Status.SECRET for cell in latest):
        yield f"„{Status.SECRET.value}“: {sign_reason(context.texts, Status.SECRET)}"
    yield f"{_('Quelle:')} {source_line(context, indicator).striptags()}"
    publisher, address = context.site.config.publisher, context.address(context.path("report", indicator.id))
    yield f"{publisher.name}, {address}, {context.texts.date(context.facts.today)}"
