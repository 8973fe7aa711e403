"""Evaluate an OSM expression for each day.

opening-hours-py decides which days a selector means. Holidays, comments, open ends and hours past midnight are decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import compress

import opening_hours

from generator.hours.holidays import public_holiday, school_holidays
from generator.hours.openings import FEW_DAYS, MONTHS, Opening, Openings
from generator.hours.remarks import says_closed
from generator.hours.schedule import Interval, Intervals

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"  # `Tu`
_HOLIDAY = r"\b(?:PH|SH)\b(?: ?[+-] ?\d{1,4} ?days?)?"  # `SH +2 days`
_HOLIDAYS = rf"{_HOLIDAY}(?: ?, ?{_HOLIDAY}){{0,8}}"  # `PH,SH`
_ATOM = re.compile(r"\b(PH|SH)\b(?: ?([+-]) ?(\d{1,4}) ?days?)?")  # `PH`, `SH +2 days`
_BOTH_BEFORE = re.compile(rf"({_HOLIDAYS}) (?={_DAY})")  # `PH Mo-Fr`: holidays on these weekdays
_BOTH_AFTER = re.compile(rf"(?<=\w\w)(?<!,)(?<!, ) ({_HOLIDAYS})\Z")  # `Mo-Fr PH`: the same

_WEEKDAYS = re.compile(rf"(?:{_DAY}(?:-{_DAY})?(?: ?, ?|$))*")  # `Mo-We,Fr` and nothing else
_NAMES_DATES = re.compile(rf"(?:{'|'.join(MONTHS)}) \d|easter")  # `Dec 24`
_HALF_A_YEAR = timedelta(days=182)  # before and behind a day: together a year


@dataclass(frozen=True)
class Selector:
    """Which days are meant: all of `without` (None: none), and those of `with_holiday` that are one of `holidays`.

    `holidays` are (kind, days behind it). Of `Mo-Fr,PH` the one is `Mo-Fr`, the other `Mo-Su`.
    """

    holidays: tuple[tuple[str, int], ...]
    with_holiday: str
    without: str | None


@lru_cache(maxsize=4096)
def read_selector(text: str) -> Selector:
    """A selector in, its days without and with a holiday out."""
    atoms = tuple((kind, int(f"{sign}{shift}") if shift else 0) for kind, sign, shift in _ATOM.findall(text))
    if not atoms:
        return Selector((), text, text)
    before = _BOTH_BEFORE.search(text)
    if before:
        return Selector(atoms, text[: before.start()] + text[before.end() :], None)
    after = _BOTH_AFTER.search(text)
    if after and re.search(_DAY, text[: after.start()]):
        return Selector(atoms, text[: after.start()], None)
    # `Dec Mo-Fr,PH` and `Dec PH`: any holiday of the season counts; in the first the weekdays do as well.
    rest = re.sub(rf"{_HOLIDAYS} ?, ?| ?, ?{_HOLIDAYS}", "", text).strip()
    alone = bool(_ATOM.search(rest))
    season = re.sub(_HOLIDAYS, "", rest).strip() if alone else re.split(_DAY, rest, maxsplit=1)[0].strip()
    return Selector(atoms, f"{season} Mo-Su".strip(), None if alone else rest)


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
    """The days of a schedule in their Land; with `every` each is taken for a holiday of that kind and no other (`none`: of none)."""

    land: str
    first: date
    last: date
    every: str = ""

    def days(self) -> Iterator[date]:
        """All days from first to last."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    def is_holiday(self, kind: str, day: date) -> bool | None:
        """Whether a date is a holiday ("PH" or "SH"); None when nobody knows."""
        if self.every:
            return kind == self.every
        if kind == "PH":
            return public_holiday(self.land, day) is not None
        table = school_holidays(self.land)
        if table is None or not table.knows(day):
            return None
        return table.name(day) is not None

    def _counts(self, kind: str, shift: int, day: date) -> bool | None:
        """Whether a date is so many days after a holiday, and none itself: then that holds."""
        if shift and self.is_holiday(kind, day):
            return False
        return self.is_holiday(kind, day - timedelta(days=shift))

    def meant(self, selector: Selector, assume: bool) -> Iterator[date]:
        """Yield the days that a selector means."""
        if selector.without is not None:
            yield from matching_days(selector.without, self.first, self.last)
        if not selector.holidays:
            return
        for day in matching_days(selector.with_holiday, self.first, self.last):
            known = [self._counts(kind, shift, day) for kind, shift in selector.holidays]
            if any(assume if fact is None else fact for fact in known):
                yield day


