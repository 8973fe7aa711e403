"""Offers with their facts in, what they cover out: by situation, age and area, a planner's questions, and a network's promises.

Only offers that run count: nothing planned, paused, ended or made up. What the records don't say stays unsaid. An offer is supply of an
area that its record names, or in which people walk to it; where it lies alone makes it none, and it counts for the town.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from generator.derive.lists import AGE_BANDS
from generator.derive.offers import OfferWithFacts
from generator.files.kept import ONCE, KeptResults, Neighbours
from generator.hours.schedule import Schedule
from generator.model.coverage import (
    ALL_OF_IT,
    Answer,
    AreaAnswer,
    AreaCoverage,
    Coverage,
    Provision,
    RuleCheck,
)
from generator.model.facts import OfferFacts, Relations, SpaceFacts
from generator.model.geometry import METRES_PER_DEGREE
from generator.model.network import GuaranteeRule
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.questions import AFTERNOON, CHILD, DETOUR, WALK, language_question
from generator.model.scalars import Ages
from generator.model.site import Site

CHECKED_DAYS = 365
MOST_AREAS = 160
"""More areas nobody compares in a list; then the wider level is asked."""
MOST_LANGUAGES = 5
OLDEST = 120 * 12
"""Months of age up to which „ab 27“ goes."""
GROWN = 18 * 12
"""Months of age at which somebody is grown up."""
HOLIDAY_KIND = "ferien"
"""The kind of offers that there are in school holidays alone."""

_Answers = Callable[[Site, Offer, OfferFacts], Answer]


def coverage(
    site: Site,
    offers: Mapping[str, OfferFacts],
    spaces: Mapping[str, SpaceFacts],
    relations: Relations,
    running: Set[str],
    compared: Sequence[str],
    today: dt.date,
) -> Coverage:
    """Return what the running offers of a site cover on a day; `compared` are the areas that are set beside each other."""
    asked_of = dict.fromkeys((*compared, *(name for key in compared for name in spaces[key].ancestors)))
    plane = _Plane({key: site.shapes[key] for key in spaces if key in site.shapes})
    answers = {
        question: _Answered(site, offers, running, holds, plane)
        for question, holds in questions(site, running).items()
    }
    city = [key for key, facts in offers.items() if key in running and facts.reach == "town"]
    areas = {key: _here(relations.supply_of_space.get(key, ()), running) for key in spaces}
    doors = {key: _here(relations.offers_by_space.get(key, ()), running) for key in spaces}
    vague = {key: () if spaces[key].whole else _unsaid(offers, doors[key], areas[key]) for key in spaces}
    return Coverage(
        areas={
            key: _area(site, offers, there, frozenset(doors[key]), vague[key], today)
            for key, there in areas.items()
        },
        town=_area(site, offers, city, frozenset(), (), today),
        answers={
            question: {key: found.there(areas[key], vague[key], key) for key in asked_of}
            for question, found in answers.items()
        },
        for_town={question: found.there(city) for question, found in answers.items()},
        rules={
            key: tuple(
                _rule(site, offers, relations, running, network.spaces, rule, plane)
                for rule in network.guarantee.rules
            )
            for key, network in site.networks.items()
            if network.guarantee is not None
        },
        sought={
            topic.id: bands_of(topic.ages) if topic.ages is not None else ("schwangerschaft", *AGE_BANDS)
            for topic in site.words.situations()
        },
    )


def running_offers(
    offers: Iterable[Neighbours[OfferWithFacts]], today: dt.date, kept: KeptResults = ONCE
) -> frozenset[str]:
    """Return the offers that count where it is asked what there is on a day."""
    return frozenset(chain.from_iterable(kept.of_each(offers, _running, today)))


def _running(offers: tuple[OfferWithFacts, ...], today: dt.date) -> list[str]:
    return [offer.id for offer, facts in offers if runs(offer, facts, today)]


def runs(offer: Offer, facts: OfferFacts, today: dt.date) -> bool:
    """Tell whether an offer counts: it runs today and wasn't made up. A planned one is none, and one that pauses helps nobody now."""
    return (
        facts.active
        and offer.status == "running"
        and not offer.fictional
        and (offer.from_ is None or offer.from_ <= today)
    )


