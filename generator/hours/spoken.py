"""Say a schedule in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Literal, TypeVar

import opening_hours

from generator.hours.conditions import CONDITIONS
from generator.hours.schedule import (
    MAX_DATES,
    MIDNIGHT,
    DayException,
    HolidayHours,
    Interval,
    Intervals,
    Schedule,
    Week,
)

T = TypeVar("T")
Gettext = Callable[[str], str]
Style = Literal["de", "en", "24h"]
Lines = list[tuple[str, str]]
"""(days, the times on them): („Mo und Di“, „9 bis 12 Uhr“)."""
COMMA = ", "
"""What stands between parts, to be translated as all words: Arabic writes another one."""

REMARKS = tuple(name for _, name, _ in CONDITIONS)
"""What pages say beside hours; notes stand as they were written."""
UNSAID = "ohne Angabe"
"""The reason of a closing that gives none."""
CLOSED_REASONS = ("Ferien", "Feiertag", "Fortbildung", "Umbau", "zu wenig Personal", "Umzug")

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip

SAME_YEAR = 300
"""Days ahead in which a date is plain without its year: less than a year, so that none comes twice."""


def spoken_week(schedule: Schedule, gettext: Gettext, style: Style = "de") -> Lines:
    """A schedule in, lines of days and times out; unreadable hours are one line as they were written.

    `style` sets how times are said: "9:30 bis 12 Uhr" (de), "9:30am to midday" (en), "09:30 – 12:00" (24h).
    """
    near = list(filter(partial(_is_told, schedule), schedule.exceptions))
    dates = _closings(schedule, gettext) + _dates(schedule, [*near, *schedule.beyond], gettext, style)
    if not schedule.readable:
        return _week(schedule.perhaps, None, gettext, style) + _unread(schedule, gettext) + dates
    always = (
        len(day) == 1 and _is_whole_day(day[0]) and day[0].comment == schedule.comment
        for day in schedule.week
    )
    if schedule.comment and all(always):
        return [("", gettext(schedule.comment)), *dates]
    lines = _week(schedule.week, schedule.comment, gettext, style)
    lines += _later(schedule, gettext, style)
    lines, holidays = _with_holidays(lines, schedule, gettext, style)
    others = holidays + _as_usual(schedule, gettext)
    if schedule.lacks_holidays:
        others.append((gettext("wann Schulferien sind"), gettext("bitte nachfragen")))
    if schedule.comment:
        others.append((gettext("sonst"), gettext(schedule.comment)))
    if lines or near or others:
        return [*lines, *dates, *others]
    seasons = spoken_seasons(schedule, gettext, style)
    if not seasons and any(map(str.isdigit, schedule.written)):
        seasons = _unread(schedule, gettext)
    return [(gettext("derzeit"), gettext("geschlossen")), *seasons, *dates]


def _with_holidays(lines: Lines, schedule: Schedule, gettext: Gettext, style: Style) -> tuple[Lines, Lines]:
    """The week, and holidays that differ from it."""
    holidays = [_holiday(rule, gettext, style) for rule in schedule.holidays]
    if len(lines) != 1 or not all(schedule.week):
        return lines, holidays
    ((every_day, usual),) = lines
    same = [days for days, times in holidays if times == usual]
    others = [line for line in holidays if line[1] != usual]
    return [(_join_with_and([every_day, *same], gettext), usual)], others


def _later(schedule: Schedule, gettext: Gettext, style: Style) -> Lines:
    """Say the week of the next season, each line with its first day."""
    if not schedule.later:
        return []
    start, week = schedule.later
    label = gettext("ab {date}").format(date=_date_in_words(start, gettext, weekday=False))
    if not any(week):
        return [(label, gettext("geschlossen"))]
    return [(f"{label}: {days}", times) for days, times in _week(week, schedule.comment, gettext, style)]


def _unread(schedule: Schedule, gettext: Gettext) -> Lines:
    """Return what is written of hours that can't be worked out, if people can read it."""
    machines = opening_hours.validate(schedule.written)
    text = (
        gettext("genaue Zeiten bitte erfragen") if machines else gettext(schedule.unread or schedule.written)
    )
    return [("", text)] if schedule.written else []


def spoken_seasons(schedule: Schedule, gettext: Gettext, style: Style = "de") -> Lines:
    """Say the weeks of a year; nothing where they don't differ by months."""
    lines = []
    for months, week in schedule.seasons:
        label = _join_with_and(
            [_month_run_in_words(run, gettext) for run in _group_consecutive_numbers(months)], gettext
        )
        lines += [(f"{label}: {days}", times) for days, times in _week(week, None, gettext, style)]
    return lines + [_holiday(rule, gettext, style) for rule in schedule.holidays] if lines else []


