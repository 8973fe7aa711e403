"""Read and add up the raw tables of a private folder."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position, has_errors
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.committed import Residents, in_periods, residents
from generator.disclosure.gates.other_ways_out import check_raw_tables, check_recut
from generator.disclosure.gates.shared_measures import check_answers, check_rules, check_share, check_shared
from generator.disclosure.gates.value_rows import check_plausible, check_table
from generator.disclosure.measures import lattice
from generator.disclosure.measures.counted_measures import Indicators, hanging_on, measure_name
from generator.disclosure.measures.periods import check_ahead
from generator.disclosure.measures.published import earlier_tables
from generator.files.disk import Disk
from generator.model.cells import CellKey, Status
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from generator.model.samples import OPEN
from generator.model.site import Site
from generator.read.figure_forms import NO_FIGURE, forms_in, read_forms
from generator.read.indicator_folders import (
    KEPT,
    LEDGER,
    WITHDRAWN,
    IndicatorFolder,
    figures_unavailable,
    tables_of,
)
from generator.read.project import Reading
from generator.read.value_tables import (
    CONTRIBUTOR,
    ValueTable,
    read_private,
    read_table,
    repository_of,
    unknown_table,
)
from generator.read.written_texts import scalars


class SummedCount(Struct, frozen=True):
    """A raw count; without numerator its status says why. `contributions` are amounts by contributor."""

    numerator: Decimal | None
    denominator: Decimal | None
    status: Status
    note: str = ""
    contributions: tuple[tuple[str, Decimal], ...] = ()


Totals = dict[CellKey, SummedCount]
"""An indicator's cells: those of its table, and those that these determine."""


class Private(Struct, frozen=True):
    """All that protection needs: `pairs` of areas from two geographies that overlap, `stopped` indicators that are left out."""

    spaces: lattice.Spaces
    levels: Mapping[str, str]
    """By area the id of its level."""
    pairs: tuple[lattice.Pair, ...]
    indicators: Indicators
    totals: Mapping[str, Totals]
    defaults: Thresholds
    residents: Residents = struct_field(default_factory=dict)
    earlier: Mapping[str, Mapping[dt.date, ValueTable]] = struct_field(default_factory=dict)
    stopped: frozenset[str] = frozenset()


def add_up(
    indicator: Indicator, spaces: lattice.Spaces, table: ValueTable, geographies: Sequence[str]
) -> Totals:
    """Add rows up to all cells they determine: areas, breakdowns, and pieces where areas of two geographies overlap.

    The first of `geographies` is that of the column `space`.
    """
    found: Totals = {}
    for key, items in _group_by_cell(table, geographies).items():
        found[key] = _sum_counts(indicator, items, same_denominator=True)
    # First within each area (no `spaces`), from crossed values to wholes, then from areas to those above.
    by_place = sorted({(space, period) for space, period, _ in found})
    for values in reversed(lattice.combinations(indicator.breakdowns)):
        _fill(indicator, {}, found, [(*place, values) for place in by_place])
    _add_up_pieces(indicator, found)
    if indicator.adds_up:
        places = sorted({(period, values) for _, period, values in found})
        given = set(found)
        for space, _ in lattice.wholes(spaces):
            _fill(indicator, spaces, found, [(space, period, values) for period, values in places])
        # Nothing follows from counts that their source changed at random.
        if indicator.source.altered != "perturbed":
            # Rounding, where it comes later, protects by itself.
            is_rounded = indicator.disclosure.method == "round-small"
            secret = [] if is_rounded else [cell for cell in given if found[cell].status is Status.SECRET]
            withhold_derivable(indicator, spaces, found, given, secret)
    return found


