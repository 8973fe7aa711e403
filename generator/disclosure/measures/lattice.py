"""List which cells a table has, and which are sums of which.

Where two geographies cross, the pieces in which they meet are cells too.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.disclosure.engine.linear_system import Key, Sum, all_reached
from generator.model.cells import CellKey
from generator.model.indicator import Breakdown, Indicator
from generator.model.site import Site

CROSS = "×"
"""Joins the two areas whose common piece a cell is about."""

REST = "ohne"
"""Stands in a key before the parts without which a cell is left of its whole (`counted_measures.py`)."""

# Boundaries of two sources never match exactly: less than this part of the smaller area is no common piece.
PIECE_SHARE = 0.001


class LatticeArea(Struct, frozen=True):
    """An area without shape: geography, depth, children, those that are no more among them; its last day and what it became."""

    geography: str
    depth: int
    children: tuple[str, ...]
    until: dt.date | None = None
    successors: tuple[str, ...] = ()
    after: dt.date | None = None
    """The last day of what it was made of."""

    def is_there(self, day: dt.date) -> bool:
        """Tell whether the town was divided so on a day."""
        return (self.until is None or day <= self.until) and (self.after is None or day > self.after)


NOW = dt.date.max
"""The division of today: without what has a last day."""
Spaces = Mapping[str, LatticeArea]
Pair = tuple[str, str]
"""Two areas that share ground, or may."""
Whole = tuple[str, tuple[str, ...]]
"""An area with those that make it up."""


def areas(site: Site) -> dict[str, LatticeArea]:
    """Return all spaces' hierarchy, without looking at shapes."""
    children: dict[str, list[str]] = defaultdict(list)
    for key, space in site.spaces.items():
        if space.parent:
            children[space.parent].append(key)
    after: dict[str, dt.date] = {}
    for space in site.spaces.values():
        for one in space.successors if space.until is not None else ():
            after[one] = max(space.until or dt.date.min, after.get(one, dt.date.min))
    found = {}
    for key, space in site.spaces.items():
        level = site.config.level_of(space.level)
        name, depth = (level[0].id, level[1]) if level else ("", 0)
        # What has no last day yet is no reform.
        became = tuple(one for one in space.successors if one in site.spaces and space.until is not None)
        found[key] = LatticeArea(
            name, depth, tuple(sorted(children[key])), space.until, became, after.get(key)
        )
    return found


def forms_trees(site: Site) -> bool:
    """Tell whether areas form a tree below one town."""
    levels = {key: site.config.level_of(space.level) for key, space in site.spaces.items()}
    first = site.config.geographies[0].id
    towns = 0
    for key, space in site.spaces.items():
        own, above = levels[key], levels.get(space.parent or "")
        if own is None or (space.parent is not None and above is None):
            return False
        if above is None:
            fits = own[1] == 0
        elif above[0].id == own[0].id:
            fits = above[1] < own[1]
        else:
            # A further geography may hang below the town of the first, with its highest level.
            fits = above[0].id == first and own[1] == above[1] == 0
        if not fits:
            return False
        towns += above is None and own[0].id == first
    return towns <= 1


def parts(spaces: Spaces, key: str, day: dt.date = NOW) -> tuple[str, ...]:
    """Return an area's parts on its geography's next level, as it was divided on a day."""
    inside = [
        child
        for child in spaces[key].children
        if spaces[child].geography == spaces[key].geography and spaces[child].is_there(day)
    ]
    depth = min((spaces[child].depth for child in inside), default=0)
    return tuple(child for child in inside if spaces[child].depth == depth)


def days(spaces: Spaces) -> list[dt.date]:
    """Return a day of each division that the town has or had, today's first."""
    return [NOW, *sorted({one.until for one in spaces.values() if one.until is not None}, reverse=True)]


def wholes(spaces: Spaces) -> list[Whole]:
    """Return areas with their parts in each division, deepest first, so that sums climb."""
    ordered, every = sorted(spaces, key=lambda key: (-spaces[key].depth, key)), days(spaces)
    found = ((key, parts(spaces, key, day)) for key in ordered for day in every)
    return list(dict.fromkeys((key, inside) for key, inside in found if inside))


