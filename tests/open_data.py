"""Published data of real cities beside the project, tried in `make examples` and left out where they aren't there; and many areas, for everybody."""

import json
import os
from collections.abc import Iterable
from math import sin
from pathlib import Path
from typing import Any

import pytest

from tests.chance import whole

REAL = Path(os.environ.get("NAHRAUM_OPEN_DATA") or Path(__file__).parents[2] / "shared" / "data")
"""`NAHRAUM_OPEN_DATA` names another folder, or one that isn't there to see what runs without."""
HOURS = Path(__file__).parent / "hours" / "invented"
"""Opening hours in the forms of the published collections."""


def real(part: str) -> pytest.MarkDecorator:
    """Leave a test out where a part of the published data is missing."""
    return pytest.mark.skipif(
        not (REAL / part).exists(), reason=f"{part} is not here: only invented data was tried"
    )


EACH_CORPUS = pytest.mark.parametrize(
    "corpus",
    [
        pytest.param(HOURS, id="invented"),
        pytest.param(REAL / "opening_hours", id="real", marks=[whole, real("opening_hours")]),
    ],
)
"""A test of opening hours as they are written; `corpus` is a folder."""


# --- many areas with outlines as surveyors draw them ------------------------------------------------------------------

WEST, SOUTH, SIZE = 13.3, 52.5, 0.01
ACROSS, DOWN, BLOCK = 36, 15, (9, 5)
"""Planning areas side by side and one below the other, and how many of them a district has."""
STEPS = 6
"""Points of an outline between two corners."""


def write_many(folder: Path) -> None:
    """Write 540 planning areas in twelve districts; neighbours share every point between them."""
    districts, areas = [], []
    across, down = BLOCK
    for number in range(ACROSS // across * (DOWN // down)):
        column, row = number % (ACROSS // across) * across, number // (ACROSS // across) * down
        key = f"{number + 1:02}"
        told = {"Gemeinde_n": f"Bezirk {number + 1}", "Gemeinde_s": f"0{key}", "Schluessel": f"110000{key}"}
        districts.append((told, _winding(column, row, across, down)))
        for place in range(across * down):
            inside = {"PLR_ID": f"{key}1001{place + 1:02}", "PLR_NAME": f"Raum {key}-{place + 1}", "BEZ": key}
            areas.append((inside, _winding(column + place % across, row + place // across, 1, 1)))
    _write_areas(folder / "berlin_lor_2021" / "bezirksgrenzen.geojson", districts)
    _write_areas(folder / "berlin_lor_2021" / "lor_planungsraeume_2021.geojson", areas)


def _write_areas(file: Path, areas: Iterable[tuple[dict[str, Any], list[list[float]]]]) -> None:
    features = [
        {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for told, ring in areas
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        json.dumps({"type": "FeatureCollection", "name": file.stem, "features": features}), "utf-8"
    )


def _winding(column: int, row: int, across: int, down: int) -> list[list[float]]:
    """Walk around cells of the grid; where a point lies depends on its place in the grid alone."""
    west, south = column * STEPS, row * STEPS
    east, north = west + across * STEPS, south + down * STEPS
    walk = [
        *((x, south) for x in range(west, east)),
        *((east, y) for y in range(south, north)),
        *((x, north) for x in range(east, west, -1)),
        *((west, y) for y in range(north, south - 1, -1)),
    ]
    return [
        [round(WEST + x * SIZE / STEPS + sin(12.9 * x + 78.2 * y) / 2500, 6), round(SOUTH + y * SIZE / STEPS + sin(39.3 * x + 11.1 * y) / 2500, 6)]
        for x, y in walk
    ]  # fmt: skip
