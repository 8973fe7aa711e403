"""The command with which a town begins: a new project, ready to be pushed."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import get_args

import click

from generator.commands.answers import fail
from generator.commands.options import FORMAT, TODAY
from generator.diagnostics import has_errors
from generator.edit.records.founding import (
    PIPELINES,
    founded,
    read_settings_text,
    settings_text,
    unfit_levels,
)
from generator.files.door import Door
from generator.files.refusals import reason
from generator.files.writing import write_files
from generator.model.config import Land
from generator.model.german import VALUES, value_for
from generator.pipeline.today import which_day

_LANDS = get_args(Land)
_OWN = (".git",)
"""What may already lie in a folder that counts as empty: it was cloned."""


class LandType(click.ParamType[str]):
    """A Land, by its name or its two letters."""

    name = "LAND"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the two letters."""
        found = value_for(str(value), _LANDS)
        if found is None:
            names = ", ".join(f"{VALUES[land][0]} ({land})" for land in _LANDS)
            self.fail(f"„{value}“ ist kein Land. Möglich sind: {names}.", param, ctx)
        return found


class NamesType(click.ParamType[tuple[str, ...]]):
    """Several names with commas between them."""

    name = "A,B,C"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names."""
        if isinstance(value, tuple):
            return value
        names = tuple(item.strip() for item in str(value).split(",") if item.strip())
        if not names:
            self.fail("Es fehlt mindestens ein Name.", param, ctx)
        return names


@click.command()
@click.argument("into", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--name", "town", metavar="STADT", help="Wie die Stadt heißt: Musterstadt.")
@click.option("--land", type=LandType(), help="Das Land, ausgeschrieben oder mit zwei Buchstaben: SH.")
@click.option(
    "--levels",
    type=NamesType(),
    help="Die Ebenen, die größte zuerst: „Stadt,Stadtteil,Quartier“. Ohne Angabe: Stadt,Sozialraum.",
)
@click.option(
    "--languages", type=NamesType(), help="Sprachen der Seite, Deutsch zuerst: „de,en“. Ohne Angabe: de."
)
@click.option("--publisher", help="Wer die Seite herausgibt. Ohne Angabe: „Stadt“ und der Name.")
@click.option("--office", help="Das Amt, das sie pflegt: Jugendamt.")
@click.option("--phone", help="Seine Telefonnummer.")
@click.option("--email", help="Seine E-Mail-Adresse. Dorthin schreiben Leute, die einen Fehler finden.")
@click.option("--url", help="Die Adresse, unter der die Seite einmal steht.")
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Statt aller Angaben: eine fertige site_config.yml.",
)
@click.option(
    "--forge",
    type=click.Choice([*PIPELINES, "none"]),
    default="gitlab",
    show_default=True,
    help="Wofür die Datei geschrieben wird, nach der geprüft und gebaut wird.",
)
@click.option(
    "--examples/--no-examples",
    default=True,
    show_default=True,
    help="Je zwei erklärte Einträge zum Abschreiben dazulegen.",
)
@TODAY
@FORMAT
def init(
    into: Path,
    town: str | None,
    land: str | None,
    levels: tuple[str, ...] | None,
    languages: tuple[str, ...] | None,
    publisher: str | None,
    office: str | None,
    phone: str | None,
    email: str | None,
    url: str | None,
    config: Path | None,
    forge: str,
    examples: bool,
    today: dt.datetime | None,
    form: str,
) -> None:
    """Eine neue Stadt anlegen: Einstellungen, Texte und erste Einträge in einem leeren Ordner, fertig zum Einchecken.

    Fehlen --name oder --land, fragt der Befehl nach. Was er nicht weiß, bleibt in den Texten als [[…]] stehen, und „nahraum check“ nennt es.
    """
    _refuse_filled(into)
    if config is not None:
        if given := [
            name
            for name, value in (
                ("--name", town), ("--land", land), ("--levels", levels), ("--languages", languages), ("--publisher", publisher),
                ("--office", office), ("--phone", phone), ("--email", email), ("--url", url),
            )
            if value is not None
        ]:  # fmt: skip
            raise click.UsageError(
                f"Mit --config steht alles in der Datei; {', '.join(given)} geht nicht dazu."
            )
        door = Door(config.parent, config)
        text, found = door.text(config)
        if text is None:
            fail(found, door, form)
        settings, file = text, door.name(config)
    else:
        asks = town is None or land is None
        town = town or click.prompt("Wie heißt die Stadt?")
        land = land or click.prompt("In welchem Land liegt sie?", type=LandType())
        if asks and levels is None:
            levels = click.prompt(
                "Welche Ebenen hat sie, die größte zuerst?", "Stadt,Sozialraum", type=NamesType()
            )
        if asks and languages is None:
            languages = click.prompt("In welchen Sprachen soll die Seite sein?", "de", type=NamesType())
        if asks and email is None:
            email = click.prompt(
                "An welche E-Mail-Adresse schreiben Leute, die einen Fehler finden? (leer: noch offen)",
                "",
                show_default=False,
            )
        levels, languages = levels or ("Stadt", "Sozialraum"), languages or ("de",)
        if twice := unfit_levels(levels):
            raise click.UsageError(
                f"Zwei Ebenen heißen gleich oder haben keinen Buchstaben: {', '.join(twice)}."
            )
        who = {"name": publisher or f"Stadt {town}", "office": office or "Jugendamt"}
        who |= {"phone": phone or "", "email": email or ""}
        settings, file = settings_text(town, land, levels, languages, who, url=url or ""), "site_config.yml"
        door = Door(into.parent)
    site, found = read_settings_text(settings, file)
    if site is None or has_errors(found):
        fail(found, door, form)
    if site.language != "de":
        raise click.UsageError(
            f"Die erste Sprache ist „{site.language}“. Nahraum beginnt mit deutschen Texten: „de“ an die erste Stelle setzen."
        )
    files = founded(
        site, settings, which_day(today), forge=None if forge == "none" else forge, examples=examples
    )
    _write(into, files)
    click.echo(f"{site.name} ist angelegt: {len(files)} Dateien in {into}.")
    click.echo(
        f"Als Nächstes: cd {into}, dann „nahraum check“ (was noch zu tun ist) und „nahraum serve“ (die Seite auf diesem Rechner)."
    )


def _refuse_filled(folder: Path) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise click.UsageError(f"„{folder}“ ist eine Datei. Einen neuen Ordner nennen.")
    try:
        if folder.exists():
            there = sorted(path.name for path in folder.iterdir() if path.name not in _OWN)
        else:
            there = []
    except OSError as error:
        raise click.ClickException(f"„{folder}“ lässt sich nicht lesen: {reason(error)}") from error
    if there:
        shown = ", ".join(there[:3]) + (" …" if len(there) > 3 else "")
        raise click.UsageError(
            f"Der Ordner „{folder}“ ist nicht leer ({shown}). Nichts wurde geschrieben; einen neuen Ordner nennen."
        )


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        write_files(folder, files)
    except OSError as error:
        raise click.ClickException(f"Nichts wurde geschrieben: {reason(error)}") from error
