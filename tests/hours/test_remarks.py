"""What a remark beside a time means: each way of saying it, by what a reader would do."""

from __future__ import annotations

import pytest

from generator.hours.remarks import match_plain, meaning_of
from generator.hours.written_hours import read_hours

ASK = """
nach Vereinbarung | nach vorheriger Vereinbarung | nach telefonischer Vereinbarung | nach tel. Vereinbarung | nach individueller Absprache
nach persönlicher Rücksprache | nach rechtzeitiger Anfrage | auf kurzer Anfrage | nach Terminvereinbarung | mit Terminvergabe | nach Terminabsprache
nach Verabredung | n. V. | n.V. | individuell vereinbar | Termine werden vereinbart | wird individuell vereinbart | Termin bitte telefonisch vereinbaren
weitere Termine nach Vereinbarung | andere Zeiten nach Absprache | zusätzliche Termine nach Vereinbarung | individuelle Beratung nach Absprache
persönliche Termine nach Vereinbarung | nur nach Vereinbarung | nach Vereinbarung unter 040 66969-100 | nach Absprache per Mail
nach Anmeldung | nur nach vorheriger Anmeldung | mit telefonischer Voranmeldung | bitte mit Termin | auf Einladung | nach Terminbuchung | mit Anmeldung
Anmeldung erforderlich | Anmeldung ist notwendig | Voranmeldung nötig | Anmeldung erbeten | Anmeldung erwünscht | Anmeldung gewünscht | Anmeldung möglich
um Anmeldung wird gebeten | um Voranmeldung wird gebeten | bitte anmelden | bitte vorher anrufen | vorher anmelden | mit Terminvereinbarung
Terminvereinbarung erforderlich | Terminvereinbarung notwendig | Terminvereinbarung nötig | bitte Termin vereinbaren | Termin vereinbaren
Anmeldung unter 040 66969-100 | Anmeldung über die Zentrale | Voranmeldung per Mail
"""
OFF = """
entfällt | entfallen | fällt aus | fallen aus | abgesagt | findet nicht statt | geschlossen | geschl. | zu | keine Sprechstunde
"""
PHONE = """
telefonisch | nur telefonisch | am Telefon | per Telefon | Telefonzeit | Telefonsprechstunde | telefonische Beratung | telefonische Sprechzeit
telefonische Sprechstunde
"""
CONDITION = """
bei gutem Wetter | nur bei Bedarf | aber nur bei Regen | wenn Frau Kant da ist | falls Platz ist | sofern besetzt | solange Vorrat reicht | sobald es warm ist
je nach Wetter | abhängig von der Jahreszeit | wetterabhängig | nach Bedarf | unregelmäßig | variabel | wechselnd | flexibel | nicht immer | meist
meistens | in der Regel | i. d. R. | i.d.R. | etwa | ca. | circa | zirka | ungefähr | voraussichtlich | geplant | unter Vorbehalt | für Mitglieder
nur für Mitglieder
"""
PLAIN = """
ohne Anmeldung | auch ohne Termin | ohne vorherige Voranmeldung | ohne Terminvereinbarung | keine Anmeldung nötig | keine Voranmeldung notwendig
Anmeldung nicht erforderlich | eine Anmeldung ist nicht nötig | Voranmeldung ist nicht notwendig | einfach kommen | einfach vorbeikommen | offen für alle
alle sind willkommen | alle willkommen | jede ist willkommen | jeder ist willkommen
Eingang Hof | im Gemeindehaus | in der alten Küche | im kleinen Saal | im hinteren Raum | Hinterhof links | auf dem Spielplatz | beim Pfarramt | am Stadtpark
hinter dem Rathaus | vor dem Jugendzentrum | über den Hof | durch den Garten | Raum 12 | Raum 3b | Saal II | im EG | 1. OG | 2. Stock | 3. Etage | DG
im großen Saal | im roten Zimmer | im blauen Zimmer | im grünen Zimmer | im gelben Zimmer | im neuen Büro | linker Eingang | rechter Eingang | vorderer Eingang
für Kinder | nur für Frauen | für Kinder und Jugendliche | Mütter mit Babys | für Eltern mit Kleinkindern | Senioren | für Jungen & Mädchen | für Alleinerziehende
für Geflüchtete, Nachbarn und Schwangere | für Jugendliche von 12 bis 16 Jahren | ab 6 Jahren | 0-3 Jahre | bis 18 Monate | 3 bis 6 Jahre alt | ab der 5. Klasse
bis 4. Klasse | 5 € | Kosten: 2,50 € | Beitrag: 3 Euro | für 1 EUR | 50 Cent | max. 8 Personen | maximal 12 Kinder | höchstens 6 Familien | bis zu 10 Plätze
mindestens 3 Teilnehmende | für 8-10 Kinder | etwa 20 Leute
auf Türkisch | Deutsch und Arabisch | auch auf Russisch, Ukrainisch und Polnisch | nur in Gebärdensprache | Englisch/Französisch | Farsi u. Dari
Kurdisch oder Rumänisch | Bulgarisch & Spanisch | Italienisch + Albanisch | auf Serbisch | auf Bosnisch | auf Kroatisch | auf Tigrinya | auf Somali
auf Vietnamesisch | auf Persisch
mit Übersetzung | mit Dolmetscherin | mit Dolmetscher | mit Kinderbetreuung | mit Frühstück | mit Mittagessen
kostenlos | kostenfrei | gratis | Eintritt frei | barrierefrei | persönlich | vor Ort | offen | öffentlich | durchgehend | wöchentlich
offener Treff | offenes Angebot | offene Sprechstunde | offene Tür | offene Runde | offenes Café | offene Sprechstunden | Sprechstunde | Sprechzeit | Beratung
Beratungszeit | Öffnungszeit | Bürozeit | Kernzeit
"""
UNKNOWN = """
Handarbeiten | Frau Kant | nach Lust | mit Petra | auf Zuruf | kostenlos und Handarbeiten | Anmeldung | Termin | Eingang geschlossener Hof | nicht | vielleicht
siehe Aushang | offene | für Hunde | auf Klingonisch | mit Hund | nachvereinbarung | kostenlose
"""


