"""Solve a linear system by HiGHS, alike on every machine, and ask it repeatedly for a column's ends."""

from __future__ import annotations

import math

import highspy
import numpy as np
from highspy import HighsModelStatus
from msgspec import Struct

from generator.disclosure.engine.linear_system import Ending, Flags, Floats, System

PRIMAL = 4
CHOOSE = 0
"""HiGHS' numbers for its simplex methods: the primal one, and its own choice."""

_ENDINGS = {
    HighsModelStatus.kOptimal: Ending.PROVEN,
    HighsModelStatus.kSolutionLimit: Ending.LIMIT,
    HighsModelStatus.kUnbounded: Ending.ENDLESS,
    HighsModelStatus.kUnboundedOrInfeasible: Ending.ENDLESS,
    HighsModelStatus.kInfeasible: Ending.IMPOSSIBLE,
}


class Solver(highspy.Highs):
    """Holds rows, bounds and the last basis, silently; ValueError where HiGHS refuses."""

    def __init__(self, system: System) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.silent()
        # With more threads the order of its steps, and so its answer, could be another each time.
        self.setOptionValue("threads", 1)
        # With it HiGHS may call impossible what has no greatest value.
        self.setOptionValue("presolve", "off")
        if self.passModel(_model_of_system(system)) == highspy.HighsStatus.kError:
            raise ValueError("HiGHS refuses the system")

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS' own name
        """Skip callbacks: HiGHS would print a greeting before it can be silenced."""

    def want_whole(self, nodes: int) -> None:
        """Ask for integers within so many nodes."""
        width = self.getNumCol()
        whole = np.full(width, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self.changeColsIntegrality(width, np.arange(width, dtype=np.int32), whole)
        self.setOptionValue("mip_max_nodes", nodes)
        self.setOptionValue("mip_rel_gap", 0.0)

    def set_cost(self, cost: Floats) -> None:
        """Set what each column costs in the next questions."""
        self.changeColsCost(cost.size, np.arange(cost.size, dtype=np.int32), cost)

    def ask(self) -> Ending:
        """Say how the search for a cheapest point ended."""
        self.run()
        return _ENDINGS.get(self.getModelStatus(), Ending.UNKNOWN)

    def ask_afresh(self, primal: bool) -> Ending:
        """Ask without earlier basis; `primal` by primal simplex."""
        self.clearSolver()
        self.setOptionValue("simplex_strategy", PRIMAL if primal else CHOOSE)
        ending = self.ask()
        self.setOptionValue("simplex_strategy", CHOOSE)
        return ending

    def found(self) -> tuple[Floats, Floats]:
        """Return the last point and the rows' multipliers; empty for none."""
        solution = self.getSolution()
        return np.array(solution.col_value), np.array(solution.row_dual)


def _model_of_system(system: System) -> highspy.HighsLp:
    height, width = system.matrix.shape
    model = highspy.HighsLp()
    model.num_row_ = model.a_matrix_.num_row_ = height
    model.num_col_ = model.a_matrix_.num_col_ = width
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = system.matrix.indptr
    model.a_matrix_.index_ = system.matrix.indices
    model.a_matrix_.value_ = system.matrix.data
    model.col_cost_ = np.zeros(width)
    model.col_lower_ = system.lower
    model.col_upper_ = system.upper
    model.row_lower_ = system.row_lower
    model.row_upper_ = system.row_upper
    return model


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
