"""Provide the commands `check`, `build` and `serve`."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options_and_answers import (
    AS_FORMAT,
    INTERNAL,
    PROJECT,
    TODAY,
    UNTRUSTED,
    counted,
    fail,
    nothing_written,
    print_found,
    progress_bar,
)
from generator.diagnostics import Diagnostic, Position, has_errors, own_and_counted
from generator.diagnostics.diagnostic import Progress, silent
from generator.diagnostics.formats import summary
from generator.export.web_server import SERVERS, Served, policy
from generator.files.disk import Disk
from generator.files.git import NoAnswer, lies_in, named, since_version
from generator.files.git import changed as changed_files
from generator.files.result_cache import ONCE, ResultCache
from generator.pipeline.today import which_day
from generator.read.project import read_project
from generator.read.records import is_yaml, unread_file

if TYPE_CHECKING:
    from generator.pipeline.build import Project


@click.command()
@click.argument("files", nargs=-1, metavar="[DATEI]…", type=click.Path(exists=True, path_type=Path))
@PROJECT
@TODAY
@INTERNAL
@UNTRUSTED
@AS_FORMAT
@click.option(
    "--changed", is_flag=True, help="Nur was nach git seit der letzten Fassung anders oder neu ist."
)
@click.option(
    "--since", metavar="FASSUNG", help="Wie --changed, seit dieser Fassung, zum Beispiel origin/main."
)
@click.option("--strict", is_flag=True, help="Auch Warnungen zählen als Problem (Ausgang 1).")
@click.option(
    "--fix", is_flag=True, help="Vorher schreiben, was sicher ist: Daten, ja und nein, Zeilenenden."
)
@click.option("--watch", is_flag=True, help="Nach jeder Änderung wieder prüfen, bis Strg+C.")
def check(
    files: tuple[Path, ...],
    project: Path,
    today: dt.datetime | None,
    internal: bool,
    untrusted: bool,
    form: str,
    changed: bool,
    since: str | None,
    strict: bool,
    fix: bool,
    watch: bool,
) -> None:
    """Alle Einträge und die Bausteine der Texte lesen und prüfen; geschrieben wird nur mit --fix.

    Jede Meldung nennt Datei, Zeile und Spalte, was nicht stimmt und was hilft. „nahraum help CODE“ erklärt mehr.

    Mit DATEI (Dateien oder Ordnern), --changed oder --since steht zuerst da, was an diesen Dateien nicht stimmt, danach Fehler anderswo,
    denn auch sie halten den Bau an. Warnungen und Hinweise zu anderen Dateien werden nur gezählt.

    Mit --changed oder --since gilt auch: Wo eine Telefonnummer neu oder ein Angebot beendet ist, muss jemand zurückgerufen haben (called_back).
    """
    if strict and watch:
        raise click.UsageError(
            "--strict geht nicht mit --watch: Was nie endet, endet auch nicht mit Ausgang 1."
        )
    since = "HEAD" if changed and since is None else since
    if fix:
        _fix(project, files, _chosen_files(project, files, since), untrusted=untrusted)

    def look(
        cache: ResultCache, report: Progress = silent
    ) -> tuple[Project, Sequence[Diagnostic], Sequence[Diagnostic]]:
        """Read and check; return project, diagnostics to print, others to count."""
        from generator.pipeline.build import check_and_derive

        reading = read_project(project, internal=internal, untrusted=untrusted, progress=report, cache=cache)
        unread = _unread(reading.disk, named(project, files))
        ready = check_and_derive(reading, which_day(today), before=_before(project, since), progress=report)
        found = [*ready.found, *_omit_reported_files(unread, ready.found)]
        chosen = _chosen_files(project, files, since)
        return ready, *(
            own_and_counted(found, lambda name: lies_in(name, chosen)) if chosen is not None else (found, ())
        )

    def tell(ready: Project, found: Sequence[Diagnostic], left_out: Sequence[Diagnostic]) -> None:
        print_found(found, ready.disk, form)
        if left_out:
            click.echo(f"In anderen Dateien: {summary(left_out)} „nahraum check“ zeigt alles.", err=True)

    seen: list[Diagnostic] | None = None

    def look_again(cache: ResultCache) -> Project:
        """Tell everything first, then what is new or gone."""
        nonlocal seen
        ready, found, left_out = look(cache)
        if seen is None:
            tell(ready, found, left_out)
        else:
            if new := _missing_from(seen, found):
                tell(ready, new, ())
            for item in _missing_from(found, seen):
                click.echo(f"Erledigt[{item.code}]: {item.position.file}")
            click.echo(f"Insgesamt: {summary(found)}")
        seen = list(found)
        return ready

    if watch:
        from generator.preview import check_again_and_again

        check_again_and_again(project, look_again, files)
        return
    with progress_bar() as report:
        ready, found, left_out = look(ONCE, report)
    tell(ready, found, left_out)
    grave = ("error", "warning") if strict else ("error",)
    if any(item.severity in grave for item in found):
        sys.exit(1)


def _fix(project: Path, files: Sequence[Path], chosen: Collection[str] | None, *, untrusted: bool) -> None:
    """Write certain fixes to the chosen records, by default all."""
    if untrusted:
        raise click.UsageError("--fix geht nicht mit --untrusted: Was Fremde vorschlagen, wird nur gelesen.")
    from generator.edit.records.usual_writing import format_files

    paths = None if chosen is None else [project / name for name in sorted(chosen)]
    with nothing_written():
        number = format_files(paths, Disk(project, *files), read_project(project).in_ids)
    click.echo(f"{counted(number, 'Datei', 'Dateien')} umgeschrieben.", err=True)


def _missing_from(before: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return what of `found` isn't in `before`, comparing without lines."""
    known = {(item.code, item.position.file, item.message) for item in before}
    return [item for item in found if (item.code, item.position.file, item.message) not in known]


