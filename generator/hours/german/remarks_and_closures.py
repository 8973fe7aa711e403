"""Read what stands beside the times, into the clauses of a `Draft`: remarks, „nach Vereinbarung“, „nach Anmeldung“, „telefonisch“, „sonst“, „geschlossen“, „außer“, „Sommerpause“; about which times each is said. What a remark means: `hours/remarks.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.hours.german import days_and_seasons, times
from generator.hours.german.clauses import Clause, Draft, Limit
from generator.hours.german.dates import read_days, read_ranges
from generator.hours.german.days_and_seasons import limit_times
from generator.hours.german.tokens import Kind, Token
from generator.hours.remarks import TIMES_HOLD, Meaning, meaning_of

_NAMED: frozenset[Kind] = frozenset({"day", "daily", "workday", "ordinal", "colon"})
"""Where a remark stands before one of these, it names the times behind it."""
AFAR: Mapping[Meaning | None, str] = {"phone": "telefonisch", "video": "online"}
"""What hours get as their remark that aren't those of a door."""
_HOLIDAYS: frozenset[Kind] = frozenset({"public", "school"})
_NAMED_DAYS: frozenset[Kind] = frozenset({"date", "month"})
_TIMED: frozenset[Kind] = frozenset({"day", "daily", "workday", "ordinal", "time", "from", "part"})
"""With these begin times of their own."""


def also(draft: Draft, token: Token) -> None:
    """Read „auch“: what follows adds to the times before it, or lets them hold on public holidays as well."""
    draft.at += 1
    if draft.peek().kind in _HOLIDAYS and _is_about_all(draft):
        return
    if draft.peek().kind in _NAMED_DAYS and not (draft.clause.has_body and draft.is_head()):
        _hold_on(draft, token)
        return
    if draft.clause.has_head and not draft.clause.has_body:
        draft.clause.joint = "and"
        return
    draft.tokens.insert(draft.at, replace(token, kind="and"))


def _is_about_all(draft: Draft) -> bool:
    """Take „auch an Feiertagen und in den Ferien“ where no times of their own follow, nor that it is closed then."""
    named = [draft.peek().kind]
    while draft.peek(len(named)).kind == "and" and draft.peek(len(named) + 1).kind in _HOLIDAYS:
        named += ["and", draft.peek(len(named) + 1).kind]
    behind = draft.peek(len(named) + (draft.peek(len(named)).kind == "colon")).kind
    if behind == "off" or (behind in _TIMED and draft.every_clause()):
        return False
    draft.at += len(named)
    draft.said.on_holidays |= "public" in named
    return True


def _hold_on(draft: Draft, token: Token) -> None:
    """Read „auch an Heiligabend“ behind times: they hold as usual, and in the same way on days that are named."""
    usual = draft.sentence()
    if not usual or any(clause.limit or not clause.times for clause in usual):
        raise token.refused("Zu welchen Zeiten? Schreiben Sie sie hinter diese Tage.")
    named = read_ranges(draft)
    for clause in usual:
        days = list(clause.days_but_holidays)
        draft.clauses.append(
            replace(clause, limit=Limit(seasons=named.ranges), days=days, dated=True, joint="and")
        )


def _is_about_others(token: Token) -> bool:
    """Tell whether an appointment is for further or other times, by its words."""
    words = token.value.lower()
    return "weitere" in words or "andere" in words


def appointment(draft: Draft, token: Token) -> None:
    """Read „nach Vereinbarung“: about these times, instead of times, or about all others."""
    draft.at += 1
    said = draft.said
    nothing_yet = not draft.every_clause()
    if not draft.clause.empty and not draft.clause.has_body:
        draft.clause.doubt(token.value)
        draft.clause.asked = True
    elif nothing_yet and not draft.ended and draft.peek().kind not in {"break", "and"}:
        # „Nach Vereinbarung: Di 9-12“ is about these times.
        said.doubts.append(token.value)
        draft.name_doubt(token, "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie es ans Ende.")
    elif nothing_yet or draft.joint in {"and", "break"} or _is_about_others(token):
        said.otherwise = said.otherwise or token.value
    else:
        if draft.joint == "comma":
            said.otherwise = token.value
            draft.name_doubt(
                token, "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie „und nach Vereinbarung“."
            )
        for clause in draft.sentence():
            clause.doubt(token.value)


