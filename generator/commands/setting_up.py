"""The command that founds a town: `init`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import click

from generator.commands.options_and_answers import AS_FORMAT, TODAY, fail, nothing_written
from generator.diagnostics import has_errors
from generator.edit.records.new_records import (
    PIPELINES,
    founded,
    publisher_of,
    read_settings_text,
    settings_text,
    unfit_levels,
)
from generator.files.disk import Disk, reason
from generator.files.writing import write_files
from generator.model.config import Forge, Land, SiteConfig
from generator.model.fields import VALUE_WORDS, value_for
from generator.pipeline.today import which_day

_LANDS = get_args(Land)
_IN_A_NEW_CLONE = (".git",)
"""What may lie in a folder that still counts as empty."""


class LandType(click.ParamType[str]):
    """A Land, by its name or its two letters."""

    name = "LAND"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the two letters."""
        found = value_for(str(value), _LANDS)
        if found is None:
            names = ", ".join(f"{VALUE_WORDS[land][0]} ({land})" for land in _LANDS)
            self.fail(
                f"„{value}“ ist kein Land der Bundesrepublik. Möglich sind: {names}. Für Österreich und die Schweiz ist Nahraum nicht gemacht: Gesetze, Nummern, Ferien und Postleitzahlen sind deutsche.",
                param,
                ctx,
            )
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
@click.argument("into", metavar="ORDNER", type=click.Path(path_type=Path))
@click.option(
    "--name", metavar="STADT", help="Wie die Stadt, die Gemeinde oder der Landkreis heißt: Musterstadt."
)
@click.option("--land", type=LandType(), help="Das Land, ausgeschrieben oder mit zwei Buchstaben: SH.")
@click.option(
    "--levels",
    type=NamesType(),
    help="Die Ebenen, die größte zuerst: „Stadt,Stadtteil,Quartier“ oder „Landkreis,Gemeinde“; so nennen es auch die Texte des Programms (territory). Ohne Angabe: Stadt,Sozialraum.",
)
@click.option(
    "--languages", type=NamesType(), help="Sprachen der Seite, Deutsch zuerst: „de,en“. Ohne Angabe: de."
)
@click.option(
    "--publisher", help="Wer die Seite herausgibt. Ohne Angabe: „Stadt“ oder was es ist, und der Name."
)
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
@click.option(
    "--cms", is_flag=True, help="Auch editor/ anlegen: ein Formular im Browser, siehe „nahraum schema --cms“."
)
@TODAY
@AS_FORMAT
def init(
    into: Path,
    config: Path | None,
    forge: str,
    examples: bool,
    cms: bool,
    today: dt.datetime | None,
    form: str,
    **options: Any,
) -> None:
    """Eine neue Stadt anlegen: Einstellungen, Texte und erste Einträge in einem leeren Ordner, fertig zum Einchecken.

    Fehlen --name oder --land, fragt der Befehl nach. Was er nicht weiß, bleibt in den Texten als [[…]] stehen, und „nahraum check“ nennt es.
    """
    _refuse_filled(into)
    if config is not None:
        settings, disk = _settings_of_file(config, options, form)
        file = disk.name(config)
    else:
        settings, disk = _settings_of_answers(_asked(options)), Disk(into.parent)
        file = "site_config.yml"
    site, found = read_settings_text(settings, file)
    if site is None or has_errors(found):
        fail(found, disk, form)
    if site.language != "de":
        raise click.UsageError(
            f"Die erste Sprache ist „{site.language}“. Nahraum beginnt mit deutschen Texten: „de“ an die erste Stelle setzen."
        )
    pipeline = None if forge == "none" else forge
    files = founded(site, settings, which_day(today), forge=pipeline, examples=examples)
    if cms:
        files |= _files_of_form(site, forge)
    with nothing_written():
        write_files(into, files)
    click.echo(f"{site.name} ist angelegt: {len(files)} Dateien in {into}.")
    if site.first_doors:
        click.echo(
            f"Mit dem Nötigsten, alles Weitere auf Deutsch (first_doors in site_config.yml): {', '.join(site.first_doors)}."
        )
    click.echo(
        f"Als Nächstes: cd {into}, dann „nahraum check“ (was noch zu tun ist) und „nahraum serve“ (die Seite auf diesem Rechner)."
    )


def _files_of_form(site: SiteConfig, forge: str) -> dict[str, str]:
    """Return the files of the form; UsageError for a forge where it can't propose."""
    from generator.edit.cms import NoProposals, form_files
    from generator.edit.schemas import named_words

    try:
        if site.forge is None and forge == "forgejo":
            site = site.model_copy(update={"forge": Forge(kind="forgejo", address=site.url)})
        return form_files(site, named_words(None))
    except NoProposals as error:
        raise click.UsageError(str(error)) from error


def _settings_of_file(config: Path, options: Mapping[str, Any], form: str) -> tuple[str, Disk]:
    """Read finished settings; UsageError beside other options."""
    if given := [f"--{name}" for name, value in options.items() if value is not None]:
        raise click.UsageError(f"Mit --config steht alles in der Datei; {', '.join(given)} geht nicht dazu.")
    disk = Disk(config.parent, config)
    text, found = disk.text(config)
    if text is None:
        fail(found, disk, form)
    return text, disk


_QUESTIONS = (
    ("name", "Wie heißt die Stadt, die Gemeinde oder der Landkreis?", None, None),
    ("land", "In welchem Land liegt das?", None, LandType()),
    (
        "levels",
        "Welche Ebenen gibt es, die größte zuerst (Landkreis,Gemeinde)?",
        "Stadt,Sozialraum",
        NamesType(),
    ),
    ("languages", "In welchen Sprachen soll die Seite sein?", "de", NamesType()),
    (
        "email",
        "An welche E-Mail-Adresse schreiben Leute, die einen Fehler finden? (leer: noch offen)",
        "",
        None,
    ),
)
"""What is asked where town or Land aren't said: for which option, the question, the usual answer and its type."""


def _asked(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new town's options, asking for missing ones."""
    answers = dict(options)
    if None not in (options["name"], options["land"]):
        return answers
    for name, question, usual, kind in _QUESTIONS:
        if answers[name] is None:
            answers[name] = click.prompt(question, usual, type=kind, show_default=bool(usual))
    return answers


def _settings_of_answers(options: Mapping[str, Any]) -> str:
    """Write a town's settings; UsageError for levels with equal id."""
    levels = options["levels"] or ("Stadt", "Sozialraum")
    if twice := unfit_levels(levels):
        raise click.UsageError(f"Zwei Ebenen heißen gleich oder haben keinen Buchstaben: {', '.join(twice)}.")
    town = options["name"]
    publisher = {
        "name": options["publisher"] or publisher_of(town, levels[0]),
        "office": options["office"] or "Jugendamt",
        "phone": options["phone"] or "",
        "email": options["email"] or "",
    }
    return settings_text(
        town, options["land"], levels, options["languages"] or ("de",), publisher, url=options["url"] or ""
    )


def _refuse_filled(folder: Path) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise click.UsageError(f"„{folder}“ ist eine Datei. Einen neuen Ordner nennen.")
    try:
        if folder.exists():
            names = sorted(path.name for path in folder.iterdir() if path.name not in _IN_A_NEW_CLONE)
        else:
            names = []
    except OSError as error:
        raise click.ClickException(f"„{folder}“ lässt sich nicht lesen: {reason(error)}") from error
    if names:
        shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        raise click.UsageError(
            f"Der Ordner „{folder}“ ist nicht leer ({shown}). Nichts wurde geschrieben; einen neuen Ordner nennen."
        )
