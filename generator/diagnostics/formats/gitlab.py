"""For GitLab: a Code Quality report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from generator.diagnostics import Diagnostic, Position, Severity
from generator.diagnostics.formats.shared import SourceLines, cell_prefix


def as_gitlab(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write GitLab's Code Quality format, a JSON list."""
    del lines
    return json.dumps(list(map(_row, found)), ensure_ascii=False, indent=2) + "\n"


_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "note": "info"}


def _row(item: Diagnostic) -> dict[str, object]:
    identity = f"{item.code}|{item.position.file}|{item.position.line}|{item.message}"
    return {
        "description": f"{cell_prefix(item.position)}{item.message}. Hilfe: {item.help}",
        "check_name": item.code,
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest(),
        "severity": _SEVERITIES[item.severity],
        "location": _location(item.position),
        "other_locations": [_location(place) for place in item.also],
    }


def _location(position: Position) -> dict[str, object]:
    return {"path": position.file, "lines": {"begin": position.line}}
