"""Compute with shapes and points in degrees.

What a shape costs depends on how often its strokes cross, so that is counted first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from generator.model.scalars import Point

METRES_PER_DEGREE = 111_320.0
EARTH_RADIUS = 6_371_000.0
SMALLEST = 1.0
"""Square metres that a piece needs to count as ground: less is a slip of the pen, and drawing it divides by nothing."""


def metres(first: Point, second: Point) -> float:
    """Return the distance in metres on a sphere of 6,371 km radius (haversine)."""
    lat1, lat2 = math.radians(first.latitude), math.radians(second.latitude)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += (
        math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(second.longitude - first.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))


def square_kilometres(shape: BaseGeometry) -> float:
    """Return the area of a shape given in degrees, in a plane that is true at the shape's middle latitude."""
    _, south, _, north = shape.bounds
    return float(shape.area * (METRES_PER_DEGREE / 1000) ** 2 * math.cos(math.radians((south + north) / 2)))


def ground_of(shape: BaseGeometry) -> tuple[Polygon | MultiPolygon | None, int]:
    """Return what a valid shape covers and how many pieces cover nothing (points, lines, areas below `SMALLEST`).

    A shape of which nothing had to be dropped comes back as it is; None where it covers nothing at all.
    """
    pieces = list(_pieces(shape))
    ground = [
        piece
        for piece in pieces
        if isinstance(piece, Polygon) and square_kilometres(piece) * 1_000_000 >= SMALLEST
    ]
    dropped = len(pieces) - len(ground)
    if not ground:
        return None, dropped
    if isinstance(shape, Polygon | MultiPolygon) and not dropped:
        return shape, 0
    whole = shapely.union_all(ground)
    return (whole if isinstance(whole, Polygon | MultiPolygon) else None), dropped


