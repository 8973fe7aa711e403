"""A second set of queries, by somebody who had seen neither vocabulary nor lexicon: its digest was noted before it was run.

`danger_second.csv` is as it came; what it showed at its first run stands in `docs/danger.md` and is the least that may hold. It
isn't used to better the lexicon.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.build import Project
from tests.search.test_danger import (
    ABUSE,
    CRIME,
    CRISIS,
    KRISENDIENST,
    MEN,
    PARENTS,
    POISON,
    SHELTER,
    STOPPING,
    WOMEN,
    YOUNG,
    Ask,
    ask,
    file,
)

HERE = Path(__file__).parent
SET = HERE / "danger_second.csv"
LINES: dict[str, set[str]] = {
    "110": {"110"},
    "112": {"112"},
    "116016": {WOMEN},
    "08001239900": {MEN},
    "116111": {YOUNG},
    "08001110550": {PARENTS},
    "08002255530": {ABUSE},
    "116006": {CRIME},
    "telefonseelsorge": {CRISIS, "0800 111 0 111"},
    "poison": {POISON},
    "on-call": {SHELTER, KRISENDIENST},
    "perpetrator-help": {STOPPING},
}
"""What the set calls a line, and how it is shown."""

__all__ = ["ask", "file"]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SET.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def right(row: dict[str, str], answer: dict[str, Any] | None) -> bool:
    """Tell whether what is shown is what the set's author wants first."""
    if not row["first"]:
        return answer is None
    if answer is None:
        return False
    wanted = row["first"].split("|")
    if "all-lines" in wanted and "anyone" in answer["answers"]:
        return True
    return any(answer["shown"][0] in LINES.get(name, set()) for name in wanted)


def test_the_set_is_the_one_that_was_noted() -> None:
    noted = (HERE / "second_sets.txt").read_text("utf-8")
    assert f"{hashlib.sha256(SET.read_bytes()).hexdigest()}  danger_second.csv" in noted


def test_it_holds_what_it_held_at_first(
    rows: list[dict[str, str]], demo: Project, ask: Ask, file: dict[str, Any]
) -> None:
    del demo
    answers = ask(file, [row["query"] for row in rows])
    found: Counter[str] = Counter()
    for row, answer in zip(rows, answers, strict=True):
        kind = "danger" if row["first"] else "harmless"
        found[kind] += 1
        found[f"{kind} shown"] += answer is not None
        found[f"{kind} right"] += right(row, answer)
    assert (found["danger"], found["harmless"]) == (218, 112)
    # The first run: a box for 174, the right line first for 159, nothing for 101 of the harmless.
    assert found["danger shown"] >= 174
    assert found["danger right"] >= 159
    assert found["harmless right"] >= 101
