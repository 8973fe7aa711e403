"""Sparse matrices, and the blocks they fall into.

scipy is loaded when the first one is made: a town without figures need not have it (the extra `figures`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def sparse(content: Any, shape: tuple[int, int] | None = None) -> csr_array:
    """Return a matrix row by row: of another one, or of (values, (rows, columns)) and its shape."""
    from scipy.sparse import csr_array

    return csr_array(content, shape=shape)


def touching(matrix: csr_array, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which rows hold one of these columns."""
    found: NDArray[np.bool_] = abs(matrix) @ columns > 0
    return found


def blocks(
    rows: NDArray[np.integer[Any]], columns: NDArray[np.integer[Any]], size: int
) -> NDArray[np.integer[Any]]:
    """Return for each of the nodes 0 … size - 1 of a graph with these edges to which block it belongs."""
    from scipy.sparse.csgraph import connected_components

    graph = sparse((np.ones(rows.size), (rows, columns)), (size, size))
    label: NDArray[np.integer[Any]] = connected_components(graph, directed=False)[1]
    return label
