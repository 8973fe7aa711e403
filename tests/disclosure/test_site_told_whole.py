"""Small files beside a town's tables, and all that the audit of a site says of each: cell, file, line, words; nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from generator.derive.indicator_series import committed_series
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.site_audit.markup import Mention
from generator.disclosure.site_audit.site import audit_site
from generator.disclosure.site_audit.spoken_names import Names
from generator.model.cells import Series, Status
from generator.model.editions import Edition
from generator.model.site import Site
from generator.read.indicator_folders import tables_of
from generator.read.project import Reading, read_project
from generator.subjects.budgets.check_built_site import WithheldBudgets
from tests.disclosure.worlds import DEFINITION, write_project
from tests.records import replace

VALUES = """\
space,period,numerator,denominator,status
kleinstadt,2024,70,760,
nord,2024,19,200,
sued,2024,51,560,
ahorn,2024,9,110,
birke,2024,10,90,
celtis,2024,15,150,
dorn,2024,6,200,
esche,2024,30,210,
kleinstadt,2025,72,655,
nord,2025,17,210,
sued,2025,55,445,
ahorn,2025,,120,.
birke,2025,,90,.
celtis,2025,,160,.
dorn,2025,,75,.
esche,2025,31,210,
"""
Town = tuple[Site, Reading, Mapping[str, Series]]
TITLE = "Hilfen für Familien"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    project = write_project(tmp_path_factory.mktemp("stadt"), DEFINITION, VALUES)
    reading = read_project(project)
    assert reading.site is not None
    return reading.site, reading, committed_series(reading.site, tables_of(reading.indicators))


def told(value: str, area: str = "Birke", line: int = 1, code: str = "zahl-auf-der-seite") -> Diagnostic:
    return diagnostic(code, Position("leck", line), cell=f"„{area}, 2025“", value=value)


def table(head: str, row: str, caption: str = "") -> str:
    return f"<h1>{TITLE}</h1><table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"


def csv(heading: str, count: str, area: str = "Birke") -> str:
    return f"{TITLE};\nGebiet;Jahr;{heading}\n{area};2025;{count}\n"


CASES: dict[str, tuple[str, str, list[Diagnostic]]] = {
    # --- tables and data
    "a count": ("csv", csv("Anzahl", "3"), [told("3", line=3)]),
    "a count of a year that is shown": ("csv", csv("Anzahl", "3").replace(";2025;", ";2024;"), []),
    "a count of an area that is shown": ("csv", csv("Anzahl", "3", "Esche"), []),
    "its denominator": ("csv", csv("Anzahl", "90"), []),
    "a denominator by its name": ("csv", csv("Nenner", "89"), []),
    "as many as there can be": ("csv", csv("Anzahl", "100"), [told("100", line=3)]),
    "more than there can be": ("csv", csv("Anzahl", "101"), []),
    "a count that is shown elsewhere": ("csv", csv("Anzahl", "31"), [told("31", line=3)]),
    "a rate of another with its interval": ("csv", csv("Anzahl", "14,8 (10,6–20,2)"), [told("14,8 (10,6–20,2)", line=3)]),
    "a rate with an interval of nobody": ("csv", csv("Anzahl", "14,8 (10,6–20,9)"), [told("14,8 (10,6–20,9)", line=3)]),
    "an interval of another": ("csv", csv("Anzahl", "10,6–20,2"), [told("10,6–20,2", line=3)]),
    "offers": ("csv", csv("Angebote", "3"), []),
    "data": ("json", f'{{"titel": "{TITLE}", "daten": [{{"gebiet": "Birke", "periode": "2025", "anzahl": 3}}]}}', [told("3")]),
    "data of where it lies": ("json", f'{{"titel": "{TITLE}", "daten": [{{"gebiet": "Birke", "zoom": 3}}]}}', []),
    # --- drawings, and what is no cell
    "a row of a drawing": ("html", f"<h1>{TITLE}</h1><svg><g><text>Birke</text><text>3</text></g></svg>", [told("Birke 3")]),
    "a number in two areas": ("html", table("<th>Gebiet</th><th>Anzahl</th>", "<th>Birke und Dorn</th><td>3</td>"), [told("3"), told("3", "Dorn")]),
    "a published number in two areas": ("html", table("<th>Gebiet</th><th>Anzahl</th>", "<th>Birke und Dorn</th><td>31</td>"), []),
    "a sentence in a cell": ("html", table("<th>Gebiet</th><th>Hinweis</th>", "<th>Birke</th><td>nur 3 davon</td>"), []),
    "a sentence": ("html", f"<h1>{TITLE}</h1><p>In Birke sind es 2025 nur 3 Familien.</p>", []),
    # --- files that can't be read
    "broken data": ("json", "{hilfen", [diagnostic("datei-unlesbar", Position("leck.json"), reason="…")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_said_of_a_file(town: Town, name: str, tmp_path: Path) -> None:
    suffix, text, expected = CASES[name]
    (tmp_path / f"leck.{suffix}").write_text(text, "utf-8")
    found = audit_site(*town, tmp_path)
    assert [(item.code, item.position.line, item.position.file) for item in found] == [(item.code, item.position.line, f"leck.{suffix}") for item in expected]  # fmt: skip
    if expected and expected[0].code != "datei-unlesbar":
        assert [(item.message, item.help) for item in found] == [(item.message, item.help) for item in expected]  # fmt: skip


def test_what_an_edition_froze_stands_on_its_page(town: Town, tmp_path: Path) -> None:
    site, reading, derived = town
    edition = cast(Edition, SimpleNamespace(key="lage/2025", frozen=SimpleNamespace(series=derived)))
    then = replace(site, editions={edition.key: edition})
    page = tmp_path / "berichte/lage/2025/index.html"
    page.parent.mkdir(parents=True)
    text = table("<th>Gebiet</th><th>2025</th>", "<th>Birke</th><td>{}</td>")
    for count, is_told in {"31": False, "29": True}.items():
        page.write_text(text.format(count), "utf-8")
        assert bool(audit_site(then, reading, derived, tmp_path)) is is_told, count


def test_without_figures_nothing_is_read(town: Town, tmp_path: Path) -> None:
    site, reading, derived = town
    (tmp_path / "kaputt.json").write_text("{hilfen", "utf-8")
    assert len(audit_site(site, reading, derived, tmp_path)) == 1
    without = cast(Reading, SimpleNamespace(indicators={}, cache=reading.cache))
    assert audit_site(site, without, {}, tmp_path) == []


OF_OTHER_THINGS = {
    "fall.json": f'{{"lists": {{"{TITLE}": [0, 167], "gruppe": ["18 {TITLE}"]}}}}',
    "suche.json": f'{{"names": ["{TITLE} 70"], "words": "Kleinstadt {TITLE} {"und mehr " * 10}", "levels": [1.75]}}',
    "themen/index.html": f"<title>Themen – Kleinstadt</title><h1>Themen</h1><table><tr><td>{TITLE}</td><td>7</td></tr></table>",
}
OF_THE_TOWN = {
    "hilfen.json": '{"cells": [{"period": "2025", "value": 7}]}',
    "a.json": f'{{"title": "{TITLE}", "cells": [{{"period": "2025", "value": 7}}]}}',
    "b.json": f'{{"{TITLE}": {{"Kleinstadt": 7}}}}',
    "a.csv": f"{TITLE};\nJahr;Anzahl\n2025;7\n",
    "a.html": f"<title>Kleinstadt</title><h1>Kleinstadt</h1><table><tr><td>{TITLE}</td><td>7</td></tr></table>",
    "b.html": f"<h1>{TITLE}</h1><table><tr><td>7</td></tr></table>",
}


def test_a_number_alone_is_of_the_town_only_where_its_page_or_data_are(town: Town, tmp_path: Path) -> None:
    """Every page's title and every index names the town, and an indicator may be called like a topic."""
    site, reading, _ = town
    table = reading.indicators["hilfen"].table
    assert table is not None
    rows = tuple(replace(row, numerator=None, status=Status.SECRET) for row in table.rows)
    derived = committed_series(site, {"hilfen": replace(table, rows=rows)})
    for name, text in (OF_OTHER_THINGS | OF_THE_TOWN).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    told = {item.position.file for item in audit_site(site, reading, derived, tmp_path)}
    assert told == OF_THE_TOWN.keys()


