"""Sums of a measure and the cells there are in; what is left of a whole where some of its parts are not told, out.

A year beside three of its quarters tells the fourth, a count beside all values of a breakdown but one tells that one. No page names
such a rest, but whoever subtracts has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from generator.disclosure.counted_measures import Measure
from generator.disclosure.engine import Key, Sum
from generator.disclosure.lattice import REST
from generator.disclosure.month_spans import left_over
from generator.model.indicator import Indicator

Counts = Mapping[Key, int | None]
"""The cells there are, None where a count is not known."""


def rests(measure: Measure, sums: Iterable[Sum], counts: Counts) -> list[Sum]:
    """Return each whole with those of its parts that are there, and with a cell for all the others together."""
    found = [*_of_breakdowns(sums, counts), *_of_periods(measure, counts)]
    return [item for item in found if rest_of(item, counts) is None or _left(item, counts) >= 0]


def rest_of(item: Sum, counts: Counts) -> int | None:
    """Return how much a sum leaves over, None where a count of it isn't known."""
    known = [counts[key] for key in (item.total, *item.parts[:-1])]
    return None if None in known else _left(item, counts)


def _left(item: Sum, counts: Counts) -> int:
    """Return the whole less its parts; what isn't known counts nothing."""
    left = counts[item.total] or 0
    for key in item.parts[:-1]:
        left -= counts[key] or 0
    return left


def _rest(total: Key, parts: Iterable[Key], names: Iterable[str]) -> Sum:
    without = ", ".join(names)
    rest = (*total, f"{REST}:{without}")
    return Sum(total, (*parts, rest))


def _of_breakdowns(sums: Iterable[Sum], counts: Counts) -> Iterator[Sum]:
    for item in sums:
        there = [part for part in item.parts if part in counts]
        # Areas that lack a row are refused.
        if item.total in counts and 0 < len(there) < len(item.parts) and there[0][1] == item.total[1]:
            names = set(chain.from_iterable(there)).difference(item.total)
            yield _rest(item.total, there, sorted(names))


def _of_periods(measure: Measure, counts: Counts) -> Iterator[Sum]:
    """Yield the rests of years and the like; none of what is there on a day (a stock), of which a year isn't the sum."""
    if not all(item.adds_up and not _on_a_day(item) for item in measure.indicators):
        return
    kinds: dict[tuple[str, ...], list[tuple[float, Sum]]] = defaultdict(list)
    for whole, parts, share in left_over({key[2] for key in counts}):
        kind = tuple(re.sub(r"\d", "0", period) for period in (whole, *parts))
        kinds[kind] += [(share, item) for item in _of_period(whole, parts, counts)]
    for items in kinds.values():
        if _adds_up(items, counts):
            yield from (item for _, item in items)


def _on_a_day(item: Indicator) -> bool:
    return item.counts is not None and item.counts.of == "stock"


def _of_period(whole: str, parts: tuple[str, ...], counts: Counts) -> Iterator[Sum]:
    for key in counts:
        inside = [(*key[:2], part, *key[3:]) for part in parts]
        if key[2] == whole and counts.keys() >= set(inside):
            yield _rest(key, inside, parts)


def _adds_up(items: Iterable[tuple[float, Sum]], counts: Counts) -> bool:
    """Whether parts count what happens in their months: a share of the whole, and not each about as much as it."""
    flow = stock = 0.0
    for share, item in items:
        if rest_of(item, counts) is not None:
            whole = counts[item.total] or 0
            told = whole - _left(item, counts)
            flow += told - share * whole
            stock += told - (len(item.parts) - 1) * whole
    return abs(flow) < abs(stock)
