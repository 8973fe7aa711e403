"""How much is worked out: what is settled by something cheap is not asked for again; answers alone would not show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from highspy import HighsModelStatus

from generator.disclosure.engine import program
from generator.disclosure.engine.attack import attack
from generator.disclosure.engine.cuts import Cut
from generator.disclosure.engine.linear_system import Ending, Sum, build_table, sparse
from generator.disclosure.engine.solver import PRIMAL, Solver
from generator.disclosure.engine.suppression import cover_greedily

ATTACK = import_module("generator.disclosure.engine.attack")
"""The module: its package calls the function by the same name."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the solver is opened and asked."""
    counts: Counter[str] = Counter()
    opened = ATTACK.Program

    def open_program(system: Any) -> Any:
        counts["opened"] += 1
        program = opened(system)
        extreme = program.extreme

        class Counting:
            def __getattr__(self, name: str) -> Any:
                return getattr(program, name)

            def extreme(self, *arguments: Any) -> Any:
                counts["extreme"] += 1
                return extreme(*arguments)

        return Counting()

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            counts[name] += 1
            return function(*arguments)

        return call

    monkeypatch.setattr(ATTACK, "Program", open_program)
    monkeypatch.setattr(ATTACK, "whole_extreme", counting("whole", ATTACK.whole_extreme))
    return counts


def key(name: str) -> tuple[str, ...]:
    return (name,)


def sums(*said: str) -> list[Sum]:
    """„ab=t“: t is the sum of a and b."""
    return [Sum(key(one[-1]), tuple(key(part) for part in one[:-2])) for one in said]


def ends(known: dict[str, int], *said: str) -> dict[str, tuple[float, float]]:
    names = sorted({letter for one in said for letter in one if letter != "="})
    table = build_table([key(name) for name in names], sums(*said))
    found = attack(table, {key(name): count for name, count in known.items()})
    return {name: (one.low, one.high) for (name,), one in found.intervals.items()}


def test_what_is_published_opens_no_solver(asked: Counter[str]) -> None:
    assert ends({"a": 3, "b": 7, "t": 10}, "ab=t") == {}
    assert asked["opened"] == asked["extreme"] == asked["whole"] == 0


def test_an_answer_about_one_cell_settles_another(asked: Counter[str]) -> None:
    # Each of both lies between nothing and all; whoever has one has the other, so that three answers show four ends.
    assert ends({"t": 10}, "ab=t") == {"a": (0, 10), "b": (0, 10)}
    assert asked["extreme"] == 3
    assert asked["whole"] == 0


def test_of_what_nobody_wants_one_cell_is_asked_for_so_that_all_fits(asked: Counter[str]) -> None:
    table = build_table([key(name) for name in "abcdtu"], sums("ab=t", "cd=u"))
    found = attack(table, {key("t"): 10, key("u"): 10}, [key("a")])
    assert list(found.intervals) == [key("a")]
    assert (asked["opened"], asked["extreme"]) == (2, 4)


OPTIMAL, UNBOUNDED, EITHER, IMPOSSIBLE, LIMIT = (
    HighsModelStatus.kOptimal,
    HighsModelStatus.kUnbounded,
    HighsModelStatus.kUnboundedOrInfeasible,
    HighsModelStatus.kInfeasible,
    HighsModelStatus.kIterationLimit,
)


@pytest.mark.parametrize(
    ("ends", "answer", "done"),
    [
        ([OPTIMAL], Ending.PROVEN, ["run"]),
        ([UNBOUNDED], Ending.ENDLESS, ["run"]),
        ([EITHER], Ending.ENDLESS, ["run"]),
        # What a basis of earlier questions may have led astray is asked again without it, and at last in another way.
        ([IMPOSSIBLE, OPTIMAL], Ending.PROVEN, ["run", "clear", "run"]),
        ([LIMIT, UNBOUNDED], Ending.ENDLESS, ["run", "clear", "run"]),
        ([LIMIT, LIMIT, OPTIMAL], Ending.PROVEN, ["run", "clear", "run", "clear", "other", "run"]),
        ([IMPOSSIBLE, IMPOSSIBLE, LIMIT], Ending.UNKNOWN, ["run", "clear", "run", "clear", "other", "run"]),
        (
            [LIMIT, IMPOSSIBLE, IMPOSSIBLE],
            Ending.IMPOSSIBLE,
            ["run", "clear", "run", "clear", "other", "run"],
        ),
    ],
)
def test_what_a_solver_can_t_answer_is_asked_once_more_afresh(
    ends: list[HighsModelStatus], answer: Ending, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    left, asked = list(ends), list[str]()
    opened = program.Program(program.System(sparse(np.ones((1, 1))), np.ones(1), np.ones(1), np.zeros(1), np.ones(1)))  # fmt: skip
    monkeypatch.setattr(Solver, "run", lambda solver: asked.append("run"))
    monkeypatch.setattr(Solver, "clearSolver", lambda solver: asked.append("clear"))
    monkeypatch.setattr(Solver, "getModelStatus", lambda solver: left.pop(0))
    monkeypatch.setattr(Solver, "setOptionValue", lambda solver, name, value: asked.extend(["other"] * (value == PRIMAL)))  # fmt: skip
    assert opened._ask() is answer
    assert (asked, left) == (done, [])


def test_a_cover_takes_what_fills_the_largest_share_of_a_need_for_its_cost() -> None:
    # All of the need for 1.5 is more than half of it for 1.
    assert cover_greedily([Cut((0, 1), (4.0, 2.0), 4.0)], np.array([1.5, 1.0]), set()) == {0}
    assert cover_greedily([Cut((0, 1), (4.0, 2.0), 4.0)], np.array([2.5, 1.0]), set()) == {0, 1}
    # Thousands of counts are worth no more than three.
    both = [Cut((0, 1), (3.0, 3.0), 3.0), Cut((1, 2), (1000.0, 1000.0), 1000.0)]
    assert cover_greedily(both, np.array([1.0, 1.5, 1.0]), set()) == {1}
    assert cover_greedily(both, np.array([1.0, 2.5, 1.0]), set()) == {0, 2}
