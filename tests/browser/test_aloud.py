"""A page is read aloud by a voice that lies on the device, never one for people in danger, and falls silent when it is left."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch

ORDINARY = "angebote/schuldnerberatung-diakonie/"
OWN = {"lang": "de_DE", "localService": True}
VOICES = """
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: class { constructor(text) { this.text = text; } } });
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES,
  speak: (one) => window.said.push(one),
  cancel: () => sessionStorage.setItem("silent", location.pathname),
} });
"""


def opened(tab: Watch, demo_url: str, path: str, *voices: dict[str, object]) -> Page:
    """Open a page on a device that has these voices."""
    page = tab(demo_url + "ueber/", 360).page
    page.add_init_script(VOICES.replace("VOICES", json.dumps(voices), 1))
    page.goto(demo_url + path)
    return page


@pytest.mark.parametrize(
    ("path", "voices", "offered"),
    [
        (ORDINARY, [OWN], True),
        (ORDINARY, [], False),
        (ORDINARY, [OWN | {"localService": False}], False),
        (ORDINARY, [OWN | {"lang": "en-GB"}], False),
        ("de-x-ls/" + ORDINARY, [OWN], True),
        ("leichte-sprache/", [OWN], True),
        ("tr/" + ORDINARY, [OWN], False),
        ("tr/" + ORDINARY, [{"lang": "tr", "localService": True}], True),
    ],
)
def test_only_a_voice_on_the_device_and_of_the_language_reads(
    tab: Watch, demo_url: str, path: str, voices: Sequence[dict[str, object]], offered: bool
) -> None:
    page = opened(tab, demo_url, path, *voices)
    page.wait_for_load_state()
    expect(page.locator("[data-aloud]")).to_be_visible(visible=offered)


def test_what_is_folded_pressed_or_in_another_language_is_not_read(tab: Watch, demo_url: str) -> None:
    page = opened(tab, demo_url, "tr/" + ORDINARY, {"lang": "tr-TR", "localService": True})
    page.get_by_role("button", name="Sesli oku").click()
    said = page.evaluate("said.map((one) => one.text)")
    assert "Borç danışmanlığı" in said
    assert not [text for text in said if re.search("Schuldnerberatung an der Aue|E-posta|Sesli oku", text)]


def test_it_falls_silent_by_a_press_at_its_end_and_where_it_is_left(tab: Watch, demo_url: str) -> None:
    page = opened(tab, demo_url, ORDINARY, OWN)
    button = page.locator("[data-aloud]")
    for stop in (button.click, lambda: page.evaluate("said.at(-1).onend()")):
        page.evaluate("sessionStorage.clear()")
        button.click()
        expect(button).to_have_text("Aufhören")
        stop()
        expect(button).to_have_text("Vorlesen")
        assert page.evaluate("sessionStorage.silent")
    page.evaluate("sessionStorage.clear()")
    button.click()
    page.get_by_role("link", name="Sofort Hilfe").first.click()
    page.wait_for_url("**/hilfe-sofort/")
    assert page.evaluate("sessionStorage.silent").endswith(ORDINARY)


def test_nothing_grave_is_read(demo_site: Path) -> None:
    pages = {
        str(path.relative_to(demo_site)): path.read_text("utf-8") for path in demo_site.rglob("index.html")
    }
    read = {name for name, html in pages.items() if "data-aloud" in html}
    assert not {name for name in read if " data-exit" in pages[name]}
    for name in ("themen/schulden", ORDINARY.rstrip("/"), "orte/kita-uferkiesel"):
        assert f"{name}/index.html" in read
    for name in (
        "themen/kinderschutz",
        "hilfe-sofort",
        "hilfe-sofort/sicher",
        "deine-rechte",
        "aemter/asd-sued",
    ):
        assert f"{name}/index.html" not in read
