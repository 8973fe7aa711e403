"""A street register (CSV) in, ranges of house numbers with their space out.

Columns: `street`, `space`, and as far as known `from`, `to`, `parity` (odd, even, all), `postcode`, `longitude`, `latitude`;
every further column that is named like a geography holds the space of that geography.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from pathlib import Path

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position, close_to
from generator.model.scalars import Point
from generator.model.site import StreetRange
from generator.read.nodes import read_text

NEEDED = ("street", "space")
HOUSE = re.compile(r"0*([0-9]{1,4})\s*([a-z]?)\Z", re.IGNORECASE)


def read_streets(
    path: Path, file: str, spaces: Collection[str], geographies: Collection[str] = ()
) -> tuple[tuple[StreetRange, ...], list[Diagnostic]]:
    """Read the register; rows with a problem are reported and left out, the others stay."""
    text, found = _text(path, file)
    if text is None:
        return (), found
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    header = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = header
    for column in NEEDED:
        if column not in header:
            found.append(diagnostic("spalte-fehlt", Position(file), name=column, known=", ".join(header)))
    if found:
        return (), found
    columns = ["space", *(name for name in header if name in geographies and name != "space")]
    ranges: list[StreetRange] = []
    for row in reader:
        line = reader.line_num
        problems = _problems(row, columns, file, line, spaces)
        found += problems
        if not problems:
            ranges += [_range(row, column) for column in columns if (row[column] or "").strip()]
    return tuple(ranges), found


def _text(path: Path, file: str) -> tuple[str | None, list[Diagnostic]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [diagnostic("datei-unlesbar", Position(file), reason=error.strerror or "unbekannt")]
    if len(data) <= 1_000_000:
        return read_text(data, file)
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return None, [diagnostic("kein-utf8", Position(file, data[: error.start].count(b"\n") + 1))]


def _problems(
    row: dict[str, str], columns: list[str], file: str, line: int, spaces: Collection[str]
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    position = Position(file, line)
    if not (row["street"] or "").strip():
        found.append(diagnostic("strasse-ohne-namen", position))
    for column in columns:
        space = (row[column] or "").strip()
        if space and space not in spaces:
            near = close_to(space, spaces)
            better = f"gemeint ist vielleicht „{near}“" if near else "die Gebiete stehen in resources/spaces/"
            found.append(
                diagnostic("unbekannter-verweis", position, value=space, what="kein Gebiet", better=better)
            )
    for column in ("from", "to"):
        number = (row.get(column) or "").strip()
        if number and not HOUSE.match(number):
            found.append(diagnostic("keine-hausnummer", position, value=number))
    if (row.get("parity") or "all").strip() not in ("odd", "even", "all"):
        found.append(
            diagnostic("falscher-wert", position, value=row["parity"], better="möglich sind: odd, even, all")
        )
    return found


def _range(row: dict[str, str], column: str) -> StreetRange:
    def text(name: str) -> str:
        return (row.get(name) or "").strip()

    point = None
    try:
        point = Point(float(text("longitude")), float(text("latitude")))
    except ValueError:
        point = None
    return StreetRange(
        text("street"),
        text(column),
        text("from"),
        text("to"),
        text("parity") or "all",
        text("postcode"),
        point,
    )
