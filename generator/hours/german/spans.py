"""Read a time at the place of a `Draft` into its clause: spans of a day, or a pause out of them."""

from __future__ import annotations

from generator.hours.german.draft import Draft
from generator.hours.german.times import read_times, without
from generator.hours.german.tokens import Token
from generator.hours.german.unreadable import Unreadable


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
