"""What people type in danger and what then stands above all hits, by the very script that the site ships, on the demo's data.

`danger.csv` names for each query who speaks of what: answers joined by `+`, `!` when it is urgent, `~` when it is about
somebody else; an empty cell means that nothing may appear. `FIRST` names the first entries of each answer by number or name.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from generator.derive.facts import derive
from generator.model.danger import DangerWords
from generator.model.offer_lists import EVERY_OFFER
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.data_files.danger import danger_files
from generator.render.frame.script_words import with_imports
from generator.search.danger_data import Aside, folded
from generator.search.folding import fold
from generator.theme.comments import without_comments
from tests.chance import whole
from tests.node import answering

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "generator" / "assets" / "js"
ALWAYS_LOADED = {"de", "en", "tr", "ar", "uk", "ru", "pl", "fa", "fr", "ro"}
MORNING = "2026-11-25T11:00:00+01:00"  # a Wednesday
NIGHT = "2026-11-25T03:00:00+01:00"

WOMEN, MEN, YOUNG, PARENTS = "116 016", "0800 123 99 00", "116 111", "0800 111 05 50"
ABUSE, CRIME, CRISIS, POISON = "0800 22 55 530", "116 006", "116 123", "0551 19240"
REFUGE, FOR_WOMEN, FOR_MEN = (
    "Frauenhaus Wegwarte",
    "Beratung für Frauen",
    "Telefon für Männer, die Gewalt erleben",
)
SHELTER, FACHSTELLE = "Jugendschutzstelle, ein Bett für heute Nacht", "Fachstelle gegen sexuelle Gewalt"
STOPPING, KRISENDIENST = (
    "Anders handeln, Kurs gegen eigene Gewalt",
    "Krisentelefon Auetal am Abend und am Wochenende",
)

FIRST: dict[str, list[str]] = {
    "woman": [WOMEN, REFUGE, FOR_WOMEN],
    "man": [MEN, FOR_MEN],
    "anyone": [WOMEN, MEN, YOUNG, CRIME],
    "child": ["110", SHELTER, YOUNG],
    "parent": [PARENTS, WOMEN, MEN],
    "sexual": [ABUSE, FACHSTELLE],
    "sexual-child": [ABUSE, FACHSTELLE, YOUNG],
    "sexual-woman": [WOMEN, ABUSE, FACHSTELLE],
    "stalking": ["110", WOMEN, CRIME],
    "stalking-man": ["110", MEN, CRIME],
    "suicide": [CRISIS, KRISENDIENST, YOUNG],
    "suicide-young": [CRISIS, YOUNG, KRISENDIENST],
    "overwhelmed": [PARENTS, CRISIS],
    "poison": ["112", POISON],
    "overdose": ["112", POISON],
    "baby": [PARENTS, CRISIS],
    "own-child": [PARENTS, CRISIS],
    "baby-shaken": ["112", PARENTS],
    "violent": [STOPPING, CRISIS, WOMEN],
    "pregnant": ["0800 40 40 020"],
}
"""The order of practice on a weekday at 11, when the lines with hours are open; 116 111 opens later but isn't first anywhere."""

Ask = Callable[..., list[dict[str, Any] | None]]


def table() -> list[tuple[str, str]]:
    with (HERE / "danger.csv").open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["answers"]) for row in csv.DictReader(file)]


DANGER = [(query, answers) for query, answers in table() if answers]
HARMLESS = [query for query, answers in table() if not answers]


@pytest.fixture(scope="module")
def file(demo: Project) -> dict[str, Any]:
    """The file that the demo's German pages load."""
    content: dict[str, Any] = json.loads(danger_files(demo.contexts[0])["search/danger.de.json"])
    return content


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """A function from queries to what the browser would show; of several moments a list for each."""
    with answering(HERE / "danger.mjs", names=with_imports("danger.js")) as asking:

        def run(file: dict[str, Any], queries: list[str], *moments: str) -> Any:
            found: list[list[dict[str, Any] | None]] = asking(
                {"file": file, "queries": queries, "moments": moments or [MORNING]}
            )
            return found if len(moments) > 1 else found[0]

        yield run


@pytest.fixture(scope="module")
def found(ask: Ask, file: dict[str, Any]) -> dict[str, dict[str, Any] | None]:
    """What each query of the table finds on a Wednesday morning."""
    queries = [query for query, _ in table()]
    return dict(zip(queries, ask(file, queries), strict=True))


def shown(line: dict[str, Any]) -> str:
    """How a test names a line: a help number by its number, an offer by its name."""
    return str(line["name"] if line.get("url") else line["phone"])


