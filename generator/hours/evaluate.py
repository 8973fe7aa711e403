"""Evaluate opening hours as a schedule for pages and browsers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, groupby
from typing import Literal

from generator.hours.conditions import SOUNDS_CANCELLED
from generator.hours.days import (
    AHEAD,
    Calendar,
    Days,
    evaluated,
    in_doubt,
    matching_days,
    named_days,
    read_selector,
)
from generator.hours.holidays import NO_TOWN, TownDays, closed_day, public_holiday, school_holidays
from generator.hours.openings import MONTHS, Openings, openings_of
from generator.hours.schedule import (
    CLOSED_WEEK,
    MAX_DATES,
    MIDNIGHT,
    Certainty,
    Closure,
    DatedHours,
    DayException,
    HolidayHours,
    Interval,
    Intervals,
    Schedule,
    Season,
    Week,
)
from generator.hours.written_hours import Hours

# A weekday has a regular pattern when at least this share of its dates follows it; otherwise its dates are told singly.
REGULAR = 0.75
# A change is a season when the new week then holds for at least this many days.
SEASON_DAYS = 14
_MONTH = re.compile("|".join(MONTHS))  # of a selector that begins with a month
NOTICE = "Hinweis"
"""The reason of days that a notice of the offer makes uncertain."""
MAYBE_HOLIDAYS = "vielleicht Schulferien"
"""The reason of days that are uncertain as nobody has entered the school holidays of the Land."""


def schedule(
    hours: Hours | None,
    *,
    land: str,
    today: date,
    horizon_days: int = 60,
    town: TownDays = NO_TOWN,
    every_day: bool = False,
) -> Schedule:
    """Hours, the Land (ISO code, "SH") and a day in; the schedule from the day before to the horizon out.

    On holidays and other days on which many are closed, open becomes unknown unless the hours speak of them or hold day and
    night; with `every_day` (crisis lines) only public holidays count. Raises ValueError for a Land that doesn't exist.
    """
    first, last = today - timedelta(days=1), today + timedelta(days=horizon_days)
    return _plain_schedule(hours, Calendar(land, first, last), town, every_day)


def with_dates(plain: Schedule, dates: Iterable[DatedHours]) -> Schedule:
    """Return a schedule that is open on single dates as well."""
    ahead = sorted(
        {
            extra
            for extra in dates
            if plain.since <= extra.date and not (extra.cancelled and extra.date > plain.until)
        },
        key=lambda one: (one.date, one.start or 0, one.end or 0, one.name or ""),
    )
    if not ahead:
        return plain
    soon = [extra for extra in ahead if extra.date <= plain.until]
    later = groupby(ahead[len(soon) :], key=lambda extra: extra.date)
    beyond = tuple(DayException(day, _together([map(_interval, of_day)])) for day, of_day in later)
    return replace(_with_extras(plain, soon), beyond=beyond)


def united(parts: Sequence[Schedule]) -> Schedule:
    """Schedules of several places in, when something is at any of them out.

    What one place says of holidays isn't said of all.
    """
    changed: dict[date, DayException] = {}
    for one in chain.from_iterable(part.exceptions for part in parts):
        anywhere = _together(part.intervals_on(one.date) for part in parts)
        before = changed.get(one.date, one)
        changed[one.date] = DayException(one.date, anywhere, before.reason, ask=before.ask or one.ask)
    week = tuple(map(_together, zip(*(part.week for part in parts), strict=True)))
    days = tuple(changed[day] for day in sorted(changed))
    return replace(
        parts[0], written="", week=week, exceptions=days, comment=None, later=None, holidays=(), closed=()
    )


def _together(several: Iterable[Iterable[Interval]]) -> Intervals:
    """Return what begins on a day by any of several accounts, the earliest first."""
    found = set(chain.from_iterable(several))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.comment or "")))


@lru_cache(maxsize=4096)
def _plain_schedule(hours: Hours | None, calendar: Calendar, town: TownDays, every_day: bool) -> Schedule:
    """Return the schedule of hours, or one that says why they can't be read."""
    written = hours.written if hours else ""
    public_holiday(calendar.land, calendar.first)  # refuses an unknown Land even where no hours are given
    problem = hours.problem if hours else None
    unread = Schedule(written, False, CLOSED_WEEK, (), calendar.first, calendar.last, problem=problem)
    expression = hours.expression or hours.partly if hours else ""
    if hours is None or not expression:
        return unread
    openings = openings_of(expression)
    ahead = replace(calendar, last=max(calendar.last, calendar.first + timedelta(days=AHEAD)))
    made = _read_schedule(written, openings, ahead, calendar, None if every_day else town)
    if hours.expression is not None:
        return made
    # Of what isn't read as a whole nothing is certain, not even that it is closed.
    return replace(unread, perhaps=tuple(map(_mark_as_uncertain, made.week)), unread=hours.unread or written)


