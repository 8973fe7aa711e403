"""Find the command and return its exit code.

0 is fine, 1 problems in the data, 2 wrong use, 3 a bug of ours.
"""

from __future__ import annotations

import atexit
import gc
import io
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

import click

from generator.commands.guarding import guard, in_german, usage_text
from generator.diagnostics import TRACEBACK

WHERE = {
    "Täglich": {
        "check": ("building.check", "Einträge und Texte lesen und jeden Fehler erklären."),
        "serve": (
            "building.serve",
            "Die Website auf diesem Rechner zeigen; Änderungen sind sofort zu sehen.",
        ),
        "new": ("editing.new", "Einen neuen Eintrag mit Erklärungen anlegen."),
        "due": ("editing.due", "Zeigen, was nachzufragen oder zu übersetzen ist, und Mails dazu schreiben."),
        "confirm": ("editing.confirm", "Festhalten, dass Einträge heute geprüft sind."),
        "end": ("editing.end", "Ein Angebot, einen Ort, Träger oder ein Gebiet beenden."),
        "rename": ("editing.rename", "Einem Eintrag ein anderes Kürzel geben."),
        "table": ("importing.table", "Einträge als eine Tabelle ausgeben und ausgefüllt übernehmen."),
    },
    "Zahlen und Berichte": {
        "protect": (
            "figures_and_reports.protect",
            "Rohe Zahlen schützen und als Veröffentlichung ins Projekt schreiben.",
        ),
        "audit": ("figures_and_reports.audit", "Angreifen, was eingecheckt ist."),
        "publish": (
            "figures_and_reports.publish",
            "Einen Bericht veröffentlichen, berichtigen, zurückziehen, drucken.",
        ),
    },
    "Einrichten": {
        "init": ("setting_up.init", "Eine neue Stadt anlegen: Einstellungen, Texte, erste Einträge."),
        "import": ("importing.import_", "Gebiete oder Straßen aus Dateien übernehmen."),
        "build": ("building.build", "Die ganze Website bauen."),
        "schema": ("editing.schema", "JSON Schemas für Editoren schreiben."),
    },
    "Nachsehen": {
        "changes": ("changes.changes", "Sagen, was sich an Einträgen, Texten und Zahlen geändert hat."),
        "find": (
            "changes.find",
            "Suchen, wo ein Name, eine Nummer, ein Text steht, auch in früheren Fassungen.",
        ),
        "help": ("changes.help_", "Einen Befehl, eine Meldung oder eine Wortliste erklären."),
    },
}
"""Each command, as `--help` groups them: its module of `generator.commands` with the function, loaded when the command is asked for, and what `--help` says of it."""
COMMANDS = {name: where for group in WHERE.values() for name, where in group.items()}


# A process that ends frees what it holds anyway: to look through a whole town for garbage first takes a second.
atexit.register(gc.freeze)


class GermanHelp(click.HelpFormatter):
    """Writes help texts, with German headings and words in place of click's own."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, in_german(args), prefix or "Aufruf: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading({"Options": "Angaben", "Commands": "Befehle"}.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with their meaning."""
        super().write_dl([(in_german(name), in_german(text)) for name, text in rows], col_max, col_spacing)


click.Context.formatter_class = GermanHelp


class Commands(click.Group):
    """The commands of `WHERE`, each behind the guard."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run as a program, reporting wrong calls in German."""
        # Nearly all that is loaded and read lives until the end: looking for garbage takes a third of the time.
        gc.disable()
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A console of Windows knows few signs: one that it lacks is no reason to end.
                stream.reconfigure(errors="replace")
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            click.echo(usage_text(error), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Abgebrochen.", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, without loading any."""
        del ctx
        for heading, group in WHERE.items():
            with formatter.section(heading):
                formatter.write_dl([(name, does) for name, (_, does) in group.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or None."""
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            module, function = COMMANDS[cmd_name][0].split(".")
            self.add_command(guard(getattr(import_module(f"generator.commands.{module}"), function)))
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="nahraum", message="%(prog)s %(version)s", help="Die Version zeigen.")
@click.option(
    "--traceback",
    is_flag=True,
    envvar=TRACEBACK,
    help="Bei einem Fehler von Nahraum den Weg durch das Programm zeigen, für eine Meldung an uns.",
)
def main(traceback: bool) -> None:
    """Nahraum baut aus YAML-Dateien über Sozialräume, Träger und Angebote eine öffentliche Website.

    Ausgang: 0 alles gut, 1 Probleme in den Daten, 2 falscher Aufruf, 3 ein Fehler von Nahraum.
    """
    # Read by the guard of the command that runs.
    del traceback


if __name__ == "__main__":
    main(prog_name="nahraum")
