"""Read on which days times hold, into the clauses of a `Draft`: weekdays, holidays, „werktags“, „ab“, „bis“, seasons, „alle zwei Wochen“, „einmal im Monat“, „in den Ferien“; whether they are about what stands before or behind, and when that is uncertain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from generator.hours.german import times
from generator.hours.german.clauses import FOR_ALL, Clause, Draft, Limit, expand
from generator.hours.german.dates import day_of, read_days, read_ranges
from generator.hours.german.tokens import Kind, Token

_SAID_BESIDE: frozenset[Kind] = frozenset({"remark", "registration", "appointment", "condition"})
"""What says how something takes place, and not when."""


def season(draft: Draft, token: Token) -> None:
    """Read months and dates."""
    draft.refuse_days_without_time(token)
    head = draft.is_head()
    found = read_ranges(draft)
    if not head:
        _refuse_added(draft, token, single=found.single)
        limit_times(draft, Limit(seasons=found.ranges), token)
        return
    clause = draft.begin()
    if found.single:
        # „am 1. Samstag, 5.12.2026“: the date says which.
        clause.days = [day for day in clause.days if "[" not in day]
    clause.limit_to(Limit(seasons=found.ranges))
    clause.dated = clause.dated or found.single
    clause.headed, clause.colon = True, draft.peek().kind == "colon"
    if found.single and found.yearless and not clause.days:
        clause.remarks.append("Jahr fehlt")
        draft.name_doubt(token, "Es fehlt das Jahr.")


def _refuse_added(draft: Draft, token: Token, *, single: bool) -> None:
    """Raise `Unreadable` for „Mo-Fr 9-12 Uhr und Heiligabend“: usual times hold on other days as well, which isn't said of any season."""
    usual = any(not clause.limit for clause in draft.sentence())
    if single and usual and draft.joint == "and":
        raise token.refused("Nur an diesen Tagen? Sonst „auch an …“ schreiben.")


def since(draft: Draft, token: Token) -> None:
    """Read „ab …“: a first day, or the first time of a day."""
    following, behind = draft.peek(1), draft.peek(2)
    if token.kind == "from" and following.kind == "time":
        times.times(draft, token)
        return
    if following.kind == "day" and behind.kind in {"comma", "date"}:
        # „ab Montag, 2.11.“: the date says it all.
        del draft.tokens[draft.at + 1 : draft.at + 2 + (behind.kind == "comma")]
    head = draft.is_head()
    draft.at += 1
    date = draft.take("date", "month")
    if date is None:
        raise token.refused(f"Nach „{token.value}“ fehlt, ab wann.")
    day = day_of(date)
    limit_times(draft, Limit(since=day, doubt="" if day else f"{token.value} {date.text}"), token, head=head)
    if head and draft.clause.joint in {"comma", "and"}:
        _doubt_before(draft, token, date, day)
    _doubt_yearless(draft, date)


def until(draft: Draft, token: Token) -> None:
    """Read „bis …“: a last day, or the last time of a day."""
    if draft.peek(1).kind == "time":
        times.times(draft, token)
        return
    head = draft.is_head()
    draft.at += 1
    date = draft.take("date")
    if date is None:
        raise token.refused("Hier fehlt, bis wann.")
    day = day_of(date)
    limit_times(draft, Limit(until=day, doubt="" if day else f"bis {date.text}"), token, head=head)
    _doubt_yearless(draft, date)


def _doubt_yearless(draft: Draft, date: Token) -> None:
    if day_of(date) is None:
        draft.name_doubt(date, "Es fehlt das Jahr.")


def weeks(draft: Draft, token: Token) -> None:
    """Read „in geraden Wochen“."""
    _limit_here(draft, token, Limit(weeks=token.value))


def every(draft: Draft, token: Token) -> None:
    """Read „alle zwei Wochen“."""
    _limit_here(draft, token, Limit(every=int(token.value)))


def _limit_here(draft: Draft, token: Token, limit: Limit) -> None:
    """Read one token that limits what begins behind it, or what was said before."""
    head = draft.is_head()
    draft.at += 1
    limit_times(draft, limit, token, head=head)


