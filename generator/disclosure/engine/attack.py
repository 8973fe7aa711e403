"""Compute for each withheld cell the least and greatest count that fits all that is published.

Attackers are readers and people who are counted themselves.
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
    INFINITE,
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
    """Least and greatest count that the attacker must allow for.

    `exact` is false where a whole-number programme hit its node limit: both ends are then counts known to be possible,
    so the true interval is no narrower.
    """

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

    def holds(self, low: float, high: float) -> bool:
        """Whether the attacker must allow for everything from low to high."""
        return self.low <= low and high <= self.high


class Attack(Struct, frozen=True):
    """What the attacker knows; `contradictions` names sources of statements that do not fit together.

    With a contradiction there are no intervals.
    """

    intervals: Mapping[Key, FeasibilityInterval]
    contradictions: tuple[str, ...] = ()


def attack(
    table: TableSystem,
    known: Counts,
    targets: Iterable[Key] | None = None,
    bounds: Bounds | None = None,
) -> Attack:
    """Takes a table, the published counts and further knowledge of single cells, hands out the attacker's intervals.

    `targets` defaults to every cell that is not published. KeyError for a cell the table does not hold.
    """
    if targets is None:
        targets = [key for key in table.keys if key not in known]
    wanted = table.columns(targets)
    lows, highs, exact, trouble = attack_columns(table.told(known, bounds), wanted)
    if trouble.size:
        return Attack({}, _sources_at(table, trouble))
    intervals = intervals_at(wanted, lows, highs, exact)
    return Attack({table.keys[column]: interval for column, interval in intervals.items()})


def intervals_at(wanted: Ints, lows: Floats, highs: Floats, exact: Flags) -> dict[int, FeasibilityInterval]:
    """Return the intervals of some columns."""
    return {
        column: FeasibilityInterval(float(lows[column]), float(highs[column]), bool(exact[column]))
        for column in wanted.tolist()
    }


def attack_columns(
    system: System, wanted: Ints, enough: Floats | None = None
) -> tuple[Floats, Floats, Flags, Ints]:
    """Takes a system and columns, hands out least, greatest, whether proven, and columns in contradiction.

    Of a column that is seen to be as wide as is `enough`, the ends are counts that are possible, not the last ones.
    """
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
    # What is settled must fit.
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
    lows, highs, exact = ends
    program = Program(system)
    if enough is not None:
        # Two points far apart settle most columns at once.
        for sign in (1.0, -1.0):
            cost = np.zeros(system.lower.size)
            cost[targets] = sign
            program.least(cost)

    def reach(target: int, upwards: bool, seen: Floats) -> bool:
        """Have the extreme of a column seen; False where it isn't proven."""
        edge = _inwards(program.extreme(target, upwards).value, upwards)
        if not math.isfinite(edge):
            seen[target] = edge
        if seen[target] == edge:
            return True
        point, is_proven = whole_extreme(system, target, upwards)
        if point is not None:
            program.show(point)
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


def _inwards(value: float, upwards: bool) -> float:
    if not math.isfinite(value):
        return value
    return float(math.floor(value + TOLERANCE) if upwards else math.ceil(value - TOLERANCE))


def _sources_at(table: TableSystem, columns: Ints) -> tuple[str, ...]:
    touched = np.zeros(len(table.keys), dtype=np.bool_)
    touched[columns] = True
    return table.sources_of(touching(table.matrix, touched))


class Attacker(StrEnum):
    """Who attacks: somebody who reads what is published, who knows besides which counts are small, or who is counted themselves."""

    READER = auto()
    INSIDER = auto()
    CONTRIBUTOR = auto()


Sign = tuple[Key, Attacker]


class Leak(Struct, frozen=True):
    """A withheld cell that falls to an attacker who knows these bounds; `knows` is the cell whose count a contributor knows.

    beyond: what they would know of a count that is shown, if it were withheld.
    """

    key: Key
    interval: FeasibilityInterval
    attacker: Attacker = Attacker.READER
    knows: Key | None = None
    bounds: Bounds | None = None
    beyond: tuple[float, float] = (1.0, INFINITE)

    @property
    def sign(self) -> Sign:
        """What falls to whom."""
        return self.key, self.attacker


class Evidence(Struct, frozen=True):
    """What an attacker calculates with: published cells, and sources of the sums and statements that tie them."""

    cells: tuple[Key, ...]
    sources: tuple[str, ...]


def find_narrow(
    table: TableSystem, bounds: Bounds, asked: Mapping[Key, float]
) -> dict[Key, FeasibilityInterval]:
    """Takes how wide the intervals of some cells must be, hands out those that are narrower; none where nothing fits."""
    enough = np.full(len(table.keys), np.inf)
    wanted = table.columns(asked)
    enough[wanted] = np.array([*asked.values()])
    lows, highs, exact, trouble = attack_columns(table.told({}, bounds), wanted, enough)
    if trouble.size:
        return {}
    intervals = intervals_at(wanted, lows, highs, exact)
    return {table.keys[column]: one for column, one in intervals.items() if one.width < enough[column]}


