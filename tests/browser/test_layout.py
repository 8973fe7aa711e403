"""What people see of every template: whole words, nothing beside the window, labels that can be read, paper without overprints."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.pipeline.build import Project
from generator.render.pages import addresses
from tests.browser.conftest import box_of, served
from tests.browser.test_every_template import SAMPLES, WRITTEN
from tests.chance import whole
from tests.machine import needed

# Longer words than these fit on no phone; browsers set a hyphen, or the text has soft ones.
LONGEST_WORD = 20
# Two more pages than one of each template, with the longest words that stand beside their labels.
WORDY = ("traeger/tsv-auenstedt/", "angebote/lichtblick-elterngruppe/")
BROKEN = r"""
(longest) => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const parent = node.parentElement;
    if (!parent?.checkVisibility() || parent.closest("svg, script, style, template, .nr-vh, code, pre")) continue;
    for (const match of node.data.matchAll(/\S+/gu)) {
      // Addresses may break anywhere; a soft hyphen says where else.
      if (/[@\u00ad]|\w[/.]\w/u.test(match[0])) continue;
      for (const word of match[0].matchAll(/\p{L}{3,}/gu)) {
        if (word[0].length > longest) continue;
        const range = document.createRange(), start = match.index + word.index;
        range.setStart(node, start);
        range.setEnd(node, start + word[0].length);
        const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0.5).map((box) => Math.round(box.top)));
        if (lines.size > 1) found.push(word[0]);
      }
    }
  }
  return found;
}
"""
# What people may set themselves (SC 1.4.12), with a constructed sheet because the policy of the site allows no inline style.
SPACING = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = [sheet];
  return document.documentElement.scrollWidth;
}
"""
# Text that a box cuts off: what ends outside of a box that hides what overflows.
CUT = r"""
() => {
  const found = [], range = document.createRange(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent?.checkVisibility() || parent.closest("svg, script, style, template, .nr-vh, .nr-skip")) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const how = getComputedStyle(box).overflowX;
      if (how === "auto" || how === "scroll") break;
      const frame = box.getBoundingClientRect();
      if ((how === "hidden" || how === "clip") && frame.width > 2 && boxes.some((one) => one.right > frame.right + 1 || one.left < frame.left - 1)) {
        found.push(node.data.trim());
        break;
      }
    }
  }
  return found;
}
"""
# Names on maps and in charts, and what runs under the names of lines.
COLLISIONS = r"""
() => {
  const found = [];
  const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1 || one.bottom <= other.top + 2 || other.bottom <= one.top + 2;
  for (const svg of document.querySelectorAll("svg")) {
    if (!svg.checkVisibility()) continue;
    const names = [...svg.querySelectorAll(".nr-map__name, .nr-map__beside, .nr-chart__label")].filter((text) => text.checkVisibility());
    const boxes = names.map((text) => text.getBoundingClientRect());
    for (let one = 0; one < names.length; one++) for (let other = 0; other < one; other++)
      if (!apart(boxes[one], boxes[other])) found.push([names[one].textContent, names[other].textContent]);
    const lines = [...svg.querySelectorAll(".nr-chart__stroke, .nr-chart__interval")].filter((line) => line.tagName === "line");
    names.forEach((text, at) => {
      if (!text.matches(".nr-chart__label")) return;
      // A text's box is taller than its letters.
      const box = boxes[at], letters = { left: box.left, right: box.right, top: box.top + box.height * .25, bottom: box.bottom - box.height * .25 };
      if (lines.some((line) => !apart(letters, line.getBoundingClientRect()) && crosses(line, letters))) found.push([text.textContent, "a line"]);
    });
    const frame = svg.getBoundingClientRect();
    for (const part of svg.querySelectorAll("rect"))
      if (part.getBoundingClientRect().right > frame.right + 1) found.push([part.getAttribute("class"), "outside of its drawing"]);
  }
  function crosses(line, box) {
    const matrix = line.getScreenCTM(), at = (x, y) => new DOMPoint(x, y).matrixTransform(matrix);
    const from = at(line.x1.baseVal.value, line.y1.baseVal.value), to = at(line.x2.baseVal.value, line.y2.baseVal.value);
    for (let step = 0; step <= 40; step++) {
      const x = from.x + (to.x - from.x) * step / 40, y = from.y + (to.y - from.y) * step / 40;
      if (x > box.left && x < box.right && y > box.top && y < box.bottom) return true;
    }
    return false;
  }
  return found;
}
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page to walk through the site with."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


Seen = dict[str, dict[str, object]]
"""By look and width: what it finds on each page, where it finds anything."""


def pages_of(demo: Project) -> list[str]:
    """Return the paths of a page of each type and of the wordiest."""
    return list(dict.fromkeys([*(sample(demo) for sample in SAMPLES.values()), *WORDY]))


@pytest.fixture(scope="module")
def seen(browser: Browser, demo: Project, demo_url: str) -> Seen:
    """Every page, opened once and looked at in every way."""
    context = browser.new_context()
    page = context.new_page()
    found: Seen = {f"{name} {width}": {} for name, width, _look, _given in LOOKS}
    for path in pages_of(demo):
        page.goto(demo_url + path)
        for name, width, look, given in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            if result := page.evaluate(look, given):
                found[f"{name} {width}"][path] = result
    context.close()
    return found


# The spacing last: it stays on the page.
LOOKS: tuple[tuple[str, int, str, object], ...] = (
    ("broken", 1280, BROKEN, LONGEST_WORD),
    ("collisions", 1280, COLLISIONS, None),
    ("broken", 360, BROKEN, LONGEST_WORD),
    ("collisions", 360, COLLISIONS, None),
    ("broken", 320, BROKEN, LONGEST_WORD),
    ("cut", 320, CUT, None),
    ("spacing", 320, SPACING, None),
    ("cut with spacing", 320, CUT, None),
)


@pytest.mark.guards(
    "Examples and the rest: no word is broken, no box cuts off its text, labels don't collide"
)
@whole
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_no_word_is_broken_where_it_has_no_hyphen(seen: Seen, width: int) -> None:
    assert seen[f"broken {width}"] == {}


@pytest.mark.guards(
    "Examples and the rest: no word is broken, no box cuts off its text, labels don't collide"
)
@whole
@pytest.mark.parametrize("how", ["cut", "cut with spacing"])
def test_no_box_cuts_off_its_text_at_320(seen: Seen, how: str) -> None:
    assert seen[f"{how} 320"] == {}


def test_text_spacing_widens_no_page_at_320(seen: Seen, demo: Project) -> None:
    assert {path: width for path, width in seen["spacing 320"].items() if width != 320} == {}
    assert len(seen["spacing 320"]) == len(pages_of(demo))


@pytest.mark.guards(
    "Examples and the rest: no word is broken, no box cuts off its text, labels don't collide"
)
@whole
@pytest.mark.parametrize("width", [1280, 360])
def test_labels_collide_neither_with_each_other_nor_with_lines(seen: Seen, width: int) -> None:
    assert seen[f"collisions {width}"] == {}


LONGEST_QUARTER = 4700
"""Pixels of a phone 360 wide: what is on, the map, life situations, figures and who works there; everything else is folded."""
LONGEST = 6000
"""Of any other page, as long as nothing on it was unfolded."""
LONGER = {
    "home": (6100, "in English each card of a text that isn't translated says so"),
    "offers": (6600, "the age stands above the cards; in English each card of a text that isn't translated says so"),
    "youth": (6400, "who can't go home reads at once where there is a bed, under 18 and older"),
    "offer-list": (42_000, "one long page of all that needs no application, which needs no scripts"),
    "meeting": (10_000, "a paper for a meeting, to be printed and gone through from its beginning to its end"),
    "report-edition": (21_500, "frozen as it was published, to be printed"),
    "help": (6300, "who needs help now sees each number and when it is answered, none folded"),
    "hilfe-sofort/sicher/": (7800, "who may be in danger reads all of what the button can't do, nothing folded"),
    "leichte-sprache/": (6500, "short sentences in large letters, for people who unfold nothing"),
}  # fmt: skip
"""Page families that are longer, with their bound and the reason."""
WHOLE_CARDS = "#liste .nr-card { content-visibility: visible !important }"
"""What is out of sight has the height that is guessed for it: here everything is laid out."""


def longest_of_each(demo: Project, site: Path) -> list[tuple[str, str]]:
    """Return the longest page of every family in every language, by its file's size, and the hand-written ones: their families and paths."""
    assert demo.site is not None
    assert demo.facts is not None
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for path, page in addresses(demo.site, demo.facts).items():
        size = (site / path / "index.html").stat().st_size
        family = page.type.kind, page.lang
        found[family] = max(found.get(family, (0, "")), (size, path))
    return [*((path, path) for path in WRITTEN), *((kind, path) for (kind, _), (_, path) in found.items())]