def _pieces(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for piece in shapely.get_parts(shape):
        if hasattr(piece, "geoms"):
            yield from _pieces(piece)
        elif not piece.is_empty:
            yield piece


def rounded(shape: BaseGeometry, digits: int) -> BaseGeometry:
    """Return a shape with coordinates of so many digits of a degree, still valid: pieces that collapse are dropped.

    A shape of which nothing would be left stays unrounded.
    """
    plain = shapely.transform(shape, lambda points: points.round(digits))
    if plain.is_valid and not ground_of(plain)[1]:
        return plain
    return ground_of(shapely.set_precision(shape, 10.0**-digits))[0] or shape


def metres_to(point: Point, shape: BaseGeometry) -> float:
    """Return the distance in metres from a point to the nearest place of a shape (0 inside)."""
    nearest = nearest_points(shape, ShapelyPoint(point.longitude, point.latitude))[0]
    return metres(point, Point(nearest.x, nearest.y))


class Areas:
    """Finds the spaces around a point; shapes are in degrees."""

    def __init__(self, shapes: Mapping[str, BaseGeometry]) -> None:
        self.ids = tuple(shapes)
        self.shapes = [shapes[key] for key in self.ids]
        self.tree = shapely.STRtree(self.shapes)

    def around(self, point: Point) -> tuple[str, ...]:
        """Return the ids of all spaces that contain the point, the smallest first."""
        hits = self.tree.query(ShapelyPoint(point.longitude, point.latitude), predicate="intersects")
        return tuple(
            self.ids[index]
            for index in sorted(hits, key=lambda index: (self.shapes[index].area, self.ids[index]))
        )

    def distance(self, point: Point, space: str) -> float:
        """Return how many metres a point lies outside a space (0 inside)."""
        return metres_to(point, self.shapes[self.ids.index(space)])


LONGEST = 30_000
"""Points of one ring or line, at most: to smooth a comb of so many takes a second, of twice as many four."""
PIECES = 10_000
"""Rings of one area, at most."""
CROSSINGS = 500
"""Places at which a boundary that is repaired may cross itself; ten times as many take a hundred times as long."""
TOUCHES = 5_000
"""Places at which it may touch itself or run along itself."""
CROSSINGS_OF_A_FILE = 10 * CROSSINGS
REPAIRED_PIECES = 500
NEAR, TOWN = 5, 30
"""Strokes that come near one stroke on an average: within a shape, and among all shapes of a town."""
_SPARE = 10_000
_ATONCE = 4_000_000
_LINE, _RING, _AREA = 1, 2, 3
_FIRST_OF_SEVERAL = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Upright rectangles: west, south, east, north of each."""

    west: Floats
    south: Floats
    east: Floats
    north: Floats

    def __len__(self) -> int:
        return len(self.west)


def pieces(shapes: Sequence[BaseGeometry]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Return the rings and lines of shapes, and to which shape each belongs; points are none."""
    parts, owners = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    while (shapely.get_type_id(parts) >= _FIRST_OF_SEVERAL).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owners = owners[inner]
    flat = shapely.get_type_id(parts) == _AREA
    rings, inner = shapely.get_rings(parts[flat], return_index=True)
    lines = np.isin(shapely.get_type_id(parts), (_LINE, _RING))
    return np.concatenate([rings, parts[lines]]), np.concatenate([owners[flat][inner], owners[lines]])


def strokes(found: NDArray[np.object_]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return where each stroke of rings and lines begins and ends, and of which of them it is."""
    points, piece = shapely.get_coordinates(found, return_index=True)
    within = piece[:-1] == piece[1:]
    return points[:-1][within], points[1:][within], piece[:-1][within]


def boxes(begin: Floats, end: Floats) -> Boxes:
    """Return the rectangles around strokes."""
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    return Boxes(low[:, 0], low[:, 1], high[:, 0], high[:, 1])


def near_pairs(of: Boxes, limit: int) -> int:
    """Count the pairs of rectangles that touch, each once; once there are more than `limit`, counting ends.

    Where so few stand beside each other that the limit can't be reached, that number is returned without counting.
    """
    # No rectangle touches more others than stand beside it in one direction: so memory is known before it is used.
    most = np.cumsum(np.minimum(_beside(of.west, of.east), _beside(of.south, of.north)) - 1)
    if not len(of) or most[-1] // 2 <= limit:
        return int(most[-1] // 2) if len(of) else 0
    tree = shapely.STRtree(shapely.box(of.west, of.south, of.east, of.north))
    total = 0
    first = 0
    while first < len(of) and total <= limit:
        before = most[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(most, before + _ATONCE, side="right")))
        part = shapely.box(
            of.west[first:last], of.south[first:last], of.east[first:last], of.north[first:last]
        )
        one, other = tree.query(part)
        total += int((one + first < other).sum())
        first = last
    return total


def _beside(low: Floats, high: Floats) -> NDArray[np.int64]:
    begun = np.searchsorted(np.sort(low), high, side="right")
    over = np.searchsorted(np.sort(high), low, side="left")
    return begun - over


def tangled(shape: BaseGeometry) -> str:
    """Say why nobody can mean a shape as it is written; empty where nothing is wrong with it.

    A shape that passes can be checked, simplified, drawn and laid over others in a time that grows with its points.
    """
    found, _ = pieces([shape])
    longest = int(shapely.get_num_coordinates(found).max(initial=0))
    if longest > LONGEST:
        return f"eine Linie hat {_number(longest)} Punkte, mehr als {_number(LONGEST)} sind nicht vorgesehen"
    rings = found[shapely.get_type_id(found) == _RING]
    if not len(rings):
        return ""
    if len(rings) > PIECES:
        return (
            f"sie besteht aus {_number(len(rings))} Teilen, mehr als {_number(PIECES)} sind nicht vorgesehen"
        )
    begin, end, _ = strokes(rings)
    limit = NEAR * len(begin) + _SPARE
    if (
        near_pairs(boxes(begin, end), limit) > limit
        or near_pairs(Boxes(*shapely.bounds(rings).T), limit) > limit
    ):
        return f"ihre {_number(len(begin))} Strecken liegen so dicht beieinander, dass sie keine Grenze sind"
    return ""


@dataclass(slots=True)
class Repairs:
    """What the repairs of one file have cost so far; `refused` says of each shape whether it is repaired."""

    crossings: int = 0

    def refused(self, shape: BaseGeometry) -> str:
        """Say why a shape that is no valid area won't be repaired; empty where it can be, in less than a second."""
        found, _ = pieces([shape])
        if len(found) > REPAIRED_PIECES:
            return f"sie besteht aus {_number(len(found))} Teilen, die sich berühren oder überschneiden"
        begin, end, _ = strokes(found)
        lines = np.asarray(shapely.linestrings(np.stack([begin, end], axis=1)), dtype=object)
        tree = shapely.STRtree(lines)
        crossings = tree.query(lines, predicate="crosses").shape[1] // 2
        if crossings > CROSSINGS:
            return f"sie kreuzt sich selbst an {_number(crossings)} Stellen"
        # Every stroke meets itself and the two beside it.
        touches = (tree.query(lines, predicate="intersects").shape[1] - 3 * len(lines)) // 2 - crossings
        if touches > TOUCHES:
            return f"sie berührt sich selbst an {_number(touches)} Stellen"
        self.crossings += crossings
        if self.crossings > CROSSINGS_OF_A_FILE:
            return f"mit ihr kreuzen sich die Grenzen dieser Datei an {_number(self.crossings)} Stellen"
        return ""


def most_tangled(shapes: Sequence[BaseGeometry]) -> int | None:
    """Return which shape's boundary meets those of the others most, where together they are a tangle; None where they aren't."""
    found, owners = pieces(shapes)
    begin, end, piece = strokes(found)
    of = boxes(begin, end)
    if near_pairs(of, TOWN * len(of) + _SPARE) <= TOWN * len(of) + _SPARE:
        around = Boxes(*shapely.bounds(np.asarray(shapes, dtype=object)).T)
        limit = TOWN * len(around) + _SPARE
        if near_pairs(around, limit) <= limit:
            return None
    counts = np.minimum(_beside(of.west, of.east), _beside(of.south, of.north))
    return int(np.bincount(owners[piece], counts).argmax())


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
