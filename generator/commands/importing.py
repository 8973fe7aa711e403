"""The commands that bring records in: areas from files of geographic programs, offers and streets from tables, all of it from OpenStreetMap."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from generator.commands.answers import fail, show
from generator.commands.options import FORMAT, TODAY
from generator.diagnostics import Position, has_errors
from generator.diagnostics.progress import Progress
from generator.edit.area_import import GEOJSON, AreaColumns, import_areas
from generator.edit.geo_files import GeoForm
from generator.edit.incoming import ImportOutcome
from generator.edit.offer_import import import_offers
from generator.edit.osm_import import OsmOutcome, import_osm
from generator.edit.proposals import take_proposals
from generator.edit.street_import import import_streets
from generator.edit.translation_table import take_table
from generator.edit.translations import translations_of
from generator.files.door import Door
from generator.files.refusals import reason
from generator.model.kinds import KIND_BY_FOLDER
from generator.pipeline.progress_bar import progress_bar
from generator.pipeline.today import which_day
from generator.read.figures_extra import refused
from generator.read.project import read_project

_SHOWN = 20
"""Lines of one kind, at most; the list of proposals has them all."""
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
MAP = click.option(
    "--map",
    "mapping",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Die Zuordnung: welche Spalte was ist (docs/import.md).",
)
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


DRY = click.option("--dry-run", "dry", is_flag=True, help="Nur sagen, was sich ändern würde.")


@click.group("import")
def import_() -> None:
    """Gebiete, Angebote oder Straßen aus Dateien übernehmen.

    Ist irgendetwas nicht in Ordnung, wird nichts geschrieben und jede Meldung nennt Zeile und Spalte.
    """


@import_.command()
@FILE
@click.option(
    "--level",
    required=True,
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
    "key",
    default="",
    metavar="PROP",
    help="Spalte mit der Kennung; führende Nullen bleiben, aus STGT03 wird stgt03. Ohne Angabe wird sie aus dem Namen gebildet.",
)
@click.option("--code", default="", metavar="PROP", help="Spalte mit dem amtlichen Schlüssel.")
@click.option(
    "--parent", default="", metavar="PROP", help="Spalte mit dem Gebiet darüber: Kennung oder Name."
)
@click.option(
    "--parent-prefix",
    type=click.IntRange(1, 40),
    metavar="N",
    help="Das Gebiet darüber sind die ersten N Zeichen der Kennung.",
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
@INTO
@UPDATE
@FORMAT
def areas(
    file: Path,
    level: str,
    name: str,
    key: str,
    code: str,
    parent: str,
    parent_prefix: int | None,
    parent_id: str,
    also_in: str,
    layer: str,
    crs: str,
    encoding: str | None,
    into: Path,
    update: bool,
    form: str,
) -> None:
    """Gebiete aus GeoJSON, GeoPackage, Shapefile (auch als ZIP), KML oder KMZ übernehmen, ohne Grenzen aus CSV.

    PROP ist der Name einer Spalte (in GeoJSON: Eigenschaft) oder ein Text mit Spalten in spitzen Klammern: "bez-<Schluessel[-2:]>".
    """
    if sum(bool(item) for item in (parent, parent_prefix, parent_id)) > 1:
        raise click.UsageError("Nur eines von --parent, --parent-prefix und --parent-id angeben.")
    if layer and file.suffix.lower() in (*GEOJSON, ".csv"):
        raise click.UsageError("--layer gibt es nur bei GeoPackage, KML und gepackten Dateien.")
    if encoding and file.suffix.lower() not in (".shp", ".zip", ".csv"):
        raise click.UsageError(
            "--encoding gibt es nur bei Shapefile und CSV; andere Formate sagen es selbst."
        )
    if crs and file.suffix.lower() == ".csv":
        raise click.UsageError("--crs gibt es nicht bei CSV: Die Tabelle hat keine Grenzen.")
    columns = AreaColumns(level, name, key, code, parent, parent_prefix, parent_id, also_in)
    door = Door(into, file)
    geo = GeoForm(layer, crs, encoding or "")
    _run(
        lambda report: import_areas(file, columns, into, form=geo, update=update, progress=report), door, form
    )


@import_.command()
@FILE
@MAP
@INTO
@UPDATE
@DRY
@FORMAT
def offers(file: Path, mapping: Path, into: Path, update: bool, dry: bool, form: str) -> None:
    """Angebote, Orte und Träger aus einer Tabelle (CSV) übernehmen.

    Der Befehl merkt sich neben der Zuordnung, was er geschrieben hat. Eine neuere Tabelle erneuert mit --update, was seitdem niemand
    von Hand geändert hat; was sie nicht mehr enthält, nennt er.
    """
    door = Door(into, file, mapping)
    _run(
        lambda report: import_offers(file, mapping, into, update=update, dry=dry, progress=report),
        door,
        form,
        dry=dry,
    )


@import_.command()
@FILE
@MAP
@INTO
@UPDATE
@FORMAT
def streets(file: Path, mapping: Path, into: Path, update: bool, form: str) -> None:
    """Ein Straßenverzeichnis (CSV) nach resources/streets.csv übernehmen."""
    door = Door(into, file, mapping)
    _run(lambda report: import_streets(file, mapping, into, update=update, progress=report), door, form)


@import_.command()
@FILE
@click.option(
    "--admin-levels",
    "levels",
    metavar="ZAHLEN",
    default="",
    help="Welche Ebenen von OpenStreetMap (admin_level) die Ebenen unter der Stadt sind: „9,10“. Nur nötig, wenn es nicht sicher ist.",
)
@DRY
@INTO
@TODAY
@FORMAT
def osm(file: Path, levels: str, dry: bool, into: Path, today: dt.datetime | None, form: str) -> None:
    """Gebiete, Straßen und Vorschläge für Orte des Alltags aus einem Auszug von OpenStreetMap übernehmen.

    Grenzen und Straßen stehen gleich im Projekt. Orte sind Vorschläge unter proposals/osm: In list.csv ankreuzen, was die Stadt will,
    dann „nahraum import proposals“. Ein neuer Auszug erneuert, was niemand von Hand geändert hat, und sagt, was verschwunden ist.
    """
    try:
        chosen = [int(item) for item in levels.split(",") if item.strip()]
    except ValueError as error:
        raise click.UsageError(
            f"--admin-levels: „{levels}“ sind keine Zahlen mit Komma dazwischen."
        ) from error
    try:
        with progress_bar() as report:
            outcome = import_osm(
                file, into, which_day(today).isoformat(), levels=chosen, dry=dry, progress=report
            )
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error
    if outcome.found:
        show(outcome.found, Door(into, file), form)
    if has_errors(outcome.found):
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)
    click.echo("\n".join(_osm_words(outcome, dry=dry)))


def _osm_words(outcome: OsmOutcome, *, dry: bool) -> Iterator[str]:
    yield f"{outcome.areas} Gebiete und {outcome.streets} Straßen im Auszug."
    groups = (
        ("Neu", outcome.new),
        ("Geändert", outcome.changed),
        ("Von Hand geändert und so gelassen", outcome.kept),
        ("Verschwunden, bitte nachsehen und „nahraum retire“ für ihre Angebote", outcome.gone),
        ("Schon von Hand eingetragen, nicht vorgeschlagen", outcome.known),
    )
    yield from _groups(groups)
    for why, count in sorted(outcome.refused.items()):
        yield f"Ausgelassen, {why}: {count}"
    if not outcome.files:
        yield "Nichts zu ändern."
    elif dry:
        yield f"{outcome.files} Dateien würden geschrieben (--dry-run)."
    else:
        yield f"{outcome.files} Dateien geschrieben. Was die Stadt von den Orten will, in proposals/osm/list.csv unter take ankreuzen, dann „nahraum import proposals“."


@import_.command()
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Alle Vorschläge übernehmen.")
@INTO
@FORMAT
def proposals(ids: tuple[str, ...], everything: bool, into: Path, form: str) -> None:
    """Vorschläge übernehmen: die genannten IDS, sonst die in proposals/osm/list.csv unter take angekreuzten (x)."""
    try:
        taken = take_proposals(into, ids, everything=everything)
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error
    if taken.found:
        show(taken.found, Door(into), form)
    if has_errors(taken.found):
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)
    if not taken.ids:
        click.echo("Nichts übernommen: In proposals/osm/list.csv ist unter take nichts angekreuzt (x).")
        return
    click.echo(f"Übernommen nach resources/osm/places/: {len(taken.ids)}.")


@import_.command()
@FILE
@INTO
@FORMAT
def translations(file: Path, into: Path, form: str) -> None:
    """Übersetzungen aus einer Tabelle (CSV oder XLSX) übernehmen, die „nahraum translations -o“ geschrieben hat.

    Leere Zellen ändern nichts. Steht unter „Übersetzung“ der deutsche Text, bleibt er in dieser Sprache, wie er ist. Hat sich der deutsche Text
    geändert, seit die Tabelle geschrieben wurde, sagt es der Befehl, und die Liste nennt den Text weiter.
    """
    if file.suffix.lower() == ".xlsx" and (lacking := refused(Position(file.name))):
        fail(lacking, Door(file.parent), form)
    reading = read_project(into)
    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.door, form)
    known = translations_of(reading)
    if known.found:
        fail(known.found, reading.door, form)
    try:
        taken = take_table(into, file, reading.door.also(file), known)
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error
    if has_errors(taken.found):
        show(taken.found, taken.door, form)
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)
    click.echo(
        f"Übernommen: {taken.written} {'Übersetzung' if taken.written == 1 else 'Übersetzungen'}; geändert: {len(taken.files)} {'Datei' if len(taken.files) == 1 else 'Dateien'}."
        + (f" {taken.as_german} bleiben wie auf Deutsch." if taken.as_german else "")
    )
    for words in _groups([("Auf Deutsch seitdem geändert, bitte noch einmal ansehen", taken.older)]):
        click.echo(words)


def _run(work: Callable[[Progress], ImportOutcome], door: Door, form: str, *, dry: bool = False) -> None:
    try:
        with progress_bar() as report:
            outcome = work(report)
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error
    if outcome.found:
        show(outcome.found, door, form)
    if has_errors(outcome.found):
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)
    groups = (
        ("Geändert", outcome.changed),
        ("Von Hand geändert und so gelassen, obwohl die Tabelle jetzt anderes sagt", outcome.kept),
        (
            "Nicht mehr in der Tabelle; Angebote, die es nicht mehr gibt, beendet „nahraum retire“",
            outcome.gone,
        ),
        ("Von Hand gelöscht und so gelassen", outcome.dropped),
        ("Kennungen, wie sie jetzt heißen", outcome.ids),
    )
    for words in _groups(groups):
        click.echo(words)
    click.echo(_summary(outcome) + (" Nur gesagt, nichts geschrieben (--dry-run)." if dry else ""))


def _groups(groups: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for title, items in groups:
        if items:
            shown = "".join(f"\n  {item}" for item in items[:_SHOWN])
            more = f"\n  … und {len(items) - _SHOWN} weitere" if len(items) > _SHOWN else ""
            yield f"{title}: {len(items)}{shown}{more}"


def _summary(outcome: ImportOutcome) -> str:
    parts = []
    for name, count in outcome.written.items():
        kind = KIND_BY_FOLDER.get(name)
        word = (
            "Hausnummernbereiche"
            if name == "streets"
            else kind.singular
            if kind and count == 1
            else kind.plural
            if kind
            else name
        )
        parts.append(f"{count} {word}" if kind or name == "streets" else name)
    text = "Geschrieben: " + ", ".join(parts) + "." if parts else "Nichts zu ändern."
    return text + (f" Unverändert: {outcome.unchanged}." if outcome.unchanged else "")
