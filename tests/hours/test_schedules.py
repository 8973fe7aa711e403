"""Schedules: what is open when, in Python and in the browser."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import opening_hours
import pytest

from generator.hours.evaluate import schedule, with_dates
from generator.hours.holidays import LANDS, public_holidays, school_holidays
from generator.hours.schedule import BERLIN, DatedHours, Interval, Schedule, compact
from generator.hours.spoken import spoken_seasons, spoken_week
from generator.hours.written_hours import read_hours
from tests.hours.evaluator import state_at
from tests.hours.test_schedule import shout
from tests.open_data import EACH_CORPUS, HOURS

TODAY = date(2026, 10, 5)


def plan(
    text: str, today: date = TODAY, land: str = "SH", dates: Iterable[DatedHours] = (), **options: Any
) -> Schedule:
    return with_dates(schedule(read_hours(text), land=land, today=today, **options), dates)


def at(text: str, **options: Any) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, **options)


def kind(text: str, moment: str, **options: Any) -> str:
    return state_at(plan(text, **options), at(moment)).kind


def wall(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M")


# --- states --------------------------------------------------------------------------------------------------------


def test_open_until_and_next_opening() -> None:
    made = plan("Mo,Tu,Th 12:30-16:30; SH off; PH off")
    now = state_at(made, at("2026-10-06T13:00"))
    assert (now.kind, wall(now.until)) == ("open", "2026-10-06T16:30")
    shut = state_at(made, at("2026-10-06T16:30"))
    assert (shut.kind, wall(shut.next_opening)) == ("closed", "2026-10-08T12:30")


def test_school_holidays_of_the_land_close() -> None:
    made = plan("Mo,Tu,Th 12:30-16:30; SH off; PH off")
    state = state_at(made, at("2026-10-12T13:00"))
    assert (state.kind, wall(state.next_opening)) == ("closed", "2026-10-26T12:30")
    assert {exception.reason for exception in made.exceptions} == {"Herbstferien"}
    assert kind("Mo,Tu,Th 12:30-16:30; SH off", "2026-10-12T13:00", land="HH") == "open"
    assert kind("Mo,Tu,Th 12:30-16:30; SH off", "2026-10-19T13:00", land="HH") == "closed"


def test_school_holiday_hours_are_limited_to_their_days() -> None:
    text = "Mo-Fr 12:00-16:00; SH Mo-Fr 10:00-14:00"
    assert kind(text, "2026-10-12T11:00") == "open"
    assert kind(text, "2026-10-17T11:00") == "closed"
    assert kind(text, "2026-10-09T11:00") == "closed"


def test_school_holidays_of_a_name_are_told_by_their_days_and_not_of_all_holidays() -> None:
    made = plan("Mo 9-12; in den Sommerferien geschlossen", today=date(2027, 6, 10), horizon_days=200)
    told = dict(spoken_week(made, str))
    assert told == {"Mo": "9 bis 12 Uhr", "Mo, 5. Juli bis Mo, 9. August": "geschlossen"}
    assert made.intervals_on(date(2027, 10, 11)) == (Interval(540, 720),)


def test_a_land_without_dates_says_so() -> None:
    made = plan("Mo 12:00-16:00; SH off", land="TH")
    assert made.lacks_holidays
    assert state_at(made, at("2026-10-05T13:00")).kind == "unknown"
    assert state_at(made, at("2026-10-06T13:00")).kind == "closed"
    assert not plan("Mo 12:00-16:00", land="TH").lacks_holidays
    # Said once, and not of each day.
    assert spoken_week(made, str) == [
        ("Mo", "12 bis 16 Uhr"), ("in den Schulferien", "geschlossen"), ("wann Schulferien sind", "bitte nachfragen"),
    ]  # fmt: skip
    assert state_at(made, at("2026-10-05T11:00")).ask == "vielleicht Schulferien"


def test_holidays_are_those_of_the_land() -> None:
    assert sorted(day.isoformat()[5:] for day in public_holidays("SH", 2026)) == [
        "01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "10-31", "12-25", "12-26",
    ]  # fmt: skip
    lands = {land: kind("Sa 10:00-12:00; PH off", "2026-10-31T11:00", land=land) for land in ("SH", "BY")}
    assert lands == {"SH": "closed", "BY": "open"}


STATES = (
    ("Fr 22:00-06:00; Sa off", "2026-10-10T01:00", "open"), ("Fr 22:00-06:00; Sa 08:00-09:00", "2026-10-10T01:00", "open"),
    ("Su 22:00-06:00", "2026-10-05T01:00", "open"), ("So und Feiertage 10-14 Uhr", "2026-10-31T11:00", "open"),
    ("Mo-Fr 09:00-12:00; We off", "2026-10-07T10:00", "closed"),
    ("Mo-Fr 09:00-17:00; We 12:00-13:00 off", "2026-10-07T12:30", "closed"),
    ("Mo-Fr 09:00-17:00; We 12:00-13:00 off", "2026-10-07T13:30", "open"),
    ("Mo-Fr 09:00-12:00; We 14:00-18:00", "2026-10-07T10:00", "closed"),
    ("Mo-Fr 09:00-12:00, We 14:00-18:00", "2026-10-07T10:00", "open"),
    ("off", "2026-10-07T10:00", "closed"),
    ("Mo 22:00-06:00; PH off; 2026 Oct 5 off", "2026-10-06T01:00", "closed"),
    ('Mo 09:00-12:00 "nach Vereinbarung"', "2026-10-05T10:00", "unknown"),
    ('Mo 09:00-12:00 open "Eingang Hof"', "2026-10-05T10:00", "open"),
    ('Mo 09:00-12:00 || "nach Vereinbarung"', "2026-10-05T10:00", "open"),
    ('Mo 09:00-12:00 || "nach Vereinbarung"', "2026-10-10T10:00", "unknown"),
    ("nach Vereinbarung", "2026-10-10T10:00", "unknown"),
    ('Mo 09:00-12:00; "nach Vereinbarung"', "2026-10-05T10:00", "open"),
    ('Mo 09:00-12:00; "nach Vereinbarung"', "2026-10-05T13:00", "unknown"),
    ("Apr-Sep Mo, Fr 09:00-12:00", "2026-10-09T10:00", "closed"),
    ("Mo 17:00+", "2026-10-05T18:00", "unknown"),
    ("Mo 17:00+", "2026-10-05T16:00", "closed"),
    ("Mo 10:00-12:00+", "2026-10-05T11:00", "open"),
    ("Mo 10:00-12:00+", "2026-10-05T13:00", "unknown"),
    ("Mo 10:00-10:00", "2026-10-05T11:00", "unknown"),
    ("week 1-53/2 We 10:00-12:00", "2026-10-07T11:00", "open"),
    ("week 1-53/2 We 10:00-12:00", "2026-10-14T11:00", "closed"),
    ("Mo[1] 15:00-17:00", "2026-10-05T16:00", "open"),
    ("Mo[1] 15:00-17:00", "2026-10-12T16:00", "closed"),
    ("was auch immer", "2026-10-05T11:00", "unknown"),
    ("Mo 10:00-12:00", "2027-03-01T11:00", "unknown"),
    ("Mo 10:00-12:00", "2026-09-28T11:00", "unknown"),
)  # fmt: skip


def test_state() -> None:
    wrong = [row for row in STATES if kind(row[0], row[1]) != row[2]]
    assert wrong == []


def test_weeks_follow_the_iso_calendar_over_new_year() -> None:
    made = plan("week 01-53/2 10:00-12:00; PH off", today=date(2026, 12, 1))
    for offset in range(60):
        day = made.since + timedelta(days=offset)
        odd = day.isocalendar().week % 2 == 1 and day not in public_holidays("SH", day.year)
        assert bool(made.intervals_on(day)) == odd, day


def test_always_open_has_no_end() -> None:
    state = state_at(plan("24/7"), at("2026-10-25T02:30"))
    assert (state.kind, state.until) == ("open", None)


def test_neighbouring_intervals_are_one_opening() -> None:
    state = state_at(plan("Mo 08:00-24:00; Tu 00:00-06:00; PH off"), at("2026-10-05T20:00"))
    assert wall(state.until) == "2026-10-06T06:00"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        state_at(plan("24/7"), datetime(2026, 10, 5, 10))  # noqa: DTZ001


# --- days the clocks change ----------------------------------------------------------------------------------------


def test_the_long_night_in_october() -> None:
    made = plan("Sa 22:00-04:00; Su 08:00-09:00")
    for moment in (
        "2026-10-24T22:30+00:00",
        "2026-10-25T00:30+00:00",
        "2026-10-25T01:30+00:00",
        "2026-10-25T02:59+00:00",
    ):
        state = state_at(made, datetime.fromisoformat(moment))
        assert (state.kind, state.until) == ("open", datetime(2026, 10, 25, 3, tzinfo=UTC)), moment
    assert state_at(made, datetime(2026, 10, 25, 3, tzinfo=UTC)).kind == "closed"
    assert state_at(made, datetime(2026, 10, 25, 7, 30, tzinfo=UTC)).kind == "open"


def test_the_short_night_in_march() -> None:
    made = plan("Su 02:30-05:00", today=date(2027, 3, 20))
    before = state_at(made, datetime(2027, 3, 28, 0, 59, tzinfo=UTC))
    assert before.kind == "closed"
    assert before.next_opening == datetime(2027, 3, 28, 1, tzinfo=UTC)
    during = state_at(made, datetime(2027, 3, 28, 1, tzinfo=UTC))
    assert (during.kind, during.until) == ("open", datetime(2027, 3, 28, 3, tzinfo=UTC))


# --- weeks, dates, speech ------------------------------------------------------------------------------------------


def test_dated_hours_are_open_in_addition() -> None:
    bazaar = DatedHours(date(2026, 12, 5), 15 * 60, 17 * 60, "Adventskaffee")
    late = DatedHours(date(2026, 11, 7), 19 * 60)
    made = plan("Mo 10:00-12:00", dates=[bazaar, late], today=date(2026, 11, 1))
    state = state_at(made, at("2026-12-05T16:00"))
    assert (state.kind, state.comment) == ("open", "Adventskaffee")
    assert state_at(made, at("2026-11-07T20:00")).kind == "unknown"
    assert ("Sa, 5. Dezember", "15 bis 17 Uhr (Adventskaffee)") in spoken_week(made, str)
    alone = with_dates(schedule(None, land="SH", today=date(2026, 11, 1)), [bazaar])
    assert state_at(alone, at("2026-12-05T16:00")).kind == "open"
    assert state_at(alone, at("2026-12-06T16:00")).kind == "unknown"


def test_a_journey_is_told_to_its_last_day() -> None:
    """Day by day its second week fell behind the sixth line."""
    days = [DatedHours(date(2027, 7, day), None, name="Sommerreise") for day in range(12, 24)]
    made = with_dates(schedule(None, land="SH", today=date(2026, 11, 20)), days)
    assert spoken_week(made, str) == [("Mo, 12. Juli bis Fr, 23. Juli", "Sommerreise")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Mo,Do 14:00-18:00", [("Mo und Do", "14 bis 18 Uhr")]),
        ("Mo-Th 09:30-12:00; Fr 9:00-11:30", [("Mo bis Do", "9:30 bis 12 Uhr"), ("Fr", "9 bis 11:30 Uhr")]),
        ("Mo,We,Fr 08:00-12:00,14:00-16:00", [("Mo, Mi und Fr", "8 bis 12 und 14 bis 16 Uhr")]),
        ("24/7", [("täglich", "rund um die Uhr")]),
        ("Fr 22:00-06:00", [("Fr", "22 bis 6 Uhr")]),
        ("Mo 17:00+", [("Mo", "ab 17 Uhr")]),
        ("Mo 9-12 und nach Vereinbarung", [("Mo", "9 bis 12 Uhr"), ("sonst", "nach Vereinbarung")]),
        ("nach Vereinbarung", [("", "nach Vereinbarung")]),
        ("Mo 9-12 (Eingang Hof)", [("Mo", "9 bis 12 Uhr (Eingang Hof)")]),
        ("Mo[1] 15:00-17:00", [("Mo, 5. Oktober", "15 bis 17 Uhr"), ("Mo, 2. November", "15 bis 17 Uhr")]),
        ("Mo 9-12, in den Ferien und an Feiertagen geschlossen",
         [("Mo", "9 bis 12 Uhr"), ("an Feiertagen", "geschlossen"), ("in den Schulferien", "geschlossen")]),
        ("Mo-Su 07:00-22:00; PH 07:00-22:00", [("täglich und an Feiertagen", "7 bis 22 Uhr")]),
        ("Mo-Su 07:00-22:00; PH 10:00-12:00", [("täglich", "7 bis 22 Uhr"), ("an Feiertagen", "10 bis 12 Uhr")]),
        ("SH Mo-Fr 10:00-14:00", [("in den Schulferien, Mo bis Fr", "10 bis 14 Uhr")]),
        ("Apr-Oct Mo-Fr 09:00-17:00; Nov-Mar Mo-Fr 09:00-16:00",
         [("Mo bis Fr", "9 bis 17 Uhr"), ("ab 2. November: Mo bis Fr", "9 bis 16 Uhr")]),
        ("Mo-Fr 09:00-12:00; Nov 02-06 off",
         [("Mo bis Fr", "9 bis 12 Uhr"), ("Mo, 2. November bis Fr, 6. November", "geschlossen")]),
        ("Di irgendwann", [("", "Di irgendwann")]),
        ("off", [("derzeit", "geschlossen")]),
        ("Jun Sa 10:00-13:00", [("derzeit", "geschlossen"), ("im Juni: Sa", "10 bis 13 Uhr")]),
    ],
)  # fmt: skip
def test_spoken_week(text: str, lines: list[tuple[str, str]]) -> None:
    assert spoken_week(plan(text), str) == lines
    # Every word is translated, but for what somebody wrote.
    loud = spoken_week(plan(text), shout)
    assert [[part.upper() for part in line] for line in loud] == [
        [part.upper() for part in line] for line in lines
    ]
    assert set(re.findall("[a-zäöüß]+", str(loud))) <= set(re.findall("[a-zäöüß]+", text))


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        ("Mar-May Mo-Sa 09:00-17:00", [("März bis Mai: Mo bis Sa", "9 bis 17 Uhr")]),
        ("Apr-Oct Mo-Su 09:00-19:00", [("April bis Oktober: täglich", "9 bis 19 Uhr")]),
        ("Apr-Oct 09:00-19:00", [("April bis Oktober: täglich", "9 bis 19 Uhr")]),
        ("Nov-Feb Fr-Mo 10:00-12:00,14:00-16:30",
         [("November bis Februar: Mo und Fr bis So", "10 bis 12 und 14 bis 16:30 Uhr")]),
        ("Jun,Aug-Sep Sa 10:00-13:00; PH off",
         [("im Juni und August bis September: Sa", "10 bis 13 Uhr"), ("an Feiertagen", "geschlossen")]),
        ("Jun Sa 10:00-13:00; SH off", [("im Juni: Sa", "10 bis 13 Uhr"), ("in den Schulferien", "geschlossen")]),
        # What it says beside that is said with it.
        ('Mar-Oct Sa 11:00-13:00 "nach Absprache"', [("März bis Oktober: Sa", "11 bis 13 Uhr (nach Absprache)")]),
        ("Mar-Oct Sa 11:00+", [("März bis Oktober: Sa", "ab 11 Uhr")]),
        ("Mar-Oct Sa 11:00-13:00; PH 10:00-12:00",
         [("März bis Oktober: Sa", "11 bis 13 Uhr"), ("an Feiertagen", "10 bis 12 Uhr")]),
        ("Mar-Oct Sa 11:00-13:00 || Nov-Feb Sa 10:00-12:00",
         [("November bis Februar: Sa", "10 bis 12 Uhr"), ("März bis Oktober: Sa", "11 bis 13 Uhr")]),
        ("März bis Mai, Mo bis Sa 9 bis 17 Uhr", [("März bis Mai: Mo bis Sa", "9 bis 17 Uhr")]),
        # Where days of a month differ nothing of it is left out in silence.
        ("Mar-Oct Sa[1] 11:00-13:00", []),
        ("Mar 01-15 Sa 11:00-13:00", []),
        ("Mar-Oct Sa off", []),
        ("Mo-Fr 09:00-12:00", []),
    ],
)  # fmt: skip
def test_seasons_are_said_whatever_day_it_is(expression: str, lines: list[tuple[str, str]]) -> None:
    assert spoken_seasons(plan(expression), str) == lines


@pytest.mark.guards("Help and hours: seasons, midnight, stated days")
@pytest.mark.parametrize(("today", "told"), [(date(2026, 9, 17), True), (date(2026, 9, 16), False)])
def test_a_change_that_holds_for_two_weeks_is_a_season(today: date, told: bool) -> None:
    """The new week must be seen for fourteen days: fewer may be a fortnight's exception."""
    made = plan("Apr-Oct Mo-Fr 09:00-17:00; Nov-Mar Mo-Fr 09:00-16:00", today=today)
    assert (made.until - date(2026, 11, 2)).days == (14 if told else 13)
    assert (("ab 2. November: Mo bis Fr", "9 bis 16 Uhr") in spoken_week(made, str)) is told


