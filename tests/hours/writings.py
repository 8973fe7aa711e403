"""Reads `german_hours.txt`: writings with what a careful reader understands, as intervals of single days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.hours.evaluate import schedule
from generator.hours.schedule import Interval
from generator.hours.written_hours import Hours

FILES = tuple(
    Path(__file__).with_name(name)
    for name in ("german_hours.txt", "german_hours_second.txt", "german_hours_third.txt")
)
TODAY = dt.date(2026, 10, 26)
DAYS_AHEAD = 360
MONDAY = dt.date(2026, 11, 2)

_TIME = re.compile(r"(\?)?(\d{1,2})(?::(\d\d))?(?:(\+)|-(\d{1,2})(?::(\d\d))?)")


@dataclass(frozen=True)
class Expected:
    """What a day must be: `times` None means that no time of it is certain, but some are not ruled out."""

    day: dt.date
    times: tuple[tuple[int, int | None, bool], ...] | None


@dataclass(frozen=True)
class Writing:
    """One line of the file."""

    text: str
    days: tuple[Expected, ...]


def writings(file: Path) -> Iterator[Writing]:
    """Yield every line of one file of the corpus."""
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, *parts = (part.strip() for part in re.split(r" \| ", line))
            yield Writing(text.replace("\\n", "\n"), tuple(_days(parts)))


def _days(parts: list[str]) -> Iterator[Expected]:
    week, *dates = parts
    if week != "~":
        times = dict.fromkeys(range(1, 8), "-")
        for piece in week.split(";") if week != "-" else ():
            digits, said = piece.split()
            times |= {int(digit): said for digit in digits}
        for number, said in times.items():
            yield Expected(MONDAY + dt.timedelta(days=number - 1), _times(said))
    for part in dates:
        written, said = part.split()
        month, day = map(int, written.split("-"))
        yield Expected(dt.date(2026 if month >= 10 else 2027, month, day), _times(said))


def _times(said: str) -> tuple[tuple[int, int | None, bool], ...] | None:
    if said == "?":
        return None
    if said == "-":
        return ()
    found = []
    for piece in said.split(","):
        match = _TIME.fullmatch(piece)
        assert match, piece
        doubt, hour, minute, plus, last, last_minute = match.groups()
        end = None if plus else int(last) * 60 + int(last_minute or 0)
        found.append((int(hour) * 60 + int(minute or 0), end, doubt is None))
    return tuple(found)


def differences(hours: Hours, days: tuple[Expected, ...]) -> list[str]:
    """Compare what hours mean with what is expected; each difference says „open“ first when it claims too much."""
    made = schedule(hours, land="SH", today=TODAY, horizon_days=DAYS_AHEAD)
    found = []
    for expected in days:
        intervals = made.intervals_on(expected.day)
        if not made.readable:
            if expected.times != ():
                found.append(f"unread {expected.day}")
            continue
        if expected.times is None:
            if not intervals or any(item.state == "open" for item in intervals):
                found.append(f"{_claim(intervals, ())}{expected.day}: {_said(intervals)}, expected ?")
            continue
        # „sonst nach Vereinbarung“ fills the rest of a day without saying anything about it.
        if not expected.times or any(sure for _, _, sure in expected.times):
            intervals = tuple(
                item
                for item in intervals
                if made.comment is None or item.state == "open" or item.comment != made.comment
            )
        if _plain(intervals) != expected.times:
            found.append(
                f"{_claim(intervals, expected.times)}{expected.day}: {_said(intervals)}, expected {expected.times}"
            )
    return found


def _plain(intervals: tuple[Interval, ...]) -> tuple[tuple[int, int | None, bool], ...]:
    return tuple(
        (item.start, None, True) if item.open_end else (item.start, item.end, item.state == "open")
        for item in intervals
    )


def _claim(intervals: tuple[Interval, ...], times: tuple[tuple[int, int | None, bool], ...]) -> str:
    """„open“ when any minute is called open that the reader doesn't know to be open."""
    certain = {minute for start, end, sure in times if sure and end for minute in range(start, end)}
    claimed = {minute for item in intervals if item.state == "open" for minute in range(item.start, item.end)}
    return "open " if claimed - certain else ""


def _said(intervals: tuple[Interval, ...]) -> str:
    return (
        ", ".join(f"{item.start}-{item.end}{'' if item.state == 'open' else '?'}" for item in intervals)
        or "closed"
    )
