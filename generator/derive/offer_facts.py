"""Derive what follows from an offer's kind, place, provider, dates and hours."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.derive.geography import divided
from generator.derive.masking import is_always, is_held_back, is_joint
from generator.files.result_cache import ONCE, RecordGroup, ResultCache
from generator.hours.conditions import Medium
from generator.hours.evaluate import schedule, united, with_closures, with_dates
from generator.hours.holidays import Pause, TownDays
from generator.hours.schedule import Closure, DatedHours, Entry, Schedule, by_medium
from generator.model.areas_and_offices import Office, Space
from generator.model.config import ClosedDays
from generator.model.dates import Duration, Hours
from generator.model.facts import Location, OfferFacts, Reach, SpaceFacts, StopFacts
from generator.model.geometry import Areas
from generator.model.groups import Access, Closing, Contact, Occasion, Visibility
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, PlaceTexts, Provider, ProviderTexts
from generator.model.site import Site
from generator.model.visibility import Lists, Sight, keep_only, listed
from generator.model.vocabulary import OfferKind, Vocabularies
from generator.read.hidden_places import sight


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
    if place.status == "ended":
        yield Closure(dt.date.min, dt.date.max, certain=False, doors=True)
    for closing in place.closed:
        own = closing.whole_house or offer.provider in place.providers
        if own or not place.providers:
            yield _closure_from_closing(closing, certain=own, doors=True)


def closures_of_place(site: Site, place: Place) -> tuple[Closure, ...]:
    """Return the days on which a house is closed."""
    return (*closures_of(place.closed), *_by_the_town(site, set(), {place.id}))


def closures_of_office(site: Site, office: Office) -> tuple[Closure, ...]:
    """Return the days on which an office is closed; its on-call service never is."""
    house = site.places[office.place].closed if office.place else ()
    return (*closures_of(office.closed), *(_closure_from_closing(one, doors=True) for one in house if one.whole_house),
            *_by_the_town(site, set(), {office.place}))  # fmt: skip


def closures_of(closings: Iterable[Closing]) -> Iterator[Closure]:
    """Yield a record's own closings."""
    return map(_closure_from_closing, closings)


def _closure_from_closing(closing: Closing, *, certain: bool = True, doors: bool = False) -> Closure:
    last = closing.until or closing.date
    return Closure(closing.date, last, closing.name, certain, doors, closing.instead, closing.instead_phone)


def _by_the_town(site: Site, providers: set[str], places: set[str | None]) -> Iterator[Closure]:
    """Yield what the settings close by name."""
    for day in site.config.closed_days.dates:
        if providers & {*day.providers} or places & {*day.places}:
            yield Closure(day.date, day.until or day.date, day.name)


CAPACITY_DAYS = 14
"""How long a statement on free places counts."""
_WALK_IN = ("open", "direct")
"""Ways in for which nobody registers before."""


def location_of(
    visibility: Visibility,
    place: Place | None,
    record: Place | Offer,
    spaces: tuple[str, ...],
    areas: Areas,
    *,
    internal: bool,
) -> Location:
    """Return a masked location: `full` shows address and point, `area` neither."""
    place_id = place.id if place else None
    around = areas.around(record.point) if record.point is not None else ()
    if visibility == "area" and not internal:
        return Location(visibility, place_id, None, None, around or spaces)
    return Location(visibility, place_id, record.address, record.point, around or spaces)


def place_locations(site: Site, seen: Sight, areas: Areas, cache: ResultCache) -> dict[str, Location]:
    """Return all places' locations, cached."""
    found = {}
    for key, place in site.places.items():
        visibility = seen.places[key]
        make = partial(location_of, visibility, place, place, place.spaces, areas, internal=site.internal)
        found[key] = cache.latest((Location, key), (visibility, place, areas, site.internal), make)
    return found


def offer_location(
    site: Site, offer: Offer, seen: Sight, places: Mapping[str, Location], areas: Areas
) -> Location:
    """Return an offer's location, its place's or own, as visible."""
    visibility = seen.offers[offer.id]
    if offer.place is not None:
        location = places[offer.place]
        if site.internal or visibility == location.visibility:
            return replace(location, visibility=visibility)
        return Location(visibility, None, None, None, location.spaces if visibility == "area" else ())
    if offer.point is not None or offer.address is not None:
        return location_of(visibility, None, offer, offer.spaces, areas, internal=site.internal)
    return Location(visibility, None, None, None, ())


def timetable(
    site: Site,
    hours: Hours | None,
    today: dt.date,
    *,
    every_day: bool = False,
    pauses: tuple[Pause, ...] = (),
    medium: Medium = "door",
) -> Schedule | None:
    """Return written hours' schedule, None for none; `medium` is the default."""
    if hours is None:
        return None
    days = town_days(site.config.closed_days, pauses)
    found = schedule(hours, land=site.config.land, today=today, town=days, every_day=every_day)
    return by_medium(found, medium)


