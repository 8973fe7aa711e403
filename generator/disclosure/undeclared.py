"""Counts of all measures in; withheld ones that other measures show, though nobody declared that they are tied (the same number, sums, differences, rates, changes, indices), out; when such a tie is believed and when it may be chance.

Indicators that count the same ought to say so (`numerator_from`); then they are protected as one. Where nobody said so, the
numbers do. A tie between few measures is one of a short list of forms (the same number, sums and differences of up to three, also
with the periods before and after, a rate, an amount, a change, an index, a score) and is believed where so many places agree that chance
hardly ever would. Where the real counts are known, an amount that any number of measures make up is found as well (`_explained`).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, pairwise, permutations, product

import numpy as np
from numpy.typing import NDArray

from generator.disclosure.counted_measures import (
    PART,
    Measure,
    Tail,
    measure_name,
    measures_of,
    parts_in,
    rule_of,
)
from generator.disclosure.engine.attack import Evidence, FeasibilityInterval
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.engine.rounding import BASE
from generator.disclosure.implied_sums import AGREEING, runs
from generator.disclosure.lattice import Whole, is_named, unions, wholes
from generator.disclosure.periods import at_once, end_to_end
from generator.disclosure.published import Disclosure, MeasureFacts, Published
from generator.model.cells import CellKey
from generator.model.dates import YEAR, spans_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Place = tuple[str, str]
"""Area and period."""
Way = dict[str, tuple[str, ...]]
"""Periods, each with others that are added up there."""
# More different counts than AGREEING are asked where they differ little or where much is tried.
CHANCE = 1e-4
# Every sum is tried at a few places first; one in a hundred thousand passes.
TRIED = 8
# Three others together are tried among so many at most: the numbers of tries grow with the third power.
TRIPLES = 24
# In so many ways one period may be another one: a year is told of its last day, its first, or the first of the next.
SAME = 3
# Sums over so many periods are tried.
WINDOWS = (2, 3, 4, 5)
# A straight line has two numbers.
FITTED = 2
# Of a column, or of its squares where these add up to one at first, less than this is nothing.
NOTHING = 1e-12
# That a tie is chance is no longer believed where so many more places show it than columns make it up.
SURPLUS = 20
# What is less than half a case off rounds to the count.
CASE = 0.5
PLUS = ((1.0,),)
MINUS = ((-1.0,),)


@dataclass(frozen=True)
class CountColumn:
    """What one measure, or one value of its breakdowns, shows by place; NaN where it shows nothing.

    words: what it is called. source: the measure. half: half of the last decimal. real: the counts, also the withheld ones, where
    they are known. part: of which part of the measure it is. moved: it stands at
    another period than the one of which it is. open: nobody is counted in it.
    """

    words: str
    source: str
    values: Floats
    half: float = 0.5
    real: Floats | None = None
    part: Tail = ()
    moved: bool = False
    open: bool = False

    @property
    def wanted(self) -> Floats:
        """The real counts where they are known, else what is shown."""
        return self.values if self.real is None else self.real


@dataclass(frozen=True)
class CountTie:
    """What columns (`words`), put together in one way (`how`, in words), say of the target at every place; NaN: nothing.

    wanted: the target itself. slack: by how much both may differ. free: how many numbers were fitted to the target, in each of `groups` of
    places. tried: how many forms of this kind there are. real: what it says with the real counts of the columns, where these are known.
    sources: the measures of the columns. compared: the counts by which it is judged whether it holds by chance, where they aren't the target's.
    """

    words: tuple[str, ...]
    how: str
    said: Floats
    wanted: Floats
    slack: Floats
    free: int
    tried: int
    real: Floats | None = None
    sources: frozenset[str] = frozenset()
    compared: Floats | None = None
    groups: Places | None = None

    def is_chance(self, declared: Collection[str]) -> bool:
        """Whether it is said to be chance of all its measures, and seen in too few places to prove the contrary."""
        if not self.sources <= set(declared):
            return False
        seen = np.isfinite(self.wanted)
        seen &= np.isfinite(self.said) | (self.real is not None and np.isfinite(self.real))
        return bool(seen.sum() < SURPLUS + len(self.words))


@dataclass(frozen=True)
class _Times:
    """The place of the same area in the period before each place, in the one after it and a year ago, -1 where there is none; groups: all
    places as one, by period, by area, by period and the area above. begins: whether a year begins with the period."""

    before: Places
    after: Places
    ago: Places
    groups: tuple[Places, ...]
    begins: Flags
    finest: Flags

    def moved(self, values: Floats, steps: int) -> Floats:
        """Return for each place the value of its area so many periods later (earlier, where steps are negative)."""
        for way in [self.after] * steps + [self.before] * -steps:
            values = np.where(way >= 0, values[way], np.nan)
        return values

    def column(self, item: CountColumn, steps: int) -> CountColumn:
        """Return a column moved like that."""
        values = self.moved(item.values, steps)
        return replace(item, values=values, real=self.moved(item.wanted, steps), moved=True)

    def earlier(self, item: CountColumn) -> list[CountColumn]:
        """Return a column moved from the period before, from the one before that and, if that is another, from a year ago."""
        found = [self.column(item, -1), self.column(item, -2)]
        if not np.array_equal(self.ago, self.before):
            values, real = (
                np.where(self.ago >= 0, one[self.ago], np.nan) for one in (item.values, item.wanted)
            )
            found.append(replace(item, values=values, real=real, moved=True))
        return found

    def growth(self, item: CountColumn) -> list[CountColumn]:
        """Return by how much a column grew since the period before, and the same where it begins anew each year."""
        always = replace(_combined((1.0, -1.0), (item, self.column(item, -1))), moved=True)
        values = np.where(self.begins, item.values, always.values)
        yearly = replace(always, values=values, real=np.where(self.begins, item.wanted, always.wanted))
        return [always] if self.begins.all() else [always, yearly]


def _times(places: Sequence[Place], above: Mapping[str, str] = {}, composed: Collection[str] = ()) -> _Times:
    """Say of each place where its area is in other periods, among those written alike; `above` is what an area belongs to, `composed` are
    those made of others: what holds for the finest holds for these."""
    at = {place: number for number, place in enumerate(places)}
    periods = sorted({period for _, period in places})
    last = periods_before(periods)
    before = np.array([at.get((space, last.get(period, "")), -1) for space, period in places])
    ago = np.array([at.get((space, f"{int(period[:4]) - 1}{period[4:]}"), -1) for space, period in places])
    after = np.full_like(before, -1)
    there = np.flatnonzero(before >= 0)
    after[before[there]] = there
    groups: list[list[tuple[str, ...]]] = [
        [() for _ in places],
        [(period,) for _, period in places],
        [(space,) for space, _ in places],
        [(above.get(space, ""), period) for space, period in places],
    ]
    begins = np.array([_begins_year(period) for _, period in places])
    finest = np.array([space not in composed for space, _ in places])
    return _Times(before, after, ago, tuple(_numbered(names) for names in groups), begins, finest)


def _numbered(names: Sequence[tuple[str, ...]]) -> Places:
    """Return each name by its number among all in order."""
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _begins_year(period: str) -> bool:
    """Tell whether a period may begin with a year."""
    return any(start % YEAR == 0 for start, _ in spans_of(period))


def periods_before(periods: Iterable[str]) -> dict[str, str]:
    """Return by period the one before it among some that are in order and written alike."""
    alike: dict[str, list[str]] = defaultdict(list)
    for period in periods:
        kind = re.sub(r"\d", "0", period)
        alike[kind].append(period)
    found: dict[str, str] = {}
    for row in alike.values():
        steps = pairwise(row)
        found |= {later: earlier for earlier, later in steps}
    return found


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
    places = _places_of(every)
    numbers = {place: number for number, place in enumerate(places)}
    by_chance = _by_chance(published, measure)
    other_areas = unions(published.spaces, published.pairs)
    mine = _slices(shown, other_areas)
    real = _slices(counts, other_areas)
    above: dict[str, str] = {}
    for whole, inside in wholes(published.spaces):
        above |= dict.fromkeys(inside, whole)
    composed = {*above.values(), *(whole for whole, _ in other_areas)}
    times = _times(places, above, composed)
    found = []
    others: dict[Tail, list[CountColumn]] = {}
    for name, cells in sorted(_slices(dict.fromkeys(withheld, 0.0)).items()):
        part = parts_in(name)
        if part not in others:
            others[part] = _columns(published, measure, every, places, part)
        behind = _behind(cells, mine.get(name, {}), other_areas)
        known = behind.keys() & numbers.keys()
        secret = sorted(numbers[place] for place in known)
        true = _array(real[name], places) if name in real else None
        target = CountColumn("", measure.name, _array(mine.get(name, {}), places), real=true)
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


def _places_of(every: Mapping[str, MeasureFacts]) -> list[Place]:
    """Return all areas and periods of which anything is said, in order."""
    found: set[Place] = set()
    for one in every.values():
        found.update((key[1], key[2]) for key in one.amounts | one.cells)
    return sorted(found)


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
    places = _places_of(every)
    others = _columns(published, measure, every, places, ())
    threshold = rule_of(measure, published.defaults).threshold
    found = []
    for name, counts in sorted(_slices(facts.amounts).items()):
        target = CountColumn("", measure.name, _array(counts, places))
        for place, form in find_finer(target, BASE - 1, BASE, others):
            key = (measure.name, *places[place], *name)
            if key in facts.cells and 0 < form.said[place] < threshold:
                found.append(_told(facts.cells[key], key, form))
    return found


def _columns(
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
            values = _array(counts, places)
            wanted = _array(known, places)
            words = title + _words(other, name)
            column = CountColumn(words, other.name, values, half, wanted, parts_in(name), open=other.open)
            whole_or_divided = divided if name else found
            whole_or_divided.append(column)
            for way in ways:
                values, wanted = (_array(_added_at(way, one), places) for one in (counts, known))
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
    found = _slices(counts, other_areas)
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


def _slices(
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


def _array(counts: Mapping[Place, float], places: list[Place]) -> Floats:
    return np.array([counts.get(place, np.nan) for place in places])


def _decimals(counts: Collection[float]) -> int:
    """Return how many decimals amounts have, four at most."""
    for decimals in range(4):
        if all(round(value, decimals) == value for value in counts):
            return decimals
    return 4


def find_twins(
    target: CountColumn,
    secret: Sequence[int],
    others: Sequence[CountColumn],
    times: _Times,
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
        if shown.any() and not form.is_chance(by_chance) and _believed(form):
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
        if _believed(form) and np.any(np.mod(item.values[common], base)):
            yield from ((place, form) for place in np.flatnonzero(np.isfinite(item.values)).tolist())


def _believed(form: CountTie) -> bool:
    """Whether a form holds wherever it can be seen, and too often for chance; by the real counts, where it holds for these too."""
    if not _holds(form, form.said):
        return False
    proof = form.said if form.real is None or not _holds(form, form.real) else form.real
    seen: Flags = np.isfinite(form.wanted) & np.isfinite(proof)
    wanted = form.wanted if form.compared is None else form.compared
    if np.unique(wanted[seen]).size < AGREEING:
        return False
    unit = max(1.0, 2 * float(np.median(form.slack[seen])))
    groups = np.zeros(wanted.size) if form.groups is None else form.groups
    chance = 0.0
    for group in np.unique(groups[seen]):
        inside = np.unique(wanted[seen & (groups == group)])
        spare = max(0, inside.size - form.free)
        chance += spare * _alike(inside, unit)
    return is_no_chance(chance, form.tried)


def _alike(values: Floats, unit: float) -> float:
    """Return the mean logarithm of the chance that another number agrees with each of some different ones to within a unit: as if all
    between the least and the greatest were as probable, or as often as the others do; a few large ones among many alike prove little."""
    close = np.count_nonzero(np.abs(np.subtract.outer(values, values)) <= unit / 2, axis=1) - 1
    even = unit / (float(np.ptp(values)) + 1)
    return float(np.log(np.clip(close / max(1, values.size - 1), min(1.0, even), 1.0)).mean())


def is_no_chance(chance: float, tried: int) -> bool:
    """Tell whether what agrees with a chance of this logarithm hardly does so by chance in any of so many tries."""
    return chance + math.log(tried) < math.log(CHANCE)


def _holds(form: CountTie, said: Floats) -> bool:
    seen: Flags = np.isfinite(form.wanted) & np.isfinite(said)
    return not np.any(np.abs(form.wanted - said)[seen] > form.slack[seen] + 1e-9)


def _ties(target: CountColumn, others: Sequence[CountColumn], times: _Times) -> Iterator[CountTie]:
    yield from _added_up(target, _nothing(target), combinations(others, 1), PLUS, "dieselbe Zahl")
    yield from _in_proportion(target, others, times)
    yield from _windows(target, others, times)
    yield from _sums(target, others, times)
    if target.real is not None:
        yield from _in_scale(target, others, times)


def _added_up(
    target: CountColumn,
    start: CountColumn,
    groups: Iterable[tuple[CountColumn, ...]],
    signs: Sequence[tuple[float, ...]],
    how: str = "",
    half: float = 0.0,
) -> Iterator[CountTie]:
    """Yield each sum of `start` and of a group, each column with a sign, that agrees with the target at a sample of places, to within
    `half` of a case."""
    wanted = target.wanted
    slack = np.full(wanted.size, half)
    every = list(groups)
    for group, weights in product(every, signs):
        sources = frozenset(item.source for item in group)
        if _is_protected_together(target, (start, *group)):
            continue
        said = start.values + _weighted(weights, [item.values for item in group])
        sample = _sample(wanted, said)
        if not np.any(np.abs(said[sample] - wanted[sample]) > half + 1e-9):
            names = tuple(item.words for item in group)
            real = start.wanted + _weighted(weights, [item.wanted for item in group])
            tried = len(signs) * len(every)
            yield CountTie(
                names, how or _in_words(weights), said, wanted, slack, 0, tried, real, sources=sources
            )


def _is_protected_together(target: CountColumn, columns: Sequence[CountColumn]) -> bool:
    """Tell whether columns are parts of the target's measure in its own periods: these are one system."""
    return not any(item.moved or item.source != target.source for item in columns)


