"""Goals as families and professionals say them, in the browser's own modules: judged by hand, on the demo's offers.

`goals.csv` names for each goal the kinds of offers that are right among the first three ideas, the kind that has to stand outside
of the ladder because it was wished for or is a claim, and what is known to be wrong there. `goals_second.csv` was written after
the words for goals had been chosen and is not used to choose them: it shows how far they reach. `goals_third.csv` was written by
somebody who hadn't seen those two, in the words of families, young people and the ASD, and then used to mend what was wrong: 29 of 70
ideas before, `THIRD` after. `goals_fourth.csv` was written after that and left alone until somebody else had written 120 goals with
the ages of the children and the offers in mind. A fixed seed drew 80 of those to learn from (`goals_ear.csv`) and 40 to measure on
(`goals_ear_kept.csv`), of which nobody looked at a single result while the matching was mended: 18 of 60 ideas were wrong, 29 goals had
a right one. Then they were learnt from too, together with 110 of 160 goals that yet another person wrote (`goals_ear2.csv`; 70 of 179
wrong before). The other 50 (`goals_ear2_kept.csv`, drawn by a fixed seed) are there to measure on: `KEPT` says how far it reaches.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.data_files.danger_boxes import danger_files
from generator.render.data_files.search_entries import directory_order, search_files
from generator.render.directory.filters import directory_files
from generator.render.directory.offer_order import RUNGS, protects, shelf_of
from generator.subjects.casework.page_case_file import case_files
from tests.chance import every, whole
from tests.node import answering

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "generator" / "assets" / "js"
FIRST = 3
BANDS = (
    ("0-2", 0, 2),
    ("3-5", 3, 5),
    ("6-9", 6, 9),
    ("10-13", 10, 13),
    ("14-17", 14, 17),
    ("18-26", 18, 26),
)
"""The ages that one can choose in the workspace, in years."""
THIRD = (4, 44, 23)
"""Ideas that are wrong among the first three, how many are shown, and goals that have a right one."""
FOURTH = (1, 28, 12)
EAR = (12, 139, 77)
EAR_REST = (12, 62, 34)
EAR_SECOND = (31, 174, 95)
KEPT = (19, 74, 37)
FIFTH = (22, 100, 56)
"""`goals_fifth.csv` was written by somebody who had seen neither words nor matching; its digest was noted before. At its first run: (23, 100, 56)."""

TAPPED = {"goals_ear2_kept.csv": (4, 70, 42), "goals_fifth.csv": (9, 102, 59)}
"""The same once a topic below the goal was tapped, where a tap helps: what somebody can reach who sees at once which one is wrong."""

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(demo: Project) -> Iterator[Ask]:
    """A function from what is known of a family to what the ladder finds in the demo."""
    with asker(demo.contexts[0]) as asking:
        yield asking


@pytest.fixture(scope="module")
def ask_in_english(demo: Project) -> Iterator[Ask]:
    """The same of the English site."""
    (english,) = (context for context in demo.contexts if context.lang == "en")
    with asker(english) as asking:
        yield asking


@contextmanager
def asker(context: Context) -> Iterator[Ask]:
    files = {
        **directory_files(context, directory_order(context)),
        **search_files(context),
        **danger_files(context),
        **case_files(context),
    }
    given = {
        "choices": json.loads(files["auswahl.json"]),
        "file": json.loads(files["verzeichnis.json"]),
        "title": json.loads(files[f"search/title.{context.lang}.json"]),
        "danger": json.loads(files[f"search/danger.{context.lang}.json"]),
        "danger_later": json.loads(files[f"search/danger_later.{context.lang}.json"]),
        "lines": json.loads(files["zeilen-0.json"]),
        "cases": json.loads(files[context.path("case") + "angebote.json"]),
    }

    with answering(HERE / "cases.mjs", given) as asking:

        def run(*queries: dict[str, Any], hints: tuple[str, ...] = ()) -> Any:
            return asking({"queries": queries, "hints": hints})["hints" if hints else "answers"]

        yield run


def goals(name: str) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def seen_first(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ideas in the order in which the page shows them at once: of each rung three of those that fit best."""
    claims = answer["claims"] if answer["clear"] else []
    rungs = [items for layer, items in answer["rungs"] if layer != "hze" or not answer["folded"]]
    shown = [*answer["aids"], *claims, *(item for items in rungs for item in items)]
    return [item for item in shown if item["sure"]]


