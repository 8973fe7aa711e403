"""Which numbers of a sentence may say how many people were counted: in words, beside people, alone, or by what leads to them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.disclosure.numbers_in_text import Number, holds_number, numbers, read

GERMAN = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig"]  # fmt: skip
ENGLISH = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]  # fmt: skip
FORMS = {"beide": 2, "beiden": 2, "both": 2, "zweier": 2, "zweien": 2, "dreier": 3, "dreien": 3}
FEW = {"kein": 0, "keine": 0, "keinen": 0, "keinem": 0, "keiner": 0, "no": 0, "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "one": 1}  # fmt: skip
SPOKEN = {word: number for words in (GERMAN, ENGLISH) for number, word in enumerate(words, 2)} | FORMS


def firm(*values: int | str) -> tuple[Number, ...]:
    return tuple(Number((Decimal(value),), True) for value in values)


@pytest.mark.parametrize("word", SPOKEN)
def test_numbers_in_words_count_beside_people(word: str) -> None:
    for text in (f"Es sind {word} Familien.", f"{word.title()} kleine Kinder", f"{word} families"):
        assert numbers(text) == firm(SPOKEN[word]), text
        assert holds_number(text), text
    assert numbers(f"Es sind {word} Spielplätze.") == ()


def test_a_number_stands_alone_only_where_no_other_was_there() -> None:
    assert numbers("5") == numbers("(5)") == firm(5)
    assert numbers("2 km, 5") == (Number((Decimal(5),), False),)


@pytest.mark.parametrize("word", FEW)
def test_one_and_none_count_only_where_something_stresses_them(word: str) -> None:
    for before in ("nur", "genau", "lediglich", "only", "exactly", "just", "es war", "es ist", "es gab", "there was", "there is"):  # fmt: skip
        assert numbers(f"Hier {before} {word} Kind") == firm(FEW[word]), before
        assert holds_number(f"Hier {before} {word} Kind"), before
    assert numbers(f"Hier {word} Kind") == ()
    assert not holds_number(f"Hier {word} Kind")


PEOPLE = """\
Kind Kinder Kindern Kindes Säugling Säuglinge Säuglingen Baby Babys Familie Familien Haushalt Haushalte Haushalten Haushalts Mensch Menschen Person Personen
Leute Leuten Jugendliche Jugendlichen Heranwachsende Heranwachsenden Eltern Elternteil Elternteile Mutter Mütter Müttern Vater Väter Vätern Mädchen Jungen
Tochter Töchter Töchtern Söhne Söhnen Frau Frauen Mann Männer Männern Fall Fälle Fällen Falles Hilfe Hilfen Meldung Meldungen Schüler Schülern Schülerin
Schülerinnen Betroffene Betroffenen Alleinerziehende Alleinerziehenden Bewohner Bewohnerinnen Einwohner Einwohnerinnen Bedarfsgemeinschaft
Bedarfsgemeinschaften Antrag Anträge Anträgen Geburt Geburten child children family families household households people person persons case cases girl girls
boy boys women men parents residents pupils aid aids report reports Pflegekinder Kindergartenkinder Fallzahl-Fälle
"""


@pytest.mark.parametrize("word", PEOPLE.split())
def test_words_for_those_who_are_counted(word: str) -> None:
    assert numbers(f"In West sind es 7 {word} und mehr.") == firm(7)
    assert numbers(f"7 betroffene {word}") == firm(7)


@pytest.mark.parametrize(
    "word",
    [
        "Ausfälle",
        "Zufälle",
        "Beifall",
        "Abfälle",
        "Anfall",
        "Unfälle",
        "Kinderzimmer",
        "Familienzentren",
        "Menschenketten",
        "Spielplätze",
        "Bäume",
    ],
)
def test_words_for_other_things(word: str) -> None:
    assert numbers(f"In West 7 {word} und mehr.") == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("7", ["7"]),
        ("7,5 %", ["7.5"]),
        ("– 12 –", ["12"]),
        ("In West: 7 Prozent", ["7"]),
        ("In West 7\u202f‰ davon", ["7"]),
        ("In West 7 von Hundert", ["7"]),
        ("es waren 7 dort", ["7"]),
        ("nur noch 7 dort", ["7"]),
        ("Anzahl: 7 dort", ["7"]),
        ("insgesamt etwa 7 dort", ["7"]),
        ("the total: 7 there", ["7"]),
        ("der Anteil rund 7 dort", ["7"]),
    ],
)
def test_what_makes_a_number_a_figure(text: str, values: list[str]) -> None:
    assert numbers(text) == firm(*values)


def test_any_other_number_is_open() -> None:
    assert numbers("In West 7 davon") == (Number((Decimal(7),), False),)
    # What says so stands too far away.
    assert numbers("nur, wie schon in den vielen Jahren davor immer wieder, 7 davon") == (
        Number((Decimal(7),), False),
    )


def test_what_an_indicator_counts_and_says_itself() -> None:
    assert numbers("In West 7 Ideen") == ()
    assert numbers("In West sind es 7 Ideen", counted={"ideen"}) == firm(7)
    assert numbers("In West sind es sieben Ideen", counted={"ideen"}) == firm(7)
    assert numbers("In West nur 7 Plätze") == firm(7)
    assert numbers("In West 7 Stunden davon", counted={"stunden"}) == ()
    assert numbers("In West 7 Stunden davon", counted={"stunden"}, own={"stunden"}) == firm(7)
    assert [item.firm for item in numbers("unter 15 dort und 7 davon")] == [False, False]
    assert [item.values[0] for item in numbers("unter 15 dort und 7 davon", spoken={Decimal(15)})] == [7]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("0", ["0"]),
        ("1.585", ["1.585", "1585"]),
        ("1,585", ["1.585", "1585"]),
        ("−3,5", ["-3.5"]),
        ("-3.5", ["-3.5"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("1 234", ["1234"]),
        ("1\u202f234,5", ["1234.5"]),
        ("1'234", ["1234"]),
        ("12.04.2024", []),
        ("zwei", []),
        ("", []),
        ("3.", []),
    ],
)
def test_what_a_written_number_can_mean(written: str, values: list[str]) -> None:
    assert [str(value) for value in read(written)] == values


@pytest.mark.parametrize("words", ["7 dort", "dort 7", "3 berichten davon", "4 betreffen Kinder", "7 Jungen", "7 Jungs", "5 reports", "7 zuhause"])  # fmt: skip
def test_people_are_no_dates_and_no_things(words: str) -> None:
    assert len(numbers(f"In West {words}, wie man hört.")) == 1


@pytest.mark.parametrize("month", ["Januar", "Jan.", "Jan", "January", "Februar", "Feb.", "February", "März", "Mär.", "March", "Mar", "April", "Apr.", "Mai", "May", "Juni", "Jun.", "June", "Juli", "Jul.", "July", "August", "Aug.", "September", "Sep.", "Sept.", "Oktober", "Okt.", "October", "Oct", "November", "Nov.", "Dezember", "Dez.", "December", "Dec."])  # fmt: skip
def test_days_of_months_are_dates(month: str) -> None:
    for text in (
        f"am 3. {month} dort",
        f"seit {month} 2025",
        f"vom 3. bis 5. {month}",
    ):
        assert numbers(text) == (), text


def test_texts_without_any_number() -> None:
    for text in ("", "Viele Familien", "eine Familie", "Weinkeller", "Achtung, Dreieck", "no one"):
        assert not holds_number(text), text
    for text in ("a1", "3", "ACHT", "both", "nur eine"):
        assert holds_number(text), text


def test_only_before_a_capital_a_number_with_a_dot_begins_an_item_of_a_list() -> None:
    """Or before a gap: there a name was taken out."""
    assert numbers("3. Öffnen Sie die Karte") == numbers("3.  ansehen") == ()
    assert [item.values for item in numbers("3. davon sind hier")] == [(Decimal(3),)]
