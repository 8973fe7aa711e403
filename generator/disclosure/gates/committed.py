"""Check committed tables for broken rules, changed releases and joint leaks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import islice, product

from generator.diagnostics import Diagnostic, Position, has_errors
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.rounding import BASE, SLACK
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.gates.shared_measures import check_answers, check_rules, check_share, check_shared
from generator.disclosure.gates.table_audit import audit
from generator.disclosure.gates.value_rows import check_plausible, check_table
from generator.disclosure.measures.counted_measures import Measure, measures_of, rule_of
from generator.disclosure.measures.lattice import areas, crossings, forms_trees
from generator.disclosure.measures.periods import begun, check_ahead
from generator.disclosure.measures.published import (
    Disclosure,
    Published,
    divisor_is_rounded,
    earlier_tables,
    given_away,
    residents_slack,
    space_name,
    was_out,
)
from generator.files.result_cache import ResultCache, Same
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, tables_of
from generator.read.project import Reading
from generator.read.value_tables import ValueRow, ValueTable

Residents = dict[tuple[str, str], int]
"""People by area and period."""

# A raw table breaks a rule in every other line; the first few say enough.
FEW = 5
# Publishing reads a project several times, a preview at every change: the same tables are attacked once.
_ATTACKED = ResultCache()


def check_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report problems of figures; attack only sound tables."""
    found: list[Diagnostic] = []
    spaces = areas(site)
    for folder in reading.indicators.values():
        if folder.table is not None:
            missing = reading.broken.get("spaces", ())
            found += check_table(site, spaces, folder.indicator, folder.table, missing)
            found += check_share(folder, spaces, folder.table)
            if folder.indicator.disclosure.method != "round-small":
                # Rounded counts were looked at before they were rounded.
                found += check_plausible(site, spaces, folder.indicator, folder.table)
            found += _check_released(folder, folder.table)
    tables = tables_of(reading.indicators)
    found += check_rules(site.indicators, reading.indicators, tables, site.config.disclosure)
    found += check_shared(site.indicators, tables)
    people = in_periods(residents(reading), tables.values())
    for measure in measures_of(site.indicators):
        found += _rules(site, reading, measure, people)
    # An attack on a part of the areas or indicators would prove nothing.
    unread = reading.broken.get("spaces") or reading.broken.get("indicators")
    if not unread and not has_errors(found) and forms_trees(site):
        found += check_disclosure(site, reading)
    yield from found


