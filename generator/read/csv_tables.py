"""Read the tables beside the records: the history of offers, the register of streets."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk, in_german
from generator.model.offer import ADDED, REMEMBERED, HistoryEntry, value_of
from generator.model.scalars import LONG, Point, parse_point, parse_postcode
from generator.model.site import StreetRange, house
from generator.read.nodes import parse, plain, unfit_characters

Cells = dict[str, str]
T = TypeVar("T")


def read_rows(
    disk: Disk, path: Path, needed: Sequence[str]
) -> tuple[list[str], list[tuple[int, Cells]], list[Diagnostic]]:
    """Return a table's columns and rows by line, commas or semicolons apart.

    Rows of another length are reported and left out; without a needed column there are none.
    """
    file = disk.name(path)
    text, found = disk.text(path)
    if text is None:
        return [], [], found
    text = re.sub(r"\r\n?", "\n", text)
    if wrong := unfit_characters(text, file):
        return [], [], wrong
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        header = [name.strip() for name in reader.fieldnames or []]
    except csv.Error as error:
        return [], [], [*found, diagnostic("zelle-unlesbar", Position(file), reason=in_german(error))]
    reader.fieldnames = header
    if too_long := _too_long(header, Position(file)):
        return [], [], too_long
    for column in needed:
        if column not in header:
            found.append(diagnostic("spalte-fehlt", Position(file), name=column, known=", ".join(header)))
    if found:
        return header, [], found
    rows, found = _read_csv_rows(reader, header, file)
    return header, rows, found


def _read_csv_rows(
    reader: csv.DictReader[str], header: list[str], file: str
) -> tuple[list[tuple[int, Cells]], list[Diagnostic]]:
    """Return rows below the header until the parser fails."""
    rows: list[tuple[int, Cells]] = []
    found: list[Diagnostic] = []
    # In long tables the same few texts stand again and again: each is kept once.
    same: dict[str, str] = {}
    line = reader.line_num
    try:
        for row in reader:
            line = reader.line_num
            place = Position(file, line)
            problems = _length(row, header, place) or _too_long(map(str, row.values()), place)
            found += problems
            if not problems:
                texts = ((name, (cell or "").strip()) for name, cell in row.items())
                rows.append((line, {name: same.setdefault(text, text) for name, text in texts}))
    except csv.Error as error:
        found.append(diagnostic("zelle-unlesbar", Position(file, line + 1), reason=in_german(error)))
    return rows, found


def _length(row: dict[str, str | None], header: list[str], position: Position) -> list[Diagnostic]:
    """Report a row with more or fewer cells than the header."""
    # The reader puts cells beyond the header under no name, and None into those that lack.
    values = list(row.items())
    more = sum(len(rest or ()) for name, rest in values if name is None)
    if more:
        wrong = diagnostic("zeile-zu-lang", position, count=len(header) + more, expected=len(header))
        name, text = values[len(header) - 1]
        better = f"den ganzen Text ab „{text}“ in Anführungszeichen setzen, wenn alles dahinter noch zu {name} gehört; sonst die überzähligen Zellen löschen"
        return [replace(wrong, help=better)]
    missing = sum(value is None for _, value in values)
    if missing:
        return [diagnostic("zeile-zu-kurz", position, count=len(header) - missing, expected=len(header))]
    return []


def _too_long(cells: Iterable[str], position: Position) -> list[Diagnostic]:
    """Report the longest cell if it is too long."""
    longest = max(map(len, cells), default=0)
    return [diagnostic("text-zu-lang", position, length=longest, limit=LONG)] if longest > LONG else []


COLUMNS = ("date", "offer", "field", "before", "after")  # of the history


def read_history(
    disk: Disk, path: Path, offers: Collection[str]
) -> tuple[tuple[HistoryEntry, ...], list[Diagnostic]]:
    """Read the history, leaving out faulty rows."""
    _, rows, found = read_rows(disk, path, COLUMNS)
    entries: list[HistoryEntry] = []
    for line, row in rows:
        place = Position(disk.name(path), line)
        day, name = _date_or_none(row["date"]), row["field"]
        if day is None:
            found.append(_report_wrong_value(place, row["date"], "ein Datum wie 2026-11-20 schreiben"))
        elif name not in (ADDED, *REMEMBERED):
            found.append(_report_wrong_value(place, name, f"möglich sind: {', '.join((ADDED, *REMEMBERED))}"))
        elif name == ADDED:
            entries.append(HistoryEntry(day, row["offer"], name))
        else:
            entry, problems = _history_entry_of_row(day, row, place)
            entries += entry
            found += problems
    return tuple(item for item in entries if item.offer in offers), found


def _history_entry_of_row(
    day: dt.date, row: Cells, place: Position
) -> tuple[list[HistoryEntry], list[Diagnostic]]:
    """Return a row's change of a field; none if a value is invalid."""
    name = row["field"]
    values: list[Any] = []
    found: list[Diagnostic] = []
    for column in ("before", "after"):
        try:
            values.append(_typed_value(name, row[column]))
        except ValueError:
            better = f"einen Wert des Felds {name} schreiben, wie er im Eintrag stünde"
            found.append(_report_wrong_value(place, row[column], better))
    return [] if found else [HistoryEntry(day, row["offer"], name, *values)], found


def _typed_value(name: str, text: str) -> Any:
    """Return a field's value from one line of YAML; raises ValueError."""
    if not text:
        return value_of(name, None)
    node, problems = parse(text + "\n", "history.csv")
    if node is None or problems:
        raise ValueError(text)
    return value_of(name, plain(node))


