"""Find which withheld cells the published tables give away together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.engine.attack import (
    Evidence,
    FeasibilityInterval,
    Leak,
    attack,
    explain,
)
from generator.disclosure.engine.linear_system import (
    INFINITE,
    Bounds,
    Key,
    Statement,
    Sum,
    TableSystem,
    build_table,
    keys_of,
)
from generator.disclosure.engine.rounding import SLACK, PublicRule, public_leaks
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.measures.counted_measures import (
    Measure,
    cases_key,
    implied_sums,
    measures_of,
    rests,
    rule_of,
    sums_of,
    within_wholes,
)
from generator.disclosure.measures.lattice import derived, is_named
from generator.disclosure.measures.published import (
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

# Undeclared sums of one kind (quarters of a year, another geography's areas) that readers see hold so often hold by no chance; `protect` believes them once.
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
    def known(self) -> PublicRule:
        """What readers know of all cells."""
        known = PublicRule(self.rule, self.facts.exact, self.facts.zeros)
        table = self.table(self.sums, [])
        if attack(table, {}, [], known.public(self.today)).contradictions:
            # Tables from elsewhere may withhold a 0.
            return replace(known, zeros=self.facts.secret | self.facts.zeros)
        return known

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
        """Each cell with its shown count."""
        return {key: self.facts.known.get(key) for key in self.facts.cells}

    @property
    def protected(self) -> bool:
        """Whether `protect` wrote the tables, which keeps what areas are made of."""
        tables = [self.published.tables.get(item.id) for _, item in self.measure.columns]
        return all(table is None or table.parts for table in tables)

    @cached_property
    def releases(self) -> list[EarlierCounts]:
        return shown_earlier(
            self.published.indicators, self.measure, self.published.earlier, self.rule.threshold
        )

    def table(self, sums: Iterable[Sum], statements: Iterable[Statement]) -> TableSystem:
        sums = list(sums)
        cells = self.facts.cells.keys() | keys_of(sums)
        all_statements = [*within_wholes(self.measure, cells), *statements]
        return build_table(self.facts.cells, sums, all_statements, dict(self.facts.bounds))

    def fits(self, sums: Iterable[Sum], statements: Iterable[Statement]) -> bool:
        """Whether all that is said fits together."""
        bounds = self.known.public(self.today)
        return not attack(self.table(sums, statements), {}, [], bounds).contradictions

    def disclosure(self, table: TableSystem, leak: Leak, *, past: bool) -> Disclosure:
        """Return a leak with its place, attacker and sources."""
        name, place = self.facts.cells.get(leak.key, (self.measure.indicators[0].id, None))
        return Disclosure(
            leak.key,
            name,
            place,
            leak.interval,
            explain(table, leak.bounds or {}, self.facts.known, leak.key),
            attacker=leak.attacker,
            knows=leak.knows,
            past=past,
        )


def audit(published: Published, progress: Progress = silent) -> list[Disclosure]:
    """Attack everything published; return its leaks, maybe several of a cell.

    Tables of a measure that contradict each other are one leak at its first cell; `open` measures aren't attacked.
    """
    found: list[Disclosure] = []
    measures = measures_of(published.indicators)
    for number, measure in enumerate(measures):
        progress("angreifen", number, len(measures))
        if measure.unprotected:
            continue
        tables = _Tables(published, measure, facts_of(published, measure))
        found += _shown_elsewhere(tables.facts)
        found += _attack(tables)
        found += _find_revealed_amounts(published, tables.facts)
    progress("angreifen", len(measures), len(measures))
    return found


def _shown_elsewhere(facts: MeasureFacts) -> Iterator[Disclosure]:
    """Yield counts withheld by one indicator and shown by another."""
    for key in sorted(facts.withheld.keys() & facts.known.keys()):
        value = float(facts.known[key])
        interval = FeasibilityInterval(value, value)
        shown = Evidence((), (f"„{facts.shown_by[key]}“",))
        yield Disclosure(key, *facts.withheld[key], interval, shown)


def _find_revealed_amounts(published: Published, facts: MeasureFacts) -> Iterator[Disclosure]:
    """Yield amounts and shares of withheld cases that are shown or follow from others."""
    for key, table in published.tables.items():
        item = published.indicators[key]
        if item.cases_from is None:
            continue
        known = {row.cell: row.numerator for row in table.rows if row.numerator is not None}
        if item.adds_up:
            known = derived(item, published.spaces, [row.cell for row in table.rows], known)
        for row in table.rows:
            cases = cases_key(published.indicators, item, row.cell)
            if cases in facts.secret and row.cell in known:
                yield Disclosure(cases, key, row.cell, None, Evidence((), (item.title,)))


def _attack(tables: _Tables) -> list[Disclosure]:
    """Return a measure's leaks, or that its tables contradict each other."""
    remainders = rests(tables.measure, tables.sums, tables.today)
    # Where nothing is withheld, two divisions of the town may still differ by a few people, and a whole by few from its parts.
    if not tables.facts.secret and not tables.published.pairs and not remainders:
        return []
    sums, statements = _all_said(tables, remainders)
    table = tables.table(sums, statements)
    unnamed = {key for key in table.keys if key not in tables.facts.cells and not is_named(key)}
    known = replace(tables.known, unnamed=unnamed)
    shown = {**dict.fromkeys(unnamed), **tables.today}
    trouble = attack(table, {}, [], known.public(shown)).contradictions
    if trouble:
        key = min(tables.facts.cells)
        nothing = Evidence((), ())
        return [Disclosure(key, *tables.facts.cells[key], None, nothing, contradictions=trouble)]
    kept = _kept_by_somebody(tables, table, known.public(shown))
    shown |= kept
    known = replace(known, exact={*known.exact, *kept})
    leaks = public_leaks(table, shown, known)
    if not leaks:
        return []
    # Nothing can be done today about what earlier releases and exact counts give away alone.
    bare = {key: count if key in known.exact else None for key, count in shown.items()}
    already = {leak.cell_and_attacker for leak in public_leaks(table, bare, known)}
    if tables.protected:
        today = {leak.cell_and_attacker for leak in public_leaks(tables.table(sums, []), shown, known)}
        already |= {leak.cell_and_attacker for leak in leaks} - today
    return [tables.disclosure(table, leak, past=leak.cell_and_attacker in already) for leak in leaks]


