"""The commands that bring records in: areas from GeoJSON, offers and streets from tables."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from generator.commands.answers import show
from generator.commands.options import FORMAT
from generator.diagnostics import has_errors
from generator.diagnostics.progress import Progress
from generator.edit.area_import import AreaColumns, import_areas
from generator.edit.incoming import ImportOutcome
from generator.edit.offer_import import import_offers
from generator.edit.street_import import import_streets
from generator.files.door import Door
from generator.files.refusals import reason
from generator.model.kinds import KIND_BY_FOLDER
from generator.pipeline.progress_bar import progress_bar

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


@click.group("import")
def import_() -> None:
    """Gebiete, Angebote oder Straßen aus Dateien übernehmen.

    Ist irgendetwas nicht in Ordnung, wird nichts geschrieben und jede Meldung nennt Zeile und Spalte.
    """


@import_.command()
@FILE
@click.option("--level", required=True, help="Die Ebene aus site_config.yml, etwa sozialraum.")
@click.option(
    "--id", "key", required=True, metavar="PROP", help="Eigenschaft mit der Kennung; führende Nullen bleiben."
)
@click.option("--name", required=True, metavar="PROP", help="Eigenschaft mit dem Namen.")
@click.option("--code", metavar="PROP", help="Eigenschaft mit dem amtlichen Schlüssel.")
@click.option("--parent", metavar="PROP", help="Eigenschaft mit der Kennung des Gebiets darüber.")
@click.option(
    "--parent-prefix",
    type=click.IntRange(1, 40),
    metavar="N",
    help="Das Gebiet darüber sind die ersten N Zeichen der Kennung.",
)
@click.option("--parent-id", metavar="ID", help="Alle Gebiete der Datei gehören zu diesem.")
@INTO
@UPDATE
@FORMAT
def areas(
    file: Path,
    level: str,
    key: str,
    name: str,
    code: str | None,
    parent: str | None,
    parent_prefix: int | None,
    parent_id: str | None,
    into: Path,
    update: bool,
    form: str,
) -> None:
    """Gebiete aus einer GeoJSON-Datei übernehmen.

    PROP ist der Name einer Eigenschaft oder ein Text mit Eigenschaften in spitzen Klammern: "bez-<Schluessel[-2:]>".
    """
    if sum(item is not None for item in (parent, parent_prefix, parent_id)) > 1:
        raise click.UsageError("Nur eines von --parent, --parent-prefix und --parent-id angeben.")
    columns = AreaColumns(key, name, code, parent, parent_prefix, parent_id)
    door = Door(into, file)
    _run(lambda report: import_areas(file, level, columns, into, update=update, progress=report), door, form)


@import_.command()
@FILE
@MAP
@INTO
@UPDATE
@FORMAT
def offers(file: Path, mapping: Path, into: Path, update: bool, form: str) -> None:
    """Angebote, Orte und Träger aus einer Tabelle (CSV) übernehmen."""
    door = Door(into, file, mapping)
    _run(lambda report: import_offers(file, mapping, into, update=update, progress=report), door, form)


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


def _run(work: Callable[[Progress], ImportOutcome], door: Door, form: str) -> None:
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
    click.echo(_summary(outcome))


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
