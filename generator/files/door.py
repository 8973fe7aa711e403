"""A path in; its bytes or text out, or what is wrong with it. Every file of a project is read through here and nowhere else.

A file is read when it is a regular file, is no larger than such a file may be, and really lies in one of the folders that the
configuration or the command line names; so a link can't publish what lies elsewhere, and nothing that never ends is read.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

RECORD = 1_000_000
"""Bytes of a record, a vocabulary, a mapping or a hand-written page, at most."""
TABLE = 250_000_000
"""Bytes of a table of streets or figures, of boundaries, or of an image, at most."""


class Door:
    """The folders from which a command may read; the first is the project, and files are named from there."""

    def __init__(self, project: Path, *others: Path) -> None:
        self.project = project
        self._roots = [path.resolve() for path in (project, *others)]

    def also(self, folder: Path) -> Door:
        """Return a door that opens to one more folder."""
        return Door(self.project, *self._roots[1:], folder)

    def name(self, path: Path) -> str:
        """Return the name by which messages call a file: its path from the project, where it lies in there."""
        if path.is_relative_to(self.project):
            return path.relative_to(self.project).as_posix()
        return path.as_posix()

    def read(self, path: Path, limit: int = RECORD) -> tuple[bytes | None, list[Diagnostic]]:
        """Return a file's bytes, or None and the one thing that is wrong with it."""
        place = Position(self.name(path))
        try:
            real = path.resolve()
        except (OSError, RuntimeError):
            return None, [diagnostic("verweis-fuehrt-hinaus", place, target="im Kreis")]
        if not any(real.is_relative_to(root) for root in self._roots):
            return None, [diagnostic("verweis-fuehrt-hinaus", place, target=f"nach {real}")]
        try:
            return self._open(real, place, limit)
        except OSError as error:
            return None, [diagnostic("datei-unlesbar", place, reason=_reason(error))]
        except ValueError:
            # A zero byte in a name.
            return None, [diagnostic("datei-unlesbar", place, reason="kein gültiger Dateiname")]

    def _open(self, real: Path, place: Position, limit: int) -> tuple[bytes | None, list[Diagnostic]]:
        # Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(real, flags | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise OSError(errno.EINVAL, "das ist keine gewöhnliche Datei")
            if state.st_size > limit:
                return None, [diagnostic("datei-zu-gross", place, size=state.st_size, limit=limit)]
            data = stream.read(limit + 1)
        if len(data) > limit:
            return None, [diagnostic("datei-zu-gross", place, size=len(data), limit=limit)]
        return data, []

    def text(self, path: Path, limit: int = RECORD) -> tuple[str | None, list[Diagnostic]]:
        """Return a file's text, which is UTF-8; a byte-order mark is allowed."""
        data, found = self.read(path, limit)
        return (None, found) if data is None else decoded(data, self.name(path))

    def below(self, folder: Path) -> Iterator[Path]:
        """Yield every entry below a folder that is no folder itself, in order; links to folders are not entered."""
        for base, folders, names in os.walk(folder):
            folders.sort()
            yield from (Path(base, name) for name in sorted(names))
            yield from (Path(base, name) for name in folders if Path(base, name).is_symlink())

    def checked(self, path: Path, limit: int = TABLE) -> list[Diagnostic]:
        """Return what is wrong with a file that others will read; its content isn't."""
        place = Position(self.name(path))
        try:
            real = path.resolve()
            if not any(real.is_relative_to(root) for root in self._roots):
                return [diagnostic("verweis-fuehrt-hinaus", place, target=f"nach {real}")]
            state = real.stat()
        except RuntimeError:
            return [diagnostic("verweis-fuehrt-hinaus", place, target="im Kreis")]
        except OSError as error:
            return [diagnostic("datei-unlesbar", place, reason=_reason(error))]
        if not stat.S_ISREG(state.st_mode):
            return [diagnostic("datei-unlesbar", place, reason="das ist keine gewöhnliche Datei")]
        if state.st_size > limit:
            return [diagnostic("datei-zu-gross", place, size=state.st_size, limit=limit)]
        return []


def decoded(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """Decode a file's bytes as UTF-8 (a byte-order mark is allowed); say where it is something else."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [diagnostic("kein-utf8", Position(file, line, column))]


_REASONS = {
    errno.ENOENT: "es gibt sie nicht",
    errno.EACCES: "das Recht zum Lesen fehlt",
    errno.EISDIR: "das ist ein Ordner",
    errno.ELOOP: "der Verweis dreht sich im Kreis",
    errno.EIO: "der Datenträger ist gestört",
}


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
