"""Tokens come in; months and dates that stand together go out as OSM ranges, and a date as the day it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from generator.hours.german.numerals import LEAP_YEAR
from generator.hours.german.tokens import Token, kind_at
from generator.hours.german.unreadable import Unreadable
from generator.hours.osm_names import FEW_DAYS, MONTHS


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
