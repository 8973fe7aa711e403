"""Decide how much of the whereabouts of places, providers and offers may be shown, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, cast

from msgspec import Struct

from generator.model.groups import Group, Shown, Visibility
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies

LEVELS: tuple[Visibility, ...] = ("area", "full")
"""How much is shown, the least first: the area alone, or all."""


class Sight(Struct, frozen=True):
    """What may be shown, by id: `area` or `full`."""

    places: Mapping[str, Visibility]
    providers: Mapping[str, Visibility]
    offers: Mapping[str, Visibility]


def ceiling_of_place(words: Vocabularies, place: Place) -> Visibility:
    """Return the most that the kind of a place allows."""
    return getattr(words.place_kinds.get(place.kind), "visibility", None) or "full"


def visibility_of_place(words: Vocabularies, place: Place) -> Visibility:
    """Return what is shown of a place, within its kind's or confirmation's limit."""
    allowed = _lifted(ceiling_of_place(words, place), place.shown)
    return allowed if place.visibility is None else _stricter_visibility(place.visibility, allowed)


def visibility_of_offer(
    words: Vocabularies,
    offer: Offer,
    places: Mapping[str, Visibility],
    providers: Mapping[str, Visibility],
) -> Visibility:
    """Return what is shown of an offer, given places and providers."""
    kind = words.kinds.get(offer.kind)
    of_kind = kind.place_visibility if kind else "full"
    allowed = _lifted(_stricter_visibility(of_kind, providers.get(offer.provider, "full")), offer.shown)
    return _stricter_visibility(allowed, places.get(offer.place or "", "full"))


def visible_providers(
    site: Site, places: Mapping[str, Visibility], housed: Collection[tuple[str, str]]
) -> dict[str, Visibility]:
    """Return how visible providers are: like their most visible place, else their offers' places.

    `housed` are (provider, place) of offers, "" for an open one without a place. Who has nothing but protected houses isn't shown in full.
    """
    under: dict[str, set[Visibility]] = defaultdict(set)
    for key, home in site.places.items():
        for provider in home.providers:
            under[provider].add(places[key])
    at: dict[str, set[Visibility]] = defaultdict(set)
    for provider, place in housed:
        if place in places:
            at[provider].add(places[place])
    hiding = {house.provider for house in site.protected.values()}
    hiding -= {provider for provider, place in housed if not place}
    return {
        key: _lifted(
            _widest_visibility(under[key] or at[key] or {"area" if key in hiding else "full"}), provider.shown
        )
        for key, provider in site.providers.items()
    }


def _lifted(ceiling: Visibility, shown: Shown | None) -> Visibility:
    """Return what a ceiling and a confirmation together allow."""
    return ceiling if shown is None else _widest_visibility((ceiling, shown.visibility))


def _stricter_visibility(one: Visibility, other: Visibility) -> Visibility:
    return "area" if "area" in (one, other) else "full"


def _widest_visibility(levels: Collection[Visibility]) -> Visibility:
    return "full" if "full" in levels else "area"


G = TypeVar("G", bound=Group)
Lists: TypeAlias = Mapping[type[Group], frozenset[str]]
"""The fields that are kept of some groups; of others their `DISCLOSED`."""
NO_LISTS: Lists = MappingProxyType({})


def listed(names: str) -> frozenset[str]:
    """Return names that stand in a line."""
    return frozenset(names.split())


def named(model: type[Group], *, but: str = "") -> frozenset[str]:
    """Return the fields that a model discloses, without some."""
    return listed(model.DISCLOSED) - listed(but)


def keep_only(group: G, lists: Lists = NO_LISTS, **others: object) -> G:
    """Return a group with its listed fields alone (else those it discloses), groups within it too; `others` are set as given."""
    model = type(group)
    names = lists.get(model, named(model))
    kept = {name: _keep_listed_fields(getattr(group, name), lists) for name in names}
    return cast("G", model.model_construct(group.model_fields_set & names, **kept | others))


def _keep_listed_fields(value: Any, lists: Lists) -> Any:
    if isinstance(value, Group):
        return keep_only(value, lists)
    if type(value) is tuple:
        return tuple(_keep_listed_fields(item, lists) for item in value)
    if isinstance(value, dict):
        return {key: _keep_listed_fields(item, lists) for key, item in value.items()}
    return value
