"""Write offers and areas as a table and as GeoJSON.

What comes from OpenStreetMap stands in files of its own, under its licence.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import shapely
from msgspec.structs import replace
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from generator.export.source import ExportSource, expression_of_a_door, hours_of_a_door, json_file
from generator.hours.schedule import Schedule
from generator.model.config import OSM_CREDIT
from generator.model.facts import Location, OfferFacts, StopFacts
from generator.model.groups import Fee, Record
from generator.model.offer import Offer
from generator.model.scalars import Point

Node = dict[str, Any]
# Full-width signs begin a formula where Excel is set to an East Asian language.
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def no_formula(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute.

    >>> no_formula("=1+1"), no_formula("-2.5"), no_formula("-")
    ("'=1+1", '-2.5', '-')
    """
    computed = text.startswith(_BEGINS) and len(text) > 1 and not _NUMBER.fullmatch(text)
    return f"'{text}" if computed else text


COLUMNS = (
    "id", "name", "summary", "status", "kind", "topics", "provider", "place", "street", "postcode", "town",
    "longitude", "latitude", "spaces", "age_from_months", "age_to_months", "for", "hours", "hours_osm", "cost",
    "amount_eur", "access", "languages", "interpreter", "phone", "email", "website", "from", "until", "checked", "illustrative", "url",
    "amount_to_eur", "amount_reduced_eur", "register_by", "childcare", "messengers", "stops", "closed",
    "places_free", "places_total", "places_waiting", "places_as_of",
)  # fmt: skip


def offers_csv(source: ExportSource) -> bytes:
    """Return a row for each offer; lists by `;`, protected addresses empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for offer, facts in source.offers:
        row = _make_offer_row(source, offer, facts)
        writer.writerow([no_formula(" ".join(row.get(name, "").split())) for name in COLUMNS])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _make_offer_row(source: ExportSource, offer: Offer, facts: OfferFacts) -> dict[str, str]:
    place = None
    if offer.place and facts.location.visibility == "full":
        place = source.site.places.get(offer.place)
    values: dict[str, object] = {
        "id": offer.id,
        "name": source.text(offer, "name"),
        "summary": source.text(offer, "summary"),
        "status": offer.status,
        "kind": offer.kind,
        "topics": ";".join(offer.topics),
        "provider": source.text(source.site.providers[offer.provider], "name"),
        "place": source.text(place, "name") if place else "",
        **dict(_list_public_place_columns(facts)),
        "spaces": ";".join(dict.fromkeys((*facts.spaces, *offer.spaces))),
        "for": ";".join(offer.for_),
        "hours": offer.hours.written if offer.hours else "",
        "hours_osm": hours_of_a_door(offer, facts),
        **_cost(offer.cost),
        "childcare": offer.childcare,
        "stops": " | ".join(_write_stop(source, stop) for stop in facts.stops),
        "closed": ";".join(_closed_days(source, facts.schedule)),
        "messengers": ";".join(facts.contact.messengers),
        "languages": ";".join(offer.languages),
        "interpreter": offer.interpreter,
        "phone": facts.contact.number,
        "email": facts.contact.email,
        "website": facts.contact.website,
        "from": offer.from_,
        "until": offer.until,
        "checked": offer.checked,
        "illustrative": illustrative_text(offer),
        "url": source.address("offer", offer.id),
    }
    if offer.ages:
        values |= {"age_from_months": offer.ages.lower, "age_to_months": offer.ages.upper}
    if offer.access is not None:
        values |= {"access": offer.access.way, "register_by": offer.access.register_by}
    if offer.capacity is not None and not facts.sensitive:
        room = offer.capacity
        values |= {"places_free": room.free, "places_total": room.places, "places_as_of": room.date}
        values["places_waiting"] = room.waiting
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _closed_days(source: ExportSource, schedule: Schedule | None) -> Iterator[str]:
    """Yield when an offer is closed and where to turn: `2026-12-21/2027-01-03 Ferien, other-offer, 040 …`."""
    for one in schedule.closings if schedule else ():
        days = f"{one.first}/{one.last}" if one.last > one.first else f"{one.first}"
        instead = filter(None, (source.facts.instead_of(one), one.instead_phone))
        yield ", ".join((f"{days} {one.reason or ''}".strip(), *instead))


def _cost(cost: Fee | str | None) -> dict[str, object]:
    """Return a cost as a word or amounts."""
    if not isinstance(cost, Fee):
        return {"cost": cost}
    return {
        "cost": "fee" if cost.amount is not None else None,
        "amount_eur": cost.amount,
        "amount_to_eur": cost.up_to,
        "amount_reduced_eur": cost.reduced,
    }


def _write_stop(source: ExportSource, stop: StopFacts) -> str:
    place = source.site.places.get(stop.location.place or "")
    name = source.text(place, "name") if place is not None else ""
    where = ", ".join(filter(None, (name, stop.name)))
    return f"{where}: {stop.schedule.written}" if stop.schedule is not None else where


def illustrative_text(record: Record) -> str:
    """Say what was made up: `yes`, field names, or nothing."""
    if isinstance(record.illustrative, tuple):
        return ";".join(record.illustrative)
    if record.illustrative:
        return "yes"
    return ""


def _list_public_place_columns(facts: OfferFacts) -> Iterator[tuple[str, str]]:
    """Yield the columns of address and point, if these are public."""
    address, point = facts.location.address, facts.location.point
    if facts.location.visibility != "full":
        return
    if address is not None:
        yield "street", address.door
        yield "postcode", address.postcode
        yield "town", address.town
    if point is not None:
        yield "longitude", str(point.longitude)
        yield "latitude", str(point.latitude)


DIGITS = 6
"""Digits of degrees that are written: a tenth of a metre, finer than any record."""


class _Spot(NamedTuple):
    """An offer's public point: the feature's id, hours, and a name if the offer has several."""

    key: str
    point: Point
    hours: str | None
    name: str


def offers_geojson(source: ExportSource) -> bytes:
    """Return offers with public points as features, others are in table and HSDS.

    With several places one feature each, with name and hours.
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
            "opening_hours": None,  # each feature says its own
            "phone": facts.contact.number or None,
            "status": offer.status,
            "illustrative": illustrative_text(offer) or None,
            "checked": offer.checked.isoformat() if offer.checked else None,
            "url": source.address("offer", offer.id),
        }
        for spot in shown:
            more = properties | {"opening_hours": spot.hours}
            if spot.name:
                more["stop"] = spot.name
            point = shapely.Point(spot.point.longitude, spot.point.latitude)
            features.append(feature(spot.key, point, more))
    return collection(features)


