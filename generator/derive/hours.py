"""Opening hours, a Land and a day come in; a schedule that pages and browsers can evaluate goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import opening_hours

from generator.derive.holidays import public_holiday, school_holidays
from generator.derive.hours_days import Calendar, intervals_of, read_selector, spans_of, weekdays_of
from generator.model.hours import Hours
from generator.model.hours_rules import MIDNIGHT, Rule, split_rules
from generator.model.schedule import (
    CLOSED_WEEK,
    DatedHours,
    DayException,
    HolidayHours,
    Interval,
    Schedule,
    Week,
)

Days = Mapping[date, tuple[Interval, ...]]

# A weekday has a regular pattern when at least this share of its dates follows it; otherwise its dates are told singly.
REGULAR = 0.75
# A change is a season when the new week then holds for at least this many days.
SEASON_DAYS = 14


def schedule(
    hours: Hours | None,
    *,
    land: str,
    today: date,
    horizon_days: int = 60,
    extra_dates: Iterable[DatedHours] = (),
) -> Schedule:
    """Hours (or None), the Land (ISO code, "SH") and a day in; the schedule from the day before to the horizon out.

    On public holidays of the Land that the hours don't mention, open becomes unknown: an office that writes "Mo-Fr"
    is hardly ever asked about Whit Monday. Hours that hold day and night are taken at their word. `extra_dates` are
    open in addition. Raises ValueError for a Land that doesn't exist.
    """
    first, last = today - timedelta(days=1), today + timedelta(days=horizon_days)
    extras = tuple(sorted({extra for extra in extra_dates if first <= extra.date <= last}, key=_extra_order))
    plain = _plain_schedule(hours, Calendar(land, first, last))
    return _with_extras(plain, extras) if extras else plain


def _extra_order(extra: DatedHours) -> tuple[date, int]:
    return extra.date, extra.start


@lru_cache(maxsize=4096)
def _plain_schedule(hours: Hours | None, calendar: Calendar) -> Schedule:
    written = hours.written if hours else ""
    public_holiday(calendar.land, calendar.first)  # refuses an unknown Land even where no hours are given
    unread = Schedule(
        written,
        False,
        CLOSED_WEEK,
        (),
        calendar.first,
        calendar.last,
        problem=hours.problem if hours else None,
    )
    if hours is None or hours.expression is None:
        return unread
    rules = split_rules(hours.expression)
    selectors = [read_selector(rule.selector) for rule in rules]
    words = {word for selector in selectors for word in (selector.with_holiday, selector.without) if word}
    if not all(opening_hours.validate(word) for word in words):
        return replace(unread, problem="Diese Tage können nicht berechnet werden.")
    days = {day: intervals_of(rules, day, calendar) for day in calendar.days()}
    kinds = {kind for selector in selectors for kind, _ in selector.holidays}
    week = _regular_week(days, _ordinary_days(days, calendar, kinds))
    reasons = _reasons(calendar, kinds)
    if "PH" not in kinds and not _day_and_night(week):
        for day in calendar.days():
            holiday = public_holiday(calendar.land, day)
            if holiday and days[day] and days[day] == week[day.weekday()]:
                days[day] = tuple(replace(interval, state="unknown") for interval in days[day])
                reasons[day] = holiday
    fallback = next(
        (
            rule
            for rule in rules
            if rule.joint == "else" or (rule.comment and not rule.selector and not rule.spans)
        ),
        None,
    )
    return Schedule(
        written=written,
        readable=True,
        week=week,
        exceptions=tuple(
            DayException(day, intervals, reasons.get(day))
            for day, intervals in days.items()
            if intervals != week[day.weekday()]
        ),
        since=calendar.first,
        until=calendar.last,
        comment=fallback.comment if fallback else None,
        later=_later_week(days, _ordinary_days(days, calendar, kinds)),
        holidays=tuple(_holiday_hours(rules, kind) for kind in ("PH", "SH") if kind in kinds),
        gaps=_gaps(rules, kinds, calendar),
    )


def _day_and_night(week: Week) -> bool:
    return all(day == (Interval(0, MIDNIGHT),) for day in week)


def _gaps(rules: tuple[Rule, ...], kinds: set[str], calendar: Calendar) -> tuple[str, ...]:
    table = school_holidays(calendar.land)
    known = table is not None and table.knows(calendar.first) and table.knows(calendar.last)
    gaps = ["school-holidays"] if "SH" in kinds and not known else []
    return (*gaps, "times") if any(rule.spans is None for rule in rules) else tuple(gaps)


def _reasons(calendar: Calendar, kinds: set[str]) -> dict[date, str]:
    """Names of the holidays that may explain why a day differs."""
    table = school_holidays(calendar.land) if "SH" in kinds else None
    reasons: dict[date, str] = {}
    for day in calendar.days():
        public = public_holiday(calendar.land, day) if "PH" in kinds else None
        name = public or (table.name(day) if table else None)
        if name:
            reasons[day] = name
    return reasons


def _ordinary_days(days: Days, calendar: Calendar, kinds: set[str]) -> list[date]:
    """Days that are no holidays; all days where nothing else is left of a weekday."""
    ordinary = [
        day for day in days
        if not public_holiday(calendar.land, day) and not ("SH" in kinds and calendar.is_holiday("SH", day))
    ]  # fmt: skip
    kept = {day.weekday() for day in ordinary}
    return sorted([*ordinary, *(day for day in days if day.weekday() not in kept)])


def _regular_week(days: Days, ordinary: list[date]) -> Week:
    """The pattern that nearly all dates of a weekday follow; closed where there is none, so its dates are exceptions."""
    later = _later_week(days, ordinary)
    week: list[tuple[Interval, ...]] = []
    for weekday in range(7):
        dates = [day for day in ordinary if day.weekday() == weekday and (later is None or day < later[0])]
        if not dates:
            dates = [day for day in ordinary if day.weekday() == weekday]
        if not dates:
            week.append(())
            continue
        pattern, count = Counter(days[day] for day in dates).most_common(1)[0]
        week.append(pattern if count >= REGULAR * len(dates) else ())
    return tuple(week)


def _later_week(days: Days, ordinary: list[date]) -> tuple[date, Week] | None:
    """The week of the next season, when all weekdays change once and then keep the new pattern."""
    by_weekday = {number: [day for day in ordinary if day.weekday() == number] for number in range(7)}
    starts = [
        next((day for day in dates if days[day] != days[dates[0]]), None)
        for dates in by_weekday.values()
        if dates
    ]
    change = min((start for start in starts if start), default=None)
    if change is None or (max(days) - change).days < SEASON_DAYS:
        return None
    week = []
    for dates in by_weekday.values():
        before = {days[day] for day in dates if day < change}
        after = {days[day] for day in dates if day >= change}
        if len(before) > 1 or len(after) > 1:
            return None
        week.append(next(iter(after or before), ()))
    return change, tuple(week)


def _holiday_hours(rules: tuple[Rule, ...], kind: str) -> HolidayHours:
    """What the last rule about a kind of holiday says."""
    rule = next(
        rule
        for rule in reversed(rules)
        if any(name == kind for name, _ in read_selector(rule.selector).holidays)
    )
    selector = read_selector(rule.selector)
    weekdays = weekdays_of(selector.with_holiday)
    return HolidayHours(
        kind="public" if kind == "PH" else "school",
        intervals=() if rule.state == "closed" else tuple(spans_of(rule)),
        weekdays=weekdays or (),
        restricted=weekdays is None or any(shift for _, shift in selector.holidays),
    )


def _with_extras(plain: Schedule, extras: tuple[DatedHours, ...]) -> Schedule:
    exceptions = dict(plain.exceptions_by_date)
    for extra in extras:
        before = exceptions.get(extra.date) or DayException(extra.date, plain.intervals_on(extra.date))
        end = MIDNIGHT if extra.end is None else extra.end + (MIDNIGHT if extra.end <= extra.start else 0)
        added = Interval(
            extra.start,
            end,
            "unknown" if extra.end is None else "open",
            extra.name,
            open_end=extra.end is None,
        )
        # A breakfast at the time of the weekly meeting is that meeting under its own name, not a second one.
        others = {
            item
            for item in before.intervals
            if item.comment or (item.start, item.end, item.state) != (added.start, added.end, added.state)
        }
        exceptions[extra.date] = DayException(
            extra.date, tuple(sorted({*others, added}, key=_interval_order)), extra.name
        )
    return replace(plain, exceptions=tuple(exceptions[day] for day in sorted(exceptions)))


def _interval_order(interval: Interval) -> tuple[int, int, str]:
    return interval.start, interval.end, interval.comment or ""
