"""Use without a network in a real browser: only after a click, from a path below the root too, removed by one tap."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched, served

Watch = Callable[..., Watched]
pytestmark = pytest.mark.browser
KEPT = "async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope)]"


@pytest.fixture(scope="module")
def below(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo in a folder of its own server, as on a host that holds several sites, and a copy that tests may change."""
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(demo_site, root / "stadt" / "nahraum")
    with served(root) as url:
        yield f"{url}stadt/nahraum/", root / "stadt" / "nahraum"


def take(page: Page, url: str, area: str = "") -> None:
    page.goto(f"{url}offline/{'#gebiet-' + area if area else ''}")
    page.get_by_role("button", name="Offline mitnehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Fertig.", timeout=30_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


@pytest.mark.parametrize("path", ["", "angebote/", "offline/", "hilfe-sofort/", "sozialraeume/suederaue/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_visit_keeps_nothing(watch: Watch, demo_url: str, path: str, width: int) -> None:
    watched = watch(demo_url + path, width)
    page = watched.page
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == [[], []]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    watched.assert_clean()


def test_pages_for_a_crisis_never_offer_it(demo_site: Path) -> None:
    for path in ("hilfe-sofort", "hilfe-sofort/sicher", "themen/haeusliche-gewalt", "fuer-dich"):
        assert "Offline mitnehmen" not in (demo_site / path / "index.html").read_text("utf-8")


def test_taken_along_it_works_without_a_network(watch: Watch, below: tuple[str, Path]) -> None:
    url, _ = below
    page = watch(url).page
    take(page, url, "suederaue")
    expect(page.locator("[data-offline-names] li")).to_have_count(2)
    names, scopes = page.evaluate(KEPT)
    assert names == ["nahraum-offline /stadt/nahraum/"]
    assert scopes == [url]
    page.reload()
    page.unroute("**/*")
    page.context.set_offline(True)
    for path, heading in (
        ("", None),
        ("hilfe-sofort/", "Ohne Netz"),  # crisis pages stay on no device; the numbers stand here
        ("angebote/", "Alle Angebote"),
        ("sozialraeume/suederaue/", "Süderaue"),
    ):
        page.goto(url + path)
        expect(page.locator("h1")).to_be_visible()
        if heading:
            expect(page.locator("h1")).to_contain_text(heading)
        assert page.evaluate("getComputedStyle(document.querySelector('.nr-page')).maxWidth") != "none"
    page.goto(f"{url}traeger/diakonie-aue/")
    expect(page.get_by_role("heading", name="Ohne Netz")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{url}traeger/diakonie-aue/")
    expect(page.locator("h1")).to_have_text("Diakonie an der Aue")


def test_pages_about_violence_are_not_taken_with_an_area(demo_site: Path) -> None:
    taken = "".join(path.read_text("utf-8") for path in demo_site.glob("sozialraeume/*/offline.json"))
    assert "angebote/" in taken
    assert "ankerplatz" not in taken


def test_one_tap_removes_everything(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url).page
    take(page, demo_url)
    page.get_by_role("button", name="Alles wieder löschen").click()
    expect(page.get_by_role("status")).to_contain_text("gelöscht")
    assert page.evaluate(KEPT) == [[], []]


def test_leaving_quickly_removes_it_too(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url).page
    take(page, demo_url)
    page.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="neutral"))
    page.unroute("**/*")
    page.goto(f"{demo_url}hilfe-sofort/")
    page.get_by_role("link", name="Seite verlassen").click()
    page.wait_for_url("https://www.wikipedia.org/")
    page.goto(f"{demo_url}impressum/")
    assert page.evaluate(KEPT) == [[], []]


def test_the_switch_ends_it(watch: Watch, below: tuple[str, Path]) -> None:
    url, folder = below
    page = watch(url).page
    take(page, url)
    off = Path(__file__).parents[2] / "generator" / "assets" / "worker" / "sw-off.js"
    (folder / "sw.js").write_bytes(off.read_bytes())
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.wait_for_function(f"({KEPT})().then(([names, scopes]) => names.length + scopes.length === 0)")
