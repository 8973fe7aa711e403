"""Compute for each withheld cell the least and greatest count that fits all that is published.

Attackers are readers, people who are counted themselves, and those who guess which cells are small.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto

import numpy as np

from generator.disclosure.engine.cuts import Kin, find_kin
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
    cut_out,
    split_blocks,
    touching,
)
from generator.disclosure.engine.program import TOLERANCE, Contradiction, Program, kept_rows, whole_extreme
from generator.disclosure.engine.sensitivity import SensitivityRule


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


def attack_columns(system: System, wanted: Ints) -> tuple[Floats, Floats, Flags, Ints]:
    """Takes a system and columns, hands out least, greatest, whether proven, and columns in contradiction."""
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
            _attack_block(cut_out(whole, block), block, targets, lows, highs, exact)
        except Contradiction:
            return lower, upper, exact, block.columns
    return lows, highs, exact, trouble


def _attack_block(
    system: System, block: Block, targets: Ints, lows: Floats, highs: Floats, exact: Flags
) -> None:
    program = Program(system)

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
        # Many ends are settled by points met on the way, before they are asked for.
        for upwards, seen, limit, ends in (
            (True, program.highest, system.upper, highs),
            (False, program.lowest, system.lower, lows),
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


def _sources_at(table: TableSystem, columns: Ints) -> tuple[str, ...]:
    touched = np.zeros(len(table.keys), dtype=np.bool_)
    touched[columns] = True
    return table.sources_of(touching(table.matrix, touched))


class Attacker(StrEnum):
    """Who attacks: somebody who reads what is published, who is counted themselves, who guesses which cells are small."""

    READER = auto()
    CONTRIBUTOR = auto()
    GUESSER = auto()


@dataclass(frozen=True, slots=True)
class Leak:
    """A withheld cell that falls to an attacker; `knows` is the cell whose count a contributor knows."""

    key: Key
    interval: FeasibilityInterval
    attacker: Attacker = Attacker.READER
    knows: Key | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an attacker calculates with: published cells, and sources of the sums and statements that tie them."""

    cells: tuple[Key, ...]
    sources: tuple[str, ...]


def find_leaks(
    table: TableSystem, found: Attack, rule: SensitivityRule, unnamed: Collection[Key] = ()
) -> list[Leak]:
    """Takes the attack on a published table and the rule of its source, hands out the leaks, sorted by cell.

    `unnamed` are cells that no page ever names (where two geographies cross): only a small count may not come out there.
    """
    leaks = []
    least = 0 if rule.zeros else 1
    for key, interval in sorted(found.intervals.items()):
        column = table.index[key]
        low = max(float(least), float(table.lower[column]))
        high = min(float(rule.threshold - 1), float(table.upper[column]))
        small = low <= interval.high and interval.low <= high and interval.high < rule.threshold
        known = interval.recovered and (small or key not in unnamed)
        if known or (small and not interval.holds(low, high)):
            leaks.append(Leak(key, interval))
    return leaks


def explain(table: TableSystem, known: Counts, key: Key) -> Evidence:
    """Takes a table, the published counts and a withheld cell, hands out what bounds the cell from both sides.

    The multipliers of the attacker's programme that are not zero. KeyError for a cell the table does not hold.
    """
    published = np.zeros(len(table.keys), dtype=np.bool_)
    published[table.columns(known)] = True
    told = table.told(known)
    target = table.index[key]
    every_row = np.ones(len(table.sources), dtype=np.bool_)
    cells: set[Key] = set()
    sources: set[str] = set()
    for block in split_blocks(table.matrix, ~published, every_row):
        if target not in block.columns:
            continue
        program = Program(cut_out(told, block))
        local = int(np.flatnonzero(block.columns == target)[0])
        for upwards in (True, False):
            used = block.rows[np.abs(program.extreme(local, upwards).multipliers) > TOLERANCE]
            sources.update(table.sources[row] for row in used.tolist() if table.sources[row])
            touched = np.unique(table.matrix[used].indices)
            cells.update(table.keys[column] for column in touched.tolist() if published[column])
    return Evidence(tuple(sorted(cells)), tuple(sorted(sources)))


