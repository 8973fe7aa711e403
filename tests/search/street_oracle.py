"""An oracle: how an address is split and found in the register, as `assets/js/streets.js` does it, but in Python."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.site import LETTERS, House, house
from generator.search.street_register import RegisterPart

_TRAILING = re.compile(r"(.*?[^\d\s])\s*(\d{1,4})(?:\s*([a-zA-Z])(?![a-zA-Z]))?\s*(?:[-–/+]|\Z)")


def split_address(text: str) -> tuple[str, str]:
    """Part what was typed into street and house number: „Uferweg 12 a“ gives („Uferweg“, „12a“)."""
    match = _TRAILING.match(text.strip())
    if match is None:
        return text.strip().rstrip(","), ""
    return match[1].strip().rstrip(","), f"{match[2]}{(match[3] or '').lower()}"


def holds(item: RegisterPart, wanted: House, *, exact: bool) -> bool:
    """Tell whether a house lies in this part; unless `exact`, „71“ as the end takes „71a“ with it."""
    if item.parity != "all" and (wanted.number % 2 == 1) != (item.parity == "odd"):
        return False
    if item.low is not None and wanted.key < item.low:
        return False
    if item.high is None:
        return True
    bare = item.high % LETTERS == 0
    return wanted.key <= (item.high + LETTERS - 1 if bare and not exact else item.high)


def spaces_of(parts: Sequence[RegisterPart], number: str) -> tuple[str, ...]:
    """Return the spaces in which a house number of a street may lie; one, unless register or number leave it open.

    `parts` are those of one geography. Without a number, or with one that stands in no part, all their spaces are returned.
    """
    wanted = house(number)
    if wanted is not None:
        for exact in (True, False):
            found = tuple(dict.fromkeys(item.space for item in parts if holds(item, wanted, exact=exact)))
            if found:
                return found
    return tuple(dict.fromkeys(item.space for item in parts))