def offer_timetable(
    site: Site, offer: Offer, today: dt.date, stops: Iterable[StopFacts], *, sensitive: bool
) -> Schedule | None:
    """Return an offer's schedule from hours, stops, dates, notice, first and last day."""
    dates = chain.from_iterable(map(_occasions, offer.dates))
    occasions = tuple(item for item in dates if item.date >= today)
    # Hours that were made up say nothing about today.
    hours = None if offer.invented("hours") else offer.hours
    of_stops = _hours_of_stops(offer, stops)
    kind = site.words.kinds[offer.kind]
    days = town_days(site.config.closed_days, kind.pauses)
    if of_stops:
        plain = united(of_stops)
    elif hours is not None or occasions:
        plain = schedule(hours, land=site.config.land, today=today, town=days, every_day=kind.every_day)
    else:
        return None
    closed = tuple(closures_of_offer(site, offer))
    found = by_medium(with_dates(plain, occasions), medium_of_offer(offer))
    return dataclasses.replace(
        with_closures(found, closed, (offer.from_, offer.until)),
        entry=_find_way_of_entry(offer, kind, sensitive=sensitive),
    )


def _with_house(site: Site, offer: Offer, place: str | None, hours: Schedule | None) -> Schedule | None:
    """Return the hours of a stop without the days on which its place is closed."""
    return with_closures(hours, closures_at(site, offer, place)) if hours and place else hours


def _hours_of_stops(offer: Offer, stops: Iterable[StopFacts]) -> Sequence[Schedule]:
    """Return stops' schedules if the offer has no hours and all are known."""
    stated = [stop.schedule for stop in stops if stop.schedule is not None]
    if (
        offer.hours is None
        and not offer.invented("hours")
        and all(one.readable and not one.lacks_holidays for one in stated)
    ):
        return stated
    return ()


def medium_of_offer(offer: Offer) -> Medium:
    """Return the default medium: without place telephone or screen."""
    has_door = offer.place or offer.address or offer.point or offer.stops or offer.visits
    if has_door or not offer.remote:
        return "door"
    return "phone" if "phone" in offer.remote else "video"


def _find_way_of_entry(offer: Offer, kind: OfferKind, *, sensitive: bool) -> Entry:
    """Return how one enters: "there" (nobody attends), "booked", "quiet" (sensitive), else empty."""
    if _unattended(kind) and is_always(offer.hours):
        return "there"
    if offer.access is not None and not offer.invented("access") and offer.access.way not in _WALK_IN:
        return "booked"
    if sensitive:
        return "quiet"
    return ""


def _unattended(kind: OfferKind) -> bool:
    """Tell whether nobody is there: a playground, a park."""
    return kind.layer == "everyday" and kind.leisure and not kind.meets


def town_days(closed: ClosedDays, pauses: tuple[Pause, ...] = ()) -> TownDays:
    """Return configured days on which many are closed, and usual `pauses`."""
    return TownDays(
        pauses=(*pauses, "bridge-days") if closed.bridge_days else pauses,
        also=closed.also,
        without=closed.without,
        dates=tuple(
            (day.date, day.until or day.date, day.name)
            for day in closed.dates
            if not (day.providers or day.places)
        ),
    )


def _occasions(event: Occasion) -> list[DatedHours]:
    """Return an event's days, each with its hours in minutes."""
    start = event.from_.hour * 60 + event.from_.minute if event.from_ else None
    end = event.to.hour * 60 + event.to.minute if event.to else None
    last = event.until or event.date
    # From 22:00 to 2:00 is the night before the last day. Only the first 61 days of an event are kept.
    nights = start is not None and end is not None and end <= start
    days = min(max((last - event.date).days - nights, 0), 60)
    return [
        DatedHours(event.date + dt.timedelta(days=number), start, end, event.name, event.cancelled)
        for number in range(days + 1)
    ]


E = TypeVar("E", Offer, Place, Provider)
_LEFT_TEXTS: Lists = {PlaceTexts: frozenset({"name"}), ProviderTexts: frozenset({"name"})}


def begun(site: Site, today: dt.date) -> Site:
    """Return the site on a day: offers planned before their first one, and of what has ended no more than is left."""
    site = divided(site, today)
    seen, dated = sight(site), dict(site.offers)
    for key, offer in site.offers.items():
        if offer.status == "running" and offer.from_ is not None and offer.from_ > today:
            dated[key] = offer.model_copy(update={"status": "planned"})
    return replace(
        site,
        offers=_ended(site, dated, seen.offers, today),
        places=_ended(site, site.places, seen.places, today),
        providers=_ended(site, site.providers, seen.providers, today),
    )


