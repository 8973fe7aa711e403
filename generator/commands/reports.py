"""The commands about written reports: keep an edition's figures for good, publish it, write it as PDF."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.answers import fail
from generator.commands.options import FORMAT, INTERNAL, PROJECT, TODAY
from generator.diagnostics import has_errors
from generator.pipeline.today import which_day

if TYPE_CHECKING:
    from generator.pipeline.publish import PublishOutcome
    from generator.pipeline.report_files import ReportOutcome

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="AUSGABE")


@click.command()
@FILE
@PROJECT
@TODAY
@click.option(
    "--correction",
    metavar="SATZ",
    help="Der Text einer veröffentlichten Ausgabe wurde berichtigt: was daran. Die Zahlen bleiben.",
)
@FORMAT
def freeze(file: Path, project: Path, today: dt.datetime | None, correction: str | None, form: str) -> None:
    """Die Zahlen einer veröffentlichten AUSGABE mit ihren Definitionen festhalten.

    Geschrieben wird resources/editions/<bericht>/<ausgabe>.json. Was festgehalten ist, wird nie überschrieben; neue Zahlen gehören in eine neue Ausgabe.
    """
    from generator.pipeline.publish import freeze_edition

    outcome = freeze_edition(project, file, which_day(today), correction)
    _stop_where_refused(outcome, form)
    if outcome.corrected:
        click.echo(f"{outcome.figures}: Berichtigung vermerkt.")
    else:
        _say_what_is_kept(outcome)


@click.command()
@FILE
@PROJECT
@TODAY
@FORMAT
def publish(file: Path, project: Path, today: dt.datetime | None, form: str) -> None:
    """Eine AUSGABE veröffentlichen: state auf published setzen und ihre Zahlen festhalten.

    Danach beide Dateien einchecken. Die Ausgabe bleibt, wie sie ist; Fehler im Text vermerkt „nahraum freeze --correction“.
    """
    from generator.pipeline.publish import publish_edition

    outcome = publish_edition(project, file, which_day(today))
    _stop_where_refused(outcome, form)
    _say_what_is_kept(outcome)
    click.echo(f"{file} ist veröffentlicht.")


@click.command()
@click.argument("report", required=False)
@PROJECT
@TODAY
@INTERNAL
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Zielordner; sonst pdf/ im Projekt.",
)
@FORMAT
def pdf(
    report: str | None,
    project: Path,
    today: dt.datetime | None,
    internal: bool,
    output: Path | None,
    form: str,
) -> None:
    """Berichte als PDF schreiben, auch Entwürfe: alle, einen REPORT oder eine Ausgabe (bericht/2026).

    Braucht das Extra pdf (pip install 'nahraum[pdf]') und Pango vom System, unter Debian libpango-1.0-0, libpangoft2-1.0-0 und libharfbuzz-subset0.
    """
    from generator.pipeline.report_files import print_editions
    from generator.printing.pdf import PdfMissing

    folder = output or project / "pdf"
    try:
        outcome = print_editions(project, folder, report, which_day(today), internal=internal)
    except PdfMissing as error:
        raise click.ClickException(
            f"{error}. Das Extra installieren: pip install 'nahraum[pdf]'; dazu Pango vom System (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)."
        ) from error
    _stop_where_refused(outcome, form)
    for path in outcome.written:
        click.echo(str(path))


def new_report(project: Path, key: str, space: str | None, edition: str | None, form: str) -> None:
    """Answer `nahraum new report`."""
    from generator.pipeline import report_files

    day = which_day(None)
    outcome = report_files.new_report(project, key, space, edition or str(day.year), day)
    _stop_where_refused(outcome, form)
    for path in outcome.written:
        click.echo(f"{path} ist angelegt. Als Nächstes schreiben; „nahraum serve“ zeigt den Entwurf.")


def new_edition(project: Path, key: str, edition: str | None, form: str) -> None:
    """Answer `nahraum new edition`."""
    from generator.pipeline import report_files

    day = which_day(None)
    outcome = report_files.new_edition(project, key, edition or str(day.year), day)
    _stop_where_refused(outcome, form)
    for path in outcome.written:
        click.echo(
            f"{path} ist angelegt, mit dem Text von {outcome.source} und den Zahlen von heute. Als Nächstes jeden Satz lesen; „nahraum serve“ zeigt den Entwurf."
        )
    if outcome.look:
        click.echo("Hier steht ein fester Zeitraum, bitte ansehen:")
        click.echo("".join(f"  {place.file}:{place.line}\n" for place in outcome.look), nl=False)


def _stop_where_refused(outcome: PublishOutcome | ReportOutcome, form: str) -> None:
    if outcome.refused:
        raise click.UsageError(outcome.refused)
    if has_errors(outcome.found):
        fail([item for item in outcome.found if item.severity == "error"], outcome.door, form)


def _say_what_is_kept(outcome: PublishOutcome) -> None:
    click.echo(f"{outcome.figures}: {outcome.cells} Zahlen aus {outcome.indicators} Kennzahlen festgehalten.")
