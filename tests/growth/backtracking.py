"""A pattern in; by what power of the text's length a backtracking search grows, and a text that shows it, out.

Nothing is timed: a small machine runs the pattern and counts its steps, on texts that are made of the pattern's own signs and loops,
each with so many repetitions and with twice as many.
"""

from __future__ import annotations

import copy
import math
import re
import re._compiler as _compiler
import re._constants as C  # noqa: N812
import re._parser as _parser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

TOO_MUCH = 3
"""The power of what grows with the cube of the text or faster."""
_SHORT, _LONG = 16, 100
_SAMPLES = 12
"""So many texts are made of a part of a pattern: of a list of names they are alike."""
_PLAIN = "a0 -.\n§\u0301"
_REPEATS = (C.MAX_REPEAT, C.MIN_REPEAT, C.POSSESSIVE_REPEAT)


@dataclass(frozen=True, order=True)
class Growth:
    """The exponent of the text's length, and a text that makes it grow."""

    power: int = 1
    before: str = ""
    pump: str = ""


def growth(pattern: str | bytes, flags: int = 0, *, mode: str = "search") -> Growth:
    """Say how a pattern's work grows when it is used for `search` (also sub, findall, split), `match`, `fullmatch` or `any`."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    tree = _parser.parse(text, flags | (re.ASCII if isinstance(pattern, bytes) else 0))
    machines = [_Machine(tree, one) for one in (("search", "fullmatch") if mode == "any" else (mode,))]
    pumps = sorted(set(_Samples(tree).pumps()))
    worst = Growth()
    for machine in machines:
        for pump in pumps:
            worst = max(worst, Growth(machine.power(*pump), *pump))
            if worst.power == TOO_MUCH:
                return worst
    return worst


class _TooManyStepsError(Exception):
    pass


@dataclass(eq=False)
class _Step:
    """One sign or look around (`one`), ways to try in their order (`ways`), or what is tried aside (`held`, `ahead`)."""

    kind: str
    what: Any = None
    following: _Step | None = None
    ways: list[tuple[str | None, _Step | None]] = field(default_factory=list)
    """Each with the sign that it must begin with, where that is one."""


class _Machine:
    def __init__(self, tree: _parser.SubPattern, mode: str) -> None:
        self.tree = tree
        self.mode = mode
        self.groups = dict(_groups(tree))
        end = _Step("one", re.compile(r"\Z")) if mode == "fullmatch" else None
        self.first = self._sequence(tree, tree.state.flags, end)
        self.counted = self.most = 0
        self.repeats = largest_repeat(tree)
        self.size = 4 * len(tree.state.str)

    def power(self, before: str, pump: str) -> int:
        """Return by what power of its length the work on a text grows that begins so and goes on and on."""
        return max(self._power(before, pump, after) for after in ("", "\x01"))

    def _power(self, before: str, pump: str, after: str) -> int:
        grown = 1.0
        for length in (_SHORT, max(_LONG, 3 * self.repeats)):
            times = max(length // len(pump), 4)
            try:
                once, twice = (self._count(before + pump * many + after) for many in (times, 2 * times))
            except _TooManyStepsError:
                return TOO_MUCH
            grown = math.log2(twice / once)
            # A short text tells most of those on which nothing grows.
            if grown < 1.1:
                return 1
        return round(grown)

    def _count(self, text: str) -> int:
        self.counted = 0
        # What takes more grows faster than with the square.
        self.most = max(len(text), _LONG) * (8 * len(text) + self.repeats**2 + self.size)
        at = 0
        while at <= len(text):
            end = self._run(self.first, text, at)
            if self.mode != "search":
                break
            at = at + 1 if end is None else max(end, at + 1)
        return self.counted

    def _run(self, step: _Step | None, text: str, at: int) -> int | None:
        """Return where the first way through the steps ends, None where there is none."""
        back: list[tuple[_Step | None, int, dict[_Step, int]]] = [(step, at, {})]
        while back:
            step, at, begun = back.pop()
            while step is not None:
                self.counted += 1
                if self.counted > self.most:
                    raise _TooManyStepsError
                if step.kind == "ways":
                    if begun.get(step) == at:
                        # A loop isn't gone round twice without reading.
                        break
                    if step.what:
                        begun = {**begun, step: at}
                    sign = text[at : at + 1].lower()
                    back += [(way, at, begun) for first, way in step.ways[::-1] if first in (None, sign)]
                    break
                if step.kind == "one":
                    found = step.what.match(text, at)
                    end = found.end() if found else None
                else:
                    end = self._run(step.what, text, at)
                    if step.kind != "held":
                        end = at if (end is not None) == (step.kind == "ahead") else None
                if end is None:
                    break
                at = end
                step = step.following
            else:
                return at
        return None

    def _sequence(self, items: Iterable[Any], flags: int, following: _Step | None) -> _Step | None:
        for op, value in reversed(list(items)):
            following = self._item(op, value, flags, following)
        return following

    def _item(self, op: Any, value: Any, flags: int, following: _Step | None) -> _Step | None:
        if op is C.BRANCH:
            ways = [(_first_sign(way), self._sequence(way, flags, following)) for way in value[1]]
            return _Step("ways", ways=ways)
        if op is C.SUBPATTERN:
            _, more, less, inner = value
            return self._sequence(inner, (flags | more) & ~less, following)
        if op is C.GROUPREF:
            # What the group may be stands for what it was.
            return self._sequence(self.groups[value], flags, following)
        if op in (C.MAX_REPEAT, C.MIN_REPEAT):
            return self._repeat(*value, flags, following, lazy=op is C.MIN_REPEAT)
        if op in (C.POSSESSIVE_REPEAT, C.ATOMIC_GROUP):
            inner = value if op is C.ATOMIC_GROUP else [(C.MAX_REPEAT, value)]
            return _Step("held", self._sequence(inner, flags, None), following)
        if op in (C.ASSERT, C.ASSERT_NOT) and value[0] > 0:
            kind = "ahead" if op is C.ASSERT else "not ahead"
            return _Step(kind, self._sequence(value[1], flags, None), following)
        state = copy.copy(self.tree.state)
        state.flags = flags
        return _Step("one", _compiler.compile(_parser.SubPattern(state, [(op, value)])), following)

    def _repeat(
        self, low: int, high: int, body: Any, flags: int, following: _Step | None, *, lazy: bool
    ) -> _Step | None:
        after = following
        if high is C.MAXREPEAT:
            following = loop = _Step("ways", body.getwidth()[0] == 0)
            loop.ways = [(None, self._sequence(body, flags, loop)), (None, after)][:: -1 if lazy else 1]
        else:
            for _ in range(high - low):
                ways = [(None, self._sequence(body, flags, following)), (None, after)]
                following = _Step("ways", ways=ways[:: -1 if lazy else 1])
        for _ in range(low):
            following = self._sequence(body, flags, following)
        return following


class _Samples:
    """Texts that parts of a pattern match, each sign that is told apart at least once."""

    def __init__(self, tree: _parser.SubPattern) -> None:
        self.tree = tree
        self.groups = dict(_groups(tree))
        self.signs = sorted(dict.fromkeys([*_signs(tree), *_PLAIN]), key=str.isalpha)

    def pumps(self) -> Iterator[tuple[str, str]]:
        """Yield what stands before a loop, and what it may read again and again; also what a search begins with."""
        for length in range(1, len(self.tree) + 1):
            yield from (("", text) for text in self._texts(self.tree[:length]) if text)
        yield from self._loops(self.tree, "")

    def _loops(self, items: Any, before: str) -> Iterator[tuple[str, str]]:
        for op, value in items:
            if op in _REPEATS:
                yield from ((before, text) for text in self._texts(value[2]) if text)
            for inner in _inner(op, value):
                yield from self._loops(inner, before)
            before += next(iter(self._texts([(op, value)])), "")

    def _texts(self, items: Iterable[Any]) -> list[str]:
        """Return texts for a sequence: the first of each item, and in turn each other one of one item."""
        choices = [self._of_item(op, value) or [""] for op, value in items]
        firsts = [texts[0] for texts in choices]
        every = (
            "".join([*firsts[:number], text, *firsts[number + 1 :]])
            for number, texts in enumerate(choices)
            for text in texts
        )
        return list(dict.fromkeys(every))[:_SAMPLES]

    def _of_item(self, op: Any, value: Any) -> list[str]:
        if op is C.BRANCH:
            return list(chain.from_iterable(self._texts(way) for way in value[1]))
        if op in _REPEATS:
            once = self._texts(value[2])
            return [text * max(value[0], 1) for text in once] + ([""] if value[0] == 0 else [])
        if op is C.SUBPATTERN:
            return self._texts(value[3])
        if op is C.ATOMIC_GROUP:
            return self._texts(value)
        if op is C.GROUPREF:
            return self._texts(self.groups[value])
        if op in (C.ASSERT, C.ASSERT_NOT, C.AT):
            return [""]
        one = _compiler.compile(_parser.SubPattern(self.tree.state, [(op, value)]))
        return [sign for sign in self.signs if one.match(sign)][:_SAMPLES]


def _first_sign(way: Any) -> str | None:
    op, value = way[0] if len(way) else (None, None)
    return chr(value).lower() if op is C.LITERAL else None


def largest_repeat(items: Iterable[Any]) -> int:
    """Return how often something may be repeated at most, repeats without end left out."""
    parts = [(op, value) for op, value in items]
    own = [value[1] for op, value in parts if op in _REPEATS and value[1] is not C.MAXREPEAT]
    return max([*own, *(largest_repeat(inner) for part in parts for inner in _inner(*part))], default=0)


def _inner(op: Any, value: Any) -> list[Any]:
    if op is C.BRANCH:
        return list(value[1])
    if op in _REPEATS:
        return [value[2]]
    if op is C.SUBPATTERN:
        return [value[3]]
    if op is C.ATOMIC_GROUP:
        return [value]
    return [value[1]] if op in (C.ASSERT, C.ASSERT_NOT) else []


def _groups(items: Iterable[Any]) -> Iterator[tuple[int | None, Any]]:
    for op, value in items:
        if op is C.SUBPATTERN:
            yield value[0], value[3]
        for inner in _inner(op, value):
            yield from _groups(inner)


def _signs(items: Iterable[Any]) -> Iterator[str]:
    """Yield the signs that a pattern names; of a range its ends."""
    for op, value in items:
        if op in (C.LITERAL, C.NOT_LITERAL):
            yield chr(value)
        elif op is C.IN:
            for kind, item in value:
                if kind in (C.LITERAL, C.RANGE):
                    yield from map(chr, [item] if kind is C.LITERAL else item)
        for inner in _inner(op, value):
            yield from _signs(inner)
