"""A name in, a folder for as long as this process lives out; what killed processes left under that name is cleared away first."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def passing_folder(name: str) -> Iterator[Path]:
    """Give a folder in the system's folder for passing files, which nobody else may read; it is gone afterwards.

    Each is locked by its process, and the system takes the lock back however a process ends: so a folder without one was left
    behind. Where the system has no such locks (Windows) nothing of others is cleared.
    """
    _clear(name)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        handle = _lock(folder)
        # Another process may have taken it for left behind before it was locked.
        if handle is not None or sys.platform == "win32":
            break
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _clear(name: str) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{name}-*"):
        handle = _lock(folder)
        if handle is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """Lock a folder of ours; None where it isn't ours, is gone or belongs to a process that lives."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_uid == os.geteuid() and folder.exists():
            return handle
    except OSError:
        # Somebody holds it.
        pass
    os.close(handle)
    return None
