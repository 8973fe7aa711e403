"""What measures say on other pages: of an area, of a topic, and what bodies have to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from generator.model.network import Network
from generator.render.base.context import Context
from generator.render.base.pattern import linked, pattern
from generator.render.directory.area_line import AreaLine
from generator.subjects.measures.model import PlanningMeasure, planning_measures
from generator.subjects.measures.model_results import derived_measures, measures_of_area
from generator.subjects.measures.page import cost_text, state_text

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


def to_decide(
    context: Context, path: str, network: Network, spaces: Sequence[str]
) -> Iterator[tuple[Markup, str]]:
    """Yield what a group has to decide on in its areas, with what to know of it: overdue reviews, then what is proposed."""
    _ = context.texts.gettext
    measures = _of_group(context, network, spaces)
    for measure in measures:
        facts = derived_measures(context.facts)[measure.id]
        if facts.overdue and facts.next_review is not None:
            due = context.texts.date(facts.next_review.due)
            note = _("Die Überprüfung ist überfällig seit {date}.").format(date=due)
            question = _("Weiterführen, ändern oder beenden?")
            yield pattern("{} {}").format(question, _linked(context, path, measure)), note
    for measure in measures:
        heard = any(item.by == network.id and item.result is not None for item in measure.decisions)
        if measure.status != "proposed" or heard:
            continue
        facts = derived_measures(context.facts)[measure.id]
        question = _("Empfehlen?")
        if facts.pending is not None and facts.pending.by == network.id:
            question = _("Beschließen?")
        note = _("Kosten: {amount}.").format(amount=cost_text(context, facts))
        yield pattern("{} {}").format(question, _linked(context, path, measure)), note


def _of_group(context: Context, network: Network, spaces: Sequence[str]) -> list[PlanningMeasure]:
    """Return the measures of the areas; those for the whole town belong to groups of the whole town."""
    found: dict[str, PlanningMeasure] = {}
    for space in spaces:
        found |= {one.id: one for one in measures_of_area(context.site, context.facts, space)}
    if not network.spaces:
        everywhere = (one for one in planning_measures(context.site).values() if not one.spaces)
        found |= {one.id: one for one in everywhere}
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))


def _linked(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    return linked(f"{context.href(path, 'measures')}#{measure.id}", context.translated(measure))
