"""Collect what indicators count and divide by, with cells, sums and rules, also unsaid sums."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, permutations, product

from generator.disclosure.engine.linear_system import INFINITE, Key, Shown, Statement, Sum, all_reached
from generator.disclosure.engine.rounding import BASE
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.measures.lattice import (
    CROSS,
    REST,
    Pair,
    Spaces,
    cell_sums,
    key_values,
    piece,
    space_sums,
    successions,
    wholes,
)
from generator.disclosure.measures.periods import end_to_end
from generator.model.cells import CellKey
from generator.model.config import Thresholds
from generator.model.indicator import Breakdown, DisclosureRule, Indicator
from generator.read.value_tables import ValueTable

Indicators = Mapping[str, Indicator]
"""Indicators by their id."""
Tail = tuple[str, ...]
"""What a key names behind area and period: values of breakdowns, parts (`part_of`)."""
Divided = tuple[Indicator, tuple[Breakdown, ...], Tail]
"""An indicator, the breakdowns by which it divides a measure, and the part of the measure that it is about."""
PART = "⊂"
"""Stands in a key before the indicator that counts a part of the measure."""


@dataclass
class Measure:
    """One thing counted: `owners` count it or its `parts`, `users` divide by it."""

    name: str
    """The id of the indicator that counts it; with `/` behind it what that indicator alone divides by."""
    owners: list[Indicator] = field(default_factory=list)
    users: list[Indicator] = field(default_factory=list)
    parts: dict[str, Tail] = field(default_factory=dict)
    """By an owner's id the part that it counts, innermost first; empty: all of it."""

    @property
    def indicators(self) -> list[Indicator]:
        """Who sets the rules: the owners, else the users."""
        return self.owners or self.users

    @property
    def unprotected(self) -> bool:
        """Whether nothing is rounded or withheld here: it counts nobody, or is public as its supplier gives it."""
        return not self.rounded

    @property
    def rounded(self) -> bool:
        """Whether any indicator withholds small counts and rounds others."""
        return any(item.disclosure.method == "round-small" for item in self.indicators)

    def rounds(self, part: Iterable[str]) -> bool:
        """Tell whether an indicator of that very part rounds it."""
        alike = [one for one in self.owners if set(self.parts.get(one.id, ())) == set(part)]
        return any(one.disclosure.method == "round-small" for one in alike or self.indicators)

    @property
    def columns(self) -> list[tuple[str, Indicator]]:
        """All table columns with it: owners' numerators, users' denominators."""
        counting = [("numerator", item) for item in self.owners]
        return [*counting, *(("denominator", item) for item in self.users)]

    @property
    def divided(self) -> list[Divided]:
        """Each indicator with the breakdowns that divide the measure. A denominator that is the same for all values isn't divided."""
        counting = [(item, item.breakdowns, self.parts.get(item.id, ())) for item in self.owners]
        dividing = []
        for item in self.users:
            by = tuple(one for one in item.breakdowns if not one.same_denominator)
            dividing.append((item, by, self.parts.get(item.denominator_from or "", ())))
        return [*counting, *dividing]

    @property
    def inside(self) -> dict[Tail, list[str]]:
        """By each whole (`()`: all of it, else a part) the parts declared directly in it."""
        found: dict[Tail, list[str]] = {}
        for part, *whole in sorted(set(filter(None, self.parts.values()))):
            found.setdefault(tuple(sorted(whole)), []).append(part)
        return found

    @property
    def breakdowns(self) -> list[Breakdown]:
        """All breakdowns that divide it, once each."""
        return list(dict.fromkeys(chain.from_iterable(breakdowns for _, breakdowns, _ in self.divided)))


def measure_name(indicators: Indicators, key: str) -> str:
    """Return what an indicator counts, as name of the first that does."""
    return _find_counted_measure(indicators, key)[0]


def _find_counted_measure(indicators: Indicators, key: str) -> tuple[str, Tail]:
    """Return (measure, part) that an indicator counts, innermost first."""
    seen = {""}
    parts: list[str] = []
    # An indicator that comes again is a circle, which ends here.
    while key not in seen:
        seen.add(key)
        same = indicators[key].numerator_from or ""
        whole = indicators[key].part_of or ""
        if same in indicators and same not in seen:
            key = same
        elif not same and whole in indicators and whole not in seen:
            parts.append(f"{PART}:{key}")
            key = whole
    return key, tuple(parts)


