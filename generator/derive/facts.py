"""Derive the facts of a site on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from generator.derive.geography import space_facts
from generator.derive.lists_of_offers import nearby_offers, offer_lists, open_doors, youth
from generator.derive.masking import is_always, published
from generator.derive.news_and_reminders import endings, news
from generator.derive.offer_facts import (
    OfferDeriver,
    begun,
    closures_of_office,
    closures_of_place,
    is_overdue,
    offer_facts,
    place_locations,
    timetable,
    with_facts,
)
from generator.derive.relations import all_needs, offers_by_name, relations
from generator.files.result_cache import ONCE, ResultCache, Same
from generator.hours.evaluate import with_closures
from generator.hours.schedule import Schedule
from generator.model.areas_and_offices import Office
from generator.model.dates import Hours
from generator.model.facts import Facts, Location, SpaceFacts
from generator.model.geometry import Areas
from generator.model.places_and_providers import Place
from generator.model.site import Site
from generator.parts import given
from generator.read.hidden_places import sight
from generator.read.indicator_folders import IndicatorFolder

MOST_AREAS = 160
"""More areas nobody compares in a list; then the wider level is asked."""


def derive(site: Site, today: dt.date, indicators: Mapping[str, IndicatorFolder] | None = None) -> Facts:
    """Derive all that pages and exports need for a day, as `published` allows."""
    return derive_published(begun(published(site), today), today, indicators or {}, ONCE)


def _place_hours(site: Site, place: Place, today: dt.date) -> Schedule | None:
    """Return a place's hours; in a playground or park open day and night nobody attends (`there`)."""
    kind = site.words.place_kinds[place.kind]
    found = timetable(site, place.hours, today, every_day=kind.every_day, pauses=kind.pauses)
    found = found and with_closures(found, closures_of_place(site, place))
    if found is not None and kind.every_day and is_always(place.hours):
        return replace(found, entry="there")
    return found


def _office_hours(site: Site, office: Office, today: dt.date) -> Schedule | None:
    found = timetable(site, office.hours, today, pauses=("between-years", "bridge-days"))
    return found and with_closures(found, closures_of_office(site, office))


def derive_published(
    site: Site, today: dt.date, folders: Mapping[str, IndicatorFolder], cache: ResultCache
) -> Facts:
    """Derive from a `published` site, reusing `cache`."""
    areas = cache.of((Areas, Same(site.shapes)), lambda: Areas(site.shapes))
    spaces = space_facts(site)
    seen = sight(site, cache, "published")
    places = place_locations(site, seen, areas, cache)
    offers = offer_facts(OfferDeriver(site, seen, places, spaces, areas, today), cache)
    place_hours = {key: _place_hours(site, place, today) for key, place in site.places.items()}
    office_hours = {key: _office_hours(site, office, today) for key, office in site.offices.items()}
    roots = _roots(site, spaces)
    grouped = with_facts(site, offers, cache)
    order = offers_by_name(site)
    related = relations(site, grouped, spaces, places, order, cache)
    facts = Facts(
        today=today,
        offers=offers,
        spaces=spaces,
        places=places,
        offices={key: _location_of_office(site, office, places) for key, office in site.offices.items()},
        overdue_places=frozenset(key for key, one in site.places.items() if is_overdue(site, one, today)),
        place_hours={key: value for key, value in place_hours.items() if value is not None},
        office_hours={key: value for key, value in office_hours.items() if value is not None},
        written_hours=_written_hours(site, today),
        roots=roots,
        relations=related,
        running=_running_offers(site),
        compared=_compared_areas(site, spaces),
    )
    # These fields are made when a page first asks for them.
    return facts.with_later(
        {
            "further": lambda facts: _of_subjects(site, facts),
            "nearby": lambda facts: nearby_offers(grouped, cache),
            "news": lambda facts: news(site, offers, related.predecessors, today),
            "endings": lambda facts: endings(site, facts),
            "lists": lambda facts: offer_lists(site, grouped, related, order, cache),
            "open_doors": lambda facts: open_doors(site, offers, order),
            "youth": lambda facts: youth(site, offers, order),
            "needs": lambda facts: all_needs(site),
            **_later_of_subjects(site, folders),
        }
    )


def _later_of_subjects(
    site: Site, folders: Mapping[str, IndicatorFolder]
) -> dict[str, Callable[[Facts], object]]:
    """Return makers of subjects' fields of `Facts`, such as `series`."""
    return {
        name: partial(make, site, folders)
        for later in given("derive", "LATER")
        for name, make in later.items()
    }


def _of_subjects(site: Site, facts: Facts) -> dict[str, Mapping[str, Any]]:
    """Return what subjects derive, by name."""
    found: dict[str, Mapping[str, Any]] = {}
    for facts_of in given("derive", "FACTS"):
        for name, make in facts_of.items():
            found[name] = make(site, facts)
    return found


def _written_hours(site: Site, today: dt.date) -> dict[str, Schedule]:
    """Return schedules of meeting points, gifts, teams, numbers and duties, by text."""
    ordinary: list[Hours | None] = []
    for space in site.spaces.values():
        ordinary += [point.when for point in space.meeting_points]
        ordinary += [part.hours for part in space.team]
    for provider in site.providers.values():
        ordinary += [gift.when for gift in provider.can_give]
    # A number with hours says nothing of Heiligabend, as an office doesn't; a duty at night is there because others aren't.
    ordinary += [number.hours for number in site.words.help.values()]
    duties = [office.on_call.hours for office in site.offices.values() if office.on_call is not None]
    return {
        **_schedules(site, ordinary, today, every_day=False),
        **_schedules(site, duties, today, every_day=True),
    }


def _schedules(
    site: Site, stated: Iterable[Hours | None], today: dt.date, *, every_day: bool
) -> dict[str, Schedule]:
    """Return schedules by text; `every_day` hold on holidays too."""
    found: dict[str, Schedule] = {}
    for hours in stated:
        schedule = timetable(site, hours, today, every_day=every_day)
        if hours is not None and schedule is not None:
            found[hours.written] = schedule
    return found


def _roots(site: Site, spaces: Mapping[str, SpaceFacts]) -> tuple[str, ...]:
    """Return areas without parents, by geography."""
    order = [geography.id for geography in site.config.geographies]
    tops = [
        key for key in site.current("spaces") if not spaces[key].ancestors and spaces[key].geography in order
    ]
    return tuple(sorted(tops, key=lambda key: order.index(spaces[key].geography)))


def _location_of_office(site: Site, office: Office, places: dict[str, Location]) -> Location:
    if office.place:
        return places[office.place]
    return Location("full", None, office.address, None, ())


def _running_offers(site: Site) -> frozenset[str]:
    """Return offers running today, neither planned, paused nor invented."""
    return frozenset(
        key for key, offer in site.offers.items() if offer.status == "running" and not offer.fictional
    )


def _compared_areas(site: Site, spaces: Mapping[str, SpaceFacts]) -> tuple[str, ...]:
    """Return the main geography's finest areas few enough to compare."""
    first = site.config.geographies[0].id
    by_depth: dict[int, list[str]] = {}
    for key, facts in spaces.items():
        if facts.geography == first and site.spaces[key].status != "ended":
            by_depth.setdefault(facts.depth, []).append(key)
    fitting = [depth for depth, keys in by_depth.items() if 1 < len(keys) <= MOST_AREAS]
    return tuple(by_depth[max(fitting)]) if fitting else ()
