"""What pages of built sites weigh until they are first seen, and when that is on a slow phone.

    python -m bench.paint site [another site …]

The sites take turns, page by page. The processor is a quarter as fast, the network what Chromium calls Slow 4G, and everything is
compressed, as the servers do that we configure. Weight is that of the page, its stylesheets and scripts.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PAGES = (
    "",
    "angebote/",
    "angebote/elterncafe-birkenkoppel/",
    "themen/geld/",
    "sozialraeume/suederaue/",
    "hilfe-sofort/",
    "ar/",
    "berichte/",
    "fachkraefte/",
)
RUNS = 3
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


class _Compressed(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder, compressed; hand out its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def seen(browser: Browser, address: str) -> tuple[float, float]:
    """Open a page for the first time; hand out its kB and the seconds until something is seen."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    device = context.new_cdp_session(page)
    sizes: list[float] = []
    device.send("Network.enable")
    device.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    device.send("Network.emulateNetworkConditions", SLOW_4G)
    device.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    first = float(page.evaluate(FIRST))
    context.close()
    return sum(sizes) / 1000, first / 1000


def main(folders: list[str]) -> None:
    """Print a line a page: kB and seconds of each site, the medians."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for path in PAGES:
            found: dict[str, list[tuple[float, float]]] = {folder: [] for folder in folders}
            for _ in range(RUNS):
                for folder, runs in found.items():
                    with served(Path(folder)) as address:
                        runs.append(seen(browser, address + path))
            told = [
                [statistics.median(column) for column in zip(*runs, strict=True)] for runs in found.values()
            ]
            print(f"/{path:<40}", *(f"{size:7.1f} kB {first:5.2f} s" for size, first in told), flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
