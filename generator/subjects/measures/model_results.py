"""What follows from a measure's record on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model.facts import Facts
from generator.model.site import Site
from generator.subjects.measures.model import (
    MeasureDecision,
    MeasureReview,
    PlanningMeasure,
    planning_measures,
)


@dataclass(frozen=True, slots=True)
class PlanningMeasureFacts:
    """A measure on a day.

    `once` and `yearly` are sums of its costs in euros, None where none of that kind is stated; `estimated` where one of them
    is an estimate. `decided` is the last decision with a result, `pending` the next one that has none. `next_review` is the
    first that isn't made; `overdue` where the next one should have been made and the measure goes on.
    """

    id: str
    once: Decimal | None
    yearly: Decimal | None
    estimated: bool
    decided: MeasureDecision | None
    pending: MeasureDecision | None
    next_review: MeasureReview | None
    overdue: bool

    @property
    def unpriced(self) -> bool:
        """Whether no cost is stated at all."""
        return self.once is None and self.yearly is None


def derived_measures(facts: Facts) -> Mapping[str, PlanningMeasureFacts]:
    """Return what follows from every measure, by its id."""
    return facts.further["measures"]


def measures_of_area(site: Site, facts: Facts, space: str) -> list[PlanningMeasure]:
    """Return the measures for an area, for one around it or for one in it, in the order of their names."""
    found = facts.further["measures_by_space"].get(space, ())
    return [planning_measures(site)[key] for key in found]
