"""Random small towns, each protected, built and read back: none may give a secret count away; prints how long it takes.

Run from the project's root: python -m bench.worlds [number of towns, default 20]
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys
import tempfile
import time
from pathlib import Path

from generator.derive.indicator_series import committed_series
from generator.disclosure.protect.protecting import protect_folder
from generator.disclosure.site_audit.site import audit_site
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from generator.read.indicator_folders import tables_of
from generator.read.project import read_project
from tests.disclosure.worlds import DEFINITION, QUARTERS, write_project

TODAY = dt.date(2026, 11, 20)


def make(folder: Path, seed: int) -> tuple[Path, Path]:
    """Write a project and its raw table: two school districts across, three years, small counts in many places."""
    chance = random.Random(seed)
    definition = DEFINITION.replace("denominator: Alle Familien\n", "interval: none\n")
    project = write_project(
        folder / "projekt", definition + f"disclosure: {{threshold: {chance.choice([3, 5, 10])}}}\n"
    )
    lines = ["space,period,schulbezirk,numerator"]
    for period, quarter, way in itertools.product(("2023", "2024", "2025"), QUARTERS, ("oben", "unten")):
        count = int(chance.expovariate(1 / chance.choice([3, 8, 25])))
        lines += [f"{quarter},{period},schule-{way},{count}"]
    raw = folder / "roh"
    raw.mkdir()
    (raw / "hilfen.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return project, raw


def main() -> int:
    """Build the towns and attack each site."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    given_away = refused = 0
    start = time.perf_counter()
    for seed in range(count):
        with tempfile.TemporaryDirectory() as place:
            project, raw = make(Path(place), seed)
            # A misread number is refused before anything is protected, and chance makes some that look like one.
            if not protect_folder(raw, project, TODAY).written:
                refused += 1
                continue
            build_site(prepare(project, TODAY), Path(place) / "site", write_site)
            reading = read_project(project)
            if reading.site is None:
                raise RuntimeError(f"town {seed} can't be read back")
            given_away += len(
                audit_site(
                    reading.site,
                    reading,
                    committed_series(reading.site, tables_of(reading.indicators)),
                    Path(place) / "site",
                )
            )
    took = time.perf_counter() - start
    print(
        f"{count} towns built and read back in {took:.1f} s: {refused} refused, {given_away} secret cells given away"
    )
    return 1 if given_away or refused == count else 0


if __name__ == "__main__":
    sys.exit(main())
