"""List every diagnostic by its stable code, with German texts.

A code stands with the lowest package that reports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import build, check, disclosure, edit, model, read
from generator.diagnostics.diagnostic import Code
from generator.parts import given

__all__ = ["CODES", "Code", "diagnostic", "joined"]


def joined(*tables: Mapping[str, Code]) -> MappingProxyType[str, Code]:
    """Join tables of codes; a duplicate is a bug (ValueError)."""
    found: dict[str, Code] = {}
    for table in tables:
        if twice := found.keys() & table.keys():
            raise ValueError(f"these codes stand in two packages: {', '.join(sorted(twice))}")
        found |= table
    return MappingProxyType(found)


CODES: MappingProxyType[str, Code] = joined(
    model.CODES,
    read.CODES,
    disclosure.CODES,
    check.CODES,
    edit.CODES,
    build.CODES,
    *given("codes", "CODES"),
)


def diagnostic(code: str, position: Position, **values: object) -> Diagnostic:
    """Return a code's filled diagnostic; missing code or value is a bug (KeyError, ValueError)."""
    entry = CODES[code]
    if None in values.values() or not position.file:
        raise ValueError(f"{code} at {position}: {values}")
    return Diagnostic(
        code,
        entry.severity,
        position,
        entry.message.format(**values),
        entry.help.format(**values),
        entry.many.format(**values),
        # Only where the help is nothing but the text to write instead it can be tried (`check/proposals.py`).
        instead=str(values["better"]) if entry.help == "{better} schreiben" else "",
    )
