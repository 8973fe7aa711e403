"""Write imported figures: as a raw table into a private folder, or as a release into the project; all of it or nothing.

Rows of other periods that are there already stay. Before a release is written it has to pass the same gates as committed tables
do, together with all that is published.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.committed import check_figures, check_figures_ahead
from generator.disclosure.lattice import areas
from generator.disclosure.protect.protecting import FOLDER, new_releases, write_values
from generator.disclosure.protect.raw_tables import add_up
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator
from generator.model.samples import OPEN
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder
from generator.read.private import repository_of
from generator.read.project import Reading
from generator.read.values import SAID, ValueRow, ValueTable, read_values


@dataclass(slots=True)
class FigureOutcome:
    """What an import of figures did, for people.

    found: what is wrong. said: what was recognised, in sentences. drafted: the definition that was written instead of the
    figures, because there was none. written: the files that were written. figures: how many were read. new: periods with the
    number of their new figures. changed: figures with what they were and are. not_in_source: figures that are there although the
    source no longer has them.
    """

    found: tuple[Diagnostic, ...] = ()
    said: list[str] = field(default_factory=list)
    drafted: str = ""
    written: list[str] = field(default_factory=list)
    figures: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    not_in_source: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FigureTarget:
    """Where figures go: into the folder `private`, or (`published`) into the project as the release of a day, with a note.

    Only with `update` may figures that are there change; with `dry` nothing is written.
    """

    private: Path | None = None
    published: bool = False
    day: dt.date = dt.date.min
    note: str = ""
    update: bool = False
    dry: bool = False


def placed(
    found: Iterable[Diagnostic], table: ValueTable, places: Sequence[Position], others: str = ""
) -> list[Diagnostic]:
    """Return diagnostics about rows of a table with the positions that these rows have in the source of the import.

    `places` are the positions by line of the table, from 1; rows that come from elsewhere get the name of the file `others`.
    """
    moved = []
    for item in found:
        line = item.position.line
        if item.position.file != table.file:
            moved.append(item)
        elif 0 < line <= len(places):
            moved.append(replace(item, position=places[line - 1]))
        else:
            moved.append(replace(item, position=Position(others)))
    return moved


def keep_private(
    reading: Reading,
    door: Door,
    folder: IndicatorFolder,
    table: ValueTable,
    target: FigureTarget,
    outcome: FigureOutcome,
) -> list[Diagnostic]:
    """Write the raw table into the private folder, beside what it has of other periods, and note in `outcome` what changed.

    Returns what stands in the way.
    """
    private = target.private
    if private is None:
        place = folder.source.position("title")
        return [diagnostic("zahlen-wohin", place, title=folder.indicator.title)]
    if private.resolve().is_relative_to(repository_of(reading.root)):
        return [diagnostic("ablage-im-projekt", Position(str(private)), name=str(private))]
    path = private / f"{folder.source.id}.csv"
    before: ValueTable | None = None
    found: list[Diagnostic] = []
    if door.holds(path):
        if not target.update:
            found.append(_needs_update(door, path, path.name))
        before, problems = _read_private(door, path, folder)
        found += problems
    if has_errors(found):
        return found
    merged = _merged(before, table, outcome)
    if before is None or outcome.new or outcome.changed:
        outcome.written = [str(path)]
        if not target.dry:
            write_files(private, {path.name: write_values(folder.indicator, merged)})
    return found


def _read_private(
    door: Door, path: Path, folder: IndicatorFolder
) -> tuple[ValueTable | None, list[Diagnostic]]:
    """Read the private table that is there; None and what is wrong where it can't be read."""
    data, found = door.read(path)
    if data is None:
        return None, found
    table, problems = read_values(data, door.name(path), [item.id for item in folder.indicator.breakdowns])
    return table, [*found, *problems]


def publish(
    reading: Reading,
    folder: IndicatorFolder,
    table: ValueTable,
    places: Sequence[Position],
    target: FigureTarget,
    outcome: FigureOutcome,
) -> list[Diagnostic]:
    """Write a release of figures that are public elsewhere already, and note in `outcome` what changed.

    `places` says where each row of the table stands in the source. Returns what stands in the way; then nothing is written.
    """
    site, indicator = reading.site, folder.indicator
    if site is None:
        raise ValueError("figures without a site")
    values = Path(FOLDER, indicator.id, "values.csv")
    found = [*_source_lacks(folder), *_table_refuses(reading, folder, values, update=target.update)]
    if has_errors(found):
        return found
    merged = _merged(folder.table, table, outcome)
    if folder.table is not None and not outcome.new and not outcome.changed:
        return found
    shown = _with_totals(site, indicator, table, merged)
    after = replace(
        reading,
        indicators={**reading.indicators, indicator.id: replace(folder, table=shown, releases=())},
    )
    refused = [*check_figures(site, after), *check_figures_ahead(site, after, target.day)]
    found += placed(refused, table, places, values.as_posix())
    if has_errors(found):
        outcome.said.append(
            "Was hier nicht durchkommt, geht mit --private in die private Ablage und von dort mit „nahraum protect“ auf die Seite."
        )
        return found
    files, _, problems = new_releases(reading.indicators, {indicator.id: shown}, target.day, target.note)
    found += problems
    if has_errors(problems):
        return found
    outcome.written = sorted(files)
    if not target.dry and files:
        write_files(reading.root, files)
    return found


