"""A house searches for what only it knows: nothing is kept or shown, and everything is searched."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import write_town
from tests.refuges import write


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    copy = tmp_path / "kopie"
    write(copy, {"index.html": "<p>Beim storchennest links</p>", "nussweg-7.txt": "x"})
    return write_town(tmp_path / "stadt")


def found(town: Path) -> tuple[int, str]:
    arguments = ["find", "-p", str(town), "--private", str(town.parent / "kopie")]
    result = CliRunner().invoke(main, arguments, input="Nußweg, Storchennest\n")
    return result.exit_code, result.output


def test_files_and_names_are_told_but_no_word(town: Path) -> None:
    write(town, {"content/a.md": "# A\n\nNeben dem NUSSWEG.\n"})
    code, output = found(town)
    assert code == 1
    assert "a.md: 3" in output
    assert "index.html: 1" in output
    assert "nussweg-7.txt: im Namen" in output
    assert "Storch" not in output


def test_in_ci_nothing_is_typed(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "yes")
    assert found(town)[0] == 2


def git(town: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Amt", "-c", "user.email=amt@kleinstadt.example")
    subprocess.run(["git", *who, *arguments], cwd=town, check=True, capture_output=True)


def told(town: Path, text: str) -> str:
    result = CliRunner().invoke(main, ["find", text, "-p", str(town)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_name_is_told_in_records_reports_and_what_git_still_holds(town: Path) -> None:
    offer = town / "resources/offers/krabbelgruppe.yml"
    before = offer.read_text("utf-8")
    offer.write_text(before + "description: Fragen Sie Vera Muster.\n", "utf-8")
    git(town, "init")
    git(town, "add", ".")
    git(town, "commit", "-m", "Anfang mit Vera Muster")
    offer.write_text(before + "notes: (Muster, Vera)\n", "utf-8")
    write(town, {"content/berichte/b/2026/index.md": "# B\n\nDank an Vera Muster.\n"})
    output = told(town, "Vera Muster")
    assert f"Angebot, resources/offers/krabbelgruppe.yml: {before.count(chr(10)) + 1}" in output
    assert "content/berichte/b/2026/index.md: 3" in output
    assert "--withdraw" in output
    assert "resources/offers/krabbelgruppe.yml: 1 Fassung" in output
    assert "von 1 Commit" in output
    assert told(town, "Erika Beispiel") == "Nirgends.\n"


def test_a_number_is_found_however_it_is_written(town: Path) -> None:
    assert "Träger, resources/providers/verein.yml: 3" in told(town, "+49 (0)40 66969901")
