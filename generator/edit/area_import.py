"""A GeoJSON file of areas in, a record of each and one file with their geometries in a project out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping as as_geojson
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position, close_to, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.edit.cell_text import SHAPINGS
from generator.edit.filling import Hole, holes
from generator.edit.incoming import ImportOutcome, Incoming, bring_in, open_project, shortened
from generator.model.slugs import is_slug
from generator.model.space import Space
from generator.read.boundaries import Feature, FeatureFile, area_of, read_features
from generator.read.nodes import MapNode, Scalar
from generator.read.records import validate

# Seven decimals of a degree are about a centimetre.
DECIMALS = 7


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """Which property is what: a name (`PLR_ID`) or a text with properties in it (`lor-<PLR_ID[:6]>`)."""

    id: str
    name: str
    code: str | None = None
    parent: str | None = None
    parent_prefix: int | None = None
    parent_id: str | None = None


def import_areas(
    path: Path,
    level: str,
    columns: AreaColumns,
    root: Path,
    *,
    update: bool = False,
    progress: Progress = silent,
) -> ImportOutcome:
    """Write the areas of a file as records of one level, with their boundaries as they are in the file (WGS 84).

    Nothing is written when an id, a name, a parent or a geometry is wrong.
    """
    project, found = open_project(root, path)
    if project is None:
        return ImportOutcome(found=ordered(found))
    if project.config.level_of(level) is None:
        levels = [item.id for geography in project.config.geographies for item in geography.levels]
        near = close_to(level, levels)
        better = f"gemeint ist vielleicht „{near}“" if near else "möglich sind: " + ", ".join(levels)
        return ImportOutcome(
            found=(
                diagnostic(
                    "unbekannte-ebene",
                    Position("site_config.yml"),
                    value=level,
                    better=better,
                ),
            )
        )
    first = next((part.column for part in _parts(columns.id) if isinstance(part, Hole)), None)
    features, found = read_features(project.door, path, first)
    if features is None or has_errors(found):
        return ImportOutcome(found=ordered(shortened(found)))
    found += _unknown_properties(features, columns)
    if found:
        return ImportOutcome(found=ordered(shortened(found)))
    records: dict[str, Incoming] = {}
    numbers: dict[str, int] = {}
    for number, feature in enumerate(features.features, 1):
        progress("zuordnen", number, len(features.features))
        record, problems = _record(feature, number, features.file, level, columns)
        found += problems
        if record is None:
            continue
        if record.id in records:
            found.append(
                diagnostic(
                    "kennung-doppelt",
                    record.node.position,
                    value=record.id,
                    first=f"Gebiet Nr. {numbers[record.id]}",
                )
            )
        records[record.id], numbers[record.id] = record, number
    known = {*project.known["spaces"], *records}
    for record in records.values():
        parent = record.node.get("parent")
        if isinstance(parent, Scalar) and parent.text not in known:
            near = close_to(parent.text, known)
            better = (
                f"gemeint ist vielleicht „{near}“"
                if near
                else "zuerst die Gebiete der Ebene darüber einlesen"
            )
            found.append(
                diagnostic(
                    "unbekannter-verweis",
                    parent.position,
                    value=parent.text,
                    what="kein Gebiet",
                    first="kein Gebiet",
                    better=better,
                )
            )
    geometry = {
        f"resources/geometry/{level}.geojson": ""
        if has_errors(found)
        else _geometry(level, features, columns)
    }
    return bring_in(project, records.values(), geometry, found, update=update, progress=progress)


def _parts(text: str) -> tuple[str | Hole, ...]:
    """Take a bare name of a property for a text that consists of it."""
    return holes(text if "<" in text else f"<{text}>")


def _unknown_properties(features: FeatureFile, columns: AreaColumns) -> list[Diagnostic]:
    wanted = {
        part.column: None
        for text in (columns.id, columns.name, columns.code, columns.parent)
        for part in (_parts(text) if text else ())
        if isinstance(part, Hole)
    }
    found = []
    for number, feature in enumerate(features.features, 1):
        for name in wanted:
            if name not in feature.properties:
                near = close_to(name.lower(), [key.lower() for key in feature.properties])
                real = next((key for key in feature.properties if key.lower() == near), None)
                better = (
                    f"gemeint ist vielleicht „{real}“"
                    if real
                    else "vorhanden sind: " + ", ".join(feature.properties)
                )
                found.append(
                    diagnostic(
                        "eigenschaft-fehlt",
                        Position(features.file, feature.line),
                        number=number,
                        name=name,
                        better=better,
                    )
                )
    return found


def _text(text: str, properties: Mapping[str, Any]) -> str:
    """Put properties into a text; empty when any of them is."""
    done = []
    for part in _parts(text):
        if isinstance(part, str):
            done.append(part)
            continue
        value = properties.get(part.column)
        written = ("" if value is None else str(value)).strip()[part.part]
        for shaping in part.shapings:
            written = SHAPINGS[shaping](written) if shaping in SHAPINGS else written
        if not written:
            return ""
        done.append(written)
    return "".join(done)


def _record(
    feature: Feature, number: int, file: str, level: str, columns: AreaColumns
) -> tuple[Incoming | None, list[Diagnostic]]:
    position = Position(file, feature.line)
    key, name = _text(columns.id, feature.properties), _text(columns.name, feature.properties)
    shape, problems = area_of(feature, file, name or f"Nr. {number}", position)
    if shape is None:
        return None, problems
    empty = [spec for spec, value in ((columns.id, key), (columns.name, name)) if not value]
    if empty:
        return None, [diagnostic("eigenschaft-leer", position, number=number, name=spec) for spec in empty]
    if not is_slug(key) or "_" in key:
        return None, [
            diagnostic(
                "dateiname",
                position,
                name=key,
                better=re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "gebiet-1",
            )
        ]
    values = {"name": name, "level": level, "parent": _parent(feature, key, columns)}
    values |= {
        "code": _text(columns.code, feature.properties) if columns.code else "",
        "geometry": f"geometry/{level}.geojson#{key}",
    }
    entries = tuple(
        (Scalar(field, position), Scalar(value, position, plain=False))
        for field, value in values.items()
        if value
    )
    node = MapNode(entries, position)
    _, wrong = validate(Space, node, id=key)
    return Incoming("spaces", key, node), [*problems, *wrong]


def _parent(feature: Feature, key: str, columns: AreaColumns) -> str:
    if columns.parent_id:
        return columns.parent_id
    if columns.parent:
        return _text(columns.parent, feature.properties)
    return key[: columns.parent_prefix] if columns.parent_prefix else ""


def _geometry(level: str, features: FeatureFile, columns: AreaColumns) -> str:
    return geometry_text(
        level,
        (
            (_text(columns.id, item.properties), _text(columns.name, item.properties), item.original)
            for item in features.features
        ),
    )


def geometry_text(name: str, areas: Iterable[tuple[str, str, BaseGeometry]]) -> str:
    """Write boundaries by id and name, one area a line, so that a change of one shows as one line."""
    lines = []
    for key, area, original in areas:
        shape = shapely.transform(original, lambda points: points.round(DECIMALS))
        content = {
            "type": "Feature",
            "id": key,
            "properties": {"name": area},
            "geometry": as_geojson(shape),
        }
        lines.append(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return (
        f'{{"type":"FeatureCollection","name":{json.dumps(name)},"features":[\n'
        + ",\n".join(lines)
        + "\n]}\n"
    )
