"""How one gets there is a fact of each interval: hours as people write them, with the medium that a reader would take them for.

The 300 rows of `media.csv` were written, with medium and certainty, by two who had not seen the reader, before anything was run.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.hours.evaluate import schedule
from generator.hours.schedule import Schedule
from generator.hours.spoken import spoken_week
from generator.hours.written_hours import read_hours

TODAY = dt.date(2026, 11, 26)
YEAR = 365
DEBATABLE = frozenset(
    {
        "werktags 8-18",
        "Büro montags 17–18.30 Uhr geöffnet, in den Ferien nur telefonisch nach Rücksprache",
        "in den Ferien andere Zeiten, sonst Mo-Fr 13-19",
        "Mo-Do 14-19 Uhr, in den Schulferien geänderte Öffnungszeiten",
    }
)
"""Writings of which a part is sure: a reader asks about Saturday, and about the holidays."""


class Row(NamedTuple):
    """Hours as they are written, how one gets there, and whether that is sure."""

    text: str
    medium: str
    certainty: str


@cache
def rows() -> tuple[Row, ...]:
    with (Path(__file__).parent / "media.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Row(row["text"], row["medium"], row["certainty"]) for row in csv.DictReader(stream))


def made(row: Row) -> Schedule:
    return schedule(read_hours(row.text), land="SH", today=TODAY, horizon_days=YEAR)


def of(*media: str) -> Iterator[tuple[Row, Schedule]]:
    return ((row, made(row)) for row in rows() if row.medium in media and made(row).readable)


def test_no_door_is_open_that_nobody_says_is_open() -> None:
    wrong = []
    for row in rows():
        at_a_door = any(interval.at_a_door for interval in made(row).intervals())
        open_door = row.medium in ("door", "mixed") and row.certainty == "sure"
        if at_a_door and not open_door and row.text not in DEBATABLE:
            wrong.append(row)
    assert wrong == []


@pytest.mark.parametrize("medium", ["phone", "video"])
def test_hours_of_a_telephone_or_a_screen_are_theirs(medium: str) -> None:
    found = list(of(medium))
    assert found
    for row, hours in found:
        media = {interval.medium for interval in hours.intervals() if interval.state == "open"}
        assert media <= {medium}, row


def test_what_needs_an_appointment_is_certain_of_nobody() -> None:
    found = list(of("appointment"))
    assert len(found) >= 8
    for row, hours in found:
        assert not any(interval.begins for interval in hours.intervals()), row


def test_of_two_media_both_are_kept() -> None:
    hours = made(Row("Mo 9-12 Uhr persönlich, Di 9-12 Uhr (Tel.), Mi 9-12 Uhr (nur online)", "mixed", "sure"))
    assert [{item.medium for item in day} for day in hours.week[:3]] == [{"door"}, {"phone"}, {"video"}]


def test_a_door_stays_open_while_one_may_call() -> None:
    hours = made(Row("Mo-Fr 9-12 Uhr; telefonisch Mo-Do 8-16 Uhr", "mixed", "sure"))
    monday = {(item.start, item.end, item.medium) for item in hours.week[0]}
    assert monday == {(480, 960, "phone"), (540, 720, "door")}
    assert spoken_week(hours, str)[0] == ("Mo bis Do", "8 bis 16 Uhr (telefonisch), 9 bis 12 Uhr")
