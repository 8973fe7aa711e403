"""Random towns of three editions, two divisions and four measures of the same cases: nobody works out a withheld count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chance import whole
from tests.disclosure.random_towns import Attack, fallen, make, released

SEEDS = (0, 1, 2, 3, 8)


@whole
@pytest.mark.parametrize("seed", SEEDS)
def test_no_count_falls_to_anybody_who_keeps_all_editions(seed: int, tmp_path: Path) -> None:
    town = make(seed)
    tables = released(town, tmp_path)
    assert all(tables)
    assert any(count is None for count in tables[-1].values())
    assert fallen(town, tables) == {"readers": [], "counted": []}


def test_the_intruder_reads_rounded_counts_as_everybody_can() -> None:
    part, rest, whole = ("hilfen", "a", "2025", ""), ("hilfen", "b", "2025", ""), ("hilfen", "s", "2025", "")
    rows = [({part: 1.0}, 10, 12), ({whole: 1.0}, 10, 12), ({whole: -1.0, part: 1.0, rest: 1.0}, 0, 0)]
    assert Attack({}, rows).ends(rest, {}) == (0, 2)
