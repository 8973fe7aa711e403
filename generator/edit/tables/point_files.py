"""Read a GeoJSON file of points as a table: properties, longitude and latitude.

A property called `Länge` or `Breite` gives way to the point, because what is drawn is meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from shapely.geometry import MultiPoint, Point

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.model.names_and_ids import character_name, unfit
from generator.read.boundaries import FeatureMaker, into_degrees, read_collection, shape_of
from generator.read.workbooks import SheetCell, number_text, plain_text

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
        texts = _texts(feature)
        found += _unfit(texts, position)
        texts |= {LONGITUDE: "", LATITUDE: ""}
        if feature.get("geometry") is not None:
            label = _label(texts, number)
            place, problems = _point(feature["geometry"], position, maker, label)
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


def _texts(feature: dict[str, Any]) -> dict[str, str]:
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


def _point(
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
            yield name, "; ".join(_written(item) for item in value if not isinstance(item, dict | list))
        elif not isinstance(value, dict):
            yield name, _written(value)


def _written(value: object) -> str:
    """Write a value as a cell's text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, float):
        return number_text(value)
    return plain_text(str(value))
