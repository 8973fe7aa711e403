"""Write the downloads of figures, at addresses that stay."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from msgspec import Struct

from generator.export import EXPORTS, Export
from generator.export.catalogue import Form, catalogue
from generator.export.figure_columns import (
    FRACTIONS,
    SIGNS,
    Dataset,
    Value,
    all_datasets,
    all_packages,
    datapackage,
    note_of,
    state_of,
    together,
)
from generator.export.offer_files import collection, feature, has_apart, no_formula, own_part
from generator.export.source import ExportSource, json_file
from generator.model.cells import shown


def plain_csv(data: Dataset) -> bytes:
    """Return UTF-8 CSV with commas, decimal points, English names (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(no_formula(column.name) for column in data.columns)
    for row in data.rows:
        writer.writerow([_plain(value) for value in row])
    return stream.getvalue().encode()


def excel_csv(data: Dataset) -> bytes:
    """Return CSV for German Excel: semicolons, decimal commas, byte-order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(no_formula(column.label) for column in data.columns)
    for row in data.rows:
        writer.writerow([_german(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return no_formula(value)
    return "" if value is None else str(value)


def _german(value: Value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return _plain(value)


def as_json(data: Dataset) -> bytes:
    """Return description, signs, columns and rows as JSON objects."""
    content = {
        "id": data.id,
        "about": dict(data.about),
        "signs": {str(sign): words for sign, words in SIGNS.items()},
        "columns": [
            {"name": column.name, "title": column.label, "type": column.type, "description": column.holds}
            for column in data.columns
        ],
        "rows": [_json_row(data, row) for row in data.rows],
    }
    return json_file(content, indent=1)


def _json_row(data: Dataset, row: Sequence[Value]) -> dict[str, Any]:
    """Return a row by column; signs stand in `sign`, their value is empty."""
    found: dict[str, Any] = {}
    for column, value in zip(data.columns, row, strict=True):
        signed = column.name in FRACTIONS and isinstance(value, str)
        found[column.name] = None if signed else json_number(value)
    return found


def json_number(value: Value) -> Any:
    """Return a figure for JSON, integers without decimals."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value.as_tuple().exponent == 0 else float(value)


def latest_geojson(source: ExportSource, key: str, data: Dataset) -> bytes:
    """Return areas' latest figures as features (RFC 7946).

    An outline of OpenStreetMap stays out, having another licence; the area stays in.
    """
    series, indicator = source.facts.series[key], source.site.indicators[key]
    features = []
    for space in series.spaces:
        cell, shape = series.cell(space, series.latest), source.site.shapes.get(space)
        if cell is None or (shape is None and space not in source.site.osm_shapes):
            continue
        record, figure = source.site.spaces[space], shown(cell, indicator.decimals)
        properties = {
            "name": source.text(record, "name"),
            "code": record.code,
            "level": record.level,
            "period": cell.period,
            "value": json_number(figure.value),
            "low": json_number(figure.low),
            "high": json_number(figure.high),
            "sign": str(cell.status),
            "meaning": SIGNS.get(cell.status, ""),
            "forecast": cell.forecast,
            "qualifier": cell.qualifier,
            "illustrative": cell.illustrative,
            "note": note_of(indicator, cell),
        }
        features.append(feature(space, shape, properties))
    state = state_of(indicator, series)
    return collection(
        features,
        about=dict(data.about),
        signs={str(sign): words for sign, words in SIGNS.items()},
        state=state.isoformat() if state else None,
    )


class FigureFile(Struct, frozen=True):
    """A kind of download."""

    ending: str  # of its name
    holds: str  # what it is for, in German
    form: str  # its format as readers know it
    type: str  # the same in the EU's list of file types
    media: str


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: tuple[FigureFile, ...] = (
    FigureFile(
        ".xlsx", "Für Tabellenprogramme, mit Erläuterung auf einem zweiten Blatt", "XLSX", "XLSX", SPREADSHEET
    ),
    FigureFile("-excel.csv", "Für Excel: Semikolon und Dezimalkomma", "CSV", "CSV", "text/csv"),
    FigureFile(".csv", "Für Programme: Komma und Dezimalpunkt", "CSV", "CSV", "text/csv"),
    FigureFile(".json", "Für Programme, mit Beschreibung", "JSON", "JSON", "application/json"),
    FigureFile(".geojson", "Gebiete mit den neuesten Werten", "GeoJSON", "GEOJSON", "application/geo+json"),
)
PACKAGE = "datapackage.json"
WHOLE = "kennzahlen"
"""How the files of all figures together are called."""
_DIRECTORY_TYPES = {"CSV": ("CSV", "text/csv"), "GeoJSON": ("GEOJSON", "application/geo+json")}


def path_of(key: str, ending: str) -> str:
    """Return the path of an indicator's file."""
    return f"daten/{key}/{ending}" if ending == PACKAGE else f"daten/{key}/{key}{ending}"


class Downloads:
    """A site's figure files, datasets made once."""

    def __init__(self, source: ExportSource) -> None:
        self.source = source
        self.keys = tuple(key for key in source.site.indicators if key in source.facts.series)

    @cached_property
    def datasets(self) -> dict[str, Dataset]:
        """The datasets by indicator."""
        return {data.id: data for data in all_datasets(self.source)}

    @cached_property
    def whole(self) -> Dataset:
        """All figures as one dataset."""
        return together(self.source)

    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield the path of every file and what writes it."""
        for key in self.keys:
            for kind in KINDS:
                yield path_of(key, kind.ending), partial(self._write, key, kind.ending)
            yield path_of(key, PACKAGE), partial(self._write, key, PACKAGE)
        if self.keys:
            for ending in (".xlsx", "-excel.csv", ".csv", ".json"):
                yield f"daten/{WHOLE}{ending}", partial(self._write_whole, ending)
            yield (
                f"daten/{PACKAGE}",
                lambda: all_packages(self.whole, self.datasets.values(), "{id}/{id}.csv"),
            )
        yield "daten/katalog.ttl", self._catalogue

    def _write(self, key: str, ending: str) -> bytes:
        data = self.datasets[key]
        if ending == PACKAGE:
            return datapackage(data, f"{key}.csv")
        if ending == ".geojson":
            return latest_geojson(own_part(self.source), key, data)
        return _WRITERS[ending](data)

    def _write_whole(self, ending: str) -> bytes:
        return _WRITERS[ending](self.whole)

    def _catalogue(self) -> bytes:
        forms: dict[str, list[Form]] = {}
        for key in self.keys:
            forms[key] = [(path_of(key, kind.ending), kind.holds, kind.type, kind.media) for kind in KINDS]
        directory: list[Form] = [_form(item) for item in EXPORTS if not item.licence]
        apart = [
            (_form(item), item.licence, item.credit)
            for item in EXPORTS
            if item.licence and has_apart(self.source)
        ]
        return catalogue(self.source, forms, directory, apart)


def _form(item: Export) -> Form:
    return item.path, item.holds, *_DIRECTORY_TYPES.get(item.form, ("JSON", "application/json"))


def _workbook(data: Dataset) -> bytes:
    # Imported only here: openpyxl takes a tenth of a second, and many towns publish no figures.
    from generator.export.workbook import workbook

    return workbook(data)


_WRITERS: dict[str, Callable[[Dataset], bytes]] = {
    ".xlsx": _workbook,
    "-excel.csv": excel_csv,
    ".csv": plain_csv,
    ".json": as_json,
}
