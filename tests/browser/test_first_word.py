"""The first word that somebody types on a cheap phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LONG_TASKS, box_of, fixed_work, until

HELD = 2
"""Times the sorting of 200,000 numbers: so long at most do keys wait, half as long as before the index was read in pieces."""


KEYBOARD = 300
"""Pixels at the end of a phone's screen."""


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("schulden", "[role=option]"),
        ("mein mann schlägt mich", ".nr-danger__line"),
        ("zahnarzt", "[data-search-elsewhere] strong"),
    ],
)
def test_what_comes_first_stands_above_the_keyboard(tab, demo_url, query, first):
    watched = tab(demo_url, 360)
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#suche-input").fill(query)
    found = page.locator(first).first
    expect(found).to_be_visible()
    watched.settled()
    box = box_of(found)
    assert 0 < box["y"] < box["y"] + box["height"] < 740 - KEYBOARD


def test_on_a_phone_no_hit_lies_under_the_line_above_them(tab, demo_url):
    page = tab(demo_url, 360).page
    page.locator("#suche-input").fill("schulden")
    hits = page.locator(".nr-search [role=option]")
    expect(hits.first).to_be_visible()
    before, first = box_of(page.locator("[data-search-now]")), box_of(hits.first)
    assert before["y"] + before["height"] <= first["y"]


@pytest.mark.parametrize(
    ("path", "field", "found"),
    [
        ("", "#suche-input", "!!document.querySelector('.nr-search__popup:not([hidden]) [role=option]')"),
        (
            "angebote/",
            "#filter input",
            "/^\\d+ Angebote/.test(anzahl.textContent) && anzahl.textContent !== window.before",
        ),
    ],
)
def test_no_key_waits_long_for_the_index(tab, demo_url, path, field, found):
    """On a quarter of the processor, from the first key on until the hits of a word stand there."""
    watched = tab(demo_url + path, 360)
    page = watched.page
    watched.settled()
    page.evaluate("window.before = document.getElementById('anzahl')?.textContent")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.evaluate(LONG_TASKS)
    page.locator(field).first.press_sequentially("schulden", delay=100)
    until(page, found)
    held = max(page.evaluate("window.long"), default=0)
    assert held < HELD * fixed_work(page)
    watched.assert_clean()
