"""The own list in a real browser: nothing kept before a click, a handout on paper, a link with ids only, one tap to clear."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from generator.pipeline.build import Project
from tests.browser.conftest import WIDTHS, Watch, Watched, reached_by_tab, until

ONE, OTHER = "elterncafe-birkenkoppel", "lebensmittelausgabe-tafel"
ENDED = "nachmittag-lindenschule"
SENSITIVE = "ankerplatz-maedchenberatung"


def storage(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return found


def press(watched: Watched, name: str) -> None:
    """Reach a button by Tab alone and press it."""
    page = watched.settled()
    assert reached_by_tab(page, page.get_by_role("button", name=name), 120), (
        f"{name} can't be reached by keyboard"
    )
    page.keyboard.press("Enter")


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
@WIDTHS
def test_remembering_starts_with_a_click(tab: Watch, demo_url: str, width: int) -> None:
    watched = tab(f"{demo_url}angebote/{ONE}/", width)
    page = watched.page
    assert storage(page) == {}
    press(watched, "Merken")
    assert storage(page) == {"nahraum.list": ONE}
    status = page.get_by_role("status").filter(has_text="Gemerkt")
    expect(status).to_contain_text("nur auf diesem Gerät")
    assert page.get_by_role("button", name="Gemerkt").get_attribute("aria-pressed") == "true"
    status.get_by_role("link", name="Merkliste ansehen (1)").click()
    expect(page.get_by_role("heading", name="Elterncafé Birkenkoppel")).to_be_visible()
    watched.assert_clean()


def test_an_offer_is_shared_as_the_device_does_it(watch: Watch, demo_url: str) -> None:
    """Where it has no way of its own, the address is shown with a code for another phone; an address without anything personal."""
    watched = watch(f"{demo_url}angebote/{ONE}/?von=mir#nah", 360)
    page = watched.page
    page.evaluate("Navigator.prototype.share = async (told) => { window.told = told; }")
    page.get_by_role("button", name="Teilen").click()
    assert page.evaluate("window.told.url") == f"https://nahraum.auenstedt.example/angebote/{ONE}/"
    # Who stands beside somebody shows the code instead.
    expect(page.get_by_role("img", name="QR-Code mit der Adresse dieser Seite").first).to_be_visible()
    page.evaluate("delete Navigator.prototype.share; delete navigator.share")
    page.get_by_role("button", name="Teilen").click()
    expect(page.get_by_role("img", name="QR-Code mit der Adresse dieser Seite").first).to_be_visible()
    status = page.get_by_role("status").filter(has_text="https://nahraum.auenstedt.example/angebote/")
    expect(status).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert storage(page) == {}
    watched.assert_clean()


def test_what_ended_stays_on_the_list_with_what_came_after_it(
    tab: Watch, demo_url: str, demo: Project
) -> None:
    assert demo.site is not None
    ended = demo.site.offers["sportmobil-nord"]
    assert ended.status == "ended"
    assert ended.successor is not None
    watched = tab(f"{demo_url}merkliste/#{ended.id},{ONE}", 360)
    page = watched.page
    gone = page.locator(f".nr-kept__item[data-id={ended.id}]")
    expect(gone.get_by_role("heading", name=ended.name)).to_be_visible()
    expect(gone).to_contain_text("Dieses Angebot gibt es nicht mehr.")
    assert (gone.get_by_role("link").last.get_attribute("href") or "").endswith(f"/{ended.successor}/")
    # On paper stands what is there.
    page.emulate_media(media="print")
    expect(page.locator(".nr-kept__item:visible")).to_have_count(1)
    page.emulate_media(media="screen")
    page.goto(f"{demo_url}merkliste/#{ended.id}")
    page.reload()
    expect(gone).to_be_visible()
    expect(page.get_by_role("heading", name="Ausdrucken oder weitergeben")).to_be_hidden()
    watched.assert_clean()


def test_what_was_renamed_is_led_on(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}angebote/{OTHER}/", 360)
    page = watched.page
    led = {"frueher-so": {"r": ONE}}
    page.route("**/beendet.json", lambda route: route.fulfill(json=led))
    page.evaluate(f"localStorage.setItem('nahraum.list', '{OTHER},frueher-so')")
    page.goto(f"{demo_url}merkliste/")
    items = page.locator(".nr-kept__item")
    expect(items).to_have_count(2)
    assert [item.get_attribute("data-id") for item in items.all()] == [OTHER, ONE]
    assert storage(page) == {"nahraum.list": f"{OTHER},{ONE}"}
    page.goto(f"{demo_url}merkliste/#frueher-so")
    page.reload()
    expect(items).to_have_count(1)
    assert items.first.get_attribute("data-id") == ONE
    watched.assert_clean()


@pytest.mark.parametrize(
    ("fragment", "names"), [("%", [ONE]), ("%E0%A4%A", [ONE]), (f"{ONE}%2C{OTHER}", [ONE, OTHER])]
)
def test_no_fragment_loses_the_list(tab: Watch, demo_url: str, fragment: str, names: list[str]) -> None:
    """Messengers write a comma as %2C, and somebody may write anything."""
    watched = tab(f"{demo_url}angebote/{ONE}/")
    press(watched, "Merken")
    watched.page.goto(f"{demo_url}merkliste/#{fragment}")
    items = watched.page.locator(".nr-kept__item")
    expect(items).to_have_count(len(names))
    assert [item.get_attribute("data-id") for item in items.all()] == names
    watched.assert_clean()


def test_pressing_again_forgets(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}angebote/{ONE}/")
    page = watched.page
    press(watched, "Merken")
    press(watched, "Gemerkt")
    assert storage(page) == {}


def test_cards_about_violence_cannot_be_remembered(tab: Watch, demo_url: str) -> None:
    """Neither those in the page nor those that the script makes."""
    watched = tab(f"{demo_url}angebote/", 360)
    page = watched.page
    allowed = set(page.request.get(f"{demo_url}merkliste/eintraege-0.json").json())
    assert SENSITIVE not in allowed
    kept = """() => [...document.querySelectorAll('#liste .nr-card')].map((card) => [card.dataset.id, Boolean(card.querySelector('[data-remember]'))])"""
    prebuilt = page.evaluate(kept)
    assert [can for key, can in prebuilt if can != (key in allowed)] == []
    page.locator("#suchwort").fill("Gewalt")
    watched.settled()
    card = page.locator(f"#liste .nr-card[data-id={SENSITIVE}]")
    while not card.count():
        page.get_by_role("button", name=re.compile("weitere zeigen")).click()
    made = page.evaluate(kept)
    assert [key for key, can in made if can != (key in allowed)] == []
    assert [can for key, can in made if key == SENSITIVE] == [False]


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
def test_offers_about_violence_cannot_be_remembered(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}angebote/{SENSITIVE}/").page
    assert page.locator("[data-remember]").count() == 0
    page.goto(f"{demo_url}merkliste/#{ONE},{SENSITIVE}")
    expect(page.get_by_role("heading", name="Elterncafé Birkenkoppel")).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("Von der Liste hier nicht zu sehen: 1.")
    assert "Anker" not in page.locator("#merkliste").inner_text()


@WIDTHS
def test_a_shared_list_is_kept_only_on_request(watch: Watch, demo_url: str, width: int) -> None:
    watched = watch(f"{demo_url}merkliste/#{ONE},{OTHER}", width)
    page = watched.page
    expect(page.get_by_text("Diese Liste hat Ihnen jemand geschickt.")).to_be_visible()
    assert storage(page) == {}
    assert not [url for url in watched.requests if ONE in url]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(watched, "In meine Merkliste übernehmen")
    expect(page.get_by_role("status").first).to_contain_text("auf diesem Gerät gespeichert")
    assert storage(page) == {"nahraum.list": f"{ONE},{OTHER}"}
    expect(page).not_to_have_url(re.compile("#"))
    watched.assert_clean()


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
@WIDTHS
def test_one_tap_clears_and_can_be_undone(watch: Watch, demo_url: str, width: int) -> None:
    watched = watch(f"{demo_url}merkliste/", width)
    page = watched.page
    expect(page.get_by_role("heading", name="Ihre Merkliste ist leer.")).to_be_visible()
    page.evaluate(f"localStorage.setItem('nahraum.list', '{ONE},{OTHER}')")
    page.reload()
    expect(page.get_by_role("status").first).to_have_text("2 Angebote")
    press(watched, "Liste löschen")
    expect(page.get_by_role("status").first).to_contain_text("gelöscht")
    assert storage(page) == {}
    press(watched, "Rückgängig")
    expect(page.get_by_role("status").first).to_contain_text("wieder da")
    assert storage(page) == {"nahraum.list": f"{ONE},{OTHER}"}
    page.get_by_role("button", name=re.compile("Entfernen\\s+Elterncafé Birkenkoppel")).click()
    expect(page.get_by_role("status").first).to_contain_text("Entfernt: Elterncafé Birkenkoppel")
    assert storage(page) == {"nahraum.list": OTHER}


def test_the_handout_is_a_list_or_a_sheet_for_each_offer(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}merkliste/#{ONE},{OTHER}").page
    items = page.locator(".nr-kept__item")
    expect(items).to_have_count(2)
    code = page.get_by_role("img", name="QR-Code zu: Elterncafé Birkenkoppel")
    expect(code).to_be_hidden()
    page.emulate_media(media="print")
    expect(items.first).to_contain_text("040 66969-213")
    expect(code).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert items.first.evaluate("(one) => getComputedStyle(one).breakAfter") == "auto"
    page.emulate_media(media="screen")
    page.get_by_label("ein Blatt für jedes Angebot").check()
    page.get_by_label("mit QR-Codes").uncheck()
    page.emulate_media(media="print")
    expect(code).to_be_hidden()
    assert items.first.evaluate("(one) => getComputedStyle(one).breakAfter") == "page"


@WIDTHS
def test_the_list_is_copied_as_text_by_keyboard(
    watch: Watch, demo_url: str, demo: Project, width: int
) -> None:
    """What a handout says of each offer, none about violence; where the browser allows no copying the text is marked."""
    watched = watch(f"{demo_url}merkliste/#{ONE},{OTHER},{SENSITIVE}", width)
    page = watched.page
    expect(page.locator(".nr-kept__item")).to_have_count(2)
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    press(watched, "Text kopieren")
    status = page.get_by_role("status").filter(has_text="Der Text ist kopiert.")
    expect(status).to_be_in_viewport()
    text = page.evaluate("window.copied")
    one, other = text.split("\n\n")
    assert demo.site is not None
    assert one.split("\n")[0] == demo.site.offers[ONE].name
    assert "Telefon: 040 66969-213" in one
    assert f"https://nahraum.auenstedt.example/angebote/{ONE}/" in one
    notice = demo.site.offers[OTHER].alert
    assert notice is not None
    assert f"Hinweis: {notice.text}" in other
    assert demo.site.offers[SENSITIVE].name not in text
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    press(watched, "Text kopieren")
    expect(page.get_by_role("textbox", name="Die Liste als Text")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == text
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_other_language_shows_the_same_list(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}merkliste/#{ONE},{OTHER}").page
    page.locator("[data-list-language][lang=en]").click()
    expect(page.locator(".nr-kept__item")).to_have_count(2)
    expect(page).to_have_url(f"{demo_url}en/merkliste/#{ONE},{OTHER}")


def test_an_offer_prints_with_a_code_that_leads_back(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}angebote/{ONE}/").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="QR-Code mit der Adresse dieser Seite")).to_be_visible()


def test_without_scripts_the_page_says_what_to_do(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}merkliste/", java_script_enabled=False).page
    expect(page.get_by_text("Die Merkliste braucht JavaScript.")).to_be_visible()
    expect(page.locator("#merkliste")).to_be_hidden()


def test_what_is_cleared_is_not_drawn_again_by_what_comes_late(watch: Watch, demo_url: str) -> None:
    """Whoever clears the list, perhaps since somebody comes, doesn't see it again, whatever was still being looked up."""
    page = watch(f"{demo_url}merkliste/").page
    page.evaluate(f"localStorage.setItem('nahraum.list', '{ONE},{ENDED}')")
    page.reload()
    expect(page.locator(".nr-kept__item")).to_have_count(2)
    held: list[Route] = []
    page.route("**/beendet.json", lambda route: held.append(route))
    page.get_by_role("button", name=re.compile("Entfernen\\s+Elterncafé Birkenkoppel")).click()
    until(page, lambda: bool(held))
    page.get_by_role("button", name="Liste löschen").click()
    expect(page.get_by_role("status").first).to_contain_text("gelöscht")
    with page.expect_response("**/beendet.json"):
        held[0].continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    expect(page.locator(".nr-kept__item")).to_have_count(0)
    expect(page.get_by_role("status").first).to_contain_text("gelöscht")
