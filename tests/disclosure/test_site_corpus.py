"""How exact the audit of a site is: every way to give a number away in a table, a drawing or data that we could think of is planted and must
be found, and every harmless number there must be passed over, in a town with a secret quarter and in one that is secret itself."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.derive.indicator_series import committed_series
from generator.disclosure.gates.committed import check_figures
from generator.disclosure.site_audit.site import audit_site
from generator.model.cells import Series
from generator.model.site import Site
from generator.read.indicator_folders import tables_of
from generator.read.project import Reading, read_project
from tests.disclosure.test_more_damage import KINDS
from tests.disclosure.worlds import DEFINITION, RAW, write_project, write_raw


@dataclass(frozen=True)
class World:
    """A town whose one cell is secret, with its true numbers as they would be written."""

    site: Site
    reading: Reading
    derived: Mapping[str, Series]
    built: Path
    area: str
    id: str
    count: str
    word: str
    rate: str
    denominator: str


SECRET_TOWN = {"ahorn": (1, 120), "birke": (0, 90), "celtis": (1, 160), "dorn": (1, 75), "esche": (0, 210)}


def _world(folder: Path, counts: dict[str, tuple[int, int]], **values: str) -> World:
    project = write_project(folder / "projekt")
    for words in (
        ("protect", write_raw(folder / "roh", counts), "--project", project, "--date", "2026-03-01"),
        ("build", "--project", project, "--output", folder / "site", "--today", "2026-11-20"),
    ):
        result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    reading = read_project(project)
    assert reading.site is not None
    assert not list(check_figures(reading.site, reading))
    derived = committed_series(reading.site, tables_of(reading.indicators))
    return World(reading.site, reading, derived, folder / "site", **values)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """A town with a secret quarter, and one that is so small that itself is secret."""
    return {
        "a secret quarter": _world(
            tmp_path_factory.mktemp("viertel"),
            RAW,
            area="Birke",
            id="birke",
            count="3",
            word="drei",
            rate="3,3",
            denominator="90",
        ),
        "a secret town": _world(
            tmp_path_factory.mktemp("stadt"),
            SECRET_TOWN,
            area="Kleinstadt",
            id="kleinstadt",
            count="3",
            word="drei",
            rate="0,5",
            denominator="655",
        ),
    }


TITLE = "Hilfen für Familien"
HEAD = (
    f"<!doctype html><html lang='de'><head><title>{TITLE} – Kleinstadt</title></head><body><h1>{TITLE}</h1>"
)
BARE_HEAD = "<!doctype html><html lang='de'><head><title>Bericht</title></head><body><h1>Bericht</h1>"

PLANTS: dict[str, tuple[str, str]] = {
    # --- tables
    "a wide table": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "a long table": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>Jahr</th><th>Zähler</th></tr></thead><tbody><tr><td>AREA</td><td>2025</td><td>COUNT</td></tr></tbody></table>"),
    "a rate in a table": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025 in %</th></tr></thead><tbody><tr><th>AREA</th><td>RATE</td></tr></tbody></table>"),
    "a column that names the year in words": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>Anzahl im Jahr 2025</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "a column about shares": ("a.html", HEAD + "<table><thead><tr><th>area</th><th>shares</th></tr></thead><tbody><tr><th>AREA</th><td>RATE %</td></tr></tbody></table>"),
    "a table on the area's page": ("b.html", f"<title>AREA</title><h1>AREA</h1><table><thead><tr><th>Kennzahl</th><th>Wert</th></tr></thead><tbody><tr><th>{TITLE}</th><td>COUNT</td></tr></tbody></table>"),
    "a column of what is counted": ("a.html", "<title>Bericht</title><h1>Bericht</h1><table><thead><tr><th>Gebiet</th><th>Familien mit einer Hilfe</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "a table without a head": ("a.html", HEAD + "<table><tr><td>AREA</td><td>COUNT</td></tr></table>"),
    "a sort key behind the sign": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td data-sort='COUNT'>.</td></tr></tbody></table>"),
    "the title of a cell": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td title='COUNT'>.</td></tr></tbody></table>"),
    "a cell for screen readers": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td aria-label='COUNT Familien'>.</td></tr></tbody></table>"),
    "a title within a cell": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td><abbr title='COUNT'>.</abbr></td></tr></tbody></table>"),
    "a bar within a cell": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td><span><meter value='RATE'></meter></span></td></tr></tbody></table>"),
    "a picture within a cell": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td><img src='a.png' alt='RATE Prozent'></td></tr></tbody></table>"),
    "a field within a cell": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td><input type='hidden' value='COUNT'>.</td></tr></tbody></table>"),
    "data within a cell": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td><span data-value='COUNT'>.</span></td></tr></tbody></table>"),
    "the title of a row's name": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th title='COUNT Familien'>AREA</th><td>.</td></tr></tbody></table>"),
    "the title of a row": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr title='COUNT Familien'><th>AREA</th><td>.</td></tr></tbody></table>"),
    "data of a row": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr data-count='COUNT'><th>AREA</th><td>.</td></tr></tbody></table>"),
    "the title of a column": ("a.html", HEAD + "<table><thead><tr><th></th><th title='COUNT Familien'>AREA</th></tr></thead><tbody><tr><th>2025</th><td>.</td></tr></tbody></table>"),
    "a number in a table's head": ("a.html", HEAD + "<table><thead><tr><th></th><th>AREA: COUNT</th></tr></thead><tbody><tr><th>Angebote</th><td>ja</td></tr></tbody></table>"),
    "a cell with an interval": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td>RATE<span>(0,1–9,9)</span></td></tr></tbody></table>"),
    "a column of cases": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>Fälle</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "a column with a title in bold": ("a.html", BARE_HEAD + "<table><thead><tr><th>Gebiet</th><th>Hilfen <b>f&#252;r Familien</b> 2025</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "a table under a paragraph": ("a.html", BARE_HEAD + f"<p>{TITLE} 2025:</p><table><thead><tr><th>Gebiet</th><th>Fälle</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "a table as of a later year": ("a.html", HEAD + "<h2>Jahrbuch 2027</h2><table><thead><tr><th>Gebiet</th><th>Fälle</th></tr></thead><tbody><tr><th>AREA</th><td>COUNT</td></tr></tbody></table>"),
    "beside people as many as a year has": ("a.html", HEAD + "<table><thead><tr><th>Gebiet</th><th>Leute</th><th>Fälle</th></tr></thead><tbody><tr><th>AREA</th><td>2019</td><td>COUNT</td></tr></tbody></table>"),
    # --- drawings
    "a tooltip of a chart": ("a.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><title>{TITLE}</title><g><rect/><title>AREA 2025: RATE %</title></g></svg>"),
    "a label of a bar": ("a.html", HEAD + "<svg><g><text x='0%' y='21'>AREA</text><text x='100%' y='21'>RATE</text></g></svg>"),
    "a label beside a scale": ("a.html", HEAD + "<svg><text x='0%' y='250'>0</text><text x='50%' y='250'>2</text><text x='100%' y='250'>4</text><g><text x='0%' y='20'>AREA</text><text x='99%' y='20'>COUNT</text></g></svg>"),
    "a text in a drawing": ("a.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><title>{TITLE}</title><text>AREA 2025: RATE</text></svg>"),
    "a name for screen readers": ("a.html", HEAD + "<svg><rect aria-label='AREA, 2025: RATE Prozent'/></svg>"),
    "a list of data": ("a.html", HEAD + "<div data-rows='[{\"space\": \"ID\", \"value\": COUNT}]'></div>"),
    # --- data
    "a table for programs": ("hilfen.csv", "space,period,numerator\nID,2025,COUNT\n"),
    "a German table": ("hilfen.csv", "Gebiet;Jahr;Quote\nAREA;2025;RATE\n"),
    "a table with tabs": ("hilfen.csv", "Gebiet\tJahr\tAnzahl\nAREA\t2025\tCOUNT\n"),
    "cells as JSON": ("a.json", json.dumps({"indicator": "hilfen", "cells": [{"space": "ID", "period": "2025", "numerator": "COUNT"}]})),
    "a map of areas as JSON": ("hilfen.json", '{"values": {"ID": {"2025": COUNT}}}'),
    "rows as JSON": ("hilfen.json", '{"rows": [["AREA", "2025", COUNT]]}'),
    "properties of a shape": ("hilfen.geojson", '{"features": [{"properties": {"name": "AREA", "value": "RATE"}, "geometry": {"coordinates": [10.1, 53.7]}}]}'),
    "data for a script": ("a.html", HEAD + '<script type="application/json">[{"space": "ID", "period": "2025", "value": "RATE"}]</script>'),
    "structured data": ("a.html", HEAD + '<script type="application/ld+json">{"@type": "Observation", "observationAbout": "AREA", "measuredProperty": "Hilfen für Familien", "value": COUNT}</script>'),
}  # fmt: skip

LATER = (
    '<table><caption>AREA</caption><tr><td>Familien</td><td>COUNT</td></tr></table>',
    '<table><tr><th></th><th>AREA</th><th>Esche</th></tr><tr><th>2025</th><td>COUNT</td><td>31</td></tr></table>',
    '<svg><text>AREA: COUNT</text></svg>',
)  # fmt: skip

HARMLESS = """\
AREA, Stand 3/2026.
Zahlen aus AREA von 11/2025 bis 2/2026.
In AREA sind es 2 km bis zum Bus.
AREA liegt 500 m vom Bahnhof.
AREA ist 12,5 km² groß.
Der Garten in AREA hat 850 m².
Die Gruppe in AREA ist ab 6 Jahren.
Für Kinder von 3 bis 6 Jahren in AREA.
AREA: für 16- bis 24-Jährige.
AREA: Kinder im Alter von 10 bis 13.
Der Treff in AREA ist für 0–3 Jahre.
Kinder bis zum 14. Lebensjahr in AREA.
AREA, Tel. 040 66969-901
AREA: Telefon 040 66969 17
Rufen Sie an: +49 40 66969901 (AREA).
Nummer gegen Kummer, AREA: 116 111
Notruf in AREA: 112 wählen.
AREA: Fax 040 66969-3
Stand AREA: 3. März 2025
AREA am 20.11.2026 beschlossen
AREA, 1.3.2025
Im Mai 2024 in AREA begonnen.
2025-03-01 (AREA)
AREA: Mo 9:30 bis 12:00
AREA öffnet um 9 Uhr.
AREA: dienstags 15–18 Uhr
AREA: 9.30 Uhr
AREA, von 8 bis 12 Uhr
Flussweg 3, AREA
Am Markt 12a, AREA
AREA, Lindenstraße 4-6
22999 Kleinstadt, AREA
AREA: § 27 SGB VIII
AREA: §§ 27 bis 35 SGB VIII
AREA: Art. 6 Abs. 2 GG
AREA: § 8a Abs. 1 Satz 2
AREA: Schriftgröße 16 px
Bild AREA: 640 x 336
AREA: Version 1.2.0
AREA, v2
AREA: utf-8
AREA: Datei a3f9c2.json
AREA: 12 MB
AREA: 350 kB
AREA kostet 5 €.
AREA: 2,50 Euro im Monat
AREA: zwischen 3 und 8 Euro
AREA: 15 Minuten zu Fuß
AREA: 2 Stunden in der Woche
AREA: seit 20 Jahren
AREA: alle 2 Wochen
AREA: in 3 Tagen
AREA: 2 Angebote
AREA: 12 weitere Angebote
3 Orte in AREA
AREA: 4 Quartiere
AREA hat 3 Spielplätze.
AREA hat 2 Kitas und 1 Schule.
AREA: 5 Bushaltestellen
AREA: Buslinie 7
AREA: Tabelle 2
Abbildung 3 zeigt AREA.
AREA: Seite 2 von 3
AREA: Schritt 1
AREA: Kapitel 4
AREA: 3 Klassen mit gleich breiten Grenzen
AREA: Werte je 1.000 Familien
AREA: von 100 Familien
AREA: mal 100
AREA: 95-Prozent-Bereich
AREA: mit 95 Prozent Sicherheit
AREA: Anzahlen unter 5 zeigen wir nicht.
AREA: mindestens 20 Familien
AREA: auf 5 gerundet
AREA: 2. Stock
AREA: Raum 12
AREA: 1. Gruppe
AREA: zwei Kilometer
AREA: drei Spielplätze
AREA: In zwei Wochen geht es weiter.
Eine Familie in AREA erzählt.
AREA: ein Kind kommt selten allein.
AREA: beide Seiten der Straße
AREA: 20 °C
AREA: Höhe 3 m
AREA: https://kleinstadt.example/2025/3/
AREA: mail3@kleinstadt.example
AREA: Lieferung in 24 h
AREA: 2 Sprachen
AREA: 1 von 3 Terminen
AREA: Ausgabe 2
AREA: Stufe 3
AREA: 30 km/h
AREA: PLZ 22999
AREA: Von 100 Vergleichen fallen im Durchschnitt etwa 5 durch Zufall auf.
AREA: 3 Ausfälle im Jahr 2025
In 2 km Entfernung von AREA.
AREA: Sprechstunde jeden 2. Dienstag
AREA: 3 Computerplätze
Die Linie 12 hält in AREA.
AREA: Gruppenraum 45 m² im 1. OG
AREA: max. 8 Teilnehmende je Kurs
Zoom 14 AREA
AREA: seit 1998
AREA – gegründet 1972
AREA: 7 Tage die Woche
AREA: 10er-Karte 25 €
AREA: U18
AREA: Klasse 5 bis 10
AREA: DIN A4
AREA: 3-Zimmer-Wohnung
AREA: Haus 7, Eingang B
AREA: Konto DE12 3456 7890
AREA: 24/7
AREA: 1/2 Stelle
AREA: 39 Wochenstunden
AREA: Bebauungsplan 17
AREA: Geburtsjahrgang 2019
AREA: Quote der Ganztagsplätze steht auf Seite 12
AREA: 2. bis 4. Juni
AREA: 24. Dezember geschlossen
AREA: Drucksache 12/345
AREA: Stufe II, Zone 30
AREA: ISO 3166-1
AREA: 3 Wochen Sommerferien
AREA: Bus 7 und 12
AREA: 60 Stellplätze
AREA: 1.250 Quadratmeter
AREA: 3 Gehminuten
AREA: Raum 2.14
AREA: 12 Sitzbänke
AREA: etwa 3 Fußminuten vom Bus
"""

HARMLESS_MARKUP = {
    "the size of a preview": "<meta property='og:image:width' content='640'><meta property='og:image:height' content='336'>",
    "the view": "<meta name='viewport' content='width=device-width, initial-scale=1'><meta name='theme-color' content='#112233'>",
    "the place of a crumb": '<script type="application/ld+json">{"@type": "ListItem", "position": 3, "name": "AREA", "item": "https://kleinstadt.example/"}</script>',
    "a place": '<script type="application/ld+json">{"@type": "Place", "name": "AREA", "address": {"streetAddress": "Flussweg 3", "postalCode": "22999"}, "geo": {"latitude": 53.7, "longitude": 10.01}, "telephone": "040 66969901"}</script>',
    "hours": '<script type="application/ld+json">{"name": "AREA", "openingHoursSpecification": [{"opens": "09:00", "closes": "12:00", "validFrom": "2025-01-01"}]}</script>',
    "a scale of a map": "<svg><title>Karte: AREA</title><g><path d='M0 0'/><text x='20' y='30'>2 km</text></g></svg>",
    "an axis": "<svg><title>AREA</title><text x='0%' y='250'>0</text><text x='25%' y='250'>1</text><text x='50%' y='250'>2</text><text x='75%' y='250'>3</text><text x='100%' y='250'>4</text></svg>",
    "an upright axis": "<svg><title>AREA</title><text x='5' y='200'>0</text><text x='5' y='150'>2</text><text x='5' y='100'>4</text><text x='5' y='50'>6</text></svg>",
    "a size of a drawing": "<svg width='640' height='336' viewBox='0 0 640 336'><title>AREA</title></svg>",
    "an id": "<div id='a-3' data-id='12'>AREA</div>",
    "the sign": "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>AREA</th><td>.</td></tr></tbody></table>",
    "the denominator": "<table><thead><tr><th>Gebiet</th><th>Jahr</th><th>Zähler</th><th>Nenner</th></tr></thead><tbody><tr><th>AREA</th><td>2025</td><td>.</td><td>DENOMINATOR</td></tr></tbody></table>",
    "columns about the area": "<table><thead><tr><th>Gebiet</th><th>Schlüssel</th><th>Fläche</th><th>Entfernung</th><th>Telefon</th></tr></thead><tbody><tr><th>AREA</th><td>0102</td><td>3,4</td><td>2</td><td>040 66969-901</td></tr></tbody></table>",
    "a count of entries": "<details><summary>Quartier <span>5</span></summary></details>",
    "a link with a number": "<a href='../3/'>AREA, nächste Seite</a>",
    "a numbered list": "<ol><li>1. AREA ansehen</li><li>2. AREA wählen</li></ol>",
    "a legend beside names": "<figure><div><p>Esche 14,8</p><p>AREA .</p></div><ul><li>11,0 – 12,0 % <span>1 Gebiet</span></li><li>14,0 – 15,0 % <span>1 Gebiet</span></li></ul></figure>",
    "a style": "<div style='--breite: 3; width: 3%; --x: 12' aria-label='AREA'></div>",
    "a field": "<label>Alter <input type='number' value='6' min='0' max='27'></label><p>AREA</p>",
}  # fmt: skip


def filled(text: str, world: World) -> str:
    """Put a world's names and true numbers in."""
    values = {
        "AREA": world.area,
        "SPLIT": f"{world.area[:3]}\u00ad{world.area[3:]}",
        "BROKEN": f"{world.area[:3]}&#8203;{world.area[3:]}",
        "ID": world.id,
        "COUNT": world.count,
        "WORD": world.word,
        "RATE": world.rate,
        "DENOMINATOR": world.denominator,
    }
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(name, values[name])
    return text


