"""A private folder and a project in; everything that protecting needs, and what is wrong with the raw tables, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors
from generator.diagnostics.codes import diagnostic
from generator.disclosure.earlier import earlier_tables
from generator.disclosure.gates.committed import residents
from generator.disclosure.gates.periods import check_ahead
from generator.disclosure.gates.plausible import check_plausible
from generator.disclosure.gates.recut import check_recut
from generator.disclosure.gates.shared_measures import check_rules, check_share, check_shared
from generator.disclosure.gates.stray_tables import check_raw_tables
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.lattice import Spaces, areas, crossings
from generator.disclosure.protect.needs_table import needs_table
from generator.disclosure.protect.raw_measure import Private
from generator.disclosure.protect.totals import Totals, add_up
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import refused
from generator.read.project import Reading, read_project
from generator.read.value_tables import ValueTable, read_private


def read_raw(
    private: Path, project: Path, reading: Reading, today: dt.date
) -> tuple[Private | None, list[Diagnostic]]:
    """Read and check the raw tables of a private folder; None where one of them, or anything of the project, has an error."""
    site = reading.site
    if site is None:
        return None, list(reading.found)
    if refusal := refused(Position(str(private))):
        return None, refusal
    geographies = [item.id for item in site.config.geographies]
    tables, found = _tables(private, project, site, today)
    # Without an area that can't be read no sum of it would be looked at, and the next release would complete this one.
    found += [item for item in reading.found if item.severity == "error"]
    found += check_raw_tables(reading.door)
    spaces = areas(site)
    crossed = crossings(site, spaces)
    pairs = tuple(sorted([*crossed, *_named_pairs(spaces, crossed, geographies, tables.values())]))
    for key, table in tables.items():
        found += check_table(site, spaces, site.indicators[key], table)
        found += check_ahead(site.indicators[key], table, today)
        found += _check_pairs(site, geographies, pairs, table)
        if not has_errors(found):
            found += check_plausible(site, spaces, site.indicators[key], table, reading.indicators[key].table)
        found += check_recut(spaces, reading.indicators[key], table)
        found += check_share(reading.indicators[key], spaces, table, raw=True)
    found += check_rules(site.indicators, reading.indicators, site.config.disclosure)
    found += check_shared(site.indicators, tables)
    if has_errors(found):
        return None, found
    totals = {key: add_up(site.indicators[key], spaces, table, geographies) for key, table in tables.items()}
    raw = Private(
        spaces,
        {key: space.level for key, space in site.spaces.items()},
        pairs,
        site.indicators,
        totals,
        site.config.disclosure,
        {**residents(reading), **_residents(site.indicators, totals)},
        earlier_tables(reading.indicators, site.editions.values()),
    )
    return raw, found


def _tables(
    private: Path, project: Path, site: Site, today: dt.date
) -> tuple[dict[str, ValueTable], list[Diagnostic]]:
    """Return the raw tables of a private folder, with those that are counted from the needs of the overlay."""
    geographies = [item.id for item in site.config.geographies]
    counted = [key for key, item in site.indicators.items() if item.counted_from == "needs"]
    tables, found = read_private(private, project, site.indicators, geographies, needed=not counted)
    if not counted:
        return tables, found
    inside = read_project(project, internal=True)
    found += [item for item in inside.found if item.severity == "error"]
    for key in counted:
        if key in tables:
            found.append(diagnostic("bedarfe-doppelt", Position(tables[key].file), name=key))
        tables[key], problems = needs_table(inside, site, site.indicators[key], today)
        found += problems
    return tables, found


def _residents(
    indicators: Mapping[str, Indicator], totals: Mapping[str, Totals]
) -> dict[tuple[str, str], int]:
    """Return the residents by area and period, as indicators of the population count them."""
    found = {}
    for key, cells in totals.items():
        if not indicators[key].population:
            continue
        for (space, period, values), total in cells.items():
            if not any(values) and total.numerator is not None:
                found[space, period] = int(total.numerator)
    return found


def _named_pairs(
    spaces: Spaces,
    crossed: Collection[tuple[str, str]],
    geographies: Collection[str],
    tables: Iterable[ValueTable],
) -> set[tuple[str, str]]:
    """Return the pairs of areas whose pieces stand in raw tables, of geographies of which nothing else says where they lie."""
    known = {spaces[other].geography for _, other in crossed}
    found: set[tuple[str, str]] = set()
    for table in tables:
        for place, name in enumerate(table.further):
            if name in geographies and name not in known:
                found |= {(row.space, row.further[place]) for row in table.rows}
    return {pair for pair in found if spaces.keys() >= set(pair)}


def _check_pairs(
    site: Site, geographies: list[str], pairs: tuple[tuple[str, str], ...], table: ValueTable
) -> list[Diagnostic]:
    """Report rows of a piece whose second area isn't one, or doesn't meet the first."""
    found = []
    known = set(pairs)
    for place, name in enumerate(table.further):
        if name not in geographies:
            continue
        better = f"ein Gebiet der Einteilung „{name}“ eintragen"
        for row in table.rows:
            other, where = row.further[place], table.position(row, name)
            if other and other not in site.spaces:
                found.append(diagnostic("kein-gebiet", where, value=other, better=better))
            elif other and known and (row.space, other) not in known:
                first, second = site.spaces[row.space].name, site.spaces[other].name
                found.append(diagnostic("gebiete-treffen-sich-nicht", where, first=first, second=second))
    return found
