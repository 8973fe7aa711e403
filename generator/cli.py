"""The command line: find the command, return its exit code.

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

from generator.commands.guarding import guard, told
from generator.diagnostics import TRACEBACK

WHERE = {
    "check": "building.check",
    "explain": "building.explain",
    "build": "building.build",
    "serve": "building.serve",
    "init": "setting_up.init",
    "new": "editing.new",
    "rename": "editing.rename",
    "retire": "editing.retire",
    "fmt": "editing.fmt",
    "stale": "editing.stale",
    "history": "editing.history",
    "difference": "editing.difference",
    "translations": "translating.translations",
    "words": "editing.words",
    "schema": "editing.schema",
    "webserver": "setting_up.webserver",
    "import": "importing.import_",
    "protect": "figures_and_reports.protect",
    "audit": "figures_and_reports.audit",
    "releases": "figures_and_reports.releases",
    "freeze": "figures_and_reports.freeze",
    "publish": "figures_and_reports.publish",
    "pdf": "figures_and_reports.pdf",
}
"""Each command, and the module of `generator.commands` with its function, which is loaded when the command is asked for."""


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
        """Run as a program: what the call gets wrong is said in German, on every console."""
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
            click.echo(told(error), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Abgebrochen.", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is none."""
        if cmd_name not in self.commands and cmd_name in WHERE:
            module, function = WHERE[cmd_name].split(".")
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
