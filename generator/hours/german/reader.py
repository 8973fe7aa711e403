"""Read German opening hours ("Mo – Do 9 bis 12 Uhr") and write them as an OSM expression.

Nothing is guessed. Where the German could mean two things, either it can't be read (`Unreadable`) and is shown as it was
written, or the time in question is uncertain and comes with a `Doubt`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.hours.german import asides, closed, limits, spans, weekdays
from generator.hours.german.day_names import dates_resolved
from generator.hours.german.draft import Draft
from generator.hours.german.meaning import meant
from generator.hours.german.numerals import is_date
from generator.hours.german.tokens import Kind, Token, tokenise
from generator.hours.german.unreadable import Doubt, Unreadable
from generator.hours.german.written_rules import expression_of

_READERS: Mapping[Kind, Callable[[Draft, Token], None]] = {
    "day": weekdays.days, "daily": weekdays.days, "ordinal": weekdays.days, "public": weekdays.days, "school": weekdays.days,
    "workday": weekdays.workdays,
    "month": limits.season, "date": limits.season, "week": limits.weeks, "every": limits.every, "from": limits.since,
    "start": limits.since, "to": limits.until, "term": limits.term, "vague": limits.vague, "in-month": limits.monthly,
    "time": spans.times, "all-day": spans.all_day, "part": spans.part_of_day, "open-end": spans.open_end,
    "off": closed.off, "pause": closed.excepted, "except": closed.excepted,
    "also": asides.also, "appointment": asides.appointment, "registration": asides.registration, "otherwise": asides.otherwise,
    "usual": asides.usual, "remark": asides.remark, "condition": asides.condition, "doubtful": asides.doubtful,
}  # fmt: skip


def write_expression(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return the OSM expression of German hours, and what remains in doubt; raises `Unreadable` with a German sentence."""
    draft = Draft(dates_resolved(tokenise(text)))
    for token in draft.tokens:
        _refuse_impossible_date(token)
    while not draft.ended:
        _read_piece(draft)
    draft.close()
    found = meant(draft.clauses, draft.said)
    return expression_of(found.clauses, draft.exceptions, found.otherwise), (*draft.doubts, *found.doubts)


def _refuse_impossible_date(token: Token) -> None:
    """Raise `Unreadable` for a date or month that doesn't exist: the first of „31. und 3. Februar“, „Mai 0001“."""
    if token.kind not in {"date", "month"} or not token.numbers:
        return
    day = (token.numbers[0] or 1, 1, 1) if token.kind == "month" else token.numbers
    if not is_date(*day):
        raise Unreadable(f"„{token.text}“ ist kein Datum.", token.at, len(token.text))


def _read_piece(draft: Draft) -> None:
    """Read the next piece of a draft: a separator, which is noted, a bracket, or what one of `_READERS` reads."""
    token = draft.peek()
    if token.kind in {"break", "comma", "and"}:
        draft.at += 1
        draft.tie(token.kind)
    elif token.kind == "to" and token.value == "-" and draft.peek(1).kind not in {"time", "open-end"}:
        # A dash with blanks around it means „to“ before a time only; elsewhere it separates like a comma.
        draft.at += 1
        draft.tie("comma")
    elif token.kind in {"open", "close"}:
        draft.at += 1
        draft.inside = token.kind == "open"
        if draft.inside and draft.joint != "break":
            draft.joint = ""
    elif token.kind == "colon":
        draft.at += 1
    else:
        _READERS[token.kind](draft, token)
        draft.joint = ""
