"""A short notice of an offer comes in, the days on which it says that nothing takes place go out.

A notice is free text. It is never taken to open a door, only to close one: where it speaks of closing and says no days, nobody can
be sure until it ends.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.hours_days_written import dates_resolved
from generator.model.hours_numbers import date_of
from generator.model.hours_words import Token

_CLOSING = re.compile(
    r"geschlossen|schlie(?:ß|ss)|\bzu\b(?=[.!,]|$)|entf(?:ä|a)ll|f(?:ä|a)ll(?:t|en)\b.{0,100}\baus\b|\bfällt\b|ausfall|ausgefallen|\bpaus|"
    r"\bkeine?n?\b(?!\s+(?:vor)?(?:anmeldung|kosten|gebühr|vorkenntnisse|freien|plätze|scheu|sorge|angst))|"
    r"\bnicht\s+(?:statt|geöffnet|offen|erreichbar|besetzt|da|möglich|in\s+betrieb|verfügbar|zugänglich)|ausgesetzt|abgesagt|urlaub|betriebsferien|\bruht\b|verschoben|verlegt|unterbrochen|\bkrank|streik|sperr|"
    r"\bohne\b.{0,100}(?:öffnung|sprechstunde|betrieb)|notbetrieb|eingeschränkt|verkürzt|früher|später|geänderte|andere\s+(?:öffnungs|sprech)?zeit",
    re.IGNORECASE,
)
_FULLY = re.compile(
    r"geschlossen|\bkeine?\s|entfällt|entfallen|f[äa]ll(?:t|en)\b.{0,100}\baus\b|findet\s+nicht\s+statt|abgesagt|betriebsferien|urlaub|\bpause\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\buhr\b|\d[:h]\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\bnur\b|teilweise|außer|aber|sondern|eingang|"
    r"vormittag|nachmittag|abend|neue\s+gruppe|plätze|anmeld|parkplatz|aufzug|küche|toilette|telefon",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!\d)[.!?](?:\s+|$)|[;\n]|(?<=\d{4})\.(?:\s+|$)")
_PIECE = re.compile(
    r"(\d{1,2})\.(?!\d)|(und|u\.|,|bis(?:\s+(?:zum|einschließlich))?|-|–)|(\w+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Closure:
    """From the first day to the last nothing takes place; when it isn't `certain`, it may."""

    first: dt.date
    last: dt.date
    certain: bool


def closures(text: str, until: dt.date) -> tuple[Closure, ...]:
    """A notice and its own last day in, the days it closes out, none where it speaks of something else.

    >>> closures("Vom 21. Dezember bis 2. Januar geschlossen.", dt.date(2027, 1, 2))
    (Closure(first=datetime.date(2026, 12, 21), last=datetime.date(2027, 1, 2), certain=True),)
    """
    found: list[Closure] = []
    for sentence in _SENTENCE.split(text):
        if sentence and _CLOSING.search(sentence):
            certain = bool(_FULLY.search(sentence)) and not _PARTLY.search(sentence)
            days = list(_days(sentence, until))
            found += [Closure(first, last, certain) for first, last in days] or [
                Closure(dt.date.min, until, False)
            ]
    return tuple(found)


def _days(sentence: str, until: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    tokens = dates_resolved(list(_tokens(sentence)))
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "date":
            day = _day(token, until)
            before = tokens[at - 1] if at else None
            if at + 2 < len(tokens) and tokens[at + 1].kind == "to" and tokens[at + 2].kind == "date":
                last = _day(tokens[at + 2], until)
                if day and last:
                    yield (day if day <= last else day.replace(year=day.year - 1)), last
                at += 2
            elif day and before and before.kind == "to":
                yield dt.date.min, day
            elif day and before and before.kind == "from":
                yield day, max(day, until)
            elif day:
                yield day, day
        at += 1


def _tokens(sentence: str) -> Iterator[Token]:
    """Dates and the words between them that tie dates; all other words stand as `remark`."""
    at = 0
    while at < len(sentence):
        date = date_of(sentence, at)
        if date:
            yield Token("date", date[0], at, numbers=date[1])
            at = date[2]
            continue
        piece = _PIECE.match(sentence, at)
        if piece is None:
            at += 1
            continue
        number, joint, word = piece.groups()
        if number:
            yield Token("ordinal", number, at)
        elif joint:
            lower = joint.lower()
            yield Token(
                "to" if lower.startswith("bis") or lower in "-–" else "comma" if lower == "," else "and",
                lower,
                at,
            )
        elif word.lower() == "ab":
            yield Token("from", word, at)
        elif word.lower() not in {"am", "den", "dem", "vom", "zum", "der", "und"}:
            yield Token("remark", word, at)
        at = piece.end()


def _day(token: Token, until: dt.date) -> dt.date | None:
    """The day of a date; without a year the last such day that the notice still covers."""
    year, month, number = token.numbers
    try:
        if year:
            return dt.date(year, month, number)
        candidates = [dt.date(one, month, number) for one in (until.year, until.year - 1)]
    except ValueError:
        return None
    return next((day for day in candidates if day <= until), candidates[0])


def closure_on(closures: tuple[Closure, ...], day: dt.date) -> Closure | None:
    """The closure that a day lies in, a certain one first."""
    fitting = [item for item in closures if item.first <= day <= item.last]
    return min(fitting, key=lambda item: not item.certain, default=None)
