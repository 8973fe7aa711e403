"""Streets and house numbers: Python and the browser agree, on vectors and on a real register."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.files.door import Door
from generator.model.house_numbers import house
from generator.model.scalars import Point
from generator.model.site import StreetRange
from generator.read.street_ranges import read_streets
from generator.search.street_register import part, register, street_key, streets
from tests.open_data import cities, folder_of
from tests.search.street_oracle import spaces_of, split_address

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "generator" / "assets" / "js"
VECTORS = json.loads((HERE / "street_vectors.json").read_text(encoding="utf-8"))
GEOGRAPHY = {"west": "sozialraum", "ost": "sozialraum", "schule-a": "schulbezirk", "schule-b": "schulbezirk"}

Look = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """A function from a register and questions to what the browser's module answers."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node to run the browser's modules outside of a browser")
    folder = tmp_path_factory.mktemp("streets")
    for path in (
        *(ASSETS / f"{name}.js" for name in ("ages", "facets", "folding", "matching", "spoken", "streets")),
        HERE / "streets.mjs",
    ):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def run(packed: bytes, **more: Any) -> dict[str, Any]:
        given = json.dumps({"register": json.loads(packed), **more})
        done = subprocess.run(
            [node, "streets.mjs"], cwd=folder, input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return run


def ranges(name: str = "Lange Straße") -> list[StreetRange]:
    """The street of the vectors."""
    found = []
    for row in VECTORS["street"]:
        longitude, _, latitude = row.get("point", "").partition(" ")
        point = Point(float(longitude), float(latitude)) if latitude else None
        found.append(
            StreetRange(
                name,
                row["space"],
                row["first"],
                row["last"],
                row.get("parity", "all"),
                row.get("postcode", ""),
                point,
            )
        )
    return found


def in_geography(parts: list[Any], geography: str) -> list[Any]:
    return [item for item in parts if GEOGRAPHY[item.space] == geography]


def test_python_reads_streets_and_numbers_as_written_down() -> None:
    assert [street_key(name) for name, _ in VECTORS["keys"]] == [key for _, key in VECTORS["keys"]]
    assert [split_address(text) for text, *_ in VECTORS["addresses"]] == [
        (s, n) for _, s, n in VECTORS["addresses"]
    ]
    found = [house(text) for text, _ in VECTORS["houses"]]
    assert [item.key if item else None for item in found] == [key for _, key in VECTORS["houses"]]


def test_python_finds_the_spaces_of_a_house() -> None:
    parts = [part(item) for item in ranges()]
    for number, own, school in VECTORS["matches"]:
        assert set(spaces_of(in_geography(parts, "sozialraum"), number)) == set(own), number
        assert set(spaces_of(in_geography(parts, "schulbezirk"), number)) == set(school), number


def test_browser_agrees_with_python(look: Look) -> None:
    answer = look(
        register(ranges(), GEOGRAPHY),
        keys=[name for name, _ in VECTORS["keys"]],
        addresses=[text for text, *_ in VECTORS["addresses"]],
        houses=[text for text, _ in VECTORS["houses"]],
        matches=[[0, number] for number, *_ in VECTORS["matches"]],
    )
    assert answer["keys"] == [key for _, key in VECTORS["keys"]]
    assert answer["addresses"] == [{"street": s, "number": n} for _, s, n in VECTORS["addresses"]]
    assert answer["houses"] == [key for _, key in VECTORS["houses"]]
    for (number, own, school), found in zip(VECTORS["matches"], answer["matches"], strict=True):
        assert set(found["sozialraum"]["spaces"]) == set(own), number
        assert set(found["schulbezirk"]["spaces"]) == set(school), number


def test_parts_survive_packing(look: Look) -> None:
    unpacked = look(register([*ranges("B-Weg"), *ranges("A-Weg")], GEOGRAPHY))
    assert unpacked["names"] == ["A-Weg", "B-Weg"]
    for parts in unpacked["parts"]:
        by_space = {(item["space"], item["parity"]): item for item in parts}
        assert by_space["west", "odd"]["point"] == [10.00001, 53.5]
        assert by_space["ost", "odd"]["point"] == [9.99, 53.49999]
        assert by_space["ost", "even"]["postcode"] == "22999"
        assert by_space["west", "even"]["text"] == "2–134b"
        assert by_space["west", "even"]["point"] is None


def test_spellings_of_a_street_are_one_street() -> None:
    rows = [StreetRange("Aachener Str.", "west"), StreetRange("Aachener Straße", "ost")]
    assert list(streets(rows)) == ["Aachener Str."]
    assert len(streets(rows)["Aachener Str."]) == 2


def test_suggestions(look: Look) -> None:
    names = ["Uferweg", "Am Ufer", "Hinteruferstraße", "Ulmenallee", "Lange Straße", "Langer Weg"]
    packed = register([StreetRange(name, "west") for name in names], GEOGRAPHY)
    queries = ["ufer", "UFERWEG", "lange str", "langestrasse", "Ulmenalle", "Ulmmenallee", "xyz", ""]
    found = dict(zip(queries, look(packed, queries=queries)["suggested"], strict=True))
    assert found["ufer"] == ["Uferweg", "Am Ufer", "Hinteruferstraße"]
    assert found["UFERWEG"] == ["Uferweg"]
    assert found["lange str"] == found["langestrasse"] == ["Lange Straße"]
    assert found["Ulmenalle"] == found["Ulmmenallee"] == ["Ulmenallee"]
    assert found["xyz"] == found[""] == []


def cologne(data: Path) -> list[StreetRange]:
    """The town's register as `import streets` writes it: odd and even sides as rows of their own."""
    found = []
    with (data / "koeln" / "streets.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name, space = row["strassenname"], row["stadtteilschluessel"]
            sides = [
                StreetRange(
                    name, space, row[f"hausnr_{word}_von"], row[f"hausnr_{word}_bis"], side, row["plz"]
                )
                for word, side in (("ungerade", "odd"), ("gerade", "even"))
                if row[f"hausnr_{word}_von"]
            ]
            found += sides or [StreetRange(name, space, postcode=row["plz"])]
    return found


@pytest.mark.parametrize("city", cities("koeln"))
def test_a_citys_directory(look: Look, tmp_path: Path, city: str) -> None:
    rows = cologne(folder_of(city, tmp_path))
    table = streets(rows)
    several = [name for name, parts in table.items() if len({item.space for item in parts}) > 1]
    assert len(several) in {"invented": [2], "real": range(235, 241)}[city]
    packed = register(rows, {item.space: "stadtteil" for item in rows})
    assert len(packed) < 260_000
    names = list(table)
    dice = random.Random(5888)
    asked = []
    for row in dice.sample(rows, min(400, len(rows))):
        place = next(n for n, name in enumerate(names) if street_key(name) == street_key(row.street))
        asked.append([place, row.first or str(dice.randrange(1, 200))])
    answer = look(packed, matches=asked)
    assert answer["names"] == names
    for (place, number), found in zip(asked, answer["matches"], strict=True):
        assert set(found["stadtteil"]["spaces"]) == set(spaces_of(table[names[place]], number))


def test_bad_rows_are_reported_where_they_stand(tmp_path: Path) -> None:
    register_file = tmp_path / "streets.csv"
    register_file.write_text(
        "street,from,to,parity,space,longitude,latitude\n"
        "Uferweg,1,9,odd,west,10.1,53.7\n"
        "Uferweg,2,8,even,west,zehn,53.7\n"
        "Uferweg,11,19,odd,west,53.7,10.1\n"
        "Uferweg,21,29,odd,west,565000.0,5930000.0\n"
        "Uferweg,39,31,odd,west,,\n"
        "Uferweg,41a-b,49,odd,west,,\n"
        "Uferweg,51,59,odd,nirgends,,\n"
        ",1,2,all,west,,\n"
        "Am Markt,1,20,all,west,,\n"
        "Am Markt,15,30,odd,ost,,\n"
        "Uferweg,61,69,ungerade,west,,\n"
        "Uferweg,71,79,odd,west,10.2,\n",
        encoding="utf-8",
    )
    rows, found = read_streets(Door(register_file.parent), register_file, {"west", "ost"})
    told = {(item.position.line, item.code) for item in found}
    assert told == {
        (3, "kein-punkt"),
        (4, "punkt-vertauscht"),
        (5, "punkt-projiziert"),
        (6, "hausnummern-verkehrt"),
        (7, "keine-hausnummer"),
        (8, "unbekannter-verweis"),
        (9, "strasse-ohne-namen"),
        (11, "hausnummern-doppelt"),
        (12, "falscher-wert"),
        (13, "kein-punkt"),
    }
    kept = [(item.first, item.point is not None) for item in rows if item.street == "Uferweg"]
    assert kept == [("1", True), ("2", False), ("11", False), ("21", False), ("71", False)]
