"""Tell for which bands of ages something is."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.scalars import Ages

AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "0-2": (0, 35),
    "3-5": (36, 71),
    "6-9": (72, 119),
    "10-13": (120, 167),
    "14-17": (168, 215),
    "18-26": (216, 323),
    "27": (324, 1200),
}
"""Bands of age in whole months, both ends included; the last one is „ab 27“."""
OLDEST = 120 * 12
"""Months of age at which ages end that nobody limits."""


def bands_of(ages: Ages | None) -> tuple[str, ...]:
    """Return an offer's age bands, pregnancy first; none where ages aren't said.

    A band counts if half of it is covered, or half of the offer's ages lie in it: day care for one to six isn't for
    primary school.
    """
    if ages is None:
        return ()
    bands: list[str] = []
    if ages.pregnancy:
        bands.append("schwangerschaft")
    ends_before_birth = ages.pregnancy and ages.upper == 0
    if not ends_before_birth:
        bands += [band for band, (low, high) in AGE_BANDS.items() if mostly(ages, low, high)]
    return tuple(bands)


def mostly(ages: Ages, low: int, high: int) -> bool:
    """Tell whether ages (inclusive months) cover half a span or lie half in it."""
    high = min(high, OLDEST)
    return 2 * shared_months(ages, low, high) >= high - low + 1 or lies_in(ages, low, high)


def lies_in(ages: Ages, low: int, high: int) -> bool:
    """Tell whether half of the ages lie in a span."""
    return 2 * shared_months(ages, low, high) >= last_month(ages) - ages.lower + 1


def last_month(ages: Ages) -> int:
    """Return the last month of age, `OLDEST` at most."""
    return min(ages.upper if ages.upper is not None else OLDEST, OLDEST)


def shared_months(ages: Ages, low: int, high: int) -> int:
    """Count the months of age in both spans, inclusive."""
    return max(0, min(last_month(ages), high) - max(ages.lower, low) + 1)
