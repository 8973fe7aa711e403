"""Those who know or guess more than is published: contributors, guessers, and what withstanding them costs."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from highspy import HighsModelStatus
from hypothesis import given, settings
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from generator.disclosure.engine import program
from generator.disclosure.engine.attack import Attack, Attacker, FeasibilityInterval, attack, play_others
from generator.disclosure.engine.board import BoardCell, Guard
from generator.disclosure.engine.linear_system import Key, Statement, Sum, build_table
from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
)
from generator.disclosure.engine.solver import Solver
from generator.disclosure.engine.suppression import Role, SuppressionPattern, review, suppress
from tests.chance import every
from tests.disclosure.statements import exposed, is_protected
from tests.disclosure.test_engine import (
    TABLE_2,
    TABLE_3,
    inner,
    primaries_of,
    secondary,
    two_way,
    without,
)
from tests.disclosure.test_engine_properties import Members, World, worlds

Row = dict[Key, int]


def row_of(*counts: int) -> tuple[Row, list[Sum]]:
    """Cells in a row with their total."""
    cells: Row = {(f"{place}",): count for place, count in enumerate(counts)}
    return {**cells, ("total",): sum(counts)}, [Sum(("total",), tuple(cells))]


def guard(
    values: Row, sums: list[Sum], threshold: int, fixed: tuple[Key, ...] = (("total",),), **more: Any
) -> SuppressionPattern:
    cells = [BoardCell(key, value, fixed=key in fixed) for key, value in values.items()]
    return suppress(
        build_table(values, sums),
        cells,
        primaries_of(values, SensitivityRule(threshold)),
        Guard(**{"floor": threshold, "own_cases": 1, **more}),
    )


def knowing(
    values: Row, sums: list[Sum], protection: SuppressionPattern, *own: Key
) -> dict[Key, tuple[float, float]]:
    """What is left of each withheld cell to somebody who knows some of them."""
    known = {key: values[key] for key in (*protection.published, *own)}
    found = attack(build_table(values, sums), known).intervals
    return {key: (interval.low, interval.high) for key, interval in found.items()}


def test_acceptance_5_a_third_cell_is_needed_against_the_single_case() -> None:
    values, sums = row_of(10, 6, 1, 3)
    blind = guard(values, sums, 5, own_cases=0)
    assert {values[key] for key in blind.secret} == {1, 3}
    assert knowing(values, sums, blind, ("2",))["3",] == (3, 3)
    protection = guard(values, sums, 5)
    assert {values[key] for key in protection.secret} == {1, 3, 6}
    assert (protection.cost, protection.exact, exposed(protection)) == (6, True, ())
    assert knowing(values, sums, protection, ("2",))["3",] == (0, 9)


@pytest.mark.parametrize(("cases", "secret"), [(1, {2, 17}), (2, {2, 17, 20})])
def test_two_cases_know_their_cell_only_when_asked(cases: int, secret: set[int]) -> None:
    values, sums = row_of(2, 17, 20, 60)
    protection = guard(values, sums, 5, own_cases=cases)
    assert {values[key] for key in protection.secret} == secret


def test_acceptance_2_and_3_with_their_prices() -> None:
    """The optimum of 29 lets the single case in row α work out a 10; where threshold and guesses count too it costs more."""
    for rows, threshold, prices in ((TABLE_2, 5, (29, 29, 43)), (TABLE_3, 3, (40, 40))):
        table, values = two_way(rows)
        cells = [BoardCell(key, value, fixed=not inner(key)) for key, value in values.items()]
        primaries = primaries_of(values, SensitivityRule(threshold))
        for price, more in zip(
            prices, ({}, {"floor": threshold}, {"floor": threshold, "own_cases": 1}), strict=False
        ):
            protection = suppress(table, cells, primaries, Guard(**more))
            assert protection.exact
            assert not exposed(protection)
            assert protection.cost == price == cheapest_by_force(rows, threshold, more)
    table, values = two_way(TABLE_2)
    blind = suppress(
        table,
        [BoardCell(key, value, fixed=not inner(key)) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
    )
    known = {key: values[key] for key in (*blind.published, ("0", "b"))}
    assert attack(table, known).intervals["2", "b"].recovered
    assert ("2", "b") in secondary(blind)


def test_a_row_of_two_cannot_hide_one_from_the_other_and_that_is_said() -> None:
    """Table 3 publishes its margins and has two columns: 18 and 2 are all there is to a row."""
    table, values = two_way(TABLE_3)
    cells = [BoardCell(key, value, fixed=not inner(key)) for key, value in values.items()]
    protection = suppress(table, cells, primaries_of(values, SensitivityRule(3)), Guard(floor=3, own_cases=1))
    assert protection.outcomes["0", "a"].told_by == (("0", "b"),)
    assert ("0", "a") in exposed(protection)


def cheapest_by_force(rows: list[list[int]], threshold: int, more: dict[str, int]) -> float:
    """Try every set of further cells, cheapest first, until every attacker is withstood."""
    table, values = two_way(rows)
    small = {key for key, value in values.items() if 0 < value < threshold}
    choice = sorted((key for key in values if inner(key) and key not in small), key=lambda key: values[key])
    sets = (item for size in range(7) for item in itertools.combinations(choice, size))
    for extra in sorted(sets, key=lambda item: sum(values[key] for key in item)):
        secret = small | set(extra)
        if withstands(table, values, small, secret, threshold, more):
            return sum(values[key] for key in extra)
    raise AssertionError("nothing protects")


def withstands(
    table: Any, values: Row, small: set[Key], secret: set[Key], threshold: int, more: dict[str, int]
) -> bool:
    known = without(values, secret)
    blind = attack(table, known).intervals
    span = (1, threshold - 1)
    if not all(blind[key].holds(*span) for key in small):
        return False
    roles = {
        key: span if key in small else (threshold, float("inf")) if "floor" in more else (0, float("inf"))
        for key in secret
    }
    guessed = attack(table, known, bounds=roles).intervals
    if any(guessed[key].width < 1 for key in small):
        return False
    if "own_cases" not in more:
        return True
    for own in (key for key in small if values[key] == 1):
        told = attack(table, {**known, own: 1}).intervals
        others = secret - {own}
        if any(told[key].recovered for key in others):
            return False
        if any(not told[key].holds(*span) for key in others & small):
            return False
    return True


def test_whoever_guesses_the_roles_is_left_with_two_values() -> None:
    """1 and 10 in a row with threshold 10: whoever takes the one for small and the other for not knows both."""
    values, sums = row_of(10, 1, 30, 45)
    blind = suppress(
        build_table(values, sums),
        [BoardCell(key, value, fixed=key == ("total",)) for key, value in values.items()],
        primaries_of(values, SensitivityRule(10)),
    )
    assert {values[key] for key in blind.secret} == {1, 10}
    protection = guard(values, sums, 10, own_cases=0)
    assert {values[key] for key in protection.secret} == {1, 30}
    assert protection.outcomes["1",].guessed.width >= 1


def test_a_guess_that_leaves_one_value_is_said_and_not_called_protected() -> None:
    values, sums = row_of(1, 1, 1, 1)
    # The whole is small itself, so its parts can only be ones for somebody who knows that all five are small.
    protection = guard(values, sums, 5, fixed=())
    told = [key for key, outcome in protection.outcomes.items() if outcome.guessable]
    assert len(told) == 5
    assert all(not is_protected(protection.outcomes[key]) for key in told)
    assert set(exposed(protection)) == set(told)


def test_what_was_asked_counts_even_where_less_can_be_had() -> None:
    """Three cells of width 0 used to count as protected, because the search asked for less in the end."""
    values: Row = {("a",): 4, ("b",): 4, ("s",): 8}
    protection = guard(values, [Sum(("s",), (("a",), ("b",)))], 5, fixed=(("s",),), own_cases=0)
    assert {protection.outcomes[key].guessed.width for key in (("a",), ("b",))} == {0}
    assert exposed(protection) == (("a",), ("b",))


def test_a_pattern_does_not_tell_that_a_small_count_is_no_single_case() -> None:
    """With a threshold of 3 a small count is 1 or 2; were 1 guarded better, the pattern would say which."""
    patterns = []
    for counts in ((1, 18, 21, 60), (2, 17, 21, 60)):
        values, sums = row_of(*counts)
        patterns.append(set(guard(values, sums, 3).secret))
    assert patterns[0] == patterns[1]
    assert len(patterns[0]) == 3


def test_the_part_that_is_the_whole_is_known_to_whoever_knows_the_whole() -> None:
    values: Row = {("all",): 1, ("a",): 1, ("b",): 0, ("other",): 40, ("more",): 50, ("town",): 91}
    sums = [Sum(("all",), (("a",), ("b",))), Sum(("town",), (("all",), ("other",), ("more",)))]
    protection = guard(values, sums, 5, fixed=(("town",),))
    assert not any(("all",) in protection.outcomes[key].told_by for key in (("a",), ("all",)))
    # Where nobody else is in the whole, it tells of its part what its one case knows; the part tells more: that there is nobody else.
    cells = [BoardCell(key, value) for key, value in values.items()]
    primaries = primaries_of(values, SensitivityRule(5))
    secret = [("all",), ("a",), ("other",), ("more",)]
    seen = review(build_table(values, sums), cells, primaries, secret, Guard(floor=5, own_cases=1)).outcomes
    assert (seen["a",].told_by, seen["all",].told_by) == ((), (("a",),))
    assert not exposed(protection)


def test_whoever_can_rule_out_a_small_value_of_others_is_named() -> None:
    """The one case of row 1, column c sees 2 to 5 left of the 3 beside it: that it is no single case they should not know."""
    table, values = two_way([[4, 1, 5], [3, 2, 1]])
    cells = [BoardCell(key, value, fixed=not inner(key)) for key, value in values.items()]
    protection = suppress(table, cells, primaries_of(values, SensitivityRule(4)), Guard(floor=4, own_cases=1))
    known = {key: values[key] for key in (*protection.published, ("1", "c"))}
    left = attack(table, known).intervals["1", "a"]
    assert (left.low, left.high) == (2, 5)
    assert protection.outcomes["1", "a"].told_by == (("1", "c"),)
    assert ("1", "a") in exposed(protection)


def test_a_pattern_that_stands_is_reviewed_as_it_is() -> None:
    values, sums = row_of(10, 6, 1, 3)
    cells = [BoardCell(key, value) for key, value in values.items()]
    primaries = primaries_of(values, SensitivityRule(5))
    table = build_table(values, sums)
    seen = review(table, cells, primaries, [("2",), ("3",)], Guard(floor=5, own_cases=1))
    assert seen.outcomes["3",].told_by == (("2",),)
    assert exposed(seen) == (("3",),)
    again = review(table, cells, primaries, [("1",), ("2",), ("3",)], Guard(floor=5, own_cases=1))
    assert exposed(again) == ()


def test_without_raw_counts_those_who_can_only_be_small_are_played() -> None:
    values, sums = row_of(10, 6, 1, 3)
    table = build_table(values, sums)
    named = set(values)
    leaks = play_others(table, without(values, [("2",), ("3",)]), SensitivityRule(5), named)
    assert {(leak.key, leak.attacker, leak.knows) for leak in leaks} == {
        (("2",), Attacker.CONTRIBUTOR, ("3",)),
        (("3",), Attacker.CONTRIBUTOR, ("2",)),
    }
    assert not play_others(table, without(values, [("1",), ("2",), ("3",)]), SensitivityRule(5), named)
    # What no page names has nobody who could know that they are alone in it.
    assert not play_others(table, without(values, [("2",), ("3",)]), SensitivityRule(5), set())
    ones, sums = row_of(1, 1, 20)
    leaks = play_others(
        build_table(ones, sums), without(ones, [("0",), ("1",)]), SensitivityRule(3), set(ones)
    )
    assert {leak.attacker for leak in leaks} == {Attacker.CONTRIBUTOR, Attacker.GUESSER}


@pytest.mark.parametrize("misled", [HighsModelStatus.kInfeasible, HighsModelStatus.kUnknown])
@pytest.mark.parametrize("times", [1, 2])
def test_a_solver_that_ends_without_an_answer_is_asked_again(
    misled: HighsModelStatus, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HiGHS can end with „unknown“, or with „infeasible“ although something fits, after hundreds of questions on one basis."""
    values, sums = row_of(10, 6, 1, 3)
    usual = guard(values, sums, 5)
    asked = itertools.count()
    real = Solver.getModelStatus

    def stuck(solver: Solver) -> HighsModelStatus:
        """Every answer but that of the last way of asking is wrong."""
        return misled if next(asked) % (times + 1) < times else real(solver)

    whole = Solver.want_whole
    monkeypatch.setattr(Solver, "getModelStatus", stuck)
    # Only questions without whole numbers are asked several times.
    monkeypatch.setattr(Solver, "want_whole", lambda solver, nodes: _sound(solver, real, whole, nodes))
    assert guard(values, sums, 5) == usual
    assert next(asked) > times


