"""Street registers to ranges: every column is read, whoever wrote the file, and rows that contradict each other are told."""

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.files.disk import Disk
from generator.model.scalars import Point
from generator.model.site import StreetRange
from generator.read.csv_tables import read_streets

SPACES = {"west", "ost", "kirchspiel-a", "kirchspiel-b"}
FULL = StreetRange("Uferweg", "west", "1", "9a", "odd", "01067", Point(10.1, 53.7))
HEAD = "street,space,from,to,parity,postcode,longitude,latitude"
ROW = "Uferweg,west,1,9a,odd,01067,10.1,53.7"


def read(folder: Path, *lines: str, end: str = "\n") -> tuple[tuple[StreetRange, ...], list[Diagnostic]]:
    path = folder / "streets.csv"
    path.write_bytes(end.join([*lines, ""]).encode())
    return read_streets(Disk(folder), path, SPACES, {"gebiete", "kirchspiel"})


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_column_is_read(tmp_path: Path, separator: str, end: str) -> None:
    lines = [line.replace(",", separator) for line in (HEAD, ROW)]
    assert read(tmp_path, *lines, end=end) == ((FULL,), [])


def test_blanks_around_cells_and_columns_that_nobody_asked_for(tmp_path: Path) -> None:
    rows, found = read(tmp_path, " street , space ,from, to ,note", " Uferweg , west , 1 ,, x")
    assert found == []
    assert rows == (StreetRange("Uferweg", "west", "1"),)


def test_a_semicolon_in_a_cell_does_not_part_columns(tmp_path: Path) -> None:
    rows, found = read(tmp_path, "street,space", "Weg; hinten,west")
    assert (rows, found) == ((StreetRange("Weg; hinten", "west"),), [])


def test_a_column_named_like_a_geography_holds_its_spaces(tmp_path: Path) -> None:
    rows, found = read(
        tmp_path,
        "street,space,kirchspiel,anderes",
        "Uferweg,west,kirchspiel-a,nirgends",
        "Am Deich,,kirchspiel-b,",
        "Zum Moor,ost,,",
    )
    assert found == []
    assert [(item.street, item.space) for item in rows] == [
        ("Uferweg", "west"),
        ("Uferweg", "kirchspiel-a"),
        ("Am Deich", "kirchspiel-b"),
        ("Zum Moor", "ost"),
    ]


@pytest.mark.parametrize(
    ("rows", "code", "line", "said"),
    [
        (["W,west,1,9,all", "W,ost,9,11,all"], "hausnummern-doppelt", 3, ["„W“", "Zeile 2", "west, ost"]),
        (["W,ost,9,11,odd", "W,west,1,9,all"], "hausnummern-doppelt", 3, ["„W“", "Zeile 2", "west, ost"]),
        (["W,west,,9,all", "W,ost,4,,even"], "hausnummern-doppelt", 3, ["„W“", "Zeile 2"]),
        (["W,west,,,", "W,ost,,,"], "strasse-ohne-nummern", 3, ["„W“", "Zeile 2", "west, ost"]),
        (["W,west,,,", "W,ost,1,,"], "hausnummern-doppelt", 3, ["Zeile 2"]),
        (["W,west,1,99,all", "W,west,3,5,all", "W,ost,7,9,all"], "hausnummern-doppelt", 4, ["Zeile 2"]),
        (["W,west,9,9a,odd", "W,ost,9b,11,odd"], "", 0, []),
        (["W,west,1,9,odd", "W,ost,2,10,even"], "", 0, []),
        (["W,west,1,9,all", "W,west,5,11,all"], "", 0, []),
        (["W,west,1,9,all", "V,ost,1,9,all"], "", 0, []),
        (["W,west,0,9,all"], "keine-hausnummer", 2, ["„0“"]),
        (["W,west,9,1,all"], "hausnummern-verkehrt", 2, ["von 9 bis 1"]),
        (["W,west,9,9,all"], "", 0, []),
        (["W,west,1,9,both"], "falscher-wert", 2, ["„both“", "odd, even, all"]),
        (["W,westt,1,9,all"], "unbekannter-verweis", 2, ["„westt“", "„west“"]),
        (["W,hinterm-mond,1,9,all"], "unbekannter-verweis", 2, ["„hinterm-mond“", "resources/spaces/"]),
        (["W,west,1"], "zeile-zu-kurz", 2, ["3", "5"]),
        (["W,west,1,9,all,x,y"], "zeile-zu-lang", 2, ["7", "5"]),
        (['W,west,1,9,"all', "V,west,1,9,all"], "falscher-wert", 3, []),
    ],
)
def test_what_contradicts_itself_is_told_once(
    tmp_path: Path, rows: list[str], code: str, line: int, said: list[str]
) -> None:
    _, found = read(tmp_path, "street,space,from,to,parity", *rows)
    assert [(item.code, item.position.line) for item in found] == ([(code, line)] if code else [])
    for item in found:
        assert [part for part in said if part not in f"{item.message} {item.help}"] == []


def test_the_same_houses_in_two_postcodes_or_geographies_are_other_houses(tmp_path: Path) -> None:
    head = "street,space,from,to,parity,postcode,kirchspiel"
    rows, found = read(
        tmp_path, head, "W,west,1,9,all,01067,kirchspiel-a", "W,ost,1,9,all,01069,kirchspiel-b"
    )
    assert (len(rows), found) == (4, [])
    _, found = read(tmp_path, head, "W,west,1,9,all,,kirchspiel-a", "W,west,1,9,all,,kirchspiel-b")
    assert [item.code for item in found] == ["hausnummern-doppelt"]


def test_a_register_without_its_columns_is_none(tmp_path: Path) -> None:
    rows, found = read(tmp_path, "strasse,gebiet", "W,west")
    assert rows == ()
    assert [(item.code, item.position.line) for item in found] == [("spalte-fehlt", 1)] * 2
    assert "strasse, gebiet" in found[0].message + found[0].help
    assert [name in item.message for name, item in zip(("street", "space"), found, strict=True)] == [
        True,
        True,
    ]
