"""The preparation of a case in a real browser: from goals to paper, nothing kept, sent or put into an address; danger comes first."""

import json
import re
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from generator.subjects.casework.page_sheets import IDS
from tests.browser.conftest import Watch, Watched, reached_by_tab, served, until, with_sources
from tests.browsing import findings
from tests.chance import whole

WILL = "Ich will, dass es morgens ohne Streit losgeht."
GOAL = "Die Kinder sind nachmittags gut betreut und finden Freunde"
JOY, VIOLENCE = "Etwas zusammen machen", "Gewalt und Angst"
SAFE = "Nein, im Moment sicher"
WILL_FIELD, GOALS_FIELD = "Was will die Familie?", "Ziele, eines je Zeile"
NO = "Nein, wir haben das geklärt"
EMPTY = """[...document.querySelectorAll("[data-case] :is(textarea, input[type=text], select:not([id]))")].every(({ value }) => !value)
  && !document.querySelector("[data-case-form] [aria-pressed=true]") && !document.querySelector(".nr-idea, .nr-case__taken")"""
KEPT = """(async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length, location.href, document.title, history.length])()"""


def pages_of(page: Page, *, headers: bool = False) -> list[str]:
    """Print the page and read back the words of each sheet, `headers` with the lines that browsers add on their own."""
    paper = page.pdf(prefer_css_page_size=True, display_header_footer=headers)
    return [
        " ".join(normalize("NFKC", sheet.extract_text()).split())  # fonts join „fi“ into one sign
        for sheet in PdfReader(BytesIO(paper)).pages
    ]


def desk(watch: Watch, url: str, width: int = 1280) -> Watched:
    """Open the workspace and answer the first question with no."""
    watched = watch(f"{url}fachkraefte/fall/", width)
    watched.page.get_by_label(NO).check()
    expect(watched.page.get_by_role("button", name=JOY)).to_be_visible()
    return watched


def choose(page: Page, *names: str) -> None:
    """Tap chips."""
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def test_no_word_of_the_bar_breaks_on_a_small_screen(watch: Watch, demo_url: str) -> None:
    page = desk(watch, demo_url, 360).page
    page.get_by_label("Weitere Ideen").fill("Nähkreis fragen")
    expect(page.get_by_role("button", name="Paket (1)")).to_be_visible()
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        broken = page.locator(".nr-case__bar .nr-button__text").evaluate_all(
            """(texts) => texts.flatMap((text) => text.textContent.split(/\\s+/).filter((word) => {
              const range = document.createRange(), at = text.firstChild.data.indexOf(word);
              range.setStart(text.firstChild, at);
              range.setEnd(text.firstChild, at + word.length);
              return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
            }))"""
        )
        assert broken == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def codes(page: Page, addresses: list[str]) -> list[str]:
    """What the codes on the paper say, of these addresses; that the module draws what other programs read: tests/render/test_remembered.py."""
    return with_sources(page).evaluate(  # type: ignore[no-any-return]
        """async (addresses) => {
          const { drawing } = await import("/quellen/qr.js");
          const path = (code) => code.querySelector("path").getAttribute("d");
          const said = new Map(addresses.map((address) => [path(drawing(address, "")), address]));
          return [...document.querySelectorAll("[data-case-paper] .nr-qr")].map((code) => said.get(path(code)) ?? "");
        }""",
        addresses,
    )


def tick(page: Page) -> None:
    """Open the questions about what the family has itself, and tick the first."""
    page.get_by_text("Was die Familie selbst hat", exact=True).first.click()
    page.get_by_label("Was können Sie gut?").check()


def reach(watched: Watched, name: str, role: str = "button") -> None:
    """Reach something by Tab alone."""
    page = watched.settled()
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    assert reached_by_tab(page, wanted, 150), f"{name} can't be reached by keyboard"


def test_what_is_written_while_the_offers_are_on_their_way_stays(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}fachkraefte/fall/", 1280)
    page = watched.page
    held: list[Route] = []
    page.route("**/verzeichnis.json*", lambda route: held.append(route))
    page.get_by_label(NO).check()
    page.get_by_label(WILL_FIELD).fill(WILL)
    until(page, lambda: bool(held))
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name=JOY)).to_be_visible()
    expect(page.get_by_label(WILL_FIELD)).to_have_value(WILL)
    page.unroute("**/verzeichnis.json*")


def test_who_reads_that_there_are_ideas_sees_some_and_no_sheet_is_blank(tab: Watch, demo_url: str) -> None:
    page = desk(tab, demo_url).page
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator("[data-case-paper]")).to_contain_text("Noch steht nichts darauf")
    expect(page.locator(".nr-handout-sheet")).to_have_count(0)
    expect(page.get_by_role("button", name="Drucken", exact=True)).to_be_disabled()
    choose(page, "Wer betreut mein Kind?", "Ferien")
    page.get_by_label("Alter der Kinder", exact=True).select_option("4")
    page.get_by_label("Sozialraum", exact=True).select_option("kirchkoppel")
    status = page.locator("[data-case-status]")
    expect(status).to_have_text(re.compile(r"^\d+ Ideen? · Kirchkoppel"))
    there = int(status.inner_text().split()[0])
    assert page.locator(".nr-rung .nr-idea:visible").count() == min(7, there)
    page.get_by_label("Weitere Ideen").fill("Nähkreis fragen")
    expect(page.locator(".nr-handout-sheet")).to_contain_text("Nähkreis fragen")
    expect(page.get_by_role("button", name="Drucken", exact=True)).to_be_enabled()


