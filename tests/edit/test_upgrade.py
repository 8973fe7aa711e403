"""`nahraum upgrade`: an older town is lifted, shown before, undone afterwards; every byte that no step names stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.records.new_town import founded, read_settings_text, settings_text
from generator.model.earlier_formats import FORMAT, STEPS
from generator.parts import subjects
from generator.read.project import read_project
from tests.conftest import ROOT
from tests.edit.towns import FILES, write, write_town
from tests.repository import git

NETWORK = "resources/networks/ag.yml"
OLD = """\
# Wer dabei ist
name: AG West   # bleibt
kind: ag-78
members: [ verein ]
guarantee:
  released: 2026-01-10
  rules:
    - topic: krabbelgruppe
      within: 1,5 Kilometer   # von der Schule
    - {topic: krabbelgruppe, within: 10 Minuten zu Fuß, days_per_week: 2}
    - {topic: krabbelgruppe, within: 800 m}
"""
NEW = """\
# Wer dabei ist
name: AG West   # bleibt
kind: ag-78
members: [ verein ]
guarantee:
  released: 2026-01-10
  rules:
    - topic: krabbelgruppe
      within: 1.5 km   # von der Schule
    - {topic: krabbelgruppe, days_per_week: 2, text: höchstens 10 Minuten zu Fuß entfernt}
    - {topic: krabbelgruppe, within: 800 m}
