"""For lists: one line for each problem."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.diagnostics.formats.shared import WORDS, SourceLines, further, place


def as_concise(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write one line for each: file:line:column: severity[code] message (auch further places)."""
    del lines
    return "".join(
        f"{place(item.position)}: {WORDS[item.severity].lower()}[{item.code}] {item.message}{further(item)}\n"
        for item in found
    )
