"""Imports: what a table holds becomes records that pass the check, or nothing is written and the place is named."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyproj import Transformer

from generator.cli import main
from tests.edit.towns import write_town
from tests.open_data import REAL, real

HEAD = "nr,name,art,tel,strasse,plz,ost,nord,gebiet,traeger_nr,traeger,sprachen"
ROWS = [
    '007,"Treff ""Süd"", offen",Treff,+493023125100,"Uferweg 12a",01067,10.0051234567,53.7051,west,01,Nachbarn am Hafen,"de, tr"',
    "008,Spielkreis,Gruppe,,Am Markt,01067,10.015,53.705,ost,01,Nachbarn am Hafen,",
]
MAPPING = """\
values:
  art: {Treff: treff, Gruppe: gruppe}
providers:
  id: traeger-<traeger_nr>
  name: <traeger>
  kind: non-profit
places:
  id: ort-<nr>
  name: <name>
  kind: haus
  address: {street: <strasse|street>, number: <strasse|number>, postcode: <plz>, town: Kleinstadt}
  point: <ost|degrees> <nord|degrees>
  spaces: [<gebiet>]
  providers: [traeger-<traeger_nr>]
offers:
  id: <nr>
  name: <name>
  summary: Ein Angebot von <traeger>.
  kind: <art|value>
  provider: traeger-<traeger_nr>
  place: ort-<nr>
  topics: [begegnung]
  languages: [<sprachen|split>]
  contact: {phone: <tel|phone>}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "town")


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def run(
    town: Path, what: str, table: str | bytes, *more: str, mapping: str = MAPPING, name: str = ""
) -> tuple[Result, list[dict[str, Any]]]:
    """Run an import with findings as JSON; they stand before the summary."""
    path = town.parent / (name or ("gebiete.geojson" if what == "areas" else "tabelle.csv"))
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    arguments = ["import", what, str(path), "--into", str(town), "-f", "json", *more]
    if what != "areas":
        (town.parent / "zuordnung.yml").write_text(mapping, "utf-8")
        arguments += ["--map", str(town.parent / "zuordnung.yml")]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = json.JSONDecoder().raw_decode(result.stdout)[0] if result.stdout.startswith("[") else []
    return result, found


def table(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows]) + "\n"


def read(town: Path, name: str) -> str:
    return (town / "resources" / name).read_text("utf-8")


# --- offers --------------------------------------------------------------------------------------------------------


def test_a_row_becomes_an_offer_its_place_and_its_provider(town: Path) -> None:
    result, found = run(town, "offers", table(*ROWS))
    assert (result.exit_code, found) == (0, []), result.output
    assert "1 Träger, 2 Orte, 2 Angebote" in result.output
    assert read(town, "offers/007.yml") == (
        'name: Treff "Süd", offen\nsummary: Ein Angebot von Nachbarn am Hafen.\nkind: treff\nprovider: traeger-01\nplace: ort-007\n'
        "topics: [begegnung]\nlanguages: [de, tr]\ncontact: {phone: 030 23125100}\n"
    )
    assert read(town, "places/ort-007.yml") == (
        'name: Treff "Süd", offen\nkind: haus\naddress: {street: Uferweg, number: 12a, postcode: 01067, town: Kleinstadt}\n'
        "point: 10.005123 53.7051\nspaces: [west]\nproviders: [traeger-01]\n"
    )
    assert "contact" not in read(town, "offers/008.yml")
    assert "number" not in read(town, "places/ort-008.yml")
    checked = CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise"])
    assert checked.exit_code == 0, checked.output


def test_the_order_of_rows_does_not_matter(town: Path, tmp_path: Path) -> None:
    other = write_town(tmp_path / "second" / "town")
    run(town, "offers", table(*ROWS))
    run(other, "offers", table(*reversed(ROWS)))
    assert snapshot(town) == snapshot(other)


def test_existing_records_are_never_touched_without_update(town: Path) -> None:
    assert run(town, "offers", table(*ROWS))[0].exit_code == 0
    before = snapshot(town)
    result, found = run(
        town,
        "offers",
        table(*ROWS, "009,Neu,Treff,,Am Markt 1,01067,10.001,53.701,west,01,Nachbarn am Hafen,"),
    )
    assert result.exit_code == 1
    assert {item["code"] for item in found} == {"eintrag-vorhanden"}
    assert snapshot(town) == before


