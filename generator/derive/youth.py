"""Offers in, those out that young people from 12 to 21 can use by themselves: who listens, who protects, where to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.facts import OfferFacts, Youth
from generator.model.offer import Offer
from generator.model.site import Site

FIRST, LAST = 12 * 12, 21 * 12 + 11
"""The ages that the page for young people speaks to, in months."""
CHILD, GROWN = 6 * 12, 29 * 12
PLACES = frozenset(
    {
        "jugendzentrum",
        "jugendarbeit",
        "mobile-jugendarbeit",
        "treff",
        "verein",
        "gruppe",
        "kurs",
        "ferien",
        "alltagsort",
    }
)
PROTECT = frozenset({"schutz", "inobhutnahme-42", "krisendienst"})


def youth(site: Site, offers: Mapping[str, OfferFacts], order: Iterable[str]) -> Youth:
    """Sort the offers for young people; `order` is the order of names."""
    usable = [key for key in order if offers[key].active and site.offers[key].status != "planned"]
    reached = [key for key in usable if _is_for_young(site.offers[key])]
    protect = [key for key in reached if site.offers[key].kind in PROTECT]
    alone = [key for key in reached if site.offers[key].without_parents and key not in protect]
    confide = [key for key in alone if site.offers[key].kind not in PLACES]
    nameless = [
        key
        for key in reached
        if site.offers[key].anonymous and site.offers[key].kind not in PLACES and key not in protect
    ]
    places = [
        key
        for key in reached
        if site.offers[key].kind in PLACES
        and _is_meant_for_young(site.offers[key])
        and not offers[key].sensitive
    ]
    places.sort(key=lambda key: (not site.offers[key].without_parents, offers[key].way != "open"))
    return Youth(
        protect=tuple(protect), confide=tuple(confide), nameless=tuple(nameless), places=tuple(places)
    )


def _is_for_young(offer: Offer) -> bool:
    """Tell whether somebody of the page's ages may come: alone, or because it is meant for them."""
    if offer.without_parents:
        return _overlaps(offer)
    return _is_meant_for_young(offer)


def _is_meant_for_young(offer: Offer) -> bool:
    ages = offer.ages
    if ages is None or ages.upper is None or ages.pregnancy:
        return "young-people" in offer.for_
    if {"parents", "families"} & set(offer.for_):
        return False
    return _overlaps(offer) and ages.lower >= CHILD and ages.upper < GROWN


def _overlaps(offer: Offer) -> bool:
    ages = offer.ages
    return ages is None or (ages.lower <= LAST and (ages.upper is None or ages.upper >= FIRST))
