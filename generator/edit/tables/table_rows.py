"""Read a table, a workbook's sheet or points as rows of cells with positions."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, overload

from msgspec import Struct
from msgspec.structs import replace
from shapely.geometry import MultiPoint, Point

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.disk import TABLE, Disk, decoded
from generator.model.names_and_ids import character_name, unfit
from generator.read.boundaries import FeatureMaker, into_degrees, read_collection, shape_of
from generator.read.workbooks import BY_OPTION, SUFFIXES, Grid, SheetCell, number_text, plain_text, read_grid

GEOJSON = (".geojson", ".json")
LONGITUDE, LATITUDE = "Länge", "Breite"
_WHERE = "die Punkte in Grad (EPSG:4326) ausgeben"  # what helps where no system is named
_KINDS = {"Polygon": "eine Fläche", "MultiPolygon": "eine Fläche", "MultiPoint": "eine Gruppe von Punkten"}


class PointTable(Struct, frozen=True):
    """Points as rows: headings (`head`), and each feature's cells below them."""

    file: str
    head: list[SheetCell]
    rows: list[list[SheetCell]]


def read_points(disk: Disk, path: Path) -> tuple[PointTable | None, list[Diagnostic]]:
    """Read a file of points; None with every problem. Features without geometry have empty coordinates."""
    content, found = read_collection(disk, path)
    if content is None:
        return None, found
    file = content.file
    project, found = into_degrees(content.crs, file)
    if project is None:
        return None, found
    if not content.raw:
        better = "die Ebene mit den Punkten noch einmal ausgeben"
        return None, [diagnostic("tabelle-unlesbar", Position(file), reason="sie ist leer", better=better)]
    places = content.places()
    rows: list[dict[str, str]] = []
    maker = FeatureMaker(project, _WHERE)
    for number, (raw, position) in enumerate(zip(content.raw, places, strict=True), 1):
        feature = raw if isinstance(raw, dict) else {}
        texts = _texts_of_feature(feature)
        found += _unfit(texts, position)
        texts |= {LONGITUDE: "", LATITUDE: ""}
        if feature.get("geometry") is not None:
            label = _label(texts, number)
            place, problems = _read_point_columns(feature["geometry"], position, maker, label)
            found += problems
            texts |= place
        rows.append(texts)
    if found:
        return None, found
    return _table_of(file, rows, places), []


def _table_of(file: str, rows: Sequence[Mapping[str, str]], places: Sequence[Position]) -> PointTable:
    """Lay out rows with a column for each name."""
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row)
    head = [SheetCell(name, Position(file)) for name in names]
    lines = []
    for row, position in zip(rows, places, strict=True):
        lines.append([SheetCell(row.get(name, ""), position) for name in names])
    return PointTable(file, head, lines)


# A property called `Länge` or `Breite` gives way to the point, because what is drawn is meant.
def _texts_of_feature(feature: dict[str, Any]) -> dict[str, str]:
    """Return a feature's texts by column, with its id."""
    properties = feature.get("properties")
    columns = {"id": feature["id"]} if isinstance(feature.get("id"), str | int | float) else {}
    if isinstance(properties, dict):
        columns |= properties
    return {" ".join(name.split()): text for name, text in _columns(columns)}


def _label(texts: Mapping[str, str], number: int) -> str:
    """Name a feature for messages: name and number."""
    for name, text in texts.items():
        if text and "name" in name.lower():
            return f"{text[:60]} (Nr. {number})"
    return f"Nr. {number}"


def _unfit(texts: Mapping[str, str], position: Position) -> Iterator[Diagnostic]:
    """Report forbidden letters in columns and names."""
    for text in (*texts, *texts.values()):
        if wrong := unfit(text):
            yield diagnostic("steuerzeichen", position, character=character_name(wrong[0]))