def test_the_table_is_large_enough() -> None:
    assert len(DANGER) >= 150
    assert len(HARMLESS) >= 80
    assert {
        "Schlagersänger",
        "Schlagzeug",
        "Gewaltenteilung",
        "Ritzenreparatur",
        "Kinderschutzbund",
        "Selbsthilfe",
        "Schlag",
    } <= set(HARMLESS)


@pytest.mark.parametrize(("query", "expected"), DANGER, ids=[query for query, _ in DANGER])
def test_who_is_in_danger_sees_the_right_lines_first(
    query: str, expected: str, found: dict[str, dict[str, Any] | None]
) -> None:
    answer = found[query]
    assert answer is not None, "nothing is shown"
    answers = expected.rstrip("!~").split("+")
    assert answer["answers"] == answers
    assert ("!" in expected) == (answer["emergency"] is not None)
    if "~" in expected:
        assert answer["other"]
    first = FIRST[answers[0]]
    lines = answer["shown"]
    if "!" in expected:
        assert lines[0] in ("110", "112")
        lines = [line for line in lines if line not in ("110", "112")]
        first = [line for line in first if line not in ("110", "112")]
    assert lines[: len(first)] == first


@pytest.mark.parametrize("query", HARMLESS)
def test_harmless_words_show_nothing(query: str, found: dict[str, dict[str, Any] | None]) -> None:
    assert found[query] is None


def test_every_answer_of_the_order_is_asked_for(found: dict[str, dict[str, Any] | None]) -> None:
    asked = {name for answer in found.values() if answer for name in answer["answers"]}
    assert asked >= FIRST.keys() - {"stalking-man", "sexual-woman", "overwhelmed", "pregnant"}


def test_a_line_that_is_closed_never_stands_first(ask: Ask, file: dict[str, Any]) -> None:
    queries = {
        name: next(
            query
            for query, answers in DANGER
            if answers.split("+")[0].rstrip("!~") == name and "!" not in answers
        )
        for name in FIRST
        if any(answers.split("+")[0].rstrip("!~") == name and "!" not in answers for _, answers in DANGER)
    }
    lines = {shown(line): line for line in file["lines"]}
    begin = dt.datetime.fromisoformat("2026-11-23T00:30:00+01:00")
    seen = set()
    moments = [(begin + dt.timedelta(hours=hour)).isoformat() for hour in range(0, 168, 3)]
    for moment, answers in zip(moments, ask(file, list(queries.values()), *moments), strict=True):
        for name, answer in zip(queries, answers, strict=True):
            assert answer is not None
            first = lines[answer["shown"][0]]
            seen.add((name, answer["shown"][0]))
            assert first.get("always") or answer["open"][0], (name, moment, first["name"])
    # By day and by night different lines come first: the hour is looked at.
    assert {("man", MEN), ("man", CRISIS), ("sexual", ABUSE), ("sexual", WOMEN)} <= seen
    assert {first for name, first in seen if name == "woman"} == {WOMEN}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("mein Mann schlägt mich", [WOMEN, REFUGE]),
        ("meine Frau schlägt mich", [CRISIS, MEN]),
        ("mein Partner schlägt mich", [WOMEN, MEN]),
        ("Papa schlägt mich", ["110", SHELTER]),
        ("sexueller Missbrauch", [WOMEN, ABUSE]),
        ("Selbstmord", [CRISIS]),
        ("ich schüttle gleich mein Baby", [CRISIS, PARENTS]),
        ("mein Mann schlägt mich jetzt", ["110", WOMEN]),
        ("mein Mann hat mich geschlagen ich blute", ["112", WOMEN]),
    ],
)
def test_at_night(ask: Ask, file: dict[str, Any], query: str, first: list[str]) -> None:
    [answer] = ask(file, [query], NIGHT)
    assert answer is not None
    assert answer["shown"][: len(first)] == first


def test_who_suffers_never_finds_help_for_those_who_hit(
    found: dict[str, dict[str, Any] | None], file: dict[str, Any]
) -> None:
    for query, answer in found.items():
        if answer is not None and "violent" not in answer["answers"]:
            assert STOPPING not in answer["shown"], query
    assert file["last"]
    assert file["off"]


