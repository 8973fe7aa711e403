"""Lists that are narrowed in the page: the resource plan and „Tipps und Themen“, without a request, an address or a trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

Watch = Callable[..., Watched]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_resource_plan_is_narrowed(watch: Watch, demo_url: str, width: int) -> None:
    page = watch(f"{demo_url}fachkraefte/ressourcenplan/", width).page
    address = page.url
    entries = page.locator(".nr-gifts > li:visible")
    everything = entries.count()
    assert everything > 30
    page.get_by_label("Was", exact=True).select_option("room")
    page.get_by_label("Gebiet").select_option("muehlenfeld")
    expect(entries).to_have_count(entries.count())
    assert 0 < entries.count() < everything
    expect(page.get_by_role("heading", name="Dinge")).to_be_hidden()
    expect(page.get_by_role("heading", name=f"Räume {entries.count()}")).to_be_visible()
    expect(page.locator("#gezeigt")).to_have_text(f"{entries.count()} gezeigt")
    page.get_by_label("Was", exact=True).select_option("know-how")
    page.get_by_label("Von wem").select_option("company")
    expect(page.get_by_text("Dazu ist nichts eingetragen.")).to_be_visible()
    page.get_by_role("button", name="Alles zeigen").click()
    expect(entries).to_have_count(everything)
    assert page.url == address
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_news_are_narrowed_by_space_and_day(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}fachkraefte/tipps-und-themen/").page
    entries = page.locator("[data-narrowed] li:visible")
    everything = entries.count()
    page.get_by_label("Gebiet").select_option("heidkamp")
    assert 0 < entries.count() < everything
    page.get_by_role("textbox", name="Seit").fill("2026-11-20")
    assert entries.count() < everything
    page.get_by_role("button", name="Alles zeigen").click()
    expect(entries).to_have_count(everything)
