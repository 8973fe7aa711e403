"""Who is in danger, by plain words in ten languages, and what stands in the box: the site's own script on the demo's data.

`danger/<situation>.csv` holds what people type in it, judged by hand, `danger/tongues.csv` one set of sentences in ten languages;
`danger/harmless.csv` and `danger/neutral.txt` what may lead to no box. Native speakers have read none of it; the languages say so themselves (`reviewed`).
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from generator.model.crisis import CHILD, FOLDED, DangerLanguage, Need, Situation
from generator.model.facts import EVERY_OFFER
from generator.pipeline.build import Project
from generator.read.vocabularies import IN_DANGER
from generator.render.base.context import Context
from generator.render.data_files.danger_boxes import danger_files
from generator.render.data_files.search_entries import index_order
from generator.render.frame.families import made_files, with_imports
from generator.search.danger_data import folded
from tests.chance import whole
from tests.node import answering
from tests.records import replace

HERE = Path(__file__).parent
SITUATIONS: tuple[str, ...] = get_args(Situation)
QUIET = SITUATIONS[SITUATIONS.index("suicide") :]
FIRST = 44_800
"""So much may be loaded, gzipped, until somebody in danger is heard, beside what searches: scripts and the first file."""
LATER = 94_600
"""What follows for everybody alike: the phrases of all other languages, and what the box says in them."""

Ask = Callable[..., Any]


def table(name: str) -> list[tuple[str, str]]:
    with (HERE / "danger" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["language"], row["query"]) for row in csv.DictReader(file)]


def tongues() -> list[tuple[str, str, str]]:
    """The sentences that are the same in every language: situation (or two, either is right: `a/b`), language, sentence."""
    with (HERE / "danger" / "tongues.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["situation"], language, row[language])
            for row in csv.DictReader(file)
            for language in IN_DANGER
        ]


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
    rows = [*table(situation), *((language, said) for one, language, said in tongues() if one == situation)]
    found = ask("queries", [query for _, query in rows])
    wrong = [
        (language, query, answer and answer["situations"])
        for (language, query), answer in zip(rows, found, strict=True)
        if answer is None or answer["situations"][0] != situation
    ]
    assert wrong == []
    assert {language for language, _ in rows} == set(IN_DANGER)


def test_no_language_lacks_a_situation_that_another_hears(ask: Ask) -> None:
    rows = tongues()
    found = ask("queries", [said for _, _, said in rows])
    wrong = [
        (language, said, answer and answer["situations"])
        for (situations, language, said), answer in zip(rows, found, strict=True)
        if answer is None or answer["situations"][0] not in situations.split("/")
    ]
    assert wrong == []
    assert {situation for one, _, _ in rows for situation in one.split("/")} == set(SITUATIONS)


def test_a_person_may_stand_within_a_phrase(ask: Ask) -> None:
    """„bringt mich um“ is a phrase; who does it stands in the midst of it, and no other word may."""
    found = ask("queries", ["zuhause bringt er mich um", "sie bringt sich ein um zu helfen"])
    assert found[0]["situations"][0] == "now"
    assert found[1] is None


def test_who_is_choked_by_somebody_sees_both_numbers(ask: Ask) -> None:
    """112, since the throat may swell, and 110, since somebody did it."""
    told = (
        "mein mann würgt mich", "my husband is choking me", "mon mari m'étrangle", "soțul meu mă strânge de gât", "kocam beni boğuyor",
        "mój mąż mnie dusi", "чоловік мене душить", "мой муж меня душит", "زوجي يخنقني", "شوهرم خفه ام میکند",
        "mein mann drückt mir den hals zu", "mein freund drückt mir die kehle zu", "er schnürt mir die luft ab", "sie hält mir den hals zu",
        "er versucht mir die kehle zuzudrücken", "my husband puts his hands around my neck", "kocam boğazımı sıkıyor", "łapie mnie za gardło",
        "схватил меня за горло",
    )  # fmt: skip
    found = [answer["situations"] for answer in ask("queries", list(told))]
    for said, (box,) in zip(told, ask("boxes", {"situations": found, "moments": [NIGHT]}), strict=True):
        assert {"110", "112"} <= {line["phone"] for _, lines in box["open"] for line in lines}, said
        assert "violence" in found[told.index(said)], said


def test_who_no_longer_drinks_needs_no_ambulance(ask: Ask, languages: dict[str, DangerLanguage]) -> None:
    """A baby that doesn't drink does; the box says nothing of harm done to it."""
    assert ask("queries", ["Die Mutter trinkt nicht mehr", "mein Mann trinkt nicht mehr"]) == [None, None]
    ((answer,),) = [ask("queries", ["Mein Baby trinkt nicht"])]
    assert answer["situations"] == ["medical"]
    says = languages["de"].says["medical"]
    assert "Trinkt ein Baby nicht, ist es schlapp oder schwer zu wecken: 112, nicht warten" in says
    assert not re.search("gewürg|geschüttel|Gewalt|geschlagen", says)


