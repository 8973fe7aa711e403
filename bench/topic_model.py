"""Learns from queries that people judged which topic is meant, and writes the models that the search uses (`generator/search/index.py`).

Multinomial logistic regression with a penalty on the squares of weights, by L-BFGS. What is learnt from: sets of queries that the search
was bettered by (30,000; `tests/search` keeps a few of them, all are in its history), and the lay words of the vocabulary, which count half. A query's topics are those that may
come first for it, and those of the offers that may. The model of other languages learns besides that German is not for it: to it all
German queries and lay words are one topic, `OWN`, and count in full.

    git archive 72ea8d93 tests/search | tar -x -C FOLDER      brings the sets back
    python -m bench.topic_model FOLDER/tests/search           learns, writes generator/search/topic_model.*.json, and says how well they do
    python -m bench.topic_model                               says how well the written ones do, on sets that nothing was learnt from
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from bench.families import AMONG, ROOT, SEARCH, TODAY
from generator.model.site import Site
from generator.pipeline.build import prepare
from generator.search.index import (
    LEAST,
    LETTERS,
    OWN,
    SCALE,
    SPOKEN,
    TopicModel,
    topic_model,
)
from generator.search.packing import ALPHABET, CLOSING, CONTINUING, distances, pack_numbers
from generator.search.word_forms import fold, words

GERMAN = "de"
BUCKETS = {GERMAN: 8192, SPOKEN: 16384}
"""Of each model."""
_LEARNT = (
    "", "_fresh", "_ear", "_ear2", "_third", "_fourth", "_fifth", "_tried", "_eighth", "_ninth", "_tenth", "_said",
    "_thirteenth", "_fourteenth", "_fifteenth", "_sixteenth", "_seventeenth", "_eighteenth", "_nineteenth",
    "_said2", "_twentieth", "_twentyfirst", "_eleventh", "_twelfth", "_twentyfourth", "_twentyfifth",
    "_twentysixth", "_twentyseventh", "_twentyeighth", "_twentyninth", "_thirtieth", "_thirtyfirst",
    "_thirtysecond",
)  # fmt: skip
_PARTS = {"_ear2": "learnt", "_tried": "first"}
LEARNT = tuple((f"families{name}.csv", _PARTS.get(name, "")) for name in _LEARNT)
"""Sets that the search was bettered by, with the part of them that was."""
APART = (
    ("families_second.csv", ""),
    ("families_ear2.csv", ""),
    ("families_tried.csv", "second"),
    ("families_sixth.csv", ""),
    ("families_seventh.csv", ""),
    ("families_twentysecond.csv", ""),
    ("families_twentythird.csv", ""),
)
"""Sets of which nothing was learnt."""
TONGUES = (("families_said_tongues.csv", ""), ("families_tongues.csv", "learnt"))
"""What the model of other languages alone was learnt from, besides the queries of `LEARNT` that are in them."""
TONGUES_APART = (("families_tongues.csv", "measured"), *APART)
LAY = 0.5
"""So much of a query a lay word counts."""
PENALTY = 0.08
STEPS = 80
MOST = 63
"""The largest weight that is kept."""

Said = tuple[str, Mapping[str, float]]
"""What somebody typed, and what share of it each topic is."""


def packed(bias: int, weights: Mapping[int, int]) -> tuple[int, str, str]:
    """Write a topic's weights by their buckets; an amount's last bit is its sign. Raises ``ValueError`` for one below `LEAST`."""
    held = sorted(weights)
    amounts = ((abs(weights[bucket]) - LEAST) * 2 + (weights[bucket] < 0) for bucket in held)
    return bias, pack_numbers(distances(held)), pack_numbers(amounts)


def hashes(text: str, buckets: int) -> frozenset[int]:
    """Return in which of so many buckets a text's words and their pieces are."""
    found = set()
    for word in words(text):
        letters = f"<{fold(word)}>"
        found.add(_hash(letters) % buckets)
        found.update(_hash(letters[at : at + LETTERS]) % buckets for at in range(len(letters) - LETTERS + 1))
    return frozenset(found)


