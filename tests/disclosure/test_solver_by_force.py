"""Each part of the engine alone, on small random systems, compared with the same done plainly: every point, every set, every row."""

from __future__ import annotations

import math
import random
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from generator.disclosure.engine import program
from generator.disclosure.engine.attack import (
    Attack,
    FeasibilityInterval,
    attack,
)
from generator.disclosure.engine.linear_system import (
    Key,
    Statement,
    Sum,
    System,
    TableSystem,
    build_table,
    cut_out,
    split_blocks,
)
from generator.disclosure.engine.program import Contradiction, whole_extreme
from generator.disclosure.engine.solver import Solver

INF = float("inf")
A, B, C, D, T, U, X = ((letter,) for letter in "abcdtux")


def seeds(count: int) -> Any:
    return pytest.mark.parametrize("seed", range(count))


# --- the table


def test_a_table_says_each_row_once_in_its_order() -> None:
    table = build_table(
        [D, X],
        [Sum(T, (B, A)), Sum(U, (C,))],
        [
            Statement(((A, 1.0), (B, 2.0), (A, 0.5)), 1, 4, "z"),
            Statement(((B, 2.0), (A, 1.5)), 1, 4, "y"),
            Statement(((C, 1.0), (C, -1.0)), 0, 0, "nothing"),
        ],
        {C: (2, 7), D: (-3, INF)},
    )
    assert table.keys == (A, B, C, D, T, U, X)
    assert table.lower.tolist() == [0, 0, 2, 0, 0, 0, 0]
    assert table.upper.tolist() == [INF, INF, 7, INF, INF, INF, INF]
    assert table.matrix.toarray().tolist() == [
        [0, 0, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, -1, 0, 0],
        [1.5, 2, 0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, -1, 0],
    ]
    assert table.row_lower.tolist() == [0, 0, 1, 0]
    assert table.row_upper.tolist() == [0, 0, 4, 0]
    # Of two sources of one row the first by alphabet is named.
    assert table.sources == ("nothing", "t", "y", "u")
    assert table.index == {key: place for place, key in enumerate(table.keys)}
    assert table.columns([U, A]).tolist() == [5, 0]
    assert (table.matrix.dtype, table.upper.dtype) == (np.float64, np.float64)
    with pytest.raises(KeyError):
        table.columns([("y",)])


def test_what_a_statement_alone_names_is_a_cell_and_an_empty_table_is_one() -> None:
    assert build_table([], (), [Statement(((B, 1.0),), 0, 1, "said")]).keys == (B,)
    empty = build_table([])
    assert (empty.keys, empty.matrix.shape, empty.sources) == ((), (0, 0), ())


# --- the attack


def random_system(rng: random.Random) -> tuple[TableSystem, dict[Key, tuple[float, float]]]:
    """Up to four cells of at most five each, tied by all kinds of rows."""
    keys = [A, B, C, D][: rng.randint(2, 4)]
    bounds = {key: (float(rng.choice((0, 0, 1))), float(rng.randint(1, 5))) for key in keys}
    statements = []
    for number in range(rng.randint(1, 4)):
        terms = tuple((key, float(rng.choice((-2, -1, 1, 1, 2, 3)))) for key in rng.sample(keys, rng.randint(1, len(keys))))  # fmt: skip
        point = {key: rng.randint(0, 4) for key in keys}
        middle = sum(part * point[key] for key, part in terms)
        low, high = rng.choice(((0, 0), (0, 0), (-1, 0), (0, 2), (0.5, 0.75), (-INF, 1), (0, INF)))
        statements.append(Statement(terms, middle + low, middle + high, f"said {number}"))
    return build_table(keys, (), statements, bounds), bounds


def points(table: TableSystem, ranges: dict[Key, tuple[float, float]]) -> list[tuple[int, ...]]:
    """Every point in whole counts that fits the rows."""
    matrix = table.matrix.toarray()
    spans = [range(math.ceil(low), math.floor(high) + 1) for low, high in (ranges[key] for key in table.keys)]
    found = []
    for point in product(*spans):
        said = matrix @ np.array(point)
        if np.all(said >= table.row_lower - 1e-9) and np.all(said <= table.row_upper + 1e-9):
            found.append(point)
    return found


