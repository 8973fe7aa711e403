"""Published data of real cities beside the project, and an invented city in the same forms, which is there for everybody.

Tests with such data run on both: on the invented one in every run, on the real one in `make examples`, where it is left out without
the folder beside the project.
"""

from __future__ import annotations

import csv
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


def cities(part: str) -> list[Any]:
    """Parameters of a fixture: the invented city, and the real one where its data is."""
    return [pytest.param("invented"), pytest.param("real", marks=[whole, real(part)])]


def folder_of(city: str, temporary: Path) -> Path:
    """Return where the data of a city lie; the invented one is written into a folder."""
    if city == "real":
        return REAL
    _write_lor(temporary / "berlin_lor_2021")
    _write_day_care(temporary / "berlin_facilities")
    _write_population(temporary / "berlin_population")
    _write_monitoring(temporary / "berlin_mss_2021")
    return temporary


# --- the form of Berlin: keys that hold their parents, leading zeros, five levels -------------------------------------

WEST, SOUTH, SIZE = 13.3, 52.5, 0.01
PLANNING = (
    ("01100101", "Schloßstraße"),  # this name twice, in two districts
    ("01100102", "Am Hafen"),
    ("01100203", "Lindenviertel"),
    ("01200104", "Nordfeld"),
    ("02100105", "Schloßstraße"),
    ("02100106", "Südhöhe"),
    ("02100107", "Flugfeld"),  # with too few people for a social monitoring
)
"""Planning areas from west to east, each a square."""
CROSSED = "01200104"
"""A planning area whose outline touches itself."""
INHABITED = {key: 240 if name == "Flugfeld" else 2000 for key, name in PLANNING}
YOUNG = {
    "2021": dict(zip(INHABITED, (120, 120, 200, 40, 120, 120, 14), strict=True)),
    "2024": dict(zip(INHABITED, (120, 120, 220, 30, 120, 110, 14), strict=True)),
}


def _write_lor(folder: Path) -> None:
    levels = (
        ("bezirksgrenzen", 2, lambda key: {"Gemeinde_n": f"Bezirk {int(key)}", "Gemeinde_s": f"0{key}", "Schluessel": f"110000{key}"}),
        ("lor_prognoseraeume_2021", 4, lambda key: {"PGR_ID": key, "PGR_NAME": f"Raum {int(key[2:])}", "BEZ": key[:2]}),
        ("lor_bezirksregionen_2021", 6, lambda key: {"BZR_ID": key, "BZR_NAME": f"Region {key}", "BEZ": key[:2]}),
        ("lor_planungsraeume_2021", 8, lambda key: {"PLR_ID": key, "PLR_NAME": dict(PLANNING)[key], "BEZ": key[:2]}),
    )  # fmt: skip
    for name, length, properties in levels:
        places: dict[str, list[int]] = {}
        for place, (key, _) in enumerate(PLANNING):
            places.setdefault(key[:length], []).append(place)
        _write_areas(
            folder / f"{name}.geojson",
            ((properties(key), _strip(inside[0], inside[-1] + 1, key == CROSSED)) for key, inside in places.items()),
        )  # fmt: skip


def _strip(first: int, end: int, crossed: bool = False) -> list[list[float]]:
    west, east, north = round(WEST + SIZE * first, 6), round(WEST + SIZE * end, 6), SOUTH + SIZE
    ring = [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]
    if crossed:
        # There and back to a point inside, as rounded outlines have it.
        middle = round((west + east) / 2, 6)
        ring[3:3] = [[middle, north], [middle, SOUTH + SIZE / 2], [middle, north]]
    return ring


def _write_areas(file: Path, areas: Iterable[tuple[dict[str, Any], list[list[float]]]]) -> None:
    features = [
        {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for told, ring in areas
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        json.dumps({"type": "FeatureCollection", "name": file.stem, "features": features}), "utf-8"
    )


def _write_day_care(folder: Path) -> None:
    head = (
        "id,name,phone_number,places,type,sponsor_id,sponsor_name,street,zip_code,lat,lon,geojson_feature_id"
    )
    usual, middle = "Reguläre Einrichtung", SOUTH + SIZE / 2
    rows = (
        ("01010010", "Kita Regenbogen", "+493023125001", 69, usual, "1224", "Verein am Hafen", "Hafenstr. 20", 13.305, "01100101"),
        ("01010020", "Kita Kunterbunt", "+493023125002", 155, usual, "1334", "Kinder gGmbH", "An der Mole 3", 13.315, "01100102"),
        ("01010030", "Kita Regenbogen", "+493023125003", 20, "Sprachförderung", "1334", "Kinder gGmbH", "Lindenallee 38a", 13.325, "01100203"),
        # three metres east of its area
        ("01010040", "Kita am Rand", "+493023125004", 40, usual, "1334", "Kinder gGmbH", "Grenzweg 1", 13.33004, "01100203"),
        ("02010010", "Kita Regenbogen", "", 25, "Heilpädagogische Gruppe", "1500", "Land und Leute e. V.", "Feldweg 7-9", 13.345, "02100105"),
        # two numbers in one
        ("02010020", "Kita Südhöhe", "+49302312500617604069001", 33, usual, "1500", "Land und Leute e. V.", "Südring 112", 13.355, "02100106"),
    )  # fmt: skip
    lines = [
        (key, name, phone, places, kind, sponsor, of, street, "10117", middle, lon, area)
        for key, name, phone, places, kind, sponsor, of, street, lon, area in rows
    ]
    _write_rows(folder / "berlin-daycare-centers-2026-07-details.csv", head.split(","), lines)


def _write_rows(file: Path, head: list[str], rows: Iterable[Iterable[object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])


AGES = ("below_6", "6_15", "15_18", "above_65")


def _write_population(folder: Path) -> None:
    levels = (("city", 0), ("districts", 2), ("forecast-areas", 4), ("district-regions", 6), ("planning-areas", 8))  # fmt: skip
    head = ["id", "inhabitants", *(f"inhabitants_age_{age}" for age in AGES), "inhabitants_female", "inhabitants_percentage"]  # fmt: skip
    for year, young in YOUNG.items():
        for level, length in levels:
            sums: dict[str, list[int]] = {}
            for key, all_of in INHABITED.items():
                counts = [all_of, young[key], all_of // 10, all_of // 30, all_of // 5, all_of // 2]
                row = sums.setdefault(key[:length] or "0", [0] * len(counts))
                row[:] = [one + other for one, other in zip(row, counts, strict=True)]
            rows = [(key, *row, "100.0") for key, row in sums.items()]
            _write_rows(folder / f"berlin-lor-population-{year}-02-t2-{level}.csv", head, rows)


def _write_monitoring(folder: Path) -> None:
    rows = [
        (name, key, INHABITED[key], *(("", "") if name == "Flugfeld" else (f"{4 + place}.22594", 2)))
        for place, (key, name) in enumerate(PLANNING)
    ]
    _write_rows(folder / "mss_2021.csv", ["PLR_NAME", "PLR_ID", "EW", "S1", "SI_N"], rows)


# --- many areas with outlines as surveyors draw them ------------------------------------------------------------------

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
