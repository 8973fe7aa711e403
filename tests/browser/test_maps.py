"""Moving maps in Chromium: loaded by a tap, nothing foreign, by keyboard, without findings of axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, expect

from generator.derive.facts import derive
from generator.model.config import Basemap
from generator.pipeline.build import Project
from generator.pipeline.plan import asset_files, plan_site
from generator.pipeline.write import Frames
from generator.render import maps
from generator.render.frame.page_frame import SLOTS
from tests import browsing
from tests.browser.conftest import LONG_TASKS, Watched, box_of, fixed_work, served, until
from tests.chance import every
from tests.records import replace

HOSTILE = """<img src=x onerror="document.title='broken'">{{ 7 * 7 }}{% raw %}'"</script>"""
PLACE, AREA = "auebad", "windkamp"


def hostile(project: Project) -> Project:
    """Give one place and one area a hostile name."""
    site = project.site
    assert site is not None
    places = {**site.places, PLACE: site.places[PLACE].model_copy(update={"name": HOSTILE})}
    spaces = {**site.spaces, AREA: site.spaces[AREA].model_copy(update={"name": HOSTILE})}
    renamed = replace(site, places=places, spaces=spaces)
    return project.showing(renamed, derive(renamed, project.today))


def with_tiles(project: Project) -> Project:
    """Give the site a tile server as background."""
    site = project.site
    assert site is not None
    basemap = Basemap(tiles="https://{s}.tiles.example/{z}/{x}/{y}.png", attribution="© <b>Beispiel</b>")
    config = site.config.model_copy(update={"basemap": basemap})
    return project.showing(replace(site, config=config))


def write_maps_site(project: Project, folder: Path) -> None:
    """Write `karten/`, `offen/` (an element for the directory's map) and every asset they need."""
    frames = Frames(plan_site(project))
    for path, make in asset_files(frames.plan):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make())
    context = frames.plan.contexts["de"]
    point = context.facts.places["rathaus"].point
    assert point is not None
    bodies = {
        "karten/": Markup("<h1>Karten</h1><p><a href='#ende'>davor</a></p>")
        + maps.overview_map(context, "karten/", "places")
        + maps.overview_map(context, "karten/", "quartier")
        + maps.overview_map(context, "karten/", "networks")
        + maps.space_map(context, "karten/", "suederaue", maps.place_markers(context, ["rathaus", PLACE]))
        + maps.point_map(context, "karten/", point, "Rathaus", spaces=context.facts.places["rathaus"].spaces)
        + Markup("<p id='ende'><a href='#inhalt'>danach</a></p>"),
        "offen/": Markup("<h1>Verzeichnis</h1><div id='karte'></div><p id='danach' tabindex='-1'>Liste</p>"),
    }
    for path, body in bodies.items():
        slots = {**dict.fromkeys(SLOTS, ""), "title": "Karten", "content": str(body)}
        document = frames.shell("de", "editorial", 1).fill(slots)
        (folder / path).mkdir(parents=True)
        (folder / path / "index.html").write_text(document, encoding="utf-8")


FOCUSED = "document.activeElement"


