"""Run `nahraum serve` until somebody ends it."""

from __future__ import annotations

import datetime as dt
import gc
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from generator.diagnostics import TRACEBACK, has_errors
from generator.diagnostics.formats import as_text, summary
from generator.files.disk import Disk
from generator.files.result_cache import ResultCache
from generator.model.site import Site
from generator.pipeline.build import Project, check_and_derive, no_hunt_for_garbage
from generator.pipeline.mishap import looked_at, mishap_of
from generator.pipeline.today import which_day
from generator.preview.server import LiveSite, PortTaken, Stage, listening
from generator.read.project import read_project

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


# A closed terminal is not told on every system.
ENDS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
"""The signals at which it ends."""

__all__ = ["PortTaken", "check_again_and_again", "serve_site"]


def serve_site(
    root: Path,
    today: dt.date | None,
    *,
    internal: bool,
    untrusted: bool = False,
    port: int,
    open_in_browser: bool,
) -> None:
    """Serve a project on 127.0.0.1 until stopped; raises `PortTaken` first."""
    root, cache = root.resolve(), ResultCache()
    stage = Stage(partial(_tell_mishap, root))

    @no_hunt_for_garbage()
    def read() -> Project:
        reading = read_project(root, internal=internal, untrusted=untrusted, cache=cache)
        return check_and_derive(reading, today or which_day(), drafts=True)

    with (
        _ending_quietly(),
        listening(stage, port) as address,
        watching(_places(root)) as changes,
        _tidying_when_idle() as tidy,
    ):
        _renew(root, read, stage, changes)
        # What was read stays until its file changes and is in no cycle: later collections needn't look at it.
        gc.freeze()
        _tell(f"{address} zeigt die Seite. Strg+C beendet.")
        if open_in_browser:
            webbrowser.open(address)
        while True:
            changes.wait(tidy)
            _renew(root, read, stage, changes)


def check_again_and_again(
    root: Path, look: Callable[[ResultCache], Project], also: Iterable[Path] = ()
) -> None:
    """Call `look` after every change of files, until stopped."""
    root, cache = root.resolve(), ResultCache()
    with _ending_quietly(), watching((*_places(root), *also)) as changes, _tidying_when_idle() as tidy:
        while True:
            try:
                with no_hunt_for_garbage():
                    project = look(cache)
            except Exception as error:  # noqa: BLE001 - the next change of a file may not meet it any more
                _tell_mishap(root, error)
            else:
                if project.site is not None:
                    changes.also(_named_in(root, project.site))
            changes.wait(tidy)


def _places(root: Path) -> tuple[Path, ...]:
    """Return what is read of every project."""
    return tuple(root / name for name in ("site_config.yml", "mkdocs.yml", "resources", "content"))


def _renew(root: Path, read: Callable[[], Project], stage: Stage, changes: Changes) -> None:
    """Read and show everything anew, or report what fails."""
    try:
        project = read()
        site = None if has_errors(project.found) else LiveSite(project)
    except Exception as error:  # noqa: BLE001 - the next change of a file may not meet it any more
        _tell_mishap(root, error)
        _tell_what_stays(stage)
        stage.show(None, [mishap_of(error, root)])
        return
    if project.site is not None:
        changes.also(_named_in(root, project.site))
    if site is None:
        wrong = [item for item in project.found if item.severity == "error"]
        _tell(as_text(wrong, project.disk.lines))
        _tell_what_stays(stage)
        stage.show(None, wrong)
        return
    stage.show(site)
    _tell(f"Die Seite ist neu gelesen. {summary(project.found)}")


def _tell_mishap(root: Path, error: Exception) -> None:
    _tell(as_text([mishap_of(error, root)], Disk(root).lines))
    if os.environ.get(TRACEBACK):
        _tell(looked_at(error).trace)


def _tell_what_stays(stage: Stage) -> None:
    _tell("Die alte Seite bleibt stehen." if stage.shown.site is not None else "Noch gibt es keine Seite.")


def _named_in(root: Path, site: Site) -> Iterator[Path]:
    """Yield further read paths beyond the four standard ones."""
    if site.internal and site.config.overlay:
        # Named by the settings, so it may lie anywhere.
        yield Path(os.path.realpath(root / site.config.overlay))


def _tell(text: str) -> None:
    sys.stderr.write(text.rstrip("\n") + "\n")
    sys.stderr.flush()


@contextmanager
def _tidying_when_idle() -> Iterator[Callable[[], object]]:
    """Suspend garbage collection (as slow as reading) until the yielded function is called."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield gc.collect
    finally:
        if was:
            gc.enable()


@contextmanager
def _ending_quietly() -> Iterator[None]:
    """End alike at Ctrl+C, SIGTERM and a closed terminal."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # A shell that starts it in the background has SIGINT ignored, and Python then leaves it so.
    before = {number: signal.signal(number, end) for number in ENDS}
    try:
        yield
    except KeyboardInterrupt:
        _tell("Beendet.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
