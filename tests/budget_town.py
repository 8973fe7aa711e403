"""A small town with figures and a budget, written as files, for tests of budgets."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from generator.check import check_reading
from generator.derive.facts import derive
from generator.diagnostics import Diagnostic
from generator.model.facts import Facts
from generator.read.project import Reading, read_project

TODAY = dt.date(2026, 11, 20)
CONFIG = """
name: Musterstadt
url: https://muster.example/
publisher: {name: Stadt Musterstadt}
land: SH
geographies:
  - id: raum
    levels: [{id: stadt, name: Stadt}, {id: raum, name: Raum, plural: Räume}]
subjects: [budgets, evaluations, measures, meetings, forecasts, casework]
data_licence: dl-de/by-2.0
"""
BUDGET = """
name: Raumgeld
summary: Geld für die Räume.
years: [2026]
total: 100000
pays_for: quarter
level: raum
first:
  - {kind: central, amount: 10000}
  - {kind: reserve, share: 5 %}
weights:
  - {indicator: kinder, weight: 60 %}
  - {indicator: flaeche, weight: 40 %, inverse: reciprocal}
by_indicators: 60 %
outflow:
  year: 2025
  amounts: {mitte: 20000, nord: 30000, sued: 25000.50}
phase_in:
  - {name: jährlich, step: 15, interval: year}
  - {name: vierteljährlich, step: 15, interval: quarter}
sub_budgets: [{name: Gruppen, share: 70 %}, {name: Räume, share: 30 %}]
"""
AREAS = {"mitte": "Mitte", "nord": "Nord", "sued": "Süd"}


def indicator(title: str, more: str = "", method: str = "none") -> str:
    """Write the definition of a count."""
    return f"""
title: {title}
says: So viele sind es.
numerator: {title}
unit: Stück
decimals: 0
interval: none
source: {{name: Amt, regime: delivered}}
disclosure: {{method: {method}}}
no_indicator: Stücke, keine Fälle
{more}
"""


def table(values: Mapping[str, str], period: str = "2025") -> str:
    """Write a table; `.` is a secret value, nothing a row that is missing."""
    rows = [
        f"{key},{period},,,.," if value == "." else f"{key},{period},{value},,,"
        for key, value in values.items()
        if value
    ]
    return "\n".join(["space,period,numerator,denominator,status,note", *rows]) + "\n"


def town(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the town with a budget that can be computed; `changed` replaces whole files."""
    files = {
        "site_config.yml": CONFIG,
        "resources/spaces/musterstadt.yml": "name: Musterstadt\nlevel: stadt\n",
        **{
            f"resources/spaces/{key}.yml": f"name: {name}\nlevel: raum\nparent: musterstadt\n"
            for key, name in AREAS.items()
        },
        "resources/indicators/kinder/indicator.yml": indicator("Schulkinder"),
        "resources/indicators/kinder/values.csv": table({"mitte": "500", "nord": "300", "sued": "201"}),
        "resources/indicators/flaeche/indicator.yml": indicator("Grünfläche"),
        "resources/indicators/flaeche/values.csv": table({"mitte": "100", "nord": "400", "sued": "250"}),
        "resources/budgets/raumgeld.yml": BUDGET,
        **(changed or {}),
    }
    (folder / "content").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def read(folder: Path) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """Read and check a town."""
    reading = read_project(folder)
    return reading, check_reading(reading, TODAY)


def facts_of(folder: Path) -> Facts:
    """Derive a town."""
    reading, _ = read(folder)
    assert reading.site is not None
    return derive(reading.site, TODAY, reading.indicators)
