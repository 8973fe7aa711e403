"""Tokens from a place on come in, the spans of a day that are written there go out, in minutes."""

from __future__ import annotations

from collections.abc import Sequence

from generator.hours.german.tokens import Token
from generator.hours.german.unreadable import Unreadable

NOON = 12 * 60


def read_times(
    tokens: Sequence[Token], at: int, part: str, start_before: int | None
) -> tuple[int, list[tuple[int, int | None]]]:
    """Tokens and a place in, the place behind and the spans out; an end of None isn't known.

    `part` is the part of the day that was named before („nachmittags“), `start_before` the beginning of the day before, for „freitags bis
    13 Uhr“. Raises `Unreadable` where morning and evening could be meant or no time stands there.
    """
    times: list[tuple[int, int | None]] = []
    while True:
        mark = at
        if times:
            if at >= len(tokens) or tokens[at].kind not in {"comma", "and"}:
                break
            at += 1
        if _kind(tokens, at) == "part" and _kind(tokens, at + 1) in {"time", "from"}:
            part = tokens[at].value.lower()
            at += 1
        kind = _kind(tokens, at)
        if kind == "from" and _kind(tokens, at + 1) == "time":
            times.append((_minutes(tokens[at + 1], part), None))
            at += 2
        elif kind == "to" and _kind(tokens, at + 1) == "time" and start_before is not None and not times:
            times.append(_span(start_before, tokens[at + 1], tokens[at + 1], part))
            at += 2
        elif kind == "time":
            span, at = _from_time(tokens, at, part)
            times.append(span)
        else:
            at = mark
            break
        if _kind(tokens, at) == "part" and _kind(tokens, at + 1) != "time":
            at += 1
    if not times:
        token = tokens[at] if at < len(tokens) else tokens[-1]
        raise Unreadable("Es fehlt eine Uhrzeit.", token.at, len(token.value))
    return at, times


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def _from_time(tokens: Sequence[Token], at: int, part: str) -> tuple[tuple[int, int | None], int]:
    start = tokens[at]
    between = at + 1
    if _kind(tokens, between) == "part":
        between += 1
    if _kind(tokens, between) == "to" and _kind(tokens, between + 1) == "time":
        return _span(_minutes(start, part), start, tokens[between + 1], part), between + 2
    if _kind(tokens, between) == "and" and tokens[between].value == "und" and _between(tokens, at):
        return _span(_minutes(start, part), start, tokens[between + 1], part), between + 2
    if _kind(tokens, between) == "to" and _kind(tokens, between + 1) == "open-end":
        return (_minutes(start, part), None), between + 2
    if _kind(tokens, between) == "to":
        raise Unreadable(f"Nach „{start.value}“ fehlt, bis wann.", start.at, len(start.value))
    if start.bare:
        raise Unreadable(
            f"Bei „{start.value}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“.",
            start.at,
            len(start.value),
        )
    return (_minutes(start, part), None), at + 1


def _between(tokens: Sequence[Token], at: int) -> bool:
    """„zwischen 9 und 12 Uhr“: the word itself is dropped, so two single times tied by „und“ are what is left of it."""
    return (
        _kind(tokens, at + 2) == "time"
        and _kind(tokens, at + 3) != "to"
        and (at == 0 or tokens[at - 1].kind != "to")
    )


def _minutes(token: Token, part: str) -> int:
    """A time in, its minutes of the day out; raises `Unreadable` for times that do not exist."""
    hour, minute = token.numbers
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Unreadable(f"„{token.value}“ ist keine Uhrzeit.", token.at, len(token.value))
    later = hour < 12 and ("nachmittag" in part or "abend" in part)
    return (hour + (12 if later else 0)) * 60 + minute


def _span(start: int, first: Token, last: Token, part: str) -> tuple[int, int]:
    """Beginning and end in, both in minutes out; raises `Unreadable` where morning and evening could be meant."""
    end = _minutes(last, part)
    doubtful = (
        f"Ist mit „{first.value} bis {last.value}“ früh oder abends gemeint? Schreiben Sie „17:00-19:00“."
    )
    early = first.bare and 0 < start <= 6 * 60 and end < NOON
    if early and "morgen" not in part and "früh" not in part:
        raise Unreadable(doubtful, first.at, len(first.value))
    if end <= start and not (start >= 17 * 60 and end <= 6 * 60):
        raise Unreadable(doubtful, first.at, len(first.value))
    return start, end
