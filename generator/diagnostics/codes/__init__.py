"""Say in German what each stable code means, from the YAML beside this module and subjects' `codes.yml`.

A code stands with the lowest package that reports it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from msgspec import Struct, convert

import generator
from generator.diagnostics import Diagnostic, Position, Severity

_ENTRY = re.compile(r"^([a-z0-9-]+):\n((?:  .*\n)+)", re.MULTILINE)


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of problem; `message` and `help` are templates. `many` is for one cause in several places; `{{count}}` stays open."""

    severity: Severity
    message: str
    help: str
    explanation: str  # what `nahraum help` says
    many: str = ""


def files_of_codes() -> list[Path]:
    """Return the files that say what codes mean."""
    program = Path(generator.__path__[0])
    return [
        *sorted(program.glob("diagnostics/codes/*.yml")),
        *sorted(program.glob("subjects/*/codes.yml")),
    ]


@cache
def codes() -> Mapping[str, str]:
    """Return by code the lines that say what it means. Reading them all as YAML takes longer than many a check."""
    texts = [path.read_text("utf-8") for path in files_of_codes()]
    return {code: lines for text in texts for code, lines in _ENTRY.findall(text)}


@cache
def entry_of(code: str) -> Code:
    """Return what a code means; KeyError if there is none."""
    import yaml  # Not needed as long as nothing is wrong.

    # It makes a text of every scalar: no word is a truth value, no number loses its zero.
    return convert(yaml.load(codes()[code], getattr(yaml, "CBaseLoader", yaml.BaseLoader)), Code)


def unfilled(template: str) -> str:
    """Return a message as people read it before it's filled.

    >>> unfilled("reviewed: {{date: {day}}}")
    'reviewed: {date: {day}}'
    """
    return "".join(text + (f"{{{name}}}" if name else "") for text, name, _, _ in Formatter().parse(template))


def diagnostic(code: str, position: Position, **values: object) -> Diagnostic:
    """Return a code's filled diagnostic; missing code or value is a bug (KeyError, ValueError)."""
    entry = entry_of(code)
    if None in values.values() or not position.file:
        raise ValueError(f"{code} at {position}: {values}")
    return Diagnostic(
        code,
        entry.severity,
        position,
        entry.message.format(**values),
        entry.help.format(**values),
        entry.many.format(**values),
        # Only where the help is nothing but the text to write instead it can be tried (`check/__init__.py`).
        instead=str(values["better"]) if entry.help == "{better} schreiben" else "",
    )
