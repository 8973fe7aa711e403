"""Options and ways to answer that several commands share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, folded, has_errors, ordered
from generator.diagnostics.diagnostic import Progress as Report
from generator.diagnostics.diagnostic import silent
from generator.diagnostics.formats import FORMATS
from generator.files.disk import Disk, reason
from generator.model.dates import FIRST_YEAR, LAST_YEAR


class Day(click.DateTime):
    """A day in a plausible year."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day; impossible years are wrong use."""
        day = super().convert(value, param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"„{value}“ liegt nicht zwischen {FIRST_YEAR} und {LAST_YEAR}.", param, ctx)
        return day


def project_here() -> Path:
    """Return the project in which somebody stands: this folder or the next above with settings."""
    here = Path()
    above = (here, *(Path(*[".."] * steps) for steps in range(1, len(here.absolute().parents))))
    return next((folder for folder in above if (folder / "site_config.yml").is_file()), here)


PROJECT = click.option(
    "--project",
    "-p",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=project_here,
    help="Ordner des Projekts (mit site_config.yml).",
    show_default="dieser Ordner oder der nächste darüber",
)
TODAY = click.option(
    "--today",
    type=Day(),
    envvar="NAHRAUM_TODAY",
    help="So tun, als wäre heute dieser Tag (JJJJ-MM-TT); sonst gilt SOURCE_DATE_EPOCH oder die Uhr.",
)
DATE = click.option(
    "--date", "day", type=Day(), help="Der Tag der Veröffentlichung (JJJJ-MM-TT); sonst heute."
)
NOTE = click.option(
    "--note", default="", help="Ein Satz für das Verzeichnis der Veröffentlichungen: was neu ist und warum."
)
INTERNAL = click.option(
    "--internal",
    is_flag=True,
    # Known before `--untrusted` is looked at, in whatever order they are written.
    is_eager=True,
    help="Die interne Ablage (overlay in site_config.yml) über die öffentlichen Einträge legen.",
)


def _only_public(context: click.Context, _param: click.Parameter, value: bool) -> bool:
    if value and context.params.get("internal"):
        raise click.UsageError(
            "--untrusted und --internal gehen nicht zusammen: Fremde sehen nichts Internes."
        )
    return value


UNTRUSTED = click.option(
    "--untrusted",
    is_flag=True,
    callback=_only_public,
    help="Für Vorschläge von Fremden: keine hooks, keine Verweise (Links), nichts von anderen Servern.",
)
AS_FORMAT = click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Ausgabe der Meldungen.",
)
SHOWN = 20
"""Errors of one kind that people are shown, at most."""


def show(found: Sequence[Diagnostic], disk: Disk, form: str = "text") -> None:
    """Print diagnostics in order, one for each cause."""
    print_found(folded(found), disk, form)


def print_found(found: Sequence[Diagnostic], disk: Disk, form: str) -> None:
    """Print diagnostics as they come, for people with colour where a terminal has it."""
    text = FORMATS[form](found, disk.lines)
    if form == "text" and not os.environ.get("NO_COLOR"):
        text = _SEVERITY.sub(lambda word: click.style(word[0], fg=_COLOURS[word[1]], bold=True), text)
    click.echo(text, nl=False)


_COLOURS = {"Fehler": "red", "Warnung": "yellow", "Hinweis": "cyan"}
_SEVERITY = re.compile(rf"^({'|'.join(_COLOURS)})\[[^\]\n]+\]:", re.MULTILINE)


def fail(found: Sequence[Diagnostic], disk: Disk, form: str = "text") -> NoReturn:
    """Print what was found and end."""
    show(found, disk, form)
    sys.exit(1)


def show_or_end(found: Sequence[Diagnostic], disk: Disk, form: str) -> None:
    """Print diagnostics; with errors say that nothing was written, exit 1."""
    show_errors_last(found, disk, form)
    if has_errors(found):
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)


def show_errors_last(found: Sequence[Diagnostic], disk: Disk, form: str) -> None:
    """Print diagnostics, for people notices and twenty errors of a kind at most."""
    if not found:
        return
    if form != "text":
        show(found, disk, form)
        return
    notices: dict[str, list[Diagnostic]] = {}
    errors: dict[str, list[Diagnostic]] = {}
    for item in ordered(found):
        by_code = errors if item.severity == "error" else notices
        by_code.setdefault(item.code, []).append(item)
    shown = [*_first_of_each_kind(notices, 1), *_first_of_each_kind(errors, SHOWN)]
    print_found(shown, disk, form)


def _first_of_each_kind(kinds: Mapping[str, Sequence[Diagnostic]], most: int) -> Iterator[Diagnostic]:
    """Yield the first of each kind; the last says how many."""
    for items in kinds.values():
        *shown, last = items[:most]
        yield from shown
        further = len(items) - most
        if further > 0:
            message = f"{last.message} (und {further} weitere Meldungen dieser Art; „-f concise“ nennt alle)"
            last = replace(last, message=message)
        yield last


@contextmanager
def nothing_written() -> Iterator[None]:
    """End with the reason where the system refuses writing."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error


def counted(number: int, one: str, more: str) -> str:
    """Write a number with its noun: „1 Datei“, „3 Dateien“."""
    if number == 1:
        return f"1 {one}"
    return f"{number} {more}"


@contextmanager
def progress_bar() -> Iterator[Report]:
    """Yield a function that shows progress, silent without terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    # Loaded where somebody looks at it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, object] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report
