"""A mapping that is drafted: the importer understands it, what is uncertain is marked, nothing is overwritten, and it gives records."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.imports.mapping import mapping_of
from generator.model.kinds import KIND_BY_FOLDER
from tests.edit.towns import answer, write_town
from tests.open_data import REAL, cities, folder_of, real

KITAS = """\
Kitas der Stadt;;;;;;;;;;;;;
Lfd. Nr.;Bezeichnung der Kita;Straße;Hausnummer;Zusatz;PLZ;Ort;Stadtteil;Träger;Telefon;E-Mail;Öffnungszeiten;Rechtswert;Hochwert
1;Kita Nord;Uferweg;12;A;1067;Kleinstadt;West;Nachbarn am Hafen e. V.;04321/66969-01;nord@kitas.example;Mo-Fr 7-17 Uhr;565937,5;5950595,4
2;Kita Süd;Am Markt;3;;1067;Kleinstadt;Ost;Nachbarn am Hafen e. V.;k. A.;k. A.;Mo-Fr 7-16 Uhr;566100,5;5950600,4
3;Kita am Größten Baum;Am Markt;7;;1067;Kleinstadt;Ost;Bund & Söhne gGmbH;04321/66969-03;baum@kitas.example;Mo-Fr 7-16 Uhr;566100,5;5950610,4
Gesamt;3;;;;;;;;;;;;
"""
PLAYGROUNDS = (
    "name,x,y,bemerkung\nSpielplatz am Fluss,53.705,10.005,Rutsche\nBolzplatz Ost,53.706,10.015,Tore\n"
)


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


def taken(town: Path, name: str, *answers: str) -> Result:
    mapping = next((town / "imports").glob("*.yml"))
    answer(mapping, *answers)
    return run(town.parent / name, "--into", town, "--map", mapping)


def test_a_german_list_is_understood_as_it_is(town: Path) -> None:
    result, text = drafted(town, "liste.csv", KITAS.encode("cp1252"))
    assert result.exit_code == 0, result.output
    assert text.count("table:") == 1
    form = next(line for line in text.splitlines() if line.startswith("table:"))
    for part in (
        "separator: ;",
        'decimal: ","',
        "encoding: windows-1252",
        "header: 2",
        "crs:",
        "empty: [k. A.]",
        "skip: [Gesamt]",
    ):
        assert part in form
    for line in (
        "  id: liste-<Lfd. Nr.|id>",
        "  name: <Bezeichnung der Kita>",
        "    street: <Straße>",
        "    number: <Hausnummer><Zusatz|lower?>",
        "    postcode: <PLZ|postcode>",
        "    town: <Ort>",
        "  point: <Rechtswert> <Hochwert>",
        "  spaces: [<Stadtteil|id>]",
        "  provider: <Träger|id>",
        "    phone: <Telefon|phone>",
        "    email: <E-Mail>",
        "  hours: <Öffnungszeiten>",
    ):
        assert f"{line}\n" in text, line
    assert "# unsicher: Koordinaten in Metern" in text
    assert "Zuordnung für 3 Zeilen entworfen" in result.output
    assert f"nahraum import offers {town.parent / 'liste.csv'} --map" in result.output
    result = taken(town, "liste.csv")
    assert result.exit_code == 0, result.output
    assert "2 Träger, 3 Orte, 3 Angebote" in result.output
    place = (town / "resources/places/liste-1.yml").read_text("utf-8")
    assert "address: {street: Uferweg, number: 12a, postcode: 01067, town: Kleinstadt}" in place
    assert "spaces: [west]" in place
    assert "point: 9.99" in place or "point: 10.0" in place
    offer = (town / "resources/offers/liste-2.yml").read_text("utf-8")
    assert "provider: nachbarn-am-hafen-e-v" in offer
    assert "contact" not in offer


def test_coordinates_are_told_by_their_values(town: Path) -> None:
    result, text = drafted(town, "spielplaetze.csv", PLAYGROUNDS)
    assert result.exit_code == 0
    assert "  point: <y> <x>\n" in text
    assert "die Überschriften sind vertauscht" in text
    assert "# unsicher: keine Spalte ist eine Kennung" in text
    assert "#   bemerkung: „Rutsche“, „Tore“" in text
    assert "2 Orte." in taken(town, "spielplaetze.csv", "spielplatz", "").output


def test_nothing_is_overwritten_and_a_dry_run_only_shows(town: Path) -> None:
    shown, text = drafted(town, "spielplaetze.csv", PLAYGROUNDS, "--dry-run")
    assert text == ""
    assert "  point: <y> <x>\n" in shown.output
    _, text = drafted(town, "spielplaetze.csv", PLAYGROUNDS)
    assert shown.output == text
    (town / "imports/spielplaetze.yml").write_text("# von Hand\n", "utf-8")
    again, text = drafted(town, "spielplaetze.csv", PLAYGROUNDS)
    assert again.exit_code == 1
    assert "eintrag-vorhanden" in again.output
    assert "--map imports/spielplaetze.yml" in again.output
    assert text == "# von Hand\n"


def test_a_kind_in_a_column_is_taken_where_it_is_called_just_so_and_else_asked(town: Path) -> None:
    table = "Nr;Name;Art;Lat;Lon\n1;A-Haus;Spielplatz;53,705;10,005\n2;B-Haus;Parkplatz;53,706;10,006\n"
    _, text = drafted(town, "orte.csv", table)
    assert "  kind: <Art|value>\n" in text
    assert "unter values fehlt sie für: Parkplatz" in text
    assert "    Spielplatz: spielplatz\n    Parkplatz: TODO\n" in text
    assert "2 Orte." in taken(town, "orte.csv", "haus", "").output


ADVICE = "Nr;Name;Straße;PLZ;Parkplätze;Anfahrt\n1;Schuldnerberatung Nord;Uferweg 2;01067;3;\n"


@pytest.mark.parametrize("name", ["adressen.csv", "spielplaetze.csv", "frauenhaeuser.csv"])
def test_no_heading_and_no_name_says_what_something_is_or_who_offers_it(town: Path, name: str) -> None:
    """Nothing is imported before somebody said it, and it is asked once for the whole table."""
    _, text = drafted(town, name, ADVICE + "2;Kita Süd;Am Markt 3;01067;;\n")
    for line in ("  kind: TODO\n", "  provider: TODO\n", "  topics: [TODO]\n"):
        assert line in text
    mapping = next((town / "imports").glob("*.yml"))
    result = run(town.parent / name, "--into", town, "--map", mapping, "-f", "concise")
    assert result.exit_code == 1
    assert result.output.count("[zuordnung-offen]") == text.count("TODO") == 4
    assert taken(town, name, "beratungsstelle", "beratung").exit_code == 0


def test_what_a_spreadsheet_made_of_numbers_is_not_taken(town: Path) -> None:
    """A house number that became a date is refused; a telephone without its zero gets it where the mapping says so."""
    table = "Nr;Name;Straße;Hausnummer;PLZ;Telefon\n1;Haus A;Uferweg;2026-03-01;01067;3514961234\n"
    _, text = drafted(town, "a.csv", table + "2;Haus B;Uferweg;4;01067;0351/12345\n")
    assert "„2026-03-01“ ist ein Datum" in text
    assert "phone: <Telefon|zero|phone>" in text
    refused = taken(town, "a.csv")
    assert refused.exit_code == 1
    assert "[datum-statt-zahl]" in refused.output
    mapping = next((town / "imports").glob("*.yml"))
    mapping.write_text(mapping.read_text("utf-8").replace("|zero", ""), "utf-8")
    assert "[null-verloren]" in taken(town, "a.csv").output
    mapping.write_text(text.replace("<Hausnummer>", "7"), "utf-8")
    assert taken(town, "a.csv").exit_code == 0
    assert "phone: 03514961234" in (town / "resources/offers/a-1.yml").read_text("utf-8")
    assert "phone: 0351 12345" in (town / "resources/offers/a-2.yml").read_text("utf-8")


def test_what_does_not_fit_is_counted(town: Path) -> None:
    rows = "".join(f"{n};Kita {n};040 66969-{n:03};10.00{n};53.705\n" for n in range(1, 9))
    table = f"Nr;Name;Telefon;Lon;Lat\n{rows}9;Kita 9;siehe Aushang;10.009;53.705\n"
    _, text = drafted(town, "kitas.csv", table)
    assert "# unsicher: in 1 von 9 Zeilen passt es nicht: „siehe Aushang“ ist keine Telefonnummer" in text
    assert "unreadable: leave-out" in text
    assert "9 Orte" in taken(town, "kitas.csv").output


def test_names_of_persons_are_never_taken(town: Path) -> None:
    _, text = drafted(town, "kitas.csv", "Nr;Name;Leitung\n1;Kita Nord;Frau Beispiel\n")
    assert "<Leitung>" not in text
    assert "#   Leitung: „Frau Beispiel“ (Namen von Personen werden nicht übernommen)" in text


def test_a_sheet_is_chosen_and_the_others_are_named(town: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Stand"
    book.active.append(["Juli 2026", "x", "y"])
    book.active.append(["a", "b", "c"])
    sheet = book.create_sheet("Kitas")
    for row in (["Kita-Liste"], [], ["Nr", "Name", "Adresse", "PLZ"], [7, "Kita Nord", "Uferweg 12a", 22999]):
        sheet.append(row)
    book.save(town.parent / "liste.xlsx")
    data = (town.parent / "liste.xlsx").read_bytes()
    result, text = drafted(town, "liste.xlsx", data, "--sheet", "Kitas")
    assert result.exit_code == 0, result.output
    assert "table: {sheet: Kitas, header: 3}\n" in text
    assert (
        "    street: <Adresse|street>\n    number: <Adresse|number>\n    postcode: <PLZ>\n    town: Kleinstadt\n"
        in text
    )
    assert "1 Ort" in taken(town, "liste.xlsx").output
    wrong, _ = drafted(town, "liste.xlsx", data, "--sheet", "Kita", "--dry-run")
    assert "blatt-fehlt" in wrong.output
    unsure, _ = drafted(town, "liste.xlsx", data, "--dry-run")
    assert "# unsicher: weitere Blätter: Kitas" in unsure.output


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
    answer(mapping)
    result = run(path, "--into", town, "--map", mapping)
    assert result.exit_code == 0, result.output
    rows = len(path.read_text("utf-8").splitlines()) - 1
    assert f"{rows} Orte, {rows} Angebote" in result.output


@real("data_inclusion")
def test_a_template_from_elsewhere_needs_one_edit(town: Path) -> None:
    path = REAL / "data_inclusion" / "dataset.xlsx"
    assert run(path, "--into", town).exit_code == 0
    mapping = town / "imports" / "dataset.yml"
    text = mapping.read_text("utf-8")
    assert "table: {sheet: Structures, skip: [WAHR]}" in text
    assert "Noch zu klären: „750121“ ist keine Postleitzahl" in text
    # The one real mistake of the row: a postcode of six digits, which people would put right in the table.
    mapping.write_text(text.replace("postcode: <code_postal>", "postcode: <code_postal[:5]>"), "utf-8")
    answer(mapping)
    result = run(path, "--into", town, "--map", mapping)
    assert result.exit_code == 0, result.output
    assert "1 Träger, 1 Ort." in result.output
