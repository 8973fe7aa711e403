"""The frame of every page: slots as they are, nothing inline, small, and usable by everybody in a real browser."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from generator.model.config import Publisher
from generator.pipeline.build import Project, prepare
from generator.render.base.icons import MARKERS, has_icon, icon, inline_icon, marker
from generator.render.frame.page_frame import SLOTS, ShellLink, ShellValues, shell_values
from generator.theme.material import icon_styles, layer_material, plain_environment
from tests.browser.conftest import served
from tests.chance import every
from tests.conftest import TODAY
from tests.golden.sites import FOLDER
from tests.records import replace

PAGES = {
    "home": "",
    "rtl": "ar/",
    "list": "angebote/",
    "offer": "angebote/elterncafe-birkenkoppel/",
    "report": "berichte/alleinerziehende/",
    "help": "hilfe-sofort/",
    "prose": "ueber/",
}
"""Pages of the demo, one of each kind."""
SIZES = [(360, 740), (1280, 800)]


class Elements(HTMLParser):
    """All start tags of a document with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@cache
def plain() -> ShellValues:
    """The frame of a small town's home page."""
    context = prepare(FOLDER / "village" / "project", TODAY).contexts[0]
    return replace(shell_values(context, "home", 0, addresses={}), multilingual=True)


def frame(shell: ShellValues | None = None, slot: dict[str, str] | None = None) -> str:
    template = plain_environment().get_template("base.html")
    return template.render(shell=shell or plain(), slot=slot or dict.fromkeys(SLOTS, ""))


def test_every_slot_is_printed_once_as_it_is() -> None:
    tokens = {name: f"\x02{name}\x03<b>&amp;'\"" for name in SLOTS}
    html = frame(slot=tokens)
    assert {name: html.count(token) for name, token in tokens.items()} == dict.fromkeys(SLOTS, 1)


def test_a_filled_shell_is_the_same_as_a_rendered_page() -> None:
    tokens = {name: f"\x02{name}\x03" for name in SLOTS}
    values = {name: f"<i>{name}</i>" for name in SLOTS}
    filled = frame(slot=tokens)
    for name, token in tokens.items():
        filled = filled.replace(token, values[name])
    assert filled == frame(slot=values)


def test_values_of_the_shell_are_escaped() -> None:
    bad = "<script>\"'&"
    shell = replace(
        plain(),
        site_name=bad,
        home=bad,
        lang_name=bad,
        help_href=bad,
        about=bad,
        internal=True,
        publisher=Publisher.model_construct(name=bad, office=bad, phone=bad, email=bad),
        phone_href=bad,
        nav=(ShellLink(bad, bad, current=True),),
        footer=(ShellLink(bad, bad),),
    )
    html = frame(shell)
    assert bad not in html
    assert "<script>" not in html
    assert "&lt;script&gt;&#34;&#39;&amp;" in html


@pytest.mark.guards(
    "Accessibility: no sideways scrolling at 320 px, nor at 360 px with letters of twice the size, zoom is never forbidden"
)
@pytest.mark.guards("Privacy: strict policy, nothing inline; frames by the server; no referrer")
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline_and_the_outline_is_sound(demo_site: Path, name: str) -> None:
    elements = Elements((demo_site / PAGES[name] / "index.html").read_text("utf-8")).found
    assert not [tag for tag, _ in elements if tag == "style"]
    scripts = [
        attrs for tag, attrs in elements if tag == "script" and not (attrs.get("type") or "").endswith("json")
    ]
    assert all(attrs.get("src") for attrs in scripts)
    assert not [key for _, attrs in elements for key in attrs if key == "style" or key.startswith("on")]
    assert not [
        attrs for tag, attrs in elements if tag == "meta" and "user-scalable" in (attrs.get("content") or "")
    ]
    tags = [tag for tag, _ in elements]
    assert (tags.count("h1"), tags.count("main")) == (1, 1)
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    lang = ("ar", "rtl") if name == "rtl" else ("de", "ltr")
    assert (elements[0][0], elements[0][1]["lang"], elements[0][1]["dir"]) == ("html", *lang)


def test_every_frame_carries_the_policy() -> None:
    assert "Content-Security-Policy" in frame()


def test_only_internal_pages_are_marked() -> None:
    assert "Interne Seite" not in frame()
    assert "Interne Seite" in frame(replace(plain(), internal=True))


def test_one_language_needs_no_switch() -> None:
    assert "nr-lang" in frame()
    assert "nr-lang" not in frame(replace(plain(), multilingual=False))


