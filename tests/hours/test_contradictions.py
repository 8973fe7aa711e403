"""Rules that undo each other: their days are never certainly open, others stay as they are, and an order that works is found."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import opening_hours
import pytest

from generator.hours.evaluate import schedule
from generator.hours.schedule import Interval, Schedule
from generator.hours.spoken import spoken_week
from generator.hours.written_hours import read_hours

TODAY = dt.date(2026, 12, 1)
TUESDAY, WEDNESDAY = dt.date(2026, 12, 8), dt.date(2026, 12, 9)
CHRISTMAS, IN_SCHOOL_HOLIDAYS = dt.date(2026, 12, 25), dt.date(2026, 12, 29)


def week(text: str, land: str = "SH") -> Schedule:
    hours = read_hours(text)
    assert hours.expression is not None, hours.problem
    return schedule(hours, land=land, today=TODAY)


def begins(found: Schedule, day: dt.date) -> bool:
    """Whether something certainly begins on a day."""
    return any(one.begins for one in found.intervals_on(day))


UNDONE = {
    "PH off; Mo-Fr 09:00-12:00": ("Mo-Fr 09:00-12:00; PH off", CHRISTMAS, TUESDAY),
    "SH off; Mo-Fr 14:00-18:00": ("Mo-Fr 14:00-18:00; SH off", IN_SCHOOL_HOLIDAYS, TUESDAY),
    "PH off, Mo-Fr 09:00-12:00": ("Mo-Fr 09:00-12:00; PH off", CHRISTMAS, TUESDAY),
    'PH off; Mo-Fr 09:00-12:00 || unknown "nach Absprache"': (
        'Mo-Fr 09:00-12:00; PH off || unknown "nach Absprache"', CHRISTMAS, TUESDAY),
    "Mo-Su 10:00-12:00; PH off; Mo-Fr 14:00-18:00": (
        "Mo-Su 10:00-12:00; Mo-Fr 14:00-18:00; PH off", CHRISTMAS, TUESDAY),
    "Mo-Fr 09:00-12:00; SH off; Tu 14:00-18:00": (
        "Mo-Fr 09:00-12:00; Tu 14:00-18:00; SH off", IN_SCHOOL_HOLIDAYS, TUESDAY),
    "Su,PH 10:00-14:00; Mo-Sa 08:00-18:00": ("Mo-Sa 08:00-18:00; Su,PH 10:00-14:00", CHRISTMAS, TUESDAY),
    "We off; Mo-Fr 09:00-12:00": ("Mo-Fr 09:00-12:00; We off", WEDNESDAY, TUESDAY),
    "We 14:00-16:00; Mo-Fr 09:00-12:00": ("Mo-Fr 09:00-12:00; We 14:00-16:00", WEDNESDAY, TUESDAY),
    "We 09:00-12:00; Tu 09:00-12:00; We 14:00-16:00 open": (
        "We 09:00-12:00, Tu 09:00-12:00, We 14:00-16:00 open", WEDNESDAY, TUESDAY),
    "2026 Dec 09 off; Mo-Fr 09:00-12:00": ("Mo-Fr 09:00-12:00; 2026 Dec 09 off", WEDNESDAY, TUESDAY),
    'We unknown "nachmittags geschlossen"; Mo-Fr 09:00-12:00': (
        'Mo-Fr 09:00-12:00; We unknown "nachmittags geschlossen"', WEDNESDAY, TUESDAY),
}  # fmt: skip


@pytest.mark.parametrize("text", UNDONE)
def test_the_days_of_a_rule_that_is_undone_are_in_doubt_and_no_others(text: str) -> None:
    better, doubtful, certain = UNDONE[text]
    found = week(text)
    assert found.undone
    assert (begins(found, doubtful), begins(found, certain)) == (False, True)
    assert found.intervals_on(doubtful), "what is in doubt isn't closed either"
    assert opening_hours.validate(better)
    assert week(better).undone == ()


@pytest.mark.parametrize("land", ["SH", "SN"])
@pytest.mark.parametrize("kind", ["PH", "SH"])
def test_a_holiday_that_nobody_is_sure_of_is_said_to_be_asked_about(kind: str, land: str) -> None:
    """Of school holidays that aren't known it may be any day."""
    told = dict(spoken_week(week(f"{kind} off; Mo-Fr 09:00-12:00", land), str))
    when = "an Feiertagen" if kind == "PH" else "in den Schulferien"
    assert told[f"{when}, Mo bis Fr"] == "9 bis 12 Uhr (bitte nachfragen)"
    day = CHRISTMAS if kind == "PH" else IN_SCHOOL_HOLIDAYS
    assert not begins(week(f"{kind} off; Mo-Fr 09:00-12:00", land), day)


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-12:00; PH off",
        "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-12:00; PH off",
        "Mo-Fr 09:00-12:00; Sa,Su off",
        "Mo-Su off; Tu 10:00-12:00",
        "Mo-Fr 09:00-17:00; We 09:00-12:00; 2026 Dec 23-2027 Jan 02 off",
        "Mo-Fr 09:00-12:00; 2026 Nov 01-2029 Jan 01 off",
        "2025 Dec 24 off; Mo-Fr 09:00-12:00",
        "Mo-Fr 09:00-12:00; Mo-Fr 09:00-12:00; PH off",
        "Mo,We 09:00-12:00; Apr-Sep 10:00-18:00",
        "Apr-Oct Tu-Su 10:00-18:00; Nov-Mar Tu-Su 10:00-16:00; We 10:00-20:00",
        "Apr-Sep 08:00-20:00; Oct-Mar 08:00-17:00; Mo off",
        "SH Mo-Fr 10:00-12:00; Jul-Aug off",
        "Mo-Fr 08:00-16:00; Mo-We 08:00-15:00; Th,Fr 08:00-12:00",
        'Mo-Fr 09:00-12:00 || unknown "nach Absprache"',
        "24/7; PH off",
    ],
)
@pytest.mark.parametrize("land", ["SH", "SN"])
def test_exceptions_behind_what_they_except_contradict_nothing(text: str, land: str) -> None:
    assert week(text, land).undone == ()


