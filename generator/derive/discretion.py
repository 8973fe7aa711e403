"""A site in, the same site out without what refuges and groups after violence must not tell: the one place that decides it.

Whatever a record says, neither time nor area nor place nor free places of such an offer get past this line; pages, data,
calendars and search are made from what comes out. `check` tells the editor. The internal site keeps everything. Only where an
office has confirmed it (`shown`) does a house that takes people in say where its door is; groups after violence never do.
Of a record that is protected nobody's own words are told either, until somebody has confirmed them (`derive/plain_words.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from generator.files.result_cache import ONCE, ResultCache, Same
from generator.model.dates import Hours
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.visibility import Sight, visibility_of_place
from generator.model.vocabulary import Vocabularies

WITHHELD = (
    "hours",
    "hours_note",
    "dates",
    "spaces",
    "visits",
    "capacity",
    "place",
    "address",
    "point",
    "stops",
)
"""Fields of a discreet offer that are not published."""
WHEREABOUTS = frozenset({"place", "address", "point", "spaces", "visits", "stops"})
_NOWHERE = {"visibility": "hidden", "address": None, "point": None, "spaces": (), "transport": None}
_ALWAYS = re.compile(r"\s*24/7\s*")
_JOINT = re.compile(r"\b(?:Paar|Ehe)(?:beratung|therapie)|\bMediation|\bFamilienrat", re.IGNORECASE)


def is_discreet(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an offer publishes neither time nor area: by its kind, or because people meet there after violence."""
    kind = words.kinds.get(offer.kind)
    if kind is None:
        return False
    return kind.discreet or (kind.meets and any(words.is_grave(topic) for topic in offer.topics))


def is_joint(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether both sides sit at one table there, by its kind or its name: never suggested where violence is the matter."""
    kind = words.kinds.get(offer.kind)
    return (kind is not None and kind.with_violence == "off") or bool(_JOINT.search(offer.name))


def is_held_back(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an offer stands under no box for who is in danger: foster care, taking children in, contact, talks of both sides,
    advice for fathers alone, courses for those who use violence.
    """
    kind = words.kinds.get(offer.kind)
    if kind is None:
        return False
    if is_joint(words, offer) or kind.with_violence != "normal" or kind.held_back:
        return True
    if any(words.topics[topic].held_back for topic in offer.topics if topic in words.topics):
        return True
    return kind.advice and set(offer.for_) == {"fathers"}


def is_always(hours: Hours | None) -> bool:
    """Tell whether somebody answers day and night, which tells nobody when to wait at a door."""
    return hours is not None and _ALWAYS.fullmatch(hours.written) is not None


def is_confirmed(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an office decided that people may know where an offer is; for groups after violence nobody can."""
    kind = words.kinds.get(offer.kind)
    return offer.shown is not None and kind is not None and not kind.meets


def is_guarded_offer(words: Vocabularies, offer: Offer, seen: Sight) -> bool:
    """Tell whether an offer is protected: it says neither when nor where, or it is in, or of, a house that nobody may find.

    What an office has confirmed to be shown in full, such as a playgroup of an association that also runs a refuge, is not.
    """
    if is_discreet(words, offer) and not is_confirmed(words, offer):
        return True
    if seen.offers[offer.id] == "full":
        return False
    return "hidden" in (seen.places.get(offer.place or ""), seen.providers.get(offer.provider))


def guarded(site: Site, seen: Sight) -> frozenset[tuple[str, str]]:
    """Return what of a site is protected, by folder and id: houses, who has no others, and offers."""
    places = {("places", key) for key, level in seen.places.items() if level == "hidden"}
    providers = {("providers", key) for key, level in seen.providers.items() if level == "hidden"}
    offers = {
        ("offers", key) for key, offer in site.offers.items() if is_guarded_offer(site.words, offer, seen)
    }
    return frozenset(places | providers | offers)


def withheld(site: Site, offer: Offer) -> tuple[str, ...]:
    """Return the fields that an offer fills in although they are not published."""
    if not is_discreet(site.words, offer):
        return ()
    kept = _kept(site, offer)
    return tuple(name for name in WITHHELD if getattr(offer, name) and name not in kept)


def _kept(site: Site, offer: Offer) -> set[str]:
    """A telephone that is answered day and night, and a place of which nobody learns more than that it exists."""
    kept = {"hours"} if is_always(offer.hours) else set()
    if is_confirmed(site.words, offer):
        kept |= WHEREABOUTS
    place = site.places.get(offer.place) if offer.place else None
    if place is not None and visibility_of_place(site.words, place) == "hidden":
        kept.add("place")
    return kept


def discreet(site: Site, cache: ResultCache = ONCE) -> Site:
    """Return the public site with discreet offers masked; the internal site as it is."""
    if site.internal:
        return site
    groups = cache.groups("offers as they were read", site.offers)
    silent = frozenset(chain.from_iterable(cache.of_each(groups, _discreet_ones, Same(site.words))))
    # A house of which only the area was said says nothing at all when it is a refuge's.
    houses = {site.offers[key].place for key in silent if site.words.kinds[site.offers[key].kind].discreet}
    places = {
        key: place.model_copy(update=_NOWHERE)
        if key in houses and visibility_of_place(site.words, place) != "full"
        else place
        for key, place in site.places.items()
    }
    site = replace(site, places=places)
    return replace(site, offers={**site.offers, **{key: _masked(site, site.offers[key]) for key in silent}})


def _discreet_ones(offers: tuple[Offer, ...], words: Same[Vocabularies]) -> list[str]:
    return [offer.id for offer in offers if is_discreet(words.value, offer)]


def _masked(site: Site, offer: Offer) -> Offer:
    empty = {
        name: () if name in ("dates", "spaces", "visits", "stops") else None
        for name in WITHHELD
        if name not in _kept(site, offer)
    }
    translations = {
        language: texts.model_copy(update={"hours_note": None})
        for language, texts in offer.translations.items()
    }
    return offer.model_copy(update={**empty, "translations": translations})
