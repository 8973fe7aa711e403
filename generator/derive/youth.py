"""Offers in, those out that young people from 12 to 21 can use by themselves: who listens, who protects, where to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.facts import OfferFacts, Youth
from generator.model.offer import Offer
from generator.model.site import Site

FIRST, LAST = 12 * 12, 21 * 12 + 11
"""The ages that the page for young people speaks to, in months."""
CHILD, GROWN = 6 * 12, 29 * 12
LAST_RANK = 3
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
FOR_PARENTS = frozenset({"hze-28", "par-17", "par-18", "familienbildung", "familienzentrum"})
"""Kinds of advice that parents ask for: young people may come, but it isn't made for them unless the offer says so."""
YOUNG = frozenset({"young-people", "young-adults", "children"})
PROTECT = frozenset({"schutz", "inobhutnahme-42", "krisendienst"})


def youth(site: Site, offers: Mapping[str, OfferFacts], order: Iterable[str]) -> Youth:
    """Sort the offers for young people; `order` is the order of names, and decides where nothing else does."""
    protect: list[str] = []
    confide: list[str] = []
    nameless: list[str] = []
    places: list[str] = []
    for key in order:
        offer, facts = site.offers[key], offers[key]
        if not facts.active or offer.status == "planned" or not _is_for_young(offer):
            continue
        if offer.kind in PLACES:
            if _is_meant_for_young(offer) and not facts.sensitive:
                places.append(key)
        elif offer.kind in PROTECT:
            protect.append(key)
        else:
            if offer.without_parents:
                confide.append(key)
            if offer.anonymous:
                nameless.append(key)
    places.sort(key=lambda key: (not site.offers[key].without_parents, offers[key].way != "open"))
    return Youth(
        protect=tuple(protect),
        confide=_fitting(site, confide),
        nameless=_fitting(site, nameless),
        places=tuple(places),
    )


def _fitting(site: Site, keys: Iterable[str]) -> tuple[str, ...]:
    """Put first what is made for young people; advice for parents is there only where there is nothing else.

    Of those that fit equally well, what is for all of them comes before what is for some, what can be asked from afar before
    what one has to go to.
    """
    ranks = {key: _rank(site.offers[key]) for key in keys}
    fitting = [key for key, rank in ranks.items() if rank < LAST_RANK] or list(ranks)

    def order(key: str) -> tuple[int, bool, bool]:
        offer = site.offers[key]
        return ranks[key], not set(offer.for_) <= YOUNG, not offer.remote

    return tuple(sorted(fitting, key=order))


def _rank(offer: Offer) -> int:
    """Say how much an offer is made for young people: 0 for them alone, 1 for them too, 2 for everybody, 3 for parents."""
    alone = offer.ages_of == "participant" or bool(YOUNG & set(offer.for_))
    if alone and _is_meant_for_young(offer) and not {"parents", "families"} & set(offer.for_):
        return 0
    if YOUNG & set(offer.for_) or (offer.ages is not None and offer.ages.lower >= CHILD):
        return 1
    return LAST_RANK if offer.kind in FOR_PARENTS else 2


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
