"""Run `nahraum serve`: watch folders, make each page when it is asked for, answer browsers."""

from __future__ import annotations

import datetime as dt
import errno
import gc
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from generator.diagnostics import TRACEBACK, Diagnostic, has_errors
from generator.diagnostics.formats import as_text, summary
from generator.export.web_server import EVERYBODY, HEADERS, ITSELF, TYPES, framed_by, policy
from generator.files.disk import Disk
from generator.files.packaged import packaged
from generator.files.result_cache import ResultCache
from generator.mkdocs_plugin import OpenSite
from generator.model.site import Site
from generator.pipeline.build import Project, check_and_derive, no_hunt_for_garbage
from generator.pipeline.mishap import looked_at, mishap_of
from generator.pipeline.plan import Content, data_files, other_files
from generator.pipeline.today import which_day
from generator.pipeline.write import make_page, of_all_pages
from generator.read.project import read_project
from generator.render.data_files.offline_packs import WORKER, removing_worker
from generator.render.frame.page_frame import frameable

OWN = "/-/"
"""Where the preview's own files lie; no record can have an id like that."""
WAITING = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Noch keine Seite</title></head>
<body><main><h1>Noch keine Seite</h1><p>Was fehlt, steht unten. Danach erscheint die Seite hier von selbst.</p></main></body></html>
"""
FAILED = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Diese Seite ließ sich nicht machen</title></head>
<body><main></main></body></html>
"""


def wrong(found: Sequence[Diagnostic], *, over_a_page: bool) -> str:
    """Return problems' HTML, above a page or as one."""
    if not found:
        return ""
    items = "".join(
        f"<li><p><strong>{escape(item.message)}</strong></p><p><code>{escape(item.position.file)}:{item.position.line}:{item.position.column}</code></p>"
        f"<p>{escape(item.help)}</p></li>"
        for item in found
    )
    count = len(found)
    title = "Ein Fehler ist zu beheben" if count == 1 else f"{count} Fehler sind zu beheben"
    old = "<p>Darunter steht die letzte gute Seite.</p>" if over_a_page else ""
    return (
        f'<link rel="stylesheet" href="{OWN}vorschau.css"><section id="nr-vorschau" role="alert" lang="de">'
        f"<h2>{title}</h2>{old}<ol>{items}</ol></section>"
    )


PAGE = "index.html"
NOT_FOUND = "404.html"


class LiveSite:
    """One state of a site; `file` is thread-safe."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.open = OpenSite(project)  # what makes pages
        self.plan = self.open.frames.plan
        # A browser may hold an offline copy of an earlier site at this address: this worker removes it.
        self._single: dict[str, Content] = {WORKER: lambda: removing_worker().encode()}
        self._further = chain(of_all_pages(self.open.frames), other_files(self.plan))
        """Files that are made one by one, named as far as somebody has asked: the names of maps are known once those are made."""
        self._several: Iterator[Callable[[], Mapping[str, bytes]]] = data_files(self.plan)
        self._made: dict[str, bytes] = {}
        self._one_at_a_time = threading.Lock()

    def file(self, name: str) -> bytes | None:
        """Return a file by path, or None."""
        with self._one_at_a_time:
            if name not in self._made:
                made = self._make(name)
                if made is None:
                    return None
                self._made[name] = made
            return self._made[name]

    def _make(self, name: str) -> bytes | None:
        """Make a page or file; None if there is none."""
        if name == PAGE or name.endswith(f"/{PAGE}"):
            path = name.removesuffix(PAGE)
            if path in self.plan.pages:
                return self.open.frames.document(make_page(self.plan, path)).encode()
            if path in self.plan.written:
                return self.open.written_page(path)
        while name not in self._single and (further := next(self._further, None)):
            self._single.setdefault(*further)
        if name in self._single:
            return self._single[name]()
        # One function makes several data files: they are called until the file that was asked for is among theirs.
        for make in self._several:
            self._made |= make()
            if name in self._made:
                return self._made[name]
        return None

    def has_page(self, path: str) -> bool:
        """Tell whether there is a page at `a/b/` or ""."""
        return path in self.plan.paths


PATIENCE = 20.0
"""Seconds that a browser waits for a new version before it asks again."""
FILES = {"vorschau.js": "text/javascript", "vorschau.css": "text/css"}  # below `OWN`
# The names by which a browser reaches this machine. Any other is a stranger's that resolves to it, to read the preview.
_HOSTS = ("127.0.0.1", "localhost")
_BINARY = ("image/", "application/pdf", "application/vnd", "font/")  # types without an encoding


class PortTaken(Exception):
    """Another program listens there already."""


class PreviewState(Struct, frozen=True):
    """What browsers get: last good site, problems since, version."""

    version: int = 0
    site: LiveSite | None = None
    wrong: tuple[Diagnostic, ...] = ()

    @property
    def mount(self) -> str:
        """The site's path on its server, without closing slash."""
        project = self.site.project if self.site is not None else None
        return (
            urlsplit(project.site.config.url).path.rstrip("/") if project is not None and project.site else ""
        )