@pytest.fixture(scope="session")
def maps_url(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("karten")
    write_maps_site(hostile(demo), folder)
    with served(folder) as url:
        yield url


def findings(page: Page) -> list[str]:
    """What axe finds, each with the elements."""
    # From the top: what happens to lie half under the sticky bar counts as a target too small.
    page.evaluate("window.scrollTo(0, 0)")
    return browsing.findings(page)


def move(page: Page, id: str) -> None:
    page.locator(f"#karte-{id} [data-nr-move]").click()
    page.locator(f"#karte-{id} .leaflet-container").wait_for()
    page.wait_for_function("!document.querySelector('.nr-map__state:not(:empty)')")


def own(watched: Watched, part: str) -> list[str]:
    return [address for address in watched.requests if part in address]


@pytest.mark.parametrize("width", [360, 1280])
def test_drawings_load_nothing_and_have_no_findings(tab, maps_url, width):
    watched = tab(maps_url + "karten/", width)
    assert own(watched, "leaflet") == []
    assert watched.page.locator("[data-nr-move]:visible").count() == 3
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings(watched.page) == []
    watched.assert_clean()


def test_without_scripts_there_is_no_button_and_every_entry_is_a_link(watch, maps_url):
    page = watch(maps_url + "karten/", java_script_enabled=False).page
    assert page.locator("[data-nr-move]:visible").count() == 0
    assert page.locator("#karte-level-quartier .nr-map__entries a").count() == 12


@pytest.mark.guards("Privacy: nothing is sent to another host")
@pytest.mark.parametrize("width", every((360, 1280), {360}))
@pytest.mark.parametrize("id", every(("places", "level-quartier", "networks"), {"level-quartier"}))
def test_a_tap_loads_leaflet_from_here_only(tab, maps_url, width, id):
    watched = tab(maps_url + "karten/", width)
    move(watched.page, id)
    assert own(watched, "leaflet/leaflet.js")
    assert own(watched, f"maps/{id}.de.js")
    assert findings(watched.page) == []
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    watched.assert_clean()


@pytest.mark.guards("Accessibility: beside every map a list with the same entries; every marker has a name")
def test_every_marker_has_a_name_of_its_own_and_the_list_has_the_same(tab, maps_url):
    page = tab(maps_url + "karten/").page
    move(page, "places")
    names = page.locator("#karte-places .nr-live__pin").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    listed = page.locator("#karte-places .nr-map__entries li").evaluate_all(
        "(all) => all.map((one) => one.textContent.trim())"
    )
    assert len(set(names)) == len(names) == len(listed) > 20
    assert sorted(name.split(": ", 1)[1] for name in names) == sorted(
        text.split(": ", 1)[1] for text in listed
    )


def test_names_stay_text(tab, maps_url):
    watched = tab(maps_url + "karten/")
    page = watched.page
    move(page, "places")
    page.locator("#karte-places .nr-live__pin[aria-label*='onerror']").press("Enter")
    assert page.locator(".leaflet-popup-content a").inner_text() == HOSTILE
    page.locator(".leaflet-popup-close-button").click()
    move(page, "level-quartier")
    assert HOSTILE in page.locator("#karte-level-quartier .nr-live__name > span").all_text_contents()
    assert page.title() == "Karten"
    assert page.locator(".leaflet-container img").count() == 0
    watched.assert_clean()


@pytest.mark.guards("Accessibility: maps move by buttons, are left by one Tab, popups give the focus back")
def test_keyboard_alone_opens_walks_and_leaves_a_map(tab, maps_url):
    page = tab(maps_url + "karten/").page
    button = page.locator("#karte-places [data-nr-move]")
    button.focus()
    page.keyboard.press("Enter")
    container = page.locator("#karte-places .leaflet-container")
    container.wait_for()
    page.wait_for_function(f"{FOCUSED}.classList.contains('leaflet-container')")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"{FOCUSED}.textContent") == "Karte überspringen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"!{FOCUSED}.closest('.nr-map__live')"), "one step leads past the map"

    first = page.locator("#karte-places .nr-live__pin[tabindex='0']")
    assert first.count() == 1, "only one marker is a stop"
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.evaluate(f"{FOCUSED}.getAttribute('aria-label')")
    assert second == page.locator("#karte-places .nr-live__pin").nth(1).get_attribute("aria-label")
    page.keyboard.press("Space")
    page.locator(".leaflet-popup").wait_for()
    assert page.evaluate(f"!!{FOCUSED}.closest('.leaflet-popup')"), "the popup takes the focus"
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    assert page.evaluate(f"{FOCUSED}.getAttribute('aria-label')") == second, "and gives it back"

    page.get_by_role("button", name="Karte schließen").focus()
    page.keyboard.press("Enter")
    assert container.count() == 0
    assert page.locator("#karte-places .nr-map__svg").is_visible()
    assert button.evaluate(f"(one) => one === {FOCUSED}")