def withhold_derivable(
    indicator: Indicator,
    spaces: lattice.Spaces,
    found: Totals,
    given: Collection[CellKey],
    secret: Iterable[CellKey],
) -> None:
    """Withhold the smallest neighbour where `given` totals reveal a `secret` count; else publish what follows."""
    withheld = list(secret)
    while any(found[cell].status is Status.SECRET for cell in given):
        shown = {cell: item.numerator for cell, item in found.items() if item.numerator is not None}
        known = lattice.derived(indicator, spaces, found, shown)
        revealed = next((cell for cell in withheld if cell in known), None)
        if revealed is None:
            for cell in found.keys() & known.keys() - given:
                if found[cell].numerator is None:
                    found[cell] = replace(found[cell], numerator=known[cell], status=Status.KNOWN)
            return
        sums = (
            inside for cell in found for _, inside in lattice.cell_parts(cell, spaces, indicator.breakdowns)
        )
        near = {one for inside in sums if revealed in inside for one in inside if one in found}
        beside = {one for one in near if found[one].numerator is not None}
        if not beside:
            return
        least = min(beside, key=lambda one: (found[one].numerator or 0, one))
        found[least] = replace(found[least], numerator=None, status=Status.SECRET)
        withheld.append(least)


def _fill(indicator: Indicator, spaces: lattice.Spaces, found: Totals, cells: Iterable[CellKey]) -> None:
    """Add up each missing cell whose parts are all there."""
    for cell in cells:
        for item, inside in lattice.cell_parts(cell, spaces, indicator.breakdowns):
            known = [found[part] for part in inside if part in found]
            if len(known) == len(inside) and cell not in found and _sum_follows(known):
                same = item is not None and item.same_denominator
                found[cell] = _sum_counts(indicator, known, same_denominator=same)


def _group_by_cell(table: ValueTable, geographies: Sequence[str]) -> dict[CellKey, list[SummedCount]]:
    """Group the rows' counts by cell, each with its contributor."""
    grouped: dict[CellKey, list[SummedCount]] = defaultdict(list)
    crossing = [column for column, name in enumerate(table.further) if name in geographies[1:]]
    for row in table.rows:
        others = [row.further[column] for column in crossing if row.further[column]]
        space = lattice.piece(row.space, others[0]) if others else row.space
        who = row.further[table.further.index(CONTRIBUTOR)] if CONTRIBUTOR in table.further else ""
        given = ((who, row.numerator),) if who and row.numerator is not None else ()
        one = SummedCount(row.numerator, row.denominator, row.status, row.note, given)
        grouped[space, row.period, row.breakdown].append(one)
    return grouped


def _sum_follows(parts: Iterable[SummedCount]) -> bool:
    """Tell whether a sum follows: not where some parts are „x“ (no number) and others aren't."""
    return len({part.status is Status.BLOCKED for part in parts}) == 1


def _sum_counts(
    indicator: Indicator, items: Sequence[SummedCount], *, same_denominator: bool = False
) -> SummedCount:
    """Add counts up; one without a value leaves the sum without, for the same reason."""
    denominator = _denominator(indicator, items, same_denominator)
    missing = next((item for item in items if item.numerator is None), None)
    if missing is not None:
        note = "" if len(items) > 1 and missing.note == NO_FIGURE else missing.note
        return SummedCount(None, denominator, missing.status, note)
    total = Decimal()
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for item in items:
        total += item.numerator or 0
        for who, amount in item.contributions:
            amounts[who] += amount
    single = items[0] if len(items) == 1 else SummedCount(total, denominator, Status.KNOWN)
    return replace(
        single, numerator=total, denominator=denominator, contributions=tuple(sorted(amounts.items()))
    )


def _denominator(indicator: Indicator, items: Sequence[SummedCount], same: bool) -> Decimal | None:
    """Return the sum's denominator; None where there is none or a part lacks it."""
    given = [item.denominator for item in items if item.denominator is not None]
    if indicator.denominator is None or len(given) < len(items):
        return None
    return given[0] if same else sum(given, Decimal())


def _add_up_pieces(indicator: Indicator, found: Totals) -> None:
    """Add pieces („a×b“, the overlap of two areas) up to the areas on both sides."""
    sides: dict[CellKey, list[SummedCount]] = defaultdict(list)
    for (space, period, values), total in sorted(found.items()):
        first, _, second = space.partition(lattice.CROSS)
        if second:
            sides[first, period, values].append(total)
            sides[second, period, values].append(total)
    for key, items in sides.items():
        if _sum_follows(items):
            found.setdefault(key, _sum_counts(indicator, items))


