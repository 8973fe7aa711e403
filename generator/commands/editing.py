"""The commands of editors, such as `new`, `rename` and `end`."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from generator.commands.figures_and_reports import new_edition, new_report
from generator.commands.options_and_answers import (
    AS_FORMAT,
    INTERNAL,
    PROJECT,
    TODAY,
    Day,
    counted,
    fail,
    nothing_written,
)
from generator.commands.translating import LANGUAGE, confirm_translations, show_translations
from generator.diagnostics import meant
from generator.edit.new_figures import write_forms
from generator.edit.records import asking
from generator.edit.records.new_records import (
    INDICATOR,
    copied_record,
    new_record,
    short_template,
    template,
)
from generator.edit.records.rename_and_retire import Outcome, rename_record, retire
from generator.edit.schemas import Foreign as ForeignSchema
from generator.edit.schemas import (
    named_words,
    overlay_of,
    refresh_schemas,
    schemas,
    stale_schemas,
    words_of,
    write_editor_files,
    write_schemas,
)
from generator.edit.translation.translations import write_sheets
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.groups import Kind
from generator.model.kinds import KINDS, find_kind
from generator.pipeline.today import which_day
from generator.read.mkdocs_settings import read_settings
from generator.read.project import read_project


@click.command()
@click.argument("kind", metavar="ART")
@click.argument("id", metavar="KÜRZEL")
@PROJECT
@AS_FORMAT
@click.option("--space", help="Nur für report: das Gebiet, von dem der Bericht handelt.")
@click.option("--edition", help="Nur für report und edition: der Stand; sonst das Jahr.")
@click.option("--all", "every_field", is_flag=True, help="Alle Felder der Art, jedes erklärt.")
@click.option("--from", "source", metavar="KÜRZEL", help="Einen vorhandenen Eintrag dieser Art abschreiben.")
@click.option(
    "--private",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="ABLAGE",
    help="Nur für figures: der Ordner für rohe Zahlen, außerhalb des Projekts.",
)
@click.option("--areas", metavar="EBENE", help="Nur für figures: die Ebene der Gebiete.")
@click.option("--years", metavar="JAHRE", help="Nur für figures: 2023-2025 oder 2023,2024.")
@click.option("--by", metavar="KÜRZEL", help="Nur für figures: Aufgliederungen, gekreuzt, etwa age,sex.")
def new(
    kind: str,
    id: str,
    project: Path,
    form: str,
    space: str | None,
    edition: str | None,
    every_field: bool,
    source: str | None,
    private: Path | None,
    areas: str | None,
    years: str | None,
    by: str | None,
) -> None:
    """Einen neuen Eintrag anlegen, mit den Zeilen, die ein guter hat, zum Beispiel: nahraum new offer krabbelgruppe-nord.

    ART ist offer oder Angebot, provider oder Träger, KÜRZEL der Name der Datei. Vorhandenes wird nie überschrieben.

    Mit --from steht alles darin, was in dem anderen Eintrag steht, ohne Prüftag, Laufzeit, Termine, Plätze, Freigaben, Übersetzungen und
    Bemerkungen. Einen Bericht legt an: nahraum new report sozialraumbericht-nord --space nord. Seinen nächsten Stand, mit dem Text der
    letzten und den Zahlen von heute: nahraum new edition sozialraumbericht-nord. Eine Kennzahl: nahraum new indicator kita-quote.

    Rohe Zahlen kommen in eine Arbeitsmappe: nahraum new figures kita-quote --private ../rohdaten --areas quartier --years 2023-2025. Ist sie
    ausgefüllt, liest „nahraum protect ../rohdaten“ sie selbst. Fehlt die Kennzahl, wird ihre Beschreibung mit angelegt.
    """
    if kind.lower() in ("figures", "figure", "zahlen"):
        if private is None or areas is None or years is None:
            raise click.UsageError(
                f"Dazu gehören drei Angaben, etwa: nahraum new figures {id} --private ../rohdaten --areas quartier --years 2023-2025"
            )
        _new_figures(project, id, private, (areas, years, by or ""), form)
    elif kind.lower() in ("edition", "editions", "ausgabe", "ausgaben"):
        if source is not None or space is not None:
            raise click.UsageError(
                "Ein Stand geht immer vom letzten seines Berichts aus: --from und --space gibt es für ihn nicht."
            )
        new_edition(project, id, edition, form)
    elif kind.lower() in ("report", "reports", "bericht", "berichte"):
        if source is not None:
            raise click.UsageError("Ein Bericht wird nicht abgeschrieben: --from gibt es für ihn nicht.")
        new_report(project, id, space, edition, form)
    else:
        _new_record(project, kind, id, source, form, every_field=every_field)


def _new_figures(project: Path, id: str, private: Path, answers: tuple[str, str, str], form: str) -> None:
    """Write an indicator's forms and say what is next; `answers` are --areas, --years, --by."""
    levels, years, by = ([word.strip() for word in text.split(",") if word.strip()] for text in answers)
    ends = years[0].split("-") if len(years) == 1 else []
    if len(ends) == 2 and all(len(end) == 4 and end.isdigit() for end in ends):
        years = [str(year) for year in range(int(ends[0]), int(ends[1]) + 1)]
    written, found = write_forms(project, id, private, levels, years, by)
    if not written:
        fail(found, Disk(project), form)
    # One file is a draft definition; two are workbook and CSV; a third is the draft beside them.
    click.echo("Angelegt:\n" + "".join(f"  {path}\n" for path in written), nl=False)
    if len(written) == 1:
        click.echo("Zuerst die Kennzahl beschreiben; derselbe Befehl legt danach die Vordrucke an.")
        return
    if len(written) > 2:
        click.echo(f"Zuerst die Kennzahl beschreiben: {written[2]}. Danach die Zahlen einfügen.")
    click.echo(
        f"Zahlen in {written[0].name} oder {written[1].name} einfügen, in eine von beiden, und die Fragen darin beantworten; dann „nahraum protect {private}“."
    )


