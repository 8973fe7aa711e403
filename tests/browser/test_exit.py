"""Leaving quickly in a real browser: by link, by button, by Shift three times; nothing of ours stays on the device."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from generator.pipeline.build import Project
from generator.render.frame.families import FAMILIES, editorial_family
from generator.render.pages import PAGES
from tests.browser.conftest import WIDTHS, Watch
from tests.chance import every

TARGET = "https://www.wikipedia.org/"
PATHS = pytest.mark.parametrize(
    "path",
    every(
        ("hilfe-sofort/", "hilfe-sofort/sicher/", "fuer-dich/", "themen/haeusliche-gewalt/"),
        {"hilfe-sofort/", "themen/haeusliche-gewalt/"},
    ),
)


def neutral(page: Page) -> list[str]:
    """Answer the neutral target ourselves, so that no test leaves the machine; the list tells what was asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>Neutral</title>", content_type="text/html")

    page.route(f"{TARGET}**", answer)
    return asked


def fill(page: Page) -> None:
    """Put things of ours and one of somebody else on the device."""
    page.evaluate(
        """async () => {
            localStorage.setItem("nahraum.list", "x");
            localStorage.setItem("other.key", "stays");
            sessionStorage.setItem("nahraum.y", "z");
            await caches.open("nahraum-offline /");
            await caches.open("other");
        }"""
    )


@pytest.mark.guards(
    "Safety: leaving works without scripts and by Shift three times, clears our storage, hides at once"
)
@PATHS
def test_the_bar_is_a_link_without_scripts(watch: Watch, demo_url: str, path: str) -> None:
    page = watch(demo_url + path, 360, java_script_enabled=False).page
    neutral(page)
    link = page.get_by_role("link", name="Seite verlassen")
    assert link.get_attribute("href") == TARGET
    assert link.get_attribute("rel") == "noreferrer"
    link.click()
    page.wait_for_url(TARGET)


@pytest.mark.guards(
    "Safety: leaving works without scripts and by Shift three times, clears our storage, hides at once"
)
@WIDTHS
def test_the_button_clears_and_replaces_the_page(watch: Watch, demo_url: str, width: int) -> None:
    watched = watch(f"{demo_url}hilfe-sofort/", width)
    page = watched.page
    neutral(page)
    fill(page)
    length = page.evaluate("history.length")
    page.get_by_role("link", name="Seite verlassen").click()
    page.wait_for_url(TARGET)
    assert page.evaluate("history.length") == length
    page.goto(f"{demo_url}impressum/")
    left = page.evaluate(
        "async () => [Object.keys(localStorage), Object.keys(sessionStorage), await caches.keys()]"
    )
    # What stays in the tab says which pages of it are of before.
    assert left == [["other.key"], ["nahraum.left"], ["other"]]
    assert watched.foreign == [TARGET]
    assert watched.errors == []


@pytest.mark.guards(
    "Safety: leaving works without scripts and by Shift three times, clears our storage, hides at once"
)
@PATHS
def test_shift_three_times(watch: Watch, demo_url: str, path: str) -> None:
    page = watch(demo_url + path).page
    asked = neutral(page)
    status = page.locator(".nr-exit [role=status]")
    page.keyboard.press("Shift")
    expect(status).to_contain_text("Noch zweimal")
    page.keyboard.press("Shift")
    expect(status).to_contain_text("Noch einmal")
    page.keyboard.press("Shift")
    page.wait_for_url(TARGET)
    assert asked == [TARGET]


def test_writing_capitals_does_not_leave(watch: Watch, demo_url: str) -> None:
    watched = watch(f"{demo_url}hilfe-sofort/")
    page = watched.page
    asked = neutral(page)
    for key in "ABC":
        page.keyboard.press(f"Shift+{key}")
    page.keyboard.press("Shift+Tab")
    watched.settled()
    # Who leaves sees nothing of the page any more, at once.
    assert page.locator("main").is_visible()
    assert (page.url, asked) == (f"{demo_url}hilfe-sofort/", [])


@pytest.mark.guards(
    "Safety: leaving works without scripts and by Shift three times, clears our storage, hides at once"
)
def test_the_content_vanishes_at_once(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}hilfe-sofort/").page
    page.route(f"{TARGET}**", lambda route: None)  # a target that never answers
    assert page.locator("main").is_visible()
    left = page.evaluate(
        """() => {
            document.querySelector("[data-exit]").click();
            return [document.body.textContent, document.querySelectorAll("[role=alert]").length];
        }"""
    )
    assert left == ["Einen Moment …", 1]


def test_every_page_with_the_bar_loads_the_script(demo: Project, demo_site: Path) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    context = demo.contexts[0]
    families = {editorial_family("hilfe-sofort/sicher/")}
    for kind in PAGES:
        for key in kind.keys(demo.site, demo.facts) if not kind.internal else ():
            if "data-exit" in (demo_site / context.path(kind.kind, key) / "index.html").read_text("utf-8"):
                families.add(kind.render(context, key).family)
    assert families >= {"help", "safe", "offer", "topic", "youth"}
    assert [name for name in families if "exit.js" not in FAMILIES[name].scripts] == []