def test_update_keeps_fields_that_the_table_does_not_have(town: Path) -> None:
    run(town, "offers", table(*ROWS))
    path = town / "resources" / "offers" / "008.yml"
    path.write_text(path.read_text("utf-8") + "ages: 0-3\n", "utf-8")
    untouched = (town / "resources" / "offers" / "007.yml").stat().st_mtime_ns
    result, found = run(
        town, "offers", table(ROWS[0], ROWS[1].replace("Spielkreis", "Spielkreis Nord")), "--update"
    )
    assert (result.exit_code, found) == (0, [])
    assert "Unverändert: 3." in result.output
    assert "ages: 0-3" in path.read_text("utf-8")
    assert "name: Spielkreis Nord" in path.read_text("utf-8")
    assert (town / "resources" / "offers" / "007.yml").stat().st_mtime_ns == untouched


def test_update_changes_only_what_is_different_and_leaves_the_rest_as_people_wrote_it(town: Path) -> None:
    run(town, "offers", table(*ROWS))
    path = town / "resources" / "offers" / "008.yml"
    written = "\ufeff# von Anna\n" + path.read_text("utf-8").replace(
        "name: Spielkreis\n", "name: 'Spielkreis'   # so am Schild\n"
    )
    assert "# so am Schild" in written
    written = written.replace("\n", "\r\n")
    path.write_bytes(written.encode())
    result, found = run(
        town, "offers", table(ROWS[0], ROWS[1].replace("Spielkreis", "Spielkreis: Nord")), "--update"
    )
    assert (result.exit_code, found) == (0, [])
    assert path.read_bytes().decode() == written.replace("'Spielkreis' ", '"Spielkreis: Nord" ')


def test_update_of_a_record_that_can_not_be_changed_by_itself_writes_nothing(town: Path) -> None:
    run(town, "offers", table(*ROWS))
    path = town / "resources" / "offers" / "008.yml"
    path.write_text(path.read_text("utf-8").replace("name: Spielkreis\n", "? name\n: Spielkreis\n"), "utf-8")
    before = snapshot(town)
    new = (ROWS[0].replace("Krabbelgruppe", "Andere"), ROWS[1].replace("Spielkreis", "Spielkreis Nord"))
    result, found = run(town, "offers", table(*new), "--update")
    assert result.exit_code == 1
    assert [(item["code"], item["file"], item["line"]) for item in found] == [
        ("nicht-von-selbst", "resources/offers/008.yml", 2)
    ]
    assert snapshot(town) == before


def test_other_separators_and_decimal_commas_when_the_mapping_says_so(town: Path) -> None:
    rows = list(csv.reader(table(*ROWS).splitlines()))
    for row in rows[1:]:
        row[6], row[7] = row[6].replace(".", ","), row[7].replace(".", ",")
    lines = [
        ";".join('"' + cell.replace('"', '""') + '"' if ";" in cell or '"' in cell else cell for cell in row)
        for row in rows
    ]
    content = "\r\n".join(lines).encode("cp1252")
    mapping = 'table: {separator: ";", decimal: ",", encoding: windows-1252}\n' + MAPPING
    result, found = run(town, "offers", content, mapping=mapping)
    assert (result.exit_code, found) == (0, []), result.output
    assert "point: 10.005123 53.7051" in read(town, "places/ort-007.yml")
    assert 'name: Treff "Süd", offen' in read(town, "offers/007.yml")


def test_values_that_cannot_be_read_are_left_out_when_the_mapping_says_so(town: Path) -> None:
    rows = [ROWS[0].replace("+493023125100", "bei Anna"), ROWS[1]]
    result, found = run(town, "offers", table(*rows))
    assert result.exit_code == 1
    assert [(item["code"], item["line"], item["column"]) for item in found] == [
        ("keine-telefonnummer", 2, 34)
    ]
    result, found = run(town, "offers", table(*rows), mapping="unreadable: leave-out\n" + MAPPING)
    assert result.exit_code == 0
    assert [(item["code"], item["severity"], item["line"]) for item in found] == [
        ("wert-ausgelassen", "warning", 2)
    ]
    assert "contact" not in read(town, "offers/007.yml")
    assert "languages: [de, tr]" in read(town, "offers/007.yml")


