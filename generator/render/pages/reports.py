"""The index of reports: every indicator with the town's figure, the ways to compare, the profiles; else what there is instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.model.cells import Verdict
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.place_names import named
from generator.render.directory.record_lines import space_lines
from generator.render.figures.text import period_text, value_words
from generator.render.figures.topics import by_situation, situation_name
from generator.render.pages.who import served_spaces
from generator.render.written_reports.archive import shown as shown_editions


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page; a hand-written one takes its place."""
    del site, facts
    return ("",)


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("reports", key)
    shown = [*context.facts.roots, *served_spaces(context)]
    profiles = dict.fromkeys(name for name in shown if _has_figures(context, name))
    body = context.render(
        "reports.html",
        path,
        profiles=space_lines(context, profiles),
        measured={space for series in context.facts.series.values() for space in series.spaces},
        groups=_groups(context),
        editions=[editions[-1] for editions in shown_editions(context.site).values()],
        town=next(
            (named(context, item.benchmark) for item in context.facts.series.values() if item.benchmark), ""
        ),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Berichte"),
        description=_("Zahlen und Berichte zu den Sozialräumen."),
        body=context.explain(path, body),
    )


def _has_figures(context: Context, space: str) -> bool:
    """Tell whether an area has figures of its own or cells of an indicator."""
    series = context.facts.series.values()
    return bool(context.site.spaces[space].figures) or any(space in item.spaces for item in series)


def _groups(context: Context) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Return the indicators by life situation, each with the town's latest figure and its change in a word."""
    _ = context.texts.gettext
    words = {
        Verdict.HIGHER: _("gestiegen seit {period}"),
        Verdict.LOWER: _("gesunken seit {period}"),
        Verdict.SIMILAR: _("Veränderung seit {period} kann Zufall sein"),
    }
    found = []
    for situation, keys in by_situation(context).items():
        rows = []
        for key in keys:
            indicator, series = context.site.indicators[key], context.facts.series[key]
            change = series.changes.get((series.benchmark, series.latest, series.whole))
            pattern = words.get(Verdict(change.verdict), "") if change is not None else ""
            since = (
                pattern.format(period=period_text(context.texts, change.since)) if change is not None else ""
            )
            rows.append(
                {
                    "id": key,
                    "indicator": indicator,
                    "value": value_words(context, indicator, series.cell(series.benchmark, series.latest)),
                    "period": period_text(context.texts, series.latest),
                    "since": since,
                }
            )
        found.append((situation, situation_name(context, situation), rows))
    return found
