"""The home of reports: what stands out, a tile an indicator, the matrix of areas, what the town does; else what there is instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from generator.model.cells import Verdict
from generator.model.indicator import Indicator
from generator.render.base.area_names import level_name, named
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import Chip, TableContent, View
from generator.render.directory.record_lines import RecordLine, space_lines
from generator.render.figures.areas import has_value
from generator.render.figures.figure_texts import NBSP, period_text, value_words, verdict_word
from generator.render.figures.heat import Heat, comparable, heat, heat_levels
from generator.render.figures.points import small_line
from generator.render.figures.topics import by_area, by_situation, situation_name, town_only
from generator.render.maps import MapArea, small_map, verdict_view
from generator.render.pages import coverage
from generator.render.pages.instruments import Instrument, instruments
from generator.render.pages.standing_out import StandingOut, standing_out
from generator.render.pages.who import served_spaces

ROWS = 24
"""A matrix of more areas than this is for its own page."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An indicator with the town's latest figure and, in words, its change."""

    indicator: Indicator
    value: str
    period: str
    since: str


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator on the home of reports: its figure, the town over the years `span` as a line, and a map of `areas`.

    The map says which areas surely differ from the town; aids and reports to the office have none.
    """

    row: ReportRow
    value: str
    line: Markup
    span: str
    map: Markup
    areas: str


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The indicators of a life situation; those of none have no `situation`."""

    situation: str
    name: str
    rows: Sequence[ReportRow]


@dataclass(frozen=True, slots=True)
class ReportsView(View):
    """The home of reports: ways on, what stands out, indicators, the matrix of areas, what is `recorded` there, instruments, areas with figures.

    Indicators of aids and reports stand `alone`, for the town only. Of the areas those in `measured` have cells of an indicator, the
    others figures of their own.
    """

    template = "reports.html"

    town: str
    doors: Sequence[Chip]
    out: Sequence[StandingOut]
    groups: Sequence[ReportGroup]
    tiles: Sequence[Tile]
    alone: Sequence[Tile]
    matrix: Sequence[Heat]
    covered: str
    recorded: TableContent | None
    instruments: Sequence[Instrument]
    profiles: Sequence[RecordLine]
    measured: frozenset[str]


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.gettext
    path = context.path("reports", key)
    shown = [*context.facts.roots, *served_spaces(context)]
    profiles = dict.fromkeys(name for name in shown if _has_figures(context, name))
    series = context.facts.series.values()
    groups = tuple(report_groups(context))
    rows = list(chain.from_iterable(group.rows for group in groups))
    alone = [row for row in rows if town_only(context, row.indicator)]
    view = ReportsView(
        town=next((named(context, item.benchmark) for item in series if item.benchmark), ""),
        doors=tuple(_doors(context, path, figures=bool(groups))),
        out=standing_out(context, path),
        groups=groups,
        tiles=[_tile(context, row) for row in rows if row not in alone],
        alone=[_tile(context, row) for row in alone],
        matrix=tuple(_matrix(context, path)),
        covered=coverage.completeness(context) if context.exists("coverages") else "",
        recorded=coverage.recorded(context, path) if context.exists("coverages") else None,
        instruments=instruments(context, path),
        profiles=space_lines(context, profiles),
        measured=frozenset(chain.from_iterable(item.spaces for item in series)),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Berichte"),
        description=_("Zahlen und Berichte zu den Sozialräumen."),
        body=context.explain(path, context.render(view, path)),
    )


def _doors(context: Context, path: str, *, figures: bool) -> Iterator[Chip]:
    """Yield the ways on from the page at `path` to what there is; `figures` of indicators stand further down on it."""
    _ = context.gettext
    if figures:
        yield Chip(_("Kennzahlen"), "#kennzahlen")
        yield Chip(_("Gebiete"), context.href(path, "compare"))
    planned = "measures" if context.exists("measures") else "agreements"
    ways = (
        ("coverages", _("Angebote")),
        (planned, _("Vorhaben")),
        ("budgets", _("Geld")),
        ("data", _("Zahlen laden")),
    )
    for kind, name in ways:
        if context.exists(kind):
            yield Chip(name, context.href(path, kind))


def _matrix(context: Context, path: str) -> Iterator[Heat]:
    """Yield the table of the level that says most and isn't too long: rates alone, without those of aids and reports."""
    shown = [key for key in comparable(context) if by_area(context, context.site.indicators[key])]
    short = [level for level in heat_levels(context, shown) if len(level.spaces) <= ROWS]
    for level in short[:1]:
        yield heat(context, path, shown, level)


def _has_figures(context: Context, space: str) -> bool:
    """Tell whether an area has figures of its own or cells of an indicator."""
    series = context.facts.series.values()
    return bool(context.site.spaces[space].figures) or any(space in item.spaces for item in series)


def report_groups(context: Context) -> Iterator[ReportGroup]:
    """Yield the indicators by life situation, each with the town's latest figure and its change in a word."""
    _ = context.gettext
    words = {
        Verdict.HIGHER: _("gestiegen seit {period}"),
        Verdict.LOWER: _("gesunken seit {period}"),
        Verdict.SIMILAR: _("Veränderung seit {period} kann Zufall sein"),
    }
    for situation, keys in by_situation(context).items():
        rows = []
        for key in keys:
            indicator, series = context.site.indicators[key], context.facts.series[key]
            change = series.changes.get((series.benchmark, series.latest, series.whole))
            pattern = words.get(Verdict(change.verdict), "") if change is not None else ""
            since = (
                pattern.format(period=period_text(context.texts, change.since)) if change is not None else ""
            )
            value = value_words(context, indicator, series.cell(series.benchmark, series.latest))
            rows.append(ReportRow(indicator, value, period_text(context.texts, series.latest), since))
        yield ReportGroup(situation, situation_name(context, situation), rows)


def _tile(context: Context, row: ReportRow) -> Tile:
    """Put together what a tile shows of an indicator."""
    indicator, series = row.indicator, context.facts.series[row.indicator.id]
    drawn, areas = Markup(), ""
    view = verdict_view(context, indicator.id) if by_area(context, indicator) else None
    if view is not None:
        drawn, areas = small_map(context, view), _areas_in_short(context, view.areas)
    counted = [period for period in series.periods if period <= series.latest]
    known = [period for period in counted if has_value(series.cell(series.benchmark, period))]
    line, span = Markup(), ""
    if len(known) > 1:
        line = small_line(context, indicator, series, series.benchmark)
        span = f"{period_text(context.texts, known[0])}–{period_text(context.texts, known[-1])}"
    # A number and its unit may stand on two lines: a tile is narrow.
    return Tile(row, row.value.replace(NBSP, " "), line, span, drawn, areas)


def _areas_in_short(context: Context, areas: Sequence[MapArea]) -> str:
    """Name the level of areas, and say where all of them were compared and none surely differs."""
    level = level_name(context, areas[0].id, plural=True)
    if any(area.look != "nr-class--similar" for area in areas):
        return level
    return f"{level}: {verdict_word(context.texts, Verdict.SIMILAR)}"
