"""Derive which offers stand together: lists by age, area and others, open doors, those for young people, near ones."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain

import numpy as np
import shapely
from msgspec.structs import replace
from shapely import Point, STRtree

from generator.derive.offer_facts import OfferWithFacts
from generator.files.result_cache import ONCE, RecordGroup, ResultCache, Same
from generator.model.facts import EVERY_OFFER, OfferFacts, OfferList, Relations, Youth
from generator.model.geometry import EARTH_RADIUS
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.scalars import Ages
from generator.model.site import Site

MOST_OPEN_DOORS = 28
"""Four for each weekday."""


def offer_lists(
    site: Site,
    offers: Sequence[RecordGroup[OfferWithFacts]],
    relations: Relations,
    by_name: Sequence[str],
    cache: ResultCache = ONCE,
) -> dict[OfferList, tuple[str, ...]]:
    """Return current offers by list, in the order of `by_name`."""
    town = cache.same("what lists of offers share", replace(site, offers={}))
    listed = cache.of_each(offers, _lists_by_offer_id, town)
    return cache.latest(
        offer_lists, (listed, relations, by_name), partial(_lists, listed, relations, by_name)
    )


Listed = Mapping[str, tuple[OfferList, ...]]
"""The lists of each active offer."""


def _lists_by_offer_id(offers: tuple[OfferWithFacts, ...], town: Same[Site]) -> Listed:
    return {offer.id: _lists_of(town.value, offer, facts) for offer, facts in offers if facts.active}


def _lists(
    listed: Iterable[Listed], relations: Relations, by_name: Sequence[str]
) -> dict[OfferList, tuple[str, ...]]:
    """Return offers by list: those their own records name, and by topic, area and provider."""
    offers: dict[str, tuple[OfferList, ...]] = {}
    for few in listed:
        offers |= few
    active = [key for key in by_name if key in offers]
    found: dict[OfferList, list[str]] = defaultdict(list, {EVERY_OFFER: list(active)})
    for key in active:
        for one in offers[key]:
            found[one].append(key)
    found |= _related("thema", relations.offers_by_topic, active)
    found |= _related("gebiet", relations.offers_for_space, active)
    found |= _related("traeger", relations.offers_by_provider, active)
    return {name: tuple(keys) for name, keys in found.items() if keys}


def _related(
    dimension: str, table: Mapping[str, Sequence[str]], active: Sequence[str]
) -> dict[OfferList, list[str]]:
    """Return active offers by related name."""
    rank = {key: number for number, key in enumerate(active)}
    return {
        OfferList(dimension, name): sorted((key for key in keys if key in rank), key=rank.__getitem__)
        for name, keys in table.items()
    }


def _lists_of(site: Site, offer: Offer, facts: OfferFacts) -> tuple[OfferList, ...]:
    """Return the lists on which its own record puts an offer."""
    return (
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


@lru_cache(maxsize=10_000)
def first_letter(name: str) -> str:
    """Return a name's letter without accent, `0-9` for others."""
    for sign in unicodedata.normalize("NFD", name.casefold()):
        if sign.isalnum():
            return sign if "a" <= sign <= "z" else "0-9"
    return "0-9"


def open_doors(site: Site, offers: Mapping[str, OfferFacts], by_name: Sequence[str]) -> tuple[str, ...]:
    """Return offers open to all at regular hours, across week and situations."""
    doors = [key for key in by_name if _is_open_door(site.offers[key], offers[key])]
    chosen: list[str] = []
    used: Counter[str] = Counter()

    def rank(key: str) -> tuple[int, bool]:
        return used[offers[key].situations[0]], offers[key].layer != "everyday"

    # One for each weekday, and so on until there are enough.
    for weekday in [*range(7)] * MOST_OPEN_DOORS:
        fitting = [key for key in doors if key not in chosen and _opens_on(offers[key], weekday)]
        if len(chosen) == MOST_OPEN_DOORS:
            break
        if fitting:
            best = min(fitting, key=rank)
            used[offers[best].situations[0]] += 1
            chosen.append(best)
    return tuple(chosen)


def _is_open_door(offer: Offer, facts: OfferFacts) -> bool:
    if offer.status != "running" or facts.way != "open":
        return False
    if facts.sensitive or facts.unposted or facts.location.point is None:
        return False
    schedule = facts.schedule
    return schedule is not None and schedule.readable and not schedule.entry and not _is_for_children(offer)


