"""`nahraum import areas` from what geographic programs write: every format gives the same areas, and what is damaged is refused whole."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.imports import geo_files
from generator.files.disk import Disk
from generator.read.project import read_project
from tests.chance import every
from tests.edit.geo_writing import projected, square, write_areas
from tests.edit.towns import TABLE_COLUMNS, write_town
from tests.folders import files_of

NORTH = {"NR": "STGT03", "NAME": "Süd: am Wasser", "UP": "kleinstadt"}
SOUTH = {"NR": "0102", "NAME": "Nord", "UP": "kleinstadt"}
TWO = [(NORTH, square(10.0)), (SOUTH, square(10.005))]
COLUMNS = ("--level", "quartier", "--id", "NR", "--name", "NAME", "--parent", "UP")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "town")


def run(
    town: Path, path: Path, *more: str, columns: tuple[str, ...] = COLUMNS
) -> tuple[Result, list[dict[str, Any]]]:
    arguments = ["import", "areas", str(path), "--into", str(town), "-f", "json", *columns, *more]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = json.JSONDecoder().raw_decode(result.stdout)[0] if result.stdout.startswith("[") else []
    return result, found


def outlines(town: Path) -> dict[str, shapely.Geometry]:
    content = json.loads((town / "resources/geometry/quartier.geojson").read_text("utf-8"))
    return {item["id"]: shapely.geometry.shape(item["geometry"]) for item in content["features"]}


WRITTEN: dict[str, Callable[[Path], Path]] = {
    "GeoPackage": lambda folder: write_areas(folder / "a.gpkg", TWO),
    "Shapefile": lambda folder: write_areas(folder / "a.shp", TWO, encoding="UTF-8"),
    "Shapefile of an older program": lambda folder: write_areas(folder / "a.shp", TWO, encoding="ISO-8859-1"),
    "Shapefile in metres": lambda folder: write_areas(
        folder / "a.shp", [(told, projected(shape, "EPSG:25832")) for told, shape in TWO], crs="EPSG:25832"
    ),
    "KML": lambda folder: write_areas(folder / "a.kml", TWO),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_every_format_gives_the_same_areas(town: Path, tmp_path: Path, form: str) -> None:
    # KML has a name of its own for the name.
    columns = ("Name" if form == "KML" and item == "NAME" else item for item in COLUMNS)
    result, found = run(town, WRITTEN[form](tmp_path), columns=tuple(columns))
    assert (result.exit_code, found) == (0, []), result.output
    assert "STGT03 → stgt03" in result.output
    assert (town / "resources/spaces/stgt03.yml").read_text("utf-8") == (
        'name: "Süd: am Wasser"\nlevel: quartier\nparent: kleinstadt\ngeometry: geometry/quartier.geojson#stgt03\n'
    )
    shapes = outlines(town)
    assert list(shapes) == ["stgt03", "0102"]
    for key, (_, shape) in zip(shapes, TWO, strict=True):
        # A millionth of a degree is about ten centimetres.
        assert shapes[key].symmetric_difference(shape).area < 1e-6 * shape.length, key


@pytest.mark.parametrize(
    "crs", ["EPSG:25832", "EPSG:25833", "EPSG:31467", "EPSG:3857", "EPSG:4258", "EPSG:3034"]
)
def test_every_declared_system_is_converted(town: Path, tmp_path: Path, crs: str) -> None:
    path = write_areas(tmp_path / "a.gpkg", [(told, projected(shape, crs)) for told, shape in TWO], crs=crs)
    result, found = run(town, path)
    assert (result.exit_code, found) == (0, []), result.output
    written = outlines(town)["stgt03"]
    assert written.hausdorff_distance(square(10.0)) < 1e-6


def test_a_system_that_the_file_does_not_name_can_be_said(town: Path, tmp_path: Path) -> None:
    path = write_areas(
        tmp_path / "a.shp", [(told, projected(shape, "EPSG:25832")) for told, shape in TWO], crs=None
    )
    before = files_of(town)
    _, found = run(town, path)
    assert [(item["code"], item["line"]) for item in found] == [
        ("geometrie-projiziert", 1),
        ("geometrie-projiziert", 2),
    ]
    assert "--crs EPSG:25832" in found[0]["help"]
    assert files_of(town) == before
    assert run(town, path, "--crs", "EPSG:25832")[0].exit_code == 0
    assert outlines(town)["0102"].hausdorff_distance(square(10.005)) < 1e-6


def test_a_table_without_boundaries_has_all_levels_and_second_parents(town: Path, tmp_path: Path) -> None:
    config = town / "site_config.yml"
    more = "  - id: planung\n    levels: [{id: region, name: Planungsregion, plural: Planungsregionen}]\n"
    config.write_text(config.read_text("utf-8").replace("invented:", f"{more}invented:"), "utf-8")
    path = tmp_path / "gebiete.csv"
    rows = [
        "Kennung;Name;Ebene;Gehört zu;Auch in", "007;Hafen;Quartier;Kleinstadt;R1, R2", "008;Markt;quartier;kleinstadt;R2",
        "R1;Nord;Planungsregion;Kleinstadt;", "R2;Süd;Planungsregion;Kleinstadt;",
    ]  # fmt: skip
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    result, found = run(town, path, columns=TABLE_COLUMNS)
    assert [item["code"] for item in found] == ["kein-utf8"]
    result, found = run(town, path, "--encoding", "windows-1252", columns=TABLE_COLUMNS)
    assert (result.exit_code, found) == (0, []), result.output
    assert (town / "resources/spaces/007.yml").read_text("utf-8") == (
        "name: Hafen\nlevel: quartier\nparent: kleinstadt\nalso_in: [r1, r2]\n"
    )
    assert not (town / "resources/geometry/quartier.geojson").exists()
    checked = CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise"])
    assert checked.exit_code == 0, checked.output


def test_areas_that_lie_in_none_are_refused_with_their_rows(town: Path, tmp_path: Path) -> None:
    path = tmp_path / "gebiete.csv"
    path.write_text("Kennung;Name;Ebene;Gehört zu;Auch in\n007;Hafen;quartier;;\n", "utf-8")
    before = files_of(town)
    for columns in (TABLE_COLUMNS, ("--level", "quartier", "--id", "Kennung", "--name", "Name")):
        result, found = run(town, path, columns=columns)
        assert [(item["code"], item["line"]) for item in found] == [("kein-obergebiet", 2)], result.output
        assert "--parent-id" in found[0]["help"]
        assert files_of(town) == before
    assert run(town, path, "--parent-id", "kleinstadt", columns=columns)[0].exit_code == 0
    # An area that is there keeps what it lies in.
    assert run(town, path, "--update", columns=columns)[0].exit_code == 0


def test_ids_are_made_of_names_and_told_apart(town: Path, tmp_path: Path) -> None:
    # Kleinstadt is the town.
    rows = ["Kleinstadt,ost", "Altstadt,ost", "Bad Süd,west"]
    path = tmp_path / "gebiete.csv"
    path.write_text("\n".join(["Name,Teil von", *rows]), "utf-8")
    config = town / "site_config.yml"
    config.write_text(
        config.read_text("utf-8").replace("name: Quartier}", "name: Quartier}, {id: teil, name: Teil}"),
        "utf-8",
    )
    columns = ("--level", "teil", "--name", "Name", "--parent", "Teil von")
    assert run(town, path, columns=columns)[0].exit_code == 0
    site = read_project(town).site
    assert site is not None
    assert {key: space.parent for key, space in site.spaces.items() if space.level == "teil"} == {
        "kleinstadt-teil": "ost",
        "altstadt": "ost",
        "bad-sued": "west",
    }
    # The same once more is the same.
    before = files_of(town)
    assert run(town, path, "--update", columns=columns)[0].exit_code == 0
    assert files_of(town) == before


def test_one_name_twice_asks_for_the_column_with_ids(town: Path, tmp_path: Path) -> None:
    path = tmp_path / "gebiete.csv"
    path.write_text("Name\nAltstadt\nAltstadt\n", "utf-8")
    result, found = run(
        town, path, columns=("--level", "quartier", "--name", "Name", "--parent-id", "kleinstadt")
    )
    assert (result.exit_code, [(item["code"], item["line"]) for item in found]) == (
        1,
        [("kennung-doppelt", 3)],
    )
    assert "--id" in found[0]["help"]


def test_a_parent_that_is_called_as_another_is_the_one_above(town: Path, tmp_path: Path) -> None:
    # A district and a quarter of the same name: a part of the quarter belongs to the nearest above.
    config = town / "site_config.yml"
    config.write_text(
        config.read_text("utf-8").replace("name: Quartier}", "name: Quartier}, {id: teil, name: Teil}"),
        "utf-8",
    )
    path = tmp_path / "gebiete.csv"
    path.write_text("Name,Ebene,Teil von\nKleinstadt,quartier,kleinstadt\nMitte,teil,Kleinstadt\n", "utf-8")
    columns = ("--level", "<Ebene>", "--name", "Name", "--parent", "Teil von")
    result, found = run(town, path, columns=columns)
    assert (result.exit_code, found) == (0, []), result.output
    assert "parent: kleinstadt-quartier\n" in (town / "resources/spaces/mitte.yml").read_text("utf-8")


def test_a_second_file_of_one_level_keeps_the_boundaries_of_the_first(town: Path, tmp_path: Path) -> None:
    assert run(town, write_areas(tmp_path / "a.gpkg", TWO[:1]))[0].exit_code == 0
    result, found = run(town, write_areas(tmp_path / "b.gpkg", TWO[1:]), "--update")
    assert (result.exit_code, found) == (0, [])
    assert list(outlines(town)) == ["stgt03", "0102"]


def test_an_update_adds_what_areas_lack_and_overwrites_nothing(town: Path, tmp_path: Path) -> None:
    assert run(town, write_areas(tmp_path / "a.gpkg", TWO))[0].exit_code == 0
    path = town / "resources/spaces/stgt03.yml"
    path.write_text("name: Südstadt\nlevel: quartier\nparent: ost\n", "utf-8")
    drawn, before = outlines(town), files_of(town)
    newer = [(NORTH | {"NEW": "S3"}, square(10.001)), (SOUTH | {"NEW": "0102"}, square(10.005))]
    file = write_areas(tmp_path / "b.gpkg", newer)
    dry, _ = run(town, file, "--update", "--code", "NEW", "--dry-run")
    assert files_of(town) == before
    result, found = run(town, file, "--update", "--code", "NEW")
    assert (result.exit_code, found) == (0, [])
    assert path.read_text("utf-8") == (
        "name: Südstadt\nlevel: quartier\nparent: ost\ncode: S3\ngeometry: geometry/quartier.geojson#stgt03\n"
    )
    assert outlines(town) == drawn
    for said in (dry.output, result.output):
        assert "  spaces/stgt03: name (" in said
        assert "  spaces/stgt03: Grenze\n" in said
        assert "spaces/0102: Grenze" not in said


def test_what_had_to_be_repaired_is_told(town: Path, tmp_path: Path) -> None:
    flat = shapely.MultiPolygon(
        [square(10.0), shapely.Polygon([(10.007, 53.7), (10.008, 53.7), (10.009, 53.7)])]
    )
    bowtie = shapely.Polygon([(10.005, 53.7), (10.01, 53.705), (10.01, 53.7), (10.005, 53.705)])
    result, found = run(town, write_areas(tmp_path / "a.gpkg", [(NORTH, flat), (SOUTH, bowtie)]))
    assert result.exit_code == 0
    assert [(item["code"], item["line"]) for item in found] == [
        ("geometrie-repariert", 1),
        ("geometrie-repariert", 2),
    ]
    assert "bei 10.008000 53.700000" in found[0]["message"]
    assert "die Grenze kreuzt sich selbst" in found[1]["message"]
    # It is told again until somebody mends it.
    checked = CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise"]).output
    assert len([line for line in checked.splitlines() if "geometrie-repariert" in line]) == 2


def test_columns_that_nobody_named_are_told_with_examples(town: Path, tmp_path: Path) -> None:
    before = files_of(town)
    result, found = run(town, write_areas(tmp_path / "a.gpkg", TWO), columns=("--level", "quartier"))
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["spalten-nicht-genannt"]
    assert "NR (STGT03)" in found[0]["help"]
    assert files_of(town) == before


# --- damaged -----------------------------------------------------------------------------------------------------------


def of_text(name: str, text: str | bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def of_areas(name: str, *areas: Any, **more: Any) -> Callable[[Path], Path]:
    return lambda folder: write_areas(folder / name, areas, **more)


def without(suffix: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = write_areas(folder / "a.shp", TWO)
        path.with_suffix(suffix).unlink()
        return path

    return write


def cut_short(name: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = write_areas(folder / name, TWO)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        return path

    return write


def two_layers(folder: Path) -> Path:
    write_areas(folder / "a.gpkg", TWO, layer="bezirke")
    return write_areas(folder / "a.gpkg", TWO, layer="stadtteile", append=True)


def mixed_encodings(folder: Path) -> Path:
    path = write_areas(
        folder / "a.shp",
        [(NORTH, square(10.0)), ({**SOUTH, "NAME": "Mühle"}, square(10.005))],
        encoding="UTF-8",
    )
    table = path.with_suffix(".dbf").read_bytes()
    assert table.count("Mühle".encode()) == 1
    path.with_suffix(".dbf").write_bytes(table.replace("Mühle ".encode(), "Mühle  ".encode("cp1252")))
    return path


def wrongly_declared(folder: Path) -> Path:
    path = write_areas(folder / "a.shp", TWO, encoding="UTF-8")
    path.with_suffix(".cpg").write_text("windows-1252")
    return path


def undeclared(folder: Path) -> Path:
    path = write_areas(folder / "a.shp", TWO, encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0
    path.with_suffix(".dbf").write_bytes(bytes(table))
    return path


def nonsense_system(text: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = write_areas(folder / "a.shp", TWO, encoding="UTF-8")
        path.with_suffix(".prj").write_text(text)
        return path

    return write


BOWS = shapely.Polygon([(10 + n % 2 * 0.01 + n * 1e-5, 53.7 + n * 7919 % 101 * 1e-4) for n in range(400)])
ENTITIES = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><kml>&b;</kml>'
TABLE_HEAD = "NR;NAME;UP\n"
DAMAGED: dict[str, tuple[Callable[[Path], Path], str, str, str]] = {
    # what it is: how it is made, the code, where it is said to be, a word of what helps
    "empty GeoPackage": (of_text("a.gpkg", ""), "geodatei-unlesbar", "a.gpkg:1", "neu ausgeben"),
    "empty KML": (of_text("a.kml", ""), "geodatei-unlesbar", "a.kml:1", "neu ausgeben"),
    "empty CSV": (of_text("a.csv", ""), "tabelle-unlesbar", "a.csv:1", "CSV"),
    "CSV of headings alone": (of_text("a.csv", TABLE_HEAD), "tabelle-unlesbar", "a.csv:1", "Zeilen"),
    "GeoJSON without features": (of_text("a.geojson", '{"type":"FeatureCollection","features":[]}'), "geodatei-unlesbar", "a.geojson:1", "Ebene"),
    "half a GeoPackage": (cut_short("a.gpkg"), "geodatei-unlesbar", "a.gpkg:1", "neu ausgeben"),
    "half a Shapefile's shapes": (cut_short("a.shp"), "geometrie-fehlt", "a.shp [a]:1", "ergänzen"),
    "half a KML": (cut_short("a.kml"), "geodatei-unlesbar", "a.kml:1", "neu ausgeben"),
    "a picture called GeoPackage": (of_text("a.gpkg", b"\x89PNG\r\n\x1a\n" + bytes(90)), "geodatei-unlesbar", "a.gpkg:1", "neu ausgeben"),
    "a spreadsheet": (of_text("a.xlsx", b"PK"), "geodatei-unlesbar", "a.xlsx:1", "CSV"),
    "Shapefile without its table": (without(".dbf"), "geodatei-unlesbar", "a.shp:1", "denselben Ordner"),
    "Shapefile without its index": (without(".shx"), "geodatei-unlesbar", "a.shp:1", ".shx"),
    "an archive": (of_text("a.zip", b"PK"), "geodatei-unlesbar", "a.zip:1", "auspacken"),
    "KML that grows": (of_text("a.kml", ENTITIES), "geodatei-unlesbar", "a.kml:1", "neu ausgeben"),
    "KML in another encoding": (of_text("a.kml", "<kml>Süd</kml>".encode("cp1252")), "kein-utf8", "a.kml:1", "UTF-8"),
    "CSV in another encoding": (of_text("a.csv", f"{TABLE_HEAD}1;Süd;kleinstadt\n".encode("cp1252")), "kein-utf8", "a.csv:2", "UTF-8"),
    "CSV encoded twice": (of_text("a.csv", f"{TABLE_HEAD}1;SÃ¼d;kleinstadt\n"), "umlaute-zerlegt", "a.csv:2", "neu ausgeben"),
    "letters lost": (of_areas("a.gpkg", ({**NORTH, "NAME": "S\ufffdd"}, square(10.0))), "umlaute-zerlegt", "a.gpkg [a]:1", "Umlauten"),
    "two encodings in one table": (mixed_encodings, "geodatei-unlesbar", "a.shp [a]:2", "--encoding"),
    "encoding said wrongly": (wrongly_declared, "umlaute-zerlegt", "a.shp [a]:1", "--encoding"),
    "encoding not said": (undeclared, "geodatei-unlesbar", "a.shp [a]:1", "--encoding windows-1252"),
    "two layers": (two_layers, "geodatei-unlesbar", "a.gpkg:1", "bezirke, stadtteile"),
    "degrees the wrong way round": (of_areas("a.gpkg", (NORTH, shapely.box(53.7, 10, 53.8, 10.1))), "geometrie-vertauscht", "a.gpkg [a]:1", "10.00 53.70"),
    "metres the wrong way round": (
        of_areas("a.gpkg", (NORTH, projected(square(10.0), "EPSG:25832", swapped=True)), crs="EPSG:25832"),
        "geometrie-vertauscht", "a.gpkg [a]:1", "Rechtswert",
    ),
    "metres that are said to be degrees": (
        of_areas("a.gpkg", (NORTH, projected(square(10.0), "EPSG:25832"))), "geometrie-projiziert", "a.gpkg [a]:1", "--crs",
    ),
    "metres without a word": (
        of_areas("a.shp", (NORTH, projected(square(10.0), "EPSG:25832")), crs=None), "geometrie-projiziert", "a.shp [a]:1", "--crs",
    ),
    "a system that nobody knows": (nonsense_system("Gauss-Krueger"), "koordinatensystem-unbekannt", "a.shp [a]:1", "EPSG:4326"),
    "half a system": (nonsense_system('GEOGCS["GCS_WGS_1984",DATUM['), "koordinatensystem-unbekannt", "a.shp [a]:1", "EPSG:4326"),
    "points": (of_areas("a.gpkg", (NORTH, shapely.Point(10, 53.7))), "geometrie-keine-flaeche", "a.gpkg [a]:1", "CSV"),
    "lines": (of_areas("a.kml", (NORTH, shapely.LineString([(10, 53.7), (10.1, 53.7)]))), "geometrie-keine-flaeche", "a.kml [a]:1", "Polygon"),
    "a row without a shape": (of_areas("a.gpkg", TWO[0], (SOUTH, None)), "geometrie-fehlt", "a.gpkg [a]:2", "CSV"),
    "a scribble": (of_areas("a.gpkg", (NORTH, BOWS)), "geometrie-verworren", "a.gpkg [a]:1", "zeichnen"),
    "no ground at all": (
        of_areas("a.gpkg", (NORTH, shapely.Polygon([(10, 53.7), (10.1, 53.7), (10.05, 53.7)]))), "geometrie-keine-flaeche", "a.gpkg [a]:1", "Fläche",
    ),
    "an id twice": (of_areas("a.gpkg", TWO[0], TWO[0]), "kennung-doppelt", "a.gpkg [a]:2", "nur einmal"),
    "two ids that become one": (
        of_areas("a.gpkg", TWO[0], ({**SOUTH, "NR": "stgt 03"}, square(10.005)), ({**SOUTH, "NR": "stgt-03"}, square(10.01))),
        "kennung-doppelt", "a.gpkg [a]:3", "nur einmal",
    ),
    "an id of another level": (of_areas("a.gpkg", ({**NORTH, "NR": "kleinstadt"}, square(10.0))), "kennung-anderer-ebene", "a.gpkg [a]:1", "quartier-<"),
    "an id that is none": (of_areas("a.gpkg", ({**NORTH, "NR": "§§"}, square(10.0))), "dateiname", "a.gpkg [a]:1", "gebiet-1"),
    "an id that is empty": (of_areas("a.gpkg", ({**NORTH, "NR": None}, square(10.0))), "eigenschaft-leer", "a.gpkg [a]:1", "ausfüllen"),
    "a parent that is not there": (of_text("a.csv", f"{TABLE_HEAD}1;Süd;kleinstad\n"), "unbekannter-verweis", "a.csv:2", "kleinstadt"),
    "a column that is not there": (of_text("a.csv", "NR;Name;UP\n1;Süd;kleinstadt\n"), "spalte-fehlt", "a.csv:1", "„Name“"),
    "a row too long": (of_text("a.csv", f"{TABLE_HEAD}1;Süd;kleinstadt;x\n"), "zeile-zu-lang", "a.csv:2", "Anführungszeichen"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files_are_refused_with_file_and_row_and_nothing_is_written(
    town: Path, tmp_path: Path, name: str
) -> None:
    make, code, place, help_text = DAMAGED[name]
    folder = tmp_path / "handed-in"
    folder.mkdir()
    path = make(folder)
    before, handed = files_of(town), files_of(folder)
    columns = ("Name" if path.suffix == ".kml" and item == "NAME" else item for item in COLUMNS)
    result, found = run(town, path, columns=tuple(columns))
    assert result.exit_code == 1, result.output
    assert {item["code"] for item in found} == {code}, found
    assert f"{found[0]['file']}:{found[0]['line']}".endswith(f"/{place}"), found[0]
    assert help_text in found[0]["help"], found[0]
    assert files_of(town) == before
    # Nor is anything left beside what was handed in.
    assert files_of(folder) == handed


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("seed", every(range(6), {0}))
def test_whatever_happens_to_bytes_is_told(tmp_path: Path, form: str, seed: int) -> None:
    """A file of which any part was damaged gives areas or says why not; nothing is raised."""
    path, chance = WRITTEN[form](tmp_path), random.Random(f"{form}{seed}")
    files = sorted(file for file in tmp_path.iterdir() if file.stem == path.stem and file.stat().st_size)
    for _ in range(20):
        victim = chance.choice(files)
        whole = victim.read_bytes()
        data = bytearray(whole)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        for _ in range(chance.randint(1, 12) if data else 0):
            data[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
        victim.write_bytes(data)
        found, problems = geo_files.read_geo_file(
            Disk(tmp_path), path, "NR", geo_files.GeoForm(crs=chance.choice(("", "EPSG:25832")))
        )
        assert found is not None or problems
        victim.write_bytes(whole)


def test_forty_damaged_inputs_are_tried() -> None:
    assert len(DAMAGED) >= 40


def test_one_of_several_layers_is_chosen(town: Path, tmp_path: Path) -> None:
    path = two_layers(tmp_path)
    result, found = run(town, path, "--layer", "stadteile")
    assert (result.exit_code, "gibt es darin nicht" in found[0]["message"]) == (1, True)
    assert run(town, path, "--layer", "stadtteile")[0].exit_code == 0


def test_without_the_extra_it_says_what_to_install(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_areas(tmp_path / "a.gpkg", TWO)
    monkeypatch.setattr(geo_files, "find_spec", lambda _name: None)
    before = files_of(town)
    _, found = run(town, path)
    assert [item["code"] for item in found] == ["geo-extra-fehlt"]
    assert "pip install '.[geo]'" in found[0]["help"]
    assert files_of(town) == before


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("a.geojson", ("--layer", "x")),
        ("a.gpkg", ("--encoding", "utf-8")),
        ("a.csv", ("--crs", "EPSG:25832")),
    ],
)
def test_what_a_format_has_no_use_for_is_wrong_use(
    town: Path, tmp_path: Path, name: str, more: tuple[str, ...]
) -> None:
    assert run(town, tmp_path / name, *more)[0].exit_code == 2
