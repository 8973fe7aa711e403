"""Cut tokens of German hours into clauses: „Mo-Fr 9-12, Do geschlossen“ has two.

The grammar (`grammar.lark`) reads one clause at a time and sees one token ahead: what one tells apart by looking further is told here.
The kinds of tokens are those of `tokens.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.hours.german.tokens import Kind, Token, is_date
from generator.hours.openings import WEEKDAYS
from generator.hours.remarks import is_name

# Kinds of tokens by what they say: on which days, when, at what times, beside them (`_NAMES`); a clause with a `_BODY` says enough.
DAYS: frozenset[Kind] = frozenset({"day", "public", "school", "workday", "ordinal"})
DATES: frozenset[Kind] = frozenset({"date", "month"})
_WHEN: frozenset[Kind] = DAYS | DATES | {"from", "until", "week", "every", "season", "term", "in_month"}
_TIMES: frozenset[Kind] = frozenset({"time", "lead", "since", "ends", "all_day"})
_NAMES: frozenset[Kind] = frozenset({"note", "words", "ask", "register", "doubt"})
_BODY: frozenset[Kind] = _TIMES | {"part", "off", "pause"}
_SEPARATORS: frozenset[Kind] = frozenset({"comma", "and"})
_BIS: dict[Kind | None, Kind] = {"time": "ends", "date": "until", "month": "until", "open_end": "since"}
"""What „bis“ is by what follows it."""

Joint = str
"""What stands before a clause: "" (the beginning or nothing), "comma", "and", "line", "break", or "aside" where it stands in brackets behind another."""
BREAKS = frozenset({"line", "break"})

_JOINTS: dict[Kind, Joint] = {"list": "comma", "colon": "", "close": ""}
"""What tokens between clauses are as joints, where that isn't their kind."""
_STRENGTH = ("", "comma", "and", "line", "break")
"""Of several between two clauses the last of these counts."""


@dataclass(frozen=True)
class Piece:
    """The tokens of a clause and what stands before it."""

    tokens: tuple[Token, ...]
    joint: Joint
    inside: bool = False  # between brackets


def pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """Cut tokens into clauses."""
    at, joint = 0, ""
    tokens = _told_apart(dates_resolved(_days_of_dates(_named_seasons(tokens))))
    while at < len(tokens):
        if tokens[at].kind in {"break", "comma", "and", "close", "list", "colon"}:
            between: Joint = _JOINTS.get(tokens[at].kind, tokens[at].kind)
            between = "line" if between == "break" and tokens[at].value in {"", "|"} else between
            joint = max(joint, between, key=_STRENGTH.index)
            at += 1
            continue
        mine, asides, at = _clause(tokens, at)
        if mine:
            yield Piece(tuple(mine), joint)
        for aside in asides:
            for number, piece in enumerate(pieces(aside)):
                yield replace(piece, joint=piece.joint if number else "aside" if mine else joint, inside=True)
        joint = ""


def _clause(tokens: Sequence[Token], at: int) -> tuple[list[Token], list[Sequence[Token]], int]:
    """Return the tokens of a clause, what stands in brackets in it, and its end."""
    mine: list[Token] = []
    asides: list[Sequence[Token]] = []
    apart, begin = False, at  # whether a comma or the like stands before the next token, and where it stands
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "break" and _goes_on(mine, tokens, at):
            at += 1
            continue
        if token.kind == "break":
            break
        if token.kind == "open":
            close = next(n for n in range(at, len(tokens)) if tokens[n].kind == "close")
            inner, at = tokens[at + 1 : close], close + 1
            timed = all(one.kind in _TIMES | {"range"} for one in inner)
            if timed and mine and mine[-1].kind in DAYS and not _has(mine, _BODY):
                # „dienstags (10-12 Uhr)“
                mine += inner
                continue
            asides.append(inner)
            if not mine or (not _has(mine, _BODY | _WHEN) and _has(inner, _BODY)):
                # „Tel. 040 66969-0 (Mo, Mi 9-12), persönlich nach Anmeldung“
                break
            continue
        # „Mo 9-12, Di 14-16“: a comma belongs to what follows it, which may begin a new clause.
        if token.kind in _SEPARATORS or (token.kind == "list" and not mine):
            begin = begin if apart else at
            apart = True
        elif token.kind == "except" and mine and not _has(mine, _BODY):
            # „täglich außer montags 10-17 Uhr“
            end = _end_of_days(tokens, at + 1)
            # „täglich außer montags Di-So 10-17 Uhr“: days without a comma between them begin the hours.
            adjacent = (
                n for n in range(at + 2, end) if {tokens[n - 1].kind, tokens[n].kind} <= DAYS - {"ordinal"}
            )
            end = next(adjacent, end)
            asides.append(tokens[at:end])
            at = end - 1
        elif mine and mine[0].kind == "except" and _hours_begin(tokens, at):
            return mine, asides, at
        elif mine and mine[-1].kind not in {"list", "range"} and _begins_anew(mine, tokens, at, apart=apart):
            return mine, asides, begin if apart else at
        else:
            mine.append(replace(token, apart=True) if apart else token)
            apart = False
        at += 1
    return mine, asides, at


