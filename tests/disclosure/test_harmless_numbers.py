"""What dates, numbers or names something tells nobody how many people were counted; what only looks so does."""

from __future__ import annotations

import pytest

from generator.disclosure.numbers_in_text import numbers

HARMLESS = [
    "2026-11", "2026-11-20", "2026-11-20T09:00:00+01:00", "bild_7.png", "v1.2", "1.2.3", "haus-west-7", "a/b-7-2", "am 3. Mai", "am 3.5.", "am 3. 5. 2026", "am 3.5.26",
    "7 km", "500 m", "5 €", "9 Uhr", "3 Mittwoche", "0–5 % 7 Gebiete", "3 Angebote", "drei Spielplätze", "7 weitere Orte", "6 bis 12-jährige", "7. Wir helfen",
    "95 %-Intervall", "95-%-Bereich", "99 Prozent Sicherheit", "95% confidence", "mit 95 Prozent Sicherheit", "je 1.000", "pro 100", "per 10,000", "aus 100",
]  # fmt: skip
OPEN = [
    "In West 7 davon", "7 dort", "7 mehr als zuvor", "7 Prozent", "112 Familien", "je 7", "pro 7 Kinder", "mit 94 Prozent", "12345 davon", "3.1 davon", "7 uhren",
    "7 met", "im Mai gab es 7", "7 Mädchen", "3.5 davon", "7 davon", "PLZ 7", "116 davon", "110 davon", "0 davon", "7 oder 8 davon",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_figure(text: str) -> None:
    for sentence in (text, f"Wir zeigen: {text}, und so weiter"):
        assert not any(number.firm for number in numbers(sentence)), sentence


@pytest.mark.parametrize("text", OPEN)
def test_what_could_be_one(text: str) -> None:
    assert numbers(f"Es sind {text}"), text


STRESS = "nur genau lediglich insgesamt zusammen gesamt einzige einziger Anzahl Zahl Zähler Wert Quote Anteil only exactly just total count value rate share"


@pytest.mark.parametrize("before", [*STRESS.split(), "waren es", "sind es", "es sind", "es waren"])
@pytest.mark.parametrize("between", ["", "noch ", "aber ", "etwa ", "rund ", "ca. ", "still "])
def test_what_stresses_a_number_makes_it_a_figure(before: str, between: str) -> None:
    (found,) = numbers(f"In West {before} {between}7 davon")
    assert found.firm is (between != "still ")


@pytest.mark.parametrize(
    "sign", ["%", " %", "‰", " prozent", " Promille", " percent", " per cent", " von hundert", " je 1 davon"]
)
def test_a_share_is_a_figure(sign: str) -> None:
    assert [item.firm for item in numbers(f"In West 7{sign} so")][:1] == [True]
