"""Answer browsers on this machine, making each page when it is asked for."""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Diagnostic
from generator.export.web_server import EVERYBODY, HEADERS, ITSELF, TYPES, framed_by, policy
from generator.files.packaged import packaged
from generator.mkdocs_plugin import OpenSite
from generator.pipeline.build import Project
from generator.pipeline.mishap import mishap_of
from generator.pipeline.plan import Content, data_files, other_files
from generator.pipeline.write import make_page, of_all_pages
from generator.render.data_files.offline_packs import WORKER, removing_worker
from generator.render.frame.framing import frameable

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
            self._send(b"Diese Adresse ist nicht die der Vorschau.\n", "text/plain", HTTPStatus.FORBIDDEN)
        elif path == f"{OWN}version":
            self._send(str(self.stage.after(query)).encode(), "text/plain")
        elif path.startswith(OWN) and path.removeprefix(OWN) in FILES:
            name = path.removeprefix(OWN)
            self._send(packaged("generator", "assets", "preview", name), FILES[name])
        else:
            self._send_file(self.stage.shown, path)

    def do_HEAD(self) -> None:
        """Answer with the head alone."""
        self.do_GET()

    def _send_file(self, shown: PreviewState, path: str) -> None:
        if shown.site is None:
            self._send_page(shown, WAITING.encode(), HTTPStatus.SERVICE_UNAVAILABLE)
        elif shown.mount and not path.startswith(f"{shown.mount}/"):
            self._redirect(f"{shown.mount}/")
        else:
            self._send_named(shown, shown.site, unquote(path.removeprefix(shown.mount)).lstrip("/"))

    def _send_named(self, shown: PreviewState, site: LiveSite, name: str) -> None:
        """Answer with a page or file by path, or say that there is none."""
        if name and not name.endswith("/") and site.has_page(f"{name}/"):
            self._redirect(f"{shown.mount}/{quote(name)}/")
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
            self._send(content, TYPES.get(name.rpartition(".")[2], "application/octet-stream"))

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
        self._send(page, "text/html", status)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
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
