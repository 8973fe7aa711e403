"""Random towns, two hundred in a long run: nothing secret is recoverable from their tables, judged by a checker of its own."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from generator.disclosure.counted_measures import numerator_key
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.lattice import CROSS, parts
from generator.disclosure.protect.raw_measure import protect
from generator.disclosure.table_audit import audit
from tests.chance import cases, long, whole
from tests.disclosure.worlds import World, random_world

pytestmark = whole

WORLDS = 200
STEP = 25
FEW = 5
"""Of each step; a long run tries all."""


def members(world: World) -> dict[Key, frozenset[Key]]:
    """Say of each cell which finest cells it is made of, by walking the town and not by the sums under test."""
    item = world.indicators["hilfen"]
    found: dict[Key, frozenset[Key]] = {}
    pieces: dict[str, list[str]] = defaultdict(list)
    for first, second in world.pairs:
        pieces[first].append(f"{first}{CROSS}{second}")
        pieces[second].append(f"{first}{CROSS}{second}")

    def ground(space: str) -> list[str]:
        if space in pieces:
            return pieces[space]
        return [leaf for part in parts(world.spaces, space) for leaf in ground(part)] or [space]

    divided = [value.id for value in item.breakdowns[0].values] if item.breakdowns else []
    for space, period, values in world.totals["hilfen"]:
        if CROSS in space:
            continue
        kinds = [(value,) for value in divided] if divided and not any(values) else [values]
        key = numerator_key(world.indicators, item, (space, period, values))
        found[key] = frozenset(
            numerator_key(world.indicators, item, (leaf, period, kind))
            for leaf in ground(space)
            for kind in kinds
        )
    return found


def values_left(
    made: dict[Key, frozenset[Key]], shown: dict[Key, int | None], threshold: int, asked: Key
) -> float:
    """Return the greatest less the least that a cell can be, by a programme of its own; a withheld count may be anything."""
    leaves = {leaf: place for place, leaf in enumerate(sorted(frozenset().union(*made.values())))}
    rows = np.zeros((len(made), len(leaves)))
    for number, key in enumerate(made):
        rows[number, [leaves[leaf] for leaf in made[key]]] = 1
    low = [0 if not shown[key] else max(threshold, (shown[key] or 0) - 2) for key in made]
    high = [np.inf if shown[key] is None else shown[key] and (shown[key] or 0) + 2 for key in made]
    target = rows[list(made).index(asked)]
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * target,
            constraints=LinearConstraint(rows, low, high),
            integrality=np.ones(len(leaves)),
            bounds=Bounds(0, 10_000),
        )
        assert found.success
        ends.append(sign * found.fun)
    return float(ends[1] - ends[0])


@long
@pytest.mark.parametrize("start", range(0, WORLDS, STEP))
def test_no_secret_cell_of_a_random_town_is_recoverable(start: int) -> None:
    hidden = 0
    for seed in range(start, start + cases(FEW, STEP)):
        world = random_world(seed)
        result = protect(world.private())
        assert not [one for one in result.withheld if one.falls], seed
        assert audit(world.published(result)) == [], seed
        made = members(world)
        item = world.indicators["hilfen"]
        threshold = int(item.disclosure.threshold or 0)
        values = {
            numerator_key(world.indicators, item, cell): int(total.numerator or 0)
            for cell, total in world.totals["hilfen"].items()
        }
        for key in made:
            count = result.shown[key]
            assert count is None or (abs(count - values[key]) <= 2 and not 0 < values[key] < threshold), seed
        # One period at a time: they share no count.
        for period in ("2024", "2025"):
            there = {key: leaves for key, leaves in made.items() if key[2] == period}
            shown = {key: result.shown[key] for key in there}
            for key in (key for key, count in shown.items() if count is None and values[key]):
                assert values_left(there, shown, threshold, key) >= 2, (seed, key)
                hidden += 1
    assert hidden > cases(FEW, 50)
