"""Where a need is counted: in the band of ages in which it begins, in half-years that are over, with none left out between."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.disclosure.protect.needs_table import _begins_in, _between, is_over
from generator.model.dates import HalfYear
from generator.model.scalars import Ages

H = HalfYear


@pytest.mark.parametrize(
    ("years", "band", "inside"),
    [
        (6, "6-13", True), (13, "6-13", True), (5, "6-13", False), (14, "6-13", False), (14, "14", True), (99, "14", True), (13, "14", False),
        (0, "0-5", True), (0, "0", True), (6, "all", False), (6, "other", False), (6, "6-", False), (6, "006", False),
    ],
)  # fmt: skip
def test_the_band_in_which_an_age_begins(years: int, band: str, inside: bool) -> None:
    assert _begins_in(Ages("x", 12 * years, None), band) is inside
    # The last month of a year of age belongs to it.
    assert _begins_in(Ages("x", 12 * years + 11, 12 * years + 20), band) is inside


@pytest.mark.parametrize(
    ("half", "day", "over"),
    [
        (H(2026, 1), dt.date(2026, 6, 30), False),
        (H(2026, 1), dt.date(2026, 7, 1), True),
        (H(2026, 2), dt.date(2026, 12, 31), False),
        (H(2026, 2), dt.date(2027, 1, 1), True),
        (H(2025, 2), dt.date(2026, 1, 1), True),
        (H(2027, 1), dt.date(2026, 12, 31), False),
    ],
)
def test_a_half_year_that_goes_on_is_not_over(half: HalfYear, day: dt.date, over: bool) -> None:
    assert is_over(half, day) is over


def test_half_years_without_a_naming_lie_between() -> None:
    assert list(_between(set())) == []
    assert list(_between({H(2025, 2)})) == [H(2025, 2)]
    assert list(_between({H(2026, 2), H(2025, 1)})) == [H(2025, 1), H(2025, 2), H(2026, 1), H(2026, 2)]
