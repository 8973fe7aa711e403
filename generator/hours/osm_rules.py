"""Take an OSM `opening_hours` expression apart into openings and closures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from generator.hours.remarks import Meaning, Medium, is_name, meaning_of, medium_of

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEW_DAYS = 14
"""Dates that are so many days apart or less are said of these very days; more is a season."""


def osm_date(day: dt.date) -> str:
    """A day in, what OSM writes for it out.

    >>> osm_date(dt.date(2026, 12, 5))
    '2026 Dec 05'
    """
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}"


Joint = Literal["instead", "and", "else"]
RuleState = Literal["open", "closed", "unknown"]

MIDNIGHT = 24 * 60

_OF_MEANING: dict[Meaning | None, RuleState] = {
    "plain": "open", "phone": "open", "video": "open", "ask": "unknown", "condition": "unknown", None: "unknown", "off": "closed",
}  # fmt: skip
_CERTAINTY: tuple[RuleState, ...] = ("closed", "unknown", "open")

_QUOTED = re.compile(r'"([^"]*)"')
_TIME_START = re.compile(r"(?<![\d:])\d{1,2}:\d{2}|\b(?:sunrise|sunset|dawn|dusk)\b|\(", re.IGNORECASE)
_STATE = re.compile(r"\b(open|off|closed|unknown)\b", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})(?:\s*-\s*(\d{1,2}):(\d{2}))?(\+)?")
_COMPLETE = re.compile(r"(?:\b(?:open|off|closed|unknown)|24/7|\ue000\d+\ue001)$", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A time of day in minutes; `end` may pass midnight and is None when only the beginning is known."""

    start: int
    end: int | None
    open_end: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule of an expression.

    `joint` says what it does to the rules before it: replaces them on its days (`;`), adds to them (`,`) or fills
    what they leave closed (`||`). `selector` names the days ("" is every day). `spans` is empty when the rule
    holds all day, and None when its times can't be said in minutes (sunrise, points in time, repetitions).
    `stated` is true when the state was written and not concluded. `medium` is how one gets there, as the comment says, `text` the rule
    as it is written.
    """

    joint: Joint
    selector: str
    spans: tuple[Span, ...] | None
    state: RuleState
    comment: str | None
    stated: bool = False
    medium: Medium = "door"
    text: str = field(default="", compare=False)

    @property
    def takes_place(self) -> bool:
        """Whether the rule says when something is, be it for certain or not."""
        return self.state != "closed"


Rules = tuple[Rule, ...]


# Whoever reads, checks and derives asks for the same hours.
@lru_cache(maxsize=100_000)
def split_rules(expression: str) -> Rules:
    """An expression that the parser accepts in, its rules in written order out.

    >>> [(rule.selector, rule.state) for rule in split_rules('Mo,We 09:00-12:00; PH off')]
    [('Mo,We', 'open'), ('PH', 'closed')]
    """
    comments: list[str] = []

    def hide(match: re.Match[str]) -> str:
        comments.append(match[1])
        return f"\ue000{len(comments) - 1}\ue001"

    masked = _QUOTED.sub(hide, expression)
    rules: list[Rule] = []
    joint: Joint = "instead"
    for part in re.split(r"(\|\||;)", masked):
        if part == ";":
            joint = "instead"
        elif part == "||":
            joint = "else"
        else:
            for number, piece in enumerate(_split_additional(part)):
                if piece.strip():
                    rules.append(_rule(piece, joint if number == 0 else "and", comments, first=not rules))
    return tuple(rules)


def _split_additional(part: str) -> list[str]:
    """Split at commas that begin a further rule, not at those between days or times."""
    pieces, begin = [], 0
    for comma in re.finditer(",", part):
        left, right = part[begin : comma.start()].strip(), part[comma.end() :].lstrip()
        finished = bool(_COMPLETE.search(left)) or (
            bool(_TIME_START.search(left)) and not _TIME_START.match(right)
        )
        if finished and right:
            pieces.append(part[begin : comma.start()])
            begin = comma.end()
    return [*pieces, part[begin:]]


def _rule(piece: str, joint: Joint, comments: list[str], *, first: bool) -> Rule:
    found = [comments[int(number)] for number in re.findall(r"\ue000(\d+)\ue001", piece)]
    text = re.sub(r"\ue000\d+\ue001\s*:?", " ", piece)
    stated = _STATE.search(text)
    text = _STATE.sub(" ", text).replace("24/7", " ").strip()
    times = _TIME_START.search(text)
    selector: str = text
    spans: tuple[Span, ...] | None = ()
    if times:
        selector, spans = text[: times.start()], _spans(text[times.start() :])
    state = _state(stated[1].lower() if stated else "", found)
    only_comment = bool(found) and stated is None and not text
    if joint == "instead" and not first and only_comment:
        # `Mo 10:00-12:00; "by appointment"` would forget Monday, which nobody means.
        joint = "else"
    return Rule(
        joint=joint,
        # Without blanks: the parser takes "Apr-Oct Tu, Fr" for two rules, the second one for the whole year.
        selector=re.sub(r" ?, ?", ",", re.sub(r"\s+", " ", selector)).strip().rstrip(":").strip(),
        spans=spans,
        state=state,
        comment="; ".join(found) or None,
        stated=stated is not None,
        medium=medium_of("; ".join(found)),
        text=re.sub(r"\ue000(\d+)\ue001", lambda hidden: f'"{comments[int(hidden[1])]}"', piece).strip(),
    )


def _state(word: str, remarks: list[str]) -> RuleState:
    """Return what a rule says by the word that stands there, if any, and its remarks."""
    if word in {"off", "closed"}:
        return "closed"
    if word == "unknown" or (remarks and not word):
        # The specification: a comment without a state means that nobody but the comment knows.
        return "unknown"
    if not remarks:
        return "open"
    # A remark that isn't known may be „entfällt“: whoever wrote "open" before it meant the times, not the remark.
    parts = [part for remark in remarks for part in ([remark] if meaning_of(remark) else remark.split(", "))]
    return min(
        (_OF_MEANING[meaning_of(part) or ("plain" if is_name(part) else None)] for part in parts),
        key=_CERTAINTY.index,
    )


def _spans(text: str) -> tuple[Span, ...] | None:
    spans = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None or not (match[3] or match[5]):
            return None
        start = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4]) if match[3] else None
        if end == start:
            # Read as "never" by some programs and as "24 hours" by others.
            return None
        if end is not None and end < start:
            end += MIDNIGHT
        spans.append(Span(start, end, open_end=match[5] is not None))
    return tuple(spans)
