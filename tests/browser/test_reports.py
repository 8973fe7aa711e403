"""Reports in Chromium: no findings of axe, no sideways scrolling, sorting and comparing by keyboard, profiles on two sheets."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch, served
from tests.browser.test_layout import BROKEN
from tests.browsing import WCAG, findings
from tests.chance import every

PAGES = (
    "berichte/", "berichte/kinder-sgb2/", "berichte/hze/", "berichte/grundschulkinder/", "berichte/vergleich/",
    "berichte/abdeckung/", "berichte/abdeckung/suederaue/", "sozialraeume/suederaue/", "netzwerke/ag-78-suederaue/sitzung/",
)  # fmt: skip

TABLES = ("berichte/kinder-sgb2/", "berichte/hze/", "berichte/jugendarbeitslosigkeit/")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(watch: Watch, demo_url: str, path: str) -> None:
    """In the part that is the reports' own; the frame has its own tests."""
    watched = watch(demo_url + path, 320)
    page = watched.settled()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    for width, scheme, colours in ((360, "light", False), (1280, "light", True), (1280, "dark", True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        watched.settled()
        found = findings(page, (*WCAG, "best-practice"), within="main", colours=colours)
        assert found == [], (width, scheme)
    watched.assert_clean()


@pytest.mark.parametrize("path", TABLES)
def test_a_desk_cuts_no_table_of_figures(tab: Watch, demo_url: str, path: str) -> None:
    """Only a table of many years or groups is wider than the page: it scrolls, with a shadow at its edge."""
    page = tab(demo_url + path, 1280).page
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    boxes = page.locator(".nr-table:has(> :is([id^=werte], #vor-ort))")
    assert boxes.count() > 1
    for cut in boxes.evaluate_all("(all) => all.map((box) => box.scrollWidth - box.clientWidth)"):
        assert cut <= 0


def test_a_table_sorts_by_keyboard_and_says_so(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url + "berichte/kinder-sgb2/").page
    heading = page.locator("#werte thead th").nth(1)
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    values = [number(text) for text in page.locator("#werte tbody tr td:nth-child(2)").all_inner_texts()]
    assert values == sorted(values, reverse=True)
    page.keyboard.press("Space")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(page.locator(".nr-table + [role=status]").first).to_contain_text("aufsteigend")
    names = page.locator("#werte thead th").first
    names.get_by_role("button").press("Enter")
    expect(names).to_have_attribute("aria-sort", "ascending")
    expect(heading).not_to_have_attribute("aria-sort", re.compile(".+"))


def test_secret_rows_stay_last_in_both_directions(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url + "berichte/vergleich/").page
    page.locator("details", has=page.locator("#alle-quartier")).locator("summary").first.click()
    column = page.locator('#alle-quartier th[data-key="gefaehrdung-8a"]')
    place = 1 + int(column.evaluate("(cell) => cell.cellIndex"))
    for _direction in range(2):
        column.get_by_role("button").press("Enter")
        texts = page.locator(f"#alle-quartier tbody tr td:nth-child({place})").all_inner_texts()
        silent = [number for number, text in enumerate(texts) if "geheim" in text]
        assert silent
        assert silent == list(range(len(texts) - len(silent), len(texts)))


def test_areas_are_compared_by_keyboard_alone(watch: Watch, demo_url: str) -> None:
    watched = watch(demo_url + "berichte/vergleich/")
    page = watched.page
    expect(page.locator("#auswahl")).to_be_visible()
    before = page.locator("#ergebnis tbody tr").count()
    page.locator("#auswahl summary").first.focus()
    reached: list[str] = []
    for _step in range(40):
        page.keyboard.press("Tab")
        value = page.evaluate(
            "document.activeElement.matches('input[name=g]') ? document.activeElement.value : ''"
        )
        if value:
            reached.append(value)
        if value == "heidkamp":
            break
    assert reached[-1] == "heidkamp"
    page.keyboard.press("Space")
    expect(page.locator("#ergebnis tbody tr")).to_have_count(before + 1)
    expect(page.locator("#vergleich-stand")).to_contain_text("Gebiete 4")
    row = page.locator("#ergebnis tbody tr", has_text="Heidkamp").first
    expect(row.locator("svg circle")).to_be_visible()
    watched.settled()
    expect(page).to_have_url(re.compile("#.*heidkamp"))
    watched.assert_clean()
    assert not page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")


def test_a_comparison_can_be_handed_on(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url + "berichte/vergleich/#g=heidkamp.suederaue&k=kinder-sgb2.hze").page
    expect(page.locator("#ergebnis h2")).to_have_count(2)
    expect(page.locator("#ergebnis section").first.locator("tbody tr")).to_have_count(2)


def test_without_scripts_every_figure_is_there(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url + "berichte/vergleich/", java_script_enabled=False).page
    expect(page.locator("#auswahl")).to_be_hidden()
    assert page.locator("#alle-quartier tbody tr").count() > 3


PROFILES = [
    f"sozialraeume/{key}/" for key in ("suederaue", "norderaue", "heidkamp", "muehlenfeld", "birkenkoppel")
]


@pytest.mark.parametrize("path", PROFILES)
def test_what_a_committee_reads_prints_on_two_sheets(
    tab: Watch, demo_url: str, tmp_path: Path, path: str
) -> None:
    page = tab(demo_url + path).page
    file = tmp_path / "profil.pdf"
    page.pdf(path=file, format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", file.read_bytes())) <= 2


@pytest.mark.parametrize("path", ["berichte/kinder-sgb2/", "berichte/vergleich/"])
def test_paper_has_no_buttons(watch: Watch, demo_url: str, path: str) -> None:
    page = watch(demo_url + path).page
    page.emulate_media(media="print")
    expect(page.locator(".nr-sort__arrow").first).to_be_hidden()
    expect(page.locator(".nr-nav")).to_be_hidden()
    if page.locator(".nr-map__bar").count():
        expect(page.locator(".nr-map__bar").first).to_be_hidden()


@pytest.mark.guards("Law, paper, speed: paper shows what is needed; first load at most 150 kB, scripts 37 kB")
@pytest.mark.parametrize(
    "path",
    every(
        (
            "", "angebote/", "angebote/nach/sprache/tr/", "angebote/elterncafe-birkenkoppel/", "themen/schulden/", "fuer-dich/",
            "sozialraeume/", "sozialraeume/suederaue/", "fachkraefte/", "fachkraefte/fall/", "berichte/kinder-sgb2/", "ar/",
        ),
        {"", "angebote/", "fachkraefte/fall/", "berichte/kinder-sgb2/"},
    ),
)  # fmt: skip
def test_first_load_is_light(watch: Watch, demo_url: str, demo_site: Path, path: str) -> None:
    """All files that the page asks for, compressed as a server would: at most 150 kB, of them at most 40 kB of scripts: what time and price somebody means is read before the first hit."""
    watched = watch(demo_url + path)
    watched.settled()
    files = {re.sub(r"[?#].*", "", address).removeprefix(demo_url) for address in watched.requests}
    sizes = {name: len(gzip.compress(path_of(demo_site, name).read_bytes())) for name in files}
    assert sum(sizes.values()) <= 150_000, sorted(files)
    scripts = {name: size for name, size in sizes.items() if name.endswith(".js")}
    assert sum(scripts.values()) <= 40_050, scripts


def path_of(site: Path, name: str) -> Path:
    path = site / name
    return path / "index.html" if path.is_dir() else path


def number(text: str) -> float:
    return float(text.split()[0].replace(".", "").replace(",", "."))


@pytest.mark.parametrize(
    "group",
    ["ag-78-suederaue", "ag-78-norderaue", "jugendhilfeausschuss", "planungsgruppe"],
)
@pytest.mark.parametrize("site", ["demo_site", "internal_site"])
def test_a_pack_prints_on_two_sheets(
    watch: Watch, request: pytest.FixtureRequest, tmp_path: Path, group: str, site: str
) -> None:
    """The first ends with what is to decide and what was agreed, the second begins with the quarters."""
    with served(request.getfixturevalue(site)) as url:
        page = watch(f"{url}netzwerke/{group}/sitzung/").page
        file = tmp_path / "unterlage.pdf"
        page.pdf(path=file, format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", file.read_bytes())) == 2
        page.emulate_media(media="print")
        # As wide as a sheet between its margins.
        page.set_viewport_size({"width": 673, "height": 900})
        assert page.evaluate(BROKEN, 20) == []
        expect(page.locator(".nr-notes").last).to_be_visible()
        assert page.locator(".nr-notes").last.evaluate("item => item.offsetHeight") > 50


def test_a_picture_is_taken_along_as_png_too(tab: Watch, demo_url: str) -> None:
    page = tab(demo_url + "berichte/kita-unter-3/", 360).settled()
    buttons = page.get_by_role("button", name="Bild (PNG)")
    expect(buttons).to_have_count(3)
    with page.expect_download() as coming:
        buttons.first.click()
    assert coming.value.suggested_filename == "karte.png"
    png = coming.value.path().read_bytes()
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width == 2 * 760
