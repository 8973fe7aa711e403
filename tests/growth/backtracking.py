"""A pattern in; by what power of the text's length a backtracking search may grow, and a text that makes it grow, out.

Nothing is timed. The pattern becomes an automaton whose states also know which kind of sign came before, so that `\\b` and
`(?<!\\d)` are told exactly. A search costs more than linear time only where two of its loops can share a text in more than one
way: p –w→ p, p –w→ q, q –w→ q (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991; for backtracking:
Weideman and others, CIAA 2016), and only where what follows can still fail. The loop that looks for the next place to start is
one of them. A repeat of at most 60 is no loop, it multiplies the work by 60; that is told apart. Where the exact answer would
need the text itself (what stands further ahead, what a group matched), the answer errs towards growth, never towards its absence.
"""

from __future__ import annotations

import re
import re._constants as C  # noqa: N812
import re._parser as _parser
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

EXPONENTIAL = 99
UNROLLED = 12
"""Repeats up to so many are copied; a repeat of more is taken for a loop, which `loose` counts and `power` doesn't."""
_SUBSETS = 3_000
_WORDS = 20_000
_PLAIN = "aAzZäÄßéxXeE059_ \t\n\r\u00a0-.,;:!?/()[]{}<>|\\\"'#&%@+*=~^`$€§–…„“\u0301\u0663\u2028\U0001f600"


@dataclass(frozen=True)
class Growth:
    """`power` is the exponent of the text's length, `EXPONENTIAL` where there is none; `loose` the same where repeats of
    many count like repeats without end; `text` makes it grow.
    """

    power: int
    loose: int
    before: str = ""
    pump: str = ""

    def text(self, times: int) -> str:
        return self.before + self.pump * times

    def __str__(self) -> str:
        sizes = ["2^n" if power >= EXPONENTIAL else f"n^{power}" for power in (self.power, self.loose)]
        return f"{sizes[0]} ({sizes[1]} with repeats of many) on {self.before!r} + {self.pump!r}·n"


def growth(pattern: str | bytes, flags: int = 0, *, mode: str = "search") -> Growth:
    """Say how a pattern's work grows when it is used for `search` (also sub, findall, split), `match`, `fullmatch` or `any`."""
    if mode != "any":
        return _Machine(pattern, flags, mode).growth
    ways = [_Machine(pattern, flags, one).growth for one in ("search", "fullmatch")]
    return max(ways, key=lambda way: (way.power, way.loose))


_ONCE, _MANY, _ENDLESS = range(3)
"""A way that begins no loop again, one that does so as often as a number allows, one that always may."""


@dataclass(frozen=True)
class _Way:
    """A step between states that reads nothing; `sure` tells that the pattern takes it wherever the guard allows."""

    guard: _Guard
    target: int
    again: int = _ONCE
    sure: bool = True


@dataclass(frozen=True)
class _Guard:
    """What must stand before and after a place, as bits of classes of signs."""

    before: int
    after: int

    def both(self, other: _Guard) -> _Guard | None:
        before, after = self.before & other.before, self.after & other.after
        return _Guard(before, after) if before and after else None


