"""What people wrote who haven't seen the grammar: how much of it is told as it is meant, and that none is certain and wrong."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

from generator.hours.written_hours import read_hours
from tests.hours.collected import Form, days_of, fate, forms


def test_of_the_collected_forms_nearly_all_are_right_and_none_is_certain_and_wrong() -> None:
    found = {form: fate(form) for form in forms()}
    assert [form for form, how in found.items() if how == "wrong"] == []
    fates = Counter(found.values())
    assert fates.total() >= 137
    assert fates["right"] >= 0.97 * fates.total(), [form for form, how in found.items() if how == "unsure"]


COMPOUND = (
    ("Mo-Fr 9-12 Uhr", "Mi geschlossen", "in den Ferien geschlossen"),
    ("Mo-Do 9-15 Uhr", "Fr 9-13 Uhr", "an Feiertagen geschlossen"),
    ("Di 15-18 Uhr", "Do 9-12 Uhr ohne Anmeldung", "in den Ferien geschlossen"),
    ("Mo-Fr 8-12 Uhr", "Do auch 14-18 Uhr", "24.12.-1.1. geschlossen"),
    ("Mo 9-12 Uhr (ohne Termin)", "Mi 14-17 Uhr mit Anmeldung", "Fr geschlossen"),
    ("Mo-Fr 10-17 Uhr", "Sa und So 11-18 Uhr", "Heiligabend geschlossen"),
    ("Mo-Fr 9-16 Uhr", "Mittagspause 12-13 Uhr", "Mi geschlossen"),
    ("Di-So 10-18 Uhr", "Mo geschlossen", "feiertags 10-14 Uhr"),
    ("Mi 9-12 Uhr", "jeden 3. Mi im Monat geschlossen", "Fr 14-16 Uhr"),
    ("Mo-Fr 9-12 und 14-17 Uhr", "mittwochs nachmittags geschlossen", "Feiertage geschlossen"),
    ("Mo-Fr 9-12 Uhr", "in den Ferien Mo-Fr 10-12 Uhr", "Feiertage geschlossen"),
    ("telefonisch: Mo 9-11 Uhr", "persönlich: Di 14-16 Uhr", "in den Ferien geschlossen"),
    ("Büro: Mo-Fr 9-12 Uhr", "Café: Sa 14-17 Uhr", "im August geschlossen"),
    ("gerade Wochen: Mo 14-17 Uhr", "ungerade Wochen: Do 9-12 Uhr", "in den Ferien geschlossen"),
    ("April bis Oktober: Sa 10-18 Uhr", "November bis März: Sa 11-16 Uhr", "an Feiertagen geschlossen"),
    ("Mo-Fr 9-17 Uhr", "am 1. Freitag im Monat 9-12 Uhr", "Silvester geschlossen"),
    ("Di 19-21 Uhr (Eingang Hof)", "Do 19-21 Uhr (mit Kindern)", "Rosenmontag geschlossen"),
    ("Mo-Do 14-18 Uhr", "Fr 14-20 Uhr", "jeden letzten Freitag im Monat geschlossen"),
    ("Mo 10-12 Uhr", "Mi nach Vereinbarung", "in den Ferien geschlossen"),
    ("Mo-Fr 8-18 Uhr", "Sa 8-13 Uhr", "15.6.2026 geschlossen"),
)


@pytest.mark.parametrize("parts", COMPOUND, ids=" | ".join)
def test_in_each_order_the_same_is_meant_or_nothing_is_certain_that_differs(parts: tuple[str, ...]) -> None:
    """The order of door signs is anybody's: closures first, last and between."""
    meant = days_of(read_hours("; ".join(parts)))
    assert any(one.begins for one in meant.intervals())
    for order in permutations(parts):
        text = "; ".join(order)
        form = Form(text, read_hours("; ".join(parts)).expression or "?")
        assert fate(form) != "wrong", (text, read_hours(text))
