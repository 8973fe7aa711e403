"""What families type finds first what helps (`families.csv`, judged before it was tuned by, learnt from since).

How sets are used: `README.md`.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby

import pytest

from bench.families import SEARCH, SET, Judged, answers, judged, report, run, scores
from bench.topic_model import APART, TONGUES_APART
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.data_files.search_entries import search_files
from tests.chance import whole
from tests.records import replace

pytestmark = pytest.mark.needs("Node.js")

FIRST, AMONG_THREE = 0.91, 0.95  # some rows expect a paused offer first, which never leads
EACH_FIRST = 0.75
"""What every kind of query reaches, so that no language or need pays for another."""
FRESH = SEARCH / "families_fresh.csv"
KEPT_FIRST, KEPT_AMONG = 0.66, 0.77
APART_FIRST, APART_AMONG = 0.765, 0.85
MOST_ROWS = 5_000
"""So many that were tuned for are kept: they guard against breaking and decide nothing (`README.md`)."""


@pytest.fixture(scope="module")
def results(demo: Project) -> list[Judged]:
    return judged(demo, SET)


def share(results: Sequence[Judged], column: int, kind: str = "") -> float:
    row = scores(results)[kind]
    return row[column] / row[0]


def test_the_right_entry_comes_first_or_among_three(results, capsys):
    with capsys.disabled():
        print()
        report(results)
    assert len(results) > 400
    assert share(results, 1) >= FIRST
    assert share(results, 2) >= AMONG_THREE


def test_no_kind_of_query_falls_behind(results):
    behind = {kind: row for kind, row in scores(results).items() if row[1] / row[0] < EACH_FIRST}
    assert not behind


def test_how_people_talk_is_found(demo):
    """Queries of another kind of ear: colloquial, regional, compounds, slips, whole sentences; judged before they were run. Two were right
    first and three among three that ask for child protection or addiction by no grave word."""
    all_of, first, among = scores(judged(demo, FRESH))[""]
    assert all_of == 102
    assert first >= 95
    assert among >= 97


@pytest.mark.parametrize(
    "name",
    [
        "families_second.csv", "families_sixth.csv", "families_seventh.csv", "families_twentysecond.csv", "families_twentythird.csv",
        "families_tongues.csv", "families_tried.csv", "unseen/absent.csv", "unseen/danger.csv", "unseen/harmless.csv",
        "unseen/present.csv",
    ],
)  # fmt: skip
def test_sets_of_others_are_those_that_were_noted(name):
    noted = dict(
        reversed(line.split())
        for line in (SEARCH / "second_sets.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    assert sha256((SEARCH / name).read_bytes()).hexdigest() == noted[name]


@whole
@pytest.mark.parametrize(
    ("sets", "first", "among"),
    [([("families_kept.csv", "")], KEPT_FIRST, KEPT_AMONG), (TONGUES_APART, APART_FIRST, APART_AMONG)],
)
def test_what_was_found_is_found(demo, sets, first, among):
    """What was learnt from, and what never was: three in a hundred below what they reach."""
    found = [one for name, part in sets for one in judged(demo, SEARCH / name, part)]
    assert len(found) > 1_400
    assert share(found, 1) >= first
    assert share(found, 2) >= among


def test_few_queries_that_were_tuned_for_are_kept():
    apart = {*APART, ("absent_second.csv", ""), ("present_second.csv", ""), *TONGUES_APART}
    rows = 0
    for path in (*SEARCH.glob("*.csv"), *SEARCH.glob("danger/*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                rows += (path.name, "") not in apart and (path.name, row.get("part")) not in apart
    rows += len((SEARCH / "danger" / "neutral.txt").read_text("utf-8").splitlines())
    assert 4_000 < rows <= MOST_ROWS


def test_who_is_hungry_finds_the_food_bank(demo):
    """What is given out for little stands among what costs nothing; in another language a word that is known goes before those that are like one."""
    queries = ["kostenlos essen", "أكل مجاني", "безкоштовна їжа", "mancare gratis", "أنا جائعة وليس عندي أكل"]
    for found in run(demo.contexts[0], queries):
        assert "lebensmittelausgabe-tafel" in found[:6]


def test_a_word_that_another_language_knows_is_no_slip_of_a_german_one(demo):
    """Fathers who type Turkish were led to depression: „grubu“ is like „Grübeln“."""
    found = run(demo.contexts[0], ["babalar grubu"])[0]
    assert found[0] == "vaetertreff-elternverein"
    assert "topic:depression" not in found


def test_nothing_that_is_merely_spelt_alike_stands_below_a_box(demo):
    """Who says that grandma collapsed reads of no mourning, who is stalked of no foster children."""
    for found in run(
        demo.contexts[0], ["oma ist umgekippt", "papa hatte einen schlaganfall", "ich werde gestalkt"]
    ):
        assert not {"topic:trauer", "trauercafe-st-ansgar", "papa-und-baby", "pflegefamilie-werden"} & set(
            found
        )


@pytest.mark.parametrize(
    ("query", "beside"),
    [
        ("babytreff süderaue", "space:suederaue"),
        ("spielplatz norderaue", "space:norderaue"),
        ("alt heidkamp kinder", "space:alt-heidkamp"),
        ("schulden und scheidung", "topic:schulden"),
        ("Heideschule welche Straßen gehören dazu", "place:heideschule"),
    ],
)
def test_what_else_is_likely_meant_is_among_three(demo, query, beside):
    """A part of the town, the topic that leads to all that helps, a house: behind the best hit; who is in danger sees help alone first."""
    found, danger = run(demo.contexts[0], [query, f"mein mann schlägt mich {query}"])
    assert found.index(beside) in {1, 2}
    assert len(set(found)) == len(found)
    assert beside not in danger[:3]


def test_a_guess_shows_no_topic_of_violence(demo):
    """For that a word must lead there: whoever looks over a shoulder sees nothing that wasn't typed."""
    grave = {
        f"topic:{topic.id}" for topic in demo.site.words.topics.values() if demo.site.words.is_grave(topic.id)
    }
    for found in run(
        demo.contexts[0],
        ["wird immer so laut dass die Kinder weinen", "zittere wenn sein Schlüssel im Schloss geht"],
    ):
        assert grave.isdisjoint(found[:3])


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("geschwänzt", "schwänzen"),
        ("kindagatenplaz", "Kindergartenplatz"),
        ("Kreisjugendamt", "Jugendamt"),
    ],
)
def test_other_forms_of_a_word_find_what_it_does(demo, query, word):
    """A participle, many slips, a compound that says more."""
    found, plainly = run(demo.contexts[0], [query, word])
    assert set(found[:3]) & set(plainly[:3])