def test_a_card_without_an_answer_is_printed_as_what_is_missing(tab: Watch, demo_url: str) -> None:
    """No empty sheet: on screen and on paper stands what to do, and not what the card is for."""
    page = desk(tab, demo_url).page
    page.get_by_label("Neutrale Karte").check()
    expect(page.get_by_role("button", name="Drucken", exact=True)).to_be_disabled()
    assert "Noch steht nichts darauf: Beantworten Sie erst die Frage" in " ".join(pages_of(page))
    page.get_by_label("Ist es sicher, das mitzunehmen?").select_option("no")
    assert "Von diesem Blatt wird nichts gedruckt." in " ".join(pages_of(page))
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator("[data-case-paper]")).to_contain_text("Noch steht nichts darauf")
    assert "Nehmen Sie Ideen ins Paket" in " ".join(pages_of(page))


def test_a_handout_that_is_still_loading_prints_no_team_sheet(tab: Watch, demo_url: str) -> None:
    """Who chooses the family's paper and prints with the browser's own keys never has the will on it, however slow the line."""
    page = desk(tab, demo_url).page
    held: list[Route] = []
    page.route("**/eintraege-*.json", lambda route: held.append(route))
    page.get_by_label(WILL_FIELD).fill(WILL)
    page.get_by_label("Weitere Ideen").fill("Nähkreis fragen")
    assert WILL in " ".join(pages_of(page))
    page.get_by_label("Handzettel für die Familie").check()
    until(page, lambda: bool(held))
    assert WILL not in " ".join(pages_of(page))
    for route in held:
        route.continue_()
    expect(page.locator(".nr-handout-sheet")).to_contain_text("Nähkreis fragen")
    page.unroute("**/eintraege-*.json")


@pytest.mark.parametrize("again", [False, True], ids=["once it came", "before it came"])
def test_a_handout_that_came_late_is_printed_as_nothing_else(
    watch: Watch, demo_url: str, *, again: bool
) -> None:
    """Who pressed „Drucken“ for the family's paper and chose the team's before it was there prints neither by that press, also who chose the family's `again`."""
    page = desk(watch, demo_url).page
    page.evaluate("window.printed = 0; window.print = () => { window.printed += 1; }; null")
    page.get_by_label("Weitere Ideen").fill("Nähkreis fragen")
    held: list[Route] = []
    page.route("**/eintraege-*.json", lambda route: held.append(route))
    page.get_by_label("Handzettel für die Familie").check()
    page.get_by_role("button", name="Drucken").click()
    until(page, lambda: bool(held))
    page.get_by_label("Blatt fürs Team").check()
    if again:
        page.get_by_label("Handzettel für die Familie").check()
    with page.expect_response("**/eintraege-*.json"):
        for route in held:
            route.continue_()
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator(".nr-handout-sheet")).to_contain_text("Nähkreis fragen")
    assert page.evaluate("window.printed") == 0
    page.get_by_role("button", name="Drucken").click()
    until(page, "window.printed === 1")


def test_what_is_forgotten_comes_back_with_no_late_street_and_no_late_file(
    watch: Watch, demo_url: str, tmp_path: Path
) -> None:
    """„Alles ist vergessen“ holds for what is still being looked up or read."""
    page = desk(watch, demo_url).page
    held: list[Route] = []
    page.route("**/strassen.json", lambda route: held.append(route))
    page.locator("summary", has_text="Über die Straße finden").click()
    page.get_by_label("Straße", exact=True).fill("Ahornweg 12")
    page.keyboard.press("Enter")
    until(page, lambda: bool(held))
    (tmp_path / "file.json").write_text(
        json.dumps({"format": "nahraum-ideen", "version": 1, "offers": [], "prompts": ["kann-ich"]}), "utf-8"
    )
    page.evaluate(
        """{
          const { text } = Blob.prototype;
          Blob.prototype.text = async function () {
            await new Promise((read) => { window.read = read; });
            return text.call(this);
          };
          null;
        }"""
    )
    page.locator("#fall-datei").set_input_files(tmp_path / "file.json")
    until(page, "Boolean(window.read)")
    page.get_by_role("button", name="Alles vergessen").click()
    expect(page.get_by_text("Alles ist vergessen.")).to_be_visible()
    page.evaluate("window.read()")
    with page.expect_response("**/strassen.json"):
        held[0].continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    page.get_by_label(NO).check()
    expect(page.get_by_label("Was können Sie gut?")).not_to_be_checked()
    expect(page.get_by_label("Sozialraum", exact=True)).to_have_value("")


