"""Says that opening hours can't be read without guessing, or are uncertain, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """A piece of the writing that makes times uncertain, and why; `at` is its place in the writing."""

    text: str
    why: str
    at: int


class Unreadable(Exception):
    """The writing can't be turned into rules without guessing; the text says why, in German.

    `at` and `length` say which piece of the writing it is about, in characters; a length of 0 means all of it.
    """

    def __init__(self, why: str, at: int = 0, length: int = 0) -> None:
        super().__init__(why)
        self.at = at
        self.length = length