def _goes_on(mine: Sequence[Token], tokens: Sequence[Token], at: int) -> bool:
    """„Montag / 9-12 Uhr“: a line of times is about the days above it."""
    ends = _has(mine, DAYS) and mine[-1].kind in DAYS | {"colon", "time"}
    return ends and tokens[at].text != ";" and _kind(tokens, at + 1) in _TIMES


def _begins_anew(mine: Sequence[Token], tokens: Sequence[Token], at: int, *, apart: bool) -> bool:
    """Tell whether a clause ends before the token at a place; `body`: it has said times or that it is closed."""
    token, body = tokens[at], _has(mine, _BODY)
    if token.kind in {"except", "else"}:
        return True
    if token.kind == "pause":
        # „Mo-Fr 9-16, Mittagspause 12-13“
        return body and not (_has(mine, _TIMES) and not _has(mine, _WHEN))
    if token.kind == "off" and body:
        return _off_begins_anew(mine, tokens, at, apart=apart)
    if not body:
        # „Di Teamtag, Mi 9-12 Uhr“
        named = _has(mine, DAYS) and mine[-1].kind in _NAMES and (apart or is_name(mine[-1].value))
        return named and token.kind in DAYS
    if token.kind in _TIMES:
        # „9-12 Uhr Mo-Fr, 14-17 Uhr Do“: where times stand before their days, others begin anew; „Mo 9-16, 12-13 geschlossen“ too.
        first = next((one.kind for one in mine if one.kind in DAYS | _TIMES), None)
        days_last = first in _TIMES and _has(mine, DAYS)
        closed = _has(mine[1:], {"off", "pause"}) or _follows(
            {"off", "pause"}, tokens, at, {"time", "range", "since"}
        )
        return (apart and closed) or mine[0].kind == "off" or days_last
    if token.kind == "also" and apart:
        # „Mo 9-12, auch Do 14-16“
        return True
    if token.kind in _WHEN - DAYS and not apart and _has(mine, DAYS) and not _off_follows(tokens, at):
        # „Di 9-12 Uhr ab 1.12.2026 und Do 9-12 Uhr“
        return False
    if token.kind in _WHEN or token.kind == "also":
        # „9-12 Uhr Mo-Fr“: times that stand first wait for their days.
        days_due = not apart and not _has(mine, _WHEN | {"off", "pause"}) and not _off_follows(tokens, at)
        return not days_due and (
            _body_follows(tokens, at, apart=apart) or (apart and token.kind in {"public", "school"})
        )
    if token.kind in _NAMES and apart:
        # „Mo 9-12, Gruppe Di 9-12“, „Mo 9-12 und nach Vereinbarung“
        return (
            _follows(_WHEN | _TIMES | {"also"}, tokens, at, _NAMES | {"colon"})
            or (token.kind == "ask" and _kind(tokens, at - 1) == "and")
            or _kind(tokens, at + 1) in {"register", "ask"}
        )
    return False


def _off_begins_anew(mine: Sequence[Token], tokens: Sequence[Token], at: int, *, apart: bool) -> bool:
    """Tell whether „geschlossen“ behind times is about days that follow it; raises `Unreadable` where nobody can."""
    days = _kind(tokens, at + 1) in _WHEN
    if days and not (apart or _has(mine, _WHEN | _NAMES)):
        # „Mo-Fr 9-16 Uhr, 12-13 Uhr geschlossen in den Ferien“
        raise tokens[at].refused("Was ist dann geschlossen? Schreiben Sie die Tage davor.")
    return (days and not _times_follow(tokens, at + 1)) or (apart and _kind(tokens, at + 1) == "colon")