@lru_cache(maxsize=4096)
def meant_days(calendar: Calendar, selector: str, assume: bool) -> frozenset[date]:
    """The days of a calendar that a selector means; unknown school holidays are as `assume` says."""
    return frozenset(calendar.meant(read_selector(selector), assume))


def _named_days(openings: Openings, calendar: Calendar) -> Mapping[date, frozenset[str]]:
    """Return what the hours name days by: "PH", "SH" or "date" (one of few days a year, `Dec 24-26`)."""
    found: defaultdict[date, set[str]] = defaultdict(set)
    for selector in {opening.selector for opening in openings}:
        meant = read_selector(selector)
        # What stands before weekdays.
        dates = re.split(rf" ?\b{_DAY}\b", meant.without or meant.with_holiday, maxsplit=1)[0]
        # A season or a rhythm is no date.
        dated = _NAMES_DATES.search(dates) and not re.search(r"week|\d\+", dates)
        first, last = calendar.first - _HALF_A_YEAR, calendar.last + _HALF_A_YEAR
        around = sorted(matching_days(dates, first, last)) if dated else []
        for day in meant_days(calendar, selector, assume=False) if dated or meant.holidays else ():
            near = bisect_right(around, day + _HALF_A_YEAR) - bisect_left(around, day - _HALF_A_YEAR)
            if 0 < near <= FEW_DAYS + 1:
                found[day].add("date")
            shifted = ((kind, day - timedelta(days=shift)) for kind, shift in meant.holidays)
            found[day].update(kind for kind, holiday in shifted if calendar.is_holiday(kind, holiday))
    return {day: frozenset(names) for day, names in found.items()}


Case = tuple[bool, ...]
"""Which openings are about a day; on days of one case the same holds."""


def cases(openings: Openings, calendar: Calendar, *, assume: bool) -> Mapping[Case, frozenset[date]]:
    """Return the days of a calendar by their case; unknown school holidays are as `assume` says."""
    found: dict[Case, frozenset[date]] = {(): matching_days("", calendar.first, calendar.last)}
    for opening in openings:
        meant = meant_days(calendar, opening.selector, assume)
        parts = [((*case, True), days & meant) for case, days in found.items()]
        parts += [((*case, False), days - meant) for case, days in found.items()]
        found = {case: days for case, days in parts if days}
    return found


AHEAD = 400
"""Days that are looked at: a year, and the movable holidays of the next."""
Days = Mapping[date, Intervals]


@dataclass(frozen=True)
class Evaluated:
    """What the hours say of each day, and what they name it by (`_named_days`).

    `kinds` are holidays they speak of, `undone` rules (as written) that a later one undoes. `by_clock` is false where a time
    can't be said in minutes (sunrise).
    """

    days: Days
    named: Mapping[date, frozenset[str]]
    kinds: frozenset[str]
    undone: tuple[str, ...]
    by_clock: bool