def test_notices_of_one_kind_are_one_with_a_count_and_errors_stand_last(town: Path) -> None:
    rows = [
        ROWS[1].replace("008", f"1{number:02}").replace("Gruppe,", "Gruppe,bei Anna") for number in range(30)
    ]
    path, mapping = town.parent / "tabelle.csv", town.parent / "zuordnung.yml"
    path.write_text(table(*rows, ROWS[0].replace("01067", "x")), "utf-8")
    mapping.write_text("unreadable: leave-out\n" + MAPPING, "utf-8")
    arguments = ["import", "offers", str(path), "--into", str(town), "--map", str(mapping)]
    told = CliRunner().invoke(main, arguments).stdout
    assert told.count("[wert-ausgelassen]") == 1
    assert "und 29 weitere Meldungen" in told
    assert told.index("Fehler[") > told.index("[wert-ausgelassen]")
    assert told.rstrip().rpartition("\n\n")[0].rpartition("\n\n")[2].startswith("Fehler["), told
    assert CliRunner().invoke(main, [*arguments, "-f", "concise"]).stdout.count("[wert-ausgelassen]") == 30


def test_a_needed_value_is_never_left_out(town: Path) -> None:
    result, found = run(
        town, "offers", table(ROWS[0].replace("01067", "1067")), mapping="unreadable: leave-out\n" + MAPPING
    )
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["keine-postleitzahl"]
    assert not (town / "resources" / "offers" / "007.yml").exists()


