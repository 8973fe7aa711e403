"""Check opening hours: unreadable, doubtful, contradictory, or in the wrong field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from pydantic import BaseModel

from generator.derive.offer_facts import timetable
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.hours.conditions import SOUNDS_CANCELLED
from generator.hours.days import AHEAD, NAMES_DATES, Calendar, meant_days
from generator.hours.evaluate import schedule
from generator.hours.holidays import school_holidays
from generator.hours.openings import openings_of
from generator.hours.schedule import MIDNIGHT, Schedule, clock
from generator.hours.spoken import DAYS
from generator.hours.words import Doubt
from generator.hours.written_hours import Hours, nearest_line
from generator.model.areas_and_offices import Office
from generator.model.dates import german_day
from generator.model.offer import Offer
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

_AS_LINES_ARE = (
    "in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“"
)


def check_hours(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report unreadable and doubtful hours anywhere, at the piece.

    Without the Land's school holidays the first hours that need them are named.
    """
    yield from reading.of_each(_in_record, site.config.land, today)
    if school_holidays(site.config.land) is None:
        for position in islice(reading.of_each(_by_school_holidays, site.config.land, today), 1):
            yield diagnostic("ferien-unbekannt", position, land=site.config.land)


def _by_school_holidays(source: RecordSource, land: str, today: dt.date) -> Iterator[Position]:
    """Yield where hours depend on school holidays."""
    for path, hours in _hours_in(source.record):
        if schedule(hours, land=land, today=today).lacks_holidays:
            yield source.position(*path)


def _in_record(source: RecordSource, land: str, today: dt.date) -> Iterator[Diagnostic]:
    for path, hours in _hours_in(source.record):
        yield from _problem(hours, source.position(*path), land, today)


def _hours_in(part: BaseModel, *above: str | int) -> Iterator[tuple[tuple[str | int, ...], Hours]]:
    """Yield all hours of a record with paths."""
    for name, value in part:
        if isinstance(value, Hours):
            yield (*above, name), value
        elif isinstance(value, BaseModel):
            yield from _hours_in(value, *above, name)
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _hours_in(item, *above, name, number)


_PAST_MIDNIGHT = re.compile(r"\b(?!24:00)(2[4-9]|[34]\d):([0-5]\d)\b")  # „22:00-26:30“


def _problem(hours: Hours, position: Position, land: str, today: dt.date) -> Iterator[Diagnostic]:
    """Report what of a value isn't read, closes nothing, or ends after midnight."""
    for doubt in hours.doubts:
        better = nearest_line(doubt)
        yield diagnostic(
            "zeiten-unlesbar",
            _piece(position, hours, doubt),
            piece=doubt.text or hours.written,
            reason=doubt.why,
            better=f"zum Beispiel so: {better}" if better else _AS_LINES_ARE,
        )
    if hours.expression is None:
        if not hours.doubts:
            yield diagnostic(
                "zeiten-unlesbar", position, piece=hours.written, reason=hours.problem, better=_AS_LINES_ARE
            )
        return
    calendar = Calendar(land, today, today + dt.timedelta(days=AHEAD))
    for opening in openings_of(hours.expression):
        dated = opening.state == "closed" and NAMES_DATES.search(opening.selector)
        if dated and not meant_days(calendar, opening.selector):
            yield diagnostic("schliesst-nichts", position, days=opening.text)
    for match in _PAST_MIDNIGHT.finditer(hours.written):
        better = f"{int(match[1]) - 24:02}:{match[2]}"
        yield diagnostic("zeiten-nach-24", position, value=match[0], better=better)


