"""What is published of a project is attacked as one system: releases together, measures together, areas that cross."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from tests.disclosure.intruder import Intruder, learn_releases, releases
from tests.disclosure.worlds import QUARTERS, write_project, write_raw

PARTS = {
    "kleinstadt": ("nord", "sued"),
    **{
        region: tuple(key for key, above in QUARTERS.items() if above == region)
        for region in ("nord", "sued")
    },
}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def protect(town: Path, raw: Path, day: str) -> Result:
    return run("protect", raw, "--project", town, "--date", day)


NORTH = {"ahorn": (40, 300), "birke": (50, 300)}
MARCH = {**NORTH, "celtis": (12, 400), "dorn": (3, 90), "esche": (20, 100)}
SEPTEMBER = {**NORTH, "celtis": (8, 91), "dorn": (3, 90), "esche": (20, 400)}


def intruder_of(town: Path) -> Intruder:
    intruder = Intruder()
    learn_releases(intruder, releases(town, "hilfen"), PARTS)
    return intruder


def test_two_releases_are_not_subtracted(tmp_path: Path) -> None:
    """A count that was corrected between two releases ties what both withhold."""
    town = write_project(tmp_path / "projekt")
    done = protect(town, write_raw(tmp_path / "roh", MARCH), "2026-03-01")
    assert done.exit_code == 0, done.output
    done = protect(town, write_raw(tmp_path / "roh", SEPTEMBER), "2026-09-01")
    assert done.exit_code == 0, done.output
    low, high = intruder_of(town).range_of(("hilfen", "dorn", "2025"))
    assert low <= 1
    assert high >= 4


def test_what_two_releases_gave_away_together_is_named_and_stops_no_further_one(tmp_path: Path) -> None:
    first, second = (write_project(tmp_path / name) for name in ("erst", "projekt"))
    protect(first, write_raw(tmp_path / "roh", MARCH), "2026-03-01")
    protect(second, write_raw(tmp_path / "roh", SEPTEMBER), "2026-09-01")
    folder = "resources/indicators/hilfen/releases"
    shutil.copy(first / folder / "2026-03-01.csv", second / folder)
    lines = (first / folder / "ledger.csv").read_text("utf-8").splitlines()
    ledger = (second / folder / "ledger.csv").read_text("utf-8").splitlines()
    (second / folder / "ledger.csv").write_text("\n".join([*lines, *ledger[1:]]) + "\n", "utf-8")
    assert intruder_of(second).range_of(("hilfen", "dorn", "2025")) == (3, 3)
    assert "zahl-verraten" in run("check", "--project", second).output
    done = protect(second, write_raw(tmp_path / "roh", {**SEPTEMBER, "ahorn": (41, 300)}), "2026-12-01")
    assert done.exit_code == 0, done.output
    assert run("check", "--project", second).exit_code == 0
    for area in ("ahorn", "birke", "nord", "kleinstadt"):
        assert releases(second, "hilfen")[-1][("hilfen", area, "2025")] is not None
