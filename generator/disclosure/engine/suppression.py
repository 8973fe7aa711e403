"""Find which further cells must be withheld so that none can be computed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from heapq import heapify, heappop, heappush

import numpy as np

from generator.disclosure.engine.attack import FeasibilityInterval, attack_columns, intervals_at
from generator.disclosure.engine.board import Board, BoardCell, Guard, Knowledge, set_up_board
from generator.disclosure.engine.cuts import (
    ALWAYS,
    Cut,
    Kin,
    Own,
    Shortfall,
    find_cuts,
    find_kin,
    find_own_cuts,
    find_unlike,
)
from generator.disclosure.engine.linear_system import (
    Ending,
    Flags,
    Floats,
    Ints,
    Key,
    System,
    TableSystem,
    sparse,
    split_blocks,
)
from generator.disclosure.engine.program import TOLERANCE, cheapest_whole
from generator.disclosure.engine.sensitivity import Primary, Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the exact way ends; sizes and counts only, never seconds, so that every machine takes the same way.

    exact_cells: largest number of cells in a group of cuts that is solved exactly. nodes: branch-and-bound nodes for one group.
    free_rounds: rounds in which a greedy cover may change its mind; after them it only grows, so that the search ends.
    """

    exact_cells: int = 150
    nodes: int = 500
    free_rounds: int = 40


@dataclass
class Cover:
    """The cuts found so far and the cells they ask for; `greedy` are those chosen without proof."""

    cost: Floats
    limits: Limits
    cuts: dict[Cut, None] = field(default_factory=dict)
    greedy: set[int] = field(default_factory=set)
    _solved: dict[tuple[int, ...], tuple[frozenset[int], bool]] = field(default_factory=dict)

    def add(self, cut: Cut) -> bool:
        """Takes a cut, says whether it is new."""
        before = len(self.cuts)
        self.cuts[cut] = None
        return len(self.cuts) > before

    def spares(self, column: int, chosen: set[int]) -> bool:
        """Takes a chosen cell, says whether the others satisfy every cut without it."""
        rest = chosen - {column}
        return all(cut.missing(rest) <= TOLERANCE for cut in self.cuts if column in cut.named)

    def solve(self, growing: bool) -> set[int]:
        """Hands out the cells to withhold: cheapest where groups are small, greedy where not.

        `growing`: what a greedy cover once took is kept.
        """
        kept = self.greedy if growing else set()
        chosen: set[int] = set(kept)
        self.greedy = set(kept)
        for group in self._groups():
            if group not in self._solved:
                self._solved[group] = self._solve_group(group, kept)
            cells, exact = self._solved[group]
            chosen |= cells
            if not exact:
                self.greedy |= cells
        return chosen

    def _groups(self) -> list[tuple[int, ...]]:
        """Return the numbers of the cuts that hang together by a cell."""
        if not self.cuts:
            return []
        named = [cut.named for cut in self.cuts]
        rows = np.repeat(np.arange(len(named)), [len(columns) for columns in named])
        columns = np.concatenate(named)
        matrix = sparse((np.ones(rows.size), (rows, columns)), (len(named), self.cost.size))
        asked = np.isin(np.arange(self.cost.size), columns)
        every = np.ones(len(named), dtype=np.bool_)
        return [tuple(block.rows.tolist()) for block in split_blocks(matrix, asked, every)]

    def _solve_group(self, group: tuple[int, ...], kept: set[int]) -> tuple[frozenset[int], bool]:
        every = list(self.cuts)
        cuts = [every[index] for index in group]
        names = sorted(set().union(*(cut.named for cut in cuts)))
        if len(names) <= self.limits.exact_cells:
            exact = self._solve_exactly(cuts, names)
            if exact is not None:
                return exact, True
        return frozenset(cover_greedily(cuts, self.cost, kept & set(names))), False

    def _solve_exactly(self, cuts: Sequence[Cut], names: list[int]) -> frozenset[int] | None:
        place = {column: index for index, column in enumerate(names)}
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        for row, cut in enumerate(cuts):
            rows += [row] * len(cut.named)
            columns += [place[column] for column in cut.named]
            # Divided by their need all cuts are of one size, which spares HiGHS repairs.
            weights += [part / cut.need for part in cut.weights]
            if cut.when != ALWAYS:
                weights.append(-1.0)
        matrix = sparse((weights, (rows, columns)), (len(cuts), len(names)))
        asked = np.array([float(cut.when == ALWAYS) for cut in cuts])
        nothing = np.zeros(len(names))
        system = System(matrix, asked, np.full(len(cuts), np.inf), nothing, nothing + 1.0)
        ending, point = cheapest_whole(system, self.cost[names], self.limits.nodes)
        if ending is not Ending.PROVEN or point is None:
            return None
        return frozenset(column for column, taken in zip(names, point.tolist(), strict=True) if taken)


