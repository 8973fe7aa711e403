"""A site in, how much of the whereabouts of each place, provider and offer may be shown out.

A kind has a ceiling, which holds when nothing is written. A record shows more only with a dated confirmation (`shown`),
less at any time. An offer shows no more than its kind, its place and its provider do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator.model.groups import Shown, Visibility
from generator.model.offer import Offer
from generator.model.place import Place
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies

LEVELS: tuple[Visibility, ...] = ("hidden", "area", "full")
REFUGE = re.compile(
    r"Frauenh[aä]us|Frauenschutz(?:haus|wohnung)|Schutz(?:haus|häuser|wohnung)|Zuflucht(?:s?wohnung|s?haus|s?stätte)"
    r"|(?:Frauen|Mädchen)zuflucht|Inobhutnahme(?:stelle|gruppe|einrichtung)|(?:Kinder|Jugend)schutz(?:haus|stelle)"
    r"|women.s (?:refuge|shelter)|Adresse (?:ist|bleibt) geheim|geheime[nr]? Adresse|address is secret",
    re.IGNORECASE,
)
"""What a protected house is called, whatever kind its record has."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What may be shown, by id: `hidden`, `area` or `full`."""

    places: Mapping[str, Visibility]
    providers: Mapping[str, Visibility]
    offers: Mapping[str, Visibility]


@cache
def strictest(*levels: Visibility) -> Visibility:
    """Return the level that shows least.

    >>> strictest("full", "hidden", "area")
    'hidden'
    """
    return min(levels, key=LEVELS.index)


@cache
def loosest(*levels: Visibility) -> Visibility:
    """Return the level that shows most.

    >>> loosest("hidden", "area")
    'area'
    """
    return max(levels, key=LEVELS.index)


def ceiling_of_place(words: Vocabularies, place: Place) -> Visibility:
    """Return the most that the kind of a place allows."""
    kind = words.place_kinds.get(place.kind)
    return (kind.visibility if kind else None) or "full"


def visibility_of_place(words: Vocabularies, place: Place) -> Visibility:
    """Return what is shown of a place: what is written, but no more than its kind or a confirmation allows."""
    allowed = _lifted(ceiling_of_place(words, place), place.shown)
    return strictest(place.visibility or allowed, allowed)


def sight(site: Site) -> Sight:
    """Work out what may be shown of everything that has a place."""
    places = {key: visibility_of_place(site.words, place) for key, place in site.places.items()}
    providers = _providers(site, places)
    return Sight(
        places,
        providers,
        {key: _of_offer(site, offer, places, providers) for key, offer in site.offers.items()},
    )


def ceiling_of_offer(site: Site, offer: Offer, providers: Mapping[str, Visibility]) -> Visibility:
    """Return the most that kind and provider of an offer allow, before its place and a confirmation."""
    kind = site.words.kinds.get(offer.kind)
    return strictest(kind.place_visibility if kind else "full", providers.get(offer.provider, "full"))


def _of_offer(
    site: Site, offer: Offer, places: Mapping[str, Visibility], providers: Mapping[str, Visibility]
) -> Visibility:
    allowed = _lifted(ceiling_of_offer(site, offer, providers), offer.shown)
    return strictest(allowed, places.get(offer.place, "full")) if offer.place else allowed


def _providers(site: Site, places: Mapping[str, Visibility]) -> dict[str, Visibility]:
    """A provider is as visible as the most visible place under whose roof it is; without one, as where its offers are."""
    under: dict[str, set[Visibility]] = defaultdict(set)
    at: dict[str, set[Visibility]] = defaultdict(set)
    for key, place in site.places.items():
        for provider in place.providers:
            under[provider].add(places[key])
    for offer in site.offers.values():
        if offer.place is not None and offer.place in places:
            at[offer.provider].add(places[offer.place])
    return {
        key: _lifted(loosest(*(under[key] or at[key] or {"full"})), provider.shown)
        for key, provider in site.providers.items()
    }


def _lifted(ceiling: Visibility, shown: Shown | None) -> Visibility:
    return ceiling if shown is None else loosest(ceiling, shown.visibility)
