"""Takes a small linear system, hands out the least and greatest value of one column, again and again.

HiGHS keeps the basis of the last answer, so the next one costs a tenth of a fresh call. scipy ships it inside; where
that door is closed, `linprog` answers the same questions.
"""

from __future__ import annotations

import importlib
import math
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from .linear_system import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TOLERANCE = 1e-6
NODE_LIMIT = 2_000
"""Nodes of one integer question; a count of nodes and not of seconds, so that every machine answers alike."""


class Contradiction(Exception):
    """The rows have no solution: what is published does not fit together."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """An extreme value (infinite when unbounded), a point that takes it, and the multipliers of the rows."""

    value: float
    point: Floats
    multipliers: Floats

    @property
    def whole(self) -> bool:
        """Whether the point consists of whole numbers, so that counts can take it."""
        return bool(np.all(np.abs(self.point - np.rint(self.point)) < TOLERANCE))


@dataclass(frozen=True, slots=True)
class WholeOptimum:
    """The best value found in whole numbers and whether it is proven to be the extreme."""

    value: float
    proven: bool
    point: Floats | None


class Program(Protocol):
    """Answers questions about one system of rows."""

    def extreme(self, column: int, greatest: bool) -> Optimum:
        """Takes a column, hands out its least or greatest value. Contradiction when there is no solution."""

    def least(self, cost: Floats) -> Optimum:
        """Takes a cost for each column, hands out a cheapest point. Contradiction when there is no solution."""

    def bound(self, column: int, low: float, high: float) -> None:
        """Bounds a column anew, for all questions that follow."""


@dataclass(frozen=True)
class System:
    """Rows and bounds of a block of the table, all in the block's own numbering."""

    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats


def open_program(system: System) -> Program:
    """Takes a system, hands out the program that answers questions about it."""
    return _open_kept(system) or _OneShot(system)


def whole_extreme(system: System, column: int, greatest: bool) -> WholeOptimum:
    """Takes a system and a column, hands out its extreme in whole numbers, within the node limit."""
    # Imported only here: scipy.optimize takes a fifth of a second, and many towns publish no figures.
    from scipy.optimize import Bounds, LinearConstraint, milp

    cost = np.zeros(system.lower.size)
    cost[column] = -1.0 if greatest else 1.0
    answer = milp(
        cost,
        constraints=LinearConstraint(system.matrix, system.row_lower, system.row_upper),
        bounds=Bounds(system.lower, system.upper),
        integrality=np.ones(system.lower.size, dtype=np.int64),
        options={"node_limit": NODE_LIMIT, "mip_rel_gap": 0.0, "presolve": False},
    )
    if answer.x is None:
        if answer.status == 2:
            raise Contradiction
        value = math.inf if answer.status in (3, 4) else -math.inf
        return WholeOptimum(value if greatest else -value, False, None)
    point = np.rint(answer.x)
    if not _fits(system, point):
        # A solver's word is not enough: taken for possible, a count that isn't would make a cell look open.
        return WholeOptimum(-math.inf if greatest else math.inf, False, None)
    return WholeOptimum(float(point[column]), answer.status == 0, point)


def slack_of(said: Floats) -> Floats:
    """How far what rows say may be off: sums of large counts are computed to as many digits as those of small ones."""
    slack: Floats = TOLERANCE * np.maximum(1.0, np.abs(said))
    return slack


def _fits(system: System, point: Floats) -> bool:
    said = system.matrix @ point
    slack = slack_of(said)
    inside = np.all(point >= system.lower) and np.all(point <= system.upper)
    return bool(
        inside and np.all(said >= system.row_lower - slack) and np.all(said <= system.row_upper + slack)
    )


class _OneShot:
    def __init__(self, system: System) -> None:
        self._system = system
        self._equal = system.row_lower == system.row_upper
        self._above = ~self._equal & np.isfinite(system.row_upper)
        self._below = ~self._equal & np.isfinite(system.row_lower)

        self._lower, self._upper = system.lower.copy(), system.upper.copy()

    def bound(self, column: int, low: float, high: float) -> None:
        self._lower[column], self._upper[column] = low, high

    def extreme(self, column: int, greatest: bool) -> Optimum:
        sign = -1.0 if greatest else 1.0
        cost = np.zeros(self._lower.size)
        cost[column] = sign
        found = self.least(cost)
        return Optimum(sign * found.value, found.point, sign * found.multipliers)

    def least(self, cost: Floats) -> Optimum:
        # Imported only here: scipy.optimize takes a fifth of a second, and many towns publish no figures.
        from scipy.optimize import linprog

        system = self._system
        sides: list[Any] = [system.matrix[self._above], -system.matrix[self._below]]
        ceilings = np.concatenate((system.row_upper[self._above], -system.row_lower[self._below]))
        matrix = np.vstack([side.toarray() for side in sides])
        answer: Any = linprog(
            cost,
            A_ub=matrix,
            b_ub=ceilings,
            A_eq=system.matrix[self._equal].toarray(),
            b_eq=system.row_lower[self._equal],
            bounds=list(zip(self._lower.tolist(), self._upper.tolist(), strict=True)),
            # With it, what has no end can be called impossible.
            options={"presolve": False},
        )
        if answer.status == 2:
            raise Contradiction
        empty = np.zeros(system.row_lower.size)
        if answer.status not in (0, 3):
            # Taken for endless it would count as protected.
            raise ArithmeticError(f"no answer from linprog: status {answer.status}")
        if answer.status == 3:
            return Optimum(-math.inf, np.full(system.lower.size, np.nan), empty)
        multipliers = empty.copy()
        multipliers[self._equal] = answer.eqlin.marginals
        above = int(self._above.sum())
        multipliers[self._above] += answer.ineqlin.marginals[:above]
        multipliers[self._below] -= answer.ineqlin.marginals[above:]
        return Optimum(float(answer.fun), np.asarray(answer.x), multipliers)


