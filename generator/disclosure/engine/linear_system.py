"""Write all that is known of unknown counts as a linear system.

scipy is loaded when the first matrix is made.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Key = tuple[str, ...]
"""What a cell is about, for example (space, period, age group)."""

Counts = Mapping[Key, int]
"""Counts by cell."""

Shown = Mapping[Key, int | None]
"""Counts by cell, None where one is withheld or not known."""

Bounds = Mapping[Key, tuple[float, float]]
"""The least and the greatest that a cell can be."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
INFINITE = math.inf
Terms = tuple[tuple[int, float], ...]
"""Columns in order, each with what it is multiplied with."""

Row = tuple[Terms, float, float]
"""What a row says: terms, lowest, highest."""


class Statement(Struct, frozen=True):
    """Something published: low ≤ Σ coefficient × cell ≤ high, from `source`."""

    terms: tuple[tuple[Key, float], ...]
    low: float
    high: float
    source: str = ""

    def row(self, columns: Mapping[Key, int]) -> Row:
        """Return it as a row, each column once."""
        merged: dict[int, float] = defaultdict(float)
        for key, coefficient in self.terms:
            merged[columns[key]] += coefficient
        terms = tuple((column, merged[column]) for column in sorted(merged) if merged[column] != 0)
        return terms, float(self.low), float(self.high)


class Sum(Struct, frozen=True):
    """A cell that is exactly the sum of others."""

    total: Key
    parts: tuple[Key, ...]

    def within(self, cells: Container[Key]) -> bool:
        """Whether whole and parts are among some cells."""
        return self.total in cells and all(part in cells for part in self.parts)

    def statement(self) -> Statement:
        """Return it as whole less parts = 0."""
        terms = ((self.total, -1.0), *((part, 1.0) for part in self.parts))
        return Statement(terms, 0, 0, " / ".join(self.total))


@dataclass(frozen=True)
class System:
    """Bounded rows and columns of a table, or of a block renumbered."""

    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats


class Ending(Enum):
    """How a question ended: optimal, best within the limit, unbounded, infeasible, or without answer."""

    PROVEN = auto()
    LIMIT = auto()
    ENDLESS = auto()
    IMPOSSIBLE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class TableSystem(System):
    """A linear system in canonical order: columns are cells, rows sums or statements."""

    keys: tuple[Key, ...]
    sources: tuple[str, ...]

    @cached_property
    def index(self) -> dict[Key, int]:
        """The column of each key."""
        return {key: column for column, key in enumerate(self.keys)}

    def most(self, key: Key) -> float:
        """Return a cell's publicly known maximum."""
        return float(self.upper[self.index[key]])

    def columns(self, keys: Iterable[Key]) -> Ints:
        """Return keys' columns; KeyError for unknown cells."""
        return np.array([self.index[key] for key in keys], dtype=np.int64)

    def beside(self, key: Key) -> set[Key]:
        """Return cells that stand in a row with a cell."""
        rows = self.matrix[self.matrix[:, [self.index[key]]].nonzero()[0]]
        return {self.keys[column] for column in rows.indices.tolist()}

    def sources_of(self, rows: Flags) -> tuple[str, ...]:
        """Return where some rows stand, in words, each once."""
        return tuple(sorted({self.sources[row] for row in np.flatnonzero(rows).tolist()}))

    def with_counts(self, known: Counts, bounds: Bounds | None = None) -> System:
        """Return the system with published counts and further bounds."""
        lower = self.lower.copy()
        upper = self.upper.copy()
        for key, (low, high) in (bounds or {}).items():
            column = self.index[key]
            lower[column] = max(lower[column], low)
            upper[column] = min(upper[column], high)
        published = self.columns(known)
        lower[published] = upper[published] = np.array([*known.values()], dtype=np.float64)
        return System(self.matrix, self.row_lower, self.row_upper, lower, upper)


def keys_of(sums: Iterable[Sum]) -> set[Key]:
    """Return every cell that some sums name."""
    found: set[Key] = set()
    for item in sums:
        found.update((item.total, *item.parts))
    return found


def build_table(
    cells: Iterable[Key],
    sums: Iterable[Sum] = (),
    statements: Iterable[Statement] = (),
    bounds: Bounds | None = None,
) -> TableSystem:
    """Return the system of cells, sums, statements and bounds, in any order."""
    given = dict(bounds or {})
    all_statements = [*(relation.statement() for relation in sums), *statements]
    terms = chain.from_iterable(statement.terms for statement in all_statements)
    keys = tuple(sorted({key for key, _ in terms}.union(cells, given)))
    columns = {key: column for column, key in enumerate(keys)}
    sources: dict[Row, str] = {}
    for statement in all_statements:
        row = statement.row(columns)
        # Of two sources of the same row the first by alphabet is kept, whatever the order of the input.
        sources[row] = min(sources.get(row, statement.source), statement.source)
    ordered = sorted(sources)
    limits = [given.get(key, (0.0, INFINITE)) for key in keys]
    return TableSystem(
        keys=keys,
        lower=np.array([max(0.0, low) for low, _ in limits]),
        upper=np.array([high for _, high in limits], dtype=np.float64),
        matrix=_matrix([terms for terms, *_ in ordered], len(keys)),
        row_lower=np.array([low for _, low, _ in ordered]),
        row_upper=np.array([high for _, _, high in ordered]),
        sources=tuple(sources[row] for row in ordered),
    )


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


def sparse(content: Any, shape: tuple[int, int] | None = None) -> csr_array:
    """Return a row-wise sparse matrix."""
    from scipy.sparse import csr_array

    return csr_array(content, shape=shape)


Place = TypeVar("Place", bound=Hashable)


def all_reached(start: Place, steps: Mapping[Place, Collection[Place]]) -> frozenset[Place]:
    """Return all places reached from a start, without it."""
    reached = {start}
    waiting = [start]
    while waiting:
        for other in steps.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached - {start})


def touching(matrix: csr_array, columns: Flags) -> Flags:
    """Return which rows hold one of these columns."""
    found: Flags = abs(matrix) @ columns > 0
    return found


class Block(Struct, frozen=True):
    """Columns of which more than one value is possible, connected by rows; all others are settled."""

    columns: Ints
    rows: Ints


def split_blocks(matrix: csr_array, free: Flags, active: Flags) -> list[Block]:
    """Return blocks of `free` columns that `active` rows connect, by first column."""
    from scipy.sparse.csgraph import connected_components

    columns = np.flatnonzero(free)
    rows = np.flatnonzero(active)
    if not columns.size:
        return []
    part = matrix[rows][:, columns].tocoo()
    size = columns.size + rows.size
    tied = sparse((np.ones(part.row.size), (part.row + columns.size, part.col)), (size, size))
    label = connected_components(tied, directed=False)[1]
    order = np.argsort(label, kind="stable")
    found = []
    for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        inside = columns[members[members < columns.size]]
        if inside.size:
            found.append(Block(inside, rows[members[members >= columns.size] - columns.size]))
    return sorted(found, key=lambda block: int(block.columns[0]))


def cut_out(system: System, block: Block) -> System:
    """Return a block's own system; what settled columns add to its rows is taken off."""
    part = system.matrix[block.rows]
    settled = system.lower.copy()
    settled[block.columns] = 0.0
    taken = part @ settled
    return System(
        sparse(part[:, block.columns]),
        system.row_lower[block.rows] - taken,
        system.row_upper[block.rows] - taken,
        system.lower[block.columns],
        system.upper[block.columns],
    )
