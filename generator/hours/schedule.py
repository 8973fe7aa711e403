"""Opening times as plain data for pages and browsers.

All minutes are minutes of the wall clock in Germany.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Literal
from zoneinfo import ZoneInfo

from generator.hours.conditions import Medium

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = 24 * 60
MAX_DATES = 6
"""Dates that belong to no regular week are told up to this number; more of them nobody reads."""

Certainty = Literal["open", "unknown"]
Entry = Literal["", "booked", "there", "quiet"]
"""How one comes in at all these times: "" simply; "booked" registered or with an appointment; "there": it is always there, with nobody who opens it; "quiet" simply, but no list of what is open has it."""
_MEDIA: tuple[Medium, ...] = ("door", "phone", "video", "appointment")
"""The order in which browsers number them."""


def clock(minutes: int) -> str:
    """Write minutes of a day as „08:30“; the end of the day is „24:00“."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True)
class Interval:
    """From `start` to `end`, minutes of the day it begins on; beyond midnight `end` passes 1440.

    An `open_end` nobody has told; it begins for certain, unless it is `doubtful`.
    """

    start: int
    end: int
    state: Certainty = "open"
    comment: str | None = None
    open_end: bool = False
    doubtful: bool = False
    medium: Medium = "door"

    @property
    def begins(self) -> bool:
        """Whether something certainly begins with it."""
        return self.state == "open" or (self.open_end and not self.doubtful)

    @property
    def at_a_door(self) -> bool:
        """Whether one certainly finds a door open from the beginning to the end."""
        return self.state == "open" and self.medium == "door"

    def is_beside(self, other: Interval) -> bool:
        """Whether both hold, even at the same time: certain ones of different media."""
        return self.medium != other.medium and self.begins and other.begins

    def uncertain(self) -> Interval:
        """Return the same times, none of them certain, not even a beginning."""
        return replace(self, state="unknown", doubtful=self.open_end)


Intervals = tuple[Interval, ...]
"""Those of a day, in order."""


@dataclass(frozen=True)
class DatedHours:
    """A single date of an offer, in minutes of that day.

    Without `start` or `end` nobody has said it; an end before the start is on the next day.
    """

    date: date
    start: int | None
    end: int | None = None
    name: str | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class Closure:
    """Nothing takes place from the first day to the last, for a `reason`; or, if it isn't `certain`, nobody knows.

    With `doors` telephones and screens are still answered. `instead` is where to go (the id of an offer), `instead_phone` where to call.
    """

    first: date
    last: date
    reason: str | None = None
    certain: bool = True
    doors: bool = False
    instead: str | None = None
    instead_phone: str | None = None


@dataclass(frozen=True)
class DayException:
    """A date whose hours differ from its weekday, for a `reason`.

    `ask` is true when only the reason makes its times uncertain.
    """

    date: date
    intervals: Intervals
    reason: str | None = None
    ask: bool = False


Exceptions = tuple[DayException, ...]


@dataclass(frozen=True)
class HolidayHours:
    """What hours say of holidays: no intervals means closed, no `weekdays` all of them."""

    kind: Literal["public", "school"]
    intervals: Intervals
    weekdays: tuple[int, ...] = ()


Week = tuple[Intervals, ...]
CLOSED_WEEK: Week = ((),) * 7
Season = tuple[tuple[int, ...], Week]
"""Months of the year, 1 is January, and the week that holds in them."""


