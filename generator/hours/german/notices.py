"""Read on which days a notice says that nothing takes place.

It never opens a door, only closes one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.hours.german.clauses import dates_resolved
from generator.hours.german.tokens import Kind, Token, is_date, tokenise
from generator.hours.openings import MONTHS
from generator.hours.remarks import CLOSING, SENTENCE

# A closure is certain if a sentence says that all is closed (`_FULLY`) and nothing of a part of it (`_PARTLY`).
_FULLY = re.compile(
    r"geschlossen|\bkeine?\s|entf(?:ä|ae?)ll(?:t|en)|f(?:ä|ae)llt\b.{0,100}\baus\b|fallen\b.{0,100}\baus\b|findet\s+nicht\s+statt|abgesagt|urlaub|pause\b|"
    r"\bzu\b(?=[.!,]|$)|betriebs(?:ruhe|ferien)|"
    r"(?:machen|haben)\s+(?:wir|alle)\s+(?:\w*)ferien\b|wir\s+(?:machen|haben)\s+(?:\w*)ferien\b|^\s*ferien(?:zeit)?\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\buhr\b|\d:\d|\d\s?h(?:\d|\b)|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\bnur\b|teilweise|außer|aber|sondern|eingang|"
    r"vormittag|nachmittag|(?<!heilig\s)\babend|neue\s+gruppe|plätze|anmeld|parkplatz|aufzug|küche|toilette|telefon",
    re.IGNORECASE,
)
_ADDING = re.compile(
    r"anmeld|bewerb|plätze|zusätzlich|außerdem|\bauch\b|\bextra\b|länger|noch\s+frei|einladen|feiern\s+wir",
    re.IGNORECASE,
)
"""Who says this of a day says nothing against the usual hours."""
# „wieder ab 17.12.“, „erst am 17.12.“
_AGAIN = re.compile(
    r"\bwieder\s+(?:ab|am|für\s+(?:sie|euch)|da|geöffnet|offen|auf|erreichbar|los)\b|öffnen\s+(?:wir\s+)?wieder|\bab\b.{0,100}\bwieder\b|"
    r"\berst\s+(?:wieder\s+)?(?:ab|am)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\bletzte[rsnm]?\b|letztmalig|zum\s+letzten\s+mal|\bendet\b|\benden\b", re.IGNORECASE)
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)}|sonnabend)s?\b", re.IGNORECASE)
_DASHES = str.maketrans("–—", "--")


@dataclass(frozen=True)
class Closure:
    """Nothing takes place from the first day to the last, on `weekdays` if there are any."""

    first: dt.date
    last: dt.date
    certain: bool
    weekdays: frozenset[int] = frozenset()


def closures(text: str, until: dt.date) -> tuple[Closure, ...]:
    """A notice and its last day in, the days it closes out.

    >>> closures("Vom 21. Dezember bis 2. Januar geschlossen.", dt.date(2027, 1, 2))
    (Closure(first=datetime.date(2026, 12, 21), last=datetime.date(2027, 1, 2), certain=True, weekdays=frozenset()),)
    """
    found: list[Closure] = []
    for sentence in SENTENCE.split(text.translate(_DASHES)):
        closing = bool(CLOSING.search(sentence))
        days = list(_days(sentence, until))
        if not closing and (not days or _ADDING.search(sentence)):
            continue
        found += _closures_of(sentence, days, until, closing=closing)
    return tuple(found)


def _closures_of(
    sentence: str, days: Sequence[tuple[dt.date, dt.date]], until: dt.date, *, closing: bool
) -> list[Closure]:
    """The days that a sentence closes; without dates all until the notice ends."""
    if not days:
        named = [day.lower().replace("sonnabend", "samstag") for day in _WEEKDAY.findall(sentence)]
        weekdays = frozenset(_WEEKDAYS.index(day) for day in named)
        return [Closure(dt.date.min, until, False, weekdays)]
    # A sentence about a day in words that nobody listed may say anything about it.
    certain = closing and bool(_FULLY.search(sentence)) and not _PARTLY.search(sentence)
    is_last = bool(_LAST.search(sentence))
    if is_last or (not certain and _AGAIN.search(sentence)):
        return [_around(days[-1], until, after=is_last)]
    return [Closure(first, last, certain) for first, last in days]


def _around(days: tuple[dt.date, dt.date], until: dt.date, *, after: bool) -> Closure:
    """„Letzter Treff am 17.12.“ ends what was, „wieder am 17.12.“ ends a pause."""
    day = dt.timedelta(days=1)
    first, last = days
    if after:
        return Closure(last + day, max(until, last + day), False)
    return Closure(dt.date.min, first - day, False)


def _days(sentence: str, until: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield first and last days; „bis“ and „ab“ leave one side open."""
    tokens = dates_resolved(list(_tokens(sentence)))
    # One place further than the tokens: `kinds[at]` is what stands before `tokens[at]`.
    kinds: list[Kind | None] = [None, *(token.kind for token in tokens)]
    at = 0
    while at < len(tokens):
        before, kind, *behind = kinds[at : at + 4]
        first = _day(tokens[at], until) if kind == "date" else None
        if kind == "date" and behind == ["to", "date"]:
            last = _day(tokens[at + 2], until)
            at += 2
            if first and last:
                yield (first if first <= last else _year_earlier(first)), last
        elif first:
            yield dt.date.min if before == "to" else first, max(first, until) if before == "from" else first
        at += 1


def _tokens(sentence: str) -> Iterator[Token]:
    """Dates, also those with a name, and what stands between them, but for weekdays."""
    for token in tokenise(sentence):
        named = (
            [part.split() for part in token.value.split("-")]
            if token.kind == "date" and not token.numbers
            else []
        )
        for number, (month, *day) in enumerate(named):
            if number:
                yield Token("to", "bis", token.at)
            if day and month in MONTHS:
                yield replace(token, numbers=(0, MONTHS.index(month) + 1, int(day[0])))
        if not named and token.kind != "day":
            yield token


def _day(token: Token, until: dt.date) -> dt.date | None:
    """The day of a date; without a year the last that the notice covers."""
    year, month, number = token.numbers
    years = (year,) if year else (until.year, until.year - 1)
    candidates = [dt.date(one, month, number) for one in years if is_date(one, month, number)]
    return next((day for day in candidates if day <= until), candidates[0] if candidates else None)


def _year_earlier(day: dt.date) -> dt.date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def closure_on(closures: tuple[Closure, ...], day: dt.date) -> Closure | None:
    """The closure that a day lies in, a certain one first."""
    fitting = [
        item for item in closures
        if item.first <= day <= item.last and (not item.weekdays or day.weekday() in item.weekdays)
    ]  # fmt: skip
    return min(fitting, key=lambda item: not item.certain, default=None)
