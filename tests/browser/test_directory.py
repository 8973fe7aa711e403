"""The directory in Chromium: filters by pointer and by keyboard, shared links, Back, list and map, privacy, axe."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import WIDTHS, Watched, box_of, reached_by_tab, until
from tests.browsing import findings
from tests.chance import whole

STORED = """async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"""
ON_MAP = """() => [...document.querySelectorAll('.leaflet-marker-icon[role="button"]')].reduce((sum, icon) => sum + (Number(icon.textContent) || 1), 0)"""
NOTHING = [0, 0, "", 0, 0, 0]
MADE = "[...document.querySelectorAll('#liste .nr-card')].every((card) => card.dataset.place)"
"""The list is the one that the script made of what was chosen; the cards of the page say no place in the index."""


def ready(page: Page) -> Page:
    # The page's script moves the box there once it has begun.
    until(page, "document.querySelector('#filter #gefahr')")
    drawn(page)
    return page


def count(page: Page) -> int:
    drawn(page)
    match = re.match(r"[\d.]+", page.locator("#anzahl").inner_text())
    assert match is not None
    return int(match[0].replace(".", ""))


def drawn(page: Page) -> None:
    """Wait until the list is that of what was chosen: the offers come with the first choice."""
    until(page, "!document.getElementById('liste').hasAttribute('aria-busy')")


def cards(page: Page) -> list[str]:
    drawn(page)
    return page.locator("#liste .nr-card").evaluate_all("all => all.map(card => card.dataset.id)")


def choose(page: Page, name: str) -> None:
    """Choose one of the filters in sight."""
    if name == "Schulden":
        page.locator("#filter-thema").focus()
        page.locator("#filter-thema").select_option("schulden")
    else:
        page.get_by_role("button", name=name).click()


def map_button(page: Page) -> Locator:
    """The button for the map: beside the drawing on a desk, with the filters elsewhere and while the map is open."""
    return page.get_by_role("button", name=re.compile(r"^Karte( bewegen)?$"))


def query(page: Page) -> str:
    return page.evaluate("location.search")


@WIDTHS
def test_filters_narrow_the_list_and_stand_in_the_address(watch, demo_url, width):
    watched = watch(demo_url + "angebote/", width)
    page = ready(watched.page)
    everything = count(page)
    page.get_by_role("button", name="kostenlos").click()
    free = count(page)
    assert 0 < free < everything
    assert query(page) == "?kostenlos=1"
    assert len(cards(page)) == min(20, free)
    page.locator("summary", has_text="Mehr Filter").click()
    page.locator("#filter-thema").select_option("schulden")
    few = count(page)
    assert 0 < few < free
    assert query(page) == "?thema=schulden&kostenlos=1"
    if width < 500:
        page.get_by_role("button", name=f"{few} Angebote zeigen").click()
    assert page.get_by_role("button", name="Filter entfernen: Schulden").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.go_back()
    until(page, "location.search === '?kostenlos=1'")
    assert count(page) == free
    assert page.locator("#filter-thema").input_value() == ""
    page.go_back()
    until(page, "location.search === ''")
    assert count(page) == everything
    assert page.evaluate(STORED) == NOTHING
    watched.assert_clean()


def test_a_shared_link_opens_with_its_filters(tab, demo_url):
    page = ready(tab(demo_url + "angebote/?thema=schulden&alter=8m&kostenlos=1&ohne-eltern=1&unsinn=1").page)
    assert page.get_by_role("button", name="kostenlos").get_attribute("aria-pressed") == "true"
    page.locator("summary", has_text="Mehr Filter").click()
    assert page.locator("#filter-thema").input_value() == "schulden"
    assert page.locator("#filter-alter").input_value() == "8m"
    group = page.get_by_role("group", name="Was Ihnen wichtig ist")
    assert group.get_by_role("checkbox", checked=True).count() == 1
    # By name: the rest of the address follows the same rules as every link.
    assert "thema=schulden" in query(page)
    page = ready(tab(demo_url + "angebote/?alter=14m").page)
    assert (
        page.locator("#filter-alter").evaluate("({ selectedOptions: [one] }) => one.text") == "14 Monate alt"
    )


def test_counts_beside_choices_come_true(tab, demo_url):
    page = ready(tab(demo_url + "angebote/?kostenlos=1").page)
    page.locator("summary", has_text="Mehr Filter").click()
    choice = page.locator(".nr-choice", has_text="ohne Anmeldung")
    choice.locator(".nr-chip__count", has_text=re.compile(r"\d")).wait_for()
    told = int(choice.locator(".nr-chip__count").inner_text())
    choice.click()
    assert count(page) == told
    counted = page.locator("#filter-sprache option[value=tr]", has_text="(")
    counted.wait_for(state="attached")
    option = counted.inner_text()
    page.locator("#filter-sprache").select_option("tr")
    assert count(page) == int(re.search(r"\((\d+)\)", option)[1])


OFFERS = ("/angebote/verzeichnis.json", "/title.de.json")


def test_the_offers_come_with_the_first_touch_and_always_all_of_them(watch, demo_url):
    """Before it a visit loads the page and its form alone; what is loaded later doesn't depend on what is chosen."""
    watched = watch(demo_url + "angebote/")
    page = ready(watched.page)
    watched.settled()
    assert [url for url in watched.requests if url.endswith(OFFERS)] == []
    told = page.get_by_role("button", name="kostenlos").locator(".nr-chip__count").inner_text()
    seen = []
    for name in ("kostenlos", "Schulden"):
        other = watch(demo_url + "angebote/")
        choose(ready(other.page), name)
        assert count(other.page) > 0
        if name == "kostenlos":
            assert count(other.page) == int(told)
        other.settled()
        seen.append({url for url in other.requests if url.endswith(".json") and "zeilen-" not in url})
    assert seen[0] == seen[1]
    assert all(any(url.endswith(name) for url in seen[0]) for name in OFFERS)


