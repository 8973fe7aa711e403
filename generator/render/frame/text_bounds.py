"""The Markdown of a hand-written page in; what there is too much of for the converter, and the converted page, out.

The converter takes a time that grows with the square of open brackets, headings, notes and abbreviations, and calls itself
once for each level of a list. No page that people read comes near these bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

T = TypeVar("T")

OPEN = 200
"""Brackets of links that are open at once within a paragraph, and of tags within a page."""
COUNTED: Sequence[tuple[re.Pattern[str], int, str]] = (
    (
        re.compile(r"^ {0,3}#{1,6}|<h[1-6]|^ {0,3}[=-]+$", re.IGNORECASE | re.MULTILINE),
        2_000,
        "Überschriften",
    ),
    (re.compile(r"\[\^"), 2_000, "Fußnoten und Verweise darauf"),
    (re.compile(r"^ {0,3}\*\[", re.MULTILINE), 200, "Abkürzungen"),
    (re.compile(r"^[ \t]{0,60}!!!", re.MULTILINE), 2_000, "Kästen"),
    (re.compile(r"\\"), 20_000, "Rückstriche"),
    (re.compile(r"<(?=[a-zA-Z!/?])"), 10_000, "HTML-Elemente"),
)
LONGEST_TICKS = 20
# Of links and tags; "less than 5" opens nothing.
_BRACKET = re.compile(r"[\[\])>]|(?<=\])\(|<(?=[a-zA-Z!/?])|\n[ \t]*(?=\n)")
_TICKS = re.compile("`" * (LONGEST_TICKS + 1))
_OPENING = {"[": "]", "(": ")", "<": ">"}
SPARE = 300
"""Calls deep that a page is checked with less room than it is built with: what passes the check passes the build."""


def excess(text: str, file: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Report what a page has too much of, at the place where it becomes too much."""

    def place(position: int) -> Position:
        column = position - text.rfind("\n", 0, position)
        return Position(file, text.count("\n", 0, position) + first_line, column)

    for pattern, most, what in COUNTED:
        for number, match in enumerate(pattern.finditer(text), 1):
            if number > most:
                yield diagnostic("text-zu-viel", place(match.start()), what=what, limit=most)
                break
    deep = dict.fromkeys(_OPENING.values(), 0)
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign[0] == "\n":
            # Tags are looked for in the whole page at once, links within a paragraph.
            deep |= {"]": 0, ")": 0}
        elif sign in deep:
            deep[sign] = max(0, deep[sign] - 1)
        else:
            deep[_OPENING[sign]] += 1
            if max(deep.values()) > OPEN:
                yield diagnostic(
                    "text-zu-viel", place(match.start()), what=f"offene Klammern „{sign}“", limit=OPEN
                )
                break
    if ticks := _TICKS.search(text):
        yield diagnostic("text-zu-viel", place(ticks.start()), what="„`“ hintereinander", limit=LONGEST_TICKS)


def with_room_to_spare(act: Callable[[], T]) -> T | None:
    """Do something with fewer calls left than there are; None where it would have needed them."""
    try:
        return _deeper(act, SPARE)
    except RecursionError:
        return None


def _deeper(act: Callable[[], T], calls: int) -> T:
    return _deeper(act, calls - 1) if calls else act()
