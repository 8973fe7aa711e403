"""Calendar files read by another program: the same times as the schedule says, day by day."""

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from generator.export.calendars_and_vcards import MEETING_HOURS, has_times, is_meeting, line
from generator.hours.schedule import BERLIN, MIDNIGHT
from generator.pipeline.build import Project, prepare
from generator.render.base.context import Context
from generator.render.data_files.open_data import calendar_files, calendar_until
from tests.chance import every, whole
from tests.conftest import TODAY
from tests.edit.towns import write, write_town


@pytest.fixture(scope="module")
def files(context: Context) -> dict[str, bytes]:
    return calendar_files(context)


def starts(event: Component) -> list[dt.datetime]:
    """Return every moment at which an event begins, by the rule and its exceptions."""
    first: dt.datetime = event["dtstart"].dt
    rule = event.get("rrule")
    if rule is None:
        return [first]
    days = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
    wanted = {days[str(name)] for name in rule["BYDAY"]}
    exdate = event.get("exdate")
    out = {item.dt for item in exdate.dts} if exdate is not None else set()
    found, day = [], first
    while day.astimezone(dt.UTC) <= rule["UNTIL"][0]:
        if day.weekday() in wanted and day not in out:
            found.append(day)
        day = dt.datetime.combine(day.date() + dt.timedelta(days=1), first.time(), BERLIN)
    return found


@whole
def test_another_program_reads_every_file(files: dict[str, bytes]) -> None:
    assert len(files) > 150
    for path, content in files.items():
        if path.endswith(".json"):
            continue
        calendar = Calendar.from_ical(content)
        events = calendar.walk("VEVENT")
        assert calendar.subcomponents, path
        assert not [problem for part in calendar.walk() for problem in part.errors], path
        assert len({str(event["uid"]) for event in events}) == len(events), path
        assert all(len(row) <= 75 for row in content.split(b"\r\n")), path