def _hash(letters: str) -> int:
    number = 0
    for letter in letters:
        number = (number * 31 + ord(letter)) & 0xFFFFFFFF
    return number ^ (number >> 15)


def written(model: TopicModel) -> str:
    """Return the text of a model's file, a line for each topic."""
    lines = (f"{json.dumps(topic)}: {json.dumps(row)}" for topic, row in sorted(model.topics.items()))
    head = f'"learnt": {json.dumps(model.learnt)}, "buckets": {model.buckets}'
    return f'{{{head}, "topics": {{\n' + ",\n".join(lines) + "\n}}\n"


def queries(
    site: Site, sets: Sequence[tuple[str, str]], *, german: bool = True, folder: Path = SEARCH
) -> Iterator[Said]:
    """Yield the queries of some sets in German, or in other languages, with their topics; those that mean none are left out."""
    for row in _rows(folder, sets, german=german):
        topics = _topics(site, row["expected"])
        if topics:
            yield row["query"], topics


def _rows(folder: Path, sets: Sequence[tuple[str, str]], *, german: bool) -> Iterator[Mapping[str, str]]:
    for name, part in sets:
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if part in ("", row.get("part")) and (row.get("language", GERMAN) == GERMAN) == german:
                    yield row


def lay_words(site: Site, *, german: bool = True) -> Iterator[Said]:
    """Yield the lay words and phrases in German, or in other languages, with their topics; those that mean none are left out."""
    for synonym in site.words.synonyms.values():
        means = [topic for topic in synonym.means if topic in site.words.topics]
        if (synonym.language == GERMAN) == german and means:
            for word in synonym.words:
                yield word, dict.fromkeys(means, 1 / len(means))


def german(site: Site, folder: Path) -> Iterator[str]:
    """Yield all that was said in German, whatever it means: a house, an office or a topic."""
    yield from (row["query"] for row in _rows(folder, LEARNT, german=True))
    for synonym in site.words.synonyms.values():
        if synonym.language == GERMAN:
            yield from synonym.words


def lessons(site: Site, name: str, folder: Path) -> Iterator[tuple[Said, float]]:
    """Yield what a model is learnt from, with how much each counts."""
    if name == GERMAN:
        yield from ((one, 1.0) for one in queries(site, LEARNT, folder=folder))
        yield from ((one, LAY) for one in lay_words(site))
        return
    yield from ((one, 1.0) for one in queries(site, [*LEARNT, *TONGUES], german=False, folder=folder))
    yield from ((one, LAY) for one in lay_words(site, german=False))
    yield from (((text, {OWN: 1.0}), 1.0) for text in german(site, folder))


def _topics(site: Site, expected: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for token in expected.split():
        name = token.removeprefix("@").removeprefix("topic:").split("+")[0]
        if name in site.words.topics:
            found[name] = found.get(name, 0) + 2
        elif name in site.offers:
            for topic in site.offers[name].topics:
                found[topic] = found.get(topic, 0) + 1 / len(site.offers[name].topics)
    whole = sum(found.values())
    return {topic: share / whole for topic, share in found.items()}


def matrix(texts: Sequence[str], buckets: int) -> csr_matrix:
    """Return a row for each text: its buckets, divided by the root of how many they are."""
    held = [sorted(hashes(text, buckets)) for text in texts]
    rows = [row for row, one in enumerate(held) for _ in one]
    columns = [bucket for one in held for bucket in one]
    ones = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), buckets))
    return csr_matrix(diags([1 / max(1, len(one)) ** 0.5 for one in held]) @ ones)


