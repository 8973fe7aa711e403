"""What people wrote before the list came: it is recognised, never doubled, and joined where the mapping says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.imports.incoming import Incoming, open_project
from generator.edit.imports.same_records import recognised
from generator.edit.records.last_import import LastImport
from generator.read.nodes import MapNode, parse
from tests.edit.towns import write, write_town

MAPPING = """\
table: {separator: ";"}
providers:
  id: traeger-<TNr>
  name: <Träger>
  kind: unknown
places:
  id: kita-<Nr>
  name: <Name>
  kind: kita
  address: {street: <Straße|street>, number: <Straße|number>, postcode: "01067", town: Kleinstadt}
  point: <Länge> <Breite>
  providers: [traeger-<TNr>]
offers:
  id: kita-<Nr>
  name: <Name>
  summary: Eine Kita.
  kind: kita
  provider: traeger-<TNr>
  place: kita-<Nr>
  topics: [kita]
  contact: {phone: <Telefon|phone>}
"""
HEAD = "Nr;Name;Straße;Telefon;Länge;Breite;TNr;Träger\n"
FAR_OFF = "7;Kita Regenbogen;Am Markt 1;04321 66969-07;10.015;53.705;1;Bund der Kitas\n"
SUN = "12;Kindertagesstätte Sonnenschein;Uferweg 3;04321 66969-12;10.005;53.705;1;Bund der Kitas\n"
OWN = {
    "resources/places/sonnenschein.yml": (
        "# mit Frau von der Kita besprochen\nname: Kita Sonnenschein\nkind: kita\n"
        "address: {street: Uferweg, number: 3, postcode: 01067, town: Kleinstadt}\nspaces: [west]\nproviders: [verein]\n"
    ),
    "resources/offers/sonnenschein-krippe.yml": (
        "name: Kita Sonnenschein\nsummary: Von Hand beschrieben.\nkind: kita\nprovider: verein\nplace: sonnenschein\ntopics: [kita]\n"
    ),
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    (tmp_path / "kitas.yml").write_text(MAPPING, "utf-8")
    return write(write_town(tmp_path / "stadt"), OWN)


def imported(town: Path, rows: str, *more: str, same: str = "", mapping: str = MAPPING) -> Result:
    (town.parent / "liste.csv").write_text(HEAD + rows, "utf-8")
    (town.parent / "kitas.yml").write_text(mapping + same, "utf-8")
    arguments = ["import", "offers", str(town.parent / "liste.csv"), "--map", str(town.parent / "kitas.yml")]
    result = CliRunner().invoke(main, [*arguments, "--into", str(town), *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def names(town: Path, folder: str) -> set[str]:
    return {path.stem for path in (town / "resources" / folder).glob("*.yml")}


def snapshot(town: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(town.rglob("*")) if path.is_file()}


SAME = "same:\n  places/kita-12: sonnenschein\n  offers/kita-12: sonnenschein-krippe\n"


def test_what_looks_like_a_record_written_by_hand_is_offered_and_not_written(town: Path) -> None:
    result = imported(town, FAR_OFF + SUN)
    assert result.exit_code == 0, result.output
    assert names(town, "places") == {"treff", "sonnenschein", "kita-7"}
    assert names(town, "offers") == {"krabbelgruppe", "sonnenschein-krippe", "kita-7"}
    assert (town / "resources/places/sonnenschein.yml").read_text("utf-8") == OWN[
        "resources/places/sonnenschein.yml"
    ]
    assert (
        "als offers/sonnenschein-krippe („Kita Sonnenschein“: gleiche Art am gleichen Ort)" in result.output
    )
    assert "und 1 weitere" in result.output
    told = imported(town, FAR_OFF + SUN, "--update", "-f", "concise").output
    assert (
        "als places/sonnenschein („Kita Sonnenschein“: gleiche Adresse), und wurde nicht übernommen" in told
    )
    assert "liste.csv:3:4" in told
    assert SAME in result.output, "as it can be pasted"
    assert "Vielleicht schon von Hand eingetragen und nicht übernommen: 2." in result.output


def test_what_is_the_same_keeps_what_people_wrote_and_gets_what_it_lacks(town: Path) -> None:
    result = imported(town, FAR_OFF + SUN, same=SAME)
    assert result.exit_code == 0, result.output
    assert names(town, "places") == {"treff", "sonnenschein", "kita-7"}
    assert names(town, "offers") == {"krabbelgruppe", "sonnenschein-krippe", "kita-7"}
    place = (town / "resources/places/sonnenschein.yml").read_text("utf-8")
    assert place.startswith("# mit Frau von der Kita besprochen\nname: Kita Sonnenschein\n")
    assert "point: 10.005 53.705\n" in place
    assert "providers: [verein]\n" in place
    offer = (town / "resources/offers/sonnenschein-krippe.yml").read_text("utf-8")
    assert "summary: Von Hand beschrieben.\n" in offer
    assert "place: sonnenschein\n" in offer
    assert "contact: {phone: 04321 66969-12}\n" in offer
    assert "so gelassen, obwohl die Quelle anderes sagt: 2\n" in result.output
    assert "  places/sonnenschein: name (hier " in result.output
    before = snapshot(town)
    # It is remembered: the mapping need not say it again.
    again = imported(town, FAR_OFF + SUN, "--update")
    assert again.exit_code == 0, again.output
    assert "Nichts zu ändern" in again.output
    assert snapshot(town) == before
    newer = imported(town, FAR_OFF + SUN.replace("66969-12", "66969-99"), "--update")
    assert "offers/sonnenschein-krippe: contact" in newer.output
    assert "66969-99" in (town / "resources/offers/sonnenschein-krippe.yml").read_text("utf-8")
    gone = imported(town, FAR_OFF, "--update")
    assert "places/sonnenschein" in gone.output
    assert "beendet „nahraum retire“: 2\n" in gone.output


def test_what_is_another_one_is_written(town: Path) -> None:
    said = "same:\n  places/kita-12: new\n  offers/kita-12: new\n"
    result = imported(town, SUN, same=said)
    assert result.exit_code == 0, result.output
    assert {"sonnenschein", "kita-12"} <= names(town, "places")
    assert {"sonnenschein-krippe", "kita-12"} <= names(town, "offers")
    assert "[vielleicht-vorhanden]" not in imported(town, SUN, "--update").output, (
        "it is there under its own id now"
    )


def test_a_decision_on_the_house_alone_leaves_the_offer_open(town: Path) -> None:
    result = imported(town, SUN, same="same: {places/kita-12: sonnenschein}\n")
    assert names(town, "offers") == {"krabbelgruppe", "sonnenschein-krippe"}
    assert "offers/kita-12: sonnenschein-krippe" in result.output
    assert "places/kita-12: sonnenschein" not in result.output
    assert "gleiche Art am gleichen Ort" in result.output


def test_what_refers_to_an_open_one_waits(town: Path) -> None:
    (town / "resources/offers/sonnenschein-krippe.yml").unlink()
    result = imported(town, SUN)
    assert "nicht übernommen: 1, dazu 1 Einträge, die auf sie verweisen." in result.output
    assert names(town, "offers") == {"krabbelgruppe"}
    assert "mit --update" in result.output
    assert imported(town, SUN, "--update", same="same: {places/kita-12: sonnenschein}\n").exit_code == 0
    assert "place: sonnenschein\n" in (town / "resources/offers/kita-12.yml").read_text("utf-8")


def test_a_provider_of_exactly_this_name_is_taken(town: Path) -> None:
    result = imported(town, FAR_OFF.replace("Bund der Kitas", "Nachbarn am Fluss"))
    assert result.exit_code == 0, result.output
    assert names(town, "providers") == {"verein"}
    assert "provider: verein\n" in (town / "resources/offers/kita-7.yml").read_text("utf-8")
    assert "providers: [verein]\n" in (town / "resources/places/kita-7.yml").read_text("utf-8")
    assert "kind: association\n" in (town / "resources/providers/verein.yml").read_text("utf-8")


def test_a_provider_of_exactly_this_id_and_name_keeps_what_people_wrote(town: Path) -> None:
    """Without --update, which is for what an import wrote; a second run changes nothing. Another name is still refused."""
    mapping = MAPPING.replace("traeger-<TNr>", "verein")
    before = (town / "resources/providers/verein.yml").read_bytes()
    refused = imported(town, FAR_OFF, mapping=mapping)
    assert refused.exit_code == 1
    assert "eintrag-vorhanden" in refused.output
    assert not (town / "resources/offers/kita-7.yml").exists()
    row = FAR_OFF.replace("Bund der Kitas", "Nachbarn am Fluss")
    result = imported(town, row, mapping=mapping)
    assert result.exit_code == 0, result.output
    assert (town / "resources/providers/verein.yml").read_bytes() == before
    assert "provider: verein\n" in (town / "resources/offers/kita-7.yml").read_text("utf-8")
    there = snapshot(town)
    assert imported(town, row, "--update", mapping=mapping).exit_code == 0
    assert snapshot(town) == there


def test_a_provider_of_nearly_this_name_is_asked_for(town: Path) -> None:
    result = imported(town, FAR_OFF.replace("Bund der Kitas", "Nachbarn am Fluss e. V."))
    assert "providers/traeger-1: verein" in result.output
    assert "nicht übernommen: 1, dazu 2 Einträge, die auf sie verweisen." in result.output
    assert names(town, "providers") == {"verein"}
    assert names(town, "places") == {"treff", "sonnenschein"}


def test_two_numbers_of_one_provider_become_one(town: Path) -> None:
    rows = FAR_OFF + FAR_OFF.replace("7;Kita Regenbogen;Am Markt 1", "8;Kita am See;Am Markt 9").replace(
        ";1;", ";2;"
    )
    result = imported(town, rows.replace("Bund der Kitas", "Nachbarn am Fluss"))
    assert result.exit_code == 0, result.output
    assert "provider: verein\n" in (town / "resources/offers/kita-8.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("same", "code"),
    [
        ("same: {places/kita-12: sonnenshein}\n", "eintrag-fehlt"),
        ("same: {kita-12: sonnenschein}\n", "falscher-wert"),
        ("same: sonnenschein\n", "falsche-form"),
    ],
)
def test_a_wrong_word_under_same_is_told_in_the_mapping(town: Path, same: str, code: str) -> None:
    before = snapshot(town)
    result = imported(town, SUN, same=same)
    assert result.exit_code == 1
    assert code in result.output
    assert f"kitas.yml:{MAPPING.count(chr(10)) + 1}:" in result.output
    assert snapshot(town) == before


THERE = "name: Kita Sonnenschein\nkind: kita\npoint: 10.005 53.705\ncontact: {phone: 04321 66969-12}\naddress: {street: Uferweg, number: 3, postcode: 01067, town: Kleinstadt}\n"
LIKE: dict[str, tuple[str, bool]] = {
    "the same in all": (THERE, True),
    "the same name and nothing else known": ("name: Kita Sonnenschein\nkind: kita\n", True),
    "another writing beside it": ("name: Kindertagesstätte „Sonnenschein“\nkind: kita\npoint: 10.0053 53.705\n", True),
    "another writing with the same number": ("name: Ev. Kita Sonnenschein\nkind: kita\ncontact: {phone: +49 4321 6696912}\n", True),
    "a slip of the pen": ("name: Kita Sonnenshein\nkind: kita\n", False),
    "a slip of the pen with the same number": ("name: Kita Sonnenshein\nkind: kita\ncontact: {phone: +49 4321 6696912}\n", True),
    "its mobile, beside another number": ("name: Kita Sonnenshein\nkind: kita\ncontact: {phone: 04321 66969-99, mobile: 04321 66969-12}\n", True),
    "its number taken in as a mobile, with brackets": ("name: Kita Sonnenshein\nkind: kita\ncontact: {mobile: +49 (0)4321 6696912}\n", True),
    "a slip of the pen at the same address": ("name: Kita Sonnenshein\nkind: kita\naddress: {street: Uferweg, number: 3, postcode: 01067, town: K}\n", True),
    "another name, same house and number": ("name: Elterninitiative Ost\nkind: kita\npoint: 10.005 53.7051\ncontact: {phone: 04321 66969-12}\n", True),
    "the same name far away": ("name: Kita Sonnenschein\nkind: kita\npoint: 10.025 53.715\n", False),
    "the same name at another address": ("name: Kita Sonnenschein\nkind: kita\naddress: {street: Am Markt, number: 9, postcode: 01067, town: K}\n", False),
    "the same kind beside it": ("name: Kita Regenbogen\nkind: kita\npoint: 10.005 53.705\n", True),
    "another name far away with the same number": ("name: Kita Regenbogen\nkind: kita\npoint: 10.025 53.715\ncontact: {phone: 04321 66969-12}\n", True),
    "something else of this name beside it": ("name: Spielplatz Sonnenschein\nkind: spielplatz\npoint: 10.005 53.705\n", False),
}  # fmt: skip


@pytest.mark.parametrize("name", LIKE)
def test_what_counts_as_the_same_place(tmp_path: Path, name: str) -> None:
    text, expected = LIKE[name]
    root = write(write_town(tmp_path), {"resources/places/eigene.yml": THERE})
    project, found = open_project(root)
    assert found == []
    assert project is not None
    node, _ = parse(text, "liste.csv")
    assert isinstance(node, MapNode)
    known = recognised(project, [Incoming("places", "neu", node)], {}, LastImport())
    assert (known.undecided == {"places/neu": "eigene"}) is expected, known
    assert [record.id for record in known.records] == ([] if expected else ["neu"])


def test_a_number_that_several_have_says_nothing(tmp_path: Path) -> None:
    """Such as that of an office which answers for all playgrounds."""
    other = "name: Bolzplatz\nkind: spielplatz\ncontact: {phone: 04321 66969-12}\n"
    root = write(
        write_town(tmp_path), {"resources/places/eigene.yml": THERE, "resources/places/bolzplatz.yml": other}
    )
    project, _ = open_project(root)
    assert project is not None
    node, _ = parse("name: Rodelhang\nkind: park\ncontact: {phone: 04321 66969-12}\n", "liste.csv")
    assert isinstance(node, MapNode)
    assert recognised(project, [Incoming("places", "neu", node)], {}, LastImport()).undecided == {}


@pytest.mark.parametrize(
    "several", ["AWO Ost; Caritas West", "AWO Ost | Caritas West", "AWO Ost\nCaritas West"]
)
def test_several_providers_in_a_cell_are_asked_about_and_become_none(town: Path, several: str) -> None:
    row = FAR_OFF.replace("Bund der Kitas", f'"{several}"')
    refused = imported(town, row)
    assert "[mehrere-traeger]" in refused.output
    assert "providers/traeger-1: new" in refused.output
    assert "traeger-1" not in names(town, "providers")
    assert imported(town, row, same="same: {providers/traeger-1: new}\n").exit_code == 0
    assert "traeger-1" in names(town, "providers")
