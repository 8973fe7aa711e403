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
    context = click.Context(group)
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))
        elif command is not None:
            yield (*path, name), command


def guard(command: click.Command) -> click.Command:
    """Put the guard before a command, or before all commands of a group; return it."""
    each = [item for _, item in commands_of(command)] if isinstance(command, click.Group) else [command]
    for item in each:
        if item.callback is not None:
            item.callback = _guarded(item.callback)
    return command


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
    # Loaded only for a mishap: what can tell the record in hand knows all records.
    from generator.pipeline.mishap import interrupted, looked_at, told

    if interrupted(error):
        _abort()
    mishap = looked_at(error)
    root = named.get("project") or named.get("into") or Path()
    found, door = (told(error, root),), Door(root)
    form = named.get("form", "text")
    # Programs read standard output, people both; a table or calendar of `stale` is no place for a message.
    if form in FORMATS and form != "text":
        click.echo(FORMATS[form](found, door.lines), nl=False)
    else:
        click.echo(as_text(found, door.lines), nl=False, err=True)
    if click.get_current_context().find_root().params.get("traceback"):
        click.echo(mishap.trace, nl=False, err=True)
    sys.exit(1 if mishap.reason else OURS)
