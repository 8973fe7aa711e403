"""Every pattern of whereabouts and of persons at its bounds: what just fits is found whole, what just doesn't is left alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from generator.check.clues import Gazetteer
from generator.check.persons import traces
from generator.check.protection import is_office
from generator.read.project import read_project
from tests.edit.towns import write_town


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    site = read_project(write_town(tmp_path_factory.mktemp("stadt"))).site
    assert site is not None
    return Gazetteer(site)


LANDMARKS = [
    "Rathaus", "Freibad", "Tankstelle", "Friedhof", "Brücke", "Sporthalle", "Sportplatz", "Stadion", "Polizeiwache", "Hallenbad", "Rossmann", "Post",
    "Gleisen",
]  # fmt: skip
NEARNESS = [
    "gegenüber", "schräg gegenüber", "vis-à-vis", "neben", "hinter", "unweit", "nicht weit", "nicht weit entfernt", "nahe", "in der Nähe",
    "um die Ecke", "zwischen", "Tür an Tür mit", "wenige Schritte", "200 Meter", "zwei Minuten", "zehn Gehminuten", "fünf Minuten zu Fuß",
]  # fmt: skip
WAYS = [
    "weg", "platz", "ring", "damm", "ufer", "stieg", "hof", "kamp", "berg", "park", "koppel", "redder", "steig", "pfad", "wall", "graben", "markt",
    "brücke", "tor", "feld", "gang", "grund", "winkel", "wiese", "deich", "hang", "promenade", "kai",
]  # fmt: skip
CERTAIN = [
    *(f"neben dem {landmark}" for landmark in LANDMARKS),
    *(f"Espen{way} 7" for way in WAYS),
    *(f"Espen{way}7" for way in WAYS[:3]),
    *(f"{near} dem Rathaus" for near in ("gegenüber von", "Über", "nahe bei")),
    *(f"Espen{ending}" for ending in ("straße", "strasse", "str.", "allee", "gasse", "chaussee", "twiete")),
    *(f"{first} {second} 5" for first in ("Lübecker", "Untere") for second in ("Straße", "Strasse", "Str.", "Allee", "Gasse")),
    *(f"{before} Brink 3" for before in ("Am", "Im", "An der", "An den", "In der", "Auf der", "Auf dem", "Zum", "Zur", "Bei der", "Beim", "Hinter der", "Unter den")),
    *(f"Platz {of} Freiheit 12" for of in ("der", "des", "am", "an der")),
    "Straße des 17. J", "Espen-Weg", "Espen-Ufer 3a", "Long Lane 5", "221 Elm Way", "Elm Drive 4", "Espenw. 3", "Espenpl.3", "espenstr 3",
    "Hausnr. 7b", "Haltepunkt Nord", "S-Bahn-Station Nord", "Bahnhof Nord", "53.70513 | 10.00525 O", "566038 5950594", "566038.5;5950594", "4566038 5950594",
    "lon=10,005", "Latitude: 53.70", "10° 0' 3\" O", "53.7051", "JO53ab", "JN53AB", "9F5CMWP3+W2X", "33U NE 66038 50594", "w3w: tisch.lampe.stuhl",
    "what3words.com/a.b.c", "plus.codes/9F5C", "geohash.org/u1", "g.page/x", "g.co/kgs/x", "geo:-53", "opentopomap.org/#map", "osmand.net/go", "komoot.de/tour", "komoot.com/tour",
    "bing.com/maps", "waze.com/x", "maps.here.com/x", "mapy.cz/x", "Postleitzahl: 12345", "12345 Dorf", "opposite the town hall", "next to the old library", "minutes walk from the bakery", "close to lake",
]  # fmt: skip
UNCERTAIN = [
    *(f"{near} der Villa" for near in NEARNESS),
    *(f"{where} Bücherei" for where in ("an der", "bei der", "in der alten", "in der ehemaligen", "in der früheren")),
    *(f"{where} Rathaus" for where in ("am", "beim", "auf dem", "im alten", "im ehemaligen", "im früheren")),
    *(f"{nth} {what}" for nth in ("erstes", "zweite", "dritter", "viertes", "letzten") for what in ("Haus", "Tür", "Eingang", "Hof")),
    "im alten Speicher", "direkt am Speicher", "direkt bei der Villa", "an der Villa gelegen", "am Stadtrand", "in der Altstadt", "in der Stadtmitte", "im Nordosten der Stadt", "im Westen von K",
    "auf dem Werksgelände", "im Hof des", "im Keller der", "im selben Gebäude", "im gleichen Haus", "im Hinterhof", "am Espenplatz", "zum Espenplatz",
    "Platz der Villa", "Ufer des Bach", "espenstr", "Buslinie 7", "Straßenbahn 3", "U-Bahnlinie 3", "S-Bahn-Linie 21", "U3", "S 21", "steigen Sie am Ende aus", "Bushalt Nord", "Halt am Nord",
    "an der A7", "Autobahn A 7", "Ausfahrt Nord", "Klingeln Sie bei Otto", "Klingelschild „Otto“", "566038 Ost 5950594", "53 Grad Nord", "53 degrees north",
    "geohash", "plus code", "maidenhead", "/karten/x", "/stadtplan", "?lat=5", "&ll=5", "#pin=5", "напротив", "вул.", "rue d", "lageplan", "Wegbeschreibung", "so-finden-sie-uns", "Nr. 7",
]  # fmt: skip
NOTHING = [
    *(f"Am {word} 3" for word in ("Januar", "Dezember", "Montag", "Freitag", "Samstag", "Sonntag", "Tag", "Ende")),
    *(f"Im {word} 3" for word in ("Alter", "Jahr", "Raum", "Stock", "Zimmer", "Notfall", "Durchschnitt")),
    *(f"am {first}weg" for first in ("Heim", "Schul", "Rechts", "Arbeits", "Klage", "Instanzen", "Beschwerde", "Spazier", "Fuß", "Rad", "Wald", "Lehr")),
    *(f"zum {first}gang" for first in ("Hör", "Rück", "Durch", "Bildungs")),
    *(f"am {first}platz" for first in ("Arbeits", "Schul", "Praktikums", "Schlaf", "Kinder", "Pflege")),
    "Am Kurs 7 Uhr", "Der Straße", "12345 Euro", "10000 Menschen", "Drei Straßen weiter", "Version 3.14", "Es kostet 7,50 Euro.", "1.234.567",
    "Haltestelle Ihrer Wahl", "S 50 %", "Nr. sieben", "am Nachmittag", "hier und da", "um 3 % mehr", "S 5 %",
]  # fmt: skip


def test_what_just_fits_is_found_whole(gazetteer: Gazetteer) -> None:
    missed = []
    for text in (*CERTAIN, *UNCERTAIN):
        for sentence in (text, f"Kommt {text} – so ist es."):
            begin = sentence.index(text)
            found = [clue for clue in gazetteer.clues(sentence) if clue.start < begin + len(text)]
            wanted = [(begin, begin + len(text), text in CERTAIN)]
            if [(clue.start, clue.end, clue.certain) for clue in found] != wanted:
                missed.append(sentence)
    assert missed == []


def test_what_just_does_not_fit_is_left_alone(gazetteer: Gazetteer) -> None:
    assert [text for text in NOTHING if gazetteer.clues(text)] == []


def test_a_degree_is_one_whatever_sign_follows_it(gazetteer: Gazetteer) -> None:
    for text, found in (
        ("53.7051, und weiter", ["53.7051"]),
        ("53.7051.", ["53.7051"]),
        ("53.7051.2", []),
        ("1.53.7051", []),
        ("16.7051", []),
    ):
        assert [clue.text for clue in gazetteer.clues(text)] == found


TOLD = {
    "petra.muster@stadt.example": "mail-einer-person", "petra@web.de": "", "petra.kita@web.de": "mail-einer-person", "petra.kita@stadt.example": "", "p.must@stadt.example": "mail-einer-person",
    "p.mus@stadt.example": "", "petra.mu@stadt.example": "", "p_must@stadt.example": "", "petra.von.muster@stadt.example": "mail-einer-person", "petra.von.der.muster@stadt.example": "",
    **{f"petra.kita@{host}.de": "mail-einer-person" for host in ("gmx", "gmail", "googlemail", "t-online", "yahoo", "hotmail", "outlook", "live", "icloud", "freenet", "aol", "posteo", "mailbox")},
    **{f"petra.{word}@stadt.example": "" for word in ("info", "jugend", "jugendamt", "eltern", "stadt", "hilfe", "erziehungsberatung", "presse", "jobs", "streetwork", "online", "bereitschaft")},
    "geb. 1.2.2014": "geburtsdatum", "Geboren am: 1. Februar 2014": "geburtsdatum", "Geburtstag 1. 2. 14": "geburtsdatum", "* 1.2.2014": "geburtsdatum", "x* 1.2.2014": "", "* 1.2.1814": "",
    "+49 (0)171 3920012": "mobilnummer", "+491713920012": "mobilnummer", "0049 171/39200-12": "mobilnummer", "01713920012": "mobilnummer", "0181 3920012": "", "10171 3920012": "", "0171 39200": "",
    **{f"Der {number}jährige Junge": "fallgeschichte" for number in ("drei", "sieben", "Zwölf", "dreizehn", "siebzehn", "9-", "14 ")},
    **{f"Die kleine 9-jährige {child}": "fallgeschichte" for child in ("Tochter", "Schülerin", "Mutter", "Frau")},
    **{f"{of} 9-jährigen {child}": "fallgeschichte" for of, child in (("dem", "Jungen"), ("des", "Sohnes"), ("den", "Mann"), ("ihrem", "Kind"), ("seines", "Vaters"))},
    **{f"Ein 9-jähriger Schüler {does}": "fallgeschichte" for does in ("aus dem Norden", "aus Kiel", "wohnt hier", "lebt hier", "kam", "wurde satt", "hat uns gefragt")},
    "Ein 9-jähriger Schüler lernt": "", "Mia ist 9 Jahre": "fallgeschichte", "Mia, 9,": "fallgeschichte", "Mia, 9 Jahre alt,": "fallgeschichte", "Mia, 9": "", "Frau K. kam": "fallgeschichte", "Herrn M. half": "fallgeschichte",
    "Frau Dr. Prof. Muster": "person-statt-stelle", "Hr. Muster": "person-statt-stelle", "Fr. Muster": "person-statt-stelle", "Herrn Muster": "person-statt-stelle", "Frau Holle": "", "Frau Sie": "", "Herr Doktor": "", "Herr Bürgermeister": "",
}  # fmt: skip
IN_A_FUNCTION = {"Petra Muster": True, "Anna-Lena von Muster": True, "Petra de Luca": True, "M. Ott": True, "M. K. Ott": True, "Ott, Petra": True, "Petra": False, "Leitung": False, "der M. Ott": False, "Ott, Leitung": False}  # fmt: skip


def test_what_looks_like_a_person_and_what_does_not() -> None:
    found = {text: [trace.code for trace in traces(text)] for text in TOLD}
    assert found == {text: [code] if code else [] for text, code in TOLD.items()}


def test_who_stands_where_a_function_belongs() -> None:
    found = {text: {trace.code for trace in traces(text, role=True)} for text in IN_A_FUNCTION}
    assert found == {
        text: {"person-statt-stelle"} if person else set() for text, person in IN_A_FUNCTION.items()
    }
    assert [text for text in IN_A_FUNCTION if [*traces(text)]] == []


def test_stories_are_looked_for_in_notes_and_names_elsewhere() -> None:
    text = "Frau Muster sagt: Mia (9) kam."
    assert [trace.code for trace in traces(text, notes=True)] == ["fallgeschichte"]
    assert [trace.code for trace in traces(text)] == ["fallgeschichte", "person-statt-stelle"]


OFFICES = [
    "amt", "leitung", "träger", "stelle", "büro", "verein", "vorstand", "dienst", "koordination", "ausschuss", "gericht", "polizei", "ministerium",
    "beauftragt", "fachbereich", "abteilung", "referat", "team", "dezernat", "behörde", "senat", "stadt", "kreis", "gemeinde", "diakonie", "caritas",
    "verband", "geschäftsführung", "zentrum",
]  # fmt: skip


def test_who_may_confirm_is_an_office_or_a_function() -> None:
    site: Any = SimpleNamespace(offices={"asd": None}, providers={"verein-a": None})
    for word in (*OFFICES, "rat", "haus"):
        assert is_office(site, f"{word.title()} hier"), word
        assert is_office(site, f"Das {word}"), word
        assert not is_office(site, word), word
        assert not is_office(site, f"Frau Ott, {word}"), word
        assert not is_office(site, f"Dr. Ott, {word}"), word
        assert is_office(site, f"{word}ung da") is (word in OFFICES), word
    assert is_office(site, "asd")
    assert is_office(site, "verein-a")
    assert not is_office(site, "Petra Ott")
