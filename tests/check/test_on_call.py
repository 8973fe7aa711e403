"""Hours that belong to nobody: neither the office nor the duty outside of its hours answers, and an editor is told which."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.pipeline.build import Project, prepare
from tests.edit.towns import write, write_town

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