def parts_in(name: Iterable[str]) -> Tail:
    """Return the measure's part named in a key's last values."""
    return tuple(item for item in name if item.startswith(f"{PART}:"))


def divisor_name(indicators: Indicators, key: str) -> str:
    """Return the measure an indicator divides by: another's, else its own (`id/`)."""
    other = indicators[key].denominator_from
    return measure_name(indicators, other) if other in indicators and other is not None else f"{key}/"


def hanging_on(indicators: Indicators, measures: set[str]) -> set[str]:
    """Return indicators that count or divide by these measures."""
    return {
        key for key in indicators if measures & {measure_name(indicators, key), divisor_name(indicators, key)}
    }


def hanging_together(indicators: Indicators, measures: set[str]) -> set[str]:
    """Return indicators linked to measures by shared counts, directly or through others."""
    found = hanging_on(indicators, measures)
    named = measures.union(measure_name(indicators, key) for key in found)
    named |= {divisor_name(indicators, key) for key in found}
    return found if named == measures else hanging_together(indicators, named)


def measures_of(indicators: Indicators) -> list[Measure]:
    """Return all measures, divisors before what they divide."""
    found: dict[str, Measure] = {}
    divisors: dict[str, list[str]] = defaultdict(list)
    for key, item in sorted(indicators.items()):
        name, part = _find_counted_measure(indicators, key)
        measure = found.setdefault(name, Measure(name))
        measure.owners.append(item)
        measure.parts[key] = part
        if item.denominator is not None:
            below = divisor_name(indicators, key)
            divisors[name].append(below)
            found.setdefault(below, Measure(below)).users.append(item)
    # What divides by another leads to more measures than that.
    order = {name: (len(all_reached(name, divisors)), name) for name in found}
    return [found[name] for name in sorted(found, key=lambda name: order[name])]


def numerator_key(indicators: Indicators, indicator: Indicator, key: CellKey) -> Key:
    """Return the key of what a cell counts."""
    names = [item.id for item in indicator.breakdowns]
    measure, part = _find_counted_measure(indicators, indicator.id)
    return (measure, key[0], key[1], *key_values(names, key[2], part))


def denominator_key(indicators: Indicators, indicator: Indicator, key: CellKey) -> Key:
    """Return the key of what a cell is divided by."""
    names: list[str] = []
    values: list[str] = []
    for item, value in zip(indicator.breakdowns, key[2], strict=True):
        if not item.same_denominator:
            names.append(item.id)
            values.append(value)
    other = indicator.denominator_from or ""
    part = _find_counted_measure(indicators, other)[1] if other in indicators else ()
    named = key_values(names, values, part)
    return (divisor_name(indicators, indicator.id), key[0], key[1], *named)


def cases_key(indicators: Indicators, indicator: Indicator, key: CellKey) -> Key | None:
    """Return the key of the cases that an amount or share is of; None where it doesn't say."""
    cases = indicator.cases_from
    if cases is None or cases not in indicators:
        return None
    names = [item.id for item in indicator.breakdowns]
    measure, part = _find_counted_measure(indicators, cases)
    return (measure, key[0], key[1], *key_values(names, key[2], part))


KEYS = {"numerator": numerator_key, "denominator": denominator_key}
"""What names the key of a cell in each column of a table."""


def counts_in(
    indicators: Indicators, item: Indicator, table: ValueTable, role: str
) -> Iterator[tuple[Key, int | None]]:
    """Yield (key, count; None if withheld) of a table, also of breakdowns since gone."""
    for row in (*table.rows, *table.gone):
        count = getattr(row, role)
        key = KEYS[role](indicators, item, row.cell)
        yield (*key[:3], *sorted([*key[3:], *row.further])), None if count is None else int(count)


