"""Tokens in; weekdays, nth days of a month, holidays, months and dates that stand together out as OSM writes them; which month and year a lone day gets, when a year is missing. What such days limit: `hours/german/days_and_seasons.py`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from generator.hours.german.clauses import Draft
from generator.hours.german.tokens import LEAP_YEAR, Kind, Token, Unreadable
from generator.hours.osm_rules import FEW_DAYS, MONTHS

_ITEMS: frozenset[Kind] = frozenset({"day", "daily", "public", "school", "ordinal"})
_DATED: frozenset[Kind] = frozenset({"month", "date"})
_TIES: frozenset[Kind] = frozenset({"comma", "and"})


@dataclass
class DaysFound:
    """OSM days, „PH“ among them; the school holidays in which alone they are meant; what is in doubt."""

    days: list[str] = field(default_factory=list)
    school: list[Token] = field(default_factory=list)
    doubt: str = ""


def read_days(draft: Draft, *, one: bool = False) -> DaysFound:
    """Read the days that stand at the place of a draft; with `one` only the first of a list."""
    found = DaysFound()
    while draft.peek().kind in _ITEMS:
        token = draft.peek()
        if token.kind == "ordinal":
            _nth_day(draft, found)
        elif token.kind == "day":
            found.days.append(_weekdays(draft))
        else:
            draft.at += 1
            if token.kind == "school":
                found.school.append(token)
            elif token.kind == "daily":
                found.days.append("Mo-Su")
            else:
                found.days += ["Su", "PH"] if token.value == "Su" else ["PH"]
        if one:
            break
        if draft.peek().kind in _TIES and draft.peek(1).kind in _ITEMS:
            draft.at += 1
    return found


def _weekdays(draft: Draft) -> str:
    """Read a weekday or a range of them."""
    first = draft.peek()
    draft.at += 1
    if not _range_follows(draft):
        return first.value
    days = f"{first.value}-{draft.peek(1).value}"
    draft.at += 2
    # „Mo - Mi - Fr“, „Mo bis wochentags“
    if _range_follows(draft) or days.count("-") > 1:
        raise first.refused("Sind das einzelne Tage? Dann schreiben Sie Kommas: „Mo, Mi, Fr“.")
    return days


def _range_follows(draft: Draft) -> bool:
    return draft.peek().kind == "to" and draft.peek(1).kind == "day"


def _numbers(draft: Draft) -> list[str]:
    """Read „1. und 3.“."""
    numbers = [draft.peek().value]
    draft.at += 1
    while draft.peek().kind in _TIES and draft.peek(1).kind == "ordinal":
        numbers.append(draft.peek(1).value)
        draft.at += 2
    return numbers


def _nth_day(draft: Draft, found: DaysFound) -> None:
    """Read „1. und 3. Montag im Monat“."""
    first = draft.peek()
    monthly = any(token.kind == "in-month" for token in draft.tokens[max(0, draft.at - 2) : draft.at])
    numbers = _numbers(draft)
    day = draft.take("day")
    if day is None or not _NTH.issuperset(numbers) or "-" in day.value or _range_follows(draft):
        raise first.refused("Schreiben Sie „jeden 1. Montag im Monat“, sonst bleibt offen, was gezählt wird.")
    if draft.take("in-month"):
        monthly = True
    elif draft.peek().kind in _TIES and draft.peek(1).kind == "day":
        raise first.refused(
            "Gilt „im Monat“ für beide Tage? Schreiben Sie „1. Mo im Monat und 1. Di im Monat“."
        )
    # „Jeden zweiten Montag“ is every other Monday for some and the second of the month for others; „jeden ersten“ isn't.
    if not monthly and numbers in (["2"], ["3"], ["4"]):
        found.days.append(day.value)
        found.doubt = "nicht jede Woche"
    else:
        found.days.append(f"{day.value}[{','.join(numbers)}]")


def _dated(token: Token, leading: tuple[int, ...]) -> Token:
    """Return a day or date with the month and year of the date that it leads to, where it lacks them; other tokens as they are."""
    year, month, day = leading
    if token.kind == "ordinal" and token.value.isdigit():
        return replace(token, kind="date", value=f"{token.value}.", numbers=(year, month, int(token.value)))
    if token.kind == "date" and token.numbers and not token.numbers[0] and year:
        before = token.numbers[1:] > (month, day)
        return replace(token, numbers=(year - 1 if before else year, *token.numbers[1:]))
    return token


_NTH = frozenset({"1", "2", "3", "4", "5", "-1", "-2"})
"""Which weekday of a month can be meant, counted from its beginning or its end."""


def dates_resolved(tokens: list[Token]) -> list[Token]:
    """„am 3., 10. und 17. Dezember 2026“: single days take month and year from the date they lead to."""
    found = list(tokens)
    for number, token in reversed(list(enumerate(tokens))):
        # „Di 24.11. und Do 26.11.2026“, but „am 1. Samstag, 5.12.2026“ is one day.
        between = {"comma", "and", "to"} | ({"day"} if token.kind == "date" else set())
        following = next((other for other in found[number + 1 :] if other.kind not in between), None)
        if following is None or following.kind != "date" or not following.numbers:
            continue
        found[number] = _dated(token, following.numbers)
    return found


@dataclass(frozen=True)
class RangesFound:
    """OSM ranges of months or dates; whether they are single dates, of which a few days are one; whether a year is missing."""

    ranges: tuple[str, ...]
    single: bool
    yearless: bool


def read_ranges(draft: Draft) -> RangesFound:
    """Read the months and dates that stand at the place of a draft; raises `Unreadable` for a range from a date to a month."""
    ranges: list[str] = []
    single = yearless = False
    while draft.peek().kind in _DATED:
        first = draft.peek()
        draft.at += 1
        text = _osm(first)
        single = single or first.kind == "date"
        yearless = yearless or (first.kind == "date" and first.numbers[:1] == (0,))
        last = draft.peek(1)
        if draft.peek().kind == "to" and last.kind in _DATED:
            if last.kind != first.kind:
                raise Unreadable("Es fehlt, bis wann der Zeitraum geht.", first.at)
            text = f"{text}-{_osm(last)}"
            single = _are_few_days(first, last)
            draft.at += 2
        ranges.append(text)
        if draft.peek().kind not in _TIES or draft.peek(1).kind not in _DATED:
            break
        draft.at += 1
    return RangesFound(tuple(ranges), single, yearless)


def day_of(token: Token) -> dt.date | None:
    """The day a date or month with its year begins, None where the year is missing."""
    if token.kind == "month":
        if token.numbers:
            return dt.date(token.numbers[0], MONTHS.index(token.value) + 1, 1)
        return None
    if not token.numbers or not token.numbers[0]:
        return None
    return dt.date(*token.numbers)


def _osm(token: Token) -> str:
    if token.kind == "month":
        if token.numbers:
            return f"{token.numbers[0]} {token.value}"
        return token.value
    if not token.numbers:
        return token.value
    year, month, day = token.numbers
    return f"{year or ''} {MONTHS[month - 1]} {day:02d}".strip()


def _are_few_days(first: Token, last: Token) -> bool:
    if len(first.numbers) < 3 or len(last.numbers) < 3:
        return False
    begin, end = (
        dt.date(year or LEAP_YEAR, month, day) for year, month, day in (first.numbers, last.numbers)
    )
    return 0 <= (end - begin).days <= FEW_DAYS
