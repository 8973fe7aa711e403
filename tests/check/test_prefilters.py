"""What is looked for before a slow pattern is in every text that the pattern finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis.strategies import from_regex, text, tuples

from generator.check.persons import _BIRTH, _MAIL, _STORIES
from generator.check.unfinished import _TRACES, quickly_read
from tests.chance import every_row, whole


def quick(words: tuple[str, ...], whole: str) -> bool:
    return any(word in quickly_read(whole) for word in words)


ASKED: list[tuple[Callable[[str], object], re.Pattern[str]]] = [
    *((partial(quick, words), pattern) for _, words, pattern in _TRACES),
    *((needed.search, pattern) for needed, pattern in _STORIES),
    (lambda text: "eb" in text or "*" in text, _BIRTH),
    (lambda text: "@" in text, _MAIL),
]


@whole
@pytest.mark.parametrize(
    ("possible", "pattern"),
    every_row(ASKED, [pattern for _, pattern in ASKED[::6]]),
    ids=[pattern.pattern[:40] for _, pattern in ASKED],
)
def test_no_match_is_passed_over(possible: Callable[[str], object], pattern: re.Pattern[str]) -> None:
    found = 0

    @settings(max_examples=150)
    @given(tuples(text(max_size=3), from_regex(pattern), text(max_size=3)))
    def hold(parts: tuple[str, str, str]) -> None:
        nonlocal found
        whole = "".join(parts)
        if pattern.search(whole):
            found += 1
            assert possible(whole), repr(whole)

    hold()
    assert found > 50
