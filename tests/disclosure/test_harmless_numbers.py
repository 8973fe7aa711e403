"""What measures, dates, numbers or names something tells nobody how many people were counted; what only looks so does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.disclosure.numbers_in_text import numbers

UNITS = "m² km² m2 km/h km m cm mm qm ha hektar meter metern kilometer kilometres zentimeter px em rem pt dpi bit bytes kb gib € eur euro cent ct $ uhr min minute minuten minutes std stunde stunden hours h s sek sekunden seconds tag tage tagen days woche wochen weeks monat monate monaten months jahr jahre jahren jahres years lebensjahr halbjahre wochenstunden grad ° °C kg g liter l seite seiten pages zeichen wörter zeile zeilen lines spalte spalten etage etagen stock stockwerke og"
THINGS = "Angebote Orten Treffpunkte Träger Treffer Ergebnisse Gebieten Quartiere Regionen Sozialräume Sozialraum Bezirke Netzwerke Klassen Stufen Kategorien Fragen Schritte Termine Dateien Tabellen Abbildungen Einträge Eintrag Karten Links Ebenen Zeiträume Zeitraum Kennzahlen Sprachen Buslinien Haltestellen Schulen Kitas Spielplatz Spielplätze Zimmer Räume Raum Haus Häuser Zentren Cafés Garten Gärten Büros Busse Dokumente Berichte Ausgaben Raster Gruppen Kurse Treffen Auflagen Quartale Sitzungen Abende Farben Punkte offers places providers results hits areas regions districts networks classes questions steps dates files tables figures entries maps links levels periods indicators languages buses editions groups courses colours"
HARMLESS = [
    *(f"gut 7 {unit} davon" for unit in UNITS.split()),
    *(f"In West 7 {thing}." for thing in THINGS.split()),
    *(f"{thing} 7." for thing in ("Tabelle", "Abbildung", "Stufe", "Klasse", "Schritt", "figure", "step", "Frage")),
    "2026-11", "2026-11-20", "2026-11-20T09:00:00+01:00", "bild_7.png", "v1.2", "Version 3", "1.2.3", "800 x 600", "800×600", "haus-west-7", "a/b-7-2",
    "am 3. bis 5. Mai", "am 3. und 5. Mai", "am 3. Montag", "3. Mittwoch", "am 3.5.", "am 3. 5. 2026", "am 3.5.26", "3 May 2026", "May 3, 2026", "May 2026", "um 9:30", "9.30 Uhr", "9.30 bis 10.15",
    "9:30:15", "9 Uhr", "9 bis 10 Uhr", "9 o'clock", "9 a.m.", "9 pm", "07/2026", "24/7", "1/2", "3/4", "+49 40 66969", "040 / 66 969", "116 117", "Tel. 66969", "Durchwahl: 12", "Notruf 110",
    "112 wählen", "110 rufen", "PLZ 22998", "Postleitzahl 22998", "22998 Neustadt", "Flussweg 3", "Am Markt 7 a", "Lange Straße 3-5", "Baker street 3", "§ 8a", "§§ 27 und 28", "§ 13 ff.",
    "Abs. 2", "Satz 1", "Art. 6", "Kapitel 3", "Nr. 7", "Seite 7 von 9", "page 3", "Band 2", "Linie 7", "Zone 3", "Drucksache 22/123", "Vorlage 7", "room 3", "Halle 3", "Gleis 2", "DIN 277", "ISO 9001",
    "Ziel 3", "Phase 2", "Typ 3", "6 bis 12-jährige", "im Alter von 6 bis 12", "Altersgruppe 6", "aged 6 to 12", "Jahrgang 14", "6 bis unter 12 Jahren", "6-12 Jahre", "3 J.", "7-jährige", "im 3. Lebensjahr",
    "€ 7", "EUR 7,50", "7,50 Euro", "7 bis 9 km", "7–9 kg", "0–5 % 7 Gebiete", "3 von 9 Angeboten", "3 of 9 places", "7 weitere Orte", "7 anderen Kitas", "7 more places", "Stufe (3)", "Klassen 3-5", "[7]", "[^7]", "3.1 Lage",
    "95 %-Intervall", "95-%-Bereich", "99 Prozent Sicherheit", "95% confidence", "mit 95 Prozent", "je 1.000", "pro 100", "per 10,000", "aus 100", "Vielfache von 5.", "auf 5 gerundet", "rounded to 5.", "to the nearest 5,",
]  # fmt: skip
OPEN = [
    "In West 7 davon", "7 dort", "7 mehr als zuvor", "7 Prozent", "112 Familien", "je 7", "pro 7 Kinder", "mit 94 Prozent", "auf 6 gerundet", "12345 davon", "3.1 davon", "7 uhren",
    "7 met", "im Mai gab es 7", "7 Mädchen", "3.5 davon", "7 davon", "PLZ 7", "116 davon", "110 davon", "0 davon", "7 oder 8 davon",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_figure(text: str) -> None:
    for sentence in (text, f"Wir zeigen: {text}, und so weiter"):
        assert numbers(sentence) == (), sentence


@pytest.mark.parametrize("text", OPEN)
def test_what_could_be_one(text: str) -> None:
    assert numbers(f"Es sind {text}"), text


@pytest.mark.parametrize("before", ["unter", "über", "ab", "bis", "bis zu", "mindestens", "höchstens", "weniger als", "mehr als", "von", "from", "under", "over", "below", "at least", "fewer than", "less than", "more than", "to"])  # fmt: skip
def test_the_bounds_of_a_definition_are_no_figures(before: str) -> None:
    assert numbers(f"Hier {before} 15 davon", spoken={Decimal(15)}) == ()
    assert [item.values for item in numbers(f"Hier {before} 14 davon", spoken={Decimal(15)})] == [
        (Decimal(14),)
    ]


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


@pytest.mark.parametrize(
    "text", ["7. Wir helfen", "(7) Wir helfen", "7) Wir helfen", "7) helfen", "7.  helfen"]
)
def test_what_numbers_a_paragraph_stands_at_its_beginning(text: str) -> None:
    assert numbers(text) == ()
    assert len(numbers(f"Es sind {text.lower()}")) == 1
