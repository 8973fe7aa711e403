"""Opening times as plain data for pages and browsers: a regular week, the days that differ, and until when it holds.

A schedule and a moment come in, a state goes out. All minutes are minutes of the wall clock in Germany
(Europe/Berlin): a sign on a door says "bis 16 Uhr" on the days the clocks change as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = 24 * 60
DAY_BEGINS = 5 * 60
"""Minutes after midnight up to which the evening before lasts, for those who ask what is open on a day."""
MAX_DATES = 6
"""Dates that belong to no regular week are told up to this number; more of them nobody reads."""

Certainty = Literal["open", "unknown"]


@dataclass(frozen=True, order=True)
class Interval:
    """From `start` to `end`, minutes of the day it begins on; `end` passes 1440 when it lasts beyond midnight.

    With an `open_end` nobody has said how long it lasts; it begins for certain, unless it is `doubtful`.
    """

    start: int
    end: int
    state: Certainty = "open"
    comment: str | None = None
    open_end: bool = False
    doubtful: bool = False

    @property
    def begins(self) -> bool:
        """Whether something certainly begins with it."""
        return self.state == "open" or (self.open_end and not self.doubtful)

    def uncertain(self) -> Interval:
        """Return the same times, none of them certain, not even a beginning."""
        return replace(self, state="unknown", doubtful=self.open_end)


@dataclass(frozen=True)
class DatedHours:
    """A single date of an offer, in minutes of that day.

    Without `start` nobody has said when it begins, without `end` how long it lasts; an end before the start is on the next day.
    """

    date: date
    start: int | None
    end: int | None = None
    name: str | None = None


@dataclass(frozen=True)
class DayException:
    """A date whose hours differ from its weekday; `reason` is the name of the holiday or of the dated offer.

    `ask` is true when its times are those of the weekday, and only the reason makes them uncertain.
    """

    date: date
    intervals: tuple[Interval, ...]
    reason: str | None = None
    ask: bool = False


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
Row = tuple[int, int, Interval]
"""An interval with its beginning and end in minutes from the midnight of some day."""
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
    that is certain. Both are aware datetimes in Europe/Berlin. `ask` is why one should call before one goes today, „Heiligabend“.
    """

    kind: Literal["open", "closed", "unknown"]
    until: datetime | None = None
    next_opening: datetime | None = None
    comment: str | None = None
    ask: str | None = None


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
    begins = (row[0] for row in found if row[0] > now and _begins(row, certain))
    start = min(begins, default=None)
    opening = None if start is None else _moment(today, start, local.fold)
    ask = _ask(schedule, today, now, start)
    vague = next((row for row in found if row[0] <= now < row[1]), None)
    if vague is not None:
        day = today + timedelta(days=vague[0] // MIDNIGHT)
        exception = schedule.exceptions_by_date.get(day)
        comment = None if exception is not None and exception.ask else vague[2].comment
        return State("unknown", next_opening=opening, comment=comment, ask=ask)
    return State("closed" if schedule.readable else "unknown", next_opening=opening, ask=ask)


def _ask(schedule: Schedule, today: date, now: int, opening: int | None) -> str | None:
    """Why one should call first: times of today that the day makes uncertain, and that come before anything certain."""
    exception = schedule.exceptions_by_date.get(today)
    if exception is None or not exception.ask:
        return None
    ahead = any(
        item.state == "unknown" and now < item.end and (opening is None or item.start < opening)
        for item in exception.intervals
    )
    return exception.reason if ahead else None


def is_open_on(
    schedule: Schedule, day: date, start: int = DAY_BEGINS, end: int = DAY_BEGINS + MIDNIGHT
) -> bool:
    """A schedule, a date and two minutes counted from its midnight in, whether a door is certainly open in between, or opens.

    A day lasts from five in the morning to five, as people speak of it: who is open on Friday until two isn't there on Saturday.
    Days outside of the schedule are never open.
    """
    if not schedule.since <= day <= schedule.until:
        return False
    rows = [row for row in _around(schedule, day, day + timedelta(days=1)) if row[0] < end]
    certain = [row for row in rows if row[2].state == "open"]
    return any(row[1] > start for row in certain) or any(
        row[0] >= start and _begins(row, certain) for row in rows
    )


def _begins(row: Row, certain: list[Row]) -> bool:
    """Whether something certainly begins with an interval: it is certain, or only its end isn't."""
    start, _, interval = row
    if interval.state == "open":
        return True
    return interval.begins and all(end != start for _, end, _ in certain)


def compact(schedule: Schedule, gettext: Callable[[str], str] = str) -> str:
    """A schedule in, the JSON that `assets/js/hours.js` evaluates out (ASCII, sorted, without blanks).

    `s` and `u` are the first and the last day; `w` seven lists from Monday on (absent when the hours can't be
    read); `x` the days that differ. An interval is `[start, end, kind, comment]`, cut after the last entry that says something. Its kind
    is 0 when it is certain, 1 unknown, 2 unknown but for its beginning, 3 unknown because of the day, whose name is the comment.
    `gettext` translates the names of days.
    """
    data: dict[str, Any] = {"s": schedule.since.isoformat(), "u": schedule.until.isoformat()}
    if schedule.readable:
        data["w"] = [[_row(interval) for interval in day] for day in schedule.week]
    if schedule.exceptions:
        data["x"] = {
            exception.date.isoformat(): [
                _row(interval, gettext(exception.reason) if exception.ask and exception.reason else None)
                for interval in exception.intervals
            ]
            for exception in schedule.exceptions
        }
    return json.dumps(data, separators=(",", ":"), sort_keys=True)


def _row(interval: Interval, asked: str | None = None) -> list[int | str]:
    row: list[int | str] = [interval.start, interval.end]
    if interval.state == "unknown" and asked:
        return [*row, 3, asked]
    kind = 0 if interval.state == "open" else 2 if interval.begins else 1
    if kind or interval.comment:
        row.append(kind)
    if interval.comment:
        row.append(interval.comment)
    return row


def _around(schedule: Schedule, today: date, last: date | None = None) -> Iterator[Row]:
    """Intervals from yesterday on, in minutes from today's midnight, in order of their days."""
    for offset in range(-1, ((last or schedule.until) - today).days + 1):
        for interval in schedule.intervals_on(today + timedelta(days=offset)):
            yield offset * MIDNIGHT + interval.start, offset * MIDNIGHT + interval.end, interval


def _end_of_run(end: int, rows: list[Row]) -> int:
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