def _date_or_none(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _report_wrong_value(place: Position, value: str, better: str) -> Diagnostic:
    better = f"{better}, oder die Datei mit „nahraum changes --keep“ neu schreiben"
    return diagnostic("falscher-wert", place, value=value, better=better)


NEEDED = ("street", "space")  # of the street register


def read_streets(
    disk: Disk, path: Path, spaces: Collection[str], geographies: Collection[str] = ()
) -> tuple[tuple[StreetRange, ...], list[Diagnostic]]:
    """Read the street register, leaving out faulty rows."""
    file = disk.name(path)
    header, cells, found = read_rows(disk, path, NEEDED)
    columns = [name for name in header if name == "space" or name in geographies]
    rows: list[tuple[int, str, StreetRange]] = []
    # Taken away as it is read: a register of addresses has hundreds of thousands of rows.
    cells.reverse()
    while cells:
        line, row = cells.pop()
        position = Position(file, line)
        problems = wrong_range(row, columns, position, spaces)
        point, wrong = point_and_postcode(row, position)
        found += [*problems, *wrong]
        if not problems:
            rows += [
                (line, column, _street_range_of_row(row, column, point))
                for column in columns
                if row.get(column, "")
            ]
    found += _contradictions(rows, file)
    return tuple(item for *_, item in rows), found


def wrong_range(
    row: Cells, columns: Sequence[str], position: Position, spaces: Collection[str]
) -> list[Diagnostic]:
    """Say why a row puts no houses into an area."""
    found: list[Diagnostic] = []
    if not row.get("street", ""):
        found.append(diagnostic("strasse-ohne-namen", position))
    for column in columns:
        space = row.get(column, "")
        if space and space not in spaces:
            found.append(unknown_space(space, position, spaces))
    found += _wrong_numbers(row.get("from", ""), row.get("to", ""), position)
    if (row.get("parity", "") or "all") not in ("odd", "even", "all"):
        better = "möglich sind: odd, even, all"
        found.append(diagnostic("falscher-wert", position, value=row["parity"], better=better))
    return found


def unknown_space(space: str, position: Position, spaces: Collection[str]) -> Diagnostic:
    """Report an unknown area id with a similar one."""
    better = meant_or(space, spaces, "die Gebiete stehen in resources/spaces/")
    what = "kein Gebiet"
    return diagnostic("unbekannter-verweis", position, value=space, what=what, first=what, better=better)


def _wrong_numbers(first: str, last: str, position: Position) -> list[Diagnostic]:
    """Report a range's invalid or swapped ends."""
    found = [
        diagnostic("keine-hausnummer", position, value=end) for end in (first, last) if end and not house(end)
    ]
    low, high = house(first), house(last)
    if low and high and low > high:
        found.append(diagnostic("hausnummern-verkehrt", position, first=first, last=last))
    return found


def point_and_postcode(row: Cells, position: Position) -> tuple[Point | None, list[Diagnostic]]:
    """Return a row's point or None, checking its postcode too."""
    point, found = _parse_cell_value(
        f"{row.get('longitude', '')} {row.get('latitude', '')}", parse_point, position
    )
    _, wrong = _parse_cell_value(row.get("postcode", ""), parse_postcode, position)
    return point, [*found, *wrong]


def _parse_cell_value(
    text: str, parsed: Callable[[str], T], position: Position
) -> tuple[T | None, list[Diagnostic]]:
    """Return a cell's value; None if empty or bad."""
    if not text.strip():
        return None, []
    try:
        return parsed(text), []
    except PydanticCustomError as error:
        return None, [diagnostic(error.type, position, **(error.context or {}))]


def _street_range_of_row(row: Cells, column: str, point: Point | None) -> StreetRange:
    return StreetRange(
        street=row.get("street", ""),
        space=row.get(column, ""),
        first=row.get("from", ""),
        last=row.get("to", ""),
        parity=row.get("parity", "") or "all",
        postcode=row.get("postcode", ""),
        point=point,
    )


_WHOLE = (0, 10**9)  # all houses of a street


class _Span(NamedTuple):
    """The house numbers that a row puts into a space."""

    first: int  # `House.key`
    last: int
    line: int
    space: str


def _contradictions(rows: list[tuple[int, str, StreetRange]], file: str) -> list[Diagnostic]:
    """Report rows that put the same houses into different spaces."""
    groups: dict[tuple[str, str, str, str], list[_Span]] = defaultdict(list)
    for line, column, item in rows:
        sides = ("odd", "even") if item.parity == "all" else (item.parity,)
        for side in sides:
            groups[item.street, item.postcode, column, side].append(_number_span_of_range(item, line))
    reported: dict[tuple[int, int], Diagnostic] = {}
    for (street, *_), spans in groups.items():
        for span, other in _overlapping(spans):
            lines = (min(other.line, span.line), max(other.line, span.line))
            if lines not in reported:
                whole = span[:2] == other[:2] == _WHOLE
                code = "strasse-ohne-nummern" if whole else "hausnummern-doppelt"
                both = f"{other.space}, {span.space}"
                position = Position(file, lines[1])
                reported[lines] = diagnostic(code, position, street=street, line=lines[0], spaces=both)
    return list(reported.values())


def _number_span_of_range(item: StreetRange, line: int) -> _Span:
    low, high = house(item.first), house(item.last)
    return _Span(low.key if low else _WHOLE[0], high.key if high else _WHOLE[1], line, item.space)


def _overlapping(spans: list[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Yield a span and the one of another space that it overlaps; of several the one that reaches furthest."""
    # By space the span that reaches furthest of those that begin earlier: any of them may lie around shorter ones.
    reaching: dict[str, _Span] = {}
    for span in sorted(spans):
        others = [one for one in reaching.values() if one.space != span.space and one.last >= span.first]
        if others:
            yield span, max(others, key=lambda one: (one.last, one))
        if span.space not in reaching or span.last >= reaching[span.space].last:
            reaching[span.space] = span
