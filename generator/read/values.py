"""A table of values (CSV) in, typed rows and diagnostics with their cell out.

pandas reads every cell as text first; then numbers are understood with decimal comma or point, and thousands with point,
space or thin space. What is ambiguous is reported and never guessed.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.complaints import in_german
from generator.model.cells import Status

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("space", "period", "numerator")
KNOWN = ("space", "period", "numerator", "denominator", "status", "note")
SAID = ("qualifier", "illustrative")
"""What a published table may say of single figures: „rund“ before one, or that it was made up."""
LARGEST = 10**12
"""No town counts so much of anything; beyond some digits more neither solvers nor browsers compute exactly."""
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f "), None)
GROUPED = re.compile(r"[\u00a0\u2009\u202f ']")
GROUPS = re.compile(r"-?\d{1,3}(?:[\u00a0\u2009\u202f ']\d{3})+(?:[.,]\d+)?")
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


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One line of the table; `line` counts from 1 with the header."""

    space: str
    period: str
    breakdown: tuple[str, ...]
    numerator: Decimal | None
    denominator: Decimal | None
    status: Status
    note: str
    line: int
    further: tuple[str, ...] = ()
    qualifier: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class ValueTable:
    """The rows of one file and the SHA-256 of its bytes; `further` names the columns beyond the usual ones that were asked for and are there."""

    file: str
    rows: tuple[ValueRow, ...]
    separator: str
    digest: str = ""
    columns: tuple[str, ...] = ()
    further: tuple[str, ...] = ()

    def position(self, row: ValueRow, column: str) -> Position:
        """Return where a cell stands: line and number of the column."""
        return Position(self.file, row.line, self.columns.index(column) + 1 if column in self.columns else 1)


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes) -> str:
    """Decode UTF-8 with or without byte-order mark, else Windows-1252 (which holds Latin-1): registers come in either."""
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
    """Read a table of values from the bytes of its file; rows that can't be understood are reported with their cell and left out.

    `further` are columns that may be there beside the usual ones, such as a second geography; `said` are those of
    `SAID` that may be there.
    """
    # Imported only here: pandas takes a fifth of a second and 40 MB, and many towns publish no figures.
    import pandas as pd

    text = decode(data)
    if not text.strip():
        return None, [diagnostic("datei-leer", Position(file))]
    table = text.lstrip("\r\n")
    line = 2 + text[: len(text) - len(table)].count("\n")
    head = table.split("\n", 1)[0]
    separator = max((";", ",", "\t"), key=head.count)
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
        return None, [
            diagnostic(
                "tabelle-unlesbar",
                Position(file, int(match[1]) + line - 2 if match else 1),
                reason=in_german(error),
                better="die Tabelle als CSV in UTF-8 neu ausgeben",
            )
        ]
    frame.columns = [str(name).strip() for name in frame.columns]
    found: list[Diagnostic] = []
    missing = [column for column in (*NEEDED, *breakdowns) if column not in frame.columns]
    found += [
        diagnostic("spalte-fehlt", Position(file), name=column, known=", ".join(frame.columns))
        for column in missing
    ]
    for column in frame.columns:
        if column not in (*KNOWN, *breakdowns, *further, *said):
            near = close_to(column, (*KNOWN, *breakdowns, *further, *said))
            found.append(
                diagnostic(
                    "spalte-unbekannt",
                    Position(file),
                    name=column,
                    better=f"gemeint ist vielleicht „{near}“"
                    if near
                    else "die Spalte löschen oder als Aufgliederung in indicator.yml nennen",
                )
            )
    if found:
        return None, found
    there = tuple(name for name in further if name in frame.columns)
    style = _number_style(frame)
    rows: list[ValueRow] = []
    for record in frame.to_dict("records"):
        here, written = line, {str(key): str(value) for key, value in record.items()}
        # A quoted note can go over several lines.
        line += 1 + sum(value.count("\n") for value in written.values())
        cells = {key: value.strip() for key, value in written.items()}
        if not any(cells.values()):
            continue
        row, problems = _row(
            cells,
            breakdowns,
            file,
            here,
            style,
            list(frame.columns),
            there,
        )
        found += problems
        if row is not None:
            rows.append(row)
    columns = tuple(str(name) for name in frame.columns)
    if not rows and not found:
        return None, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    return ValueTable(file, tuple(rows), separator, digest(data), columns, there), found


