"""„Welcher Sozialraum ist meiner?“ in Chromium: by keyboard and pointer, own position, open questions, privacy, axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import reached_by_tab, until
from tests.browser.test_directory import NOTHING, STORED, WIDTHS
from tests.browsing import findings


def ready(page: Page) -> Page:
    """The page on a Friday morning: what is open today is asked of the clock, and on a Sunday there is little."""
    page.clock.set_fixed_time("2026-11-20T10:15:00+01:00")
    page.locator("#strasse").wait_for()
    return page


def result(page: Page) -> str:
    page.locator("#finder .nr-finder__result h3").wait_for()
    return page.locator("#finder .nr-finder__result").inner_text()


@WIDTHS
def test_street_and_number_by_keyboard_alone(tab, demo_url, width):
    watched = tab(demo_url + "sozialraeume/", width)
    page = ready(watched.page)
    street = page.get_by_label("Straße", exact=True)
    street.focus()
    page.keyboard.type("ahorn")
    assert reached_by_tab(page, page.get_by_role("button", name="Ahornweg"), 4)
    page.keyboard.press("Enter")
    expect(street).to_have_value("Ahornweg")
    expect(page.locator(".nr-finder__choices")).to_have_count(0)
    until(page, "document.activeElement.id === 'hausnummer'")
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    odd = result(page)
    assert "Ahornweg 11: Kirchkoppel" in odd
    assert page.evaluate("document.activeElement.tagName") == "H3"
    page.get_by_label("Hausnummer").fill("12")
    page.keyboard.press("Enter")
    page.get_by_text("Ahornweg 12: Lindenhof").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    watched.assert_clean()


@WIDTHS
def test_result_leads_to_space_office_and_offers(watch, demo_url, width):
    watched = watch(demo_url + "sozialraeume/", width)
    page = ready(watched.page)
    page.get_by_label("Straße", exact=True).fill("Ahornweg 12")
    page.get_by_role("button", name="Finden").click()
    text = result(page)
    assert "Allgemeiner Sozialer Dienst Süd" in text
    assert "§ 86" in text
    assert "Schulbezirk Lindenschule" in text
    page.locator(".nr-finder__result .nr-card").first.wait_for()
    watched.settled()
    far = page.locator(".nr-finder__result .nr-card").all_inner_texts()
    assert len(far) == 6
    assert all("Entfernung:" in card for card in far)
    assert findings(page) == []
    assert page.url == demo_url + "sozialraeume/"
    assert "horn" not in str(watched.requests)
    assert page.evaluate(STORED) == NOTHING
    page.get_by_role("link", name="Was es dort gibt: Lindenhof").click()
    page.wait_for_url(demo_url + "sozialraeume/lindenhof/")
    watched.assert_clean()


def test_an_open_question_is_asked(tab, demo_url):
    watched = tab(demo_url + "sozialraeume/")
    page = ready(watched.page)
    page.get_by_label("Straße", exact=True).fill("ahornweg")
    page.get_by_role("button", name="Finden").click()
    page.get_by_text("Ahornweg liegt in mehreren Gebieten. Wo wohnen Sie?").wait_for()
    choices = page.locator(".nr-finder__choices button")
    assert choices.all_inner_texts() == ["Kirchkoppel\nNr. 1–225 ungerade", "Lindenhof\nNr. 2–226 gerade"]
    assert findings(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Ahornweg: Lindenhof" in result(page)


def test_a_number_beyond_the_register_asks(tab, demo_url):
    page = ready(tab(demo_url + "sozialraeume/").page)
    page.get_by_label("Straße", exact=True).fill("Ahornweg")
    page.get_by_label("Hausnummer").fill("999")
    page.keyboard.press("Enter")
    page.get_by_text("Diese Hausnummer steht nicht im Verzeichnis. Wo wohnen Sie?").wait_for()
    assert page.locator(".nr-finder__choices button").count() == 2


@pytest.mark.parametrize("typed", ["AHORNWEG 12", "ahornwg 12", "Ahorn-Weg 12", "ahornweg 12 b"])
def test_spellings(tab, demo_url, typed):
    page = ready(tab(demo_url + "sozialraeume/").page)
    page.get_by_label("Straße", exact=True).fill(typed)
    page.get_by_role("button", name="Finden").click()
    assert "Lindenhof" in result(page)


def test_an_unknown_street_says_so(tab, demo_url):
    page = ready(tab(demo_url + "sozialraeume/").page)
    page.get_by_label("Straße", exact=True).fill("Zugspitzplatz 1")
    page.keyboard.press("Enter")
    page.get_by_text("Diese Straße steht nicht im Verzeichnis.").wait_for()
    assert page.get_by_role("link", name="Alle Straßen von A bis Z").is_visible()


def test_own_position(watch, demo_url):
    place = {"longitude": 10.0301, "latitude": 53.6905, "accuracy": 10}
    watched = watch(demo_url + "sozialraeume/", geolocation=place, permissions=["geolocation"])
    page = ready(watched.page)
    assert "flaechen.json" not in str(watched.requests)
    page.get_by_role("button", name="Meinen Standort verwenden").click()
    page.locator(".nr-finder__result h3, .nr-finder__choices button").first.wait_for()
    assert page.evaluate(STORED) == NOTHING
    assert "53.69" not in str(watched.requests)
    assert "53.69" not in page.url
    watched.assert_clean()


def test_position_outside_and_refused(watch, demo_url):
    away = {"longitude": 8.0, "latitude": 50.0}
    page = ready(watch(demo_url + "sozialraeume/", geolocation=away, permissions=["geolocation"]).page)
    page.get_by_role("button", name="Meinen Standort verwenden").click()
    page.get_by_text("Ihr Standort liegt außerhalb der Gebiete.").wait_for()
    refused = ready(watch(demo_url + "sozialraeume/").page)
    refused.get_by_role("button", name="Meinen Standort verwenden").click()
    refused.get_by_text("Geben Sie die Straße ein.").wait_for()
    # Without a network nobody reads „Failed to fetch“.
    cut = watch(demo_url + "sozialraeume/", geolocation=away, permissions=["geolocation"])
    lost = ready(cut.page)
    lost.route("**/*.json", lambda route: route.abort())
    lost.get_by_role("button", name="Meinen Standort verwenden").click()
    lost.get_by_text("Der Standort lässt sich gerade nicht bestimmen.").wait_for()


@WIDTHS
def test_without_scripts_the_streets_stand_from_a_to_z(watch, demo_url, width):
    page = watch(demo_url + "sozialraeume/", width, java_script_enabled=False).page
    page.get_by_role("link", name="Alle Straßen von A bis Z").click()
    page.locator(".nr-chips a", has_text="A").first.click()
    row = page.locator(".nr-terms > div", has=page.get_by_text("Ahornweg", exact=True)).inner_text()
    assert "Kirchkoppel (1–225 ungerade)" in row
    assert "Lindenhof (2–226 gerade)" in row
    assert page.evaluate("window.innerWidth") == width
    page.locator(".nr-terms a", has_text="Kirchkoppel").first.click()
    page.wait_for_url(demo_url + "sozialraeume/kirchkoppel/")


def test_no_list_opens_where_somebody_has_gone_on(tab, demo_url):
    """The register comes late: whoever has left the field by then, or has asked already, finds nothing moved."""
    page = ready(tab(demo_url + "sozialraeume/").page)
    street, number = page.get_by_label("Straße", exact=True), page.get_by_label("Hausnummer")
    held = []
    page.route("**/strassen*.json", lambda route: held.append(route))
    street.focus()
    page.keyboard.type("ahorn")
    page.keyboard.press("Tab")
    expect(number).to_be_focused()
    until(page, lambda: bool(held))
    with page.expect_response("**/strassen*.json"):
        held[0].continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    expect(page.locator(".nr-finder__choices")).to_have_count(0)
    expect(number).to_be_focused()


def test_a_late_register_answers_nothing_that_was_corrected(tab, demo_url):
    """What somebody types meanwhile stays, and is what is answered."""
    page = ready(tab(demo_url + "sozialraeume/").page)
    street = page.get_by_label("Straße", exact=True)
    held = []
    page.route("**/strassen*.json", lambda route: held.append(route))
    street.fill("Ahornweg 12")
    page.keyboard.press("Enter")
    street.fill("Zugspitz")
    until(page, lambda: bool(held))
    held[0].continue_()
    page.get_by_text("Diese Straße steht nicht im Verzeichnis.").wait_for()
    expect(street).to_have_value("Zugspitz")
    expect(street).to_be_focused()
    expect(page.locator(".nr-finder__result h3")).to_have_count(0)


LATE_POSITION = """void (navigator.geolocation.getCurrentPosition = (found) => {
  window.arrive = () => found({ coords: { longitude: 10.0301, latitude: 53.6905, accuracy: 10 } });
})"""
"""A position that comes when a test says so."""


def test_a_late_position_takes_no_street_s_place(watch, demo_url):
    page = ready(watch(demo_url + "sozialraeume/").page)
    page.evaluate(LATE_POSITION)
    page.get_by_role("button", name="Meinen Standort verwenden").click()
    until(page, "Boolean(window.arrive)")
    page.get_by_label("Straße", exact=True).fill("Ahornweg 12")
    page.get_by_role("button", name="Finden").click()
    assert "Ahornweg 12: Lindenhof" in result(page)
    page.evaluate("(async () => { arrive(); await new Promise((done) => setTimeout(done, 200)); })()")
    assert "Ahornweg 12: Lindenhof" in result(page)
