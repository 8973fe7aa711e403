"""What a town leaves out of its subjects is as if the program had never had it, byte for byte."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.config import FOR_FAMILIES
from generator.parts import parts, subjects
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.edit.towns import write_town
from tests.folders import files_of
from tests.test_architecture import PLANNING, PROGRAM

# Towns, and what they have of subjects beside other records that refer to it.
TOWNS = {
    ROOT: ("forecasts", "measures", "meetings"),
    ROOT / "examples" / "essen": ("budgets",),
    ROOT / "examples" / "walle": ("casework", "evaluations"),
}
PATHS = {subject: module.PATHS for subject, module in parts("__init__")}
FOLDERS = {subject: [kind.folder for kind in module.KINDS] for subject, module in parts("model")}


def built(program: Path, town: Path) -> dict[str, bytes]:
    """What a program makes of a town, by path."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-p", str(town), "--today", "2026-11-20"],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return files_of(town / "site")


def test_each_subject_is_left_out_somewhere() -> None:
    assert sorted(subject for some in TOWNS.values() for subject in some) == sorted(subjects())


@pytest.mark.whole
@pytest.mark.parametrize("source", TOWNS, ids=lambda path: path.name)
def test_subjects_that_are_left_out_are_as_if_their_folders_were_removed(
    source: Path, tmp_path: Path, demo_site: Path, built_examples: Mapping[str, Path]
) -> None:
    without = TOWNS[source]
    left_out, removed = (tmp_path / name for name in ("left-out", "removed"))
    for town in (left_out, removed):
        for part in ("content", "resources"):
            shutil.copytree(source / part, town / part)
        lines = (source / "site_config.yml").read_text("utf-8").splitlines()
        named = [line for line in lines if not line.startswith("subjects:")]
        (town / "site_config.yml").write_text("\n".join(named) + "\n", "utf-8")
    had = [*FOR_FAMILIES, *(name for name in subjects() if name not in without)]
    settings = left_out / "site_config.yml"
    settings.write_text(settings.read_text("utf-8") + f"\nsubjects: [{', '.join(had)}]\n", "utf-8")
    program = tmp_path / "program"
    shutil.copytree(ROOT / "generator", program / "generator")
    before = built(program, left_out)
    names = program / "generator" / "subjects" / "__init__.py"
    for subject in without:
        shutil.rmtree(program / "generator" / "subjects" / subject)
        names.write_text(names.read_text("utf-8").replace(f'    "{subject}",\n', ""), "utf-8")
        for folder in FOLDERS.get(subject, ()):
            shutil.rmtree(removed / "resources" / folder, ignore_errors=True)
    assert built(program, removed) == before
    # With a subject there are such pages: otherwise nothing was left out.
    whole = files_of(demo_site if source == ROOT else built_examples[source.name])
    for subject in without:
        patterns = [
            re.escape(path.format(id="ID")).replace("ID", "[^/]+") for path in PATHS[subject].values()
        ]
        own = re.compile("|".join(patterns))
        assert not any(map(own.match, before))
        assert any(map(own.match, whole))


PACKAGES = ("highspy", "openpyxl", "pandas", "scipy")
BUILD = """
import json, sys
for name in json.loads(sys.argv[3]):
    sys.modules[name] = None
from generator.cli import main
main(["build", "--project", sys.argv[1], "--today", sys.argv[2], "--format", "concise"])
"""


@whole
def test_a_directory_town_builds_without_planning(tmp_path: Path) -> None:
    town = write_town(tmp_path / "town")
    blocked = [f"generator.{name}" for name in PROGRAM.modules if name.startswith(PLANNING)]
    # A subject's folder may be asked which parts it has.
    blocked = [
        name for name in blocked if not (name.startswith("generator.subjects.") and name.count(".") == 2)
    ]
    assert "generator.disclosure.measures.lattice" in blocked
    assert "generator.subjects.reporting.page" in blocked
    names = json.dumps([*blocked, *PACKAGES])
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(town), str(TODAY), names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = town / "site"
    assert (site / "angebote" / "index.html").exists()
    assert not (site / "berichte" / "index.html").exists()
    assert "berichte/" not in (site / "index.html").read_text("utf-8")
