"""What stays unread or uncertain: the piece of the writing that it is about, and what the editor is told."""

from __future__ import annotations

import re

import pytest

from generator.hours.written_hours import read_hours

UNREAD = {
    # no time, or half of one
    "9-12 Uhr": ("", "fehlt der Tag"),
    "9-12 Uhr, Mi zu": ("", "fehlt der Tag"),
    "ab 1.3.2027 9-12 Uhr": ("", "fehlt der Tag"),
    "Mo 15": ("15", "fehlt das Ende"),
    "Mo 9-12, 14": ("14", "fehlt das Ende"),
    "Mo 9 bis": ("9", "fehlt das Ende"),
    "Mo 9 bis Fr": ("bis", "nicht verstanden"),
    "Mo 9-12 - open end": ("open end", "nicht verstanden"),
    "9-12 Uhr\nMo-Fr": ("", "fehlt eine Uhrzeit"),
    "nur in der Schulzeit": ("", "keine Zeit"),
    "(telefonisch)": ("", "keine Zeit"),
    "April bis 1.5.: Mo 9-12": ("April", "bis wann der Zeitraum"),
    # times that are none, or may be two
    "Mo 25-26": ("25", "keine Uhrzeit"),
    "Mo 24:30-25": ("24:30", "keine Uhrzeit"),
    "Mo 9:60-12": ("9:60", "keine Uhrzeit"),
    "Mo 9-24:01": ("24:01", "keine Uhrzeit"),
    "Mo (9-25 Uhr)": ("25 Uhr", "keine Uhrzeit"),
    "Mo (16-7 Uhr)": ("16", "früh oder abends"),
    "Mo 5-7": ("5", "früh oder abends"),
    "Mo 6-8 Uhr": ("6", "früh oder abends"),
    "Mo 5:30-7 Uhr": ("5:30", "früh oder abends"),
    "Mo ab 5 Uhr": ("5 Uhr", "früh oder abends"),
    "Mo 9-5": ("9", "früh oder abends"),
    "Mo 16-7 Uhr": ("16", "früh oder abends"),
    "Mo 18-7 Uhr": ("18", "früh oder abends"),
    "Mo 9-9 Uhr": ("9", "früh oder abends"),
    "Mo 5.30-7.30 Uhr": ("5.30", "früh oder abends"),
    "Fr 20 Uhr bis 6:05 Uhr": ("20 Uhr", "früh oder abends"),
    "Mo 14-11:30": ("14", "früh oder abends"),
    "Mo 14 Uhr bis 11:30": ("14 Uhr", "früh oder abends"),
    "Mo 9 und 14 Uhr": ("9", "fehlt das Ende"),
    "Mo halb neun bis elf Uhr": ("halb neun bis elf", "nicht verstanden"),
    "Mo 9:00/14:00": ("", "frühere Zeiten zuerst"),
    "Mo 14 Uhr, 11:30-12": ("", "frühere Zeiten zuerst"),
    "Mo 14-16 und 9-12": ("", "frühere Zeiten zuerst"),
    "Mo ab 9 Uhr, ab 8 Uhr": ("", "frühere Zeiten zuerst"),
    "Mo 14-16, 9-12": ("", "frühere Zeiten zuerst"),
    "Mo 14-16, ab 9 Uhr": ("", "frühere Zeiten zuerst"),
    "Mo 14-16, 15-17": ("", "frühere Zeiten zuerst"),
    # days that are none, or several
    "31.13. 9-12": ("31.13.", "kein Datum"),
    "32.12. 9-12": ("32.12.", "kein Datum"),
    "0.12.2026 9-12": ("0.12.2026", "kein Datum"),
    "Mo-Mi-Fr 9-12": ("-", "nicht verstanden"),
    "jeden 6. Montag im Monat 9-12": ("6.", "was gezählt wird"),
    "jeden 1. Mo-Fr im Monat 9-12": ("-", "nicht verstanden"),
    "am 1. Wochenende im Monat 9-12": ("1.", "was gezählt wird"),
    "am 1. Montag und Dienstag im Monat 9-12": ("1.", "für beide Tage"),
    "jeden letzten Montag, Dienstag 9-12": ("letzten", "für beide Tage"),
    # what is closed, and when
    "Mo geschlossen": ("", "wann geschlossen"),
    "geschlossen": ("", "fehlt, wann geschlossen"),
    "Mo 9-16, Pause ab 12 Uhr": ("", "unterbricht diese Pause"),
    # two for one day
    "Mo 9-12; Mo 11-14": ("", "zwei verschiedene Zeiten"),
    "Mo ab 9 Uhr, Mo 11-14": ("", "zwei verschiedene Zeiten"),
    "Mo 9-12, rund um die Uhr": ("", "frühere Zeiten zuerst"),
    "Mo 9-12 im Mai und 14-16 im Juni": ("", "Zwei Zeiträume"),
    "Mo-Fr 9-12; Mi 14-18": ("", "beide Zeiten"),
    "Apr-Jun: Mo 9-12 bis 30.6.2027": ("", "Zwei Zeiträume"),
    "ab 1.3.2027 und ab 1.4.2027 Mo 9-12": ("", "Zwei Zeiträume"),
    # words
}  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_not_read_says_why_and_where(text: str) -> None:
    piece, problem = UNREAD[text]
    hours = read_hours(text)
    assert hours.expression is None
    assert hours.problem is not None
    assert problem in hours.problem
    (doubt,) = hours.doubts
    assert (doubt.text, doubt.why) == (piece, hours.problem)
    assert text[doubt.at : doubt.at + len(piece)] == piece


