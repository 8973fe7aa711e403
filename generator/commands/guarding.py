"""A command in, the same command out: it first finishes what a killed one left, and tells what nobody expected in German and with
exit code 3, never as a traceback."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from generator.diagnostics.formats import FORMATS, as_text
from generator.files.door import Door
from generator.files.writing import finish
from generator.pipeline.mishap import interrupted, looked_at, told

OURS = 3
"""Exit code of a mistake of ours."""
_READ = ("project", "into", "private")
"""Arguments that name a folder in which a command reads what another has written."""
INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells expect it."""


def commands_of(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with its words, those of groups below as well."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))
        else:
            yield (*path, name), command


def guard(group: click.Group) -> None:
    """Put the guard before every command of a group, so that none can be forgotten."""
    for _words, command in commands_of(group):
        if command.callback is not None:
            command.callback = _guarded(command.callback)


def _guarded(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*arguments: Any, **named: Any) -> Any:
        try:
            _finish(named)
            return callback(*arguments, **named)
        except KeyboardInterrupt:
            _abort()
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001 - the door: nothing behind it catches more
            if interrupted(error):
                _abort()
            _say(error, named)

    return run


def _abort() -> NoReturn:
    click.echo("Abgebrochen.", err=True)
    sys.exit(INTERRUPTED)


def _finish(named: dict[str, Any]) -> None:
    """Finish what a killed run had decided to write where this command reads; strangers' folders are left as they are."""
    if not named.get("untrusted"):
        for name in _READ:
            if named.get(name) is not None:
                finish(named[name])


def _say(error: Exception, named: dict[str, Any]) -> None:
    mishap = looked_at(error)
    root = named.get("project") or named.get("into") or Path()
    found, door = (told(mishap, root),), Door(root)
    form = named.get("form", "text")
    # Programs read standard output, people both; a table or calendar of `stale` is no place for a message.
    if form in FORMATS and form != "text":
        click.echo(FORMATS[form](found, door.lines), nl=False)
    else:
        click.echo(as_text(found, door.lines), nl=False, err=True)
    if click.get_current_context().find_root().params.get("traceback"):
        click.echo(mishap.trace, nl=False, err=True)
    sys.exit(1 if mishap.reason else OURS)
