"""What is protected comes in by no import: not from a table, and not from what an import remembers of an earlier one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import write, write_town

MAPPING = """\
table: {separator: ";"}
providers:
  id: <Träger|id>
  name: <Träger>
  kind: association
places:
  id: <Haus|id>
  name: <Haus>
  kind: <Art>
  address: {street: <Straße>, number: <Nr>, postcode: 01067, town: Kleinstadt}
  providers: ["<Träger|id>"]
offers:
  id: <Angebot|id>
  name: <Angebot>
  summary: <Angebot>.
  kind: <Was>
  provider: <Träger|id>
  place: <Haus|id>
  topics: [begegnung]
"""
HEAD = "Träger;Haus;Art;Straße;Nr;Angebot;Was\n"
OPEN = "Nachbarn;Bürgerhaus;nachbarschaftshaus;Uferweg;4;Nähcafé;treff\n"
PROTECTED = {
    "by its kind": "Wegwarte;Lichtblick;schutzhaus;Fluchtweg;7;Zimmer;treff\n",
    "by its name": "Wegwarte;Frauenhaus Ost;haus;Fluchtweg;7;Zimmer;treff\n",
    "by the kind of what is there": "Wegwarte;Lichtblick;haus;Fluchtweg;7;Zimmer;schutz\n",
    "of which the area may be told": "Wegwarte;Lichtblick;wohngruppe;Fluchtweg;7;Zimmer;wohngruppe\n",
    "by the name of its provider": "Frauenhaus Ost;Lichtblick;haus;Fluchtweg;7;Zimmer;treff\n",
    "because the project knows it": "Wegwarte;Treff;haus;Fluchtweg;7;Zimmer;treff\n",
}
KNOWN = "name: Treff\nkind: schutzhaus\nproviders: [verein]\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write(write_town(tmp_path / "stadt"), {"resources/places/treff-ost.yml": "name: Treff Ost\nkind: haus\n"})
    return write(tmp_path, {"haeuser.yml": MAPPING})


def imported(folder: Path, *rows: str) -> str:
    (folder / "liste.csv").write_text(HEAD + "".join(rows), "utf-8")
    files = [str(folder / "liste.csv"), "--map", str(folder / "haeuser.yml"), "--into", str(folder / "stadt")]
    result = CliRunner().invoke(main, ["import", "offers", *files, "--update"])
    assert result.exit_code == 0, result.output
    return result.output


def kept(folder: Path) -> str:
    return "".join(
        path.read_text("utf-8") for path in sorted((folder / "stadt").rglob("*")) if path.is_file()
    )


@pytest.mark.parametrize("why", PROTECTED)
def test_a_protected_row_is_told_and_left_out_and_the_others_come(town: Path, why: str) -> None:
    if "project" in why:
        write(town / "stadt", {"resources/places/treff.yml": KNOWN})
    told = imported(town, OPEN, PROTECTED[why])
    assert "zeile-geschuetzt" in told
    assert "liste.csv:3" in told
    assert "Fluchtweg" not in kept(town), "in no record, and not remembered either"
    offers = {path.stem for path in (town / "stadt/resources/offers").glob("*.yml")}
    assert "naehcafe" in offers
    assert "zimmer" not in offers, "it would lead to a place that isn't there"


WITHOUT_OFFERS = MAPPING.partition("offers:")[0]
UNLINKED = WITHOUT_OFFERS.replace('  providers: ["<Träger|id>"]\n', "")
ADDRESSED = UNLINKED.replace(
    "kind: association",
    "kind: association\n  address: {street: <Straße>, number: <Nr>, postcode: 01067, town: Kleinstadt}",
)


@pytest.mark.parametrize("mapping", [WITHOUT_OFFERS, UNLINKED, ADDRESSED])
@pytest.mark.parametrize("why", ["by its name", "by the name of its provider"])
def test_without_offers_what_stands_in_a_protected_row_goes_as_well(
    town: Path, mapping: str, why: str
) -> None:
    write(town, {"haeuser.yml": mapping})
    told = imported(town, OPEN, PROTECTED[why])
    assert "liste.csv:3" in told
    assert "Fluchtweg" not in kept(town)
    assert "Uferweg" in kept(town)


def test_a_provider_that_is_there_gets_no_address_from_a_protected_row(town: Path) -> None:
    write(town, {"haeuser.yml": ADDRESSED})
    imported(town, PROTECTED["by its name"].replace("Wegwarte", "Verein"))
    assert "Fluchtweg" not in kept(town)


def test_an_import_forgets_what_became_protected(town: Path) -> None:
    imported(town, OPEN)
    memory = town / "stadt/imports/haeuser.last-import.json"
    assert "Uferweg" in memory.read_text("utf-8")
    write(town / "stadt", {"resources/places/buergerhaus.yml": KNOWN})
    told = imported(town, OPEN)
    assert "zeile-geschuetzt" in told
    assert "Uferweg" not in memory.read_text("utf-8")
    assert "places/buergerhaus" not in json.loads(memory.read_text("utf-8"))["records"]
    assert (town / "stadt/resources/places/buergerhaus.yml").read_text("utf-8") == KNOWN


WITH_A_COLUMN_BESIDE = HEAD.replace("\n", ";Bemerkung\n")
SAID_BESIDE = "Wegwarte;Lichtblick;haus;Fluchtweg;7;Zimmer;treff;Frauenhaus\n"
OPEN_BESIDE = OPEN.replace("\n", ";\n")


def imported_table(folder: Path, *lines: str, more: tuple[str, ...] = ()) -> str:
    (folder / "liste.csv").write_text("".join(lines), "utf-8")
    result = CliRunner().invoke(
        main, ["import", "offers", str(folder / "liste.csv"), "--into", str(folder / "stadt"), *more]
    )
    assert result.exit_code == 0, result.output
    return result.output


def mapped(folder: Path) -> tuple[str, ...]:
    return "--map", str(folder / "haeuser.yml"), "--update"


def test_what_a_column_says_that_the_mapping_does_not_take_protects_the_row(town: Path) -> None:
    told = imported_table(town, WITH_A_COLUMN_BESIDE, OPEN_BESIDE, SAID_BESIDE, more=mapped(town))
    assert "zeile-geschuetzt" in told
    assert "Fluchtweg" not in kept(town)
    assert "Uferweg" in kept(town)


@pytest.mark.parametrize(
    "said",
    [
        "Inobhutnahme § 42",
        "Plätze für Inobhutnahmen",
        "8 Inobhutnahmeplätze",
        "Adresse vertraulich",
        "Sperrvermerk!",
        "Vollzeitpflege, § 33 SGB VIII",
        "Taking into care",
        "Wohngruppe § 34",
        "Schutzstelle",
        "Adresse nicht veröffentlichen!",
        "Krisenwohnung",
    ],
)
def test_so_do_names_of_kinds_that_are_protected_and_words_of_which_nobody_would_be_asked(
    town: Path, said: str
) -> None:
    row = SAID_BESIDE.replace(";Frauenhaus", f";{said}")
    told = imported_table(town, WITH_A_COLUMN_BESIDE, OPEN_BESIDE, row, more=mapped(town))
    told_of = f"„Lichtblick“ ist geschützt („Bemerkung: {said}“)"
    assert told_of in told, "it names the house, not its provider, and what says so"
    assert "Fluchtweg" not in kept(town)
    assert "Uferweg" in kept(town)


@pytest.mark.parametrize("said", ["Rat zur Wohngruppe und zu Begleitetem Umgang", "Refugees welcome", "Kita"])
def test_who_only_speaks_of_a_kind_of_which_the_area_is_told_comes_in(town: Path, said: str) -> None:
    row = SAID_BESIDE.replace(";Frauenhaus", f";{said}")
    imported_table(town, WITH_A_COLUMN_BESIDE, row, more=mapped(town))
    assert "Fluchtweg" in kept(town)


@pytest.mark.parametrize(("said", "comes"), [("ja", False), ("x", False), ("nein", True), ("", True)])
def test_a_heading_may_say_it_and_the_cell_only_that_it_is_so(town: Path, said: str, comes: bool) -> None:
    head = WITH_A_COLUMN_BESIDE.replace("Bemerkung", "Anschrift geheim?")
    row = SAID_BESIDE.replace(";Frauenhaus", f";{said}")
    imported_table(town, head, row, more=mapped(town))
    assert ("Fluchtweg" in kept(town)) is comes


def test_a_provider_of_such_a_row_and_of_an_open_one_comes_with_the_open_one(town: Path) -> None:
    rows = SAID_BESIDE.replace("Wegwarte", "Nachbarn"), OPEN_BESIDE
    imported_table(town, WITH_A_COLUMN_BESIDE, *rows, more=mapped(town))
    assert (town / "stadt/resources/offers/naehcafe.yml").is_file()
    assert "Fluchtweg" not in kept(town)


def test_a_row_over_several_lines_is_one_row(town: Path) -> None:
    write(town, {"haeuser.yml": UNLINKED})
    imported_table(
        town, HEAD, 'Frauenhaus Ost;"Licht\nblick";haus;Fluchtweg;7;Zimmer;treff\n', more=mapped(town)
    )
    two = 'Wegwarte;Haus;haus;Fluchtweg;7;"Zim\nmer";treff\n'
    beside = UNLINKED.replace("  id: <Haus|id>", "  id: x-<Was>")
    write(town, {"haeuser.yml": beside.replace("name: <Träger>", "name: Frauenhaus <Träger>")})
    imported_table(town, HEAD, two, more=mapped(town))
    assert "Fluchtweg" not in kept(town)


def test_no_street_of_a_protected_row_is_told_as_one_without_a_point(town: Path) -> None:
    write(
        town / "stadt",
        {"resources/streets.csv": "street,from,to,parity,postcode,space\nUferweg,1,9,all,01067,ost\n"},
    )
    told = imported(town, OPEN, PROTECTED["by its name"])
    assert "Uferweg" in told
    assert "Fluchtweg" not in told.partition("= Hilfe")[2]


def test_what_an_earlier_table_brought_in_openly_is_told(town: Path) -> None:
    row = PROTECTED["by its name"]
    imported(town, OPEN, row.replace("Frauenhaus Ost", "Sonnenhaus"))
    assert "Fluchtweg" in kept(town)
    mapping = MAPPING.replace("id: <Haus|id>", "id: h-<Nr>").replace("place: <Haus|id>", "place: h-<Nr>")
    write(town, {"haeuser.yml": mapping})
    imported(town, row.replace("Frauenhaus Ost", "Sonnenhaus"))
    told = imported(town, row)
    assert "zuflucht-vielleicht" in told
    assert "resources/places/h-7.yml" in told
    write(town / "stadt", {"resources/places/h-7.yml": "name: Sonnenhaus\nkind: haus\npoint: 9.98 54.07\n"})
    assert "zuflucht-vielleicht" in imported(town, row), "a point says where it is as well"


def test_a_draft_quotes_nothing_of_a_row_that_names_a_refuge(town: Path) -> None:
    imported_table(
        town, WITH_A_COLUMN_BESIDE, SAID_BESIDE, PROTECTED["by its name"].replace("\n", ";\n"), OPEN_BESIDE
    )
    assert "Fluchtweg" not in kept(town)
    assert "<Bemerkung> …" in kept(town), "it isn't empty"
    assert "Uferweg" in kept(town)


@pytest.mark.parametrize("said", ["Krisenwohnung", "Inobhutnahme § 42"])
def test_nor_of_one_that_only_may_be_one(town: Path, said: str) -> None:
    imported_table(town, WITH_A_COLUMN_BESIDE, SAID_BESIDE.replace(";Frauenhaus", f";{said}"), OPEN_BESIDE)
    assert "Fluchtweg" not in kept(town)
    assert "Uferweg" in kept(town)


def test_points_on_one_line_of_a_file_are_rows_of_their_own(town: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"Name": name, "Hinweis": said},
            "geometry": {"type": "Point", "coordinates": [9.98, 54.07]},
        }
        for name, said in (("Bürgerhaus", ""), ("Lichtblick", "Schutzstelle"))
    ]
    (town / "punkte.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    write(
        town,
        {"punkte.yml": "places: {id: <Name|id>, name: <Name>, kind: haus, point: <Länge> <Breite>}\n"},
    )
    files = [str(town / "punkte.geojson"), "--map", str(town / "punkte.yml"), "--into", str(town / "stadt")]
    result = CliRunner().invoke(main, ["import", "offers", *files])
    assert "„Lichtblick“ ist geschützt" in result.output
    assert (town / "stadt/resources/places/buergerhaus.yml").is_file()
    assert not (town / "stadt/resources/places/lichtblick.yml").is_file()
