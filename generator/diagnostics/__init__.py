"""Say what is wrong, where and what helps: as data, never raised."""

from generator.diagnostics.diagnostic import (
    TRACEBACK,
    Diagnostic,
    Position,
    Severity,
    close_to,
    column_letters,
    folded,
    has_errors,
    meant,
    meant_or,
    ordered,
    own_and_counted,
)

__all__ = [
    "TRACEBACK",
    "Diagnostic",
    "Position",
    "Severity",
    "close_to",
    "column_letters",
    "folded",
    "has_errors",
    "meant",
    "meant_or",
    "ordered",
    "own_and_counted",
]
