"""The extra `figures`: a directory needs none of its packages and loads none of them; a project with figures stops without them."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from generator.read.indicator_folders import PACKAGES
from tests.chance import whole
from tests.disclosure.worlds import write_project, write_raw
from tests.folders import files_of

pytestmark = whole

ROOT = Path(__file__).parents[2]
WALLE = ROOT / "examples" / "walle"
TODAY = "2026-11-20"
# An environment in which some packages are not installed: commands one after the other, how each ended, what was loaded in the end.
START = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from importlib.machinery import PathFinder
packages, gone, lines = json.loads(sys.argv[1])
find = PathFinder.find_spec
PathFinder.find_spec = classmethod(lambda cls, name, path=None, target=None: None if name.partition(".")[0] in gone else find(name, path, target))
from generator.cli import main
told = []
for line in lines:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            main(line, prog_name="nahraum")
        except SystemExit as end:
            told.append([end.code or 0, said.getvalue()])
loaded = sorted(set(packages) & {name.partition(".")[0] for name in sys.modules})
print(json.dumps([told, loaded]))
"""


def run(
    *lines: tuple[str | Path, ...], gone: tuple[str, ...] = PACKAGES
) -> tuple[list[tuple[int, str]], list[str]]:
    """Run commands in one process; return how each ended with what it said, and which of the packages were loaded."""
    given = json.dumps([PACKAGES, gone, [[str(word) for word in line] for line in lines]])
    done = subprocess.run(
        [sys.executable, "-c", START, given],
        cwd=ROOT,
        env={**os.environ, "NAHRAUM_TODAY": TODAY},
        capture_output=True,
        text=True,
        check=True,
    )
    told, loaded = json.loads(done.stdout)
    return [(code, said) for code, said in told], loaded


def test_a_directory_is_built_and_audited_without_them_and_is_the_same(tmp_path: Path) -> None:
    without = ("build", "-p", WALLE, "-o", tmp_path / "ohne")
    told, _ = run(without, ("audit", "-p", WALLE))
    assert [code for code, _ in told] == [0, 0], told
    told, loaded = run(("build", "-p", WALLE, "-o", tmp_path / "mit"), gone=())
    assert (told[0][0], loaded) == (0, []), "they are loaded where nobody needs them"
    assert files_of(tmp_path / "ohne") == files_of(tmp_path / "mit")


def test_the_lines_for_windows_and_macos_install_what_checking_this_folder_needs() -> None:
    (named,) = re.findall(
        r"install \"nahraum-\S+\.whl(?:\[(\w+)\])?\"", (ROOT / "README.md").read_text("utf-8")
    )
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    left_out = [package for extra, packages in extras.items() if extra != named for package in packages]
    gone = tuple(re.split("[<>=]", package)[0] for package in left_out)
    assert "weasyprint" in gone
    ((code, said),), _ = run(("check",), gone=gone)
    assert code == 0, said


@pytest.mark.parametrize("name", PACKAGES)
def test_each_of_them_is_missed(tmp_path: Path, name: str) -> None:
    ((code, said),), _ = run(("check", "-p", write_project(tmp_path)), gone=(name,))
    assert code == 1
    assert f"Für Kennzahlen fehlt hier etwas: {name}\n" in said


def test_figures_are_refused_without_them_and_the_old_site_stays(tmp_path: Path) -> None:
    project, raw, site = write_project(tmp_path / "projekt"), write_raw(tmp_path / "roh"), tmp_path / "site"
    told, loaded = run(("protect", raw, "-p", project), ("build", "-p", project, "-o", site), gone=())
    assert [code for code, _ in told] == [0, 0], told
    assert loaded == sorted(PACKAGES)
    before, written = files_of(site), files_of(project)
    told, _ = run(
        ("check", "-p", project),
        ("build", "-p", project, "-o", site, "--afresh"),
        ("audit", "-p", project),
        ("protect", raw, "-p", project),
        ("changes", "--figures", "-p", project),
    )
    assert len(told) == 5
    for code, said in told:
        assert code == 1, said
        assert "kennzahlen-extra-fehlt" in said
        assert "pip install '.[figures]'" in said
    assert files_of(site) == before
    assert files_of(project) == written


def test_the_extra_is_what_the_program_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    def names(lines: list[str]) -> set[str]:
        return {line.partition(">")[0].partition("=")[0].lower() for line in lines}

    assert names(project["optional-dependencies"]["figures"]) == set(PACKAGES)
    assert not names(project["dependencies"]) & set(PACKAGES)
