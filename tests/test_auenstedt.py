"""The drawn town: its areas fit together, and what its records say of the same thing agrees."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from generator.pipeline.build import Project

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"


def features(folder: Path, name: str) -> dict[str, BaseGeometry]:
    """Return the areas of a geometry file by their ids."""
    content: dict[str, Any] = json.loads((folder / "geometry" / f"{name}.geojson").read_text("utf-8"))
    return {item["id"]: shape(item["geometry"]) for item in content["features"]}


def test_areas_share_exact_edges_and_cover_the_town() -> None:
    town = features(RESOURCES, "stadt")["auenstedt"]
    for name in ("regionen", "schulbezirke"):
        areas = list(features(RESOURCES, name).values())
        assert shapely.coverage_is_valid(areas)
        assert shapely.union_all(areas).equals(town)


def test_every_run_of_house_numbers_lies_in_its_quarter_and_school_district() -> None:
    quarters, districts = features(RESOURCES, "quartiere"), features(RESOURCES, "schulbezirke")
    with (RESOURCES / "streets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        point = Point(float(row["longitude"]), float(row["latitude"]))
        assert quarters[row["space"]].contains(point), row
        assert districts[row["schulbezirk"]].contains(point), row
    assert len({row["street"] for row in rows}) > 150
    assert any(row["parity"] == "odd" for row in rows)


def test_a_service_of_the_office_has_one_number() -> None:
    """Who reads a service's offer and its office rings the same number: they are found by their mailbox and by the contact's name."""
    found: dict[str, set[str]] = {}
    for path in (*RESOURCES.glob("offices/*.yml"), *RESOURCES.glob("offers/*.yml")):
        record = yaml.safe_load(path.read_text("utf-8"))
        contact = record.get("contact", {})
        if "phone" in contact and record.get("provider", "jugendamt") == "jugendamt":
            for name in (contact.get("email"), contact.get("name")):
                found.setdefault(name or path.stem, set()).add(contact["phone"])
    assert {name: numbers for name, numbers in found.items() if len(numbers) > 1} == {}


@pytest.mark.parametrize(
    "offer", ["familienchor-st-ansgar", "mittagstisch-st-ansgar", "vorlesezeit-bibliothek"]
)
def test_what_people_do_together_is_not_for_newcomers_alone(demo: Project, offer: str) -> None:
    assert demo.facts is not None
    situations = demo.facts.offers[offer].situations
    assert "zusammen" in situations
    assert "neu" not in situations


def test_an_office_and_what_it_offers_at_its_number_say_the_same_hours(demo: Project) -> None:
    assert "telefon-zwei-zeiten" not in {item.code for item in demo.found}