@pytest.mark.guards("Privacy: words sought reach no address, history or title")
def test_from_chips_to_paper_without_a_trace(watch: Watch, demo_url: str) -> None:
    """Address, title, history, storage and requests hold nothing of a case; another tab and Back find an empty desk."""
    watched = desk(watch, demo_url)
    page = watched.page
    before = page.evaluate(KEPT)
    assert before[:6] == [0, 0, "", 0, 0, 0]
    page.get_by_label(WILL_FIELD).fill(WILL)
    page.get_by_label(GOALS_FIELD).fill(GOAL)
    choose(page, JOY, "Sport und Bewegung", "Wer betreut mein Kind?", "ohne Anmeldung")
    page.get_by_label("Alter der Kinder", exact=True).select_option("8")
    page.get_by_label("Sprache", exact=True).select_option("tr")
    page.get_by_label("Sozialraum", exact=True).select_option("heidkamp")
    expect(page.locator("[data-case-status]")).to_contain_text("Ideen")
    watched.settled()
    first = page.locator(".nr-rung .nr-idea").first
    title = first.locator("h4").inner_text()
    first.locator("summary").click()
    for says in ("Wo", "Sprachen", "Geprüft"):
        expect(first).to_contain_text(says)
    first.get_by_role("button", name="Ins Paket").click()
    tick(page)
    page.get_by_label("Ideen dazu: Ihre Menschen").fill("Oma holt dienstags ab")
    page.get_by_label("Weitere Ideen").fill("Nähkreis fragen")
    # Whatever was chosen: the same files for everybody, and no address says what was chosen.
    assert page.locator("#fall a[href]").count() == 0
    watched.settled()
    (team,) = pages_of(page)
    for words in (
        WILL,
        GOAL,
        title,
        "Was können Sie gut?",
        "Ihre Menschen",
        "Oma holt dienstags ab",
        "Nähkreis fragen",
        "Frage zum Schluss",
        "ersetzen keinen Anspruch",
    ):
        assert words in team
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator(".nr-handout-sheet")).to_contain_text(title)
    (handout,) = pages_of(page, headers=True)
    assert title in handout
    assert "Ihr Recht auf Hilfe bleibt" in handout
    for secret in (
        WILL,
        GOAL,
        "Anmelden kann",
        "SGB VIII Infrastruktur",
        "Alltag und Nachbarschaft",
        "Fallgespräch",
    ):
        assert secret not in handout
    page.get_by_label("Sprache auf dem Papier").select_option("en")
    expect(page.locator(".nr-handout-sheet[lang=en]")).to_contain_text("You keep your right to help.")
    after = page.evaluate(KEPT)
    assert after == before
    asked = [url for url in watched.requests if "?" not in url]
    assert not [url for url in asked if "angebote/" in url and not url.endswith(".json")]
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label(NO).check()
    expect(other.get_by_role("button", name=JOY)).to_be_visible()
    assert other.evaluate(EMPTY)
    assert other.evaluate(KEPT)[:-1] == before[:-1]
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{demo_url}impressum/")
    page.go_back()
    page.get_by_label(NO).check()
    expect(page.get_by_role("button", name=JOY)).to_be_visible()
    assert page.evaluate(EMPTY)
    watched.assert_clean()


@pytest.mark.needs("lean-qr")
def test_a_handout_has_a_code_with_the_address_of_its_offer(tab: Watch, demo_url: str) -> None:
    page = desk(tab, demo_url).page
    choose(page, JOY)
    first = page.locator(".nr-rung .nr-idea").first
    first.locator("summary").click()
    first.get_by_role("button", name="Ins Paket").click()
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator(".nr-handout-sheet")).to_contain_text(first.locator("h4").inner_text())
    address = f"https://nahraum.auenstedt.example/angebote/{first.get_attribute('data-offer')}/"
    assert codes(page, [address]) == [address]


def test_the_team_s_sheet_is_one_page(watch: Watch, demo_url: str) -> None:
    """With ten ideas, three goals, and what the family has itself."""
    page = desk(watch, demo_url).page
    page.get_by_label(WILL_FIELD).fill(f"{WILL} {WILL} {WILL}")
    page.get_by_label(GOALS_FIELD).fill("\n".join([GOAL] * 3))
    choose(page, "Schule macht Sorgen", "Schulangst", JOY, "Sport und Bewegung")
    page.get_by_role("button", name="weitere zeigen").click()
    for nth in range(10):
        page.locator(".nr-rung .nr-idea__take").nth(nth).click()
    tick(page)
    page.get_by_label("Wen rufen Sie an, wenn es eng wird?").check()
    page.get_by_label("Wer könnte Ihnen einmal in der Woche etwas abnehmen?").check()
    page.get_by_label("Ideen dazu: Ihre Menschen").fill("Oma holt dienstags ab")
    page.get_by_label("Weitere Ideen").fill("Nähkreis fragen\nFahrrad leihen")
    expect(page.locator(".nr-team-sheet__idea")).to_have_count(10)
    (team,) = pages_of(page)
    assert "In die Akte oder vernichten" in team


def test_what_is_forgotten_is_on_the_page_no_more(watch: Watch, demo_url: str) -> None:
    watched = desk(watch, demo_url)
    page = watched.page
    before = page.evaluate(KEPT)
    page.get_by_label(WILL_FIELD).fill(WILL)
    page.get_by_label(GOALS_FIELD).fill(GOAL)
    choose(page, JOY, "kostenlos")
    page.get_by_label("Alter der Kinder", exact=True).select_option("8")
    page.locator(".nr-idea__take").first.click()
    page.get_by_role("button", name="Alles vergessen").click()
    expect(page.get_by_text("Alles ist vergessen.")).to_be_visible()
    expect(page.get_by_label(WILL_FIELD)).to_be_hidden()
    assert page.evaluate(EMPTY)
    assert (
        page.locator("input:checked").evaluate_all("all => all.filter(({ name }) => name !== 'paper').length")
        == 0
    )
    assert WILL not in page.content()
    assert GOAL not in page.content()
    assert page.evaluate(KEPT) == before
    watched.assert_clean()


