"""What follows from an evaluation: differences of changes, and what stated amounts imply; each exact, with the range that rounding leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model.cells import Cell
from generator.model.facts import Facts
from generator.model.record_fault import RecordFault


@dataclass(frozen=True, slots=True)
class Measured:
    """The change of a published figure: its two cells, and its change in per cent with the 95 % interval, where counts allow one."""

    before: Cell
    after: Cell
    change: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CourseStep:
    """A period between before and after, with the cell of the area and of what it is compared with, where there is one."""

    period: str
    own: Cell | None
    other: Cell | None


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change in an area beside that elsewhere, in per cent, and the difference of both in percentage points.

    `own` and `other` are the figures it was computed from; a stated change has none. `low` and `high` bound the difference
    with 95 % confidence, where both changes have an interval. `rest` tells that the other area is told without the first,
    which lies in it. `course` are all periods from before to after.
    """

    change: Decimal | None
    comparison: Decimal | None
    difference: Decimal | None
    own: Measured | None = None
    other: Measured | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rest: bool = False
    course: tuple[CourseStep, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Between which amounts something lies, in euros."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class SpendingFacts:
    """What stated amounts imply: the difference in points, the base they refer to, and the costs that were taken off."""

    difference: Decimal | None
    effect: AmountRange | None = None
    base: AmountRange | None = None
    costs: AmountRange | None = None


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """Every change of an evaluation in the order of the record, what follows for money, and what can't be computed.

    `contains` tells whether the area compared with counts the area itself.
    """

    changes: tuple[ChangeFacts, ...]
    spending: SpendingFacts | None
    contains: bool
    faults: tuple[RecordFault, ...] = ()


def derived_evaluations(facts: Facts) -> Mapping[str, EvaluationFacts]:
    """Return by their ids what is derived of the evaluations of a site; nothing where a town hasn't this subject."""
    return facts.further.get("evaluations", {})
