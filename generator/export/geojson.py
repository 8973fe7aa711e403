"""Offers and areas in, GeoJSON (RFC 7946) out: longitude and latitude in WGS 84, only points that may be shown."""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from generator.export.offer_table import illustrative_text
from generator.export.source import ExportSource, hours_of_a_door

DIGITS = 6
"""Digits of degrees that are written: a tenth of a metre, finer than any record."""


def offers_geojson(source: ExportSource) -> bytes:
    """Return the offers with a public point as features; all others are in the table and in HSDS.

    An offer at several places is a feature at each, with what that place is called and the hours that it is there.
    """
    features = []
    for offer, facts in source.offers:
        own = None if offer.invented("hours") else hours_of_a_door(offer, facts)
        at = [(offer.id, facts.location, own, "")]
        at += [
            (
                f"{offer.id}/{number}",
                there.location,
                stop.hours.of_a_door if stop.hours else None,
                there.name,
            )
            for number, (stop, there) in enumerate(zip(offer.stops, facts.stops, strict=True), 1)
        ]
        shown = [item for item in at if item[1].point is not None and item[1].visibility == "full"]
        if not shown:
            continue
        properties = {
            "name": source.text(offer, "name"),
            "summary": source.text(offer, "summary"),
            "kind": offer.kind,
            "topics": list(offer.topics),
            "provider": source.text(source.site.providers[offer.provider], "name"),
            # Each feature says its own.
            "opening_hours": None,
            "phone": facts.contact.number or None,
            "status": offer.status,
            "illustrative": illustrative_text(offer) or None,
            "checked": offer.checked.isoformat() if offer.checked else None,
            "url": source.address("offer", offer.id),
        }
        for key, location, hours, name in shown:
            if location.point is not None:
                here = [location.point.longitude, location.point.latitude]
                more = {"opening_hours": hours} | ({"stop": name} if name else {})
                features.append(_feature(key, {"type": "Point", "coordinates": here}, properties | more))
    return _collection(features)


def areas_geojson(source: ExportSource) -> bytes:
    """Return every area that has an outline, the widest level first."""
    features = []
    spaces = source.facts.spaces
    there = source.site.shapes.keys() | source.site.osm_shapes
    for key in sorted(there, key=lambda key: (spaces[key].geography, spaces[key].depth, key)):
        space, facts = source.site.spaces[key], spaces[key]
        properties = {
            "name": source.text(space, "name"),
            "geography": facts.geography,
            "level": space.level,
            "parent": space.parent,
            "code": space.code,
            "boundary": space.boundary_kind,
            "illustrative": illustrative_text(space) or None,
            "square_kilometres": round(facts.area, 3) if facts.area is not None else None,
            "url": source.address("space", key),
        }
        features.append(_feature(key, outline(source.site.shapes.get(key)), properties))
    return _collection(features)


def outline(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """Return a shape as GeoJSON has it; nothing where where it lies stands in a file with its own licence."""
    if shape is None:
        return None
    whole = shapely.transform(shape, lambda points: points.round(DIGITS))
    found: dict[str, Any] = mapping(shapely.orient_polygons(whole) if whole.area else whole)
    return found


def _feature(id: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}


def _collection(features: list[dict[str, Any]]) -> bytes:
    content = {"type": "FeatureCollection", "features": features}
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
