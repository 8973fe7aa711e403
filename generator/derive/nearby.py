"""Offers in, for each the nearest others of the same life situation out: worked out for a situation when somebody asks for it first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import numpy as np

from generator.derive.nearest import nearest
from generator.derive.offers import OfferWithFacts
from generator.files.result_cache import ONCE, RecordGroup, ResultCache
from generator.model.geometry import EARTH_RADIUS

NEARBY = 4
NearOffers = tuple[tuple[str, int], ...]


NearbySpot = tuple[str, tuple[float, float], tuple[str, ...]]
"""An offer, where it is, and its life situations."""


def nearby_offers(
    offers: Iterable[RecordGroup[OfferWithFacts]], cache: ResultCache = ONCE
) -> Mapping[str, NearOffers]:
    """Return what is near each offer; the same as before while none came, went or moved."""
    spots = cache.of_each(offers, _spots)
    return cache.latest(NearbyOffers, spots, lambda: NearbyOffers(chain(*spots)))


def _spots(offers: tuple[OfferWithFacts, ...]) -> list[NearbySpot]:
    return [
        (facts.id, (point.longitude, point.latitude), facts.situations)
        for _, facts in offers
        if facts.active
        and not facts.sensitive
        and not facts.unposted
        and (point := facts.location.point) is not None
    ]


class NearbyOffers(Mapping[str, NearOffers]):
    """For each active offer with a public point at most four others that share a life situation, with whole metres, the nearest first.

    Sensitive offers have no neighbours and are nobody's; nor are those that hang on no board: who expects a child isn't led to parents who lost theirs.
    """

    def __init__(self, spots: Iterable[NearbySpot]) -> None:
        self._situations: dict[str, tuple[str, ...]] = {}
        self._points: dict[str, tuple[float, float]] = {}
        self._groups: dict[str, list[str]] = {}
        self._found: dict[str, dict[str, dict[str, int]]] = {}
        for key, point, situations in spots:
            self._points[key] = point
            self._situations[key] = situations
            for situation in situations:
                self._groups.setdefault(situation, []).append(key)
        middle = np.radians(np.mean([latitude for _, latitude in self._points.values()] or [0.0]))
        self._metres = EARTH_RADIUS * np.cos(middle), EARTH_RADIUS

    def __getitem__(self, key: str) -> NearOffers:
        best: dict[str, int] = {}
        for situation in self._situations[key]:
            if situation not in self._found:
                self._found[situation] = self._within(self._groups[situation])
            best |= self._found[situation].get(key, {})
        return tuple(sorted(best.items(), key=lambda item: (item[1], item[0]))[:NEARBY])

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)

    def _within(self, keys: list[str]) -> dict[str, dict[str, int]]:
        """Return for each of some offers more neighbours among them than are shown, with metres rounded to ten."""
        places: dict[tuple[float, float], list[str]] = {}
        for key in keys:
            places.setdefault(self._points[key], []).append(key)
        there = list(places.values())
        spots = np.radians(list(places)) * self._metres
        found: dict[str, dict[str, int]] = {}
        for spot, near, distances in nearest(spots[:, 0], spots[:, 1], NEARBY * 2):
            # Of a place with many offers the first are enough: its others are no nearer.
            around: list[tuple[str, int]] = []
            for place, distance in zip(near, distances, strict=True):
                metres = int(round(float(distance), -1))
                around += [(other, metres) for other in there[place][: NEARBY * 2 + 1]]
            around = around[: NEARBY * 2 + 1]
            for key in there[spot]:
                found[key] = dict([item for item in around if item[0] != key][: NEARBY * 2])
        return found
