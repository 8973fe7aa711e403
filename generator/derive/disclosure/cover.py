"""Takes cuts and costs, hands out a cheapest set of cells that satisfies all of them.

Cuts that share no cell are independent, so each group is its own small integer programme. A group too large for that is
covered greedily, and what it withheld once stays withheld until the pattern is tidied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from .cuts import Cut
from .program import TOLERANCE
from .tables import Floats


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the exact way ends; sizes and counts only, never seconds, so that every machine takes the same way.

    exact_cells: largest number of cells in a group of cuts that is solved exactly. exact_cuts: same for its cuts.
    nodes: branch-and-bound nodes for one group.
    """

    exact_cells: int = 400
    exact_cuts: int = 1_500
    nodes: int = 20_000


Ask = tuple[tuple[int, ...], tuple[float, ...], float]
"""A cut without its occasion: columns, weights, need."""


@dataclass
class Cover:
    """The cuts found so far and the cells they ask for."""

    cost: Floats
    limits: Limits
    cuts: dict[Ask, int] = field(default_factory=dict)
    greedy: set[int] = field(default_factory=set)
    _solved: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)

    def add(self, cut: Cut) -> bool:
        """Takes a cut, says whether it is new."""
        name = (cut.columns, cut.weights, cut.need)
        if name in self.cuts:
            return False
        self.cuts[name] = len(self.cuts)
        return True

    def holds(self, chosen: set[int]) -> bool:
        """Takes a set of cells, says whether it satisfies every cut."""
        return all(_missing(cut, chosen) <= TOLERANCE for cut in self.cuts)

    def solve(self) -> set[int]:
        """Hands out the cells to withhold: cheapest where groups are small, greedy where not."""
        chosen: set[int] = set()
        for group in self._groups():
            if group not in self._solved:
                self._solved[group] = self._solve_group(group)
            chosen.update(self._solved[group])
        return chosen | self.greedy

    def _groups(self) -> list[tuple[int, ...]]:
        cuts = list(self.cuts)
        if not cuts:
            return []
        rows = np.repeat(np.arange(len(cuts)), [len(columns) for columns, *_ in cuts])
        columns = np.concatenate([np.array(columns, dtype=np.int64) for columns, *_ in cuts])
        names, local = np.unique(columns, return_inverse=True)
        size = len(cuts) + names.size
        graph = csr_array((np.ones(rows.size), (rows, local + len(cuts))), shape=(size, size))
        _, label = connected_components(graph, directed=False)
        groups: dict[int, list[int]] = {}
        for cut, group in enumerate(label[: len(cuts)].tolist()):
            groups.setdefault(group, []).append(cut)
        return [tuple(group) for group in groups.values()]

    def _solve_group(self, group: tuple[int, ...]) -> tuple[int, ...]:
        every = list(self.cuts)
        cuts = [every[index] for index in group]
        names = sorted({column for columns, *_ in cuts for column in columns})
        if len(names) <= self.limits.exact_cells and len(cuts) <= self.limits.exact_cuts:
            exact = self._solve_exactly(cuts, names)
            if exact is not None:
                return exact
        chosen = cover_greedily(cuts, self.cost, self.greedy & set(names))
        self.greedy |= chosen
        return tuple(sorted(chosen))

    def _solve_exactly(self, cuts: Sequence[Ask], names: list[int]) -> tuple[int, ...] | None:
        place = {column: index for index, column in enumerate(names)}
        rows = np.repeat(np.arange(len(cuts)), [len(columns) for columns, *_ in cuts])
        columns = [place[column] for group, *_ in cuts for column in group]
        # Divided by their need all cuts are of one size, which spares HiGHS repairs (and what it prints about them).
        weights = [weight / need for _, group, need in cuts for weight in group]
        matrix = csr_array((weights, (rows, columns)), shape=(len(cuts), len(names)))
        answer = milp(
            self.cost[names], constraints=LinearConstraint(matrix, 1.0, np.inf), bounds=Bounds(0.0, 1.0),
            integrality=np.ones(len(names), dtype=np.int64),
            options={"node_limit": self.limits.nodes, "mip_rel_gap": 0.0, "presolve": False},
        )
        if answer.status != 0:
            return None
        return tuple(column for column, taken in zip(names, answer.x, strict=True) if taken > 0.5)


def cover_greedily(cuts: Sequence[Ask], cost: Floats, start: set[int]) -> set[int]:
    """Takes cuts, costs and cells already taken, hands out a cover: always the cell that fills most for its cost."""
    chosen = set(start)
    missing = {index: rest for index, cut in enumerate(cuts) if (rest := _missing(cut, chosen)) > TOLERANCE}
    at: dict[int, list[tuple[int, float]]] = {}
    for index in missing:
        columns, weights, _ = cuts[index]
        for column, weight in zip(columns, weights, strict=True):
            at.setdefault(column, []).append((index, weight))

    def worth(column: int) -> float:
        fill = sum(min(weight, missing[index]) / cuts[index][2] for index, weight in at[column] if index in missing)
        return -fill / float(cost[column])

    # Worth only falls as cuts fill up, so a stale entry at the top is asked again and put back.
    queue = [(worth(column), column) for column in at if column not in chosen]
    heapify(queue)
    while missing:
        stale, best = heappop(queue)
        if (fresh := worth(best)) > stale:
            heappush(queue, (fresh, best))
            continue
        chosen.add(best)
        for index, weight in at[best]:
            if index in missing:
                missing[index] -= weight
                if missing[index] <= TOLERANCE:
                    del missing[index]
    return chosen


def _missing(cut: Ask, chosen: set[int]) -> float:
    columns, weights, need = cut
    return need - sum(weight for column, weight in zip(columns, weights, strict=True) if column in chosen)
