"""Takes a table and what of it is published, hands out what an attacker can work out about every withheld cell.

For each cell the least and the greatest count that fits everything known: bounds row by row first, then linear
programmes on the blocks that stay open, whole-number programmes only where their answer is not whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from .linear_system import Flags, Floats, Ints, Key, System, TableSystem
from .matrices import touching
from .program import TOLERANCE, Contradiction, Program, slack_of, whole_extreme
from .propagation import Block, binding_rows, cut_out, propagate, split_blocks, spread


@dataclass(frozen=True, slots=True)
class FeasibilityInterval:
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


@dataclass(frozen=True)
class Attack:
    """What the attacker knows; `contradictions` names sources of statements that do not fit together.

    With a contradiction there are no intervals.
    """

    intervals: Mapping[Key, FeasibilityInterval]
    contradictions: tuple[str, ...] = ()


def attack(
    table: TableSystem,
    known: Mapping[Key, int],
    targets: Iterable[Key] | None = None,
    bounds: Mapping[Key, tuple[float, float]] | None = None,
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
    return Attack(
        {
            table.keys[column]: FeasibilityInterval(
                float(lows[column]), float(highs[column]), bool(exact[column])
            )
            for column in wanted.tolist()
        }
    )


def attack_columns(system: System, wanted: Ints) -> tuple[Floats, Floats, Flags, Ints]:
    """Takes a system and columns, hands out least, greatest, whether proven, and columns in contradiction."""
    matrix, flat = system.matrix, spread(system)
    lower, upper = propagate(flat, system.lower, system.upper)
    exact = np.ones(lower.size, dtype=np.bool_)
    trouble = np.flatnonzero(lower > upper)
    if trouble.size:
        return lower, upper, exact, trouble
    free = lower < upper
    tightened = replace(system, lower=lower, upper=upper)
    if np.any(unmet := _unmet(tightened, free)):
        return lower, upper, exact, np.unique(matrix[np.flatnonzero(unmet)].indices)
    asked = np.zeros(lower.size, dtype=np.bool_)
    asked[wanted] = True
    lows, highs = lower.copy(), upper.copy()
    for block in split_blocks(matrix, free, binding_rows(flat, lower, upper)):
        targets = np.flatnonzero(asked[block.columns])
        if not targets.size or not block.rows.size:
            continue
        try:
            _attack_block(cut_out(tightened, block), block, targets, lows, highs, exact)
        except Contradiction:
            return lower, upper, exact, block.columns
    return lows, highs, exact, trouble


def _attack_block(
    system: System, block: Block, targets: Ints, lows: Floats, highs: Floats, exact: Flags
) -> None:
    program = Program(system)
    # Every point met on the way shows that its counts are possible; many ends are settled before they are asked for.
    least, greatest = np.full(system.lower.size, np.inf), np.full(system.lower.size, -np.inf)

    def witness(point: Floats) -> None:
        np.minimum(least, point, out=least)
        np.maximum(greatest, point, out=greatest)

    def reach(target: int, upwards: bool, seen: Floats) -> bool:
        """Have the extreme of a column seen; False where it isn't proven."""
        optimum = program.extreme(target, upwards)
        if optimum.whole:
            witness(np.rint(optimum.point))
        edge = _inwards(optimum.value, upwards)
        if not math.isfinite(edge):
            seen[target] = edge
        if seen[target] == edge:
            return True
        whole = whole_extreme(system, target, upwards)
        if whole.point is not None:
            witness(whole.point)
        return whole.proven

    for target in targets.tolist():
        column = block.columns[target]
        for upwards, seen, limit, ends in (
            (True, greatest, system.upper, highs),
            (False, least, system.lower, lows),
        ):
            if seen[target] != limit[target]:
                exact[column] &= reach(target, upwards, seen)
            ends[column] = seen[target] + 0.0
        if lows[column] > highs[column]:
            # No possible count was found within the node limit: taken as recovered, which errs on the safe side.
            lows[column] = highs[column] = system.lower[target]


def _inwards(value: float, upwards: bool) -> float:
    if not math.isfinite(value):
        return value
    return float(math.floor(value + TOLERANCE) if upwards else math.ceil(value - TOLERANCE))


def _unmet(system: System, free: Flags) -> Flags:
    """Say which rows without an open column are not what they should be."""
    taken = system.matrix @ np.where(free, 0.0, system.lower)
    slack = slack_of(taken)
    wrong = (taken < system.row_lower - slack) | (taken > system.row_upper + slack)
    flags: Flags = wrong & ~touching(system.matrix, free)
    return flags


def _sources_at(table: TableSystem, columns: Ints) -> tuple[str, ...]:
    touched = np.zeros(len(table.keys), dtype=np.bool_)
    touched[columns] = True
    rows = np.flatnonzero(touching(table.matrix, touched))
    return tuple(sorted({table.sources[row] for row in rows.tolist()}))
