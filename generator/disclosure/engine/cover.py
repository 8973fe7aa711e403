"""Takes cuts and costs, hands out a cheapest set of cells that satisfies all of them.

Cuts that share no cell are independent, so each group is its own small integer programme. A group too large for that is
covered greedily, and after some rounds what it withholds stays withheld until the pattern is tidied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np

from .cuts import ALWAYS, Cut
from .linear_system import Ending, Floats, System
from .matrices import blocks, sparse
from .program import TOLERANCE, cheapest_whole


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the exact way ends; sizes and counts only, never seconds, so that every machine takes the same way.

    exact_cells: largest number of cells in a group of cuts that is solved exactly. exact_cuts: same for its cuts.
    nodes: branch-and-bound nodes for one group. free_rounds: rounds in which a greedy cover may change its mind; after
    them it only grows, so that the search ends.
    """

    exact_cells: int = 150
    exact_cuts: int = 600
    nodes: int = 500
    free_rounds: int = 40


Need = tuple[tuple[int, ...], tuple[float, ...], float, int]
"""A cut without its occasion: columns, weights, need, and the cell that must be chosen for it to ask anything."""


@dataclass
class Cover:
    """The cuts found so far and the cells they ask for; `greedy` are those chosen without proof."""

    cost: Floats
    limits: Limits
    cuts: list[Need] = field(default_factory=list)
    greedy: set[int] = field(default_factory=set)
    _known: set[Need] = field(default_factory=set)
    _at: dict[int, list[int]] = field(default_factory=dict)
    _solved: dict[tuple[int, ...], tuple[frozenset[int], bool]] = field(default_factory=dict)

    def add(self, cut: Cut) -> bool:
        """Takes a cut, says whether it is new."""
        ask = (cut.columns, cut.weights, cut.need, cut.when)
        if ask in self._known:
            return False
        self._known.add(ask)
        for column in _names(ask):
            self._at.setdefault(column, []).append(len(self.cuts))
        self.cuts.append(ask)
        return True

    def spares(self, column: int, chosen: set[int]) -> bool:
        """Takes a chosen cell, says whether the others satisfy every cut without it."""
        rest = chosen - {column}
        return all(_missing(self.cuts[index], rest) <= TOLERANCE for index in self._at.get(column, ()))

    def solve(self, growing: bool) -> set[int]:
        """Hands out the cells to withhold: cheapest where groups are small, greedy where not.

        `growing`: what a greedy cover once took is kept.
        """
        kept = self.greedy if growing else set()
        chosen: set[int] = set(kept)
        self.greedy = set(kept)
        for group in self._groups():
            if group not in self._solved:
                self._solved[group] = self._solve_group(group, kept)
            cells, exact = self._solved[group]
            chosen |= cells
            if not exact:
                self.greedy |= cells
        return chosen

    def _groups(self) -> list[tuple[int, ...]]:
        cuts = self.cuts
        if not cuts:
            return []
        named = [_names(cut) for cut in cuts]
        rows = np.repeat(np.arange(len(cuts)), [len(columns) for columns in named])
        columns = np.concatenate(named)
        names, local = np.unique(columns, return_inverse=True)
        size = len(cuts) + names.size
        label = blocks(rows, local + len(cuts), size)
        groups: dict[int, list[int]] = {}
        for cut, group in enumerate(label[: len(cuts)].tolist()):
            groups.setdefault(group, []).append(cut)
        return [tuple(group) for group in groups.values()]

    def _solve_group(self, group: tuple[int, ...], kept: set[int]) -> tuple[frozenset[int], bool]:
        cuts = [self.cuts[index] for index in group]
        names = sorted(set().union(*map(_names, cuts)))
        if len(names) <= self.limits.exact_cells and len(cuts) <= self.limits.exact_cuts:
            exact = self._solve_exactly(cuts, names)
            if exact is not None:
                return exact, True
        return frozenset(cover_greedily(cuts, self.cost, kept & set(names))), False

    def _solve_exactly(self, cuts: Sequence[Need], names: list[int]) -> frozenset[int] | None:
        place = {column: index for index, column in enumerate(names)}
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        for row, cut in enumerate(cuts):
            _, group, need, when = cut
            named = _names(cut)
            rows += [row] * len(named)
            columns += [place[column] for column in named]
            # Divided by their need all cuts are of one size, which spares HiGHS repairs.
            weights += [part / need for part in group]
            if when != ALWAYS:
                weights.append(-1.0)
        matrix = sparse((weights, (rows, columns)), (len(cuts), len(names)))
        asked = np.array([float(when == ALWAYS) for *_, when in cuts])
        nothing = np.zeros(len(names))
        system = System(matrix, asked, np.full(len(cuts), np.inf), nothing, nothing + 1.0)
        ending, point = cheapest_whole(system, self.cost[names], self.limits.nodes)
        if ending is not Ending.PROVEN or point is None:
            return None
        return frozenset(column for column, taken in zip(names, point.tolist(), strict=True) if taken)


def cover_greedily(cuts: Sequence[Need], cost: Floats, start: set[int]) -> set[int]:
    """Takes cuts, costs and cells already taken, hands out a cover: always the cell that fills most for its cost."""
    chosen = set(start)
    # What is chosen can wake cuts that asked nothing before.
    while missing := _unfilled(cuts, chosen):
        _fill(cuts, cost, chosen, missing)
    return chosen


def _unfilled(cuts: Sequence[Need], chosen: set[int]) -> dict[int, float]:
    """Return what cuts lack, as shares of their need: a cut over thousands of counts is worth no more than one over three."""
    return {
        index: rest / cut[2] for index, cut in enumerate(cuts) if (rest := _missing(cut, chosen)) > TOLERANCE
    }


def _fill(cuts: Sequence[Need], cost: Floats, chosen: set[int], missing: dict[int, float]) -> None:
    at: dict[int, list[tuple[int, float]]] = {}
    for index in missing:
        columns, weights, need, _ = cuts[index]
        for column, weight in zip(columns, weights, strict=True):
            at.setdefault(column, []).append((index, weight / need))

    def worth(column: int) -> float:
        fill = sum(min(weight, missing[index]) for index, weight in at[column] if index in missing)
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
        _take_away(missing, at[best])


def _take_away(missing: dict[int, float], given: Iterable[tuple[int, float]]) -> None:
    """Fill cuts by what a cell gives them; what is full goes."""
    for index, weight in given:
        if index in missing:
            missing[index] -= weight
            if missing[index] <= TOLERANCE:
                del missing[index]


def _names(cut: Need) -> tuple[int, ...]:
    columns, _, _, when = cut
    return columns if when == ALWAYS else (*columns, when)


def _missing(cut: Need, chosen: set[int]) -> float:
    columns, weights, need, when = cut
    if when != ALWAYS and when not in chosen:
        return 0.0
    return need - sum(weight for column, weight in zip(columns, weights, strict=True) if column in chosen)
