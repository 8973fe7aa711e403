"""Make the raw figures of the fictional town of Auenstedt: counts of quarters that may not be published as they are.

Usage: ``python examples/make_figures.py FOLDER``, with a folder outside of the project. It writes FOLDER/2026-03 and
FOLDER/2026-09, one table an indicator, as a statistical office would hand them over for two releases; the second has a
further year, a corrected register for 2021, and a forecast. The same seed gives the same bytes. Then:

    nahraum protect FOLDER/2026-03 --date 2026-03-16 --note "Erste Ausgabe; am 29. November 2026 neu geschützt: gerundet"
    nahraum protect FOLDER/2026-09 --date 2026-09-28 --note "Jahr 2025; Melderegister 2021 bereinigt; am 29. November 2026 neu geschützt: gerundet"

Nobody lives in Auenstedt. Raw tables stay outside all the same, so that the demo is made as a real town would make it.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SEED = 20261002
YEARS = ("2021", "2022", "2023", "2024", "2025")
FORECAST = ("2026", "2028", "2030")

# Residents, children under 18, households with children and of single parents on 31 December 2025; growth in per cent a
# year; how hard life is (1 is the town's mean), which drives benefits, unemployment and aids.
QUARTERS: dict[str, tuple[int, int, int, int, float, float]] = {
    "bahnhofsviertel": (7179, 1107, 659, 201, 1.1, 1.7),
    "rosengrund": (6346, 1274, 742, 148, 0.2, 1.0),
    "vogelsang": (4117, 791, 468, 63, -0.3, 0.45),
    "muehlenviertel": (3957, 641, 386, 74, 0.4, 0.9),
    "weidengrund": (2183, 388, 233, 29, -0.6, 0.5),
    "windkamp": (4468, 912, 533, 97, 2.6, 0.7),
    "marktviertel": (6824, 913, 561, 152, 0.8, 1.2),
    "lindenhof": (7403, 1288, 757, 163, 0.1, 0.85),
    "kirchkoppel": (5313, 979, 588, 108, 0.0, 0.8),
    "alt-heidkamp": (3868, 688, 417, 71, -0.4, 0.7),
    "torfwiesen": (2441, 433, 262, 34, -0.8, 0.4),
    "birkenkoppel": (6957, 1562, 838, 269, 1.4, 2.1),
}
# Children from 6 to 9 by school district, and which part of each quarter's homes lies there (plots of the street register).
DISTRICTS = {
    "heideschule": 573,
    "lindenschule": 652,
    "muehlenschule": 501,
    "uferschule": 548,
    "vogelsang": 447,
}
HOMES: dict[tuple[str, str], int] = {
    ("alt-heidkamp", "heideschule"): 24,
    ("alt-heidkamp", "muehlenschule"): 8,
    ("alt-heidkamp", "uferschule"): 2,
    ("bahnhofsviertel", "muehlenschule"): 2,
    ("bahnhofsviertel", "uferschule"): 22,
    ("birkenkoppel", "heideschule"): 18,
    ("kirchkoppel", "heideschule"): 5,
    ("kirchkoppel", "lindenschule"): 16,
    ("lindenhof", "lindenschule"): 18,
    ("lindenhof", "uferschule"): 1,
    ("marktviertel", "heideschule"): 3,
    ("marktviertel", "lindenschule"): 7,
    ("marktviertel", "uferschule"): 19,
    ("muehlenviertel", "muehlenschule"): 18,
    ("muehlenviertel", "uferschule"): 1,
    ("rosengrund", "lindenschule"): 8,
    ("rosengrund", "uferschule"): 6,
    ("rosengrund", "vogelsang"): 17,
    ("torfwiesen", "heideschule"): 14,
    ("torfwiesen", "muehlenschule"): 5,
    ("vogelsang", "uferschule"): 6,
    ("vogelsang", "vogelsang"): 20,
    ("weidengrund", "muehlenschule"): 15,
    ("windkamp", "muehlenschule"): 15,
}
KINDS = {"ambulant": 0.6, "teilstationaer": 0.13, "stationaer": 0.27}


@dataclass
class Town:
    """Raw counts by indicator; a row is a list of cells without its header."""

    random: random.Random
    rows: dict[str, list[list[str | int]]] = field(default_factory=dict)

    def add(self, indicator: str, *cells: str | int) -> None:
        """Add a row."""
        self.rows.setdefault(indicator, []).append(list(cells))

    def draw(self, mean: float) -> int:
        """Draw a count around a mean, as wide as counts of independent cases are."""
        if mean > 60:
            return max(0, round(self.random.gauss(mean, mean**0.5)))
        limit, product, count = 2.718281828459045**-mean, self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count


def main(folder: Path) -> None:
    """Write the raw tables of both releases."""
    for name, years, corrected in (("2026-03", YEARS[:-1], False), ("2026-09", YEARS, True)):
        town = Town(random.Random(SEED))
        for year in YEARS:
            _year(town, year, corrected)
        for year in FORECAST:
            _school_children(town, year, forecast=True)
        _single_years(town)
        for indicator, header in HEADERS.items():
            shown = (*years, *(FORECAST if corrected else ()))
            _write(
                folder / name / f"{indicator}.csv",
                header,
                [row for row in town.rows[indicator] if row[1] in shown],
            )


HEADERS: dict[str, str] = {
    "bevoelkerung": "space,period,numerator",
    "kinder": "space,period,numerator,denominator",
    "grundschulkinder": "space,period,schulbezirk,numerator",
    "kinder-nach-alter": "space,period,alter,numerator",
    "alleinerziehende": "space,period,numerator,denominator",
    "kinder-sgb2": "space,period,numerator,denominator",
    "kita-unter-3": "space,period,numerator,denominator",
    "hze": "space,period,art,numerator,denominator",
    "gefaehrdung-8a": "space,period,numerator,denominator",
    "jugendarbeitslosigkeit": "space,period,numerator,denominator",
    "schulabschluss": "space,period,numerator,denominator",
}


def _year(town: Town, year: str, corrected: bool) -> None:
    past = 2025 - int(year)
    for quarter, (residents, children, households, single, growth, hardship) in QUARTERS.items():
        then = (1 + growth / 100) ** -past
        people = round(residents * then) if past else residents
        # In the first hand-over the register of 2021 missed children who had moved to new homes.
        missed = 0.90 if year == "2021" and not corrected and growth > 1 else 1.0
        young = children if not past else round(children * then * missed)
        homes = round(households * then)
        alone = single if not past else min(homes, town.draw(single * then * (1 - 0.012 * past)))
        town.add("bevoelkerung", quarter, year, people)
        town.add("kinder", quarter, year, young, people)
        town.add("alleinerziehende", quarter, year, alone, homes)
        town.add(
            "kinder-sgb2",
            quarter,
            year,
            town.draw(children * then * 0.145 * hardship * (1 + 0.025 * past)),
            young,
        )
        toddlers = round(children * then * 0.16)
        cared = min(toddlers, town.draw(toddlers * (0.37 - 0.018 * past) / hardship**0.25))
        town.add("kita-unter-3", quarter, year, cared, toddlers)
        for kind, part in KINDS.items():
            town.add("hze", quarter, year, kind, town.draw(children * then * 0.031 * hardship * part), young)
        # Since 2023 each child of a report is counted, before each report.
        reports = children * then * (0.0125 if past <= 2 else 0.0085) * hardship
        town.add("gefaehrdung-8a", quarter, year, town.draw(reports), young)
        youth = round(residents * then * 0.098)
        town.add(
            "jugendarbeitslosigkeit", quarter, year, min(youth, town.draw(youth * 0.036 * hardship)), youth
        )
        leavers = round(children * then * 0.056)
        town.add(
            "schulabschluss", quarter, year, min(leavers, town.draw(leavers * 0.068 * hardship)), leavers
        )
    _school_children(town, year)


def _school_children(town: Town, year: str, *, forecast: bool = False) -> None:
    """Share the children of each school district out among the quarters that reach into it."""
    distance = int(year) - 2025
    for district, children in DISTRICTS.items():
        weights = {
            quarter: homes
            * QUARTERS[quarter][1]
            / sum(part for (name, _), part in HOMES.items() if name == quarter)
            * (1 + QUARTERS[quarter][4] / 100) ** distance
            for (quarter, there), homes in HOMES.items()
            if there == district
        }
        total = (
            children if not distance else round(children * (1 + (-0.006 if forecast else 0.009)) ** distance)
        )
        for quarter, count in _share_out(total, weights).items():
            town.add("grundschulkinder", quarter, year, f"schulbezirk-{district}", count)


def _single_years(town: Town) -> None:
    """Share the children of each quarter out by age: those under three and those from six to nine are counted elsewhere too."""
    drawn = random.Random(SEED + 1)
    cohorts = {
        (quarter, born): drawn.gauss(1, 0.06)
        for quarter in QUARTERS
        for born in range(int(YEARS[0]) - 9, int(YEARS[-1]) + 1)
    }
    toddlers = {(row[0], row[1]): int(row[3]) for row in town.rows["kita-unter-3"]}
    pupils: dict[tuple[str | int, str | int], int] = {}
    for quarter, year, _, count in town.rows["grundschulkinder"]:
        pupils[quarter, year] = pupils.get((quarter, year), 0) + int(count)
    for quarter in QUARTERS:
        for year in YEARS:
            born = {age: cohorts[quarter, int(year) - age] for age in range(10)}
            small, large = toddlers[quarter, year] / 3, pupils[quarter, year] / 4
            # From one year of age to seven and a half the cohorts grow evenly.
            between = {
                age: round(small * (large / small) ** ((age - 1) / 6.5) * born[age]) for age in (3, 4, 5)
            }
            counts = _by_age(toddlers[quarter, year], range(3), born) | between
            counts |= _by_age(pupils[quarter, year], range(6, 10), born)
            for age, count in counts.items():
                town.add("kinder-nach-alter", quarter, year, str(age), count)


def _by_age(total: int, ages: range, born: dict[int, float]) -> dict[int, int]:
    shares = _share_out(total, {str(age): born[age] for age in ages})
    return {age: shares[str(age)] for age in ages}


def _share_out(total: int, weights: dict[str, float]) -> dict[str, int]:
    """Share a whole number out in proportion; the largest remainders get what is left."""
    exact = {key: total * weight / sum(weights.values()) for key, weight in weights.items()}
    found = {key: int(value) for key, value in exact.items()}
    for key in sorted(exact, key=lambda key: (found[key] - exact[key], key))[: total - sum(found.values())]:
        found[key] += 1
    return found


def _write(path: Path, header: str, rows: Iterable[list[str | int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
