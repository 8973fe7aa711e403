"""A mapping that is drafted: the importer understands it, what is uncertain is marked, nothing is overwritten, and it gives records."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.imports.mapping_files import mapping_of
from generator.model.kinds import KIND_BY_FOLDER
from tests.edit.towns import answer, write_town
from tests.open_data import REAL, cities, folder_of, real

KITAS = """\
Kitas der Stadt;;;;;;;;;;
Lfd. Nr.;Name;Straße;Hausnummer;Postleitzahl;Ort;Träger;Telefon;E-Mail;Länge;Breite
1;Kita Nord;Uferweg;12;01067;Kleinstadt;Nachbarn am Hafen e. V.;04321/66969-01;nord@kitas.example;10.005;53.705
2;Kita Süd;Am Markt;3;01067;Kleinstadt;Nachbarn am Hafen e. V.;;;10.006;53.706
3;Kita am Größten Baum;Am Markt;7;01067;Kleinstadt;Bund & Söhne gGmbH;04321/66969-03;baum@kitas.example;10.007;53.705
"""
ANSWERS = {
    "id": "kita-<Nr>",
    "place": "kita-<Nr>",
    "name": "<Name>",
    "kind": "kita",
    "provider": "verein",
    "topics": "kita",
    "summary": "Eine Kita.",
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["import", "offers", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def drafted(town: Path, name: str, data: str | bytes, *more: str) -> tuple[Result, str]:
    path = town.parent / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = run(path, "--into", town, *more)
    files = sorted((town / "imports").glob("*.yml"))
    return result, files[0].read_text("utf-8") if files else ""


def taken(town: Path, name: str, **answers: str) -> Result:
    mapping = next((town / "imports").glob("*.yml"))
    answer(mapping, **{**ANSWERS, **answers})
    return run(town.parent / name, "--into", town, "--map", mapping)


def test_a_heading_that_is_a_field_is_that_field_and_all_else_is_asked(town: Path) -> None:
    result, text = drafted(town, "liste.csv", KITAS.encode("cp1252"))
    assert result.exit_code == 0, result.output
    assert "table: {separator: ;, encoding: windows-1252, header: 2}\n" in text
    for line in (
        "  id: <Träger|id>",
        "  name: <Name>",
        "    street: <Straße>",
        "    number: <Hausnummer>",
        "    postcode: <Postleitzahl>",
        "    town: <Ort>",
        "  point: <Länge> <Breite>",
        "  provider: <Träger|id>",
        "    phone: <Telefon>",
        "    email: <E-Mail>",
        "#   <Lfd. Nr.> „1“, „2“, „3“ (zählt nur, taugt nicht als id)",
        "#   <Straße> „Uferweg“, „Am Markt“",
    ):
        assert f"{line}\n" in text, line
    # Which column tells rows apart, of what kind something is and what it is about, people say.
    assert text.count("  id: TODO\n") == 2
    assert text.count("  kind: TODO\n") == 2
    assert "„nahraum words topics“" in text
    assert "Zuordnung für 3 Zeilen entworfen" in result.output
    assert f"nahraum import offers {town.parent / 'liste.csv'} --map" in result.output
    result = taken(town, "liste.csv", id="<Name|id>", place="<Name|id>")
    assert result.exit_code == 0, result.output
    assert "2 Träger, 3 Orte, 3 Angebote" in result.output
    place = (town / "resources/places/kita-nord.yml").read_text("utf-8")
    assert "address: {street: Uferweg, number: 12, postcode: 01067, town: Kleinstadt}" in place
    offer = (town / "resources/offers/kita-sued.yml").read_text("utf-8")
    assert "provider: nachbarn-am-hafen-e-v" in offer
    assert "contact" not in offer


def test_the_town_is_asked_where_no_column_names_it(town: Path) -> None:
    _, text = drafted(town, "liste.csv", "Name,Straße\nKita Nord,Uferweg\n")
    assert "    town: TODO\n" in text
    assert "Kleinstadt" not in text


def test_nothing_is_overwritten_and_a_dry_run_only_shows(town: Path) -> None:
    shown, text = drafted(town, "liste.csv", KITAS, "--dry-run")
    assert text == ""
    assert "  point: <Länge> <Breite>\n" in shown.output
    _, text = drafted(town, "liste.csv", KITAS)
    assert shown.output == text
    (town / "imports/liste.yml").write_text("# von Hand\n", "utf-8")
    again, text = drafted(town, "liste.csv", KITAS)
    assert again.exit_code == 1
    assert "eintrag-vorhanden" in again.output
    assert "--map imports/liste.yml" in again.output
    assert text == "# von Hand\n"


TREFF = "Angebot;Titel;Öffnungszeiten;Preis;Zielgruppe;PLZ;Straße;Nr;Bemerkung\nt;Treff;Mo 9-12;free;Eltern;01067;Uferweg;7;neu\n"


def test_a_heading_means_the_field_that_checks_know_by_it_and_no_column_is_lost_in_silence(
    town: Path,
) -> None:
    _, text = drafted(town, "liste.csv", TREFF)
    wanted = ("name: <Titel>", "hours: <Öffnungszeiten>", "cost: <Preis>", "  postcode: <PLZ>")
    for line in wanted:
        assert f"  {line}\n" in text, line
    for line in ("for: [<Zielgruppe|split>]", "FELD: <Bemerkung>", "FELD: <Angebot>", "FELD: <Nr>"):
        assert f"  # {line}\n" in text, line
    assert "<Zielgruppe>, zum Beispiel „Eltern“." in text
    said = taken(town, "liste.csv", places_town="Kleinstadt", id="<Angebot>", place="<Angebot>").output
    assert "Nicht übernommene Spalten: „Zielgruppe“, „Nr“, „Bemerkung“.\n" in said


ADVICE = "Nr;Name;Straße;PLZ;Art\n1;Schuldnerberatung Nord;Uferweg 2;01067;Beratung\n"


@pytest.mark.parametrize("name", ["adressen.csv", "spielplaetze.csv", "frauenhaeuser.csv"])
def test_no_heading_and_no_name_says_what_something_is_or_who_offers_it(town: Path, name: str) -> None:
    """Nothing is imported before somebody said it, and it is asked once for the whole table."""
    _, text = drafted(town, name, ADVICE + "2;Kita Süd;Am Markt 3;01067;Kita\n")
    for line in ("  kind: TODO\n", "  provider: TODO\n", "  topics: [TODO]\n"):
        assert line in text
    mapping = next((town / "imports").glob("*.yml"))
    result = run(town.parent / name, "--into", town, "--map", mapping, "-f", "concise")
    assert result.exit_code == 1
    asked = sum("TODO" in line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert result.output.count("[zuordnung-offen]") == asked
    more = {
        "postcode": "<PLZ>",
        "places_town": "Kleinstadt",
        "places_kind": "beratungsstelle",
        "offers_kind": "beratung",
    }
    assert taken(town, name, **more).exit_code == 0


def test_what_a_spreadsheet_made_of_numbers_is_not_taken(town: Path) -> None:
    """A house number that became a date is refused; a telephone without its zero gets it where the mapping says so."""
    table = "Nr;Name;Straße;Hausnummer;PLZ;Telefon\n1;Haus A;Uferweg;2026-03-01;01067;3514961234\n"
    drafted(town, "a.csv", table + "2;Haus B;Uferweg;4;01067;0351/12345\n")
    more = {"postcode": "<PLZ>", "places_town": "Kleinstadt"}
    refused = taken(town, "a.csv", **more)
    assert refused.exit_code == 1
    assert "[datum-statt-zahl]" in refused.output
    assert "[null-verloren]" in refused.output
    mapping = next((town / "imports").glob("*.yml"))
    text = (
        mapping.read_text("utf-8").replace("<Hausnummer>", "7").replace("<Telefon>", "<Telefon|zero|phone>")
    )
    mapping.write_text(text, "utf-8")
    assert taken(town, "a.csv").exit_code == 0
    assert "phone: 03514961234" in (town / "resources/offers/kita-1.yml").read_text("utf-8")
    assert "phone: 0351 12345" in (town / "resources/offers/kita-2.yml").read_text("utf-8")


def test_which_sheet_is_meant_is_asked(town: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Stand"
    book.active.append(["Juli 2026", "x", "y"])
    sheet = book.create_sheet("Kitas")
    for row in (["Kita-Liste"], [], ["Nr", "Name", "Straße", "PLZ"], [7, "Kita Nord", "Uferweg", 22999]):
        sheet.append(row)
    book.save(town.parent / "liste.xlsx")
    data = (town.parent / "liste.xlsx").read_bytes()
    unsure, text = drafted(town, "liste.xlsx", data)
    assert text == ""
    assert "--sheet" in unsure.output
    result, text = drafted(town, "liste.xlsx", data, "--sheet", "Kitas")
    assert result.exit_code == 0, result.output
    assert "table: {sheet: Kitas, header: 3}\n" in text
    assert "1 Ort" in taken(town, "liste.xlsx", postcode="<PLZ>", places_town="Kleinstadt").output
    wrong, _ = drafted(town, "liste.xlsx", data, "--sheet", "Kita", "--dry-run")
    assert "blatt-fehlt" in wrong.output


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "", "sie ist leer"),
        ("a.csv", "Nr;Name\n", "unter den Überschriften steht nichts"),
        ("a.csv", "Nr;Name;Name\n1;a;b\n", "steht zweimal da"),
        ("a.xlsx", "kein Blatt", "keine Arbeitsmappe"),
        ("a.gpkg", "x", "keine Tabelle"),
    ],
)
def test_what_is_no_table_has_no_draft(town: Path, name: str, data: str, said: str) -> None:
    result, text = drafted(town, name, data)
    assert result.exit_code == 1
    assert said in result.output
    assert "keine Zuordnung entworfen" in result.output
    assert text == ""
    assert not (town / "imports").exists()


def test_a_wrong_call_is_told(town: Path) -> None:
    assert "--update braucht eine Zuordnung" in drafted(town, "a.csv", "Nr\n1\n", "--update")[0].output
    result = run(town.parent / "a.csv", "--map", town / "x.yml", "--sheet", "A", "--into", town)
    assert "unter table" in " ".join(result.output.split())


ODD = {
    "one column": "Namen\nKita Nord\nKita Süd\n",
    "columns that mappings can't name": "Nr;Name;Telefon [dienstlich];a<b\n1;Kita Nord;040 66969-1;x\n",
    "headings like YAML": "Nr;Name;Telefon: neu;# Ort;- Mail\n1;Kita Nord;040 66969-1;x;a@b.example\n",
    "a heading that asks": "Nr;Name;Kita?\n1;Haus am See;ja\n",
    "values like YAML": "Nr;Name;Art\n1;Kita: Nord;Kita: groß\n2;# Kita;- Kita\n",
    "no rows that fit": "Nr;Name;PLZ;Straße;Lat;Lon\n1;Kita;x;y;z;w\n",
    "only numbers": "1;2;3\n4;5;6\n",
    "other letters": "№;Название;Улица\n1;Детский сад;Улица 5\n",
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_the_table_the_draft_is_understood(town: Path, name: str) -> None:
    result, text = drafted(town, "t.csv", ODD[name])
    assert result.exit_code == 0, result.output
    mapping, found = mapping_of(text, "t.yml", tuple(KIND_BY_FOLDER))
    assert found == [], text
    assert mapping is not None
    assert "offers" in mapping.sections
    assert "Traceback" not in taken(town, "t.csv").output


@pytest.mark.parametrize("city", cities("berlin_facilities"))
def test_the_list_of_a_city_needs_no_more_than_answers(town: Path, tmp_path: Path, city: str) -> None:
    path = (
        folder_of(city, tmp_path / "data")
        / "berlin_facilities"
        / "berlin-daycare-centers-2026-07-details.csv"
    )
    assert run(path, "--into", town).exit_code == 0
    mapping = next((town / "imports").glob("*.yml"))
    answer(mapping, **ANSWERS, postcode="<zip_code>", places_town="Berlin")
    result = run(path, "--into", town, "--map", mapping)
    assert result.exit_code == 0, result.output
    rows = len(path.read_text("utf-8").splitlines()) - 1
    assert f"{rows} Orte, {rows} Angebote" in result.output


@real("data_inclusion")
def test_a_template_from_elsewhere_is_laid_out_by_its_columns(town: Path) -> None:
    path = REAL / "data_inclusion" / "dataset.xlsx"
    assert run(path, "--into", town, "--sheet", "Structures").exit_code == 0
    text = (town / "imports" / "dataset-structures.yml").read_text("utf-8")
    assert "table: {sheet: Structures}" in text
    assert "#   <code_postal> „" in text
    assert "    postcode: TODO\n" in text or "\n  address:" not in text
