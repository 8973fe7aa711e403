"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.diagnostics.formats import FORMATS
from generator.model.dates import FIRST_YEAR, LAST_YEAR


class Day(click.DateTime):
    """A day of a year that calendars and deadlines can be reckoned for."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day; a year that nobody can mean is wrong use."""
        day = super().convert(value, param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"„{value}“ liegt nicht zwischen {FIRST_YEAR} und {LAST_YEAR}.", param, ctx)
        return day


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
    type=Day(),
    envvar="NAHRAUM_TODAY",
    help="So tun, als wäre heute dieser Tag (JJJJ-MM-TT); sonst gilt SOURCE_DATE_EPOCH oder die Uhr.",
)
DATE = click.option("--date", "day", type=Day(), help="Der Tag der Ausgabe (JJJJ-MM-TT); sonst heute.")
NOTE = click.option(
    "--note", default="", help="Ein Satz für das Verzeichnis der Ausgaben: was neu ist und warum."
)
INTERNAL = click.option(
    "--internal",
    is_flag=True,
    # Known before `--untrusted` is looked at, in whatever order they are written.
    is_eager=True,
    help="Die interne Ablage (overlay in site_config.yml) über die öffentlichen Einträge legen.",
)


def _only_public(context: click.Context, _param: click.Parameter, value: bool) -> bool:
    if value and context.params.get("internal"):
        raise click.UsageError(
            "--untrusted und --internal gehen nicht zusammen: Fremde sehen nichts Internes."
        )
    return value


UNTRUSTED = click.option(
    "--untrusted",
    is_flag=True,
    callback=_only_public,
    help="Für Vorschläge von Fremden: keine hooks, keine Verweise (Links), nichts von anderen Servern.",
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
