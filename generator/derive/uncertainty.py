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

from generator.disclosure.engine.rounding import SLACK
from generator.disclosure.measures.counted_measures import divisor_name, measures_of, rule_of
from generator.model.cells import Cell, RoundedBy, Verdict
from generator.model.config import Thresholds
from generator.model.indicator import Indicator

K = TypeVar("K", bound=Hashable)

_Z = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % above: all intervals are those of 95 %."""
_TAIL = 0.025
EXACT_BELOW = 10
"""Counts below this take the exact Poisson limits, because Byar's approximation is poor there."""


class ConfidenceInterval(Struct, frozen=True):
    """A figure's lower and upper limit, in its unit."""

    low: float
    high: float

    def scaled(self, factor: float) -> ConfidenceInterval:
        """Multiply the limits by a factor, such as 100 for percent."""
        return ConfidenceInterval(self.low * factor, self.high * factor)


@cache
def functions() -> ModuleType:
    # Loaded with the first figure: a town without figures need not have scipy (the extra `figures`).
    from scipy import special as loaded

    return loaded


def wilson(count: float, total: float) -> ConfidenceInterval:
    """Return Wilson's score interval of a proportion (0 to 1).

    (2x + z² ± z √(z² + 4x(1 − x/n))) / (2(n + z²)). ValueError if the count is no part of the total.
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
    """Return Byar's interval of an expected count (Breslow & Day 1987).

    Lower x(1 − 1/(9x) − z/(3√x))³, upper the same with x + 1 and + z. ValueError for a negative count.
    """
    _refuse_negative(count)
    low = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - _Z / (3 * math.sqrt(count))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + _Z / (3 * math.sqrt(above))) ** 3
    return ConfidenceInterval(max(0.0, low), high)


def exact_poisson(count: float) -> ConfidenceInterval:
    """Return Garwood's exact interval of an expected count.

    Half the chi-square quantiles with 2x and 2x + 2 degrees of freedom. ValueError for a negative count.
    """
    _refuse_negative(count)
    # chdtri is the upper tail: it takes the probability above the quantile.
    low = 0.0 if count == 0 else float(functions().chdtri(2 * count, 1 - _TAIL)) / 2
    high = float(functions().chdtri(2 * count + 2, _TAIL)) / 2
    return ConfidenceInterval(low, high)


def count_interval(count: float) -> ConfidenceInterval:
    """Return a count's exact interval below ten, else Byar's."""
    return (exact_poisson if count < EXACT_BELOW else byar)(count)


def rate_interval(count: float, denominator: float, per: float = 1) -> ConfidenceInterval:
    """Return the interval of a rate of events per base. Events may exceed the denominator (several a person); proportions take `wilson`."""
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, not {denominator}")
    return count_interval(count).scaled(per / denominator)


def newcombe_difference(
    count: float, total: float, other_count: float, other_total: float
) -> ConfidenceInterval:
    """Return Newcombe's interval (method 10, 1998) of two proportions' difference."""
    first, second = wilson(count, total), wilson(other_count, other_total)
    return difference_of(count / total, first, other_count / other_total, second)


def rate_difference(
    count: float, denominator: float, other_count: float, other_denominator: float
) -> ConfidenceInterval:
    """Return the interval of two Poisson rates' difference (Zou & Donner 2008).

    Each rate has the limits of `rate_interval`. ValueError for a denominator that isn't positive.
    """
    first, second = rate_interval(count, denominator), rate_interval(other_count, other_denominator)
    return difference_of(count / denominator, first, other_count / other_denominator, second)


def difference_of(
    p: float, first: ConfidenceInterval, q: float, second: ConfidenceInterval
) -> ConfidenceInterval:
    """Return the interval of two independent figures' difference (Zou & Donner 2008).

    Distances to the limits that matter are squared and added.
    """
    below = math.hypot(p - first.low, second.high - q)
    above = math.hypot(first.high - p, q - second.low)
    return ConfidenceInterval(p - q - below, p - q + above)


def chance_of_share(count: float, total: float, share: float) -> float:
    """Return the two-sided p-value of the score test for a share. It agrees with Wilson's interval, which holds the shares not rejected."""
    _refuse_no_part(count, total)
    spread = math.sqrt(total * share * (1 - share)) if 0 < share < 1 else 0.0
    apart = abs(count - total * share)
    if not spread:
        return 1.0 if apart == 0 else 0.0
    return min(1.0, 2 * float(functions().ndtr(-apart / spread)))


