"""Rules, spans of periods and forms of the same number, said once more as plainly as it goes and compared for all small cases."""

from __future__ import annotations

import pytest

from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.periods import end_to_end
from generator.model.dates import spans_of


def test_a_threshold_of_two_is_the_least() -> None:
    with pytest.raises(ValueError, match="threshold of 1"):
        SensitivityRule(1)


def month(year: int, number: int) -> int:
    return 12 * year + number - 1


SPANS = {
    "2024": [((2024, 1), (2025, 1))],
    "2024-1": [((2024, 1), (2024, 7))],
    "2024/2": [],
    "2024-H1": [((2024, 1), (2024, 7))],
    "2024 H2": [((2024, 7), (2025, 1))],
    "2024Q1": [((2024, 1), (2024, 4))],
    "2024-Q2": [((2024, 4), (2024, 7))],
    "2024/Q4": [((2024, 10), (2025, 1))],
    "2024-02": [((2024, 2), (2024, 3))],
    "2024-12": [((2024, 12), (2025, 1))],
    "2024/25": [((2024, 8), (2025, 8))],
    "2024/2025": [((2024, 8), (2025, 8)), ((2024, 1), (2026, 1))],
    "2024-2025": [((2024, 1), (2026, 1))],
    "2024/2026": [((2024, 1), (2027, 1))],
    "2024-02-01": [],
    "24": [],
    "2024-3": [],
    "2024-Q5": [],
}


@pytest.mark.parametrize("period", SPANS)
def test_months_of_a_period(period: str) -> None:
    assert list(spans_of(period)) == [(month(*first), month(*after)) for first, after in SPANS[period]]


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