def in_sevens(lines: list[str], order: list[int]) -> Callable[[Route], None]:
    """Answer with seven lines a block, and note which were asked for."""

    def answer(route: Route) -> None:
        number = int(re.search(r"zeilen-(\d+)", route.request.url)[1])
        order.append(number)
        route.fulfill(json=lines[number * 7 : number * 7 + 7])

    return answer


CHOICES = ("kostenlos", "Schulden", "nähen", "xyzzy", "nothing at all: qqqqq")


@pytest.mark.parametrize("choices", [CHOICES, CHOICES[::4]], ids=len)
def test_no_request_tells_what_somebody_looks_for(tab, demo_url, choices):
    """In a large town the lines under the names come in several blocks: all of them, in the same order, whatever is chosen or typed."""
    asked = []
    for choice in choices:
        watched = tab(demo_url + "angebote/")
        page = watched.page
        lines = json.loads(page.request.get(demo_url + "angebote/zeilen-0.json").text())
        order: list[int] = []
        page.route("**/zeilen-*.json", in_sevens(lines, order))
        page.route(
            "**/verzeichnis.json", lambda route: route.fulfill(json={**route.fetch().json(), "block": 7})
        )
        ready(page)
        if choice in ("kostenlos", "Schulden"):
            choose(page, choice)
        elif choice.startswith("nothing"):
            page.locator("#suchwort").fill(choice[-5:])
        else:
            page.locator("#suchwort").fill(choice)
            page.get_by_role("button", name="kostenlos").click()
        until(page, lambda order=order, lines=lines: len(order) == -(-len(lines) // 7))
        asked.append(order)
        card = page.locator("#liste .nr-card").first
        if choice.startswith("nothing"):
            card.wait_for(state="detached")
        elif choice != "xyzzy":
            card.wait_for()
            # The last block was asked for; the line comes with its answer.
            until(page, lambda card=card, lines=lines: card.locator(".nr-card__text").inner_text() in lines)
    assert asked == [sorted(asked[0])] * len(choices)


def test_who_chooses_before_the_offers_are_there_is_told(tab, demo_url):
    watched = tab(demo_url + "angebote/")
    page = ready(watched.page)
    prebuilt = cards(page)
    held = []
    page.route("**/verzeichnis.json", lambda route: held.append(route))
    page.get_by_role("button", name="kostenlos").click()
    assert page.get_by_role("button", name="kostenlos").get_attribute("aria-pressed") == "true"
    page.get_by_text("Die Angebote werden geladen …").wait_for()
    assert page.locator("#liste .nr-card").evaluate_all("all => all.map(card => card.dataset.id)") == prebuilt
    until(page, lambda: len(held) == 1)
    held[0].abort()
    page.get_by_text("Die Filter laden gerade nicht.").wait_for()
    page.unroute("**/verzeichnis.json")
    choose(page, "Schulden")
    until(page, MADE)
    assert "kostenlos=1" in query(page)
    assert 0 < count(page) < 300


def tab_to(page: Page, met: str) -> None:
    """Press Tab until something is true of what has the focus."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate(f"(element => {met})(document.activeElement)"):
            return
    raise AssertionError(f"not within eight steps: {met}")


@WIDTHS
def test_by_keyboard_alone(tab, demo_url, width):
    watched = tab(demo_url + "angebote/", width)
    page = ready(watched.page)
    page.locator("#suchwort").focus()
    tab_to(page, "element.textContent.startsWith('kostenlos')")
    page.keyboard.press("Space")
    assert query(page) == "?kostenlos=1"
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    tab_to(page, "element.id === 'filter-thema'")
    page.locator("#filter-thema").press_sequentially("Das Geld")
    until(page, "location.search.includes('thema=')")
    tab_to(page, "element.id === 'filter-tag'")
    tab_to(page, "element.textContent.startsWith('Mehr Filter')")
    page.keyboard.press("Enter")
    assert page.locator("details.nr-filter__more").get_attribute("open") is not None
    if width < 500:
        page.get_by_role("dialog").wait_for()
    tab_to(page, "element.id === 'filter-alter'")
    page.keyboard.type("3")
    until(page, "location.search.includes('alter=3')")
    assert count(page) > 0
    if width < 500:
        page.keyboard.press("Escape")
        until(page, "document.activeElement.textContent.startsWith('Mehr Filter')")
    page.get_by_role("button", name="Alles zurücksetzen").focus()
    page.keyboard.press("Enter")
    assert query(page) == ""
    assert page.evaluate("document.activeElement.id") == "suchwort"
    watched.assert_clean()


@pytest.mark.guards("Privacy: words sought reach no address, history or title")
def test_the_word_sought_goes_nowhere(watch, demo_url):
    watched = watch(demo_url + "angebote/?kostenlos=1")
    page = ready(watched.page)
    before = page.evaluate("history.length"), page.title()
    page.locator("#suchwort").fill("Geldsorgen")
    until(page, "document.querySelectorAll('#liste .nr-card').length < 20")
    watched.settled()
    found = count(page)
    assert "schuldnerberatung-diakonie" in cards(page)
    choose(page, "Schulden")
    assert 0 < count(page) <= found
    assert "geld" not in page.url.lower()
    assert (page.evaluate("history.length"), page.title()) == (before[0] + 1, before[1])
    assert "Geldsorgen" not in str(watched.requests)
    assert page.evaluate(STORED) == NOTHING
    watched.assert_clean()


@pytest.mark.guards("Accessibility: a changed count is announced once")
def test_the_count_is_announced_once(watch, demo_url):
    watched = watch(demo_url + "angebote/")
    page = ready(watched.page)
    assert page.locator("#anzahl").get_attribute("role") == "status"
    # With the offers there: where they are long in coming, that is announced as well.
    page.locator("#suchwort").focus()
    watched.settled()
    page.evaluate(
        """() => { window.told = []; new MutationObserver(() => window.told.push(document.getElementById('anzahl').textContent))
        .observe(document.getElementById('anzahl'), {childList: true}); }"""
    )
    page.get_by_role("button", name="kostenlos").click()
    until(page, "window.told.length > 0")
    watched.settled()
    assert len(page.evaluate("window.told")) == 1


def test_nothing_found_says_what_is_in_the_way(tab, demo_url):
    page = ready(tab(demo_url + "angebote/?thema=schulden&alter=schwanger").page)
    assert count(page) == 0
    page.get_by_role("button", name=re.compile("Ohne „schwanger“")).click()
    assert query(page) == "?thema=schulden"
    assert count(page) > 0


def test_more_cards_come_on_demand_and_keep_the_focus(tab, demo_url):
    page = ready(tab(demo_url + "angebote/?kostenlos=1").page)
    page.get_by_role("button", name="20 weitere zeigen").click()
    shown = cards(page)
    assert len(shown) == 40
    assert len(set(shown)) == 40
    assert page.evaluate("document.activeElement.closest('.nr-card').dataset.id") == shown[20]


def test_open_now_follows_the_clock_and_at_night_a_playground_is_no_answer(watch, demo_url):
    """Where nobody is at what is open, the list says so and leads to the numbers; the entry stays."""
    watched = watch(demo_url + "angebote/")
    page = ready(watched.page)
    page.clock.set_fixed_time("2026-11-20T10:15:00+01:00")
    page.get_by_role("button", name="jetzt offen").click()
    deserted = page.get_by_text("Gerade ist nichts besetzt.")
    assert len(cards(page)) > 1
    expect(deserted).to_have_count(0)
    said = open_lines(page)
    assert said
    assert all(re.match(r"((am Telefon: |online: )?jetzt offen|immer da)", line) for line in said), said
    page.get_by_role("button", name="jetzt offen").click()
    page.clock.set_fixed_time("2026-11-21T03:40:00+01:00")
    page.get_by_role("button", name="jetzt offen").click()
    expect(deserted).to_be_visible()
    assert cards(page) == ["spielplatz-muehlenteich"]
    expect(deserted.locator("xpath=..").get_by_role("link", name="Sofort Hilfe")).to_have_attribute(
        "href", re.compile("hilfe-sofort/")
    )
    watched.assert_clean()


def test_own_position_only_after_a_click(watch, demo_url):
    place = {"longitude": 10.02, "latitude": 53.70}
    watched = watch(demo_url + "angebote/", geolocation=place, permissions=["geolocation"])
    page = ready(watched.page)
    page.get_by_role("button", name="in der Nähe").click()
    page.get_by_role("button", name="Mein Standort").click()
    page.get_by_text("Entfernungen von Ihrem Standort.").wait_for()
    before = count(page)
    page.get_by_label("Umkreis").select_option("1000")
    assert 0 < count(page) < before
    expect(page.locator("#liste .nr-card").first).to_contain_text("Entfernung:")
    assert query(page) == ""
    assert page.evaluate(STORED) == NOTHING
    watched.assert_clean()


def test_a_refused_position_says_what_to_do_and_an_address_gives_the_distance(watch, demo_url):
    watched = watch(demo_url + "angebote/")
    page = ready(watched.page)
    page.get_by_role("button", name="in der Nähe").click()
    page.get_by_role("button", name="Mein Standort").click()
    page.get_by_text("Geben Sie die Straße ein.").wait_for()
    page.locator("summary", has_text="Adresse eingeben").click()
    page.get_by_label("Straße", exact=True).fill("Ahornweg 12")
    page.keyboard.press("Enter")
    page.get_by_text("Entfernungen von: Ahornweg 12.").wait_for()
    expect(page.locator("#liste .nr-card").first).to_contain_text("Entfernung:")
    assert "horn" not in page.url
    assert "Ahornweg" not in str(watched.requests)


@WIDTHS
def test_list_and_map_in_step(watch, demo_url, width):
    watched = watch(demo_url + "angebote/?thema=deutsch", width)
    page = ready(watched.page)
    assert [address for address in watched.requests if "leaflet" in address or "/map.js" in address] == []
    button = map_button(page)
    button.click()
    page.locator('.leaflet-marker-icon[role="button"]').first.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Who pressed sees all of it, and is there by the next keys.
    expect(page.locator(".leaflet-container")).to_be_in_viewport(ratio=1)
    button.focus()
    assert reached_by_tab(page, page.locator(".leaflet-container"), 10)

    shown = page.locator("#liste .nr-card").count()
    until(page, f"(({ON_MAP})()) > 0 && (({ON_MAP})()) <= {shown}")
    watched.settled()
    pin = page.locator(".nr-live__pin").first
    name = pin.get_attribute("aria-label")
    pin.click(force=True)
    page.locator(".nr-card--there").wait_for()
    expect(page.locator(".nr-card--there")).to_contain_text(name)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Alles zurücksetzen").click()
    until(page, f"(({ON_MAP})()) > 50")
    # Beside form and list, or above the list where there is no room: never below.
    there, drawn = (page.locator(one).bounding_box() for one in ("#liste", "#karte"))
    assert drawn["y"] < there["y"]
    if width > 900:
        assert drawn["x"] >= there["x"] + there["width"]
    watched.assert_clean()


def map_of(watched: Watched) -> Page:
    """Open the map and wait until it stands."""
    page = ready(watched.page)
    map_button(page).click()
    page.get_by_role("button", name="Ganze Karte").wait_for()
    return watched.settled()


def placeless(page: Page) -> int:
    found = re.search(r"(\d+) ohne Ort auf der Karte", page.locator("#anzahl").inner_text())
    return int(found[1]) if found else 0


@WIDTHS
def test_the_map_begins_with_the_whole_town_and_names_its_areas(watch, demo_url, width):
    watched = watch(demo_url + "angebote/", width, reduced_motion="reduce")
    page = map_of(watched)
    frame = box_of(page.locator(".leaflet-container"))
    for area in page.locator(".leaflet-container path.nr-live__area").all():
        box = box_of(area)
        assert frame["x"] < box["x"]
        assert box["x"] + box["width"] < frame["x"] + frame["width"]
        assert frame["y"] < box["y"]
        assert box["y"] + box["height"] < frame["y"] + frame["height"]
    names = page.locator(".nr-live__name > span:not([class]):visible")
    expect(names.filter(has_text="Heidkamp").first).to_be_visible()
    wide = set(names.all_inner_texts())
    assert len(wide) > 2
    for _ in range(2):
        page.get_by_role("button", name="Näher heran", exact=True).click()
    watched.settled()
    until(page, "document.querySelectorAll('.nr-live__name > span:not([class]):not([hidden])').length > 0")
    if width == 360:
        assert not set(names.all_inner_texts()) & (wide - {"Heidkamp"}), "nearer, smaller areas are named"
    until(page, f"({COVERED})().length === 0")
    page.evaluate("scrollTo(0, 0)")  # what a bar lies upon counts as too small to be hit
    assert findings(page) == []
    watched.assert_clean()


def test_the_map_opens_where_an_area_has_no_offer(watch, demo_url):
    watched = watch(demo_url + "angebote/", 360, reduced_motion="reduce")
    without = re.compile(r'\["[^"]*","Heidkamp",[^]]*\],?')

    def leave_out(route: Route) -> None:
        text = route.fetch().text()
        assert without.search(text)
        route.fulfill(body=without.sub("", text, count=1), content_type="application/json")

    watched.page.route("**/auswahl.json*", leave_out)
    watched.page.reload()
    page = map_of(watched)
    expect(page.locator(".nr-live__name > span:visible", has_text="Heidkamp").first).to_be_visible()
    expect(page.locator("#filter-gebiet option", has_text=re.compile(r"^\s*Heidkamp"))).to_have_count(0)
    watched.assert_clean()


COVERED = """() => {
  const box = (one) => one.getBoundingClientRect();
  const markers = [...document.querySelectorAll('.leaflet-marker-icon[role="button"]')].map(box);
  return [...document.querySelectorAll('.nr-live__name > span:not([hidden])')].filter((name) => markers.some((one) => {
    const other = box(name);
    return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
  })).map((name) => name.textContent);
}"""


@WIDTHS
def test_the_map_has_all_that_fits_and_has_a_place(watch, demo_url, width):
    watched = watch(demo_url + "angebote/?kostenlos=1", width, reduced_motion="reduce")
    page = map_of(watched)
    every_one, without = count(page), placeless(page)
    assert every_one > without > 0
    assert page.evaluate(f"({ON_MAP})()") == every_one - without
    map_button(page).click()
    assert count(page) == every_one
    assert placeless(page) == 0
    watched.assert_clean()


@WIDTHS
def test_markers_have_the_shape_of_their_life_situation(watch, demo_url, width):
    watched = watch(demo_url + "angebote/?thema=garten", width, reduced_motion="reduce")
    page = map_of(watched)
    page.locator("summary", has_text="Was die Formen bedeuten").click()
    legend = dict(
        page.locator(".nr-map__shapes li").evaluate_all(
            "all => all.map((one) => [one.querySelector('path').getAttribute('d'), one.textContent])"
        )
    )
    assert len(legend) > 8
    pin = page.locator(".nr-live__pin").first
    shape = pin.locator("path").get_attribute("d")
    pin.press("Enter")
    assert page.locator(".leaflet-popup-content p").last.inner_text() == legend[shape]
    shapes = page.locator(".nr-live__pin path").evaluate_all("all => all.map((one) => one.getAttribute('d'))")
    assert set(shapes) <= set(legend)
    page.evaluate("scrollTo(0, 0)")  # what a bar lies upon counts as too small to be hit
    assert findings(page) == []


@WIDTHS
def test_a_house_with_many_offers_fits_its_map(watch, demo_url, width):
    watched = watch(demo_url + "angebote/", width, reduced_motion="reduce")
    watched.page.set_viewport_size({"width": width, "height": 740})
    page = map_of(watched)
    house = page.locator(".nr-live__cluster[aria-label='15 Einträge an diesem Ort']")
    for _ in range(8):
        if house.count():
            break
        sizes = [int(one) for one in page.locator(".nr-live__cluster").all_inner_texts()]
        page.locator(".nr-live__cluster").nth(sizes.index(max(sizes))).press("Enter")
        watched.settled()
    house.press("Enter")
    watched.settled()
    frame, popup = (box_of(page.locator(one)) for one in (".leaflet-container", ".leaflet-popup"))
    assert frame["x"] <= popup["x"]
    assert popup["x"] + popup["width"] <= frame["x"] + frame["width"]
    assert frame["y"] <= popup["y"]
    assert popup["y"] + popup["height"] <= frame["y"] + frame["height"]
    close = page.locator(".leaflet-popup-close-button")
    box = box_of(close)
    assert min(box["width"], box["height"]) >= 44
    names = page.locator(".leaflet-popup-content a")
    assert names.count() == 15
    names.last.focus()
    assert names.last.evaluate(
        "one => { const { left, bottom } = one.getBoundingClientRect(); return document.elementFromPoint(left + 5, bottom - 5) === one; }"
    ), "its last line can be brought into view"
    assert close.evaluate(
        "one => { const { x, y, width, height } = one.getBoundingClientRect(); return one.contains(document.elementFromPoint(x + width / 2, y + height / 2)); }"
    )
    assert not page.locator(".leaflet-control-scale").is_visible()
    page.evaluate("scrollTo(0, 0)")  # what is half behind the bar counts as too small
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    assert house.evaluate("one => one === document.activeElement")
    watched.assert_clean()


@pytest.mark.guards("Accessibility: axe (A, AA) finds nothing on any template at 360 and 1280 px")
@whole
@WIDTHS
def test_axe_finds_nothing(tab, demo_url, width):
    page = ready(tab(demo_url + "angebote/?kostenlos=1", width).page)
    assert findings(page) == []
    page.locator("summary", has_text="Mehr Filter").click()
    assert findings(page) == []
    page.locator("#filter-thema").select_option("schulden")
    page.locator("#filter-alter").select_option("3")
    assert findings(page) == []


@pytest.fixture
def at(tab, demo_url):
    """A function that opens an address at a moment: hours are asked of the device's clock."""

    def visit(address, moment, width=1280):
        watched = tab(demo_url + "robots.txt", width, "clock")
        watched.page.emulate_media(media="screen")
        watched.page.clock.install(time=moment)
        watched.page.goto(demo_url + address)
        return watched

    return visit


def open_lines(page: Page) -> list[str]:
    drawn(page)
    return [line.strip() for line in page.locator("#liste .nr-card .nr-open").all_text_contents()]


@WIDTHS
def test_cards_say_when_they_are_there_on_the_chosen_day(at, width):
    page = ready(at("angebote/?tag=2026-12-05", "2026-11-20T10:15:00+01:00", width).page)
    lines = open_lines(page)
    assert lines
    assert all(line.startswith("Sa, 5.12.: ") for line in lines), lines
    assert len(lines) == min(20, count(page))
    # Paper says which day the list is of, and when who is there.
    page.emulate_media(media="print")
    assert page.locator(".nr-filter__picked").is_visible()
    assert page.locator("#liste .nr-open").first.is_visible()
    assert not page.get_by_label("In den Angeboten suchen").is_visible()
    page.emulate_media(media="screen")
    assert page.get_by_label("An welchem Tag?").input_value() == "2026-12-05"
    page.get_by_label("An welchem Tag?").fill("2026-12-06")
    until(page, "location.search.includes('2026-12-06')")
    until(page, "document.querySelector('#liste .nr-open').textContent.startsWith('So, 6.12.: ')")
    page.locator("summary", has_text="Mehr Filter").click()
    page.get_by_role("button", name=re.compile("^Montag")).click()
    assert "tag=2026-12-06,mo" in query(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("scrollTo(0, 0)")
    assert findings(page) == []


def test_who_opens_tomorrow_is_found_for_tomorrow(at):
    page = ready(at("angebote/?tag=morgen", "2026-11-20T10:15:00+01:00").page)
    drawn(page)
    assert (
        "Papa und Baby" in "".join(page.locator("#liste").all_text_contents())
        or page.get_by_role("button", name="weitere").count()
    )
    lines = open_lines(page)
    assert lines
    assert all(line.startswith("Sa, 21.11.: ") for line in lines), lines


def test_christmas_eve_asks_people_to_ask_before(at):
    page = ready(at("angebote/?thema=schulden", "2026-12-24T10:00:00+01:00").page)
    assert "Heiligabend: bitte vorher nachfragen" in open_lines(page)
    assert not [line for line in open_lines(page) if line.startswith("jetzt offen")]


def test_what_is_always_there_is_found_now(at):
    """On Christmas Eve nobody opens, and one can still go to the playground."""
    page = ready(at("angebote/?offen=1", "2026-12-24T15:00:00+01:00").page)
    drawn(page)
    lines = open_lines(page)
    assert "immer da" in lines
    assert not [line for line in lines if line != "immer da" and "jetzt offen" not in line]
    expect(page.get_by_text("Gerade ist nichts besetzt.")).to_be_visible()


def test_a_page_that_is_too_old_claims_nothing(at):
    watched = at("angebote/?offen=1", "2027-02-20T10:00:00+01:00")
    page = ready(watched.page)
    assert "weiß diese Seite nicht mehr" in page.locator("#anzahl").inner_text()
    page.locator("summary", has_text="Mehr Filter").click()
    text = page.locator("#filter").inner_text()
    assert "offen" not in text.lower().replace("offene", "")
    assert "Montag" not in text
    assert count(page) > 100
    watched.assert_clean()


def test_what_is_free_is_found_and_said(at):
    page = ready(at("angebote/?kostenlos=1", "2026-11-20T10:15:00+01:00").page)
    costs = page.locator("#liste .nr-card").all_text_contents()
    assert all("kostenlos" in cost for cost in costs), costs
    page.emulate_media(media="print")
    shown = page.locator(".nr-filter__form .nr-chip:visible").all_inner_texts()
    assert [text.split() for text in shown] == [["kostenlos", str(count(page))]]


@pytest.mark.guards("Search: nothing found leads on; without scripts every entry can be reached")
@whole
def test_without_scripts_lists_lead_to_every_offer(watch, demo_url):
    page = watch(demo_url + "angebote/", java_script_enabled=False).page
    assert page.locator("#filter").is_hidden()
    every_offer = count(page)
    found = cards(page)
    while (onwards := page.locator("nav.nr-pages a[rel=next]")).count():
        before = page.url
        onwards.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
        found += cards(page)
    assert len(found) == len(set(found)) == every_offer


def test_english(tab, demo_url):
    watched = tab(demo_url + "en/angebote/?kostenlos=1")
    page = ready(watched.page)
    assert count(page) > 50
    assert page.locator("#filter-thema option[value=schulden]").inner_text().startswith("\u2003Debt")
    watched.assert_clean()


@WIDTHS
def test_the_order_is_said_and_can_be_changed(at, width):
    """From A to Z as the page came, what is open first once something is chosen, the nearest first from a place; a choice stays."""
    page = ready(at("angebote/", "2026-11-20T10:15:00+01:00", width).page)
    order = page.get_by_label("Reihenfolge:")
    assert order.locator("option:checked").inner_text() == "von A bis Z"
    prebuilt = cards(page)[:20]
    order.select_option("offen")
    until(page, MADE)
    assert all(re.match(r"([\w ]+: )?(jetzt offen|öffnet heute)|immer da", line) for line in open_lines(page))
    order.select_option("name")
    assert cards(page)[:20] == prebuilt
    page.get_by_role("button", name="kostenlos").click()
    until(page, MADE)
    assert order.input_value() == "name", "an order that was chosen stays"
    page.get_by_role("button", name="Alles zurücksetzen").click()
    page.get_by_role("button", name="kostenlos").click()
    until(page, "document.getElementById('reihenfolge').value === 'offen'")
    assert open_lines(page)[0].startswith("jetzt offen")
    page.locator("#suchwort").fill("Geldsorgen")
    until(page, "document.getElementById('reihenfolge').value === 'treffer'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_nearest_first_asks_from_where(at):
    page = ready(at("angebote/", "2026-11-20T10:15:00+01:00", 360).page)
    page.get_by_label("Reihenfolge:").select_option("nah")
    page.get_by_text("Wählen Sie „Mein Standort“").wait_for()
    until(page, "document.activeElement.textContent === 'Mein Standort'")
    assert page.get_by_label("Reihenfolge:").input_value() == "name", "nothing is claimed before it is known"
    page.locator("summary", has_text="Adresse eingeben").click()
    page.get_by_label("Straße", exact=True).fill("Ahornweg 12")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Filter entfernen: von: Ahornweg 12").wait_for()
    assert page.get_by_label("Reihenfolge:").input_value() == "nah"
    page.get_by_role("button", name="Filter entfernen: von: Ahornweg 12").click()
    assert page.get_by_label("Reihenfolge:").input_value() == "name"
    assert page.locator(".nr-card", has_text="Entfernung").count() == 0


@pytest.mark.parametrize(
    "address",
    ["?kostenlos=1", "?sprache=tr", "?thema=schulden", "?alter=3&kostenlos=1", "?tag=2026-12-24"],
)
def test_the_count_never_lies(at, address):
    """What is said above the list, in the sheet and on the way to more is what is there in the end."""
    page = ready(at(f"angebote/{address}", "2026-11-20T10:15:00+01:00", 360).page)
    told = count(page)
    page.locator("summary", has_text="Mehr Filter").click()
    page.get_by_role("button", name=re.compile(f"^{told} Angebote? zeigen$")).click()
    while (more := page.get_by_role("button", name=re.compile("weitere zeigen"))).count():
        more.click()
    assert len(cards(page)) == len(set(cards(page))) == told > 0


def test_the_further_filters_fill_a_phone(at):
    """A sheet with a way back that says what waits there; the rest of the page can't be reached meanwhile."""
    watched = at("angebote/", "2026-11-20T10:15:00+01:00", 360)
    page = ready(watched.page)
    page.locator("summary", has_text="Mehr Filter").click()
    sheet = page.get_by_role("dialog", name="Mehr Filter")
    sheet.wait_for()
    watched.settled()
    assert box_of(sheet) == {"x": 0, "y": 0, "width": 360, "height": 800}
    back = sheet.get_by_role("button", name=re.compile("Angebote zeigen"))
    page.get_by_label("ohne Anmeldung").check()
    box = box_of(back)
    assert box["y"] + box["height"] <= 800, "in sight, however far one scrolled"
    assert findings(page) == []
    back.click()
    expect(sheet).to_be_hidden()
    until(page, lambda: box_of(page.locator("#anzahl"))["y"] < 300)
    assert page.locator("summary", has_text="Mehr Filter").inner_text().endswith("(1)")


def test_cards_tell_waiting_time_and_languages_made_either_way(at):
    """The same facts on the cards of the page and on those that the script makes."""
    page = ready(at("angebote/", "2026-11-20T10:15:00+01:00").page)
    facts = """() => Object.fromEntries([...document.querySelectorAll('#liste .nr-card')].map((card) => [card.dataset.id,
        [...card.querySelectorAll('.nr-facts > li')].filter((item) => !item.querySelector('.nr-open')).map((item) => item.textContent.trim())]))"""
    prebuilt = page.evaluate(facts)
    page.get_by_label("Reihenfolge:").select_option("offen")
    until(page, MADE)
    while (more := page.get_by_role("button", name=re.compile("weitere zeigen"))).count():
        more.click()
    made = page.evaluate(facts)
    assert {key: made[key] for key in prebuilt} == prebuilt
    said = str(list(made.values()))
    assert "Sprachen: " in said
    assert "Wartezeit etwa" in said


DOTS = """() => [...document.querySelectorAll(".nr-map__dots circle")].filter((dot) => dot.checkVisibility()).length"""


def test_on_a_desk_a_map_stands_beside_the_list_from_the_first_moment(watch, demo_url):
    """It is a drawing, in step with what is chosen, and moves once it is touched."""
    watched = watch(demo_url + "angebote/")
    page = ready(watched.page)
    drawing, form = (page.locator(one).bounding_box() for one in ("[data-drawing]", "#filter"))
    assert drawing["x"] >= form["x"] + form["width"]
    assert drawing["y"] <= form["y"] + 40
    every_dot = page.evaluate(DOTS)
    assert [address for address in watched.requests if "leaflet" in address] == []
    page.get_by_role("button", name="heute offen").click()
    count(page)
    until(page, f"(({DOTS})()) < {every_dot}")
    page.locator("[data-drawing] svg").first.click()
    page.locator(".leaflet-container").wait_for()
    expect(page.locator("[data-drawing]")).to_be_hidden()
    map_button(page).click()
    expect(page.locator("[data-drawing]")).to_be_visible()
    watched.assert_clean()


@pytest.mark.parametrize(("width", "seen"), [(1280, True), (360, False)])
def test_the_drawing_needs_no_scripts_and_a_phone_has_none(watch, demo_url, width, seen):
    page = watch(demo_url + "angebote/", width, java_script_enabled=False).page
    expect(page.locator("[data-drawing]")).to_be_visible(visible=seen)
    expect(page.get_by_role("button", name="Karte bewegen")).to_be_hidden()
    expect(page.get_by_role("link", name="Stadtteil", exact=True)).to_be_visible()


def test_a_late_position_comes_back_after_no_reset(watch, demo_url):
    """Whoever resets everything, or gives an address, while a device is still looking for its position isn't measured from there."""
    page = ready(watch(demo_url + "angebote/").page)
    page.evaluate(
        """void (navigator.geolocation.getCurrentPosition = (found) => {
          window.arrive = () => found({ coords: { longitude: 10.02, latitude: 53.7, accuracy: 10 } });
        })"""
    )
    choose(page, "kostenlos")
    page.get_by_role("button", name="in der Nähe").click()
    page.get_by_role("button", name="Mein Standort").click()
    page.get_by_text("Ihr Standort wird gesucht …").wait_for()
    until(page, "Boolean(window.arrive)")
    page.get_by_role("button", name="Alles zurücksetzen").first.click()
    page.evaluate("(async () => { arrive(); await new Promise((done) => setTimeout(done, 200)); })()")
    expect(page.get_by_text("Entfernungen von Ihrem Standort.")).to_have_count(0)
    expect(page.get_by_role("button", name="in der Nähe")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(("word", "shown"), [("Kita", ".nr-card__title"), ("24h Kita", "p strong")])
def test_what_a_word_finds_is_above_the_keyboard(
    watch: Callable[..., Watched], demo_url: str, word: str, shown: str
) -> None:
    """The first hit, or that there is none; the filters stand behind „Mehr Filter“ meanwhile."""
    page = ready(watch(f"{demo_url}angebote/", 360).page)
    page.set_viewport_size({"width": 360, "height": 440})
    page.locator("#suchwort").fill(word)
    until(page, "document.querySelector('#liste').textContent.includes('Kita') && scrollY > 0")
    first = page.locator(f"#liste {shown}").first
    first.wait_for()
    assert box_of(first)["y"] + 20 < 440
    assert box_of(page.locator("#suchwort"))["y"] >= 0
    page.get_by_text("Mehr Filter").first.click()
    page.get_by_role("dialog").get_by_role("button", name="kostenlos").wait_for()


def test_a_no_in_the_directory_names_whom_the_home_page_names(
    watch: Callable[..., Watched], demo_url: str
) -> None:
    """Where nobody is known for a word, the town's own number is whom one can ask."""
    home = watch(demo_url, 360).page
    home.locator("#suche-input").fill("xqzwv")
    called = "els => els.map(one => one.href)"
    there = home.locator("[data-search-absent]")
    there.wait_for()
    page = ready(watch(f"{demo_url}angebote/", 360).page)
    page.locator("#suchwort").fill("xqzwv")
    said = page.locator("#liste .nr-empty")
    said.get_by_text("Dazu haben wir keinen Eintrag.").wait_for()
    numbers = said.locator("a[href^='tel:']").evaluate_all(called)
    assert numbers
    assert numbers == there.locator("a[href^='tel:']").evaluate_all(called)
