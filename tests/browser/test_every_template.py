"""One page of every type in a real browser: axe, no other host, the policy in force, nothing stored, no sideways scrolling."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import expect

from generator.pipeline.build import Project
from generator.render.pages import PAGES
from tests.browser.conftest import TWICE, Watched
from tests.browsing import findings
from tests.chance import every, whole

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
    "deine-rechte/", "hilfe-sofort/sicher/", "fachkraefte/", "fachkraefte/verfahren/", "leichte-sprache/", "ankommen/", "impressum/", "datenschutz/",
    "barrierefreiheit/", "ueber/", "redaktion/",
)  # fmt: skip


ELSEWHERE = {"place-list", "provider-list"}
"""Parts of lists that are longer than the demo's (`render/test_long_pages.py`), and pages that lead on at once (`render/test_report_pages.py`)."""
PUBLIC = [kind.kind for kind in PAGES if not kind.internal and kind.kind not in ELSEWHERE]


def sample_path(project: Project, kind: str, lang: str) -> str:
    """Return the path of one page of a type."""
    assert project.site is not None
    assert project.facts is not None
    keys = list(next(one for one in PAGES if one.kind == kind).keys(project.site, project.facts))
    key = TELLING.get(kind, keys[0])
    context = next(one for one in project.contexts if one.lang == lang)
    return context.path(kind, key if key in keys else keys[0])


SAMPLES: dict[str, Callable[[Project], str]] = {
    **{kind: partial(sample_path, kind=kind, lang="de") for kind in PUBLIC},
    **{
        f"{kind} en": partial(sample_path, kind=kind, lang="en")
        for kind in ("home", "offers", "offer", "space")
    },
    **{path: lambda project, path=path: path for path in WRITTEN},
}
"""Pages by what they are samples of; where they stand is asked of the demo when a test begins."""


QUICK = ("home", "offer", "help")
"""Those that most people see; the others wait for `make examples`."""


@pytest.mark.guards("Accessibility: axe (A, AA) finds nothing on any template at 360 and 1280 px")
@pytest.mark.guards(
    "Accessibility: no sideways scrolling at 320 px, nor at 360 px with letters of twice the size, zoom is never forbidden"
)
@pytest.mark.guards("Privacy: nothing is sent to another host")
@pytest.mark.parametrize("name", every(SAMPLES, QUICK))
def test_page_is_sound(name: str, demo: Project, demo_url: str, watch: Callable[..., Watched]) -> None:
    """At the width of a phone and of a desk, no wider than the narrowest window, nor than a phone with large letters."""
    path = SAMPLES[name](demo)
    watched = watch(demo_url + path, width=360)
    page = watched.settled()
    for width in (360, 320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        watched.settled()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width != 320:
            assert findings(page, colours=width == 1280) == [], width
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == ("en" if path.startswith("en/") else "de")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    watched.assert_clean()
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(TWICE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.guards("Accessibility: axe (A, AA) finds nothing on any template at 360 and 1280 px")
@whole
@pytest.mark.parametrize(
    "path",
    [
        "", "angebote/schuldnerberatung-diakonie/", "sozialraeume/suederaue/", "themen/pflege/", "themen/haeusliche-gewalt/", "hilfe-sofort/sicher/",
        "uk/hilfe-sofort/",
    ],
)  # fmt: skip
def test_dark_and_forced_colours_have_no_findings(
    path: str, demo_url: str, watch: Callable[..., Watched]
) -> None:
    page = watch(demo_url + path).settled()
    for options in ({"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}):
        page.emulate_media(**options)
        assert findings(page) == [], options


def test_without_scripts_every_page_has_its_content(demo_url: str, watch: Callable[..., Watched]) -> None:
    page = watch(demo_url, width=360, java_script_enabled=False).page
    page.get_by_role("link", name="Das Geld reicht nicht").first.click()
    expect(page.locator("h1")).to_have_text("Das Geld reicht nicht")
    page.locator(".nr-card a").first.click()
    page.wait_for_url("**/angebote/*/")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("a[href^='tel:']").first).to_be_attached()
