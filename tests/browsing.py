"""Chromium for tests: how it is started, and what axe finds on a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.machine import needed

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


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium."""
    place = needed("Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def keeping(browser: Browser) -> Iterator[Browser]:
    """Start the whole Chromium beside another, with the cache of whole pages that Back shows: the shell has none."""
    chromium = browser.browser_type.launch(
        executable_path=needed("ganzes Chromium"),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
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
