"""Find which published cells beside an exposed cell must be withheld too."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from generator.disclosure.engine.board import Board, Knowledge
from generator.disclosure.engine.linear_system import Block, System, TableSystem
from generator.disclosure.engine.program import TOLERANCE, Contradiction, Optimum, Program, whole_extreme

if TYPE_CHECKING:
    from scipy.sparse import csc_array


GRAIN = 1e6
"""Weights are rounded up to this fraction of a count: that keeps a cut valid and makes equal cuts equal."""

ALWAYS = -1
"""In `Cut.when`: the cut asks something of every pattern."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The weights of the withheld among these columns must add up to at least `need` counts.

    when: a column; the cut asks nothing of patterns in which that stays published.
    """

    columns: tuple[int, ...]
    weights: tuple[float, ...]
    need: float
    when: int = ALWAYS

    @property
    def named(self) -> tuple[int, ...]:
        """The columns on which it depends whether it is satisfied."""
        return self.columns if self.when == ALWAYS else (*self.columns, self.when)

    def missing(self, chosen: Collection[int]) -> float:
        """Return what it lacks where these columns are withheld."""
        if self.when != ALWAYS and self.when not in chosen:
            return 0.0
        filled = [
            weight for column, weight in zip(self.columns, self.weights, strict=True) if column in chosen
        ]
        return self.need - sum(filled)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a cell asks for cannot be had, whatever is withheld: it lacks `amount` counts.

    upwards: in which direction; None: the width of its interval.
    """

    column: int
    upwards: bool | None
    amount: float


@dataclass(frozen=True, slots=True)
class Demand:
    """What somebody's interval of a cell must hold, as deviation from the raw count: its reach in one direction, or
    (upwards None) its width. `local` is the cell's place in the block; `when` as in a cut."""

    local: int
    upwards: bool | None
    need: float
    when: int = ALWAYS

    @property
    def directions(self) -> tuple[bool, ...]:
        """In which directions an attacker's programme is asked for it."""
        return (True, False) if self.upwards is None else (self.upwards,)


@dataclass
class Face:
    """One attacker's programme on a block; `beside` is what the block's rows hold of every column, turned round."""

    block: Block
    beside: csc_array
    program: Program
    knowledge: Knowledge

    def shown(self, demand: Demand) -> bool:
        """Whether points met so far show what is asked for."""
        low = self.program.lowest[demand.local]
        high = self.program.highest[demand.local]
        found = high - low if demand.upwards is None else high if demand.upwards else -low
        return bool(found >= demand.need - TOLERANCE)


def open_face(board: Board, block: Block, knowledge: Knowledge) -> Face:
    """Takes a block and what somebody knows, hands out that attacker's programme; the raw counts are possible."""
    rows = board.table.matrix[block.rows]
    system = System(
        rows[:, block.columns],
        board.row_down[block.rows],
        board.row_up[block.rows],
        knowledge.down[block.columns],
        knowledge.up[block.columns],
    )
    program = Program(system)
    program.show(np.zeros(block.columns.size))
    return Face(block, rows.T, program, knowledge)


def find_cuts(board: Board, block: Block) -> list[Cut | Shortfall]:
    """Takes a block, hands out a cut for each requirement it fails; none when the block protects its cells.

    Whole numbers count: where the linear programme finds room but only between whole counts, the cut asks for any change
    around the block.
    """
    inside = np.flatnonzero(board.primary[block.columns])
    if not inside.size:
        return []
    aware = open_face(board, block, board.aware)
    blind = open_face(board, block, board.blind)
    found = []
    for local in inside.tolist():
        column = int(block.columns[local])
        # Who guesses less must allow for all that who guesses more must allow for.
        found.append(meet(board, aware, Demand(local, None, float(board.need_width[column])), blind))
        found.append(meet(board, blind, Demand(local, True, float(board.need_up[column]))))
        found.append(meet(board, blind, Demand(local, False, float(board.need_down[column]))))
    return [cut for cut in found if cut is not None]


def meet(board: Board, face: Face, demand: Demand, other: Face | None = None) -> Cut | Shortfall | None:
    """Takes what is asked of a cell, hands out what must be withheld for it; None where it is had already.

    `other` is an attacker who knows less and must allow for every point found here. Contradiction where nothing fits
    what this attacker knows.
    """
    if (demand.upwards is None and demand.need <= 0) or face.shown(demand):
        return None
    optima: list[tuple[Optimum, bool]] = []
    room = 0.0
    for upwards in demand.directions:
        optimum = face.program.extreme(demand.local, upwards)
        optima.append((optimum, upwards))
        room += optimum.value if upwards else -optimum.value
        if optimum.whole and other is not None:
            other.program.show(np.rint(optimum.point))
        if math.isinf(room) or face.shown(demand):
            return None
    if room < demand.need - TOLERANCE:
        return _combine(board, face, demand, optima)
    if _met_in_whole(face, demand):
        return None
    return _any_change(board, face, demand)