def test_no_page_is_long_on_a_phone_without_a_reason(
    page: Page, demo_url: str, demo: Project, demo_site: Path
) -> None:
    """What isn't asked first is folded; what may be longer stands in the table, and is as long as it says."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.clock.set_fixed_time("2026-11-20T09:00:00+01:00")
    long, short = {}, set(LONGER)
    for family, path in longest_of_each(demo, demo_site):
        page.goto(demo_url + path)
        page.evaluate(
            "(rule) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule); document.adoptedStyleSheets = [sheet]; }",
            WHOLE_CARDS,
        )
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > LONGER.get(family, (LONGEST, ""))[0]:
            long[path] = height
        if height > LONGEST:
            short.discard(family)
    assert long == {}
    assert short == set(), "no longer than the others: without a reason of their own"


def test_a_quarter_is_short_on_a_phone_and_shows_its_map_first(
    page: Page, demo_url: str, demo: Project
) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    long = {}
    for key in demo.site.spaces:
        page.goto(f"{demo_url}sozialraeume/{key}/")
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > LONGEST_QUARTER:
            long[key] = height
        assert box_of(page.locator("#karte svg").first)["y"] < 600, key
    assert long == {}


def test_a_table_that_goes_on_says_so_until_its_end(page: Page, demo_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(demo_url + "berichte/vergleich/")
    table = page.locator("#alle-werte ~ details .nr-table").first
    shadow = "(table) => getComputedStyle(table, '::after').boxShadow"
    assert table.evaluate("(table) => table.scrollWidth > table.clientWidth")
    assert "0.32" in table.evaluate(shadow)
    table.evaluate(
        "(table) => new Promise((done) => { table.scrollLeft = table.scrollWidth; requestAnimationFrame(() => requestAnimationFrame(done)); })"
    )
    assert "/ 0)" in table.evaluate(shadow)


@pytest.mark.parametrize(
    "path", ["netzwerke/ag-78-suederaue/sitzung/", "sozialraeume/suederaue/", "intern/bedarfe/"]
)
def test_the_mark_of_an_internal_sheet_covers_nothing(
    page: Page, internal_site: Path, tmp_path: Path, path: str
) -> None:
    if not (internal_site / path / "index.html").is_file():
        pytest.fail(f"{path} is gone")
    file = tmp_path / "sheet.pdf"
    with served(internal_site) as url:
        page.goto(url + path)
        page.pdf(path=file, format="A4", prefer_css_page_size=True)
    text = subprocess.run(
        [needed("pdftotext"), "-bbox", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = text.split("<page ")[1:]
    assert sheets
    for number, sheet in enumerate(sheets, 1):
        words = [
            (float(top), float(bottom), word)
            for top, bottom, word in re.findall(
                r'<word xMin="[\d.]+" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', sheet
            )
        ]
        marks = [place for place in words if place[2] == "weitergeben."]
        assert len(marks) == 1, f"sheet {number} is not marked once"
        top = marks[0][0]
        below = [word for start, end, word in words if end > top + 1 and abs(start - top) > 3]
        assert all(re.fullmatch(r"\d+|/", word) for word in below), (number, below)


@pytest.mark.parametrize(
    "path",
    ["fachkraefte/wer-ist-wer/", "daten/", "ueber/lizenzen/"],
)
def test_tables_that_are_read_by_rows_are_lists_on_a_phone(page: Page, demo_url: str, path: str) -> None:
    """Nothing of them lies beyond the edge, and every value says what it is."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(demo_url + path)
    tables = page.locator(".nr-table--listed")
    assert tables.count() > 0
    beyond = "(frames) => frames.filter((frame) => frame.scrollWidth > frame.clientWidth + 1).map((frame) => frame.textContent)"
    assert tables.evaluate_all(beyond) == []
    unnamed = "(cells) => cells.filter((cell) => !cell.dataset.label).map((cell) => cell.textContent)"
    assert page.locator(".nr-table--listed tbody td").evaluate_all(unnamed) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tables_that_are_compared_keep_their_first_column(page: Page, demo_url: str, scheme: str) -> None:
    """Scrolled to the end one still sees whose row it is; until then the edge differs from the ground."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(demo_url + "berichte/vergleich/")
    table = page.locator(".nr-table", has=page.locator("#alle-sozialraum"))
    shadow = re.search(
        r"oklab\(([\d.]+) ", table.evaluate("(table) => getComputedStyle(table, '::after').boxShadow")
    )
    assert shadow is not None
    assert (float(shadow[1]) > 0.8) == (scheme == "dark")
    table.evaluate("(frame) => { frame.scrollLeft = frame.scrollWidth; }")
    head = table.locator("tbody th").first
    assert head.evaluate("(cell) => cell.getBoundingClientRect().left") >= 16


@pytest.mark.parametrize(
    "path",
    [
            "", "angebote/", "sozialraeume/", "sozialraeume/marktviertel/", "sozialraeume/suederaue/", "fachkraefte/",
            "fachkraefte/wer-ist-wer/", "fachkraefte/ressourcenplan/", "berichte/", "berichte/abdeckung/", "berichte/massnahmen/",
        ],
)  # fmt: skip
def test_names_without_a_space_widen_no_page(page: Page, demo_url: str, path: str) -> None:
    """Towns call areas „Blankenburg/Heinersdorf/Märchenland“: no browser breaks that by itself."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(demo_url + path)
    renamed = page.evaluate("""() => {
      const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      let count = 0;
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.parentElement.closest("svg, script, style, select") || !/Marktviertel|Birkenkoppel|Südviertel/.test(text.data)) continue;
        text.data = text.data.replace(/Marktviertel|Birkenkoppel|Südviertel/, "Blankenburg/Heinersdorf/Märchenland");
        count++;
      }
      return count;
    }""")
    assert renamed
    wide = page.evaluate("""[...document.querySelectorAll("body *")]
      .filter((one) => !one.closest(".nr-table") && one.getBoundingClientRect().right > 361).map((one) => one.outerHTML.slice(0, 200))""")
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
