"""A day stands at the place of a `Draft`; its clause gets the weekdays, holidays and nth days that are written there."""

from __future__ import annotations

from generator.hours.german.clause import Clause, Limit, expand
from generator.hours.german.day_names import holidays_and_days
from generator.hours.german.draft import Draft
from generator.hours.german.limits import is_about_part, limit_times
from generator.hours.german.tokens import Token
from generator.hours.german.unreadable import Unreadable


def days(draft: Draft, token: Token) -> None:
    """Read weekdays, nth days of a month, public and school holidays."""
    if token.kind == "school" and not draft.is_head():
        draft.at += 1
        limit_times(draft, _in_holidays(draft, [token]), token)
        return
    draft.refuse_days_without_time(token)
    colon = draft.peek(1).kind == "colon"
    found = holidays_and_days(draft.tokens, draft.at)
    draft.at = found.end
    if found.doubt:
        draft.name_doubt(token, "Schreiben Sie „im Monat“ dazu, oder „14-tägig“ mit dem nächsten Tag.")
    clause = draft.clause
    if clause.has_body and clause.times and not clause.days and not clause.dated and draft.joint != "break":
        clause.days_last = True
    elif clause.has_body and draft.inside and not draft.off_follows():
        _narrow(draft, found.days, token)
        return
    elif (
        clause.has_body
        and clause.days_last
        and draft.joint
        and draft.peek().kind not in {"time", "colon", "off", "part"}
    ):
        pass
    elif draft.inside and clause.days and not clause.has_body and not found.school:
        _explain(clause, found.days, token)
        clause.days = []
    else:
        clause = draft.begin()
    clause.days += [day for day in found.days if day not in clause.days]
    if found.school:
        clause.limit_to(_in_holidays(draft, found.school))
        clause.headed, clause.colon = True, colon
        clause.rest = "off" if any(piece.value == "only" for piece in found.school) else clause.rest
    if found.doubt:
        clause.doubt(found.doubt)


def workdays(draft: Draft, _token: Token) -> None:
    """Read „werktags“: Monday to Friday for all, Saturday for some; never a public holiday."""
    draft.at += 1
    clause = draft.begin() if not (draft.clause.times and not draft.clause.days) else draft.clause
    if clause.days:
        return
    clause.days.append("Mo-Fr")
    draft.exceptions.append("PH off")
    following = draft.peek().kind
    narrowed = following == "open" and draft.peek(1).kind == "day"
    if not narrowed and following != "except":
        clause.saturday = True


def _explain(clause: Clause, days: list[str], token: Token) -> None:
    """„täglich (Mo-Fr)“: what stands in brackets says which of these days, not others."""
    told = {one for day in days for one in expand(day) if day != "PH"}
    if not told <= clause.weekdays:
        raise Unreadable("Welche Tage sind gemeint?", token.at, len(token.text))


def _narrow(draft: Draft, days: list[str], token: Token) -> None:
    """„montags 15-17 Uhr (jeden 1. Montag im Monat)“: what stands in brackets says which of these days."""
    if is_about_part(draft, token):
        return
    own = draft.clause.weekdays
    told = {one for day in days for one in expand(day)}
    if not all("[" in day for day in days) or not told <= own:
        raise Unreadable("Es fehlt eine Uhrzeit.", token.at, len(token.text))
    draft.clause.days = days


def _in_holidays(draft: Draft, school: list[Token]) -> Limit:
    """School holidays; when some of them are, nobody can tell."""
    named = [token for token in school if token.value == "named"]
    for token in named:
        draft.name_doubt(token, "Einzelne Ferien lassen sich nicht auswerten.")
    return Limit(school=True, doubt="nur in bestimmten Ferien" if named else "")