def _met_in_whole(face: Face, demand: Demand) -> bool:
    """Whether whole numbers show what is asked for."""
    for upwards in demand.directions:
        point, _ = whole_extreme(face.program.system, demand.local, upwards)
        if point is not None:
            face.program.show(point)
        if face.shown(demand):
            return True
    return False


def _combine(board: Board, face: Face, demand: Demand, optima: list[tuple[Optimum, bool]]) -> Cut | Shortfall:
    """Put the bounds that an optimum rests on together: what each cell adds to them once it is withheld."""
    column = int(face.block.columns[demand.local])
    total: dict[int, float] = {}
    constant = 0.0
    for optimum, upwards in optima:
        for limit in _add_bounds(board, face, column, optimum, upwards, total):
            constant += limit
    # A cell that is asked about is withheld, else nothing is asked.
    constant += math.fsum(
        room for touched, room in total.items() if board.bound[touched] or touched == demand.when
    )
    # A cell that does more than is missing does enough: capped, the cut says more.
    missing = math.floor((demand.need - constant) * GRAIN + 0.5) / GRAIN
    if missing <= 0:
        return _any_change(board, face, demand)
    weights = {
        touched: _capped(room, missing)
        for touched, room in sorted(total.items())
        if board.choice[touched] and touched != demand.when and room > TOLERANCE
    }
    lacking = missing - math.fsum(weights.values())
    if lacking > TOLERANCE:
        return Shortfall(column, demand.upwards, lacking)
    return Cut(tuple(weights), tuple(weights.values()), missing, demand.when)


def _add_bounds(
    board: Board, face: Face, column: int, optimum: Optimum, upwards: bool, total: dict[int, float]
) -> list[float]:
    """Add to `total` how much room each cell gives an optimum; hand out what each row gives it whatever is withheld."""
    block = face.block
    knowledge = face.knowledge
    multipliers = optimum.multipliers if upwards else -optimum.multipliers
    multipliers = np.where(np.abs(multipliers) < TOLERANCE, 0.0, multipliers)
    reduced = -(face.beside @ multipliers)
    reduced[column] += 1.0 if upwards else -1.0
    for touched in np.flatnonzero(np.abs(reduced) > TOLERANCE).tolist():
        rate = reduced[touched]
        room = rate * (knowledge.up if rate > 0 else knowledge.down)[touched]
        total[touched] = total.get(touched, 0.0) + float(room)
    limits = []
    for local in np.flatnonzero(multipliers).tolist():
        row = int(block.rows[local])
        limit = board.row_up[row] if multipliers[local] > 0 else board.row_down[row]
        limits.append(float(multipliers[local] * limit))
    return limits


def _capped(room: float, missing: float) -> float:
    return min(missing, math.ceil(room * GRAIN - 0.5) / GRAIN) if math.isfinite(room) else missing


def _any_change(board: Board, face: Face, demand: Demand) -> Cut | Shortfall:
    # What the attacker knows of a block changes only when a published cell beside it is withheld too.
    block = face.block
    beside = np.unique(face.beside.indices)
    around = np.setdiff1d(beside[board.choice[beside]], block.columns)
    if not around.size:
        return Shortfall(int(block.columns[demand.local]), demand.upwards, 1.0)
    return Cut(tuple(around.tolist()), (1.0,) * around.size, 1.0, demand.when)


Place = TypeVar("Place")

Own = tuple[int, float, int, bool | None]
"""Who knows (column, deviation of its count), what falls to them (column) and in which direction."""


@dataclass(frozen=True)
class Kin:
    """Which cells hold a cell, and which it holds: who is counted in the one is, or may be, counted in the other.

    inside and around: one step down and up. A cell with a single part is that part, so the step goes both ways.
    """

    inside: Mapping[int, Collection[int]]
    around: Mapping[int, Collection[int]]

    def below(self, column: int) -> frozenset[int]:
        """Return the cells that a cell holds, by all sums together."""
        return all_reached(column, self.inside)

    def above(self, column: int) -> frozenset[int]:
        """Return the cells that hold a cell."""
        return all_reached(column, self.around)


def all_reached(start: Place, steps: Mapping[Place, Collection[Place]]) -> frozenset[Place]:
    """Takes a start and where one comes to from each place, hands out all that is reached but the start."""
    reached = {start}
    waiting = [start]
    while waiting:
        for other in steps.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached - {start})


def find_kin(table: TableSystem) -> Kin:
    """Takes a table, hands out what lies above and below each cell by its sums, and by what is no more than its whole."""
    inside: dict[int, set[int]] = {}
    around: dict[int, set[int]] = {}
    matrix = table.matrix
    at_most = (table.row_lower == 0) | np.isneginf(table.row_lower)
    for row in np.flatnonzero(at_most & (table.row_upper == 0)).tolist():
        start = matrix.indptr[row]
        stop = matrix.indptr[row + 1]
        columns = matrix.indices[start:stop].tolist()
        weights = matrix.data[start:stop].tolist()
        totals = [column for column, weight in zip(columns, weights, strict=True) if weight == -1.0]
        parts = [column for column, weight in zip(columns, weights, strict=True) if weight == 1.0]
        if len(totals) != 1 or len(parts) != len(columns) - 1:
            continue
        for total, part in itertools.product(totals, parts):
            inside.setdefault(total, set()).add(part)
            around.setdefault(part, set()).add(total)
            if len(parts) == 1 and table.row_lower[row] == 0:
                inside.setdefault(part, set()).add(total)
                around.setdefault(total, set()).add(part)
    return Kin(inside, around)


