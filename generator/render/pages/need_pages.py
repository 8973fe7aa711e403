"""Make the page of needs, and tables of them for areas and meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from markupsafe import Markup

from generator.model.dates import HalfYear
from generator.model.planning_records import Need
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Page
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent, View
from generator.render.base.wording import ages_text
from generator.render.figures.figure_texts import period_text


class NeedsView(View, frozen=True):
    """All needs (what people said is missing) in tables by area."""

    template = "needs.html"

    tables: Sequence[tuple[str, TableContent]]  # by area's id, at the end "" for those without


def half_years(needs: Iterable[Need]) -> list[HalfYear]:
    """Return every half-year in which something was named, in order."""
    named = chain.from_iterable(need.named for need in needs)
    return sorted({naming.half_year for naming in named}, key=str)  # `2026-1` before `2026-2`


def need_table(context: Context, path: str, ids: Iterable[str]) -> TableContent | None:
    """Return needs as a table, with how often each was named in which half-year; None for none."""
    _ = context.gettext
    needs = [context.site.needs[key] for key in ids]
    if not needs:
        return None
    halves = half_years(needs)
    columns = (
        TableColumn(_("Was fehlt")),
        TableColumn(_("Für wen")),
        *(TableColumn(period_text(context.texts, str(half)), num=True) for half in halves),
        TableColumn(_("Genannt von")),
        TableColumn(_("Stand")),
    )
    return TableContent(columns, [_need_row(context, path, need, halves) for need in needs])


def _need_row(context: Context, path: str, need: Need, halves: list[HalfYear]) -> Sequence[TableCell]:
    sources = dict.fromkeys(_name_source(context, naming.source) for naming in need.named)
    about = [context.texts.name(context.words.topics[topic]) for topic in need.topics]
    if need.ages is not None:
        about.append(ages_text(context.texts, need.ages))
    name = context.translated(need)
    if len(need.spaces) > 1:
        name = pattern("{} ({})").format(name, context.gettext("alle Gebiete zusammen"))
    return (
        TableCell(name),
        TableCell(", ".join(filter(None, about))),
        *(_times_cell(context, need, half) for half in halves),
        TableCell(", ".join(sources)),
        TableCell(_status(context, path, need)),
    )


def times_named(need: Need, half: HalfYear | None) -> int:
    """Return how often a need was named in a half-year."""
    return sum(naming.times for naming in need.named if naming.half_year == half)


def _times_cell(context: Context, need: Need, half: HalfYear) -> TableCell:
    times = times_named(need, half)
    return TableCell(context.texts.number(times), sort=times) if times else NOTHING


def _name_source(context: Context, source: str) -> str:
    _ = context.gettext
    return {"families": _("Familien"), "professionals": _("Fachkräften"), "groups": _("Gruppen")}[source]


def _status(context: Context, path: str, need: Need) -> Markup:
    """Say how a need stands, with links to the offer that answers it and to the measure."""
    _ = context.gettext
    words = {
        "open": _("offen"),
        "planned": _("in Planung"),
        "answered": _("beantwortet"),
        "dropped": _("nicht weiter verfolgt"),
    }
    text = Markup.escape(words[need.status])
    if need.answered_by is not None and need.answered_by in context.site.offers:
        href = context.href(path, "offer", need.answered_by)
        name = context.translated(context.site.offers[need.answered_by])
        text = pattern('{}: <a href="{}">{}</a>').format(text, href, name)
    measures = context.site.records("measures")
    if need.measure is not None and need.measure in measures:
        href = f"{context.href(path, 'measures')}#{need.measure}"
        name = context.translated(measures[need.measure])
        text = pattern('{}; {}: <a href="{}">{}</a>').format(text, _("Maßnahme"), href, name)
    return text


def render_needs(context: Context, key: str) -> Page:
    """Make the page of needs; one of several areas stands with each."""
    _ = context.gettext
    path = context.path("needs", key)
    needs = context.site.needs
    by_space: dict[str, list[str]] = {}
    for name in sorted(needs, key=lambda name: needs[name].name.casefold()):
        for space in needs[name].spaces or ("",):
            by_space.setdefault(space, []).append(name)
    tables = []
    for space in (*context.site.spaces, ""):
        content = need_table(context, path, by_space.get(space, ()))
        if content is not None:
            tables.append((space, content))
    view = NeedsView(tables)
    return context.page(
        view,
        path,
        family="internal",
        title=_("Bedarfe"),
        description=_("Was in den Sozialräumen fehlt, nach Halbjahren gezählt."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        indexed=False,
    )