def monthly(draft: Draft, token: Token) -> None:
    """Read „einmal im Monat“, without saying which: whoever wrote a first or last day beside it said which."""
    draft.at += 1
    if draft.peek().kind != "month":
        draft.said.monthly = draft.said.monthly or token.text


def vague(draft: Draft, token: Token) -> None:
    """Read „im Winter“, of which nobody can tell when it begins."""
    draft.refuse_days_without_time(token)
    draft.name_doubt(token, "Schreiben Sie die Monate dazu.")
    _limit_here(draft, token, Limit(doubt=token.value))


def term(draft: Draft, token: Token) -> None:
    """Read „in der Schulzeit“."""
    draft.at += 1
    draft.take("colon")
    draft.said.in_term = True
    if (
        not draft.clause.days
        and not draft.clause.has_body
        and draft.peek().kind in {"time", "break", "from", "part"}
    ):
        draft.clause.days.append("Mo-Fr")
    if "schultag" in token.value.lower():
        draft.exceptions.append("PH off")


def limit_times(draft: Draft, limit: Limit, token: Token, *, head: bool = False) -> None:
    """Limit what begins here, or what was said before: the last of it certainly, the others perhaps."""
    if head:
        clause = draft.begin()
        clause.limit_to(limit)
        clause.headed, clause.colon = True, clause.colon or draft.peek().kind == "colon"
        return
    if is_about_part(draft, token):
        return
    last, *earlier = draft.sentence() or [draft.clause]
    last.limit_to(limit)
    for clause in earlier:
        if not clause.limit:
            clause.perhaps = (clause.perhaps or Limit()).joined(limit)
            draft.name_doubt(token, FOR_ALL)


def is_about_part(draft: Draft, token: Token) -> bool:
    """„Mi 14-17, im August nur telefonisch“: then by telephone, else as usual for most readers, never for others.

    So nothing is certain. Without a remark of its own what stands behind times says when they hold.
    """
    first = draft.tokens.index(token)
    after = draft.at + (draft.peek().kind == "colon")
    if after < len(draft.tokens) and draft.tokens[after].kind in _SAID_BESIDE:
        draft.at = after + 1
    elif not (
        draft.tokens[first - 1].kind in _SAID_BESIDE
        and draft.tokens[first - 2].kind in {"comma", "break", "open"}
    ):
        return False
    said = " ".join(piece.text for piece in draft.tokens[first : draft.at] if piece.kind != "colon")
    for clause in draft.sentence():
        clause.doubt(said)
    draft.name_doubt(token, "Was gilt sonst? Schreiben Sie beide Zeiten mit ihren Tagen.")
    return True


def _doubt_before(draft: Draft, token: Token, date: Token, day: dt.date | None) -> None:
    """„Di 15-18, ab 1.1.2027 Mi 15-18“: from then on Tuesday holds for some readers and is over for others."""
    remark = f"{token.value} {date.text}"
    for before in [clause for clause in draft.clauses if clause.times and clause.limit.since is None]:
        if day is None:
            before.doubt(remark)
        elif not before.limit.until:
            later = replace(before.limit, since=day)
            before.narrow(until=day - dt.timedelta(days=1))
            draft.clauses.append(replace(before, limit=later, state="unknown", remarks=[remark]))
    draft.name_doubt(token, "Gilt das davor Genannte dann noch?")


def days(draft: Draft, token: Token) -> None:
    """Read weekdays, nth days of a month, public and school holidays."""
    if token.kind == "school" and not draft.is_head():
        draft.at += 1
        limit_times(draft, _in_holidays(draft, [token]), token)
        return
    draft.refuse_days_without_time(token)
    colon = draft.peek(1).kind == "colon"
    found = read_days(draft)
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
        raise token.refused("Welche Tage sind gemeint?")


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
        raise token.refused("Es fehlt eine Uhrzeit.")
    draft.clause.days = days


def _in_holidays(draft: Draft, school: list[Token]) -> Limit:
    """School holidays; when some of them are, nobody can tell."""
    named = [token for token in school if token.value == "named"]
    for token in named:
        draft.name_doubt(token, "Einzelne Ferien lassen sich nicht auswerten.")
    return Limit(school=True, doubt="nur in bestimmten Ferien" if named else "")
