"""One page of every type in a real browser: axe, no other host, the policy in force, nothing stored, no sideways scrolling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline.build import prepare
from generator.render.pages import PAGES
from tests.browser.conftest import Watched
from tests.browsing import findings
from tests.conftest import ROOT, TODAY

# Pages that say most of their type; for other types the first one serves.
TELLING = {
    "offer": "schuldnerberatung-diakonie",
    "topic": "haeusliche-gewalt",
    "space": "suederaue",
    "place": "familienzentrum-aue",
    "provider": "diakonie-aue",
    "network": "ag-78-suederaue",
    "office": "asd-sued",
}
WRITTEN = (
    "deine-rechte/",
    "hilfe-sofort/sicher/",
    "fachkraefte/",
    "fachkraefte/verfahren/",
    "leichte-sprache/",
    "impressum/",
    "datenschutz/",
    "barrierefreiheit/",
    "ueber/",
    "redaktion/",
)


def sample_paths() -> list[str]:
    """Return the path of one page of each type, in German, and some in English."""
    project = prepare(ROOT, TODAY)
    if project.site is None or project.facts is None:
        return []
    german, english = project.contexts[0], project.contexts[1]
    paths: list[str] = []
    for kind in PAGES:
        keys = list(kind.keys(project.site, project.facts))
        if kind.internal or not keys:
            continue
        key = TELLING.get(kind.kind, keys[0])
        key = key if key in keys else keys[0]
        paths.append(german.path(kind.kind, key))
        if kind.kind in ("home", "offers", "offer", "space"):
            paths.append(english.path(kind.kind, key))
    return [*dict.fromkeys([*paths, *WRITTEN])]


PATHS = sample_paths()


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_page_is_sound(path: str, demo_url: str, demo_site: Path, watch: Callable[..., Watched]) -> None:
    """At the width of a phone and of a desk, and no wider than the narrowest window."""
    assert (demo_site / path / "index.html").is_file()
    watched = watch(demo_url + path, width=360)
    page = watched.settled()
    for width in (360, 320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        watched.settled()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width != 320:
            assert findings(page) == [], width
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == ("en" if path.startswith("en/") else "de")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    watched.assert_clean()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "angebote/schuldnerberatung-diakonie/", "sozialraeume/suederaue/"])
def test_dark_and_forced_colours_have_no_findings(
    path: str, demo_url: str, watch: Callable[..., Watched]
) -> None:
    page = watch(demo_url + path).settled()
    for options in ({"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}):
        page.emulate_media(**options)
        assert findings(page) == [], options


@pytest.mark.browser
def test_without_scripts_every_page_has_its_content(demo_url: str, watch: Callable[..., Watched]) -> None:
    page = watch(demo_url, width=360, java_script_enabled=False).page
    page.get_by_role("link", name="Das Geld reicht nicht").first.click()
    assert page.locator("h1").inner_text() == "Das Geld reicht nicht"
    page.locator(".nr-card a").first.click()
    assert page.locator("h1").count() == 1
    assert page.locator("a[href^='tel:']").count() > 0