def judged(answer: dict[str, Any], row: dict[str, str]) -> set[str]:
    """Return which of the first three ideas are of no right kind."""
    right = set(row["right"].split(","))
    return {item["id"] for item in seen_first(answer)[:FIRST] if item["kind"] not in right}


def bands(ages: str) -> list[str]:
    """Return the choices that hold a child's years."""
    return [
        band for band, low, high in BANDS if any(low <= int(age) <= high for age in ages.split(",") if age)
    ]


def asked(row: dict[str, str]) -> dict[str, Any]:
    """Return what the form is told of a row."""
    return {"goals": [row["goal"]], "bands": bands(row.get("ages", ""))}


def weighed(answer: dict[str, Any], row: dict[str, str]) -> tuple[int, int]:
    """Return how many of the first three ideas are wrong, by kind or by name, and how many are shown."""
    items = seen_first(answer)[:FIRST]
    named = set(row["wrong"].split(","))
    return len(judged(answer, row) | {item["id"] for item in items if item["id"] in named}), len(items)


def summed(weights: Iterable[tuple[int, int]]) -> tuple[int, int, int]:
    """Return how many ideas are wrong, how many are shown, and for how many goals one is right."""
    pairs = list(weights)
    return (
        sum(wrong for wrong, _ in pairs),
        sum(of for _, of in pairs),
        sum(of > wrong for wrong, of in pairs),
    )


def score(ask: Ask, name: str) -> tuple[int, int, int]:
    """Return what `summed` says of the goals of a file."""
    rows = goals(name)
    answers = ask(*(asked(row) for row in rows))
    return summed(weighed(answer, row) for row, answer in zip(rows, answers, strict=True))


def tapped(ask: Ask, name: str) -> tuple[int, int, int]:
    """Return the same after the tap on one topic that helps most, for each goal where one does."""
    rows = goals(name)
    answers = ask(*(asked(row) for row in rows))
    taps = [
        (row, {**asked(row), "meant": [{topic: not on}]})
        for row, answer in zip(rows, answers, strict=True)
        for topic, on in answer["heard"][0]
    ]
    best = {row["goal"]: weighed(answer, row) for row, answer in zip(rows, answers, strict=True)}
    for (row, _), answer in zip(taps, ask(*(query for _, query in taps)), strict=True):
        # One right idea is worth more than few wrong ones; of equals the fuller list.
        best[row["goal"]] = min(
            best[row["goal"]], weighed(answer, row), key=lambda pair: (pair[0] == pair[1], pair[0], -pair[1])
        )
    return summed(best.values())


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


FIGURES = {
    "goals_third.csv": THIRD,
    "goals_fourth.csv": FOURTH,
    "goals_ear.csv": EAR,
    "goals_ear_kept.csv": EAR_REST,
    "goals_ear2.csv": EAR_SECOND,
    "goals_ear2_kept.csv": KEPT,
    "goals_fifth.csv": FIFTH,
}


@whole
@pytest.mark.parametrize("name", FIGURES)
def test_goals_in_other_peoples_words_find_no_more_that_is_wrong_than_is_said(ask: Ask, name: str) -> None:
    """The figures stand in the docs: who mends the matching writes down the new ones, who breaks it sees it here."""
    assert score(ask, name) == FIGURES[name]


@whole
@pytest.mark.parametrize("name", TAPPED)
def test_a_tap_on_a_topic_mends_most_of_what_is_wrong(ask: Ask, name: str) -> None:
    assert tapped(ask, name) == TAPPED[name]


@pytest.mark.parametrize(
    "goal", ["Mutter ist depressiv", "Wir sind schuldenfrei", "Ich bin depressiv", "Ich trinke nicht mehr"]
)
def test_the_age_of_a_child_hides_nothing_that_is_for_grown_ups(ask: Ask, demo: Project, goal: str) -> None:
    """What a goal finds without ages, of offers that a child's age says nothing of, it finds with each."""

    def found(answer: dict[str, Any]) -> set[str]:
        return {item["id"] for item in answer["all"]}

    def for_grown_ups(key: str) -> bool:
        ages = demo.site.offers[key].ages
        return ages is None or ages.upper is None

    plain, *aged = ask({"goals": [goal]}, *({"goals": [goal], "bands": [band]} for band, *_ in BANDS))
    theirs = set(filter(for_grown_ups, found(plain)))
    assert theirs
    assert all(theirs <= found(answer) for answer in aged)


