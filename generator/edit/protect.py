"""A private folder and a project in; protected tables, their release and the planner's report out, all or nothing.

Raw counts are read, used and forgotten here: what is written into the project holds only what may be published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from generator.check.figures import check_raw_tables, residents
from generator.check.tables import check_table
from generator.codes import diagnostic
from generator.derive.audit import Published, audit
from generator.derive.cell_names import key_name
from generator.derive.lattice import CROSS, Area, areas, crossings
from generator.derive.measures import denominator_key, numerator_key
from generator.derive.protection import Private, Protection, protect
from generator.derive.totals import Totals, add_up
from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.edit.protect_files import FOLDER, new_releases
from generator.edit.protect_report import report
from generator.files.writing import write_files
from generator.model.figures import Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder
from generator.read.private import read_private
from generator.read.project import Progress, read_project, silent
from generator.read.values import Row, Table


@dataclass(frozen=True)
class Outcome:
    """What protecting did: problems, indicators written and unchanged, where the report lies."""

    found: tuple[Diagnostic, ...] = ()
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    report: Path | None = None
    withheld: Mapping[str, int] = field(default_factory=dict)


def protect_folder(
    private: Path, project: Path, day: dt.date, note: str = "", progress: Progress = silent
) -> Outcome:
    """Read the raw tables of a private folder, protect them together with all that is published, write the release."""
    reading = read_project(project, progress=progress)
    site = reading.site
    if site is None:
        return Outcome(ordered(reading.found))
    geographies = [item.id for item in site.config.geographies]
    tables, found = read_private(private, project, site.indicators, geographies)
    found += [
        item for item in reading.found if item.severity == "error" and item.position.file.startswith(FOLDER)
    ]
    found += check_raw_tables(project)
    spaces = areas(site)
    pairs = tuple(crossings(site, spaces))
    for key, table in tables.items():
        found += check_table(site, spaces, site.indicators[key], table)
        found += _check_pairs(site, geographies, pairs, table)
    if has_errors(found):
        return Outcome(ordered(found))
    progress("schützen", 0, 1)
    totals = {key: add_up(site.indicators[key], spaces, table, geographies) for key, table in tables.items()}
    raw = Private(
        spaces,
        {key: space.level for key, space in site.spaces.items()},
        pairs,
        {key: site.indicators[key] for key in sorted(tables)},
        totals,
        site.config.disclosure,
        {**residents(reading), **_residents(site.indicators, totals)},
        {key: one.earlier for key, one in reading.indicators.items()},
    )
    result = protect(raw)
    shown = {key: protected_table(site, spaces, raw, result, key) for key in sorted(totals)}
    found += _exposed(site, private, result)
    found += _audit(site, spaces, pairs, reading.indicators, shown)
    folder = private / f"bericht-{day:%Y-%m-%d}.md"
    write_files(private, {folder.name: report(site, raw, result, day, note)})
    if has_errors(found):
        return Outcome(ordered(found), report=folder)
    files, written, problems = new_releases(reading.indicators, shown, day, note)
    if problems:
        return Outcome(ordered([*found, *problems]), report=folder)
    write_files(project, files)
    unchanged = tuple(key for key in shown if key not in written)
    withheld = {
        key: sum(row.status is Status.SECRET for row in table.rows) for key, table in sorted(shown.items())
    }
    return Outcome(ordered(found), tuple(written), unchanged, folder, withheld)


def protected_table(
    site: Site, spaces: Mapping[str, Area], private: Private, result: Protection, key: str
) -> Table:
    """Return the table of an indicator as it may be published: all areas, one sign for everything secret."""
    indicator = private.indicators[key]
    rows: list[Row] = []
    for cell, total in private.totals[key].items():
        if CROSS in cell[0] or (indicator.levels and site.spaces[cell[0]].level not in indicator.levels):
            continue
        numerator, denominator, status = total.numerator, total.denominator, total.status
        if indicator.denominator is not None and denominator is not None:
            name = denominator_key(private.indicators, indicator, cell)
            if result.shown.get(name, 0) is None:
                denominator = numerator = None
                status = Status.SECRET
        if numerator is not None and indicator.disclosure.method != "none":
            count = result.shown[numerator_key(private.indicators, indicator, cell)]
            numerator = None if count is None else Decimal(count)
            status = Status.SECRET if count is None else status
        rows.append(Row(*cell, numerator, denominator, status, total.note, 0))
    order = {
        space: (
            spaces[space].geography != site.config.geographies[0].id,
            spaces[space].geography,
            spaces[space].depth,
            site.spaces[space].code or "",
            space,
        )
        for space in spaces
    }
    rows.sort(key=lambda row: (row.period, row.breakdown, order[row.space]))
    return Table(f"{FOLDER}/{key}/values.csv", tuple(rows), ",")


def _residents(
    indicators: Mapping[str, Indicator], totals: Mapping[str, Totals]
) -> dict[tuple[str, str], int]:
    return {
        (space, period): int(total.numerator)
        for key, cells in totals.items()
        if indicators[key].population
        for (space, period, values), total in cells.items()
        if not any(values) and total.numerator is not None
    }


def _check_pairs(
    site: Site, geographies: list[str], pairs: tuple[tuple[str, str], ...], table: Table
) -> list[Diagnostic]:
    found = []
    known = set(pairs)
    for place, name in enumerate(table.further):
        if name not in geographies:
            continue
        for row in table.rows:
            other = row.further[place]
            if other and other not in site.spaces:
                where = table.position(row, name)
                found.append(
                    diagnostic(
                        "kein-gebiet",
                        where,
                        value=other,
                        better=f"ein Gebiet der Einteilung „{name}“ eintragen",
                    )
                )
            elif other and known and (row.space, other) not in known:
                first, second = site.spaces[row.space].name, site.spaces[other].name
                found.append(
                    diagnostic(
                        "gebiete-treffen-sich-nicht", table.position(row, name), first=first, second=second
                    )
                )
    return found


def _exposed(site: Site, private: Path, result: Protection) -> list[Diagnostic]:
    lost = [item for item in result.withheld if not item.protected and not item.released and item.reason]
    if not lost:
        return []
    cell = f"„{key_name(site, lost[0].key)}“"
    return [diagnostic("nicht-schuetzbar", Position(str(private)), count=len(lost), cell=cell)]


def _audit(
    site: Site,
    spaces: Mapping[str, Area],
    pairs: tuple[tuple[str, str], ...],
    folders: Mapping[str, IndicatorFolder],
    shown: Mapping[str, Table],
) -> list[Diagnostic]:
    """Attack what is about to be written together with everything that is committed already."""
    tables = {key: one.table for key, one in folders.items() if one.table is not None}
    earlier = {key: one.earlier for key, one in folders.items()}
    found = []
    published = Published(
        spaces, pairs, site.indicators, {**tables, **shown}, site.config.disclosure, earlier
    )
    for item in audit(published):
        cell = f"„{key_name(site, item.key)}“"
        place = Position(f"{FOLDER}/{item.indicator}/values.csv")
        by = "; ".join([*item.evidence.sources, *(key_name(site, key) for key in item.evidence.cells)][:4])
        if item.contradictions:
            found.append(diagnostic("tabellen-widersprechen", place, by=", ".join(item.contradictions[:3])))
        elif item.released:
            found.append(
                diagnostic("zahl-schon-veroeffentlicht", place, cell=cell, by=by or "früheren Ausgabe")
            )
        elif item.interval is not None:
            low, high = item.interval.low, item.interval.high
            what = f"sie liegt zwischen {low:.0f} und {high:.0f}"
            found.append(
                diagnostic("zahl-verraten", place, cell=cell, what=what, by=by or "die Regel selbst")
            )
    return found
