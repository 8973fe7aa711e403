"""Tests in, which functions of the four rooms each of them runs out: recorded once for each file of tests, and again when it changes.

A mutant is tried against the tests that run its function. Which come first is decided by how long they take, and by how much of what
they run lies in the file that is changed.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import coverage
import pytest

from attack.children import Limits, run_all
from bench.mutation.tree import ROOT, enter, run_tests

RECORDS = Path(__file__).with_name("concern")
"""One file for each file of tests; git ignores them."""
ASKED = ("check", "derive", "edit", "figures", "files", "hours", "model", "read")
"""Folders of tests that read, check and derive; what the others build for each test takes too long for hundreds of mutants."""
WHOLE = "*"
"""What a fixture runs; it may concern each test of its file."""
PATIENCE = Limits(seconds=1800, memory=6_000_000_000, patience=3600)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file of tests: seconds of each test that passed, seconds of its fixtures, and which tests (by
    their place in `seconds`) run which function; `None` where it is a fixture that does."""

    digest: str
    fixtures: float
    seconds: dict[str, float]
    runs: dict[str, list[int] | None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tests for a mutant in the order in which they are run, and the seconds that they took when nothing was changed."""

    tests: tuple[str, ...]
    seconds: float

    def portions(self) -> Iterator[tuple[str, ...]]:
        """Yield the tests of the first files, of some more, and of the rest: files that nobody needs are not loaded."""
        files = list(dict.fromkeys(test.partition("::")[0] for test in self.tests))
        for some in (files[:2], files[2:6], files[6:]):
            if some:
                yield tuple(test for test in self.tests if test.partition("::")[0] in some)


class Concern:
    """What is known of all files of tests."""

    def __init__(self, recorded: dict[str, Recorded]) -> None:
        self.recorded = recorded

    def choose(self, path: str, function: str, most: float) -> Chosen:
        """Return the tests for a change of a function, so many as hold in `most` seconds.

        First come those that run it, or where none does, those that run something of its file, or of its room. What is kept
        from one test to the next is run by the first alone, so the others of the same files follow while there is time.
        """
        room = "/".join(path.split("/")[:2]) + "/"
        for part in (f"{path}::{function}", f"{path}::", room):
            if ranked := sorted(self._ranked(part)):
                break
        chosen: dict[str, None] = {}
        spent = 0.0
        for _, file, tests in ranked:
            recorded = self.recorded[file]
            if not chosen or spent + recorded.fixtures <= most:
                spent += recorded.fixtures
                spent = _fill(chosen, tests, recorded, spent, most)
        for _, file, _ in ranked:
            if any(test.startswith(f"{file}::") for test in chosen):
                spent = _fill(chosen, list(self.recorded[file].seconds), self.recorded[file], spent, most)
        return Chosen(tuple(chosen), spent)

    def _ranked(self, part: str) -> Iterator[tuple[float, str, list[str]]]:
        """Yield files with the tests that run something of a part, and a number that is small where they are quick and run little else."""
        whole = part[-1] in ":/"
        for file, recorded in self.recorded.items():
            names = list(recorded.seconds)
            tests: set[str] = set()
            inside = 0
            for key, running in recorded.runs.items():
                inside += key.startswith(part.rpartition("::")[0] or part)
                if key == part or (whole and key.startswith(part)):
                    tests.update(names if running is None else (names[test] for test in running))
            if tests:
                cost = 0.5 + recorded.fixtures + sum(recorded.seconds[test] for test in tests)
                yield cost * len(recorded.runs) / inside, file, sorted(tests, key=names.index)


def _fill(
    chosen: dict[str, None], tests: Sequence[str], recorded: Recorded, spent: float, most: float
) -> float:
    """Add tests, the quickest first, while there is time; return the seconds that are spent then."""
    for test in sorted(tests, key=recorded.seconds.__getitem__):
        if test not in chosen:
            if chosen and spent + recorded.seconds[test] > most:
                break
            chosen[test] = None
            spent += recorded.seconds[test]
    return spent


def known() -> Concern:
    """Read what was recorded, of files that are still what they were."""
    concern = Concern({})
    for file in files_of_tests():
        if _record(file).exists():
            told = Recorded(**json.loads(_record(file).read_text("utf-8")))
            if told.digest == _digest(file):
                concern.recorded[file] = told
    return concern


def files_of_tests() -> list[str]:
    """Return the files of tests that may be asked about a mutant."""
    folders = (ROOT / "tests" / name for name in ASKED)
    return [
        file.relative_to(ROOT).as_posix() for folder in folders for file in sorted(folder.rglob("test_*.py"))
    ]


def record(trees: Sequence[Path], rooms: Sequence[str]) -> Concern:
    """Record every file of tests of which nothing is known; return what is known then."""
    concern = known()
    missing = [file for file in files_of_tests() if file not in concern.recorded]
    free = list(trees)

    def tasks() -> Iterator[tuple[tuple[str, Path], Callable[[], int]]]:
        for file in missing:
            tree = free.pop()
            out = tree.parent / "recorded.json"
            yield (file, tree), partial(_recorded, tree, file, rooms, out)

    for (file, tree), ended in run_all(tasks(), len(trees), PATIENCE):
        free.append(tree)
        out = tree.parent / "recorded.json"
        if not out.exists():
            print(f"{file} could not be recorded: {ended.said[-1000:]}", file=sys.stderr)
            continue
        told = {"digest": _digest(file), **json.loads(out.read_text("utf-8"))}
        out.unlink()
        RECORDS.mkdir(exist_ok=True)
        _record(file).write_text(json.dumps(told), "utf-8")
        concern.recorded[file] = Recorded(**told)
        took = concern.recorded[file]
        print(f"{file}: {len(took.seconds)} tests, {len(took.runs)} functions, {took.fixtures + sum(took.seconds.values()):.1f} s", file=sys.stderr, flush=True)  # fmt: skip
    return concern


def _record(file: str) -> Path:
    return RECORDS / (file.replace("/", ".") + ".json")


def _digest(file: str) -> str:
    return hashlib.sha256((ROOT / file).read_bytes()).hexdigest()[:12]


class _Recorder:
    """Tells coverage which test runs, and takes down how it went."""

    def __init__(self, coverage: coverage.Coverage) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}
        self.bad: set[str] = set()
        self.fixtures = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        self.coverage.switch_context(WHOLE)
        begun = _seconds()
        yield
        self.fixtures += _seconds() - begun

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        begun = _seconds()
        yield
        self.seconds[item.nodeid] = round(_seconds() - begun, 3)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed":
            self.bad.add(report.nodeid)


def _seconds() -> float:
    """Return the processor time of this process and those that it waited for: a busy machine makes nothing slower."""
    return sum(os.times()[:4])


def _recorded(tree: Path, file: str, rooms: Sequence[str], out: Path) -> int:
    covered = coverage.Coverage(
        data_file=None, config_file=False, include=[f"{tree}/generator/{room}/*" for room in rooms]
    )
    recorder = _Recorder(covered)
    enter(tree)
    covered.start()
    covered.switch_context("")
    run_tests([file], tree.parent / "scratch", recorder)
    covered.stop()
    data = covered.get_data()
    runs: dict[str, set[str]] = defaultdict(set)
    for name in data.measured_files():
        path = Path(name).relative_to(tree).as_posix()
        functions = functions_by_line(Path(name).read_text("utf-8"))
        for line, contexts in data.contexts_by_lineno(name).items():
            if line in functions:
                runs[f"{path}::{functions[line]}"].update(filter(None, contexts))
    seconds = {test: took for test, took in recorder.seconds.items() if test not in recorder.bad}
    places = {test: place for place, test in enumerate(seconds)}
    told = {
        "fixtures": round(recorder.fixtures, 3),
        "seconds": seconds,
        "runs": {
            key: None if WHOLE in tests else sorted(places[test] for test in tests if test in places)
            for key, tests in sorted(runs.items())
            if tests
        },
    }
    out.write_text(json.dumps(told), "utf-8")
    return 0


def functions_by_line(source: str) -> dict[int, str]:
    """Return the innermost function for each line of a function's body; lines that are run by an import have none."""
    found: dict[int, str] = {}

    def walk(node: ast.AST, names: tuple[str, ...]) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                within = (*names, child.name)
                if not isinstance(child, ast.ClassDef):
                    last = child.end_lineno or child.lineno
                    found.update(dict.fromkeys(range(child.body[0].lineno, last + 1), ".".join(within)))
                walk(child, within)
            else:
                walk(child, names)

    walk(ast.parse(source), ())
    return found