def chance_of_count(count: float, expected: float) -> float:
    """Return the two-sided p-value that belongs to `count_interval`.

    Below ten twice the exact Poisson tail, else Byar's approximation solved for z.
    """
    _refuse_negative(count)
    if expected <= 0:
        return 1.0 if count == 0 else 0.0
    if count < EXACT_BELOW:
        special = functions()
        tail = (
            special.gammainc(count, expected) if count > expected else special.gammaincc(count + 1, expected)
        )
        return min(1.0, 2 * float(tail))
    if count > expected:
        z = 3 * math.sqrt(count) * (1 - 1 / (9 * count) - (expected / count) ** (1 / 3))
    else:
        above = count + 1
        z = 3 * math.sqrt(above) * ((expected / above) ** (1 / 3) - 1 + 1 / (9 * above))
    return min(1.0, 2 * float(functions().ndtr(-z)))


def chance_of_difference(difference: float, low: float, high: float) -> float:
    """Return a difference's two-sided p-value from its 95 % interval.

    The spread comes from the limit nearer to 0 (Zou & Donner 2008), so p < 0.05 where the interval leaves out 0.
    """
    if low <= 0 <= high or difference == 0:
        return 1.0
    width = difference - low if difference > 0 else high - difference
    return 2 * float(functions().ndtr(-abs(difference) / width * _Z)) if width > 0 else 0.0


def remaining(chances: Mapping[K, float], error: float = 0.05) -> frozenset[K]:
    """Return what remains significant among many p-values.

    Benjamini & Hochberg (1995): at most the share `error` of these is expected by chance.
    """
    ordered = sorted(chances.values())
    passed = [chance for rank, chance in enumerate(ordered, 1) if chance <= error * rank / len(ordered)]
    return frozenset(key for key, chance in chances.items() if passed and chance <= passed[-1])


def verdict_of(interval: ConfidenceInterval, benchmark: ConfidenceInterval) -> Verdict:
    """Return higher or lower where the interval excludes the benchmark.

    A benchmark known only between two values is excluded where both are.
    """
    if interval.low > benchmark.high:
        return Verdict.HIGHER
    if interval.high < benchmark.low:
        return Verdict.LOWER
    return Verdict.SIMILAR


def compare_difference(difference: ConfidenceInterval) -> Verdict:
    """Return higher, lower or similar by a difference's interval."""
    return verdict_of(difference, ConfidenceInterval(0.0, 0.0))


def _refuse_negative(count: float) -> None:
    if not count >= 0:
        raise ValueError(f"a count cannot be negative: {count}")


def _refuse_no_part(count: float, total: float) -> None:
    if not (total > 0 and 0 <= count <= total):
        raise ValueError(f"{count} is no part of {total}")


Counts = tuple[int, int]
"""The least and the most that a true count may be."""


class Spread(Struct, frozen=True):
    """A rate's possible counts; equal ends where nothing is rounded."""

    count: Counts
    total: Counts

    @property
    def corners(self) -> tuple[tuple[int, int], ...]:
        """The pairs of counts with extreme rates."""
        return tuple(dict.fromkeys(product(self.count, self.total)))

    def rates(self, per: float) -> ConfidenceInterval:
        """Return the lowest and highest possible rate."""
        return ConfidenceInterval(self.count[0] / self.total[1] * per, self.count[1] / self.total[0] * per)


def rounded_by(indicators: Mapping[str, Indicator], defaults: Thresholds) -> dict[str, RoundedBy]:
    """Return by how much each indicator's count and denominator may be off, as they are published rounded; else zero."""
    measures = [one for one in measures_of(indicators) if one.rounded]
    rounded = {one.name: SLACK for one in measures}
    least = {item.id: rule_of(one, defaults).threshold for one in measures for item in one.owners}
    found = {}
    for key, item in indicators.items():
        own_slack = SLACK if item.disclosure.method == "round-small" else 0
        divisor = divisor_name(indicators, key) if item.denominator is not None else ""
        found[key] = RoundedBy(own_slack, rounded.get(divisor, 0), least[key] if own_slack else 0)
    return found


