"""Needs are counted from the overlay and protected like any other table: each once, texts never, what is small by nobody."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.disclosure.protect.needs_table import needs_table
from generator.pipeline.build import prepare
from generator.read.project import read_project
from generator.render.pages import coverage_pages
from tests.budget_town import CONFIG, TODAY, town

DEFINITION = """title: Genannte Bedarfe
says: So oft fehlt etwas.
numerator: Nennungen
unit: Nennungen
decimals: 0
interval: none
counted_from: needs
breakdowns:
- id: topic
  name: Lebenslage
  values: [{id: ganztag_6-13, name: "Ganztag, 6 bis 13"}, {id: betreuung, name: Betreuung}, {id: other, name: anderes}]
source: {name: Amt, regime: own-cases}
disclosure: {method: round-small, threshold: 5}
"""
INDICATOR = "resources/indicators/bedarfe/indicator.yml"
OFFER = "name: Kita\nsummary: Für Kinder.\nkind: gruppe\nprovider: verein\nspaces: [nord]\ntopics: [kita]\nages: 3-5\n"


def need(name: str, spaces: str, topics: str, named: str, more: str = "") -> str:
    return f"name: {name}\nspaces: [{spaces}]\ntopics: [{topics}]\nnamed: [{named}]\n{more}"


def naming(half: str, times: int, more: str = "", source: str = "families") -> str:
    return f"{{half_year: {half}, source: {source}, times: {times}{more}}}"


NEEDS = {
    "nachmittag": need(
        "Ein Nachmittag",
        "nord",
        "ganztag, hausaufgaben",
        f"{naming('2025-2', 7)}, {naming('2026-1', 9)}",
        "ages: 6-10\n",
    ),
    "klein": need("Eine Krippe", "nord", "kita", naming("2026-1", 3), "ages: 0-2\n"),
    "mitte": need("Noch eine Krippe", "mitte", "kita", naming("2026-1", 12), "ages: 0-2\n"),
    "sued": need("Und eine", "sued", "kita", naming("2026-1", 8), "ages: 0-2\n"),
    "geld": need("Weniger Papier", "sued", "schulden", f"{naming('2026-1', 6)}, {naming('2026-2', 40)}"),
}


def world(folder: Path, needs: dict[str, str] | None = None, definition: str = DEFINITION) -> Path:
    files = {"site_config.yml": CONFIG + "overlay: ../intern\n", INDICATOR: definition}
    project = town(folder / "stadt", files)
    (project / "resources/providers").mkdir(exist_ok=True)
    (project / "resources/providers/verein.yml").write_text("name: Verein\nkind: non-profit\n", "utf-8")
    (project / "resources/offers").mkdir(exist_ok=True)
    (project / "resources/offers/kita.yml").write_text(OFFER, "utf-8")
    (folder / "intern/needs").mkdir(parents=True)
    (folder / "roh").mkdir()
    for key, text in (NEEDS if needs is None else needs).items():
        (folder / f"intern/needs/{key}.yml").write_text(text, "utf-8")
    return folder


def protect(folder: Path) -> Result:
    arguments = [
        "protect",
        str(folder / "roh"),
        "-p",
        str(folder / "stadt"),
        "--date",
        "2026-11-20",
        "-f",
        "concise",
    ]
    return CliRunner().invoke(main, arguments)


def published(folder: Path) -> dict[tuple[str, str, str], str]:
    with (folder / "stadt/resources/indicators/bedarfe/values.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        return {
            (row["space"], row["period"], row["topic"]): row["numerator"] or row["status"]
            for row in csv.DictReader(stream)
        }


def raw(folder: Path) -> tuple[dict[tuple[str, str, str], int], list[str]]:
    project = folder / "stadt"
    site = read_project(project).site
    assert site is not None
    inside = read_project(project, internal=True)
    table, found = needs_table(inside, site, site.indicators["bedarfe"], TODAY)
    return {(row.space, row.period, row.breakdown[0]): int(row.numerator or 0) for row in table.rows}, [
        item.code for item in found
    ]


def test_small_counts_are_withheld_and_cannot_be_computed(tmp_path: Path) -> None:
    folder = world(tmp_path)
    result = protect(folder)
    assert result.exit_code == 0, result.output
    cells = published(folder)
    assert cells["nord", "2025-2", "ganztag_6-13"] == "5"
    assert cells["nord", "2026-1", "ganztag_6-13"] in ("10", ".")
    assert cells["nord", "2026-1", "betreuung"] == "."
    assert cells["musterstadt", "2026-1", ""] == "40"
    assert CliRunner().invoke(main, ["audit", "-p", str(folder / "stadt")]).exit_code == 0


@pytest.mark.parametrize(("source", "told"), [("groups", "."), ("professionals", "."), ("families", "20")])
def test_what_one_group_named_nearly_alone_is_withheld_where_the_rule_asks(
    tmp_path: Path, source: str, told: str
) -> None:
    """An entry of a group is one voice; of twenty families nobody named nearly all."""
    said = f"{naming('2026-1', 17, source=source)}, {naming('2026-1', 3)}"
    needs = {**NEEDS, "nachmittag": need("Ein Nachmittag", "nord", "ganztag", said, "ages: 6-10\n")}
    del needs["klein"]
    rule = DEFINITION.replace("threshold: 5", "threshold: 5, dominance: {largest: 1, percent: 75}")
    folder = world(tmp_path, needs, rule)
    result = protect(folder)
    assert result.exit_code == 0, result.output
    assert published(folder)["nord", "2026-1", "ganztag_6-13"] == told


def test_each_naming_is_counted_once_and_zeros_are_there(tmp_path: Path) -> None:
    cells, codes = raw(world(tmp_path))
    assert codes == []
    assert sum(cells.values()) == 7 + 9 + 3 + 12 + 8 + 6
    assert cells["mitte", "2025-2", "ganztag_6-13"] == 0
    assert len(cells) == 3 * 2 * 3


def test_a_half_year_that_goes_on_is_not_told(tmp_path: Path) -> None:
    """A later release would give away what was named in between."""
    cells, _codes = raw(world(tmp_path))
    assert {period for _, period, _ in cells} == {"2025-2", "2026-1"}


def test_no_word_of_a_need_leaves_the_overlay(tmp_path: Path) -> None:
    """It says nothing but numbers; a count that changes below the threshold changes no byte of its cell."""
    folder = world(tmp_path)
    assert protect(folder).exit_code == 0
    texts = "".join(
        path.read_text("utf-8")
        for path in (folder / "stadt/resources/indicators").rglob("*")
        if path.is_file()
    )
    assert not [word for word in ("Nachmittag", "Krippe", "Papier") if word in texts]


def test_a_need_of_several_areas_counts_where_the_naming_says(tmp_path: Path) -> None:
    several = need(
        "Ein Nachmittag", "nord, sued", "ganztag", naming("2026-1", 9, ", space: sued"), "ages: 6-10\n"
    )
    unsaid = need("Ein Treff", "nord, sued", "ganztag", naming("2026-1", 9), "ages: 6-10\n")
    whole = need("Ein Bus", "musterstadt", "ganztag", naming("2026-1", 9), "ages: 6-10\n")
    cells, codes = raw(world(tmp_path, {"a": several, "b": unsaid, "c": whole}))
    assert {key[0]: count for key, count in cells.items() if count} == {"sued": 9}
    assert codes == ["bedarf-ohne-gebiet", "bedarf-ohne-gebiet"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (", {id: other, name: anderes}", "", "bedarf-ohne-wert"),
        ("id: topic", "id: farbe", "bedarf-aufgliederung"),
        ("disclosure:", "levels: [quartier]\ndisclosure:", "bedarf-ebene"),
    ],
)
def test_a_definition_that_cannot_count_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in DEFINITION
    folder = world(tmp_path, definition=DEFINITION.replace(old, new))
    result = protect(folder)
    assert result.exit_code == 1
    assert code in result.output
    assert not (folder / "stadt/resources/indicators/bedarfe/values.csv").exists()


def test_a_table_beside_the_register_is_refused(tmp_path: Path) -> None:
    folder = world(tmp_path)
    (folder / "roh/bedarfe.csv").write_text("space,period,topic,numerator\nnord,2026-1,other,9\n", "utf-8")
    result = protect(folder)
    assert result.exit_code == 1
    assert "bedarfe-doppelt" in result.output


@pytest.mark.parametrize(
    ("breakdown", "expected"),
    [
        (
            "{id: age, name: Alter, values: [{id: 0-5, name: a}, {id: 6-13, name: b}, {id: all, name: c}]}",
            {"6-13": 16, "0-5": 23, "all": 6},
        ),
        (
            "{id: source, name: Wer, values: [{id: families, name: a}, {id: professionals, name: b}]}",
            {"families": 45, "professionals": 0},
        ),
    ],
)
def test_ages_and_who_named_it_divide_the_same_count(
    tmp_path: Path, breakdown: str, expected: dict[str, int]
) -> None:
    start = DEFINITION.index("- id: topic")
    definition = (
        DEFINITION[:start]
        + f"- {breakdown}\n"
        + DEFINITION[DEFINITION.index("source: {name: Amt, regime: own-cases}") :]
    )
    cells, codes = raw(world(tmp_path, definition=definition))
    assert codes == []
    sums: dict[str, int] = {}
    for (_space, _period, value), count in cells.items():
        sums[value] = sums.get(value, 0) + count
    assert sums == expected


def test_the_page_of_an_area_says_what_was_named_and_what_is_secret(tmp_path: Path) -> None:
    folder = world(tmp_path)
    assert protect(folder).exit_code == 0
    project = prepare(folder / "stadt", TODAY)
    assert project.contexts, project.found
    body = str(coverage_pages.render(project.contexts[0], "nord").body).replace("\u00a0", " ")
    shown = published(folder)["nord", "2026-1", "ganztag_6-13"] == "9"
    assert ("Ganztag, 6 bis 13, 9 Nennungen" in body) == shown
    assert "1. Halbjahr 2026" in body
    assert "Betreuung" in body
    assert "geheim" in body
    assert "Krippe" not in body
