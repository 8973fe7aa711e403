"""What is told of files in a town where a record alone is in order: code, file, line, column and the words that help."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.read import indicator_folders
from generator.read.hidden_places import sight
from generator.read.project import read_project
from tests.disclosure.worlds import write_project
from tests.edit.towns import FILES, write_town

OFFER = "resources/offers/krabbelgruppe.yml"
AREAS = "resources/geometry/gebiete.geojson"
HISTORY = "resources/history.csv"
STREETS = "resources/streets.csv"
CONFIG = "site_config.yml"
NO_POINT = "Länge und Breite in Grad schreiben, mit Punkt statt Komma, zum Beispiel 10.0101 53.7033"
AFRESH = ", oder die Datei mit „nahraum changes --keep“ neu schreiben"

LONG = "x" * 140_000
TOO_LONG = "in dieser Zeile nachsehen, ob ein Anführungszeichen zu viel steht oder das zweite fehlt"

Told = tuple[str, str, int, int, str]
TOWNS: dict[str, tuple[dict[str, str], list[Told]]] = {
    "an area twice in a file": (
        {AREAS: FILES[AREAS].replace('"id": "ost"', '"id": "west"'), "resources/spaces/ost.yml": FILES["resources/spaces/ost.yml"].replace("#ost", "#west")},
        [("doppeltes-kuerzel", AREAS, 4, 1, "eines umbenennen; das andere steht in derselben Datei, Gebiet Nr. 2")],
    ),
    "an area twice, its id also as a number": (
        {AREAS: FILES[AREAS].replace('"id": "ost", "properties": {}', '"id": "west", "properties": {"nr": "west"}').replace('"id": "west", "properties": {}', '"id": "west", "properties": {"nr": "west"}'), "resources/spaces/ost.yml": FILES["resources/spaces/ost.yml"].replace("#ost", "#west")},
        [("doppeltes-kuerzel", AREAS, 4, 1, "eines umbenennen; das andere steht in derselben Datei, Gebiet Nr. 2")],
    ),
    "a place that is written and taken over": (
        {"resources/osm/places/treff.yml": FILES["resources/places/treff.yml"]},
        [("doppeltes-kuerzel", "resources/osm/places/treff.yml", 1, 1, "eines umbenennen; das andere steht in resources/places/treff.yml")],
    ),
    "a sign that nobody sees in the second line": (
        {OFFER: "\n\x00name: A\n"},
        [("steuerzeichen", OFFER, 2, 1, "das Zeichen löschen; es kommt meist durch Einfügen aus einem anderen Programm hinein")],
    ),
    "commas and a missing blank": (
        {OFFER: FILES[OFFER] + "cost: {amount:3, 50, ab}\n"},
        [
            ("leerzeichen-fehlt", OFFER, 11, 8, "so schreiben: amount: 3"),
        ],
    ),
    "all languages": (
        {OFFER: FILES[OFFER] + "languages: [alle]\n"},
        [("kein-sprachkuerzel", OFFER, 11, 13, "die Sprachen einzeln nennen, zum Beispiel [de, tr, ar]; wer dolmetschen lässt, schreibt interpreter: on request")],
    ),
    "a history by hand": (
        {HISTORY: "date,offer,field,before,after\n2026-01-01,krabbelgruppe,status,läuft,running\n2026-13-01,krabbelgruppe,status,running,paused\n2026-01-02,krabbelgruppe,quark,,\n"},
        [
            ("falscher-wert", HISTORY, 2, 1, f"einen Wert des Felds status schreiben, wie er im Eintrag stünde{AFRESH}"),
            ("falscher-wert", HISTORY, 3, 1, f"ein Datum wie 2026-11-20 schreiben{AFRESH}"),
            ("falscher-wert", HISTORY, 4, 1, f"möglich sind: new, status, hours, place, cost, ages, languages{AFRESH}"),
        ],
    ),
    "a first cell that never ends": (
        {HISTORY: f"date,offer,field,before,after\n{LONG},krabbelgruppe,status,,\n"},
        [("zelle-unlesbar", HISTORY, 2, 1, TOO_LONG)],
    ),
    "a cell that never ends": (
        {HISTORY: f"date,offer,field,before,after\n2026-01-01,krabbelgruppe,new,,\n2026-01-01,{LONG},status,,\n"},
        [("zelle-unlesbar", HISTORY, 3, 1, TOO_LONG)],
    ),
    "a cell that is open over many lines": (
        {HISTORY: "date,offer,field,before,after\n2026-01-01,krabbelgruppe,new,,\n2026-01-01,\"krabbelgruppe,new,,\n" + "2026-01-01,krabbelgruppe,new,,\n" * 5000},
        [("zelle-unlesbar", HISTORY, 3, 1, TOO_LONG)],
    ),
    "a heading that never ends": ({HISTORY: f"date,{LONG}\n"}, [("zelle-unlesbar", HISTORY, 1, 1, TOO_LONG)]),
    "half of a point": (
        {STREETS: "street,space,longitude,latitude\nW,west,10.0,\nV,ost,,53.7\nU,ost,,\n"},
        [("kein-punkt", STREETS, 2, 1, NO_POINT), ("kein-punkt", STREETS, 3, 1, NO_POINT)],
    ),
}  # fmt: skip


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


@pytest.fixture(autouse=True)
def usual_limit() -> Iterator[None]:
    """How long a cell may be is said once a process, and libraries that other tests load say otherwise."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize("town", TOWNS)
