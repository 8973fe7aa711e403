"""The attack on the acceptance tables, and the rules that say what is secret."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.disclosure.engine.attack import attack
from generator.disclosure.engine.linear_system import Key, Statement, Sum, TableSystem, build_table
from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
)

TOTAL = "total"


def two_way(rows: Sequence[Sequence[int]]) -> tuple[TableSystem, dict[Key, int]]:
    """Cells named (row number, column letter) with all margins."""
    height, letters = len(rows), "abcdefgh"[: len(rows[0])]
    values: dict[Key, int] = {
        (str(row), letter): rows[row][place] for row in range(height) for place, letter in enumerate(letters)
    }
    sums = [Sum((str(row), TOTAL), tuple((str(row), letter) for letter in letters)) for row in range(height)]
    sums += [
        Sum((TOTAL, letter), tuple((str(row), letter) for row in range(height)))
        for letter in (*letters, TOTAL)
    ]
    sums.append(Sum((TOTAL, TOTAL), tuple((TOTAL, letter) for letter in letters)))
    for relation in sums:
        values[relation.total] = sum(values[part] for part in relation.parts)
    return build_table(values, sums), values


def without(values: dict[Key, int], secret: Iterable[Key]) -> dict[Key, int]:
    hidden = set(secret)
    return {key: value for key, value in values.items() if key not in hidden}


TABLE_2 = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
TABLE_3 = [[18, 2], [14, 19], [12, 10], [11, 14]]
TABLE_4 = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
SECRET_4 = {
    ("0", "a"),
    ("0", "b"),
    ("0", "c"),
    ("1", "a"),
    ("1", "c"),
    ("2", "b"),
    ("2", "d"),
    ("3", "b"),
    ("3", "d"),
}


def test_acceptance_1_bounds_from_margins() -> None:
    table, _ = two_way([[0, 0], [0, 0]])
    known = {("0", TOTAL): 7, ("1", TOTAL): 3, (TOTAL, "a"): 6, (TOTAL, "b"): 4}
    interval = attack(table, known).intervals["0", "a"]
    assert (interval.low, interval.high, interval.exact) == (3, 6, True)


def test_acceptance_2_primary_cells_alone_are_recovered() -> None:
    table, values = two_way(TABLE_2)
    secret = [key for key, value in values.items() if value < 5]
    found = attack(table, without(values, secret)).intervals
    assert len(secret) == 6
    assert {key: (found[key].low, found[key].high) for key in secret} == {
        key: (values[key], values[key]) for key in secret
    }


def test_acceptance_2_two_per_line_does_not_protect() -> None:
    table, values = two_way(TABLE_2)
    secret = [
        (row, letter)
        for row, letters in zip("0123", ("bcd", "bc", "ad", "ad"), strict=True)
        for letter in letters
    ]
    found = attack(table, without(values, secret)).intervals
    assert found["0", "d"].recovered
    assert found["0", "d"].low == 1
    assert not found["0", "b"].recovered


def test_acceptance_4_one_cell_is_exact_until_one_more_goes() -> None:
    table, values = two_way(TABLE_4)
    found = attack(table, without(values, SECRET_4)).intervals
    assert (found["0", "b"].low, found["0", "b"].high) == (47, 47)
    found = attack(table, without(values, SECRET_4 | {("1", "d")})).intervals
    assert (found["0", "b"].low, found["0", "b"].high) == (0, 78)


def test_rules_in_their_order() -> None:
    key = ("a",)
    rule = SensitivityRule(5, minimum_denominator=100, minimum_population=300)
    assert find_primary(Observation(key, 0, 500, 900), rule) is None
    assert find_primary(Observation(key, 5, 500, 900), rule) is None
    small = find_primary(Observation(key, 4, 50, 20), rule)
    assert small is not None
    assert small.reason is Reason.THRESHOLD
    assert find_primary(Observation(key, 20, 99, 900, ceiling=99), rule) == Primary(key, Reason.DENOMINATOR)
    # The smallest that may be shown is the number itself.
    assert find_primary(Observation(key, 20, 100, 300), rule) is None
    few = find_primary(Observation(key, 20, 150, 299), rule)
    assert few is not None
    assert few.reason is Reason.POPULATION
    zero = find_primary(Observation(key, 0), SensitivityRule(5, zeros=True))
    assert zero is not None
    assert zero.reason is Reason.ZERO
    nearly_all = find_primary(Observation(key, 98, 100, ceiling=100), SensitivityRule(5, complement=True))
    assert nearly_all is not None
    assert nearly_all.reason is Reason.COMPLEMENT


def test_dominance() -> None:
    key = ("a",)
    dominated = find_primary(
        Observation(key, 100, contributions=(80, 15, 5)), SensitivityRule(2, dominance=(1, 75))
    )
    assert dominated is not None
    assert dominated.reason is Reason.DOMINANCE
    assert (
        find_primary(Observation(key, 100, contributions=(70, 20, 10)), SensitivityRule(2, dominance=(1, 75)))
        is None
    )


def test_a_parent_that_is_not_the_sum_is_a_contradiction() -> None:
    table, values = two_way(TABLE_3)
    assert attack(table, values | {(TOTAL, TOTAL): 1}).contradictions


def test_whole_numbers_count_where_the_linear_programme_sees_room() -> None:
    statement = Statement(((("a",), 2.0), (("b",), 2.0), (("c",), 4.0)), 8, 9, "doubled")
    table = build_table([], (), [statement, Statement(((("a",), 3.0), (("c",), -2.0)), 0.5, 1.5, "tied")])
    found = attack(table, {}).intervals
    assert (found["a",].low, found["a",].high) == (1, 1)
    assert (found["c",].low, found["c",].high) == (1, 1)


def test_a_cell_nothing_is_said_about_stays_open_upwards() -> None:
    table = build_table([("a",), ("b",)], [Sum(("s",), (("a",), ("b",)))])
    found = attack(table, {("b",): 3}).intervals
    assert found["a",].high == float("inf")
    assert found["s",].low == 3
