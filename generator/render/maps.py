"""Shapes and points in, an inline SVG map out: quiet, printable, readable without scripts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from generator.model.scalars import Point
from generator.render.context import Context

WIDTH = 640
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Marker:
    """A point on a map; `number` stands on it and in the list beside the map."""

    point: Point
    number: int
    name: str
    shape: str = "circle"


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to the map's units: equirectangular, true at the middle latitude."""

    west: float
    north: float
    scale_x: float
    scale_y: float
    height: int

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], width: int = WIDTH) -> Projection:
        """Fit bounds (west, south, east, north) into a map of the given width."""
        west, south, east, north = bounds
        squeeze = math.cos(math.radians((south + north) / 2))
        across = max((east - west) * squeeze, (north - south) * 1.15, 1e-6)
        middle = (west + east) / 2
        scale = (width - 2 * MARGIN) / across
        west = middle - across / squeeze / 2
        height = round((north - south) * scale + 2 * MARGIN)
        return cls(west, north, scale * squeeze, scale, height)

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return x and y."""
        return round((longitude - self.west) * self.scale_x + MARGIN, 1), round(
            (self.north - latitude) * self.scale_y + MARGIN, 1
        )

    def path(self, shape: BaseGeometry, tolerance: float = 0.4) -> str:
        """Return the `d` of a path; lines and areas are simplified to what can be seen."""
        simple = shape.simplify(tolerance / self.scale_y)
        parts: list[str] = []
        for part in getattr(simple, "geoms", [simple]):
            if part.geom_type == "Polygon":
                parts += [self._line(ring.coords, closed=True) for ring in (part.exterior, *part.interiors)]
            elif part.geom_type in ("LineString", "LinearRing"):
                parts.append(self._line(part.coords, closed=False))
        return "".join(parts)

    def _line(self, coordinates: Iterable[Sequence[float]], *, closed: bool) -> str:
        points = [self(item[0], item[1]) for item in coordinates]
        if closed:
            points = points[:-1]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")


def space_map(context: Context, path: str, space: str, markers: Sequence[Marker] = ()) -> Markup:
    """Draw a space with its children or neighbours; every area with a name is a link."""
    facts = context.facts.spaces[space]
    if facts.bounds is None:
        return Markup()
    projection = Projection.around(facts.bounds)
    shown = [key for key in facts.children if key in context.site.shapes]
    around = [key for key in facts.neighbours if key in context.site.shapes]
    return context.render(
        "parts/map.html",
        path,
        projection=projection,
        width=WIDTH,
        space=space,
        children=shown,
        around=around,
        markers=markers,
    )
