"""Takes counts and denominators, hands out confidence intervals and the verdict higher, lower or similar.

Proportions: Wilson (1927), Probable inference, J. Am. Stat. Assoc. 22, 209-212. Their difference: Newcombe (1998),
Stat. Med. 17, 873-890, method 10. Counts: Byar's approximation as in Breslow & Day (1987), Statistical Methods in
Cancer Research II, p. 69; below 10 the exact Poisson limits of Garwood (1936), Biometrika 28, 437-442. Difference of two
Poisson rates: from the limits of both as in Zou & Donner (2008), Stat. Med. 27, 1693-1702, of which Newcombe's is the case
of proportions. Many comparisons: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TypeVar

from generator.model.cells import Judgement, Verdict

K = TypeVar("K", bound=Hashable)

EXACT_BELOW = 10
"""Counts below this take the exact Poisson limits, because Byar's approximation is poor there."""


@dataclass(frozen=True, slots=True)
class ConfidenceInterval:
    """Lower and upper limit of a figure, in the figure's own unit."""

    low: float
    high: float

    def scaled(self, factor: float) -> ConfidenceInterval:
        """Takes a factor such as 100 for per cent, hands out the interval in that unit."""
        return ConfidenceInterval(self.low * factor, self.high * factor)


@cache
def _functions() -> ModuleType:
    # Loaded with the first figure: a town without figures need not have scipy (the extra `figures`).
    from scipy import special

    return special


@cache
def normal_quantile(confidence: float) -> float:
    """Takes a two-sided confidence such as 0.95, hands out z (1.95996...). ValueError outside 0..1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return float(_functions().ndtri((1 + confidence) / 2))


def wilson(count: float, total: float, confidence: float = 0.95) -> ConfidenceInterval:
    """Takes a count out of a total, hands out Wilson's score interval of the proportion (0..1).

    (2x + z² ± z √(z² + 4x(1 − x/n))) / (2(n + z²)). ValueError when the count is no part of the total.
    """
    _refuse_no_part(count, total)
    z = normal_quantile(confidence)
    middle = 2 * count + z * z
    spread = z * math.sqrt(z * z + 4 * count * (1 - count / total))
    width = 2 * (total + z * z)
    # At the ends the formula is exact but its floating point is not.
    low = 0.0 if count == 0 else (middle - spread) / width
    high = 1.0 if count == total else (middle + spread) / width
    return ConfidenceInterval(low, high)


def byar(count: float, confidence: float = 0.95) -> ConfidenceInterval:
    """Takes a count of events, hands out Byar's interval of the expected count (Breslow & Day 1987).

    Lower x(1 − 1/(9x) − z/(3√x))³, upper the same with x + 1 and + z. ValueError for a negative count.
    """
    _refuse_negative(count)
    z = normal_quantile(confidence)
    low = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return ConfidenceInterval(max(0.0, low), high)


def exact_poisson(count: float, confidence: float = 0.95) -> ConfidenceInterval:
    """Takes a count of events, hands out Garwood's exact interval of the expected count.

    Half the chi-square quantiles with 2x and 2x + 2 degrees of freedom. ValueError for a negative count.
    """
    _refuse_negative(count)
    tail = (1 - confidence) / 2
    # chdtri is the upper tail: it takes the probability above the quantile.
    low = 0.0 if count == 0 else float(_functions().chdtri(2 * count, 1 - tail)) / 2
    high = float(_functions().chdtri(2 * count + 2, tail)) / 2
    return ConfidenceInterval(low, high)


def count_interval(count: float, confidence: float = 0.95) -> ConfidenceInterval:
    """Takes a count of events, hands out the exact interval under ten and Byar's from ten on."""
    return (exact_poisson if count < EXACT_BELOW else byar)(count, confidence)


def rate_interval(
    count: float, denominator: float, per: float = 1, confidence: float = 0.95
) -> ConfidenceInterval:
    """Takes events, a denominator and a base such as 1,000, hands out the interval of the rate per base.

    For rates whose events are no part of the denominator (several events a person); proportions take `wilson`.
    """
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, not {denominator}")
    return count_interval(count, confidence).scaled(per / denominator)


def newcombe_difference(
    count: float, total: float, other_count: float, other_total: float, confidence: float = 0.95
) -> ConfidenceInterval:
    """Takes two proportions, hands out Newcombe's interval (method 10, 1998) of the first minus the second."""
    first = wilson(count, total, confidence)
    second = wilson(other_count, other_total, confidence)
    return difference_of(count / total, first, other_count / other_total, second)


