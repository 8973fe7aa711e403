"""Tell when something in some folders has changed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

STEP = 0.3
"""Seconds between two looks at the files where the system tells nothing."""
AT_LEAST = 5.0
"""Seconds between two looks where it does: network drives keep changes by others to themselves."""
SETTLED = 0.04
"""Seconds without a further change after which whoever writes many files is done."""

Snapshot = dict[str, tuple[int, int, int]]


def snapshot(places: Iterable[Path]) -> Snapshot:
    """Return files' times, sizes and inode numbers, to compare states."""
    found: Snapshot = {}
    for place in places:
        found.update(_states(place))
    return found


def _states(place: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield (path, state) of a file, or of all below a folder but hidden ones."""
    names = [str(place)]
    for folder, folders, files in os.walk(place) if _inside(place) else ():
        folders[:] = [name for name in folders if not name.startswith(".")]
        # Editors keep their own files beside the one that is written.
        names += [
            os.path.join(folder, name) for name in files if not name.startswith(".") and name[-1] != "~"
        ]
    for name in names:
        try:
            found = os.stat(name)
        except OSError:
            # Gone meanwhile, or a link that leads nowhere: told when it is read.
            continue
        yield name, (found.st_mtime_ns, found.st_size, found.st_ino)


def _inside(place: Path) -> bool:
    """Tell whether a place is no link out of the project, maybe to a whole disk."""
    return Path(os.path.realpath(place)).is_relative_to(os.path.realpath(place.parent))


class Changes:
    """Waits for changes of files; `places` may grow."""

    def __init__(self, places: Iterable[Path], observer: BaseObserver | None) -> None:
        self.places = list(places)
        self.seen = snapshot(self.places)
        self._observer = observer
        self._changed = threading.Event()
        self._watched: set[str] = set()
        self._watch()

    def also(self, places: Iterable[Path]) -> None:
        """Watch further places from now on."""
        new = [place for place in places if place not in self.places]
        self.places += new
        self.seen |= snapshot(new)
        self._watch()

    def wait(self, idle: Callable[[], object] = lambda: None) -> None:
        """Return once files have changed and settled; call `idle` in between, once in each quiet time."""
        pause = STEP if self._observer is None else AT_LEAST
        quiet = 0.0
        while (now := snapshot(self.places)) == self.seen:
            quiet += pause
            if self._changed.wait(pause):
                quiet = 0.0
            self._changed.clear()
            if AT_LEAST <= quiet < AT_LEAST + pause:
                idle()
        self.seen = self._settled(now)
        # Folders may be new.
        self._watch()

    def _settled(self, now: Snapshot) -> Snapshot:
        """Look until nothing changes, one second at most."""
        pause = STEP if self._observer is None else SETTLED
        for _ in range(round(1 / pause)):
            time.sleep(pause)
            before, now = now, snapshot(self.places)
            if now == before:
                break
        return now

    def _watch(self) -> None:
        """Have the system tell of changes in folders that it doesn't watch yet."""
        if self._observer is None:
            return
        for folder, deep in self._folders():
            if folder in self._watched:
                continue
            try:
                self._observer.schedule(_Teller(self._changed), folder, recursive=deep)
            except OSError:
                # The system allows no more watches: the files are looked at instead.
                self._observer = None
                return
            self._watched.add(folder)
        self._watched &= {folder for folder, _ in self._folders()}

    def _folders(self) -> Iterator[tuple[str, bool]]:
        """Yield folders to watch, and whether with those below."""
        for place in self.places:
            if place.parent.is_dir():
                yield str(place.parent), False
            if place.is_dir() and _inside(place):
                yield os.path.realpath(place), True


class _Teller(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake whoever waits; what happened is seen on the files."""
        if event.event_type not in ("opened", "closed_no_write"):
            self.changed.set()


@contextmanager
def watching(places: Iterable[Path]) -> Iterator[Changes]:
    """Watch places until the end of the block."""
    observer: BaseObserver | None = None
    try:
        started = Observer()
        started.start()
        observer = started
    except OSError:
        # The system gives no word of changes: the files are looked at instead.
        pass
    try:
        yield Changes(places, observer)
    finally:
        if observer is not None:
            observer.stop()
            observer.join()
