"""Round counts to multiples of 5 and audit what sums still give away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from generator.disclosure.engine.attack import FeasibilityInterval, attack
from generator.disclosure.engine.linear_system import (
    Bounds,
    Counts,
    Floats,
    Key,
    Sum,
    System,
    TableSystem,
    cut_out,
    sparse,
    split_blocks,
    touching,
)
from generator.disclosure.engine.program import cheapest_whole

NODES = 20_000
BASE = 5
"""Rounded counts are multiples of this; odd, so that none lies between two."""


@dataclass(frozen=True)
class Rounding:
    """A rounded table with its audit.

    reach: how far a count may lie from what is shown. intervals: what an attacker makes of each cell. exposed: those of the cells
    to protect that are too narrow: whoever publishes must look at them.
    """

    shown: Counts
    reach: int
    intervals: Mapping[Key, FeasibilityInterval]
    exposed: tuple[Key, ...]


def round_count(value: int) -> int:
    """Takes a count, hands out the nearest multiple of the base."""
    return (value + BASE // 2) // BASE * BASE


def round_table(table: TableSystem, values: Counts, secret: Iterable[Key]) -> Rounding:
    """Takes a table, raw counts for all its cells and the cells to protect, hands out rounded counts and their audit.

    Plain, and controlled only where plain rounding exposes cells and that exposes fewer.
    """
    wanted = sorted(secret)
    plain = round_plainly(table, values, wanted)
    controlled = round_controlled(table, values, wanted) if plain.exposed else None
    if controlled is None or len(controlled.exposed) >= len(plain.exposed):
        return plain
    return controlled


def round_plainly(table: TableSystem, values: Counts, wanted: Iterable[Key]) -> Rounding:
    """Takes what `round_table` takes, hands out the nearest multiples."""
    shown = {key: round_count(values[key]) for key in table.keys}
    return _audit(table, shown, wanted, BASE // 2)


def round_controlled(table: TableSystem, values: Counts, wanted: Iterable[Key]) -> Rounding | None:
    """Takes what `round_table` takes, hands out multiples that add up; None where there are none."""
    counts = np.array([values[key] for key in table.keys], dtype=np.float64)
    # With several geographies there may be no additive choice of neighbouring multiples: then one step further away.
    for further in range(3):
        multiples = _choose_multiples(table, counts, further)
        if multiples is not None:
            shown = {key: int(multiples[column]) * BASE for column, key in enumerate(table.keys)}
            return _audit(table, shown, wanted, BASE * (further + 1) - 1)
    return None


def _choose_multiples(table: TableSystem, counts: Floats, further: int) -> Floats | None:
    sums = np.flatnonzero((table.row_lower == 0) & (table.row_upper == 0))
    matrix = sparse(table.matrix[sums])
    low = np.maximum(0.0, np.floor(counts / BASE) - further)
    high = np.ceil(counts / BASE) + further
    chosen: Floats = low.copy()
    free = low < high
    nothing = np.zeros(sums.size)
    system = System(matrix, nothing, nothing, low, high)
    touched = touching(matrix, free)
    if np.any(~touched & (np.abs(matrix @ np.where(free, 0.0, low)) > 0.5)):
        return None
    for block in split_blocks(matrix, free, touched):
        answer = _solve_block(cut_out(system, block), counts[block.columns])
        if answer is None:
            return None
        chosen[block.columns] = answer
    return chosen


def _solve_block(block: System, counts: Floats) -> Floats | None:
    # One yes or no for each step of a multiple upwards, with what it brings closer to the count or takes further away. The
    # first steps are the cheapest, so they are taken first.
    low = block.lower
    steps = np.arange(1, int((block.upper - low).max()) + 1)
    reached = low[:, None] + steps
    there = reached <= block.upper[:, None]
    dearer = np.abs(BASE * reached - counts[:, None]) - np.abs(BASE * (reached - 1) - counts[:, None])
    of, _ = np.nonzero(there)
    open_: Floats = block.row_lower - block.matrix @ low
    none = np.zeros(of.size)
    system = System(sparse(block.matrix[:, of]), open_, open_, none, none + 1.0)
    _, taken = cheapest_whole(system, dearer[there], NODES)
    if taken is None:
        return None
    multiples: Floats = low + np.bincount(of, taken, counts.size)
    return multiples


def around(counts: Counts, reach: int) -> Bounds:
    """Return what each count can be that lies at most so far from what is shown."""
    return {key: (float(max(0, count - reach)), float(count + reach)) for key, count in counts.items()}


def reach_of(sums: Iterable[Sum], shown: Counts, *, crossing: bool) -> int:
    """Return how far a count may lie from what is shown, as readers of rounded counts know it (`crossing`: of two divisions).

    What adds up everywhere was rounded so that it does; the nearest multiples seldom do.
    """
    for item in sums:
        if item.within(shown) and shown[item.total] != sum(shown[part] for part in item.parts):
            return BASE // 2
    return 2 * BASE - 1 if crossing else BASE - 1


def _audit(table: TableSystem, shown: Counts, wanted: Iterable[Key], reach: int) -> Rounding:
    found = attack(table, {}, bounds=around(shown, reach))
    if found.contradictions:
        raise ArithmeticError(f"the raw counts themselves must fit: {', '.join(found.contradictions[:3])}")
    exposed = tuple(key for key in sorted(wanted) if is_narrow(table, key, found.intervals[key]))
    return Rounding(shown, reach, found.intervals, exposed)


def round_measure(
    table: TableSystem, values: Counts, secret: Collection[Key], hidden: Collection[Key]
) -> tuple[dict[Key, int | None], dict[Key, FeasibilityInterval]]:
    """Return the rounded counts (None where one is withheld) and what an attacker makes of each secret cell.

    `hidden` cells are never shown; neither is a cell that sums would still give away, nor one that was rounded beyond what it can be.
    """
    result = round_table(table, values, secret)
    intervals = {key: result.intervals[key] for key in secret}
    kept = dict(result.shown)
    above = {key for key, count in kept.items() if count > table.most(key)}
    exposed = {*hidden, *above, *result.exposed}
    while exposed & kept.keys():
        kept = {key: count for key, count in kept.items() if key not in exposed}
        intervals = dict(attack(table, {}, secret, around(kept, result.reach)).intervals)
        narrow = {key for key, interval in intervals.items() if is_narrow(table, key, interval)}
        exposed = _with_periods(narrow, kept.keys())
    return {key: kept.get(key) for key in values}, intervals


def is_narrow(table: TableSystem, key: Key, interval: FeasibilityInterval) -> bool:
    """Tell whether less is left open of a count than a shown 0 leaves, half of the base, or all that its denominator allows."""
    return interval.high > 0 and interval.width < min(BASE // 2, table.most(key))


def _with_periods(narrow: set[Key], kept: AbstractSet[Key]) -> set[Key]:
    """Return what is too narrow; where that is withheld already, its whole period."""
    lost = {key[2] for key in narrow - kept}
    return narrow | {key for key in kept if key[2] in lost}
