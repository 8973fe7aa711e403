"""A project folder in, its site on this machine out: built anew whenever a file changes; after a mistake the last good site stays."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from generator.diagnostics import has_errors
from generator.diagnostics.formats import as_text, summary
from generator.files.door import Door
from generator.files.passing import passing_folder
from generator.mkdocs_plugin import write_site
from generator.model.site import Site
from generator.pipeline import progress
from generator.pipeline.build import Project, build_site, prepare
from generator.pipeline.mishap import VARIABLE, looked_at, told

STEP = 0.3
"""Seconds between two looks at the files."""
PATIENCE = 20.0
"""Seconds that a browser waits for a new version before it asks again."""
_SCRIPT_PATH, _VERSION_PATH = "/-/vorschau.js", "/-/version"
# A file of our own host, so the Content Security Policy of the site holds here as well.
_SCRIPT = """\
const shown = document.currentScript.dataset.version;
const ask = () => fetch(`/-/version?${shown}`, { cache: "no-store" })
  .then((answer) => answer.text())
  .then((now) => (now === shown ? ask() : location.reload()))
  .catch(() => setTimeout(ask, 2000));
ask();
"""
_WAITING = """\
<!doctype html><html lang="de"><meta charset="utf-8"><title>Noch keine Seite</title>
<body><h1>Noch keine Seite</h1><p>Was fehlt, steht im Fenster, in dem „nahraum serve“ läuft. Danach erscheint die Seite hier von selbst.</p></body></html>
"""

Snapshot = dict[str, tuple[int, int, int]]


class PortTaken(Exception):
    """Another program listens there already."""


def serve_site(
    root: Path,
    today: dt.date | None,
    *,
    internal: bool,
    untrusted: bool = False,
    port: int,
    open_in_browser: bool,
) -> None:
    """Serve a project on 127.0.0.1 until Ctrl+C or SIGTERM; raises `PortTaken` before anything is built."""
    root = root.resolve()
    with passing_folder("nahraum-vorschau") as folder, _ending_quietly():
        shelf = Shelf(folder / "site")
        with _listening(shelf, port) as address:
            places = tuple(root / name for name in ("site_config.yml", "mkdocs.yml", "resources", "content"))
            built = snapshot(places)
            build = partial(_build, root, today, shelf, internal=internal, untrusted=untrusted)
            project = build()
            _tell(f"{address} zeigt die Seite. Strg+C beendet.")
            if open_in_browser:
                webbrowser.open(address)
            while True:
                if project is not None and project.site is not None:
                    named = tuple(root / name for name in _named_in(root, project.site))
                    if new := [place for place in named if place not in places]:
                        places += tuple(new)
                        built |= snapshot(new)
                time.sleep(STEP)
                now = snapshot(places)
                if now == built:
                    continue
                while (later := _after_a_while(places)) != now:
                    now = later
                built = now
                project = build()


def snapshot(places: Iterable[Path]) -> Snapshot:
    """Return what tells one state of files and folders from another: time, size and number of each file."""
    return {path: state for place in places for path, state in _states(place)}


def _named_in(root: Path, site: Site) -> Iterator[str]:
    """Yield what a build reads beside the four places that every project has."""
    if site.internal and site.config.overlay:
        # Named by the settings, so it may lie anywhere.
        yield os.path.realpath(root / site.config.overlay)


def _states(place: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    names = [str(place)]
    # A link out of the project is told when it is read; behind it there may be a whole disk.
    inside = Path(os.path.realpath(place)).is_relative_to(os.path.realpath(place.parent))
    for folder, folders, files in os.walk(place) if inside else ():
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


def _after_a_while(places: Iterable[Path]) -> Snapshot:
    """Let whoever writes many files finish."""
    time.sleep(STEP)
    return snapshot(places)


def _build(
    root: Path, today: dt.date | None, shelf: Shelf, *, internal: bool, untrusted: bool
) -> Project | None:
    """Read everything anew and put the site on the shelf; say what is wrong where that fails."""
    project = None
    try:
        project = prepare(root, today or progress.day(), internal=internal, drafts=True, untrusted=untrusted)
        found = build_site(project, shelf.folder, write_site)
    except Exception as error:  # noqa: BLE001 - the next change of a file may not meet it any more
        _tell(as_text([told(error, root)], Door(root)))
        if os.environ.get(VARIABLE):
            _tell(looked_at(error).trace)
        _tell("Die alte Seite bleibt stehen." if shelf.folder.exists() else "Noch gibt es keine Seite.")
        return project
    if has_errors(found):
        _tell(as_text([item for item in found if item.severity == "error"], project.door))
        _tell("Die alte Seite bleibt stehen." if shelf.folder.exists() else "Noch gibt es keine Seite.")
        return project
    if project.site is not None:
        shelf.mount = urlsplit(project.site.config.url).path.rstrip("/")
    shelf.renew()
    _tell(f"Die Seite ist gebaut. {summary(found)}")
    return project


def _tell(text: str) -> None:
    sys.stderr.write(text.rstrip("\n") + "\n")
    sys.stderr.flush()


class Shelf:
    """The folder of the last good site, where it is mounted, and which version it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mount = ""
        self.version = 0
        self.changed = threading.Condition()

    def renew(self) -> None:
        """Tell every waiting browser that there is a new version."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def after(self, version: str) -> int:
        """Wait for another version than the one that a browser shows, but not for long."""
        with self.changed:
            self.changed.wait_for(lambda: str(self.version) != version, timeout=PATIENCE)
            return self.version


class _Handler(SimpleHTTPRequestHandler):
    """Serves the shelf; pages get a script that waits for the next version."""

    def __init__(self, *given: Any, shelf: Shelf, **more: Any) -> None:
        self.shelf = shelf
        super().__init__(*given, directory=str(shelf.folder), **more)

    def do_GET(self) -> None:
        """Answer with a file, a page, or the version that follows the one named."""
        path, _, query = self.path.partition("?")
        if path == _VERSION_PATH:
            self._send(str(self.shelf.after(query)).encode(), "text/plain")
        elif path == _SCRIPT_PATH:
            self._send(_SCRIPT.encode(), "text/javascript")
        elif not self.shelf.folder.exists():
            self._send_page(_WAITING.encode(), HTTPStatus.SERVICE_UNAVAILABLE)
        elif path == "/" and self.shelf.mount:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{self.shelf.mount}/")
            self.end_headers()
        else:
            self._send_file(path)

    def translate_path(self, path: str) -> str:
        """Leave out where the site will be mounted on its own server."""
        return super().translate_path(path.removeprefix(self.shelf.mount) or "/")

    def _send_file(self, path: str) -> None:
        file = Path(self.translate_path(path))
        if file.is_dir() and not path.endswith("/"):
            super().do_GET()
            return
        page = file / "index.html" if file.is_dir() else file
        if not page.is_file():
            page = self.shelf.folder / "404.html"
            self._send_page(page.read_bytes() if page.is_file() else b"", HTTPStatus.NOT_FOUND)
        elif page.suffix == ".html":
            self._send_page(page.read_bytes())
        else:
            super().do_GET()

    def _send_page(self, content: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        head, end, rest = content.rpartition(b"</body>")
        script = f'<script src="{_SCRIPT_PATH}" data-version="{self.shelf.version}"></script>'.encode()
        self._send((head + script + end + rest) if end else content + script, "text/html", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Keep browsers from showing what they have stored."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to what is wrong with the records."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away while it waits is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def _listening(shelf: Shelf, port: int) -> Iterator[str]:
    try:
        server = _Server(("127.0.0.1", port), partial(_Handler, shelf=shelf))
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


@contextmanager
def _ending_quietly() -> Iterator[None]:
    """End at Ctrl+C, SIGTERM and when the terminal is closed alike, after everything temporary is removed."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # A shell that starts it in the background has SIGINT ignored, and Python then leaves it so.
    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        # Whoever starts it with nohup wants it to go on.
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    except KeyboardInterrupt:
        # A terminal that was closed takes no words.
        with suppress(OSError):
            _tell("Beendet.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
