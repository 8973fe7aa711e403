"""Nobody but `generator/files/` opens what a project holds: seen from inside the system while commands run."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.chance import every, whole
from tests.conftest import ROOT
from tests.world import BY_WORDS, write_world

WATCH = """
import json, os, sys
from pathlib import Path
world, package, told, *arguments = sys.argv[1:]
seen = {}
def watch(event, given):
    if event != "open" or not isinstance(given[0], (str, bytes)):
        return
    path = os.path.abspath(os.fsdecode(given[0]))
    if not path.startswith(world) or seen.get("stop"):
        return
    frame, by = sys._getframe(1), ""
    while frame is not None and not by:
        file = frame.f_code.co_filename
        by = os.path.relpath(file, package) if file.startswith(package) else ""
        frame = frame.f_back
    seen.setdefault(by or "somebody else", set()).add(path[len(world):])
sys.addaudithook(watch)
import threading
threading.active_count = lambda: 2
from generator.cli import main
from tests.chance import every
try:
    main(arguments, standalone_mode=False)
except SystemExit:
    pass
found = {name: sorted(paths) for name, paths in seen.items()}
seen["stop"] = True
Path(told).write_text(json.dumps(found), "utf-8")
"""
"""Runs a command and notes which of our modules opened what below a folder; pages are written by one process, so that none is missed."""


@whole
@pytest.mark.parametrize(
    "words", every([("check",), ("build",), ("import", "streets"), ("protect",)], [("check",)]), ids=" ".join
)
def test_while_a_command_runs_only_the_disk_opens_what_it_reads(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Libraries open files as well, where nobody sees it in our code: MkDocs its pages, for one."""
    root = write_world(tmp_path / "welt")
    (root / "mkdocs.yml").write_text("site_name: x\nmarkdown_extensions: [tables]\n", "utf-8")
    arguments = BY_WORDS[words].line(root)
    told = tmp_path / "gesehen.json"
    run = subprocess.run(
        [sys.executable, "-c", WATCH, str(tmp_path / "welt"), str(ROOT / "generator"), str(told), *arguments],
        env={"PYTHONPATH": str(ROOT), "NAHRAUM_TODAY": "2026-11-20", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen: dict[str, list[str]] = json.loads(told.read_text("utf-8"))
    inputs = Counter(
        {
            by: len(paths)
            for by, names in seen.items()
            if not by.startswith("files/")
            and (
                paths := [name for name in names if not name.startswith(("/.nahraum-", "/projekt/.nahraum-"))]
            )
        }
    )
    assert inputs == {}, {by: seen[by] for by in inputs}
    assert len(seen["files/disk.py"]) > 10
