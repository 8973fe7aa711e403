"""What closes an offer, a place or an office on some days, and what it leaves open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.check.hours import check_closings
from generator.derive.facts import derive
from generator.hours.schedule import Schedule
from generator.model.facts import Facts
from generator.read.project import read_project
from generator.render.base.context import Context
from generator.render.pages.offer_pages import render_offer
from tests.edit.towns import FILES, write

TODAY = dt.date(2026, 12, 1)
MONDAY, NEXT = dt.date(2026, 12, 7), dt.date(2026, 12, 14)
OFFER, PLACE, CONFIG = "resources/offers/krabbelgruppe.yml", "resources/places/treff.yml", "site_config.yml"
CLOSED = "closed: [{date: 2026-12-07, until: 2026-12-11, name: Umbau}]\n"
WHOLE = CLOSED.replace("Umbau", "Umbau, whole_house: yes")
OTHERS = "resources/providers/andere.yml"
ANOTHER = {OTHERS: "name: Andere\nkind: association\n"}


def facts_of(tmp_path: Path, files: dict[str, str]) -> Facts:
    """Derive a town in which some files go on."""
    changed = {name: FILES.get(name, "") + more for name, more in files.items()}
    reading = read_project(write(tmp_path, FILES | changed))
    assert reading.site is not None, reading.found
    return derive(reading.site, TODAY)


def said(schedule: Schedule | None, day: dt.date) -> str:
    assert schedule is not None
    found = schedule.intervals_on(day)
    return "closed" if not found else "open" if all(one.state == "open" for one in found) else "unsure"


@pytest.mark.parametrize(
    ("files", "monday"),
    [
        ({}, "open"),
        ({OFFER: CLOSED}, "closed"),
        ({OFFER: "alert: {text: Pause., until: 2026-12-09}\n"}, "unsure"),
        ({OFFER: "alert: {text: Pause., until: 2026-12-09, closed: no}\n"}, "open"),
        ({OFFER: "alert: {text: Pause., until: 2026-12-09, closed: [{date: 2026-12-07}]}\n"}, "closed"),
        ({PLACE: CLOSED}, "closed"),
        ({PLACE: WHOLE}, "closed"),
        ({CONFIG: "closed_days: {dates: [{date: 2026-12-07, name: Streik}]}\n"}, "unsure"),
        (
            {CONFIG: "closed_days: {dates: [{date: 2026-12-07, name: Streik, providers: [verein]}]}\n"},
            "closed",
        ),
        ({CONFIG: "closed_days: {dates: [{date: 2026-12-07, name: Streik, places: [treff]}]}\n"}, "closed"),
        ({CONFIG: "closed_days: {dates: [{date: 2026-12-07, name: Streik, places: [andere]}]}\n"}, "open"),
        ({OFFER: "dates: [{date: 2026-12-07, from: '9:00', to: '10:30', cancelled: yes}]\n"}, "unsure"),
        ({OFFER: "dates: [{date: 2026-12-07, from: '9:00', to: '10:30', name: Entfällt}]\n"}, "unsure"),
    ],
)
def test_on_a_monday_it_is_closed_by_what_names_it(
    tmp_path: Path, files: dict[str, str], monday: str
) -> None:
    schedule = facts_of(tmp_path, files).offers["krabbelgruppe"].schedule
    assert (said(schedule, MONDAY), said(schedule, NEXT)) == (monday, "open")


@pytest.mark.parametrize(("closing", "monday"), [(CLOSED, "open"), (WHOLE, "closed")])
def test_a_house_closes_others_groups_only_as_a_whole(tmp_path: Path, closing: str, monday: str) -> None:
    other = FILES[OFFER].replace("provider: verein", "provider: andere")
    found = facts_of(tmp_path, {PLACE: closing, "resources/offers/gast.yml": other, **ANOTHER})
    assert said(found.offers["gast"].schedule, MONDAY) == monday


def test_a_house_and_a_notice_leave_the_telephone_alone(tmp_path: Path) -> None:
    for more in (CLOSED, "alert: {text: Pause., until: 2026-12-09}\n"):
        offer = FILES[OFFER].replace("Mo 09:00-10:30; PH off", "Mo 9-10 Uhr telefonisch")
        files = {PLACE: more} if more == CLOSED else {}
        files["resources/offers/ruf.yml"] = offer + ("" if files else more)
        assert said(facts_of(tmp_path, files).offers["ruf"].schedule, MONDAY) == "open"


def test_an_office_is_closed_and_its_duty_never(tmp_path: Path) -> None:
    office = "name: Amt\nkind: asd\nhours: Mo 9-12 Uhr\non_call: {phone: 040 66969-921, hours: Mo 0-24 Uhr}\n"
    found = facts_of(tmp_path, {"resources/offices/amt.yml": office + CLOSED})
    assert said(found.office_hours["amt"], MONDAY) == "closed"
    assert said(found.written_hours["Mo 0-24 Uhr"], MONDAY) == "open"


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("", []),
        ("closed: [{date: 2025-12-21, until: 2026-01-03}]\n", ["schliesst-nichts"]),
        ("closed: [{date: 2028-12-21}]\n", ["schliesst-nichts"]),
        ("closed: [{date: 2026-12-21, until: 2027-01-03}]\n", []),
        ("alert: {text: Pause., until: 2026-12-09}\n", ["hinweis-ohne-closed"]),
        ("alert: {text: Pause., until: 2026-12-09, closed: []}\n", ["hinweis-ohne-closed"]),
        ("alert: {text: Pause., until: 2026-12-09, closed: no}\n", []),
        (
            "alert: {text: Pause., until: 2026-12-23, closed: [{date: 2027-12-21, until: 2027-12-23}]}\n",
            ["schliesst-nichts"],
        ),
        ("alert: {text: Pause., until: 2026-12-09, closed: [{date: 2025-12-07}]}\n", ["schliesst-nichts"]),
        ("dates: [{date: 2026-12-07, name: fällt aus}]\n", ["termin-abgesagt"]),
    ],
)
def test_what_closes_nothing_or_does_not_say_so_is_asked_about(
    tmp_path: Path, more: str, codes: list[str]
) -> None:
    reading = read_project(write(tmp_path, FILES | {OFFER: FILES[OFFER] + more}))
    assert reading.site is not None
    assert [one.code for one in check_closings(reading.site, reading, TODAY)] == codes


def test_of_the_settings_only_what_there_is_can_be_closed(tmp_path: Path) -> None:
    config = (
        FILES[CONFIG] + "closed_days: {dates: [{date: 2026-12-07, name: Streik, providers: [niemand]}]}\n"
    )
    reading = read_project(write(tmp_path, FILES | {CONFIG: config}))
    assert reading.site is not None
    assert [one.code for one in check_closings(reading.site, reading, TODAY)] == ["schliesst-niemanden"]


def test_an_end_before_its_beginning_is_refused(tmp_path: Path) -> None:
    reading = read_project(
        write(tmp_path, FILES | {OFFER: FILES[OFFER] + "closed: [{date: 2026-12-21, until: 2026-01-03}]\n"})
    )
    assert "zeit-verkehrt" in {one.code for one in reading.found}


@pytest.mark.parametrize(("day", "shown"), [("2026-12-07", True), ("2026-11-20", False)])
def test_the_page_of_a_shut_door_says_where_to_go_and_whom_to_call(
    tmp_path: Path, day: str, shown: bool
) -> None:
    there = FILES[OFFER].replace("name: ", "name: Andere ", 1)
    closed = f"closed: [{{date: {day}, instead: andere, instead_phone: 040 66969-955}}]\n"
    files = FILES | {OFFER: FILES[OFFER] + closed, "resources/offers/andere.yml": there}
    reading = read_project(write(tmp_path, files))
    assert reading.site is not None, reading.found
    body = str(
        render_offer(Context(reading.site, derive(reading.site, TODAY), "de"), "krabbelgruppe").body
    ).partition('class="nr-actions"')[0]
    assert ("tel:+494066969955" in body) == shown
    assert ("/andere/" in body) == shown
