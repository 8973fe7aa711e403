"""A view in, a projection out in which far pieces of its areas stand in a corner, so that the town itself stays large.

An island a day's journey away belongs to the town like any quarter, but drawn at its true distance it shrinks the map to a
corner. So what lies far off has a frame of its own, with how far it is; one that is as near as the town is wide stays where it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from generator.model.geometry import metres
from generator.model.scalars import Point
from generator.render.base.context import Context
from generator.render.maps.labels import STREET_NARROW, text_width
from generator.render.maps.projection import WIDTH, Bounds, Inset, Projection
from generator.render.maps.views import MapView

SHRUNK = 0.6
"""A map that would show the town at less of its size than this has insets."""
LARGEST = 0.7
"""Share of the town's ground that all far pieces have at most: what is larger is no exclave but half the town."""
MOST = 3
_GAP = 0.1
"""Pieces nearer to each other than this share of the whole map belong together."""
_ROOM, _SIDE, _SMALLEST, _PADDING, _EDGE = 200.0, 0.34, 60.0, 16.0, 12.0


def main_bounds(context: Context, view: MapView) -> tuple[Bounds, list[BaseGeometry]]:
    """Return what the map shows at full size, and the far pieces of its areas; nothing is far on most maps."""
    clusters = _far_apart(context, view)
    if not clusters:
        return view.bounds, []
    town, *others = sorted(clusters, key=lambda cluster: -cluster.area)
    near = [town, *_near(view, others)]
    # What lies within the map of the town anyway stays there.
    frame = box(*_grown(shapely.total_bounds(near), 0.08))
    inside = [piece for piece in others if frame.contains(box(*piece.bounds))]
    far = [piece for piece in others if piece not in inside]
    main = _bounds(shapely.total_bounds([*near, *inside]))
    if not far or len(far) > MOST:
        return view.bounds, []
    squeeze = _squeeze(view)
    small = _across(main, squeeze) / _across(view.bounds, squeeze) <= SHRUNK
    if not small or sum(piece.area for piece in far) > LARGEST * town.area:
        return view.bounds, []
    return main, far


def _far_apart(context: Context, view: MapView) -> list[BaseGeometry]:
    """Return the groups of pieces of which the areas of a view consist; nothing where all lie together."""
    keys = view.outline or tuple(area.id for area in view.areas)
    shapes = [context.site.shapes[key] for key in keys if key in context.site.shapes]
    pieces = list(chain.from_iterable(map(shapely.get_parts, shapes)))
    if len(pieces) < 2:
        return []
    return _clusters(pieces, _GAP * _across(view.bounds, _squeeze(view)))