def _is_for_children(offer: Offer) -> bool:
    """Tell whether it is for children who come by themselves, from an age between 8 and 15."""
    return offer.ages is not None and offer.ages_of == "participant" and 96 <= offer.ages.lower < 192


def _opens_on(facts: OfferFacts, weekday: int) -> bool:
    schedule = facts.schedule
    return schedule is not None and any(item.at_a_door for item in schedule.week[weekday])


FIRST, LAST = 12 * 12, 21 * 12 + 11
"""The ages that the page for young people speaks to, in months."""
CHILD, OF_AGE, GROWN = 6 * 12, 18 * 12, 29 * 12
"""Months: what begins before `CHILD` or goes on to `GROWN` isn't meant for young people."""
LAST_RANK = 3  # of advice for parents
# Kinds of offers: to go to, for parents, in danger, for a night; and groups of people (`for_`).
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
PROTECT = frozenset({"schutz", "schutz-jung", "inobhutnahme-42", "krisendienst"})
BEDS = frozenset({"wohnungsnotfallhilfe"})
"""Who has no bed tonight and is of age asks these; nobody has to register them."""


def youth(site: Site, offers: Mapping[str, OfferFacts], by_name: Iterable[str]) -> Youth:
    """Sort offers for young people: who protects, beds for adults, whom to confide in, who asks no name, places to go."""
    protect: list[str] = []
    grown: list[str] = []
    confide: list[str] = []
    nameless: list[str] = []
    places: list[str] = []
    for key in by_name:
        offer, facts = site.offers[key], offers[key]
        if not facts.active or offer.status == "planned":
            continue
        if offer.kind in BEDS and facts.low_threshold and _has_ages_in_range(offer, OF_AGE):
            grown.append(key)
        if not _is_for_young(offer):
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
        grown=tuple(grown),
        confide=_fitting(site, confide),
        nameless=_fitting(site, nameless),
        places=tuple(places),
    )


def _fitting(site: Site, keys: Iterable[str]) -> tuple[str, ...]:
    """Put young people's offers first; parents' only if nothing else. Then offers for all before those for some, remote before on site."""
    ranks = {key: _rank(site.offers[key]) for key in keys}
    fitting = [key for key, rank in ranks.items() if rank < LAST_RANK] or list(ranks)

    def order(key: str) -> tuple[int, bool, bool]:
        offer = site.offers[key]
        return ranks[key], not set(offer.for_) <= YOUNG, not offer.remote

    return tuple(sorted(fitting, key=order))


def _rank(offer: Offer) -> int:
    """Rank an offer: 0 young people only, 1 also, 2 everybody, 3 parents."""
    alone = offer.ages_of == "participant" or bool(YOUNG & set(offer.for_))
    if alone and _is_meant_for_young(offer) and not {"parents", "families"} & set(offer.for_):
        return 0
    if YOUNG & set(offer.for_) or (offer.ages is not None and offer.ages.lower >= CHILD):
        return 1
    return LAST_RANK if offer.kind in FOR_PARENTS else 2


def _is_for_young(offer: Offer) -> bool:
    """Tell whether young people may come, alone or as meant."""
    if offer.without_parents:
        return _has_ages_in_range(offer)
    return _is_meant_for_young(offer)


def _is_meant_for_young(offer: Offer) -> bool:
    """Tell whether an offer is made for young people: by age, else by target group."""
    ages = offer.ages
    if ages is None or ages.upper is None or ages.pregnancy:
        return "young-people" in offer.for_
    if {"parents", "families"} & set(offer.for_):
        return False
    return _has_ages_in_range(offer) and ages.lower >= CHILD and ages.upper < GROWN


def _has_ages_in_range(offer: Offer, first: int = FIRST) -> bool:
    ages = offer.ages
    return ages is None or (ages.lower <= LAST and (ages.upper is None or ages.upper >= first))


NEARBY = 4
FIRST_CIRCLE = 100.0
"""Metres around an offer that are looked at first; while too few others lie within, the radius doubles."""
NearOffers = tuple[tuple[str, int], ...]  # (id, metres)
NearbySpot = tuple[str, tuple[float, float], tuple[str, ...]]
"""An offer, where it is, and its life situations."""


def nearby_offers(
    offers: Iterable[RecordGroup[OfferWithFacts]], cache: ResultCache = ONCE
) -> Mapping[str, NearOffers]:
    """Return each offer's near ones, cached while none moved."""
    spots = cache.of_each(offers, _spots_of_offers)
    return cache.latest(NearbyOffers, spots, lambda: NearbyOffers(chain(*spots)))


