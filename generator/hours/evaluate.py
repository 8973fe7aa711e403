"""Evaluate opening hours as a schedule for pages and browsers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, groupby
from typing import Literal

import opening_hours

from generator.hours.days import AHEAD, Calendar, Days, Evaluated, evaluated, read_selector
from generator.hours.german.notices import Closure, closure_on
from generator.hours.holidays import NO_TOWN, TownDays, closed_day, public_holiday, school_holidays
from generator.hours.openings import MONTHS, Openings, openings_of
from generator.hours.remarks import says_closed
from generator.hours.schedule import (
    CLOSED_WEEK,
    MAX_DATES,
    MIDNIGHT,
    Certainty,
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
"""The reason of days that a notice of the offer makes uncertain or closes."""
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
        {extra for extra in dates if plain.since <= extra.date},
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
    return replace(parts[0], written="", week=week, exceptions=days, comment=None, later=None, holidays=())


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
    if hours is None or hours.expression is None:
        return unread
    openings = openings_of(hours.expression)
    selectors = [read_selector(opening.selector) for opening in openings]
    days = {text for one in selectors for text in (one.with_holiday, one.without) if text}
    if not all(map(opening_hours.validate, days)):
        return replace(unread, problem="Diese Tage können nicht berechnet werden.")
    return _read_schedule(written, openings, calendar, None if every_day else town)


def _read_schedule(written: str, openings: Openings, calendar: Calendar, town: TownDays | None) -> Schedule:
    """Make a schedule of the evaluated days of a year; with a town its closed days are asked about."""
    ahead = replace(calendar, last=max(calendar.last, calendar.first + timedelta(days=AHEAD)))
    year = evaluated(openings, ahead)
    kinds = year.kinds
    days = {day: year.days[day] for day in calendar.days()}
    without_holidays = evaluated(openings, replace(ahead, every="none")).days if kinds else year.days
    gaps = _gaps(year, calendar)
    # Where nobody has entered the school holidays the week is that of school, and each day that they would change is asked about.
    usual = {day: without_holidays[day] for day in days} if "school-holidays" in gaps else days
    ordinary = _ordinary_days(days, calendar, kinds)
    later = _later_week(usual, ordinary)
    week = _regular_week(usual, ordinary, later)
    # Of school holidays of a name (`Jun 20-Sep 20 SH`) their days are told, and nothing of school holidays as such.
    by_name = {"SH" for opening in openings if "SH" in opening.selector and _MONTH.match(opening.selector)}
    reasons = _reasons(calendar, kinds - by_name)
    # That nothing is ever closed can't be meant of an office.
    always = all(day == (Interval(0, MIDNIGHT),) for day in days.values())
    asked = {} if always else _asked(year, calendar, town)
    if year.undone:
        # A rule that is undone may be the one that speaks of the holiday.
        unsure = [day for day in reasons if days[day] and not any(item.begins for item in days[day])]
        asked |= {day: reasons[day] for day in unsure}
    if usual is not days:
        open_days = [day for day in days if days[day] and not public_holiday(calendar.land, day)]
        asked |= {day: MAYBE_HOLIDAYS for day in open_days if days[day] != usual[day]}
    for day, name in asked.items():
        days[day] = _uncertain(days[day])
        reasons[day] = name
    changed = [day for day in days if days[day] != week[day.weekday()]]
    holidays: list[HolidayHours] = []
    for kind in sorted(kinds - by_name):
        holidays += _holiday_hours(evaluated(openings, replace(calendar, every=kind)), kind, week)
    every = chain(year.days.values(), (one.intervals for one in holidays))
    media = {item.medium for day in set(every) for item in day}
    return Schedule(
        written=written,
        readable=True,
        week=week,
        exceptions=tuple(DayException(day, days[day], reasons.get(day), ask=day in asked) for day in changed),
        since=calendar.first,
        until=calendar.last,
        comment=_rest(days),
        later=later,
        seasons=() if "times" in gaps else _seasons(without_holidays),
        holidays=tuple(holidays),
        from_afar=not media.isdisjoint({"phone", "video"}),
        undone=year.undone,
        gaps=gaps,
    )


def _asked(year: Evaluated, calendar: Calendar, town: TownDays | None) -> dict[date, str]:
    """Return by name the days on which many are closed, though hours that don't speak of them say open.

    Without `town` only public holidays are such days.
    """
    asked = {}
    for day in calendar.days():
        name = public_holiday(calendar.land, day)
        if name is None and town is not None:
            name = closed_day(calendar.land, day, town)
        spoken_of = not {"date", "PH"}.isdisjoint(year.named.get(day, ()))
        if name and not spoken_of and any(item.begins for item in year.days[day]):
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


def _uncertain(intervals: Iterable[Interval]) -> Intervals:
    return tuple(interval.uncertain() for interval in intervals)


def with_closures(
    plain: Schedule, closed: tuple[Closure, ...], runs: tuple[date | None, date | None] = (None, None)
) -> Schedule:
    """Return a schedule without what a notice closes, and with nothing outside of `runs`, an offer's first and last day."""
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
    )