BAD: dict[str, tuple[str | bytes, str, int, int, str]] = {
    "wrong encoding": (table(*ROWS).encode("latin-1"), "kein-utf8", 2, 15, "UTF-8"),
    "semicolons": (table(*ROWS).replace(",", ";"), "trennzeichen", 1, 1, 'separator: ";"'),
    "tabs": (table(*ROWS).replace(",", "\t"), "trennzeichen", 1, 1, "separator: tab"),
    "decimal comma": (
        table(*(ROWS[0].replace("10.0051234567", '"10,005"'), ROWS[1])),
        "dezimalkomma",
        2,
        68,
        'decimal: ","',
    ),
    "repeated id": (table(ROWS[0], ROWS[1].replace("008", "007")), "kennung-doppelt", 3, 1, "nur einmal"),
    "projected point": (
        table(ROWS[0].replace("10.0051234567", "566038").replace("53.7051", "5950594")),
        "punkt-projiziert",
        2,
        68,
        "WGS 84",
    ),
    "swapped point": (
        table(ROWS[0].replace("10.0051234567", "53.7051", 1).replace("53.7051,west", "10.005,west")),
        "punkt-vertauscht",
        2,
        68,
        "10.005 53.7051",
    ),
    "empty name": (table(ROWS[1].replace("Spielkreis", "")), "zelle-leer", 2, 5, "ausfüllen"),
    "empty id": (table(ROWS[1].replace("008", "")), "zelle-leer", 2, 1, "ausfüllen"),
    "blank name": (table(ROWS[1].replace("Spielkreis", '"  "')), "zelle-leer", 2, 5, "ausfüllen"),
    "too many cells": (table(*ROWS, ROWS[1] + ",de,x"), "zeile-zu-lang", 4, 79, "Anführungszeichen"),
    "too few cells": (table(ROWS[0], "008,Spielkreis"), "zeile-zu-kurz", 3, 5, "ergänzen"),
    "open quote": (table(ROWS[0], '008,"Spielkreis'), "anfuehrung-offen", 3, 5, "Anführungszeichen"),
    "unknown value": (table(ROWS[1].replace("Gruppe", "Verein")), "wert-ohne-zuordnung", 2, 16, "values"),
    "unknown area": (table(ROWS[1].replace(",ost,", ",osten,")), "unbekannter-verweis", 2, 53, "ost"),
    "id with a blank": (table(ROWS[1].replace("008", "0 8")), "dateiname", 2, 1, "|id"),
    "two names for one provider": (
        table(ROWS[0], ROWS[1].replace("Nachbarn am Hafen", "Andere")),
        "angaben-verschieden",
        3,
        60,
        "angleichen",
    ),
    "heading twice": (
        table(*ROWS, head=HEAD.replace("tel", "name")),
        "ueberschrift-doppelt",
        1,
        13,
        "umbenennen",
    ),
    "heading empty": (table(*ROWS, head=HEAD.replace("tel", "")), "ueberschrift-leer", 1, 13, "ersten Zeile"),
    "empty table": ("", "tabelle-unlesbar", 1, 1, "CSV"),
    "nothing but blanks": ("\n  \n,,\n", "tabelle-unlesbar", 1, 1, "CSV"),
    "no date": (table(*ROWS), "kein-datum", 2, 1, "Jahr-Monat-Tag"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_tables_are_refused_with_row_and_column_and_nothing_is_written(town: Path, name: str) -> None:
    content, code, line, column, help_text = BAD[name]
    mapping = MAPPING + ("  checked: <nr>\n" if name == "no date" else "")
    before = snapshot(town)
    result, found = run(town, "offers", content, mapping=mapping)
    assert result.exit_code == 1
    named = [item for item in found if item["code"] == code]
    assert named, found
    assert (named[0]["line"], named[0]["column"]) == (line, column), named[0]
    assert named[0]["file"].endswith("tabelle.csv")
    assert help_text in named[0]["help"]
    assert {item["code"] for item in found} == {code}, found
    assert snapshot(town) == before
    assert [path.name for path in town.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "help_text"),
    [
        ("<name>\n  kind: haus", "<bezeichnung>\n  kind: haus", "spalte-fehlt", 9, "nr, name, art"),
        ("<name>\n  kind: haus", "<nam>\n  kind: haus", "spalte-fehlt", 9, "gemeint ist vielleicht „name“"),
        ("|phone", "|telefon", "unbekannte-umformung", 24, "möglich sind: phone"),
        ("offers:", "angebote:", "unbekanntes-feld", 15, "möglich sind"),
        ("  id: <nr>\n", "", "feld-fehlt", 15, "Kürzel"),
        (
            "  kind: haus\n",
            "  kind: haus\n  art: x\n",
            "unbekanntes-feld",
            11,
            "gemeint ist „kind“",
        ),
        ("values:\n", "table: {separator: x}\nvalues:\n", "falscher-wert", 1, "möglich sind: ;, ,, tab"),
        ("values:\n", "unreadable: egal\nvalues:\n", "falscher-wert", 1, "leave-out"),
        ("  art: {Treff: treff, Gruppe: gruppe}", "  x: {a: b}", "wert-ohne-zuordnung", 19, "values"),
        ("kind: haus", "kind: hauss", "unbekannter-verweis", 10, "haus"),
    ],
)
def test_mistakes_in_the_mapping_are_named_in_the_mapping(
    town: Path, old: str, new: str, code: str, line: int, help_text: str
) -> None:
    assert MAPPING.count(old) == 1
    before = snapshot(town)
    result, found = run(town, "offers", table(*ROWS), mapping=MAPPING.replace(old, new))
    assert result.exit_code == 1
    assert [(item["code"], item["line"]) for item in found] == [(code, line)], found
    assert found[0]["file"].endswith("zuordnung.yml")
    assert help_text in found[0]["help"]
    assert code != "wert-ohne-zuordnung" or "„Treff“, „Gruppe“" in found[0]["message"]
    assert snapshot(town) == before


def test_the_mapping_says_what_means_nothing_and_which_rows_are_no_records(town: Path) -> None:
    rows = [ROWS[0], ROWS[1].replace("Gruppe,,", "Gruppe,k. A.,"), "Summe,2,,,,,,,,,,"]
    result, found = run(town, "offers", table(*rows))
    assert result.exit_code == 1
    assert [(item["code"], item["line"]) for item in found] == [("zelle-sagt-nichts", 3), ("summenzeile", 4)]
    form = 'table: {empty: ["k. A."], skip: [Summe]}\n'
    result, found = run(town, "offers", table(*rows), mapping=form + MAPPING)
    assert (result.exit_code, found) == (0, []), result.output
    assert "1 Träger, 2 Orte, 2 Angebote" in result.output
    assert "contact" not in read(town, "offers/008.yml")


def test_german_dates_and_postcodes_without_their_zero_are_told_and_mended_by_the_mapping(town: Path) -> None:
    row = ROWS[1].replace("01067", "1067").replace("Spielkreis", "1.8.2025")
    mapping = MAPPING + "  from: <name>\n"
    _, found = run(town, "offers", table(row), mapping=mapping)
    assert [(item["code"], "|postcode" in item["help"], "|date" in item["help"]) for item in found] == [
        ("deutsches-datum", False, True),
        ("keine-postleitzahl", True, False),
    ]
    mapping = mapping.replace("from: <name>", "from: <name|date>").replace("<plz>", "<plz|postcode>")
    result, found = run(town, "offers", table(row), mapping=mapping)
    assert (result.exit_code, found) == (0, []), result.output
    assert "from: 2025-08-01\n" in read(town, "offers/008.yml")
    assert "postcode: 01067" in read(town, "places/ort-008.yml")
    _, found = run(town, "offers", table(row.replace("1.8.2025", "1.8.25")), mapping=mapping)
    told = [item["help"] for item in found if item["code"] == "deutsches-datum"]
    assert "vier Stellen" in told[0], "with two the shaping doesn't help"


def test_headings_that_stand_twice_are_left_out_and_told(town: Path) -> None:
    result, found = run(town, "offers", table(ROWS[0], HEAD, ROWS[1]))
    assert result.exit_code == 0
    assert [(item["code"], item["severity"], item["line"]) for item in found] == [
        ("ueberschrift-wiederholt", "warning", 3)
    ]
    assert "2 Angebote" in result.output


def test_of_many_equal_problems_people_are_shown_twenty_and_programs_all(town: Path) -> None:
    rows = [ROWS[1].replace("008", f"1{number:02}").replace("01067", "123") for number in range(50)]
    _, found = run(town, "offers", table(*rows))
    assert [item["code"] for item in found].count("keine-postleitzahl") == 50
    path, mapping = town.parent / "tabelle.csv", town.parent / "zuordnung.yml"
    arguments = ["import", "offers", str(path), "--into", str(town), "--map", str(mapping)]
    told = CliRunner().invoke(main, arguments).stdout
    assert told.count("[keine-postleitzahl]") == 20
    assert "und 30 weitere" in told


def test_files_that_are_missing(town: Path) -> None:
    result = CliRunner().invoke(
        main,
        [
            "import",
            "offers",
            str(town / "x.csv"),
            "--map",
            str(town / "x.yml"),
            "--into",
            str(town),
            "-f",
            "json",
        ],
    )
    assert result.exit_code == 1
    assert "datei-unlesbar" in result.output


BROKEN_COLUMNS = "id,nom,siret,date_maj,lien_source,horaires,lien_source,horaires\n1,Verein am Fluss,,,,,,\n"
"""Two columns twice, as a published template has them."""


def test_a_template_with_broken_columns_is_refused(town: Path) -> None:
    mapping = "providers: {id: <id|id>, name: <nom>, kind: non-profit}\n"
    before = snapshot(town)
    result, found = run(town, "offers", BROKEN_COLUMNS.encode(), mapping=mapping)
    assert result.exit_code == 1
    assert [(item["code"], item["line"], item["column"]) for item in found] == [
        ("ueberschrift-doppelt", 1, 44),
        ("ueberschrift-doppelt", 1, 56),
    ]
    assert "„lien_source“ steht zweimal da, in Spalte 5 und 7" in found[0]["message"]
    assert snapshot(town) == before
    # Columns that are too many but have names of their own do no harm.
    named = BROKEN_COLUMNS.replace("lien_source,horaires\n", "autre,horaires_2\n")
    result, found = run(town, "offers", named.encode(), mapping=mapping)
    assert (result.exit_code, found) == (0, [])
    assert "1 Träger" in result.output


@real("data_inclusion")
def test_a_published_template_with_broken_columns_is_refused(town: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(REAL / "data_inclusion" / "dataset.xlsx", read_only=True)
    mapping = "providers: {id: <id|id>, name: <nom>, kind: non-profit}\n"

    def as_csv(sheet: str) -> bytes:
        out = io.StringIO()
        csv.writer(out).writerows(
            [
                ["" if cell is None else cell for cell in row]
                for row in book[sheet].iter_rows(values_only=True)
            ]
        )
        return out.getvalue().encode()

    before = snapshot(town)
    result, found = run(town, "offers", as_csv("Services"), mapping=mapping)
    assert result.exit_code == 1
    assert [(item["code"], item["line"], item["column"]) for item in found] == [
        ("ueberschrift-doppelt", 1, 93)
    ]
    assert "„lien_source“ steht zweimal da, in Spalte 7 und 10" in found[0]["message"]
    assert snapshot(town) == before
    # Columns that are too many but have names of their own do no harm.
    result, found = run(town, "offers", as_csv("Structures"), mapping=mapping)
    assert (result.exit_code, found) == (0, [])
    assert "3 Träger" in result.output


# --- areas ---------------------------------------------------------------------------------------------------------


def square(west: float, south: float = 53.7, size: float = 0.005) -> list[list[list[float]]]:
    east, north = round(west + size, 6), round(south + size, 6)
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def collection(*areas: tuple[dict[str, Any], Any], **more: Any) -> str:
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": ring}}
        for properties, ring in areas
    ]
    return json.dumps({"type": "FeatureCollection", **more, "features": features}, indent=1)


LEVEL = ["--level", "quartier", "--id", "NR", "--name", "NAME"]
AREAS = [
    ({"NR": "0101", "NAME": "Nord", "UP": "kleinstadt"}, square(10.0)),
    ({"NR": "0102", "NAME": "Süd: am Wasser", "UP": "kleinstadt"}, square(10.005)),
]


def test_areas_become_records_and_one_file_of_geometries(town: Path) -> None:
    result, found = run(town, "areas", collection(*AREAS), *LEVEL, "--parent", "UP", "--code", "NR")
    assert (result.exit_code, found) == (0, []), result.output
    assert (
        read(town, "spaces/0101.yml")
        == "name: Nord\nlevel: quartier\nparent: kleinstadt\ncode: 0101\ngeometry: geometry/quartier.geojson#0101\n"
    )
    assert 'name: "Süd: am Wasser"' in read(town, "spaces/0102.yml")
    lines = read(town, "geometry/quartier.geojson").splitlines()
    assert len(lines) == 4
    assert json.loads(read(town, "geometry/quartier.geojson"))["features"][0]["geometry"][
        "coordinates"
    ] == square(10.0)


def test_parents_from_the_beginning_of_the_id_and_ids_from_parts(town: Path) -> None:
    run(
        town,
        "areas",
        collection(({"NR": "x9901", "NAME": "Eins"}, square(10.0))),
        "--level",
        "stadt",
        "--id",
        "<NR[-4:-2]>",
        "--name",
        "NAME",
    )
    result, found = run(
        town,
        "areas",
        collection(({"NR": "9901", "NAME": "Zwei"}, square(10.0))),
        *LEVEL,
        "--parent",
        "<NR[:2]>",
    )
    assert (result.exit_code, found) == (0, []), result.output
    assert "parent: 99\n" in read(town, "spaces/9901.yml")
    assert read(town, "spaces/99.yml").startswith("name: Eins\nlevel: stadt\n")


def test_a_projected_system_that_the_file_names_is_converted(town: Path) -> None:
    to_utm = Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True)
    ring = [[list(to_utm.transform(*point)) for point in square(10.0)[0]]]
    crs = {"type": "name", "properties": {"name": "EPSG:25832"}}
    result, found = run(town, "areas", collection((AREAS[0][0], ring), crs=crs), *LEVEL, "--parent", "UP")
    assert (result.exit_code, found) == (0, []), result.output
    written = json.loads(read(town, "geometry/quartier.geojson"))["features"][0]["geometry"]["coordinates"][0]
    assert all(
        abs(a - b) < 1e-6
        for left, right in zip(written, square(10.0)[0], strict=True)
        for a, b in zip(left, right, strict=True)
    )


