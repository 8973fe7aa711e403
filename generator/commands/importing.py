"""Provide the commands that bring records in and out (`import …`, `table …`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import click

from generator.commands.options_and_answers import (
    AS_FORMAT,
    PROJECT,
    TODAY,
    counted,
    fail,
    nothing_written,
    progress_bar,
    show_or_end,
)
from generator.diagnostics import Position, has_errors, ordered
from generator.edit.imports.area_import import AreaColumns, import_areas
from generator.edit.imports.filled_rows import TableManner, TableOutcome
from generator.edit.imports.geo_files import GeoForm
from generator.edit.imports.incoming import ImportManner, ImportOutcome
from generator.edit.imports.osm_extract import SUFFIXES as EXTRACTS
from generator.edit.imports.osm_import import import_osm_areas, import_osm_streets, osm_place_rows
from generator.edit.imports.street_import import StreetColumns, import_streets
from generator.edit.imports.table_in import take_rows
from generator.edit.tables.table_columns import FOLDERS
from generator.edit.tables.table_out import table_out
from generator.edit.tables.table_rows import GEOJSON
from generator.edit.translation.translations import sheet_of_translators, translations_of
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.kinds import KIND_BY_FOLDER, find_kind
from generator.pipeline.today import which_day
from generator.read.indicator_folders import figures_unavailable
from generator.read.project import read_project

FILE = click.argument("file", metavar="DATEI", type=click.Path(dir_okay=False, path_type=Path))
INTO = click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Ordner des Projekts.",
    show_default="dieser Ordner",
)
UPDATE = click.option(
    "--update", is_flag=True, help="Vorhandene Einträge ergänzen; ohne dies werden sie nie angerührt."
)
ADMIN_LEVELS = click.option(
    "--admin-levels",
    "levels",
    metavar="ZAHLEN",
    default="",
    help="Bei einem Auszug von OpenStreetMap: welche seiner Ebenen (admin_level) die Ebenen unter der Stadt sind, „9,10“. Nur nötig, wenn es nicht sicher ist.",
)
DRY = click.option("--dry-run", "dry", is_flag=True, help="Nur sagen, was sich ändern würde.")


@click.group("import")
def import_() -> None:
    """Gebiete oder Straßen aus Dateien übernehmen; Angebote und Orte: „nahraum table“.

    Ist irgendetwas nicht in Ordnung, wird nichts geschrieben und jede Meldung nennt Zeile und Spalte.
    """


@import_.command()
@FILE
@click.option(
    "--level",
    default="",
    metavar="EBENE",
    help='Die Ebene aus site_config.yml, etwa sozialraum; "<Spalte>", wenn sie in der Datei steht.',
)
@click.option(
    "--name",
    default="",
    metavar="PROP",
    help="Spalte mit dem Namen; ohne Angabe sagt der Befehl, welche es gibt.",
)
@click.option(
    "--id",
    default="",
    metavar="PROP",
    help="Spalte mit der Kennung; führende Nullen bleiben, aus STGT03 wird stgt03. Ohne Angabe wird sie aus dem Namen gebildet.",
)
@click.option("--code", default="", metavar="PROP", help="Spalte mit dem amtlichen Schlüssel.")
@click.option(
    "--parent", default="", metavar="PROP", help="Spalte mit dem Gebiet darüber: Kennung oder Name."
)
@click.option("--parent-id", default="", metavar="ID", help="Alle Gebiete der Datei gehören zu diesem.")
@click.option(
    "--also-in",
    default="",
    metavar="PROP",
    help="Spalte mit weiteren Gebieten, zu denen eines gehört, etwa einer anderen Einteilung; mehrere mit Komma getrennt.",
)
@click.option(
    "--layer", default="", metavar="NAME", help="Welche Ebene (Layer) der Datei, wenn sie mehrere hat."
)
@click.option(
    "--crs",
    default="",
    metavar="EPSG:…",
    help="Das Koordinatensystem, wenn die Datei es nicht oder falsch nennt.",
)
@click.option(
    "--encoding",
    type=click.Choice(("utf-8", "windows-1252")),
    default=None,
    help="Wie Texte in Shapefile oder CSV geschrieben sind, wenn Umlaute falsch aussehen.",
)
@ADMIN_LEVELS
@INTO
@UPDATE
@DRY
@AS_FORMAT
def areas(
    file: Path,
    layer: str,
    crs: str,
    encoding: str | None,
    levels: str,
    into: Path,
    update: bool,
    dry: bool,
    form: str,
    **columns: str,
) -> None:
    """Gebiete aus GeoJSON, GeoPackage, Shapefile, KML oder einem Auszug von OpenStreetMap übernehmen, ohne Grenzen aus CSV.

    Aus einem Auszug (.osm.pbf) kommen die Verwaltungsgrenzen der Stadt und der Grund der Karten, nach resources/osm.
    PROP ist der Name einer Spalte (in GeoJSON: Eigenschaft) oder ein Text mit Spalten in spitzen Klammern: "bez-<Schluessel[-2:]>".
    """
    run = partial(_run, Disk(into, file), form, update=update, dry=dry)
    if file.name.lower().endswith(EXTRACTS):
        run(partial(import_osm_areas, file, into, admin_levels(levels)))
        return
    if not columns["level"]:
        raise click.UsageError("Welche Ebene die Gebiete sind, sagt --level.")
    if columns["parent"] and columns["parent_id"]:
        raise click.UsageError("Nur eines von --parent und --parent-id angeben.")
    if layer and file.suffix.lower() in (*GEOJSON, ".csv"):
        raise click.UsageError("--layer gibt es nur bei GeoPackage und KML.")
    if encoding and file.suffix.lower() not in (".shp", ".csv"):
        raise click.UsageError(
            "--encoding gibt es nur bei Shapefile und CSV; andere Formate sagen es selbst."
        )
    if crs and file.suffix.lower() == ".csv":
        raise click.UsageError("--crs gibt es nicht bei CSV: Die Tabelle hat keine Grenzen.")
    named, geo = AreaColumns(**columns), GeoForm(layer, crs, encoding or "")
    run(partial(import_areas, file, named, into, geo))


_SIDE = "Zwei Spalten, erste und letzte Hausnummer, mit Komma dazwischen"


@import_.command()
@FILE
@click.option("--street", default="", metavar="SPALTE", help="Spalte mit dem Namen der Straße.")
@click.option("--space", default="", metavar="SPALTE", help="Spalte mit der Kennung des Gebiets.")
@click.option("--postcode", default="", metavar="SPALTE", help="Spalte mit der Postleitzahl.")
@click.option("--odd", default="", metavar="VON,BIS", help=f"{_SIDE}: der ungeraden Seite.")
@click.option("--even", default="", metavar="VON,BIS", help=f"{_SIDE}: der geraden Seite.")
@click.option(
    "--numbers",
    default="",
    metavar="VON,BIS",
    help=f"{_SIDE}; eine allein bei einer Zeile je Haus: „<Hausnummer><Zusatz>“.",
)
@click.option(
    "--parity",
    default="all",
    metavar="SPALTE",
    help="Zu --numbers: odd, even oder all; „<Spalte>“, wenn es in der Datei steht.",
)
@click.option("--longitude", default="", metavar="SPALTE", help="Spalte mit der Länge in Grad.")
@click.option("--latitude", default="", metavar="SPALTE", help="Spalte mit der Breite in Grad.")
@click.option(
    "--geography",
    "geographies",
    multiple=True,
    metavar="KÜRZEL=SPALTE",
    help="Spalte mit dem Gebiet einer weiteren Geographie aus site_config.yml.",
)
@ADMIN_LEVELS
@INTO
@UPDATE
@DRY
@AS_FORMAT
def streets(
    file: Path,
    odd: str,
    even: str,
    numbers: str,
    parity: str,
    geographies: tuple[str, ...],
    levels: str,
    into: Path,
    update: bool,
    dry: bool,
    form: str,
    **columns: str,
) -> None:
    """Ein Straßenverzeichnis (CSV, XLSX) oder die Straßen eines Auszugs von OpenStreetMap übernehmen.

    SPALTE ist eine Überschrift oder ein Text mit Überschriften in spitzen Klammern. Mit --update wird das vorhandene Verzeichnis ersetzt.
    """
    run = partial(_run, Disk(into, file), form, update=update, dry=dry)
    if file.name.lower().endswith(EXTRACTS):
        run(partial(import_osm_streets, file, into, admin_levels(levels)))
        return
    if not (columns["street"] and columns["space"]):
        raise click.UsageError("Welche Spalten Straße und Gebiet nennen, sagen --street und --space.")
    sides = [_side(kind, text) for kind, text in (("odd", odd), ("even", even), (parity, numbers)) if text]
    pairs = dict(item.partition("=")[::2] for item in geographies)
    named = StreetColumns(**columns, sides=tuple(sides), geographies=pairs)
    run(partial(import_streets, file, named, into))


def _side(parity: str, text: str) -> tuple[str, str, str]:
    """Return a side with its first and last column; one is both."""
    first, _, last = text.partition(",")
    return parity, first.strip(), last.strip() or first.strip()


def admin_levels(levels: str) -> list[int]:
    """Return the admin levels that were named."""
    try:
        return [int(item) for item in levels.split(",") if item.strip()]
    except ValueError as error:
        raise click.UsageError(
            f"--admin-levels: „{levels}“ sind keine Zahlen mit Komma dazwischen."
        ) from error


def _run(
    disk: Disk, form: str, work: Callable[[ImportManner], ImportOutcome], *, update: bool, dry: bool
) -> None:
    """Run an import; print what it wrote and left."""
    with nothing_written(), progress_bar() as report:
        outcome = work(ImportManner(update, dry, report))
    show_or_end(outcome.found, disk, form)
    groups = (
        ("Ergänzt", outcome.changed),
        ("Schon da und so gelassen, obwohl die Quelle anderes sagt", outcome.kept),
        ("Kennungen, wie sie jetzt heißen", outcome.ids),
        ("Nicht mehr in der Datei (gibt es das Gebiet nicht mehr: nahraum end)", outcome.gone),
    )
    for title, items in groups:
        shown = items if dry else items[:20]
        more = f"\n  … und {len(items) - len(shown)} weitere" if len(items) > len(shown) else ""
        if items:
            click.echo(f"{title}: {len(items)}" + "".join(f"\n  {item}" for item in shown) + more)
    written = [_number_written(name, count) for name, count in outcome.written.items()]
    done = f"Geschrieben: {', '.join(written)}." if written else "Nichts zu ändern."
    done += f" Unverändert: {outcome.unchanged}." if outcome.unchanged else ""
    click.echo(done + (" Nur gesagt, nichts geschrieben (--dry-run)." if dry else ""))


def _number_written(name: str, count: int) -> str:
    """Say how many records or files were written."""
    kind = KIND_BY_FOLDER.get(name)
    if name == "streets":
        return f"{count} Hausnummernbereiche"
    return counted(count, kind.singular, kind.plural) if kind else name


@click.group()
def table() -> None:
    """Angebote, Orte, Träger und Übersetzungen als eine Tabelle ausgeben und ausgefüllt übernehmen."""


@table.command("out")
@click.argument("file", metavar="DATEI", type=click.Path(dir_okay=False, path_type=Path))
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
@click.argument(
    "files", nargs=-1, required=True, metavar="DATEI…", type=click.Path(dir_okay=False, path_type=Path)
)
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
    _print_differences(outcome)
    show_or_end(outcome.found, reading.disk.also(*files), form)
    if outcome.there:
        click.echo(f"Schon da und gleich: {outcome.there}")
    number = len(outcome.new) + len(outcome.changed)
    ending = " Nur gesagt, nichts geschrieben (--dry-run)." if dry else ""
    click.echo(
        (f"{number} Einträge, davon {len(outcome.new)} neu." if number else "Nichts zu ändern.") + ending
    )


@table.command("osm")
@click.argument("file", metavar="DATEI", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("rows", metavar="ZEILEN", type=click.Path(dir_okay=False, path_type=Path))
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


def _print_differences(outcome: TableOutcome) -> None:
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
