"""A real city that nobody here drew: areas and day-care centres go through the same door as a town's."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shapely.geometry import Point

from generator.cli import main
from generator.model.geometry import Areas, metres_to
from generator.read.project import Reading, read_project
from tests.berlin import TABLE, imports, lay_ground, write_centres
from tests.chance import whole
from tests.open_data import REAL, real

pytestmark = [whole, real(TABLE)]


LEVELS = {"stadt": 1, "bezirk": 12, "prognoseraum": 58, "bezirksregion": 143, "planungsraum": 542}
OFFERS, PROVIDERS = 2893, 1176
OUTSIDE = 33
"""Points beside their area, all of them by less than ten metres."""
REPAIRED = range(4, 9)
"""Outlines that cross or touch themselves, by how exactly one looks."""
SILENT, NONE = 14, 30
"""Without a telephone number; with one that is none: two in one, or three digits."""
NAMESAKES = 19
"""How many have the commonest name."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the city with the commands that a town uses."""
    project = tmp_path_factory.mktemp("city") / "berlin"
    project.mkdir()
    lay_ground(project)
    for arguments in imports(REAL, project):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output[-2000:]
    write_centres(REAL, project)
    return project


@pytest.fixture(scope="module")
def reading(city: Path) -> Reading:
    return read_project(city)


@pytest.fixture(scope="module")
def found(city: Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["check", "-p", str(city), "--today", "2026-11-20", "-f", "json"])
    assert result.exit_code == 0
    return list(json.loads(result.stdout))


@pytest.fixture(scope="module")
def rows(city: Path) -> list[dict[str, str]]:
    with (REAL / TABLE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_areas_and_all_day_care_centres_are_there(reading: Reading, city: Path) -> None:
    site = reading.site
    assert site is not None
    assert Counter(space.level for space in site.spaces.values()) == LEVELS
    assert (len(site.offers), len(site.places), len(site.providers)) == (OFFERS, OFFERS, PROVIDERS)  # fmt: skip
    assert len(site.shapes) == sum(LEVELS.values()) - 1


def test_the_hierarchy_is_complete(reading: Reading) -> None:
    site = reading.site
    assert site is not None
    above = {
        "bezirk": "stadt",
        "prognoseraum": "bezirk",
        "bezirksregion": "prognoseraum",
        "planungsraum": "bezirksregion",
    }
    for key, space in site.spaces.items():
        if space.level == "stadt":
            continue
        assert space.parent is not None
        assert site.spaces[space.parent].level == above[space.level]
        if space.level != "bezirk":
            assert key.startswith(space.parent)
        else:
            assert space.code is not None
            assert space.code.startswith("11000")
    parents = Counter(space.parent for space in site.spaces.values())
    assert all(parents[key] > 0 for key, space in site.spaces.items() if space.level != "planungsraum")


def test_ids_and_codes_keep_their_leading_zeros(reading: Reading) -> None:
    site = reading.site
    assert site is not None
    assert site.spaces["01100101"].code == "01100101"
    assert site.spaces["01100101"].parent == "011001"
    assert "kita-01010010" in site.offers


def test_points_lie_in_the_stated_area_but_for_some_that_lie_within_ten_metres(
    reading: Reading, city: Path
) -> None:
    site = reading.site
    assert site is not None
    outside: dict[str, float] = {}
    areas = Areas(site.shapes)
    for key, place in site.places.items():
        assert place.point is not None
        (stated,) = place.spaces
        inside = stated in areas.around(place.point)
        assert inside == site.shapes[stated].intersects(Point(place.point.longitude, place.point.latitude))
        if not inside:
            outside[key] = metres_to(place.point, site.shapes[stated])
    assert len(outside) == OUTSIDE
    assert 0 < max(outside.values()) < 10


def test_both_areas_named_schlossstrasse_are_there(reading: Reading, found: list[dict[str, Any]]) -> None:
    site = reading.site
    assert site is not None
    twins = [
        key
        for key, space in site.spaces.items()
        if space.name == "Schloßstraße" and space.level == "planungsraum"
    ]
    assert len(twins) == 2
    assert len({key[:2] for key in twins}) == 2
    assert any(
        item["code"] == "doppelter-gebietsname" and "Schloßstraße" in item["message"] for item in found
    )


def test_the_check_names_what_is_wrong_in_the_data(
    found: list[dict[str, Any]], rows: list[dict[str, str]], city: Path
) -> None:
    by_code: dict[str, list[dict[str, Any]]] = {}
    for item in found:
        by_code.setdefault(item["code"], []).append(item)
    assert len(by_code["punkt-ausserhalb"]) == OUTSIDE
    repaired = by_code["geometrie-repariert"]
    assert len(repaired) in REPAIRED
    assert all("kreuzt sich" in item["message"] or "berührt sich" in item["message"] for item in repaired)
    assert len({item["file"] for item in repaired}) == len(repaired)
    silent = {f"resources/offers/kita-{row['id']}.yml" for row in rows if not row["phone_number"]}
    assert len(silent) == SILENT
    named = {item["file"] for item in by_code["ohne-kontakt"]}
    assert silent <= named
    assert len(named) == SILENT + NONE
    names = Counter(row["name"].casefold() for row in rows)
    shared = [item for item in by_code["doppelter-name"] if item["file"].startswith("resources/offers/")]
    most = names.most_common(1)[0][1]
    assert most == NAMESAKES
    assert len(shared) == sum(count - 1 for count in names.values() if count > 1)
    assert any(
        f"{most - 1} weitere" in item["help"] or f"{most - 2} weitere" in item["help"] for item in shared
    )
    assert {item["severity"] for item in found} <= {"warning", "note"}


def test_a_second_import_refuses_and_an_update_changes_nothing(city: Path) -> None:
    arguments = imports(REAL, city)[-1]
    times = {path: path.stat().st_mtime_ns for path in (city / "resources" / "spaces").iterdir()}
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 1
    assert "eintrag-vorhanden" in refused.output
    updated = CliRunner().invoke(main, [*arguments, "--update"])
    assert updated.exit_code == 0, updated.output[-500:]
    assert f"Unverändert: {LEVELS['planungsraum']}." in updated.output
    assert {path: path.stat().st_mtime_ns for path in (city / "resources" / "spaces").iterdir()} == times
