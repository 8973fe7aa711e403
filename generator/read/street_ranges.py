"""A street register (CSV) in, ranges of house numbers with their space out.

Columns: `street`, `space`, and as far as known `from`, `to`, `parity` (odd, even, all), `postcode`, `longitude`, `latitude`;
every further column that is named like a geography holds the space of that geography. A row with a bad point stays,
without its point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.scalars import Point, parse_point
from generator.model.site import StreetRange, house
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
        position = Position(file, line)
        problems = _problems(row, columns, position, spaces)
        point, wrong = _point(row, position)
        found += [*problems, *wrong]
        if not problems:
            rows += [(line, column, _range(row, column, point)) for column in columns if _cell(row, column)]
    found += _contradictions(rows, file)
    return tuple(item for *_, item in rows), found


def _problems(
    row: Cells, columns: list[str], position: Position, spaces: Collection[str]
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    if not _cell(row, "street"):
        found.append(diagnostic("strasse-ohne-namen", position))
    for column in columns:
        space = _cell(row, column)
        if space and space not in spaces:
            found.append(_unknown_space(space, position, spaces))
    found += _wrong_numbers(_cell(row, "from"), _cell(row, "to"), position)
    if (_cell(row, "parity") or "all") not in ("odd", "even", "all"):
        better = "möglich sind: odd, even, all"
        found.append(diagnostic("falscher-wert", position, value=row["parity"], better=better))
    return found


def _unknown_space(space: str, position: Position, spaces: Collection[str]) -> Diagnostic:
    near = close_to(space, spaces)
    better = f"gemeint ist vielleicht „{near}“" if near else "die Gebiete stehen in resources/spaces/"
    what = "kein Gebiet"
    return diagnostic("unbekannter-verweis", position, value=space, what=what, first=what, better=better)


def _wrong_numbers(first: str, last: str, position: Position) -> list[Diagnostic]:
    """Report ends of a range that are no house numbers, or that stand the wrong way round."""
    found = [
        diagnostic("keine-hausnummer", position, value=end) for end in (first, last) if end and not house(end)
    ]
    low, high = house(first), house(last)
    if low and high and low > high:
        found.append(diagnostic("hausnummern-verkehrt", position, first=first, last=last))
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


class _Span(NamedTuple):
    """From which house to which a row puts a side of a street into a space."""

    first: int
    last: int
    line: int
    space: str


def _contradictions(rows: list[tuple[int, str, StreetRange]], file: str) -> list[Diagnostic]:
    """Say where two rows of a geography put the same houses into different spaces; the page then asks."""
    groups: dict[tuple[str, str, str, str], list[_Span]] = defaultdict(list)
    for line, column, item in rows:
        sides = ("odd", "even") if item.parity == "all" else (item.parity,)
        for side in sides:
            groups[item.street, item.postcode, column, side].append(_span(item, line))
    told: dict[tuple[int, int], Diagnostic] = {}
    for (street, *_), spans in groups.items():
        for span, other in _overlapping(spans):
            lines = (min(other.line, span.line), max(other.line, span.line))
            if lines not in told:
                whole = span[:2] == other[:2] == _WHOLE
                code = "strasse-ohne-nummern" if whole else "hausnummern-doppelt"
                both = f"{other.space}, {span.space}"
                position = Position(file, lines[1])
                told[lines] = diagnostic(code, position, street=street, line=lines[0], spaces=both)
    return list(told.values())


def _span(item: StreetRange, line: int) -> _Span:
    low, high = house(item.first), house(item.last)
    return _Span(low.key if low else _WHOLE[0], high.key if high else _WHOLE[1], line, item.space)


def _overlapping(spans: list[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Yield each span that begins within one of another space, with that one; of several the one that reaches furthest."""
    # By space the span that reaches furthest of those that begin earlier: any of them may lie around shorter ones.
    reaching: dict[str, _Span] = {}
    for span in sorted(spans):
        others = [one for one in reaching.values() if one.space != span.space and one.last >= span.first]
        if others:
            yield span, max(others, key=lambda one: (one.last, one))
        if span.space not in reaching or span.last >= reaching[span.space].last:
            reaching[span.space] = span
