"""Goals as families and professionals say them, in the browser's own modules: judged by hand, on the demo's offers.

`goals.csv` names for each goal the kinds of offers that are right among the first three ideas, the kind that has to stand outside
of the ladder because it was wished for or is a claim, and what is known to be wrong there. `goals_second.csv` was written after
the words for goals had been chosen and is not used to choose them: it shows how far they reach.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.build import Project
from generator.render.data_files.case_work import case_files
from generator.render.data_files.danger import danger_files
from generator.render.data_files.search_entries import directory_order, search_files
from generator.render.directory.filters import directory_files
from generator.render.directory.ladder import RUNGS, protects

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "generator" / "assets" / "js"
FIRST = 3

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A function from what is known of a family to what the ladder finds in the demo."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node to run the browser's modules outside of a browser")
    folder = tmp_path_factory.mktemp("cases")
    for path in (*ASSETS.glob("*.js"), HERE / "cases.mjs"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    context = demo.contexts[0]
    files = {
        **directory_files(context, directory_order(context)),
        **search_files(context),
        **danger_files(context),
        **case_files(context),
    }
    given = {
        "choices": json.loads(files["auswahl.json"]),
        "file": json.loads(files["verzeichnis.json"]),
        "title": json.loads(files["search/title.de.json"]),
        "danger": json.loads(files["search/danger.de.json"]),
        "cases": json.loads(files["fachkraefte/fall/angebote.json"]),
    }

    def run(*queries: dict[str, Any], hints: tuple[str, ...] = ()) -> Any:
        done = subprocess.run(
            [node, "cases.mjs"],
            cwd=folder,
            input=json.dumps({**given, "queries": queries, "hints": hints}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        return answer["hints"] if hints else answer["answers"]

    return run


def goals(name: str) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def seen_first(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ideas in the order in which the page shows them opened."""
    claims = answer["claims"] if answer["clear"] else []
    return [*answer["aids"], *claims, *(item for _, items in answer["rungs"] for item in items)]


def judged(answer: dict[str, Any], row: dict[str, str]) -> set[str]:
    """Return which of the first three ideas are of no right kind."""
    right = set(row["right"].split(","))
    return {item["id"] for item in seen_first(answer)[:FIRST] if item["kind"] not in right}


def test_sixty_goals_find_what_fits(ask: Ask) -> None:
    rows = goals("goals.csv")
    assert len(rows) == 60
    for row, answer in zip(rows, ask(*({"goals": [row["goal"]]} for row in rows)), strict=True):
        assert seen_first(answer), row["goal"]
        assert judged(answer, row) == set(filter(None, [row["wrong"]])), row["goal"]
        if row["wanted"]:
            assert row["wanted"] in {item["kind"] for item in (*answer["aids"], *answer["claims"])}, row[
                "goal"
            ]


def test_goals_that_nobody_tuned_for_mostly_find_what_fits(ask: Ask) -> None:
    rows = goals("goals_second.csv")
    answers = ask(*({"goals": [row["goal"]]} for row in rows))
    shown = sum(len(seen_first(answer)[:FIRST]) for answer in answers)
    wrong = sum(len(judged(answer, row)) for row, answer in zip(rows, answers, strict=True))
    assert wrong <= 0.25 * shown


def test_help_that_an_office_decides_on_never_stands_first(ask: Ask, demo: Project) -> None:
    """Unless the family wished for it; what is a claim of its own stands in no rung."""
    rows = [*goals("goals.csv"), *goals("goals_second.csv")]
    assert demo.site is not None
    for row, answer in zip(rows, ask(*({"goals": [row["goal"]]} for row in rows)), strict=True):
        assert [layer for layer, _ in answer["rungs"]] == list(RUNGS)
        shelves = [item["shelf"] for _, items in answer["rungs"] for item in items]
        assert shelves == sorted(shelves, key=RUNGS.index)
        assert not {"claim", "protection"} & set(shelves)
        first = seen_first(answer)[:1]
        if not answer["aids"] and first:
            assert first[0]["shelf"] != "hze", row["goal"]