def _unread(disk: Disk, names: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Report named YAML files nothing read; none if reading stopped."""
    if str(disk.project / "resources") not in disk.seen.folders:
        return ()
    read = {disk.name(Path(path)) for path in disk.seen.files}
    paths = {name: disk.project / name for name in sorted(names - read)}
    return tuple(unread_file(path, Position(name)) for name, path in paths.items() if is_yaml(path))


def _omit_reported_files(unread: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics of unread files not reported otherwise."""
    reported = frozenset(chain.from_iterable(item.files for item in found))
    return [item for item in unread if not lies_in(item.position.file, reported)]


def _chosen_files(project: Path, files: Sequence[Path], since: str | None) -> frozenset[str] | None:
    """Return named and changed files; None if not asked."""
    if not files and since is None:
        return None
    chosen = named(project, files)
    if since is not None:
        try:
            chosen |= changed_files(project, since or "HEAD")
        except NoAnswer as error:
            raise click.ClickException(f"{error}. --changed und --since fragen git.") from error
    return chosen


def _before(project: Path, since: str | None) -> dict[str, str | None]:
    """Return what changed files said before; nothing where git isn't asked."""
    if since is None:
        return {}
    try:
        return since_version(project, since)
    except NoAnswer as error:
        raise click.ClickException(f"{error}. --changed und --since fragen git.") from error


@click.command()
@PROJECT
@TODAY
@INTERNAL
@UNTRUSTED
@AS_FORMAT
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Zielordner; sonst site/ im Projekt, mit --internal site-intern/.",
)
@click.option(
    "--afresh", is_flag=True, help="Auch bauen, wenn sich seit dem letzten Mal nichts geändert hat."
)
@click.option(
    "--deploy",
    type=click.Choice(list(SERVERS)),
    help="Nichts bauen, nur zeigen, was in die Einstellungen dieses Webservers gehört.",
)
@click.option(
    "--root",
    "served",
    default="/srv/nahraum/site",
    show_default=True,
    help="Für --deploy: der Ordner mit der fertigen Website auf dem Server.",
)
def build(
    project: Path,
    today: dt.datetime | None,
    internal: bool,
    untrusted: bool,
    form: str,
    output: Path | None,
    afresh: bool,
    deploy: str | None,
    served: str,
) -> None:
    """Die ganze Website bauen.

    Gebaut wird neben dem Ziel; erst wenn alles gelungen ist, werden die Ordner in einem Schritt getauscht. Bei einem Fehler
    bleibt die alte Seite, wie sie ist. Hat sich seit dem letzten Bau nichts geändert (Einträge, Programm, Tag, die gebauten
    Dateien), ist sofort Schluss; --afresh baut trotzdem, zum Beispiel nach einem Wechsel der Schriften für PDF.

    mkdocs.yml kann Programme ausführen (hooks). Was Fremde vorschlagen, wird darum mit --untrusted gebaut.
    """
    if deploy is not None:
        _show_deployment(project, deploy, served)
        return
    from generator.files.result_cache import BuildJob
    from generator.pipeline.last_build import build_again

    target = output or project / ("site-intern" if internal else "site")
    asked = BuildJob(project, target, which_day(today), internal, untrusted)
    with progress_bar() as report:
        outcome = build_again(asked, _write_site, afresh=afresh, progress=report)
    if has_errors(outcome.found):
        print_found(outcome.found, outcome.disk, form)
        sys.exit(1)
    if form != "text":
        print_found(outcome.found, outcome.disk, form)
        return
    if outcome.made:
        done = f"{target} ist fertig."
    else:
        done = f"{target}: Seit dem letzten Bau hat sich nichts geändert."
    shown = any(item.severity == "warning" for item in outcome.found)
    click.echo(
        f"{done} {summary(outcome.found)}" + (" „nahraum build -f concise“ zeigt sie." if shown else "")
    )


