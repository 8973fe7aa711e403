"""Read tables of values.

pandas reads every cell as text. What is ambiguous is reported, never guessed.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk, in_german
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator

if TYPE_CHECKING:
    import pandas as pd


# The columns of a table, beside those of breakdowns: needed, known, and what a published one may say more.
NEEDED = ("space", "period", "numerator")
KNOWN = ("space", "period", "numerator", "denominator", "status", "note")
SAID = ("qualifier", "illustrative")
"""„rund“ before a figure; whether it was made up."""
MOST_COLUMNS = 100
"""A head of more is none; half a million of them would fill the memory."""
LARGEST = 10**12
"""No town counts so much of anything; beyond some digits more neither solvers nor browsers compute exactly."""
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f "), None)
GROUPED = re.compile(r"[\u00a0\u2009\u202f ']")  # parts thousands, if anything
GROUPS = re.compile(r"-?\d{1,3}(?:[\u00a0\u2009\u202f ']\d{3})+(?:[.,]\d+)?")  # `1 234`, `1'234,5`
# What official statistics write in place of a number.
_SIGNS = {
    "–": Status.NOTHING,
    "—": Status.NOTHING,
    ".": Status.SECRET,
    "…": Status.LATER,
    "...": Status.LATER,
    "/": Status.UNRELIABLE,
    "x": Status.BLOCKED,
    "X": Status.BLOCKED,
    "r": Status.REVISED,
}


class ValueRow(Struct, frozen=True):
    """A table's line; `line` counts from 1 with the header. `breakdown`: a value of each, empty for the whole; `further`: of further columns."""

    space: str  # an area's id
    period: str
    breakdown: tuple[str, ...]
    numerator: Decimal | None  # None where the status says why
    denominator: Decimal | None
    status: Status  # known, or why there is no number
    note: str
    line: int
    further: tuple[str, ...] = ()
    qualifier: str = ""
    illustrative: bool = False

    @property
    def cell(self) -> CellKey:
        """What it is about: area, period and values of breakdowns."""
        return self.space, self.period, self.breakdown


class ValueTable(Struct, frozen=True):
    """A file's rows and SHA-256; `further` are extra columns asked for.

    parts: what its areas were made of (`lattice.parts_text`), empty if unknown. gone: a release's rows by
    breakdowns that are gone, named in `further`.
    """

    file: str
    rows: tuple[ValueRow, ...]
    separator: str  # `;`, `,` or a tabulator
    digest: str = ""
    columns: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    parts: str = ""
    gone: tuple[ValueRow, ...] = ()

    def position(self, row: ValueRow, column: str) -> Position:
        """Return a cell's position: line and column number."""
        return Position(self.file, row.line, self.columns.index(column) + 1 if column in self.columns else 1)


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes) -> str:
    """Decode UTF-8, else Windows-1252, the registers' encodings."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_values(
    data: bytes,
    file: str,
    breakdowns: Sequence[str] = (),
    further: Sequence[str] = (),
    said: Sequence[str] = (),
) -> tuple[ValueTable | None, list[Diagnostic]]:
    """Read a table of values, reporting and leaving out faulty rows.

    `further` are optional columns such as a second geography, `said` optional ones of `SAID`.
    """
    text = decode(data)
    table = text.lstrip("\r\n")
    if not table.strip():
        return None, [diagnostic("datei-leer", Position(file))]
    line = 2 + text.removesuffix(table).count("\n")  # of the first row, behind blank lines and the head
    head = table.split("\n", 1)[0]
    separator = max((";", ",", "\t"), key=head.count)
    if head.count(separator) > MOST_COLUMNS:
        reason = f"sie hat {head.count(separator) + 1} Spalten"
        return None, [_report_unreadable_table(Position(file, line - 1), reason)]
    frame, unreadable = _frame(table, separator, file, line)
    if frame is None:
        return None, unreadable
    found = _column_faults(frame, file, breakdowns, (*further, *said))
    if found:
        return None, found
    columns = tuple(str(name) for name in frame.columns)
    further_here = tuple(name for name in further if name in columns)
    reader = _RowReader(
        file, columns, breakdowns, further_here, number_style(_written_numbers_of_table(frame))
    )
    rows, found = _read_value_rows(frame, reader, line)
    if not rows and not found:
        return None, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    return ValueTable(file, rows, separator, digest(data), columns, further_here), found


def _read_value_rows(
    frame: pd.DataFrame, reader: _RowReader, line: int
) -> tuple[tuple[ValueRow, ...], list[Diagnostic]]:
    """Return a table's rows; the first is at `line`."""
    rows: list[ValueRow] = []
    found: list[Diagnostic] = []
    for record in frame.to_dict("records"):
        written = {str(key): str(value) for key, value in record.items()}
        cells = {key: value.strip() for key, value in written.items()}
        if any(cells.values()):
            row, problems = reader.row(cells, line)
            found += problems
            if row is not None:
                rows.append(row)
        # A quoted note can go over several lines.
        line += 1 + sum(value.count("\n") for value in written.values())
    return tuple(rows), found


