"""What stands out of all reports, by rules that the page states: changes beyond chance, the next session, the widest gap.

Nothing is ranked, and no quarter stands here for its poverty, its aids or its reports to the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.model.cells import Verdict
from generator.parts import given
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.figures.charts import agenda
from generator.render.figures.figure_texts import period_text, value_words
from generator.render.figures.gaps import Gap
from generator.render.figures.points import small_line
from generator.render.figures.sentences import NOTABLE, change_sentence
from generator.render.figures.topics import by_situation, town_only
from generator.render.maps import areas_of, small_map, small_view
from generator.render.maps.choropleth import MOST
from generator.render.pages import coverage

CHANGES = 2
"""So many changes stand here; the tiles below say the others."""

Session = tuple[dt.date, str]


@dataclass(frozen=True, slots=True)
class StandingOut:
    """One thing that stands out: its picture and how to read it, its name with the way to it, what is to be said, and its parts where it has several."""

    picture: Markup
    title: Markup
    href: str
    says: str
    lines: Sequence[Markup] = ()
    key: str = ""


def standing_out(context: Context, path: str) -> Sequence[StandingOut]:
    """Return what stands out, for the page at `path`."""
    return (*_changes(context, path), *_session(context, path), *_gap(context, path))


def changed(context: Context) -> list[str]:
    """Return the indicators that changed for the town by more than chance, the newest figures first."""
    series = context.facts.series
    found = []
    for keys in by_situation(context).values():
        for key in keys:
            change = series[key].changes.get((series[key].benchmark, series[key].latest, series[key].whole))
            if change is not None and change.verdict in NOTABLE:
                found.append(key)
    told = [key for key in found if not town_only(context, context.site.indicators[key])]
    return sorted(told, key=lambda key: series[key].latest, reverse=True)


def _changes(context: Context, path: str) -> Iterator[StandingOut]:
    _ = context.gettext
    for key in changed(context)[:CHANGES]:
        indicator, series = context.site.indicators[key], context.facts.series[key]
        town, period = series.benchmark, series.latest
        value = value_words(context, indicator, series.cell(town, period))
        change = series.changes[town, period, series.whole]
        risen = change.verdict is Verdict.HIGHER
        words = _("Gestiegen: {name}") if risen else _("Gesunken: {name}")
        said = change_sentence(context, indicator, change, rounded=bool(series.reach))
        yield StandingOut(
            picture=small_line(context, indicator, series, town),
            title=pattern(words.replace("{name}", "{}")).format(context.translated(indicator, "title")),
            href=urls.relative(path, context.path("report", key)),
            says=f"{value} ({period_text(context.texts, period)}). {said}",
        )


# --- the next session ----------------------------------------------------------------------------------------------


def _session(context: Context, path: str) -> Iterator[StandingOut]:
    """Yield the next session of which is known what it decides on."""
    items = _to_decide(context, path)
    if not items:
        return
    today, texts = context.facts.today, context.texts
    day, network = min(items)
    days = sorted({(other - today).days for other, _network in items})
    yield StandingOut(
        picture=context.call(agenda(texts.gettext("heute"), days, texts.date(day))),
        title=pattern("{}: {}").format(texts.date(day), context.translated(context.site.networks[network])),
        href=urls.relative(path, context.path("network", network)),
        says=texts.gettext("Auf der Tagesordnung; entschieden ist noch nichts:"),
        lines=tuple(items[day, network]),
    )


def _to_decide(context: Context, path: str) -> dict[Session, list[Markup]]:
    """Return what sessions to come decide on: what subjects have that is pending, and what their agenda asks."""
    today = context.facts.today
    found: dict[Session, list[Markup]] = {}
    for pending in given("sections", "pending"):
        for session, line in pending(context, path):
            found.setdefault(session, []).append(line)
    for key, network in context.site.networks.items():
        meets = network.meets
        if meets is not None and meets.next is not None and meets.next >= today:
            for item in meets.decide:
                found.setdefault((meets.next, key), []).append(context.written(item))
    return found


# --- what isn't recorded -------------------------------------------------------------------------------------------


def _gap(context: Context, path: str) -> Iterator[StandingOut]:
    """Yield the gap that the most areas have; what protects is for the town and never among them."""
    gaps = coverage.gaps_by_width(context) if context.exists("coverages") else []
    for gap in gaps[:1]:
        name, said = coverage.gap_line(context, gap)
        words = context.gettext("In manchen Gebieten nicht verzeichnet: {name}")
        doubt = context.gettext(
            "„Nichts verzeichnet“ heißt nicht, dass es nichts gibt: Vielleicht hat es nur noch niemand eingetragen."
        )
        yield StandingOut(
            picture=_gap_map(context, gap),
            title=pattern(words.replace("{name}", "{}")).format(name),
            href=urls.relative(path, context.path("coverages")) + "#lebenslagen",
            says=" ".join((said, doubt, coverage.completeness(context))),
            key=context.gettext("Gefüllt: etwas verzeichnet. Gepunktet: nichts. Leer: nicht gesagt."),
        )


def _gap_map(context: Context, gap: Gap) -> Markup:
    """Draw in which areas something is recorded, in which nothing, and in which it isn't said."""
    compared = context.facts.compared
    areas = tuple(replace(area, look=_look(context, gap, area.id)) for area in areas_of(context, compared))
    if not 1 < len(areas) <= MOST:
        return Markup()
    name, _said = coverage.gap_line(context, gap)
    title = context.gettext("Karte: {name}").format(name=name.striptags())
    return small_map(context, small_view(context, title, "luecke", areas))


def _look(context: Context, gap: Gap, area: str) -> str:
    if area in gap.areas:
        return "nr-class--missing"
    cells = context.facts.coverage.areas[area].cells
    recorded = any((gap.situation, band) in cells for band in gap.bands)
    return "nr-class--recorded" if recorded else "nr-class--unsaid"
