"""Days on which many are closed: by Land, by the town's list, in the demo, and in the configuration."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from generator.derive.facts import derive
from generator.hours.evaluate import schedule
from generator.hours.holidays import (
    BETWEEN_YEARS,
    CLOSED_DAYS,
    LANDS,
    TownDays,
    closed_day,
    easter,
    public_holiday,
)
from generator.hours.schedule import BERLIN
from generator.hours.written_hours import read_hours
from generator.model.config import UsualDay
from generator.pipeline.build import Project, prepare
from tests.hours.evaluator import state_at


def test_the_configuration_names_the_days_there_are() -> None:
    assert set(get_args(UsualDay)) == {*CLOSED_DAYS, BETWEEN_YEARS}


def test_easter() -> None:
    assert [easter(year) for year in (2026, 2027, 2028, 2038)] == [
        dt.date(2026, 4, 5), dt.date(2027, 3, 28), dt.date(2028, 4, 16), dt.date(2038, 4, 25),
    ]  # fmt: skip


def test_no_closed_day_is_a_public_holiday() -> None:
    """What the law closes needs no guess: the two lists must not say the same."""
    town = TownDays(pauses=("bridge-days",))
    for land in LANDS:
        for offset in range(3 * 365):
            day = dt.date(2026, 1, 1) + dt.timedelta(days=offset)
            if closed_day(land, day, town):
                assert public_holiday(land, day) is None, (land, day)


@pytest.mark.guards(
    "Help and hours: on days on which many close, 'call before'; numbers answered day and night stay; a notice closes"
)
@pytest.mark.parametrize(
    ("land", "day", "bridge"),
    [("SH", "2026-05-15", True), ("SH", "2026-05-13", False), ("NW", "2026-06-05", True), ("SH", "2026-06-05", False),
     ("SH", "2029-12-24", True), ("SH", "2026-05-16", False), ("SH", "2026-12-28", False)],
)  # fmt: skip
def test_bridge_days_lie_alone_between_free_days(land: str, day: str, bridge: bool) -> None:
    date = dt.date.fromisoformat(day)
    assert (
        closed_day(land, date, TownDays(pauses=("bridge-days",), without=("heiligabend",))) == "Brückentag"
    ) is bridge
    assert closed_day(land, date, TownDays(without=("heiligabend",))) is None


@pytest.mark.guards(
    "Help and hours: on days on which many close, 'call before'; numbers answered day and night stay; a notice closes"
)
def test_on_christmas_eve_the_demo_opens_only_what_says_so(demo: Project) -> None:
    """Thirty-five offers said „jetzt offen“ at ten o'clock."""
    site = demo.site
    assert site is not None
    facts_then = derive(site, dt.date(2026, 12, 20))
    open_then, asking = set(), set()
    for key, facts in facts_then.offers.items():
        if facts.schedule is not None and site.offers[key].status == "running":
            state = state_at(facts.schedule, dt.datetime(2026, 12, 24, 10, tzinfo=BERLIN))
            open_then |= {key} if state.kind == "open" else set()
            asking |= {key} if state.ask == "Heiligabend" else set()
    for key in open_then:
        offer = site.offers[key]
        assert str(offer.hours) == "24/7" or site.words.kinds[offer.kind].every_day, key
    assert len(asking) >= 30


@pytest.mark.guards(
    "Help and hours: on days on which many close, 'call before'; numbers answered day and night stay; a notice closes"
)
def test_numbers_with_hours_are_no_more_certain_on_christmas_eve_than_offers(demo: Project) -> None:
    """„Mo-Fr 9-17“ says nothing of Heiligabend; what is answered day and night is, and so is the duty of an office that is there for such days."""
    site = demo.site
    assert site is not None
    facts_then = derive(site, dt.date(2026, 12, 20))
    duties = {office.on_call.hours for office in site.offices.values() if office.on_call is not None}
    timed = {number.hours for number in site.words.help.values() if not number.always} - {None, *duties}
    assert len(timed) >= 3
    eve = [dt.datetime(2026, 12, 24, hour, 30, tzinfo=BERLIN) for hour in range(24)]
    for hours in timed:
        schedule = facts_then.written_hours[str(hours)]
        assert "open" not in {state_at(schedule, moment).kind for moment in eve}, hours
        assert any(state_at(schedule, moment).ask == "Heiligabend" for moment in eve), hours
    for duty in duties - {None}:
        assert {state_at(facts_then.written_hours[str(duty)], moment).kind for moment in eve} <= {
            "open",
            "closed",
        }


