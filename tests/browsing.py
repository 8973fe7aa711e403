"""Chromium for tests: where it is and how it is started, or one clear reason why there is none; and what axe finds on a page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

# The shell is the same engine without the windows around a page, which take most of the time to open.
WHOLE = Path("/usr/bin/chromium")
PLACES = ("/usr/bin/chromium-headless-shell", str(WHOLE))
CHROMIUM = Path(
    os.environ.get("CHROMIUM") or next((place for place in PLACES if Path(place).exists()), PLACES[-1])
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No test leaves the machine, whatever a page or its worker asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PATIENCE = 60.0
"""Seconds until what must happen counts as missing, in every test of a browser; nothing that goes well waits for them."""
expect.set_options(timeout=PATIENCE * 1000)
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def needed(place: Path) -> Path:
    """Return where a browser is; without it the test is skipped, or fails where REQUIRE_BROWSER=1."""
    if not place.exists():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"no browser at {place}")
        pytest.skip(f"no browser at {place}")
    return place


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium."""
    place = needed(CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def keeping(browser: Browser) -> Iterator[Browser]:
    """Start the whole Chromium beside another, with the cache of whole pages that Back shows: the shell has none."""
    chromium = browser.browser_type.launch(
        executable_path=needed(WHOLE), args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield chromium
    chromium.close()


def slow_down(page: Page) -> None:
    """Make everything that comes later come much later, on a third of the processor, so that a test that doesn't wait for it fails every time."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    speed = {"offline": False, "latency": 250, "downloadThroughput": -1, "uploadThroughput": -1}
    devtools.send("Network.emulateNetworkConditions", speed)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 3})
    page.add_init_script(
        """for (const name of ["setTimeout", "requestAnimationFrame"]) {
          const usual = window[name];
          window[name] = (call, delay = 0, ...more) => name === "setTimeout" ? usual(call, delay + 120, ...more) : setTimeout(() => usual(call), 120);
        }"""
    )


def findings(
    page: Page, tags: tuple[str, ...] = WCAG, within: str = "html", *, colours: bool = True
) -> list[str]:
    """Return what axe finds by the rules with these tags (none: all rules), each with its elements; what moves comes to rest first.

    Measuring contrast takes two thirds of the time and finds the same at every width, everything else finds the same in every
    scheme: without `colours` a page at another width costs little.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        """async ([within, tags, colours]) => {
          const ends = (motion) => motion.effect.getComputedTiming().endTime < Infinity;
          await Promise.allSettled(document.getAnimations().filter(ends).map((motion) => motion.finished));
          // What is drawn only in view overlaps where axe measures it out of view.
          const drawn = new CSSStyleSheet();
          drawn.replaceSync(".nr-card { content-visibility: visible !important }");
          document.adoptedStyleSheets.push(drawn);
          const rules = tags.length ? { runOnly: { type: "tag", values: tags } } : {};
          const { violations } = await axe.run(within, {
            ...rules, resultTypes: ["violations"], ...(colours ? {} : { rules: { "color-contrast": { enabled: false } } }),
          });
          document.adoptedStyleSheets.pop();
          return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
        }""",
        [within, list(tags), colours],
    )
    return found
