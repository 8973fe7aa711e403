"""A contact in, its entry for an address book out: vCard 3.0 (RFC 2426), which old telephones and the mail programs of offices read too.

Folded and escaped as calendars are (RFC 2426, 2.6 and 4).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.export.ical import line, text
from generator.model.facts import Location
from generator.model.groups import Address, Contact


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What an address book keeps of a door: its name, whose it is, where it is, how one reaches it; `url` is the address of its page."""

    name: str
    organisation: str
    location: Location
    contact: Contact | None
    url: str
    note: str = ""
    checked: dt.date | None = None


def vcard(card: ContactCard) -> str:
    """Return the entry; the address of the page tells it from all others, so that taking it in again renews it."""
    location, contact = card.location, card.contact or Contact()
    rows = [("BEGIN", "VCARD"), ("VERSION", "3.0"), ("FN", text(card.name)), ("N", f"{text(card.name)};;;;")]
    rows.append(("ORG", text(card.organisation)))
    point = location.point
    if location.address is not None:
        rows.append(("ADR;TYPE=WORK", _address(location.address)))
    numbers = (("WORK,VOICE", contact.phone), ("CELL", contact.mobile))
    rows += [(f"TEL;TYPE={kind}", text(number)) for kind, number in numbers if number]
    if contact.email:
        rows.append(("EMAIL;TYPE=INTERNET", text(contact.email)))
    if point is not None:
        rows.append(("GEO", f"{point.latitude};{point.longitude}"))
    rows += [("URL", card.url), ("UID", card.url)]
    if card.note:
        rows.append(("NOTE", text(card.note)))
    if card.checked is not None:
        rows.append(("REV", f"{card.checked:%Y-%m-%d}"))
    rows.append(("END", "VCARD"))
    return "".join(line(*row) for row in rows)


def _address(address: Address) -> str:
    """Write an address in the order that the format asks for."""
    street = f"{address.street} {address.number or ''}".strip()
    parts = ("", address.extra or "", street, address.town, "", address.postcode, "")
    return ";".join(map(text, parts))
