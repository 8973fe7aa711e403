"""Optimal suppression against pytauargus, which knows nothing of this project, on random tables."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from generator.disclosure.engine.attack import attack
from generator.disclosure.engine.board import BoardCell, Guard
from generator.disclosure.engine.linear_system import Key, Sum, build_table
from generator.disclosure.engine.sensitivity import Observation, Primary, SensitivityRule, find_primary
from generator.disclosure.engine.suppression import suppress
from tests.chance import every
from tests.disclosure.statements import breakdown_sums, exposed, hierarchy_sums

tauargus = pytest.importorskip("pytauargus._tauargus", reason="pytauargus is a development dependency")

THRESHOLD = 5
Problem = tuple[list[Sum], dict[Key, int], bool]


def random_problem(seed: int) -> Problem:
    """Even seeds: areas in regions in a town by age group. Odd seeds: a plain table; every third of them has larger
    counts and fixes its totals."""
    rng, fixed = random.Random(seed), seed % 6 == 3
    areas = rng.randint(3, 7)
    groups = [f"g{number}" for number in range(rng.randint(2, 4))]
    spaces = [f"a{number}" for number in range(areas)]
    parents = dict.fromkeys(spaces, "town")
    if seed % 2 == 0:
        parents = {space: f"r{number // 3}" for number, space in enumerate(spaces)}
        parents |= dict.fromkeys(sorted(set(parents.values())), "town")
    values: dict[Key, int] = {
        (space, group): rng.choice(range(3, 30) if fixed else range(30))
        for space in spaces
        for group in groups
    }
    sums = hierarchy_sums(parents, [(group,) for group in (*groups, "all")])
    sums += breakdown_sums(sorted({*parents, *parents.values()}), ("all",), [(group,) for group in groups])
    while any(relation.total not in values for relation in sums):
        for relation in sums:
            if all(part in values for part in relation.parts):
                values[relation.total] = sum(values[part] for part in relation.parts)
    return sums, values, fixed


def is_fixed(key: Key, fixed: bool) -> bool:
    return fixed and (key[1] == "all" or not key[0].startswith("a"))


def oracle_cost(problem: Problem, primaries: dict[Key, Primary], folder: Path) -> int:
    """Writes the problem in the format of the Joint Judgement solver, hands out the cost of its pattern."""
    sums, values, fixed = problem
    keys = sorted(values)
    place = {key: number for number, key in enumerate(keys)}
    ceiling = 20 * max(values.values())
    lines = ["0", str(len(keys))]
    for key in keys:
        value, primary = values[key], primaries.get(key)
        status = "u" if primary else "z" if is_fixed(key, fixed) else "s"
        below = value - primary.low if primary else 0
        above = primary.high - value if primary else 0
        lines.append(f"{place[key]} {value} {max(1, value)} {status} 0 {ceiling} {below:.3f} {above:.3f} 0")
    lines.append(str(len(sums)))
    for relation in sums:
        terms = " ".join(
            [f"{place[relation.total]} (-1)", *(f"{place[part]} (1)" for part in relation.parts)]
        )
        lines.append(f"0 {len(relation.parts) + 1} : {terms} ")
    source, answer = folder / "in.jj", folder / "out.jj"
    source.write_text("\n".join(lines) + "\n")
    before = Path.cwd()
    os.chdir(folder)  # it leaves protocol files where it runs
    try:
        status_code = tauargus.HiTaSCtrl().full_jj(in_file_jj=str(source), out_file=str(answer), max_time=5)
    finally:
        os.chdir(before)
    assert status_code <= 1
    withheld = {keys[int(line.split()[0])] for line in answer.read_text().splitlines() if line.strip()}
    return sum(max(1, values[key]) for key in withheld - primaries.keys())


@pytest.mark.parametrize("seed", every(range(60), range(20)))
def test_optimum_agrees_with_pytauargus(seed: int, tmp_path: Path) -> None:
    problem = random_problem(seed)
    sums, values, fixed = problem
    found = (
        find_primary(Observation(key, value), SensitivityRule(THRESHOLD)) for key, value in values.items()
    )
    primaries = {primary.key: primary for primary in found if primary is not None}
    protection = suppress(
        build_table(values, sums),
        [BoardCell(key, value, fixed=is_fixed(key, fixed)) for key, value in values.items()],
        primaries.values(),
        Guard(0),
    )
    assert protection.exact
    assert not exposed(protection)
    assert protection.cost == oracle_cost(problem, primaries, tmp_path)
    audit = attack(build_table(values, sums), {key: values[key] for key in protection.published}).intervals
    for key, primary in primaries.items():
        assert audit[key].holds(primary.low, primary.high)