def test_times_that_overlap_are_said_once() -> None:
    longer = DatedHours(date(2026, 12, 5), 10 * 60, 12 * 60 + 30, "Plätzchen")
    shorter = DatedHours(date(2026, 12, 12), 10 * 60, 11 * 60, "Vorlesen")
    made = plan("Sa 10:00-12:00", dates=[longer, shorter], today=date(2026, 12, 1))
    assert spoken_week(made, str)[1:] == [
        ("Sa, 5. Dezember", "10 bis 12:30 Uhr (Plätzchen)"),
        ("Sa, 12. Dezember", "10 bis 12 Uhr (Vorlesen)"),
    ]


# --- real values ---------------------------------------------------------------------------------------------------


@EACH_CORPUS
def test_every_value_of_others_makes_a_schedule(corpus: Path) -> None:
    values = set((corpus / "opening-hours-rs_sample.txt").read_text(encoding="utf-8").splitlines())
    for name, columns in (
        ("wo-ist-markt.csv", ("opening_hours", "opening_hours_unclassified")),
        ("opening_hours_js_cases.csv", ("value",)),
    ):
        with (corpus / name).open(encoding="utf-8", newline="") as file:
            values |= {row[column] for row in csv.DictReader(file) for column in columns}
    # Of remarks only those of the list of conditions are read.
    values = {value for value in values if '"' not in value}
    moments = [at("2026-10-05T00:00") + timedelta(hours=hours) for hours in range(0, 14 * 24, 7)]
    readable = 0
    for value in sorted(values):
        made = plan(value, horizon_days=20)
        readable += made.readable
        assert made.readable != bool(made.problem)
        assert spoken_week(made, str) or not made.written
        kinds = {state_at(made, moment).kind for moment in moments}
        assert kinds == {"unknown"} or made.readable
        json.loads(compact(made))
    # Far more than half of these are cases that opening_hours.js warns about or refuses.
    assert readable / len(values) >= 0.64


