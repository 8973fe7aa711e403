"""Opening times as plain data for pages and browsers: a regular week, the days that differ, and until when it holds.

A schedule and a moment come in, a state goes out. All minutes are minutes of the wall clock in Germany
(Europe/Berlin): a sign on a door says "bis 16 Uhr" on the days the clocks change as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = 24 * 60

Certainty = Literal["open", "unknown"]


@dataclass(frozen=True, order=True)
class Interval:
    """From `start` to `end`, minutes of the day it begins on; `end` passes 1440 when it lasts beyond midnight."""

    start: int
    end: int
    state: Certainty = "open"
    comment: str | None = None
    open_end: bool = False


@dataclass(frozen=True)
class DatedHours:
    """A single date of an offer, in minutes of that day; without `end` nobody has said how long it lasts."""

    date: date
    start: int
    end: int | None = None
    name: str | None = None


@dataclass(frozen=True)
class DayException:
    """A date whose hours differ from its weekday; `reason` is the name of the holiday or of the dated offer."""

    date: date
    intervals: tuple[Interval, ...]
    reason: str | None = None


@dataclass(frozen=True)
class HolidayHours:
    """What the written hours say about public or school holidays.

    No intervals means closed. `weekdays` (0 is Monday) are those it is limited to, empty where nothing was said.
    `restricted` is true when the rule is limited in other ways and can't be told in one line.
    """

    kind: Literal["public", "school"]
    intervals: tuple[Interval, ...]
    weekdays: tuple[int, ...] = ()
    restricted: bool = False


Week = tuple[tuple[Interval, ...], ...]
CLOSED_WEEK: Week = ((),) * 7


@dataclass(frozen=True)
class Schedule:
    """Opening times from `since` to `until` (both included); outside of these days nothing is known.

    `week` begins on Monday. `later` is a week that replaces it from a date on (seasons): for speaking only,
    the exceptions already contain it. When `readable` is false, only dated hours are known and everything else
    is unknown; `problem` says why, in German. `gaps` names what was asked for and isn't known:
    "school-holidays" when the Land has no dates for the time in question, "times" when times can't be said in minutes
    (sunrise) and their days are therefore unknown.
    """

    written: str
    readable: bool
    week: Week
    exceptions: tuple[DayException, ...]
    since: date
    until: date
    comment: str | None = None
    problem: str | None = None
    later: tuple[date, Week] | None = None
    holidays: tuple[HolidayHours, ...] = ()
    gaps: tuple[str, ...] = ()

    @cached_property
    def exceptions_by_date(self) -> dict[date, DayException]:
        """The exceptions, to be looked up by date."""
        return {exception.date: exception for exception in self.exceptions}

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """A date in, the intervals that begin on it out; empty for days outside of the schedule."""
        if not self.since <= day <= self.until:
            return ()
        exception = self.exceptions_by_date.get(day)
        return self.week[day.weekday()] if exception is None else exception.intervals


@dataclass(frozen=True)
class State:
    """What can be said at one moment.

    `until` is when an open door closes (None: it stays open as far as is known). `next_opening` is the next time
    that is certain. Both are aware datetimes in Europe/Berlin.
    """

    kind: Literal["open", "closed", "unknown"]
    until: datetime | None = None
    next_opening: datetime | None = None
    comment: str | None = None


def state_at(schedule: Schedule, moment: datetime) -> State:
    """A schedule and an aware moment in, its state there out; a naive moment is a ValueError."""
    if moment.tzinfo is None:
        raise ValueError("state_at needs a moment with a time zone")
    local = moment.astimezone(BERLIN)
    today = local.date()
    if not schedule.since <= today <= schedule.until:
        return State("unknown")
    now = local.hour * 60 + local.minute
    found = list(_around(schedule, today))
    certain = [(start, end, interval) for start, end, interval in found if interval.state == "open"]
    current = next((row for row in certain if row[0] <= now < row[1]), None)
    if current is not None:
        end = _end_of_run(current[1], certain)
        last = ((schedule.until - today).days + 1) * MIDNIGHT
        until = None if end >= last else _moment(today, end, local.fold)
        return State("open", until=until, comment=current[2].comment)
    start = next((row[0] for row in certain if row[0] > now), None)
    opening = None if start is None else _moment(today, start, local.fold)
    vague = next((row for row in found if row[0] <= now < row[1]), None)
    if vague is not None:
        return State("unknown", next_opening=opening, comment=vague[2].comment)
    return State("closed" if schedule.readable else "unknown", next_opening=opening)


def compact(schedule: Schedule) -> str:
    """A schedule in, the JSON that `assets/js/hours.js` evaluates out (ASCII, sorted, without blanks).

    `s` and `u` are the first and the last day; `w` seven lists from Monday on (absent when the hours can't be
    read); `x` the days that differ. An interval is `[start, end, 1 if unknown, comment]`, cut after the last
    entry that says something.
    """
    data: dict[str, Any] = {"s": schedule.since.isoformat(), "u": schedule.until.isoformat()}
    if schedule.readable:
        data["w"] = [[_row(interval) for interval in day] for day in schedule.week]
    if schedule.exceptions:
        data["x"] = {
            exception.date.isoformat(): [_row(interval) for interval in exception.intervals]
            for exception in schedule.exceptions
        }
    return json.dumps(data, separators=(",", ":"), sort_keys=True)


def _row(interval: Interval) -> list[int | str]:
    row: list[int | str] = [interval.start, interval.end]
    if interval.state == "unknown" or interval.comment:
        row.append(int(interval.state == "unknown"))
    if interval.comment:
        row.append(interval.comment)
    return row


def _around(schedule: Schedule, today: date) -> Iterator[tuple[int, int, Interval]]:
    """Intervals from yesterday on, in minutes from today's midnight, in order of their days."""
    for offset in range(-1, (schedule.until - today).days + 1):
        for interval in schedule.intervals_on(today + timedelta(days=offset)):
            yield offset * MIDNIGHT + interval.start, offset * MIDNIGHT + interval.end, interval


def _end_of_run(end: int, rows: list[tuple[int, int, Interval]]) -> int:
    for start, later, _ in rows:
        if start <= end < later:
            end = later
    return end


def _moment(today: date, minutes: int, fold: int) -> datetime:
    """Minutes from today's midnight to a moment that exists: a skipped hour ends when the clock has jumped."""
    wall = datetime(today.year, today.month, today.day, tzinfo=BERLIN) + timedelta(minutes=minutes)
    for candidate in (wall.replace(fold=fold), wall.replace(fold=0)):
        if _exists(candidate):
            return candidate if _ambiguous(candidate) else candidate.replace(fold=0)
    return (wall.replace(minute=0) + timedelta(hours=1)).replace(fold=0)


def _exists(moment: datetime) -> bool:
    return moment.astimezone(ZoneInfo("UTC")).astimezone(BERLIN).replace(fold=0) == moment.replace(fold=0)


def _ambiguous(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