def test_rings_that_touch_themselves_are_kept_as_they_are_and_reported_by_the_check(town: Path) -> None:
    bowtie = [[[10.0, 53.7], [10.005, 53.705], [10.005, 53.7], [10.0, 53.705], [10.0, 53.7]]]
    result, _ = run(town, "areas", collection((AREAS[0][0], bowtie)), *LEVEL, "--parent", "UP")
    assert result.exit_code == 0
    assert (
        json.loads(read(town, "geometry/quartier.geojson"))["features"][0]["geometry"]["coordinates"]
        == bowtie
    )
    assert (
        "geometrie-repariert" in CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise"]).output
    )


BAD_AREAS: dict[str, tuple[str | bytes, list[str], str, str]] = {
    "projected": (
        collection(
            (AREAS[0][0], [[[566038, 5950594], [566698, 5950602], [566684, 5951715], [566038, 5950594]]])
        ),
        ["--parent", "UP"],
        "geometrie-projiziert",
        "crs",
    ),
    "unknown system": (
        collection(AREAS[0], crs={"type": "name", "properties": {"name": "EPSG:99999"}}),
        ["--parent", "UP"],
        "koordinatensystem-unbekannt",
        "EPSG:4326",
    ),
    "repeated id": (collection(AREAS[0], AREAS[0]), ["--parent", "UP"], "kennung-doppelt", "nur einmal"),
    "empty name": (
        collection(({"NR": "1", "NAME": " ", "UP": "kleinstadt"}, square(10.0))),
        ["--parent", "UP"],
        "eigenschaft-leer",
        "ausfüllen",
    ),
    "name is null": (
        collection(({"NR": "1", "NAME": None, "UP": "kleinstadt"}, square(10.0))),
        ["--parent", "UP"],
        "eigenschaft-leer",
        "ausfüllen",
    ),
    "no such property": (
        collection(({"nr": "1", "NAME": "A", "UP": "kleinstadt"}, square(10.0))),
        ["--parent", "UP"],
        "spalte-fehlt",
        "gemeint ist vielleicht „nr“",
    ),
    "unknown parent": (
        collection(({"NR": "1", "NAME": "A", "UP": "kleinstad"}, square(10.0))),
        ["--parent", "UP"],
        "unbekannter-verweis",
        "kleinstadt",
    ),
    "property of some only": (
        collection(AREAS[0], ({"NAME": "A", "UP": "kleinstadt"}, square(10.005))),
        ["--parent", "UP"],
        "eigenschaft-leer",
        "ausfüllen",
    ),
    "id without letters": (
        collection(({"NR": "§§", "NAME": "A", "UP": "kleinstadt"}, square(10.0))),
        ["--parent", "UP"],
        "dateiname",
        "gebiet-1",
    ),
    "no geometry": (
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": AREAS[0][0], "geometry": None}],
            }
        ),
        ["--parent", "UP"],
        "geometrie-fehlt",
        "ergänzen",
    ),
    "no GeoJSON": ("{}", ["--parent", "UP"], "kein-geojson", "FeatureCollection"),
    "wrong encoding": (
        collection(AREAS[1]).encode().decode("unicode_escape").encode("latin-1"),
        ["--parent", "UP"],
        "kein-utf8",
        "UTF-8",
    ),
    "exists": (
        collection(({"NR": "ost", "NAME": "Ost", "UP": "kleinstadt"}, square(10.0))),
        ["--parent", "UP"],
        "eintrag-vorhanden",
        "--update",
    ),
}


