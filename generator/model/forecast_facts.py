"""What follows from a cohort forecast: children of the years ahead by area, with every number it was computed from; fractions, so that nothing is rounded twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ForecastFault:
    """Why something isn't computed: the code of a diagnostic, where in the record it stands, and what it says."""

    code: str
    path: tuple[str | int, ...]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CohortRatio:
    """How many children there were a year later (`after`) of how many (`before`), over all years and ages that can be compared.

    `low` and `high` are the same of the year with the smallest and of that with the largest result.
    """

    before: int
    after: int
    low: Fraction
    high: Fraction

    @property
    def value(self) -> Fraction:
        """Children a year later for each child."""
        return Fraction(self.after, self.before)


@dataclass(frozen=True, slots=True)
class ForecastChildren:
    """Children of some ages in a year ahead: `fixed` if nobody comes or goes, `moving` if people come and go as before, between `low` and `high`."""

    fixed: int
    moving: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


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
    """An area: children by age at the end of the last counted year, what came of children before, the years ahead.

    `now` are the children of the ages in question in the last counted year, None where one of the numbers is missing.
    """

    counts: Mapping[int, int]
    now: int | None
    ratio: CohortRatio | None
    years: tuple[ForecastYear, ...]


@dataclass(frozen=True, slots=True)
class AreaPlaces:
    """The offers that run in an area and are for these ages with half of theirs; `places` is the sum of those `placed` that say how many they have."""

    offers: tuple[str, ...]
    placed: int
    places: int


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """A forecast: the last counted year, the years that were compared with the one after them, its areas from the town down.

    Where something stands in the way there are no areas, and `faults` say what. `rounded` tells that the counts it starts from are published rounded, `illustrative` that they were made up.
    """

    base: int = 0
    compared: tuple[int, ...] = ()
    areas: Mapping[str, AreaForecast] = field(default_factory=dict)
    places: Mapping[str, AreaPlaces] = field(default_factory=dict)
    rounded: bool = False
    illustrative: bool = False
    faults: tuple[ForecastFault, ...] = ()
