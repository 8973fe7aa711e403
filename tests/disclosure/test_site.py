"""The built site: secret values leave no byte in it, and a scanner of its own finds every number that slips through."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.disclosure.site_audit import markup, scanner
from generator.disclosure.site_audit.markup import Mention
from generator.disclosure.site_audit.scanner import scan
from tests.chance import whole
from tests.disclosure.worlds import DEFINITION, RAW, write_project, write_raw

ROOT = Path(__file__).parents[2]
SECRET = "geheim"


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


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_who_changes_secret_values_consistently_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    project, site = built(tmp_path / "a", RAW)
    text = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    rows = {line.split(",")[0]: line.split(",") for line in text.splitlines()[1:]}
    assert {key for key in RAW if rows[key][4] == "."} == {"birke", "dorn"}
    # One family moves in each region; every published sum stays.
    other = {**RAW, "ahorn": (13, 120), "birke": (4, 90), "celtis": (21, 160), "dorn": (3, 75)}
    assert sum(count for count, _ in other.values()) == sum(count for count, _ in RAW.values())
    _, again = built(tmp_path / "b", other)
    assert everything(site) == everything(again)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return built(tmp_path_factory.mktemp("leck"), RAW)


def test_the_small_site_gives_nothing_away(town: tuple[Path, Path]) -> None:
    project, site = town
    result = run("audit", site, "--project", project)
    assert result.exit_code == 0, result.output
    assert "Angegriffen: 1 Kennzahl, 8 Zellen, davon 2 geheim, 1 Ausgabe und " in result.output


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


LEAKS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a cell of a wide table": (
        "leck.html",
        text(
            "<title>Hilfen für Familien</title><table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>Birke</th><td>3</td></tr></tbody></table>"
        ),
    ),
    "a rate": (
        "leck.html",
        text(
            "<title>Hilfen für Familien</title><table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>Birke</th><td>3,3 %</td></tr></tbody></table>"
        ),
    ),
    "a sort key behind the sign": (
        "leck.html",
        text(
            '<title>Hilfen für Familien</title><table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>Birke</th><td data-sort="3">.</td></tr></tbody></table>'
        ),
    ),
    "a text in a drawing": (
        "leck.svg",
        text(
            '<svg xmlns="http://www.w3.org/2000/svg"><title>Hilfen für Familien</title><text>Birke 2025: 3,3</text></svg>'
        ),
    ),
    "a name for screen readers": (
        "leck.html",
        text('<h1>Hilfen für Familien</h1><svg><rect aria-label="Birke, 2025: 3,3 Prozent"/></svg>'),
    ),
    "data for a script": (
        "leck.html",
        text(
            '<h1>Hilfen für Familien</h1><script type="application/json">[{"space": "birke", "period": "2025", "value": 3.3}]</script>'
        ),
    ),
    "a table for programs": ("hilfen.csv", text("space,period,numerator\nbirke,2025,3\n")),
    "a German table": ("hilfen.csv", text("Gebiet;Jahr;Quote\nBirke;2025;3,3\n")),
    "data for programs": (
        "leck.json",
        text(
            json.dumps(
                {"indicator": "hilfen", "cells": [{"space": "birke", "period": "2025", "numerator": 3}]}
            )
        ),
    ),
    "a workbook": ("hilfen.xlsx", sheet),
}


def beside_a_page(town: tuple[Path, Path], folder: Path) -> Path:
    """Copy the list of reports out of the site; return its folder in the copy."""
    shutil.copytree(
        town[1] / "berichte", folder / "berichte", ignore=lambda _, names: {*names} - {"index.html"}
    )
    return folder / "berichte"


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
    "the sign": "<title>Hilfen für Familien</title><table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>Birke</th><td>.</td></tr></tbody></table>",
    "the denominator": "<title>Hilfen für Familien</title><table><thead><tr><th>Gebiet</th><th>Jahr</th><th>Zähler</th><th>Nenner</th></tr></thead><tbody><tr><th>Birke</th><td>2025</td><td>.</td><td>90</td></tr></tbody></table>",
    "another area": "<title>Hilfen für Familien</title><table><thead><tr><th>Gebiet</th><th>2025</th></tr></thead><tbody><tr><th>Esche</th><td>31</td></tr></tbody></table>",
    "offers and dates": "<h1>Hilfen für Familien</h1><h2>Birke</h2><p>2 weitere Angebote, Stand 3. März 2025</p>",
    "a sentence about the town": "<h1>Hilfen für Familien</h1><p>In Birke ist die Zahl für 2025 geheim, in Kleinstadt sind es 72 von 655.</p>",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_the_scanner_keeps_quiet_about_what_may_be_shown(
    name: str, town: tuple[Path, Path], tmp_path: Path
) -> None:
    (beside_a_page(town, tmp_path) / "gut.html").write_text(HARMLESS[name], "utf-8")
    result = run("audit", tmp_path, "--project", town[0], "--format", "concise")
    assert result.exit_code == 0, result.output


def test_a_sum_that_only_the_site_shows_is_refused(tmp_path: Path) -> None:
    definition = DEFINITION.replace(
        "denominator: Alle Familien\n", "interval: none\nlevels: [stadt, quartier]\n"
    )
    counts = {"ahorn": (14, 0), "birke": (3, 0), "celtis": (22, 0), "dorn": (2, 0), "esche": (31, 0)}
    project, site = built(tmp_path, counts, definition)
    shown = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    assert "nord" not in shown
    assert run("audit", site, "--project", project).exit_code == 0
    known = {line.split(",")[0] for line in shown.splitlines()[1:] if line.split(",")[2]}
    region = "nord" if "ahorn" in known else "sued"
    total = sum(
        count for key, (count, _) in counts.items() if (key in ("ahorn", "birke")) == (region == "nord")
    )
    (site / "hilfen.csv").write_text(f"space,period,numerator\n{region},2025,{total}\n", "utf-8")
    result = run("audit", site, "--project", project, "--format", "concise")
    assert result.exit_code == 1, result.output
    assert "zahl-ohne-tabelle" in result.output


def test_a_rate_that_only_the_site_shows_is_refused(tmp_path: Path) -> None:
    """Of 210 families 8.1 per cent are 17 and nothing else."""
    definition = DEFINITION + "levels: [stadt, quartier]\n"
    project, site = built(tmp_path, RAW, definition)
    shown = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    known = {line.split(",")[0] for line in shown.splitlines()[1:] if line.split(",")[2]}
    region = {"nord": ("ahorn", "birke"), "sued": ("celtis", "dorn", "esche")}
    name, inside = next(
        (key, areas) for key, areas in region.items() if len([one for one in areas if one not in known]) == 1
    )
    count, below = (sum(RAW[one][place] for one in inside) for place in (0, 1))
    rate = f"{count / below * 100:.1f}".replace(".", ",")
    assert run("audit", site, "--project", project).exit_code == 0
    (site / "hilfen.csv").write_text(f"Gebiet;Jahr;Familien;Quote\n{name};2025;{below};{rate}\n", "utf-8")
    result = run("audit", site, "--project", project, "--format", "concise")
    assert result.exit_code == 1, result.output
    assert "zahl-ohne-tabelle" in result.output


def test_the_scanner_imports_nothing_that_makes_the_site() -> None:
    for module in (scanner, markup):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {item.name for node in ast.walk(tree) if isinstance(node, ast.Import) for item in node.names}
        known = (
            "generator.disclosure.site_audit",
            "generator.disclosure.amounts",
            "generator.files.",
        )
        assert all(not name.startswith("generator") or name.startswith(known) for name in named)


def test_the_scanner_reads_tables_with_what_stands_around(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<h2>Stand 2025</h2><table><tr><td>12</td></tr></table>", "utf-8")
    found = [item for item in scan(tmp_path) if isinstance(item, Mention)]
    assert [(item.text, item.context[-1]) for item in found] == [("12", "Stand 2025")]


@whole
def test_the_scanner_finds_no_secret_cell_in_any_file_of_the_demo(demo_site: Path) -> None:
    result = run("audit", demo_site, "--project", ROOT, "--format", "concise")
    assert result.exit_code == 0, result.output[:2000]
    assert result.output == ""
