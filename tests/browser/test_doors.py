"""First pages in other languages, on a phone: they fit, run the right way, can be left at once, and the search leads there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch
from tests.browsing import findings

PAGES = ("", "hilfe-sofort/", "hilfe-sofort/sicher/", "angebote/", "angebote/deutschkurs-mit-kindern/")


@pytest.mark.parametrize("lang", ["tr", "ar", "uk", "de-x-ls"])
def test_pages_fit_a_phone_and_axe_finds_nothing(tab: Watch, demo_url: str, lang: str) -> None:
    watched = tab(f"{demo_url}{lang}/", 360)
    page = watched.page
    for path in PAGES:
        page.goto(f"{demo_url}{lang}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")
        assert findings(page) == [], path
    watched.assert_clean()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("ar/", "مسودة:"),
        ("tr/", "Taslak:"),
        ("uk/", "Чернетка:"),
        ("de-x-ls/", "Entwurf:"),
        ("", "Entwurf:"),
        ("en/", "Draft:"),
    ],
)
def test_a_text_for_people_in_need_that_nobody_has_read_says_so(
    tab: Watch, demo_url: str, path: str, says: str
) -> None:
    page = tab(f"{demo_url}{path}hilfe-sofort/sicher/", 360).page
    expect(page.locator("main .nr-note--warning")).to_contain_text(says)


@pytest.mark.guards("Language: hreflang absolute, mutual, naming itself; numbers left to right")
def test_arabic_begins_at_the_right_and_numbers_run_from_the_left(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}ar/", 360).page
    box = page.locator("h1").evaluate(
        "(one) => { const range = document.createRange(); range.selectNodeContents(one); return range.getBoundingClientRect().right }"
    )
    assert box > 330
    for number in page.locator(".nr-numbers a").all():
        assert number.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
        # The number ends where the words below it begin.
        assert number.evaluate(
            "(one) => Math.abs(one.getBoundingClientRect().right - one.nextElementSibling.getBoundingClientRect().right) < 2"
        )


LEFT = """(note) => ["أيض", "Signal", "WhatsApp"].map((word) => {
  const text = document.createTreeWalker(note, NodeFilter.SHOW_TEXT).nextNode(), range = document.createRange(), at = text.data.indexOf(word);
  range.setStart(text, at);
  range.setEnd(text, at + word.length);
  return range.getBoundingClientRect().left;
})"""
"""Where the words of a button's second line stand, in the order in which they are read."""


def test_below_a_number_arabic_is_read_from_the_right(tab: Watch, demo_url: str) -> None:
    """A number runs from the left, and what stood below it in its button did, too: WhatsApp, Signal, „also“."""
    page = tab(f"{demo_url}ar/angebote/streetwork-nord/", 360).page
    also, signal, whatsapp = page.locator(".nr-button__note", has_text="Signal").evaluate(LEFT)
    assert also > signal > whatsapp
    assert page.locator("blockquote[lang=de]").evaluate("(one) => getComputedStyle(one).direction") == "ltr"


@pytest.mark.parametrize(
    "path",
    ["", "hilfe-sofort/", "hilfe-sofort/sicher/", "angebote/ankerplatz-maedchenwohnung/"],
)
def test_where_somebody_may_be_in_danger_one_can_leave_at_once(
    watch: Watch, demo_url: str, path: str
) -> None:
    page = watch(f"{demo_url}ar/{path}", 360).page
    leave = page.locator("[data-exit]")
    expect(leave).to_be_in_viewport()
    assert leave.get_attribute("href") == "https://www.wikipedia.org/"
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.locator("main")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "lang", "path"),
    [
        ("bebek", "tr", "tr/"),
        ("borçlarım var", "tr", "tr/"),
        ("дитина", "uk", "uk/"),
        ("دين", "ar", "ar/"),
        ("kocam beni dövüyor", "tr", "tr/hilfe-sofort/"),
        ("дети ребёнок", "ru", "angebote/?sprache=ru"),
        ("dziecko", "pl", "angebote/?sprache=pl"),
        ("کودک", "fa", "angebote/?sprache=fa"),
        ("datorii", "ro", "angebote/?sprache=ro"),
        ("allocations familiales", "fr", "angebote/?sprache=fr"),
    ],
)
def test_the_search_leads_who_types_in_a_language_to_its_first_page(
    tab: Watch, demo_url: str, words: str, lang: str, path: str
) -> None:
    watched = tab(demo_url, 360)
    page = watched.page
    page.locator("#suche-input").fill(words)
    line = page.locator(f"[data-search-door={lang}]")
    expect(line).to_be_visible()
    assert page.locator("[data-search-door]:visible").count() == 1
    line.locator("a").click()
    page.wait_for_url(f"{demo_url}{path}")
    watched.assert_clean()


@pytest.mark.parametrize(
    "words",
    [
        "Schulden", "Geld", "мъж пари", "بچے", "منداڵ", "mąż mnie bije", "Feriempass", "wo singt die chorale in unserer nähe",
    ],
)  # fmt: skip
def test_nobody_else_is_led_anywhere(tab: Watch, demo_url: str, words: str) -> None:
    """Who is in danger is not led to a list either: numbers stand above, with the languages spoken there."""
    watched = tab(demo_url, 360)
    page = watched.page
    page.locator("#suche-input").fill(words)
    expect(page.locator(".nr-search__popup")).to_be_visible()
    watched.settled()
    assert page.locator("[data-search-door]:visible").count() == 0


