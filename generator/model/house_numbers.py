"""House numbers as written in, numbers that sort as houses stand along a street out."""

from __future__ import annotations

import re
from typing import NamedTuple

LETTERS = 27
"""Steps from one house number to the next: the bare number, then a to z."""
_NUMBER = re.compile(r"0*([0-9]{1,4})\s*([a-zA-Z]?)")
_HOUSE = re.compile(
    r"(?P<street>.*?[^\d\s])\s*(?P<number>\d+(?:\s*[a-zA-Z](?![a-zA-Z]))?"
    r"(?:\s*(?:[-–/,+&]|u\.|und|bis)(?:\s*\d+)?(?:\s*[a-zA-Z](?![a-zA-Z]))?)*)\s*\.?"
)
_LONGEST = 200
"""Letters of an address line, at most; what is longer is none."""


class House(NamedTuple):
    """A house number: 12, 12a, 12b, 13."""

    number: int
    letter: int

    @property
    def key(self) -> int:
        """The number by which houses are compared."""
        return self.number * LETTERS + self.letter

    def __str__(self) -> str:
        return f"{self.number}{chr(96 + self.letter) if self.letter else ''}"


def house(text: str) -> House | None:
    """Read „12“, „12a“, „012 A“; None where it is no house number."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        return None
    return House(int(match[1]), ord(match[2].lower()) - 96 if match[2] else 0)


def from_key(key: int) -> House:
    """Return the house number that a key stands for."""
    return House(*divmod(key, LETTERS))


def parted(line: str) -> tuple[str, str] | None:
    """Return street and house number of an address line; None where no number stands behind a street.

    >>> parted("Straße des 17. Juni 135"), parted("Am Markt")
    (('Straße des 17. Juni', '135'), None)
    """
    text = line.strip()
    match = _HOUSE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    return match["street"].strip().rstrip(","), re.sub(r"\s+", " ", match["number"]).strip()