def test_each_town_is_told_what_is_wrong_with_it(tmp_path: Path, town: str) -> None:
    files, told = TOWNS[town]
    found = read_project(write(write_town(tmp_path / "town"), files)).found
    assert [(item.code, *item.position[:3], item.help) for item in found] == told


def test_a_change_of_which_one_side_cannot_be_read_did_not_happen(tmp_path: Path) -> None:
    rows = ["krabbelgruppe,status,läuft,running", "krabbelgruppe,status,running,pausiert", "krabbelgruppe,status,planned,running"]  # fmt: skip
    text = "date,offer,field,before,after\n" + "".join(f"2026-01-01,{row}\n" for row in rows)
    site = read_project(write(write_town(tmp_path / "town"), {HISTORY: text})).site
    assert site is not None
    assert [(entry.before, entry.after) for entry in site.history] == [("planned", "running")]


@pytest.mark.parametrize("config", ["", "name: [\n"])
def test_a_project_of_strangers_without_settings_is_told_so(tmp_path: Path, config: str) -> None:
    reading = read_project(write(write_town(tmp_path / "town"), {CONFIG: config}), untrusted=True)
    assert reading.site is None
    assert {item.position.file for item in reading.found} == {CONFIG}


def test_a_provider_is_no_easier_to_find_than_the_places_of_its_offers(tmp_path: Path) -> None:
    """No place names it: where its offers are is all that tells."""
    files = {
        "resources/providers/schutz.yml": "name: Schutz\nkind: association\n",
        "resources/places/schutz.yml": "name: Schutz\nkind: schutzhaus\npoint: 10.005 53.705\n",
        "resources/offers/bett.yml": FILES[OFFER].replace("verein", "schutz").replace("treff", "schutz"),
        "resources/offers/rat.yml": FILES[OFFER].replace(
            "provider: verein\nplace: treff", "provider: schutz"
        ),
    }
    site = read_project(write(write_town(tmp_path / "town"), files)).site
    assert site is not None
    assert {key: sight(site).providers[key] for key in ("schutz", "verein")} == {
        "schutz": "area",
        "verein": "full",
    }


def test_an_indicator_is_told_what_is_wrong_with_its_yaml_and_with_its_fields(tmp_path: Path) -> None:
    files = {"resources/indicators/hilfen/indicator.yml": "title: A\ntitle: B\nquark: 1\n"}
    found = read_project(write(write_town(tmp_path / "town"), files)).found
    told = [(item.code, item.position.line) for item in found if item.code != "feld-fehlt"]
    assert told == [("doppelter-schluessel", 2), ("unbekanntes-feld", 3)]
    assert "feld-fehlt" in {item.code for item in found}


def test_without_the_packages_for_figures_no_table_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path / "town")
    monkeypatch.setattr(indicator_folders, "PACKAGES", ("scipy", "gibt-es-nicht"))
    reading = read_project(root)
    assert [(item.code, item.position.file) for item in reading.found] == [
        ("kennzahlen-extra-fehlt", "resources/indicators/hilfen")
    ]
    assert "gibt-es-nicht" in reading.found[0].message + reading.found[0].help
    assert reading.indicators["hilfen"].table is None
    assert read_project(write_town(tmp_path / "without")).found == ()
