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


def trend(years: Sequence[int], spreads: Sequence[Spread], together: float = 1.0) -> Trend | None:
    """Fit a trend; None where nothing was counted or the fit runs away. People counted `together` are fewer that are independent."""
    counts, bases = [_middle(one.count) for one in spreads], [_middle(one.total) for one in spreads]
    if not sum(count for count, _ in counts) or not all(base for base, _ in bases):
        return None
    start = years[0]
    level, slope = math.log(sum(count for count, _ in counts) / sum(base for base, _ in bases)), 0.0
    weights: list[float] = []
    strays: list[float] = []
    for _ in range(_ROUNDS):
        weights, strays, residues = [], [], []
        for year, (count, blur), (base, base_blur) in zip(years, counts, bases, strict=True):
            expected = base * math.exp(level + slope * (year - start))
            spread = together * expected + blur + (expected / base) ** 2 * base_blur
            weights.append(expected * expected / spread)
            strays.append((count - expected) ** 2 / spread)
            residues.append(count / expected - 1)
        middle = sum(w * (year - start) for w, year in zip(weights, years, strict=True)) / sum(weights)
        across = [year - start - middle for year in years]
        width = sum(w * x * x for w, x in zip(weights, across, strict=True))
        turn = sum(w * x * r for w, x, r in zip(weights, across, residues, strict=True)) / width
        lift = sum(w * r for w, r in zip(weights, residues, strict=True)) / sum(weights) - turn * middle
        level, slope = level + lift, slope + turn
        if abs(level) > _ROUNDS:
            return None
        if abs(turn) + abs(lift) < _NEAR:
            break
    degrees = len(years) - 2
    dispersion = sum(strays) / degrees
    error = math.sqrt(max(1.0, dispersion) / width)
    freedom = degrees if dispersion > 1 else math.inf
    half = float(functions().stdtrit(freedom, 0.975)) * error
    rate = math.exp(level + slope * middle)
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
