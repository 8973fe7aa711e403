"""Back, in browsers that keep whole pages and in others: what was written and chosen is there again, unless somebody left or was in danger."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Route,
    expect,
)

from generator.files.packaged import packaged_text
from generator.render.frame.families import FAMILIES, scripts_folder, with_imports
from tests.browser.conftest import Watch, until
from tests.browsing import PATIENCE, keeping
from tests.chance import every

TARGET = "https://www.wikipedia.org/"
GRAVE, HARMLESS = "haeusliche-gewalt", "schulden"
SAY = """addEventListener("pageshow", ({ persisted }) => console.log("shown", persisted, document.body.innerText.length));
addEventListener("pageshow", () => requestAnimationFrame(() => console.log("seen", Date.now(), location.pathname, document.body.innerText.length)));"""


@dataclass
class Visit:
    """A tab, and what each page that came from the browser's memory showed before a script of it ran: how many characters; `seen` are the pages that showed anything since a moment."""

    page: Page
    kept: list[int] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    since: float = 0

    def said(self, message: ConsoleMessage) -> None:
        """Take down what a page says when it is shown."""
        # What a kept page has said before it says once more when it is back.
        found = re.fullmatch(r"seen (\d+) /(\S*) [1-9]\d*", message.text)
        if found and int(found[1]) > self.since:
            self.seen.append(found[2])
        if found := re.fullmatch(r"shown true (\d+)", message.text):
            self.kept.append(int(found[1]))

    def back(self) -> None:
        """Press Back, and make sure that the page came from memory: else nothing is proven."""
        before = len(self.kept)
        self.page.go_back(wait_until="commit")
        until(self.page, lambda: len(self.kept) > before)

    def leave(self) -> None:
        """Go to the page for emergencies and leave quickly."""
        self.page.get_by_role("link", name="Sofort Hilfe", exact=True).first.click()
        self.page.wait_for_url("**/hilfe-sofort/")
        self.page.locator("[data-exit]").click()
        self.page.wait_for_url(TARGET)


@pytest.fixture(scope="module")
def keeps(browser: Browser) -> Iterator[Browser]:
    with keeping(browser) as chromium:
        yield chromium


@pytest.fixture
def visit(keeps: Browser) -> Iterator[Visit]:
    yield from visited(keeps)


@pytest.fixture(params=["kept pages", "pages loaded anew"])
def either(request: pytest.FixtureRequest, browser: Browser, keeps: Browser) -> Iterator[Visit]:
    """A tab of a browser that keeps whole pages, and of one that doesn't."""
    yield from visited(keeps if request.param == "kept pages" else browser)


