"""A site in, the same site with no area in anything that plans, promises or notes something about protection out.

„Ausbau Frauenhaus, Mühlenviertel“ is the address. So what speaks of a refuge is for the whole town or has no area at all, in every kind of
record: measures, needs, agreements, checks, networks and their promises, minutes. `check` tells the editor; what can't be without an
area (a budget that is distributed, an evaluation of an area) it refuses. The internal site keeps everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from generator.model.groups import Record
from generator.model.kinds import KINDS
from generator.model.need import Need
from generator.model.network import Network
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.parts import given
from generator.read.hidden_places import refuge_named

R = TypeVar("R", bound=Record)
Guarded = Collection[tuple[str, str]]

PLANS = tuple(kind.folder for kind in KINDS if kind.planned)
"""Kinds of records that plan, promise, divide or count something, in areas or without."""
_SAYING = ("name", "summary", "need")
"""Fields that say what a record is about."""


def is_about_protection(words: Vocabularies, record: Record, guarded: Guarded) -> bool:
    """Tell whether a record is about protection: by its topics, by what it is called, or by what it leads to."""
    if any(refuge_named(text) for text in _said(record)):
        return True
    if is_protective(words, getattr(record, "topics", ())):
        return True
    return record.leads_to(guarded)


def is_protective(words: Vocabularies, topics: Iterable[str]) -> bool:
    """Tell whether one of these topics is refuge."""
    return any(topic in words.topics and words.topics[topic].refuge for topic in topics)


def areas_of(site: Site) -> frozenset[str]:
    """Return the areas that lie in others: a whole town says nothing of where in it something is."""
    return frozenset(key for key, space in site.spaces.items() if space.parent is not None)


def plans_without_areas(site: Site, guarded: Guarded) -> Site:
    """Return the public site with what is planned for protection in no area; the internal site as it is."""
    if site.internal:
        return site
    parts = areas_of(site)
    changed: dict[str, Mapping[str, Any]] = {}
    for masks in given("derive", "MASKS"):
        for folder, masked in masks.items():
            changed[folder] = {**site.records(folder), **masked(site, parts)}
    for kind in KINDS:
        if kind.planned == "without areas":
            changed[kind.folder] = _in_no_area(site, site.records(kind.folder), guarded, parts)
    changed["networks"] = _promises(site, changed["networks"], parts)
    return site.with_records(changed)


def is_of_an_area(network: Network | None, parts: Collection[str]) -> bool:
    """Tell whether a network is one of areas, not of the whole town."""
    return network is not None and any(space in parts for space in network.spaces)


def _in_no_area(
    site: Site, records: Mapping[str, R], guarded: Guarded, parts: Collection[str]
) -> Mapping[str, R]:
    found = {
        key: _for_the_town(record, parts)
        for key, record in records.items()
        if is_about_protection(site.words, record, guarded)
    }
    return {**records, **found} if found else records


def _said(record: Record) -> Iterator[str]:
    for field in _SAYING:
        text = getattr(record, field, None)
        if isinstance(text, str):
            yield text


def _for_the_town(record: R, parts: Collection[str]) -> R:
    """Return a record that is for whole towns at most."""
    update: dict[str, object] = {
        "spaces": tuple(space for space in getattr(record, "spaces", ()) if space not in parts)
    }
    if isinstance(record, Need):
        update["named"] = tuple(item.model_copy(update={"space": None}) for item in record.named)
    return record.model_copy(update=update)


def _promises(site: Site, networks: Mapping[str, Network], parts: Collection[str]) -> Mapping[str, Network]:
    """Return networks of areas without what they promise of protection."""
    found = {
        key: _without_promise(site.words, network)
        for key, network in networks.items()
        if network.guarantee is not None and is_of_an_area(network, parts)
    }
    return {**networks, **found} if found else networks


def _without_promise(words: Vocabularies, network: Network) -> Network:
    guarantee = network.guarantee
    if guarantee is None:
        return network
    rules = tuple(rule for rule in guarantee.rules if not is_protective(words, [rule.topic]))
    if rules == guarantee.rules:
        return network
    kept = guarantee.model_copy(update={"rules": rules}) if rules else None
    return network.model_copy(update={"guarantee": kept})
