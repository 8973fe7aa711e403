"""Read times at the place of a `Draft` into its clause, in minutes: spans („9-12 und 14-18 Uhr“), a pause out of them, „nachmittags“, „rund um die Uhr“; when „3 Uhr“ is the afternoon, when an end is open, what is refused as ambiguous."""

from __future__ import annotations

from generator.hours.german.clauses import Draft, Span
from generator.hours.german.tokens import Kind, Token

_BEGINS: frozenset[Kind] = frozenset({"time", "from"})
_NOT_OPEN: frozenset[Kind] = frozenset({"off", "pause"})
NOON = 12 * 60
EARLY = 6 * 60
"""Who writes „3 bis 5 Uhr“ means the afternoon."""


def _read_spans(draft: Draft, part: str, start_before: int | None) -> list[Span]:
    """Read the spans of a day that stand at the place of a draft.

    `part` is the part of the day that was named before („nachmittags“), `start_before` the beginning of the day before, for „freitags bis
    13 Uhr“. Raises `Unreadable` where morning and evening could be meant or no time stands there.
    """
    found: list[Span] = []
    while True:
        mark = draft.at
        if found and draft.take("comma", "and") is None:
            break
        part = _part_before(draft, part)
        opening, behind = draft.peek(), draft.peek(1)
        span = _one_span(draft, part, None if found else start_before)
        is_plain = opening.kind == "time"
        if span is None or (found and is_plain and draft.peek().kind in _NOT_OPEN):
            draft.at = mark
            break
        _refuse_earlier(span, opening if is_plain else behind, found[-1:])
        found.append(span)
    if not found:
        raise draft.peek().refused("Es fehlt eine Uhrzeit.")
    return found


def _part_before(draft: Draft, part: str) -> str:
    """Read „nachmittags“ before a time."""
    if draft.peek().kind != "part" or draft.peek(1).kind not in _BEGINS:
        return part
    draft.at += 1
    return draft.peek(-1).value.lower()


def _one_span(draft: Draft, part: str, start_before: int | None) -> Span | None:
    """Read the span at the place of a draft; None where none begins there."""
    opening, following = draft.peek(), draft.peek(1)
    if opening.kind == "time":
        return _from_time(draft, part)
    if following.kind != "time":
        return None
    if opening.kind == "from":
        draft.at += 1
        return _from_time(draft, part, since=opening.value.lower())
    if opening.kind == "to" and start_before is not None:
        draft.at += 2
        return _span(start_before, None, following, part)
    return None


def without(times: list[Span], begin: int, end: int) -> list[Span]:
    """Spans of a day and a pause in, what is left of them out.

    >>> without([(540, 960)], 720, 780)
    [(540, 720), (780, 960)]
    """
    left: list[Span] = []
    for first, last in times:
        if first < begin:
            left.append((first, min(begin, last) if last is not None else begin))
        if last is None or last > end:
            left.append((max(first, end), last))
    return left


def _refuse_earlier(span: Span, first: Token, before: list[Span]) -> None:
    """Raise `Unreadable` where a span, whose `first` time this is, begins before the one that stands before it, if any, has ended."""
    if any(span[0] < (end or start) for start, end in before):
        raise first.refused("Ist das eine zweite Uhrzeit? Schreiben Sie frühere Zeiten zuerst.")


def _from_time(draft: Draft, part: str, *, since: str = "") -> Span:
    """Read the span that begins with the time at the place of a draft; `since` is the word before it, „ab“ or „zwischen“."""
    start = draft.peek()
    draft.at += 1
    # „8 Uhr abends bis 10 Uhr“
    part = _part_behind(draft, part)
    between, last = draft.peek(), draft.peek(1)
    is_end = between.kind == "to" or (between.kind == "and" and since == "zwischen")
    if is_end and last.kind == "time":
        draft.at += 2
        part = _part_behind(draft, part)
        return _span(_minutes(start, part), start, last, part)
    if between.kind == "to" and last.kind == "open-end":
        draft.at += 2
    elif between.kind == "to":
        raise start.refused(f"Nach „{start.value}“ fehlt, bis wann.")
    elif not since:
        _refuse_lone(draft, start)
    return _beginning(start, part), None


