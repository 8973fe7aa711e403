"""Random towns of three editions, two divisions and four measures of the same cases: nobody works out a withheld count."""

import csv
import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from generator.disclosure.protect.protecting import protect_folder
from tests.chance import whole
from tests.disclosure.worlds import QUARTERS, write_project

DAYS = (dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 9, 1))
YEARS = ("2024", "2025")
DISTRICTS = ("schule-oben", "schule-unten")
VALUES = {"dauer": ("kurz", "lang"), "geschlecht": ("w", "m")}
REGIONS = ("nord", "sued")
TOWN = "kleinstadt"
MOST = 100_000
HELP = """\
title: {title}
says: So viele.
numerator: Hilfen
interval: none
design: 1
source: {{name: Amt (erfunden), regime: own-cases}}
disclosure: {{method: round-small, threshold: {threshold}, own_cases: {own}}}
"""
CHILDREN = """\
title: Kinder
says: So viele.
numerator: Kinder
interval: none
design: 1
source: {name: Amt (erfunden), regime: own-cases}
disclosure: {method: round-small}
"""

Leaf = tuple[str, str, str, str, str]
"""Quarter, school district, year, duration and sex."""
Cell = tuple[str, str, str, str]
"""Measure, area (or the piece „quarter×district“), year, and the value of a breakdown or nothing."""
Row = tuple[dict[Cell, float], float, float]
"""Coefficients, and the least and the greatest sum."""


@dataclass(frozen=True)
class MadeTown:
    """Cases and children by edition, and the rule. apart: girls are an indicator of their own that nobody declared to be tied."""

    cases: Sequence[Mapping[Leaf, int]]
    children: Sequence[Mapping[tuple[str, str, str], int]]
    threshold: int
    own: int
    apart: bool


def make(seed: int) -> MadeTown:
    """Make a town. Later editions correct a few counts of the year that is out already, and the second adds a year."""
    chance = random.Random(seed)
    mean = chance.choice([2, 4, 8])
    cases: dict[Leaf, int] = {}
    for quarter, district, *value in product(QUARTERS, DISTRICTS, *VALUES.values()):
        count = min(25, int(chance.expovariate(1 / chance.choice([mean, 3 * mean]))))
        for year in YEARS:
            cases[quarter, district, year, value[0], value[1]] = max(0, count + chance.randint(-1, 1))
    children = {place: chance.randint(800, 1600) for place in product(QUARTERS, DISTRICTS, YEARS)}
    editions = [cases]
    for _ in DAYS[1:]:
        corrected = dict(editions[-1])
        for leaf in chance.sample([one for one in sorted(cases) if one[2] == YEARS[0]], 2):
            corrected[leaf] = max(0, corrected[leaf] + chance.choice([-3, -2, -1, 1, 2, 3]))
        editions.append(corrected)
    first = {leaf: count for leaf, count in editions[0].items() if leaf[2] == YEARS[0]}
    return MadeTown(
        [first, *editions[1:]],
        [children] * len(DAYS),
        chance.choice([5, 5, 5, 10]),
        chance.choice([1, 2]),
        chance.random() < 0.25,
    )


def truth(town: MadeTown, edition: int) -> Counter[Cell]:
    """Add up every cell that a table of an edition could show, and the pieces in which divisions cross."""
    found: Counter[Cell] = Counter()
    for (quarter, district, year, duration, sex), count in town.cases[edition].items():
        for space in (quarter, district, QUARTERS[quarter], TOWN, f"{quarter}×{district}"):
            for value in ("", f"dauer:{duration}", f"geschlecht:{sex}"):
                found["hilfen", space, year, value] += count
            if town.apart:
                found["maedchen", space, year, ""] += count * (sex == "w")
    for (quarter, district, year), count in town.children[edition].items():
        for space in (quarter, district, QUARTERS[quarter], TOWN, f"{quarter}×{district}"):
            found["kinder", space, year, ""] += count * any(one[2] == year for one in town.cases[edition])
    return found


