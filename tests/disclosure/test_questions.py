"""What nobody declared is asked before it is released: four forms of ties, each also with a wrong cell; answers release, and stand in the report."""

import random
import shutil
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

from tests.chance import every
from tests.disclosure.test_project_system import (
    protect,
    report_of,
    run,
    tied_by_difference,
    write_indicator,
)
from tests.disclosure.worlds import QUARTERS, write_project

GERMAN = {"ahorn": 57, "birke": 34, "celtis": 45, "dorn": 20, "esche": 50}
FOREIGN = {"ahorn": 3, "birke": 4, "celtis": 2, "dorn": 9, "esche": 1}
ALL = {key: count + FOREIGN[key] for key, count in GERMAN.items()}
TREES = {"ahorn": 812, "birke": 311, "celtis": 95, "dorn": 440, "esche": 267}
OFFICE = "{date: 2026-02-11, office: Jugendhilfeplanung}"


def town_with(
    root: Path, tables: Mapping[str, Mapping[str, object]], more: Mapping[str, str] = {}
) -> tuple[Path, Path]:
    """Write a town whose indicators have these counts of 2025, by quarter."""
    town, raw = write_project(root / "projekt"), root / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    for key, counts in tables.items():
        write_indicator(
            town, raw, key, {(area, "2025"): f"{count}" for area, count in counts.items()}, more.get(key, "")
        )
    return town, raw


def written(town: Path) -> set[str]:
    """The indicators that have a table."""
    return {path.parent.name for path in town.glob("resources/indicators/*/values.csv")}


def add(town: Path, key: str, lines: str) -> None:
    definition = town / f"resources/indicators/{key}/indicator.yml"
    definition.write_text(definition.read_text("utf-8") + lines, "utf-8")


@pytest.mark.guards(
    "Secrets: what nobody declared is asked, whatever cell is wrong, and its answer stands in the report"
)
@pytest.mark.parametrize("wrong", [None, *QUARTERS])
def test_a_sub_group_as_a_second_indicator_is_asked(tmp_path: Path, wrong: str | None) -> None:
    """All less the German are 3, 4, 2, 9 and 1 foreign children, though no table withholds anything."""
    german = {key: count + (key == wrong) for key, count in GERMAN.items()}
    trees = {key: 2 * count for key, count in TREES.items()}
    town, raw = town_with(tmp_path, {"alle": ALL, "deutsche": german, "baeume": trees})
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1, done.output
    assert "Gehört „Deutsche“ zu „Alle“?" in done.output
    assert "„part_of: alle“ und „part_of_by: {date: 2026-03-01, office: …}“" in done.output
    assert "„by_chance: [{indicator: alle, date: 2026-03-01, office: …, reason: …}]“" in done.output
    assert written(town) == {"baeume"}


@pytest.mark.guards(
    "Secrets: what nobody declared is asked, whatever cell is wrong, and its answer stands in the report"
)
def test_an_answer_releases_and_stands_in_the_report(tmp_path: Path) -> None:
    """What is declared is held. What is chance is as its office says."""
    town, raw = town_with(tmp_path, {"alle": ALL, "deutsche": GERMAN})
    assert protect(town, raw, "2026-03-01").exit_code == 1
    kept = {path: path.read_text("utf-8") for path in town.glob("resources/indicators/*/indicator.yml")}
    add(town, "deutsche", f"part_of: alle\npart_of_by: {OFFICE}\n")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    assert "„Deutsche“ ist ein Teil von „Alle“ (Jugendhilfeplanung, 11.02.2026)" in report_of(raw)
    for path, text in kept.items():
        path.write_text(text, "utf-8")
    chance = "indicator: alle, reason: zwei Register ohne gemeinsame Fälle"
    add(town, "deutsche", f"by_chance: [{{{chance}, {OFFICE.strip('{}')}}}]\n")
    done = protect(town, raw, "2026-04-01")
    assert done.exit_code == 0, done.output
    said = "„Deutsche“ und „Alle“ passen nur zufällig zusammen: zwei Register ohne gemeinsame Fälle (Jugendhilfeplanung, 11.02.2026)"
    assert said in report_of(raw)


