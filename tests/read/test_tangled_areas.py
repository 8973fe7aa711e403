"""Outlines that nobody can mean are told, with the record or file, before anything takes long."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.golden.sites import FOLDER

GEOMETRY = "resources/geometry/gemeinde.geojson"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the smallest golden town."""
    shutil.copytree(FOLDER / "village" / "project", tmp_path / "town")
    return tmp_path / "town"


def check(town: Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["check", "-p", str(town), "-f", "json", "--today", "2026-11-20"])
    assert result.exit_code == 1, result.output
    found: list[dict[str, Any]] = json.loads(result.output)
    return [item for item in found if item["severity"] == "error"]


def scribble(points: int) -> list[list[float]]:
    """A ring that crosses itself everywhere."""
    chance = random.Random(1)
    ring = [[10 + chance.random() / 10, 53 + chance.random() / 10] for _ in range(points)]
    return [*ring, ring[0]]


def test_a_scribble_is_no_area(town: Path) -> None:
    path = town / GEOMETRY
    content = json.loads(path.read_text("utf-8"))
    content["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [scribble(1_000)]}
    path.write_text(json.dumps(content), "utf-8")
    found = [item for item in check(town) if item["code"] == "geometrie-verworren"]
    assert [item["file"] for item in found] == [GEOMETRY]
    assert "kreuzt sich" in found[0]["message"] or "Strecken" in found[0]["message"]


def test_areas_that_are_a_tangle_together_name_the_worst(town: Path) -> None:
    """Combs that lie across each other: each is an area, all of them are nothing that anybody lives in."""
    path = town / GEOMETRY
    content = json.loads(path.read_text("utf-8"))
    config = town / "site_config.yml"
    config.write_text(
        config.read_text("utf-8").replace(
            "levels: [{id: gemeinde, name: Gemeinde}]",
            "levels: [{id: gemeinde, name: Gemeinde}, {id: teil, name: Teil, plural: Teile}]",
        ),
        "utf-8",
    )
    for number in range(40):
        ring = [
            [10 + 0.1 * tooth / 500 + number * 1e-6, 53 + (0.0 if tooth % 2 else 0.1)]
            for tooth in range(1_000)
        ]
        ring += [[10.2, 53.2], [9.9, 53.2], ring[0]]
        content["features"].append(
            {
                "type": "Feature",
                "properties": {"id": f"teil-{number}"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
        (town / f"resources/spaces/teil-{number}.yml").write_text(
            f"name: Teil {number}\nlevel: teil\nparent: kiebitzmoor\ngeometry: geometry/gemeinde.geojson#teil-{number}\n", "utf-8"
        )  # fmt: skip
    path.write_text(json.dumps(content), "utf-8")
    found = [item for item in check(town) if item["code"] in ("gebiete-verworren", "geometrie-verworren")]
    assert [item["code"] for item in found] == ["gebiete-verworren"]
    number = found[0]["file"].removeprefix("resources/spaces/teil-").removesuffix(".yml")
    assert number in {str(number) for number in range(40)}
    assert f"„Teil {number}“" in found[0]["message"]
    assert found[0]["line"] == 4
