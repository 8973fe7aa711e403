"""The commands that tell what is there: `changes`, `find`, `help`."""

from __future__ import annotations

import datetime as dt
import gzip
import os
from pathlib import Path
from typing import cast

import click

from generator.commands.options_and_answers import PROJECT, TODAY, UNTRUSTED, counted, fail, nothing_written
from generator.diagnostics import has_errors, meant
from generator.files.git import NoAnswer, kept_files, past, since_version
from generator.files.writing import write_files
from generator.model.offer import HISTORY
from generator.pipeline.today import which_day
from generator.read.hidden_places import folded_words
from generator.read.project import Reading, read_project
from generator.read.seen_text import words_of


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


@click.command()
@PROJECT
@click.option("--private", "_typed", is_flag=True, required=True, help="Wörter tippen, ohne sie zu zeigen.")
@click.argument(
    "folders", nargs=-1, metavar="[ORDNER]…", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def find(project: Path, _typed: bool, folders: tuple[Path, ...]) -> None:
    """Suchen, was nur das Haus weiß (Straße, Haltestelle, Nachbarn), ohne es aufzuschreiben: in git, site/ und weiteren Ordnern, auch in Teilen von Wörtern."""
    if os.environ.get("CI"):
        raise click.UsageError("In CI stünden die Wörter im Protokoll: auf dem eigenen Rechner suchen.")
    typed = click.prompt("Wörter, durch Komma getrennt (unsichtbar)", hide_input=True)
    words = [word for word in map(_folded, typed.split(",")) if len(word) > 2]
    if not words:
        raise click.UsageError("Kein Wort mit drei Buchstaben.")
    paths = [project / name for name in kept_files(project)]
    paths += [path for folder in (project / "site", *folders) for path in sorted(folder.rglob("*"))]
    found = [line for path in dict.fromkeys(paths) if path.is_file() for line in _found(path, words)]
    end = f"{len(found) or 'Keine'} Dateien. Bilder und die Geschichte von git sehen Sie selbst an."
    click.echo("\n".join([*found, end]))
    raise SystemExit(1 if found else 0)


def _found(path: Path, words: list[str]) -> list[str]:
    data = path.read_bytes()
    text = words_of(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data) or data.decode("latin-1")
    folded = [_folded(line) for line in text.splitlines()]
    lines = [str(at) for at, line in enumerate(folded, 1) if any(word in line for word in words)]
    every = "".join([_folded(str(path)), *folded])
    where = ", ".join(lines[:20]) or "im Namen oder über zwei Zeilen"
    return [f"{path}: {where}"] if any(word in every for word in words) else []


def _folded(text: str) -> str:
    return "".join(folded_words(text))
