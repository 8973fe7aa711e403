"""Evaluate an OSM expression for each day.

opening-hours-py decides which days a selector means. Holidays, comments, open ends and hours past midnight are decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import compress

import opening_hours

from generator.hours.holidays import public_holiday, school_holidays
from generator.hours.openings import FEW_DAYS, MONTHS, Opening, Openings
from generator.hours.schedule import Interval, Intervals

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"  # `Tu`
_HOLIDAYS = r"\b[PS]H\b(?: ?, ?[PS]H\b)?"  # `PH,SH`
_BOTH_BEFORE = re.compile(rf"({_HOLIDAYS}) (?={_DAY})")  # `PH Mo-Fr`: holidays on these weekdays
_BOTH_AFTER = re.compile(rf"(?<=\w\w)(?<!,)(?<!, ) ({_HOLIDAYS})\Z")  # `Mo-Fr PH`: the same
_WEEKDAYS = re.compile(rf"(?:{_DAY}(?:-{_DAY})?(?: ?, ?|$))*")  # `Mo-We,Fr` and nothing else
NAMES_DATES = re.compile(rf"(?:{'|'.join(MONTHS)}) \d|easter")  # `Dec 24`
_HALF_A_YEAR = timedelta(days=182)  # before and behind a day: together a year
_YEARS = 2024, 2032
"""The years in which selectors are compared; those that they name are added."""


@dataclass(frozen=True)
class Selector:
    """Which days are meant: all of `without` (None: none), and those of `with_holiday` that are one of `holidays`.

    Of `Mo-Fr,PH` the one is `Mo-Fr`, the other `Mo-Su`.
    """

    holidays: tuple[str, ...]
    with_holiday: str
    without: str | None


@lru_cache(maxsize=4096)
def read_selector(text: str) -> Selector:
    """A selector in, its days without and with a holiday out."""
    kinds = tuple(re.findall(r"\b[PS]H\b", text))
    if not kinds:
        return Selector((), text, text)
    before = _BOTH_BEFORE.search(text)
    if before:
        return Selector(kinds, text[: before.start()] + text[before.end() :], None)
    after = _BOTH_AFTER.search(text)
    if after and re.search(_DAY, text[: after.start()]):
        return Selector(kinds, text[: after.start()], None)
    # `Dec Mo-Fr,PH` and `Dec PH`: any holiday of the season counts; in the first the weekdays do as well.
    rest = re.sub(rf"{_HOLIDAYS} ?, ?| ?, ?{_HOLIDAYS}", "", text).strip()
    alone = bool(re.search(_HOLIDAYS, rest))
    season = re.sub(_HOLIDAYS, "", rest).strip() if alone else re.split(_DAY, rest, maxsplit=1)[0].strip()
    return Selector(kinds, f"{season} Mo-Su".strip(), None if alone else rest)


@lru_cache(maxsize=4096)
def matching_days(selector: str, first: date, last: date) -> frozenset[date]:
    """A selector without holidays and two dates in, its days between them out."""
    begin = datetime.combine(first, time())
    finish = datetime.combine(last + timedelta(days=1), time())
    days: set[date] = set()
    for start, end, state, _ in opening_hours.OpeningHours(selector or "24/7").intervals(begin, finish):
        if state != opening_hours.State.OPEN:
            continue
        day = start.date()
        while day < end.date():
            days.add(day)
            day += timedelta(days=1)
    return frozenset(days)


@dataclass(frozen=True)
class Calendar:
    """The days of a schedule in their Land.

    `plain` takes no day for a holiday; `unknown` says what days count as of which nobody knows whether they are school holidays.
    """

    land: str
    first: date
    last: date
    plain: bool = False
    unknown: bool = False

    def days(self) -> Iterator[date]:
        """All days from first to last."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    def is_holiday(self, kind: str, day: date) -> bool:
        """Whether a date is a holiday ("PH" or "SH")."""
        if self.plain:
            return False
        if kind == "PH":
            return public_holiday(self.land, day) is not None
        table = school_holidays(self.land)
        return table.name(day) is not None if table is not None and table.knows(day) else self.unknown

    def meant(self, selector: Selector) -> Iterator[date]:
        """Yield the days that a selector means."""
        if selector.without is not None:
            yield from matching_days(selector.without, self.first, self.last)
        for day in matching_days(selector.with_holiday, self.first, self.last) if selector.holidays else ():
            if any(self.is_holiday(kind, day) for kind in selector.holidays):
                yield day


@lru_cache(maxsize=4096)
def meant_days(calendar: Calendar, selector: str) -> frozenset[date]:
    """The days of a calendar that a selector means."""
    return frozenset(calendar.meant(read_selector(selector)))


