"""Make areas, a register of streets and map layers from an OpenStreetMap extract.

The ground is simplified to within `TOLERANCE`, and what is too small for a map is left out.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import shapely
from msgspec import Struct
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.osm_extract import OsmBoundary, OsmExtract, OsmGround
from generator.edit.imports.osm_places import is_protected
from generator.model.config import OSM_CREDIT, LevelConfig
from generator.model.geometry import METRES_PER_DEGREE
from generator.model.names_and_ids import slug_from
from generator.model.site import house
from generator.read.boundaries import CREDIT
from generator.read.mkdocs_settings import FILE


class OsmArea(Struct, frozen=True):
    """An area: id, level in the settings, parent's id."""

    id: str
    boundary: OsmBoundary
    level: str
    parent: str


def _area_id(item: OsmBoundary, names: Mapping[str, str], taken: Collection[str], level: str) -> str:
    """Make an unused id from a name; existing areas keep theirs."""
    plain = slug_from(item.name)
    if plain not in taken and names.get(plain, item.name) == item.name:
        return plain
    if f"{plain}-{level}" not in taken:
        return f"{plain}-{level}"
    return f"{plain}-{item.key.split('/')[1]}"


def areas_of(
    extract: OsmExtract,
    town: str,
    levels: Sequence[LevelConfig],
    chosen: Sequence[int],
    names: Mapping[str, str],
    file: str,
) -> tuple[list[OsmArea], list[Diagnostic]]:
    """Return the town's areas, itself first; `names` are existing ones by id.

    `chosen` are OpenStreetMap's admin levels for the settings' levels from the second on; without them they
    must be unambiguous.
    """
    named = [item for item in extract.boundaries if item.name.casefold() == town.casefold()]
    if not named:
        return [], [_no_town(extract, town, file)]
    top = min(named, key=lambda item: (item.level, item.key))
    inside = _inside(extract, top)
    numbers = sorted({item.level for item in inside})
    below = levels[1:]
    if not chosen and len(numbers) == len(below):
        chosen = numbers
    if len(chosen) != len(below) or not set(chosen) <= set(numbers):
        return [], [_levels_unclear(inside, below, file)]
    areas = [OsmArea(_area_id(top, names, (), levels[0].id), top, levels[0].id, "")]
    above = areas
    for level, number in zip(below, chosen, strict=True):
        of_level = [item for item in inside if item.level == number]
        above = _row_of_areas(of_level, level.id, above, areas, names)
        areas = areas + above
    return areas, []


def _inside(extract: OsmExtract, top: OsmBoundary) -> list[OsmBoundary]:
    """Return the boundaries of lower levels that lie in one."""
    below = [item for item in extract.boundaries if item.level > top.level]
    return [item for item in below if _lies_in(item.shape, top.shape)]


def _row_of_areas(
    items: Iterable[OsmBoundary],
    level: str,
    above: Sequence[OsmArea],
    areas: Sequence[OsmArea],
    names: Mapping[str, str],
) -> list[OsmArea]:
    """Return one level's areas, each below the area it lies in. `areas` are those of the levels above, whose ids are taken."""
    taken = {area.id for area in areas}
    row = []
    for item in sorted(items, key=lambda item: item.key):
        spot = item.shape.representative_point()
        parent = next((area for area in above if area.boundary.shape.contains(spot)), areas[0])
        area_id = _area_id(item, names, taken, level)
        taken.add(area_id)
        row.append(OsmArea(area_id, item, level, parent.id))
    return row


def _no_town(extract: OsmExtract, town: str, file: str) -> Diagnostic:
    """Say that the town's boundary is missing or incomplete."""
    if any(name.casefold() == town.casefold() for name, _ in extract.cut):
        return diagnostic("osm-grenze-abgeschnitten", Position(file), name=town)
    names = sorted({item.name for item in extract.boundaries})
    known = ", ".join(names[:12]) or "keine"
    return diagnostic("osm-grenze-fehlt", Position(FILE), name=town, known=known)


