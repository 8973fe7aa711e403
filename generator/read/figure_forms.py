"""Read forms of `nahraum new figures` that somebody filled in with raw numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from msgspec import field as struct_field

from generator.diagnostics import Diagnostic, Position, close_to, column_letters, folded, has_errors
from generator.diagnostics.codes import diagnostic
from generator.files.disk import TABLE, Disk
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read import value_tables as tables
from generator.read.value_tables import ValueRow, ValueTable
from generator.read.workbooks import SUFFIXES, SheetCell, read_grid

if TYPE_CHECKING:
    import pandas as pd

MARK = ("Rohe Zahlen: Diese Datei gehört nie ins Projekt.", "space", "period", "numerator")
"""The first line of a form; by its words the check of the project knows a raw table."""
QUESTIONS, NUMBERS = "Fragen", "Zahlen"
"""The sheets of a form that is a workbook; a CSV has both below each other."""
# Its questions; behind „Zeichen “ stands the sign that is asked about.
LEVEL, PERIODS, TOTAL, NOWHERE = "Ebene", "Zeiträume", "Die Summe heißt", "Ohne Gebiet heißt"
DECIMAL, ROUNDED, SIGN = "Dezimalzeichen", "Schon gerundet geliefert?", "Zeichen "
EMPTY = "(leere Zelle)"  # how a form names it
SIGNS = ("k. A.", ".", "*", "x", "–", "-", "/", "…", EMPTY)
"""Signs that a new form asks about."""
# What a sign may mean: the answer, its status, and how a form explains it.
MEANINGS = {
    "nichts": (Status.NOTHING, "heißt 0"),
    "geheim": (Status.SECRET, "die Quelle zeigt es nicht"),
    "später": (Status.LATER, "kommt noch"),
    "unsicher": (Status.UNRELIABLE, "zu unzuverlässig"),
    "entfällt": (Status.BLOCKED, "gibt es dort nicht"),
}
ASKED = frozenset({"formular-zeichen", "formular-gerundet", "formular-rundung-sagen"})
"""Open questions: with these the form is still read (its signs as secret), so that one sees what more is wrong."""
AREA, PERIOD, COUNT, BELOW, NOTE = "Gebiet", "Zeitraum", "Anzahl", "Nenner", "Anmerkung"
# A column's heading, and what it is in a table of values.
HEADINGS = {AREA: "space", PERIOD: "period", COUNT: "numerator", BELOW: "denominator", NOTE: "note"}
NO_FIGURE = "Die Quelle nennt hier keine Zahl."  # the note where a source keeps a number secret
Row = Sequence[SheetCell]  # of a form
Figure = tuple[Decimal | None, Status, str]
"""A number with its status and a note; without one its status says why."""
_NOTHING: Figure = (Decimal(0), Status.KNOWN, "")  # where a column is missing
_MEASURES = ("numerator", "denominator", "note")
_MARKS = re.compile(r"(?:(?:\)\d(?!\()|[*¹²³⁴⁵])\s*)*")
_MARKS_OF_NUMBERS = re.compile(r"(?:\)\d\s+|[*¹²³⁴⁵]\s*)*")
"""Marks of footnotes as they are read from the end: `)1`, `*`; behind a number, whose own digits are no mark, `)1 `."""
# Letters behind a number in official statistics, and „1.234 p“ in two groups.
_LETTERS = {"r": (Status.REVISED, ""), "p": (Status.KNOWN, "vorläufig"), "s": (Status.KNOWN, "geschätzt")}
_LETTERED = re.compile(r"(.*\d)\s*([rps])$")
# „2024“, „Stand: 31.12.2024“, „2024-12-31“, each with the year in a group; plain text.
_WHEN = re.compile(
    r"(?:(?:jahr|stand|stichtag|am|zum|ende)\b[:\s]*)*(?:[0-3]?\d\.\s*[01]?\d\.\s*)?((?:19|20)\d\d)(?:-\d\d-\d\d)?"
)
_EITHER = re.compile(r"-?\d{1,3}[.,]\d{3}")  # the sign may part thousands or decimals


class FilledForm(ValueTable, frozen=True):
    """A form's rows; `places` are cells of numbers by (cell, column)."""

    places: Mapping[tuple[CellKey, str], Position] = struct_field(default_factory=dict)

    def position(self, row: ValueRow, column: str) -> Position:
        """Return the form's cell of a number."""
        return self.places.get((row.cell, column)) or self.places[row.cell, "numerator"]


