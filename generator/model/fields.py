"""A model in, its fields by written name out: what documentation, suggestions and reference checks walk along."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.scalars import Ref


@dataclass(frozen=True, slots=True)
class RefPath:
    """Where a model holds references: `*` stands for every item of a list or value of a map, `{}` for every key. `target` is the
    folder of records or the vocabulary whose ids stand there, or several with `|` between them."""

    path: tuple[str, ...]
    target: str


@cache
def fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields by the name editors write; the id is no written field."""
    return {info.alias or name: info for name, info in model.model_fields.items() if not info.exclude}


def annotation(info: FieldInfo) -> Any:
    """Return a field's type with its metadata put back."""
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def variants(kind: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the plain types of an annotation with their metadata, without None."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *meta = get_args(kind)
        for plain, more in variants(inner):
            yield plain, (*more, *meta)
    elif origin in (Union, types.UnionType):
        for part in get_args(kind):
            yield from variants(part)
    elif kind is not type(None):
        yield kind, ()


def kinds_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[Any]:
    """Return the types that can stand at a path of keys and indexes; a step that leads nowhere is passed over, as pydantic puts names
    of types (the tags of a union) into the paths of its errors."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = _below(kinds, step) or kinds
    return kinds


def _below(kinds: Iterable[Any], step: str | int) -> list[Any]:
    """Return the types that can stand one key or index below some types."""
    found: list[Any] = []
    for kind in kinds:
        for plain, _ in variants(kind):
            origin = get_origin(plain)
            if isinstance(step, int) and origin is tuple:
                found.append(get_args(plain)[0])
            elif isinstance(step, str) and origin is dict:
                found.append(get_args(plain)[1])
            elif isinstance(plain, type) and issubclass(plain, BaseModel) and step in fields(plain):
                found.append(annotation(fields(plain)[str(step)]))
    return found


@cache
def has_path(model: type[BaseModel], path: tuple[str | int, ...]) -> bool:
    """Whether a record of this model may hold something at a path of keys and indexes."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = _below(kinds, step)
    return bool(kinds)


def models_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """Return the models that can stand at a path of keys and indexes; tags of unions are passed over."""
    found = []
    for kind in kinds_at(model, path):
        for plain, _ in variants(kind):
            if isinstance(plain, type) and issubclass(plain, BaseModel):
                found.append(plain)
    return found


def choices(kind: Any) -> tuple[str, ...]:
    """Return the literal values that an annotation allows."""
    allowed: list[Any] = []
    for plain, _ in variants(kind):
        if get_origin(plain) is Literal:
            allowed += get_args(plain)
    return tuple(str(value) for value in allowed)


@cache
def references(model: type[BaseModel]) -> tuple[RefPath, ...]:
    """Return every place of a model where the id of a record or of a word may stand."""
    found: list[RefPath] = []
    for name, info in fields(model).items():
        found += _references((name,), annotation(info))
    return tuple(found)


def _references(path: tuple[str, ...], kind: Any) -> Iterator[RefPath]:
    for plain, meta in variants(kind):
        for mark in meta:
            if isinstance(mark, Ref):
                yield RefPath(path, mark.target)
        origin = get_origin(plain)
        if origin is tuple:
            yield from _references((*path, "*"), get_args(plain)[0])
        elif origin is dict:
            key, value = get_args(plain)
            yield from _references((*path, "{}"), key)
            yield from _references((*path, "*"), value)
        elif isinstance(plain, type) and issubclass(plain, BaseModel):
            for name, info in fields(plain).items():
                yield from _references((*path, name), annotation(info))
