"""What a page says of opening hours is what every export says: read back from the files of a built site, none is more certain than the page.

Offers with the hours of `tests/hours/media.csv` that can be read, each with a place, and with two ways in: open, and by appointment.
"""

import csv
import datetime as dt
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner
from dateutil.rrule import rrulestr

from generator.cli import main
from generator.hours.written_hours import read_hours
from tests.chance import whole
from tests.edit.towns import FILES, write
from tests.hours.test_media import rows

OFFER = "resources/offers/krabbelgruppe.yml"
IN_DOUBT = {
    "Mo-Fr 09:00-12:00": "2026-12-25",
    "Mo-Fr 9-18 Uhr, Di 19-20 Uhr": "2026-12-24",
}
"""Hours, and a day on which nobody can tell from them whether the door is open."""
WAYS = ("open", "appointment")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = dict(FILES)
    for number, hours in enumerate([*IN_DOUBT, *(row.text for row in rows())]):
        if read_hours(hours).expression is None:
            continue
        for way in WAYS:
            text = FILES[OFFER].replace("Mo 09:00-10:30; PH off", json.dumps(hours, ensure_ascii=False))
            text = text.replace("way: registration", f"way: {way}").replace(
                "Krabbelgruppe", f"Treff {number} {way}"
            )
            files[f"resources/offers/treff-{number}-{way}.yml"] = text
    root = write(tmp_path_factory.mktemp("zeiten") / "stadt", files)
    line = ["build", "-p", str(root), "-o", str(root.parent / "site"), "--today", "2026-11-26"]
    result = CliRunner().invoke(main, line, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return root.parent / "site"


def on_page(folder: Path) -> dict[str, Any]:
    """Return the schedule that the script of an offer's page reads."""
    found = re.search(r'data-open="([^"]+)"', (folder / "index.html").read_text("utf-8"))
    return json.loads(unescape(found[1])) if found else {}  # type: ignore[no-any-return]


def intervals(schedule: dict[str, Any]) -> list[list[Any]]:
    """Return all intervals as [start, end, kind, comment, medium]."""
    days = [*schedule.get("w", []), *schedule.get("x", {}).values()]
    return [[*row, *(0, "", 0)[len(row) - 2 :]] for day in days for row in day]


def walk_in(schedule: dict[str, Any]) -> set[tuple[int, int]]:
    """Return the times at which the page says „jetzt offen“: certain, at a door, for whoever comes."""
    if schedule.get("e"):
        return set()
    return {(row[0], row[1]) for row in intervals(schedule) if not row[2] and not row[4]}


def offers(site: Path) -> list[Path]:
    found = sorted(path for path in (site / "angebote").glob("treff-*") if path.is_dir())
    assert len(found) > 140
    return found


def certain_on(schedule: dict[str, Any], date: str) -> list[list[int]]:
    """Return the intervals of a date that the page calls open or that surely begin."""
    day = dt.date.fromisoformat(date)
    rows = schedule.get("x", {}).get(date, schedule["w"][day.weekday()])
    return [row for row in rows if len(row) < 3 or row[2] in (0, 2)]


def hours_of(folder: Path) -> list[dict[str, Any]]:
    """Return what search engines are told of the hours of an offer."""
    page = (folder / "index.html").read_text("utf-8")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    nodes = [node for block in blocks for node in json.loads(block).get("@graph", [])]
    return [hours for node in nodes for hours in node.get("hoursAvailable", [])]


def dates_of(event: icalendar.Event) -> set[str]:
    """Return the dates of an event, as its calendar counts them."""
    first = event["DTSTART"].dt
    rule = event.get("RRULE")
    days = [first]
    if rule is not None:
        days = list(rrulestr(rule.to_ical().decode(), dtstart=first))
    gone = event.get("EXDATE")
    out = {item.dt for item in gone.dts} if gone is not None else set()
    return {f"{day:%Y-%m-%d}" for day in days if day not in out}


@whole
def test_a_day_in_doubt_is_open_on_no_page_in_no_calendar_and_for_no_search_engine(site: Path) -> None:
    for number, (text, date) in enumerate(IN_DOUBT.items()):
        folder = site / "angebote" / f"treff-{number}-open"
        page = on_page(folder)
        assert certain_on(page, date) == [], text
        assert certain_on(page, "2026-12-08"), text
        calendar = icalendar.Calendar.from_ical((folder / "termine.ics").read_bytes())
        held = set().union(*map(dates_of, calendar.walk("VEVENT")))
        assert (date in held, "2026-12-08" in held) == (False, True), text
        times = {one[0] for one in told(folder)[0]}
        assert (date in times, "2026-12-08" in times) == (False, True), text


def told(folder: Path) -> tuple[set[tuple[str, int, int]], set[str]]:
    """Return the dates with their times at which search engines take an offer for open, and the dates on which for closed."""
    found: set[tuple[str, int, int]] = set()
    closed: set[str] = set()
    for hours in hours_of(folder):
        first, last = map(dt.date.fromisoformat, (hours["validFrom"], hours["validThrough"]))
        for day in (first + dt.timedelta(days=ahead) for ahead in range((last - first).days + 1)):
            if "dayOfWeek" not in hours:
                closed.add(day.isoformat())
            elif f"{day:%A}" in hours["dayOfWeek"]:
                found.add((day.isoformat(), _minutes(hours["opens"]), _minutes(hours["closes"])))
    return {one for one in found if one[0] not in closed}, closed


def test_on_no_day_search_engines_take_for_open_or_closed_what_the_page_does_not(site: Path) -> None:
    said = 0
    for folder in offers(site):
        page = on_page(folder)
        times, closed = told(folder)
        assert not any(certain_on(page, date) for date in closed), folder
        for date, start, end in times:
            said += 1
            assert (start, end) in {(row[0], row[1] % 1440 or 1440) for row in certain_on(page, date)}, folder
    assert said > 1000


def test_search_engines_learn_of_no_door_that_the_page_does_not_call_open(site: Path) -> None:
    said = 0
    for folder in offers(site):
        page = (folder / "index.html").read_text("utf-8")
        there = walk_in(on_page(folder))
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
            for node in json.loads(data).get("@graph", []):
                for hours in node.get("hoursAvailable", []):
                    said += 1
                    span = tuple(_minutes(hours[name]) for name in ("opens", "closes"))
                    assert span == (0, 0) or span in there or (span[0], span[1] or 1440) in there, folder
    assert said > 30


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return 1440 if clock.startswith("23:59") else int(hours) * 60 + int(minutes)


def test_no_calendar_holds_what_is_uncertain_and_no_place_for_a_telephone(site: Path) -> None:
    without = 0
    for folder in offers(site):
        certain = {(row[0], row[4] == 0) for row in intervals(on_page(folder)) if row[2] in (0, 2)}
        path = folder / "termine.ics"
        events = []
        if path.is_file():
            events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        without += not events
        assert events or not certain, folder
        for event in events:
            start = event["DTSTART"].dt
            assert (start.hour * 60 + start.minute, "LOCATION" in event) in certain, folder
    assert without > 10


def test_other_programs_get_a_week_of_doors_alone(site: Path) -> None:
    table = csv.DictReader(io.StringIO((site / "daten" / "angebote.csv").read_text("utf-8-sig")))
    osm = {row["id"]: row["hours_osm"] for row in table}
    contents = json.loads((site / "daten" / "hsds.json").read_text("utf-8"))["contents"]
    services = [service for item in contents for service in item["services"]]
    schedules = {item["url"].rstrip("/").rsplit("/", 1)[1]: item.get("schedules", []) for item in services}
    features = json.loads((site / "daten" / "angebote.geojson").read_text("utf-8"))["features"]
    at_points = {item["id"]: item["properties"].get("opening_hours") for item in features}
    told = 0
    for folder in offers(site):
        page = on_page(folder)
        assert (at_points[folder.name] or "") == osm[folder.name], folder
        doors = {(row[0], row[1]) for row in intervals(page) if not row[2] and not row[4]}
        if any(row[4] in (1, 2) for row in intervals(page)) or page.get("e") == "booked":
            assert osm[folder.name] == "", folder
        for item in schedules[folder.name]:
            if "opens_at" in item:
                told += 1
                assert (_clock(item["opens_at"]), _clock(item["closes_at"]) or 1440) in doors, folder
    assert told > 60


def _clock(text: str) -> int:
    hours, minutes = re.findall(r"\d\d", text)[:2]
    return int(hours) * 60 + int(minutes)


def test_nobody_is_told_to_come_to_a_telephone_or_without_an_appointment(site: Path) -> None:
    seen = {"phone": 0, "appointment": 0}
    for folder in offers(site):
        media = {row[4] for row in intervals(on_page(folder))}
        page = (folder / "index.html").read_text("utf-8")
        if media and media <= {1, 2}:
            seen["phone"] += 1
            assert "Einfach hingehen" not in page, folder
        if media == {3}:
            seen["appointment"] += 1
            assert "Einfach hingehen" not in page, folder
            assert "Sie brauchen keine Anmeldung" not in page, folder
    assert all(seen.values())