def compared_areas(site: Site, spaces: Mapping[str, SpaceFacts]) -> tuple[str, ...]:
    """Return the finest areas of the town's own geography that are few enough to be compared."""
    first = site.config.geographies[0].id
    by_depth: dict[int, list[str]] = {}
    for key, facts in spaces.items():
        if facts.geography == first:
            by_depth.setdefault(facts.depth, []).append(key)
    fitting = [depth for depth, keys in by_depth.items() if 1 < len(keys) <= MOST_AREAS]
    return tuple(by_depth[max(fitting)]) if fitting else ()


def _here(keys: Iterable[str], running: Set[str]) -> list[str]:
    return [key for key in keys if key in running]


def _unsaid(
    offers: Mapping[str, OfferFacts], doors: Iterable[str], supply: Collection[str]
) -> tuple[str, ...]:
    """Return the offers that lie in an area and don't say for whom they are: no supply of it, and no reason to call it empty."""
    return tuple(key for key in doors if offers[key].reach == "unsaid" and key not in supply)


def _area(
    site: Site,
    offers: Mapping[str, OfferFacts],
    there: Sequence[str],
    doors: Set[str],
    vague: tuple[str, ...],
    today: dt.date,
) -> AreaCoverage:
    """Return what an area's offers cover; `doors` are those that lie in it, `vague` those of them that don't say for whom they are."""
    cells, ageless = _cells(site, offers, there)
    perhaps, somebody = _cells(site, offers, vague)
    checked = (site.offers[key].checked for key in there)
    open_to_all = {
        situation
        for key in (*there, *vague)
        for situation in offers[key].situations
        if offers[key].access is None or offers[key].low_threshold
    }
    return AreaCoverage(
        offers=tuple(there),
        cells={cell: tuple(keys) for cell, keys in cells.items()},
        ageless={situation: tuple(keys) for situation, keys in ageless.items()},
        unsaid=vague,
        unknown=frozenset({*perhaps, *((situation, "") for situation in (*ageless, *somebody))}),
        by_referral=frozenset({situation for situation, _ in cells} | {*ageless}) - open_to_all,
        provision=tuple(
            _provision(site, key, indicator.ages, there, doors)
            for key, indicator in site.indicators.items()
            if indicator.ages is not None and indicator.counted
        ),
        checked=sum(day is not None and (today - day).days <= CHECKED_DAYS for day in checked),
    )


def _cells(
    site: Site, offers: Mapping[str, OfferFacts], keys: Iterable[str]
) -> tuple[dict[tuple[str, str], list[str]], dict[str, list[str]]]:
    """Return offers by life situation and band of ages, and those of a situation that say no age."""
    cells: dict[tuple[str, str], list[str]] = {}
    ageless: dict[str, list[str]] = {}
    for key in keys:
        ages = site.offers[key].ages
        for situation in offers[key].situations:
            # Talks with both sides at one table are no offer where it is about violence.
            if offers[key].with_violence == "off" and site.words.is_grave(situation):
                continue
            if ages is None:
                ageless.setdefault(situation, []).append(key)
            for band in bands_of(ages):
                cells.setdefault((situation, band), []).append(key)
    return cells, ageless


def _provision(site: Site, indicator: str, ages: Ages, there: Iterable[str], doors: Set[str]) -> Provision:
    """Count offers for most of an indicator's ages; places only of those that lie here and are for nobody else."""
    upper = ages.upper if ages.upper is not None else OLDEST
    fitting = [
        key for key in there if (own := site.offers[key].ages) is not None and _mostly(own, ages.lower, upper)
    ]
    here = [site.offers[key] for key in fitting if key in doors]
    places = [
        stated
        for one in here
        if (stated := one.stated_places) is not None
        and one.ages is not None
        and one.ages.lower >= ages.lower
        and (one.ages.upper if one.ages.upper is not None else OLDEST) <= upper
    ]
    return Provision(indicator, len(fitting), len(here), sum(places), len(places))