def test_what_several_phrases_say_counts_little_more_than_once(demo):
    """Five phrases hold „allein“: they led to breakfast for those who bring up children alone."""
    (found,) = run(demo.contexts[0], ["nachbarskind allein draußen"])
    assert "sorge-um-ein-kind" in found[:2]


def test_a_guess_puts_what_is_no_offer_before_none(demo):
    """A likely topic puts back what isn't of it, houses as well as offers."""
    (found,) = run(demo.contexts[0], ["papa kochen mit kind"])
    assert found[0] == "vaetertreff-elternverein"


def test_an_age_beside_words_that_say_little_finds_what_is_for_it(demo):
    months, plainly, pregnant = run(
        demo.contexts[0], ["Angebote 18 Monate", "18 Monate", "schwanger 7 Monat"]
    )
    assert months[:3] == plainly[:3]
    assert len(set(months)) == len(months)
    assert pregnant[0] == "topic:schwangerschaft"
    assert demo.site.offers[pregnant[1]].topics[0] == "schwangerschaft"


def test_words_of_offices_are_no_hits_for_families(demo):
    for hits in run(demo.contexts[0], ["Inobhutnahme", "Was ist ein Hilfeplan?", "JHA", "Fallkonferenz"]):
        assert not [hit for hit in hits if hit.startswith("term:")]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("jugent amt", "office:asd-nord"),
        ("weis nich weiter", "topic:depression"),
    ],
)
def test_what_is_meant_stands_first(demo, query, first):
    """A long word with a slip that is typed as two; words of which one leads to a topic."""
    (found,) = run(demo.contexts[0], [query])
    assert found[0] == first


@pytest.mark.parametrize(
    ("query", "among"),
    [
        ("haklarım", "page:rights"),
        ("حقوقي", "page:rights"),
        ("skarga na jugendamt", "ombudsstelle-beratung"),
        ("жалоба на югендамт", "ombudsstelle-beratung"),
        ("bibliothèque", "place:stadtbibliothek"),
        ("كتابخانه", "place:stadtbibliothek"),
        ("pleśń", "mieterberatung-mieterverein"),
        ("become foster parents", "pflegefamilie-werden"),
        ("bebeğimin ateşi var", "vorsorge-kinderaerztin-stadt"),
    ],
)
def test_pages_houses_and_things_are_found_in_other_languages(demo, query, among):
    """Not topics alone: who complains, knows no rights or names a house."""
    (found,) = run(demo.contexts[0], [query])
    assert among in found[:3]