class _Kept:
    def __init__(self, core: Any, system: System) -> None:
        self._core = core
        self._width = system.lower.size
        self._height = system.row_lower.size
        # What the solver was told, for when it has to be asked afresh.
        self._system = replace(system, lower=system.lower.copy(), upper=system.upper.copy())
        model = core.HighsLp()
        columnwise = system.matrix.tocsc()
        model.num_col_ = model.a_matrix_.num_col_ = self._width
        model.num_row_ = model.a_matrix_.num_row_ = self._height
        model.a_matrix_.format_ = core.MatrixFormat.kColwise
        model.a_matrix_.start_ = columnwise.indptr
        model.a_matrix_.index_ = columnwise.indices
        model.a_matrix_.value_ = columnwise.data
        model.col_cost_ = np.zeros(self._width)
        model.col_lower_, model.col_upper_ = system.lower, system.upper
        model.row_lower_, model.row_upper_ = system.row_lower, system.row_upper
        self._solver = core._Highs()
        options = core.HighsOptions()
        options.output_flag = False
        options.presolve = "off"
        options.threads = 1
        self._solver.passOptions(options)
        if self._solver.passModel(model) == core.HighsStatus.kError:
            raise ValueError("HiGHS refuses the system")

    def bound(self, column: int, low: float, high: float) -> None:
        self._solver.changeColBounds(column, low, high)
        self._system.lower[column], self._system.upper[column] = low, high

    def extreme(self, column: int, greatest: bool) -> Optimum:
        sign = -1.0 if greatest else 1.0
        self._solver.changeColCost(column, sign)
        try:
            status = self._run()
            solution = self._solver.getSolution()
        finally:
            self._solver.changeColCost(column, 0.0)
        if status is _Answer.UNKNOWN:
            return _OneShot(self._system).extreme(column, greatest)
        if status is _Answer.ENDLESS:
            return Optimum(-sign * math.inf, np.full(self._width, np.nan), np.zeros(self._height))
        point = np.array(solution.col_value)
        return Optimum(float(point[column]), point, sign * np.array(solution.row_dual))

    def least(self, cost: Floats) -> Optimum:
        self._set_costs(cost)
        try:
            status = self._run()
            solution = self._solver.getSolution()
        finally:
            self._set_costs(np.zeros(self._width))
        if status is _Answer.UNKNOWN:
            return _OneShot(self._system).least(cost)
        if status is _Answer.ENDLESS:
            return Optimum(-math.inf, np.full(self._width, np.nan), np.zeros(self._height))
        point = np.array(solution.col_value)
        return Optimum(float(cost @ point), point, np.array(solution.row_dual))

    def _set_costs(self, cost: Floats) -> None:
        for column, value in enumerate(cost.tolist()):
            self._solver.changeColCost(column, value)

    def _run(self) -> _Answer:
        """Says how the question ended. Contradiction when there is no solution.

        A basis of earlier questions can mislead the solver: what it can't answer, and that nothing fits, is asked again without.
        """
        status = self._core.HighsModelStatus
        for afresh in (False, True):
            if afresh:
                self._solver.clearSolver()
            self._solver.run()
            outcome = self._solver.getModelStatus()
            if outcome == status.kOptimal:
                return _Answer.FOUND
            if outcome in (status.kUnbounded, status.kUnboundedOrInfeasible):
                return _Answer.ENDLESS
        if outcome == status.kInfeasible:
            raise Contradiction
        return _Answer.UNKNOWN


class _Answer(Enum):
    """How a question ended: with a point, without an end, or not at all."""

    FOUND = auto()
    ENDLESS = auto()
    UNKNOWN = auto()


def _open_kept(system: System) -> Program | None:
    try:
        core = importlib.import_module("scipy.optimize._highspy._core")
    except ImportError:
        return None
    return _Kept(core, system)
