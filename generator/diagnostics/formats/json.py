"""For programs: a JSON list of everything that a diagnostic holds."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.diagnostics.formats.shared import SourceLines


def as_json(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write a list of objects with all fields."""
    del lines
    return json.dumps(list(map(_row, found)), ensure_ascii=False, indent=2) + "\n"


def _row(item: Diagnostic) -> dict[str, object]:
    return {
        "code": item.code,
        "severity": item.severity,
        "file": item.position.file,
        "line": item.position.line,
        "column": item.position.column,
        "length": item.position.length,
        "sheet": item.position.sheet,
        "message": item.message,
        "help": item.help,
        "also": [place._asdict() for place in item.also],
    }
