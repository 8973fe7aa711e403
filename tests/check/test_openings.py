"""Hours that belong into another field are asked for there, fields that contradict each other are one message; see the reference for the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.hours import check_openings
from generator.pipeline.build import prepare
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
