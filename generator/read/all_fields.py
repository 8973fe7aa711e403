"""The name of a field in, what any file may hold there out. For text that belongs to no record yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.diagnostics import close_to
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, variants
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.scalars import Ref
from generator.model.vocabulary import VOCABULARIES


@cache
def known_fields() -> Mapping[str, frozenset[str]]:
    """Return every field that any file may have, with the fields of the groups below it."""
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
    """Tell whether a word is the name of a field, or nearly."""
    return word.lower() in known_fields() or (len(word) > 3 and close_to(word, known_fields()) is not None)


def groups(kind: Any) -> list[type[BaseModel]]:
    """Return the groups that may stand where a type belongs; none for lists and maps of groups."""
    plain_types = [plain for plain, _ in variants(kind)]
    return [plain for plain in plain_types if isinstance(plain, type) and issubclass(plain, BaseModel)]


def groups_within(kind: Any) -> list[type[BaseModel]]:
    """Return the groups that may stand where a type belongs, or below it in a list or map."""
    found = groups(kind)
    for inner in (*entries(kind), *_inner(kind, dict)):
        found += groups(inner)
    return found


def entries(kind: Any) -> list[Any]:
    """Return the types of a list's entries; none where it is no list."""
    return list(_inner(kind, tuple))


def _inner(kind: Any, origin: type) -> Iterator[Any]:
    """Yield the types of what a list (`tuple`) holds, or of the values of a map (`dict`)."""
    for plain, _ in variants(kind):
        if get_origin(plain) is origin:
            yield get_args(plain)[1 if origin is dict else 0]


def marks_of(kind: Any) -> list[Ref]:
    """Return the marks of a type that takes ids."""
    found: list[Ref] = []
    for _, meta in variants(kind):
        found += [mark for mark in meta if isinstance(mark, Ref)]
    return found
