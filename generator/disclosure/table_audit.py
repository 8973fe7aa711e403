"""Find which withheld cells the published tables give away together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.counted_measures import Measure, measures_of, rule_of, sums_of
from generator.disclosure.engine.attack import (
    Evidence,
    FeasibilityInterval,
    Leak,
    attack,
    explain,
    find_leaks,
    play_others,
)
from generator.disclosure.engine.linear_system import (
    Key,
    Statement,
    Sum,
    TableSystem,
    build_table,
    keys_of,
)
from generator.disclosure.engine.rounding import BASE, around, is_narrow, reach_of
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.implied_sums import implied_sums, rests, same_rests, within_wholes
from generator.disclosure.lattice import is_named
from generator.disclosure.published import (
    Disclosure,
    EarlierCounts,
    MeasureFacts,
    Published,
    corrected_sums,
    facts_of,
    holds,
    shown_earlier,
    still_sums,
)

# So many places in which a sum can be seen to hold are no chance; protecting, which knows all counts, takes each for one.
TELLING = 2


@dataclass(frozen=True)
class _Tables:
    """What is published of one measure."""

    published: Published
    measure: Measure
    facts: MeasureFacts

    @cached_property
    def rule(self) -> SensitivityRule:
        return rule_of(self.measure, self.published.defaults)

    @cached_property
    def sums(self) -> list[Sum]:
        spaces = self.published.spaces
        tables = self.published.tables
        sums = sums_of(self.measure, spaces, self.facts.cells, self.published.pairs)
        return still_sums(
            sums, spaces, [tables[one.id] for _, one in self.measure.columns if one.id in tables]
        )

    @cached_property
    def today(self) -> dict[Key, int | None]:
        """Each cell that there is with its count, where that is shown."""
        return {key: self.facts.known.get(key) for key in self.facts.cells}

    @property
    def protected(self) -> bool:
        """Whether protecting wrote the tables, which keeps what their areas are made of: it knew which counts were corrected."""
        tables = [self.published.tables.get(item.id) for _, item in self.measure.columns]
        return all(table is None or table.parts for table in tables)

    @cached_property
    def releases(self) -> list[EarlierCounts]:
        return shown_earlier(self.published.indicators, self.measure, self.published.earlier)

    def table(self, sums: Iterable[Sum], statements: Iterable[Statement]) -> TableSystem:
        sums = list(sums)
        cells = self.facts.cells.keys() | keys_of(sums)
        said = [*within_wholes(self.measure, cells), *statements]
        return build_table(self.facts.cells, sums, said, dict(self.facts.bounds))

    def may_hold(self, statement: Statement) -> bool:
        """Whether real counts, where they are known, don't speak against what is said."""
        counts = self.published.raw.get(self.measure.name, {})
        return any(key not in counts for key, _ in statement.terms) or holds(statement, counts)

    def fits(self, sums: Iterable[Sum], statements: Iterable[Statement]) -> bool:
        """Whether all that is said fits together."""
        return not attack(self.table(sums, statements), self.facts.known, []).contradictions

    def play(self, table: TableSystem) -> list[Leak]:
        """Return what falls to contributors and guessers."""
        named = {key for key in self.facts.cells if is_named(key)}
        return play_others(table, self.facts.known, self.rule, named)

    def disclosure(self, table: TableSystem, leak: Leak, *, past: bool, released: bool = False) -> Disclosure:
        """Say where a leak is, to whom and by what it comes about."""
        name, place = self.facts.cells.get(leak.key, (self.measure.indicators[0].id, None))
        return Disclosure(
            leak.key,
            name,
            place,
            leak.interval,
            explain(table, self.facts.known, leak.key),
            released,
            attacker=leak.attacker,
            knows=leak.knows,
            past=past,
        )

    def contradiction(self, by: tuple[str, ...]) -> Disclosure:
        """Say at its first cell that what is published of the measure does not fit together."""
        key = min(self.facts.cells)
        name, cell = self.facts.cells[key]
        return Disclosure(key, name, cell, None, Evidence((), ()), contradictions=by)