def write_town(town: MadeTown, root: Path) -> Path:
    """Write the definitions; hand out the project's folder."""
    named = {"title": "Hilfen", "threshold": town.threshold, "own": town.own}
    divided = "denominator: Kinder\ndenominator_from: kinder\n"
    project = write_project(root, HELP.format_map(named) + divided)
    definitions = {"kinder": CHILDREN}
    for key, values in VALUES.items():
        parts = ", ".join(f"{{id: {value}, name: {value}}}" for value in values)
        breakdown = f"numerator_from: hilfen\nbreakdowns: [{{id: {key}, name: {key}, values: [{parts}]}}]\n"
        definitions[key] = HELP.format_map(named | {"title": key.title()}) + breakdown
    if town.apart:
        definitions["maedchen"] = HELP.format_map(named | {"title": "Mädchen"})
    for key, text in definitions.items():
        path = project / "resources/indicators" / key / "indicator.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return project


def write_raw(town: MadeTown, edition: int, folder: Path) -> Path:
    """Write the raw tables of an edition, by quarter and school district."""
    folder.mkdir(parents=True)
    tables: dict[str, Counter[str]] = {"hilfen": Counter(), **{key: Counter() for key in VALUES}}
    for (quarter, district, year, duration, sex), count in town.cases[edition].items():
        place = f"{quarter},{year},{district}"
        tables["hilfen"][place] += count
        tables["dauer"][f"{place},{duration}"] += count
        tables["geschlecht"][f"{place},{sex}"] += count
        if town.apart:
            tables.setdefault("maedchen", Counter())[place] += count * (sex == "w")
    for key, counts in tables.items():
        head = f"space,period,schulbezirk,{key}," if key in VALUES else "space,period,schulbezirk,"
        lines = [f"{place},{count}" for place, count in counts.items()]
        if key == "hilfen":
            below = {
                ",".join((one[0], one[2], one[1])): count for one, count in town.children[edition].items()
            }
            head, lines = (
                f"{head}denominator,",
                [f"{place},{below[place]},{counts[place]}" for place in counts],
            )
        (folder / f"{key}.csv").write_text("\n".join([f"{head}numerator", *lines]) + "\n", "utf-8")
    years = {one[2] for one in town.cases[edition]}
    lines = [f"{quarter},{year},{district},{count}" for (quarter, district, year), count in town.children[edition].items() if year in years]  # fmt: skip
    (folder / "kinder.csv").write_text("\n".join(["space,period,schulbezirk,numerator", *lines]) + "\n", "utf-8")  # fmt: skip
    return folder


def shown(project: Path) -> list[dict[Cell, int | None]]:
    """Read what each edition shows: counts, None where they are withheld."""
    found: list[dict[Cell, int | None]] = []
    for day in DAYS:
        table: dict[Cell, int | None] = {}
        for path in sorted(project.glob(f"resources/indicators/*/releases/{day}.csv")):
            key = path.parent.parent.name
            measure = "hilfen" if key in VALUES else key
            with path.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    value = f"{key}:{row[key]}" if row.get(key) else ""
                    count = int(row["numerator"]) if row["numerator"] else None
                    cell = (measure, row["space"], row["period"], value)
                    table[cell] = table.get(cell) if count is None else count
        found.append(table)
    return found