@dataclass(frozen=True)
class _Ground:
    """A block of withheld cells as readers see it.

    keys: what the cells are. columns: their places in the table. small: places in the block of those that can only be small.
    """

    system: System
    keys: list[Key]
    columns: list[int]
    small: list[int]

    def learned(self, low: Mapping[int, float], high: Mapping[int, float]) -> dict[int, FeasibilityInterval]:
        """Return the small counts that somebody knows who knows of some cells what they are at least and at most."""
        lower = self.system.lower.copy()
        upper = self.system.upper.copy()
        for place in low:
            lower[place] = max(lower[place], low[place])
            upper[place] = min(upper[place], high[place])
        known = replace(self.system, lower=lower, upper=upper)
        lows, highs, _, trouble = attack_columns(known, np.array(self.small))
        # Where nothing fits, nobody is in that place, or the guess is wrong.
        if trouble.size:
            return {}
        recovered = [place for place in self.small if lows[place] == highs[place]]
        return {place: FeasibilityInterval(float(lows[place]), float(highs[place])) for place in recovered}


def play_others(
    table: TableSystem,
    known: Counts,
    rule: SensitivityRule,
    named: Collection[Key],
    seen: Attack | None = None,
) -> list[Leak]:
    """Takes a published table without contradictions, the cells that pages name and what readers found (else they are asked), hands
    out what falls to contributors and guessers: small counts of others, sorted by cell."""
    kin = find_kin(table)
    found: dict[tuple[Key, Attacker], Leak] = {}
    for ground in _grounds(table, known, rule.threshold, seen or attack(table, known)):
        for leak in (*_contributors(ground, kin, rule, named), *_guessers(ground, rule, named)):
            found.setdefault((leak.key, leak.attacker), leak)
    return [found[key] for key in sorted(found)]


def _grounds(table: TableSystem, known: Counts, threshold: int, seen: Attack) -> Iterator[_Ground]:
    """Yield the blocks in which a cell can only be small."""
    # What isn't proven is too narrow: nobody knows it.
    proven = {key: (one.low, one.high) for key, one in seen.intervals.items() if one.exact}
    told = table.told(known, proven)
    free = told.lower < told.upper
    for block in split_blocks(told.matrix, free, touching(told.matrix, free)):
        columns = block.columns.tolist()
        small = np.flatnonzero(told.upper[block.columns] < threshold).tolist()
        if small:
            yield _Ground(cut_out(told, block), [table.keys[column] for column in columns], columns, small)


def _contributors(ground: _Ground, kin: Kin, rule: SensitivityRule, named: Collection[Key]) -> Iterator[Leak]:
    for place in ground.small:
        column = ground.columns[place]
        own = ground.keys[place]
        family = kin.below(column) | kin.above(column)
        for cases in range(1, rule.own_cases + 1) if own in named else ():
            for other, interval in ground.learned({place: cases}, {place: cases}).items():
                # Who knows the whole is counted in a part that is all of it.
                shared = ground.columns[other] in family and interval.low == cases
                if other != place and interval.low >= _least(rule) and not shared:
                    key = ground.keys[other]
                    yield Leak(key, interval, Attacker.CONTRIBUTOR, own)


def _guessers(ground: _Ground, rule: SensitivityRule, named: Collection[Key]) -> Iterator[Leak]:
    guessed = [place for place in ground.small if ground.keys[place] in named]
    low = dict.fromkeys(guessed, float(_least(rule)))
    for place, interval in ground.learned(low, dict.fromkeys(guessed, rule.threshold - 1.0)).items():
        if place in low:
            yield Leak(ground.keys[place], interval, Attacker.GUESSER)


def _least(rule: SensitivityRule) -> int:
    return 0 if rule.zeros else 1
