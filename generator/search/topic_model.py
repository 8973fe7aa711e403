"""A language in, the models of what people mean out: how likely each topic is, by the letters of a query.

A query is the set of its words and of their 4-grams, `<` and `>` at the ends, each hashed into a bucket; a linear model with a softmax weighs
them (Joulin et al. 2017, „Bag of Tricks for Efficient Text Classification“). One model has read German. The other has read what is spoken
beside it and tells German from that: `OWN` is its word for a query that the first one knows better (a mixture of two experts with a gate, Jacobs et al. 1991).
`python -m bench.topic_model` learns the weights from queries that people judged; `assets/js/topic_model.js` does the sum.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.files.packaged import packaged_text
from generator.search.languages import base

LETTERS = 4
LEAST = 4
"""The smallest weight that is kept; weights are whole numbers."""
SCALE = 4.0
"""A weight of so much is 1 in the sum."""
OWN = ""
"""What the model of other languages says of a query in German."""
SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class TopicModel:
    """For each topic, by its id, what it begins with, and its weights as browsers read them: steps between buckets, amounts."""

    learnt: str
    """Of which queries: the digest of their files."""
    buckets: int
    """Into how many letters are hashed: a power of two."""
    topics: Mapping[str, tuple[int, str, str]]


def topic_models(language: str) -> tuple[TopicModel, ...]:
    """Return what may be asked on pages of a language: the model of that language, where there is one, and that of all others."""
    found = (topic_model(base(language)), topic_model(SPOKEN))
    return tuple(model for model in found if model is not None)


@cache
def topic_model(name: str) -> TopicModel | None:
    """Return the model of a language or, for `SPOKEN`, of those beside German; None where nobody has learnt one."""
    try:
        text = packaged_text("generator", "search", f"topic_model.{name}.json")
    except FileNotFoundError:
        return None
    content = json.loads(text)
    topics = {topic: tuple(row) for topic, row in content["topics"].items()}
    return TopicModel(content["learnt"], content["buckets"], topics)


def model_part(model: TopicModel, place: Mapping[str, int]) -> dict[str, Any]:
    """Write the topics that a site has for its browsers, each after the row of its concept; -1 is that of `OWN`."""
    rows = {OWN: -1, **place}
    held = [[rows[topic], *row] for topic, row in sorted(model.topics.items()) if topic in rows]
    return {"buckets": model.buckets, "letters": LETTERS, "least": LEAST, "scale": SCALE, "topics": held}