def bands_of(ages: Ages | None) -> tuple[str, ...]:
    """Return the bands of ages that an offer is for, pregnancy first; none where it says no age.

    It is for a band where it is there for half of it, or lies in it with half of its own ages: a day care for one to six is
    nothing for primary school.
    """
    if ages is None:
        return ()
    only_before = ages.pregnancy and ages.upper == 0
    born = (
        () if only_before else (band for band, (low, high) in AGE_BANDS.items() if _mostly(ages, low, high))
    )
    return (*(("schwangerschaft",) if ages.pregnancy else ()), *born)


def _mostly(ages: Ages, low: int, high: int) -> bool:
    """Tell whether ages (months, both ends included) cover half of a span, or lie in it with half of themselves."""
    high = min(high, OLDEST)
    return 2 * _shared(ages, low, high) >= high - low + 1 or lies_in(ages, low, high)


def lies_in(ages: Ages, low: int, high: int) -> bool:
    """Tell whether ages (months, both ends included) lie in a span with half of themselves."""
    return 2 * _shared(ages, low, high) >= _last(ages) - ages.lower + 1


def _last(ages: Ages) -> int:
    return min(ages.upper if ages.upper is not None else OLDEST, OLDEST)


def _shared(ages: Ages, low: int, high: int) -> int:
    return max(0, min(_last(ages), high) - max(ages.lower, low) + 1)


def _overlap(ages: Ages, low: int, high: int) -> bool:
    return ages.lower <= high and (ages.upper is None or ages.upper >= low)


# --- a planner's questions -----------------------------------------------------------------------------------------


def questions(site: Site, running: Set[str]) -> dict[str, _Answers]:
    """Return each question by its id, with what answers it for one offer."""
    spoken: dict[str, int] = {}
    for key in running:
        for language in site.offers[key].languages:
            if language != site.config.language:
                spoken[language] = spoken.get(language, 0) + 1
    most = sorted(spoken, key=lambda language: (-spoken[language], language))[:MOST_LANGUAGES]
    return {
        "nachmittag": _free_afternoon,
        "wochenende": lambda site, offer, facts: _open(facts.schedule, _weekend),
        "ferien": _holidays,
        **{language_question(language): _advises_in(language) for language in sorted(most)},
    }


