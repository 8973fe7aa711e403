"""Collect what a record is judged by beside itself.

Two collections are equal as long as no other record's edit can matter.
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


class RecordSurroundings(Struct, frozen=True):
    """What checks of single records know of the town: its words and settings, and a little of places, providers, offices, areas."""

    words: Vocabularies
    config: SiteConfig
    internal: bool
    seen_places: Mapping[str, Visibility]
    seen_providers: Mapping[str, Visibility]
    places: Mapping[str, int]
    """How somebody can be reached there (`reached`)."""
    providers: Mapping[str, int]
    offices: frozenset[str]
    parts: frozenset[str]
    """Areas that lie in others."""

    def seen(self, offer: Offer) -> Visibility:
        """Return how much of an offer's whereabouts may be shown."""
        return visibility_of_offer(self.words, offer, self.seen_places, self.seen_providers)

    def shows(self, record: Record) -> bool:
        """Tell whether everybody may see where a place, provider or offer is, and it says so itself; an offer not only by its place."""
        if isinstance(record, Place):
            return self.seen_places[record.id] == "full" and bool(record.address or record.point)
        if isinstance(record, Provider):
            return self.seen_providers[record.id] == "full" and record.address is not None
        if isinstance(record, Offer):
            return self.seen(record) == "full" and bool(record.address or record.point or record.stops)
        return False

    def is_housed(self, offer: Offer) -> bool:
        """Tell whether an offer is at a place of which everybody may see where it is."""
        return self.seen_places.get(str(offer.place)) == "full"


def surroundings(site: Site, reading: Reading) -> Same[RecordSurroundings]:
    """Return what records of a site are judged by; the same object as in an earlier reading as long as it is equal."""
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
            providers={key: reached(provider.contact) for key, provider in site.providers.items()},
            offices=frozenset(site.offices),
            parts=frozenset(key for key, space in site.spaces.items() if space.parent is not None),
        ),
    )


def reached(contact: Contact | None) -> int:
    """Tell how somebody can be reached: by telephone (2), otherwise (1), not at all (0)."""
    if contact is None:
        return 0
    if contact.number:
        return BY_PHONE
    return 1 if contact.email or contact.website else 0
