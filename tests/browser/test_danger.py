"""Danger in a real browser: the box above the hits, what it leaves behind (nothing), the way out first and in sight."""

import json
import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import WIDTHS, Watch, box_of, served, until
from tests.browsing import findings
from tests.chance import every, every_row

FIELDS = pytest.mark.parametrize(("path", "field"), [("", "#suche-input"), ("angebote/", "#suchwort")])
SENSITIVE = pytest.mark.parametrize(
    "path",
    every(
        (
            "hilfe-sofort/", "hilfe-sofort/sicher/", "fuer-dich/", "themen/haeusliche-gewalt/", "angebote/zuflucht-wegwarte/",
            "en/themen/haeusliche-gewalt/",
        ),
        {"hilfe-sofort/", "angebote/zuflucht-wegwarte/"},
    ),
)  # fmt: skip


def status(page: Page, path: str = "") -> Locator:
    """What a screen reader hears once the search has come to rest."""
    return page.locator("#anzahl" if path else ".nr-search__status")


def first_line(page: Page) -> str:
    return page.locator(".nr-danger__line").first.inner_text()


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@WIDTHS
@FIELDS
def test_below_the_numbers_stands_a_button_and_nothing_else(
    tab: Watch, demo_url: str, path: str, field: str, width: int
) -> None:
    """It shows all offers about it, or what was found where somebody can't wait; Escape leads from the box to the field."""
    watched = tab(demo_url + path, width)
    page = watched.page
    hits = page.locator("[role=option], #liste .nr-card")
    for words, button, number in (
        ("mein Mann schlägt mich", "Alle Angebote dazu", "110"), ("112 Kinderturnen", "Treffer zeigen", "112"),
    ):  # fmt: skip
        page.locator(field).fill(words)
        expect(page.locator(".nr-danger")).to_be_visible()
        assert number in first_line(page)
        expect(page.get_by_role("button", name=button)).to_be_visible()
        expect(page.get_by_role("link", name="Angst? Reden")).to_be_hidden()
        expect(hits).to_have_count(0)
        expect(status(page, path)).to_contain_text(f"Hilfe sofort: {number}")
        page.locator(".nr-danger a[href^='tel:']").first.focus()
        page.keyboard.press("Escape")
        expect(page.locator(field)).to_be_focused()
        page.get_by_role("button", name=button).click()
        expect(hits.first).to_be_visible()
        assert page.get_by_text("Anders handeln").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_clean()


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@FIELDS
def test_without_a_mouse_every_number_is_reached_and_every_fold_opened(
    tab: Watch, demo_url: str, path: str, field: str
) -> None:
    """Typed by keys alone; Tab goes through the box, Enter opens what is folded, and behind the last link it leads out."""
    page = tab(demo_url + path, 360).page
    page.locator(field).focus()
    page.keyboard.type("mein mann schlägt mich")
    box = page.locator(".nr-danger")
    expect(box).to_be_visible()
    stops = box.locator("a:visible, summary:visible")
    first = stops.first
    for _ in range(4):
        page.keyboard.press("Tab")
        if first.evaluate("one => one === document.activeElement"):
            break
    for place in range(stops.count()):
        expect(stops.nth(place)).to_be_focused()
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Alle Angebote dazu")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(box.locator("details[open]")).to_have_count(1)


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@pytest.mark.parametrize(
    ("path", "words"), [("", "mein mann schlägt mich"), ("ar/", "زوجي يضربني"), ("uk/", "чоловік мене б'є")]
)
def test_above_the_keyboard_of_a_phone_three_numbers_and_the_way_out_are_in_sight(
    tab: Watch, demo_url: str, path: str, words: str
) -> None:
    page = tab(demo_url + path, 360).page
    page.set_viewport_size({"width": 360, "height": 440})
    page.locator(".nr-search__input").fill(words)
    for place in range(3):
        expect(page.locator(".nr-danger__phone").nth(place)).to_be_in_viewport(ratio=1)
    expect(page.locator(".nr-danger__leave a")).to_be_in_viewport(ratio=1)


