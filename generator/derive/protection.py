"""Raw counts in; what of them may be shown out, with everything the planner must know about what may not.

Denominators are protected before what is divided by them; each measure with all its areas, geographies, breakdowns,
periods and earlier releases at once.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.derive.disclosure import (
    Cell,
    Interval,
    Key,
    Observation,
    Primary,
    Reason,
    Role,
    Rule,
    Statement,
    Table,
    attack,
    build_table,
    find_leaks,
    find_primary,
    suppress,
)
from generator.derive.lattice import CROSS, Spaces
from generator.derive.measures import (
    Measure,
    denominator_key,
    measures_of,
    numerator_key,
    rule_of,
    sums_of,
)
from generator.derive.rounded import round_measure
from generator.derive.totals import Total, Totals
from generator.model.config import Thresholds
from generator.model.figures import Key as CellKey
from generator.model.indicator import Indicator
from generator.read.values import Table as ValueTable

# A pattern can leave a cell of 0 too narrow; each further round protects what the audit found like a small count.
ROUNDS = 6


@dataclass(frozen=True)
class Private:
    """Everything that protecting takes in; `pairs` are the areas of two geographies that meet, `earlier` the releases."""

    spaces: Spaces
    levels: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...]
    indicators: Mapping[str, Indicator]
    totals: Mapping[str, Totals]
    defaults: Thresholds
    residents: Mapping[tuple[str, str], int] = field(default_factory=dict)
    earlier: Mapping[str, Mapping[dt.date, ValueTable]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A withheld count, for the planner only; `released` when an earlier release shows it already."""

    key: Key
    value: int
    role: Role
    reason: Reason | None
    interval: Interval
    protected: bool
    released: bool = False


@dataclass
class Protection:
    """What may be shown of each measure: a count, or None where it is withheld."""

    shown: dict[Key, int | None] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    inexact: list[str] = field(default_factory=list)
    rounded: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)


def protect(private: Private) -> Protection:
    """Return what may be shown of all measures."""
    found = Protection()
    for measure in measures_of(private.indicators):
        values = _values(private, measure)
        if measure.open:
            found.shown |= values
        elif values:
            _protect(private, measure, values, found)
    return found


def _values(private: Private, measure: Measure) -> dict[Key, int]:
    """Return the raw counts of a measure; a piece without a row is a count of nothing."""
    values: dict[Key, int] = {}
    for role, items in (("numerator", measure.owners), ("denominator", measure.users)):
        name = numerator_key if role == "numerator" else denominator_key
        for item in items:
            for key, total in private.totals.get(item.id, {}).items():
                count = getattr(total, role)
                if count is not None:
                    values.setdefault(name(private.indicators, item, key), int(count))
    crossed = {(key[2], *key[3:]) for key in values if CROSS in key[1]}
    for first, second in private.pairs if crossed else ():
        for period, *values_named in crossed:
            values.setdefault((measure.name, f"{first}{CROSS}{second}", period, *values_named), 0)
    return values


def _protect(private: Private, measure: Measure, values: dict[Key, int], found: Protection) -> None:
    rule = rule_of(measure, private.defaults)
    primaries, hidden = _primaries(private, measure, values, rule, found)
    released = _released(private, measure, values)
    table = _table(private, measure, values, found, released)
    if measure.rounded:
        found.rounded.append(measure.name)
        shown, intervals = round_measure(table, values, primaries, hidden)
        found.shown |= shown
        found.withheld += [
            Withheld(
                key,
                values[key],
                Role.PRIMARY if key in primaries else Role.HIDDEN,
                primaries[key].reason if key in primaries else None,
                intervals.get(key, Interval(0, math.inf)),
                True,
            )
            for key, count in sorted(shown.items())
            if count is None
        ]
        return
    cost = _costs(private, measure)
    cells = [
        Cell(key, value, cost=cost.get(key), hidden=key in hidden) for key, value in sorted(values.items())
    ]
    for _ in range(ROUNDS):
        result = suppress(table, cells, primaries.values())
        known = {key: values[key] for key in result.published}
        unnamed = {key for key in values if _unnamed(private, measure, key)}
        leaks = find_leaks(table, attack(table, known), rule, unnamed)
        further = [leak.key for leak in leaks if leak.key not in primaries and leak.key not in released]
        if not further:
            break
        for key in further:
            low, high = min(1, values[key]), max(rule.threshold - 1, values[key])
            primaries[key] = Primary(key, Reason.THRESHOLD, low, high)
    if not result.exact:
        found.inexact.append(measure.name)
    found.contradictions += result.contradictions
    for key, outcome in sorted(result.outcomes.items()):
        found.shown[key] = None if outcome.secret else values[key]
        if outcome.secret:
            found.withheld.append(
                Withheld(
                    key,
                    values[key],
                    outcome.role,
                    outcome.reason,
                    outcome.interval,
                    outcome.protected and not outcome.interval.recovered,
                    key in released,
                )
            )


