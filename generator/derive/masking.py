"""A site in, the same site without the whereabouts of what is protected out: what isn't there can't leak.

Everything behind this line, derived facts and pages alike, sees only this site. What stays of a hidden place is a short
list (`KEPT`), so that a new field of a record is hidden until somebody decides otherwise. The internal site shows all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from generator.derive.discretion import discreet, guarded, is_guarded_offer
from generator.derive.plain_words import plain_offer, plain_place, plain_provider
from generator.derive.plans_of_protection import plans_without_areas
from generator.files.result_cache import ONCE, ResultCache
from generator.model.groups import Contact, Record
from generator.model.network import Network
from generator.model.offer import Offer
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.site import Site
from generator.model.visibility import Sight
from generator.read.hidden_places import sight

R = TypeVar("R", bound=Record)

KEPT = frozenset(
    {
        "id",
        "name",
        "kind",
        "summary",
        "description",
        "providers",
        "contact",
        "accessibility",
        "checked",
        "check_every",
        "translations",
        "illustrative",
        "origin",
        "text_confirmed",
    }
)
"""What is published of a hidden place whose texts somebody has confirmed; of others much less (`derive/plain_words.py`)."""
KEPT_CONTACT = frozenset({"name", "phone", "mobile", "messengers", "phone_hours", "email", "note"})


def published(site: Site, cache: ResultCache = ONCE) -> Site:
    """Return the site as the public may see it; twice is the same as once."""
    if site.internal:
        return site
    site = discreet(site, cache)
    seen = sight(site, cache, "discreet")
    towns = {key for key, space in site.spaces.items() if space.parent is None}
    site = plans_without_areas(site, guarded(site, seen))
    return replace(
        site,
        places={key: _place(place, seen) for key, place in site.places.items()},
        offers={key: _plain(site, _offer(offer, seen, towns), seen) for key, offer in site.offers.items()},
        providers={key: _provider(provider, seen, towns) for key, provider in site.providers.items()},
        networks={key: _network(network, seen) for key, network in site.networks.items()},
        offices={key: _office(office, seen) for key, office in site.offices.items()},
    )


def _plain(site: Site, offer: Offer, seen: Sight) -> Offer:
    """Return an offer without words of its own where it is protected."""
    if not is_guarded_offer(site.words, offer, seen):
        return offer
    return plain_offer(offer, site.words.kinds[offer.kind])


def _place(place: Place, seen: Sight) -> Place:
    level = seen.places[place.id]
    if level == "full":
        return place
    texts = {
        language: words.model_copy(update={"transport": None})
        for language, words in place.translations.items()
    }
    if level == "area":
        return _without(place, ("address", "point", "transport"), visibility=level, translations=texts)
    contact = place.contact
    if contact is not None:
        contact = contact.model_copy(update=dict.fromkeys(set(Contact.model_fields) - KEPT_CONTACT))
    hidden = set(Place.model_fields) - KEPT
    return plain_place(_without(place, hidden, visibility=level, translations=texts, contact=contact))


def _with_shown_stops(offer: Offer, seen: Sight) -> Offer:
    """Return an offer without those of its places that may not be shown."""
    shown = tuple(stop for stop in offer.stops if seen.places.get(stop.place or "", "full") == "full")
    if shown == offer.stops:
        return offer
    return offer.model_copy(update={"stops": shown})


def _offer(offer: Offer, seen: Sight, towns: set[str]) -> Offer:
    level = seen.offers[offer.id]
    if level == "full":
        return _with_shown_stops(offer, seen)
    somewhere = offer.place is not None and seen.places.get(offer.place, "full") != level
    dropped = ["address", "point", "stops", *(["place"] if somewhere else [])]
    if level == "area":
        return _without(offer, dropped)
    return _without(offer, dropped, spaces=_only(offer.spaces, towns), visits=_only(offer.visits, towns))


def _provider(provider: Provider, seen: Sight, towns: set[str]) -> Provider:
    level = seen.providers[provider.id]
    if level == "full":
        return provider
    if level == "area":
        return _without(provider, ("address",))
    gifts = tuple(gift.model_copy(update={"spaces": _only(gift.spaces, towns)}) for gift in provider.can_give)
    spaces = _only(provider.spaces, towns)
    return plain_provider(_without(provider, ("address",), spaces=spaces, can_give=gifts))


def _network(network: Network, seen: Sight) -> Network:
    """Where a network meets is left out when it is a hidden place: its areas would be the place's."""
    meets = network.meets
    if meets is None or meets.where is None or seen.places.get(meets.where) != "hidden":
        return network
    return network.model_copy(update={"meets": meets.model_copy(update={"where": None})})


def _office(office: Office, seen: Sight) -> Office:
    """An office in a protected place keeps its telephone."""
    if office.place is None or seen.places.get(office.place, "full") == "full":
        return office
    return _without(office, ("address", "place"))


def _only(spaces: Iterable[str], towns: set[str]) -> tuple[str, ...]:
    return tuple(space for space in spaces if space in towns)


def _without(record: R, fields: Iterable[str], **others: object) -> R:
    """Return the record with these fields as if they had never been written."""
    empty = {name: type(record).model_fields[name].get_default(call_default_factory=True) for name in fields}
    return record.model_copy(update={**empty, **others})