def test_danger_hides_the_ladder(tab: Watch, demo_url: str) -> None:
    """Yes and unsure show what to do, with numbers and hours; a claim to help stays one tap away."""
    watched = tab(f"{demo_url}fachkraefte/fall/", 360)
    page = watched.page
    expect(page.locator("#fall")).to_be_hidden()
    for answer in ("Ja", "Ich bin unsicher"):
        page.get_by_label(answer, exact=True).check()
        expect(page.get_by_role("heading", name="Erst der Schutz, dann alles andere")).to_be_visible()
        expect(page.locator("#fall")).to_be_hidden()
    watched.settled()
    calls = page.locator("[data-case-protect] .nr-calls > li")
    assert calls.first.get_by_role("link").inner_text() == "110"
    for call in calls.all():
        assert call.locator(".nr-calls__when").inner_text() != ""
    assert "Zeiten nicht eingetragen" not in page.locator("[data-case-protect]").inner_text()
    # Who is there day and night stands before offices that may be closed; on paper nobody is "open now" tomorrow.
    now = [call.inner_text() for call in page.locator(".nr-case__now .nr-calls > li").all()]
    offices = [row for row, text in enumerate(now) if "Allgemeiner Sozialer Dienst" in text]
    custody = [row for row, text in enumerate(now) if "Jugendschutzstelle" in text]
    assert offices
    assert custody
    assert max(custody) < min(offices)
    printed = " ".join(pages_of(page))
    assert "an Feiertagen geschlossen" in printed
    assert not re.search(r"jetzt (offen|zu|geschlossen)|öffnet|schließt", printed)
    assert findings(page) == []
    page.get_by_role("button", name="HzE prüfen, Antrag, § 5").click()
    expect(page.get_by_role("heading", name="Hilfe zur Erziehung: prüfen")).to_be_focused()
    page.get_by_label(NO).check()
    expect(page.locator("[data-case-protect]")).to_be_hidden()
    page.get_by_label(WILL_FIELD).fill("Mein Mann schlägt mich")
    expect(page.locator(".nr-danger")).to_be_visible()
    page.get_by_role("button", name="Zurück zur ersten Frage: Gefahr?").click()
    expect(page.get_by_label("Ja", exact=True)).to_be_focused()
    watched.assert_clean()


def test_before_the_first_answer_nothing_else_stands_there(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}fachkraefte/fall/", 1280)
    page = watched.settled()
    expect(page.get_by_label(NO)).to_be_visible()
    assert page.locator(".nr-case h2:visible").count() == 0
    assert page.locator(".nr-case button:visible").count() == 0
    page.get_by_label("Ja", exact=True).check()
    expect(page.get_by_role("heading", name="Hilfe zur Erziehung: prüfen")).to_be_visible()


def test_violence_asks_before_it_offers_subjects(tab: Watch, demo_url: str) -> None:
    """Who isn't sure that nobody is in danger sees what protects; till then it finds nothing, and its places have no name."""
    watched = desk(tab, demo_url)
    page = watched.page
    choose(page, VIOLENCE)
    expect(page.get_by_role("button", name="Gewalt zu Hause", exact=True)).to_be_hidden()
    expect(page.locator(".nr-idea")).to_have_count(0)
    choose(page, SAFE)
    expect(page.get_by_role("button", name="Gewalt zu Hause", exact=True)).to_be_focused()
    expect(page.locator(".nr-danger")).to_be_visible()
    choose(page, "Zuflucht")
    expect(page.get_by_role("heading", name="Sicherer Platz").first).to_be_visible()
    words = page.locator("#fall").inner_text()
    assert "Frauenhaus" not in words
    assert "Wegwarte, Frauenhaus" not in words
    choose(page, VIOLENCE)
    expect(page.locator(".nr-idea")).to_have_count(0)
    choose(page, VIOLENCE, "Ja oder unsicher")
    expect(page.get_by_role("heading", name="Erst der Schutz, dann alles andere")).to_be_focused()
    expect(page.get_by_label("Ich bin unsicher")).to_be_checked()
    expect(page.locator("#fall")).to_be_hidden()
    watched.assert_clean()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1366, 768)])
