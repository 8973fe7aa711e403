"""Many files, all or none: kills at every step, a disk that fails at every step, links, a second writer."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files import writing
from generator.files.writing import STAGING, Busy, ForeignFile, finish, sole, write_files
from tests.chance import whole

OLD = {"a.yml": "alt a\n", "tief/b.yml": "alt b\n", "tief/x.yml": "soll weg\n"}
NEW = {"a.yml": "neu a\n", "tief/b.yml": "neu b\n", "ganz/neu/c.yml": "neu c\n"}
CHANGE: dict[str, str | bytes | None] = {"a.yml": NEW["a.yml"], "tief/x.yml": None, **NEW}
"""What makes the new files of the old ones: one of them goes."""
# Everything that changes the disk goes through one of these.
STEPS = ("mkdir", "open", "replace", "rename", "unlink", "rmdir", "fsync", "chmod")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "projekt"
    for name, text in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def state(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def counting(monkeypatch: pytest.MonkeyPatch, at: int, act: Callable[[], None]) -> list[str]:
    """Call `act` before the step number `at` of those that change the disk; return the names of all steps."""
    made: list[str] = []
    for name in STEPS:
        original = getattr(os, name)

        def step(
            *arguments: object, _name: str = name, _do: Callable[..., object] = original, **more: object
        ) -> object:
            made.append(_name)
            if len(made) == at:
                act()
            return _do(*arguments, **more)

        monkeypatch.setattr(os, name, step)
    return made


def killed_at(root: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Write in a child that dies before a step; tell whether it died."""
    child = os.fork()
    if child == 0:
        counting(monkeypatch, number, lambda: os._exit(9))
        write_files(root, CHANGE)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 9)
    return os.waitstatus_to_exitcode(status) == 9


@whole
def test_after_a_kill_at_any_step_the_next_start_finds_all_or_nothing(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    number = 1
    while killed_at(project, number, monkeypatch):
        finish(project)
        left = state(project)
        left.pop(f"{STAGING}.sperre", None)
        assert left in (OLD, NEW), f"a kill before step {number}"
        seen.add("new" if left == NEW else "old")
        for name in CHANGE:
            (project / name).unlink(missing_ok=True)
        for name, text in OLD.items():
            (project / name).write_text(text, encoding="utf-8")
        number += 1
    assert seen == {"old", "new"}
    assert number > 15
    assert state(project) == NEW


def test_a_disk_that_fails_at_any_step_leaves_everything_or_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "datei")

    number, failed = 1, 0
    while True:
        with monkeypatch.context() as patch:
            made = counting(patch, number, full)
            try:
                write_files(project, CHANGE)
            except OSError:
                failed += 1
        if len(made) < number:
            break
        finish(project)
        left = state(project)
        left.pop(f"{STAGING}.sperre", None)
        assert left in (OLD, NEW), f"a failure at step {number}, {made[-1]}"
        for name in CHANGE:
            (project / name).unlink(missing_ok=True)
        for name, text in OLD.items():
            (project / name).write_text(text, encoding="utf-8")
        number += 1
    assert failed > 10


def test_what_fails_in_the_middle_is_taken_back_at_once(project: Path) -> None:
    (project / "im-weg").write_text("eine Datei", encoding="utf-8")
    before = state(project)
    with pytest.raises((NotADirectoryError, FileExistsError)):
        write_files(project, {**CHANGE, "im-weg/d.yml": "unmöglich\n"})
    assert state(project) == before
    assert not (project / "ganz").exists()


def test_links_stay_links_and_none_leads_out(project: Path, tmp_path: Path) -> None:
    (project / "link.yml").symlink_to(project / "a.yml")
    write_files(project, {"link.yml": "über den Verweis\n"})
    assert (project / "link.yml").is_symlink()
    assert (project / "a.yml").read_text(encoding="utf-8") == "über den Verweis\n"
    outside = tmp_path / "anderswo.yml"
    outside.write_text("bleibt\n", encoding="utf-8")
    (project / "hinaus.yml").symlink_to(outside)
    with pytest.raises(OSError, match="hinaus"):
        write_files(project, {"hinaus.yml": "nie\n"})
    assert outside.read_text(encoding="utf-8") == "bleibt\n"


def test_rights_of_a_file_are_kept(project: Path) -> None:
    (project / "a.yml").chmod(0o640)
    write_files(project, CHANGE)
    assert (project / "a.yml").stat().st_mode & 0o777 == 0o640


def test_two_writers_never_mix(project: Path) -> None:
    with sole(project / f"{STAGING}.sperre"), pytest.raises(Busy):
        write_files(project, CHANGE)
    assert state(project) == OLD
    write_files(project, CHANGE)
    assert state(project) == NEW


def test_nothing_is_left_lying(project: Path) -> None:
    write_files(project, CHANGE)
    assert not [path for path in project.rglob("*") if path.name.startswith(".")]
    assert writing.STAGING not in state(project)


def interrupted(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave a change behind that is decided and not yet made; return its folder."""
    with monkeypatch.context() as patch:
        patch.setattr(writing, "_put", lambda *_given: os._exit(9))
        child = os.fork()
        if child == 0:
            write_files(root, CHANGE)
        os.waitpid(child, 0)
    assert (root / STAGING / "plan.json").is_file()
    assert state(root)["a.yml"] == OLD["a.yml"]
    return root / STAGING


def plan_that_reaches_out(folder: Path) -> None:
    made = {"folder": 1, "steps": [{"name": "../opfer.txt", "there": True, "made": []}]}
    folder.mkdir()
    (folder / "plan.json").write_text(json.dumps(made), encoding="utf-8")
    (folder / "0.neu").write_text("überschrieben", encoding="utf-8")


def plan_that_takes_back(folder: Path) -> None:
    plan_that_reaches_out(folder)
    (folder / "plan.json").rename(folder / "zurueck.json")


def plan_without_end(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "plan.json")


def plan_elsewhere(folder: Path) -> None:
    folder.mkdir()
    (folder / "plan.json").symlink_to("/etc/hostname")


def folder_elsewhere(folder: Path) -> None:
    (folder.parent.parent / "fremd").mkdir()
    folder.symlink_to(folder.parent.parent / "fremd")


def a_file(folder: Path) -> None:
    folder.write_text("", encoding="utf-8")


FOREIGN = (
    plan_that_reaches_out, plan_that_takes_back, plan_without_end, plan_elsewhere, folder_elsewhere, a_file
)  # fmt: skip


@pytest.mark.parametrize("plant", FOREIGN)
def test_a_plan_that_came_with_the_repository_changes_nothing(
    plant: Callable[[Path], None], project: Path
) -> None:
    """Whoever commits a plan could have it write into `.git` or remove what isn't in the repository."""
    victim = project.parent / "opfer.txt"
    victim.write_text("bleibt", encoding="utf-8")
    plant(project / STAGING)
    for act in (lambda: finish(project), lambda: write_files(project, CHANGE)):
        with pytest.raises(ForeignFile, match="stammt nicht von hier"):
            act()
    assert victim.read_text(encoding="utf-8") == "bleibt"
    assert {name: (project / name).read_text(encoding="utf-8") for name in OLD} == OLD


def test_a_plan_in_a_copy_of_the_project_changes_nothing_there(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(project, monkeypatch)
    shutil.copytree(project, tmp_path / "kopie")
    with pytest.raises(ForeignFile):
        finish(tmp_path / "kopie")
    finish(project)
    assert state(project) == NEW