def rule_of(measure: Measure, defaults: Thresholds) -> SensitivityRule:
    """Return a measure's strictest rule; of mere divisors no denominator, complement or dominance."""
    counted = bool(measure.owners)
    # How many people live in an area may be said where they are few.
    people = any(item.population for item in measure.owners)
    rules = [item.disclosure for item in measure.indicators]
    dominance = next((one.dominance for one in rules if counted and one.dominance is not None), None)
    return SensitivityRule(
        threshold=max(BASE, _strictest(rules, "threshold", defaults)),
        zeros=any(rule.zero_is_secret for rule in rules),
        minimum_denominator=counted * _strictest(rules, "minimum_denominator", defaults),
        minimum_population=(not people) * _strictest(rules, "minimum_population", defaults),
        complement=counted and any(rule.complement is True for rule in rules),
        dominance=(int(dominance.largest), float(dominance.percent)) if dominance else None,
        own_cases=_strictest(rules, "own_cases", defaults),
    )


def _strictest(rules: Iterable[DisclosureRule], name: str, defaults: Thresholds) -> int:
    """Return the highest number that rules or the town set."""
    stated = [getattr(rule, name) for rule in rules]
    default = getattr(defaults, name)
    return max(int(default if one is None else one) for one in stated)


def sums_of(measure: Measure, spaces: Spaces, keys: Iterable[Key], pairs: Collection[Pair]) -> list[Sum]:
    """Return all declared sums among existing cells, areas and overlaps (`pairs` of areas)."""
    declared = (sums_by(measure, one, spaces, keys, pairs) for one in measure.divided if one[0].adds_up)
    return list(dict.fromkeys(chain.from_iterable(declared)))


def sums_by(
    measure: Measure, divided: Divided, spaces: Spaces, keys: Iterable[Key], pairs: Collection[Pair] = ()
) -> list[Sum]:
    """Return areas' and breakdowns' sums as one indicator divides a measure, by period."""
    found: list[Sum] = []
    areas_of: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        areas_of[key[2]].add(key[1])
    for period, named in sorted(areas_of.items()):
        inside = _between(spaces, named)
        pieces = {piece(first, second) for first, second in pairs if first in inside and second in inside}
        areas_and_pieces = inside | pieces
        relations = [
            (total, part)
            for total, part in space_sums(spaces, pairs)
            if total in inside and areas_and_pieces.issuperset(part)
        ]
        plain = [space for space in named if CROSS not in space]
        found += cell_sums(measure.name, relations, plain, period, *divided[1:])
    return found


def _between(spaces: Spaces, named: set[str]) -> set[str]:
    """Return named areas, and those above with only such parts."""
    inside = {key for key in named if key in spaces}
    sums, before = [*successions(spaces), *wholes(spaces)], -1
    while len(inside) > before:
        before = len(inside)
        inside |= {key for key, below in sums if inside.issuperset(below)}
    return inside


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
    holds = {item: _is_sum_consistent(item, counts, slack) for item in items}
    seen: Counter[bool | None] = Counter()
    for item, held in holds.items():
        # That 0 + 0 = 0 holds everywhere and proves nothing.
        seen[held] += any(counts[key] for key in (item.total, *item.parts))
    if seen[True] < least or 0 < seen[False] >= seen[True]:
        return []
    return [item for item, held in holds.items() if held is not False]


def _is_sum_consistent(item: Sum, counts: Shown, slack: int) -> bool | None:
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


def _sum_with_rest(total: Key, parts: Iterable[Key], names: Iterable[str]) -> Sum:
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
            yield _sum_with_rest(item.total, present, sorted(names))


def _left_of_parts(measure: Measure, counts: Shown) -> Iterator[Sum]:
    """Yield what declared parts, each and together, leave of wholes."""
    for whole, inside in measure.inside.items():
        wholes = [key for key in counts if parts_in(key[3:]) == whole]
        for group in dict.fromkeys([*((part,) for part in inside), tuple(inside)]):
            complete = [key for key in wholes if counts.keys() >= set(_of_these(key, group))]
            found = [_sum_with_rest(key, _of_these(key, group), group) for key in complete]
            if min((rest_of(item, counts) or 0 for item in found), default=-1) >= 0:
                yield from found


def _of_these(whole: Key, parts: Iterable[str]) -> list[Key]:
    """Return the cells of some declared parts of a whole."""
    return [(*whole[:3], *sorted([*whole[3:], part])) for part in parts]
