"""Names of fields, kinds and choices that checks write as texts are ones of the model: no type checker looks into `getattr` or compares words."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

import generator.model
from generator.model.fields import fields
from generator.model.kinds import KINDS
from generator.read.nodes import Scalar
from tests.conftest import ROOT
from tests.records import fields as record_fields
from tests.records import is_record

FILES = sorted((ROOT / "generator" / "check").glob("*.py"))
OTHER_WORDS = {"team-hours", "streets", "appointment", "school-holidays"}
"""A part that can be internal, a layer of maps, a way to get there, days that nobody knows: words of files and of hours."""
OWN_WORDS = {"street", "area", "Cf", "str", "eb"}
"""What modules call things among themselves, and pieces of texts."""


def _models() -> Iterator[type]:
    for module in pkgutil.iter_modules(generator.model.__path__):
        loaded = importlib.import_module(f"generator.model.{module.name}")
        yield from (one for one in vars(loaded).values() if isinstance(one, type))


MODELS = [one for one in _models() if issubclass(one, BaseModel)]
NAMES = {name for one in MODELS for name in (*fields(one), *one.model_fields)} | {
    field.name for one in (*_models(), Scalar) if is_record(one) for field in record_fields(one)
}


def _choices(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    for part in get_args(kind):
        yield from _choices(part)


WORDS = {
    *NAMES,
    *(word for one in MODELS for info in one.model_fields.values() for word in _choices(info.annotation)),
    *(word for one in _models() if is_record(one) for field in record_fields(one) for word in _choices(field.type)),
    *(kind.folder for kind in KINDS),
    *("odd", "even", "all", "error", "resources", "content"),
}  # fmt: skip


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.Tuple, ast.Set, ast.List)):
        for part in node.elts:
            yield from _texts(part)


def test_fields_that_are_asked_for_by_their_name_are_fields_of_a_record() -> None:
    asked = {
        text
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr"
        for text in _texts(node.args[1])
    }
    assert len(asked) > 5
    assert asked - NAMES == set()


def test_words_that_are_compared_are_choices_of_a_field_or_names() -> None:
    compared = {
        text
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        for text in _texts(side)
        if text.replace("-", "").isalpha()
    }
    assert len(compared) > 30
    assert compared - WORDS - OTHER_WORDS - OWN_WORDS == set()
    assert compared >= OWN_WORDS | OTHER_WORDS