def find_fitting(table: TableSystem, bounds: Bounds, guess: Bounds) -> dict[Key, tuple[float, float]]:
    """Return bounds with what somebody guesses of some cells, but where it doesn't fit."""
    left = dict(guess)
    while left:
        told = table.told({}, {**bounds, **left})
        *_, trouble = attack_columns(told, np.zeros(0, dtype=np.int64))
        if not trouble.size:
            break
        wrong = {table.keys[column] for column in trouble.tolist()} & left.keys()
        if not wrong:
            return dict(bounds)
        left = {key: one for key, one in left.items() if key not in wrong}
    return {**bounds, **left}


def evidence_cells(table: TableSystem, bounds: Bounds, key: Key) -> set[Key]:
    """Return the cells that bound a cell from both sides, by the multipliers of the attacker's programme that are not zero."""
    return _bounding(table, bounds, key)[0]


def explain(table: TableSystem, bounds: Bounds, shown: Collection[Key], key: Key) -> Evidence:
    """Takes a table, what is known of its cells, which are shown, and a withheld cell, hands out by what it is bounded."""
    cells, sources = _bounding(table, bounds, key)
    return Evidence(tuple(sorted(cells.intersection(shown))), tuple(sorted(sources)))


def _bounding(table: TableSystem, bounds: Bounds, key: Key) -> tuple[set[Key], set[str]]:
    told = table.told({}, bounds)
    target = table.index[key]
    cells: set[Key] = set()
    sources: set[str] = set()
    free = told.lower < told.upper
    free[target] = True
    for block in split_blocks(table.matrix, free, touching(table.matrix, free)):
        if target not in block.columns:
            continue
        program = Program(cut_out(told, block))
        local = int(np.flatnonzero(block.columns == target)[0])
        for upwards in (True, False):
            used = block.rows[np.abs(program.extreme(local, upwards).multipliers) > TOLERANCE]
            sources.update(table.sources[row] for row in used.tolist() if table.sources[row])
            cells.update(table.keys[column] for column in np.unique(table.matrix[used].indices).tolist())
    return cells - {key}, sources


Steps = dict[int, set[int]]
Learned = tuple[Key, int, Key, FeasibilityInterval]
"""A contributor's own cell and its count, and another cell with what they know of it."""


def learned_by_contributors(
    table: TableSystem, bounds: Bounds, named: Collection[Key], rule: SensitivityRule, counts: Counts
) -> Iterator[Learned]:
    """Yield what falls to somebody who is counted in a cell and knows it: one other withheld count exactly.

    Where real `counts` aren't known, that is anybody in a cell that can only be small.
    """
    inside, around = _kin(table)
    told = table.told({}, bounds)
    free = told.lower < told.upper
    asked = np.zeros(free.size, dtype=np.bool_)
    asked[table.columns(named)] = True
    for block in split_blocks(told.matrix, free, touching(told.matrix, free)):
        others = np.flatnonzero(asked[block.columns])
        ground = cut_out(told, block)
        for place, cases in product(others.tolist(), range(1, rule.own_cases + 1)):
            own = int(block.columns[place])
            is_own = counts.get(table.keys[own]) == cases or ground.upper[place] < rule.threshold
            if not is_own or not ground.lower[place] <= cases <= ground.upper[place]:
                continue
            learned = {
                int(block.columns[other]): count for other, count in _recovered(ground, place, cases, others)
            }
            for column in learned.keys() - _of_themselves({**learned, own: cases}, own, inside, around):
                if count := learned[column]:
                    yield table.keys[own], cases, table.keys[column], FeasibilityInterval(count, count)


def _of_themselves(learned: Mapping[int, float], own: int, inside: Steps, around: Steps) -> set[int]:
    """Return the cells that count nobody but those of one's own cell: all parts of it, and wholes that are no more than one of them."""
    parts = all_reached(own, inside) | {own}
    found = set(parts)
    for part in parts & learned.keys():
        found |= {one for one in all_reached(part, around) & learned.keys() if learned[one] == learned[part]}
    return found


def _recovered(ground: System, place: int, cases: int, others: Ints) -> Iterator[tuple[int, float]]:
    """Yield the other places of a block that are known to whoever knows one."""
    lower, upper = ground.lower.copy(), ground.upper.copy()
    lower[place] = upper[place] = cases
    wanted = others[others != place]
    lows, highs, _, trouble = attack_columns(
        replace(ground, lower=lower, upper=upper), wanted, np.ones(lower.size)
    )
    # Where nothing fits, nobody is in that place.
    for other in wanted.tolist() if not trouble.size else ():
        if lows[other] == highs[other] and ground.lower[other] < ground.upper[other]:
            yield other, float(lows[other])


def _kin(table: TableSystem) -> tuple[Steps, Steps]:
    """Return one step down and one step up from each cell by sums, and by what is no more than its whole.

    A cell with a single part is that part, so the step goes both ways.
    """
    inside: Steps = defaultdict(set)
    around: Steps = defaultdict(set)
    matrix = table.matrix
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
