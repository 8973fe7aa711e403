"""Diagnostics in, one of several writings out; one module a format, a row of `FORMATS` each."""

from __future__ import annotations

from generator.diagnostics.formats.concise import as_concise
from generator.diagnostics.formats.github import as_github
from generator.diagnostics.formats.gitlab import as_gitlab
from generator.diagnostics.formats.in_public import in_public
from generator.diagnostics.formats.json import as_json
from generator.diagnostics.formats.shared import DiagnosticFormat, SourceLines, summary
from generator.diagnostics.formats.text import as_text

__all__ = ["FORMATS", "DiagnosticFormat", "SourceLines", "as_concise", "as_text", "summary"]

FORMATS: dict[str, DiagnosticFormat] = {
    "text": in_public(as_text),
    "concise": in_public(as_concise),
    "json": in_public(as_json),
    "github": in_public(as_github, always=True),
    "gitlab": in_public(as_gitlab, always=True),
}
