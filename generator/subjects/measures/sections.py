"""What measures say on other pages: of an area, of a topic, on the home of reports, and what bodies have to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from markupsafe import Markup

from generator.model.planning_records import Network
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.directory.record_lines import AreaLine
from generator.render.pages.reports_home import Instrument, part, way
from generator.subjects.measures.model import (
    PlanningMeasure,
    derived_measures,
    measures_of_area,
    planning_measures,
)
from generator.subjects.measures.page import ORDER, cost_text, counted, overdue, state_text, sums

_AHEAD = ("proposed", "decided", "running")
"""States of what isn't over; what is stands with all measures."""


def plans(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield what is planned, decided or running for an area, each with how far it is."""
    for measure in measures_of_area(context.site, context.facts, space):
        if measure.status in _AHEAD:
            state = Markup.escape(state_text(context, measure))
            yield AreaLine("measures", measure.id, context.translated(measure), "", state)


def on_topic(context: Context, path: str, topic: str) -> Iterator[Markup]:
    """Yield the same of a topic, for the page at `path`."""
    for measure in planning_measures(context.site).values():
        if topic in measure.topics and measure.status in _AHEAD:
            yield pattern("{}: {}").format(_linked(context, path, measure), state_text(context, measure))


def pending(context: Context, path: str) -> Iterator[tuple[tuple[dt.date, str], Markup]]:
    """Yield what is to be decided, with the day and the network that decides."""
    for measure in planning_measures(context.site).values():
        if measure.status in ("done", "dropped"):
            continue
        line = pattern("{} ({})").format(_linked(context, path, measure), state_text(context, measure))
        for decision in measure.decisions:
            if decision.result is None and decision.date >= context.facts.today:
                yield (decision.date, decision.by), line


def to_decide(context: Context, path: str, network: Network) -> Iterator[tuple[Markup, str]]:
    """Yield what a group has to decide on, with what to know of it: overdue reviews, then what is proposed."""
    _ = context.gettext
    measures, derived = _of_group(context, network), derived_measures(context.facts)
    for measure in measures:
        facts = derived[measure.id]
        if facts.overdue and facts.next_review is not None:
            due = context.texts.date(facts.next_review.due)
            note = _("Die Überprüfung ist überfällig seit {date}.").format(date=due)
            question = _("Weiterführen, ändern oder beenden?")
            yield pattern("{} {}").format(question, _linked(context, path, measure)), note
    for measure in measures:
        asked = _is_asked(context, measure, network)
        if not asked and (measure.status != "proposed" or not _open_to(measure, network)):
            continue
        question = _("Empfehlen?")
        if asked:
            question = _("Beschließen?")
        note = _("Kosten: {amount}.").format(amount=cost_text(context, measure))
        yield pattern("{} {}").format(question, _linked(context, path, measure)), note


def _is_asked(context: Context, measure: PlanningMeasure, network: Network) -> bool:
    """Tell whether a measure that isn't over is entered for a group to decide on when it meets, as a first time or once more."""
    meets = _next_meeting(network) or dt.date.max
    own = (item for item in measure.decisions if item.by == network.id and item.result is None)
    return measure.status in _AHEAD and any(context.facts.today <= item.date <= meets for item in own)


def _next_meeting(network: Network) -> dt.date | None:
    return network.meets.next if network.meets is not None else None


def _open_to(measure: PlanningMeasure, network: Network) -> bool:
    """Tell whether a group can still be heard on a proposal when it meets: it hasn't been, and nobody else decides before."""
    meets = _next_meeting(network)
    for decision in measure.decisions:
        own = decision.by == network.id
        if own and decision.result is not None:
            return False
        if not own and decision.result is None and meets is not None and decision.date < meets:
            return False
    return True


def _of_group(context: Context, network: Network) -> list[PlanningMeasure]:
    """Return the measures of a group's own areas, for one of the whole town those for all of it; and each that it has decided on or is to decide on."""
    found: dict[str, PlanningMeasure] = {}
    for key, measure in planning_measures(context.site).items():
        named = network.id in {item.by for item in measure.decisions}
        whole_town = not network.spaces and not measure.spaces
        if named or whole_town:
            found[key] = measure
    for space in network.spaces:
        found |= {one.id: one for one in measures_of_area(context.site, context.facts, space)}
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))


def _linked(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    return linked(f"{context.href(path, 'measures')}#{measure.id}", context.translated(measure))


def _measures(context: Context, path: str) -> Instrument | None:
    texts = context.texts
    found = planning_measures(context.site)
    if not found:
        return None
    said = [counted(context), sums(context), overdue(context)]
    lines = [Markup.escape(one) for one in said if one]
    there = urls.relative(path, context.path("measures"))
    for one in sorted(found.values(), key=lambda one: (ORDER.index(one.status), one.id)):
        if one.status in ("running", "decided", "proposed"):
            link = linked(f"{there}#{one.id}", context.translated(one))
            lines.append(pattern("{}: {}").format(link, state_text(context, one)))
    on = way(context, path, "measures", texts.gettext("Alle Vorhaben"))
    return part("massnahmen", texts.gettext("Vorhaben"), lines, "", on)


FRONT = ((10, _measures),)
