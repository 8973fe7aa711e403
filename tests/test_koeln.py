"""A second real city and an invented one in its forms: Cologne's older areas, a street directory with padded house numbers."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.read.project import Reading, read_project
from tests.chance import whole
from tests.open_data import cities, folder_of

pytestmark = whole

CONFIG = """\
name: Nahraum Köln (Probe)
url: https://nahraum-koeln.example/
publisher: {name: Probe mit Daten der Stadt Köln}
land: NW
geographies:
  - id: stadtteil
    levels: [{id: stadt, name: Stadt}, {id: stadtbezirk, name: Stadtbezirk}, {id: stadtteil, name: Stadtteil}, {id: stadtviertel, name: Stadtviertel}]
"""
STREETS = (
    *("--street", "strassenname", "--space", "stadtteilschluessel", "--postcode", "plz"),
    *("--odd", "hausnr_ungerade_von,hausnr_ungerade_bis", "--even", "hausnr_gerade_von,hausnr_gerade_bis"),
)


@dataclass(frozen=True)
class City:
    """A city's data, the project they were imported into, and what must be there."""

    data: Path
    reading: Reading
    levels: dict[str, int]
    rows: int
    several: int
    """Streets that run through more than one part of the city."""
    longest: tuple[str, int]
    """A street and through how many parts it runs."""


TOLD: dict[str, dict[str, Any]] = {
    "invented": {
        "levels": {"stadt": 1, "stadtbezirk": 2, "stadtteil": 3, "stadtviertel": 4},
        "rows": 8,
        "several": 2,
        "longest": ("Ringstr.", 3),
    },
    "real": {
        "levels": {"stadt": 1, "stadtbezirk": 9, "stadtteil": 86, "stadtviertel": 371},
        "rows": 5888,
        "several": 238,
        "longest": ("Militärringstr.", 12),
    },
}


@pytest.fixture(scope="module", params=cities("koeln"))
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> City:
    """Import the city with the commands that a town uses."""
    folder = tmp_path_factory.mktemp("koeln")
    data, project = folder_of(request.param, folder / "data") / "koeln", folder / "projekt"
    (project / "resources" / "spaces").mkdir(parents=True)
    (project / "site_config.yml").write_text(CONFIG, "utf-8")
    (project / "resources" / "spaces" / "koeln.yml").write_text("name: Köln\nlevel: stadt\n", "utf-8")
    into = ["--into", str(project)]
    for arguments in (
        [
            "areas",
            str(data / "stadtbezirke.geojson"),
            "--level",
            "stadtbezirk",
            "--id",
            "STB_NR",
            "--name",
            "STB_NAME",
            "--parent-id",
            "koeln",
        ],
        [
            "areas",
            str(data / "stadtteile.geojson"),
            "--level",
            "stadtteil",
            "--id",
            "STT_NR",
            "--name",
            "STT_NAME",
            "--parent",
            "<STT_NR[:1]>",
        ],
        [
            "areas",
            str(data / "stadtviertel.geojson"),
            "--level",
            "stadtviertel",
            "--id",
            "STV_NR",
            "--name",
            "STV_NAME",
            "--parent",
            "<STV_NR[:3]>",
        ],
        ["streets", str(data / "streets.csv"), *STREETS],
    ):
        result = CliRunner().invoke(main, ["import", *arguments, *into])
        assert result.exit_code == 0, result.output[-2000:]
    return City(data, read_project(project), **TOLD[request.param])


@pytest.fixture(scope="module")
def reading(city: City) -> Reading:
    return city.reading


@pytest.fixture(scope="module")
def rows(city: City) -> list[dict[str, str]]:
    with (city.data / "streets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_levels_of_areas(reading: Reading, city: City) -> None:
    assert reading.site is not None
    assert Counter(space.level for space in reading.site.spaces.values()) == city.levels
    assert not [item for item in reading.found if item.severity == "error"]


def test_every_row_of_the_directory_is_in_the_register(
    reading: Reading, rows: list[dict[str, str]], city: City
) -> None:
    assert reading.site is not None
    streets = reading.site.streets
    assert len(rows) == city.rows
    # A range without any number, or with 0 alone, says nothing: such a row stands for the whole street.
    known = [
        [
            bool((row[f"hausnr_{side}_von"] + row[f"hausnr_{side}_bis"]).strip("0"))
            for side in ("ungerade", "gerade")
        ]
        for row in rows
    ]
    ranges = sum(max(1, sum(sides)) for sides in known)
    assert len(streets) == ranges
    assert len({item.street for item in streets}) == len({row["strassenname"] for row in rows})
    assert {item.space for item in streets} <= set(reading.site.spaces)
    assert all(len(item.postcode) == 5 for item in streets if item.postcode)


def test_house_numbers_lose_their_padding_and_keep_their_letter(reading: Reading) -> None:
    assert reading.site is not None
    first = next(item for item in reading.site.streets if item.street == "Aachener Glacis")
    assert (first.first, first.last, first.parity) == ("1", "1a", "odd")
    assert first.space in ("101", "104")
    assert not [
        item for item in reading.site.streets if item.first.startswith("0") or item.last.startswith("0")
    ]


def test_streets_that_run_through_several_districts(
    reading: Reading, rows: list[dict[str, str]], city: City
) -> None:
    assert reading.site is not None
    by_key: dict[str, set[str]] = defaultdict(set)
    names = {}
    for row in rows:
        by_key[row["strassenschluessel"]].add(row["stadtteilschluessel"])
        names[row["strassenschluessel"]] = row["strassenname"]
    several = {names[key] for key, spaces in by_key.items() if len(spaces) > 1}
    assert sum(len(spaces) > 1 for spaces in by_key.values()) == city.several
    written: dict[str, set[str]] = defaultdict(set)
    for item in reading.site.streets:
        written[item.street].add(item.space)
    assert all(len(written[name]) > 1 for name in several)
    name, parts = city.longest
    assert len(written[name]) == parts
