"""A trend over years: as another way computes it, as sure as it says, and no surer where counts were rounded."""

import math
import random

import pytest
from scipy import optimize, stats

from generator.derive.trends import trend
from generator.derive.uncertainty import Spread

YEARS = (2021, 2022, 2023, 2024, 2025)
COUNTS = (120, 131, 128, 150, 171)
BASES = (1000, 1010, 990, 1005, 1020)


def exact(counts: tuple[int, ...], bases: tuple[int, ...] = BASES) -> list[Spread]:
    return [Spread((count, count), (base, base)) for count, base in zip(counts, bases, strict=True)]


def by_likelihood(counts: tuple[int, ...]) -> tuple[float, float, float]:
    """Slope, its standard error and p-value by maximum likelihood and a numerical second derivative, overdispersion by Pearson."""

    def loss(beta: tuple[float, float]) -> float:
        found = 0.0
        for year, count, base in zip(YEARS, counts, BASES, strict=True):
            eta = beta[0] + beta[1] * (year - 2023) + math.log(base)
            found += math.exp(eta) - count * eta
        return found

    best = optimize.minimize(
        loss, (-2.0, 0.0), method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12}
    )
    a, b = best.x
    step = 1e-4

    def second(one: tuple[float, float], two: tuple[float, float]) -> float:
        def at(p: float, q: float) -> float:
            return loss((a + p * one[0] + q * two[0], b + p * one[1] + q * two[1]))

        return (at(step, step) - at(step, -step) - at(-step, step) + at(-step, -step)) / (4 * step * step)

    aa, ab, bb = second((1, 0), (1, 0)), second((1, 0), (0, 1)), second((0, 1), (0, 1))
    expected = [base * math.exp(a + b * (year - 2023)) for year, base in zip(YEARS, BASES, strict=True)]
    pearson = sum((y - m) ** 2 / m for y, m in zip(counts, expected, strict=True))
    error = math.sqrt(max(1.0, pearson / 3) * aa / (aa * bb - ab * ab))
    return b, error, 2 * (stats.t(3) if pearson > 3 else stats.norm()).sf(abs(b) / error)


@pytest.mark.parametrize("counts", [COUNTS, (120, 190, 60, 210, 100), (12, 9, 7, 6, 3)])
def test_slope_error_and_chance_are_those_of_maximum_likelihood(counts: tuple[int, ...]) -> None:
    found = trend(YEARS, exact(counts))
    assert found is not None
    assert (found.slope, found.error, found.chance) == pytest.approx(by_likelihood(counts), rel=1e-3)


def test_an_exact_course_is_found_exactly() -> None:
    """10 per cent more every year, of 100,000: from 10,000 to 14,641."""
    found = trend(YEARS, exact((10000, 11000, 12100, 13310, 14641), (100000,) * 5))
    assert found is not None
    assert found.slope == pytest.approx(math.log(1.1))
    assert found.change == pytest.approx(0.04641)
    assert found.interval.low < found.change < found.interval.high
    assert found.interval.low > 0


def test_the_interval_leaves_out_zero_exactly_where_chance_is_below_five_per_cent() -> None:
    dice = random.Random(7)
    for _ in range(200):
        found = trend(YEARS, exact(tuple(dice.randint(20, 60) for _ in YEARS)))
        assert found is not None
        assert (found.interval.low > 0 or found.interval.high < 0) == (found.chance < 0.05)


def test_without_a_trend_one_in_twenty_is_claimed_at_most() -> None:
    dice = random.Random(3)
    claimed = 0
    for _ in range(1000):
        counts = tuple(sum(dice.random() < 0.05 for _ in range(600)) for _ in YEARS)
        found = trend(YEARS, exact(counts, (600,) * 5))
        claimed += found is not None and found.chance < 0.05
    assert claimed < 65


def test_rounding_and_families_make_a_trend_less_sure() -> None:
    sure = trend(YEARS, exact((20, 25, 30, 35, 40)))
    spreads = [
        Spread((count - 2, count + 2), (base, base))
        for count, base in zip((20, 25, 30, 35, 40), BASES, strict=True)
    ]
    blurred, families = trend(YEARS, spreads), trend(YEARS, exact((20, 25, 30, 35, 40)), 2.0)
    assert sure is not None
    assert blurred is not None
    assert families is not None
    assert blurred.error > sure.error
    assert families.error == pytest.approx(sure.error * math.sqrt(2))


def test_of_nothing_there_is_no_trend() -> None:
    assert trend(YEARS, exact((0, 0, 0, 0, 0))) is None
