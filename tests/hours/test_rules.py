"""Rules of an OSM expression one by one, and the days and times that each gives: what the parser leaves to us."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.hours.days import Calendar, evaluated, named_days, read_selector, undone
from generator.hours.evaluate import schedule
from generator.hours.openings import openings_of
from generator.hours.schedule import Interval
from generator.hours.written_hours import read_hours

NINE, NOON, MIDNIGHT = 540, 720, 1440
MORNING = ((NINE, NOON),)


def rule(
    joint: str,
    selector: str,
    spans: object,
    state: str,
    comment: str | None,
    stated: bool = False,
    medium: str = "door",
) -> tuple[object, ...]:
    """What is told of an opening; of one that holds all day there are no spans, None of one whose times can't be said."""
    return joint, selector, spans, state, comment, stated, medium


RULES = {
    "Mo 09:00-12:00": [rule("instead", "Mo", MORNING, "open", None)],
    "Mo 9:00-12:00 off": [rule("instead", "Mo", MORNING, "closed", None, stated=True)],
    "Mo 09:00-12:00 CLOSED": [rule("instead", "Mo", MORNING, "closed", None, stated=True)],
    "Mo 09:00-12:00 unknown": [rule("instead", "Mo", MORNING, "unknown", None, stated=True)],
    "Mo 09:00-12:00 Open": [rule("instead", "Mo", MORNING, "open", None, stated=True)],
    'Mo 09:00-12:00 "nach Vereinbarung"': [rule("instead", "Mo", MORNING, "unknown", "nach Vereinbarung", medium="appointment")],
    'Mo 09:00-12:00 "Eingang Hof"': [rule("instead", "Mo", MORNING, "unknown", "Eingang Hof")],
    'Mo 09:00-12:00 open "Eingang Hof"': [rule("instead", "Mo", MORNING, "open", "Eingang Hof", stated=True)],
    'Mo 09:00-12:00 open "telefonisch"': [rule("instead", "Mo", MORNING, "open", "telefonisch", stated=True, medium="phone")],
    'Mo 09:00-12:00 open "mit Anmeldung"': [rule("instead", "Mo", MORNING, "unknown", "mit Anmeldung", stated=True, medium="appointment")],
    'Mo 09:00-12:00 open "unregelmäßig"': [rule("instead", "Mo", MORNING, "unknown", "unregelmäßig", stated=True)],
    'Mo 09:00-12:00 open "Handarbeiten"': [rule("instead", "Mo", MORNING, "open", "Handarbeiten", stated=True)],
    'Mo 09:00-12:00 open "fällt öfter aus"': [rule("instead", "Mo", MORNING, "unknown", "fällt öfter aus", stated=True)],
    'Mo 09:00-12:00 open "entfällt"': [rule("instead", "Mo", MORNING, "unknown", "entfällt", stated=True)],
    'Mo 09:00-12:00 open "Eingang Hof" "entfällt"': [rule("instead", "Mo", MORNING, "unknown", "Eingang Hof; entfällt", stated=True)],
    'Mo "a; b, c || d": 09:00-12:00': [rule("instead", "Mo", MORNING, "unknown", "a; b, c || d")],
    "24/7": [rule("instead", "", (), "open", None)],
    "24/7 off": [rule("instead", "", (), "closed", None, stated=True)],
    "Mo,  We , Fr: 09:00-12:00": [rule("instead", "Mo,We,Fr", MORNING, "open", None)],
    "Apr-Oct  Mo 09:00-12:00": [rule("instead", "Apr-Oct Mo", MORNING, "open", None)],
    # joints
    "Mo off; Tu off": [rule("instead", "Mo", (), "closed", None, stated=True), rule("instead", "Tu", (), "closed", None, stated=True)],
    "Mo 09:00-12:00; ;": [rule("instead", "Mo", MORNING, "open", None)],
    "Mo 09:00-12:00, Tu 09:00-12:00": [rule("instead", "Mo", MORNING, "open", None), rule("and", "Tu", MORNING, "open", None)],
    "Mo off, Tu 09:00-12:00": [rule("instead", "Mo", (), "closed", None, stated=True), rule("and", "Tu", MORNING, "open", None)],
    "24/7, Tu off": [rule("instead", "", (), "open", None), rule("and", "Tu", (), "closed", None, stated=True)],
    "Mo,Tu 09:00-12:00": [rule("instead", "Mo,Tu", MORNING, "open", None)],
    "09:00-12:00, 14:00-16:00": [rule("instead", "", ((540, 720), (840, 960)), "open", None)],
    'Mo 09:00-12:00 || Tu 09:00-12:00': [rule("instead", "Mo", MORNING, "open", None), rule("else", "Tu", MORNING, "open", None)],
    'Mo 09:00-12:00 || "nach Absprache"': [rule("instead", "Mo", MORNING, "open", None), rule("else", "", (), "unknown", "nach Absprache", medium="appointment")],
    'Mo 09:00-12:00; "nach Absprache"': [rule("instead", "Mo", MORNING, "open", None), rule("else", "", (), "unknown", "nach Absprache", medium="appointment")],
    '"nach Absprache"; Mo 09:00-12:00': [rule("instead", "", (), "unknown", "nach Absprache", medium="appointment"), rule("instead", "Mo", MORNING, "open", None)],
    'Mo 09:00-12:00; unknown "nach Absprache"': [rule("instead", "Mo", MORNING, "open", None), rule("instead", "", (), "unknown", "nach Absprache", stated=True, medium="appointment")],
    'Mo 09:00-12:00 "a", Tu 09:00-12:00': [rule("instead", "Mo", MORNING, "unknown", "a"), rule("and", "Tu", MORNING, "open", None)],
    # times
    "Mo 22:00-06:00": [rule("instead", "Mo", ((1320, 1800),), "open", None)],
    "Mo 09:00 - 12:00+": [rule("instead", "Mo", ((540, 720), (720, 1440)), "open", None)],
    "Mo 09:30+": [rule("instead", "Mo", ((570, 1440),), "open", None)],
    "Mo 09:30": [rule("instead", "Mo", None, "open", None)],
    "Mo 09:00-09:00": [rule("instead", "Mo", None, "open", None)],
    "Mo 09:00-12:00,14:00": [rule("instead", "Mo", None, "open", None)],
    "Mo sunrise-12:00": [rule("instead", "Mo", None, "open", None)],
    "Mo dawn-dusk": [rule("instead", "Mo", None, "open", None)],
    "Mo sunset+": [rule("instead", "Mo", None, "open", None)],
    "Mo (sunrise+01:00)-12:00": [rule("instead", "Mo", None, "open", None)],
}  # fmt: skip


