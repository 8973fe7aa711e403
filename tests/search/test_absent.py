"""What the search says where the town has nothing, which numbers and names it knows, and that a word of every day leads to nothing grave.

The sets are written for development; held-out ones are run by `python -m bench.absent`.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from bench.absent import grave, leads_right, told
from bench.families import SEARCH, answers, names
from generator.render.base.context import Context
from generator.render.data_files.search_entries import (
    _gather_synonyms,
    _helped,
    built,
    directory_order,
    entries,
)
from generator.render.directory.filters import areas_of
from generator.render.directory.help_numbers import family_numbers
from tests.records import replace

pytestmark = pytest.mark.needs("Node.js")

SCRIPTS = Path(__file__).parents[2] / "generator" / "assets" / "js"
RANKING = "ages doors when verdicts facets folding hit_groups lexicon loading matching query ranking said search spoken topic_model weights word_endings"
MOST_ROWS = 60
MOST_CONSTANTS = 20


@pytest.mark.parametrize(("name", "noes", "led"), [("absent", 0.9, 0.85), ("absent_second", 0.78, 0.65)])
def test_what_the_town_has_not_is_said_and_leads_on(context, name, noes, led):
    """The words of the second set were never learnt from. Where a hit has every word too, who helps is named and no „Kein Eintrag“ said."""
    rows = told(context, SEARCH / f"{name}.csv")
    named = [(row, answer) for row, answer in rows if row["where_helped"]]
    right = [(row, answer) for row, answer in named if leads_right(context, row, answer)]
    assert len(rows) >= 150
    assert sum(answer.no or bool(answer.elsewhere) for _, answer in rows) >= noes * len(rows)
    assert len(right) >= led * len(named)


def test_of_few_words_each_is_asked(context):
    """The site knows heating and laptops, but not what is asked about them; of a sentence not each word counts."""
    few = answers(context, ["heizung warten", "laptop wird nicht hell"])
    assert all(answer.no for answer in few)
    (told_at_length,) = answers(
        context, ["das laptop von der schule wird nicht hell und mein kind braucht es"]
    )
    assert not told_at_length.no


def test_what_knows_a_word_stands_before_the_no_unless_that_word_is_elsewhere(context):
    """„Vielleicht passt“: a word that nobody knows is no proof that nothing here is about it."""
    known, elsewhere, unknown = answers(context, ["quixelige Babymassage", "auto ummelden", "quixelplatz"])
    assert (known.no, known.perhaps, known.hits[0]) == (True, True, "babymassage-windkamp")
    assert (elsewhere.no, elsewhere.perhaps) == (unknown.no, unknown.perhaps) == (True, False)


def test_a_house_of_the_town_that_has_all_that_was_asked_is_no_wrong_answer(context):
    """The town hall is asked for registering, too, but not for cars."""
    whole, part = answers(context, ["standesamt", "auto ummelden"])
    assert not whole.no
    assert whole.hits[0] == "place:rathaus"
    assert part.no
    assert part.elsewhere[0] == "kfz"


def test_a_part_of_a_word_leads_on_and_is_no_reason_for_a_no(context):
    club, subsidy = answers(context, ["tennisverein für erwachsene", "auslandsstudium förderung"])
    assert [answer.elsewhere for answer in (club, subsidy)] == [("sport",), ("bafoeg",)]
    (gymnastics,) = answers(context, ["Turnverein"])
    assert not gymnastics.no
    assert not gymnastics.elsewhere


@pytest.mark.parametrize("query", ["diş hekimi", "стоматолог", "طبيب أسنان", "dentysta"])
def test_what_is_missing_is_missing_in_every_language(context, query):
    """The life situation of doctors has lay words for dentists in all of them, and none of its offers is one."""
    (answer,) = answers(context, [query])
    assert answer.no
    assert answer.elsewhere[0] == "zahnarzt"


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("szermierka dla córki", "sport"),
        ("стипендия", "bafoeg"),
        ("موزه", "kultur"),
        ("gebrauchte waschmaschine, unsere ist hin und reparieren lohnt nicht", "gebraucht"),
    ],
)
def test_a_noun_for_what_is_elsewhere_is_a_reason_for_a_no(context, query, row):
    """In a sentence, too, where no answer says it."""
    (answer,) = answers(context, [query])
    assert answer.no
    assert answer.elsewhere[0] == row


@pytest.mark.parametrize(
    "query",
    [
        "I need to renew my residence permit before it runs out",
        "мені треба продовжити посвідку на проживання",
        "Aufenthaltserlaubnis verlängern",
    ],
)
def test_no_verb_decides_against_the_noun_of_an_office(context, query):
    """In a sentence, with another ending, and beside hits that say no more of it."""
    (answer,) = answers(context, [query])
    assert answer.elsewhere[0] == "auslaender"


def test_what_an_offer_is_called_is_elsewhere_in_no_language(context):
    """Boxing is a row's noun, and a club of the town's boxes."""
    (boxing,) = (row for row in context.words.elsewhere["sport"].nouns if row.word == "Boxen")
    assert any("Boxen" in offer.name for offer in context.site.offers.values())
    found = answers(context, list(boxing.said.values()))
    assert not [answer.elsewhere for answer in found if answer.elsewhere]


@pytest.mark.parametrize("query", ["почти не умею читать", "مكان للشباب بعد المدرسة"])
def test_what_is_merely_like_a_noun_or_a_part_of_several_is_no_reason_for_a_no(context, query):
    """„почти“ is nearly „почта“, the post; a boarding school's name holds any school's."""
    (answer,) = answers(context, [query])
    assert not answer.elsewhere


def test_few_words_in_danger_are_answered_as_many_are(context):
    """Beneath the numbers nothing is taken away because a word isn't known."""
    (answer,) = answers(context, ["obdachlos quixel"])
    assert answer.danger
    assert "topic:wohnungslosigkeit" in answer.hits


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ما عم نام من شهرين والبيبي صاحي كل الليل رح انجن", "topic:schreibaby"),
        ("плохо знаю немецкий, скоро рожать", "topic:schwangerschaft"),
        ("oğlumuz engelli, biz bir öğleden sonra bile dinlenemiyoruz", "topic:behinderung"),
    ],
)
def test_in_a_sentence_of_another_language_words_that_no_entry_knows_deny_nothing(context, query, first):
    (answer,) = answers(context, [query])
    assert answer.hits[0] == first
    assert not answer.no