def test_the_first_idea_is_in_view_once_chips_are_chosen(
    watch: Watch, demo_url: str, width: int, height: int
) -> None:
    """Also after the last chip below, and no column scrolls by itself; at 360 px their number is in view, and leads there."""
    page = desk(watch, demo_url, width).page
    page.set_viewport_size({"width": width, "height": height})
    first = page.locator(".nr-rung .nr-idea").first
    for name in (
        "Das Geld reicht nicht",
        "Schule macht Sorgen",
        "Schulden",
        "Hausaufgaben und Lernen",
        "kostenlos",
        "Selbstmelder",
    ):
        chip = page.get_by_role("button", name=name, exact=True)
        chip.evaluate("(chip) => { chip.scrollIntoView({ block: 'nearest' }); chip.click(); }")
        expect(first.locator("h4")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    assert first.evaluate("(idea) => innerHeight - 62 > idea.getBoundingClientRect().bottom")
    scrolling = "[...document.querySelectorAll('.nr-case__desk, .nr-case__desk *')].filter((part) => part.tagName !== 'TEXTAREA' && ['auto', 'scroll'].includes(getComputedStyle(part).overflowY)).length"
    assert page.evaluate(scrolling) == 0
    page.set_viewport_size({"width": 360, "height": 800})
    count = page.get_by_role("button", name=re.compile(r"^Ideen \(\d+\)$"))
    expect(count).to_be_in_viewport()
    count.click()
    expect(first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_seven_ideas_are_open_and_one_button_shows_the_rest(watch: Watch, demo_url: str) -> None:
    """Where a situation alone was chosen, a subject is asked for; who interprets stands once above the list."""
    page = desk(watch, demo_url).page
    choose(page, "Neu hier")
    page.get_by_label("Sprache", exact=True).select_option(label="Türkisch")
    ladder = page.locator("[data-case-ladder]")
    expect(ladder).to_contain_text("Welches Thema unter „Neu hier“?")
    assert ladder.inner_text().count("Es übersetzt:") == 1
    assert "Türkisch: nicht gesagt" not in ladder.inner_text()
    shown = ladder.locator(".nr-rung .nr-idea")
    expect(shown).to_have_count(7)
    page.get_by_role("button", name="weitere zeigen").click()
    expect(page.get_by_role("button", name="weitere zeigen")).to_have_count(0)
    assert shown.count() > 7
    choose(page, "Deutsch lernen")
    expect(ladder).not_to_contain_text("Welches Thema")


def test_what_leaves_the_package_is_said_and_who_does_it_until_when_stands_on_paper(
    watch: Watch, demo_url: str
) -> None:
    page = desk(watch, demo_url).page
    choose(page, "Neu hier", "Deutsch lernen")
    title = page.locator(".nr-rung .nr-idea h4").first.inner_text()
    page.locator(".nr-rung .nr-idea__take").first.click()
    expect(page.locator(".nr-team-sheet__done").first).to_be_hidden()
    assert "Bis wann:" in pages_of(page)[0]
    page.get_by_role("button", name=f"Entfernen {title}").click()
    expect(page.get_by_role("status").filter(has_text="Nicht mehr im Paket")).to_have_text(
        f"Nicht mehr im Paket: {title}"
    )


def test_what_does_not_fit_says_why_and_stays(watch: Watch, demo_url: str) -> None:
    """A group that pauses pauses in its heading and on paper; for whom an idea is stands on the sheet."""
    watched = desk(watch, demo_url)
    page = watched.page
    page.get_by_label("Alter der Kinder", exact=True).select_option("8")
    page.get_by_label("Sozialraum", exact=True).select_option("alt-heidkamp")
    choose(page, "Schule macht Sorgen", "Schulangst")
    others = page.locator("details", has=page.get_by_text(re.compile(r"^Passt nicht ganz: \d+$")))
    others.locator("> summary").click()
    older = others.locator("[data-offer=wieder-zur-schule]")
    expect(older).to_contain_text("10 bis 17 Jahre")
    expect(older.locator("strong")).to_have_text("passt nicht zu „8 Jahre“")
    choose(page, JOY, "Musik, Kunst und Bücher")
    group = page.locator("[data-offer=theatergruppe-heideschule]")
    expect(group.locator(".nr-badge")).to_have_text("pausiert")
    group.get_by_role("button", name="Ins Paket").click()
    expect(page.locator(".nr-team-sheet")).to_contain_text("pausiert · Kinder, 8 bis 11 Jahre")
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator(".nr-handout-sheet")).to_contain_text("pausiert")
    watched.assert_clean()


def test_what_is_saved_holds_offers_and_questions_and_opens_again(
    tab: Watch, demo_url: str, tmp_path: Path
) -> None:
    """Protection is in no file and on no handout; its numbers go on a card of their own, after a question."""
    watched = desk(tab, demo_url)
    page = watched.page
    page.get_by_label(WILL_FIELD).fill(WILL)
    page.get_by_label("Sozialraum", exact=True).select_option("birkenkoppel")
    choose(page, "Neu hier", "Begegnung", VIOLENCE, SAFE, "Gewalt zu Hause")
    page.get_by_role("button", name="weitere zeigen").click()
    page.locator("[data-offer=nachbarschaftscafe-birkenkoppel] .nr-idea__take").click()
    page.locator("[data-offer=wegwarte-frauenberatung] .nr-idea__take").click()
    page.locator("[data-offer=zuflucht-wegwarte] .nr-idea__take").click()
    for words in ("Frauenhaus", "Sicherer Platz", "040 66969-444"):
        expect(page.locator(".nr-team-sheet")).not_to_contain_text(words)
    tick(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Speichern").click()
    saving.value.save_as(tmp_path / "file.json")
    assert saving.value.suggested_filename == "merkzettel.json"
    file = json.loads((tmp_path / "file.json").read_text("utf-8"))
    assert set(file) == {"format", "version", "offers", "prompts"}
    assert len(file["offers"]) == 1
    assert file["prompts"] == ["kann-ich"]
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator(".nr-handout-sheet__offer")).to_have_count(1)
    expect(page.get_by_text("Heikles steht nicht auf dem Handzettel.")).to_be_visible()
    page.get_by_label("Neutrale Karte").check()
    expect(page.locator(".nr-card-sheet")).to_have_count(0)
    expect(page.get_by_role("button", name="Drucken")).to_be_disabled()
    page.get_by_label("Ist es sicher, das mitzunehmen?").select_option("yes")
    expect(page.locator(".nr-card-sheet li")).to_have_count(5)
    (card,) = pages_of(page, headers=True)
    assert card.startswith("Wichtige Nummern")
    assert "Fallgespräch" not in card
    assert not {"gewalt", "schutz", "frauen"} & set(
        page.locator(".nr-card-sheet").inner_text().lower().split()
    )
    page.get_by_role("button", name="Alles vergessen").click()
    page.get_by_label(NO).check()
    for text in ("{}", "no json", json.dumps({**file, "version": 2})):
        page.set_input_files(
            "#fall-datei", {"name": "x.json", "mimeType": "application/json", "buffer": text.encode()}
        )
        expect(page.get_by_text("Diese Datei ist kein gespeichertes Paket.")).to_be_visible()
    # What protects comes by no file, whoever wrote it.
    forged = {**file, "offers": [*file["offers"], "zuflucht-wegwarte"]}
    page.set_input_files(
        "#fall-datei",
        {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(forged).encode()},
    )
    expect(page.get_by_text("So viele Angebote gibt es hier nicht: 1.")).to_be_visible()
    expect(page.locator(".nr-case__taken li")).to_have_count(1)
    page.get_by_role("button", name="Alles vergessen").click()
    page.get_by_label(NO).check()
    page.set_input_files("#fall-datei", tmp_path / "file.json")
    expect(page.locator(".nr-case__taken li")).to_have_count(1)
    expect(page.get_by_label("Was können Sie gut?")).to_be_checked()
    watched.assert_clean()


@pytest.mark.parametrize("width", [360, 1280])
def test_by_keyboard_alone(tab: Watch, demo_url: str, width: int) -> None:
    """From the question to the package with Tab, arrows and Enter; no finding of axe, no sideways scrolling."""
    to_the_package(tab(f"{demo_url}fachkraefte/fall/", width), width)


def test_by_keyboard_alone_on_the_internal_site(watch: Watch, internal_site: Path) -> None:
    with served(internal_site) as url:
        to_the_package(watch(f"{url}fachkraefte/fall/", 1280), 1280)


def to_the_package(watched: Watched, width: int) -> None:
    page = watched.page
    reach(watched, "Ja", "radio")
    page.keyboard.press("ArrowUp")  # from the first to the last: no
    expect(page.get_by_label(NO)).to_be_checked()
    expect(page.get_by_role("button", name=JOY)).to_be_visible()
    reach(watched, WILL_FIELD, "textbox")
    page.keyboard.type("Mia geht wieder gern zur Schule")
    reach(watched, "Schule macht Sorgen")
    page.keyboard.press("Enter")
    reach(watched, "Schulangst")
    page.keyboard.press("Space")
    expect(page.locator(".nr-idea").first).to_be_visible()
    expect(page.locator("[data-case-status]")).to_contain_text("Ideen")
    reach(watched, "Alter der Kinder", "combobox")
    page.keyboard.type("12")
    expect(page.get_by_role("button", name="12 Jahre")).to_have_attribute("aria-pressed", "true")
    reach(watched, "Ins Paket")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Im Paket")).to_have_attribute("aria-pressed", "true")
    reach(watched, "Paket (1)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Das Paket der Ideen")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(
        "scrollTo(0, document.body.scrollHeight)"
    )  # what is half behind the bar counts as too small
    assert findings(watched.settled()) == []
    watched.assert_clean()


def test_the_family_sees_no_ladder_and_no_danger(tab: Watch, demo_url: str) -> None:
    watched = desk(tab, demo_url)
    page = watched.page
    choose(page, "Mein Kind braucht mehr", "Erziehung ist schwer", "Entlastung")
    expect(page.get_by_role("heading", name="Hilfen zur Erziehung")).to_be_visible()
    choose(page, "Ansicht für die Familie")
    expect(page.get_by_text("Darauf können Sie ein Recht haben")).to_be_visible()
    watched.settled()
    words = page.locator("main").inner_text()
    for inner in ("gefährdet", "Infrastruktur", "Regelsysteme", "Anmelden kann", "Geprüft", "SGB IX"):
        assert inner not in words
    expect(page.get_by_role("button", name="HzE prüfen, Antrag, § 5")).to_be_visible()


def test_what_was_said_of_danger_is_out_of_the_family_s_sight(tab: Watch, demo_url: str) -> None:
    """Whoever looks over a shoulder sees neither the protection in the package nor the words that led to it."""
    watched = desk(tab, demo_url)
    page = watched.page
    page.get_by_label(WILL_FIELD).fill("Ich will Ruhe, er schlägt mich")
    page.get_by_label("Sozialraum", exact=True).select_option("birkenkoppel")
    choose(page, "Neu hier", "Begegnung", VIOLENCE, SAFE, "Gewalt zu Hause")
    watched.settled()
    page.get_by_role("button", name="weitere zeigen").click()
    for offer in ("nachbarschaftscafe-birkenkoppel", "wegwarte-frauenberatung"):
        page.locator(f"[data-offer={offer}] .nr-idea__take").click()
    protection = page.locator("[data-offer=wegwarte-frauenberatung] h4").inner_text()
    page.get_by_label("Weitere Ideen").fill("Frauenhaus anrufen\nSchwimmen am Samstag")
    expect(page.locator(".nr-team-sheet")).to_contain_text(protection)
    page.get_by_role("button", name="Ansicht für die Familie").click()
    expect(page.locator(".nr-case__taken li")).to_have_count(1)
    expect(page.get_by_role("button", name="Paket (2)")).to_be_visible()  # no number tells of the rest
    expect(page.locator(".nr-handout-sheet")).to_contain_text("Schwimmen am Samstag")
    expect(page.get_by_label(WILL_FIELD)).to_be_hidden()
    expect(page.get_by_label("Blatt fürs Team")).to_be_hidden()
    expect(page.get_by_label("Neutrale Karte")).to_be_hidden()
    watched.settled()
    words = page.locator("main").inner_text()
    for inner in (
        protection,
        "schlägt",
        "Frauenhaus",
        "Gewalt",
        "Schutz",
        "116 016",
        "Regelsysteme",
        "Alltag und",
    ):
        assert inner not in words, inner
    expect(page.get_by_text("Heikles steht nicht auf dem Handzettel.")).to_be_hidden()
    (printed,) = pages_of(page)
    assert "Frauenhaus" not in printed
    page.get_by_role("button", name="Ansicht für die Familie").click()
    expect(page.get_by_label(WILL_FIELD)).to_have_value("Ich will Ruhe, er schlägt mich")
    page.get_by_label("Blatt fürs Team").check()
    expect(page.locator(".nr-team-sheet")).to_contain_text(protection)
    watched.assert_clean()


def test_talks_at_one_table_leave_every_paper_once_there_is_violence(tab: Watch, demo_url: str) -> None:
    watched = desk(tab, demo_url)
    page = watched.page
    choose(page, "Erziehung ist schwer", "Erziehungsfragen")
    page.get_by_role("button", name="weitere zeigen").click()
    council = page.locator("[data-offer=familienrat-auenstedt]")
    expect(council).to_be_visible()
    number = council.locator(".nr-idea__phone").inner_text()
    council.get_by_role("button", name="Ins Paket").click()
    expect(page.locator(".nr-team-sheet")).to_contain_text(number)
    page.get_by_label(WILL_FIELD).fill("Mein Mann schlägt mich")
    expect(page.locator(".nr-case__taken")).to_contain_text("Nicht bei Gewalt")
    expect(page.locator(".nr-team-sheet")).not_to_contain_text(number)
    watched.settled()
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator("[data-case-paper]")).to_contain_text("Noch steht nichts darauf")
    expect(page.locator("[data-case-paper]")).not_to_contain_text(number)
    # The numbers stand here as they do above a search, but no link tells what was written.
    expect(page.locator(".nr-danger")).to_contain_text("040 66969-441")
    links = page.locator("#fall a[href]").evaluate_all(
        "all => all.map((link) => [link.getAttribute('href'), link.target])"
    )
    assert {
        (href, target)
        for href, target in links
        if not href.startswith("tel:") and (target != "_blank" or "/angebote/" in href)
    } == set()
    watched.assert_clean()