def _apart_from(target: CountColumn, columns: Iterable[CountColumn]) -> list[CountColumn]:
    """Return the columns that are no part of the target's measure in its own periods."""
    return [item for item in columns if not _is_protected_together(target, [item])]


def _in_words(weights: Iterable[float]) -> str:
    return "als Summe" if min(weights) > 0 else "als Unterschied"


def _weighted(weights: Sequence[float], rows: Sequence[Floats]) -> Floats:
    """Return the sum of some rows, each so many times."""
    found: Floats = np.array(weights) @ np.array(rows)
    return found


def _combined(weights: Sequence[float], columns: Sequence[CountColumn]) -> CountColumn:
    """Return the sum of some columns, each so many times, under the name of the first."""
    values = _weighted(weights, [item.values for item in columns])
    return replace(columns[0], values=values, real=_weighted(weights, [item.wanted for item in columns]))


def _sample(wanted: Floats, said: Floats) -> Places:
    known = np.flatnonzero(np.isfinite(wanted) & np.isfinite(said))
    return known[:: max(1, known.size // TRIED)][:TRIED]


def _windows(target: CountColumn, others: Sequence[CountColumn], times: _Times) -> Iterator[CountTie]:
    """Sums and means over several periods end to end, of which all but one are shown; what agrees by chance or not are the sums."""
    for length in WINDOWS:
        ways = ((1.0, 0.0, "eine Summe über Jahre"), (float(length), length, "ein Mittel über Jahre"))
        for place in range(length):
            # The window ends `place` periods after the one that is asked about.
            steps = [place - step for step in range(length) if step != place]
            rest = _combined([-1.0] * len(steps), [times.column(target, step) for step in steps])
            ends = [times.column(item, place) for item in others]
            for item, (times_all, half, how) in product(ends, ways):
                slack = half * item.half
                if slack < CASE:
                    for form in _added_up(target, rest, [(item,)], ((times_all,),), how, slack):
                        yield replace(form, tried=len(ends), compared=times_all * item.wanted)


def _sums(target: CountColumn, others: Sequence[CountColumn], times: _Times) -> Iterator[CountTie]:
    """Sums and differences of one to three others, also with the target's own period before or after."""
    nothing = _nothing(target)
    last = times.column(target, -1)
    following = times.column(target, 1)
    later = [times.column(item, 1) for item in others]
    two = _signs(2)
    yield from _added_up(target, last, combinations(others, 1), PLUS, "eine Veränderung")
    yield from _added_up(target, following, combinations(later, 1), MINUS, "eine Veränderung")
    yield from _added_up(target, nothing, combinations(others, 2), two)
    yield from _added_up(target, nothing, combinations(others[:TRIPLES], 3), _signs(3))
    grown = chain.from_iterable(times.growth(item) for item in others)
    yield from _added_up(target, nothing, combinations(grown, 1), PLUS, "ein Zuwachs")
    # Too many to be tried at every build: protecting, which knows the counts, tries them.
    if target.real is not None:
        few = others[:TRIPLES]
        earlier = [times.column(item, -1) for item in few]
        changes = [times.growth(item)[0] for item in few]
        # A stock is the one before, what came and what went; either may be counted at the end of its period or in all of it.
        yield from _added_up(target, nothing, product(others, changes), two)
        yield from _added_up(
            target, nothing, product(later, [times.column(item, 1) for item in changes]), two
        )
        yield from _added_up(target, nothing, product(others, earlier), two)
        yield from _added_up(target, last, combinations([*few, *earlier], 2), two)
        yield from _added_up(target, following, combinations([*later[:TRIPLES], *few], 2), two)


def _signs(size: int) -> list[tuple[float, ...]]:
    """Return every way to add some columns or take them away, but for that of taking all away from nothing."""
    return [signs for signs in product((1.0, -1.0), repeat=size) if 1.0 in signs]


def _nothing(target: CountColumn) -> CountColumn:
    return CountColumn("", target.source, np.zeros(target.values.size))


@dataclass(frozen=True)
class _Proportion:
    """An amount that may be some number of times the target by a base, or the base by the target (`turned`); the number may be another
    one for each of `groups`. case: about so much of a case may be missing. sharp: it tells only where one case more is seen."""

    how: str
    columns: tuple[CountColumn, ...]
    amounts: Floats
    base: Floats
    groups: Places
    case: float = 0.0
    turned: bool = False
    sharp: bool = False

    def tie(self, own: Floats, tried: int) -> CountTie:
        """What it says of the target's counts, in units of the last decimal, so that levels can be counted."""
        above = own
        below = self.base
        if self.turned:
            above, below = below, above
        nothing = np.full(own.size, np.nan)
        rates = np.divide(above, below, out=nothing, where=below > 0)
        item = self.columns[0]
        seen: Flags = (rates > 0) & np.isfinite(self.amounts)
        groups = self.groups[seen]
        amounts = self.amounts[seen]
        there = rates[seen]
        least = np.zeros(self.groups.max() + 1)
        most = np.full_like(least, np.inf)
        np.maximum.at(least, groups, (amounts - item.half) / (there + self.case))
        np.minimum.at(most, groups, (amounts + item.half) / (there - self.case))
        # Nothing anywhere is in no proportion to counts.
        least[least == 0] = np.nan
        most[np.isinf(most)] = np.nan
        between = (least + most) / 2
        factors = between[self.groups]
        wanted = factors * rates
        slack = item.half + factors * self.case
        there = np.isfinite(self.base * factors)
        said = np.where(there, self.amounts, np.nan)
        unit = 2 * item.half
        words = tuple(one.words for one in self.columns)
        sources = frozenset(one.source for one in self.columns)
        if self.sharp:
            more = (own + 1) * _reciprocal(self.base)
            if self.turned:
                more = _reciprocal(more)
            said = np.where(np.abs(factors * (more - rates)) >= unit, said, np.nan)
        return CountTie(
            words,
            self.how,
            said / unit,
            wanted / unit,
            slack / unit,
            1,
            tried,
            sources=sources,
            groups=self.groups,
        )


def _in_proportion(target: CountColumn, others: Sequence[CountColumn], times: _Times) -> Iterator[CountTie]:
    """An amount in the same proportion, a rate on some column, what of one comes to a case, a change in per cent.

    What a case stands for may be another number in each period (costs, a share of the town) or area (an index). Costs differ from case
    to case: by less than half a case apart, the amount rounds to the count.
    """
    once, *_ = times.groups
    alike = np.ones(target.values.size)
    last = times.moved(target.wanted, -1)
    pairs = [
        _Proportion("eine Veränderung in Prozent", (item,), item.values + 100, last, once) for item in others
    ]
    apart = _apart_from(target, others)
    for item, case, groups in product(apart, (CASE, 0.0), times.groups[:3]):
        pairs.append(
            _Proportion("ein Betrag im selben Verhältnis", (item,), item.values, alike, groups, case)
        )
    for item, base in permutations(others, 2):
        if _is_protected_together(target, [item]):
            continue
        pairs.append(_Proportion("eine Quote darauf", (item,), item.values, base.values, once))
        pairs.append(
            _Proportion("je Fall gerechnet", (item, base), item.values, base.values, once, turned=True)
        )
    yield from _seen(pairs, target.wanted)
    if target.real is not None:
        few = others[:TRIPLES]
        yield from _seen(_beside_rest(target, few, once), target.wanted)
        yield from _seen(_on_two(target, few, once), target.wanted)


def _seen(pairs: Sequence[_Proportion], own: Floats) -> Iterator[CountTie]:
    """Say what proportions say of some counts, where enough places show them."""
    for pair in pairs:
        form = pair.tie(own, len(pairs))
        if np.isfinite(form.wanted + form.said).sum() >= AGREEING:
            yield form


def _beside_rest(target: CountColumn, others: Sequence[CountColumn], once: Places) -> list[_Proportion]:
    """How many of what the target leaves of another count, or of both together, there are to one of it, or the other way round."""
    found = []
    for (item, other), sign in product(permutations(others, 2), (1.0, -1.0)):
        rest = other.values + sign * target.wanted
        for turned in (False, True):
            words = (item, other)
            found.append(
                _Proportion(
                    "im Verhältnis zum Rest", words, item.values, rest, once, turned=turned, sharp=True
                )
            )
    return found


def _on_two(target: CountColumn, others: Sequence[CountColumn], once: Places) -> list[_Proportion]:
    """Rates of the target on two numbers of people together."""
    typed = [item for item in others if item.open]
    found = []
    for item, (one, other) in product(typed, combinations(_people(target, others), 2)):
        words = (item, one, other)
        both = one.values + other.values
        found.append(_Proportion("eine Quote auf beide", words, item.values, both, once))
    return found


def _in_scale(target: CountColumn, others: Sequence[CountColumn], times: _Times) -> Iterator[CountTie]:
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
        for item, groups in product(_apart_from(target, amounts), every):
            is_fine = bool(np.isfinite(item.values[times.finest]).any())
            there = np.where(times.finest | (not is_fine), case, np.nan)
            form = _made_up(item, target, there, beside, groups)
            if form is not None:
                found.append((form, len(amounts) * len(every)))
    for form, of_each in found:
        yield replace(form, tried=form.tried * number * of_each)


def _shares(
    target: CountColumn, others: Sequence[CountColumn], times: _Times
) -> Iterator[tuple[Floats, list[CountColumn]]]:
    """Yield what one case may come to: itself, a share of people, of several years' people, of what it was before; with the columns that
    may be added to it."""
    people = _people(target, others)
    for base in (np.ones(target.values.size), *(item.values for item in people)):
        case = _reciprocal(base)
        yield case, [_scaled(item, case) if item.half == CASE else item for item in others]
        for earlier in times.earlier(_scaled(target, case)):
            yield np.where(np.isfinite(earlier.wanted), case, np.nan), [earlier]
    for item in people:
        several = [item.values, times.moved(item.values, -1), times.moved(item.values, -2)]
        for years in (several, several[:2]):
            case = _reciprocal(np.sum(years, axis=0))
            yield case, [_scaled(one, case) for one in times.earlier(target)[: len(years) - 1]]
    for earlier in times.earlier(target):
        yield _reciprocal(earlier.values), []


def _people(target: CountColumn, others: Iterable[CountColumn]) -> list[CountColumn]:
    """Return the whole numbers that are at least as large as the target's counts wherever both are known."""
    found = []
    for item in others:
        both = np.isfinite(item.wanted) & np.isfinite(target.wanted)
        if item.half == CASE and both.any() and np.all(item.wanted[both] >= target.wanted[both]):
            found.append(item)
    return found


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
    # What it is scaled to is no other column than the amount itself.
    apart = [one for one in beside if (one.words, one.moved) != (item.words, item.moved)]
    known = [one for one in apart if np.isfinite(one.wanted[there]).all()]
    columns = np.array([own, np.ones(own.size), *(one.wanted for one in known)]).T[there]
    unit = 2 * item.half
    # Fitted to rounded amounts, a sum misses some by a whole unit.
    lengths = np.sqrt(np.sum(columns**2, axis=0))
    columns = columns / np.maximum(lengths, NOTHING)
    numbers = _explained(item.values[there], columns, groups[there], unit)
    if numbers is None:
        return None
    left, factors = np.full((2, own.size), np.nan)
    left[there], factors[there] = _first_alone(item.values[there], columns[:, numbers], groups[there])
    taken = [item, *(known[number - FITTED] for number in numbers[FITTED:])]
    shown = np.isfinite(np.array([one.values for one in taken])).all(axis=0)
    amounts = item.values / unit
    said = np.where(shown & (np.abs(factors / lengths[0]) * case >= unit - 1e-9), amounts, np.nan)
    tried = max(1, len(beside)) ** (len(taken) - 1)
    words = tuple(one.words for one in taken)
    sources = frozenset(one.source for one in taken)
    how = "als Index" if len(taken) > 1 else "ein Betrag je Fall, auch mit einem festen"
    return CountTie(
        words,
        how,
        said,
        amounts,
        np.ones(own.size),
        len(numbers),
        tried,
        sources=sources,
        compared=left / unit,
        groups=groups,
    )


def _reciprocal(values: Floats) -> Floats:
    """Return one divided by each value; NaN where that is nothing."""
    found = np.full(values.size, np.nan)
    np.divide(1.0, values, out=found, where=values > 0)
    return found


def _explained(wanted: Floats, columns: Floats, groups: Places, within: float) -> list[int] | None:
    """Return which columns explain an amount at all places to within so much, each group in numbers of its own: the first, the second, and
    of the others one after the other that which explains most of what is left. None where they don't."""
    left = np.column_stack([wanted, columns])
    members = _members(groups)
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


def _first_alone(wanted: Floats, design: Floats, groups: Places) -> tuple[Floats, Floats]:
    """Return what all columns of a design but the first leave of an amount, and how much of that comes to one of the first, each group in
    numbers of its own."""
    left = np.column_stack([wanted, design])
    members = _members(groups)
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
