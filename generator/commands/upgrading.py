"""The command for whoever brings in a new version of Nahraum: an older town is lifted to its format."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from generator.commands.answers import counted, fail
from generator.commands.options import FORMAT as FORM
from generator.commands.options import PROJECT
from generator.edit.records.upgrade_and_format import (
    NoWayBack,
    Upgrade,
    differences,
    upgrade_of,
    write_upgrade,
)
from generator.edit.schemas.schemas import refresh_schemas
from generator.model.earlier_formats import FORMAT


@click.command()
@PROJECT
@click.option("--write", is_flag=True, help="Schreiben, was ohne dies nur gezeigt wird.")
@click.option(
    "--backup",
    type=click.Path(file_okay=False, path_type=Path),
    help="Ein neuer Ordner für Kopien der Dateien, wie sie jetzt sind. Ohne ihn müssen sie in git eingecheckt sein.",
)
@FORM
def upgrade(project: Path, write: bool, backup: Path | None, form: str) -> None:
    """Eine Stadt, die für ein älteres Nahraum geschrieben ist, auf das heutige Format heben.

    Zeigt Zeile für Zeile, was sich ändert und warum; mit --write steht es danach da, in allen Dateien oder in keiner. Alles andere bleibt,
    wie es ist. Der Befehl sagt, wie man es rückgängig macht, und ein zweiter Lauf ändert nichts. Welches Format gilt, steht als
    „format“ in site_config.yml; Ausgaben von Berichten bleiben für immer in ihrem.
    """
    if backup is not None and not write:
        raise click.UsageError("--backup gehört zu --write; ohne --write wird nichts geschrieben.")
    found = upgrade_of(project)
    if found.found:
        fail(found.found, found.door, form)
    if not found.after:
        click.echo(f"Diese Stadt ist schon im Format {FORMAT}. Nichts wurde geschrieben.")
        return
    _tell(found)
    if not write:
        click.echo("Nichts wurde geschrieben; das macht „nahraum upgrade --write“.")
        return
    try:
        write_upgrade(project, found, backup)
    except NoWayBack as error:
        raise click.ClickException(f"Nichts wurde geschrieben. {error}.") from error
    refresh_schemas(project)
    click.echo(f"Geschrieben: {counted(len(found.after), 'Datei', 'Dateien')}.")
    if backup is None:
        names = " ".join(shlex.quote(name) for name in sorted(found.after))
        click.echo(f"Rückgängig: git checkout -- {names}")
    else:
        click.echo(f"Rückgängig: was in {backup} liegt, wieder in den Ordner der Stadt kopieren.")


def _tell(found: Upgrade) -> None:
    """Print what changes and why, line by line."""
    click.echo(f"Von Format {found.written} auf Format {FORMAT}:")
    for sentence in found.says:
        click.echo(f"  {sentence}")
    for line in differences(found):
        click.echo(line)
    if found.elsewhere:
        click.echo(
            f"Die interne Ablage ({found.elsewhere}) liegt nicht in diesem Ordner: Sie bleibt, wie sie ist; „nahraum check --internal“ sagt, was dort zu ändern ist."
        )
