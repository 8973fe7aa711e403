"""Derive the hierarchy, neighbours, label points and sizes of areas."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

import shapely
from msgspec.structs import replace
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from generator.model.facts import SpaceFacts
from generator.model.geometry import METRES_PER_DEGREE, square_kilometres
from generator.model.scalars import Point
from generator.model.site import Site

# Areas that share less than this part of the smaller one only touch: boundaries of two sources never match exactly.
OVERLAP_SHARE = 0.01
TOUCH_METRES = 15.0  # so far apart areas still are neighbours
Table = Mapping[str, Collection[str]]  # by area's id those of others


def divided(site: Site, today: dt.date) -> Site:
    """Return the site as the town is divided on a day: areas that are no more have no boundary, and lend their names and streets to what they became."""
    over = {key for key, one in site.spaces.items() if one.until is not None and one.until < today}
    over |= {key for key, one in site.spaces.items() if one.status == "ended"}
    if not over:
        return site
    spaces = {
        key: one.model_copy(update={"status": "ended" if key in over else "running"})
        for key, one in site.spaces.items()
    }
    site = replace(site, spaces=spaces)
    for key in sorted(over):
        names = (spaces[key].name, *spaces[key].aliases)
        for one in site.became(key):
            aliases = tuple(dict.fromkeys((*spaces[one].aliases, *names)))
            spaces[one] = spaces[one].model_copy(update={"aliases": aliases})
    # Of a divided area nobody knows on which side a street lies: its page leads on.
    streets = tuple(
        replace(row, space=now[0]) if row.space in over and len(now := site.became(row.space)) == 1 else row
        for row in site.streets
    )
    shapes = {key: shape for key, shape in site.shapes.items() if key not in over}
    return replace(site, streets=streets, shapes=shapes)


def ancestors(site: Site, space: str) -> tuple[str, ...]:
    """Return the spaces above, nearest first, ending at a cycle."""
    found: list[str] = []
    current = site.spaces[space].parent
    while current is not None and current in site.spaces and current not in found and current != space:
        found.append(current)
        current = site.spaces[current].parent
    return tuple(found)


def _also(site: Site, space: str) -> tuple[str, ...]:
    """Return areas that `also_in` names, with those above; not where both have boundaries, which then decide."""
    already = {space, *ancestors(site, space)}
    found: dict[str, None] = {}
    for other in site.spaces[space].also_in:
        if other in site.spaces and not (space in site.shapes and other in site.shapes):
            found |= dict.fromkeys((other, *ancestors(site, other)))
    return tuple(key for key in found if key not in already)


def space_facts(site: Site) -> dict[str, SpaceFacts]:
    """Derive the facts of every space."""
    also = {key: _also(site, key) for key in site.spaces}
    children, also_holds = _find_children_of_areas(site, also)
    neighbours, overlaps = _touching(site)
    names = Counter((space.level, space.name) for space in site.current("spaces").values())
    facts: dict[str, SpaceFacts] = {}
    for key, space in site.spaces.items():
        level = site.config.level_of(space.level)
        above = ancestors(site, key)
        display_name = space.name
        if names[space.level, space.name] > 1 and above:
            display_name = f"{space.name} ({site.spaces[above[0]].name})"
        found = SpaceFacts(
            id=key,
            geography=level[0].id if level else "",
            depth=level[1] if level else 0,
            children=tuple(children[key]),
            ancestors=above,
            neighbours=tuple(sorted(neighbours[key], key=lambda other: (site.spaces[other].name, other))),
            label=None,
            bounds=None,
            area=None,
            overlaps=tuple(sorted(overlaps[key])),
            display_name=display_name,
            also=also[key],
            also_holds=tuple(also_holds[key]),
        )
        facts[key] = _with_shape(found, site.shapes.get(key))
    return facts


def _find_children_of_areas(
    site: Site, also: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return areas' children, and those `also_in` them, in order."""
    children: dict[str, list[str]] = defaultdict(list)
    also_holds: dict[str, list[str]] = defaultdict(list)
    for key, space in site.current("spaces").items():
        if space.parent:
            children[space.parent].append(key)
        for other in also[key]:
            if other in space.also_in:
                also_holds[other].append(key)
    for items in (*children.values(), *also_holds.values()):
        items.sort(key=lambda key: (site.spaces[key].code or "", site.spaces[key].name.casefold(), key))
    return children, also_holds


def _with_shape(facts: SpaceFacts, shape: BaseGeometry | None) -> SpaceFacts:
    """Add what follows from a space's shape."""
    if shape is None:
        return facts
    west, south, east, north = shape.bounds
    bounds = (west, south, east, north)
    return replace(facts, label=label_point(shape), bounds=bounds, area=square_kilometres(shape))


def label_point(shape: BaseGeometry) -> Point:
    """Return the centre of an area's largest inner circle."""
    if isinstance(shape, Polygon | MultiPolygon):
        # So exact is enough for a label.
        line = shapely.maximum_inscribed_circle(shape, tolerance=max(shape.length / 400, 1e-6))
        longitude, latitude = line.coords[0][:2]
        return Point(longitude, latitude)
    inside = shape.representative_point()
    return Point(inside.x, inside.y)


def _touching(site: Site) -> tuple[Table, Table]:
    """Return spaces' neighbours on their level, and overlapping fuzzy ones."""
    by_level: dict[str, list[str]] = defaultdict(list)
    for key in site.shapes:
        by_level[site.spaces[key].level].append(key)
    neighbours: dict[str, set[str]] = defaultdict(set)
    overlaps: dict[str, set[str]] = defaultdict(set)
    for keys in by_level.values():
        shapes = [site.shapes[key] for key in keys]
        near = shapely.STRtree(shapes).query(
            shapes, predicate="dwithin", distance=TOUCH_METRES / METRES_PER_DEGREE
        )
        # Each pair comes both ways.
        for left, right in zip(*near, strict=True):
            one, two = keys[left], keys[right]
            if one == two:
                continue
            neighbours[one].add(two)
            if "fuzzy" in (site.spaces[one].boundary_kind, site.spaces[two].boundary_kind):
                shared = shapes[left].intersection(shapes[right]).area
                if shared > OVERLAP_SHARE * min(shapes[left].area, shapes[right].area):
                    overlaps[one].add(two)
    return neighbours, overlaps
