"""The usual writing: values with one reading are rewritten, everything that people arranged stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.edit.records.usual_writing import format_text
from generator.model.areas_and_offices import Space
from generator.model.offer import Offer
from generator.read.nodes import parse, plain
from tests.edit.towns import FILES, write_town


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("hours: Di 9-12 Uhr\n", "hours: Di 9-12 Uhr\n"),
        ("hours:   Mi 14–17 Uhr   # nur mit Termin\n", "hours:   Mi 14–17 Uhr   # nur mit Termin\n"),
        ('hours: "Mo, Di 9.00 - 12.30 Uhr"\n', 'hours: "Mo, Di 9.00 - 12.30 Uhr"\n'),
        ("hours: Mo  09:00–12:00;PH off\n", "hours: Mo 09:00-12:00;PH off\n"),
        ("hours: Mo 09:00-12:00; PH off\n", "hours: Mo 09:00-12:00; PH off\n"),
        ("hours: mal so, mal so\n", "hours: mal so, mal so\n"),
        ("until: 31.12.2026\n", "until: 2026-12-31\n"),
        ("until: 31.2.2026\n", "until: 31.2.2026\n"),
        ("anonymous: ja # wirklich\n", "anonymous: yes # wirklich\n"),
        ("anonymous: vielleicht\n", "anonymous: vielleicht\n"),
        ("capacity: {free: 2, date: 1.11.2026}\n", "capacity: {free: 2, date: 2026-11-01}\n"),
        ("name: ja\n", "name: ja\n"),
        ("dates:\n  -\n  - {date: 1.11.2026}\n", "dates:\n  -\n  - {date: 2026-11-01}\n"),
        ("hours: >-\n  Di 9-12 Uhr\n", "hours: >-\n  Di 9-12 Uhr\n"),
        ("hours: Di\n  9-12 Uhr\n", "hours: Di\n  9-12 Uhr\n"),
        ("until:   # bald\n  31.12.2026 # oder so\n", "until:   # bald\n  2026-12-31 # oder so\n"),
        ("description: |\n  ja\n  Di 9-12 Uhr  \n", "description: |\n  ja\n  Di 9-12 Uhr\n"),
        ("name:  A\t\r\n\r\n\r\n", "name:  A\n"),
        ("\ufeffname: A", "name: A\n"),
        ("# oben\n\nname: A   \n    # schief\nages: 0-3\n", "# oben\n\nname: A\n    # schief\nages: 0-3\n"),
    ],
)
def test_what_changes_and_what_stays(written: str, usual: str) -> None:
    assert format_text(written, Offer, "a.yml") == (usual, [])
    assert format_text(usual, Offer, "a.yml") == (usual, [])


def test_inside_a_group_what_needs_quotes_gets_them() -> None:
    text = """meeting_points:\n  - {name: Markt, when: "We,Sa  07:00–13:00"}\n"""
    usual, found = format_text(text, Space, "a.yml")
    assert (usual, found) == ('meeting_points:\n  - {name: Markt, when: "We,Sa 07:00-13:00"}\n', [])
    node, _ = parse(usual, "a.yml")
    assert node is not None
    assert plain(node)["meeting_points"][0]["when"] == "We,Sa 07:00-13:00"


def test_a_text_that_is_no_yaml_is_left_alone_and_named() -> None:
    text = "name: A: B\n"
    usual, found = format_text(text, Offer, "a.yml")
    assert usual == text
    assert [item.code for item in found] == ["doppelpunkt-im-text"]


def test_check_writes_nothing_and_writing_makes_the_check_content(tmp_path: Path) -> None:
    write_town(tmp_path)
    path = tmp_path / "resources" / "offers" / "krabbelgruppe.yml"
    path.write_text(
        FILES["resources/offers/krabbelgruppe.yml"].replace("Mo 09:00-10:30; PH off", "Mo 09:00–10:30"),
        "utf-8",
    )
    before = path.read_bytes()
    run = CliRunner().invoke
    result = run(main, ["fmt", "--check", "-p", str(tmp_path), "-f", "concise"])
    assert result.exit_code == 1
    assert "resources/offers/krabbelgruppe.yml:1:1: warnung[schreibweise]" in result.output
    assert [
        item["code"]
        for item in json.loads(run(main, ["fmt", "--check", "-p", str(tmp_path), "-f", "json"]).output)
    ] == ["schreibweise"]
    assert path.read_bytes() == before
    result = run(main, ["fmt", "-p", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, "1 Datei umgeschrieben.\n")
    assert "hours: Mo 09:00-10:30\n" in path.read_text("utf-8")
    assert run(main, ["fmt", "--check", "-p", str(tmp_path)]).exit_code == 0


def test_single_files_and_folders_can_be_named(tmp_path: Path) -> None:
    write_town(tmp_path)
    path = tmp_path / "resources" / "offers" / "krabbelgruppe.yml"
    path.write_text(path.read_text("utf-8") + "  \n", "utf-8")
    run = CliRunner().invoke
    assert (
        run(main, ["fmt", "--check", "-p", str(tmp_path), str(tmp_path / "resources" / "places")]).exit_code
        == 0
    )
    assert run(main, ["fmt", "--check", "-p", str(tmp_path), str(path)]).exit_code == 1
    assert run(main, ["fmt", str(tmp_path / "site_config.yml"), "-p", str(tmp_path)]).output.startswith(
        "Warnung[unbekannter-ordner]"
    )


def test_the_towns_records_are_in_the_usual_writing(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["fmt", "--check", "-p", str(write_town(tmp_path))]).exit_code == 0
