"""What editors write about opening hours, and what is understood."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import opening_hours
import pytest

from generator.hours.evaluate import schedule
from generator.hours.written_hours import Hours, read_hours
from tests.open_data import EACH_CORPUS, HOURS

READ = {
    "Mo-Fr 9-17 Uhr, auch an Feiertagen": 'Mo-Fr 09:00-17:00; PH unknown "auch an Feiertagen"',
    # days
    "Di 9-12": "Tu 09:00-12:00",
    "Mi 9-12": "We 09:00-12:00",
    "Do 9-12": "Th 09:00-12:00",
    "So 9-12": "Su 09:00-12:00",
    "Mo. – Fr. 9.00 – 12.00 Uhr": "Mo-Fr 09:00-12:00",
    "Mo—Fr 9—12": "Mo-Fr 09:00-12:00",
    "Montag bis Freitag von 9.30 bis 12 Uhr": "Mo-Fr 09:30-12:00",
    "Montag und Mittwoch 14-18 Uhr": "Mo,We 14:00-18:00",
    "Mo, Di, Do 12:30-16:30": "Mo,Tu,Th 12:30-16:30",
    "Mo, Mi und Fr 9-12": "Mo,We,Fr 09:00-12:00",
    "Mo/Mi/Fr 9-12": "Mo,We,Fr 09:00-12:00",
    "Mo + Mi 9-12": "Mo,We 09:00-12:00",
    "Mo u. Mi 9-12": "Mo,We 09:00-12:00",
    "Mo & Mi 9-12": "Mo,We 09:00-12:00",
    "Mo-Mi, Fr 8-12": "Mo-We,Fr 08:00-12:00",
    "dienstags 15.00-17.00": "Tu 15:00-17:00",
    "montags, mittwochs und freitags 9-11.30 Uhr": "Mo,We,Fr 09:00-11:30",
    "jeden Dienstag 15-17 Uhr": "Tu 15:00-17:00",
    "Sonnabend 9-12": "Sa 09:00-12:00",
    "am Wochenende 10-18 Uhr": "Sa-Su 10:00-18:00",
    "täglich 10-18 Uhr": "Mo-Su 10:00-18:00",
    "jeden Tag von 10 bis 18 Uhr": "Mo-Su 10:00-18:00",
    "MO-DO 9-12": "Mo-Th 09:00-12:00",
    "Fr-So 9-12": "Fr-Su 09:00-12:00",
    # times
    "Mo 9 bis 12 Uhr": "Mo 09:00-12:00",
    "Mo 9 Uhr bis 12 Uhr": "Mo 09:00-12:00",
    "Mo 9.30 bis 12 Uhr": "Mo 09:30-12:00",
    "Mo 09.00-12.00": "Mo 09:00-12:00",
    "Do 14h-18h": "Th 14:00-18:00",
    "Mo-Fr 8.00–12.00 u. 13.00–16.00 Uhr": "Mo-Fr 08:00-12:00,13:00-16:00",
    "Mo-Fr 9-12 und 14-16 Uhr": "Mo-Fr 09:00-12:00,14:00-16:00",
    "Mo von 9 bis 12 und von 14 bis 16 Uhr": "Mo 09:00-12:00,14:00-16:00",
    "Mo ab 15 Uhr": "Mo 15:00+",
    "Fr 22-6 Uhr": "Fr 22:00-06:00",
    "Fr 18-24 Uhr": "Fr 18:00-24:00",
    "rund um die Uhr": "Mo-Su 00:00-24:00",
    "Mo-Fr rund um die Uhr": "Mo-Fr 00:00-24:00",
    # several rules
    "Mo-Do 8-16, Fr 8-13": "Mo-Th 08:00-16:00; Fr 08:00-13:00",
    "Mo 9-12 Uhr Di 14-16 Uhr": "Mo 09:00-12:00; Tu 14:00-16:00",
    "Mo 9-12 Uhr\nDi 14-16 Uhr": "Mo 09:00-12:00; Tu 14:00-16:00",
    "Mo-Fr 9-12, Do 14-18": "Mo-Fr 09:00-12:00, Th 14:00-18:00",
    "Mo: 9-12 Uhr, Di: geschlossen, Mi: 14-18 Uhr": "Mo 09:00-12:00; We 14:00-18:00; Tu off",
    "Mi geschlossen, Mo-Fr 9-12": "Mo-Fr 09:00-12:00; We off",
    "Mo-Fr 9-12 Uhr außer Mi": "Mo-Fr 09:00-12:00; We off",
    "Mo - Fr 8:30 - 12:00 Uhr, Di + Do auch 13:00 - 16:00 Uhr": "Mo-Fr 08:30-12:00, Tu,Th 13:00-16:00",
    "Mo-Fr 8:30 - 12:00 Uhr / 13:00 - 16:00 Uhr": "Mo-Fr 08:30-12:00,13:00-16:00",
    "Fr 9-12 Uhr, jeden 1. Fr im Monat geschlossen": "Fr 09:00-12:00; Fr[1] off",
    "Öffnungszeiten: Mo-Do 9-12": "Mo-Th 09:00-12:00",
    "So und Feiertage 10-12, So 14-16": "Su 10:00-12:00, Su 14:00-16:00; PH 10:00-12:00",
    # holidays and seasons
    "Mo-Fr 9-12 Uhr, feiertags geschlossen": "Mo-Fr 09:00-12:00; PH off",
    "Feiertage geschlossen, Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00; PH off",
    "Mo-Fr 9-12 Uhr, nicht an Feiertagen": "Mo-Fr 09:00-12:00; PH off",
    "Mo-Fr 9-12 Uhr (außer Feiertage)": "Mo-Fr 09:00-12:00; PH off",
    "Mo-Fr 9-12 Uhr, Schulferien geschlossen": "Mo-Fr 09:00-12:00; SH off",
    "Mo-Fr 9-12, in den Schulferien und an Feiertagen geschlossen": "Mo-Fr 09:00-12:00; SH,PH off",
    "Mo-Fr 9-12 Uhr außer in den Ferien": "Mo-Fr 09:00-12:00; SH off",
    "nur in der Schulzeit: Mo 14-16": "Mo 14:00-16:00; SH off",
    "Mo 14-16 (außerhalb der Ferien)": "Mo 14:00-16:00; SH off",
    "So und Feiertage 10-14 Uhr": "Su,PH 10:00-14:00",
    "in den Schulferien Mo-Fr 10-14 Uhr": "SH Mo-Fr 10:00-14:00",
    "In den Ferien: Mo-Fr 10-14 Uhr": "SH Mo-Fr 10:00-14:00",
    "April bis Oktober: Mo-Do 9-17 Uhr": "Apr-Oct Mo-Th 09:00-17:00",
    "Mo-Do 9-12; 24.12.-1.1. geschlossen": "Mo-Th 09:00-12:00; Dec 24-Jan 01 off",
    "05.12.2026 15-17 Uhr": "2026 Dec 05 15:00-17:00",
    "Di in geraden Wochen 9-12": "week 02-52/2 Tu 09:00-12:00",
    "ungerade KW Di 9-12": "week 01-53/2 Tu 09:00-12:00",
    "jeden 1. Montag im Monat 15-17 Uhr": "Mo[1] 15:00-17:00",
    "1. und 3. Mittwoch im Monat 10 bis 12 Uhr": "We[1,3] 10:00-12:00",
    "jeden zweiten Montag im Monat 9-11 Uhr": "Mo[2] 09:00-11:00",
    "letzter Freitag im Monat 18-20 Uhr": "Fr[-1] 18:00-20:00",
    # by appointment, remarks
    "nach Vereinbarung": 'unknown "nach Vereinbarung"',
    "n. V.": 'unknown "n. V."',
    "Termine nach telefonischer Vereinbarung": 'unknown "Termine nach telefonischer Vereinbarung"',
    "Fr nach Vereinbarung": 'Fr unknown "nach Vereinbarung"',
    "Mo 9-12 nach Vereinbarung": 'Mo 09:00-12:00 unknown "nach Vereinbarung"',
    "Mo 9-12 und nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nach Vereinbarung"',
    "Mo 9-12 oder nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nach Vereinbarung"',
    "Mo-Do 9-12 Uhr. Termine nach Vereinbarung.": 'Mo-Th 09:00-12:00 || unknown "Termine nach Vereinbarung"',
    "Fr 14-16 Uhr (mit Anmeldung)": 'Fr 14:00-16:00 unknown "mit Anmeldung"',
    "Mo 9-12 (Eingang Hof)": 'Mo 09:00-12:00 open "Eingang Hof"',
}

UNREAD = {
    "": "keine Zeit",
    "Mo-Fr": "fehlt eine Uhrzeit",
    "9-12 Uhr": "fehlt der Tag",
    "Mo 15": "fehlt das Ende",
    "Mo 5-7": "früh oder abends",
    "Mo 9-5": "früh oder abends",
    "14:00-4:00": "früh oder abends",
    "Mo 25-26": "keine Uhrzeit",
    "Mo-Fr 9-12; Mi 14-18": "beide Zeiten",
    "Mo-Fr 9-12\nMi 7-8": "beide Zeiten",
    "Mi 14-18; Mo-Fr 9-12": "beide Zeiten",
    "Mo-Fr 9-12\nMi 14-18\nMi 10-11": "verschiedene Zeiten",
    "Sommerferien geschlossen": "wann geschlossen",
    "Mo geschlossen": "wann geschlossen",
    "an Feiertagen geschlossen": "wann geschlossen",
    "31.13. 9-12": "kein Datum",
    "bis 31.9.2026 Mo 9-12": "kein Datum",
    "30.2.-3.3. Mo 9-12": "kein Datum",
    "ab 29. Februar 2027 Mo 9-12": "kein Datum",
    "am 31. und 3. Februar 2027 9-12": "kein Datum",
    "ab Mai 0001 Mo 9-12": "kein Datum",
    "ab Mai 0000 Mo 9-12": "kein Datum",
    "Di 15-17 Uhr, 14-tägig ab 1.1.9999": "kein Datum",
    "Mo bis wochentags 9-12": "einzelne Tage",
    "Öffnungszeiten unbekannt": "nicht verstanden",
}


def test_the_table_is_long_enough() -> None:
    assert len(READ) >= 60


@pytest.mark.parametrize(("text", "expression"), READ.items())
def test_german_writing_becomes_osm(text: str, expression: str) -> None:
    hours = read_hours(text)
    assert hours == Hours(text, expression, normalised=True)
    assert opening_hours.validate(expression)


@pytest.mark.parametrize(("text", "problem"), UNREAD.items())
def test_doubt_stays_unread_and_says_why(text: str, problem: str) -> None:
    hours = read_hours(text)
    assert hours.expression is None
    assert hours.written == text
    assert hours.problem is not None
    assert problem in hours.problem


@pytest.mark.parametrize(
    "text",
    [
        "Mo,We 09:00-12:00; PH off",
        "24/7",
        "Mo-Fr 22:00-06:00",
        'Mo 10:00-12:00 open "Eingang Hof"',
        "week 1-53/2 We 10:00-12:00",
    ],
)
def test_osm_is_kept_as_it_is(text: str) -> None:
    assert read_hours(text) == Hours(text, text)


def test_reading_again_changes_nothing() -> None:
    for expression in READ.values():
        assert read_hours(expression).expression == expression


@EACH_CORPUS
def test_weekly_markets_are_read_or_reported(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (corpus / "wo-ist-markt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = sorted({row["opening_hours"] for row in rows if row["opening_hours"]})
    free = sorted({row["opening_hours_unclassified"] for row in rows if row["opening_hours_unclassified"]})
    read = [hours for hours in map(read_hours, values) if _is_sound(hours)]
    with capsys.disabled():
        print(f"\nwo-ist-markt: {len(read)} of {len(values)} values read, free text: "
              f"{sum(_is_sound(read_hours(text)) for text in free)} of {len(free)}")  # fmt: skip
    assert len(values) == (15 if corpus == HOURS else 488)
    assert len(read) / len(values) >= 0.99


@EACH_CORPUS
def test_cases_of_opening_hours_js_are_read_or_reported(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (corpus / "opening_hours_js_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "Wrong constructor" not in row["group"]]
    shares = {}
    for kind in ("ok", "ok_with_warning", "error_expected"):
        values = {row["value"] for row in rows if row["class"] == kind}
        read = sum(_is_sound(read_hours(value)) for value in values)
        shares[kind] = read / len(values)
        with capsys.disabled():
            print(f"\nopening_hours.js {kind}: {read} of {len(values)} read")
    # Nearly a third of the valid cases are points in time, times without a day, missing times or English we refuse to guess.
    assert shares["ok"] >= 0.69
    # What is wrong may be shown as it was written, but is hardly ever told as certain.
    broken = {row["value"] for row in rows if row["class"] == "error_expected"}
    certain = [value for value in broken if _has_certain_times(read_hours(value))]
    assert len(certain) <= 0.01 * len(broken), certain


def _has_certain_times(hours: Hours) -> bool:
    return any(one.begins for one in schedule(hours, land="SH", today=dt.date(2026, 11, 1)).intervals())


def _is_sound(hours: Hours) -> bool:
    assert (hours.expression is None) == (hours.problem is not None)
    assert hours.expression is None or opening_hours.validate(hours.expression)
    return hours.expression is not None
