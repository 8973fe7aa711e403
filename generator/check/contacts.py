"""Offers in, those that nobody can reach or find out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading

EVERYDAY = "everyday"


def check_contacts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report offers without any contact, without a telephone, without a place; everyday places need none."""
    seen = reading.seen(site)
    for source in reading.of("offers"):
        offer = site.offers[source.id]
        kind = site.words.kinds.get(offer.kind)
        place = site.places.get(offer.place) if offer.place else None
        if kind is None or (offer.place and place is None):
            # What is missing there is reported already.
            continue
        # A provider whose own file has a problem is not there; that is reported with its file.
        provider = site.providers.get(offer.provider)
        contacts = [
            item
            for item in (
                offer.contact,
                place.contact if place else None,
                provider.contact if provider else None,
            )
            if item
        ]
        if offer.status not in ("ended", "possible") and provider is not None:
            if not any(item.phone or item.mobile or item.email or item.website for item in contacts):
                if kind.layer != EVERYDAY:
                    yield diagnostic("ohne-kontakt", source.position("name"), name=offer.name)
            elif not any(item.phone or item.mobile for item in contacts) and kind.layer != EVERYDAY:
                yield diagnostic("ohne-telefon", source.position("name"), name=offer.name)
            somewhere = (
                offer.place or offer.address or offer.point or offer.stops or offer.remote or offer.visits
            )
            if offer.place and offer.address is not None and seen.offers.get(offer.id, "full") == "full":
                yield diagnostic("ort-und-adresse", source.position("address", key=True))
            if not somewhere and seen.offers.get(offer.id, "full") == "full":
                yield diagnostic("ohne-ort", source.position("name"), name=offer.name)
