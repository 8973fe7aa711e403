"""Dates and times that don't exist, in every writing of the corpus and in notices: an answer comes back, never an exception."""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest

from generator.hours.expression import read_hours
from generator.hours.german.notices import Closure, closures
from tests.chance import cases
from tests.hours.writings import FILES, writings

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
TEXTS = sorted(writing.text for file in FILES for writing in writings(file))


def with_odd_pieces(chance: random.Random, text: str) -> str:
    """The text with one or two of its numbers and weekdays replaced."""
    for _ in range(chance.randint(1, 2)):
        spots = list(re.finditer(r"\d+(?:\.\d+\.(?:\d{4})?)?|\b(?:Mo|Di|Mi|Do|Fr)\b", text))
        if spots:
            spot = chance.choice(spots)
            text = text[: spot.start()] + chance.choice(ODD) + text[spot.end() :]
    return text


@pytest.mark.long
def test_numbers_that_are_no_date_or_time_get_an_answer() -> None:
    chance = random.Random(11)
    reasons = set()
    for _ in range(cases(4_000, 200_000)):
        hours = read_hours(with_odd_pieces(chance, chance.choice(TEXTS)))
        assert (hours.expression is None) == (hours.problem is not None)
        reasons.add(re.sub("„.*?“", "„…“", hours.problem or ""))
    assert {"„…“ ist kein Datum.", "„…“ ist keine Uhrzeit."} <= reasons


@pytest.mark.long
def test_notices_with_days_that_do_not_exist_get_an_answer() -> None:
    chance, found = random.Random(12), 0
    for _ in range(cases(2_000, 100_000)):
        notice = re.sub(r"\{\}", lambda _: chance.choice(ODD), chance.choice(NOTICES))
        for until in (dt.date(2027, 1, 2), dt.date(2028, 3, 3), dt.date(9999, 12, 31)):
            found += len(closures(notice, until))
    assert found > cases(2_000, 100_000)


def test_a_leap_day_lies_in_the_year_that_has_one() -> None:
    until = dt.date(2029, 1, 2)
    assert closures("Am 29. Februar geschlossen.", until) == (
        Closure(dt.date(2028, 2, 29), dt.date(2028, 2, 29), certain=True),
    )
    assert closures("Vom 29.2.2028 bis 1.1.2028 geschlossen.", until) == (
        Closure(dt.date(2027, 2, 28), dt.date(2028, 1, 1), certain=True),
    )