def reported(world: World, folder: Path, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Audit nothing but these files; return what was said of each."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    said: dict[str, list[str]] = {}
    for item in audit_site(world.site, world.reading, world.derived, folder):
        said.setdefault(item.position.file, []).append(item.message)
    return said


def workbook(world: World) -> bytes:
    """Write a workbook that gives the number away in a cell."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in ([TITLE], ["Gebiet", "Jahr", "Zähler"], [world.area, "2025", int(world.count)]):
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def planted(world: World) -> dict[str, tuple[str, bytes]]:
    """Every plant: its file and what is in it."""
    plants = PLANTS | {text: ("a.html", HEAD + text) for text in LATER}
    found = {name: (file, filled(text, world).encode()) for name, (file, text) in plants.items()}
    return {**found, "a workbook's cell": ("hilfen.xlsx", workbook(world))}


def no_formula(world: World) -> dict[str, bytes]:
    """Every harmless context on the page of the indicator: in a cell, a drawing, data; and the pieces of markup."""
    files: dict[str, str] = {}
    for number, line in enumerate(HARMLESS.splitlines()):
        text = filled(line, world)
        files[f"zelle-{number}/a.html"] = (
            f"{HEAD}<table><thead><tr><th>Gebiet</th><th>Hinweis</th></tr></thead><tbody><tr><th>{world.area}</th><td>{text}</td></tr></tbody></table>"
        )
        files[f"bild-{number}/a.html"] = f"{HEAD}<svg><title>{text}</title></svg>"
        files[f"daten-{number}/a.json"] = json.dumps(
            {"indicator": TITLE, "areas": [{"name": world.area, "text": text}]}
        )
    for name, markup in HARMLESS_MARKUP.items():
        files[f"{name}/a.html"] = HEAD + filled(markup, world)
    return {name: text.encode() for name, text in files.items()}


NAMES = ("a secret quarter", "a secret town")


@pytest.mark.parametrize("name", NAMES)
def test_every_plant_is_found_and_nothing_harmless(
    worlds: dict[str, World], tmp_path: Path, name: str
) -> None:
    world = worlds[name]
    plants = planted(world)
    missed = [
        plant
        for number, (plant, (file, content)) in enumerate(plants.items())
        if not reported(world, tmp_path / str(number), {file: content})
    ]
    innocent = no_formula(world)
    wrong = reported(world, tmp_path / "harmlos", innocent)
    assert missed == []
    assert {file: innocent[file].decode()[-160:] for file in wrong} == {}


def test_what_people_wrote_a_person_reads(worlds: dict[str, World], tmp_path: Path) -> None:
    world = worlds["a secret quarter"]
    written = {
        "a.html": f"{HEAD}<p>In {world.area} waren es 2025 nur {world.count} Familien.</p>",
        "a.ics": f"SUMMARY:{TITLE}: {world.area} 2025 hat {world.count}",
        "a.json": json.dumps({"text": f"{TITLE} in {world.area}: 2025 waren es {world.count} Familien."}),
    }
    assert not reported(world, tmp_path, {name: text.encode() for name, text in written.items()})


ROWS = {
    "kleinstadt": (655, ("40", "32", "72")),
    "ahorn": (120, ("12", "", "")),
    "birke": (90, ("14", "", "")),
}


def test_a_value_of_a_breakdown_is_a_cell_of_its_own(tmp_path: Path) -> None:
    """Of Birke the outpatient help is public; what remains of it, and so the whole, is not."""
    lines = [
        f"{space},2025,{value},{count},{below},{'' if count else '.'}"
        for space, (below, counts) in ROWS.items()
        for value, count in zip(("ambulant", "teilstationaer", ""), counts, strict=True)
    ]
    values = "space,period,art,numerator,denominator,status\n" + "\n".join(lines) + "\n"
    reading = read_project(write_project(tmp_path / "projekt", DEFINITION + KINDS, values))
    assert reading.site is not None
    derived = committed_series(reading.site, tables_of(reading.indicators))
    world = World(reading.site, reading, derived, tmp_path, "Birke", "birke", "3", "drei", "3,3", "90")
    said = {
        "Birke, Ambulant: 14 Familien": [],
        "Birke, Teilstationär: 3 Familien": ["„Birke, 2025, Teilstationär“"],
        "Birke: 17 Familien": ["„Birke, 2025“"],
    }
    for number, (text, cells) in enumerate(said.items()):
        page = f"{HEAD}<svg><text>{text}</text></svg>".encode()
        found = reported(world, tmp_path / str(number), {"a.html": page}).get("a.html", [])
        assert [cell for cell in cells if cell not in " ".join(found)] == []
        assert len(found) == len(cells)


def test_the_decimals_of_a_whole_name_no_year_of_age(tmp_path: Path) -> None:
    """Ids of ages are single digits: of Ahorn 115 children are told, and of those below one year nothing."""
    ages = "breakdowns: [{id: alter, name: Alter, values: [{id: '0', name: unter 1}, {id: '1', name: 1 Jahr}]}]\n"
    rows = [f"ahorn,2025,{age},{count},120,{sign}" for age, count, sign in (("0", "", "."), ("1", "", "."), ("", "115", ""))]  # fmt: skip
    values = "space,period,alter,numerator,denominator,status\n" + "\n".join(rows) + "\n"
    reading = read_project(write_project(tmp_path / "projekt", DEFINITION + ages, values))
    assert reading.site is not None
    derived = committed_series(reading.site, tables_of(reading.indicators))
    world = World(reading.site, reading, derived, tmp_path, "Ahorn", "ahorn", "3", "drei", "2,5", "120")
    for text, is_told in {"Ahorn 115,0": False, "Ahorn, unter 1: 3": True}.items():
        page = f"{HEAD}<svg><g><text>{text}</text></g></svg>".encode()
        assert bool(reported(world, tmp_path / text, {"a.html": page})) is is_told, text


def test_a_file_that_cannot_be_read_back_is_told(worlds: dict[str, World], tmp_path: Path) -> None:
    said = reported(worlds["a secret quarter"], tmp_path, {"daten/kaputt.xlsx": b"x", "a.html": b"<p>7</p>"})
    assert set(said) == {"daten/kaputt.xlsx"}
    assert "keine Arbeitsmappe" in said["daten/kaputt.xlsx"][0]


@pytest.mark.parametrize("name", NAMES)
def test_the_built_site_of_each_world_is_passed_over(worlds: dict[str, World], name: str) -> None:
    world = worlds[name]
    found = audit_site(world.site, world.reading, world.derived, world.built)
    assert found == []
