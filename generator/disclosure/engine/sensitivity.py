"""Decide whether a raw count is secret of itself.

The rules are those of German official statistics: threshold, zeros, smallest denominator and population, and dominance (Hundepool and others 2012, Statistical Disclosure Control, chapter 4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from generator.disclosure.engine.linear_system import INFINITE, Key


class Reason(Enum):
    """Why a cell is secret of itself (primary), in the order in which rules are asked."""

    THRESHOLD = auto()
    ZERO = auto()
    POPULATION = auto()
    DENOMINATOR = auto()
    COMPLEMENT = auto()
    DOMINANCE = auto()


SMALL = frozenset({Reason.THRESHOLD, Reason.ZERO})
"""Reasons that say how large a count can be: below the threshold."""


@dataclass(frozen=True, slots=True)
class SensitivityRule:
    """What one indicator and source ask for.

    threshold: counts of 1 to threshold - 1 are secret. zeros: a count of 0 too. minimum_denominator and
    minimum_population: below them the cell is not reported; of nobody 0 are counted, which hides nothing.
    complement: who is *not* counted is protected alike (98 of 100). dominance (n, k): secret when the n largest
    contributors hold more than k per cent. own_cases: whoever is counted in a cell of up to so many cases knows its count.
    ValueError for a threshold below 2.
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


@dataclass(frozen=True, slots=True)
class Observation:
    """A raw count and what the rules ask about it; contributions are amounts per contributor, where there are any.

    ceiling: what everybody knows that it can be at most.
    """

    key: Key
    value: int
    denominator: int | None = None
    population: int | None = None
    contributions: Sequence[float] = ()
    ceiling: float = INFINITE


@dataclass(frozen=True, slots=True)
class Primary:
    """A cell that is secret of itself.

    The attacker's interval must hold everything from low to high (the span). `rule_low` to `rule_high` is what the rule
    itself tells anybody who guesses that the cell is primary.
    """

    key: Key
    reason: Reason
    low: float
    high: float
    rule_low: float = 0.0
    rule_high: float = INFINITE


def find_primary(observation: Observation, rule: SensitivityRule) -> Primary | None:
    """Takes a raw count and a rule, hands out why it is secret and which span must stay open, or None."""
    key = observation.key
    value = observation.value
    ceiling = observation.ceiling
    least = 0 if rule.zeros else 1
    small = float(rule.threshold - 1)
    if least <= value < rule.threshold:
        return _small(key, value, least, min(small, ceiling))
    few = of_few_people(observation, rule)
    if few is not None:
        found = _around(observation, few, small, ceiling)
        # Of nobody a 0 would be shown: whoever sees none knows that there are some.
        return replace(found, rule_low=float(least)) if observation.population == 0 else found
    if rule.complement and least <= ceiling - value < rule.threshold:
        low = max(0.0, ceiling - small)
        high = ceiling - least
        return Primary(key, Reason.COMPLEMENT, low, high, low, high)
    return _find_dominated(observation, rule, ceiling)


def of_few_people(observation: Observation, rule: SensitivityRule) -> Reason | None:
    """Return why a count is of so few people that it is never shown, not even rounded; None where it isn't."""
    # Of nobody nobody is counted: whoever knows how many there are knows that, and nothing of anybody.
    people = observation.population
    if people is not None and people < rule.minimum_population and (people or observation.value):
        return Reason.POPULATION
    if 0 < (observation.denominator or 0) < rule.minimum_denominator:
        return Reason.DENOMINATOR
    return None


def _small(key: Key, value: int, least: int, high: float) -> Primary:
    reason = Reason.ZERO if value == 0 else Reason.THRESHOLD
    return Primary(key, reason, min(least, high), high, min(least, high), high)


def _around(observation: Observation, reason: Reason, margin: float, ceiling: float) -> Primary:
    value = observation.value
    return Primary(
        observation.key,
        reason,
        max(0.0, math.floor(value - margin)),
        min(math.ceil(value + margin), ceiling),
        0.0,
        ceiling,
    )


def _find_dominated(observation: Observation, rule: SensitivityRule, ceiling: float) -> Primary | None:
    ranked = sorted(observation.contributions, reverse=True)
    total = math.fsum(ranked)
    if rule.dominance is not None and ranked:
        count, share = rule.dominance
        largest = math.fsum(ranked[:count])
        if largest > total * share / 100:
            return _around(observation, Reason.DOMINANCE, max(1.0, largest * 100 / share - total), ceiling)
    return None