@pytest.mark.guards(
    "Help and hours: on days on which many close, 'call before'; numbers answered day and night stay; a notice closes"
)
def test_the_notices_of_the_demo_close_the_days_that_they_name_and_no_others(demo: Project) -> None:
    assert demo.site is not None
    notices = {key: offer.alert for key, offer in demo.site.offers.items() if offer.alert}
    closed = {
        "nachbarschaftscafe-birkenkoppel": [("2026-12-21", "2027-01-02")],
        "lebensmittelausgabe-tafel": [("2026-12-25", "2026-12-25"), ("2027-01-01", "2027-01-01")],
        "theatergruppe-heideschule": [("2026-12-18", "2027-02-07")],
        "spielkreis-sonnenblume": [("2026-12-18", "2027-01-31")],
        "randzeitenbetreuung-muehlenfeld": [("2026-12-18", "2027-02-01")],
        "schwimmen-lernen-auebad": [],
        "kita-vogelsang": [],
    }
    assert closed.keys() <= notices.keys()
    facts = derive(demo.site, dt.date(2026, 12, 18))
    for key, spans in closed.items():
        schedule, days = facts.offers[key].schedule, set[dt.date]()
        assert schedule is not None
        for first, last in (map(dt.date.fromisoformat, span) for span in spans):
            days |= {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
        told = {
            one.first + dt.timedelta(days=n)
            for one in schedule.closed
            for n in range((one.last - one.first).days + 1)
        }
        assert {day for day in told if day >= dt.date(2026, 12, 18)} == days, key
        assert not any(schedule.intervals_on(day) for day in days), key


def test_own_days_in_the_configuration(tmp_path: Path) -> None:
    from tests.edit.towns import write_town

    write_town(tmp_path)
    config = tmp_path / "site_config.yml"
    config.write_text(
        config.read_text("utf-8")
        + "closed_days:\n  bridge_days: yes\n  also: [rosenmontag]\n  dates:\n    - {date: 2026-12-28, until: 2026-12-30, name: Zwischen den Jahren}\n",
        encoding="utf-8",
    )
    project = prepare(tmp_path, dt.date(2026, 12, 20))
    assert project.facts is not None, project
    (schedule,) = (facts.schedule for facts in project.facts.offers.values() if facts.schedule is not None)
    asked = {exception.date: exception.reason for exception in schedule.exceptions if exception.ask}
    assert asked[dt.date(2026, 12, 28)] == "Zwischen den Jahren"
    assert asked[dt.date(2027, 2, 8)] == "Rosenmontag"


@pytest.mark.parametrize(
    ("day", "closed"),
    [("2026-12-26", False), ("2026-12-27", True), ("2026-12-30", True), ("2027-01-02", False)],
)
def test_between_the_years_those_pause_who_usually_do(day: str, closed: bool) -> None:
    date = dt.date.fromisoformat(day)
    assert bool(closed_day("SH", date, TownDays(pauses=("between-years",)))) is closed
    assert closed_day("SH", date) is None
    assert closed_day("SH", date, TownDays(pauses=("between-years",), without=(BETWEEN_YEARS,))) is None


def test_a_rule_for_a_date_in_the_holidays_speaks_of_that_date() -> None:
    hours = read_hours("Mo-Fr 09:00-17:00; Dec 24-26 SH 10:00-12:00")
    told = schedule(hours, land="SH", today=dt.date(2026, 11, 20), horizon_days=60)
    [eve] = [one for one in told.exceptions if one.date == dt.date(2026, 12, 24)]
    assert not eve.ask
    assert [one.state for one in eve.intervals] == ["open"]
