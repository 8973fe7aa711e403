"""Takes raw counts and primary cells, hands out which further cells must be withheld so that none can be worked out.

The cheapest pattern by cutting planes (Fischetti & Salazar 2001): withhold what the cuts ask for, attack, add a cut for
every exposed cell, until nothing is exposed. Large groups of cuts are covered greedily and tidied afterwards; the attack
that has the last word is the same.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from .attack import FeasibilityInterval, attack_columns
from .board import Board, BoardCell, Guard, Knowledge, set_up_board
from .contributors import Kin, Own, find_kin, find_own_cuts, ruled_out
from .cover import Cover, Limits
from .cuts import Cut, Shortfall, find_cuts
from .linear_system import Flags, Ints, Key, System, TableSystem
from .program import TOLERANCE
from .sensitivity import Primary, Reason

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

    interval: nothing known but what is published. guessed: for whoever guesses which cells are primary. asked: the span
    that the interval of a primary cell must hold. protected: whether it holds it, and against everybody the pattern
    guards against. guessable: whether guessing leaves less than is asked. told_by: cells whose contributor learns more than
    is asked, or the count itself. unlike_own: whether the pattern tells that it is no contributor's own cell, which would
    have been guarded better; whoever guesses knows that too.
    """

    key: Key
    role: Role
    interval: FeasibilityInterval
    guessed: FeasibilityInterval
    reason: Reason | None = None
    asked: tuple[float, float] | None = None
    protected: bool = True
    guessable: bool = False
    told_by: tuple[Key, ...] = ()
    unlike_own: bool = False

    @property
    def secret(self) -> bool:
        """Whether the cell is withheld."""
        return self.role is not Role.PUBLIC


@dataclass(frozen=True)
class SuppressionPattern:
    """A suppression pattern with its audit.

    cost: of the secondary cells. exact: whether the pattern is proven to be cheapest. exposed: cells that stay open to
    the attacker because of what cannot be withheld (earlier releases). contradictions: sources of statements that do not
    fit the raw counts and were left out.
    """

    outcomes: Mapping[Key, CellOutcome]
    cost: float
    exact: bool
    rounds: int
    exposed: tuple[Key, ...]
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
    asked = sorted(primaries, key=lambda item: item.key)
    board = set_up_board(table, cells, asked, guard)
    spans = _spans(board, asked)
    search = _Search(board, Cover(board.cost, limits or Limits()))
    withheld = search.run()
    return _audit(board, withheld, {item.key: item for item in asked}, spans, search.exact, search.rounds)


def review(
    table: TableSystem,
    cells: Iterable[BoardCell],
    primaries: Iterable[Primary],
    withheld: Collection[Key],
    guard: Guard = ALONE,
) -> SuppressionPattern:
    """Takes what `suppress` takes and a pattern that stands already, hands out what every attacker makes of it."""
    asked = sorted(primaries, key=lambda item: item.key)
    board = set_up_board(table, cells, asked, guard)
    flags = np.zeros(len(table.keys), dtype=np.bool_)
    flags[table.columns(withheld)] = True
    return _audit(board, flags, {item.key: item for item in asked}, _spans(board, asked), False, 0)


def _spans(board: Board, asked: Iterable[Primary]) -> dict[Key, tuple[float, float]]:
    found: dict[Key, tuple[float, float]] = {}
    for item in asked:
        column = board.table.index[item.key]
        value = board.values[column]
        found[item.key] = (float(value - board.need_down[column]), float(value + board.need_up[column]))
    return found


class _Search:
    def __init__(self, board: Board, cover: Cover) -> None:
        self.board = board
        self.cover = cover
        self.rounds = 0
        self.exact = True
        self.kin = find_kin(board.table)
        self._verified: set[Sign] = set()
        self._waived: set[Own] = set()

    def run(self) -> Flags:
        """Hands out the pattern: what is withheld, by column."""
        while True:
            self.rounds += 1
            chosen = self.cover.solve(growing=self.rounds > self.cover.limits.free_rounds)
            if not self._learn(self._pattern(chosen)):
                break
        self.exact = not self.cover.greedy
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
            found = find_cuts(self.board, block)
            for item in found:
                if isinstance(item, Cut):
                    learned |= self.cover.add(item)
                else:
                    self._ask_less(item)
                    learned = True
            # Who knows more is only asked about where nobody who knows less finds anything.
            told = [] if found else list(find_own_cuts(self.board, self.kin, block, self._waived))
            for own, item in told:
                if isinstance(item, Cut):
                    learned |= self.cover.add(item)
                else:
                    self._waived.add(own)
                    learned = True
            if not found and not told:
                self._verified.add(sign)
        return learned

    def _ask_less(self, shortfall: Shortfall) -> None:
        # What cannot be had in full is still had as far as it goes.
        board, column = self.board, shortfall.column
        need = {True: board.need_up, False: board.need_down, None: board.need_width}[shortfall.upwards]
        need[column] = max(0.0, math.floor(need[column] - shortfall.amount + TOLERANCE))

    def _tidy(self, chosen: set[int]) -> None:
        # A greedy cover takes too much. Dearest first, whatever is not needed is published again.
        for column in sorted(
            self.cover.greedy & chosen, key=lambda column: (-self.board.cost[column], column)
        ):
            if self.cover.spares(column, chosen) and not self._learn(self._pattern(chosen - {column})):
                chosen.discard(column)


