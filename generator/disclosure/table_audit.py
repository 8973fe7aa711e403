"""Published tables in; which withheld cells they give away, together with all other tables and earlier releases, out.

Knows no raw count: the attacker's side of `protection`. Further statements (what a built site shows beyond its tables)
can be added.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.disclosure.engine import (
    Attacker,
    Evidence,
    FeasibilityInterval,
    Key,
    LeakKind,
    SensitivityRule,
    Statement,
    TableSystem,
    attack,
    build_table,
    explain,
    find_leaks,
    play_others,
)
from generator.disclosure.lattice import CROSS, Spaces
from generator.disclosure.measures import (
    Measure,
    denominator_key,
    divisor_name,
    measures_of,
    numerator_key,
    rule_of,
    sums_of,
)
from generator.disclosure.rounded import BASE
from generator.disclosure.twins import find_twins
from generator.model.cells import CellKey, Status
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from generator.read.values import ValueTable

Cells = Mapping[CellKey, tuple[int | None, int | None, Status]]
"""Numerator, denominator and status of each published cell."""


@dataclass(frozen=True)
class Published:
    """Everything that is public; `pairs` are the areas of two geographies that meet."""

    spaces: Spaces
    pairs: tuple[tuple[str, str], ...]
    indicators: Mapping[str, Indicator]
    tables: Mapping[str, ValueTable]
    defaults: Thresholds
    earlier: Mapping[str, Mapping[dt.date, ValueTable]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A withheld cell that is given away; `released` when an earlier release simply shows it.

    `attacker` is to whom, `knows` the cell whose count a contributor knows. past: only together with earlier releases. how: in
    which form undeclared measures show it (named as sources in `evidence`). Where `contradictions` are named, what is published does not fit together and no interval is known.
    """

    key: Key
    indicator: str
    cell: CellKey | None
    kind: LeakKind | None
    interval: FeasibilityInterval | None
    evidence: Evidence
    released: bool = False
    contradictions: tuple[str, ...] = ()
    attacker: Attacker = Attacker.READER
    knows: Key | None = None
    past: bool = False
    how: str = ""


@dataclass
class _Facts:
    """What is public about one measure; `withheld` are the cells in which an indicator that counts it shows nothing,
    `amounts` its counts with their decimals."""

    known: dict[Key, int] = field(default_factory=dict)
    secret: set[Key] = field(default_factory=set)
    there: set[Key] = field(default_factory=set)
    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    cells: dict[Key, tuple[str, CellKey]] = field(default_factory=dict)
    amounts: dict[Key, float] = field(default_factory=dict)
    withheld: dict[Key, tuple[str, CellKey]] = field(default_factory=dict)
    shown_by: dict[Key, str] = field(default_factory=dict)


def audit(published: Published, further: Sequence[Statement] = ()) -> list[Disclosure]:
    """Attack everything that is published and return what is given away, sorted by cell."""
    found: list[Disclosure] = []
    measures = measures_of(published.indicators)
    every = {measure.name: _facts(published, measure) for measure in measures}
    for measure in measures:
        if measure.open:
            continue
        facts = every[measure.name]
        found += _shown_elsewhere(measure, facts)
        found += _twins(published, measure, every)
        if facts.secret or (measure.rounded and facts.known):
            said = [item for item in further if any(key[0] == measure.name for key, _ in item.terms)]
            found += _attack(published, measure, facts, said)
    return found


def _shown_elsewhere(measure: Measure, facts: _Facts) -> list[Disclosure]:
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


def _twins(published: Published, measure: Measure, every: Mapping[str, _Facts]) -> list[Disclosure]:
    """Return the withheld counts that measures nobody declared to be the same show in another form."""
    facts = every[measure.name]
    if not facts.withheld:
        return []
    plain = {name: {key[1:]: value for key, value in other.amounts.items()} for name, other in every.items()}
    below: dict[Key, float] = {}
    for owner in measure.owners:
        if owner.denominator is not None:
            below |= plain.get(divisor_name(published.indicators, owner.id), {})
    others = {
        name: counts
        for name, counts in plain.items()
        if name != measure.name and name.rstrip("/") != measure.name
    }
    decimals = {name: _places(counts) for name, counts in others.items()}
    titles = {
        one.name: " / ".join(item.title for item in one.indicators)
        for one in measures_of(published.indicators)
    }
    secret = frozenset(key[1:] for key in facts.withheld)
    found = []
    for twin in find_twins(secret, plain[measure.name], others, below, decimals):
        key = (measure.name, *twin.key)
        name, cell = facts.withheld[key]
        shown = tuple(f"„{titles[other]}“" for other in twin.names)
        found.append(Disclosure(key, name, cell, LeakKind.RECOVERED, None, Evidence((), shown), how=twin.how))
    return found


def _places(counts: Mapping[Key, float]) -> int:
    """Return how many decimals amounts have."""
    return next(
        (places for places in range(4) if all(round(value, places) == value for value in counts.values())), 4
    )


def _facts(published: Published, measure: Measure) -> _Facts:
    facts = _Facts()
    for role, items in (("numerator", measure.owners), ("denominator", measure.users)):
        name = numerator_key if role == "numerator" else denominator_key
        for item in items:
            table = published.tables.get(item.id)
            for row in table.rows if table is not None else ():
                cell = (row.space, row.period, row.breakdown)
                key = name(published.indicators, item, cell)
                facts.there.add(key)
                facts.cells.setdefault(key, (item.id, cell))
                count = getattr(row, role)
                if count is not None:
                    facts.known[key] = int(count)
                    facts.amounts[key] = float(count)
                    facts.shown_by.setdefault(key, item.title)
                elif row.status is Status.SECRET:
                    facts.secret.add(key)
                    if role == "numerator":
                        facts.withheld.setdefault(key, (item.id, cell))
                ceiling = (
                    row.denominator if item.denominator is not None and item.interval != "byar" else None
                )
                if role == "numerator" and ceiling is not None:
                    facts.bounds[key] = (0.0, float(ceiling))
    facts.secret -= facts.known.keys()
    return facts


