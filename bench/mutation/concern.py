"""Tests in, which statements of the four rooms each of them runs out: recorded once for each file of tests, and again when it changes.

A mutant is tried against the tests that run its statement; a constant is run by whoever runs a line that names it. Which tests come
first is decided by how long they take, and by how much of what they run lies in the file that is changed.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from operator import or_
from pathlib import Path

import coverage
import pytest

from attack.children import Limits, run_all
from bench.mutation.tree import ROOT, enter, run_tests

RECORDS = Path(__file__).with_name("concern")
"""One file for each file of tests; git ignores them."""
ASKED = ("check", "derive", "disclosure", "edit", "files", "hours", "mistakes", "model", "read")
"""Folders of tests that read, check and derive; what the others build for each test takes too long for hundreds of mutants."""
WHOLE = "*"
"""What a fixture runs; it may concern each test of its file."""
FIXTURES = 0.1
"""Whose fixtures take more of the time than this share is asked last: for one of them twenty others can be."""
PATIENCE = Limits(seconds=1800, memory=6_000_000_000, patience=3600)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file of tests: seconds of each test that passed, seconds of its fixtures, and which tests run which lines.

    `runs` holds for each function („generator/a/b.py::C.f“) its lines as they are written, without the blanks before them, each with
    the places in `seconds` of the tests that run it as the bits of a number; all bits are set where it is a fixture that does.
    """

    digest: str
    fixtures: float
    seconds: dict[str, float]
    runs: dict[str, dict[str, int]]


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


@dataclass(frozen=True)
class Spot:
    """Where a file is changed: its path, its text, the function („“ outside of all) and the number of the line."""

    path: str
    source: str
    function: str
    line: int

    @cached_property
    def _statement(self) -> ast.stmt | None:
        """The innermost statement around the line."""
        around = [
            node
            for node in ast.walk(ast.parse(self.source))
            if isinstance(node, ast.stmt) and node.lineno <= self.line <= (node.end_lineno or 0)
        ]
        return min(around, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)

    @cached_property
    def _lines(self) -> frozenset[str]:
        """The lines of the statement, of one with a body only its head."""
        node = self._statement
        if node is None:
            return frozenset()
        body = getattr(node, "body", None)
        last = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno
        return frozenset(line.strip() for line in self.source.splitlines()[node.lineno - 1 : last])

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        """The names that the statement gives to a constant, or to what is made from it."""
        names = _assigned(self._statement)
        if self.function or not names:
            return None
        statements = ast.parse(self.source).body
        for _ in statements:
            more = {
                name for node in statements if not names.isdisjoint(_read(node)) for name in _assigned(node)
            }
            if more <= names:
                break
            names |= more
        return re.compile(rf"\b(?:{'|'.join(sorted(names))})\b")

    def runs_it(self, function: str, line: str) -> bool:
        """Whether a line that is run belongs to the statement, or names the constant."""
        if self._named is not None:
            return bool(self._named.search(line))
        return line in self._lines and self.runs_its_function(function, line)

    def runs_its_function(self, function: str, _line: str) -> bool:
        """Whether a line that is run is one of the same function."""
        return function == f"{self.path}::{self.function}"

    def runs_its_file(self, function: str, _line: str) -> bool:
        """Whether a line that is run is one of the same file."""
        return function.startswith(f"{self.path}::")

    def runs_its_room(self, function: str, _line: str) -> bool:
        """Whether a line that is run is one of the same room."""
        return function.startswith("/".join(self.path.split("/")[:2]) + "/")


def _assigned(node: ast.AST | None) -> set[str]:
    """Return the names to which a statement assigns."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _read(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


class Concern:
    """What is known of all files of tests."""

    def __init__(self, recorded: dict[str, Recorded]) -> None:
        self.recorded = recorded

    def choose(self, spot: Spot, most: float) -> Chosen:
        """Return the tests for a change, so many as hold in `most` seconds.

        First come those that run the statement, or where none is known to, those that run its function, something of its file, or of
        its room; of them those first that go a way of their own through that function. What is kept from one test to the next is run by
        the first alone, so the others of the same files follow while there is time.
        """
        for lines in (spot.runs_it, spot.runs_its_function, spot.runs_its_file, spot.runs_its_room):
            if ranked := sorted(self._ranked(spot.path, lines)):
                break
        ways = self._ways(spot)
        first = [
            (file, test)
            for _, file, tests in ranked
            if self.recorded[file].fixtures <= most * FIXTURES
            for test in sorted(ways.intersection(tests), key=self.recorded[file].seconds.__getitem__)
        ]
        # Of the others the quickest of all files: the more tests are asked, the better is known what survives.
        others = sorted(
            (self.recorded[file].fixtures + self.recorded[file].seconds[test], place, file, test)
            for place, (_, file, tests) in enumerate(ranked)
            for test in tests
        )
        chosen: dict[str, None] = {}
        begun: set[str] = set()
        spent = 0.0
        for file, test in [*first, *((file, test) for *_, file, test in others)]:
            recorded = self.recorded[file]
            fixtures = 0 if file in begun else recorded.fixtures
            if not chosen or spent + fixtures <= most:
                begun.add(file)
                spent = _fill(chosen, [test], recorded, spent + fixtures, most)
        for _, file, _ in ranked:
            if file in begun:
                spent = _fill(chosen, list(self.recorded[file].seconds), self.recorded[file], spent, most)
        return Chosen(tuple(chosen), spent)

    def _ways(self, spot: Spot) -> set[str]:
        """Return the quickest test of each file for each line of the function: a condition is told by what it leads to."""
        found: set[str] = set()
        for recorded in self.recorded.values():
            quickest = sorted(enumerate(recorded.seconds), key=lambda item: recorded.seconds[item[1]])
            for function, lines in recorded.runs.items():
                for tests in lines.values() if spot.runs_its_function(function, "") else ():
                    found.add(next(name for place, name in quickest if tests >> place & 1))
        return found

    def _ranked(
        self, path: str, wanted: Callable[[str, str], bool]
    ) -> Iterator[tuple[float, str, list[str]]]:
        """Yield files with the tests that run a wanted line, and a number that is small where they are quick and run little else."""
        for file, recorded in self.recorded.items():
            tests = 0
            for function, lines in recorded.runs.items():
                for line, runners in lines.items():
                    if wanted(function, line):
                        tests |= runners
            if tests:
                names = [name for place, name in enumerate(recorded.seconds) if tests >> place & 1]
                inside = 1 + sum(function.startswith(f"{path}::") for function in recorded.runs)
                cost = 0.5 + recorded.fixtures + sum(recorded.seconds[name] for name in names)
                yield cost * len(recorded.runs) / inside, file, names


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
    seconds = {test: took for test, took in recorder.seconds.items() if test not in recorder.bad}
    bits = {test: 1 << place for place, test in enumerate(seconds)} | {WHOLE: (1 << len(seconds)) - 1}
    runs: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name in data.measured_files():
        path = Path(name).relative_to(tree).as_posix()
        source = Path(name).read_text("utf-8")
        written, functions = source.splitlines(), functions_by_line(source)
        for line, contexts in data.contexts_by_lineno(name).items():
            if line in functions and (runners := reduce(or_, (bits.get(test, 0) for test in contexts), 0)):
                runs[f"{path}::{functions[line]}"][written[line - 1].strip()] |= runners
    told = {"fixtures": round(recorder.fixtures, 3), "seconds": seconds, "runs": runs}
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
