"""Opening hours as people write them in German come in, tokens go out; a word that isn't known is an `Unreadable`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "day", "daily", "public", "school", "term", "ordinal", "in-month", "month", "date", "week", "time", "all-day",
    "from", "to", "and", "comma", "break", "colon", "except", "off", "appointment", "also", "comment",
]  # fmt: skip

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Unreadable(Exception):
    """The writing can't be turned into rules without guessing; the text says why, in German."""


@dataclass(frozen=True)
class Token:
    """One meaningful piece: `value` is the OSM word, the comment as written or the date or time."""

    kind: Kind
    value: str
    bare: bool = False
    hour: int = 0
    minute: int = 0


_BY_APPOINTMENT = (
    r"(?:termine?\s+)?(?:nur\s+)?(?:(?:nach|mit)\s+(?:(?:vorheriger|telefonischer|tel\.|individueller|persönlicher)\s+)*"
    r"(?:terminvereinbarung|vereinbarung|terminabsprache|absprache|voranmeldung|anmeldung|termin)"
    r"|n\.\s?v\.?|auf\s+anfrage)(?!\w)"
)

# Order matters: longer phrases stand before the words they contain.
_PHRASES: tuple[tuple[Kind | None, str, str], ...] = (
    ("all-day", "", r"rund\s+um\s+die\s+uhr|tag\s+und\s+nacht|24\s+(?:stunden|std\.)(?:\s+am\s+tag)?|24/7"),
    ("appointment", "", _BY_APPOINTMENT),
    ("daily", "", r"(?:täglich|jeden\s+tag|alle\s+tage)\b|tägl\.?"),
    ("in-month", "", r"(?:im|des|eines|jeden|in\s+jedem)\s+monats?\b"),
    ("week", "week 02-52/2", r"(?:in\s+)?(?:den\s+)?geraden?\s+(?:(?:kalender)?wochen?|kw)\b"),
    ("week", "week 01-53/2", r"(?:in\s+)?(?:den\s+)?ungeraden?\s+(?:(?:kalender)?wochen?|kw)\b"),
    ("term", "", r"(?:nur\s+)?(?:in|während)\s+der\s+schulzeit\b|(?:nur\s+)?außerhalb\s+der\s+(?:schul)?ferien\b"),
    ("public", "PH", r"(?:an\s+)?(?:den\s+)?(?:gesetzlichen?\s+)?feiertage?n?\b|feiertags\b|PH\b"),
    ("school", "SH", r"(?:(?:in|während)\s+(?:den|der)\s+)?(?:schul)?ferien\b|SH\b"),
    ("except", "", r"(?:außer|ausser|ausgenommen|nicht)\b"),
    ("off", "", r"(?:geschlossen|entfällt|fällt\s+aus|keine\s+sprech(?:stunde|zeit)|off|closed|ruhetag)\b|geschl\."),
    ("to", "", r"bis\b|-"),
    ("from", "", r"ab\b"),
    ("also", "", r"(?:auch|zusätzlich|außerdem)\b"),
    ("and", "", r"oder(?=\s+n(?:ach\b|\.))|(?:und|sowie)\b|u\.|&|\+|/"),
    ("break", "", r";|\|"),
    ("comma", "", r","),
    ("colon", "", r":"),
    (None, "", r"(?:am|an|von|vom|der|die|den|in|im|jeden|jeder|jedem|jeweils|immer|geöffnet|offen|uhr|h)\b|\."),
)  # fmt: skip

_DAYS = (
    r"(?:montags?|mo)", r"(?:dienstags?|di|tu)", r"(?:mittwochs?|mi|we)", r"(?:donnerstags?|do|th)",
    r"(?:freitags?|fr)", r"(?:samstags?|sonnabends?|sa)", r"(?:sonntags?|so|su)",
)  # fmt: skip
_MONTHS = (
    "jan(?:uar)?", "feb(?:ruar)?", "mär(?:z)?|mrz|mar", "apr(?:il)?", "mai|may", "juni?", "juli?", "aug(?:ust)?",
    "sep(?:t(?:ember)?)?", "o[kc]t(?:ober)?", "nov(?:ember)?", "de[zc](?:ember)?",
)  # fmt: skip
_ORDINALS = (("1", "erste"), ("2", "zweite"), ("3", "dritte"), ("4", "vierte"), ("-1", "letzte"))

