"""Dates and times that don't exist, in every writing of the corpus and in notices: an answer comes back, never an exception."""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest

from generator.hours.german.notices import Closure, closures
from generator.hours.german.tokens import date_of, is_date, time_of
from generator.hours.written_hours import read_hours
from tests.chance import cases, whole
from tests.hours.collected import forms

ODD = ("0", "29", "31", "32", "60", "0001", "9999", "2027", "2028", "29.2.", "31.9.", "29.2.2027", "29.2.2028",
       "1.1.0001", "31.12.9999", "Mai 0001", "Mai 0000", "wochentags", "am Wochenende", "3. und 31. Februar")  # fmt: skip
NOTICES = (
    "Vom {} bis {} geschlossen.",
    "Letzter Treff am {}.",
    "Wieder am {}.",
    "Ab {} fällt es aus.",
    "Bis {} zu.",
    "{} und {} entfällt.",
)
TEXTS = sorted(form.text for form in forms())


def with_odd_pieces(chance: random.Random, text: str) -> str:
    """The text with one or two of its numbers and weekdays replaced."""
    for _ in range(chance.randint(1, 2)):
        spots = list(re.finditer(r"\d+(?:\.\d+\.(?:\d{4})?)?|\b(?:Mo|Di|Mi|Do|Fr)\b", text))
        if spots:
            spot = chance.choice(spots)
            text = text[: spot.start()] + chance.choice(ODD) + text[spot.end() :]
    return text


@whole
@pytest.mark.long
def test_numbers_that_are_no_date_or_time_get_an_answer() -> None:
    chance = random.Random(11)
    reasons = set()
    for _ in range(cases(4_000, 200_000)):
        hours = read_hours(with_odd_pieces(chance, chance.choice(TEXTS)))
        assert (hours.expression is None) == (hours.problem is not None)
        reasons.add(re.sub("„.*?“", "„…“", hours.problem or ""))
    assert {"„…“ ist kein Datum.", "„…“ ist keine Uhrzeit."} <= reasons


@whole
@pytest.mark.long
def test_notices_with_days_that_do_not_exist_get_an_answer() -> None:
    chance, found = random.Random(12), 0
    for _ in range(cases(2_000, 100_000)):
        notice = re.sub(r"\{\}", lambda _: chance.choice(ODD), chance.choice(NOTICES))
        for until in (dt.date(2027, 1, 2), dt.date(2028, 3, 3), dt.date(9999, 12, 31)):
            found += len(closures(notice, until))
    assert found > cases(2_000, 100_000)


@pytest.mark.parametrize(
    ("day", "there_is"),
    [
        ((1899, 12, 31), False), ((1900, 1, 1), True), ((2199, 12, 31), True), ((2200, 1, 1), False),
        ((2027, 1, 0), False), ((2027, 1, 31), True), ((2027, 1, 32), False), ((2027, 4, 30), True), ((2027, 4, 31), False),
        ((2027, 0, 1), False), ((2027, 12, 1), True), ((2027, 13, 1), False),
        ((2028, 2, 29), True), ((2027, 2, 29), False), ((0, 2, 29), True), ((0, 2, 30), False),
    ],
)  # fmt: skip
def test_which_days_there_are(day: tuple[int, int, int], there_is: bool) -> None:
    assert is_date(*day) is there_is


DATES = {
    "5.12.2026": (2026, 12, 5),
    "05. 12. 2026": (2026, 12, 5),
    "5.12.26": (2026, 12, 5),
    "5.12.": (0, 12, 5),
    "31.1.": (0, 1, 31),
    "25.13.": (0, 13, 25),
    "1. Jan. 2027": (2027, 1, 1),
    "2. Februar": (0, 2, 2),
    "3. Mrz": (0, 3, 3),
    "4. April 2027": (2027, 4, 4),
    "5. Mai": (0, 5, 5),
    "6. Jun": (0, 6, 6),
    "7. Juli": (0, 7, 7),
    "8. Aug.": (0, 8, 8),
    "9. September": (0, 9, 9),
    "10. Sept.": (0, 9, 10),
    "11. Okt": (0, 10, 11),
    "12. NOVEMBER": (0, 11, 12),
    "13. Dezember": (0, 12, 13),
}


@pytest.mark.parametrize("written", DATES)
def test_dates_as_people_write_them(written: str) -> None:
    assert date_of(f"am {written}", 3) == (written, DATES[written], 3 + len(written))


@pytest.mark.parametrize(
    ("text", "date"),
    [("24.13.", None), ("9.30", None), ("9.30 Uhr", None), ("Mai", None), ("5.12. 26 Uhr", "5.12."), ("5.12.20-22", "5.12."),
     ("5.12.20 bis 22", "5.12."), ("5.12.20:30", "5.12."), ("5.12.20262", "5.12.")],
)  # fmt: skip
def test_what_looks_like_a_date(text: str, date: str | None) -> None:
    """A clock never has two full stops with a month in the middle, and hours behind a date are no year."""
    found = date_of(text, 0)
    assert (found and found[0]) == date


@pytest.mark.parametrize(
    ("text", "time", "bare"),
    [("9.30 Uhr", (9, 30), False), ("9:05", (9, 5), False), ("9⁴⁵ h", (9, 45), False), ("9⁰⁰", (9, 0), False), ("17 Uhr", (17, 0), False),
     ("17h", (17, 0), False), ("17", (17, 0), True), ("9 Uhr 30", (9, 30), False), ("9 Uhr 30 Uhr", (9, 0), False), ("9 30", (9, 0), True)],
)  # fmt: skip
def test_times_as_people_write_them(text: str, time: tuple[int, int], bare: bool) -> None:
    found = time_of(f"um {text}", 3)
    assert found is not None
    assert (found[1], found[2]) == (time, bare)
    assert found[0] == f"um {text}"[3 : found[3]]
    assert found[0] in {text, "9 Uhr", "9"}


def test_a_leap_day_lies_in_the_year_that_has_one() -> None:
    until = dt.date(2029, 1, 2)
    assert closures("Am 29. Februar geschlossen.", until) == (
        Closure(dt.date(2028, 2, 29), dt.date(2028, 2, 29), certain=True),
    )
    assert closures("Vom 29.2.2028 bis 1.1.2028 geschlossen.", until) == (
        Closure(dt.date(2027, 2, 28), dt.date(2028, 1, 1), certain=True),
    )
