"""Takes cells, sums and published statements, hands out the linear system an attacker can write down.

Unknowns are whole counts that are not negative. Everything known about them is a row: a sum of cells (several
hierarchies and geographies at once), a rate with its rounding interval, a share, a value in an earlier release.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
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

INFINITE = math.inf

Terms = tuple[tuple[int, float], ...]
"""Columns in order, each with what it is multiplied with."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something published: low <= sum of coefficient times cell <= high.

    `source` says in words where it stands, for reports.
    """

    terms: tuple[tuple[Key, float], ...]
    low: float
    high: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is exactly the sum of other cells: a region of its quarters, a total of its age groups."""

    total: Key
    parts: tuple[Key, ...]

    def within(self, cells: Container[Key]) -> bool:
        """Whether the whole and all its parts are among some cells."""
        return self.total in cells and all(part in cells for part in self.parts)


@dataclass(frozen=True)
class System:
    """Rows with their ends and columns with their bounds: those of a whole table, or of a block in the block's own numbering."""

    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats


class Ending(Enum):
    """How a question about a system ended: with a best point, with the best one within the limit, without an end, or with none at all."""

    PROVEN = auto()
    LIMIT = auto()
    ENDLESS = auto()
    IMPOSSIBLE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class TableSystem:
    """The linear system: one column a cell (sorted by key), one row a sum or statement, in a canonical order."""

    keys: tuple[Key, ...]
    lower: Floats
    upper: Floats
    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    sources: tuple[str, ...]

    @cached_property
    def index(self) -> dict[Key, int]:
        """The column of each key."""
        return {key: column for column, key in enumerate(self.keys)}

    def columns(self, keys: Iterable[Key]) -> Ints:
        """Takes keys, hands out their columns. KeyError for a cell the table does not hold."""
        return np.array([self.index[key] for key in keys], dtype=np.int64)

    def told(
        self, known: Mapping[Key, int], bounds: Mapping[Key, tuple[float, float]] | None = None
    ) -> System:
        """Takes published counts and further knowledge of single cells, hands out the rows with bounds that say so."""
        lower, upper = self.lower.copy(), self.upper.copy()
        for key, (low, high) in (bounds or {}).items():
            column = self.index[key]
            lower[column], upper[column] = max(lower[column], low), min(upper[column], high)
        published = self.columns(known)
        lower[published] = upper[published] = np.array([*known.values()], dtype=np.float64)
        return System(self.matrix, self.row_lower, self.row_upper, lower, upper)


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
    keys = tuple(sorted(_named(sums, statements) | set(cells) | known.keys()))
    rows = _Rows({key: column for column, key in enumerate(keys)})
    for relation in sums:
        rows.add_sum(relation)
    for statement in statements:
        rows.add_statement(statement)
    ordered = sorted(rows.sources)
    limits = [known.get(key, (0.0, INFINITE)) for key in keys]
    return TableSystem(
        keys=keys,
        lower=np.array([max(0.0, low) for low, _ in limits]),
        upper=np.array([high for _, high in limits], dtype=np.float64),
        matrix=_matrix([terms for terms, *_ in ordered], len(keys)),
        row_lower=np.array([low for _, low, _ in ordered]),
        row_upper=np.array([high for _, _, high in ordered]),
        sources=tuple(rows.sources[row] for row in ordered),
    )


def _named(sums: Iterable[Sum], statements: Iterable[Statement]) -> set[Key]:
    """Return all cells that sums and statements name."""
    named: set[Key] = set()
    for relation in sums:
        named.add(relation.total)
        named.update(relation.parts)
    for statement in statements:
        named.update(key for key, _ in statement.terms)
    return named


def _matrix(rows: Sequence[Terms], columns: int) -> csr_array:
    """Return rows of terms as a sparse matrix."""
    numbers: list[float] = []
    places: list[int] = []
    ends = [0]
    for terms in rows:
        places += [column for column, _ in terms]
        numbers += [coefficient for _, coefficient in terms]
        ends.append(len(places))
    return sparse((numbers, places, ends), (len(rows), columns))


class _Rows:
    """Rows by what they say, each once, with the source that names it: terms, lowest, highest."""

    def __init__(self, columns: Mapping[Key, int]) -> None:
        self.columns = columns
        self.sources: dict[tuple[Terms, float, float], str] = {}

    def add_sum(self, relation: Sum) -> None:
        """Add a whole less its parts, which is nothing. ValueError where it is a part of itself."""
        if relation.total in relation.parts:
            raise ValueError(f"{relation.total} cannot be a part of itself")
        terms = [(relation.total, -1.0), *((part, 1.0) for part in relation.parts)]
        self._add((self._merged(terms), 0.0, 0.0), " / ".join(relation.total))

    def add_statement(self, statement: Statement) -> None:
        """Add a statement. ValueError where its interval is empty."""
        if not statement.low <= statement.high:
            name = statement.source or statement.terms
            raise ValueError(f"{name}: {statement.low} is above {statement.high}")
        terms = self._merged(statement.terms)
        self._add((terms, float(statement.low), float(statement.high)), statement.source)

    def _merged(self, terms: Iterable[tuple[Key, float]]) -> Terms:
        merged: dict[int, float] = {}
        for key, coefficient in terms:
            column = self.columns[key]
            merged[column] = merged.get(column, 0.0) + coefficient
        return tuple((column, merged[column]) for column in sorted(merged) if merged[column] != 0)

    def _add(self, row: tuple[Terms, float, float], source: str) -> None:
        # Of two sources of the same row the first by alphabet is kept, whatever the order of the input.
        self.sources[row] = min(self.sources.get(row, source), source)
