"""Checks of figures."""

from generator.check.figures import CHECKS, DATED_CHECKS

__all__ = ["CHECKS", "DATED_CHECKS"]
