"""Who is in danger, by plain words in ten languages, and what stands in the box: the site's own script on the demo's data.

`danger/<situation>.csv` holds what people type in it, judged by hand; `danger/harmless.csv` and `danger/neutral.txt` what may lead to no
box. Native speakers have read none of it; the languages say so themselves (`reviewed`).
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from generator.model.crisis import DangerLanguage, Need, Situation
from generator.model.facts import EVERY_OFFER
from generator.pipeline.build import Project
from generator.read.vocabularies import IN_DANGER
from generator.render.base.context import Context
from generator.render.data_files.danger_boxes import danger_files
from generator.render.data_files.search_entries import index_order, search_files
from generator.render.frame.families import made_files, with_imports
from generator.search.danger_data import folded
from tests.node import answering

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "generator" / "assets" / "js"
SITUATIONS: tuple[str, ...] = get_args(Situation)
QUIET = SITUATIONS[SITUATIONS.index("suicide") :]
FIRST = 42_000
"""So much may be loaded, gzipped, until somebody in danger is heard, beside what searches: scripts and the first file."""
LATER = 86_000
"""What follows for everybody alike: the phrases of all other languages, and what the box says in them."""

Ask = Callable[..., Any]


def table(name: str) -> list[tuple[str, str]]:
    with (HERE / "danger" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["language"], row["query"]) for row in csv.DictReader(file)]


def files(context: Context) -> dict[str, Any]:
    """The two files of a language's pages."""
    made = danger_files(context)
    names = (f"search/danger.{context.lang}.json", f"search/danger_later.{context.lang}.json")
    assert set(made) == set(names)
    first, later = (json.loads(made[name]) for name in names)
    return {"first": first, "later": later}


@pytest.fixture(scope="module")
def given(demo: Project) -> dict[str, Any]:
    """The files of the demo's German pages."""
    return files(demo.contexts[0])


@pytest.fixture(scope="module")
def ask(given: dict[str, Any]) -> Iterator[Ask]:
    """A function that asks the scripts."""
    with answering(HERE / "danger.mjs", given, names=with_imports("danger.js")) as asking:

        def run(ask: str, given: Any) -> Any:
            return asking({"ask": ask, "given": given})

        yield run


@pytest.fixture(scope="module")
def languages(demo: Project) -> dict[str, DangerLanguage]:
    assert demo.site is not None
    return {one.language: one for one in demo.site.words.danger_words.values()}


# --- what is recognised ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("situation", SITUATIONS)
def test_who_is_in_danger_is_heard(situation: str, ask: Ask) -> None:
    """Every row has a box, and its situation stands first."""
    rows = table(situation)
    found = ask("queries", [query for _, query in rows])
    wrong = [
        (language, query, answer and answer["situations"])
        for (language, query), answer in zip(rows, found, strict=True)
        if answer is None or answer["situations"][0] != situation
    ]
    assert wrong == []
    assert {language for language, _ in rows} == set(IN_DANGER)


def test_what_only_sounds_like_danger_has_no_box(ask: Ask) -> None:
    harmless = [query for _, query in table("harmless")]
    neutral = (HERE / "danger" / "neutral.txt").read_text("utf-8").split()
    assert len(harmless) >= 100
    assert len(neutral) >= 150
    words = [*harmless, *neutral]
    found = ask("queries", words)
    assert [word for word, answer in zip(words, found, strict=True) if answer] == []


def test_several_situations_are_one_box_in_the_order_of_help(ask: Ask) -> None:
    told = (
        "papa schlägt mama und die wohnung brennt",
        "mein mann schlägt mich und ich will nicht mehr leben",
    )
    found = ask("queries", list(told))
    assert [answer["situations"] for answer in found] == [["fire", "child"], ["suicide", "violence"]]
    ((both,),) = ask(
        "boxes", {"situations": [["fire", "violence"]], "moments": ["2026-11-25T11:00:00+01:00"]}
    )
    assert both["first"][0]["phone"] == "112"
    assert both["quiet"] is False
    assert "place" in dict(both["needs"])


def test_a_longer_phrase_goes_before_a_shorter_one_within_it(ask: Ask) -> None:
    told = (
        "er will mich umbringen",
        "ich will mich umbringen",
        "papa schlägt mich",
        "mein mann schlägt mich",
    )
    found = [answer["situations"][0] for answer in ask("queries", list(told))]
    assert found == ["now", "suicide", "child", "violence"]


