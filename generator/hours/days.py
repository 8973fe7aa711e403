"""Evaluate an OSM expression for each day.

opening-hours-py decides which days a selector means. Holidays, comments, open ends and hours past midnight are decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import compress

import opening_hours

from generator.hours.holidays import public_holiday, school_holidays
from generator.hours.osm_rules import FEW_DAYS, MIDNIGHT, MONTHS, Rule, Rules
from generator.hours.remarks import says_closed
from generator.hours.schedule import Certainty, Interval, Intervals

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_HOLIDAY = r"\b(?:PH|SH)\b(?: ?[+-] ?\d{1,4} ?days?)?"
_HOLIDAYS = rf"{_HOLIDAY}(?: ?, ?{_HOLIDAY}){{0,8}}"
_ATOM = re.compile(r"\b(PH|SH)\b(?: ?([+-]) ?(\d{1,4}) ?days?)?")
_BOTH_BEFORE = re.compile(rf"({_HOLIDAYS}) (?={_DAY})")
_BOTH_AFTER = re.compile(rf"(?<=\w\w)(?<!,)(?<!, ) ({_HOLIDAYS})\Z")

_NAMES_DATES = re.compile(rf"(?:{'|'.join(MONTHS)}) \d|easter")


@dataclass(frozen=True)
class Selector:
    """Which days a rule means: those of `without` on any day (None: none), those of `with_holiday` only on `holidays` (kind, shift in days)."""

    holidays: tuple[tuple[str, int], ...]
    with_holiday: str
    without: str | None


@lru_cache(maxsize=4096)
def read_selector(text: str) -> Selector:
    """The selector of a rule in, its days without and with a holiday out; blanks in it stand singly."""
    atoms = tuple((kind, int(f"{sign}{shift}") if shift else 0) for kind, sign, shift in _ATOM.findall(text))
    if not atoms:
        return Selector((), text, text)
    before = _BOTH_BEFORE.search(text)
    if before:
        return Selector(atoms, text[: before.start()] + text[before.end() :], None)
    after = _BOTH_AFTER.search(text)
    if after and re.search(_DAY, text[: after.start()]):
        return Selector(atoms, text[: after.start()], None)
    rest = re.sub(rf"{_HOLIDAYS} ?, ?| ?, ?{_HOLIDAYS}", "", text).strip()
    alone = bool(_ATOM.search(rest))
    wide = re.sub(_HOLIDAYS, "", rest).strip() if alone else re.split(_DAY, rest, maxsplit=1)[0].strip()
    return Selector(atoms, f"{wide} Mo-Su".strip(), None if alone else rest)


@lru_cache(maxsize=4096)
def can_be_read(selector: str) -> bool:
    """Tell whether the parser knows what the selector of a rule says beside holidays."""
    found = read_selector(selector)
    return all(opening_hours.validate(text) for text in (found.with_holiday, found.without) if text)


def weekdays_of(selector: str) -> tuple[int, ...] | None:
    """A selector in, its weekdays (0 is Monday) out; None when it says more than weekdays."""
    if not re.fullmatch(rf"{_DAY}(?:-{_DAY})?(?: ?, ?{_DAY}(?:-{_DAY})?)*", selector):
        return None
    monday = date(2026, 1, 5)
    return tuple(sorted(day.weekday() for day in matching_days(selector, monday, monday + timedelta(days=6))))


@lru_cache(maxsize=4096)
def matching_days(selector: str, first: date, last: date) -> frozenset[date]:
    """A selector without holidays and two dates in, the days it means out; "" means every day."""
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
    """The days of a schedule in their Land; `every` is the kind of holiday that each of them is taken for."""

    land: str
    first: date
    last: date
    every: str = ""

    def days(self) -> Iterator[date]:
        """All days from first to last."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    def is_holiday(self, kind: str, day: date) -> bool | None:
        """Whether a date is a holiday ("PH" public, "SH" school); None when the Land's dates aren't known."""
        if self.every:
            return kind == self.every
        if kind == "PH":
            return public_holiday(self.land, day) is not None
        table = school_holidays(self.land)
        if table is None or not table.knows(day):
            return None
        return table.name(day) is not None

    def _counts(self, kind: str, shift: int, day: date) -> bool | None:
        """Whether a date is so many days after a holiday. Between two holidays nobody means „the day before“: it is one itself."""
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
    """The days of a calendar that the selector of a rule means; what isn't known about school holidays is taken as `assume`."""
    return frozenset(calendar.meant(read_selector(selector), assume))


