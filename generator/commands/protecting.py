"""The commands about figures: protect raw tables, audit what is committed or built, tell what releases changed."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from generator.commands.answers import fail, show
from generator.commands.options import DATE, FORMAT, NOTE, PROJECT
from generator.diagnostics import has_errors
from generator.files.door import Door
from generator.pipeline.progress_bar import progress_bar
from generator.pipeline.today import which_day


@click.command()
@click.argument("private", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="ABLAGE")
@PROJECT
@DATE
@NOTE
@FORMAT
def protect(private: Path, project: Path, day: dt.datetime | None, note: str, form: str) -> None:
    """Rohe Zahlen aus einer privaten ABLAGE schützen und als Ausgabe ins Projekt schreiben.

    ABLAGE liegt außerhalb des Projekts und hat je Kennzahl eine Tabelle <kennzahl>.csv mit den Zahlen der kleinsten Gebiete. Geschrieben wird alles oder nichts; der Bericht für die Planung bleibt in der ABLAGE.
    """
    from generator.disclosure.protect.protecting import protect_folder

    with progress_bar() as report:
        outcome = protect_folder(private, project, which_day(day), note, report)
    if outcome.found:
        show(outcome.found, Door(project, private), form)
    if outcome.report is not None:
        click.echo(f"Bericht für die Planung: {outcome.report}")
    if has_errors(outcome.found) and not (outcome.written or outcome.unchanged):
        click.echo("Nichts wurde ins Projekt geschrieben.", err=True)
        sys.exit(1)
    for key in outcome.written:
        count = outcome.withheld.get(key, 0)
        click.echo(f"{key}: neue Ausgabe, {count} Zellen geheim")
    if outcome.unchanged:
        click.echo(f"Unverändert: {', '.join(outcome.unchanged)}")
    if outcome.stopped:
        click.echo(f"Nicht geschrieben: {', '.join(outcome.stopped)}", err=True)
        sys.exit(1)


@click.command()
@click.argument(
    "site", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[SITE]"
)
@PROJECT
@click.option(
    "--private",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="ABLAGE",
    help="Die private Ablage mit den rohen Zahlen: dann spielt jeder Angreifer mit den echten Zahlen.",
)
@FORMAT
def audit(site: Path | None, project: Path, private: Path | None, form: str) -> None:
    """Angreifen, was eingecheckt ist; mit SITE auch die gebaute Seite, deren Dateien zurückgelesen werden.

    Gerechnet wird wie jemand, der alles Veröffentlichte kennt: Tabellen, andere Gebiete, Quoten, frühere Ausgaben; dazu wie jemand, der selbst gezählt ist, und wie jemand, der rät.
    """
    from generator.pipeline.audit import audit_project

    with progress_bar() as report:
        outcome = audit_project(project, which_day(None), site, private, report)
    show(outcome.found, outcome.door, form)
    if outcome.attacked and form == "text":
        where = f" und alle Dateien von {site}" if site is not None else ""
        click.echo(
            f"Angegriffen: {outcome.indicators} Kennzahlen, {outcome.cells} Zellen, davon {outcome.secret} geheim, {outcome.releases} Ausgaben{where}."
        )
    sys.exit(1 if has_errors(outcome.found) or not outcome.attacked else 0)


@click.command()
@click.argument("indicator", required=False, metavar="[KENNZAHL]")
@PROJECT
def releases(indicator: str | None, project: Path) -> None:
    """Sagen, was sich von Ausgabe zu Ausgabe geändert hat, welche Entwicklungen gekippt sind und warum."""
    from generator.edit.report_writing import release_log
    from generator.read.project import read_project

    with progress_bar() as report:
        reading = read_project(project, progress=report)
    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.door)
    if indicator is not None and indicator not in reading.indicators:
        raise click.UsageError(
            f"„{indicator}“ ist keine Kennzahl. Es gibt: {', '.join(sorted(reading.indicators)) or 'keine'}."
        )
    chosen = [indicator] if indicator is not None else sorted(reading.indicators)
    lines: list[str] = []
    for key in chosen:
        lines += release_log(reading.site, reading.indicators[key])
    click.echo("\n".join(lines))
