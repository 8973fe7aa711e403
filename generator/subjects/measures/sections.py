"""Add measures and agreements to other pages, and list what bodies must decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from markupsafe import Markup

from generator.model.planning_records import Network
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.directory.record_lines import AreaLine
from generator.render.pages.reports_home import Instrument, part, way
from generator.subjects.measures.model import (
    Agreement,
    PlanningMeasure,
    derived_measures,
    planning_measures,
    plans_of_area,
)
from generator.subjects.measures.page import (
    Contract,
    Plan,
    all_plans,
    cost_text,
    counted,
    entry_of,
    state_text,
    sums,
)

_NOT_OVER = ("proposed", "decided", "running", "unsaid")
"""States of plans that aren't known to be over."""


def plans(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield the plans of an area that aren't over, each with its state."""
    of_area = {
        *plans_of_area(context.facts, "measures", space),
        *plans_of_area(context.facts, "agreements", space),
    }
    for plan in all_plans(context):
        record = plan.record
        if record.id in of_area and plan.status in _NOT_OVER:
            yield AreaLine(
                "measures", record.id, context.translated(record), "", Markup.escape(plan.item.state)
            )


def pending(context: Context, path: str) -> Iterator[tuple[tuple[dt.date, str], Markup]]:
    """Yield decisions on measures that are still to come, with day and network."""
    for measure in planning_measures(context.site).values():
        if measure.status not in _NOT_OVER:
            continue
        line = pattern("{} ({})").format(
            _link_to_record(context, path, measure), state_text(context, measure)
        )
        for decision in measure.decisions:
            if decision.result is None and decision.date >= context.facts.today:
                yield (decision.date, decision.by), line


def to_decide(context: Context, path: str, network: Network) -> Iterator[tuple[Markup, str]]:
    """Yield what a group has to decide, with a note: measures in its areas with an overdue review, then its own decisions up to its next meeting."""
    _ = context.gettext
    measures = planning_measures(context.site)
    in_areas = {key for space in network.spaces for key in plans_of_area(context.facts, "measures", space)}
    for key, measure in measures.items():
        facts = derived_measures(context.facts)[key]
        if key in in_areas and facts.overdue and facts.next_review is not None:
            due = context.texts.date(facts.next_review.due)
            note = _("Die Überprüfung ist überfällig seit {date}.").format(date=due)
            question = _("Weiterführen, ändern oder beenden?")
            yield pattern("{} {}").format(question, _link_to_record(context, path, measure)), note
    meets = network.meets.next if network.meets is not None else None
    for measure in measures.values():
        days = (item.date for item in measure.decisions if item.by == network.id and item.result is None)
        if any(context.facts.today <= day <= (meets or dt.date.max) for day in days):
            note = _("Kosten: {amount}.").format(amount=cost_text(context, measure))
            yield pattern("{} {}").format(_("Beschließen?"), _link_to_record(context, path, measure)), note


def contracts(context: Context, path: str, network: Network) -> Iterator[Markup]:
    """Yield the contracts between the members of a steering group."""
    for plan in all_plans(context) if network.kind == "steering" else ():
        if isinstance(plan.record, Agreement) and set(network.members).issuperset(plan.record.partners):
            yield context.render(Contract(entry_of(context, plan)), path)


def _link_to_record(context: Context, path: str, record: PlanningMeasure | Agreement) -> Markup:
    return linked(f"{context.href(path, 'measures')}#{record.id}", context.translated(record))


def _plans(context: Context, path: str) -> Instrument | None:
    """Return how many plans there are, what they cost, and those that aren't over."""
    _ = context.gettext
    found = all_plans(context)
    if not found:
        return None
    lines = [Markup.escape(one) for one in (counted(context), sums(context)) if one]
    lines += [_in_short(context, path, plan) for plan in found if plan.status in _NOT_OVER]
    return part("massnahmen", _("Vorhaben"), lines, "", way(context, path, "measures", _("Alle Vorhaben")))


def _in_short(context: Context, path: str, plan: Plan) -> Markup:
    state = ", ".join(filter(None, (plan.item.state, plan.late)))
    return pattern("{}: {}").format(_link_to_record(context, path, plan.record), state)


FRONT = ((10, _plans),)
"""The part of the reports' home page, with its place in the order."""
