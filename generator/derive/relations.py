"""A site and its derived spaces and offers in, reverse look-ups in display order out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from generator.derive.offers import OfferWithFacts
from generator.files.kept import ONCE, KeptResults, Neighbours
from generator.model.facts import Location, Relations, SpaceFacts
from generator.model.offer import Offer
from generator.model.site import Site

_Table = dict[str, dict[str, None]]


class Relating(NamedTuple):
    """What of an offer leads to it from elsewhere; areas and life situations only while it is active."""

    id: str
    provider: str
    partners: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    spaces: tuple[str, ...]
    serves: tuple[str, ...]
    """Areas that it says it is there for."""
    served: tuple[str, ...]
    near: tuple[str, ...]
    with_violence: str
    successor: str | None


def relations(
    site: Site,
    offers: Sequence[Neighbours[OfferWithFacts]],
    spaces: Mapping[str, SpaceFacts],
    places: Mapping[str, Location],
    order: Sequence[str],
    kept: KeptResults = ONCE,
) -> Relations:
    """Turn references round; `order` is that of the offers' names. Offers that ended stand only with their provider and place.

    On topics of violence nobody finds talks with both sides at one table.
    """
    town, relating = replace(site, offers={}), kept.of_each(offers, _relating)
    made_from = town, relating, spaces, places, order
    return kept.latest("relations", made_from, partial(_relations, *made_from))


def _relating(offers: tuple[OfferWithFacts, ...]) -> tuple[Relating, ...]:
    return tuple(
        Relating(
            id=offer.id,
            provider=offer.provider,
            partners=offer.partners,
            places=tuple(at for at in (offer.place, *(stop.place for stop in offer.stops)) if at),
            topics=(*offer.topics, *facts.situations) if facts.active else (),
            spaces=facts.spaces if facts.active else (),
            serves=(*offer.spaces, *offer.visits) if facts.active else (),
            served=facts.served if facts.active else (),
            near=facts.near if facts.active else (),
            with_violence=facts.with_violence,
            successor=offer.successor,
        )
        for offer, facts in offers
    )


def _relations(
    site: Site,
    relating: Iterable[tuple[Relating, ...]],
    spaces: Mapping[str, SpaceFacts],
    places: Mapping[str, Location],
    order: Sequence[str],
) -> Relations:
    offers = {one.id: one for few in relating for one in few}
    topic, space, provider, place, supply = _table(), _table(), _table(), _table(), _table()
    for key in order:
        offer = offers[key]
        provider[offer.provider][key] = None
        for partner in offer.partners:
            provider[partner][key] = None
        for at in offer.places:
            place[at][key] = None
        for name in offer.topics:
            if not (offer.with_violence == "off" and site.words.is_grave(name)):
                topic[name][key] = None
        for name in offer.spaces:
            space[name][key] = None
        for name in _upwards((*offer.near, *offer.served), spaces):
            supply[name][key] = None
    for_space = _for_space({key: offer.serves for key, offer in offers.items()}, spaces, space)
    supplied = _for_space({key: offer.served for key, offer in offers.items()}, spaces, supply)
    # A town's supply is all that there is in it.
    supplied |= {name: for_space[name] for name, facts in spaces.items() if facts.whole}
    place_space, place_provider = _table(), _table()
    for key in by_name(site.places):
        for name in _upwards(places[key].spaces, spaces):
            place_space[name][key] = None
        for name in site.places[key].providers:
            place_provider[name][key] = None
    provider_space = _table()
    for key in by_name(site.providers):
        located = (name for offer in provider[key] for name in offers[offer].spaces)
        for name in (*_upwards(site.providers[key].spaces, spaces), *located):
            provider_space[name][key] = None
    office_place: _Table = _table()
    for key in by_name(site.offices):
        if site.offices[key].place:
            office_place[str(site.offices[key].place)][key] = None
    member = _table()
    for key in by_name(site.networks):
        for name in (*site.networks[key].members, *site.networks[key].guests):
            member[name][key] = None
    before = _table()
    for key in order:
        if successor := offers[key].successor:
            before[successor][key] = None
    return Relations(
        offers_by_topic=_frozen(topic),
        offers_by_space=_frozen(space),
        offers_for_space=for_space,
        supply_of_space=supplied,
        offers_by_provider=_frozen(provider),
        offers_by_place=_frozen(place),
        places_by_space=_frozen(place_space),
        places_by_provider=_frozen(place_provider),
        providers_by_space=_frozen(provider_space),
        offices_by_space=_serving(
            {key: office.serves for key, office in site.offices.items()}, by_name(site.offices), spaces
        ),
        offices_by_place=_frozen(office_place),
        networks_by_space=_serving(
            {key: item.spaces for key, item in site.networks.items()}, by_name(site.networks), spaces
        ),
        networks_by_member=_frozen(member),
        agreements_by_space=_serving(
            {key: item.spaces for key, item in site.agreements.items()}, by_name(site.agreements), spaces
        ),
        needs_by_space=_serving(
            {key: item.spaces for key, item in site.needs.items()}, by_name(site.needs), spaces
        ),
        measures_by_space=_serving(
            {key: item.spaces for key, item in site.measures.items()}, by_name(site.measures), spaces
        ),
        predecessors=_frozen(before),
    )


def _for_space(
    stated: Mapping[str, tuple[str, ...]], spaces: Mapping[str, SpaceFacts], located: _Table
) -> dict[str, tuple[str, ...]]:
    """Return for each area the offers that are there, then those that are there for an area around it, by what each states."""
    serving: dict[str, list[tuple[int, str]]] = {}
    for number, (key, areas) in enumerate(stated.items()):
        for name in areas:
            serving.setdefault(name, []).append((number, key))
    found = {}
    for name, facts in spaces.items():
        around = sorted({item for above in facts.around for item in serving.get(above, ())})
        found[name] = tuple(dict.fromkeys((*located.get(name, ()), *(key for _, key in around))))
    return found


def by_name(records: Mapping[str, object]) -> list[str]:
    """Return the ids in the order of the records' names."""
    return sorted(records, key=lambda key: (str(getattr(records[key], "name", key)).casefold(), key))


