"""The name of a field in, what any file may hold there out: groups, lists, texts. For text that belongs to no record yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
    found = {}
    for name, kinds in kinds_by_field().items():
        below: set[str] = set()
        for group in all_groups(*kinds):
            below.update(fields(group))
        found[name] = frozenset(below)
    return found


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
            waiting += all_groups(kind)
    return {name: tuple(kinds) for name, kinds in found.items()}


def types_of(name: str) -> tuple[Any, ...]:
    """Return the types that a field has; none where no file has it."""
    return kinds_by_field().get(name, ())


def all_groups(*kinds: Any) -> list[type[BaseModel]]:
    """Return the groups that may stand where one of some types belongs, or below it in a list or map."""
    return groups(*kinds, *entries(*kinds), *values(*kinds))


def known_field(word: str) -> bool:
    """Tell whether a word is the name of a field, or nearly."""
    return word.lower() in known_fields() or (len(word) > 3 and close_to(word, known_fields()) is not None)


def groups(*kinds: Any) -> list[type[BaseModel]]:
    """Return the groups that may stand where one of some types belongs; none for lists and maps of groups."""
    return [
        plain for plain, _ in _variants(kinds) if isinstance(plain, type) and issubclass(plain, BaseModel)
    ]


def entries(*kinds: Any) -> list[Any]:
    """Return the types of a list's entries; none where it is no list."""
    return [get_args(plain)[0] for plain, _ in _variants(kinds) if get_origin(plain) is tuple]


def values(*kinds: Any) -> list[Any]:
    """Return the types of a map's values; none where it is no map."""
    return [get_args(plain)[1] for plain, _ in _variants(kinds) if get_origin(plain) is dict]


def _variants(kinds: Iterable[Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the plain types that some types consist of, each with its marks."""
    for kind in kinds:
        yield from variants(kind)


def is_map(name: str) -> bool:
    """Tell whether a field takes a map of groups: below it stand keys that are no fields."""
    kinds = types_of(name)
    return bool(groups(*values(*kinds))) and not groups(*kinds)


def is_text(meta: tuple[Any, ...]) -> bool:
    """Tell by the marks of a type whether it takes any text."""
    return any(
        isinstance(mark, BeforeValidator) and mark.func in (parse_text, parse_markdown) for mark in meta
    )


def takes_list(name: str) -> bool:
    """Tell whether a field takes a list."""
    return bool(entries(*types_of(name)))


def marks_of(*kinds: Any) -> list[Ref]:
    """Return the marks of types that take ids."""
    found: list[Ref] = []
    for _, meta in _variants(kinds):
        found += [mark for mark in meta if isinstance(mark, Ref)]
    return found


def takes_text(name: str) -> bool:
    """Tell whether a field takes any text."""
    return any(is_text(meta) for _, meta in _variants(types_of(name)))


def fields_below(name: str) -> Collection[str]:
    """Return the fields of a field's group, of every kind of record where there is none."""
    if name:
        return known_fields().get(name, ())
    return set().union(*(fields(kind.model) for kind in KINDS))