def speaks_of(rules: Rules, day: date, calendar: Calendar) -> bool:
    """Whether a rule is about this very date: it names the date, or public holidays where the date is one."""
    for rule in rules:
        selector = read_selector(rule.selector)
        dates = selector.without or selector.with_holiday or ""
        if day in meant_days(calendar, rule.selector, assume=False) and _names_dates(dates, day):
            return True
    return is_about(rules, "PH", day, calendar)


def is_about(rules: Rules, kind: str, day: date, calendar: Calendar) -> bool:
    """Whether a rule that names a kind of holiday is about a date that is one."""
    for rule in rules:
        shifts = [shift for name, shift in read_selector(rule.selector).holidays if name == kind]
        if any(calendar.is_holiday(kind, day - timedelta(days=shift)) for shift in shifts) and (
            day in meant_days(calendar, rule.selector, assume=False)
        ):
            return True
    return False


def _names_dates(selector: str, day: date) -> bool:
    """Whether a selector that means a day names dates, a few days around it, and not a season or a rhythm."""
    dates = re.split(rf" ?\b{_DAY}\b", selector, maxsplit=1)[0]
    if re.search(r"week|\d\+", dates) or not _NAMES_DATES.search(dates):
        return False
    half_a_year = timedelta(days=182)
    return len(matching_days(dates, day - half_a_year, day + half_a_year)) <= FEW_DAYS + 1


Case = tuple[bool, ...]
"""Which rules are about a day; on days of one case the same holds."""


def cases(rules: Rules, calendar: Calendar, *, assume: bool) -> Mapping[Case, frozenset[date]]:
    """Return the days of a calendar by their case; what isn't known about school holidays is taken as `assume`."""
    found: dict[Case, frozenset[date]] = {(): matching_days("", calendar.first, calendar.last)}
    for rule in rules:
        meant = meant_days(calendar, rule.selector, assume)
        parts = [((*case, True), days & meant) for case, days in found.items()]
        parts += [((*case, False), days - meant) for case, days in found.items()]
        found = {case: days for case, days in parts if days}
    return found


AHEAD = 400
"""Days that are looked at: a year, and the movable holidays of the next."""
Days = Mapping[date, Intervals]


def evaluated(rules: Rules, calendar: Calendar) -> tuple[Days, frozenset[int]]:
    """Return the intervals that begin on each day, in order, and the places of rules that a later one undoes.

    Who writes `PH off; Mo-Fr 09:00-12:00` closes on holidays. What names holidays or closes dates has the last word over what is open as a
    rule, and of weekdays the fewer over the more. Where a later rule says otherwise nothing is certain, nor where the Land's school holidays
    aren't known and it matters.
    """
    pairs = [
        (one, other)
        for other, later in enumerate(rules)
        for one, rule in enumerate(rules[:other])
        if later.takes_place
        and "else" not in {rule.joint, later.joint}
        and _has_last_word(rule, later, calendar)
    ]
    found: dict[date, set[Intervals]] = {day: set() for day in calendar.days()}
    undone = set()
    for assume in {False, any("SH" in rule.selector for rule in rules)}:
        for case, days in cases(rules, calendar, assume=assume).items():
            plain = combined(compress(rules, case))
            several = {plain}
            for one, other in pairs:
                if case[one] and case[other] and (meant := _with_last(rules, case, one, other)) != plain:
                    undone.add(one)
                    several.add(meant)
            for day in days:
                found[day] |= several
    told = {day: several.pop() if len(several) == 1 else in_doubt(several) for day, several in found.items()}
    return told, frozenset(undone)