def _cut_marks(text: str, marks: re.Pattern[str]) -> str:
    """Cut marks off a text's end, in linear time."""
    return marks.sub("", text.strip()[::-1], count=1)[::-1].strip()


def plain(text: str) -> str:
    """Return a name for comparison, without footnotes, case and blanks."""
    return " ".join(_cut_marks(text, _MARKS).casefold().split())


def forms_in(disk: Disk, folder: Path, indicators: Collection[str]) -> dict[str, list[Path]]:
    """Return forms in a private folder by indicator: CSV files by their first line, workbooks by their name."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in disk.entries(folder)[0]:
        head = disk.head(path, 200)[0] or b"" if path.suffix.lower() == ".csv" else b""
        book = path.suffix.lower() in (*SUFFIXES, ".ods", ".xls") and path.stem in indicators
        if book or tables.decode(head).startswith(MARK[0]):
            found[path.stem].append(path)
    return found


def read_forms(
    disk: Disk, paths: Sequence[Path], site: Site, indicator: Indicator
) -> tuple[FilledForm | None, list[Diagnostic]]:
    """Read an indicator's filled form, workbook or CSV; None if empty or wrong."""
    filled: list[FilledForm] = []
    found: list[Diagnostic] = []
    for path in paths:
        table, problems = _FormReader(disk.name(path), site, indicator).read(disk, path)
        found += problems
        filled += [table] if table else []
    if len(filled) > 1:
        names = " und ".join(path.name for path in paths)
        return None, [diagnostic("formular-zweimal", Position(filled[0].file), names=names)]
    if not filled and not found:
        found.append(diagnostic("formular-leer", Position(disk.name(paths[0]))))
    return (filled[0] if filled else None), list(folded(found))


