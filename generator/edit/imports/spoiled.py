"""Recognise in a record from a table what a spreadsheet made of what people typed: it isn't taken, and nobody guesses what it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.confidential import texts
from generator.model.scalars import lost_zero
from generator.read.nodes import MapNode

_NUMBERS = ("number", "ages", "hours")
"""Fields in which people write two numbers with a sign between them: „1-3“."""
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}\.\d{1,2}\.\d{2,4}"
    r"|\d{1,2}[. -]{1,2}(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
    r"|(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[. -]{1,2}\d{2,4}"
)


def spoiled(node: MapNode) -> Iterator[Diagnostic]:
    """Report dates where numbers belong, and telephone numbers that lost the zero in front."""
    for path, scalar in texts(node):
        if path[-1] in ("phone", "mobile") and lost_zero(scalar.text):
            yield diagnostic("null-verloren", scalar.position, value=scalar.text)
        elif path[-1] in _NUMBERS and _DATE.fullmatch(scalar.text):
            yield diagnostic("datum-statt-zahl", scalar.position, value=scalar.text)
