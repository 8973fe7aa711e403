"""The site's own scripts in node, outside of any page: a driver and what it starts from in, answers to one question after the other out.

A driver is a module that exports `start(given)`, which returns a function from a question to its answer. It lies beside the scripts
when it runs, and imports them by their names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "generator" / "assets" / "js"
DRIVE = Path(__file__).parent / "drive.mjs"
PACKAGES = ROOT / ".ci" / "esbuild" / "node_modules"


class Scripts:
    """A node process with the site's scripts, or with those of the given names alone; `environment` is added to its own.

    Raises `FileNotFoundError` where there is no node.
    """

    def __init__(
        self, driver: Path, given: Any = None, names: Collection[str] | None = None, **environment: str
    ) -> None:
        node = shutil.which("node")
        if node is None:
            raise FileNotFoundError("node")
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        wanted = [path.name for path in SCRIPTS.glob("*.js")] if names is None else names
        for path in (*(SCRIPTS / name for name in wanted), driver, DRIVE):
            shutil.copy(path, folder)
        (folder / "node_modules").symlink_to(PACKAGES)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        self._said = folder / "said.txt"
        with self._said.open("wb") as said:
            self._node = subprocess.Popen(
                [node, DRIVE.name, f"./{driver.name}"],
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                encoding="utf-8",
                env={**os.environ, **environment},
            )
        self._tell(given)

    def __enter__(self) -> Scripts:
        return self

    def __exit__(self, *_: object) -> None:
        self._node.kill()
        self._node.communicate()
        self._folder.cleanup()

    def ask(self, question: Any) -> Any:
        """Return what the driver answers; raises `RuntimeError` with node's own words where it fails."""
        self._tell(question)
        answer = self._node.stdout.readline() if self._node.stdout else ""
        if not answer:
            self._node.wait()
            raise RuntimeError(self._said.read_text("utf-8"))
        return json.loads(answer)

    def _tell(self, given: Any) -> None:
        try:
            if self._node.stdin:
                self._node.stdin.write(f"{json.dumps(given)}\n")
                self._node.stdin.flush()
        except BrokenPipeError:
            # It ended already: why stands in what it said, and is told with the answer that never comes.
            pass
