"""Tokens from a place on come in, the spans of a day that are written there go out, in minutes."""

from __future__ import annotations

from collections.abc import Sequence

from generator.hours.german.tokens import Token, kind_at
from generator.hours.german.unreadable import Unreadable

NOON = 12 * 60
EARLY = 6 * 60
"""Who writes „3 bis 5 Uhr“ means the afternoon."""


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
        if kind_at(tokens, at) == "part" and kind_at(tokens, at + 1) in {"time", "from"}:
            part = tokens[at].value.lower()
            at += 1
        kind = kind_at(tokens, at)
        if kind == "from" and kind_at(tokens, at + 1) == "time":
            first = tokens[at + 1]
            span, at = _from_time(tokens, at + 1, part, since=tokens[at].value.lower())
        elif kind == "to" and kind_at(tokens, at + 1) == "time" and start_before is not None and not times:
            first = tokens[at + 1]
            span = _span(start_before, None, first, part)
            at += 2
        elif kind == "time":
            first = tokens[at]
            span, behind = _from_time(tokens, at, part)
            if times and kind_at(tokens, behind) in {"off", "pause"}:
                at = mark
                break
            at = behind
        else:
            at = mark
            break
        times.append(span)
        if len(times) > 1 and times[-1][0] < (times[-2][1] or times[-2][0]):
            raise Unreadable(
                "Ist das eine zweite Uhrzeit? Schreiben Sie frühere Zeiten zuerst.", first.at, len(first.text)
            )
    if not times:
        raise Unreadable("Es fehlt eine Uhrzeit.", tokens[at].at, len(tokens[at].value))
    return at, times


def without(times: list[tuple[int, int | None]], begin: int, end: int) -> list[tuple[int, int | None]]:
    """Spans of a day and a pause in, what is left of them out.

    >>> without([(540, 960)], 720, 780)
    [(540, 720), (780, 960)]
    """
    left: list[tuple[int, int | None]] = []
    for first, last in times:
        if first < begin:
            left.append((first, min(begin, last) if last is not None else begin))
        if last is None or last > end:
            left.append((max(first, end), last))
    return left


def _from_time(
    tokens: Sequence[Token], at: int, part: str, *, since: str = ""
) -> tuple[tuple[int, int | None], int]:
    """The span that begins at a place, and the place behind; `since` is the word before it, „ab“ or „zwischen“."""
    start = tokens[at]
    between = at + 1
    if kind_at(tokens, between) == "part":
        # „8 Uhr abends bis 10 Uhr“
        part = tokens[between].value.lower()
        between += 1
    last = between + 1
    tied = kind_at(tokens, between) == "and" and kind_at(tokens, last) == "time"
    if (since == "zwischen" and tied) or (
        kind_at(tokens, between) == "to" and kind_at(tokens, last) == "time"
    ):
        part, behind = _part_behind(tokens, last + 1, part)
        return _span(_minutes(start, part), start, tokens[last], part), behind
    if kind_at(tokens, between) == "to" and kind_at(tokens, last) == "open-end":
        return (_beginning(start, part), None), last + 1
    if kind_at(tokens, between) == "to":
        raise Unreadable(f"Nach „{start.value}“ fehlt, bis wann.", start.at, len(start.value))
    if tied and kind_at(tokens, last + 1) != "to" and not since:
        raise Unreadable(
            f"Beginnt es um {start.value} und noch einmal um {tokens[last].value}, oder dauert es so lange? "
            "Schreiben Sie „15 bis 17 Uhr“, oder Anfang und Ende von beidem.",
            start.at,
            len(start.value),
        )
    if start.bare and not since:
        raise Unreadable(
            f"Bei „{start.value}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“.",
            start.at,
            len(start.value),
        )
    part, behind = _part_behind(tokens, at + 1, part)
    return (_beginning(start, part), None), behind


def _part_behind(tokens: Sequence[Token], at: int, part: str) -> tuple[str, int]:
    """„7 bis 9 Uhr abends“: the part of the day that stands behind its times, and the place behind it."""
    if kind_at(tokens, at) == "part" and kind_at(tokens, at + 1) not in {"time", "from"}:
        return tokens[at].value.lower(), at + 1
    return part, at


def _minutes(token: Token, part: str) -> int:
    """A time in, its minutes of the day out; raises `Unreadable` for times that do not exist."""
    hour, minute = token.numbers
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Unreadable(f"„{token.value}“ ist keine Uhrzeit.", token.at, len(token.value))
    later = hour < 12 and ("nachmittag" in part or "abend" in part)
    return (hour + (12 if later else 0)) * 60 + minute


def _beginning(token: Token, part: str) -> int:
    """A beginning without an end in, its minutes out; raises `Unreadable` where morning and evening could be meant."""
    start = _minutes(token, part)
    if _is_early(token, start, part):
        raise Unreadable(
            f"Ist mit „{token.value}“ früh oder abends gemeint? Schreiben Sie „ab 17:00 Uhr“.",
            token.at,
            len(token.value),
        )
    return start


def _is_early(token: Token, start: int, part: str) -> bool:
    """Whether an hour was said as people say it of the afternoon: „3 Uhr“, „halb acht“; who writes 03:00 means the night."""
    if "morgen" in part or "früh" in part or "vormittag" in part:
        return False
    if token.spoken or token.whole:
        return 0 < start <= (EARLY + 150 if token.spoken else EARLY)
    return 0 < start < EARLY and token.value[1:2] in {":", "."}


def _span(start: int, first: Token | None, last: Token, part: str) -> tuple[int, int]:
    """Beginning and end in, both in minutes out; raises `Unreadable` where morning and evening could be meant.

    Without `first` the beginning is that of the day before, and only the end is written: „freitags bis 13 Uhr“.
    """
    end = _minutes(last, part)
    said = f"{first.value} bis {last.value}" if first else f"bis {last.value}"
    place = first or last
    doubtful = f"Ist mit „{said}“ früh oder abends gemeint? Schreiben Sie „17:00-19:00“."
    if end < NOON and first and _is_early(first, start, part):
        raise Unreadable(doubtful, place.at, len(place.value))
    if end <= start and not (start >= 17 * 60 and end <= 6 * 60):
        # Hours alone may mean the night; with minutes nobody means the next morning.
        if start >= NOON and first and not any(item.whole or item.spoken for item in (first, last)):
            why = f"„{last.value}“ liegt vor „{first.value}“. Zuerst steht, wann es beginnt, dann, wann es endet."
            raise Unreadable(why, place.at, len(place.value))
        raise Unreadable(doubtful, place.at, len(place.value))
    return start, end
