"""Find sums that numbers obey, and what is left of a whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from itertools import chain, permutations, product

from generator.disclosure.counted_measures import Measure, parts_in
from generator.disclosure.engine.linear_system import INFINITE, Key, Shown, Statement, Sum
from generator.disclosure.lattice import REST, Spaces
from generator.disclosure.periods import end_to_end

Family = tuple[Hashable, ...]
"""Sums of one kind: they all hold, or that a few of them do is chance."""

Candidates = Iterator[tuple[Family, Sum]]
"""Sums that may hold, each with its kind."""


def implied_sums(
    measure: Measure, spaces: Spaces, counts: Shown, least: int = 1, slack: int = 0
) -> list[Sum]:
    """Return sums of kinds that mostly hold, `least` times; counts may be `slack` off."""
    families: dict[Family, list[Sum]] = defaultdict(list)
    candidates = (_of_periods(measure, counts), _of_geographies(spaces, counts), _of_parts(measure, counts))
    for family, item in chain.from_iterable(candidates):
        if item.within(counts):
            families[family].append(item)
    found: list[Sum] = []
    for items in families.values():
        found += _of_family(list(dict.fromkeys(items)), counts, least, slack)
    return found


def _of_family(items: list[Sum], counts: Shown, least: int, slack: int) -> list[Sum]:
    """Return a kind's sums not seen to fail; none if it fails as often as it holds, or holds too rarely."""
    holds = {item: _holds(item, counts, slack) for item in items}
    seen: Counter[bool | None] = Counter()
    for item, held in holds.items():
        # That 0 + 0 = 0 holds everywhere and proves nothing.
        seen[held] += any(counts[key] for key in (item.total, *item.parts))
    if seen[True] < least or 0 < seen[False] >= seen[True]:
        return []
    return [item for item, held in holds.items() if held is not False]


def _holds(item: Sum, counts: Shown, slack: int) -> bool | None:
    """Tell whether a sum holds; None if counts are unknown."""
    total = counts[item.total]
    parts = [counts[part] for part in item.parts]
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return None
    return abs(sum(known) - total) <= slack * (len(known) + 1)


def _of_periods(measure: Measure, counts: Shown) -> Candidates:
    """Yield sums of shorter periods, also of parts (`part_of`)."""
    parts_of_whole = [(), *((part,) for inside in measure.inside.values() for part in inside)]
    for (whole, periods), part in product(end_to_end(sorted({key[2] for key in counts})), parts_of_whole):
        # „2024“ of „2024-1“ and „2024-2“ is of the same kind in every year.
        kind = tuple(re.sub(r"\d", "0", period) for period in (whole, *periods))
        for key in counts:
            inside = tuple((*key[:2], one, *sorted([*key[3:], *part])) for one in periods)
            if key[2] == whole and counts.keys() >= set(inside):
                yield ("periods", kind, part), Sum(key, inside)


def _of_geographies(spaces: Spaces, counts: Shown) -> Candidates:
    """Yield sums of a whole geography's highest areas, where another's highest is a single area."""
    tops: dict[str, list[str]] = defaultdict(list)
    for space, facts in sorted(spaces.items()):
        if facts.depth == 0:
            tops[facts.geography].append(space)
    for (mine, whole), (other, parts) in permutations(tops.items(), 2):
        for name, space, *rest in counts:
            if whole == [space]:
                inside = tuple((name, part, *rest) for part in parts)
                yield ("geographies", mine, other), Sum((name, space, *rest), inside)


def _of_parts(measure: Measure, counts: Shown) -> Candidates:
    """Yield sums of all declared parts of a whole (`part_of`), where there are several."""
    for whole, inside in measure.inside.items():
        for key in counts:
            if parts_in(key[3:]) == whole and len(inside) > 1:
                parts = tuple((*key[:3], *sorted([*key[3:], part])) for part in inside)
                yield ("parts", whole), Sum(key, parts)


def within_wholes(measure: Measure, cells: Collection[Key]) -> list[Statement]:
    """Return statements that no declared part exceeds its whole."""
    innermost = {tuple(sorted(part)): part[0] for part in measure.parts.values() if part}
    found: list[Statement] = []
    for key in cells:
        part = innermost.get(parts_in(key[3:]))
        whole = tuple(item for item in key if item != part)
        if part and whole in cells:
            found.append(no_more_than(key, whole))
    return found


def no_more_than(part: Key, whole: Key) -> Statement:
    """Return that one cell counts no more than another."""
    return Statement(((whole, -1.0), (part, 1.0)), -INFINITE, 0, " / ".join(part))


def rests(measure: Measure, sums: Iterable[Sum], counts: Shown) -> list[Sum]:
    """Return sums of some of a whole's parts and a cell for its rest; not where that is negative."""
    found = [*_left_of_breakdowns(sums, counts), *_left_of_parts(measure, counts)]
    return [item for item in found if (rest_of(item, counts) or 0) >= 0]


def rest_of(item: Sum, counts: Shown) -> int | None:
    """Return a sum's remainder; None if a count is unknown."""
    remainder = counts[item.total]
    for key in item.parts[:-1]:
        part = counts[key]
        if remainder is None or part is None:
            return None
        remainder -= part
    return remainder


def _rest(total: Key, parts: Iterable[Key], names: Iterable[str]) -> Sum:
    without = ", ".join(names)
    rest = (*total, f"{REST}:{without}")
    return Sum(total, (*parts, rest))


def _left_of_breakdowns(sums: Iterable[Sum], counts: Shown) -> Iterator[Sum]:
    """Yield what the values of a breakdown leave of the whole where some are missing."""
    for item in sums:
        present = [part for part in item.parts if part in counts]
        # Within one area: where areas lack a row the table is refused.
        if item.total in counts and 0 < len(present) < len(item.parts) and present[0][1] == item.total[1]:
            names = set(chain.from_iterable(present)).difference(item.total)
            yield _rest(item.total, present, sorted(names))


def _left_of_parts(measure: Measure, counts: Shown) -> Iterator[Sum]:
    """Yield what declared parts, each and together, leave of wholes."""
    for whole, inside in measure.inside.items():
        wholes = [key for key in counts if parts_in(key[3:]) == whole]
        for group in dict.fromkeys([*((part,) for part in inside), tuple(inside)]):
            complete = [key for key in wholes if counts.keys() >= set(_of_these(key, group))]
            found = [_rest(key, _of_these(key, group), group) for key in complete]
            if min((rest_of(item, counts) or 0 for item in found), default=-1) >= 0:
                yield from found


def _of_these(whole: Key, parts: Iterable[str]) -> list[Key]:
    """Return the cells of some declared parts of a whole."""
    return [(*whole[:3], *sorted([*whole[3:], part])) for part in parts]
