"""Measures as they are published in; withheld cells that another one shows in other form out.

Indicators that count the same ought to say so (`numerator_from`); then they are protected as one. Where nobody said so, the
numbers do: equal wherever both are known, the sum or difference of two others, a rate or an amount in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from generator.disclosure.engine import Key

# Fewer cells, or fewer different counts, agree by chance.
AGREEING = 4

Counts = Mapping[Key, float]
"""What a measure shows, by its cells' keys without the measure's name."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A withheld cell and the measures that show it; `how` says in words in which form."""

    key: Key
    names: tuple[str, ...]
    how: str


def find_twins(
    secret: frozenset[Key],
    mine: Counts,
    others: Mapping[str, Counts],
    below: Counts,
    decimals: Mapping[str, int],
) -> Iterator[Twin]:
    """Yield each withheld cell that others show, once.

    `below` is what the measure is divided by, `decimals` how many places other measures have.
    """
    useful = {name: counts for name, counts in sorted(others.items()) if secret & counts.keys()}
    told: set[Key] = set()
    for names, how in _forms(mine, useful, below, decimals):
        shown = secret.intersection(*(useful[name].keys() for name in names)) - told
        told |= shown
        yield from (Twin(key, names, how) for key in sorted(shown))


def _forms(
    mine: Counts, others: Mapping[str, Counts], below: Counts, decimals: Mapping[str, int]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, counts in others.items():
        common = _common(mine, counts)
        if not common:
            continue
        half = 0.5 / 10 ** decimals.get(name, 0)
        if all(mine[key] == counts[key] for key in common):
            yield (name,), "dieselbe Zahl"
        elif _in_proportion(mine, counts, common, half):
            yield (name,), "ein Betrag im selben Verhältnis"
        elif rated := [key for key in common if below.get(key)]:
            rates = {key: mine[key] / below[key] for key in rated}
            if len(set(rates.values())) >= AGREEING and _in_proportion(rates, counts, rated, half):
                yield (name,), "eine Quote darauf"
    for first, second in combinations(others, 2):
        one, two = others[first], others[second]
        common = [key for key in _common(mine, one) if key in two]
        if len({mine[key] for key in common}) < AGREEING:
            continue
        if all(mine[key] == one[key] + two[key] for key in common):
            yield (first, second), "als Summe"
        elif all(mine[key] == abs(one[key] - two[key]) for key in common):
            yield (first, second), "als Unterschied"


def _common(mine: Counts, other: Counts) -> list[Key]:
    """Return the cells that both show; none where they are too few to say anything."""
    common = sorted(mine.keys() & other.keys())
    return common if len({mine[key] for key in common}) >= AGREEING else []


def _in_proportion(mine: Counts, other: Counts, common: list[Key], half: float) -> bool:
    """Whether one is the other times a constant, up to rounding; the constant is taken where it is known best."""
    best = max(common, key=lambda key: (mine[key], key))
    if mine[best] <= 0 or other[best] <= 0:
        return False
    times = other[best] / mine[best]
    # Rounding may not swallow the differences between the counts themselves.
    if half * 2 > times * min(abs(mine[key] - mine[best]) for key in common if mine[key] != mine[best]):
        return False
    return all(
        abs(other[key] - times * mine[key]) <= half * (1 + mine[key] / mine[best]) + 1e-9 for key in common
    )
