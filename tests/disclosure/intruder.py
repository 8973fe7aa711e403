"""An intruder who reads what a project publishes and solves a programme of their own; shares no line with the engine.

Knows the areas and which of them make up which, the tables of all releases, and what tests tell them besides. Counts are
whole and not negative. A count that only an older table shows holds on, unless a newer table shows another one.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = tuple[str, ...]
"""Indicator, area, period and the values of breakdowns; an older release's own count also has its day."""


@dataclass
class Intruder:
    """What is known: equations and bounds over cells, each as coefficients with the least and the greatest sum."""

    rows: list[tuple[Mapping[Cell, float], float, float]] = field(default_factory=list)

    def knows(self, terms: Mapping[Cell, float], low: float, high: float | None = None) -> None:
        """Remember that a sum of cells lies between two numbers (one: it is that number)."""
        self.rows.append((dict(terms), low, low if high is None else high))

    def shows(self, cell: Cell, count: int, threshold: int = 5) -> None:
        """Remember a rounded count: a 0 is nothing, all others reach the threshold and are 2 off at most."""
        self.knows({cell: 1.0}, max(threshold, count - 2) if count else 0, count and count + 2)

    def range_of(self, cell: Cell) -> tuple[int, int]:
        """Work out the least and the greatest count that a cell can have. ValueError where nothing fits."""
        cells = sorted({name for terms, _, _ in self.rows for name in terms} | {cell})
        column = {name: place for place, name in enumerate(cells)}
        matrix = np.zeros((len(self.rows), len(cells)))
        for row, (terms, _, _) in enumerate(self.rows):
            for name, weight in terms.items():
                matrix[row, column[name]] += weight
        lows = [low for _, low, _ in self.rows]
        highs = [high for _, _, high in self.rows]
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(cells))
            cost[column[cell]] = sign
            answer = milp(
                cost,
                constraints=LinearConstraint(matrix, lows, highs),
                bounds=Bounds(0, 10_000),
                integrality=np.ones(len(cells)),
            )
            if answer.x is None:
                raise ValueError(f"nothing fits: {answer.message}")
            ends.append(round(float(answer.x[column[cell]])))
        return ends[0], ends[1]


def releases(project: Path, indicator: str) -> list[dict[Cell, int | None]]:
    """Read the tables of all releases, the oldest first: counts by cell, None where a table shows none."""
    found = []
    for path in sorted((project / "resources/indicators" / indicator / "releases").glob("2*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        table: dict[Cell, int | None] = {}
        for row in rows:
            named = [f"{name}:{value}" for name, value in row.items() if name not in COLUMNS and value]
            count = int(row["numerator"]) if row["numerator"] else None
            table[(indicator, row["space"], row["period"], *named)] = count
        found.append(table)
    return found


COLUMNS = {"space", "period", "numerator", "denominator", "status", "note"}


def learn_releases(
    intruder: Intruder, tables: list[dict[Cell, int | None]], parts: Mapping[str, Iterable[str]]
) -> None:
    """Take in the tables of one indicator. Each release is a town of its own; what no newer table contradicts holds on."""
    last = tables[-1]
    for place, table in enumerate(tables):
        day = () if table is last else (f"release {place}",)
        for cell, count in table.items():
            if count is not None:
                intruder.shows((*cell, *day), count)
            if day and count is None:
                intruder.knows({(*cell, *day): 1.0, cell: -1.0}, 0)
        for cell in table:
            inside = [(cell[0], part, *cell[2:]) for part in parts.get(cell[1], ())]
            if inside and all(part in table for part in inside):
                terms = {(*part, *day): 1.0 for part in inside}
                intruder.knows({**terms, (*cell, *day): -1.0}, 0)
