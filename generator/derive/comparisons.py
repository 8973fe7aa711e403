"""Cells in, what may be said of them beside others out: higher or lower than a benchmark, changed since, still so among many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive import intervals
from generator.derive.uncertainty import Spread, benchmark_of, chance_of, change_of, interval_of
from generator.model.cells import Cell, CellKey, Change, Comparison, Judgement, Verdict, rounded
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator

Spreads = Mapping[CellKey, Spread]


def compare(indicator: Indicator, cell: Cell, benchmark: Cell | None, spreads: Spreads) -> Comparison:
    """Compare one cell with a benchmark, as if it were the only one: higher or lower only where the interval excludes it.

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


def compare_all(
    indicator: Indicator,
    spaces: Mapping[str, SpaceFacts],
    benchmarks: Mapping[CellKey, Cell],
    cells: Mapping[CellKey, Cell],
    spreads: Spreads,
) -> dict[CellKey, Comparison]:
    """Compare cells with a benchmark each; „higher“ and „lower“ remain where they do when it counts how many are compared.

    Compared together are the areas of one level for one period and one part of a breakdown, as they stand on a page.
    """
    found = {key: compare(indicator, cells[key], benchmark, spreads) for key, benchmark in benchmarks.items()}
    families: dict[tuple[str, int, str, tuple[str, ...]], dict[CellKey, float]] = defaultdict(dict)
    for key, comparison in found.items():
        if comparison.verdict is not Verdict.UNKNOWN:
            facts = spaces[key[0]]
            family = families[facts.geography, facts.depth, key[1], key[2]]
            family[key] = _chance(indicator, benchmarks[key], key, spreads)
    firm = set[CellKey]().union(*map(intervals.remaining, families.values()))
    for key in found.keys() - firm:
        found[key] = _no_difference(found[key])
    return found


def _chance(indicator: Indicator, benchmark: Cell, key: CellKey, spreads: Spreads) -> float:
    edges = benchmark_of(indicator, benchmark, spreads.get(benchmark.key))
    return 1.0 if edges is None else chance_of(indicator, spreads[key], edges)


def _no_difference(comparison: Comparison) -> Comparison:
    """Return a comparison whose difference may be chance; of what can't be told nothing is said."""
    if comparison.verdict is Verdict.UNKNOWN:
        return comparison
    return replace(comparison, verdict=Verdict.SIMILAR, judgement=Judgement.NONE)


def with_parents(spaces: Mapping[str, SpaceFacts], cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Return for each cell that of the nearest area above that has one."""
    found = {}
    for key in cells:
        parents = ((above, key[1], key[2]) for above in spaces[key[0]].ancestors)
        parent = next((place for place in parents if place in cells), None)
        if parent is not None:
            found[key] = cells[parent]
    return found


def with_town(cells: Mapping[CellKey, Cell], town: str) -> dict[CellKey, Cell]:
    """Return for each cell of an area that of the town, where there is one."""
    found = {}
    for key in cells:
        place = (town, key[1], key[2])
        if key[0] != town and place in cells:
            found[key] = cells[place]
    return found


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
        ordered = [known[period] for period in periods if period in known]
        for earlier, cell in _comparable(ordered, breaks):
            yield cell.key, _change(indicator, earlier, cell, spreads)


def _comparable(cells: Sequence[Cell], breaks: Sequence[str]) -> Iterator[tuple[Cell, Cell]]:
    """Yield the cells of one place, in the order of their periods, behind the first one that each can be compared with."""
    for cell in cells:
        start = max((item for item in breaks if item <= cell.period), default="")
        earlier = next((one for one in cells if _is_comparable(one, cell, start)), None)
        if earlier is not None:
            yield earlier, cell


def _is_comparable(one: Cell, cell: Cell, start: str) -> bool:
    """Tell whether a cell is an earlier one of the same sort, and not from before the last break (`start`)."""
    same = (one.forecast, one.illustrative) == (cell.forecast, cell.illustrative)
    return start <= one.period < cell.period and same


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