def _sound(solver: Solver, status: Any, whole: Any, nodes: int) -> None:
    solver.getModelStatus = lambda: status(solver)
    whole(solver, nodes)


def test_what_no_solver_answers_is_never_taken_for_open(monkeypatch: pytest.MonkeyPatch) -> None:
    system = program.System(csr_array(np.ones((1, 2))), np.full(1, 4.0), np.full(1, 4.0), np.zeros(2), np.full(2, 9.0))  # fmt: skip
    opened = program.Program(system)
    monkeypatch.setattr(Solver, "getModelStatus", lambda solver: HighsModelStatus.kUnknown)
    with pytest.raises(ArithmeticError, match="no answer"):
        opened.extreme(0, True)
    assert program.whole_extreme(system, 0, True) == (None, False)


def test_a_solver_says_nothing_and_answers_alike() -> None:
    """Whoever reads the output of `protect -f json` gets no line of a solver, on neither stream."""
    script = (
        "from tests.disclosure.test_attackers import guard, row_of\n"
        "print(hash(guard(*row_of(10, 6, 1, 3, 2, 9), 5).published))"
    )
    told = set()
    for _ in range(2):
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})  # fmt: skip
        assert done.stderr == ""
        assert len(done.stdout.splitlines()) == 1
        told.add(done.stdout)
    assert len(told) == 1


