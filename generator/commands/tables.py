"""Provide the commands that write and read tables of records (`table …`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from generator.commands.importing import ADMIN_LEVELS, admin_levels
from generator.commands.options_and_answers import (
    AS_FORMAT,
    PROJECT,
    TODAY,
    fail,
    nothing_written,
    show_or_end,
)
from generator.diagnostics import Position, has_errors, ordered
from generator.edit.imports.osm_import import osm_place_rows
from generator.edit.imports.table_in import TableManner, TableOutcome, take_rows
from generator.edit.tables.table_columns import FOLDERS
from generator.edit.tables.table_out import table_out
from generator.edit.translation.translations import sheet_of_translators, translations_of
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.kinds import find_kind
from generator.pipeline.today import which_day
from generator.read.indicator_folders import figures_unavailable
from generator.read.project import read_project


@click.group()
def table() -> None:
    """Angebote, Orte, Träger und Übersetzungen als eine Tabelle ausgeben und ausgefüllt übernehmen."""


@table.command("out")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@PROJECT
@AS_FORMAT
def out(file: Path, project: Path, form: str) -> None:
    """Alles Öffentliche als Arbeitsmappe (.xlsx) schreiben: ein Blatt je Art, mit Erklärungen und Namen zur Auswahl, und eines für Übersetzungen.

    Geschütztes und Internes steht nicht darin, auch keine Ansprechstelle. Bei einer neuen Stadt ist die Mappe leer und wird ausgefüllt.
    """
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError("Geschrieben wird eine Arbeitsmappe: Der Name endet auf .xlsx.")
    if lacking := figures_unavailable(Position(file.name)):
        fail(lacking, Disk(file.parent), form)
    reading = read_project(project)
    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.disk, form)
    known = translations_of(reading)
    if known.found:
        fail(known.found, reading.disk, form)
    more = [sheet_of_translators(known, reading.site)] if known.languages else []
    with nothing_written():
        write_files(file.parent, {file.name: table_out(reading, reading.site, *more)})
    click.echo(f"{file} ist geschrieben. Ausgefüllt zurück: nahraum table in {file}")


@table.command("in")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "meanings",
    multiple=True,
    metavar="ÜBERSCHRIFT=FELD",
    help='Was eine Überschrift meint, die Nahraum nicht kennt: --map "Wann genau=hours".',
)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="ÜBERSCHRIFT=TEXT",
    help='Was für alle Zeilen gilt, deren Zelle leer ist: --set "Stadt=Auenstedt".',
)
@click.option(
    "--kind", default="offers", show_default=True, help="Was die Zeilen sind, wenn kein Blatt es sagt."
)
@click.option("--sheet", default="", metavar="BLATT", help="Welches Blatt einer fremden Mappe.")
@click.option(
    "--questions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="DATEI",
    help="Nach welchen Trägern und Orten gefragt wird, als CSV zum Ausfüllen schreiben; danach beide Dateien nennen.",
)
@click.option(
    "--newer",
    is_flag=True,
    help="Die Tabelle ist neuer als die Einträge: Wo beide etwas sagen, gilt sie. Eine ausgegebene Mappe braucht das nicht.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Nur sagen, was sich ändern würde.")
@PROJECT
@TODAY
@AS_FORMAT
def in_(
    files: tuple[Path, ...],
    meanings: tuple[str, ...],
    given: tuple[str, ...],
    kind: str,
    sheet: str,
    questions: Path | None,
    newer: bool,
    dry: bool,
    project: Path,
    today: dt.datetime | None,
    form: str,
) -> None:
    """Eine Tabelle (XLSX, CSV, Punkte in GeoJSON) übernehmen: alles davon oder nichts.

    Eine Zeile mit Kürzel ändert, was in ihren Zellen anders steht, als es ausgegeben war; eine geleerte Zelle leert. Eine ohne ist neu, wenn es sie nicht schon gleich gibt. Was nicht in der Tabelle steht, bleibt.
    """
    found_kind = find_kind(kind)
    if found_kind is None or found_kind.folder not in FOLDERS:
        raise click.UsageError(f"--kind: „{kind}“ ist keines von {', '.join(FOLDERS)}.")
    reading = read_project(project)
    if reading.site is None:
        fail(reading.found, reading.disk, form)
    manner = TableManner(
        _pairs("--map", meanings),
        _pairs("--set", given),
        found_kind.folder,
        sheet,
        which_day(today),
        dry,
        newer,
    )
    with nothing_written():
        outcome = take_rows(reading, files, manner)
        if outcome.asked and questions is not None:
            write_files(questions.absolute().parent, {questions.name: "\ufeff" + outcome.asked})
    if outcome.asked and questions is not None:
        click.echo(f"{questions}: Art oder „dasselbe wie“ ausfüllen, dann beide Dateien nennen.")
    _tell(outcome)
    show_or_end(outcome.found, reading.disk.also(*files), form)
    if outcome.there:
        click.echo(f"Schon da und gleich: {outcome.there}")
    number = len(outcome.new) + len(outcome.changed)
    ending = " Nur gesagt, nichts geschrieben (--dry-run)." if dry else ""
    click.echo(
        (f"{number} Einträge, davon {len(outcome.new)} neu." if number else "Nichts zu ändern.") + ending
    )


@table.command("osm")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("rows", type=click.Path(dir_okay=False, path_type=Path))
@ADMIN_LEVELS
@PROJECT
@TODAY
@AS_FORMAT
def osm(file: Path, rows: Path, levels: str, project: Path, today: dt.datetime | None, form: str) -> None:
    """Orte des Alltags aus OpenStreetMap (Auszug oder GeoJSON von Overpass) als Tabelle schreiben: ROWS, eine CSV.

    Was die Stadt nicht will, löscht sie darin; danach „nahraum table in ROWS“. Was sie schon hat, steht nicht darin.
    """
    with nothing_written():
        outcome = osm_place_rows(file, project, admin_levels(levels), which_day(today).isoformat())
        show_or_end(ordered(outcome.found), Disk(project, file), form)
        write_files(rows.absolute().parent, {rows.name: outcome.text})
    for why, count in sorted(outcome.refused.items()):
        click.echo(f"Ausgelassen, {why}: {count}")
    click.echo(
        f"{rows}: {outcome.count} Orte. Was die Stadt nicht will, darin löschen, dann: nahraum table in {rows}"
    )


def _pairs(option: str, items: Iterable[str]) -> dict[str, str]:
    """Return by heading what an option says of it."""
    pairs = {}
    for item in items:
        name, sign, text = item.partition("=")
        if not (sign and name.strip() and text.strip()):
            raise click.UsageError(f'{option}: „{item}“ hat nicht die Form "Überschrift=…".')
        pairs[" ".join(name.split())] = text.strip()
    return pairs


def _tell(outcome: TableOutcome) -> None:
    """Print in words what differs."""
    for title, lines in (
        ("Neu", outcome.new),
        ("Geändert", outcome.changed),
        ("Nicht in der Tabelle und so gelassen", outcome.missing),
    ):
        if lines:
            click.echo(f"{title}: {len(lines)}" + "".join(f"\n  {line}" for line in lines))
    if outcome.unused:
        click.echo("Nicht übernommene Spalten: " + ", ".join(f"„{name}“" for name in outcome.unused) + ".")
