"""What was understood of a table of figures in; a draft of the indicator's definition, or the table itself written into the private folder, out; what becomes of figures that are there already, of other periods, or no longer in the source.

The table goes into a private folder, where `nahraum protect` reads it: all of it or nothing. Rows of other periods that are there already stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors
from generator.diagnostics.codes import diagnostic
from generator.disclosure.protect.protecting import write_values
from generator.edit.imports.figure_cells import FigureMapping
from generator.edit.imports.office_tables import FigureLayout
from generator.edit.records.new_records import INDICATOR, Words, template
from generator.edit.records.yaml_writer import Value
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.cells import CellKey, Status
from generator.model.samples import OPEN
from generator.read.indicator_folders import IndicatorFolder
from generator.read.project import Reading
from generator.read.value_tables import ValueRow, ValueTable, read_table, repository_of

QUESTIONS = {
    "title": "Wie heißt die Kennzahl auf der Seite?",
    "says": "Was sagt die Zahl in einem Satz, den alle verstehen?",
    "numerator": "Was genau wird gezählt, wer gehört dazu und wer nicht?",
    "source": "Wer hat die Zahlen herausgegeben, unter welcher Lizenz, und von welchem Tag sind sie?",
    "counts": "Ist es ein Bestand an einem Stichtag (stock), oder was in einem Zeitraum begann (begun), endete (ended) oder lief (year)? Was niemand weiß, bleibt weg.",
    "disclosure": "Betreffen die Zahlen Menschen? Dann gilt die Schwelle aus site_config.yml oder eine höhere; über sie entscheidet, wer für den Datenschutz zuständig ist.",
}
_RATE = "Zähler und Nenner fehlen. Gibt die Quelle sie her, ist das besser: Dann lassen sich Summen bilden und prüfen. Bleibt es bei der Quote, hat die Quelle geprüft, dass hinter keiner wenige Menschen stehen?"


def draft(mapping: FigureMapping, layout: FigureLayout, words: Words) -> str:
    """Return the text of `indicator.yml` as far as the table says what belongs there."""
    name = mapping.rate or mapping.numerator or (layout.counted.label if layout.counted else "")
    given: dict[str, Value] = {
        "numerator": f"{name} ({OPEN})" if name else OPEN,
        "source": {"name": OPEN, "licence": OPEN},
        "disclosure": {"method": "suppress"},
        "interval": "none",
    }
    questions = dict(QUESTIONS)
    if mapping.rate is not None:
        given |= {"adds_up": "no", "unit": "%", "disclosure": {"method": "none"}}
        questions["disclosure"] = f"{_RATE} „none“ heißt: Nahraum prüft diese Zahlen nicht auf Geheimes."
    elif mapping.denominator is not None:
        given |= {"denominator": f"{mapping.denominator} ({OPEN})", "interval": "wilson"}
        questions["denominator"] = "Wovon ist es ein Teil?"
    else:
        given |= {"unit": OPEN, "decimals": "0"}
        questions["unit"] = "Wie heißt die Einheit: Menschen, Haushalte, Plätze?"
    if mapping.breakdown is not None:
        said = mapping.breakdown
        values: list[Value] = [{"id": key, "name": text} for text, key in said.values.items() if key]
        given["breakdowns"] = [{"id": said.id, "name": said.column or said.id, "values": values}]
        questions["breakdowns"] = "Heißen die Aufgliederung und ihre Werte auf der Seite so?"
    return template(INDICATOR, words, given, questions)


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
    """Where figures go: into the folder `private`. Only with `update` may figures that are there change; with `dry` nothing is written."""

    private: Path | None = None
    update: bool = False
    dry: bool = False


Places = list[Position]
"""Where a figure stands in the source of an import: its numerator, and its denominator if it has one."""


def placed(found: Iterable[Diagnostic], table: ValueTable, places: Sequence[Places]) -> list[Diagnostic]:
    """Return diagnostics about cells of a table with the positions that these have in the source of the import."""
    moved = []
    for item in found:
        if item.position.file == table.file:
            cells = places[item.position.line - 1]
            item = replace(item, position=cells[min(item.position.column, len(cells)) - 1])
        moved.append(item)
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
            better = "mit --update werden neue und geänderte Zahlen übernommen; --dry-run sagt vorher, welche"
            place = Position(door.name(path))
            found.append(diagnostic("eintrag-vorhanden", place, name=path.name, help=better))
        before, problems = read_table(door, path, [item.id for item in folder.indicator.breakdowns])
        found += problems
    if has_errors(found):
        return found
    merged = _merged(before, table, outcome)
    if before is None or outcome.new or outcome.changed:
        outcome.written = [str(path)]
        if not target.dry:
            write_files(private, {path.name: write_values(folder.indicator, merged)})
    return found


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
    return {row.cell: row for row in table.rows}


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
