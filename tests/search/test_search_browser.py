"""The search form in Chromium: keyboard, screen reader's view, privacy, and what is left without scripts."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import expect

from generator.render.data_files.danger_boxes import NEEDS
from generator.render.frame.families import with_imports
from generator.search.danger_data import Apart, Spoken, danger
from generator.search.entry_types import Concept, Entry, Lexicon, SearchSynonym
from generator.search.index import build
from tests.browsing import PATIENCE, findings, slow_down
from tests.chance import every, whole

GENERATOR = Path(__file__).parents[2] / "generator"
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Hilfe finden</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="tokens.css">
<link rel="stylesheet" href="search.css"></head><body><main><h1>Hilfe finden</h1>
{% from "search.html" import search with context %}{{ search("s", "./", "search/", "de", "angebote/",
numbers=[{"tel": "112", "number": "112", "label": "Notruf", "lang": "", "talks": false}], words="de", offers="angebote/", help="hilfe-sofort/") }}
<a href="#danach" id="danach">danach</a></main><script type="module" src="js/search.js"></script></body></html>"""
TOKENS = """:root{--nr-accent:#0d6b66;--nr-accent-ink:#fff;--nr-accent-soft:#e2f0ee;--nr-paper:#faf8f4;--nr-card:#fff;
--nr-ink:#1c2326;--nr-muted:#55616a;--nr-line:#e4ddd2;--nr-radius:14px}body{color:var(--nr-ink);background:var(--nr-paper)}"""


