"""A mutant and the tests that concern it in, what became of it out: in a process of its own, in a copy of the project."""

from __future__ import annotations

import re
import resource
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from attack.children import Ended, Limits, run_all
from bench.mutation.concern import Chosen
from bench.mutation.mutants import Mutant
from bench.mutation.tree import enter, mutated, run_tests

Verdict = Literal["killed", "hung", "survived"]
UNHARMED = {0, 5}
"""pytest's exit codes where no test failed: all passed, there was none."""
GRACE = 30
"""Seconds of processor time that a mutant has in any case; loading the program takes two."""
MOST = Limits(seconds=900, memory=6_000_000_000, patience=1800)
_KILLER = re.compile(r"^KILLED BY (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a mutant: noticed by a test (or while tests were loaded), stopped because it hung, or not noticed."""

    mutant: Mutant
    verdict: Verdict
    by: str = ""
    said: str = ""


def try_all(mutants: Iterable[tuple[Mutant, Chosen]], trees: Sequence[Path]) -> Iterator[Trial]:
    """Try each mutant, one in each tree at a time; yield what became of them as they end."""
    free = list(trees)
    with ExitStack() as stack:
        inside = {tree: stack.enter_context(ExitStack()) for tree in trees}

        def tasks() -> Iterator[tuple[tuple[Mutant, Path], Callable[[], int]]]:
            for mutant, chosen in mutants:
                tree = free.pop()
                inside[tree].enter_context(mutated(tree, mutant.path, mutant.text))
                yield (mutant, tree), partial(_try, tree, chosen)

        for (mutant, tree), ended in run_all(tasks(), len(trees), MOST):
            inside[tree].close()
            free.append(tree)
            yield _judged(mutant, ended)


def failing(tests: Sequence[str], tree: Path) -> str:
    """Return the first of some tests that fails where nothing was changed; nothing if all pass."""
    chosen = Chosen(tuple(tests), 300)
    ((_, ended),) = run_all([("", partial(_try, tree, chosen))], 1, MOST)
    found = _KILLER.search(ended.said)
    return found[1] if found else "" if ended.code in UNHARMED and not ended.signal else ended.said[-500:]


def _judged(mutant: Mutant, ended: Ended) -> Trial:
    found = _KILLER.search(ended.said)
    if found:
        return Trial(mutant, "killed", found[1], ended.said)
    if ended.late or ended.signal == signal.SIGXCPU:
        return Trial(mutant, "hung", said=ended.said)
    verdict: Verdict = "survived" if ended.code in UNHARMED and not ended.signal else "killed"
    return Trial(mutant, verdict, "what loads the tests" if verdict == "killed" else "", ended.said)


class _InOrder:
    """Runs the tests that were chosen, in their order, and says which one fails."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.place = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.place), key=lambda item: self.place[item.nodeid]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            print(f"\nKILLED BY {report.nodeid}", flush=True)


def _try(tree: Path, chosen: Chosen) -> int:
    # Processor time, so that a busy machine makes nothing hang; what was recorded ran with coverage, which is slower.
    seconds = int(GRACE + 3 * chosen.seconds)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, most), most))
    enter(tree)
    for tests in chosen.portions():
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        code = run_tests(files, tree.parent / "scratch", _InOrder(tests), "-x")
        if code not in UNHARMED:
            return code
    return 0
