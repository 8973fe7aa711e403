"""The built demo in, the picture of the README out: `docs/images/home.png`.

    make site && .venv/bin/python docs/screenshot.py [path to Chromium]

The home page stands beside itself on a phone. The day in the browser is that of the tests, so that "open now" says the
same every time.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SITE = Path("site")
TARGET = Path("docs/images/home.png")
MOST_BYTES = 200_000
NOW = dt.datetime(2026, 11, 20, 13, 10, tzinfo=dt.UTC)
WIDE = {"width": 1080, "height": 760}
PHONE = {"width": 360, "height": 700}
SHEET = """<style>
body {{ margin: 0; padding: 28px; display: flex; gap: 28px; align-items: flex-start; background: #e9e4da; width: max-content }}
img {{ border-radius: 14px; box-shadow: 0 2px 14px #0003; display: block }}
</style><img src="{wide}"><img src="{phone}">"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def shoot(browser: Browser, address: str, size: dict[str, int], target: Path) -> None:
    """Take a picture of the page at a size."""
    context = browser.new_context(viewport=size, locale="de-DE", timezone_id="Europe/Berlin")  # type: ignore[arg-type]
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=target)
    context.close()


def main() -> int:
    """Take both pictures and put them on one sheet; return 1 when it is too heavy for a README."""
    if not (SITE / "index.html").is_file():
        print("There is no site/ yet: make site", file=sys.stderr)
        return 1
    path = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    TARGET.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        wide, phone, sheet = (Path(folder) / name for name in ("wide.png", "phone.png", "sheet.html"))
        shoot(browser, address, WIDE, wide)
        shoot(browser, address, PHONE, phone)
        sheet.write_text(SHEET.format(wide=wide.as_uri(), phone=phone.as_uri()), "utf-8")
        page = browser.new_page(viewport={"width": 1524, "height": 816})
        page.goto(sheet.as_uri())
        page.screenshot(path=TARGET, full_page=True)
        browser.close()
    server.shutdown()
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")
    return 0 if TARGET.stat().st_size <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
