"""Page, filter, calendar, search engines and directories say the same of each day, whatever the hours are: 1,000 made up by chance, over 400 days."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from types import SimpleNamespace

import icalendar
import pytest
from dateutil.rrule import rrulestr

from generator.export.calendars_and_vcards import Calendars
from generator.export.structured_data import DAYS, _hours
from generator.hours.schedule import Intervals, Schedule, compact
from tests.chance import whole
from tests.hours.conftest import Evaluate
from tests.hours.evaluator import is_open_on
from tests.hours.test_cases import random_schedule

AHEAD = 400
Times = set[tuple[dt.date, int, int | None]]


def schedules(seed: int, number: int) -> Iterator[Schedule]:
    dice = random.Random(seed)
    while number:
        made = random_schedule(dice, AHEAD)
        if made is not None:
            number -= 1
            yield made


def days_of(schedule: Schedule) -> list[dt.date]:
    return [schedule.since + dt.timedelta(days=n) for n in range((schedule.until - schedule.since).days + 1)]


def beginning(intervals: Intervals) -> set[tuple[int, int | None]]:
    """What certainly begins on a day, with its end where it is known; what only goes on after a known end begins nothing."""
    ends = {one.end for one in intervals if one.state == "open"}
    found: set[tuple[int, int | None]] = set()
    for one in intervals:
        if one.state == "open":
            found.add((one.start, one.end))
        elif one.begins and one.start not in ends:
            found.add((one.start, None))
    return found


def united(times: set[tuple[int, int | None]]) -> list[list[int | None]]:
    """Times as one speaks of them: what overlaps or touches is one."""
    found: list[list[int | None]] = []
    for start, end in sorted(times, key=lambda time: (time[0], time[1] is None, time[1] or 0)):
        last = found[-1][1] if found else None
        if last is not None and end is not None and start <= last:
            found[-1][1] = max(last, end)
        else:
            found.append([start, end])
    return found


def on_its_day(day: dt.date, start: int, end: int | None) -> tuple[dt.date, int, int | None]:
    """What begins at midnight or later begins on the next day."""
    days = start // 1440
    return day + dt.timedelta(days=days), start % 1440, None if end is None else end - days * 1440


def in_calendar(schedule: Schedule) -> Times:
    """The appointments of an offer's calendar, read back from its file."""
    facts = SimpleNamespace(
        schedule=schedule, stops=(), carried=True, contact=SimpleNamespace(number=""), today=schedule.since,
        location=SimpleNamespace(visibility="hidden"),
    )  # fmt: skip
    offer = SimpleNamespace(id="treff", status="running", checked=None)
    source = SimpleNamespace(
        facts=SimpleNamespace(offers={"treff": facts}, today=schedule.since), host="stadt.example", lang="de",
        text=lambda record, field: "Treff", address=lambda kind, key: "https://stadt.example/",
    )  # fmt: skip
    found: Times = set()
    for event in icalendar.Calendar.from_ical(Calendars(source).written("Treff", [offer])).walk("VEVENT"):  # type: ignore[arg-type, list-item]
        first = event["DTSTART"].dt.replace(tzinfo=None)
        length = event["DTEND"].dt.replace(tzinfo=None) - first if "DTEND" in event else None
        # The rule ends in universal time; on the wall clock that is at most two hours later.
        rule = (
            event["RRULE"].to_ical().decode().replace("Z", "") if "RRULE" in event else "FREQ=DAILY;COUNT=1"
        )
        gone = {item.dt.replace(tzinfo=None) for item in event["EXDATE"].dts} if "EXDATE" in event else set()
        until = (
            event["RRULE"]["UNTIL"][0].astimezone(event["DTSTART"].dt.tzinfo) if "RRULE" in event else None
        )
        if until:
            rule = f"{rule.partition('UNTIL=')[0]}UNTIL={until:%Y%m%dT%H%M%S};BYDAY={rule.partition('BYDAY=')[2]}"
        for moment in rrulestr(rule, dtstart=first):
            if moment not in gone:
                start = moment.hour * 60 + moment.minute
                end = None if length is None else start + int(length.total_seconds() // 60)
                found.add((moment.date(), start, end))
    return found


def for_search_engines(schedule: Schedule) -> tuple[Times, set[dt.date]]:
    """When search engines take an offer for open, and on which days for closed."""
    offer, facts = SimpleNamespace(status="running"), SimpleNamespace(sensitive=False)
    times: Times = set()
    closed = set()
    for node in _hours(offer, facts, schedule):  # type: ignore[arg-type]
        first, last = map(dt.date.fromisoformat, (node["validFrom"], node["validThrough"]))
        for day in (first + dt.timedelta(days=n) for n in range((last - first).days + 1)):
            if "dayOfWeek" not in node:
                closed.add(day)
            elif DAYS[day.weekday()] in node["dayOfWeek"]:
                times.add((day, _minutes(node["opens"]), _minutes(node["closes"])))
    return {time for time in times if time[0] not in closed}, closed


def _minutes(clock: str) -> int:
    return 1440 if clock == "23:59" else int(clock[:2]) * 60 + int(clock[3:5])


def check(made: list[Schedule], evaluate: Evaluate) -> int:
    """Compare what is said of each day; return how many times there were."""
    asked = [
        {
            "schedule": json.loads(compact(schedule)),
            "times": [str(day) for day in days_of(schedule)],
            "on": [(str(day), 300, 1740) for day in days_of(schedule)],
        }
        for schedule in made
    ]
    said = 0
    for schedule, answer, row in zip(made, evaluate(asked), asked, strict=True):
        told = {day: beginning(schedule.intervals_on(day)) for day in days_of(schedule)}
        said += sum(map(len, told.values()))
        written = row["schedule"]
        # Of two that begin together either may be first.
        said_by = [sorted(times, key=str) for times in answer["times"]]
        assert said_by == [sorted(united(times), key=str) for times in told.values()], written
        assert answer["on"] == [is_open_on(schedule, day) for day in told], written
        expected = {on_its_day(day, start, end) for day, times in told.items() for start, end in times}
        calendar = in_calendar(schedule)
        assert {time[:2] for time in calendar} == {time[:2] for time in expected}, written
        assert calendar <= expected, written
        open_, closed = for_search_engines(schedule)
        doors = {
            (day, one.start, (one.end - 1) % 1440 + 1)
            for day in told for one in schedule.intervals_on(day) if one.at_a_door
        }  # fmt: skip
        assert open_ <= doors, written
        assert not any(told[day] for day in closed), written
    return said


def test_of_each_day_the_same_is_said_everywhere(evaluate: Evaluate) -> None:
    assert check(list(schedules(1, 50)), evaluate) > 1000


@whole
@pytest.mark.parametrize("seed", range(10))
def test_of_1000_schedules_the_same_is_said_everywhere(evaluate: Evaluate, seed: int) -> None:
    assert check(list(schedules(100 + seed, 100)), evaluate) > 2000