"""
FIRST = FILES["site_config.yml"].replace("format: 3\n", "")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(write_town(tmp_path / "stadt"), {"site_config.yml": FIRST, NETWORK: OLD})


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "-p", str(root)])


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def test_what_an_older_town_says_is_one_message_that_leads_to_upgrade(town: Path) -> None:
    result = run(town, "check", "--format", "concise")
    told = [line for line in result.output.splitlines() if line.startswith(("resources", "site_config"))]
    assert result.exit_code == 1
    assert len(told) == 1
    assert told[0].startswith(f"{NETWORK}:9:15")
    assert "format-aelter" in told[0]
    assert "nahraum upgrade" in run(town, "check").output


def test_it_is_shown_and_nothing_written(town: Path) -> None:
    before = snapshot(town)
    result = run(town, "upgrade")
    assert result.exit_code == 0
    assert f"{NETWORK}:9\n  -       within: 1,5 Kilometer   # von der Schule\n  +       within: 1.5 km   # von der Schule" in result.output  # fmt: skip
    assert snapshot(town) == before


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_it_lifts_what_steps_name_and_leaves_every_other_byte(
    town: Path, tmp_path: Path, line_end: str, mark: str
) -> None:
    (town / NETWORK).write_bytes((mark + OLD.replace("\n", line_end)).encode())
    before = snapshot(town)
    result = run(town, "upgrade", "--write", "--backup", str(tmp_path / "vorher"))
    assert result.exit_code == 0, result.output
    after = snapshot(town)
    assert after.pop(NETWORK) == (mark + NEW.replace("\n", line_end)).encode()
    assert after.pop("site_config.yml") == before["site_config.yml"] + b"format: 3\n"
    assert after == {name: text for name, text in before.items() if name in after}
    assert run(town, "check").exit_code == 0
    # Undone: the copies are what was there.
    assert snapshot(tmp_path / "vorher") == {name: before[name] for name in (NETWORK, "site_config.yml")}
    lifted = snapshot(town)
    again = run(town, "upgrade", "--write", "--backup", str(tmp_path / "noch-einmal"))
    assert "schon im Format 3" in again.output
    assert snapshot(town) == lifted
    assert not (tmp_path / "noch-einmal").exists()


def test_one_field_says_what_a_town_has(town: Path, tmp_path: Path) -> None:
    text = (
        FIRST
        + "modules: [reports, youth]  # ohne Karte zum Mitnehmen\nforge: gitlab\nbasemap: {pmtiles: karte.pmtiles}\n"
    )
    write(town, {"site_config.yml": text, NETWORK: NEW})
    told = run(town, "check", "--format", "concise").output
    assert [line for line in told.splitlines() if "site_config" in line and "format-aelter" in line]
    assert "unbekannt" not in told
    result = run(town, "upgrade", "--write", "--backup", str(tmp_path / "vorher"))
    assert result.exit_code == 0, result.output
    site = read_project(town).site
    assert site is not None
    assert site.config.subjects == ("youth", *subjects())
    assert site.config.basemap == "none"
    assert run(town, "check").exit_code == 0


def test_git_keeps_what_was_there_or_nothing_is_written(town: Path) -> None:
    git(town, "init", "-q")
    assert "nicht eingecheckt" in run(town, "upgrade", "--write").output
    git(town, "add", ".")
    assert "nicht eingecheckt" in run(town, "upgrade", "--write").output
    git(town, "commit", "-qm", "Stand")
    before = snapshot(town)
    result = run(town, "upgrade", "--write")
    assert result.exit_code == 0, result.output
    assert (town / NETWORK).read_text("utf-8") == NEW
    undo = result.output.rsplit("Rückgängig: git ", 1)[1].split()
    git(town, *undo)
    assert snapshot(town) == before


def test_without_git_and_without_a_folder_for_copies_nothing_is_written(town: Path, tmp_path: Path) -> None:
    before = snapshot(town)
    assert "--backup ORDNER" in run(town, "upgrade", "--write").output
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll/datei").touch()
    full = run(town, "upgrade", "--write", "--backup", str(tmp_path / "voll"))
    assert full.exit_code == 1
    assert "einen neuen Ordner" in full.output
    assert run(town, "upgrade", "--backup", str(tmp_path / "x")).exit_code == 2
    assert snapshot(town) == before


def test_what_nobody_can_lift_stays_and_is_told(town: Path, tmp_path: Path) -> None:
    rule = "    - {topic: krabbelgruppe, within: um die Ecke, text: Jeden Tag.}\n"
    (town / NETWORK).write_text(OLD + rule, "utf-8")
    assert run(town, "upgrade", "--write", "--backup", str(tmp_path / "vorher")).exit_code == 0
    assert (town / NETWORK).read_text("utf-8") == NEW + rule
    assert "keine-entfernung" in run(town, "check", "--format", "concise").output


def test_a_file_that_cannot_be_read_stops_it_all(town: Path, tmp_path: Path) -> None:
    (town / "resources/networks/kaputt.yml").write_text("name: [\n", "utf-8")
    before = snapshot(town)
    result = run(town, "upgrade", "--write", "--backup", str(tmp_path / "vorher"))
    assert result.exit_code == 1
    assert "kaputt.yml" in result.output
    assert snapshot(town) == before


def test_the_overlay_in_the_project_is_lifted_too_and_one_elsewhere_named(town: Path, tmp_path: Path) -> None:
    write(town, {"intern/networks/ag.yml": OLD, "site_config.yml": FIRST + "overlay: intern\n"})
    assert run(town, "upgrade", "--write", "--backup", str(tmp_path / "vorher")).exit_code == 0
    assert (town / "intern/networks/ag.yml").read_text("utf-8") == NEW
    write(town, {"site_config.yml": FIRST + "overlay: ../anderswo\n"})
    assert "../anderswo" in run(town, "upgrade").output


@pytest.mark.parametrize("command", ["check", "build", "upgrade", "stale"])
def test_a_newer_format_is_refused_with_one_message(town: Path, command: str) -> None:
    text = FIRST + f"format: {FORMAT + 1}\nwas_neues: 3\n"
    (town / "site_config.yml").write_text(text, "utf-8")
    result = run(town, command)
    assert result.exit_code == 1
    assert result.output.count("Fehler[") == 1
    assert "format-neuer" in result.output
    assert f"site_config.yml:{FIRST.count(chr(10)) + 1}:9" in result.output


@pytest.mark.parametrize("wrong", ["0", "zwei", "1.5", "[1]", "٢"])
def test_a_format_that_is_no_number_is_told_at_its_place(town: Path, wrong: str) -> None:
    (town / "site_config.yml").write_text(FIRST + f"format: {wrong}\n", "utf-8")
    assert [item.position.file for item in read_project(town).found if "format" not in item.code] == ["site_config.yml"]  # fmt: skip
    assert run(town, "upgrade").exit_code == 1


def test_new_towns_and_ours_are_of_todays_format() -> None:
    who = {"name": "Stadt Musterstadt"}
    settings = settings_text("Musterstadt", "SH", ("Stadt", "Quartier"), ("de",), who)
    config, found = read_settings_text(settings)
    assert config is not None
    assert not found
    assert config.format == FORMAT
    assert "site_config.yml" in founded(config, settings, dt.date(2026, 11, 21), forge=None, examples=False)  # fmt: skip
    for path in [ROOT / "site_config.yml", *ROOT.glob("examples/*/site_config.yml")]:
        assert f"\nformat: {FORMAT}\n" in path.read_text("utf-8"), path


def test_steps_go_up_one_by_one() -> None:
    assert [step.to for step in STEPS] == sorted(step.to for step in STEPS)
    assert {step.to for step in STEPS} == set(range(2, FORMAT + 1))
