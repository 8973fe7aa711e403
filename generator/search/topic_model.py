"""A language in, the model of what people mean out: how likely each topic is, by the letters of a query.

A query is the set of its words and of their 4-grams, `<` and `>` at the ends, each hashed into one of `BUCKETS`; a linear model with a softmax weighs
them (Joulin et al. 2017, „Bag of Tricks for Efficient Text Classification“). `python -m bench.topic_model` learns the weights from queries that
people judged; `assets/js/topic_model.js` does the sum.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator.files.packaged import packaged_text
from generator.search.folding import fold, words
from generator.search.languages import base
from generator.search.packing import distances, pack_numbers

BUCKETS = 8192
LETTERS = 4
LEAST = 4
"""The smallest weight that is kept; weights are whole numbers."""
SCALE = 4.0
"""A weight of so much is 1 in the sum."""


@dataclass(frozen=True, slots=True)
class TopicModel:
    """For each topic, by its id, what it begins with, and its weights as browsers read them: steps between buckets, amounts."""

    learnt: str
    """Of which queries: the digest of their files."""
    topics: Mapping[str, tuple[int, str, str]]


def packed(bias: int, weights: Mapping[int, int]) -> tuple[int, str, str]:
    """Write a topic's weights by their buckets; an amount's last bit is its sign. Raises ``ValueError`` for one below `LEAST`."""
    held = sorted(weights)
    amounts = ((abs(weights[bucket]) - LEAST) * 2 + (weights[bucket] < 0) for bucket in held)
    return bias, pack_numbers(distances(held)), pack_numbers(amounts)


def buckets(text: str) -> frozenset[int]:
    """Return the buckets of a text's words and of their pieces."""
    found = set()
    for word in words(text):
        letters = f"<{fold(word)}>"
        found.add(_bucket(letters))
        found.update(_bucket(letters[at : at + LETTERS]) for at in range(len(letters) - LETTERS + 1))
    return frozenset(found)


def _bucket(letters: str) -> int:
    number = 0
    for letter in letters:
        number = (number * 31 + ord(letter)) & 0xFFFFFFFF
    return (number ^ (number >> 15)) % BUCKETS


@cache
def topic_model(language: str) -> TopicModel | None:
    """Return the model of a language; None where nobody has learnt one."""
    try:
        text = packaged_text("generator", "search", f"topic_model.{base(language)}.json")
    except FileNotFoundError:
        return None
    content = json.loads(text)
    return TopicModel(content["learnt"], {topic: tuple(row) for topic, row in content["topics"].items()})


def written(model: TopicModel) -> str:
    """Return the text of a model's file, a line for each topic."""
    lines = (f"{json.dumps(topic)}: {json.dumps(row)}" for topic, row in sorted(model.topics.items()))
    return f'{{"learnt": {json.dumps(model.learnt)}, "topics": {{\n' + ",\n".join(lines) + "\n}}\n"


def model_part(model: TopicModel, place: Mapping[str, int]) -> list[list[int | str]]:
    """Write the topics that a site has for its browsers, each after the row of its concept."""
    return [[place[topic], *row] for topic, row in sorted(model.topics.items()) if topic in place]
