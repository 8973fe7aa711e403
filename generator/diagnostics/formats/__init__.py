"""Diagnostics in, one of several writings out; one module a format, a row of `FORMATS` each."""

from __future__ import annotations

from generator.diagnostics.formats.concise import as_concise
from generator.diagnostics.formats.github import as_github
from generator.diagnostics.formats.gitlab import as_gitlab
from generator.diagnostics.formats.json import as_json
from generator.diagnostics.formats.shared import DiagnosticFormat, SourceLines, summary
from generator.diagnostics.formats.text import as_text

__all__ = ["FORMATS", "DiagnosticFormat", "SourceLines", "as_concise", "as_text", "summary"]

FORMATS: dict[str, DiagnosticFormat] = {
    "text": as_text,
    "concise": as_concise,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}
