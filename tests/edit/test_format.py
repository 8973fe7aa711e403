"""The usual writing: values with one reading are rewritten, everything that people arranged stays."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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


def fix(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--fix", "--today", "2026-11-20", "-p", str(root), *arguments])


def test_what_is_certain_is_written_before_the_check_and_the_rest_is_told(tmp_path: Path) -> None:
    write_town(tmp_path)
    path = tmp_path / "resources" / "offers" / "krabbelgruppe.yml"
    text = FILES["resources/offers/krabbelgruppe.yml"] + "until: bald\n"
    path.write_text(text.replace("Mo 09:00-10:30; PH off", "Mo 09:00–10:30").replace("\n", "\r\n"), "utf-8")
    before = path.read_bytes()
    assert CliRunner().invoke(main, ["check", "-p", str(tmp_path)]).exit_code == 1
    assert path.read_bytes() == before
    result = fix(tmp_path)
    assert result.exit_code == 1
    assert "Fehler[kein-datum]" in result.stdout
    assert result.stderr == "1 Datei umgeschrieben.\n"
    assert path.read_bytes() == text.replace("Mo 09:00-10:30; PH off", "Mo 09:00-10:30").encode()


def test_single_files_and_folders_can_be_named(tmp_path: Path) -> None:
    write_town(tmp_path)
    path = tmp_path / "resources" / "offers" / "krabbelgruppe.yml"
    path.write_text(path.read_text("utf-8") + "  \n", "utf-8")
    untidy = path.read_bytes()
    fix(tmp_path, str(tmp_path / "resources" / "places"))
    assert path.read_bytes() == untidy
    fix(tmp_path, str(path.parent))
    assert path.read_bytes() != untidy


def test_the_towns_records_are_in_the_usual_writing(tmp_path: Path) -> None:
    result = fix(write_town(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == "0 Dateien umgeschrieben.\n"


def test_what_strangers_wrote_is_only_read(tmp_path: Path) -> None:
    assert fix(write_town(tmp_path), "--untrusted").exit_code == 2
