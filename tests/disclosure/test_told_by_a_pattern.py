"""What is withheld tells something of the counts behind it: not so much that a small one has a single value left."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations, product
from pathlib import Path

import pytest

from generator.disclosure.lattice import LatticeArea
from generator.disclosure.protect.protected_counts import protect
from generator.disclosure.protect.raw_tables import add_up
from generator.model.cells import Status
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.test_more_damage import protected
from tests.disclosure.worlds import World, indicator, write_project, write_raw

THRESHOLD = 4

Counts = tuple[int, ...]


def withheld(counts: Counts) -> frozenset[int]:
    """Protect a town with one row of quarters, hand out the places of those that are withheld."""
    quarters = [f"q{place}" for place in range(len(counts))]
    spaces = {
        "stadt": LatticeArea("w", 0, tuple(quarters)),
        **{key: LatticeArea("w", 1, ()) for key in quarters},
    }
    item = indicator(disclosure={"threshold": str(THRESHOLD)})
    rows = tuple(
        ValueRow(key, "2025", (), Decimal(count), None, Status.KNOWN, "", line)
        for line, (key, count) in enumerate(zip(quarters, counts, strict=True), 2)
    )
    totals = add_up(item, spaces, ValueTable("hilfen.csv", rows, ","), ["w"])
    found = protect(World(spaces, (), {"hilfen": item}, {"hilfen": totals}).private())
    assert found.shown["hilfen", "stadt", "2025"] == sum(counts)
    return frozenset(
        place for place, key in enumerate(quarters) if found.shown["hilfen", key, "2025"] is None
    )


def left(counts: Counts, secret: frozenset[int]) -> list[set[int]]:
    """The values of each small count that are left to whoever guesses which are small, and knows that a pattern is never left
    so that a single case learns another's count: whatever would be so is not what happened.
    """
    places = sorted(secret)
    whole = sum(counts[place] for place in places)
    small = [counts[place] in range(1, THRESHOLD) for place in places]
    ways = [range(1, THRESHOLD) if one else (0, *range(THRESHOLD, whole + 1)) for one in small]
    fitting = [way for way in product(*ways) if sum(way) == whole and not (len(way) == 2 and 1 in way)]
    return [{way[at] for way in fitting} for at, one in enumerate(small) if one]


@pytest.mark.parametrize(
    "counts",
    [(2, 2, 5, 6), (0, 2, 2, 4), (0, 0, 2, 4), (2, 4, 4, 4), (0, 0, 2, 2), (3, 3, 5, 6), (2, 3, 7, 7)],
)
def test_that_nobody_had_to_be_guarded_leaves_no_small_count_a_single_value(counts: Counts) -> None:
    """Of 2 and 2 that are 4 together, withheld alone, 1 and 3 are ruled out: the single case would know the 3."""
    secret = withheld(counts)
    assert {place for place, count in enumerate(counts) if 0 < count < THRESHOLD} <= secret
    assert all(len(values) > 1 for values in left(counts, secret)), (sorted(secret), left(counts, secret))


def test_what_can_be_guessed_whatever_is_withheld_is_refused(tmp_path: Path) -> None:
    """Four ones make a town of 4: who guesses that all of them are small knows each, whatever else is withheld."""
    project = write_project(tmp_path / "projekt")
    counts = {"ahorn": (1, 120), "birke": (1, 90), "celtis": (1, 160), "dorn": (1, 75), "esche": (0, 210)}
    found, said = protected(project, write_raw(tmp_path / "roh", counts))
    assert {code for code, *_ in found} == {"nicht-schuetzbar"}
    assert "wer richtig rät, welche Zahlen klein sind" in said["nicht-schuetzbar"].message
    assert not list(project.rglob("values.csv"))


def test_what_is_withheld_for_others_sake_does_not_tell_that_it_is_the_smallest() -> None:
    """Which quarter goes with the small one depends on its place, and on no count that is then withheld."""
    assert len({withheld((2, *others)) for others in permutations((5, 9, 30))}) == 1