def _number_style(frame: pd.DataFrame) -> str:
    """Tell by the whole table whether a point ends thousands („1.585 and 12.040“) or begins decimals („0.5“)."""
    cells = [
        str(value).strip()
        for column in ("numerator", "denominator")
        if column in frame.columns
        for value in frame[column]
    ]
    comma = any(
        re.fullmatch(r"-?\d{1,3}(?:[.\u00a0\u2009\u202f ]\d{3})*,\d+|-?\d+,\d+", cell) for cell in cells
    )
    decimals = any(re.fullmatch(r"-?\d+\.(?:\d{1,2}|\d{4,})", cell) for cell in cells)
    thousands = any(re.fullmatch(r"-?\d{1,3}(?:\.\d{3}){2,}", cell) for cell in cells)
    if comma or thousands:
        return "german"
    return "english" if decimals else "open"


def number(text: str, style: str) -> Decimal | None:
    """Read a number; None where the text is none, or where „1.585“ could mean two things."""
    if GROUPED.search(text) and not GROUPS.fullmatch(text):
        return None
    plain = text.translate(_SPACES).replace("'", "")
    if re.fullmatch(r"-?\d+", plain):
        return Decimal(plain)
    if style == "german" and re.fullmatch(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?|-?\d+,\d+", plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if style == "english" and re.fullmatch(r"-?\d+\.\d+", plain):
        return Decimal(plain)
    if style == "open" and re.fullmatch(r"-?\d+,\d+", plain):
        return Decimal(plain.replace(",", "."))
    return None


def _row(
    cells: dict[str, str],
    breakdowns: Sequence[str],
    file: str,
    line: int,
    style: str,
    columns: list[str],
    further: Sequence[str] = (),
) -> tuple[ValueRow | None, list[Diagnostic]]:
    found: list[Diagnostic] = []

    def place(column: str) -> Position:
        return Position(file, line, columns.index(column) + 1 if column in columns else 1)

    sign = cells.get("status", "")
    status = _SIGNS.get(sign, Status.KNOWN)
    if sign == "-":
        found.append(diagnostic("strich-mehrdeutig", place("status"), column="status"))
    elif sign and sign not in _SIGNS:
        found.append(diagnostic("zeichen-falsch", place("status"), value=sign))
    parsed: dict[str, Decimal | None] = {}
    for column in ("numerator", "denominator"):
        written = cells.get(column, "")
        if written in _SIGNS:
            status = _SIGNS[written] if column == "numerator" and not sign else status
            parsed[column] = (
                Decimal(0) if column == "numerator" and _SIGNS[written] is Status.NOTHING else None
            )
            continue
        if written == "-":
            parsed[column] = Decimal(0)
            found.append(diagnostic("strich-mehrdeutig", place(column), column=column))
            continue
        parsed[column] = number(written, style) if written else None
        if written and parsed[column] is None:
            code = "zahl-mehrdeutig" if re.fullmatch(r"-?\d{1,3}\.\d{3}", written) else "zahl-unlesbar"
            found.append(diagnostic(code, place(column), value=written, column=column))
        elif (count := parsed[column]) is not None and abs(count) >= LARGEST:
            found.append(diagnostic("zahl-zu-gross", place(column), value=written, column=column))
    if not status.has_value and parsed["numerator"] is not None:
        value = cells["numerator"]
        found.append(diagnostic("zeichen-und-zahl", place("numerator"), sign=status.value, value=value))
    if cells["numerator"] == "" and status is Status.KNOWN:
        found.append(diagnostic("wert-fehlt", place("numerator")))
    if not cells["space"] or not cells["period"]:
        empty = "period" if cells["space"] else "space"
        found.append(diagnostic("zeile-ohne-gebiet", place(empty)))
    if found:
        return None, found
    invented = cells.get("illustrative", "").casefold()
    if invented not in ("", "yes", "no"):
        return None, [diagnostic("kein-ja-nein", place("illustrative"), value=cells["illustrative"])]
    if not status.has_value:
        parsed["numerator"] = None
    return ValueRow(
        cells["space"],
        cells["period"],
        tuple(cells[name] for name in breakdowns),
        parsed["numerator"],
        parsed["denominator"],
        status,
        cells.get("note", ""),
        line,
        tuple(cells[name] for name in further),
        cells.get("qualifier", ""),
        invented == "yes",
    ), []
