"""Small random towns with raw counts, and a small project on disk, for tests of protecting and auditing."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from generator.disclosure.counted_measures import denominator_key, numerator_key
from generator.disclosure.lattice import CROSS, LatticeArea
from generator.disclosure.protect.raw_measure import ProtectedCounts
from generator.disclosure.protect.raw_tables import Private, Totals, add_up
from generator.disclosure.published import Published
from generator.model.cells import Status
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from generator.read.value_tables import ValueRow, ValueTable

DEFAULTS = Thresholds(threshold=5, minimum_denominator=0, minimum_population=0, own_cases=1)


def indicator(key: str = "hilfen", **more: Any) -> Indicator:
    """Make a definition; values are written as in YAML."""
    values = {
        "title": "Hilfen",
        "says": "So viele.",
        "numerator": "Hilfen",
        "source": {"name": "Amt", "regime": "own-cases"},
        **more,
    }
    values["disclosure"] = {"method": "round-small", **values.get("disclosure", {})}
    return Indicator.model_validate({"id": key, **values})


@dataclass(frozen=True)
class World:
    """A town, its raw rows and what they add up to."""

    spaces: dict[str, LatticeArea]
    pairs: tuple[tuple[str, str], ...]
    indicators: dict[str, Indicator]
    totals: dict[str, Totals]

    def private(self, **more: Any) -> Private:
        """What protecting takes in."""
        levels = dict.fromkeys(self.spaces, "ebene")
        return Private(self.spaces, levels, self.pairs, self.indicators, self.totals, DEFAULTS, **more)

    def published(self, protection: ProtectedCounts, **more: Any) -> Published:
        """What is public afterwards."""
        tables = {key: self.table(protection, key) for key in self.totals}
        return Published(self.spaces, self.pairs, self.indicators, tables, DEFAULTS, **more)

    def table(self, protection: ProtectedCounts, key: str) -> ValueTable:
        """The table of an indicator as it is published."""
        item, rows = self.indicators[key], []
        for line, (cell, total) in enumerate(self.totals[key].items(), 2):
            if CROSS in cell[0]:
                continue
            count = protection.shown[numerator_key(self.indicators, item, cell)]
            below = None
            if item.denominator is not None:
                below = protection.shown[denominator_key(self.indicators, item, cell)]
            secret = count is None or (item.denominator is not None and below is None)
            rows.append(
                ValueRow(
                    *cell,
                    None if secret or count is None else Decimal(count),
                    None if below is None else Decimal(below),
                    Status.SECRET if secret else total.status,
                    "",
                    line,
                )
            )
        return ValueTable(f"resources/indicators/{key}/values.csv", tuple(rows), ",")


def random_world(seed: int) -> World:
    """Make a town of three to six quarters in two regions, sometimes with schools across, breakdowns, denominators."""
    chance = random.Random(seed)
    quarters = [f"q{number}" for number in range(chance.randint(3, 6))]
    cut = chance.randint(1, len(quarters) - 1)
    spaces = {
        "stadt": LatticeArea("wohnen", 0, ("nord", "sued")),
        "nord": LatticeArea("wohnen", 1, tuple(quarters[:cut])),
        "sued": LatticeArea("wohnen", 1, tuple(quarters[cut:])),
        **{key: LatticeArea("wohnen", 2, ()) for key in quarters},
    }
    pairs: list[tuple[str, str]] = []
    if chance.random() < 0.5:
        spaces |= {"schule-a": LatticeArea("schule", 0, ()), "schule-b": LatticeArea("schule", 0, ())}
        for key in quarters:
            ways = chance.choice([("schule-a",), ("schule-b",), ("schule-a", "schule-b")])
            pairs += [(key, way) for way in ways]
    more: dict[str, Any] = {}
    values = [""]
    if chance.random() < 0.5:
        values = ["a", "b"]
        more["breakdowns"] = [
            {"id": "art", "name": "Art", "values": [{"id": item, "name": item.upper()} for item in values]}
        ]
    with_denominator = chance.random() < 0.5
    if with_denominator:
        more["denominator"] = "Kinder"
    item = indicator(disclosure={"threshold": str(chance.choice([5, 10]))}, **more)
    rows: list[ValueRow] = []
    mean = chance.choice([3, 8, 20])
    for first, second in pairs or [(key, "") for key in quarters]:
        for period, value in product(("2024", "2025"), values):
            count = min(60, int(chance.expovariate(1 / mean)))
            below = Decimal(count + chance.randint(0, 200)) if with_denominator else None
            named = (value,) if value else ()
            rows.append(
                ValueRow(
                    first,
                    period,
                    named,
                    Decimal(count),
                    below,
                    Status.KNOWN,
                    "",
                    len(rows) + 2,
                    (second,) if pairs else (),
                )
            )
    table = ValueTable("raw.csv", tuple(rows), ",", further=("schule",) if pairs else ())
    totals = add_up(item, spaces, table, ("wohnen", "schule"))
    return World(spaces, tuple(sorted(pairs)), {"hilfen": item}, {"hilfen": totals})


CONFIG = """\
name: Kleinstadt
url: https://kleinstadt.example/
publisher: {name: Stadt Kleinstadt}
land: SH
languages: [de]
geographies:
  - id: quartier
    levels: [{id: stadt, name: Stadt}, {id: region, name: Region}, {id: quartier, name: Quartier}]
  - id: schulbezirk
    levels: [{id: schulbezirk, name: Schulbezirk}]