@pytest.mark.parametrize(("slip", "first"), [("jugentamt", "office:asd-nord"), ("mobing", "topic:mobbing")])
def test_a_german_slip_is_no_word_of_another_language(demo, slip, first):
    """Others write „skarga na jugendamt“ and „mobil“."""
    (found,) = run(demo.contexts[0], [slip])
    assert found[0] == first


def test_a_refuge_whose_texts_hold_the_words_is_no_answer(demo):
    """It's there at the weekend, like little else, and filters never leave it out."""
    crisis, named = run(demo.contexts[0], ["Wochenende psychische Krise anrufen", "Mutmacher Kindergruppe"])
    assert {"topic:depression", "krisentelefon-auetal"} & {*crisis[:3]}
    assert "zuflucht-wegwarte" not in crisis[:5]
    assert named[0] == "mutmacher-kindergruppe"


@pytest.mark.parametrize("house", ["zuflucht-wegwarte", "ankerplatz-maedchenwohnung"])
def test_whoever_types_the_number_of_a_hidden_house_finds_whom_it_is_of(demo, house):
    """It stands on a note; of its texts nothing else leads there."""
    number = demo.contexts[0].facts.offers[house].contact.number
    (found,) = run(demo.contexts[0], [number])
    assert found == (house,)


def test_what_a_provider_lends_is_found(demo):
    """It stands on the provider's page."""
    provider = demo.site.providers["nachbarn-muehlenfeld"]
    (answer,) = answers(demo.contexts[0], ["Lastenrad leihen"])
    assert provider.can_give[0].what.startswith("Lastenrad")
    assert answer.hits[0] == "provider:nachbarn-muehlenfeld"
    assert not answer.no


@pytest.mark.parametrize(
    "query",
    ["papa hat gesagt er wird uns alle umbringen", "polizei war da wegen streit wir brauchen paarberatung"],
)
def test_who_cannot_wait_gets_numbers_alone_in_however_many_words(demo, query):
    """One word for an emergency in a long sentence is no word in passing: below it stood talks with both sides at one table."""
    (answer,) = answers(demo.contexts[0], [query])
    assert answer.danger
    assert answer.hits == ()


def test_hits_of_a_kind_stand_together(demo):
    """What the town has for those in danger stands in the box, before all hits."""
    (answer,) = answers(demo.contexts[0], ["mein mann hat mich geschlagen"])
    assert answer.danger
    assert "wegwarte-frauenberatung" in answer.hits[:3]
    kinds = [name.partition(":")[0] if ":" in name else "offer" for name in answer.hits]
    runs = Counter(kind for kind, _ in groupby(kinds))
    assert len(runs) > 1
    assert max(runs.values()) <= 2, "what is shown at first, and what stands behind „all“"


def test_who_does_not_want_to_live_sees_who_answers_and_nothing_else(demo):
    """The crisis line is in the box; below it stands nothing."""
    (answer,) = answers(demo.contexts[0], ["manchmal will ich einfach nicht mehr leben"])
    assert answer.danger
    assert answer.hits == ("krisentelefon-auetal",)


def test_what_cannot_wait_shows_nothing_that_is_merely_spelt_alike(demo):
    """„Es brennt bei uns“ is no „trennt“; where there is no box, a slip finds what was meant."""
    burning, slip = answers(demo.contexts[0], ["es brennt bei uns", "Trennunk"])
    of_parting = {"topic:trennung", "topic:trennungsberatung", "zwei-zuhause-kindergruppe"}
    assert burning.danger
    assert of_parting.isdisjoint(burning.hits)
    assert of_parting & {*slip.hits[:3]}


def test_in_danger_nobody_is_taken_for_a_man_because_they_name_one(demo):
    """„Mein Mann haut mich“ asks for no help for men; who helps whom stands in the box."""
    for found in run(demo.contexts[0], ["mein Mann haut mich", "meine Frau haut mich"]):
        assert found[0] == "wegwarte-frauenberatung"
        assert "maenner-erleben-gewalt" in found[:5]


def test_nonsense_sounds_like_nothing(demo):
    assert run(demo.contexts[0], ["qqqqq", "xyzzy"]) == [(), ()]