@EACH_CORPUS
def test_nearly_all_values_from_openstreetmap_are_readable(corpus: Path) -> None:
    values = (corpus / "opening-hours-rs_sample.txt").read_text(encoding="utf-8").splitlines()
    values = [value for value in values if value.strip() and not value.startswith("#") and '"' not in value]
    unread = [value for value in values if not plan(value).readable]
    assert len(unread) <= 0.03 * len(values), unread


@EACH_CORPUS
def test_plain_rules_agree_with_the_parser_of_the_library(corpus: Path) -> None:
    """Away from holidays, open ends, remarks and sun, both must find the same quarters of an hour open."""
    values = set((corpus / "opening-hours-rs_sample.txt").read_text(encoding="utf-8").splitlines())
    with (corpus / "wo-ist-markt.csv").open(encoding="utf-8", newline="") as file:
        values |= {row["opening_hours"] for row in csv.DictReader(file)}
    special = re.compile(r'["+#]|\|\||sun|PH [A-Z]|, [A-Z]|23:59')
    compared = 0
    for value in sorted(values):
        hours = read_hours(value)
        if hours.expression is None or special.search(hours.expression):
            continue
        made = schedule(hours, land="SH", today=date(2026, 11, 2), horizon_days=30)
        begin, finish = datetime(2026, 11, 2), datetime(2026, 12, 2)  # noqa: DTZ001
        ours = {
            datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
            for day in (made.since + timedelta(days=offset) for offset in range(32))
            for interval in made.intervals_on(day)
            for minute in range(interval.start, interval.end, 15)
        }
        theirs = set()
        for start, end, state, _ in opening_hours.OpeningHours(hours.expression).intervals(begin, finish):
            if state == opening_hours.State.OPEN:
                theirs |= {
                    start + timedelta(minutes=minute)
                    for minute in range(0, int((end - start).total_seconds()) // 60, 15)
                }
        assert {moment for moment in ours if begin <= moment < finish} == theirs, value
        compared += 1
    assert compared >= (25 if corpus == HOURS else 500)


# --- the table of school holidays ----------------------------------------------------------------------------------


def test_school_holidays_are_within_the_time_they_are_complete_for() -> None:
    known = [land for land in LANDS if school_holidays(land)]
    assert {"SH", "HH", "HB", "NI", "NW", "BB", "BY"} == set(known)
    for land in known:
        table = school_holidays(land)
        assert table is not None
        assert table.names
        assert all(table.knows(day) for day in table.names)
        assert table.since < table.until