def test_poverty_is_no_police_matter(ask: Ask) -> None:
    """Hunger leads to food first and names a child's line; 110 stands there where somebody withholds food."""
    hungry = [said for one, _, said in tongues() if one == "hunger"]
    for answer in ask("queries", hungry):
        assert answer["situations"] == ["hunger"]
    ((box,),) = ask("boxes", {"situations": ["hunger"], "moments": [NIGHT]})
    assert [row for row, _ in box["open"]] == ["hunger", "alone"]
    assert box["open"][0][1][0]["url"] == "themen/essen-kleidung/"
    assert "110" not in str(box)
    told = [
        "mama gibt mir nichts zu essen",
        "ich bin allein und habe hunger",
        "mama ist seit gestern weg wir haben nichts zu essen",
    ]
    assert [answer["situations"][0] for answer in ask("queries", told)] == ["child"] * len(told)


def test_who_misses_an_adult_reads_no_child_s_lines(ask: Ask) -> None:
    ((adult,), (child,)) = ask("boxes", {"situations": ["adult", "missing"], "moments": [NIGHT]})
    assert [(row, [line["phone"] for line in lines]) for row, lines in adult["open"]] == [("adult", ["110"])]
    assert adult["folded"] == []
    assert {"lost", "parent"} <= {row for row, _ in child["open"]}


def test_what_only_sounds_like_danger_has_no_box(ask: Ask) -> None:
    harmless = [query for _, query in table("harmless")]
    neutral = (HERE / "danger" / "neutral.txt").read_text("utf-8").split()
    assert len(harmless) >= 100
    assert len(neutral) >= 150
    words = [*harmless, *neutral]
    found = ask("queries", words)
    assert [word for word, answer in zip(words, found, strict=True) if answer] == []


def test_a_game_takes_no_danger_away(ask: Ask) -> None:
    found = ask(
        "queries", ["papa schlägt mich wenn ich ihn ärgere", "papa schlägt mich bei mensch ärgere dich nicht"]
    )
    assert [answer and answer["situations"] for answer in found] == [["child"], None]


def test_several_situations_are_one_box_in_the_order_of_help(ask: Ask) -> None:
    told = (
        "papa schlägt mama und die wohnung brennt",
        "mein mann schlägt mich und ich will nicht mehr leben",
        "alle tabletten liegen vor mir",
    )
    found = ask("queries", list(told))
    assert [answer["situations"] for answer in found] == [
        ["fire", "child"], ["suicide", "violence"], ["suicide"],
    ]  # fmt: skip
    ((both,),) = ask(
        "boxes", {"situations": [["fire", "violence"]], "moments": ["2026-11-25T11:00:00+01:00"]}
    )
    assert both["quiet"] is False
    assert [row for row, _ in both["open"]] == ["fire", "violence", "young"]
    assert {"talk", "place", "here"} <= set(dict(both["folded"]))


