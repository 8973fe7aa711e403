"""How commands answer: what was found is printed, and what has errors ends with exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from generator.diagnostics import Diagnostic, ordered
from generator.diagnostics.formats import FORMATS
from generator.files.door import Door


def show(found: Sequence[Diagnostic], door: Door, form: str = "text") -> None:
    """Print what was found, in order."""
    click.echo(FORMATS[form](ordered(found), door.lines), nl=False)


def fail(found: Sequence[Diagnostic], door: Door, form: str = "text") -> NoReturn:
    """Print what was found and end."""
    show(found, door, form)
    sys.exit(1)