def answering(monkeypatch: pytest.MonkeyPatch, point: Any) -> None:
    """Let the solver hand out this point, whatever is asked."""
    monkeypatch.setattr(Solver, "found", lambda solver: (np.array(point), np.zeros(0)))


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


def test_an_earlier_release_can_make_a_contributor_know_too_much() -> None:
    values, sums = row_of(10, 6, 1, 3)
    said = [Statement(((("0",), 1.0),), 10, 10, "2024"), Statement(((("1",), 1.0),), 6, 6, "2024")]
    cells = [BoardCell(key, value, fixed=key == ("total",)) for key, value in values.items()]
    protection = suppress(
        build_table(values, sums, said),
        cells,
        primaries_of(values, SensitivityRule(5)),
        Guard(floor=5, own_cases=1),
    )
    assert protection.outcomes["3",].told_by == (("2",),)
    assert ("3",) in exposed(protection)


# --- random worlds, judged by a programme of its own --------------------------------------------------------------


def extremes(
    members: Members, published: Row, key: Key, ranges: dict[Key, tuple[float, float]]
) -> tuple[float, float]:
    """Least and greatest count of a cell, from the finest cells, published counts and further knowledge alone."""
    leaves = sorted(set().union(*members.values()))
    place = {leaf: number for number, leaf in enumerate(leaves)}
    rows, low, high = [], [], []
    for cell, (least, most) in {**{cell: (n, n) for cell, n in published.items()}, **ranges}.items():
        row = np.zeros(len(leaves))
        row[[place[leaf] for leaf in members[cell]]] = 1
        rows.append(row)
        low.append(float(least))
        high.append(float(most))
    goal = np.zeros(len(leaves))
    goal[[place[leaf] for leaf in members[key]]] = 1
    ends = []
    for sign in (1, -1):
        answer = milp(
            sign * goal,
            constraints=LinearConstraint(np.array(rows), np.array(low), np.array(high)),
            bounds=Bounds(0, 10_000),
            integrality=np.ones(len(leaves), dtype=int),
        )
        assert answer.status == 0
        ends.append(float(round(sign * answer.fun)))
    return ends[0], ends[1]