def _closed_on(
    day: date, before: Intervals, closed: tuple[Closure, ...], runs: tuple[date | None, date | None]
) -> DayException | None:
    """Return what a day becomes that a notice closes or that lies outside of `runs`."""
    first, last = runs
    if (first and day < first) or (last and day > last):
        return DayException(day, (), "außerhalb der Laufzeit")
    closure = closure_on(closed, day)
    if closure is None:
        return None
    # A notice that closes a holiday answers what one would have to ask about.
    if closure.certain and before:
        return DayException(day, (), NOTICE)
    if any(item.begins for item in before):
        return DayException(day, _uncertain(before), NOTICE, ask=True)
    return None


def _gaps(year: Evaluated, calendar: Calendar) -> tuple[str, ...]:
    """Name what isn't known and would count (`Schedule.gaps`)."""
    table = school_holidays(calendar.land)
    known = table is not None and table.knows(calendar.first) and table.knows(calendar.last)
    gaps = {"school-holidays": "SH" in year.kinds and not known, "times": not year.by_clock}
    return tuple(gap for gap, missing in gaps.items() if missing)


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
    first: dict[int, Intervals] = {}
    for day in ordinary:
        first.setdefault(day.weekday(), days[day])
    change = min(_differing(days, ordinary, first), default=None)
    if change is None or (max(days) - change).days < SEASON_DAYS:
        return None
    week = _week_from(change, _by_weekday(ordinary), days)
    if week is None:
        return None
    dropped = _differing(days, ordinary, week)
    # A few last dates, or a single one, are no week that recurs.
    if len(dropped) <= MAX_DATES and not any(week[day.weekday()] for day in dropped):
        return None
    return change, week


def _differing(days: Days, ordinary: list[date], week: Week | Mapping[int, Intervals]) -> list[date]:
    return [day for day in ordinary if days[day] != week[day.weekday()]]


def _week_from(change: date, by_weekday: Iterable[list[date]], days: Days) -> Week | None:
    """Return what each weekday is from a change on; None where it has several patterns."""
    week: list[Intervals] = []
    for dates in by_weekday:
        before = {days[day] for day in dates if day < change}
        after = {days[day] for day in dates if day >= change}
        if len(before) > 1 or len(after) > 1:
            return None
        (pattern,) = after or before or {()}
        week.append(pattern)
    return tuple(week)


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


def _holiday_hours(as_if: Evaluated, kind: str, week: Week) -> Iterator[HolidayHours]:
    """Tell what each weekday is when it is a holiday of a kind."""
    name: Literal["public", "school"] = "public" if kind == "PH" else "school"
    groups: dict[Intervals, list[int]] = {}
    named = (day for day in as_if.days if kind in as_if.named.get(day, ()))
    for weekday, dates in enumerate(_by_weekday(named)):
        if dates:
            ((usual, _),) = Counter(as_if.days[day] for day in dates).most_common(1)
            groups.setdefault(usual, []).append(weekday)
    if len(groups) > 1:
        # „geschlossen“ is said of weekdays alone that have hours otherwise.
        groups[()] = [weekday for weekday in groups.get((), ()) if week[weekday]]
    for intervals, weekdays in groups.items():
        if weekdays:
            yield HolidayHours(name, intervals, tuple(weekdays))


def _with_extras(plain: Schedule, extras: Iterable[DatedHours]) -> Schedule:
    """Add single dates to their days; one that is called off makes its day uncertain."""
    exceptions = dict(plain.exceptions_by_date)
    for extra in extras:
        before = exceptions.get(extra.date) or DayException(extra.date, plain.intervals_on(extra.date))
        added = _interval(extra)
        cancelled = says_closed(extra.name or "")
        others = before.intervals
        if cancelled or added.state == "open":
            # A breakfast at the time of the weekly meeting is that meeting by another name, not a second one.
            within = {item for item in others if added.start <= item.start and item.end <= added.end}
            others = tuple(item for item in others if item.comment is not None or item not in within)
        if cancelled:
            others = _uncertain(others)
        exceptions[extra.date] = DayException(
            extra.date, _together([others, (added,)]), before.reason if before.ask else extra.name, before.ask
        )
    return replace(plain, exceptions=tuple(exceptions[day] for day in sorted(exceptions)))


def _interval(extra: DatedHours) -> Interval:
    """What is known of a date; without a beginning nothing is certain."""
    known = extra.start is not None and not says_closed(extra.name or "")
    start = extra.start or 0
    end = MIDNIGHT if extra.end is None else extra.end + (MIDNIGHT if extra.end <= start else 0)
    state: Certainty = "open" if known and extra.end is not None else "unknown"
    return Interval(start, end, state, extra.name, open_end=known and extra.end is None)
