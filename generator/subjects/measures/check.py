"""Report measures that contradict decisions, are due or incomplete, and shares of working time that nobody sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.derive.news_and_reminders import Reminder, ToDo
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.subjects.measures.derive import is_overdue, measure_facts, open_reviews
from generator.subjects.measures.model import (
    APPROVING,
    FEWEST_STAFF,
    PlanningMeasure,
    agreements,
    planning_measures,
)

_REVIEW = ToDo("review", "überprüfen, ob sie hilft")
"""What a reminder asks for."""


def check_measures(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report what is wrong, due or unsaid in a measure."""
    for source in reading.of("measures"):
        measure = planning_measures(site)[source.id]
        if measure.from_ and measure.until and measure.until.last_day < measure.from_.first_day:
            place = source.position("until")
            yield diagnostic("ende-vor-beginn", place, until=measure.until, start=measure.from_)
        yield from _decisions(source, measure, today)
        yield from _reviews(source, measure, today)
        # A measure taken from a document (`origin`) can't be completed: it says what was thought of then.
        if measure.status in ("decided", "running") and measure.origin is None:
            for field, what in _UNSAID.items():
                if not getattr(measure, field):
                    yield diagnostic("massnahme-luecke", source.position("name"), field=field, what=what)


# What a measure has to say once it is decided: by field, in words.
_UNSAID = {
    "reviews": "bis wann jemand prüft, ob sie wirkt",
    "voices": "was junge Menschen oder Eltern dazu sagen",
    "inclusion": "was sie für junge Menschen mit Behinderungen bedeutet",
}


def _decisions(source: RecordSource, measure: PlanningMeasure, today: dt.date) -> Iterator[Diagnostic]:
    """Report decisions without their condition, term or result, and a status that the last one contradicts."""
    for number, item in enumerate(measure.decisions):
        place = source.position("decisions", number, "date")
        conditional, limited = item.condition is not None, item.until is not None
        if (item.result == "conditional") != conditional or (item.result == "limited") != limited:
            yield diagnostic("beschluss-vorbehalt", place)
        if item.result is not None and item.date > today:
            yield diagnostic("ergebnis-in-zukunft", place, date=item.date)
        elif item.result is None and item.date < today and measure.origin is None:
            yield diagnostic("beschluss-ohne-ergebnis", place, date=item.date)
    last = measure_facts(measure, today).decided
    result = None if last is None else last.result
    contradicts = {
        "decided": result not in (*APPROVING, "rejected"),
        "proposed": result in APPROVING,
    }.get(measure.status, False)
    if contradicts or (result == "rejected" and measure.status not in ("proposed", "dropped")):
        field = "status" if "status" in measure.model_fields_set else "name"
        yield diagnostic("massnahme-stand", source.position(field), status=measure.status)


def _reviews(source: RecordSource, measure: PlanningMeasure, today: dt.date) -> Iterator[Diagnostic]:
    """Report reviews made in the future, with a result and no day, or overdue."""
    for number, item in enumerate(measure.reviews):
        if item.made is not None and item.made.first_day > today:
            place = source.position("reviews", number, "made")
            yield diagnostic("ergebnis-in-zukunft", place, date=item.made)
        elif item.made is None and item.result is not None:
            place = source.position("reviews", number, "result", key=True)
            yield diagnostic("ueberpruefung-ohne-tag", place)
        elif is_overdue(measure, item, today):
            place = source.position("reviews", number, "due")
            yield diagnostic("ueberpruefung-ueberfaellig", place, value=item.due)


def check_agreements(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report shares of working time that no page shows (`FieldWork.withheld`)."""
    for source in reading.of("agreements"):
        agreement = agreements(site)[source.id]
        work = agreement.field_work
        if work is not None and work.withheld and not agreement.fictional:
            yield diagnostic("anteil-nicht-gezeigt", source.position("field_work", "actual"), n=FEWEST_STAFF)


def reminders(site: Site) -> Iterator[Reminder]:
    """Yield reviews to make, not of measures that were taken from documents."""
    for key, measure in planning_measures(site).items():
        if measure.origin is None:
            for review in open_reviews(measure):
                yield Reminder(review.due.last_day, "measures", key, measure.name, _REVIEW)


CHECKS = (check_agreements,)
DATED_CHECKS = (check_measures,)
"""Checks that need to know which day it is."""
