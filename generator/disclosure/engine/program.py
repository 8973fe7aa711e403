"""Answer repeatedly for the least and greatest value of one column.

HiGHS keeps the basis of the last answer, so the next one costs a tenth of a fresh call.
"""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct

from generator.disclosure.engine.linear_system import Ending, Flags, Floats, System

TOLERANCE = 1e-6
"""How far the solver's numbers may be off."""
NODE_LIMIT = 2_000
"""Nodes of one integer question; a count of nodes and not of seconds, so that every machine answers alike."""


class Contradiction(Exception):
    """The rows have no solution: what is published contradicts itself."""


class Optimum(Struct, frozen=True):
    """An extreme value (maybe infinite), its point, and the rows' multipliers."""

    value: float
    point: Floats
    multipliers: Floats

    @property
    def whole(self) -> bool:
        """Whether the point is integer, so counts can take it."""
        return bool(np.all(np.abs(self.point - np.rint(self.point)) < TOLERANCE))


class Program:
    """Answers questions on a system; `lowest` and `highest` come from integer points met."""

    def __init__(self, system: System) -> None:
        # Imported only here: a town without figures need not have the solver.
        from generator.disclosure.engine.solver import Solver

        self._solver = Solver(system)
        self.system = system
        self.lowest = np.full_like(system.lower, np.inf)
        self.highest = np.full_like(system.lower, -np.inf)

    def widen_by(self, point: Floats) -> None:
        """Widen `lowest` and `highest` by a possible integer point."""
        np.minimum(self.lowest, point, out=self.lowest)
        np.maximum(self.highest, point, out=self.highest)

    def extreme(self, column: int, greatest: bool) -> Optimum:
        """Return a column's least or greatest value, or raise Contradiction."""
        sign = -1.0 if greatest else 1.0
        cost = np.zeros(self.lowest.size)
        cost[column] = sign
        found = self.least(cost)
        return Optimum(sign * found.value, found.point, sign * found.multipliers)

    def least(self, cost: Floats) -> Optimum:
        """Return a cheapest point; Contradiction without, ArithmeticError without answer."""
        self._solver.set_cost(cost)
        ending = self._ask()
        if ending is Ending.IMPOSSIBLE:
            raise Contradiction
        if ending is Ending.UNKNOWN:
            raise ArithmeticError("no answer from HiGHS")
        if ending is Ending.ENDLESS:
            nothing = np.zeros(self.system.row_lower.size)
            return Optimum(-math.inf, np.full_like(cost, np.nan), nothing)
        point, multipliers = self._solver.found()
        optimum = Optimum(float(cost @ point), point, multipliers)
        if optimum.whole:
            self.widen_by(np.rint(point))
        return optimum

    def _ask(self) -> Ending:
        """Ask again without earlier bases, which can mislead, then by the other simplex."""
        ending = self._solver.ask()
        for primal in (False, True):
            if ending not in (Ending.IMPOSSIBLE, Ending.UNKNOWN):
                break
            ending = self._solver.ask_afresh(primal)
        return ending


def whole_extreme(system: System, column: int, greatest: bool) -> tuple[Floats | None, bool]:
    """Return the best integer point within the node limit, and whether it is proven. Raises Contradiction where nothing fits."""
    # Imported only here: a town without figures need not have the solver.
    from generator.disclosure.engine.solver import Solver

    cost = np.zeros(system.lower.size)
    cost[column] = -1.0 if greatest else 1.0
    solver = Solver(system)
    solver.set_cost(cost)
    solver.want_whole(NODE_LIMIT)
    ending = solver.ask()
    if ending is Ending.IMPOSSIBLE:
        raise Contradiction
    point = np.rint(solver.found()[0])
    # A solver's word is not enough.
    fits = (
        ending in (Ending.PROVEN, Ending.LIMIT)
        and point.size == cost.size
        and _is_feasible_point(system, point)
    )
    return point if fits else None, fits and ending is Ending.PROVEN


def kept_rows(system: System, sums: Floats) -> Flags:
    """Tell which rows' `sums` are allowed, with a tolerance relative to large ones."""
    slack = TOLERANCE * np.maximum(1.0, np.abs(sums))
    kept: Flags = (sums >= system.row_lower - slack) & (sums <= system.row_upper + slack)
    return kept


def _is_feasible_point(system: System, point: Floats) -> bool:
    inside = np.all(point >= system.lower) and np.all(point <= system.upper)
    return bool(inside and np.all(kept_rows(system, system.matrix @ point)))