def _new_record(
    project: Path, kind: str, id: str, source: str | None, form: str, *, every_field: bool
) -> None:
    """Write a new or copied record; say what is next."""
    found_kind = find_kind(kind, (INDICATOR,)) or _find_kind_or_refuse(kind)
    if found_kind is INDICATOR and source is not None:
        raise click.UsageError("Eine Kennzahl wird nicht abgeschrieben: --from gibt es für sie nicht.")
    if not (project / "resources").is_dir() and not (project / "site_config.yml").is_file():
        raise click.UsageError(
            "Hier ist kein Projekt: site_config.yml und der Ordner resources/ fehlen. --project nennt einen anderen Ordner."
        )
    if source is not None:
        path, found = copied_record(project, found_kind, id, source)
    else:
        text = template(found_kind, words_of(project)) if every_field else short_template(found_kind)
        path, found = new_record(project, found_kind, id, text)
    if path is None:
        fail(found, Disk(project), form)
    refresh_schemas(project)
    if found_kind is INDICATOR:
        click.echo(
            f"{path} ist angelegt. Als Nächstes ausfüllen; die Werte schreibt „nahraum protect“ geschützt daneben, danach „nahraum check“."
        )
        return
    what = "Name und alles, was hier anders ist, ändern" if source else "ausfüllen"
    click.echo(f"{path} ist angelegt. Als Nächstes {what}, dann „nahraum check“.")


