"""Compute each withheld cell's least and greatest count that fits what is published.

Attackers are readers, and people who are counted themselves.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum, auto
from itertools import product

import numpy as np
from msgspec import Struct

from generator.disclosure.engine.linear_system import (
    Block,
    Bounds,
    Counts,
    Flags,
    Floats,
    Ints,
    Key,
    System,
    TableSystem,
    all_reached,
    cut_out,
    split_blocks,
    touching,
)
from generator.disclosure.engine.program import TOLERANCE, Contradiction, Program, kept_rows, whole_extreme
from generator.disclosure.engine.sensitivity import SensitivityRule


class FeasibilityInterval(Struct, frozen=True):
    """A count's least and greatest value; unless `exact` maybe narrower than true, so that too much is withheld."""

    low: float
    high: float
    exact: bool = True

    @property
    def width(self) -> float:
        """Greatest minus least; 0 means recovered."""
        return self.high - self.low

    @property
    def recovered(self) -> bool:
        """Whether the attacker knows the count."""
        return self.low == self.high


class Attack(Struct, frozen=True):
    """What the attacker knows; empty where statements contradict (`contradictions`)."""

    intervals: Mapping[Key, FeasibilityInterval]
    contradictions: tuple[str, ...] = ()


def attack(
    table: TableSystem,
    known: Counts,
    targets: Iterable[Key] | None = None,
    bounds: Bounds | None = None,
) -> Attack:
    """Return intervals of `targets` (default: all unpublished) given counts and bounds."""
    if targets is None:
        targets = [key for key in table.keys if key not in known]
    wanted = table.columns(targets)
    lows, highs, exact, trouble = attack_columns(table.with_counts(known, bounds), wanted)
    if trouble.size:
        touched = np.zeros(len(table.keys), dtype=np.bool_)
        touched[trouble] = True
        return Attack({}, table.sources_of(touching(table.matrix, touched)))
    return Attack(_intervals_of(table, wanted, lows, highs, exact))


def _intervals_of(
    table: TableSystem, wanted: Ints, lows: Floats, highs: Floats, exact: Flags
) -> dict[Key, FeasibilityInterval]:
    ends = ((column, float(lows[column]), float(highs[column])) for column in wanted.tolist())
    return {table.keys[one]: FeasibilityInterval(low, high, bool(exact[one])) for one, low, high in ends}


def attack_columns(
    system: System, wanted: Ints, enough: Floats | None = None
) -> tuple[Floats, Floats, Flags, Ints]:
    """Return (least, greatest, proven) by column, and contradicting columns; an interval as wide as `enough` isn't widened further."""
    matrix = system.matrix
    lower = np.ceil(system.lower - TOLERANCE) + 0.0
    upper = np.floor(system.upper + TOLERANCE) + 0.0
    exact = np.ones(lower.size, dtype=np.bool_)
    trouble = np.flatnonzero(lower > upper)
    if trouble.size:
        return lower, upper, exact, trouble
    free = lower < upper
    counting = touching(matrix, free)
    whole = replace(system, lower=lower, upper=upper)
    # Rows whose columns all have one possible value must hold.
    unmet = ~counting & ~kept_rows(whole, matrix @ np.where(free, 0.0, lower))
    if np.any(unmet):
        return lower, upper, exact, np.unique(matrix[np.flatnonzero(unmet)].indices)
    asked = np.zeros(lower.size, dtype=np.bool_)
    asked[wanted] = True
    lows = lower.copy()
    highs = upper.copy()
    for block in split_blocks(matrix, free, counting):
        targets = np.flatnonzero(asked[block.columns])
        if not block.rows.size:
            continue
        if not targets.size:
            # That nothing fits is seen where anything is asked.
            targets = np.zeros(1, dtype=np.int64)
        try:
            _attack_block(cut_out(whole, block), block, targets, (lows, highs, exact), enough)
        except Contradiction:
            return lower, upper, exact, block.columns
    return lows, highs, exact, trouble


