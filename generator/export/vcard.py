"""A place in, its entry for an address book out: vCard 4.0 (RFC 6350), folded and escaped as calendars are."""

from __future__ import annotations

from generator.export.ical import line, text
from generator.export.source import ExportSource
from generator.model.place import Place


def has_card(source: ExportSource, key: str) -> bool:
    """Tell whether a place may stand in address books: its whereabouts are open, and it isn't there for what is sensitive alone."""
    return not source.facts.protects(key)


def place_card(source: ExportSource, place: Place) -> bytes:
    """Return the vCard of a place."""
    location = source.facts.places[place.id]
    contact, address, point = place.contact, location.address, location.point
    name = source.text(place, "name")
    rows = [("BEGIN", "VCARD"), ("VERSION", "4.0"), ("KIND", "location"), ("FN", text(name))]
    rows.append(("ORG", text(name)))
    if address is not None:
        street = f"{address.street} {address.number or ''}".strip()
        parts = ("", "", street, address.town, "", address.postcode, "")
        rows.append(("ADR;TYPE=work", ";".join(text(part) for part in parts)))
    if contact is not None:
        numbers = (("voice", contact.phone), ("cell", contact.mobile))
        rows += [(f"TEL;VALUE=text;TYPE={kind}", text(number)) for kind, number in numbers if number]
        if contact.email:
            rows.append(("EMAIL", text(contact.email)))
    if point is not None:
        rows.append(("GEO", f"geo:{point.latitude},{point.longitude}"))
    rows.append(("URL", source.address("place", place.id)))
    if place.checked is not None:
        rows.append(("REV", f"{place.checked:%Y%m%d}T000000Z"))
    rows.append(("END", "VCARD"))
    return "".join(line(*row) for row in rows).encode()
