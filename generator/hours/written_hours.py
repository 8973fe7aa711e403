"""Read opening hours, lines of German or of OSM, as an OSM expression.

What isn't covered is no guess: the hours then have no expression, and their `Doubt`s say what isn't read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import opening_hours

from generator.hours.conditions import meaning_of
from generator.hours.days import read_selector, undone
from generator.hours.entries import read_entry
from generator.hours.openings import MONTHS, Openings, openings_of
from generator.hours.words import WORKDAYS, Doubt

# One for one, so that a place in the writing stays that place.
_SIGNS = str.maketrans({
    "–": "-", "—": "-", "−": "-", "‑": "-", "‒": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "„": '"', "“": '"', "”": '"', "\r": "\n",
})  # fmt: skip
UNDONE = "Was dahinter steht, hebt es auf."
_EARLY_OR_LATE = "Ist mit „{}“ früh oder abends gemeint? Früh schreibt man „{}“."
_GERMAN_AS_WELL = re.compile(r"(?:Mo|Fr|Sa|[\d:,;\s-])+")
"""Weekdays that German and OSM write alike: what OSM would replace, a door sign adds."""
_DATES = re.compile(
    rf"(\d{{4}}) ({'|'.join(MONTHS)}) ?(\d*)\s*-\s*(\d{{4}}) ({'|'.join(MONTHS)}) ?(\d*)"
)  # `2026 Dec 21-2027 Jan 03`
_EARLY_END = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d):(\d{2})(?!\d)")  # `9:00-5:00`


@dataclass(frozen=True)
class Hours:
    """Opening hours: what was written and what it means.

    `expression` is OSM `opening_hours`. Without one `problem` says why, the site shows the `unread` lines as they were written
    and, as uncertain, what `partly` says. `doubts` are the pieces that aren't read.
    """

    written: str
    expression: str | None
    problem: str | None = None
    doubts: tuple[Doubt, ...] = ()
    partly: str = ""
    unread: str = ""
    german: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.written


@lru_cache(maxsize=100_000)
def read_hours(text: str) -> Hours:
    """A written text in, its `Hours` out; never raises, never guesses.

    >>> read_hours("Mo – Do 9 bis 12.30 Uhr").expression
    'Mo-Th 09:00-12:30'
    """
    written = text.strip()
    plain = written.translate(_SIGNS)
    tidy = "; ".join(" ".join(line.split()) for line in plain.split("\n") if line.strip()).rstrip(";, ")
    if not tidy:
        return Hours(written, None, problem="Es steht keine Zeit da.")
    if opening_hours.validate(tidy):
        asked = _question_osm(tidy)
        doubts = tuple(Doubt(piece, why, max(0, written.find(piece)), written) for piece, why in asked)
        return Hours(written, None, doubts[0].why, doubts) if doubts else Hours(written, tidy)
    expression, doubts = read_entry(plain)
    if not doubts and opening_hours.validate(expression):
        return Hours(written, expression, german=True)
    doubts = doubts or (Doubt(written, "Diese Schreibweise wird nicht verstanden.", 0, written),)
    partly = expression if opening_hours.validate(expression) else ""
    unread = "\n".join(dict.fromkeys(doubt.line for doubt in doubts))
    return Hours(written, None, doubts[0].why, doubts, partly, unread if partly else written, german=True)


def nearest_line(doubt: Doubt) -> str:
    """Return the line of a doubt as it would be read: the piece as a name in quotes, which loses nothing; empty where it isn't."""
    before, piece, after = doubt.line.partition(doubt.text) if doubt.text else ("", "", "")
    if doubt.why == UNDONE:
        line = f"{before}{after.lstrip('; ,')}; {piece}"
        return line if read_hours(line).expression else ""
    instead = "Mo-Fr" if doubt.why == WORKDAYS else f'"{piece}"'
    line = f"{before}{instead}{after}"
    name = piece[:1].isupper() and len(piece) > len("Uhr")
    return line if (name or instead == "Mo-Fr") and piece != doubt.line and not read_entry(line)[1] else ""


def _question_osm(expression: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of valid OSM that are probably not meant so, or that nobody but their author understands, and why."""
    openings = openings_of(expression)
    if problem := _find_incalculable(expression, openings):
        yield "", problem
        return
    yield from ((text, UNDONE) for text in undone(openings))
    for match in _DATES.finditer(expression):
        first = int(match[1]), MONTHS.index(match[2]), int(match[3] or 1)
        if (int(match[4]), MONTHS.index(match[5]), int(match[6] or 31)) < first:
            yield match[0], "Das Ende liegt vor dem Anfang."
    for match in _EARLY_END.finditer(expression):
        start, start_minute, end, end_minute = map(int, match.groups())
        # `9:00-5:00` may mean 17:00, `3:00-5:00` the afternoon.
        over = end * 60 + end_minute <= start * 60 + start_minute < 17 * 60
        if over or match[1] in {"1", "2", "3", "4", "5"}:
            place = 3 if over else 1
            yield match[0], _EARLY_OR_LATE.format(match[0], f"0{match[place]}:{match[place + 1]}")
    if _GERMAN_AS_WELL.fullmatch(expression):
        german, doubts = read_entry(expression)
        yield from ((doubt.text, doubt.why) for doubt in doubts)
        if ", " in german:
            yield expression, "Gelten an diesem Tag beide Zeiten, oder ersetzt die zweite die erste?"
    comments = filter(None, (opening.comment for opening in openings))
    for remark in dict.fromkeys(part for comment in comments for part in comment.split("; ")):
        if meaning_of(remark) is None:
            yield remark, "Diese Bemerkung wird nicht verstanden."


def _find_incalculable(expression: str, openings: Openings) -> str:
    """Return why days or times can't be worked out; empty where they can."""
    if re.search(r"\b[PS]H ?[+-]", expression):
        return "Tage vor oder nach Feiertagen und Ferien stehen hier mit ihrem Datum."
    selectors = [read_selector(one.selector) for one in openings]
    days = {text for one in selectors for text in (one.with_holiday, one.without) if text}
    if not all(map(opening_hours.validate, days)):
        return "Diese Tage können nicht berechnet werden."
    if any(one.by_clock is None for one in openings):
        return "Sonnenaufgang, Wiederholungen und einzelne Zeitpunkte haben keinen Anfang und kein Ende in Uhrzeiten."
    # `Mo-Fr` alone is all day in OSM.
    untimed = (one for one in openings if one.selector and one.by_clock is False)
    if any(one.state == "open" and not one.stated for one in untimed):
        return "Es fehlt eine Uhrzeit. Wer den ganzen Tag meint, schreibt „00:00-24:00“."
    return ""