def _attack_block(
    system: System, block: Block, targets: Ints, ends: tuple[Floats, Floats, Flags], enough: Floats | None
) -> None:
    """Set a block's targets in `ends`: least, greatest, whether both are proven."""
    lows, highs, exact = ends
    program = Program(system)
    if enough is not None:
        # Two points far apart settle most columns at once.
        for sign in (1.0, -1.0):
            cost = np.zeros(system.lower.size)
            cost[targets] = sign
            program.least(cost)

    def reach(target: int, upwards: bool, seen: Floats) -> bool:
        """Find a column's extreme; False where it isn't proven."""
        edge = program.extreme(target, upwards).value
        if not math.isfinite(edge):
            seen[target] = edge
            return True
        edge = math.floor(edge + TOLERANCE) if upwards else math.ceil(edge - TOLERANCE)
        if seen[target] == edge:
            return True
        point, is_proven = whole_extreme(system, target, upwards)
        if point is not None:
            program.widen_by(point)
        return is_proven

    for target in targets.tolist():
        column = block.columns[target]
        seen_low, seen_high = program.lowest[target], program.highest[target]
        if enough is not None and seen_high - seen_low >= max(1.0, enough[column]):
            lows[column], highs[column] = seen_low, seen_high
            continue
        # Many ends are settled by points met on the way, before they are asked for.
        for upwards, seen, limit, found in (
            (True, program.highest, system.upper, highs),
            (False, program.lowest, system.lower, lows),
        ):
            if seen[target] != limit[target]:
                exact[column] &= reach(target, upwards, seen)
            found[column] = seen[target] + 0.0
        if lows[column] > highs[column]:
            # No possible count was found within the node limit: taken as recovered, which errs on the safe side.
            lows[column] = highs[column] = system.lower[target]


class Attacker(StrEnum):
    """Who attacks: readers, counted people."""

    READER = auto()
    CONTRIBUTOR = auto()


class Leak(Struct, frozen=True):
    """A withheld cell revealed by these bounds."""

    key: Key
    interval: FeasibilityInterval
    attacker: Attacker = Attacker.READER
    knows: Key | None = None
    """A contributor's own cell; None for other attackers."""
    bounds: Bounds | None = None
    """What the attacker takes for possible, by cell."""

    @property
    def cell_and_attacker(self) -> tuple[Key, Attacker]:
        """By what leaks of two tables are compared."""
        return self.key, self.attacker


class Evidence(Struct, frozen=True):
    """What an attack uses: published cells, and sources of sums and statements."""

    cells: tuple[Key, ...]
    sources: tuple[str, ...]


def find_narrow(
    table: TableSystem, bounds: Bounds, asked: Mapping[Key, float]
) -> dict[Key, FeasibilityInterval]:
    """Return cells whose intervals are narrower than asked; none if nothing fits."""
    enough = np.full(len(table.keys), np.inf)
    wanted = table.columns(asked)
    enough[wanted] = np.array([*asked.values()])
    lows, highs, exact, trouble = attack_columns(table.with_counts({}, bounds), wanted, enough)
    if trouble.size:
        return {}
    intervals = _intervals_of(table, wanted, lows, highs, exact)
    return {key: one for key, one in intervals.items() if one.width < asked[key]}


def explain(table: TableSystem, bounds: Bounds, shown: Collection[Key], key: Key) -> Evidence:
    """Return shown cells and sources that bound a cell, by dual multipliers."""
    system = table.with_counts({}, bounds)
    target = table.index[key]
    cells: set[Key] = set()
    sources: set[str] = set()
    free = system.lower < system.upper
    free[target] = True
    for block in split_blocks(table.matrix, free, touching(table.matrix, free)):
        if target not in block.columns:
            continue
        program = Program(cut_out(system, block))
        local = int(np.flatnonzero(block.columns == target)[0])
        for upwards in (True, False):
            used = block.rows[np.abs(program.extreme(local, upwards).multipliers) > TOLERANCE]
            sources.update(table.sources[row] for row in used.tolist() if table.sources[row])
            cells.update(table.keys[column] for column in np.unique(table.matrix[used].indices).tolist())
    return Evidence(tuple(sorted((cells - {key}).intersection(shown))), tuple(sorted(sources)))