@pytest.mark.guards("Privacy: words sought reach no address, history or title")
@WIDTHS
def test_nothing_of_it_is_kept_or_sent(watch: Watch, demo_url: str, width: int) -> None:
    """The same files are asked for, whatever is typed; neither address, history nor storage knows."""
    asked: list[set[str]] = []
    for word in ("Stalking", "Schlagzeug"):
        watched = watch(demo_url, width)
        page = watched.page
        before = page.evaluate("[location.href, history.length, document.title]")
        page.locator("#suche-input").fill(word)
        expect(status(page)).to_contain_text(re.compile("Hilfe sofort|Treffer"))
        watched.settled()
        assert page.locator(".nr-danger").count() == (word == "Stalking")
        assert page.evaluate("[location.href, history.length, document.title]") == before
        assert page.evaluate(
            "async () => [localStorage.length, sessionStorage.length, document.cookie, history.state, (await caches.keys()).length]"
        ) == [0, 0, "", None, 0]
        names = {url.split("?")[0].removeprefix(demo_url) for url in watched.requests}
        assert not [name for name in names if "talking" in name]
        asked.append(names)
    assert asked[0] == asked[1]
    loaded = {name.rsplit("/", 1)[-1] for name in asked[0] if "/suche-" in name and "danger" in name}
    assert loaded == {"danger.de.json", "danger_later.de.json"}
    there = len(watched.requests)
    page.locator("#suche-input").fill("Stalking")
    expect(page.locator(".nr-danger").get_by_role("link", name="Seite verlassen")).to_be_visible()
    watched.settled()
    assert watched.requests[there:] == [], "the box and the way out came with the first word"


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
def test_the_lexicon_is_there_before_any_hit(tab: Watch, demo_url: str) -> None:
    """However slowly the lexicon comes, no hit is shown before it has been asked."""
    watched = tab(demo_url, 360)
    page = watched.page
    held = []
    page.route("**/suche-*/danger.*.json", lambda route: held.append(route))
    page.locator("#suche-input").fill("Papa schlägt mich")
    until(page, lambda: held)
    # As long as it takes to fetch all that hits are made of.
    for part in ("title", "full"):
        page.evaluate(
            f"fetch(document.querySelector('[data-index]').dataset.index + '{part}.de.json').then((answer) => answer.json())"
        )
    assert page.locator("[role=option]").count() == 0
    held[0].continue_()
    expect(page.locator(".nr-danger")).to_be_visible()
    assert "110" in first_line(page)


def test_each_line_of_the_box_can_be_tapped(tab: Watch, demo_url: str) -> None:
    """„18 yaşından küçüksün“ begins with a number that is no telephone's."""
    page = tab(f"{demo_url}tr/", 360).page
    page.locator("#suche-input").fill("polis yardım")
    lines = page.locator(".nr-danger [lang=tr] > .nr-danger__line")
    expect(lines.filter(has_text="18 yaşından küçüksün").locator("a[href^='tel:']").first).to_be_visible()
    assert [line.inner_text() for line in lines.all() if not line.locator("a").count()] == []


def test_arrow_keys_lead_through_the_numbers_to_the_button(tab: Watch, demo_url: str) -> None:
    """Whoever hears the page is told of the numbers, meets them before any hit, and knows whose each is."""
    watched = tab(demo_url)
    page = watched.page
    page.locator("#suche-input").fill("mein mann schlägt mich")
    expect(status(page)).to_contain_text("stehen unter dem Suchfeld")
    box = page.locator(".nr-danger")
    assert box.get_by_role("heading", level=2).count() == 1
    assert not re.search(r"\+\d+$", box.inner_text(), re.MULTILINE)
    page.keyboard.press("ArrowDown")
    expect(box.locator("a[href='tel:110']").first).to_be_focused()
    seen = 1
    while page.evaluate("document.activeElement.closest('[data-search-danger]') !== null"):
        page.keyboard.press("ArrowDown")
        seen += 1
    assert seen > 9, "numbers, titles of what is folded, the button"
    expect(page.locator("#suche-input")).to_be_focused()
    watched.assert_clean()