def _show_deployment(project: Path, server: str, folder: str) -> None:
    """Print a web server's settings with address, policy and folder."""
    if not re.fullmatch(r"[^\s\"';{}]+", folder):
        raise click.UsageError("--root nennt einen Ordner ohne Leerzeichen, Anführungszeichen und Klammern.")
    reading = read_project(project)
    if reading.site is None:
        fail(reading.found, reading.disk)
    config = reading.site.config
    click.echo(SERVERS[server](Served(config.url, folder.rstrip("/"), policy(config))), nl=False)


def _write_site(project: Project, folder: Path, before: Path, progress: Progress) -> tuple[Diagnostic, ...]:
    # MkDocs is loaded only where a site is written: a build in which nothing changed is over before that.
    from generator.mkdocs_plugin import write_site

    return write_site(project, folder, before, progress)


@click.command()
@PROJECT
@TODAY
@INTERNAL
@UNTRUSTED
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=8000,
    show_default=True,
    help="Anschluss auf diesem Rechner.",
)
@click.option("--open", "open_browser", is_flag=True, help="Die Seite gleich im Browser öffnen.")
def serve(
    project: Path,
    today: dt.datetime | None,
    internal: bool,
    untrusted: bool,
    port: int,
    open_browser: bool,
) -> None:
    """Die Website auf diesem Rechner zeigen: jede Änderung ist gleich im Browser zu sehen.

    Eine Seite entsteht erst, wenn sie gefragt ist; geschrieben wird nichts. Stimmt etwas nicht, steht hier und auf der Seite, was und
    wo; die letzte gute Seite bleibt so lange darunter stehen. Entwürfe von Berichten sind zu sehen. Was nur die fertige Website hat
    (sitemap.xml, Listen zum Mitnehmen), fehlt. Nur dieser Rechner bekommt eine Antwort.
    """
    from generator.preview import PortTaken, serve_site

    day = which_day(today) if today else None
    try:
        serve_site(
            project, day, internal=internal, untrusted=untrusted, port=port, open_in_browser=open_browser
        )
    except PortTaken as error:
        raise click.ClickException(
            f"Der Anschluss {port} ist belegt. Mit --port einen anderen nennen."
        ) from error
