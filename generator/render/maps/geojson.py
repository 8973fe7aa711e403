"""Shapes of a site in, GeoJSON for moving maps out; the property `look` names the classes that draw it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from generator.model.site import ContextLayer, Site
from generator.render.maps.ground import GROUND, ground_level

DIGITS = 5
"""Digits of degrees that are written: one metre."""

_FINENESS = 1500
"""A border keeps what can be seen when the whole map is this many pixels wide."""


def feature_collection(rows: Iterable[tuple[BaseGeometry, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return shapes with their properties as GeoJSON, rounded to `DIGITS`."""
    features = []
    for shape, properties in rows:
        whole = shapely.transform(shape, lambda coordinates: coordinates.round(DIGITS))
        features.append(
            {"type": "Feature", "properties": dict(properties), "geometry": shapely.geometry.mapping(whole)}
        )
    return {"type": "FeatureCollection", "features": features}


def tolerance(bounds: tuple[float, float, float, float]) -> float:
    """Return by how many degrees a border may differ on a map of these bounds."""
    west, south, east, north = bounds
    return max(east - west, north - south) / _FINENESS


def simplified(site: Site, keys: Iterable[str], by: float) -> list[BaseGeometry]:
    """Return the simplified shapes of areas of one level; what they share stays shared."""
    return list(shapely.coverage_simplify([site.shapes[key] for key in keys], by))


def layer_rows(layer: ContextLayer, by: float) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Return the simplified shapes of a context layer with their looks."""
    kind = layer.name if layer.name in GROUND else "streets"
    rows: list[tuple[BaseGeometry, dict[str, Any]]] = []
    for _name, shape in layer.shapes:
        flat = " nr-live__water--flat" if kind == "water" and shape.geom_type.endswith("Polygon") else ""
        rows.append((shape.simplify(by), {"look": f"nr-live__{kind}{flat}"}))
    return rows


def layers_upwards(site: Site) -> list[ContextLayer]:
    """Return the context layers in the order in which they are drawn."""
    return sorted(
        site.context,
        key=lambda layer: (GROUND.index(layer.name) if layer.name in GROUND else len(GROUND), layer.name),
    )


def ground_rows(site: Site, by: float) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Return the areas that lie below markers."""
    level = ground_level(site)
    keys = [key for key in site.shapes if site.spaces[key].level == level]
    return [(shape, {"look": "nr-live__area"}) for shape in simplified(site, keys, by)] if keys else []


def ground_file(site: Site) -> bytes:
    """Return the ground of the directory's map: areas and context layers as one GeoJSON file."""
    shapes = [*site.shapes.values(), *(shape for layer in site.context for _name, shape in layer.shapes)]
    if not shapes:
        return b'{"type":"FeatureCollection","features":[]}'
    west, south, east, north = shapely.total_bounds(shapes)
    by = tolerance((float(west), float(south), float(east), float(north)))
    rows = ground_rows(site, by)
    for layer in layers_upwards(site):
        rows += layer_rows(layer, by)
    return json.dumps(feature_collection(rows), ensure_ascii=False, separators=(",", ":")).encode()