def audit(published: Published, progress: Progress = silent) -> list[Disclosure]:
    """Attack everything that is published and return what is given away, sorted by cell."""
    found: list[Disclosure] = []
    measures = measures_of(published.indicators)
    for number, measure in enumerate(measures):
        progress("angreifen", number, len(measures))
        if measure.open:
            continue
        tables = _Tables(published, measure, facts_of(published, measure))
        found += _shown_elsewhere(tables)
        found += _attack_rounded(tables) if measure.rounded else _attack(tables)
    progress("angreifen", len(measures), len(measures))
    return found


def _shown_elsewhere(tables: _Tables) -> list[Disclosure]:
    """Return the counts that one indicator withholds and another of the same measure shows."""
    found: list[Disclosure] = []
    facts = tables.facts
    if tables.measure.rounded:
        return found
    for key in sorted(facts.withheld.keys() & facts.known.keys()):
        value = float(facts.known[key])
        interval = FeasibilityInterval(value, value)
        shown = Evidence((), (f"„{facts.shown_by[key]}“",))
        found.append(Disclosure(key, *facts.withheld[key], interval, shown))
    return found


def _attack(tables: _Tables) -> list[Disclosure]:
    facts = tables.facts
    left = rests(tables.measure, tables.sums, tables.today)
    left += same_rests(left, tables.today, TELLING)
    # Where nothing is withheld, two divisions of the town may still differ by a few people, and a whole by few from its parts.
    if not facts.secret and not tables.published.pairs and not left:
        return []
    sums, said = _all_said(tables, left)
    table, leaks, trouble = _read(tables, sums, said)
    if trouble:
        return [tables.contradiction(trouble)]
    already = _out_already(tables, table, leaks)
    if tables.protected and leaks:
        _, today, _ = _read(tables, sums, [])
        already |= {leak.key for leak in leaks}.difference(leak.key for leak in today)
    shown = _shown_alone(tables, said)
    found = []
    for leak in leaks:
        released = leak.key in shown
        past = leak.key in already and not released
        found.append(tables.disclosure(table, leak, past=past, released=released))
    told = {leak.key for leak in leaks}
    others = [leak for leak in tables.play(table) if leak.key not in told]
    return found + _played(tables, table, sums, others)


def _all_said(tables: _Tables, left: Sequence[Sum]) -> tuple[list[Sum], list[Statement]]:
    """Return all sums that readers take to hold, also undeclared ones and what is left of wholes, and what earlier releases say."""
    sums = [*tables.sums, *left]
    said = _said_earlier(tables, sums, left)
    suspected = _suspected(tables, said)
    if suspected:
        sums += suspected
        said = _said_earlier(tables, sums, [*left, *suspected])
    return sums, said


def _played(
    tables: _Tables, table: TableSystem, sums: Sequence[Sum], leaks: Sequence[Leak]
) -> list[Disclosure]:
    """Say what falls to contributors and guessers; past is what doesn't by today's sums alone, without earlier releases."""
    if not leaks:
        return []
    today = tables.play(tables.table(sums, []))
    still = {(leak.key, leak.attacker) for leak in today}
    return [tables.disclosure(table, leak, past=(leak.key, leak.attacker) not in still) for leak in leaks]


def _read(
    tables: _Tables, sums: Sequence[Sum], statements: Sequence[Statement]
) -> tuple[TableSystem, list[Leak], tuple[str, ...]]:
    """Return the table with what is said besides, what readers learn of it, and what of it doesn't fit together."""
    facts = tables.facts
    table = tables.table(sums, statements)
    unnamed = set(table.keys) - facts.cells.keys()
    targets = facts.secret.union(key for key in unnamed if not is_named(key))
    result = attack(table, facts.known, sorted(targets))
    leaks = [] if result.contradictions else find_leaks(table, result, tables.rule, unnamed)
    return table, leaks, result.contradictions


