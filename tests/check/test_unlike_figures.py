"""Figures of other places are set beside one's own only where both count the same: what differs is refused by name, at its line."""

from pathlib import Path

import pytest

from generator.pipeline.build import Project, prepare
from generator.render.pages import figure_pages as page
from tests.budget_town import TODAY, indicator, town

OWN = "of: year, par_28: no, par_35a: yes, par_41: no, unaccompanied: yes, ages: 0-17, statistics: KJH-Statistik, practice: jede Meldung"
PEERS = "peers:\n- name: Andere\n  source: Bericht\n{counts}  values: [{{name: Anderswo, period: '2025', value: 3}}]\n"


def project(folder: Path, own: str, theirs: str) -> Project:
    more = f"counts: {{{own}}}\n" if own else ""
    more += PEERS.format(counts=f"  counts: {{{theirs}}}\n" if theirs else "")
    return prepare(
        town(folder, {"resources/indicators/kinder/indicator.yml": indicator("Hilfen", more)}), TODAY
    )


def told(found: Project) -> list[tuple[str, str]]:
    return [
        (item.code, item.message)
        for item in found.found
        if item.code in ("vergleich-verweigert", "zaehlweise-ungesagt")
    ]


@pytest.mark.parametrize(
    ("there", "name"),
    [
        ("of: stock", "Bestand oder Zugang"),
        ("of: begun", "Bestand oder Zugang"),
        ("par_28: yes", "§ 28"),
        ("par_35a: no", "§ 35a"),
        ("par_41: yes", "§ 41"),
        ("unaccompanied: no", "unbegleiteten"),
        ("ages: 0-20", "Alter"),
        ("statistics: Produktplan", "Statistik"),
        ("practice: nur bestätigte", "Meldepraxis"),
    ],
)
def test_what_is_counted_otherwise_is_refused_by_name(tmp_path: Path, there: str, name: str) -> None:
    found = project(tmp_path, OWN, there)
    [(code, text)] = told(found)
    assert code == "vergleich-verweigert"
    assert name in text
    assert not found.contexts  # an error: nothing is built of it
    [item] = [item for item in found.found if item.code == code]
    lines = (tmp_path / "resources/indicators/kinder/indicator.yml").read_text("utf-8").splitlines()
    assert lines[item.position.line - 1][item.position.column - 1 :].startswith(there.partition(": ")[2])


def test_the_same_rule_is_said_on_the_page(tmp_path: Path) -> None:
    found = project(tmp_path, OWN, OWN)
    assert told(found) == []
    body = str(page.render_indicator(found.contexts[0], "kinder").body.striptags()).replace("\u00a0", " ")
    assert "alles, was im Jahr lief, ohne § 28, mit § 35a, ohne § 41" in body


def test_what_one_side_leaves_unsaid_is_asked_for_and_what_both_do_is_not(tmp_path: Path) -> None:
    assert [code for code, _ in told(project(tmp_path / "a", OWN, ""))] == ["zaehlweise-ungesagt"]
    assert [code for code, _ in told(project(tmp_path / "b", "", OWN))] == ["zaehlweise-ungesagt"]
    assert told(project(tmp_path / "c", "", "")) == []
    # A field that only one of them names says nothing against the other.
    assert told(project(tmp_path / "d", "of: year", "ages: 0-17")) == []


@pytest.mark.parametrize(
    ("numerator", "more", "asked"),
    [
        ("Kinder mit Bürgergeld", "", True),
        ("Hilfen zur Erziehung", "", True),
        ("Kinder mit Bürgergeld", "design: 2\n", False),
        ("Kinder mit Bürgergeld", "design: 1\n", False),
        ("Kinder mit Bürgergeld", "interval: none\n", False),
        ("Arbeitslose", "", False),
    ],
)
def test_whose_figures_come_in_families_is_asked(
    tmp_path: Path, numerator: str, more: str, asked: bool
) -> None:
    record = f"title: Anteil\nsays: So viele.\nnumerator: {numerator}\ndenominator: Alle\n{more}source: {{name: Amt, regime: delivered}}\ndisclosure: {{method: none}}\n"
    found = prepare(town(tmp_path, {"resources/indicators/anteil/indicator.yml": record}), TODAY).found
    assert ("kennzahl-ohne-design-faktor" in [item.code for item in found]) == asked