def phrases(text: str) -> list[str]:
    """Return what stands between strokes and ends of lines."""
    return [phrase.strip() for line in text.strip().splitlines() for phrase in line.split(" | ")]


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("ask", ASK),
        ("off", OFF),
        ("phone", PHONE),
        ("condition", CONDITION),
        ("plain", PLAIN),
        (None, UNKNOWN),
    ],
)
def test_each_way_of_saying_it_is_understood(meaning: str | None, said: str) -> None:
    written = [form.format(phrase) for phrase in phrases(said) for form in ("{}", " {}. ", "{}!")]
    assert {text: meaning_of(text) for text in written if meaning_of(text) != meaning} == {}


@pytest.mark.parametrize(
    ("remark", "meaning"),
    [
        ("ohne Anmeldung, Eingang Hof", "plain"),
        ("kostenlos; barrierefrei", "plain"),
        ("kostenlos / barrierefrei", "plain"),
        ("kostenlos · vor Ort", "plain"),
        ("kostenlos u. vor Ort", "plain"),
        ("kostenlos und vor Ort", "plain"),
        ("telefonisch, kostenlos", "phone"),
        ("telefonisch, nach Vereinbarung", "ask"),
        ("nach Vereinbarung, unregelmäßig", "condition"),
        ("unregelmäßig, entfällt", "off"),
        ("kostenlos, Handarbeiten", None),
        ("Handarbeiten, kostenlos", None),
        ("", None),
        ("...", None),
    ],
)
def test_of_several_things_the_one_that_limits_most_counts(remark: str, meaning: str | None) -> None:
    assert meaning_of(remark) == meaning


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ohne Anmeldung, Di 9-12", "ohne Anmeldung"),
        ("telefonisch 9-12", "telefonisch"),
        ("für Kinder und Jugendliche 9-12", "für Kinder und Jugendliche"),
        ("Eingang Hof", "Eingang Hof"),
        ("offenen Auges", None),
        ("nach Vereinbarung", None),
        ("entfällt", None),
    ],
)
def test_the_longest_remark_that_changes_nothing(text: str, found: str | None) -> None:
    match = match_plain(text, 0)
    assert (match and match[0]) == found
    inside = match_plain(f"Mo {text}", 3)
    assert (inside and inside[0]) == found


STATES = {
    "Eingang Hof": 'Tu 15:00-18:00 open "Eingang Hof"',
    "telefonisch": 'Tu 15:00-18:00 open "telefonisch"',
    "mit Anmeldung": 'Tu 15:00-18:00 unknown "mit Anmeldung"',
    "nach Vereinbarung": 'Tu 15:00-18:00 unknown "nach Vereinbarung"',
    "unregelmäßig": 'Tu 15:00-18:00 unknown "unregelmäßig"',
    "Handarbeiten": 'Tu 15:00-18:00 unknown "Handarbeiten"',
}


@pytest.mark.parametrize(("remark", "expression"), STATES.items())
def test_beside_a_time_it_makes_that_time_what_it_means(remark: str, expression: str) -> None:
    assert read_hours(f"Di 15-18 Uhr ({remark})").expression == expression


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mo 9-12 Uhr (Telefon: Di 9-10 Uhr)", 'Mo 09:00-12:00; Tu 09:00-10:00 open "telefonisch"'),
        ("Mo 9-12 Uhr (telefonisch Di 9-10 Uhr)", 'Mo 09:00-12:00; Tu 09:00-10:00 open "telefonisch"'),
        (
            "Mo 9-12 Uhr (Tel.: mittwochs 9-10 Uhr), Do 14-16 Uhr",
            'Mo 09:00-12:00; We 09:00-10:00 open "telefonisch"; Th 14:00-16:00',
        ),
        ("(Telefon: Di 9-10 Uhr) Mo 9-12 Uhr", 'Tu 09:00-10:00 open "telefonisch"; Mo 09:00-12:00'),
        ("Mo 9-12 (telefonisch)", 'Mo 09:00-12:00 open "telefonisch"'),
    ],
)
def test_hours_by_telephone_in_brackets_are_hours_of_their_own(written: str, expected: str) -> None:
    """Nobody stands before a closed door on Tuesday, and Thursday isn't by telephone because Wednesday is."""
    hours = read_hours(written)
    assert hours.expression == expected
    assert not hours.doubts


def test_what_is_not_understood_in_brackets_stays_a_doubt_about_what_stands_before() -> None:
    hours = read_hours("Mo 9-12 (Telefon: Di nach Lust)")
    assert [doubt.text for doubt in hours.doubts] == ["nach Lust"]