@pytest.mark.parametrize("name", BAD_AREAS)
def test_bad_areas_are_refused_and_nothing_is_written(town: Path, name: str) -> None:
    content, more, code, help_text = BAD_AREAS[name]
    before = snapshot(town)
    result, found = run(town, "areas", content, *LEVEL, *more, name="gebiete.geojson")
    assert result.exit_code == 1
    assert {item["code"] for item in found} == {code}, found
    assert help_text in found[0]["help"]
    assert snapshot(town) == before


def test_a_level_that_does_not_exist_and_wrong_use(town: Path) -> None:
    result, found = run(
        town, "areas", collection(*AREAS), "--level", "quartir", "--id", "NR", "--name", "NAME"
    )
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["unbekannte-ebene"]
    result, _ = run(town, "areas", collection(*AREAS), *LEVEL, "--parent", "UP", "--parent-id", "kleinstadt")
    assert result.exit_code == 2


# --- streets -------------------------------------------------------------------------------------------------------

STREETS = """\
streets:
  street: <name>
  space: <gebiet>
  postcode: <plz>
  ranges:
    - {parity: odd, from: <u_von>, to: <u_bis>}
    - {parity: even, from: <g_von>, to: <g_bis>}
"""
POINT = "streets: {street: <name>, space: <gebiet>, longitude: <plz>, latitude: <u_von>}\n"
STREET_HEAD = "name,gebiet,plz,u_von,u_bis,g_von,g_bis"