def successions(spaces: Spaces) -> list[Whole]:
    """Return what became what, as sums: of merged areas the new one of the old, of a divided one the old of the new; where several became several, both sides of a common whole."""
    groups: list[tuple[set[str], set[str]]] = []
    for key, area in sorted(spaces.items()):
        old, new = {key}, set(area.successors)
        for group in [one for one in groups if one[1] & new]:
            groups.remove(group)
            old, new = old | group[0], new | group[1]
        groups += [(old, new)] if new else []
    found: list[Whole] = []
    for old, new in groups:
        before, now = tuple(sorted(old)), tuple(sorted(new))
        if len(now) == 1:
            found.append((now[0], before))
        elif len(before) == 1:
            found.append((before[0], now))
        else:
            found += [(CROSS.join(before), before), (CROSS.join(before), now)]
    return found


def parts_text(spaces: Spaces) -> str:
    """Return of which parts areas are made, as the list of releases keeps it: `nord: ahorn birke; stadt: nord sued`."""
    made = ((key, parts(spaces, key)) for key in sorted(spaces))
    return "; ".join(f"{key}: {' '.join(inside)}" for key, inside in made if inside)


def parts_from(text: str) -> dict[str, Sequence[str]]:
    """Return parts by whole from the text of `parts_text`."""
    every = (whole.partition(": ") for whole in filter(None, text.split("; ")))
    return {key: inside.split() for key, _, inside in every}


def divided_anew(spaces: Spaces, text: str) -> set[str]:
    """Return wholes made of others than in any division that areas tell of; finer or coarser levels don't count."""
    then = parts_from(text)
    anew: set[str] | None = None
    for day in days(spaces):
        now: dict[str, Sequence[str]] = {key: one for key in spaces if (one := parts(spaces, key, day))}
        before, at_that_time = now | then, then | now
        differing = {
            key for key in then.keys() & now.keys() if finest_in(before, key) != finest_in(at_that_time, key)
        }
        anew = differing if anew is None else anew & differing
    return anew or set()


def finest_in(inside: Mapping[str, Sequence[str]], key: str) -> set[str]:
    """Return the finest areas within one; none if it has no parts."""
    return {one for one in all_reached(key, inside) if one not in inside}


def piece(first: str, second: str) -> str:
    """Return the name of two areas' overlap."""
    return f"{first}{CROSS}{second}"


def is_named(key: Key) -> bool:
    """Tell whether a page may name a cell: no overlap, no rest."""
    return CROSS not in key[1] and not key[-1].startswith(f"{REST}:")


def finest(spaces: Spaces, geography: str) -> list[str]:
    """Return a geography's areas without parts, by id."""
    return sorted(
        key for key, facts in spaces.items() if facts.geography == geography and not parts(spaces, key)
    )


def crossings(site: Site, spaces: Spaces) -> list[Pair]:
    """Return finest areas of two geographies that overlap, by shape or `also_in`."""
    found: list[Pair] = []
    first, *further = (finest(spaces, geography.id) for geography in site.config.geographies)
    for others in further:
        found += _meeting(site, spaces, list(itertools.product(first, others)))
    return sorted(found)