def test_texts_of_the_frame_can_be_translated() -> None:
    html = frame(replace(plain(), gettext=lambda text: f"«{text}»"))
    for text in ("Zum Inhalt springen", "Sofort Hilfe", "Hauptmenü", "Fehler gefunden?"):
        assert f"«{text}»" in html


def test_the_missing_page_needs_no_slots_and_leads_on() -> None:
    shell = replace(plain(), home="/unter/", script="/unter/js/site.js")
    html = plain_environment().get_template("404.html").render(shell=shell, slot={}, search="")
    assert html.count("<h1>") == 1
    assert '<a href="/unter/">Zur Startseite</a>' in html
    assert f'href="{shell.help_href}"' in html


@pytest.mark.guards("Law, paper, speed: paper shows what is needed; first load at most 150 kB, scripts 37 kB")
def test_what_every_page_loads_is_small(demo_site: Path) -> None:
    assets = demo_site / "assets" / "nahraum"

    def weight(*names: str) -> int:
        found = [path for name in names for path in assets.glob(name)]
        assert len(found) == len(names)
        return sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in found)

    assert weight("nahraum*.css", "print*.css") <= 18_500
    assert weight("material*.css") <= 6_500
    assert weight("*/site.js") <= 3_000


def test_what_material_says_of_written_text_lies_in_a_layer_below_ours() -> None:
    css = layer_material(
        '@charset "UTF-8";:root{--md-search-icon:x}a,.md-nav a{color:red}.md-search{top:0}@media print{.md-nav{top:0}.md-typeset .note{top:1px}}'
    )
    assert css == "@layer material{:root{}a{color:red}@media print{.md-typeset .note{top:1px}}}\n"


def test_an_icon_stands_in_a_page_by_its_name_and_in_the_stylesheet_with_its_drawing() -> None:
    assert icon("phone") == '<i class="nr-icon nr-icon--phone"></i>'
    assert icon("fontawesome/solid/house") == '<i class="nr-icon nr-icon--fontawesome__solid__house"></i>'
    house, phone = icon_styles(["phone", "fontawesome/solid/house"]).splitlines()
    start = ".nr-icon--phone{--sign:url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath d='M"
    assert phone.startswith(start)
    assert phone.endswith("'/%3E%3C/svg%3E\")}")
    assert house.startswith(".nr-icon--fontawesome__solid__house{")
    assert "%3C%21--" not in house


def test_an_icon_that_no_stylesheet_draws_brings_its_drawing(demo: Project) -> None:
    """A mask without drawing is a square, and a new row of facts needs no second place for its icon."""
    (german, *_) = demo.contexts
    assert not {"phone", "translate"} - german.icons
    assert "teddy-bear" in german.icons  # a life situation's, from the vocabulary
    assert "material/teddy-bear" not in german.icons
    assert german.icon("teddy-bear") == icon("teddy-bear")
    abacus = german.icon("abacus")
    assert abacus.startswith(
        '<svg class="nr-icon nr-icon--drawn" aria-hidden="true" viewBox="0 0 24 24"><path d="'
    )
    with pytest.raises(KeyError, match="abacsu"):
        german.icon("abacsu")


def test_each_page_of_the_demo_links_what_draws_its_icons_and_only_prose_links_material(
    demo_site: Path,
) -> None:
    """What many pages show belongs among `SIGNS`, so that each of them carries a name and not a drawing."""
    drawn = {
        sheet.name: set(re.findall(r"^\.nr-icon--([\w-]+)\{", sheet.read_text("utf-8"), re.MULTILINE))
        for sheet in (demo_site / "assets" / "nahraum").glob("*.css")
    }
    icons: set[str] = set()
    for path in demo_site.rglob("*.html"):
        page = path.read_text("utf-8")
        linked = set(re.findall(r'<link rel="stylesheet" href="[^"]*?([\w-]+\.css)', page))
        shown = set(re.findall(r"nr-icon--([\w-]+)", page))
        assert shown - {name for sheet in linked for name in drawn[sheet]} == set(), path
        assert ("material.css" in linked) == ("md-typeset" in page), path
        icons |= shown
    assert len(icons) > 40


@pytest.mark.parametrize(
    "name", ["", "phnoe", "../material/phone", "material//phone", "/etc/passwd", "Phone", "a b"]
)
def test_icons_that_do_not_exist(name: str) -> None:
    assert not has_icon(name)
    with pytest.raises(KeyError):
        icon(name)


def test_all_icons_can_be_read() -> None:
    folder = files("material").joinpath("templates", ".icons", "material")
    names = sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".svg"))
    assert len(names) > 7000
    assert all(has_icon(name) for name in names[::500])