class _Machine:
    def __init__(self, pattern: str | bytes, flags: int, mode: str) -> None:
        tree = _parser.parse(pattern, flags)
        self.flags = tree.state.flags
        self.is_bytes = isinstance(pattern, bytes)
        self.mode = mode
        self.groups = {group: (sub, mine) for group, sub, mine in _groups(tree, self.flags)}
        self.atoms: dict[Any, int] = {}
        self._classes(tree)
        self.silent: list[list[_Way]] = []
        self.reading: list[list[tuple[int, int]]] = []
        self.accepting: set[int] = set()
        self.aside: set[int] = set()
        """States inside a look ahead, which reads what is then read again."""
        self.start = self._state()
        first = self._state()
        self._silent(self.start, first)
        end = self._sequence(tree, first, self.flags)
        self.accepting.add(end)
        if mode == "search":
            self.reading[self.start].append((self.any, self.start))

    # --- classes of signs

    def _classes(self, tree: Any) -> None:
        atoms = dict.fromkeys(_atoms(tree, self.flags))
        signs = set(_PLAIN)
        for op, value, _ in atoms:
            signs.update(_edges(op, value))
        ordered = sorted(sign for sign in signs if not self.is_bytes or ord(sign) < 256)
        told: dict[tuple[bool, ...], str] = {}
        for sign in ordered:
            key = (
                *(_holds(atom, sign, self.is_bytes) for atom in atoms),
                _holds(_WORD, sign, self.is_bytes),
                sign == "\n",
            )
            # A sign that can be read stands for its class.
            if key not in told or (not told[key].isalnum() and sign.isalnum()):
                told[key] = sign
        self.signs = list(told.values())
        rows = list(told)
        for number, atom in enumerate(atoms):
            self.atoms[atom] = sum(1 << index for index, row in enumerate(rows) if row[number])
        self.word = sum(1 << index for index, row in enumerate(rows) if row[-2])
        self.newline = sum(1 << index for index, row in enumerate(rows) if row[-1])
        self.any = (1 << len(rows)) - 1
        self.edge = 1 << len(rows)
        """The start of the text, before a place; its end, after one."""
        self.all = self.any | self.edge
        self.free = _Guard(self.all, self.all)

    # --- building

    def _state(self) -> int:
        self.silent.append([])
        self.reading.append([])
        return len(self.silent) - 1

    def _silent(
        self, source: int, target: int, guard: _Guard | None = None, *, again: int = _ONCE, sure: bool = True
    ) -> None:
        self.silent[source].append(_Way(guard or self.free, target, again, sure))

    def _sequence(self, items: Iterable[Any], state: int, flags: int) -> int:
        for op, value in items:
            state = self._item(op, value, state, flags)
        return state

    def _item(self, op: Any, value: Any, state: int, flags: int) -> int:
        if op in _SINGLE:
            target = self._state()
            self.reading[state].append((self.atoms[_atom(op, value, flags)], target))
            return target
        if op is C.SUBPATTERN:
            return self._sequence(value[3], state, (flags | value[1]) & ~value[2])
        if op is C.BRANCH:
            return self._branches(value[1], state, flags)
        if op is C.GROUPREF_EXISTS:
            return self._branches([value[1], value[2] or []], self._unsure(state), flags)
        if op in (C.MAX_REPEAT, C.MIN_REPEAT, C.POSSESSIVE_REPEAT):
            return self._repeat(value, state, flags, own=op is C.POSSESSIVE_REPEAT)
        if op is C.ATOMIC_GROUP:
            if len(value) == 1 and value[0][0] is C.MAX_REPEAT:
                return self._repeat(value[0][1], state, flags, own=True)
            return self._sequence(value, self._unsure(state), flags)
        if op is C.GROUPREF:
            sub, mine = self.groups[value]
            return self._sequence(sub, self._unsure(state), mine)
        target = self._state()
        if op is C.AT:
            for guard, sure in self._at(value, flags):
                self._silent(state, target, guard, sure=sure)
        elif op in (C.ASSERT, C.ASSERT_NOT):
            for guard, sure in self._look(value, state, flags, no=op is C.ASSERT_NOT):
                self._silent(state, target, guard, sure=sure)
        else:
            raise NotImplementedError(str(op))
        return target

    def _unsure(self, state: int) -> int:
        target = self._state()
        self._silent(state, target, sure=False)
        return target

    def _branches(self, ways: Iterable[Any], state: int, flags: int) -> int:
        target = self._state()
        for way in ways:
            first = self._state()
            self._silent(state, first)
            self._silent(self._sequence(way, first, flags), target)
        return target

    def _repeat(self, value: Any, state: int, flags: int, *, own: bool) -> int:
        low, high, body = value
        endless = high is C.MAXREPEAT or high > UNROLLED
        single = len(body) == 1 and body[0][0] in _SINGLE
        stop = self.free
        if own and single and (high is C.MAXREPEAT or not endless):
            # Kept as a whole, it ends only where nothing more of it follows.
            stop = _Guard(self.all, self.all & ~self.atoms[_atom(*body[0], flags)])
        if own and not single:
            state = self._unsure(state)
        for _ in range(min(low, 2 * UNROLLED)):
            state = self._sequence(body, state, flags)
        if low > 2 * UNROLLED:
            state = self._unsure(state)
        target = self._state()
        if endless:
            loop = self._state()
            self._silent(state, loop)
            again = _ENDLESS if high is C.MAXREPEAT else _MANY
            self._silent(self._sequence(body, loop, flags), loop, again=again, sure=again == _ENDLESS)
            self._silent(loop, target, stop)
            return target
        for _ in range(high - low):
            self._silent(state, target, stop)
            first = self._state()
            self._silent(state, first)
            state = self._sequence(body, first, flags)
        self._silent(state, target)
        return target

    def _at(self, where: Any, flags: int) -> list[tuple[_Guard, bool]]:
        other = self.all & ~self.word
        many = flags & re.MULTILINE
        if where in (C.AT_BEGINNING, C.AT_BEGINNING_STRING):
            lines = self.newline if many and where is C.AT_BEGINNING else 0
            return [(_Guard(self.edge | lines, self.all), True)]
        if where in (C.AT_END, C.AT_END_STRING):
            end = [(_Guard(self.all, self.edge), True)]
            # Without MULTILINE only the very last end of a line counts.
            return [*end, (_Guard(self.all, self.newline), bool(many))] if where is C.AT_END else end
        if where is C.AT_BOUNDARY:
            return [(_Guard(self.word, other), True), (_Guard(other, self.word), True)]
        if where is C.AT_NON_BOUNDARY:
            return [(_Guard(self.word, self.word), True), (_Guard(other, other), True)]
        raise NotImplementedError(str(where))

    def _look(self, value: Any, state: int, flags: int, *, no: bool) -> list[tuple[_Guard, bool]]:
        """Return the ways past: what stands before and after, and whether the pattern goes on there for certain."""
        direction, body = value
        singles = self._singles(body, flags)
        exact = None not in singles
        none_of = self.all & ~sum_of(mask for mask in singles if mask is not None)
        if direction < 0:
            if no:
                return [(_Guard(none_of, self.all), exact)]
            last = self._last(body, flags)
            return [(_Guard(self.all if last is None else last, self.all), exact)]
        if exact:
            # One sign is looked at and nothing read twice.
            return [(_Guard(self.all, none_of if no else self.all & ~none_of), True)]
        known = len(self.silent)
        first = self._state()
        self._silent(state, first)
        end = self._sequence(body, first, flags)
        self.accepting.add(end)
        self.aside.update(range(known, len(self.silent)))
        # What stands ahead can only begin with one of these signs.
        begins = sum_of(step.guard.after & step.reads for step in self._ways(first))
        begins |= sum_of(guard.after for guard, _ in self._ends(first))
        if no:
            return [(_Guard(self.all, none_of & ~begins), True), (_Guard(self.all, none_of & begins), False)]
        return [(_Guard(self.all, begins), False)]

    def _singles(self, body: Any, flags: int) -> list[int | None]:
        """Return the signs of each alternative that is one sign long, None for the others."""
        items = list(body)
        if len(items) == 1 and items[0][0] is C.SUBPATTERN:
            return self._singles(items[0][1][3], flags)
        if len(items) == 1 and items[0][0] is C.BRANCH:
            return [mask for way in items[0][1][1] for mask in self._singles(way, flags)]
        if len(items) == 1 and items[0][0] in _SINGLE:
            return [self.atoms[_atom(*items[0], flags)]]
        return [None]

    def _last(self, body: Any, flags: int) -> int | None:
        items = list(body)
        if not items:
            return None
        op, value = items[-1]
        if op in _SINGLE:
            return self.atoms[_atom(op, value, flags)]
        if op is C.SUBPATTERN:
            return self._last(value[3], flags)
        if op is C.BRANCH:
            masks = [self._last(way, flags) for way in value[1]]
            return None if None in masks else sum_of(mask for mask in masks if mask is not None)
        if op in (C.MAX_REPEAT, C.MIN_REPEAT) and value[0] > 0:
            return self._last(value[2], flags)
        return None

    # --- silent ways

    def _walk(self, state: int) -> Iterator[tuple[int, _Guard, int, bool]]:
        """Yield every state reached without reading, at most twice each: a second way is what makes a text ambiguous."""
        seen: dict[tuple[int, _Guard, int, bool], int] = {}
        todo = [(state, self.free, _ONCE, True, frozenset([state]))]
        while todo:
            here, guard, again, sure, path = todo.pop()
            key = (here, guard, again, sure)
            if seen.get(key, 0) >= 2:
                continue
            seen[key] = seen.get(key, 0) + 1
            yield key
            for way in self.silent[here]:
                both = guard.both(way.guard)
                # A loop isn't gone round twice without reading: Python's engine leaves it there.
                if both is not None and not (way.again and way.target in path):
                    target = way.target
                    todo.append((target, both, max(again, way.again), sure and way.sure, path | {target}))

    def _ways(self, state: int) -> list[_Step]:
        return [
            _Step(guard, mask, target, _ENDLESS if target == self.start else again, sure)
            for here, guard, again, sure in self._walk(state)
            for mask, target in self.reading[here]
        ]

    def _ends(self, state: int) -> list[tuple[_Guard, bool]]:
        return [(guard, sure) for here, guard, _, sure in self._walk(state) if here in self.accepting]

    # --- the graph of places: a state, and of which kind the sign before it was

    @cached_property
    def graph(self) -> _Graph:
        end = len(self.signs)
        befores = sorted({way.guard.before for ways in self.silent for way in ways} - {self.all})
        kinds = [tuple(bool(mask >> bit & 1) for mask in befores) for bit in range(end + 1)]
        graph = _Graph(end)
        steps: dict[int, list[_Step]] = {}
        ends: dict[int, list[tuple[_Guard, bool]]] = {}
        graph.number((self.start, kinds[end]))
        todo = [(self.start, end)]
        while todo:
            state, bit = todo.pop()
            if state not in steps:
                steps[state], ends[state] = self._ways(state), self._ends(state)
            here = graph.number((state, kinds[bit]))
            accepts = sum_of(guard.after for guard, sure in ends[state] if sure and guard.before >> bit & 1)
            graph.accepts[here] = accepts & self.edge if self.mode == "fullmatch" else accepts
            graph.aside[here] = state in self.aside
            for step in steps[state]:
                if not step.guard.before >> bit & 1:
                    continue
                reads = step.guard.after & step.reads
                for sign in range(end):
                    if reads >> sign & 1:
                        place = (step.target, kinds[sign])
                        known = place in graph.numbers
                        graph.edge(here, sign, graph.number(place), step)
                        if not known:
                            todo.append((step.target, sign))
        return graph

    @cached_property
    def growth(self) -> Growth:
        graph = self.graph
        powers = {True: 1, False: 1}
        worst: tuple[int, list[int]] | None = None
        for part in graph.loops:
            word = graph.doubled(part)
            if word is not None:
                powers[False] = EXPONENTIAL
                worst = word
                if graph.endless(part):
                    powers[True] = EXPONENTIAL
                    break
        for strict in (True, False):
            if powers[strict] == EXPONENTIAL:
                continue
            steps: dict[tuple[int, int], tuple[int, list[int]]] = {}
            for one, many in enumerate(graph.loops):
                for other, others in enumerate(graph.loops):
                    if one != other:
                        found = graph.shared(many, others, strict=strict)
                        if found is not None:
                            steps[one, other] = found
            power, chain = graph.longest(steps)
            powers[strict] = power + 1
            if power and (worst is None or strict):
                worst = steps[chain]
        if worst is None:
            return Growth(1, 1)
        return Growth(powers[True], powers[False], self._text(graph.path(0, worst[0])), self._text(worst[1]))

    def _text(self, signs: list[int]) -> str:
        return "".join(self.signs[sign] for sign in signs)


