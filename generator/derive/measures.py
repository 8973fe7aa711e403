"""Measures and a day in, their sums, decisions and reviews out: what pages show and checks ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from generator.model.measure import MeasureReview, PlanningMeasure
from generator.model.measure_facts import PlanningMeasureFacts
from generator.model.site import Site

OVER = ("done", "dropped")
"""States in which nothing is due any more."""


def all_measures(site: Site, today: dt.date) -> Mapping[str, PlanningMeasureFacts]:
    """Return what follows from every measure, by its id."""
    return {key: measure_facts(measure, today) for key, measure in site.measures.items()}


def measure_facts(measure: PlanningMeasure, today: dt.date) -> PlanningMeasureFacts:
    """Return what follows from a measure on a day."""
    decisions = sorted(measure.decisions, key=lambda item: item.date)
    taken = [item for item in decisions if item.result is not None]
    ahead = [item for item in decisions if item.result is None]
    left = sorted(open_reviews(measure), key=lambda item: item.due.last_day)
    return PlanningMeasureFacts(
        id=measure.id,
        once=_sum(measure, "once"),
        yearly=_sum(measure, "year"),
        estimated=any(item.estimated for item in measure.costs),
        decided=taken[-1] if taken else None,
        pending=ahead[0] if ahead else None,
        last_review=_last_review(measure),
        next_review=left[0] if left else None,
        overdue=any(is_overdue(measure, item, today) for item in left),
    )


def _last_review(measure: PlanningMeasure) -> MeasureReview | None:
    """Return the review that was made last; of one day the one that stands last."""
    latest: MeasureReview | None = None
    day: dt.date | None = None
    for item in measure.reviews:
        if item.made is not None and (day is None or item.made.last_day >= day):
            latest, day = item, item.made.last_day
    return latest


def open_reviews(measure: PlanningMeasure) -> tuple[MeasureReview, ...]:
    """Return the reviews that nobody has made; none of a measure that is over, and none of one that is only proposed."""
    if measure.status in (*OVER, "proposed"):
        return ()
    return tuple(item for item in measure.reviews if item.made is None)


def is_overdue(measure: PlanningMeasure, review: MeasureReview, today: dt.date) -> bool:
    """Tell whether a review should have been made; what a document planned once isn't due now."""
    return (
        review.made is None
        and measure.origin is None
        and measure.status not in (*OVER, "proposed")
        and review.due.last_day < today
    )


def _sum(measure: PlanningMeasure, every: str) -> Decimal | None:
    amounts = [item.amount for item in measure.costs if item.every == every]
    return sum(amounts, Decimal()) if amounts else None
