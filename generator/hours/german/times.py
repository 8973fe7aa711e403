"""Read times at the place of a `Draft` into its clause, in minutes: spans of a day („9-12 und 14-18 Uhr“), or a pause out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.hours.german.clauses import Draft
from generator.hours.german.tokens import Token, Unreadable, kind_at

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
            if kind_at(tokens, at) not in {"comma", "and"}:
                break
            at += 1
        if kind_at(tokens, at) == "part" and kind_at(tokens, at + 1) in {"time", "from"}:
            part = tokens[at].value.lower()
            at += 1
        found = _one_span(tokens, at, part, None if times else start_before)
        if found is None or (times and found.is_pause(tokens)):
            at = mark
            break
        if times:
            _refuse_earlier(found, times[-1])
        times.append(found.span)
        at = found.behind
    if not times:
        raise Unreadable("Es fehlt eine Uhrzeit.", tokens[at].at, len(tokens[at].value))
    return at, times


@dataclass(frozen=True, slots=True)
class _ReadSpan:
    """One span with the first time that is written of it, and the place behind it; `plain` without „ab“ or „bis“ before it."""

    span: tuple[int, int | None]
    first: Token
    behind: int
    plain: bool

    def is_pause(self, tokens: Sequence[Token]) -> bool:
        """Tell whether behind the span stands that it is closed then."""
        return self.plain and kind_at(tokens, self.behind) in {"off", "pause"}


def _one_span(tokens: Sequence[Token], at: int, part: str, start_before: int | None) -> _ReadSpan | None:
    """Read the span at a place; None where none begins there."""
    kind = kind_at(tokens, at)
    if kind == "time":
        span, behind = _from_time(tokens, at, part)
        return _ReadSpan(span, tokens[at], behind, plain=True)
    if kind_at(tokens, at + 1) != "time":
        return None
    first = tokens[at + 1]
    if kind == "from":
        span, behind = _from_time(tokens, at + 1, part, since=tokens[at].value.lower())
        return _ReadSpan(span, first, behind, plain=False)
    if kind == "to" and start_before is not None:
        return _ReadSpan(_span(start_before, None, first, part), first, at + 2, plain=False)
    return None


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


def _refuse_earlier(found: _ReadSpan, before: tuple[int, int | None]) -> None:
    """Raise `Unreadable` where a span begins before the one that stands before it has ended."""
    start, end = before
    if found.span[0] < (end or start):
        why = "Ist das eine zweite Uhrzeit? Schreiben Sie frühere Zeiten zuerst."
        raise Unreadable(why, found.first.at, len(found.first.text))


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
    ended = kind_at(tokens, between) == "to"
    time_follows = kind_at(tokens, last) == "time"
    tied = kind_at(tokens, between) == "and" and time_follows
    if (ended and time_follows) or (tied and since == "zwischen"):
        part, behind = _part_behind(tokens, last + 1, part)
        return _span(_minutes(start, part), start, tokens[last], part), behind
    if ended and kind_at(tokens, last) == "open-end":
        return (_beginning(start, part), None), last + 1
    if ended:
        raise Unreadable(f"Nach „{start.value}“ fehlt, bis wann.", start.at, len(start.value))
    if not since:
        _refuse_lone(start, tokens[last] if tied and kind_at(tokens, last + 1) != "to" else None)
    part, behind = _part_behind(tokens, at + 1, part)
    return (_beginning(start, part), None), behind


def _refuse_lone(start: Token, other: Token | None) -> None:
    """Raise `Unreadable` where a lone time could be a beginning or, with another one behind „und“, a span."""
    if other is not None:
        raise Unreadable(
            f"Beginnt es um {start.value} und noch einmal um {other.value}, oder dauert es so lange? "
            "Schreiben Sie „15 bis 17 Uhr“, oder Anfang und Ende von beidem.",
            start.at,
            len(start.value),
        )
    if start.bare:
        raise Unreadable(
            f"Bei „{start.value}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“.",
            start.at,
            len(start.value),
        )


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


def _is_night(start: int, end: int) -> bool:
    """Tell whether times, in minutes, are an evening and the early morning after it."""
    return start >= 17 * 60 and end <= 6 * 60


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
    if end <= start and not _is_night(start, end):
        # Hours alone may mean the night; with minutes nobody means the next morning.
        if start >= NOON and first and not any(item.whole or item.spoken for item in (first, last)):
            why = f"„{last.value}“ liegt vor „{first.value}“. Zuerst steht, wann es beginnt, dann, wann es endet."
            raise Unreadable(why, place.at, len(place.value))
        raise Unreadable(doubtful, place.at, len(place.value))
    return start, end


def times(draft: Draft, token: Token) -> None:
    """Read times of a day, or of a pause where „geschlossen“ stands behind them."""
    clause = draft.clause
    complete = clause.times and (clause.days_last or not draft.joint or draft.joint == "break")
    if complete or clause.state == "off":
        clause = draft.begin()
    start = draft.at
    known = None if draft.inside or clause.times else _start_before(draft)
    draft.at, found = read_times(draft.tokens, draft.at, clause.part, known)
    is_pause = draft.peek().kind in {"off", "pause"} and (clause.times or not clause.has_head)
    if is_pause and draft.sentence():
        draft.at = start
        pause(draft, token)
        return
    clause.times += found


def pause(draft: Draft, token: Token) -> None:
    """Read the times of „Mo-Fr 9-16, Mittagspause 12-13 Uhr“: what lies between isn't open."""
    draft.at, found = read_times(draft.tokens, draft.at, draft.clause.part, None)
    draft.take("off", "pause")
    targets = [clause for clause in draft.sentence() if clause.times]
    if not targets or any(end is None for _, end in found):
        raise Unreadable("Welche Zeiten unterbricht diese Pause?", token.at, len(token.text))
    for clause in targets:
        for begin, end in found:
            clause.times = without(clause.times, begin, end or begin)


def all_day(draft: Draft, _token: Token) -> None:
    """Read „rund um die Uhr“."""
    draft.at += 1
    clause = draft.begin() if draft.clause.times else draft.clause
    if not clause.has_head:
        clause.days.append("Mo-Su")
    clause.times.append((0, 1440))


def part_of_day(draft: Draft, token: Token) -> None:
    """Read „vormittags“: what the times behind it mean, or all there is instead of times."""
    draft.at += 1
    word = token.value.lower()
    following = draft.peek()
    if following.kind in {"time", "from", "to"} and (not draft.clause.times or draft.joint):
        draft.clause.part = word
    elif not draft.clause.times:
        if following.kind in {"day", "comma"} and not draft.clause.has_head:
            draft.clause.part = word
            return
        draft.clause.doubt(token.value)
        draft.clause.asked = True
        draft.name_doubt(token, "Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende.")
    elif following.kind == "appointment" and draft.joint:
        draft.said.otherwise = draft.said.otherwise or f"{token.text} {following.value}"
        draft.at += 1
    elif following.kind in {"off", "pause"}:
        raise Unreadable("Schreiben Sie, von wann bis wann geschlossen ist.", token.at, len(token.text))


def open_end(draft: Draft, _token: Token) -> None:
    """Pass over „open end“ where no time stands before it."""
    draft.at += 1


def _start_before(draft: Draft) -> int | None:
    """When the day before begins, for „freitags bis 13 Uhr“."""
    before = next((clause for clause in reversed(draft.clauses) if clause.times), None)
    if before:
        return before.times[0][0]
    return None
