"""Write calendars (RFC 5545) and entries for address books (vCard 3.0)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from generator.export.source import ExportSource
from generator.hours.schedule import BERLIN, MIDNIGHT, DayException, Interval, Schedule
from generator.model.facts import Location, OfferFacts, StopFacts
from generator.model.groups import Address, Contact
from generator.model.offer import Offer

LENGTH = 75
"""Bytes of a line, at most; what is longer is folded."""
ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
"""Central European time with the rules that hold since 1996; no more than RFC 5545 asks for, because every file carries it."""
_SPECIAL = re.compile(r"[\\;,]")
_BREAK = re.compile(r"\r\n?|\n")


def line(name: str, value: str) -> str:
    """Return a folded line with line end, its value unescaped.

    >>> line("VERSION", "2.0")
    'VERSION:2.0\\r\\n'
    """
    whole = f"{name}:{value}".encode()
    pieces: list[bytes] = []
    start, end = 0, LENGTH
    while end < len(whole):
        while whole[end] & 0b1100_0000 == 0b1000_0000:
            # In the middle of a letter.
            end -= 1
        pieces.append(whole[start:end])
        # A line that goes on begins with a space.
        start, end = end, end + LENGTH - 1
    return b"\r\n ".join([*pieces, whole[start:]]).decode() + "\r\n"


def text(value: str) -> str:
    r"""Escape a text.

    >>> text("Tee, Kaffee\nund mehr")
    'Tee\\, Kaffee\\nund mehr'
    """
    return _BREAK.sub(r"\\n", _SPECIAL.sub(r"\\\g<0>", value))


def local(day: dt.date, minutes: int) -> str:
    """Write local time from minutes after midnight, maybe the next day's.

    >>> local(dt.date(2026, 11, 20), 25 * 60)
    '20261121T010000'
    """
    days, rest = divmod(minutes, MIDNIGHT)
    return f"{day + dt.timedelta(days=days):%Y%m%d}T{rest // 60:02d}{rest % 60:02d}00"


def universal(day: dt.date, minutes: int) -> str:
    """Write the same moment in UTC.

    >>> universal(dt.date(2026, 11, 20), 9 * 60)
    '20261120T080000Z'
    """
    days, rest = divmod(minutes, MIDNIGHT)
    moment = dt.datetime.combine(day + dt.timedelta(days=days), dt.time(rest // 60, rest % 60), BERLIN)
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MEETING_HOURS = 12
"""A list's calendar holds what takes at most so many hours a week; a house that is open all week is no appointment."""
REFRESH = "P1D"
"""How often subscribers' programs look again: daily."""