def test_numbers_with_hours_say_whether_they_are_answered_now(watch: Watch, demo_url: str) -> None:
    """On Heiligabend nobody knows, though it is a Thursday morning."""
    watched = watch(f"{demo_url}hilfe-sofort/", 360)
    page = watched.page
    row = page.locator("#elterntelefon")
    for moment, said in (
        ("2026-11-20T10:15", "jetzt erreichbar bis 17 Uhr"),
        ("2026-12-24T10:15", "Heiligabend: vielleicht nicht erreichbar"),
    ):
        page.clock.set_fixed_time(f"{moment}:00+01:00")
        page.reload()
        expect(row.locator(".nr-open")).to_have_text(said)
    watched.assert_clean()


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@FIELDS
def test_without_the_words_of_danger_a_story_finds_nothing_and_it_is_said(
    tab: Watch, demo_url: str, path: str, field: str
) -> None:
    """Nobody can tell then whether three words and more tell of danger; the line stands."""
    page = tab(demo_url + path, 360).page
    page.route("**/suche-*/danger*.json", lambda route: route.fulfill(status=404))
    hits = page.locator("[role=option], #liste .nr-card")
    page.locator(field).fill("mein Mann schlägt mich")
    expect(status(page, path)).to_contain_text("versteht gerade keine Sätze")
    expect(page.get_by_role("link", name="Angst? Reden")).to_be_visible()
    expect(hits).to_have_count(0)
    page.locator(field).fill("Geldsorgen")
    expect(hits.first).to_be_visible()
    expect(page.get_by_role("link", name="Angst? Reden")).to_be_visible()


LISTS = [
    *((one, "#suche-input") for one in ("", "en/", "tr/", "ar/", "uk/", "de-x-ls/")),
    ("angebote/", "#suchwort"),
    ("en/angebote/", "#suchwort"),
]


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@pytest.mark.parametrize(("path", "field"), every_row(LISTS, {"", "angebote/"}))
def test_one_line_stands_above_every_list_of_hits_and_every_no(
    tab: Watch, demo_url: str, demo_site: Path, path: str, field: str
) -> None:
    """In the page's language, on two lines at most, to be tapped; it leads to somebody to talk to."""
    page = tab(demo_url + path, 360).page
    line = page.locator(".nr-floor").first
    for words in ("Schulden", "qwertzuiop"):
        page.locator(field).fill(words)
        expect(line).to_be_visible()
        page.wait_for_timeout(700)
        links = line.locator("a").all()
        hrefs = [link.get_attribute("href") or "" for link in links]
        assert hrefs[:2] == ["tel:112", "tel:110"]
        boxes = [box_of(link) for link in links]
        assert all(box["height"] >= 24 for box in boxes)
        assert len({round(box["y"]) for box in boxes}) <= 2
        shown = (
            page.locator("[role=option], #liste .nr-card, .nr-search__nothing, #liste .nr-empty")
            .locator("visible=true")
            .first
        )
        assert box_of(line)["y"] < box_of(shown)["y"]
    assert ("Arzt" in line.inner_text()) == (path in ("", "angebote/", "de-x-ls/"))
    links[2].click()
    page.wait_for_url("**/hilfe-sofort/#reden")
    talk = page.locator("main").inner_text().split(page.locator("#reden").inner_text())[-1]
    places = [
        talk.index(said) for said in ("Hilfetelefon" if path == "" else "", "116 016", "116 111", "116 123")
    ]
    assert places == sorted(places)
    assert page.locator("#reden ~ ul a[href*='chat']").count() >= 1


