"""Say what ends from today on: contracts, measures, granted money, never what is about protection."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.masking import is_about_protection
from generator.model.facts import EndsOn, Facts
from generator.model.site import Site
from generator.parts import said_by_subjects


def endings(site: Site, facts: Facts) -> tuple[EndsOn, ...]:
    """Return what ends, the next first."""
    found = [*_of_offers(site, facts), *said_by_subjects("derive", "endings", site, facts)]
    open_ones = {offer.provider for key, offer in site.offers.items() if key not in site.protected}
    hiding = {house.provider for house in site.protected.values()} - open_ones
    hidden = {("providers", key) for key in hiding} | {("offers", key) for key in site.protected}
    told = [
        one
        for one in found
        if one.day >= facts.today
        and not is_about_protection(site.words, site.records(one.folder)[one.id], hidden)
    ]
    return tuple(sorted(told, key=lambda one: (one.day, one.folder, one.id)))


def _of_offers(site: Site, facts: Facts) -> Iterator[EndsOn]:
    """Yield ends of offers' money: on the public site only once the provider was told."""
    for key, offer in site.offers.items():
        told = offer.announced is not None and offer.announced <= facts.today
        if offer.funded_until is not None and (told or site.internal) and facts.offers[key].carried:
            yield EndsOn(offer.funded_until, "offers", key, facts.offers[key].spaces)
