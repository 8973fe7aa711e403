"""The town of docs/umzug.md in, moved in as the page says; its pictures out: `docs/images/umzug-*.png`.

    .venv/bin/python -m docs.guide_pictures [path to Chromium]

The day is that of the tests, so that "open now" says the same every time.
"""

from __future__ import annotations

import os
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


def taken(browser: Browser, address: str, name: str) -> None:
    """Take the picture of a page."""
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    page.goto(address)
    page.wait_for_selector("main", timeout=120_000)
    file = TARGET / f"umzug-{name}.png"
    page.screenshot(path=file)
    page.close()
    if file.stat().st_size > MOST_BYTES:
        sys.exit(f"{file} has {file.stat().st_size} bytes, more than {MOST_BYTES}")
    print(file)


def main() -> None:
    """Take every picture."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium-headless-shell"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        Reader(Path(folder)).follow("umzug.md")
        with served(Path(folder) / "stadt") as address:
            taken(browser, address + "sozialraeume/", "gebiete")
            taken(browser, address + "angebote/kita-1/", "angebot")
        browser.close()


if __name__ == "__main__":
    main()
