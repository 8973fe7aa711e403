"""Real figures of Berlin: population by age at five levels, and six rows of the monitoring that are no values."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from generator.derive.indicators import cell_of
from generator.derive.lattice import Area, parts
from generator.derive.totals import Totals, add_up
from generator.model.figures import Status
from generator.read.values import Row, Table, read_values
from tests.figures.worlds import indicator

DATA = Path(__file__).parents[3] / "shared" / "data"
LEVELS = (
    ("city", 1),
    ("districts", 2),
    ("forecast-areas", 4),
    ("district-regions", 6),
    ("planning-areas", 8),
)
TOTALS = {"2021": 3_775_480, "2024": 3_897_145}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data of shared/data is not here")


def published(year: str, level: str) -> dict[str, dict[str, str]]:
    """Read one level's table of residents by age, as it was published."""
    path = DATA / "berlin_population" / f"berlin-lor-population-{year}-02-t2-{level}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def ages(row: dict[str, str]) -> list[str]:
    """Return the columns that divide residents by age alone."""
    return [
        name
        for name in row
        if name.startswith("inhabitants_age_") and not name.endswith("percentage") and "male" not in name
    ]


@pytest.fixture(scope="module")
def spaces() -> dict[str, Area]:
    """The hierarchy, told by the keys alone."""
    ids = {depth: sorted(published("2021", level)) for depth, (level, _) in enumerate(LEVELS)}
    found: dict[str, Area] = {}
    for depth, (_, length) in enumerate(LEVELS):
        below = ids.get(depth + 1, [])
        for key in ids[depth]:
            inside = below if depth == 0 else [child for child in below if child[:length] == key]
            found[key] = Area("lor", depth, tuple(inside))
    return found


def added_up(year: str, spaces: dict[str, Area], column: str) -> Totals:
    """Add the planning areas up through all levels."""
    rows = [
        Row(key, year, (), Decimal(row[column]), None, Status.KNOWN, "", line)
        for line, (key, row) in enumerate(published(year, "planning-areas").items(), 2)
    ]
    return add_up(indicator("bevoelkerung"), spaces, Table("t2", tuple(rows), ","), ["lor"])


@pytest.mark.parametrize("year", list(TOTALS))
def test_population_adds_up_at_five_levels(year: str, spaces: dict[str, Area]) -> None:
    found = added_up(year, spaces, "inhabitants")
    assert found["0", year, ()].numerator == TOTALS[year]
    for level, _ in LEVELS:
        table = published(year, level)
        assert {key: found[key, year, ()].numerator for key in table} == {
            key: Decimal(row["inhabitants"]) for key, row in table.items()
        }
    assert len(parts(spaces, "0")) == 12


@pytest.mark.parametrize("year", list(TOTALS))
def test_every_age_adds_up_at_five_levels(year: str, spaces: dict[str, Area]) -> None:
    columns = ages(published(year, "city")["0"])
    assert len(columns) > 3
    for column in columns:
        found = added_up(year, spaces, column)
        for level, _ in LEVELS:
            for key, row in published(year, level).items():
                assert found[key, year, ()].numerator == Decimal(row[column]), (column, key)


def monitoring() -> Iterator[dict[str, str]]:
    with (DATA / "berlin_mss_2021" / "mss_2021.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def test_invalid_rows_of_the_monitoring_are_never_values() -> None:
    invalid = {row["PLR_ID"] for row in monitoring() if not row["SI_N"].strip().isdigit()}
    assert len(invalid) == 6
    lines = ["space,period,numerator,status,note"]
    for row in monitoring():
        bad = row["PLR_ID"] in invalid
        lines.append(
            f"{row['PLR_ID']},2021,{'' if bad else row['SI_N']},{'x' if bad else ''},{'ungültig' if bad else ''}"
        )
    table, problems = read_values(("\n".join(lines) + "\n").encode(), "values.csv")
    assert not problems
    assert table is not None
    item = indicator("status", interval="none", disclosure={"method": "none"})
    cells = [cell_of(item, row) for row in table.rows]
    assert len(cells) == 542
    blocked = [cell for cell in cells if cell.status is Status.BLOCKED]
    assert {cell.space for cell in blocked} == invalid
    assert all(cell.value is None and cell.numerator is None and cell.note == "ungültig" for cell in blocked)
    assert all(cell.value is not None for cell in cells if cell not in blocked)
    assert all(cell.space.startswith("0") or cell.space.startswith("1") for cell in cells)
