"""Write shapes as GeoJSON for moving maps."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from generator.model.geometry import METRES_PER_DEGREE
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.maps.context_layers import LAYERS, NAME_LOOKS, Look, credits_of, gathered, piles
from generator.render.maps.views import extent, ground_level, level_view

DIGITS = 5
"""Digits of degrees that are written: one metre."""

CREDIT = "attribution"  # whose data it is
MOST_POINTS = 15_000
"""So many corners may the layers of all moving maps have together: about 100 kB as they are sent, after a tap."""
MOST_NAMES = 900  # in the file of all moving maps
_COARSER = (5.0, 10.0, 20.0, 40.0)
"""Metres by which a line may differ, tried until a kind fits."""
Row = tuple[BaseGeometry, dict[str, Any]]  # a shape and its properties

_FINENESS = 1500
"""A border keeps what can be seen when the whole map is this many pixels wide."""


def feature_collection(rows: Iterable[tuple[BaseGeometry, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return shapes with their properties as GeoJSON, rounded to `DIGITS`."""
    features = []
    for shape, properties in rows:
        whole = shapely.transform(shape, lambda coordinates: coordinates.round(DIGITS))
        features.append(
            {"type": "Feature", "properties": dict(properties), "geometry": shapely.geometry.mapping(whole)}
        )
    return {"type": "FeatureCollection", "features": features}


def tolerance(bounds: tuple[float, float, float, float]) -> float:
    """Return how many degrees a border may deviate on a map."""
    west, south, east, north = bounds
    return max(east - west, north - south) / _FINENESS


def simplified(site: Site, keys: Iterable[str], by: float) -> list[BaseGeometry]:
    """Return a level's simplified shapes with common borders kept."""
    return list(shapely.coverage_simplify([site.shapes[key] for key in keys], by))


def ground_rows(site: Site, by: float) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Return the areas that lie below markers."""
    keys = _drawn_areas(site, ground_level(site))
    return [(shape, {"look": "nr-live__area"}) for shape in simplified(site, keys, by)] if keys else []


def ground_file(context: Context) -> bytes:
    """Return all moving maps' ground as GeoJSON, with names."""
    site = context.site
    value = feature_collection([*_area_rows(site), *layer_rows(context)])
    value |= _ground_areas(context)
    if names := list(_name_rows(context)):
        value["names"] = names
    if credit := credits_of(site):
        value[CREDIT] = ", ".join(credit)
    # Whoever put it into a page would let no name in with it.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").encode()


def _ground_areas(context: Context) -> dict[str, Any]:
    """Return the town's shape (`home`) and labels (`areas`).

    A label is depth from 0, id, name, longitude, latitude, metres of room. Levels go from the widest with
    several areas down to that below markers.
    """
    site, facts = context.site, context.facts.spaces
    lowest = ground_level(site)
    view = level_view(context, lowest) if lowest else None
    found = site.config.level_of(lowest) if lowest else None
    if view is None or found is None:
        return {}
    geography, depth = found
    levels = [_drawn_areas(site, level.id) for level in geography.levels[: depth + 1]]
    rows: list[list[Any]] = []
    for number, keys in enumerate(keys for keys in levels if len(keys) > 1):
        for key in keys:
            spot = facts[key].label
            if spot is None:
                continue
            shape = site.shapes[key]
            room = math.sqrt(shape.area * math.cos(math.radians(spot.latitude))) * METRES_PER_DEGREE
            name = context.texts.name(site.spaces[key])
            rows.append(
                [number, key, name, round(spot.longitude, DIGITS), round(spot.latitude, DIGITS), round(room)]
            )
    west, south, east, north = (round(value, DIGITS) for value in extent(context, view))
    return {"home": [[south, west], [north, east]]} | ({"areas": rows} if rows else {})


def _drawn_areas(site: Site, level: str) -> list[str]:
    """Return the areas of a level that have a shape."""
    return [key for key in site.shapes if site.spaces[key].level == level]