def _refuse_lone(draft: Draft, start: Token) -> None:
    """Raise `Unreadable` where a lone time could be a beginning or, with another one behind „und“, a span."""
    other = draft.peek(1)
    if draft.peek().kind == "and" and other.kind == "time" and draft.peek(2).kind != "to":
        raise start.refused(
            f"Beginnt es um {start.value} und noch einmal um {other.value}, oder dauert es so lange? "
            "Schreiben Sie „15 bis 17 Uhr“, oder Anfang und Ende von beidem."
        )
    if start.bare:
        raise start.refused(
            f"Bei „{start.value}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“."
        )


def _part_behind(draft: Draft, part: str) -> str:
    """„7 bis 9 Uhr abends“: read the part of the day that stands behind its times; one before a time is about that."""
    if draft.peek().kind == "part" and draft.peek(1).kind not in _BEGINS:
        draft.at += 1
        return draft.peek(-1).value.lower()
    return part


def _minutes(token: Token, part: str) -> int:
    """A time in, its minutes of the day out; raises `Unreadable` for times that do not exist."""
    hour, minute = token.numbers
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise token.refused(f"„{token.value}“ ist keine Uhrzeit.")
    later = hour < 12 and ("nachmittag" in part or "abend" in part)
    return (hour + (12 if later else 0)) * 60 + minute


def _beginning(token: Token, part: str) -> int:
    """A beginning without an end in, its minutes out; raises `Unreadable` where morning and evening could be meant."""
    start = _minutes(token, part)
    if _is_early(token, start, part):
        raise token.refused(
            f"Ist mit „{token.value}“ früh oder abends gemeint? Schreiben Sie „ab 17:00 Uhr“."
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
        raise place.refused(doubtful)
    if end <= start and not _is_night(start, end):
        # Hours alone may mean the night; with minutes nobody means the next morning.
        if start >= NOON and first and not any(item.whole or item.spoken for item in (first, last)):
            why = f"„{last.value}“ liegt vor „{first.value}“. Zuerst steht, wann es beginnt, dann, wann es endet."
            raise place.refused(why)
        raise place.refused(doubtful)
    return start, end


def times(draft: Draft, token: Token) -> None:
    """Read times of a day, or of a pause where „geschlossen“ stands behind them."""
    clause = draft.clause
    complete = clause.times and (clause.days_last or not draft.joint or draft.joint == "break")
    if complete or clause.state == "off":
        clause = draft.begin()
    start = draft.at
    known = None if draft.inside or clause.times else _start_before(draft)
    found = _read_spans(draft, clause.part, known)
    is_pause = draft.peek().kind in {"off", "pause"} and (clause.times or not clause.has_head)
    if is_pause and draft.sentence():
        draft.at = start
        pause(draft, token)
        return
    clause.times += found


def pause(draft: Draft, token: Token) -> None:
    """Read the times of „Mo-Fr 9-16, Mittagspause 12-13 Uhr“: what lies between isn't open."""
    found = _read_spans(draft, draft.clause.part, None)
    draft.take("off", "pause")
    targets = [clause for clause in draft.sentence() if clause.times]
    if not targets or any(end is None for _, end in found):
        raise token.refused("Welche Zeiten unterbricht diese Pause?")
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
        if draft.clause.closes and not draft.joint:
            draft.clause.state, draft.clause.remarks = "unknown", [f"{draft.clause.closes} {token.value}"]
        else:
            draft.clause.doubt(token.value)
            draft.clause.vague = True
        draft.name_doubt(token, "Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende.")
    elif following.kind == "appointment" and draft.joint:
        draft.said.otherwise = draft.said.otherwise or f"{token.text} {following.value}"
        draft.at += 1
    elif following.kind in {"off", "pause"}:
        raise token.refused("Schreiben Sie, von wann bis wann geschlossen ist.")


def open_end(draft: Draft, _token: Token) -> None:
    """Pass over „open end“ where no time stands before it."""
    draft.at += 1


def _start_before(draft: Draft) -> int | None:
    """When the day before begins, for „freitags bis 13 Uhr“."""
    before = next((clause for clause in reversed(draft.clauses) if clause.times), None)
    if before:
        return before.times[0][0]
    return None