def test_a_row_with_two_ranges_becomes_two_and_an_empty_one_the_whole_street(town: Path) -> None:
    rows = [
        "Uferweg,west,01067,0001,0071a,0002,0134",
        "Am Markt,ost,01067,,,0002,0004",
        "Gasse,ost,01067,,,,",
    ]
    result, found = run(town, "streets", table(*rows, head=STREET_HEAD), mapping=STREETS)
    assert (result.exit_code, found) == (0, []), result.output
    assert read(town, "streets.csv").splitlines() == [
        "street,from,to,parity,postcode,space",
        "Uferweg,1,71a,odd,01067,west",
        "Uferweg,2,134,even,01067,west",
        "Am Markt,2,4,even,01067,ost",
        "Gasse,,,all,01067,ost",
    ]
    checked = CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise"])
    assert checked.exit_code == 0, checked.output


def test_a_register_that_people_edited_stays(town: Path) -> None:
    """What an import wrote is written anew; once somebody changed it, or nothing remembers it, it stays and that is told."""
    first, second = "Uferweg,west,01067,,,,", "Am Markt,ost,01067,,,,"
    path = town / "resources/streets.csv"
    run(town, "streets", table(first, head=STREET_HEAD), mapping=STREETS)
    run(town, "streets", table(first, second, head=STREET_HEAD), "--update", mapping=STREETS)
    assert "Am Markt" in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + "Gasse,,,all,01067,ost\n", "utf-8")
    edited = path.read_bytes()
    result, _ = run(town, "streets", table(first, head=STREET_HEAD), "--update", mapping=STREETS)
    assert path.read_bytes() == edited
    assert "  resources/streets.csv\n" in result.output


