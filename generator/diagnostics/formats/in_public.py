"""A format in, the same for places that everybody may read out: of what is quiet it tells where it stands, and nothing of what stands there.

Forges show annotations to all, and keep the logs of their pipelines longer than the proposal that they are about.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.diagnostics.formats.shared import DiagnosticFormat, SourceLines

PIPELINE = "CI"
"""The environment variable by which pipelines say that they are one."""
_MESSAGE = "Hier geht es vielleicht um etwas Geschütztes; was es ist, steht nicht im Protokoll"
_HELP = "auf dem eigenen Rechner „nahraum check“ aufrufen"


def in_public(form: DiagnosticFormat, *, always: bool = False) -> DiagnosticFormat:
    """Return a format that is discreet in a pipeline, or `always`."""

    def discreet(found: Sequence[Diagnostic], lines: SourceLines) -> str:
        if not always and not os.environ.get(PIPELINE):
            return form(found, lines)
        silent = {item.position.file for item in found if item.quiet}

        def told_lines(file: str) -> list[str]:
            if file in silent:
                return []
            return lines(file)

        return form([told(item) for item in found], told_lines)

    return discreet


def told(item: Diagnostic) -> Diagnostic:
    """Return what everybody may read of a diagnostic."""
    if not item.quiet:
        return item
    position = item.position
    if item.quiet_name:
        position = position._replace(file=position.file.rpartition("/")[0] or position.file)
    return replace(item, position=position, message=_MESSAGE, help=_HELP, many="")
