"""The demo in, shown by `nahraum serve` as editors see it; the pictures of their guide out: `docs/images/redaktion-*.png`.

The town of docs/umzug.md is moved in as the page says, and its pictures are `docs/images/umzug-*.png`.

    .venv/bin/python -m docs.guide_pictures [path to Chromium]

The day is that of the tests, so that "open now" says the same every time. A copy of the demo is changed, never the demo.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.test_guide import Reader

TARGET = Path("docs/images")
OFFER = "resources/offers/elterncafe-birkenkoppel.yml"
ADDRESS = "angebote/elterncafe-birkenkoppel/"
DAY, PORT = "2026-11-20", 8765
SIZE = {"width": 760, "height": 900}
MOST_BYTES = 200_000


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Run the preview of a project until the block ends; yield its address."""
    env = {**os.environ, "NAHRAUM_TODAY": DAY}
    line = [sys.executable, "-m", "generator", "serve", "-p", str(root), "--port", str(PORT)]
    server = subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}/"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def taken(
    browser: Browser, address: str, name: str, *, waits_for: str = "main", guide: str = "redaktion"
) -> None:
    """Take the picture of a page."""
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    page.goto(address)
    page.wait_for_selector(waits_for, timeout=120_000)
    file = TARGET / f"{guide}-{name}.png"
    page.screenshot(path=file)
    page.close()
    if file.stat().st_size > MOST_BYTES:
        sys.exit(f"{file} has {file.stat().st_size} bytes, more than {MOST_BYTES}")
    print(file)


def main() -> None:
    """Take every picture."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium-headless-shell"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "auenstedt"
        for name in ("resources", "content", "examples/auenstedt-intern"):
            shutil.copytree(name, root / name)
        for name in ("site_config.yml", "mkdocs.yml"):
            shutil.copy(name, root / name)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served(root) as address:
            taken(browser, address + ADDRESS, "angebot")
            text = (root / OFFER).read_text("utf-8")
            # The mistake that happens most: words where a number of years belongs.
            (root / OFFER).write_text(re.sub(r"(?m)^ages: .*$", "ages: Babys", text), "utf-8")
            time.sleep(3)
            taken(browser, address + ADDRESS, "fehler")
            (root / OFFER).write_text(text, "utf-8")
        Reader(Path(folder)).follow("umzug.md")
        with served(Path(folder) / "stadt") as address:
            taken(browser, address + "sozialraeume/", "gebiete", guide="umzug")
            taken(browser, address + "angebote/kita-1/", "angebot", guide="umzug")
        browser.close()


if __name__ == "__main__":
    main()
