"""What the search for a pattern begins with, cell by cell, said once more plainly; and its cuts: every safe pattern meets them, the one at hand does not."""

from __future__ import annotations

import random
from collections.abc import Collection

import numpy as np
import pytest

from generator.disclosure.engine.board import Board, BoardCell, Guard, set_up_board
from generator.disclosure.engine.cuts import ALWAYS, Cut, Shortfall, find_cuts, find_kin, find_own_cuts
from generator.disclosure.engine.linear_system import (
    Key,
    Statement,
    Sum,
    System,
    TableSystem,
    build_table,
    sparse,
)
from generator.disclosure.engine.program import kept_rows
from generator.disclosure.engine.sensitivity import Primary, Reason
from generator.disclosure.engine.suppression import suppress
from tests.disclosure.statements import exposed
from tests.disclosure.test_engine_by_force import SHAPES, ByForce, world

INF = float("inf")
A, B, C, T = (("a",), ("b",), ("c",), ("t",))


def table_of(one: ByForce) -> TableSystem:
    return build_table(one.values, one.sums, [*one.statements, *one.wrong], one.bounds)


def board_of(one: ByForce) -> Board:
    guard = Guard(one.width, one.floor, one.own_cases, one.suspects)
    return set_up_board(table_of(one), list(one.cells.values()), list(one.primaries.values()), guard)


def guesses(one: ByForce, key: Key) -> tuple[float, float]:
    """What somebody takes a cell to be who guesses why it is withheld."""
    (low, high), value = one.common(key), one.values[key]
    if key in one.primaries:
        return max(low, min(one.primaries[key].rule_low, value)), min(high, max(one.primaries[key].rule_high, value))  # fmt: skip
    if not one.floor or one.cells[key].hidden:
        return low, high
    # What goes for others' sake is no small count: none, or as many as the threshold.
    return max(low, min(one.floor, value)), high if value else 0.0


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(12))
def test_what_is_known_and_asked_of_each_cell(shape: str, seed: int) -> None:
    one = world(shape, seed)
    if seed % 3 == 0:
        one.suspects = frozenset(random.Random(seed).sample(one.keys, 2))
    board, table = board_of(one), table_of(one)
    assert board.table.keys == table.keys
    for column, key in enumerate(table.keys):
        value, cell, primary = one.values[key], one.cells[key], key in one.primaries
        low, high = one.common(key)
        least, most = one.asked(key) if primary else (value, value)
        aware = guesses(one, key)
        assert (board.values[column], board.cost[column]) == (value, one.price(key))
        assert (board.bound[column], board.primary[column]) == (cell.hidden or primary, primary)
        assert board.choice[column] == (not cell.hidden and not cell.fixed and not primary)
        assert (board.small[column], board.named[column]) == (one.small(key), cell.named)
        assert (board.blind.down[column], board.blind.up[column]) == (low - value, high - value)
        assert (board.aware.down[column], board.aware.up[column]) == (aware[0] - value, aware[1] - value)
        assert (board.need_down[column], board.need_up[column]) == (value - least, most - value)
        width = one.asked_width(key) if primary else 0.0
        assert board.need_width[column] == width
        assert board.alike[column] == one.alike(key)
    assert board.cases == one.own_cases
    assert board.contradictions == tuple(statement.source for statement in one.wrong)
    values = np.array([one.values[key] for key in table.keys])
    said = table.matrix.toarray() @ values
    for row, source in enumerate(table.sources):
        wrong = source == "wrong"
        assert board.row_down[row] == (-INF if wrong else table.row_lower[row] - said[row])
        assert board.row_up[row] == (INF if wrong else table.row_upper[row] - said[row])


def test_how_far_a_sum_may_be_off() -> None:
    """A millionth of what it comes to, and of one where that is less."""
    said = np.array([0.0, -0.5, 1.0, -3.0, 2e6])
    slack = np.array([1e-6, 1e-6, 1e-6, 3e-6, 2.0])
    for off, kept in ((0.99, True), (1.01, False)):
        for ends in (said + off * slack, said - off * slack):
            system = System(sparse(np.eye(5)), ends, ends, said, said)
            assert kept_rows(system, said).tolist() == [kept] * 5


def test_a_statement_that_is_off_by_less_is_no_contradiction() -> None:
    def contradictions(said: float) -> tuple[str, ...]:
        table = build_table([A], (), [Statement(((A, 1.0),), said, said, "said")])
        return set_up_board(table, [BoardCell(A, 2_000_000)], [], Guard()).contradictions

    assert [contradictions(2_000_000 + off) for off in (-3, -1, 0, 1, 3)] == [("said",), (), (), (), ("said",)]  # fmt: skip


def test_every_cell_needs_a_count() -> None:
    with pytest.raises(ValueError, match=r"^no raw count for \('b',\)$"):
        set_up_board(build_table([], [Sum(T, (A, B))]), [BoardCell(A, 1), BoardCell(T, 3)], [], Guard())


