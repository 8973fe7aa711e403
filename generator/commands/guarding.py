"""Wrap every command: finish killed runs, and report surprises in German."""

from __future__ import annotations

import contextlib
import functools
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from generator.diagnostics import meant
from generator.diagnostics.formats import FORMATS, as_text
from generator.files.disk import Disk
from generator.files.writing import finish

_OF_CLICK = re.compile(r"'|Path |File |Directory |Value ")
"""How click's own messages begin, which are English."""


_CLICK_SAYS = {
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "[default: ": "[sonst: ",
    "[required]": "[nötig]",
    "[OPTIONS]": "[ANGABEN]",
    "COMMAND [ARGS]...": "BEFEHL …",
    "DIRECTORY": "ORDNER",
    "FILE": "DATEI",
    "INTEGER RANGE": "ZAHL",
    "[%Y-%m-%d]": "TAG",
}
"""What click writes of its own in a help text, in English, and in German."""


def in_german(text: str) -> str:
    """Write click's own words in German."""
    for theirs, ours in _CLICK_SAYS.items():
        text = text.replace(theirs, ours)
    return text


def usage_text(error: click.ClickException) -> str:
    """Say what is wrong with a call, as several lines."""
    message = f"Fehler: {_describe_click_error(error)}"
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return message
    usage = in_german(" ".join(context.command.collect_usage_pieces(context)))
    return f"Aufruf: {context.command_path} {usage}\nMehr dazu: {context.command_path} --help\n\n{message}"


def _describe_click_error(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return _unknown_name("Die Option", error.option_name, error.possibilities or ())
    if isinstance(error, click.exceptions.NoSuchCommand):
        known: list[str] = []
        if error.ctx and isinstance(error.ctx.command, click.Group):
            known = error.ctx.command.list_commands(error.ctx)
        return _unknown_name("Den Befehl", error.command_name, known)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.human_readable_name
        if isinstance(error, click.MissingParameter):
            return f"Es fehlt {name}."
        return f"{name}: {_value_sentence(error.param.type, error.message)}"
    return error.format_message()


def _unknown_name(what: str, name: str, known: tuple[str, ...] | list[str]) -> str:
    return " ".join([f"{what} „{name}“ gibt es nicht.", *filter(None, [meant(name, known)])])


def _value_sentence(kind: click.ParamType[Any], message: str) -> str:
    if not _OF_CLICK.match(message):
        return message
    if isinstance(kind, click.Choice):
        return f"Möglich sind: {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.Path):
        return "Diese Datei oder diesen Ordner gibt es hier nicht, oder es fehlt das Recht zum Lesen."
    if isinstance(kind, click.IntRange):
        return f"Hier gehört eine ganze Zahl hin, von {kind.min} bis {kind.max}."
    if isinstance(kind, click.DateTime):
        return "Hier gehört ein Datum hin: Jahr-Monat-Tag, zum Beispiel 2026-10-01."
    return message


OURS = 3
"""Exit code of a mistake of ours."""
_READ = ("project", "into", "private", "backup")
"""Arguments that name a folder in which a command reads what another has written."""
INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells expect it."""


def commands_of(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield (words, command) of all commands and groups."""
    context = click.Context(group)
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))
        elif command is not None:
            yield (*path, name), command


_QUIET = "quiet"
_ASKING = ("confirm", "find", "init", "serve")
"""Commands that talk with somebody: they are never quiet."""


def guard(command: click.Command) -> click.Command:
    """Wrap a command or a group's commands; give them `-q`."""
    each = [item for _, item in commands_of(command)] if isinstance(command, click.Group) else [command]
    for item in each:
        if item.callback is not None:
            item.callback = _guarded(item.callback)
        if item.name not in _ASKING:
            item.params.append(
                click.Option(
                    ["-q", "--quiet"],
                    is_flag=True,
                    expose_value=False,
                    callback=lambda context, _param, value: context.meta.update({_QUIET: value}),
                    help="Nur etwas sagen, wenn etwas nicht stimmt (Ausgang nicht 0).",
                )
            )
    return command


@contextlib.contextmanager
def _told_only_of_trouble() -> Iterator[None]:
    """Keep standard output back; print it where the command ends otherwise than well."""
    outside = sys.stdout
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            yield
        except BaseException as error:
            if not (isinstance(error, SystemExit) and not error.code):
                print(said.getvalue(), end="", file=outside)
            raise


def _guarded(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*arguments: Any, **named: Any) -> Any:
        try:
            _finish(named)
            if click.get_current_context().meta.get(_QUIET):
                with _told_only_of_trouble():
                    return callback(*arguments, **named)
            return callback(*arguments, **named)
        except KeyboardInterrupt:
            _exit_when_interrupted()
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001 - the outermost place: nothing behind it catches more
            _say(error, named)

    return run


def _exit_when_interrupted() -> NoReturn:
    click.echo("Abgebrochen.", err=True)
    sys.exit(INTERRUPTED)


def _finish(named: dict[str, Any]) -> None:
    """Finish a killed run's writing, not in strangers' folders."""
    if not named.get("untrusted"):
        for name in _READ:
            if named.get(name) is not None:
                finish(named[name])


def _say(error: Exception, named: dict[str, Any]) -> None:
    """Report an error that nothing caught, and end; `named` are the command's arguments."""
    # Loaded only here: it imports every kind of record, to name the one that was being read.
    from generator.pipeline.mishap import interrupted, looked_at, mishap_of

    if interrupted(error):
        _exit_when_interrupted()
    mishap = looked_at(error)
    root = named.get("project") or named.get("into") or Path()
    found, disk = (mishap_of(error, root),), Disk(root)
    form = named.get("form", "text")
    # Programs read standard output, people both.
    if form in FORMATS and form != "text":
        click.echo(FORMATS[form](found, disk.lines), nl=False)
    else:
        click.echo(as_text(found, disk.lines), nl=False, err=True)
    if click.get_current_context().find_root().params.get("traceback"):
        click.echo(mishap.trace, nl=False, err=True)
    # With a reason it was the system's refusal and no mistake of ours.
    sys.exit(1 if mishap.reason else OURS)