def read_raw(
    private: Path, project: Path, reading: Reading, today: dt.date
) -> tuple[Private | None, list[Diagnostic]]:
    """Read and check raw tables, without faulty ones and what hangs on them. None where no table is left."""
    site = reading.site
    if site is None:
        return None, list(reading.found)
    if refusal := figures_unavailable(Position(str(private))):
        return None, refusal
    tables, found = _tables(private, project, site)
    spaces = lattice.areas(site)
    crossed = lattice.crossings(site, spaces)
    pairs = _pairs(site, spaces, crossed, tables.values())
    for key, table in tables.items():
        found += _wrong(reading, site, spaces, pairs, key, table)
        found += check_ahead(site.indicators[key], table, today)
    every = tables_of(reading.indicators) | tables
    found += check_rules(site.indicators, reading.indicators, every, site.config.disclosure)
    found += check_shared(site.indicators, tables)
    for folder in reading.indicators.values():
        found += check_answers(folder, today)
    # Without an area that can't be read no sum of it would be looked at, and the next release would complete this one.
    general = [item for item in reading.found if item.severity == "error"]
    general += check_raw_tables(reading.disk)
    stopped = _stopped(site, found)
    kept = {key: table for key, table in tables.items() if key not in stopped}
    if has_errors(general) or "" in stopped or not kept:
        return None, found + general
    geographies = [item.id for item in site.config.geographies]
    totals = {key: add_up(site.indicators[key], spaces, table, geographies) for key, table in kept.items()}
    people = in_periods({**residents(reading), **_residents(site.indicators, totals)}, kept.values())
    earlier = earlier_tables(reading.indicators, site.editions.values())
    lost = _add_withdrawn(private, project, reading, earlier)
    if lost:
        return None, found + general + lost
    raw = Private(
        spaces,
        {key: space.level for key, space in site.spaces.items()},
        _pairs(site, spaces, crossed, kept.values()),
        site.indicators,
        totals,
        site.config.disclosure,
        people,
        earlier,
        frozenset(stopped),
    )
    return raw, found + general


def _add_withdrawn(
    private: Path, project: Path, reading: Reading, earlier: dict[str, dict[dt.date, ValueTable]]
) -> list[Diagnostic]:
    """Put the counts of withdrawn releases back among `earlier` ones; report those that the private folder lacks."""
    disk, found = Disk(project, private), []
    for key, folder in reading.indicators.items():
        columns = [item.id for item in folder.indicator.breakdowns]
        for release in folder.releases:
            if release.note.startswith(WITHDRAWN) and release.date in earlier[key]:
                path = private / KEPT / f"{key}-{release.date}.csv"
                table = read_table(disk, path, columns)[0] if path.is_file() else None
                if table is None:
                    place = Position(f"resources/indicators/{key}/releases/{LEDGER}")
                    found.append(diagnostic("zurueckgezogenes-fehlt", place, file=f"{KEPT}/{path.name}"))
                else:
                    earlier[key][release.date] = replace(table, parts=release.parts)
    return found


def _wrong(
    reading: Reading,
    site: Site,
    spaces: lattice.Spaces,
    pairs: Collection[lattice.Pair],
    key: str,
    table: ValueTable,
) -> list[Diagnostic]:
    """Report a raw table's faults; where areas were recut since a release, only that."""
    indicator = site.indicators[key]
    folder = reading.indicators[key]
    recut = list(check_recut(spaces, _counting_the_same(reading, site, key), table))
    if recut:
        return recut
    found = list(check_table(site, spaces, indicator, table))
    found += _check_pairs(site, pairs, table)
    if not has_errors(found):
        found += check_plausible(site, spaces, indicator, table, folder.table)
    if indicator.disclosure.dominance is not None and CONTRIBUTOR not in table.further:
        where = folder.source.position("disclosure", "dominance")
        found.append(diagnostic("regel-ohne-zahlen", where, lacking="contributor in der rohen Tabelle"))
    for _, scalar in scalars(folder.source.node):
        if OPEN in scalar.text:
            found.append(diagnostic("kennzahl-offen", scalar.position, value=scalar.text))
    found += check_share(folder, spaces, table, raw=True)
    return found


