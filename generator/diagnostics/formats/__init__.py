"""Diagnostics in, one of several writings out; one module a format, a row of `_PLAIN` each."""

from __future__ import annotations

from generator.diagnostics.formats.concise import as_concise
from generator.diagnostics.formats.github import as_github
from generator.diagnostics.formats.gitlab import as_gitlab
from generator.diagnostics.formats.in_public import in_public
from generator.diagnostics.formats.json import as_json
from generator.diagnostics.formats.shared import DiagnosticFormat, SourceLines, summary
from generator.diagnostics.formats.text import as_text

__all__ = ["FORMATS", "DiagnosticFormat", "SourceLines", "as_concise", "as_text", "summary"]

_PLAIN: dict[str, DiagnosticFormat] = {
    "text": as_text,
    "concise": as_concise,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}
_FOR_FORGES = ("github", "gitlab")
"""Formats that a forge shows to everybody, wherever they are made."""
FORMATS = {name: in_public(form, always=name in _FOR_FORGES) for name, form in _PLAIN.items()}
"""The formats by name; each tells nothing of what is protected where everybody may read it."""
