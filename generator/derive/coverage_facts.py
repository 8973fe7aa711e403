"""Work out what offers there are by area, situation and age, and what promises they keep."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import shapely
from msgspec.structs import replace
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from generator.derive.lists_of_offers import AGE_BANDS, bands_of, shared_months
from generator.derive.offer_facts import located
from generator.derive.relations import offers_by_name
from generator.model.facts import DETOUR, Facts, OfferFacts, SpaceFacts
from generator.model.geometry import METRES_PER_DEGREE
from generator.model.known import Answer, Coverage, Kept, RuleCheck, Where, all_of, waits
from generator.model.offer import Offer
from generator.model.offer_flags import for_a_group
from generator.model.planning_records import GuaranteeRule
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.model.vocabulary import Topic

ALL_OF_IT = 0.95
"""From this share of an area's surface on, a promised distance counts as kept: the rest is water, rails and yards."""


def promises(site: Site, facts: Facts, covered: Coverage) -> Coverage:
    """Return the coverage with each promise's check."""
    plane = _Plane({key: site.shapes[key] for key in facts.spaces if key in site.shapes})
    found = {}
    for key, network in site.networks.items():
        if network.guarantee is not None:
            rules = network.guarantee.rules
            found[key] = tuple(_check(site, facts, covered, plane, rule, network.spaces) for rule in rules)
    return replace(covered, rules=found)


def _check(
    site: Site, facts: Facts, covered: Coverage, plane: _Plane, rule: GuaranteeRule, spaces: Sequence[str]
) -> RuleCheck:
    """Check a rule in a network's spaces: offers that fit there or are for the town, then ages, days and distance."""
    asked = facts.relations.offers_by_topic.get(rule.topic, ())
    known = covered.known(
        spaces, {key: _compare_offer_with_rule(site, site.offers[key], rule) for key in asked}
    )
    fitting, unsaid = (*known.counted, *known.town), known.unsaid
    missing = _missing_ages(site, fitting, rule.ages)
    check = RuleCheck("unsaid" if unsaid else "none", fitting, unsaid, missing)
    if not fitting:
        return check
    conditions = [not missing]
    if rule.days_per_week is not None:
        days, days_unsaid = _count_opening_days(facts.offers, fitting)
        check = replace(check, days=days, days_unsaid=days_unsaid)
        conditions.append(days >= rule.days_per_week)
    if rule.within is not None:
        walks = plane.walks(facts.offers, fitting, rule.within.metres)
        check = replace(check, reach=walks.share(spaces))
        conditions.append(check.reach is not None and check.reach >= ALL_OF_IT)
    if all(conditions):
        rooms = (site.offers[key].capacity for key in (*fitting, *unsaid) if facts.offers[key].capacity_shown)
        return replace(check, kept=_how_kept(map(waits, rooms), len(conditions)))
    open_question = check.days_unsaid or (rule.within is not None and check.reach is None)
    # Whether more than this is kept nobody has written down.
    return replace(check, kept="unsaid" if unsaid or (open_question and not missing) else "partly")


def _how_kept(waiting: Iterable[Answer], conditions: int) -> Kept:
    """Say how a fulfilled rule is kept: "waits" if full, "there" without days or distance."""
    if "fits" in waiting:
        return "waits"
    return "kept" if conditions > 1 else "there"


def _compare_offer_with_rule(site: Site, offer: Offer, rule: GuaranteeRule) -> Answer:
    """Tell whether an offer is what a rule promises."""
    asked: Answer = "fits" if not rule.kinds or offer.kind in rule.kinds else "not"
    group: Answer = "not" if for_a_group(site, offer) else "fits"
    if rule.ages is None:
        return all_of(asked, group)
    if offer.ages is None:
        return all_of(asked, group, "unsaid")
    return all_of(asked, group, "fits" if _have_common_ages(offer.ages, rule.ages) else "not")


def _have_common_ages(ages: Ages, other: Ages) -> bool:
    """Tell whether age spans (inclusive months) overlap."""
    if ages.upper is not None and ages.upper < other.lower:
        return False
    return other.upper is None or ages.lower <= other.upper


