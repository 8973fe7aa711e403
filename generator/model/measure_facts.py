"""What follows from a measure's record on a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.model.measure import MeasureDecision, MeasureReview


@dataclass(frozen=True, slots=True)
class PlanningMeasureFacts:
    """A measure on a day.

    `once` and `yearly` are sums of its costs in euros, None where none of that kind is stated; `estimated` where one of them
    is an estimate. `decided` is the last decision with a result, `pending` the next one that has none. `next_review` is the
    first that isn't made, `last_review` the latest that is; `overdue` where the next one should have been made and the measure goes on.
    """

    id: str
    once: Decimal | None
    yearly: Decimal | None
    estimated: bool
    decided: MeasureDecision | None
    pending: MeasureDecision | None
    last_review: MeasureReview | None
    next_review: MeasureReview | None
    overdue: bool

    @property
    def unpriced(self) -> bool:
        """Whether no cost is stated at all."""
        return self.once is None and self.yearly is None