def spread_of(cell: Cell, reach: RoundedBy) -> Spread | None:
    """Return a cell's possible counts; None without whole counts. A 0 is exact."""
    if cell.numerator is None or cell.denominator is None:
        return None
    count, total = cell.numerator, cell.denominator
    more, below = reach.numerator if count else 0, reach.denominator if total else 0
    return Spread(
        (max(min(count, reach.least), count - more), count + more),
        (max(min(1, total), total - below), total + below),
    )


def added(spreads: Iterable[Spread]) -> Spread:
    """Return what the sum of several counts may truly be."""
    ends = [(item.count, item.total) for item in spreads]
    return Spread(
        (sum(count[0] for count, _ in ends), sum(count[1] for count, _ in ends)),
        (sum(total[0] for _, total in ends), sum(total[1] for _, total in ends)),
    )


def interval_of(indicator: Indicator, spread: Spread | None) -> ConfidenceInterval | None:
    """Return a rate's 95 % interval by the indicator's method."""
    if indicator.interval == "none" or spread is None or not spread.total[0]:
        return None
    per = float(indicator.per)
    found = [
        wilson(min(count, total), total).scaled(per)
        if indicator.interval == "wilson"
        else rate_interval(count, total, per)
        for count, total in _effective(indicator, spread)
    ]
    return _interval_around_all(found)


def change_of(indicator: Indicator, before: Spread | None, after: Spread | None) -> ConfidenceInterval | None:
    """Return a change's 95 % interval: Newcombe for proportions, else both rates' limits."""
    if indicator.interval == "none" or before is None or after is None:
        return None
    if not before.total[0] or not after.total[0]:
        return None
    found = []
    for (one, all_one), (two, all_two) in product(
        _effective(indicator, after), _effective(indicator, before)
    ):
        if indicator.interval == "wilson":
            change = newcombe_difference(min(one, all_one), all_one, min(two, all_two), all_two)
        else:
            change = rate_difference(one, all_one, two, all_two)
        found.append(change.scaled(float(indicator.per)))
    return _interval_around_all(found)


def size_of_change(indicator: Indicator, before: Spread, after: Spread) -> float:
    """Return a change's size from counts, not from rates rounded for the page."""
    earlier, later = (one.rates(float(indicator.per)) for one in (before, after))
    return (later.low + later.high - earlier.low - earlier.high) / 2


def benchmark_of(indicator: Indicator, cell: Cell, spread: Spread | None) -> ConfidenceInterval | None:
    """Return a benchmark's possible range, given rounding."""
    if cell.value is None:
        return None
    if spread is not None:
        return spread.rates(float(indicator.per))
    half = float(Decimal(1).scaleb(-indicator.decimals)) / 2
    return ConfidenceInterval(float(cell.value) - half, float(cell.value) + half)


def chance_of(indicator: Indicator, spread: Spread, benchmark: ConfidenceInterval) -> float:
    """Return the two-sided p-value of a rate against a benchmark.

    Below 0.05 exactly where the 95 % interval excludes it; 1 where rounding leaves the side open.
    """
    per = float(indicator.per)
    rates = spread.rates(per)
    if rates.low <= benchmark.high and rates.high >= benchmark.low:
        return 1.0
    edge = (benchmark.high if rates.low > benchmark.high else benchmark.low) / per
    return max(
        chance_of_share(min(count, total), total, edge)
        if indicator.interval == "wilson"
        else chance_of_count(count, edge * total)
        for count, total in _effective(indicator, spread)
    )


def _effective(indicator: Indicator, spread: Spread) -> list[tuple[float, float]]:
    """Return a spread's corners as if people were independent: same rates, fewer people."""
    return [(count / indicator.together, total / indicator.together) for count, total in spread.corners]


def _interval_around_all(found: list[ConfidenceInterval]) -> ConfidenceInterval:
    return ConfidenceInterval(min(item.low for item in found), max(item.high for item in found))
