"""Measures and a day in, their sums, decisions and reviews out: what pages show and checks ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from generator.derive.relations import records_by_space
from generator.model.facts import Facts
from generator.model.site import Site
from generator.subjects.measures.model import (
    MeasureReview,
    PlanningMeasure,
    PlanningMeasureFacts,
    planning_measures,
)

OVER = ("done", "dropped")
"""States in which nothing is due any more."""


def measure_facts(measure: PlanningMeasure, today: dt.date) -> PlanningMeasureFacts:
    """Return what follows from a measure on a day."""
    decisions = sorted(measure.decisions, key=lambda item: item.date)
    taken = [item for item in decisions if item.result is not None]
    left = open_reviews(measure)
    overdue = any(is_overdue(measure, item, today) for item in left)
    return PlanningMeasureFacts(
        decided=next(reversed(taken), None),
        next_review=min(left, key=lambda item: item.due.last_day, default=None),
        overdue=overdue,
    )


def open_reviews(measure: PlanningMeasure) -> tuple[MeasureReview, ...]:
    """Return the reviews that nobody has made; none of a measure that is over, and none of one that is only proposed."""
    if measure.status in (*OVER, "proposed"):
        return ()
    return tuple(item for item in measure.reviews if item.made is None)


def is_overdue(measure: PlanningMeasure, review: MeasureReview, today: dt.date) -> bool:
    """Tell whether a review should have been made; what a document planned once isn't due now."""
    if measure.origin is not None or review not in open_reviews(measure):
        return False
    return review.due.last_day < today


def _of_site(site: Site, facts: Facts) -> Mapping[str, PlanningMeasureFacts]:
    return {key: measure_facts(measure, facts.today) for key, measure in planning_measures(site).items()}


def _by_space(site: Site, facts: Facts) -> Mapping[str, tuple[str, ...]]:
    return records_by_space(planning_measures(site), facts.spaces)


FACTS = {"measures": _of_site, "measures_by_space": _by_space}
