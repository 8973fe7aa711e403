"""Collect what a record is judged by beside itself.

An edit that changes no judgement leaves it equal, so that cached ones stay.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.files.result_cache import Same
from generator.model.config import SiteConfig
from generator.model.groups import Contact, Record, Visibility
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.model.visibility import visibility_of_offer
from generator.model.vocabulary import Vocabularies
from generator.read.project import Reading

BY_PHONE = 2
"""The rating of a contact with a telephone (`reached`)."""


class RecordSurroundings(Struct, frozen=True):
    """What single records' checks know of the town."""

    words: Vocabularies
    config: SiteConfig
    internal: bool
    seen_places: Mapping[str, Visibility]
    seen_providers: Mapping[str, Visibility]
    places: Mapping[str, int]
    """By id how well one is reached by each place's contact (`reached`); `providers` alike."""
    providers: Mapping[str, int]
    offices: frozenset[str]
    parts: frozenset[str]
    """Areas within others: naming one tells more than naming the town."""

    def seen(self, offer: Offer) -> Visibility:
        """Return how much of an offer's whereabouts may be shown."""
        return visibility_of_offer(self.words, offer, self.seen_places, self.seen_providers)

    def shows(self, record: Record) -> bool:
        """Tell whether a record publicly says itself where it is."""
        if isinstance(record, Place):
            return self.seen_places[record.id] == "full" and bool(record.address or record.point)
        if isinstance(record, Provider):
            return self.seen_providers[record.id] == "full" and record.address is not None
        if isinstance(record, Offer):
            return self.seen(record) == "full" and bool(record.address or record.point or record.stops)
        return False

    def is_housed(self, offer: Offer) -> bool:
        """Tell whether an offer is at a public place."""
        return self.seen_places.get(str(offer.place)) == "full"


def surroundings(site: Site, reading: Reading) -> Same[RecordSurroundings]:
    """Return a site's surroundings, the same object while equal."""
    return reading.once((surroundings, Same(site)), lambda: _surroundings(site, reading))


def _surroundings(site: Site, reading: Reading) -> Same[RecordSurroundings]:
    seen = reading.seen(site)
    return reading.same(
        "surroundings",
        RecordSurroundings(
            words=site.words,
            config=site.config,
            internal=site.internal,
            seen_places=seen.places,
            seen_providers=seen.providers,
            places={key: reached(place.contact) for key, place in site.places.items()},
            providers={key: reached(one.contact) for key, one in site.providers.items()},
            offices=frozenset(site.offices),
            parts=frozenset(key for key, space in site.spaces.items() if space.parent is not None),
        ),
    )


def reached(contact: Contact | None) -> int:
    """Rate a contact: by telephone 2, otherwise 1, none 0."""
    if contact is None:
        return 0
    if contact.number:
        return BY_PHONE
    return 1 if contact.email or contact.website else 0
