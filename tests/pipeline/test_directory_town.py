"""A town with a directory alone builds without the modules of figures, reports and planning, and without their packages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.chance import whole
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.test_architecture import PLANNING, PROGRAM

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
    assert "generator.disclosure.lattice" in blocked
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
