"""What follows from a cohort forecast: children of the years ahead by area, with every number it was computed from; fractions, so that nothing is rounded twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from generator.model.cells import RecordFault
from generator.model.facts import Facts

FEWEST_CHILDREN = 300
"""For fewer children in a part of the town there is no forecast."""


@dataclass(frozen=True, slots=True)
class CohortRatio:
    """How many children of an age there were a year later (`after`) of how many (`before`), over all pairs of years that can be compared.

    `space` is where they were counted: the area itself, or the nearest one around it that has enough of them. `by_year` are
    before and after of each single pair of years, by the first of both.
    """

    space: str
    before: int
    after: int
    by_year: Mapping[int, tuple[int, int]]

    @property
    def value(self) -> Fraction:
        """Children a year later for each child."""
        return Fraction(self.after, self.before)


@dataclass(frozen=True, slots=True)
class ForecastChildren:
    """Children of some ages in a year ahead: `fixed` if nobody comes or goes, `moving` if people come and go as before.

    `low` and `high` are what would come out if each year were like that single one so far that gives the fewest or the most;
    None where only one pair of years can be compared, or where a ratio is that of a wider area, whose years differ less.
    """

    fixed: int | Fraction
    moving: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def expected(self) -> int | Fraction:
        """The number to plan with: with people coming and going as before, where that is known."""
        return self.fixed if self.moving is None else self.moving

    def times(self, share: Fraction) -> ForecastChildren:
        """Return a share of these children."""
        numbers = (self.moving, self.low, self.high)
        return ForecastChildren(
            self.fixed * share, *(None if one is None else one * share for one in numbers)
        )


@dataclass(frozen=True, slots=True)
class ForecastYear:
    """A year ahead: everybody, and those who have a claim; None where a number that is needed is missing or secret.

    `claim_ages` are the years of age (both included) with a claim, None where nobody has one yet.
    """

    year: int
    children: ForecastChildren | None
    claim_ages: tuple[int, int] | None
    claim: ForecastChildren | None


@dataclass(frozen=True, slots=True)
class AreaForecast:
    """An area: children by age at the end of the last counted year, what came of children of each age before, the years ahead.

    `now` are the children of the ages in question in the last counted year, None where one of the numbers is missing; `secret`
    the ages whose number is withheld. `few` tells that they are too few children to foretell anything; then no year has any. `ratios` are those of the ages that get older; empty where people who come and go can't be reckoned in. `past` are the children of the ages in question at the end of each counted year, as far as all of them are known.
    """

    counts: Mapping[int, int]
    now: int | None
    ratios: Mapping[int, CohortRatio]
    years: tuple[ForecastYear, ...]
    secret: tuple[int, ...] = ()
    few: bool = False
    past: Mapping[int, int] = field(default_factory=dict)

    @property
    def counted(self) -> ForecastChildren | None:
        """The children of the last counted year."""
        return None if self.now is None else ForecastChildren(self.now)

    @property
    def most(self) -> tuple[int, ForecastChildren] | None:
        """The year ahead with the most children, the first of equal ones, and these."""
        known = [(year.year, year.children) for year in self.years if year.children is not None]
        return max(known, key=lambda one: (one[1].expected, -one[0]), default=None)


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the same reckoning would have said of the last counted year from counts up to an earlier one (`start`), beside what was counted."""

    start: int
    said: Fraction
    counted: int


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """A forecast: the last counted year, the years that were compared with the one after them, its areas from the town down.

    Where something stands in the way there are no areas, and `faults` say what. `backtest` is that of the town. `rounded` tells that the counts it starts from are published rounded, `illustrative` that they were made up.
    """

    base: int = 0
    compared: tuple[int, ...] = ()
    areas: Mapping[str, AreaForecast] = field(default_factory=dict)
    backtest: Backtest | None = None
    rounded: bool = False
    illustrative: bool = False
    faults: tuple[RecordFault, ...] = ()


def derived_forecasts(facts: Facts) -> Mapping[str, ForecastFacts]:
    """Return by their ids what is derived of the forecasts of a site; nothing where a town hasn't this subject."""
    return facts.further.get("forecasts", {})
