"""Write a compact register by which a browser finds the area of an address."""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from msgspec import Struct

from generator.model.geometry import METRES_PER_DEGREE
from generator.model.site import StreetRange, house, house_of_key
from generator.search.packing import SEPARATOR, pack_numbers, packed_json
from generator.search.word_forms import fold, words

VERSION = 2  # of the file's format
LARGEST = 300_000
"""Bytes that the compressed register may have: everybody loads all of it, so that no request tells who lives where."""
_FORMS = ((100_000, 150.0), (10_000, 150.0), (10_000, 300.0), (10_000, 600.0), (10_000, math.inf))
"""How fine places (points on streets) are written: parts of a degree, metres from one to the next; the first that fits `LARGEST`."""
_PARITIES = ("all", "odd", "even")  # a part's flag is the place here


def street_key(name: str) -> str:
    """Spell a street for comparison: „Aachener Str.“ is „aachenerstrasse“.

    >>> street_key("Aachener Straße") == street_key("aachenerstr.")
    True
    >>> street_key("Breslauer Pl.") == street_key("Breslauer Platz")
    True
    """
    key = "".join(fold(word) for word in words(name)).replace("strasse", "str")
    return re.sub("pl$", "platz", key)


class RegisterPart(Struct, frozen=True):
    """A street's part in one space."""

    space: str
    # the lowest house by its key (`House.key`: 12a is a number between 12 and 13); None: from the beginning
    low: int | None
    high: int | None  # the highest one; None: to the end
    parity: str  # which houses: all, odd or even
    postcode: str
    point: tuple[float, float] | None  # longitude and latitude of a place in it
    # where single houses were put together: each of them by its key, with its point
    along: tuple[tuple[int, tuple[float, float]], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the part has all houses of the street."""
        return self.low is None and self.high is None


def part(item: StreetRange) -> RegisterPart:
    """Return the street part of a register row."""
    low, high = house(item.first), house(item.last)
    return RegisterPart(
        space=item.space,
        low=low.key if low else None,
        high=high.key if high else None,
        parity=item.parity,
        postcode=item.postcode,
        point=(item.point.longitude, item.point.latitude) if item.point else None,
    )


def streets(
    ranges: Iterable[StreetRange], geography_of: Mapping[str, str] | None = None
) -> dict[str, list[RegisterPart]]:
    """Gather parts by street as people read them, joining spellings.

    Single houses become stretches of a side in an area; other geographies (`geography_of`) don't divide them.
    """
    found: dict[str, tuple[str, list[RegisterPart]]] = {}
    for item in ranges:
        key = street_key(item.street)
        found.setdefault(key, (item.street, []))[1].append(part(item))
    ordered = sorted(found.values(), key=lambda pair: (fold(pair[0]), pair[0]))
    return {
        name: sorted(_stretches(parts, geography_of or {}), key=_sort_key_of_part) for name, parts in ordered
    }


def _stretches(parts: Sequence[RegisterPart], geography_of: Mapping[str, str]) -> Iterator[RegisterPart]:
    """Join a street's single houses, by geography and postcode; a group with written ranges stays as it is."""
    groups: dict[tuple[str, str], list[RegisterPart]] = {}
    for item in parts:
        groups.setdefault((geography_of.get(item.space, ""), item.postcode), []).append(item)
    counts = Counter(geography for geography, _ in groups)
    for (geography, _), group in groups.items():
        if len(group) < 2 or any(item.low is None or item.low != item.high for item in group):
            yield from group
        elif len({item.space for item in group}) == 1:
            # All houses lie in one area; it is the whole street only where this has one postcode.
            yield _join_houses(group, "all", whole=counts[geography] == 1)
        else:
            yield from _find_stretches_of_sides(group)


def _find_stretches_of_sides(houses: Iterable[RegisterPart]) -> Iterator[RegisterPart]:
    """Yield for each side of a street the stretches of houses next to each other in one area."""
    sides: dict[str, list[RegisterPart]] = {"odd": [], "even": []}
    for item in sorted(houses, key=_sort_key_of_part):
        sides["odd" if house_of_key(item.low or 0).number % 2 else "even"].append(item)
    for side, row in sides.items():
        for _, run in groupby(row, key=lambda item: item.space):
            yield _join_houses(list(run), side)


def _join_houses(houses: Sequence[RegisterPart], parity: str, *, whole: bool = False) -> RegisterPart:
    """Make one part of houses; a `whole` street has no first and last one."""
    row = sorted(houses, key=_sort_key_of_part)
    along = tuple((item.low or 0, item.point) for item in row if item.point is not None)
    first, last = (None, None) if whole else (row[0].low, row[-1].high)
    point = along[len(along) // 2][1] if along else None
    return RegisterPart(row[0].space, first, last, parity, row[0].postcode, point, along)


def _sort_key_of_part(item: RegisterPart) -> tuple[int, int, str, str]:
    return (item.low or 0, item.high or 0, item.parity, item.space)


def register(ranges: Iterable[StreetRange], geography_of: Mapping[str, str]) -> bytes:
    """Pack streets by name, their parts as numbers; `geography_of` is each space's geography.

    A part is: space; flags (0 all, 1 odd, 2 even; +3 whole street); postcode; if not whole, lowest and highest house +
    1 (0: open); number of places; for each place its distances from the last, doubled (odd: negative), after the first
    also the step to its house.
    """
    table = streets(ranges, geography_of)
    packed = b""
    for precision, metres in _FORMS:
        packed = _packed(table, geography_of, precision, metres)
        if len(gzip.compress(packed, 6)) <= LARGEST:
            break
    return packed


def _packed(
    table: Mapping[str, Sequence[RegisterPart]],
    geography_of: Mapping[str, str],
    precision: int,
    metres: float,
) -> bytes:
    """Pack all streets' parts, places rounded to `precision`, `metres` apart."""
    parts = list(chain.from_iterable(table.values()))
    spaces = sorted({item.space for item in parts})
    postcodes = sorted({item.postcode for item in parts})
    spaces_at = {name: number for number, name in enumerate(spaces)}
    postcodes_at = {code: number for number, code in enumerate(postcodes)}
    places = _Places(precision, metres)
    packed: list[str] = []
    for of_street in table.values():
        numbers: list[int] = []
        for item in of_street:
            flags = _PARITIES.index(item.parity) + 3 * item.is_whole
            numbers += [spaces_at[item.space], flags, postcodes_at[item.postcode]]
            if not item.is_whole:
                numbers += [_plus(item.low), _plus(item.high)]
            numbers += places.of(item)
        packed.append(pack_numbers(numbers))
    value = {
        "version": VERSION,
        "precision": precision,
        "spaces": spaces,
        "geographies": [geography_of[name] for name in spaces],
        "postcodes": postcodes,
        "streets": "\n".join(table),
        "parts": SEPARATOR.join(packed),
    }
    return packed_json(value)


class _Places:
    """Writes parts' places relative to the last."""

    def __init__(self, precision: int, metres: float) -> None:
        self._precision = precision
        self._metres = metres
        self._x = 0
        self._y = 0

    def of(self, item: RegisterPart) -> list[int]:
        """Return a part's number of places, with steps in house and point."""
        places = _find_spaced_places(item, self._metres)
        numbers = [len(places)]
        before: int | None = None
        for key, point in places:
            if before is not None:
                numbers.append(key - before)
            before = key
            numbers += self._step_to(point)
        return numbers

    def _step_to(self, point: tuple[float, float]) -> list[int]:
        x, y = round(point[0] * self._precision), round(point[1] * self._precision)
        step = [_signed(x - self._x), _signed(y - self._y)]
        self._x, self._y = x, y
        return step


def _find_spaced_places(item: RegisterPart, metres: float) -> list[tuple[int, tuple[float, float]]]:
    """Return a part's places so many metres apart, the first from its beginning."""
    if item.point is None:
        return []
    if not item.along or math.isinf(metres):
        return [(0, item.point)]
    squeeze = math.cos(math.radians(item.point[1]))  # so much shorter is a degree from west to east here
    chosen = [(0, item.along[0][1])]
    for key, point in item.along[1:]:
        x, y = (a - b for a, b in zip(point, chosen[-1][1], strict=True))
        # One house on the other side, or one that stands back, is no new place.
        if math.hypot(x * squeeze, y) * METRES_PER_DEGREE > metres and key > chosen[-1][0]:
            chosen.append((key, point))
    return chosen


def _plus(key: int | None) -> int:
    """Leave 0 for an open end."""
    return 0 if key is None else key + 1


def _signed(number: int) -> int:
    """Write a number without sign, doubled: 2 is 4, -2 is 3."""
    return number * 2 if number >= 0 else -number * 2 - 1


def numbers_text(item: RegisterPart) -> str:
    """Say a part's house numbers: „1–71“, „2–134b“, „–71“; empty for whole streets.

    >>> numbers_text(RegisterPart("a", 27, 28, "all", "", None))
    '1–1a'
    """
    first, last = _house_text(item.low), _house_text(item.high)
    return first if first == last else f"{first}–{last}"


def _house_text(key: int | None) -> str:
    return "" if key is None else str(house_of_key(key))


def by_space(parts: Iterable[RegisterPart]) -> Mapping[str, list[RegisterPart]]:
    """Gather a street's parts by space, in order."""
    found: dict[str, list[RegisterPart]] = {}
    for item in parts:
        found.setdefault(item.space, []).append(item)
    return found