def test_a_longer_phrase_goes_before_a_shorter_one_within_it(ask: Ask) -> None:
    told = (
        "er will mich umbringen", "ich will mich umbringen", "papa schlägt mich", "mein mann schlägt mich",
    )  # fmt: skip
    found = [answer["situations"][0] for answer in ask("queries", list(told))]
    assert found == ["now", "suicide", "child", "violence"]


def test_who_is_hit_by_a_partner_hears_of_it_though_a_child_is_named(ask: Ask) -> None:
    """The child comes along, or is hit as well: the numbers for who is hit at home stay, and a child who tells of its father hears its own."""
    told = (
        "kocam vurdu bu gece bebekle kaçmak istiyorum", "kocam dövdü bebekle bu gece gitmek istiyorum", "زوجي ضربني وأريد الهروب مع طفلي",
        "чоловік побив мене хочу втекти з дитиною", "mein mann schlägt mich und die kinder",
        "wenn er getrunken hat verstecke ich mich mit den kindern", "он сказал что убьет меня если уйду", "il va me tuer si je pars",
    )  # fmt: skip
    for said, answer in zip(told, ask("queries", list(told)), strict=True):
        assert "violence" in answer["situations"], said
    assert ask("queries", ["papa hat mich gestern geschlagen"])[0]["situations"] == ["child"]


def test_a_worn_out_mother_is_told_of_her_baby_and_of_nothing_else(ask: Ask) -> None:
    """That children may be wanted stands folded, with a title that whoever needs it knows."""
    (found,) = ask("queries", ["baby schreit die ganze nacht ich kann nicht mehr"])
    assert found["situations"] == ["own"]
    ((box,),) = ask("boxes", {"situations": ["own"], "moments": [NIGHT]})
    assert [row for row, _ in box["open"]] == ["own", "here"]
    assert "drawn" in dict(box["folded"])


def test_who_is_hit_and_says_i_as_well_hits_nobody(ask: Ask) -> None:
    """„beats me“, „me frappe“ name who is hit; the line for those who hurt somebody stands where one of the verbs is theirs."""
    told = (
        "my husband beats me and i want to kill myself", "mon mari me frappe et je veux mourir",
        "i hit my wife and she hits me", "je frappe ma femme et elle me frappe", "i hit my kids and they hate me",
    )  # fmt: skip
    found = ["own" in answer["situations"] for answer in ask("queries", list(told))]
    assert found == [False, False, True, True, True]


def test_a_slip_is_forgiven_from_six_letters_on_and_little_words_are_equal(ask: Ask) -> None:
    """In whole words and in beginnings; what is a word of its own stays what it is."""
    told = {
        "krankenwagn": "now", "vergewaltigd": "sexual", "das baby atmet nich": "medical", "papa schlegt mich": "child",
        "obdaclos": "homeless", "oma is umgekipt": "medical", "er betroht mich": "violence", "mann mit pistohle": "now",
        "ich will nich mer leben": "suicide", "meine tochter ist vermist": "missing", "feuer": "fire",
        "feier": None, "gesundheitsamt": None, "krankenkasse": None, "gestaltung": None, "klingen": None,
    }  # fmt: skip
    found = ask("queries", list(told))
    assert [answer and answer["situations"][0] for answer in found] == list(told.values())


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
        None, "de", "tr", None, "uk", "ar",
    ]  # fmt: skip


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
    "adult": "110",
    "suicide": "112",
    "sexual": "110",
    "violence": "110",
    "child": "110",
    "online": "110",
    "pregnant": "0800 40 40 020",
    "own": "116 123",
    "homeless": "110",
    "hunger": None,
}
"""Practice's order, at night; who is hungry is led to food."""
NIGHT = "2026-11-25T03:00:00+01:00"
HOLIDAYS = [f"2026-12-{day}T{hour:02d}:30:00+01:00" for day in (24, 31) for hour in range(24)]
PAIRS = [[one, other] for nth, one in enumerate(SITUATIONS) for other in SITUATIONS[nth + 1 :]]