def test_markers_differ_in_shape() -> None:
    assert len(set(MARKERS.values())) == len(MARKERS) >= 8
    assert all(path in marker(shape) for shape, path in MARKERS.items())


def inked(png: bytes) -> float:
    """Return the share of a picture's dots that are not of the colour of its corner."""
    with Image.open(BytesIO(png)) as image:
        dots = image.convert("L").tobytes()
    return sum(abs(dot - dots[0]) > 40 for dot in dots) / len(dots)


@pytest.fixture(scope="module")
def site(demo_site: Path) -> Iterator[str]:
    """The address of the demo."""
    with served(demo_site) as url:
        yield url


# --- in the browser -----------------------------------------------------------------------------------------------


def open_page(
    browser: Browser, address: str, size: tuple[int, int] = SIZES[0], **options: Any
) -> tuple[Page, list[str]]:
    """Open a page with every other host blocked, hand it out with the list of what went wrong."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    page, wrong = context.new_page(), list[str]()
    host = address.split("/")[2]
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if f"//{host}/" in request.url else wrong.append(request.url))
    page.goto(address)
    return page, wrong


@pytest.mark.guards("Accessibility: targets at least 24 px, main actions 44")
@pytest.mark.guards("Accessibility: frames have a title; help is in the same place on all pages")
@pytest.mark.parametrize("name", every(("home", "rtl", "prose"), {"rtl"}))
def test_help_stays_in_view_on_one_line(browser: Browser, site: str, name: str) -> None:
    page, _ = open_page(browser, f"{site}{PAGES[name]}")
    for width in (320, 345, 360, 390, 430, 768, 1119, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate("window.scrollTo(0, 400)")
        box = page.locator(".nr-sos").bounding_box()
        assert box is not None, width
        assert box["y"] >= 0, width
        assert 44 <= box["height"] <= 48, width
        assert 0 <= box["x"] <= width - box["width"], width
        brand = page.locator(".nr-brand").bounding_box()
        assert brand is not None, width
        assert brand["height"] < 60, width
    page.context.close()


def test_no_tile_stands_alone(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, site)
    for width in (360, 640, 900, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        rows = page.evaluate("""() => {
          const rows = {};
          for (const tile of document.querySelectorAll(".nr-tile")) (rows[tile.offsetTop] ??= []).push(tile.offsetWidth);
          const grid = document.querySelector(".nr-tiles").clientWidth;
          return Object.values(rows).map((row) => [row.length, row[0] / grid]);
        }""")
        assert rows
        assert all(count > 1 or share > 0.99 for count, share in rows), width
    page.context.close()


@pytest.mark.guards("Accessibility: a focused element is never covered")
@pytest.mark.parametrize(
    "size", every([(360, 640), (1280, 720)], [(360, 640)]), ids=lambda size: f"{size[0]}px"
)
@pytest.mark.parametrize("name", every(("home", "list", "offer", "help", "report"), {"list", "help"}))
def test_focus_is_never_covered(browser: Browser, site: str, size: tuple[int, int], name: str) -> None:
    page, _ = open_page(browser, f"{site}{PAGES[name]}", size)
    count = page.locator("a, button, input, select, summary").count()
    seen = 0
    for _ in range(count + 5):
        page.keyboard.press("Tab")
        found = page.evaluate("""() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const box = element.getBoundingClientRect();
          const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]].map(([x, y]) =>
            document.elementFromPoint(box.x + box.width * x, box.y + box.height * y));
          return { name: element.outerHTML.slice(0, 90), free: spots.some((spot) => spot && (element.contains(spot) || spot.contains(element))) };
        }""")
        if found is None:
            break
        seen += 1
        assert found["free"], found["name"]
    assert seen > 10
    page.context.close()


@pytest.mark.guards("Accessibility: the menu opens by keyboard, nothing hidden takes the focus")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_languages_by_keyboard(browser: Browser, site: str, scripts: bool) -> None:
    page, _ = open_page(browser, f"{site}{PAGES['offer']}", SIZES[0], java_script_enabled=scripts)
    link = page.locator(".nr-lang__list a").first
    assert not link.is_visible()
    page.locator(".nr-lang summary").focus()
    page.keyboard.press("Tab")
    assert (
        page.locator(".nr-sos").evaluate("node => node.matches(':focus')")
        if scripts
        else not link.is_visible()
    )
    page.locator(".nr-lang summary").press("Enter")
    assert link.is_visible()
    if scripts:
        link.focus()
        page.keyboard.press("Escape")
        assert not link.is_visible()
        assert page.locator(".nr-lang summary").evaluate("node => node.matches(':focus')")
    page.context.close()


@pytest.mark.guards("Accessibility: the menu opens by keyboard, nothing hidden takes the focus")
def test_the_four_entries_need_no_script(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, f"{site}{PAGES['home']}", SIZES[0], java_script_enabled=False)
    links = page.locator(".nr-nav a")
    assert links.count() == 4
    tops = {links.nth(index).bounding_box()["y"] for index in range(4)}  # type: ignore[index]
    assert len(tops) == 1
    page.context.close()


@pytest.mark.guards("Accessibility: no single key does anything outside of inputs")
def test_no_single_key_does_anything(browser: Browser, site: str) -> None:
    page, wrong = open_page(browser, f"{site}{PAGES['list']}", SIZES[1])
    page.wait_for_load_state("networkidle")
    before = page.evaluate(
        "[location.href, scrollY, document.activeElement.tagName, document.body.innerHTML.length]"
    )
    for key in "abcdefghijklmnopqrstuvwxyz/?.,":
        page.keyboard.press(key)
    after = page.evaluate(
        "[location.href, scrollY, document.activeElement.tagName, document.body.innerHTML.length]"
    )
    assert (after, wrong) == (before, [])
    page.context.close()


@pytest.mark.parametrize(
    "media", [{}, {"forced_colors": "active"}, {"media": "print"}], ids=["screen", "forced", "print"]
)
@pytest.mark.parametrize("name", ["home", "offer"])
def test_icons_are_drawn_in_the_colour_of_the_words(
    browser: Browser, site: str, name: str, media: dict[str, Any]
) -> None:
    """Painted on each box: something, not all of it, and nothing but its colour; on paper without "print backgrounds" too."""
    page, _ = open_page(browser, f"{site}{PAGES[name]}", SIZES[1])
    page.emulate_media(**media)
    page.evaluate(
        "(drawn) => document.querySelectorAll('main :is(a, button, dt) > .nr-icon').forEach((icon) => icon.insertAdjacentHTML('afterend', drawn))",
        str(inline_icon("phone")),
    )
    icons = [item for item in page.locator(".nr-icon").all() if item.is_visible()]
    assert len(icons) > 6
    for item in icons[:12]:
        look = item.evaluate(
            "node => { const { color, backgroundColor, printColorAdjust } = getComputedStyle(node); return { color, backgroundColor, printColorAdjust }; }"
        )
        assert look["printColorAdjust"] == "exact"
        if not media.get("forced_colors") and "drawn" not in item.evaluate("node => node.classList.value"):
            assert look["color"] == look["backgroundColor"]
        assert 0.04 < inked(item.screenshot()) < 0.75, item.evaluate("node => node.className")
    page.context.close()


@pytest.mark.guards("Law, paper, speed: paper shows what is needed; first load at most 150 kB, scripts 37 kB")
def test_paper_shows_what_is_needed_and_no_navigation(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, f"{site}{PAGES['offer']}", SIZES[1], color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in (".nr-nav", ".nr-sos", ".nr-crumbs", "[data-remember]"):
        assert not page.locator(selector).first.is_visible(), selector
    text = page.locator("body").inner_text()
    for needed in (
        "Elterncafé Birkenkoppel",
        "040 66969-213",
        "Birkenring 31",
        "Mo und Do 9 bis 11:30 Uhr",
        "/angebote/elterncafe-birkenkoppel/",
        "Gedruckt am",
    ):
        assert needed in text
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def test_internal_pages_are_marked_on_paper(browser: Browser, internal_site: Path) -> None:
    with served(internal_site) as url:
        page, _ = open_page(browser, f"{url}ueber/", SIZES[1])
        page.emulate_media(media="print")
        mark = page.locator(".nr-mark")
        assert mark.is_visible()
        assert mark.evaluate("node => getComputedStyle(node).display") == "table-footer-group"
        page.context.close()


def test_a_page_that_is_not_there_has_a_search_at_any_depth(demo_site: Path) -> None:
    """It is served for every wrong address: whatever it leads to and loads begins at the site's root."""
    html = (demo_site / "404.html").read_text("utf-8")
    assert "data-search" in html
    assert "/home.js" in html
    for name in ("href", "src", "action", "data-root", "data-index", "data-help", "data-safe", "data-hours"):
        found = re.findall(rf'\s{name}="([^"]*)"', html)
        assert found, name
        assert [link for link in found if not re.match(r"/|#|tel:|mailto:|https:|data:", link)] == [], name
