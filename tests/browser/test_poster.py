"""The poster of an area's week: large print on A4 or A3, a head, nothing cut off, nothing missing but what is counted."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watch
from tests.chance import every
from tests.machine import needed

LEAST = {"a4": 12, "a3": 16}
MOST = 4
"""Sheets of a poster."""
WIDTHS = {"a4": 711, "a3": 1009}
"""Of what lies within the margins, in pixels."""
SHEETS = """() => [...document.querySelectorAll('.nr-poster')].filter((sheet) => sheet.getClientRects().length).map((sheet) => {
  const box = sheet.getBoundingClientRect(), sizes = [], cut = [], texts = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    sizes.push(parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize) * .75);
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const one of range.getClientRects()) if (one.right > box.right + 1 || one.left < box.left - 1 || one.bottom > box.bottom + 1) cut.push(range.toString());
  }
  const shown = (name) => sheet.querySelector(name)?.getClientRects().length === 1;
  return {
    least: Math.min(...sizes), cut, days: [...sheet.querySelectorAll('th')].map((one) => one.textContent),
    head: ['.nr-poster__title', '.nr-poster__span', '.nr-poster__stamp', '.nr-poster__qr'].every(shown),
    code: sheet.querySelector('.nr-poster__qr').getBoundingClientRect().width / 96 * 25.4,
    lines: [...sheet.querySelectorAll('tbody b')].map((one) => one.textContent),
    left: [...sheet.querySelectorAll('tbody tr')].filter((one) => !one.querySelector('b')).map((one) => one.textContent),
  };
})"""


@pytest.fixture
def plain(browser: Browser) -> Page:
    """A page of a browser without scripts of the site: on a board, nobody asks for them."""
    return browser.new_context(java_script_enabled=False).new_page()


def on_paper(page: Page, size: str) -> dict[str, Any]:
    """A poster as it is printed."""
    page.emulate_media(media="screen")
    page.locator(f".nr-week__paper [value={size}]").check()
    page.set_viewport_size({"width": WIDTHS[size], "height": 900})
    page.emulate_media(media="print")
    (poster,) = page.evaluate(SHEETS)
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 1 <= pages <= MOST, page.url
    found: dict[str, Any] = poster
    return found


@pytest.mark.parametrize("area", ["marktviertel", "sued", "*"])
def test_sheets_of_every_area(plain: Page, demo_url: str, demo_site: Path, lang: str, area: str) -> None:
    """In both sizes of paper, without scripts: what is on paper and what is counted is all that is on."""
    paths = sorted((demo_site / lang).glob(f"sozialraeume/{area}/diese-woche/index.html"))
    assert len(paths) > 20 if area == "*" else len(paths) == 1
    dropped = 0
    for path in paths:
        plain.goto(demo_url + path.parent.relative_to(demo_site).as_posix() + "/")
        if not plain.locator(".nr-poster").count():
            continue
        screen = set(plain.locator(".nr-week__list a").all_text_contents())
        for size in ("a4", "a3"):
            poster = on_paper(plain, size)
            assert poster["head"], path
            assert poster["code"] > 28, path
            assert poster["cut"] == [], path
            assert poster["least"] >= LEAST[size] - 0.01, path
            printed = set(poster["lines"])
            assert printed <= screen, path
            assert poster["left"] or printed == screen, path
            dropped += len(poster["left"])
    assert dropped or area == "marktviertel"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The languages differ in how far their words run, and in which direction."""
    if "lang" in metafunc.fixturenames:
        metafunc.parametrize("lang", every(("", "en", "tr", "ar", "uk", "de-x-ls"), {"", "ar"}))


def test_what_is_regular_stands_once_with_all_its_days(tab: Watch, demo_url: str) -> None:
    """On paper, before the days; on a screen each day has everything that is on then, but for what is there every day."""
    page = tab(demo_url + "sozialraeume/muehlenviertel/diese-woche/").page
    screen = page.locator(".nr-week details a").all_text_contents()
    daily = page.locator(".nr-week section[aria-labelledby=jeden-tag] a").all_text_contents()
    assert daily
    assert set(daily).isdisjoint(screen)
    regular = page.locator(".nr-poster table").filter(has_text="An mehreren Tagen").first
    for name in regular.locator("b").all_text_contents():
        assert name in daily or screen.count(name) >= 3, name