@seeds(100)
def test_an_attack_finds_the_least_and_the_greatest_of_all_that_fits(seed: int) -> None:
    rng = random.Random(seed)
    table, bounds = random_system(rng)
    known = {key: rng.randint(0, 3) for key in table.keys if rng.random() < 0.2}
    more = {key: (rng.choice((0.0, 1.0)), rng.choice((2.0, 9.0))) for key in table.keys if rng.random() < 0.3}
    targets = rng.choice((None, rng.sample(table.keys, 1)))
    ranges = dict(bounds)
    for key, (low, high) in more.items():
        ranges[key] = (max(low, ranges[key][0]), min(high, ranges[key][1]))
    ranges |= {key: (value, value) for key, value in known.items()}
    fitting = points(table, ranges)
    found = attack(table, known, targets, more)
    if not fitting:
        assert found.intervals == {}
        assert list(found.contradictions) == sorted(set(found.contradictions) & set(table.sources))
        assert found.contradictions or not table.sources
        return
    assert found.contradictions == ()
    wanted = targets or [key for key in table.keys if key not in known]
    ends = {key: [point[table.index[key]] for point in fitting] for key in wanted}
    assert found.intervals == {key: FeasibilityInterval(min(all_), max(all_)) for key, all_ in ends.items()}


def test_intervals() -> None:
    span = FeasibilityInterval(2, 5)
    assert (span.width, span.recovered, span.exact) == (3, False, True)
    assert FeasibilityInterval(2, 2).recovered


def test_rows_of_different_statements_that_cannot_both_be_are_named() -> None:
    said = [
        Statement(((A, 1.0), (B, 1.0)), 3, 3, "three"),
        Statement(((A, 1.0), (B, 1.0)), 4, 4, "four"),
        Statement(((C, 1.0),), 1, 1, "else"),
    ]
    assert attack(build_table([], (), said), {}) == Attack({}, ("four", "three"))
    # What bounds alone settle, and rows of nothing but known counts.
    assert attack(build_table([], (), said[:1]), {A: 1, B: 1}) == Attack({}, ("three",))
    assert attack(build_table([], (), said[:1], {A: (5, 9)}), {}) == Attack({}, ("three",))
    # Only whole numbers say it: twice one and twice another are never odd.
    odd = [Statement(((A, 2.0), (B, 2.0)), 7, 7, "odd"), said[2]]
    assert attack(build_table([], (), odd), {}) == Attack({}, ("odd",))
    # A triangle of sums that only solving together contradicts.
    three = [Statement(((first, 1.0), (last, 1.0)), 1, 1, f"{first[0]}{last[0]}") for first, last in ((A, B), (B, C), (A, C))]  # fmt: skip
    assert attack(build_table([], (), three), {}) == Attack({}, ("ab", "ac", "bc"))


# --- bounds row by row


