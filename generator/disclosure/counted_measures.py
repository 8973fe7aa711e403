"""Collect what indicators count and divide by, with cells, sums and rules.

What several indicators count together is one measure, protected and audited as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from generator.disclosure.engine.linear_system import Key, Sum, all_reached
from generator.disclosure.engine.rounding import BASE
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.lattice import CROSS, Pair, Spaces, cell_sums, key_values, piece, space_sums, wholes
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
    return _counted(indicators, key)[0]


def _counted(indicators: Indicators, key: str) -> tuple[str, Tail]:
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
        name, part = _counted(indicators, key)
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
    measure, part = _counted(indicators, indicator.id)
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
    part = _counted(indicators, other)[1] if other in indicators else ()
    named = key_values(names, values, part)
    return (divisor_name(indicators, indicator.id), key[0], key[1], *named)


def cases_key(indicators: Indicators, indicator: Indicator, key: CellKey) -> Key | None:
    """Return the key of the cases that an amount or share is of; None where it doesn't say."""
    cases = indicator.cases_from
    if cases is None or cases not in indicators:
        return None
    names = [item.id for item in indicator.breakdowns]
    measure, part = _counted(indicators, cases)
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
    for key, below in wholes(spaces):
        if inside.issuperset(below):
            inside.add(key)
    return inside
