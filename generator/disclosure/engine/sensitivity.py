"""Decide whether a raw count is secret of itself.

Rules of German official statistics: threshold, zeros, smallest denominator and population, dominance
(Hundepool and others 2012, Statistical Disclosure Control, chapter 4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from msgspec import Struct

from generator.disclosure.engine.linear_system import INFINITE, Key


class Reason(Enum):
    """Why a cell is primarily secret, in order of rules."""

    THRESHOLD = auto()
    ZERO = auto()
    POPULATION = auto()
    DENOMINATOR = auto()
    COMPLEMENT = auto()
    DOMINANCE = auto()


@dataclass(frozen=True, slots=True)
class SensitivityRule:
    """What an indicator and source ask for; ValueError for thresholds below 2.

    minimum_denominator, minimum_population: below them nothing is reported. complement: who isn't counted is
    protected alike. dominance (n, k): the n largest may hold k percent at most. own_cases: who is in a small
    cell knows it.
    """

    threshold: int = 5
    zeros: bool = False
    minimum_denominator: int = 0
    minimum_population: int = 0
    complement: bool = False
    dominance: tuple[int, float] | None = None
    own_cases: int = 1

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise ValueError(f"a threshold of {self.threshold} protects nothing; 2 is the least")


class Observation(Struct, frozen=True):
    """A raw count with what rules need; `ceiling` is its maximum."""

    key: Key
    value: int
    denominator: int | None = None
    population: int | None = None
    contributions: Sequence[float] = ()
    ceiling: float = INFINITE


class Primary(Struct, frozen=True):
    """A cell that is secret of itself, and why."""

    key: Key
    reason: Reason


def find_primary(observation: Observation, rule: SensitivityRule) -> Primary | None:
    """Return why a raw count is itself secret, or None."""
    reason = _find_reason_to_withhold(observation, rule)
    return None if reason is None else Primary(observation.key, reason)


def _find_reason_to_withhold(observation: Observation, rule: SensitivityRule) -> Reason | None:
    value = observation.value
    if rule.zeros and value == 0:
        return Reason.ZERO
    if 1 <= value < rule.threshold:
        return Reason.THRESHOLD
    few = of_few_people(observation, rule)
    if few is not None:
        return few
    if rule.complement and 0 <= observation.ceiling - value < rule.threshold:
        return Reason.COMPLEMENT
    count, share = rule.dominance or (0, math.inf)
    largest = math.fsum(sorted(observation.contributions, reverse=True)[:count])
    is_dominated = count and largest > math.fsum(observation.contributions) * share / 100
    return Reason.DOMINANCE if is_dominated else None


def of_few_people(observation: Observation, rule: SensitivityRule) -> Reason | None:
    """Return why few people's count is never shown, or None."""
    # Of nobody nobody is counted: whoever knows how many there are knows that, and nothing of anybody.
    people = observation.population
    if people is not None and people < rule.minimum_population and (people or observation.value):
        return Reason.POPULATION
    # Of fewer people than the threshold even a shown 0 would tell, since all others are small.
    few = max(rule.minimum_denominator, rule.threshold if observation.ceiling < rule.threshold else 0)
    if 0 < (observation.denominator or 0) < few:
        return Reason.DENOMINATOR
    return None
