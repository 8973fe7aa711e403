"""A finished folder in, the published folder out: unchanged files keep their bytes and times, the exchange is one step.

Linux exchanges two names at once (`renameat2` with RENAME_EXCHANGE); elsewhere two renames do, and `recover` puts the old
site back if a kill came between them.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """Give a new folder beside the target; whatever is left in its place is removed at the end."""
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".neu", dir=target.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def exchange(folder: Path, target: Path) -> None:
    """Put the folder in the target's place; afterwards the old content, if any, lies in `folder`."""
    target = target.absolute()
    if not target.exists():
        folder.rename(target)
        return
    _keep_unchanged(folder, target)
    if not _swap(folder, target):
        old = _old_name(target)
        target.rename(old)
        folder.rename(target)
        shutil.rmtree(old)


def recover(target: Path) -> None:
    """Put the old site back when an earlier run was killed between two renames; remove folders left by killed runs."""
    target = target.absolute()
    old = _old_name(target)
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)
    if target.parent.is_dir():
        for left in target.parent.glob(f".{target.name}-*.neu"):
            shutil.rmtree(left, ignore_errors=True)


def _old_name(target: Path) -> Path:
    return target.with_name(f".{target.name}.alt")


def _keep_unchanged(folder: Path, target: Path) -> None:
    for directory, _, names in os.walk(folder):
        there = target / Path(directory).relative_to(folder)
        if not there.is_dir():
            continue
        for name in names:
            new, old = Path(directory, name), there / name
            if old.is_file() and not old.is_symlink() and filecmp.cmp(new, old, shallow=False):
                new.unlink()
                os.link(old, new)


def _swap(folder: Path, target: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    if libc.renameat2(_AT_FDCWD, os.fsencode(folder), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(target))
