"""The command line itself: every command of every module is in its table, and asking for one loads no other."""

import json
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator import commands
from generator.cli import COMMANDS, main
from generator.commands.guarding import commands_of
from generator.diagnostics import codes
from tests.conftest import TODAY
from tests.edit.towns import write_town

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
    assert found == {name: where for name, (where, _) in COMMANDS.items()}


def test_every_command_is_there_with_its_help() -> None:
    context = click.Context(main)
    assert main.list_commands(context) == sorted(COMMANDS)
    for name in COMMANDS:
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


def test_help_explains_commands_messages_and_lists_and_names_what_is_near() -> None:
    said = {
        word: CliRunner().invoke(main, ["help", word]).output
        for word in ("check", "kein-utf8", "topics", "chek")
    }
    assert said["check"] == CliRunner().invoke(main, ["check", "--help"]).output
    assert codes.entry_of("kein-utf8").explanation in said["kein-utf8"]
    assert "\nschulden " in said["topics"]
    assert "„check“" in said["chek"]


def test_no_help_text_holds_a_word_of_clicks_own() -> None:
    for words, _ in commands_of(main):
        said = CliRunner().invoke(main, [*words, "--help"]).output
        assert said.startswith("Aufruf: "), words
        assert not re.search(r"\b(Usage|Options|Commands|Show|default|required|DIRECTORY|FILE)\b", said), (
            words
        )


def test_quiet_speaks_only_where_a_command_ends_badly_and_a_project_is_found_from_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = write_town(tmp_path / "town")
    monkeypatch.chdir(town / "resources" / "offers")
    line = ["check", "-q", "--today", str(TODAY)]
    assert CliRunner().invoke(main, line).output == ""
    (town / "resources/offers/krabbelgruppe.yml").write_text("name: [", "utf-8")
    said = CliRunner().invoke(main, line)
    assert said.exit_code == 1
    assert "krabbelgruppe.yml" in said.output


CHECK = """
import json, sys
from generator.cli import main
try:
    main(["check", "--project", sys.argv[1], "--today", sys.argv[2]])
finally:
    print(json.dumps([*sys.modules]))
"""
OF_NO_USE = {"PIL", "branca", "folium", "icalendar", "mkdocs", "pandas", "pyproj", "rich", "scipy", "segno"}


def test_a_check_loads_only_what_it_needs(tmp_path: Path) -> None:
    town = write_town(tmp_path / "town")
    assert list((town / "resources" / "geometry").glob("*.geojson"))
    command = [sys.executable, "-c", CHECK, str(town), str(TODAY)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "generator.check.areas" in loaded
    assert loaded & OF_NO_USE == set()
