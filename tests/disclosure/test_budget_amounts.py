"""A budget that rests on a secret figure shows no amount: not on its page, in no file, and the audit finds whoever plants one."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from generator.diagnostics import Diagnostic
from generator.mkdocs_plugin import write_site
from generator.pipeline.audit import audit_project
from generator.pipeline.build import build_site, prepare
from tests.budget_town import BUDGET, TODAY, indicator, table, town
from tests.chance import whole
from tests.conftest import words_of

SECRET = {
    "resources/indicators/kinder/indicator.yml": indicator(
        "Schulkinder", "adds_up: no", method="round-small, threshold: 5, minimum_population: 0"
    ),
    "resources/indicators/kinder/values.csv": table({"mitte": "500", "nord": ".", "sued": "."}),
}
PAGE = "berichte/budgets/raumgeld"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The town with a secret figure, and its site."""
    folder = town(tmp_path_factory.mktemp("stadt"), SECRET)
    site = folder.parent / "site"
    found = build_site(prepare(folder, TODAY), site, write_site)
    assert [item for item in found if item.severity == "error"] == []
    return folder, site


def audited(folder: Path, site: Path) -> list[Diagnostic]:
    outcome = audit_project(folder, TODAY, site)
    assert outcome.attacked, outcome.found
    return [
        item
        for item in outcome.found
        if item.code in ("betrag-auf-der-seite", "zahl-auf-der-seite", "zahl-verraten")
    ]


def test_the_page_says_which_figure_is_missing_where_and_shows_no_amount(built: tuple[Path, Path]) -> None:
    text = words_of(built[1], PAGE)
    assert "Dieses Budget wird nicht gerechnet" in text
    assert "Schulkinder, Nord und Süd, 2025: Die Zahl ist geheim." in text
    assert "Kein Budget begrenzt den Anspruch einer Familie auf Hilfe." in text
    assert "Was jedes Gebiet bekommt" not in text
    # The outflow of the areas stands in the record alone.
    for amount in ("20.000", "30.000", "25.000", "20000", "25000.5"):
        assert amount not in text
    assert not (built[1] / "daten/budgets").exists()


@whole
def test_nothing_is_found_in_what_was_built(built: tuple[Path, Path]) -> None:
    assert audited(*built) == []


def sheet(formula: str | int, kept: bool) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Raumgeld"
    page.append(["Gebiet", "Euro"])
    page.append(["Nord", formula])
    stream = io.BytesIO()
    book.save(stream)
    if not kept:
        return stream.getvalue()
    from generator.export.workbook import packed

    with_value = openpyxl.Workbook(write_only=True)
    lines = with_value.create_sheet("Raumgeld")
    lines.append(["Gebiet", "Euro"])
    lines.append(["Nord", formula])
    return packed(with_value, {1: {"B2": "922477"}})


PLANTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a table of its page": (
        f"{PAGE}/index.html",
        lambda: (
            b"<html><title>Raumgeld</title><h1>Raumgeld</h1><table><tr><th>Gebiet</th><th>Euro</th></tr>"
            b"<tr><th>Nord</th><td>9.224,77</td></tr></table></html>"
        ),
    ),
    "a share in a table": (
        f"{PAGE}/index.html",
        lambda: (
            b"<html><title>Raumgeld</title><h1>Raumgeld</h1><table><tr><th>Gebiet</th><th>vom Topf</th></tr>"
            b"<tr><th>Nord</th><td>29,97 %</td></tr></table></html>"
        ),
    ),
    "the drawing of bars": (
        f"{PAGE}/index.html",
        "<html><title>Raumgeld</title><h1>Raumgeld</h1><svg><title>Raumgeld</title><g><text>Nord 9.225 €</text></g></svg></html>".encode,
    ),
    "a table for programs": (
        "daten/budgets/raumgeld.csv",
        lambda: b"way,year,space,name,pot,euro\r\n,2026,nord,Nord,zusammen,9224.77\r\n",
    ),
    "JSON": (
        "daten/budgets/raumgeld.json",
        lambda: json.dumps({"id": "raumgeld", "rows": [{"space": "nord", "euro": 9224.77}]}).encode(),
    ),
    "a number in the calculation sheet": ("daten/budgets/raumgeld.xlsx", lambda: sheet(922_477, kept=False)),
    "what a formula comes to": (
        "daten/budgets/raumgeld.xlsx",
        lambda: sheet("=SUM(A1:A1)", kept=True),
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_every_planted_amount_is_found(built: tuple[Path, Path], tmp_path: Path, plant: str) -> None:
    name, content = PLANTS[plant]
    path = tmp_path / "site" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content())
    (found,) = audited(built[0], tmp_path / "site")
    line = 2 if name.endswith((".csv", ".xlsx")) else 1
    assert (found.code, *found.position[:2]) == ("betrag-auf-der-seite", name, line)


HARMLESS = {
    "a weight": "<table><tr><th>Topf</th><th>vom Ganzen</th></tr><tr><th>Grünfläche</th><td>40 %</td></tr></table>",
    "a sentence that somebody wrote": "<p>Nord bekommt 9.224,77 € aus dem Topf.</p>",
}


@pytest.mark.parametrize("words", HARMLESS.values(), ids=HARMLESS)
def test_what_says_nothing_of_an_area_is_passed_over(
    built: tuple[Path, Path], tmp_path: Path, words: str
) -> None:
    path = tmp_path / "site" / PAGE / "index.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<html><title>Raumgeld</title><h1>Raumgeld</h1>{words}</html>", "utf-8")
    assert audited(built[0], tmp_path / "site") == []


def test_a_budget_called_like_an_indicator_is_found_and_the_indicator_passed_over(tmp_path: Path) -> None:
    """The figure that is withheld is of Nord and Süd in 2025; the green areas are told of."""
    named = BUDGET.replace("name: Raumgeld", "name: Grünfläche")
    folder = town(tmp_path / "stadt", {**SECRET, "resources/budgets/raumgeld.yml": named})
    told = "<h1>Grünfläche</h1><table><tr><th>Gebiet</th><th>Wert</th></tr><tr><th>Nord</th><td>40</td></tr></table>"
    for name, found in (("zahlen/flaeche", []), ("berichte/budgets/gruen", ["betrag-auf-der-seite"])):
        site = tmp_path / name.replace("/", "-")
        path = site / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(f"<html><title>Grünfläche</title>{told}</html>", "utf-8")
        assert [item.code for item in audited(folder, site)] == found


@whole
def test_a_budget_of_published_figures_is_passed_over(tmp_path: Path) -> None:
    folder = town(tmp_path / "stadt")
    build_site(prepare(folder, TODAY), tmp_path / "site", write_site)
    assert (tmp_path / "site/daten/budgets/raumgeld.xlsx").exists()
    assert audited(folder, tmp_path / "site") == []