@dataclass(frozen=True)
class Schedule:
    """Opening times from `since` to `until` (both included); outside of these days nothing is known.

    `week` begins on Monday. `later` (the next week), `beyond` (dates after `until`) and `seasons` are for speaking only. When
    `readable` is false, only dated hours are known; `problem` says why. `lacks_holidays` says that it depends on school holidays
    that nobody has entered. `from_afar` says that one calls or meets on a screen at some time of the
    year: then other programs must not read it. `unread` are lines that aren't understood, `perhaps` the week of the others, `closed` is what closes days.
    """

    written: str
    readable: bool
    week: Week
    exceptions: Exceptions
    since: date
    until: date
    comment: str | None = None
    problem: str | None = None
    later: tuple[date, Week] | None = None
    holidays: tuple[HolidayHours, ...] = ()
    lacks_holidays: bool = False
    beyond: Exceptions = ()
    entry: Entry = ""
    seasons: tuple[Season, ...] = ()
    from_afar: bool = False
    unread: str = ""
    perhaps: Week = CLOSED_WEEK
    closed: tuple[Closure, ...] = ()

    @property
    def told_until(self) -> date:
        """The last day of which something is known."""
        if self.beyond and not self.readable:
            return self.beyond[-1].date
        return self.until

    @property
    def closings(self) -> tuple[Closure, ...]:
        """What closes days that aren't over."""
        return tuple(one for one in self.closed if one.last > self.since)

    @cached_property
    def exceptions_by_date(self) -> dict[date, DayException]:
        """The exceptions, to be looked up by date."""
        return {exception.date: exception for exception in self.exceptions}

    def intervals_on(self, day: date) -> Intervals:
        """A date in, the intervals that begin on it out."""
        if not self.since <= day <= self.until:
            return ()
        exception = self.exceptions_by_date.get(day)
        return self.week[day.weekday()] if exception is None else exception.intervals

    def intervals(self) -> Iterator[Interval]:
        """Yield all intervals of the usual week and of the days that differ."""
        for day in self.week:
            yield from day
        for exception in (*self.exceptions, *self.beyond):
            yield from exception.intervals

    def doors_by_time(self) -> dict[tuple[int, int], list[int]]:
        """Return the weekdays of each minute at which a door is certainly open."""
        found: dict[tuple[int, int], list[int]] = {}
        for weekday, intervals in enumerate(self.week):
            for item in intervals:
                if item.at_a_door:
                    found.setdefault((item.start, item.end), []).append(weekday)
        return found

    def changed(self, change: Callable[[Intervals], Intervals]) -> Schedule:
        """Return it with what a change makes of each of its days."""
        near, beyond = (
            tuple(replace(day, intervals=change(day.intervals)) for day in days)
            for days in (self.exceptions, self.beyond)
        )
        later = self.later and (self.later[0], tuple(map(change, self.later[1])))
        week = tuple(map(change, self.week))
        return replace(self, week=week, exceptions=near, beyond=beyond, later=later)

    def usual(self, weekday: int) -> Intervals:
        """Return the times of a weekday, Monday first, also of dates that come back („jeden 1. Samstag“).

        Dates with a reason, and one date alone, are nothing that one can count on.
        """
        plain = [day for day in self.exceptions if day.date.weekday() == weekday and day.reason is None]
        dates = [day.intervals for day in plain if day.intervals]
        return tuple(chain(self.week[weekday], *(dates if len(dates) > 1 else ())))


def by_medium(schedule: Schedule, medium: Medium) -> Schedule:
    """Return a schedule by `medium`, where no remark says how one gets there."""

    def by_it(intervals: Intervals) -> Intervals:
        return tuple(replace(one, medium=medium) if one.medium == "door" else one for one in intervals)

    return schedule if medium == "door" else schedule.changed(by_it)


def compact(schedule: Schedule, gettext: Callable[[str], str] = str) -> str:
    """A schedule in, the JSON that `assets/js/hours.js` evaluates out (ASCII, sorted, without blanks).

    `s` and `u` are the first and the last day; `w` seven lists from Monday on (absent when the hours can't be
    read); `x` the days that differ; `e` how one comes in. An interval is `[start, end, kind, comment, medium]`, cut after the last entry
    that says something. Its kind is 0 when it is certain, 1 unknown, 2 unknown but for its beginning, 3 unknown because of the day, whose
    name is the comment. Its medium is 0 at a door, 1 by telephone, 2 by video or chat, 3 by appointment.
    `gettext` translates the names of days.
    """
    data: dict[str, Any] = {"s": schedule.since.isoformat(), "u": schedule.until.isoformat()}
    if schedule.readable:
        data["w"] = [_rows_of_intervals(day) for day in schedule.week]
    if schedule.exceptions:
        days = {}
        for exception in schedule.exceptions:
            asked = gettext(exception.reason) if exception.ask and exception.reason else None
            days[exception.date.isoformat()] = _rows_of_intervals(exception.intervals, asked)
        data["x"] = days
    if schedule.entry:
        data["e"] = schedule.entry
    return json.dumps(data, separators=(",", ":"), sort_keys=True)


def _rows_of_intervals(intervals: Iterable[Interval], asked: str | None = None) -> list[list[int | str]]:
    return [_row_of_interval(interval, asked) for interval in intervals]


def _row_of_interval(interval: Interval, asked: str | None = None) -> list[int | str]:
    comment = interval.comment or ""
    kind = 0
    if interval.state == "unknown":
        kind = 2 if interval.begins else 1
        # What a date of the offer itself begins for certain, no holiday undoes.
        if asked and not interval.begins:
            kind, comment = 3, asked
    row: list[int | str] = [kind, comment, _MEDIA.index(interval.medium)]
    while row and not row[-1]:
        row.pop()
    return [interval.start, interval.end, *row]