def evaluated(openings: Openings, calendar: Calendar) -> Evaluated:
    """Evaluate openings and closures on each day.

    `PH off; Mo-Fr 09:00-12:00` is closed on holidays. Holidays and dated closures have the last word over ordinary openings,
    fewer weekdays over more. Where a later rule says otherwise, or unknown school holidays matter, nothing is certain.
    """
    # The places of an opening and of a later one that replaces it, though it may be meant to hold.
    pairs = [
        (one, other)
        for other, later in enumerate(openings)
        for one, opening in enumerate(openings[:other])
        if later.state != "closed"
        and "else" not in {opening.joint, later.joint}
        and _has_last_word(opening, later, calendar)
    ]
    found: dict[date, set[Intervals]] = {day: set() for day in calendar.days()}
    undone: set[int] = set()
    for assume in {False, any("SH" in opening.selector for opening in openings)}:
        for case, days in cases(openings, calendar, assume=assume).items():
            plain = combined(compress(openings, case))
            several = {plain}
            for one, other in pairs:
                if case[one] and case[other]:
                    # As if the first stood behind the other.
                    order = [*range(one), *range(one + 1, other + 1), one, *range(other + 1, len(openings))]
                    last = [*openings[:one], replace(openings[one], joint="instead"), *openings[one + 1 :]]
                    meant = combined(last[place] for place in order if case[place])
                    undone |= {one} if meant != plain else set()
                    several.add(meant)
            for day in days:
                found[day] |= several
    by_day = {
        day: several.pop() if len(several) == 1 else in_doubt(several) for day, several in found.items()
    }
    return Evaluated(
        by_day,
        _named_days(openings, calendar),
        frozenset(kind for opening in openings for kind, _ in read_selector(opening.selector).holidays),
        tuple(openings[place].text for place in sorted(undone)),
        all(opening.by_clock is not None for opening in openings),
    )


def _has_last_word(opening: Opening, later: Opening, calendar: Calendar) -> bool:
    """Tell whether an opening may be meant to hold in spite of a later one."""
    # What speaks of holidays or dates knows of them, and holds as OSM says.
    if read_selector(later.selector).holidays or _NAMES_DATES.search(later.selector):
        return False
    closes = opening.state == "closed"
    if read_selector(opening.selector).holidays or (closes and _NAMES_DATES.search(opening.selector)):
        return True
    if not all(_WEEKDAYS.fullmatch(one.selector) for one in (opening, later)):
        return False
    # What adds replaces nothing.
    if later.joint == "and" and not closes:
        return False
    # `Mo off; Mo-Fr 09:00-12:00`
    days, theirs = (meant_days(calendar, one.selector, assume=False) for one in (opening, later))
    return not theirs < days if closes else days <= theirs


def in_doubt(several: Iterable[Intervals]) -> Intervals:
    """Return all that might be on a day, nothing of it certain."""
    found = {interval.uncertain() for intervals in several for interval in intervals}
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.comment or "")))


def combined(openings: Iterable[Opening]) -> Intervals:
    """Openings and closures of one day in, its intervals out; later ones replace earlier ones."""
    current: list[Interval] = []
    shut = False  # whether an earlier one closes the day
    for opening in openings:
        times = list(opening.times)
        if opening.state == "closed" and opening.joint != "else":
            # Without minutes nobody can tell which times are closed.
            if opening.by_clock is None:
                current = [interval.uncertain() for interval in current]
            else:
                current = _without(current, times) if opening.by_clock else []
        elif opening.joint == "else":
            current = current + _without(times, current)
        elif opening.state == "unknown" and opening.by_clock is False and says_closed(opening.comment or ""):
            # Words alone say that these days are closed at some time („nachmittags geschlossen“).
            perhaps = [replace(interval.uncertain(), comment=opening.comment) for interval in current]
            current = perhaps or ([] if shut else times)
        elif opening.joint == "and":
            # One may call while the door is open as well.
            beside = [one for one in current if one.is_beside(times[0])]
            current = beside + _without((one for one in current if one not in beside), times) + times
        else:
            current = times
        shut = not current
    return tuple(_joined(current))


def _without(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
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


def _joined(intervals: list[Interval]) -> list[Interval]:
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
