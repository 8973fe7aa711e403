"""A count with all its real numbers and the columns beside it in; each column that the count and as few others as possible make up, with numbers fitted to all places or to each period or area, out: an index, a score, a rate and a fixed sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, product

import numpy as np

from generator.disclosure.implied_sums import AGREEING
from generator.disclosure.ties.columns import (
    CASE,
    CountColumn,
    Flags,
    Floats,
    Places,
    Times,
    apart_from,
    people_beside,
    reciprocal,
)
from generator.disclosure.ties.forms import TRIPLES
from generator.disclosure.ties.tie import CountTie

# A straight line has two numbers.
FITTED = 2
# Of a column, or of its squares where these add up to one at first, less than this is nothing.
NOTHING = 1e-12


def fitted_ties(target: CountColumn, others: Sequence[CountColumn], times: Times) -> Iterator[CountTie]:
    """An amount that is so much a case and a fixed sum, as a z-score; also with so much of each of some others or of earlier periods, as an
    index, a stock, a change; also of the cases that come to one of some people. The numbers are the same for all places, or for each
    period, area, or period and area above."""
    once, by_period, *_ = times.groups
    before = [times.column(item, -1) for item in (target, *others)]
    later = np.where(times.before >= 0, 1.0, np.nan)
    everything = ((np.ones(later.size), others), (later, [*others, *before]))
    ways = [(others, *way, (once, by_period)) for way in everything]
    few = others[:TRIPLES]
    typed = [item for item in few if item.open]
    # One after the other: all shares of all columns at once would be large.
    shares = ((typed, *way, times.groups) for way in _shares(target, few, times))
    found: list[tuple[CountTie, int]] = []
    number = 0
    for amounts, case, beside, every in chain(ways, shares):
        number += 1
        for item, groups in product(apart_from(target, amounts), every):
            is_fine = bool(np.isfinite(item.values[times.finest]).any())
            there = np.where(times.finest | (not is_fine), case, np.nan)
            form = _made_up(item, target, there, beside, groups)
            if form is not None:
                found.append((form, len(amounts) * len(every)))
    for form, of_each in found:
        yield replace(form, tried=form.tried * number * of_each)


def _shares(
    target: CountColumn, others: Sequence[CountColumn], times: Times
) -> Iterator[tuple[Floats, list[CountColumn]]]:
    """Yield what one case may come to: itself, a share of people, of several years' people, of what it was before; with the columns that
    may be added to it."""
    people = people_beside(target, others)
    for base in (np.ones(target.values.size), *(item.values for item in people)):
        case = reciprocal(base)
        yield case, [_scaled(item, case) if item.half == CASE else item for item in others]
        for earlier in times.earlier(_scaled(target, case)):
            yield np.where(np.isfinite(earlier.wanted), case, np.nan), [earlier]
    for item in people:
        several = [item.values, times.moved(item.values, -1), times.moved(item.values, -2)]
        for years in (several, several[:2]):
            case = reciprocal(np.sum(years, axis=0))
            yield case, [_scaled(one, case) for one in times.earlier(target)[: len(years) - 1]]
    for earlier in times.earlier(target):
        yield reciprocal(earlier.values), []


def _scaled(item: CountColumn, case: Floats) -> CountColumn:
    """Return a column of which each count comes to so much."""
    return replace(item, values=item.values * case, real=item.wanted * case)


def _made_up(
    item: CountColumn, target: CountColumn, case: Floats, beside: Sequence[CountColumn], groups: Places
) -> CountTie | None:
    """Return how the target's counts, of which each comes to so much (`case`), and as few others as possible make up an amount; None
    where they don't."""
    own = target.wanted * case
    there: Flags = np.isfinite(item.values) & np.isfinite(own)
    known = [one for one in beside if _may_be_part(one, item, there)]
    columns = np.array([own, np.ones(own.size), *(one.wanted for one in known)]).T[there]
    lengths = np.sqrt(np.sum(columns**2, axis=0))
    columns = columns / np.maximum(lengths, NOTHING)
    members = _members(groups[there])
    unit = 2 * item.half
    # Fitted to rounded amounts, a sum misses some by a whole unit.
    numbers = _explained(item.values[there], columns, members, unit)
    if numbers is None:
        return None
    left, factors = np.full((2, own.size), np.nan)
    left[there], factors[there] = _first_alone(item.values[there], columns[:, numbers], members)
    taken = [item, *(known[number - FITTED] for number in numbers[FITTED:])]
    amounts = item.values / unit
    of_a_case = np.abs(factors / lengths[0]) * case
    shown = np.all([np.isfinite(one.values) for one in taken], axis=0)
    return CountTie(
        words=tuple(one.words for one in taken),
        how="als Index" if len(taken) > 1 else "ein Betrag je Fall, auch mit einem festen",
        said=np.where(shown & (of_a_case >= unit - 1e-9), amounts, np.nan),
        wanted=amounts,
        slack=np.ones(own.size),
        free=len(numbers),
        tried=max(1, len(beside)) ** (len(taken) - 1),
        real=np.where(there, amounts, np.nan),
        sources=frozenset(one.source for one in taken),
        compared=left / unit,
        groups=groups,
    )


