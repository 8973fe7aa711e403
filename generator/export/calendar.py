"""Offers with their schedules in, iCalendar (RFC 5545) out: the regular week as repeating events, dates as single ones.

What repeats ends where the schedule does, because nothing is known beyond; days that differ are left out and given
one by one. The bytes depend on the records and the day of the build alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache

from icalendar import Calendar, Event, Timezone, vRecur

from generator.export.source import Source
from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.schedule import BERLIN, MIDNIGHT, Interval, Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MEETING_HOURS = 12
"""A list's calendar holds what takes at most so many hours a week; a house that is open all week is no appointment."""
NO_END = 60
"""Minutes that an event without an end takes in a calendar; its text says that the end is open."""


def has_times(offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether an offer gets a calendar file: it takes place, its times are known, and it may be noted openly."""
    schedule = facts.schedule
    if not facts.active or facts.sensitive or offer.status != "running" or schedule is None:
        return False
    return any(day for day in schedule.week) or any(day.intervals for day in schedule.exceptions)


def is_meeting(schedule: Schedule) -> bool:
    """Tell whether an offer takes so few hours a week that its times are appointments."""
    return sum(item.end - item.start for day in schedule.week for item in day) <= MEETING_HOURS * 60


def offer_calendar(source: Source, offer: Offer) -> bytes:
    """Return the calendar file of one offer."""
    return _written(source, source.text(offer, "name"), [offer], source.address("offer", offer.id))


def list_calendar(source: Source, name: str, address: str, offers: Iterable[Offer]) -> bytes:
    """Return one calendar file of the meetings of a list; `address` is the list's page."""
    return _written(source, name, offers, address)


def meetings(source: Source, keys: Iterable[str]) -> list[Offer]:
    """Return those of some offers whose times belong into a list's calendar, by id."""
    found = []
    for key in sorted(set(keys)):
        offer, facts = source.site.offers[key], source.facts.offers[key]
        if has_times(offer, facts) and facts.schedule is not None and is_meeting(facts.schedule):
            found.append(offer)
    return found


def _written(source: Source, name: str, offers: Iterable[Offer], address: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Nahraum//{source.host}//{source.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Berlin")
    calendar.add("url", address)
    calendar.add_component(_zone())
    for offer in offers:
        for event in _events(source, offer, source.facts.offers[offer.id]):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


@cache
def _zone() -> Timezone:
    """Central European time with the rules that hold since 1996."""
    text = (
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
        "TZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        "TZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    zone = Timezone.from_ical(text)
    if not isinstance(zone, Timezone):
        raise TypeError("a time zone was written")
    return zone


def _events(source: Source, offer: Offer, facts: OfferFacts) -> Iterator[Event]:
    schedule = facts.schedule
    if schedule is None:
        return
    differing = {exception.date for exception in schedule.exceptions}
    by_time: dict[Interval, list[int]] = {}
    for weekday, intervals in enumerate(schedule.week):
        for interval in intervals:
            by_time.setdefault(interval, []).append(weekday)
    for interval, weekdays in by_time.items():
        days = [
            day
            for day in _days(schedule.since, schedule.until)
            if day.weekday() in weekdays and day not in differing
        ]
        if not days:
            continue
        # The rule begins and ends on days that take place, so it never names a day that must be taken out at once.
        mark = f"w{''.join(str(day + 1) for day in weekdays)}-{interval.start}"
        event = _event(source, offer, facts, interval, days[0], mark)
        until = _moment(days[-1], interval.start).astimezone(dt.UTC)
        event.add("rrule", vRecur(freq="WEEKLY", byday=[DAYS[day] for day in weekdays], until=until))
        left_out = [day for day in _days(days[0], days[-1]) if day.weekday() in weekdays and day in differing]
        if left_out:
            event.add("exdate", [_moment(day, interval.start) for day in left_out])
        yield event
    for exception in schedule.exceptions:
        for interval in exception.intervals:
            mark = f"d{exception.date:%Y%m%d}-{interval.start}"
            yield _event(source, offer, facts, interval, exception.date, mark, exception.reason)


def _event(
    source: Source,
    offer: Offer,
    facts: OfferFacts,
    interval: Interval,
    day: dt.date,
    mark: str,
    reason: str | None = None,
) -> Event:
    name = source.text(offer, "name")
    address = source.address("offer", offer.id)
    stamp = dt.datetime.combine(offer.checked or source.facts.today, dt.time(), dt.UTC)
    known = interval.end > interval.start and not interval.open_end
    event = Event()
    event.add("uid", f"{offer.id}-{mark}-{source.lang}@{source.host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", _moment(day, interval.start))
    event.add("dtend", _moment(day, interval.end if known else interval.start + NO_END))
    event.add("summary", f"{name}: {reason}" if reason and reason != name else name)
    event.add("description", "\n\n".join(_lines(source, offer, facts, interval, address)))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    where = _where(source, offer, facts)
    if where:
        event.add("location", where)
    point = facts.location.point
    if point is not None:
        event.add("geo", (point.latitude, point.longitude))
    return event


def _lines(
    source: Source, offer: Offer, facts: OfferFacts, interval: Interval, address: str
) -> Iterator[str]:
    yield source.text(offer, "summary")
    if interval.comment:
        yield interval.comment
    phone = facts.contact.phone or facts.contact.mobile
    if phone:
        yield phone
    yield address


def _where(source: Source, offer: Offer, facts: OfferFacts) -> str:
    address = facts.location.address
    if facts.location.visibility != "full" or address is None:
        return ""
    place = source.site.places.get(offer.place) if offer.place else None
    street = f"{address.street} {address.number or ''}".strip()
    return ", ".join(
        filter(
            None, (source.text(place, "name") if place else "", street, f"{address.postcode} {address.town}")
        )
    )


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for number in range((last - first).days + 1):
        yield first + dt.timedelta(days=number)


def _moment(day: dt.date, minutes: int) -> dt.datetime:
    """Minutes of the wall clock from a day's midnight to a moment in Germany; they may reach into the next day."""
    days, rest = divmod(minutes, MIDNIGHT)
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(rest // 60, rest % 60), BERLIN)