def test_who_knows_the_whole_phrase_says_more_than_who_knows_a_word_of_it(context):
    """Dogs may come along, and one learns here, which is the whole of what these texts say of it."""
    found = answers(
        context, ["hund entlaufen", "spanisch lernen", "rückkehr nach albanien freiwillig zurück"]
    )
    assert [answer.elsewhere[:1] for answer in found] == [("tierheim",), ("vhs",), ("rueckkehr",)]
    (mild,) = answers(context, ["Geburtsvorbereitungskurs"])
    assert not mild.no


@pytest.mark.parametrize("name", ["present", "present_second"])
def test_what_it_has_is_not_denied(context, name):
    rows = told(context, SEARCH / f"{name}.csv")
    assert sum(answer.no for _, answer in rows) <= 0.07 * len(rows)


def test_neutral_words_lead_to_nothing_grave(context):
    kept = grave(context)
    rows = told(context, SEARCH / "neutral.csv")
    assert len(rows) >= 150
    assert len(kept) > 20
    assert not {row["word"]: kept & {*answer.hits} for row, answer in rows if kept & {*answer.hits}}


@pytest.mark.parametrize(
    "query", ["häusliche Gewalt", "Frauenhaus", "Alkohol", "obdachlos", "Vergewaltigung", "Inobhutnahme"]
)
def test_grave_words_lead_there(context, query):
    (answer,) = answers(context, [query])
    assert grave(context) & {*answer.hits[:3]}
    assert not answer.no


def test_a_single_word_of_a_lay_phrase_decides_nothing_grave(context):
    """„wir haben keine Wohnung mehr“ as a whole does; its words alone don't."""
    whole, part = answers(context, ["wir haben keine Wohnung mehr", "Wohnung"])
    assert "topic:wohnungslosigkeit" in whole.hits[:3]
    assert "topic:wohnungslosigkeit" not in part.hits


