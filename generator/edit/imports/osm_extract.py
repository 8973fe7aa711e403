"""Read boundaries, ways, addresses, features and ground from an extract of OpenStreetMap.

The packages of the extra `osm` read the file. People fetch it, this program never does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import shapely
from msgspec import Struct
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk, reason

_DRAWN_STREETS = {
    **dict.fromkeys(("motorway", "trunk"), "motorway"),
    **dict.fromkeys(("motorway_link", "trunk_link", "primary", "primary_link"), "main"),
    **dict.fromkeys(("secondary", "secondary_link"), "secondary"),
    **dict.fromkeys(("tertiary", "tertiary_link"), "tertiary"),
    **dict.fromkeys(("unclassified", "residential", "living_street", "pedestrian", "road"), "minor"),
}
# What maps draw: (layer, key of OpenStreetMap, by its values the kind in the layer).
_LINES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("streets", "highway", _DRAWN_STREETS),
    ("water", "waterway", {"river": "river", "canal": "river", "stream": "stream"}),
    ("rail", "railway", {**dict.fromkeys(("rail", "narrow_gauge"), "rail"), **dict.fromkeys(("light_rail", "subway", "tram"), "tram")}),
)  # fmt: skip
_AREAS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("buildings", "amenity", {"townhall": "townhall", "library": "library", "place_of_worship": "church", "school": "school", "university": "school", "college": "school", "hospital": "hospital", "theatre": "culture", "arts_centre": "culture"}),
    ("buildings", "building", {"church": "church", "cathedral": "church", "mosque": "church", "synagogue": "church", "train_station": "station", "hospital": "hospital"}),
    ("buildings", "historic", {"castle": "castle"}),
    ("buildings", "tourism", {"museum": "culture"}),
    ("buildings", "railway", {"station": "station"}),
    ("water", "natural", {"water": "lake", "bay": "lake"}),
    ("water", "waterway", {"riverbank": "lake", "dock": "lake"}),
    ("water", "landuse", {"reservoir": "lake", "basin": "lake"}),
    ("green", "leisure", {"park": "park", "garden": "park", "common": "park"}),
    ("green", "landuse", {"forest": "forest", "cemetery": "park", "village_green": "park", "recreation_ground": "park", "allotments": "park"}),
    ("green", "natural", {"wood": "forest"}),
)  # fmt: skip
_UNSEEN = ("culvert", "yes", "building_passage")  # kinds of `tunnel`


def drawn(tags: Mapping[str, str], *, flat: bool) -> tuple[str, str] | None:
    """Return (layer, kind) of a line on the map, or if `flat` of an area; None if not drawn."""
    # A street that ends where it begins is a line.
    if flat and tags.get("highway") and tags.get("area") != "yes":
        return None
    if tags.get("access") in ("private", "no"):
        return None
    for layer, key, kinds in _AREAS if flat else _LINES:
        kind = kinds.get(tags.get(key, ""))
        if kind is None:
            continue
        if layer == "buildings" and tags.get("building", "no") == "no":
            continue
        # Sidings and what lies in pipes and tunnels show nobody the way.
        if layer in ("water", "rail") and (tags.get("tunnel") in _UNSEEN or "service" in tags):
            continue
        return layer, kind
    return None


SUFFIXES = (".osm.pbf", ".osm", ".osm.bz2", ".osm.gz")
LARGEST = 4_000_000_000
"""Bytes of an extract: that of Germany fits."""
_NAMED_WAYS = frozenset(
    ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "pedestrian", "road", "service")
)  # fmt: skip
_DRAWN = ("natural", "water", "waterway", "railway", "building", "historic", "tourism")
"""Keys beside `_MARKED` of which one makes an area a piece of the map's ground."""
_MARKED = ("amenity", "leisure", "club", "healthcare", "social_facility", "landuse", "office")
"""Keys of which one makes a thing with a name a feature."""


class OsmFeature(Struct, frozen=True):
    """A named thing with place and tags; `key` is like `way/123`."""

    key: str
    tags: Mapping[str, str]
    point: tuple[float, float]
    changed: dt.date | None


class OsmBoundary(Struct, frozen=True):
    """An administrative boundary wholly within the extract."""

    key: str
    name: str
    level: int
    code: str
    shape: BaseGeometry


class OsmWay(Struct, frozen=True):
    """A street with a name."""

    name: str
    shape: BaseGeometry


class OsmGround(Struct, frozen=True):
    """A piece of ground: its kind (`drawn`) and tags."""

    layer: str
    kind: str
    tags: Mapping[str, str]
    shape: BaseGeometry


class OsmAddress(Struct, frozen=True):
    """A house number."""

    street: str
    number: str
    point: tuple[float, float]


@dataclass(slots=True)
class OsmExtract:
    """An extract's content; `cut` are incomplete boundaries by name and level."""

    boundaries: list[OsmBoundary] = field(default_factory=list)
    features: list[OsmFeature] = field(default_factory=list)
    ways: list[OsmWay] = field(default_factory=list)
    addresses: list[OsmAddress] = field(default_factory=list)
    ground: list[OsmGround] = field(default_factory=list)
    cut: list[tuple[str, int]] = field(default_factory=list)