def weighed(cut: Cut, withheld: Collection[int]) -> float:
    return sum(weight for column, weight in zip(cut.columns, cut.weights, strict=True) if column in withheld)


@pytest.mark.parametrize("shape", ["row", "tree", "only child"])
@pytest.mark.parametrize("seed", range(400, 406))
def test_a_cut_asks_what_every_safe_pattern_has_and_this_one_has_not(shape: str, seed: int) -> None:
    """No cut means that readers and guessers (then contributors) learn too little; what falls short can't be had at all."""
    one = world(shape, seed)
    board = board_of(one)
    kin, column_of = find_kin(board.table), board.table.index
    safe = [pattern for _, pattern in one.patterns() if one.withstands(pattern)]
    rng = random.Random(seed)
    patterns = [pattern for _, pattern in one.patterns()]
    for pattern in [patterns[0], *rng.sample(patterns, min(3, len(patterns)))]:
        flags = np.zeros(len(board.table.keys), dtype=np.bool_)
        flags[[column_of[key] for key in pattern]] = True
        found: list[Cut | Shortfall] = []
        own: list[Cut | Shortfall] = []
        for block in board.blocks(flags):
            found += find_cuts(board, block)
            own += [item for _, item in find_own_cuts(board, kin, block, ())]
        if not found:
            assert one.withstands(pattern) or one.told(pattern)
        if not found and not own:
            assert one.withstands(pattern)
        for item in [*found, *own]:
            if isinstance(item, Shortfall):
                assert (safe, item.amount > 0) == ([], True)
                continue
            mine = {column_of[key] for key in pattern}
            assert weighed(item, mine) < item.need
            assert item.when == ALWAYS or item.when in mine
            assert not [column for column in item.columns if not board.choice[column]]
            for other in safe:
                theirs = {column_of[key] for key in other}
                if item.when == ALWAYS or item.when in theirs:
                    assert weighed(item, theirs) >= item.need - 1e-6


def cuts_of(counts: dict[Key, int], primary: Primary, *said: Statement, hidden: Collection[Key] = (), fixed: Collection[Key] = (), guess: float = 1.0) -> list[Cut | Shortfall]:  # fmt: skip
    """What is asked for where nothing but a primary cell, and what is never shown, is withheld of a row and its sum."""
    parts = tuple(key for key in counts if key != T)
    table = build_table(counts, [Sum(T, parts)], said)
    cells = [BoardCell(key, value, hidden=key in hidden, fixed=key in fixed or key == T) for key, value in counts.items()]  # fmt: skip
    board = set_up_board(table, cells, [primary], Guard(guess))
    (block,) = board.blocks(board.bound)
    return find_cuts(board, block)


ROW = {A: 2, B: 1, C: 10, T: 13}


def test_a_cut_asks_for_what_is_missing_and_no_more() -> None:
    """Two are to look like six at most and like none: b, never shown, gives one of four; c can give the rest, and takes the two."""
    asked = Primary(A, Reason.THRESHOLD, 0, 6, 0, 6)
    both = cuts_of(ROW, asked, hidden=[B], guess=0.0)
    assert both == [Cut((2,), (3.0,), 3.0)]
    # Alone nothing of it is there; b can give one.
    up, down = cuts_of(ROW, asked, guess=0.0)
    assert up == Cut((1, 2), (1.0, 4.0), 4.0)
    assert down == Cut((1, 2), (2.0, 2.0), 2.0)
    # Of what must stay shown nothing can be had: as much is lacking as is asked.
    assert cuts_of(ROW, asked, fixed=[B, C], guess=0.0) == [Shortfall(0, True, 4.0), Shortfall(0, False, 2.0)]
    assert cuts_of(ROW, asked, fixed=[C], guess=0.0) == [Shortfall(0, True, 3.0), Cut((1,), (2.0,), 2.0)]
    # Who guesses must be left two values, whichever.
    width, *_ = cuts_of(ROW, asked, guess=1.0)
    assert width == Cut((1, 2), (1.0, 1.0), 1.0)


@pytest.mark.parametrize(("own_cases", "secret"), [(0, (B, C)), (1, (A, B, C))])
def test_what_cannot_be_had_in_full_is_still_kept_from_those_who_are_counted(own_cases: int, secret: tuple[Key, ...]) -> None:  # fmt: skip
    """c is to look like three, and beside b it looks like two at most. Whoever is the one in b would know it then, so a goes as well."""
    counts = {A: 0, B: 1, C: 1, ("d",): 4, T: 6}
    cells = [BoardCell(key, value, fixed=key not in (A, B, C), named=key != A) for key, value in counts.items()]  # fmt: skip
    table = build_table(counts, [Sum(T, tuple(counts)[:-1])])
    found = suppress(
        table, cells, [Primary(C, Reason.THRESHOLD, 1, 3, 1, 3)], Guard(0.0, own_cases=own_cases)
    )
    assert (found.secret, exposed(found)) == (secret, (C,))
