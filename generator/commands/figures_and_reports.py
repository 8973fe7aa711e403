"""The commands about figures and written reports."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options_and_answers import (
    AS_FORMAT,
    DATE,
    INTERNAL,
    NOTE,
    PROJECT,
    TODAY,
    counted,
    fail,
    progress_bar,
    show,
)
from generator.diagnostics import has_errors
from generator.files.disk import Disk
from generator.pipeline.today import which_day

if TYPE_CHECKING:
    from generator.pipeline.report_editions import ReportOutcome
    from generator.read.project import Reading


@click.command()
@click.argument("private", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="ABLAGE")
@PROJECT
@DATE
@NOTE
@AS_FORMAT
def protect(private: Path, project: Path, day: dt.datetime | None, note: str, form: str) -> None:
    """Rohe Zahlen aus einer privaten ABLAGE schützen und als Veröffentlichung ins Projekt schreiben.

    ABLAGE liegt außerhalb des Projekts und hat je Kennzahl eine Tabelle, meist einen Vordruck von „nahraum new figures“ (<kennzahl>.xlsx). Was einen Fehler hat oder nicht zu schützen ist, wird nicht geschrieben, mit allem, was dasselbe zählt; das Übrige wird es, alles auf einmal. Der Bericht für die Planung bleibt in der ABLAGE.
    """
    from generator.disclosure.protect.protecting import protect_folder

    date, today = which_day(day), which_day(None)
    if date > today:
        raise click.UsageError(f"--date {date} liegt in der Zukunft; heute ist der {today:%d.%m.%Y}.")
    with progress_bar() as report:
        outcome = protect_folder(private, project, date, note, report)
    is_for_programs = form != "text"
    if outcome.found or is_for_programs:
        # Of the private folder no line is shown: this disk may not read it.
        show(outcome.found, Disk(project), form)
    if outcome.report is not None:
        click.echo(f"Bericht für die Planung: {outcome.report}", err=is_for_programs)
    for key in outcome.written:
        count = outcome.withheld.get(key, 0)
        click.echo(f"{key}: neue Veröffentlichung, {count} Zellen geheim", err=is_for_programs)
    if outcome.unchanged:
        click.echo(f"Unverändert: {', '.join(outcome.unchanged)}", err=is_for_programs)
    if outcome.stopped:
        click.echo(f"Nicht geschrieben: {', '.join(outcome.stopped)}", err=True)
    if has_errors(outcome.found):
        if not outcome.written:
            click.echo("Nichts wurde ins Projekt geschrieben.", err=True)
        sys.exit(1)


@click.command()
@PROJECT
@click.option(
    "--private",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="ABLAGE",
    help="Die private Ablage mit den rohen Zahlen: dann spielt jeder Angreifer mit den echten Zahlen.",
)
@AS_FORMAT
def audit(project: Path, private: Path | None, form: str) -> None:
    """Angreifen, was eingecheckt ist.

    Gerechnet wird wie jemand, der alles Veröffentlichte kennt: Tabellen, andere Gebiete, Quoten, frühere Veröffentlichungen; dazu wie jemand, der selbst gezählt ist.
    """
    from generator.pipeline.audit import audit_project

    with progress_bar() as report:
        outcome = audit_project(project, which_day(None), private, report)
    show(outcome.found, outcome.disk, form)
    if outcome.attacked and form == "text":
        indicators = counted(outcome.indicators, "Kennzahl", "Kennzahlen")
        cells = counted(outcome.cells, "Zelle", "Zellen")
        releases = counted(outcome.releases, "Veröffentlichung", "Veröffentlichungen")
        click.echo(f"Angegriffen: {indicators}, {cells}, davon {outcome.secret} geheim, {releases}.")
    sys.exit(1 if has_errors(outcome.found) or not outcome.attacked else 0)


_WITHDRAWN = """{file} ist zurückgezogen. Was jetzt zu tun ist, in dieser Reihenfolge:
1. Steht dasselbe noch in einem Bericht (content/berichte) oder einer Tabelle, auch dort zurückziehen; dann alles Geänderte einchecken und die Seite sofort neu veröffentlichen.
2. Die alten Fassungen davon aus der Geschichte von git nehmen (git filter-repo), alle Klone neu holen. {figures} bleibt: Darin steht keine Anzahl mehr.
3. Bei Forks, Spiegeln und dem Anbieter des Repositoriums um Löschung bitten; dort auch den Zwischenspeicher der Seiten leeren.
4. Zwischenspeicher des eigenen Servers leeren; bei Suchmaschinen und Archiven (web.archive.org) die Adresse melden; verschickte PDF zurückrufen.
5. Geht es um Menschen: Panne der Aufsicht melden, binnen 72 Stunden (Art. 33 DSGVO), und die Betroffenen benachrichtigen, wo ein hohes Risiko besteht (Art. 34)."""


@click.command()
@click.argument("report", required=False, metavar="[BERICHT]")
@PROJECT
@TODAY
@click.option(
    "--correction",
    metavar="SATZ",
    help="Der Text eines veröffentlichten Berichts wurde berichtigt: was daran. Die Zahlen bleiben.",
)
@click.option(
    "--withdraw",
    metavar="GRUND",
    help="Einen veröffentlichten Bericht oder eine Tabelle (…/releases/<tag>.csv) zurückziehen, weil darin steht, was nicht dastehen darf. GRUND ist ein Satz für die Seite.",
)
@click.option(
    "--private",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="ABLAGE",
    help="Beim Zurückziehen einer Tabelle: die private Ablage, in die ihre Anzahlen ziehen.",
)
@click.option(
    "--pdf",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="ORDNER",
    help="Nichts veröffentlichen, nur Berichte als PDF in diesen Ordner schreiben, auch Entwürfe: alle, einen Bericht oder einen Stand (bericht/2026). Braucht das Extra pdf und Pango vom System.",
)
@INTERNAL
@AS_FORMAT
def publish(
    report: str | None,
    project: Path,
    today: dt.datetime | None,
    correction: str | None,
    withdraw: str | None,
    private: Path | None,
    pdf: Path | None,
    internal: bool,
    form: str,
) -> None:
    """Einen Bericht veröffentlichen: state in seiner Datei auf published setzen und seine Zahlen mit ihren Definitionen festhalten.

    BERICHT ist die Datei, content/berichte/<bericht>/<stand>.md. Geschrieben wird resources/editions/<bericht>/<stand>.json; danach beide Dateien einchecken. Was festgehalten ist, wird nie überschrieben: Neue Zahlen gehören in einen neuen Stand, Fehler im Text vermerkt --correction.

    Mit --withdraw verschwinden Text, Listen und Dateien, und die Seite sagt seit wann und warum. Die Anzahlen einer Tabelle ziehen in die private Ablage, und „nahraum protect“ rechnet weiter mit ihnen: Wer sie kennt, kennt sie. Was ein Bericht aus einer Tabelle zeigte, zählt mit ihr weiter.
    """
    from generator.pipeline.report_editions import publish_edition, withdraw_edition, withdraw_release

    day = which_day(today)
    if pdf is not None:
        _print_reports(project, pdf, report, day, form, internal=internal)
        return
    if report is None or not Path(report).is_file():
        raise click.UsageError(
            f"„{report or ''}“ ist keine Datei. Berichte liegen unter content/berichte/<bericht>/<stand>.md."
        )
    file = Path(report)
    if withdraw is None:
        outcome = publish_edition(project, file, day, correction)
    elif file.suffix == ".csv":
        outcome = withdraw_release(project, file, day, withdraw, private)
    else:
        outcome = withdraw_edition(project, file, day, withdraw)
    _stop_where_refused(outcome, form)
    if withdraw is not None:
        done = _WITHDRAWN.format(file=file, figures=outcome.written[0])
    elif outcome.corrected:
        done = f"{outcome.written[0]}: Berichtigung vermerkt."
    else:
        cells = counted(outcome.cells, "Zahl", "Zahlen")
        indicators = counted(outcome.indicators, "Kennzahl", "Kennzahlen")
        done = f"{outcome.written[0]}: {cells} aus {indicators} festgehalten.\n{file} ist veröffentlicht."
    # Standard output is for programs.
    is_for_programs = form != "text"
    if is_for_programs:
        show(outcome.found, outcome.disk, form)
    click.echo(done, err=is_for_programs)


def _print_reports(
    project: Path, folder: Path, report: str | None, day: dt.date, form: str, *, internal: bool
) -> None:
    """Answer `nahraum publish --pdf`."""
    from generator.pipeline.report_editions import print_editions
    from generator.printing import PdfMissing

    try:
        outcome = print_editions(project, folder, report, day, internal=internal)
    except PdfMissing as error:
        raise click.ClickException(
            f"{error}. Das Extra installieren: im Ordner des Programms pip install '.[pdf]'; dazu Pango vom System (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)."
        ) from error
    _stop_where_refused(outcome, form)
    for path in outcome.written:
        click.echo(str(path))


def show_releases(reading: Reading, indicator: str | None) -> None:
    """Answer `nahraum changes --figures`."""
    from generator.edit.report_writing import release_log

    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.disk)
    if indicator is not None and indicator not in reading.indicators:
        raise click.UsageError(
            f"„{indicator}“ ist keine Kennzahl. Es gibt: {', '.join(sorted(reading.indicators)) or 'keine'}."
        )
    chosen = [indicator] if indicator is not None else sorted(reading.indicators)
    for key in chosen:
        click.echo("\n".join(release_log(reading.site, reading.indicators[key])))


def new_report(project: Path, key: str, space: str | None, edition: str | None, form: str) -> None:
    """Answer `nahraum new report`."""
    from generator.pipeline import report_editions

    day = which_day(None)
    outcome = report_editions.new_report(project, key, space, edition or str(day.year), day)
    _stop_where_refused(outcome, form)
    for path in outcome.written:
        click.echo(f"{path} ist angelegt. Als Nächstes schreiben; „nahraum serve“ zeigt den Entwurf.")


def new_edition(project: Path, key: str, edition: str | None, form: str) -> None:
    """Answer `nahraum new edition`."""
    from generator.pipeline import report_editions

    day = which_day(None)
    outcome = report_editions.new_edition(project, key, edition or str(day.year), day)
    _stop_where_refused(outcome, form)
    for path in outcome.written:
        click.echo(
            f"{path} ist angelegt, mit dem Text von {outcome.source} und den Zahlen von heute. Als Nächstes jeden Satz lesen; „nahraum serve“ zeigt den Entwurf."
        )
    if outcome.look:
        click.echo("Hier steht ein fester Zeitraum, bitte ansehen:")
        click.echo("".join(f"  {place.file}:{place.line}\n" for place in outcome.look), nl=False)


def _stop_where_refused(outcome: ReportOutcome, form: str) -> None:
    if outcome.refused:
        raise click.UsageError(outcome.refused)
    if has_errors(outcome.found):
        fail([item for item in outcome.found if item.severity == "error"], outcome.disk, form)
