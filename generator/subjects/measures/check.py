"""Measures and a day in, states that contradict their decisions, reviews that are overdue, and what planning law asks for out; and which reviews are still to be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.derive.news_and_reminders import Reminder, ToDo
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.subjects.measures.derive import OVER, is_overdue, measure_facts, open_reviews
from generator.subjects.measures.model import APPROVING, PlanningMeasure, planning_measures

_REVIEW = ToDo("review", "überprüfen, ob sie hilft")


def check_measures(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report what doesn't fit together in a measure, what is due, and whose voice is missing."""
    for source in reading.of("measures"):
        measure = planning_measures(site)[source.id]
        if measure.from_ and measure.until and measure.until.last_day < measure.from_.first_day:
            place = source.position("until")
            yield diagnostic("ende-vor-beginn", place, until=measure.until, start=measure.from_)
        yield from _decisions(source, measure, today)
        yield from _reviews(source, measure, today)
        # A document tells of what was thought of then.
        if measure.status in ("decided", "running") and measure.origin is None:
            if not measure.voices:
                yield diagnostic("massnahme-ohne-stimmen", source.position("name"))
            if measure.inclusion is None:
                yield diagnostic("massnahme-ohne-inklusion", source.position("name"))


def _decisions(source: RecordSource, measure: PlanningMeasure, today: dt.date) -> Iterator[Diagnostic]:
    for number, item in enumerate(measure.decisions):
        place = source.position("decisions", number, "date")
        if (item.result == "conditional") != (item.condition is not None):
            yield diagnostic("beschluss-vorbehalt", place)
        if (item.result == "limited") != (item.until is not None):
            yield diagnostic("beschluss-frist", place)
        if item.result is not None and item.date > today:
            yield diagnostic("beschluss-in-zukunft", place, date=item.date)
        elif item.result is None and item.date < today and measure.origin is None:
            yield diagnostic("beschluss-ohne-ergebnis", place, date=item.date)
    yield from _against_decision(source, measure, today)


def _against_decision(source: RecordSource, measure: PlanningMeasure, today: dt.date) -> Iterator[Diagnostic]:
    """Report a status that the last decision contradicts, or for which there is none."""
    status = measure.status
    last = measure_facts(measure, today).decided
    result = "" if last is None else last.result
    place = source.position("status")
    if status == "decided" and result not in (*APPROVING, "rejected"):
        yield diagnostic("massnahme-beschluss-fehlt", place)
    if last is None:
        return
    if result == "rejected" and status not in ("proposed", "dropped"):
        yield diagnostic("massnahme-abgelehnt", place, date=last.date, status=status)
    elif result in APPROVING and status == "proposed":
        written = "status" if "status" in measure.model_fields_set else "name"
        yield diagnostic("massnahme-stand-alt", source.position(written), date=last.date)


def _reviews(source: RecordSource, measure: PlanningMeasure, today: dt.date) -> Iterator[Diagnostic]:
    for number, item in enumerate(measure.reviews):
        if item.made is not None and item.made.first_day > today:
            place = source.position("reviews", number, "made")
            yield diagnostic("ueberpruefung-in-zukunft", place, value=item.made)
        elif item.made is None and item.result is not None:
            place = source.position("reviews", number, "result", key=True)
            yield diagnostic("ueberpruefung-ohne-tag", place)
        elif is_overdue(measure, item, today):
            place = source.position("reviews", number, "due")
            yield diagnostic("ueberpruefung-ueberfaellig", place, value=item.due)
    going_on = measure.status not in (*OVER, "proposed") and measure.origin is None
    if going_on and not measure.reviews:
        yield diagnostic("massnahme-ohne-ueberpruefung", source.position("name"))


def reminders(site: Site) -> Iterator[Reminder]:
    """Yield the reviews that are to be made; what a document planned once isn't due now."""
    for key, measure in planning_measures(site).items():
        if measure.origin is None:
            for review in open_reviews(measure):
                yield Reminder(review.due.last_day, "measures", key, measure.name, _REVIEW)


DATED_CHECKS = (check_measures,)
