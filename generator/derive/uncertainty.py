"""Compute intervals, verdicts and p-values of counts and rates."""

# Sources of the formulas:
# - proportions: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; their difference: Newcombe (1998), Stat. Med. 17, 873-890, method 10
# - counts: Byar's approximation, Breslow & Day (1987), Statistical Methods in Cancer Research II, p. 69; below 10 exact Poisson
#   limits, Garwood (1936), Biometrika 28, 437-442
# - difference of two Poisson rates: Zou & Donner (2008), Stat. Med. 27, 1693-1702
# - many comparisons: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300
# - people who come together, as children of a family: effective sample size, Kish (1965), Survey Sampling
# A rounded count stands for every count it may have come from: its interval spans the lowest and the highest limit of these.

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from types import ModuleType
from typing import TypeVar

from msgspec import Struct

from generator.disclosure.counted_measures import divisor_name, measures_of
from generator.disclosure.engine.rounding import SLACK
from generator.model.cells import Cell, Reach, Verdict
from generator.model.indicator import Indicator

K = TypeVar("K", bound=Hashable)

_Z = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % above: all intervals are those of 95 %."""
_TAIL = 0.025
EXACT_BELOW = 10
"""Counts below this take the exact Poisson limits, because Byar's approximation is poor there."""


class ConfidenceInterval(Struct, frozen=True):
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


def wilson(count: float, total: float) -> ConfidenceInterval:
    """Takes a count out of a total, hands out Wilson's score interval of the proportion (0..1).

    (2x + z² ± z √(z² + 4x(1 − x/n))) / (2(n + z²)). ValueError when the count is no part of the total.
    """
    _refuse_no_part(count, total)
    middle = 2 * count + _Z * _Z
    spread = _Z * math.sqrt(_Z * _Z + 4 * count * (1 - count / total))
    width = 2 * (total + _Z * _Z)
    # At the ends the formula is exact but its floating point is not.
    low = 0.0 if count == 0 else (middle - spread) / width
    high = 1.0 if count == total else (middle + spread) / width
    return ConfidenceInterval(low, high)


def byar(count: float) -> ConfidenceInterval:
    """Takes a count of events, hands out Byar's interval of the expected count (Breslow & Day 1987).

    Lower x(1 − 1/(9x) − z/(3√x))³, upper the same with x + 1 and + z. ValueError for a negative count.
    """
    _refuse_negative(count)
    low = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - _Z / (3 * math.sqrt(count))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + _Z / (3 * math.sqrt(above))) ** 3
    return ConfidenceInterval(max(0.0, low), high)


def exact_poisson(count: float) -> ConfidenceInterval:
    """Takes a count of events, hands out Garwood's exact interval of the expected count.

    Half the chi-square quantiles with 2x and 2x + 2 degrees of freedom. ValueError for a negative count.
    """
    _refuse_negative(count)
    # chdtri is the upper tail: it takes the probability above the quantile.
    low = 0.0 if count == 0 else float(_functions().chdtri(2 * count, 1 - _TAIL)) / 2
    high = float(_functions().chdtri(2 * count + 2, _TAIL)) / 2
    return ConfidenceInterval(low, high)


def count_interval(count: float) -> ConfidenceInterval:
    """Takes a count of events, hands out the exact interval under ten and Byar's from ten on."""
    return (exact_poisson if count < EXACT_BELOW else byar)(count)


def rate_interval(count: float, denominator: float, per: float = 1) -> ConfidenceInterval:
    """Takes events, a denominator and a base such as 1,000, hands out the interval of the rate per base.

    For rates whose events are no part of the denominator (several events a person); proportions take `wilson`.
    """
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, not {denominator}")
    return count_interval(count).scaled(per / denominator)


def newcombe_difference(
    count: float, total: float, other_count: float, other_total: float
) -> ConfidenceInterval:
    """Takes two proportions, hands out Newcombe's interval (method 10, 1998) of the first minus the second."""
    first, second = wilson(count, total), wilson(other_count, other_total)
    return difference_of(count / total, first, other_count / other_total, second)


