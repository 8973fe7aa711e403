"""Part what every export reads into the town's own and what comes from OpenStreetMap, which gets a file with its own licence.

The ODbL asks that who gets such data gets it under the ODbL; the town's own licence is another one. So no file holds both: where the
town's files speak of a place or a boundary of OpenStreetMap, they name it and leave where it lies to the other file.
"""

from __future__ import annotations

import dataclasses
import json

import shapely
from shapely.geometry.base import BaseGeometry

from generator.export.geojson import outline
from generator.export.source import ExportSource
from generator.model.config import OSM_CREDIT
from generator.model.facts import Location
from generator.model.groups import Address

LICENCE = "odbl-1.0"
_TERMS = "https://opendatacommons.org/licenses/odbl/1-0/"


def has_apart(source: ExportSource) -> bool:
    """Tell whether anything of OpenStreetMap would be passed on."""
    site = source.site
    return bool(
        site.osm_places or site.osm_shapes or any(layer.credit == OSM_CREDIT for layer in site.context)
    )


def own_part(source: ExportSource) -> ExportSource:
    """Return the same without where places and boundaries of OpenStreetMap lie."""
    site, facts = source.site, source.facts
    if not site.osm_places and not site.osm_shapes:
        return source

    def own(location: Location) -> Location:
        apart = location.place in site.osm_places
        if apart:
            return dataclasses.replace(location, address=None, point=None)
        return location

    places = {
        key: own(dataclasses.replace(location, place=key)) if key in site.osm_places else location
        for key, location in facts.places.items()
    }
    offers = {}
    for key, item in facts.offers.items():
        stops = [dataclasses.replace(stop, location=own(stop.location)) for stop in item.stops]
        offers[key] = dataclasses.replace(item, location=own(item.location), stops=tuple(stops))
    shapes = {key: shape for key, shape in site.shapes.items() if key not in site.osm_shapes}
    return dataclasses.replace(
        source,
        site=dataclasses.replace(site, shapes=shapes),
        facts=dataclasses.replace(facts, places=places, offers=offers),
    )


def osm_geojson(source: ExportSource) -> bytes:
    """Return boundaries, places and the ground of maps that come from OpenStreetMap, with their licence in the file."""
    site, facts = source.site, source.facts
    features = [
        _feature(key, site.shapes[key], kind="area", name=source.text(site.spaces[key], "name"))
        for key in sorted(site.osm_shapes & site.shapes.keys())
    ]
    for key in sorted(site.osm_places & site.places.keys()):
        place, location = site.places[key], facts.places[key]
        if location.point is None or facts.protects(key):
            continue
        spot = shapely.Point(location.point.longitude, location.point.latitude)
        address = location.address
        origin = place.origin.name if place.origin else OSM_CREDIT
        features.append(
            _feature(
                key,
                spot,
                kind=place.kind,
                name=source.text(place, "name"),
                address=_written(address),
                opening_hours=place.hours.of_a_door if place.hours else None,
                source=origin,
                url=source.address("place", key),
            )
        )
    for layer in site.context:
        if layer.credit == OSM_CREDIT:
            features += [
                _feature(None, item.shape, kind=item.kind, layer=layer.name, name=item.name or None)
                for item in layer.shapes
            ]
    value = {"type": "FeatureCollection", "attribution": OSM_CREDIT, "license": _TERMS, "features": features}
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _written(address: Address | None) -> str | None:
    if address is None:
        return None
    return f"{address.street} {address.number or ''}".strip() + f", {address.postcode} {address.town}"


def _feature(key: str | None, shape: BaseGeometry, **properties: str | None) -> dict[str, object]:
    found: dict[str, object] = {"type": "Feature"}
    if key:
        found["id"] = key
    return found | {"properties": properties, "geometry": outline(shape)}
