"""Files of boundaries to shapes: how ids are found, what is converted, repaired or refused, and what is said of it."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import mapping

from generator.diagnostics import Diagnostic, Position
from generator.files.disk import Disk
from generator.read.boundaries import FeatureFile, area_of, read_context, read_features

SQUARE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[10, 53], [10.1, 53], [10.1, 53.1], [10, 53.1], [10, 53]]],
}


def feature(geometry: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry, **more}


def read(
    folder: Path, *features: Any, id_property: str | None = None, **more: Any
) -> tuple[FeatureFile, list[Diagnostic]]:
    path = folder / "gebiete.geojson"
    # One line for each feature, so that lines tell which one is meant.
    listed = ",\n".join(json.dumps(item) for item in features)
    head = "".join(f'"{key}": {json.dumps(value)}, ' for key, value in more.items())
    path.write_text(f'{{{head}"type": "FeatureCollection", "features": [\n{listed}\n]}}', "utf-8")
    found, problems = read_features(Disk(folder), path, id_property)
    assert found is not None, problems
    return found, problems


@pytest.mark.parametrize("kind", ["Point", "MultiPoint", "GeometryCollection"])
def test_a_layer_of_the_map_that_holds_a_point_is_refused_with_its_line(tmp_path: Path, kind: str) -> None:
    spot = {"type": "Point", "coordinates": [10, 53]}
    shapes = {"MultiPoint": {"type": kind, "coordinates": [[10, 53]]}, "GeometryCollection": {"type": kind, "geometries": [spot]}}  # fmt: skip
    listed = ",\n".join(json.dumps(feature(shape)) for shape in (SQUARE, shapes.get(kind, spot)))
    (tmp_path / "wasser.geojson").write_text(
        f'{{"type": "FeatureCollection", "features": [\n{listed}\n]}}', "utf-8"
    )
    layers, problems = read_context(Disk(tmp_path), [tmp_path])
    assert [(one.code, one.position.line) for one in problems] == [("karte-mit-punkt", 3)]
    assert [len(layer.shapes) for layer in layers] == [1]


# In tenths of a degree from 10° E, 53° N.
REPAIRED = {
    "die Grenze kreuzt sich selbst, bei 10.050000 53.050000": "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
    "ein Ring berührt sich selbst, bei 10.100000 53.100000": "POLYGON ((0 0, 2 0, 1 1, 2 2, 0 2, 1 1, 0 0))",
    "eine Aussparung liegt außerhalb der Fläche, bei 10.500000 53.500000": "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0), (5 5, 6 5, 6 6, 5 6, 5 5))",
    "Aussparungen liegen ineinander, bei 10.300000 53.300000": "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1), (3 3, 5 3, 5 5, 3 5, 3 3))",
    "Flächen liegen ineinander, bei 10.300000 53.300000": "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0)), ((3 3, 5 3, 5 5, 3 5, 3 3)))",
    "das Innere hängt nicht zusammen, bei 10.400000 53.000000": "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0), (4 0, 8 4, 4 8, 0 4, 4 0))",
}


def drawn(wkt: str) -> shapely.Geometry:
    return shapely.transform(shapely.from_wkt(wkt), lambda points: points / 10 + (10, 53))


@pytest.mark.parametrize("reason", REPAIRED)
def test_what_is_repaired_is_an_area_and_says_why_in_german(tmp_path: Path, reason: str) -> None:
    before = drawn(REPAIRED[reason])
    found, problems = read(tmp_path, feature(mapping(before), id="a"))
    one = found.by_id["a"]
    assert (problems, one.repaired, one.original) == ([], reason, before)
    assert one.shape.is_valid
    assert one.shape.geom_type in ("Polygon", "MultiPolygon")
    ground, said = area_of(one, found.file, "A", Position("a.yml", 3))
    assert ground is not None
    assert [(item.code, item.position) for item in said] == [("geometrie-repariert", Position("a.yml", 3))]
    assert reason in said[0].message


@pytest.mark.parametrize(
    ("wkt", "what"),
    [
        ("POINT (0 0)", "ein Punkt"),
        ("MULTIPOINT (0 0, 1 1)", "eine Gruppe von Punkten"),
        ("LINESTRING (0 0, 1 1)", "eine Linie"),
        ("MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", "eine Gruppe von Linien"),
        ("GEOMETRYCOLLECTION (POINT (0 0), LINESTRING (0 0, 1 1))", "eine Sammlung von Punkten und Linien"),
        ("POLYGON ((0 0, 1e-6 0, 1e-6 1e-6, 0 0))", "eine Fläche von weniger als einem Quadratmeter"),
    ],
)
def test_what_is_no_area_says_what_it_is(tmp_path: Path, wkt: str, what: str) -> None:
    found, problems = read(tmp_path, feature(SQUARE), feature(mapping(drawn(wkt)), id="a"))
    assert problems == []
    ground, said = area_of(found.by_id["a"], found.file, "Westend", Position("a.yml"))
    assert ground is None
    assert [(item.code, item.position) for item in said] == [
        ("geometrie-keine-flaeche", Position("gebiete.geojson", 3))
    ]
    assert what in said[0].message
    assert "Westend" in said[0].message


@pytest.mark.parametrize(
    ("speck", "said"),
    [
        ("((5 5, 5.000001 5, 5 5.000001, 5 5))", "ein Teil ohne Fläche wurde"),
        (
            "((5 5, 5.000001 5, 5 5.000001, 5 5)), ((7 7, 7.000001 7, 7 7.000001, 7 7))",
            "2 Teile ohne Fläche wurden",
        ),
        ("((5 5, 6 6, 7 7, 5 5))", "kreuzt sich selbst"),
        ("((5 5, 6 5, 5 5, 5 5))", "zu wenige Punkte"),
    ],
)
def test_parts_without_ground_are_left_out_and_told(tmp_path: Path, speck: str, said: str) -> None:
    parts = f"((0 0, 1 0, 1 1, 0 1, 0 0)), {speck}"
    found, _ = read(tmp_path, feature(mapping(drawn(f"MULTIPOLYGON ({parts})")), id="a"))
    ground, problems = area_of(found.by_id["a"], found.file, "A", Position("a.yml"))
    assert ground is not None
    assert ground.equals(drawn("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"))
    assert [problem.code for problem in problems] == ["geometrie-repariert"]
    assert said in problems[0].message


def test_features_are_found_where_they_stand(tmp_path: Path) -> None:
    features = (
        feature(SQUARE, id="a"),
        feature(SQUARE, properties={"id": "b", "schluessel_nr": "x"}),
        feature(SQUARE, id=7, properties={"id": "c", "schluessel_nr": "y"}),
        feature(SQUARE, properties=None),
        feature(None, id="d", properties={"schluessel_nr": "z"}),
        5,
    )
    found, problems = read(tmp_path, *features)
    assert [(item.id, item.line) for item in found.features] == [("a", 2), ("b", 3), ("7", 4), ("", 5)]
    assert found.broken == {"d", ""}
    told = [(item.code, item.position.line, item.position.file) for item in problems]
    assert told == [("geometrie-fehlt", 6, found.file), ("geometrie-fehlt", 1, found.file)]
    assert "d" in problems[0].message
    assert "Nr. 6" in problems[1].message
    assert found.features[1].properties == {"id": "b", "schluessel_nr": "x"}
    found, _ = read(tmp_path, *features, id_property="schluessel_nr")
    assert [(item.id, item.line) for item in found.features] == [("", 2), ("x", 3), ("y", 4), ("", 5)]
    assert found.broken == {"z", ""}


TO_UTM = Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True)


@pytest.mark.parametrize(
    "name", ["EPSG:25832", "urn:ogc:def:crs:EPSG::25832", "urn:ogc:def:crs:EPSG:9.8:25832"]
)
def test_a_named_system_is_converted(tmp_path: Path, name: str) -> None:
    ring = [list(TO_UTM.transform(*point)) for point in SQUARE["coordinates"][0]]
    crs = {"type": "name", "properties": {"name": name}}
    found, problems = read(tmp_path, feature({"type": "Polygon", "coordinates": [ring]}, id="a"), crs=crs)
    assert problems == []
    assert found.by_id["a"].shape.equals_exact(shapely.geometry.shape(SQUARE), 1e-6)


@pytest.mark.parametrize(
    "crs",
    [
        None,
        {},
        {"properties": None},
        {"properties": {"name": ""}},
        *({"properties": {"name": name}} for name in ("EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "ogc:crs84")),
    ],
)  # fmt: skip
def test_degrees_are_taken_as_they_are(tmp_path: Path, crs: Any) -> None:
    found, problems = read(tmp_path, feature(SQUARE, id="a"), crs=crs)
    assert problems == []
    assert found.by_id["a"].shape.equals_exact(shapely.geometry.shape(SQUARE), 0)


def ring(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


@pytest.mark.parametrize(
    ("box", "code", "value"),
    [
        ((5.87, 47.27, 15.04, 55.06), "", ""),
        ((47.27, 5.87, 55.06, 15.04), "geometrie-vertauscht", "47.27 5.87"),
        ((47.27, 5.87, 55.06, 16.5), "", ""),
        ((47.27, 5.87, 56.5, 15.04), "", ""),
        ((-180, -90, 180, 90), "", ""),
        ((-181, 0, 1, 1), "geometrie-projiziert", "-181 0"),
        ((0, 0, 181, 1), "geometrie-projiziert", "0 0"),
        ((0, -91, 1, 1), "geometrie-projiziert", "0 -91"),
        ((0, 0, 1, 91), "geometrie-projiziert", "0 0"),
    ],
)
def test_degrees_that_nobody_can_mean_are_refused(
    tmp_path: Path, box: tuple[float, float, float, float], code: str, value: str
) -> None:
    found, problems = read(tmp_path, feature(SQUARE), feature(ring(*box), id="gross"))
    assert [(item.code, item.position.line) for item in problems] == ([(code, 3)] if code else [])
    assert ("gross" in found.by_id, "gross" in found.broken) == (not code, bool(code))
    for item in problems:
        assert "gross" in item.message
        assert value in item.message + item.help


def test_what_would_take_minutes_to_repair_is_not_repaired(tmp_path: Path) -> None:
    chance = random.Random(1)
    points = [[10 + chance.random() / 10, 53 + chance.random() / 10] for _ in range(80)]
    scribble = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
    found, problems = read(tmp_path, feature(SQUARE), feature(scribble, id="kraus"))
    assert [(item.code, item.position.line) for item in problems] == [("geometrie-verworren", 3)]
    assert "kreuzt sich selbst an" in problems[0].message
    assert "kraus" in problems[0].message
    assert found.broken == {"kraus"}


@pytest.mark.parametrize(
    ("geometry", "code", "reason"),
    [
        (None, "geometrie-fehlt", ""),
        ({"type": "Polygon", "coordinates": []}, "geometrie-fehlt", ""),
        (
            {"type": "Polygon", "coordinates": [[[10, 53], [10.1, 53.1]]]},
            "geometrie-unlesbar",
            "zu wenige Punkte",
        ),
        ({"type": "Kreis", "coordinates": []}, "geometrie-unlesbar", "diese Art von Geometrie gibt es nicht"),
        ({"type": "Polygon"}, "geometrie-unlesbar", "fehlt"),
        (ring(200, 0, 201, 1), "geometrie-projiziert", "200 0"),
        (ring(50, 9, 51, 10), "geometrie-vertauscht", "9.00 50.00"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, geometry: Any, code: str, reason: str) -> None:
    _, problems = read(tmp_path, feature(geometry, id="west-1"), feature(geometry))
    assert [(item.code, item.position.line) for item in problems] == [(code, 2), (code, 3)]
    for item, name in zip(problems, ("„west-1“", "„Nr. 2“"), strict=True):
        assert name in item.message
        assert reason in item.message + item.help


def test_whom_to_credit_stands_in_one_line(tmp_path: Path) -> None:
    found, problems = read(tmp_path, feature(SQUARE, id="a"), attribution=" © Amt\n für Vermessung ")
    assert (found.credit, problems) == ("© Amt für Vermessung", [])
    assert read(tmp_path, feature(SQUARE, id="a"), attribution=7)[0].credit == ""
    assert read(tmp_path, feature(SQUARE, id="a"), attribution="x" * 201)[0].credit == "x" * 200


def test_heights_are_left_out(tmp_path: Path) -> None:
    high = [[*point, 12.5] for point in SQUARE["coordinates"][0]]
    found, problems = read(tmp_path, feature({"type": "Polygon", "coordinates": [high]}, id="a"))
    assert problems == []
    assert mapping(found.by_id["a"].shape) == mapping(shapely.geometry.shape(SQUARE))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"type": "FeatureCollection"}', 1, "keine FeatureCollection"),
        ('{"features": []}', 1, "keine FeatureCollection"),
        ("[]", 1, "keine FeatureCollection"),
        ('{"type":\n "FeatureCollection",, }', 2, "hier muss ein Name in doppelten Anführungszeichen stehen"),
        ("[" * 200_000, 1, "zu tief verschachtelt"),
        (f"[{'9' * 5_000}]", 1, "eine Zahl hat zu viele Ziffern"),
        (
            '{"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "EPSG:99"}}}',
            1,
            "EPSG:99",
        ),
    ],
)
def test_files_that_hold_no_boundaries_say_why(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "gebiete.geojson"
    path.write_text(text, "utf-8")
    found, problems = read_features(Disk(tmp_path), path)
    assert found is None
    assert [(item.position.file, item.position.line) for item in problems] == [("gebiete.geojson", line)]
    assert reason in problems[0].message


@pytest.mark.parametrize("name", ["id", "OT_ID", "plr_code", "nr", "BEZNR"])
def test_a_feature_stands_on_its_line_whatever_its_id_is_called(tmp_path: Path, name: str) -> None:
    features = [feature(SQUARE, properties={name: key}) for key in ("a", "b")]
    found, problems = read(tmp_path, *features, id_property=name)
    assert ([(each.id, each.line) for each in found.features], problems) == ([("a", 2), ("b", 3)], [])