@dataclass(frozen=True)
class _Step:
    guard: _Guard
    reads: int
    target: int
    again: int
    sure: bool


@dataclass
class _Edge:
    """How many ways lead from place to place by one sign (two at most), and what the loosest of them begins again."""

    ways: int = 0
    again: int = _ONCE
    sure: bool = False


_Three = tuple[int, int, int, frozenset[int], bool, bool]


class _Graph:
    def __init__(self, signs: int) -> None:
        self.signs = signs
        self.numbers: dict[tuple[int, tuple[bool, ...]], int] = {}
        self.next: list[dict[int, dict[int, _Edge]]] = []
        self.accepts: list[int] = []
        """Before which signs a search that is here ends well for certain."""
        self.aside: list[bool] = []

    def number(self, key: tuple[int, tuple[bool, ...]]) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.next)
            self.next.append({})
            self.accepts.append(0)
            self.aside.append(False)
        return self.numbers[key]

    def edge(self, source: int, sign: int, target: int, step: _Step) -> None:
        edge = self.next[source].setdefault(sign, {}).setdefault(target, _Edge())
        edge.ways += 1
        edge.again = max(edge.again, step.again)
        edge.sure = edge.sure or step.sure

    @cached_property
    def targets(self) -> list[set[int]]:
        return [{target for ways in by_sign.values() for target in ways} for by_sign in self.next]

    @cached_property
    def loops(self) -> list[list[int]]:
        """The strongly connected parts that can be gone round, in the order in which they are reached (Tarjan)."""
        index: dict[int, int] = {0: 0}
        low: dict[int, int] = {0: 0}
        stack = [0]
        on = {0}
        parts: list[list[int]] = []
        todo: list[tuple[int, Iterator[int]]] = [(0, iter(sorted(self.targets[0])))]
        while todo:
            place, following = todo[-1]
            for target in following:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on.add(target)
                    todo.append((target, iter(sorted(self.targets[target]))))
                    break
                if target in on:
                    low[place] = min(low[place], index[target])
            else:
                todo.pop()
                if todo:
                    low[todo[-1][0]] = min(low[todo[-1][0]], low[place])
                if low[place] == index[place]:
                    part: list[int] = []
                    while not part or part[-1] != place:
                        part.append(stack.pop())
                        on.discard(part[-1])
                    if len(part) > 1 or place in self.targets[place]:
                        parts.append(sorted(part))
        return parts[::-1]

    @cached_property
    def _reaches(self) -> dict[int, set[int]]:
        return {}

    def reach(self, place: int) -> set[int]:
        if place not in self._reaches:
            seen: set[int] = set()
            todo = [place]
            while todo:
                fresh = self.targets[todo.pop()] - seen
                seen |= fresh
                todo += fresh
            self._reaches[place] = seen
        return self._reaches[place]

    def path(self, source: int, target: int) -> list[int]:
        if source == target:
            return []
        came: dict[int, tuple[int, int]] = {}
        todo = deque([source])
        while todo:
            place = todo.popleft()
            for sign, ways in self.next[place].items():
                for following in ways:
                    if following not in came and following != source:
                        came[following] = (place, sign)
                        todo.append(following)
        signs: list[int] = []
        while target != source:
            target, sign = came[target]
            signs.append(sign)
        return signs[::-1]

    @cached_property
    def _safe(self) -> dict[int, bool]:
        return {}

    def can_fail(self, place: int) -> bool:
        """Tell whether something can follow that makes a search fail that got here; inside a look ahead it may always."""
        if place not in self._safe:
            self._safe[place] = not self.aside[place] and self._never_fails(place)
        return not self._safe[place]

    def _never_fails(self, place: int) -> bool:
        start = frozenset([place])
        seen = {start}
        todo = [start]
        while todo:
            places = todo.pop()
            accepts = sum_of(self.accepts[item] for item in places)
            if not accepts >> self.signs & 1:
                return False
            for sign in range(self.signs):
                if accepts >> sign & 1:
                    continue
                following = frozenset(
                    target
                    for item in places
                    for target, edge in self.next[item].get(sign, {}).items()
                    if edge.sure
                )
                if not following or len(seen) > _SUBSETS:
                    return False
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        return True

    def endless(self, part: list[int]) -> bool:
        """Tell whether a loop may be gone round without end, and not only as often as a number allows."""
        inside = set(part)
        return any(
            edge.again == _ENDLESS
            for place in part
            for ways in self.next[place].values()
            for target, edge in ways.items()
            if target in inside
        )

    def doubled(self, part: list[int]) -> tuple[int, list[int]] | None:
        """Return a place and a text that leads back to it in two ways, none of which is sure to end well."""
        inside = {place for place in part if self.can_fail(place)}

        def ends(place: int, sign: int) -> bool:
            return bool(self.accepts[place] >> sign & 1) and not self.aside[place]

        came: dict[tuple[int, int], tuple[tuple[int, int], int]] = {}
        todo: deque[tuple[int, int]] = deque()
        for place in sorted(inside):
            for sign, ways in self.next[place].items():
                if ends(place, sign):
                    continue
                here = [target for target in ways if target in inside]
                for target in here:
                    if ways[target].ways > 1:
                        return place, [sign, *self.path(target, place)]
                for one in here:
                    for other in here:
                        if one != other and (one, other) not in came:
                            came[one, other] = ((place, place), sign)
                            todo.append((one, other))
        while todo:
            pair = todo.popleft()
            one, other = pair
            for sign in self.next[one].keys() & self.next[other].keys():
                if ends(one, sign) or ends(other, sign):
                    continue
                for left in self.next[one][sign]:
                    for right in self.next[other][sign]:
                        if left not in inside or right not in inside:
                            continue
                        if left == right:
                            signs = [sign]
                            while pair[0] != pair[1]:
                                pair, read = came[pair]
                                signs.append(read)
                            return pair[0], [*signs[::-1], *self.path(left, pair[0])]
                        if (left, right) not in came:
                            came[left, right] = (pair, sign)
                            todo.append((left, right))
        return None

    def shared(self, one: list[int], other: list[int], *, strict: bool) -> tuple[int, list[int]] | None:
        """Return a place p of the first loop and a text w with p –w→ p, p –w→ q, q –w→ q for a q of the second.

        On its way round, the second loop never comes to a place from where the search is sure to end well: there it would
        end, and what it has read wouldn't be read again. When strict, both loops are gone round without end.
        """
        if strict and not (self.endless(one) and self.endless(other)):
            return None
        first, last = set(one), {place for place in other if self.can_fail(place)}
        for p in one:
            for q in sorted(last & self.reach(p)):
                word = self._triple(p, q, first, last, strict=strict)
                if word is not None:
                    return p, word
        return None

    def _triple(self, p: int, q: int, first: set[int], last: set[int], *, strict: bool) -> list[int] | None:
        """Search for a word p –w→ p, p –w→ q, q –w→ q on which a search that stands in q isn't sure to end well.

        `beside` are all places to which the search would come from q by falling back: the word is none where one of them ends.
        """
        if not self._together(p, q, first, last):
            return None
        start = (p, p, q, frozenset([q]), not strict, not strict)
        came: dict[_Three, tuple[_Three, int]] = {}
        todo: deque[_Three] = deque([start])
        while todo:
            here = todo.popleft()
            x, y, z, beside, round_first, round_last = here
            for sign in self.next[x].keys() & self.next[y].keys() & self.next[z].keys():
                firsts = [(a, edge.again) for a, edge in self.next[x][sign].items() if a in first]
                lasts = [(c, edge.again) for c, edge in self.next[z][sign].items() if c in last]
                after = self._beside(beside, sign) if firsts and lasts else None
                if after is None:
                    continue
                for b in self.next[y][sign]:
                    if b != q and q not in self.reach(b):
                        continue
                    for a, again in firsts:
                        for c, also in lasts:
                            rounds = (round_first or again == _ENDLESS, round_last or also == _ENDLESS)
                            place = (a, b, c, after | {c}, *rounds)
                            if place in came:
                                continue
                            came[place] = (here, sign)
                            if (place[:3] == (p, q, q) and all(rounds)) or len(came) > _WORDS:
                                signs = [sign]
                                at = here
                                while at != start:
                                    at, read = came[at]
                                    signs.append(read)
                                if len(came) > _WORDS or self._goes_on(after | {c}, signs[::-1]):
                                    return signs[::-1]
                            todo.append(place)
        return None

    def _together(self, p: int, q: int, first: set[int], last: set[int]) -> bool:
        """Tell whether both loops can read one text and be back."""
        seen = {(p, q)}
        todo = [(p, q)]
        while todo:
            x, z = todo.pop()
            for sign in self.next[x].keys() & self.next[z].keys():
                for a in self.next[x][sign]:
                    for c in self.next[z][sign]:
                        if (a, c) == (p, q):
                            return True
                        if a in first and c in last and (a, c) not in seen:
                            seen.add((a, c))
                            todo.append((a, c))
        return False

    def _beside(self, places: frozenset[int], sign: int) -> frozenset[int] | None:
        """Return where a search gets from any of these places for certain by a sign; None where one of them ends well."""
        if any(self.accepts[place] >> sign & 1 and not self.aside[place] for place in places):
            return None
        following = frozenset(
            target
            for place in places
            for target, edge in self.next[place].get(sign, {}).items()
            if edge.sure and not self.aside[target]
        )
        return None if any(not self.can_fail(place) for place in following) else following

    def _goes_on(self, places: frozenset[int], word: list[int]) -> bool:
        """Tell whether a word can be read again and again without any of these places ending."""
        seen: set[frozenset[int]] = set()
        while places not in seen:
            seen.add(places)
            for sign in word:
                following = self._beside(places, sign)
                if following is None:
                    return False
                places = following
        return True

    def longest(self, steps: dict[tuple[int, int], Any]) -> tuple[int, tuple[int, int]]:
        """Return how many sharing pairs follow one another at most, and the last of them."""
        best = dict.fromkeys(sorted(steps), 1)
        for pair in best:
            for before in best:
                joined = before[1] == pair[0] or self.loops[pair[0]][0] in self.reach(
                    self.loops[before[1]][0]
                )
                if before != pair and joined and before[1] <= pair[0]:
                    best[pair] = max(best[pair], best[before] + 1)
        if not best:
            return 0, (0, 0)
        chain = max(best, key=lambda pair: (best[pair], pair))
        return best[chain], chain


