"""Letters of twice the size on a phone: nothing lies beside the window; and a page that stands still while its scripts come."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import TWICE, Watch, Watched, box_of
from tests.browsing import slow_down
from tests.chance import whole

SHIFTED = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (!hadRecentInput) window.shifted.push([value, sources.map(({ node }) => node?.outerHTML?.slice(0, 60))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.guards(
    "Accessibility: no sideways scrolling at 320 px, nor at 360 px with letters of twice the size, zoom is never forbidden"
)
@whole
@pytest.mark.parametrize(
    "path",
    [
        "uk/sozialraeume/suederaue/diese-woche/",
        "ar/angebote/schwangerschaftskonflikt-diakonie/",
        "de-x-ls/hilfe-sofort/",
    ],
)
def test_no_page_of_a_first_door_slides_sideways_with_large_letters(
    path: str, demo_url: str, tab: Watch
) -> None:
    """Those of the whole site: `test_every_template.py`."""
    page = tab(demo_url + path, 360).settled()
    page.evaluate(TWICE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_numbers_of_the_box_lie_in_the_window_with_large_letters(demo_url: str, watch: Watch) -> None:
    page = watch(demo_url, 360).settled()
    page.evaluate(TWICE)
    page.get_by_role("combobox").fill("mein Mann schlägt mich")
    page.locator(".nr-danger").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["", "themen/haeusliche-gewalt/", "hilfe-sofort/", "en/", "uk/"])
def test_the_head_leaves_half_of_the_screen(tab: Watch, demo_url: str, path: str) -> None:
    """The site is a draft: its mark counts, too, and the way out of a grave page."""
    page = tab(demo_url + path, 360).page
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate(TWICE)
    head = box_of(page.locator(".nr-nav"))
    assert head["y"] + head["height"] <= 740 / 2


def test_the_desk_lies_in_the_window_with_large_letters_and_its_bars_leave_half_of_it(
    tab: Watch, demo_url: str
) -> None:
    page = tab(demo_url + "fachkraefte/fall/", 360).page
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Nein, wir haben das geklärt").check()
    page.get_by_role("button", name="Schule macht Sorgen", exact=True).click()
    page.locator(".nr-rung .nr-idea__take").first.click()
    page.evaluate(TWICE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    bars = [box_of(page.locator(name))["height"] for name in (".nr-bar", ".nr-case__bar")]
    assert sum(bars) <= 740 / 2


@pytest.mark.parametrize("path", ["ar/", "en/"])
def test_the_menu_of_languages_lies_in_the_window(tab: Watch, demo_url: str, path: str) -> None:
    """With letters as they are, and with large ones."""
    page = tab(demo_url + path, 360).settled()
    for large in (False, True):
        if large:
            page.reload()
            page.evaluate(TWICE)
        page.locator(".nr-lang > summary").click()
        box = box_of(page.locator(".nr-lang__list"))
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_long_words_get_a_hyphen_where_it_helps(tab: Watch, demo_url: str) -> None:
    """Leichte Sprache divides no words, and what people copy from the page has no hyphen that isn't its own."""
    how = "(element) => getComputedStyle(element).hyphens"
    page = tab(demo_url + "angebote/schuldnerberatung-diakonie/", 360).page
    assert page.locator("main p").first.evaluate(how) == "auto"
    assert page.locator("a[href^='mailto:']").first.evaluate(how) == "manual"
    page.goto(demo_url + "de-x-ls/")
    assert page.locator("main p").first.evaluate(how) == "manual"


@pytest.mark.parametrize("path", ["", "angebote/"])
def test_nothing_moves_while_a_page_comes_and_somebody_writes(watch: Watch, demo_url: str, path: str) -> None:
    """On a phone, a slow line and a slow processor; what a key moves at once it moves on purpose."""
    watched = watch(demo_url + "ueber/", 360)
    page = watched.page
    page.add_init_script(SHIFTED)
    slow_down(page)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(demo_url + path)
    watched.settled()
    page.locator("#suche-input, #suchwort").press_sequentially("schulden", delay=100)
    expect(page.locator("#liste [data-place], .nr-search [role=option]").first).to_be_visible()
    watched.settled()
    assert page.evaluate("window.shifted") == []


def test_what_is_written_before_the_form_has_come_is_kept(tab: Watch, demo_url: str) -> None:
    watched = tab(demo_url + "ueber/", 360)
    page = watched.page
    held: list[Route] = []
    page.route("**/auswahl.json", lambda route: held.append(route))
    with page.expect_request("**/auswahl.json"):
        page.goto(demo_url + "angebote/")
    every = page.locator("#anzahl").inner_text()
    page.get_by_label("In den Angeboten suchen").press_sequentially("Schulden")
    expect(page.locator("#anzahl")).to_have_text(every)
    held[0].continue_()
    expect(page.get_by_label("In den Angeboten suchen")).to_have_value("Schulden")
    expect(page.get_by_label("In den Angeboten suchen")).to_be_focused()
    expect(page.locator("#anzahl")).not_to_have_text(every)


@pytest.mark.parametrize("missing", ["directory.js", "found.js", "auswahl.json"])
def test_where_the_form_can_not_come_the_lists_are_in_sight(tab: Watch, demo_url: str, missing: str) -> None:
    page = tab(demo_url + "ueber/", 360).page
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto(demo_url + "angebote/")
    expect(page.get_by_role("link", name="Thema")).to_be_visible()
    expect(page.get_by_label("In den Angeboten suchen")).to_be_hidden()


def test_what_stands_beside_the_hits_is_said(home: Watched) -> None:
    status = home.page.locator(".nr-search__status")
    for typed, said in (
        ("Schuldnerbratung", "Ähnlich geschrieben: Schuldnerberatung"),
        ("Ferien 9 Jahre", "Gewählte Filter: 9 Jahre alt"),
        ("heute", "Gewählte Filter: heute"),
    ):
        home.page.get_by_role("combobox").fill(typed)
        expect(status).to_contain_text(said)


def test_a_quarters_map_is_among_the_first_things_one_sees_of_it(tab: Watch, demo_url: str) -> None:
    """Within a screen and a half of a phone."""
    page = tab(demo_url + "sozialraeume/marktviertel/", 360).settled()
    box = page.locator("main .nr-map__svg").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 1200
