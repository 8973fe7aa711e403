"""How many random cases a test draws: few in every run, many in `pytest -m long`."""

import os
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

import pytest

LONG = "NAHRAUM_LONG"
"""Set by `pytest -m long` for itself and its processes."""

T = TypeVar("T")
long = pytest.mark.long
whole = pytest.mark.whole
"""Of a whole city, a whole corpus or the whole demo, or everything of a kind at once: takes long and runs in `make examples`, so that
`make test` is quick. What looks at the built examples, at the internal demo or into a browser without guarding a promise is so by itself (`conftest.py`)."""


def every(values: Iterable[T], quick: Collection[T]) -> list[Any]:
    """Return all values as parameters of a test; those in `quick` are tried in every run, the others in `make examples`."""
    return [pytest.param(value, marks=[] if value in quick else [whole]) for value in values]


def every_row(rows: Iterable[tuple[Any, ...]], quick: Collection[object]) -> list[Any]:
    """Return rows of several parameters; those that hold one of `quick`, or are one, are tried in every run, the others in `make examples`."""
    return [
        pytest.param(*row, marks=[] if any(value in quick for value in (*row, row)) else [whole])
        for row in rows
    ]


def is_long() -> bool:
    """Whether many cases are wanted."""
    return bool(os.environ.get(LONG))


def cases(few: int, many: int) -> int:
    """Return how many cases to draw; a test that asks has the marker `long`."""
    return many if is_long() else few
