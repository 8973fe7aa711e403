"""A dataset in, files for spreadsheets and programs out: CSV for Excel and plain CSV, JSON, GeoJSON of the latest values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from generator.export.csv_text import no_formula
from generator.export.datasets import FRACTIONS, SIGNS, Dataset, Value, note_of, state_of
from generator.export.geojson import outline
from generator.export.source import ExportSource
from generator.model.cells import shown


def plain_csv(data: Dataset) -> bytes:
    """Return UTF-8 with commas and decimal points, lines ended as RFC 4180 asks, English column names."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(no_formula(column.name) for column in data.columns)
    for row in data.rows:
        writer.writerow([_plain(value) for value in row])
    return stream.getvalue().encode()


def excel_csv(data: Dataset) -> bytes:
    """Return semicolons, decimal commas, German headings and a byte order mark: what a German Excel opens by a double click."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(no_formula(column.label) for column in data.columns)
    for row in data.rows:
        writer.writerow([_german(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        if value:
            return "true"
        return "false"
    if isinstance(value, str):
        return no_formula(value)
    return str(value)


def _german(value: Value) -> str:
    if isinstance(value, bool):
        if value:
            return "ja"
        return "nein"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return _plain(value)


def as_json(data: Dataset) -> bytes:
    """Return the description, the signs, the columns and the rows, each row as an object; numbers are numbers."""
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
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _json_row(data: Dataset, row: Sequence[Value]) -> dict[str, Any]:
    """Return a row by the names of its columns. A sign is no number: the column `sign` says it, and the value is empty."""
    found: dict[str, Any] = {}
    for column, value in zip(data.columns, row, strict=True):
        signed = column.name in FRACTIONS and isinstance(value, str)
        found[column.name] = None if signed else _number(value)
    return found


def _number(value: Value) -> Any:
    if isinstance(value, Decimal):
        if value == value.to_integral_value() and value.as_tuple().exponent == 0:
            return int(value)
        return float(value)
    return value


def latest_geojson(source: ExportSource, key: str, data: Dataset) -> bytes:
    """Return every area that has an outline and a cell of the latest period as a feature (RFC 7946)."""
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
            "value": _number(figure.value),
            "low": _number(figure.low),
            "high": _number(figure.high),
            "sign": str(cell.status),
            "meaning": SIGNS.get(cell.status, ""),
            "forecast": cell.forecast,
            "qualifier": cell.qualifier,
            "illustrative": cell.illustrative,
            "note": note_of(indicator, cell),
        }
        features.append(
            {
                "type": "Feature",
                "id": space,
                "properties": properties,
                "geometry": outline(shape),
            }
        )
    state = state_of(indicator, series)
    content = {
        "type": "FeatureCollection",
        "about": dict(data.about),
        "signs": {str(sign): words for sign, words in SIGNS.items()},
        "state": state.isoformat() if state else None,
        "features": features,
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
