"""Prepare the raw counts of one measure, and decide what of them may be shown."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.engine.attack import Attacker, FeasibilityInterval, Leak, attack
from generator.disclosure.engine.linear_system import (
    Bounds,
    Counts,
    Key,
    Shown,
    Statement,
    Sum,
    TableSystem,
    build_table,
)
from generator.disclosure.engine.rounding import SLACK, PublicRule, RawCounts, leaks_of, round_measure, span
from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
    of_few_people,
)
from generator.disclosure.measures import counted_measures
from generator.disclosure.measures.counted_measures import (
    implied_sums,
    no_more_than,
    rest_of,
    rests,
    within_wholes,
)
from generator.disclosure.measures.lattice import CROSS, is_named, piece
from generator.disclosure.measures.published import (
    EarlierCounts,
    corrected_sums,
    divisor_is_rounded,
    holds,
    shown_earlier,
)
from generator.disclosure.protect.raw_tables import Private, SummedCount
from generator.model.cells import Status
from generator.model.indicator import Indicator

SOME = (1.0, math.inf)
"""What a withheld count can be where a 0 is shown."""


class Raw(Struct, frozen=True):
    """A measure's counts, decisions, and systems (`plain` without earlier releases). `secret` cells have no count in the source."""

    measure: counted_measures.Measure
    rule: SensitivityRule
    counts: RawCounts
    table: TableSystem
    plain: TableSystem
    secret: frozenset[Key]


def raw_of(private: Private, measure: counted_measures.Measure, shown: Shown) -> Raw:
    """Return a measure's raw counts to protect; divisors are decided already (`shown`)."""
    rule = counted_measures.rule_of(measure, private.defaults)
    values = values_of(private, measure)
    uncounted = _find_withheld(private, measure, values)
    # Cells without a count have a column as well.
    ceilings = dict.fromkeys(uncounted, math.inf) | _ceilings(private, measure, shown)
    primaries, hidden = _primaries(private, measure, values, rule, shown, ceilings)
    implied = _implied(private, measure, values)
    below = _bounds_of_denominators(private, measure, shown)
    sums = [
        *counted_measures.sums_of(measure, private.spaces, {*values, *uncounted}, private.pairs),
        *implied,
    ]
    system_with = _common_knowledge(private, measure, values, sums, below, ceilings)
    plain = system_with([])
    secret = frozenset(key for key, status in uncounted.items() if status is Status.SECRET)
    # A source may withhold a 0, which its total tells.
    real = {**{key: (float(one), float(one)) for key, one in values.items()}, **dict.fromkeys(secret, SOME)}
    doubtful = secret if secret and attack(plain, {}, [], real).contradictions else frozenset()
    releases = shown_earlier(private.indicators, measure, private.earlier, rule.threshold)
    named = set().union(*(one.counts for one in releases))
    unnamed = {key for key in (*values, *uncounted) if key not in named and _unnamed(private, measure, key)}
    exact = {key for key in values if not measure.rounds(counted_measures.parts_in(key[3:]))}
    earlier = _said_earlier(private, measure, values, releases, implied)
    zeros = hidden | (uncounted.keys() - secret) | doubtful
    everybody = PublicRule(rule, frozenset(exact), frozenset(zeros), frozenset(unnamed))
    counts = RawCounts(values, everybody, primaries, frozenset(hidden), frozenset(uncounted), doubtful)
    return Raw(measure, rule, counts, system_with(earlier) if earlier else plain, plain, secret)


def cells_of(private: Private, measure: counted_measures.Measure) -> Iterator[tuple[Key, Decimal | None]]:
    """Yield a measure's raw cells with counts."""
    for role, item in measure.columns:
        for cell, total in private.totals.get(item.id, {}).items():
            yield counted_measures.KEYS[role](private.indicators, item, cell), getattr(total, role)


def _counted_cells_of_measure(
    private: Private, measure: counted_measures.Measure
) -> Iterator[tuple[Indicator, Key, Key, SummedCount]]:
    """Yield (indicator, key, denominator's key, count) of a measure's cells."""
    for item in measure.owners:
        for cell, total in private.totals.get(item.id, {}).items():
            below = counted_measures.denominator_key(private.indicators, item, cell)
            yield item, counted_measures.numerator_key(private.indicators, item, cell), below, total


def values_of(private: Private, measure: counted_measures.Measure) -> dict[Key, int]:
    """Return a measure's raw counts; missing overlaps are 0, missing parts what is left of their whole."""
    values: dict[Key, int] = {}
    for key, count in cells_of(private, measure):
        if count is not None:
            values.setdefault(key, int(count))
    values = dict.fromkeys(_overlaps_of_measure(private, measure, values), 0) | values
    for whole in _rests(private, measure, values):
        values[whole.parts[-1]] = rest_of(whole, values) or 0
    return values


