"""A CSV file in, rows of cells that know where they stand out; a table that does not hold together is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, overload

from pydantic import Field

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import TABLE, Door, decoded
from generator.model.characters import character_name, unfit
from generator.model.groups import Group

# What other programs put between lines inside a cell.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NAMES = {",": "Komma", ";": "Semikolon", "\t": "Tabulator", "|": "senkrechtem Strich"}


class TableForm(Group):
    """How a table is written."""

    separator: Literal[",", ";", "tab"] = Field(
        ",", title="Trennzeichen", description="tab für Tabulator; ein Semikolon steht in Anführungszeichen."
    )
    decimal: Literal[".", ","] = Field(".", title="Dezimalzeichen")
    encoding: Literal["utf-8", "windows-1252"] = Field(
        "utf-8", title="Kodierung", description="windows-1252, wenn Umlaute sonst falsch aussehen."
    )


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The text of one cell, without surrounding space, and where it stands."""

    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a table by heading; `line` counts from 1 and includes the headings."""

    line: int
    cells: dict[str, SheetCell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole table; all rows have all headings."""

    file: str
    header: tuple[str, ...]
    rows: Sequence[SheetRow]


def read_table(door: Door, path: Path, form: TableForm) -> tuple[Sheet | None, list[Diagnostic]]:
    """Read a table in the form given; None and every problem where headings or rows don't fit."""
    file = door.name(path)
    data, found = door.read(path, TABLE)
    if data is None:
        return None, found
    if form.encoding == "windows-1252":
        try:
            data = data.decode("cp1252").encode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return None, [
                diagnostic(
                    "tabelle-unlesbar",
                    Position(file, line),
                    reason="sie ist nicht in windows-1252 geschrieben",
                )
            ]
    text, found = decoded(data, file)
    if text is None:
        return None, found
    separator = "\t" if form.separator == "tab" else form.separator
    lines, broken = _split(text, file, separator)
    if broken is not None:
        return None, [broken]
    if not lines:
        return None, [diagnostic("tabelle-unlesbar", Position(file), reason="sie ist leer")]
    head, *body = lines
    if other := _other_separator(head, separator):
        sign = "tab" if other == "\t" else f'"{other}"'
        return None, [
            diagnostic(
                "trennzeichen", Position(file), found=_NAMES[other], expected=_NAMES[separator], sign=sign
            )
        ]
    found = [*_headings(head, body), *_lengths(head, body)]
    if found:
        return None, found
    names = [cell.text for cell in head]
    return Sheet(file, tuple(name for name in names if name), _NamedRows(names, body)), []


class _NamedRows(Sequence[SheetRow]):
    """Rows by heading, each put together when it is asked for: a register of a big town has hundreds of thousands."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[SheetCell]]) -> None:
        self._names, self._rows = names, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> SheetRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[SheetRow, ...]: ...
    def __getitem__(self, place: int | slice) -> SheetRow | tuple[SheetRow, ...]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        cells = self._rows[place]
        named = {name: cell for name, cell in zip(self._names, cells, strict=False) if name}
        return SheetRow(cells[0].position.line, named)


def cell_pattern(separator: str) -> re.Pattern[str]:
    """Return what reads one cell and what ends it, from where the cell begins."""
    sign = re.escape(separator)
    return re.compile(
        rf'(?:"([^"]*+(?:""[^"]*+)*+)"[ ]*|([^"{sign}\r\n][^{sign}\r\n]*|))({sign}|\r\n|\n|\r|\Z)'
    )


@dataclass(frozen=True, slots=True)
class _RawRow(Sequence[SheetCell]):
    """A row as it was read: its texts, and of each the line, the column and the length; its cells are made when they are asked for."""

    file: str
    texts: tuple[str, ...]
    places: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> SheetCell: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[SheetCell, ...]: ...
    def __getitem__(self, place: int | slice) -> SheetCell | tuple[SheetCell, ...]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = range(len(self.texts))[place]
        line, column, length = self.places[3 * number : 3 * number + 3]
        return SheetCell(self.texts[number], Position(self.file, line, column, length))


def _split(text: str, file: str, separator: str) -> tuple[list[_RawRow], Diagnostic | None]:
    """Cut a text into rows of cells; rows in which nothing stands are left out."""
    token = cell_pattern(separator)
    rows: list[_RawRow] = []
    texts: list[str] = []
    places: list[int] = []
    same: dict[str, str] = {}
    place, line, line_start = 0, 1, 0
    while place <= len(text):
        match = token.match(text, place)
        column = place - line_start + 1
        if match is None:
            return [], diagnostic("anfuehrung-offen", Position(file, line, column), sign='"')
        quoted, bare, end = match.groups()
        value = quoted.replace('""', '"') if quoted is not None else bare
        length = max(1, match.end(2 if quoted is None else 1) - place)
        length = length if "\n" not in value else 1
        value = _LINE_ENDS.sub("\n", value).strip()
        if wrong := unfit(value):
            where = Position(file, line, column, length)
            return [], diagnostic("steuerzeichen", where, character=character_name(wrong[0]))
        # Areas, postcodes and streets come again and again.
        texts.append(same.setdefault(value, value))
        places += (line, column, length)
        if quoted and (breaks := quoted.count("\n")):
            line += breaks
            line_start = place + 1 + quoted.rindex("\n") + 1
        place = match.end()
        if end != separator:
            if any(texts):
                rows.append(_RawRow(file, tuple(texts), tuple(places)))
            texts, places, line, line_start = [], [], line + 1, place
            if end == "":
                break
    return rows, None


def _other_separator(head: Sequence[SheetCell], separator: str) -> str | None:
    if len(head) > 1:
        return None
    return max(
        (sign for sign in _NAMES if sign != separator and sign in head[0].text),
        key=head[0].text.count,
        default=None,
    )


def _headings(head: Sequence[SheetCell], body: Sequence[Sequence[SheetCell]]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for number, cell in enumerate(head, 1):
        if not cell.text:
            if any(len(row) >= number and row[number - 1].text for row in body):
                found.append(diagnostic("ueberschrift-leer", cell.position, number=number))
        elif cell.text in seen:
            found.append(
                diagnostic(
                    "ueberschrift-doppelt",
                    cell.position,
                    name=cell.text,
                    first=seen[cell.text],
                    second=number,
                )
            )
        else:
            seen[cell.text] = number
    return found


def _lengths(head: Sequence[SheetCell], body: Sequence[Sequence[SheetCell]]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for row in body:
        if len(row) > len(head):
            found.append(
                diagnostic("zeile-zu-lang", row[len(head)].position, count=len(row), expected=len(head))
            )
        elif len(row) < len(head):
            found.append(diagnostic("zeile-zu-kurz", row[-1].position, count=len(row), expected=len(head)))
    return found