def test_no_request_tells_what_a_family_wants(watch: Watch, demo_url: str) -> None:
    """Two cases that have nothing in common ask for the same files."""
    asked = []
    for will, chips, area in (
        ("Die Kinder lernen schwimmen", ("Neu hier", "Begegnung"), "heidkamp"),
        ("Mein Mann schlägt mich", ("Das Geld reicht nicht", "Schulden", "kostenlos"), ""),
    ):
        watched = desk(watch, demo_url)
        page = watched.page
        page.get_by_label(WILL_FIELD).fill(will)
        choose(page, *chips)
        page.get_by_label("Sozialraum", exact=True).select_option(area)
        # What protects stands first, and on no handout.
        page.locator(".nr-idea__take:visible").last.click()
        page.get_by_label("Handzettel für die Familie").check()
        expect(page.locator(".nr-handout-sheet")).to_be_visible()
        watched.settled()
        asked.append(sorted(watched.requests))
        watched.assert_clean()
    assert asked[0] == asked[1]


def test_without_the_lexicon_of_danger_nothing_is_suggested(tab: Watch, demo_url: str) -> None:
    watched = tab(f"{demo_url}fachkraefte/fall/")
    page = watched.page
    page.route("**/danger.de.json*", lambda route: route.abort())
    page.get_by_label(NO).check()
    expect(page.get_by_text("Laden Sie die Seite neu.")).to_be_visible()
    assert page.locator(".nr-idea").count() == 0