@pytest.mark.parametrize("spelling", ["Kindagarten Plaz", "Kindergartn plaz", "Mopping"])
def test_what_is_written_as_it_is_heard_is_understood(demo, spelling):
    (found,) = run(demo.contexts[0], [spelling])
    assert {"topic:kita", "topic:mobbing"} & set(found[:3])


def test_help_in_danger_is_added_only_where_words_lead_to_violence(demo):
    """A father who misses his children is heard as one who may be in danger; he isn't led to a refuge."""
    (found,) = run(demo.contexts[0], ["Ex lässt mich die Kinder nicht sehen"])
    assert "zuflucht-wegwarte" not in found[:3]
    assert found[0] in {"topic:umgang", "vaeterberatung"}


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("jugentamt", "Jugendamt"),
        ("drogenberatnug", "Drogenberatung"),
        ("deutschkurz", "Deutschkurs"),
        ("jugendamt telefonnumer", "Jugendamt Telefonnummer"),
        ("bibliothek öfnungszeiten", "Bibliothek Öffnungszeiten"),
    ],
)
def test_a_slip_finds_what_the_word_finds(demo, slip, word):
    """Down to the longer words around it, and before a word is taken for a compound of others („Deutsch“, „kurz“). What says nothing says nothing
    misspelt, either; a term stands among three where it was written as it is."""
    found, expected = run(demo.contexts[0], [slip, word])
    plain, of_word = ([name for name in one if not name.startswith("term:")] for one in (found, expected))
    assert plain[0] == of_word[0]
    assert len({*plain[:5]} & {*of_word[:5]}) >= 4, "longer words around it wait behind a button"


def test_a_filter_is_no_word_that_an_offer_must_have(demo):
    """A room that is free of charge, and open in the holidays, has all words of „Ferien kostenlos“."""
    holidays, language = run(demo.contexts[0], ["Ferien 9 Jahre kostenlos", "Scheidung Beratung arabisch"])
    assert holidays[0] == "ferienpass-auenstedt"
    assert "ferien" in demo.contexts[0].site.offers[holidays[0]].topics
    # Somebody interprets there on request.
    assert {"erziehungsberatung-alter-damm", "trennungsberatung-skf"} & set(language[:5])


@pytest.mark.parametrize(
    ("query", "named", "name"),
    [
        ("neu hier kenne niemand", "Väter neu hier", "vaetertreff-elternverein"),
        ("säuft", "meine Mutter trinkt, bin 9", "muschelgruppe"),
    ],
)
def test_what_is_for_some_people_alone_waits_until_one_of_them_is_named(demo, query, named, name):
    unasked, asked = run(demo.contexts[0], [query, named])
    assert name in unasked
    assert unasked.index(name) > 0
    assert asked.index(name) < unasked.index(name)


def test_a_feeling_beside_a_need_says_little(demo):
    """Who is afraid of the bailiff has debts; fear alone is a need of its own."""
    need, alone = run(demo.contexts[0], ["Angst vor dem Gerichtsvollzieher", "Angst"])
    assert need[0] == "topic:schulden"
    assert "topic:depression" in alone[:3]


@pytest.mark.parametrize(
    ("query", "plainly"),
    [
        ("Ferien Vierjähriger", "Ferien 4 Jahre"),
        ("Ferien Fünftklässler", "Ferien 5. Klasse"),
        ("Nachhilfe siebte Klasse", "Nachhilfe 7. Klasse"),
        ("Nachhilfe nach der Neunten", "Nachhilfe 9. Klasse"),
    ],
)
def test_an_age_in_words_is_heard(demo, query, plainly):
    """The ages are the same; which topic is likeliest meant is told by the other words, too."""
    found, expected = run(demo.contexts[0], [query, plainly])
    assert found[0] == expected[0]
    offers = [tuple(name for name in one if ":" not in name) for one in (found, expected)]
    assert set(offers[0]) == set(offers[1])


def test_for_how_long_is_no_age(demo):
    """Who is in debt for three years looks for no offer for a child of three."""
    since, plainly = run(demo.contexts[0], ["Schulden seit 3 Jahren", "Schulden"])
    assert since[0] == plainly[0]
    assert set(since) >= set(plainly[:5])


