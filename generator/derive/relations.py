"""Derive which records refer to which, in the order of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, product
from typing import NamedTuple, Protocol, TypeVar

from msgspec.structs import replace

from generator.derive.lists_of_offers import bands_of
from generator.derive.offer_facts import OfferWithFacts
from generator.files.result_cache import ONCE, RecordGroup, ResultCache
from generator.model.facts import Location, OfferFacts, Relations, SpaceFacts
from generator.model.offer import Offer
from generator.model.planning_records import Need
from generator.model.site import Site

Record = TypeVar("Record")
Ids = tuple[str, ...]
Table = Mapping[str, Ids]
"""Ids by the name that leads to them."""
Spaces = Mapping[str, SpaceFacts]


class Relating(NamedTuple):
    """What leads to an offer; areas and situations only while active."""

    id: str
    provider: str
    partners: Ids
    places: Ids
    topics: Ids
    spaces: Ids  # in which it lies or for which it is, and those above
    serves: Ids
    """Areas that it says it is there for."""
    served: Ids  # parts of the town that count it as their supply
    near: Ids  # areas in which it lies, where its kind is for neighbours
    city_wide: bool
    with_violence: str
    successor: str | None


def relations(
    site: Site,
    offers: Sequence[RecordGroup[OfferWithFacts]],
    spaces: Spaces,
    places: Mapping[str, Location],
    order: Sequence[str],
    cache: ResultCache = ONCE,
) -> Relations:
    """Reverse references, in `order`; ended offers only with provider and place. Topics of violence don't list talks with both sides."""
    town, relating = replace(site, offers={}), cache.of_each(offers, _relating_fields_of_offers)
    made_from = town, relating, spaces, places, order
    return cache.latest("relations", made_from, partial(_derive_relations, *made_from))


def _relating_fields_of_offers(offers: tuple[OfferWithFacts, ...]) -> tuple[Relating, ...]:
    return tuple(_relating_of(offer, facts) for offer, facts in offers)


def _relating_of(offer: Offer, facts: OfferFacts) -> Relating:
    places = [offer.place, *(stop.place for stop in offer.stops)]
    found = Relating(
        id=offer.id,
        provider=offer.provider,
        partners=offer.partners,
        places=tuple(place for place in places if place),
        topics=(*offer.topics, *facts.situations),
        spaces=facts.spaces,
        serves=(*offer.spaces, *offer.visits),
        served=facts.served,
        near=facts.near,
        city_wide=facts.city_wide and facts.active,
        with_violence=facts.with_violence,
        successor=offer.successor,
    )
    if facts.active:
        return found
    return found._replace(topics=(), spaces=(), serves=(), served=(), near=())


def _derive_relations(
    site: Site,
    relating: Iterable[tuple[Relating, ...]],
    spaces: Spaces,
    places: Mapping[str, Location],
    order: Sequence[str],
) -> Relations:
    by_id = {one.id: one for one in chain.from_iterable(relating)}
    offers = {key: by_id[key] for key in order}
    site_places = _in_order_of_names(site.current("places"))
    networks = _in_order_of_names(site.networks)
    of_provider = _turned({key: (offer.provider, *offer.partners) for key, offer in offers.items()})
    in_space = _turned({key: offer.spaces for key, offer in offers.items()})
    # What is for the whole town stands with the town, and not with each of its parts.
    towns = {key for key, facts in spaces.items() if facts.whole}
    serves = {key: tuple(name for name in offer.serves if name not in towns) for key, offer in by_id.items()}
    for_space = _for_space(serves, spaces, in_space)
    wide = [key for key, offer in offers.items() if offer.city_wide]
    for key, facts in spaces.items():
        if not facts.ancestors:
            for_space[key] = tuple(dict.fromkeys((*for_space[key], *wide)))
    in_area_of = {key: _upwards(places[key].spaces, spaces) for key in site_places}
    offices = _in_order_of_names(site.offices)
    return Relations(
        offers_by_topic=_by_topic(site, offers),
        offers_by_space=in_space,
        offers_for_space=for_space,
        supply_of_space=_supply(by_id, offers, spaces, for_space),
        offers_by_provider=of_provider,
        offers_by_place=_turned({key: offer.places for key, offer in offers.items()}),
        places_by_space=_turned(in_area_of),
        places_by_provider=_turned({key: place.providers for key, place in site_places.items()}),
        providers_by_space=_turned(_spaces_of_providers(site, offers, of_provider, spaces)),
        offices_by_space=_serving({key: office.serves for key, office in offices.items()}, spaces),
        offices_by_place=_turned({key: (item.place,) for key, item in offices.items() if item.place}),
        networks_by_space=records_by_space(site.networks, spaces),
        networks_by_member=_turned({key: (*item.members, *item.guests) for key, item in networks.items()}),
        needs_by_space=records_by_space(site.needs, spaces),
        predecessors=_turned({key: (item.successor,) for key, item in offers.items() if item.successor}),
    )