Steps = dict[int, set[int]]
"""By column other columns: those of its parts, or of its wholes."""
Learned = tuple[Key, int, Key, FeasibilityInterval]
"""A contributor's own cell and its count, and another cell with what they know of it."""


def learned_by_contributors(
    table: TableSystem, bounds: Bounds, named: Collection[Key], rule: SensitivityRule, counts: Counts
) -> Iterator[Learned]:
    """Yield what a person counted in a small cell learns exactly. Small are real `counts` of up to `own_cases`, and what can only be below the threshold."""
    inside, around = _parts_and_wholes(table)
    system = table.with_counts({}, bounds)
    free = system.lower < system.upper
    asked = np.zeros(free.size, dtype=np.bool_)
    asked[table.columns(named)] = True
    for block in split_blocks(system.matrix, free, touching(system.matrix, free)):
        others = np.flatnonzero(asked[block.columns])
        within = cut_out(system, block)
        for place, cases in product(others.tolist(), range(1, rule.own_cases + 1)):
            own = int(block.columns[place])
            is_small = counts.get(table.keys[own]) == cases or within.upper[place] < rule.threshold
            if not is_small or not within.lower[place] <= cases <= within.upper[place]:
                continue
            learned = {
                int(block.columns[other]): count for other, count in _recovered(within, place, cases, others)
            }
            for column in learned.keys() - _of_themselves({**learned, own: cases}, own, inside, around):
                if count := learned[column]:
                    yield table.keys[own], cases, table.keys[column], FeasibilityInterval(count, count)


def _of_themselves(learned: Mapping[int, float], own: int, inside: Steps, around: Steps) -> set[int]:
    """Return cells counting only people of one's own cell: parts, and equal wholes."""
    parts = {own, *all_reached(own, inside)}
    wholes = (
        (part, one) for part in parts & learned.keys() for one in all_reached(part, around) & learned.keys()
    )
    return parts.union(one for part, one in wholes if learned[one] == learned[part])


def _recovered(block: System, place: int, cases: int, others: Ints) -> Iterator[tuple[int, float]]:
    """Yield (place, count) of other columns of a block that knowing the `cases` of one reveals."""
    lower, upper = block.lower.copy(), block.upper.copy()
    lower[place] = upper[place] = cases
    wanted = others[others != place]
    lows, highs, _, trouble = attack_columns(
        replace(block, lower=lower, upper=upper), wanted, np.ones(lower.size)
    )
    # Where nothing fits, that column can't have so many cases.
    for other in wanted.tolist() if not trouble.size else ():
        if lows[other] == highs[other] and block.lower[other] < block.upper[other]:
            yield other, float(lows[other])


def _parts_and_wholes(table: TableSystem) -> tuple[Steps, Steps]:
    """Return (parts, wholes) of each cell; a single part equals its whole."""
    inside: Steps = defaultdict(set)
    around: Steps = defaultdict(set)
    matrix = table.matrix
    # Parts less the whole are 0 where they are its sum, and at most 0 where they are only within it.
    at_most = (table.row_lower == 0) | np.isneginf(table.row_lower)
    for row in np.flatnonzero(at_most & (table.row_upper == 0)).tolist():
        place = slice(matrix.indptr[row], matrix.indptr[row + 1])
        weights = dict(zip(matrix.indices[place].tolist(), matrix.data[place].tolist(), strict=True))
        totals = [column for column, weight in weights.items() if weight == -1.0]
        parts = [column for column, weight in weights.items() if weight == 1.0]
        if len(totals) != 1 or len(parts) != len(weights) - 1:
            continue
        for total, part in product(totals, parts):
            inside[total].add(part)
            around[part].add(total)
            if len(parts) == 1 and table.row_lower[row] == 0:
                inside[part].add(total)
                around[total].add(part)
    return inside, around
