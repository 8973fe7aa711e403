"""A build that is killed at any stage: the next one isn't stopped by what it left, and git keeps none of it."""

import os
import shutil
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from generator import mkdocs_plugin
from generator.cli import main
from generator.files import site_folder
from generator.pipeline import build as pipeline
from generator.pipeline import write
from tests.chance import every, whole
from tests.conftest import TODAY
from tests.edit.towns import write as put
from tests.repository import git

HOUSE = (
    "name: Haus Lichtblick\nkind: schutz\nprovider: beispielverein\nphone: 040 66969-905\nway_in: [call]\n"
)
STAGES: dict[str, tuple[object, str, int]] = {
    "the lock is there": (site_folder, "_recover", 1),
    "the folder is there, empty": (mkdocs_plugin, "mkdocs_build", 1),
    "some pages are written": (write, "_write", 100),
    "generated pages are written": (mkdocs_plugin, "finish", 1),
    "all is written": (pipeline, "exchange", 1),
    "the folders are exchanged": (shutil, "rmtree", 1),
    "the site before is aside": (Path, "rename", 2),
}
"""Before which call of what a build dies."""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new town in which a house is protected, as `nahraum init` makes it, with a site and with git."""
    root = tmp_path_factory.mktemp("welt") / "stadt"
    run("init", str(root), "--name", "Kleinstadt", "--land", "SH", "--forge", "none")
    put(root, {"resources/protected/haus.yml": HOUSE})
    git(root, "init", "-q")
    git(root, "add", "-A")
    assert run("build", "-p", str(root)).exit_code == 0
    return root


@pytest.fixture
def town(founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(founded, tmp_path / "stadt"))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--today", TODAY.isoformat()])


def killed(where: object, name: str, number: int, work: Callable[[], object]) -> None:
    """Work in a child that is killed before it calls something for so many times."""
    child = os.fork()
    if child == 0:
        usual, calls = getattr(where, name), count(1)

        def call(*given: object, **named: object) -> object:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return usual(*given, **named)

        setattr(where, name, call)
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, "it was never called"


@whole
@pytest.mark.parametrize("stage", every(STAGES, {"the site before is aside"}))
def test_after_a_kill_at_any_stage_the_next_build_is_as_ever(
    stage: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name, number = STAGES[stage]
    if where is Path:
        # Where names can't be exchanged at once.
        monkeypatch.setattr(site_folder, "_swap", lambda *_given: False)
    there, kept = {*os.listdir(town)}, git(town, "ls-files")
    killed(where, name, number, lambda: run("build", "-p", str(town), "--afresh"))
    assert {*os.listdir(town)} != there, "nothing was left"
    git(town, "add", "-A")
    assert git(town, "ls-files") == kept
    for command in ("check", "build"):
        done = run(command, "-p", str(town))
        assert done.exit_code == 0, done.output
    assert {*os.listdir(town)} == there


@whole
def test_after_a_kill_mkdocs_itself_builds_again(town: Path) -> None:
    """MkDocs writes at the place itself: what it had begun must be known as ours, or the next build is refused."""
    shutil.rmtree(town / "site")
    settings = "site_name: Dorf\ndocs_dir: content\ntheme: {name: nahraum}\nplugins: [nahraum]\n"
    put(town, {"mkdocs.yml": settings})

    def built() -> None:
        mkdocs_build(load_config(str(town / "mkdocs.yml")))

    killed(write, "_write", 2, built)
    assert (town / "site").is_dir()
    built()
    assert (town / "site/index.html").is_file()