def test_several_words_for_what_costs_nothing_are_a_filter_and_no_need(demo):
    """„Ohne was zu zahlen“ leads to no maintenance that somebody doesn't pay."""
    food, idle = answers(demo.contexts[0], ["was Warmes zu futtern für lau", "chillen ohne was zu zahlen"])
    # who has no money eats there all the same
    assert {"mittagstisch-st-ansgar", "topic:essen-kleidung"} <= {*food.hits[: food.open]}
    assert "topic:begegnung" in idle.hits[:3]
    assert "topic:unterhalt" not in idle.hits[:5]


def test_an_area_stands_behind_what_is_there(demo):
    (found,) = run(demo.contexts[0], ["Baui Windkamp"])
    assert not found[0].startswith("space:")


def test_who_names_an_area_and_who_it_is_for_finds_what_is_there_for_them(demo):
    """Its text names another part of the area; others that name it are for everybody."""
    for found in run(demo.contexts[0], ["Vater Süderaue", "Papa Süderaue", "Väter Marktviertel"]):
        assert found[0] == "vaeterberatung"


def test_of_an_unknown_compound_the_end_counts_where_it_says_something(demo):
    (found,) = run(demo.contexts[0], ["Traumspielplatz"])
    assert "spielplatz" in found[0]


def test_a_phrase_beside_an_age_orders_what_fits_the_age(demo):
    (found,) = run(demo.contexts[0], ["9. Klasse was soll er werden"])
    assert "ausbildung" in demo.contexts[0].site.offers[found[0]].topics


@pytest.mark.parametrize(
    ("query", "plainly"),
    [
        ("8-10 jahre ferien", "Ferien 9 Jahre"),
        ("Ferien für 8 bis 10 Jahre", "Ferien 9 Jahre"),
        ("Kurs 2 bis 6 Monate", "Kurs 4 Monate"),
        ("Nachhilfe 2. bis 4. Klasse", "Nachhilfe 3. Klasse"),
        ("was mit 4 jährigen machen", "4 Jahre"),
    ],
)
def test_an_age_is_heard_however_it_is_written(demo, query, plainly):
    """From one age to another is the one between them; beside an age words that say nothing find nothing."""
    found, expected = run(demo.contexts[0], [query, plainly])
    assert found == expected != ()


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("Treff samstags", {5}),
        ("Treff Sonnabend", {5}),
        ("Treff sonntags", {6}),
        ("Treff Wochenende", {5, 6}),
    ],
)
def test_a_day_by_any_of_its_names_is_that_day(demo, query, days):
    (answer,) = answers(demo.contexts[0], [query])
    found = [
        demo.facts.offers[key] for key in answer.hits[: answer.open] if key in demo.facts.offers
    ]  # what says no times stands below
    assert found
    seen = {
        day
        for facts in found
        if not facts.discreet and facts.schedule
        for day in days
        if facts.schedule.usual(day)
    }
    assert seen == days
    assert all(any(map(facts.schedule.usual, days)) or facts.schedule.exceptions for facts in found)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("Gruppe für Mädchen", False),
        ("Gruppe für Frauen", False),
        ("Gruppe für Kinder", False),
        ("Frauen", False),
        ("Gruppe nach Gewalt", True),
        ("Schutz für Frauen", True),
        ("Frauenhaus", True),
        ("Mutmacher Kindergruppe", True),
    ],
)
def test_refuges_and_groups_after_violence_come_first_only_where_they_are_asked_for(demo, query, asked):
    """A word that is merely about people asks for none of them, though refuges take in girls and women."""
    (answer,) = answers(demo.contexts[0], [query])
    facts = demo.facts.offers
    first = [name for name in answer.hits if name in facts][:3]
    assert (answer.danger or any(facts[name].discreet for name in first)) is asked, first


def test_a_town_says_itself_for_whom_offers_wait_in_the_search(demo):
    site = demo.site
    groups = site.words.target_groups
    waiting = {**groups, "girls": groups["girls"].model_copy(update={"waits": True})}
    words = replace(site.words, target_groups=waiting)
    usual, changed = (
        json.loads(search_files(context)["search/title.de.json"])["onlyFor"]
        for context in (demo.contexts[0], Context(replace(site, words=words), demo.facts, "de"))
    )
    alone = sum(offer.for_ == ("girls",) for offer in site.offers.values())
    assert alone
    assert len(changed) == len(usual) + 1


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Haus der Begegnung", "place:haus-der-begegnung"),
        ("Haus der Begegnung Öffnungszeiten", "place:haus-der-begegnung"),
        ("wann hat das Haus der Begegnung offen", "place:haus-der-begegnung"),
        ("sankt elisabeth pfarrheim", "place:pfarrheim-st-elisabeth"),
        ("Bibliothek", "place:stadtbibliothek"),
    ],
)
def test_who_names_a_place_gets_it(demo, query, first):
    """Whatever else is said beside its name, in whatever order, and before what merely takes place there."""
    (found,) = run(demo.contexts[0], [query])
    assert found[0] == first


