"""Work out what offers there are by area, life situation and age.

Only running offers count, and what isn't said stays unsaid. Where an offer lies alone makes it no supply
of that area.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from generator.derive.age_bands import AGE_BANDS, bands_of, last_month, lies_in, mostly, shared_months
from generator.derive.offer_facts import located
from generator.hours.schedule import Interval, Schedule
from generator.model.facts import (
    AFTERNOON,
    ALL_OF_IT,
    CHILD,
    DETOUR,
    WALK,
    Answer,
    AreaAnswer,
    AreaCoverage,
    Coverage,
    Facts,
    Kept,
    OfferFacts,
    Provision,
    RuleCheck,
    SpaceFacts,
    language_question,
)
from generator.model.geometry import METRES_PER_DEGREE
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS, for_a_group
from generator.model.planning_records import GuaranteeRule
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.model.vocabulary import Topic

MOST_LANGUAGES = 5
GROWN = 18 * 12
"""Months of age at which somebody is grown up."""
HOLIDAY_KIND = "ferien"
"""The kind of offers that there are in school holidays alone."""

_Answers = Callable[[Site, Offer, OfferFacts], Answer]


def coverage(site: Site, facts: Facts) -> Coverage:
    """Return what the running offers of a site cover on the day of its facts."""
    offers, spaces, running = facts.offers, facts.spaces, facts.running
    plane = _Plane({key: site.shapes[key] for key in spaces if key in site.shapes})
    everywhere = _for_everywhere(facts)
    supply = {key: _supply_of(facts, space, everywhere) for key, space in spaces.items()}
    town = _Supply("", everywhere, ())
    asked_of = dict.fromkeys(chain(facts.compared, *(spaces[key].ancestors for key in facts.compared)))
    answers: dict[str, dict[str, AreaAnswer]] = {}
    for_town: dict[str, AreaAnswer] = {}
    for question, holds in questions(site, running).items():
        # When somebody is at a sensitive offer is nothing for a list.
        asked = [key for key in running if not offers[key].sensitive]
        said = {key: holds(site, site.offers[key], offers[key]) for key in asked}
        walks = _walks_to_fitting(plane, offers, said)
        answers[question] = {key: _answer(said, supply[key], walks.share([key])) for key in asked_of}
        for_town[question] = _answer(said, town, None)
    return Coverage(
        areas={key: _area_coverage(site, facts, found) for key, found in supply.items()},
        town=_area_coverage(site, facts, town),
        answers=answers,
        for_town=for_town,
        rules=_promises(site, facts, plane),
        sought={topic.id: _sought_bands(topic) for topic in site.words.situations()},
    )


def _for_everywhere(facts: Facts) -> list[str]:
    """Return the running offers that are for the whole town."""
    return [key for key, offer in facts.offers.items() if key in facts.running and offer.reach == "town"]


def _walks_to_fitting(plane: _Plane, offers: Mapping[str, OfferFacts], said: Mapping[str, Answer]) -> _Walks:
    """Return what lies within a walk of offers of which it is certain; a door beyond the boundary is as near as one before it."""
    return plane.walks(offers, [key for key, answer in said.items() if answer == "fits"], WALK)


@dataclass(frozen=True, slots=True)
class _Supply:
    """The offers that an area has, and those that lie there and don't say for whom they are (`vague`)."""

    area: str
    offers: Sequence[str]
    vague: tuple[str, ...]


def _supply_of(facts: Facts, space: SpaceFacts, everywhere: Sequence[str]) -> _Supply:
    """Return the running offers that an area has; a whole town has those for `everywhere` too, and none is vague.

    What lies in an area and doesn't say for whom it is, is no supply of it, and no reason to call it empty.
    """
    there = [key for key in facts.relations.supply_of_space.get(space.id, ()) if key in facts.running]
    if space.whole:
        return _Supply(space.id, list(dict.fromkeys((*there, *everywhere))), ())
    lying = [key for key in facts.relations.offers_by_space.get(space.id, ()) if key in facts.running]
    vague = tuple(key for key in lying if facts.offers[key].reach == "unsaid" and key not in there)
    return _Supply(space.id, there, vague)


