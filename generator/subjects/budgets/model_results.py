"""What follows from a budget: every step in whole cents, or the reasons why there is no number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.model.cells import RecordFault, Status
from generator.model.facts import Facts
from generator.subjects.budgets.model import Inverse

FINE = 10_000
"""Into how many parts a cent is divided in what is shown of a quota."""


@dataclass(frozen=True, slots=True)
class BudgetFault(RecordFault):
    """Why a budget is not computed.

    Figures that aren't there have their `indicator`, `spaces` and `period`, and the sign they are published with (`status`).
    """

    indicator: str = ""
    spaces: tuple[str, ...] = ()
    period: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What an area claims of a pot, and what it gets.

    `measure` is the published figure or last year's outflow in euros, `weight` what counts of it (the same, or by the
    rule for less need). `quota` is the exact share of the pot in ten-thousandths of a cent, `cents` what is paid out.
    """

    measure: Decimal
    weight: Fraction
    share: Fraction
    quota: int
    cents: int


@dataclass(frozen=True, slots=True)
class Pot:
    """A part of the money with the rule it is distributed by: the indicator number `weight` of the record, or the outflow (None).

    `points` is its share of what is distributed, in per cent, `quota` the same in ten-thousandths of a cent.
    """

    weight: int | None
    points: Fraction
    quota: int
    cents: int
    claims: Mapping[str, Claim]
    indicator: str = ""
    period: str = ""
    part: tuple[str, ...] = ()
    inverse: Inverse | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """A sum in cents, its pots, and what each area gets of all of them together."""

    cents: int
    by_indicators: Fraction
    pots: tuple[Pot, ...]
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What a deduction takes off, and what is left after it, in cents."""

    cents: int
    left: int


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """A step of a way to 100 %: its year, its quarter where steps are quarters, and what is distributed then."""

    year: int
    quarter: int | None
    money: Distribution


@dataclass(frozen=True, slots=True)
class PhasePath:
    """One reading of the way; `years` are the sums of each year in cents, by area."""

    steps: tuple[PhaseStep, ...]
    years: Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What changes when the weight of one indicator rises to `raised` per cent and the others shrink in proportion."""

    weight: int
    raised: Fraction
    changes: Mapping[str, int]

    @property
    def moved(self) -> int:
        """How many cents change hands."""
        return sum(change for change in self.changes.values() if change > 0)


@dataclass(frozen=True, slots=True)
class BudgetResult:
    """A budget step by step, all money in cents; `areas` are in the order of their ids.

    `backwards` are the deductions, in the record's order, as they would be if the last came first; None where that changes
    nothing. `rounded` are indicators whose counts are published rounded.
    `goal` is what each area would get in a year if all went by indicators, `parts` are the sub-budgets of each area.
    """

    areas: tuple[str, ...]
    total: int
    taken: tuple[TakenOff, ...]
    left: int
    backwards: tuple[TakenOff, ...] | None
    money: Distribution
    goal: Mapping[str, int]
    changes: Mapping[str, int] | None
    parts: Mapping[str, tuple[int, ...]]
    paths: tuple[PhasePath, ...]
    sensitivities: tuple[Sensitivity, ...]
    rounded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """What may be said of a budget: `result`, or the `faults` that leave none; `illustrative` when it rests on what was made up."""

    id: str
    areas: tuple[str, ...]
    faults: tuple[BudgetFault, ...] = ()
    result: BudgetResult | None = None
    illustrative: bool = False


def derived_budgets(facts: Facts) -> Mapping[str, BudgetFacts]:
    """Return by their ids what is derived of the budgets of a site; nothing where a town hasn't this subject."""
    return facts.further.get("budgets", {})