def test_a_number_finds_whose_it_is(context):
    """As it is written, or without spaces; a part of it is another number. Those of an emergency stand in a box."""
    apart = {"giftnotruf", "polizei", "notruf"}
    lines = [line for line in family_numbers(context, crisis=False) if line.id not in apart]
    found = answers(context, [line.number.replace(" ", "") for line in lines])
    assert all(f"line:{line.id}" in answer.hits[:2] for line, answer in zip(lines, found, strict=True))
    (spaced, other) = answers(context, ["116 111", "11611"])
    assert spaced.hits[0] == "line:kinder-jugend"
    assert "line:kinder-jugend" not in other.hits


def test_the_name_of_a_number_finds_it(context):
    found = answers(context, ["Telefonseelsorge", "Elterntelefon", "Opfertelefon"])
    first = ["line:telefonseelsorge", "line:elterntelefon", "line:opfertelefon"]
    assert [answer.hits[0] for answer in found] == first


def test_a_postcode_finds_who_is_there(context):
    offers, site = directory_order(context), context.site
    addresses = {key: context.facts.offers[key].location.address for key in offers}
    postcode = next(address.postcode for address in addresses.values() if address)
    there = {key for key, address in addresses.items() if address and address.postcode == postcode}
    there -= grave(context)
    (answer,) = answers(context, [postcode])
    assert there
    assert there <= {*answer.hits}
    assert site.offers


def test_what_is_elsewhere_is_no_hit_and_few_rows_are_packaged(context):
    assert len(context.site.words.elsewhere) <= MOST_ROWS
    found = answers(context, ["Tierheim", "Rente", "Kita"])
    assert not any(name.startswith("elsewhere:") for answer in found for name in answer.hits)
    assert [answer.elsewhere[:1] for answer in found] == [("tierheim",), ("rente",), ()]


def test_an_area_is_a_filter_and_no_word_of_the_text(context, engine):
    """The day care of an area is found where no offer is named after it."""
    areas = [context.texts.name(context.site.spaces[key]) for key in context.facts.spaces]
    by_length = sorted(areas, key=len, reverse=True)
    area_words = re.compile("|".join(re.escape(word) for word in by_length))
    bare = [
        replace(entry, title=area_words.sub("Haus", entry.title)) if entry.kind == "offer" else entry
        for entry in entries(context)
    ]
    area = "muehlenfeld"
    files = built(context, bare)
    answer = engine(files, [f"Treff {context.texts.name(context.site.spaces[area])}"], titles_only=True)
    ids = names(context)
    found = {ids[place] for place in answer["full"][0]["ids"]}
    there = {
        key
        for key in directory_order(context)
        if context.site.offers[key].kind == "treff"
        and area in areas_of(context, context.site.offers[key], context.facts.offers[key])
    }
    assert there
    assert there <= found