def _audit(
    board: Board,
    withheld: Flags,
    primaries: Mapping[Key, Primary],
    spans: Mapping[Key, tuple[float, float]],
    exact: bool,
    rounds: int,
) -> SuppressionPattern:
    wanted: Ints = np.flatnonzero(withheld)
    blind = _intervals(board, withheld, board.blind, wanted)
    kin = find_kin(board.table)
    unlike = ruled_out(board, kin, withheld)
    aware = _intervals(board, withheld, _guessed(board, unlike, blind), wanted)
    told = _told(board, kin, withheld)
    outcomes: dict[Key, CellOutcome] = {}
    exposed: list[Key] = []
    for column, key in enumerate(board.table.keys):
        value = float(board.values[column])
        if not withheld[column]:
            itself = FeasibilityInterval(value, value)
            outcomes[key] = CellOutcome(key, Role.PUBLIC, itself, itself)
            continue
        item = primaries.get(key)
        span = spans.get(key)
        # Beyond the rule itself nothing is asked of a cell whose denominator leaves it a single count.
        protected = span is None or blind[column].holds(*span)
        guessable = bool(aware[column].width < board.asked_width[column])
        told_by = tuple(board.table.keys[who] for who in sorted(told.get(column, ())))
        protected = protected and not guessable and not told_by
        if not protected:
            exposed.append(key)
        hidden = Role.HIDDEN if board.bound[column] else Role.SECONDARY
        outcomes[key] = CellOutcome(
            key,
            hidden if item is None else Role.PRIMARY,
            blind[column],
            aware[column],
            None if item is None else item.reason,
            span,
            protected,
            guessable,
            told_by,
            column in unlike,
        )
    secondary = withheld & ~board.bound
    return SuppressionPattern(
        outcomes,
        float(board.cost[secondary].sum()),
        exact,
        rounds,
        tuple(exposed),
        board.contradictions,
    )


def _told(board: Board, kin: Kin, withheld: Flags) -> dict[int, set[int]]:
    """Return for each withheld cell whose contributors learn more of it than they should."""
    told: dict[int, set[int]] = {}
    for block in board.blocks(withheld):
        for (column, _, other, _), _ in find_own_cuts(board, kin, block, ()):
            told.setdefault(other, set()).add(column)
    return told


def _guessed(
    board: Board, unlike: Mapping[int, set[float]], blind: Mapping[int, FeasibilityInterval]
) -> Knowledge:
    """What somebody knows who guesses which cells are small, and knows that contributors' own cells are guarded."""
    down = board.aware.down.copy()
    for column, cases in unlike.items():
        value = board.values[column]
        least = max(value + down[column], blind[column].low)
        while least in cases:
            least += 1
        down[column] = max(down[column], least - value)
    return Knowledge(down, board.aware.up)


def _intervals(
    board: Board, withheld: Flags, knowledge: Knowledge, wanted: Ints
) -> dict[int, FeasibilityInterval]:
    lower, upper = board.values + knowledge.down, board.values + knowledge.up
    lower[~withheld] = upper[~withheld] = board.values[~withheld]
    # Rows that contradict the counts were opened on both sides; a row with one end still says something.
    counting = np.flatnonzero(np.isfinite(board.row_up) | np.isfinite(board.row_down))
    table = board.table
    system = System(
        table.matrix[counting], table.row_lower[counting], table.row_upper[counting], lower, upper
    )
    lows, highs, exact, trouble = attack_columns(system, wanted)
    if trouble.size:
        raise ArithmeticError(f"the raw counts themselves must fit: {board.table.keys[int(trouble[0])]}")
    return {
        column: FeasibilityInterval(float(lows[column]), float(highs[column]), bool(exact[column]))
        for column in wanted.tolist()
    }
