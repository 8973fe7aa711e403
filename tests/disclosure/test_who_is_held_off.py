"""The table of who is held off (docs/disclosure.md), played once through the front door.

What two editions of a site offer for download, of two measures of the same cases in two divisions of a town, is all that an
intruder has, who solves a programme of their own.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.chance import whole
from tests.disclosure.intruder import Cell, Intruder
from tests.disclosure.test_project_system import PARTS
from tests.disclosure.worlds import DEFINITION, QUARTERS, write_project

THRESHOLD = 5
DISTRICTS, KINDS = ("schule-oben", "schule-unten"), ("kurz", "lang")
HELP = DEFINITION.replace("denominator: Alle Familien\n", "disclosure: {method: round-small, own_cases: 2}\n")
BY_KIND = f"""{HELP.replace("Hilfen für Familien", "Hilfen nach Dauer")}numerator_from: hilfen
breakdowns:
  - id: dauer
    name: Dauer
    values: [{{id: kurz, name: kurz}}, {{id: lang, name: lang}}]
"""
Counts = Mapping[tuple[str, str, str], int]
"""By quarter, school district and kind."""


def counts_of(*numbers: int) -> dict[tuple[str, str, str], int]:
    return dict(zip(product(QUARTERS, DISTRICTS, KINDS), numbers, strict=True))


MARCH = counts_of(11, 9, 12, 8, 1, 9, 2, 14, 15, 8, 13, 7, 1, 9, 1, 11, 20, 6, 17, 9)
# In Celtis three were counted that weren't, in Ahorn one was missing.
SEPTEMBER = counts_of(11, 10, 12, 8, 1, 9, 2, 14, 15, 8, 10, 7, 1, 9, 1, 11, 20, 6, 17, 9)


def run(*words: object) -> None:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def write_table(path: Path, header: str, rows: Mapping[tuple[str, ...], int]) -> None:
    lines = [",".join([key[0], "2025", *key[1:], str(count)]) for key, count in rows.items()]
    path.write_text("\n".join([f"space,period,{header},numerator", *lines]) + "\n", "utf-8")


def release(folder: Path, town: Path, counts: Counts, day: str) -> dict[Cell, int | None]:
    """Protect and build; hand out what the site offers for download, by indicator, area, period and kind."""
    raw = folder / f"roh-{day}"
    raw.mkdir()
    together: dict[tuple[str, ...], int] = {}
    for (quarter, district, _), count in counts.items():
        together[quarter, district] = together.get((quarter, district), 0) + count
    write_table(raw / "hilfen.csv", "schulbezirk", together)
    write_table(raw / "dauer.csv", "schulbezirk,dauer", dict(counts))
    run("protect", raw, "--project", town, "--date", day)
    site = folder / f"site-{day}"
    run("build", "--project", town, "--output", site, "--today", "2026-11-20")
    found: dict[Cell, int | None] = {}
    for key in ("hilfen", "dauer"):
        with (site / "daten" / key / f"{key}.csv").open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                # The whole of all kinds is the same count in both tables.
                found["hilfen", row["space"], row["period"], row.get("dauer") or ""] = (
                    int(row["numerator"]) if row["numerator"] else None
                )
    return found


@dataclass(frozen=True)
class Town:
    """What two editions of the site show."""

    tables: list[dict[Cell, int | None]]

    @property
    def withheld(self) -> list[Cell]:
        return [cell for cell, count in self.tables[-1].items() if count is None]

    def reader(self) -> Intruder:
        """Knows both editions and both measures, every sum there is, and even which withheld counts were not corrected in between."""
        intruder = Intruder()
        for edition, table in enumerate(self.tables):
            day = () if edition else ("March",)
            for one, count in table.items():
                if count is not None:
                    intruder.shows((*one, *day), count)
            for total, parts in sums():
                intruder.knows({(*total, *day): -1.0} | {(*part, *day): 1.0 for part in parts}, 0)
        before = truth(MARCH)
        for one, count in truth().items():
            if before[one] == count and self.tables[-1].get(one) is None:
                intruder.knows({one: 1.0, (*one, "March"): -1.0}, 0)
        return intruder


def cell(space: str, kind: str = "") -> Cell:
    return ("hilfen", space, "2025", kind)


def sums() -> Iterator[tuple[Cell, list[Cell]]]:
    """Yield what makes up what: kinds the whole, pieces of both divisions a quarter and a district."""
    for kind in ("", *KINDS):
        for quarter in QUARTERS:
            yield cell(quarter, kind), [cell(f"{quarter} in {district}", kind) for district in DISTRICTS]
        for district in DISTRICTS:
            yield cell(district, kind), [cell(f"{quarter} in {district}", kind) for quarter in QUARTERS]
        for area, inside in PARTS.items():
            yield cell(area, kind), [cell(part, kind) for part in inside]
    for space in (*QUARTERS, *DISTRICTS, *PARTS):
        yield cell(space), [cell(space, kind) for kind in KINDS]


def truth(counts: Counts = SEPTEMBER) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for (quarter, district, kind), count in counts.items():
        spaces = (quarter, district, QUARTERS[quarter], "kleinstadt", f"{quarter} in {district}")
        for space, said in product(spaces, ("", kind)):
            found[cell(space, said)] = found.get(cell(space, said), 0) + count
    return found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("stadt")
    project = write_project(folder / "projekt", HELP)
    second = project / "resources/indicators/dauer/indicator.yml"
    second.parent.mkdir()
    second.write_text(BY_KIND, "utf-8")
    editions = [
        release(folder, project, MARCH, "2026-03-01"),
        release(folder, project, SEPTEMBER, "2026-09-01"),
    ]
    return Town(editions)


def small_of(town: Town) -> list[Cell]:
    return [one for one in town.withheld if 1 <= truth()[one] < THRESHOLD]


@whole
def test_who_reads_two_editions_learns_no_count(town: Town) -> None:
    assert {cell("birke", "kurz"), cell("dorn", "kurz")} == set(small_of(town))
    assert any(count is not None for (_, space, _, _), count in town.tables[-1].items() if space in QUARTERS)
    reader = town.reader()
    for one in town.withheld:
        low, high = reader.range_of(one)
        assert low <= truth()[one] <= high
        assert low < high, one


@pytest.mark.guards(
    "Secrets: whoever is counted learns nothing of others; three values stay for each withheld count"
)
def test_who_is_counted_or_has_a_sibling_who_is_learns_no_other_count(town: Town) -> None:
    own = [one for one in town.withheld if 1 <= truth()[one] <= 2]
    for mine in own:
        family = town.reader()
        family.knows({mine: 1.0}, truth()[mine])
        for other in town.withheld:
            low, high = family.range_of(other)
            assert low < high or other == mine, (mine, other)