def rate_difference(
    count: float,
    denominator: float,
    other_count: float,
    other_denominator: float,
    per: float = 1,
    confidence: float = 0.95,
) -> ConfidenceInterval:
    """Takes two Poisson rates, hands out the interval of the first minus the second (Zou & Donner 2008).

    The limits of each rate are those of `rate_interval`. ValueError for a denominator that is not positive.
    """
    first = rate_interval(count, denominator, 1, confidence)
    second = rate_interval(other_count, other_denominator, 1, confidence)
    return difference_of(count / denominator, first, other_count / other_denominator, second).scaled(per)


def difference_of(
    p: float, first: ConfidenceInterval, q: float, second: ConfidenceInterval
) -> ConfidenceInterval:
    """Takes two independent figures with their intervals, hands out that of the first minus the second (Zou & Donner 2008).

    How far each figure lies from the limit that matters is squared and added.
    """
    below = math.hypot(p - first.low, second.high - q)
    above = math.hypot(first.high - p, q - second.low)
    return ConfidenceInterval(p - q - below, p - q + above)


def chance_of_share(count: float, total: float, share: float) -> float:
    """Takes a count out of a total and a share (0..1), hands out the two-sided p-value of the score test.

    Wilson's interval is that of all shares this test doesn't reject, so the two never disagree.
    """
    _refuse_no_part(count, total)
    spread = math.sqrt(total * share * (1 - share)) if 0 < share < 1 else 0.0
    apart = abs(count - total * share)
    if not spread:
        return 1.0 if apart == 0 else 0.0
    return min(1.0, 2 * float(_functions().ndtr(-apart / spread)))


def chance_of_count(count: float, expected: float) -> float:
    """Takes a count and what was expected, hands out the two-sided p-value that belongs to `count_interval`.

    Under ten twice the exact Poisson tail, from ten on Byar's approximation solved for z.
    """
    _refuse_negative(count)
    if expected <= 0:
        return 1.0 if count == 0 else 0.0
    if count < EXACT_BELOW:
        functions = _functions()
        tail = (
            functions.gammainc(count, expected)
            if count > expected
            else functions.gammaincc(count + 1, expected)
        )
        return min(1.0, 2 * float(tail))
    if count > expected:
        z = 3 * math.sqrt(count) * (1 - 1 / (9 * count) - (expected / count) ** (1 / 3))
    else:
        above = count + 1
        z = 3 * math.sqrt(above) * ((expected / above) ** (1 / 3) - 1 + 1 / (9 * above))
    return min(1.0, 2 * float(_functions().ndtr(-z)))


def remaining(chances: Mapping[K, float], error: float = 0.05) -> frozenset[K]:
    """Takes the p-values of many comparisons, hands out those that remain when their number is taken into account.

    Benjamini & Hochberg (1995): among what remains, at most the share `error` is to be expected by chance.
    """
    ordered = sorted(chances.values())
    passed = [chance for rank, chance in enumerate(ordered, 1) if chance <= error * rank / len(ordered)]
    return frozenset(key for key, chance in chances.items() if passed and chance <= passed[-1])


def compare(interval: ConfidenceInterval, benchmark: float | ConfidenceInterval) -> Verdict:
    """Takes an interval and a benchmark in the same unit, says higher or lower only where it excludes it.

    A benchmark that is known only between two values is excluded where both are.
    """
    edges = (
        (benchmark.low, benchmark.high)
        if isinstance(benchmark, ConfidenceInterval)
        else (benchmark, benchmark)
    )
    if interval.low > edges[1]:
        return Verdict.HIGHER
    if interval.high < edges[0]:
        return Verdict.LOWER
    return Verdict.SIMILAR


def compare_difference(difference: ConfidenceInterval) -> Verdict:
    """Takes the interval of a difference, says whether the first figure is higher, lower or similar."""
    return compare(difference, 0.0)


def judge(verdict: Verdict, higher_is_better: bool | None) -> Judgement:
    """Takes a verdict and the indicator's direction (None: no judgement), hands out better, worse or none."""
    if higher_is_better is None or verdict not in (Verdict.HIGHER, Verdict.LOWER):
        return Judgement.NONE
    return Judgement.BETTER if (verdict is Verdict.HIGHER) == higher_is_better else Judgement.WORSE


def _refuse_negative(count: float) -> None:
    if not count >= 0:
        raise ValueError(f"a count cannot be negative: {count}")


def _refuse_no_part(count: float, total: float) -> None:
    if not (total > 0 and 0 <= count <= total):
        raise ValueError(f"{count} is no part of {total}")
