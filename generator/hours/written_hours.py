"""Read opening hours, German or OSM, as an OSM expression.

What could mean two things isn't read, or is uncertain with a `Doubt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import opening_hours

from generator.hours.german.clauses import pieces
from generator.hours.german.meaning import meaning_of_clauses
from generator.hours.german.readings import read_clause
from generator.hours.german.tokens import Doubt, Unreadable, tokenise
from generator.hours.german.written_rules import expression_of
from generator.hours.openings import openings_of
from generator.hours.remarks import meaning_of


def write_expression(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return the OSM expression of German hours and its doubts; raises `Unreadable`."""
    meaning = meaning_of_clauses(read_clause(piece, text) for piece in pieces(tokenise(text)))
    return expression_of(meaning), tuple(meaning.doubts)


# One for one, so that a place in the writing stays that place.
_SIGNS = str.maketrans({
    "–": "-", "—": "-", "−": "-", "‑": "-", "‒": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "„": '"', "“": '"', "”": '"', "\r": "\n",
})  # fmt: skip
# The full stop of „9-12 Uhr. Mi“, „2026. Mi“, „(nur Mütter). Mi“, none of an abbreviation; „nur mit Termin! Mi“, „mit Termin – in den Ferien“.
_SENTENCE_END = re.compile(
    r"(?:(?<=\bUhr)|(?<=\d{4})|(?<=\))|(?<=[^\W\d]{5})(?<![bcdfghkmnpstz]l)(?<!Feiert)(?<!nachm))\.(?=\s+\S)"
    r"|!(?=\s+\S)|(?<=\s)-(?=\s+(?:in|im|am|an|zu)\s)"
)
_GERMAN_AS_WELL = re.compile(r"(?:Mo|Fr|Sa|[\d:,;\s-])+")
"""Weekdays that German and OSM write alike: what OSM would replace, a door sign adds."""
_EARLY_OR_LATE = "Ist mit „{}“ früh oder abends gemeint? Früh schreibt man „{}“."
_EARLY_END = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d):(\d{2})(?!\d)")  # `9:00-5:00`


@dataclass(frozen=True)
class Hours:
    """Opening hours: what was written and what it means.

    `expression` is OSM `opening_hours`; without one `problem` says why, and the site shows `written`. `normalised` says that
    it isn't what was written. `doubts` are pieces whose times are uncertain, or all where there is a problem.
    """

    written: str
    expression: str | None
    normalised: bool = False
    problem: str | None = None
    doubts: tuple[Doubt, ...] = ()
    german: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.written


def read_hours(text: str) -> Hours:
    """A written text in, its `Hours` out; never raises, never guesses.

    >>> read_hours("Mo – Do 9 bis 12.30 Uhr").expression
    'Mo-Th 09:00-12:30'
    """
    written = text.strip()
    tidy = re.sub(r"\s+", " ", written.translate(_SIGNS)).strip().rstrip(";,").rstrip()
    if not tidy:
        return Hours(written, None, problem="Es steht keine Zeit da.")
    if opening_hours.validate(tidy):
        problem = _doubt(tidy)
        if problem:
            return Hours(written, None, problem=problem)
        return Hours(
            written, tidy, tidy != re.sub(r"\s+", " ", written), doubts=_unknown_remarks(written, tidy)
        )
    try:
        expression, doubts = write_expression(_SENTENCE_END.sub(";", written.translate(_SIGNS)))
    except Unreadable as unreadable:
        piece = written[unreadable.at : unreadable.at + unreadable.length]
        return Hours(
            written, None, problem=str(unreadable), doubts=(Doubt(piece, str(unreadable), unreadable.at),)
        )
    if not opening_hours.validate(expression):
        return Hours(written, None, problem="Diese Schreibweise wird nicht verstanden.")
    return Hours(written, expression, normalised=True, german=True, doubts=doubts)


def _unknown_remarks(written: str, expression: str) -> tuple[Doubt, ...]:
    """The remarks of an expression that nobody but their author understands."""
    comments = filter(None, (opening.comment for opening in openings_of(expression)))
    remarks = dict.fromkeys(remark for comment in comments for remark in comment.split("; "))
    why = "Diese Bemerkung wird nicht verstanden."
    return tuple(Doubt(one, why, max(0, written.find(one))) for one in remarks if meaning_of(one) is None)


def _doubt(expression: str) -> str | None:
    """Why a valid expression is probably not meant so; None when all is well."""
    # `Mo-Fr` alone is all day in OSM.
    for rule in openings_of(expression):
        if rule.selector and rule.by_clock is False and rule.state == "open" and not rule.stated:
            return "Es fehlt eine Uhrzeit. Wer den ganzen Tag meint, schreibt „00:00-24:00“."
    for match in _EARLY_END.finditer(expression):
        start, start_minute, end, end_minute = map(int, match.groups())
        # `9:00-5:00` may mean 17:00, `3:00-5:00` the afternoon.
        over = end * 60 + end_minute <= start * 60 + start_minute < 17 * 60
        if over or match[1] in {"1", "2", "3", "4", "5"}:
            place = 3 if over else 1
            return _EARLY_OR_LATE.format(match[0], f"0{match[place]}:{match[place + 1]}")
    if _GERMAN_AS_WELL.fullmatch(expression):
        try:
            write_expression(expression)
        except Unreadable as unreadable:
            return str(unreadable)
    return None