def _sought_bands(topic: Topic) -> tuple[str, ...]:
    """Return the bands of ages in which a life situation is looked for; all of them where it names no ages."""
    if topic.ages is None:
        return ("schwangerschaft", *AGE_BANDS)
    return bands_of(topic.ages)


def _area_coverage(site: Site, facts: Facts, supply: _Supply) -> AreaCoverage:
    """Return what the offers of an area cover."""
    cells, ageless = _cells(site, facts, supply.offers)
    perhaps, somebody = _cells(site, facts, supply.vague)
    situations = {situation for situation, _ in cells}.union(ageless)
    return AreaCoverage(
        offers=tuple(supply.offers),
        cells={cell: tuple(keys) for cell, keys in cells.items()},
        ageless={situation: tuple(keys) for situation, keys in ageless.items()},
        # What protects is for the town: nobody is asked for which quarter it is.
        unsaid=tuple(key for key in supply.vague if not facts.offers[key].sensitive),
        unknown=frozenset(perhaps).union((situation, "") for situation in (*ageless, *somebody)),
        by_referral=frozenset(situations - _open_to_all(facts, (*supply.offers, *supply.vague))),
        provision=tuple(_provisions(site, facts, supply)),
    )


def _open_to_all(facts: Facts, keys: Iterable[str]) -> set[str]:
    """Return the life situations with an offer to which one comes without a referral."""
    found: set[str] = set()
    for key in keys:
        offer = facts.offers[key]
        if offer.access is None or offer.low_threshold:
            found.update(offer.situations)
    return found


def _cells(
    site: Site, facts: Facts, keys: Iterable[str]
) -> tuple[dict[tuple[str, str], list[str]], dict[str, list[str]]]:
    """Return offers by life situation and band of ages, and those of a situation that say no age.

    Talks with both sides at one table are no offer where it is about violence.
    """
    cells: dict[tuple[str, str], list[str]] = {}
    ageless: dict[str, list[str]] = {}
    for key in keys:
        ages, offer = site.offers[key].ages, facts.offers[key]
        for situation in offer.situations:
            if offer.with_violence == "off" and site.words.is_grave(situation):
                continue
            if ages is None:
                ageless.setdefault(situation, []).append(key)
            for band in bands_of(ages):
                cells.setdefault((situation, band), []).append(key)
    return cells, ageless


def _provisions(site: Site, facts: Facts, supply: _Supply) -> Iterator[Provision]:
    """Count for each indicator of ages the offers that are for most of them, and those of them with a door here."""
    for key, indicator in site.indicators.items():
        if indicator.ages is not None and indicator.counted:
            lower, upper = indicator.ages.lower, last_month(indicator.ages)
            offers = [site.offers[one] for one in supply.offers]
            fitting = [one.id for one in offers if one.ages and mostly(one.ages, lower, upper)]
            here = sum(_has_door(facts, facts.offers[one], supply.area) for one in fitting)
            yield Provision(key, len(fitting), here)


def _has_door(facts: Facts, offer: OfferFacts, area: str) -> bool:
    """Tell whether an offer or one of its stops lies in an area: what only comes there, or is for it, has its door elsewhere."""
    return any(area in facts.spaces[key].within for key in located(offer.location, offer.stops))


def _overlap(ages: Ages, other: Ages) -> bool:
    """Tell whether some age (in months, both ends included) is in both."""
    if ages.upper is not None and ages.upper < other.lower:
        return False
    return other.upper is None or ages.lower <= other.upper


# --- a planner's questions -----------------------------------------------------------------------------------------


def questions(site: Site, running: Set[str]) -> dict[str, _Answers]:
    """Return each question by its id, with what answers it for one offer."""
    found: dict[str, _Answers] = {
        "nachmittag": _free_afternoon,
        "wochenende": _weekends,
        "ferien": _holidays,
    }
    for language in sorted(_most_spoken(site, running)):
        found[language_question(language)] = _advises_in(language)
    return found


def _most_spoken(site: Site, running: Iterable[str]) -> list[str]:
    """Return the languages, but for the site's own, that most running offers speak."""
    spoken = Counter(chain.from_iterable(site.offers[key].languages for key in running))
    del spoken[site.config.language]
    return sorted(spoken, key=lambda language: (-spoken[language], language))[:MOST_LANGUAGES]


