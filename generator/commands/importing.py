"""The commands that bring records in, `import …`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from generator.commands.options_and_answers import (
    AS_FORMAT,
    TODAY,
    counted,
    fail,
    nothing_written,
    progress_bar,
    show,
    show_errors_last,
    show_or_end,
)
from generator.diagnostics import has_errors
from generator.edit.imports.area_import import AreaColumns, import_areas
from generator.edit.imports.geo_files import GeoForm
from generator.edit.imports.incoming import ImportManner, ImportOutcome
from generator.edit.imports.mapping_files import MappingDraft, draft_mapping
from generator.edit.imports.offer_import import import_offers
from generator.edit.imports.osm_import import OsmOutcome, import_osm
from generator.edit.imports.osm_places import take_proposals
from generator.edit.imports.street_import import import_streets
from generator.edit.tables.point_files import GEOJSON
from generator.edit.translation.translation_table import take_table
from generator.edit.translation.translations import translations_of
from generator.files.door import Door
from generator.model.kinds import KIND_BY_FOLDER
from generator.pipeline.today import which_day
from generator.read.project import read_project
from generator.read.workbooks import SUFFIXES

_ONLY_SAID = " Nur gesagt, nichts geschrieben (--dry-run)."
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
@INTO
@UPDATE
@DRY
@AS_FORMAT
def areas(
    file: Path,
    layer: str,
    crs: str,
    encoding: str | None,
    into: Path,
    update: bool,
    dry: bool,
    form: str,
    **columns: str,
) -> None:
    """Gebiete aus GeoJSON, GeoPackage, Shapefile oder KML übernehmen, ohne Grenzen aus CSV.

    PROP ist der Name einer Spalte (in GeoJSON: Eigenschaft) oder ein Text mit Spalten in spitzen Klammern: "bez-<Schluessel[-2:]>".
    """
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
    _run(partial(import_areas, file, named, into, geo), Door(into, file), form, update=update, dry=dry)


@import_.command()
@FILE
@click.option(
    "--map",
    "mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Die Zuordnung: welche Spalte was ist (docs/import.md). Ohne sie wird eine entworfen.",
)
@click.option(
    "--sheet",
    default="",
    metavar="BLATT",
    help="Für welches Blatt einer Mappe eine Zuordnung entworfen wird.",
)
@INTO
@UPDATE
@DRY
@AS_FORMAT
def offers(
    file: Path, mapping: Path | None, sheet: str, into: Path, update: bool, dry: bool, form: str
) -> None:
    """Angebote, Orte und Träger aus einer Tabelle (CSV, XLSX) oder Punkten (GeoJSON) übernehmen.

    Ohne --map entwirft der Befehl eine Zuordnung: Spalten mit Beispielen, was Überschriften sicher sagen, und Fragen. Er legt sie unter imports/ ab und
    übernimmt noch nichts; mit --dry-run zeigt er sie nur.

    Mit --map merkt er sich neben der Zuordnung, was er geschrieben hat. Eine neuere Tabelle erneuert mit --update, was seitdem niemand
    von Hand geändert hat; was sie nicht mehr enthält, nennt er.
    """
    if mapping is None:
        _draft(file, sheet, into, update, dry, form)
        return
    if sheet:
        raise click.UsageError("Welches Blatt gemeint ist, steht in der Zuordnung: unter table „sheet: …“.")
    _run(partial(import_offers, file, mapping, into), Door(into, file, mapping), form, update=update, dry=dry)


def _draft(file: Path, sheet: str, into: Path, update: bool, dry: bool, form: str) -> None:
    if update:
        raise click.UsageError("--update braucht eine Zuordnung: --map.")
    if sheet and file.suffix.lower() not in SUFFIXES:
        raise click.UsageError("--sheet gibt es nur bei Arbeitsmappen (.xlsx).")
    with nothing_written():
        draft = draft_mapping(file, into, sheet=sheet, dry=dry)
    show_errors_last(draft.found, Door(into, file), form)
    if not draft.text:
        click.echo("Es wurde keine Zuordnung entworfen.", err=True)
        sys.exit(1)
    if dry:
        click.echo(draft.text, nl=False)
        return
    _tell_draft(draft, file, into)


def _tell_draft(draft: MappingDraft, file: Path, into: Path) -> None:
    """Print what was drafted for a table, and the command that comes next."""
    rows, questions = counted(draft.rows, "Zeile", "Zeilen"), counted(draft.questions, "Frage", "Fragen")
    click.echo(f"Zuordnung für {rows} entworfen: {into / draft.file}; {questions} offen (TODO).")
    where = "" if into == Path() else f" --into {_quoted(into)}"
    click.echo(
        f"Bitte ausfüllen, dann: nahraum import offers {_quoted(file)} --map {_quoted(into / draft.file)}{where} --dry-run"
    )


def _quoted(path: Path) -> str:
    """Write a path as shells take it."""
    if " " in str(path):
        return f'"{path}"'
    return str(path)


@import_.command()
@FILE
@MAP
@INTO
@UPDATE
@DRY
@AS_FORMAT
def streets(file: Path, mapping: Path, into: Path, update: bool, dry: bool, form: str) -> None:
    """Ein Straßenverzeichnis (CSV oder XLSX) nach resources/streets.csv übernehmen.

    Es merkt sich neben der Zuordnung, was es geschrieben hat. Ein Verzeichnis, das seitdem jemand von Hand geändert hat, bleibt auch mit
    --update, wie es ist.
    """
    _run(
        partial(import_streets, file, mapping, into), Door(into, file, mapping), form, update=update, dry=dry
    )


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
@AS_FORMAT
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
    with nothing_written(), progress_bar() as report:
        outcome = import_osm(
            file, into, which_day(today).isoformat(), levels=chosen, dry=dry, progress=report
        )
    show_or_end(outcome.found, Door(into, file), form)
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
    yield from _groups(groups, whole=dry)
    for why, count in sorted(outcome.refused.items()):
        yield f"Ausgelassen, {why}: {count}"
    if not outcome.files:
        yield "Nichts zu ändern."
    elif dry:
        yield f"{outcome.files} Dateien würden geschrieben (--dry-run)."
    else:
        yield f"{outcome.files} Dateien geschrieben. Was die Stadt von den Orten will, in proposals/osm/list.csv unter take ankreuzen, dann „nahraum import proposals“."


@import_.command()
@click.option("--all", "everything", is_flag=True, help="Alle Vorschläge übernehmen.")
@INTO
@AS_FORMAT
def proposals(everything: bool, into: Path, form: str) -> None:
    """Vorschläge übernehmen: die in proposals/osm/list.csv unter take angekreuzten (x)."""
    with nothing_written():
        taken = take_proposals(into, everything=everything)
    show_or_end(taken.found, Door(into), form)
    if not taken.ids:
        click.echo("Nichts übernommen: In proposals/osm/list.csv ist unter take nichts angekreuzt (x).")
        return
    click.echo(f"Übernommen nach resources/osm/places/: {len(taken.ids)}.")


@import_.command()
@FILE
@INTO
@AS_FORMAT
def translations(file: Path, into: Path, form: str) -> None:
    """Übersetzungen aus einer Tabelle (CSV oder XLSX) übernehmen, die „nahraum translations -o“ geschrieben hat.

    Leere Zellen ändern nichts. Steht unter „Übersetzung“ der deutsche Text, bleibt er in dieser Sprache, wie er ist. Hat sich der deutsche Text
    geändert, seit die Tabelle geschrieben wurde, sagt es der Befehl, und die Liste nennt den Text weiter.
    """
    reading = read_project(into)
    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.door, form)
    known = translations_of(reading)
    if known.found:
        fail(known.found, reading.door, form)
    with nothing_written():
        taken = take_table(into, file, reading.door.also(file), known)
    if has_errors(taken.found):
        show(taken.found, taken.door, form)
        click.echo("Nichts wurde geschrieben.", err=True)
        sys.exit(1)
    texts = counted(taken.written, "Übersetzung", "Übersetzungen")
    told = f"Übernommen: {texts}; geändert: {counted(len(taken.files), 'Datei', 'Dateien')}."
    if taken.as_german:
        told += f" {taken.as_german} bleiben wie auf Deutsch."
    click.echo(told)
    for words in _groups([("Auf Deutsch seitdem geändert, bitte noch einmal ansehen", taken.older)]):
        click.echo(words)


def _run(
    work: Callable[[ImportManner], ImportOutcome], door: Door, form: str, *, update: bool, dry: bool
) -> None:
    with nothing_written(), progress_bar() as report:
        outcome = work(ImportManner(update, dry, report))
    show_or_end(outcome.found, door, form)
    groups = (
        ("Geändert", outcome.changed),
        ("Von Hand geschrieben und so gelassen, obwohl die Quelle anderes sagt", outcome.kept),
        (
            "Nicht mehr in der Quelle; Angebote, die es nicht mehr gibt, beendet „nahraum retire“",
            outcome.gone,
        ),
        ("Von Hand gelöscht und so gelassen", outcome.dropped),
        ("Kennungen, wie sie jetzt heißen", outcome.ids),
        ("Nur das Gebiet im Straßenverzeichnis gefunden, keinen Punkt für das Haus", outcome.areas),
        ("Ohne Punkt, auch im Straßenverzeichnis steht keiner", outcome.nowhere),
    )
    for words in _groups(groups, whole=dry):
        click.echo(words)
    if outcome.points:
        click.echo(f"Punkt aus dem Straßenverzeichnis: {len(outcome.points)}")
    if words := _matches(outcome):
        click.echo(words)
    if outcome.unused:
        columns = ", ".join(f"„{name}“" for name in outcome.unused)
        click.echo(f"Nicht übernommene Spalten: {columns}.")
    summary = _summary(outcome)
    if dry:
        summary += _ONLY_SAID
    click.echo(summary)


def _matches(outcome: ImportOutcome) -> str:
    """Say what may be there already, as it can be written into the mapping; nothing where nothing is."""
    if not outcome.undecided:
        return ""
    waiting = f", dazu {outcome.waiting} Einträge, die auf sie verweisen" if outcome.waiting else ""
    return "\n".join(
        (
            f"Vielleicht schon von Hand eingetragen und nicht übernommen: {len(outcome.undecided)}{waiting}.",
            "Stimmt es, so in die Zuordnung schreiben; statt des Kürzels „new“, wenn es ein anderer Eintrag ist:",
            "same:",
            *(f"  {key}: {own}" for key, own in outcome.undecided.items()),
            "Danach denselben Befehl mit --update aufrufen.",
        )
    )


def _groups(groups: Iterable[tuple[str, list[str]]], *, whole: bool = False) -> Iterator[str]:
    """Yield each group with its first lines; with `whole` all of them."""
    for title, items in groups:
        if items:
            told = items if whole else items[:_SHOWN]
            left = len(items) - len(told)
            shown = "".join(f"\n  {item}" for item in told)
            more = f"\n  … und {left} weitere" if left else ""
            yield f"{title}: {len(items)}{shown}{more}"


def _summary(outcome: ImportOutcome) -> str:
    """Say what was written, by kinds of records, and how many stayed as they were."""
    parts = [_number_written(name, count) for name, count in outcome.written.items()]
    text = "Nichts zu ändern."
    if parts:
        text = f"Geschrieben: {', '.join(parts)}."
    if outcome.unchanged:
        text += f" Unverändert: {outcome.unchanged}."
    return text


def _number_written(name: str, count: int) -> str:
    """Say how much was written of a folder of records, of the street directory, or of another file."""
    if name == "streets":
        return f"{count} Hausnummernbereiche"
    kind = KIND_BY_FOLDER.get(name)
    if kind is None:
        return name
    return counted(count, kind.singular, kind.plural)
