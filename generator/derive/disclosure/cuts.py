"""Takes a block of withheld cells, hands out which other cells must go too because something inside is exposed.

Fischetti & Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints, Management
Science 47, 1008-1027: where the attacker's programme bounds a primary cell too tightly, its multipliers say which
published cells do it, and any valid pattern must withhold enough of them (capacity constraints).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .board import Board, Knowledge
from .program import TOLERANCE, Optimum, Program, System, open_program, whole_extreme
from .propagation import Block
from .tables import PUBLIC, Floats, Ints

GRAIN = 1e6
"""Weights are rounded up to this fraction of a count: that keeps a cut valid and makes equal cuts equal."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The weights of the withheld among these columns must add up to at least `need` counts."""

    columns: tuple[int, ...]
    weights: tuple[float, ...]
    need: float


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a cell asks for cannot be had, whatever is withheld: it lacks `amount` counts.

    upwards: in which direction; None: the width left to whoever guesses the roles.
    """

    column: int
    upwards: bool | None
    amount: float


@dataclass
class _Face:
    """One attacker's programme on a block, with the range of counts shown to be possible."""

    system: System
    program: Program
    knowledge: Knowledge
    least: Floats
    greatest: Floats

    def witness(self, point: Floats) -> None:
        np.minimum(self.least, point, out=self.least)
        np.maximum(self.greatest, point, out=self.greatest)


def find_cuts(board: Board, block: Block) -> list[Cut | Shortfall]:
    """Takes a block, hands out a cut for each requirement it fails; none when the block protects its cells.

    Whole numbers count: where the linear programme finds room but only between whole counts, the cut asks for any change
    around the block.
    """
    inside = np.flatnonzero(board.primary[block.columns])
    if not inside.size:
        return []
    aware, blind = _face(board, block, board.aware), _face(board, block, board.blind)
    found = []
    for local in inside.tolist():
        found.append(_check_width(board, block, aware, blind, local))
        found.extend(_check_reach(board, block, blind, local, upwards) for upwards in (True, False))
    return [cut for cut in found if cut is not None]


def _face(board: Board, block: Block, knowledge: Knowledge) -> _Face:
    size = block.columns.size
    system = System(
        board.matrix[block.rows][:, block.columns],
        board.row_down[block.rows],
        board.row_up[block.rows],
        knowledge.down[block.columns],
        knowledge.up[block.columns],
    )
    return _Face(system, open_program(system), knowledge, np.zeros(size), np.zeros(size))


def _check_reach(
    board: Board, block: Block, face: _Face, local: int, upwards: bool
) -> Cut | Shortfall | None:
    column = int(block.columns[local])
    need = float((board.need_up if upwards else board.need_down)[column])
    if _shown(face, local, upwards) >= need - TOLERANCE:
        return None
    optimum = face.program.extreme(local, upwards)
    if optimum.whole:
        face.witness(np.rint(optimum.point))
    reach = abs(optimum.value)
    if reach < need - TOLERANCE:
        return _combine(board, block, face.knowledge, column, [(optimum, upwards)], need)
    if math.isinf(reach) or _shown(face, local, upwards) >= need - TOLERANCE:
        return None
    whole = whole_extreme(face.system, local, upwards)
    if whole.point is not None:
        face.witness(whole.point)
    return (
        None
        if _shown(face, local, upwards) >= need - TOLERANCE
        else _any_change(board, block, column, upwards)
    )


def _check_width(board: Board, block: Block, face: _Face, other: _Face, local: int) -> Cut | Shortfall | None:
    column = int(block.columns[local])
    need = float(board.need_width[column])

    def shown() -> bool:
        return bool(face.greatest[local] - face.least[local] >= need - TOLERANCE)

    if need <= 0 or shown():
        return None
    optima: list[tuple[Optimum, bool]] = []
    width = 0.0
    for upwards in (True, False):
        optimum = face.program.extreme(local, upwards)
        optima.append((optimum, upwards))
        width += abs(optimum.value)
        if optimum.whole:
            point = np.rint(optimum.point)
            face.witness(point)
            # Who guesses less must allow for all that who guesses more must allow for.
            other.witness(point)
        if shown() or math.isinf(width):
            return None
    if width < need - TOLERANCE:
        return _combine(board, block, face.knowledge, column, optima, need)
    for upwards in (True, False):
        whole = whole_extreme(face.system, local, upwards)
        if whole.point is not None:
            face.witness(whole.point)
        if shown():
            return None
    return _any_change(board, block, column, None)


def _shown(face: _Face, local: int, upwards: bool) -> float:
    return float(face.greatest[local] if upwards else -face.least[local])


def _combine(
    board: Board,
    block: Block,
    knowledge: Knowledge,
    column: int,
    optima: list[tuple[Optimum, bool]],
    need: float,
) -> Cut | Shortfall:
    rows = board.matrix[block.rows]
    total: dict[int, float] = {}
    constant = 0.0
    for optimum, upwards in optima:
        multipliers = optimum.multipliers if upwards else -optimum.multipliers
        multipliers = np.where(np.abs(multipliers) < TOLERANCE, 0.0, multipliers)
        reduced = -(rows.T @ multipliers)
        reduced[column] += 1.0 if upwards else -1.0
        for touched in np.flatnonzero(np.abs(reduced) > TOLERANCE).tolist():
            rate = reduced[touched]
            room = rate * (knowledge.up if rate > 0 else knowledge.down)[touched]
            total[touched] = total.get(touched, 0.0) + float(room)
        for local in np.flatnonzero(multipliers).tolist():
            row = int(block.rows[local])
            limit = board.row_up[row] if multipliers[local] > 0 else board.row_down[row]
            constant += float(multipliers[local] * limit)
            if (about := int(board.table.about[row])) != PUBLIC:
                total[about] = math.inf
    constant += math.fsum(room for touched, room in total.items() if board.bound[touched])
    # A cell that does more than is missing does enough: capped, the cut says more.
    missing = math.floor((need - constant) * GRAIN + 0.5) / GRAIN
    weights = {
        touched: min(missing, math.ceil(room * GRAIN - 0.5) / GRAIN) if math.isfinite(room) else missing
        for touched, room in sorted(total.items())
        if board.choice[touched] and room > TOLERANCE
    }
    lacking = missing - math.fsum(weights.values())
    if lacking > TOLERANCE:
        return Shortfall(column, optima[0][1] if len(optima) == 1 else None, lacking)
    return Cut(tuple(weights), tuple(weights.values()), missing)


def _any_change(board: Board, block: Block, column: int, upwards: bool | None) -> Cut | Shortfall:
    # What the attacker knows of a block changes only when a published cell beside it is withheld too.
    beside = np.unique(board.matrix[block.rows].indices).astype(np.int64)
    abouts = board.table.about[block.rows]
    around: Ints = np.union1d(beside, abouts[abouts != PUBLIC])
    around = np.setdiff1d(around[board.choice[around]], block.columns)
    if not around.size:
        return Shortfall(column, upwards, 1.0)
    return Cut(tuple(around.tolist()), (1.0,) * around.size, 1.0)