def find_own_cuts(
    board: Board, kin: Kin, block: Block, waived: Collection[Own]
) -> Iterator[tuple[Own, Cut | Shortfall]]:
    """Takes a block, hands out a cut for everything that falls to a contributor; what is waived is not asked for."""
    knowing: list[tuple[int, int]] = []
    for case in range(1, board.cases + 1):
        own = board.named & (board.alike | (board.values == case))
        knowing += [(local, case) for local in np.flatnonzero(own[block.columns]).tolist()]
    if not knowing:
        return
    common = open_face(board, block, board.blind)
    for local, case in knowing:
        column = block.columns[local]
        deviation = case - float(board.values[column])
        face = _know(common, local, deviation)
        try:
            asked = _demands(board, kin, block, local, deviation)
            yield from _fallen(board, kin, face, (one for one in asked if one[0] not in waived))
        except Contradiction:
            # What is published rules this count out, so nobody is in that place.
            continue
        finally:
            common.program.bound(local, float(board.blind.down[column]), float(board.blind.up[column]))


def _fallen(
    board: Board, kin: Kin, face: Face, asked: Iterable[tuple[Own, Demand]]
) -> Iterator[tuple[Own, Cut | Shortfall]]:
    """Hand out a cut for each demand of others that is not met by what somebody knows."""
    for own, demand in asked:
        found = meet(board, face, demand)
        if found is None or (demand.upwards is None and _shared(board, kin, face, own, demand)):
            continue
        yield own, found


def find_unlike(board: Board, kin: Kin, block: Block) -> list[int]:
    """Takes a block that withstands everybody, hands out the small counts that must be guarded as if they were somebody's own.

    A pattern tells of a count that it is nobody's own where it would guard that better. Who guesses knows it, and must still be
    left two values of each small count.
    """
    supposed = replace(board, alike=board.alike | board.small)
    own = find_own_cuts(supposed, kin, block, ())
    told = {column for (column, *_), item in own if isinstance(item, Cut)}
    unlike = [column for column in sorted(told) if not board.alike[column]]
    if not unlike:
        return []
    down = board.aware.down.copy()
    down[unlike] = np.maximum(down[unlike], np.minimum(board.cases + 1 - board.values[unlike], 0.0))
    face = open_face(board, block, Knowledge(down, board.aware.up))
    widths = board.need_width[block.columns].tolist()
    small = np.flatnonzero(board.small[block.columns]).tolist()
    asked = (meet(board, face, Demand(local, None, widths[local])) for local in small)
    return [] if all(cut is None for cut in asked) else unlike


def _know(common: Face, local: int, deviation: float) -> Face:
    column = int(common.block.columns[local])
    down = common.knowledge.down.copy()
    up = common.knowledge.up.copy()
    down[column] = up[column] = deviation
    common.program.bound(local, deviation, deviation)
    # The raw counts need not be possible here: the count known may be another than the real one.
    if deviation == 0:
        common.program.show(np.zeros(common.block.columns.size))
    return replace(common, knowledge=Knowledge(down, up))


def _demands(
    board: Board, kin: Kin, block: Block, local: int, deviation: float
) -> Iterator[tuple[Own, Demand]]:
    """What must stay open for the others: any second count, and for small ones the whole span of their rule."""
    column = int(block.columns[local])
    count = float(board.values[column]) + deviation
    below = kin.below(column)
    above = kin.above(column)
    for place, other in enumerate(block.columns.tolist()):
        if place == local or not (board.named[other] or board.primary[other]):
            continue
        when = ALWAYS if board.bound[other] else other
        yield (column, deviation, other, None), Demand(place, None, 1.0, when)
        if not board.primary[other] or not (board.small[other] or deviation == 0):
            continue
        value = float(board.values[other])
        low = value - board.need_down[other]
        high = value + board.need_up[other]
        # Who knows the whole knows that no part is larger, and the other way round.
        if other in below:
            low = min(low, count)
            high = min(high, count)
        if other in above:
            low = max(low, count)
            high = max(high, count)
        yield (column, deviation, other, True), Demand(place, True, high - value)
        yield (column, deviation, other, False), Demand(place, False, value - low)


def _shared(board: Board, kin: Kin, face: Face, own: Own, demand: Demand) -> bool:
    """Whether what falls to somebody is a cell that holds nobody but those they know of already."""
    column, deviation, other, _ = own
    if other not in kin.below(column) and other not in kin.above(column):
        return False
    seen = float(board.values[other] + face.program.highest[demand.local])
    return bool(seen == board.values[column] + deviation)