def _grouped(items: Iterable[T], goes_on: Callable[[T, T], bool]) -> list[list[T]]:
    """Put items in runs, in which each goes on from the last."""
    runs: list[list[T]] = []
    for item in items:
        if runs and goes_on(runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _group_consecutive_numbers(numbers: Sequence[int]) -> list[list[int]]:
    """Put weekdays or months that follow each other together; after December comes January."""
    runs = _grouped(numbers, lambda number, later: number + 1 == later)
    if len(runs) > 1 and (runs[0][0], runs[-1][-1]) == (1, 12):
        runs[0] = runs.pop() + runs[0]
    return sorted(runs)


def _month_run_in_words(run: Sequence[int], gettext: Gettext) -> str:
    first, last = (gettext(MONTHS[month - 1]) for month in (run[0], run[-1]))
    if len(run) == 1:
        return gettext("im {month}").format(month=first)
    return gettext("{start} bis {end}").format(start=first, end=last)


def _times_in_words(intervals: Sequence[Interval], gettext: Gettext, style: Style) -> str:
    """The times of a day without remarks; empty for an uncertain whole day."""
    if any(map(_is_whole_day, intervals)):
        if {interval.state for interval in intervals} == {"open"}:
            return gettext("rund um die Uhr")
        return ""
    text = _join_with_and(
        [_interval_in_words(interval, gettext, style) for interval in _united(intervals)], gettext
    )
    return gettext("{time} Uhr").format(time=text) if style == "de" else text


def spoken_intervals(intervals: Sequence[Interval], gettext: Gettext, style: Style = "de") -> str:
    """The intervals of a day in, one phrase with their remarks out."""
    if not intervals:
        return gettext("geschlossen")
    in_order = sorted(intervals, key=lambda one: one.start)
    runs = _grouped(in_order, lambda one, later: _remark(one, gettext) == _remark(later, gettext))
    if any(
        later[0].start < max(one.end for one in run) and not later[0].is_beside(run[0])
        for run, later in pairwise(runs)
    ):
        # A reading within the usual hours: the time is said once.
        runs = [list(intervals)]
    return gettext(COMMA).join(_with_remarks(run, gettext, style) for run in runs)


def _remark(interval: Interval, gettext: Gettext) -> str:
    """Return what is said of one interval: its remark, or that one has to ask."""
    if interval.comment:
        return gettext(interval.comment)
    if interval.state == "unknown" and not interval.open_end:
        return gettext("bitte nachfragen")
    return ""


def _with_remarks(intervals: Sequence[Interval], gettext: Gettext, style: Style) -> str:
    """Say times and what is said of them, at least that one has to ask."""
    comments = dict.fromkeys(gettext(one.comment) for one in intervals if one.comment)
    asked = dict.fromkeys(filter(None, (_remark(one, gettext) for one in intervals)))
    times, remark = _times_in_words(intervals, gettext, style), gettext(COMMA).join(comments or asked)
    if times and remark:
        return gettext("{time} ({remark})").format(time=times, remark=remark)
    return times or remark


def _united(intervals: Sequence[Interval]) -> list[Interval]:
    """Unite what overlaps or touches, as one speaks of it."""
    united: list[Interval] = []
    for interval in sorted(intervals, key=lambda item: (item.start, item.end)):
        last = united[-1] if united else None
        if last and interval.start <= last.end and not last.open_end and not interval.open_end:
            united[-1] = replace(last, end=max(last.end, interval.end))
        else:
            united.append(interval)
    return united


def _is_whole_day(interval: Interval) -> bool:
    return interval.start == 0 and interval.end == MIDNIGHT


def _week(week: Week, fallback: str | None, gettext: Gettext, style: Style) -> Lines:
    """Say a week, weekdays of the same times together; `fallback` is the remark of all other times."""
    groups: dict[Intervals, list[int]] = {}
    for weekday, intervals in enumerate(week):
        shown = _without_fallback(intervals, fallback)
        if shown:
            groups.setdefault(shown, []).append(weekday)
    return [
        (_days_in_words(days, gettext), spoken_intervals(times, gettext, style))
        for times, days in groups.items()
    ]


def _without_fallback(intervals: Intervals, fallback: str | None) -> Intervals:
    """Leave out what fills the rest of the day: it has its own line."""
    kept = (one for one in intervals if not fallback or one.state == "open" or one.comment != fallback)
    return tuple(kept)


def _dates(schedule: Schedule, told: Sequence[DayException], gettext: Gettext, style: Style) -> Lines:
    """Say the first dates; days in a row with the same times are one period."""
    runs = _grouped(told, partial(_same_throughout, schedule))
    far = schedule.since + timedelta(days=SAME_YEAR)
    lines = []
    for run in runs[:MAX_DATES]:
        label, last = _date_in_words(run[0].date, gettext), run[-1].date
        if len(run) > 1:
            label = gettext("{start} bis {end}").format(start=label, end=_date_in_words(last, gettext))
        if last > far:
            label = f"{label} {last.year}"
        times = _without_fallback(run[0].intervals, schedule.comment)
        lines.append((label, spoken_intervals(times, gettext, style)))
    if len(runs) > MAX_DATES:
        lines.append(("", "…"))
    return lines


def _closings(schedule: Schedule, gettext: Gettext) -> Lines:
    """Say the next days on which it is closed, and why."""
    coming = [one for one in schedule.closed if one.last > schedule.since and one.first <= schedule.until]
    lines = []
    for one in coming[:MAX_DATES]:
        label = _date_in_words(one.first, gettext)
        if one.first <= schedule.since + timedelta(days=1) < one.last:
            label = gettext("bis {date}").format(date=_date_in_words(one.last, gettext))
        elif one.last > one.first:
            label = gettext("{start} bis {end}").format(start=label, end=_date_in_words(one.last, gettext))
        closed, reason = gettext("geschlossen"), one.reason or UNSAID
        if reason != UNSAID:
            closed = gettext("{time} ({remark})").format(time=closed, remark=gettext(reason))
        lines.append((label, closed))
    return lines


def _is_told(schedule: Schedule, exception: DayException) -> bool:
    """Tell whether a day is said by its date."""
    if exception.date <= schedule.since:
        return False
    if exception.reason is None:
        return schedule.later is None or exception.date < schedule.later[0]
    if any(interval.comment == exception.reason for interval in exception.intervals):
        return True
    # On a day on which all else is uncertain, only a date of the offer itself can be certain.
    return exception.ask and any(interval.state == "open" for interval in exception.intervals)


def _same_throughout(schedule: Schedule, first: DayException, last: DayException) -> bool:
    """Whether all days from one date to another are told as one period."""
    days = (last.date - first.date).days
    if days == 1:
        return first.intervals == last.intervals
    between = (first.date + timedelta(days=offset) for offset in range(days))
    return not last.intervals and not any(map(schedule.intervals_on, between))


def _holiday(rule: HolidayHours, gettext: Gettext, style: Style) -> tuple[str, str]:
    """Say what holds on holidays."""
    label = gettext("an Feiertagen") if rule.kind == "public" else gettext("in den Schulferien")
    if rule.weekdays and len(rule.weekdays) < 7:
        label = f"{label}{gettext(COMMA)}{_days_in_words(list(rule.weekdays), gettext)}"
    return label, spoken_intervals(rule.intervals, gettext, style)


def _as_usual(schedule: Schedule, gettext: Gettext) -> Lines:
    """Name the days that holidays don't change, where others have hours then."""
    by_rule = [rule.weekdays for rule in schedule.holidays if rule.kind == "school"]
    named: set[int] = set().union(*by_rule)
    left = [day for day, intervals in enumerate(schedule.week) if intervals and day not in named]
    if not (all(by_rule) and named and left):
        return []
    return [
        (
            f"{gettext('in den Schulferien')}{gettext(COMMA)}{_days_in_words(left, gettext)}",
            gettext("wie sonst"),
        )
    ]


def _days_in_words(days: list[int], gettext: Gettext) -> str:
    if len(days) == 7:
        return gettext("täglich")
    names: list[str] = []
    for run in _group_consecutive_numbers(days):
        named = [gettext(DAYS[day]) for day in run]
        if len(named) > 2:
            named = [gettext("{start} bis {end}").format(start=named[0], end=named[-1])]
        names += named
    return _join_with_and(names, gettext)


def _join_with_and(parts: list[str], gettext: Gettext) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return gettext("{first} und {last}").format(first=gettext(COMMA).join(parts[:-1]), last=parts[-1])


def _date_in_words(day: date, gettext: Gettext, *, weekday: bool = True) -> str:
    text = gettext("{day}. {month}").format(day=day.day, month=gettext(MONTHS[day.month - 1]))
    return f"{gettext(DAYS[day.weekday()])}{gettext(COMMA)}{text}" if weekday else text


def _interval_in_words(interval: Interval, gettext: Gettext, style: Style) -> str:
    start, end = _time(interval.start, gettext, style), _time(interval.end, gettext, style)
    if interval.open_end:
        return gettext("ab {start}").format(start=start)
    if style == "24h":
        return gettext("{start} – {end}").format(start=start, end=end)
    return gettext("{start} bis {end}").format(start=start, end=end)


def _time(minutes: int, gettext: Gettext, style: Style) -> str:
    hour, minute = divmod(minutes if minutes <= MIDNIGHT else minutes - MIDNIGHT, 60)
    if style == "24h":
        return f"{hour % 24:02d}:{minute:02d}"
    if style == "en":
        return _english_time(hour, minute)
    if minute:
        return f"{hour}:{minute:02d}"
    return str(hour)


def _english_time(hour: int, minute: int) -> str:
    """Return a time by a clock of twelve hours: „9:30am“, „midday“; 24 is midnight."""
    if not minute and hour in (0, 12, 24):
        return "midday" if hour == 12 else "midnight"
    minutes = f":{minute:02d}" if minute else ""
    half = "am" if hour % 24 < 12 else "pm"
    return f"{hour % 12 or 12}{minutes}{half}"
