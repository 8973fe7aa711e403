"""Bring a table that people filled in into the records, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or, ordered
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.filled_rows import (
    FieldNames,
    FilledRow,
    TableManner,
    TableOutcome,
    call_back,
    protected_rows,
    refusals,
    row_line,
    rows_of_refuges,
    spoiled,
    tables_of,
    value_in_words,
    with_value,
)
from generator.edit.imports.incoming import ImportTarget, Incoming, target_of_reading
from generator.edit.records.record_text import RecordText, open_record
from generator.edit.records.yaml_writer import write_record
from generator.edit.tables import table_columns, table_out, table_rows
from generator.edit.translation import translations
from generator.files.writing import write_files
from generator.hours.written_hours import nearest_line, read_hours
from generator.model.config import OSM
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.fields import fields
from generator.model.groups import CHANGED_BY_CALL
from generator.model.kinds import KIND_BY_FOLDER, find_kind
from generator.model.names_and_ids import slug, slug_from
from generator.read.nodes import MapNode, Node, Scalar, at, plain, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource, validate
from generator.read.workbooks import SheetCell

_NEW = "neu"
"""Said under „dasselbe wie“: the row is another record, however alike."""
_DOOR = frozenset(("kind", "place", "address", "point", "provider"))
"""What tells two records of one name apart."""


def take_rows(reading: Reading, files: Sequence[Path], manner: TableManner) -> TableOutcome:
    """Write tables into the records, all or nothing; raises OSError."""
    project, found = target_of_reading(reading, *files)
    if project is None:
        return TableOutcome(found=ordered(found))
    intake = _Intake(reading, project, manner)
    for path in files:
        intake.read(path)
    intake.settle()
    outcome = intake.outcome
    outcome.found = ordered(intake.found)
    if has_errors(outcome.found):
        outcome.asked = intake.questions()
        return outcome
    texts = intake.written()
    outcome.found = ordered(intake.found)
    if texts and not manner.dry and not has_errors(outcome.found):
        write_files(reading.root, texts)
    return outcome


class _Intake:
    """The rows of all tables on their way into a project."""

    def __init__(self, reading: Reading, project: ImportTarget, manner: TableManner) -> None:
        self.reading, self.project, self.manner = reading, project, manner
        self.names = table_columns.TableNames(project.site)
        self.rows: list[FilledRow] = []
        self.refuges: dict[Position, str] = {}
        """Rows that name something protected, with the cell."""
        self.found: list[Diagnostic] = []
        self.outcome = TableOutcome()
        self.unknown: dict[tuple[str, str], list[table_columns.Unknown]] = {}
        """By target and bare name the cells that name something unknown."""
        self.translated: list[translations.NewText] = []
        self.opened: dict[str, RecordText] = {}
        """By file the records that change."""
        self.sources = {
            (one.folder, one.id): one for folder in table_columns.FOLDERS for one in reading.of(folder)
        }
        self.used = {folder: set(project.known[folder]) for folder in table_columns.FOLDERS}
        self.first: dict[tuple[str, str], FilledRow] = {}
        """By kind and id the first row that means a record."""
        self.called: dict[tuple[str, str], list[str]] = {}
        """By kind and bare name the ids of records that are called so."""
        self.before: dict[tuple[str, str], list[str]] = {}
        """By kind and bare name the rows before that are called so."""
        self.shown = table_columns.TableNames(project.site, project.protected)
        """Names as a workbook shows them."""
        self.renamed: dict[tuple[str, str], str] = {}
        """By kind and earlier id what a record is called now."""
        self.hidden: dict[tuple[str, str], str] = {}
        """By kind and bare name the ids of protected records."""
        self.reached: dict[tuple[str, str], list[RecordSource]] = {}
        """By kind and number as it is dialled the records that have it."""
        for key, source in self.sources.items():
            if key not in project.protected:
                earlier = getattr(source.record, "earlier_ids", ())
                self.renamed |= {
                    (key[0], one): key[1] for one in earlier if (key[0], one) not in self.sources
                }
                self.called.setdefault(
                    (key[0], table_columns.bare_name(text_at(source.node, "name"))), []
                ).append(key[1])
                number = dialled(text_at(source.node, "contact", "phone"))
                self.reached.setdefault((key[0], number), []).append(source)
        for folder, hidden in sorted(project.protected):
            record = self.sources.get((folder, hidden))
            for text in (hidden, text_at(record.node, "name") if record else hidden):
                self.hidden[folder, table_columns.bare_name(text)] = hidden

    @cached_property
    def known(self) -> translations.Translations:
        """All texts that can be translated."""
        return translations.translations_of(self.reading)

    # --- rows ---------------------------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Read all tables of a file."""
        handed = table_out.read_handed_out(self.project.disk, path)
        for folder, table, problems in tables_of(self.project.disk, path, self.manner):
            self.found += problems
            if table is not None and (folder == translations.SHEET or translations.is_of_translators(table)):
                self.found += self.known.found
                hidden, newer = self.project.protected, self.manner.newer
                taken, wrong = translations.translated(table, self.known, hidden, handed, newer=newer)
                self.outcome.unused += sorted({*table.header} - {*translations.FIXED, *self.known.languages})
                self.translated += taken
                self.found += wrong
            elif table is not None:
                self._rows_of(table, folder, handed)

    def _rows_of(self, table: table_rows.Sheet, folder: str, handed: table_out.HandedOut) -> None:
        """Take a table's rows, without empty ones and those of sums."""
        meant = self._match_columns(table.header, table.file, folder)
        given = {
            one: self.manner.given[name]
            for name, one in self._match_columns(self.manner.given, table.file, folder).items()
        }
        unused = [
            name
            for name in table.header
            if name not in meant and name not in (table_rows.LONGITUDE, table_rows.LATITUDE)
        ]
        self.outcome.unused += [name for name in unused if name not in self.outcome.unused]
        self.refuges |= rows_of_refuges(table, self.project.site.words, unused)
        headings = {column: name for name, column in meant.items()}
        if not meant:
            self.found.append(table_rows.missing_column("Name", table.header, Position(table.file)))
        for line in table.rows:
            cells = {
                meant[name]: cell
                for name, cell in line.cells.items()
                if name in meant and (cell.text or cell.problem)
            }
            if not cells:
                continue
            texts = [cell for cell in line.read if cell.text]
            # Only in a row half empty: an offer may be called „Gesamt…“.
            if (
                texts
                and table_columns.TOTALS.fullmatch(texts[0].text)
                and 2 * len(texts) <= len(table.header)
            ):
                self.found.append(diagnostic("summenzeile", texts[0].position, value=texts[0].text))
                continue
            self.found += [cell.problem for cell in cells.values() if cell.problem]
            self.found += [
                diagnostic("formel-in-zelle", cell.position) for cell in cells.values() if cell.formula
            ]
            self._join_point_cells(line, cells, folder)
            starts = {path[0] for column in cells for path in column.paths}
            for column, text in given.items():
                # The town of all rows is no address where a row has none.
                if starts & {path[0] for path in column.paths} or column.paths[0][0] != "address":
                    cells.setdefault(column, SheetCell(text, line.start))
            self.rows.append(
                FilledRow(self._find_folder_of_row(cells, folder), line.start, cells, headings, line, handed)
            )

    def _join_point_cells(
        self, line: table_rows.SheetRow, cells: dict[table_columns.RecordColumn, SheetCell], folder: str
    ) -> None:
        """Join longitude and latitude to one cell."""
        both = [
            line.cells[name] for name in (table_rows.LONGITUDE, table_rows.LATITUDE) if name in line.cells
        ]
        column = next((one for one in table_columns.COLUMNS[folder] if one.paths == (("point",),)), None)
        if column and len(both) == 2 and all(cell.text for cell in both):
            text = " ".join(table_columns.degrees(table_columns.point_decimal(cell.text)) for cell in both)
            cells.setdefault(column, replace(both[0], text=text))

    def _find_folder_of_row(self, cells: dict[table_columns.RecordColumn, SheetCell], folder: str) -> str:
        """Return a row's kind: its own, else its sheet's."""
        cell = cells.get(table_columns.SHEET)
        kind = find_kind(cell.text) if cell else None
        if cell and (kind is None or kind.folder not in table_columns.FOLDERS):
            better = "möglich sind: " + ", ".join(KIND_BY_FOLDER[one].plural for one in table_columns.FOLDERS)
            self.found.append(diagnostic("falscher-wert", cell.position, value=cell.text, better=better))
        return kind.folder if kind and kind.folder in table_columns.FOLDERS else folder

    def _match_columns(
        self, names: Collection[str], file: str, folder: str
    ) -> dict[str, table_columns.RecordColumn]:
        """Return understood columns by heading, reporting duplicates."""
        known = (
            *table_columns.OF_THE_ROW,
            *dict.fromkeys(chain(table_columns.COLUMNS[folder], *table_columns.COLUMNS.values())),
        )
        meant: dict[str, table_columns.RecordColumn] = {}
        words = {slug(name) for name in names}
        beside_postcode = not words.isdisjoint(("plz", "postleitzahl")) and "stadt" not in words
        for name in names:
            # Beside a postcode „Ort“ is the town.
            usual = "Stadt" if beside_postcode and slug(name) == "ort" else name
            meaning = self.manner.meanings.get(name, usual)
            paths = (tuple(meaning.split(".")),)
            column = next((one for one in known if one.heading == meaning or one.paths == paths), None)
            column = column or next((one for one in known if one.is_called(meaning)), None)
            if column in meant.values():
                first = next(key for key, one in meant.items() if one is column)
                place = Position(file)
                self.found.append(diagnostic("spalte-zweimal", place, first=first, second=name))
            elif column is not None:
                meant[name] = column
        return meant

    # --- what a row means ---------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Find each row's record and values."""
        for folder in table_columns.FOLDERS:
            rows = [row for row in self.rows if row.folder == folder]
            for row in rows:
                self._settle_id(row)
            # Before anything is new: what another row means is no answer to „dasselbe wie“.
            for row in rows:
                self._settle_equal(row)
            for row in rows:
                self._settle_new(row)
            for row in rows:
                self._settle_same(row)
        for row in self.rows:
            self._fill(row)
        self._tell_unknown()
        self._tell_missing()
        self._leave_out_protected()
        self._ask_about_hours()

    def _settle_id(self, row: FilledRow) -> None:
        """Find the record whose id a row has, or had."""
        key = row.text(table_columns.ID)
        if not key:
            return
        row.id = self.renamed.get((row.folder, key), key)
        row.source = self.sources.get((row.folder, row.id))
        if row.source is None and (row.folder, key) not in self.project.protected:
            known = [one for folder, one in self.sources if folder == row.folder]
            better = meant_or(key, known, "für einen neuen Eintrag bleibt die Zelle leer")
            what = KIND_BY_FOLDER[row.folder].none
            place = row.cells[table_columns.ID].position
            self.found.append(diagnostic("eintrag-fehlt", place, name=key, what=what, better=better))
        self._tell_twice(row)

    def _settle_equal(self, row: FilledRow) -> None:
        """Take a record that holds all that a row says for the row's, whatever stands under „dasselbe wie“."""
        if row.id:
            return
        for key in self._unclaimed(row):
            source = self.sources[row.folder, key]
            if not any(self._differences(row, source)):
                row.id, row.source = key, source
                self.first[row.folder, key] = row
                self.outcome.there += 1
                return

    def _settle_new(self, row: FilledRow) -> None:
        """Make a new id, or ask what a row is."""
        same = row.text(table_columns.SAME)
        if row.id or (same and slug(same) != _NEW):
            return
        if hidden := self.hidden.get((row.folder, table_columns.bare_name(row.name)), ""):
            row.id = hidden
            return
        # „neu“ is another record of this name, but not another one at the same door.
        like = (
            [key for key in self._unclaimed(row) if self._is_same_door(row, key)] if same else self._like(row)
        )
        if like:
            alike = ", ".join(f"„{key}“" for key in like)
            self.found.append(diagnostic("zeile-wie-eintrag", row.start, name=row.name, there=alike))
        row.id = self._free_id(row)
        self.names.add(row.folder, row.id, row.name)

    def _unclaimed(self, row: FilledRow) -> list[str]:
        """Return records of a row's name that no other row means."""
        keys = self.called.get((row.folder, table_columns.bare_name(row.name)), ())
        return [key for key in keys if (row.folder, key) not in self.first]

    def _differences(self, row: FilledRow, source: RecordSource) -> Iterator[str]:
        """Yield the fields, by the first part of their path, of which a row says something else than a record."""
        for column in table_columns.COLUMNS[row.folder]:
            cell = row.cells.get(column)
            if (
                cell is None
                or table_columns.shown_cell(row.folder, column, source.node, self.shown) == cell.text
            ):
                continue
            for path, value in table_columns.read_cell(row.folder, column, cell, self.names):
                before = at(source.node, path)
                if (
                    isinstance(value, table_columns.Unknown)
                    or before is None
                    or plain(value) != plain(before)
                ):
                    yield path[0]

    def _is_same_door(self, row: FilledRow, key: str) -> bool:
        """Tell whether a row says no other kind, place and provider than a record."""
        return not _DOOR & {*self._differences(row, self.sources[row.folder, key])}

    def _settle_same(self, row: FilledRow) -> None:
        """Follow what a row says that it is."""
        same = row.text(table_columns.SAME)
        if row.id or not same:
            return
        row.id, row.alias = self.names.found(row.folder, same), True
        row.source = self.sources.get((row.folder, row.id))
        if not row.id:
            better = meant_or(same, self.names.names.get(row.folder, ()), "ein Kürzel, ein Name oder „neu“")
            what = KIND_BY_FOLDER[row.folder].none
            self.found.append(
                diagnostic(
                    "eintrag-fehlt",
                    row.cells[table_columns.SAME].position,
                    name=same,
                    what=what,
                    better=better,
                )
            )
        elif row.folder == "offers":
            self._tell_twice(row)
        self.names.add(row.folder, row.id, self.names.names[row.folder].get(row.id, row.name), (row.name,))

    def _tell_twice(self, row: FilledRow) -> None:
        """Refuse a second row of a record."""
        first = self.first.setdefault((row.folder, row.id), row)
        if first is not row:
            better = "jeden Eintrag nur in einer Zeile ändern"
            place = f"Zeile {first.start.line}"
            self.found.append(
                diagnostic("kennung-doppelt", row.start, value=row.id, first=place, better=better)
            )

    def _like(self, row: FilledRow) -> list[str]:
        """Return records and earlier rows alike, by name or telephone and place."""
        name, number = (row.folder, table_columns.bare_name(row.name)), dialled(row.value("contact", "phone"))
        like = [*self.called.get(name, ()), *self.before.get(name, ())]
        if number:
            same = self.reached.get((row.folder, number), ())
            like += [one.id for one in same if one.id not in like and self._is_at_same_place(row, one)]
        if not row.value("origin", "name"):
            # Rows that name their source are told apart by it.
            self.before.setdefault(name, []).append(f"Zeile {row.start.line}")
        return like

    def _is_at_same_place(self, row: FilledRow, source: RecordSource) -> bool:
        """Tell whether a row and a record share a place."""
        place = self.names.found("places", row.value("place"))
        house = next((cell.text for one, cell in row.cells.items() if one.paths == table_columns.STREET), "")
        parts = (text_at(source.node, "address", "street"), text_at(source.node, "address", "number"))
        return bool(place and place == text_at(source.node, "place")) or bool(
            house and slug(house) == slug(" ".join(parts))
        )

    def _free_id(self, row: FilledRow) -> str:
        wanted, number = slug_from(row.name), 1
        while (key := wanted if number == 1 else f"{wanted}-{number}") in self.used[row.folder]:
            number += 1
        self.used[row.folder].add(key)
        return key

    # --- what a row says ----------------------------------------------------------------------------------------

    def _fill(self, row: FilledRow) -> None:
        """Note what a row changes in its record."""
        start = row.source.node if row.source else MapNode((), row.start)
        row.node = start
        # Whether a cell's text couldn't be used.
        unread = False
        for column in table_columns.COLUMNS[row.folder]:
            if row.alias and column.paths == (("name",),):
                continue
            cell = self._changed_cell(row, column)
            if cell is None:
                continue
            if cell.text.casefold() in table_columns.PLACEHOLDERS:
                unread, name = True, row.headings.get(column, column.heading)
                self.found.append(diagnostic("zelle-sagt-nichts", cell.position, value=cell.text, name=name))
                continue
            changes: dict[FieldNames, Node | None] = {}
            for path, value in self._read_values_of_cell(row, column, cell):
                before = at(start, path)
                if isinstance(value, table_columns.Unknown):
                    unread = True
                    self.unknown.setdefault((value.target, table_columns.bare_name(value.text)), []).append(
                        value
                    )
                elif (plain(value) if value else None) != (plain(before) if before else None):
                    changes[path] = value
            asked = list(self._question(row, column, cell)) if changes else []
            self.found += asked
            row.changes |= {} if asked else changes
        for path, value in row.changes.items():
            row.node = with_value(row.node, path, value)
        # It means a new record of another row.
        if row.alias and row.source is None:
            return
        self.found += spoiled(row.node) if row.changes else ()
        if row.changes or row.source is None:
            self._validate(row, unread=unread)
        self._tell_uncalled(row)

    def _changed_cell(self, row: FilledRow, column: table_columns.RecordColumn) -> SheetCell | None:
        """Return a cell that says something else than the record and what was handed out; an emptied one is empty."""
        cell, handed = row.cells.get(column), (row.handed_out() or {}).get(column.heading, "")
        if cell is None and handed and row.source and column in row.headings:
            return SheetCell("", row.line.cells[row.headings[column]].position)
        if cell is None or not cell.text:
            return None
        return None if row.source and cell.text in (handed, self._today(row, column)) else cell

    def _today(self, row: FilledRow, column: table_columns.RecordColumn) -> str:
        """Return what `table out` would write of a row's record."""
        return table_columns.shown_cell(row.folder, column, row.source.node, self.shown) if row.source else ""

    def _read_values_of_cell(
        self, row: FilledRow, column: table_columns.RecordColumn, cell: SheetCell
    ) -> Iterable[tuple[FieldNames, Node | table_columns.Unknown | None]]:
        """Return what a cell says of its fields; None of all if it was emptied."""
        if cell.text:
            return table_columns.read_cell(row.folder, column, cell, self.names)
        return [(path, None) for path in column.paths]

    def _question(
        self, row: FilledRow, column: table_columns.RecordColumn, cell: SheetCell
    ) -> Iterable[Diagnostic]:
        """Ask where a cell would overwrite what somebody may have written since."""
        cells = row.handed_out()
        handed = None if cells is None else cells.get(column.heading, "")
        texts = handed, self._today(row, column), cell.text
        what = f"{row.folder}/{row.id}", column.heading
        return table_out.question(cell.position, what, texts, newer=self.manner.newer)

    def _validate(self, row: FilledRow, *, unread: bool) -> None:
        """Report what the model refuses; a missing field at its empty cell, or with the column that is needed."""
        model = KIND_BY_FOLDER[row.folder].model
        node = row.node or MapNode((), row.start)
        _, problems = validate(model, node, id=row.id)
        lacking = []
        for name, info in fields(model).items():
            if info.is_required() and node.get(name) is None:
                lacking.append(name)
        self.found += [
            item
            for item in problems
            if not (lacking and item.code.startswith("feld-") and item.position == node.position)
        ]
        for name in lacking:
            column = next(one for one in table_columns.COLUMNS[row.folder] if one.paths == ((name,),))
            if column in row.headings and not (unread and column in row.cells):
                heading = row.headings[column]
                place = row.line.cells[heading].position
                self.found.append(diagnostic("zelle-leer", place, name=heading, field=name))
            elif column not in row.headings:
                place = Position(row.start.file, sheet=row.start.sheet)
                missing = diagnostic("spalte-gebraucht", place, name=column.heading, field=name)
                if missing not in self.found:
                    self.found.append(missing)

    def _tell_uncalled(self, row: FilledRow) -> None:
        """Refuse changes of contact or final closing without a call back."""
        if row.source is None:
            return
        ended = text_at(row.node, "status") == "ended"
        by_call = [path for path in row.changes if path in CHANGED_BY_CALL or (path == ("status",) and ended)]
        cell = row.cells.get(table_columns.CALLED_BACK_ON)
        said, reason = call_back(cell.text if cell else "", self.manner.today)
        if by_call and cell and said:
            row.changes |= {("called_back", name): Scalar(text, cell.position) for name, text in said.items()}
        elif by_call:
            titles = ", ".join(table_columns.info_of(row.folder, path).title or path[-1] for path in by_call)
            changed = row.changes[by_call[0]]
            place = cell.position if cell else changed.position if changed else row.start
            self.found.append(diagnostic("rueckruf-fehlt", place, name=row.name, field=titles, reason=reason))

    def _tell_unknown(self) -> None:
        """Report each unknown name once, however many cells have it."""
        for (target, _), items in self.unknown.items():
            words = list(self.names.names.get(target, {}).values())
            text, place = items[0].text, items[0].cell.position
            if target in table_columns.FOLDERS:
                sheet = KIND_BY_FOLDER[target].plural
                other = f"auf dem Blatt „{sheet}“ eine Zeile dafür ergänzen; ist der Eintrag schon da, dort unter „dasselbe wie“ sein Kürzel"
            else:
                other = f"alle Wörter zeigt „nahraum help {target}“"
            better = meant_or(text, words, other)
            self.found.append(
                diagnostic("zelle-unbekannt", place, value=text, count=len(items), better=better)
            )

    def _ask_about_hours(self) -> None:
        """Ask once about all cells with hours that aren't read, each line with the nearest one that is."""
        places, lines = [], []
        for row in self.rows:
            for path, value in row.changes.items():
                hours = read_hours(plain(value)) if value and path[-1].endswith("hours") else None
                if value is None or hours is None or hours.expression is not None:
                    continue
                places.append(value.position)
                lines += [f"„{one.line}“ → {nearest_line(one) or one.why}" for one in hours.doubts]
        if places:
            said = "; ".join(dict.fromkeys(lines))
            asked = diagnostic("zellen-zeiten", places[0], count=len(places), lines=said)
            self.found.append(replace(asked, also=tuple(places[1:])))

    def questions(self) -> str:
        """Return a table of unknown providers and places to fill in."""
        rows = []
        for (target, _), items in self.unknown.items():
            if target in table_columns.FOLDERS:
                rows.append((KIND_BY_FOLDER[target].plural, items[0].text, "", ""))
        return (
            table_rows.csv_text(
                (table_columns.SHEET.heading, "Name", "Art", table_columns.SAME.heading), sorted(rows), ";"
            )
            if rows
            else ""
        )

    # --- what is left out ---------------------------------------------------------------------------------------

    def _leave_out_protected(self) -> None:
        """Forget what is protected, or would be."""
        records = [
            Incoming(row.folder, row.id, MapNode(row.node.entries, row.start))
            for row in self.rows
            if row.id and row.node is not None and (row.changes or not row.source)
        ]
        protected = protected_rows(self.project, records, self.refuges)
        refused = {
            row.start
            for row in self.rows
            # A row that lies at a protected place, however broken it is, goes with it.
            if {(row.folder, row.id), ("places", text_at(row.node, "place"))} & protected
        }
        refused |= {
            row.start
            for row in self.rows
            if (row.folder, row.text(table_columns.ID)) in self.project.protected
        }
        # What else is wrong with such a row nobody repeats.
        lines = {row_line(place) for place in refused}
        self.found = [item for item in self.found if row_line(item.position) not in lines]
        self.found += refusals(self.project, records, protected, self.refuges)
        self.rows = [row for row in self.rows if row.start not in refused]

    def _tell_missing(self) -> None:
        """Name the records that the tables lack."""
        named = {(row.folder, row.id) for row in self.rows}
        # Rows with ids come from `table out`, which lists every record of a kind.
        listed = {row.folder for row in self.rows if row.text(table_columns.ID)}
        for key, source in self.sources.items():
            if key[0] in listed and key not in named and key not in self.project.protected:
                self.outcome.missing.append(f"{'/'.join(key)} ({text_at(source.node, 'name')})")

    # --- what is written ----------------------------------------------------------------------------------------

    def written(self) -> dict[str, str | None]:
        """Return changed files' texts, noting what is new or different."""
        texts: dict[str, str | None] = {}
        words: dict[str, list[str]] = {}
        for row in self.rows:
            if row.node is None or (row.alias and row.source is None):
                continue
            if row.source is None:
                subfolder = f"{OSM}/" if row.value("origin", "name").startswith("OpenStreetMap") else ""
                texts[f"resources/{subfolder}{row.folder}/{row.id}.yml"] = write_record(plain(row.node))
                self.outcome.new.append(f"{row.folder}/{row.id} ({row.name})")
            elif row.changes and (record := self._opened(row.source.file)):
                changes = words.setdefault(f"{row.folder}/{row.id}", [])
                for path, value in row.changes.items():
                    record.set(path, plain(value) if value else None)
                    before = value_in_words(at(row.source.node, path))
                    changes.append(
                        f"{table_columns.info_of(row.folder, path).title} {before} → {value_in_words(value)}"
                    )
                if row.text(table_columns.CALLED_BACK_ON):
                    changes[-1] += f" (zurückgerufen am {row.text(table_columns.CALLED_BACK_ON)})"
        if self.translated:
            texts |= self._translate(words)
        for file, record in self.opened.items():
            self.found += record.found
            if record.changed:
                texts[file] = record.text
        for key, changes in words.items():
            source = self.sources.get((key.split("/")[0], key.split("/")[1]))
            name = f" ({text_at(source.node, 'name')})" if source else ""
            self.outcome.changed.append(f"{key}{name}: {'; '.join(changes)}")
        return texts

    def _translate(self, words: dict[str, list[str]]) -> dict[str, str | None]:
        """Put translations into records; return the German texts' new fingerprints."""
        noted = dict(self.known.noted)
        for place, text in self.translated:
            record = self._opened(place.file)
            if record is None:
                continue
            if not text:
                record.remove(place.path)
            else:
                record.set(place.path, text)
            name, field_, language = place.key
            before, after = (f"„{one}“" if one else "nichts" for one in (place.translation, text))
            words.setdefault(name, []).append(f"{field_} ({language}) {before} → {after}")
            if text == "":
                noted.pop(place.key, None)
            else:
                noted[place.key] = translations.fingerprint(place.german)
            self.known.places.setdefault(place.key, place)
        return (
            {translations.FILE: translations.noted_text(self.known, noted)}
            if noted != self.known.noted
            else {}
        )

    def _opened(self, file: str) -> RecordText | None:
        """Open a record's file once; None if unreadable, which is reported."""
        if file not in self.opened:
            record, problems = open_record(self.project.disk, self.reading.root / file)
            self.found += problems
            if record is None:
                return None
            self.opened[file] = record
        return self.opened[file]
