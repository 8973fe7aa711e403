"""What is computed of an evaluation: how changes here and elsewhere differ, and what stated amounts of money imply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model.cells import Cell, RecordFault
from generator.model.facts import Facts

Limits = tuple[Decimal, Decimal]
"""The low and the high end of a range."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The change of a published figure: its two cells, and its change in per cent with the 95 % interval, where counts allow one."""

    before: Cell
    after: Cell
    change: Decimal
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class CourseStep:
    """A period between before and after, with the cell of the area and of what it is compared with, where there is one."""

    period: str
    own: Cell | None
    other: Cell | None


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change in an area beside that in the area it is compared with.

    change, comparison: both changes in per cent. difference: of the two, in percentage points. limits: of the
    difference with 95 % confidence, where both changes have an interval. own, other: the figures that the changes were computed
    from; None where the record states the change itself. rest: the compared area contains the first one, which is taken out of
    its figures. course: all periods from before to after.
    """

    change: Decimal | None
    comparison: Decimal | None
    difference: Decimal | None
    own: Measured | None = None
    other: Measured | None = None
    limits: Limits | None = None
    rest: bool = False
    course: tuple[CourseStep, ...] = ()

    @property
    def may_be_chance(self) -> bool:
        """Whether the range of the difference is known and 0 lies in it."""
        return self.limits is not None and self.limits[0] <= 0 <= self.limits[1]


@dataclass(frozen=True, slots=True)
class AmountRange:
    """The least and the most that an amount can be, in euros, as far as rounded statements leave it open."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class SpendingFacts:
    """What stated amounts imply.

    difference: of the changes of spending here and elsewhere, in percentage points. effect: the stated saving. base: the amount
    of which the points are that saving. costs: what lies between the saving before and after the measure's own costs.
    """

    difference: Decimal | None
    effect: AmountRange | None = None
    base: AmountRange | None = None
    costs: AmountRange | None = None


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What is computed of one evaluation: its changes in the order of the record, what they imply for money, and what can't be computed.

    contains: the area compared with includes the area itself.
    """

    changes: tuple[ChangeFacts, ...]
    spending: SpendingFacts | None
    contains: bool
    faults: tuple[RecordFault, ...] = ()


def derived_evaluations(facts: Facts) -> Mapping[str, EvaluationFacts]:
    """Return what is computed of a site's evaluations, by their ids; nothing where the town leaves this subject out."""
    return facts.further.get("evaluations", {})
