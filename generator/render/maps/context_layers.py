"""Choose which streets, water and green a map shows.

A kind of ground is on a map as a whole or not at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from operator import itemgetter

import numpy as np
import shapely
from msgspec import Struct
from shapely.geometry import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from generator.model.site import Site
from generator.render.base.context import Context, shared
from generator.render.maps.projection import Bounds, Projection, clip, path_data

LAYERS = ("green", "water", "buildings", "rail", "streets")
"""Context layers from the ground up; layers of other names are drawn as streets on top."""
NAME_LOOKS = {"streets": "street", "rail": "street", "water": "water-name"}
"""How the names of a layer are written; those of all others are spots."""


class Look(Struct, frozen=True):
    """How near a map must be for a kind of ground: up to so many metres a unit it is drawn, and named."""

    layer: str  # of `LAYERS`
    kind: str  # of the layer; empty for its others
    drawn: float = math.inf
    named: float = math.inf


LOOKS = (
    Look("water", "lake"),
    Look("water", "river"),
    Look("water", ""),
    Look("streets", "motorway", named=0),
    Look("streets", "main", named=40),
    Look("streets", ""),
    Look("rail", "rail"),
    Look("rail", ""),
    Look("green", "forest"),
    Look("green", "", drawn=60),
    Look("green", "park", drawn=25, named=15),
    Look("streets", "secondary", drawn=45, named=20),
    Look("streets", "tertiary", drawn=22, named=12),
    Look("water", "stream", drawn=16, named=10),
    Look("rail", "tram", drawn=12),
    Look("buildings", "", drawn=8, named=5),
    Look("streets", "minor", drawn=7, named=5),
)
"""What counts most first: it is drawn even where there is little room, and named before the others."""

MOST_LETTERS = 26_000
"""So long may the ground of a drawing be: about 11 kB as it is sent."""
_COARSER = (1.2, 2.4, 4.8)
"""Units by which lines may differ, tried until a kind fits."""
_SMALLEST = 14.0
"""Square units below which an area isn't seen; a building is a sign, however small."""
MOST_NAMES = 40
"""So many names of each sort are tried on one drawing."""


class GroundPaths(Struct, frozen=True):
    """What of a kind is seen, as path data."""

    layer: str
    kind: str
    lines: str
    areas: str


class GroundName(Struct, frozen=True):
    """A name of the ground with the shape that holds it."""

    layer: str
    name: str
    shape: BaseGeometry


class Pile(Struct, frozen=True):
    """All shapes of a kind as arrays, for speed."""

    names: Sequence[str]  # of each shape; empty for none
    shapes: np.ndarray
    bounds: np.ndarray  # a row of west, south, east, north a shape

    def within(self, frame: Bounds) -> np.ndarray:
        """Return the indices of shapes seen in a frame (degrees)."""
        left, low, right, high = frame
        west, south, east, north = self.bounds.T
        return np.nonzero((west < right) & (east > left) & (south < high) & (north > low))[0]


def look_of(name: str, kind: str) -> Look:
    """Return a kind's look; unknown layers look like streets."""
    layer = name if name in LAYERS else "streets"
    known = {(look.layer, look.kind): look for look in LOOKS}
    return known.get((layer, kind)) or known[layer, ""]


def credits_of(site: Site, *, plain: bool = False) -> Sequence[str]:
    """Return a map's credits once each; `plain` maps show boundaries only."""
    layers = () if plain else tuple(layer.credit for layer in site.context if layer.credit)
    return tuple(dict.fromkeys((*site.shape_credits, *layers)))


def ground_of(context: Context, projection: Projection) -> tuple[list[GroundPaths], list[GroundName]]:
    """Return what is drawn from the ground up, and names by importance."""
    metres = projection.metres_per_unit
    seen: list[tuple[int, int, GroundPaths]] = []
    names: list[GroundName] = []
    # Letters that are left, and layers of which something had no room.
    left, full = MOST_LETTERS, set[str]()
    for rank, (look, pile) in enumerate(piles(context)):
        if metres > look.drawn or look.layer in full:
            continue
        at = pile.within(projection.bounds)
        projected = projection.project(pile.shapes[at])
        for tolerance in _COARSER:
            cut = clip(shapely.simplify(projected, tolerance), projection.height)
            one = _outline_ground(look, cut)
            size = len(one.lines) + len(one.areas)
            if size <= left:
                break
        else:
            # Nor what counts less of the same: side streets without main streets would be a riddle.
            full.add(look.layer)
            continue
        left -= size
        seen.append((LAYERS.index(look.layer), -rank, one))
        if metres <= look.named:
            names += _join_named_pieces(look, [pile.names[number] for number in at], cut)
    return [one for _layer, _rank, one in sorted(seen, key=itemgetter(0, 1))], names


@shared
def piles(context: Context) -> list[tuple[Look, Pile]]:
    """Return all shapes by kind, those that count most first."""
    by_kind = dict(_pile_shapes_by_look(context.site))
    return [(look, by_kind[look.layer, look.kind]) for look in LOOKS if (look.layer, look.kind) in by_kind]


def shows_streets(context: Context) -> bool:
    """Tell whether the ground has side streets, so that few streets locate something."""
    return any((look.layer, look.kind) == ("streets", "minor") for look, _pile in piles(context))


def gathered(shapes: np.ndarray) -> BaseGeometry:
    """Return shapes of one dimension as one, without cutting them."""
    parts = shapely.get_parts(shapes)
    return (
        MultiPolygon(list(parts)) if shapely.get_dimensions(parts[0]) == 2 else MultiLineString(list(parts))
    )


def _pile_shapes_by_look(site: Site) -> Iterator[tuple[tuple[str, str], Pile]]:
    rows: dict[tuple[str, str], list[tuple[str, BaseGeometry]]] = {}
    for layer in site.context:
        for item in layer.shapes:
            look = look_of(layer.name, item.kind)
            rows.setdefault((look.layer, look.kind), []).append((item.name, item.shape))
    for key, found in rows.items():
        shapes = np.array([shape for _, shape in found], dtype=object)
        yield key, Pile([name for name, _ in found], shapes, shapely.bounds(shapes))


def _outline_ground(look: Look, shapes: np.ndarray) -> GroundPaths:
    flat = shapely.get_dimensions(shapes) == 2
    large = shapely.area(shapes) >= (0 if look.layer == "buildings" else _SMALLEST)
    areas = "".join(path_data(shape) for shape in shapes[flat & large])
    lines = "".join(path_data(shape) for shape in shapes[~flat])
    return GroundPaths(look.layer, look.kind, lines, areas)


def _join_named_pieces(look: Look, names: Sequence[str], shapes: np.ndarray) -> list[GroundName]:
    """Join pieces of one name; the long or large are best known."""
    gathered: dict[str, list[BaseGeometry]] = {}
    for name, shape in zip(names, shapes, strict=True):
        if name and not shape.is_empty:
            gathered.setdefault(name, []).append(shape)
    found = [
        GroundName(look.layer, name, pieces[0] if len(pieces) == 1 else shapely.union_all(pieces))
        for name, pieces in gathered.items()
    ]
    found.sort(key=lambda item: (-item.shape.area, -item.shape.length, item.name))
    return found[:MOST_NAMES]