@click.command()
@click.argument("kind", metavar="ART")
@click.argument("old", metavar="ALT")
@click.argument("new", metavar="NEU")
@PROJECT
@AS_FORMAT
def rename(kind: str, old: str, new: str, project: Path, form: str) -> None:
    """Einem Eintrag ein anderes Kürzel geben, zum Beispiel: nahraum rename place treff treff-am-fluss.

    Alle Verweise in Einträgen und im Straßenverzeichnis folgen, in allen Dateien oder in keiner. Wo Texte in content/ das Kürzel nennen,
    steht danach da; sie bleiben, wie sie sind.
    """
    found_kind = _find_kind_or_refuse(kind)
    outcome = rename_record(project, found_kind, old, new)
    _print_outcome(outcome, form)
    refresh_schemas(project)
    if not found_kind.internal:
        click.echo(
            "Die Seite hat jetzt eine andere Adresse: Lesezeichen und Links von außen führen nicht mehr hin."
        )


@click.command()
@click.argument("id", metavar="KÜRZEL")
@click.option("--until", type=Day(), required=True, help="Der letzte Tag (JJJJ-MM-TT).")
@click.option(
    "--successor",
    "successors",
    multiple=True,
    metavar="KÜRZEL",
    help="Was danach kommt; bei Gebieten auch mehrere.",
)
@PROJECT
@TODAY
@AS_FORMAT
def end(
    id: str,
    until: dt.datetime,
    successors: tuple[str, ...],
    project: Path,
    today: dt.datetime | None,
    form: str,
) -> None:
    """Ein Angebot, einen Ort, Träger oder ein Gebiet beenden: letzter Tag, Zustand und Nachfolge; danach steht da, wer es noch nennt.

    Die Seite bleibt und sagt, dass es zu Ende ist und was danach kommt, bei Geschütztem ohne Tag und Nachfolge. Liegt der letzte Tag noch vor
    uns, läuft es bis dahin weiter. Tragen zwei denselben Namen, steht der Ordner davor: nahraum end places/treff --until 2026-12-31.
    """
    _print_outcome(retire(project, id, until.date(), successors, which_day(today)), form)


def _find_kind_or_refuse(name: str) -> Kind:
    found = find_kind(name)
    if found is None:
        names = [item.folder for item in KINDS]
        both = [f"{item.folder} ({item.singular})" for item in KINDS]
        hint = meant(name, names) or f"Möglich sind: {', '.join(both)}."
        raise click.UsageError(f"„{name}“ ist keine Art von Einträgen. {hint}")
    return found


def _print_outcome(outcome: Outcome, form: str) -> None:
    """Print what changed and what to look at, or errors."""
    if outcome.found:
        fail(outcome.found, outcome.disk, form)
    click.echo("Geschrieben:\n" + "".join(f"  {name}\n" for name in outcome.changed), nl=False)
    if outcome.mentions:
        click.echo("Noch so genannt, bitte ansehen:")
        click.echo("".join(f"  {place.file}:{place.line}\n" for place in outcome.mentions), nl=False)
    if outcome.elsewhere:
        click.echo(
            f"Die interne Ablage ({outcome.elsewhere}) liegt nicht in diesem Ordner: Dort bitte selbst nachsehen."
        )