def _counting_the_same(reading: Reading, site: Site, key: str) -> list[IndicatorFolder]:
    """Return indicators of the same measure; none where nothing is protected."""
    name = measure_name(site.indicators, key)
    same = [reading.indicators[one] for one in site.indicators if measure_name(site.indicators, one) == name]
    methods = {folder.indicator.disclosure.method for folder in same}
    return [] if methods == {"none"} else same


def _stopped(site: Site, found: Iterable[Diagnostic]) -> set[str]:
    """Return faulty indicators and dependent ones; "" for other errors."""
    faulty: set[str] = set()
    for item in found:
        if item.severity == "error":
            file = Path(item.position.file)
            faulty |= {file.stem, file.parent.name} & site.indicators.keys() or {""}
    if any(key and site.indicators[key].population for key in faulty):
        # Which areas have too few people to be told of would not be known.
        return set(site.indicators)
    measures = {measure_name(site.indicators, key) for key in faulty if key}
    return faulty | hanging_on(site.indicators, measures)


def _tables(private: Path, project: Path, site: Site) -> tuple[dict[str, ValueTable], list[Diagnostic]]:
    """Return a private folder's raw tables, files and filled forms."""
    geographies = [item.id for item in site.config.geographies]
    disk = Disk(project, private)
    # A folder in the repository is refused below.
    forms = (
        {}
        if private.resolve().is_relative_to(repository_of(project))
        else forms_in(disk, private, site.indicators)
    )
    filled = {path for paths in forms.values() for path in paths}
    tables, found = read_private(
        private, project, site.indicators, geographies, needed=not filled, forms=filled
    )
    for key, paths in forms.items():
        if key not in site.indicators:
            found += unknown_table(disk, paths[0], site.indicators)
            continue
        table, problems = read_forms(disk, paths, site, site.indicators[key])
        found += problems
        if key in tables and table is not None:
            names = ", ".join(sorted({Path(tables[key].file).name, Path(table.file).name}))
            found.append(diagnostic("formular-zweimal", Position(table.file), names=names))
        elif table is not None:
            tables[key] = table
    return tables, found


def _residents(indicators: Indicators, totals: Mapping[str, Totals]) -> Residents:
    """Return residents by area and period, from population indicators."""
    found = {}
    for key, cells in totals.items():
        if not indicators[key].population:
            continue
        for (space, period, values), total in cells.items():
            if not any(values) and total.numerator is not None:
                found[space, period] = int(total.numerator)
    return found


def _pairs(
    site: Site, spaces: lattice.Spaces, crossed: Collection[lattice.Pair], tables: Iterable[ValueTable]
) -> tuple[lattice.Pair, ...]:
    """Return overlapping areas: known to be `crossed`, or with rows in raw tables."""
    crossed_geographies = {spaces[other].geography for _, other in crossed}
    found = set(crossed)
    for table in tables:
        for place, name in _crossing(site, table):
            if name not in crossed_geographies:
                found |= {(row.space, row.further[place]) for row in table.rows}
    return tuple(sorted(pair for pair in found if spaces.keys() >= set(pair)))


def _crossing(site: Site, table: ValueTable) -> list[tuple[int, str]]:
    """Return further columns that name areas of a geography."""
    geographies = {item.id for item in site.config.geographies}
    return [(place, name) for place, name in enumerate(table.further) if name in geographies]


def _check_pairs(site: Site, pairs: Collection[lattice.Pair], table: ValueTable) -> list[Diagnostic]:
    """Report rows whose second area is unknown or doesn't overlap."""
    found = []
    allowed = set(pairs)
    for place, name in _crossing(site, table):
        better = f"ein Gebiet der Einteilung „{name}“ eintragen"
        for row in table.rows:
            other = row.further[place]
            where = table.position(row, name)
            if other and other not in site.spaces:
                found.append(diagnostic("kein-gebiet", where, value=other, better=better))
            elif other and allowed and row.space in site.spaces and (row.space, other) not in allowed:
                first = site.spaces[row.space].name
                second = site.spaces[other].name
                found.append(diagnostic("gebiete-treffen-sich-nicht", where, first=first, second=second))
    return found
