"""Offers in, those that nobody can reach or find out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.groups import Contact
from generator.model.site import Site
from generator.read.project import Reading

EVERYDAY = "everyday"
_BY_PHONE = 2


def check_contacts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report offers without any contact, without a telephone, without a place; everyday places need none."""
    seen = reading.seen(site)
    places = {key: _reached(place.contact) for key, place in site.places.items()}
    providers = {key: _reached(provider.contact) for key, provider in site.providers.items()}
    for source in reading.of("offers"):
        offer = site.offers[source.id]
        kind = site.words.kinds.get(offer.kind)
        if kind is None or (offer.place and offer.place not in places):
            # What is missing there is reported already.
            continue
        # A provider whose own file has a problem is not there; that is reported with its file.
        if offer.status in ("ended", "possible") or offer.provider not in providers:
            continue
        reached = max(_reached(offer.contact), places.get(offer.place or "", 0), providers[offer.provider])
        if reached < _BY_PHONE and kind.layer != EVERYDAY:
            yield diagnostic(
                "ohne-telefon" if reached else "ohne-kontakt", source.position("name"), name=offer.name
            )
        somewhere = offer.place or offer.address or offer.point or offer.stops or offer.remote or offer.visits
        if offer.place and offer.address is not None and seen.offers.get(offer.id, "full") == "full":
            yield diagnostic("ort-und-adresse", source.position("address", key=True))
        if not somewhere and seen.offers.get(offer.id, "full") == "full":
            yield diagnostic("ohne-ort", source.position("name"), name=offer.name)


def _reached(contact: Contact | None) -> int:
    """How somebody can be reached: by telephone (2), otherwise (1), not at all (0)."""
    if contact is None:
        return 0
    if contact.phone or contact.mobile:
        return _BY_PHONE
    return 1 if contact.email or contact.website else 0