def test_what_a_rung_does_not_show_is_counted_there(ask: Ask, demo: Project) -> None:
    """Ideas, neighbours' places and the rest of a rung are all that is recorded on it; where a topic's offers are for others they stand first."""
    (answer,) = ask({"topics": ["schulangst"], "area": "birkenkoppel", "bands": ["6-9"]})
    shown = {item["id"] for _, items in answer["rungs"] for item in items}
    open_ = {item["id"] for item in answer["open"]}
    rest = [item["id"] for items in answer["rest"].values() for item in items]
    assert not (shown | open_) & set(rest)
    assert len(rest) == len(set(rest))
    facts = demo.facts
    assert facts is not None
    context = demo.contexts[0]
    on_rungs = {
        key for key, offer in facts.offers.items() if offer.active and shelf_of(context, key) in RUNGS
    }
    assert shown | open_ | set(rest) == on_rungs
    assert answer["rest"]["hze"][0]["topics"] == ["schulangst"]


def test_a_topic_that_is_not_meant_gives_no_ideas_and_one_that_is_gives_some(ask: Ask) -> None:
    goal = "Ich möchte weniger kiffen und meinen Führerschein machen"
    heard, less, more = (
        ask({"goals": [goal], "meant": [meant]})[0]
        for meant in ({}, {"ausbildung": False}, {"ausbildung": False, "sport": True})
    )
    assert heard["heard"] == [[["sucht", True], ["ausbildung", True]]]
    assert less["heard"] == [[["sucht", True], ["ausbildung", False]]]
    assert any("ausbildung" in item["topics"] for item in heard["all"])
    assert not any("ausbildung" in item["topics"] for item in less["all"])
    assert any("sucht" in item["topics"] for item in less["all"])
    assert ["sport", True] in more["heard"][0]
    assert "ausbildung" not in more["topics"]


def test_a_correction_is_of_one_goal_and_not_of_the_others(ask: Ask) -> None:
    goal = "Die Kinder finden Freunde"
    (answer,) = ask({"goals": [goal, goal], "meant": [{"begegnung": False}]})
    first, second = (dict(topics) for topics in answer["heard"])
    assert first["begegnung"] is False
    assert second["begegnung"] is True
    about = [item for item in answer["all"] if "begegnung" in item["topics"]]
    assert about
    assert all(item["goals"] == [2] or set(item["topics"]) - {"begegnung"} for item in about)


def test_what_protects_is_not_taken_away_by_a_tap(ask: Ask) -> None:
    """Who says that a goal isn't about violence may be wrong; the number stays."""
    goal = "Mein Mann schlägt mich nicht mehr"
    (heard,) = ask({"goals": [goal]})
    topics = {topic for topic, _ in heard["heard"][0]}
    (denied,) = ask({"goals": [goal], "meant": [dict.fromkeys(topics, False)]})
    assert topics
    assert (
        {item["id"] for item in heard["protection"]} == {item["id"] for item in denied["protection"]} != set()
    )
    assert denied["danger"]


def test_the_goals_to_measure_on_are_those_that_were_kept() -> None:
    """They were drawn before anything was tuned; who changes one has to say so here."""
    kept = (HERE / "goals_ear2_kept.csv").read_bytes()
    assert hashlib.sha256(kept).hexdigest().startswith("e05786fd40f7fa0b")
    both = [row["goal"] for name in ("goals_ear2.csv", "goals_ear2_kept.csv") for row in goals(name)]
    assert (len(goals("goals_ear2_kept.csv")), len(set(both))) == (50, 160)