def test_the_first_number_is_that_of_practice(ask: Ask) -> None:
    boxes = ask("boxes", {"situations": list(SITUATIONS), "moments": [NIGHT]})
    found = {}
    for situation, (box,) in zip(SITUATIONS, boxes, strict=True):
        found[situation] = box["open"][0][1][0]["phone"]
        assert box["quiet"] == (situation in QUIET)
        folded = [need for need, _ in box["folded"] if need in FOLDED]
        assert situation in ("own", "child") or "unsure" not in folded or folded[0] == "unsure"
        assert "own" not in folded or folded[-1] == "own"
    assert found == FIRST_NUMBERS


def test_at_most_three_lines_are_open_and_a_child_s_never_folded(ask: Ask) -> None:
    """Alone, in every pair and three together; what isn't open stands folded, and nothing is lost: the gravest stands first."""
    cases = [[situation] for situation in SITUATIONS] + PAIRS + [*map(list, combinations(SITUATIONS, 3))]
    for situations, (box,) in zip(
        cases, ask("boxes", {"situations": cases, "moments": [NIGHT]}), strict=True
    ):
        needs = [row for row, _ in box["open"]]
        assert needs[0] in (situations[0], "now"), situations
        assert len(needs) <= max(3, 1 + len(CHILD.intersection(needs))), (situations, needs)
        assert not CHILD.intersection(row for row, _ in box["folded"]), situations
        assert not FOLDED.intersection(needs) - set(situations), situations
        assert len(set(needs)) == len(needs)


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
    assert [line["phone"] for line in lines if not line.get("always") and not line.get("when")] == []


def test_nobody_is_sent_tonight_to_what_says_that_it_is_full(demo: Project, given: dict[str, Any]) -> None:
    assert demo.site is not None
    full = demo.site.offers["familienwohnung-auf-zeit"]
    assert full.capacity is not None
    assert full.capacity.free == 0
    assert full.name not in {line.get("name") for line in given["first"]["lines"]}


def test_nobody_is_sent_tonight_to_what_another_office_must_ask_for(demo: Project) -> None:
    """On a day when nobody knows whether it is full, too."""
    context = demo.contexts[0]
    key = "familienwohnung-auf-zeit"
    unknown = {**context.facts.offers, key: replace(context.facts.offers[key], capacity_shown=False)}
    lines = files(Context(context.site, replace(context.facts, offers=unknown), "de"))["first"]["lines"]
    assert context.site.offers[key].name not in {line.get("name") for line in lines}


def test_a_number_is_not_said_once_with_and_once_without_its_hours(demo: Project) -> None:
    """Two offers for who has no bed share a number; only one of them says when somebody answers."""
    context = demo.contexts[0]
    key, other = "familienwohnung-auf-zeit", context.site.offers["wohnungsnotfallhilfe-rathaus"]
    reached = context.site.offers[key].model_copy(update={"access": other.access, "contact": other.contact})
    site = replace(context.site, offers={**context.site.offers, key: reached})
    offers = {**context.facts.offers, key: replace(context.facts.offers[key], capacity_shown=False)}
    lines = files(Context(site, replace(context.facts, offers=offers), "de"))["first"]["lines"]
    assert other.contact is not None
    there = [line for line in lines if line.get("phone") == other.contact.number]
    assert [line["name"] for line in there] == [other.name]


def test_offices_that_share_the_town_stand_there_with_their_areas(
    given: dict[str, Any], demo: Project
) -> None:
    assert demo.site is not None
    shared = {
        one.contact.number: one for one in demo.site.offices.values() if one.kind == "asd" and one.contact
    }
    assert len(shared) == 3
    said = {line["phone"]: line.get("for") for line in given["first"]["lines"] if line.get("phone") in shared}
    assert said == {
        number: " und ".join(demo.site.spaces[area].name for area in office.serves)
        for number, office in shared.items()
    }