def sums(cells: Mapping[Cell, int]) -> Iterator[Row]:
    """Yield what makes up what in an edition, and that no more are helped than there are."""
    wholes: dict[str, tuple[str, ...]] = {TOWN: REGIONS}
    wholes |= {region: tuple(key for key, above in QUARTERS.items() if above == region) for region in REGIONS}
    wholes |= {quarter: tuple(f"{quarter}×{district}" for district in DISTRICTS) for quarter in QUARTERS}
    wholes |= {district: tuple(f"{quarter}×{district}" for quarter in QUARTERS) for district in DISTRICTS}
    for measure, space, year, value in cells:
        one = (measure, space, year, value)
        parts = [(measure, part, year, value) for part in wholes.get(space, ())]
        if parts:
            yield {one: -1.0} | dict.fromkeys(parts, 1.0), 0, 0
        if measure == "hilfen" and not value:
            for key, values in VALUES.items():
                parts = [(measure, space, year, f"{key}:{name}") for name in values]
                yield {one: -1.0} | dict.fromkeys(parts, 1.0), 0, 0
            yield {("kinder", space, year, ""): 1.0, one: -1.0}, 0, MOST
        if measure == "maedchen":
            yield {("hilfen", space, year, "geschlecht:w"): 1.0, one: -1.0}, 0, 0


class Attack:
    """Counts that are known, and rows over those that aren't; whatever has nothing to do with one another is solved apart."""

    def __init__(self, known: Mapping[Cell, int], rows: Sequence[Row]) -> None:
        left = [one for one in (_less(row, known) for row in rows) if one[0]]
        names = sorted({name for terms, _, _ in left for name in terms})
        self.column = {name: place for place, name in enumerate(names)}
        entries = [(place, self.column[name], weight) for place, (terms, _, _) in enumerate(left) for name, weight in terms.items()]  # fmt: skip
        places, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = csr_array((weights, (places, columns)), shape=(len(left), len(names)))
        self.low = np.array([low for _, low, _ in left])
        self.high = np.array([high for _, _, high in left])
        ties = abs(self.matrix).T @ abs(self.matrix)
        self.parts = connected_components(ties, directed=False)[1] if names else np.array([])

    def single(
        self, cells: Iterable[Cell], told: Mapping[Cell, tuple[int, int]]
    ) -> Iterator[tuple[Cell, int]]:
        """Yield the cells that can have one count only, with it; of which two counts were met on the way is not asked again."""
        met: dict[int, set[int]] = {}
        for cell in cells:
            if len(met.get(self.column.get(cell, -1), ())) > 1:
                continue
            low, high = self.ends(cell, told, met)
            if low == high:
                yield cell, low

    def ends(
        self, cell: Cell, told: Mapping[Cell, tuple[int, int]], met: dict[int, set[int]] | None = None
    ) -> tuple[int, int]:
        """Return the least and the greatest count a cell can have; `told` are bounds of others, and of itself.

        Counts of any cell that turn up on the way are added to `met`, by column.
        """
        if cell not in self.column:
            return 0, MOST
        seen = {} if met is None else met
        place = self.column[cell]
        inside = np.flatnonzero(self.parts == self.parts[place])
        rows = np.unique(self.matrix[:, inside].nonzero()[0])
        low, high = np.zeros(len(inside)), np.full(len(inside), MOST)
        at = {column: number for number, column in enumerate(inside.tolist())}
        for name, ends in told.items():
            if self.column.get(name) in at:
                low[at[self.column[name]]], high[at[self.column[name]]] = ends
        found = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(inside))
            cost[at[place]] = sign
            limits = LinearConstraint(self.matrix[rows][:, inside], self.low[rows], self.high[rows])
            answer = milp(
                cost,
                constraints=limits,
                bounds=Bounds(low, high),
                integrality=np.ones(len(inside), dtype=np.int64),
            )
            if answer.x is None:
                raise ValueError(f"nothing fits {cell}: {answer.message}")
            point = np.rint(answer.x).astype(np.int64).tolist()
            found.append(point[at[place]])
            for column, number in at.items():
                seen.setdefault(column, set()).add(point[number])
        return found[0], found[1]


def _less(row: Row, known: Mapping[Cell, int]) -> Row:
    """Take known counts out of a row."""
    terms, low, high = row
    sure = sum(weight * known[name] for name, weight in terms.items() if name in known)
    return {name: weight for name, weight in terms.items() if name not in known}, low - sure, high - sure


