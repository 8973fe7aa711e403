"""Derive the days on which an offer, a place or an office is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from generator.hours.schedule import Closure
from generator.model.areas_and_offices import Office
from generator.model.groups import Closing
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.site import Site


def closures_of_offer(site: Site, offer: Offer) -> Iterator[Closure]:
    """Yield the days on which an offer is closed, or may be while a notice holds that doesn't say."""
    yield from closures_of(offer.closed)
    if offer.alert is not None:
        if offer.alert.closed is None:
            # Whoever answers a telephone isn't doubted because of a notice.
            yield Closure(dt.date.min, offer.alert.until, certain=False, doors=True)
        else:
            yield from closures_of(offer.alert.closed)
    if offer.place is not None:
        yield from closures_at(site, offer, offer.place)
    yield from _by_the_town(site, {offer.provider}, {offer.place})


def closures_at(site: Site, offer: Offer, place_id: str) -> Iterator[Closure]:
    """Yield the days on which a house closes an offer: not its telephone, nor the groups of others."""
    place = site.places[place_id]
    for closing in place.closed:
        own = closing.whole_house or offer.provider in place.providers
        if own or not place.providers:
            yield _closure(closing, certain=own, doors=True)


def closures_of_place(site: Site, place: Place) -> tuple[Closure, ...]:
    """Return the days on which a house is closed."""
    return (*closures_of(place.closed), *_by_the_town(site, set(), {place.id}))


def closures_of_office(site: Site, office: Office) -> tuple[Closure, ...]:
    """Return the days on which an office is closed; its on-call service never is."""
    house = site.places[office.place].closed if office.place else ()
    return (*closures_of(office.closed), *(_closure(one, doors=True) for one in house if one.whole_house),
            *_by_the_town(site, set(), {office.place}))  # fmt: skip


def closures_of(closings: Iterable[Closing]) -> Iterator[Closure]:
    """Yield a record's own closings."""
    return map(_closure, closings)


def _closure(closing: Closing, *, certain: bool = True, doors: bool = False) -> Closure:
    last = closing.until or closing.date
    return Closure(closing.date, last, closing.name, certain, doors, closing.instead, closing.instead_phone)


def _by_the_town(site: Site, providers: set[str], places: set[str | None]) -> Iterator[Closure]:
    """Yield what the settings close by name."""
    for day in site.config.closed_days.dates:
        if providers & {*day.providers} or places & {*day.places}:
            yield Closure(day.date, day.until or day.date, day.name)