def test_every_page_with_a_list_of_hits_has_the_line(demo_site: Path) -> None:
    """Home, directory, guests' pages, whatever the language; not the case desk, not reports."""
    pages = {path.relative_to(demo_site): path.read_text("utf-8") for path in demo_site.rglob("index.html")}
    lists = {path for path, text in pages.items() if "data-search-danger" in text or 'id="gefahr"' in text}
    assert len(lists) >= len(LISTS)
    assert {path for path in lists if "nr-floor" not in pages[path]} == set()
    assert [
        path for path in pages if path.parts[0] in ("berichte", "fachkraefte") and "nr-floor" in pages[path]
    ] == []


@pytest.mark.parametrize(
    "words",
    [
            "mein Mann schlägt mich", "vergewaltigt", "nachbar prügelt seine kinder", "ich will nicht mehr leben", "kocam beni dövüyor",
            "زوجي يضربني", "муж меня бьет", "mein mann schlägt mich und die kinder", "mein mann würgt mich und mein kind atmet nicht",
            "vergewaltigt, schlägt mich, obdachlos", "my husband beats me and i want to kill myself",
            "mon mari me frappe et je veux mourir",
        ],
)  # fmt: skip
def test_a_box_leaves_room_for_the_keyboard_of_a_phone(tab: Watch, demo_url: str, words: str) -> None:
    """Two or three open lines to be tapped, 440 px with the titles of what is folded, and the way out beside the heading."""
    page = tab(demo_url, 360).page
    page.clock.set_fixed_time("2026-11-30T08:30:00")  # a line says when it opens
    page.locator("#suche-input").fill(words)
    box = page.locator(".nr-danger")
    expect(box).to_be_visible()
    assert box_of(box)["height"] <= 440
    assert 2 <= page.locator(".nr-danger > .nr-danger__lines > li").count() <= 3
    calls = page.locator(".nr-danger > .nr-danger__lines .nr-danger__call a").all()
    assert all(box_of(call)["height"] >= 44 for call in calls)
    own = page.locator(".nr-danger").get_attribute("lang")
    assert own == "de" or not page.locator(".nr-danger > [lang=de]").count()
    title, way = box_of(box.locator(".nr-danger__title")), box_of(box.locator(".nr-button--alarm"))
    assert abs(title["y"] + title["height"] / 2 - way["y"] - way["height"] / 2) < 12
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@WIDTHS
def test_the_directory_warns_too_by_word_and_by_topic(watch: Watch, demo_url: str, width: int) -> None:
    watched = watch(f"{demo_url}angebote/?thema=haeusliche-gewalt", width)
    page = watched.page
    expect(page.locator(".nr-danger")).to_be_visible()
    assert "110" in first_line(page)
    assert "116 016" in page.locator(".nr-danger__line").nth(1).inner_text()
    titles = page.locator("#liste .nr-card__title")
    expect(titles.filter(has_text="Telefon für Männer, die Gewalt erleben")).to_be_visible()
    # What is for people who use violence stands there for those alone who say it of themselves.
    assert titles.filter(has_text="Anders handeln").count() == 0
    page.get_by_role("button", name="Alles zurücksetzen").click()
    expect(page.locator(".nr-danger")).to_have_count(0)
    page.locator("#suchwort").fill("meine Frau schlägt mich")
    expect(page.locator(".nr-danger")).to_contain_text("0800 123 99 00")
    watched.settled()
    box, field = box_of(page.locator(".nr-danger")), box_of(page.locator("#suchwort"))
    assert box["y"] - field["y"] < 120
    page.locator("#suchwort").fill("Familienrat, meine Frau schlägt mich")
    watched.settled()
    assert page.locator("#liste a[href*='familienrat']").count() == 0
    page.locator("#suchwort").fill("Familienrat")
    expect(page.locator("#liste a[href*='familienrat']").first).to_be_visible()
    watched.assert_clean()


