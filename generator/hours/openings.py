"""Take an OSM `opening_hours` expression apart into openings and closures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from generator.hours.conditions import meaning_of, medium_of
from generator.hours.schedule import MIDNIGHT, Certainty, Interval, Intervals

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEW_DAYS = 14
"""Dates that are so many days apart or less are said of these very days; more is a season."""


Joint = Literal["instead", "and", "else"]
State = Literal["open", "closed", "unknown"]

_QUOTED = re.compile(r'"([^"]*)"')
_TIME_START = re.compile(r"(?<![\d:])\d{1,2}:\d{2}|\b(?:sunrise|sunset|dawn|dusk)\b|\(", re.IGNORECASE)
_STATE = re.compile(r"\b(open|off|closed|unknown)\b", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})(?:\s*-\s*(\d{1,2}):(\d{2}))?(\+)?")  # `09:00-12:00`, `18:00+`
# What ends a rule; \ue000 and \ue001 enclose the number of a remark that was taken out.
_COMPLETE = re.compile(r"(?:\b(?:open|off|closed|unknown)|24/7|\ue000\d+\ue001)$", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """When something is; or when it is closed, as `state` says: the `times` of what is closed say "open".

    `selector` is its days as written (`Apr-Oct Tu,Fr`), empty for all. `joint` says whether it replaces those before it on its
    days (`;`), adds to them (`,`) or fills what they leave closed (`||`).
    `by_clock` is true for written times, false for all day, None where minutes can't be said (sunrise). `stated` says that
    the state was written and not concluded.
    """

    joint: Joint
    selector: str
    times: Intervals
    state: State
    by_clock: bool | None = True
    stated: bool = False
    text: str = field(default="", compare=False)

    @property
    def comment(self) -> str | None:
        """The remark beside it."""
        return self.times[0].comment


Openings = tuple[Opening, ...]


# Whoever reads, checks and derives asks for the same hours.
@lru_cache(maxsize=100_000)
def openings_of(expression: str) -> Openings:
    """Return the openings and closures of an expression that `opening_hours.validate` accepts, as written in order.

    >>> [(one.selector, one.state) for one in openings_of('Mo,We 09:00-12:00; PH off')]
    [('Mo,We', 'open'), ('PH', 'closed')]
    """
    comments: list[str] = []

    def hide(match: re.Match[str]) -> str:
        comments.append(match[1])
        return f"\ue000{len(comments) - 1}\ue001"

    masked = _QUOTED.sub(hide, expression)
    found: list[Opening] = []
    joint: Joint = "instead"
    for part in re.split(r"(\|\||;)", masked):
        if part == ";":
            joint = "instead"
        elif part == "||":
            joint = "else"
        else:
            for number, piece in enumerate(_split_additional(part)):
                if piece.strip():
                    found.append(_opening(piece, joint if number == 0 else "and", comments, first=not found))
    return tuple(found)


def _split_additional(part: str) -> list[str]:
    """Split at commas that begin a further rule, not at those between days or times.

    >>> _split_additional("Mo,Tu 09:00-12:00,14:00-16:00, We 10:00-11:00")
    ['Mo,Tu 09:00-12:00,14:00-16:00', ' We 10:00-11:00']
    """
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


def _opening(piece: str, joint: Joint, comments: list[str], *, first: bool) -> Opening:
    """Read one rule, in which numbers stand for its `comments`."""
    found = [comments[int(number)] for number in re.findall(r"\ue000(\d+)\ue001", piece)]
    text = re.sub(r"\ue000\d+\ue001\s*:?", " ", piece)
    stated = _STATE.search(text)
    text = _STATE.sub(" ", text).replace("24/7", " ").strip()
    if joint == "instead" and not first and found and stated is None and not text:
        # `Mo 10:00-12:00; "by appointment"` would forget Monday, which nobody means.
        joint = "else"
    start = _TIME_START.search(text)
    selector, written = (text[: start.start()], text[start.start() :]) if start else (text, "")
    state, comment = _state(stated[1].lower() if stated else "", found), "; ".join(found)
    certainty: Certainty = "unknown" if state == "unknown" else "open"
    whole = Interval(0, MIDNIGHT, certainty, comment or None, medium=medium_of(comment))
    times = _parse_intervals(written, whole) if written else (whole,)
    return Opening(
        joint=joint,
        # Without blanks: the parser takes "Apr-Oct Tu, Fr" for two rules, the second one for the whole year.
        selector=re.sub(r" ?, ?", ",", re.sub(r"\s+", " ", selector)).strip().rstrip(":").strip(),
        times=times or (replace(whole, state="unknown"),),
        state=state,
        by_clock=bool(written) if times else None,
        stated=stated is not None,
        text=re.sub(r"\ue000(\d+)\ue001", lambda hidden: f'"{comments[int(hidden[1])]}"', piece).strip(),
    )


def _state(word: str, remarks: list[str]) -> State:
    """Return what a rule says, by its word and its remarks."""
    if word in {"off", "closed"}:
        return "closed"
    if word == "unknown" or (remarks and not word):
        # The specification: a comment without a state means that nobody but the comment knows.
        return "unknown"
    if not remarks:
        return "open"
    # A remark that isn't known may be „entfällt“: whoever wrote "open" before it meant the times, not the remark.
    return (
        "open" if all(meaning_of(remark) in {"plain", "phone", "video"} for remark in remarks) else "unknown"
    )


def _parse_intervals(text: str, whole: Interval) -> Intervals:
    """Return the times of a text; none where minutes can't be said."""
    found: list[Interval] = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None or not (match[3] or match[5]):
            return ()
        begin = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4]) if match[3] else None
        if end == begin:
            # Read as "never" by some programs and as "24 hours" by others.
            return ()
        if end is not None:
            end += MIDNIGHT if end < begin else 0
            found.append(replace(whole, start=begin, end=end))
        if match[5]:
            begin, doubtful = end or begin, whole.state == "unknown" and end is None
            last = max(MIDNIGHT, begin + 1)
            found.append(
                replace(whole, start=begin, end=last, state="unknown", open_end=True, doubtful=doubtful)
            )
    return tuple(found)
