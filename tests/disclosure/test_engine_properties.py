"""Nothing secret is recoverable on random worlds, judged by a checker that shares no line with the attack it checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from generator.disclosure.engine.attack import attack
from generator.disclosure.engine.board import BoardCell
from generator.disclosure.engine.linear_system import Key, Sum, build_table
from generator.disclosure.engine.sensitivity import Observation, SensitivityRule, find_primary
from generator.disclosure.engine.suppression import Limits, Role, suppress
from tests.chance import every
from tests.disclosure.statements import exposed

Members = dict[Key, frozenset[Key]]
"""Which finest cells a cell is the sum of."""


@dataclass(frozen=True)
class World:
    """Random areas in a random hierarchy, a second geography across it, groups with a total."""

    members: Members
    sums: list[Sum]
    values: dict[Key, int]


@st.composite
def worlds(
    draw: st.DrawFn, areas_at_most: int = 7, groups_at_most: int = 3, count_at_most: int = 14
) -> World:
    areas = [f"a{number}" for number in range(draw(st.integers(2, areas_at_most)))]
    groups = [f"g{number}" for number in range(draw(st.integers(1, groups_at_most)))]
    inside: dict[str, list[str]] = {}
    level, above = areas, 0
    while len(level) > 1:
        above += 1
        size = draw(st.integers(2, len(level)))
        parents = [f"l{above}n{start}" for start in range(0, len(level), size)]
        for number, child in enumerate(level):
            inside.setdefault(parents[number // size], []).append(child)
        level = parents
    if draw(st.booleans()):
        first = draw(st.integers(0, len(areas) - 2))
        inside["school"] = areas[first : first + 2]
    spaces: dict[str, frozenset[str]] = {area: frozenset([area]) for area in areas}
    for parent, children in inside.items():
        spaces[parent] = frozenset().union(*(spaces[child] for child in children))
    members: Members = {
        (space, group): frozenset(itertools.product(leaves, groups if group == "all" else [group]))
        for space, leaves in spaces.items()
        for group in (*groups, "all")
    }
    leaf_values = {(area, group): draw(st.integers(0, count_at_most)) for area in areas for group in groups}
    values = {key: sum(leaf_values[leaf] for leaf in leaves) for key, leaves in members.items()}
    sums = [
        Sum((parent, group), tuple((child, group) for child in children))
        for parent, children in inside.items()
        for group in (*groups, "all")
    ]
    sums += [Sum((space, "all"), tuple((space, group) for group in groups)) for space in spaces]
    return World(members, sums, values)


def bounds_by_own_programme(members: Members, published: dict[Key, int], key: Key) -> tuple[float, float]:
    """Least and greatest value of a cell, from the finest cells and published numbers alone."""
    leaves = sorted(set().union(*members.values()))
    place = {leaf: number for number, leaf in enumerate(leaves)}
    rows = np.zeros((len(published), len(leaves)))
    for row, cell in enumerate(published):
        rows[row, [place[leaf] for leaf in members[cell]]] = 1
    goal = np.zeros(len(leaves))
    goal[[place[leaf] for leaf in members[key]]] = 1
    constraints: Any = ()
    if published:
        numbers = np.array(list(published.values()), dtype=float)
        constraints = LinearConstraint(rows, numbers, numbers)
    ends = []
    for sign in (1, -1):
        answer = milp(
            sign * goal,
            constraints=constraints,
            bounds=Bounds(0, 10_000),
            integrality=np.ones(len(leaves), dtype=int),
        )
        assert answer.status == 0
        ends.append(round(sign * answer.fun))
    return ends[0], ends[1]


def every_table(members: Members, published: dict[Key, int], most: int) -> Iterator[dict[Key, int]]:
    """Brute force: every assignment of the finest cells that agrees with what is published."""
    leaves = sorted(set().union(*members.values()))
    for counts in itertools.product(range(most + 1), repeat=len(leaves)):
        table = dict(zip(leaves, counts, strict=True))
        if all(sum(table[leaf] for leaf in members[cell]) == number for cell, number in published.items()):
            yield table


def protect(
    world: World, threshold: int, limits: Limits | None = None
) -> tuple[dict[Key, int], set[Key], set[Key]]:
    """Hands out what is published, what is secret and which cells are secret of themselves."""
    found = (
        find_primary(Observation(key, value), SensitivityRule(threshold))
        for key, value in world.values.items()
    )
    primaries = [primary for primary in found if primary is not None]
    protection = suppress(
        build_table(world.values, world.sums),
        [BoardCell(key, value) for key, value in world.values.items()],
        primaries,
        limits=limits,
    )
    assert not exposed(protection)
    assert not protection.contradictions
    secret = set(protection.secret)
    primary = {key for key in secret if protection.outcomes[key].role is Role.PRIMARY}
    assert primary == {key for key, value in world.values.items() if 0 < value < threshold}
    return {key: world.values[key] for key in protection.published}, secret, primary


@pytest.mark.parametrize("count", every((30, 60), {30}))
def test_no_secret_cell_is_recoverable(count: int) -> None:
    drawn = given(worlds(), st.sampled_from([3, 5, 10]), st.sampled_from([Limits(), Limits(exact_cells=0)]))
    settings(max_examples=count, derandomize=True)(drawn(keeps_its_secrets))()


def keeps_its_secrets(world: World, threshold: int, limits: Limits) -> None:
    published, secret, primary = protect(world, threshold, limits)
    for key in secret:
        low, high = bounds_by_own_programme(world.members, published, key)
        assert low < high, f"{key} is recovered"
        if key in primary:
            assert low <= 1
            assert high >= threshold - 1


@settings(max_examples=60, derandomize=True)
@given(worlds(), st.data())
def test_the_attack_finds_exactly_what_the_own_programme_finds(world: World, data: st.DataObject) -> None:
    secret = data.draw(st.sets(st.sampled_from(sorted(world.values)), min_size=1))
    published = {key: value for key, value in world.values.items() if key not in secret}
    found = attack(build_table(world.values, world.sums), published).intervals
    for key in secret:
        low, high = bounds_by_own_programme(world.members, published, key)
        assert found[key].exact
        assert found[key].low == low
        assert found[key].high == high or high >= 10_000


@settings(max_examples=30, derandomize=True)
@given(worlds(areas_at_most=3, groups_at_most=2, count_at_most=4), st.data())
def test_the_attack_agrees_with_brute_force(world: World, data: st.DataObject) -> None:
    whole = next(
        key for key, leaves in world.members.items() if len(leaves) == max(map(len, world.members.values()))
    )
    secret = data.draw(st.sets(st.sampled_from(sorted(world.values)), min_size=1)) - {whole}
    published = {key: value for key, value in world.values.items() if key not in secret}
    tables = list(every_table(world.members, published, min(6, published[whole])))
    found = attack(build_table(world.values, world.sums), published).intervals
    for key in secret:
        possible = {sum(table[leaf] for leaf in world.members[key]) for table in tables}
        assert found[key].low <= min(possible)
        assert found[key].high >= max(possible)
        if published[whole] <= 6:
            assert (found[key].low, found[key].high) == (min(possible), max(possible))


@settings(max_examples=20, derandomize=True)
@given(worlds(), st.data())
def test_who_changes_secrets_consistently_changes_no_interval(world: World, data: st.DataObject) -> None:
    published, secret, _ = protect(world, 5)
    if not secret:
        return
    leaves = sorted(set().union(*world.members.values()))
    place = {leaf: number for number, leaf in enumerate(leaves)}
    rows = np.zeros((len(published), len(leaves)))
    for row, cell in enumerate(published):
        rows[row, [place[leaf] for leaf in world.members[cell]]] = 1
    numbers = np.array(list(published.values()), dtype=float)
    weights = np.array([data.draw(st.integers(-3, 3)) for _ in leaves], dtype=float)
    constraints: Any = LinearConstraint(rows, numbers, numbers) if published else ()
    other = milp(
        weights, constraints=constraints, bounds=Bounds(0, 60), integrality=np.ones(len(leaves), dtype=int)
    )
    assert other.status == 0
    counts = dict(zip(leaves, np.rint(other.x).astype(int).tolist(), strict=True))
    changed = {key: sum(counts[leaf] for leaf in members) for key, members in world.members.items()}
    assert {key: changed[key] for key in published} == published
    table = build_table(world.values, world.sums)
    before = attack(table, published).intervals
    after = attack(table, {key: changed[key] for key in published}).intervals
    assert before == after
    assert all(before[key].low <= changed[key] <= before[key].high for key in secret)
