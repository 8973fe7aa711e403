"""Read „geschlossen“, „außer“ or a pause at the place of a `Draft` into its clauses or its exceptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.hours.german import limits, spans
from generator.hours.german.clause import Clause
from generator.hours.german.date_ranges import date_ranges
from generator.hours.german.day_names import holidays_and_days
from generator.hours.german.draft import Draft
from generator.hours.german.tokens import Kind, Token, kind_at
from generator.hours.german.unreadable import Unreadable

_EXCEPTED: frozenset[Kind] = frozenset({"school", "public", "month", "date", "colon"})
"""What stands behind „geschlossen“ where it names days on which nothing takes place."""
_LIMITS: Mapping[Kind, Callable[[Draft, Token], None]] = {
    "from": limits.since,
    "to": limits.until,
    "week": limits.weeks,
}
_DAYS: frozenset[Kind] = frozenset({"month", "date", "day", "public", "school", "ordinal"})


def off(draft: Draft, token: Token) -> None:
    """Read „geschlossen“."""
    following = draft.peek(1)
    if (draft.inside or draft.clause.has_body) and following.kind in _EXCEPTED:
        excepted(draft, token)
        return
    draft.at += 1
    if draft.clause.has_body and following.kind in _LIMITS:
        # „entfällt ab 1.12.2026“: until then it takes place.
        draft.close()
        _LIMITS[following.kind](draft, following)
    clause = draft.clause
    if clause.limit.doubt and not clause.limit.school and not clause.has_body:
        # „im Winter geschlossen“, „ab Dezember geschlossen“: nobody can tell when, so nothing is certain.
        draft.said.doubts.append(f"{clause.limit.doubt} {token.text}")
        draft.drop()
        return
    _close_clause(draft, clause, token)


def _close_clause(draft: Draft, clause: Clause, token: Token) -> None:
    """Say of a clause that it is closed, or of the last of its sentence; raises `Unreadable` where no day is said."""
    if clause.has_head and not clause.times:
        # In the holidays of one season only, which no rule can tell from the others.
        clause.state = clause.state or "off"
        clause.closes = True
    elif clause.empty and not draft.clauses:
        raise Unreadable("Es fehlt, wann geschlossen ist.", token.at, len(token.text))
    elif clause.times and not draft.joint:
        clause.state = "off"
    else:
        last, *earlier = draft.sentence()
        last.state = "off"
        for other in earlier:
            other.doubt(token.value)


def excepted(draft: Draft, token: Token) -> None:
    """Read „außer …“, „nicht …“, „Sommerpause …“: days on which nothing takes place."""
    whole = not draft.clause.has_body
    draft.at += 1
    if token.kind == "pause" and draft.clause.has_head and whole:
        draft.clause.state = "off"
        return
    draft.take("colon")
    if draft.peek().kind == "time" or (draft.peek().kind == "from" and draft.peek(1).kind == "time"):
        spans.pause(draft, token)
        return
    if draft.peek().kind not in _DAYS:
        raise Unreadable(f"Nach „{token.value}“ fehlt, welche Tage gemeint sind.", token.at, len(token.text))
    if not _except_days(draft, whole=whole):
        return
    if draft.peek().kind == "part":
        raise Unreadable(
            "Schreiben Sie, von wann bis wann geschlossen ist.", draft.peek().at, len(draft.peek().text)
        )
    draft.take("off")


def _except_days(draft: Draft, *, whole: bool) -> bool:
    """Read the days of a list; return whether the list ends by itself, and not before days that have times of their own."""
    while draft.peek().kind in _DAYS:
        draft.exceptions.append(_selector(draft))
        mark = draft.at
        separator = draft.take("comma", "and")
        if separator is None:
            return True
        following = draft.peek().kind
        begins_anew = separator.kind == "comma" and following in {"month", "date", "school"}
        if following not in _DAYS or (_time_follows(draft) and (not whole or begins_anew)):
            draft.at = mark
            return False
    return True


def _selector(draft: Draft) -> str:
    """The rule that closes the days at this place, as OSM writes it."""
    token = draft.peek()
    if token.kind in {"month", "date"}:
        seasons = date_ranges(draft.tokens, draft.at)
        draft.at = seasons.end
        return f"{','.join(seasons.ranges)} off"
    found = holidays_and_days(draft.tokens, draft.at, one=True)
    draft.at = found.end
    if token.value == "named":
        draft.name_doubt(token, "Einzelne Ferien lassen sich nicht auswerten.")
        return 'SH unknown "in bestimmten Ferien geschlossen"'
    return f"{','.join(['SH'] * bool(found.school) + found.days)} off"


def _time_follows(draft: Draft) -> bool:
    """Whether the days at this place have times of their own."""
    at = draft.at
    while kind_at(draft.tokens, at) in {*_DAYS, "to", "in-month"}:
        at += 1
    return kind_at(draft.tokens, at) in {"time", "colon", "from", "part"}
