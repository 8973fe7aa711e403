"""Published tables in; what every measure shows by area and period, as it is and added up over periods, neighbouring values and areas of another division, out: the columns beside a count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from generator.disclosure.counted_measures import (
    PART,
    Measure,
    Tail,
    measures_of,
    parts_in,
)
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.implied_sums import runs
from generator.disclosure.lattice import Whole, is_named, unions
from generator.disclosure.periods import at_once, end_to_end
from generator.disclosure.published import MeasureFacts, Published
from generator.disclosure.ties.columns import CountColumn, Floats, Place

Way = dict[str, tuple[str, ...]]
"""Periods, each with others that are added up there."""


# In so many ways one period may be another one: a year is told of its last day, its first, or the first of the next.
SAME = 3


def places_of(every: Mapping[str, MeasureFacts]) -> list[Place]:
    """Return all areas and periods of which anything is said, in order."""
    found: set[Place] = set()
    for one in every.values():
        found.update((key[1], key[2]) for key in one.amounts | one.cells)
    return sorted(found)


def columns_of(
    published: Published, measure: Measure, every: Mapping[str, MeasureFacts], places: list[Place], part: Tail
) -> list[CountColumn]:
    """What all measures show, at the periods of a part of the measure; neighbours of a breakdown together, too.

    Of the measure itself they are what other parts show, which may tell this one, and the part as a whole, of which values of its
    breakdowns may be shares.
    """
    found: list[CountColumn] = []
    divided: list[CountColumn] = []
    elsewhen: list[CountColumn] = []
    mine = _periods(every[measure.name].cells, part)
    other_areas = unions(published.spaces, published.pairs)
    for other in measures_of(published.indicators):
        if other.name not in every:
            continue
        title = " / ".join(item.title for item in other.indicators)
        columns = _by_values(other, every[other.name].amounts, other_areas)
        real = _by_values(other, published.raw.get(other.name, {}), other_areas)
        for name, counts in sorted(columns.items()):
            if other.name == measure.name and parts_in(name) == part != name:
                continue
            ways = _ways_between({period for _, period in counts}, mine)
            half = 0.5 / 10 ** _decimals(counts.values())
            known = {**real.get(name, {}), **counts}
            values = array_of(counts, places)
            wanted = array_of(known, places)
            words = title + _words(other, name)
            column = CountColumn(words, other.name, values, half, wanted, parts_in(name), open=other.open)
            whole_or_divided = divided if name else found
            whole_or_divided.append(column)
            for way in ways:
                values, wanted = (array_of(_added_at(way, one), places) for one in (counts, known))
                elsewhen.append(replace(column, values=values, real=wanted, moved=True))
    # Of what is tried in greater numbers, the first have precedence.
    return found + divided + elsewhen


def _periods(cells: Iterable[Key], part: Tail) -> set[str]:
    """Return the periods of a part of a measure."""
    return {key[2] for key in cells if parts_in(key[3:]) == part}


def _ways_between(theirs: set[str], mine: set[str]) -> list[Way]:
    """Return how counts of other periods are told of those of a measure: a longer one that only they have stands where its last part
    does, apart for each number of parts; one that only the measure has is made up of its parts; one that is there at once stands for it."""
    ends: dict[int, Way] = defaultdict(dict)
    for whole in sorted(theirs - mine):
        for parts in _filling(whole, mine):
            ends[len(parts)][parts[-1]] = (whole,)
    sums: Way = {}
    for whole in sorted(mine - theirs):
        for parts in _filling(whole, theirs):
            sums[whole] = parts
    same = [_instead(pairs) for pairs in at_once(mine, theirs - mine).values()]
    # Of several parts of a year none stands for it.
    same = same if len(same) <= SAME else []
    return [*filter(None, [*ends.values(), sums]), *same]


def _instead(pairs: Iterable[tuple[str, str]]) -> Way:
    return {one: (other,) for one, other in pairs}


def _filling(whole: str, periods: Collection[str]) -> list[tuple[str, ...]]:
    return [parts for name, parts in end_to_end({*periods, whole}) if name == whole]


def _added_at(way: Way, counts: Mapping[Place, float]) -> dict[Place, float]:
    """Return at each period the sum of the counts that it is made up of."""
    found: dict[Place, float] = {}
    areas = {space for space, _ in counts}
    for (period, taken), space in product(way.items(), areas):
        parts = [(space, one) for one in taken]
        if counts.keys() >= set(parts):
            found[space, period] = sum(counts[part] for part in parts)
    return found


def _by_values(
    measure: Measure, counts: Mapping[Key, float], other_areas: Sequence[Whole]
) -> defaultdict[Tail, dict[Place, float]]:
    """Return the counts by values of breakdowns and by place, also of neighbouring values (such as ages) together."""
    found = slices_of(counts, other_areas)
    for item in measure.breakdowns:
        for run in runs(item):
            name = tuple(f"{item.id}:{value}" for value in run)
            parts = [found.get((part,), {}) for part in name]
            for place in set(parts[0]).intersection(*parts[1:]):
                found[name][place] = sum(part[place] for part in parts)
    return found


def _is_joined(name: Tail) -> bool:
    """Whether a name stands for several values of one breakdown together."""
    values = [item.partition(":")[0] for item in name if item not in parts_in(name)]
    return len(set(values)) < len(values)


def slices_of(
    counts: Mapping[Key, float], other_areas: Sequence[Whole] = ()
) -> defaultdict[Tail, dict[Place, float]]:
    """Sort the counts of a measure by the values of breakdowns that they are about, and add them up to areas of another division."""
    found: defaultdict[Tail, dict[Place, float]] = defaultdict(dict)
    for key, count in counts.items():
        if is_named(key):
            found[key[3:]][key[1], key[2]] = count
    periods = sorted({key[2] for key in counts})
    for cells, (whole, inside), period in product(found.values(), other_areas, periods):
        parts = [(part, period) for part in inside]
        if cells.keys() >= set(parts):
            total = sum(cells[part] for part in parts)
            cells.setdefault((whole, period), total)
    return found


def _words(measure: Measure, name: Tail) -> str:
    """Return what to write behind a title for some values of breakdowns."""
    names: dict[str, str] = {}
    for item in measure.breakdowns:
        names |= {f"{item.id}:{value.id}": value.name for value in item.values}
    names |= {f"{PART}:{item.id}": item.title for item in measure.owners}
    between = " + " if _is_joined(name) else ", "
    words = between.join(names.get(item, item) for item in name)
    return f" ({words})" if words else ""


def array_of(counts: Mapping[Place, float], places: list[Place]) -> Floats:
    return np.array([counts.get(place, np.nan) for place in places])


def _decimals(counts: Collection[float]) -> int:
    """Return how many decimals amounts have, four at most."""
    for decimals in range(4):
        if all(round(value, decimals) == value for value in counts):
            return decimals
    return 4
