"""What tables of figures need beyond a directory: the packages of the extra `figures`, which of them are missing."""

from __future__ import annotations

from importlib.util import find_spec

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

PACKAGES = ("highspy", "openpyxl", "pandas", "scipy")
"""pandas reads tables, highspy protects and audits them, scipy holds their sums and reckons their uncertainty, openpyxl writes
them for spreadsheets."""


def missing() -> tuple[str, ...]:
    """Return the packages of the extra that are not installed."""
    return tuple(name for name in PACKAGES if find_spec(name) is None)


def refused(position: Position) -> list[Diagnostic]:
    """Report that figures can't be worked with here; nothing where they can."""
    lacking = missing()
    if not lacking:
        return []
    return [diagnostic("kennzahlen-extra-fehlt", position, packages=", ".join(lacking))]
