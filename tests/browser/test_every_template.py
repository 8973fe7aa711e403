"""One page of every type in a real browser: axe, no other host, the policy in force, nothing stored, no sideways scrolling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.pipeline.build import prepare
from generator.render.pages import PAGES
from tests.browser.conftest import Watched
from tests.conftest import ROOT, TODAY

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
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
@pytest.mark.xdist_group("templates")
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_page_is_sound(
    path: str, width: int, demo_url: str, demo_site: Path, watch: Callable[..., Watched]
) -> None:
    assert (demo_site / path / "index.html").is_file()
    watched = watch(demo_url + path, width=width)
    page = watched.page
    page.wait_for_load_state("networkidle")
    findings = Axe().run(page, options=AXE).response["violations"]
    assert [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in findings] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == ("en" if path.startswith("en/") else "de")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    watched.assert_clean()


@pytest.mark.browser
@pytest.mark.xdist_group("templates")
@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways_at_320(path: str, demo_url: str, watch: Callable[..., Watched]) -> None:
    page = watch(demo_url + path, width=320).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
@pytest.mark.xdist_group("templates")
@pytest.mark.parametrize("path", ["", "angebote/schuldnerberatung-diakonie/", "sozialraeume/suederaue/"])
def test_dark_and_forced_colours_have_no_findings(
    path: str, demo_url: str, watch: Callable[..., Watched]
) -> None:
    for options in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = watch(demo_url + path, width=1280, **options).page
        findings = Axe().run(page, options=AXE).response["violations"]
        assert [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in findings] == []


@pytest.mark.browser
@pytest.mark.xdist_group("templates")
def test_without_scripts_every_page_has_its_content(demo_url: str, watch: Callable[..., Watched]) -> None:
    page = watch(demo_url, width=360, java_script_enabled=False).page
    page.get_by_role("link", name="Das Geld reicht nicht").first.click()
    assert page.locator("h1").inner_text() == "Das Geld reicht nicht"
    page.locator(".nr-card a").first.click()
    assert page.locator("h1").count() == 1
    assert page.locator("a[href^='tel:']").count() > 0