CLOSURES = {"PH off": CHRISTMAS, "SH off": IN_SCHOOL_HOLIDAYS, "2026 Dec 09 off": WEDNESDAY}


def test_in_no_order_of_rules_is_a_day_open_that_one_of_them_closes() -> None:
    for order in permutations([*CLOSURES, "Mo-Fr 09:00-12:00", "Tu 14:00-18:00"]):
        found = week("; ".join(order))
        assert [text for text, day in CLOSURES.items() if begins(found, day)] == [], order


PARTS = {
    "Mo-Fr 9-13.30 und 14-18 Uhr": ("mittwochs nachmittags geschlossen", "nachmittags geschlossen"),
    "Mo-Fr 9-18": ("Mi nachmittags zu", "nachmittags zu"),
    "Mo-Fr 9-17": ("Mi Nachmittag und Sa geschlossen", "Nachmittag geschlossen"),
    "Mo-Fr 9-16": ("Mi geschlossen nachmittags", "nachmittags geschlossen"),
    "Mo-Fr 9-15": ("Mi nachmittags (entfällt)", "nachmittags (entfällt)"),
    "Mo-Fr 9-14": ("Mi nachmittags keine Sprechstunde", "nachmittags keine Sprechstunde"),
}


@pytest.mark.parametrize("usual", PARTS)
def test_a_closure_that_names_no_times_keeps_its_words_wherever_it_stands(usual: str) -> None:
    closure, words = PARTS[usual]
    orders = [f"{closure}; {usual}; Sa 10-12", f"{usual}; {closure}; So 10-12", f"{usual}; {closure}"]
    for text in orders:
        found = week(text)
        there = found.intervals_on(WEDNESDAY)
        assert {(one.state, one.comment, one.begins) for one in there} == {("unknown", words, False)}, text
        assert begins(found, TUESDAY), text


def test_times_that_lie_in_a_closed_part_of_the_day_are_gone_and_others_stay() -> None:
    """„Nachmittags geschlossen“ says of a morning that it is as usual, in whatever order it stands."""
    usual, closure = "Mo-Fr 8-12 und 13.30-17 Uhr", "mittwochs nachmittags geschlossen"
    for text in (f"{usual}; {closure}", f"{closure}; {usual}", f"{usual}, {closure}", f"{usual} ({closure})"):
        assert week(text).intervals_on(WEDNESDAY) == (Interval(480, 720),), text
        assert len(week(text).intervals_on(TUESDAY)) == 2, text


def test_what_is_closed_for_certain_stays_closed_beside_a_closure_in_doubt() -> None:
    found = week("Mo-Fr 9-15; Feiertage geschlossen; freitags nachmittags geschlossen")
    assert found.intervals_on(CHRISTMAS) == ()
    assert found.intervals_on(dt.date(2026, 12, 11)) == (
        Interval(540, 900, "unknown", "nachmittags geschlossen"),
    )


def test_times_that_are_uncertain_without_a_remark_are_not_told_as_certain() -> None:
    assert spoken_week(week("Mo 09:00-12:00 unknown"), str) == [("Mo", "9 bis 12 Uhr (bitte nachfragen)")]
