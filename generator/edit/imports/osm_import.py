"""Import areas, streets and rows of everyday places from an OpenStreetMap extract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct
from shapely.geometry import shape

from generator.diagnostics import Diagnostic, ordered
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.area_import import geometry_text
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    ImportTarget,
    Incoming,
    bring_in,
    open_project,
)
from generator.edit.imports.osm_extract import OsmExtract, OsmFeature, read_extract
from generator.edit.imports.osm_geography import (
    REGISTER,
    OsmArea,
    Whereabouts,
    areas_of,
    ground_layers,
    street_rows,
)
from generator.edit.imports.osm_places import kind_of, place_of, refusal
from generator.edit.imports.street_import import register_text
from generator.edit.records.new_records import town_of
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import write_record
from generator.edit.tables.table_columns import bare_name
from generator.edit.tables.table_rows import GEOJSON, csv_text
from generator.model.config import OSM, OSM_CREDIT
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.geometry import metres
from generator.model.names_and_ids import slug_from
from generator.model.scalars import Point
from generator.read.boundaries import read_collection
from generator.read.mkdocs_settings import FILE
from generator.read.nodes import MapNode, parse

_APART = f"resources/{OSM}"
_TERMS = f"""\
Was in diesem Ordner liegt, stammt aus OpenStreetMap: {OSM_CREDIT}
https://www.openstreetmap.org/copyright, https://opendatacommons.org/licenses/odbl/1-0/

Wer es weitergibt, nennt diese Quelle und Lizenz. Was daran geändert oder ergänzt wird, steht unter derselben Lizenz und bleibt in diesem Ordner;
eigene Angaben der Stadt gehören in die anderen Ordner. Jeder Ort sagt unter `origin`, woher er ist.
"""


class OsmTown(Struct, frozen=True):
    """An extract, its project, and its town's areas."""

    project: ImportTarget
    extract: OsmExtract
    areas: list[OsmArea]


def read_osm_town(
    path: Path, root: Path, levels: Sequence[int] = ()
) -> tuple[OsmTown | None, list[Diagnostic]]:
    """Read an extract; None if its town can't be found.

    `levels` are admin levels (9, 10) for the settings' levels below the town, optional where their number
    agrees.
    """
    project, found = open_project(root, path)
    if project is None:
        return None, found
    extract, found = read_extract(project.disk, path)
    if extract is None:
        return None, found
    names = {key: space.name for key, space in project.site.spaces.items()}
    settings = project.config.geographies[0].levels
    file = project.disk.name(path)
    areas, found = areas_of(extract, town_of(project.config), settings, levels, names, file)
    return (None if found else OsmTown(project, extract, areas)), found


def import_osm_areas(path: Path, root: Path, levels: Sequence[int], manner: ImportManner) -> ImportOutcome:
    """Write the town's areas, boundaries and maps' ground."""
    town, found = read_osm_town(path, root, levels)
    if town is None:
        return ImportOutcome(found=ordered(found))
    records, files = [], {f"{_APART}/LICENCE.txt": _TERMS}
    for area in town.areas:
        values = {
            "name": area.boundary.name,
            "level": area.level,
            "parent": area.parent,
            "code": area.boundary.code,
            "geometry": f"{OSM}/geometry/{area.level}.geojson#{area.id}",
        }
        node, _ = parse(write_record({key: text for key, text in values.items() if text}), area.boundary.key)
        if isinstance(node, MapNode):
            records.append(Incoming("spaces", area.id, node))
    for level in dict.fromkeys(area.level for area in town.areas):
        shapes = ((one.id, one.boundary.name, one.boundary.shape) for one in town.areas if one.level == level)
        files[f"{_APART}/geometry/{level}.geojson"] = geometry_text(level, shapes, OSM_CREDIT)
    for layer, text in ground_layers(town.extract.ground, town.areas[0].boundary.shape).items():
        files[f"{_APART}/context/{layer}.geojson"] = text
    files |= _credit(town.project, found)
    return bring_in(town.project, records, files, found, manner, complete=True)


def import_osm_streets(path: Path, root: Path, levels: Sequence[int], manner: ImportManner) -> ImportOutcome:
    """Write the town's streets with their areas."""
    town, found = read_osm_town(path, root, levels)
    if town is None:
        return ImportOutcome(found=ordered(found))
    rows = street_rows(town.extract, Whereabouts(town.areas))
    files = {f"{_APART}/streets.csv": register_text(REGISTER, rows), f"{_APART}/LICENCE.txt": _TERMS}
    return bring_in(town.project, (), files | _credit(town.project, found), found, manner)


def _credit(project: ImportTarget, found: list[Diagnostic]) -> dict[str, str]:
    """Let every page name the source, as its licence asks."""
    record, problems = open_record(project.disk, project.root / FILE)
    found += problems
    if record is None or OSM_CREDIT in project.config.credits:
        return {}
    record.add(("credits",), OSM_CREDIT)
    found += record.found
    return {FILE: record.text}


