"""Offers and areas in, GeoJSON (RFC 7946) out: longitude and latitude in WGS 84, only points that may be shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from generator.export.offer_table import illustrative_text
from generator.export.source import ExportSource, hours_of_a_door
from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.scalars import Point

DIGITS = 6
"""Digits of degrees that are written: a tenth of a metre, finer than any record."""


class _Spot(NamedTuple):
    """A public point at which an offer takes place, with its key in the file, its hours, and its name if the offer has several."""

    key: str
    point: Point
    hours: str | None
    name: str


def offers_geojson(source: ExportSource) -> bytes:
    """Return the offers with a public point as features; all others are in the table and in HSDS.

    An offer at several places is a feature at each, with what that place is called and the hours that it is there.
    """
    features = []
    for offer, facts in source.offers:
        shown = list(_spots(offer, facts))
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
        for spot in shown:
            own = properties | {"opening_hours": spot.hours}
            if spot.name:
                own["stop"] = spot.name
            here = {"type": "Point", "coordinates": [spot.point.longitude, spot.point.latitude]}
            features.append(_feature(spot.key, here, own))
    return _collection(features)


def _spots(offer: Offer, facts: OfferFacts) -> Iterator[_Spot]:
    """Yield where an offer takes place, as far as the point may be shown: its own place, then each of its stops."""
    location = facts.location
    if location.point is not None and location.visibility == "full":
        hours = None if offer.invented("hours") else hours_of_a_door(offer, facts)
        yield _Spot(offer.id, location.point, hours, "")
    for number, (stop, there) in enumerate(zip(offer.stops, facts.stops, strict=True), 1):
        location = there.location
        if location.point is not None and location.visibility == "full":
            hours = None
            if stop.hours:
                hours = stop.hours.of_a_door
            yield _Spot(f"{offer.id}/{number}", location.point, hours, there.name)


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
