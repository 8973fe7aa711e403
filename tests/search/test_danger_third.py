"""A third set of queries, by somebody who had seen neither vocabulary nor lexicon: its digest was noted before it was run.

`danger_third.csv` is as it came; what it showed at its first run stands in `docs/danger.md` and is the least that may hold. Any line
or kind of help that its author names is right as the first. It isn't used to better the lexicon.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from generator.build import Project
from tests.search.test_danger import (
    ABUSE,
    CRIME,
    CRISIS,
    FACHSTELLE,
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
SET = HERE / "danger_third.csv"
LINES: dict[str, set[str]] = {
    "116016": {WOMEN},
    "116111": {YOUNG},
    "116123": {CRISIS},
    "116006": {CRIME},
    "0800 111 0 111": {CRISIS},
    "0800 111 0 222": {CRISIS},
    "0800 123 99 00": {MEN},
    "0800 111 0 550": {PARENTS},
    "0800 22 55 530": {ABUSE},
    "0800 40 40 020": {"0800 40 40 020"},
    "on-call-asd": {SHELTER, KRISENDIENST},
    "jugendschutzstelle": {SHELTER},
    "krisendienst": {KRISENDIENST},
    "local-fachstelle": {FACHSTELLE},
    "poison-line": {POISON},
    "perpetrator-help": {STOPPING},
}
"""What the set calls a line, and how it is shown; 110 and 112 are shown as they are."""

__all__ = ["ask", "file"]


def test_the_set_is_the_one_that_was_noted() -> None:
    noted = (HERE / "second_sets.txt").read_text("utf-8")
    assert f"{hashlib.sha256(SET.read_bytes()).hexdigest()}  danger_third.csv" in noted


def test_it_holds_what_it_held_at_first(demo: Project, ask: Ask, file: dict[str, Any]) -> None:
    del demo
    with SET.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found: Counter[str] = Counter()
    for row, answer in zip(rows, ask(file, [row["query"] for row in rows]), strict=True):
        names = row["first"].split("|") if row["first"] else []
        kind = "danger" if names else "harmless"
        found[kind] += 1
        if answer is not None:
            found[f"{kind} shown"] += 1
            found["right"] += any(answer["shown"][0] in LINES.get(name, {name}) for name in names)
    assert (found["danger"], found["harmless"]) == (260, 143)
    # The first run: a box for 194, the right line first for 181, a box for 4 of the harmless.
    assert found["danger shown"] >= 194
    assert found["right"] >= 181
    assert found["harmless shown"] <= 4