def _piece(position: Position, hours: Hours, doubt: Doubt) -> Position:
    """Return where a doubtful piece stands, else the whole value."""
    # Written plainly or in quotes; other lengths mean that a letter's place isn't known.
    quotes = position.length - len(hours.written)
    if not doubt.text or quotes not in (0, 2) or "\n" in hours.written:
        return position
    return position._replace(column=position.column + quotes // 2 + doubt.at, length=len(doubt.text))


def check_openings(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Ask to move telephone hours, appointments and notices to their fields."""
    yield from reading.of_each(_in_offer, site.config.land, today, folders=("offers",))


def _in_offer(source: RecordSource, land: str, today: dt.date) -> Iterator[Diagnostic]:
    offer = source.record
    if not isinstance(offer, Offer):
        return
    times = list(schedule(offer.hours, land=land, today=today).intervals())
    # The first remark of each medium: „door“, „phone“, „appointment“ …
    remarks = {one.medium: one.comment for one in reversed(times)}
    if "phone" in remarks and offer.place is not None:
        yield diagnostic("zeiten-am-telefon", source.position("hours"), remark=remarks["phone"])
    if "appointment" not in remarks:
        return
    if offer.access is None:
        yield diagnostic("zeiten-mit-termin", source.position("hours"), remark=remarks["appointment"])
    elif len(remarks) == 1 and offer.access.way == "open":
        place = source.position("access", "way")
        yield diagnostic("zugang-widerspricht", place, remark=remarks["appointment"])


def check_closings(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report closings that close nothing any more, and notices that don't say whether something is closed."""
    yield from reading.of_each(_closings, today)
    position = Position("site_config.yml")
    for day in site.config.closed_days.dates:
        yield from _closes_nothing(day.date, day.until, position, today)
        for name, known in (
            *((one, site.providers) for one in day.providers),
            *((one, site.places) for one in day.places),
        ):
            if name not in known:
                yield diagnostic("schliesst-niemanden", position, name=name)


def _closings(source: RecordSource, today: dt.date) -> Iterator[Diagnostic]:
    """Report a record's closings, its notice's too."""
    alert = getattr(source.record, "alert", None)
    if alert is not None and alert.closed is None and alert.until >= today:
        yield diagnostic("hinweis-ohne-closed", source.position("alert"))
    for number, one in enumerate(getattr(source.record, "dates", ())):
        if one.name and not one.cancelled and SOUNDS_CANCELLED.search(one.name):
            yield diagnostic("termin-abgesagt", source.position("dates", number), name=one.name)
    for number, one in enumerate(getattr(source.record, "closed", ())):
        yield from _closes_nothing(one.date, one.until, source.position("closed", number), today)
    if alert is not None:
        for number, one in enumerate(alert.closed or ()):
            position = source.position("alert", "closed", number)
            yield from _closes_nothing(one.date, one.until, position, today, alert.until + _AFTER_A_NOTICE)


_AFTER_A_NOTICE = dt.timedelta(days=182)
"""What a notice closes begins at most so long after it has gone: later it is another year."""


def _closes_nothing(
    first: dt.date, last: dt.date | None, position: Position, today: dt.date, latest: dt.date = dt.date.max
) -> Iterator[Diagnostic]:
    if (last or first) < today or first > min(latest, today + dt.timedelta(days=AHEAD)):
        yield diagnostic(
            "schliesst-nichts",
            position,
            days=german_day(first) + (f" bis {german_day(last)}" if last else ""),
        )


_DUTY_AHEAD = 28
"""Days of duty that are looked at."""
MOST_GAPS = 3
"""So many gaps are named."""


def check_on_call(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report hours within four weeks that an office's duty lacks."""
    for source in reading.of("offices"):
        office = site.offices[source.id]
        if office.on_call is None or office.on_call.hours is None:
            continue
        gaps = _find_unanswered_spans(site, office, today)
        if gaps:
            named = ", ".join(gaps[:MOST_GAPS])
            more = f" und {len(gaps) - MOST_GAPS} weitere Lücken" if len(gaps) > MOST_GAPS else ""
            yield diagnostic("bereitschaft-luecke", source.position("on_call", "hours"), gaps=named + more)


def _find_unanswered_spans(site: Site, office: Office, today: dt.date) -> list[str]:
    """Return spans in which neither duty nor office answers, each weekday's once."""
    duty = timetable(site, office.on_call.hours if office.on_call else None, today, every_day=True)
    usual = timetable(site, (office.contact and office.contact.phone_hours) or office.hours, today)
    covered: list[tuple[int, int]] = []
    for one in (duty, usual):
        if one is not None:
            # What nobody understands is reported as such, and may well cover everything.
            if not one.readable:
                return []
            covered += _minutes(one, today)
    gaps: list[str] = []
    # What began the day before is unknown on the first one.
    reached = MIDNIGHT
    for start, end in [*sorted(covered), (_DUTY_AHEAD * MIDNIGHT, _DUTY_AHEAD * MIDNIGHT)]:
        if start > reached:
            gaps += _describe_gap(reached, start, today)
        reached = max(reached, end)
    return list(dict.fromkeys(gaps))


def _minutes(schedule: Schedule, today: dt.date) -> Iterator[tuple[int, int]]:
    """Yield answered spans in minutes from today on."""
    for ahead in range(_DUTY_AHEAD):
        for one in schedule.intervals_on(today + dt.timedelta(days=ahead)):
            yield ahead * MIDNIGHT + one.start, ahead * MIDNIGHT + one.end


def _describe_gap(start: int, end: int, today: dt.date) -> Iterator[str]:
    """Say a gap day by day: „Mi 12:00-14:00“."""
    while start < end:
        day, until = start // MIDNIGHT, min(end, (start // MIDNIGHT + 1) * MIDNIGHT)
        weekday = DAYS[(today.weekday() + day) % 7]
        yield f"{weekday} {clock(start - day * MIDNIGHT)}-{clock(until - day * MIDNIGHT)}"
        start = until


DATED_CHECKS = (check_openings, check_hours, check_closings, check_on_call)
