"""What strangers typed who had seen neither words nor rows, digests first: sets of November 2026 from which nothing is learnt.

Whoever learns from one of them takes it out of here: it measures nothing any more.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.absent import Row, told
from generator.pipeline.build import Project
from generator.render.data_files.danger_boxes import danger_files
from generator.render.frame.families import with_imports
from tests.node import answering

UNSEEN = Path(__file__).parent / "unseen"

pytestmark = pytest.mark.whole


def rows_of(name: str) -> list[Row]:
    with (UNSEEN / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def heard(demo: Project, rows: Sequence[Row]) -> list[Any]:
    """Ask the script what each text means: situations in their order, or nothing."""
    made = danger_files(demo.contexts[0])
    lexicon = {
        part: json.loads(made[f"search/{file}.de.json"])
        for part, file in (("first", "danger"), ("later", "danger_later"))
    }
    with answering(UNSEEN.with_name("danger.mjs"), lexicon, names=with_imports("danger.js")) as ask:
        answer: list[Any] = ask({"ask": "queries", "given": [row["text"] for row in rows]})
    return answer


def test_who_is_in_danger_gets_a_box_and_the_right_situation_first(demo: Project) -> None:
    rows = rows_of("danger")
    answers = heard(demo, rows)
    boxes = [answer for answer in answers if answer is not None]
    pairs = zip(rows, answers, strict=True)
    right = [
        row for row, answer in pairs if answer and answer["situations"][0] in row["situation"].split("|")
    ]
    assert len(rows) == 300
    assert len(boxes) >= 0.98 * len(rows)
    assert len(right) >= 0.95 * len(rows)


def test_what_only_sounds_like_danger_gets_hardly_any(demo: Project) -> None:
    boxes = [answer for answer in heard(demo, rows_of("harmless")) if answer is not None]
    assert len(boxes) <= 3


def test_what_the_town_has_not_is_said(demo: Project) -> None:
    absent = told(demo.contexts[0], UNSEEN / "absent.csv")
    present = told(demo.contexts[0], UNSEEN / "present.csv")
    assert len(absent) == 150
    assert sum(answer.no for _, answer in absent) >= 0.85 * len(absent)
    assert sum(answer.no for _, answer in present) <= 0.05 * len(present)