HALF_READ = (
    "Mo; Di 9-12", "Mo\nApril: Di 9-12", "Mo 9-12 (14-16 Uhr)", "Mo 15-17 Uhr, Fr bis 5 Uhr", "Mo-Fr 9-16, außer Mi nachmittags",
    "Di 15-18 (Mo: quer)\nNähkurs", "Mo 9-12 (jeden 1. Di im Monat)", "Mo-Fr 9-16, mittags geschlossen",
)  # fmt: skip


@pytest.mark.parametrize("text", HALF_READ)
def test_a_clause_that_is_not_covered_keeps_its_words_and_is_named(text: str) -> None:
    hours = read_hours(text)
    clause = re.split(r"; |\n|, | \(|\)", text)
    assert any(
        f'"{part}' in (hours.expression or "") or f', {part}"' in (hours.expression or "") for part in clause
    ), hours
    assert hours.doubts


EARLY_IN_OSM = {
    "Mo 09:00-5:00": "Ist mit „09:00-5:00“ früh oder abends gemeint? Früh schreibt man „05:00“.",
    "Mo 9:30-9:30": "Ist mit „9:30-9:30“ früh oder abends gemeint? Früh schreibt man „09:30“.",
    "Mo 16:59-5:00": "Ist mit „16:59-5:00“ früh oder abends gemeint? Früh schreibt man „05:00“.",
    "Mo 14:00-11:30": "„11:30“ liegt vor „14:00“",
    "Mo 12:00-11:30": "„11:30“ liegt vor „12:00“",
    "We 3:00-5:00": "Ist mit „3:00-5:00“ früh oder abends gemeint? Früh schreibt man „03:00“.",
    "We 1:30-8:00": "Ist mit „1:30-8:00“ früh oder abends gemeint? Früh schreibt man „01:30“.",
    "Mo": "schreibt „00:00-24:00“",
    "Mo,Fr 09:00-12:00; Fr 14:00-16:00": "Gelten an einem Tag beide Zeiten?",
}


@pytest.mark.parametrize("text", EARLY_IN_OSM)
def test_osm_that_is_hardly_meant_so_is_not_read_either(text: str) -> None:
    hours = read_hours(text)
    assert hours.expression is None
    assert EARLY_IN_OSM[text] in (hours.problem or "")


@pytest.mark.parametrize(
    "text",
    ["Mo 17:00-5:00", "Mo 22:00-6:00", "Mo 03:00-05:00", "Mo 09:00-10:00", "Mo open", "Mo 6:00-8:00", "We,Fr 09:00-12:00; Fr 14:00-16:00"],
)  # fmt: skip
def test_osm_that_says_it_plainly_is_read(text: str) -> None:
    assert read_hours(text).expression == text


