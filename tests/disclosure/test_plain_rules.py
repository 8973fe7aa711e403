"""The least threshold, and which periods fill another."""

from __future__ import annotations

import pytest

from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.periods import end_to_end


def test_a_threshold_of_two_is_the_least() -> None:
    with pytest.raises(ValueError, match="threshold of 1"):
        SensitivityRule(1)


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        (["2024", "2024-1", "2024-2"], [("2024", ("2024-1", "2024-2"))]),
        (["2024", "2024-1"], []),
        (
            ["2024", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"],
            [("2024", ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"))],
        ),
        (["2024", "2024-1", "2024-Q3", "2024-Q4"], [("2024", ("2024-1", "2024-Q3", "2024-Q4"))]),
        # The half is told by its quarters, the year by the half; nobody need hear of it twice.
        (
            ["2024", "2024-1", "2024-2", "2024-Q3", "2024-Q4"],
            [("2024-2", ("2024-Q3", "2024-Q4")), ("2024", ("2024-1", "2024-2"))],
        ),
        (["2024-2025", "2024", "2025"], [("2024-2025", ("2024", "2025"))]),
        (["2024", "2025"], []),
        (["2024", "2024-H1", "2024-1"], []),
    ],
)
def test_periods_that_fill_another(periods: list[str], found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert sorted(end_to_end(periods)) == sorted(found)
