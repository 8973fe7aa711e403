"""Intervals of published worked examples, to the last digit given there."""

from __future__ import annotations

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from generator.derive.indicator_series import judge
from generator.derive.uncertainty import (
    ConfidenceInterval,
    byar,
    compare_difference,
    count_interval,
    exact_poisson,
    newcombe_difference,
    rate_interval,
    verdict_of,
    wilson,
)
from generator.model.cells import Judgement, Verdict
from generator.model.indicator import Indicator


def rounded(interval: ConfidenceInterval, digits: int) -> tuple[float, float]:
    return round(interval.low, digits), round(interval.high, digits)


def test_wilson_worked_examples() -> None:
    interval = wilson(65, 100)
    assert round(interval.low, 7) == 0.5525444
    # The published upper limit is 0.7363576; with the exact quantile the formula gives 0.73635752, one unit of the
    # last digit below it.
    assert interval.high == pytest.approx(0.7363576, abs=1e-7)
    assert round(interval.high, 8) == 0.73635752
    assert rounded(wilson(1045, 5000), 7) == (0.1979555, 0.2204913)


def test_byar_worked_examples() -> None:
    assert rounded(byar(65), 6) == (50.163188, 82.849139)


def test_exact_poisson_worked_example() -> None:
    assert rounded(rate_interval(5, 100, 100), 5) == (1.62349, 11.66833)


def test_newcombe_worked_example() -> None:
    assert rounded(newcombe_difference(56, 70, 48, 80), 4) == (0.0524, 0.3339)
    assert compare_difference(newcombe_difference(56, 70, 48, 80)) is Verdict.HIGHER


def test_exact_below_ten_and_byar_from_ten_on() -> None:
    assert count_interval(9) == exact_poisson(9)
    assert count_interval(10) == byar(10)


@given(st.integers(0, 60))
def test_exact_poisson_limits_leave_half_the_error_on_each_side(count: int) -> None:
    interval = exact_poisson(count)
    tail = 0.025
    assert scipy.stats.poisson.cdf(count, interval.high) == pytest.approx(tail)
    if count:
        assert scipy.stats.poisson.sf(count - 1, interval.low) == pytest.approx(tail)
    else:
        assert interval.low == 0


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_proportion_and_mirrors(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    interval = wilson(count, total)
    assert 0 <= interval.low <= count / total <= interval.high <= 1
    mirrored = wilson(total - count, total)
    assert mirrored.low == pytest.approx(1 - interval.high)


def test_comparison_needs_an_excluded_benchmark() -> None:
    interval = ConfidenceInterval(0.2, 0.3)
    found = {
        edge: verdict_of(interval, ConfidenceInterval(edge, edge)) for edge in (0.19, 0.2, 0.25, 0.3, 0.31)
    }
    assert found.pop(0.19) is Verdict.HIGHER
    assert found.pop(0.31) is Verdict.LOWER
    assert set(found.values()) == {Verdict.SIMILAR}


@pytest.mark.parametrize(
    ("direction", "verdict", "expected"),
    [
        ("higher-is-better", Verdict.HIGHER, Judgement.BETTER),
        ("lower-is-better", Verdict.HIGHER, Judgement.WORSE),
        ("lower-is-better", Verdict.LOWER, Judgement.BETTER),
        ("higher-is-better", Verdict.SIMILAR, Judgement.NONE),
        ("none", Verdict.HIGHER, Judgement.NONE),
    ],
)
def test_judgement_follows_the_direction(direction: str, verdict: Verdict, expected: Judgement) -> None:
    assert judge(Indicator.model_construct(direction=direction), verdict) is expected


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="no part"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="no part"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="negative"):
        byar(-1)
    with pytest.raises(ValueError, match="negative"):
        exact_poisson(float("nan"))
    with pytest.raises(ValueError, match="positive"):
        rate_interval(1, 0)
