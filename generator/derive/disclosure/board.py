"""Takes a table, raw counts and primary cells, hands out the arrays on which a suppression pattern is sought.

Everything is written as deviation from the raw counts: an attacker's guess is raw count plus deviation, published cells
deviate by nothing, sums by nothing, and the raw counts themselves are the zero vector.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from .program import TOLERANCE
from .propagation import Block, split_blocks
from .rules import Primary
from .tables import PUBLIC, Flags, Floats, Key, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A raw count: what withholding it costs (default: the count), and whether there is a choice.

    hidden: never published, for example where two geographies cross. fixed: stays published whatever happens.
    """

    key: Key
    value: int
    cost: float | None = None
    hidden: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Knowledge:
    """How far an attacker lets each cell deviate, downwards (<= 0) and upwards (>= 0)."""

    down: Floats
    up: Floats


@dataclass(frozen=True)
class Board:
    """The arrays of one suppression problem, by column of the table.

    need_up and need_down: deviations that must stay possible (0 where nothing is asked). need_width: how wide the
    interval must stay for somebody who guesses which cells are primary (`aware`). bound: withheld in every pattern.
    choice: may be withheld.
    """

    table: Table
    matrix: csr_array
    row_down: Floats
    row_up: Floats
    cost: Floats
    bound: Flags
    choice: Flags
    primary: Flags
    blind: Knowledge
    aware: Knowledge
    need_up: Floats
    need_down: Floats
    need_width: Floats
    values: Floats
    contradictions: tuple[str, ...]

    def blocks(self, withheld: Flags) -> list[Block]:
        """Takes a pattern, hands out the blocks of withheld cells that hang together."""
        active = (self.table.about == PUBLIC) | ~withheld[self.table.about]
        touched = active & (abs(self.matrix) @ withheld.astype(np.float64) > 0)
        return split_blocks(self.matrix, withheld, touched)


def set_up_board(
    table: Table, cells: Iterable[Cell], primaries: Iterable[Primary], aware_width: float
) -> Board:
    """Takes the table, a raw count for each of its cells and the primary ones, hands out the board.

    Statements that contradict the raw counts (an older release of since corrected data) are left out and named in
    `contradictions`. ValueError where a cell has no raw count.
    """
    count = len(table.keys)
    values, cost = np.full(count, np.nan), np.zeros(count)
    bound, choice, primary = (np.zeros(count, dtype=np.bool_) for _ in range(3))
    for cell in cells:
        column = table.index[cell.key]
        values[column] = cell.value
        # A cell that costs nothing would be withheld for nothing.
        cost[column] = max(1.0, float(cell.value if cell.cost is None else cell.cost))
        bound[column] = cell.hidden
        choice[column] = not (cell.hidden or cell.fixed)
    if np.any(missing := np.isnan(values)):
        raise ValueError(f"no raw count for {table.keys[int(np.flatnonzero(missing)[0])]}")

    lower, upper = np.minimum(table.lower, values), np.maximum(table.upper, values)
    aware_lower, aware_upper = lower.copy(), upper.copy()
    need_up, need_down, need_width = np.zeros(count), np.zeros(count), np.zeros(count)
    for item in primaries:
        column = table.index[item.key]
        value = values[column]
        bound[column], choice[column], primary[column] = True, False, True
        need_up[column] = max(0.0, min(item.high, upper[column]) - value)
        need_down[column] = max(0.0, value - max(item.low, lower[column]))
        aware_lower[column] = max(lower[column], min(item.rule_low, value))
        aware_upper[column] = min(upper[column], max(item.rule_high, value))
        need_width[column] = min(aware_width, item.high - item.low, aware_upper[column] - aware_lower[column])

    said = table.matrix @ values
    slack = TOLERANCE * np.maximum(1.0, np.abs(said))
    fits = (said >= table.row_lower - slack) & (said <= table.row_upper + slack)
    broken = np.flatnonzero(~fits)
    row_down = np.where(fits, np.minimum(0.0, table.row_lower - said), -np.inf)
    row_up = np.where(fits, np.maximum(0.0, table.row_upper - said), np.inf)
    return Board(
        table,
        table.matrix,
        row_down,
        row_up,
        cost,
        bound,
        choice,
        primary,
        Knowledge(lower - values, upper - values),
        Knowledge(aware_lower - values, aware_upper - values),
        need_up,
        need_down,
        need_width,
        values,
        tuple(sorted({table.sources[row] for row in broken.tolist()})),
    )