def _find_withheld(private: Private, measure: counted_measures.Measure, values: Counts) -> dict[Key, Status]:
    """Return cells without count, with their status."""
    found: dict[Key, Status] = {}
    for role, item in measure.columns:
        for cell, total in private.totals.get(item.id, {}).items():
            key = counted_measures.KEYS[role](private.indicators, item, cell)
            if getattr(total, role) is None and key not in values:
                found.setdefault(key, total.status)
    return found


def _rests(private: Private, measure: counted_measures.Measure, values: Counts) -> list[Sum]:
    """Return the wholes of which raw tables lack a part."""
    named = {key: count for key, count in values.items() if is_named(key)}
    return rests(measure, counted_measures.sums_of(measure, private.spaces, named, private.pairs), named)


def _implied(private: Private, measure: counted_measures.Measure, values: Counts) -> list[Sum]:
    """Return undeclared sums that real counts obey, and rests."""
    remainders = _rests(private, measure, values)
    return [*implied_sums(measure, private.spaces, values), *remainders]


def _overlaps_of_measure(
    private: Private, measure: counted_measures.Measure, values: Iterable[Key]
) -> list[Key]:
    """Return all overlaps with a geography, as soon as raw tables count one of them."""
    divisions = {piece(*pair): private.spaces[pair[1]].geography for pair in private.pairs}
    crossed: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key in values:
        if key[1] in divisions:
            crossed[divisions[key[1]]].add(key[2:])
    return [(measure.name, name, *rest) for name, one in divisions.items() for rest in crossed[one]]


def _primaries(
    private: Private,
    measure: counted_measures.Measure,
    values: Counts,
    rule: SensitivityRule,
    shown: Shown,
    ceilings: Mapping[Key, float],
) -> tuple[dict[Key, Primary], set[Key]]:
    """Return secret cells, and those never shown. Never shown: overlaps, other levels, no shown denominator, few people."""
    primaries: dict[Key, Primary] = {}
    hidden = {key for key in values if _unnamed(private, measure, key)}
    for _, key, below, total in _counted_cells_of_measure(private, measure):
        if key in values and total.denominator is not None and shown.get(below, 0) is None:
            hidden.add(key)
    for key, observation in sorted(_observed(private, measure, values, ceilings).items()):
        primary = find_primary(observation, rule)
        if primary is not None:
            primaries[key] = primary
        if of_few_people(observation, rule) is not None:
            hidden.add(key)
    return primaries, hidden


def _observed(
    private: Private, measure: counted_measures.Measure, values: Counts, ceilings: Mapping[Key, float]
) -> dict[Key, Observation]:
    """Return each count with what the rules ask about it."""
    found: dict[Key, Observation] = {}
    for key, value in values.items():
        residents = private.residents.get((key[1], key[2]))
        found[key] = Observation(key, value, None, residents, ceiling=ceilings.get(key, math.inf))
    for _, key, _, total in _counted_cells_of_measure(private, measure):
        if key not in found:
            continue
        amounts = tuple(float(amount) for _, amount in total.contributions) or found[key].contributions
        below = found[key].denominator
        if total.denominator is not None and CROSS not in key[1]:
            # Of several denominators of one count the smallest of anybody is asked.
            below = min(filter(None, (below, int(total.denominator))), default=0)
        found[key] = replace(found[key], denominator=below, contributions=amounts)
    return found


def _ceilings(private: Private, measure: counted_measures.Measure, shown: Shown) -> dict[Key, float]:
    """Return counts' maxima by shown denominators, not for events."""
    found: dict[Key, float] = {}
    for item, key, below, _ in _counted_cells_of_measure(private, measure):
        count = shown.get(below)
        if count is not None and item.is_share:
            beyond = SLACK if divisor_is_rounded(private.indicators, item) else 0
            found[key] = min(float(count + beyond), found.get(key, math.inf))
    return found


def _unnamed(private: Private, measure: counted_measures.Measure, key: Key) -> bool:
    """Tell whether no page names a cell: an overlap, a rest, or of a level that isn't shown."""
    levels = [item.levels for item in (*measure.owners, *measure.users)]
    shown = any(not allowed or private.levels.get(key[1]) in allowed for allowed in levels)
    return not is_named(key) or not shown


def _said_earlier(
    private: Private,
    measure: counted_measures.Measure,
    values: Counts,
    releases: Sequence[EarlierCounts],
    implied: Sequence[Sum],
) -> list[Statement]:
    """Return earlier releases' statements that still hold today."""
    statements: list[Statement] = []
    for shown in releases:
        statements += shown.single(values)
        for sums in corrected_sums(measure, private.spaces, private.pairs, shown, values, implied):
            statements += sums
    return [item for item in statements if holds(item, values)]


