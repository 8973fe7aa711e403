"""Measures protecting and auditing a town: areas in five levels times breakdowns times years, at three sizes, and what it
costs to withstand not only readers but guessers and contributors too. A cost printed as proven optimum cannot be less. And what
`nahraum protect` takes for a town of 400 areas and twelve years, from its files to the release.

    python -m bench.disclosure [--mean 8] [--longest] [--town]
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from generator.disclosure.engine.attack import attack, play_others
from generator.disclosure.engine.board import BoardCell, Guard
from generator.disclosure.engine.linear_system import Key, Sum, TableSystem, build_table
from generator.disclosure.engine.sensitivity import Observation, SensitivityRule, find_primary
from generator.disclosure.engine.suppression import suppress
from generator.disclosure.protect.protecting import protect_folder
from tests.disclosure.statements import breakdown_sums, hierarchy_sums
from tests.disclosure.worlds import DEFINITION, QUARTERS, write_project

THRESHOLD = 5
SIZES = ((60, 5, 1), (180, 5, 3), (542, 5, 5))
LEVELS = ((143, "region"), (58, "prognose"), (12, "bezirk"), (1, "stadt"))


@dataclass(frozen=True)
class Town:
    """Raw counts of every cell of a made-up town, and the table they stand in."""

    table: TableSystem
    values: dict[Key, int]


def make_town(
    areas: int, breakdowns: int, years: int, mean: float, crossing: bool = False, seed: int = 1
) -> Town:
    """Takes a size, hands out a town with random counts of an uneven kind, five levels and totals over breakdowns.

    crossing: school districts of five areas each are published too; they don't nest with the levels.
    """
    random = np.random.default_rng(seed)
    parents: dict[str, str] = {}
    below = [f"a{number:03d}" for number in range(areas)]
    for size, level in LEVELS:
        count = max(1, round(size * areas / 542))
        above = [f"{level}{number:03d}" for number in range(count)]
        for place, child in enumerate(below):
            parents[child] = above[place * count // len(below)]
        below = above
    groups = [f"g{number}" for number in range(breakdowns)]
    periods = [str(2020 + number) for number in range(years)]
    values: dict[Key, int] = {}
    for period in periods:
        level_of_area = random.gamma(2.0, mean / 2.0, areas)
        for place in range(areas):
            for group, count in zip(groups, random.poisson(level_of_area[place], breakdowns), strict=True):
                values[f"a{place:03d}", period, group] = int(count)
    spaces = sorted(set(parents) | set(parents.values()))
    sums: list[Sum] = hierarchy_sums(
        parents, [(period, group) for period in periods for group in [*groups, "alle"]]
    )
    for period in periods:
        sums += breakdown_sums(spaces, (period, "alle"), [(period, group) for group in groups])
    if crossing:
        sums += [
            Sum(
                (f"schule{first:03d}", period, group),
                tuple((f"a{first + step:03d}", period, group) for step in range(5)),
            )
            for first in range(2, areas - 4, 5)
            for period in periods
            for group in groups
        ]
    waiting = sums
    while waiting:
        later = []
        for relation in waiting:
            if all(part in values for part in relation.parts):
                values[relation.total] = sum(values[part] for part in relation.parts)
            else:
                later.append(relation)
        waiting = later
    return Town(build_table(values, sums), values)


@dataclass(frozen=True)
class Attackers:
    """Whom a pattern withstands, and how it is asked for."""

    name: str
    guard: Guard


READERS = Attackers("readers", Guard())
GUESSERS = Attackers("guessers", Guard(floor=THRESHOLD))
EVERYBODY = Attackers("contributors", Guard(floor=THRESHOLD, own_cases=1))


def measure(
    areas: int, breakdowns: int, years: int, mean: float, attackers: Attackers, crossing: bool = False
) -> tuple[float, float]:
    """Takes a size, prints what protecting and auditing took, hands out the seconds and the cost."""
    town = make_town(areas, breakdowns, years, mean, crossing)
    rule = SensitivityRule(threshold=THRESHOLD)
    primaries = [
        primary
        for key, value in town.values.items()
        if (primary := find_primary(Observation(key, value), rule)) is not None
    ]
    start = time.perf_counter()
    cells = [BoardCell(key, value) for key, value in town.values.items()]
    protection = suppress(
        town.table,
        cells,
        primaries,
        attackers.guard,
    )
    protected = time.perf_counter()
    known = {key: town.values[key] for key in protection.published}
    audit = attack(town.table, known)
    play_others(town.table, known, rule, set(town.values))
    done = time.perf_counter()
    recovered = sum(interval.recovered for interval in audit.intervals.values())
    guessed = sum(outcome.guessable for outcome in protection.outcomes.values())
    told = sum(bool(outcome.told_by) for outcome in protection.outcomes.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{areas:4d} x {breakdowns} x {years}{' and schools' if crossing else ''} against {attackers.name}: {len(town.values):6d} cells, "
        f"{len(primaries):5d} primary, {len(protection.secret) - len(primaries):5d} secondary "
        f"({'proven optimum' if protection.exact else 'greedy'}, cost {protection.cost:.0f}), "
        f"protect {protected - start:6.2f} s, audit {done - protected:5.2f} s, {1e3 * (done - start) / len(town.values):.3f} ms a cell, "
        f"process's peak {peak / 2**10:.0f} MiB, recovered {recovered}, told to contributors {told}, guessed {guessed}",
        flush=True,
    )
    return done - start, protection.cost


def measure_town(areas: int, years: int, mean: float) -> None:
    """Takes a size, protects a project with so many areas from its files on, prints processor time, memory and what was said."""
    random = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        definition = DEFINITION.replace("denominator: Alle Familien\n", "interval: none\n")
        project = write_project(Path(folder, "projekt"), definition)
        added = [f"q{number:03d}" for number in range(areas - len(QUARTERS))]
        for number, key in enumerate(added):
            region = f"r{number // 10:02d}"
            for name, level, parent in ((key, "quartier", region), (region, "region", "kleinstadt")):
                text = f"name: {name}\nlevel: {level}\nparent: {parent}\n"
                (project / f"resources/spaces/{name}.yml").write_text(text, "utf-8")
        means = dict(zip([*QUARTERS, *added], random.gamma(2.0, mean / 2.0, areas), strict=True))
        rows = ["space,period,numerator"]
        for key, year in product(means, range(2014, 2014 + years)):
            rows.append(f"{key},{year},{random.poisson(means[key])}")
        raw = Path(folder, "roh")
        raw.mkdir()
        (raw / "hilfen.csv").write_text("\n".join(rows) + "\n", "utf-8")
        start = time.process_time()
        outcome = protect_folder(raw, project, dt.date(2026, 3, 1))
        took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{areas} areas x {years} years from files to release: {took:.0f} s of processor time, process's peak "
        f"{peak / 2**10:.0f} MiB, withheld {dict(outcome.withheld)}, said {sorted({item.code for item in outcome.found})}",
        flush=True,
    )


def main() -> None:
    """Measure three sizes; say how time grows with size and what each further attacker costs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mean", type=float, default=8.0, help="mean count of a cell (default 8)")
    parser.add_argument(
        "--longest",
        action="store_true",
        help="also the largest table with schools against everybody: half an hour and more",
    )
    parser.add_argument(
        "--town", action="store_true", help="nothing but the town of 400 areas and twelve years"
    )
    given = parser.parse_args()
    mean = given.mean
    if given.town:
        measure_town(400, 12, mean)
        return
    times: list[tuple[int, float]] = []
    for size in SIZES:
        base, before = 0.0, 0.0
        for attackers in (READERS, GUESSERS, EVERYBODY):
            took, cost = measure(*size, mean, attackers)
            base = base or cost
            if before:
                print(
                    f"     {attackers.name} too: {100 * (cost / before - 1):+.1f} per cent of the cost, "
                    f"{cost / base:.2f} times the optimum against readers alone"
                )
            before = cost
        areas, breakdowns, years = size
        times.append((areas * breakdowns * years, took))
    for (small, first), (large, second) in pairwise(times):
        print(f"{large / small:.1f} times the size takes {second / first:.1f} times as long")
    measure(*SIZES[-1], mean, READERS, crossing=True)
    measure_town(400, 12, mean)
    if given.longest:
        measure(*SIZES[-1], mean, EVERYBODY, crossing=True)


if __name__ == "__main__":
    main()
