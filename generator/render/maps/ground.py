"""A view and its projection in, the simplified shapes that its drawing shows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    levels = {context.site.spaces[area.id].level for area in (*view.areas, *view.around)}
    levels |= {context.site.spaces[key].level for key in view.outline}
    if not levels:
        levels = {ground_level(context.site)}
    by_level: dict[str, list[str]] = {}
    subject = shown(view)
    inner = {context.site.spaces[area.id].level for area in view.areas} if view.outline else set()
    for key, shape in context.site.shapes.items():
        level = context.site.spaces[key].level
        if level in levels and projection.shows(shape.bounds) and (key in subject or level not in inner):
            by_level.setdefault(level, []).append(key)
    found: dict[str, BaseGeometry] = {}
    for keys in by_level.values():
        # The more areas, the smaller each on the screen, and the less of its border can be seen.
        tolerance = coarse or (1.6 if len(keys) < 100 else 3.0)
        projected = [projection.project(context.site.shapes[key]) for key in keys]
        sharp = [
            number for number, key in enumerate(keys) if context.site.spaces[key].boundary_kind != "fuzzy"
        ]
        simple = [shape.simplify(tolerance) for shape in projected]
        for number, shape in zip(
            sharp, shapely.coverage_simplify([projected[number] for number in sharp], tolerance), strict=True
        ):
            simple[number] = shape
        found |= {
            key: cut
            for key, shape in zip(keys, simple, strict=True)
            if not (cut := clip(shape, projection.height)).is_empty
        }
    return found


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