def test_a_file_carries_no_more_than_it_needs(context: Context, files: dict[str, bytes]) -> None:
    """What surrounds the events of an offer: the zone of their times, a name, when to look again, and what RFC 5545 requires (3.6, 3.6.5)."""
    around = []
    for key in context.site.offers:
        if content := files.get(f"angebote/{key}/termine.ics"):
            calendar = Calendar.from_ical(content)
            assert set(calendar) == {
                "VERSION", "PRODID", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
            }  # fmt: skip
            assert calendar["REFRESH-INTERVAL"].dt == dt.timedelta(days=1)
            (zone,) = calendar.walk("VTIMEZONE")
            for part in zone.subcomponents:
                assert {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= set(part)
            around.append(len(content.split(b"BEGIN:VEVENT")[0]))
    assert max(around) <= 540


def test_the_calendar_until_a_topic_says_that_it_is_one(files: dict[str, bytes]) -> None:
    """The topic is called like an offer of which nothing is in its calendar."""
    calendar = Calendar.from_ical(files["themen/verfahrenslotse/termine.ics"])
    assert calendar["X-WR-CALNAME"] == "Termine zum Thema: Verfahrenslotse"


def test_events_are_the_times_of_the_schedule(context: Context, files: dict[str, bytes]) -> None:
    for key, facts in context.facts.offers.items():
        path = f"angebote/{key}/termine.ics"
        if path not in files or facts.schedule is None:
            continue
        schedule = facts.schedule
        expected = set()
        days = [
            schedule.since + dt.timedelta(days=number)
            for number in range((schedule.until - schedule.since).days + 1)
        ]
        there = [(day, schedule.intervals_on(day)) for day in days]
        # Dates that are written stand there however far ahead they are.
        for day, intervals in (*there, *((one.date, one.intervals) for one in schedule.beyond)):
            for interval in intervals:
                # What isn't certain (Heiligabend, „nach Vereinbarung“) is no appointment.
                if interval.state == "unknown" and not interval.open_end:
                    continue
                shift, rest = divmod(interval.start, MIDNIGHT)
                time = dt.time(rest // 60, rest % 60)
                expected.add(dt.datetime.combine(day + dt.timedelta(days=shift), time, BERLIN))
        said = [
            moment for event in Calendar.from_ical(files[path]).walk("VEVENT") for moment in starts(event)
        ]
        assert set(said) == expected, key
        if facts.schedule.week == ((),) * 7:
            assert len(said) == len(expected), key


def test_a_course_is_known_to_its_last_evening(context: Context, files: dict[str, bytes]) -> None:
    """Its dates are written; of what comes every week nobody knows that far ahead."""
    course, weekly = (
        calendar_until(context, "offer", key) for key in ("elternkurs-gelassen", "krabbelgruppe-uferweg")
    )
    assert course is not None
    assert weekly is not None
    assert course == context.site.offers["elternkurs-gelassen"].dates[-1].date > weekly
    events = Calendar.from_ical(files["angebote/elternkurs-gelassen/termine.ics"]).walk("VEVENT")
    assert len(events) == len(context.site.offers["elternkurs-gelassen"].dates)


def test_what_is_grave_has_no_calendar(context: Context, files: dict[str, bytes]) -> None:
    grave = [key for key, facts in context.facts.offers.items() if facts.sensitive]
    assert len(grave) > 5
    assert not [key for key in grave if f"angebote/{key}/termine.ics" in files]
    written = b"".join(files.values()).decode()
    assert not [key for key in grave if f"/angebote/{key}/" in written]
    assert "themen/haeusliche-gewalt/termine.ics" not in files


def test_lists_hold_meetings_only(context: Context, files: dict[str, bytes]) -> None:
    text = files["sozialraeume/suederaue/termine.ics"].decode()
    for key in context.facts.relations.offers_by_space["suederaue"]:
        facts, offer = context.facts.offers[key], context.site.offers[key]
        expected = has_times(offer, facts) and facts.schedule is not None and is_meeting(facts.schedule)
        expected = expected and not facts.unposted
        assert (f"UID:{key}-" in text.replace("\r\n ", "")) == expected, key
    assert MEETING_HOURS == 12


def test_pages_link_a_calendar_exactly_where_there_is_one(context: Context, files: dict[str, bytes]) -> None:
    for kind, keys in (
        ("offer", context.site.offers),
        ("topic", context.site.words.topics),
        ("space", context.site.spaces),
    ):
        for key in keys:
            found = calendar_until(context, kind, key)
            file = files.get(f"{context.path(kind, key)}termine.ics", b"")
            assert (found is not None) == (b"BEGIN:VEVENT" in file)
            assert found is None or found > context.facts.today


GROUP = """\
name: Spieltreff
summary: Eltern treffen sich.
kind: gruppe
provider: verein
place: treff
topics: [krabbelgruppe]
contact: {phone: 040 66969-902}
"""
WEEKLY = "hours: Mo 09:00-10:30; PH off\n"
OVER = {
    "paused": WEEKLY + "status: paused\n",
    "ended": WEEKLY + "status: ended\nuntil: 2026-11-01\n",
    "its last day is over": WEEKLY + "until: 2026-11-01\n",
    "planned": WEEKLY + "status: planned\n",
    "possible": WEEKLY + "status: possible\n",
    "its dates are over": "dates: [{date: 2026-10-05, from: 9:00, to: 10:00}]\n",
    "by appointment now": "hours: nach Vereinbarung\n",
    "without hours now": "",
}
"""What is left of an offer to which people have subscribed."""


def calendars(root: Path) -> dict[str, Calendar]:
    """Return the calendars of a town by their addresses."""
    project = prepare(root, TODAY)
    assert project.contexts, project.found
    found = calendar_files(project.contexts[0])
    return {name: Calendar.from_ical(text) for name, text in found.items() if name.endswith(".ics")}


@pytest.mark.parametrize("left", every(OVER, [*OVER][:2]))
def test_what_is_over_leaves_the_calendars_of_those_who_subscribed(left: str, tmp_path: Path) -> None:
    """What is fetched no more stays where it is, for two months: the file must be there, and empty."""
    town, offer = write_town(tmp_path), "resources/offers/krabbelgruppe.yml"
    names = [
        f"{name}/termine.ics"
        for name in ("angebote/krabbelgruppe", "sozialraeume/west", "themen/krabbelgruppe")
    ]
    write(town, {offer: GROUP + WEEKLY})
    assert all(calendars(town)[name].walk("VEVENT") for name in names)
    write(town, {offer: GROUP + OVER[left]})
    for name in names:
        assert [part.name for part in calendars(town)[name].subcomponents] == ["VTIMEZONE"]


def test_no_letter_is_cut_in_two() -> None:
    written = line("SUMMARY", "ä" * 100)
    assert written.encode().replace(b"\r\n ", b"").decode() == f"SUMMARY:{'ä' * 100}\r\n"
    assert max(len(row.encode()) for row in written.split("\r\n")) <= 75


def test_the_same_build_gives_the_same_bytes(demo: Project, files: dict[str, bytes]) -> None:
    assert calendar_files(demo.contexts[0]) == files


def test_of_offers_the_internal_site_gives_no_calendars(internal_demo: Project) -> None:
    assert calendar_files(internal_demo.contexts[0]) == {}
