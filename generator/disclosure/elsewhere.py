"""What measures show in; the withheld counts that another indicator or an undeclared other measure shows out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import pairwise

import numpy as np

from generator.disclosure.counted_measures import Measure, divisor_name, measures_of
from generator.disclosure.engine import Evidence, FeasibilityInterval, Key, LeakKind
from generator.disclosure.implied_sums import runs
from generator.disclosure.lattice import CROSS, tail
from generator.disclosure.published import Disclosure, MeasureFacts, Published
from generator.disclosure.rounded import BASE
from generator.disclosure.twins import CountColumn, Floats, Place, find_finer, find_twins

Tail = tuple[str, ...]


def shown_elsewhere(measure: Measure, facts: MeasureFacts) -> list[Disclosure]:
    """Return the counts that one indicator withholds and another of the same measure shows."""
    found = []
    for key in sorted(facts.withheld.keys() & facts.known.keys()) if not measure.rounded else ():
        name, cell = facts.withheld[key]
        value = float(facts.known[key])
        evidence = Evidence((), (f"„{facts.shown_by[key]}“",))
        found.append(
            Disclosure(key, name, cell, LeakKind.RECOVERED, FeasibilityInterval(value, value), evidence)
        )
    return found


def shown_otherwise(
    published: Published, measure: Measure, every: Mapping[str, MeasureFacts], threshold: int
) -> list[Disclosure]:
    """Return the withheld (or rounded) small counts that measures nobody declared to be the same show in another form."""
    facts = every[measure.name]
    if not facts.withheld and not measure.rounded:
        return []
    places = _places_of(every)
    others = _columns(published, measure, every, places)
    if measure.rounded:
        return _shown_finer(measure, facts, others, places, threshold)
    mine = _slices(facts.amounts)
    real = _slices(published.raw.get(measure.name, {}))
    hidden: dict[Tail, list[int]] = defaultdict(list)
    for key in sorted(facts.withheld):
        hidden[key[3:]].append(places.index((key[1], key[2])))
    found = []
    for name, secret in sorted(hidden.items()):
        target = CountColumn("", measure.name, _array(mine.get(name, {}), places))
        below = _below(published, measure, every, name, places)
        raw = _array(real[name], places) if name in real else None
        for twin in find_twins(target, secret, others, below, _before(places), raw):
            key = (measure.name, *places[twin.place], *name)
            indicator, cell = facts.withheld[key]
            shown = Evidence((), tuple(f"„{words}“" for words in twin.words))
            found.append(Disclosure(key, indicator, cell, LeakKind.RECOVERED, None, shown, how=twin.how))
    return found


def _places_of(every: Mapping[str, MeasureFacts]) -> list[Place]:
    """Return all areas and periods of which anything is said, in order."""
    found: set[Place] = set()
    for one in every.values():
        found.update((key[1], key[2]) for key in one.amounts | one.cells)
    return sorted(found)


def _shown_finer(
    measure: Measure,
    facts: MeasureFacts,
    others: list[CountColumn],
    places: list[Place],
    threshold: int,
) -> list[Disclosure]:
    """Return the small counts of a rounded measure that another measure shows as they are."""
    found = []
    for name, counts in sorted(_slices(facts.amounts).items()):
        target = CountColumn("", measure.name, _array(counts, places))
        for place, item in find_finer(target, BASE - 1, BASE, others):
            key = (measure.name, *places[place], *name)
            if key in facts.cells and 0 < item.values[place] < threshold:
                indicator, cell = facts.cells[key]
                shown = Evidence((), (f"„{item.words}“",))
                kind = LeakKind.RECOVERED
                found.append(Disclosure(key, indicator, cell, kind, None, shown, how="ungerundet"))
    return found


def _columns(
    published: Published, measure: Measure, every: Mapping[str, MeasureFacts], places: list[Place]
) -> list[CountColumn]:
    """What all other measures show, with what the measure itself is divided by; neighbours of a breakdown together, too."""
    found = []
    for other in measures_of(published.indicators):
        if other.name == measure.name:
            continue
        title = " / ".join(item.title for item in other.indicators)
        slices = _slices(every[other.name].amounts)
        columns: dict[Tail, tuple[str, Mapping[Place, float]]] = {
            name: (_words(other, name), counts) for name, counts in slices.items()
        }
        columns |= _rows_of_neighbours(other, slices)
        for _, (words, counts) in sorted(columns.items()):
            half = 0.5 / 10 ** _places(counts.values())
            shown = f"{title} ({words})" if words else title
            found.append(CountColumn(shown, other.name, _array(counts, places), half))
    return found


def _rows_of_neighbours(
    measure: Measure, slices: Mapping[Tail, Mapping[Place, float]]
) -> dict[Tail, tuple[str, Mapping[Place, float]]]:
    """Return the sums of neighbouring values of a breakdown, such as ages, in words and by place."""
    found: dict[Tail, tuple[str, Mapping[Place, float]]] = {}
    for _, breakdowns in measure.divided:
        for item in breakdowns:
            for run in runs(item):
                parts = [tail([item.id], [value]) for value in run]
                if len(parts) > 1 and all(part in slices for part in parts):
                    words = " + ".join(_words(measure, part) for part in parts)
                    found[tuple(part[0] for part in parts)] = words, _added([slices[part] for part in parts])
    return found


def _slices(counts: Mapping[Key, float]) -> dict[Tail, dict[Place, float]]:
    """Sort the counts of a measure by the values of breakdowns that they are about."""
    found: dict[Tail, dict[Place, float]] = defaultdict(dict)
    for key, count in counts.items():
        if CROSS not in key[1]:
            found[key[3:]][key[1], key[2]] = count
    return found


def _words(measure: Measure, name: Tail) -> str:
    names = {}
    for _, breakdowns in measure.divided:
        for item in breakdowns:
            names.update({f"{item.id}:{value.id}": value.name for value in item.values})
    return ", ".join(names.get(item, item) for item in name)


def _added(parts: list[Mapping[Place, float]]) -> dict[Place, float]:
    common = set(parts[0]).intersection(*parts[1:])
    return {place: sum(part[place] for part in parts) for place in common}


def _below(
    published: Published, measure: Measure, every: Mapping[str, MeasureFacts], name: Tail, places: list[Place]
) -> Floats | None:
    """What the measure is divided by: for this breakdown value, else for all of them together."""
    for owner in measure.owners:
        if owner.denominator is not None:
            slices = _slices(every[divisor_name(published.indicators, owner.id)].amounts)
            counts = slices.get(name) or slices.get(())
            return _array(counts, places) if counts else None
    return None


def _array(counts: Mapping[Place, float], places: list[Place]) -> Floats:
    return np.array([counts.get(place, np.nan) for place in places])


def _before(places: list[Place]) -> Floats:
    """The place of the same area in the period before, among those written alike; -1 where there is none."""
    at = {place: number for number, place in enumerate(places)}
    alike: dict[str, list[str]] = defaultdict(list)
    for period in sorted({period for _, period in places}):
        alike[re.sub(r"\d", "0", period)].append(period)
    last: dict[str, str] = {}
    for row in alike.values():
        last.update({later: earlier for earlier, later in pairwise(row)})
    return np.array([at.get((space, last.get(period, "")), -1) for space, period in places])


def _places(counts: Collection[float]) -> int:
    """Return how many decimals amounts have."""
    return next((places for places in range(4) if all(round(value, places) == value for value in counts)), 4)
