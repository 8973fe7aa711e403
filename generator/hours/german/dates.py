"""Tokens come in; weekdays, nth days of a month, holidays, months and dates that stand together go out as OSM writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.hours.german.tokens import LEAP_YEAR, Token, Unreadable, kind_at
from generator.hours.osm_rules import FEW_DAYS, MONTHS

_ITEMS = {"day", "daily", "public", "school", "ordinal"}


@dataclass
class DaysFound:
    """OSM days, „PH“ among them; the school holidays in which alone they are meant; what is in doubt; the place behind."""

    end: int
    days: list[str] = field(default_factory=list)
    school: list[Token] = field(default_factory=list)
    doubt: str = ""


def holidays_and_days(tokens: Sequence[Token], at: int, *, one: bool = False) -> DaysFound:
    """Tokens and a place in, the days that stand there out; with `one` only the first of a list."""
    found = DaysFound(at)
    while found.end < len(tokens) and tokens[found.end].kind in _ITEMS:
        token = tokens[found.end]
        if token.kind == "school":
            found.school.append(token)
            found.end += 1
        elif token.kind == "public":
            found.days += [token.value, "PH"] if token.value == "Su" else ["PH"]
            found.end += 1
        elif token.kind == "ordinal":
            _nth_day(tokens, found)
        elif token.kind == "daily":
            found.days.append("Mo-Su")
            found.end += 1
        else:
            _weekday(tokens, found)
        if one:
            return found
        if _goes_on(tokens, found.end):
            found.end += 1
    return found


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a comma or „und“ stands at a place, and a further day behind it."""
    return kind_at(tokens, at) in {"comma", "and"} and kind_at(tokens, at + 1) in _ITEMS


def _weekday(tokens: Sequence[Token], found: DaysFound) -> None:
    token = tokens[found.end]
    if kind_at(tokens, found.end + 1) == "to" and kind_at(tokens, found.end + 2) == "day":
        days = f"{token.value}-{tokens[found.end + 2].value}"
        found.days.append(days)
        found.end += 3
        # „Mo - Mi - Fr“, „Mo bis wochentags“
        third = kind_at(tokens, found.end) == "to" and kind_at(tokens, found.end + 1) == "day"
        if third or days.count("-") > 1:
            raise Unreadable(
                "Sind das einzelne Tage? Dann schreiben Sie Kommas: „Mo, Mi, Fr“.", token.at, len(token.text)
            )
    else:
        found.days.append(token.value)
        found.end += 1


def _ordinals(tokens: Sequence[Token], at: int) -> tuple[list[str], int]:
    """Return the ordinals of a list that begins at a place („1. und 3.“), and the place behind it."""
    numbers = [tokens[at].value]
    at += 1
    while kind_at(tokens, at) in {"and", "comma"} and kind_at(tokens, at + 1) == "ordinal":
        numbers.append(tokens[at + 1].value)
        at += 2
    return numbers, at


def _nth_day(tokens: Sequence[Token], found: DaysFound) -> None:
    first = tokens[found.end]
    numbers, at = _ordinals(tokens, found.end)
    monthly = any(token.kind == "in-month" for token in tokens[max(0, found.end - 2) : found.end])
    if not _is_single_day(tokens, at) or not set(numbers) <= _NTH:
        raise Unreadable(
            "Schreiben Sie „jeden 1. Montag im Monat“, sonst bleibt offen, was gezählt wird.",
            first.at,
            len(first.text),
        )
    day = tokens[at].value
    at += 1
    if kind_at(tokens, at) == "in-month":
        at += 1
        monthly = True
    elif kind_at(tokens, at) in {"and", "comma"} and kind_at(tokens, at + 1) == "day":
        raise Unreadable(
            "Gilt „im Monat“ für beide Tage? Schreiben Sie „1. Mo im Monat und 1. Di im Monat“.",
            first.at,
            len(first.text),
        )
    found.end = at
    # „Jeden zweiten Montag“ is every other Monday for some and the second of the month for others; „jeden ersten“ isn't.
    if not monthly and len(numbers) == 1 and numbers[0] in {"2", "3", "4"}:
        found.days.append(day)
        found.doubt = "nicht jede Woche"
    else:
        found.days.append(f"{day}[{','.join(numbers)}]")


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


def _is_single_day(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether one weekday stands at a place, and no range of them."""
    if kind_at(tokens, at) != "day" or "-" in tokens[at].value:
        return False
    return not (kind_at(tokens, at + 1) == "to" and kind_at(tokens, at + 2) == "day")


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
    """OSM ranges of months or dates; whether they are single dates, of which a few days are one; whether a year is missing; the place behind."""

    end: int
    ranges: tuple[str, ...]
    single: bool
    yearless: bool


def date_ranges(tokens: Sequence[Token], at: int) -> RangesFound:
    """Tokens and a place in, the months and dates that stand there out; raises `Unreadable` for a range from a date to a month."""
    ranges: list[str] = []
    single = yearless = False
    end = at
    while kind_at(tokens, at) in {"month", "date"}:
        first = tokens[at]
        text = _osm(first)
        single = single or first.kind == "date"
        yearless = yearless or (first.kind == "date" and bool(first.numbers) and not first.numbers[0])
        if kind_at(tokens, at + 1) == "to" and kind_at(tokens, at + 2) in {"month", "date"}:
            last = tokens[at + 2]
            if last.kind != first.kind:
                raise Unreadable("Es fehlt, bis wann der Zeitraum geht.", first.at)
            text = f"{text}-{_osm(last)}"
            single = _are_few_days(first, last)
            at += 2
        ranges.append(text)
        end = at + 1
        at = end + (kind_at(tokens, end) in {"comma", "and"})
        if at == end:
            break
    return RangesFound(end, tuple(ranges), single, yearless)


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
