"""Contexts in, entries for address books out: of offers, offices and places, and those of the own list; none of what is sensitive."""

from __future__ import annotations

from generator.export.calendars_and_vcards import ContactCard, vcard
from generator.model.groups import Contact
from generator.render.base.context import Context
from generator.render.directory.contact import contact_of_place
from generator.search.packing import packed_json

CONTACT = "kontakt.vcf"
CONTACTS = "kontakte.json"
"""Beside the own list: the entries of all offers that may be on it, from which a browser takes its own."""


def contact_files(context: Context) -> dict[str, bytes]:
    """Return an entry beside each page that may have one, and those for the own list; the internal site has the last ones only."""
    offers = {key: card for key in context.site.offers if (card := contact_card(context, "offer", key))}
    cards = {key: vcard(card) for key, card in offers.items()}
    files = {context.path("remembered") + CONTACTS: packed_json(cards) + b"\n"}
    if context.site.internal:
        return files
    files |= {context.path("offer", key) + CONTACT: card.encode() for key, card in cards.items()}
    for kind, records in (("office", context.site.offices), ("place", context.site.places)):
        for key in records:
            if card := contact_card(context, kind, key):
                files[context.path(kind, key) + CONTACT] = vcard(card).encode()
    return files


def has_contact_file(context: Context, kind: str, key: str) -> bool:
    """Tell whether there is an entry for address books beside a page of the kind `offer`, `office` or `place`."""
    return not context.site.internal and contact_card(context, kind, key) is not None


def contact_card(context: Context, kind: str, key: str) -> ContactCard | None:
    """Return what an address book may keep; None for what is protected or there for what is sensitive alone, and where nothing is to be kept."""
    makers = {"offer": _offer, "office": _office, "place": _place}
    card = makers[kind](context, key)
    if card is None:
        return None
    contact = card.contact or Contact()
    reached = contact.number or contact.email or card.location.address
    return card if reached else None


def _url(context: Context, kind: str, key: str) -> str:
    return context.address(context.path(kind, key))


def _offer(context: Context, key: str) -> ContactCard | None:
    offer, facts = context.site.offers[key], context.facts.offers[key]
    if not facts.carried:
        return None
    texts = context.texts
    return ContactCard(
        texts.of(offer, "name").text,
        texts.name(context.site.providers[offer.provider]),
        facts.location,
        facts.contact,
        _url(context, "offer", key),
        texts.of(offer, "summary").text,
        offer.checked,
    )


def _office(context: Context, key: str) -> ContactCard | None:
    office, location = context.site.offices[key], context.facts.offices[key]
    if location.visibility != "full":
        return None
    name = context.texts.of(office, "name").text
    town = context.site.config.publisher.name
    note = context.texts.of(office, "summary").text
    return ContactCard(name, town, location, office.contact, _url(context, "office", key), note)


def _place(context: Context, key: str) -> ContactCard | None:
    if context.facts.protects(key):
        return None
    place = context.site.places[key]
    name = context.texts.of(place, "name").text
    location = context.facts.places[key]
    return ContactCard(
        name,
        name,
        location,
        contact_of_place(context, key),
        _url(context, "place", key),
        checked=place.checked,
    )