def test_offers_for_people_who_give_are_for_nobody_else(ask: Ask) -> None:
    """Calls for volunteers and foster families, a circle for relatives: only where a goal says that somebody is one."""

    def found(goal: str) -> set[str]:
        (answer,) = ask({"goals": [goal]})
        return {item["id"] for item in seen_first(answer)}

    assert "pflegefamilie-werden" not in found("Wir schreien uns nicht mehr an")
    assert "pflegefamilie-werden" in found("Ich möchte Pflegemutter werden")
    assert "lesepaten-gesucht" not in found("Er macht seine Hausaufgaben ohne Streit")
    assert "lesepaten-gesucht" in found("Ich möchte mich für andere einsetzen")
    assert "angehoerige-sucht-abend" not in found("Ich trinke nicht mehr")
    assert "angehoerige-sucht-abend" in found("Mein Mann trinkt nicht mehr")
    assert "careleaver-treff" not in found("Ich will endlich zu Hause raus und was Eigenes haben")
    (by_topic, by_its_own) = ask({"topics": ["hausaufgaben"]}, {"topics": ["ehrenamt"]})
    assert "lesepaten-gesucht" not in {item["id"] for item in by_topic["all"]}
    assert "lesepaten-gesucht" in {item["id"] for item in by_its_own["all"]}


def test_who_wants_to_give_a_help_does_not_wish_for_it(ask: Ask) -> None:
    give, want = ask(
        {"goals": ["Ich möchte Pflegemutter werden"]},
        {"goals": ["Unser Pflegekind soll in der Pflegefamilie bleiben"]},
    )
    assert give["aids"] == []
    assert {item["kind"] for item in want["aids"]} == {"hze-33"}


def test_two_wishes_in_one_sentence_are_both_heard(ask: Ask) -> None:
    (answer,) = ask({"goals": ["Ich kiffe nicht mehr und gehe wieder in die Schule"]})
    assert {"sucht", "schulangst"} <= set(answer["topics"])
    (answer,) = ask({"goals": ["Wir brauchen eine Wohnung und ich brauche Arbeit"]})
    assert {"wohnungssuche", "ausbildung"} <= set(answer["topics"])


def test_what_is_part_of_a_longer_phrase_says_nothing_of_its_own(ask: Ask) -> None:
    """A father's contact with his son is no contact with neighbours, and Papa is a father."""
    father, papa, mine = ask(
        {"goals": ["Der Vater hat verlässlichen Kontakt zu seinem Sohn"]},
        {"goals": ["Ich will Papa sehen"]},
        {"goals": ["Ich finde hier Kontakt"]},
    )
    assert father["topics"] == papa["topics"] == ["umgang"]
    assert mine["topics"] == ["begegnung"]


def test_an_area_in_a_goal_is_no_word_for_what_is_wanted_and_comes_first(ask: Ask, demo: Project) -> None:
    there, nowhere = ask(
        {"goals": ["In Vogelsang finden die Kinder Freunde"]}, {"goals": ["Wir bleiben in Vogelsang"]}
    )
    assert nowhere["all"] == []
    facts = demo.facts
    assert facts is not None
    for _, items in there["rungs"]:
        around = [item["local"] or facts.offers[item["id"]].reach == "town" for item in items]
        assert around == sorted(around, reverse=True)
    assert not all(item["local"] for item in there["all"])


def test_a_goal_whose_words_find_nothing_is_named(ask: Ask) -> None:
    (answer,) = ask(
        {"goals": ["Die Kinder finden Freunde", "Xyzzy plugh", "Die Familienhelferin soll kommen"]}
    )
    assert answer["all"]
    assert answer["aids"]
    assert answer["unheard"] == [2]


@pytest.mark.parametrize(
    "name",
    every(
        (
            "goals.csv",
            "goals_second.csv",
            "goals_third.csv",
            "goals_fourth.csv",
            "goals_ear.csv",
            "goals_ear2.csv",
        ),
        {"goals.csv", "goals_fourth.csv"},
    ),
)
def test_help_that_an_office_decides_on_never_stands_first(ask: Ask, name: str) -> None:
    """Unless the family wished for it; what is a claim of its own stands in no rung."""
    rows = goals(name)
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


def test_who_comes_home_wants_no_home(ask: Ask) -> None:
    """„heim“ is no „Heim“ where the nouns of a goal have capitals; without any both may be meant."""
    home, there, small = ask(
        {"goals": ["Niklas fährt allein mit dem Bus und kommt allein wieder heim"]},
        {"goals": ["Niklas möchte in ein Heim"]},
        {"goals": ["ich will ins heim"]},
    )
    assert home["aids"] == []
    assert {item["kind"] for item in (*there["aids"], *small["aids"])} == {"hze-34"}