@pytest.mark.parametrize("heading", ["Anzahl", "Zähler", "count", "Quote", "Anteil", "percent"])
def test_a_figure_of_a_cell_that_no_table_has_is_refused(town: Town, heading: str, tmp_path: Path) -> None:
    """Together with the tables it may tell what they withhold; a town that withholds nothing may say what it likes."""
    site, reading, _ = town
    key = "hilfen"
    shown = reading.indicators[key].table
    assert shown is not None
    table = replace(shown, rows=tuple(row for row in shown.rows if (row.space, row.period) != ("esche", "2025")))  # fmt: skip
    (tmp_path / "leck.csv").write_text(csv(heading, "31", "Esche") + csv("Spalte", "31", "Esche"), "utf-8")
    told = diagnostic("zahl-ohne-tabelle", Position("leck.csv", 3), cell="„Esche, 2025“", value="31")
    assert audit_site(site, reading, committed_series(site, {key: table}), tmp_path) == [told]
    known = tuple(row for row in table.rows if row.status is not Status.SECRET)
    assert (
        audit_site(site, reading, committed_series(site, {key: replace(table, rows=known)}), tmp_path) == []
    )


# --- amounts of budgets


def budgets(**areas: tuple[str, ...]) -> WithheldBudgets:
    """Two budgets and three areas; which budgets can't be computed, and where, is said."""
    spaces = {key: SimpleNamespace(name=name, parent=None, translations={}) for key, name in (("nord", "Nord"), ("sued", "Süd"), ("c1", "Celtis 1"))}  # fmt: skip
    named = {
        "geld": SimpleNamespace(name="Raumgeld", translations={"en": SimpleNamespace(name="Room money")}),
        "jugend": SimpleNamespace(name="Jugendtopf", translations={"en": SimpleNamespace(name=None)}),
    }
    site = SimpleNamespace(spaces=spaces, records={"budgets": named}.__getitem__)
    return WithheldBudgets(Names(cast(Site, site), {}), areas)


