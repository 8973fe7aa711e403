"""A house searches for what only it knows: nothing is kept or shown, and everything is searched."""

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