CHANCE = "indicator: alle, reason: zwei Register ohne gemeinsame Fälle"


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("part_of: alle\n", "part_of_by: {date: 2026-03-01, office: …}"),
        ("part_of: alle\npart_of_by: {office: Planung}\n", "part_of_by: {date: 2026-03-01, office: …}"),
        (f"by_chance: [{{{CHANCE}}}]\n", "date: 2026-03-01, office: …"),
        (f"by_chance: [{{{CHANCE}, date: 2026-02-11, office: …}}]\n", "date: 2026-03-01, office: …"),
        (f"by_chance: [{{{CHANCE}, date: 2026-03-02, office: Planung}}]\n", "date: 2026-03-01, office: …"),
        (
            "disclosure: {method: none, small_in_source: {office: Planung}}\n",
            "date: 2026-03-01, office: …",
        ),
    ],
)
def test_an_answer_that_nobody_signed_by_then_is_refused_with_the_line_to_write(
    tmp_path: Path, answer: str, line: str
) -> None:
    town, raw = town_with(tmp_path, {"alle": ALL, "deutsche": GERMAN}, {"deutsche": answer})
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1
    assert "antwort-ohne-stelle" in done.output
    assert f"„{line}“" in done.output
    assert "deutsche" not in written(town)
    assert "antwort-ohne-stelle" in run("check", "--project", town, "--today", "2026-03-01").output


def test_an_answer_that_nobody_signed_stops_the_other_table_as_well(tmp_path: Path) -> None:
    """The part is out already; the whole beside it would tell the rest."""
    chance = f"by_chance: [{{{CHANCE}, {OFFICE.strip('{}')}}}]\n"
    town, raw = town_with(tmp_path, {"deutsche": GERMAN, "alle": {}}, {"deutsche": chance})
    (raw / "alle.csv").rename(tmp_path / "alle.csv")
    assert protect(town, raw, "2026-03-01").exit_code == 0
    definition = town / "resources/indicators/deutsche/indicator.yml"
    definition.write_text(
        definition.read_text("utf-8").replace("office: Jugendhilfeplanung", "office: …"), "utf-8"
    )
    write_indicator(town, raw, "alle", {(area, "2025"): f"{count}" for area, count in ALL.items()})
    done = protect(town, raw, "2026-04-01")
    assert "verbindung-ungeklaert" in done.output
    assert written(town) == {"deutsche"}


def test_no_day_of_release_lies_in_the_future(tmp_path: Path) -> None:
    town, raw = town_with(tmp_path, {"alle": ALL})
    assert "liegt in der Zukunft" in protect(town, raw, "2199-03-01").output
    assert written(town) == set()