def test_one_wrong_letter_in_a_long_word_is_forgiven(ask: Ask) -> None:
    found = ask("queries", ["krankenwagn", "vergewaltigd", "feuer", "feier"])
    assert [answer and answer["situations"][0] for answer in found] == ["now", "sexual", "fire", None]


def test_phrases_of_other_letters_are_heard_in_latin_ones(ask: Ask) -> None:
    """Arabic, Ukrainian and Russian as people type them in a chat, in more than one way; what isn't said so sounds like nothing."""
    told = {
        "jozi byedrobni": ("violence", "ar"),
        "zawji yadribuni": ("violence", "ar"),
        "baba bydrebni": ("child", "ar"),
        "7ari9 fel dar": ("fire", "ar"),
        "bnti ma rj3atch": ("missing", "ar"),
        "muzh menya bjot": ("violence", "ru"),
        "moj muzh izbivaet menya": ("violence", "ru"),
        "cholovik mene bje": ("violence", "uk"),
        "nide nochuvaty": ("homeless", "uk"),
    }
    found = ask("queries", list(told))
    assert [answer and (answer["situations"][0], answer["language"]) for answer in found] == list(
        told.values()
    )
    harmless = (
        "wunderbar",
        # Nothing else is found in them, and they would sound like fire and a child in need.
        "der kurze will morgens nich in die kita",
        "kann jemand mit mir zum amt gehen",
        "drüben haben",
        "zahnarzt für kinder",
        "u3 untersuchung",
        "harke und ofen",
        "policy",
    )
    assert ask("queries", list(harmless)) == [None] * len(harmless)


def test_the_box_speaks_the_language_of_the_words(ask: Ask) -> None:
    told = ("112", "polizei", "kocam beni dövüyor", "il mio 112", "домашнє насильство", "zawji yadribni")
    assert [answer["language"] for answer in ask("queries", list(told))] == [
        None,
        "de",
        "tr",
        None,
        "uk",
        "ar",
    ]


def test_a_chosen_topic_of_violence_is_heard_too(ask: Ask) -> None:
    assert ask("topics", ["haeusliche-gewalt"]) == {"situations": ["violence"], "language": None}
    assert ask("topics", ["schulden"]) is None


# --- what the box says -------------------------------------------------------------------------------------------------

FIRST_NUMBERS = {
    "now": "110",
    "fire": "112",
    "medical": "112",
    "poison": "112",
    "missing": "110",
    "suicide": "112",
    "sexual": "110",
    "violence": "110",
    "child": "110",
    "online": "110",
    "pregnant": "0800 40 40 020",
    "own": "116 123",
    "homeless": "110",
}
"""Practice's order, at night."""
NIGHT = "2026-11-25T03:00:00+01:00"
HOLIDAYS = [f"2026-12-{day}T{hour:02d}:30:00+01:00" for day in (24, 31) for hour in range(24)]


def test_the_first_number_is_that_of_practice(ask: Ask) -> None:
    boxes = ask("boxes", {"situations": list(SITUATIONS), "moments": [NIGHT]})
    found = {}
    for situation, (box,) in zip(SITUATIONS, boxes, strict=True):
        lines = box["first"] or box["needs"][0][1]
        found[situation] = lines[0]["phone"]
        assert box["quiet"] == (situation in QUIET)
        needs = [need for need, _ in box["needs"]]
        assert needs == [need for need in get_args(Need) if need in needs]
        assert situation == "child" or "unsure" not in needs or needs[-1] == "own"
    assert found == FIRST_NUMBERS


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("112", "112"),
        ("110", "110"),
        ("feuerwehr", "112"),
        ("Krankenwagen bitte", "112"),
        ("polizei", "110"),
        ("скорая", "112"),
        ("notruf", "112"),
    ],
)
def test_who_calls_help_by_its_name_sees_its_number_first(ask: Ask, typed: str, number: str) -> None:
    assert ask("firsts", [typed]) == [number]


def test_a_line_says_its_hours_or_that_nobody_knows_them(given: dict[str, Any]) -> None:
    """No number stands there as if it were answered at night when it isn't."""
    lines = [line for line in given["first"]["lines"] if line.get("tel")]
    assert [line["name"] for line in lines if not line.get("always") and not line.get("when")] == []


