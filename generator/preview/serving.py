"""Run `nahraum serve` until somebody ends it."""

from __future__ import annotations

import datetime as dt
import gc
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from generator.diagnostics import TRACEBACK, has_errors
from generator.diagnostics.formats import as_text, summary
from generator.files.disk import Disk
from generator.files.result_cache import ResultCache
from generator.model.site import Site
from generator.pipeline.build import Project, check_and_derive, no_hunt_for_garbage
from generator.pipeline.mishap import looked_at, mishap_of
from generator.pipeline.today import which_day
from generator.preview.server import LiveSite, PortTaken, Stage, listening
from generator.preview.watching import Changes, watching
from generator.read.project import read_project

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