def _rows_of(disk: Disk, path: Path) -> tuple[list[list[SheetCell]] | None, bytes, list[Diagnostic]]:
    """Return a form's rows, questions first, and its bytes."""
    data, found = disk.read(path, TABLE)
    if data is None:
        return None, b"", found
    rows: list[list[SheetCell]] = []
    if path.suffix.lower() != ".csv":
        for sheet in (QUESTIONS, NUMBERS):
            grid, problems = read_grid(disk, path, sheet)
            found += problems
            if grid is None:
                return None, data, found
            found += grid.unseen
            rows += map(list, grid.rows)
        return rows, data, found
    text = tables.decode(data)
    separator = max((";", ",", "\t"), key=text.split("\n", 1)[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    for texts in lines:
        first = Position(disk.name(path), line, 1, 1, path.stem)
        rows.append([SheetCell(one.strip(), first._replace(column=at)) for at, one in enumerate(texts, 1)])
        line = lines.line_num + 1
    return rows, data, found


class _NumberColumn(Struct, frozen=True):
    """What a column of numbers holds, by its headings."""

    measure: str  # of `_MEASURES`
    period: str = ""  # empty where lines say it
    values: Mapping[str, str] = struct_field(default_factory=dict)  # by breakdown, where headings say it


@dataclass
class _FormReader:
    """Reads one form; problems and questions go to `found`."""

    file: str
    site: Site
    indicator: Indicator
    found: list[Diagnostic] = field(default_factory=list)
    answers: dict[str, SheetCell] = field(default_factory=dict)  # by folded question

    def read(self, disk: Disk, path: Path) -> tuple[FilledForm | None, list[Diagnostic]]:
        """Return the form's content; none without numbers."""
        rows, data, self.found = _rows_of(disk, path)
        if rows is None:
            return None, self.found
        start = next((at for at, row in enumerate(rows) if _is_heading(row)), None)
        if start is None:
            self._add_diagnostic("formular-kopf", Position(self.file))
            return None, self.found
        self.answers = {_folded_sign(row[0].text): row[1] for row in rows[:start] if len(row) > 1}
        body = [row for row in rows[start + 1 :] if any(cell.text for cell in row)]
        keys, columns = self._columns(rows[:start], rows[start], body)
        if not any(row[at].text for row in body for at in columns if at < len(row)):
            return None, self.found
        places: dict[tuple[CellKey, str], Position] = {}
        table = self._read_table_rows(self._long(body, keys, columns), places)
        if not table or has_errors(item for item in self.found if item.code not in ASKED):
            return None, self.found
        breakdowns = (item.id for item in self.indicator.breakdowns)
        names = ("space", "period", *breakdowns, "numerator", "denominator", "note")
        return FilledForm(self.file, tuple(table), ",", tables.digest(data), names, places=places), self.found

    def _add_diagnostic(self, code: str, place: Position, **words: object) -> None:
        self.found.append(diagnostic(code, place, **words))

    def _ask(self, code: str, question: str, **words: object) -> None:
        """Report an open question at its answer's cell."""
        asked = self.answers.get(_folded_sign(question))
        place = asked.position if asked else Position(self.file)
        self._add_diagnostic(code, place, cell=self._describe_place_of_answer(question), **words)

    def answer(self, question: str) -> str:
        """Return a question's answer; empty for none."""
        cell = self.answers.get(_folded_sign(question))
        return cell.text if cell else ""

    def _describe_place_of_answer(self, question: str) -> str:
        """Say where an answer is typed."""
        cell = self.answers.get(_folded_sign(question))
        return _address_of_cell(cell.position) if cell else f"einer neuen Zeile „{question}“ bei den Fragen"

    # Headings

    def _columns(
        self, above: Sequence[Row], head: Row, body: Sequence[Row]
    ) -> tuple[dict[int, str], dict[int, _NumberColumn]]:
        """Return by its number each column that says what lines are about (area, period, breakdown), and each of numbers."""
        names = {plain(word): item.id for item in self.indicator.breakdowns for word in (item.name, item.id)}
        rows = {names[plain(row[0].text)]: row for row in above if row and plain(row[0].text) in names}
        keys: dict[int, str] = {}
        columns: dict[int, _NumberColumn] = {}
        # A value stands above the first of its columns, and holds for those that follow.
        above_it = dict.fromkeys(rows, "")
        for at in range(max([len(head), *map(len, body)])):
            text = head[at].text if at < len(head) else ""
            above_it |= {key: row[at].text for key, row in rows.items() if 0 < at < len(row) and row[at].text}
            what = _HEADS.get(plain(text)) or names.get(plain(text), "")
            if what in ("space", "period") or what in names.values():
                keys[at] = what
                above_it = dict.fromkeys(rows, "")
            elif column := self._column(text, what, above_it):
                columns[at] = column
            elif filled := next((row[at] for row in body if at < len(row) and row[at].text), None):
                place = head[at].position if text else filled.position
                self._add_diagnostic("formular-spalte", place, value=text, known=", ".join(HEADINGS))
        return keys, columns

    def _column(self, text: str, what: str, above_it: Mapping[str, str]) -> _NumberColumn | None:
        """Return a number column's meaning; None if headings don't say."""
        values = {
            key: found
            for key, one in above_it.items()
            if (found := self._find_breakdown_value(key, one)) is not None
        }
        if len(values) < len(above_it):
            return None
        if what in _MEASURES or (text and plain(text) == plain(self.answer(TOTAL))):
            return _NumberColumn(what or "numerator", values=values)
        if period := self._period(text):
            return _NumberColumn("numerator", period, values)
        for item in self.indicator.breakdowns:
            if found := self._find_breakdown_value(item.id, text):
                return _NumberColumn("numerator", values={**values, item.id: found})
        return None

    def _find_breakdown_value(self, key: str, text: str) -> str | None:
        """Return a breakdown's value, "" for the whole, None if unknown."""
        item = next(one for one in self.indicator.breakdowns if one.id == key)
        if not text or plain(text) == plain(self.answer(TOTAL)):
            return ""
        return next((one.id for one in item.values if plain(text) in (plain(one.id), plain(one.name))), None)

    def _period(self, text: str) -> str:
        """Return the period meant; a day means its year."""
        periods = [one.strip() for one in self.answer(PERIODS).split(",") if one.strip()]
        if text in periods:
            return text
        match = _WHEN.fullmatch(plain(text))
        return match[1] if match and match[1] in periods else ""

    # Rows

    def _long(
        self, body: Sequence[Row], keys: Mapping[int, str], columns: Mapping[int, _NumberColumn]
    ) -> pd.DataFrame:
        """Return a row for each cell of numbers: what its line says, and its column (`measure`, `fixed` period, `values`).

        `first` is where its line names an area; `silent`: the line holds no number.
        """
        import pandas as pd

        wide = max([*keys, *columns, *(len(row) - 1 for row in body)]) + 1
        grid = [
            [*row, *(SheetCell("", row[0].position._replace(column=at + 1)) for at in range(len(row), wide))]
            for row in body
        ]
        texts = pd.DataFrame([[cell.text for cell in row] for row in grid])
        about = (
            texts[list(keys)]
            .set_axis(list(keys.values()), axis=1)
            .reindex(columns=[*dict.fromkeys(["space", "period", *keys.values()])], fill_value="")
        )
        empty = (texts[list(columns)] == "").all(axis=1)
        # A line with nothing but a date says it for the lines below; so does the first of a block.
        dated = about["space"].map(self._period).where(empty & (about["period"] == ""), "")
        about["period"] = about["period"].where(dated == "", dated)
        about["space"] = about["space"].where(dated == "", "")
        parts = [name for name in about.columns if name not in ("space", "period")]
        for name in ("period", *parts, *(["space"] if parts else [])):
            about[name] = about[name].mask(about[name] == "", None).ffill().fillna("")
        long = texts[list(columns)].melt(ignore_index=False, var_name="column", value_name="text").join(about)
        long["cell"] = [grid[at][column] for at, column in zip(long.index, long["column"], strict=True)]
        area = next((at for at, key in keys.items() if key == "space"), 0)
        long["first"] = [grid[at][area].position for at in long.index]
        long["silent"] = empty.reindex(long.index)
        meanings = {at: (one.measure, one.period, one.values) for at, one in columns.items()}
        heads = pd.DataFrame(meanings, index=["measure", "fixed", "values"]).T
        return long.join(heads, on="column")[(long["space"] != "") | ~long["silent"]]

    def _read_table_rows(
        self, long: pd.DataFrame, places: dict[tuple[CellKey, str], Position]
    ) -> list[ValueRow]:
        """Return table rows; totals are reduced by what is in no area."""
        areas = self._find_areas_by_name(long)
        long = long[long["space"].isin(areas)]
        figures = self._read_texts(long)
        found: dict[CellKey, dict[str, Figure]] = defaultdict(dict)
        for record in cast("list[dict[str, Any]]", long.reset_index(names="line").to_dict("records")):
            key = self._key(record, areas)
            figure = figures.get((record["line"], record["column"]))
            if key is None or figure is None:
                continue
            cell = (key, record["measure"])
            if cell in places:
                words = {"space": key[0], "period": key[1], "first": places[cell].line}
                self._add_diagnostic(
                    "zahl-doppelt", record["cell"].position, **words, better="eine der Zeilen löschen"
                )
                continue
            places[cell] = record["cell"].position
            found[key][record["measure"]] = figure
        return self._without_nowhere(found, places)

    def _key(self, record: Mapping[str, Any], areas: Mapping[str, str]) -> CellKey | None:
        """Return what a number is about; None if none or unknown."""
        written, known = record["period"], self.answer(PERIODS)
        # Where the form is of one period, nobody needs to say it.
        period = record["fixed"] or self._period(written) or ("" if written or "," in known else known)
        if not period:
            cell = self._describe_place_of_answer(PERIODS)
            self._add_diagnostic("formular-zeitraum", record["first"], value=written, known=known, cell=cell)
            return None
        values = []
        for item in self.indicator.breakdowns:
            text = record.get(item.id, "")
            value = record["values"].get(item.id) or self._find_breakdown_value(item.id, text)
            if value is None:
                words = {"name": item.name, "known": ", ".join(one.name for one in item.values)}
                line = f"{{id: …, name: {text}}}"
                self._add_diagnostic("formular-wert", record["first"], value=text, **words, line=line)
                return None
            values.append(value)
        return areas[record["space"]], period, tuple(values)

    def _find_areas_by_name(self, long: pd.DataFrame) -> dict[str, str]:
        """Return areas by name, `NOWHERE` for none, reporting unknown names."""
        index = area_index(self.site)
        level = self.answer(LEVEL)
        areas: dict[str, str] = {}
        skipped: list[Position] = []
        for name, rows in long.groupby("space", sort=False):
            text = str(name)
            first = rows["first"].iloc[0]
            word = plain(text).removesuffix(".0")
            # A spreadsheet may have made „1.0“ of the code „01“.
            spaces = {text} & self.site.spaces.keys() or index.get(word) or index.get(word.lstrip("0"), set())
            meant = {one for one in spaces if self.site.spaces[one].level == level} or spaces
            if plain(text) == plain(self.answer(NOWHERE)):
                areas[text] = NOWHERE
            elif len(meant) == 1:
                areas[text] = meant.pop()
            elif not meant and plain(text) == plain(self.answer(TOTAL)):
                areas[text] = self._find_area_of_total(level)
            elif len(meant) > 1:
                self._add_diagnostic("gebiet-mehrdeutig", first, value=text, spaces=", ".join(sorted(meant)))
            elif rows["silent"].all():
                skipped += list(dict.fromkeys(rows["first"]))
            else:
                self._add_diagnostic(
                    "gebiet-unbekannt", first, value=text or EMPTY, better=self._suggest_known_area(text)
                )
        if skipped:
            shown = ", ".join(str(one.line) for one in skipped[:10])
            self._add_diagnostic("formular-uebergangen", skipped[0], count=len(skipped), lines=shown)
        return areas

    def _suggest_known_area(self, text: str) -> str:
        """Say what an unknown name may be."""
        near = close_to(text, [space.name for space in self.site.spaces.values()])
        better = f"gemeint ist vielleicht „{near}“: so schreiben, oder dort unter aliases ergänzen"
        if not near:
            better = "den Namen oder das Kürzel aus resources/spaces/ schreiben"
        return f"{better}; gehören die Fälle in kein Gebiet, „{self.answer(NOWHERE)}“ schreiben; ist es die Summe, steht ihr Name in {self._describe_place_of_answer(TOTAL)}"

    def _find_area_of_total(self, level: str) -> str:
        """Return the one area that holds all of a level's (the town), else `TOTAL`."""
        config = self.site.config
        geography = (config.level_of(level) or (None,))[0]
        tops = [key for key, item in self.site.spaces.items() if not item.parent]
        tops = [key for key in tops if geography in (config.level_of(self.site.spaces[key].level) or ())]
        return tops[0] if len(tops) == 1 else TOTAL

    def _without_nowhere(
        self, found: Mapping[CellKey, Mapping[str, Figure]], places: Mapping[tuple[CellKey, str], Position]
    ) -> list[ValueRow]:
        """Return areas' rows; the whole without cases of no area, so that it is the sum of its areas."""
        rows: list[ValueRow] = []
        whole = self._find_area_of_total(self.answer(LEVEL))
        # Then a breakdown's rows have the denominator of the row that isn't divided.
        shared = any(item.same_denominator for item in self.indicator.breakdowns)
        for (space, period, values), figures in found.items():
            if space in (NOWHERE, TOTAL) or "numerator" not in figures:
                continue
            undivided = found.get((space, period, ("",) * len(values)), {}) if shared else {}
            value, status, note = figures["numerator"]
            denominator = {**undivided, **figures}.get("denominator", (None, Status.KNOWN, ""))
            nowhere = found.get((NOWHERE, period, values), {}) if space == whole else {}
            if nowhere:
                outside = nowhere.get("numerator", _NOTHING)[0]
                if outside is None:
                    continue
                value = value - outside if value is not None else None
                if denominator[0] is not None:
                    outside = nowhere.get("denominator", _NOTHING)[0] or Decimal(0)
                    denominator = (denominator[0] - outside, *denominator[1:])
                note = note or "Ohne Fälle, die keinem Gebiet zugeordnet sind."
            if self.indicator.denominator is None:
                denominator = (None, Status.KNOWN, "")
            elif not denominator[1].has_value:
                # With a secret denominator the count is kept back, too.
                value, status = None, Status.SECRET
            note = figures.get("note", _NOTHING)[2] or note
            line = places[(space, period, values), "numerator"].line
            rows.append(ValueRow(space, period, values, value, denominator[0], status, note, line))
        return rows

    # Numbers and signs

    def _read_texts(self, long: pd.DataFrame) -> dict[tuple[int, int], Figure]:
        """Return numbers or their absence by (line, column)."""
        figures: dict[tuple[int, int], Figure] = {}
        open_signs: dict[str, list[Position]] = defaultdict(list)
        totals = {plain(self.answer(TOTAL)), plain(self.answer(NOWHERE))}
        self._ask_rounding()
        for (column, _), block in long.groupby(["column", "period"], sort=False):
            if not any(block["text"]):
                continue
            measure = block["measure"].iloc[0]
            style, asks = self._style(long.loc[long["column"] == column, "cell"])
            for line, row in zip(
                block.index, cast("list[dict[str, Any]]", block.to_dict("records")), strict=True
            ):
                cell = row["cell"]
                if measure == "note":
                    figures[line, cast("int", column)] = (None, Status.KNOWN, cell.text)
                elif cell.problem is not None:
                    self.found.append(cell.problem)
                elif not cell.text and plain(row["space"]) in totals:
                    continue
                elif any(map(str.isdigit, cell.text)) and _folded_sign(SIGN + cell.text) not in self.answers:
                    if (figure := self._figure(cell, "english" if cell.typed else style, asks)) is not None:
                        figures[line, cast("int", column)] = figure
                else:
                    figures[line, cast("int", column)] = self._sign(cell, open_signs)
        for sign, where in open_signs.items():
            words = {
                "cells": _list_cells_in_words(where),
                "cell": self._describe_place_of_answer(SIGN + sign),
            }
            self._add_diagnostic("formular-zeichen", where[0], sign=sign, **words, known=", ".join(MEANINGS))
        return figures

    def _ask_rounding(self) -> None:
        """Ask whether numbers came rounded, which aren't rounded again."""
        rounded = self.answer(ROUNDED).casefold()
        if rounded not in ("ja", "nein"):
            self._ask("formular-gerundet", ROUNDED)
        elif rounded == "ja" and self.indicator.disclosure.method not in ("published", "none"):
            self._ask("formular-schon-gerundet", ROUNDED, title=self.indicator.title)
        elif rounded == "ja" and self.indicator.source.altered is None:
            self._ask("formular-rundung-sagen", ROUNDED)

    def _sign(self, cell: SheetCell, open_signs: dict[str, list[Position]]) -> Figure:
        """Return what a sign means: secret until somebody says it."""
        sign = cell.text or EMPTY
        answer = self.answer(SIGN + sign).casefold()
        if not answer:
            open_signs[sign].append(cell.position)
        elif answer not in MEANINGS:
            self._ask("formular-antwort", SIGN + sign, value=answer, known=", ".join(MEANINGS))
        status, _ = MEANINGS.get(answer, MEANINGS["geheim"])
        if status is Status.NOTHING:
            return Decimal(0), status, ""
        # Where we withhold small counts ourselves, the note would tell which ones are ours: those without.
        has_note = status is Status.SECRET and self.indicator.disclosure.method != "round-small"
        return None, status, NO_FIGURE if has_note else ""

    def _style(self, cells: Iterable[SheetCell]) -> tuple[tables.Style, bool]:
        """Return a column's number style, and whether „1.234“ stays ambiguous."""
        texts = [_bare(cell.text) for cell in cells if cell.text and not cell.typed]
        # With a point or comma between digits.
        marked = [text for text in texts if re.fullmatch(r"-?\d[\d\s]*(?:[.,][\d\s]+)+", text)]
        answered: tables.Style | None = {",": "german", ".": "english"}.get(self.answer(DECIMAL))  # type: ignore[assignment]
        if answered and all(tables.number(text, answered) is not None for text in marked):
            return answered, False
        certain = [text for text in marked if not _EITHER.fullmatch(text)]
        return tables.number_style(certain), bool(marked) and tables.number_style(certain) == "open"

    def _figure(self, cell: SheetCell, style: tables.Style, asks: bool) -> Figure | None:
        """Return a cell's number with its mark; None if reported."""
        text, status, note = _bare(cell.text), Status.KNOWN, ""
        if match := _LETTERED.fullmatch(text):
            text, (status, note) = match[1], _LETTERS[match[2]]
        rate = not self.indicator.adds_up
        text = text.removesuffix("%").strip() if rate else text
        if asks and not cell.typed and _EITHER.fullmatch(text):
            self._add_diagnostic(
                "formular-dezimal", cell.position, cell=self._describe_place_of_answer(DECIMAL)
            )
            return None
        value = tables.number(text, style)
        if value is None or abs(value) >= tables.LARGEST:
            self._add_diagnostic("formular-zelle", cell.position, cell=_address_of_cell(cell.position))
            return None
        if rate:
            value = value.quantize(Decimal(1).scaleb(-self.indicator.decimals), rounding=ROUND_HALF_UP)
        return (value.quantize(Decimal(1)) if value == value.to_integral_value() else value), status, note


_HEADS = {plain(word): key for name, key in HEADINGS.items() for word in (name, key)}  # folded, German or not


def _is_heading(row: Sequence[SheetCell]) -> bool:
    """Tell whether a row holds the headings of the numbers."""
    texts = [cell.text for cell in row]
    # The first line of a form has these words as well.
    return MARK[0] not in texts and any(_HEADS.get(plain(text)) == "space" for text in texts)


def _folded_sign(text: str) -> str:
    return "".join(text.casefold().split())


def _bare(text: str) -> str:
    """Return a number without footnote marks.

    >>> _bare("1.234 1)"), _bare("12*"), _bare("5")
    ('1.234', '12', '5')
    """
    return _cut_marks(text, _MARKS_OF_NUMBERS)


def _address_of_cell(place: Position) -> str:
    """Return what spreadsheets call a cell, with its sheet."""
    return f"{place.sheet}!{column_letters(place.column)}{place.line}"


def _list_cells_in_words(places: Sequence[Position]) -> str:
    """Name cells, the first few of many."""
    names = [f"{column_letters(one.column)}{one.line}" for one in places]
    return ", ".join(names[:5]) + (f" und {len(names) - 5} weitere" if len(names) > 5 else "")


def area_index(site: Site) -> dict[str, set[str]]:
    """Return areas by all they are called: id, code, name, alias, „Stadtteil Nord“."""
    levels = {level.id: level.name for item in site.config.geographies for level in item.levels}
    index: dict[str, set[str]] = defaultdict(set)
    for key, space in site.spaces.items():
        code = space.code or key
        ways = ("", code, key, levels.get(space.level, ""))
        names = [f"{way} {name}" for name in (space.name, *space.aliases) for way in ways]
        for word in (key, code, code.lstrip("0") if code.isdigit() else code, *names):
            index[plain(word)].add(key)
    return index
