"""Imports: what a table holds becomes records that pass the check, or nothing is written and the place is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyproj import Transformer

from generator.cli import main
from tests.edit.towns import TABLE_COLUMNS, write, write_town
from tests.folders import files_of


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "town")


def run(
    town: Path, what: str, table: str | bytes, *more: str, name: str = ""
) -> tuple[Result, list[dict[str, Any]]]:
    """Run an import with findings as JSON; they stand before the summary."""
    path = town.parent / (name or ("gebiete.geojson" if what == "areas" else "tabelle.csv"))
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    arguments = ["import", what, str(path), "--into", str(town), "-f", "json", *more]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = json.JSONDecoder().raw_decode(result.stdout)[0] if result.stdout.startswith("[") else []
    return result, found


def table(*rows: str, head: str) -> str:
    return "\n".join([head, *rows]) + "\n"


def read(town: Path, name: str) -> str:
    return (town / "resources" / name).read_text("utf-8")


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
    before = files_of(town)
    result, found = run(town, "areas", content, *LEVEL, *more, name="gebiete.geojson")
    assert result.exit_code == 1
    assert {item["code"] for item in found} == {code}, found
    assert help_text in found[0]["help"]
    assert files_of(town) == before


def test_a_level_that_does_not_exist_and_wrong_use(town: Path) -> None:
    result, found = run(
        town, "areas", collection(*AREAS), "--level", "quartir", "--id", "NR", "--name", "NAME"
    )
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["unbekannte-ebene"]
    result, _ = run(town, "areas", collection(*AREAS), *LEVEL, "--parent", "UP", "--parent-id", "kleinstadt")
    assert result.exit_code == 2


# --- streets -------------------------------------------------------------------------------------------------------

NAMES = ("--street", "name", "--space", "gebiet")
STREETS = (*NAMES, "--postcode", "plz", "--odd", "u_von,u_bis", "--even", "g_von,g_bis")
POINT = (*NAMES, "--longitude", "plz", "--latitude", "u_von")
STREET_HEAD = "name,gebiet,plz,u_von,u_bis,g_von,g_bis"


def test_a_row_with_two_ranges_becomes_two_and_an_empty_one_the_whole_street(town: Path) -> None:
    rows = [
        "Uferweg,west,01067,0001,0071a,0002,0134",
        "Am Markt,ost,01067,,,0002,0004",
        "Gasse,ost,01067,,,,",
    ]
    result, found = run(town, "streets", table(*rows, head=STREET_HEAD), *STREETS)
    assert (result.exit_code, found) == (0, []), result.output
    assert read(town, "streets.csv").splitlines() == [
        "street,from,to,parity,postcode,space", "Uferweg,1,71a,odd,01067,west", "Uferweg,2,134,even,01067,west",
        "Am Markt,2,4,even,01067,ost", "Gasse,,,all,01067,ost",
    ]  # fmt: skip
    checked = CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise"])
    assert checked.exit_code == 0, checked.output


def test_a_register_that_is_there_is_replaced_when_that_is_said(town: Path) -> None:
    first, second = "Uferweg,west,01067,,,,", "Am Markt,ost,01067,,,,"
    run(town, "streets", table(first, head=STREET_HEAD), *STREETS)
    before = files_of(town)
    _, found = run(town, "streets", table(second, head=STREET_HEAD), *STREETS)
    assert [item["code"] for item in found] == ["eintrag-vorhanden"]
    assert files_of(town) == before
    run(town, "streets", table(second, head=STREET_HEAD), *STREETS, "--update")
    assert "Am Markt" in read(town, "streets.csv")


def test_a_row_of_a_house_is_a_range_of_one_whatever_of_its_number_is_empty(town: Path) -> None:
    rows = ["Uferweg,west,,7,,,", "Uferweg,west,,9,A,,", "Gasse,ost,,0,,,"]
    options = (*NAMES, "--numbers", "<u_von><u_bis|lower>")
    result, found = run(town, "streets", table(*rows, head=STREET_HEAD), *options)
    assert (result.exit_code, found) == (0, []), result.output
    lines = read(town, "streets.csv").splitlines()[1:]
    assert [line.split(",")[:4] for line in lines] == [
        ["Uferweg", "7", "7", "all"],
        ["Uferweg", "9a", "9a", "all"],
        ["Gasse", "", "", "all"],
    ]


def test_a_bad_point_hides_no_bad_postcode(town: Path) -> None:
    more = (*POINT, "--postcode", "u_bis")
    _, found = run(town, "streets", table("Uferweg,west,54.1,,1067,,", head=STREET_HEAD), *more)
    assert {"kein-punkt", "keine-postleitzahl"} <= {item["code"] for item in found}


@pytest.mark.parametrize(
    ("rows", "options", "code", "line", "column"),
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
            (*NAMES, "--numbers", "u_von", "--parity", "ungerade"),
            "falscher-wert",
            2,
            20,
        ),
        (["Uferweg,west,01067,1,3,,"], (*NAMES, "--postcode", "postleitzahl"), "spalte-fehlt", 1, 1),
        (["Uferweg,west,01067,1,3,,"], (*NAMES, "--geography", "wahlkreis=plz"), "falscher-wert", 1, 1),
    ],
)
def test_bad_registers_are_refused_and_nothing_is_written(
    town: Path, rows: list[str], options: tuple[str, ...], code: str, line: int, column: int
) -> None:
    before = files_of(town)
    result, found = run(town, "streets", table(*rows, head=STREET_HEAD), *options)
    assert result.exit_code == 1
    assert code in {item["code"] for item in found}, found
    item = next(item for item in found if item["code"] == code)
    assert (item["line"], item["column"]) == (line, column), item
    assert files_of(town) == before


def test_who_is_gone_from_a_file_of_boundaries_is_named(tmp_path: Path) -> None:
    town = write_town(tmp_path / "stadt")
    table = write(
        tmp_path, {"neu.csv": "Kennung,Name,Ebene,Gehört zu,Auch in\nost,Ost,quartier,kleinstadt,\n"}
    )
    columns = ["import", "areas", str(table / "neu.csv"), "--into", str(town), *TABLE_COLUMNS]
    result = CliRunner().invoke(main, [*columns, "--update", "--dry-run"])
    assert "Nicht mehr in der Datei" in result.output, result.output
    assert "spaces/west (West)" in result.output
