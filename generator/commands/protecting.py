"""The commands about figures: protect raw tables, audit what is committed or built, tell what releases changed."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import FORMAT, PROJECT, Day
from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.diagnostics.formats import FORMATS
from generator.files.door import Door
from generator.pipeline.progress_bar import progress_bar
from generator.pipeline.today import which_day

if TYPE_CHECKING:
    from generator.read.indicators import IndicatorFolder

DATE = click.option(
    "--date",
    "day",
    type=Day(),
    help="Der Tag der Ausgabe (JJJJ-MM-TT); sonst heute.",
)


@click.command()
@click.argument("private", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="ABLAGE")
@PROJECT
@DATE
@click.option("--note", default="", help="Ein Satz für das Verzeichnis der Ausgaben: was neu ist und warum.")
@FORMAT
def protect(private: Path, project: Path, day: dt.datetime | None, note: str, form: str) -> None:
    """Rohe Zahlen aus einer privaten ABLAGE schützen und als Ausgabe ins Projekt schreiben.

    ABLAGE liegt außerhalb des Projekts und hat je Kennzahl eine Tabelle <kennzahl>.csv mit den Zahlen der kleinsten Gebiete. Geschrieben wird alles oder nichts; der Bericht für die Planung bleibt in der ABLAGE.
    """
    from generator.disclosure.protect.protecting import protect_folder

    with progress_bar() as report:
        outcome = protect_folder(private, project, which_day(day), note, report)
    if outcome.found:
        click.echo(FORMATS[form](outcome.found, Door(project, private).lines), nl=False)
    if outcome.report is not None:
        click.echo(f"Bericht für die Planung: {outcome.report}")
    if has_errors(outcome.found):
        click.echo("Nichts wurde ins Projekt geschrieben.", err=True)
        sys.exit(1)
    for key in outcome.written:
        count = outcome.withheld.get(key, 0)
        click.echo(f"{key}: neue Ausgabe, {count} Zellen geheim")
    if outcome.unchanged:
        click.echo(f"Unverändert: {', '.join(outcome.unchanged)}")


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
    from generator.derive.indicators import committed_series
    from generator.disclosure.gates.committed import check_figures
    from generator.disclosure.protect.protecting import review_folder
    from generator.disclosure.site_audit.site import audit_site
    from generator.read.indicators import tables_of
    from generator.read.project import read_project

    with progress_bar() as report:
        reading = read_project(project, progress=report)
    if reading.site is None or has_errors(reading.found):
        click.echo(FORMATS[form](ordered(reading.found), reading.door.lines), nl=False)
        sys.exit(1)
    found: list[Diagnostic] = list(check_figures(reading.site, reading))
    if private is not None and not has_errors(found):
        found += review_folder(private, project, reading, which_day(None))
    if site is not None and not has_errors(found):
        found += audit_site(
            reading.site, reading, committed_series(reading.site, tables_of(reading.indicators)), site
        )
    click.echo(FORMATS[form](ordered(found), reading.door.lines), nl=False)
    if form == "text":
        click.echo(_scope(reading.indicators.values(), site))
    sys.exit(1 if has_errors(found) else 0)


def _scope(folders: Collection[IndicatorFolder], site: Path | None) -> str:
    rows = [row for item in folders if item.table is not None for row in item.table.rows]
    secret = sum(row.status.value == "." for row in rows)
    releases = sum(len(item.earlier) for item in folders)
    where = f" und alle Dateien von {site}" if site is not None else ""
    return f"Angegriffen: {len(folders)} Kennzahlen, {len(rows)} Zellen, davon {secret} geheim, {releases} Ausgaben{where}."


@click.command()
@click.argument("indicator", required=False, metavar="[KENNZAHL]")
@PROJECT
def releases(indicator: str | None, project: Path) -> None:
    """Sagen, was sich von Ausgabe zu Ausgabe geändert hat, welche Entwicklungen gekippt sind und warum."""
    from generator.edit.release_log import release_log
    from generator.read.project import read_project

    with progress_bar() as report:
        reading = read_project(project, progress=report)
    if reading.site is None:
        click.echo(FORMATS["text"](ordered(reading.found), reading.door.lines), nl=False)
        sys.exit(1)
    if indicator is not None and indicator not in reading.indicators:
        raise click.UsageError(
            f"„{indicator}“ ist keine Kennzahl. Es gibt: {', '.join(sorted(reading.indicators)) or 'keine'}."
        )
    chosen = [indicator] if indicator is not None else sorted(reading.indicators)
    click.echo(
        "\n".join(line for key in chosen for line in release_log(reading.site, reading.indicators[key]))
    )


COMMANDS = (protect, audit, releases)
