"""Say what may be shown of everything in a site that has a place; what holds of offers comes from the cache while they stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import chain

from generator.files.result_cache import ONCE, ResultCache, Same
from generator.model.groups import Visibility
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.visibility import Sight, visibility_of_offer, visibility_of_place, visible_providers
from generator.model.vocabulary import Vocabularies

Levels = Mapping[str, Visibility]


def sight(site: Site, cache: ResultCache = ONCE, state: str = "") -> Sight:
    """Work out what may be shown of everything that has a place; `state` names the site: as it was read, masked."""
    places = cache.latest(("places seen", state), (site.words, site.places), partial(_places, site))
    groups = cache.groups(("offers seen", state), site.offers)
    housed = cache.of_each(groups, _housed)
    providers: Levels = cache.latest(
        ("providers seen", state),
        (site.places, site.providers, places, housed),
        lambda: visible_providers(site, places, frozenset(chain(*housed))),
    )
    places = cache.like_before(("levels of places", state), places)
    providers = cache.like_before(("levels of providers", state), providers)
    offers: dict[str, Visibility] = {}
    for levels in cache.of_each(groups, _levels, Same(site.words), Same(places), Same(providers)):
        offers |= levels
    return Sight(places, providers, offers)


def _places(site: Site) -> Levels:
    return {key: visibility_of_place(site.words, place) for key, place in site.places.items()}


def _housed(offers: tuple[Offer, ...]) -> frozenset[tuple[str, str]]:
    """Return the providers of offers, each with the place where it has one."""
    return frozenset((offer.provider, offer.place) for offer in offers if offer.place is not None)


def _levels(
    offers: tuple[Offer, ...], words: Same[Vocabularies], places: Same[Levels], providers: Same[Levels]
) -> dict[str, Visibility]:
    return {
        offer.id: visibility_of_offer(words.value, offer, places.value, providers.value) for offer in offers
    }