def test_paper_follows_the_family_s_language(tab: Watch, demo_url: str) -> None:
    watched = desk(tab, demo_url)
    page = watched.page
    page.get_by_label("Neutrale Karte").check()
    page.get_by_label("Ist es sicher, das mitzunehmen?").select_option("yes")
    page.get_by_label("Sprache", exact=True).select_option("en")
    expect(page.get_by_label("Sprache auf dem Papier")).to_have_value("en")
    watched.settled()
    page.get_by_label("Weitere Ideen").fill("Sewing circle")
    page.get_by_label("Handzettel für die Familie").check()
    expect(page.locator(".nr-handout-sheet[lang=en]")).to_be_visible()
    page.get_by_label("Neutrale Karte").check()
    expect(page.locator(".nr-card-sheet[lang=en]")).to_contain_text("Important numbers")
    page.get_by_label("Sprache", exact=True).select_option("tr")
    expect(page.get_by_text("Handzettel und Karte gibt es nicht in der Sprache der Familie.")).to_be_visible()
    expect(page.get_by_label("Sprache auf dem Papier")).to_have_value("de")


def test_on_the_internal_site_nothing_is_made_for_a_family(watch: Watch, internal_site: Path) -> None:
    """What only the office knows is on the team's sheet alone, which says so."""
    with served(internal_site) as url:
        watched = desk(watch, url)
        page = watched.page
        choose(page, JOY)
        page.locator(".nr-idea__take").first.click()
        assert page.get_by_role("button", name="Ansicht für die Familie").count() == 0
        assert page.get_by_label("Handzettel für die Familie").count() == 0
        assert page.get_by_label("Neutrale Karte").count() == 0
        for sheet in pages_of(page):
            assert "Interne Seite" in sheet
        watched.assert_clean()


