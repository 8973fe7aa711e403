"""A line of a record in, what stands in it out: how far it is indented, its field and value, or its entry of a list.

Also for lines that are no YAML: they are looked at as people write them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.read.all_fields import known_field

_FIELD = re.compile(r"(\s*)((?:-\s+)?)([^\s:#\"'\[\]{},-][^:#\"'\[\]{},]{0,40}?):(?=\s|$)")
_ITEM = re.compile(r"\s*-\s(.*)")
_NO_SPACE = re.compile(r"\s*(?:-\s+)?([A-Za-zÄÖÜäöü_]{2,40}):(?=[^\s/])(.*)")
_BULLET = re.compile(r"\s*(?:-(?=[^\s\-\d])|[•–—▪·*]\s*+)(.+)")


class FieldLine(NamedTuple):
    """A field in its line: where the line, the field, its colon and its value begin (from 0), the field's name and value."""

    indent: int
    column: int
    colon: int
    value_at: int
    name: str
    value: str


def field_in(line: str) -> FieldLine | None:
    """Return the field of a line, None where there is none."""
    match = _FIELD.match(line)
    if match is None:
        return None
    value = _without_remark(line[match.end() :].strip())
    value_at = line.find(value, match.end())
    return FieldLine(len(match[1]), match.end(2), match.end() - 1, value_at, match[3], value)


def item_in(line: str) -> str | None:
    """Return what a line lists behind „- “, without a remark; None where it lists nothing."""
    match = _ITEM.match(line)
    return _without_remark(match[1].strip()) if match else None


def _without_remark(value: str) -> str:
    if value[:1] in ("'", '"'):
        return value
    return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()


def indent_of(line: str) -> int:
    """Return how many signs stand before the first that shows."""
    return len(line) - len(line.lstrip())


def bullet(line: str) -> str | None:
    """Return what a line lists behind a sign that is no „- “; None where it lists nothing."""
    match = _BULLET.fullmatch(line.rstrip())
    return match[1].strip() if match else None


def without_space(line: str) -> str | None:
    """Return how a line like „cost:free“ is written, with a space; None where it is no such line."""
    match = _NO_SPACE.fullmatch(line.rstrip())
    return f"{match[1]}: {match[2].strip()}" if match and known_field(match[1]) else None
