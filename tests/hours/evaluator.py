"""An oracle: what can be said of a schedule at a moment or on a day, decided as `assets/js/hours.js` decides it, but in Python.

Pages leave this to browsers. Tests compare the two, and ask this one where they have no browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from generator.hours.schedule import BERLIN, MIDNIGHT, Interval, Schedule

MEDIA = ("door", "phone", "video", "appointment")
DAY_BEGINS = 5 * 60
"""Minutes after midnight up to which the evening before lasts, for those who ask what is open on a day."""
Row = tuple[int, int, Interval]
"""An interval with its beginning and end in minutes from the midnight of some day."""


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
    medium: str = "door"


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
    there = [row for row in certain if row[0] <= now < row[1]]
    if there:
        # A door before a telephone, where both are open.
        _, end, interval = next((row for row in there if row[2].medium == "door"), there[0])
        end = _end_of_run(end, [row for row in certain if row[2].medium == interval.medium])
        last = ((schedule.until - today).days + 1) * MIDNIGHT
        until = None if end >= last else _moment(today, end, local.fold)
        return State("open", until=until, comment=interval.comment, medium=interval.medium)
    begins = [(row[0], MEDIA.index(row[2].medium)) for row in found if row[0] > now and _begins(row, certain)]
    start, by = min(begins, default=(None, 0))
    medium = MEDIA[by]
    opening = None if start is None else _moment(today, start, local.fold)
    ask = _ask(schedule, today, now, start)
    vague = next((row for row in found if row[0] <= now < row[1]), None)
    if vague is not None:
        day = today + timedelta(days=vague[0] // MIDNIGHT)
        exception = schedule.exceptions_by_date.get(day)
        asked = exception is not None and exception.ask and not vague[2].begins
        comment = None if asked else vague[2].comment
        return State("unknown", next_opening=opening, comment=comment, ask=ask, medium=medium)
    return State("closed" if schedule.readable else "unknown", next_opening=opening, ask=ask, medium=medium)


def _ask(schedule: Schedule, today: date, now: int, opening: int | None) -> str | None:
    """Why one should call first: times of today that the day makes uncertain, and that come before anything certain."""
    exception = schedule.exceptions_by_date.get(today)
    if exception is None or not exception.ask:
        return None
    ahead = any(
        item.state == "unknown"
        and not item.begins
        and now < item.end
        and (opening is None or item.start < opening)
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