def named_days(openings: Openings, calendar: Calendar) -> frozenset[date]:
    """Return the days that hours name as a public holiday or by their date (one of few days a year, `Dec 24-26`)."""
    found: set[date] = set()
    for selector in {opening.selector for opening in openings}:
        meant = read_selector(selector)
        public = "PH" in meant.holidays
        # What stands before weekdays; a season or a rhythm is no date.
        dates = re.split(rf" ?\b{_DAY}\b", meant.without or meant.with_holiday, maxsplit=1)[0]
        dated = NAMES_DATES.search(dates) and not re.search(r"week|\d\+", dates)
        first, last = calendar.first - _HALF_A_YEAR, calendar.last + _HALF_A_YEAR
        around = sorted(matching_days(dates, first, last)) if dated else []
        for day in meant_days(calendar, selector) if dated or public else ():
            near = bisect_right(around, day + _HALF_A_YEAR) - bisect_left(around, day - _HALF_A_YEAR)
            if 0 < near <= FEW_DAYS + 1 or (public and calendar.is_holiday("PH", day)):
                found.add(day)
    return frozenset(found)


AHEAD = 400
"""Days that are looked at: a year, and the movable holidays of the next."""
Days = Mapping[date, Intervals]


def evaluated(openings: Openings, calendar: Calendar) -> Days:
    """Evaluate openings and closures on each day."""
    meant = [meant_days(calendar, opening.selector) for opening in openings]
    known: dict[tuple[bool, ...], Intervals] = {}
    found = {}
    for day in calendar.days():
        case = tuple(day in days for days in meant)
        if case not in known:
            known[case] = combined(compress(openings, case))
        found[day] = known[case]
    return found


def common_days(one: str, other: str) -> frozenset[date]:
    """Return days that two selectors without holidays share, in the years that they name and some more."""
    years = [*_YEARS, *(int(year) for year in re.findall(r"\b\d{4}\b", f"{one} {other}") if year != "2000")]
    span = date(min(years), 1, 1), date(max(years), 12, 31)
    return matching_days(one, *span) & matching_days(other, *span)


def undone(openings: Openings) -> Iterator[str]:
    """Yield rules, as written, that a later one replaces though they are probably meant to hold."""
    for place, opening in enumerate(openings):
        if opening.joint != "else" and any(_undoes(later, opening) for later in openings[place + 1 :]):
            yield opening.text


def _undoes(later: Opening, opening: Opening) -> bool:
    """Tell whether ordinary hours replace a holiday, a closure, or fewer weekdays: `Mo off; Mo-Fr 09:00-12:00`."""
    adds = later.joint == "else" or (later.joint == "and" and opening.state != "closed")
    meant, theirs = read_selector(opening.selector), read_selector(later.selector)
    # What speaks of holidays or dates knows of them.
    if adds or later.state == "closed" or theirs.holidays or NAMES_DATES.search(later.selector):
        return False
    if meant.holidays or opening.state == "closed":
        return bool(common_days(meant.with_holiday, later.selector))
    weekly = all(_WEEKDAYS.fullmatch(one.selector) for one in (opening, later))
    return weekly and common_days(opening.selector, opening.selector) <= common_days(
        later.selector, later.selector
    )


def in_doubt(several: Iterable[Intervals]) -> Intervals:
    """Return all that might be on a day, nothing of it certain."""
    found = {interval.uncertain() for intervals in several for interval in intervals}
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.comment or "")))


def combined(openings: Iterable[Opening]) -> Intervals:
    """Openings and closures of one day in, its intervals out; later ones replace earlier ones."""
    current: list[Interval] = []
    for opening in openings:
        times = list(opening.times)
        if opening.state == "closed" and opening.joint != "else":
            current = _subtract_intervals(current, times) if opening.by_clock else []
        elif opening.joint == "else":
            current = current + _subtract_intervals(times, current)
        elif opening.joint == "and":
            # One may call while the door is open as well.
            beside = [one for one in current if one.is_beside(times[0])]
            current = (
                beside + _subtract_intervals((one for one in current if one not in beside), times) + times
            )
        else:
            current = times
    return tuple(_unite_equal_neighbours(current))


def _subtract_intervals(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Cut the times of `taken` out of `intervals`."""
    left = list(intervals)
    for cut in taken:
        pieces: list[Interval] = []
        for interval in left:
            pieces += _cut_out(interval, cut)
        left = pieces
    return left


def _cut_out(interval: Interval, cut: Interval) -> Iterator[Interval]:
    """Give what of an interval lies before and behind another one."""
    if interval.start < min(interval.end, cut.start):
        yield replace(interval, end=min(interval.end, cut.start))
    start = max(interval.start, cut.end)
    if start < interval.end:
        doubtful = interval.doubtful or (interval.open_end and start > interval.start)
        yield replace(interval, start=start, doubtful=doubtful)


def _unite_equal_neighbours(intervals: list[Interval]) -> list[Interval]:
    """Unite neighbours that say the same."""
    united: list[Interval] = []
    for interval in sorted(intervals, key=lambda one: (one.start, one.end, one.medium, one.comment or "")):
        last = united[-1] if united else None
        alike = last and replace(last, start=0, end=0) == replace(interval, start=0, end=0)
        if last and alike and interval.start <= last.end:
            united[-1] = replace(last, end=max(last.end, interval.end))
        else:
            united.append(interval)
    return united