def read_extract(disk: Disk, path: Path) -> tuple[OsmExtract | None, list[Diagnostic]]:
    """Read an extract; None if unreadable or without the extra."""
    position = Position(disk.name(path))
    if not path.name.endswith(SUFFIXES):
        return None, [
            diagnostic("auszug-unlesbar", position, reason="der Name endet nicht auf .osm.pbf oder .osm")
        ]
    if found := disk.checked(path, LARGEST):
        return None, found
    if find_spec("osmium") is None:
        return None, [diagnostic("osm-extra-fehlt", position)]
    import osmium

    extract = OsmExtract()
    boundaries: dict[int, tuple[str, int]] = {}
    try:
        things: Any = (
            osmium.FileProcessor(str(path))
            .with_areas(osmium.filter.KeyFilter("boundary", *_MARKED, *_DRAWN))
            .with_filter(osmium.filter.EmptyTagFilter())
        )
        for thing in things:
            _take(extract, thing, boundaries)
    except OSError as error:
        return None, [diagnostic("auszug-unlesbar", position, reason=reason(error))]
    except RuntimeError:
        # What osmium says of it is English and of its own insides.
        what = "was darin steht, ist kein Auszug von OpenStreetMap, oder es fehlt ein Stück"
        return None, [diagnostic("auszug-unlesbar", position, reason=what)]
    extract.cut = sorted(item for item in boundaries.values() if item[0] and item[1])
    return extract, []


def _take(extract: OsmExtract, thing: Any, boundaries: dict[int, tuple[str, int]]) -> None:
    """Collect what is needed of a thing; `boundaries` still lack an area."""
    tags = {tag.k: tag.v for tag in thing.tags}
    if thing.is_node():
        _take_address_and_feature(
            extract, f"node/{thing.id}", tags, thing, (thing.location.lon, thing.location.lat)
        )
    elif thing.is_way():
        _way(extract, thing, tags)
    elif thing.is_relation() and tags.get("boundary") == "administrative":
        boundaries[thing.id] = (tags.get("name", ""), _level(tags))
    elif thing.is_area() and not thing.from_way():
        shape = _make_area_shape(thing)
        _boundary(extract, thing, tags, shape, boundaries)
        if not shape.is_empty:
            _add_ground(extract, tags, shape)
            spot = shape.representative_point()
            _take_address_and_feature(extract, f"relation/{thing.orig_id()}", tags, thing, (spot.x, spot.y))


def _level(tags: Mapping[str, str]) -> int:
    """Return a boundary's admin level; 0 if it is none."""
    written = tags.get("admin_level", "")
    return int(written) if written.isdigit() and len(written) < 3 else 0


def _make_area_shape(thing: Any) -> BaseGeometry:
    rings = []
    for outer in thing.outer_rings():
        holes = [_find_points_of_ring(inner) for inner in thing.inner_rings(outer)]
        rings.append(Polygon(_find_points_of_ring(outer), holes))
    if rings:
        return shapely.make_valid(shapely.MultiPolygon(rings))
    return Polygon()


def _find_points_of_ring(nodes: Any) -> list[tuple[float, float]]:
    """Return where the nodes of a ring are."""
    return [(node.lon, node.lat) for node in nodes]


def _boundary(
    extract: OsmExtract,
    thing: Any,
    tags: Mapping[str, str],
    shape: BaseGeometry,
    boundaries: dict[int, tuple[str, int]],
) -> None:
    """Take an administrative boundary that is complete and named."""
    number = thing.orig_id()
    if tags.get("boundary") != "administrative" or shape.is_empty or not tags.get("name") or not _level(tags):
        return
    boundaries.pop(number, None)
    code = tags.get("de:amtlicher_gemeindeschluessel") or tags.get("de:regionalschluessel") or ""
    extract.boundaries.append(OsmBoundary(f"relation/{number}", tags["name"], _level(tags), code, shape))


def _way(extract: OsmExtract, thing: Any, tags: Mapping[str, str]) -> None:
    """Take a way as ground, and as a named street, else as an address and feature at its middle."""
    named = tags.get("name") or "addr:housenumber" in tags
    if not named and not drawn(tags, flat=False) and not drawn(tags, flat=True):
        return
    points = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
    if len(points) < 2:
        return
    closed = len(points) > 3 and points[0] == points[-1]
    shape: BaseGeometry = LineString(points)
    if closed and drawn(tags, flat=True):
        shape = shapely.make_valid(Polygon(points))
    _add_ground(extract, tags, shape)
    if tags.get("highway") in _NAMED_WAYS and tags.get("name"):
        extract.ways.append(OsmWay(tags["name"], LineString(points)))
        return
    if not closed:
        spot = shape.interpolate(0.5, normalized=True)
    elif shape.geom_type == "LineString":
        spot = shapely.make_valid(Polygon(points)).representative_point()
    else:
        spot = shape.representative_point()
    _take_address_and_feature(extract, f"way/{thing.id}", tags, thing, (spot.x, spot.y))


def _add_ground(extract: OsmExtract, tags: Mapping[str, str], shape: BaseGeometry) -> None:
    what = drawn(tags, flat=shape.geom_type != "LineString")
    if what is not None:
        extract.ground.append(OsmGround(*what, tags, shape))


def _take_address_and_feature(
    extract: OsmExtract, key: str, tags: Mapping[str, str], thing: Any, point: tuple[float, float]
) -> None:
    """Take a thing as house number, and as feature where it has a name and a key of `_MARKED`."""
    street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
    if street and number:
        extract.addresses.append(OsmAddress(street, number, point))
    if tags.get("name", "").strip() and any(name in tags for name in _MARKED):
        stamp: dt.datetime | None = None if thing.is_area() and not thing.timestamp else thing.timestamp
        # OpenStreetMap began in 2004: an earlier stamp says nothing.
        changed = stamp.date() if stamp is not None and stamp.year > 2003 else None
        extract.features.append(OsmFeature(key, tags, point, changed))