def check_figures_ahead(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report periods not begun, and unanswered questions."""
    for folder in reading.indicators.values():
        yield from check_answers(folder, today)
        if folder.table is not None:
            yield from check_ahead(folder.indicator, folder.table, today)


def published(site: Site, reading: Reading) -> Published:
    """Return everything that the committed tables say, for the audit."""
    return reading.once((published, Same(site)), lambda: _gather_published(site, reading))


def _gather_published(site: Site, reading: Reading) -> Published:
    spaces = areas(site)
    return Published(
        spaces,
        tuple(crossings(site, spaces)),
        site.indicators,
        tables_of(reading.indicators),
        site.config.disclosure,
        earlier_tables(reading.indicators, site.editions.values()),
        residents=in_periods(residents(reading), tables_of(reading.indicators).values()),
        out=was_out(reading.indicators, site.indicators),
    )


def check_disclosure(site: Site, reading: Reading) -> list[Diagnostic]:
    """Attack all committed tables and report each leak."""
    everything = published(site, reading)
    leaks = _ATTACKED.latest("tables", (audit, everything), partial(audit, everything))
    return [given_away(site, item, _position_of_leak(reading, item)) for item in leaks]


def _position_of_leak(reading: Reading, item: Disclosure) -> Position:
    """Return where a leak is told: at its row, else its table or indicator."""
    folder = reading.indicators[item.indicator]
    table = folder.table
    if table is None or item.cell is None:
        return folder.source.position("title")
    row = next((row for row in table.rows if row.cell == item.cell), None)
    return table.position(row, "numerator") if row is not None else Position(table.file)


def _check_released(folder: IndicatorFolder, table: ValueTable) -> Iterator[Diagnostic]:
    """Report values that aren't those of the last release, and own cases without any."""
    # What shows nothing (its release was withdrawn) needs none.
    says = any(row.numerator is not None or row.denominator is not None for row in table.rows)
    if says and not folder.releases and folder.indicator.source.regime == "own-cases":
        yield diagnostic("eigene-faelle-ohne-ausgabe", Position(table.file))
    if says and folder.releases and folder.releases[-1].digest != table.digest:
        yield diagnostic(
            "werte-ohne-ausgabe", Position(table.file), date=f"{folder.releases[-1].date:%d.%m.%Y}"
        )


def residents(reading: Reading) -> Residents:
    """Return areas' population by period, from its indicator."""
    found: Residents = {}
    for folder in reading.indicators.values():
        if folder.indicator.population and folder.table is not None:
            for row in folder.table.rows:
                if not any(row.breakdown) and row.numerator is not None:
                    found[row.space, row.period] = int(row.numerator)
    return found


def in_periods(people: Residents, tables: Iterable[ValueTable]) -> Residents:
    """Return residents in all periods: last counted before, else the first."""
    periods: set[str] = set()
    for table in tables:
        periods.update(row.period for row in table.rows)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for (space, then), count in people.items():
        counted[space][then] = count
    then_counted = {then for _, then in people}
    before = {period: begun(then_counted, period)[::-1] for period in periods}
    found = dict(people)
    for (space, known), period in product(counted.items(), periods):
        last = next((then for then in before[period] if then in known), min(known))
        found.setdefault((space, period), known[last])
    return found


def _rules(site: Site, reading: Reading, measure: Measure, people: Residents) -> Iterator[Diagnostic]:
    """Report counts that a measure's rule forbids, the first few of each column."""
    if measure.unprotected:
        return
    rule = rule_of(measure, site.config.disclosure)
    for column, items in (("numerator", measure.owners), ("denominator", measure.users)):
        for item in items:
            counts = item.id if column == "numerator" else item.denominator_from or ""
            is_rounded = measure.rounds(measure.parts.get(counts, ()))
            folder = reading.indicators[item.id]
            yield from islice(_report_forbidden_counts(site, folder, column, rule, people, is_rounded), FEW)


def _too_exact(place: Position, value: Decimal, rule: SensitivityRule, rounded: bool) -> Iterator[Diagnostic]:
    """Report a count that had to be rounded or withheld."""
    if rounded and (0 if rule.zeros else 1) <= value < rule.threshold:
        yield diagnostic("kleine-zahl", place, threshold=rule.threshold)
    elif rounded and value % BASE:
        yield diagnostic("nicht-gerundet", place)


def _few_below(table: ValueTable, row: ValueRow, rule: SensitivityRule, slack: int) -> Iterator[Diagnostic]:
    """Report a count of too few people, or nearly all; a denominator may be rounded down by `slack`."""
    below = row.denominator or Decimal()
    value = row.numerator or Decimal()
    if below > 0 and below + slack < rule.minimum_denominator:
        where = table.position(row, "denominator")
        yield diagnostic("nenner-zu-klein", where, least=rule.minimum_denominator)
    # The count may be rounded up: only what is too few even then is reported.
    if rule.complement and 0 <= below - value < rule.threshold - SLACK:
        yield diagnostic("fast-alle", table.position(row, "numerator"))


def _report_forbidden_counts(
    site: Site, folder: IndicatorFolder, column: str, rule: SensitivityRule, people: Residents, rounded: bool
) -> Iterator[Diagnostic]:
    """Report a column's counts that a rule forbids, whatever was rounded down."""
    table = folder.table
    if table is None:
        return
    beyond = SLACK * divisor_is_rounded(site.indicators, folder.indicator)
    of_residents = residents_slack(site.indicators)
    for row in table.rows:
        value = getattr(row, column)
        if value is None:
            continue
        place = table.position(row, column)
        count = people.get((row.space, row.period))
        yield from _too_exact(place, value, rule, rounded)
        if column == "numerator" and row.denominator is not None:
            yield from _few_below(table, row, rule, beyond)
        if count is not None and count + of_residents < rule.minimum_population and (count or value):
            name = space_name(site, row.space)
            yield diagnostic("gebiet-zu-klein", place, space=name, least=rule.minimum_population)
