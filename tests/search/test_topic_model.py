"""What the model of topics weighs: the same in the browser as in Python, learnt from the sets that are there, and only where nobody named anything."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.topic_model import (
    APART,
    LAY,
    LEARNT,
    MOST,
    digest,
    lay_words,
    learn,
    likelihoods,
    matrix,
    queries,
    rates,
    weights_of,
)
from generator.pipeline.build import Project
from generator.search.entry import Concept, Entry
from generator.search.folding import fold, words
from generator.search.index import build
from generator.search.topic_model import BUCKETS, LEAST, TopicModel, buckets, model_part, topic_model, written
from tests.chance import whole
from tests.node import answering

HERE = Path(__file__).parent
TEXTS = (
    "",
    "Schulden",
    "mein Sohn geht nicht mehr zur Schule",
    "Straße, Haeuser ÄÖÜ",
    "мама 𝔸𝔹 borç",
    "a",
    "ab-cd 12",
)


@pytest.fixture(scope="module")
def model() -> TopicModel:
    found = topic_model("de")
    assert found is not None
    return found


def test_a_word_is_itself_and_its_pieces() -> None:
    assert len(buckets("ab")) == 1, "<ab> is a word of four letters"
    assert len(buckets("abc")) == 3
    assert buckets("Straße") == buckets("strasse")
    assert buckets("a b") == buckets("a") | buckets("b")
    assert all(0 <= bucket < BUCKETS for text in TEXTS for bucket in buckets(text))


def test_the_browser_reckons_as_python_does(model: TopicModel) -> None:
    place = {topic: number for number, topic in enumerate(sorted(model.topics))}
    part = model_part(model, place)
    names = ["topic_model.js", "matching.js", "ages.js", "facets.js", "folding.js", "spoken.js"]
    with answering(HERE / "topic_model.mjs", {"part": part}, names) as ask:
        found = ask({"texts": [[fold(word) for word in words(text)] for text in TEXTS]})
    for text, rows in zip(TEXTS, found, strict=True):
        expected = likelihoods(model, text)
        assert {row: pytest.approx(likely) for row, likely in rows} == {
            place[topic]: likely for topic, likely in expected.items()
        }
        assert math.isclose(sum(expected.values()), 1)


def test_a_site_gets_the_topics_that_it_has(model: TopicModel) -> None:
    assert [row[0] for row in model_part(model, {"schulden": 7, "eigenes-thema": 8})] == [7]
    assert model_part(model, {}) == []


def test_it_was_learnt_from_the_sets_that_are_there(demo: Project, model: TopicModel) -> None:
    assert model.learnt == digest(), "python -m bench.topic_model"
    assert demo.site is not None
    assert set(model.topics) <= set(demo.site.words.topics)
    assert {name for name, _ in LEARNT} & {"families_sixth.csv", "families_seventh.csv"} == set()
    assert not {*LEARNT} & {*APART}


def test_no_weight_is_small_and_the_file_is_read_as_it_was_written(model: TopicModel) -> None:
    assert all(
        LEAST <= abs(weight) <= MOST
        for _, *row in model.topics.values()
        for weight in weights_of(*row).values()
    )
    path = HERE.parents[1] / "generator" / "search" / "topic_model.de.json"
    assert path.read_text("utf-8") == written(model)


def test_it_stays_small_enough_for_a_phone(model: TopicModel) -> None:
    part = json.dumps(model_part(model, {topic: row for row, topic in enumerate(model.topics)}))
    assert len(gzip.compress(part.encode(), 9)) < 56_000


@pytest.mark.parametrize(("name", "least_first", "least_among"), [(one, 0.82, 0.9) for one in APART])
def test_it_knows_what_is_meant_where_it_learnt_nothing(
    demo: Project, model: TopicModel, name: tuple[str, str], least_first: float, least_among: float
) -> None:
    assert demo.site is not None
    count, first, among = rates(model, [one for one in queries(demo.site, [name]) if one[1]])
    assert count > 80
    assert first / count >= least_first
    assert among / count >= least_among


@whole
def test_who_learns_again_gets_a_model_that_is_as_good(demo: Project, model: TopicModel) -> None:
    """Not the same to the byte: another processor rounds otherwise."""
    assert demo.site is not None
    said = [one for one in queries(demo.site, LEARNT) if one[1]]
    lay = list(lay_words(demo.site))
    again = learn([*said, *lay], [1.0] * len(said) + [LAY] * len(lay), digest())
    asked = [one for one in queries(demo.site, APART) if one[1]]
    for old, new in zip(rates(model, asked), rates(again, asked), strict=True):
        assert abs(old - new) <= 0.01 * len(asked)


def test_a_row_counts_as_much_however_long_it_is() -> None:
    lengths = matrix(["Schulden", "mein Sohn geht nicht mehr zur Schule"]).power(2).sum(1)
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
    return learn(SAID, [1.0] * len(SAID), "")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_all_topics_together_are_one(small: TopicModel, text: str) -> None:
    assert math.isclose(sum(likelihoods(small, text).values()), 1)


def found(
    engine: Callable[..., Any], model: TopicModel | None, query: str, entries: Sequence[Entry] = ENTRIES
) -> list[int]:
    files = build(entries, language="de", kinds=KINDS, concepts=CONCEPTS, model=model)
    ids: list[int] = engine(files, [query])["full"][0]["ids"]
    return ids


def test_what_no_word_finds_the_letters_may(engine: Callable[..., Any], small: TopicModel) -> None:
    query = "zweite Mahnungen wegen meiner Raten"
    assert found(engine, None, query) == []
    assert found(engine, small, query)[0] == 0


def test_a_guess_lifts_nothing_that_is_sensitive(engine: Callable[..., Any], small: TopicModel) -> None:
    entries = [replace(ENTRIES[0], discreet=True), *ENTRIES[1:]]
    assert 0 not in found(engine, small, "zweite Mahnungen wegen meiner Raten", entries)


def test_who_names_a_house_gets_it(engine: Callable[..., Any], small: TopicModel) -> None:
    assert found(engine, small, "Bank")[0] == 2


def test_words_that_are_known_need_no_guess(engine: Callable[..., Any], small: TopicModel) -> None:
    assert found(engine, small, "Verein") == found(engine, None, "Verein")


def test_a_language_without_a_model_has_none() -> None:
    assert topic_model("tr") is None
    files = build(ENTRIES, language="tr", kinds=KINDS, concepts=CONCEPTS, model=topic_model("tr"))
    assert "model" not in json.loads(files["search/full.tr.json"])
