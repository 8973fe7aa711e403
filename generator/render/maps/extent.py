"""A view in, the bounds of its map out: pieces so far off that the town would shrink beside them are left out.

An island a day's journey away belongs to the town like any quarter, but drawn at its true distance it shrinks the map to a
corner. The list beside the map and the moving map have it.
"""

from __future__ import annotations

import shapely

from generator.render.base.context import Context
from generator.render.maps.projection import Bounds
from generator.render.maps.views import MapView

SHRUNK = 0.6
"""A map that would show the town at less of its size than this leaves out what is far off."""
LARGEST = 0.7
"""Share of the town's ground that all far pieces have at most: what is larger is no exclave but half the town."""
_GAP = 0.1
"""Pieces nearer to each other than this share of the whole map belong together."""


def extent(context: Context, view: MapView) -> Bounds:
    """Return what the map of a view shows: all of it, or the town without the far pieces of its areas."""
    keys = view.outline or tuple(area.id for area in view.areas)
    shapes = [context.site.shapes[key] for key in keys if key in context.site.shapes]
    pieces = shapely.get_parts(shapes)
    gap = _GAP * _across(view.bounds)
    near = shapely.buffer(shapely.box(*shapely.bounds(pieces).T), gap / 2)
    groups = shapely.get_parts(shapely.union_all(near))
    if len(groups) < 2:
        return view.bounds
    grounds = [pieces[shapely.intersects(group, pieces)] for group in groups]
    town, *far = sorted((shapely.union_all(ground) for ground in grounds), key=lambda ground: -ground.area)
    west, south, east, north = town.bounds
    small = _across(town.bounds) <= SHRUNK * _across(view.bounds)
    if not small or sum(ground.area for ground in far) > LARGEST * town.area:
        return view.bounds
    return west, south, east, north


def _across(bounds: Bounds) -> float:
    """Return the longer side of bounds, in degrees."""
    west, south, east, north = bounds
    return max(east - west, north - south)