def test_the_sheet_for_the_duty_phone_is_one_page(watch: Watch, internal_site: Path) -> None:
    """And on a phone its numbers stand in view, nothing beside the screen."""
    with served(internal_site) as url:
        watched = watch(f"{url}fachkraefte/diensttelefon/", 360)
        page = watched.settled()
        (words,) = pages_of(page)
        for number in ("110", "040 66969-117", "040 66969-780"):
            assert number in words
        assert "Interne Seite" in words
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert findings(page) == []
        watched.assert_clean()


def test_on_the_internal_site_every_number_has_its_hours_and_who_stands_in(
    watch: Watch, internal_site: Path
) -> None:
    with served(internal_site) as url:
        page = watch(f"{url}fachkraefte/fall/").page
        page.get_by_label("Ja", exact=True).check()
        protect = page.locator("[data-case-protect]")
        expect(protect).not_to_contain_text("Zeiten nicht eingetragen")
        for adviser in protect.locator("li", has_text="Friedensweg").all():
            expect(adviser).to_contain_text("Vertretung: 040 66969-33")
        expect(protect.locator("li", has_text="Rufbereitschaft").first).to_contain_text("Vertretung:")
        page.get_by_label(NO).check()
        page.get_by_label(WILL_FIELD).fill("Mein Mann schlägt mich")
        lines = page.locator(".nr-danger li")
        expect(lines.filter(has_text="Rufbereitschaft: ")).to_contain_text("Vertretung: 040 66969-117")
        expect(lines.filter(has_text="Sicherer Platz")).not_to_contain_text("040 66969-118")


@pytest.mark.guards("Privacy: words sought reach no address, history or title")
@whole
def test_leaving_asks_and_back_finds_an_empty_desk(watch: Watch, demo_url: str) -> None:
    page = desk(watch, demo_url).page
    choose(page, JOY)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{demo_url}fachkraefte/")
    assert asked == ["beforeunload"]
    page.go_back()
    page.get_by_label(NO).check()
    expect(page.get_by_role("button", name=JOY)).to_have_attribute("aria-pressed", "false")
    page.goto(f"{demo_url}fachkraefte/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_number_is_two_taps_from_the_front_door(tab: Watch, demo_url: str, width: int) -> None:
    """Who is worried about a child now answers no question before the numbers."""
    watched = tab(f"{demo_url}fachkraefte/", width)
    page = watched.page
    page.get_by_role("link", name="Kindeswohlgefährdung, jetzt").click()
    expect(page.get_by_role("heading", name="Kindeswohlgefährdung, jetzt")).to_be_in_viewport()
    calls = page.locator(".nr-calls > li")
    assert calls.first.get_by_role("link").first.inner_text() == "110"
    expect(calls.first).to_be_in_viewport()
    assert "Zeiten nicht eingetragen" not in page.locator(".nr-calls").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("scrollTo(0, 0)")  # what is half behind the bar counts as too small
    assert findings(watched.settled()) == []
    watched.assert_clean()


@pytest.mark.parametrize("lang", ["", "en/"])
def test_every_blank_sheet_is_one_page(tab: Watch, demo_url: str, lang: str) -> None:
    """With its last line on it, which would be cut off where a sheet is too long."""
    page = tab(f"{demo_url}{lang}fachkraefte/blaetter/").page
    for sheet in IDS:
        page.goto(f"{demo_url}{lang}fachkraefte/blaetter/{sheet}/")
        (words,) = pages_of(page)
        assert ("Date:" if lang else "Datum:") in words, sheet
        assert page.locator("h1").inner_text() in words
        assert page.evaluate(
            "(() => { const sheet = document.querySelector('.nr-blank'); return sheet.scrollHeight <= sheet.clientHeight + 1; })()"
        )


def test_a_blank_sheet_of_the_internal_site_is_the_familys(watch: Watch, internal_site: Path) -> None:
    """One page as well, and nothing on it forbids to hand it over: it holds nothing of the office."""
    with served(internal_site) as url:
        page = watch(f"{url}fachkraefte/blaetter/willensblatt/").page
        (words,) = pages_of(page)
        assert "Datum:" in words
        assert "Bitte nicht weitergeben" not in words
        page.goto(f"{url}fachkraefte/blaetter/")
        assert "Bitte nicht weitergeben" in " ".join(pages_of(page, headers=True))
