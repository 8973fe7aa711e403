"""Counts of a measure in; sums among them that nobody declared, though the numbers obey them, out.

A year of its half-years, a town of the areas of a second division without boundaries, a whole of parts that are said not to
add up (`adds_up: no`), an age group of the finer ones of another indicator: whoever sees that the numbers fit adds them up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations, permutations, product

from generator.disclosure.counted_measures import Measure, parts_in, sums_by
from generator.disclosure.engine import Key, Sum
from generator.disclosure.lattice import CROSS, Spaces, tail, value_ids
from generator.disclosure.month_spans import end_to_end
from generator.model.indicator import Breakdown

Counts = Mapping[Key, int | None]
"""The cells there are, None where a count is not known."""

Family = tuple[Hashable, ...]
"""Sums of one kind: they all hold, or that a few of them do is chance."""


def implied_sums(measure: Measure, spaces: Spaces, counts: Counts, least: int = 1) -> list[Sum]:
    """Return the sums of every kind that holds in most places where it can be seen, and in `least` of them at all; what is declared
    need not be seen.

    Where a count is not known, a sum is taken to hold like the others of its kind.
    """
    families: dict[Family, list[Sum]] = defaultdict(list)
    for family, item in _candidates(measure, spaces, counts):
        if item.within(counts):
            families[family].append(item)
    found: list[Sum] = []
    for family, items in families.items():
        asked = 0 if family[0] == "parts" else least
        found += _of_family(list(dict.fromkeys(items)), counts, asked)
    return found


def _of_family(items: list[Sum], counts: Counts, least: int) -> list[Sum]:
    """Return the sums of a kind that are not seen to fail; none where the kind as a whole is not believed."""
    telling = [item for item in items if _telling(item, counts)]
    holding = sum(_holds(item, counts) is True for item in telling)
    if holding < least or (telling and 2 * holding <= len(telling)):
        return []
    return [item for item in items if _holds(item, counts) is not False]


def _holds(item: Sum, counts: Counts) -> bool | None:
    """Say whether a sum holds; None where one of its counts is not known."""
    total, parts = counts[item.total], [counts[part] for part in item.parts]
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return None
    return sum(known) == total


def _telling(item: Sum, counts: Counts) -> bool:
    """Whether a sum that can be seen says something: nothing and nothing is nothing everywhere."""
    return _holds(item, counts) is not None and any(counts[key] for key in (item.total, *item.parts))


def _candidates(measure: Measure, spaces: Spaces, counts: Counts) -> Iterator[tuple[Family, Sum]]:
    yield from _of_periods(counts)
    yield from _of_geographies(spaces, counts)
    yield from _not_declared(measure, spaces, counts)
    yield from _of_breakdowns(measure, counts)
    yield from _of_parts(measure, counts)


def _of_periods(counts: Counts) -> Iterator[tuple[Family, Sum]]:
    periods = {key[2] for key in counts}
    for whole, parts in end_to_end(periods):
        kind = tuple(re.sub(r"\d", "0", period) for period in (whole, *parts))
        for name, space, period, *values in counts:
            if period == whole:
                inside = tuple((name, space, part, *values) for part in parts)
                yield ("periods", kind), Sum((name, space, whole, *values), inside)


def _of_geographies(spaces: Spaces, counts: Counts) -> Iterator[tuple[Family, Sum]]:
    """Two divisions of the town add up to the same, where there are no pieces in which they meet."""
    if any(CROSS in key[1] for key in counts):
        return
    tops: dict[str, list[str]] = defaultdict(list)
    for space, facts in sorted(spaces.items()):
        if facts.depth == 0:
            tops[facts.geography].append(space)
    for (mine, whole), (other, parts) in permutations(tops.items(), 2):
        for name, space, *rest in counts:
            if whole == [space]:
                inside = tuple((name, part, *rest) for part in parts)
                yield ("geographies", mine, other), Sum((name, space, *rest), inside)


def _not_declared(measure: Measure, spaces: Spaces, counts: Counts) -> Iterator[tuple[Family, Sum]]:
    for divided in measure.divided:
        if divided[0].adds_up:
            continue
        for item in sums_by(measure, divided, spaces, counts):
            areas = item.total[1] != item.parts[0][1]
            yield ("adds-up", divided[0].id, areas, len(item.total)), item


def _of_breakdowns(measure: Measure, counts: Counts) -> Iterator[tuple[Family, Sum]]:
    """A value of one indicator's breakdown is one of another's under another name, or several neighbours together."""
    places = sorted({key[:3] for key in counts})
    kinds = sorted(measure.breakdowns, key=repr)
    for mine, other in permutations(kinds, 2):
        for value, run in product(mine.values, runs(other)):
            total, parts = tail([mine.id], [value.id]), tuple(tail([other.id], [part]) for part in run)
            for place in places if total not in parts else ():
                inside = tuple((*place, *part) for part in parts)
                yield ("breakdowns", total, parts), Sum((*place, *total), inside)


def _of_parts(measure: Measure, counts: Counts) -> Iterator[tuple[Family, Sum]]:
    """Parts that are declared (`part_of`) make up their whole, unless a count is seen that none of them counts."""
    for whole, inside in measure.inside.items():
        for key in counts:
            if parts_in(key[3:]) == whole:
                parts = tuple((*key[:3], *sorted([*key[3:], part])) for part in inside)
                yield ("parts", whole), Sum(key, parts)


def runs(breakdown: Breakdown) -> list[tuple[str, ...]]:
    """Return the values of a breakdown, and every row of neighbours, without the row of all."""
    values = value_ids(breakdown)
    ends = combinations(range(len(values) + 1), 2)
    return [values[start:stop] for start, stop in ends if stop - start < len(values)]
