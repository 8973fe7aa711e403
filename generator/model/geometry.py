"""Compute with shapes and points in degrees.

A shape's cost depends on how often its strokes cross, so that is counted first.
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

METRES_PER_DEGREE = 111_320.0  # of latitude
EARTH_RADIUS = 6_371_000.0  # metres
SMALLEST = 1.0
"""Square metres that a piece needs to count as ground: less is a slip of the pen, and drawing it divides by nothing."""


def metres(first: Point, second: Point) -> float:
    """Return the haversine distance in metres (sphere of 6,371 km)."""
    lat1, lat2 = math.radians(first.latitude), math.radians(second.latitude)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += (
        math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(second.longitude - first.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))


def square_kilometres(shape: BaseGeometry) -> float:
    """Return a shape's area, in a plane true at its middle latitude."""
    _, south, _, north = shape.bounds
    return float(shape.area * (METRES_PER_DEGREE / 1000) ** 2 * math.cos(math.radians((south + north) / 2)))


def ground_of(shape: BaseGeometry) -> tuple[Polygon | MultiPolygon | None, int]:
    """Return a shape's ground and how many pieces have none (points, lines, slivers below `SMALLEST`).

    Unchanged if nothing was dropped, None without ground.
    """
    pieces = list(_pieces_of_shape(shape))
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