def _free_afternoon(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
    """Tell whether children can spend an afternoon there: what advises or what somebody decides on is no such thing."""
    low, high = CHILD
    kind = site.words.kinds[offer.kind]
    if not kind.leisure or for_a_group(site, offer):
        return "not"
    ages: Answer = "unsaid"
    if offer.ages is not None:
        # A meeting of grown-ups to which everybody may come is no afternoon for a child; a library is.
        child = lies_in(offer.ages, 0, GROWN - 1) or facts.layer == "everyday"
        ages = "fits" if child and _mostly(offer.ages, low * 12, high * 12 + 11) else "not"
    cost: Answer = "not"
    if OFFER_FLAGS["free"].holds(site, offer, facts):
        cost = "fits"
    elif offer.cost is None or offer.invented("cost"):
        cost = "unsaid"
    return _both(ages, cost, _open(facts.schedule, _after_school))


def for_a_group(site: Site, offer: Offer) -> bool:
    """Tell whether an offer is for nobody but groups to which one says that one belongs: volunteers, foster families, relatives."""
    return bool(offer.for_) and all(site.words.target_groups[group].goals for group in offer.for_)


def _both(*answers: Answer) -> Answer:
    return "not" if "not" in answers else "unsaid" if "unsaid" in answers else "fits"


def _open(schedule: Schedule | None, when: Callable[[Schedule], Answer]) -> Answer:
    return "unsaid" if schedule is None or not schedule.readable else when(schedule)


def _after_school(schedule: Schedule) -> Answer:
    """Tell whether something is open on a school day for at least half an hour after four."""
    return _any(
        (item.at_a_door and item.end - max(item.start, AFTERNOON) >= 30)
        or _begins(item.start, item.in_person)
        for weekday in range(5)
        for item in schedule.usual(weekday)
    )


def _begins(start: int, certain: bool) -> bool:
    return certain and start >= AFTERNOON


def _weekend(schedule: Schedule) -> Answer:
    return _any(item.begins for weekday in (5, 6) for item in schedule.usual(weekday))


def _holidays(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
    """Tell whether something is on in school holidays: what is made for them is, of others their hours have to say so."""
    del site
    return "fits" if offer.kind == HOLIDAY_KIND else _open(facts.schedule, _in_holidays)


def _in_holidays(schedule: Schedule) -> Answer:
    """Regular hours say nothing of holidays: many clubs rest then without writing it down."""
    said = [one for one in schedule.holidays if one.kind == "school"]
    if not said:
        return "unsaid"
    return _any(item.begins for one in said for item in one.intervals)


def _any(found: Iterable[bool]) -> Answer:
    return "fits" if any(found) else "not"


def _advises_in(language: str) -> _Answers:
    def answer(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
        del facts
        if not site.words.kinds[offer.kind].advice:
            return "not"
        if language in offer.languages:
            return "fits"
        return "unsaid" if not offer.languages or offer.interpreter in ("yes", "on request") else "not"

    return answer


class _Answered:
    """What every running offer answers to a question, and where those are of which it is certain."""

    def __init__(
        self,
        site: Site,
        offers: Mapping[str, OfferFacts],
        running: Iterable[str],
        holds: _Answers,
        plane: _Plane,
    ) -> None:
        # When somebody is at a sensitive offer is nothing for a list.
        self._answers = {
            key: holds(site, site.offers[key], offers[key]) for key in running if not offers[key].sensitive
        }
        # A door beyond the boundary is as near as one before it.
        certain = [key for key, answer in self._answers.items() if answer == "fits"]
        self._walks = plane.walks(offers, certain, WALK)

    def there(self, keys: Iterable[str], vague: Iterable[str] = (), area: str = "") -> AreaAnswer:
        """Return the answer of an area whose offers these are; of `vague` ones nobody has said that they are for it."""
        found: dict[Answer, list[str]] = {"fits": [], "unsaid": [], "not": []}
        for key in keys:
            if key in self._answers:
                found[self._answers[key]].append(key)
        found["unsaid"] += [key for key in vague if self._answers.get(key, "not") != "not"]
        return AreaAnswer(tuple(found["fits"]), tuple(found["unsaid"]), self._walks.share((area,)))


# --- promises ------------------------------------------------------------------------------------------------------


def _rule(
    site: Site,
    offers: Mapping[str, OfferFacts],
    relations: Relations,
    running: Set[str],
    spaces: Sequence[str],
    rule: GuaranteeRule,
    plane: _Plane,
) -> RuleCheck:
    about = [
        key
        for key in relations.offers_by_topic.get(rule.topic, ())
        if key in running
        and (not rule.kinds or site.offers[key].kind in rule.kinds)
        and not for_a_group(site, site.offers[key])
    ]
    there = {key for space in spaces for key in relations.supply_of_space.get(space, ())}
    here = [key for key in about if key in there or offers[key].reach == "town" or not spaces]
    doors = {key for space in spaces for key in relations.offers_by_space.get(space, ())}
    vague = [key for key in about if key in doors and offers[key].reach == "unsaid"]
    fitting, missing = _for_ages(site, here, rule.ages)
    # For whom or for which age something is nobody may have written down: then it isn't known to be missing.
    unknown = rule.ages is not None and any(site.offers[key].ages is None for key in here)
    unknown |= bool(_for_ages(site, vague, rule.ages)[0]) or any(
        site.offers[key].ages is None for key in vague
    )
    check = RuleCheck("unsaid" if unknown else "none", tuple(fitting), missing)
    if not fitting:
        return check
    kept = [not missing]
    if rule.days_per_week is not None:
        days, unsaid = _days(offers, fitting)
        check = replace(check, days=days, days_unsaid=unsaid)
        kept.append(days >= rule.days_per_week)
    if rule.within is not None:
        reach = plane.walks(offers, fitting, rule.within.metres).share(spaces)
        check = replace(check, reach=reach)
        kept.append(reach is not None and reach >= ALL_OF_IT)
    if all(kept):
        if any(_is_full(site.offers[key], offers[key]) for key in fitting):
            return replace(check, kept="waits")
        return replace(check, kept="kept" if len(kept) > 1 else "there")
    unsaid = check.days_unsaid or (rule.within is not None and check.reach is None)
    # Whether more than this is kept nobody has written down.
    return replace(check, kept="unsaid" if unknown or (unsaid and not missing) else "partly")


def _is_full(offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether an offer says today that one has to wait for it."""
    room = offer.capacity if facts.capacity_shown else None
    return room is not None and not room.free and (room.free == 0 or room.waiting is not None)


def _for_ages(site: Site, keys: Iterable[str], ages: Ages | None) -> tuple[list[str], tuple[int, ...]]:
    """Return the offers for some of the ages, and the whole years for which there is none."""
    if ages is None:
        return list(keys), ()
    fitting = [
        key
        for key in keys
        if (own := site.offers[key].ages) is not None
        and _overlap(own, ages.lower, ages.upper if ages.upper is not None else own.lower)
    ]
    if ages.upper is None:
        return fitting, ()
    years = range(ages.lower // 12, ages.upper // 12 + 1)
    return fitting, tuple(
        year
        for year in years
        # Who is there for eleven and twelve months isn't there for one-year-olds.
        if not any(
            (own := site.offers[key].ages) is not None and 2 * _shared(own, year * 12, year * 12 + 11) >= 12
            for key in fitting
        )
    )


def _days(offers: Mapping[str, OfferFacts], keys: Iterable[str]) -> tuple[int, bool]:
    """Return on how many weekdays one of the offers is open, and whether one of them doesn't say when it is."""
    schedules = [offers[key].schedule for key in keys]
    known = [one for one in schedules if one is not None and one.readable]
    days = sum(any(item.begins for one in known for item in one.week[day]) for day in range(7))
    return days, len(known) < len(schedules)


# --- walks ---------------------------------------------------------------------------------------------------------


class _Plane:
    """The surfaces of areas in metres, in a plane that is true at the middle latitude of the town."""

    def __init__(self, shapes: Mapping[str, BaseGeometry]) -> None:
        bounds = shapely.total_bounds(list(shapes.values())) if shapes else np.zeros(4)
        middle = math.radians((bounds[1] + bounds[3]) / 2)
        self._scale = np.array([METRES_PER_DEGREE * math.cos(middle), METRES_PER_DEGREE])
        self.surfaces = {
            key: shapely.transform(shape, lambda points: points * self._scale)
            for key, shape in shapes.items()
        }

    def walks(self, offers: Mapping[str, OfferFacts], keys: Iterable[str], metres: float) -> _Walks:
        """Return what lies within a walk of offers; those that hide their place, and where nobody should be seen, are nowhere."""
        points = {
            (point.longitude, point.latitude)
            for key in keys
            if (point := offers[key].location.point) is not None and not offers[key].sensitive
        }
        spots = np.array(sorted(points)).reshape(-1, 2) * self._scale
        return _Walks(self.surfaces, shapely.points(spots), metres / DETOUR)


class _Walks:
    """The surfaces of areas, and places from which a straight line of some metres is as long as a walk may be."""

    def __init__(
        self, surfaces: Mapping[str, BaseGeometry], spots: NDArray[np.object_], metres: float
    ) -> None:
        self._surfaces, self._spots, self._metres = surfaces, spots, metres
        self._tree = shapely.STRtree(spots)

    def share(self, areas: Iterable[str]) -> float | None:
        """Return from which share of the areas' surface a place is a walk away; None without places or boundaries."""
        there = [self._surfaces[key] for key in areas if key in self._surfaces]
        if not there or not len(self._spots):
            return None
        return float(sum(self._near(surface) for surface in there) / sum(surface.area for surface in there))

    def _near(self, surface: BaseGeometry) -> float:
        near = self._tree.query(surface, predicate="dwithin", distance=self._metres)
        spots = shapely.MultiPoint(self._spots[near].tolist())
        return _within(surface.wkb, spots.wkb, self._metres)


# A preview asks again after every change, and hardly one of them moves a door.
@lru_cache(maxsize=8192)
def _within(surface: bytes, spots: bytes, metres: float) -> float:
    circles = shapely.buffer(shapely.get_parts(shapely.from_wkb(spots)), metres, quad_segs=8)
    return float(shapely.intersection(shapely.from_wkb(surface), shapely.union_all(circles)).area)
