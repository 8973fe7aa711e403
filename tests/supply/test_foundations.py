"""Nahraum can leave MkDocs: the successor that keeps its interface builds the same bytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.folders import files_of
from tests.golden.sites import FOLDER

pytestmark = whole

IMPORT, ITS_OWN = "from mkdocs.", "from properdocs."
CHANGED_LINES = 13
"""What docs/mkdocs.md says."""


def _built(town: Path, program: Path) -> dict[str, bytes]:
    """Build a town with the program in a folder; its files by path."""
    site = town.parent / f"site-{program.name}"
    command = [sys.executable, "-m", "generator", "build", "--project", str(town), "--output", str(site)]
    subprocess.run(
        [*command, "--afresh", "--today", TODAY.isoformat()],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return files_of(site)


def test_properdocs_builds_the_same_bytes_by_changed_imports_alone(tmp_path: Path) -> None:
    town = Path(shutil.copytree(FOLDER / "village" / "project", tmp_path / "town"))
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "generator", copy / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    # Whoever still asks for MkDocs fails.
    (copy / "mkdocs.py").write_text("raise ImportError('MkDocs is gone')", "utf-8")
    plugin = copy / "generator" / "mkdocs_plugin.py"
    text = plugin.read_text("utf-8")
    assert text.count(IMPORT) == CHANGED_LINES
    plugin.write_text(text.replace(IMPORT, ITS_OWN), "utf-8")
    assert _built(town, copy) == _built(town, ROOT)
