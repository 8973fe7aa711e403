"""GeoJSON points as a table of places: columns, systems, and what is no point; points of tables in other systems."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyproj import Transformer

from generator.cli import main
from tests.edit.towns import write_town

OPTIONS = (
    "--kind", "places", "--set", "Art=spielplatz", "--set", "PLZ=01067", "--set", "Stadt=Kleinstadt", "--map", "note=transport",
)  # fmt: skip
UTM = Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def feature(number: int, geometry: Any, **more: Any) -> dict[str, Any]:
    told = {"nr": number, "name": f"Platz {number}", "strasse": "Am Markt", **more}
    return {"type": "Feature", "properties": told, "geometry": geometry}


def point(x: float, y: float, kind: str = "Point") -> dict[str, Any]:
    return {"type": kind, "coordinates": [x, y] if kind == "Point" else [[x, y]]}


def imported(town: Path, features: list[Any], **members: Any) -> Result:
    whole = {"type": "FeatureCollection", **members, "features": features}
    (town.parent / "plaetze.geojson").write_text(json.dumps(whole, indent=1), "utf-8")
    return brought(town, "plaetze.geojson")


def brought(town: Path, name: str) -> Result:
    arguments = ["table", "in", str(town.parent / name), *OPTIONS, "-p", str(town)]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def place(town: Path, number: int) -> str:
    return (town / f"resources/places/platz-{number}.yml").read_text("utf-8")


def snapshot(town: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(town.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"numberMatched": 2, "numberReturned": 1}, "[antwort-abgeschnitten]"),
        ({"numberMatched": 2}, "nur 1 von 2"),
        ({"remark": "runtime error: Query timed out"}, "Query timed out"),
        ({"numberMatched": 1, "numberReturned": 1}, ""),
        ({"numberMatched": "unknown", "numberReturned": 1}, ""),
    ],
)
def test_an_answer_cut_short_is_refused(town: Path, members: dict[str, Any], told: str) -> None:
    result = imported(town, [feature(1, point(10.005, 53.705))], **members)
    assert (result.exit_code == 1) is bool(told), result.output
    assert told in result.output


def test_points_become_places(town: Path) -> None:
    features = [
        feature(1, point(10.0051234567, 53.7051)),
        feature(2, point(10.006, 53.706, "MultiPoint"), note=[1.0, True, None]),
        feature(7, None),
    ]
    result = imported(town, features)
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


SQUARE = [[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.7]]]
WRONG: dict[str, tuple[Any, str, str]] = {
    "an area": ({"type": "Polygon", "coordinates": SQUARE}, "geometrie-kein-punkt", "nahraum import areas"),
    "a line": ({"type": "LineString", "coordinates": SQUARE[0]}, "geometrie-kein-punkt", "Punkte ausgeben"),
    "two points": ({"type": "MultiPoint", "coordinates": SQUARE[0]}, "geometrie-kein-punkt", "Punkte ausgeben"),
    "metres": (point(566038, 5950594), "geometrie-projiziert", "EPSG:4326"),
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
    result = brought(town, name)
    assert result.exit_code == 1
    assert "sind keine Tabelle" in result.output
