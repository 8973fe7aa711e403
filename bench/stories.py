"""Walk stories of cases through the workspace in Chromium, and tell what is found, what is wrong, and where the first idea stands.

    python -m bench.stories FILE [SITE]     SITE is a built demo, ./site unless said

FILE is YAML, a list of stories; chips and choices are called as the page calls them, offers by their ids:

    - name: Back to school
      chips: [Schule macht Sorgen, Schulangst]
      constraints: [12 Jahre, Norderaue, kostenlos]
      must: [wieder-zur-schule]
      must_not: [mobbing-sprechstunde]

What is shown counts as found or wrong: an idea, or a claim named in the line beside the ladder. What is folded under „Passt nicht ganz“ isn't shown.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import io
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browsing import started

SIZES = ((1280, 900), (1366, 768), (360, 800))
VIOLENCE, SAFE = "Gewalt und Angst", "Nein, im Moment sicher"
CHIP, CHOICE, TAKE, PRINT = 2.65, 5.3, 10.65, 5.3
"""Seconds of each act by the Keystroke-Level Model, as `tests/browser/case-stories.md` tells them."""
LIMITS = {"found": 0.85, "wrong": 0.10, "seconds": 240.0}


@dataclass(frozen=True)
class Walk:
    """What a story came to: found and wrong ids, what is missing and why, where the first idea begins, pages of the sheet, seconds."""

    found: Sequence[str]
    wrong: Sequence[str]
    missing: Mapping[str, str]
    first: Mapping[tuple[int, int], float]
    pages: int
    seconds: float


def choose(page: Page, name: str) -> float:
    """Tap a chip, or choose from the list that has it; return the seconds that it takes."""
    chip = page.locator("[data-case-form]").get_by_role("button", name=name, exact=True)
    if chip.count():
        chip.click()
        if name == VIOLENCE:
            page.get_by_role("button", name=SAFE, exact=True).click()
        return CHIP
    option = page.locator("[data-case-form] option", has_text=re.compile(rf"^\s*{re.escape(name)}$")).first
    value = option.get_attribute("value", timeout=2000)
    option.locator("xpath=..").select_option(value)
    return CHOICE


def shown(page: Page) -> dict[str, str]:
    """Return what stands on the ladder or in the line of claims by its id, with what is said against it, if it is folded for that."""
    found: dict[str, str] = page.locator("[data-case-ladder] .nr-idea").evaluate_all(
        """(all) => Object.fromEntries(all.map((idea) => {
          const fold = idea.parentElement.closest("details")?.firstChild.textContent ?? "";
          const against = [...idea.querySelectorAll("strong")].map((text) => text.textContent).join(", ");
          return [idea.dataset.offer, /^(Eigener|$)/.test(fold) ? "" : against || fold];
        }))"""
    )
    return found


def walk(page: Page, address: str, story: Mapping[str, Any]) -> Walk:
    """Answer the first question with no, choose what a story says, take what fits and lay out the team's sheet."""
    page.goto(address)
    page.get_by_label("Nein, wir haben das geklärt").check()
    page.locator("[data-case-topics] button").first.wait_for()
    seconds = 2 * CHIP + PRINT
    for name in [*story.get("chips", []), *story.get("constraints", [])]:
        seconds += choose(page, name)
    there = shown(page)
    fits = [key for key, against in there.items() if not against]
    first = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        idea = page.locator("[data-case-ladder] .nr-idea:visible").first
        first[width, height] = (
            idea.evaluate("(one) => one.getBoundingClientRect().top + scrollY") if idea.count() else -1.0
        )
    must = [*story.get("must", [])]
    found = [key for key in must if key in fits]
    for key in found:
        page.locator(f'[data-case-ladder] [data-offer="{key}"] .nr-idea__take').first.dispatch_event("click")
        seconds += TAKE
    sheet = page.pdf(prefer_css_page_size=True)
    return Walk(
        found=found,
        wrong=[key for key in story.get("must_not", []) if key in fits],
        missing={key: there.get(key, "not about these subjects") for key in must if key not in fits},
        first=first,
        pages=len(PdfReader(io.BytesIO(sheet)).pages),
        seconds=seconds,
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing of requests."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def main() -> None:
    """Print what each story came to, and the sums."""
    parser = argparse.ArgumentParser(
        "python -m bench.stories", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"))
    asked = parser.parse_args()
    stories = yaml.safe_load(asked.file.read_text("utf-8"))
    walks = []
    with served(asked.site) as address, started() as browser:
        for story in stories:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            told = walk(context.new_page(), f"{address}fachkraefte/fall/", story)
            context.close()
            walks.append(told)
            print(
                f"{story['name']}: {len(told.found)} of {len(story.get('must', []))} found, {len(told.wrong)} of {len(story.get('must_not', []))} wrong"
            )
            for key, why in told.missing.items():
                print(f"  missing {key}: {why}")
            for key in told.wrong:
                print(f"  wrong {key}")
            places = ", ".join(
                f"{width}×{height}: {place:.0f}" for (width, height), place in told.first.items()
            )
            print(f"  first idea at y {places}; sheet on {told.pages} page(s); {told.seconds:.0f} s")
    must, never = (sum(len(story.get(name, [])) for story in stories) for name in ("must", "must_not"))
    found, wrong = sum(len(told.found) for told in walks), sum(len(told.wrong) for told in walks)
    seen = sum(
        all(0 <= place < height for (width, height), place in told.first.items() if width > height)
        for told in walks
    )
    print(
        f"all: found {found} of {must}, wrong {wrong} of {never}, first idea in view on a desk in {seen} of {len(walks)}"
    )
    slow = max(told.seconds for told in walks)
    print(
        f"sheets on one page: {sum(told.pages == 1 for told in walks)} of {len(walks)}; longest {slow:.0f} s"
    )
    misses = (
        found < LIMITS["found"] * must
        or wrong > LIMITS["wrong"] * (found + wrong)
        or slow > LIMITS["seconds"]
    )
    if misses or seen < len(walks):
        print("MISSES its goal")


if __name__ == "__main__":
    main()
