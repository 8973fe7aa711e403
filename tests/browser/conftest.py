"""The demo in a real browser: other hosts are blocked and counted, and so is every breach of the content security policy."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FloatRect, Locator, Page, Request, Route

from bench.scripts import PACKAGES
from generator.export.web_server import CACHED
from generator.render.frame.families import scripts_folder
from tests.browsing import PATIENCE, slow_down
from tests.chance import every


class _Quiet(SimpleHTTPRequestHandler):
    log: ClassVar[list[str]] = []
    kept = ""

    def log_message(self, format: str, *args: Any) -> None:
        self.log.append(format % args)

    def end_headers(self) -> None:
        if self.kept:
            fresh = self.path.startswith(self.kept)
            self.send_header("Cache-Control", f"public, max-age={CACHED}" if fresh else "no-cache")
        super().end_headers()


def until(page: Page, met: str | Callable[[], object]) -> None:
    """Wait until a script, or what it promises, is true, or a function is; `wait_for_function` needs `unsafe-eval` and takes any promise for true."""
    end = time.monotonic() + PATIENCE
    while not (page.evaluate(met) if isinstance(met, str) else met()):
        if time.monotonic() > end:
            pytest.fail(f"never true: {met}")
        page.evaluate("new Promise((done) => setTimeout(done, 20))")


@contextmanager
def served(folder: Path, log: list[str] | None = None, kept: str = "") -> Iterator[str]:
    """Serve a folder; hand out its address with a slash at its end.

    `log` takes in what the server writes of each request. Below `kept` browsers may keep files as long as the servers allow that we configure.
    """
    handler = type("Handler", (_Quiet,), {"log": [] if log is None else log, "kept": kept})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


# The site's letters are an eighth larger than 16 px; twice that, as somebody sets it for letters alone.
TWICE = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 212.5% !important }");
  document.adoptedStyleSheets = [sheet];
  document.querySelectorAll("main details").forEach((fold) => { fold.open = true; });
}
"""
"""Makes the letters of a page twice as large and opens what is folded."""
LATER = """(() => {
  const waiting = new Set(), { setTimeout: usual, clearTimeout: never } = window;
  window[Symbol.for("later")] = waiting;
  // Of the site's own scripts; what waits for longer than a second waits for people.
  window.setTimeout = (call, delay = 0, ...more) => {
    const timer = usual((...told) => { waiting.delete(timer); call(...told); }, delay, ...more);
    if (delay <= 1000 && new Error().stack.includes("/assets/")) waiting.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => { waiting.delete(timer); never(timer); };
})()"""
"""Counts what the page has put off: what is typed is followed after a pause, in which nothing is asked for and nothing moves."""


SORT = """() => {
  const start = performance.now();
  Array.from({ length: 200000 }, (_, n) => (n * 7919) % 200003).sort((one, other) => one - other);
  return performance.now() - start;
}"""
LONG_TASKS = "() => { window.long = []; new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' }); }"


def fixed_work(page: Page) -> float:
    """Say how long a page needs to sort 200,000 numbers: on a busy or slow machine everything takes longer."""
    return max(page.evaluate(SORT) for _ in range(5))


def box_of(place: Locator) -> FloatRect:
    """Where something stands, once it does: what is drawn again at this moment is nowhere."""
    found: list[FloatRect] = []

    def stands() -> bool:
        box = place.bounding_box()
        if box is not None:
            found.append(box)
        return box is not None

    until(place.page, stands)
    return found[0]


def reached_by_tab(page: Page, wanted: Locator, steps: int) -> bool:
    """Press Tab until an element has the focus; tell whether it got it. The page has come to rest: the element is looked for once, which takes longer than a step."""
    there = wanted.element_handle()
    for _ in range(steps):
        if there.evaluate("element => element === document.activeElement"):
            return True
        page.keyboard.press("Tab")
    return False


def with_sources(page: Page) -> Page:
    """Let a page import scripts as they are written, from the site's `/quellen/`: what it loads by itself holds them in one piece."""

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/quellen/")[2]
        folder = PACKAGES if "/" in name else scripts_folder()
        if not (folder / name).is_file():
            route.fulfill(status=404)
            return
        text = (folder / name).read_text("utf-8")
        body = re.sub(r'from "(lean-qr/[^"]+)"', r'from "/quellen/\1.mjs"', text)
        route.fulfill(body=body, content_type="text/javascript")

    page.route(re.compile(r"/quellen/.*\.m?js$"), answer)
    return page


@pytest.fixture(scope="session")
def demo_url(demo_site: Path) -> Iterator[str]:
    """The address of the built demo."""
    with served(demo_site) as url:
        yield url