def _ended(
    site: Site, records: Mapping[str, E], levels: Mapping[str, Visibility], today: dt.date
) -> dict[str, E]:
    """Return records, those over as ended; of a protected one no day and no successor, and never a protected successor."""
    found = dict(records)
    for key, record in records.items():
        if not has_ended(record, today):
            continue
        left = (
            keep_only(record, {type(record): listed(record.AFTER_END), **_LEFT_TEXTS})
            if record.AFTER_END
            else record
        )
        given: dict[str, Any] = {"status": "ended"}
        if not site.internal and levels[key] != "full":
            given |= {"until": None, "successor": None, "origin": None}
        elif not site.internal and levels.get(record.successor or "") != "full":
            given["successor"] = None
        found[key] = left.model_copy(update=given)
    return found


def has_ended(record: Offer | Place | Provider | Space, today: dt.date) -> bool:
    """Tell whether a record is over, said or by its last day."""
    return record.status == "ended" or (record.until is not None and record.until < today)


def check_due(record: Offer | Place, usual: Duration | None) -> dt.date | None:
    """Return when a record's check is due, None if never (`usual`: the town's interval)."""
    every = record.check_every or usual
    if record.checked is None or every is None:
        return None
    return every.after(record.checked)


def is_overdue(site: Site, record: Offer | Place, today: dt.date) -> bool:
    """Tell whether a record's check is overdue."""
    due = check_due(record, site.config.check_every.get("offers" if isinstance(record, Offer) else "places"))
    return due is not None and due < today


def offer_facts(deriver: OfferDeriver, cache: ResultCache) -> dict[str, OfferFacts]:
    """Derive all offers' facts from record, provider, places and common data."""
    site = deriver.site
    shared = (site.words, site.config, site.internal, site.shapes, deriver.spaces, deriver.today)
    town = cache.same("what facts of offers share", shared)
    found = {}
    for key, offer in site.offers.items():
        beside = [(site.places[place], deriver.places[place]) for place in _places_of(offer)]
        made_from = (offer, town, deriver.seen.offers[key], site.providers[offer.provider], beside)
        found[key] = cache.latest((OfferFacts, key), made_from, partial(deriver.facts_of, offer))
    return found


def _places_of(offer: Offer) -> list[str]:
    places = [offer.place, *(stop.place for stop in offer.stops)]
    return [place for place in places if place]


class OfferDeriver(Struct, frozen=True):
    """Derives single offers' facts on a day."""

    site: Site
    seen: Sight
    places: Mapping[str, Location]
    spaces: Mapping[str, SpaceFacts]
    areas: Areas
    today: dt.date

    def facts_of(self, offer: Offer) -> OfferFacts:
        """Return the facts of an offer."""
        site, words = self.site, self.site.words
        kind = words.kinds[offer.kind]
        location = offer_location(site, offer, self.seen, self.places, self.areas)
        sensitive = is_sensitive(site, offer, location)
        stops = _stops(site, offer, self.places, self.areas, self.today)
        hours = offer_timetable(site, offer, self.today, stops, sensitive=sensitive)
        access = _way_in(offer, hours)
        contact = _contact(site, offer)
        stated = tuple(dict.fromkeys((*offer.spaces, *offer.visits)))
        lying = located(location, stops)
        open_place = location.visibility == "full" and (location.address or location.place or location.point)
        reach = _reach(offer, kind, self.spaces, lies=bool(lying or stops or open_place))
        return OfferFacts(
            id=offer.id,
            layer=kind.layer,
            location=location,
            contact=contact,
            access=access,
            low_threshold=access is not None and words.access_ways[access.way].low_threshold,
            sensitive=sensitive,
            discreet=kind.discreet,
            unposted=_is_unposted(words, offer),
            with_violence="off" if is_joint(words, offer) else kind.with_violence,
            held_back=is_held_back(words, offer),
            situations=tuple(dict.fromkeys(map(words.situation_of, offer.topics))),
            spaces=self._spaces_above(lying, stated),
            served=self._served(kind, stated),
            near=lying if reach == "near" else (),
            reach=reach,
            city_wide=not lying and not any(self._is_part(key) for key in stated),
            schedule=hours,
            stops=stops,
            phone_schedule=timetable(
                site, contact.phone_hours, self.today, pauses=kind.pauses, medium="phone"
            ),
            remote=bool(offer.remote),
            active=offer.status not in ("ended", "possible"),
            overdue=is_overdue(site, offer, self.today),
            capacity_shown=_has_fresh_capacity(offer, self.today),
            alert_shown=offer.alert is not None and offer.alert.until >= self.today,
        )

    def _served(self, kind: OfferKind, stated: Iterable[str]) -> tuple[str, ...]:
        """Return named areas, without the town; none for protection."""
        if kind.reach == "beyond":
            return ()
        return tuple(filter(self._is_part, stated))

    def _is_part(self, area: str) -> bool:
        return area in self.spaces and not self.spaces[area].whole

    def _spaces_above(self, located: tuple[str, ...], stated: tuple[str, ...]) -> tuple[str, ...]:
        """Return an offer's areas (located or named) with all above."""
        around = located or stated
        found = dict.fromkeys(around)
        for key in (*around, *stated):
            if key in self.spaces:
                found |= dict.fromkeys(self.spaces[key].within)
        return tuple(found)


