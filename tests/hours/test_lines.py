"""The sentences that editors read about hours (`zeiten.md`), each with signs that it reads and signs that it asks about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.hours.conditions import CONDITIONS, MOST_CONDITIONS
from generator.hours.written_hours import nearest_line, read_hours

READ = {
    "a line is months or holidays, days, times and one condition": {
        "Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00",
        "montags und mittwochs von 9.30 bis 11 Uhr": "Mo,We 09:30-11:00",
        "9-12 Uhr Mo-Fr": "Mo-Fr 09:00-12:00",
        "Mai bis September: Di 15-18 Uhr, mit Anmeldung": 'May-Sep Tu 15:00-18:00 unknown "mit Anmeldung"',
        "in den Ferien Mo-Fr 10-16 Uhr": "SH Mo-Fr 10:00-16:00",
        "ab 1.3.2027 Di 9-12": "2027 Mar 01+ Tu 09:00-12:00",
        "Sa., 5.12.2026, 15 bis 17 Uhr": "2026 Dec 05 15:00-17:00",
        "jeden 1. und 3. Mittwoch im Monat 15-17 Uhr": "We[1,3] 15:00-17:00",
        "Do 16-18 Uhr in geraden Wochen": "week 02-52/2 Th 16:00-18:00",
        "täglich außer montags 10-17 Uhr": "Tu,We,Th,Fr,Sa,Su 10:00-17:00",
        "Fr ab 20 Uhr": "Fr 20:00+",
        "Mo zw. 9 u. 12 und 14-16 Uhr": "Mo 09:00-12:00,14:00-16:00",
        "Bürostunden: Mo-Do 9-15 Uhr": "Mo-Th 09:00-15:00",
        "rund um die Uhr": "Mo-Su 00:00-24:00",
        "24 Stunden am Tag, 7 Tage die Woche": "Mo-Su 00:00-24:00",
        "Di 9 bis halb 12": "Tu 09:00-11:30",
        "Mo-Fr 0800-1600": "Mo-Fr 08:00-16:00",
        "Mi (gerade KW) 16-18 Uhr": "week 02-52/2 We 16:00-18:00",
        "Mo-Fr 10-17, Sa, So, Feiertage 11-18": "Mo-Fr 10:00-17:00; Sa,Su 11:00-18:00; PH 11:00-18:00",
        "nach Absprache": 'unknown "nach Absprache"',
        "nach telefonischer Absprache": 'unknown "bitte vorher anrufen"',
        "Di 10-12 Uhr und nach Vereinbarung": 'Tu 10:00-12:00 || unknown "nach Vereinbarung"',
    },
    "a condition at either end counts for the whole line": {
        "telefonisch: Mo 9-12, Di 14-16 Uhr": 'Mo 09:00-12:00 open "telefonisch"; Tu 14:00-16:00 open "telefonisch"',
        "Mo 9-12, Di 14-16 Uhr, mit Anmeldung": 'Mo 09:00-12:00 unknown "mit Anmeldung"; Tu 14:00-16:00 unknown "mit Anmeldung"',
        "nur für Frauen: Mo 9-12, Di 14-16": 'Mo 09:00-12:00 open "nur für Frauen"; Tu 14:00-16:00 open "nur für Frauen"',
        "Mo 9-12, Di 14-16 Uhr, nur für Frauen": 'Mo 09:00-12:00 open "nur für Frauen"; Tu 14:00-16:00 open "nur für Frauen"',
        "Mo 9-12, Di 14-16 Uhr, nicht in den Ferien": "Mo 09:00-12:00; Tu 14:00-16:00; SH off",
        "Mo 9-12, Di 14-16 Uhr, April bis Oktober": "Apr-Oct Mo 09:00-12:00; Apr-Oct Tu 14:00-16:00",
        "Mo 9-12 Uhr, nicht in den Ferien\nDi 9-12 Uhr": "Mo 09:00-12:00; Tu 09:00-12:00; SH Mo 09:00-12:00 off",
        "Mo-Fr 9-12 Uhr, nicht in den Ferien\nin den Ferien Mo-Fr 8-14 Uhr": (
            "Mo-Fr 09:00-12:00; SH Mo-Fr 09:00-12:00 off; SH Mo-Fr 08:00-14:00"),
    },
    "in the middle it stands only if each time has its own": {
        "Mo 9-12 Uhr telefonisch, Di 14-16 Uhr mit Termin": 'Mo 09:00-12:00 open "telefonisch"; Tu 14:00-16:00 unknown "nur mit Termin"',
        "Mai-Sept.: Mo 9-12, Okt.-April: Mo 10-12": "May-Sep Mo 09:00-12:00; Oct-Apr Mo 10:00-12:00",
    },
    "geschlossen closes what it names": {
        "Mo-Fr 9-12 Uhr, Mi geschlossen": "Mo-Fr 09:00-12:00; We off",
        "Mo-Fr 9-12 Uhr\nin den Ferien und an Feiertagen geschlossen": "Mo-Fr 09:00-12:00; SH off; PH off",
        "Mo-Fr 9-12 Uhr. Heiligabend und Silvester geschlossen": "Mo-Fr 09:00-12:00; Dec 24,Dec 31 off",
        "Mo-Fr 9-12 Uhr; 19.7. bis 27.8.2027 geschlossen": "Mo-Fr 09:00-12:00; 2027 Jul 19-2027 Aug 27 off",
        "Mo-Fr 9-12 Uhr, 21.12.2026 bis 3.1. geschlossen": "Mo-Fr 09:00-12:00; 2026 Dec 21-2027 Jan 03 off",
        "Mo-Fr 9-12 Uhr (Mi nicht)": "Mo-Fr 09:00-12:00; We off",
        "Mo-Fr 9-12 Uhr. Betriebsferien: 20.07.26 - 07.08.26": "Mo-Fr 09:00-12:00; 2026 Jul 20-2026 Aug 07 off",
        "Im August geschlossen. Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00; Aug off",
    },
    "two times of a day add up where they do not overlap": {
        "Mo-Fr 9-12, Do 14-18 Uhr": "Mo-Fr 09:00-12:00, Th 14:00-18:00",
        "Mo-Fr 8-12 Uhr, Do auch 14-18 Uhr": "Mo-Fr 08:00-12:00, Th 14:00-18:00",
        "Mo 8-12 und 13-16 Uhr": "Mo 08:00-12:00,13:00-16:00",
    },
    "a note is a place, people, or in quotes": {
        "Di 9-12 Uhr (Eingang Hof)": 'Tu 09:00-12:00 open "Eingang Hof"',
        "Di 9-12 Uhr (Eingang Gartenstraße)": 'Tu 09:00-12:00 open "Eingang Gartenstraße"',
        "Mo 9-12, Di 14-16 Uhr, Raum 2": 'Mo 09:00-12:00 open "Raum 2"; Tu 14:00-16:00 open "Raum 2"',
        "Mo 16-18 Uhr (für Mütter mit Baby)": 'Mo 16:00-18:00 open "für Mütter mit Baby"',
        "Mo 9-12 Uhr (offen für alle)": 'Mo 09:00-12:00 open "für alle"',
        "Mi 15-17 Uhr: Kindergruppe": 'We 15:00-17:00 open "Kindergruppe"',
        "Mi 15-17 Uhr für Mädchen": 'We 15:00-17:00 open "für Mädchen"',
        '„Hummeln“: Mi 15-17 Uhr': 'We 15:00-17:00 open "Hummeln"',
        "Di 9-12 Café, Mi 14-16 Uhr Spielkreis": 'Tu 09:00-12:00 open "Café"; We 14:00-16:00 open "Spielkreis"',
    },
    "a line ends at a new line or a full stop that ends no abbreviation, number or date": {
        "Mo. u. Mi. 9-12 Uhr. Fr. 14-16 Uhr.": "Mo,We 09:00-12:00; Fr 14:00-16:00",
        "Mo 9-12 Uhr!\nDi 14-16 Uhr": "Mo 09:00-12:00; Tu 14:00-16:00",
        "Sprechzeiten\nMo 9-12 Uhr": "Mo 09:00-12:00",
    },
}  # fmt: skip
ASKED = {
    "in the middle it stands only if each time has its own": (
        "Mo 9-12 mit Anmeldung, Di 14-16 Uhr", "Mo 9-12, Mai bis September, Di 14-16", "Mo 9-12, Di 14-16 telefonisch", "Mo 9-12, Di 14-16 (nicht in den Ferien)", "Di 16-18 Uhr (gerade KW), Do 9-11 Uhr (ungerade KW)",
        "April-Okt: Mo 9-12, Nov-März: Mo 10-12, mit Anmeldung", "telefonisch: Mo 9-12; Di 14-16", "Mo 9-12; Di 14-16 nur in der Schulzeit", "Mo-Do 9-12, Fr geschlossen in den Ferien",
        "Mo 14-16 Uhr offen, 16-18 Uhr nur für Mitglieder", "Mo 9-11 Uhr geöffnet, 14-16 Uhr telefonisch", "Mo-Fr offen 9-12 Uhr, Do 14-18 Uhr nur mit Termin",
        "Mo 9-12 Uhr offen, 14-16 Uhr, nur für Mitglieder", "Di 9-12, 14-16 Uhr nach Vereinbarung", "Mo 9-12, 14-16 Uhr für Frauen", "Mo 9-12, 14-16 Uhr (Kleiderkammer)",
        "Mo 9-12, Di 14-16 nur für Frauen", "Di (gerade KW) 16-18, Do 9-11", "in den Ferien Mo: 9-12, Di: 14-16",
    ),
    "geschlossen closes what it names": (
        "geschlossen", "in den Ferien geschlossen", "Mai bis September Mi geschlossen", "Café: in den Ferien Mi geschlossen", "Mo-Fr 9-12\nKindergruppe im August geschlossen", "Mo-Fr 9-12, für Kinder Mi geschlossen", "Mo-Fr 9-12, 5.12. geschlossen", "Mo-Fr 9-12, vom 28.7. bis 15.8. geschlossen",
        "Mo-Fr 9-12, 21.12.2026 bis 3.1.2026 geschlossen", "Mo-Fr 9-12, 7.8. bis 20.7.2026 geschlossen", "Mo 9-12, Mo geschlossen", "Di-So 10-18\nMo geschlossen\nfeiertags 10-14",
        "Mo 9-12\nDi 9-12, in den Ferien geschlossen", "Mo-Fr 9-16, nachmittags geschlossen",
        "Mo 9-12 Uhr\nbis auf Weiteres geschlossen", "derzeit geschlossen\nMo 9-12", "in den Ferien: Mo geschlossen. Di-So 11-22",
    ),
    "two times of a day add up where they do not overlap": (
        "Mo 9-12\nMo 11-14", "Mo ab 9 Uhr, Mo 11-14", "Mo 14-16, 9-12", "Mo-Fr 9-17\nMi 10-12", "Mo 9-12\nim August Mo 14-16", "Mo-Fr 9-12\nin den Ferien Mi 10-12",
        "Mo-Fr 9-12\nin den Ferien 10-12", "Mo-Fr 9-12\nam 7.12.2026 14-16 Uhr",
        "täglich 9-12, sonntags 14-16", "Mo-Do 9-12, Mi nur 14-16 Uhr", "Mo-Fr 8-12 Uhr, Mi durchgehend 13-18 Uhr",
    ),
    "a weekday plain and numbered is asked": ("Fr 14-17, 1. Fr im Monat 9-12", "Mo und 1. Di im Monat 9-12"),
    "an entry is German or OSM": ("Mo 9-12; PH off", "Mo,We 14-16 Uhr; SH geschlossen"),
    "what is half said is asked": (
        "Mo", "Mo 15", "9-12 Uhr", "bis 13 Uhr", "Mo 9 bis", "Mo 25-26", "Mo 9:60-12", "Mo 5-7", "Mo 9-5", "Mo 14-11:30", "31.2.2027 9-12", "5.12. 9-12", "ab 1.3. Mo 9-12",
        "jeden zweiten Montag 9-11 Uhr", "Fr, 5.12.2026 9-12", "Di vormittags", "werktags 9-12",
        "Di halb 7 bis halb 9", "Di 18 bis halb 6", "Mo-Fr 0800 1234567", "Mo 9-12\nÖffnungszeiten\nDi 9-12", "Mo 9-12, Haus 3, 14-16", "Mo 9-12 für Angemeldete",
    ),
}  # fmt: skip


@pytest.mark.parametrize("sentence", READ)
def test_a_sentence_reads(sentence: str) -> None:
    found = {text: read_hours(text).expression for text in READ[sentence]}
    assert found == READ[sentence]


NO_NAMES = ("Ausgebucht", "Voll", "Hitzefrei", "Betriebsausflug", "Teamzeit", "Dienstbesprechung", "Auf Anfrage", "Ruhetag", "Frau Kant krank",
            "Derzeit", "nur Mi", "bis 12", "?")  # fmt: skip


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_closes_or_limits_is_no_name_even_in_quotes(name: str) -> None:
    for text in (f'Mo 9-12 Uhr "{name}"', f'Mo 09:00-12:00 open "{name}"'):
        assert read_hours(text).expression is None, text


def test_dates_of_osm_end_after_they_begin() -> None:
    for end in ("2026 Jan 03", "2026 Dec 03"):
        assert read_hours(f"Mo-Fr 09:00-12:00; 2026 Dec 21-{end} off").expression is None
    assert read_hours("Mo-Fr 09:00-12:00; 2026 Dec 21-2027 Jan 03 off").expression


@pytest.mark.parametrize("sentence", ASKED)
def test_a_sentence_asks(sentence: str) -> None:
    for text in ASKED[sentence]:
        hours = read_hours(text)
        assert hours.expression is None, text
        assert hours.problem, text
        for doubt in hours.doubts:
            assert text[doubt.at : doubt.at + len(doubt.text)] == doubt.text, doubt


def test_of_what_is_not_covered_the_piece_is_named_and_the_line_kept() -> None:
    hours = read_hours("Mo 9-12 Uhr\nDi 15-18 Uhr Töpfern bei Petra")
    (doubt,) = hours.doubts
    assert (doubt.text, hours.unread, hours.partly) == (
        "Töpfern",
        "Di 15-18 Uhr Töpfern bei Petra",
        "Mo 09:00-12:00",
    )


def test_the_nearest_line_is_one_that_is_read() -> None:
    (doubt,) = read_hours("Di 15-18 Uhr Töpfern").doubts
    assert nearest_line(doubt) == 'Di 15-18 Uhr "Töpfern"'
    (doubt,) = read_hours("werktags 9-12 Uhr").doubts
    assert nearest_line(doubt) == "Mo-Fr 9-12 Uhr"


@pytest.mark.parametrize(
    "text",
    [
        "Di 15-18 Uhr (entfällt öfter)",
        "jeden 3. Do 19-21 Uhr",
        "Mo 9-12, Mi nur 14-16 Uhr",
        "Mo 9-12, nachmittags nach Absprache",
    ],
)
def test_no_line_to_paste_leaves_a_word_out(text: str) -> None:
    """„jeden Do“ for „jeden 3. Do“ would open a door."""
    assert [nearest_line(doubt) for doubt in read_hours(text).doubts] == [""]


def test_conditions_are_few_and_each_is_read_as_it_is_called() -> None:
    assert len(CONDITIONS) <= MOST_CONDITIONS
    for meaning, name, _ in CONDITIONS:
        expression = read_hours(f"Mo 9-12 Uhr, {name}").expression
        state = "unknown" if meaning in {"ask", "condition"} else "open"
        assert expression == f'Mo 09:00-12:00 {state} "{name}"'


def test_the_signs_of_the_page_of_hours_are_read_as_it_says() -> None:
    """Each row of the page is read, and each that it asks about is asked."""
    page = Path("generator/starter/content/redaktion/zeiten.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", page, re.MULTILINE)
    assert len(rows) > 15
    for sign, said in rows:
        assert (read_hours(sign.replace(" ⏎ ", "\n")).expression is None) is said.startswith(
            "wird gefragt"
        ), sign
