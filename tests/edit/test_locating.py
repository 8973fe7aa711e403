"""Places without a point get that of their house from the town's own register, or their area, or are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.edit.towns import write, write_town

REGISTER = """\
street,from,to,parity,postcode,space,longitude,latitude
Uferweg,12a,12a,all,01067,west,10.0041,53.7041
Uferweg,14,14,all,01067,west,10.0043,53.7043
Uferweg,16,99,even,01067,west,10.0049,53.7049
Am Markt,1,1,all,01067,west,10.005,53.705
Am Markt,1,1,all,22999,ost,10.015,53.705
Lange Straße,7,7,all,,ost,10.016,53.706
"""
MAPPING = """\
table: {separator: ";"}
places:
  id: haus-<Nr>
  name: <Name>
  kind: <Art>
  address: {street: <Straße>, number: <Haus>, postcode: <PLZ>, town: Kleinstadt}
  point: <Länge> <Breite>
"""
HEAD = "Nr;Name;Art;Straße;Haus;PLZ;Länge;Breite\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(write_town(tmp_path / "stadt"), {"resources/streets.csv": REGISTER})


def imported(town: Path, rows: str, *more: str) -> Result:
    (town.parent / "liste.csv").write_text(HEAD + rows, "utf-8")
    (town.parent / "orte.yml").write_text(MAPPING, "utf-8")
    arguments = ["import", "offers", str(town.parent / "liste.csv"), "--map", str(town.parent / "orte.yml")]
    result = CliRunner().invoke(main, [*arguments, "--into", str(town), *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def place(town: Path, number: int) -> str:
    return (town / f"resources/places/haus-{number}.yml").read_text("utf-8")


POINT = "Punkt aus dem Straßenverzeichnis: 1"
AREA = "Nur das Gebiet im Straßenverzeichnis gefunden, keinen Punkt für das Haus: 1\n  places/haus-1: "
NOWHERE = "Ohne Punkt, auch im Straßenverzeichnis steht keiner: 1\n  places/haus-1: "
CASES: dict[str, tuple[str, str, str]] = {
    "the house itself": ("kita;Uferweg;14;01067;;", "point: 10.004300 53.704300\n", POINT),
    "a letter behind the number": ("kita;Uferweg;12 A;01067;;", "point: 10.004100 53.704100\n", POINT),
    "another writing of the street": ("kita;Lange Str.;7;01067;;", "point: 10.016000 53.706000\n", POINT),
    "two streets of one name, told apart by postcode": ("kita;Am Markt;1;22999;;", "point: 10.015000 53.705000\n", POINT),
    "the point of the table goes first": ("kita;Uferweg;14;01067;10.001;53.701", "point: 10.001 53.701\n", ""),
    "only the stretch is known": ("kita;Uferweg;20;01067;;", "spaces: [west]\n", AREA),
    "the other side of the stretch": ("kita;Uferweg;21;01067;;", "", NOWHERE),
    "a house that nobody knows": ("kita;Uferweg;3;01067;;", "", NOWHERE),
    "a street that nobody knows": ("kita;Nirgendweg;3;01067;;", "", NOWHERE),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_an_address_becomes(town: Path, name: str) -> None:
    row, expected, said = CASES[name]
    result = imported(town, f"1;Haus;{row}\n")
    assert result.exit_code == 0, result.output
    lines = [line + "\n" for line in place(town, 1).splitlines() if line.startswith(("point", "spaces"))]
    assert lines == ([expected] if expected else [])
    assert [words for words in (POINT, AREA, NOWHERE) if words in result.output] == ([said] if said else [])


def test_one_of_two_is_not_guessed(town: Path) -> None:
    (town / "resources/streets.csv").write_text(REGISTER.replace("22999", "01067"), "utf-8")
    imported(town, "1;Haus;kita;Am Markt;1;01067;;\n")
    assert "point" not in place(town, 1)


def test_a_point_that_people_gave_stays_and_the_second_run_changes_nothing(town: Path) -> None:
    rows = "1;Haus;kita;Uferweg;14;01067;;\n2;Hof;kita;Nirgendweg;3;01067;;\n"
    assert imported(town, rows).exit_code == 0
    path = town / "resources/places/haus-2.yml"
    path.write_text(path.read_text("utf-8") + "point: 10.002 53.702\n", "utf-8")
    before = {item: item.read_bytes() for item in town.rglob("*.yml")}
    result = imported(town, rows, "--update")
    assert "Nichts zu ändern" in result.output
    assert "Nirgendweg" not in result.output
    assert {item: item.read_bytes() for item in town.rglob("*.yml")} == before
    moved = REGISTER.replace("10.0043", "10.0044") + "Nirgendweg,3,3,all,01067,ost,10.011,53.701\n"
    (town / "resources/streets.csv").write_text(moved, "utf-8")
    result = imported(town, rows, "--update")
    assert "places/haus-1: point" in result.output
    assert "point: 10.004400" in place(town, 1)
    assert "point: 10.002 53.702\n" in place(town, 2)


def test_without_a_register_nothing_is_said(town: Path) -> None:
    (town / "resources/streets.csv").unlink()
    result = imported(town, "1;Haus;kita;Uferweg;14;01067;;\n")
    assert result.exit_code == 0
    assert "Straßenverzeichnis" not in result.output
