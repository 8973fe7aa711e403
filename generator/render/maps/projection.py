"""Degrees in, the units of a map's drawing out; shapes in these units become short path data."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon, box
from shapely.geometry.base import BaseGeometry

from generator.model.geometry import METRES_PER_DEGREE
from generator.model.scalars import Point

WIDTH = 1000
"""Width of every drawing in its own units; the stylesheet scales it to the room there is."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Inset:
    """Ground far off, drawn in a frame of its own: what of the world (degrees), where in the drawing, and what is written below."""

    bounds: Bounds
    frame: Bounds
    west: float
    north: float
    scale_x: float
    scale_y: float
    says: tuple[str, ...]

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies on the ground that it shows."""
        west, south, east, north = self.bounds
        return west <= point.longitude <= east and south <= point.latitude <= north


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, true at the middle latitude: right for a town, where a degree is nearly constant."""

    west: float
    north: float
    scale_x: float
    scale_y: float
    height: int
    insets: tuple[Inset, ...] = ()

    @classmethod
    def around(
        cls, bounds: Bounds, *, padding: float = 0.04, flattest: float = 0.5, steepest: float = 0.85
    ) -> Projection:
        """Fit bounds (west, south, east, north in degrees) into a drawing.

        `padding` is left free on each side as a share of the longer one; height to width stays between `flattest`
        and `steepest`, so that a map fits a screen.
        """
        west, south, east, north = bounds
        squeeze = math.cos(math.radians((south + north) / 2))
        across, up = (east - west) * squeeze, north - south
        free = 2 * padding * max(across, up, 1e-5)
        across, up = across + free, up + free
        wide = max(across, up / steepest)
        high = max(up, wide * flattest)
        scale = WIDTH / wide
        return cls(
            west=(west + east) / 2 - wide / squeeze / 2,
            north=(south + north) / 2 + high / 2,
            scale_x=scale * squeeze,
            scale_y=scale,
            height=round(high * scale),
        )

    def __call__(self, point: Point) -> tuple[float, float]:
        """Return x and y of a point."""
        for inset in self.insets:
            if inset.holds(point):
                return (
                    (point.longitude - inset.west) * inset.scale_x,
                    (inset.north - point.latitude) * inset.scale_y,
                )
        return (point.longitude - self.west) * self.scale_x, (self.north - point.latitude) * self.scale_y

    def project(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in the drawing's units."""
        main: BaseGeometry = _moved(shape, self)
        if not self.insets:
            return main
        parts = [main.difference(shapely.union_all([box(*inset.frame) for inset in self.insets]))]
        parts += [_moved(shapely.clip_by_rect(shape, *inset.bounds), inset) for inset in self.insets]
        return _gathered(shape, parts)

    def project_all(self, shapes: np.ndarray) -> np.ndarray:
        """Return shapes in the drawing's units."""
        if not self.insets:
            moved: np.ndarray = _moved(shapes, self)
            return moved
        return np.array([self.project(shape) for shape in shapes], dtype=object)

    def shows(self, bounds: Bounds) -> bool:
        """Tell whether anything within bounds (degrees) may be seen."""
        left, low, right, high = bounds
        parts = [self.bounds, *(inset.bounds for inset in self.insets)]
        return any(
            left < east and right > west and low < north and high > south
            for west, south, east, north in parts
        )

    @property
    def frame(self) -> BaseGeometry:
        """The drawing's rectangle."""
        return box(0, 0, WIDTH, self.height)

    @property
    def bounds(self) -> Bounds:
        """What the drawing shows: west, south, east, north in degrees."""
        return (
            self.west,
            self.north - self.height / self.scale_y,
            self.west + WIDTH / self.scale_x,
            self.north,
        )

    @property
    def metres_per_unit(self) -> float:
        """How many metres one unit of the drawing stands for."""
        return METRES_PER_DEGREE / self.scale_y


def _moved(shape: Any, by: Projection | Inset) -> Any:
    factors = np.array([by.scale_x, -by.scale_y])
    origin = np.array([by.west, by.north])
    return shapely.transform(shape, lambda coordinates: (coordinates - origin) * factors)


def _gathered(kind: BaseGeometry, parts: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the pieces of the same dimension as `kind` as one shape: cutting leaves points and lines behind."""
    pieces = shapely.get_parts(shapely.get_parts(list(parts)))
    dimension = int(shapely.get_dimensions(kind))
    found = [piece for piece in pieces if shapely.get_dimensions(piece) == dimension and not piece.is_empty]
    if dimension == 2:
        return MultiPolygon(found)
    return MultiLineString(found) if dimension == 1 else MultiPoint(found)


def clip(shape: BaseGeometry, height: float, room: float = 6) -> BaseGeometry:
    """Cut a shape to the drawing and `room` units around it, so that cut edges lie outside of what is seen."""
    return shapely.clip_by_rect(shape, -room, -room, WIDTH + room, height + room)


def clip_all(shapes: np.ndarray, height: float, room: float = 6) -> np.ndarray:
    """Cut many shapes as `clip` does one."""
    cut: np.ndarray = shapely.clip_by_rect(shapes, -room, -room, WIDTH + room, height + room)
    return cut


def path_data(shape: BaseGeometry) -> str:
    """Return the `d` of a path: whole units, relative, no point twice. Points and empty shapes give nothing."""
    pieces: list[str] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = (part.exterior, *part.interiors)
            pieces += [_line(shapely.get_coordinates(ring)[:-1], closed=True) for ring in rings]
        elif part.geom_type in ("LineString", "LinearRing"):
            pieces.append(_line(shapely.get_coordinates(part), closed=False))
        elif part.geom_type != "Point":
            pieces.append(path_data(part))
    return "".join(pieces)


def _line(coordinates: np.ndarray, *, closed: bool) -> str:
    whole = np.rint(coordinates).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < (2 if closed else 1):
        return ""
    return f"M{_numbers(whole[0])}l{_numbers(steps.ravel())}{'z' if closed else ''}"


def _numbers(values: Iterable[int]) -> str:
    """Write numbers one after the other; a minus sign separates as well as a space."""
    return "".join(f"{value}" if value < 0 else f" {value}" for value in values).lstrip(" ")