def rate_difference(
    count: float, denominator: float, other_count: float, other_denominator: float
) -> ConfidenceInterval:
    """Takes two Poisson rates, hands out the interval of the first minus the second (Zou & Donner 2008).

    The limits of each rate are those of `rate_interval`. ValueError for a denominator that is not positive.
    """
    first, second = rate_interval(count, denominator), rate_interval(other_count, other_denominator)
    return difference_of(count / denominator, first, other_count / other_denominator, second)


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


def chance_of_difference(difference: float, low: float, high: float) -> float:
    """Take a difference and its 95 % interval, return the two-sided p-value with the spread that the limit nearer to 0 shows.

    Below 0.05 where the interval leaves out 0 (Zou & Donner 2008: the spread is recovered from the limit).
    """
    if low <= 0 <= high or difference == 0:
        return 1.0
    width = difference - low if difference > 0 else high - difference
    return 2 * float(_functions().ndtr(-abs(difference) / width * _Z)) if width > 0 else 0.0


def remaining(chances: Mapping[K, float], error: float = 0.05) -> frozenset[K]:
    """Takes the p-values of many comparisons, hands out those that remain when their number is taken into account.

    Benjamini & Hochberg (1995): among what remains, at most the share `error` is to be expected by chance.
    """
    ordered = sorted(chances.values())
    passed = [chance for rank, chance in enumerate(ordered, 1) if chance <= error * rank / len(ordered)]
    return frozenset(key for key, chance in chances.items() if passed and chance <= passed[-1])


def compare(interval: ConfidenceInterval, benchmark: ConfidenceInterval) -> Verdict:
    """Takes an interval and a benchmark in the same unit, says higher or lower only where it excludes it.

    A benchmark that is known only between two values is excluded where both are.
    """
    if interval.low > benchmark.high:
        return Verdict.HIGHER
    if interval.high < benchmark.low:
        return Verdict.LOWER
    return Verdict.SIMILAR


def compare_difference(difference: ConfidenceInterval) -> Verdict:
    """Takes the interval of a difference, says whether the first figure is higher, lower or similar."""
    return compare(difference, ConfidenceInterval(0.0, 0.0))


def _refuse_negative(count: float) -> None:
    if not count >= 0:
        raise ValueError(f"a count cannot be negative: {count}")


def _refuse_no_part(count: float, total: float) -> None:
    if not (total > 0 and 0 <= count <= total):
        raise ValueError(f"{count} is no part of {total}")


Counts = tuple[int, int]
"""The least and the most that a true count may be."""


class Spread(Struct, frozen=True):
    """What numerator and denominator of a rate may truly be; both ends are the same where nothing is rounded."""

    count: Counts
    total: Counts

    @property
    def corners(self) -> tuple[tuple[int, int], ...]:
        """The pairs of counts between whose rates every other possible rate lies, each once."""
        return tuple(dict.fromkeys(product(self.count, self.total)))

    def rates(self, per: float) -> ConfidenceInterval:
        """Return the lowest and the highest rate that the counts allow."""
        return ConfidenceInterval(self.count[0] / self.total[1] * per, self.count[1] / self.total[0] * per)


def reaches(indicators: Mapping[str, Indicator]) -> dict[str, Reach]:
    """Return by indicator how far its published counts may lie from the true ones; zero where nothing is rounded."""
    rounded = {one.name: SLACK for one in measures_of(indicators) if one.rounded}
    found = {}
    for key, item in indicators.items():
        own = SLACK if item.disclosure.method == "round-small" else 0
        divisor = divisor_name(indicators, key) if item.denominator is not None else ""
        found[key] = Reach(own, rounded.get(divisor, 0))
    return found