def _missing_ages(site: Site, fitting: Iterable[str], ages: Ages | None) -> tuple[int, ...]:
    """Return the whole years for which there is no offer."""
    if ages is None or ages.upper is None:
        return ()
    missing = []
    spans = [span for key in fitting if (span := site.offers[key].ages) is not None]
    for year in range(ages.lower // 12, ages.upper // 12 + 1):
        # Who is there for eleven and twelve months isn't there for one-year-olds.
        months = [shared_months(span, year * 12, year * 12 + 11) for span in spans]
        if max(months, default=0) < 6:
            missing.append(year)
    return tuple(missing)


def _count_opening_days(offers: Mapping[str, OfferFacts], keys: Iterable[str]) -> tuple[int, bool]:
    """Return weekdays on which something surely `begins`, and whether there may be more."""
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
    """Areas in metres, in a plane true at the town's middle latitude."""

    def __init__(self, shapes: Mapping[str, BaseGeometry]) -> None:
        bounds = shapely.total_bounds(list(shapes.values())) if shapes else np.zeros(4)
        middle = math.radians((bounds[1] + bounds[3]) / 2)
        self._scale = np.array([METRES_PER_DEGREE * math.cos(middle), METRES_PER_DEGREE])
        self.surfaces = {
            key: shapely.transform(shape, lambda points: points * self._scale)
            for key, shape in shapes.items()
        }

    def walks(self, offers: Mapping[str, OfferFacts], keys: Iterable[str], metres: float) -> _Walks:
        """Return what is within a walk of visible offers."""
        points = {
            (point.longitude, point.latitude)
            for key in keys
            if (point := offers[key].location.point) is not None and not offers[key].sensitive
        }
        spots = np.array(sorted(points)).reshape(-1, 2) * self._scale
        return _Walks(self.surfaces, shapely.points(spots), metres / DETOUR)


class _Walks:
    """Areas, and places with the straight distance of a walk."""

    def __init__(
        self, surfaces: Mapping[str, BaseGeometry], spots: NDArray[np.object_], metres: float
    ) -> None:
        self._surfaces, self._spots, self._metres = surfaces, spots, metres
        self._tree = shapely.STRtree(spots)

    def share(self, areas: Iterable[str]) -> float | None:
        """Return the areas' share within a walk; None if unknown."""
        surfaces = [self._surfaces[key] for key in areas if key in self._surfaces]
        if not surfaces or not len(self._spots):
            return None
        return float(
            sum(map(self._measure_area_within_walk, surfaces)) / sum(surface.area for surface in surfaces)
        )

    def _measure_area_within_walk(self, surface: BaseGeometry) -> float:
        near = self._tree.query(surface, predicate="dwithin", distance=self._metres)
        spots = shapely.MultiPoint(self._spots[near].tolist())
        return _measure_area_near_spots(surface.wkb, spots.wkb, self._metres)


# A preview asks again after every change, and hardly one of them moves a door.
@lru_cache(maxsize=8192)
def _measure_area_near_spots(surface: bytes, spots: bytes, metres: float) -> float:
    circles = shapely.buffer(shapely.get_parts(shapely.from_wkb(spots)), metres, quad_segs=8)
    return float(shapely.intersection(shapely.from_wkb(surface), shapely.union_all(circles)).area)


_BANDS = ("schwangerschaft", *AGE_BANDS)


def coverage(site: Site, facts: Facts) -> Coverage:
    """Return what a site's running offers cover that day."""
    running = [key for key in offers_by_name(site) if key in facts.running]
    aids = frozenset(key for key in running if _is_aid(site, facts, key))
    # Promises may be about aids, too.
    rules = promises(site, facts, _covered(site, facts, running)).rules
    doors = _covered(site, facts, [key for key in running if key not in aids])
    return replace(doors, aids=aids, rules=rules)


def _is_aid(site: Site, facts: Facts, key: str) -> bool:
    """Tell whether an offer is help by the office's decision, without a claim of its own beside it."""
    return facts.offers[key].layer == "hze" and not site.words.kinds[site.offers[key].kind].claim


def _covered(site: Site, facts: Facts, running: Sequence[str]) -> Coverage:
    """Return what running offers cover."""
    for_town = [key for key in running if _is_for_town(facts.offers[key])]
    unsaid = [key for key in running if facts.offers[key].reach == "unsaid" and key not in for_town]
    # What doesn't say for which area it is and has no door counts for the whole town alone.
    everywhere = (*for_town, *(key for key in unsaid if not _doors(facts.offers[key])))
    return Coverage(
        areas={
            key: _supply_of(site, facts, space, running, everywhere) for key, space in facts.spaces.items()
        },
        town=frozenset(for_town),
        unsaid=frozenset(unsaid),
        cells=_answers_by_situation_and_age(site, facts, running),
        sought={topic.id: _sought_bands(topic) for topic in site.words.situations()},
    )


def _is_for_town(offer: OfferFacts) -> bool:
    """Tell whether an offer is for the town: also what protects or is called, where nobody says for which quarter it is."""
    called = offer.remote and not _doors(offer)
    return offer.reach == "town" or (offer.reach == "unsaid" and (offer.sensitive or called))


def _doors(offer: OfferFacts) -> tuple[str, ...]:
    """Return the areas in which an offer has a door; a stop is one at its hours."""
    return located(offer.location, (stop for stop in offer.stops if stop.schedule is not None))


def _supply_of(
    site: Site, facts: Facts, space: SpaceFacts, running: Collection[str], everywhere: Iterable[str]
) -> dict[str, Where]:
    """Return an area's running offers with where they are; a whole town has those for `everywhere`, too."""
    found: dict[str, Where] = dict.fromkeys(everywhere, "town") if space.whole else {}
    for key in facts.relations.supply_of_space.get(space.id, ()):
        if key in running:
            found[key] = _find_reach_of_offer(
                facts, space.id, _doors(facts.offers[key]), site.offers[key].visits
            )
    return found


def _find_reach_of_offer(facts: Facts, space: str, doors: Iterable[str], visits: Iterable[str]) -> Where:
    """Tell how an offer that counts for an area reaches it."""
    if any(space in facts.spaces[door].within for door in doors):
        return "here"
    around = facts.spaces[space].within
    comes = any(area in around or space in facts.spaces[area].within for area in visits)
    return "home" if comes else "elsewhere"


def _sought_bands(topic: Topic) -> tuple[str, ...]:
    """Return a life situation's age bands, by default all."""
    return _BANDS if topic.ages is None else bands_of(topic.ages)


def _answers_by_situation_and_age(
    site: Site, facts: Facts, keys: Iterable[str]
) -> dict[tuple[str, str], dict[str, Answer]]:
    """Tell which offers fit, by life situation and age band ("": any). Talks with both sides don't count for violence."""
    cells: dict[tuple[str, str], dict[str, Answer]] = {}
    for key in keys:
        ages, offer = site.offers[key].ages, facts.offers[key]
        answer: Answer = "unsaid" if ages is None else "fits"
        bands: dict[str, Answer] = {"": "fits"}
        bands |= dict.fromkeys(_BANDS if ages is None else bands_of(ages), answer)
        for situation in offer.situations:
            if offer.with_violence != "off" or not site.words.is_grave(situation):
                for band, fits in bands.items():
                    cells.setdefault((situation, band), {})[key] = fits
    return cells
