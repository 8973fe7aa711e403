"""How commands answer: what was found is printed, and what has errors ends with exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NoReturn

import click

from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.diagnostics.formats import FORMATS
from generator.files.door import Door
from generator.files.refusals import reason

SHOWN = 20
"""Errors of one kind that people are shown, at most."""


def show(found: Sequence[Diagnostic], door: Door, form: str = "text") -> None:
    """Print what was found, in order."""
    click.echo(FORMATS[form](ordered(found), door.lines), nl=False)


def fail(found: Sequence[Diagnostic], door: Door, form: str = "text") -> NoReturn:
    """Print what was found and end."""
    show(found, door, form)
    sys.exit(1)


def show_or_end(found: Sequence[Diagnostic], door: Door, form: str) -> None:
    """Print what was found, errors last; where an error is among it, say that nothing was written and end with 1."""
    show_errors_last(found, door, form)
    if has_errors(found):
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)


def show_errors_last(found: Sequence[Diagnostic], door: Door, form: str) -> None:
    """Print what was found: for people a notice of each kind and at most twenty errors of each, with how many there are, errors last; for programs all in order."""
    if not found:
        return
    if form != "text":
        show(found, door, form)
        return
    notices: dict[str, list[Diagnostic]] = {}
    errors: dict[str, list[Diagnostic]] = {}
    for item in ordered(found):
        same = notices
        if item.severity == "error":
            same = errors
        same.setdefault(item.code, []).append(item)
    shown = [*_cut(notices, 1), *_cut(errors, SHOWN)]
    click.echo(FORMATS[form](shown, door.lines), nl=False)


def _cut(kinds: Mapping[str, Sequence[Diagnostic]], most: int) -> Iterator[Diagnostic]:
    """Yield the first diagnostics of each kind; where there are more, the last one says how many."""
    for items in kinds.values():
        *shown, last = items[:most]
        yield from shown
        left = len(items) - most
        if left > 0:
            message = f"{last.message} (und {left} weitere Meldungen dieser Art; „-f concise“ nennt alle)"
            last = replace(last, message=message)
        yield last


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