def _pieces_of_shape(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for piece in shapely.get_parts(shape):
        if hasattr(piece, "geoms"):
            yield from _pieces_of_shape(piece)
        elif not piece.is_empty:
            yield piece


def rounded(shape: BaseGeometry, digits: int) -> BaseGeometry:
    """Round a shape's coordinates, keeping it valid by dropping collapsed pieces. A shape that would vanish stays unrounded."""
    plain = shapely.transform(shape, lambda points: points.round(digits))
    if plain.is_valid and not ground_of(plain)[1]:
        return plain
    return ground_of(shapely.set_precision(shape, 10.0**-digits))[0] or shape


def metres_to(point: Point, shape: BaseGeometry) -> float:
    """Return metres from a point to a shape (0 inside)."""
    nearest = nearest_points(shape, ShapelyPoint(point.longitude, point.latitude))[0]
    return metres(point, Point(nearest.x, nearest.y))


class Areas:
    """Finds the spaces around a point; shapes are in degrees."""

    def __init__(self, shapes: Mapping[str, BaseGeometry]) -> None:
        self.ids = tuple(shapes)
        self.shapes = [shapes[key] for key in self.ids]
        self.tree = shapely.STRtree(self.shapes)

    def around(self, point: Point) -> tuple[str, ...]:
        """Return the spaces around a point, smallest first."""
        hits = self.tree.query(ShapelyPoint(point.longitude, point.latitude), predicate="intersects")
        return tuple(
            self.ids[index]
            for index in sorted(hits, key=lambda index: (self.shapes[index].area, self.ids[index]))
        )

    def distance(self, point: Point, space: str) -> float:
        """Return metres from a point to a space (0 inside)."""
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
REPAIRED_PIECES = 500  # rings of one boundary that is repaired
NEAR, TOWN = 5, 30
"""Strokes that come near one stroke on an average: within a shape, and among all shapes of a town."""
_SPARE = 10_000  # pairs that are allowed on top, for shapes of few strokes
_ATONCE = 4_000_000  # pairs of rectangles that are held in memory at once, at most
# Shapely's numbers for kinds of shapes; from the last on a shape consists of several.
_LINE, _RING, _AREA, _FIRST_OF_SEVERAL = 1, 2, 3, 4

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
    """Return shapes' rings and lines, each with its shape's index."""
    parts, owners = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    while (shapely.get_type_id(parts) >= _FIRST_OF_SEVERAL).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owners = owners[inner]
    flat = shapely.get_type_id(parts) == _AREA
    rings, inner = shapely.get_rings(parts[flat], return_index=True)
    lines = np.isin(shapely.get_type_id(parts), (_LINE, _RING))
    return np.concatenate([rings, parts[lines]]), np.concatenate([owners[flat][inner], owners[lines]])


def strokes(found: NDArray[np.object_]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return each stroke's start, end and ring or line."""
    points, piece = shapely.get_coordinates(found, return_index=True)
    within = piece[:-1] == piece[1:]
    return points[:-1][within], points[1:][within], piece[:-1][within]


def boxes(begin: Floats, end: Floats) -> Boxes:
    """Return the rectangles around strokes."""
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    return Boxes(low[:, 0], low[:, 1], high[:, 0], high[:, 1])


def near_pairs(of: Boxes, limit: int) -> int:
    """Count touching pairs of rectangles, up to `limit`. If so many are impossible the upper bound is returned uncounted."""
    # No rectangle touches more others than stand beside it in one direction: so memory is known before it is used.
    most = np.cumsum(
        np.minimum(_count_meeting_intervals(of.west, of.east), _count_meeting_intervals(of.south, of.north))
        - 1
    )
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


def _count_meeting_intervals(low: Floats, high: Floats) -> NDArray[np.int64]:
    """Count for each interval those that it meets, itself too."""
    begun = np.searchsorted(np.sort(low), high, side="right")
    over = np.searchsorted(np.sort(high), low, side="left")
    return begun - over


def tangled(shape: BaseGeometry) -> str:
    """Say why a shape is too tangled to be meant; else empty.

    What passes can be checked, simplified and drawn in time that grows with its points.
    """
    found, _ = pieces([shape])
    longest = int(shapely.get_num_coordinates(found).max(initial=0))
    if longest > LONGEST:
        return f"eine Linie hat {_format_count(longest)} Punkte, mehr als {_format_count(LONGEST)} sind nicht vorgesehen"
    rings = found[shapely.get_type_id(found) == _RING]
    if not len(rings):
        return ""
    if len(rings) > PIECES:
        return f"sie besteht aus {_format_count(len(rings))} Teilen, mehr als {_format_count(PIECES)} sind nicht vorgesehen"
    begin, end, _ = strokes(rings)
    limit = NEAR * len(begin) + _SPARE
    if (
        near_pairs(boxes(begin, end), limit) > limit
        or near_pairs(Boxes(*shapely.bounds(rings).T), limit) > limit
    ):
        return f"ihre {_format_count(len(begin))} Strecken liegen so dicht beieinander, dass sie keine Grenze sind"
    return ""


@dataclass(slots=True)
class Repairs:
    """The cost so far of repairing one file's shapes."""

    crossings: int = 0

    def refused(self, shape: BaseGeometry) -> str:
        """Say why a shape won't be repaired; empty if under a second."""
        found, _ = pieces([shape])
        if len(found) > REPAIRED_PIECES:
            return f"sie besteht aus {_format_count(len(found))} Teilen, die sich berühren oder überschneiden"
        begin, end, _ = strokes(found)
        lines = np.asarray(shapely.linestrings(np.stack([begin, end], axis=1)), dtype=object)
        tree = shapely.STRtree(lines)
        crossings = tree.query(lines, predicate="crosses").shape[1] // 2
        if crossings > CROSSINGS:
            return f"sie kreuzt sich selbst an {_format_count(crossings)} Stellen"
        # Every stroke meets itself and the two beside it.
        touches = (tree.query(lines, predicate="intersects").shape[1] - 3 * len(lines)) // 2 - crossings
        if touches > TOUCHES:
            return f"sie berührt sich selbst an {_format_count(touches)} Stellen"
        self.crossings += crossings
        if self.crossings > CROSSINGS_OF_A_FILE:
            return f"mit ihr kreuzen sich die Grenzen dieser Datei an {_format_count(self.crossings)} Stellen"
        return ""


def most_tangled(shapes: Sequence[BaseGeometry]) -> int | None:
    """Return the shape tangled most with others; None if they aren't."""
    found, owners = pieces(shapes)
    begin, end, piece = strokes(found)
    of = boxes(begin, end)
    if near_pairs(of, TOWN * len(of) + _SPARE) <= TOWN * len(of) + _SPARE:
        around = Boxes(*shapely.bounds(np.asarray(shapes, dtype=object)).T)
        limit = TOWN * len(around) + _SPARE
        if near_pairs(around, limit) <= limit:
            return None
    counts = np.minimum(
        _count_meeting_intervals(of.west, of.east), _count_meeting_intervals(of.south, of.north)
    )
    return int(np.bincount(owners[piece], counts).argmax())


def _format_count(count: int) -> str:
    return f"{count:,}".replace(",", ".")