@dataclass
class Watched:
    """A page with what it asked for and what went wrong."""

    page: Page
    own: str
    """The address of its site; whatever else it asks for is foreign."""
    requests: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    pending: set[Request] = field(default_factory=set)

    def settled(self) -> Page:
        """Wait until nothing the page asked for or put off is on its way, and what came has been drawn."""
        quiet, end = 0, time.monotonic() + PATIENCE
        while quiet < 2:
            assert time.monotonic() < end, f"never at rest: {[one.url for one in self.pending]}"
            later = self.page.evaluate(
                "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window[Symbol.for('later')]?.size))))"
            )
            quiet = 0 if self.pending or later else quiet + 1
        return self.page

    def assert_clean(self) -> None:
        """No request to another host, no message in the console, no breach of the policy."""
        assert self.foreign == []
        assert self.errors == []

    def asked(self, request: Request) -> None:
        """Take a request down; another host is never reached."""
        self.requests.append(request.url)
        self.pending.add(request)
        if not request.url.startswith((self.own, "data:", "blob:")):
            self.foreign.append(request.url)

    def ended(self, request: Request) -> None:
        """It came, or never will."""
        self.pending.discard(request)

    def said(self, message: ConsoleMessage) -> None:
        """Take down what the console says."""
        if message.type in ("error", "warning"):
            self.errors.append(message.text)


Watch = Callable[..., Watched]
WIDTHS = pytest.mark.parametrize("width", every((360, 1280), {360}))


def watched_page(browser: Browser, slow: bool, own: str, width: int = 1280, **options: Any) -> Watched:
    """Return a page in a context of its own, before it has opened anything."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.add_init_script(LATER)
    if slow:
        slow_down(page)
    watched = Watched(page, own)
    page.on("request", watched.asked)
    page.on("requestfinished", watched.ended)
    page.on("requestfailed", watched.ended)
    page.on("console", watched.said)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) => console.error('csp', e.violatedDirective, e.blockedURI, e.sample))"
    )
    return watched


def own_part(url: str) -> str:
    """The address of the site that a page is of."""
    return url[: url.index("/", 8) + 1]


@pytest.fixture
def watch(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Watched]]:
    """Open an address at a width, in a browser that was never there, and watch it."""
    opened = []
    slow = request.config.getoption("--slow-pages")

    def open_page(url: str, width: int = 1280, **options: Any) -> Watched:
        watched = watched_page(browser, slow, own_part(url), width, **options)
        opened.append(watched)
        watched.page.goto(url)
        return watched

    yield open_page
    for watched in opened:
        watched.page.context.close()


@pytest.fixture(scope="module")
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Watched]]:
    """Open an address anew in the tab that the tests of a file have in common, one for each width, `name` and options: half of what a new browser takes.

    For tests that type, choose and look. Whoever counts requests or the history wants `watch`; whoever sets a clock, a tab with a name.
    """
    opened: dict[str, Watched] = {}
    slow = request.config.getoption("--slow-pages")

    def open_again(url: str, width: int = 1280, name: str = "", **options: Any) -> Watched:
        key = f"{width} {name} {options}"
        if key not in opened:
            opened[key] = watched_page(browser, slow, own_part(url), width, **options)
        watched = opened[key]
        watched.own = own_part(url)
        watched.page.unroute_all()
        # A page without scripts: what the last test left for the way back is gone.
        watched.page.goto(f"{watched.own}robots.txt")
        watched.page.evaluate("(sessionStorage.clear(), localStorage.clear())")
        for seen in (watched.requests, watched.foreign, watched.errors):
            seen.clear()
        watched.pending.clear()
        watched.page.goto(url)
        return watched

    yield open_again
    for watched in opened.values():
        watched.page.context.close()


HOME = pytest.StashKey[Watched]()
"""Where a file of tests keeps the home that is open."""


@pytest.fixture
def home(tab: Callable[..., Watched], request: pytest.FixtureRequest, demo_url: str) -> Watched:
    """The home of the demo on a phone with an empty search, which the tests of a file use one after the other.

    It is loaded anew where the last one went to another page or was in danger. Parts of the last answer may stand hidden in it: come to rest
    after typing (`settled`), then look.
    """
    kept = request.node.getparent(pytest.Module).stash
    watched = kept.get(HOME, None)
    if (
        watched is not None
        and watched.page.url == demo_url
        and not watched.page.locator(".nr-danger").count()
    ):
        watched.requests.clear()
        watched.page.get_by_role("combobox").fill("")
    else:
        watched = kept[HOME] = tab(demo_url, 360)
    watched.settled()
    return watched
