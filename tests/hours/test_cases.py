"""One corpus of cases (`cases.json`) for Python and the browser: what is open when, and on which days.

A state is written as „open END COMMENT“, „closed“ or „unknown“, with „next BEGINNING“ and „ask DAY“ where these are said.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest

from generator.derive.offer_facts import _occasions, closures_of
from generator.files.packaged import packaged_text
from generator.hours.evaluate import schedule, with_closures, with_dates
from generator.hours.holidays import NO_TOWN, TownDays
from generator.hours.schedule import (
    BERLIN,
    MIDNIGHT,
    Closure,
    DatedHours,
    Schedule,
    compact,
)
from generator.hours.spoken import spoken_week
from generator.hours.written_hours import read_hours
from generator.model.groups import Closing, Occasion
from tests.chance import whole
from tests.hours.conftest import Evaluate
from tests.hours.evaluator import State, is_open_on, state_at

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))


def made(case: dict[str, Any]) -> Schedule:
    town = case.get("town", {})
    dates = [
        (dt.date.fromisoformat(first), dt.date.fromisoformat(last), name)
        for first, last, name in town.get("dates", ())
    ]
    runs = [dt.date.fromisoformat(day) for day in case.get("runs", ())]
    plain = schedule(
        read_hours(case["hours"]),
        land=case.get("land", "SH"),
        today=dt.date.fromisoformat(case["today"]),
        horizon_days=case.get("days", 60),
        town=TownDays(
            ("bridge-days",) if town.get("bridge_days") else (),
            tuple(town.get("also", ())),
            tuple(town.get("without", ())),
            tuple(dates),
        ),
        every_day=case.get("every_day", False),
    )
    own = [day for item in case.get("dates", ()) for day in _occasions(Occasion.model_validate(item))]
    closed = [*closures_of([Closing.model_validate(item) for item in case.get("closed", ())])]
    if "unsure_until" in case:
        closed.append(Closure(dt.date.min, dt.date.fromisoformat(case["unsure_until"]), certain=False))
    return with_closures(with_dates(plain, own), closed, (runs[0], runs[1]) if runs else (None, None))


def moment_of(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def span_of(text: str) -> tuple[str, *tuple[int, ...]]:
    """„2026-11-23 05:00-12:00“ in, date and minutes out; a date alone is its whole day, as both evaluators have it."""
    day, _, hours = text.partition(" ")
    return day, *(int(part[:2]) * 60 + int(part[3:]) for part in hours.split("-") if part)


def said(state: State) -> dict[str, Any]:
    """A state as the script gives it."""
    found = {
        "open": {"open": True, "closed": False, "unknown": None}[state.kind],
        "until": state.until and f"{state.until:%Y-%m-%dT%H:%M}",
        "next": state.next_opening and f"{state.next_opening:%Y-%m-%dT%H:%M}",
        "comment": state.comment,
        "ask": state.ask,
        "medium": None if state.medium == "door" else state.medium,
    }
    return {key: value for key, value in found.items() if key == "open" or value is not None}


def told(answer: dict[str, Any]) -> str:
    """What the script gives as the corpus writes it."""
    parts = ["open" if answer["open"] else "unknown" if answer["open"] is None else "closed"]
    parts += [answer["until"]] if "until" in answer else []
    parts += ["next", answer["next"]] if "next" in answer else []
    parts += ["ask", answer["ask"]] if "ask" in answer else []
    return " ".join([*parts, *([answer["comment"]] if "comment" in answer else [])])


def agree(expected: str, answer: dict[str, Any]) -> bool:
    """Whether an answer is the expected one; a case that isn't about the next opening needn't say it."""
    if "next" not in expected:
        answer = {key: value for key, value in answer.items() if key != "next"}
    return told(answer) == expected


@pytest.mark.guards("Help and hours: seasons, midnight, stated days")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_python_says_what_the_case_says(case: dict[str, Any]) -> None:
    plan = made(case)
    for moment, expected in case.get("at", {}).items():
        answer = said(state_at(plan, moment_of(moment)))
        assert agree(expected, answer), (moment, told(answer), expected)
    for span, expected in case.get("on", {}).items():
        day, *minutes = span_of(span)
        assert is_open_on(plan, dt.date.fromisoformat(day), *minutes) == expected, span


@pytest.mark.guards("Help and hours: Python and the browser agree on every day")
def test_the_shipped_script_says_what_the_cases_say(evaluate: Evaluate) -> None:
    rows = [
        {
            "schedule": json.loads(compact(made(case))),
            "at": [moment_of(text).isoformat() for text in case.get("at", {})],
            "on": [span_of(text) for text in case.get("on", {})],
        }
        for case in CASES
    ]
    for case, answer in zip(CASES, evaluate(rows), strict=True):
        for (moment, expected), state in zip(case.get("at", {}).items(), answer["at"], strict=True):
            assert agree(expected, state), (case["name"], moment, told(state), expected)
        assert answer["on"] == list(case.get("on", {}).values()), case["name"]


def test_a_browser_far_away_says_what_the_cases_say(browser: Any) -> None:
    rows = [
        (json.loads(compact(made(case))), moment_of(moment).isoformat(), expected)
        for case in CASES
        for moment, expected in case.get("at", {}).items()
    ]
    context = browser.new_context(timezone_id="Asia/Tokyo", locale="ar")
    answers = context.new_page().evaluate(
        """async ({source, rows}) => {
          const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
          const {stateAt} = await import(url);
          return rows.map(([schedule, moment]) => stateAt(schedule, new Date(moment)));
        }""",
        {"source": packaged_text("generator", "assets", "js", "hours.js"), "rows": rows},
    )
    context.close()
    assert [row for row, answer in zip(rows, answers, strict=True) if not agree(row[2], answer)] == []


# --- schedules nobody thought of ----------------------------------------------------------------------------------

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LANDS = ("SH", "NW", "BY", "TH")
STARTS = (dt.date(2026, 10, 20), dt.date(2026, 12, 20), dt.date(2027, 3, 20), dt.date(2027, 10, 25))


def random_expression(dice: random.Random) -> str:
    """Rules as people combine them: weeks, nights, nth days, parities, seasons, holidays, remarks."""
    rules = []
    for _ in range(dice.randint(1, 4)):
        day = dice.choice(
            [
                *DAYS,
                "Mo-Fr",
                "Sa,Su",
                "Tu-Th",
                "Mo-Su",
                "Fr[1]",
                "Th[-1]",
                "We[2,4]",
                "PH",
                "SH Mo-Fr",
                "Dec 24",
                "Su,PH",
            ]
        )
        season = dice.choice(
            ["", "", "", "", "Apr-Oct ", "week 01-53/2 ", "Nov-Feb ", "2026 Dec 20-2027 Jan 10 "]
        )
        season = "" if day == "Dec 24" else season
        begin = dice.randrange(0, 24 * 60, 15)
        end = begin + dice.choice([15, 60, 90, 180, 600, 1435])
        times = f"{begin // 60:02d}:{begin % 60:02d}-{end // 60 % 24:02d}:{end % 60:02d}"
        if end % MIDNIGHT == 0:
            times = times[:-5] + "24:00"
        tail = dice.choice(
            ["", "", "", "", "+", ' unknown "fragen"', ' open "Eingang Hof"', ' open "telefonisch"']
        )
        rules.append(
            f"{season}{day} {dice.choice([times + tail, times + tail, times + tail, 'off', times[:5] + '+'])}"
        )
    return dice.choice(["; ", "; ", ", "]).join(rules) + dice.choice(
        ["", "; PH off", "; SH off", ' || unknown "nach Vereinbarung"']
    )


def random_schedule(dice: random.Random, days: int = 0) -> Schedule | None:
    hours = read_hours(random_expression(dice))
    if hours.expression is None:
        return None
    today = dice.choice(STARTS)
    dates = [
        DatedHours(
            today + dt.timedelta(days=dice.randrange(30)),
            dice.choice([None, 600, 1380]),
            dice.choice([None, 660, 60]),
            dice.choice([None, "Fest"]),
        )
        for _ in range(dice.choice([0, 0, 1, 3]))
    ]
    plain = schedule(
        hours, land=dice.choice(LANDS), today=today, horizon_days=days or dice.choice([5, 60]),
        town=dice.choice([NO_TOWN, TownDays(pauses=("bridge-days",))]), every_day=dice.random() < 0.2,
    )  # fmt: skip
    closed = (
        Closure(dt.date(2026, 12, 22), dt.date(2026, 12, 27), "Ferien", doors=True),
        Closure(dt.date(2026, 12, 28), dt.date(2026, 12, 28), certain=False),
    )
    runs = dice.choice([(None, None), (None, today + dt.timedelta(days=20))])
    return with_closures(with_dates(plain, dates), closed, runs)


@pytest.mark.guards("Help and hours: Python and the browser agree on every day")
def test_python_and_the_script_agree_on_schedules_nobody_thought_of(evaluate: Evaluate) -> None:
    dice = random.Random(20261120)
    rows, expected, kinds = [], [], set()
    while len(rows) < 250:
        plan = random_schedule(dice)
        if plan is None:
            continue
        midnight = dt.datetime.combine(plan.since, dt.time(), dt.UTC)
        moments = [midnight + dt.timedelta(minutes=dice.randrange(-1440, 8 * 1440)) for _ in range(12)]
        moments += [
            midnight
            + dt.timedelta(days=dice.randrange(62), minutes=dice.choice([-60, -1, 0, 1, 60, 119, 120, 180]))
            for _ in range(12)
        ]
        # In the hour that the clocks skip, the script says what is written and Python when it really is.
        moments = [moment for moment in moments if not (moment.month == 3 and moment.day in (27, 28))]
        spans = [
            (
                plan.since + dt.timedelta(days=dice.randrange(-2, 64)),
                *dice.choice([(300, 1740), (300, 720), (720, 1020), (1020, 1740)]),
            )
            for _ in range(12)
        ]
        rows.append(
            {
                "schedule": json.loads(compact(plan)),
                "at": [moment.isoformat() for moment in moments],
                "on": [(str(day), begin, end) for day, begin, end in spans],
            }
        )
        states = [said(state_at(plan, moment)) for moment in moments]
        kinds |= {(state["open"], *sorted(state)) for state in states}
        expected.append({"at": states, "on": [is_open_on(plan, *span) for span in spans]})
    for row, answer, want in zip(rows, evaluate(rows), expected, strict=True):
        assert answer["on"] == want["on"], row
        differing = [
            (moment, *pair)
            for moment, *pair in zip(row["at"], answer["at"], want["at"], strict=True)
            if pair[0] != pair[1]
        ]
        assert differing == [], row["schedule"]
    assert len(kinds) >= 10


@whole
def test_what_is_spoken_is_read_again_as_the_same() -> None:
    """Weeks in words, as the page says them, mean the same hours."""
    dice = random.Random(7)
    for _ in range(300):
        rules = []
        for weekdays in dice.sample(["Mo", "Tu", "We,Th", "Fr", "Sa", "Su"], dice.randint(1, 5)):
            begin = dice.randrange(7 * 60, 12 * 60, 15)
            times = f"{begin // 60:02d}:{begin % 60:02d}-{begin // 60 + 2:02d}:{begin % 60:02d}"
            second = dice.choice(["", ",15:00-17:30", ",18:30-24:00", ",20:00-02:00"])
            rules.append(f"{weekdays} {dice.choice([times + second, times, '16:00+', '00:00-24:00'])}")
        expression = "; ".join(rules) + dice.choice(
            [
                "",
                "; PH off",
                "; SH off; PH off",
                ' || unknown "nach Vereinbarung"',
                "; SH off",
            ]
        )
        before = schedule(read_hours(expression), land="SH", today=dt.date(2026, 12, 1))
        lines = spoken_week(before, str)
        text = "\n".join(f"{days} {times}" for days, times in lines)
        after = schedule(read_hours(text), land="SH", today=dt.date(2026, 12, 1))
        for offset in range(61):
            day = dt.date(2026, 12, 1) + dt.timedelta(days=offset)
            assert after.intervals_on(day) == before.intervals_on(day), (
                expression,
                text,
                read_hours(text),
                day,
            )
