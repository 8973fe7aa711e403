"""Use without a network in a real browser: only after a click, from a path below the root too, removed by one tap."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import Watch, served, until
from tests.chance import every

KEPT = "async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope)]"


@pytest.fixture(scope="module")
def below(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo in a folder of its own server, as on a host that holds several sites, and a copy that tests may change."""
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(demo_site, root / "stadt" / "nahraum", copy_function=shutil.copyfile)
    with served(root) as url:
        yield f"{url}stadt/nahraum/", root / "stadt" / "nahraum"


def take(page: Page, url: str, area: str = "") -> None:
    page.goto(f"{url}offline/{'#gebiet-' + area if area else ''}")
    page.get_by_role("button", name="Offline mitnehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Fertig.")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
@pytest.mark.parametrize(
    "path",
    every(("", "angebote/", "offline/", "hilfe-sofort/", "sozialraeume/suederaue/"), {"", "offline/"}),
)
@pytest.mark.parametrize("width", every((360, 1280), {360}))
def test_a_visit_keeps_nothing(watch: Watch, demo_url: str, path: str, width: int) -> None:
    watched = watch(demo_url + path, width)
    page = watched.settled()
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


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
def test_one_tap_removes_everything(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url).page
    take(page, demo_url)
    page.get_by_role("button", name="Alles wieder löschen").click()
    expect(page.get_by_role("status")).to_contain_text("gelöscht")
    assert page.evaluate(KEPT) == [[], []]


def test_what_is_on_its_way_is_removed_with_the_rest(watch: Watch, demo_url: str) -> None:
    """Whoever deletes everything while pages are still being saved finds none of them afterwards."""
    watched = watch(f"{demo_url}offline/")
    page = watched.page
    page.evaluate("caches.open('nahraum-offline /').then(() => null)")
    page.reload()
    held: list[Route] = []
    page.route("**/angebote/", lambda route: held.append(route))
    page.get_by_role("button", name="Offline mitnehmen").click()
    until(page, lambda: bool(held))
    page.get_by_role("button", name="Alles wieder löschen").click()
    expect(page.get_by_role("status")).to_contain_text("gelöscht")
    page.unroute("**/angebote/")
    for route in held:
        with suppress(Error):  # nobody waits for it any more
            route.continue_()
    expect(page.get_by_role("button", name="Offline mitnehmen")).to_be_enabled()
    assert page.evaluate(KEPT) == [[], []]
    expect(page.get_by_role("status")).to_contain_text("gelöscht")
    watched.assert_clean()


def test_leaving_quickly_removes_it_too(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url).page
    take(page, demo_url)
    page.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="neutral"))
    page.unroute("**/*")
    page.goto(f"{demo_url}hilfe-sofort/")
    page.get_by_role("link", name="Seite verlassen").click()
    page.wait_for_url("https://www.wikipedia.org/")
    page.goto(f"{demo_url}impressum/")
    # Leaving waits for the browser to delete a short time only; it goes on with that afterwards.
    until(page, lambda: page.evaluate(KEPT) == [[], []])


def test_the_switch_ends_it(watch: Watch, below: tuple[str, Path]) -> None:
    url, folder = below
    page = watch(url).page
    take(page, url)
    off = Path(__file__).parents[2] / "generator" / "assets" / "worker" / "sw-off.js"
    (folder / "sw.js").write_bytes(off.read_bytes())
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(page, f"({KEPT})().then(([names, scopes]) => names.length + scopes.length === 0)")


TEXTS = """async (urls) => {
  const cache = await caches.open((await caches.keys()).sort()[0]);
  return Promise.all(urls.map(async (url) => (await (await cache.match(url))?.text()) ?? null));
}"""