def test_the_search_is_simple_enough_to_explain():
    """Every number that somebody has set stands under a name, with its reason; there are few of them."""
    constant = re.compile(r"^(?:export )?const ([A-Z_]+ = (?:[\d.]|\[\d)[^;]*);(.*)$", re.MULTILINE)
    texts = [(SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in RANKING.split()]
    set_by_hand = constant.findall("\n".join(texts))
    assert len(set_by_hand) <= MOST_CONSTANTS, set_by_hand
    assert all("/*" in reason for _, reason in set_by_hand)


def test_sets_have_the_columns_that_are_asked_for():
    for name in ("absent", "present"):
        with (SEARCH / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            assert csv.DictReader(stream).fieldnames == ["text", "what", "where_helped"]


@pytest.mark.parametrize(
    "query",
    [
        "24h Kita", "Schwimmkurs für Mütter", "Schuldnerberatung für Selbstständige", "Karate",
    ],
)  # fmt: skip
def test_of_what_there_is_another_sort_is_missing(context, query):
    """Whom, when and which sort is named is asked of the offer itself; one sport is no other."""
    (answer,) = answers(context, [query])
    assert answer.no
    assert answer.hits


@pytest.mark.parametrize(
    ("query", "first", "not_before"),
    [
        ("papa treff", "vaetertreff-elternverein", "topic:begegnung"),
        ("frauen treff", "frauenfruehstueck-muehlenfeld", "gueterschuppen-offener-treff"),
        ("mein kind kifft", "topic:sucht", "muschelgruppe"),
    ],
)
def test_who_is_named_binds(context, query, first, not_before):
    (answer,) = answers(context, [query])
    assert not answer.no
    assert answer.hits[0] == first
    assert not_before not in answer.hits[:3]


@pytest.mark.parametrize("query", ["Sonntag", "ohne Termin", "kostenlos", "Kind 5", "Sonntag kostenlos"])
def test_what_only_filters_lists_offers_only(context, query):
    (answer,) = answers(context, [query])
    assert not answer.no
    assert len(answer.hits) > 3
    assert {*answer.hits} <= {*directory_order(context)}


def test_what_is_without_registration_is_a_filter(context):
    (answer,) = answers(context, ["Sport ohne Termin"])
    ways = [context.facts.offers[key].way for key in answer.hits[: answer.open] if key in context.site.offers]
    assert ways
    assert {*ways} == {"open"}


def test_with_an_interpreter_is_a_filter_and_no_need(context):
    """Only together: who types „Dolmetscher“ needs one."""
    filtered, alone = answers(context, ["Schuldnerberatung mit Dolmetscher", "Dolmetscher"])
    assert (filtered.kind, filtered.chips) == ("hits", ("mit Übersetzung",))
    offers = [
        context.site.offers[key] for key in filtered.hits[: filtered.open] if key in context.site.offers
    ]
    assert offers
    assert {offer.interpreter for offer in offers} <= {"yes", "on request"}
    assert alone.hits[0] == "topic:sprachmittlung"


def test_words_of_help_elsewhere_lead_to_a_topic_that_the_town_has(context):
    """Where an offer is about growing older „Seniorentreff“ is here."""
    there, here = (
        next(row.means for row in _gather_synonyms(context) if "Seniorentreff" in row.words)
        for context in (context, _aged(context))
    )
    assert (there, here) == (("elsewhere-senioren",), ("aelter-werden",))


def _aged(context):
    relations = context.facts.relations
    by_topic = {**relations.offers_by_topic, "aelter-werden": ("treff-am-wasserturm",)}
    facts = replace(context.facts, relations=replace(relations, offers_by_topic=by_topic))
    return Context(context.site, facts, context.lang)


def test_what_people_need_of_an_office_leads_to_it_in_each_language(context):
    """Sixty nouns in ten languages; a residence permit leads to the office for it in all."""
    with (SEARCH / "office_nouns.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    asked = [(row["place"].split(), word) for row in rows for word in list(row.values())[1:]]
    found = answers(context, [word for _, word in asked])
    wrong = [
        word
        for (places, word), answer in zip(asked, found, strict=True)
        if not {*places}
        & (_topics(context, answer.hits[:2]) if not answer.elsewhere else {answer.elsewhere[0]})
    ]
    assert len(asked) == 600
    assert not {*rows[0].values()} & {*wrong}, wrong
    assert len(wrong) <= len(asked) // 10, wrong


def test_an_empty_topic_names_a_house_and_a_number_in_each_language(demo):
    """Its own name twice is neither."""
    for context in demo.contexts:
        name = context.texts.name
        helped = {name(topic): _helped(context, key) for key, topic in context.words.topics.items()}
        assert not [one for one, (house, call) in helped.items() if house in ("", one) or len(call) != 2], (
            context.lang
        )


def _topics(context, hits):
    """What hits are, and the topics of those that are offers or topics."""
    topics, offers = context.words.topics, context.site.offers
    parents = {f"topic:{key}": topic.parent for key, topic in topics.items()}
    about = {parents.get(hit) for hit in hits} | {hit.removeprefix("topic:") for hit in hits}
    return about.union(*(offers[hit].topics for hit in hits if hit in offers))