class Handler(SimpleHTTPRequestHandler):
    """Serves the site under the policy that its pages have."""

    def end_headers(self):
        self.send_header(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'",
        )
        super().end_headers()

    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a small site with twelve counselling offers and one of mourning."""
    folder = tmp_path_factory.mktemp("site")
    entries = [
        Entry(
            n, f"angebote/beratung-{n}/", "offer", f"Beratung {n}", "Diakonie", ("kostenlos",), ("schulden",)
        )
        for n in range(12)
    ]
    entries += [
        Entry(
            12,
            "angebote/boese/",
            "offer",
            "<img src=x onerror=alert(1)> Schuldnerberatung",
            texts={"summary": "Lastenrad", "description": "Fahrradwerkstatt"},
        ),
        Entry(13, "themen/beratung/", "topic", "Beratung und Rat", language="en"),
        Entry(
            14,
            "https://tierheim.example/",
            "elsewhere",
            "Tierheim Aue",
            "Wo Tiere warten",
            ("115", ""),
            ("tiere",),
            guarded=True,
            absent=True,
        ),
    ]
    files = build(
        entries,
        Lexicon(
            "de",
            {"schulden": Concept("Schulden"), "tiere": Concept("", guarded=True)},
            [
                SearchSynonym("de", ("Geldsorgen",), ("schulden",)),
                SearchSynonym("de", ("Tierheim", "Lastenrad"), ("tiere",)),
            ],
        ),
        kinds={"offer": "Angebote", "topic": "Themen", "elsewhere": "Anderswo"},
    )
    (folder / "js").mkdir()
    (folder / "search").mkdir()
    for path, content in files.items():
        (folder / path).write_bytes(content)
    harmless, further = danger([], [Spoken("de", {}, {}, {})], ["de"], NEEDS, Apart())
    (folder / "search" / "danger.de.json").write_bytes(harmless)
    (folder / "search" / "danger_later.de.json").write_bytes(further)
    for name in with_imports("search.js"):
        (folder / "js" / name).write_bytes((GENERATOR / "assets" / "js" / name).read_bytes())
    (folder / "search.css").write_bytes((GENERATOR / "assets" / "css" / "search.css").read_bytes())
    (folder / "tokens.css").write_text(TOKENS, encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(GENERATOR / "templates")
    )
    environment.globals["_"] = str
    (folder / "index.html").write_text(environment.from_string(PAGE).render(), encoding="utf-8")
    (folder / "favicon.ico").write_bytes(b"")
    for path in ("angebote", *(entry.url for entry in entries)):
        (folder / path).mkdir(parents=True, exist_ok=True)
        (folder / path / "index.html").write_text(f"<!doctype html><title>{path}</title>", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=every([360, 1280], {360}))
def opened(browser, request):
    """A tab at the width of a phone and of a desk, which the tests have in common; what it asks for and what goes wrong in it."""
    context = browser.new_context(viewport={"width": request.param, "height": 760})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    if request.config.getoption("--slow-pages"):
        slow_down(page)
    page.requests, page.errors = [], []
    page.on("request", lambda one: page.requests.append(one.url))
    page.on("console", lambda one: one.type == "error" and page.errors.append(one.text))
    page.on("pageerror", lambda one: page.errors.append(str(one)))
    yield page
    context.close()


@pytest.fixture
def page(opened, site):
    """The page with the form, loaded anew."""
    opened.unroute_all()
    opened.goto(f"{site}angebote/")
    opened.evaluate("sessionStorage.clear()")
    opened.requests.clear()
    opened.errors.clear()
    opened.goto(site)
    yield opened
    assert opened.errors == []
    assert [url for url in opened.requests if not url.startswith(site)] == []


def typed(page, query):
    page.locator("input").fill(query)
    return page.locator("[role=option]")


def selected(page):
    return page.locator("[role=option][aria-selected=true]").all_inner_texts()


def test_nothing_is_loaded_before_the_search_is_used(page):
    assert not [url for url in page.requests if url.endswith(".json")]
    typed(page, "Beratung").first.wait_for()
    assert [url.rsplit("/", 1)[1] for url in page.requests if url.endswith(".json")] == [
        "title.de.json",
        # for everybody who searches, whatever they search for
        "danger.de.json",
        "danger_later.de.json",
    ]


def test_other_languages_are_loaded_where_a_word_or_the_browser_is_of_one(browser, site):
    """„Fahrradwerkstatt“ is a word of the full part; what is still being typed is waited for."""
    tab = browser.new_context(locale="de-DE").new_page()
    loaded = []
    tab.on("request", lambda one: loaded.append(one.url.rsplit("/", 1)[1]))
    tab.goto(site)
    tab.locator("input").press_sequentially("Beratung", delay=5)
    tab.locator("[role=status]").filter(has_text="Treffer").wait_for()
    tab.wait_for_timeout(600)
    assert not {"tongues.de.json", "danger_later.de.json"} & {*loaded}
    tab.locator("input").fill("")
    tab.locator("input").press_sequentially("Fahrradwerkstatt", delay=5)
    tab.locator("[role=option]").first.wait_for()
    tab.wait_for_timeout(600)
    assert "tongues.de.json" not in loaded
    with tab.expect_response("**/tongues.de.json"):
        tab.locator("input").press_sequentially(" yardım", delay=5)
    tab.context.close()


def test_the_further_parts_are_loaded_when_titles_are_not_enough(page):
    before = len(page.requests)
    with page.expect_response("**/tongues.de.json"):
        typed(page, "Fahrrad").first.wait_for()
    loaded = [url.rsplit("/", 1)[1].split("?")[0] for url in page.requests[before:]]
    assert loaded.index("full.de.json") < loaded.index("tongues.de.json")
    expect(page.locator("[role=option]")).to_have_count(1)


def test_what_is_found_can_be_tapped_while_other_languages_arrive(page):
    """Hits that stay the same stay where they are: a finger may be on one."""
    held = []
    page.route("**/tongues.de.json", lambda route: held.append(route))
    typed(page, "Fahrradwerkstatt").first.wait_for()
    while not held:
        page.wait_for_timeout(10)
    hit = page.locator("[role=option]").first.element_handle()
    held[0].continue_()
    page.locator("[role=status]").filter(has_text="Kein Eintrag").wait_for()  # its text alone names it
    page.wait_for_timeout(50)
    assert hit.evaluate("(hit) => hit.isConnected")


def test_hits_stand_in_groups_with_counts(page):
    typed(page, "Beratung").first.wait_for()
    expect(page.get_by_role("group")).to_have_count(2)
    expect(page.locator("[role=listbox]")).to_contain_text("Angebote (13)")
    page.locator("[role=status]").filter(has_text="Treffer").wait_for()
    status = page.locator("[role=status]").inner_text()
    assert status.startswith("14 Treffer")
    assert page.locator("[role=status]").count() == 1


def test_all_hits_of_a_kind_can_be_shown(page):
    typed(page, "Beratung").first.wait_for()
    page.get_by_text("Alle 13 zeigen: Angebote").click()
    expect(page.locator("[role=option]")).to_have_count(14)
    expect(page.locator("#s-input")).to_be_focused()


@pytest.mark.guards("Accessibility: the search box has name, state, arrows, Escape")
def test_the_keyboard_is_enough(page, site):
    field = page.get_by_role("combobox", name="Wobei brauchen Sie Hilfe?")
    field.focus()
    page.keyboard.type("beratung")
    page.locator("[role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = selected(page)
    assert len(first) == 1
    assert (
        page.evaluate(
            "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).innerText"
        )
        == first[0]
    )
    page.keyboard.press("End")
    last = selected(page)
    assert last != first
    page.keyboard.press("ArrowDown")
    assert selected(page) == []
    page.keyboard.press("ArrowUp")
    assert selected(page) == last
    page.keyboard.press("Home")
    assert selected(page) == first
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "beratung"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-expanded") == "true"
    target = page.locator("[role=option]").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}{target.removeprefix('./')}")


def test_what_is_closed_stays_closed_when_a_further_part_arrives(page):
    """Whoever closed the list looks at the page beneath it; the hits are there when they are asked for again."""
    held = []
    page.route("**/tongues.de.json", lambda route: held.append(route))
    field = page.locator("input")
    typed(page, "Fahrradwerkstatt").first.wait_for()
    expect(field).to_have_attribute("aria-expanded", "true")
    while not held:
        page.wait_for_timeout(10)
    field.press("Escape")
    held[0].continue_()
    # what is said has been looked up in the last part
    page.locator("[role=status]").filter(has_text="Kein Eintrag").wait_for()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")


def test_an_arrow_key_takes_no_answer_away(page):
    """Where nothing was found the numbers of help stay, and come back after Escape."""
    field = page.locator("input")
    field.fill("qqxyzzv")
    answer = page.get_by_role("link", name="112", exact=False).first
    expect(answer).to_be_visible()
    field.press("ArrowDown")
    expect(answer).to_be_visible()
    field.press("Escape")
    expect(answer).to_be_hidden()
    field.press("ArrowDown")
    expect(answer).to_be_visible()


def test_who_touches_the_page_before_anything_is_found_sees_it_all_the_same(page):
    """A thumb that scrolls, or puts the keyboard away, has closed nothing."""
    held = []
    page.route("**/title.de.json", lambda route: held.append(route))
    page.locator("input").fill("Beratung")
    while not held:
        page.wait_for_timeout(10)
    page.locator("h1").click()
    held[0].continue_()
    expect(page.locator("[role=option]").first).to_be_visible()


@pytest.mark.guards("Accessibility: the search box has name, state, arrows, Escape")
def test_tab_leaves_and_closes(page):
    typed(page, "Beratung").first.wait_for()
    page.locator("input").focus()
    # the button, 112, 110, „Reden“
    for _ in range(4):
        page.keyboard.press("Tab")
        expect(page.locator("[role=listbox]")).to_be_visible()
    page.keyboard.press("Tab")  # the link that the hits would cover
    expect(page.locator("[role=listbox]")).to_be_hidden()


@pytest.mark.guards("Search: spellings meet, parts of compounds, lay words and typos find")
def test_what_is_spelt_alike_and_shown_is_offered(page):
    """Under what it is, for nobody knows what was meant; a lay word never, for it is shown nowhere."""
    typed(page, "Beratugn").first.wait_for()
    expect(page.locator("[data-search-alike]")).to_contain_text("Ähnlich geschrieben")
    button = page.locator("[data-search-alike] button")
    expect(button).to_have_text("Beratung")
    button.click()
    expect(page.locator("input")).to_have_value("Beratung")
    typed(page, "Geldsorgne").first.wait_for()
    expect(page.locator("[data-search-alike]")).to_be_hidden()


@pytest.mark.guards("Search: nothing found leads on; without scripts every entry can be reached")
def test_where_nothing_is_about_it_that_is_said_with_numbers_and_where_one_is_helped(page):
    page.locator("input").fill("xqzwv")
    said = page.locator("[data-search-absent]")
    expect(said).to_contain_text("Dazu haben wir keinen Eintrag.")
    expect(said.locator("a[href='tel:112']")).to_be_visible()
    expect(page.locator("input")).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_text("Ähnliches")).to_be_hidden()
    page.locator("input").fill("Tierheim")
    there = page.locator("[data-search-elsewhere] li")
    expect(there).to_have_text("Tierheim Aue: Wo Tiere warten 115")
    assert there.locator("a").first.get_attribute("href") == "https://tierheim.example/"
    assert there.locator("a[href='tel:115']").is_visible()
    expect(page.locator("[role=option]")).to_have_count(0)
    expect(page.get_by_text("Ähnliches")).to_be_hidden()
    page.locator("input").fill("Beratung")
    expect(said).to_be_hidden()


def test_who_helps_too_stands_above_a_hit_that_has_every_word_and_no_no(page):
    page.locator("input").fill("Lastenrad")
    there, hit = page.locator("[data-search-elsewhere] li"), page.locator("[role=option]").first
    expect(hit).to_contain_text("Schuldnerberatung")
    expect(there).to_contain_text("Tierheim Aue")
    expect(page.locator("[data-search-claim]")).to_be_hidden()
    expect(page.locator("[data-search-absent] a[href='tel:112']")).to_be_hidden()
    assert there.bounding_box()["y"] < hit.bounding_box()["y"]
    page.locator("input").fill("xqzwv")
    expect(page.locator("[data-search-claim]")).to_be_visible()


def test_what_perhaps_fits_stands_above_the_no(page):
    """Two slips are a guess: the hit comes first, and whom one may call behind it; that there is none is said once."""
    page.locator("input").fill("Schuldnerberadunk")
    hit, said = page.locator("[role=option]").first, page.locator("[data-search-absent]")
    expect(page.get_by_text("Genau dazu haben wir keinen Eintrag. Vielleicht passt:")).to_be_visible()
    expect(page.locator("[data-search-claim]")).to_be_hidden()
    expect(said.locator("a[href='tel:112']")).to_be_visible()
    expect(page.get_by_text("Ähnliches")).to_be_hidden()
    assert hit.bounding_box()["y"] < said.bounding_box()["y"]
    page.locator("input").fill("xqzwv")
    expect(page.get_by_text("Genau dazu haben wir keinen Eintrag. Vielleicht passt:")).to_be_hidden()
    expect(said).to_be_visible()


def test_enter_changes_nothing(page):
    """The hits, and their order, are those that stood there while one was typing."""
    said = page.locator("[role=status]")
    for query in ("Beratung", "Fahrradwerkstatt", "Beratung Rat"):
        # What is there and said must be of this query, not of the one before.
        expect(typed(page, "")).to_have_count(0)
        expect(said).to_be_empty()
        typed(page, query).first.wait_for()
        expect(said).to_contain_text(re.compile("Treffer|Kein Eintrag"))
        before = page.locator("[role=option]").all_text_contents()
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        assert page.locator("[role=option]").all_text_contents() == before


@pytest.mark.guards("Privacy: words sought reach no address, history or title")
def test_what_was_typed_stays_in_the_input(page, site):
    before = page.evaluate("history.length")
    typed(page, "Geldsorgen").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("Treffer")
    assert page.url == site
    assert page.title() == "Hilfe finden"
    assert page.evaluate(
        "[history.length, history.state, localStorage.length, sessionStorage.length, document.cookie]"
    ) == [before, None, 0, 0, ""]
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert not [url for url in page.requests if "eldsorgen" in url]


def test_texts_are_never_markup(page):
    option = typed(page, "onerror").first
    option.wait_for()
    assert option.locator("img").count() == 0
    assert "<img src=x" in option.inner_text()


def test_untranslated_hits_say_their_language(page):
    typed(page, "Beratung und Rat").first.wait_for()
    assert page.locator(".nr-search__title[lang=en]").inner_text() == "Beratung und Rat"


@pytest.mark.guards("Accessibility: axe (A, AA) finds nothing on any template at 360 and 1280 px")
@whole
def test_axe_finds_nothing(page):
    for query, said in (
        ("Beratung", "14 Treffer"),
        ("Geldsorgne", "12 Treffer"),
        ("xqzwv", "Kein Eintrag dazu"),
    ):
        page.locator("input").fill(query)
        expect(page.locator("[role=status]")).to_contain_text(said)
        assert findings(page, ()) == []


def test_nothing_is_wider_than_the_page(page):
    typed(page, "Beratung").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_missing_index_is_said(browser, site):
    page = browser.new_page()
    page.route("**/*.json", lambda route: route.fulfill(status=404))
    page.goto(site)
    page.locator("input").fill("Beratung")
    page.get_by_text("Die Suche lädt gerade nicht").wait_for()
    page.close()


def test_who_asks_for_nothing_gets_the_lists(browser, site):
    page = browser.new_page()
    page.goto(site)
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url(f"{site}angebote/")
    page.close()


def test_without_scripts_a_link_leads_to_the_lists(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Alle Angebote als Liste").click()
    page.wait_for_url(f"{site}angebote/")
    context.close()