def _spots_of_offers(offers: tuple[OfferWithFacts, ...]) -> list[NearbySpot]:
    found = []
    for _, facts in offers:
        point = facts.location.point
        if facts.active and point is not None and not facts.sensitive and not facts.unposted:
            found.append((facts.id, (point.longitude, point.latitude), facts.situations))
    return found


class NearbyOffers(Mapping[str, NearOffers]):
    """Each active offer's four nearest public ones of a common life situation, in metres.

    Sensitive and unposted offers neither have nor are neighbours: who expects a child isn't led to parents who lost
    theirs.
    """

    def __init__(self, spots: Iterable[NearbySpot]) -> None:
        self._points: dict[str, Point] = {}
        self._groups_of: dict[str, tuple[str, ...]] = {}
        rows = list(spots)
        degrees = np.array([point for _, point, _ in rows]).reshape(-1, 2)
        middle = math.radians(degrees[:, 1].mean()) if rows else 0.0
        metres = shapely.points(np.radians(degrees) * EARTH_RADIUS * (math.cos(middle), 1.0))
        together: dict[str, list[str]] = defaultdict(list)
        for (key, _, situations), point in zip(rows, metres, strict=True):
            self._points[key], self._groups_of[key] = point, situations
            for situation in situations:
                together[situation].append(key)
        self._groups = {}
        for situation, keys in together.items():
            points = [self._points[key] for key in keys]
            self._groups[situation] = (keys, STRtree(points))

    def __getitem__(self, key: str) -> NearOffers:
        found: dict[str, int] = {}
        for situation in self._groups_of[key]:
            found |= self._around(self._points[key], *self._groups[situation])
        found.pop(key, None)
        nearest = sorted(found.items(), key=lambda item: (item[1], item[0]))
        return tuple(nearest[:NEARBY])

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)

    @staticmethod
    def _around(here: Point, keys: list[str], tree: STRtree) -> dict[str, int]:
        """Return more offers around a point than shown, in tens of metres."""
        wanted = min(2 * NEARBY + 1, len(keys))
        radius = FIRST_CIRCLE
        near = tree.query(here, predicate="dwithin", distance=radius)
        while len(near) < wanted:
            radius *= 2
            near = tree.query(here, predicate="dwithin", distance=radius)
        metres = shapely.distance(here, tree.geometries[near])
        order = np.lexsort((near, metres))[:wanted]
        return {keys[near[place]]: int(round(metres[place], -1)) for place in order}


AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "0-2": (0, 35),
    "3-5": (36, 71),
    "6-9": (72, 119),
    "10-13": (120, 167),
    "14-17": (168, 215),
    "18-26": (216, 323),
    "27": (324, 1200),
}
"""Bands of age in whole months, both ends included; the last one is „ab 27“."""
OLDEST = 120 * 12
"""Months of age at which ages end that nobody limits."""


def bands_of(ages: Ages | None) -> tuple[str, ...]:
    """Return an offer's age bands, pregnancy first; none where ages aren't said.

    A band counts if half of it is covered, or half of the offer's ages lie in it: day care for one to six isn't for
    primary school.
    """
    if ages is None:
        return ()
    bands: list[str] = []
    if ages.pregnancy:
        bands.append("schwangerschaft")
    ends_before_birth = ages.pregnancy and ages.upper == 0
    if not ends_before_birth:
        bands += [band for band, (low, high) in AGE_BANDS.items() if mostly(ages, low, high)]
    return tuple(bands)


def mostly(ages: Ages, low: int, high: int) -> bool:
    """Tell whether ages (inclusive months) cover half a span or lie half in it."""
    high = min(high, OLDEST)
    return 2 * shared_months(ages, low, high) >= high - low + 1 or lies_in(ages, low, high)


def lies_in(ages: Ages, low: int, high: int) -> bool:
    """Tell whether half of the ages lie in a span."""
    return 2 * shared_months(ages, low, high) >= last_month(ages) - ages.lower + 1


def last_month(ages: Ages) -> int:
    """Return the last month of age, `OLDEST` at most."""
    return min(ages.upper if ages.upper is not None else OLDEST, OLDEST)


def shared_months(ages: Ages, low: int, high: int) -> int:
    """Count the months of age in both spans, inclusive."""
    return max(0, min(last_month(ages), high) - max(ages.lower, low) + 1)
