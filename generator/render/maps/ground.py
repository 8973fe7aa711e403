"""A view and its projection in, the simplified shapes that its drawing shows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.maps.labels import Named
from generator.render.maps.projection import WIDTH, Projection, clip
from generator.render.maps.views import MapArea, MapView

_NAMED = 60


def shown(view: MapView) -> frozenset[str]:
    return frozenset([*(area.id for area in (*view.areas, *view.around)), *view.outline])


def shapes_in(
    context: Context, view: MapView, projection: Projection, coarse: float = 0
) -> dict[str, BaseGeometry]:
    """Return the simplified shapes of all areas in the drawing, in its units; shared borders stay shared. `coarse` is by how much they may differ."""
    found: dict[str, BaseGeometry] = {}
    for keys in _in_sight(context, view, projection).values():
        # The more areas, the smaller each on the screen, and the less of its border can be seen.
        tolerance = coarse or (1.6 if len(keys) < 100 else 3.0)
        for key, shape in _simplified(context, keys, projection, tolerance).items():
            cut = clip(shape, projection.height)
            if not cut.is_empty:
                found[key] = cut
    return found


def _in_sight(context: Context, view: MapView, projection: Projection) -> dict[str, list[str]]:
    """Return the areas of each level that the drawing shows; beside the parts of an outlined area none of their level."""
    spaces = context.site.spaces
    levels = {spaces[area.id].level for area in (*view.areas, *view.around)}
    levels |= {spaces[key].level for key in view.outline}
    if not levels:
        levels = {ground_level(context.site)}
    subject = shown(view)
    inner = {spaces[area.id].level for area in view.areas} if view.outline else set()
    by_level: dict[str, list[str]] = {}
    for key, shape in context.site.shapes.items():
        level = spaces[key].level
        if level in levels and projection.shows(shape.bounds) and (key in subject or level not in inner):
            by_level.setdefault(level, []).append(key)
    return by_level


def _simplified(
    context: Context, keys: Sequence[str], projection: Projection, tolerance: float
) -> dict[str, BaseGeometry]:
    """Return simplified shapes; sharp borders are simplified together, so that those that two areas share stay shared."""
    projected = {key: projection.project(context.site.shapes[key]) for key in keys}
    simple = {key: shape.simplify(tolerance) for key, shape in projected.items()}
    sharp = [key for key in keys if context.site.spaces[key].boundary_kind != "fuzzy"]
    together = shapely.coverage_simplify([projected[key] for key in sharp], tolerance)
    simple.update(zip(sharp, together, strict=True))
    return simple


def ground_level(site: Site) -> str:
    """Return the finest level of the first geography with at most 60 areas: finer ones would only be noise."""
    counts: dict[str, int] = {}
    for key in site.shapes:
        level = site.spaces[key].level
        counts[level] = counts.get(level, 0) + 1
    levels = [level.id for level in site.config.geographies[0].levels if level.id in counts]
    return next((level for level in reversed(levels) if counts[level] <= 60), levels[0] if levels else "")


def names_in(
    context: Context, areas: Iterable[MapArea], shapes: Mapping[str, BaseGeometry], projection: Projection
) -> list[Named]:
    found: list[Named] = []
    for area in areas:
        shape, deepest = shapes.get(area.id), context.facts.spaces[area.id].label
        if shape is None or deepest is None:
            continue
        x, y = projection(deepest)
        if not (0 < x < WIDTH and 0 < y < projection.height):
            seen = shapely.intersection(shape, projection.frame)
            if seen.is_empty:
                continue
            inner = shapely.point_on_surface(seen)
            x, y = inner.x, inner.y
        found.append(Named(area.label or area.name, shape, x, y))
    return found


def wider_areas(
    context: Context, areas: Iterable[MapArea], projection: Projection
) -> dict[str, BaseGeometry]:
    """Return the shapes of the finest level above that has few enough areas to name; nothing where there is none."""
    spaces, shapes = context.facts.spaces, context.site.shapes
    above: dict[str, dict[str, None]] = {}
    for area in areas:
        for key in spaces[area.id].ancestors:
            if key in shapes:
                above.setdefault(context.site.spaces[key].level, {})[key] = None
    for keys in above.values():
        if 1 < len(keys) <= _NAMED:
            return {key: projection.project(shapes[key]).simplify(4).buffer(0) for key in keys}
    return {}
