"""Streets and house numbers: Python and the browser agree, on vectors and on a real register."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.files.disk import Disk
from generator.model.geometry import metres
from generator.model.scalars import Point
from generator.model.site import StreetRange, house
from generator.read.csv_tables import read_streets
from generator.search.street_register import numbers_text, part, register, street_key, streets
from tests.chance import whole
from tests.node import answering
from tests.open_data import REAL, real
from tests.search.addresses import write_addresses
from tests.search.street_oracle import spaces_of, split_address

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "street_vectors.json").read_text(encoding="utf-8"))
GEOGRAPHY = {"west": "sozialraum", "ost": "sozialraum", "schule-a": "schulbezirk", "schule-b": "schulbezirk"}

Look = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def look() -> Iterator[Look]:
    """A function from a register and questions to what the browser's module answers."""
    with answering(HERE / "streets.mjs") as asking:

        def run(packed: bytes, **more: Any) -> dict[str, Any]:
            answer: dict[str, Any] = asking({"register": json.loads(packed), **more})
            return answer

        yield run


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


@whole
@real("koeln")
def test_a_citys_directory(look: Look) -> None:
    rows = cologne(REAL)
    table = streets(rows)
    several = [name for name, parts in table.items() if len({item.space for item in parts}) > 1]
    assert len(several) in range(235, 241)
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


def addresses(path: Path, streets: int, count: int) -> list[StreetRange]:
    """An address register of an invented town, as `import streets` writes it: a row for each house."""
    assert write_addresses(path, streets, count) == count
    found = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            number = row["Hnr"] + row["Zusatz"]
            point = Point(float(row["Laenge"]), float(row["Breite"]))
            found.append(StreetRange(row["Strasse"], row["Gebiet"], number, number, "all", row["Plz"], point))
    return found


def test_every_house_of_an_address_register_is_found_where_it_is(look: Look, tmp_path: Path) -> None:
    """Houses become stretches of one side, and yet each lies in its own area, and its place is near."""
    rows = addresses(tmp_path / "a.csv", 60, 2400)
    geography = {item.space: "stadtteil" for item in rows}
    packed = register(rows, geography)
    names = list(streets(rows, geography))
    houses: dict[tuple[str, str], list[StreetRange]] = {}
    for item in rows:
        houses.setdefault((item.street, item.first), []).append(item)
    asked = [[names.index(street), number] for street, number in houses]
    answer = look(packed, matches=asked)
    for own, found in zip(houses.values(), answer["matches"], strict=True):
        there = found["stadtteil"]
        assert there["known"]
        assert set(there["spaces"]) == {item.space for item in own}, own[0]
        places = [Point(*point) for point in there["points"]]
        assert min(metres(place, item.point) for place in places for item in own if item.point) < 200, own[0]
    parts = streets(rows, geography)
    assert sum(map(len, parts.values())) < len(rows) / 5
    divided = [street for street in parts if len({item.space for item in rows if item.street == street}) > 1]
    assert 3 < len(divided) < 20
    assert all(len(parts[street]) == 1 for street in parts if street not in divided)


def test_areas_of_two_geographies_do_not_divide_each_others_streets() -> None:
    rows = [
        StreetRange("Uferweg", space, str(number), str(number))
        for number in range(1, 20)
        for space in ("west", "schule-a" if number < 10 else "schule-b")
    ]
    parts = streets(rows, GEOGRAPHY)["Uferweg"]
    assert {(item.space, item.parity, numbers_text(item)) for item in parts} == {
        ("west", "all", ""),
        ("schule-a", "odd", "1–9"),
        ("schule-a", "even", "2–8"),
        ("schule-b", "odd", "11–19"),
        ("schule-b", "even", "10–18"),
    }


@whole
def test_the_register_of_a_big_town_is_small_enough_to_be_loaded_by_everybody(tmp_path: Path) -> None:
    """So that no request tells what was typed."""
    rows = addresses(tmp_path / "a.csv", 10_000, 400_000)
    packed = register(rows, {item.space: "stadtteil" for item in rows})
    assert len(gzip.compress(packed, 6)) <= 300_000


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
    rows, found = read_streets(Disk(register_file.parent), register_file, {"west", "ost"})
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
