"""Write several files or none, whatever comes between.

Everything is first written beside the records. A plan there is finished by the next start.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, structs

from generator.files.disk import TABLE, Disk
from generator.files.result_cache import OWN

if sys.platform != "win32":
    import fcntl


class Taken(Exception):
    """Somebody else holds the lock."""


@contextmanager
def sole(path: Path) -> Iterator[None]:
    """Hold a lock file, or raise `Taken` at once. Without system locks (Windows, some network folders) nobody is kept out."""
    handle = _take(path)
    try:
        yield
    finally:
        if handle is not None:
            path.unlink(missing_ok=True)
            os.close(handle)


def _take(path: Path) -> int | None:
    """Return the lock file's open handle; None on Windows."""
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


STAGING = f"{OWN}-schreiben"
"""The folder in which all is prepared; files and locks beside it begin so too."""
_PLAN, _BACK = "plan.json", "zurueck.json"  # the same plan, to be carried out or undone


Contents = Mapping[str, str | bytes | None]


class Busy(OSError):
    """Another process is writing below the same folder."""


class ForeignFile(OSError):
    """Something not ours lies in the place of unfinished writing."""


def write_files(root: Path, files: Contents, report: Callable[[str, int, int], None] | None = None) -> None:
    """Write files below `root`, all or none, making folders.

    UTF-8 with given line ends; None removes a file. Raises OSError, leaving everything as it was.
    """
    made = [path for path in (root, *root.parents) if not path.exists()]
    root.mkdir(parents=True, exist_ok=True)
    root = root.resolve()
    try:
        with sole(root / f"{STAGING}.sperre"):
            _finish(root)
            folder = root / STAGING
            try:
                _stage(folder, root, files, report)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            try:
                _put(folder, root)
            except BaseException:
                # From now on it is to be undone; renaming works on a full disk too.
                (folder / _PLAN).rename(folder / _BACK)
                _take_back(folder, root)
                shutil.rmtree(folder, ignore_errors=True)
                raise
            # Everything is in its place: what can't be cleared away now, the next start clears.
            shutil.rmtree(folder, ignore_errors=True)
    except Taken as error:
        raise Busy(None, "ein anderer Lauf schreibt gerade", str(root)) from error
    except BaseException:
        _clear(made)
        raise


def finish(root: Path) -> None:
    """Finish or undo what a killed run was writing. Raises OSError if impossible, `ForeignFile` if not ours."""
    lock = root / f"{STAGING}.sperre"
    if os.path.lexists(root / STAGING) or os.path.lexists(lock):
        try:
            with sole(lock):
                _finish(root.resolve())
        except Taken:
            # Whoever holds it is alive and will end it.
            return


def _finish(root: Path) -> None:
    """Finish or undo what was begun, and remove its folder."""
    folder = root / STAGING
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise _make_foreign_file_error(folder)
    if os.path.lexists(folder / _BACK):
        _take_back(folder, root)
    elif os.path.lexists(folder / _PLAN):
        _put(folder, root)
    shutil.rmtree(folder)


def _make_foreign_file_error(folder: Path) -> ForeignFile:
    return ForeignFile(
        None, f"{folder.name} stammt nicht von hier; nachsehen, was darin liegt, und es löschen", str(folder)
    )


def _stage(
    folder: Path,
    root: Path,
    files: Contents,
    report: Callable[[str, int, int], None] | None,
) -> None:
    """Write new contents (`.neu`), old ones (`.alt`), marks of what goes (`.weg`), and then the plan."""
    folder.mkdir()
    steps: list[_Step] = []
    for number, (name, content) in enumerate(files.items()):
        if report is not None:
            report("schreiben", number, len(files))
        target = _resolve_inside_folder(root, name)
        exists = target.exists()
        new = folder / f"{number}.neu"
        if content is None:
            _write_new_file(folder / f"{number}.weg", b"")
        else:
            _write_new_file(new, content.encode() if isinstance(content, str) else content)
        if exists:
            shutil.copy2(target, folder / f"{number}.alt")
            if content is not None:
                new.chmod(target.stat().st_mode & 0o7777)
        made = tuple(parent.relative_to(root).as_posix() for parent in target.parents if not parent.exists())
        steps.append(_Step(target.relative_to(root).as_posix(), exists, made))
    _write_plan(folder, steps)


def _write_plan(folder: Path, steps: Sequence[_Step]) -> None:
    """Write the plan, and rename it when complete: from then on it counts."""
    made_of = {"folder": folder.stat().st_ino, "steps": [structs.asdict(step) for step in steps]}
    plan = json.dumps(made_of, ensure_ascii=False)
    _write_new_file(folder / f"{_PLAN}.neu", plan.encode())
    (folder / f"{_PLAN}.neu").replace(folder / _PLAN)
    _to_disk(folder)


def _resolve_inside_folder(root: Path, name: str) -> Path:
    """Follow links, but not out of the folder."""
    target = (root / name).resolve()
    if not target.is_relative_to(root):
        raise OSError(None, "der Verweis führt aus dem Ordner hinaus", str(root / name))
    if target.is_dir():
        raise IsADirectoryError(None, "dort ist ein Ordner", str(root / name))
    return target


def _put(folder: Path, root: Path) -> None:
    """Carry the plan out; repeating is harmless."""
    for number, step in enumerate(_plan(folder, _PLAN)):
        target, new, gone = root / step.name, folder / f"{number}.neu", folder / f"{number}.weg"
        if new.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            new.replace(target)
            _to_disk(target.parent)
        elif gone.exists():
            target.unlink(missing_ok=True)
            _to_disk(target.parent)
            gone.unlink()


def _take_back(folder: Path, root: Path) -> None:
    """Restore old contents; repeating is harmless."""
    steps = _plan(folder, _BACK)
    for number, step in enumerate(steps):
        target, old = root / step.name, folder / f"{number}.alt"
        # It was not yet put in place.
        if (folder / f"{number}.neu").exists():
            continue
        if (folder / f"{number}.weg").exists() and target.exists():
            # It was to go and is still there: somebody may have it open, and then it can't be replaced either.
            continue
        if old.exists():
            old.replace(target)
        elif not step.there:
            target.unlink(missing_ok=True)
    for step in reversed(steps):
        _clear(root / name for name in step.made)


def _clear(folders: Iterable[Path]) -> None:
    """Remove existing empty folders."""
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


class _Step(Struct, frozen=True):
    """A planned file: path, existence before, folders to make (inner first)."""

    name: str
    there: bool
    made: tuple[str, ...]


def _plan(folder: Path, name: str) -> list[_Step]:
    """Read a plan; raise `ForeignFile` if it isn't of this folder."""
    text, _ = Disk(folder, links=False).text(folder / name, TABLE)
    try:
        content = json.loads(text or "")
        if content["folder"] != folder.stat().st_ino:
            raise _make_foreign_file_error(folder)
        return [_Step(**step) for step in content["steps"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _make_foreign_file_error(folder) from error


def _write_new_file(path: Path, data: bytes) -> None:
    """Write a new file, down to the disk."""
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _to_disk(folder: Path) -> None:
    """Flush a folder's names to disk, if possible."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