def test_beside_violence_a_goal_gets_no_youth_club(ask: Ask) -> None:
    """What protects is named; what a further word of the goal would find is no idea, and neither is a place in care."""
    for goal in (
        "Ich will heute nicht nach Hause, mein Onkel ist da, und ich brauche einen Ort, wo mir jemand glaubt",
        "Ich lebe ohne Angst vor meinem Ex, wenn er wieder vor der Kita steht",
    ):
        (answer,) = ask({"goals": [goal], "bands": ["14-17"]})
        assert answer["protection"], goal
        assert seen_first(answer) == [], goal


def test_area_age_and_language_narrow_what_is_suggested(ask: Ask, demo: Project) -> None:
    goal = {"goals": ["Die Kinder finden Freunde"]}
    everywhere, here, young, turkish = ask(
        goal, {**goal, "area": "norderaue"}, {**goal, "bands": ["0-2"]}, {**goal, "languages": ["tr"]}
    )
    facts, site = demo.facts, demo.site
    assert facts is not None
    assert site is not None
    # What says that it is for others is left out, and nothing else; where something lies says that of nobody.
    left = {item["id"] for item in everywhere["all"]} - {item["id"] for item in here["all"]}
    assert left
    for key in left:
        assert facts.offers[key].reach == "said"
        assert not {*site.offers[key].spaces, *site.offers[key].visits} & {"norderaue", "nord", "auenstedt"}
    local = [item["local"] for item in here["all"] if item["sure"]]
    assert any(local)
    for item in young["all"]:
        offer = site.offers[item["id"]]
        grown = offer.ages_of == "participant" and (offer.ages is None or offer.ages.upper is None)
        assert grown or offer.ages is None or offer.ages.everybody or offer.ages.lower <= 35
    # A language is no filter: who speaks it comes first where it fits as well.
    assert {item["id"] for item in turkish["all"]} == {item["id"] for item in everywhere["all"]}
    understood = [item["spoken"] or item["interpreted"] for item in turkish["all"]]
    assert any(understood)
    assert sum(understood[: len(understood) // 2]) >= sum(understood[len(understood) // 2 :])
    # Who has somebody interpret doesn't speak it.
    assert {item["id"] for item in turkish["all"] if item["spoken"]} == {
        item["id"] for item in turkish["all"] if "tr" in site.offers[item["id"]].languages
    }
    assert any(item["interpreted"] for item in turkish["all"])


def test_where_there_are_ideas_some_are_shown(ask: Ask) -> None:
    """Whatever age and area take out."""
    (answer,) = ask(
        {"goals": ["In den Ferien ist mein Kind gut betreut"], "bands": ["3-5"], "area": "kirchkoppel"}
    )
    assert answer["all"]
    assert seen_first(answer)


@pytest.mark.parametrize("band", [band for band, _low, _high in BANDS])
def test_a_childs_age_takes_out_nothing_that_parents_go_to_themselves(
    ask: Ask, demo: Project, band: str
) -> None:
    """Debts are as much theirs whose child is six; of a goal that is about a child only what is for one remains."""
    assert demo.site is not None
    goal = "Das Geld vom Amt kommt pünktlich"
    without, with_age, young = ask(
        {"goals": [goal]},
        {"goals": [goal], "bands": [band]},
        {"topics": ["schwangerschaft"], "bands": [band]},
    )
    offers = demo.site.offers
    grown = {
        item["id"]
        for item in without["all"]
        if offers[item["id"]].ages_of == "participant" and not offers[item["id"]].ages.upper  # type: ignore[union-attr]
    }
    assert "behoerdenlotsen" in grown
    assert grown <= {item["id"] for item in with_age["all"]}
    assert "jung-und-schwanger" in {item["id"] for item in young["all"]}


def test_beside_violence_nothing_puts_both_sides_at_one_table(ask: Ask, demo: Project) -> None:
    """Typed or chosen: no mediation, no family council; protection is never a rung and never lost."""
    answers = ask(
        {"goals": ["Mein Mann schlägt mich nicht mehr", "Wir reden als Eltern wieder miteinander"]},
        {"topics": ["haeusliche-gewalt", "erziehungsfragen"]},
        {"goals": ["Wir reden zu Hause wieder miteinander"]},
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


def test_a_goal_that_wishes_harm_away_tells_of_it(ask: Ask) -> None:
    """What a grave word or phrase says is there today, however the goal denies it; what merely sounds like it is no danger."""
    told = (
        "Mein Mann schlägt mich nicht mehr",
        "Sie kommt ohne Ritzen aus",
        "Mama lässt uns nicht mehr allein",
        "Mama lässt uns nicht mehr hungern",
        "Keiner fasst mich mehr an",
        "Es fasst mich niemand mehr an",
        "Die Kinder haben keine blauen Flecken mehr",
        "Unsere Tochter hat keine Striemen mehr",
    )
    harmless = (
        "Papa lässt mich in Ruhe",
        "Ich lasse mein Kind allein zur Schule gehen",
        "Ich bin mit den Kindern abends nicht mehr allein",
        "Er tut sich beim Turnen nicht weh",
        "Die Kinder haben jeden Tag genug zu essen",
        "Keiner ärgert mich mehr",
        "Niemand lacht mich mehr aus",
        "Niemand weckt das Baby",
    )
    answers = ask(*({"goals": [goal]} for goal in (*told, *harmless)))
    assert [
        goal for goal, answer in zip((*told, *harmless), answers, strict=True) if answer["danger"]
    ] == list(told)


def test_a_goal_in_english_that_wishes_harm_away_tells_of_it(ask_in_english: Ask) -> None:
    told = (
        "My husband doesn't hit me any more",
        "My husband doesn’t hit me anymore",
        "My dad no longer hits me",
        "My mum stops hitting us",
        "I don't hurt myself any more",
        "Nobody touches me any more",
        "My boyfriend never threatens me again",
    )
    harmless = (
        "The kids don't shout any more",
        "Nobody laughs at me",
        "My son never misses school",
        "I stop smoking",
    )
    answers = ask_in_english(*({"goals": [goal]} for goal in (*told, *harmless)))
    assert [
        goal for goal, answer in zip((*told, *harmless), answers, strict=True) if answer["danger"]
    ] == list(told)


@pytest.mark.parametrize(
    ("goal", "query", "never"),
    [
        ("Meine Eltern verstehen mich und reden mit mir", {}, {"pubertaet-elternabende", "kita-sprechstunde-birkenkoppel"}),
        ("Ich bin nicht mehr so traurig", {"bands": ["14-17"]}, {"seelische-not-sprechstunde", "lichtblick-elterngruppe"}),
        ("Unser Sohn findet Freunde", {}, {"maedchenabend-gueterschuppen", "maedchenfussball-tsv"}),
        ("Mein Bruder mit Down-Syndrom macht etwas ohne uns", {}, {"elterntreff-autismus"}),
        ("Wir können um Oma trauern", {}, {"sternenkinder-eltern"}),
        ("Unser Kind muss nicht in ein Heim", {}, {"wohngruppe-heidkamp", "wohnen-lernen-tagwerk"}),
        ("Jonas ist stolz auf seine Uniform", {"bands": ["10-13"]}, {"familienpatin-werden", "startbahn-jugendberufshilfe"}),
    ],
)  # fmt: skip
def test_what_is_for_others_is_no_idea(ask: Ask, goal: str, query: dict[str, Any], never: set[str]) -> None:
    """For grown-ups where a young person speaks, for girls where a boy is meant, with another condition, after a „nicht“."""
    (answer,) = ask({"goals": [goal], **query})
    assert not never & {item["id"] for item in seen_first(answer)}


def test_verbs_are_heard_in_their_forms_and_compounds_by_their_last_word(ask: Ask) -> None:
    cry, shouted, club, clubs = ask(
        {"goals": ["Wir schreien uns nicht mehr an"]},
        {"goals": ["Bei uns wird nicht mehr geschrien"]},
        {"goals": ["Sie ist in einem Verein"]},
        {"goals": ["Sie ist in einem Handballverein"]},
    )
    assert "erziehungsfragen" in cry["topics"]
    assert "erziehungsfragen" in shouted["topics"]
    assert "sport" in club["topics"]
    assert "sport" in clubs["topics"]


def test_help_that_an_office_decides_on_is_folded_beside_what_is_more_normal_and_named_all_the_same(
    ask: Ask,
) -> None:
    beside, alone = ask({"goals": ["Wir streiten zu Hause weniger"]}, {"topics": ["kinderschutz"]})
    assert beside["folded"]
    assert [item for layer, items in beside["rungs"] if layer != "hze" for item in items]
    assert all(item["shelf"] == "hze" for item in alone["all"]) != alone["folded"]


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
