"""Read a day at the place of a `Draft` into its clause: weekdays, holidays, nth days of a month."""

from __future__ import annotations

from collections.abc import Iterable

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
    if _in_brackets_behind_times(draft):
        _narrow(draft, found.days, token)
        return
    clause = _clause_for(draft, found.days, token, school=bool(found.school))
    clause.days += [day for day in found.days if day not in clause.days]
    if found.school:
        _limit_to_holidays(draft, clause, found.school)
        clause.colon = colon
    if found.doubt:
        clause.doubt(found.doubt)


def _limit_to_holidays(draft: Draft, clause: Clause, words: list[Token]) -> None:
    """Limit a clause that begins with words about school holidays; „nur“ closes the other days of theirs."""
    clause.limit_to(_in_holidays(draft, words))
    clause.headed = True
    if any(piece.value == "only" for piece in words):
        clause.rest = "off"


def _days_are_due(draft: Draft) -> bool:
    """Tell whether the clause before has its times, and waits for the days that these are about: „9-12 Uhr: Mo, Di“."""
    clause = draft.clause
    timed = clause.has_body and bool(clause.times)
    # „9-12 Uhr, Mi zu“: a day that is closed is not one of these.
    return (
        timed
        and draft.peek().kind != "off"
        and not clause.days
        and not clause.dated
        and draft.joint != "break"
    )


def _in_brackets_behind_times(draft: Draft) -> bool:
    """Tell whether days stand in brackets behind times that have days: „montags 15-17 Uhr (jeden 1. Montag im Monat)“."""
    return draft.clause.has_body and draft.inside and not draft.off_follows() and not _days_are_due(draft)


def _clause_for(draft: Draft, days: list[str], token: Token, *, school: bool) -> Clause:
    """Return the clause that days belong to: the one before, where its days follow its times or are explained, else a new one."""
    clause = draft.clause
    if _days_are_due(draft):
        clause.days_last = True
        return clause
    further = clause.has_body and clause.days_last and draft.joint
    if further and draft.peek().kind not in {"time", "colon", "off", "part"}:
        return clause
    if draft.inside and clause.days and not clause.has_body and not school:
        _explain(clause, days, token)
        clause.days = []
        return clause
    return draft.begin()


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
    if not _weekdays(days) <= clause.weekdays:
        raise Unreadable("Welche Tage sind gemeint?", token.at, len(token.text))


def _weekdays(days: Iterable[str]) -> set[str]:
    """Return the single weekdays of days such as „Mo-Fr“; public holidays are none."""
    found: set[str] = set()
    for day in days:
        if day != "PH":
            found.update(expand(day))
    return found


def _narrow(draft: Draft, days: list[str], token: Token) -> None:
    """„montags 15-17 Uhr (jeden 1. Montag im Monat)“: what stands in brackets says which of these days."""
    if is_about_part(draft, token):
        return
    own = draft.clause.weekdays
    if not all("[" in day for day in days) or not _weekdays(days) <= own:
        raise Unreadable("Es fehlt eine Uhrzeit.", token.at, len(token.text))
    draft.clause.days = days


def _in_holidays(draft: Draft, school: list[Token]) -> Limit:
    """School holidays; when some of them are, nobody can tell."""
    named = [token for token in school if token.value == "named"]
    for token in named:
        draft.name_doubt(token, "Einzelne Ferien lassen sich nicht auswerten.")
    return Limit(school=True, doubt="nur in bestimmten Ferien" if named else "")