@pytest.fixture
def own(demo_site: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The demo on a server of its own, whose files a test may change."""
    shutil.copytree(demo_site, tmp_path / "site", copy_function=os.link)
    for name in CHANGED:
        # Years old: browsers keep such a file for months without asking, under the address that the page gives it.
        change(tmp_path / "site" / name, (tmp_path / "site" / name).read_text("utf-8"))
        os.utime(tmp_path / "site" / name, (1_000_000_000, 1_000_000_000))
    with served(tmp_path / "site") as url:
        yield url, tmp_path / "site"


def same(got: list[str | None], wanted: list[str]) -> bool:
    """Compare whole files without printing them."""
    return got == wanted


def change(path: Path, text: str) -> None:
    """Replace a file; its other names keep what they had."""
    path.unlink()
    path.write_text(text, encoding="utf-8")


def deploy(folder: Path, missing: str) -> tuple[str, dict[str, str]]:
    """Put a new version there in which two files differ and one is missing; return its version and the new texts."""
    new = {name: (folder / name).read_text("utf-8") + "/* neu */" for name in CHANGED}
    for name, text in new.items():
        change(folder / name, text)
    (folder / missing).rename(folder / "beiseite")
    worker = (folder / "sw.js").read_text("utf-8")
    (old,) = re.findall('const VERSION = "([0-9a-f]+)"', worker)
    change(folder / "sw.js", worker.replace(old, "f" * 16))
    return old, new


CHANGED = ("assets/nahraum/nahraum.css", "assets/nahraum/extras.css")


def test_a_new_version_is_there_when_all_of_its_files_are(watch: Watch, own: tuple[str, Path]) -> None:
    url, folder = own
    page = watch(url).page
    take(page, url)
    files = json.loads((folder / "offline.json").read_text("utf-8"))["files"]
    last = next(name for name in reversed(files) if not name.endswith("/") and name not in CHANGED)
    before = [(folder / name).read_text("utf-8") for name in CHANGED]
    old, new = deploy(folder, last)
    urls = [url + name for name in (*CHANGED, "offline-version")]
    # Taken along with its version: nothing is fetched a second time.
    assert same(page.evaluate(TEXTS, urls), [*before, old])
    refused: list[str] = []
    page.context.on("response", lambda got: refused.append(got.url) if got.status == 404 else None)
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(page, f"caches.has('nahraum-offline / {'f' * 16}')")
    until(page, lambda: url + last in refused)
    page.goto(f"{url}impressum/")
    page.wait_for_load_state("networkidle")
    assert same(page.evaluate(TEXTS, urls), [*before, old]), "half of a new version, or its stamp"
    # The file comes back; the worker's next start goes on.
    (folder / "beiseite").rename(folder / last)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    page.goto(f"{url}impressum/")
    until(page, "caches.keys().then((names) => names.length === 1)")
    page.goto(f"{url}impressum/")
    page.wait_for_load_state("networkidle")
    assert same(page.evaluate(TEXTS, urls), [*new.values(), "f" * 16]), (
        "an old file took the place of a new one"
    )
    assert url + last in asked
    assert f"{url}offline/" not in asked, "what was there already is fetched again"


def test_what_a_browser_holds_under_an_old_query_replaces_nothing(
    watch: Watch, own: tuple[str, Path]
) -> None:
    url, _ = own
    page = watch(url).page
    take(page, url)
    newer = "async (url) => (await caches.open((await caches.keys())[0])).put(url, new Response('neu'))"
    page.evaluate(newer, url + CHANGED[0])
    page.goto(f"{url}impressum/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(TEXTS, [url + CHANGED[0]]) == ["neu"]


def test_an_areas_page_is_renewed_when_it_is_visited(watch: Watch, own: tuple[str, Path]) -> None:
    url, folder = own
    page = watch(url).page
    take(page, url, "suederaue")
    texts = {}
    for name in ("sozialraeume/suederaue/", "angebote/"):
        file = folder / name / "index.html"
        texts[name] = file.read_text("utf-8")
        change(file, texts[name] + "<!-- neu -->")
        page.goto(url + name)
        page.wait_for_load_state("networkidle")
    # The worker keeps what came when the page has long been shown.
    new = texts["sozialraeume/suederaue/"] + "<!-- neu -->"
    until(page, lambda: same(page.evaluate(TEXTS, [f"{url}sozialraeume/suederaue/"]), [new]))
    of_a_version = page.evaluate(TEXTS, [f"{url}angebote/"])
    assert same(of_a_version, [texts["angebote/"]]), "a page of the first pack changes with its version"


def test_what_cannot_be_taken_whole_is_not_taken(watch: Watch, own: tuple[str, Path]) -> None:
    url, folder = own
    files = json.loads((folder / "offline.json").read_text("utf-8"))["files"]
    (folder / files[-1]).unlink()
    page = watch(url).page
    page.goto(f"{url}offline/")
    page.get_by_role("button", name="Offline mitnehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Das hat nicht geklappt")
    assert page.evaluate(KEPT) == [[], []]


def test_what_a_closed_window_left_can_be_removed(watch: Watch, demo_url: str) -> None:
    page = watch(f"{demo_url}offline/").page
    page.evaluate("caches.open('nahraum-offline / neu')")
    page.reload()
    page.get_by_role("button", name="Alles wieder löschen").click()
    expect(page.get_by_role("status")).to_contain_text("gelöscht")
    assert page.evaluate(KEPT) == [[], []]


def test_a_page_that_was_taken_along_keeps_its_scripts_when_the_server_has_others(
    watch: Watch, own: tuple[str, Path]
) -> None:
    url, folder = own
    page = watch(url).page
    take(page, url)
    (scripts,) = (folder / "assets" / "nahraum").glob("skripte-*")
    scripts.rename(folder / "anderswo")
    page.context.set_offline(True)
    page.goto(url)
    expect(page.locator("#suche-input")).to_have_role("combobox")
    page.context.set_offline(False)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    missing: list[str] = []
    page.context.on("response", lambda got: missing.append(got.url) if got.status == 404 else None)
    page.goto(f"{url}angebote/")
    expect(page.locator("#suchwort")).to_be_visible()
    assert [address for address in missing if address.endswith(".js")] == []


def test_scripts_of_versions_before_the_last_leave_the_device(watch: Watch, own: tuple[str, Path]) -> None:
    url, folder = own
    page = watch(url).page
    take(page, url)
    names = "async () => [...new Set((await (await caches.open((await caches.keys())[0])).keys()).flatMap(({ url }) => /skripte-[0-9a-f]+/.exec(url) ?? []))].sort()"
    assets = folder / "assets" / "nahraum"
    (first,) = (path.name for path in assets.glob("skripte-*"))
    versions = [first]
    for sign in "ab":
        new = f"skripte-{sign * 16}"
        (assets / versions[-1]).rename(assets / new)
        for name in ("offline.json", "en/offline.json", "index.html", "sw.js"):
            text = (folder / name).read_text("utf-8").replace(versions[-1], new)
            change(folder / name, re.sub('VERSION = "[0-9a-f]+"', f'VERSION = "{sign * 16}"', text))
        versions.append(new)
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
        until(page, f"({names})().then((found) => found.join() === '{','.join(sorted(versions[-2:]))}')")
