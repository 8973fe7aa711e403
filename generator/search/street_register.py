"""Takes ranges of house numbers and hands out a compact register in which a browser finds the space of an address.

`assets/js/streets.js` reads the register and matches in the same way; `tests/search/street_vectors.json` holds the two
together. Nothing that is looked up leaves the browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.house_numbers import from_key, house
from generator.model.site import StreetRange
from generator.search.folding import fold, words
from generator.search.packing import SEPARATOR, pack_numbers

VERSION = 1
PRECISION = 100_000
_PARITIES = ("all", "odd", "even")


def street_key(name: str) -> str:
    """Spell a street as it is compared: „Aachener Straße“, „Aachener Str.“ and „aachenerstr“ are one.

    >>> street_key("Aachener Straße") == street_key("aachenerstr.")
    True
    >>> street_key("Breslauer Pl.") == street_key("Breslauer Platz")
    True
    """
    key = "".join(fold(word) for word in words(name)).replace("strasse", "str")
    return re.sub("pl$", "platz", key)


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """Part of a street in one space; `low` and `high` are keys of houses, None where the end is open."""

    space: str
    low: int | None
    high: int | None
    parity: Literal["all", "odd", "even"]
    postcode: str
    point: tuple[float, float] | None


def part(item: StreetRange) -> RegisterPart:
    """Return the part of a street that a row of the register stands for."""
    low, high = house(item.first), house(item.last)
    return RegisterPart(
        space=item.space,
        low=low.key if low else None,
        high=high.key if high else None,
        parity="odd" if item.parity == "odd" else "even" if item.parity == "even" else "all",
        postcode=item.postcode,
        point=(item.point.longitude, item.point.latitude) if item.point else None,
    )


def streets(ranges: Iterable[StreetRange]) -> dict[str, list[RegisterPart]]:
    """Gather the parts of every street under its name, ordered as people read them; spellings of one street are one."""
    found: dict[str, tuple[str, list[RegisterPart]]] = {}
    for item in ranges:
        key = street_key(item.street)
        found.setdefault(key, (item.street, []))[1].append(part(item))
    ordered = sorted(found.values(), key=lambda pair: (fold(pair[0]), pair[0]))
    return {name: sorted(parts, key=_order) for name, parts in ordered}


def _order(item: RegisterPart) -> tuple[int, int, str, str]:
    return (item.low or 0, item.high or 0, item.parity, item.space)


def register(ranges: Iterable[StreetRange], geography_of: Mapping[str, str]) -> bytes:
    """Pack the register: names, and for each street its parts as numbers; `geography_of` names each space's geography.

    Streets are sorted by name. A part is: space; flags (0 all, 1 odd, 2 even; plus 3 with a point, plus 6 for a whole
    street); postcode; unless it is a whole street, its lowest and highest house plus 1, or 0 where the end is open; and
    with a point, its distances from the point before, doubled, odd for negative ones.
    """
    table = streets(ranges)
    spaces = sorted({item.space for parts in table.values() for item in parts})
    postcodes = sorted({item.postcode for parts in table.values() for item in parts})
    space_at = {name: number for number, name in enumerate(spaces)}
    postcode_at = {name: number for number, name in enumerate(postcodes)}
    x = y = 0
    packed: list[str] = []
    for parts in table.values():
        numbers: list[int] = []
        for item in parts:
            whole = item.low is None and item.high is None
            flags = _PARITIES.index(item.parity) + (3 if item.point else 0) + (6 if whole else 0)
            numbers += [space_at[item.space], flags, postcode_at[item.postcode]]
            if not whole:
                numbers += [_plus(item.low), _plus(item.high)]
            if item.point:
                there = round(item.point[0] * PRECISION), round(item.point[1] * PRECISION)
                numbers += [_signed(there[0] - x), _signed(there[1] - y)]
                x, y = there
        packed.append(pack_numbers(numbers))
    value = {
        "version": VERSION,
        "spaces": spaces,
        "geographies": [geography_of[name] for name in spaces],
        "postcodes": postcodes,
        "streets": "\n".join(table),
        "parts": SEPARATOR.join(packed),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _plus(key: int | None) -> int:
    return 0 if key is None else key + 1


def _signed(number: int) -> int:
    return number * 2 if number >= 0 else -number * 2 - 1


def numbers_text(item: RegisterPart) -> str:
    """Say which house numbers a part has: „1–71“, „2–134b“, nothing for a whole street.

    >>> numbers_text(RegisterPart("a", 27, 28, "all", "", None))
    '1–1a'
    """
    ends = ["" if key is None else str(from_key(key)) for key in (item.low, item.high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def by_space(parts: Iterable[RegisterPart]) -> Mapping[str, list[RegisterPart]]:
    """Gather the parts of a street by space, in their order."""
    found: dict[str, list[RegisterPart]] = {}
    for item in parts:
        found.setdefault(item.space, []).append(item)
    return found
