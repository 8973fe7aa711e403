"""Rounds of sustainability checks: dimensions that aren't there, results without a day or from the future, what is overdue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.budget_town import read, town

PATH = "resources/checks/umbau.yml"
SOUND = """
name: Umbau
dimensions: [{id: oekologie, name: Ökologie}, {id: soziales, name: Soziales}]
rounds:
  - name: Erste
    made: 2025-05
    effects: [{dimension: soziales, effect: negative, text: Der Weg ist länger.}]
  - {name: Zweite, due: 2026-11}
"""


def found(folder: Path, text: str) -> list[tuple[str, int]]:
    return [
        (item.code, item.position.line)
        for item in read(town(folder, {PATH: text}))[1]
        if item.position.file == PATH
    ]


def test_a_round_that_is_due_this_month_is_not_overdue(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("dimension: soziales", "dimension: sozial", "bereich-unbekannt", 7),
        ("id: soziales", "id: oekologie", "bereich-doppelt", 3),
        ("    made: 2025-05\n", "", "pruefung-ohne-tag", 6),
        ("made: 2025-05", "made: 2026-12", "pruefung-in-zukunft", 6),
        ("made: 2025-05", "made: 2026-11-21", "pruefung-in-zukunft", 6),
        ("due: 2026-11", "due: 2026-10", "pruefung-ueberfaellig", 8),
        ("due: 2026-11", "due: 2026-11-19", "pruefung-ueberfaellig", 8),
    ],
)
def test_what_contradicts_itself_or_is_overdue_is_told(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in SOUND
    assert (code, line) in found(tmp_path, SOUND.replace(old, new))


def test_what_was_due_in_a_document_is_not_due_now(tmp_path: Path) -> None:
    text = SOUND.replace("due: 2026-11", "due: 2013") + "origin: {name: Konzept, date: 2013}\n"
    assert found(tmp_path, text) == []


def test_today_and_this_month_are_no_future(tmp_path: Path) -> None:
    assert found(tmp_path / "a", SOUND.replace("made: 2025-05", "made: 2026-11-20")) == []
    assert found(tmp_path / "b", SOUND.replace("made: 2025-05", "made: 2026-11")) == []
