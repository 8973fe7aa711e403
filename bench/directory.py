"""Measures the directory with 5,000 made-up offers: sizes of its files, time of a filter change and of a query.

Chromium's processor is slowed four times. A filter change is measured from the click to the finished list, in the page:
counts beside all open choices included. Opening hours are varied, because the file holds each schedule once.

    python -m bench.directory [--offers 5000] [--chromium /usr/bin/chromium] [--rounds 6]
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import random
import re
import statistics
import tempfile
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Page, sync_playwright

from bench.world import write_world
from generator.pipeline.build import prepare
from generator.pipeline.frames import Frames
from generator.pipeline.plan import asset_files, plan_site
from generator.pipeline.write import make_page
from generator.render.data_files.browser_files import browser_files
from generator.render.frame.shell import ASSETS
from tests.browser.conftest import served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TODAY = dt.date(2026, 11, 20)
SCRIPTS = (
    "directory",
    "filter_form",
    "filters",
    "offers",
    "bits",
    "cards",
    "element",
    "matching",
    "folding",
    "hours",
    "open",
    "words",
)
FINDER = ("finder", "address", "streets", "position")
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
QUERY = """async ([folder, queries]) => {
  const { Index } = await import(folder + "matching.js");
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
    for produce in browser_files(project.contexts):
        for name, content in produce().items():
            if not name.startswith(("search/", "angebote/verzeichnis", "angebote/zeilen")):
                continue
            _write(target / name, content)
    page = make_page(frames.plan, "angebote/")
    _write(target / "angebote" / "index.html", frames.document(page).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def sizes(target: Path) -> None:
    """Print what a visit loads."""
    files = ["angebote/index.html", "search/title.de.json", "angebote/verzeichnis.json"]
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
    for label, names in (
        ("scripts of the directory", SCRIPTS),
        ("scripts of the finder beside them", FINDER),
    ):
        paths = [target / ASSETS / f"{name}.js" for name in names]
        packed = sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths if path.is_file())
        print(f"  {label}, gzip {packed / 1000:.1f} kB")


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


def told(label: str, times: list[float]) -> None:
    """Print the median, the 95th percentile and the maximum."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(
        f"  {label:28} p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms   max {ordered[-1]:6.1f} ms   ({len(times)})"
    )


def main() -> None:
    """Build, load, click and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=5000)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
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
            page: Any = chromium.new_page(viewport={"width": 360, "height": 800})
            page.goto(url + "angebote/")
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.reload()
            page.locator("#filter form").wait_for()
            ready = page.evaluate("performance.now()")
            print(
                f"Chromium, processor slowed 4 times; filters ready {ready:.0f} ms after the page was asked for"
            )
            told("filter change, panel closed", measure(page, given.rounds))
            page.locator(".nr-filter__more > summary").click()
            page.wait_for_timeout(300)
            told("filter change, panel open", measure(page, given.rounds))
            told("query, title index", page.evaluate(QUERY, [f"{url}{ASSETS}", list(QUERIES)]))
            chromium.close()


if __name__ == "__main__":
    main()