def sum_of(masks: Iterable[int]) -> int:
    """Return what any of the sets holds."""
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


# --- single signs of a parsed pattern ---------------------------------------------------------------------------------

_SINGLE = (C.LITERAL, C.NOT_LITERAL, C.ANY, C.IN)
_WORD = (C.IN, ((C.CATEGORY, C.CATEGORY_WORD),), 0)


def _atom(op: Any, value: Any, flags: int) -> tuple[Any, Any, int]:
    kept = flags & (re.IGNORECASE | re.DOTALL | re.ASCII)
    return (op, tuple(value) if op is C.IN else value, kept)


def _groups(items: Any, flags: int) -> Iterator[tuple[int, Any, int]]:
    for op, value in items:
        if op is C.SUBPATTERN:
            mine = (flags | value[1]) & ~value[2]
            if value[0] is not None:
                yield value[0], value[3], mine
            yield from _groups(value[3], mine)
        else:
            for sub in _below(op, value):
                yield from _groups(sub, flags)


def _below(op: Any, value: Any) -> list[Any]:
    if op is C.BRANCH:
        return list(value[1])
    if op in (C.MAX_REPEAT, C.MIN_REPEAT, C.POSSESSIVE_REPEAT):
        return [value[2]]
    if op in (C.ASSERT, C.ASSERT_NOT):
        return [value[1]]
    if op is C.ATOMIC_GROUP:
        return [value]
    if op is C.GROUPREF_EXISTS:
        return [value[1], *([value[2]] if value[2] else [])]
    return []


