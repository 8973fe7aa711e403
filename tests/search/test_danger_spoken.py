"""How people really say it: a table that grows, judged by hand before any word of it was entered, run by the site's own script.

`danger_spoken.csv` holds batches in the order in which they were written. `first` names the lines of which one must stand first
(as in `danger_second.csv`); an empty cell means that nothing may appear. What each batch showed when it was run for the first
time stands in `docs/danger.md`; since then all of it has been learnt, and all of it must hold.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.build import Project
from tests.search.test_danger import STOPPING, Ask, ask, file
from tests.search.test_danger_second import right

HERE = Path(__file__).parent
LANGUAGES = {"de", "en", "tr", "ar", "uk", "ru", "pl", "fa", "fr", "ro"}

__all__ = ["ask", "file"]


def table() -> list[dict[str, str]]:
    with (HERE / "danger_spoken.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def answers(
    demo: Project, ask: Ask, file: dict[str, Any]
) -> list[tuple[dict[str, str], dict[str, Any] | None]]:
    """Each row with what is shown for it on a Wednesday morning."""
    del demo
    rows = table()
    return list(zip(rows, ask(file, [row["query"] for row in rows]), strict=True))


def test_the_table_is_large_and_no_row_stands_twice() -> None:
    rows = table()
    kinds = Counter(bool(row["first"]) for row in rows)
    assert kinds[True] >= 1000
    assert kinds[False] >= 900
    twice = [query for query, number in Counter(row["query"].lower() for row in rows).items() if number > 1]
    assert twice == []
    for first in (True, False):
        assert {row["language"] for row in rows if bool(row["first"]) == first} == LANGUAGES


def test_the_right_line_stands_first_and_nothing_stands_where_nothing_is_wrong(
    answers: list[tuple[dict[str, str], dict[str, Any] | None]],
) -> None:
    wrong = [
        (row["query"], row["first"], answer and (answer["answers"], answer["shown"][0]))
        for row, answer in answers
        if not right(row, answer)
    ]
    assert wrong == []


def test_help_for_those_who_hit_stands_only_where_they_speak(
    answers: list[tuple[dict[str, str], dict[str, Any] | None]],
) -> None:
    for row, answer in answers:
        if answer is not None and row["situation"] != "perpetrator":
            assert answer["shown"][0] != STOPPING, row["query"]
    assert any(answer and answer["shown"][0] == STOPPING for _, answer in answers)
