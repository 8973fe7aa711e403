"""What a part of the rig counted and found; and its progress on one line of the terminal."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field

MANY = 20
"""Finds that are kept of one part, at most; all are counted."""


@dataclass
class Tally:
    """Counts by what was counted, and each thing that should not have been."""

    counts: Counter[str] = field(default_factory=Counter)
    finds: list[str] = field(default_factory=list)

    def find(self, what: str) -> None:
        """Keep something that should not have been."""
        self.counts["finds"] += 1
        if len(self.finds) < MANY and what not in self.finds:
            self.finds.append(what)

    def add(self, what: str, number: int = 1) -> None:
        """Count."""
        self.counts[what] += number


class Progress:
    """Says now and then how far a part is: a line that is written over at a terminal, one a minute elsewhere."""

    def __init__(self, name: str, whole: int, tally: Tally) -> None:
        self.name, self.whole, self.tally = name, whole, tally
        self.begun = time.monotonic()
        self.said = 0.0 if sys.stderr.isatty() else self.begun
        self.done = 0

    def step(self, number: int = 1) -> None:
        """Note that so much more is done."""
        self.done += number
        now = time.monotonic()
        if now - self.said > (1 if sys.stderr.isatty() else 60):
            self.said = now
            end = "\r" if sys.stderr.isatty() else "\n"
            finds = self.tally.counts["finds"]
            print(
                f"{self.name}: {self.done:,} of {self.whole:,}, {finds} finds, {now - self.begun:,.0f} s ",
                file=sys.stderr,
                end=end,
                flush=True,
            )