def _levels_unclear(inside: Iterable[OsmBoundary], below: Iterable[LevelConfig], file: str) -> Diagnostic:
    """Say which admin levels the town has, where unclear."""
    names: dict[int, list[str]] = defaultdict(list)
    for item in inside:
        names[item.level].append(item.name)
    counts = [f"{number} ({len(names[number])}: {names[number][0]} …)" for number in sorted(names)]
    return diagnostic(
        "osm-ebenen",
        Position(file),
        levels=", ".join(item.name for item in below) or "keine",
        known=", ".join(counts) or "keine",
    )


def _lies_in(part: BaseGeometry, whole: BaseGeometry) -> bool:
    """Tell whether over half of an area lies in another."""
    return bool(part.intersects(whole) and part.intersection(whole).area > 0.5 * part.area)


class Whereabouts:
    """Finds the lowest areas in which something lies."""

    def __init__(self, areas: Sequence[OsmArea]) -> None:
        lowest = areas[-1].level
        self._town = areas[0].boundary.shape
        shapely.prepare(self._town)
        self._areas = [area for area in areas if area.level == lowest]
        self._tree = shapely.STRtree([area.boundary.shape for area in self._areas])

    def of(self, shape: BaseGeometry) -> list[OsmArea]:
        """Return the lowest areas that a shape touches."""
        return [self._areas[number] for number in sorted(self._tree.query(shape, predicate="intersects"))]

    def inside(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies in the town."""
        return bool(self._town.contains(Point(point)))

    def area(self, point: tuple[float, float]) -> str:
        """Return a point's lowest area; empty in a gap."""
        return next((area.id for area in self.of(Point(point))), "")


REGISTER = ["street", "from", "to", "parity", "postcode", "space", "longitude", "latitude"]


def street_rows(extract: OsmExtract, where: Whereabouts) -> list[dict[str, str]]:
    """Return register rows: streets whole, or by house numbers across areas."""
    lying = _lying(extract, where)
    numbers: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    texts: dict[tuple[str, int], str] = {}
    for address in extract.addresses:
        number = house(address.number)
        if number is None:
            continue
        texts[address.street, number.key] = str(number)
        space = where.area(address.point)
        if space and address.street in lying:
            numbers[address.street][number.key].add(space)
            lying[address.street].setdefault(space, []).append(Point(address.point))
    rows: list[dict[str, str]] = []
    for street in sorted(lying):
        spaces = lying[street]
        areas_by_number = numbers[street]
        # House numbers lie in one area each, and in all areas of the street.
        is_divisible = all(len(found) == 1 for found in areas_by_number.values()) and set().union(
            *areas_by_number.values()
        ) == set(spaces)
        if len(spaces) > 1 and is_divisible:
            for low, high, space in _find_house_runs(areas_by_number):
                ends = texts[street, low], texts[street, high]
                rows.append(_register_row(street, space, spaces[space], *ends))
        else:
            rows += [_register_row(street, space, spaces[space]) for space in sorted(spaces)]
    return rows


def _lying(extract: OsmExtract, where: Whereabouts) -> dict[str, dict[str, list[BaseGeometry]]]:
    """Return parts of ways by street and area; boundaries belong to one side."""
    lying: dict[str, dict[str, list[BaseGeometry]]] = defaultdict(lambda: defaultdict(list))
    for way in extract.ways:
        for area in where.of(way.shape):
            part = way.shape.intersection(area.boundary.shape)
            # A way along a boundary crosses it by small pieces.
            if part.length > 0.1 * way.shape.length:
                lying[way.name][area.id].append(part)
    return lying


def _find_house_runs(known: Mapping[int, set[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield (first, last, area) of house numbers, both sides together."""
    low = high = 0
    space = ""
    for key in sorted(known):
        (here,) = known[key]
        if here != space:
            if space:
                yield low, high, space
            low, space = key, here
        high = key
    if space:
        yield low, high, space


def _register_row(
    street: str, space: str, parts: Sequence[BaseGeometry], low: str = "", high: str = ""
) -> dict[str, str]:
    """Return a row, with the middle of the street's longest part in the area as its spot."""
    longest = max(parts, key=lambda part: part.length)
    spot = longest.representative_point()
    if longest.geom_type == "LineString":
        spot = longest.interpolate(0.5, normalized=True)
    return {
        "street": street,
        "from": low,
        "to": high,
        "parity": "all",
        "space": space,
        "longitude": f"{spot.x:.6f}",
        "latitude": f"{spot.y:.6f}",
    }


TOLERANCE = 4.0
"""Metres by which a line may differ from where it is: two pixels on a map of a quarter."""
BEYOND = 0.1
"""Share of the town's longer side that is drawn around it, so that no map ends at the border."""
_SMALLEST = {"green": 3000.0, "water": 1000.0, "buildings": 100.0}
"""Square metres below which an area is left out, and a hole in one filled."""
_SHORTEST = 40.0
"""Metres below which a line without a name is left out; what belongs together was joined before."""
_DIGITS = 5
"""Decimals of a degree: the last is about a metre."""
LAYERS = ("green", "water", "rail", "streets", "buildings")


def ground_layers(ground: Iterable[OsmGround], town: BaseGeometry) -> dict[str, str]:
    """Return files of ground by layer, none for empty ones."""
    west, south, east, north = town.bounds
    # By this factor a degree of longitude is shorter than one of latitude.
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
    texts = {
        layer: _write_ground_layer(layer, _join_ground_shapes(layer, found, frame, squeeze))
        for layer, found in pieces.items()
    }
    return {layer: text for layer, text in texts.items() if text}


def _join_ground_shapes(
    layer: str, found: Mapping[tuple[str, str], Sequence[BaseGeometry]], frame: BaseGeometry, squeeze: float
) -> Iterator[tuple[str, str, BaseGeometry]]:
    """Yield (kind, name, shape) of what people see as one."""
    # Simplified in metres, between two changes of scale.
    in_metres, back = (METRES_PER_DEGREE * squeeze, METRES_PER_DEGREE), 1 / METRES_PER_DEGREE
    for kind, name in sorted(found):
        shapes = [shapely.transform(shape, lambda points: points * in_metres) for shape in found[kind, name]]
        edge = shapely.transform(frame, lambda points: points * in_metres)
        joined = shapely.union_all(shapes)
        if joined.geom_type.endswith("LineString"):
            joined = shapely.line_merge(joined)
        joined = shapely.simplify(joined, TOLERANCE, preserve_topology=False)
        parts: list[BaseGeometry] = []
        for part in shapely.get_parts(shapely.clip_by_rect(joined, *edge.bounds)):
            parts += shapely.get_parts(_without_small(layer, part, named=bool(name))).tolist()
        for shape in _things(parts, named=bool(name)):
            yield kind, name, shapely.transform(shape, lambda points: points * (back / squeeze, back))


def _things(parts: Sequence[BaseGeometry], *, named: bool) -> Iterator[BaseGeometry]:
    """Yield lines, then areas: named parts as one, others singly."""
    for kind in ("LineString", "Polygon"):
        same = [part for part in parts if part.geom_type == kind and not part.is_empty]
        if named and len(same) > 1:
            yield shapely.union_all(same)
        else:
            yield from same


def _without_small(layer: str, part: BaseGeometry, *, named: bool) -> BaseGeometry:
    """Return a line, or areas with their larger holes; an empty shape where it is too small."""
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


def _write_ground_layer(layer: str, rows: Iterable[tuple[str, str, BaseGeometry]]) -> str:
    """Write a layer one thing a line, for small diffs."""
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
