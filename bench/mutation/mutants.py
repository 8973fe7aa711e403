"""Source in, its mutants out: every place that mutmut knows how to change, and one changed text for each of those drawn.

mutmut's own runner knows neither decorated functions nor what stands outside of functions, and tries a call with four arguments eight
times. Here its operators are asked about every node; of what they would make of one node, one is drawn.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import libcst as cst

SENTENCE = re.compile(r"""^["'][A-ZÄÖÜ„].* .*[.?!]["']$""", re.DOTALL)
"""What people read: a test of its wording could only repeat it."""
SAME_WITHOUT = ('"utf-8"', "strict=True")
"""What makes no difference where it is left out: the encoding is the same, the other only guards against mistakes of ours."""
NOT_CHANGED = {"len", "isinstance"}
"""Calls that fail at once without one of their arguments."""
UNSEEN = {"__repr__", "__all__", "__slots__"}


@dataclass(frozen=True, slots=True)
class Place:
    """A node that can be changed: where it stands, what it is, and what may stand there instead.

    `key` says it without a line, so that it stays the same while the code around it changes.
    """

    path: str
    function: str
    key: str
    node: cst.CSTNode
    instead: tuple[cst.CSTNode, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: `id` names it for good, `was` and `becomes` are the lines that differ, `line` is the first of them."""

    id: str
    path: str
    function: str
    was: str
    becomes: str
    text: str
    line: int = 1


class Sample:
    """The mutants of some files in the order in which a series of numbers draws them."""

    def __init__(self, root: Path, folder: str, seed: int) -> None:
        self._modules: dict[str, cst.Module] = {}
        places: list[Place] = []
        for file in sorted((root / folder).rglob("*.py")):
            path = file.relative_to(root).as_posix()
            self._modules[path] = cst.parse_module(file.read_text("utf-8"))
            places += found_in(path, self._modules[path])
        self._seed = seed
        self._places = sorted(places, key=lambda place: _digest(str(seed), place.key))

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[Mutant]:
        """Yield one mutant of each place."""
        for place in self._places:
            chosen = int(_digest("mutation", str(self._seed), place.key), 16) % len(place.instead)
            yield self._mutant(place, place.instead[chosen])

    def _mutant(self, place: Place, instead: cst.CSTNode) -> Mutant:
        module = self._modules[place.path]
        changed = module.visit(_Replacing(place.node, instead))
        assert isinstance(changed, cst.Module)
        was, becomes, line = _differing(module.code, changed.code)
        name = _digest(place.key, becomes)[:12]
        return Mutant(name, place.path, place.function, was, becomes, changed.code, line)


def found_in(path: str, module: cst.Module) -> list[Place]:
    """Return every place of a file that counts."""
    walk = _Walk(path, module)
    module.visit(walk)
    return walk.places


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _differing(before: str, after: str) -> tuple[str, str, int]:
    """Return the lines that differ, each side in one, and the number of the first."""
    was: list[str] = []
    becomes: list[str] = []
    first = line = 0
    for said in difflib.ndiff(before.splitlines(), after.splitlines()):
        line += said[:2] in ("  ", "- ")
        if said[:2] in ("- ", "+ "):
            first = first or max(1, line)
            (was if said[0] == "-" else becomes).append(said[2:].strip())
    return " ".join(was), " ".join(becomes), first


class _Replacing(cst.CSTTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: cst.CSTNode, new: cst.CSTNode) -> None:
        super().__init__()
        self.old, self.new = old, new

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node is not self.old

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        return self.new if original_node is self.old else updated_node


class _Walk(cst.CSTVisitor):
    """Collects places, and passes over what no test can or should see."""

    def __init__(self, path: str, module: cst.Module) -> None:
        super().__init__()
        self.path, self.module = path, module
        self.ignores_case = "re.IGNORECASE" in module.code
        self.within: list[str] = []
        self.met: Counter[tuple[str, str, str]] = Counter()
        self.places: list[Place] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        seen = not unseen(node)
        if seen:
            self._look(node)
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            self.within.append(node.name.value)
        return seen

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, (cst.FunctionDef, cst.ClassDef)):
            self.within.pop()

    def _look(self, node: cst.CSTNode) -> None:
        if _called(node) in NOT_CHANGED:
            return
        code = ""
        instead = []
        for new in _mutations(node):
            code = code or self.module.code_for_node(node)
            changed = self.module.code_for_node(new)
            # Most patterns of such a file don't mind capitals.
            same = self.ignores_case and code[0] == "r" and code.lower() == changed.lower()
            if counts(code, changed) and not same:
                instead.append(new)
        if instead:
            function = ".".join(self.within)
            kind = type(node).__name__
            self.met[function, kind, code] += 1
            key = f"{self.path}::{function} {kind} {code} {self.met[function, kind, code]}"
            self.places.append(Place(self.path, function, key, node, tuple(instead)))


def _mutations(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    # Takes half a second to load, and every process of a test run loads this module.
    from mutmut.mutation.mutators import mutation_operators

    operators: Sequence[tuple[type, Callable[[cst.CSTNode], Iterable[cst.CSTNode]]]] = mutation_operators
    for kind, operator in operators:
        if isinstance(node, kind):
            yield from operator(node)


def counts(before: str, after: str) -> bool:
    """Whether a change is one that a test should notice."""
    if SENTENCE.match(before):
        return False
    return all(after.count(part) >= before.count(part) for part in SAME_WITHOUT)


def unseen(node: cst.CSTNode) -> bool:
    """Whether nothing in a node counts: annotations, decorators, docstrings, what only the type checker runs."""
    if isinstance(node, (cst.Annotation, cst.Decorator, cst.ImportFrom, cst.Import, cst.Assert)):
        return True
    if isinstance(node, cst.Call):
        return _called(node) == "cast"
    if isinstance(node, cst.SimpleString):
        return node.value in SAME_WITHOUT
    if isinstance(node, cst.Arg):
        return node.keyword is not None and node.keyword.value == "strict"
    if isinstance(node, cst.FunctionDef):
        return node.name.value in UNSEEN
    if isinstance(node, cst.If):
        return isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING"
    if isinstance(node, cst.Expr):
        return isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString))
    if isinstance(node, cst.Assign):
        name = _name(node.targets[0].target)
        # Names of types; constants are written in capitals.
        return name in UNSEEN or name.istitle()
    return False


def _called(node: cst.CSTNode) -> str:
    """Return which function a call names; for others nothing."""
    return _name(node.func) if isinstance(node, cst.Call) else ""


def _name(node: cst.CSTNode) -> str:
    return node.value if isinstance(node, cst.Name) else ""
