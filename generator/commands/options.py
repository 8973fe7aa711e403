"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from generator.report import FORMATS

PROJECT = click.option(
    "--project",
    "-p",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Ordner des Projekts (mit site_config.yml).",
    show_default="dieser Ordner",
)
TODAY = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="NAHRAUM_TODAY",
    help="So tun, als wäre heute dieser Tag (JJJJ-MM-TT); sonst gilt SOURCE_DATE_EPOCH oder die Uhr.",
)
INTERNAL = click.option(
    "--internal",
    is_flag=True,
    help="Die interne Ablage (overlay in site_config.yml) über die öffentlichen Einträge legen.",
)
FORMAT = click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Ausgabe der Meldungen.",
)