@pytest.mark.parametrize("expression", RULES)
def test_an_expression_is_these_rules(expression: str) -> None:
    found = [
        rule(
            one.joint,
            one.selector,
            tuple((time.start, time.end) for time in one.times)
            if one.by_clock
            else None
            if one.by_clock is None
            else (),
            one.state,
            one.comment,
            one.stated,
            one.times[0].medium,
        )
        for one in openings_of(expression)
    ]
    assert found == RULES[expression]


def spans(expression: str) -> list[Interval]:
    """The intervals of the first rule of an expression."""
    return list(openings_of(expression)[0].times)


def test_what_a_rule_gives_a_day() -> None:
    assert spans("Mo 09:00-12:00") == [Interval(NINE, NOON)]
    assert spans("Mo 09:00-12:00 off") == [Interval(NINE, NOON)]
    assert spans('Mo 09:00-12:00 "?"') == [Interval(NINE, NOON, "unknown", "?")]
    assert spans("Mo") == [Interval(0, MIDNIGHT)]
    assert spans('Mo unknown "?"') == [Interval(0, MIDNIGHT, "unknown", "?")]
    assert spans('Mo sunrise-sunset open "x"') == [Interval(0, MIDNIGHT, "unknown", "x")]
    assert spans("Mo 17:00+") == [Interval(1020, MIDNIGHT, "unknown", open_end=True)]
    assert spans("Mo 17:00+ unknown") == [Interval(1020, MIDNIGHT, "unknown", open_end=True, doubtful=True)]
    assert spans("Mo 17:00-19:00+") == [
        Interval(1020, 1140),
        Interval(1140, MIDNIGHT, "unknown", open_end=True),
    ]
    assert spans("Mo 17:00-19:00+ unknown") == [
        Interval(1020, 1140, "unknown"),
        Interval(1140, MIDNIGHT, "unknown", open_end=True),
    ]
    # Beyond midnight an open end has no end of the day to last to.
    assert spans("Mo 22:00-02:00+")[1] == Interval(1560, 1561, "unknown", open_end=True)


SELECTORS = {
    "Mo": ((), "Mo", "Mo"), "PH": (("PH",), "Mo-Su", None), "SH Mo-Fr": (("SH",), "Mo-Fr", None), "PH,SH Mo": (("PH", "SH"), "Mo", None),
    "Mo PH": (("PH",), "Mo", None), "Mo-Fr SH,PH": (("SH", "PH"), "Mo-Fr", None), "Sa,PH": (("PH",), "Mo-Su", "Sa"), "PH,Sa": (("PH",), "Mo-Su", "Sa"),
    "Apr-Oct Sa,PH": (("PH",), "Apr-Oct Mo-Su", "Apr-Oct Sa"), "Apr-Oct PH": (("PH",), "Apr-Oct Mo-Su", None),
    "2026 Dec 01-2026 Dec 31 PH": (("PH",), "2026 Dec 01-2026 Dec 31 Mo-Su", None),
}  # fmt: skip


@pytest.mark.parametrize("text", SELECTORS)
def test_the_days_of_a_selector_with_and_without_a_holiday(text: str) -> None:
    found = read_selector(text)
    assert (found.holidays, found.with_holiday, found.without) == SELECTORS[text]