SAME_WITHIN = 200
"""Metres within which two things of one kind and name are one: a school is often drawn as house, grounds and sign."""
_A_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ring|damm|ufer|markt|park|wall|graben|chaussee|steig|pfad|zeile|brücke)$"
)
"""What only a street is called: a lane called „Sommer“ makes no practice anonymous."""
_RANK = {"relation": 0, "way": 1, "node": 2}
"""Of several drawings of one thing the lowest is kept."""


@dataclass(slots=True)
class OsmRows:
    """Places as a table, and how many were refused, by reason."""

    text: str = ""
    count: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    found: list[Diagnostic] = field(default_factory=list)


def osm_place_rows(path: Path, root: Path, levels: Sequence[int], day: str) -> OsmRows:
    """Read an extract or Overpass GeoJSON as rows for `nahraum table in`."""
    outcome = OsmRows()
    if path.suffix.lower() in GEOJSON:
        project, features, outcome.found = _of_overpass(path, root)
        streets: set[str] = set()
        names = {space.name.lower() for space in project.site.spaces.values()} if project else set()
    else:
        town, outcome.found = read_osm_town(path, root, levels)
        if town is None:
            return outcome
        project, where = town.project, Whereabouts(town.areas)
        features = [one for one in town.extract.features if where.inside(one.point)]
        streets = {way.name.lower() for way in town.extract.ways if _A_STREET.search(way.name.lower())}
        names = {area.boundary.name.lower() for area in town.areas}
    if project is None:
        return outcome
    chosen = []
    for feature in features:
        kind = kind_of(feature.tags)
        # Taken with None, refused with a reason; with an empty text it is of no kind that a town wants.
        why = refusal(feature.tags, kind, frozenset(names | streets)) if kind else ""
        if kind and why is None:
            chosen.append((feature, kind))
        elif why:
            outcome.refused[why] += 1
    rows = []
    for feature, kind in _without_twins(chosen):
        cells = place_of(feature, kind, day)
        if _is_recorded(project, feature, cells):
            outcome.refused["schon eingetragen"] += 1
        else:
            rows.append(cells)
    head = list(dict.fromkeys(chain.from_iterable(rows)))
    rows.sort(key=lambda cells: (cells["Art"], cells["Name"], cells["Quelle"]))
    outcome.count = len(rows)
    outcome.text = "\ufeff" + csv_text(head, ([cells.get(name, "") for name in head] for cells in rows), ";")
    return outcome


def _of_overpass(path: Path, root: Path) -> tuple[ImportTarget | None, list[OsmFeature], list[Diagnostic]]:
    """Return a GeoJSON file's named features that have an OpenStreetMap number."""
    project, found = open_project(root, path)
    if project is None:
        return None, [], found
    content, found = read_collection(project.disk, path)
    if content is None:
        return None, [], found
    features = []
    for raw, place in zip(content.raw, content.places(), strict=True):
        given: Mapping[str, Any] = raw.get("properties") or {} if isinstance(raw, dict) else {}
        key = str(raw.get("id") or given.get("@id") or "") if isinstance(raw, dict) else ""
        tags = {name: text for name, text in given.items() if isinstance(text, str)}
        if not re.fullmatch(r"(?:node|way|relation)/\d+", key):
            found.append(diagnostic("osm-nummer-fehlt", place))
            continue
        try:
            spot = shape(raw["geometry"]).representative_point()
        except Exception:  # noqa: BLE001 - whatever shapely raises, it is no shape
            found.append(diagnostic("osm-nummer-fehlt", place))
            continue
        if tags.get("name"):
            features.append(OsmFeature(key, tags, (spot.x, spot.y), None))
    return (None if found else project), features, found


def _without_twins(chosen: Sequence[tuple[OsmFeature, str]]) -> list[tuple[OsmFeature, str]]:
    """Keep one of duplicates: grounds before house before sign."""

    def rank(item: tuple[OsmFeature, str]) -> tuple[int, int]:
        kind, number = item[0].key.split("/")[:2]
        return _RANK[kind], int(number)

    kept: dict[tuple[str, str], list[tuple[OsmFeature, str]]] = {}
    for feature, kind in sorted(chosen, key=rank):
        twins = kept.setdefault((kind, bare_name(feature.tags["name"])), [])
        if all(metres(Point(*feature.point), Point(*other.point)) > SAME_WITHIN for other, _ in twins):
            twins.append((feature, kind))
    return list(chain.from_iterable(kept.values()))


def _is_recorded(project: ImportTarget, feature: OsmFeature, cells: Mapping[str, str]) -> bool:
    """Tell whether a place exists, by OSM number, near name or telephone."""
    point, number = Point(*feature.point), dialled(cells["Telefon"])
    # Whatever its point: a protected record isn't offered again.
    if ("places", slug_from(cells["Name"])) in project.protected:
        return True
    for place in project.site.places.values():
        if place.origin is not None and place.origin.name.startswith(f"OpenStreetMap, {feature.key} "):
            return True
        same = bare_name(place.name) == bare_name(cells["Name"])
        near = place.point is None or metres(place.point, point) < 2 * SAME_WITHIN
        numbers = place.contact.numbers.values() if place.contact is not None else ()
        if (same and near) or (number and number in map(dialled, numbers)):
            return True
    return False
