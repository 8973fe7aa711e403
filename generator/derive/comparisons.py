"""Cells in, what may be said of them beside others out: higher or lower than a benchmark, changed since, still so among many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.derive import intervals
from generator.derive.uncertainty import Spread, benchmark_of, chance_of, change_of, interval_of
from generator.model.cells import Cell, CellKey, Change, Comparison, Judgement, Verdict, rounded
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator

Spreads = Mapping[CellKey, Spread]


def compare(indicator: Indicator, cell: Cell, benchmark: Cell | None, spreads: Spreads) -> Comparison:
    """Compare a cell with a benchmark: higher or lower only where the interval excludes it.

    Interval and benchmark are those of the published counts, not of the rounded rates. A figure that was made up is
    never compared with one that was published.
    """
    space = benchmark.space if benchmark is not None else ""
    if cell.value is None or benchmark is None or benchmark.value is None or indicator.denominator is None:
        return Comparison(space, Verdict.UNKNOWN, Judgement.NONE)
    if cell.illustrative != benchmark.illustrative:
        return Comparison(space, Verdict.UNKNOWN, Judgement.NONE)
    difference = cell.value - benchmark.value
    interval = interval_of(indicator, spreads.get(cell.key))
    edges = benchmark_of(indicator, benchmark, spreads.get(benchmark.key))
    if interval is None or edges is None:
        return Comparison(space, Verdict.UNKNOWN, Judgement.NONE, difference)
    verdict = intervals.compare(interval, edges)
    return Comparison(space, verdict, _judge(indicator, verdict), difference)


def parent_comparisons(
    indicator: Indicator, spaces: Mapping[str, SpaceFacts], cells: Mapping[CellKey, Cell], spreads: Spreads
) -> dict[CellKey, Comparison]:
    """Compare every cell with the nearest area above that has one."""
    found: dict[CellKey, Comparison] = {}
    for key, cell in cells.items():
        parent = next((above for above in spaces[key[0]].ancestors if (above, key[1], key[2]) in cells), None)
        if parent is not None:
            found[key] = compare(indicator, cell, cells[parent, key[1], key[2]], spreads)
    return found


def firm_verdicts(
    indicator: Indicator,
    spaces: Mapping[str, SpaceFacts],
    cells: Mapping[CellKey, Cell],
    spreads: Spreads,
    benchmark: str,
) -> frozenset[CellKey]:
    """Return the cells that differ from the benchmark even when it is counted how many are compared.

    Compared together are the areas of one level for one period and one part of a breakdown, as they stand on a page.
    """
    families: dict[tuple[str, int, str, tuple[str, ...]], dict[CellKey, float]] = defaultdict(dict)
    for key, cell in cells.items():
        town = cells.get((benchmark, key[1], key[2]))
        if key[0] == benchmark or town is None or cell.low is None or cell.illustrative != town.illustrative:
            continue
        edges = benchmark_of(indicator, town, spreads.get(town.key))
        if edges is not None:
            facts = spaces[key[0]]
            family = families[facts.geography, facts.depth, key[1], key[2]]
            family[key] = chance_of(indicator, spreads[key], edges)
    return frozenset(key for family in families.values() for key in intervals.remaining(family))


def changes(
    indicator: Indicator, cells: Mapping[CellKey, Cell], periods: tuple[str, ...], spreads: Spreads
) -> Iterable[tuple[CellKey, Change]]:
    """Yield the change of each cell since the first period that is comparable with it, with the interval of the difference."""
    breaks = [item.period for item in indicator.breaks]
    by_place: dict[tuple[str, tuple[str, ...]], list[Cell]] = defaultdict(list)
    for item in cells.values():
        by_place[item.space, item.breakdown].append(item)
    for items in by_place.values():
        known = {cell.period: cell for cell in items if cell.value is not None}
        for period in periods:
            cell = known.get(period)
            if cell is None:
                continue
            start = max((item for item in breaks if item <= period), default="")
            earlier = [
                known[item]
                for item in periods
                if start <= item < period
                and item in known
                and known[item].forecast == cell.forecast
                and known[item].illustrative == cell.illustrative
            ]
            if earlier:
                yield cell.key, _change(indicator, earlier[0], cell, spreads)


def _change(indicator: Indicator, before: Cell, after: Cell, spreads: Spreads) -> Change:
    if after.value is None or before.value is None:
        raise ValueError("only known cells change")
    difference = after.value - before.value
    found = change_of(indicator, spreads.get(before.key), spreads.get(after.key))
    if found is None:
        return Change(before.period, Verdict.UNKNOWN, Judgement.NONE, difference)
    verdict = intervals.compare_difference(found)
    low, high = (float(rounded(limit, indicator.decimals)) for limit in (found.low, found.high))
    return Change(before.period, verdict, _judge(indicator, verdict), difference, low, high)


def _judge(indicator: Indicator, verdict: Verdict) -> Judgement:
    better = None if indicator.direction == "none" else indicator.direction == "higher-is-better"
    return intervals.judge(verdict, better)