def _read_schedule(
    written: str, openings: Openings, ahead: Calendar, calendar: Calendar, town: TownDays | None
) -> Schedule:
    """Make a schedule of the evaluated days of a year (`ahead`); with a town its closed days are asked about."""
    year = evaluated(openings, ahead)
    kinds = frozenset(kind for opening in openings for kind in read_selector(opening.selector).holidays)
    plain = evaluated(openings, replace(ahead, plain=True)) if kinds else year
    lacking = _lacks_holidays(kinds, calendar)
    days = {day: year[day] for day in calendar.days()}
    ordinary = _ordinary_days(days, calendar, kinds)
    later = _later_week(days, ordinary)
    week = _regular_week(days, ordinary, later)
    # Of school holidays of a name (`Jun 20-Sep 20 SH`) their days are told, and nothing of school holidays as such.
    by_name = {"SH" for opening in openings if "SH" in opening.selector and _MONTH.match(opening.selector)}
    reasons = _reasons(calendar, kinds - by_name)
    # That nothing is ever closed can't be meant of an office.
    always = all(day == (Interval(0, MIDNIGHT),) for day in days.values())
    asked = {} if always else _asked(days, named_days(openings, calendar), calendar, town)
    if lacking:
        # Each day that school holidays would change is asked about.
        perhaps = evaluated(openings, replace(calendar, unknown=True))
        for day in days:
            if days[day] != perhaps[day]:
                days[day] = in_doubt((days[day], perhaps[day]))
                asked[day] = MAYBE_HOLIDAYS
    for day, name in asked.items():
        days[day] = _mark_as_uncertain(days[day])
        reasons[day] = name
    changed = [day for day in days if days[day] != week[day.weekday()]]
    every = set(chain.from_iterable(set(year.values())))
    return Schedule(
        written=written,
        readable=True,
        week=week,
        exceptions=tuple(DayException(day, days[day], reasons.get(day), ask=day in asked) for day in changed),
        since=calendar.first,
        until=calendar.last,
        comment=_rest(days),
        later=later,
        seasons=_seasons(plain),
        holidays=tuple(_holiday_hours(openings, kinds - by_name)),
        from_afar=any(item.medium in {"phone", "video"} for item in every),
        lacks_holidays=lacking,
    )


def _asked(days: Days, named: frozenset[date], calendar: Calendar, town: TownDays | None) -> dict[date, str]:
    """Return by name the days on which many are closed, though hours that don't speak of them say open.

    Without `town` only public holidays are such days.
    """
    asked = {}
    for day in calendar.days():
        name = public_holiday(calendar.land, day)
        if name is None and town is not None:
            name = closed_day(calendar.land, day, town)
        if name and day not in named and any(item.begins for item in days[day]):
            asked[day] = name
    return asked


def _rest(days: Days) -> str | None:
    """Return the remark about all other times („sonst nach Vereinbarung“), where such a one fills every day."""
    several = set(days.values()) - {()}
    if not all(map(_is_filled, several)):
        return None
    vague = [[item for item in day if item.state == "unknown" and item.comment] for day in several]
    common = (
        set.intersection(*({item.comment for item in day} for day in vague if day)) if any(vague) else set()
    )
    found = [item for day in vague for item in day if item.comment in common]
    is_rest = any(item.end - item.start < MIDNIGHT for item in found) or all(days.values())
    return max(found, key=lambda item: item.end - item.start).comment if found and is_rest else None


def _is_filled(intervals: Intervals) -> bool:
    """Tell whether something is said of every minute of a day."""
    reached = 0
    for item in intervals:
        if item.start > reached:
            return False
        reached = max(reached, item.end)
    return reached >= MIDNIGHT


