"""The command by which a house searches for what only it knows."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import click

from generator.commands.options_and_answers import PROJECT
from generator.files.git import kept_files
from generator.read.hidden_places import folded_words
from generator.read.seen_text import words_of


def _folded(text: str) -> str:
    """Return only letters and digits, ß as ss."""
    return "".join(folded_words(text))


@click.command()
@PROJECT
@click.option(
    "--private",
    "_typed",
    is_flag=True,
    required=True,
    help="Die Wörter werden getippt, nicht gezeigt und nirgends aufgehoben.",
)
@click.argument(
    "folders", nargs=-1, metavar="[ORDNER]…", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def find(project: Path, _typed: bool, folders: tuple[Path, ...]) -> None:
    """Nach Straße, Haus, Haltestelle oder Nachbarn eines geschützten Hauses suchen, ohne sie aufzuschreiben.

    Gesucht wird in allem, was git aufhebt, in der gebauten Website (site/) und in weiteren Ordnern, etwa einer
    heruntergeladenen Kopie; auch in Teilen von Wörtern und mit ss für ß. Gezeigt werden Datei und Zeile, nie das Wort.
    """
    if os.environ.get("CI"):
        raise click.UsageError("In CI stünden die Wörter im Protokoll: auf dem eigenen Rechner suchen.")
    typed = click.prompt("Wörter, durch Komma getrennt (unsichtbar)", hide_input=True)
    wanted = [_folded(word) for word in typed.split(",")]
    wanted = [word for word in wanted if len(word) > 2]
    if not wanted:
        raise click.UsageError("Kein Wort mit drei Buchstaben.")
    paths = [project / name for name in kept_files(project)]
    for folder in (project / "site", *folders):
        paths += [path for path in sorted(folder.rglob("*")) if path.is_file()]
    hits = 0
    for path in dict.fromkeys(paths):
        data = path.read_bytes() if path.is_file() else b""
        text = words_of(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data) or data.decode("latin-1")
        lines = [
            number
            for number, line in enumerate(text.splitlines(), 1)
            if any(one in _folded(line) for one in wanted)
        ]
        if lines or any(one in _folded(str(path)) for one in wanted):
            hits += 1
            click.echo(f"{path}: {', '.join(map(str, lines[:20])) or 'im Namen'}")
    click.echo(f"{hits or 'Keine'} Dateien. Bilder und die Geschichte von git sehen Sie selbst an.")
    raise SystemExit(1 if hits else 0)