def test_hits_beside_violence_are_put_in_order(ask: Ask, file: dict[str, Any], demo: Project) -> None:
    order = list(demo.contexts[0].facts.lists[EVERY_OFFER])
    names = [order[place] for place in file["last"] + file["off"]]
    assert "anders-handeln" in names
    assert "familienrat-auenstedt" in names
    named = {place for _, _, steps in file["helping"] for place in accumulate(steps)}
    one, other = [place for place in range(len(order)) if place not in named | {*file["last"], *file["off"]}][
        :2
    ]
    hits = [*file["last"], *file["off"], one, other]
    suffering, hitting, sad = ask(file, ["mein Mann schlägt mich", "ich schlage meine Frau", "Selbstmord"])
    assert suffering is not None
    assert hitting is not None
    assert sad is not None
    assert (suffering["violence"], hitting["violence"], sad["violence"]) == (True, True, False)
    asked = ask({**file, "hits": hits}, ["mein Mann schlägt mich", "ich schlage meine Frau", "Selbstmord"])
    ordered = [answer["ordered"] for answer in asked if answer is not None]
    assert ordered == [[one, other, *file["last"]], [*file["last"], one, other], hits]


@pytest.mark.parametrize(
    ("query", "first", "behind"),
    [
        ("mein mann haut mich", {"wegwarte-frauenberatung", "wegwarte-nach-polizei", "zuflucht-wegwarte"}, {"maenner-erleben-gewalt"}),
        ("my husband hits me", {"wegwarte-frauenberatung", "wegwarte-nach-polizei", "zuflucht-wegwarte"}, {"maenner-erleben-gewalt"}),
        ("meine Frau schlägt mich", {"maenner-erleben-gewalt"}, {"zuflucht-wegwarte", "wegwarte-frauenberatung"}),
        ("Papa schlägt mich", {"jugendschutzstelle-friedensweg"}, {"maenner-erleben-gewalt", "zuflucht-wegwarte"}),
    ],
)  # fmt: skip
def test_help_for_who_is_in_danger_comes_before_help_for_others(
    ask: Ask, file: dict[str, Any], demo: Project, query: str, first: set[str], behind: set[str]
) -> None:
    """A woman who was hit found the advice for men who are hit above all."""
    order = list(demo.contexts[0].facts.lists[EVERY_OFFER])
    hits = sorted(range(len(order)), key=lambda place: order[place] not in behind)
    (answer,) = ask({**file, "hits": hits}, [query])
    assert answer is not None
    found = [order[place] for place in answer["ordered"] if place not in file["last"]]
    assert min(found.index(key) for key in behind) > max(found.index(key) for key in first)
    assert set(found[:6]) >= first
    assert min(found.index(key) for key in behind) > len(found) // 2


def test_all_languages_are_there_whatever_the_site_speaks(demo: Project, file: dict[str, Any]) -> None:
    assert set(file["words"]) == ALWAYS_LOADED
    english = json.loads(danger_files(demo.contexts[1])["search/danger.en.json"])
    assert english["words"] == file["words"]
    assert english["answers"]["woman"]["title"] == "Protection and advice for women"


def test_entries_are_folded_as_the_browser_folds_what_is_typed(demo: Project) -> None:
    assert demo.site is not None
    for entry in demo.site.words.danger_words.values():
        for name in DangerWords.model_fields:
            for word in getattr(entry, name) if name not in ("id", "language") else ():
                plain = folded(word)
                assert plain == folded(plain), word
                assert "," not in plain
                if not set(word) & set("*+$=#"):
                    assert plain == " ".join(fold(part) for part in word.split(" "))


def test_a_town_adds_its_own_names(demo: Project, ask: Ask) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    own = DangerWords.model_validate(
        {"id": "de-auenstedt", "language": "de", "refuge": ["Wegwarte"], "am_woman": ["Wegwarte"]}
    )
    words = replace(demo.site.words, danger_words={**demo.site.words.danger_words, own.id: own})
    context = Context(replace(demo.site, words=words), demo.facts, "de")
    content = json.loads(danger_files(context)["search/danger.de.json"])
    [answer, still] = ask(content, ["Wegwarte", "mein Mann schlägt mich"])
    assert answer is not None
    assert still is not None
    assert answer["answers"] == still["answers"] == ["woman"]


@whole
def test_it_holds_with_five_thousand_offers(demo: Project, ask: Ask) -> None:
    """Many offers neither push a line away nor make the file grow: a line names the same few offers."""
    assert demo.site is not None
    site = demo.site
    copies = {
        f"{key}-{number}": offer.model_copy(
            update={"id": f"{key}-{number}", "name": f"{offer.name} {number}"}
        )
        for number in range(29)
        for key, offer in site.offers.items()
    }
    large = replace(site, offers={**site.offers, **copies})
    assert len(large.offers) > 5000
    context = Context(large, derive(large, demo.today), "de")
    content = danger_files(context)["search/danger.de.json"]
    small = danger_files(demo.contexts[0])["search/danger.de.json"]
    assert len(content) < len(small) + 5000
    answers = ask(json.loads(content), [query for query, _ in DANGER])
    for (query, _), answer in zip(DANGER, answers, strict=True):
        assert answer is not None
        first = FIRST[answer["answers"][0]][0]
        assert answer["shown"][0].startswith(first) or answer["shown"][0] in ("110", "112"), query


