"""Random towns, two hundred in a long run: nothing secret is recoverable from their tables, judged by a checker of its own."""

from __future__ import annotations

from collections import defaultdict

import pytest

from generator.disclosure.counted_measures import numerator_key
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.lattice import CROSS, parts
from generator.disclosure.protect.protected_counts import protect
from generator.disclosure.table_audit import audit
from tests.chance import cases, long, whole
from tests.disclosure.test_engine_properties import bounds_by_own_programme
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


@long
@pytest.mark.parametrize("start", range(0, WORLDS, STEP))
def test_no_secret_cell_of_a_random_town_is_recoverable(start: int) -> None:
    hidden = 0
    for seed in range(start, start + cases(FEW, STEP)):
        world = random_world(seed)
        result = protect(world.private())
        assert audit(world.published(result)) == [], seed
        made = members(world)
        values = {
            numerator_key(world.indicators, world.indicators["hilfen"], cell): int(total.numerator or 0)
            for cell, total in world.totals["hilfen"].items()
        }
        shown = {key: count for key, count in result.shown.items() if key in made and count is not None}
        assert all(values[key] == count for key, count in shown.items())
        small = {
            key for key in made if 0 < values[key] < int(world.indicators["hilfen"].disclosure.threshold or 0)
        }
        assert not small & shown.keys(), seed
        # One period at a time: they share no count.
        for period in ("2024", "2025"):
            there = {key: leaves for key, leaves in made.items() if key[2] == period}
            known = {key: count for key, count in shown.items() if key in there}
            for key in there.keys() - shown.keys():
                low, high = bounds_by_own_programme(there, known, key)
                assert low < high, (seed, key)
                hidden += 1
    assert hidden > cases(FEW, 50)