def cover_greedily(cuts: Sequence[Cut], cost: Floats, start: set[int]) -> set[int]:
    """Takes cuts, costs and cells already taken, hands out a cover: always the cell that fills most for its cost."""
    chosen = set(start)
    # What is chosen can wake cuts that asked nothing before.
    while missing := _unfilled(cuts, chosen):
        _fill(cuts, cost, chosen, missing)
    return chosen


def _unfilled(cuts: Sequence[Cut], chosen: set[int]) -> dict[int, float]:
    """Return what cuts lack, as shares of their need: a cut over thousands of counts is worth no more than one over three."""
    return {
        index: rest / cut.need for index, cut in enumerate(cuts) if (rest := cut.missing(chosen)) > TOLERANCE
    }


def _fill(cuts: Sequence[Cut], cost: Floats, chosen: set[int], missing: dict[int, float]) -> None:
    at: dict[int, list[tuple[int, float]]] = {}
    for index in missing:
        cut = cuts[index]
        for column, weight in zip(cut.columns, cut.weights, strict=True):
            at.setdefault(column, []).append((index, weight / cut.need))

    def worth(column: int) -> float:
        fill = sum(min(weight, missing[index]) for index, weight in at[column] if index in missing)
        return -fill / float(cost[column])

    # Worth only falls as cuts fill up, so a stale entry at the top is asked again and put back.
    queue = [(worth(column), column) for column in at if column not in chosen]
    heapify(queue)
    while missing:
        stale, best = heappop(queue)
        if (fresh := worth(best)) > stale:
            heappush(queue, (fresh, best))
            continue
        chosen.add(best)
        _take_away(missing, at[best])


def _take_away(missing: dict[int, float], given: Iterable[tuple[int, float]]) -> None:
    """Fill cuts by what a cell gives them; what is full goes."""
    for index, weight in given:
        if index in missing:
            missing[index] -= weight
            if missing[index] <= TOLERANCE:
                del missing[index]


Sign = tuple[bytes, bytes]
ALONE = Guard()
"""Nobody is guarded against but readers and those who guess which cells are small."""


class Role(Enum):
    """Why a cell is published or not; private, because readers must not learn primary from secondary."""

    PUBLIC = auto()
    PRIMARY = auto()
    SECONDARY = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """What happens to a cell and what an attacker can still find out.

    interval: nothing known but what is published. guessed: for whoever guesses which cells are primary. asked: the span that the
    interval of a primary cell must hold; beyond the rule itself nothing is asked where its denominator leaves a single count.
    guessable: whether guessing leaves less than is asked. told_by: cells whose contributor learns more than is asked, or the count.
    """

    key: Key
    role: Role
    interval: FeasibilityInterval
    guessed: FeasibilityInterval
    reason: Reason | None = None
    asked: tuple[float, float] | None = None
    guessable: bool = False
    told_by: tuple[Key, ...] = ()

    @property
    def secret(self) -> bool:
        """Whether the cell is withheld."""
        return self.role is not Role.PUBLIC


@dataclass(frozen=True)
class SuppressionPattern:
    """A suppression pattern with its audit.

    cost: of the secondary cells. exact: whether the pattern is proven to be cheapest. contradictions: sources of statements that do not
    fit the raw counts and were left out.
    """

    outcomes: Mapping[Key, CellOutcome]
    cost: float
    exact: bool
    contradictions: tuple[str, ...]

    @property
    def published(self) -> tuple[Key, ...]:
        """Cells that may be shown."""
        return tuple(key for key, outcome in self.outcomes.items() if not outcome.secret)

    @property
    def secret(self) -> tuple[Key, ...]:
        """Cells that must be withheld, primary, secondary and hidden alike."""
        return tuple(key for key, outcome in self.outcomes.items() if outcome.secret)


def suppress(
    table: TableSystem,
    cells: Iterable[BoardCell],
    primaries: Iterable[Primary],
    guard: Guard = ALONE,
    limits: Limits | None = None,
) -> SuppressionPattern:
    """Takes a table, a raw count for every cell and the primary cells, hands out pattern and audit.

    A primary cell is protected when the attacker's interval holds the whole span its rule asks for, and when whoever is guarded
    against learns nothing either. The same input gives the same pattern, in whatever order.
    """
    asked = {item.key: item for item in primaries}
    board = set_up_board(table, cells, asked.values(), guard)
    search = _Search(board, Cover(board.cost, limits or Limits()))
    withheld = search.run()
    return _audit(board, withheld, asked, not search.cover.greedy)


def review(
    table: TableSystem,
    cells: Iterable[BoardCell],
    primaries: Iterable[Primary],
    withheld: Collection[Key],
    guard: Guard = ALONE,
) -> SuppressionPattern:
    """Takes what `suppress` takes and a pattern that stands already, hands out what every attacker makes of it."""
    asked = {item.key: item for item in primaries}
    board = set_up_board(table, cells, asked.values(), guard)
    flags = np.zeros(len(table.keys), dtype=np.bool_)
    flags[table.columns(withheld)] = True
    return _audit(board, flags, asked, False)


