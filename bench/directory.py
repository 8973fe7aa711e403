"""Measures the directory with 5,000 made-up offers: what a visit loads, time of a filter change and of a query, the map.

Everything is sent gzipped; counted is what goes over the wire, heads included, before and after the first touch. Chromium's processor is
slowed four times. A filter change is measured from the click to the finished list, in the page: counts beside all open choices included.
With the map open it also has to show the same entries, a few markers at a time; what else may wait behind one step is the longest task.
Opening hours are varied, because the file holds each schedule once.

    python -m bench.directory [--offers 5000] [--chromium PATH] [--rounds 6]
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import math
import random
import re
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

from bench.world import write_world
from generator.pipeline.build import prepare
from generator.pipeline.plan import asset_files, plan_site
from generator.pipeline.write import Frames, make_page
from generator.render.data_files.browser_files import FINDING, browser_files
from generator.render.frame.families import FAMILIES, MADE, made_files, with_imports
from tests.browsing import ARGUMENTS, CHROMIUM

TODAY = dt.date(2026, 11, 20)
FIRST_LOAD, CHANGED, TASK = 150, 50, 100
"""Goals: kB before anything is touched; milliseconds of a change (95th percentile) and of a task, the processor slowed four times."""
QUERIES = (
    "Schuldnerberatung",
    "beratung",
    "Elterncafe",
    "Krabbelgruppe Linden",
    "Geldsorgen",
    "Schuldnerbratung",
)
CHANGE = """async ([selector, value]) => {
  const target = document.querySelector(selector);
  const started = performance.now();
  if (value === null) target.click();
  else { target.value = value; target.dispatchEvent(new Event(target.tagName === "SELECT" ? "change" : "input", {bubbles: true})); }
  document.body.offsetHeight;
  return performance.now() - started;
}"""
LONG = """new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) (window.long ??= []).push(duration); })
.observe({ type: "longtask", buffered: true })"""
MAP_SHOWS = """(total) => [...document.querySelectorAll('.leaflet-marker-icon[role="button"]')].reduce((sum, icon) => sum + (Number(icon.textContent) || 1), 0) >= total"""
QUERY = """async (queries) => {
  const { Index } = await import(new URL("find.js", document.querySelector("script[type=module]").src));
  const index = new Index(await (await fetch("../search/title.de.json")).json());
  const times = [];
  for (const query of queries) for (let end = 1; end <= query.length; end++) {
    const started = performance.now();
    index.search(query.slice(0, end));
    times.push(performance.now() - started);
  }
  return times;
}"""


def vary_hours(folder: Path) -> None:
    """Give each offer days and times of its own, as a town's offers have them."""
    dice = random.Random(5000)
    for path in sorted((folder / "resources" / "offers").glob("*.yml")):
        days = ",".join(
            sorted(
                dice.sample(("Mo", "Tu", "We", "Th", "Fr"), dice.choice((1, 1, 2, 3))), key="MoTuWeThFr".index
            )
        )
        start = dice.choice((8, 9, 10, 13, 14, 15, 16)) * 60 + dice.choice((0, 0, 30))
        end = start + dice.choice((60, 90, 120, 180, 240))
        rest = dice.choice(("", "; PH off", "; SH off; PH off"))
        hours = f"hours: {days} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}{rest}"
        path.write_text(re.sub(r"(?m)^hours: .*$", hours, path.read_text(encoding="utf-8")), encoding="utf-8")