def test_nobody_is_sent_tonight_to_what_says_that_it_is_full(demo: Project, given: dict[str, Any]) -> None:
    assert demo.site is not None
    full = demo.site.offers["familienwohnung-auf-zeit"]
    assert full.capacity is not None
    assert full.capacity.free == 0
    assert full.name not in {line["name"] for line in given["first"]["lines"]}


@pytest.mark.parametrize("situation", ["sexual", "violence", "child", "homeless"])
def test_who_is_under_18_finds_the_bed_for_tonight(
    demo: Project, given: dict[str, Any], situation: str
) -> None:
    assert demo.site is not None
    beds = {
        item.contact.number
        for item in demo.site.offers.values()
        if item.kind == "inobhutnahme-42" and item.contact
    }
    needs = given["first"]["situations"][situation]["needs"]
    # A child's box is for children as a whole.
    for_them = needs["place" if situation == "child" else "young"]
    assert beds & {given["first"]["lines"][place].get("phone") for place in for_them}


def test_no_hit_shows_where_to_look_for_who_fled(demo: Project) -> None:
    """A hidden place, and who offers nothing but protection, are found by nobody who types a neutral word, since they are no entries."""
    context = demo.contexts[0]
    found = set(index_order(context))
    hidden = {key for key, facts in context.facts.places.items() if facts.visibility == "hidden"}
    assert hidden
    assert not found & {("place", key) for key in hidden}
    assert ("provider", "wegwarte") not in found
    assert ("provider", "kinderschutzbund") in found


def test_each_need_is_answered_at_every_hour_of_the_year(ask: Ask, given: dict[str, Any]) -> None:
    """Whatever the situation and the need, somebody of its lines answers, on Christmas Eve as on any Tuesday at four."""
    start = dt.date(2026, 11, 20)
    dates = [str(start + dt.timedelta(days)) for days in range(365)]
    answered: list[set[tuple[str, int]] | None] = []
    for line in ask("hours", dates):
        hours: set[tuple[str, int]] | None = None
        if line != "always":
            hours = {
                (date, hour)
                for date, times in zip(dates, line, strict=True)
                for hour in range(24)
                if any(begin <= hour * 60 and end and hour * 60 + 59 < end for begin, end in times)
            }
        answered.append(hours)
    year = {(date, hour) for date in dates for hour in range(24)}
    for situation, box in given["first"]["situations"].items():
        blocks = {"first": box.get("first", []), **box.get("needs", {})}
        for need, places in blocks.items():
            if not places:
                continue
            hours = [answered[place] for place in places]
            open_ = set().union(*(one for one in hours if one is not None))
            assert None in hours or open_ == year, (situation, need)


def test_who_does_not_answer_now_never_stands_first(ask: Ask) -> None:
    moments = [NIGHT, *HOLIDAYS]
    for situation, boxes in zip(
        SITUATIONS, ask("boxes", {"situations": list(SITUATIONS), "moments": moments}), strict=True
    ):
        for moment, box in zip(moments, boxes, strict=True):
            for lines in filter(None, (box["first"], *(found for _, found in box["needs"]))):
                assert lines[0]["answered"], (situation, moment)


def test_a_refuge_tells_its_telephone_and_no_name(demo: Project, ask: Ask) -> None:
    ((box,),) = ask("boxes", {"situations": ["violence"], "moments": [NIGHT]})
    refuges = [line for line in dict(box["needs"])["place"] if line["name"] == "Sicherer Platz"]
    assert refuges
    assert all(line["url"] is None and line["phone"] for line in refuges)
    assert demo.site is not None
    written = b"".join(danger_files(demo.contexts[0]).values()).decode()
    hidden = [offer for offer in demo.site.offers.values() if demo.site.words.kinds[offer.kind].discreet]
    assert len(hidden) > 1
    assert [offer.name for offer in hidden if offer.name in written] == []


# --- what may stand below ----------------------------------------------------------------------------------------------


