"""For the trade in Chromium: filters by level, kind, law, referral and places; four offers side by side; the own list as files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from generator.pipeline.build import Project
from generator.render.data_files.own_list import list_files
from tests.browser.conftest import Watched, until
from tests.browsing import findings
from tests.chance import every, whole

Watch = Callable[..., Watched]
pytestmark = pytest.mark.browser
WIDTHS = pytest.mark.parametrize("width", every((360, 1280), {360}))
FIVE = (
    "elterncafe-birkenkoppel",
    "lebensmittelausgabe-tafel",
    "wieder-zur-schule",
    "spfh-diakonie",
    "familienpaten",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = '=HYPERLINK("https://x.example";"<b>&\'Ü 🙂")\r\n;,\\"x"'


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    return Path(found.value.path()).read_bytes()


def opened(watch: Watch, demo_url: str, width: int = 1280, ids: tuple[str, ...] = FIVE) -> Watched:
    watched = watch(f"{demo_url}merkliste/#{','.join(ids)}", width)
    watched.page.get_by_text("Vergleichen oder als Datei mitnehmen").click()
    expect(watched.page.get_by_label("Angebote nebeneinander")).to_be_visible()
    return watched


@whole
@WIDTHS
def test_the_trade_filters_by_law_kind_level_referral_and_places(
    watch: Watch, demo_url: str, demo: Project, width: int
) -> None:
    context = demo.contexts[0]
    watched = watch(f"{demo_url}fachkraefte/", width)
    page = watched.page
    page.get_by_role("link", name="Angebote nach Art, Ebene und Recht").click()
    fold = page.locator("details", has=page.get_by_label("Rechtsgrundlage")).last
    expect(fold.get_by_label("Rechtsgrundlage")).to_be_visible()

    def shown(holds: Callable[[str], bool]) -> None:
        number = sum(1 for key, facts in context.facts.offers.items() if facts.active and holds(key))
        assert number > 0
        until(page, lambda: page.locator("#anzahl").inner_text().startswith(f"{number} Angebot"))

    offers, kinds = context.site.offers, context.site.words.kinds
    fold.get_by_label("Rechtsgrundlage").select_option("sgb-viii-16")

    def law(key: str) -> bool:
        basis = kinds[offers[key].kind].legal_basis
        return basis is not None and (basis.law, basis.paragraph) == ("SGB VIII", "16")

    shown(law)
    expect(page).to_have_url(re.compile(r"\?recht=sgb-viii-16$"))
    fold.get_by_label("Rechtsgrundlage").select_option("")
    fold.get_by_text("Plätze frei").click()

    def free(key: str) -> bool:
        room = offers[key].capacity
        return context.facts.offers[key].capacity_shown and room is not None and bool(room.free)

    shown(free)
    fold.get_by_text("Plätze frei").click()
    fold.get_by_label("Wer vermitteln darf").select_option("school")
    shown(
        lambda key: (
            (access := context.facts.offers[key].access) is not None and "school" in access.who_may_refer
        )
    )
    fold.get_by_text("Hilfen zur Erziehung und andere Einzelhilfen").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_clean()


def test_families_see_no_filter_of_the_trade_until_it_is_opened(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}angebote/").page
    page.locator("summary", has_text="Mehr Filter").click()
    expect(page.get_by_label("Rechtsgrundlage")).to_be_hidden()


def test_four_offers_side_by_side_are_one_sheet_of_paper(
    watch: Watch, demo_url: str, demo: Project, tmp_path: Path
) -> None:
    """The four with most to say, as far as they may be on a list; chosen where the other papers are chosen, or printed from the table."""
    context = demo.contexts[0]
    facts = context.facts.offers
    blocks = [
        json.loads(content)
        for path, content in list_files(context).items()
        if "eintraege" in path and path.startswith("merkliste/")
    ]
    entries = {key: entry for block in blocks for key, entry in block.items() if facts[key].active}
    most = sorted(entries, key=lambda key: len("".join([*entries[key]["f"], entries[key].get("a", "")])))[-4:]
    watched = watch(f"{demo_url}merkliste/#{','.join(most)}", 1280)
    page = watched.page
    page.get_by_label("ein Blatt mit bis zu vier Angeboten nebeneinander").check()
    expect(page.get_by_label("Angebote nebeneinander")).to_be_visible()
    watched.settled()
    sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(sheet.pages) == 1
    # Lines break where a column ends, words too.
    text = re.sub(r"[\s\u00ad-]", "", sheet.pages[0].extract_text())
    for key in most:
        assert re.sub(r"[\s\u00ad-]", "", entries[key]["n"]) in text
    for word in ("Rechtsgrundlage", "Ebene", "Geprüft am"):
        assert re.sub(r"\s", "", word) in text
    assert "Meine Merkliste" not in text
    page.get_by_label("eine Tabelle").check()
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.handout; }")
    page.get_by_role("button", name="Vergleich drucken").click()
    until(page, "window.printed === 'beside'")
    watched.assert_clean()


@whole
@WIDTHS
def test_up_to_four_offers_stand_side_by_side(watch: Watch, demo_url: str, width: int) -> None:
    watched = opened(watch, demo_url, width)
    page = watched.page
    beside = page.get_by_label("Angebote nebeneinander")
    expect(beside.locator("thead a")).to_have_count(4)
    fifth = page.get_by_role("checkbox", name="Familienpatinnen und Familienpaten")
    expect(fifth).to_be_disabled()
    page.get_by_role("checkbox", name="Wieder zur Schule").uncheck()
    fifth.check()
    expect(beside.locator("thead a").last).to_have_text("Familienpatinnen und Familienpaten")
    row = beside.get_by_role("row", name="Rechtsgrundlage")
    expect(row).to_contain_text("§ 31 SGB VIII")
    expect(beside.get_by_role("row", name="Zugang")).to_contain_text("Allgemeiner Sozialer Dienst")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
    # The same blocks for everybody: no request tells what is compared.
    asked = [url for url in watched.requests if "merkliste/" in url and url.endswith(".json")]
    assert {url.rpartition("/")[2] for url in asked} == {"eintraege-0.json", "fach-0.json"}
    watched.assert_clean()


def test_the_own_list_goes_along_as_table_contacts_and_document(
    watch: Watch, demo_url: str, demo: Project, demo_site: Path
) -> None:
    page = opened(watch, demo_url).page
    names = [demo.contexts[0].site.offers[key].name for key in FIVE]
    rows = list(csv.DictReader(io.StringIO(saved(page, "Tabelle (CSV)").decode("utf-8-sig")), delimiter=";"))
    assert [row["Angebot"] for row in rows] == names
    assert rows[3]["Rechtsgrundlage"] == "§ 31 SGB VIII"
    assert rows[3]["Telefon"] == "040 66969-217"
    cards = saved(page, "Kontakte (vCard)").decode()
    assert cards.count("BEGIN:VCARD\r\nVERSION:3.0\r\n") == cards.count("END:VCARD\r\n") == len(FIVE)
    assert "TEL;TYPE=WORK,VOICE:040 66969-217\r\n" in cards
    assert all(len(line.encode()) <= 75 for line in cards.split("\r\n"))
    # The very entries that stand beside the pages.
    assert cards == "".join(
        (demo_site / "angebote" / key / "kontakt.vcf").read_bytes().decode() for key in FIVE
    )
    word = saved(page, "Dokument (Word)")
    headings, words = document(word)
    assert headings == names
    # What is different at the moment goes along with everything else.
    notice = demo.contexts[0].site.offers["lebensmittelausgabe-tafel"].alert
    assert notice is not None
    for text in (rows[1]["Hinweis"], words):
        assert notice.text in text
    together, links = kept_together(word)
    assert together == [True] * len(FIVE)
    address = "https://nahraum.auenstedt.example/angebote/"
    assert links == [f'HYPERLINK "{address}{key}/"' for key in FIVE]
    expect(page.get_by_role("status").filter(has_text="Gespeichert als liste.docx")).to_be_visible()


def document(content: bytes) -> tuple[list[str], str]:
    """Read a document as a word processor does: sound files of a zip, well-formed XML; its headings and all of its words."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    types = {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    assert types == {"/word/document.xml", "/word/styles.xml"}
    body = parts["word/document.xml"]
    headings = [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in body.iter(f"{W}p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "Heading1"
    ]
    return headings, " ".join(text.text or "" for text in body.iter(f"{W}t"))


def kept_together(content: bytes) -> tuple[list[bool], list[str]]:
    """Tell of each offer whether no page begins within it, and where links lead; the paragraph that ends an offer is its link."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
        styles = ElementTree.fromstring(package.read("word/styles.xml"))
    kept = {
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}pPr/{W}keepNext") is not None
    }
    offers: list[list[bool]] = []
    links: list[str] = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else None
        if name == "Heading1":
            offers.append([])
        if (link := paragraph.find(f"{W}fldSimple")) is not None:
            links.append(link.get(f"{W}instr") or "")
        elif offers:
            offers[-1].append(name in kept)
    return [all(lines) and len(lines) > 3 for lines in offers], links


def test_hostile_words_stay_words_in_every_file(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}merkliste/")
    page = watched.page

    def changed(route: Route) -> None:
        entries = route.fetch().json()
        entries[FIVE[0]] |= {"n": HOSTILE, "s": "\u0001+49 cmd|' /C calc'!A0", "p": "+49 40 66969-213"}
        route.fulfill(body=json.dumps(entries), content_type="application/json")

    page.route("**/eintraege-0.json", changed)
    page.goto(f"{demo_url}merkliste/#{FIVE[0]}")
    page.get_by_text("Vergleichen oder als Datei mitnehmen").click()
    (row,) = csv.DictReader(
        io.StringIO(saved(page, "Tabelle (CSV)").decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert row["Angebot"] == "'" + HOSTILE
    assert row["Telefon"] == "+49 40 66969-213"
    headings, words = document(saved(page, "Dokument (Word)"))
    assert headings == [HOSTILE.replace("\r\n", "\n")]
    assert "+49 cmd" in words