ABSENT = "Dazu haben wir keinen Eintrag."


def test_a_hit_opens_the_page_in_the_language_of_the_words(tab: Watch, demo_url: str) -> None:
    """Where the language has one: offers do. With German words it is the German page again, and nothing was asked for because of the words."""
    watched = tab(demo_url, 360)
    page = watched.page
    page.locator("#suche-input").fill("حضانة")
    kita = page.get_by_role("option", name="Kita Windkamp")
    expect(kita).to_have_attribute("href", re.compile("(^|/)ar/angebote/kita-windkamp/$"))
    expect(page.get_by_role("option", name="Kita", exact=False).first).to_be_visible()
    page.locator("#suche-input").fill("Kita Windkamp")
    expect(kita.first).to_have_attribute("href", re.compile("^(\\./)?angebote/kita-windkamp/$"))
    page.locator("#suche-input").fill("حضانة")
    expect(kita).to_have_attribute("href", re.compile("(^|/)ar/angebote/kita-windkamp/$"))
    kita.click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    watched.assert_clean()


def test_that_nothing_is_found_is_said_in_the_language_of_the_words(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url, 360).page
    page.locator("#suche-input").fill("ديناصور")
    expect(page.get_by_text(ABSENT, exact=True)).to_be_visible()
    expect(page.locator("[data-search-nothing=ar]")).to_be_visible()
    assert page.locator("[data-search-nothing]:visible").count() == 1
    page.locator("#suche-input").fill("Raumschiff")
    expect(page.get_by_text(ABSENT, exact=True)).to_be_visible()
    expect(page.locator("[data-search-nothing]:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("كيف أسجل ابني في الروضة", "Kita"),
        ("çocuğum okula gitmek istemiyor", "Schul"),
        ("nie mam na czynsz i boję się eksmisji", "Wohnungsnotfallhilfe"),
    ],
)
def test_a_right_answer_in_another_language_is_not_called_wrong(
    tab: Watch, demo_url: str, query: str, first: str
) -> None:
    """Single words of it nobody entered: what is meant the model knows."""
    page = tab(demo_url, 360).settled()
    page.locator("#suche-input").fill(query)
    expect(page.locator("[role=option]").first).to_contain_text(first)
    expect(page.get_by_text(ABSENT, exact=True)).to_be_hidden()


def test_what_is_not_there_is_said_to_be_missing(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url, 360).settled()
    page.locator("#suche-input").fill("Pflegezeit für meine Mutter")
    expect(page.get_by_text(ABSENT, exact=True)).to_be_visible()
    expect(page.locator("[data-search-elsewhere] li").first).to_contain_text("Pflegestützpunkt")


@pytest.mark.parametrize(
    ("lang", "query", "first", "german"),
    [
        ("tr", "borç", "Borç danışmanlığı", "Schuldnerberatung an der Aue"),
        ("ar", "ديون", "استشارة في الديون", "Schuldnerberatung an der Aue"),
        ("uk", "Schulden", "Консультація щодо боргів", "Schuldnerberatung an der Aue"),
    ],
)
def test_a_guest_searches_on_the_own_first_page_above_the_keyboard(
    tab: Watch, demo_url: str, lang: str, query: str, first: str, german: str
) -> None:
    watched = tab(f"{demo_url}{lang}/", 360)
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 440})
    page.locator("#suche-input").fill(query)
    expect(page.locator("[role=option]").first).to_be_in_viewport()
    hit = page.get_by_role("option", name=german)
    expect(hit.locator("span").first).to_contain_text(first)
    assert hit.get_by_text(german).get_attribute("lang") == "de"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    hit.click()
    page.wait_for_url(f"{demo_url}{lang}/angebote/schuldnerberatung-diakonie/")
    watched.assert_clean()


def test_danger_a_no_and_topics_are_told_on_a_first_page_in_its_language(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}ar/", 360)
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 440})
    page.locator("#suche-input").fill("زوجي يضربني")
    box = page.locator(".nr-danger")
    expect(box.locator("a", has_text="110").first).to_be_in_viewport()
    assert (box.get_attribute("lang"), box.get_attribute("dir")) == ("ar", "rtl")
    page.locator("#suche-input").fill("سفينة فضائية")
    expect(page.locator("[data-search-absent]")).to_contain_text("ليس لدينا")
    expect(page.locator(".nr-danger")).to_have_count(0)
    page.get_by_role("link", name="مال", exact=True).click()
    topic = page.locator("[role=option]").first
    expect(topic.locator("span").first).to_have_text("مال")
    expect(topic).to_contain_text("بالألمانية")
    watched.assert_clean()


def test_a_guest_reads_no_german_hours_at_a_hit(tab: Watch, demo_url: str) -> None:
    """Their list is German: on Christmas Eve the day had its German name there; what is open is said in the language."""
    page = tab(demo_url + "robots.txt", 360, "clock").page
    states = page.locator("[role=option] .nr-open")
    for day, said in (("2026-12-01", "до 12:00"), ("2026-12-24", "відчиниться")):
        page.clock.set_fixed_time(f"{day}T10:00:00+01:00")
        page.goto(f"{demo_url}uk/")
        page.locator("#suche-input").fill("борги")
        page.locator("[data-more=weak]").click()
        expect(states.filter(has_text=said).first).to_be_visible()
        assert not re.search("[A-Za-zäöü]{2,}", " ".join(states.all_text_contents()))
