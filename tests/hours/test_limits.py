"""What limits hours (seasons, holidays, rhythms, dates, remarks), in every place where people write it, beside two times.

A limit is written once and meant for one time or for both. Where a reader couldn't tell, a door that may be closed is never called open.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest

from generator.hours.evaluate import schedule
from generator.hours.written_hours import read_hours
from tests.chance import every_row

TODAY = dt.date(2026, 10, 26)
DAYS_AHEAD = 360
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
ON_BOTH = [*itertools.product(BOTH, LIMITS)]
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


@pytest.mark.guards("Help and hours: a limit limits what it is about and nothing else")
@pytest.mark.parametrize(("frame", "limit"), every_row(ON_BOTH, ON_BOTH[::3]))
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
        text = frame.format(limit="").replace("()", "").replace("; :", ";").strip(" :,;\n")
        assert sorted(_open(text, "2026-11-24")) == [FIRST, SECOND], read_hours(text)


# --- a limit with a remark of its own ---------------------------------------------------------------------------------

PARTS = ("in den Ferien", "in den Sommerferien", "im Dezember 2026", "im August", "ab 1.12.2026", "bis 30.11.2026", "am 25.11.2026",
         "in geraden Wochen", "am 1. Mittwoch im Monat")  # fmt: skip
BESIDE = (
    "nur telefonisch",
    "nach Vereinbarung",
    "nur mit Termin",
    "mit Anmeldung",
    "bei gutem Wetter",
    "im Garten",
    "ohne Anmeldung",
)
BOTH_WAYS = (
    "Mi 14-17 Uhr, {part} {remark}",
    "Mi 14-17 Uhr ({part} {remark})",
    "Mi 14-17 Uhr; {part}: {remark}",
    "Mi 14-17 Uhr\n{part} {remark}",
    "Mi 14-17 Uhr, {remark} {part}",
    "Mi 14-17 Uhr ({remark} {part})",
)


def _states(text: str, *days: str) -> list[str]:
    """What each day says at three o'clock: open, unknown or closed."""
    made = schedule(read_hours(text), land="SH", today=TODAY, horizon_days=DAYS_AHEAD)
    if not made.readable:
        return ["unknown" for _ in days]
    at = 15 * 60
    return [
        next(
            (
                item.state
                for item in made.intervals_on(dt.date.fromisoformat(day))
                if item.start <= at < item.end
            ),
            "closed",
        )
        for day in days
    ]


@pytest.mark.guards("Help and hours: a limit limits what it is about and nothing else")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("frame", BOTH_WAYS)
def test_a_remark_about_some_days_closes_none_of_the_others(frame: str, part: str) -> None:
    """„Mi 14-17, im August nur telefonisch“ is no meeting for August: nobody may be told that it is closed in November."""
    for remark in BESIDE:
        text = frame.format(part=part, remark=remark)
        ordinary = "2026-11-18" if part != "bis 30.11.2026" else "2026-12-09"
        assert "closed" not in _states(text, ordinary, "2026-12-16"), (text, read_hours(text))


@pytest.mark.guards("Help and hours: a limit limits what it is about and nothing else")
@pytest.mark.parametrize("off", ["entfällt", "geschlossen", "fällt aus", "kein Treff"])
@pytest.mark.parametrize(
    "frame", ["Mi 14-17 Uhr, {}", "Mi 14-17 Uhr ({})", "Mi 14-17 Uhr; {}", "Mi 14-17 Uhr {}"]
)
@pytest.mark.parametrize(
    ("when", "open_", "closed"),
    [
        ("ab 1.12.2026", "2026-11-25", "2026-12-02"),
        ("bis 30.11.2026", "2026-12-02", "2026-11-25"),
        ("in geraden Wochen", "2026-12-02", "2026-11-25"),
        ("im Dezember 2026", "2026-11-25", "2026-12-02"),
        ("in den Ferien", "2026-12-02", "2026-12-30"),
        ("am 25.11.2026", "2026-12-02", "2026-11-25"),
    ],
)
def test_closed_at_times_is_open_at_others(frame: str, off: str, when: str, open_: str, closed: str) -> None:
    text = frame.format(f"{off} {when}")
    assert _states(text, open_, closed) in (["open", "closed"], ["unknown", "unknown"]), (
        text,
        read_hours(text),
    )


# --- words that nobody knows ------------------------------------------------------------------------------------------

REMARKS = (
    "entfällt", "nicht immer", "April bis Oktober 2031", "wenn Petra da ist", "bis auf Weiteres nicht", "Änderungen vorbehalten",
    "nur für Stammgäste", "im Wechsel mit Mittwoch", "fällt öfter aus", "?", "außer wenn es regnet", "Frau Kant krank", "siehe Aushang",
    "neu ab Februar", "bis Weihnachten", "zwischendurch geschlossen", "Ferien beachten", "Ausfall", "keine Gruppe", "nur Mi",
)  # fmt: skip
AROUND = ("Di 15-18 Uhr ({})", "Di 15-18 Uhr, {}", "Di 15-18 Uhr {}", "{}: Di 15-18 Uhr", "{}; Di 15-18 Uhr", "Di ({}) 15-18 Uhr",
          "Mo 9-12, Di 15-18 Uhr ({})", "Mo 9-12 und Di 15-18 Uhr, {}", 'Di 15-18 Uhr "{}"', 'Tu 15:00-18:00 "{}"', 'Tu 15:00-18:00 open "{}"')  # fmt: skip
UNCLEAR = (
    "Di 3 Uhr bis 5 Uhr", "Di halb vier bis halb sechs", "Mo-Fr 3:30 - 5:30 Uhr", "Di ab 4", "Di um 15 und 17 Uhr", "Di 9 und 14 Uhr", "Di 9:00 und 14:00",
    "Mo-Fr 9-16 Uhr, mittags geschlossen", "Mo-Fr 9-16, außer Mi nachmittags", "Di 15-18 Uhr, 6-12", "Mo-Mi-Fr 9-12", "Di (Do) 15-18", "Mo statt Di 10-12 Uhr",
    "Di oder Do 15-18", "ab 1.3.2026 16-19 Uhr", "Di gegen 15 Uhr", "Di ab 15 Uhr (entfällt öfter)", "Mo,Fr 09:00-12:00; Fr 14:00-16:00", "Mo/Die 15-16 Uhr",
    "Mo 9-12; SH closed", "Mo 9-12 Uhr; PH off", "Di 9-12, Di 11-14", "Mi geschlossen, Mi 9-12", "1. Mo im Monat 9-12, Mo 14-16",
)  # fmt: skip


def _beginnings(text: str) -> list[object]:
    made = schedule(read_hours(text), land="SH", today=TODAY, horizon_days=DAYS_AHEAD)
    days = (TODAY + dt.timedelta(days=offset) for offset in range(DAYS_AHEAD))
    return [item for day in days for item in made.intervals_on(day) if item.begins]


@pytest.mark.parametrize("frame", AROUND)
@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_that_is_not_known_never_leaves_the_door_open(frame: str, remark: str) -> None:
    text = frame.format(remark)
    assert _beginnings(text) == [], read_hours(text)


@pytest.mark.guards("Help and hours: what can't be read opens no door")
@pytest.mark.parametrize("text", UNCLEAR)
def test_what_a_reader_cannot_tell_never_opens_a_door_and_is_named(text: str) -> None:
    assert _beginnings(text) == []
    assert read_hours(text).doubts