def spread_of(cell: Cell, reach: Reach) -> Spread | None:
    """Return what a cell's counts may truly be, also those of an area where nobody lives; None where it has no whole counts.

    A shown 0 is nothing.
    """
    if cell.numerator is None or cell.denominator is None:
        return None
    count, total = cell.numerator, cell.denominator
    more, below = reach.numerator if count else 0, reach.denominator if total else 0
    return Spread((max(0, count - more), count + more), (max(min(1, total), total - below), total + below))


def added(spreads: Iterable[Spread]) -> Spread:
    """Return what the sum of several counts may truly be."""
    ends = [(item.count, item.total) for item in spreads]
    return Spread(
        (sum(count[0] for count, _ in ends), sum(count[1] for count, _ in ends)),
        (sum(total[0] for _, total in ends), sum(total[1] for _, total in ends)),
    )


def interval_of(indicator: Indicator, spread: Spread | None) -> ConfidenceInterval | None:
    """Return the 95 % interval of a rate per `per`, in the method that the indicator names."""
    if indicator.interval == "none" or spread is None or not spread.total[0]:
        return None
    per, shares = float(indicator.per), _are_shares(indicator, spread)
    found = [
        wilson(min(count, total), total).scaled(per) if shares else rate_interval(count, total, per)
        for count, total in _effective(indicator, spread)
    ]
    return _around(found)


def change_of(indicator: Indicator, before: Spread | None, after: Spread | None) -> ConfidenceInterval | None:
    """Return the 95 % interval of a rate's change: of two proportions by Newcombe, of two Poisson rates from both their limits."""
    if indicator.interval == "none" or before is None or after is None:
        return None
    if not before.total[0] or not after.total[0]:
        return None
    shares = _are_shares(indicator, before) and _are_shares(indicator, after)
    found = []
    for (one, all_one), (two, all_two) in product(
        _effective(indicator, after), _effective(indicator, before)
    ):
        if shares:
            change = newcombe_difference(min(one, all_one), all_one, min(two, all_two), all_two)
        else:
            change = rate_difference(one, all_one, two, all_two)
        found.append(change.scaled(float(indicator.per)))
    return _around(found)


def benchmark_of(indicator: Indicator, cell: Cell, spread: Spread | None) -> ConfidenceInterval | None:
    """Return between which values a benchmark lies: one value where its counts are public, else what rounding leaves open."""
    if cell.value is None:
        return None
    if spread is not None:
        return spread.rates(float(indicator.per))
    half = float(Decimal(1).scaleb(-indicator.decimals)) / 2
    return ConfidenceInterval(float(cell.value) - half, float(cell.value) + half)


def chance_of(indicator: Indicator, spread: Spread, benchmark: ConfidenceInterval) -> float:
    """Return how likely chance alone brings a rate at least as far from a benchmark (two-sided p-value).

    It is below 0.05 exactly where the 95 % interval excludes the benchmark; 1 where rounding leaves open on which side it lies.
    """
    per = float(indicator.per)
    rates = spread.rates(per)
    if rates.low <= benchmark.high and rates.high >= benchmark.low:
        return 1.0
    edge = (benchmark.high if rates.low > benchmark.high else benchmark.low) / per
    shares = _are_shares(indicator, spread)
    return max(
        chance_of_share(min(count, total), total, edge) if shares else chance_of_count(count, edge * total)
        for count, total in _effective(indicator, spread)
    )


def _effective(indicator: Indicator, spread: Spread) -> list[tuple[float, float]]:
    """Return the corners of a spread as of people who have nothing to do with each other: the same rates of fewer."""
    return [(count / indicator.together, total / indicator.together) for count, total in spread.corners]


def _are_shares(indicator: Indicator, spread: Spread) -> bool:
    """Whether what is counted is a part of what it is divided by, so that a proportion's interval holds."""
    middle = (spread.count[0] + spread.count[1]) / 2, (spread.total[0] + spread.total[1]) / 2
    return indicator.interval == "wilson" and middle[0] <= middle[1]


def _around(found: list[ConfidenceInterval]) -> ConfidenceInterval:
    return ConfidenceInterval(min(item.low for item in found), max(item.high for item in found))