def _frame(table: str, separator: str, file: str, line: int) -> tuple[pd.DataFrame | None, list[Diagnostic]]:
    """Read cells as written; the second line is the file's `line`."""
    # Imported only here: pandas takes a fifth of a second and 40 MB, and many towns publish no figures.
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.StringIO(table),
            sep=separator,
            skip_blank_lines=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skipinitialspace=True,
            index_col=False,
            on_bad_lines="error",
        )
    except (pd.errors.ParserError, ValueError) as error:
        match = re.search(r"line (\d+)", str(error))
        place = Position(file, int(match[1]) + line - 2 if match else 1)
        return None, [_report_unreadable_table(place, in_german(error))]
    frame.columns = [str(name).strip() for name in frame.columns]
    return frame, []


def _report_unreadable_table(place: Position, reason: str) -> Diagnostic:
    better = "die Tabelle als CSV in UTF-8 neu ausgeben"
    return diagnostic("tabelle-unlesbar", place, reason=reason, better=better)


def _column_faults(
    frame: pd.DataFrame, file: str, breakdowns: Sequence[str], further: Sequence[str]
) -> list[Diagnostic]:
    """Report missing, impossible and ambiguous columns."""
    missing = [column for column in (*NEEDED, *breakdowns) if column not in frame.columns]
    # Without a head the first row stands there: its numbers aren't told.
    named = [column for column in frame.columns if not (missing and column[:1].isdigit())]
    columns = ", ".join(named)
    found = [diagnostic("spalte-fehlt", Position(file), name=column, known=columns) for column in missing]
    usual = [column for column in breakdowns if column in {*KNOWN, *SAID}]
    found += [diagnostic("aufgliederung-wie-spalte", Position(file), name=column) for column in usual]
    known = (*KNOWN, *breakdowns, *further)
    for column in named:
        if column not in known:
            better = "die Spalte löschen oder als Aufgliederung in indicator.yml nennen"
            better = meant_or(column, known, better)
            found.append(diagnostic("spalte-unbekannt", Position(file), name=column, better=better))
    return found


Style = Literal["german", "english", "open"]  # whether `1.234` is a thousand
_GERMAN = re.compile(r"-?\d{1,3}(?:[.\u00a0\u2009\u202f ]\d{3})*,\d+|-?\d+,\d+|-?\d{1,3}(?:\.\d{3}){2,}")
"""Numbers that only a table with a decimal comma can have."""
# Those of a decimal point: `0.125`, `1,234.5`; `1.234` and `1,234` may be of either.
_ENGLISH = re.compile(
    r"-?\d+\.(?:\d{1,2}|\d{4,})|-?0\.\d{3}|-?\d{1,3}(?:,\d{3})+\.\d+|-?\d{1,3}(?:,\d{3}){2,}"
)


def number_style(texts: Iterable[str]) -> Style:
    """Tell from all numbers whether a point parts thousands or decimals, else „open“."""
    written = list(texts)
    if any(_GERMAN.fullmatch(text) for text in written):
        return "german"
    return "english" if any(_ENGLISH.fullmatch(text) for text in written) else "open"


