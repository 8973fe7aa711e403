"""Every kind of damage to a small valid project: file, line, column, code and help are named, nothing falls over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.chance import every
from tests.edit.towns import FILES, write_town

TODAY = "2026-11-20"
OFFER = "resources/offers/krabbelgruppe.yml"
PLACE = "resources/places/treff.yml"
SPACE = "resources/spaces/west.yml"
PROVIDER = "resources/providers/verein.yml"
CONFIG = "site_config.yml"
SHAPES = "resources/geometry/gebiete.geojson"
STREETS = "resources/streets.csv"
TOPICS = "resources/topics.yml"


@dataclass(frozen=True)
class Damage:
    """A change to the project and what must be said about it."""

    file: str
    change: Callable[[Path], None]
    code: str
    line: int
    column: int
    help: str
    severity: str = "error"
    named: str = ""

    @property
    def reported(self) -> str:
        """The file that the diagnostic names."""
        return self.named or self.file


def text(content: str | bytes) -> Callable[[Path], None]:
    """Write a whole file."""

    def change(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def add(content: str) -> Callable[[Path], None]:
    """Add lines at the end."""

    def change(path: Path) -> None:
        path.write_text(path.read_text("utf-8") + content, "utf-8")

    return change


def swap(old: str, new: str) -> Callable[[Path], None]:
    """Replace a text that stands there once."""

    def change(path: Path) -> None:
        before = path.read_text("utf-8")
        assert before.count(old) == 1
        path.write_text(before.replace(old, new), "utf-8")

    return change


def both(first: Callable[[Path], None], other: str, second: Callable[[Path], None]) -> Callable[[Path], None]:
    """Make a second change in another file of the project."""

    def change(path: Path) -> None:
        first(path)
        root = next(parent for parent in path.parents if (parent / CONFIG).exists())
        second(root / other)

    return change


def folder(path: Path) -> None:
    """Make a folder where a file is expected."""
    path.mkdir(parents=True)


def folder_instead(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


def remove(path: Path) -> None:
    """Take the file away."""
    path.unlink()


def register(*rows: str, head: str = "street,space,from,to,parity") -> Callable[[Path], None]:
    """Write a street register."""
    return text("\n".join([head, *rows]) + "\n")


def shape(ring: str, **more: str) -> Callable[[Path], None]:
    """Write a file of geometries in which the ring of `west` is another."""
    extra = "".join(f'"{key}": {value}, ' for key, value in more.items())
    good = FILES[SHAPES].replace('"FeatureCollection", ', f'"FeatureCollection", {extra}')
    return text(good.replace(RING, ring))


def west(kind: str, coordinates: str) -> Callable[[Path], None]:
    """Write a file of geometries in which that of `west` is of another kind."""
    polygon = f'"type": "Polygon", "coordinates": {RING}'
    other = f'"type": "{kind}", ' + (coordinates if ":" in coordinates else f'"coordinates": {coordinates}')
    return text(FILES[SHAPES].replace(polygon, other))


RING = "[[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]"
NO_AREA = ("geometrie-keine-flaeche", 3, 1, "Polygon")
UTM = "[[[566038, 5950594], [566698, 5950602], [566684, 5951715], [566025, 5951706], [566038, 5950594]]]"
BOWTIE = "[[[10.0, 53.7], [10.01, 53.71], [10.01, 53.7], [10.0, 53.71], [10.0, 53.7]]]"
SEVEN = "name: Haus\nkind: haus\n"
ENDED = "status: ended\n"
FIGURE = "figures:\n  - {name: Alle, value: 10, date: 2026-01-01, source: Amt}\n  - {name: Kinder, value: 11, of: %s, date: 2026-01-01, source: Amt}\n"

DAMAGES: dict[str, Damage] = {
    # --- files
    "empty file": Damage(OFFER, text(""), "datei-leer", 1, 1, "nahraum new"),
    "only a comment": Damage(OFFER, text("# später\n"), "datei-leer", 1, 1, "nahraum new"),
    "Latin-1": Damage(OFFER, text("name: Gru\xdf\n".encode("latin-1")), "kein-utf8", 1, 10, "UTF-8"),
    "5 MB record": Damage(OFFER, text("name: " + "x" * 5_000_000), "datei-zu-gross", 1, 1, "höchstens"),
    "folder named like a file": Damage(
        "resources/offers/zweites.yml", folder, "ordner-statt-datei", 1, 1, "umbenennen"
    ),
    "folder instead of the configuration": Damage(
        CONFIG, folder_instead, "datei-unlesbar", 1, 1, "den Namen"
    ),
    "configuration is missing": Damage(CONFIG, remove, "einstellungen-fehlen", 1, 1, "--project"),
    "other ending": Damage(
        "resources/offers/zweites.yaml", text(SEVEN), "fremde-datei", 1, 1, "zweites.yml", "warning"
    ),
    "stray file": Damage(
        "resources/offers/liste.xlsx", text("x"), "fremde-datei", 1, 1, "anderswo", "warning"
    ),
    "unknown folder": Damage(
        "resources/angebote/a.yml",
        text("name: A\n"),
        "ordner-ungelesen",
        1,
        1,
        "„offers“",
        "error",
        "resources/angebote",
    ),
    "unknown folder without records": Damage(
        "resources/angebote/a.txt",
        text("A\n"),
        "unbekannter-ordner",
        1,
        1,
        "„offers“",
        "warning",
        "resources/angebote",
    ),
    "record beside the folders": Damage(
        "resources/lose.yml", text("name: A\n"), "yaml-ungelesen", 1, 1, "resources/offers"
    ),
    "capitals in a file name": Damage(
        "resources/offers/Große Gruppe.yml", text("name: A\n"), "dateiname", 1, 1, "grosse-gruppe"
    ),
    "control character": Damage(OFFER, text("name: a\x00b\n"), "steuerzeichen", 1, 8, "löschen"),
    # --- writing
    "tab": Damage(PROVIDER, add("address:\n\tstreet: A\n"), "tabulator", 5, 1, "Leerzeichen"),
    "two documents": Damage(OFFER, add("---\nname: B\n"), "zweites-dokument", 11, 1, "eigene Datei"),
    "alias": Damage(OFFER, add("notes: *x\n"), "verweis-in-yaml", 11, 8, "ausschreiben"),
    "anchor": Damage(OFFER, add("notes: &x y\n"), "verweis-in-yaml", 11, 8, "ausschreiben"),
    "merge key": Damage(OFFER, add("<<: {notes: y}\n"), "verweis-in-yaml", 11, 1, "ausschreiben"),
    "tag": Damage(OFFER, add("notes: !!str y\n"), "typ-marke", 11, 8, "Marke löschen"),
    "duplicate key": Damage(OFFER, add("name: Zwei\n"), "doppelter-schluessel", 11, 1, "Zeile 1"),
    "100,000 nested brackets": Damage(OFFER, text("name: " + "[" * 100_000), "zu-tief", 1, 30, "höchstens"),
    "comma that splits a text": Damage(
        OFFER,
        add("alert: {text: Mi,Sa 07:00, until: 2026-12-01}\n"),
        "komma-trennt",
        11,
        18,
        "Anführungszeichen",
    ),
    "hash that cuts": Damage(
        OFFER,
        add("description: Raum #3 im Hof\n"),
        "raute-schneidet-ab",
        11,
        14,
        "Anführungszeichen",
        "warning",
    ),
    "colon in a text": Damage(
        OFFER, add("description: Treff: montags\n"), "doppelpunkt-im-text", 11, 19, "Anführungszeichen"
    ),
    "open bracket": Damage(
        OFFER, add("languages: [de, tr\nstatus: running\n"), "klammer-offen", 11, 12, "schließende"
    ),
    "open quote": Damage(
        OFFER, add('description: "offen\nstatus: running\n'), "anfuehrung-offen", 11, 14, "Anführungszeichen"
    ),
    "at sign at the beginning": Damage(
        OFFER, add("description: @hof\n"), "sonderzeichen-am-anfang", 11, 14, "Anführungszeichen"
    ),
    "list as a key": Damage(OFFER, add("[a, b]: c\n"), "schluessel-kein-text", 11, 1, "Doppelpunkt"),
    "wrong indentation": Damage(
        OFFER, add("dates:\n  - date: 2026-12-01\n name: x\n"), "einrueckung-falsch", 13, 2, "Leerzeichen"
    ),
    # --- fields
    "wrong type": Damage(
        OFFER,
        swap("topics: [krabbelgruppe]", "topics: krabbelgruppe"),
        "falsche-form",
        6,
        9,
        "[krabbelgruppe]",
    ),
    "unknown field": Damage(OFFER, add("telefon: 1\n"), "unbekanntes-feld", 11, 1, "das gehört in „contact“"),
    "missing field": Damage(OFFER, swap("provider: verein\n", ""), "feld-fehlt", 1, 1, "Träger"),
    "ja instead of yes": Damage(OFFER, add("anonymous: ja\n"), "kein-ja-nein", 11, 12, "yes oder no"),
    "German date": Damage(OFFER, add("until: 31.12.2027\n"), "deutsches-datum", 11, 8, "2027-12-31"),
    "no date": Damage(OFFER, add("until: bald\n"), "kein-datum", 11, 8, "2026-10-01"),
    "no such choice": Damage(OFFER, add("status: runing\n"), "falscher-wert", 11, 9, "running"),
    "empty text": Damage(OFFER, add("description: ''\n"), "text-leer", 11, 14, "weglassen"),
    "empty list": Damage(OFFER, swap("[krabbelgruppe]", "[]"), "liste-leer", 6, 1, "mindestens einen"),
    "no id": Damage(
        OFFER, swap("place: treff", "place: Treff am Fluss"), "name-statt-kuerzel", 5, 8, "„treff“"
    ),
    "number with a comma": Damage(OFFER, add("cost: {amount: '3,50'}\n"), "keine-zahl", 11, 16, "3.50"),
    "negative count": Damage(
        OFFER, add("capacity: {free: -1, date: 2026-11-19}\n"), "keine-ganze-zahl", 11, 18, "Ziffern"
    ),
    "no time": Damage(
        OFFER, add("dates: [{date: 2026-12-01, from: 25:00}]\n"), "keine-uhrzeit", 11, 34, "15:00"
    ),
    "end before start": Damage(
        OFFER, add("dates: [{date: 2026-12-01, from: 17:00, to: 15:00}]\n"), "zeit-verkehrt", 11, 9, "prüfen"
    ),
    "no duration": Damage(OFFER, add("check_every: oft\n"), "keine-dauer", 11, 14, "6 months"),
    "no ages": Damage(OFFER, swap("ages: 0-3", "ages: klein"), "kein-alter", 7, 7, "0-3"),
    "ages backwards": Damage(OFFER, swap("ages: 0-3", "ages: 3-0"), "alter-verkehrt", 7, 7, "0-3"),
    "no point": Damage(
        PLACE, swap("point: 10.005 53.705", "point: am Fluss"), "kein-punkt", 4, 8, "10.0101 53.7033"
    ),
    "point swapped": Damage(
        PLACE, swap("10.005 53.705", "53.705 10.005"), "punkt-vertauscht", 4, 8, "10.005 53.705"
    ),
    "point projected": Damage(
        PLACE, swap("10.005 53.705", "566038 5950594"), "punkt-projiziert", 4, 8, "WGS 84"
    ),
    "no geometry reference": Damage(
        SPACE, swap("geometry/gebiete.geojson#west", "west"), "kein-geometrieverweis", 4, 11, "geojson#"
    ),
    "no telephone number": Damage(
        PROVIDER, swap("040 66969-901", "bei Anna"), "keine-telefonnummer", 3, 18, "040 66969-100"
    ),
    "no mail": Damage(PROVIDER, swap("phone: 040 66969-901", "email: anna"), "keine-mail", 3, 18, "@"),
    "script as a link": Damage(
        PROVIDER,
        swap("phone: 040 66969-901", "website: 'javascript:x'"),
        "keine-webadresse",
        3,
        20,
        "https://",
    ),
    "no language": Damage(OFFER, add("languages: [Deutsch]\n"), "name-statt-kuerzel", 11, 13, "„de“"),
    "no colour": Damage(CONFIG, add("accent: rot\n"), "keine-farbe", 10, 9, "#0d6b66"),
    "postcode without its zero": Damage(
        PLACE, swap("01067", "1067"), "keine-postleitzahl", 3, 50, "fünf Ziffern"
    ),
    "no half-year": Damage(
        "resources/needs/a.yml",
        text("name: A\ntopics: [kita]\nnamed: [{half_year: 2026-3, source: groups, times: 1}]\n"),
        "kein-halbjahr",
        3,
        21,
        "2026-1",
    ),
    # --- references
    "unknown reference": Damage(
        OFFER, swap("provider: verein", "provider: verien"), "unbekannter-verweis", 4, 11, "verein"
    ),
    "unknown word": Damage(OFFER, swap("kind: gruppe", "kind: grupe"), "unbekannter-verweis", 3, 7, "gruppe"),
    "unknown topic": Damage(
        OFFER, swap("[krabbelgruppe]", "[krabelgruppe]"), "unbekanntes-thema", 6, 10, "krabbelgruppe"
    ),
    "unknown topic without a likeness": Damage(
        OFFER, swap("[krabbelgruppe]", "[quux]"), "unbekanntes-thema", 6, 10, "nahraum words topics"
    ),
    "word twice": Damage(
        TOPICS,
        text("- {id: neues, name: A, parent: geld}\n- {id: neues, name: B, parent: geld}\n"),
        "doppeltes-kuerzel",
        2,
        8,
        "Zeile 1",
    ),
    "area twice": Damage(
        SHAPES,
        swap(
            '"id": "ost"',
            '"id": "west", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]}},\n{"type": "Feature", "id": "ost"',
        ),
        "doppeltes-kuerzel",
        4,
        1,
        "Nr. 2",
    ),
    "name twice": Damage(
        "resources/providers/zwei.yml", text(FILES[PROVIDER]), "doppelter-name", 1, 7, "verein.yml", "warning"
    ),
    "area name twice": Damage(
        SPACE, swap("name: West", "name: Ost"), "doppelter-gebietsname", 1, 7, "ost.yml", "warning"
    ),
    "unknown level": Damage(
        SPACE, swap("level: quartier", "level: quartir"), "unbekannte-ebene", 2, 8, "quartier"
    ),
    "unknown icon": Damage(
        TOPICS,
        text("- {id: neues, name: A, icon: material/gibtesnicht, parent: geld}\n"),
        "zeichen-unbekannt",
        1,
        30,
        "material/cash",
        "warning",
    ),
    # --- spaces and shapes
    "cycle": Damage(
        "resources/spaces/kleinstadt.yml", add("parent: west\n"), "kreis-in-gebieten", 4, 9, "parent"
    ),
    "no parent": Damage(SPACE, swap("parent: kleinstadt\n", ""), "kein-obergebiet", 2, 8, "parent"),
    "two cities": Damage(
        "resources/spaces/zwei.yml",
        text("name: Zwei\nlevel: stadt\n"),
        "zwei-staedte",
        2,
        8,
        "nur ein Gebiet",
    ),
    "levels upside down": Damage(
        SPACE, swap("parent: kleinstadt", "parent: ost"), "ebene-verkehrt", 3, 9, "parent"
    ),
    "invalid polygon": Damage(
        SHAPES, shape(BOWTIE), "geometrie-repariert", 4, 11, "berichtigen", "warning", SPACE
    ),
    "polygon of two points": Damage(
        SHAPES, shape("[[[10.0, 53.7], [10.01, 53.71]]]"), "geometrie-unlesbar", 3, 1, "Geoinformationssystem"
    ),
    "a point as an area": Damage(SHAPES, west("Point", "[10.005, 53.705]"), *NO_AREA),
    "points as an area": Damage(SHAPES, west("MultiPoint", "[[10.005, 53.705], [10.006, 53.7]]"), *NO_AREA),
    "a line as an area": Damage(SHAPES, west("LineString", "[[10.0, 53.7], [10.01, 53.71]]"), *NO_AREA),
    "a collection without an area": Damage(
        SHAPES,
        west(
            "GeometryCollection",
            '"geometries": [{"type": "Point", "coordinates": [10.0, 53.7]}, {"type": "LineString", "coordinates": [[10.0, 53.7], [10.01, 53.7]]}]',
        ),
        *NO_AREA,
    ),
    "an area folded flat": Damage(
        SHAPES, shape("[[[10.0, 53.7], [10.01, 53.71], [10.005, 53.705], [10.0, 53.7]]]"), *NO_AREA
    ),
    "an area of one point": Damage(
        SHAPES, shape("[[[10.0, 53.7], [10.0, 53.7], [10.0, 53.7], [10.0, 53.7]]]"), *NO_AREA
    ),
    "an area of a hand's breadth": Damage(
        SHAPES,
        shape("[[[10.0, 53.7], [10.000001, 53.7], [10.000001, 53.700001], [10.0, 53.7]]]"),
        *NO_AREA,
    ),
    "a part without an area": Damage(
        SHAPES,
        west("MultiPolygon", f"[{RING}, [[[10.0, 53.7], [10.005, 53.7], [10.002, 53.7], [10.0, 53.7]]]]"),
        "geometrie-repariert",
        4,
        11,
        "berichtigen",
        "warning",
        SPACE,
    ),
    "a valid part without an area": Damage(
        SHAPES,
        west(
            "MultiPolygon",
            f"[{RING}, [[[10.02, 53.72], [10.0200001, 53.72], [10.02, 53.7200001], [10.02, 53.72]]]]",
        ),
        "geometrie-repariert",
        4,
        11,
        "berichtigen",
        "warning",
        SPACE,
    ),
    "a point beside the area": Damage(
        SHAPES,
        west(
            "GeometryCollection",
            f'"geometries": [{{"type": "Polygon", "coordinates": {RING}}}, {{"type": "Point", "coordinates": [10.0, 53.7]}}]',
        ),
        "geometrie-repariert",
        4,
        11,
        "berichtigen",
        "warning",
        SPACE,
    ),
    "an empty area": Damage(SHAPES, shape("[]"), "geometrie-fehlt", 3, 1, "ergänzen"),
    "an area of no numbers": Damage(
        SHAPES, shape(RING.replace("10.01", "NaN")), "geometrie-fehlt", 3, 1, "ergänzen"
    ),
    "an area without end": Damage(
        SHAPES, shape(RING.replace("10.01", "1e400")), "geometrie-fehlt", 3, 1, "ergänzen"
    ),
    "a number of 400 digits": Damage(
        SHAPES, shape(RING.replace("10.01", "9" * 400)), "geometrie-unlesbar", 3, 1, "Geoinformationssystem"
    ),
    "a number of 5000 digits": Damage(
        SHAPES, shape(RING.replace("10.01", "9" * 5000)), "kein-geojson", 1, 1, "FeatureCollection"
    ),
    "coordinates beyond the globe": Damage(
        SHAPES, shape(RING.replace("10.0", "200.0")), "geometrie-projiziert", 3, 1, "crs"
    ),
    "latitude before longitude": Damage(
        SHAPES,
        shape("[[[53.7, 10.0], [53.7, 10.01], [53.71, 10.01], [53.71, 10.0], [53.7, 10.0]]]"),
        "geometrie-vertauscht",
        3,
        1,
        "10.00 53.70",
    ),
    "projected coordinates without a system": Damage(SHAPES, shape(UTM), "geometrie-projiziert", 3, 1, "crs"),
    "unknown system": Damage(
        SHAPES,
        shape(UTM, crs='{"type": "name", "properties": {"name": "EPSG:99999"}}'),
        "koordinatensystem-unbekannt",
        1,
        1,
        "EPSG:4326",
    ),
    "shapes are no GeoJSON": Damage(
        SHAPES, text('{"type": "Topology"}'), "kein-geojson", 1, 1, "FeatureCollection"
    ),
    "shapes are cut off": Damage(
        SHAPES,
        text('{"type": "FeatureCollection",\n "features": ['),
        "kein-geojson",
        2,
        15,
        "FeatureCollection",
    ),
    "shapes are missing": Damage(SHAPES, remove, "datei-unlesbar", 1, 1, "Namen"),
    "unknown shape": Damage(SPACE, swap("#west", "#wset"), "geometrie-unbekannt", 4, 11, "west"),
    "feature without geometry": Damage(
        SHAPES,
        swap(
            '"geometry": {"type": "Polygon", "coordinates": [[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]}',
            '"geometry": null',
        ),
        "geometrie-fehlt",
        3,
        1,
        "ergänzen",
    ),
    "child outside": Damage(
        SHAPES,
        shape("[[[9.99, 53.7], [10.01, 53.7], [10.01, 53.71], [9.99, 53.71], [9.99, 53.7]]]"),
        "kind-ausserhalb",
        3,
        9,
        "parent",
        "warning",
        SPACE,
    ),
    "overlap": Damage(
        SHAPES,
        shape("[[[10.0, 53.7], [10.015, 53.7], [10.015, 53.71], [10.0, 53.71], [10.0, 53.7]]]"),
        "gebiete-ueberschneiden",
        4,
        11,
        "fuzzy",
        "warning",
        "resources/spaces/ost.yml",
    ),
    "gap": Damage(
        SHAPES,
        shape("[[[10.0, 53.7], [10.005, 53.7], [10.005, 53.71], [10.0, 53.71], [10.0, 53.7]]]"),
        "luecke-im-gebiet",
        1,
        7,
        "Grenzen",
        "warning",
        "resources/spaces/kleinstadt.yml",
    ),
    "point outside the stated area": Damage(
        PLACE, add("spaces: [ost]\n"), "punkt-ausserhalb", 4, 8, "Gebiets", "warning"
    ),
    "point far away": Damage(
        PLACE, swap("10.005 53.705", "13.405 52.52"), "punkt-fern", 4, 8, "Länge und Breite", "warning"
    ),
    "no shape": Damage(
        SPACE,
        swap("geometry: geometry/gebiete.geojson#west\n", ""),
        "ohne-geometrie",
        1,
        7,
        "geometry",
        "note",
    ),
    "where without a preposition": Damage(
        SPACE,
        swap("name: West\n", "name: West\nwhere: Weststadt\n"),
        "wo-ohne-verhaeltniswort",
        2,
        8,
        "im Marktviertel",
        "warning",
    ),
    "where as a sentence": Damage(
        SPACE,
        swap("name: West\n", "name: West\nwhere: im Westen.\n"),
        "wo-ohne-verhaeltniswort",
        2,
        8,
        "in West",
        "warning",
    ),
    # --- streets
    "register without a column": Damage(
        STREETS, register("Flussweg,west", head="street,gebiet"), "spalte-fehlt", 1, 1, "gebiet"
    ),
    "register in Latin-1": Damage(
        STREETS, text("street,space\nStra\xdfe,west\n".encode("latin-1")), "kein-utf8", 2, 5, "UTF-8"
    ),
    "street without a name": Damage(
        STREETS, register(",west,1,3,all"), "strasse-ohne-namen", 2, 1, "ergänzen"
    ),
    "street in an unknown area": Damage(
        STREETS, register("Flussweg,wset,1,3,all"), "unbekannter-verweis", 2, 1, "west"
    ),
    "no house number": Damage(STREETS, register("Flussweg,west,1-3,5,all"), "keine-hausnummer", 2, 1, "12a"),
    "no parity": Damage(
        STREETS, register("Flussweg,west,1,3,ungerade"), "falscher-wert", 2, 1, "odd, even, all"
    ),
    "row of the register that is too short": Damage(
        STREETS, register("Flussweg"), "zeile-zu-kurz", 2, 1, "ergänzen"
    ),
    "row of the register that is too long": Damage(
        STREETS, register("Flussweg,west,1,3,all,x"), "zeile-zu-lang", 2, 1, "Anführungszeichen"
    ),
    # --- meaning
    "hours that nobody can read": Damage(
        OFFER, swap("Mo 09:00-10:30; PH off", "mal so, mal so"), "zeiten-unlesbar", 8, 8, "PH off", "warning"
    ),
    "zeiten: in verkehrter Reihenfolge": Damage(
        OFFER,
        swap("Mo 09:00-10:30; PH off", "PH off; Mo 09:00-10:30"),
        "zeiten-heben-sich-auf",
        8,
        8,
        "„Mo 09:00-10:30; PH off“",
        "warning",
    ),
    "zeiten: unbekannte Bemerkung": Damage(
        OFFER,
        swap("Mo 09:00-10:30; PH off", "Di 15-18 Uhr (Handarbeiten)"),
        "zeiten-ungewiss",
        8,
        22,
        "hours_note",
        "warning",
    ),
    "zeiten: unbekannte Bemerkung in Anführungszeichen": Damage(
        OFFER,
        swap("Mo 09:00-10:30; PH off", "'Di 15-18 Uhr (Handarbeiten)'"),
        "zeiten-ungewiss",
        8,
        23,
        "hours_note",
        "warning",
    ),
    "zeiten: unbekannte Bemerkung in OSM": Damage(
        OFFER,
        swap("Mo 09:00-10:30; PH off", 'Mo 09:00-10:30 open "entfällt vielleicht"'),
        "zeiten-ungewiss",
        8,
        29,
        "hours_note",
        "warning",
    ),
    "zeiten: ein Wort": Damage(
        OFFER,
        swap("Mo 09:00-10:30; PH off", "Di 9-12 Uhr, irgendwann auch Do"),
        "zeiten-ungewiss",
        8,
        21,
        "hours_note",
        "warning",
    ),
    "hours in German": Damage(
        OFFER,
        swap("Mo 09:00-10:30; PH off", "Di 9-12 Uhr"),
        "zeiten-angepasst",
        8,
        8,
        "nichts zu tun",
        "note",
    ),
    "ended without an end": Damage(OFFER, add(ENDED), "ende-fehlt", 11, 9, "until"),
    "end before the beginning": Damage(
        OFFER, add("from: 2025-08-01\nuntil: 2025-07-31\n"), "ende-vor-beginn", 12, 8, "prüfen"
    ),
    "end has passed": Damage(OFFER, add("until: 2026-07-31\n"), "ende-vorbei", 11, 8, "ended", "warning"),
    "successor of itself": Damage(
        OFFER, add("successor: krabbelgruppe\n"), "nachfolge-im-kreis", 11, 12, "anderes Angebot"
    ),
    "successor while it runs": Damage(
        "resources/offers/zwei.yml",
        text(FILES[OFFER].replace("name: Krabbelgruppe", "name: Zwei") + "successor: krabbelgruppe\n"),
        "nachfolge-ohne-ende",
        11,
        12,
        "ended",
        "warning",
    ),
    "funding ends": Damage(
        OFFER, add("funded_until: 2026-12-31\n"), "finanzierung-endet", 11, 15, "klären", "warning"
    ),
    "old free places": Damage(
        OFFER,
        add("capacity: {free: 2, date: 2026-10-01}\n"),
        "plaetze-veraltet",
        11,
        27,
        "14 Tagen",
        "warning",
    ),
    "more free than there are": Damage(
        OFFER, add("capacity: {places: 2, free: 3, date: 2026-11-19}\n"), "plaetze-zu-viele", 11, 29, "Zahlen"
    ),
    "long unchecked": Damage(
        OFFER,
        add("checked: 2025-01-01\ncheck_every: 6 months\n"),
        "lange-ungeprueft",
        11,
        10,
        "nachfragen",
        "warning",
    ),
    "never checked": Damage(
        CONFIG, add("check_every: {offers: 6 months}\n"), "nie-geprueft", 1, 7, "checked", "note", OFFER
    ),
    "no contact": Damage(
        OFFER,
        both(
            swap("contact: {name: Büro, phone: 040 66969-902}\n", ""),
            PROVIDER,
            swap("contact: {phone: 040 66969-901}\n", ""),
        ),
        "ohne-kontakt",
        1,
        7,
        "contact",
        "warning",
    ),
    "no telephone": Damage(
        OFFER,
        both(
            swap("phone: 040 66969-902", "email: a@verein.example"),
            PROVIDER,
            swap("contact: {phone: 040 66969-901}\n", ""),
        ),
        "ohne-telefon",
        1,
        7,
        "phone",
        "warning",
    ),
    "nowhere": Damage(OFFER, swap("place: treff\n", ""), "ohne-ort", 1, 7, "place", "warning"),
    "wrong sum": Damage(
        SPACE,
        add("team:\n  - {role: asd, weekly_hours: {kollegiale-beratung: 18}, weekly_total: 26}\n"),
        "summe-falsch",
        6,
        72,
        "Stunden",
    ),
    "part without a whole": Damage(SPACE, add(FIGURE % "Niemand"), "anteil-ohne-ganzes", 7, 35, "genau so"),
    "part larger than the whole": Damage(SPACE, add(FIGURE % "Alle"), "anteil-zu-gross", 7, 27, "Zahlen"),
    "placeholder": Damage(
        OFFER, add("description: Text folgt.\n"), "platzhalter", 11, 14, "weglassen", "warning"
    ),
    "long sentence": Damage(
        OFFER,
        swap("Eltern treffen sich mit ihren Babys.", "Wort " * 24 + "Ende."),
        "satz-lang",
        2,
        10,
        "kürzer",
        "note",
    ),
    "HTML": Damage(OFFER, add("description: <b>laut</b>\n"), "rohes-html", 11, 14, "Markdown", "warning"),
    "whereabouts of a hidden place": Damage(
        PLACE, add("visibility: hidden\n"), "ort-verraten", 3, 1, "interne Ablage"
    ),
    "internal kind in public": Damage(
        CONFIG,
        both(add("internal: [needs]\n"), "resources/needs/a.yml", text("name: A\ntopics: [kita]\n")),
        "intern-oeffentlich",
        1,
        1,
        "interne Ablage",
        "warning",
        "resources/needs/a.yml",
    ),
    "note on a person": Damage(
        OFFER, add("notes: Frau Meier ruft an.\n"), "notiz-persoenlich", 11, 8, "löschen", "warning"
    ),
    "translation that nobody sees": Damage(
        OFFER, add("translations: {fr: {name: A}}\n"), "uebersetzung-fremd", 11, 16, "site_config.yml", "note"
    ),
    "number for professionals": Damage(
        PROVIDER, swap("040 66969-901", "0800 19 210 00"), "fachnummer-fuer-familien", 3, 18, "entfernen"
    ),
}


def check(root: Path, *more: str) -> tuple[Result, list[dict[str, object]]]:
    """Run the check as an editor would and return its findings."""
    result = CliRunner().invoke(main, ["check", "-p", str(root), "--today", TODAY, "-f", "json", *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result, json.loads(result.stdout)


def write_old_site(root: Path) -> Path:
    """Write what an earlier build left."""
    site = root / "site" / "index.html"
    site.parent.mkdir()
    site.write_text("die alte Seite", "utf-8")
    return site


def is_old(site: Path) -> bool:
    return site.read_text("utf-8") == "die alte Seite" and list(site.parent.iterdir()) == [site]


def test_the_town_itself_is_sound(tmp_path: Path) -> None:
    result, found = check(write_town(tmp_path))
    assert (result.exit_code, found) == (0, [])


@pytest.mark.parametrize("name", every(DAMAGES, [*DAMAGES][::3]))
def test_damage_is_named_at_its_place(tmp_path: Path, name: str) -> None:
    damage = DAMAGES[name]
    write_town(tmp_path)
    site = write_old_site(tmp_path)
    damage.change(tmp_path / damage.file)
    result, found = check(tmp_path)
    named = [item for item in found if item["code"] == damage.code and item["file"] == damage.reported]
    assert named, found
    first = named[0]
    assert (first["line"], first["column"], first["severity"]) == (
        damage.line,
        damage.column,
        damage.severity,
    ), first
    assert damage.help in str(first["help"])
    assert str(first["message"]).strip()
    errors = [item for item in found if item["severity"] == "error"]
    assert result.exit_code == (1 if errors else 0)
    if damage.severity == "error":
        others = {item["code"] for item in errors} - {damage.code}
        assert not others, f"a cascade: {others}"
    assert is_old(site)


WRONG = [name for name, damage in DAMAGES.items() if damage.severity == "error"]


@pytest.mark.parametrize("name", every(WRONG, WRONG[::6]))
def test_what_is_damaged_is_not_built(tmp_path: Path, name: str) -> None:
    write_town(tmp_path)
    site = write_old_site(tmp_path)
    DAMAGES[name].change(tmp_path / DAMAGES[name].file)
    built = CliRunner().invoke(main, ["build", "-p", str(tmp_path), "--today", TODAY])
    assert isinstance(built.exception, SystemExit), built.exception
    assert built.exit_code == 1
    assert "Traceback" not in built.output
    assert is_old(site)


def test_projected_coordinates_with_their_system_are_converted(tmp_path: Path) -> None:
    write_town(tmp_path)
    system = '{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}'
    content = json.loads(FILES[SHAPES])
    from pyproj import Transformer

    to_utm = Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True)
    for feature in content["features"]:
        feature["geometry"]["coordinates"] = [
            [list(to_utm.transform(*point)) for point in ring] for ring in feature["geometry"]["coordinates"]
        ]
    (tmp_path / SHAPES).write_text(json.dumps({**content, "crs": json.loads(system)}), "utf-8")
    result, found = check(tmp_path)
    assert (result.exit_code, found) == (0, [])


def test_all_damages_of_all_files_are_reported_in_one_run_and_sorted(tmp_path: Path) -> None:
    write_town(tmp_path)
    for name in ("ja instead of yes", "no telephone number", "unknown level", "postcode without its zero"):
        DAMAGES[name].change(tmp_path / DAMAGES[name].file)
    result, found = check(tmp_path)
    assert result.exit_code == 1
    assert {item["code"] for item in found} >= {
        "kein-ja-nein",
        "keine-telefonnummer",
        "unbekannte-ebene",
        "keine-postleitzahl",
    }
    assert found == sorted(
        found, key=lambda item: (str(item["file"]), int(str(item["line"])), int(str(item["column"])))
    )


def test_strict_counts_warnings(tmp_path: Path) -> None:
    write_town(tmp_path)
    DAMAGES["placeholder"].change(tmp_path / OFFER)
    assert check(tmp_path)[0].exit_code == 0
    assert check(tmp_path, "--strict")[0].exit_code == 1


def test_overlay_that_is_missing_is_named(tmp_path: Path) -> None:
    write_town(tmp_path)
    result, found = check(tmp_path, "--internal")
    assert result.exit_code == 1
    assert [(item["code"], item["file"]) for item in found] == [("ablage-fehlt", CONFIG)]
    assert "overlay" in str(found[0]["message"])


def test_project_without_resources(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text(FILES[CONFIG], "utf-8")
    result, found = check(tmp_path)
    assert result.exit_code == 1
    assert [(item["code"], item["file"], item["line"]) for item in found] == [
        ("ordner-fehlt", "resources", 1)
    ]


def test_wrong_use_is_exit_code_two(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", "-p", str(tmp_path / "gibt-es-nicht")]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "--format", "xml"]).exit_code == 2
    assert CliRunner().invoke(main, ["explain", "gibt-es-nicht"]).exit_code == 2
