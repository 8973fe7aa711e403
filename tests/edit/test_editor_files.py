"""What `nahraum schema --editor` puts beside a project: every record's file has its schema, what is there stays, other commands keep schemas fresh."""

import fnmatch
import json
from pathlib import Path

import yaml
from click.testing import CliRunner

from generator.cli import COMMANDS, main
from generator.edit.schemas import editor_files, schemas, stale_schemas
from tests.conftest import ROOT
from tests.edit.towns import FILES, write

OVERLAY = {
    "town/site_config.yml": FILES["site_config.yml"] + "overlay: ../intern/resources\n",
    "intern/resources/providers/geheim.yml": "name: Verborgene Stelle\nkind: association\n",
}


def test_every_file_of_the_demo_that_editors_write_has_its_schema() -> None:
    patterns = json.loads(editor_files()[".vscode/settings.json"])["yaml.schemas"]
    names = {name.removeprefix("./schemas/") for name in patterns}
    assert names == set(schemas())
    files = [*(ROOT / "resources").rglob("*.yml"), ROOT / "site_config.yml"]
    assert len(files) > 300
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        fitting = [schema for schema, pattern in patterns.items() if fnmatch.fnmatchcase(name, pattern)]
        assert len(fitting) == 1, name


def test_the_demo_has_the_files_as_they_are_written() -> None:
    for name, text in editor_files().items():
        assert (ROOT / name).read_text("utf-8") == text, name


def test_the_hooks_call_commands_that_there_are() -> None:
    hooks = yaml.safe_load(editor_files()[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert program == "nahraum"
        said = CliRunner().invoke(main, [command, "--help"]).output
        assert command in COMMANDS
        assert [option for option in options if option not in said] == []


def test_what_is_there_is_never_changed(tmp_path: Path) -> None:
    write(tmp_path, FILES | {".editorconfig": "root = true\n"})
    result = CliRunner().invoke(main, ["schema", "-p", str(tmp_path), "--editor"])
    assert result.exit_code == 0, result.output
    assert ".vscode/settings.json" in result.output
    assert (tmp_path / ".editorconfig").read_text("utf-8") == "root = true\n"
    again = CliRunner().invoke(main, ["schema", "-p", str(tmp_path), "--editor"])
    assert "schon alles da" in again.output


def test_new_and_rename_keep_schemas_fresh_where_there_are_some(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    run = CliRunner().invoke
    where = ["-p", str(tmp_path)]
    assert run(main, ["new", "provider", "ohne", *where]).exit_code == 0
    assert not (tmp_path / "schemas").exists()
    assert run(main, ["schema", *where]).exit_code == 0
    assert run(main, ["new", "provider", "neu", *where]).exit_code == 0
    assert stale_schemas(tmp_path / "schemas", schemas(tmp_path)) == []
    assert '"neu"' in (tmp_path / "schemas" / "offers.json").read_text("utf-8")
    (tmp_path / "resources/providers/neu.yml").unlink()
    (tmp_path / "resources/providers/ohne.yml").unlink()
    assert run(main, ["rename", "place", "treff", "treff-ost", *where]).exit_code == 0
    assert stale_schemas(tmp_path / "schemas", schemas(tmp_path)) == []


def test_names_of_the_overlay_stay_beside_the_overlay(tmp_path: Path) -> None:
    write(tmp_path / "town", FILES)
    write(tmp_path, OVERLAY)
    run = CliRunner().invoke
    where = ["-p", str(tmp_path / "town")]
    assert run(main, ["schema", *where]).exit_code == 0
    assert run(main, ["schema", "--internal", *where]).exit_code == 0
    public = (tmp_path / "town" / "schemas" / "offers.json").read_text("utf-8")
    internal = (tmp_path / "intern" / "schemas" / "offers.json").read_text("utf-8")
    assert "Verborgene Stelle" in internal
    assert "geheim" not in public
    refused = run(main, ["schema", "--internal", "-o", str(tmp_path / "town" / "schemas"), *where])
    assert refused.exit_code == 2
    assert (tmp_path / "town" / "schemas" / "offers.json").read_text("utf-8") == public


def test_a_town_without_overlay_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    result = CliRunner().invoke(main, ["schema", "--internal", "-p", str(tmp_path)])
    assert result.exit_code == 2
    assert "keine interne Ablage" in result.output


def test_a_line_that_names_the_schema_is_no_mistake_and_stays(tmp_path: Path) -> None:
    name = "resources/offers/krabbelgruppe.yml"
    text = "# yaml-language-server: $schema=../../schemas/offers.json\n" + FILES[name]
    write(tmp_path, FILES | {name: text})
    run = CliRunner().invoke
    before = run(main, ["check", "-p", str(tmp_path), name, "--today", "2026-11-20"]).output
    assert run(main, ["check", "--fix", "--today", "2026-11-20", "-p", str(tmp_path)]).exit_code == 0
    assert (tmp_path / name).read_text("utf-8").startswith(text.split("\n")[0] + "\n")
    write(tmp_path, {name: FILES[name]})
    assert before == run(main, ["check", "-p", str(tmp_path), name, "--today", "2026-11-20"]).output
