"""Pieces of ground of an extract in, the layers of all maps of a town out: water, green, rail, streets, buildings of note, as GeoJSON.

What is written is no more than maps can show: within `TOLERANCE` of its place, what is one joined to one, what is too small left out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from generator.edit.imports.osm.osm_extract import OsmGround
from generator.edit.imports.osm.osm_places import is_protected
from generator.model.config import OSM_CREDIT
from generator.model.geometry import METRES_PER_DEGREE
from generator.read.boundaries import CREDIT

TOLERANCE = 4.0
"""Metres by which a line may differ from where it is: two pixels on a map of a quarter."""
BEYOND = 0.1
"""Share of the town's longer side that is drawn around it, so that no map ends at the border."""
_SMALLEST = {"green": 3000.0, "water": 1000.0, "buildings": 100.0}
"""Square metres below which an area is left out, and a hole in one filled."""
_SHORTEST = 40.0
"""Metres below which a line without a name is left out; what belongs together was joined before."""
_DIGITS = 5
LAYERS = ("green", "water", "rail", "streets", "buildings")


def ground_layers(ground: Iterable[OsmGround], town: BaseGeometry) -> dict[str, str]:
    """Return the files of the ground by the names of their layers; a layer with nothing in it has none."""
    west, south, east, north = town.bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    beyond = BEYOND * max((east - west) * squeeze, north - south)
    frame = box(west - beyond / squeeze, south - beyond, east + beyond / squeeze, north + beyond)
    pieces: dict[str, dict[tuple[str, str], list[BaseGeometry]]] = {layer: {} for layer in LAYERS}
    shapely.prepare(frame)
    for item in ground:
        name = " ".join(item.tags.get("name", "").split())
        # A street is called what it is called, and nobody lives in a river.
        open_to_all = item.layer in ("streets", "water", "rail") or not is_protected(item.tags)
        if open_to_all and frame.intersects(item.shape):
            pieces[item.layer].setdefault((item.kind, name), []).append(item.shape)
    texts = {layer: _written(layer, _joined(layer, found, frame, squeeze)) for layer, found in pieces.items()}
    return {layer: text for layer, text in texts.items() if text}


def _joined(
    layer: str, found: Mapping[tuple[str, str], Sequence[BaseGeometry]], frame: BaseGeometry, squeeze: float
) -> Iterator[tuple[str, str, BaseGeometry]]:
    """Yield kind, name and shape of what one sees as one thing, in the order of kinds and names."""
    into, back = (METRES_PER_DEGREE * squeeze, METRES_PER_DEGREE), 1 / METRES_PER_DEGREE
    for kind, name in sorted(found):
        shapes = [shapely.transform(shape, lambda points: points * into) for shape in found[kind, name]]
        edge = shapely.transform(frame, lambda points: points * into)
        whole = shapely.union_all(shapes)
        if whole.geom_type.endswith("LineString"):
            whole = shapely.line_merge(whole)
        whole = shapely.simplify(whole, TOLERANCE, preserve_topology=False)
        parts: list[BaseGeometry] = []
        for part in shapely.get_parts(shapely.clip_by_rect(whole, *edge.bounds)):
            parts += shapely.get_parts(_without_small(layer, part, named=bool(name))).tolist()
        for shape in _things(parts, named=bool(name)):
            yield kind, name, shapely.transform(shape, lambda points: points * (back / squeeze, back))


def _things(parts: Sequence[BaseGeometry], *, named: bool) -> Iterator[BaseGeometry]:
    """Yield the lines and then the areas among parts: what has a name as one, else each by itself, so that maps find what lies on them."""
    for kind in ("LineString", "Polygon"):
        same = [part for part in parts if part.geom_type == kind and not part.is_empty]
        if named and len(same) > 1:
            yield shapely.union_all(same)
        else:
            yield from same


def _without_small(layer: str, part: BaseGeometry, *, named: bool) -> BaseGeometry:
    if part.geom_type == "LineString":
        if named or part.length >= _SHORTEST:
            return part
        return Polygon()
    smallest = _SMALLEST.get(layer, 0.0)
    solid = []
    for piece in shapely.get_parts(shapely.make_valid(part)):
        if piece.geom_type == "Polygon" and piece.area >= smallest:
            holes = [hole for hole in piece.interiors if Polygon(hole).area >= smallest]
            solid.append(Polygon(piece.exterior, holes))
    if solid:
        return MultiPolygon(solid)
    return Polygon()


def _written(layer: str, rows: Iterable[tuple[str, str, BaseGeometry]]) -> str:
    """Write a layer, one thing a line, so that a change of one shows as one line."""
    lines = []
    for kind, name, shape in rows:
        geometry = shapely.geometry.mapping(shapely.transform(shape, lambda points: points.round(_DIGITS)))
        properties = {"name": name, "kind": kind} if name else {"kind": kind}
        content = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    if not lines:
        return ""
    head = json.dumps({"type": "FeatureCollection", "name": layer, CREDIT: OSM_CREDIT}, ensure_ascii=False)
    return head[:-1] + ', "features": [\n' + ",\n".join(lines) + "\n]}\n"
