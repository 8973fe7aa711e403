"""The whole of what the engine says of small tables, compared with what comes out when every table that fits is written down."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.disclosure.engine.attack import FeasibilityInterval
from generator.disclosure.engine.board import BoardCell, Guard
from generator.disclosure.engine.linear_system import Key, Statement, Sum, build_table
from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
)
from generator.disclosure.engine.suppression import Limits, Role, SuppressionPattern, review, suppress
from tests.disclosure.statements import exposed, is_protected

Tables = NDArray[np.int64]
Span = tuple[float, float]
INF = float("inf")
Unmet = dict[Key, set[Key]]
"""Of whom somebody learns too much, with the cells whose contributors do."""


@dataclass
class ByForce:
    """A small table with everything that is known of it; `every` holds all counts of all cells that add up to the same whole.

    `wrong` are statements that don't fit the raw counts; `suspects` are taken for somebody's own cell.
    """

    values: dict[Key, int]
    sums: list[Sum]
    cells: dict[Key, BoardCell]
    primaries: dict[Key, Primary]
    threshold: int
    floor: int
    own_cases: int
    width: float
    statements: list[Statement] = field(default_factory=list)
    wrong: list[Statement] = field(default_factory=list)
    bounds: dict[Key, Span] = field(default_factory=dict)
    suspects: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        self.keys = sorted(self.values)
        self.cases = range(1, self.own_cases + 1)
        self.at = {key: place for place, key in enumerate(self.keys)}
        totals = {relation.total for relation in self.sums}
        leaves = [key for key in self.keys if key not in totals]
        counts = np.array(list(compositions(self.values["t",], len(leaves))))
        every = {leaf: counts[:, place] for place, leaf in enumerate(leaves)}
        while len(every) < len(self.keys):
            for relation in self.sums:
                if all(part in every for part in relation.parts):
                    every[relation.total] = np.sum([every[part] for part in relation.parts], axis=0)
        self.every: Tables = np.stack([every[key] for key in self.keys], axis=1)
        single = [relation for relation in self.sums if len(relation.parts) == 1]
        inside = {(relation.total, part) for relation in self.sums for part in relation.parts}
        inside |= {(relation.parts[0], relation.total) for relation in single}
        for _ in self.keys:
            inside |= {(first, last) for first, one in inside for other, last in inside if one == other}
        self.kin = {(first, last) for first, last in inside if first != last}

    # --- who knows what

    def left(self, withheld: Collection[Key], ranges: Mapping[Key, Span] | None = None) -> Tables:
        """All tables that fit what is published, and what somebody knows beyond."""
        fits = np.ones(len(self.every), dtype=np.bool_)
        for key in self.keys:
            column = self.every[:, self.at[key]]
            if key not in withheld:
                fits &= column == self.values[key]
            else:
                for low, high in (self.common(key), (ranges or {}).get(key, (0, INF))):
                    fits &= (column >= low) & (column <= high)
        for one in self.statements:
            said = np.sum([part * self.every[:, self.at[key]] for key, part in one.terms], axis=0)
            fits &= (said >= one.low - 1e-9) & (said <= one.high + 1e-9)
        return self.every[fits]

    def common(self, key: Key) -> Span:
        """What everybody knows of a cell; a bound that the raw count breaks is moved there."""
        low, high = self.bounds.get(key, (0, INF))
        return min(low, self.values[key]), max(high, self.values[key])

    def interval(self, tables: Tables, key: Key) -> Span:
        column = tables[:, self.at[key]]
        return float(column.min()), float(column.max())

    def blocks(self, withheld: Collection[Key]) -> list[set[Key]]:
        """Withheld cells that something published ties together."""
        ties = [{relation.total, *relation.parts} for relation in self.sums]
        ties += [{key for key, _ in one.terms} for one in [*self.statements, *self.wrong]]
        found = [{key} for key in withheld]
        for tie in ties:
            touched = [block for block in found if block & tie]
            found = [block for block in found if not block & tie]
            found += [set().union(*touched)] if touched else []
        return found

    def guessed(self, withheld: Collection[Key]) -> dict[Key, Span]:
        """What somebody knows who guesses why each cell is withheld."""
        ranges: dict[Key, Span] = {}
        for key in withheld:
            value = self.values[key]
            if key in self.primaries:
                one = self.primaries[key]
                ranges[key] = (min(one.rule_low, value), max(one.rule_high, value))
            elif self.floor and not self.cells[key].hidden:
                ranges[key] = (min(self.floor, value), INF) if value else (0, 0)
        return ranges

    def betrayed(self, withheld: Collection[Key], sure: bool = False) -> bool:
        """Whether a pattern may tell of small counts that they are nobody's own, so that one has a single value left.

        sure: it does tell, because more could be withheld that would guard them.
        """
        most = {*withheld, *(key for key in self.keys if not self.cells[key].fixed)}
        ranges = self.guessed(withheld)
        for key in withheld:
            if not self.small(key) or not self.cells[key].named or self.alike(key):
                continue
            unlike = {
                case
                for case in self.cases
                if not sure or {*self.unmet(withheld, key, case)} - {*self.unmet(most, key, case)}
            }
            low, high = ranges[key]
            while low in unlike and low < self.values[key]:
                low += 1
            ranges[key] = (low, high)
        tables = self.left(withheld, ranges)
        small = filter(self.small, withheld)
        return any(np.ptp(tables[:, self.at[key]]) < self.asked_width(key) for key in small)

    def asked(self, key: Key) -> Span:
        one, value, (low, high) = self.primaries[key], self.values[key], self.common(key)
        return min(value, max(low, one.low)), max(value, min(high, one.high))

    def asked_width(self, key: Key) -> float:
        if self.floor:
            return min(self.width, self.floor - 2)
        one, value, (low, high) = self.primaries[key], self.values[key], self.common(key)
        known = min(high, max(one.rule_high, value)) - max(low, min(one.rule_low, value))
        return min(self.width, one.high - one.low, known)

    def small(self, key: Key) -> bool:
        return key in self.primaries and self.primaries[key].reason in (Reason.THRESHOLD, Reason.ZERO)

    def alike(self, key: Key) -> bool:
        """Whether a cell is guarded as if any count that somebody knows were its own."""
        return key in self.suspects or (self.small(key) and 0 < self.floor < self.own_cases + 3)

    def own(self, key: Key) -> Collection[int]:
        """The counts that whoever is counted in a cell may know of it."""
        if not self.cells[key].named:
            return ()
        return self.cases if self.alike(key) else {self.values[key]}.intersection(self.cases)

    def unmet(self, withheld: Collection[Key], key: Key, count: int) -> Iterator[Key]:
        """Of whom it is learned too much by whoever knows that a cell is so many."""
        block = next(block for block in self.blocks(withheld) if key in block)
        tables = self.left(withheld, {key: (count, count)})
        for other in sorted(block - {key}) if len(tables) else ():
            if not (self.cells[other].named or other in self.primaries):
                continue
            low, high = self.interval(tables, other)
            related = (key, other) in self.kin or (other, key) in self.kin
            if low == high and not (related and low == count):
                yield other
            if other in self.primaries and (self.small(other) or count == self.values[key]):
                least, most = self.asked(other)
                if (key, other) in self.kin:
                    least, most = min(least, count), min(most, count)
                if (other, key) in self.kin:
                    least, most = max(least, count), max(most, count)
                if low > least or high < most:
                    yield other

    def told(self, withheld: Collection[Key]) -> Unmet:
        found: Unmet = {}
        for key in withheld:
            for count in self.own(key):
                for other in self.unmet(withheld, key, count):
                    found.setdefault(other, set()).add(key)
        return found

    # --- patterns

    def withstands(self, withheld: Collection[Key]) -> bool:
        """Whether a pattern keeps everything from everybody whom the search guards against."""
        blind = self.left(withheld)
        for key in self.primaries:
            low, high = self.interval(blind, key)
            if low > self.asked(key)[0] or high < self.asked(key)[1]:
                return False
        aware = self.left(withheld, self.guessed(withheld))
        if any(np.ptp(aware[:, self.at[key]]) < self.asked_width(key) for key in self.primaries):
            return False
        return not self.told(withheld)

    def must(self) -> set[Key]:
        return {key for key in self.keys if key in self.primaries or self.cells[key].hidden}

    def price(self, key: Key) -> float:
        cell = self.cells[key]
        return max(1.0, cell.value if cell.cost is None else cell.cost)

    def patterns(self) -> list[tuple[float, set[Key]]]:
        """Every pattern with its price, the cheapest first."""
        must = self.must()
        may = [key for key in self.keys if key not in must and not self.cells[key].fixed]
        sets = chain.from_iterable(combinations(may, size) for size in range(len(may) + 1))
        priced = [(sum(self.price(key) for key in more), {*must, *more}) for more in sets]
        return sorted(priced, key=lambda item: (item[0], sorted(item[1])))

    def guard(self, suspects: Collection[Key] = ()) -> Guard:
        return Guard(self.width, self.floor, self.own_cases, frozenset(suspects))

    def reviewed(self, withheld: Collection[Key]) -> SuppressionPattern:
        table = build_table(self.values, self.sums, [*self.statements, *self.wrong], self.bounds)
        return review(
            table, list(self.cells.values()), self.primaries.values(), sorted(withheld), self.guard()
        )

    def suppressed(self, limits: Limits | None = None) -> SuppressionPattern:
        table = build_table(self.values, self.sums, [*self.statements, *self.wrong], self.bounds)
        return suppress(
            table,
            list(self.cells.values()),
            self.primaries.values(),
            self.guard(self.suspects),
            limits,
        )


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a number as a sum of so many."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def key_of(name: str) -> Key:
    return (name,)


SHAPES = {
    "row": ("abcd=t",),
    "square": ("ab=p", "cd=q", "ac=u", "bd=v", "pq=t"),
    "tree": ("ab=p", "cd=q", "pq=t"),
    "only child": ("a=p", "bc=q", "pq=t"),
    "apart": ("ab=p", "cd=q", "pq=t"),
}


def world(shape: str, seed: int) -> ByForce:
    """A small table: some cells are never shown, always shown, named by no page; some are dearer than others.

    What is apart has nothing to do with each other, because both halves are always shown.
    """
    rng = random.Random(f"{shape} {seed}")
    sums = [Sum(key_of(one[-1]), tuple(key_of(part) for part in one[:-2])) for one in SHAPES[shape]]
    leaves = sorted({letter for one in SHAPES[shape] for letter in one if letter in "abcd"})
    threshold = rng.choice((3, 4, 5))
    values: dict[Key, int] = {("a",): 99}
    while sum(values.values()) > 14:
        values = {key_of(leaf): rng.choice((0, 1, 1, 2, 3, 4, 5, 7)) for leaf in leaves}
    while len(values) < len({letter for one in SHAPES[shape] for letter in one} - {"="}):
        for one in sums:
            if all(part in values for part in one.parts):
                values[one.total] = sum(values[part] for part in one.parts)
    shown = {("p",), ("q",), ("t",)} if shape == "apart" else {("t",)}
    rule = SensitivityRule(threshold, zeros=rng.random() < 0.2, minimum_population=10)
    seen = [
        Observation(key, value, population=9 if rng.random() < 0.1 else None) for key, value in values.items()
    ]
    found = [find_primary(one, rule) for one in seen if one.key not in shown]
    primaries = {one.key: one for one in found if one is not None and rng.random() < 0.9}
    cells = {
        key: BoardCell(
            key,
            value,
            rng.choice((None, None, 1, 2, 30)),
            hidden=key not in shown and rng.random() < 0.1,
            fixed=key in shown or rng.random() < 0.1,
            named=rng.random() < 0.8,
        )
        for key, value in values.items()
    }
    statements, wrong = [], []
    if rng.random() < 0.5:
        first, second = rng.sample(sorted(values), 2)
        terms = rng.choice((((first, 2.0),), ((first, 1.0), (second, -1.0)), ((first, 1.0), (second, 2.0))))
        said = sum(part * values[key] for key, part in terms)
        statements.append(Statement(terms, said - rng.randint(0, 2), said + rng.randint(0, 3), "said"))
        if rng.random() < 0.3:
            wrong.append(Statement(((first, 1.0),), values[first] + 1, values[first] + 2, "wrong"))
    bounds = {key: (rng.choice((0, 0, 1)), max(values[key] + rng.randint(-1, 3), 2)) for key in rng.sample(sorted(values), 2) if key != ("t",) and rng.random() < 0.5}  # fmt: skip
    return ByForce(
        values, sums, cells, primaries, threshold, rng.choice((0, threshold)), rng.choice((0, 1, 1, 2)), rng.choice((1.0, 1.0, 2.0)), statements, wrong, bounds
    )  # fmt: skip


def ends(interval: FeasibilityInterval) -> Span:
    assert interval.exact
    return interval.low, interval.high


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(5))
def test_what_everybody_makes_of_a_pattern(shape: str, seed: int) -> None:
    one = world(shape, seed)
    rng = random.Random(seed)
    for _ in range(2):
        withheld = one.must() | {key for key in one.keys if key != ("t",) and rng.random() < 0.4}
        seen = one.reviewed(withheld)
        assert set(seen.secret) == withheld
        assert set(seen.published) == set(one.keys) - withheld
        blind = one.left(withheld)
        aware = one.left(withheld, one.guessed(withheld))
        told = one.told(withheld)
        open_to_some = []
        for key in one.keys:
            outcome = seen.outcomes[key]
            assert outcome.key == key
            if key not in withheld:
                value = one.values[key]
                assert (outcome.role, ends(outcome.interval)) == (Role.PUBLIC, (value, value))
                assert (outcome.guessed, outcome.asked, outcome.reason) == (outcome.interval, None, None)
                assert (is_protected(outcome), outcome.guessable, outcome.told_by) == (True, False, ())
                continue
            primary = one.primaries.get(key)
            role = Role.HIDDEN if one.cells[key].hidden else Role.SECONDARY
            assert outcome.role is (role if primary is None else Role.PRIMARY)
            assert outcome.reason is (None if primary is None else primary.reason)
            low, high = one.interval(blind, key)
            assert ends(outcome.interval) == (low, high)
            assert ends(outcome.guessed) == one.interval(aware, key)
            assert outcome.told_by == tuple(sorted(told.get(key, ())))
            fine = not outcome.told_by
            if primary is not None:
                least, most = one.asked(key)
                assert outcome.asked == (least, most)
                assert outcome.guessable == (np.ptp(one.interval(aware, key)) < one.asked_width(key))
                fine &= low <= least and most <= high and not outcome.guessable
            else:
                assert (outcome.asked, outcome.guessable) == (None, False)
            assert is_protected(outcome) == fine
            open_to_some += [] if fine else [key]
        assert (exposed(seen), seen.exact) == (tuple(open_to_some), False)
        assert seen.contradictions == tuple(statement.source for statement in one.wrong)
        assert seen.cost == sum(one.price(key) for key in withheld - one.must())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(100, 103))
def test_the_cheapest_pattern_that_withstands_everybody_is_found(shape: str, seed: int) -> None:
    one = world(shape, seed)
    found = one.suppressed()
    withheld = set(found.secret)
    assert found.exact
    again = one.reviewed(withheld)
    assert exposed(found) == exposed(again)
    assert found.outcomes == again.outcomes
    assert found.cost == sum(one.price(key) for key in withheld - one.must())
    best = next(((price, pattern) for price, pattern in one.patterns() if one.withstands(pattern)), None)
    assert (best is not None) == one.withstands(withheld)
    if best is not None:
        cheapest = [
            pattern for price, pattern in one.patterns() if price == best[0] and one.withstands(pattern)
        ]
        assert not one.betrayed(withheld, sure=True)
        assert found.cost == best[0] or any(one.betrayed(pattern) for pattern in cheapest)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(200, 201))
def test_a_pattern_without_proof_withstands_everybody_and_holds_nothing_in_vain(
    shape: str, seed: int
) -> None:
    one = world(shape, seed)
    best, found = one.suppressed(), one.suppressed(Limits(exact_cells=0, free_rounds=seed % 3))
    withheld, must = set(found.secret), one.must()
    assert found.exact == (withheld == must)
    assert one.withstands(withheld) == one.withstands(set(best.secret))
    if one.withstands(withheld):
        assert best.cost <= found.cost
        assert not [key for key in withheld - must if one.withstands(withheld - {key})]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(300, 301))
def test_what_is_taken_for_somebody_s_own_is_guarded_like_it(shape: str, seed: int) -> None:
    one = replace(world(shape, seed), floor=5, own_cases=1)
    one.suspects = frozenset(random.Random(seed).sample(sorted(one.must() or one.keys), 1))
    found = one.suppressed()
    best = next(((price, pattern) for price, pattern in one.patterns() if one.withstands(pattern)), None)
    if best is not None:
        assert one.withstands(set(found.secret))
        assert found.cost == best[0] or one.betrayed(best[1])
