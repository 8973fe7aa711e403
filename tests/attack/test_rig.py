"""The rig itself: what it must notice it notices, what it adds up is right, and it goes on where it was broken off."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import attack.__main__ as rig
from attack import commands
from attack.children import Limits, run
from attack.parts import Part
from attack.results import read
from attack.tally import Tally
from tests.chance import whole
from tests.records import replace

LIMITS = Limits(seconds=1, memory=300_000_000, patience=120)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def grow() -> None:
    kept = []
    while True:
        kept.append(bytearray(20_000_000))


def fail() -> None:
    raise ValueError("a mistake")


def say() -> None:
    print("Traceback (most recent call last): told and swallowed")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("work", "told"),
    [
        pytest.param(spin, "hangs", marks=whole),
        (sleep, "hangs"),
        (grow, "takes more memory"),
        (fail, "exit code 70"),
        (say, "traceback"),
        (die, "ended by SIGKILL"),
        (lambda: sys.exit(3), "exit code 3"),
        (lambda: 1, ""),
        (lambda: None, ""),
    ],
)
def test_what_a_process_may_not_do_is_noticed(work: Callable[[], int | None], told: str) -> None:
    # Only who does nothing at all is waited for by the clock.
    limits = replace(LIMITS, patience=1) if work is sleep else LIMITS
    problem = run(work, limits).problem(limits)
    assert problem.startswith(told), problem
    assert bool(problem) == bool(told)


def test_a_command_that_the_rig_cannot_call_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert commands.forgotten() == set()
    monkeypatch.delitem(commands.BY_WORDS, ("words",))
    assert commands.forgotten() == {("words",)}
    # A command that writes nothing is only run once.
    explain = [call.words for call in commands.CALLS].index(("explain",)) * commands.WAYS
    tally = commands.attack(range(explain, explain + 1))
    assert [find.told for find in tally.finds] == ["nobody knows how to call words"]


class Mill:
    """A part that finds something in every hundredth case until it is mended."""

    def __init__(self) -> None:
        self.tried: list[int] = []
        self.mended = False
        self.stop_after = 10**9

    def attack(self, cases: range, _workers: int) -> Tally:
        tally = Tally()
        for case in cases:
            if len(self.tried) >= self.stop_after:
                raise KeyboardInterrupt
            self.tried.append(case)
            tally.add("cases")
            if case % 100 == 0 and not self.mended:
                tally.find(case, f"case {case} is round")
        return tally


@pytest.fixture
def mills(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mill]:
    made = {"big": Mill(), "small": Mill()}
    parts = {
        "big": Part("big", "…", made["big"].attack, 50, 1000, ("cases",)),
        "small": Part("small", "…", made["small"].attack, 50, 60, turns=False),
    }
    monkeypatch.setattr(rig, "PARTS", {**parts, "records": parts["big"], "projects": parts["big"], "commands": parts["big"]})  # fmt: skip
    return made


def attack(path: Path, *more: str) -> int:
    return rig.main(["big", "small", "--results", str(path), *more])


def test_a_run_that_was_broken_off_goes_on(mills: dict[str, Mill], tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    mills["big"].stop_after = 333
    with pytest.raises(KeyboardInterrupt):
        attack(path)
    assert read(path).parts["big"].done == 300
    mills["big"].stop_after = 10**9
    assert attack(path) == 1
    # The portion that was broken off is done again, and no other.
    assert mills["big"].tried == [*range(333), *range(300, 1000)]
    assert mills["small"].tried == list(range(60))
    results = read(path)
    assert results.parts["big"].counts == {"cases": 1000}
    assert (results.parts["big"].found, results.parts["big"].mended) == (10, 0)
    before = path.read_bytes()
    assert attack(path) == 1
    assert json.loads(path.read_bytes()) == json.loads(before)


def test_what_holds_after_mending_is_counted_as_mended(mills: dict[str, Mill], tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    attack(path)
    mills["big"].mended = True
    mills["big"].tried.clear()
    assert attack(path, "--again") == 1
    assert mills["big"].tried == list(range(0, 1000, 100))
    results = read(path)
    assert (results.parts["big"].found, results.parts["big"].mended, results.parts["big"].open) == (
        10,
        10,
        [],
    )
    assert len(results.parts["small"].open) == 1
    mills["small"].mended = True
    assert attack(path, "--again") == 0
