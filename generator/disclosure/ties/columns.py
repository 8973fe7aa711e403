"""Numbers by place (area and period) as columns in; the same moved to other periods, added up, scaled, and which of them are people, out; what a tie is looked for in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.disclosure.counted_measures import Tail
from generator.model.dates import YEAR, spans_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Place = tuple[str, str]
"""Area and period."""


# What is less than half a case off rounds to the count.
CASE = 0.5


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
class Times:
    """The place of the same area in the period before each place, in the one after it and a year ago, -1 where there is none; groups: all
    places as one, by period, by area, by period and the area above. begins: whether a year begins with the period. finest: whether the
    area is made of no others."""

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
        always = replace(combined((1.0, -1.0), (item, self.column(item, -1))), moved=True)
        values = np.where(self.begins, item.values, always.values)
        yearly = replace(always, values=values, real=np.where(self.begins, item.wanted, always.wanted))
        return [always] if self.begins.all() else [always, yearly]


def _year_before(period: str) -> str:
    """Write a period a year before as it is written; nothing for what is none, which is told where it stands."""
    year = period[:4]
    return f"{int(year) - 1}{period[4:]}" if year.isdecimal() else ""


def times_of(places: Sequence[Place], above: Mapping[str, str] = {}, composed: Collection[str] = ()) -> Times:
    """Say of each place where its area is in other periods, among those written alike; `above` is what an area belongs to, `composed` are
    those made of others: what holds for the finest holds for these."""
    at = {place: number for number, place in enumerate(places)}
    periods = sorted({period for _, period in places})
    last = periods_before(periods)
    before = np.array([at.get((space, last.get(period, "")), -1) for space, period in places])
    ago = np.array([at.get((space, _year_before(period)), -1) for space, period in places])
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
    return Times(before, after, ago, tuple(_numbered(names) for names in groups), begins, finest)


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


def is_protected_together(target: CountColumn, columns: Sequence[CountColumn]) -> bool:
    """Tell whether columns are parts of the target's measure in its own periods: these are one system."""
    return not any(item.moved or item.source != target.source for item in columns)


def apart_from(target: CountColumn, columns: Iterable[CountColumn]) -> list[CountColumn]:
    """Return the columns that are no part of the target's measure in its own periods."""
    return [item for item in columns if not is_protected_together(target, [item])]


def weighted(weights: Sequence[float], rows: Sequence[Floats]) -> Floats:
    """Return the sum of some rows, each so many times."""
    found: Floats = np.array(weights) @ np.array(rows)
    return found


def combined(weights: Sequence[float], columns: Sequence[CountColumn]) -> CountColumn:
    """Return the sum of some columns, each so many times, under the name of the first."""
    values = weighted(weights, [item.values for item in columns])
    return replace(columns[0], values=values, real=weighted(weights, [item.wanted for item in columns]))


def nothing_beside(target: CountColumn) -> CountColumn:
    return CountColumn("", target.source, np.zeros(target.values.size))


def people_beside(target: CountColumn, others: Iterable[CountColumn]) -> list[CountColumn]:
    """Return the whole numbers that are at least as large as the target's counts wherever both are known."""
    found = []
    for item in others:
        both = np.isfinite(item.wanted) & np.isfinite(target.wanted)
        if item.half == CASE and both.any() and np.all(item.wanted[both] >= target.wanted[both]):
            found.append(item)
    return found


def reciprocal(values: Floats) -> Floats:
    """Return one divided by each value; NaN where that is nothing."""
    found = np.full(values.size, np.nan)
    np.divide(1.0, values, out=found, where=values > 0)
    return found