def _has_last_word(rule: Rule, later: Rule, calendar: Calendar) -> bool:
    """Tell whether a rule means to hold on days of which a later one says something else."""
    mine, others = read_selector(rule.selector), read_selector(later.selector)
    if others.holidays or _NAMES_DATES.search(later.selector):
        return False
    if mine.holidays or (rule.state == "closed" and _NAMES_DATES.search(rule.selector)):
        return True
    if any(selector and weekdays_of(selector) is None for selector in (rule.selector, later.selector)):
        return False
    if later.joint == "and" and rule.takes_place:
        return False
    days, theirs = (meant_days(calendar, one.selector, assume=False) for one in (rule, later))
    return days <= theirs if rule.takes_place else not theirs < days


def _with_last(rules: Rules, case: Case, one: int, other: int) -> Intervals:
    """Return what a day were if the first of a pair stood behind the other."""
    order = [*range(one), *range(one + 1, other + 1), one, *range(other + 1, len(rules))]
    there = [
        replace(rules[place], joint="instead") if place == one else rules[place]
        for place in order
        if case[place]
    ]
    return combined(there)


def in_doubt(several: Iterable[Intervals]) -> Intervals:
    """Return all that might be on a day, nothing of it certain."""
    found = {interval.uncertain() for intervals in several for interval in intervals}
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.comment or "")))


def spans_of(rule: Rule) -> list[Interval]:
    """A rule in, the intervals it gives a day out; times that can't be said in minutes make the whole day unknown."""
    state: Certainty = "unknown" if rule.state == "unknown" or rule.spans is None else "open"
    whole = Interval(0, MIDNIGHT, state, rule.comment, medium=rule.medium)
    if not rule.spans:
        return [whole]
    found = []
    for span in rule.spans:
        begin = span.start
        if span.end is not None:
            found.append(replace(whole, start=begin, end=span.end))
            begin = span.end
        if span.open_end:
            doubtful = state == "unknown" and span.end is None
            end = max(MIDNIGHT, begin + 1)
            found.append(
                replace(whole, start=begin, end=end, state="unknown", open_end=True, doubtful=doubtful)
            )
    return found


def combined(rules: Iterable[Rule]) -> Intervals:
    """Rules about one day in, its intervals out, in order: a later rule replaces what earlier ones say of it."""
    current: list[Interval] = []
    shut = False
    for rule in rules:
        spans = spans_of(rule)
        if rule.state == "closed" and rule.joint != "else":
            if rule.spans is None:
                current = [interval.uncertain() for interval in current]
            else:
                current = _without(current, spans) if rule.spans else []
        elif rule.joint == "else":
            current = current + _without(spans, current)
        elif _closes_at_times(rule):
            perhaps = [replace(interval.uncertain(), comment=rule.comment) for interval in current]
            current = perhaps or ([] if shut else spans)
        elif rule.joint == "and":
            current = _without(current, spans) + spans
        else:
            current = spans
        shut = not current
    return tuple(sorted(_joined(current)))


def _closes_at_times(rule: Rule) -> bool:
    """Tell whether a rule says in words alone that its days are closed at some time („nachmittags geschlossen“)."""
    return rule.state == "unknown" and rule.spans == () and says_closed(rule.comment or "")


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
    """Give what of an interval lies before and behind another one; behind it an open end is no longer certain."""
    if interval.start < min(interval.end, cut.start):
        yield replace(interval, end=min(interval.end, cut.start))
    start = max(interval.start, cut.end)
    if start < interval.end:
        doubtful = interval.doubtful or (interval.open_end and start > interval.start)
        yield replace(interval, start=start, doubtful=doubtful)


def _joined(intervals: list[Interval]) -> list[Interval]:
    """Unite neighbours that say the same."""
    united: list[Interval] = []
    for interval in sorted(intervals):
        last = united[-1] if united else None
        if (
            last
            and interval.start <= last.end
            and replace(last, start=0, end=0) == replace(interval, start=0, end=0)
        ):
            united[-1] = replace(last, end=max(last.end, interval.end))
        else:
            united.append(interval)
    return united
