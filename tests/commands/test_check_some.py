"""`nahraum check FILE…` and `--changed`: first what is wrong with somebody's own files, then errors elsewhere; the rest is counted."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.files.git import asked
from tests.edit.towns import write_town
from tests.repository import git

OFFER = "resources/offers/krabbelgruppe.yml"
PLACE = "resources/places/treff.yml"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town in a repository of git, one folder below its top."""
    root = write_town(tmp_path / "repo" / "stadt")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Stadt")):
        git(root, *arguments)
    return root


def check(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(
        main,
        ["check", "-p", str(root), "-f", "concise", "--today", "2026-11-20", *map(str, arguments)],
    )


def add(root: Path, file: str, line: str) -> None:
    (root / file).write_text((root / file).read_text("utf-8") + line + "\n", "utf-8")


def files(result: Result) -> list[str]:
    return [line.split(":")[0] for line in result.stdout.splitlines() if line.startswith("resources")]


def test_own_files_come_first_then_errors_elsewhere_and_warnings_elsewhere_are_counted(town: Path) -> None:
    add(town, PLACE, "description: TODO")
    add(town, OFFER, "until: bald")
    assert files(check(town)) == [OFFER, PLACE]
    own = check(town, town / PLACE)
    assert files(own) == [PLACE, OFFER]
    assert own.exit_code == 1
    other = check(town, town / OFFER)
    assert files(other) == [OFFER]
    assert "In anderen Dateien: 1 Warnung. „nahraum check“ zeigt alles." in other.stderr


def test_a_warning_elsewhere_stops_nobody_even_where_warnings_count(town: Path) -> None:
    add(town, PLACE, "description: TODO")
    assert check(town, "--strict").exit_code == 1
    assert check(town, "--strict", town / OFFER).exit_code == 0
    assert check(town, "--strict", town / PLACE).exit_code == 1


def test_a_folder_stands_for_all_that_lies_in_it(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(town, PLACE, "description: TODO")
    monkeypatch.chdir(town)
    assert files(check(Path(), "resources/places/")) == [PLACE]
    assert files(check(Path(), ".")) == [PLACE]
    monkeypatch.chdir(town / "resources")
    assert files(check(Path("..") / "resources" / "..", "places/treff.yml")) == [PLACE]


def test_changed_is_what_git_calls_so_new_and_deleted_files_too(town: Path) -> None:
    add(town, PLACE, "description: TODO")
    assert files(check(town, "--changed")) == [PLACE]
    git(town, "commit", "-qam", "x")
    assert files(check(town, "--changed")) == []
    assert files(check(town, "--since", "HEAD~1")) == [PLACE]
    new = "resources/places/neu.yml"
    (town / new).write_text((town / PLACE).read_text("utf-8"), "utf-8")
    assert set(files(check(town, "--changed"))) == {new}
    (town / new).unlink()
    (town / PLACE).unlink()
    missing = check(town, "--changed")
    assert missing.exit_code == 1
    assert OFFER in files(missing)


def test_without_git_or_with_a_version_that_is_unknown_it_is_said_in_german(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = check(town, "--since", "--output=x")
    assert unknown.exit_code == 1
    assert "Git kennt hier keine Fassung „--output=x“" in unknown.stderr
    outside = write_town(tmp_path / "anderswo")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "liegt in keinem Projekt von git" in check(outside, "--changed").stderr
    monkeypatch.setenv("PATH", str(tmp_path / "nichts"))
    assert "nicht zu finden" in check(town, "--changed").stderr


def test_settings_of_a_repository_start_no_program(town: Path, tmp_path: Path) -> None:
    for name in ("core.fsmonitor", "diff.external"):
        git(town, "config", name, f"touch {tmp_path / 'gelaufen'}; true")
    add(town, PLACE, "description: TODO")
    assert files(check(town, "--changed")) == [PLACE]
    assert not (tmp_path / "gelaufen").exists()


def a_filter(town: Path, program: str) -> Path:
    """The tree names a filter for its files that somebody has in their settings."""
    git(town, "config", "filter.a=b.clean", program)
    (town / ".gitattributes").write_text("*.yml filter=a=b\n", "utf-8")
    return town


def a_lookalike(town: Path, program: str) -> Path:
    """A folder of the tree holds what git takes for a repository of its own, settings included."""
    inner = write_town(town / "stadt")
    shutil.copytree(
        town / ".git", inner, dirs_exist_ok=True, ignore=shutil.ignore_patterns("hooks", "COMMIT_EDITMSG")
    )
    (inner / "config").write_text(
        f'[core]\nrepositoryformatversion = 0\nworktree = .\n[filter "x"]\nclean = {program}\n', "utf-8"
    )
    (inner / ".gitattributes").write_text("* filter=x\n", "utf-8")
    return inner


@pytest.mark.parametrize("plant", [a_filter, a_lookalike])
def test_nothing_of_the_tree_starts_a_program(
    town: Path, tmp_path: Path, plant: Callable[[Path, str], Path]
) -> None:
    ran = tmp_path / "gelaufen"
    project = plant(town, f"touch {ran}")
    add(project, PLACE, "description: TODO")
    for words in (["check", "--changed"], ["check", "--since", "HEAD"], ["changes"], ["changes", "--keep"]):
        CliRunner().invoke(main, [*words, "-p", str(project)])
        assert not ran.exists(), words
    subprocess.run(["git", "-C", project, "diff", "HEAD", "--"], check=False, capture_output=True)
    assert ran.exists(), "the attack itself is sound"


def test_what_only_looks_like_a_repository_is_none(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = a_lookalike(town, "true")
    assert "sieht aus wie eine Ablage von git" in check(inner, "--changed").stderr
    # Git itself is told as well: it may see what we don't.
    monkeypatch.setattr("generator.files.git._in_no_lookalike", lambda root: None)
    assert asked(inner, "rev-parse", "--git-dir") is None
    assert asked(town / "resources", "rev-parse", "--git-dir") is not None


def test_placeholders_of_lawful_pages_are_one_line(town: Path) -> None:
    (town / "content").mkdir(exist_ok=True)
    (town / "content/impressum.md").write_text("# Impressum\n\n[[Name]]\n\n[[Anschrift]], [[Ort]]\n", "utf-8")
    (town / "content/datenschutz.md").write_text("# Datenschutz\n\n[[Stelle]]\n", "utf-8")
    (line,) = [line for line in check(town).stdout.splitlines() if "Platzhalter" in line]
    assert "stehen noch 4 Platzhalter" in line
    assert "content/impressum.md:5:1" in line


@pytest.mark.parametrize("name", ["lose.yml", "resources/lose.yml", "resources/angebote/lose.yml"])
def test_a_named_file_that_nothing_reads_is_no_good_news(town: Path, name: str) -> None:
    (town / "resources/angebote").mkdir()
    (town / name).write_text("name: Kaffeetafel\n", "utf-8")
    told = check(town, town / name)
    assert told.exit_code == 1
    assert told.stdout.count("ungelesen") == 1
    assert check(town, town / OFFER, town / "site_config.yml").exit_code == (0 if name == "lose.yml" else 1)


def test_who_waits_for_changes_is_told_that_no_exit_code_comes(town: Path) -> None:
    told = check(town, "--watch", "--strict")
    assert (told.exit_code, "--strict geht nicht mit --watch" in told.stderr) == (2, True)