def _written_numbers_of_table(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the numbers of a table as they are written."""
    for column in ("numerator", "denominator"):
        if column in frame.columns:
            yield from (str(value).strip() for value in frame[column])


class _RowReader(Struct, frozen=True):
    """Reads a table's rows; `style` is how numbers are written."""

    file: str
    columns: Sequence[str]  # of the file, in order
    breakdowns: Sequence[str]
    further: Sequence[str]
    style: Style

    def row(self, cells: Mapping[str, str], line: int) -> tuple[ValueRow | None, list[Diagnostic]]:
        """Return a row, or what is wrong with it."""
        status, found = self._status(cells, line)
        numerator, problems = self._read_number_of_cell(cells, "numerator", line)
        found += problems
        denominator, problems = self._read_number_of_cell(cells, "denominator", line)
        found += problems
        found += self._contradictions(cells, status, numerator, line)
        if found:
            return None, found
        invented = cells.get("illustrative", "").casefold()
        if invented not in ("", "yes", "no"):
            place = self._position_of_cell("illustrative", line)
            return None, [diagnostic("kein-ja-nein", place, value=cells["illustrative"])]
        row = ValueRow(
            cells["space"],
            cells["period"],
            tuple(cells[name] for name in self.breakdowns),
            numerator if status.has_value else None,
            denominator,
            status,
            cells.get("note", ""),
            line,
            tuple(cells[name] for name in self.further),
            cells.get("qualifier", ""),
            invented == "yes",
        )
        return row, []

    def _position_of_cell(self, column: str, line: int) -> Position:
        number = self.columns.index(column) + 1 if column in self.columns else 1
        return Position(self.file, line, number)

    def _status(self, cells: Mapping[str, str], line: int) -> tuple[Status, list[Diagnostic]]:
        """Return a row's status, by column or sign."""
        sign = cells.get("status", "")
        if not sign:
            return _SIGNS.get(cells.get("numerator", ""), Status.KNOWN), []
        place = self._position_of_cell("status", line)
        if sign == "-":
            return Status.KNOWN, [diagnostic("strich-mehrdeutig", place, column="status")]
        if sign not in _SIGNS:
            return Status.KNOWN, [diagnostic("zeichen-falsch", place, value=sign)]
        return _SIGNS[sign], []

    def _read_number_of_cell(
        self, cells: Mapping[str, str], column: str, line: int
    ) -> tuple[Decimal | None, list[Diagnostic]]:
        """Return a cell's number, or what is wrong."""
        written = cells.get(column, "")
        if written in _SIGNS:
            is_nothing = column == "numerator" and _SIGNS[written] is Status.NOTHING
            return Decimal(0) if is_nothing else None, []
        place = self._position_of_cell(column, line)
        if written == "-":
            return Decimal(0), [diagnostic("strich-mehrdeutig", place, column=column)]
        if not written:
            return None, []
        count = number(written, self.style)
        if count is None:
            code = "zahl-mehrdeutig" if re.fullmatch(r"-?\d{1,3}\.\d{3}", written) else "zahl-unlesbar"
            return None, [diagnostic(code, place, column=column)]
        if abs(count) >= LARGEST:
            return count, [diagnostic("zahl-zu-gross", place, column=column)]
        return count, []

    def _contradictions(
        self, cells: Mapping[str, str], status: Status, numerator: Decimal | None, line: int
    ) -> Iterator[Diagnostic]:
        """Report a number beside a sign for none, and missing parts."""
        place = self._position_of_cell("numerator", line)
        if not status.has_value and numerator is not None:
            yield diagnostic("zeichen-und-zahl", place, sign=status.value)
        if cells["numerator"] == "" and status is Status.KNOWN:
            yield diagnostic("wert-fehlt", place)
        if not cells["space"] or not cells["period"]:
            empty = "period" if cells["space"] else "space"
            yield diagnostic("zeile-ohne-gebiet", self._position_of_cell(empty, line))


def number(text: str, style: str) -> Decimal | None:
    """Read a number; None if none or ambiguous („1.585“)."""
    if GROUPED.search(text) and not GROUPS.fullmatch(text):
        return None
    plain = text.translate(_SPACES).replace("'", "")
    if re.fullmatch(r"-?\d+", plain):
        return Decimal(plain)
    if style == "german" and re.fullmatch(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?|-?\d+,\d+", plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if style == "english" and re.fullmatch(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+\.\d+", plain):
        return Decimal(plain.replace(",", ""))
    if style == "open" and re.fullmatch(r"-?\d+,\d+", plain):
        return Decimal(plain.replace(",", "."))
    return None


CONTRIBUTOR = "contributor"
"""The column that names who contributes an amount, for the rule of dominance."""


def repository_of(folder: Path) -> Path:
    """Return a folder's repository root, else the folder."""
    folder = folder.resolve()
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def read_table(
    disk: Disk, path: Path, breakdowns: Sequence[str], further: Sequence[str] = ()
) -> tuple[ValueTable | None, list[Diagnostic]]:
    """Read a private table; None if unreadable."""
    data, found = disk.read(path)
    if data is None:
        return None, found
    table, problems = read_values(data, disk.name(path), breakdowns, further)
    return table, [*found, *problems]


def unknown_table(disk: Disk, path: Path, indicators: Iterable[str]) -> Iterator[Diagnostic]:
    """Report a raw table without indicator."""
    definition = f"resources/indicators/{path.stem}/indicator.yml"
    if not disk.holds(disk.project / definition):
        better = meant_or(path.stem, indicators, f"zuerst {definition} anlegen")
        yield diagnostic("kennzahl-unbekannt", Position(disk.name(path)), name=path.stem, better=better)


def read_private(
    folder: Path,
    project: Path,
    indicators: Mapping[str, Indicator],
    geographies: Sequence[str],
    *,
    needed: bool = True,
    forms: Collection[Path] = (),
) -> tuple[dict[str, ValueTable], list[Diagnostic]]:
    """Read each indicator's `<indicator>.csv` outside of the repository.

    A folder inside is refused, an empty one where `needed`; `forms` are read elsewhere.
    """
    name = str(folder)
    if folder.resolve().is_relative_to(repository_of(project)):
        return {}, [diagnostic("ablage-im-projekt", Position(name), name=name)]
    disk = Disk(project, folder)
    tables: dict[str, ValueTable] = {}
    files, found = disk.files(folder, ".csv")
    if not files and needed:
        found.append(diagnostic("rohtabellen-fehlen", Position(name), name=name))
    for path in files:
        if path in forms:
            continue
        indicator = indicators.get(path.stem)
        if indicator is None:
            found += unknown_table(disk, path, indicators)
            continue
        columns = [item.id for item in indicator.breakdowns]
        # `space` is of the first geography; areas of the others have columns of their own.
        table, problems = read_table(disk, path, columns, (*geographies[1:], CONTRIBUTOR))
        found += problems
        if table is not None:
            tables[path.stem] = table
    return tables, found
