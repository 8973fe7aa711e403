"""What closes an offer, a place or an office on some days, and what it leaves open."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from generator.check.hours import check_closings
from generator.derive.facts import derive
from generator.hours.schedule import Schedule
from generator.mkdocs_plugin import write_site
from generator.model.facts import Facts
from generator.pipeline.build import build_site, prepare
from generator.read.project import read_project
from generator.render.base.context import Context
from generator.render.pages.institution_pages import render_office
from generator.render.pages.offer_pages import render_offer
from generator.render.pages.place_pages import render as render_place
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


INSTEAD = CLOSED.replace("Umbau", "Umbau, instead: andere, instead_phone: 040 66969-955")


@pytest.mark.parametrize(("day", "shown"), [("2026-12-07", True), ("2026-11-20", False)])
def test_the_page_of_a_shut_door_says_where_to_go_and_whom_to_call(
    tmp_path: Path, day: str, shown: bool
) -> None:
    closed = f"closed: [{{date: {day}, instead: andere, instead_phone: 040 66969-955}}]\n"
    files = _with_another(closed)
    reading = read_project(write(tmp_path, files))
    assert reading.site is not None, reading.found
    context = Context(reading.site, derive(reading.site, TODAY), "de")
    for page in (
        render_offer(context, "krabbelgruppe"),
        render_office(context, "amt"),
        render_place(context, "haus"),
    ):
        told = re.search(r"Solange geschlossen ist:.*?</p>", str(page.body))
        assert (told is not None) == shown
        assert told is None or {"tel:+494066969955", "andere/"} <= set(
            re.findall(r'href="(?:\.\./|angebote/)*([^"]+)', told[0])
        )


def _with_another(closed: str) -> dict[str, str]:
    """A town with an offer, an office and a house that are closed, and an offer to go to meanwhile."""
    return FILES | {
        OFFER: FILES[OFFER].replace("registration", "open") + closed,
        "resources/offers/andere.yml": FILES[OFFER].replace("name: ", "name: Andere ", 1),
        "resources/offices/amt.yml": f"name: Amt\nkind: asd\nhours: Mo 9-12 Uhr\n{closed}",
        "resources/places/haus.yml": FILES[PLACE].replace("Treff", "Haus")
        + f"hours: Mo-Fr 9-18 Uhr\n{closed}",
    }


def test_a_closing_is_told_alike_wherever_hours_are(tmp_path: Path) -> None:
    """Page, card, list of what is open, calendar, search engines, downloads, own list and mails."""
    project = prepare(write(tmp_path, _with_another(INSTEAD)), TODAY)
    build_site(project, tmp_path / "site", write_site)

    def text(path: str) -> str:
        return (tmp_path / "site" / path).read_text("utf-8")

    page, card = text("angebote/krabbelgruppe/index.html"), text("einbetten/west/index.html")
    assert re.search(r"7\.(?: Dezember)? bis (?:Fr, )?11\. Dezember[^.]*Umbau", page)
    assert "Umbau" in card
    times = json.loads(text("angebote/zeiten.json"))["hours"]
    assert any(row and row.get("x", {}).get("2026-12-07") == [] for row in times)
    assert "EXDATE;TZID=Europe/Berlin:20261207T090000" in text("angebote/krabbelgruppe/termine.ics")
    assert '"validFrom":"2026-12-07","validThrough":"2026-12-07"' in page
    assert "2026-12-07/2026-12-11 Umbau, andere, 040 66969-955" in text("daten/angebote.csv")
    assert "geschlossen: Umbau; stattdessen: Andere Krabbelgruppe, 040 66969-955" in text("daten/hsds.json")
    assert "Umbau" in text("merkliste/eintraege-0.json")
