"""Hours that belong into another field are asked for there, fields that contradict each other are one message; see the reference for the words."""

import datetime as dt
from pathlib import Path

import pytest

from generator.check.hours import check_openings
from generator.pipeline.build import Project, prepare
from generator.read.project import read_project
from tests.check.marked_towns import TODAY
from tests.edit.towns import FILES, write, write_town

OFFER = "resources/offers/krabbelgruppe.yml"
HOURS = "hours: Mo 09:00-10:30; PH off\n"
WAY = "access: {way: registration}\n"


@pytest.mark.parametrize(
    ("hours", "access", "more", "told"),
    [
        ("Mo 9-12 Uhr", WAY, "", []),
        ("Mo 9-12 Uhr (nur telefonisch)", WAY, "", ["zeiten-am-telefon"]),
        ("Mo 9-12 Uhr persönlich, Di 9-12 Uhr (Tel.)", WAY, "", ["zeiten-am-telefon"]),
        ("Mo 9-12 Uhr und nach Vereinbarung", WAY, "", []),
        ("Mo 9-12 Uhr und nach Vereinbarung", "", "", ["zeiten-mit-termin"]),
        ("Mo 9-12 Uhr und nach Vereinbarung", "access: {way: open}\n", "", []),
        ("nach Vereinbarung", "access: {way: open}\n", "", ["zugang-widerspricht"]),
        ("Mo 9-12 Uhr nach Anmeldung", "access: {way: open}\n", "", ["zugang-widerspricht"]),
        ("Mo 9-12 Uhr ohne Anmeldung", "access: {way: open}\n", "", []),
        ("nach Vereinbarung", "access: {way: direct}\n", "", []),
    ],
)  # fmt: skip
def test_what_is_told_of_hours(tmp_path: Path, hours: str, access: str, more: str, told: list[str]) -> None:
    text = FILES[OFFER].replace(HOURS, f"hours: {hours}\n").replace(WAY, access) + more
    assert hours in text
    reading = read_project(write(tmp_path, {**FILES, OFFER: text}))
    assert reading.site is not None, reading.found
    found = list(check_openings(reading.site, reading, TODAY))
    assert [item.code for item in found] == told
    assert all(item.position.file == OFFER and "{" not in item.message for item in found)


def test_hours_by_school_holidays_that_nobody_entered_are_named_once(tmp_path: Path) -> None:
    write_town(tmp_path)
    config = tmp_path / "site_config.yml"
    config.write_text(FILES["site_config.yml"].replace("land: SH", "land: BE"), "utf-8")
    for key in ("krabbelgruppe", "zweite"):
        text = FILES["resources/offers/krabbelgruppe.yml"].replace("PH off", "SH off")
        (tmp_path / f"resources/offers/{key}.yml").write_text(text, "utf-8")
    found = [item for item in prepare(tmp_path, TODAY).found if item.code == "ferien-unbekannt"]
    assert [(item.position.file, item.severity) for item in found] == [
        ("resources/offers/krabbelgruppe.yml", "warning")
    ]


ADVENT = dt.date(2026, 12, 2)
"""Four weeks from here on hold Christmas: Friday, the 25th."""
OFFICE = """\
name: Allgemeiner Sozialer Dienst
kind: asd
serves: [auenstedt]
groups: [asd]
contact: {{phone: 040 66969-150{phone}}}
hours: {hours}
on_call: {{phone: 040 66969-110, hours: "{duty}"}}
"""


def gaps(root: Path, hours: str, duty: str, phone: str = "") -> list[str]:
    write_town(root)
    (space,) = [path.stem for path in (root / "resources" / "spaces").glob("*.yml")][:1]
    text = OFFICE.format(hours=hours, duty=duty, phone=phone).replace("auenstedt", space)
    write(root, {"resources/offices/asd.yml": text})
    return [
        item.message.split(": ", 1)[1]
        for item in prepare(root, ADVENT).found
        if item.code == "bereitschaft-luecke"
    ]


NIGHT = "Mo-Fr 00:00-08:00,16:00-24:00; Sa,Su 00:00-24:00"


@pytest.mark.parametrize(
    ("hours", "duty", "phone", "said"),
    [
        ("Mo-Fr 08:00-16:00", "24/7", "", ""),
        ("Mo-Fr 08:00-16:00", f"{NIGHT}; PH 00:00-24:00", "", ""),
        # Sunday ends at midnight, and the night from Friday on is that of the weekdays: Monday morning is nobody's.
        ("Mo-Fr 08:00-16:00", "Mo-Fr 16:00-08:00; Sa,Su 00:00-24:00", "", "Mo 00:00-08:00"),
        # At noon the office is closed, and the duty hasn't begun.
        ("Mo-Fr 08:00-12:00,14:00-16:00", f"{NIGHT}; PH 00:00-24:00", "", "Do 12:00-14:00"),
        ("We 08:00-12:00; Mo-Tu,Th-Fr 08:00-16:00", NIGHT, "", "Mi 12:00-16:00"),
        # On a holiday the office is closed, and nobody thought of the duty.
        ("Mo-Fr 08:00-16:00; PH off", NIGHT, "", "Fr 08:00-16:00"),
        # Who answers the telephone longer than the door is open counts.
        ("Mo-Fr 08:00-12:00", NIGHT, ", phone_hours: Mo-Fr 08:00-16:00", ""),
        # What nobody understands may well cover everything; it is reported as such.
        ("Mo-Fr 08:00-12:00", "nach Dienstplan, siehe Aushang", "", ""),
    ],
)
def test_an_hour_of_nobody_is_told(tmp_path: Path, hours: str, duty: str, phone: str, said: str) -> None:
    found = gaps(tmp_path, hours, duty, phone)
    assert len(found) == bool(said)
    assert all(said in text for text in found)


def test_the_demo_leaves_no_hour_to_nobody(demo: Project) -> None:
    assert "bereitschaft-luecke" not in {item.code for item in demo.found}