def test_the_file_stays_small(demo: Project) -> None:
    """Lexicon and answers of all languages take no more than 137 kB on the way, the scripts that come with them 16.9 kB."""
    content = danger_files(demo.contexts[0])["search/danger.de.json"]
    assert len(gzip.compress(content, 9)) < 137_000
    names = [*sorted(ASSETS.glob("danger*.js")), ASSETS / "exit.js"]
    scripts = "".join(without_comments(name.read_text("utf-8")) for name in names)
    assert len(gzip.compress(scripts.encode(), 9)) < 16_900


def test_a_site_without_the_emergency_number_has_no_file(demo: Project) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    words = replace(demo.site.words, help={})
    assert danger_files(Context(replace(demo.site, words=words), demo.facts, "de")) == {}
    assert Aside() == Aside((), ())


def test_who_has_left_care_is_in_no_danger(ask: Ask, file: dict[str, Any]) -> None:
    left = [
        "mit 18 raus aus dem Heim",
        "seit ich aus dem Heim raus bin hab ich keinen",
        "nach dem Heim allein",
    ]
    assert ask(file, left) == [None, None, None]
    (fleeing,) = ask(file, ["abgehauen aus dem Heim"])
    assert fleeing["answers"] == ["child"]


def test_a_word_of_the_office_for_taking_in_children_is_no_cry_for_help(
    ask: Ask, file: dict[str, Any]
) -> None:
    """Parents whose child was taken look for advice; a child that wants to be taken in says so."""
    parents = ["Inobhutnahme", "mein Kind wurde in Obhut genommen", "Jugendamt hat mein Kind mitgenommen"]
    assert ask(file, parents) == [None, None, None]
    (own,) = ask(file, ["ich will in Obhut genommen werden"])
    assert own["answers"] == ["child"]


def test_help_for_who_despairs_comes_first_among_the_hits(
    ask: Ask, file: dict[str, Any], demo: Project
) -> None:
    order = list(demo.contexts[0].facts.lists[EVERY_OFFER])
    crisis = order.index("krisentelefon-auetal")
    hits = [*(place for place in range(8) if place != crisis), crisis, *file["off"]]
    (sad,) = ask({**file, "hits": hits}, ["ich will nicht mehr leben"])
    assert sad["ordered"] == [crisis, *(place for place in hits if place != crisis)]


LATIN = dict(zip("абвгґдежзийіїклмнопрстуфхцчшщюяєыэ", ["a", "b", "v", "h", "g", "d", "e", "zh", "z", "y", "y", "i", "yi", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "yu", "ya", "ye", "y", "e"], strict=True))  # fmt: skip
"""One of the ways to write Cyrillic where only Latin letters are at hand; ь and ъ are left out."""


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("muzh bjet menya", "woman"),
        ("muj bet menia", "anyone"),
        ("cholovik bje pry ditjah boyus", "woman"),
        ("papa bjet mamu kogda vypjet", "child"),
        ("hochu umeret", "suicide"),
        ("jad pająka", None),
        ("Mama liegt nur noch im Bett und weint", None),
        ("była nie pozwala mi widywać syna", None),
        ("gde uchit nemeckij besplatno", None),
    ],
)
def test_cyrillic_words_in_latin_letters_are_read(
    ask: Ask, file: dict[str, Any], query: str, first: str | None
) -> None:
    (answer,) = ask(file, [query])
    assert (answer and answer["answers"][0]) == first


def test_most_of_what_is_read_in_cyrillic_is_read_in_latin_letters(ask: Ask, file: dict[str, Any]) -> None:
    with (HERE / "danger_spoken.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["language"] in ("ru", "uk")]
    typed = ["".join(LATIN.get(letter, "" if letter in "ьъ" else letter) for letter in row["query"].lower().replace("ё", "е")) for row in rows]  # fmt: skip
    shown = ask(file, typed)
    danger = [answer for row, answer in zip(rows, shown, strict=True) if row["first"]]
    harmless = [answer for row, answer in zip(rows, shown, strict=True) if not row["first"]]
    assert len(danger) > 400
    assert sum(answer is not None for answer in danger) >= 0.82 * len(danger)
    assert sum(answer is not None for answer in harmless) <= 0.05 * len(harmless)