def _source_lacks(folder: IndicatorFolder) -> list[Diagnostic]:
    """Report a source without a name or licence, or with one that is still a question."""
    source = folder.indicator.source
    said = {"name": source.name, "licence": source.licence}
    lacking = [word for word, text in said.items() if not text or OPEN in text]
    if not lacking:
        return []
    fields = " und ".join(lacking)
    return [diagnostic("zahlen-quelle-fehlt", folder.source.position("source"), fields=fields)]


def _table_refuses(
    reading: Reading, folder: IndicatorFolder, values: Path, *, update: bool
) -> list[Diagnostic]:
    """Report a table that is there and must not be changed, or that has columns which an import can't fill."""
    if folder.table is None:
        return []
    found = []
    if not update:
        found.append(_needs_update(reading.door, reading.root / values, values.name))
    if more := [name for name in SAID if name in folder.table.columns]:
        found.append(diagnostic("zahlen-mehr-spalten", Position(values.as_posix()), names=", ".join(more)))
    return found


def _with_totals(site: Site, indicator: Indicator, table: ValueTable, merged: ValueTable) -> ValueTable:
    """Return `merged` with the figures of larger areas, summed up from smaller ones; sums of the new periods are made anew.

    A row of the new `table` keeps its line, every other one has line 0.
    """
    lines = {cell: row.line for cell, row in _by_cell(table).items()}
    levels = {site.spaces[row.space].level for row in table.rows}
    periods = {row.period for row in table.rows}
    base = merged.rows
    if indicator.adds_up:
        base = tuple(
            row for row in base if row.period not in periods or site.spaces[row.space].level in levels
        )
    spaces = areas(site)
    geographies = [item.id for item in site.config.geographies]
    totals = add_up(indicator, spaces, replace(merged, rows=base), geographies)

    def order(cell: CellKey) -> tuple[str, tuple[str, ...], int, str]:
        space, period, breakdown = cell
        return period, breakdown, spaces[space].depth, space

    rows = []
    for cell in sorted(totals, key=order):
        total = totals[cell]
        line = lines.get(cell, 0)
        rows.append(ValueRow(*cell, total.numerator, total.denominator, total.status, total.note, line))
    return ValueTable(table.file, tuple(rows), ",")


def _counted_by_period(cells: Iterable[CellKey]) -> Iterator[str]:
    """Say how many cells there are of each period, the earliest first."""
    periods = Counter(period for _, period, _ in cells)
    for period, count in sorted(periods.items()):
        yield f"{period} ({count} Zahlen)"


def _not_in_source(there: Iterable[CellKey], now: Collection[CellKey]) -> list[CellKey]:
    """Return the cells that are there but not in the source, although it has their period and their area."""
    periods = {period for _, period, _ in now}
    spaces = {space for space, _, _ in now}
    return [key for key in there if key not in now and key[1] in periods and key[0] in spaces]


def _merged(before: ValueTable | None, table: ValueTable, outcome: FigureOutcome) -> ValueTable:
    """Return the rows that are there (`before`) with those of `table` added or in their place; note in `outcome` what that changes."""
    there = _by_cell(before) if before else {}
    now = _by_cell(table)
    outcome.new = list(_counted_by_period(key for key in now if key not in there))
    rows = dict(there)
    for key, row in now.items():
        old = there.get(key)
        rows[key] = row
        if old is None:
            continue
        # What somebody noted beside a number stays, unless the source notes something itself.
        rows[key] = replace(row, note=row.note or old.note)
        if _words(old) != _words(row):
            outcome.changed.append(_change(key, old, row))
    outcome.not_in_source = [f"{space}, {period}" for space, period, _ in _not_in_source(there, now)]
    order = sorted(rows, key=lambda key: (key[1], key[2], key[0]))
    return replace(table, rows=tuple(rows[key] for key in order))


def _by_cell(table: ValueTable) -> dict[CellKey, ValueRow]:
    """Return the rows of a table by area, period and breakdown."""
    return {(row.space, row.period, row.breakdown): row for row in table.rows}


def _change(key: CellKey, old: ValueRow, row: ValueRow) -> str:
    """Say what a figure was and what it is now."""
    space, period, breakdown = key
    part = ""
    if any(breakdown):
        part = f" ({', '.join(filter(None, breakdown))})"
    kept = ""
    if old.note and not row.note:
        kept = f" (die Anmerkung bleibt: „{old.note}“)"
    return f"{space}, {period}{part}: {_words(old)} → {_words(row)}{kept}"


def _words(row: ValueRow) -> str:
    """Say a figure in words: „12 von 40“, „secret“."""
    below = ""
    if row.denominator is not None:
        below = f" von {row.denominator:f}"
    if row.numerator is None:
        return f"{row.status.value}{below}"
    marked = ""
    if row.status is not Status.KNOWN:
        marked = f" {row.status.value}"
    return f"{row.numerator:f}{marked}{below}"


def _needs_update(door: Door, path: Path, name: str) -> Diagnostic:
    """Say that there is a table already, which only changes with `--update`."""
    better = "mit --update werden neue und geänderte Zahlen übernommen; --dry-run sagt vorher, welche"
    return diagnostic("eintrag-vorhanden", Position(door.name(path)), name=name, help=better)
