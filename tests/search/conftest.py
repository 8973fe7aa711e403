"""Runs the browser's modules in node, outside of any page."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "generator" / "assets" / "js"

Engine = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A function from index files and queries to what the browser would find."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node to run the browser's modules outside of a browser")
    folder = tmp_path_factory.mktemp("engine")
    for path in (*ASSETS.glob("*.js"), HERE / "engine.mjs"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def run(
        files: dict[str, bytes] | None = None, queries: list[str] | None = None, **more: Any
    ) -> dict[str, Any]:
        given: dict[str, Any] = {"queries": queries or [], **more}
        for path, content in (files or {}).items():
            given[path.split("/")[1].split(".")[0]] = json.loads(content)
        done = subprocess.run(
            [node, "engine.mjs"],
            cwd=folder,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return run
