"""GeoJSON points as a table of places: columns, systems, and what is no point; points of tables in other systems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyproj import Transformer

from generator.cli import main
from tests.edit.towns import write_town

MAPPING = """\
places:
  id: platz-<nr>
  name: <name>
  kind: spielplatz
  address: {street: <strasse>, postcode: "01067", town: Kleinstadt}
  point: <Länge> <Breite>
"""
UTM = Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def feature(number: int, geometry: Any, **more: Any) -> dict[str, Any]:
    told = {"nr": number, "name": f"Platz {number}", "strasse": "Am Markt", **more}
    return {"type": "Feature", "properties": told, "geometry": geometry}


def point(x: float, y: float, kind: str = "Point") -> dict[str, Any]:
    return {"type": kind, "coordinates": [x, y] if kind == "Point" else [[x, y]]}


def imported(town: Path, features: list[Any], *more: str, mapping: str = MAPPING, **members: Any) -> Result:
    whole = {"type": "FeatureCollection", **members, "features": features}
    (town.parent / "plaetze.geojson").write_text(json.dumps(whole, indent=1), "utf-8")
    return brought(town, "plaetze.geojson", mapping, *more)


def brought(town: Path, name: str, mapping: str, *more: str) -> Result:
    (town.parent / "plaetze.yml").write_text(mapping, "utf-8")
    arguments = ["import", "offers", str(town.parent / name), "--map", str(town.parent / "plaetze.yml")]
    result = CliRunner().invoke(main, [*arguments, "--into", str(town), *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def place(town: Path, number: int) -> str:
    return (town / f"resources/places/platz-{number}.yml").read_text("utf-8")


def snapshot(town: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(town.rglob("*")) if path.is_file()}


def test_points_become_places(town: Path) -> None:
    features = [
        feature(1, point(10.0051234567, 53.7051)),
        feature(2, point(10.006, 53.706, "MultiPoint"), note=[1.0, True, None]),
        feature(7, None),
    ]
    result = imported(town, features, mapping=MAPPING + "  transport: <note>\n")
    assert result.exit_code == 0, result.output
    assert place(town, 1) == (
        "name: Platz 1\nkind: spielplatz\naddress: {street: Am Markt, postcode: 01067, town: Kleinstadt}\n"
        "point: 10.005123 53.705100\n"
    )
    assert "transport: 1; true;" in place(town, 2)
    assert "point" not in place(town, 7), "a place without a point is one"


def test_a_system_that_is_declared_is_converted(town: Path) -> None:
    east, north = UTM.transform(10.005, 53.705)
    members = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}}
    assert imported(town, [feature(1, point(east, north))], **members).exit_code == 0
    assert "point: 10.005000 53.705000\n" in place(town, 1)


def test_a_system_may_be_said_in_the_mapping(town: Path) -> None:
    east, north = UTM.transform(10.005, 53.705)
    refused = imported(town, [feature(1, point(east, north))])
    assert "„crs: EPSG:25832“" in refused.output
    mapping = 'table: {crs: "EPSG:25832"}\n' + MAPPING
    assert imported(town, [feature(1, point(east, north))], mapping=mapping).exit_code == 0
    assert "point: 10.005000 53.705000\n" in place(town, 1)


def test_columns_of_metres_in_a_table_are_converted(town: Path) -> None:
    east, north = UTM.transform(10.005, 53.705)
    mapping = MAPPING.replace("<Länge> <Breite>", "<Rechtswert> <Hochwert>").replace("<strasse>", "Am Markt")
    table = f"nr;name;Rechtswert;Hochwert\n1;Platz 1;{east:.2f};{north:.2f}\n".replace(".", ",")
    (town.parent / "plaetze.csv").write_text(table, "utf-8")
    form = 'table: {separator: ";", decimal: ","}\n'
    refused = brought(town, "plaetze.csv", form + mapping)
    assert "punkt-projiziert" in refused.output
    assert "„crs: EPSG:25832“" in refused.output
    form = 'table: {separator: ";", decimal: ",", crs: "EPSG:25832"}\n'
    swapped = brought(
        town, "plaetze.csv", form + mapping.replace("<Rechtswert> <Hochwert>", "<Hochwert> <Rechtswert>")
    )
    assert "punkt-vertauscht" in swapped.output
    assert brought(town, "plaetze.csv", form + mapping).exit_code == 0
    assert "point: 10.005000 53.705000\n" in place(town, 1)
    unknown = brought(town, "plaetze.csv", form.replace("25832", "1") + mapping, "--update")
    assert "koordinatensystem-unbekannt" in unknown.output


SQUARE = [[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.7]]]
WRONG: dict[str, tuple[Any, str, str]] = {
    "an area": ({"type": "Polygon", "coordinates": SQUARE}, "geometrie-kein-punkt", "nahraum import areas"),
    "a line": ({"type": "LineString", "coordinates": SQUARE[0]}, "geometrie-kein-punkt", "Punkte ausgeben"),
    "two points": ({"type": "MultiPoint", "coordinates": SQUARE[0]}, "geometrie-kein-punkt", "Punkte ausgeben"),
    "metres": (point(566038, 5950594), "geometrie-projiziert", "crs: EPSG:25832"),
    "the wrong way round": (point(53.705, 10.005), "geometrie-vertauscht", "10.01 53.7"),
    "no numbers": ({"type": "Point", "coordinates": ["x", "y"]}, "geometrie-unlesbar", ""),
    "no coordinates": ({"type": "Point", "coordinates": []}, "geometrie-fehlt", ""),
    "no geometry at all": ("Am Markt", "geometrie-unlesbar", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_point_is_refused_where_it_stands(town: Path, name: str) -> None:
    geometry, code, help_text = WRONG[name]
    before = snapshot(town)
    result = imported(town, [feature(1, point(10.005, 53.705)), feature(2, geometry)])
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert "Platz 2 (Nr. 2)" in result.output
    lines = (town.parent / "plaetze.geojson").read_text("utf-8").split("\n")
    line = [number for number, text in enumerate(lines, 1) if '"Feature"' in text][1]
    assert f"plaetze.geojson:{line}:" in result.output
    assert help_text in result.output
    assert snapshot(town) == before


@pytest.mark.parametrize("raw", [[], ["x"], [{"type": "Feature", "properties": [1], "geometry": None}]])
def test_features_that_are_none_are_told(town: Path, raw: list[Any]) -> None:
    before = snapshot(town)
    result = imported(town, raw)
    assert result.exit_code == 1
    assert "Fehler[" in result.output
    assert snapshot(town) == before


@pytest.mark.parametrize("name", ["a.gpkg", "a.pdf", "a.ods"])
def test_what_is_no_table_is_told_by_its_name(town: Path, name: str) -> None:
    (town.parent / name).write_bytes(b"x")
    result = brought(town, name, MAPPING)
    assert result.exit_code == 1
    assert "sind keine Tabelle" in result.output
