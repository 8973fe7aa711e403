"""Hold what networks promise, also how far people walk, against the offers that run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import shapely
from msgspec.structs import replace
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from generator.derive.age_bands import shared_months
from generator.model.facts import DETOUR, Facts, OfferFacts
from generator.model.geometry import METRES_PER_DEGREE
from generator.model.known import Answer, Coverage, Kept, RuleCheck, all_of, waits
from generator.model.offer import Offer
from generator.model.offer_flags import for_a_group
from generator.model.planning_records import GuaranteeRule
from generator.model.scalars import Ages
from generator.model.site import Site

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
    known = covered.known(spaces, {key: _fits(site, site.offers[key], rule) for key in asked})
    fitting, unsaid = (*known.counted, *known.town), known.unsaid
    missing = _missing_ages(site, fitting, rule.ages)
    check = RuleCheck("unsaid" if unsaid else "none", fitting, unsaid, missing)
    if not fitting:
        return check
    conditions = [not missing]
    if rule.days_per_week is not None:
        days, days_unsaid = _days(facts.offers, fitting)
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


def _fits(site: Site, offer: Offer, rule: GuaranteeRule) -> Answer:
    """Tell whether an offer is what a rule promises."""
    asked: Answer = "fits" if not rule.kinds or offer.kind in rule.kinds else "not"
    group: Answer = "not" if for_a_group(site, offer) else "fits"
    if rule.ages is None:
        return all_of(asked, group)
    if offer.ages is None:
        return all_of(asked, group, "unsaid")
    return all_of(asked, group, "fits" if _overlap(offer.ages, rule.ages) else "not")


def _overlap(ages: Ages, other: Ages) -> bool:
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


def _days(offers: Mapping[str, OfferFacts], keys: Iterable[str]) -> tuple[int, bool]:
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
        return float(sum(map(self._near, surfaces)) / sum(surface.area for surface in surfaces))

    def _near(self, surface: BaseGeometry) -> float:
        near = self._tree.query(surface, predicate="dwithin", distance=self._metres)
        spots = shapely.MultiPoint(self._spots[near].tolist())
        return _within(surface.wkb, spots.wkb, self._metres)


# A preview asks again after every change, and hardly one of them moves a door.
@lru_cache(maxsize=8192)
def _within(surface: bytes, spots: bytes, metres: float) -> float:
    circles = shapely.buffer(shapely.get_parts(shapely.from_wkb(spots)), metres, quad_segs=8)
    return float(shapely.intersection(shapely.from_wkb(surface), shapely.union_all(circles)).area)
