"""An offer at several places: search engines and maps of others find each of them, with the hours that it is there."""

import datetime as dt
import json
from pathlib import Path

import pytest
from icalendar import Calendar

from generator.export.calendars_and_vcards import Calendars
from generator.export.offer_files import offers_geojson
from generator.export.structured_data import offer_data
from generator.pipeline.build import Project, prepare
from generator.render.data_files.open_data import source_of
from tests.edit.towns import FILES, write, write_town
from tests.records import replace

OFFER = "resources/offers/krabbelgruppe.yml"
STOPS = """\
stops:
  - {name: Skateplatz, point: 10.001 53.701, hours: Mo 15:00-17:00}
  - {place: treff, hours: Di 9-10 Uhr}
  - {name: Marktbrunnen}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    text = FILES[OFFER].replace("place: treff\n", "").replace("hours: Mo 09:00-10:30; PH off\n", "")
    return prepare(write(write_town(tmp_path), {OFFER: text + STOPS}), dt.date(2026, 11, 20))


def test_each_place_is_named_with_its_hours(project: Project) -> None:
    source = source_of(project.contexts[0])
    ((offer, facts),) = source.offers
    (service,) = offer_data(source, offer, facts)["@graph"]
    first, second, third = service["availableChannel"]["serviceLocation"]
    assert (first["name"], first["geo"]["longitude"]) == ("Skateplatz", 10.001)
    assert {tuple(row["dayOfWeek"]) for row in first["openingHoursSpecification"] if "dayOfWeek" in row} == {
        ("Monday",)
    }
    assert (second["name"], second["address"]["streetAddress"]) == ("Treff am Fluss", "Flussweg 3")
    assert third == {"@type": "Place", "name": "Marktbrunnen"}


def test_an_offer_without_hours_of_its_own_is_open_when_one_of_its_places_is(tmp_path: Path) -> None:
    """Cards, „heute offen“, weeks and calendars ask the offer; what one place says of holidays isn't said of all."""
    text = FILES[OFFER].replace("place: treff\n", "").replace("hours: Mo 09:00-10:30; PH off\n", "")
    stops = """\
stops:
  - {name: Skateplatz, hours: Mo 15:00-17:00; PH off}
  - {name: Kiosk, hours: Fr 12:00-13:00}
  - {name: Bahnhof, hours: Fr 17:00-18:00}
"""
    project = prepare(write(write_town(tmp_path), {OFFER: text + stops}), dt.date(2026, 12, 21))
    source = source_of(project.contexts[0])
    ((offer, facts),) = source.offers
    schedule = facts.schedule
    assert schedule is not None
    hours = [[(one.start // 60, one.end // 60) for one in day] for day in schedule.week]
    assert hours == [[(15, 17)], [], [], [], [(12, 13), (17, 18)], [], []]
    christmas = schedule.exceptions_by_date[dt.date(2026, 12, 25)]
    assert (christmas.ask, {one.state for one in christmas.intervals}) == (True, {"unknown"})
    assert schedule.holidays == ()
    events = Calendar.from_ical(Calendars(source).offer(offer)).walk("VEVENT")
    assert {str(event["LOCATION"]) for event in events} == {"Skateplatz", "Kiosk", "Bahnhof"}


def test_each_point_is_a_feature_of_its_own(project: Project) -> None:
    features = json.loads(offers_geojson(source_of(project.contexts[0])))["features"]
    assert [
        (row["id"], row["geometry"]["coordinates"], row["properties"]["opening_hours"]) for row in features
    ] == [
        ("krabbelgruppe/1", [10.001, 53.701], "Mo 15:00-17:00"),
        ("krabbelgruppe/2", [10.005, 53.705], "Tu 09:00-10:00"),
    ]
    assert [row["properties"].get("stop") for row in features] == ["Skateplatz", None]
    assert {row["properties"]["name"] for row in features} == {"Krabbelgruppe"}


def test_a_calendar_says_where_it_is_on_which_day(tmp_path: Path) -> None:
    """Where the hours of the offer are those of its stops; a time that fits none, or two, stands without a place."""
    text = (
        FILES[OFFER]
        .replace("place: treff\n", "")
        .replace(
            "hours: Mo 09:00-10:30; PH off",
            "hours: Mo 15:00-17:00; Tu 09:00-10:00; Th 11:00-12:00; Fr 12:00-13:00",
        )
    )
    more = "  - {name: Kiosk, hours: Fr 12:00-13:00}\n  - {name: Bahnhof, hours: Fr 12:00-13:00}\n"
    project = prepare(write(write_town(tmp_path), {OFFER: text + STOPS + more}), dt.date(2026, 11, 20))
    source = source_of(project.contexts[0])
    ((offer, _),) = source.offers
    events = Calendar.from_ical(Calendars(source).offer(offer)).walk("VEVENT")
    where = {
        event["DTSTART"].dt.strftime("%a"): str(event.get("LOCATION", ""))
        for event in events
        if "RRULE" in event
    }
    assert where == {
        "Mon": "Skateplatz",
        "Tue": "Treff am Fluss, Flussweg 3, 01067 Kleinstadt",
        "Thu": "",
        "Fri": "",
    }
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert "GEO:53.701;10.001" in Calendars(source).offer(offer).decode()


def test_of_a_place_that_may_not_be_shown_nothing_is_told(project: Project) -> None:
    """`check` refuses such records, and masking takes them out; what is written out looks once more."""
    source = source_of(project.contexts[0])
    ((offer, facts),) = source.offers
    hidden = tuple(replace(stop, location=replace(stop.location, visibility="area")) for stop in facts.stops)
    facts = replace(facts, stops=hidden)
    assert "serviceLocation" not in offer_data(source, offer, facts)["@graph"][0]["availableChannel"]
    all_facts = replace(source.facts, offers={offer.id: facts})
    assert json.loads(offers_geojson(replace(source, facts=all_facts)))["features"] == []