def _spots(offer: Offer, facts: OfferFacts) -> Iterator[_Spot]:
    """Yield an offer's visible points: its place, then stops."""
    location = facts.location
    if location.point is not None and location.visibility == "full":
        hours = None if offer.invented("hours") else hours_of_a_door(offer, facts)
        yield _Spot(offer.id, location.point, hours, "")
    for number, (stop, stop_facts) in enumerate(zip(offer.stops, facts.stops, strict=True), 1):
        location = stop_facts.location
        if location.point is not None and location.visibility == "full":
            hours = expression_of_a_door(stop.hours, stop_facts.schedule)
            yield _Spot(f"{offer.id}/{number}", location.point, hours, stop_facts.name)


def areas_geojson(source: ExportSource) -> bytes:
    """Return areas with outlines, widest first."""
    features = []
    spaces = source.facts.spaces
    outlined = source.site.shapes.keys() | source.site.osm_shapes
    for key in sorted(outlined, key=lambda key: (spaces[key].geography, spaces[key].depth, key)):
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
        features.append(feature(key, source.site.shapes.get(key), properties))
    return collection(features)


def feature(key: str | None, shape: BaseGeometry | None, properties: Node) -> Node:
    """Return a GeoJSON feature; without shape, an area whose outline has another licence."""
    geometry = None
    if shape is not None:
        rounded = shapely.transform(shape, lambda points: points.round(DIGITS))
        geometry = mapping(shapely.orient_polygons(rounded) if rounded.area else rounded)
    found = {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}
    if key is None:
        del found["id"]
    return found


def collection(features: list[Node], **about: object) -> bytes:
    """Return a file of features with common properties."""
    return json_file({"type": "FeatureCollection", **about, "features": features})


# OpenStreetMap's licence, as `LICENCES` names it, and its text.
LICENCE = "odbl-1.0"
_TERMS = "https://opendatacommons.org/licenses/odbl/1-0/"


def has_apart(source: ExportSource) -> bool:
    """Tell whether anything of OpenStreetMap would be passed on."""
    site = source.site
    return bool(
        site.osm_places or site.osm_shapes or any(layer.credit == OSM_CREDIT for layer in site.context)
    )


def own_part(source: ExportSource) -> ExportSource:
    """Return the source without OpenStreetMap's locations."""
    site, facts = source.site, source.facts
    if not site.osm_places and not site.osm_shapes:
        return source

    def without_osm(location: Location) -> Location:
        if location.place in site.osm_places:
            return replace(location, address=None, point=None)
        return location

    places = {
        # A place's own location doesn't name the place.
        key: without_osm(replace(location, place=key)) if key in site.osm_places else location
        for key, location in facts.places.items()
    }
    offers = {}
    for key, item in facts.offers.items():
        stops = [replace(stop, location=without_osm(stop.location)) for stop in item.stops]
        offers[key] = replace(item, location=without_osm(item.location), stops=tuple(stops))
    shapes = {key: shape for key, shape in site.shapes.items() if key not in site.osm_shapes}
    return replace(
        source,
        site=replace(site, shapes=shapes),
        facts=dataclasses.replace(facts, places=places, offers=offers),
    )


def osm_geojson(source: ExportSource) -> bytes:
    """Return OpenStreetMap's boundaries, places and ground, with licence."""
    site, facts = source.site, source.facts
    features = [
        feature(key, site.shapes[key], {"kind": "area", "name": source.text(site.spaces[key], "name")})
        for key in sorted(site.osm_shapes & site.shapes.keys())
    ]
    for key in sorted(site.osm_places & site.places.keys()):
        place, location = site.places[key], facts.places[key]
        if location.point is None or facts.protects(key):
            continue
        address = location.address
        properties = {
            "kind": place.kind,
            "name": source.text(place, "name"),
            "address": f"{address.door}, {address.post_town}" if address else None,
            "opening_hours": expression_of_a_door(place.hours, facts.place_hours.get(key)),
            "source": place.origin.name if place.origin else OSM_CREDIT,
            "url": source.address("place", key),
        }
        spot = shapely.Point(location.point.longitude, location.point.latitude)
        features.append(feature(key, spot, properties))
    for layer in site.context:
        if layer.credit == OSM_CREDIT:
            for item in layer.shapes:
                properties = {"kind": item.kind, "layer": layer.name, "name": item.name or None}
                features.append(feature(None, item.shape, properties))
    return collection(features, attribution=OSM_CREDIT, license=_TERMS)
