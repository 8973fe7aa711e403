"""The demo in a real browser: other hosts are blocked and counted, and so is every breach of the content security policy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def until(page: Page, script: str) -> None:
    """Wait until a script, or what it promises, is true; `wait_for_function` needs `unsafe-eval` and takes any promise for true."""
    for _ in range(160):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {script}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; hand out its address with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def demo_url(demo_site: Path) -> Iterator[str]:
    """The address of the built demo."""
    with served(demo_site) as url:
        yield url


@dataclass
class Watched:
    """A page with what it asked for and what went wrong."""

    page: Page
    requests: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        """No request to another host, no message in the console, no breach of the policy."""
        assert self.foreign == []
        assert self.errors == []


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open an address at a width and watch it."""
    contexts = []

    def open_page(url: str, width: int = 1280, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page)
        own = url[: url.index("/", 8) + 1]

        def decide(route: Route) -> None:
            address = route.request.url
            watched.requests.append(address)
            if address.startswith((own, "data:", "blob:")):
                route.continue_()
            else:
                watched.foreign.append(address)
                route.abort()

        page.route("**/*", decide)
        page.on(
            "console",
            lambda message: (
                watched.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', (e) => console.error('csp', e.violatedDirective, e.blockedURI, e.sample))"
        )
        page.goto(url)
        return watched

    yield open_page
    for context in contexts:
        context.close()
