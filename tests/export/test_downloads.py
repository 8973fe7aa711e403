"""Downloads of figures: valid for those who read them, the same numbers in every form, the same bytes every time."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.derive.indicator_series import cell_of
from generator.export.figure_columns import SIGNS, note_of
from generator.export.figure_files import Downloads, excel_csv, plain_csv
from generator.export.offer_files import no_formula
from generator.export.workbook import workbook
from generator.model.cells import Status
from generator.pipeline.build import Project
from generator.read.value_tables import ValueRow
from generator.render.data_files.open_data import figure_files, source_of
from tests.chance import whole
from tests.disclosure.worlds import QUARTERS, write_project
from tests.records import replace

SHAPES = Path(__file__).with_name("dcat_ap_de.ttl")


@pytest.fixture(scope="module")
def files(demo: Project) -> dict[str, bytes]:
    """Every download of the demo by path."""
    return figure_files(demo.contexts[0])


@pytest.fixture(scope="module")
def folder(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The downloads as files."""
    root = tmp_path_factory.mktemp("daten")
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def plain_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


@whole
def test_every_indicator_has_every_form(demo: Project, files: Mapping[str, bytes]) -> None:
    assert demo.facts is not None
    assert len(demo.facts.series) >= 10
    for key in demo.facts.series:
        for ending in (".csv", "-excel.csv", ".json", ".xlsx", ".geojson"):
            assert files[f"daten/{key}/{key}{ending}"]
        assert files[f"daten/{key}/datapackage.json"]