def open_attack(town: MadeTown, tables: Sequence[Mapping[Cell, int | None]]) -> Attack:
    """Lay all editions over each other; no withheld count is taken for corrected where a sum of an older edition then still fits."""
    every = [truth(town, edition) for edition in range(len(tables))]
    today = every[-1]
    rows: list[Row] = []

    def name(cell: Cell, edition: int) -> Cell:
        same = all(later.get(cell) == every[edition].get(cell) for later in every[edition:])
        return cell if same else (*cell[:3], f"{cell[3]} {edition}")

    for edition, table in enumerate(tables):
        for cell, count in table.items():
            if count is not None:
                # A 0 is nothing, all others reach the threshold and are 2 off at most.
                low, high = (max(town.threshold, count - 2), count + 2) if count else (0, 0)
                rows.append(({name(cell, edition): 1.0}, low, high))
        for terms, low, high in sums(every[edition]):
            hidden = [cell for cell in terms if table.get(cell) is None]
            moved = sum(terms[cell] * (today[cell] - every[edition][cell]) for cell in hidden)
            named = {name(cell, edition): weight for cell, weight in terms.items()}
            if hidden:
                old = {(*cell[:3], f"{cell[3]} {edition}"): terms[cell] for cell in hidden}
                new = {cell: terms[cell] for cell in hidden}
                shown_terms = {name(cell, edition): terms[cell] for cell in terms if cell not in hidden}
                named = shown_terms | (old if moved else new)
            rows.append((named, low, high))
    return Attack({}, rows)


def fallen(town: MadeTown, tables: Sequence[Mapping[Cell, int | None]]) -> dict[str, list[str]]:  # fmt: skip
    """Say which counts fall to whom."""
    # What stands today is the last edition that was not refused.
    tables = tables[: max((place for place, table in enumerate(tables, 1) if table), default=1)]
    counts = truth(town, len(tables) - 1)
    withheld = [cell for cell, count in tables[-1].items() if count is None]
    plain = open_attack(town, tables)
    found: dict[str, list[str]] = {"readers": [], "counted": []}
    for cell in withheld:
        low, high = plain.ends(cell, {})
        if low == high and counts[cell]:
            found["readers"].append(f"{cell}: {low} to {high}")
    own = [cell for cell in withheld if 1 <= counts[cell] <= town.own]
    for mine in own:
        others = [cell for cell in withheld if _declared(cell) != _declared(mine)]
        for cell, count in plain.single(others, {mine: (counts[mine], counts[mine])}):
            found["counted"].append(f"{cell}: {count} by {mine}")
    return found


def _declared(cell: Cell) -> Cell:
    """Return the name by which a count is declared: who is counted among the girls is counted there as well."""
    return ("hilfen", cell[1], cell[2], "geschlecht:w") if cell[0] == "maedchen" else cell


def released(town: MadeTown, folder: Path) -> list[dict[Cell, int | None]]:
    """Protect every edition and read what is shown."""
    project = write_town(town, folder / "projekt")
    for edition, day in enumerate(DAYS):
        protect_folder(write_raw(town, edition, folder / f"roh-{edition}"), project, day)
    return shown(project)


SEEDS = (0, 1, 2, 3, 8)


@whole
@pytest.mark.parametrize("seed", SEEDS)
def test_no_count_falls_to_anybody_who_keeps_all_editions(seed: int, tmp_path: Path) -> None:
    town = make(seed)
    tables = released(town, tmp_path)
    assert all(tables)
    assert any(count is None for count in tables[-1].values())
    assert fallen(town, tables) == {"readers": [], "counted": []}


def test_the_intruder_reads_rounded_counts_as_everybody_can() -> None:
    part, rest, whole = ("hilfen", "a", "2025", ""), ("hilfen", "b", "2025", ""), ("hilfen", "s", "2025", "")
    rows = [({part: 1.0}, 10, 12), ({whole: 1.0}, 10, 12), ({whole: -1.0, part: 1.0, rest: 1.0}, 0, 0)]
    assert Attack({}, rows).ends(rest, {}) == (0, 2)
