"""Rounding to five: what it deviates by, that controlled rounding adds up, and what the audit of both finds."""

from __future__ import annotations

import ctypes
import random
from itertools import pairwise

import numpy as np
import pytest

from generator.disclosure.engine import rounding
from generator.disclosure.engine.attack import attack
from generator.disclosure.engine.linear_system import Key, Sum, build_table
from generator.disclosure.engine.rounding import round_controlled, round_count, round_plainly, round_table
from generator.disclosure.engine.solver import Solver
from tests.disclosure.statements import state_rounded, total_deviation


def row(*counts: int) -> tuple[list[Sum], dict[Key, int]]:
    parts = tuple((str(number),) for number in range(len(counts)))
    values: dict[Key, int] = dict(zip(parts, counts, strict=True))
    return [Sum(("sum",), parts)], values | {("sum",): sum(counts)}


def grid(seed: int, height: int, width: int) -> tuple[list[Sum], dict[Key, int]]:
    rng = random.Random(seed)
    values: dict[Key, int] = {
        (str(r), str(c)): rng.randint(0, 12) for r in range(height) for c in range(width)
    }
    sums = [Sum((str(r), "sum"), tuple((str(r), str(c)) for c in range(width))) for r in range(height)]
    sums += [Sum(("sum", str(c)), tuple((str(r), str(c)) for r in range(height))) for c in range(width)]
    sums.append(Sum(("sum", "sum"), tuple((str(r), "sum") for r in range(height))))
    for relation in sums:
        values[relation.total] = sum(values[part] for part in relation.parts)
    return sums, values


def test_nearest_multiple_deviates_by_two_at_most() -> None:
    assert [round_count(value) for value in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
    assert max(abs(round_count(value) - value) for value in range(1_000)) == 2
    assert all(a <= b for a, b in pairwise(round_count(value) for value in range(200)))


def test_a_rounded_value_says_where_the_count_lies() -> None:
    for value in range(60):
        statement = state_rounded(("a",), round_count(value))
        assert statement.low <= value <= statement.high
        assert statement.high - statement.low == (2 if value < 3 else 4)


def test_plain_rounding_of_a_total_can_pin_every_part_down() -> None:
    sums, values = row(2, 2, 2, 2)
    rounding = round_plainly(build_table(values, sums), values, values)
    assert [rounding.shown[str(number),] for number in range(4)] == [0, 0, 0, 0]
    assert rounding.shown["sum",] == 10
    assert set(rounding.exposed) == set(values)
    assert all(rounding.intervals[key].recovered for key in values)


def test_controlled_rounding_helps_where_plain_rounding_exposes() -> None:
    sums, values = row(2, 2, 2, 2)
    rounding = round_table(build_table(values, sums), values, values)
    assert rounding.reach == 4
    assert not rounding.exposed
    assert sum(rounding.shown[str(number),] for number in range(4)) == rounding.shown["sum",]
    assert rounding.shown["sum",] in (5, 10)


def test_plain_rounding_stays_where_it_exposes_nothing() -> None:
    sums, values = row(11, 23)
    rounding = round_table(build_table(values, sums), values, values)
    assert not rounding.exposed
    assert rounding.reach == 2


@pytest.mark.parametrize("seed", range(8))
def test_controlled_rounding_adds_up_and_takes_a_neighbouring_multiple(seed: int) -> None:
    sums, values = grid(seed, 5, 4)
    table = build_table(values, sums)
    rounding = round_controlled(table, values, values)
    assert rounding is not None
    assert rounding.reach == 4
    for key, count in rounding.shown.items():
        assert count % 5 == 0
        assert abs(count - values[key]) <= 4
        assert rounding.intervals[key].holds(values[key], values[key])
    for relation in sums:
        assert rounding.shown[relation.total] == sum(rounding.shown[part] for part in relation.parts)
    again = round_controlled(table, dict(reversed(list(values.items()))), list(values)[::-1])
    assert again == rounding


def test_controlled_rounding_is_as_close_as_adding_up_allows() -> None:
    sums, values = row(1, 1, 1)
    rounding = round_controlled(build_table(values, sums), values, values)
    assert rounding is not None
    # 0 0 0 = 0 deviates by 1 + 1 + 1 + 3; 5 0 0 = 5 by 4 + 1 + 1 + 2.
    assert total_deviation(rounding, values) == 6
    assert rounding.shown["sum",] == 0


def divisions(seed: int) -> tuple[list[Sum], dict[Key, int]]:
    """Some hundred cells that are divided in several ways at once, as by areas, schools, ages and kinds of help."""
    rng = random.Random(seed)
    finest: list[Key] = [(f"c{number}",) for number in range(rng.randint(40, 220))]
    values: dict[Key, int] = {key: int(rng.expovariate(1 / rng.choice([1, 3, 9, 40, 900]))) for key in finest}
    sums: list[Sum] = []
    for way in range(rng.randint(2, 5)):
        many = rng.randint(2, 20)
        groups: dict[Key, list[Key]] = {}
        for key in finest:
            groups.setdefault((f"g{way}-{rng.randrange(many)}",), []).append(key)
        sums += [Sum(whole, tuple(parts)) for whole, parts in groups.items()]
        sums.append(Sum(("all",), tuple(groups)))
    for relation in sums:
        values[relation.total] = sum(values[part] for part in relation.parts)
    return sums, values


def test_nothing_is_printed_while_rounding(capfd: pytest.CaptureFixture[str]) -> None:
    """HiGHS greets whoever opens it, and has printed when it mended an answer that was whole in some columns only."""
    sums, values = divisions(189)
    table = build_table(values, sums)
    counts = np.array([values[key] for key in table.keys], dtype=np.float64)
    assert rounding._choose_multiples(table, counts, 0) is not None
    ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_does_not_add_up_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solvers have called answers optimal that break their own rows; then counts are rounded one by one."""
    sums, values = row(2, 2, 2, 2)
    monkeypatch.setattr(Solver, "found", lambda solver: (np.ones(solver.getNumCol()), np.zeros(0)))
    assert round_controlled(build_table(values, sums), values, values) is None
    assert round_table(build_table(values, sums), values, values).exposed


def test_the_audit_of_rounding_is_the_ordinary_attack() -> None:
    sums, values = grid(3, 3, 3)
    table = build_table(values, sums)
    rounding = round_plainly(table, values, values)
    said = [state_rounded(key, count) for key, count in rounding.shown.items()]
    assert rounding.intervals == attack(build_table(values, sums, said), {}).intervals
