"""A path in, the sole right to write there out, for as long as the process holds it; the system takes it back at its end."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Taken(Exception):
    """Somebody else holds the lock."""


@contextmanager
def sole(path: Path) -> Iterator[None]:
    """Hold the lock file `path`, which is removed afterwards; raises `Taken` at once where another process holds it.

    Where the system has no such locks (Windows, some network folders) nobody is kept out.
    """
    handle = _take(path)
    try:
        yield
    finally:
        if handle is not None:
            path.unlink(missing_ok=True)
            os.close(handle)


def _take(path: Path) -> int | None:
    if sys.platform == "win32":
        return None
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever held it before may have removed the file between our opening and locking it.
            if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                os.close(handle)
                raise Taken(str(path)) from error
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                return handle
            os.close(handle)
            raise
        os.close(handle)