def _meeting(site: Site, spaces: Spaces, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of two geographies that meet or may."""
    declared = {pair for pair in pairs if any(_lies_in(site, spaces, *both) for both in (pair, pair[::-1]))}
    placed = {mine for mine, _ in declared}
    drawn: list[Pair] = []
    undrawn: list[Pair] = []
    for pair in pairs:
        if site.shapes.keys() >= set(pair):
            if _have_common_surface(site, pair):
                drawn.append(pair)
        # Without a boundary what nobody placed elsewhere may meet.
        elif pair in declared or pair[0] not in placed:
            undrawn.append(pair)
    if not drawn and not declared:
        return []
    return drawn + undrawn


def _have_common_surface(site: Site, pair: Pair) -> bool:
    """Tell whether two areas share more than a sliver."""
    mine = site.shapes[pair[0]]
    other = site.shapes[pair[1]]
    if not mine.intersects(other):
        return False
    shared = mine.intersection(other).area
    return bool(shared > PIECE_SHARE * min(mine.area, other.area))


def _lies_in(site: Site, spaces: Spaces, inner: str, outer: str) -> bool:
    """Tell whether an area, or the nearest above that names areas of that geography (`also_in`), lies in another."""
    wider = upwards(site, outer)
    geography = spaces[outer].geography
    for key in upwards(site, inner):
        also = [one for one in site.spaces[key].also_in if one in spaces]
        declared = [one for one in also if spaces[one].geography == geography]
        if declared:
            return not set(declared).isdisjoint(wider)
    return False


def upwards(site: Site, key: str) -> list[str]:
    """Return an area and those above, nearest first, ending at a circle."""
    found: list[str] = []
    above: str | None = key
    while above is not None and above in site.spaces and above not in found:
        found.append(above)
        above = site.spaces[above].parent
    return found


def space_sums(spaces: Spaces, pairs: Iterable[Pair] = ()) -> list[Whole]:
    """Return areas with parts, and overlapping areas with their pieces."""
    found = [*sorted(wholes(spaces)), *successions(spaces)]
    for day in days(spaces):
        pieces: dict[Pair, list[str]] = defaultdict(list)
        for first, second in sorted(pairs):
            if spaces[first].is_there(day) and spaces[second].is_there(day):
                pieces[first, spaces[second].geography].append(piece(first, second))
                pieces[second, spaces[first].geography].append(piece(first, second))
        found += [(key, tuple(inside)) for (key, _), inside in sorted(pieces.items())]
    return list(dict.fromkeys(found))


def unions(spaces: Spaces, pairs: Iterable[Pair]) -> list[Whole]:
    """Return areas that whole ones of another geography make up."""
    met: dict[Pair, set[str]] = defaultdict(set)
    today = (pair for pair in pairs if all(spaces[one].is_there(NOW) for one in pair))
    for first, second in today:
        met[first, spaces[second].geography].add(second)
        met[second, spaces[first].geography].add(first)
    found = []
    for (key, _), inside in sorted(met.items()):
        geography = spaces[key].geography
        if all(met[part, geography] == {key} for part in inside):
            parts_of_it = tuple(sorted(inside))
            found.append((key, parts_of_it))
    return found


def key_values(breakdowns: Sequence[str], values: Sequence[str], also: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a key's breakdown values and what else it names, without wholes."""
    named = [f"{name}:{value}" for name, value in zip(breakdowns, values, strict=True) if value]
    return tuple(sorted([*named, *also]))


def value_ids(breakdown: Breakdown) -> tuple[str, ...]:
    """Return a breakdown's value names in order."""
    return tuple(value.id for value in breakdown.values)


def cell_parts(
    cell: CellKey, spaces: Spaces, breakdowns: Sequence[Breakdown]
) -> Iterator[tuple[Breakdown | None, list[CellKey]]]:
    """Yield a cell's parts: areas inside, and values of each whole breakdown."""
    space, period, values = cell
    divisions = [parts(spaces, space, day) for day in days(spaces)] if space in spaces else []
    for inside in filter(None, dict.fromkeys(divisions)):
        yield None, [(part, period, values) for part in inside]
    for place, item in enumerate(breakdowns):
        if not values[place]:
            divided = ((*values[:place], one, *values[place + 1 :]) for one in value_ids(item))
            yield item, [(space, period, one) for one in divided]


def combinations(breakdowns: Sequence[Breakdown]) -> list[tuple[str, ...]]:
    """Return all combinations of values, with wholes (""), finest last."""
    axes = [("", *value_ids(item)) for item in breakdowns]
    return sorted(itertools.product(*axes), key=lambda row: (sum(bool(value) for value in row), row))


def cell_sums(
    measure: str,
    relations: Sequence[Whole],
    spaces: Iterable[str],
    period: str,
    breakdowns: Sequence[Breakdown],
    also: Sequence[str] = (),
) -> list[Sum]:
    """Return a measure's sums in a period; keys also name `also`."""
    names = [item.id for item in breakdowns]
    named = set(spaces)
    for total, inside in relations:
        named.update((total, *inside))

    def key(cell: CellKey) -> Key:
        return (measure, cell[0], cell[1], *key_values(names, cell[2], also))

    found: list[Sum] = []
    for values in combinations(breakdowns):
        for total, inside in relations:
            keys = [key((space, period, values)) for space in inside]
            found.append(Sum(key((total, period, values)), tuple(keys)))
        for space in sorted(named):
            cell = (space, period, values)
            for _, divided in cell_parts(cell, {}, breakdowns):
                found.append(Sum(key(cell), tuple(map(key, divided))))
    return found


def derived(
    indicator: Indicator, spaces: Spaces, cells: Iterable[CellKey], shown: Mapping[CellKey, Decimal]
) -> dict[CellKey, Decimal]:
    """Return what is shown with what follows of it: the only unknown one of a sum."""
    sums = [(cell, inside) for cell in cells for _, inside in cell_parts(cell, spaces, indicator.breakdowns)]
    known = dict(shown)
    more = True
    while more:
        more = False
        for whole, inside in sums:
            lacking = [cell for cell in (whole, *inside) if cell not in known]
            if len(lacking) == 1:
                rest = sum((known[cell] for cell in inside if cell in known), Decimal())
                known[lacking[0]] = rest if lacking[0] == whole else known[whole] - rest
                more = True
    return known
