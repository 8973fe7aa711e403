"""Random towns of three editions, two divisions and four measures of the same cases: nobody works out a withheld count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chance import whole
from tests.disclosure.random_towns import fallen, make, primaries_alone, released

SEEDS = (0, 1, 2, 3, 8)


@whole
@pytest.mark.parametrize("seed", SEEDS)
def test_no_count_falls_to_anybody_who_keeps_all_editions(seed: int, tmp_path: Path) -> None:
    town = make(seed)
    tables = released(town, tmp_path)
    assert all(tables)
    assert any(count is None for count in tables[-1].values())
    assert fallen(town, tables) == {"readers": [], "counted": [], "guessers": []}


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_small_counts_withheld_alone_fall_to_readers(seed: int) -> None:
    """The intruder is one: where nothing else is withheld, they find what is small."""
    town = make(seed)
    assert fallen(town, primaries_alone(town), readers=True)["readers"]
