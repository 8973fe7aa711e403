"""The attack on small random systems, compared with every point that fits; and a solver that answers wrongly."""

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
    TableSystem,
    build_table,
)
from generator.disclosure.engine.solver import Solver

INF = float("inf")
A, B, C, D, T, U, X = ((letter,) for letter in "abcdtux")


def seeds(count: int) -> Any:
    return pytest.mark.parametrize("seed", range(count))


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
