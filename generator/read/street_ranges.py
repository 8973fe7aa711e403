"""A street register (CSV) in, ranges of house numbers with their space out.

Columns: `street`, `space`, and as far as known `from`, `to`, `parity` (odd, even, all), `postcode`, `longitude`, `latitude`;
every further column that is named like a geography holds the space of that geography. A row with a bad point stays,
without its point.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.house_numbers import house
from generator.model.scalars import Point, parse_point
from generator.model.site import StreetRange
from generator.read.rows import Cells, read_rows

NEEDED = ("street", "space")


def read_streets(
    door: Door, path: Path, spaces: Collection[str], geographies: Collection[str] = ()
) -> tuple[tuple[StreetRange, ...], list[Diagnostic]]:
    """Read the register; rows with a problem are reported and left out, the others stay."""
    file = door.name(path)
    header, cells, found = read_rows(door, path, NEEDED)
    columns = [name for name in header if name == "space" or name in geographies]
    rows: list[tuple[int, str, StreetRange]] = []
    # Taken away as it is read: a register of addresses has hundreds of thousands of rows.
    cells.reverse()
    while cells:
        line, row = cells.pop()
        problems = _problems(row, columns, file, line, spaces)
        point, wrong = _point(row, Position(file, line))
        found += [*problems, *wrong]
        if not problems:
            rows += [(line, column, _range(row, column, point)) for column in columns if _cell(row, column)]
    found += _contradictions(rows, file)
    return tuple(item for *_, item in rows), found


def _problems(
    row: Cells, columns: list[str], file: str, line: int, spaces: Collection[str]
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    position = Position(file, line)
    if not _cell(row, "street"):
        found.append(diagnostic("strasse-ohne-namen", position))
    for column in columns:
        space = _cell(row, column)
        if space and space not in spaces:
            near = close_to(space, spaces)
            better = f"gemeint ist vielleicht „{near}“" if near else "die Gebiete stehen in resources/spaces/"
            found.append(
                diagnostic(
                    "unbekannter-verweis",
                    position,
                    value=space,
                    what="kein Gebiet",
                    first="kein Gebiet",
                    better=better,
                )
            )
    ends = [_cell(row, column) for column in ("from", "to")]
    found += [diagnostic("keine-hausnummer", position, value=end) for end in ends if end and not house(end)]
    first, last = (house(end) for end in ends)
    if first and last and first > last:
        found.append(diagnostic("hausnummern-verkehrt", position, first=ends[0], last=ends[1]))
    if (_cell(row, "parity") or "all") not in ("odd", "even", "all"):
        found.append(
            diagnostic("falscher-wert", position, value=row["parity"], better="möglich sind: odd, even, all")
        )
    return found


def _cell(row: Cells, column: str) -> str:
    return row.get(column, "")


def _point(row: Cells, position: Position) -> tuple[Point | None, list[Diagnostic]]:
    longitude, latitude = _cell(row, "longitude"), _cell(row, "latitude")
    if not longitude and not latitude:
        return None, []
    try:
        return parse_point(f"{longitude} {latitude}"), []
    except PydanticCustomError as error:
        return None, [diagnostic(error.type, position, **(error.context or {}))]


def _range(row: Cells, column: str, point: Point | None) -> StreetRange:
    return StreetRange(
        street=_cell(row, "street"),
        space=_cell(row, column),
        first=_cell(row, "from"),
        last=_cell(row, "to"),
        parity=_cell(row, "parity") or "all",
        postcode=_cell(row, "postcode"),
        point=point,
    )


_WHOLE = (0, 10**9)


def _contradictions(rows: list[tuple[int, str, StreetRange]], file: str) -> list[Diagnostic]:
    """Say where two rows of a geography put the same houses into different spaces; the page then asks."""
    found: list[Diagnostic] = []
    groups: dict[tuple[str, str, str, str], list[tuple[int, int, int, str]]] = {}
    for line, column, item in rows:
        low, high = house(item.first), house(item.last)
        span = (low.key if low else _WHOLE[0], high.key if high else _WHOLE[1], line, item.space)
        for side in ("odd", "even") if item.parity == "all" else (item.parity,):
            groups.setdefault((item.street, item.postcode, column, side), []).append(span)
    told: set[tuple[int, int]] = set()
    for (street, *_), spans in groups.items():
        # By space the span that reaches furthest of those that begin earlier: any of them may lie around shorter ones.
        reaching: dict[str, tuple[int, int, int, str]] = {}
        for span in sorted(spans):
            first, last, line, space = span
            others = [one for one in reaching.values() if one[3] != space and one[1] >= first]
            if others:
                other = max(others, key=lambda one: (one[1], one))
                lines = (min(other[2], line), max(other[2], line))
                if lines not in told:
                    told.add(lines)
                    whole = span[:2] == other[:2] == _WHOLE
                    found.append(
                        diagnostic(
                            "strasse-ohne-nummern" if whole else "hausnummern-doppelt",
                            Position(file, lines[1]),
                            street=street,
                            line=lines[0],
                            spaces=f"{other[3]}, {space}",
                        )
                    )
            if space not in reaching or last >= reaching[space][1]:
                reaching[space] = span
    return found