_PATTERNS: tuple[tuple[Kind | None, str, re.Pattern[str]], ...] = tuple(
    (kind, value, re.compile(pattern, re.IGNORECASE))
    for kind, value, pattern in (
        *_PHRASES[:-1],
        *(("day", code, rf"{words}\b\.?") for code, words in zip(WEEKDAYS, _DAYS, strict=True)),
        ("day", "Sa-Su", r"wochenende\b"),
        *(("month", code, rf"(?:{words})\b\.?") for code, words in zip(MONTHS, _MONTHS, strict=True)),
        *(("ordinal", number, rf"{word}[nrsm]?\b") for number, word in _ORDINALS),
        _PHRASES[-1],
    )
)
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?(?!\d)")
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?![\d.])(?:\s*(?:uhr|h)\b)?", re.IGNORECASE)
_ORDINAL = re.compile(r"([1-5])\.(?!\d)(?=\s*(?:,|und\b|u\.|&|/|\+|-|[a-z]))", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})(?![\d])(?:\s*(?:uhr|h)\b)?", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')
_BRACKETED = re.compile(r"\(([^()]*)\)")
_CONDITION = re.compile(
    r"\d|ferien|feiertag|woche|monat|sommer|winter|frühjahr|herbst|schulzeit|nicht|nur|außer|geschlossen|tags\b|tag\b",
    re.IGNORECASE,
)
_DOUBTFUL = (
    (re.compile(r"werktäglich|werktags?|wochentags?", re.IGNORECASE),
     "„{word}“ meint für die einen Montag bis Freitag, für andere auch Samstag. Nennen Sie die Tage."),
    (re.compile(r"14-?\s?täg\w*|vierzehntäg\w*|zweiwöchentlich|alle (?:zwei|2) wochen|alle 14 tage", re.IGNORECASE),
     "„{word}“ sagt nicht, in welcher Woche es beginnt. Schreiben Sie „gerade Wochen“ oder „ungerade Wochen“."),
    (re.compile(r"vormittags|nachmittags|mittags|morgens|abends|nachts", re.IGNORECASE),
     "„{word}“ ist keine Uhrzeit. Schreiben Sie Anfang und Ende."),
)  # fmt: skip


def tokenise(text: str) -> list[Token]:
    """A written text in, its tokens in order out.

    Raises `Unreadable` for doubtful words and for words that aren't known.
    """
    for pattern, problem in _DOUBTFUL:
        found = pattern.search(text)
        if found:
            raise Unreadable(problem.format(word=found[0]))
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        at = _next_token(text, at, tokens)
    return tokens


def _next_token(text: str, at: int, tokens: list[Token]) -> int:
    quoted = _QUOTED.match(text, at)
    if quoted:
        tokens.append(Token("comment", quoted[1].strip()))
        return quoted.end()
    bracketed = _BRACKETED.match(text, at)
    if bracketed:
        # What limits the hours must be understood; only remarks may stand as they are.
        if _CONDITION.search(bracketed[1]) or re.fullmatch(
            _BY_APPOINTMENT, bracketed[1].strip(), re.IGNORECASE
        ):
            tokens.extend(tokenise(bracketed[1]))
        else:
            tokens.append(Token("comment", bracketed[1].strip().replace('"', "'")))
        return bracketed.end()
    for kind, value, pattern in _PATTERNS:
        if kind == "all-day" or not text[at].isdigit():
            match = pattern.match(text, at)
            if match:
                if kind is not None:
                    tokens.append(Token(kind, value or match[0]))
                return match.end()
    if text[at].isdigit():
        return _next_number(text, at, tokens)
    word = re.match(r"[^\s,;]+", text[at:])
    raise Unreadable(f"„{word[0] if word else text[at]}“ wird hier nicht verstanden.")


def _next_number(text: str, at: int, tokens: list[Token]) -> int:
    date = _DATE.match(text, at)
    if date:
        day, month = int(date[1]), int(date[2])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            raise Unreadable(f"„{date[0]}“ ist kein Datum.")
        year = f"{date[3]} " if date[3] else ""
        tokens.append(Token("date", f"{year}{MONTHS[month - 1]} {day:02d}"))
        return date.end()
    time = _TIME.match(text, at)
    if time:
        tokens.append(Token("time", time[0], hour=int(time[1]), minute=int(time[2])))
        return time.end()
    ordinal = _ORDINAL.match(text, at)
    if ordinal:
        tokens.append(Token("ordinal", ordinal[1]))
        return ordinal.end()
    hour = _HOUR.match(text, at)
    if hour is None:
        number = re.match(r"\d+", text[at:])
        raise Unreadable(f"„{number[0] if number else text[at]}“ ist keine Uhrzeit.")
    tokens.append(Token("time", hour[0], bare=True, hour=int(hour[1])))
    return hour.end()


def minutes_of(token: Token) -> int:
    """A time in, its minutes of the day out; raises `Unreadable` for times that do not exist."""
    if token.hour > 24 or token.minute > 59 or (token.hour == 24 and token.minute):
        raise Unreadable(f"„{token.value}“ ist keine Uhrzeit.")
    return token.hour * 60 + token.minute


def span_of(first: Token, last: Token) -> tuple[int, int]:
    """Beginning and end in, both in minutes out; raises `Unreadable` where morning and evening could be meant."""
    start, end = minutes_of(first), minutes_of(last)
    doubtful = (
        f"Ist mit „{first.value} bis {last.value}“ früh oder abends gemeint? Schreiben Sie „17:00-19:00“."
    )
    if first.bare and 0 < start <= 6 * 60 and end < 12 * 60:
        raise Unreadable(doubtful)
    if end <= start and not (start >= 17 * 60 and end <= 6 * 60):
        raise Unreadable(doubtful)
    return start, end
