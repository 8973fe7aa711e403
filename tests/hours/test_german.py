"""What is written around times and between them never opens a door that a reader wouldn't call open."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.hours.evaluate import schedule
from generator.hours.written_hours import Hours, read_hours

TODAY = dt.date(2026, 10, 26)
DAYS_AHEAD = 360


@pytest.mark.parametrize(
    "text", ["Töpfern: Di 15-18 Uhr", "Di 15-18 Uhr Töpfern", 'Tu 15:00-18:00 open "Töpfern"']
)
def test_a_name_of_what_takes_place_leaves_its_times_certain_and_is_said(text: str) -> None:
    made = schedule(read_hours(text), land="SH", today=TODAY)
    assert [(one.state, one.comment) for one in made.week[1]] == [("open", "Töpfern")]


REMARKS = (
    "mit Petra", "entfällt", "nicht immer", "April bis Oktober 2031", "wenn Petra da ist", "bis auf Weiteres nicht",
    "Änderungen vorbehalten", "nur für Stammgäste", "im Wechsel mit Mittwoch", "fällt öfter aus", "?", "außer wenn es regnet",
    "Frau Kant krank", "siehe Aushang", "neu ab Februar", "bis Weihnachten", "zwischendurch geschlossen", "Ferien beachten",
)  # fmt: skip
FRAMES = ("Di 15-18 Uhr ({})", "Di 15-18 Uhr, {}", "Di 15-18 Uhr {}", "{}: Di 15-18 Uhr", "{}; Di 15-18 Uhr", "Di ({}) 15-18 Uhr",
          "Mo 9-12, Di 15-18 Uhr ({})", "Mo 9-12 und Di 15-18 Uhr, {}", 'Tu 15:00-18:00 "{}"', 'Tu 15:00-18:00 open "{}"')  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_that_is_not_known_never_leaves_the_door_open(frame: str, remark: str) -> None:
    made = schedule(read_hours(frame.format(remark)), land="SH", today=TODAY, horizon_days=DAYS_AHEAD)
    for offset in range(DAYS_AHEAD):
        day = TODAY + dt.timedelta(days=offset)
        assert not any(item.state == "open" for item in made.intervals_on(day)), (day, made.written)


AMBIGUOUS = (
    "Di 3 Uhr bis 5 Uhr", "Di halb vier bis halb sechs", "Mo-Fr 3:30 - 5:30 Uhr", "Mo-Fr 3:30-5:30", "Di ab 4", "Di um 15 und 17 Uhr",
    "Di 9 und 14 Uhr", "Di 9:00 und 14:00", "Mo-Fr 9-16 Uhr, mittags geschlossen", "Mo-Fr 9-16, außer Mi nachmittags", "Di 15-18 Uhr, 6-12",
    "Mo-Mi-Fr 9-12", "Mo - Mi - Fr 9-12", "Di (Do) 15-18", "Mo statt Di 10-12 Uhr", "Di oder Do 15-18", "ab 1.3.2026 16-19 Uhr", "Di gegen 15 Uhr",
    "Di ab ca. 15 Uhr", "Di ab 15 Uhr (entfällt öfter)", "Tu 15:00+ \"mit Frau Kant\"",
    "Mo,Fr 09:00-12:00; Fr 14:00-16:00",
)  # fmt: skip


@pytest.mark.guards("Help and hours: what can't be read opens no door")
@pytest.mark.parametrize("text", AMBIGUOUS)
def test_what_a_reader_cannot_tell_never_opens_a_door(text: str) -> None:
    """Neither does anything certainly begin there: „next opening 15:00“ is a promise as well."""
    hours = read_hours(text)
    made = schedule(hours, land="SH", today=TODAY, horizon_days=DAYS_AHEAD)
    for offset in range(DAYS_AHEAD):
        assert not [item for item in made.intervals_on(TODAY + dt.timedelta(days=offset)) if item.begins], (
            hours
        )
    assert hours.doubts or hours.problem


def test_words_in_front_of_several_times_are_about_all_of_them() -> None:
    for text in ("Nur nach Anmeldung: Mo 9-12, Di 14-16 Uhr", "Nach Vereinbarung Mo 9-12; Di 14-16 Uhr",
                 "zurzeit geschlossen, Mo 9-12 Uhr, Di 14-16 Uhr", "Mo 9-12; Di 14-16, bei Bedarf auch länger"):  # fmt: skip
        hours = read_hours(text)
        made = schedule(hours, land="SH", today=TODAY)
        assert not any(item.state == "open" for day in made.week for item in day), hours


def test_hours_are_equal_when_their_writing_is() -> None:
    assert read_hours("Di 9-12") == read_hours("Di 9-12")
    assert isinstance(hash(read_hours("Di 9-12 (Handarbeiten)")), int)
    assert read_hours(" Di 9-12 ") == Hours("Di 9-12", "Tu 09:00-12:00", normalised=True)


@pytest.mark.parametrize(
    "lines",
    [
        "Mo 10-12 | Di 14-16",
        "Mo 10-12 | Di 14-16 | nach Vereinbarung",
        "telefonisch Mo 10-12 | Di 14-16",
        "Mo 10-12 | Di 14-16 | in den Ferien geschlossen",
        "Mo | Di 9-12",
    ],
)
def test_a_list_with_dashes_says_what_its_lines_say(lines: str) -> None:
    """A dash before „Di“ joined the two: on Monday the door was said to be open, and on Tuesday the telephone to be answered."""
    plain, dashes = (read_hours(mark + lines.replace(" | ", f"\n{mark}")) for mark in ("", "- "))
    assert (dashes.expression, dashes.problem) == (plain.expression, plain.problem)


@pytest.mark.parametrize("more", ["nach Vereinbarung", "Di 14-16", "telefonisch Di 14-16", "bitte klingeln"])
def test_a_dash_between_two_pieces_of_a_line_is_a_comma(more: str) -> None:
    dash, comma = (read_hours(f"Mo 10-12{joint} {more}").expression for joint in (" –", ","))
    assert dash == comma
