"""The commands that look back: the history of offers from git, what is new as a mail for a team, what a proposal changes."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from generator.commands.answers import counted, fail, show
from generator.commands.options import INTERNAL, PROJECT, TODAY, UNTRUSTED, Day
from generator.diagnostics import has_errors, meant
from generator.edit.records.history_log import history_text, told_offers
from generator.files.git import NoAnswer
from generator.files.past import past
from generator.files.refusals import reason
from generator.files.version import since_version
from generator.files.writing import write_files
from generator.model.history import HISTORY
from generator.pipeline.build import concluded, prepare
from generator.pipeline.difference import difference_text
from generator.pipeline.digest import SCREEN, digest_text
from generator.pipeline.today import which_day
from generator.read.project import read_project


@click.command()
@PROJECT
def history(project: Path) -> None:
    """Aus git lesen, seit wann es jedes Angebot gibt und was sich geändert hat, und als resources/history.csv schreiben.

    Daraus sagen „Tipps und Themen“ und ihr Feed, was neu ist: „jetzt auch Di, 9 bis 12 Uhr“. Am besten läuft der Befehl vor jeder
    Veröffentlichung, und die Datei wird mit eingecheckt; dann ergibt dasselbe Projekt überall dieselbe Website. Festgehalten werden Zustand,
    Zeiten, Ort, Kosten, Alter und Sprachen der letzten 13 Monate, keine Texte und nichts von geschützten Angeboten.
    """
    reading = read_project(project)
    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.door)
    try:
        text = history_text(past(project, "resources/offers"), told_offers(reading.site, which_day(None)))
    except NoAnswer as error:
        raise click.ClickException(f"{error}.") from error
    try:
        write_files(project, {f"resources/{HISTORY}": text})
    except OSError as error:
        raise click.ClickException(f"resources/{HISTORY} wurde nicht geschrieben: {reason(error)}") from error
    rows = text.count("\n") - 1
    click.echo(f"resources/{HISTORY} ist geschrieben: {counted(rows, 'Zeile', 'Zeilen')}.")


@click.command()
@PROJECT
@TODAY
@INTERNAL
@click.option(
    "--since", type=Day(), required=True, help="Ab diesem Tag (JJJJ-MM-TT), höchstens 60 Tage zurück."
)
@click.option("--space", metavar="KÜRZEL", help="Nur, was dieses Gebiet angeht; sonst die ganze Stadt.")
def digest(
    project: Path, today: dt.datetime | None, internal: bool, since: dt.datetime, space: str | None
) -> None:
    """„Tipps und Themen“ als Mail für ein Team, auf einem Bildschirm: was sich getan hat, wo Platz ist, wer sich wann trifft.

    Zum Beispiel: nahraum digest --since 2026-11-01 --space norderaue
    """
    ready = prepare(project, which_day(today), internal=internal)
    if ready.site is None or has_errors(ready.found):
        show(ready.found, ready.door)
        sys.exit(1)
    if space is not None and space not in ready.site.spaces:
        hint = meant(space, ready.site.spaces) or "Die Gebiete stehen in resources/spaces/."
        raise click.UsageError(f"„{space}“ ist kein Gebiet. {hint}")
    click.echo(digest_text(ready, since.date(), space, SCREEN), nl=False)


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
def difference(project: Path, today: dt.datetime | None, untrusted: bool, since: str) -> None:
    """In Worten sagen, was sich an Einträgen und Texten seit einer Fassung von git geändert hat: „jetzt auch Di, 9 bis 12 Uhr“.

    Geschrieben ist es als Liste in Markdown, für einen Kommentar am Vorschlag (Merge Request, Pull Request); die Abläufe, die „nahraum init“
    anlegt, tun das. Verglichen wird mit dem Stand, von dem dieser Zweig abging. Solange „nahraum check“ Fehler findet, wird nichts gesagt. Von
    geschützten Einträgen steht nur da, dass sie geändert sind, und nirgends, was wegfällt. Schreibt nichts.
    """
    try:
        before = since_version(project, since)
    except NoAnswer as error:
        raise click.ClickException(f"{error}.") from error
    reading = read_project(project, untrusted=untrusted)
    ready = concluded(reading, which_day(today))
    if has_errors(ready.found):
        fail(ready.found, ready.door)
    click.echo(difference_text(ready, reading, before), nl=False)
