"""What a part of the rig counted and found, in a form that can be kept, added up and taken up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

AT_MOST = "at most"
"""Ends the name of a count of which the largest is kept, not the sum."""


@dataclass(frozen=True, slots=True)
class Find:
    """What should not have been: the number of the case, by which it can be tried again, and what was seen."""

    case: int
    told: str


@dataclass
class Tally:
    """Counts by what was counted, and each thing that should not have been."""

    counts: Counter[str] = field(default_factory=Counter)
    finds: list[Find] = field(default_factory=list)

    def find(self, case: int, told: str) -> None:
        """Keep something that should not have been."""
        self.finds.append(Find(case, told))

    def add(self, what: str, number: int = 1) -> None:
        """Count."""
        self.counts[what] += number

    def most(self, what: str, number: int) -> None:
        """Keep the largest number of its kind."""
        name = f"{what} {AT_MOST}"
        self.counts[name] = max(self.counts[name], number)


def added(one: Counter[str], other: Counter[str]) -> Counter[str]:
    """Return two counts as one: sums, and of what is counted at most the larger."""
    return Counter(
        {
            name: (max if name.endswith(AT_MOST) else sum)((one[name], other[name]))
            for name in sorted({*one, *other})
        }
    )


def spans(cases: Iterable[int]) -> list[range]:
    """Return numbers as ranges of neighbours."""
    found: list[range] = []
    for case in sorted(set(cases)):
        if found and found[-1].stop == case:
            found[-1] = range(found[-1].start, case + 1)
        else:
            found.append(range(case, case + 1))
    return found
