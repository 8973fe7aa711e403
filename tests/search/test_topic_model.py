"""What the model of topics weighs: the same in the browser as in Python, and only where nobody named anything."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.topic_model import (
    APART,
    BUCKETS,
    GERMAN,
    LEARNT,
    MOST,
    TONGUES,
    TONGUES_APART,
    hashes,
    learn,
    likelihoods,
    matrix,
    queries,
    rates,
    weights_of,
    written,
)
from generator.pipeline.build import Project
from generator.render.frame.families import with_imports
from generator.search.entry_types import Concept, Entry, Lexicon
from generator.search.index import (
    LEAST,
    OWN,
    SPOKEN,
    TopicModel,
    build,
    model_part,
    topic_model,
    topic_models,
)
from generator.search.word_forms import fold, words
from tests.node import answering
from tests.records import replace

HERE = Path(__file__).parent
TEXTS = (
    "", "Schulden", "mein Sohn geht nicht mehr zur Schule", "Straße, Haeuser ÄÖÜ", "мама 𝔸𝔹 borç", "a", "ab-cd 12",
)  # fmt: skip
SCRIPTS = with_imports("topic_model.js")
NAMES = list(BUCKETS)


def known(name: str) -> TopicModel:
    found = topic_model(name)
    assert found is not None
    return found


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def model(name: str) -> TopicModel:
    return known(name)


def test_a_word_is_itself_and_its_pieces() -> None:
    assert len(hashes("ab", 8192)) == 1, "<ab> is a word of four letters"
    assert len(hashes("abc", 8192)) == 3
    assert hashes("Straße", 8192) == hashes("strasse", 8192)
    assert hashes("a b", 64) == hashes("a", 64) | hashes("b", 64)
    assert all(0 <= bucket < 64 for text in TEXTS for bucket in hashes(text, 64))


def test_the_browser_reckons_as_python_does() -> None:
    german, spoken = (known(one) for one in NAMES)
    place = {topic: number for number, topic in enumerate(sorted({*german.topics, *spoken.topics} - {OWN}))}
    parts = [model_part(one, place) for one in (german, spoken)]
    with answering(HERE / "topic_model.mjs", {"parts": parts}, SCRIPTS) as ask:
        found = ask({"texts": [[fold(word) for word in words(text)] for text in TEXTS]})
    for text, answer in zip(TEXTS, found, strict=True):
        own, other = dict(likelihoods(german, text)), dict(likelihoods(spoken, text))
        share = other.pop(OWN)
        mixed = {topic: share * own.get(topic, 0) + other.get(topic, 0) for topic in {*own, *other}}
        assert {row: pytest.approx(likely) for row, likely in answer["topics"]} == {
            place[topic]: likely for topic, likely in (mixed if share < 0.3 else own).items()
        }
        assert math.isclose(sum(likely for _, likely in answer["topics"]), 1)
        assert answer["strange"] == (share < 0.3)


def test_pages_of_another_language_have_the_model_of_those_alone() -> None:
    spoken = known(SPOKEN)
    assert topic_models("tr") == (spoken,)
    place = {topic: number for number, topic in enumerate(sorted({*spoken.topics} - {OWN}))}
    with answering(HERE / "topic_model.mjs", {"parts": [model_part(spoken, place)]}, SCRIPTS) as ask:
        (answer,) = ask({"texts": [["borc"]]})
    assert math.isclose(sum(likely for _, likely in answer["topics"]), 1)
    assert max(answer["topics"], key=lambda pair: pair[1])[0] == place["schulden"]
    assert not answer["strange"], "which language is the site's own it doesn't know"


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("mein Sohn geht nicht mehr zur Schule", False),
        ("Kita-Gutschein", False),
        ("oğlum artık okula gitmiyor", True),
        ("my son refuses to go to school", True),
        ("كيف أسجل ابني في الروضة", True),
    ],
)
def test_it_tells_german_from_what_else_is_spoken(text: str, foreign: bool) -> None:
    assert (likelihoods(known(SPOKEN), text)[OWN] < 0.3) == foreign


def test_nearly_no_german_query_is_taken_for_another_language(demo: Project) -> None:
    assert demo.site is not None
    asked = [
        text for text, _ in queries(demo.site, [("families_second.csv", ""), ("families_sixth.csv", "")])
    ]
    taken = [text for text in asked if likelihoods(known(SPOKEN), text)[OWN] < 0.3]
    assert len(taken) <= 0.02 * len(asked)


def test_a_word_is_looked_for_among_those_of_other_languages_once(german: dict[str, bytes]) -> None:
    """There are thousands of these, and a search runs with every letter."""
    parts = {name: json.loads(german[f"search/{name}.de.json"]) for name in ("title", "full", "tongues")}
    with answering(HERE / "looking.mjs", parts) as ask:
        for query in ("oğlum artık okula gitmiyor ne yapabilirim", "kütüphane", "Xylofonbauer gesucht"):
            looked = ask({"query": query})
            assert 0 < len(looked) == len(set(looked)), query


def test_a_site_gets_the_topics_that_it_has(model: TopicModel, name: str) -> None:
    own = [-1] if name == SPOKEN else []
    assert [row[0] for row in model_part(model, {"schulden": 7, "eigenes-thema": 8})["topics"]] == [*own, 7]
    assert [row[0] for row in model_part(model, {})["topics"]] == own


def test_it_knows_the_topics_that_are_there_and_learnt_nothing_of_what_measures(
    demo: Project, model: TopicModel, name: str
) -> None:
    assert demo.site is not None
    assert set(model.topics) - {OWN} <= set(demo.site.words.topics)
    assert (OWN in model.topics) == (name == SPOKEN)
    assert not {*LEARNT, *TONGUES} & {*APART, *TONGUES_APART}


def test_no_weight_is_small_and_the_file_is_read_as_it_was_written(model: TopicModel, name: str) -> None:
    assert all(
        LEAST <= abs(weight) <= MOST
        for _, *row in model.topics.values()
        for weight in weights_of(*row).values()
    )
    path = HERE.parents[1] / "generator" / "search" / f"topic_model.{name}.json"
    assert path.read_text("utf-8") == written(model)


def test_it_stays_small_enough_for_a_phone(model: TopicModel, name: str) -> None:
    part = json.dumps(
        model_part(model, {topic: row for row, topic in enumerate(sorted(model.topics)) if topic})
    )
    assert len(gzip.compress(part.encode(), 9)) < {GERMAN: 56_000, SPOKEN: 130_000}[name]


@pytest.mark.parametrize("apart", APART)
def test_it_knows_what_is_meant_where_it_learnt_nothing(demo: Project, apart: tuple[str, str]) -> None:
    assert demo.site is not None
    count, first, among = rates(known(GERMAN), list(queries(demo.site, [apart])))
    assert count > 80
    assert first / count >= 0.82
    assert among / count >= 0.9


def test_it_knows_what_is_meant_in_nine_other_languages(demo: Project) -> None:
    assert demo.site is not None
    count, first, among = rates(known(SPOKEN), list(queries(demo.site, TONGUES_APART, german=False)))
    assert count > 600
    assert first / count >= 0.79
    assert among / count >= 0.9


def test_a_row_counts_as_much_however_long_it_is() -> None:
    lengths = matrix(["Schulden", "mein Sohn geht nicht mehr zur Schule"], 8192).power(2).sum(1)
    assert lengths.tolist() == [[pytest.approx(1)], [pytest.approx(1)]]


SAID = [
    *((text, {"schulden": 1.0}) for text in ("Mahnung im Kasten", "die Bank mahnt", "Inkasso droht", "Raten nicht bezahlt")),
    *((text, {"sport": 1.0}) for text in ("Fußball spielen", "Turnen im Verein", "Handball für Kinder", "klettern gehen")),
]  # fmt: skip
ENTRIES = [
    Entry(0, "angebote/schuldnerberatung/", "offer", "Beratung", concepts=("schulden",)),
    Entry(1, "angebote/verein/", "offer", "Verein", concepts=("sport",)),
    Entry(2, "orte/bank/", "place", "Bank"),
]
CONCEPTS = {"schulden": Concept("Schulden"), "sport": Concept("Sport")}
KINDS = {"offer": "Angebote", "place": "Orte"}


@pytest.fixture(scope="module")
def small() -> TopicModel:
    return learn([(one, 1.0) for one in SAID], 8192, "")


@settings(max_examples=30)
@given(st.text(max_size=30))
def test_whatever_is_typed_all_topics_together_are_one(small: TopicModel, text: str) -> None:
    assert math.isclose(sum(likelihoods(small, text).values()), 1)


def found(
    engine: Callable[..., Any], model: TopicModel | None, query: str, entries: Sequence[Entry] = ENTRIES
) -> list[int]:
    files = build(entries, Lexicon("de", CONCEPTS), kinds=KINDS, models=[model] if model else ())
    ids: list[int] = engine(files, [query])["full"][0]["ids"]
    return ids


def test_what_no_word_finds_the_letters_may(engine: Callable[..., Any], small: TopicModel) -> None:
    query = "zweite Mahnungen wegen meiner Raten"
    assert found(engine, None, query) == []
    assert found(engine, small, query)[0] == 0


def test_a_guess_lifts_nothing_that_is_guarded(engine: Callable[..., Any], small: TopicModel) -> None:
    entries = [replace(ENTRIES[0], guarded=True), *ENTRIES[1:]]
    assert 0 not in found(engine, small, "zweite Mahnungen wegen meiner Raten", entries)


def test_who_names_a_house_gets_it(engine: Callable[..., Any], small: TopicModel) -> None:
    assert found(engine, small, "Bank")[0] == 2


def test_words_that_are_known_need_no_guess(engine: Callable[..., Any], small: TopicModel) -> None:
    assert found(engine, small, "Verein") == found(engine, None, "Verein")


def test_without_a_model_the_index_has_none() -> None:
    files = build(ENTRIES, Lexicon("tr", CONCEPTS), kinds=KINDS)
    assert "model" not in json.loads(files["search/full.tr.json"])
