"""A schedule from rules, dates and notices, and what is said of it: the edges that the corpus of cases doesn't reach."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any

import pytest

from generator.files.packaged import packaged_text
from generator.hours.evaluate import schedule, with_closures, with_dates
from generator.hours.holidays import CLOSED_DAYS, LANDS, TownDays, closed_day, school_holidays
from generator.hours.openings import MONTHS, WEEKDAYS
from generator.hours.schedule import (
    BERLIN,
    CLOSED_WEEK,
    Closure,
    DatedHours,
    DayException,
    HolidayHours,
    Interval,
    Schedule,
    Week,
    compact,
)
from generator.hours.spoken import REMARKS, _time, spoken_intervals, spoken_week
from generator.hours.written_hours import read_hours
from tests.hours.evaluator import is_open_on, state_at

TODAY = dt.date(2026, 11, 16)
"""A Monday, with no holiday in Schleswig-Holstein until Christmas."""


def plan(
    text: str,
    today: dt.date = TODAY,
    days: int = 28,
    dates: Iterable[DatedHours] = (),
    **options: Any,
) -> Schedule:
    """Hours for four weeks from a day on, with dates of their own."""
    made = schedule(read_hours(text), **{"land": "SH", "today": today, "horizon_days": days, **options})
    return with_dates(made, dates)


def dates_alone(dates: Iterable[DatedHours], today: dt.date = TODAY) -> Schedule:
    """Dates for sixty days and longer, without any hours."""
    return with_dates(schedule(None, land="SH", today=today), dates)


def times(made: Schedule, day: str) -> list[tuple[int, int, str]]:
    """The intervals of a day in hours."""
    return [(one.start // 60, one.end // 60, one.state) for one in made.intervals_on(dt.date.fromisoformat(day))]  # fmt: skip


# --- the week and what differs from it --------------------------------------------------------------------------------


def test_a_schedule_begins_the_day_before_and_ends_at_its_horizon() -> None:
    made = plan("Mo 10-12")
    assert (made.since, made.until) == (dt.date(2026, 11, 15), dt.date(2026, 12, 14))
    assert plan("Mo 10-12", days=60) == schedule(read_hours("Mo 10-12"), land="SH", today=TODAY)
    assert made.intervals_on(dt.date(2026, 11, 9)) == made.intervals_on(dt.date(2026, 12, 21)) == ()


@pytest.mark.parametrize(("open_", "regular"), [("11-16,11-23,11-30", True), ("11-16,11-23", False)])
def test_three_of_four_dates_make_a_regular_weekday(open_: str, regular: bool) -> None:
    dates = ",".join(f"2026 {'Nov' if day[:2] == '11' else 'Dec'} {day[3:]}" for day in open_.split(","))
    made = plan(f"{dates} 10:00-12:00", days=21)
    assert (made.week[0] == (Interval(600, 720),)) is regular
    assert len(made.exceptions) == (1 if regular else 2)
    assert times(made, "2026-11-16") == [(10, 12, "open")]
    assert times(made, "2026-12-07") == []


def test_the_week_of_the_next_season_is_known_when_all_days_change_once() -> None:
    seasons = "Nov Mo-Fr 09:00-12:00; Dec Mo-Fr 10:00-12:00"
    made = plan(seasons, days=29)
    monday = (Interval(600, 720),)
    assert made.later == (dt.date(2026, 12, 1), (monday,) * 5 + ((), ()))
    assert made.week[0] == (Interval(540, 720),)
    # Thirteen days may be a fortnight's exception, and a day that changes twice has no season.
    assert plan(seasons, days=28).later is None
    assert plan(f"{seasons}; 2026 Nov 23 off", days=29).later is None
    assert plan("Mo-Fr 09:00-12:00", days=29).later is None


def test_a_few_last_dates_are_no_week() -> None:
    """Who reads „Fr, 10 bis 12 Uhr“ comes on the Friday after as well."""
    once = plan("20.11.2026 10-12 Uhr", days=60)
    assert spoken_week(once, str) == [("Fr, 20. November", "10 bis 12 Uhr")]
    assert (once.later, once.week) == (None, CLOSED_WEEK)
    week = ("Mo, 16. November bis Fr, 20. November", "9 bis 12 Uhr")
    assert spoken_week(plan("Mo-Fr 9-12 bis 20.11.2026", days=60), str) == [week]
    more = ("Mo, 23. November", "9 bis 12 Uhr")
    assert spoken_week(plan("Mo-Fr 9-12 bis 23.11.2026", days=60), str) == [week, more]
    assert spoken_week(plan("Mo-Fr 9-12 bis 24.11.2026", days=60), str) == [
        ("Mo bis Fr", "9 bis 12 Uhr"),
        ("ab 25. November", "geschlossen"),
    ]


def test_on_holidays_every_day_counts_where_a_weekday_has_no_other() -> None:
    made = plan("PH 10:00-12:00", today=dt.date(2026, 12, 25), days=0)
    assert made.week[4] == (Interval(600, 720),)


def test_school_holidays_explain_a_day_only_where_the_hours_speak_of_them() -> None:
    december = dt.date(2026, 12, 1)
    made = plan("Mo-Fr 10:00-12:00; SH off; PH off", today=december, days=24)
    reasons = {exception.date.day: exception.reason for exception in made.exceptions}
    assert reasons[22] == "Weihnachtsferien"
    assert reasons[25] == "Erster Weihnachtstag"
    made = plan("Mo-Fr 10:00-12:00; 2026 Dec 22 off", today=december, days=24)
    assert {exception.date.day: exception.reason for exception in made.exceptions}[22] is None


def test_the_usual_week_is_that_outside_of_holidays() -> None:
    """Two Mondays of term and three of Christmas holidays: what holds on the two is the week, where the hours speak of holidays."""
    made = plan("Mo 10:00-12:00; SH off", today=dt.date(2026, 12, 14))
    assert [times(made, day) for day in ("2026-12-14", "2026-12-21", "2027-01-04", "2027-01-11")] == [
        [(10, 12, "open")], [], [], [(10, 12, "open")],
    ]  # fmt: skip
    assert made.week[0] == (Interval(600, 720),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (DatedHours(dt.date(2026, 12, 5), 600, 900, "Andacht"), DatedHours(dt.date(2026, 12, 5), 840, 860, "Basar")),
        (DatedHours(dt.date(2026, 12, 5), 600, 700, "Basar"), DatedHours(dt.date(2026, 12, 5), 600, 800, "Andacht")),
        (DatedHours(dt.date(2026, 12, 5), None, 800, "Basar"), DatedHours(dt.date(2026, 12, 5), 600, None, "Andacht")),
    ],
)  # fmt: skip
def test_of_two_dates_of_a_day_the_later_names_it(first: DatedHours, second: DatedHours) -> None:
    for extras in ([first, second], [second, first]):
        (exception,) = plan("Mo 10-12", dates=extras).exceptions
        assert exception.reason == second.name
        assert {one.comment for one in exception.intervals} == {first.name, second.name}


def test_where_school_holidays_are_not_known_it_is_said() -> None:
    def lacking(text: str = "Mo 10:00-12:00; SH off", **options: Any) -> bool:
        return plan(text, **options).lacks_holidays

    table = school_holidays("SH")
    assert table is not None
    assert lacking(land="TH")
    assert not lacking("Mo 10:00-12:00; PH off", land="TH")
    for today, days in ((table.until, 28), (table.since, -1)):
        assert not lacking(today=today - dt.timedelta(days=days))
        assert lacking(today=today - dt.timedelta(days=days - (1 if days > 0 else -1)))


def test_what_is_said_of_holidays() -> None:
    def told(text: str) -> list[tuple[str, int, tuple[int, ...]]]:
        return [(one.kind, len(one.intervals), one.weekdays) for one in plan(text).holidays]

    every = ()
    assert told("Mo 10:00-12:00") == []
    assert told("Mo 10:00-12:00; PH off") == [("public", 0, every)]
    assert told("Mo 10:00-12:00; SH off; PH 10:00-11:00,12:00-13:00") == [
        ("public", 2, every),
        ("school", 0, every),
    ]
    assert told("SH Mo-Fr 10:00-14:00") == [("school", 1, (0, 1, 2, 3, 4))]


def test_of_what_is_not_read_nothing_is_known() -> None:
    unread = plan("nie und nimmer")
    assert (unread.readable, unread.written, unread.week) == (False, "nie und nimmer", CLOSED_WEEK)
    assert unread.problem == "„nie“ wird nicht verstanden."
    nothing = schedule(None, land="SH", today=TODAY)
    assert (nothing.readable, nothing.written, nothing.problem) == (False, "", None)
    with pytest.raises(ValueError, match="unknown Land 'XX'"):
        schedule(None, land="XX", today=TODAY)


def test_what_fills_the_rest_is_the_remark_of_the_whole() -> None:
    assert plan('Mo 10:00-12:00 || unknown "nach Absprache"').comment == "nach Absprache"
    assert plan("Mo 10:00-12:00 || Tu 10:00-12:00").comment is None
    assert plan('"nach Absprache"').comment == "nach Absprache"
    assert plan('Mo 10:00-12:00 "nach Absprache"').comment is None
    assert plan('Mo unknown "nach Absprache"').comment is None
    assert plan('Mo 10:00-12:00 || Mo-Fr unknown "nach Absprache"').comment == "nach Absprache"


def test_what_editors_usually_write_beside_hours_is_understood_and_translated() -> None:
    catalogue = packaged_text("generator", "locales", "en.po")
    for remark in REMARKS:
        assert f'msgid "{remark}"\n' in catalogue


# --- dates beside the week --------------------------------------------------------------------------------------------

SATURDAY = dt.date(2026, 12, 5)


KNOWN = {
    (600, 720): Interval(600, 720), (600, 720, "Basar"): Interval(600, 720, comment="Basar"), (1320, 120): Interval(1320, 1560),
    (600, 600): Interval(600, 2040), (600,): Interval(600, 1440, "unknown", open_end=True), (None,): Interval(0, 1440, "unknown"),
    (None, 720): Interval(0, 720, "unknown"), (600, 720, "entfällt"): Interval(600, 720, "unknown", "entfällt"),
    (600, None, "entfällt"): Interval(600, 1440, "unknown", "entfällt"),
}  # fmt: skip


def test_what_is_known_of_a_date() -> None:
    for said, interval in KNOWN.items():
        extra = DatedHours(SATURDAY, *said)  # type: ignore[arg-type]
        (exception,) = plan("Mo 10-12", dates=[extra]).exceptions
        assert exception == DayException(SATURDAY, (interval,), extra.name)


def test_dates_outside_of_the_schedule_are_left_out() -> None:
    far = [DatedHours(TODAY + dt.timedelta(days=days), 600, 720) for days in (-2, -1, 28, 29)]
    made = plan("Mo 10-12", dates=far)
    assert [exception.date for exception in made.exceptions] == [made.since, made.until]


def test_dates_after_the_horizon_are_spoken_of() -> None:
    """A course that begins in three months is chosen today; of most other days nothing is known."""
    days = (dt.date(2027, 2, 2), dt.date(2027, 2, 9), dt.date(2028, 1, 11))
    dates = [
        DatedHours(days[0], 19 * 60, 21 * 60, "Erster Abend"), DatedHours(days[1], 19 * 60, 21 * 60),
        DatedHours(days[2], 19 * 60),
    ]  # fmt: skip
    course = dates_alone(dates)
    assert spoken_week(course, str) == [
        ("Di, 2. Februar", "19 bis 21 Uhr (Erster Abend)"), ("Di, 9. Februar", "19 bis 21 Uhr"),
        ("Di, 11. Januar 2028", "ab 19 Uhr"),
    ]  # fmt: skip
    assert course.intervals_on(days[0]) == ()
    # Not on days that a notice closes, nor after the last.
    until = with_closures(course, (), (None, days[0]))
    assert [one.date for one in until.beyond] == [days[0]]
    notice = (Closure(days[0], days[0], certain=True),)
    open_later = with_closures(course, notice)
    assert [one.date for one in open_later.beyond] == [*days[1:]]
    # Perhaps closed is not gone: it is told, as uncertain as a day nearer by would be.
    perhaps = (Closure(days[0], days[0], certain=False),)
    (first, *_others) = with_closures(course, perhaps).beyond
    assert (first.date, {interval.state for interval in first.intervals}) == (days[0], {"unknown"})


def test_a_date_far_ahead_stands_beside_the_season_that_is_over() -> None:
    """What is closed in winter still says when it opens again, and no date alone is taken for all of it."""
    fair = DatedHours(dt.date(2027, 3, 20), 11 * 60, 14 * 60, "Pflanzentausch")
    garden = plan("Apr-Oct Sa 10:00-12:00", dates=[fair])
    assert spoken_week(garden, str) == [
        ("derzeit", "geschlossen"),
        ("April bis Oktober: Sa", "10 bis 12 Uhr"),
        ("Sa, 20. März", "11 bis 14 Uhr (Pflanzentausch)"),
    ]
    assert garden.told_until == garden.until
    course = dates_alone([fair])
    assert course.told_until == fair.date


def test_dates_stand_beside_what_is_otherwise_by_arrangement() -> None:
    days = [DatedHours(TODAY + dt.timedelta(days=ahead), 10 * 60, 12 * 60) for ahead in (7, 100)]
    told = spoken_week(plan("nach Vereinbarung", dates=days), str)
    assert told == [
        ("", "nach Vereinbarung"),
        ("Mo, 23. November", "10 bis 12 Uhr"),
        ("Mi, 24. Februar", "10 bis 12 Uhr"),
    ]


def test_a_date_takes_the_place_of_the_meeting_at_its_time() -> None:
    def on_saturday(extra: DatedHours, text: str = "Sa 10:00-12:00") -> list[tuple[int, int, str]]:
        return times(plan(text, dates=[extra]), "2026-12-05")

    assert on_saturday(DatedHours(SATURDAY, 600, 720)) == [(10, 12, "open")]
    assert on_saturday(DatedHours(SATURDAY, 540, 780)) == [(9, 13, "open")]
    # What is longer, or has a remark of its own, is another meeting.
    assert on_saturday(DatedHours(SATURDAY, 600, 660)) == [(10, 11, "open"), (10, 12, "open")]
    assert on_saturday(DatedHours(SATURDAY, 660, 720)) == [(10, 12, "open"), (11, 12, "open")]
    assert (
        on_saturday(DatedHours(SATURDAY, 600, 720, "Basar"), "Sa 10-12 (Eingang Hof)")
        == [(10, 12, "open")] * 2
    )
    # A date without end doesn't take it; one that is cancelled leaves nothing certain at its time.
    assert on_saturday(DatedHours(SATURDAY, 600)) == [(10, 12, "open"), (10, 24, "unknown")]
    assert on_saturday(DatedHours(SATURDAY, 600, 720, cancelled=True)) == [(10, 12, "unknown")]
    assert on_saturday(DatedHours(SATURDAY, 840, 900, cancelled=True)) == [(10, 12, "open")]
    same = plan("Sa 10-12", dates=[DatedHours(SATURDAY, 840, 900, "b"), DatedHours(SATURDAY, 840, 900, "a")])
    assert [one.comment for one in same.intervals_on(SATURDAY)] == [None, "a", "b"]


def test_a_date_on_a_day_on_which_many_are_closed_keeps_the_question() -> None:
    eve = dt.date(2026, 12, 24)
    made = plan("Th 15:00-17:00", today=dt.date(2026, 12, 1), dates=[DatedHours(eve, 600, 660, "Andacht")])
    exception = made.exceptions_by_date[eve]
    assert (exception.reason, exception.ask) == ("Heiligabend", True)
    assert times(made, "2026-12-24") == [(10, 11, "open"), (15, 17, "unknown")]


# --- days that are closed ---------------------------------------------------------------------------------------------


def test_a_notice_closes_or_makes_uncertain_what_would_be_open() -> None:
    first, last = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
    for certain, left in ((True, []), (False, [(10, 12, "unknown")])):
        made = with_closures(plan("Mo 10-12"), (Closure(first, last, "Umbau" if certain else None, certain),))
        told = [(one.date.day, one.reason, one.ask) for one in made.exceptions]
        assert told == [(day, "Umbau" if certain else "Hinweis", not certain) for day in (23, 30)]
        assert times(made, "2026-11-23") == left


def test_a_notice_that_closes_a_holiday_leaves_nothing_to_ask() -> None:
    holiday = dt.date(2027, 1, 1)
    usual = plan("Fr 11-14", today=dt.date(2026, 12, 20))
    made = with_closures(usual, (Closure(holiday, holiday, certain=True),))
    assert usual.exceptions_by_date[holiday].ask
    assert (made.intervals_on(holiday), made.exceptions_by_date[holiday].ask) == ((), False)


def test_outside_of_its_days_nothing_takes_place() -> None:
    def running(first: dt.date | None, last: dt.date | None) -> Schedule:
        return with_closures(plan("Mo 10-12"), (), (first, last))

    made = running(dt.date(2026, 11, 23), dt.date(2026, 11, 30))
    open_ = [day for day in ("2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07") if times(made, day)]
    assert open_ == ["2026-11-23", "2026-11-30"]
    assert {one.reason for one in made.exceptions} == {"außerhalb der Laufzeit"}
    assert not any(one.ask for one in made.exceptions)
    assert len(running(dt.date(2026, 11, 23), None).exceptions) == 8
    assert len(running(None, dt.date(2026, 11, 30)).exceptions) == 14
    assert running(None, None).exceptions == ()


CLOSED = {
    "heiligabend": ("2026-12-24", set(LANDS)),
    "silvester": ("2026-12-31", set(LANDS)),
    "weiberfastnacht": ("2026-02-12", {"NW", "RP"}),
    "rosenmontag": ("2026-02-16", {"NW", "RP", "SL", "HE", "BW", "BY", "TH"}),
    "faschingsdienstag": ("2026-02-17", {"NW", "RP", "SL", "HE", "BW", "BY", "TH"}),
    "aschermittwoch": ("2026-02-18", set()),
    "buss-und-bettag": ("2026-11-18", {"BY"}),
    "fronleichnam": ("2026-06-04", {"SN", "TH"}),
    "friedensfest": ("2026-08-08", set()),
    "mariae-himmelfahrt": ("2026-08-15", {"BY"}),
}


def test_days_on_which_many_are_closed_by_land() -> None:
    assert CLOSED.keys() == CLOSED_DAYS.keys()
    for key, (written, lands) in CLOSED.items():
        day = dt.date.fromisoformat(written)
        assert {land for land in LANDS if closed_day(land, day)} == lands, key
        assert closed_day("HH", day, TownDays(also=(key,))) == CLOSED_DAYS[key].name
        assert closed_day("NW", day, TownDays(without=(key,))) is None
        assert closed_day("NW", day - dt.timedelta(days=400)) is None
    for year, day in ((2023, 22), (2024, 20), (2025, 19), (2026, 18), (2028, 22)):
        assert closed_day("BY", dt.date(year, 11, day)) == "Buß- und Bettag"


def test_dates_of_the_town() -> None:
    town = TownDays(dates=((dt.date(2026, 12, 28), dt.date(2026, 12, 30), "Betriebsruhe"),))
    days = [day for day in range(26, 32) if closed_day("SH", dt.date(2026, 12, day), town) == "Betriebsruhe"]
    assert days == [28, 29, 30]


def test_day_and_night_is_taken_at_its_word_and_nothing_else_is() -> None:
    eve = dt.date(2026, 12, 20)
    assert plan("24/7", today=eve, days=10).exceptions == ()
    made = plan("Mo-Su 00:00-23:00", today=eve, days=5)
    assert [(one.date.day, one.reason) for one in made.exceptions] == [
        (24, "Heiligabend"),
        (25, "Erster Weihnachtstag"),
    ]
    made = plan("Mo-Su 00:00-23:00", today=eve, days=5, every_day=True)
    assert [one.date.day for one in made.exceptions] == [25]


# --- states -----------------------------------------------------------------------------------------------------------


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_whether_a_door_is_open_between_two_times() -> None:
    made = plan("Fr 22:00-02:00")
    for day, *minutes in (("2026-11-20",), ("2026-11-20", 300, 1321), ("2026-11-21", 0, 120)):
        assert is_open_on(made, dt.date.fromisoformat(str(day)), *map(int, minutes)), (day, minutes)
    shut = (
        ("2026-11-21",),
        ("2026-11-20", 300, 1320),
        ("2026-11-21", 120, 1440),
        ("2026-11-14",),
        ("2026-12-18",),
    )
    for day, *minutes in shut:
        assert not is_open_on(made, dt.date.fromisoformat(str(day)), *map(int, minutes)), (day, minutes)


def test_an_open_end_counts_by_its_beginning_unless_something_ends_there() -> None:
    made = plan("Mo 17:00+; Tu 15:00-17:00+; We 17:00+ unknown")
    monday, tuesday, wednesday = (dt.date(2026, 11, day) for day in (16, 17, 18))
    assert is_open_on(made, monday, 1020, 1080)
    assert not is_open_on(made, monday, 1021, 1080)
    assert not is_open_on(made, tuesday, 1020, 1080)
    assert is_open_on(made, tuesday, 960, 1080)
    assert not is_open_on(made, wednesday)
    assert state_at(made, moment("2026-11-16T12:00")).next_opening == moment("2026-11-16T17:00")
    assert state_at(made, moment("2026-11-17T17:00")).next_opening == moment("2026-11-23T17:00")


def test_days_at_the_edges_of_a_schedule() -> None:
    made = plan("24/7")
    assert state_at(made, moment("2026-11-15T00:00")).kind == "open"
    assert state_at(made, moment("2026-11-14T23:59")).kind == "unknown"
    assert state_at(made, moment("2026-12-14T23:59")) == state_at(made, moment("2026-11-15T00:00"))
    assert state_at(made, moment("2026-12-15T00:00")).kind == "unknown"
    evening = plan("Mo-Su 20:00-24:00")
    assert state_at(evening, moment("2026-12-14T21:00")).until is None
    assert state_at(evening, moment("2026-12-13T21:00")).until == moment("2026-12-14T00:00")


def test_why_one_should_call_before() -> None:
    made = plan("Th 10:00-12:00,15:00-17:00", today=dt.date(2026, 12, 20))
    hours = ("09", "11", "13", "16", "17")
    asked = [state_at(made, moment(f"2026-12-24T{hour}:00")).ask for hour in hours]
    assert asked == [*["Heiligabend"] * 4, None]
    certain = DatedHours(dt.date(2026, 12, 24), 540, 600, "Andacht")
    made = plan("Th 10:00-12:00", today=dt.date(2026, 12, 20), dates=[certain])
    assert state_at(made, moment("2026-12-24T08:00")).ask is None
    assert state_at(made, moment("2026-12-24T10:30")).ask == "Heiligabend"


def test_the_json_for_the_browser_is_short_and_plain() -> None:
    made = plan(
        'Mo 10:00-12:00; Tu 10:00-12:00 open "Höfisch"; We 17:00+; Th 10:00-12:00 unknown; Fr 17:00+ unknown "nach Bedarf"'
    )
    assert json.loads(compact(made)) == {
        "s": "2026-11-15",
        "u": "2026-12-14",
        "w": [[[600, 720]], [[600, 720, 0, "Höfisch"]], [[1020, 1440, 2]], [[600, 720, 1]], [[1020, 1440, 1, "nach Bedarf"]], [], []],
    }  # fmt: skip
    eve = plan("Th 10:00-12:00", today=dt.date(2026, 12, 20), days=5)
    assert json.loads(compact(eve, str.upper))["x"] == {"2026-12-24": [[600, 720, 3, "HEILIGABEND"]]}
    assert compact(made).isascii()
    assert ": " not in compact(made)
    assert "w" not in json.loads(compact(plan("nie und nimmer")))


# --- spoken -----------------------------------------------------------------------------------------------------------


def shout(text: str) -> str:
    """A translation into capitals, so that no word is said without being translated; what is filled in stays."""
    return re.sub(r"\{\w+\}|[^{}]+", lambda part: part[0] if part[0][0] == "{" else part[0].upper(), text)


MONDAY_TO_FRIDAY = ((Interval(540, 720),),) * 5 + ((), ())


def said(text: str, today: dt.date = TODAY, **options: Any) -> list[tuple[str, str]]:
    return spoken_week(plan(text, today, **options), shout)


def test_days_and_months_are_called_by_their_names() -> None:
    days = [spoken_week(plan(f"{code} 10:00-12:00"), str)[0][0] for code in WEEKDAYS]
    assert days == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    told = [
        said(f"2026 {month} 20 10:00-12:00", dt.date(2026, number, 15))
        for number, month in enumerate(MONTHS, 1)
    ]
    assert [lines[0][0].split()[-1] for lines in told] == [
        "JANUAR", "FEBRUAR", "MÄRZ", "APRIL", "MAI", "JUNI", "JULI", "AUGUST", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DEZEMBER",
    ]  # fmt: skip


def test_dates_are_told_singly_or_in_a_row_as_one_time() -> None:
    assert said("Mo 09:00-12:00; 2026 Nov 23-2026 Nov 30 off", days=60) == [
        ("MO", "9 BIS 12 UHR"),
        ("MO, 23. NOVEMBER BIS MO, 30. NOVEMBER", "GESCHLOSSEN"),
    ]
    text = "Mo-We 09:00-12:00; 2026 Nov 24-2026 Nov 25 off; 2026 Dec 02 10:00-11:00"
    assert said(text, days=60) == [
        ("MO BIS MI", "9 BIS 12 UHR"),
        ("DI, 24. NOVEMBER BIS MI, 25. NOVEMBER", "GESCHLOSSEN"),
        ("MI, 2. DEZEMBER", "10 BIS 11 UHR"),
    ]
    dates = ",".join(f"2026 Nov {day}" for day in (17, 19, 21, 23, 25, 27, 29))
    told = said(f"{dates} 10:00-12:00")
    assert (len(told), told[-1]) == (7, ("", "…"))
    # Yesterday is over, and a holiday of which the hours speak has its own line.
    assert said("Mo 09:00-12:00; 2026 Nov 15 10:00-11:00") == [("MO", "9 BIS 12 UHR")]
    eve = dt.date(2026, 12, 20)
    assert said("Mo-Fr 09:00-12:00; PH off", eve) == [
        ("MO BIS FR", "9 BIS 12 UHR"),
        ("AN FEIERTAGEN", "GESCHLOSSEN"),
    ]
    own = DatedHours(dt.date(2026, 12, 24), 900, 960, "Andacht")
    assert said("Mo-Fr 09:00-12:00; PH off", eve, dates=[own])[1] == (
        "DO, 24. DEZEMBER",
        "9 BIS 12 UHR (BITTE NACHFRAGEN), 15 BIS 16 UHR (ANDACHT)",
    )
    assert spoken_week(dates_alone([own], eve), shout) == [("DO, 24. DEZEMBER", "15 BIS 16 UHR (ANDACHT)")]


@pytest.mark.parametrize(
    ("intervals", "told"),
    [
        ([], "GESCHLOSSEN"),
        ([Interval(540, 720), Interval(600, 780)], "9 BIS 13 UHR"),
        ([Interval(540, 780), Interval(600, 720)], "9 BIS 13 UHR"),
        ([Interval(540, 720), Interval(720, 780)], "9 BIS 13 UHR"),
        ([Interval(540, 720), Interval(721, 780)], "9 BIS 12 UND 12:01 BIS 13 UHR"),
        ([Interval(600, 720), Interval(540, 570)], "9 BIS 9:30 UND 10 BIS 12 UHR"),
        ([Interval(540, 1440, "unknown", open_end=True), Interval(600, 720)], "AB 9 UND 10 BIS 12 UHR"),
        ([Interval(540, 720), Interval(600, 1440, "unknown", open_end=True)], "9 BIS 12 UND AB 10 UHR"),
        ([Interval(0, 1440)], "RUND UM DIE UHR"),
        ([Interval(0, 1440, "unknown")], "BITTE NACHFRAGEN"),
        ([Interval(0, 1440, "unknown", "nach Absprache")], "NACH ABSPRACHE"),
        ([Interval(0, 1440, comment="Tor")], "RUND UM DIE UHR (TOR)"),
        ([Interval(0, 720, comment="a"), Interval(780, 840, comment="b"), Interval(900, 960, comment="a")], "0 BIS 12 UHR (A), 13 BIS 14 UHR (B), 15 BIS 16 UHR (A)"),
        ([Interval(540, 720, comment="ohne Termin"), Interval(840, 1020, "unknown", "mit Termin")], "9 BIS 12 UHR (OHNE TERMIN), 14 BIS 17 UHR (MIT TERMIN)"),
        ([Interval(1320, 1560)], "22 BIS 2 UHR"),
        ([Interval(1080, 1440)], "18 BIS 24 UHR"),
    ],
)  # fmt: skip
def test_intervals_in_one_phrase(intervals: list[Interval], told: str) -> None:
    assert spoken_intervals(intervals, shout) == told


def test_styles_of_time() -> None:
    minutes = (0, 5, 60, 570, 719, 720, 725, 780, 1439, 1440, 1445, 1500)
    assert [_time(one, str, "de") for one in minutes] == [
        "0", "0:05", "1", "9:30", "11:59", "12", "12:05", "13", "23:59", "24", "0:05", "1",
    ]  # fmt: skip
    assert [_time(one, str, "en") for one in minutes] == [
        "midnight", "12:05am", "1am", "9:30am", "11:59am", "midday", "12:05pm", "1pm", "11:59pm", "midnight", "12:05am", "1am",
    ]  # fmt: skip
    assert [_time(one, str, "24h") for one in minutes] == [
        "00:00", "00:05", "01:00", "09:30", "11:59", "12:00", "12:05", "13:00", "23:59", "00:00", "00:05", "01:00",
    ]  # fmt: skip
    assert spoken_intervals([Interval(540, 720)], str, "24h") == "09:00 – 12:00"
    assert spoken_intervals([Interval(540, 1440, open_end=True)], str, "24h") == "ab 09:00"


def test_a_week_that_a_remark_fills_has_no_line_for_it() -> None:
    filled = ((Interval(0, 1440, "unknown", "nach Absprache"),),)

    def lines(week: Week, comment: str) -> list[tuple[str, str]]:
        return spoken_week(Schedule("", True, week, (), TODAY, TODAY, comment=comment), shout)

    assert lines(filled * 7, "nach Absprache") == [("", "NACH ABSPRACHE")]
    six = (*filled * 6, (Interval(540, 720),))
    assert lines(six, "nach Absprache") == [("SO", "9 BIS 12 UHR"), ("SONST", "NACH ABSPRACHE")]
    assert lines(filled * 7, "mit Anmeldung") == [("TÄGLICH", "NACH ABSPRACHE"), ("SONST", "MIT ANMELDUNG")]


def test_a_day_is_told_where_something_certain_remains_of_it() -> None:
    def lines(*exceptions: DayException, holidays: tuple[HolidayHours, ...] = ()) -> list[tuple[str, str]]:
        since, until = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=20)
        made = Schedule("", True, MONDAY_TO_FRIDAY, exceptions, since, until, holidays=holidays)
        return spoken_week(made, shout)[1:]

    day = dt.date(2026, 11, 18)
    assert lines(DayException(day, ())) == [("MI, 18. NOVEMBER", "GESCHLOSSEN")]
    assert lines(DayException(day, (), "Buß- und Bettag")) == []
    assert lines(DayException(day, (Interval(600, 660, comment="Fest"),), "Fest")) == [
        ("MI, 18. NOVEMBER", "10 BIS 11 UHR (FEST)")
    ]
    asked = DayException(day, (Interval(540, 720, "unknown"),), "Heiligabend", ask=True)
    assert lines(asked) == []
    assert lines(DayException(day, (Interval(600, 660),), "Heiligabend", ask=True)) == [
        ("MI, 18. NOVEMBER", "10 BIS 11 UHR")
    ]
    every = HolidayHours("school", (), (0, 1, 2, 3, 4, 5, 6))
    assert lines(holidays=(every,)) == [("IN DEN SCHULFERIEN", "GESCHLOSSEN")]
    assert lines(holidays=(HolidayHours("school", (Interval(0, 60),), ()),)) == [
        ("IN DEN SCHULFERIEN", "0 BIS 1 UHR")
    ]
