"""A number is found within ten seconds: from the front door of professionals by a question or a space, on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch

WAYS = (
    ("Kindeswohlgefährdung, jetzt", "110"),
    ("Insoweit erfahrene Fachkraft", "040 66969-331"),
    ("Verfahrenslotse", "040 66969-133"),
    ("Wirtschaftliche Jugendhilfe", "040 66969-120"),
)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("question", "number"), WAYS)
def test_one_tap_on_a_question_shows_the_number(
    tab: Watch, demo_url: str, question: str, number: str, width: int
) -> None:
    page = tab(f"{demo_url}fachkraefte/", width).page
    page.get_by_label("Womit kommen Sie?").get_by_role("link", name=question, exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(f"{demo_url}fachkraefte/wer-ist-wer/") + "(#.+)?$"))
    expect(page.get_by_role("link", name=number, exact=True).first).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_one_tap_on_a_space_shows_its_office(tab: Watch, demo_url: str, width: int) -> None:
    page = tab(f"{demo_url}fachkraefte/wer-ist-wer/", width).page
    page.get_by_role("link", name="Heidkamp", exact=True).first.click()
    block = page.locator("section", has=page.locator("#raum-heidkamp"))
    expect(block.get_by_role("link", name="040 66969-140")).to_be_in_viewport()
    expect(block.get_by_role("link", name="040 66969-331")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Wirtschaftl", "040 66969-120"),
        ("heidkamp asd", "040 66969-140"),
        ("insofa", "040 66969-331"),
        ("Frühwarnkette", "040 66969-136"),
        ("Jugendgerichtshilfe", "040 66969-128"),
        ("Kinderschutzfachkraft", "040 66969-331"),
        ("Rufbereitschaft", "110"),
        ("Netzwerkkoordination", "040 66969-136"),
        ("Amt für Beistandschaft Musterland", "040 66969-130"),
    ],
)
def test_whom_to_call_is_found_by_typing(tab: Watch, demo_url: str, typed: str, number: str) -> None:
    watched = tab(f"{demo_url}fachkraefte/wer-ist-wer/", 360)
    page = watched.page
    parts = page.locator(".nr-part:visible").count()
    page.get_by_role("searchbox").fill(typed)
    expect(page.locator("main").get_by_role("link", name=number).first).to_be_visible()
    assert page.locator(".nr-part:visible").count() < parts
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".nr-part:visible")).to_have_count(parts)
    watched.assert_clean()


def test_offers_and_houses_stand_in_a_second_row(tab: Watch, demo_url: str) -> None:
    """What no office is called isn't said to be missing, and nobody who does something else is named; nothing of it is in an address."""
    watched = tab(f"{demo_url}fachkraefte/wer-ist-wer/", 1280)
    page = watched.page
    page.get_by_role("searchbox").fill("SPFH")
    status = page.get_by_role("status").first
    expect(status.get_by_role("link", name="Sozialpädagogische Familienhilfe")).to_be_visible()
    assert "steht hier nicht" not in status.inner_text()
    assert page.locator(".nr-part:visible").count() == 0
    assert page.url == f"{demo_url}fachkraefte/wer-ist-wer/"
    assert not [url for url in watched.requests if "spfh" in url.lower()]
    page.get_by_role("searchbox").fill("BuT")
    expect(status.get_by_role("link", name="Bildungspaket leicht gemacht")).to_be_visible()
    assert page.locator(".nr-part:visible").count() == 0
    page.get_by_role("searchbox").fill("Beistandschaft Musterland")
    expect(status).to_contain_text("gefunden, ohne „Musterland“")
    watched.assert_clean()


def test_where_nobody_is_found_all_of_it_shows(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}fachkraefte/wer-ist-wer/", 360).page
    parts = page.locator(".nr-part:visible").count()
    page.get_by_role("searchbox").fill("qqq")
    expect(page.get_by_role("status").first).to_have_text("„qqq“ steht hier nicht")
    assert page.locator(".nr-part:visible").count() == parts


def test_without_scripts_it_is_folded_and_has_no_field(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}fachkraefte/wer-ist-wer/", java_script_enabled=False).page
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.locator("#stadt").click()
    expect(page.get_by_role("link", name="040 66969-120").first).to_be_visible()
