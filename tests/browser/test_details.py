"""Small things that were out of line once: lists of numbers, buttons at the foot of cards, links with signs, the map's tools."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch

OFFER = "angebote/deutschkurs-mit-kindern/"


def edges(page: Page, selector: str, edge: str) -> list[float]:
    """Where the elements begin or end, without what isn't to be seen."""
    found: list[float] = page.locator(selector).evaluate_all(
        "(all, edge) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect()[edge])",
        edge,
    )
    assert found
    return found


@pytest.mark.parametrize("path", ["hilfe-sofort/", "themen/haeusliche-gewalt/", "tr/"])
def test_what_numbers_are_for_begins_on_one_line(tab: Watch, demo_url: str, path: str) -> None:
    page = tab(demo_url + path, 1280).page
    found = edges(page, ".nr-numbers:not(.nr-numbers ~ .nr-numbers) li > span", "left")
    assert max(found) - min(found) < 1


@pytest.mark.parametrize("width", [320, 360])
def test_the_tools_of_a_map_stand_in_one_row(tab: Watch, demo_url: str, width: int) -> None:
    page = tab(f"{demo_url}angebote/", width).page
    page.get_by_role("button", name="Karte", exact=True).click()
    expect(page.get_by_role("button", name="Ganze Karte")).to_be_visible()
    tops = edges(page, ".nr-map__tools button", "top")
    assert len(tops) == 7
    assert max(tops) - min(tops) < 1
    assert min(edges(page, ".nr-map__tools button", "width")) >= 24


def test_printing_stands_below_the_calendar_and_not_beside_it(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url + OFFER, 360).page
    expect(page.locator("[data-nr-print]")).to_be_visible()
    signs = edges(page, ".nr-ways.nr-screen > li .nr-icon", "left")
    words = edges(page, ".nr-ways.nr-screen > li :is(a, .nr-button__text)", "left")
    assert max(signs) - min(signs) < 3
    assert abs(words[0] - words[-1]) < 4


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_pressed_stands_beside_the_last_fact_of_a_card(tab: Watch, demo_url: str, width: int) -> None:
    page = tab(f"{demo_url}angebote/", width).page
    expect(page.locator(".nr-keep").first).to_be_visible()
    feet: list[float] = page.locator(".nr-card:has(.nr-keep)").evaluate_all(
        "(all) => all.slice(0, 6).map((one) => one.querySelector('.nr-facts').getBoundingClientRect().bottom - one.querySelector('.nr-keep').getBoundingClientRect().bottom)"
    )
    assert -14 < min(feet) <= max(feet) < 14


def test_offers_are_remembered_on_the_page_of_a_topic(watch: Watch, demo_url: str) -> None:
    watched = watch(f"{demo_url}themen/schulden/", 360)
    page = watched.page
    button = page.get_by_role("button", name="Merken Schuldnerberatung an der Aue")
    button.click()
    assert page.evaluate("localStorage.getItem('nahraum.list')") == "schuldnerberatung-diakonie"
    page.get_by_role("link", name="Merkliste ansehen (1)").click()
    expect(page.get_by_role("heading", name="Schuldnerberatung an der Aue")).to_be_visible()
    watched.assert_clean()


@pytest.mark.parametrize("topic", ["haeusliche-gewalt", "zuflucht", "kinderschutz"])
def test_nothing_is_remembered_where_somebody_may_be_in_danger(tab: Watch, demo_url: str, topic: str) -> None:
    page = tab(f"{demo_url}themen/{topic}/", 360).settled()
    assert page.locator(".nr-keep").count() == 0
    assert page.locator("[data-remembered]").count() == 0


def test_a_hit_that_is_on_no_list_of_what_is_open_says_when_it_is(tab: Watch, demo_url: str) -> None:
    """What is sensitive is never told to be open now."""
    page = tab(demo_url, 360).page
    page.locator("#suche-input").fill("Beratung für Mädchen")
    hit = page.locator("[role=option][data-entry]").filter(has_text="Beratung für Mädchen").first
    expect(hit.locator(".nr-open")).to_have_text("Mo, Mi und Fr 14 bis 18 Uhr")
    expect(hit.locator("[data-state]")).to_have_count(0)


def test_only_the_names_of_hits_are_underlined(tab: Watch, demo_url: str) -> None:
    watched = tab(demo_url, 360)
    page = watched.page
    page.locator("#suche-input").fill("Schulden")
    # Hits are drawn again when it is known what is open.
    expect(page.locator(".nr-search__facts > .nr-open").first).to_be_visible()
    line = watched.settled().locator(".nr-search__line").first
    style = "(one) => [getComputedStyle(one.parentElement).textDecorationLine, getComputedStyle(one).color === getComputedStyle(document.body).color]"
    assert line.evaluate(style) == ["none", True]


CUT_OFF = "() => [...document.querySelectorAll('.nr-card__text')].filter((text) => text.scrollHeight > text.clientHeight + 2).length"
TWICE = "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% !important }'); document.adoptedStyleSheets = [sheet]; }"


def test_a_card_is_cut_to_two_lines_on_a_phone_alone(watch: Watch, demo_url: str) -> None:
    """With large letters two lines say nothing, and on paper nobody can go on to the offer's page."""
    page = watch(f"{demo_url}angebote/nach/zugang/offen/", 360).page
    assert page.evaluate(CUT_OFF) > 0
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == 0
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(CUT_OFF) == 0
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(TWICE)
    assert page.evaluate(CUT_OFF) == 0


def test_a_link_to_a_folded_term_unfolds_it(watch: Watch, demo_url: str) -> None:
    """From another page and from this one, and it can be folded again; without scripts it shows as well."""
    page = watch(f"{demo_url}fachkraefte/glossar/#asd", 360).page
    meaning = page.locator("#asd > .nr-prose")
    expect(meaning).to_be_visible()
    page.locator("#asd > summary").click()
    expect(meaning).to_be_hidden()
    page.get_by_role("link", name="HzE", exact=True).click()
    expect(page.locator("#hze > .nr-prose").first).to_be_visible()
    page = watch(f"{demo_url}fachkraefte/glossar/#asd", 360, java_script_enabled=False).page
    expect(page.locator("#asd > .nr-prose")).to_be_visible()
    expect(page.locator("#hze > .nr-prose").first).to_be_hidden()


def test_a_folded_page_is_whole_on_paper(watch: Watch, demo_url: str) -> None:
    for path in ("fachkraefte/glossar/", "fachkraefte/ressourcenplan/", "themen/erziehung/"):
        page = watch(demo_url + path, 360).page
        page.emulate_media(media="print")
        folded = page.locator("main details > :not(summary)")
        assert folded.count() > 1
        hidden = "(parts) => parts.filter((part) => !part.checkVisibility({ contentVisibilityAuto: true }) && !part.closest('.nr-screen, .nr-map')).map((part) => part.outerHTML.slice(0, 80))"
        assert folded.evaluate_all(hidden) == [], path
