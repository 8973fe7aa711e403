"""A fault and a command line in, what the command did under the fault out; and what was there before and should be there after.

Everything that changes the disk, or opens a file of it, passes Python's audit hooks, however it is called: so a fault can be
placed before each of these steps, and a new way of writing can't be missed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attack.children import Ended, Limits, run, scratch
from attack.warming import call as run_line
from attack.world import PROJECT, TODAY, Call, prepared, serve_once, snapshot
from generator.files.site_folder import MARK
from generator.pipeline import write as page_writer

CHANGING = {
    *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
    *("os.chown", "os.utime", "shutil.move", "shutil.rmtree"),
}
"""Audit events of what changes the disk, apart from opening a file for writing."""
ROOM = {"open", "os.mkdir", "os.link", "os.symlink"}
"""What a full disk refuses; renaming and removing need no room."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PATIENT = Limits(seconds=60, patience=900)
Act = Callable[[str], None]


def command(call: Call, root: Path, *, crowd: bool = False) -> int:
    """Run a command in this process as from a shell; return its exit code. `crowd` makes it share its work out."""
    if crowd:
        page_writer.FEW = 0
    os.environ["NAHRAUM_TODAY"] = TODAY
    os.environ.pop("NAHRAUM_TRACEBACK", None)
    # What is put away for the moment would be found if it were left lying.
    os.environ["TMPDIR"] = str(root.parent / "tmp")
    (root.parent / "tmp").mkdir(exist_ok=True)
    tempfile.tempdir = None
    serve_once()
    return run_line(call.line(root))


class Steps:
    """Counts the steps of this process that change files below a folder, or read them; acts before those from `at` to `last`."""

    def __init__(
        self,
        folder: Path,
        act: Act | None = None,
        at: int = 0,
        *,
        last: int | None = None,
        reading: bool = False,
        room: bool = False,
    ) -> None:
        self.folder, self.act, self.reading = str(folder), act, reading
        self.acting = range(at, (last or at) + 1)
        self.room = room
        self.made = 0
        self.owner = os.getpid()
        self.busy = False
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.busy or os.getpid() != self.owner:
            return
        path = self._path(event, arguments)
        if path is None:
            return
        self.made += 1
        if self.act is not None and self.made in self.acting and (not self.room or event in ROOM):
            self.busy = True
            try:
                self.act(path)
            finally:
                self.busy = False

    def _path(self, event: str, arguments: tuple[Any, ...]) -> str | None:
        if event == "open":
            if self._writes(arguments) == self.reading:
                return None
        elif self.reading or event not in CHANGING:
            return None
        path = arguments[0]
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if isinstance(path, os.PathLike):
            path = os.fspath(path)
        # A file that is named by its number was opened before; one without a folder can't be placed.
        if not isinstance(path, str):
            return None
        path = os.path.abspath(path)
        # The folder for passing files is made by the rig itself.
        if not path.startswith(self.folder) or os.path.basename(path) == "tmp":
            return None
        # What a command puts down for itself is no input.
        own = "/." in path[len(self.folder) :] or not os.path.isfile(path)
        return None if self.reading and own else path

    @staticmethod
    def _writes(arguments: tuple[Any, ...]) -> bool:
        _, mode, flags = arguments
        return bool(isinstance(flags, int) and flags & WRITING) or bool(mode and set(mode) & set("wxa+"))


State = dict[str, bytes | str]


@dataclass(frozen=True)
class World:
    """A prepared world on disk, what it held before the command, and what it holds after it has gone well."""

    call: Call
    folder: Path
    before: State
    after: State
    steps: int
    readings: int
    ended: Ended

    @property
    def writes(self) -> bool:
        """Whether the command was seen to change anything."""
        return self.before != self.after

    def copy(self, name: str) -> Path:
        """Return a new copy of the world as it was before; its path is as long as that of every other."""
        folder = self.folder.parent / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder, symlinks=True)
        return folder


@contextlib.contextmanager
def observed(call: Call) -> Iterator[World]:
    """Run a command undisturbed and see what it changes and in how many steps; then make an older state of what it wrote.

    What it writes beside the project (a site, PDFs …) stands there in an older state before the command is observed: some
    files say something else, some are missing. So an old state can be told from none.
    """
    with here("welt") as base:
        prepared(base / "alt", call)
        first = _undisturbed(call, base, "alt")
        changed = sorted(name for name in first.after if first.before.get(name) != first.after[name])
        _age([base / "alt" / name for name in changed if not name.startswith((f"{PROJECT}/", "tmp/"))])
        shutil.rmtree(base / "davor", ignore_errors=True)
        (base / "davor").mkdir()
        prepared(base / "davor", call)
        for name in sorted({name.split("/")[0] for name in first.after} - {PROJECT, "tmp"}):
            shutil.rmtree(base / "davor" / name, ignore_errors=True)
            shutil.copytree(base / "alt" / name, base / "davor" / name, symlinks=True)
        shutil.copytree(base / "davor", base / "voll", symlinks=True)
        yield _undisturbed(call, base, "voll")


def _age(paths: list[Path]) -> None:
    """Make the files of an older run out of those of this one: some say something else, some aren't there yet."""
    for number, path in enumerate(path for path in paths if path.name != MARK):
        if number % 5 == 4:
            path.unlink()
        elif number % 5 in (0, 2):
            path.write_bytes(path.read_bytes() + b" ")


def _undisturbed(call: Call, base: Path, name: str) -> World:
    before = snapshot(base / name)

    def work() -> int:
        changing, reading = Steps(base), Steps(base, reading=True)
        code = command(call, base / name / PROJECT)
        (base / "steps").write_text(f"{changing.made} {reading.made}", encoding="utf-8")
        return code

    ended = run(work, PATIENT)
    steps, readings = (base / "steps").read_text("utf-8").split()
    shutil.rmtree(base / name / "tmp", ignore_errors=True)
    return World(call, base / "davor", before, snapshot(base / name), int(steps), int(readings), ended)


@contextlib.contextmanager
def here(name: str) -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"nahraum-{name}-", dir=scratch()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
