"""Pack numbers and word lists into strings that compress well."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from hashlib import sha256
from typing import Any, TypeVar

Value = TypeVar("Value", bound=Hashable)

CLOSING = 60
"""So many signs of `ALPHABET` end a number; a number below this is one sign."""
CONTINUING = 32
"""So many other signs say that a further one follows; with `CLOSING` all 92 of the alphabet."""
ALPHABET = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\~')
"""The signs, closing ones first: printable ASCII without what JSON escapes and `SEPARATOR`."""
SEPARATOR = "~"
"""Stands between packed lists of numbers."""
_LOWER, _CAPITAL, _CAPITALS = range(3)  # how a word is written: haus, Haus, ASD


def pack_numbers(numbers: Iterable[int]) -> str:
    """Write non-negative numbers as text, the lowest digit first.

    >>> pack_numbers([0, 1, 59, 60])
    ' !]^ '
    """
    written: list[str] = []
    for number in numbers:
        if number < 0:
            raise ValueError(f"only numbers from 0 upwards can be packed, not {number}")
        rest = number
        while rest >= CLOSING:
            rest, digit = divmod(rest - CLOSING, CONTINUING)
            written.append(ALPHABET[CLOSING + digit])
        written.append(ALPHABET[rest])
    return "".join(written)


def distances(numbers: Iterable[int]) -> list[int]:
    """Turn ascending numbers into steps, the first from 0.

    >>> distances([3, 4, 9])
    [3, 1, 5]
    """
    steps: list[int] = []
    last = 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps


def pack_table(column: Iterable[Value]) -> tuple[list[Value], str]:
    """Write a column as (different values, commonest first; their numbers).

    >>> pack_table(["b", "a", "a"])
    (['a', 'b'], '!  ')
    """
    values = list(column)
    count = Counter(values)
    different = sorted(count, key=lambda value: (-count[value], str(value)))
    place = {value: number for number, value in enumerate(different)}
    return different, pack_numbers(place[value] for value in values)


def pack_columns(rows: Sequence[object], names: Iterable[str]) -> dict[str, tuple[list[Any], str]]:
    """Write attributes of rows, a table each, by name."""
    columns = {}
    for name in names:
        values = [getattr(row, name) for row in rows]
        columns[name] = pack_table(values)
    return columns


def pack_groups(groups: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Front-code groups of word forms: how many letters each shares with the form before, and its other letters.

    The first string has a number a form, ``(shared * 3 + case) * 2 + (1 if a group begins)``, where ``case`` is 0
    lower, 1 capitalised, 2 all capitals. The second has the rest in lower case, between spaces.
    """
    heads: list[int] = []
    tails: list[str] = []
    last = ""
    for group in groups:
        for place, form in enumerate(group):
            lower = form.lower()
            case = _LOWER
            if form != lower:
                case = _CAPITALS if len(form) > 1 and form.isupper() else _CAPITAL
            shared = _shared(last, lower)
            heads.append((shared * 3 + case) * 2 + (place == 0))
            tails.append(lower[shared:])
            last = lower
    return pack_numbers(heads), " ".join(tails)


def _shared(last: str, form: str) -> int:
    """Count the first letters that two forms share."""
    # JavaScript counts a letter beyond U+FFFF as two: sharing ends before the first of them.
    count = 0
    for one, other in zip(last, form, strict=False):
        if one != other or ord(one) > 0xFFFF:
            break
        count += 1
    return count


def packed_json(value: object) -> bytes:
    """Write a value as JSON without blanks, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def mark_of(content: object) -> str:
    """Return a short digest by which files of one build know each other."""
    return sha256(packed_json(content)).hexdigest()[:8]