@pytest.mark.guards(
    "Secrets: what nobody declared is asked, whatever cell is wrong, and its answer stands in the report"
)
@pytest.mark.parametrize("wrong", every(range(0, 30, 5), {10}))
@pytest.mark.parametrize("key", ["maedchen", "jungen", "alle"])
def test_a_wrong_count_switches_no_question_off(tmp_path: Path, key: str, wrong: int) -> None:
    """Girls, boys and all add up everywhere but in one of 30 cells, which is off by one."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    tied_by_difference(town, raw)
    lines = (raw / f"{key}.csv").read_text("utf-8").splitlines()
    place, _, count = lines[1 + wrong].rpartition(",")
    lines[1 + wrong] = f"{place},{int(count) + 1}"
    (raw / f"{key}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1, done.output
    assert "an 29 von 30 Stellen ist „Alle“ = „Jungen“ + „Maedchen“" in done.output
    assert written(town) == set()


HELPED = {"ahorn": 14, "birke": 3, "celtis": 22, "dorn": 2, "esche": 31}
OPEN = "disclosure: {method: none}\n"


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        (dict(HELPED), "„Hilfen“ = „Andere“"),
        (
            {key: 4_200 * count + count % 7 * 100 for key, count in HELPED.items()},
            "„Andere“ im selben Verhältnis zu „Hilfen“",
        ),
        (
            {key: f"{100 * count / TREES[key]:.2f}" for key, count in HELPED.items()},
            "„Andere“ mal „Baeume“ im selben Verhältnis zu „Hilfen“",
        ),
    ],
    ids=["the same", "what it costs", "a rate"],
)
def test_what_an_open_indicator_tells_of_withheld_counts_is_asked(
    tmp_path: Path, counts: dict[str, object], why: str
) -> None:
    more = {"andere": f"{OPEN}adds_up: no\ndecimals: 2\nunit: je Fall\n", "baeume": OPEN}
    town, raw = town_with(tmp_path, {"hilfen": HELPED, "andere": counts, "baeume": TREES}, more)
    done = protect(town, raw, "2026-03-01")
    assert why in done.output
    assert written(town) == {"baeume"}, done.output


def test_what_is_called_like_a_part_is_asked_where_counts_are_wrong_in_several_places(tmp_path: Path) -> None:
    """In two of five quarters more German children are counted than children; their name says what they are."""
    german = {**GERMAN, "dorn": 30, "celtis": 48}
    titles = {"alle": "Kinder in der Stadt", "deutsche": "Deutsche Kinder in der Stadt"}
    town, raw = town_with(tmp_path, {"alle": ALL, "deutsche": german})
    assert protect(town, raw, "2026-03-01").exit_code == 0
    for key, title in titles.items():
        definition = town / f"resources/indicators/{key}/indicator.yml"
        definition.write_text(
            definition.read_text("utf-8").replace(f"title: {key.title()}", f"title: {title}"), "utf-8"
        )
    done = protect(town, raw, "2026-04-01")
    assert "heißt wie ein Teil davon" in done.output
    assert "part_of: alle" in done.output


def test_the_audit_with_raw_counts_asks_as_well(tmp_path: Path) -> None:
    """A town that released both before the question was known."""
    town, raw = town_with(tmp_path, {"alle": ALL, "deutsche": GERMAN})
    chance = "by_chance: [{indicator: alle, date: 2026-02-11, office: Planung, reason: zwei Register ohne gemeinsame Fälle}]\n"
    add(town, "deutsche", chance)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    definition = town / "resources/indicators/deutsche/indicator.yml"
    definition.write_text(definition.read_text("utf-8").replace(chance, ""), "utf-8")
    assert run("audit", "--project", town).exit_code == 0
    assert "verbindung-ungeklaert" in run("audit", "--project", town, "--private", raw).output


@pytest.mark.parametrize("seed", every(range(6), {0}))
def test_counts_that_have_nothing_to_do_with_each_other_are_not_asked_about(
    tmp_path: Path, seed: int
) -> None:
    """Eight counts of five quarters in six years, some small, each by itself and of a size of its own."""
    chance = random.Random(seed)
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    for number in range(8):
        most = 6 * 3**number
        counts = {
            place: chance.randint(0, most)
            for place in product(QUARTERS, [str(2020 + year) for year in range(6)])
        }
        write_indicator(
            town,
            raw,
            f"zahl-{number}",
            {place: f"{count}" for place, count in counts.items()},
            "plausible: []\n",
        )
    assert "verbindung-ungeklaert" not in protect(town, raw, "2026-03-01").output


@pytest.mark.parametrize("seed", range(4))
def test_among_many_others_a_sub_group_of_one_year_is_asked(tmp_path: Path, seed: int) -> None:
    """Nine of ten residents, with a wrong count, beside five counts that are smaller; no name tells."""
    chance = random.Random(seed)
    people = {area: chance.randint(40, 90) for area in QUARTERS}
    some = {area: sum(chance.random() < 0.9 for _ in range(count)) for area, count in people.items()}
    wrong = chance.choice(list(QUARTERS))
    tables: dict[str, dict[str, int]] = {"leute": people, "hiesige": {**some, wrong: some[wrong] + 1}}
    for number in range(5):
        tables[f"zahl-{number}"] = {area: chance.randint(5, 30) for area in QUARTERS}
    town, raw = town_with(tmp_path, tables)
    assert "Gehört „Hiesige“ zu „Leute“?" in protect(town, raw, "2026-03-01").output
