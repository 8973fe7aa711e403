"""Tell in which direction a rate goes: a Poisson trend over its years."""

# Source of the model: quasi-likelihood with a log link, McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., chapter 9;
# the dispersion is Pearson's statistic per degree of freedom, never below 1. A count that was rounded by at most k has the error of
# a whole number drawn from -k to k, the variance k(k + 1)/3. Where counts scatter no more than chance makes them, their variance is known
# and limits and p-value are those of the normal distribution, else Student's t with two degrees fewer than years.

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from generator.derive.uncertainty import ConfidenceInterval, Spread, functions

LEAST_YEARS = 5
"""So many comparable years make a trend; fewer are compared as first and last."""
_ROUNDS, _NEAR = 50, 1e-10
"""How often the fit is bettered at most, and below what step it is done."""


class Trend(Struct, frozen=True):
    """A fitted line of a rate's logarithm: its slope a year, how sure that is, and the change from first to last year."""

    slope: float
    error: float  # standard error of the slope
    chance: float  # two-sided p-value of no slope
    change: float  # of the fitted rate
    interval: ConfidenceInterval  # of this change, 95 %


class _Year(Struct, frozen=True):
    """What was counted in a year, of how many, each with the variance of its rounding."""

    since: int  # the first year
    count: float
    count_blur: float
    base: float
    base_blur: float


class _Fit(Struct, frozen=True):
    """A line, and what the years tell of how sure it is."""

    level: float
    slope: float
    middle: float  # the weighted middle of the years
    width: float  # how far the years lie around it, squared and weighted
    strays: float  # Pearson's statistic


def trend(years: Sequence[int], spreads: Sequence[Spread], together: float = 1.0) -> Trend | None:
    """Fit a trend; None where nothing was counted or the fit runs away. People counted `together` are fewer that are independent."""
    observed = [
        _Year(year - years[0], *_middle(one.count), *_middle(one.total))
        for year, one in zip(years, spreads, strict=True)
    ]
    if not any(one.count for one in observed) or not all(one.base for one in observed):
        return None
    fit = _fit(observed, together)
    return _judge(fit, observed) if fit is not None else None


def _fit(years: Sequence[_Year], together: float) -> _Fit | None:
    """Improve a level line until it rests; None where it runs away."""
    level, slope = math.log(sum(one.count for one in years) / sum(one.base for one in years)), 0.0
    for _ in range(_ROUNDS):
        fit = _improve(years, level, slope, together)
        if abs(fit.level) > _ROUNDS:
            return None
        step = abs(fit.level - level) + abs(fit.slope - slope)
        level, slope = fit.level, fit.slope
        if step < _NEAR:
            break
    return fit


def _improve(years: Sequence[_Year], level: float, slope: float, together: float) -> _Fit:
    """Improve a line once, by weighted least squares."""
    weights, strays, residues = [], [], []
    for one in years:
        expected = one.base * math.exp(level + slope * one.since)
        spread = together * expected + one.count_blur + (expected / one.base) ** 2 * one.base_blur
        weights.append(expected * expected / spread)
        strays.append((one.count - expected) ** 2 / spread)
        residues.append(one.count / expected - 1)
    middle = sum(w * one.since for w, one in zip(weights, years, strict=True)) / sum(weights)
    across = [one.since - middle for one in years]
    width = sum(w * x * x for w, x in zip(weights, across, strict=True))
    turn = sum(w * x * r for w, x, r in zip(weights, across, residues, strict=True)) / width
    lift = sum(w * r for w, r in zip(weights, residues, strict=True)) / sum(weights) - turn * middle
    return _Fit(level + lift, slope + turn, middle, width, sum(strays))


def _judge(fit: _Fit, years: Sequence[_Year]) -> Trend:
    """Say how sure a line's slope is, and how much its rate changed."""
    degrees = len(years) - 2
    dispersion = fit.strays / degrees
    error = math.sqrt(max(1.0, dispersion) / fit.width)
    freedom = degrees if dispersion > 1 else math.inf
    half = float(functions().stdtrit(freedom, 0.975)) * error
    middle, slope = fit.middle, fit.slope
    rate = math.exp(fit.level + slope * middle)
    across = [years[0].since - middle, years[-1].since - middle]
    low, size, high = (rate * _rise(one, across) for one in (slope - half, slope, slope + half))
    chance = 2 * float(functions().stdtr(freedom, -abs(slope) / error))
    return Trend(slope, error, chance, size, ConfidenceInterval(low, high))


def _middle(ends: tuple[int, int]) -> tuple[float, float]:
    """Return the middle of what a count may be, and the variance of its rounding."""
    half = (ends[1] - ends[0]) / 2
    return (ends[0] + ends[1]) / 2, half * (half + 1) / 3


def _rise(slope: float, across: Sequence[float]) -> float:
    """Return by how much a rate of 1 in the weighted middle rises from the first year to the last."""
    return math.exp(slope * across[-1]) - math.exp(slope * across[0])
