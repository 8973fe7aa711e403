"""Ten questions with a stopwatch: what a person taps, sees and reads from the home page to the answer, on a phone and at a desk.

Run as `python -m bench.questions [folder of a built site]`; without a folder the demo is built. Every step is really made in
Chromium, with the clock at 20 November 2026, 9:00. For each question it prints the taps, the seconds after the Keystroke-Level
Model and how far one scrolls, and whether the picture that answers stands in the first window after the last tap. A question with more
than three taps, or without its picture, MISSES.

Seconds are predictions for somebody who knows what to tap, without waiting for the network. Their parts:

  M 1.35 s  looking for the next thing, once a step and once more for each window that is scrolled
  P 1.10 s  pointing at it; a finger is quicker than a mouse, so this is the most it takes
  K 0.20 s  a tap, a key, a turn of the wheel or a swipe, which moves half a window
  reading   238 words a minute: what one taps, and title and sentence of the picture

M, P, K: Card, Moran, Newell, The keystroke-level model for user performance time with interactive systems, CACM 23 (7), 1980.
Reading: Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019 (English non-fiction).
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Locator, Page

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.browser.conftest import served
from tests.browsing import started

ROOT = Path(__file__).parent.parent
LOOK, POINT, PRESS = 1.35, 1.10, 0.20
WORD = 60 / 238
"""Seconds for a word that is read."""
WINDOWS = {"phone": (360, 720), "desk": (1280, 800)}
MOST_TAPS = 3
HALF = 1 / 2
"""As much of a picture has to be in the window: of its height, or of the window's where the picture is higher."""
NOW = dt.datetime.fromisoformat("2026-11-20T09:00:00+01:00")
PATIENCE = 5000
"""Milliseconds."""


def link(end: str) -> str:
    """Return what finds the first link of a page's body to an address by its end."""
    return f"a[href$='{end}']:not(nav a, footer a)"


@dataclass(frozen=True)
class Question:
    """What is asked, what is tapped from the home page on, and the picture that answers; `sheets`: so many the page has on paper."""

    asked: str
    taps: tuple[str, ...]
    picture: str
    sheets: int = 0


REPORTS, AREAS = ("nav a[href$='berichte/']", "nav a[href$='sozialraeume/']")
QUESTIONS = (
    Question("Wo leben die meisten Kinder?", (REPORTS, link("kinder-nach-alter/")), ".nr-map__frame"),
    Question(
        "Was ist hier für Sechsjährige nicht verzeichnet?",
        (REPORTS, link("abdeckung/"), link("windkamp/#alter")),
        "#alter ~ .nr-grid",
    ),
    Question("Was wurde beschlossen?", (REPORTS, link("massnahmen/")), ".nr-plot svg"),
    Question("Was kommt als Nächstes?", (REPORTS, link("massnahmen/")), ".nr-plot svg"),
    Question("Wer bezahlt was?", (REPORTS, link("sozialraummittel-2027/")), ".nr-plot svg"),
    Question(
        "Wie viele Plätze sind 2029 nötig?",
        (REPORTS, link("vorausberechnungen/ganztag/#plaetze")),
        "#plaetze ~ .nr-plot svg",
    ),
    Question("Gibt es einen Spielplatz in der Nähe?", (AREAS, link("windkamp/")), ".nr-map__frame"),
    Question("Was hat sich seit dem letzten Jahr geändert?", (REPORTS,), ".nr-out .nr-chart--spark"),
    Question(
        "Diese Karte bitte für die Zeitung",
        (REPORTS, link("kinder/"), "a[download][href='karte.svg']"),
        ".nr-map__frame",
    ),
    Question("Zwei Seiten für den Ausschuss morgen", (AREAS, link("suederaue/")), ".nr-map__frame", sheets=2),
)


@dataclass
class Answer:
    """What a question took: taps, seconds, pixels scrolled; how much of its picture stands in the window after the last tap."""

    taps: int = 0
    seconds: float = 0.0
    scrolled: int = 0
    seen: float = 0.0
    sheets: int = 0


def read(place: Locator) -> float:
    """Return the seconds for reading what stands somewhere."""
    return len((place.text_content() or "").split()) * WORD


