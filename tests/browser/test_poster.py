"""The poster of an area's week: two sheets at most however much is on, nothing of the week missing, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Watched

Watch = Callable[..., Watched]
pytestmark = pytest.mark.browser


def lines(path: Path) -> int:
    return path.read_text("utf-8").count('class="nr-week__time"')


def test_a_poster_needs_two_sheets_at_most(watch: Watch, demo_url: str, demo_site: Path) -> None:
    """Of the areas with the most, in both sizes of paper."""
    fullest = sorted(demo_site.glob("sozialraeume/*/diese-woche/index.html"), key=lines)[-3:]
    assert lines(fullest[-1]) > 60
    for path in fullest:
        page = watch(demo_url + path.parent.relative_to(demo_site).as_posix() + "/").page
        for large in (False, True):
            page.evaluate(
                "(large) => document.querySelector('.nr-week').classList.toggle('nr-week--large', large)",
                large,
            )
            paper = page.pdf(prefer_css_page_size=True)
            assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2, path


def test_what_is_regular_stands_once_with_all_its_days(watch: Watch, demo_url: str) -> None:
    """On paper, before the days; on a screen each day has everything that is on then."""
    page = watch(demo_url + "sozialraeume/suederaue/diese-woche/").page
    names = "() => [...document.querySelectorAll('.nr-week__list a')].filter((link) => link.getClientRects().length).map((link) => link.textContent)"
    screen = page.evaluate(names)
    page.emulate_media(media="print")
    paper = page.evaluate(names)
    assert set(paper) == set(screen)
    assert len(paper) < len(screen)
    regular = page.locator("section", has=page.get_by_role("heading", name="An mehreren Tagen"))
    assert regular.is_visible()
    for name in regular.locator("a").all_inner_texts():
        assert paper.count(name) == 1, name
        assert screen.count(name) >= 3, name
    headings = page.locator(".nr-week h2:visible")
    empty = "(titles) => titles.filter((title) => ![...title.parentElement.querySelectorAll('li')].some((item) => item.getClientRects().length)).length"
    assert headings.evaluate_all(empty) == 0, "no day without a line"