@pytest.mark.parametrize(
    ("width", "query"),
    [(360, "mein Mann schlägt mich"), (360, "ich will nicht mehr leben"), (1280, "Papa schlägt mich")],
)
def test_axe_finds_nothing_in_the_box(tab: Watch, demo_url: str, width: int, query: str) -> None:
    watched = tab(demo_url, width)
    page = watched.page
    page.locator("#suche-input").fill(query)
    expect(page.locator(".nr-danger")).to_be_visible()
    expect(status(page)).to_contain_text("Hilfe sofort")
    watched.settled()
    assert findings(page, ()) == []


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
def test_without_scripts_the_page_of_numbers_is_at_hand(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url, 360, java_script_enabled=False).page
    page.get_by_role("link", name="In Gefahr? Sofort Hilfe").click()
    page.wait_for_url(f"{demo_url}hilfe-sofort/")
    assert page.locator("a[href='tel:110']").first.is_visible()


@pytest.mark.guards("Privacy: words sought reach no address, history or title")
@pytest.mark.parametrize("broken", [None, "home.js", "find.js"])
def test_where_scripts_fail_words_lead_to_the_numbers_and_stay_behind(
    watch: Watch, demo_site: Path, broken: str | None
) -> None:
    """With scripts off, and with one that doesn't come: what was typed stands in no address, no history and no log."""
    log: list[str] = []
    with served(demo_site, log) as url:
        page = watch(f"{url}impressum/", 360, java_script_enabled=broken is not None).page
        page.route(f"**/{broken}*", lambda route: route.abort())
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.goto(url)
        assert not broken or any(broken in name for name in failed)
        page.locator("#suche-input").fill("mein Mann schlägt mich")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/hilfe-sofort/\??$"))
        assert page.locator("a[href='tel:110']").first.is_visible()
        history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    assert len(history["entries"]) == 4
    told = unquote_plus(f"{page.url} {history} {log}")
    assert "hilfe-sofort" in told
    assert not re.search("mann|schl", told, re.IGNORECASE)


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
def test_hours_that_cannot_be_read_take_no_number_away(tab: Watch, demo_url: str, demo_site: Path) -> None:
    """All scripts of a page stand in one file: what one of them can't read ends none of the others."""
    home = (demo_site / "index.html").read_text("utf-8")
    broken = home.replace('data-open="', 'data-open="{"', 1)
    assert broken != home
    page = tab(f"{demo_url}impressum/", 360).page
    page.route(demo_url, lambda route: route.fulfill(body=broken, content_type="text/html"))
    page.goto(demo_url)
    page.locator("#suche-input").fill("mein Mann schlägt mich")
    expect(page.locator(".nr-danger a[href='tel:110']").first).to_be_visible()


# --- the way out -------------------------------------------------------------------------------------------------------


@pytest.mark.guards(
    "Help and hours: the way out is the second stop and on top; its pages aren't kept offline"
)
@SENSITIVE
@WIDTHS
def test_the_way_out_is_the_second_stop_and_at_the_top(
    watch: Watch, demo_url: str, path: str, width: int
) -> None:
    page = watch(demo_url + path, width).page
    link = page.locator("[data-exit]")
    box = box_of(link)
    assert box["y"] < 60
    assert box["height"] >= 44
    stops = []
    for _ in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.hasAttribute('data-exit')"))
    assert stops == [False, True]  # after the link that jumps to the text
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("document.querySelector('[data-exit]').getBoundingClientRect().top") < 60