NAMED = (
    "Dec 24",
    "2026 Dec 24",
    "Dec 24-26",
    "Dec 20-Dec 31",
    "Dec 17-Dec 31",
    "Dec 24-Jan 06",
    "2026 Dec 20-2027 Jan 02",
)
UNNAMED = (
    "Dec 16-Dec 31",
    "2026 Dec 24-2028 Dec 26",
    "Dec 24+",
    "Dec",
    "Dec 24,Nov-Dec",
    "Dec 24,Nov 01-Dec 31",
    "easter -102 days",
    "week 52 Th",
    "Th",
    "PH",
    "SH",
)


def test_rules_that_speak_of_christmas_eve() -> None:
    day, calendar = dt.date(2026, 12, 24), Calendar("SH", dt.date(2026, 12, 1), dt.date(2027, 1, 31))
    for selector in (*NAMED, *UNNAMED):
        openings = openings_of(f"{selector} 09:00-12:00")
        assert (day in named_days(openings, calendar)) is (selector in NAMED), selector


def test_easter_is_a_date() -> None:
    calendar = Calendar("SH", dt.date(2027, 3, 1), dt.date(2027, 4, 30))
    assert named_days(openings_of("easter -2 days off"), calendar) == {dt.date(2027, 3, 26)}


def on(expression: str, day: str = "2026-12-07", land: str = "SH") -> list[tuple[int, int, str]]:
    """The intervals of a day, by default a Monday."""
    date = dt.date.fromisoformat(day)
    calendar = Calendar(land, date - dt.timedelta(days=30), date + dt.timedelta(days=30))
    return [(one.start, one.end, one.state) for one in evaluated(openings_of(expression), calendar)[date]]


def test_what_later_rules_make_of_earlier_ones() -> None:
    assert on("Mo 09:00-12:00; Mo 14:00-16:00") == [(840, 960, "open")]
    assert on("Mo 09:00-12:00, Mo 14:00-16:00") == [(540, 720, "open"), (840, 960, "open")]
    assert on("Mo 09:00-12:00, Mo 11:00-16:00") == [(540, 960, "open")]
    assert on("Mo 09:00-12:00, Mo 12:00-16:00") == [(540, 960, "open")]
    assert on('Mo 09:00-12:00, Mo 12:00-16:00 open "Eingang Hof"') == [(540, 720, "open"), (720, 960, "open")]
    assert on("Mo 09:00-16:00, Mo 10:00-11:00 unknown") == [
        (540, 600, "open"),
        (600, 660, "unknown"),
        (660, 960, "open"),
    ]
    assert on("Mo 09:00-16:00 || unknown") == [
        (0, 540, "unknown"),
        (540, 960, "open"),
        (960, 1440, "unknown"),
    ]
    assert on("Mo 09:00-16:00 || Mo 08:00-10:00 off") == [(480, 960, "open")]
    assert on("Mo 09:00-16:00; Mo off") == []
    assert on("Mo 09:00-16:00; Mo 12:00-13:00 off") == [(540, 720, "open"), (780, 960, "open")]
    assert on("Mo 09:00-16:00; Mo 08:00-10:00 off") == [(600, 960, "open")]
    assert on("Mo 09:00-16:00; Mo 12:00-16:00 off") == [(540, 720, "open")]
    assert on("Mo 17:00+; Mo 18:00-19:00 off") == [(1020, 1080, "unknown"), (1140, 1440, "unknown")]
    assert on("Tu 09:00-16:00") == []


def test_what_is_cut_off_from_an_open_end_does_not_begin_for_certain() -> None:
    calendar = Calendar("SH", dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    days = evaluated(openings_of("Mo 17:00+; Mo 18:00-19:00 off"), calendar)
    before, behind = days[dt.date(2026, 12, 7)]
    assert (before.begins, behind.begins) == (True, False)


UNDONE = {
    "PH off; Mo-Fr 09:00-12:00": ["PH off"], "PH off, Mo-Fr 09:00-12:00": ["PH off"], "Tu 14:00-18:00; Mo-Fr 09:00-12:00": ["Tu 14:00-18:00"],
    "Tu off; Mo-Fr 09:00-12:00": ["Tu off"], "SH 10:00-12:00; Mo-Su 09:00-12:00": ["SH 10:00-12:00"],
    "Mo-Fr 09:00-12:00; PH off": [], "Mo-Fr 09:00-12:00; Tu 14:00-18:00": [], "Mo-Fr 09:00-12:00, Tu 14:00-18:00": [],
    "Apr-Oct Mo 09:00-12:00; Nov-Mar Mo 10:00-12:00": [], "Mo-Fr 09:00-12:00; Dec 24 10:00-12:00; PH off": [],
}  # fmt: skip


@pytest.mark.parametrize("expression", UNDONE)
def test_a_rule_that_a_later_one_replaces_is_named_and_nothing_is_certain(expression: str) -> None:
    assert list(undone(openings_of(expression))) == UNDONE[expression]
    assert [doubt.text for doubt in read_hours(expression).doubts] == UNDONE[expression]
    made = schedule(read_hours(expression), land="SH", today=dt.date(2026, 12, 1))
    assert made.readable is not bool(UNDONE[expression])
    assert any(one.begins for one in made.intervals()) is made.readable
