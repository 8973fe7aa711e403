"""Project degrees to the units of a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import shapely
from msgspec import Struct
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from generator.model.geometry import METRES_PER_DEGREE
from generator.model.scalars import Point

WIDTH = 1000
"""Width of every drawing in its own units; the stylesheet scales it to the room there is."""

AROUND = 6  # units that shapes go beyond the edge
PADDING = 0.04
"""Share of the longer side that is left free on each side of what is shown."""
FLATTEST, STEEPEST = 0.5, 0.85
"""Between these lies the height of a drawing as a share of its width, so that a map fits a screen."""

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
Spot = tuple[float, float]
"""A place in the drawing, in its units from the upper left corner."""
Shapes = TypeVar("Shapes", BaseGeometry, np.ndarray)  # one or an array


class Projection(Struct, frozen=True):
    """Equirectangular, true at the middle latitude: good enough for a town."""

    west: float  # the left edge, in degrees
    north: float  # the upper edge
    scale_x: float  # units a degree
    scale_y: float
    height: int  # in units; the width is `WIDTH`

    @classmethod
    def around(cls, bounds: Bounds) -> Projection:
        """Fit bounds (west, south, east, north in degrees) into a drawing."""
        west, south, east, north = bounds
        squeeze = math.cos(math.radians((south + north) / 2))
        across, up = (east - west) * squeeze, north - south
        free = 2 * PADDING * max(across, up, 1e-5)  # a single point has no sides
        across, up = across + free, up + free
        wide = max(across, up / STEEPEST)
        high = max(up, wide * FLATTEST)
        scale = WIDTH / wide
        return cls(
            west=(west + east) / 2 - wide / squeeze / 2,
            north=(south + north) / 2 + high / 2,
            scale_x=scale * squeeze,
            scale_y=scale,
            height=round(high * scale),
        )

    def __call__(self, point: Point) -> Spot:
        """Return x and y of a point."""
        return (point.longitude - self.west) * self.scale_x, (self.north - point.latitude) * self.scale_y

    def project(self, shapes: Shapes) -> Shapes:
        """Return shapes in the drawing's units."""
        factors = np.array([self.scale_x, -self.scale_y])
        origin = np.array([self.west, self.north])
        moved: Shapes = shapely.transform(shapes, lambda coordinates: (coordinates - origin) * factors)
        return moved

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies in the drawing."""
        x, y = self(point)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    def shows(self, bounds: Bounds) -> bool:
        """Tell whether anything within bounds (degrees) may be seen."""
        left, low, right, high = bounds
        west, south, east, north = self.bounds
        return left < east and right > west and low < north and high > south

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


def clip(shapes: Shapes, height: float) -> Shapes:
    """Cut shapes `AROUND` units beyond the drawing, so that cuts aren't seen."""
    cut: Shapes = shapely.clip_by_rect(shapes, -AROUND, -AROUND, WIDTH + AROUND, height + AROUND)
    return cut


def path_data(shape: BaseGeometry) -> str:
    """Return a path's `d` in whole relative units; empty for points."""
    pieces: list[str] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = (part.exterior, *part.interiors)
            pieces += [_write_path_line(shapely.get_coordinates(ring)[:-1], closed=True) for ring in rings]
        elif part.geom_type in ("LineString", "LinearRing"):
            pieces.append(_write_path_line(shapely.get_coordinates(part), closed=False))
        elif part.geom_type != "Point":
            pieces.append(path_data(part))
    return "".join(pieces)


def _write_path_line(coordinates: np.ndarray, *, closed: bool) -> str:
    whole = np.rint(coordinates).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < (2 if closed else 1):
        return ""
    return f"M{_write_path_numbers(whole[0])}l{_write_path_numbers(steps.ravel())}{'z' if closed else ''}"


def _write_path_numbers(values: Iterable[int]) -> str:
    """Write numbers, separated by spaces or minus signs."""
    return "".join(f"{value}" if value < 0 else f" {value}" for value in values).lstrip(" ")
