"""What limits hours (seasons, holidays, rhythms, dates, remarks), in every place where people write it, beside two times.

A limit is written once and meant for one time or for both. Where a reader couldn't tell, a door that may be closed is never called open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from generator.derive.hours import schedule
from generator.model.hours import read_hours
from tests.hours.writings import DAYS_AHEAD, TODAY

FIRST, SECOND = 9 * 60, 14 * 60
"""Tuesday begins at nine, Thursday at two."""

# The limit as it is written, and a Tuesday with the Thursday after it on which it does not hold.
LIMITS = {
    "Mai bis September": "2026-11-24",
    "Mai–Sept.": "2026-11-24",
    "im Juli und August": "2026-11-24",
    "nur im Dezember": "2026-11-24",
    "in den Ferien": "2026-11-24",
    "nur in den Schulferien": "2026-11-24",
    "während der Schulzeit": "2026-12-29",
    "außer in den Ferien": "2026-12-29",
    "ab 1.3.2027": "2026-11-24",
    "bis 30.11.2026": "2026-12-08",
    "in geraden Wochen": "2026-11-17",
    "alle 14 Tage": "2026-11-24",
    "14-tägig ab 3.11.2026": "2026-11-24",
    "einmal im Monat": "2026-11-24",
    "im Winter": "2026-11-24",
    "nach Anmeldung": "2026-11-24",
    "bei gutem Wetter": "2026-11-24",
    "zurzeit geschlossen": "2026-11-24",
    "(Handarbeiten)": "2026-11-24",
}
# What limits both for a reader, or may: in all of these neither time is certain on a day outside of the limit.
BOTH = (
    "{limit}: Di 9-12 Uhr, Do 14-17 Uhr",
    "{limit}: Di 9-12 Uhr und Do 14-17 Uhr",
    "{limit}: Di 9-12 Uhr; Do 14-17 Uhr",
    "{limit}:\nDi 9-12 Uhr\nDo 14-17 Uhr",
    "{limit} Di 9-12 Uhr, Do 14-17 Uhr",
    "{limit} Di 9-12 Uhr und Do 14-17 Uhr",
    "{limit} Di 9-12 Uhr; Do 14-17 Uhr",
    "Di 9-12 Uhr, Do 14-17 Uhr {limit}",
    "Di 9-12 Uhr und Do 14-17 Uhr {limit}",
    "Di 9-12 Uhr, Do 14-17 Uhr, {limit}",
    "Di 9-12 Uhr und Do 14-17 Uhr ({limit})",
    "Di 9-12 Uhr; Do 14-17 Uhr; {limit}",
    "Di 9-12 Uhr\nDo 14-17 Uhr\n{limit}",
    "Di 9-12 Uhr\nDo 14-17 Uhr\n({limit})",
)
# What limits the second for a reader.
LAST = (
    "Di 9-12 Uhr; Do 14-17 Uhr ({limit})",
    "Di 9-12 Uhr\nDo 14-17 Uhr, {limit}",
    "Di 9-12 Uhr; {limit}: Do 14-17 Uhr",
)


def _open(text: str, tuesday: str) -> Iterator[int]:
    made = schedule(read_hours(text), land="SH", today=TODAY, horizon_days=DAYS_AHEAD)
    first = dt.date.fromisoformat(tuesday)
    for day in (first, first + dt.timedelta(days=2)):
        yield from (item.start for item in made.intervals_on(day) if item.state == "open" or item.open_end)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("frame", BOTH)
def test_a_limit_of_both_times_leaves_neither_open(frame: str, limit: str) -> None:
    text = frame.format(limit=limit.strip("()") if "({" in frame else limit)
    assert list(_open(text, LIMITS[limit])) == [], read_hours(text)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("frame", LAST)
def test_a_limit_of_the_second_time_leaves_it_closed(frame: str, limit: str) -> None:
    text = frame.format(limit=limit.strip("()") if "({" in frame else limit)
    assert SECOND not in _open(text, LIMITS[limit]), read_hours(text)


def test_the_times_are_open_without_a_limit() -> None:
    """What can't be found open can't be found closed: without the limit both frames are open on these days."""
    for frame in (*BOTH, *LAST):
        text = frame.format(limit="").replace("()", "").strip(" :,;\n")
        assert sorted(_open(text, "2026-11-24")) == [FIRST, SECOND], read_hours(text)
