"""Which months a written period means."""

from __future__ import annotations

import pytest

from generator.model.dates import spans_of


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
