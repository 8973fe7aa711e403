"""The commands about written reports: keep an edition's figures for good, publish it, write it as PDF."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.commands.options import FORMAT, INTERNAL, PROJECT, TODAY
from generator.diagnostics import Diagnostic, close_to, has_errors, ordered
from generator.diagnostics.formats import FORMATS
from generator.files.door import Door
from generator.files.writing import write_files
from generator.pipeline.today import which_day

if TYPE_CHECKING:
    from generator.model.edition import Edition
    from generator.pipeline.build import Project

_OWN = {"ausgabe-nicht-eingefroren", "ausgabe-text-geaendert"}
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
    from generator.edit.freezing import corrected, frozen_name
    from generator.read.editions import read_frozen

    day = which_day(today)
    ready, edition = _edition(project, file, day, form)
    if not edition.public:
        raise click.UsageError(
            "Diese Ausgabe ist noch nicht veröffentlicht (state). „nahraum publish“ veröffentlicht sie und hält ihre Zahlen fest."
        )
    name = frozen_name(edition)
    if ready.door.holds(project / name):
        written, _ = ready.door.text(project / name)
        content = read_frozen(written or "")
        if correction is None or content is None:
            raise click.UsageError(
                f"{project / name} gibt es schon. Mit --correction „Was berichtigt ist“ wird ein geänderter Text vermerkt; die Zahlen bleiben."
            )
        _place(ready, edition, corrected(edition, content, day, correction), {}, form)
        click.echo(f"{project / name}: Berichtigung vermerkt.")
        return
    _keep(ready, edition, {}, form)


@click.command()
@FILE
@PROJECT
@TODAY
@FORMAT
def publish(file: Path, project: Path, today: dt.datetime | None, form: str) -> None:
    """Eine AUSGABE veröffentlichen: state auf published setzen und ihre Zahlen festhalten.

    Danach beide Dateien einchecken. Die Ausgabe bleibt, wie sie ist; Fehler im Text vermerkt „nahraum freeze --correction“.
    """
    from generator.edit.freezing import frozen_name, marked_published
    from generator.read.editions import parse_edition

    ready, edition = _edition(project, file, which_day(today), form)
    if ready.door.holds(project / frozen_name(edition)):
        raise click.UsageError("Diese Ausgabe ist schon veröffentlicht.")
    for number, line in enumerate(edition.text.splitlines(), edition.first_line):
        if "TODO" in line:
            raise click.UsageError(f"In Zeile {number} steht noch eine Frage an die Schreibenden (TODO).")
    if "TODO" in edition.head.summary:
        raise click.UsageError("Das Wichtigste (summary) ist noch nicht geschrieben (TODO).")
    data, problems = ready.door.read(project / edition.file)
    if data is None:
        _refuse(ordered(problems), ready.door, form)
    # With its byte-order mark, if it has one: everything but the state stays as it is written.
    text = marked_published((data or b"").decode())
    public, _found = parse_edition(text, edition.file, {})
    if public is None or not public.public or public.digest != edition.digest:
        raise click.UsageError(
            "Der Kopf lässt sich nicht von selbst ändern. Bitte state: published von Hand schreiben, dann „nahraum freeze“ aufrufen."
        )
    _keep(ready, public, {edition.file: text}, form)
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
    from generator.pipeline.build import prepare
    from generator.printing.document import document
    from generator.printing.pdf import PdfMissing, write_pdf

    ready = prepare(project, which_day(today), internal=internal, drafts=True)
    if ready.site is None or has_errors(ready.found):
        _refuse(ready.found, ready.door, form)
        return
    chosen = [
        edition
        for edition in ready.site.editions.values()
        if report is None or report in (edition.report, edition.key)
    ]
    if not chosen:
        names = sorted(
            {name for edition in ready.site.editions.values() for name in (edition.report, edition.key)}
        )
        near = close_to(report or "", names)
        hint = (
            f" Gemeint ist vielleicht „{near}“."
            if near
            else " Es gibt: " + (", ".join(names) or "noch keine") + "."
        )
        raise click.UsageError(
            (f"„{report}“ ist kein Bericht." if report else "Es gibt keine Berichte.") + hint
        )
    try:
        files = {
            f"{edition.report}-{edition.name}.pdf": write_pdf(document(ready.contexts[0], edition))
            for edition in chosen
        }
    except PdfMissing as error:
        raise click.ClickException(
            f"{error}. Das Extra installieren: pip install 'nahraum[pdf]'; dazu Pango vom System (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)."
        ) from error
    folder = output or project / "pdf"
    write_files(folder, files)
    for name in files:
        click.echo(str(folder / name))


def new_report(project: Path, key: str, space: str | None, edition: str | None, form: str) -> None:
    """Write the skeleton of a new edition for `nahraum new report`; never over an existing file."""
    from generator.edit.report_skeleton import skeleton
    from generator.model.slugs import is_slug
    from generator.pipeline.build import prepare

    day = which_day(None)
    name = edition or str(day.year)
    for part in (key, name):
        if not is_slug(part):
            raise click.UsageError(
                f"„{part}“ taugt nicht als Kürzel: kleine Buchstaben, Ziffern und Bindestriche."
            )
    ready = prepare(project, day, drafts=True)
    if ready.site is None or ready.facts is None:
        _refuse(ready.found, ready.door, form)
        return
    if space is None or space not in ready.site.spaces:
        near = close_to(space or "", ready.site.spaces)
        hint = f" Gemeint ist vielleicht „{near}“." if near else ""
        raise click.UsageError(
            f"„{space}“ ist kein Gebiet.{hint}"
            if space
            else "--space nennt das Gebiet, von dem der Bericht handelt."
        )
    file = f"content/berichte/{key}/{name}.md"
    path = project / file
    if ready.door.holds(path):
        raise click.UsageError(f"{path} gibt es schon. --edition nennt eine andere Ausgabe.")
    write_files(project, {file: skeleton(ready.site, ready.facts, space, name, day)})
    click.echo(f"{path} ist angelegt. Als Nächstes schreiben; „nahraum serve“ zeigt den Entwurf.")


def _edition(project: Path, file: Path, day: dt.date, form: str) -> tuple[Project, Edition]:
    """Read a project and find an edition by its file; what freezing itself mends is no obstacle."""
    from dataclasses import replace

    from generator.check import check_reading
    from generator.derive.masking import published
    from generator.pipeline.build import derived
    from generator.read.project import read_project

    reading = read_project(project)
    found = tuple(item for item in check_reading(reading, day) if item.code not in _OWN)
    if reading.site is None or has_errors(found):
        _refuse(ordered(found), reading.door, form)
    site = reading.site
    if site is None:
        raise click.ClickException("Das Projekt ließ sich nicht lesen.")
    edition = next(
        (item for item in site.editions.values() if (project / item.file).resolve() == file.resolve()), None
    )
    if edition is None:
        raise click.UsageError(
            f"{file} ist keine Ausgabe; sie liegen unter content/berichte/<bericht>/<ausgabe>.md."
        )
    site = published(replace(site, drafts=True))
    return derived(reading, site, day, found), edition


def _keep(ready: Project, edition: Edition, files: dict[str, str], form: str) -> None:
    """Keep the figures that an edition uses today."""
    from generator.edit.freezing import frozen_content, frozen_name
    from generator.render.written_reports.composing import collect

    frozen, problems = collect(ready.contexts[0], edition)
    if has_errors(problems):
        _refuse(ordered(problems), ready.door, form)
    _place(ready, edition, frozen_content(edition, frozen), files, form)
    cells = sum(len(series.cells) for series in frozen.series.values())
    click.echo(
        f"{ready.root / frozen_name(edition)}: {cells} Zahlen aus {len(frozen.series)} Kennzahlen festgehalten."
    )


def _place(
    ready: Project, edition: Edition, content: dict[str, Any], files: dict[str, str], form: str
) -> None:
    """Try everything that the edition will be, then write all of its files, or none."""
    from generator.edit.freezing import frozen_name, written
    from generator.pipeline.publish import rehearse
    from generator.read.editions import with_figures
    from generator.render.written_reports.composing import try_edition

    text = written(content)
    public = with_figures(edition, json.loads(text))
    problems = try_edition(ready.contexts[0], public)
    if has_errors(problems):
        _refuse(ordered(problems), ready.door, form)
    rehearse(ready, public)
    write_files(ready.root, {**files, frozen_name(edition): text})


def _refuse(found: tuple[Diagnostic, ...], door: Door, form: str) -> NoReturn:
    click.echo(FORMATS[form](tuple(item for item in found if item.severity == "error"), door.lines), nl=False)
    sys.exit(1)


COMMANDS = (freeze, publish, pdf)
