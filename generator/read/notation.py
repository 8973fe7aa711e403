"""Show how records are written, and take apart lines that are no YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from generator.diagnostics import close_to
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, variants
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import Value
from generator.model.scalars import Ref
from generator.model.vocabulary import VOCABULARIES

SHOWN = 80
"""Characters of a text that help repeats, at most."""
UNKNOWN = "…"
"""Stands for what nobody said."""
# What YAML reads as it stands: no sign of YAML at the beginning, no `: ` and ` #` within.
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])(?:(?!:\s|\s#|:$).)+")


def shortened(text: str) -> str:
    """Return a text as far as help repeats it."""
    text = text.strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def quoted(text: str) -> str:
    """Write a text between quotation marks."""
    short = shortened(text)
    return f"'{short}'" if '"' in short else f'"{short}"'


def needs_quotes(text: str, *, flow: bool = False) -> bool:
    """Tell whether YAML would take a text for something else."""
    return _PLAIN.fullmatch(text) is None or (flow and re.search(r"[,\[\]{}]", text) is not None)


def flow(value: Value, *, inside: bool = False) -> str:
    """Write a value in one line; `inside` brackets commas are quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item, inside=True)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, inside=True) for item in value) + "]"
    return quoted(value) if value != UNKNOWN and needs_quotes(value, flow=inside) else value


def moved(is_: int, should: int) -> str:
    """Say how to mend a wrongly indented line."""
    count = abs(is_ - should)
    spaces = "ein Leerzeichen" if count == 1 else f"{count} Leerzeichen"
    return f"am Anfang der Zeile {spaces} {'löschen' if is_ > should else 'ergänzen'}"


@cache
def known_fields() -> Mapping[str, frozenset[str]]:
    """Return the names of all fields, for each the fields that groups below it may have."""
    found: dict[str, frozenset[str]] = {}
    waiting: list[Any] = [*(kind.model for kind in KINDS), *VOCABULARIES.values(), SiteConfig, Indicator]
    seen: set[Any] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, info in fields(model).items():
            below = groups_within(annotation(info))
            found[name] = found.get(name, frozenset()).union(*(fields(group) for group in below))
            waiting += below
    return found


def known_field(word: str) -> bool:
    """Tell whether a word is nearly a field's name."""
    return word.lower() in known_fields() or (len(word) > 3 and close_to(word, known_fields()) is not None)


def groups(kind: Any) -> list[type[BaseModel]]:
    """Return groups possible for a type, not in lists or maps."""
    plain_types = [plain for plain, _ in variants(kind)]
    return [plain for plain in plain_types if isinstance(plain, type) and issubclass(plain, BaseModel)]


def groups_within(kind: Any) -> list[type[BaseModel]]:
    """Return groups possible for a type or its items."""
    found = groups(kind)
    for inner in (*entries(kind), *_inner(kind, dict)):
        found += groups(inner)
    return found


def entries(kind: Any) -> list[Any]:
    """Return a list's item types; none for others."""
    return list(_inner(kind, tuple))


def _inner(kind: Any, origin: type) -> Iterator[Any]:
    """Yield the item types of a `tuple` or `dict`."""
    for plain, _ in variants(kind):
        if get_origin(plain) is origin:
            yield get_args(plain)[1 if origin is dict else 0]


def marks_of(kind: Any) -> list[Ref]:
    """Return what a type refers to by ids."""
    found: list[Ref] = []
    for _, meta in variants(kind):
        found += [mark for mark in meta if isinstance(mark, Ref)]
    return found


# `  - cost: free`: indent, dash, name.
_FIELD = re.compile(r"(\s*)((?:-\s+)?)([^\s:#\"'\[\]{},-][^:#\"'\[\]{},]{0,40}?):(?=\s|$)")
_ITEM = re.compile(r"\s*-\s(.*)")  # `- Treff`
_NO_SPACE = re.compile(r"\s*(?:-\s+)?([A-Za-zÄÖÜäöü_]{2,40}):(?=[^\s/])(.*)")  # `cost:free`, no `https://`
_BULLET = re.compile(r"\s*(?:-(?=[^\s\-\d])|[•–—▪·*]\s*+)(.+)")  # `-Treff`, `• Treff`


class FieldLine(NamedTuple):
    """A field's line: offsets of line, field, colon, value; name and value."""

    indent: int
    column: int  # where the name begins, behind a dash
    colon: int
    value_at: int  # where the value begins
    name: str
    value: str


def field_in(line: str) -> FieldLine | None:
    """Return a line's field, or None."""
    match = _FIELD.match(line)
    if match is None:
        return None
    value = _without_remark(line[match.end() :].strip())
    value_at = line.find(value, match.end())
    return FieldLine(len(match[1]), match.end(2), match.end() - 1, value_at, match[3], value)


def item_in(line: str) -> str | None:
    """Return a list item's text without remark, or None."""
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
    """Return a text behind a bullet other than „- “, or None."""
    match = _BULLET.fullmatch(line.rstrip())
    return match[1].strip() if match else None


def without_space(line: str) -> str | None:
    """Return „cost: free“ for „cost:free“, else None."""
    match = _NO_SPACE.fullmatch(line.rstrip())
    return f"{match[1]}: {match[2].strip()}" if match and known_field(match[1]) else None
