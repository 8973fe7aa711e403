"""Find the command and return its exit code.

0 is fine, 1 problems in the data, 2 wrong use, 3 a bug of ours.
"""

from __future__ import annotations

import atexit
import gc
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from generator.commands.guarding import guard, usage_text
from generator.diagnostics import TRACEBACK

WHERE = {
    "check": ("building.check", "Einträge und Texte lesen und jeden Fehler erklären."),
    "explain": ("building.explain", "Eine Meldung ausführlich erklären."),
    "build": ("building.build", "Die ganze Website bauen."),
    "serve": ("building.serve", "Die Website auf diesem Rechner zeigen; Änderungen sind sofort zu sehen."),
    "init": ("setting_up.init", "Eine neue Stadt anlegen: Einstellungen, Texte, erste Einträge."),
    "find": ("finding.find", "Nach Wörtern suchen, die nur ein geschütztes Haus kennt."),
    "new": ("editing.new", "Einen neuen Eintrag mit Erklärungen anlegen."),
    "rename": ("editing.rename", "Einem Eintrag ein anderes Kürzel geben."),
    "retire": ("editing.retire", "Ein Angebot beenden."),
    "due": ("editing.due", "Zeigen, was nachzufragen ist, und Mails dazu schreiben."),
    "confirm": ("editing.confirm", "Festhalten, dass Einträge heute geprüft sind."),
    "history": ("editing.history", "Aus git lesen, seit wann es Angebote gibt und was sich änderte."),
    "difference": (
        "editing.difference",
        "In Worten sagen, was sich seit einer Fassung von git geändert hat.",
    ),
    "translations": ("translating.translations", "Zeigen, was in anderen Sprachen fehlt."),
    "words": ("editing.words", "Die Wörter zeigen, aus denen Felder wählen."),
    "schema": ("editing.schema", "JSON Schemas für Editoren schreiben."),
    "webserver": ("setting_up.webserver", "Die Einstellungen eines Webservers zeigen."),
    "table": ("tables.table", "Einträge als eine Tabelle ausgeben und ausgefüllt übernehmen."),
    "import": ("importing.import_", "Gebiete oder Straßen aus Dateien übernehmen."),
    "protect": (
        "figures_and_reports.protect",
        "Rohe Zahlen schützen und als Veröffentlichung ins Projekt schreiben.",
    ),
    "audit": ("figures_and_reports.audit", "Angreifen, was eingecheckt ist."),
    "releases": (
        "figures_and_reports.releases",
        "Sagen, was sich von Veröffentlichung zu Veröffentlichung geändert hat.",
    ),
    "freeze": ("figures_and_reports.freeze", "Die Zahlen eines veröffentlichten Berichts festhalten."),
    "publish": ("figures_and_reports.publish", "Einen Bericht veröffentlichen und seine Zahlen festhalten."),
    "pdf": ("figures_and_reports.pdf", "Berichte als PDF schreiben."),
}
"""Each command: its module of `generator.commands` with the function, loaded when the command is asked for, and what `--help` says of it."""


# A process that ends frees what it holds anyway: to look through a whole town for garbage first takes a second.
atexit.register(gc.freeze)


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
        return sorted(WHERE)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, without loading any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in sorted(WHERE.items())])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or None."""
        if cmd_name not in self.commands and cmd_name in WHERE:
            module, function = WHERE[cmd_name][0].split(".")
            self.add_command(guard(getattr(import_module(f"generator.commands.{module}"), function)))
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="nahraum", message="%(prog)s %(version)s")
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
