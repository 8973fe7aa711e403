"""Derive what follows from measures and agreements on a day, and what of agreements is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from generator.derive.relations import records_by_space
from generator.model.facts import EndsOn, Facts
from generator.model.site import Site
from generator.model.visibility import keep_only, named
from generator.subjects.measures.model import (
    Agreement,
    MeasureReview,
    PlanningMeasure,
    PlanningMeasureFacts,
    agreements,
    planning_measures,
)

OVER = ("done", "dropped")
"""States in which nothing is due any more."""


def measure_facts(measure: PlanningMeasure, today: dt.date) -> PlanningMeasureFacts:
    """Return what follows from a measure on a day."""
    decisions = sorted(measure.decisions, key=lambda item: item.date)
    to_review = open_reviews(measure)
    return PlanningMeasureFacts(
        decided=next((item for item in reversed(decisions) if item.result is not None), None),
        next_review=min(to_review, key=lambda item: item.due.last_day, default=None),
        overdue=any(is_overdue(measure, item, today) for item in to_review),
    )


def open_reviews(measure: PlanningMeasure) -> tuple[MeasureReview, ...]:
    """Return a measure's reviews that are still to be made; none of one that is only proposed or over."""
    if measure.status in (*OVER, "proposed"):
        return ()
    return tuple(item for item in measure.reviews if item.made is None)


def is_overdue(measure: PlanningMeasure, review: MeasureReview, today: dt.date) -> bool:
    """Tell whether a review should have been made by now; of a measure from a document nobody knows."""
    if measure.origin is not None or review not in open_reviews(measure):
        return False
    return review.due.last_day < today


def _of_site(site: Site, facts: Facts) -> Mapping[str, PlanningMeasureFacts]:
    return {key: measure_facts(measure, facts.today) for key, measure in planning_measures(site).items()}


def _by_space(folder: str, site: Site, facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """Return by area the measures or agreements for, around or in it."""
    return records_by_space(site.records(folder), facts.spaces)


def _disclosed(site: Site, parts: Collection[str]) -> dict[str, Agreement]:
    """Return what the public site has of each agreement."""
    del parts
    return {key: disclosed(agreement) for key, agreement in agreements(site).items()}


def disclosed(agreement: Agreement) -> Agreement:
    """Return an agreement with what is always public and what it names as `public`."""
    return keep_only(agreement, {Agreement: named(Agreement) | {*agreement.public}})


def endings(site: Site, facts: Facts) -> Iterator[EndsOn]:
    """Yield last days of agreements, and of measures that are decided or run."""
    for folder in ("agreements", "measures"):
        by_space = facts.further[f"{folder}_by_space"]
        for key, record in site.records(folder).items():
            if (last := _last_day(record, facts)) is not None:
                areas = tuple(space for space, keys in by_space.items() if key in keys)
                yield EndsOn(last, folder, key, areas)


def _last_day(record: Agreement | PlanningMeasure, facts: Facts) -> dt.date | None:
    """Return a plan's end; where a measure names none, that of its decision."""
    if isinstance(record, PlanningMeasure) and record.status in (*OVER, "proposed"):
        return None
    if record.until is not None:
        return record.until.last_day
    decided = None if isinstance(record, Agreement) else measure_facts(record, facts.today).decided
    return None if decided is None else decided.until


FACTS = {
    "measures": _of_site,
    "measures_by_space": partial(_by_space, "measures"),
    "agreements_by_space": partial(_by_space, "agreements"),
}
"""By name what makes a part of the facts."""
MASKS = {"agreements": _disclosed}
"""By folder what leaves out what isn't public."""
