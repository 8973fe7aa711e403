"""What a published table of rounded counts gives away together with its sums: worked out by hand for a town of two parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.disclosure.lattice import LatticeArea
from generator.disclosure.published import Published
from generator.disclosure.table_audit import audit
from generator.model.cells import Status
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import DEFAULTS, indicator

SPACES = {
    "stadt": LatticeArea("eins", 0, ("a", "b")),
    "a": LatticeArea("eins", 1, ()),
    "b": LatticeArea("eins", 1, ()),
}


def found(town: int, a: int, b: int, threshold: int = 5) -> dict[str, tuple[float, float]]:
    """What is told of each area whose count can be narrowed down."""
    item = indicator(disclosure={"method": "round-5", "threshold": threshold})
    counts = {"stadt": town, "a": a, "b": b}
    rows = tuple(ValueRow(key, "2025", (), Decimal(count), None, Status.KNOWN, "", line) for line, (key, count) in enumerate(counts.items(), 2))  # fmt: skip
    told = audit(
        Published(SPACES, (), {"hilfen": item}, {"hilfen": ValueTable("values.csv", rows, ",")}, DEFAULTS)
    )
    for one in told:
        assert (
            (one.indicator, one.key) == ("hilfen", ("hilfen", one.cell[0], "2025"))
            if one.cell
            else one.interval is None
        )
    return {one.key[1]: (one.interval.low, one.interval.high) for one in told if one.interval is not None}


@pytest.mark.parametrize(
    ("town", "a", "b", "told"),
    [
        # Each is rounded by two at most: a is 3 to 7, b 0 to 2, their sum 3 to 7 or 8 to 12.
        (5, 5, 0, {}),
        # At least 8, so b is 1 or 2; that a is 6 or 7 tells of nobody.
        (10, 5, 0, {"b": (1, 2)}),
        (0, 0, 0, {}),
        # 3 to 7 of two that are 0 to 2: both are 1 or 2.
        (
            5,
            0,
            0,
            {"a": (1, 2), "b": (1, 2), "stadt": (3, 4)},
        ),
        (15, 10, 5, {}),
        # 18 to 22 of 8 to 12 and 3 to 7.
        (20, 10, 5, {}),
        # No rounding by two makes 20 of 5 and 5, one by four does: 16 to 18 of 8 or 9 and 8 or 9, of nobody in particular.
        (20, 5, 5, {}),
    ],
)
def test_what_rounded_counts_and_their_sum_tell(town: int, a: int, b: int, told: dict[str, object]) -> None:
    assert found(town, a, b) == told


def test_only_small_counts_are_to_be_hidden() -> None:
    assert found(10, 5, 0, threshold=7) == {"a": (6, 7), "b": (1, 2)}
    assert found(10, 5, 0, threshold=6) == {"b": (1, 2)}
    assert set(found(10, 5, 0, threshold=9)) == {"a", "b", "stadt"}


def test_tables_that_no_rounding_makes_are_told_as_contradictions() -> None:
    item = indicator(disclosure={"method": "round-5"})
    rows = tuple(ValueRow(key, "2025", (), Decimal(count), None, Status.KNOWN, "", 2) for key, count in (("stadt", 100), ("a", 0), ("b", 0)))  # fmt: skip
    (told,) = audit(
        Published(SPACES, (), {"hilfen": item}, {"hilfen": ValueTable("values.csv", rows, ",")}, DEFAULTS)
    )
    assert told.contradictions
    assert (told.key, told.interval) == (("hilfen", "a", "2025"), None)
