"""Boundaries and named ways of an extract in, the town's areas and its register of streets out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.osm.osm_extract import OsmBoundary, OsmExtract
from generator.model.config import LevelConfig
from generator.model.names_and_ids import slug_from
from generator.model.site import house
from generator.read.settings import FILE


@dataclass(frozen=True, slots=True)
class OsmArea:
    """An area of the town: its id, its level in the settings, the id of the area above."""

    id: str
    boundary: OsmBoundary
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class AreaIds:
    """What decides the ids of areas: `names` of areas that are there by their ids, `remembered` ids of earlier imports by their keys."""

    names: Mapping[str, str]
    remembered: Mapping[str, str]

    def of(self, item: OsmBoundary, taken: Collection[str], level: str) -> str:
        """Return an id that is remembered, else one made of the name that no other area has."""
        if item.key in self.remembered:
            return self.remembered[item.key]
        plain = slug_from(item.name)
        if plain not in taken and self.names.get(plain, item.name) == item.name:
            return plain
        if f"{plain}-{level}" not in taken:
            return f"{plain}-{level}"
        return f"{plain}-{item.key.split('/')[1]}"


def areas_of(
    extract: OsmExtract,
    town: str,
    levels: Sequence[LevelConfig],
    chosen: Sequence[int],
    ids: AreaIds,
    file: str,
) -> tuple[list[OsmArea], list[Diagnostic]]:
    """Return the town's areas, the town first.

    `chosen` are admin levels of OpenStreetMap for the levels of the settings, from the second on; none are worked out where there can
    be no doubt.
    """
    whole = [item for item in extract.boundaries if item.name.casefold() == town.casefold()]
    if not whole:
        return [], [_no_town(extract, town, file)]
    top = min(whole, key=lambda item: (item.level, item.key))
    inside = _inside(extract, top)
    numbers = sorted({item.level for item in inside})
    below = levels[1:]
    if not chosen and len(numbers) == len(below):
        chosen = numbers
    if len(chosen) != len(below) or not set(chosen) <= set(numbers):
        return [], [_levels_unclear(inside, below, file)]
    areas = [OsmArea(ids.of(top, (), levels[0].id), top, levels[0].id, "")]
    above = areas
    for level, number in zip(below, chosen, strict=True):
        of_level = [item for item in inside if item.level == number]
        above = _row_of_areas(of_level, level.id, above, areas, ids)
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
    ids: AreaIds,
) -> list[OsmArea]:
    """Return the areas of one level, each below the one of the level above that it lies in, else below the town.

    `areas` are all areas of the levels before, whose ids are taken.
    """
    taken = {area.id for area in areas}
    row = []
    for item in sorted(items, key=lambda item: item.key):
        spot = item.shape.representative_point()
        parent = next((area for area in above if area.boundary.shape.contains(spot)), areas[0])
        own = ids.of(item, taken, level)
        taken.add(own)
        row.append(OsmArea(own, item, level, parent.id))
    return row


def _no_town(extract: OsmExtract, town: str, file: str) -> Diagnostic:
    """Say that the town's boundary isn't in the extract, or only a part of it."""
    if any(name.casefold() == town.casefold() for name, _ in extract.cut):
        return diagnostic("osm-grenze-abgeschnitten", Position(file), name=town)
    there = sorted({item.name for item in extract.boundaries})
    known = ", ".join(there[:12]) or "keine"
    return diagnostic("osm-grenze-fehlt", Position(FILE), name=town, known=known)


def _levels_unclear(inside: Iterable[OsmBoundary], below: Iterable[LevelConfig], file: str) -> Diagnostic:
    """Say which admin levels there are in the town, where it isn't clear which of them are meant."""
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
    return bool(part.intersects(whole) and part.intersection(whole).area > 0.5 * part.area)


class Whereabouts:
    """The areas of the lowest level, asked in which of them something lies."""

    def __init__(self, areas: Sequence[OsmArea]) -> None:
        lowest = areas[-1].level
        self._town = areas[0].boundary.shape
        shapely.prepare(self._town)
        self._areas = [area for area in areas if area.level == lowest]
        self._tree = shapely.STRtree([area.boundary.shape for area in self._areas])

    def of(self, shape: BaseGeometry) -> list[OsmArea]:
        """Return the areas of the lowest level that a shape touches."""
        return [self._areas[number] for number in sorted(self._tree.query(shape, predicate="intersects"))]

    def inside(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies in the town."""
        return bool(self._town.contains(Point(point)))

    def area(self, point: tuple[float, float]) -> str:
        """Return the area of the lowest level around a point; none where the town has a hole in its levels."""
        return next((area.id for area in self.of(Point(point))), "")


REGISTER = ["street", "from", "to", "parity", "postcode", "space", "longitude", "latitude"]


def street_rows(extract: OsmExtract, where: Whereabouts) -> list[dict[str, str]]:
    """Return the rows of the register: a street in one area whole, one in several by its house numbers, where these tell them apart."""
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
        known = numbers[street]
        if len(spaces) > 1 and _tell_apart(known, spaces):
            for low, high, space in _runs(known):
                ends = texts[street, low], texts[street, high]
                rows.append(_register_row(street, space, spaces[space], *ends))
        else:
            rows += [_register_row(street, space, spaces[space]) for space in sorted(spaces)]
    return rows


def _lying(extract: OsmExtract, where: Whereabouts) -> dict[str, dict[str, list[BaseGeometry]]]:
    """Return by street and area the parts of its ways that lie there; what only touches a boundary lies on one side of it."""
    lying: dict[str, dict[str, list[BaseGeometry]]] = defaultdict(lambda: defaultdict(list))
    for way in extract.ways:
        for area in where.of(way.shape):
            part = way.shape.intersection(area.boundary.shape)
            if part.length > 0.1 * way.shape.length:
                lying[way.name][area.id].append(part)
    return lying


def _tell_apart(known: Mapping[int, set[str]], spaces: Collection[str]) -> bool:
    """Tell whether house numbers lie in one area each, and in all areas of the street."""
    told: set[str] = set()
    told.update(*known.values())
    return told == set(spaces) and all(len(found) == 1 for found in known.values())


def _runs(known: Mapping[int, set[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield stretches of house numbers in one area, both sides of the street together."""
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
