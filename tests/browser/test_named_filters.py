"""Filters that the words of a search name, in the search and in the directory: seen, removable, silent where somebody is in danger."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, Watch, Watched, box_of, until


@WIDTHS
def test_a_filter_in_the_words_can_be_taken_away(tab: Watch, demo_url: str, width: int) -> None:
    watched = tab(demo_url, width)
    page = watched.page
    page.locator("#suche-input").fill("Ferien 9 Jahre kostenlos")
    filters = page.locator(".nr-search__filter")
    expect(filters).to_have_count(2)
    expect(page.get_by_role("button", name="Filter entfernen: 9 Jahre alt")).to_be_visible()
    expect(page.locator("[role=option]", has_text="Sommerreise")).to_have_count(0)
    # Everything is drawn again when it is known what is open, and when the rest of the index is there.
    watched.settled()
    assert box_of(filters.first)["height"] >= 44
    page.get_by_role("button", name="Filter entfernen: kostenlos").click()
    expect(filters).to_have_count(1)
    expect(page.locator("#suche-input")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.url == demo_url
    watched.assert_clean()


def test_the_directory_shows_them_beside_what_was_chosen(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}angebote/", 360)
    page = watched.page
    page.locator("#suchwort").fill("Schulden türkisch")
    chip = page.get_by_role("button", name="Filter entfernen: Türkisch")
    expect(chip).to_be_visible()
    expect(page.locator("#liste .nr-card").first).to_contain_text("Schuldnerberatung an der Aue")
    narrow = page.locator("#anzahl").inner_text()
    chip.click()
    expect(page.locator("#suchwort")).to_have_value("Schulden")
    expect(chip).to_have_count(0)
    until(page, lambda: page.locator("#anzahl").inner_text() != narrow)
    assert page.url == f"{demo_url}angebote/"
    watched.assert_clean()


@WIDTHS
def test_hits_say_languages_and_whether_they_are_open(watch: Watch, demo_url: str, width: int) -> None:
    watched = watch(demo_url, width, timezone_id="Europe/Berlin")
    page = watched.page
    page.locator("#suche-input").fill("Schulden türkisch")
    hit = page.locator("[role=option]", has_text="Schuldnerberatung an der Aue").first
    expect(hit).to_contain_text("Türkisch")
    expect(hit.locator(".nr-open")).to_be_visible()
    page.locator("#suche-input").fill("Drogenberatung")
    sensitive = page.locator("[role=option]", has_text="Suchtberatung").first
    expect(sensitive).to_be_visible()
    watched.settled()
    expect(sensitive.locator("[data-state]")).to_have_count(0)
    watched.assert_clean()


SLIPS = ("fahrad kaput", "دیون")
OTHERS = ("Ferien 9 Jahre kostenlos", "çocuğum okula gitmek istemiyor", "nie mam na czynsz")


@pytest.mark.parametrize("queries", [SLIPS, OTHERS], ids=len)
def test_what_is_loaded_says_nothing_of_what_was_typed(
    tab: Watch, demo_url: str, queries: tuple[str, ...]
) -> None:
    """All parts are asked for, whatever it is and in which language."""

    def asked(word: str) -> set[str]:
        watched = tab(demo_url, 360)
        watched.page.locator("#suche-input").fill(word)
        expect(watched.page.locator("[role=option]").first).to_be_visible()
        expect(watched.page.locator("[role=status]")).to_contain_text("Treffer")
        urls = watched.settled().evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        return {url.removeprefix(demo_url) for url in urls}

    same = asked("Schulden")
    assert {url.rsplit("/", 1)[-1] for url in same} >= {"full.de.json", "tongues.de.json"}
    for words in queries:
        assert asked(words) == same, words


def test_words_go_on_as_they_begin(home: Watched) -> None:
    page = home.page
    page.locator("#suche-input").fill("schuld")
    endings = page.locator("[data-search-endings] button")
    expect(endings.first).to_be_visible()
    home.settled()
    word = endings.first.text_content()
    assert word is not None
    assert word.casefold().startswith("schuld")
    endings.first.click()
    expect(page.locator("#suche-input")).to_have_value(word)
    expect(page.locator("[role=option]").first).to_be_visible()


def test_no_ending_leads_to_violence(home: Watched) -> None:
    page = home.page
    for start in ("gew", "schl", "frau", "miss"):
        page.locator("#suche-input").fill(start)
        expect(page.locator("[role=option]").first).to_be_visible()
        home.settled()
        said = " ".join(page.locator("[data-search-endings] button").all_text_contents()).casefold()
        assert not any(word in said for word in ("gewalt", "schläg", "frauenhaus", "missbrauch"))


def test_a_word_of_another_language_is_no_slip(home: Watched) -> None:
    page = home.page
    page.locator("#suche-input").fill("help")
    expect(page.locator("[data-search-popup]")).to_be_visible()
    home.settled()
    expect(page.locator("[data-search-alike]")).to_be_hidden()
    page.locator("#suche-input").fill("Schuldnerbratung")
    expect(page.locator("[data-search-alike] button")).to_have_text("Schuldnerberatung")


def test_nothing_is_narrowed_where_somebody_is_in_danger(home: Watched) -> None:
    page = home.page
    page.locator("#suche-input").fill("mein Mann schlägt mich türkisch kostenlos")
    expect(page.locator(".nr-danger").first).to_be_visible()
    page.get_by_role("button", name="Alle Angebote dazu").click()
    expect(page.locator("[role=option]").first).to_be_visible()
    home.settled()
    expect(page.locator(".nr-search__filter")).to_have_count(0)


def test_a_day_in_the_words_finds_what_is_on_every_first_of_it(home: Watched) -> None:
    """„Papa und Baby“ is on the first and the third Saturday; no Saturday of the usual week has it."""
    page = home.page
    page.locator("#suche-input").fill("Papa Samstag")
    home.settled()
    expect(page.locator(".nr-search__filter")).to_have_count(1)
    expect(page.locator("[role=option]", has_text="Papa und Baby")).to_have_count(1)
    page.locator("#suche-input").fill("Geschwister Samstag")
    home.settled()
    expect(page.locator(".nr-search__filter")).to_have_count(1)
    expect(page.locator("[role=option]", has_text="Geschwisterzeit")).to_have_count(1)
    home.assert_clean()