def write_directory(folder: Path, target: Path) -> None:
    """Write the directory's page with its assets and data, and no other page."""
    project = prepare(folder, TODAY)
    frames = Frames(plan_site(project))
    for name, make in asset_files(frames.plan):
        _write(target / name, make())
    for produce in browser_files(project.contexts, FINDING):
        for name, content in produce().items():
            if not name.startswith(
                ("search/", "angebote/auswahl", "angebote/verzeichnis", "angebote/zeilen")
            ):
                continue
            _write(target / name, content)
    page = make_page(frames.plan, "angebote/")
    _write(target / "angebote" / "index.html", frames.document(page).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def sizes(target: Path) -> None:
    """Print what a visit loads."""
    files = [
        "angebote/index.html",
        "angebote/auswahl.json",
        "search/title.de.json",
        "angebote/verzeichnis.json",
    ]
    files += sorted(
        path.relative_to(target).as_posix() for path in (target / "angebote").glob("zeilen-*.json")
    )[:2]
    total = 0
    for name in files:
        data = (target / name).read_bytes()
        packed = len(brotli.compress(data, quality=9))
        total += packed if name.endswith(("title.de.json", "verzeichnis.json")) else 0
        print(
            f"  {name:32} {len(data) / 1000:7.0f} kB   gzip {len(gzip.compress(data, 9)) / 1000:6.1f} kB   brotli {packed / 1000:6.1f} kB"
        )
    print(f"  title index with all that the list shows and filters by: brotli {total / 1000:.1f} kB")
    made = made_files()
    for label, family in (("directory", "directory"), ("finder", "spaces")):
        names = with_imports(FAMILIES[family].page, later=False, folder=MADE)
        packed = sum(len(gzip.compress(made[name], 9)) for name in names)
        print(f"  scripts of the {label}, gzip {packed / 1000:.1f} kB")


class Packed(SimpleHTTPRequestHandler):
    """Serves files as a town's server does: texts gzipped, connections kept."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        """Answer with a file, or with 404."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".css", ".js", ".json", ".svg"):
            content = gzip.compress(content, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; hand out its address with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def transfer(browser: Browser, address: str) -> tuple[int, int]:
    """Return the bytes of a first visit: before anybody touches anything, and of what a first choice loads."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address)
    page.locator("#filter form").wait_for()
    page.wait_for_load_state("networkidle")
    before = sum(sizes)
    page.locator(".nr-filter__form > .nr-chips .nr-chip").first.click()
    page.locator("#liste:not([aria-busy])").wait_for()
    page.wait_for_timeout(1500)
    context.close()
    return before, sum(sizes) - before


def longest(page: Page) -> float:
    """Return the longest task since the last call, in milliseconds; what is below 50 is no long task and counts as none."""
    page.wait_for_timeout(400)
    return float(
        page.evaluate(
            "() => { const most = Math.max(0, ...window.long ?? []); window.long = []; return most; }"
        )
    )


def print_longest(page: Page, when: str) -> None:
    """Print the longest task since the last call."""
    most = longest(page)
    print(f"  longest task {when} {most:.0f} ms{against(most, TASK, 'ms')}")


def open_map(page: Page) -> float:
    """Open the map and wait until all entries are on it; return the milliseconds that took."""
    page.evaluate("window.started = performance.now()")
    page.get_by_role("button", name="Karte", exact=True).click()
    total = len(
        page.evaluate(
            "async (list) => (await (await fetch(list)).json()).points.filter(Boolean)",
            page.locator("#filter").get_attribute("data-list"),
        )
    )
    page.locator('.leaflet-marker-icon[role="button"]').first.wait_for()
    while not page.evaluate(MAP_SHOWS, total):
        page.wait_for_timeout(20)
    return float(page.evaluate("performance.now() - window.started"))


def measure(page: Page, rounds: int) -> list[float]:
    """Return the times of filter changes: chips, selects, age, days, one after the other and combined."""
    chips = [f".nr-filter__form > .nr-chips .nr-chip:nth-child({n})" for n in (1, 2, 3, 4)]
    steps: list[tuple[str, str | None]] = [(chip, None) for chip in chips for _ in range(2)]
    for name in ("thema", "sprache", "gebiet"):
        values = page.locator(f"#filter-{name} option").evaluate_all("all => all.map(one => one.value)")
        steps += [(f"#filter-{name}", value) for value in [*values[1:4], ""]]
    steps += [
        ("#filter-alter", "3"),
        ("#filter-alter", "12"),
        (chips[2], None),
        ("#filter-thema", "schulden"),
        (chips[0], None),
    ]
    steps += [("#filter-alter", ""), (chips[2], None), ("#filter-thema", ""), (chips[0], None)]
    boxes = page.locator(".nr-filter__panel input[type=checkbox]").count()
    times: list[float] = []
    for _ in range(rounds):
        for selector, value in steps:
            times.append(page.evaluate(CHANGE, [selector, value]))
            page.wait_for_timeout(20)
        for number in range(min(boxes, 6)):
            box = page.locator(".nr-filter__panel input[type=checkbox]").nth(number)
            box.evaluate("(box, number) => { box.id = `kasten-${number}`; }", number)
            times += [page.evaluate(CHANGE, [f"#kasten-{number}", None]) for _ in range(2)]
    return times


def against(value: float, goal: float, unit: str) -> str:
    """Return what stands behind a figure that misses its goal."""
    return f"  MISSES {goal:.0f} {unit}" if value > goal else ""


def told(label: str, times: list[float], goal: float = math.inf) -> None:
    """Print the median, the 95th percentile, which has a goal, and the maximum."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(
        f"  {label:28} p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms   max {ordered[-1]:6.1f} ms   ({len(times)}){against(p95, goal, 'ms')}"
    )


def main() -> None:
    """Build, load, click and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=5000)
    parser.add_argument("--chromium", default=CHROMIUM)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        world, target = Path(name) / "world", Path(name) / "site"
        write_world(world, given.offers, 40, 1, 1)
        vary_hours(world)
        write_directory(world, target)
        print(f"{given.offers} offers")
        sizes(target)
        with served(target) as url, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=given.chromium, args=ARGUMENTS)
            before, after = transfer(chromium, url + "angebote/")
            print(
                f"  first visit, gzip: {before / 1000:.1f} kB before anything is touched, {after / 1000:.1f} kB with the first choice{against(before / 1000, FIRST_LOAD, 'kB')}"
            )
            page: Any = chromium.new_page(viewport={"width": 360, "height": 800})
            page.add_init_script(LONG)
            page.goto(url + "angebote/")
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.reload()
            page.locator("#filter form").wait_for()
            ready = page.evaluate("performance.now()")
            print(
                f"Chromium, processor slowed 4 times; filters ready {ready:.0f} ms after the page was asked for"
            )
            page.locator(".nr-filter__form > .nr-chips .nr-chip").first.dblclick()
            page.locator("#liste:not([aria-busy])").wait_for()
            print_longest(page, "until the first choice is shown")
            told("filter change, panel closed", measure(page, given.rounds), CHANGED)
            print_longest(page, "meanwhile")
            print(f"  map open, all entries on it, after {open_map(page):.0f} ms")
            print_longest(page, "until then")
            told("filter change, map open", measure(page, given.rounds), CHANGED)
            print_longest(page, "meanwhile")
            page.get_by_role("button", name="Karte", exact=True).click()
            page.locator(".nr-filter__more > summary").click()
            page.wait_for_timeout(300)
            told("filter change, panel open", measure(page, given.rounds))
            told("query, title index", page.evaluate(QUERY, list(QUERIES)))
            chromium.close()


if __name__ == "__main__":
    main()