class _Search:
    def __init__(self, board: Board, cover: Cover) -> None:
        # The search may ask for less, and guard more, than the audit is told.
        self.board = replace(
            board,
            alike=board.alike.copy(),
            need_up=board.need_up.copy(),
            need_down=board.need_down.copy(),
            need_width=board.need_width.copy(),
        )
        self.cover = cover
        self.kin = find_kin(board.table)
        self._verified: set[Sign] = set()
        self._waived: set[Own] = set()

    def run(self) -> Flags:
        """Hands out the pattern: what is withheld, by column."""
        for number in itertools.count(1):
            chosen = self.cover.solve(growing=number > self.cover.limits.free_rounds)
            if not self._learn(self._pattern(chosen)):
                break
        self._tidy(chosen)
        return self._pattern(chosen)

    def _pattern(self, chosen: set[int]) -> Flags:
        withheld = self.board.bound.copy()
        withheld[sorted(chosen)] = True
        return withheld

    def _learn(self, withheld: Flags) -> bool:
        learned = False
        for block in self.board.blocks(withheld):
            sign = (block.columns.tobytes(), block.rows.tobytes())
            if sign in self._verified:
                continue
            found = [self._take(item) for item in find_cuts(self.board, block)]
            # Who knows more is only asked about where nobody who knows less finds anything.
            if not found:
                told = list(find_own_cuts(self.board, self.kin, block, self._waived))
                found = [self._take(item, own) for own, item in told]
            if not found and (unlike := find_unlike(self.board, self.kin, block)):
                self.board.alike[unlike] = True
                found = [True]
            learned |= any(found)
            if not found:
                self._verified.add(sign)
        return learned

    def _take(self, item: Cut | Shortfall, own: Own | None = None) -> bool:
        """Takes what is asked for (`own`: because of whom), says whether it is new."""
        if isinstance(item, Cut):
            return self.cover.add(item)
        if own is None:
            self._ask_less(item)
        else:
            self._waived.add(own)
        return True

    def _ask_less(self, shortfall: Shortfall) -> None:
        # What cannot be had in full is still had as far as it goes.
        board = self.board
        column = shortfall.column
        need = {True: board.need_up, False: board.need_down, None: board.need_width}[shortfall.upwards]
        need[column] = max(0.0, math.floor(need[column] - shortfall.amount + TOLERANCE))

    def _tidy(self, chosen: set[int]) -> None:
        # A greedy cover takes too much. Dearest first, whatever is not needed is published again.
        for column in sorted(
            self.cover.greedy & chosen, key=lambda column: (-self.board.cost[column], column)
        ):
            if self.cover.spares(column, chosen) and not self._learn(self._pattern(chosen - {column})):
                chosen.discard(column)


def _audit(board: Board, withheld: Flags, asked: Mapping[Key, Primary], exact: bool) -> SuppressionPattern:
    wanted: Ints = np.flatnonzero(withheld)
    blind = _intervals(board, withheld, board.blind, wanted)
    kin = find_kin(board.table)
    aware = _intervals(board, withheld, board.aware, wanted)
    told = _told(board, kin, withheld)
    outcomes: dict[Key, CellOutcome] = {}
    for column, key in enumerate(board.table.keys):
        value = float(board.values[column])
        if not withheld[column]:
            itself = FeasibilityInterval(value, value)
            outcomes[key] = CellOutcome(key, Role.PUBLIC, itself, itself)
            continue
        item = asked.get(key)
        span = (float(value - board.need_down[column]), float(value + board.need_up[column]))
        guessable = bool(aware[column].width < board.need_width[column])
        told_by = tuple(board.table.keys[who] for who in sorted(told.get(column, ())))
        hidden = Role.HIDDEN if board.bound[column] else Role.SECONDARY
        outcomes[key] = CellOutcome(
            key,
            hidden if item is None else Role.PRIMARY,
            blind[column],
            aware[column],
            None if item is None else item.reason,
            None if item is None else span,
            guessable,
            told_by,
        )
    secondary = withheld & ~board.bound
    return SuppressionPattern(
        outcomes,
        float(board.cost[secondary].sum()),
        exact,
        board.contradictions,
    )


def _told(board: Board, kin: Kin, withheld: Flags) -> dict[int, set[int]]:
    """Return for each withheld cell whose contributors learn more of it than they should."""
    told: dict[int, set[int]] = {}
    for block in board.blocks(withheld):
        for (column, _, other, _), _ in find_own_cuts(board, kin, block, ()):
            told.setdefault(other, set()).add(column)
    return told


def _intervals(
    board: Board, withheld: Flags, knowledge: Knowledge, wanted: Ints
) -> dict[int, FeasibilityInterval]:
    down = np.where(withheld, knowledge.down, 0.0)
    up = np.where(withheld, knowledge.up, 0.0)
    system = System(board.table.matrix, board.row_down, board.row_up, down, up)
    lows, highs, exact, trouble = attack_columns(system, wanted)
    if trouble.size:
        raise ArithmeticError(f"the raw counts themselves must fit: {board.table.keys[int(trouble[0])]}")
    return intervals_at(wanted, board.values + lows, board.values + highs, exact)
