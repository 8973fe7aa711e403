"""A measure's raw counts in; counts rounded to multiples of 5 out, with an audit of what sums still give away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from generator.disclosure.engine import FeasibilityInterval, Key, TableSystem, attack, round_table

BASE = 5


def round_measure(
    table: TableSystem, values: Mapping[Key, int], secret: Collection[Key], hidden: Collection[Key]
) -> tuple[dict[Key, int | None], dict[Key, FeasibilityInterval]]:
    """Return the rounded counts (None where one is withheld) and what an attacker makes of each secret cell.

    `hidden` cells are never shown; so is a cell that sums would still give away.
    """
    result = round_table(table, values, secret, BASE)
    low, high = result.reach
    intervals = {key: result.intervals[key] for key in secret}
    kept = {key: count for key, count in result.shown.items() if key not in hidden}
    exposed = set(result.exposed)
    while exposed & kept.keys():
        kept = {key: count for key, count in kept.items() if key not in exposed}
        bounds = {key: (max(0.0, float(count - low)), float(count + high)) for key, count in kept.items()}
        intervals = dict(attack(table, {}, secret, bounds).intervals)
        exposed = _exposed(intervals, kept.keys())
    return {key: kept.get(key) for key in values}, intervals


def _exposed(intervals: Mapping[Key, FeasibilityInterval], kept: AbstractSet[Key]) -> set[Key]:
    """Return what is too narrow; where that is withheld already, its whole period."""
    narrow = {key for key, interval in intervals.items() if interval.width < BASE // 2}
    lost = {key[2] for key in narrow - kept}
    return narrow | {key for key in kept if key[2] in lost}
