"""The commands of those who run a site's server."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.commands.answers import fail
from generator.commands.options import PROJECT
from generator.export.web_server import SERVERS, Served, policy
from generator.read.project import read_project


@click.command()
@click.argument("server", type=click.Choice(list(SERVERS)))
@PROJECT
@click.option(
    "--root",
    "folder",
    default="/srv/nahraum/site",
    show_default=True,
    help="Der Ordner mit der fertigen Website auf dem Server.",
)
def webserver(server: str, project: Path, folder: str) -> None:
    """Die Einstellungen eines Webservers zeigen, wie sie zu dieser Website gehören, zum Beispiel: nahraum webserver nginx.

    Adresse, Content Security Policy und Unterordner kommen aus site_config.yml. Geschrieben wird nichts.
    """
    if not re.fullmatch(r"[^\s\"';{}]+", folder):
        raise click.UsageError("--root nennt einen Ordner ohne Leerzeichen, Anführungszeichen und Klammern.")
    reading = read_project(project)
    if reading.site is None:
        fail(reading.found, reading.door)
    config = reading.site.config
    click.echo(SERVERS[server](Served(config.url, folder.rstrip("/"), policy(config))), nl=False)
