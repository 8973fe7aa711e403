"""Counts of all measures in; withheld ones that other measures show, though nobody declared that they are tied, out.

Indicators that count the same ought to say so (`numerator_from`); then they are protected as one. Where nobody said so, the
numbers do. A tie between few measures is one of a short list of forms (`forms.py`), also looked for at every build. Where the real counts are
known, an amount that any number of measures make up is found as well (`fit.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from generator.disclosure.counted_measures import (
    Measure,
    Tail,
    measure_name,
    parts_in,
    rule_of,
)
from generator.disclosure.engine.attack import Evidence, FeasibilityInterval
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.engine.rounding import BASE
from generator.disclosure.implied_sums import AGREEING
from generator.disclosure.lattice import Whole, unions, wholes
from generator.disclosure.published import Disclosure, MeasureFacts, Published
from generator.disclosure.ties.columns import CountColumn, Flags, Place, Times, times_of
from generator.disclosure.ties.fit import fitted_ties
from generator.disclosure.ties.forms import WINDOWS, simple_ties
from generator.disclosure.ties.published_columns import array_of, columns_of, places_of, slices_of
from generator.disclosure.ties.tie import CountTie, is_believed
from generator.model.cells import CellKey


def shown_elsewhere(measure: Measure, facts: MeasureFacts) -> list[Disclosure]:
    """Return the counts that one indicator withholds and another of the same measure shows."""
    found: list[Disclosure] = []
    if measure.rounded:
        return found
    for key in sorted(facts.withheld.keys() & facts.known.keys()):
        value = float(facts.known[key])
        interval = FeasibilityInterval(value, value)
        shown = Evidence((), (f"„{facts.shown_by[key]}“",))
        found.append(Disclosure(key, *facts.withheld[key], interval, shown))
    return found


def _told(withheld: tuple[str, CellKey], key: Key, form: CountTie) -> Disclosure:
    shown = Evidence((), tuple(f"„{item}“" for item in form.words))
    return Disclosure(key, *withheld, None, shown, how=form.how, tied=form.sources)


def shown_otherwise(
    published: Published, measure: Measure, every: Mapping[str, MeasureFacts]
) -> list[Disclosure]:
    """Return the withheld counts (of rounded ones the small) that other measures of `every` show in another form, though nobody declared
    them to be the same."""
    facts = every[measure.name]
    counts = published.raw.get(measure.name, {})
    if measure.rounded and not counts:
        return _shown_finer(published, measure, every)
    shown = facts.amounts
    withheld = facts.withheld
    if measure.rounded:
        shown = {}
        withheld = _small(published, measure, facts.cells, counts)
    if not withheld:
        return []
    places = places_of(every)
    numbers = {place: number for number, place in enumerate(places)}
    by_chance = _by_chance(published, measure)
    other_areas = unions(published.spaces, published.pairs)
    mine = slices_of(shown, other_areas)
    real = slices_of(counts, other_areas)
    above: dict[str, str] = {}
    for whole, inside in wholes(published.spaces):
        above |= dict.fromkeys(inside, whole)
    composed = {*above.values(), *(whole for whole, _ in other_areas)}
    times = times_of(places, above, composed)
    found = []
    others: dict[Tail, list[CountColumn]] = {}
    for name, cells in sorted(slices_of(dict.fromkeys(withheld, 0.0)).items()):
        part = parts_in(name)
        if part not in others:
            others[part] = columns_of(published, measure, every, places, part)
        behind = _behind(cells, mine.get(name, {}), other_areas)
        known = behind.keys() & numbers.keys()
        secret = sorted(numbers[place] for place in known)
        true = array_of(real[name], places) if name in real else None
        target = CountColumn("", measure.name, array_of(mine.get(name, {}), places), real=true)
        beside = [
            item for item in others[part] if (item.source, item.part) != (measure.name, part) or name != part
        ]
        for place, form in find_twins(target, secret, beside, times, by_chance):
            key = (measure.name, *behind[places[place]], *name)
            found.append(_told(withheld[key], key, form))
    return found


def _behind(
    withheld: Iterable[Place], shown: Collection[Place], other_areas: Iterable[Whole]
) -> dict[Place, Place]:
    """Return the withheld places, and those of another division that hold one of them and aren't shown, each with the withheld one."""
    found = {place: place for place in withheld}
    for (whole, inside), (space, period) in product(other_areas, sorted(withheld)):
        if space in inside and (whole, period) not in shown:
            found.setdefault((whole, period), (space, period))
    return found