def has_times(offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether an offer has public, known times."""
    schedule = facts.schedule
    if not facts.carried or offer.status != "running" or schedule is None:
        return False
    days = (
        schedule.since + dt.timedelta(days=ahead)
        for ahead in range((schedule.until - schedule.since).days + 1)
    )
    every = chain(map(schedule.intervals_on, days), (one.intervals for one in schedule.beyond))
    return any(interval.begins for interval in chain.from_iterable(every))


def is_meeting(schedule: Schedule) -> bool:
    """Tell whether an offer's weekly hours are few enough for appointments."""
    return sum(one.end - one.start for one in chain.from_iterable(schedule.week)) <= MEETING_HOURS * 60


class Calendars:
    """Writes a source's calendars, each offer's events once."""

    def __init__(self, source: ExportSource) -> None:
        self.source = source
        self.made: dict[str, str] = {}  # finished events by offer

    def offer(self, offer: Offer) -> bytes:
        """Return an offer's calendar, empty if over: a missing file would keep old times."""
        name = self.source.text(offer, "name")
        return self.written(name, [offer])

    def meetings(self, keys: Iterable[str]) -> list[Offer]:
        """Return offers whose times belong in a list's calendar."""
        found = []
        for key in sorted(set(keys)):
            offer, facts = self.source.site.offers[key], self.source.facts.offers[key]
            if has_times(offer, facts) and facts.schedule is not None and is_meeting(facts.schedule):
                found.append(offer)
        return found

    def written(self, name: str, offers: Iterable[Offer], address: str = "") -> bytes:
        """Return some offers' calendar; `address` is its page if another."""
        return _file(name, self.source.host, self.source.lang, address, map(self.events, offers))

    def events(self, offer: Offer) -> str:
        """Return an offer's events; empty if it doesn't take place."""
        facts = self.source.facts.offers[offer.id]
        if offer.id not in self.made:
            rows = "".join(line(*row) for row in self._list_shared_properties(offer, facts))
            events = []
            for event, stop, at_door in (
                self._list_event_times(offer, facts) if has_times(offer, facts) else ()
            ):
                # To hours by telephone or on a screen nobody goes.
                where = self._location(facts, stop) if at_door else ""
                events.append(f"BEGIN:VEVENT\r\n{event}{rows}{where}END:VEVENT\r\n")
            self.made[offer.id] = "".join(events)
        return self.made[offer.id]

    def _list_shared_properties(self, offer: Offer, facts: OfferFacts) -> Iterator[tuple[str, str]]:
        """Yield (property, value) of what all events of an offer say."""
        address = self.source.address("offer", offer.id)
        stamp = offer.checked or self.source.facts.today
        about = (self.source.text(offer, "summary"), facts.contact.number, address)
        yield "DTSTAMP", f"{stamp:%Y%m%d}T000000Z"
        yield "DESCRIPTION", text("\n\n".join(filter(None, about)))
        yield "URL", address
        yield "TRANSP", "TRANSPARENT"

    def _location(self, facts: OfferFacts, stop: StopFacts | None) -> str:
        """Return the location's lines; a stop's name even without address."""
        location, name = (stop.location, stop.name) if stop else (facts.location, "")
        if location.visibility != "full":
            return ""
        where, point = "", location.point
        place = self.source.site.places.get(location.place or "")
        if location.address is not None:
            name = name or (self.source.text(place, "name") if place else "")
            name = ", ".join(filter(None, (name, location.address.door, location.address.post_town)))
        if name:
            where += line("LOCATION", text(name))
        if point is not None:
            where += line("GEO", f"{point.latitude};{point.longitude}")
        return where

    def _list_event_times(
        self, offer: Offer, facts: OfferFacts
    ) -> Iterator[tuple[str, StopFacts | None, bool]]:
        """Yield each event's (lines of `_write_event_lines`, stop if only one is possible, whether people go there)."""
        schedule = facts.schedule
        if schedule is None:
            return
        yield from self._weekly(offer, facts, schedule)
        for exception in (*schedule.exceptions, *schedule.beyond):
            day = exception.date
            stops = [(one, one.schedule.intervals_on(day)) for one in facts.stops if one.schedule]
            for interval in _different(exception):
                mark = f"d{day:%Y%m%d}-{interval.start}"
                when = self._write_event_lines(offer, interval, day, mark, interval.comment or "")
                yield when, only_stop(stops, interval), interval.medium == "door"

    def _weekly(
        self, offer: Offer, facts: OfferFacts, schedule: Schedule
    ) -> Iterator[tuple[str, StopFacts | None, bool]]:
        """Yield weekly events, joining weekdays with the same time and place."""
        by_time: dict[tuple[Interval, StopFacts | None], list[int]] = {}
        for weekday, intervals in enumerate(schedule.week):
            stops = [(one, one.schedule.week[weekday]) for one in facts.stops if one.schedule]
            for interval in _beginning(intervals):
                by_time.setdefault((interval, only_stop(stops, interval)), []).append(weekday)
        for (interval, stop), weekdays in by_time.items():
            rule = _rule(schedule, interval, weekdays)
            if rule is None:
                continue
            first, lines = rule
            mark = f"w{''.join(str(day + 1) for day in weekdays)}-{interval.start}"
            at_door = interval.medium == "door"
            what = "" if at_door else interval.comment or ""
            yield self._write_event_lines(offer, interval, first, mark, what) + lines, stop, at_door

    def _write_event_lines(self, offer: Offer, interval: Interval, day: dt.date, mark: str, what: str) -> str:
        """Return an event's lines of id, name and times.

        `mark` tells it from the offer's other events, `what` follows its name.
        """
        name = self.source.text(offer, "name")
        end = line("DTEND;TZID=Europe/Berlin", local(day, interval.end))
        return (
            line("UID", f"{offer.id}-{mark}-{self.source.lang}@{self.source.host}")
            + line("SUMMARY", text(f"{name}: {what}" if what and what != name else name))
            + line("DTSTART;TZID=Europe/Berlin", local(day, interval.start))
            # Without an end that somebody told, the event says when it begins and no more (RFC 5545, 3.6.1).
            + ("" if interval.open_end else end)
        )


def only_stop(stops: Iterable[tuple[StopFacts, Sequence[Interval]]], interval: Interval) -> StopFacts | None:
    """Return the one of the stops, each with a day's intervals, that has this interval; None if several or none."""
    span = (interval.start, interval.end)
    found = []
    for stop, intervals in stops:
        if span in [(one.start, one.end) for one in intervals]:
            found.append(stop)
    return found[0] if len(found) == 1 else None


def _file(name: str, host: str, lang: str, address: str, events: Iterable[str]) -> bytes:
    """Return a calendar of finished events."""
    head = [
        ("VERSION", "2.0"),
        ("PRODID", f"-//Nahraum//{host}//{lang.upper()}"),
        ("X-WR-CALNAME", text(name)),
        # How often who subscribed looks again: the site is built every night (RFC 7986, 5.7; the other is what Outlook reads).
        ("REFRESH-INTERVAL;VALUE=DURATION", REFRESH),
        ("X-PUBLISHED-TTL", REFRESH),
        *([("URL", address)] if address else []),
    ]
    # An empty calendar has the zone alone: one component must be there (RFC 5545, 3.6), and programs refuse a file without.
    written = "".join([*(line(*row) for row in head), ZONE, *events])
    return f"BEGIN:VCALENDAR\r\n{written}END:VCALENDAR\r\n".encode()


def _rule(schedule: Schedule, interval: Interval, weekdays: list[int]) -> tuple[dt.date, str] | None:
    """Return a repeating event's first day and rule; None if none takes place."""
    differing = schedule.exceptions_by_date
    days = []
    for number in range((schedule.until - schedule.since).days + 1):
        day = schedule.since + dt.timedelta(days=number)
        if day.weekday() in weekdays:
            days.append(day)
    usual = [day for day in days if day not in differing]
    if not usual:
        return None
    # What begins behind midnight begins on the next weekday.
    names = ",".join(DAYS[(day + interval.start // MIDNIGHT) % 7] for day in weekdays)
    lines = line("RRULE", f"FREQ=WEEKLY;UNTIL={universal(usual[-1], interval.start)};BYDAY={names}")
    left_out = [local(day, interval.start) for day in days if day in differing and usual[0] < day < usual[-1]]
    if left_out:
        lines += line("EXDATE;TZID=Europe/Berlin", ",".join(left_out))
    return usual[0], lines


def _beginning(intervals: Iterable[Interval]) -> list[Interval]:
    """Return times at which somebody may begin, without the open end that only goes on after another time."""
    several = list(intervals)
    ends = {one.end for one in several if one.state == "open"}
    return [one for one in several if one.begins and not (one.open_end and one.start in ends)]


def _different(exception: DayException) -> list[Interval]:
    """Return a differing day's times, of simultaneous ones the fuller."""
    found: dict[int, Interval] = {}
    for interval in _beginning(exception.intervals):
        if interval.start not in found or (interval.comment and not found[interval.start].comment):
            found[interval.start] = interval
    return list(found.values())


class ContactCard(Struct, frozen=True):
    """An address book's entry."""

    name: str
    organisation: str  # whose it is
    location: Location
    contact: Contact | None
    url: str  # of its page
    note: str = ""
    checked: dt.date | None = None  # the day on which somebody looked whether it is true


def vcard(card: ContactCard) -> str:
    """Return the entry, identified by its page so that importing again updates it."""
    location, contact = card.location, card.contact or Contact()
    point = location.point
    rows = [
        ("BEGIN", "VCARD"),
        ("VERSION", "3.0"),
        ("FN", text(card.name)),
        ("N", f"{text(card.name)};;;;"),
        ("ORG", text(card.organisation)),
        ("ADR;TYPE=WORK", _write_vcard_address(location.address) if location.address else ""),
        ("TEL;TYPE=WORK,VOICE", text(contact.phone or "")),
        ("TEL;TYPE=CELL", text(contact.mobile or "")),
        ("EMAIL;TYPE=INTERNET", text(contact.email or "")),
        ("GEO", f"{point.latitude};{point.longitude}" if point else ""),
        ("URL", card.url),
        ("UID", card.url),
        ("NOTE", text(card.note)),
        ("REV", card.checked.isoformat() if card.checked else ""),
        ("END", "VCARD"),
    ]
    return "".join(line(name, value) for name, value in rows if value)


def _write_vcard_address(address: Address) -> str:
    """Write an address in the format's order."""
    parts = ("", address.extra or "", address.door, address.town, "", address.postcode, "")
    return ";".join(map(text, parts))