@pytest.mark.parametrize("path", ["hilfe-sofort/", "en/hilfe-sofort/"])
def test_the_first_screen_of_a_phone_shows_what_is_always_open(tab: Watch, demo_url: str, path: str) -> None:
    page = tab(demo_url + path, 360).page
    page.set_viewport_size({"width": 360, "height": 640})
    for number in ("110", "112", "116016"):
        box = box_of(page.locator(f"main a[href='tel:{number}']").first)
        assert box["y"] + box["height"] <= 640, number


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
@pytest.mark.guards(
    "Help and hours: the way out is the second stop and on top; its pages aren't kept offline"
)
def test_no_page_that_can_be_left_quickly_is_kept_offline(demo_site: Path) -> None:
    packs = list(demo_site.rglob("offline.json"))
    assert len(packs) > 5
    kept = {name for pack in packs for name in json.loads(pack.read_text("utf-8"))["files"]}
    pages = {name for name in kept if name.endswith("/") or not name}
    assert "angebote/" in pages
    leaving = {name for name in pages if "data-exit" in (demo_site / name / "index.html").read_text("utf-8")}
    assert leaving == set()
    assert "110" in (demo_site / "offline" / "index.html").read_text("utf-8")


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@pytest.mark.parametrize(
    ("words", "number"), [("mein Mann schlägt mich", "110"), ("ich will nicht mehr leben", "112")]
)
def test_who_is_in_danger_can_leave_at_once(tab: Watch, demo_url: str, words: str, number: str) -> None:
    """The home page has no bar of its own: the way out comes with the numbers, and Shift three times with it."""
    watched = tab(demo_url, 360)
    page = watched.page
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>Neutral</title>", content_type="text/html")

    page.route("https://www.wikipedia.org/**", answer)
    page.locator("#suche-input").fill(words)
    expect(page.locator(".nr-danger")).to_be_visible()
    assert page.locator(".nr-danger").get_by_role("link", name="Seite verlassen").count() == 1
    assert number in first_line(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.wikipedia.org/")
    assert asked == ["https://www.wikipedia.org/"]


def test_where_the_way_out_has_gone_shift_leads_nowhere(tab: Watch, demo_url: str) -> None:
    """Who takes back what they typed sees no way out any more, and three times Shift is nothing but Shift."""
    watched = tab(demo_url, 360)
    page = watched.page
    field = page.locator("#suche-input")
    field.fill("mein Mann schlägt mich")
    expect(page.locator(".nr-danger").get_by_role("link", name="Seite verlassen")).to_be_visible()
    field.fill("Krabbelgruppe")
    expect(page.locator(".nr-danger")).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("Shift")
    watched.settled()
    assert page.locator("main").is_visible()
    assert page.url == demo_url
    # Told again it is there again, and works.
    field.fill("mein Mann schlägt mich")
    expect(page.locator(".nr-danger").get_by_role("link", name="Seite verlassen")).to_be_visible()
    page.route(
        "https://www.wikipedia.org/**", lambda route: route.fulfill(body="Neutral", content_type="text/html")
    )
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.wikipedia.org/")


@pytest.mark.guards("Safety: words of danger show numbers and the way out before any hit")
@FIELDS
def test_way_out_and_first_number_are_on_the_first_screen(
    tab: Watch, demo_url: str, path: str, field: str
) -> None:
    """Nobody has to scroll on a small phone, wherever the search field stood."""
    watched = tab(demo_url + path, 360)
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 640})
    page.locator(field).fill("mein Mann schlägt mich")
    for link in ("Seite verlassen", "110", "116 016"):
        expect(page.locator(".nr-danger").get_by_role("link", name=link).first).to_be_in_viewport(ratio=1)
    expect(page.locator(field)).to_be_in_viewport(ratio=1)
    watched.assert_clean()


def test_the_button_opens_no_hit(tab: Watch, demo_url: str) -> None:
    """„Suchen“ shows what was found, also after the arrow keys marked a hit; Enter opens the one that is marked."""
    watched = tab(demo_url, 360)
    page = watched.page
    field = page.locator("#suche-input")
    field.fill("Krabbelgruppe")
    expect(page.locator("[role=option]").first).to_be_visible()
    field.press("ArrowDown")
    page.locator("form.nr-search button[type=submit]").click()
    watched.settled()
    assert page.url == demo_url
    expect(page.locator("[role=option]").first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/angebote/**")