def _area_rows(site: Site) -> list[Row]:
    if not site.shapes:
        return []
    west, south, east, north = shapely.total_bounds(list(site.shapes.values()))
    return ground_rows(site, tolerance((float(west), float(south), float(east), float(north))))


def layer_rows(context: Context) -> list[Row]:
    """Return layers by kind and dimension, from the ground up."""
    # Corners that are left, and layers of which something had no room.
    left, full = MOST_POINTS, set[str]()
    found: list[tuple[tuple[int, int], Row]] = []
    for rank, (look, pile) in enumerate(piles(context)):
        if look.layer in full:
            continue
        for metres in _COARSER:
            simple = shapely.simplify(pile.shapes, metres / METRES_PER_DEGREE)
            count = int(shapely.get_num_coordinates(simple).sum())
            if count <= left:
                break
        else:
            full.add(look.layer)
            continue
        left -= count
        flat = shapely.get_dimensions(simple) == 2
        for shapes, what in ((simple[flat], "flat"), (simple[~flat], "line")):
            if len(shapes):
                kind = f" nr-live__{look.layer}--{look.kind}" if look.kind else ""
                look_names = f"nr-live__{look.layer} nr-live__{look.layer}--{what}{kind}"
                row = gathered(shapes), {"look": look_names, "layer": look.layer}
                found.append(((LAYERS.index(look.layer), -rank), row))
    return [row for _, row in sorted(found, key=lambda item: item[0])]


def _name_rows(context: Context) -> Iterator[list[Any]]:
    """Yield names by importance: name, look, longitude, latitude, turn in degrees, metres of room, most metres a pixel."""
    left = MOST_NAMES
    for look, pile in piles(context):
        pieces: dict[str, BaseGeometry] = {}
        for name, shape in zip(pile.names, pile.shapes, strict=True):
            for part in shapely.get_parts(shape) if name else ():
                if name not in pieces or _room(part) > _room(pieces[name]):
                    pieces[name] = part
        rows = (
            sorted(pieces.items(), key=lambda item: (-_room(item[1]), item[0]))[:left] if look.named else []
        )
        left -= len(rows)
        for name, part in rows:
            x, y, turn, room = _spot(look, part)
            furthest = 0 if math.isinf(look.named) else round(look.named * 1.3)  # 0: at any distance
            yield [
                name,
                NAME_LOOKS.get(look.layer, "spot"),
                round(x, DIGITS),
                round(y, DIGITS),
                turn,
                room,
                furthest,
            ]


def _room(part: BaseGeometry) -> float:
    """Return how much room a name has along a line, or across an area, in degrees."""
    return part.length if part.geom_type == "LineString" else math.sqrt(part.area) * 1.5


def _spot(look: Look, part: BaseGeometry) -> tuple[float, float, int, int]:
    """Return a name's (longitude, latitude, turn, metres of room); 0 metres: it needs none."""
    spot = part.representative_point()
    squeeze = math.cos(math.radians(spot.y))
    if part.geom_type != "LineString":
        room = (
            0
            if look.layer == "buildings"
            else round(math.sqrt(part.area * squeeze) * 1.2 * METRES_PER_DEGREE)
        )
        return spot.x, spot.y, 0, room
    line = shapely.transform(part, lambda points: points * (squeeze * METRES_PER_DEGREE, METRES_PER_DEGREE))
    middle = line.interpolate(0.5, normalized=True)
    turn = _turn(line, min(line.length * 0.4, 400.0))
    x, y = middle.x / squeeze / METRES_PER_DEGREE, middle.y / METRES_PER_DEGREE
    return x, y, round(turn), round(line.length)


def _turn(line: BaseGeometry, length: float) -> float:
    """Return the turn of a line's middle on screen, in degrees, read from left."""
    middle = line.length / 2
    first, last = line.interpolate(middle - length / 2), line.interpolate(middle + length / 2)
    if first.x > last.x:
        first, last = last, first
    return math.degrees(math.atan2(first.y - last.y, last.x - first.x))
