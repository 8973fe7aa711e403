"""What the command line refused in, a German sentence and how the command is called out."""

from __future__ import annotations

import re
from typing import Any

import click

from generator.diagnostics import meant

_OF_CLICK = re.compile(r"'|Path |File |Directory |Value ")
"""How messages begin that are not ours."""


def told(error: click.ClickException) -> str:
    """Say what is wrong with a call, as several lines."""
    said = f"Fehler: {_sentence(error)}"
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return said
    usage = " ".join(context.command.collect_usage_pieces(context))
    return f"Aufruf: {context.command_path} {usage}\nMehr dazu: {context.command_path} --help\n\n{said}"


def _sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return _none("Die Option", error.option_name, error.possibilities or ())
    if isinstance(error, click.exceptions.NoSuchCommand):
        known: list[str] = []
        if error.ctx and isinstance(error.ctx.command, click.Group):
            known = error.ctx.command.list_commands(error.ctx)
        return _none("Den Befehl", error.command_name, known)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.human_readable_name
        if isinstance(error, click.MissingParameter):
            return f"Es fehlt {name}."
        return f"{name}: {_value(error.param.type, error.message)}"
    return error.format_message()


def _none(what: str, name: str, known: tuple[str, ...] | list[str]) -> str:
    return " ".join([f"{what} „{name}“ gibt es nicht.", *filter(None, [meant(name, known)])])


def _value(kind: click.ParamType[Any], message: str) -> str:
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