def _mark_as_uncertain(intervals: Iterable[Interval]) -> Intervals:
    return tuple(interval.uncertain() for interval in intervals)


def with_closures(
    plain: Schedule, closed: Iterable[Closure], runs: tuple[date | None, date | None] = (None, None)
) -> Schedule:
    """Return a schedule without the days that are closed, and with nothing outside of `runs`, an offer's first and last day."""
    closed = tuple(closed)
    if not closed and runs == (None, None):
        return plain
    exceptions = dict(plain.exceptions_by_date)
    for offset in range((plain.until - plain.since).days + 1):
        day = plain.since + timedelta(days=offset)
        changed = _closed_on(day, plain.intervals_on(day), closed, runs)
        if changed is not None:
            exceptions[day] = changed
    beyond = [_closed_on(one.date, one.intervals, closed, runs) or one for one in plain.beyond]
    return replace(
        plain,
        exceptions=tuple(exceptions[day] for day in sorted(exceptions)),
        beyond=tuple(one for one in beyond if one.intervals),
        closed=tuple(sorted((one for one in closed if one.certain), key=lambda one: (one.first, one.last))),
    )


def _closed_on(
    day: date, before: Intervals, closed: Iterable[Closure], runs: tuple[date | None, date | None]
) -> DayException | None:
    """Return what a day becomes that is closed or lies outside of `runs`."""
    first, last = runs
    if (first and day < first) or (last and day > last):
        return DayException(day, (), "außerhalb der Laufzeit")
    closures = sorted(
        (one for one in closed if one.first <= day <= one.last), key=lambda one: (not one.certain, one.doors)
    )
    if not closures or not before:
        return None
    kept = tuple(item for item in before if closures[0].doors and item.medium in {"phone", "video"})
    if closures[0].certain:
        return DayException(day, kept, closures[0].reason)
    if any(item.begins and item not in kept for item in before):
        unsure = tuple(item if item in kept else item.uncertain() for item in before)
        return DayException(day, unsure, NOTICE, ask=True)
    return None


def _lacks_holidays(kinds: frozenset[str], calendar: Calendar) -> bool:
    """Tell whether hours depend on school holidays that nobody has entered."""
    table = school_holidays(calendar.land)
    known = table is not None and table.knows(calendar.first) and table.knows(calendar.last)
    return "SH" in kinds and not known


def _reasons(calendar: Calendar, kinds: frozenset[str]) -> dict[date, str]:
    """Names of the holidays that may explain why a day differs."""
    table = school_holidays(calendar.land) if "SH" in kinds else None
    reasons: dict[date, str] = {}
    for day in calendar.days():
        public = public_holiday(calendar.land, day) if "PH" in kinds else None
        name = public or (table.name(day) if table else None)
        if name:
            reasons[day] = name
    return reasons


def _ordinary_days(days: Days, calendar: Calendar, kinds: frozenset[str]) -> list[date]:
    """Days that are no holidays; all days where nothing else is left of a weekday."""
    ordinary = [
        day for day in days
        if not public_holiday(calendar.land, day) and not ("SH" in kinds and calendar.is_holiday("SH", day))
    ]  # fmt: skip
    weekdays = {day.weekday() for day in ordinary}
    return sorted([*ordinary, *(day for day in days if day.weekday() not in weekdays)])


def _regular_week(days: Days, ordinary: list[date], later: tuple[date, Week] | None) -> Week:
    """What nearly all dates of each weekday are; closed where they differ."""
    week: list[Intervals] = []
    for every in _by_weekday(ordinary):
        dates = [day for day in every if later is None or day < later[0]] or every
        patterns = Counter(days[day] for day in dates).most_common(1)
        regular = bool(patterns) and patterns[0][1] >= REGULAR * len(dates)
        week.append(patterns[0][0] if regular else ())
    return tuple(week)


def _by_weekday(days: Iterable[date]) -> list[list[date]]:
    """Return days in seven lists, Mondays first."""
    found: list[list[date]] = [[] for _ in range(7)]
    for day in days:
        found[day.weekday()].append(day)
    return found


