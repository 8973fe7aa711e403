"""Measures protecting and auditing a town: areas in five levels times breakdowns times years, at three sizes.

Run from the project's root: python bench/disclosure.py [mean count of a cell, default 8]
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generator.derive.disclosure import (
    Cell,
    Key,
    Observation,
    Rule,
    Sum,
    Table,
    attack,
    breakdown_sums,
    build_table,
    find_primary,
    hierarchy_sums,
    suppress,
)

SIZES = ((60, 5, 1), (180, 5, 3), (542, 5, 5))
LEVELS = ((143, "region"), (58, "prognose"), (12, "bezirk"), (1, "stadt"))


@dataclass(frozen=True)
class Town:
    """Raw counts of every cell of a made-up town, and the table they stand in."""

    table: Table
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


def measure(areas: int, breakdowns: int, years: int, mean: float, crossing: bool = False) -> float:
    """Takes a size, prints what protecting and auditing took, hands out the seconds."""
    town = make_town(areas, breakdowns, years, mean, crossing)
    rule = Rule(threshold=5)
    primaries = [
        primary
        for key, value in town.values.items()
        if (primary := find_primary(Observation(key, value), rule)) is not None
    ]
    start = time.perf_counter()
    protection = suppress(town.table, [Cell(key, value) for key, value in town.values.items()], primaries)
    protected = time.perf_counter()
    audit = attack(town.table, {key: town.values[key] for key in protection.published})
    done = time.perf_counter()
    recovered = sum(interval.recovered for interval in audit.intervals.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{areas:4d} x {breakdowns} x {years}{' and schools' if crossing else ''}: {len(town.values):6d} cells, {len(primaries):5d} primary, "
        f"{len(protection.secret) - len(primaries):5d} secondary ({'cheapest' if protection.exact else 'greedy'}, "
        f"cost {protection.cost:.0f}, {protection.rounds} rounds), protect {protected - start:6.2f} s, "
        f"audit {done - protected:5.2f} s, {1e3 * (done - start) / len(town.values):.3f} ms a cell, "
        f"process's peak {peak / 2**10:.0f} MiB, recovered {recovered}, exposed {len(protection.exposed)}"
    )
    return done - start


def main() -> None:
    """Measures three sizes and says how time grows with size."""
    mean = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    times = [
        (areas * breakdowns * years, measure(areas, breakdowns, years, mean))
        for areas, breakdowns, years in SIZES
    ]
    for (small, before), (large, after) in pairwise(times):
        print(f"{large / small:.1f} times the size takes {after / before:.1f} times as long")
    measure(*SIZES[-1], mean, crossing=True)


if __name__ == "__main__":
    main()