@pytest.mark.parametrize("situation", ["sexual", "violence", "child", "homeless"])
def test_who_is_under_18_finds_the_bed_for_tonight(demo: Project, ask: Ask, situation: str) -> None:
    assert demo.site is not None
    beds = {
        item.contact.number
        for item in demo.site.offers.values()
        if item.kind == "inobhutnahme-42" and item.contact
    }
    ((box,),) = ask("boxes", {"situations": [situation], "moments": [NIGHT]})
    for_them = dict(box["open"])["young" if situation in ("sexual", "violence") else "bed"]
    assert beds & {line["phone"] for line in for_them}


def test_no_hit_shows_where_to_look_for_who_fled(demo: Project) -> None:
    """A house that hides people is no place, and who offers nothing else is found by nobody who types a neutral word."""
    context = demo.contexts[0]
    found = set(index_order(context))
    assert context.site.protected
    assert not found & {("place", key) for key in context.site.protected}
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
                assert need in ("know", "first")
                continue
            told = [answered[place] for place in places]
            open_ = set().union(*(one for one in told if one is not None))
            assert None in told or open_ == year, (situation, need)


def test_who_does_not_answer_now_never_stands_first(ask: Ask) -> None:
    """In no box and no line but those that are about what is here, which say who answers otherwise."""
    moments = [NIGHT, *HOLIDAYS]
    for situation, boxes in zip(
        SITUATIONS, ask("boxes", {"situations": list(SITUATIONS), "moments": moments}), strict=True
    ):
        for moment, box in zip(moments, boxes, strict=True):
            assert box["open"][0][1][0]["answered"], (situation, moment)
            for need, lines in (*box["open"], *box["folded"]):
                if lines:
                    at = 0 if need not in ("here", "parent") else -1
                    assert lines[at]["answered"], (situation, need, moment)


def test_a_refuge_tells_its_telephone_and_no_name(demo: Project, ask: Ask) -> None:
    ((box,),) = ask("boxes", {"situations": ["violence"], "moments": [NIGHT]})
    refuges = [line for line in dict(box["folded"])["place"] if line["name"] == "Sicherer Platz"]
    assert refuges
    assert all(line["url"] is None and line["phone"] for line in refuges)
    assert demo.site is not None
    written = b"".join(danger_files(demo.contexts[0]).values()).decode()
    hidden = [offer for offer in demo.site.offers.values() if demo.site.words.kinds[offer.kind].discreet]
    assert len(hidden) > 1
    assert [offer.name for offer in hidden if offer.name in written] == []


# --- what may stand below ----------------------------------------------------------------------------------------------


def test_what_the_button_below_a_box_shows_is_about_it(demo: Project, ask: Ask) -> None:
    """The hits where somebody can't wait; else all of its topics but foster care, taking children in, contact, talks of both sides,
    fathers' advice, or what is for people who use violence, which stands there for them.
    """
    context = demo.contexts[0]
    site, order = context.site, list(index_order(context))
    urgent = ("now", "fire", "medical", "poison", "missing", "adult", "suicide")
    for situation in urgent:
        assert ask("about", [situation]) is None
        assert ask("about", ["violence", situation]) is None
    held = {
        "hze-33", "inobhutnahme-42", "familienrat", "mediation", "paarberatung", "begleiteter-umgang", "par-18", "taeterarbeit",
    }  # fmt: skip
    for situation in (one for one in SITUATIONS if one not in urgent):
        topics = set(site.words.danger[situation].topics)
        shown = [order[number] for number in ask("about", [situation])]
        assert {("topic", topic) for topic in topics} <= set(shown)
        offers = [site.offers[key] for kind, key in shown if kind == "offer"]
        named = [offer for offer in offers if offer.kind in site.words.danger[situation].kinds]
        assert (situation == "own") == bool(named)
        rest = [offer for offer in offers if offer not in named]
        assert all(topics & set(offer.topics) and offer.kind not in held for offer in rest), situation
    # Who is meant finds what is for girls or men; the work with a family, no talks of both sides.
    violence = {order[number][1] for number in ask("about", ["violence"])}
    assert {"wegwarte-frauenberatung", "zuflucht-wegwarte"} <= violence
    place = {entry: number for number, entry in enumerate(order)}
    work = ask("apart", {"situations": ["violence"], "ids": list(range(len(order)))})
    foster = {
        place["offer", key] for key in context.facts.lists[EVERY_OFFER] if site.offers[key].kind == "hze-33"
    }
    assert foster <= set(work)
    assert place["offer", "familienrat-auenstedt"] not in work