@click.command()
@PROJECT
@TODAY
@INTERNAL
@click.option(
    "--by",
    type=click.Choice([*asking.GROUPS, "day"]),
    default="address",
    show_default=True,
    help="Wonach geordnet: Adresse, Träger, Amt, Gebiet oder Tag.",
)
@click.option(
    "--ahead",
    type=click.IntRange(0, 730),
    default=30,
    show_default=True,
    metavar="TAGE",
    help="Auch zeigen, was in so vielen Tagen fällig wird.",
)
@click.option(
    "--mail",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="ORDNER",
    help="Je Adresse eine Mail zum Absenden schreiben (.eml), in einen Ordner außerhalb des Projekts.",
)
@click.option(
    "--translations", is_flag=True, help="Stattdessen: was in anderen Sprachen fehlt oder veraltet ist."
)
@LANGUAGE
@click.option(
    "--sheets",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="ORDNER",
    help="Stattdessen: die Wörter der Gefahr als Bögen zum Drucken, einen je Sprache. Wer sie spricht, liest, ergänzt und unterschreibt.",
)
def due(
    project: Path,
    today: dt.datetime | None,
    internal: bool,
    by: str,
    ahead: int,
    mail: Path | None,
    translations: bool,
    languages: tuple[str, ...],
    sheets: Path | None,
) -> None:
    """Zeigen, was nachzufragen ist: bei wem, unter welchem Telefon, seit wann.

    Mit --mail entsteht je Adresse eine Mail, die nach Zeiten, Kontakt, Wartezeit und Schließzeiten fragt. Wer nicht antwortet, wird angerufen. Was
    gefragt wurde, steht nur in jenem Ordner; „nahraum confirm“ hält die Antwort fest.

    Mit --translations: Übersetzt wird auf dem Blatt „Übersetzungen“ von „nahraum table out DATEI.xlsx“, dann: nahraum table in DATEI.xlsx
    --sheet Übersetzungen. Seiten in content/ sind eigene Dateien und stehen nur in der Liste. Aus welchem deutschen Text etwas übersetzt ist,
    merkt sich Nahraum in resources/translations.csv; wer von Hand übersetzt, hält es mit „nahraum confirm --translations“ fest.
    """
    if sheets is not None:
        with nothing_written():
            click.echo("\n".join(map(str, write_sheets(project, sheets))))
        return
    if translations:
        show_translations(project, languages)
        return
    day = which_day(today)
    if mail is not None and (internal or os.environ.get("CI")):
        raise click.UsageError(
            "--mail geht nicht mit --internal und nicht in Abläufen (CI): Mails schickt ein Mensch."
        )
    if mail is not None and mail.resolve().is_relative_to(project.resolve()):
        raise click.UsageError(
            "--mail: Der Ordner liegt im Projekt. Adressen und Antworten gehören nicht in git."
        )
    reading = read_project(project, internal=internal)
    if reading.site is None:
        fail(reading.found, reading.disk)
    found = asking.find_reminders(reading.site, day, dt.timedelta(days=ahead))
    asked = asking.questions(reading.site, found)
    if mail is not None:
        with nothing_written():
            number = asking.write_mails(reading.site, asked, reading, mail, day)
        without = sum(not one.contact.email for one in asked)
        click.echo(
            f"{counted(number, 'Mail', 'Mails')} in {mail}, in jeder höchstens {asking.MOST} Einträge. Ohne E-Mail, bitte anrufen: {without}."
        )
    elif by == "day":
        click.echo(asking.as_text(found, day), nl=False)
    else:
        for line in asking.lines_to_ask(reading.site, asked, day, by):
            click.echo(line)
        # What nobody has checked stands in the lines above.
        others = tuple(item for item in found if item.topic.id != "checked")
        click.echo(
            asking.as_text(others, day) if others or not asked else f"{len(asked)} zu fragen.\n", nl=False
        )


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="KÜRZEL…")
@click.option(
    "--translations",
    is_flag=True,
    help="Festhalten, dass die Übersetzung sagt, was heute auf Deutsch dasteht; KÜRZEL sind dann offers/krabbelgruppe, content/ueber/index.md oder all.",
)
@LANGUAGE
@click.option(
    "--asked",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="ORDNER",
    help="Der Ordner von „nahraum due --mail“: Was sich seit der Frage geändert hat, wird noch einmal gefragt.",
)
@PROJECT
@TODAY
@AS_FORMAT
def confirm(
    ids: tuple[str, ...],
    translations: bool,
    languages: tuple[str, ...],
    asked: Path | None,
    project: Path,
    today: dt.datetime | None,
    form: str,
) -> None:
    """Festhalten, dass Einträge heute geprüft sind: nur der Tag unter checked, sonst nichts."""
    if translations:
        confirm_translations(project, ids, languages, form)
        return
    reading = read_project(project)
    if reading.site is None:
        fail(reading.found, reading.disk, form)
    done = asking.confirmation(reading, reading.site, ids, asked, which_day(today))
    if done.found:
        fail(done.found, reading.disk, form)
    if done.changed:
        click.confirm(
            f"Seit der Frage geändert: {', '.join(done.changed)}. Trotzdem als geprüft festhalten?",
            abort=True,
        )
    with nothing_written():
        write_files(project, dict(done.files))
    click.echo("Geprüft: " + ", ".join(ids))


