"""A line of a record in, what stands in it out: how far it is indented, its field and value, or its entry of a list.

Also for lines that are no YAML: they are looked at as people write them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.read.all_fields import known_field

_FIELD = re.compile(r"(\s*)((?:-\s+)?)([^\s:#\"'\[\]{},-][^:#\"'\[\]{},]{0,40}?):(?=\s|$)")
_ITEM = re.compile(r"(\s*)(-\s.*)")
_NO_SPACE = re.compile(r"\s*(?:-\s+)?([A-Za-zÄÖÜäöü_]{2,40}):(?=[^\s/])(.*)")
_BULLET = re.compile(r"\s*(?:-(?=[^\s\-\d])|[•–—▪·*]\s*+)(.+)")


class FieldLine(NamedTuple):
    """A field in its line: where the line and the field begin (from 0), what stands behind it, as written and as read."""

    indent: int
    column: int
    name: str
    value_at: int
    written: str
    value: str


def field_match(line: str) -> re.Match[str] | None:
    """Match a line that begins with a field: its indentation, „- “ or nothing, its name."""
    return _FIELD.match(line)


def item_match(line: str) -> re.Match[str] | None:
    """Match a line that begins with „- “: its indentation, all the rest."""
    return _ITEM.match(line)


def field_in(line: str) -> FieldLine | None:
    """Return the field of a line, None where there is none."""
    match = field_match(line)
    if match is None:
        return None
    written = without_remark(line[match.end() :].strip())
    at = line.find(written, match.end()) if written else len(line.rstrip())
    return FieldLine(len(match[1]), match.end(2), match[3], at, written, unquoted(written))


def item_in(line: str) -> str | None:
    """Return what a line lists behind „- “, without a remark; None where it lists nothing."""
    match = _ITEM.match(line)
    return without_remark(match[2][1:].strip()) if match else None


def without_remark(value: str) -> str:
    """Return a value without the remark behind it."""
    if value[:1] in ("'", '"') and (end := value.find(value[0], 1)) > 0:
        return value[: end + 1] if value[end + 1 :].lstrip()[:1] in ("", "#") else value
    return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()


def unquoted(value: str) -> str:
    """Return a text without the marks around it."""
    whole = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if whole else value


def indent_of(line: str) -> int:
    """Return how many signs stand before the first that shows."""
    return len(line) - len(line.lstrip())


def line_before(lines: Sequence[str], number: int) -> int:
    """Return the line with something in it before a line; -1 where there is none."""
    shown = (
        n for n in range(number - 1, -1, -1) if lines[n].strip() and not lines[n].lstrip().startswith("#")
    )
    return next(shown, -1)


def field_above(lines: Sequence[str], number: int) -> FieldLine | None:
    """Return the field that a line stands below, as its indentation says; None at the left edge."""
    field = field_in(lines[number])
    item = _ITEM.match(lines[number])
    # An entry of a list may stand as far left as its field.
    limit = indent_of(lines[number]) + 1 if item else field.column if field else indent_of(lines[number])
    for earlier in range(number - 1, -1, -1):
        above = field_in(lines[earlier])
        if above is not None and above.column < limit and not (item and _ITEM.match(lines[earlier])):
            return above
    return None


def items_from(lines: Sequence[str], number: int) -> list[str]:
    """Return the entries of a list that begins in a line; none where none does."""
    found: list[str] = []
    indent = -1
    for line in lines[number:]:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = item_in(line)
        indent = indent_of(line) if indent < 0 else indent
        if (item is None and indent_of(line) <= indent) or (item is not None and indent_of(line) < indent):
            break
        if item is not None:
            found.append(item)
    return found


def bullet(line: str) -> str | None:
    """Return what a line lists behind a sign that is no „- “; None where it lists nothing."""
    match = _BULLET.fullmatch(line.rstrip())
    return match[1].strip() if match else None


def without_space(line: str) -> tuple[str, str] | None:
    """Return field and value of a line like „cost:free“; None where it is no such line."""
    match = _NO_SPACE.fullmatch(line.rstrip())
    return (match[1], match[2].strip()) if match and known_field(match[1]) else None
