"""The name of a field in, what any file may hold there out: groups, lists, texts. For text that belongs to no record yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from generator.diagnostics import close_to
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, variants
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.scalars import Ref, parse_markdown, parse_text
from generator.model.vocabulary import VOCABULARIES


@cache
def known_fields() -> Mapping[str, frozenset[str]]:
    """Return every field that any file may have, with the fields of the groups below it."""
    return {
        name: frozenset(
            key
            for kind in kinds
            for below in (kind, *entries(kind), *values(kind))
            for group in groups(below)
            for key in fields(group)
        )
        for name, kinds in kinds_by_field().items()
    }


@cache
def kinds_by_field() -> Mapping[str, tuple[Any, ...]]:
    """Return the types that each field has in the files that have it."""
    found: dict[str, dict[Any, None]] = {}
    waiting: list[Any] = [*(kind.model for kind in KINDS), *VOCABULARIES.values(), SiteConfig, Indicator]
    seen: set[Any] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, info in fields(model).items():
            kind = annotation(info)
            found.setdefault(name, {})[kind] = None
            waiting += (group for below in (kind, *entries(kind), *values(kind)) for group in groups(below))
    return {name: tuple(kinds) for name, kinds in found.items()}


def known_field(word: str) -> bool:
    """Tell whether a word is the name of a field, or nearly."""
    return word.lower() in known_fields() or (len(word) > 3 and close_to(word, known_fields()) is not None)


def groups(kind: Any) -> list[type[BaseModel]]:
    """Return the groups that may stand where a type belongs; none for lists and maps of groups."""
    return [plain for plain, _ in variants(kind) if isinstance(plain, type) and issubclass(plain, BaseModel)]


def entries(kind: Any) -> Iterator[Any]:
    """Yield the types of a list's entries; none where it is no list."""
    return (get_args(plain)[0] for plain, _ in variants(kind) if get_origin(plain) is tuple)


def values(kind: Any) -> Iterator[Any]:
    """Yield the types of a map's values; none where it is no map."""
    return (get_args(plain)[1] for plain, _ in variants(kind) if get_origin(plain) is dict)


def is_map(name: str) -> bool:
    """Tell whether a field takes a map of groups: below it stand keys that are no fields."""
    kinds = kinds_by_field().get(name, ())
    return any(groups(value) for kind in kinds for value in values(kind)) and not any(map(groups, kinds))


def is_text(meta: tuple[Any, ...]) -> bool:
    """Tell by the marks of a type whether it takes any text."""
    return any(
        isinstance(mark, BeforeValidator) and mark.func in (parse_text, parse_markdown) for mark in meta
    )


def takes_list(name: str) -> bool:
    """Tell whether a field takes a list."""
    return any(True for kind in kinds_by_field().get(name, ()) for _ in entries(kind))


def takes_ids(name: str) -> bool:
    """Tell whether a field takes ids, one or several."""
    kinds = kinds_by_field().get(name, ())
    return any(
        isinstance(mark, Ref)
        for kind in kinds
        for part in (kind, *entries(kind))
        for _, meta in variants(part)
        for mark in meta
    )


def takes_text(name: str) -> bool:
    """Tell whether a field takes any text."""
    return any(is_text(meta) for kind in kinds_by_field().get(name, ()) for _, meta in variants(kind))


def fields_below(name: str) -> Collection[str]:
    """Return the fields of a field's group, of every kind of record where there is none."""
    return known_fields().get(name, ()) if name else {key for kind in KINDS for key in fields(kind.model)}
