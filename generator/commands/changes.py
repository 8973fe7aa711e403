"""The commands that tell what is there: `changes`, `find`, `help`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import cast

import click

from generator.commands.options_and_answers import PROJECT, TODAY, UNTRUSTED, counted, fail, nothing_written
from generator.diagnostics import has_errors, meant
from generator.edit.records.finding import files_with, folded, told
from generator.files.git import NoAnswer, past, since_version
from generator.files.writing import write_files
from generator.model.offer import HISTORY
from generator.pipeline.today import which_day
from generator.read.project import Reading, read_project


@click.command()
@PROJECT
@TODAY
@UNTRUSTED
@click.option(
    "--since",
    metavar="FASSUNG",
    default="HEAD",
    show_default="die letzte Fassung",
    help="Seit dieser Fassung von git, zum Beispiel origin/main.",
)
@click.option(
    "--figures",
    is_flag=False,
    flag_value="",
    metavar="[KENNZAHL]",
    help="Stattdessen: was sich an Zahlen von Veröffentlichung zu Veröffentlichung geändert hat, welche Entwicklung gekippt ist und warum.",
)
@click.option(
    "--keep",
    is_flag=True,
    help="Stattdessen: seit wann es Angebote gibt, als resources/history.csv schreiben.",
)
def changes(
    project: Path, today: dt.datetime | None, untrusted: bool, since: str, figures: str | None, keep: bool
) -> None:
    """In Worten sagen, was sich an Einträgen und Texten seit einer Fassung von git geändert hat: „neue Zeiten: Mo und Di 9 bis 12 Uhr“.

    Geschrieben ist es als Liste in Markdown, für einen Kommentar am Vorschlag (Merge Request, Pull Request); die Abläufe, die „nahraum init“
    anlegt, tun das. Verglichen wird mit dem Stand, von dem dieser Zweig abging. Solange „nahraum check“ Fehler findet, wird nichts gesagt. Von
    geschützten Einträgen steht nur da, dass sie geändert sind, und nirgends, was wegfällt.

    Aus der Datei von --keep sagen „Tipps und Themen“ und ihr Feed, was neu ist. Am besten vor jeder Veröffentlichung schreiben und mit einchecken;
    dann ergibt dasselbe Projekt überall dieselbe Website. Festgehalten werden Zustand, Zeiten, Ort, Kosten, Alter und Sprachen der letzten
    13 Monate, keine Texte und nichts von geschützten Angeboten.
    """
    if figures is not None and keep:
        raise click.UsageError("--figures und --keep sind zwei Fragen: eine nach der anderen.")
    try:
        before = since_version(project, since) if figures is None and not keep else None
    except NoAnswer as error:
        raise click.ClickException(f"{error}.") from error
    reading = read_project(project, untrusted=untrusted)
    if before is not None:
        from generator.pipeline.build import check_and_derive
        from generator.pipeline.changes_in_words import difference_text

        ready = check_and_derive(reading, which_day(today))
        if has_errors(ready.found):
            fail(ready.found, ready.disk)
        click.echo(difference_text(ready, reading, before), nl=False)
    elif keep:
        _keep_history(project, reading)
    else:
        from generator.commands.figures_and_reports import show_releases

        show_releases(reading, figures or None)


def _keep_history(project: Path, reading: Reading) -> None:
    from generator.edit.records.history_log import history_text, recorded_offers

    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.disk)
    try:
        text = history_text(past(project, "resources/offers"), recorded_offers(reading.site, which_day(None)))
    except NoAnswer as error:
        raise click.ClickException(f"{error}.") from error
    with nothing_written():
        write_files(project, {f"resources/{HISTORY}": text})
    rows = text.count("\n") - 1
    click.echo(f"resources/{HISTORY} ist geschrieben: {counted(rows, 'Zeile', 'Zeilen')}.")


@click.command("help")
@click.argument("about", required=False, metavar="[WORT]")
@PROJECT
@click.pass_context
def help_(context: click.Context, about: str | None, project: Path) -> None:
    """Einen Befehl, eine Meldung oder eine Wortliste erklären, zum Beispiel: nahraum help komma-trennt, nahraum help topics.

    Von einer Liste stehen Kürzel und Name da, mit den Ergänzungen des Projekts.
    """
    from generator.diagnostics.codes import codes, entry_of, unfilled
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
            f"{about} ({word})\n\n{entry.explanation}\n\nMeldung: {unfilled(entry.message)}\nHilfe:   {unfilled(entry.help)}"
        )
    elif listed in VOCABULARIES:
        click.echo(list_words(project, listed), nl=False)
    else:
        hint = (
            meant(about, [*group.list_commands(top), *codes(), *VOCABULARIES])
            or "Jede Meldung von „nahraum check“ nennt ihren Code."
        )
        raise click.UsageError(f"„{about}“ ist kein Befehl, keine Meldung und keine Wortliste. {hint}")


@click.command()
@PROJECT
@click.option(
    "--private",
    "unseen",
    is_flag=True,
    help="Wörter tippen, ohne sie zu zeigen: was nur ein geschütztes Haus weiß.",
)
@click.argument("words", nargs=-1, metavar="[TEXT] [ORDNER]…")
def find(project: Path, unseen: bool, words: tuple[str, ...]) -> None:
    """Suchen, wo ein Name, eine Nummer, ein Text steht: in Einträgen, Berichten, Texten, site/ und früheren Fassungen von git, auch in Teilen von Wörtern.

    „Mein Name muss weg“: nahraum find "Vera Muster" findet auch „Muster, Vera“ und sagt, was an jeder Stelle hilft. Weitere ORDNER werden mit
    durchsucht, etwa eine interne Ablage. Mit --private wird, was nur das Haus weiß (Straße, Haltestelle, Nachbarn), getippt und nirgends gezeigt.
    """
    if os.environ.get("CI"):
        raise click.UsageError(
            "In CI stünde, was gesucht wird, im Protokoll: auf dem eigenen Rechner suchen."
        )
    folders = [project / "site", *map(Path, words if unseen else words[1:])]
    if missing := [str(folder) for folder in folders[1:] if not folder.is_dir()]:
        raise click.UsageError(
            f"Kein Ordner: {', '.join(missing)}. Mehrere Wörter stehen in Anführungszeichen."
        )
    typed = (
        click.prompt("Wörter, durch Komma getrennt (unsichtbar)", hide_input=True)
        if unseen
        else " ".join(words[:1])
    )
    hidden = [word for word in map(folded, typed.split(",")) if len(word) > 2]
    if not hidden:
        raise click.UsageError("Kein Wort mit drei Buchstaben.")
    if not unseen:
        click.echo("\n".join(told(project, typed, folders)))
        return
    found = [f"{path}: {lines}" for path, lines in files_with(project, folders, hidden)]
    end = f"{len(found) or 'Keine'} Dateien. Bilder und die Geschichte von git sehen Sie selbst an."
    click.echo("\n".join([*found, end]))
    raise SystemExit(1 if found else 0)
