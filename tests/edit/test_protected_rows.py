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