def located(location: Location, stops: Iterable[StopFacts]) -> tuple[str, ...]:
    """Return the areas where an offer and its stops lie."""
    found = dict.fromkeys(location.spaces)
    for stop in stops:
        found |= dict.fromkeys(stop.location.spaces)
    return tuple(found)


def _is_unposted(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an offer stays off posters, also by topic."""
    if offer.unposted is not None:
        return bool(offer.unposted)
    return any(words.topics[topic].unposted for topic in offer.topics)


def _has_fresh_capacity(offer: Offer, today: dt.date) -> bool:
    if offer.capacity is None:
        return False
    return 0 <= (today - offer.capacity.date).days <= CAPACITY_DAYS


OfferWithFacts = tuple[Offer, OfferFacts]


def with_facts(
    site: Site, offers: Mapping[str, OfferFacts], cache: ResultCache = ONCE
) -> tuple[RecordGroup[OfferWithFacts], ...]:
    """Return every offer with its facts, some neighbours together."""
    return cache.groups("offers with facts", {key: (site.offers[key], offers[key]) for key in offers})


def is_sensitive(site: Site, offer: Offer, location: Location) -> bool:
    """Tell whether an offer is left out of calendars, today, nearby, news and lists.

    By kind, violence as topic, or protected place. Every convenience asks `OfferFacts.sensitive`.
    """
    return (
        site.words.kinds[offer.kind].sensitivity == "sensitive"
        or location.visibility != "full"
        or any(site.words.is_grave(topic) for topic in offer.topics)
    )


def _way_in(offer: Offer, hours: Schedule | None) -> Access | None:
    """Return the stated way in; hours by appointment override open access."""
    access = None if offer.invented("access") else offer.access
    if access is None or hours is None or access.way != "open":
        return access
    media = {interval.medium for interval in hours.intervals()}
    return access.model_copy(update={"way": "appointment"}) if media == {"appointment"} else access


def _reach(offer: Offer, kind: OfferKind, spaces: Mapping[str, SpaceFacts], *, lies: bool) -> Reach:
    """Tell for whom an offer is, by record, else kind; `lies`: it has an area."""
    if kind.reach == "beyond" or _names_the_town((*offer.spaces, *offer.visits), spaces):
        return "town"
    if offer.spaces or (offer.visits and not lies):
        return "said"
    if kind.reach == "town":
        return "town"
    return "near" if kind.reach == "near" and lies else "unsaid"


def _names_the_town(stated: Iterable[str], spaces: Mapping[str, SpaceFacts]) -> bool:
    """Tell whether named areas include a whole town."""
    return any(key in spaces and spaces[key].whole for key in stated)


def _stops(
    site: Site, offer: Offer, places: Mapping[str, Location], areas: Areas, today: dt.date
) -> tuple[StopFacts, ...]:
    """Return an offer's several places, protected ones already removed."""
    kind = site.words.kinds[offer.kind]
    found = []
    for stop in offer.stops:
        around = areas.around(stop.point) if stop.point is not None else ()
        own_location = Location("full", None, stop.address, stop.point, around)
        found.append(
            StopFacts(
                stop.name or "",
                places[stop.place] if stop.place else own_location,
                _with_house(
                    site,
                    offer,
                    stop.place,
                    timetable(site, stop.hours, today, every_day=kind.every_day, pauses=kind.pauses),
                ),
            )
        )
    return tuple(found)


def _contact(site: Site, offer: Offer) -> Contact:
    """Return an offer's contact, else its place's or provider's."""
    for contact in _contacts(site, offer):
        if contact is not None and (contact.number or contact.email or contact.website):
            return contact
    return offer.contact or Contact()


def _contacts(site: Site, offer: Offer) -> Iterator[Contact | None]:
    """Yield contacts: the offer's, its place's, its provider's.

    Not the provider's for unattended places: the town hall doesn't know who plays there.
    """
    yield offer.contact
    place = site.places.get(offer.place or "")
    if place is not None:
        yield place.contact
    if offer.place is not None or not _unattended(site.words.kinds[offer.kind]):
        yield site.providers[offer.provider].contact
