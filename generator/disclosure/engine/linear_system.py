"""Takes cells, sums and published statements, hands out the linear system an attacker can write down.

Unknowns are whole counts that are not negative. Everything known about them is a row: a sum of cells (several
hierarchies and geographies at once), a rate with its rounding interval, a share, a value in an earlier release.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .matrices import sparse

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Key = tuple[str, ...]
"""What a cell is about, for example (space, period, age group)."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

PUBLIC = -1
"""In `Table.about`: the row stays public whatever is withheld."""

INFINITE = math.inf


@dataclass(frozen=True, slots=True)
class Statement:
    """Something published: low <= sum of coefficient times cell <= high.

    `about` names the cell it is shown with and with which it is withheld (the rate of a count); None: always public.
    `source` says in words where it stands, for reports.
    """

    terms: tuple[tuple[Key, float], ...]
    low: float
    high: float
    source: str = ""
    about: Key | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is exactly the sum of other cells: a region of its quarters, a total of its age groups."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class TableSystem:
    """The linear system: one column a cell (sorted by key), one row a sum or statement, in a canonical order.

    `about[row]` is the column with which a row is withheld, or PUBLIC.
    """

    keys: tuple[Key, ...]
    lower: Floats
    upper: Floats
    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    about: Ints
    sources: tuple[str, ...]

    @cached_property
    def index(self) -> dict[Key, int]:
        """The column of each key."""
        return {key: column for column, key in enumerate(self.keys)}

    def columns(self, keys: Iterable[Key]) -> Ints:
        """Takes keys, hands out their columns. KeyError for a cell the table does not hold."""
        return np.array([self.index[key] for key in keys], dtype=np.int64)


def build_table(
    cells: Iterable[Key],
    sums: Iterable[Sum] = (),
    statements: Iterable[Statement] = (),
    bounds: Mapping[Key, tuple[float, float]] | None = None,
) -> TableSystem:
    """Takes cells, sums, statements and what is commonly known of single cells (low, high), hands out the table.

    Cells that only sums, statements or bounds name are added. Rows are sorted and said once, so the order of the input
    does not matter. ValueError for an empty interval or a cell in its own sum.
    """
    sums, statements, known = list(sums), list(statements), dict(bounds or {})
    named = set(cells) | known.keys()
    for relation in sums:
        named.add(relation.total)
        named.update(relation.parts)
    for statement in statements:
        named.update(key for key, _ in statement.terms)
        if statement.about is not None:
            named.add(statement.about)
    keys = tuple(sorted(named))
    index = {key: column for column, key in enumerate(keys)}

    rows: dict[tuple[tuple[tuple[int, float], ...], float, float, int], str] = {}
    for relation in sums:
        if relation.total in relation.parts:
            raise ValueError(f"{relation.total} cannot be a part of itself")
        terms = _collect([(index[relation.total], -1.0), *((index[part], 1.0) for part in relation.parts)])
        _say(rows, terms, 0.0, 0.0, PUBLIC, " / ".join(relation.total))
    for statement in statements:
        if not statement.low <= statement.high:
            raise ValueError(
                f"{statement.source or statement.terms}: {statement.low} is above {statement.high}"
            )
        terms = _collect([(index[key], coefficient) for key, coefficient in statement.terms])
        about = PUBLIC if statement.about is None else index[statement.about]
        _say(rows, terms, statement.low, statement.high, about, statement.source)

    ordered = sorted(rows)
    limits = [known.get(key, (0.0, INFINITE)) for key in keys]
    return TableSystem(
        keys=keys,
        lower=np.array([max(0.0, low) for low, _ in limits]),
        upper=np.array([high for _, high in limits], dtype=np.float64),
        matrix=sparse(
            (
                [coefficient for terms, *_ in ordered for _, coefficient in terms],
                [column for terms, *_ in ordered for column, _ in terms],
                [*accumulate((len(terms) for terms, *_ in ordered), initial=0)],
            ),
            (len(ordered), len(keys)),
        ),
        row_lower=np.array([low for _, low, _, _ in ordered]),
        row_upper=np.array([high for _, _, high, _ in ordered]),
        about=np.array([about for *_, about in ordered], dtype=np.int64),
        sources=tuple(rows[row] for row in ordered),
    )


def _collect(terms: Iterable[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    merged: dict[int, float] = {}
    for column, coefficient in terms:
        merged[column] = merged.get(column, 0.0) + coefficient
    return tuple((column, merged[column]) for column in sorted(merged) if merged[column] != 0)


def _say(
    rows: dict[tuple[tuple[tuple[int, float], ...], float, float, int], str],
    terms: tuple[tuple[int, float], ...],
    low: float,
    high: float,
    about: int,
    source: str,
) -> None:
    row = (terms, float(low), float(high), about)
    # Of two sources of the same row the first by alphabet is kept, whatever the order of the input.
    rows[row] = min(rows[row], source) if row in rows else source