MONEY = {"geld": ("nord", "c1"), "jugend": ("sued",)}


@pytest.mark.parametrize(
    ("text", "context", "page", "budget"),
    [
        ("Raumgeld in Nord: 20.000", (), (), "Raumgeld"),
        ("20.000", ("Nord", "Raumgeld"), (), "Raumgeld"),
        ("20.000", ("NORD",), ("Das Raumgeld",), "Raumgeld"),
        ("20.000", ("Nord",), ("Room money",), "Raumgeld"),
        ("20.000", ("sued", "jugend"), (), "Jugendtopf"),
        # The area must stand near, and be one of those of which nothing may be told.
        ("20.000", (), ("Raumgeld in Nord",), None),
        ("20.000", ("Süd", "Raumgeld"), (), None),
        ("20.000", ("Nord", "Jugendtopf"), (), None),
        ("20.000", ("Nord",), (), None),
        # Two budgets, of which the one is about the area; the first is named.
        ("20.000", ("Süd", "Raumgeld und Jugendtopf"), (), "Raumgeld"),
        ("20.000 in Nord und Süd", ("Jugendtopf",), (), "Jugendtopf"),
        # Years, days, names and numbers of paragraphs are no amounts.
        ("2025", ("Nord", "Raumgeld"), (), None),
        ("1900 bis 2199", ("Nord", "Raumgeld"), (), None),
        ("1899", ("Nord", "Raumgeld"), (), "Raumgeld"),
        ("2200", ("Nord", "Raumgeld"), (), "Raumgeld"),
        ("2.025", ("Nord", "Raumgeld"), (), "Raumgeld"),
        ("2025,5", ("Nord", "Raumgeld"), (), "Raumgeld"),
        ("2026-03-01 und 2026-03", ("Nord", "Raumgeld"), (), None),
        ("bild-3-4", ("Nord", "Raumgeld"), (), None),
        ("3. Teil", ("Nord", "Raumgeld"), (), None),
        ("3.Teil, 3", ("Nord", "Raumgeld"), (), "Raumgeld"),
        ("Celtis 1", ("Raumgeld",), (), None),
        ("Celtis 1: 7", ("Raumgeld",), (), "Raumgeld"),
        ("Nord", ("Raumgeld",), (), None),
    ],
)
def test_amounts_of_what_cannot_be_computed(
    text: str, context: tuple[str, ...], page: tuple[str, ...], budget: str | None
) -> None:
    mention = Mention("a/b.html", 7, text, context, page=page)
    expected = None if budget is None else diagnostic("betrag-auf-der-seite", Position("a/b.html", 7), name=budget, value=text)  # fmt: skip
    assert budgets(**MONEY).judge(mention) == expected
    assert budgets().judge(mention) is None


def test_where_an_amount_stands_and_how_it_is_told() -> None:
    long = "Raumgeld \u2063 Nord: 20000 " + "und so weiter " * 9
    found = budgets(**MONEY).judge(Mention("geld/x.json", 1, long, ()))
    shown = ("Raumgeld Nord: 20000 " + "und so weiter " * 9)[:80]
    assert found == diagnostic("betrag-auf-der-seite", Position("geld/x.json", 1), name="Raumgeld", value=shown)  # fmt: skip
    # The path names a budget as well as the page does.
    assert budgets(**MONEY).judge(Mention("geld/x.json", 1, "Nord: 7", ())) is not None
    assert budgets(**MONEY).judge(Mention("gelder.json", 1, "Nord: 7", ())) is None


def test_which_files_could_be_about_a_budget() -> None:
    asked = budgets(**MONEY)
    assert asked.words == {"geld": "geld", "raumgeld": "geld", "room money": "geld", "jugend": "jugend", "jugendtopf": "jugend"}  # fmt: skip
    assert [asked.wants(name, text) for name, text in (("x/Raumgeld.html", ""), ("x.html", "das raumgeld"), ("x.html", "room  money"), ("x.html", "nord"))] == [True, True, False, False]  # fmt: skip
    assert not budgets().wants("x/raumgeld.html", "raumgeld")