def _free_afternoon(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
    """Tell whether children can spend an afternoon there: what advises or what somebody decides on is no such thing."""
    kind = site.words.kinds[offer.kind]
    if not kind.leisure or for_a_group(site, offer):
        return "not"
    cost: Answer = "not"
    if OFFER_FLAGS["free"].holds(site, offer, facts):
        cost = "fits"
    elif offer.cost is None or offer.invented("cost"):
        cost = "unsaid"
    return _both(_for_children(offer, facts), cost, _open(facts.schedule, _after_school))


def _for_children(offer: Offer, facts: OfferFacts) -> Answer:
    """Tell whether an offer is for children: a meeting of grown-ups to which everybody may come isn't; a library is."""
    if offer.ages is None:
        return "unsaid"
    low, high = CHILD
    child = lies_in(offer.ages, 0, GROWN - 1) or facts.layer == "everyday"
    return "fits" if child and mostly(offer.ages, low * 12, high * 12 + 11) else "not"


def _both(*answers: Answer) -> Answer:
    if "not" in answers:
        return "not"
    return "unsaid" if "unsaid" in answers else "fits"


def _open(schedule: Schedule | None, when: Callable[[Schedule], Answer]) -> Answer:
    return "unsaid" if schedule is None or not schedule.readable else when(schedule)


def _after_school(schedule: Schedule) -> Answer:
    """Tell whether something is open on a school day for at least half an hour after four."""
    for weekday in range(5):
        for item in schedule.usual(weekday):
            is_long_enough = item.at_a_door and item.end - max(item.start, AFTERNOON) >= 30
            if is_long_enough or (item.in_person and item.start >= AFTERNOON):
                return "fits"
    return "not"


def _weekends(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
    """Tell whether something begins on a Saturday or Sunday."""
    del site, offer
    return _open(facts.schedule, lambda schedule: _begins_in(schedule.usual(5) + schedule.usual(6)))


def _holidays(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
    """Tell whether something is on in school holidays: what is made for them is, of others their hours have to say so."""
    del site
    return "fits" if offer.kind == HOLIDAY_KIND else _open(facts.schedule, _in_holidays)


def _in_holidays(schedule: Schedule) -> Answer:
    """Regular hours say nothing of holidays: many clubs rest then without writing it down."""
    said = [one.intervals for one in schedule.holidays if one.kind == "school"]
    return _begins_in(chain.from_iterable(said)) if said else "unsaid"


def _begins_in(intervals: Iterable[Interval]) -> Answer:
    return "fits" if any(item.begins for item in intervals) else "not"


def _advises_in(language: str) -> _Answers:
    def answer(site: Site, offer: Offer, facts: OfferFacts) -> Answer:
        del facts
        if not site.words.kinds[offer.kind].advice:
            return "not"
        if language in offer.languages:
            return "fits"
        return "unsaid" if not offer.languages or offer.interpreter in ("yes", "on request") else "not"

    return answer


def _answer(said: Mapping[str, Answer], supply: _Supply, reach: float | None) -> AreaAnswer:
    """Return the answer of an area with this supply; of vague offers nobody has said that they are for it."""
    fits = tuple(key for key in supply.offers if said.get(key) == "fits")
    unsaid = [key for key in supply.offers if said.get(key) == "unsaid"]
    unsaid += [key for key in supply.vague if said.get(key, "not") != "not"]
    return AreaAnswer(fits, tuple(unsaid), reach)


# --- promises ------------------------------------------------------------------------------------------------------


def _promises(site: Site, facts: Facts, plane: _Plane) -> dict[str, tuple[RuleCheck, ...]]:
    """Return for each network with a guarantee how far each of its rules is kept."""
    found = {}
    for key, network in site.networks.items():
        if network.guarantee is not None:
            rules = network.guarantee.rules
            found[key] = tuple(_check(site, facts, plane, rule, network.spaces) for rule in rules)
    return found


def _check(site: Site, facts: Facts, plane: _Plane, rule: GuaranteeRule, spaces: Sequence[str]) -> RuleCheck:
    """Tell how far a rule is kept in a network's spaces."""
    here, vague = _here_and_vague(site, facts, rule, spaces)
    fitting, missing = _for_ages(site, here, rule.ages)
    unknown = _may_be_more(site, rule, here, vague)
    check = RuleCheck("unsaid" if unknown else "none", tuple(fitting), missing)
    if not fitting:
        return check
    kept = [not missing]
    if rule.days_per_week is not None:
        days, unsaid = _days(facts.offers, fitting)
        check = replace(check, days=days, days_unsaid=unsaid)
        kept.append(days >= rule.days_per_week)
    if rule.within is not None:
        walks = plane.walks(facts.offers, fitting, rule.within.metres)
        check = replace(check, reach=walks.share(spaces))
        kept.append(check.reach is not None and check.reach >= ALL_OF_IT)
    if all(kept):
        return replace(check, kept=_how_kept(site, facts, fitting, len(kept)))
    unsaid = check.days_unsaid or (rule.within is not None and check.reach is None)
    # Whether more than this is kept nobody has written down.
    return replace(check, kept="unsaid" if unknown or (unsaid and not missing) else "partly")


def _how_kept(site: Site, facts: Facts, fitting: Iterable[str], conditions: int) -> Kept:
    """Say how a rule is kept whose conditions all hold: "waits" where an offer is full, "there" where it asks for neither days nor a distance."""
    if any(_is_full(site.offers[key], facts.offers[key]) for key in fitting):
        return "waits"
    return "kept" if conditions > 1 else "there"


def _may_be_more(site: Site, rule: GuaranteeRule, here: Sequence[str], vague: Sequence[str]) -> bool:
    """Tell whether nobody may have written down for whom or for which age something is: then it isn't known to be missing."""
    perhaps, _ = _for_ages(site, vague, rule.ages)
    asked = vague if rule.ages is None else (*vague, *here)
    return bool(perhaps) or any(site.offers[key].ages is None for key in asked)


def _here_and_vague(
    site: Site, facts: Facts, rule: GuaranteeRule, spaces: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the offers that a rule asks for and that are for its spaces, and those that lie there and don't say for whom they are."""
    there: set[str] = set()
    doors: set[str] = set()
    for space in spaces:
        there.update(facts.relations.supply_of_space.get(space, ()))
        doors.update(facts.relations.offers_by_space.get(space, ()))
    here = []
    vague = []
    for key in facts.relations.offers_by_topic.get(rule.topic, ()):
        reach = facts.offers[key].reach
        if key not in facts.running or not _is_asked_for(site, site.offers[key], rule):
            continue
        if key in there or reach == "town" or not spaces:
            here.append(key)
        if key in doors and reach == "unsaid":
            vague.append(key)
    return here, vague


def _is_asked_for(site: Site, offer: Offer, rule: GuaranteeRule) -> bool:
    is_of_kind = not rule.kinds or offer.kind in rule.kinds
    return is_of_kind and not for_a_group(site, offer)


def _for_ages(site: Site, keys: Sequence[str], ages: Ages | None) -> tuple[list[str], tuple[int, ...]]:
    """Return the offers for some of the ages, and the whole years for which there is none."""
    if ages is None:
        return list(keys), ()
    fitting: dict[str, Ages] = {}
    for key in keys:
        own = site.offers[key].ages
        if own is not None and _overlap(own, ages):
            fitting[key] = own
    missing = []
    if ages.upper is not None:
        for year in range(ages.lower // 12, ages.upper // 12 + 1):
            # Who is there for eleven and twelve months isn't there for one-year-olds.
            months = [shared_months(own, year * 12, year * 12 + 11) for own in fitting.values()]
            if max(months, default=0) < 6:
                missing.append(year)
    return list(fitting), tuple(missing)


def _is_full(offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether an offer says today that one has to wait for it."""
    room = offer.capacity if facts.capacity_shown else None
    return room is not None and not room.free and (room.free == 0 or room.waiting is not None)


def _days(offers: Mapping[str, OfferFacts], keys: Iterable[str]) -> tuple[int, bool]:
    """Return on how many weekdays one of the offers is open for certain, and whether it may be more: who says no time, or none for certain."""
    schedules = [offers[key].schedule for key in keys]
    known = [one for one in schedules if one is not None and one.readable]
    named: set[int] = set()
    open_days: set[int] = set()
    for schedule in known:
        for day, intervals in enumerate(schedule.week):
            named.update(day for _ in intervals)
            open_days.update(day for item in intervals if item.begins)
    return len(open_days), len(known) < len(schedules) or named > open_days


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