def offers_by_name(site: Site, kept: KeptResults = ONCE) -> tuple[str, ...]:
    """Return the ids of offers in the order of their names; help for those who use violence stands behind all others.

    Every list of offers is in this order, so none of them begins with it.
    """
    last = frozenset(key for key, kind in site.words.kinds.items() if kind.with_violence == "last")
    named = kept.of_each(kept.neighbours("offers", site.offers), _named, last)
    return kept.latest(offers_by_name, named, lambda: tuple(key for *_, key in sorted(chain(*named))))


def _named(offers: tuple[Offer, ...], last: frozenset[str]) -> list[tuple[bool, str, str]]:
    return [(offer.kind in last, offer.name.casefold(), offer.id) for offer in offers]


def _table() -> _Table:
    return defaultdict(dict)


def _frozen(table: _Table) -> dict[str, tuple[str, ...]]:
    return {name: tuple(keys) for name, keys in table.items()}


def _upwards(names: Iterable[str], spaces: Mapping[str, SpaceFacts]) -> dict[str, None]:
    return {above: None for name in names if name in spaces for above in spaces[name].within}


def _serving(
    stated: Mapping[str, tuple[str, ...]], order: list[str], spaces: Mapping[str, SpaceFacts]
) -> dict[str, tuple[str, ...]]:
    """Return who serves each space: stated for it, for a space above it or (for wider areas) for one below it."""
    table = _table()
    for key in order:
        for name in stated[key]:
            if name in spaces:
                for other, facts in spaces.items():
                    if name in facts.within or other in spaces[name].within:
                        table[other][key] = None
    return _frozen(table)