def _common_knowledge(
    private: Private,
    measure: counted_measures.Measure,
    values: Counts,
    sums: Sequence[Sum],
    below: Bounds,
    ceilings: Mapping[Key, float],
) -> Callable[[Iterable[Statement]], TableSystem]:
    """Return what builds the system that everybody can write down, given further statements; `below` are denominators' bounds."""
    # More cases than people: that they are no share is told of the finished table.
    bounds = {key: (0.0, most) for key, most in ceilings.items() if values.get(key, 0) <= most}
    statements = [item for item in within_wholes(measure, values) if holds(item, values)]
    pairs = _divided(private, measure) if below else ()
    statements += [no_more_than(*pair) for pair in pairs if pair[0] in values and pair[1] in below]
    all_sums = list(sums)
    names = {key[0] for key in below}
    for other in counted_measures.measures_of(private.indicators) if below else ():
        if other.name in names:
            counts = values_of(private, other)
            all_sums += counted_measures.sums_of(other, private.spaces, counts, private.pairs)
            all_sums += _implied(private, other, counts)
    return lambda more: build_table((*values, *below), all_sums, [*statements, *more], {**bounds, **below})


def _divided(private: Private, measure: counted_measures.Measure) -> Iterator[tuple[Key, Key]]:
    """Yield (count, its separately counted denominator)."""
    for item, key, below, _ in _counted_cells_of_measure(private, measure):
        if item.is_share and below[0] != measure.name:
            yield key, below


def _bounds_of_denominators(
    private: Private, measure: counted_measures.Measure, shown: Shown
) -> dict[Key, tuple[float, float]]:
    """Return readers' bounds of withheld denominators."""
    names = {below[0] for _, below in _divided(private, measure) if shown.get(below, 0) is None}
    found: dict[Key, tuple[float, float]] = {}
    for other in counted_measures.measures_of(private.indicators):
        if other.name in names:
            threshold = counted_measures.rule_of(other, private.defaults).threshold
            for key in values_of(private, other):
                count = shown.get(key)
                if count is None:
                    found[key] = (0.0, math.inf)
                else:
                    found[key] = span(count, threshold) if other.rounded else (float(count), float(count))
    return found


class Withheld(Struct, frozen=True):
    """A withheld count, for planners."""

    key: Key
    value: int | None
    """The raw count; None where the source gives none."""
    is_hidden: bool
    """Whether it is never shown, however large."""
    reason: Reason | None
    """Why it is secret of itself; None if it isn't."""
    interval: FeasibilityInterval
    """What readers know of it."""
    falls: tuple[Attacker, ...] = ()
    """Who works it out from today's tables."""
    past: tuple[Attacker, ...] = ()
    """Who works it out only with earlier releases."""


@dataclass
class ProtectedCounts:
    """Each measure's counts as shown, None where withheld."""

    shown: dict[Key, int | None] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)


def protect(private: Private, progress: Progress = silent) -> ProtectedCounts:
    """Return what may be shown of all measures."""
    found = ProtectedCounts()
    measures = counted_measures.measures_of(private.indicators)
    for number, measure in enumerate(measures):
        progress("schützen", number, len(measures))
        if measure.unprotected:
            found.shown |= values_of(private, measure)
            continue
        raw = raw_of(private, measure, found.shown)
        if raw.counts.values:
            result = round_measure(raw.table, raw.counts)
            found.shown |= result.shown
            _record_withheld_cells(raw, found, result.shown, result.leaks)
    progress("schützen", len(measures), len(measures))
    return found


def replay(private: Private, shown: Shown) -> ProtectedCounts:
    """Return what attackers make of existing tables, given all that is shown."""
    found = ProtectedCounts(shown=dict(shown))
    for measure in counted_measures.measures_of(private.indicators):
        raw = raw_of(private, measure, shown)
        if not measure.unprotected and raw.counts.values:
            stands = {key: shown.get(key) for key in (*raw.counts.values, *raw.counts.uncounted)}
            _record_withheld_cells(raw, found, stands, leaks_of(raw.table, raw.counts, stands))
    return found


def _record_withheld_cells(raw: Raw, found: ProtectedCounts, shown: Shown, leaks: Iterable[Leak]) -> None:
    """Write down what is withheld, and to whom it falls."""
    falls: dict[Key, set[Attacker]] = {}
    for leak in leaks:
        falls.setdefault(leak.key, set()).add(leak.attacker)
    today = {(leak.key, leak.attacker) for leak in leaks_of(raw.plain, raw.counts, shown)} if falls else set()
    withheld = sorted(key for key in (*raw.counts.values, *raw.secret) if shown[key] is None)
    intervals = attack(raw.table, {}, withheld, raw.counts.believed(raw.table, shown).public(shown)).intervals
    for key in withheld:
        primary = raw.counts.primaries.get(key)
        lost = sorted(falls.get(key, ()))
        found.withheld.append(
            Withheld(
                key,
                raw.counts.values.get(key),
                key in raw.counts.hidden or key in raw.counts.known.unnamed,
                primary.reason if primary else None,
                intervals[key],
                tuple(who for who in lost if (key, who) in today),
                tuple(who for who in lost if (key, who) not in today),
            )
        )
