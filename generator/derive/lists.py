"""Offers and their facts in, the pre-built lists that lead to all of them out: by age, name, area, language, way in."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from generator.derive.offers import OfferWithFacts
from generator.files.result_cache import ONCE, RecordGroup, ResultCache, Same
from generator.model.facts import EVERY_OFFER, OfferFacts, OfferList, Relations
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.scalars import Ages
from generator.model.site import Site

AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "0-2": (0, 35),
    "3-5": (36, 71),
    "6-9": (72, 119),
    "10-13": (120, 167),
    "14-17": (168, 215),
    "18-26": (216, 323),
    "27": (324, 1200),
}
"""Bands of age in whole months, both ends included."""
DOORS = 28


def offer_lists(
    site: Site,
    offers: Sequence[RecordGroup[OfferWithFacts]],
    relations: Relations,
    order: Sequence[str],
    cache: ResultCache = ONCE,
) -> dict[OfferList, tuple[str, ...]]:
    """Return the ids of running, planned and paused offers by list; `order` is the order of names, empty lists are left out."""
    town = cache.same("what lists of offers share", replace(site, offers={}))
    listed = cache.of_each(offers, _listed, town)
    return cache.latest(offer_lists, (listed, relations, order), partial(_lists, listed, relations, order))


Listed = Mapping[str, tuple[OfferList, ...]]
"""The lists of each active offer."""


def _listed(offers: tuple[OfferWithFacts, ...], town: Same[Site]) -> Listed:
    return {offer.id: _lists_of(town.value, offer, facts) for offer, facts in offers if facts.active}


def _lists(
    listed: Iterable[Listed], relations: Relations, order: Sequence[str]
) -> dict[OfferList, tuple[str, ...]]:
    offers: dict[str, tuple[OfferList, ...]] = {}
    for few in listed:
        offers |= few
    active = [key for key in order if key in offers]
    found: dict[OfferList, list[str]] = defaultdict(list, {EVERY_OFFER: list(active)})
    for key in active:
        for one in offers[key]:
            found[one].append(key)
    found |= _related("thema", relations.offers_by_topic, offers)
    found |= _related("gebiet", relations.offers_by_space, offers)
    found |= _related("traeger", relations.offers_by_provider, offers)
    return {name: tuple(keys) for name, keys in found.items() if keys}


def _related(
    dimension: str, table: Mapping[str, Sequence[str]], active: Collection[str]
) -> dict[OfferList, list[str]]:
    """Return a list of active offers for each name that they are related to."""
    found = {}
    for name, keys in table.items():
        found[OfferList(dimension, name)] = [key for key in keys if key in active]
    return found


def _lists_of(site: Site, offer: Offer, facts: OfferFacts) -> tuple[OfferList, ...]:
    return (
        *(OfferList("alter", band) for band in _by_age(offer.ages)),
        *(
            OfferList("zugang", flag.list)
            for flag in OFFER_FLAGS.values()
            if flag.list and flag.holds(site, offer, facts)
        ),
        *(
            OfferList("sprache", language.lower())
            for language in offer.languages
            if language != site.config.language
        ),
        OfferList("name", first_letter(offer.name)),
    )


@lru_cache
def _by_age(ages: Ages | None) -> tuple[str, ...]:
    return tuple(_bands(ages)) if ages is not None else ()


def _bands(ages: Ages) -> Iterator[str]:
    if ages.everybody and not ages.pregnancy:
        yield "jedes"
        return
    if ages.pregnancy:
        yield "schwangerschaft"
        if ages.upper in (None, 0):
            return
    for band, (first, last) in AGE_BANDS.items():
        if ages.lower <= last and (ages.upper is None or ages.upper >= first):
            yield band


@lru_cache(maxsize=10_000)
def first_letter(name: str) -> str:
    """Return the letter under which a name stands: a to z without accents, `0-9` for the rest."""
    for sign in unicodedata.normalize("NFD", name.casefold()):
        if sign.isalnum():
            return sign if "a" <= sign <= "z" else "0-9"
    return "0-9"


def open_doors(site: Site, offers: Mapping[str, OfferFacts], order: Sequence[str]) -> tuple[str, ...]:
    """Return some offers where one can just go: open to all who come, with regular hours, spread over week and life situations."""
    doors = [key for key in order if _is_open_door(site.offers[key], offers[key])]
    chosen: list[str] = []
    used: Counter[str] = Counter()

    def rank(key: str) -> tuple[int, bool]:
        return used[offers[key].situations[0]], offers[key].layer != "everyday"

    before = -1
    while before < len(chosen) < DOORS:
        before = len(chosen)
        for weekday in range(7):
            fitting = [key for key in doors if key not in chosen and _opens_on(offers[key], weekday)]
            if fitting and len(chosen) < DOORS:
                best = min(fitting, key=rank)
                used[offers[best].situations[0]] += 1
                chosen.append(best)
    return tuple(chosen)


def _is_open_door(offer: Offer, facts: OfferFacts) -> bool:
    if not facts.active or offer.status != "running" or facts.way != "open":
        return False
    if facts.sensitive or facts.unposted or facts.location.point is None:
        return False
    schedule = facts.schedule
    return schedule is not None and schedule.readable and not schedule.entry and not _is_for_children(offer)


def _is_for_children(offer: Offer) -> bool:
    """Tell whether those who take part in an offer are between 8 and 16 years old when they begin."""
    return offer.ages is not None and offer.ages_of == "participant" and 96 <= offer.ages.lower < 192


def _opens_on(facts: OfferFacts, weekday: int) -> bool:
    schedule = facts.schedule
    return schedule is not None and any(item.at_a_door for item in schedule.week[weekday])