def _attack(
    published: Published, measure: Measure, facts: _Facts, further: Sequence[Statement]
) -> list[Disclosure]:
    released = _released(published, measure, facts)
    rule = rule_of(measure, published.defaults)
    sums = sums_of(measure, published.spaces, facts.there, published.pairs)
    said = [*released.values(), *further]
    bounds = dict(facts.bounds)
    if measure.rounded:
        return _attack_rounded(measure, facts, rule, build_table(facts.there, sums, further, bounds))
    table = build_table(facts.there, sums, said, bounds)
    unnamed = {key for key in table.keys if key not in facts.there}
    targets = sorted(facts.secret | {key for key in unnamed if CROSS in key[1]})
    result = attack(table, facts.known, targets)
    if result.contradictions:
        key = min(facts.there)
        name, cell = facts.cells[key]
        return [
            Disclosure(key, name, cell, None, None, Evidence((), ()), contradictions=result.contradictions)
        ]
    found = []
    for leak in find_leaks(table, result, rule, unnamed):
        name, place = facts.cells.get(leak.key, (measure.indicators[0].id, None))
        evidence = explain(table, facts.known, leak.key)
        found.append(
            Disclosure(
                leak.key, name, place, leak.kind, leak.interval, evidence, released=leak.key in released
            )
        )
    told = {item.key for item in found}
    named = {key for key in facts.there if CROSS not in key[1]}
    others = [leak for leak in play_others(table, facts.known, rule, named) if leak.key not in told]
    plain = build_table(facts.there, sums, further, bounds) if released and others else table
    still = (
        {(leak.key, leak.attacker) for leak in play_others(plain, facts.known, rule, named)}
        if others
        else set()
    )
    for leak in others:
        name, place = facts.cells.get(leak.key, (measure.indicators[0].id, None))
        found.append(
            Disclosure(
                leak.key,
                name,
                place,
                leak.kind,
                leak.interval,
                explain(table, facts.known, leak.key),
                attacker=leak.attacker,
                knows=leak.knows,
                past=(leak.key, leak.attacker) not in still,
            )
        )
    return found


def _attack_rounded(
    measure: Measure, facts: _Facts, rule: SensitivityRule, table: TableSystem
) -> list[Disclosure]:
    """Rounded counts say where a count lies; small ones must not be narrowed down by sums of the others."""
    for reach in (BASE // 2, BASE - 1, 2 * BASE - 1):
        bounds = {
            key: (max(0.0, float(count - reach)), float(count + reach)) for key, count in facts.known.items()
        }
        result = attack(table, {}, sorted(facts.there), bounds)
        if not result.contradictions:
            break
    else:
        first = min(facts.there)
        name, cell = facts.cells[first]
        return [
            Disclosure(first, name, cell, None, None, Evidence((), ()), contradictions=result.contradictions)
        ]
    found = []
    for key, interval in sorted(result.intervals.items()):
        if interval.width < BASE // 2 and interval.low < rule.threshold and interval.high > 0:
            name, cell = facts.cells[key]
            kind = LeakKind.RECOVERED if interval.recovered else LeakKind.NARROW
            found.append(Disclosure(key, name, cell, kind, interval, Evidence((), ())))
    return found


def _released(published: Published, measure: Measure, facts: _Facts) -> dict[Key, Statement]:
    """Return what earlier releases say of cells that are withheld now and cannot have been revised since.

    Where a count that both show has changed, the cells it is a part or a sum of may have changed too.
    """
    found: dict[Key, Statement] = {}
    for role, items in (("numerator", measure.owners), ("denominator", measure.users)):
        name = numerator_key if role == "numerator" else denominator_key
        for item in items:
            for day, table in sorted(published.earlier.get(item.id, {}).items()):
                counts = {
                    name(published.indicators, item, (row.space, row.period, row.breakdown)): int(count)
                    for row in table.rows
                    if (count := getattr(row, role)) is not None
                }
                changed = {key for key, count in counts.items() if facts.known.get(key, count) != count}
                near = _related(published.spaces, changed)
                for key, count in sorted(counts.items()):
                    if key in facts.secret and key not in near:
                        source = f"Ausgabe {day:%d.%m.%Y}"
                        found.setdefault(key, Statement(((key, 1.0),), count, count, source))
    return found


def _related(spaces: Spaces, changed: Iterable[Key]) -> set[Key]:
    """Return the cells that hold a changed one, or lie in one of the same parent's parts, for the same period."""
    above: dict[str, set[str]] = defaultdict(set)
    for key, facts in spaces.items():
        for child in facts.children:
            above[child].add(key)
    related: set[Key] = set()
    for measure, space, period, *values in changed:
        if CROSS in space or space not in spaces:
            continue
        upwards, waiting = {space}, [space]
        while waiting:
            for parent in above[waiting.pop()] - upwards:
                upwards.add(parent)
                waiting.append(parent)
        downwards, waiting = {space}, [space]
        while waiting:
            for child in set(spaces[waiting.pop()].children) - downwards:
                downwards.add(child)
                waiting.append(child)
        for place in upwards | downwards:
            related.add((measure, place, period, *values))
            related.add((measure, place, period))
    return related