def _atoms(items: Any, flags: int) -> Iterator[tuple[Any, Any, int]]:
    for op, value in items:
        if op in _SINGLE:
            yield _atom(op, value, flags)
        elif op is C.SUBPATTERN:
            yield from _atoms(value[3], (flags | value[1]) & ~value[2])
        else:
            for sub in _below(op, value):
                yield from _atoms(sub, flags)


def _edges(op: Any, value: Any) -> Iterator[str]:
    codes: list[int] = []
    if op in (C.LITERAL, C.NOT_LITERAL):
        codes.append(value)
    elif op is C.IN:
        for kind, item in value:
            if kind is C.LITERAL:
                codes.append(item)
            elif kind is C.RANGE:
                codes += [item[0] - 1, *range(item[0], min(item[1], item[0] + 40) + 1), item[1], item[1] + 1]
    for code in codes:
        if 0 <= code <= 0x10FFFF:
            sign = chr(code)
            yield sign
            for other in (sign.lower(), sign.upper()):
                if len(other) == 1:
                    yield other


def _holds(atom: tuple[Any, Any, int], sign: str, is_bytes: bool) -> bool:
    op, value, flags = atom
    if op is C.ANY:
        return bool(flags & re.DOTALL) or sign != "\n"
    signs = {sign, sign.lower(), sign.upper()} if flags & re.IGNORECASE else {sign}
    codes = {ord(item) for item in signs if len(item) == 1}
    if op is C.LITERAL:
        return value in codes
    if op is C.NOT_LITERAL:
        return value not in codes
    negated = value[0][0] is C.NEGATE
    plain = is_bytes or bool(flags & re.ASCII)
    held = any(_in(kind, item, codes, sign, plain) for kind, item in value[negated:])
    return held != negated


def _in(kind: Any, item: Any, codes: set[int], sign: str, plain: bool) -> bool:
    if kind is C.LITERAL:
        return item in codes
    if kind is C.RANGE:
        return any(item[0] <= code <= item[1] for code in codes)
    if kind is C.CATEGORY:
        return re.match(_CATEGORIES[item], sign, re.ASCII if plain else 0) is not None
    raise NotImplementedError(str(kind))


_CATEGORIES = {
    C.CATEGORY_DIGIT: r"\d",
    C.CATEGORY_NOT_DIGIT: r"\D",
    C.CATEGORY_SPACE: r"\s",
    C.CATEGORY_NOT_SPACE: r"\S",
    C.CATEGORY_WORD: r"\w",
    C.CATEGORY_NOT_WORD: r"\W",
}
