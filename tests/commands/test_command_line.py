"""The command line itself: every command of every module is in its table, and asking for one loads no other."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from importlib import import_module

import click
import pytest

from generator import commands
from generator.cli import WHERE, main

HEAVY = {
    "scipy", "highspy", "pandas", "numpy", "shapely", "mkdocs", "icalendar", "folium", "babel", "pydantic",
}  # fmt: skip


def test_the_table_holds_every_command_of_every_module() -> None:
    found: dict[str | None, str] = {}
    below: set[int] = set()
    modules = {
        item.name: import_module(f"generator.commands.{item.name}")
        for item in pkgutil.iter_modules(commands.__path__)
    }
    for module in modules.values():
        for group in vars(module).values():
            below |= (
                {id(item) for item in group.commands.values()} if isinstance(group, click.Group) else set()
            )
    for where, module in modules.items():
        for name, command in vars(module).items():
            if isinstance(command, click.Command) and id(command) not in below:
                found[command.name] = f"{where}.{name}"
    assert found == {name: where for name, (where, _) in WHERE.items()}


def test_every_command_is_there_with_its_help() -> None:
    context = click.Context(main)
    assert main.list_commands(context) == sorted(WHERE)
    for name in WHERE:
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str()
    assert main.get_command(context, "gibtsnicht") is None


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_version_and_the_commands_are_told_without_loading_what_builds_a_site(option: str) -> None:
    code = (
        "import atexit, json, sys; from generator.cli import main\n"
        "atexit.register(lambda: print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules}))))\n"
        "main(sys.argv[1:], prog_name='nahraum')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
    ).stdout
    *said, loaded = told.splitlines()
    assert said
    assert not HEAVY & set(json.loads(loaded))