def test_a_column_begins_with_its_day(plain: Page, demo_url: str, tmp_path: Path) -> None:
    """Where a day goes on in a second column, its name stands at the top of it again: nobody has to guess what day 15 o'clock is."""
    seen = 0
    for area in ("suederaue", "sued", "marktviertel", "norderaue"):
        plain.goto(f"{demo_url}sozialraeume/{area}/diese-woche/")
        on_paper(plain, "a4")
        printed = tmp_path / f"{area}.pdf"
        printed.write_bytes(plain.pdf(prefer_css_page_size=True))
        command = [needed("pdftotext"), "-raw", str(printed), "-"]
        words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        days_of_sheets = re.sub(r"Diese Woche:.*?Stand: [^\n]*\n", "", words, flags=re.DOTALL)
        names = plain.locator(".nr-poster th").all_text_contents()
        found = sum(days_of_sheets.count(f"{name}\n") for name in {*names})
        assert found >= len(names), area
        seen += found - len(names)
    assert seen


def test_days_that_are_over_vanish(watch: Watch, demo_url: str) -> None:
    """The demo is made for 20 November; who opens it later reads no day that is over, and of which day the page is."""
    watched = watch(demo_url + "sozialraeume/suederaue/diese-woche/", 360)
    page = watched.page
    days = page.locator("details[data-day] h2:visible")
    over = page.get_by_text("Diese Tage sind vorbei. Die Seite ist vom")
    for moment, left in (
        ("2026-11-20T10:00:00+01:00", "20. November"),
        ("2026-11-23T10:00:00+01:00", "23. November"),
        ("2026-12-20T10:00:00+01:00", ""),
    ):
        page.clock.set_fixed_time(moment)
        page.reload()
        watched.settled()
        assert [left in text for text in days.all_inner_texts()[:1]] == [True] * bool(left)
        assert over.is_visible() != bool(left)
        assert page.locator(".nr-chips [data-day]:visible").count() == days.count()
    page.goto(demo_url + "sozialraeume/suederaue/")
    watched.settled()
    assert over.is_visible()
    watched.assert_clean()


def test_a_button_prints(watch: Watch, demo_url: str) -> None:
    watched = watch(demo_url + "sozialraeume/suederaue/diese-woche/")
    page = watched.page
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.locator("[data-nr-print]").click()
    assert page.title() == "printed"
    watched.assert_clean()


def test_a_german_name_runs_from_the_left_on_an_arabic_poster(plain: Page, demo_url: str) -> None:
    plain.goto(demo_url + "ar/sozialraeume/marktviertel/diese-woche/")
    name = plain.locator(".nr-poster td b bdi").first
    assert (name.get_attribute("lang"), name.get_attribute("dir")) == ("de", "ltr")


ORDER = """() => [...document.querySelectorAll(".nr-week__facts, .nr-poster td span:last-child")].flatMap((line) => {
  const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), parts = [];
  while (text.nextNode()) parts.push(text.currentNode);
  const at = parts.findIndex((part) => /^, \\S+.*\\d/.test(part.data));
  if (at < 1 || !line.checkVisibility()) return [];
  const box = (node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getClientRects()[0]; };
  const [place, street] = [box(parts[at - 1]), box(parts[at])];
  return street.top - place.top > 4 ? [] : [street.left > place.left];
})"""
"""Of each line with a house and its street beside it: whether the street stands right of the house, as German reads."""


def test_house_and_street_keep_their_order_in_arabic(plain: Page, demo_url: str) -> None:
    plain.goto(demo_url + "ar/sozialraeume/marktviertel/diese-woche/")
    on_screen = plain.evaluate(ORDER)
    assert len(on_screen) > 5
    assert all(on_screen)
