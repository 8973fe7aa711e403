"""Frames for other sites in a real browser: shown in a foreign page, without storage, script or another host."""

from fnmatch import fnmatchcase
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch, served
from tests.browsing import findings


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_page_for_frames_is_plain_and_stores_nothing(watch: Watch, demo_url: str, width: int) -> None:
    watched = watch(f"{demo_url}einbetten/birkenkoppel/", width)
    page = watched.settled()
    assert page.locator("script, header, nav").count() == 0
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for link in page.get_by_role("link").all():
        assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
    assert findings(page, ("wcag2a", "wcag2aa")) == []
    watched.assert_clean()


def test_the_line_of_html_shows_the_offers_on_another_site(
    watch: Watch, demo_url: str, demo_site: Path, tmp_path: Path
) -> None:
    page = watch(f"{demo_url}einbetten/").page
    page.locator("summary#birkenkoppel").click()
    line = page.locator("details[open] code").inner_text()
    assert line == unescape(line)
    assert "https://nahraum.auenstedt.example/einbetten/birkenkoppel/" in line
    here = line.replace("https://nahraum.auenstedt.example/", demo_url)
    (tmp_path / "schule.html").write_text(
        f"<!doctype html><html lang=de><title>Schule</title>{here}", "utf-8"
    )
    with served(tmp_path) as other:
        guest = page.context.new_page()
        guest.goto(f"{other}schule.html")
        frame = guest.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_have_text("Angebote in der Nähe: Birkenkoppel")
        expect(frame.get_by_role("link", name="Elterncafé Birkenkoppel")).to_be_visible()


def test_no_offer_about_violence_is_in_a_frame(demo_site: Path) -> None:
    pages = list(demo_site.glob("einbetten/*/index.html"))
    assert len(pages) > 10
    assert not [path for path in pages if "ankerplatz" in path.read_text("utf-8")]


@pytest.mark.guards("Privacy: strict policy, nothing inline; frames by the server; no referrer")
def test_the_server_lets_only_these_pages_be_framed(demo_site: Path) -> None:
    """Rules of a host add up, so exactly one of them may speak of frames for each page."""
    rules = [rule.split("\n", 1) for rule in (demo_site / "_headers").read_text("utf-8").split("\n\n")]
    speaking = [(pattern, said) for pattern, said in rules if "frame-ancestors" in said]
    for file in demo_site.rglob("index.html"):
        path = "/" + file.parent.relative_to(demo_site).as_posix().removeprefix(".")
        path = path if path == "/" else f"{path}/"
        found = [said for pattern, said in speaking if fnmatchcase(path, pattern)]
        assert len(found) == 1, path
        assert ("frame-ancestors *" in found[0]) == ("/einbetten/" in path), path
