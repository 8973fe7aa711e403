"""Make table rows of everyday places that OpenStreetMap has and a town hasn't."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from shapely.geometry import shape

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, open_project
from generator.edit.imports.osm_extract import OsmFeature
from generator.edit.imports.osm_geography import Whereabouts
from generator.edit.imports.osm_import import read_osm_town
from generator.edit.imports.osm_places import kind_of, place_of, refusal
from generator.edit.tables.point_files import GEOJSON
from generator.edit.tables.table_columns import bare_name
from generator.edit.tables.table_rows import csv_text
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.geometry import metres
from generator.model.names_and_ids import slug_from
from generator.model.scalars import Point
from generator.read.boundaries import read_collection

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