@click.command()
@PROJECT
@INTERNAL
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Zielordner; sonst schemas/ im Projekt, mit --internal neben der internen Ablage.",
)
@click.option(
    "--check", "only_check", is_flag=True, help="Nichts schreiben; Ausgang 1, wenn ein Schema veraltet ist."
)
@click.option(
    "--editor",
    is_flag=True,
    help="Auch .vscode/, .editorconfig und .pre-commit-config.yaml anlegen, wo sie fehlen.",
)
@click.option(
    "--cms",
    is_flag=True,
    help="Stattdessen: editor/ schreiben, ein Formular im Browser für Leute, die kein YAML schreiben (Sveltia CMS).",
)
def schema(
    project: Path, internal: bool, output: Path | None, only_check: bool, editor: bool, cms: bool
) -> None:
    """JSON Schemas für Editoren schreiben: eines je Art, je Liste und für site_config.yml.

    Sie kennen die Wörter dieses Projekts und die Kürzel seiner Einträge mit Namen. „nahraum new“ und „nahraum rename“ bringen sie auf den
    neuen Stand, wenn sie da sind.

    Das Formular (--cms) kennt Angebote, Orte und Träger, keine geschützten Häuser. Es schlägt vor und schreibt nie in den Zweig der Website.
    """
    if cms:
        _write_form(project)
        return
    folder = _folder_of_schemas(project, output, internal=internal)
    fresh = schemas(project if (project / "resources").is_dir() else None, internal=internal)
    use = stale_schemas if only_check else write_schemas
    try:
        changed = use(folder, fresh)
    except ForeignSchema as error:
        raise click.ClickException(
            f"{error} ist kein Schema von Nahraum. Nichts wurde geschrieben; mit -o einen eigenen Ordner nennen."
        ) from error
    if only_check and changed:
        click.echo("Veraltet: " + ", ".join(changed) + ". „nahraum schema“ schreibt sie neu.")
        sys.exit(1)
    if changed:
        click.echo(f"{len(changed)} Schemas geschrieben: {folder}")
    else:
        click.echo("Alle Schemas sind aktuell.")
    if editor and not only_check:
        written = ", ".join(write_editor_files(folder.parent))
        click.echo(
            f"Angelegt: {written}."
            if written
            else "Für Editoren ist schon alles da; nichts davon wurde geändert."
        )


def _write_form(project: Path) -> None:
    """Write the form of Sveltia CMS for the project's settings and words."""
    from generator.edit.cms import NoProposals, form_files, write_form

    disk = Disk(project)
    config, _, found = read_settings(disk)
    if config is None:
        fail(found, disk)
    try:
        with nothing_written():
            write_form(project, form_files(config, named_words(project)))
    except NoProposals as error:
        raise click.UsageError(str(error)) from error
    except ForeignSchema as error:
        raise click.ClickException(
            f"{error} ist nicht von Nahraum. Nichts wurde geschrieben; die Datei anders nennen."
        ) from error
    click.echo(
        "editor/ ist geschrieben. Was noch danebengehört und wohin der Ordner kommt, steht in docs/formular.md."
    )


def _folder_of_schemas(project: Path, output: Path | None, *, internal: bool) -> Path:
    """Return the schemas' folder; UsageError if internal ones would be public."""
    overlay = overlay_of(project) if internal else None
    folder = output or (overlay.parent if overlay else project) / "schemas"
    if internal and not output and overlay is None:
        raise click.UsageError(
            "site_config.yml nennt keine interne Ablage (overlay): --internal geht hier nicht."
        )
    if internal and folder.resolve() == (project / "schemas").resolve():
        raise click.UsageError(
            "Mit --internal stehen Namen der internen Ablage darin: nicht in schemas/ des öffentlichen Projekts."
        )
    return folder