def _by_chance(published: Published, measure: Measure) -> set[str]:
    """Return the measures of which a person said that they make this one's counts by chance, or this one theirs."""
    found: set[str] = set()
    for key, item in published.indicators.items():
        for one in item.by_chance:
            pair = {measure_name(published.indicators, name) for name in (key, one.indicator)}
            found |= pair if measure.name in pair else set()
    return found - {measure.name}


def _small(
    published: Published,
    measure: Measure,
    cells: Mapping[Key, tuple[str, CellKey]],
    counts: Mapping[Key, int],
) -> dict[Key, tuple[str, CellKey]]:
    """Return the published cells whose counts are small."""
    threshold = rule_of(measure, published.defaults).threshold
    return {key: cell for key, cell in cells.items() if 0 < counts.get(key, 0) < threshold}


def _shown_finer(
    published: Published, measure: Measure, every: Mapping[str, MeasureFacts]
) -> list[Disclosure]:
    """Return the small counts of a rounded measure that another measure shows as they are."""
    facts = every[measure.name]
    places = places_of(every)
    others = columns_of(published, measure, every, places, ())
    threshold = rule_of(measure, published.defaults).threshold
    found = []
    for name, counts in sorted(slices_of(facts.amounts).items()):
        target = CountColumn("", measure.name, array_of(counts, places))
        for place, form in find_finer(target, BASE - 1, BASE, others):
            key = (measure.name, *places[place], *name)
            if key in facts.cells and 0 < form.said[place] < threshold:
                found.append(_told(facts.cells[key], key, form))
    return found


def find_twins(
    target: CountColumn,
    secret: Sequence[int],
    others: Sequence[CountColumn],
    times: Times,
    by_chance: Collection[str] = (),
) -> Iterator[tuple[int, CountTie]]:
    """Yield each withheld place of the target that others show, once, with the form in which they do.

    `secret` are the withheld places, `by_chance` measures of which somebody said that they make the target's counts by chance.
    With the target's real counts a form that holds for them is found even where everything that would show it is withheld. What a
    form says is always taken from what is shown.
    """
    hidden = np.zeros(target.values.size, dtype=np.bool_)
    hidden[list(secret)] = True
    told: Flags = np.zeros_like(hidden)
    # A sum over several periods stands at its last one, which may be shown.
    near = hidden.copy()
    for step in range(1, max(WINDOWS)):
        near |= times.moved(hidden.astype(np.float64), -step) == 1
    useful: dict[tuple[str, bytes, bytes], CountColumn] = {}
    for item in others:
        if np.isfinite(item.wanted).sum() >= AGREEING and np.isfinite(item.values[near]).any():
            # A year and its last day may show the same in every place: that is one column.
            same = (item.source, item.values.tobytes(), item.wanted.tobytes())
            useful.setdefault(same, item)
    for form in _ties(target, list(useful.values()), times):
        shown: Flags = hidden & ~told & np.isfinite(form.said)
        if shown.any() and not form.is_chance(by_chance) and is_believed(form):
            told |= shown
            yield from ((place, form) for place in np.flatnonzero(shown).tolist())


def find_finer(
    target: CountColumn, reach: int, base: int, others: Sequence[CountColumn]
) -> Iterator[tuple[int, CountTie]]:
    """Yield each place of a rounded target at which another column shows the count that was rounded."""
    slack = np.full(target.values.size, float(reach))
    for item in others:
        common = np.isfinite(target.values) & np.isfinite(item.values)
        words = (item.words,)
        tried = len(others)
        sources = frozenset([item.source])
        form = CountTie(words, "ungerundet", item.values, target.values, slack, 0, tried, sources=sources)
        if is_believed(form) and np.any(np.mod(item.values[common], base)):
            yield from ((place, form) for place in np.flatnonzero(np.isfinite(item.values)).tolist())


def _ties(target: CountColumn, others: Sequence[CountColumn], times: Times) -> Iterator[CountTie]:
    """Yield every tie between a count and the columns beside it, those between few first, so that a plain sum is called one."""
    yield from simple_ties(target, others, times)
    if target.real is not None:
        yield from fitted_ties(target, others, times)