def learn(said: Sequence[tuple[Said, float]], buckets: int, learnt: str) -> TopicModel:
    """Return the model that makes what was said likeliest, each as often as it counts; small weights are left out."""
    topics = sorted({topic for (_, shares), _ in said for topic in shares})
    given = matrix([text for (text, _), _ in said], buckets)
    wanted = np.array([[shares.get(topic, 0.0) for topic in topics] for (_, shares), _ in said])
    weight = np.array([count for _, count in said])[:, None]
    across = given.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        bias, weights = flat[: len(topics)], flat[len(topics) :].reshape(buckets, len(topics))
        sums = given @ weights + bias
        powers = np.exp(sums - sums.max(1, keepdims=True))
        likely = powers / powers.sum(1, keepdims=True)
        away = (likely - wanted) * weight
        value = -(weight * wanted * np.log(likely + 1e-12)).sum() + PENALTY / 2 * (weights**2).sum()
        return value, np.concatenate([away.sum(0), (across @ away + PENALTY * weights).ravel()])

    start = np.zeros((buckets + 1) * len(topics))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x * SCALE
    whole = np.rint(found).astype(int).clip(-MOST, MOST)
    bias, weights = whole[: len(topics)], whole[len(topics) :].reshape(buckets, len(topics))
    kept = [
        {int(b): int(weights[b, at]) for b in np.flatnonzero(np.abs(weights[:, at]) >= LEAST)}
        for at in range(len(topics))
    ]
    return TopicModel(
        learnt, buckets, {topic: packed(int(bias[at]), kept[at]) for at, topic in enumerate(topics)}
    )


@lru_cache(maxsize=1 << 10)
def weights_of(steps: str, amounts: str) -> Mapping[int, int]:
    """Read the weights of a topic, by their buckets."""
    signed = ((LEAST + (one >> 1)) * (-1 if one & 1 else 1) for one in unpacked(amounts))
    return dict(zip(accumulate(unpacked(steps)), signed, strict=True))


def unpacked(text: str) -> Iterator[int]:
    """Read packed numbers."""
    value, unit = 0, 1
    for letter in text:
        digit = ALPHABET.index(letter)
        value += unit * digit
        unit *= CONTINUING
        if digit < CLOSING:
            yield value
            value, unit = 0, 1


def likelihoods(model: TopicModel, text: str) -> Mapping[str, float]:
    """Return how likely each topic is meant, as browsers reckon it."""
    held = hashes(text, model.buckets)
    root = max(1, len(held)) ** 0.5
    sums = {
        topic: (sum(weights_of(*row).get(bucket, 0) for bucket in held) / root + bias) / SCALE
        for topic, (bias, *row) in model.topics.items()
    }
    powers = {topic: float(np.exp(value)) for topic, value in sums.items()}
    return {topic: power / sum(powers.values()) for topic, power in powers.items()}


def digest(name: str, folder: Path) -> str:
    """Return what the files are that a model is learnt from, without the vocabulary, which changes more often."""
    sets = LEARNT if name == GERMAN else (*LEARNT, *TONGUES)
    return sha256(b"".join((folder / name).read_bytes() for name, _ in sets)).hexdigest()


def rates(model: TopicModel, said: Sequence[Said]) -> tuple[int, int, int]:
    """Return of how many queries the likeliest topic, or one of the three likeliest, is one that was meant."""
    first = among = 0
    for text, shares in said:
        likely = {topic: one for topic, one in likelihoods(model, text).items() if topic != OWN}
        best = sorted(likely, key=lambda topic: -likely[topic])[:AMONG]
        first += best[0] in shares
        among += any(topic in shares for topic in best)
    return len(said), first, among


def main() -> None:
    """Do what the command line asks for."""
    site = prepare(ROOT, TODAY).site
    assert site is not None
    for name in BUCKETS:
        model = topic_model(name)
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
            said = list(lessons(site, name, folder))
            model = learn(said, BUCKETS[name], digest(name, folder))
            (ROOT / "generator" / "search" / f"topic_model.{name}.json").write_text(written(model), "utf-8")
            weights = sum(len(weights_of(*row)) for _, *row in model.topics.values())
            print(f"{name}: learnt from {len(said)} queries and lay words: {weights} weights")
        assert model is not None
        for one in APART if name == GERMAN else TONGUES_APART:
            if asked := list(queries(site, [one], german=name == GERMAN)):
                count, first, among = rates(model, asked)
                print(
                    f"  {' '.join(one):<32} {count:4d}   first {first / count:4.0%}   among {AMONG} {among / count:4.0%}"
                )


if __name__ == "__main__":
    main()
