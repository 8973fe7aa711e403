"""Who is nearest: the same as by comparing all with all, wherever the points lie, and without looking at all of them."""

from __future__ import annotations

import numpy as np
import pytest

from generator.derive import lists_of_offers as module
from generator.derive.lists_of_offers import NEARBY, NearbyOffers
from generator.model.geometry import EARTH_RADIUS
from generator.pipeline.build import Project

DICE = np.random.default_rng(7)
SCATTERED = {
    "one": np.zeros((1, 2)),
    "two": np.array([[0.0, 0.0], [3.0, 4.0]]),
    "a town": DICE.uniform(0, 8_000, (300, 2)),
    "two villages and a farm": np.vstack(
        [DICE.normal(0, 50, (80, 2)), DICE.normal(30_000, 50, (80, 2)), [[900_000.0, 0.0]]]
    ),
    "a street": np.column_stack([np.arange(120.0) * 10, np.zeros(120)]),
    "a grid, with many equally near": np.array(
        [[a * 100.0, b * 100.0] for a in range(12) for b in range(12)]
    ),
}


def _nearby(metres: np.ndarray) -> NearbyOffers:
    """Return what is near points given in metres around the equator, all of one life situation; an offer is called after its number."""
    degrees = np.degrees(metres / EARTH_RADIUS) - (0, np.degrees(metres[:, 1].mean() / EARTH_RADIUS))
    return NearbyOffers(
        (f"{number:05}", (float(x), float(y)), ("alltag",)) for number, (x, y) in enumerate(degrees)
    )


@pytest.mark.parametrize("name", list(SCATTERED))
def test_it_is_what_comparing_all_with_all_finds(name: str) -> None:
    x, y = SCATTERED[name].T
    nearby = _nearby(SCATTERED[name])
    assert len(nearby) == len(x)
    for number, key in enumerate(nearby):
        metres = np.round(np.hypot(x - x[number], y - y[number]), -1)
        others = [f"{other:05}" for other in range(len(x)) if other != number]
        expected = sorted(zip(np.delete(metres, number).astype(int), others, strict=True))[:NEARBY]
        found = nearby[key]
        assert [distance for _, distance in found] == [distance for distance, _ in expected]
        assert all(metres[int(other)] == distance for other, distance in found)


def test_few_others_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city of dense quarters, villages around it and an island: at most some dozens for each point."""
    looked_at = [0]
    distance = module.shapely.distance

    def counted(here: object, others: np.ndarray) -> np.ndarray:
        looked_at[0] += len(others)
        return distance(here, others)

    monkeypatch.setattr(module.shapely, "distance", counted)
    quarters = [DICE.normal(centre, 120, (400, 2)) for centre in DICE.uniform(0, 6_000, (10, 2))]
    points = np.vstack([*quarters, DICE.uniform(-30_000, 30_000, (400, 2)), [[250_000.0, 0.0]]])
    assert all(len(found) == NEARBY for found in _nearby(points).values())
    assert looked_at[0] < 4401 * 100


def test_neighbours_share_a_life_situation_and_lie_nearest(demo: Project) -> None:
    facts = demo.facts
    assert facts is not None
    assert len(facts.nearby) > 50
    for key, near in facts.nearby.items():
        metres = [distance for _, distance in near]
        assert metres == sorted(metres)
        for other, _ in near:
            assert other != key
            assert set(facts.offers[key].situations) & set(facts.offers[other].situations)
            assert not facts.offers[other].sensitive
    assert not {key for key, one in facts.offers.items() if one.sensitive or not one.active} & set(
        facts.nearby
    )
