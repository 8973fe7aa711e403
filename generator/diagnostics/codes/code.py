"""What there is to say about one kind of problem."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Severity

ERROR: Severity = "error"
WARNING: Severity = "warning"
NOTE: Severity = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem; `message` and `help` are templates for `str.format`.

    `many` is the message when one cause shows in several places, which are then reported as one problem; `{{count}}` stays open.
    """

    severity: Severity
    message: str
    help: str
    explain: str
    many: str = ""
