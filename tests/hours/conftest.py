"""Runs the browser's evaluator of hours in node, outside of any page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "generator" / "assets" / "js" / "hours.js"

Evaluate = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def evaluate(tmp_path_factory: pytest.TempPathFactory) -> Evaluate:
    """A function from schedules with moments and days to what the shipped script says, in a far time zone."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node to run the browser's module outside of a browser")
    folder = tmp_path_factory.mktemp("hours")
    shutil.copy(SCRIPT, folder)
    shutil.copy(HERE / "evaluate.mjs", folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def run(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        done = subprocess.run(
            [node, "evaluate.mjs"],
            cwd=folder,
            input=json.dumps(rows),
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TZ": "America/Los_Angeles"},
        )
        assert done.returncode == 0, done.stderr
        answers: list[dict[str, Any]] = json.loads(done.stdout)
        return answers

    return run
