"""A build ends at once where nothing changed, and where anything did it is made: no change goes unnoticed, however it is hidden."""

import datetime as dt
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.files import result_cache
from generator.files.result_cache import BuildJob
from tests.chance import every, whole
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.folders import contents

SKIPPED = "hat sich nichts geändert"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small town that was built long enough ago for its files to be judged by their stats alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = write_town(tmp_path / "town")
    for path in root.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    # Nobody sets back the time of the last change of anything, so tests let the clock's tick be short instead.
    monkeypatch.setattr(result_cache, "TICK", 1)
    monkeypatch.setattr(result_cache, "LOCAL_TICK", 1)
    time.sleep(0.02)
    assert "ist fertig" in build(root)
    assert SKIPPED in build(root)
    return root


def build(root: Path, *more: str) -> str:
    result = CliRunner().invoke(main, ["build", "--project", str(root), "--today", str(TODAY), *more])
    assert result.exit_code == 0, result.output
    return result.output


def quietly(path: Path, change: Callable[[str], str]) -> None:
    """Change a file so that its size and the time of its last change stay."""
    state, text = path.stat(), path.read_text("utf-8")
    changed = change(text)
    assert changed != text
    assert len(changed.encode()) == len(text.encode())
    path.write_text(changed, "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def swapped(path: Path) -> None:
    """Put another file in a file's place, as editors and git do."""
    beside = path.with_name("neu")
    shutil.copy2(path, beside)
    quietly(beside, lambda text: text.replace("Krabbel", "Krabbal"))
    beside.replace(path)


OFFER = "resources/offers/krabbelgruppe.yml"
CHANGES: dict[str, Callable[[Path], object]] = {
    "a record, of the same size and time": lambda root: quietly(root / OFFER, lambda text: text.replace("Krabbel", "Krabbal")),
    "another file in its place": lambda root: swapped(root / OFFER),
    "a record that is gone": lambda root: (root / OFFER).unlink(),
    "a new record": lambda root: shutil.copy(root / OFFER, root / "resources/offers/neu.yml"),
    "a new folder": lambda root: (root / "resources/groups").mkdir(),
    "a vocabulary": lambda root: (root / "resources/topics.yml").write_text("- {id: krabbelgruppe, parent: baby, name: Krabbeln}\n", "utf-8"),
    "the settings": lambda root: quietly(root / "site_config.yml", lambda text: text.replace("Kleinstadt", "Kleinstatt")),
    "a page": lambda root: ((root / "content").mkdir(exist_ok=True), (root / "content/neu.md").write_text("# Neu\n", "utf-8")),
    "MkDocs' settings": lambda root: (root / "mkdocs.yml").write_text("markdown_extensions: [abbr]\n", "utf-8"),
    "a page of the site": lambda root: quietly(root / "site/index.html", lambda text: text.replace("Kleinstadt", "Kleinstatt")),
    "a page that is missing": lambda root: (root / "site/index.html").unlink(),
    "a page that is too many": lambda root: (root / "site/fremd.html").write_text("", "utf-8"),
    "the whole site": lambda root: shutil.rmtree(root / "site"),
}  # fmt: skip


@whole
@pytest.mark.parametrize("what", every(CHANGES, {"a record, of the same size and time"}))
def test_after_any_change_the_site_is_built(what: str, town: Path) -> None:
    CHANGES[what](town)
    assert SKIPPED not in build(town), what
    built = contents(town / "site")
    shutil.rmtree(town / "site")
    build(town)
    assert built == contents(town / "site")


@whole
@pytest.mark.parametrize("more", [["--today", "2026-11-21"], ["--untrusted"], ["--afresh"]])
def test_another_build_is_made(more: list[str], town: Path) -> None:
    assert SKIPPED not in build(town, "-o", str(town / "site"), *more)


@whole
def test_another_program_builds_anew(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(town)])
    (town / "paket-1.0.dist-info").mkdir()
    assert SKIPPED not in build(town)


@whole
def test_a_file_that_was_new_when_it_was_read_is_compared_by_its_contents(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_cache, "TICK", 3600 * 10**9)
    build(town, "--afresh")
    assert SKIPPED in build(town)
    kept = json.loads(next((town.parent / "cache").rglob("*.json")).read_text("utf-8"))
    assert kept["seen"]["fresh"].keys() == kept["seen"]["files"].keys()
    # As if it had been changed in the same tick of the clock: nothing but its contents tells.
    quietly(town / OFFER, lambda text: text.replace("Krabbel", "Krabbal"))
    path = next((town.parent / "cache").rglob("*.json"))
    kept["seen"]["files"][str(town / OFFER)] = result_cache.state_of((town / OFFER).stat())
    path.write_text(json.dumps(kept), "utf-8")
    assert SKIPPED not in build(town)


@whole
@pytest.mark.parametrize(
    "text",
    every(("hooks: [haken.py]\n", "markdown_extensions: [pymdownx.snippets]\n"), {"hooks: [haken.py]\n"}),
)
def test_what_runs_programs_is_always_built(text: str, town: Path) -> None:
    (town / "haken.py").write_text("", "utf-8")
    (town / "mkdocs.yml").write_text(text, "utf-8")
    build(town)
    assert SKIPPED not in build(town)


@whole
def test_what_was_found_is_told_again(town: Path) -> None:
    path = town / OFFER
    path.write_text(path.read_text("utf-8") + "check_every: 1 month\nchecked: 2020-01-01\n", "utf-8")
    first = build(town, "-f", "json")
    assert "lange-ungeprueft" in first
    assert BuildJob(town, town / "site", TODAY).last() is not None
    assert build(town, "-f", "json") == first


@whole
def test_without_a_place_to_keep_anything_every_build_is_made(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (town.parent / "datei").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(town.parent / "datei"))
    assert "ist fertig" in build(town)
    assert "ist fertig" in build(town)


def test_what_another_version_kept_is_not_believed(town: Path) -> None:
    path = next((town.parent / "cache").rglob("*.json"))
    for text in ("", "[]", "{}", '{"form": 1}', path.read_text("utf-8").replace('"files"', '"dateien"')):
        path.write_text(text, "utf-8")
        assert BuildJob(town, town / "site", TODAY).last() is None


def test_a_build_with_an_error_is_told_each_time(town: Path) -> None:
    path = town / OFFER
    path.write_text(path.read_text("utf-8").replace("provider: verein", "provider: verien"), "utf-8")
    for _ in range(2):
        result = CliRunner().invoke(main, ["build", "--project", str(town), "--today", str(TODAY)])
        assert result.exit_code == 1
        assert "verien" in result.output


def test_the_day_is_part_of_what_was_asked(town: Path) -> None:
    assert BuildJob(town, town / "site", TODAY).last() is not None
    assert BuildJob(town, town / "site", TODAY + dt.timedelta(days=1)).last() is None
