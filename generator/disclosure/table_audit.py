"""Published tables in; which withheld cells they give away, together with all other tables and earlier releases, out.

Knows no raw count: the attacker's side of `protection`. Further statements (what a built site shows beyond its tables)
can be added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from generator.disclosure.counted_measures import (
    Measure,
    counts_in,
    measures_of,
    rule_of,
    sums_of,
)
from generator.disclosure.earlier import EarlierCounts, corrected_sums, shown_earlier
from generator.disclosure.engine import (
    Evidence,
    Key,
    Leak,
    LeakKind,
    SensitivityRule,
    Statement,
    Sum,
    TableSystem,
    all_reached,
    attack,
    build_table,
    explain,
    find_leaks,
    play_others,
)
from generator.disclosure.implied_sums import implied_sums
from generator.disclosure.lattice import CROSS, Spaces
from generator.disclosure.published import Disclosure, MeasureFacts, Published, facts_of
from generator.disclosure.rounded import BASE
from generator.disclosure.undeclared import shown_elsewhere, shown_otherwise

# So many places in which a sum can be seen to hold are no chance; protecting, which knows all counts, takes each for one.
TELLING = 2


def audit(published: Published, further: Sequence[Statement] = ()) -> list[Disclosure]:
    """Attack everything that is published and return what is given away, sorted by cell."""
    found: list[Disclosure] = []
    measures = measures_of(published.indicators)
    every = {measure.name: facts_of(published, measure) for measure in measures}
    for measure in measures:
        if measure.open:
            continue
        facts = every[measure.name]
        found += shown_elsewhere(measure, facts)
        threshold = rule_of(measure, published.defaults).threshold
        found += shown_otherwise(published, measure, every, threshold)
        # Where nothing is withheld, two divisions of the town may still differ by a few people.
        if facts.secret or (measure.rounded and facts.known) or published.pairs:
            found += _attack(published, measure, facts, _about(measure, further))
    return found


def _about(measure: Measure, statements: Iterable[Statement]) -> list[Statement]:
    return [item for item in statements if measure.name in {key[0] for key, _ in item.terms}]


def _attack(
    published: Published, measure: Measure, facts: MeasureFacts, further: Sequence[Statement]
) -> list[Disclosure]:
    rule = rule_of(measure, published.defaults)
    sums = sums_of(measure, published.spaces, facts.there, published.pairs)
    if measure.rounded:
        return _attack_rounded(
            measure, facts, rule, build_table(facts.there, sums, further, dict(facts.bounds))
        )
    released = _released(published, measure, facts)
    said = [*released.values(), *further]
    sums += _suspected(published, measure, facts, sums, said)
    said += _earlier_sums(published, measure, facts, sums, said)
    table = _table(facts, sums, said)
    unnamed = {key for key in table.keys if key not in facts.there}
    targets = sorted(facts.secret | {key for key in unnamed if CROSS in key[1]})
    result = attack(table, facts.known, targets)
    if result.contradictions:
        return [_contradiction(facts, result.contradictions)]
    leaks = find_leaks(table, result, rule, unnamed)
    found = _told_to_readers(published, measure, facts, table, leaks, released)
    told = {item.key for item in found}
    others = [leak for leak in _play(table, facts, rule) if leak.key not in told]
    still: Sequence[Leak] = others
    if others and released:
        # What of it falls without earlier releases.
        still = _play(_table(facts, sums, further), facts, rule)
    return found + _told_to_others(measure, facts, table, others, still)


def _play(table: TableSystem, facts: MeasureFacts, rule: SensitivityRule) -> list[Leak]:
    return play_others(table, facts.known, rule, {key for key in facts.there if CROSS not in key[1]})


def _told_to_readers(
    published: Published,
    measure: Measure,
    facts: MeasureFacts,
    table: TableSystem,
    leaks: Sequence[Leak],
    released: Collection[Key],
) -> list[Disclosure]:
    """Say what falls to readers, and what of it earlier releases show by themselves."""
    out_already = _out_already(published, measure, facts, table, leaks)
    found = []
    for leak in leaks:
        told, before = _disclosure(measure, facts, table, leak), leak.key in released
        found.append(replace(told, released=before, past=leak.key in out_already and not before))
    return found


def _contradiction(facts: MeasureFacts, by: tuple[str, ...]) -> Disclosure:
    """Say at its first cell that what is published of a measure does not fit together."""
    key = min(facts.there)
    name, cell = facts.cells[key]
    return Disclosure(key, name, cell, None, None, Evidence((), ()), contradictions=by)


def _told_to_others(
    measure: Measure, facts: MeasureFacts, table: TableSystem, others: Sequence[Leak], still: Sequence[Leak]
) -> list[Disclosure]:
    """Say what falls to contributors and guessers alone; `still` is what falls to them without earlier releases."""
    today = {(leak.key, leak.attacker) for leak in still}
    return [
        replace(
            _disclosure(measure, facts, table, leak),
            attacker=leak.attacker,
            knows=leak.knows,
            past=(leak.key, leak.attacker) not in today,
        )
        for leak in others
    ]


def _table(facts: MeasureFacts, sums: Sequence[Sum], statements: Sequence[Statement]) -> TableSystem:
    return build_table(facts.there, sums, statements, dict(facts.bounds))


def _suspected(
    published: Published,
    measure: Measure,
    facts: MeasureFacts,
    sums: Sequence[Sum],
    said: Sequence[Statement],
) -> list[Sum]:
    """Return the sums that nobody declared and that the published counts obey, if they fit all that is said."""
    counts = {key: facts.known.get(key) for key in facts.there}
    suspected = implied_sums(measure, published.spaces, counts, TELLING)
    if not suspected:
        return []
    trial = attack(_table(facts, [*sums, *suspected], said), facts.known, ())
    return [] if trial.contradictions else suspected


def _disclosure(measure: Measure, facts: MeasureFacts, table: TableSystem, leak: Leak) -> Disclosure:
    """Say where a leak is and by what it comes about."""
    name, place = facts.cells.get(leak.key, (measure.indicators[0].id, None))
    evidence = explain(table, facts.known, leak.key)
    return Disclosure(leak.key, name, place, leak.kind, leak.interval, evidence)


def _earlier_sums(
    published: Published,
    measure: Measure,
    facts: MeasureFacts,
    sums: Sequence[Sum],
    said: Sequence[Statement],
) -> list[Statement]:
    """Return what the sums of earlier releases, with counts corrected since, say of today's withheld ones.

    Whether a withheld count was corrected too can't be seen; a release whose sums don't fit today's table is left out.
    """
    today = {key: facts.known.get(key) for key in facts.there}
    found: list[Statement] = []
    for shown in shown_earlier(published.indicators, measure, published.earlier):
        further = list(corrected_sums(measure, published.spaces, published.pairs, shown, today))
        trial = [*found, *further]
        asked: set[Key] = set()
        for statement in further:
            asked.update(key for key, _ in statement.terms)
        if (
            further
            and not attack(_table(facts, sums, [*said, *trial]), facts.known, sorted(asked)).contradictions
        ):
            found = trial
    return found


def _out_already(
    published: Published, measure: Measure, facts: MeasureFacts, table: TableSystem, leaks: Sequence[Leak]
) -> set[Key]:
    """Return the leaking cells that earlier releases give away by themselves, so that nothing can be done today.

    The release that holds today's table is none of them.
    """
    today = {key: facts.known.get(key) for key in facts.there}
    releases = shown_earlier(published.indicators, measure, published.earlier)
    earlier = [shown for shown in releases if shown.counts != today]
    if not earlier or not leaks:
        return set()
    intervals = attack(table, _known_since(facts, earlier), [leak.key for leak in leaks]).intervals
    return {key for key, interval in intervals.items() if interval.recovered}


def _known_since(facts: MeasureFacts, earlier: Iterable[EarlierCounts]) -> dict[Key, int]:
    """Return the counts of today that an earlier release shows as well."""
    known: dict[Key, int] = {}
    for shown in earlier:
        known |= {key: count for key, count in facts.known.items() if shown.counts.get(key) == count}
    return known


def _attack_rounded(
    measure: Measure, facts: MeasureFacts, rule: SensitivityRule, table: TableSystem
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
        return [_contradiction(facts, result.contradictions)]
    found = []
    for key, interval in sorted(result.intervals.items()):
        if interval.width < BASE // 2 and interval.low < rule.threshold and interval.high > 0:
            name, cell = facts.cells[key]
            kind = LeakKind.RECOVERED if interval.recovered else LeakKind.NARROW
            found.append(Disclosure(key, name, cell, kind, interval, Evidence((), ())))
    return found


def _released(published: Published, measure: Measure, facts: MeasureFacts) -> dict[Key, Statement]:
    """Return what earlier releases say of cells that are withheld now and cannot have been revised since.

    Where a count that both show has changed, the cells it is a part or a sum of may have changed too.
    """
    found: dict[Key, Statement] = {}
    for role, item in measure.columns:
        for day, table in sorted(published.earlier.get(item.id, {}).items()):
            told = counts_in(published.indicators, item, table, role)
            counts = {key: one for key, one in told if one is not None}
            for key, count in _unrevised(published.spaces, facts, counts):
                source = f"Ausgabe {day:%d.%m.%Y}"
                found.setdefault(key, Statement(((key, 1.0),), count, count, source))
    return found


def _unrevised(spaces: Spaces, facts: MeasureFacts, counts: Mapping[Key, int]) -> list[tuple[Key, int]]:
    """Return the counts of a release that are withheld now and have nothing to do with one that has changed."""
    changed = {key for key, count in counts.items() if facts.known.get(key, count) != count}
    near = _related(spaces, changed)
    return [(key, counts[key]) for key in sorted(counts) if key in facts.secret and key not in near]


def _related(spaces: Spaces, changed: Iterable[Key]) -> set[Key]:
    """Return the cells that hold a changed one, or lie in one of the same parent's parts, for the same period."""
    inside = {key: facts.children for key, facts in spaces.items()}
    above: dict[str, list[str]] = defaultdict(list)
    for key, children in inside.items():
        for child in children:
            above[child].append(key)
    related: set[Key] = set()
    for measure, space, period, *values in changed:
        if CROSS in space or space not in spaces:
            continue
        for place in {space} | all_reached(space, above) | all_reached(space, inside):
            related.add((measure, place, period, *values))
            related.add((measure, place, period))
    return related
