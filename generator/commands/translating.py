"""What `due` and `confirm` do about translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from generator.commands.options_and_answers import counted, fail, nothing_written
from generator.diagnostics import has_errors, meant
from generator.edit.translation.translations import (
    FILE,
    STATES,
    TextPlace,
    Translations,
    confirm,
    to_do,
    translations_of,
    unread,
)
from generator.model.site import Site
from generator.read.project import read_project

_ALL = "all"


LANGUAGE = click.option(
    "--language", "-l", "languages", multiple=True, metavar="SPRACHE", help="Nur diese Sprache, etwa en."
)


def show_translations(project: Path, languages: tuple[str, ...]) -> None:
    """Answer `nahraum due --translations`."""
    site, known = _read_translations(project, "text")
    chosen = _check_chosen_languages(known, languages)
    for language in chosen:
        _print_translation_state(known, language)
    counts = ", ".join(f"{language} {count}" for language, count in unread(site.words).items())
    if counts:
        click.echo(f"Wörter für andere Stellen (elsewhere), die niemand bestätigt hat: {counts}")
    if not chosen:
        click.echo("Diese Seite hat nur eine Sprache. Weitere nennt „languages“ in site_config.yml.")


def _read_translations(project: Path, form: str) -> tuple[Site, Translations]:
    reading = read_project(project)
    known = translations_of(reading)
    if reading.site is None or has_errors(reading.found):
        fail(reading.found, reading.disk, form)
    if known.found:
        fail(known.found, reading.disk, form)
    return reading.site, known


def _check_chosen_languages(known: Translations, languages: tuple[str, ...]) -> tuple[str, ...]:
    for language in languages:
        if language not in known.languages:
            possible = ", ".join(known.languages) or "keine"
            raise click.UsageError(
                f"„{language}“ ist keine weitere Sprache dieser Seite. In site_config.yml stehen: {possible}."
            )
    return languages or known.languages


def _print_translation_state(known: Translations, language: str) -> None:
    counts = Counter(place.state for place in known.places.values() if place.key[2] == language)
    words = [f"{counts[state]} {word}" for state, word in STATES.items() if counts[state]]
    click.echo(f"{language}: {', '.join(words) or 'nichts zu übersetzen'}")
    for (word, record), names in _by_record(to_do(known, language)).items():
        line = f"  {word:<16} {record}"
        if names:
            line += f": {', '.join(names)}"
        click.echo(line)
    if counts["unnoted"]:
        click.echo(
            f"  {counts['unnoted']} Übersetzungen sind nicht vermerkt: Ob sie noch stimmen, weiß Nahraum erst nach „nahraum confirm --translations …“."
        )


def _by_record(places: Iterable[TextPlace]) -> dict[tuple[str, str], list[str]]:
    """Return texts' names by (what is to be done, record or page); a page is one text without name."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in places:
        # The key is record, text's name (none of a page), language.
        page = not place.key[1]
        record = place.file if page else place.key[0]
        names = found.setdefault((STATES[place.state], record), [])
        if not page:
            names.append(place.key[1])
    return found


def confirm_translations(
    project: Path, names: tuple[str, ...], languages: tuple[str, ...], form: str
) -> None:
    """Answer `nahraum confirm --translations`; `names` are records, pages or `all`."""
    _, known = _read_translations(project, form)
    chosen = _check_chosen_languages(known, languages)
    records = {key[0] for key in known.places}
    for name in names:
        if name not in records and name != _ALL:
            hint = (
                meant(name, records)
                or "Gemeint ist etwas wie offers/krabbelgruppe; alles zusammen heißt all."
            )
            raise click.UsageError(f"„{name}“ ist kein Eintrag mit Übersetzungen. {hint}")
    with nothing_written():
        count = confirm(project, known, () if _ALL in names else names, chosen)
    if not count:
        click.echo("Nichts festzuhalten: Was hier übersetzt ist, ist schon vermerkt.")
        return
    click.echo(f"{counted(count, 'Übersetzung', 'Übersetzungen')} in {FILE} vermerkt.")
