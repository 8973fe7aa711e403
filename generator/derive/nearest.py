"""Points on the plane in; for each of them those that are nearest to it out, without comparing all with all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from shapely import STRtree, points

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

FIRST_CIRCLE = 1.0
"""Metres around a point that are looked at first; while too few lie within, the radius doubles."""


def nearest(x: Numbers, y: Numbers, count: int) -> Iterator[tuple[int, Indices, Numbers]]:
    """Yield for each point, in no certain order, itself and the `count` nearest others with their distances.

    `x` and `y` are metres. Nearest first, of equally near ones the one that comes first; fewer where there are fewer points.
    An R-tree finds what lies in growing circles, so a point with many neighbours at one place costs no more than others.
    """
    tree = STRtree(np.asarray(points(x, y)))
    left = np.arange(len(x))
    wanted = min(count + 1, len(x))
    radius = FIRST_CIRCLE
    while len(left):
        asked, found = tree.query(tree.geometries[left], predicate="dwithin", distance=radius)
        distances = np.hypot(x[found] - x[left[asked]], y[found] - y[left[asked]])
        order = np.lexsort((found, distances, asked))
        asked, found, distances = asked[order], found[order], distances[order]
        starts = np.searchsorted(asked, np.arange(len(left) + 1))
        enough = np.diff(starts) >= wanted
        for place in np.flatnonzero(enough):
            near = slice(starts[place], starts[place] + wanted)
            yield int(left[place]), found[near], distances[near]
        left = left[~enough]
        radius *= 2
