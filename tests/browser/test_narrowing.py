"""A page of entries in groups is narrowed by what its form asks for: nothing of the rest shows, and all of it comes back."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Watch


def test_news_are_narrowed_to_an_area_and_a_day(tab: Watch, demo_url: str) -> None:
    watched = tab(demo_url + "fachkraefte/tipps-und-themen/", 1280)
    page = watched.page
    entries = page.locator("li[data-entry]")
    seen = entries.evaluate_all("items => items.map((item) => [item.dataset.spaces, item.dataset.date])")
    page.get_by_label("Gebiet").select_option("suederaue")
    page.get_by_label("Seit", exact=True).fill("2026-11-01")
    fits = [
        spaces
        for spaces, date in seen
        if (spaces == "*" or "suederaue" in spaces.split(" ")) and (not date or date >= "2026-11-01")
    ]
    assert 0 < len(fits) < len(seen)
    expect(page.locator("li[data-entry][hidden]")).to_have_count(len(seen) - len(fits))
    expect(page.locator("li[data-entry]:visible")).to_have_count(len(fits))
    watched.assert_clean()


def test_news_of_an_area_since_a_day_print_on_one_page(watch: Watch, demo_url: str) -> None:
    """It says of which area and since when, and who meets there next; of other areas nothing."""
    page = watch(demo_url + "fachkraefte/tipps-und-themen/", 1280).page
    page.get_by_label("Gebiet").select_option("suederaue")
    page.get_by_label("Seit", exact=True).fill("2026-11-01")
    assert len(PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages) == 1
    page.emulate_media(media="print")
    expect(page.get_by_text("Gebiet: Süderaue · Seit: 1. November 2026")).to_be_visible()
    expect(page.get_by_role("link", name="Arbeitsgemeinschaft Süderaue")).to_be_visible()
    for other in ("Arbeitsgemeinschaft Norderaue", "Jugendhilfeausschuss"):
        expect(page.get_by_role("link", name=other)).to_be_hidden()
    expect(page.get_by_role("heading", name="Gerade geprüft")).to_be_hidden()


def test_a_meeting_is_no_news(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url + "fachkraefte/tipps-und-themen/", 1280).page
    page.get_by_label("Gebiet").select_option("suederaue")
    page.get_by_label("Thema").select_option("trennung")
    page.get_by_label("Seit", exact=True).fill("2026-11-20")
    expect(page.get_by_role("link", name="Arbeitsgemeinschaft Süderaue")).to_be_visible()
    expect(page.get_by_text("Dazu gibt es gerade nichts Neues.")).to_be_visible()


def test_an_interval_stands_once_in_a_table_of_figures(tab: Watch, demo_url: str) -> None:
    """It stands under its value on a phone, in a column of its own on a wide screen."""
    watched = tab(demo_url + "berichte/kinder-sgb2/", 1280)
    assert watched.page.locator("table[id^=werte] span.nr-narrow").count() > 0
    expect(watched.page.locator("table[id^=werte] span.nr-narrow:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_resource_plan_is_narrowed(watch: Watch, demo_url: str, width: int) -> None:
    page = watch(f"{demo_url}fachkraefte/ressourcenplan/", width).page
    address = page.url
    entries = page.locator(".nr-gifts > li:visible")
    everything = page.locator(".nr-gifts > li").count()
    assert everything > 30
    page.get_by_label("Was", exact=True).select_option("room")
    page.get_by_label("Gebiet").select_option("muehlenfeld")
    expect(entries).not_to_have_count(everything)
    assert 0 < entries.count() < everything
    expect(page.get_by_role("heading", name="Dinge")).to_be_hidden()
    expect(page.get_by_role("heading", name=f"Räume {entries.count()}")).to_be_visible()
    expect(page.locator("#gezeigt")).to_have_text(f"{entries.count()} von {everything} gezeigt")
    page.evaluate(
        "document.querySelectorAll('[data-kind=know-how]').forEach((one) => { one.dataset.spaces = 'norderaue'; })"
    )
    page.get_by_label("Was", exact=True).select_option("know-how")
    expect(page.get_by_text("Dazu ist nichts eingetragen.")).to_be_visible()
    page.get_by_role("button", name="Alles zeigen").click()
    expect(entries).to_have_count(everything)
    assert page.url == address
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
