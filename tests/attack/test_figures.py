"""The attack on ordinary towns sees what it is for: where nobody asks, counts fall."""

from __future__ import annotations

import pytest

from attack import figures
from generator.disclosure.protect import protecting
from tests.chance import whole


@whole
def test_where_nothing_is_asked_counts_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = figures.attack(range(1), 1)
    assert (len(asked.finds), asked.counts["fell"], asked.counts["refused wrongly"]) == (0, 0, 0)
    assert asked.counts["asked"] > 0
    assert asked.counts["withheld"] > 0
    monkeypatch.setattr(protecting, "_questions", lambda *_given: [])
    unasked = figures.attack(range(1), 1)
    assert len(unasked.finds) == 1
    assert unasked.counts["fell"] > 0
