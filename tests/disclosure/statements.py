"""What tests tell an attacker: sums of hierarchies and breakdowns, totals, shares, rates, releases and rounded counts as statements.

The program builds its own in `disclosure/lattice.py` and `disclosure/protect/raw_measure.py`; these know nothing of indicators.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from generator.disclosure.engine.linear_system import INFINITE, Key, Statement, Sum
from generator.disclosure.engine.rounding import Rounding

Shown = Decimal | int | str


def state_value(key: Key, value: int, source: str = "") -> Statement:
    """Takes a cell and its published count, hands out the statement that it is exactly that."""
    return Statement(((key, 1.0),), value, value, source)


def state_total(parts: Iterable[Key], value: int, source: str = "") -> Statement:
    """Takes cells and their published total that is no cell of its own, hands out the statement."""
    return Statement(tuple((key, 1.0) for key in parts), value, value, source)


def state_rounded(key: Key, shown: int, base: int = 5, source: str = "") -> Statement:
    """Takes a count shown as the nearest multiple of an odd base, hands out where the count may lie.

    For a base of 5 the deviation is at most 2; with an even base halves go up.
    """
    low = max(0, shown - base // 2)
    return Statement(((key, 1.0),), low, shown + (base - 1) // 2, source)


def state_release(values: Mapping[Key, int], release: str) -> list[Statement]:
    """Takes the counts of an earlier release that still hold, hands out statements nobody can take back.

    A count revised since (new vintage, corrected data) is another unknown and needs another key.
    """
    return [state_value(key, value, release) for key, value in sorted(values.items())]


def rate_counts(denominator: int, shown: Shown, per: Shown, decimals: int) -> tuple[int, int]:
    """Takes a known denominator and a rate rounded half up, hands out the smallest and largest count that fit.

    ValueError when no whole count rounds to that rate.
    """
    half = Fraction(1, 2 * 10**decimals)
    rate, base = Fraction(Decimal(shown)), Fraction(Decimal(per))
    low = max(0, math.ceil(denominator * (rate - half) / base))
    high = math.ceil(denominator * (rate + half) / base) - 1
    if low > high:
        raise ValueError(f"no count of {denominator} gives {shown} per {per}")
    return low, high


def state_rate(
    key: Key,
    denominator: int | Key,
    shown: Shown,
    per: Shown = 100,
    decimals: int = 1,
    source: str = "",
) -> Statement:
    """Takes a count's cell, its denominator (known, or itself a cell) and the rate shown, hands out the statement."""
    if isinstance(denominator, int):
        low, high = rate_counts(denominator, shown, per, decimals)
        return Statement(((key, 1.0),), low, high, source)
    return state_share([key], [denominator], shown, per, decimals, source)[0]


def state_share(
    numerator: Iterable[Key],
    denominator: Iterable[Key],
    shown: Shown,
    per: Shown = 100,
    decimals: int = 1,
    source: str = "",
) -> list[Statement]:
    """Takes the cells above and below a fraction line and the share shown, hands out statements about both.

    A budget split by counts is a share whose base `per` is the whole budget. The edges of the rounding interval are
    kept in, so the attacker is given no more than rounding allows.
    """
    half = Fraction(1, 2 * 10**decimals)
    rate, base = Fraction(Decimal(shown)), Fraction(Decimal(per))
    above, below = list(numerator), list(denominator)
    statements = []
    for edge, low, high in ((rate + half, -INFINITE, 0.0), (rate - half, 0.0, INFINITE)):
        weight = float(edge / base)
        terms = [(key, 1.0) for key in above] + [(key, -weight) for key in below]
        statements.append(Statement(tuple(terms), low, high, source))
    return statements


def hierarchy_sums(parents: Mapping[str, str], rest: Iterable[tuple[str, ...]] = ((),)) -> list[Sum]:
    """Takes child to parent and the other parts of the keys, hands out parent = sum of children for each of them.

    Only direct children are summed: each level then shields the ones above, and the system falls into small blocks.
    """
    children: dict[str, list[str]] = {}
    for child in sorted(parents):
        children.setdefault(parents[child], []).append(child)
    return [
        Sum((parent, *tail), tuple((child, *tail) for child in inside))
        for tail in rest
        for parent, inside in sorted(children.items())
    ]


def breakdown_sums(
    spaces: Iterable[str], total: tuple[str, ...], parts: Iterable[tuple[str, ...]]
) -> list[Sum]:
    """Takes spaces, the rest of a total's key and of its parts' keys, hands out one sum a space."""
    tails = list(parts)
    return [Sum((space, *total), tuple((space, *tail) for tail in tails)) for space in spaces]


def total_deviation(rounding: Rounding, values: Mapping[Key, int]) -> int:
    """Takes a rounded table and the raw counts, hands out the sum of all deviations, the price of rounding."""
    return sum(abs(count - values[key]) for key, count in rounding.shown.items())