def test_what_stands_under_a_box_is_decided_once(demo: Project, ask: Ask) -> None:
    """Foster care, taking children in, contact, talks of both sides, fathers' advice and courses for perpetrators stand under none."""
    context = demo.contexts[0]
    site = context.site
    order = list(index_order(context))
    place = {entry: number for number, entry in enumerate(order)}
    kinds = {
        "hze-33",
        "inobhutnahme-42",
        "familienrat",
        "mediation",
        "paarberatung",
        "begleiteter-umgang",
        "par-18",
    }
    held = {place["offer", key] for key in context.facts.lists[EVERY_OFFER] if site.offers[key].kind in kinds}
    held |= {place["topic", "umgang"], place["term", "inobhutnahme"], place["term", "vollzeitpflege"]}
    held |= {
        place["offer", key] for key in ("vaetertreff-elternverein", "papa-und-baby", "pflegefamilie-werden")
    }
    users = {
        place["offer", key]
        for key in context.facts.lists[EVERY_OFFER]
        if site.offers[key].kind == "taeterarbeit"
    }
    assert len(held) > 6
    assert users
    ids = list(range(len(order)))
    left = ask("kept", {"situations": ["violence"], "ids": ids})
    assert set(left).isdisjoint(held | users)
    assert left == sorted(left)
    assert set(ask("kept", {"situations": ["own"], "ids": ids})) >= users
    assert ask("kept", {"situations": ["missing"], "ids": ids}) == []
    assert ask("kept", {"situations": ["violence", "suicide"], "ids": ids}) == []
    assert ask("kept", {"situations": None, "ids": ids}) == ids
    grave = {number for (kind, key), number in place.items() if kind == "topic" and site.words.is_grave(key)}
    assert set(ask("kept", {"situations": ["medical"], "ids": ids})).isdisjoint(grave)
    assert grave <= set(left)
    assert set(ask("kept", {"situations": ["sexual"], "ids": ids})) == set(
        ask("kept", {"situations": ["violence"], "ids": ids, "no": True})
    )
    # Where the search would say that nothing is about it, what it found is merely spelt alike.
    merely = set(ask("kept", {"situations": ["child"], "ids": ids, "no": True}))
    assert grave <= merely
    assert {order[number][0] for number in merely} == {"offer", "topic"}
    violent = {topic for topic in site.words.topics if site.words.is_grave(topic)}
    said = {order[number][1] for number in merely if order[number][0] == "offer"}
    assert all(violent & set(site.offers[key].topics) for key in said)
    assert ask("kept", {"situations": ["medical"], "ids": ids, "no": True}) == []
    # What an office decides stays where professionals work with a family; talks of both sides don't.
    foster = {
        place["offer", key] for key in context.facts.lists[EVERY_OFFER] if site.offers[key].kind == "hze-33"
    }
    work = set(ask("apart", {"situations": ["violence"], "ids": ids}))
    assert foster <= work
    assert place["offer", "familienrat-auenstedt"] not in work


def test_who_is_drawn_to_children_sees_no_offers_for_them(ask: Ask) -> None:
    """Nor who tells that a child is hit in its day care others of them: only what is about violence stays, in every language."""
    astray = {
        "de": (
            "ich stehe auf kinder",
            "mein kind wird in der kita geschlagen",
            "er nimmt die kinder mit in den tod",
        ),
        "en": ("i am attracted to children", "the nursery teacher hits my child"),
        "tr": ("çocuklara ilgi duyuyorum", "öğretmen çocuğuma vuruyor"),
        "ar": ("انا منجذب للاطفال", "المعلمة تضرب ابني"),
        "uk": ("мене тягне до дітей", "вихователька б'є мою дитину"),
        "ru": ("меня тянет к детям", "воспитательница бьет моего ребенка"),
        "pl": ("czuję pociąg do dzieci", "pani w przedszkolu szarpie moje dziecko"),
        "fa": ("به کودکان گرایش دارم", "معلم بچه ام را میزند"),
        "ro": ("am atracție pentru copii", "educatoarea îmi bate copilul"),
        "fr": ("je suis attiré par les enfants", "la maîtresse frappe mon fils"),
    }
    said = [text for texts in astray.values() for text in texts]
    assert [
        text for text, answer in zip(said, ask("queries", said), strict=True) if not answer["alone"]
    ] == []
    others = ["papa schlägt mich", "ich schlage mein kind", "112"]
    assert [answer["alone"] for answer in ask("queries", others)] == [False] * len(others)
    ids = list(range(200))
    assert ask("kept", {"situations": ["own"], "alone": True, "ids": ids}) == ask(
        "kept", {"situations": ["own"], "no": True, "ids": ids}
    )


