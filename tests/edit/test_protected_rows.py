"""What is protected comes in by no table: not what a cell names so, whatever its column, and nothing that stands beside it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import write, write_town

HEAD = "Blatt;Name;Art;Zwei Sätze;Träger;Ort;Themen;Straße und Hausnummer;PLZ und Ort;Bemerkung"
OPEN = (
    "Orte;Bürgerhaus;nachbarschaftshaus;;;;;Uferweg 4;01067 Kleinstadt;",
    "Angebote;Nähcafé;treff;Wir nähen.;verein;Bürgerhaus;begegnung;;;",
)
HOUSE = "Orte;{name};{kind};;;;;Fluchtweg 7;01067 Kleinstadt;{said}"
ROOM = "Angebote;Zimmer;{kind};Hilfe.;{provider};{name};begegnung;;;"
PROTECTED = {
    "by its kind": (HOUSE.format(name="Lichtblick", kind="schutzhaus", said=""), ROOM.format(kind="treff", provider="verein", name="Lichtblick")),
    "by its name": (HOUSE.format(name="Frauenhaus Ost", kind="haus", said=""), ROOM.format(kind="treff", provider="verein", name="Frauenhaus Ost")),
    "by the kind of what is there": (HOUSE.format(name="Lichtblick", kind="haus", said=""), ROOM.format(kind="schutz", provider="verein", name="Lichtblick")),
    "of which the area may be told": (HOUSE.format(name="Lichtblick", kind="wohngruppe", said=""), ROOM.format(kind="wohngruppe", provider="verein", name="Lichtblick")),
    "because the project knows it": (HOUSE.format(name="Treff", kind="haus", said=""), ROOM.format(kind="treff", provider="verein", name="Treff")),
}  # fmt: skip
KNOWN = "name: Treff\nkind: schutzhaus\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def imported(town: Path, *rows: str, head: str = HEAD) -> str:
    (town.parent / "liste.csv").write_text("\n".join((head, *rows)) + "\n", "utf-8")
    result = CliRunner().invoke(main, ["table", "in", str(town.parent / "liste.csv"), "-p", str(town)])
    assert result.exit_code == 0, result.output
    return result.output


def kept(town: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(town.rglob("*")) if path.is_file())


@pytest.mark.parametrize("why", PROTECTED)
def test_a_protected_row_is_told_and_left_out_and_the_others_come(town: Path, why: str) -> None:
    if "project" in why:
        write(town, {"resources/places/treff.yml": KNOWN})
    told = imported(town, *OPEN, *PROTECTED[why])
    assert "zeile-geschuetzt" in told
    assert "liste.csv:4" in told
    assert "Fluchtweg" not in kept(town)
    offers = {path.stem for path in (town / "resources/offers").glob("*.yml")}
    assert offers == {"krabbelgruppe", "naehcafe"}, "no room in a place that isn't there"


@pytest.mark.parametrize(
    "said",
    [
        "Inobhutnahme § 42", "Plätze für Inobhutnahmen", "8 Inobhutnahmeplätze", "Adresse vertraulich", "Sperrvermerk!",  "Taking into care", "Wohngruppe § 34", "Schutzstelle", "Adresse nicht veröffentlichen!",
        "Krisenwohnung", "Frauenhaus",
    ],
)  # fmt: skip
def test_what_a_column_says_that_no_record_takes_protects_the_row(town: Path, said: str) -> None:
    told = imported(town, *OPEN, HOUSE.format(name="Lichtblick", kind="haus", said=said))
    assert f"„Lichtblick“ ist geschützt („Bemerkung: {said}“)" in told
    assert "Fluchtweg" not in kept(town)
    assert "Uferweg" in kept(town)


@pytest.mark.parametrize("said", ["Rat zur Wohngruppe und zu Begleitetem Umgang", "Refugees welcome", "Kita"])
def test_who_only_speaks_of_a_kind_of_which_the_area_is_told_comes_in(town: Path, said: str) -> None:
    imported(town, HOUSE.format(name="Lichtblick", kind="haus", said=said))
    assert "Fluchtweg" in kept(town)


@pytest.mark.parametrize(("said", "comes"), [("ja", False), ("x", False), ("nein", True), ("", True)])
def test_a_heading_may_say_it_and_the_cell_only_that_it_is_so(town: Path, said: str, comes: bool) -> None:
    head = HEAD.replace("Bemerkung", "Anschrift geheim?")
    imported(town, HOUSE.format(name="Lichtblick", kind="haus", said=said), head=head)
    assert ("Fluchtweg" in kept(town)) is comes


def test_a_broken_row_of_a_protected_place_is_not_told_about(town: Path) -> None:
    house, room = PROTECTED["by its kind"]
    told = imported(town, *OPEN, house, room.replace("begegnung", "gibt es nicht"))
    assert "gibt es nicht" not in told.replace(room, "")


def test_what_the_project_protects_is_changed_by_no_row(town: Path) -> None:
    write(town, {"resources/places/treff.yml": KNOWN})
    told = imported(
        town, "treff;Uferweg 9;01067 Kleinstadt;Orte", head="Kürzel;Straße und Hausnummer;PLZ und Ort;Blatt"
    )
    assert "zeile-geschuetzt" in told
    assert (town / "resources/places/treff.yml").read_text("utf-8") == KNOWN


def test_points_on_one_line_of_a_file_are_rows_of_their_own(town: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"Name": name, "Art": "haus", "Hinweis": said},
            "geometry": {"type": "Point", "coordinates": [9.98, 54.07]},
        }
        for name, said in (("Bürgerhaus", ""), ("Lichtblick", "Schutzstelle"))
    ]
    path = town.parent / "punkte.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    result = CliRunner().invoke(main, ["table", "in", str(path), "--kind", "places", "-p", str(town)])
    assert "„Lichtblick“ ist geschützt" in result.output
    assert (town / "resources/places/buergerhaus.yml").is_file()
    assert not (town / "resources/places/lichtblick.yml").is_file()
