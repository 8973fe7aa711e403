"""Who is nearest: the same as by comparing all with all, wherever the points lie, and without looking at all of them."""

from __future__ import annotations

import numpy as np
import pytest

from generator.derive import lists_of_offers as module
from generator.derive.lists_of_offers import nearest

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


@pytest.mark.parametrize("name", list(SCATTERED))
def test_it_is_what_comparing_all_with_all_finds(name: str) -> None:
    x, y = SCATTERED[name].T
    found = {point: (list(near), list(distances)) for point, near, distances in nearest(x, y, 12)}
    assert sorted(found) == list(range(len(x)))
    for point, (near, distances) in found.items():
        all_of_them = np.hypot(x - x[point], y - y[point])
        expected = np.argsort(all_of_them, kind="stable")[: min(13, len(x))]
        assert near == list(expected)
        assert distances == list(all_of_them[expected])


def test_few_others_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city of dense quarters, villages around it and an island: at most some dozens for each point."""
    looked_at = [0]

    def counted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        looked_at[0] += len(x)
        return np.sqrt(x * x + y * y)

    class Counting:
        hypot = staticmethod(counted)

        def __getattr__(self, name: str) -> object:
            return getattr(np, name)

    monkeypatch.setattr(module, "np", Counting())
    quarters = [DICE.normal(centre, 120, (400, 2)) for centre in DICE.uniform(0, 6_000, (10, 2))]
    points = np.vstack([*quarters, DICE.uniform(-30_000, 30_000, (400, 2)), [[250_000.0, 0.0]]])
    assert len(list(nearest(points[:, 0], points[:, 1], 12))) == 4401
    assert looked_at[0] < 4401 * 100