def _supply(
    by_id: Mapping[str, Relating],
    offers: Mapping[str, Relating],
    spaces: Spaces,
    for_space: Table,
) -> Table:
    """Return offers each area can count on: serving it or near; a town all."""
    near = {key: _upwards((*offer.near, *offer.served), spaces) for key, offer in offers.items()}
    served = {key: offer.served for key, offer in by_id.items()}
    whole = {name: for_space[name] for name, facts in spaces.items() if facts.whole}
    return {**_for_space(served, spaces, _turned(near)), **whole}


def _by_topic(site: Site, offers: Mapping[str, Relating]) -> Table:
    """Return offers by topic; violence without talks with both sides."""
    topics = {}
    for key, offer in offers.items():
        topics[key] = offer.topics
        if offer.with_violence == "off":
            topics[key] = tuple(name for name in offer.topics if not site.words.is_grave(name))
    return _turned(topics)


def _spaces_of_providers(
    site: Site,
    offers: Mapping[str, Relating],
    of_provider: Mapping[str, Sequence[str]],
    spaces: Spaces,
) -> dict[str, list[str]]:
    """Return providers' areas: named, those above, and their offers'."""
    found = {}
    for key, provider in _in_order_of_names(site.current("providers")).items():
        found[key] = [*_upwards(provider.spaces, spaces)]
        for offer in of_provider.get(key, ()):
            found[key] += offers[offer].spaces
    return found


def _for_space(
    stated: Table,
    spaces: Spaces,
    located: Table,
) -> dict[str, Ids]:
    """Return an area's offers: there, then for it or around."""
    serving = _turned(stated)
    number_of = {key: number for number, key in enumerate(stated)}
    found = {}
    for name, facts in spaces.items():
        around: set[str] = set()
        for above in facts.around:
            around.update(serving.get(above, ()))
        in_order = sorted(around, key=number_of.__getitem__)
        found[name] = tuple(dict.fromkeys((*located.get(name, ()), *in_order)))
    return found


def _in_order_of_names(records: Mapping[str, Record]) -> dict[str, Record]:
    return {key: records[key] for key in by_name(records)}


def _turned(stated: Mapping[str, Iterable[str]]) -> Table:
    """Return the records that state each name, once each."""
    found: dict[str, dict[str, None]] = {}
    for key, names in stated.items():
        for name in names:
            found.setdefault(name, {})[key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def by_name(records: Mapping[str, object]) -> list[str]:
    """Return the ids in the order of the records' names."""
    return sorted(records, key=lambda key: (str(getattr(records[key], "name", key)).casefold(), key))


def offers_by_name(site: Site) -> Ids:
    """Return offers by name, for all lists, perpetrators' help last."""

    def rank(key: str) -> tuple[bool, str, str]:
        offer = site.offers[key]
        return site.words.kinds[offer.kind].with_violence == "last", offer.name.casefold(), key

    return tuple(sorted(site.offers, key=rank))


def _upwards(names: Iterable[str], spaces: Spaces) -> Ids:
    """Return known areas and those above."""
    found: dict[str, None] = {}
    for name in names:
        if name in spaces:
            found |= dict.fromkeys(spaces[name].within)
    return tuple(found)


class _InSpaces(Protocol):
    @property
    def spaces(self) -> Ids:
        """The areas that a record names."""


def records_by_space(records: Mapping[str, _InSpaces], spaces: Spaces) -> Table:
    """Return records for, around or in each area, by name."""
    return _serving({key: records[key].spaces for key in by_name(records)}, spaces)


def _serving(stated: Table, spaces: Spaces) -> Table:
    """Return who serves each area: stated for it, above, below."""
    served: dict[str, list[str]] = {}
    for key, names in stated.items():
        served[key] = []
        for name in names:
            if name in spaces:
                within = spaces[name].within
                served[key] += [
                    other for other, facts in spaces.items() if name in facts.within or other in within
                ]
    return _turned(served)


Cells = tuple[tuple[str, str], ...]
"""Pairs of life situation and age band."""


def all_needs(site: Site) -> Mapping[str, Cells]:
    """Return the cells of every need, by its id."""
    return {key: need_cells(site, need) for key, need in site.needs.items()}


def need_cells(site: Site, need: Need) -> Cells:
    """Return a need's (life situation, age band), the band "" for any."""
    situations = dict.fromkeys(site.words.situation_of(topic) for topic in need.topics)
    return tuple(product(situations, bands_of(need.ages) or ("",)))