def test_professionals_read_of_the_office_the_town_s_own_service_and_its_safe_place(
    demo: Project, ask: Ask
) -> None:
    assert demo.site is not None
    rows = dict(ask("professionals", ["violence"]))
    assert [phone for _, phone, _ in rows["acute"]] == ["110", "112"]
    assert any("Sozialer Dienst" in name for name, _, _ in rows["duty"])
    contact = demo.site.offers["wegwarte-frauenberatung"].contact
    refuge = demo.site.offers["zuflucht-wegwarte"].contact
    assert contact is not None
    assert refuge is not None
    assert contact.number in {phone for _, phone, _ in rows["here"]}
    assert refuge.number in {phone for _, phone, _ in rows["place"]}
    assert demo.site.offers["zuflucht-wegwarte"].name not in str(rows)
    assert all(deputies for _, _, deputies in rows["advisers"])


# --- the files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", IN_DANGER)
def test_every_language_has_the_same_shape(language: str, languages: dict[str, DangerLanguage]) -> None:
    one = languages[language]
    assert one.words is not None
    assert set(one.names) == set(SITUATIONS)
    assert set(one.says) == set(SITUATIONS) - {"child"}, "a child's box has no first line of its own"
    assert set(one.needs) == set(get_args(Need))
    assert set(one.phrases) == {*SITUATIONS, "info", "harmless"}
    assert not one.reviewed, "who has read it, by name and date, belongs into the file's head"
    for situation, phrases in one.phrases.items():
        for phrase in phrases:
            for said in re.split(r"[+/]", phrase):
                assert said.strip(), (situation, phrase)
                if re.fullmatch("[A-Z]{2,}", said):
                    assert said in one.groups, (situation, phrase)
                else:
                    assert "*" not in folded(said).strip("*"), (situation, phrase)
                    assert len(said.split()) <= 5, (situation, phrase)


def test_what_is_loaded_until_danger_is_heard_stays_small(demo: Project) -> None:
    made = made_files()
    scripts = sum(len(gzip.compress(made[name], 9)) for name in ("danger.js",))
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
            equal = {"equal"} if one.equal else set()
            assert set(first) | set(later) == {*one.phrases, "groups", "texts", *equal}


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


def test_every_help_number_is_an_entry_of_the_search(demo: Project, german: dict[str, bytes]) -> None:
    """By its name, by what people call it, and by the number as it is typed."""
    context = demo.contexts[0]
    title = json.loads(german["search/title.de.json"])
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


@whole
def test_a_page_that_help_leads_to_is_not_called_open_day_and_night(demo_site: Path) -> None:
    """Where there is food is always to be read, food isn't always to be had."""
    lines = re.findall(
        r"<li>(.*?)</li>", (demo_site / "hilfe-sofort/index.html").read_text("utf-8"), re.DOTALL
    )
    inner = [line for line in lines if 'href="../themen/' in line]
    assert inner
    assert [line for line in inner if "Tag und Nacht" in line] == []
