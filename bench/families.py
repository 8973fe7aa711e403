"""What families type into the search of the demo, and whether what should come first does, by kind of query.

`tests/search/families.csv` holds queries that were judged before anything was tuned by them: the kind, the query, and what may come
first. `schulden-notfall-birkenkoppel` is an offer, `topic:schulden` an entry of another kind, `@schulden` the topic or any offer
of it; `@ferien+a9`, `@sport+free`, `@schulden+tr` only the topic's offers for a child of nine, free of charge, in Turkish.

A set may have parts (a column `part`): those that were learnt from and those that weren't.

Hits count in the order of the page: where somebody is in danger the town's offers in the box come first, and kinds stand together.

    python -m bench.families [file.csv [part]]
"""

from __future__ import annotations

import atexit
import csv
import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from bench.scripts import Scripts
from generator.model.offer import Offer
from generator.pipeline.build import Project, prepare
from generator.render.base.context import Context
from generator.render.data_files.danger_boxes import danger_files
from generator.render.data_files.search_entries import directory_order, index_order, search_files
from generator.render.directory.filters import directory_files
from generator.search.directory_data import HOURS

ROOT = Path(__file__).parent.parent
SEARCH = ROOT / "tests" / "search"
SET = SEARCH / "families.csv"
AMONG = 3
TODAY = dt.date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query of a kind with what may come first, and the ids that the search gave, the best first."""

    kind: str
    query: str
    expected: frozenset[str]
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The place of the first right hit, from 1."""
        return next((rank for rank, name in enumerate(self.found, 1) if name in self.expected), None)


Kind = Literal["danger", "mute", "no", "perhaps", "hits"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the kind of its answer, hits, where else one is helped; how many hits are in sight, what its filters are called and those that nothing fits."""

    kind: Kind
    hits: tuple[str, ...]
    elsewhere: tuple[str, ...]
    open: int
    chips: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def danger(self) -> bool:
        """Whether there is a box of danger."""
        return self.kind == "danger"

    @property
    def perhaps(self) -> bool:
        """Whether hits stand before the no."""
        return self.kind == "perhaps"

    @property
    def no(self) -> bool:
        """Whether the page says that nothing here is about it."""
        return self.kind in ("no", "perhaps")


def judged(project: Project, path: Path = SET, part: str = "") -> list[Judged]:
    """Run all queries of a file, or of a part of it, on the demo's German index with the shipped script."""
    context = project.contexts[0]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if part in ("", row.get("part"))]
    known = set(names(context))
    found = run(context, [row["query"] for row in rows])
    result = []
    for row, ids in zip(rows, found, strict=True):
        expected = frozenset(name for token in row["expected"].split() for name in _meant(context, token))
        if not expected & known:
            raise ValueError(f"{row['query']}: nothing of {row['expected']} is in the index")
        kind = row["kind"] if row.get("language", "de") == "de" else row["language"]
        result.append(Judged(kind, row["query"], expected, ids))
    return result


def run(context: Context, queries: Sequence[str]) -> list[tuple[str, ...]]:
    """Search each query in node and hand out the ids of the hits as the page shows them: an offer's own, others after their kind."""
    return [answer.hits for answer in answers(context, queries)]


def answers(context: Context, queries: Sequence[str]) -> list[Answer]:
    """Search each query in node and hand out what the page shows."""
    ids = names(context)
    told = _scripts(context).ask({"queries": list(queries)})["full"]
    return [
        Answer(
            one["kind"],
            tuple(ids[place] for place in one["ids"]),
            tuple(ids[place].removeprefix("elsewhere:") for place in one["elsewhere"]),
            one["open"],
            tuple(one["chips"]),
            tuple(one["missed"]),
        )
        for one in told
    ]


def scores(results: Sequence[Judged]) -> Mapping[str, tuple[int, int, int]]:
    """By kind and over all (``""``): how many queries, how many with the right first hit, how many with one among three."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for result in results:
        for kind in ("", result.kind):
            table[kind][0] += 1
            table[kind][1] += result.rank == 1
            table[kind][2] += result.rank is not None and result.rank <= AMONG
    return {kind: (row[0], row[1], row[2]) for kind, row in table.items()}


@lru_cache(maxsize=1)
def _index(context: Context) -> Mapping[str, Any]:
    """The parts of the index, and the lexicon of danger, by their names; made once for all sets of queries, which takes longer than to answer them."""
    files = {**search_files(context), **danger_files(context)}
    made = {path.split("/")[1].split(".")[0]: json.loads(content) for path, content in files.items()}
    return made | {"hours": json.loads(directory_files(context, directory_order(context))[HOURS])}


@lru_cache(maxsize=1)
def _scripts(context: Context) -> Scripts:
    """The search in node with the whole index, until the end of this process."""
    scripts = Scripts(SEARCH / "engine.mjs", _index(context))
    atexit.register(scripts.__exit__)
    return scripts


def names(context: Context) -> list[str]:
    """The ids of the entries in the order of the index."""
    ids = [key if kind == "offer" else f"{kind}:{key}" for kind, key in index_order(context)]
    if len(ids) != len(_index(context)["title"]["titles"]):
        raise ValueError("the index holds other entries than expected")
    return ids


def _meant(context: Context, token: str) -> Iterator[str]:
    if not token.startswith("@"):
        yield token
        return
    topic, *narrow = token[1:].split("+")
    if not narrow:
        yield f"topic:{topic}"
    for key in directory_order(context):
        offer = context.site.offers[key]
        if topic in offer.topics and all(_fits(offer, facet) for facet in narrow):
            yield key


def _fits_age(offer: Offer, months: int) -> bool:
    ages = offer.ages
    if ages is None or months < ages.lower:
        return False
    return ages.upper is None or months <= ages.upper


def _fits(offer: Offer, facet: str) -> bool:
    if facet == "free":
        return offer.cost == "free"
    if facet[1:].isdigit():
        return _fits_age(offer, int(facet[1:]) * 12)
    return facet in offer.languages


def main() -> None:
    """Print the scores and what didn't come first."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SET
    report(judged(prepare(ROOT, TODAY), path, *sys.argv[2:3]))


def report(results: Sequence[Judged]) -> None:
    """Print the scores by kind, then each query whose first hit is wrong."""
    for kind, (all_of, first, among) in scores(results).items():
        print(
            f"  {kind or 'all':<12} {all_of:4d}   first {first:4d} ({first / all_of:4.0%})   among {AMONG} {among:4d} ({among / all_of:4.0%})"
        )
    for result in results:
        if result.rank != 1:
            print(
                f"  {result.kind:<12} {result.query}: {result.rank or '–'}; {', '.join(result.found[:AMONG])}"
            )


if __name__ == "__main__":
    main()
