"""Each part of the engine alone, on small random systems, compared with the same done plainly: every point, every set, every row."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import MISSING, fields
from inspect import Parameter, signature
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from generator.disclosure.counted_measures import sums_by
from generator.disclosure.engine import program
from generator.disclosure.engine.attack import (
    Attack,
    Attacker,
    Evidence,
    FeasibilityInterval,
    Leak,
    attack,
    explain,
    find_leaks,
    play_others,
)
from generator.disclosure.engine.board import BoardCell, Guard
from generator.disclosure.engine.cuts import ALWAYS, Cut, Demand, find_kin
from generator.disclosure.engine.linear_system import (
    Block,
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
from generator.disclosure.engine.rounding import round_controlled, round_plainly, round_table
from generator.disclosure.engine.sensitivity import Observation, Primary, SensitivityRule
from generator.disclosure.engine.suppression import (
    CellOutcome,
    Cover,
    Limits,
    cover_greedily,
    review,
    suppress,
)
from generator.disclosure.gates.plausible import check_plausible
from generator.disclosure.gates.shared_measures import check_share
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.implied_sums import implied_sums
from generator.disclosure.lattice import space_sums
from generator.disclosure.published import Disclosure
from generator.disclosure.site_audit.markup import Mention, leaves

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


def test_only_sums_make_cells_kin() -> None:
    like = [
        Statement(((A, 2.0), (T, -1.0)), 0, 0, "twice"),
        Statement(((A, 1.0), (B, -1.0), (T, -1.0)), 0, 0, "two totals"),
        Statement(((B, 1.0), (U, -1.0)), 0, 1, "nearly"),
        Statement(((B, 1.0), (U, -1.0)), -1, 0, "nearly"),
    ]
    kin = find_kin(build_table([], [Sum(C, (A, B)), Sum(D, (C,)), Sum(T, (D, U))], like))
    table = build_table([], [Sum(C, (A, B)), Sum(D, (C,)), Sum(T, (D, U))], like)
    names = {key: {table.keys[column][0] for column in kin.below(table.index[key])} for key in table.keys}
    assert names == {A: set(), B: set(), C: set("abd"), D: set("abc"), T: set("abcdu"), U: set()}
    names = {key: {table.keys[column][0] for column in kin.above(table.index[key])} for key in table.keys}
    assert names == {A: set("cdt"), B: set("cdt"), C: set("dt"), D: set("ct"), T: set(), U: set("t")}


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
    assert [span.holds(low, high) for low, high in ((2, 5), (3, 4), (1, 5), (2, 6))] == [True, True, False, False]  # fmt: skip


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
    width = system.lower.size
    cost = np.array([float(rng.choice((-1, 0, 1, 2))) for _ in range(width)])
    one = program.Program(system)
    asked = rng.randrange(width)
    limits = (float(system.lower[asked]), float(min(system.upper[asked], system.lower[asked] + 2)))
    narrow = System(system.matrix, system.row_lower, system.row_upper, system.lower.copy(), system.upper.copy())  # fmt: skip
    narrow.lower[asked], narrow.upper[asked] = limits
    for now, bounds in ((system, None), (narrow, limits), (system, (float(system.lower[asked]), float(system.upper[asked])))):  # fmt: skip
        if bounds is not None:
            one.bound(asked, *bounds)
        answers(one, now, cost)


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


def test_what_contradicts_is_no_reason_to_answer_otherwise_afterwards() -> None:
    system = System(csr_array(np.array([[1.0, 1.0]])), np.array([4.0]), np.array([4.0]), np.zeros(2), np.full(2, 9.0))  # fmt: skip
    one = program.Program(system)
    one.bound(0, 5, 5)
    for ask in (lambda: one.extreme(1, True), lambda: one.least(np.array([1.0, 0.0]))):
        with pytest.raises(Contradiction):
            ask()
    one.bound(0, 1, 3)
    assert [one.extreme(column, upwards).value for column in (0, 1) for upwards in (False, True)] == [1, 3, 1, 3]  # fmt: skip
    # What was asked of all columns counts no longer when one is asked for.
    assert one.least(np.array([0.0, -1.0])).value == -3
    assert one.extreme(0, True).value == 3
    assert system.lower.tolist() == [0, 0]


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


# --- covers


def random_cuts(rng: random.Random, width: int) -> list[Cut]:
    cuts = []
    for _ in range(rng.randint(1, 5)):
        columns = tuple(sorted(rng.sample(range(width), rng.randint(1, 3))))
        weights = tuple(float(rng.choice((1, 1, 2, 4))) for _ in columns)
        when = rng.choice((ALWAYS, ALWAYS, rng.randrange(width)))
        if when not in columns:
            cuts.append(Cut(columns, weights, min(sum(weights), float(rng.choice((1, 2, 4)))), when))
    return cuts


def fills(cut: Cut, chosen: set[int]) -> bool:
    if cut.when != ALWAYS and cut.when not in chosen:
        return True
    return sum(weight for column, weight in zip(cut.columns, cut.weights, strict=True) if column in chosen) >= cut.need  # fmt: skip


@seeds(18)
def test_the_cheapest_cover_and_one_that_is_good_enough(seed: int) -> None:
    rng = random.Random(seed)
    width = 7
    cuts, cost = random_cuts(rng, width), np.array([float(rng.randint(1, 9)) for _ in range(width)])
    sets = [set(item) for size in range(width + 1) for item in combinations(range(width), size)]
    best = min(sum(cost[column] for column in item) for item in sets if all(fills(cut, item) for cut in cuts))
    exact, greedy = Cover(cost, Limits()), Cover(cost, Limits(exact_cells=0))
    for cover in (exact, greedy):
        assert [cover.add(cut) for cut in cuts] == [cut not in cuts[:place] for place, cut in enumerate(cuts)]
        assert not any(cover.add(cut) for cut in cuts)
    chosen = exact.solve(growing=False)
    assert all(fills(cut, chosen) for cut in cuts)
    assert (sum(cost[column] for column in chosen), exact.greedy) == (best, set())
    quick = greedy.solve(growing=False)
    assert all(fills(cut, quick) for cut in cuts)
    assert greedy.greedy == quick
    for column in sorted(quick):
        assert greedy.spares(column, quick) == all(fills(cut, quick - {column}) for cut in cuts)
    # What was taken stays taken once the cover only grows, and is thought over again before.
    more = Cut((0, 1, 2), (8.0, 8.0, 8.0), 8.0)
    assert greedy.add(more)
    grown = greedy.solve(growing=True)
    assert quick <= grown
    assert fills(more, grown)
    assert greedy.solve(growing=False) == greedy.greedy


@seeds(60)
def test_the_greedy_cover_takes_what_fills_most_for_its_cost(seed: int) -> None:
    rng = random.Random(seed)
    width = 6
    cuts = random_cuts(rng, width)
    # Powers of two, so that sums in any order are the same.
    cost = np.array([float(rng.choice((1, 2, 4))) for _ in range(width)])
    start = set(rng.sample(range(width), rng.choice((0, 0, 1))))
    chosen = set(start)
    while open_ := [cut for cut in cuts if not fills(cut, chosen)]:
        while any(not fills(cut, chosen) for cut in open_):
            worth = {}
            for column in set(range(width)) - chosen:
                filled = 0.0
                for cut in open_:
                    weight = dict(zip(cut.columns, cut.weights, strict=True))
                    rest = cut.need - sum(weight[one] for one in chosen if one in weight)
                    filled += max(0.0, min(weight.get(column, 0.0), rest)) / cut.need
                worth[column] = filled / cost[column]
            chosen.add(min(worth, key=lambda column: (-worth[column], column)))
    assert cover_greedily(cuts, cost, start) == chosen


@pytest.mark.parametrize(("limits", "exact"), [(Limits(exact_cells=3), True), (Limits(exact_cells=2), False)])  # fmt: skip
def test_where_the_exact_way_ends(limits: Limits, exact: bool) -> None:
    """Two cuts over three cells; a cut of its own beside them is solved exactly in any case."""
    cover = Cover(np.array([2.0, 3.0, 2.0, 1.0]), limits)
    cover.add(Cut((0, 1), (1.0, 1.0), 1.0))
    cover.add(Cut((1, 2), (1.0, 1.0), 1.0))
    cover.add(Cut((3,), (1.0,), 1.0))
    assert cover.solve(growing=False) == {1, 3}
    assert cover.greedy == (set() if exact else {1})
    assert Cover(np.zeros(0), Limits()).solve(growing=True) == set()
    assert Limits() == Limits(exact_cells=150, nodes=500, free_rounds=40)


# --- what falls


@pytest.mark.parametrize(("zeros", "bounds"), [*product((False, True), ((0.0, INF), (2.0, INF), (0.0, 2.0), (0.0, 0.0)))])  # fmt: skip
def test_which_intervals_are_leaks(zeros: bool, bounds: tuple[float, float]) -> None:
    rule = SensitivityRule(4, zeros=zeros)
    table = build_table([A], (), (), {A: bounds})
    allowed = {count for count in range(0 if zeros else 1, 4) if bounds[0] <= count <= bounds[1]}
    for low in range(6):
        for high in range(low, 6):
            interval = FeasibilityInterval(low, high)
            possible = set(range(low, high + 1))
            # Nothing but counts below the threshold is left, and one that would be secret.
            small = high < 4 and bool(possible & allowed)
            named = low == high
            secret = [Leak(A, interval)] if named or not allowed <= possible else []
            found = Attack({A: interval})
            assert find_leaks(table, found, rule, [A]) == (secret if small else [])
            assert find_leaks(table, found, rule) == (secret if small or named else [])


def test_evidence_is_what_bounds_a_cell_from_both_sides_and_nothing_else() -> None:
    sums = [Sum(T, (A, B)), Sum(U, (C, D))]
    said = [
        Statement(((A, 1.0),), 0, 6, "at most six"),
        Statement(((A, 1.0),), 0, 90, "at most ninety"),
        Statement(((B, 1.0),), 0, 6, "b at most six"),
    ]
    table = build_table([], sums, said)
    assert explain(table, {T: 9, U: 5}, A) == Evidence((T,), ("at most six", "b at most six", "t"))
    assert explain(table, {T: 9, U: 5}, C) == Evidence((U,), ("u",))
    assert explain(table, {}, A) == Evidence((), ("at most six",))
    assert explain(table, {T: 9, B: 4}, A) == Evidence((B, T), ("t",))
    assert explain(table, {B: 4}, T) == Evidence((B,), ("at most six", "t"))
    unnamed = build_table([], (), [Statement(((A, 1.0),), 2, 6)])
    assert explain(unnamed, {}, A) == Evidence((), ())
    with pytest.raises(KeyError):
        explain(table, {}, X)


def test_blocks_are_told_by_their_first_column() -> None:
    matrix = csr_array(np.array([[1.0, 0, 0, 1], [0, 1, 1, 0]]))
    every = np.ones(4, dtype=np.bool_)
    found = split_blocks(matrix, every, np.ones(2, dtype=np.bool_))
    assert [type(block) for block in found] == [Block, Block]
    assert [block.columns.tolist() for block in found] == [[0, 3], [1, 2]]
    assert split_blocks(matrix, ~every, np.ones(2, dtype=np.bool_)) == []


# --- those who know or guess more


ROUND = {"row": ("abcd=t",), "square": ("ab=p", "cd=q", "ac=u", "bd=v", "pq=t"), "only child": ("a=p", "bc=q", "pq=t")}  # fmt: skip


def counted(shape: str, rng: random.Random, most: int) -> tuple[dict[Key, int], list[Sum]]:
    """Counts of a small table, and its sums."""
    sums = [Sum((one[-1],), tuple((part,) for part in one[:-2])) for one in ROUND[shape]]
    names = {letter for one in ROUND[shape] for letter in one} - {"="}
    values: dict[Key, int] = {(name,): rng.randint(0, most) for name in sorted(names & set("abcd"))}
    while len(values) < len(names):
        for one in sums:
            if all(part in values for part in one.parts):
                values[one.total] = sum(values[part] for part in one.parts)
    return values, sums


def every_table(values: dict[Key, int], sums: Sequence[Sum], known: set[Key]) -> list[dict[Key, int]]:
    """All tables of whole counts that agree with what is known; the whole is."""
    leaves = sorted(set(values) - {one.total for one in sums})
    found = []
    for counts in product(range(values["t",] + 1), repeat=len(leaves)):
        table = dict(zip(leaves, counts, strict=True))
        while len(table) < len(values):
            for one in sums:
                if all(part in table for part in one.parts):
                    table[one.total] = sum(table[part] for part in one.parts)
        if all(table[key] == values[key] for key in known):
            found.append(table)
    return found


def ends_of(tables: list[dict[Key, int]], key: Key) -> FeasibilityInterval:
    return FeasibilityInterval(min(one[key] for one in tables), max(one[key] for one in tables))


@pytest.mark.parametrize("shape", ROUND)
@seeds(14)
def test_who_is_counted_or_guesses_learns_what_every_table_says(seed: int, shape: str) -> None:
    rng = random.Random(f"{shape} {seed}")
    values, sums = counted(shape, rng, 2)
    known = {key for key in values if key == T or rng.random() < 0.35}
    rule = SensitivityRule(rng.choice((3, 4)), zeros=rng.random() < 0.3, own_cases=rng.choice((0, 1, 1, 2)))
    named = {key for key in values if rng.random() < 0.8}
    tables = every_table(values, sums, known)
    hidden = [key for key in sorted(values) if key not in known]
    open_ = [key for key in hidden if not ends_of(tables, key).recovered]
    table = build_table(values, sums)
    small = [key for key in open_ if ends_of(tables, key).high < rule.threshold]
    least = 0 if rule.zeros else 1
    kin = find_kin(table)
    inside = {(table.keys[column], table.keys[other]) for column in range(len(table.keys)) for other in kin.below(column)}  # fmt: skip
    expected: dict[tuple[Key, str], Leak] = {}
    for key in small:
        for cases in range(1, rule.own_cases + 1) if key in named else ():
            mine = [one for one in tables if one[key] == cases]
            for other in small if mine else ():
                interval = ends_of(mine, other)
                shared = ((key, other) in inside or (other, key) in inside) and interval.low == cases
                if other != key and interval.recovered and interval.low >= least and not shared:
                    expected.setdefault((other, "contributor"), Leak(other, interval, Attacker.CONTRIBUTOR, key))  # fmt: skip
    for block in blocks_of(open_, sums):
        guess = [key for key in small if key in named and key in block]
        right = [one for one in tables if all(least <= one[key] < rule.threshold for key in guess)]
        for key in guess if right else ():
            if (interval := ends_of(right, key)).recovered:
                expected[key, "guesser"] = Leak(key, interval, Attacker.GUESSER)
    found = play_others(table, {key: values[key] for key in known}, rule, named)
    assert found == [expected[place] for place in sorted(expected)]


def blocks_of(open_: list[Key], sums: Sequence[Sum]) -> list[set[Key]]:
    found = [{key} for key in open_]
    for one in sums:
        touched = [block for block in found if block & {one.total, *one.parts}]
        found = [block for block in found if block not in touched]
        found += [set().union(*touched)] if touched else []
    return found


def nearest(value: int, base: int) -> int:
    return (
        base * ((2 * value + base) // (2 * base)) if base % 2 == 0 else base * ((value + base // 2) // base)
    )


@pytest.mark.parametrize("shape", ROUND)
@seeds(4)
def test_rounding_that_adds_up_is_as_near_as_it_can_be(seed: int, shape: str) -> None:
    rng = random.Random(f"{shape} {seed}")
    values, sums = counted(shape, rng, 9)
    base = 5
    table = build_table(values, sums)
    secret = [key for key in sorted(values) if rng.random() < 0.5]
    leaves = sorted(set(values) - {one.total for one in sums})
    choices = []
    for steps in product((0, 1), repeat=len(leaves)):
        shown = {key: base * (values[key] // base + step) for key, step in zip(leaves, steps, strict=True)}
        if any(step and values[key] % base == 0 for key, step in zip(leaves, steps, strict=True)):
            continue
        while len(shown) < len(values):
            for one in sums:
                if all(part in shown for part in one.parts):
                    shown[one.total] = sum(shown[part] for part in one.parts)
        if all(abs(shown[key] - values[key]) < base for key in values):
            choices.append(shown)
    plain = round_plainly(table, values, secret)
    assert plain.shown == {key: nearest(value, base) for key, value in values.items()}
    assert plain.reach == 2
    found = round_controlled(table, values, secret)
    assert found is not None
    if choices:
        best = min(sum(abs(one[key] - values[key]) for key in values) for one in choices)
        assert found.shown in choices
        assert sum(abs(found.shown[key] - values[key]) for key in values) == best
        assert found.reach == base - 1
    either = round_table(table, values, secret)
    assert either in (plain, found)
    assert (either == found != plain) == (len(found.exposed) < len(plain.exposed))
    for one in (plain, found):
        bounds = {key: (max(0.0, float(count - one.reach)), float(count + one.reach)) for key, count in one.shown.items()}  # fmt: skip
        told = attack(table, {}, bounds=bounds).intervals
        assert one.intervals == told
        assert one.exposed == tuple(key for key in secret if told[key].width < base // 2)


DEFAULTS_OF = {
    SensitivityRule: {"threshold": 5, "zeros": False, "minimum_denominator": 0, "minimum_population": 0, "complement": False, "dominance": None, "own_cases": 1},
    Observation: {"denominator": None, "population": None, "contributions": (), "ceiling": math.inf},
    Primary: {"rule_low": 0.0, "rule_high": INF},
    BoardCell: {"cost": None, "hidden": False, "fixed": False, "named": True},
    Guard: {"guess_width": 1.0, "floor": 0, "own_cases": 0, "suspects": frozenset()},
    Statement: {"source": ""},
    FeasibilityInterval: {"exact": True},
    Attack: {"contradictions": ()},
    Leak: {"attacker": Attacker.READER, "knows": None},
    Cut: {"when": ALWAYS},
    Demand: {"when": ALWAYS},
    CellOutcome: {"reason": None, "asked": None, "guessable": False, "told_by": ()},
    Disclosure: {"released": False, "contradictions": (), "attacker": Attacker.READER, "knows": None, "past": False},
    Mention: {"heading": "", "page": ()},
}  # fmt: skip


@pytest.mark.parametrize("kind", DEFAULTS_OF)
def test_whoever_says_nothing_asks_for_nothing(kind: Any) -> None:
    """What is left out is written out here: a rule asks for no more than its threshold, a cell may be withheld, nobody knows more."""
    found = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    assert [(name, value, type(value)) for name, value in found.items()] == [(name, value, type(value)) for name, value in DEFAULTS_OF[kind].items()]  # fmt: skip


FUNCTIONS = {
    suppress: {"guard": Guard(), "limits": None},
    review: {"guard": Guard()},
    attack: {"targets": None, "bounds": None},
    find_leaks: {"unnamed": ()},
    build_table: {"sums": (), "statements": (), "bounds": None},
    sums_by: {"pairs": ()},
    space_sums: {"pairs": ()},
    implied_sums: {"least": 1, "declared": 0},
    leaves: {"keys": (), "own": "", "above": ""},
    check_table: {"unread": ()},
    check_plausible: {"earlier": None},
    check_share: {"raw": False},
}  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_whoever_asks_for_nothing_more_gets_the_plain_answer(function: Any) -> None:
    """Nothing else is known, nobody is guarded against beyond readers."""
    told = {name: one.default for name, one in signature(function).parameters.items() if one.default is not Parameter.empty}  # fmt: skip
    assert {name: (value, type(value)) for name, value in told.items()} == {name: (value, type(value)) for name, value in FUNCTIONS[function].items()}  # fmt: skip