def _near(view: MapView, others: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the markers of a view that lie in the box of none of the other pieces."""
    boxes = [box(*piece.bounds) for piece in others]
    markers = [shapely.Point(item.point.longitude, item.point.latitude) for item in view.markers]
    return _apart(markers, boxes)


def _apart(shapes: Iterable[BaseGeometry], others: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the shapes that touch none of the others."""
    return [shape for shape in shapes if not any(shape.intersects(other) for other in others)]


def _squeeze(view: MapView) -> float:
    """Return how much shorter a degree of longitude is in the middle of a view than one of latitude."""
    _west, south, _east, north = view.bounds
    return math.cos(math.radians((south + north) / 2))


def _across(bounds: Bounds, squeeze: float) -> float:
    """Return the longer side of bounds, in degrees of latitude."""
    west, south, east, north = bounds
    return max((east - west) * squeeze, north - south)


def fitted(context: Context, view: MapView) -> Projection:
    """Return the projection of a view, with a frame for each far piece of its areas."""
    bounds, far = main_bounds(context, view)
    projection = Projection.around(bounds)
    if not far:
        return projection
    keys = view.outline or tuple(area.id for area in view.areas)
    ground = projection.project(
        shapely.clip_by_rect(
            shapely.union_all([context.site.shapes[key] for key in keys]), *projection.bounds
        )
    )
    middle = Point((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    frames: list[BaseGeometry] = []
    insets: list[Inset] = []
    for piece in far:
        spot = piece.representative_point()
        distance = context.texts.distance(max(1, round(metres(middle, Point(spot.x, spot.y)) / 1000)) * 1000)
        said = [context.texts.gettext("{distance} entfernt").format(distance=distance)]
        scale, size = _size(projection, piece)
        if scale > projection.scale_y * 1.05 or scale < projection.scale_y * 0.95:
            said.append(context.texts.gettext("anderer Maßstab"))
        across = max(size[0] + 2 * _PADDING, *(text_width(line, STREET_NARROW) + _PADDING for line in said))
        up = size[1] + 2 * _PADDING + len(said) * STREET_NARROW * 1.12
        corner = min(
            _corners(projection, across, up, frames), key=lambda place: place.intersection(ground).area
        )
        if corner.intersects(ground):
            # No corner is free: the drawing grows by a strip below the town.
            corner = box(_EDGE, projection.height + _EDGE, _EDGE + across, projection.height + _EDGE + up)
            projection = replace(projection, height=round(projection.height + up + 2 * _EDGE))
        frames.append(corner)
        insets.append(_inset(projection, piece, corner, scale, size, tuple(said)))
    return replace(projection, insets=tuple(insets))


def _clusters(pieces: Sequence[BaseGeometry], distance: float) -> list[BaseGeometry]:
    """Return groups of pieces that lie near each other, each as one shape; how near is judged by their boxes, which costs little."""
    boxes = [box(*piece.bounds) for piece in pieces]
    group = list(range(len(pieces)))
    for one, other in zip(
        *shapely.STRtree(boxes).query(boxes, predicate="dwithin", distance=distance), strict=True
    ):
        first, second = group[one], group[other]
        if first != second:
            group = [first if item == second else item for item in group]
    gathered: dict[int, list[BaseGeometry]] = {}
    for number, piece in zip(group, pieces, strict=True):
        gathered.setdefault(number, []).append(piece)
    return [shapely.union_all(found) for found in gathered.values()] if len(gathered) > 1 else []


def _bounds(values: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]) -> Bounds:
    west, south, east, north = (float(value) for value in values)
    return west, south, east, north


def _grown(values: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]], share: float) -> Bounds:
    west, south, east, north = _bounds(values)
    more = share * max(east - west, north - south)
    return west - more, south - more, east + more, north + more


def _size(projection: Projection, piece: BaseGeometry) -> tuple[float, tuple[float, float]]:
    """Return units for a degree of latitude, and how large the piece becomes: true to scale where it fits and can be seen."""
    west, south, east, north = piece.bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    largest = min(WIDTH * _SIDE / across, min(_ROOM, projection.height * _SIDE) / up)
    scale = min(max(projection.scale_y, _SMALLEST / max(across, up)), largest)
    return scale, (across * scale, up * scale)


def _corners(
    projection: Projection, across: float, up: float, taken: Sequence[BaseGeometry]
) -> list[BaseGeometry]:
    right, low = WIDTH - _EDGE - across, projection.height - _EDGE - up
    corners = ((_EDGE, _EDGE), (right, _EDGE), (_EDGE, low), (right, low))
    places: list[BaseGeometry] = [box(x, y, x + across, y + up) for x, y in corners]
    return _apart(places, taken) or places


def _inset(
    projection: Projection,
    piece: BaseGeometry,
    frame: BaseGeometry,
    scale: float,
    size: tuple[float, float],
    said: tuple[str, ...],
) -> Inset:
    west, south, east, north = piece.bounds
    left, top, right, bottom = frame.bounds
    scale_x = scale * math.cos(math.radians((south + north) / 2))
    x, y = (left + right - size[0]) / 2, top + _PADDING
    margin = _PADDING * 0.9
    return Inset(
        bounds=(
            west - margin / scale_x,
            south - margin / scale,
            east + margin / scale_x,
            north + margin / scale,
        ),
        frame=(left, top, right, bottom),
        west=west - x / scale_x,
        north=north + y / scale,
        scale_x=scale_x,
        scale_y=scale,
        says=said,
    )
