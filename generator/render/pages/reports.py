"""The home of reports: what stands out, a tile an indicator, the matrix of areas, what the town does; else what there is instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.cells import Verdict
from generator.model.edition import Edition
from generator.model.forecast import CohortForecast
from generator.model.indicator import Indicator
from generator.model.sustainability_check import SustainabilityCheck
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.place_names import named
from generator.render.base.view import View
from generator.render.directory.record_lines import RecordLine, space_lines
from generator.render.figures.areas import main_level
from generator.render.figures.figure_texts import period_text, value_words
from generator.render.figures.heat import Heat, comparable, heat, heat_levels
from generator.render.figures.points import small_line
from generator.render.figures.topics import by_situation, situation_name, town_only
from generator.render.maps import small_choropleth
from generator.render.maps.choropleth import MOST
from generator.render.pages import forecast
from generator.render.pages.budget import BudgetLine, budget_lines
from generator.render.pages.evaluation import EvaluationLine, evaluation_lines
from generator.render.pages.standing_out import StandingOut, standing_out
from generator.render.pages.sustainability_check import latest
from generator.render.pages.who import served_spaces
from generator.render.written_reports.archive import shown as shown_editions

ROWS = 24
"""A matrix of more areas than this is for its own page."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An indicator with the town's latest figure and, in words, its change.

    `line` is the town over the years `span`, `map` says which areas of `level` surely differ from it. `alone` tells that
    the indicator is shown for the town alone.
    """

    indicator: Indicator
    value: str
    period: str
    since: str
    line: Markup
    span: str
    map: Markup
    level: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The indicators of a life situation; those of none have no `situation`."""

    situation: str
    name: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class ReportsView(View):
    """The home of reports: what stands out, indicators, the matrix of areas, budgets, how much was `agreed`, measures, evaluations, forecasts, sustainability checks, the newest edition of each written report, areas with figures.

    Of the areas those in `measured` have cells of an indicator, the others figures of their own.
    """

    template = "reports.html"

    town: str
    out: tuple[StandingOut, ...]
    groups: tuple[ReportGroup, ...]
    matrix: tuple[Heat, ...]
    overview: bool
    covered: bool
    measures: bool
    budgets: tuple[BudgetLine, ...]
    agreed: int
    evaluations: tuple[EvaluationLine, ...]
    forecasts: tuple[CohortForecast, ...]
    checks: tuple[SustainabilityCheck, ...]
    editions: tuple[Edition, ...]
    profiles: tuple[RecordLine, ...]
    measured: frozenset[str]


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("reports", key)
    shown = [*context.facts.roots, *served_spaces(context)]
    profiles = dict.fromkeys(name for name in shown if _has_figures(context, name))
    series = context.facts.series.values()
    view = ReportsView(
        town=next((named(context, item.benchmark) for item in series if item.benchmark), ""),
        out=standing_out(context, path),
        groups=tuple(report_groups(context)),
        matrix=tuple(_matrix(context, path)),
        overview=context.exists("overview"),
        covered=context.exists("coverages"),
        measures=context.exists("measures"),
        budgets=budget_lines(context),
        agreed=len(context.site.agreements),
        evaluations=evaluation_lines(context),
        forecasts=tuple(context.site.forecasts[key] for key in forecast.keys(context.site, context.facts)),
        checks=tuple(sorted(context.site.checks.values(), key=latest, reverse=True)),
        editions=tuple(editions[-1] for editions in shown_editions(context.site).values()),
        profiles=space_lines(context, profiles),
        measured=frozenset(space for item in series for space in item.spaces),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Berichte"),
        description=_("Zahlen und Berichte zu den Sozialräumen."),
        body=context.explain(path, context.render(view, path)),
    )


def _matrix(context: Context, path: str) -> Iterator[Heat]:
    """Yield the table of the level that says most and isn't too long: rates alone, without those of aids and reports."""
    indicators = [context.site.indicators[key] for key in comparable(context)]
    shown = [one.id for one in indicators if one.denominator is not None and not town_only(context, one)]
    short = [level for level in heat_levels(context, shown) if len(level.spaces) <= ROWS]
    for level in short[:1]:
        yield heat(context, path, shown, level)


def _has_figures(context: Context, space: str) -> bool:
    """Tell whether an area has figures of its own or cells of an indicator."""
    series = context.facts.series.values()
    return bool(context.site.spaces[space].figures) or any(space in item.spaces for item in series)


def report_groups(context: Context) -> Iterator[ReportGroup]:
    """Yield the indicators by life situation, each with the town's latest figure and its change in a word."""
    _ = context.texts.gettext
    words = {
        Verdict.HIGHER: _("gestiegen seit {period}"),
        Verdict.LOWER: _("gesunken seit {period}"),
        Verdict.SIMILAR: _("Veränderung seit {period} kann Zufall sein"),
    }
    for situation, keys in by_situation(context).items():
        rows = []
        for key in keys:
            series = context.facts.series[key]
            change = series.changes.get((series.benchmark, series.latest, series.whole))
            pattern = words.get(Verdict(change.verdict), "") if change is not None else ""
            since = (
                pattern.format(period=period_text(context.texts, change.since)) if change is not None else ""
            )
            rows.append(_row(context, key, since))
        yield ReportGroup(situation, situation_name(context, situation), tuple(rows))


def _row(context: Context, key: str, since: str) -> ReportRow:
    """Put together what a tile shows of an indicator."""
    indicator, series = context.site.indicators[key], context.facts.series[key]
    alone = town_only(context, indicator)
    level = main_level(context, series, most=MOST)
    drawn = small_choropleth(context, key) if indicator.denominator is not None and not alone else Markup()
    observed = [period for period in series.periods if series.cell(series.benchmark, period) is not None]
    several = len(observed) > 1
    first, last = (period_text(context.texts, observed[at]) for at in (0, -1)) if several else ("", "")
    return ReportRow(
        indicator=indicator,
        value=value_words(context, indicator, series.cell(series.benchmark, series.latest)),
        period=period_text(context.texts, series.latest),
        since=since,
        line=small_line(context, indicator, series, series.benchmark) if several else Markup(),
        span=f"{first}–{last}" if several else "",
        map=drawn,
        level=level.name if drawn and level is not None else "",
        alone=alone,
    )
