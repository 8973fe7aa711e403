"""Find the cells beside a block of withheld ones that must go too, because something inside is exposed.

Fischetti & Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints, Management
Science 47, 1008-1027: where the attacker's programme bounds a primary cell too tightly, its multipliers say which
published cells do it, and any valid pattern must withhold enough of them (capacity constraints).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .board import Board, Knowledge
from .linear_system import Floats, System
from .program import TOLERANCE, Optimum, Program, whole_extreme
from .propagation import Block

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
    """One attacker's programme on a block, with the range of deviations shown to be possible; `beside` is what the block's rows
    hold of every column, turned round."""

    block: Block
    beside: csc_array
    system: System
    program: Program
    knowledge: Knowledge
    least: Floats
    greatest: Floats

    def witness(self, optimum: Optimum) -> bool:
        """Takes a point, keeps what it shows where counts can take it, and says whether they can."""
        if optimum.whole:
            self.show(np.rint(optimum.point))
        return optimum.whole

    def show(self, point: Floats) -> None:
        """Takes a point in whole counts that the attacker must allow for."""
        np.minimum(self.least, point, out=self.least)
        np.maximum(self.greatest, point, out=self.greatest)

    def shown(self, demand: Demand) -> bool:
        """Whether points met so far show what is asked for."""
        low, high = self.least[demand.local], self.greatest[demand.local]
        found = high - low if demand.upwards is None else high if demand.upwards else -low
        return bool(found >= demand.need - TOLERANCE)


def open_face(board: Board, block: Block, knowledge: Knowledge) -> Face:
    """Takes a block and what somebody knows, hands out that attacker's programme; the raw counts are possible."""
    size = block.columns.size
    rows = board.matrix[block.rows]
    system = System(
        rows[:, block.columns],
        board.row_down[block.rows],
        board.row_up[block.rows],
        knowledge.down[block.columns],
        knowledge.up[block.columns],
    )
    return Face(block, rows.T, system, Program(system), knowledge, np.zeros(size), np.zeros(size))


def find_cuts(board: Board, block: Block) -> list[Cut | Shortfall]:
    """Takes a block, hands out a cut for each requirement it fails; none when the block protects its cells.

    Whole numbers count: where the linear programme finds room but only between whole counts, the cut asks for any change
    around the block.
    """
    inside = np.flatnonzero(board.primary[block.columns])
    if not inside.size:
        return []
    aware, blind = open_face(board, block, board.aware), open_face(board, block, board.blind)
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
        if face.witness(optimum) and other is not None:
            other.show(np.rint(optimum.point))
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
        whole = whole_extreme(face.system, demand.local, upwards)
        if whole.point is not None:
            face.show(whole.point)
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
    block, knowledge = face.block, face.knowledge
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