@pytest.mark.guards("Accessibility: targets at least 24 px, main actions 44")
@pytest.mark.guards("Accessibility: maps move by buttons, are left by one Tab, popups give the focus back")
def test_buttons_move_and_zoom(watch, maps_url):
    page = watch(maps_url + "karten/", reduced_motion="reduce").page
    move(page, "level-quartier")
    pane = page.locator("#karte-level-quartier .leaflet-map-pane")
    before = pane.evaluate("(one) => getComputedStyle(one).transform")
    page.get_by_role("button", name="Nach rechts").click()
    assert pane.evaluate("(one) => getComputedStyle(one).transform") != before
    scale = page.locator("#karte-level-quartier .leaflet-control-scale-line")
    far = scale.inner_text()
    for _step in range(3):
        page.get_by_role("button", name="Näher heran").click()
    assert scale.inner_text() != far
    page.get_by_role("button", name="Ganze Karte").click()
    assert scale.inner_text() == far
    for name in ("Näher heran", "Weiter weg", "Nach links", "Nach oben", "Nach unten"):
        box = box_of(page.get_by_role("button", name=name))
        assert min(box["width"], box["height"]) >= 44


def test_a_map_that_does_not_load_says_so(tab, maps_url):
    watched = tab(maps_url + "karten/")
    watched.page.route("**/maps/places.de.js*", lambda route: route.abort())
    watched.page.locator("#karte-places [data-nr-move]").click()
    state = watched.page.locator("#karte-places .nr-map__state")
    state.get_by_text("nicht laden").wait_for()
    assert watched.page.locator("#karte-places .nr-map__svg").is_visible()


def test_a_background_is_asked_for_only_by_a_second_click(tab, demo, tmp_path):
    write_maps_site(with_tiles(demo), tmp_path)
    with served(tmp_path) as url:
        watched = tab(url + "karten/")
        page = watched.page
        move(page, "places")
        assert page.get_by_text("Die Hintergrundkarte kommt von tiles.example").is_visible()
        assert findings(page) == []
        watched.assert_clean()
        page.get_by_role("button", name="Hintergrundkarte laden").click()
        page.get_by_text("© <b>Beispiel</b>").wait_for()
        page.wait_for_function("document.querySelectorAll('.leaflet-tile').length > 0")
    assert watched.foreign
    assert all(".tiles.example/" in address for address in watched.foreign)
    assert not [error for error in watched.errors if error.startswith("csp")]


MAKE = """async (given) => {
  const { createMap } = await import(new URL('map.js', document.querySelector('script[type=module]').src));
  const items = Array.isArray(given) ? given : Array.from({ length: given }, (_, n) => ({
    id: `a${n}`, name: n ? `Angebot ${n}` : '<b>fett</b>', href: `#a${n}`, point: [10 + (n % 40) / 1500, 53.69 + Math.floor(n / 40) / 4000],
  }));
  document.querySelector('#karte .nr-map__live')?.remove();
  window.opened = [];
  window.ids = items.map(({ id }) => id);
  window.map = await createMap(document.getElementById('karte'), { items, after: 'danach', onSelect: (id) => window.opened.push(id) });
}"""


def entry(key: str, name: str, lon: float, lat: float) -> dict[str, object]:
    return {"id": key, "name": name, "href": f"#{key}", "point": [lon, lat]}


def meetings(count: int) -> list[dict[str, object]]:
    """Several at one place."""
    return [entry(f"b{n}", f"Treff {n}", 10.01, 53.69) for n in range(count)]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_directorys_map_clusters_and_selects(watch, maps_url, width):
    watched = watch(maps_url + "offen/", width, reduced_motion="reduce")
    page = watched.page
    page.evaluate(MAKE, 400)
    page.locator(".nr-live__cluster").first.wait_for()
    assert findings(page) == []
    page.evaluate(MAKE, [entry("a0", "<b>fett</b>", 10, 53.69), entry("neu", "Neu", 10.03, 53.70)])
    page.evaluate("window.map.fit(window.ids)")
    page.locator(".nr-live__pin[aria-label='Neu']").wait_for()
    assert page.locator(".nr-live__cluster").count() == 0
    assert page.locator(".nr-live__pin").count() == 2
    page.locator(".nr-live__pin[aria-label='<b>fett</b>']").press("Enter")
    assert page.locator(".leaflet-popup-content a").inner_text() == "<b>fett</b>"
    assert page.evaluate("window.opened") == ["a0"]
    watched.assert_clean()