disclosure: {threshold: 5, minimum_denominator: 20, minimum_population: 50, own_cases: 1}
"""
QUARTERS = {"ahorn": "nord", "birke": "nord", "celtis": "sued", "dorn": "sued", "esche": "sued"}
SIGNED = "part_of_by: {date: 2026-02-11, office: Planung}\n"
DEFINITION = """\
title: Hilfen für Familien
says: So viele Familien bekommen eine Hilfe.
numerator: Familien mit einer Hilfe
denominator: Alle Familien
direction: none
source: {name: Amt (erfunden), regime: own-cases}
"""


def square(left: float, bottom: float, right: float, top: float) -> str:
    """Write a ring."""
    points = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return "[[" + ", ".join(f"[{10 + x * 0.01:.3f}, {53.7 + y * 0.01:.3f}]" for x, y in points) + "]]"


def stated(definition: str) -> str:
    """Return a definition that says its method, and that siblings aren't counted together. What counts nobody was delivered."""
    more = "" if "disclosure:" in definition else "disclosure: {method: round-small}\n"
    if "method: none" in definition:
        definition = definition.replace("regime: own-cases", "regime: delivered")
        more += "no_indicator: Bäume und ihr Preis\n" * (
            "_from:" not in definition and "no_indicator:" not in definition
        )
    return definition + more + "design: 1\n" * ("design:" not in definition)


def write_project(root: Path, definition: str = DEFINITION, values: str | None = None) -> Path:
    """Write a town with five quarters in a row, two regions, two school districts and one indicator.

    Own cases are rounded; what `values` show without a release was delivered.
    """
    if values is not None:
        definition = definition.replace("regime: own-cases", "regime: delivered")
    shapes = {"kleinstadt": square(0, 0, 5, 2), "nord": square(0, 0, 2, 2), "sued": square(2, 0, 5, 2)}
    shapes |= {key: square(place, 0, place + 1, 2) for place, key in enumerate(QUARTERS)}
    shapes |= {"schule-oben": square(0, 1, 5, 2), "schule-unten": square(0, 0, 5, 1)}
    features = ",\n".join(
        f'{{"type": "Feature", "id": "{key}", "properties": {{}}, "geometry": {{"type": "Polygon", "coordinates": {ring}}}}}'
        for key, ring in shapes.items()
    )
    files = {
        "site_config.yml": CONFIG,
        "resources/geometry/gebiete.geojson": f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n',
        "resources/indicators/hilfen/indicator.yml": stated(definition),
    }
    parents = {
        "kleinstadt": ("stadt", ""),
        "nord": ("region", "kleinstadt"),
        "sued": ("region", "kleinstadt"),
    }
    parents |= {key: ("quartier", region) for key, region in QUARTERS.items()}
    parents |= {"schule-oben": ("schulbezirk", ""), "schule-unten": ("schulbezirk", "")}
    for key, (level, parent) in parents.items():
        name = key.replace("-", " ").title()
        files[f"resources/spaces/{key}.yml"] = (
            f"name: {name}\nlevel: {level}\n"
            + (f"parent: {parent}\n" if parent else "")
            + f"geometry: geometry/gebiete.geojson#{key}\n"
        )
    if values is not None:
        files["resources/indicators/hilfen/values.csv"] = values
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / ".git").mkdir(exist_ok=True)
    return root


RAW = {"ahorn": (14, 120), "birke": (3, 90), "celtis": (22, 160), "dorn": (2, 75), "esche": (31, 210)}


def write_raw(folder: Path, counts: dict[str, tuple[int, int]] | None = None, period: str = "2025") -> Path:
    """Write a raw table."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key},{period},{count},{below}" for key, (count, below) in (counts or RAW).items()]
    (folder / "hilfen.csv").write_text(
        "space,period,numerator,denominator\n" + "\n".join(lines) + "\n", "utf-8"
    )
    return folder
