"""Register the checks of figures, which `check/figures.py` makes."""

from generator.check.figures import CHECKS, DATED_CHECKS

__all__ = ["CHECKS", "DATED_CHECKS"]