def _primaries(
    private: Private, measure: Measure, values: Mapping[Key, int], rule: Rule, found: Protection
) -> tuple[dict[Key, Primary], set[Key]]:
    """Return what is secret of itself, and what is never shown (pieces, other levels, without a shown denominator)."""
    primaries: dict[Key, Primary] = {}
    hidden = {key for key in values if _unnamed(private, measure, key)}
    observed: dict[Key, Observation] = {
        key: Observation(key, value, None, private.residents.get((key[1], key[2])))
        for key, value in values.items()
    }
    for item in measure.owners:
        for cell, total in private.totals.get(item.id, {}).items():
            key = numerator_key(private.indicators, item, cell)
            if key not in observed:
                continue
            observed[key] = _observation(observed[key], item, cell, total)
            if total.denominator is not None and CROSS not in cell[0]:
                divisor = denominator_key(private.indicators, item, cell)
                if found.shown.get(divisor, 0) is None:
                    hidden.add(key)
    for key, observation in sorted(observed.items()):
        primary = find_primary(observation, rule)
        if primary is not None:
            primaries[key] = primary
    return primaries, hidden


def _observation(before: Observation, item: Indicator, cell: CellKey, total: Total) -> Observation:
    amounts = tuple(float(amount) for _, amount in total.contributions)
    known = total.denominator is not None and CROSS not in cell[0]
    denominator = int(total.denominator or 0) if known else before.denominator
    return replace(before, denominator=denominator, contributions=amounts or before.contributions)


def _unnamed(private: Private, measure: Measure, key: Key) -> bool:
    levels = [item.levels for item in (*measure.owners, *measure.users)]
    shown = any(not allowed or private.levels.get(key[1]) in allowed for allowed in levels)
    return CROSS in key[1] or not shown


def _costs(private: Private, measure: Measure) -> dict[Key, float]:
    """What withholding costs: the public denominator where there is one, so that the choice tells nothing of the counts."""
    return {
        numerator_key(private.indicators, item, cell): float(total.denominator)
        for item in measure.owners
        for cell, total in private.totals.get(item.id, {}).items()
        if total.denominator is not None
    }


def _released(private: Private, measure: Measure, values: Mapping[Key, int]) -> dict[Key, tuple[int, str]]:
    """Return the counts that an earlier release shows and that still hold, with the release."""
    found: dict[Key, tuple[int, str]] = {}
    for role, items in (("numerator", measure.owners), ("denominator", measure.users)):
        name = numerator_key if role == "numerator" else denominator_key
        for item in items:
            for day, table in sorted(private.earlier.get(item.id, {}).items()):
                for row in table.rows:
                    count = getattr(row, role)
                    key = name(private.indicators, item, (row.space, row.period, row.breakdown))
                    if count is not None and values.get(key) == count:
                        found.setdefault(key, (int(count), f"Ausgabe {day:%d.%m.%Y}"))
    return found


def _table(
    private: Private,
    measure: Measure,
    values: Mapping[Key, int],
    found: Protection,
    released: Mapping[Key, tuple[int, str]],
) -> Table:
    sums = [
        item
        for item in sums_of(measure, private.spaces, values, private.pairs)
        if item.total in values and all(part in values for part in item.parts)
    ]
    statements = (
        []
        if measure.rounded
        else [
            Statement(((key, 1.0),), count, count, source)
            for key, (count, source) in sorted(released.items())
        ]
    )
    bounds: dict[Key, tuple[float, float]] = {}
    for item in measure.owners:
        if item.denominator is None or item.interval == "byar":
            continue
        for cell in private.totals.get(item.id, {}):
            key = numerator_key(private.indicators, item, cell)
            ceiling = found.shown.get(denominator_key(private.indicators, item, cell))
            if ceiling is not None and key in values:
                bounds[key] = (0.0, float(ceiling))
    return build_table(values, sums, statements, bounds)
