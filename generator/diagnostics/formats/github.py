"""For GitHub: workflow commands."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.formats.shared import SourceLines, cell_prefix, further


def as_github(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write workflow commands, which GitHub shows as annotations beside the line."""
    del lines
    kinds: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
    rows = []
    for item in found:
        where = item.position
        text = _escaped(f"{cell_prefix(where)}{item.message}. Hilfe: {item.help}{further(item)}")
        rows.append(
            f"::{kinds[item.severity]} file={_escaped(where.file, property=True)},line={where.line},col={where.column},title={_escaped(item.code, property=True)}::{text}\n"
        )
    return "".join(rows)


def _escaped(text: str, *, property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property else text
