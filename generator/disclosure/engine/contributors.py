"""Find the cells beside a block of withheld ones that must go too, because somebody knows one of these from the inside.

Whoever is the only case in a cell knows its count, adds it to what is published and attacks again (the singleton problem).
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from .board import Board, Knowledge
from .cuts import ALWAYS, Cut, Demand, Face, Shortfall, meet, open_face
from .linear_system import Flags, Floats, TableSystem
from .program import Contradiction
from .propagation import Block

# Points tried in random directions: they show of nearly every cell that it stays open, before any is asked for alone.
DIRECTIONS = 3

Place = TypeVar("Place")

Own = tuple[int, float, int, bool | None]
"""Who knows (column, deviation of its count), what falls to them (column) and in which direction."""


@dataclass
class Kin:
    """Which cells hold a cell, and which it holds: who is counted in the one is, or may be, counted in the other.

    inside and around: one step down and up. A cell with a single part is that part, so the step goes both ways.
    """

    inside: Mapping[int, Collection[int]]
    around: Mapping[int, Collection[int]]
    _below: dict[int, frozenset[int]] = field(default_factory=dict)
    _above: dict[int, frozenset[int]] = field(default_factory=dict)

    def below(self, column: int) -> frozenset[int]:
        """Return the cells that a cell holds, by all sums together."""
        if column not in self._below:
            self._below[column] = all_reached(column, self.inside)
        return self._below[column]

    def above(self, column: int) -> frozenset[int]:
        """Return the cells that hold a cell."""
        if column not in self._above:
            self._above[column] = all_reached(column, self.around)
        return self._above[column]


def all_reached(start: Place, steps: Mapping[Place, Collection[Place]]) -> frozenset[Place]:
    """Takes a start and where one comes to from each place, hands out all that is reached but the start."""
    reached, waiting = {start}, [start]
    while waiting:
        for other in steps.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached - {start})


def find_kin(table: TableSystem) -> Kin:
    """Takes a table, hands out what lies above and below each cell by its sums."""
    inside: dict[int, set[int]] = {}
    around: dict[int, set[int]] = {}
    matrix = table.matrix
    for row in np.flatnonzero((table.row_lower == 0) & (table.row_upper == 0)).tolist():
        start, stop = matrix.indptr[row], matrix.indptr[row + 1]
        columns, weights = matrix.indices[start:stop].tolist(), matrix.data[start:stop].tolist()
        totals = [column for column, weight in zip(columns, weights, strict=True) if weight == -1.0]
        parts = [column for column, weight in zip(columns, weights, strict=True) if weight == 1.0]
        if len(totals) != 1 or len(parts) != len(columns) - 1:
            continue
        for total, part in itertools.product(totals, parts):
            inside.setdefault(total, set()).add(part)
            around.setdefault(part, set()).add(total)
            if len(parts) == 1:
                inside.setdefault(part, set()).add(total)
                around.setdefault(total, set()).add(part)
    return Kin(inside, around)


def find_own_cuts(
    board: Board, kin: Kin, block: Block, waived: Collection[Own]
) -> Iterator[tuple[Own, Cut | Shortfall]]:
    """Takes a block, hands out a cut for everything that falls to a contributor; what is waived is not asked for."""
    knowing = [local for local, column in enumerate(block.columns.tolist()) if column in board.own]
    if not knowing:
        return
    common = open_face(board, block, board.blind)
    for local in knowing:
        column = int(block.columns[local])
        for deviation in board.own[column]:
            face = _know(common, local, deviation)
            try:
                _look_around(face)
                asked = _demands(board, kin, block, local, deviation)
                yield from _fallen(board, kin, face, (one for one in asked if one[0] not in waived))
            except Contradiction:
                # What is published rules this count out, so nobody is in that place.
                continue
            finally:
                common.program.bound(
                    local, float(common.system.lower[local]), float(common.system.upper[local])
                )


def _fallen(
    board: Board, kin: Kin, face: Face, asked: Iterable[tuple[Own, Demand]]
) -> Iterator[tuple[Own, Cut | Shortfall]]:
    """Hand out a cut for each demand of others that is not met by what somebody knows."""
    for own, demand in asked:
        found = meet(board, face, demand)
        if found is None or (demand.upwards is None and _shared(board, kin, face, own, demand)):
            continue
        yield own, found


def ruled_out(board: Board, kin: Kin, withheld: Flags) -> dict[int, set[float]]:
    """Takes a pattern, hands out which own counts it tells of small cells that they are not: it would guard them better."""
    supposed = {
        column: others
        for column in np.flatnonzero(board.small & board.named & withheld).tolist()
        if (others := _other_cases(board, column))
    }
    found: dict[int, set[float]] = {}
    doubtful = replace(board, own=supposed)
    for block in board.blocks(withheld):
        for (column, deviation, _, _), item in find_own_cuts(doubtful, kin, block, ()):
            if isinstance(item, Cut):
                found.setdefault(column, set()).add(float(board.values[column]) + deviation)
    return found


def _other_cases(board: Board, column: int) -> tuple[float, ...]:
    value, played = float(board.values[column]), board.own.get(column, ())
    deviations = (case - value for case in range(1, board.cases + 1))
    return tuple(item for item in deviations if item != 0 and item not in played)


def _know(common: Face, local: int, deviation: float) -> Face:
    block, system = common.block, common.system
    lower, upper = system.lower.copy(), system.upper.copy()
    lower[local] = upper[local] = deviation
    column = int(block.columns[local])
    down, up = common.knowledge.down.copy(), common.knowledge.up.copy()
    down[column] = up[column] = deviation
    common.program.bound(local, deviation, deviation)
    size = block.columns.size
    # The raw counts need not be possible here: the count known may be another than the real one.
    least, greatest = np.full(size, np.inf), np.full(size, -np.inf)
    if deviation == 0:
        least, greatest = np.zeros(size), np.zeros(size)
    known = replace(system, lower=lower, upper=upper)
    return Face(block, common.beside, known, common.program, Knowledge(down, up), least, greatest)


def _look_around(face: Face) -> None:
    random = np.random.default_rng(face.block.columns.size)
    open_upwards = ~np.isfinite(face.system.upper)
    for _ in range(DIRECTIONS):
        cost: Floats = random.uniform(-1.0, 1.0, face.block.columns.size)
        cost[open_upwards] = np.abs(cost[open_upwards])
        face.witness(face.program.least(cost))


def _demands(
    board: Board, kin: Kin, block: Block, local: int, deviation: float
) -> Iterator[tuple[Own, Demand]]:
    """What must stay open for the others: any second count, and for small ones the whole span of their rule."""
    column = int(block.columns[local])
    count = float(board.values[column]) + deviation
    below, above = kin.below(column), kin.above(column)
    for place, other in enumerate(block.columns.tolist()):
        if place == local or not (board.named[other] or board.primary[other]):
            continue
        when = ALWAYS if board.bound[other] else other
        yield (column, deviation, other, None), Demand(place, None, 1.0, when)
        if not board.primary[other] or not (board.small[other] or deviation == 0):
            continue
        value = float(board.values[other])
        low, high = value - board.need_down[other], value + board.need_up[other]
        # Who knows the whole knows that no part is larger, and the other way round.
        if other in below:
            low, high = min(low, count), min(high, count)
        if other in above:
            low, high = max(low, count), max(high, count)
        yield (column, deviation, other, True), Demand(place, True, high - value)
        yield (column, deviation, other, False), Demand(place, False, value - low)


def _shared(board: Board, kin: Kin, face: Face, own: Own, demand: Demand) -> bool:
    """Whether what falls to somebody is a cell that holds nobody but those they know of already."""
    column, deviation, other, _ = own
    if other not in kin.below(column) and other not in kin.above(column):
        return False
    seen = float(board.values[other] + face.greatest[demand.local])
    return bool(seen == board.values[column] + deviation)