def _later_week(days: Days, ordinary: list[date]) -> tuple[date, Week] | None:
    """The week of the next season, where all weekdays change once."""
    now = _first_week(days, ordinary)
    change = next((day for day in ordinary if days[day] != now[day.weekday()]), None)
    if change is None or (max(days) - change).days < SEASON_DAYS:
        return None
    then = now | _first_week(days, [day for day in ordinary if day >= change])
    if any(days[day] != then[day.weekday()] for day in ordinary if day >= change):
        return None
    dropped = [day for day in ordinary if days[day] != then[day.weekday()]]
    # A few last dates, or a single one, are no week that recurs.
    if len(dropped) <= MAX_DATES and not any(then[day.weekday()] for day in dropped):
        return None
    return change, tuple(then.get(weekday, ()) for weekday in range(7))


def _first_week(days: Days, dates: list[date]) -> dict[int, Intervals]:
    """Return what the first date of each weekday is."""
    return {day.weekday(): days[day] for day in reversed(dates)}


def _seasons(year: Days) -> tuple[Season, ...]:
    """Return the months of each week, where months differ and each has one week."""
    patterns: dict[tuple[int, int], set[Intervals]] = {}
    for day, intervals in year.items():
        patterns.setdefault((day.month, day.weekday()), set()).add(intervals)
    if any(len(several) > 1 for several in patterns.values()):
        return ()
    found: dict[Week, list[int]] = {}
    for month in range(1, 13):
        week = tuple(next(iter(patterns[month, weekday])) for weekday in range(7))
        found.setdefault(week, []).append(month)
    return (
        tuple((tuple(months), week) for week, months in found.items() if any(week)) if len(found) > 1 else ()
    )


def _holiday_hours(openings: Openings, kinds: Iterable[str]) -> Iterator[HolidayHours]:
    """Tell what the openings say of holidays of a kind."""
    for kind in sorted(kinds):
        name: Literal["public", "school"] = "public" if kind == "PH" else "school"
        told: dict[tuple[int, ...], Intervals] = {}
        for opening in openings:
            named = kind in opening.selector and opening.joint != "else"
            # What closes some hours of a holiday alone is no rule that one can say.
            if named and not (opening.state == "closed" and opening.by_clock):
                weekdays = _weekdays(read_selector(opening.selector).with_holiday)
                told[weekdays] = () if opening.state == "closed" else opening.times
        for weekdays, intervals in told.items():
            yield HolidayHours(name, intervals, weekdays)


def _weekdays(selector: str) -> tuple[int, ...]:
    """Return the weekdays that a selector names; none for all."""
    first = date(2024, 1, 1)
    found = matching_days(
        re.sub(r"^.*?(?=\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)", "", selector, count=1),
        first,
        first + timedelta(days=34),
    )
    return (
        tuple(sorted({day.weekday() for day in found})) if len({day.weekday() for day in found}) < 7 else ()
    )


def _with_extras(plain: Schedule, extras: Iterable[DatedHours]) -> Schedule:
    """Add single dates to their days; beside one that is called off the usual hours of its time are uncertain."""
    exceptions = dict(plain.exceptions_by_date)
    for extra in extras:
        before = exceptions.get(extra.date) or DayException(extra.date, plain.intervals_on(extra.date))
        added = _interval(extra)
        others = before.intervals
        if extra.cancelled:
            others = tuple(
                one.uncertain() if one.start < added.end and added.start < one.end else one for one in others
            )
        elif added.state == "open":
            # A breakfast at the time of the weekly meeting is that meeting by another name, not a second one.
            within = {item for item in others if added.start <= item.start and item.end <= added.end}
            others = tuple(item for item in others if item.comment is not None or item not in within)
        together = others if extra.cancelled else _together([others, (added,)])
        exceptions[extra.date] = DayException(
            extra.date, together, before.reason if before.ask else extra.name, before.ask
        )
    return replace(plain, exceptions=tuple(exceptions[day] for day in sorted(exceptions)))


def _interval(extra: DatedHours) -> Interval:
    """What is known of a date; without a beginning nothing is certain."""
    known = extra.start is not None and not SOUNDS_CANCELLED.search(extra.name or "")
    start = extra.start or 0
    end = MIDNIGHT if extra.end is None else extra.end + (MIDNIGHT if extra.end <= start else 0)
    state: Certainty = "open" if known and extra.end is not None else "unknown"
    return Interval(start, end, state, extra.name, open_end=known and extra.end is None)
