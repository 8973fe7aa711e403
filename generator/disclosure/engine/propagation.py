"""Takes the rows of a table and bounds of its cells, hands out the bounds that follow row by row.

Each row bounds a cell by what the others can take at most (feasibility-based bound tightening); counts are rounded
inwards. It settles most cells of a published table before any solver is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .linear_system import Flags, Floats, Ints, System
from .matrices import blocks, sparse
from .program import TOLERANCE

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SWEEPS = 100
"""Bounds can creep for ever between two rates; what is left after so many sweeps is for the solver."""


@dataclass(frozen=True, slots=True)
class Block:
    """Columns and rows that hang together once settled cells are taken out."""

    columns: Ints
    rows: Ints


@dataclass(frozen=True)
class Rows:
    """Rows spread out to one entry a coefficient, so that a sweep is a handful of array operations."""

    row: Ints
    column: Ints
    value: Floats
    low: Floats
    high: Floats


def spread(system: System) -> Rows:
    """Takes a system, hands out the entries of its rows as flat arrays."""
    matrix = system.matrix
    row = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return Rows(row, matrix.indices.astype(np.int64), matrix.data, system.row_lower, system.row_upper)


def propagate(rows: Rows, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Takes rows and bounds of whole counts, hands out the tightened bounds.

    Where the rows contradict each other a lower bound ends above its upper bound.
    """
    lower, upper = np.ceil(lower - TOLERANCE), np.floor(upper + TOLERANCE)
    positive = rows.value > 0
    for _ in range(SWEEPS):
        least, greatest = _reach(rows, lower, upper, positive)
        with np.errstate(invalid="ignore"):
            at_most = (rows.high[rows.row] - least) / rows.value
            at_least = (rows.low[rows.row] - greatest) / rows.value
        ceiling = np.where(positive, at_most, at_least)
        floor = np.where(positive, at_least, at_most)
        tighter_upper, tighter_lower = upper.copy(), lower.copy()
        np.minimum.at(tighter_upper, rows.column, np.floor(ceiling + TOLERANCE))
        np.maximum.at(tighter_lower, rows.column, np.ceil(floor - TOLERANCE))
        if np.array_equal(tighter_upper, upper) and np.array_equal(tighter_lower, lower):
            break
        lower, upper = tighter_lower, tighter_upper
        if np.any(lower > upper):
            break
    return lower, upper


def binding_rows(rows: Rows, lower: Floats, upper: Floats) -> Flags:
    """Takes rows and bounds, says which rows still say something that the bounds alone don't."""
    count = rows.low.size
    ends = np.where(rows.value > 0, lower[rows.column], upper[rows.column]) * rows.value
    tops = np.where(rows.value > 0, upper[rows.column], lower[rows.column]) * rows.value
    least = np.bincount(rows.row, ends, count)
    greatest = np.bincount(rows.row, tops, count)
    flags: Flags = (least < rows.low - TOLERANCE) | (greatest > rows.high + TOLERANCE)
    return flags


def split_blocks(matrix: csr_array, free: Flags, active: Flags) -> list[Block]:
    """Takes which columns are open and which rows count, hands out the blocks, in the order of their first column."""
    columns, rows = np.flatnonzero(free), np.flatnonzero(active)
    if not columns.size:
        return []
    part = matrix[rows][:, columns].tocoo()
    size = columns.size + rows.size
    label = blocks(part.row + columns.size, part.col, size)
    order = np.argsort(label, kind="stable")
    found = []
    for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        inside = columns[members[members < columns.size]]
        if inside.size:
            found.append(Block(inside, rows[members[members >= columns.size] - columns.size]))
    return sorted(found, key=lambda block: int(block.columns[0]))


def cut_out(system: System, block: Block) -> System:
    """Takes a block of a system in which all other columns of its rows are settled, hands out the block's own system."""
    part = system.matrix[block.rows]
    settled = system.lower.copy()
    settled[block.columns] = 0.0
    taken = part @ settled
    return System(
        sparse(part[:, block.columns]),
        system.row_lower[block.rows] - taken,
        system.row_upper[block.rows] - taken,
        system.lower[block.columns],
        system.upper[block.columns],
    )


def _reach(rows: Rows, lower: Floats, upper: Floats, positive: Flags) -> tuple[Floats, Floats]:
    # What the other cells of the row add up to, least and greatest, for every entry. Infinite bounds are counted apart,
    # because infinity minus infinity would lose the one entry that can be bounded.
    results = []
    for ends in (
        np.where(positive, lower[rows.column], upper[rows.column]),
        np.where(positive, upper[rows.column], lower[rows.column]),
    ):
        endless = ~np.isfinite(ends)
        amount = np.where(endless, 0.0, ends) * rows.value
        count = rows.low.size
        total = np.bincount(rows.row, amount, count)[rows.row] - amount
        others = np.bincount(rows.row, endless, count)[rows.row] - endless
        results.append((total, others > 0.5))
    (least, least_open), (greatest, greatest_open) = results
    return np.where(least_open, -np.inf, least), np.where(greatest_open, np.inf, greatest)
