"""Areas and their parts: what lies outside, overlaps or leaves a gap, where boundaries are sharp; and points that are elsewhere."""

from pathlib import Path

import pytest

from generator.check.areas import check_points, check_shapes
from generator.read.project import read_project
from tests.edit.towns import FILES, write_town

SHAPES = "resources/geometry/gebiete.geojson"
WEST = "[[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]"


def box(west: float, south: float, east: float, north: float) -> str:
    return (
        f"[[[{west}, {south}], [{east}, {south}], [{east}, {north}], [{west}, {north}], [{west}, {south}]]]"
    )


def town(root: Path, west: str = WEST, **more: str) -> Path:
    """Write the town with another shape of its western half, and more lines in files."""
    write_town(root)
    path = root / SHAPES
    path.write_text(path.read_text("utf-8").replace(WEST, west), "utf-8")
    for name, lines in more.items():
        path = root / "resources" / f"{name}.yml"
        path.write_text(path.read_text("utf-8") + lines, "utf-8")
    return root


def shapes(root: Path) -> list[tuple[str, str, str]]:
    reading = read_project(root)
    assert reading.site is not None
    return [(item.code, item.position.file, item.message) for item in check_shapes(reading.site, reading)]


FUZZY = "boundary_kind: fuzzy\n"
OUT = box(9.99, 53.7, 10.01, 53.71)
OVER = box(10.0, 53.7, 10.015, 53.71)
GAP = box(10.0, 53.7, 10.005, 53.71)


def test_overlaps_are_told_where_the_town_has_no_boundary(tmp_path: Path) -> None:
    root = town(tmp_path, OVER)
    (root / "resources/spaces/kleinstadt.yml").write_text("name: Kleinstadt\nlevel: stadt\n", "utf-8")
    assert "gebiete-ueberschneiden" in {code for code, _, _ in shapes(root)}


def test_what_a_reform_replaced_overlaps_nothing(tmp_path: Path) -> None:
    root = town(tmp_path, OVER, **{"spaces/west": "until: 2025-12-31\n"})
    assert "gebiete-ueberschneiden" not in {code for code, _, _ in shapes(root)}


@pytest.mark.parametrize(
    ("west", "code", "file", "said"),
    [
        (OUT, "kind-ausserhalb", "resources/spaces/west.yml", ["50,0", "West", "Kleinstadt"]),
        (OVER, "gebiete-ueberschneiden", "resources/spaces/ost.yml", ["50,0", "West", "Ost"]),
        (GAP, "luecke-im-gebiet", "resources/spaces/kleinstadt.yml", ["25,0", "Kleinstadt"]),
        (box(10.0, 53.7, 10.0095, 53.71), "luecke-im-gebiet", "resources/spaces/kleinstadt.yml", ["2,5"]),
    ],
)
def test_sharp_boundaries_fit_together(
    tmp_path: Path, west: str, code: str, file: str, said: list[str]
) -> None:
    root = town(tmp_path, west)
    ((found, where, message),) = shapes(root)
    assert (found, where) == (code, file)
    assert [part for part in said if part not in message] == []


@pytest.mark.parametrize("west", [WEST, box(10.0, 53.7, 10.00999, 53.71), box(10.0, 53.7, 10.01001, 53.71)])
def test_a_hands_breadth_is_nothing(tmp_path: Path, west: str) -> None:
    assert shapes(town(tmp_path, west)) == []


@pytest.mark.parametrize("west", [OUT, OVER, GAP])
def test_fuzzy_boundaries_need_not_fit(tmp_path: Path, west: str) -> None:
    assert shapes(town(tmp_path, west, **{"spaces/west": FUZZY})) == []
    # That of a neighbour is enough where two of them touch.
    if west == OVER:
        assert shapes(town(tmp_path, west, **{"spaces/ost": FUZZY})) == []
    if west == OUT:
        assert [code for code, *_ in shapes(town(tmp_path, west, **{"spaces/ost": FUZZY}))] == [
            "kind-ausserhalb"
        ]


def test_areas_without_a_shape_leave_no_gap(tmp_path: Path) -> None:
    root = town(tmp_path, GAP)
    path = root / "resources/spaces/ost.yml"
    path.write_text(path.read_text("utf-8").replace("geometry: geometry/gebiete.geojson#ost\n", ""), "utf-8")
    assert [code for code, *_ in shapes(root) if code != "ohne-geometrie"] == []


def points(root: Path, point: str, more: str = "") -> list[tuple[str, str, int, str]]:
    path = root / "resources/places/treff.yml"
    text = FILES["resources/places/treff.yml"].replace("10.005 53.705", point) + more
    path.write_text(text, "utf-8")
    reading = read_project(root)
    assert reading.site is not None, reading.found
    return [
        (item.code, item.position.file, item.position.line, item.message)
        for item in check_points(reading.site, reading)
    ]


@pytest.mark.parametrize(
    ("point", "more", "code", "said"),
    [
        ("10.005 53.705", "", "", ""),
        ("10.005 53.705", "spaces: [west]\n", "", ""),
        ("10.005 53.705", "spaces: [ost, west]\n", "", ""),
        # 0.005 degrees of longitude are 329 metres here.
        ("10.005 53.705", "spaces: [ost]\n", "punkt-ausserhalb", "Ost"),
        ("10.005 53.705", "spaces: [ost]\n", "punkt-ausserhalb", "329 m"),
        ("10.03 53.705", "", "", ""),
        ("10.2 53.705", "", "punkt-fern", "12"),
        ("10.2 53.705", "spaces: [ost]\n", "punkt-ausserhalb", "Ost"),
    ],
)
def test_points_lie_where_they_are_said_to(
    tmp_path: Path, point: str, more: str, code: str, said: str
) -> None:
    found = points(town(tmp_path), point, more)
    assert [(one, file, line) for one, file, line, _ in found] == (
        [(code, "resources/places/treff.yml", 4)] if code else []
    )
    assert all(said in message for *_, message in found)


def test_nobody_knows_how_far_a_town_reaches_whose_boundaries_are_broken(tmp_path: Path) -> None:
    root = town(tmp_path, "[]")
    assert points(root, "10.2 53.705") == []