def _body_follows(tokens: Sequence[Token], at: int, *, apart: bool) -> bool:
    """Tell whether times or „geschlossen“ follow days or a season."""
    first = at
    while at < len(tokens):
        kind = _kind(tokens, at)
        if kind in _BODY or (kind in {"ask", "register"} and at > first):
            return True
        if kind == "open" and _kind(tokens, at + 1) in _TIMES:
            return True
        if kind == "doubt" and at == first + 1 and apart:
            return True
        if kind in {"break", "except", "else", "open", "close", "pause"} or (
            kind in _SEPARATORS and _kind(tokens, at + 1) not in _WHEN
        ):
            return False
        at += 1
    return apart and _kind(tokens, at - 1) in _NAMES


def _follows(
    kinds: frozenset[Kind] | set[Kind], tokens: Sequence[Token], at: int, over: frozenset[Kind] | set[Kind]
) -> bool:
    """Tell whether one of these kinds follows, behind tokens of kinds that are passed over."""
    while _kind(tokens, at) in over:
        at += 1
    return _kind(tokens, at) in kinds


def _off_follows(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether „geschlossen“ follows the days at a place."""
    return _follows({"off", "pause"}, tokens, at, _WHEN | {"list", "range", "part"})


def _hours_begin(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether hours follow what is left out: „außer Sa und So täglich 7-17“."""
    if not _times_follow(tokens, at + (tokens[at].kind in {"list", "colon"})):
        return False
    end = _end_of_days(tokens, at)
    days = tokens[at:end]
    if tokens[at].kind == "colon" or (tokens[at - 1].kind in DAYS and tokens[at].kind in DAYS):
        return True
    if _kind(tokens, end) == "colon" and _kind(tokens, end + 1) in DAYS:
        return False
    if any(one.kind in DAYS and other.kind in DAYS for one, other in pairwise(days)):
        return False
    if sum(one.kind == "list" for one in days) > 1:
        raise tokens[at].refused(
            "Für welche dieser Tage gilt die Zeit? Schreiben Sie erst die Zeiten, dann die Ausnahmen."
        )
    return tokens[at].kind == "list"


def _times_follow(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether days have times of their own."""
    return _kind(tokens, _end_of_days(tokens, at)) in _TIMES | {"colon", "part"}


def _end_of_days(tokens: Sequence[Token], at: int) -> int:
    """Return the place behind the days or dates at a place."""
    while _kind(tokens, at) in DAYS | DATES | {"list", "range", "in_month"}:
        at += 1
    return at


def _has(tokens: Sequence[Token], kinds: frozenset[Kind] | set[Kind]) -> bool:
    return any(token.kind in kinds for token in tokens)


def _kind(tokens: Sequence[Token], at: int) -> Kind | None:
    return tokens[at].kind if 0 <= at < len(tokens) else None


def _dated(token: Token, leading: tuple[int, ...]) -> Token:
    """Return a day or date with month and year of the one it leads to."""
    year, month, day = leading
    if token.kind == "ordinal" and token.value.isdigit():
        return replace(token, kind="date", value=f"{token.value}.", numbers=(year, month, int(token.value)))
    if token.kind == "date" and token.numbers and not token.numbers[0] and year:
        before = token.numbers[1:] > (month, day)
        return replace(token, numbers=(year - 1 if before else year, *token.numbers[1:]))
    return token


def dates_resolved(tokens: list[Token]) -> list[Token]:
    """„am 3., 10. und 17. Dezember 2026“: all three are days of December."""
    found = list(tokens)
    for number, token in reversed(list(enumerate(tokens))):
        # „Di 24.11. und Do 26.11.2026“, but „am 1. Samstag, 5.12.2026“ is one day.
        between = {"comma", "and", "to"} | ({"day"} if token.kind == "date" else set())
        following = next((other for other in found[number + 1 :] if other.kind not in between), None)
        if following is None or following.kind != "date" or not following.numbers:
            continue
        found[number] = _dated(token, following.numbers)
    return found


def _named_seasons(tokens: Sequence[Token]) -> list[Token]:
    """Take „Sommer (April bis Oktober)“ for the months or days that it names."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        kinds = [token.kind for token in tokens[at : at + 6]]
        named = kinds in (["season", "open", kind, "to", kind, "close"] for kind in DATES)
        found += tokens[at + 2 : at + 5] if named else tokens[at : at + 1]
        at += 6 if named else 1
    return found


def _days_of_dates(tokens: list[Token]) -> list[Token]:
    """Leave out a weekday before its date, with its comma and „1.“; raises `Unreadable` where it is another day."""
    found: list[Token] = []
    for number, token in enumerate(tokens):
        if token.kind == "date" and token.numbers and not is_date(*token.numbers):
            raise token.refused(f"„{token.text}“ ist kein Datum.")
        last = len(found) - 1 - (_kind(found, len(found) - 1) == "comma")
        dated = token.kind == "date" and token.numbers and _kind(tokens, number + 1) != "to"
        if (
            dated
            and _kind(found, last) == "day"
            and "-" not in found[last].value
            and _kind(found, last - 1) != "to"
        ):
            if token.numbers[0] and WEEKDAYS[dt.date(*token.numbers).weekday()] != found[last].value:
                raise token.refused(f"Der {token.text} ist ein anderer Wochentag als „{found[last].text}“.")
            del found[last - (_kind(found, last - 1) == "ordinal") :]
        found.append(token)
    return found


def _told_apart(tokens: Sequence[Token]) -> list[Token]:
    """Give tokens the kind that their neighbours make of them."""
    found: list[Token] = []
    for number, token in enumerate(tokens):
        before = found[-1].kind if found else None
        after = _kind(tokens, number + 1)
        if token.kind == "part" and before not in DAYS and _days_with_times_follow(tokens, number + 1):
            # „Vormittags: Mo-Fr 8-12 Uhr“
            token = replace(token, kind="words", value=token.text.capitalize())
        kind = _kind_by_neighbours(token, before, after, tokens, number)
        new = token if kind == token.kind else replace(token, kind=kind)
        if new.kind == "words" != token.kind:
            new = replace(new, value=token.text)
        if new.kind == before == "words":
            found[-1] = replace(found[-1], value=f"{found[-1].value} {new.value}", end=new.end)
        else:
            found.append(new)
    return found


def _is_dash_for_nothing(tokens: Sequence[Token], number: int, before: Kind | None) -> bool:
    """Tell whether a dash stands where a day's times would: „Mo 9-12, Di --“."""
    day = before in DAYS or (before == "colon" and _kind(tokens, number - 2) in DAYS)
    ends = {"comma"} if tokens[number].value == "-" else {"comma", "and", "break", "close", None}
    return day and tokens[number].value.startswith("-") and _kind(tokens, number + 1) in ends


def _days_with_times_follow(tokens: Sequence[Token], at: int) -> bool:
    at += _kind(tokens, at) == "colon"
    while _kind(tokens, at) in DAYS | {"to", "comma", "and"}:
        at += 1
    return _kind(tokens, at - 1) in DAYS and _kind(tokens, at) == "time"


def _kind_by_neighbours(
    token: Token, before: Kind | None, after: Kind | None, tokens: Sequence[Token], number: int
) -> Kind:
    """Return what a token is between others: a dash in „9-12“ a range, in „Mo 9-12 - Töpfern“ a comma."""
    kind = token.kind
    if kind in _SEPARATORS:
        alike = any(before in listed and after in listed for listed in (DAYS, DATES))
        return "list" if alike else kind
    if kind == "to" and _is_dash_for_nothing(tokens, number, before):
        return "off"
    if kind == "to":
        ranges = (before in {"time", "behind"} and after == "time") or (before in DATES and after in DATES)
        if ranges or before == after == "day":
            return "range"
        if token.value.startswith("-"):
            return "comma"
        return _BIS.get(after, "words")
    if kind == "from":
        return "since" if after in {"time", "lead"} else "from" if after in DATES else "words"
    if kind == "part":
        if after in {"time", "from", "to"} and not (before == "time" and after == "to"):
            return "lead"
        return "behind" if before == "time" else "part"
    if kind == "ordinal":
        counted = _follows({"day"}, tokens, number + 1, {"ordinal", "and", "comma", "list"})
        return "ordinal" if counted else "words"
    return kind
