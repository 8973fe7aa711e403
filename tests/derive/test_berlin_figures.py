"""Real figures of Berlin and invented ones: population by age at five levels, and rows of the monitoring that are no values."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.derive.indicator_series import cell_of
from generator.disclosure.lattice import LatticeArea, parts
from generator.disclosure.protect.raw_tables import Totals, add_up
from generator.model.cells import Status
from generator.read.value_tables import ValueRow, ValueTable, read_values
from tests.disclosure.worlds import indicator
from tests.open_data import cities, folder_of

LEVELS = (
    ("city", 1),
    ("districts", 2),
    ("forecast-areas", 4),
    ("district-regions", 6),
    ("planning-areas", 8),
)
YEARS = pytest.mark.parametrize("year", ["2021", "2024"])


@dataclass(frozen=True)
class City:
    """Where a city's tables lie, and what must be in them."""

    data: Path
    totals: dict[str, int]
    districts: int
    areas: int
    invalid: int
    """Rows of the monitoring that are no values."""

    def published(self, year: str, level: str) -> dict[str, dict[str, str]]:
        """Read one level's table of residents by age, as it was published."""
        path = self.data / "berlin_population" / f"berlin-lor-population-{year}-02-t2-{level}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            return {row["id"]: row for row in csv.DictReader(stream)}

    def monitoring(self) -> list[dict[str, str]]:
        """Read the table of the social monitoring."""
        with (self.data / "berlin_mss_2021" / "mss_2021.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


TOLD: dict[str, dict[str, Any]] = {
    "invented": {"totals": {"2021": 12_240, "2024": 12_240}, "districts": 2, "areas": 7, "invalid": 1},
    "real": {"totals": {"2021": 3_775_480, "2024": 3_897_145}, "districts": 12, "areas": 542, "invalid": 6},
}


@pytest.fixture(scope="module", params=cities("berlin_population"))
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> City:
    return City(folder_of(request.param, tmp_path_factory.mktemp("tables")), **TOLD[request.param])


def ages(row: dict[str, str]) -> list[str]:
    """Return the columns that divide residents by age alone."""
    return [
        name
        for name in row
        if name.startswith("inhabitants_age_") and not name.endswith("percentage") and "male" not in name
    ]


@pytest.fixture(scope="module")
def spaces(city: City) -> dict[str, LatticeArea]:
    """The hierarchy, told by the keys alone."""
    ids = {depth: sorted(city.published("2021", level)) for depth, (level, _) in enumerate(LEVELS)}
    found: dict[str, LatticeArea] = {}
    for depth, (_, length) in enumerate(LEVELS):
        below = ids.get(depth + 1, [])
        for key in ids[depth]:
            inside = below if depth == 0 else [child for child in below if child[:length] == key]
            found[key] = LatticeArea("lor", depth, tuple(inside))
    return found


def added_up(city: City, year: str, spaces: dict[str, LatticeArea], column: str) -> Totals:
    """Add the planning areas up through all levels."""
    rows = [
        ValueRow(key, year, (), Decimal(row[column]), None, Status.KNOWN, "", line)
        for line, (key, row) in enumerate(city.published(year, "planning-areas").items(), 2)
    ]
    return add_up(indicator("bevoelkerung"), spaces, ValueTable("t2", tuple(rows), ","), ["lor"])


@YEARS
def test_population_adds_up_at_five_levels(city: City, year: str, spaces: dict[str, LatticeArea]) -> None:
    found = added_up(city, year, spaces, "inhabitants")
    assert found["0", year, ()].numerator == city.totals[year]
    for level, _ in LEVELS:
        table = city.published(year, level)
        assert {key: found[key, year, ()].numerator for key in table} == {
            key: Decimal(row["inhabitants"]) for key, row in table.items()
        }
    assert len(parts(spaces, "0")) == city.districts


@YEARS
def test_every_age_adds_up_at_five_levels(city: City, year: str, spaces: dict[str, LatticeArea]) -> None:
    columns = ages(city.published(year, "city")["0"])
    assert len(columns) > 3
    for column in columns:
        found = added_up(city, year, spaces, column)
        for level, _ in LEVELS:
            for key, row in city.published(year, level).items():
                assert found[key, year, ()].numerator == Decimal(row[column]), (column, key)


def test_invalid_rows_of_the_monitoring_are_never_values(city: City) -> None:
    invalid = {row["PLR_ID"] for row in city.monitoring() if not row["SI_N"].strip().isdigit()}
    assert len(invalid) == city.invalid
    lines = ["space,period,numerator,status,note"]
    for row in city.monitoring():
        bad = row["PLR_ID"] in invalid
        lines.append(
            f"{row['PLR_ID']},2021,{'' if bad else row['SI_N']},{'x' if bad else ''},{'ungültig' if bad else ''}"
        )
    table, problems = read_values(("\n".join(lines) + "\n").encode(), "values.csv")
    assert not problems
    assert table is not None
    item = indicator("status", interval="none", disclosure={"method": "none"})
    cells = [cell_of(item, row) for row in table.rows]
    assert len(cells) == city.areas
    blocked = [cell for cell in cells if cell.status is Status.BLOCKED]
    assert {cell.space for cell in blocked} == invalid
    assert all(cell.value is None and cell.numerator is None and cell.note == "ungültig" for cell in blocked)
    assert all(cell.value is not None for cell in cells if cell not in blocked)
    assert all(cell.space.startswith("0") or cell.space.startswith("1") for cell in cells)