def _kept_by_somebody(tables: _Tables, table: TableSystem, bounds: Bounds) -> dict[Key, int]:
    """Return withheld cells that a withdrawn table showed, each with a count in the middle of what fits: known to whoever kept it."""
    found: dict[Key, int] = {}
    known = dict(bounds)
    for key in sorted(tables.facts.secret & tables.published.out):
        fits = attack(table, {}, [key], known).intervals[key]
        if fits.high == INFINITE:
            continue
        middle, least = float((fits.low + fits.high) // 2), fits.low
        known[key] = (middle, middle)
        # Not every count between two that fit need fit.
        if attack(table, {}, [], known).contradictions:
            known[key] = (least, least)
        found[key] = int(known[key][0])
    return found


def _all_said(tables: _Tables, remainders: Sequence[Sum]) -> tuple[list[Sum], list[Statement]]:
    """Return all sums readers believe, and earlier releases' statements."""
    sums = [*tables.sums, *remainders]
    statements = _said_earlier(tables, sums, remainders)
    suspected = implied_sums(tables.measure, tables.published.spaces, tables.today, TELLING, SLACK)
    if suspected and tables.fits(tables.sums + suspected, statements):
        sums += suspected
        statements = _said_earlier(tables, sums, [*remainders, *suspected])
    return sums, statements


def _said_earlier(tables: _Tables, sums: Sequence[Sum], implied: Sequence[Sum]) -> list[Statement]:
    """Return earlier statements on withheld cells that fit today's table."""
    published = tables.published
    found: list[Statement] = []
    today = {**dict.fromkeys(keys_of(implied)), **tables.today}
    counts = published.raw.get(tables.measure.name, {})
    for shown in tables.releases:
        sums_of_then = corrected_sums(
            tables.measure, published.spaces, published.pairs, shown, today, implied
        )
        for group in (shown.single(tables.facts.secret), *sums_of_then):
            # Real counts, where they are known, must not speak against it.
            with_known = [(item, all(key in counts for key, _ in item.terms)) for item in group]
            further = [item for item, is_known in with_known if not is_known or holds(item, counts)]
            found += _fitting(tables, sums, found, further)
    return found


def _fitting(
    tables: _Tables, sums: Sequence[Sum], said: Sequence[Statement], further: Sequence[Statement]
) -> Sequence[Statement]:
    """Return statements that fit: all, else what fits of each half."""
    if not further or tables.fits(sums, [*said, *further]):
        return further
    if len(further) == 1:
        return []
    half = len(further) // 2
    first = _fitting(tables, sums, said, further[:half])
    return [*first, *_fitting(tables, sums, [*said, *first], further[half:])]