def _suspected(tables: _Tables, said: Sequence[Statement]) -> list[Sum]:
    """Return the sums that nobody declared and that the published counts obey, if they fit all that is said."""
    # Protecting has tied the parts that make up their whole: where it wrote the tables nobody takes that for granted.
    declared = TELLING if tables.protected else 0
    suspected = implied_sums(tables.measure, tables.published.spaces, tables.today, TELLING, declared)
    if suspected and tables.fits(tables.sums + suspected, said):
        return suspected
    return []


def _said_earlier(tables: _Tables, sums: Sequence[Sum], implied: Sequence[Sum]) -> list[Statement]:
    """Return what earlier releases say of cells that are withheld today: their counts, and sums in which a shown count was corrected;
    of sums that nobody declared those `implied`.

    Whether a withheld count was corrected too can't be seen without real counts; what doesn't fit today's table is left out.
    """
    published = tables.published
    found: list[Statement] = []
    today = {**dict.fromkeys(keys_of(implied)), **tables.today}
    for shown in tables.releases:
        sums_of_then = corrected_sums(
            tables.measure, published.spaces, published.pairs, shown, today, implied
        )
        for told in (_counts_of(shown, tables.facts.secret), *sums_of_then):
            further = [item for item in told if tables.may_hold(item)]
            found += _fitting(tables, sums, found, further)
    return found


def _fitting(
    tables: _Tables, sums: Sequence[Sum], said: Sequence[Statement], further: Sequence[Statement]
) -> Sequence[Statement]:
    """Return what of some statements fits beside what is said: all, else of each half what fits."""
    if not further or tables.fits(sums, [*said, *further]):
        return further
    if len(further) == 1:
        return []
    half = len(further) // 2
    first = _fitting(tables, sums, said, further[:half])
    return [*first, *_fitting(tables, sums, [*said, *first], further[half:])]


def _out_already(tables: _Tables, table: TableSystem, leaks: Sequence[Leak]) -> set[Key]:
    """Return the leaking cells that earlier releases give away by themselves, so that nothing can be done today.

    The release that holds today's table is none of them.
    """
    known: dict[Key, int] = {}
    for shown in tables.releases:
        if shown.counts != tables.today:
            same = tables.facts.known.items() & shown.counts.items()
            known |= {key: count for key, count in same if count is not None}
    if not known or not leaks:
        return set()
    intervals = attack(table, known, [leak.key for leak in leaks]).intervals
    return {key for key, interval in intervals.items() if interval.recovered}


def _counts_of(shown: EarlierCounts, cells: Iterable[Key]) -> list[Statement]:
    """Return the counts that a release shows of some cells."""
    found: list[Statement] = []
    for key in sorted(cells):
        count = shown.counts.get(key)
        if count is not None:
            found.append(Statement(((key, 1.0),), count, count, shown.source))
    return found


def _shown_alone(tables: _Tables, said: Iterable[Statement]) -> set[Key]:
    """Return the cells of which an earlier release showed a count, and of which what is said fits today."""
    shown: set[Key] = set()
    for release in tables.releases:
        shown |= {key for key, count in release.counts.items() if count is not None}
    return shown & {statement.terms[0][0] for statement in said if len(statement.terms) == 1}


def _attack_rounded(tables: _Tables) -> list[Disclosure]:
    """Rounded counts say where a count lies; small ones must not be narrowed down by sums of the others."""
    facts = tables.facts
    if not facts.known:
        return []
    table = tables.table(tables.sums, [])
    least = reach_of(tables.sums, facts.known, crossing=False)
    for reach in sorted({least, BASE - 1, 2 * BASE - 1}):
        result = attack(table, {}, sorted(facts.cells), around(facts.known, reach))
        if not result.contradictions:
            break
    else:
        return [tables.contradiction(result.contradictions)]
    found = []
    for key, interval in sorted(result.intervals.items()):
        if is_narrow(table, key, interval) and interval.low < tables.rule.threshold:
            name, cell = facts.cells[key]
            found.append(Disclosure(key, name, cell, interval, Evidence((), ())))
    return found