def visited(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.add_init_script(SAY)
    neutral(context)
    yield watched(context.new_page())
    context.close()


def watched(page: Page) -> Visit:
    found = Visit(page)
    page.on("console", found.said)
    return found


def neutral(page: Page | BrowserContext) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>Neutral</title>", content_type="text/html")

    page.route(f"{TARGET}**", answer)


def field_of(page: Page, path: str) -> Locator:
    return page.locator("#suchwort" if path == "angebote/" else "form[data-search] input")


SEARCHES = pytest.mark.parametrize("path", every(("", "angebote/"), {"angebote/"}))


@pytest.mark.parametrize("path", ["", "angebote/"])
def test_the_ordinary_back_shows_words_hits_and_choices_again(visit: Visit, demo_url: str, path: str) -> None:
    page = visit.page
    page.goto(demo_url + path)
    word = field_of(page, path)
    word.fill("Schuldnerberatung")
    hits = page.locator("[role=option], #liste .nr-card__title a")
    expect(hits.first).to_contain_text("chuldnerberatung")
    shown = hits.count()
    hits.first.click()
    page.wait_for_url("**/angebote/*/")
    visit.back()
    assert visit.kept == [0], "a kept page shows something before it has looked"
    expect(word).to_have_value("Schuldnerberatung")
    assert hits.count() == shown
    word.fill("Musik")
    expect(hits.first).to_contain_text(re.compile("usik|nstrument"))


@SEARCHES
def test_nothing_comes_back_after_somebody_left(visit: Visit, demo_url: str, path: str) -> None:
    page = visit.page
    page.goto(demo_url + path)
    field_of(page, path).fill("Schuldnerberatung")
    expect(page.locator("[role=option], #liste .nr-card__title a").first).to_contain_text("chuldnerberatung")
    visit.leave()
    visit.back()
    assert visit.kept == [0]
    page.wait_for_url(TARGET)


@pytest.mark.guards(
    "Safety: leaving works without scripts and by Shift three times, clears our storage, hides at once"
)
@SEARCHES
def test_nothing_comes_back_where_a_box_was_shown(visit: Visit, demo_url: str, path: str) -> None:
    page = visit.page
    page.goto(demo_url + path)
    field_of(page, path).fill("mein Mann schlägt mich")
    expect(page.locator(".nr-danger")).to_be_visible()
    page.get_by_role("link", name="Impressum").click()
    page.wait_for_url("**/impressum/")
    visit.back()
    assert visit.kept == [0]
    expect(page.locator("h1")).to_be_visible()
    assert field_of(page, path).input_value() == ""
    expect(page.locator(".nr-danger")).to_have_count(0)


def test_an_earlier_page_doesnt_fill_again_because_somebody_uses_a_later_one(
    visit: Visit, demo_url: str
) -> None:
    """After leaving the tab is used anew: what it holds then is no leave for what was typed before."""
    page = visit.page
    page.goto(demo_url)
    field_of(page, "").fill("Schuldnerberatung")
    visit.leave()
    page.goto(f"{demo_url}angebote/")
    field_of(page, "angebote/").fill("Musik")
    page.get_by_role("link", name="Impressum").click()
    page.wait_for_url("**/impressum/")
    visit.back()
    expect(field_of(page, "angebote/")).to_have_value("Musik")
    page.go_back(wait_until="commit")
    visit.back()
    page.wait_for_url(TARGET)


def told(page: Page, path: str, demo_url: str) -> None:
    """Open a page by its address; it is to be seen."""
    page.goto(demo_url + path)
    expect(page.locator("h1")).to_be_visible()


def patient(page: Page, ask: Callable[[], Any]) -> Any:
    """Ask for a tab's history; while a page is just being replaced the browser has none that it could tell."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except Error as error:
            if "Not attached to an active page" not in error.message or time.monotonic() > end:
                raise
            page.wait_for_timeout(20)


def press_back(page: Page) -> None:
    patient(page, lambda: page.go_back(wait_until="commit"))


def stands(page: Page, devtools: CDPSession) -> tuple[int, str]:
    """Return the step of its history at which a tab stands, and the address there."""
    history = patient(page, lambda: devtools.send("Page.getNavigationHistory"))
    step = history["currentIndex"]
    return step, history["entries"][step]["url"]


def left(visit: Visit, demo_url: str) -> None:
    """Read how to get help and a grave page, leave, come again by the address and go for help; press Back until all of it is passed."""
    page = visit.page
    for path in ("hilfe-sofort/", "hilfe-sofort/sicher/", f"themen/{GRAVE}/"):
        told(page, path, demo_url)
    page.locator("[data-exit]").click()
    expect(page).to_have_url(TARGET)
    visit.since = time.time() * 1000
    visit.seen.clear()
    told(page, "", demo_url)
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("link", name="Sofort Hilfe", exact=True).first.click()
    page.wait_for_url("**/hilfe-sofort/")
    expect(page.locator("h1")).to_be_visible()
    press_back(page)
    expect(page).to_have_url(demo_url)
    expect(page.locator("h1")).to_be_visible()
    devtools = page.context.new_cdp_session(page)
    step, _ = stands(page, devtools)
    for earlier in range(1, 5):
        press_back(page)
        end = time.monotonic() + PATIENCE
        while (found := stands(page, devtools)) != (step - earlier, TARGET):
            assert time.monotonic() < end, found
            page.wait_for_timeout(20)
    # A page that is left before it was painted says nothing.
    assert "" in visit.seen
    assert {*visit.seen} <= {"", "hilfe-sofort/"}


@pytest.mark.guards(
    "Safety: leaving works without scripts and by Shift three times, clears our storage, hides at once"
)
def test_after_leaving_no_page_of_before_comes_back(either: Visit, demo_url: str) -> None:
    either.page.goto(demo_url)
    left(either, demo_url)


def test_a_tab_that_is_doubled_keeps_what_was_left(either: Visit, demo_url: str) -> None:
    """It takes over what the tab holds, not what comes later."""
    either.page.goto(demo_url)
    left(either, demo_url)
    told(either.page, "", demo_url)
    with either.page.expect_popup() as opened:
        either.page.evaluate("open(location.href)")
    second = watched(opened.value)
    expect(second.page.locator("h1")).to_be_visible()
    left(second, demo_url)


def test_choices_that_are_grave_leave_no_step_in_the_history(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}angebote/").settled()
    page.locator("summary", has_text="Mehr Filter").click()
    for topic, steps in ((HARMLESS, 2), (GRAVE, 0)):
        before = page.evaluate("history.length")
        page.locator("#filter-thema").select_option(topic)
        until(page, f"location.search === '?thema={topic}'")
        page.locator("#filter-thema").select_option("")
        until(page, "location.search === ''")
        assert page.evaluate("history.length") == before + steps


def test_a_browser_that_keeps_nothing_finds_choices_again(watch: Watch, demo_url: str) -> None:
    """The page is loaded anew by an address that holds them."""
    page = watch(f"{demo_url}angebote/?thema={HARMLESS}&alter=4").settled()
    page.get_by_role("link", name="Sofort Hilfe", exact=True).first.click()
    page.wait_for_url("**/hilfe-sofort/")
    page.go_back()
    page.wait_for_url(f"**/angebote/?thema={HARMLESS}&alter=4")


FIELD = re.compile(r"""<(?:form|input|select|textarea)\b|element\("(?:form|input|select|textarea)\"""")
NOTHING_TO_TELL = {"offline", "week"}
"""What is chosen there is an area, and a size of paper."""


@cache
def loaded(page: str) -> frozenset[str]:
    """Return the sources of all that a page runs."""
    family = re.findall(r'data-nr-family="([\w-]+)"', page)[0]
    return frozenset(name for script in FAMILIES[family].scripts for name in with_imports(script))


def test_every_page_on_which_somebody_writes_or_chooses_empties_itself(demo_site: Path) -> None:
    families: dict[str, str] = {}
    for path in demo_site.rglob("index.html"):
        page = path.read_text("utf-8")
        if found := re.search(r'data-nr-family="([\w-]+)"', page):
            families.setdefault(found[1], page)
    assert len(families) > 30
    fields = {
        family
        for family, page in families.items()
        if any(
            map(
                FIELD.search,
                [page, *(packaged_text("generator", "assets", "js", name) for name in loaded(page))],
            )
        )
    }
    assert fields >= {"home", "directory", "spaces", "case", "finding", "compare", "remembered"}
    missing = {family for family in fields if "back.js" not in loaded(families[family])}
    assert missing == NOTHING_TO_TELL
    assert (scripts_folder() / "back.js").is_file()