def registration(draft: Draft, token: Token) -> None:
    """Read „nach Anmeldung“."""
    if _limits_line(draft, token):
        return
    draft.at += 1
    targets = draft.sentence()
    if not targets and draft.ended:
        draft.said.otherwise = token.value
    elif not targets:
        draft.said.doubts.append(token.value)
    for clause in targets:
        clause.doubt(token.value)


def otherwise(draft: Draft, _token: Token) -> None:
    """Read „sonst …“: what holds at all other times."""
    draft.at += 1
    draft.take("colon")
    following = draft.peek()
    if following.kind == "appointment":
        draft.at += 1
        draft.said.otherwise = following.value
    elif following.kind == "off":
        draft.at += 1
        draft.clause.rest = "off"
    elif following.kind in {"day", "daily", "workday"}:
        draft.begin().apart = True


def usual(draft: Draft, _token: Token) -> None:
    """Read „wie sonst“: „in den Ferien Mi 10-12, Mo und Di wie sonst“."""
    draft.at += 1
    in_holidays = [clause for clause in draft.every_clause() if clause.limit.school]
    if in_holidays and not draft.clause.has_body:
        draft.drop()
    for clause in in_holidays:
        clause.rest = "usual"


def _adds_afar(draft: Draft, afar: str) -> bool:
    """Tell whether „telefonisch“ or the like stands between times and others that are added."""
    return bool(afar) and draft.clause.has_body and bool(draft.joint)


def remark(draft: Draft, token: Token) -> None:
    """Read a remark: a name of what follows, or what is to be known of the times before it."""
    meaning = meaning_of(token.value)
    if meaning not in TIMES_HOLD and _limits_line(draft, token):
        return
    draft.at += 1
    names = draft.peek().kind in _NAMED
    afar = AFAR.get(meaning, "")
    # „Mo 9-12, telefonisch auch Di 14-16“: what is added is by telephone, and not what stands before.
    adds = names or draft.peek().kind == "also"
    if adds and _adds_afar(draft, afar):
        draft.afar = ""
        draft.begin().remarks.append(afar)
        draft.afar = afar
    elif meaning == "plain" and names:
        _name_part(draft, token)
    elif meaning in TIMES_HOLD:
        _name_times(draft, token, afar)
    elif meaning == "off":
        _close(draft.sentence(), token)
    else:
        _doubt_sentence(draft, token, known=meaning is not None)


def _name_times(draft: Draft, token: Token, afar: str) -> None:
    """Take a remark that leaves the times as they are: behind a time it belongs to that time alone, before any it is a label."""
    targets = draft.sentence()
    behind = bool(targets) and targets[0].has_body
    draft.afar = "" if behind else afar
    if behind:
        targets[0].remarks.append(token.value)
    elif afar:
        draft.clause.remarks.append(afar)


def _close(targets: list[Clause], token: Token) -> None:
    """Take „geschlossen“: the first clause is closed, and nobody can tell of the others."""
    for clause in targets[:1]:
        clause.close(token.text)
    for clause in targets[1:]:
        clause.doubt(token.value)


def _doubt_sentence(draft: Draft, token: Token, *, known: bool) -> None:
    """Make what stands before uncertain; without anything before, all that follows."""
    targets = draft.sentence()
    if not known:
        draft.name_doubt(token, "Diese Bemerkung wird nicht verstanden.")
    for clause in targets or [draft.clause]:
        clause.doubt(token.value)
    if not targets:
        draft.said.doubts.append(token.value)


def condition(draft: Draft, token: Token) -> None:
    """Read „bei gutem Wetter“."""
    _doubt_everything(draft, token, "Das gilt nicht immer.")