def learns_no_more(world: World) -> None:
    threshold = 5
    table = build_table(world.values, world.sums)
    found = (
        find_primary(Observation(key, value), SensitivityRule(threshold))
        for key, value in world.values.items()
    )
    primaries: list[Primary] = [item for item in found if item is not None]
    assert all(item.reason is Reason.THRESHOLD for item in primaries)
    protection = suppress(
        table,
        [BoardCell(key, value) for key, value in world.values.items()],
        primaries,
        Guard(floor=threshold, own_cases=1),
    )
    published = {key: world.values[key] for key in protection.published}
    secret = {key: outcome for key, outcome in protection.outcomes.items() if outcome.secret}
    roles = {
        key: (1.0, threshold - 1.0)
        if outcome.role is Role.PRIMARY
        else (float(threshold), float("inf"))
        if world.values[key]
        else (0.0, 0.0)
        for key, outcome in secret.items()
    }
    for key, outcome in secret.items():
        if outcome.role is Role.PRIMARY:
            low, high = extremes(world.members, published, key, roles)
            assert outcome.guessable == (high - low < 1), key
            assert not (outcome.guessable and is_protected(outcome)), key
        if world.values[key] != 1:
            continue
        for other, seen in secret.items():
            # Who is alone in the whole knows the part that is all of it, and the other way round.
            nested = world.members[key] <= world.members[other] or world.members[other] <= world.members[key]
            if other == key or (nested and world.values[other] == 1):
                continue
            low, high = extremes(world.members, published, other, {key: (1.0, 1.0)})
            assert low < high, f"{key} tells {other}"
            if seen.role is Role.PRIMARY and not nested:
                assert low <= 1, f"{key} narrows {other}"
                assert high >= threshold - 1, f"{key} narrows {other}"


@pytest.mark.parametrize("count", every((3, 40), {3}))
def test_on_random_worlds_no_contributor_and_no_guesser_learns_more(count: int) -> None:
    settings(max_examples=count, derandomize=True)(given(worlds(areas_at_most=6))(learns_no_more))()


def test_bounds_that_are_not_proven_are_nobodys_knowledge() -> None:
    a, b, c, first, second = (("count", name) for name in ("a", "b", "c", "first", "second"))
    table = build_table([a, b, c, first, second], [Sum(first, (a, b)), Sum(second, (a, c))])
    known, rule = {first: 3, second: 10}, SensitivityRule()
    seen = attack(table, known)
    fallen = {
        (leak.key, leak.attacker, leak.knows) for leak in play_others(table, known, rule, {a, b, c}, seen)
    }
    assert b in {key for key, _, _ in fallen}
    narrow = Attack({**seen.intervals, c: FeasibilityInterval(7, 8, False)})
    again = play_others(table, known, rule, {a, b, c}, narrow)
    assert fallen <= {(leak.key, leak.attacker, leak.knows) for leak in again}
