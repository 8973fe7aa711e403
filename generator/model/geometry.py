"""Shapes and points in degrees in; distances, areas and the spaces around a point out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import shapely
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
