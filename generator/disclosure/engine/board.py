"""Takes a table, raw counts and primary cells, hands out the arrays on which a suppression pattern is sought.

Everything is written as deviation from the raw counts: an attacker's guess is raw count plus deviation, published cells
deviate by nothing, sums by nothing, and the raw counts themselves are the zero vector.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from generator.disclosure.engine.linear_system import (
    Block,
    Flags,
    Floats,
    Key,
    TableSystem,
    split_blocks,
    touching,
)
from generator.disclosure.engine.program import kept_rows
from generator.disclosure.engine.sensitivity import SMALL, Primary


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A raw count: what withholding it costs (default: the count), and whether there is a choice.

    hidden: never published, for example where two geographies cross. fixed: stays published whatever happens. named: a page
    names the cell, so that who is counted in it can know its count, and so that its count can be told of somebody.
    """

    key: Key
    value: int
    cost: float | None = None
    hidden: bool = False
    fixed: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Guard:
    """Against whom a pattern protects, beside those who only read what is published.

    guess_width: how wide a primary cell's interval stays for somebody who guesses which cells are primary (0 switches that off;
    the threshold minus 2 asks for the whole span there too). floor: what that somebody knows a cell reaches when it is withheld
    only for others' sake (the threshold; 0: nothing is known). own_cases:
    a contributor knows their own cell when it holds up to so many cases (0: nobody does). suspects: cells that are guarded
    like such a cell although they are none, because whoever knows no counts can't tell.
    """

    guess_width: float = 1.0
    floor: int = 0
    own_cases: int = 0
    suspects: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Knowledge:
    """How far an attacker lets each cell deviate, downwards (<= 0) and upwards (>= 0)."""

    down: Floats
    up: Floats


@dataclass(frozen=True)
class Board:
    """The arrays of one suppression problem: by column (a cell of the table), row_down and row_up by row (a sum); all in counts.

    row_down and row_up: how far a sum may deviate. bound: withheld in every pattern. choice: may be withheld. small: primary for its low count.
    blind: what somebody knows who doesn't guess which cells are primary; aware: who does. need_up and need_down: deviations that must stay
    possible for `blind` (0 where nothing is asked). need_width: how wide the interval must stay for `aware`. cases: up to how many of them contributors
    know their own count; alike: small counts that are guarded as if they were somebody's own, whichever.
    contradictions: the sources of statements left out.
    """

    table: TableSystem
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
    small: Flags
    named: Flags
    alike: Flags
    cases: int
    values: Floats
    contradictions: tuple[str, ...]

    def blocks(self, withheld: Flags) -> list[Block]:
        """Takes a pattern, hands out the blocks of withheld cells that hang together."""
        matrix = self.table.matrix
        return split_blocks(matrix, withheld, touching(matrix, withheld))


def set_up_board(
    table: TableSystem, cells: Iterable[BoardCell], primaries: Iterable[Primary], guard: Guard
) -> Board:
    """Takes the table, a raw count for each of its cells and the primary ones, hands out the board.

    Statements that contradict the raw counts (an older release of since corrected data) are left out and named in
    `contradictions`. ValueError where a cell has no raw count.
    """
    count = len(table.keys)
    values = np.full(count, np.nan)
    cost = np.zeros(count)
    bound, choice, primary, named = (np.zeros(count, dtype=np.bool_) for _ in range(4))
    for cell in cells:
        column = table.index[cell.key]
        values[column] = cell.value
        # A cell that costs nothing would be withheld for nothing.
        cost[column] = max(1.0, float(cell.value if cell.cost is None else cell.cost))
        bound[column] = cell.hidden
        choice[column] = not (cell.hidden or cell.fixed)
        named[column] = cell.named
    if np.any(missing := np.isnan(values)):
        raise ValueError(f"no raw count for {table.keys[int(np.flatnonzero(missing)[0])]}")

    lower = np.minimum(table.lower, values)
    upper = np.maximum(table.upper, values)
    aware_lower = lower.copy()
    aware_upper = upper.copy()
    if guard.floor:
        # What is no small count is none, or reaches the threshold: who guesses which it is knows that of a whole pattern.
        shown = ~bound
        aware_lower[shown] = np.maximum(lower[shown], np.minimum(guard.floor, values[shown]))
        aware_upper[shown & (values == 0)] = 0.0
    need_up = np.zeros(count)
    need_down = np.zeros(count)
    need_width = np.zeros(count)
    small = np.zeros(count, dtype=np.bool_)
    for item in primaries:
        column = table.index[item.key]
        value = values[column]
        bound[column] = True
        choice[column] = False
        primary[column] = True
        need_up[column] = max(0.0, min(item.high, upper[column]) - value)
        need_down[column] = max(0.0, value - max(item.low, lower[column]))
        aware_lower[column] = max(lower[column], min(item.rule_low, value))
        aware_upper[column] = min(upper[column], max(item.rule_high, value))
        room = min(item.high - item.low, aware_upper[column] - aware_lower[column])
        if guard.floor:
            room = guard.floor - 2
        need_width[column] = min(guard.guess_width, room)
        small[column] = item.reason in SMALL

    # Where fewer than two small counts are nobody's own, a pattern that guards some better would tell which they are.
    alike = small & (0 < guard.floor < guard.own_cases + 3)
    alike[table.columns(guard.suspects)] = True
    said = table.matrix @ values
    fits = kept_rows(table, said)
    row_down = np.where(fits, np.minimum(0.0, table.row_lower - said), -np.inf)
    row_up = np.where(fits, np.maximum(0.0, table.row_upper - said), np.inf)
    return Board(
        table,
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
        small,
        named,
        alike,
        guard.own_cases,
        values,
        table.sources_of(~fits),
    )