def doubtful(draft: Draft, token: Token) -> None:
    """Read „zurzeit“."""
    _doubt_everything(
        draft, token, "Wie lange das gilt, steht nicht da. Schreiben Sie einen Hinweis mit letztem Tag."
    )


def _doubt_everything(draft: Draft, token: Token, why: str) -> None:
    draft.at += 1
    draft.name_doubt(token, why)
    draft.said.doubts.append(token.value)
    if not draft.every_clause():
        draft.said.otherwise = token.value


def _limits_line(draft: Draft, token: Token) -> bool:
    """Take „nach Anmeldung:“ on a new line as what is said of the times behind it."""
    if draft.joint != "break" or draft.peek(1).kind != "colon":
        return False
    draft.at += 1
    limit_times(draft, Limit(doubt=token.value), token, head=True)
    return True


def _name_part(draft: Draft, token: Token) -> None:
    """„Büro Mo-Fr 9-12, Treff Mo-Fr 14-18“: what stands before days is their name; one name alone says nothing new."""
    if draft.clause.empty and not draft.clauses:
        draft.label = token.value
        return
    draft.afar = ""
    for clause in draft.every_clause() if draft.label else ():
        clause.remarks.append(draft.label)
    draft.label = ""
    draft.begin().remarks.append(token.value)


_EXCEPTED: frozenset[Kind] = frozenset({"school", "public", "month", "date", "colon"})
"""What stands behind „geschlossen“ where it names days on which nothing takes place."""
_LIMITS: Mapping[Kind, Callable[[Draft, Token], None]] = {
    "from": days_and_seasons.since,
    "to": days_and_seasons.until,
    "week": days_and_seasons.weeks,
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
    if not clause.times and (clause.has_head or clause.vague):
        _close_with_those_before(draft, token)
        clause.closes = token.text
    elif clause.empty and not draft.clauses:
        raise token.refused("Es fehlt, wann geschlossen ist.")
    elif clause.times and not draft.joint:
        clause.state = "off"
    else:
        last, *earlier = draft.sentence()
        last.close(token.text)
        for other in earlier:
            other.doubt(token.value)


def _close_with_those_before(draft: Draft, token: Token) -> None:
    """„Fr nachmittags und Sa geschlossen“: parts of days that a list names before are closed as well."""
    later = draft.clause
    later.close(token.text)
    for clause in reversed(draft.clauses):
        if not (clause.vague and later.joint in {"comma", "and"}):
            return
        clause.close(token.text)
        later = clause


def excepted(draft: Draft, token: Token) -> None:
    """Read „außer …“, „nicht …“, „Sommerpause …“: days on which nothing takes place."""
    whole = not draft.clause.has_body
    draft.at += 1
    if token.kind == "pause" and draft.clause.has_head and whole:
        draft.clause.state = "off"
        return
    draft.take("colon")
    if draft.peek().kind == "time" or (draft.peek().kind == "from" and draft.peek(1).kind == "time"):
        times.pause(draft, token)
        return
    if draft.peek().kind not in _DAYS:
        raise token.refused(f"Nach „{token.value}“ fehlt, welche Tage gemeint sind.")
    if not _except_days(draft, whole=whole):
        return
    if draft.peek().kind == "part":
        raise draft.peek().refused("Schreiben Sie, von wann bis wann geschlossen ist.")
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
        return f"{','.join(read_ranges(draft).ranges)} off"
    found = read_days(draft, one=True)
    if token.value == "named":
        draft.name_doubt(token, "Einzelne Ferien lassen sich nicht auswerten.")
        return 'SH unknown "in bestimmten Ferien geschlossen"'
    return f"{','.join(['SH'] * bool(found.school) + found.days)} off"


def _time_follows(draft: Draft) -> bool:
    """Whether the days at this place have times of their own."""
    ahead = 0
    while draft.peek(ahead).kind in {*_DAYS, "to", "in-month"}:
        ahead += 1
    return draft.peek(ahead).kind in {"time", "colon", "from", "part"}