DOUBTS = {
    "alle 14 Tage Di 9-12": [("", "in geraden Wochen")],
    "monatlich Di 9-12": [("", "jeden 1. Dienstag im Monat")],
    "Di vormittags": [("vormittags", "keine Uhrzeit")],
    "jeden zweiten Montag 9-11 Uhr": [("zweiten", "im Monat")],
    "Mo 9-12, nach Vereinbarung": [("nach Vereinbarung", "oder außerhalb")],
    "Nach Vereinbarung: Di 9-12": [("Nach Vereinbarung", "oder außerhalb")],
    "Mo 9-12 (Handarbeiten)": [("Handarbeiten", "nicht verstanden")],
    "Mo 9-12 (  Handarbeiten )": [("Handarbeiten", "nicht verstanden")],
    'Mo 9-12 (Telefon: Di 9-10 "mit Petra")': [("mit Petra", "nicht verstanden")],
    'Mo 09:00-12:00 open "Handarbeiten; Eingang Hof"': [("Handarbeiten", "nicht verstanden")],
    'Mo 09:00-12:00 open "Tanz"; Tu 09:00-12:00 open "Tanz"': [("Tanz", "nicht verstanden")],
    'Mo 9-12 Uhr "Handarbeiten"': [("Handarbeiten", "nicht verstanden")],
    "5.12. 15-17 Uhr": [("5.12.", "Jahr")],
    "Di 9-12 ab 1.3.": [("1.3.", "Jahr")],
    "Di 9-12 bis 1.3.": [("1.3.", "Jahr")],
    "Di 9-12 bei Regen": [("bei Regen", "nicht immer")],
    "zurzeit geschlossen; Di 9-12": [("zurzeit geschlossen", "letztem Tag")],
    "im Winter Di 9-12": [("im Winter", "Schreiben Sie die Monate")],
    "in den Osterferien Di 9-12": [("in den Osterferien", "Einzelne Ferien")],
    "Di 9-12 in den Osterferien": [("in den Osterferien", "Einzelne Ferien")],
    "Feiertage und Osterferien 9-12": [("Osterferien", "Einzelne Ferien")],
    "9-12 Uhr montags, nach Vereinbarung": [("nach Vereinbarung", "oder außerhalb")],
    "Mo-Fr 9-12, außer in den Osterferien": [("in den Osterferien", "Einzelne Ferien")],
    "Mai bis September Di 9-12, Do 14-17": [("", "für alle Zeiten")],
    "Di 9-12, Do 14-17 im August": [("August", "für alle Zeiten")],
    "Di 15-18 Uhr, ab 1.1.2027 Mi 15-18 Uhr": [("", "an den anderen Tagen")],
    "Mo-Fr 9-12; in den Ferien Mi 10-12": [("", "an den anderen Tagen")],
    "Mi 14-17 Uhr, im August nur telefonisch": [("August", "Was gilt sonst?")],
    # what is no doubt: it is known what these mean
    "Di 9-12 mit Anmeldung": [],
    "Di 9-12 (Eingang Hof)": [],
    "werktags 9-12": [],
}


@pytest.mark.parametrize("text", DOUBTS)
def test_each_doubt_is_named_once_with_its_place(text: str) -> None:
    hours = read_hours(text)
    assert hours.expression is not None
    assert [(doubt.text, reason in doubt.why) for doubt, (_, reason) in zip(hours.doubts, DOUBTS[text], strict=True)] == [
        (piece, True) for piece, _ in DOUBTS[text]
    ]  # fmt: skip
    for doubt in hours.doubts:
        assert text[doubt.at : doubt.at + len(doubt.text)] == doubt.text
        assert doubt.at == text.index(doubt.text) or not doubt.text


def test_a_place_is_that_in_the_writing_as_it_was() -> None:
    """Signs of other programs, brackets and lines before it move nothing."""
    for before in ("Mo\u00a09\u202f–\u202f12 Uhr; ", "Mo 9-12 (Eingang Hof)\r\n", "Mo 9-12 Uhr. "):
        text = f"{before}Di 14-16 (Handarbeiten)"
        (doubt,) = read_hours(text).doubts
        assert text[doubt.at : doubt.at + len(doubt.text)] == "Handarbeiten", text
    for inner in ("Mo 9-12 (Di 99-12)", "Mo 9-12 (nur (Di) 99)"):
        assert all(
            inner[doubt.at : doubt.at + len(doubt.text)] == doubt.text for doubt in read_hours(inner).doubts
        ), inner
