"""Figures that were read and joined in; a raw table in a private folder, or a release in the project, out, all or nothing.

What is there of other periods stays. A release meets the gates of committed tables before it is written, together with all that is published.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.committed import check_figures, check_figures_ahead
from generator.disclosure.lattice import areas
from generator.disclosure.protect.protected_files import FOLDER, new_releases, write_values
from generator.disclosure.protect.totals import add_up
from generator.edit.imports.incoming import shortened
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.cells import Status
from generator.model.samples import OPEN
from generator.read.indicators import IndicatorFolder
from generator.read.private import repository_of
from generator.read.project import Reading
from generator.read.values import SAID, ValueRow, ValueTable, read_values


@dataclass(slots=True)
class FigureOutcome:
    """What an import of figures did: what was recognised, in sentences; which files it wrote; what changed there, in words."""

    found: tuple[Diagnostic, ...] = ()
    said: list[str] = field(default_factory=list)
    drafted: str = ""
    """The definition that was written instead of the figures, because there was none."""
    written: list[str] = field(default_factory=list)
    figures: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FigureTarget:
    """Where figures go: into a private folder, or into the project as a release of a day, with a note."""

    private: Path | None = None
    published: bool = False
    day: dt.date = dt.date.min
    note: str = ""


def placed(
    found: Iterable[Diagnostic], table: ValueTable, places: Sequence[Position], others: str = ""
) -> list[Diagnostic]:
    """Put what gates say of rows where these stand in the source; rows that were there before stand in the file `others`."""
    return [
        replace(
            item,
            position=places[item.position.line - 1]
            if 0 < item.position.line <= len(places)
            else Position(others),
        )
        if item.position.file == table.file
        else item
        for item in found
    ]


def keep_private(
    door: Door,
    folder: IndicatorFolder,
    table: ValueTable,
    target: FigureTarget,
    outcome: FigureOutcome,
    found: list[Diagnostic],
    root: Path,
    *,
    update: bool,
    dry: bool,
) -> FigureOutcome:
    """Write the raw table into the private folder, beside what it has of other periods."""
    key, private = folder.source.id, target.private
    if private is None:
        found.append(
            diagnostic("zahlen-wohin", folder.source.position("title"), title=folder.indicator.title)
        )
    elif private.resolve().is_relative_to(repository_of(root)):
        found.append(diagnostic("ablage-im-projekt", Position(str(private)), name=str(private)))
    if private is None or has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    path = private / f"{key}.csv"
    before: ValueTable | None = None
    if door.holds(path):
        if not update:
            found.append(_there(door, path, path.name))
        data, problems = door.read(path)
        found += problems
        if data is not None:
            before, problems = read_values(
                data, door.name(path), [item.id for item in folder.indicator.breakdowns]
            )
            found += problems
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    merged = _merged(before, table, outcome)
    data = write_values(folder.indicator, merged)
    outcome.found = ordered(shortened(found))
    if before is not None and not outcome.new and not outcome.changed:
        return outcome
    outcome.written = [str(path)]
    if not dry:
        write_files(private, {path.name: data})
    return outcome


def publish(
    reading: Reading,
    folder: IndicatorFolder,
    table: ValueTable,
    places: Sequence[Position],
    target: FigureTarget,
    outcome: FigureOutcome,
    found: list[Diagnostic],
    root: Path,
    *,
    update: bool,
    dry: bool,
) -> FigureOutcome:
    """Write a release of figures that are public already; the gates of committed tables decide whether it may be one."""
    site, indicator = reading.site, folder.indicator
    if site is None:
        raise ValueError("figures without a site")
    source = indicator.source
    lacking = [
        word
        for word, text in (("name", source.name), ("licence", source.licence))
        if not text or OPEN in text
    ]
    if lacking:
        found.append(
            diagnostic("zahlen-quelle-fehlt", folder.source.position("source"), fields=" und ".join(lacking))
        )
    values = Path(FOLDER, indicator.id, "values.csv")
    if folder.table is not None:
        if not update:
            found.append(_there(reading.door, root / values, values.name))
        if more := [name for name in SAID if name in folder.table.columns]:
            found.append(
                diagnostic("zahlen-mehr-spalten", Position(values.as_posix()), names=", ".join(more))
            )
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    merged = _merged(folder.table, table, outcome)
    if folder.table is not None and not outcome.new and not outcome.changed:
        outcome.found = ordered(shortened(found))
        return outcome
    geographies = [item.id for item in site.config.geographies]
    spaces = areas(site)
    mine = {(row.space, row.period, row.breakdown): row.line for row in table.rows}
    levels = {site.spaces[row.space].level for row in table.rows}
    periods = {row.period for row in table.rows}
    # Sums above the new figures are made anew.
    base = tuple(
        row
        for row in merged.rows
        if not indicator.adds_up or row.period not in periods or (site.spaces[row.space].level in levels)
    )
    totals = add_up(indicator, spaces, replace(merged, rows=base), geographies)
    everything = tuple(
        ValueRow(*cell, total.numerator, total.denominator, total.status, total.note, mine.get(cell, 0))
        for cell, total in sorted(
            totals.items(), key=lambda one: (one[0][1], one[0][2], spaces[one[0][0]].depth, one[0][0])
        )
    )
    shown = ValueTable(table.file, everything, ",")
    after = replace(
        reading,
        indicators={**reading.indicators, indicator.id: replace(folder, table=shown, releases=())},
    )
    found += placed(
        [*check_figures(site, after), *check_figures_ahead(site, after, target.day)],
        table,
        places,
        values.as_posix(),
    )
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        outcome.said.append(
            "Was hier nicht durchkommt, geht mit --private in die private Ablage und von dort mit „nahraum protect“ auf die Seite."
        )
        return outcome
    files, _, problems = new_releases(reading.indicators, {indicator.id: shown}, target.day, target.note)
    outcome.found = ordered(shortened([*found, *problems]))
    if has_errors(problems):
        return outcome
    outcome.written = sorted(files)
    if not dry and files:
        write_files(root, files)
    return outcome


def _merged(before: ValueTable | None, table: ValueTable, outcome: FigureOutcome) -> ValueTable:
    """Return the rows that are there with the new ones in their places; say which are new, changed, or not in the source any more."""
    there = {(row.space, row.period, row.breakdown): row for row in before.rows} if before else {}
    now = {(row.space, row.period, row.breakdown): row for row in table.rows}
    periods = Counter(row.period for key, row in now.items() if key not in there)
    outcome.new = [f"{period} ({count} Zahlen)" for period, count in sorted(periods.items())]
    for key, row in now.items():
        old = there.get(key)
        if old is not None and (was := _words(old)) != (is_now := _words(row)):
            part = f" ({', '.join(filter(None, key[2]))})" if any(key[2]) else ""
            kept = f" (die Anmerkung bleibt: „{old.note}“)" if old.note and not row.note else ""
            outcome.changed.append(f"{key[0]}, {key[1]}{part}: {was} → {is_now}{kept}")
    mine = {period for _, period, _ in now}
    finest = {key[0] for key in now}
    gone = [key for key in there if key[1] in mine and key not in now and key[0] in finest]
    outcome.kept = [f"{space}, {period}" for space, period, _ in gone]
    # What somebody noted beside a number stays, unless the source notes something itself.
    noted = {
        key: replace(row, note=row.note or there[key].note) if key in there else row
        for key, row in now.items()
    }
    rows = {**there, **noted}
    order = sorted(rows, key=lambda key: (key[1], key[2], key[0]))
    return replace(table, rows=tuple(rows[key] for key in order))


def _words(row: ValueRow) -> str:
    count = row.status.value if row.numerator is None else f"{row.numerator:f}"
    marked = f" {row.status.value}" if row.numerator is not None and row.status is not Status.KNOWN else ""
    below = f" von {row.denominator:f}" if row.denominator is not None else ""
    return f"{count}{marked}{below}"


def _there(door: Door, path: Path, name: str) -> Diagnostic:
    better = "mit --update werden neue und geänderte Zahlen übernommen; --dry-run sagt vorher, welche"
    return diagnostic("eintrag-vorhanden", Position(door.name(path)), name=name, help=better)
