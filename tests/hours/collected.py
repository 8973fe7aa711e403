"""Forms that people wrote who haven't seen the grammar, with what they mean, and how much of it is understood day by day.

`collected.csv` holds door signs, notices and flyers; what each means is OSM written by hand, „?“ where nobody can be sure of any time.
Those of the weekly markets are read where they lie: they are not ours to copy.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from generator.hours.evaluate import schedule
from generator.hours.schedule import Intervals, Schedule
from generator.hours.written_hours import Hours, read_hours
from tests.open_data import REAL

HERE = Path(__file__).parent
MARKETS = REAL / "opening_hours" / "wo-ist-markt.csv"
MARKETS_MEAN = (
    "2026 Apr 19 08:00-15:00", "2026 May 17 08:00-15:00", "2026 Jul 19 08:00-15:00", "2026 Aug 16 08:00-15:00", "2026 Sep 20 08:00-15:00",
    "2026 Oct 18 08:00-15:00", "?", "?",
    "2026 Apr 04-2026 Apr 05,2026 May 02-2026 May 03,2026 May 23-2026 May 24,2026 Jul 04-2026 Jul 05,2026 Aug 01-2026 Aug 02,"
    '2026 Sep 12-2026 Sep 13,2026 Oct 03-2026 Oct 04,2026 Nov 07-2026 Nov 08 09:00-17:00; 2026 Apr 06,2026 May 25,2026 Oct 02 unknown "?"',
    "2026 Apr 25 10:00-14:00", "2026 Apr 04-2026 Oct 30 10:00-18:00", "?", "?", "?", "?",
)  # fmt: skip
"""What the different free texts of the markets mean, in their order."""
TODAY = dt.date(2026, 4, 1)
DAYS = 400

Fate = Literal["right", "unsure", "wrong"]
Minutes = set[tuple[int, str]]


@dataclass(frozen=True)
class Form:
    """A text and the OSM expression of what it means; „?“ where nothing is certain."""

    text: str
    means: str


def forms_of(name: str) -> Iterator[Form]:
    """Yield the forms of a file beside this one, with what they mean."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield Form(row["text"], row["means"])


def forms() -> Iterator[Form]:
    """Yield all collected forms, each once."""
    yield from forms_of("collected.csv")
    if MARKETS.is_file():
        with MARKETS.open(encoding="utf-8", newline="") as file:
            texts = dict.fromkeys(row["opening_hours_unclassified"] for row in csv.DictReader(file))
        yield from map(Form, filter(None, texts), MARKETS_MEAN)


@cache
def days_of(hours: Hours) -> Schedule:
    """Return the schedule of hours over all days that are looked at."""
    return schedule(hours, land="SH", today=TODAY, horizon_days=DAYS)


def fate(form: Form, hours: Hours | None = None) -> Fate:
    """Tell how the hours that were read from a form compare with what it means."""
    made = days_of(hours or read_hours(form.text))
    if form.means == "?":
        claims = any(_certain(made.intervals_on(day)) for day in _days())
        return "wrong" if claims else "right"
    meant = days_of(Hours(form.means, form.means))
    assert meant.readable, form.means
    if not made.readable:
        return "unsure" if any(_certain(meant.intervals_on(day)) for day in _days()) else "right"
    fates = {_fate_of_day(made.intervals_on(day), meant.intervals_on(day)) for day in _days()}
    return max(fates, key=("right", "unsure", "wrong").index)


def _days() -> Iterator[dt.date]:
    return (TODAY + dt.timedelta(days=ahead) for ahead in range(DAYS))


def _fate_of_day(made: Intervals, meant: Intervals) -> Fate:
    if _shape(made) == _shape(meant) or (meant and made and not _certain(made) | _certain(meant)):
        return "right"
    claims, holds = _certain(made), _certain(meant)
    denied = {minute for minute, _ in holds} - _perhaps(made) or (meant and not made)
    return "wrong" if claims - holds or denied else "unsure"


def _shape(day: Intervals) -> list[tuple[object, ...]]:
    """Return what is said of a day, without the remarks; how one gets there only where it is certain."""
    found = []
    for one in day:
        end = None if one.open_end else one.end
        found.append((one.start, end, one.state, one.doubtful, one.medium if one.begins else ""))
    return found


def _certain(day: Intervals) -> Minutes:
    """Return the minutes at which something is certainly open or begins, with how one gets there."""
    found: Minutes = set()
    for one in day:
        last = one.end if one.state == "open" else one.start + bool(one.begins)
        found |= {(minute, one.medium) for minute in range(one.start, last)}
    return found


def _perhaps(day: Sequence[object]) -> set[int]:
    return {minute for one in day for minute in range(one.start, one.end)}  # type: ignore[attr-defined]