def test_a_sentence_of_empty_words_is_heard_as_a_whole(demo):
    """„Baby“ is all that is left of it, and yet nobody asks for a massage."""
    (found,) = run(demo.contexts[0], ["weiß nicht ob ich das baby will"])
    assert {*found[:3]} == {
        "topic:schwangerschaft",
        "schwangerschaftskonflikt-diakonie",
        "schwangerschaftsberatung-skf",
    }


@pytest.mark.parametrize("query", ["8 monate", "8 Monate was kann man machen", "Krabbelgruppe", "Sport"])
def test_no_hit_comes_twice(demo, query):
    (found,) = run(demo.contexts[0], [query])
    assert len(found) == len({*found}) > 5


def test_what_merely_mentions_a_word_waits_behind_all(demo):
    """One topic is sport, four others mention it: they don't stand before the offers."""
    (found,) = run(demo.contexts[0], ["Sport"])
    assert found[0] == "topic:sport"
    assert not any(":" in name for name in found[1:6])
    assert sum(name.startswith("topic:") for name in found) > 2


def test_a_month_of_pregnancy_is_no_age(demo):
    pregnant, baby = run(demo.contexts[0], ["schwanger 5. Monat Kurs", "5 Monate altes Baby"])
    assert {*pregnant[:5]} >= {"topic:schwangerschaft", "geburtsvorbereitung-norderaue"}
    assert "geburtsvorbereitung-norderaue" not in baby[:5]


def test_who_fears_that_the_office_takes_a_child_is_told_of_who_stands_by(demo):
    """And isn't heard as somebody who flees from violence."""
    found = run(
        demo.contexts[0],
        ["Ich habe Angst dass mir das Kind weggenommen wird", "Amt will mir die Kinder wegholen"],
    )
    assert all("ombudsstelle-beratung" in one[:2] for one in found)
    assert not any("zuflucht-wegwarte" in one[:10] for one in found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Kinderreisepass", "place:rathaus"),
        ("erweitertes Führungszeugnis", "place:rathaus"),
        ("wann muss ich mein Kind für die Schule anmelden", "topic:schule"),
        ("unser Papa ist im Gefängnis", "erziehungsberatung-alter-damm"),
        ("Fußballschuhe 34", "topic:essen-kleidung"),
    ],
)
def test_errands_find_their_house(demo, query, expected):
    """What people type who don't know what there is."""
    (found,) = run(demo.contexts[0], [query])
    assert expected in found[:3]


@pytest.mark.parametrize("query", ["Hilfe", "ich brauche Hilfe", "Hilfe sofort"])
def test_who_asks_for_nothing_but_help_finds_the_numbers_first(demo, query):
    (found,) = run(demo.contexts[0], [query])
    assert found[0] == "page:help"


@pytest.mark.parametrize("query", ["Notfall", "Notruf", "acil yardım", "Feuerwehr", "Polizei"])
def test_who_calls_for_help_sees_the_numbers_and_nothing_else(demo, query):
    (answer,) = answers(demo.contexts[0], [query])
    assert answer.danger
    assert not answer.hits


def test_the_age_of_a_child_says_nothing_of_who_worries(demo):
    (found,) = run(demo.contexts[0], ["meine tochter 14 trinkt alkohol"])
    assert "angehoerige-sucht-abend" in found[:3]


def test_what_is_for_a_baby_is_there_for_a_mother_of_sixteen(demo):
    """„ich bin 16“ is how old she is, and no age that her baby must have; of a child it is its age."""
    (own, child) = answers(demo.contexts[0], ["ich bin 16 und suche Babymassage", "Sohn 16 Babymassage"])
    assert "babymassage-windkamp" in own.hits[:3]
    assert own.chips == ("16 Jahre alt",)
    assert (child.chips, child.missed) == ((), ("16 Jahre alt",)), "it is said that nothing is for his age"


def test_what_is_paid_for_by_a_gift_is_there_without_money(demo):
    (found,) = run(demo.contexts[0], ["essen umsonst"])
    assert "mittagstisch-st-ansgar" in found