SUM = """() => [...document.querySelectorAll('.leaflet-marker-icon[role="button"]')].reduce((sum, icon) => sum + (Number(icon.textContent) || 1), 0)"""


HELD = 8
"""Times the sorting of 200,000 numbers: so long at most may the map hold the page up."""


@pytest.mark.parametrize("width", [360, 1280])
def test_five_thousand_entries_are_bundled_and_drawn_a_few_at_a_time(watch, maps_url, width):
    """However many there are, the map holds a few hundred markers, each entry in one of them; and it never holds the page up."""
    watched = watch(maps_url + "offen/", width, reduced_motion="reduce")
    page = watched.page
    page.evaluate(LONG_TASKS)
    page.evaluate(MAKE, 5000)
    until(page, f"({SUM})() === 5000")
    assert page.locator(".leaflet-marker-icon").count() < 400
    boxes = page.locator(".nr-live__cluster").evaluate_all(
        "all => all.map((one) => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })"
    )
    near = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if abs(one[0] - other[0]) + abs(one[1] - other[1]) < 30
    ]
    assert near == []
    for count in (40, 4000, 400):
        page.evaluate(f"window.ids = Array.from({{ length: {count} }}, (_, n) => `a${{n}}`)")
        page.evaluate("window.map.show(window.ids)")
        page.evaluate("window.map.fit(window.ids)")
        until(page, f"({SUM})() === {count}")
    assert max(page.evaluate("window.long"), default=0) < HELD * fixed_work(page)
    watched.assert_clean()


def test_what_stands_at_one_place_is_listed_there(watch, maps_url):
    """Nearer would never take them apart, so a tap says who is there."""
    watched = watch(maps_url + "offen/", 1280, reduced_motion="reduce")
    page = watched.page
    page.evaluate(MAKE, [*meetings(3), entry("fern", "Fern", 10.05, 53.71)])
    page.evaluate("window.map.fit(window.ids)")
    together = page.locator(".nr-live__cluster[aria-label='3 Einträge an diesem Ort']")
    together.press("Enter")
    assert page.locator(".leaflet-popup-content a").all_inner_texts() == ["Treff 0", "Treff 1", "Treff 2"]
    assert findings(page) == []
    watched.assert_clean()


def test_a_bundle_comes_apart_when_it_is_pressed(watch, maps_url):
    watched = watch(maps_url + "offen/", 1280, reduced_motion="reduce")
    page = watched.page
    page.evaluate(MAKE, 400)
    page.evaluate("window.map.fit(window.ids)")
    page.locator(".nr-live__cluster[aria-label$='näher heran']").first.wait_for()
    watched.settled()
    bundle = page.locator(".nr-live__cluster[aria-label$='näher heran']").first
    count = int(bundle.inner_text())
    bundle.press("Enter")
    until(page, f"({SUM})() !== 400")
    assert count > 1
    until(
        page,
        f"![...document.querySelectorAll('.nr-live__cluster')].some((one) => Number(one.textContent) >= {count})",
    )
    assert page.evaluate("document.activeElement.classList.contains('leaflet-container')")
    watched.assert_clean()


def test_a_map_that_comes_late_takes_nobody_away(tab, maps_url):
    """Who has gone on to something else by then stays there."""
    page = tab(maps_url + "karten/").page
    held = []
    page.route("**/maps/places.de.js*", lambda route: held.append(route))
    page.locator("#karte-places [data-nr-move]").click()
    until(page, lambda: bool(held))
    other = page.locator("#karte-networks [data-nr-move]")
    other.focus()
    held[0].continue_()
    page.locator("#karte-places .leaflet-container").wait_for()
    until(page, "!document.querySelector('.nr-map__state:not(:empty)')")
    expect(other).to_be_focused()
