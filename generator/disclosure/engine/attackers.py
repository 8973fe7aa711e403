"""Takes a published table and its rule, lets those attack who know or guess more than it says, hands out what falls to them.

Works on published data alone, like `leaks`: no raw count and no role is known here, so only cells that can be nothing but
small are taken for somebody's own (contributor) or for small counts other than nothing (guesser). With raw counts at hand
`review` plays both exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from .attack import FeasibilityInterval
from .contributors import Kin, find_kin
from .leaks import Attacker, Leak, LeakKind
from .linear_system import Flags, Key, System, TableSystem
from .matrices import touching
from .program import TOLERANCE, Contradiction, Program
from .propagation import Block, cut_out, propagate, split_blocks, spread
from .sensitivity import SensitivityRule


@dataclass(frozen=True)
class _Ground:
    """A block of withheld cells as somebody sees it who reads what is published."""

    block: Block
    system: System
    program: Program

    def bound(self, limits: Mapping[int, tuple[float, float]]) -> bool:
        """Bounds cells by what is known or guessed of them; False where one of them can't be so."""
        for local, (low, high) in limits.items():
            low, high = max(low, self.system.lower[local]), min(high, self.system.upper[local])
            if low > high:
                return False
            self.program.bound(local, float(low), float(high))
        return True

    def free(self, limits: Collection[int]) -> None:
        """Takes back what was known or guessed."""
        for local in limits:
            self.program.bound(local, float(self.system.lower[local]), float(self.system.upper[local]))

    def interval(self, local: int) -> FeasibilityInterval:
        """What a cell can be, by the linear programme, rounded inwards."""
        low, high = (self.program.extreme(local, upwards).value for upwards in (False, True))
        return FeasibilityInterval(float(np.ceil(low - TOLERANCE)), float(np.floor(high + TOLERANCE)))


def play_others(
    table: TableSystem, known: Mapping[Key, int], rule: SensitivityRule, named: Collection[Key]
) -> list[Leak]:
    """Takes a published table without contradictions and the cells that pages name, hands out what falls to contributors
    and guessers: small counts of others, sorted by cell."""
    kin = find_kin(table)
    found: dict[tuple[Key, Attacker], Leak] = {}
    for ground in _grounds(table, known):
        for leak in (
            *_contributors(table, kin, ground, rule, named),
            *_guessers(table, ground, rule, named),
        ):
            found.setdefault((leak.key, leak.attacker), leak)
    return [found[key] for key in sorted(found)]


def _grounds(table: TableSystem, known: Mapping[Key, int]) -> Iterator[_Ground]:
    told = table.told(known)
    lower, upper = propagate(spread(told), told.lower, told.upper)
    free: Flags = lower < upper
    for block in split_blocks(told.matrix, free, touching(told.matrix, free)):
        system = cut_out(replace(told, lower=lower, upper=upper), block)
        yield _Ground(block, system, Program(system))


def _contributors(
    table: TableSystem, kin: Kin, ground: _Ground, rule: SensitivityRule, named: Collection[Key]
) -> Iterator[Leak]:
    columns = ground.block.columns.tolist()
    least = 0 if rule.zeros else 1
    small = _surely_small(ground, rule)
    for local in small:
        column = columns[local]
        family = kin.below(column) | kin.above(column)
        if table.keys[column] not in named:
            continue
        for cases in range(1, rule.own_cases + 1):
            for other, interval in _learned(ground, local, cases, small):
                # Who knows the whole is counted in a part that is all of it.
                shared = columns[other] in family and interval.low == cases
                if interval.low >= least and not shared:
                    key, own = table.keys[columns[other]], table.keys[column]
                    yield Leak(key, LeakKind.RECOVERED, interval, Attacker.CONTRIBUTOR, own)


def _learned(
    ground: _Ground, local: int, cases: int, others: Collection[int]
) -> list[tuple[int, FeasibilityInterval]]:
    """Return the counts that somebody knows of others who knows that of one cell."""
    try:
        if not ground.bound({local: (cases, cases)}):
            return []
        found = [(other, ground.interval(other)) for other in others if other != local]
        return [(other, interval) for other, interval in found if interval.recovered]
    except Contradiction:
        # Nobody can be there: what is published rules this count out.
        return []
    finally:
        ground.free([local])


def _guessers(
    table: TableSystem, ground: _Ground, rule: SensitivityRule, named: Collection[Key]
) -> Iterator[Leak]:
    columns = ground.block.columns.tolist()
    small = [local for local in _surely_small(ground, rule) if table.keys[columns[local]] in named]
    guess = dict.fromkeys(small, (0.0 if rule.zeros else 1.0, rule.threshold - 1.0))
    try:
        for local in small if ground.bound(guess) else ():
            interval = ground.interval(local)
            if interval.recovered:
                yield Leak(table.keys[columns[local]], LeakKind.RECOVERED, interval, Attacker.GUESSER)
    except Contradiction:
        # Not all of them are small: the guess is wrong.
        return
    finally:
        ground.free(guess)


def _surely_small(ground: _Ground, rule: SensitivityRule) -> list[int]:
    return np.flatnonzero(ground.system.upper < rule.threshold).tolist()
