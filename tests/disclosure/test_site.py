"""The built site: secret values leave no byte in it, and a scanner of its own finds every number that slips through."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.derive.indicator_series import committed_series
from generator.diagnostics import Diagnostic
from generator.disclosure.site_audit import read_cells
from generator.disclosure.site_audit.site import audit_site
from generator.model.editions import Edition
from generator.read.indicator_folders import tables_of
from generator.read.project import read_project
from tests.chance import whole
from tests.disclosure.worlds import DEFINITION, RAW, write_project, write_raw
from tests.folders import files_of
from tests.records import replace

KINDS = "breakdowns: [{id: art, name: Art, values: [{id: ambulant, name: Ambulant}, {id: teilstationaer, name: Teilstationär}]}]\n"
ROOT = Path(__file__).parents[2]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def built(
    folder: Path, counts: dict[str, tuple[int, int]], definition: str = DEFINITION
) -> tuple[Path, Path]:
    """Protect and build a small town; hand out project and site."""
    project = write_project(folder / "projekt", definition)
    result = run("protect", write_raw(folder / "roh", counts), "--project", project, "--date", "2026-03-01")
    assert result.exit_code == 0, result.output
    result = run("build", "--project", project, "--output", folder / "site", "--today", "2026-11-20")
    assert result.exit_code == 0, result.output
    return project, folder / "site"


def test_who_changes_secret_values_consistently_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    project, site = built(tmp_path / "a", RAW)
    text = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    rows = {line.split(",")[0]: line.split(",") for line in text.splitlines()[1:]}
    assert {key for key in RAW if rows[key][4] == "."} == {"birke", "dorn"}
    # One family moves in each region; every published sum stays.
    other = {**RAW, "ahorn": (13, 120), "birke": (4, 90), "celtis": (21, 160), "dorn": (3, 75)}
    assert sum(count for count, _ in other.values()) == sum(count for count, _ in RAW.values())
    _, again = built(tmp_path / "b", other)
    assert files_of(site) == files_of(again)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return built(tmp_path_factory.mktemp("leck"), RAW)


def test_the_small_site_gives_nothing_away(town: tuple[Path, Path]) -> None:
    project, site = town
    result = run("audit", site, "--project", project)
    assert result.exit_code == 0, result.output
    assert "Angegriffen: 1 Kennzahl, 8 Zellen, davon 2 geheim, 1 Veröffentlichung und " in result.output


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(content, "utf-8") and None


def sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Hilfen für Familien"])
    page.append(["Gebiet", "Jahr", "Zähler"])
    page.append(["Birke", "2025", 3])
    book.save(path)


H1 = "<h1>Hilfen für Familien</h1>"
TABLE = (
    H1
    + "<table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>{}</th>{}</tr></tbody></table>"
)
PROFILE = "<h1>Birke</h1><table><thead><tr><th>Kennzahl</th><th>hier</th></tr></thead><tbody><tr><th>Hilfen für Familien</th><td>3</td></tr></tbody></table>"
LEAKS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a cell of a wide table": ("leck.html", text(TABLE.format("Birke", "<td>3</td>"))),
    "a cell of a table in parts": ("leck.html", text(TABLE.format("<a>Birke</a>", "<td>3,3 % <span>0,7–9,4</span></td>"))),
    "a cell on the page of an area": ("leck.html", text(PROFILE)),
    "a sort key behind the sign": ("leck.html", text(TABLE.format("Birke", '<td data-sort="3">.</td>'))),
    "a text in a drawing": ("leck.svg", text("<svg><title>Hilfen für Familien</title><text>Birke 2025: 3,3</text></svg>")),
    "a row of a drawing": ("leck.html", text(H1 + "<svg><g><text>Birke</text><text>3</text></g></svg>")),
    "data for a script": ("leck.html", text(H1 + '<script type="application/json">[{"space": "birke", "period": "2025", "value": 3.3}]</script>')),
    "a table for programs": ("hilfen.csv", text("space,period,numerator\nbirke,2025,3\n")),
    "a German table": ("hilfen.csv", text("\ufeffGebiet;Jahr;Quote\nBirke;2025;3,3\n")),
    "data for programs": ("leck.json", text('{"indicator": "hilfen", "cells": [{"space": "birke", "period": "2025", "numerator": 3}]}')),
    "data by area": ("hilfen.json", text('{"cells": {"birke": {"value": 3.3, "text": "3,3"}}}')),
    "a shape's properties": ("hilfen.geojson", text('{"features": [{"properties": {"name": "Birke", "value": 3.3}}]}')),
    "a workbook": ("hilfen.xlsx", sheet),
}  # fmt: skip


def beside_a_page(town: tuple[Path, Path], folder: Path) -> Path:
    """Copy the list of reports out of the site; return its folder in the copy."""
    shutil.copytree(
        town[1] / "berichte", folder / "berichte", ignore=lambda _, names: {*names} - {"index.html"}
    )
    return folder / "berichte"


@pytest.mark.guards("Figures: the audit of a site finds what is planted, refuses nothing else")
@pytest.mark.parametrize("name", LEAKS)
def test_the_scanner_finds_a_planted_number(name: str, town: tuple[Path, Path], tmp_path: Path) -> None:
    """Beside a page of the site; that nothing is found in all the others is a test of its own."""
    file, plant = LEAKS[name]
    plant(beside_a_page(town, tmp_path) / file)
    result = run("audit", tmp_path, "--project", town[0], "--format", "concise")
    assert result.exit_code == 1, result.output
    assert f"berichte/{file}" in result.output
    assert "„Birke, 2025“" in result.output


HARMLESS = {
    "the sign.html": TABLE.format("Birke", "<td>.</td>"),
    "another area.html": TABLE.format("Esche", "<td>31</td>"),
    "another period.csv": "space,period,numerator\nbirke,2024,3\n",
    "its denominator.csv": "indicator,space,period,numerator,denominator\nhilfen,birke,2025,,90\n",
    "columns that count nobody.csv": "Kennzahl;Gebiet;Zeitraum;Angebote\nhilfen;Birke;2025;3\n",
    "more than there are.csv": "Kennzahl;Gebiet;Zeitraum;Wert\nhilfen;Birke;2025;101\n",
    "what people wrote.html": H1 + "<h2>Birke</h2><p>2025 waren es 3 Familien.</p>",
    "a note.json": '{"indicator": "hilfen", "space": "birke", "text": "Dort waren es nur 3 Familien."}',
    "an axis.svg": "<svg><title>Hilfen für Familien: Birke</title><text>2 km</text></svg>",
}


@pytest.mark.guards("Figures: the audit of a site finds what is planted, refuses nothing else")
@pytest.mark.parametrize("name", HARMLESS)
def test_the_scanner_keeps_quiet_about_what_may_be_shown(
    name: str, town: tuple[Path, Path], tmp_path: Path
) -> None:
    (beside_a_page(town, tmp_path) / name).write_text(HARMLESS[name], "utf-8")
    result = run("audit", tmp_path, "--project", town[0], "--format", "concise")
    assert result.exit_code == 0, result.output


def test_a_value_of_a_breakdown_is_a_cell_of_its_own(tmp_path: Path) -> None:
    """Of Birke the outpatient help is public; the rest of it, and so the whole, is not."""
    rows = "birke,2025,ambulant,15,90,\nbirke,2025,teilstationaer,,90,.\nbirke,2025,,,90,.\n"
    values = f"space,period,art,numerator,denominator,status\n{rows}"
    project = write_project(tmp_path / "projekt", DEFINITION + KINDS, values)
    told = "space,period,art,numerator\nbirke,2025,ambulant,15\nbirke,2025,teilstationaer,3\nbirke,2025,,18\n"
    said = audited(project, tmp_path / "site", "hilfen.csv", told)
    assert [item.position.line for item in said] == [3, 4]
    assert "„Birke, 2025, Teilstationär“" in said[0].message


def audited(project: Path, site: Path, name: str, content: str) -> list[Diagnostic]:
    """Return what is said of a site that is a single file."""
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(content, "utf-8")
    reading = read_project(project)
    assert reading.site is not None
    return audit_site(reading.site, committed_series(reading.site, tables_of(reading.indicators)), site)


def test_what_an_edition_froze_stands_on_its_page(town: tuple[Path, Path], tmp_path: Path) -> None:
    reading = read_project(town[0])
    assert reading.site is not None
    series = committed_series(reading.site, tables_of(reading.indicators))
    edition = cast(Edition, SimpleNamespace(key="lage/2025", frozen=SimpleNamespace(series=series)))
    site = replace(reading.site, editions={edition.key: edition})
    page = tmp_path / "berichte/lage/2025/index.html"
    page.parent.mkdir(parents=True)
    for count, is_told in {"30": False, "29": True}.items():
        page.write_text(TABLE.format("Birke", f"<td>{count}</td>"), "utf-8")
        assert bool(audit_site(site, series, tmp_path)) is is_told, count


def test_a_file_that_cannot_be_read_back_is_told(town: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("hilfen.xlsx", "hilfen.json"):
        (found,) = audited(town[0], tmp_path / name, name, "{")
        assert found.code == "datei-unlesbar"


def test_the_scanner_imports_nothing_that_makes_the_site() -> None:
    tree = ast.parse(Path(str(read_cells.__file__)).read_text("utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert all(not name.startswith("generator") or name.startswith("generator.files.") for name in named)


@whole
def test_the_scanner_finds_no_secret_cell_in_any_file_of_the_demo(demo_site: Path) -> None:
    result = run("audit", demo_site, "--project", ROOT, "--format", "concise")
    assert result.exit_code == 0, result.output[:2000]
    assert result.output == ""