def test_numbers_are_those_of_the_facts_in_every_form(demo: Project, files: Mapping[str, bytes]) -> None:
    assert demo.facts is not None
    checked = 0
    for key, series in demo.facts.series.items():
        cells = list(series.cells.values())
        plain = plain_rows(files[f"daten/{key}/{key}.csv"])
        german = list(
            csv.DictReader(
                io.StringIO(files[f"daten/{key}/{key}-excel.csv"].decode("utf-8-sig")), delimiter=";"
            )
        )
        content = json.loads(files[f"daten/{key}/{key}.json"])["rows"]
        sheet = openpyxl.load_workbook(io.BytesIO(files[f"daten/{key}/{key}.xlsx"]))["Werte"]
        head = [cell.value for cell in sheet[1]]
        rows = [
            dict(zip(head, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)
        ]
        assert len(cells) == len(plain) == len(german) == len(content) == len(rows)
        for cell, one, two, three, four in zip(cells, plain, german, content, rows, strict=True):
            assert one["space"] == cell.space == three["space"] == four["Kürzel des Gebiets"]
            if cell.value is None:
                assert one["value"] == two["Wert"] == four["Wert"] == str(cell.status) == three["sign"]
                assert three["value"] is None
                assert one["numerator"] == ""
                continue
            assert Decimal(one["value"]) == cell.value
            assert Decimal(two["Wert"].replace(",", ".")) == cell.value
            assert Decimal(str(three["value"])) == cell.value
            assert Decimal(str(four["Wert"])) == cell.value
            assert one["numerator"] == ("" if cell.numerator is None else str(cell.numerator))
            checked += 1
    assert checked > 900


@whole
@pytest.mark.parametrize(
    ("key", "column"), [("source", "breakdown_source"), ("value", "breakdown_value"), ("art", "art")]
)
def test_a_breakdown_may_be_called_like_a_column_of_the_downloads(
    tmp_path: Path, key: str, column: str
) -> None:
    town = write_project(tmp_path / "projekt")
    divided = (
        f"breakdowns: [{{id: {key}, name: Quelle, values: [{{id: a, name: Amt}}, {{id: b, name: Bad}}]}}]\n"
    )
    definition = "title: Wege\nsays: So viele.\nnumerator: Wege\ndecimals: 0\nsource: {name: Amt, regime: delivered}\ndisclosure: {method: none}\nno_indicator: Wege, keine Fälle\n"
    folder = town / "resources/indicators/wege"
    folder.mkdir()
    (folder / "indicator.yml").write_text(definition + divided, "utf-8")
    counts = [
        f"{area},2025,{value},{count}"
        for area in QUARTERS
        for value, count in (("", 50), ("a", 20), ("b", 30))
    ]
    (folder / "values.csv").write_text("\n".join([f"space,period,{key},numerator", *counts]) + "\n", "utf-8")
    site = tmp_path / "site"
    done = CliRunner().invoke(main, ["build", "--project", str(town), "--output", str(site)])
    assert done.exit_code == 0, done.output
    own = site / "daten/wege/wege"
    parted = {"": "50", "a": "20", "b": "30"}

    def told(rows: Iterable[Mapping[str, object]], division: str, value: str) -> dict[str, str]:
        """Return the values of an area by what they are divided by."""
        found = [row for row in rows if row["space"] == "ahorn"]
        return {str(row[division]): str(row[value]) for row in found}

    assert told(plain_rows(own.with_suffix(".csv").read_bytes()), column, "value") == parted
    assert told(json.loads(own.with_suffix(".json").read_bytes())["rows"], column, "value") == parted
    sheet = openpyxl.load_workbook(own.with_suffix(".xlsx"))["Werte"]
    head = next(sheet.iter_rows(values_only=True))
    assert len(set(head)) == len(head)
    together = plain_rows((site / "daten/kennzahlen.csv").read_bytes())
    assert told(together, "breakdown", "value") == {
        f"{column}={part}" if part else "": count for part, count in parted.items()
    }


def test_secret_cells_are_signs_everywhere(demo: Project, files: Mapping[str, bytes]) -> None:
    assert demo.facts is not None
    secret = [cell for cell in demo.facts.series["hze"].cells.values() if cell.status is Status.SECRET]
    assert secret
    rows = {(row["space"], row["period"], row["art"]): row for row in plain_rows(files["daten/hze/hze.csv"])}
    for cell in secret:
        row = rows[cell.space, cell.period, cell.breakdown[0]]
        assert (row["value"], row["low"], row["high"], row["numerator"]) == (".", "", "", "")
        assert row["meaning"] == SIGNS[Status.SECRET]


def test_every_form_says_where_the_count_changes_and_what_the_figure_does_not_say(
    files: Mapping[str, bytes],
) -> None:
    key = "daten/gefaehrdung-8a/"
    content = json.loads(files[f"{key}gefaehrdung-8a.json"])
    whole = [row for row in plain_rows(files["daten/kennzahlen.csv"]) if row["indicator"] == "gefaehrdung-8a"]
    for rows in (plain_rows(files[f"{key}gefaehrdung-8a.csv"]), content["rows"], whole):
        told = {row["period"] for row in rows if "jedes Kind einer Meldung" in row["note"]}
        assert told == {"2023"}
    package = json.loads(files[f"{key}datapackage.json"])
    sheet = openpyxl.load_workbook(io.BytesIO(files[f"{key}gefaehrdung-8a.xlsx"]))["Erläuterung"]
    explained = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for text in (str(content["about"]), package["resources"][0]["description"], explained):
        assert "Ab 2023 wird anders gezählt" in text
        assert "Eine Meldung ist ein Hinweis, noch kein Urteil." in text
        assert "Design-Faktor 2" in text


def test_workbook_keeps_types_and_leading_zeros(files: Mapping[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["daten/kinder-sgb2/kinder-sgb2.xlsx"]))
    sheet = book["Werte"]
    head = {cell.value: number for number, cell in enumerate(sheet[1])}
    row = next(
        row for row in sheet.iter_rows(min_row=2) if row[head["Kürzel des Gebiets"]].value == "suederaue"
    )
    assert row[head["Schlüssel"]].value == "03"
    assert row[head["Schlüssel"]].data_type == "s"
    assert row[head["Wert"]].data_type == "n"
    assert isinstance(row[head["Zähler"]].value, int)
    assert row[head["Zeitraum"]].data_type == "s"
    about: dict[object, str] = {}
    for row in book["Erläuterung"].iter_rows():
        about.setdefault(row[0].value, str(row[1].value))
    assert about["Lizenz"].startswith("Datenlizenz Deutschland")
    assert about["Veröffentlicht"] == "2026-09-28"
    assert "geteilt durch" in about["Berechnung"]
    assert about["."] == SIGNS[Status.SECRET]


def test_what_somebody_wrote_beside_a_number_stays_in_the_towns_table(demo: Project) -> None:
    assert demo.site is not None
    row = ValueRow("auenstedt", "2024", (), Decimal(20), None, Status.KNOWN, "Haus Ahornkanarie", 2)
    indicator = demo.site.indicators["kinder"]
    cell = cell_of(indicator, row)
    assert "kanarie" not in f"{cell} {note_of(indicator, cell)}"


def test_no_text_becomes_a_formula(demo: Project) -> None:
    from generator.export.figure_columns import dataset
    from generator.render.data_files.open_data import source_of

    data = dataset(source_of(demo.contexts[0]), "kinder")
    note = next(number for number, column in enumerate(data.columns) if column.name == "note")
    row = data.rows[0]
    data = replace(data, rows=((*row[:note], "=1+1", *row[note + 1 :]),))
    cell = openpyxl.load_workbook(io.BytesIO(workbook(data)))["Werte"].cell(2, note + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert ";'=1+1;" in excel_csv(data).decode("utf-8-sig")
    # Made for programs, and yet its name ends with .csv: people open it by a double click.
    assert ",'=1+1," in plain_csv(data).decode()


@pytest.mark.parametrize("text", ["=1+1", "+x()", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1", "\t=1"])
def test_what_a_spreadsheet_would_compute_is_a_text(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", ".", "-5", "-5,5", "+49", "3.5", "a=1", "Ja - nein"])
def test_what_no_spreadsheet_computes_stays_as_it_is(text: str) -> None:
    assert no_formula(text) == text


def test_what_else_is_installed_changes_no_byte(tmp_path: Path) -> None:
    """openpyxl looks for lxml; here it finds one that can't be used."""
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "lxml" / "etree.py").write_text("LXML_VERSION = (9, 9, 9, 9)\n", encoding="utf-8")
    code = "import generator.export.workbook, openpyxl; print(openpyxl.LXML)"
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}"}
    environment.pop("OPENPYXL_LXML", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("False\n", "")


@whole
def test_same_data_gives_same_bytes(demo: Project, files: Mapping[str, bytes]) -> None:
    assert figure_files(demo.contexts[0]) == files


@pytest.mark.parametrize("now", [0.0, 9e9])
def test_no_clock_is_read(
    demo: Project, files: Mapping[str, bytes], now: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by the rig: a server whose clock stands at 1970 built nothing, for an archive knows no day before 1980."""
    monkeypatch.setattr(time, "time", lambda: now)
    of_one = {
        path: write for path, write in Downloads(source_of(demo.contexts[0])).files() if "kinder-sgb2" in path
    }
    assert len(of_one) >= 6
    assert {path: write() for path, write in of_one.items()}.items() <= files.items()


def test_excel_table_has_mark_semicolon_and_comma(files: Mapping[str, bytes]) -> None:
    content = files["daten/kinder-sgb2/kinder-sgb2-excel.csv"]
    assert content.startswith(b"\xef\xbb\xbfKennzahl;")
    assert re.search(rb";\d+,\d;", content)
    assert not files["daten/kinder-sgb2/kinder-sgb2.csv"].startswith(b"\xef\xbb\xbf")


@whole
def test_packages_are_valid_and_name_what_is_missing(demo: Project, folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        assert demo.facts is not None
        packages = ["daten/datapackage.json", *(f"daten/{key}/datapackage.json" for key in demo.facts.series)]
        for name in packages:
            report = Package(str(folder / name)).validate()
            assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "type", "note"])
        rows = Package(str(folder / "daten/hze/datapackage.json")).resources[0].read_rows()
    assert any(row["value"] is None and row["sign"] == "." for row in rows)
    package = json.loads((folder / "daten/hze/datapackage.json").read_text())
    value = next(field for field in package["resources"][0]["schema"]["fields"] if field["name"] == "value")
    assert {"value": ".", "label": SIGNS[Status.SECRET]} in value["missingValues"]
    assert package["licenses"][0]["path"] == "https://www.govdata.de/dl-de/by-2-0"
    assert package["version"] == "2026-09-28"


def test_map_file_has_the_latest_values(demo: Project, files: Mapping[str, bytes]) -> None:
    assert demo.facts is not None
    series = demo.facts.series["hze"]
    content = json.loads(files["daten/hze/hze.geojson"])
    assert content["about"]["Quelle"]
    for feature in content["features"]:
        cell = series.cell(feature["id"], series.latest)
        assert cell is not None
        assert feature["properties"]["value"] == (None if cell.value is None else float(cell.value))
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert len(content["features"]) > 10


def test_catalogue_keeps_the_rules_of_dcat_ap_de(files: Mapping[str, bytes]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import rdflib
        from pyshacl import validate

        turtle = rdflib.Graph().parse(data=files["daten/katalog.ttl"], format="turtle")
        conforms, _graph, text = validate(turtle, shacl_graph=rdflib.Graph().parse(SHAPES))
        assert conforms, text
        dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
        datasets = set(turtle.subjects(rdflib.RDF.type, dcat.Dataset))
        assert len(datasets) >= 11
        # The rules bite: without its contributor no dataset is accepted.
        broken = rdflib.Graph() + turtle
        broken.remove((None, rdflib.URIRef("http://dcat-ap.de/def/dcatde/contributorID"), None))
        assert not validate(broken, shacl_graph=rdflib.Graph().parse(SHAPES))[0]


def test_catalogue_names_files_that_exist(files: Mapping[str, bytes], demo_site: Path) -> None:
    text = files["daten/katalog.ttl"].decode()
    addresses = re.findall(r"dcat:downloadURL <https://nahraum\.auenstedt\.example/([^>]+)>", text)
    assert len(addresses) > 50
    for address in addresses:
        assert (demo_site / address).is_file(), address


def test_page_about_the_data_offers_every_file(files: Mapping[str, bytes], demo_site: Path) -> None:
    page = (demo_site / "daten" / "index.html").read_text()
    for name in files:
        assert (
            f'href="{name.removeprefix("daten/")}"' in page
            or f'href="./{name.removeprefix("daten/")}"' in page
        )


def test_internal_site_has_no_downloads(internal_demo: Project) -> None:
    assert figure_files(internal_demo.contexts[0]) == {}