def random_rows(rng: random.Random) -> tuple[csr_array, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    width, height = rng.randint(2, 5), rng.randint(1, 4)
    matrix = np.array([[rng.choice((0, 0, 1, 1, -1, 2, -3)) for _ in range(width)] for _ in range(height)], dtype=float)  # fmt: skip
    point = np.array([rng.randint(0, 6) for _ in range(width)])
    low = np.array([rng.choice((0.0, -1.0, -0.5, -INF)) for _ in range(height)]) + matrix @ point
    high = np.array([rng.choice((0.0, 1.0, 0.25, INF)) for _ in range(height)]) + matrix @ point
    lower = np.array([float(rng.choice((0, 0, 1, 0.5, -2, -INF))) for _ in range(width)])
    upper = np.array([float(rng.choice((3, 5, 6.5, INF, INF))) for _ in range(width)])
    return csr_array(matrix), low, high, lower, upper


def plain_blocks(
    matrix: np.ndarray, free: np.ndarray, active: np.ndarray
) -> list[tuple[list[int], list[int]]]:
    groups = [({int(column)}, set[int]()) for column in np.flatnonzero(free)]
    for row in np.flatnonzero(active):
        tied = {int(column) for column in np.flatnonzero(matrix[row]) if free[column]}
        touched = [group for group in groups if group[0] & tied]
        groups = [group for group in groups if not group[0] & tied]
        if touched:
            groups.append((set().union(*(one for one, _ in touched)), set().union({int(row)}, *(one for _, one in touched))))  # fmt: skip
    return sorted((sorted(columns), sorted(rows)) for columns, rows in groups)


@seeds(40)
def test_blocks_hang_together_and_know_their_own_rows(seed: int) -> None:
    rng = random.Random(seed)
    width, height = rng.randint(1, 7), rng.randint(1, 6)
    matrix = np.array([[rng.choice((0, 0, 0, 1, -1.0)) for _ in range(width)] for _ in range(height)])
    free = np.array([rng.random() < 0.7 for _ in range(width)])
    active = np.array([rng.random() < 0.8 for _ in range(height)])
    found = split_blocks(csr_array(matrix), free, active)
    assert [(block.columns.tolist(), block.rows.tolist()) for block in found] == plain_blocks(matrix, free, active)  # fmt: skip
    settled = np.arange(1.0, width + 1)
    low, high = np.arange(height) - 9.0, np.arange(height) + 9.0
    lower, upper = np.where(free, -np.arange(width), settled), np.where(free, np.arange(width) * 2.0, settled)
    for block in found:
        system = cut_out(System(csr_array(matrix), low, high, lower, upper), block)
        taken = [
            sum(matrix[row, column] * settled[column] for column in range(width) if not free[column])
            for row in block.rows
        ]
        assert system.matrix.toarray().tolist() == matrix[np.ix_(block.rows, block.columns)].tolist()
        assert system.row_lower.tolist() == [
            low[row] - part for row, part in zip(block.rows, taken, strict=True)
        ]
        assert system.row_upper.tolist() == [
            high[row] - part for row, part in zip(block.rows, taken, strict=True)
        ]
        assert (system.lower.tolist(), system.upper.tolist()) == (lower[block.columns].tolist(), upper[block.columns].tolist())  # fmt: skip


# --- programmes


def random_program(rng: random.Random) -> System:
    matrix, low, high, lower, upper = random_rows(rng)
    lower = np.where(np.isfinite(lower), lower, -2.0)
    return System(matrix, low, high, lower, upper)


def proves(system: System, cost: np.ndarray, optimum: program.Optimum) -> bool:
    """Whether a point is possible, and its multipliers show that none is cheaper."""
    said, point = system.matrix @ optimum.point, optimum.point
    fits = np.all(said >= system.row_lower - 1e-6) and np.all(said <= system.row_upper + 1e-6)
    inside = np.all(point >= system.lower - 1e-6) and np.all(point <= system.upper + 1e-6)
    reduced = cost - system.matrix.T @ optimum.multipliers
    total = 0.0
    for parts, low, high in ((optimum.multipliers, system.row_lower, system.row_upper), (reduced, system.lower, system.upper)):  # fmt: skip
        for part, least, most in zip(parts.tolist(), low.tolist(), high.tolist(), strict=True):
            total += 0.0 if abs(part) < 1e-7 else part * (least if part > 0 else most)
    return bool(fits and inside) and math.isclose(total, optimum.value, abs_tol=1e-6) and math.isclose(cost @ point, optimum.value, abs_tol=1e-6)  # fmt: skip


@seeds(5)
def test_a_programme_proves_what_it_answers(seed: int) -> None:
    rng = random.Random(seed)
    system = random_program(rng)
    cost = np.array([float(rng.choice((-1, 0, 1, 2))) for _ in range(system.lower.size)])
    answers(program.Program(system), system, cost)


def answers(one: Any, system: System, cost: np.ndarray) -> None:
    questions = [(one.least, (cost,), 1, cost)]
    for column in range(cost.size):
        unit = np.eye(cost.size)[column]
        questions += [(one.extreme, (column, greatest), -1 if greatest else 1, unit) for greatest in (True, False)]  # fmt: skip
    for ask, given, sign, aim in questions:
        try:
            optimum = ask(*given)
        except Contradiction:
            assert fresh(system, np.zeros(cost.size)) == 2
            continue
        if math.isinf(optimum.value):
            assert optimum.value == -sign * INF
            assert np.all(np.isnan(optimum.point))
            assert not optimum.whole
            assert optimum.multipliers.tolist() == [0] * system.row_lower.size
            assert fresh(system, sign * aim) in (3, 4)
        else:
            turned = program.Optimum(sign * optimum.value, optimum.point, sign * optimum.multipliers)
            assert proves(system, sign * aim, turned)
            assert optimum.whole == bool(np.all(np.abs(optimum.point - np.round(optimum.point)) < 1e-6))


def fresh(system: System, cost: np.ndarray) -> int:
    """How a solver that was asked nothing before ends."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    answer = milp(cost, constraints=LinearConstraint(system.matrix, system.row_lower, system.row_upper), bounds=Bounds(system.lower, system.upper))  # fmt: skip
    return int(answer.status)


@seeds(6)
def test_extremes_in_whole_numbers(seed: int) -> None:
    rng = random.Random(seed)
    table, bounds = random_system(rng)
    fitting = points(table, bounds)
    system = System(table.matrix, table.row_lower, table.row_upper, table.lower, table.upper)
    for column, greatest in product(range(len(table.keys)), (True, False)):
        if not fitting:
            with pytest.raises(Contradiction):
                whole_extreme(system, column, greatest)
            continue
        found, is_proven = whole_extreme(system, column, greatest)
        assert is_proven
        assert found is not None
        assert tuple(found.tolist()) in fitting
        assert found[column] == (max if greatest else min)(point[column] for point in fitting)


def test_extremes_without_an_end() -> None:
    matrix = csr_array(np.array([[1.0, 0.0]]))
    system = System(matrix, np.array([-INF]), np.array([9.0]), np.array([0.0, -INF]), np.array([1.0, INF]))
    assert whole_extreme(system, 1, True) == (None, False)
    assert whole_extreme(system, 1, False) == (None, False)


# --- those who know or guess more


def answering(monkeypatch: pytest.MonkeyPatch, point: Any) -> None:
    """Let the solver hand out this point, whatever is asked."""
    monkeypatch.setattr(Solver, "found", lambda solver: (np.array(point), np.zeros(0)))


@pytest.mark.guards("Secrets: a solver's missing or wrong answer never opens a cell")
def test_a_point_that_breaks_its_own_rows_opens_no_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solvers have called such points optimal: taken for possible they would make the count look open."""
    matrix = csr_array(np.array([[2.0, 2.0, 3.0]]))
    system = program.System(matrix, np.array([7.0]), np.array([7.0]), np.zeros(3), np.full(3, 3.0))
    usual, is_proven = program.whole_extreme(system, 2, True)
    assert usual is not None
    assert (usual[2], is_proven) == (1.0, True)
    answering(monkeypatch, [0.0, 0.0, 3.0])
    for greatest in (True, False):
        assert program.whole_extreme(system, 2, greatest) == (None, False)


@pytest.mark.guards("Secrets: a solver's missing or wrong answer never opens a cell")
@pytest.mark.parametrize("found", [[], [2.0, 2.0, 2.0]], ids=["no answer", "a wrong one"])
def test_a_whole_number_that_nobody_found_is_taken_as_recovered(
    found: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """3a + 2b + 2c = 7: only whole numbers say that a is 1. Where the solver has none, or one that can't be, a isn't open."""
    keys: list[Key] = [("a",), ("b",), ("c",)]
    said = [Statement(tuple(zip(keys, (3.0, 2.0, 2.0), strict=True)), 7, 7, "said")]
    table = build_table({*keys}, [], said, dict.fromkeys(keys, (0.0, 2.0)))
    usual = attack(table, {}).intervals["a",]
    assert (usual.low, usual.high) == (1, 1)
    whole = Solver.want_whole

    def wrong(solver: Solver, nodes: int) -> None:
        solver.found = lambda: (np.array(found), np.zeros(0))
        whole(solver, nodes)

    monkeypatch.setattr(Solver, "want_whole", wrong)
    assert attack(table, {}).intervals["a",].recovered
