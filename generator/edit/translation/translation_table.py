"""Write a table for translators, and read it back into records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import RecordText, open_record
from generator.edit.tables.table_rows import (
    Sheet,
    SheetRow,
    TableForm,
    form_of,
    missing_column,
    read_table,
    table_of_grid,
)
from generator.edit.translation.translations import (
    FILE,
    STATES,
    Key,
    TextPlace,
    Translations,
    fingerprint,
    noted_text,
)
from generator.export.offer_files import no_formula
from generator.files.door import Door
from generator.files.writing import write_files
from generator.read.nodes import MapNode, Scalar
from generator.read.records import validate
from generator.read.workbooks import SUFFIXES, read_grid

RECORD, FIELD, LANGUAGE, GERMAN, BEFORE, STATE, NEW, MARK = (
    "Eintrag", "Feld", "Sprache", "Deutsch", "Bisher", "Stand", "Übersetzung", "Kennung",
)  # fmt: skip
COLUMNS = (RECORD, FIELD, LANGUAGE, STATE, GERMAN, BEFORE, NEW, MARK)
NEEDED = (RECORD, FIELD, LANGUAGE, NEW, MARK)
SHEET = "Übersetzungen"
_WIDTHS = {RECORD: 30, FIELD: 16, GERMAN: 60, BEFORE: 40, NEW: 60}


@dataclass(slots=True)
class TranslationsTaken:
    """What bringing a table in did; with errors in `found` it is nothing."""

    door: Door
    written: int = 0
    as_german: int = 0
    """So many texts were said to stay as they are in German."""
    files: tuple[str, ...] = ()
    older: list[str] = field(default_factory=list)
    """Texts whose German has changed since the table was written."""
    found: list[Diagnostic] = field(default_factory=list)

    def put(self, record: RecordText, place: TextPlace, text: str) -> None:
        """Write a translation into its record; one that is the German text takes it away."""
        if " ".join(text.split()) == " ".join(place.german.split()):
            record.remove(place.path)
            self.as_german += 1
        else:
            record.set(place.path, text)
            self.written += 1


def table_rows(places: Iterable[TextPlace]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each text of a record; pages are translated in their own files."""
    for place in places:
        record, name, language = place.key
        if name and place.german.strip():
            mark = fingerprint(place.german)
            yield (record, name, language, STATES[place.state], place.german, place.translation, "", mark)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return semicolons and a byte order mark, as a German Excel opens it; no text is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([no_formula(cell) for cell in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def as_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook, every cell a text; needs openpyxl (the extra `figures`). Raises OSError where there is no room for it."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    from generator.export.workbook import column_letter, new_book, packed

    book = new_book(SHEET, "Nahraum")
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(COLUMNS):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS.get(name, 14)
    for number, row in enumerate([COLUMNS, *rows]):
        cells = []
        for text in row:
            cell: Any = WriteOnlyCell(sheet)
            # Set as text at once: what starts with = is no formula.
            cell._value, cell.data_type, cell.number_format = text, "s", "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    return packed(book)


def take_table(root: Path, path: Path, door: Door, known: Translations) -> TranslationsTaken:
    """Write the translations of a table into their records, all or none; raises OSError where writing fails.

    An empty cell changes nothing. A translation that is the German text says that the text stays as it is.
    """
    taken = TranslationsTaken(door)
    table, taken.found = _read(door, path)
    if table is None:
        return taken
    taken.found += _lacking(table)
    if has_errors(taken.found):
        return taken
    records: dict[str, RecordText] = {}
    noted = dict(known.noted)
    first: dict[tuple[str, str, str], int] = {}
    for row in table.rows:
        text = _unguarded(row.cells[NEW].text)
        if not text:
            continue
        place = _place_of(row, known, first)
        if isinstance(place, Diagnostic):
            taken.found.append(place)
            continue
        taken.found += _unfit(place, text, row)
        first[place.key] = row.start.line
        record = _opened(root, place.file, records, taken)
        if record is None:
            continue
        taken.put(record, place, text)
        mark = row.cells[MARK].text
        noted[place.key] = mark
        if mark != fingerprint(place.german):
            taken.older.append(f"{place.key[0]}: {place.key[1]}")
    for record in records.values():
        taken.found += record.found
    if has_errors(taken.found):
        return taken
    files = {name: record.text for name, record in records.items() if record.changed}
    taken.files = tuple(sorted(files))
    if noted != known.noted:
        files[FILE] = noted_text(known, noted)
    if files:
        write_files(root, dict(files))
    return taken


def _opened(
    root: Path, file: str, records: dict[str, RecordText], taken: TranslationsTaken
) -> RecordText | None:
    """Return the record of a file, opened once; None where it can't be read, which is reported."""
    if file not in records:
        record, problems = open_record(taken.door, root / file)
        taken.found += problems
        if record is None:
            return None
        records[file] = record
    return records[file]


def _place_of(row: SheetRow, known: Translations, lines: Mapping[Key, int]) -> TextPlace | Diagnostic:
    """Return the text that a row translates; what is wrong where there is none, or one of `lines` translated it already."""
    record, name, language = (row.cells[column] for column in (RECORD, FIELD, LANGUAGE))
    key = (record.text, name.text, language.text)
    if key in lines:
        title = f"{record.text}, {name.text}"
        return diagnostic("uebersetzung-doppelt", record.position, name=title, first=lines[key])
    if key in known.places and name.text:
        return known.places[key]
    there = {", ".join(place) for place in known.places if place[1]}
    better = meant_or(", ".join(key), there, "die Zeile löschen oder die Liste neu schreiben")
    what = "kein Text zum Übersetzen (Eintrag, Feld, Sprache)"
    return diagnostic("eintrag-fehlt", record.position, name=", ".join(key), what=what, better=better)


def _unfit(place: TextPlace, text: str, row: SheetRow) -> list[Diagnostic]:
    """Say what the record wouldn't accept, at the cell."""
    if place.model is None:
        return []
    where = row.cells[NEW].position
    key = Scalar(place.key[1], where)
    return validate(place.model, MapNode(((key, Scalar(text, where)),), where))[1]


def _lacking(table: Sheet) -> list[Diagnostic]:
    place = Position(table.file)
    return [missing_column(name, table.header, place) for name in NEEDED if name not in table.header]


def _unguarded(text: str) -> str:
    """Take away the apostrophe that kept a text from being a formula."""
    if text.startswith("'") and no_formula(text[1:]) == text:
        return text[1:]
    return text


def _read(door: Door, path: Path) -> tuple[Sheet | None, list[Diagnostic]]:
    if path.suffix.lower() in SUFFIXES:
        return _read_workbook(door, path)
    form, found = form_of(door, path)
    if form is None:
        return None, found
    return read_table(door, path, form)


def _read_workbook(door: Door, path: Path) -> tuple[Sheet | None, list[Diagnostic]]:
    grid, found = read_grid(door, path, better="die anderen Blätter leeren oder löschen")
    if grid is None:
        return None, found
    for cell in chain.from_iterable(grid.rows):
        if cell.formula:
            found.append(diagnostic("formel-in-zelle", cell.position))
        elif cell.problem is not None:
            found.append(cell.problem)
    if found:
        return (None, found)
    return table_of_grid(grid, TableForm())
