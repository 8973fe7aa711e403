"""What the search says beside its hits: a time is a filter, a street leads to its area, a house number is no age."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch, Watched

FRIDAY = "2026-11-20"
TIMES = {
    "jetzt offen": "offen=1",
    "Was ist gerade geöffnet?": "offen=1",
    "offen": "offen=1",
    "heute": "heute=1",
    "heute abend": "heute=1&zeit=abend",
    "heute morgen": "heute=1&zeit=vormittag",
    "Krabbelgruppe morgen früh": "tag=morgen&zeit=vormittag",
    "übermorgen": "tag=2026-11-22",
    "Sonntag": "tag=so",
    "sonnabends": "tag=sa",
    "open on monday afternoon": "tag=mo&zeit=nachmittag",
    "am Wochenende": "tag=wochenende",
    "Heiligabend offen": "tag=2026-12-24",
    "24. Dezember": "tag=2026-12-24",
    "24.12.": "tag=2026-12-24",
    "24.12": "tag=2026-12-24",
    "2.5 Jahre": None,
    "am 3. März": "tag=2027-03-03",
    "1.1.": "tag=2027-01-01",
    "Ostermontag": "tag=2027-03-29",
    "Karfreitag": "tag=2027-03-26",
    "Pfingsten": "tag=2027-05-16",
    "29. Februar": None,
    "31.4.": None,
    "guten morgen": None,
    "morgens": "zeit=vormittag",
    "zu früh geboren": None,
    "nach der schule": "tag=mo,di,mi,do,fr&zeit=nachmittag",
    "Samstagvormittag": "tag=sa&zeit=vormittag",
    "Schulden": None,
    "3 Jahre": None,
    "U 3.5": None,
    "ich habe am Montag erfahren, dass mein Sohn nicht mehr zur Schule geht": None,
}


def asked(home: Watched, words: str) -> Page:
    """Type words and wait until everything is there that answers them."""
    home.page.get_by_role("combobox").fill(words)
    return home.settled()


def loaded(page: Page, name: str, queries: list[str], *more: str) -> list[Any]:
    """Ask a function of the script that the page has loaded about each query."""
    answers: list[Any] = page.evaluate(
        """async ([name, queries, more]) => {
          const script = performance.getEntriesByType("resource").map(({ name }) => name).find((name) => name.includes("/find.js"));
          const { [name]: ask } = await import(script);
          return queries.map((query) => ask(query, ...more));
        }""",
        [name, queries, more],
    )
    return answers


def test_a_time_is_understood_and_a_story_is_none(home: Watched) -> None:
    said = loaded(asked(home, "heute"), "timeIn", list(TIMES), FRIDAY)
    found = [time and "&".join(f"{name}={value}" for name, value in time["choices"].items()) for time in said]
    assert dict(zip(TIMES, found, strict=True)) == TIMES


@pytest.mark.parametrize(
    "query", ["jetzt offen", "Sonntag", "heute abend", "morgens", "Samstagvormittag", "nach der Schule"]
)
def test_who_names_nothing_but_a_time_sees_what_is_there_then(home: Watched, query: str) -> None:
    page = asked(home, query)
    expect(page.locator(".nr-search__filter")).to_have_count(1)
    expect(page.locator("[role=option]").first).to_be_visible()
    for words in ("Meinten Sie", "Dazu haben wir keinen Eintrag."):
        expect(page.locator("form.nr-search").get_by_text(words, exact=True)).to_be_hidden()
    home.assert_clean()


def test_a_card_shows_the_day_that_is_asked(home: Watched) -> None:
    page = asked(home, "Krabbelgruppe am Dienstag")
    expect(page.locator(".nr-search__filter")).to_contain_text("Dienstag")
    hit = page.get_by_role("option").filter(has_text="Krabbelgruppe am Uferweg")
    expect(hit.locator(".nr-open")).to_contain_text(re.compile(r"^Di, "))
    home.assert_clean()


def test_what_has_nothing_on_a_day_is_said_and_no_filter(home: Watched) -> None:
    """Who asks whether a house is open gets its page."""
    page = asked(home, "hat die Bücherei am Sonntag auf")
    expect(page.get_by_role("option").first).to_contain_text("Stadtbibliothek")
    asked(home, "singen am Montag")
    expect(page.locator("[data-search-missed]")).to_contain_text("Zu „Montag“ steht nichts. Das kommt nahe:")
    expect(page.locator(".nr-search__filter")).to_have_count(0)
    expect(page.get_by_role("option").filter(has_text="Familienchor")).to_be_visible()
    home.assert_clean()


def test_a_street_leads_to_its_area_and_its_number_is_no_age(home: Watched, demo_url: str) -> None:
    page = asked(home, "Uferweg 12")
    expect(page.get_by_role("link", name="Uferweg 12 liegt hier: Marktviertel")).to_be_visible()
    expect(page.locator(".nr-search__filter")).to_have_count(0)
    asked(home, "Alter Damm 22")
    expect(page.get_by_role("link", name="Alter Damm 22 liegt hier: Marktviertel")).to_be_visible()
    expect(page.locator(".nr-search__filter")).to_have_count(0)
    asked(home, "ich wohne Mühlenstraße 12")
    expect(page.get_by_role("link", name="Mühlenstraße 12 liegt hier: Bahnhofsviertel")).to_be_visible()
    asked(home, "Mühlenstraße 12")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("[data-search-absent]")).to_be_hidden()
    asked(home, "Mühlenstraße")
    expect(page.locator("[data-search-said] a")).to_have_count(3)
    page.get_by_role("link", name="Mühlenstraße liegt hier: Weidengrund").click()
    expect(page).to_have_url(f"{demo_url}sozialraeume/weidengrund/")
    home.assert_clean()


def test_an_age_alone_is_a_filter(home: Watched) -> None:
    page = asked(home, "3 Jahre")
    expect(page.locator(".nr-search__filter")).to_contain_text("3 Jahre alt")


YOUNG = {
    "ich bin 15 und will reden": True,
    "bin 12": True,
    "I am 16 and pregnant": True,
    "i'm 14": True,
    "ich bin 34": False,
    "mein Sohn ist 15": False,
    "15": False,
    "ich bin seit 15 Jahren hier": False,
    "ich bin 15 Minuten zu spät": False,
    "wir sind 12 Kinder": False,
}


def young(page: Page, queries: list[str]) -> list[bool]:
    """Ask the scripts that the page has loaded who of these speaks of being young."""
    answers: list[bool] = page.evaluate(
        """async (queries) => {
          const script = performance.getEntriesByType("resource").map(({ name }) => name).find((name) => name.includes("/find.js"));
          const { isYoung, fold, words } = await import(script);
          return queries.map((query) => isYoung(words(query).map(fold)));
        }""",
        queries,
    )
    return answers


def test_who_is_young_is_led_to_their_own_page(home: Watched, demo_url: str) -> None:
    page = asked(home, "ich bin 15 und will reden")
    link = page.locator("[data-search-said] a")
    expect(link).to_have_text("Für dich: 12 bis 21")
    assert young(page, list(YOUNG)) == list(YOUNG.values())
    link.click()
    expect(page).to_have_url(f"{demo_url}fuer-dich/")
    home.assert_clean()


def test_who_is_in_danger_is_led_nowhere_else(home: Watched) -> None:
    page = asked(home, "mein Mann schlägt mich heute abend")
    expect(page.locator("[data-search-danger]")).to_be_visible()
    expect(page.locator("[data-search-said] a")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("meine Rechte", "Ihre Rechte, deine Rechte"),
        ("was darf das Jugendamt", "Ihre Rechte, deine Rechte"),
        ("Hausbesuch vom Jugendamt", "Ihre Rechte, deine Rechte"),
        ("Kind weggenommen", "Ihre Rechte, deine Rechte"),
    ],
)
def test_what_one_may_is_found(home: Watched, query: str, first: str) -> None:
    page = asked(home, query)
    expect(page.get_by_role("option").first).to_contain_text(first)


def test_fathers_are_no_perpetrators(home: Watched) -> None:
    page = asked(home, "Väterberatung")
    expect(page.get_by_role("option").filter(has_text="Beratung für Väter in Trennung")).to_have_count(1)
    expect(page.locator("[data-search-alike]")).to_be_hidden()
    expect(page.get_by_role("option").filter(has_text="Anders handeln")).to_have_count(0)


def test_the_status_says_each_thing_once(watch: Watch, demo_url: str) -> None:
    """Each part of the index shows filters and ways anew; where the register of streets comes last, only what is shown then is said."""
    watched = watch(demo_url, 360)
    page, held = watched.settled(), []
    page.route("**/strassen.json", lambda route: held.append(route))
    with page.expect_response("**/tongues.de.json"):
        page.get_by_role("combobox").fill("Birkenring 5")
    status = page.locator("form.nr-search [role=status]")
    expect(status).to_contain_text("Treffer")
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(status).to_contain_text("liegt hier")
    page.wait_for_timeout(500)
    said = status.inner_text()
    assert (said.count("Gewählte Filter"), said.count("liegt hier")) == (1, 1), said
    watched.assert_clean()
