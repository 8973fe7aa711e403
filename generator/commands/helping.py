"""The command that explains: a command, a message, a list of words."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from generator.commands.options_and_answers import PROJECT
from generator.diagnostics import meant


@click.command("help")
@click.argument("about", required=False, metavar="[WORT]")
@PROJECT
@click.pass_context
def help_(context: click.Context, about: str | None, project: Path) -> None:
    """Einen Befehl, eine Meldung oder eine Wortliste erklären, zum Beispiel: nahraum help komma-trennt, nahraum help topics.

    Von einer Liste stehen Kürzel und Name da, mit den Ergänzungen des Projekts.
    """
    from generator.diagnostics.codes import codes, entry_of
    from generator.edit.schemas import list_words
    from generator.model.fields import field_for
    from generator.model.vocabulary import VOCABULARIES

    top = context.find_root()
    group = cast("click.Group", top.command)
    command = group.get_command(top, about) if about else None
    if about is None:
        click.echo(top.get_help())
        click.echo(f"\nWortlisten: {', '.join(VOCABULARIES)}.")
        return
    listed = about if about in VOCABULARIES else field_for(about, list(VOCABULARIES))
    if command is not None:
        click.echo(click.Context(command, parent=top, info_name=about).get_help())
    elif about in codes():
        entry = entry_of(about)
        word = {
            "error": "Fehler: hält den Bau an",
            "warning": "Warnung: der Bau geht weiter",
            "note": "Hinweis",
        }[entry.severity]
        click.echo(
            f"{about} ({word})\n\n{entry.explanation}\n\nMeldung: {entry.message}\nHilfe:   {entry.help}"
        )
    elif listed in VOCABULARIES:
        click.echo(list_words(project, listed), nl=False)
    else:
        hint = (
            meant(about, [*group.list_commands(top), *codes(), *VOCABULARIES])
            or "Jede Meldung von „nahraum check“ nennt ihren Code."
        )
        raise click.UsageError(f"„{about}“ ist kein Befehl, keine Meldung und keine Wortliste. {hint}")