@pytest.mark.parametrize("kind", ["hze-31", "hze-33", "hze-34", "eingliederung-35a", "par-19", "par-41a"])
def test_what_a_family_chose_stands_first_wherever_and_for_whomever_it_is(ask: Ask, kind: str) -> None:
    (answer,) = ask(
        {"aids": [kind], "goals": ["Ali spielt Fußball im Verein"], "area": "heidkamp", "bands": ["0-2"]}
    )
    assert {item["kind"] for item in answer["aids"]} == {kind}
    assert seen_first(answer)[0]["kind"] == kind


def test_a_help_that_is_over_is_not_wished_for(ask: Ask) -> None:
    over, wished = ask(
        {"goals": ["Nach dem Heim stehe ich auf eigenen Füßen"]}, {"goals": ["Ich will ins Heim"]}
    )
    assert over["aids"] == []
    assert {item["kind"] for item in wished["aids"]} == {"hze-34"}


def test_area_age_and_language_narrow_what_is_suggested(ask: Ask, demo: Project) -> None:
    goal = {"goals": ["Die Kinder finden Freunde"]}
    everywhere, here, young, turkish = ask(
        goal, {**goal, "area": "norderaue"}, {**goal, "bands": ["0-2"]}, {**goal, "languages": ["tr"]}
    )
    facts, site = demo.facts, demo.site
    assert facts is not None
    assert site is not None
    assert 0 < len(here["all"]) < len(everywhere["all"])
    for item in here["all"]:
        assert item["local"] or facts.offers[item["id"]].city_wide
    for item in young["all"]:
        offer = site.offers[item["id"]]
        grown = offer.ages_of == "participant" and (offer.ages is None or offer.ages.upper is None)
        assert grown or offer.ages is None or offer.ages.everybody or offer.ages.lower <= 35
    # A language is no filter: who speaks it comes first where it fits as well.
    assert {item["id"] for item in turkish["all"]} == {item["id"] for item in everywhere["all"]}
    spoken = [item["spoken"] for item in turkish["all"]]
    assert any(spoken)
    assert sum(spoken[: len(spoken) // 2]) >= sum(spoken[len(spoken) // 2 :])


def test_beside_violence_nothing_puts_both_sides_at_one_table(ask: Ask, demo: Project) -> None:
    """Typed or chosen: no mediation, no family council; protection is never a rung and never lost."""
    answers = ask(
        {"goals": ["Mein Mann schlägt mich nicht mehr", "Wir reden als Eltern wieder miteinander"]},
        {"topics": ["haeusliche-gewalt", "erziehungsfragen"]},
        {"goals": ["Wir reden als Eltern wieder miteinander, obwohl wir getrennt sind"]},
    )
    facts = demo.facts
    assert facts is not None
    off = {key for key, offer in facts.offers.items() if offer.with_violence == "off"}
    assert off
    for answer in answers[:2]:
        assert answer["danger"]
        shown = {item["id"] for name in ("aids", "claims", "protection", "all") for item in answer[name]}
        assert not shown & off
        assert answer["protection"]
        assert all(protects(demo.contexts[0], item["id"]) for item in answer["protection"])
    assert off & {item["id"] for item in answers[2]["all"]}


@pytest.mark.parametrize(
    ("text", "personal", "about", "against"),
    [
        ("Mia soll wieder gern zur Schule gehen", False, "Mia", False),
        ("Wir sollen um 20 Uhr im Bett liegen", False, "", False),
        ("Er soll nicht mehr schlagen", False, "Er", True),
        ("Frau Özdemir kommt pünktlich", True, "", False),
        ("Meine Frau kommt pünktlich", False, "", False),
        ("Lena, geboren 3.4.2015, schläft durch", True, "", False),
        ("Wir ziehen in den Uferweg 12", True, "", False),
        ("Unter 040 66969-100 ist jemand da", True, "", False),
        ("Um 20 Uhr liegen alle im Bett", False, "", False),
        ("Ich schlafe ohne Angst", False, "", True),
    ],
)
def test_a_goal_is_met_with_help_to_say_it(
    ask: Ask, text: str, personal: bool, about: str, against: bool
) -> None:
    (found,) = ask(hints=(text,))
    assert found == {"personal": personal, "about": about, "against": against}
