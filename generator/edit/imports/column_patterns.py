"""Read texts that name columns, `bez-<Schluessel[-2:]>`, and fill them from a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from generator.edit.tables.cell_text import SHAPINGS

_REFERENCE = re.compile(r"<([^<>|\[\]]+)(?:\[(-?\d*):(-?\d*)\])?((?:\|[a-z]+)*)>")
"""`<column>`, a part of its cell as `<column[:6]>`, reshaped as `<column|street>`."""


class ColumnReference(Struct, frozen=True):
    """A named column, which part of its cell, and how it is reshaped."""

    column: str
    part: slice
    shapings: tuple[str, ...]


@lru_cache(maxsize=1024)
def pattern_parts(text: str) -> tuple[str | ColumnReference, ...]:
    """Cut a pattern into text and columns; a plain word names one.

    >>> [part if isinstance(part, str) else part.column for part in pattern_parts("kita-<id>")]
    ['kita-', 'id']
    """
    text = text if "<" in text else f"<{text}>"
    parts: list[str | ColumnReference] = []
    place = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > place:
            parts.append(text[place : match.start()])
        start, stop = (int(number) if number else None for number in match.group(2, 3))
        parts.append(ColumnReference(match[1].strip(), slice(start, stop), tuple(match[4].split("|")[1:])))
        place = match.end()
    if place < len(text):
        parts.append(text[place:])
    return tuple(parts)


def columns_in(text: str) -> list[str]:
    """Return the columns that a text names."""
    return [part.column for part in pattern_parts(text) if isinstance(part, ColumnReference)]


def filled_text(text: str, cells: Mapping[str, Any], *, whole: bool = True) -> str:
    """Fill a pattern from a row; empty if any cell is, unless not `whole`."""
    if not text:
        return ""
    done = []
    for part in pattern_parts(text):
        if isinstance(part, str):
            done.append(part)
            continue
        value = cells.get(part.column)
        written = "" if value is None else str(value).strip()[part.part]
        for shaping in part.shapings:
            written = SHAPINGS.get(shaping, str)(written)
        if not written and whole:
            return ""
        done.append(written)
    return "".join(done)