def test_a_bad_point_hides_no_bad_postcode(town: Path) -> None:
    mapping = POINT.replace("}", ", postcode: <u_bis>}")
    _, found = run(town, "streets", table("Uferweg,west,54.1,,1067,,", head=STREET_HEAD), mapping=mapping)
    assert {"kein-punkt", "keine-postleitzahl"} <= {item["code"] for item in found}


@pytest.mark.parametrize(
    ("rows", "mapping", "code", "line", "column"),
    [
        (["Uferweg,wset,01067,1,3,,"], STREETS, "unbekannter-verweis", 2, 9),
        (["Uferweg,west,01067,1 bis 3,5,,"], STREETS, "keine-hausnummer", 2, 20),
        ([",west,01067,1,3,,"], STREETS, "zelle-leer", 2, 1),
        (["Uferweg,,01067,1,3,,"], STREETS, "zelle-leer", 2, 9),
        (["Uferweg,west,1067,1,3,,"], STREETS, "keine-postleitzahl", 2, 1),
        (["Uferweg,west,01067,5,3,,"], STREETS, "hausnummern-verkehrt", 2, 1),
        (["Uferweg,west,54.1,,3,,"], POINT, "kein-punkt", 2, 1),
        (["Uferweg,west,54.1,10.1,3,,"], POINT, "punkt-vertauscht", 2, 1),
        (
            ["Uferweg,west,01067,1,3,,"],
            STREETS.replace("parity: odd", "parity: ungerade"),
            "falscher-wert",
            6,
            16,
        ),
        (["Uferweg,west,01067,1,3,,"], STREETS.replace("  space:", "  gebiet:"), "unbekanntes-feld", 3, 3),
        (["Uferweg,west,01067,1,3,,"], STREETS.replace("<plz>", "<postleitzahl>"), "spalte-fehlt", 4, 13),
    ],
)
def test_bad_registers_are_refused_and_nothing_is_written(
    town: Path, rows: list[str], mapping: str, code: str, line: int, column: int
) -> None:
    before = snapshot(town)
    result, found = run(town, "streets", table(*rows, head=STREET_HEAD), mapping=mapping)
    assert result.exit_code == 1
    assert code in {item["code"] for item in found}, found
    item = next(item for item in found if item["code"] == code)
    assert (item["line"], item["column"]) == (line, column), item
    assert snapshot(town) == before
