"""Rules, spans of periods and forms of the same number, said once more as plainly as it goes and compared for all small cases."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
)
from generator.disclosure.periods import end_to_end
from generator.model.dates import spans_of

INF = float("inf")


@pytest.mark.parametrize(
    ("threshold", "zeros", "complement"), [*product((2, 3, 5), (False, True), (False, True))]
)
def test_counts_and_those_who_are_not_counted(threshold: int, zeros: bool, complement: bool) -> None:
    rule = SensitivityRule(threshold, zeros=zeros, complement=complement)
    small = range(0 if zeros else 1, threshold)
    for total in (None, *range(threshold * 3)):
        for value in range(threshold * 3 if total is None else total + 1):
            found = find_primary(
                Observation("a", value, total, ceiling=INF if total is None else total), rule
            )
            high = threshold - 1 if total is None else min(threshold - 1, total)
            if value in small:
                reason = Reason.THRESHOLD if value else Reason.ZERO
                low = min(small[0], high)
                assert found == Primary("a", reason, low, high, low, high)
            elif complement and total is not None and total - value in small:
                low, high = max(0, total - threshold + 1), total - small[0]
                assert found == Primary("a", Reason.COMPLEMENT, low, high, low, high)
            else:
                assert found is None


@pytest.mark.parametrize(
    ("denominator", "population", "value", "reason", "span"),
    [
        (19, None, 7, Reason.DENOMINATOR, (3, 11)),
        (19, None, 17, Reason.DENOMINATOR, (13, 19)),
        (20, None, 7, None, ()),
        (0, None, 0, None, ()),
        (1, None, 0, Reason.DENOMINATOR, (0, 1)),
        (None, 99, 7, Reason.POPULATION, (3, 11)),
        (None, 99, 0, Reason.POPULATION, (0, 4)),
        (None, 100, 7, None, ()),
        (None, 0, 0, None, ()),
        (None, 1, 0, Reason.POPULATION, (0, 4)),
        (19, 99, 7, Reason.POPULATION, (3, 11)),
        (None, None, 7, None, ()),
    ],
)
def test_small_groups(denominator: int | None, population: int | None, value: int, reason: Reason | None, span: tuple[int, ...]) -> None:  # fmt: skip
    rule = SensitivityRule(5, minimum_denominator=20, minimum_population=100)
    ceiling = INF if denominator is None else denominator
    found = find_primary(Observation("a", value, denominator, population, ceiling=ceiling), rule)
    if reason is None:
        assert found is None
    else:
        assert found == Primary("a", reason, *span, 0.0, ceiling)


def test_where_nobody_lives_cases_are_withheld_and_known_to_be_some() -> None:
    """A 0 would be shown there, unless zeros are secret too."""
    for zeros, least in ((False, 1), (True, 0)):
        rule = SensitivityRule(5, zeros=zeros, minimum_population=100)
        found = find_primary(Observation("a", 7, None, 0), rule)
        assert found == Primary("a", Reason.POPULATION, 3, 11, least, INF)
    secret = find_primary(
        Observation("a", 0, None, 0), SensitivityRule(5, zeros=True, minimum_population=100)
    )
    assert secret is not None
    assert secret.reason is Reason.ZERO


@pytest.mark.parametrize(
    ("contributions", "rule", "reason", "margin"),
    [
        # Two of three hold 90 of 100: more than 85 per cent, so what they hold must fit 85 per cent of something larger.
        ((50, 40, 10), {"dominance": (2, 85)}, Reason.DOMINANCE, 90 * 100 / 85 - 100),
        ((50, 40, 10), {"dominance": (2, 90)}, None, 0),
        ((50, 40, 10), {"dominance": (1, 50)}, None, 0),
        ((10, 40, 51), {"dominance": (1, 50)}, Reason.DOMINANCE, 1),
        ((90, 10), {"dominance": (1, 45)}, Reason.DOMINANCE, 100),
        ((), {"dominance": (1, 50)}, None, 0),
    ],
)
def test_who_holds_most(contributions: tuple[float, ...], rule: dict[str, object], reason: Reason | None, margin: float) -> None:  # fmt: skip
    value = 100
    found = find_primary(Observation("a", value, None, None, contributions), SensitivityRule(5, **rule))  # type: ignore[arg-type]
    if reason is None:
        assert found is None
    else:
        margin = max(1.0, margin)
        assert found == Primary(
            "a", reason, max(0, np.floor(value - margin)), np.ceil(value + margin), 0.0, INF
        )


def test_a_threshold_of_two_is_the_least() -> None:
    with pytest.raises(ValueError, match="threshold of 1"):
        SensitivityRule(1)
    assert SensitivityRule() == SensitivityRule(5, zeros=False, complement=False, own_cases=1)


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
