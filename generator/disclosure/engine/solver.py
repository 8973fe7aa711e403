"""Solve a linear system by HiGHS, alike on every machine."""

from __future__ import annotations

import highspy
import numpy as np
from highspy import HighsModelStatus

from generator.disclosure.engine.linear_system import Ending, Floats, System

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
