"""Small random towns with raw counts, and a small project on disk, for tests of protecting and auditing."""

from pathlib import Path
from typing import Any

from generator.model.config import Thresholds
from generator.model.indicator import Indicator

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
