"""How commands answer: what was found is printed, and what has errors ends with exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.diagnostics.formats import FORMATS
from generator.files.door import Door
from generator.files.refusals import reason


def show(found: Sequence[Diagnostic], door: Door, form: str = "text") -> None:
    """Print what was found, in order."""
    click.echo(FORMATS[form](ordered(found), door.lines), nl=False)


def fail(found: Sequence[Diagnostic], door: Door, form: str = "text") -> NoReturn:
    """Print what was found and end."""
    show(found, door, form)
    sys.exit(1)


def show_or_end(found: Sequence[Diagnostic], door: Door, form: str) -> None:
    """Print what was found; where an error is among it, say that nothing was written and end with 1."""
    if found:
        show(found, door, form)
    if has_errors(found):
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)


@contextmanager
def nothing_written() -> Iterator[None]:
    """Around what writes files: where the system refuses, the command ends, says why and that nothing was written."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error


def counted(number: int, one: str, more: str) -> str:
    """Write a number with the word for one thing or for several: „1 Datei“, „3 Dateien“."""
    if number == 1:
        return f"1 {one}"
    return f"{number} {more}"
