"""Takes what an attack found, hands out which withheld cells leak and which published cells and statements do it.

Works on published data alone: whoever audits committed tables or a finished site knows no raw count and no roles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

import numpy as np

from .attack import Attack, FeasibilityInterval
from .linear_system import Key, TableSystem
from .program import TOLERANCE, Program
from .propagation import cut_out, split_blocks
from .sensitivity import SensitivityRule


class LeakKind(Enum):
    """recovered: the count is known. narrow: it is surely a small one, and known better than the rule allows."""

    RECOVERED = auto()
    NARROW = auto()


class Attacker(StrEnum):
    """Who attacks: somebody who reads what is published, who is counted themselves, who guesses which cells are small."""

    READER = auto()
    CONTRIBUTOR = auto()
    GUESSER = auto()


@dataclass(frozen=True, slots=True)
class Leak:
    """A withheld cell that falls to an attacker; `knows` is the cell whose count a contributor knows."""

    key: Key
    kind: LeakKind
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
        if interval.recovered and (small or key not in unnamed):
            leaks.append(Leak(key, LeakKind.RECOVERED, interval))
        elif small and not interval.holds(low, high):
            leaks.append(Leak(key, LeakKind.NARROW, interval))
    return leaks


def explain(table: TableSystem, known: Mapping[Key, int], key: Key) -> Evidence:
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