def _read_point_columns(
    geometry: Any, position: Position, maker: FeatureMaker, label: str
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return a point's longitude and latitude by column, or the problem."""
    shape, found = shape_of(geometry, position, label)
    if shape is None:
        return {}, found
    point = shape.geoms[0] if isinstance(shape, MultiPoint) and len(shape.geoms) == 1 else shape
    if not isinstance(point, Point):
        what = _KINDS.get(shape.geom_type, "eine Linie")
        return {}, [*found, diagnostic("geometrie-kein-punkt", position, name=label, what=what)]
    feature, problems = maker.make("", point, {}, position, label)
    found += problems
    if feature is None:
        return {}, found
    x, y = feature.shape.coords[0]
    return {LONGITUDE: f"{x:.6f}", LATITUDE: f"{y:.6f}"}, found


def _columns(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a feature's columns: lists in one cell, no groups."""
    for name, value in values.items():
        if isinstance(value, list):
            yield (
                name,
                "; ".join(_write_cell_text(item) for item in value if not isinstance(item, dict | list)),
            )
        elif not isinstance(value, dict):
            yield name, _write_cell_text(value)


def _write_cell_text(value: object) -> str:
    """Write a value as a cell's text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, float):
        return number_text(value)
    return plain_text(str(value))


# What helps, as messages say it.
_LETTERS = "die Tabelle mit richtigen Umlauten neu ausgeben, am besten als CSV in UTF-8"
_ENCODING = "die Tabelle als „CSV UTF-8“ speichern"
_AGAIN = "die Tabelle als CSV in UTF-8 neu ausgeben"
_POINTS = "die Punkte im Geoinformationssystem als GeoJSON ausgeben"
_AS_XLSX = "sie in Excel oder LibreOffice öffnen und als .xlsx oder als CSV in UTF-8 speichern"
_OTHERS = {
    **dict.fromkeys((".gpkg", ".kml", ".kmz", ".shp", ".gml"), _POINTS),
    **dict.fromkeys((".xls", ".ods", ".docx", ".pdf"), _AS_XLSX),
}
Separator = Literal[";", ",", "tab"]
Encoding = Literal["utf-8", "windows-1252"]
# How a separator is written in a file, and called in messages.
SIGNS: Mapping[Separator, str] = {";": ";", ",": ",", "tab": "\t"}


class TableForm(Struct, frozen=True):
    """How a table is written; `header` is the line of headings, None for the first that holds anything."""

    separator: Separator = ","
    encoding: Encoding = "utf-8"
    sheet: str = ""
    header: int | None = None


class SheetRow(Struct, frozen=True):
    """A line: headings ("" for none) and cells as read."""

    names: tuple[str, ...]
    read: Sequence[SheetCell]

    @property
    def start(self) -> Position:
        """Return its beginning; lines count from 1, headings included."""
        return self.read[0].position

    @property
    def cells(self) -> dict[str, SheetCell]:
        """Return cells by heading, lazily: registers have hundreds of thousands of rows."""
        return {name: cell for name, cell in zip(self.names, self.read, strict=False) if name}


class Sheet(Struct, frozen=True):
    """A whole table; all rows have all headings."""

    file: str
    header: tuple[str, ...]
    rows: Sequence[SheetRow]

    def values(self, column: str) -> list[str]:
        """Return a column's different texts in order."""
        texts = (row.cells[column].text for row in self.rows)
        return list(dict.fromkeys(filter(None, texts)))


def read_table(
    disk: Disk, path: Path, form: TableForm, *, filled: bool = False
) -> tuple[Sheet | None, list[Diagnostic]]:
    """Read a table; None with every problem of headings or rows. `filled`: one without rows is refused, as if all had gone."""
    table, found = _read_table_file(disk, path, form)
    if filled and table is not None and not table.rows:
        reason, better = "unter den Überschriften steht nichts", "die Tabelle mit ihren Zeilen ausgeben"
        return None, [*found, _report_unreadable_table(Position(table.file), reason, better)]
    return table, found


def _read_table_file(disk: Disk, path: Path, form: TableForm) -> tuple[Sheet | None, list[Diagnostic]]:
    """Read a table by its file's ending: points, a workbook, else text."""
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        points, found = read_points(disk, path)
        return (None, found) if points is None else _make_sheet(points.file, points.head, points.rows)
    if suffix in _OTHERS:
        reason = f"Dateien, die auf {suffix} enden, sind keine Tabelle"
        return None, [_report_unreadable_table(Position(disk.name(path)), reason, _OTHERS[suffix])]
    if suffix in SUFFIXES:
        grid, found = read_grid(disk, path, form.sheet)
        return (None, found) if grid is None else table_of_grid(grid, form)
    return _of_text(disk, path, form)


def _report_unreadable_table(place: Position, reason: str, better: str) -> Diagnostic:
    return diagnostic("tabelle-unlesbar", place, reason=reason, better=better)


def text_of_table(disk: Disk, path: Path, encoding: Encoding) -> tuple[str | None, list[Diagnostic]]:
    """Return a text table's text; None with what it is instead."""
    file = disk.name(path)
    data, found = disk.read(path, TABLE)
    if data is None:
        return None, found
    if wrong := _no_text(data):
        return None, [_report_unreadable_table(Position(file), *wrong)]
    if encoding == "windows-1252":
        if is_utf8(data):
            reason = "sie ist in UTF-8 geschrieben, nicht in windows-1252"
            better = "die Angabe der Kodierung (encoding) weglassen"
            return None, [_report_unreadable_table(Position(file), reason, better)]
        try:
            data = data.decode("cp1252").encode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            reason = "sie ist nicht in windows-1252 geschrieben"
            return None, [_report_unreadable_table(Position(file, line), reason, _AGAIN)]
    text, found = decoded(data, file)
    if text is None:
        return None, [replace(item, help=_ENCODING) for item in found]
    return text, []


def _of_text(disk: Disk, path: Path, form: TableForm) -> tuple[Sheet | None, list[Diagnostic]]:
    file = disk.name(path)
    text, found = text_of_table(disk, path, form.encoding)
    if text is None:
        return None, found
    lines, broken = split_lines(text, file, SIGNS[form.separator])
    if broken is not None:
        return None, [broken]
    head, body, found = _parted(lines, Position(file), form)
    if head is not None:
        found = [*_headings(head, body), *_lengths(head, body)]
    if head is None or found:
        return (None, found)
    return _make_sheet(file, head, body)


def even(rows: Sequence[list[SheetCell]]) -> None:
    """Pad rows with empty cells to equal length."""
    width = max(map(len, rows))
    for row in rows:
        while len(row) < width:
            place = row[-1].position
            row.append(SheetCell("", place._replace(column=place.column + 1)))


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Write a table as CSV, with records' line ends."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=separator, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return out.getvalue()


def missing_column(name: str, headings: Iterable[str], position: Position) -> Diagnostic:
    """Report a missing column, with those there and the likely one."""
    present = list(dict.fromkeys(filter(None, headings)))
    written = {key.casefold(): key for key in present}
    same = written.get(name.casefold(), name)
    meant = meant_or(same, present, "keine heißt so ähnlich")
    known = f"{', '.join(present[:20])}; {meant}"
    return diagnostic("spalte-fehlt", position, name=name, known=known)


def says_anything(row: Iterable[SheetCell]) -> bool:
    """Tell whether a row holds a text or a problem."""
    return any(cell.text or cell.problem for cell in row)


def table_of_grid(
    grid: Grid, form: TableForm, *, apart: bool = False
) -> tuple[Sheet | None, list[Diagnostic]]:
    """Return a workbook sheet's table; None with every problem.

    With `apart`, cells merged below the headings are told and don't prevent reading.
    """
    place = Position(grid.file, sheet=grid.sheet)
    lines = [list(row) for row in grid.rows if says_anything(row)]
    head, body, found = _parted(lines, place, form)
    if head is None:
        return None, found
    merged = _tell_merged(grid, head)
    line = head[0].position.line
    found = [item for item in merged if not apart or item.position.line <= line]
    even([head, *body])
    found += [cell.problem for cell in head if cell.problem is not None]
    found = found or _headings(head, body)
    if found:
        return None, found
    table, found = _make_sheet(grid.file, head, body)
    return table, [*grid.unseen, *(merged if apart else ()), *found]


Line = TypeVar("Line", bound=Sequence[SheetCell])


def _parted(
    lines: list[Line], place: Position, form: TableForm
) -> tuple[Line | None, list[Line], list[Diagnostic]]:
    """Return (headings, rows), or why there are none."""
    if not lines:
        return None, [], [_report_unreadable_table(place, "sie ist leer", _AGAIN)]
    at = next((number for number, row in enumerate(lines) if row[0].position.line == form.header), 0)
    return lines[at], lines[at + 1 :], []


def heading_below(lines: Sequence[Sequence[SheetCell]]) -> int | None:
    """Return the line of headings below titles, if any."""
    # A title fills one cell; headings fill more than half as many as the fullest line.
    counts = [sum(bool(cell.text) for cell in row) for row in lines[:20]]
    most = max(counts, default=0)
    if not counts or counts[0] != 1 or most < 3:
        return None
    return next(row[0].position.line for row, count in zip(lines, counts, strict=False) if 2 * count > most)


def _list_cell_texts(cells: Sequence[SheetCell]) -> list[str]:
    """Return what stands in a row."""
    return list(cells.texts) if isinstance(cells, _ReadLine) else [cell.text for cell in cells]


def _make_sheet(
    file: str, head: Sequence[SheetCell], body: Iterable[Sequence[SheetCell]]
) -> tuple[Sheet | None, list[Diagnostic]]:
    names, headings = tuple(" ".join(cell.text.split()) for cell in head), [cell.text for cell in head]
    found = [_in_pieces(cell) for cell in head if broken_letters(cell.text)]
    rows: list[SheetRow] = []
    for cells in body:
        texts = _list_cell_texts(cells)
        if texts == headings:
            found.append(diagnostic("ueberschrift-wiederholt", cells[0].position))
            continue
        found += [_in_pieces(cells[number]) for number, text in enumerate(texts) if broken_letters(text)]
        rows.append(SheetRow(names, cells))
    if has_errors(found):
        return None, found
    return Sheet(file, tuple(filter(None, names)), rows), found


def _in_pieces(cell: SheetCell) -> Diagnostic:
    return diagnostic("umlaute-zerlegt", cell.position, value=cell.text[:60], better=_LETTERS)


def _tell_merged(grid: Grid, head: Sequence[SheetCell]) -> list[Diagnostic]:
    """Report merged cells within the table."""
    line = head[0].position.line
    found = []
    for cells in grid.merged:
        row = grid.rows[cells.top - 1] if cells.top <= len(grid.rows) else ()
        text = row[cells.left - 1].text if cells.left <= len(row) else ""
        if cells.bottom < line or cells.left > len(head) or not text:
            continue
        better = "die Verbindung aufheben und in jede Zelle schreiben, was für sie gilt"
        if cells.top <= line:
            better = "die Verbindung aufheben und jeder Spalte ihre eigene Überschrift geben"
        place = Position(grid.file, cells.top, cells.left, 1, grid.sheet)
        found.append(diagnostic("zellen-verbunden", place, cells=cells.words, better=better))
    return found


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are certainly UTF-8."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def broken_letters(text: str) -> bool:
    """Tell whether letters were garbled, UTF-8 read as another encoding: „SÃ¼d“, „S�d“.

    >>> broken_letters("SÃ¼d"), broken_letters("Süd")
    (True, False)
    """
    if text.isascii():
        return False
    try:
        return "\ufffd" in text or text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _no_text(data: bytes) -> tuple[str, ...]:
    """Say what a file is instead of a table; empty for text."""
    if not data.strip():
        return "sie ist leer", _AGAIN
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        better = "ihr die Endung .xlsx geben oder sie als CSV in UTF-8 speichern"
        return "sie ist eine Arbeitsmappe und heißt nur .csv", better
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        return "sie ist in UTF-16 geschrieben", "in Excel als „CSV UTF-8“ speichern"
    return ()


def cell_pattern(separator: str) -> re.Pattern[str]:
    """Return a pattern for a cell: its text if quoted (`"a; b";`), its text if bare (`a;`), and what ends it."""
    sign = re.escape(separator)
    return re.compile(
        rf'(?:"([^"]*+(?:""[^"]*+)*)"[ ]*|([^"{sign}\r\n][^{sign}\r\n]*|))({sign}|\r\n|\n|\r|\Z)'
    )


@dataclass(frozen=True, slots=True)
class _ReadLine(Sequence[SheetCell]):
    """A line's texts and `places` (line, column, length of each, in a row); cells are made lazily."""

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


def split_lines(text: str, file: str, separator: str) -> tuple[list[Sequence[SheetCell]], Diagnostic | None]:
    """Cut a text into rows of cells, without empty ones."""
    token = cell_pattern(separator)
    rows: list[Sequence[SheetCell]] = []
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
        length = 1
        if "\n" not in value:
            length = max(1, match.end(2 if quoted is None else 1) - place)
        value = plain_text(value)
        if wrong := unfit(value):
            where = Position(file, line, column, length)
            return [], diagnostic("steuerzeichen", where, character=character_name(wrong[0]))
        # Areas, postcodes and streets come again and again: each is kept once.
        texts.append(same.setdefault(value, value))
        places += (line, column, length)
        if quoted and (breaks := quoted.count("\n")):
            line += breaks
            line_start = place + 1 + quoted.rindex("\n") + 1
        place = match.end()
        if end != separator:
            if any(texts):
                rows.append(_ReadLine(file, tuple(texts), tuple(places)))
            texts, places, line, line_start = [], [], line + 1, place
            if end == "":
                break
    return rows, None


def fitting_separators(text: str, file: str) -> list[Separator]:
    """Return separators that give most lines an equal number of cells."""
    fits: dict[Separator, int] = {}
    for name, sign in SIGNS.items():
        lines, _ = split_lines(text, file, sign)
        fits[name] = usual_width(lines)[1]
    best = max(fits.values())
    if best == 0:
        return []
    return [name for name, fit in fits.items() if fit == best]


def usual_width(rows: Sequence[Sequence[SheetCell]]) -> tuple[int, int]:
    """Return (most common number of cells, lines with it), zeros for none."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return next(iter(counts.most_common(1)), (0, 0))


def _headings(head: Sequence[SheetCell], body: Sequence[Sequence[SheetCell]]) -> list[Diagnostic]:
    """Report headings that stand twice, or are empty above texts."""
    found: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for number, cell in enumerate(head, 1):
        if not cell.text:
            if any(len(row) >= number and row[number - 1].text for row in body):
                found.append(diagnostic("ueberschrift-leer", cell.position, number=number))
        elif cell.text in seen:
            more = {"name": cell.text, "first": seen[cell.text], "second": number}
            found.append(diagnostic("ueberschrift-doppelt", cell.position, **more))
        else:
            seen[cell.text] = number
    return found


def _lengths(head: Sequence[SheetCell], body: Sequence[Sequence[SheetCell]]) -> list[Diagnostic]:
    """Report rows that are longer or shorter than the headings."""
    found: list[Diagnostic] = []
    width = len(head)
    for row in body:
        if len(row) != width:
            code = "zeile-zu-lang" if len(row) > width else "zeile-zu-kurz"
            found.append(diagnostic(code, row[: width + 1][-1].position, count=len(row), expected=width))
    return found


_BEGINNING = 500_000
"""Letters of a table that are looked at to find its separator."""


def form_of(disk: Disk, path: Path, sheet: str = "") -> tuple[TableForm | None, list[Diagnostic]]:
    """Detect a table's form; None if unreadable. `sheet` names a workbook's sheet, and must where several hold something."""
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        return TableForm(), []
    if suffix in SUFFIXES:
        grid, found = read_grid(disk, path, sheet, better=BY_OPTION)
        if grid is None:
            return None, found
        lines = [row for row in grid.rows if says_anything(row)]
        return TableForm(sheet=sheet, header=heading_below(lines)), []
    data, found = disk.read(path, TABLE)
    if data is None:
        return None, found
    return _form_of_text(data, disk.name(path)), []


def _form_of_text(data: bytes, file: str) -> TableForm:
    encoding: Encoding = "utf-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "windows-1252"
        text = data.decode("cp1252", "replace")
    fitting = fitting_separators(text[:_BEGINNING], file)
    if not fitting:
        return TableForm(encoding=encoding)
    separator = fitting[0]
    lines, _ = split_lines(text, file, SIGNS[separator])
    return TableForm(separator=separator, encoding=encoding, header=heading_below(lines))