class Stage:
    """Holds what is shown; browsers wait here for the next version."""

    def __init__(self, tell: Callable[[Exception], None]) -> None:
        self.shown = PreviewState()
        self.tell = tell
        """What to do with an exception that nobody expected while a page was made."""
        self._changed = threading.Condition()

    def show(self, site: LiveSite | None, wrong: Sequence[Diagnostic] = ()) -> None:
        """Show a site, or problems over the last good one, to all browsers."""
        with self._changed:
            site = site or self.shown.site
            self.shown = PreviewState(self.shown.version + 1, site, tuple(wrong))
            self._changed.notify_all()

    def after(self, version: str) -> int:
        """Wait a while for another version."""
        with self._changed:
            self._changed.wait_for(lambda: str(self.shown.version) != version, timeout=PATIENCE)
            return self.shown.version


class _Handler(BaseHTTPRequestHandler):
    """Sends files; pages get a reloading script and problems."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    """Seconds after which a connection on which nothing is said is closed."""

    def __init__(self, *given: Any, stage: Stage, **more: Any) -> None:
        self.stage = stage
        super().__init__(*given, **more)

    def do_GET(self) -> None:
        """Answer with a file, a page, or the next version."""
        path, _, query = self.path.partition("?")
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in _HOSTS:
            self._send_content(
                b"Diese Adresse ist nicht die der Vorschau.\n", "text/plain", HTTPStatus.FORBIDDEN
            )
        elif path == f"{OWN}version":
            self._send_content(str(self.stage.after(query)).encode(), "text/plain")
        elif path.startswith(OWN) and path.removeprefix(OWN) in FILES:
            name = path.removeprefix(OWN)
            self._send_content(packaged("generator", "assets", "preview", name), FILES[name])
        else:
            self._send_file(self.stage.shown, path)

    def do_HEAD(self) -> None:
        """Answer with the head alone."""
        self.do_GET()

    def _send_file(self, shown: PreviewState, path: str) -> None:
        if shown.site is None:
            self._send_page(shown, WAITING.encode(), HTTPStatus.SERVICE_UNAVAILABLE)
        elif shown.mount and not path.startswith(f"{shown.mount}/"):
            self._redirect_to_address(f"{shown.mount}/")
        else:
            self._send_named(shown, shown.site, unquote(path.removeprefix(shown.mount)).lstrip("/"))

    def _send_named(self, shown: PreviewState, site: LiveSite, name: str) -> None:
        """Answer with a page or file by path, or say that there is none."""
        if name and not name.endswith("/") and site.has_page(f"{name}/"):
            self._redirect_to_address(f"{shown.mount}/{quote(name)}/")
            return
        if not name or name.endswith("/"):
            name += PAGE
        try:
            content = site.file(name)
        except Exception as error:  # noqa: BLE001 - the next change of a file may not meet it any more
            self._send_mishap(shown, site, error)
            return
        if content is None:
            self._send_page(shown, site.file(NOT_FOUND) or b"", HTTPStatus.NOT_FOUND)
        elif name.endswith(".html"):
            self._send_page(shown, content)
        else:
            self._send_content(content, TYPES.get(name.rpartition(".")[2], "application/octet-stream"))

    def _send_mishap(self, shown: PreviewState, site: LiveSite, error: Exception) -> None:
        mishap = mishap_of(error, site.project.root)
        self.stage.tell(error)
        # Without a site, or the page would say that the last good one stands below.
        failed = replace(shown, wrong=(mishap,), site=None)
        self._send_page(failed, FAILED.encode(), HTTPStatus.INTERNAL_SERVER_ERROR)

    def _send_page(self, shown: PreviewState, content: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send a page with problems above it and the script that waits for a new version."""
        start = content.find(b">", content.find(b"<body")) + 1
        end = content.rfind(b"</body>")
        script = f'<script src="{OWN}vorschau.js" data-version="{shown.version}"></script>'
        page = (
            content[:start]
            + wrong(shown.wrong, over_a_page=shown.site is not None).encode()
            + content[start:end]
            + script.encode()
            + content[end:]
        )
        self._send_content(page, "text/html", status)

    def _redirect_to_address(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_content(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        charset = "" if kind.startswith(_BINARY) else "; charset=utf-8"
        self.send_header("Content-Type", f"{kind}{charset}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        """Send the server's headers, and forbid caching."""
        project = self.stage.shown.site.project if self.stage.shown.site is not None else None
        self.send_header("Cache-Control", "no-store")
        for name, value in HEADERS.items():
            self.send_header(name, value)
        if project is not None and project.site is not None:
            # A request that could not be parsed has no path.
            name = getattr(self, "path", "").removeprefix(self.stage.shown.mount).lstrip("/")
            who = EVERYBODY if name.startswith(frameable(project.contexts)) else ITSELF
            self.send_header("Content-Security-Policy", framed_by(policy(project.site.config), who))
        super().end_headers()

    def version_string(self) -> str:
        """Name the program and no version."""
        return "nahraum"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal shows records' problems."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore browsers that leave while waiting."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def listening(stage: Stage, port: int) -> Iterator[str]:
    """Answer local browsers until the block ends; yield the address, or raise `PortTaken`."""
    try:
        server = _Server(("127.0.0.1", port), partial(_Handler, stage=stage))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken from error
        raise
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


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
        watching(_list_watched_paths(root)) as changes,
        _tidying_when_idle() as tidy,
    ):
        _renew(root, read, stage, changes)
        # What was read stays until its file changes and is in no cycle: later collections needn't look at it.
        gc.freeze()
        _write_to_terminal(f"{address} zeigt die Seite. Strg+C beendet.")
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
    with (
        _ending_quietly(),
        watching((*_list_watched_paths(root), *also)) as changes,
        _tidying_when_idle() as tidy,
    ):
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


def _list_watched_paths(root: Path) -> tuple[Path, ...]:
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
        _write_to_terminal(as_text(wrong, project.disk.lines))
        _tell_what_stays(stage)
        stage.show(None, wrong)
        return
    stage.show(site)
    _write_to_terminal(f"Die Seite ist neu gelesen. {summary(project.found)}")


def _tell_mishap(root: Path, error: Exception) -> None:
    _write_to_terminal(as_text([mishap_of(error, root)], Disk(root).lines))
    if os.environ.get(TRACEBACK):
        _write_to_terminal(looked_at(error).trace)


def _tell_what_stays(stage: Stage) -> None:
    _write_to_terminal(
        "Die alte Seite bleibt stehen." if stage.shown.site is not None else "Noch gibt es keine Seite."
    )


def _named_in(root: Path, site: Site) -> Iterator[Path]:
    """Yield further read paths beyond the four standard ones."""
    if site.internal and site.config.overlay:
        # Named by the settings, so it may lie anywhere.
        yield Path(os.path.realpath(root / site.config.overlay))


def _write_to_terminal(text: str) -> None:
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
        _write_to_terminal("Beendet.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