def follow(page: Page, question: Question) -> Answer:
    """Make every step of a question and say what it took."""
    answer = Answer()
    for name in question.taps:
        place = shown(page, name, answer)
        assert place is not None, f"{name} is not on {page.url}"
        tap(page, place, answer)
        page.wait_for_load_state()
        page.wait_for_timeout(300)
    picture = shown(page, question.picture, answer)
    if picture is not None:
        answer.seen = part_in_window(page, picture)
        look_for(page, picture, answer)
        around = picture.locator("xpath=ancestor-or-self::*[self::figure or self::div][1]")
        words = around.locator(".nr-plot__title, caption, p.nr-small").all()[:2]
        answer.seconds += LOOK + sum(read(one) for one in words)
    if question.sheets:
        answer.sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    return answer


def shown(page: Page, name: str, answer: Answer) -> Locator | None:
    """Return the first of what has a name, where all of it is folded away after tapping on what it is folded into; None where nothing shows it."""
    visible = page.locator(name).locator("visible=true")
    folds = page.locator(f"details:not([open]):has({name}) > summary").locator("visible=true")
    while not visible.count() and folds.count():
        tap(page, folds.first, answer)
    return visible.first if visible.count() else None


def tap(page: Page, place: Locator, answer: Answer) -> None:
    """Look for something, read what it says, point at it and press."""
    look_for(page, place, answer)
    answer.seconds += LOOK + read(place) + POINT + PRESS
    answer.taps += 1
    place.click()


def look_for(page: Page, place: Locator, answer: Answer) -> None:
    """Bring something into the window, half of which is missing, as a person does: half a window at a time."""
    if part_in_window(page, place) >= HALF:
        return
    top, bottom, height = where(page, place)
    away = max(min(bottom, top + height) - height, 0, -top)
    swipes = math.ceil(away / (height / 2))
    answer.scrolled += round(away)
    answer.seconds += PRESS * swipes + LOOK * (swipes // 2)
    place.evaluate("(here) => here.scrollIntoView({ block: 'nearest', behavior: 'instant' })")


def part_in_window(page: Page, place: Locator) -> float:
    """Return how much of something can be seen: of its height, or of the window's where it is higher than that."""
    top, bottom, height = where(page, place)
    return max(0.0, (min(bottom, height) - max(top, 0)) / min(bottom - top, height))


def where(page: Page, place: Locator) -> tuple[float, float, float]:
    """Return top and bottom of something, and the height of the window."""
    box = place.bounding_box()
    assert box is not None, f"{place} is not shown on {page.url}"
    return box["y"], box["y"] + box["height"], page.evaluate("innerHeight")


def asked(browser: Browser, address: str, device: str) -> Iterator[tuple[Question, Answer]]:
    """Yield every question with what it took on a device, each from the home page on in a browser that knows nothing."""
    width, height = WINDOWS[device]
    for question in QUESTIONS:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.clock.install(time=NOW)
        page.goto(address)
        yield question, follow(page, question)
        context.close()


def verdict(question: Question, answer: Answer) -> str:
    """Say what a question misses; nothing where it misses nothing."""
    missed = []
    if answer.taps > MOST_TAPS:
        missed.append("taps")
    if answer.seen < HALF:
        missed.append("picture")
    if answer.sheets != question.sheets:
        missed.append(f"{answer.sheets} sheets")
    return f"MISSES {', '.join(missed)}" if missed else ""


def measured(folder: Path) -> None:
    """Print what every question takes on the site in a folder."""
    with served(folder) as address, started() as browser:
        for device, (width, _height) in WINDOWS.items():
            print(f"{device}, {width} px: taps, seconds, pixels scrolled, part of the picture in the window")
            for question, answer in asked(browser, address, device):
                told = verdict(question, answer)
                print(
                    f"  {question.asked:<52}{answer.taps:>3}{answer.seconds:>7.1f}"
                    f"{answer.scrolled:>7}{answer.seen:>7.0%}  {told}"
                )


def main() -> None:
    """Measure the site in the folder that is given, else the demo."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    if folder is not None:
        measured(folder)
        return
    with TemporaryDirectory() as name:
        folder = Path(name) / "site"
        build_site(prepare(ROOT, today=NOW.date()), folder, write_site)
        measured(folder)


if __name__ == "__main__":
    main()