def test_places_are_those_of_the_index(demo: Project) -> None:
    context = demo.contexts[0]
    titles = json.loads(search_files(context)[f"search/title.{context.lang}.json"])["titles"]
    assert len(list(index_order(context))) == len(titles)


# --- the files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", IN_DANGER)
def test_every_language_has_the_same_shape(language: str, languages: dict[str, DangerLanguage]) -> None:
    one = languages[language]
    assert one.words is not None
    assert set(one.says) == set(SITUATIONS)
    assert set(one.needs) == set(get_args(Need))
    assert set(one.phrases) == {*SITUATIONS, "info", "harmless"}
    assert not one.reviewed, "who has read it, by name and date, belongs into the file's head"
    for situation, phrases in one.phrases.items():
        for phrase in phrases:
            for said in re.split(r"[+/]", phrase.removeprefix("!")):
                assert said.strip(), (situation, phrase)
                if re.fullmatch("[A-Z]{2,}", said):
                    assert said in one.groups, (situation, phrase)
                else:
                    assert "*" not in folded(said).strip("*"), (situation, phrase)
                    assert len(said.split()) <= 5, (situation, phrase)


def test_what_is_loaded_until_danger_is_heard_stays_small(demo: Project) -> None:
    made = made_files()
    scripts = sum(len(gzip.compress(made[name], 9)) for name in ("danger.js", "exit.js"))
    for context in demo.contexts[:2]:
        made = danger_files(context)
        first, later = (len(gzip.compress(content, 9)) for content in made.values())
        assert first + scripts <= FIRST, context.lang
        assert later <= LATER, context.lang


def test_phrases_come_whole_whatever_the_page_speaks(
    demo: Project, languages: dict[str, DangerLanguage]
) -> None:
    """What isn't in the first file is in the second, and nothing is in both."""
    for context in demo.contexts[:2]:
        both = files(context)
        for language, one in languages.items():
            first, later = (dict(both[part]["phrases"].get(language, {})) for part in ("first", "later"))
            assert set(first) & set(later) == set()
            assert set(first) | set(later) == {*one.phrases, "groups", "texts"}


def test_a_town_adds_words_of_its_own(demo: Project) -> None:
    assert demo.site is not None
    own = DangerLanguage(
        id="de-stadt",
        language="de",
        reviewed=True,
        groups={"HOUSE": ("haus wegwarte",)},
        phrases={"violence": ("HOUSE",)},
    )
    words = replace(demo.site.words, danger_words={**demo.site.words.danger_words, own.id: own})
    context = demo.contexts[0]
    both = files(Context(replace(demo.site, words=words), context.facts, "de"))
    with answering(HERE / "danger.mjs", both, names=with_imports("danger.js")) as asking:
        queries = ["haus wegwarte", "mein mann schlägt mich"]
        found = asking({"ask": "queries", "given": queries})
    assert [answer["situations"] for answer in found] == [["violence"], ["violence"]]


def test_a_town_without_help_numbers_has_no_files(demo: Project) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    words = replace(demo.site.words, help={})
    assert danger_files(Context(replace(demo.site, words=words), demo.facts, "de")) == {}


# --- names of help -----------------------------------------------------------------------------------------------------


def test_every_help_number_is_an_entry_of_the_search(demo: Project) -> None:
    """By its name, by what people call it, and by the number as it is typed."""
    context = demo.contexts[0]
    found = json.loads(search_files(context)["search/full.de.json"])
    title = json.loads(search_files(context)["search/title.de.json"])
    titles = dict(zip(index_order(context), title["titles"], strict=True))
    numbers = [key for kind, key in titles if kind == "line"]
    by_area: dict[str, list[str]] = defaultdict(list)
    for key in numbers:
        by_area[key.split("-")[0]].append(key)
    assert {"polizei", "notruf", "hilfetelefon", "telefonseelsorge", "vermisste", "giftnotruf"} <= set(
        by_area
    )
    assert by_area["giftnotruf"] == ["giftnotruf-goettingen"]  # the Land's own
    assert "kinderschutzhotline" not in numbers  # for professionals alone
    assert all(titles["line", key].endswith(context.site.words.help[key].number) for key in numbers)
    assert found