def _may_be_part(one: CountColumn, item: CountColumn, there: Flags) -> bool:
    """Tell whether a column is known at all these places, and is no other one than the amount itself, scaled."""
    is_itself = (one.words, one.moved) == (item.words, item.moved)
    return not is_itself and bool(np.isfinite(one.wanted[there]).all())


def _explained(wanted: Floats, columns: Floats, members: Floats, within: float) -> list[int] | None:
    """Return which columns explain an amount at all places to within so much, each group (`members`) in numbers of its own: the first, the
    second, and of the others one after the other that which explains most of what is left. None where they don't."""
    left = np.column_stack([wanted, columns])
    taken: list[int] = []
    # Fewer places than AGREEING beyond the numbers that are fitted prove nothing.
    most = (len(wanted) - AGREEING) // max(1, len(members))
    for number in range(min(most, columns.shape[1])):
        taken.append(number if number < FITTED else _most_alike(left, members))
        left = _without(left, taken[-1], members)
        if np.abs(left[:, 0]).max() <= within + 1e-9:
            return taken
    return None


def _without(left: Floats, number: int, members: Floats) -> Floats:
    """Return what a column doesn't explain of some amount (the first) and of all columns, in each group of places."""
    column = left[:, number + 1]
    alike = members @ (column[:, np.newaxis] * left)
    sizes = members @ column**2
    explains = sizes > NOTHING
    shares = np.zeros_like(alike)
    shares[explains] = alike[explains] / sizes[explains, np.newaxis]
    found: Floats = left - column[:, np.newaxis] * (members.T @ shares)
    return found


def _most_alike(left: Floats, members: Floats) -> int:
    """Return the number of the column that explains most of an amount, the first one."""
    columns = left[:, 1:]
    alike = members @ (left[:, :1] * columns)
    sizes = members @ columns**2
    shares = np.divide(alike**2, sizes, out=np.zeros_like(alike), where=sizes > NOTHING)
    return int(shares.sum(axis=0).argmax())


def _first_alone(wanted: Floats, design: Floats, members: Floats) -> tuple[Floats, Floats]:
    """Return what all columns of a design but the first leave of an amount, and how much of that comes to one of the first, each group in
    numbers of its own."""
    left = np.column_stack([wanted, design])
    for number in range(1, design.shape[1]):
        left = _without(left, number, members)
    amount, first = left[:, 0], left[:, 1]
    sizes = members @ first**2
    shares = np.divide(members @ (amount * first), sizes, out=np.zeros_like(sizes), where=sizes > NOTHING)
    return amount, members.T @ shares


def _members(groups: Places) -> Floats:
    """Return which places are in each group: 1 where one is, else 0."""
    found: Floats = (groups == np.unique(groups)[:, np.newaxis]).astype(np.float64)
    return found
