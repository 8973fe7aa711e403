"""Published counts in, what they leave open out: how far rounding may have moved them, the interval of a rate and of a change.

A rounded count stands for every count it may have come from. Its interval runs from the lowest limit of these to the
highest, so it holds chance and rounding together. People who come together, as children of a family do, tell less than as many
strangers: intervals and p-values are those of so many fewer (Kish 1965, Survey Sampling: effective sample size).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from generator.derive import intervals
from generator.derive.intervals import ConfidenceInterval
from generator.disclosure.counted_measures import divisor_name, measure_name, measures_of
from generator.disclosure.engine.rounding import BASE
from generator.disclosure.lattice import parts
from generator.model.cells import Cell, Reach
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator
from generator.read.values import ValueRow, ValueTable

Counts = tuple[int, int]
"""The least and the most that a true count may be."""


@dataclass(frozen=True, slots=True)
class Spread:
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


def reaches(
    indicators: Mapping[str, Indicator], spaces: Mapping[str, SpaceFacts], tables: Mapping[str, ValueTable]
) -> dict[str, Reach]:
    """Return by indicator how far its published counts may lie from the true ones; zero where nothing is rounded."""
    by_measure = {}
    for measure in measures_of(indicators):
        if measure.rounded:
            counted = [tables[item.id].rows for item in measure.owners if item.id in tables]
            by_measure[measure.name] = max((_reach(spaces, rows) for rows in counted), default=0)
    found = {}
    for key, item in indicators.items():
        divisor = divisor_name(indicators, key) if item.denominator is not None else ""
        found[key] = Reach(by_measure.get(measure_name(indicators, key), 0), by_measure.get(divisor, 0))
    return found


def _reach(spaces: Mapping[str, SpaceFacts], rows: Iterable[ValueRow]) -> int:
    """Tell from a rounded table how it was rounded: its readers know no more.

    To the nearest multiple a count moves by at most half the base, and sums seldom fit. So that they fit (controlled
    rounding), it moves by less than the base; with several geographies by less than twice the base.
    """
    counts = {(row.space, row.period, row.breakdown): row.numerator for row in rows}
    for (space, period, breakdown), total in counts.items():
        found = [counts.get((part, period, breakdown)) for part in parts(spaces, space)]
        if total is not None and found and _unlike(total, found):
            return BASE // 2
    geographies = {spaces[space].geography for space, _, _ in counts if space in spaces}
    return BASE - 1 if len(geographies) < 2 else 2 * BASE - 1


def _unlike(total: Decimal, counts: Sequence[Decimal | None]) -> bool:
    """Tell whether counts that are all known don't add up to a total."""
    known = [count for count in counts if count is not None]
    return len(known) == len(counts) and sum(known) != total


def spread_of(cell: Cell, reach: Reach) -> Spread | None:
    """Return what a cell's counts may truly be, also those of an area where nobody lives; None where it has no whole counts."""
    if cell.numerator is None or cell.denominator is None:
        return None
    count, total = cell.numerator, cell.denominator
    return Spread(
        (max(0, count - reach.numerator), count + reach.numerator),
        (max(min(1, total), total - reach.denominator), total + reach.denominator),
    )


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
        intervals.wilson(min(count, total), total).scaled(per)
        if shares
        else intervals.rate_interval(count, total, per)
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
            change = intervals.newcombe_difference(min(one, all_one), all_one, min(two, all_two), all_two)
        else:
            change = intervals.rate_difference(one, all_one, two, all_two)
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
        intervals.chance_of_share(min(count, total), total, edge)
        if shares
        else intervals.chance_of_count(count, edge * total)
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
